// Documents and queries for speed, never for quality: sentences of Chinese abstracts mixed anew, with a tail of rare words so that the
// vocabulary keeps growing with the corpus, as real ones do (Heaps). Words are written as letters of their own (no suffix that a
// stemmer knows), so that every engine has the same terms. The same numbers give the same files.
//
//   synthetic(DATA, COUNT, FOLDER)     FOLDER/documents, FOLDER/long, FOLDER/short; returns the mean of tokens a document
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { random } from './random.mjs';

const QUERIES = 1000;
const SOURCES = ['text/fewclue_csl/abstracts_discipline.jsonl', 'text/csl/csl_full_records.jsonl'];

/** Sentences of four words or more, each a list of words. */
function sentences_of(data) {
    const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
    return SOURCES.flatMap(file => readFileSync(join(data, file), 'utf8').split('\n').filter(Boolean))
        .flatMap(line => JSON.parse(line).abstract.split(/(?<=[。．.;；!！?？])/))
        .map(sentence => [...segmenter.segment(sentence.toLowerCase())].filter(part => part.isWordLike).map(part => part.segment))
        .filter(words => words.length >= 4);
}

/** A number in letters; "q" ends it, with which no English suffix does. */
function letters(number) {
    let word = 'q';
    for (let rest = number; rest > 0 || word === 'q'; rest = Math.floor(rest / 25)) word = String.fromCharCode(97 + rest % 25) + word;
    return word.replace(/q(?=.)/g, 'z');
}

class Mixer {
    #codes = new Map();
    constructor(data, count, next) {
        this.next = next;
        this.sentences = sentences_of(data).map(words => words.map(word => this.code(word)));
        this.words = this.sentences.flat();
        this.tail = Math.max(1000, 2 * count);
    }
    code(word) {
        if (!this.#codes.has(word)) this.#codes.set(word, letters(this.#codes.size));
        return this.#codes.get(word);
    }
    below(count) { return Math.floor(this.next() * count); }
    /** So many sentences, half of them from one neighbourhood: a document has a subject. One word in eight is any word, one in 25 rare. */
    mix(count) {
        const base = this.below(this.sentences.length), out = [];
        for (let s = 0; s < count; s++) {
            const near = this.next() < .5 ? base + this.below(40) : this.below(this.sentences.length);
            for (const word of this.sentences[near % this.sentences.length]) {
                const chance = this.next();
                out.push(chance < .12 ? this.words[this.below(this.words.length)]
                    : chance < .16 ? this.code(`tail${Math.floor(this.tail ** this.next())}`) : word);
            }
        }
        return out;
    }
}

function write_lines(path, count, make) {
    const file = openSync(path, 'w');
    for (let i = 0; i < count; i++) writeSync(file, `${i}\t${make(i)}\n`);
    closeSync(file);
}

export function synthetic(data, count, folder) {
    const mixer = new Mixer(data, count, random(5));
    const often = new Map();
    let tokens = 0;
    mixer.words.forEach(word => often.set(word, (often.get(word) ?? 0) + 1));
    write_lines(join(folder, 'documents'), count, () => {
        const words = mixer.mix(3 + mixer.below(6));
        tokens += words.length;
        return words.join(' ');
    });
    write_lines(join(folder, 'long'), QUERIES, () => mixer.mix(2 + mixer.below(4)).join(' '));
    write_lines(join(folder, 'short'), QUERIES, () => {
        for (;;) {
            const words = [...new Set(mixer.sentences[mixer.below(mixer.sentences.length)])].filter(word => often.get(word) < 3000);
            words.sort(() => mixer.next() - .5);
            if (words.length >= 2) return words.slice(0, 2 + mixer.below(3)).join(' ');
        }
    });
    return tokens / count;
}
