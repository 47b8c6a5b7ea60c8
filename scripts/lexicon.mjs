// The dictionary between Chinese and English (src/match/lexicon.h) from CC-CEDICT:
//   node scripts/lexicon.mjs ../shared/data/words/cc_cedict/cedict.tsv > words/cc_cedict/lexicon.tsv
// It keeps what texts of transfer hold: no names of persons, idioms, verse, slang, variants, or explanations in a sentence.
import { readFileSync } from 'node:fs';

const WORDS_MOST = 4, HAN_MOST = 8, WEIGHT_MOST = 9;

// An entry one of whose meanings says so is none of ours; a single meaning that says so is passed over.
const entryIsNotOurs = /\((?:idiom|bird species of China|slang|Internet slang|vulgar|fig\.|verse)|\bidiom\b|surname |CL:个 surname/;
const meaningIsNot = /variant of|^see |^see also|also written|^used in |^used to |^used for |^used as |erhua|Taiwan pr|abbr\. |^CL:|\(dialect\)|\(archaic\)|\(literary\)|\(coll\.\)|\(old\)|\(onom\.\)|\(vulgar\)|\(slang\)|\bradical\b|classifier for|interjection|particle|grammatical|onomatopo|^lit\. |[\[\]|"]|[\u3400-\u9fff]/;

const initials = words => words.split(/[ -]/).map(word => word[0] ?? '').join('').toUpperCase();

/** "polymerase chain reaction (PCR)" is both, and "sodium chloride NaCl" is its name. */
function namesOf(meaning) {
    const [, words, short] = /^([^()]+?) ?\(?\b([A-Z]{2,6})\)?$/.exec(meaning) ?? [];

    if (short && initials(words) === short) return [words, short];
    return [meaning.replace(/\([^)]*\)/g, ' ').replace(/\s+/g, ' ').trim().replace(/(?<=[a-z]) (?:[A-Z][a-z]?\d*){2,}$/, '')];
}

const plain = words => words.replace(/^(?:to be|to|a|an|the) /, '').replace(/[^A-Za-z0-9 .'\/&+-]/g, ' ').replace(/\s+/g, ' ').trim();

const isPhrase = words => /[A-Za-z]{2}/.test(words) && words.split(/[ -]/).length <= WORDS_MOST;

/** The meanings that are kept, in their order; each as the names that it has. */
function meaningsOf(english) {
    return english.split('; ')
        .filter(meaning => !meaningIsNot.test(meaning))
        .map(meaning => namesOf(meaning).map(plain).filter(isPhrase))
        .filter(names => names.length);
}

const pairs = new Map();

function take(chinese, english) {
    meaningsOf(english).forEach((names, place) => names.forEach(words => {
        const key = `${chinese}\t${words}`, weight = Math.max(1, Math.round(WEIGHT_MOST / (1 + place / 2)));

        pairs.set(key, Math.max(weight, pairs.get(key) ?? 0));
    }));
}

for (const line of readFileSync(process.argv[2], 'utf8').split('\n').slice(1)) {
    const [chinese, , , english] = line.split('\t');

    if (!english || entryIsNotOurs.test(english) || !/[\u3400-\u9fff]/.test(chinese)
        || /[^\u3400-\u9fffA-Za-z0-9]/.test(chinese) || [...chinese].length > HAN_MOST)
        continue;
    take(chinese, english);
}

console.log(`tieqiao lexicon 1
# Made from CC-CEDICT (https://cc-cedict.org, MDBG and contributors), CC BY-SA 4.0; changed: a choice of its entries, each
# meaning on a line, without readings and explanations. This file is under CC BY-SA 4.0 as well.
# Chinese, English, and how much the meaning counts beside the others of the word.`);
for (const [key, weight] of [...pairs].sort(([a], [b]) => a < b ? -1 : 1))
    console.log(`${key}\t${weight}`);
console.log('end');
