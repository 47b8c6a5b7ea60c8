// The baseline of the judged needs: the sum of two tf-idf cosines over characters and pairs, of the title and of title and text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const lines_of = path => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));

/** token → times. Chinese as characters and pairs of neighbours, words and numbers whole. */
function tokens_of(text) {
    const found = new Map(), add = token => found.set(token, (found.get(token) ?? 0) + 1);
    for (const [run] of text.normalize('NFKC').toLowerCase().matchAll(/[\u4e00-\u9fff]+|[a-z]+|\d+(?:\.\d+)?/gu)) {
        if (run < '\u4e00') { add(run); continue; }
        for (let i = 0; i < run.length; i++) {
            add(run[i]);
            if (i + 1 < run.length) add(run.slice(i, i + 2));
        }
    }
    return found;
}

/** token → weight, of length 1. */
function vector_of(text, rarity) {
    const weights = new Map([...tokens_of(text)].map(([token, times]) => [token, (1 + Math.log(times)) * rarity(token)]));
    const length = Math.sqrt([...weights.values()].reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    weights.forEach((weight, token) => weights.set(token, weight / length));
    return weights;
}

function cosine(short, long) {
    let sum = 0;
    for (const [token, weight] of short) sum += weight * (long.get(token) ?? 0);
    return sum;
}

/** query → document → score, of the folder's corpus.jsonl and queries.jsonl, for the pairs that were judged. */
export function cosines(folder, judged) {
    const texts = new Map(lines_of(join(folder, 'corpus.jsonl')).map(doc => [String(doc._id), `${doc.title ?? ''}\n${doc.text ?? ''}`]));
    const often = new Map();
    for (const text of texts.values())
        for (const token of tokens_of(text).keys()) often.set(token, (often.get(token) ?? 0) + 1);
    const rarity = token => Math.log((1 + texts.size) / (1 + (often.get(token) ?? 0)));
    const vectors = new Map([...texts].map(([id, text]) => [id, vector_of(text, rarity)]));
    return new Map(lines_of(join(folder, 'queries.jsonl')).filter(query => judged.has(String(query._id))).map(query => {
        const title = vector_of(query.title ?? '', rarity), whole = vector_of(`${query.title ?? ''}\n${query.text ?? ''}`, rarity);
        return [String(query._id), new Map([...judged.get(String(query._id)).keys()]
            .map(doc => [doc, cosine(vectors.get(doc), title) + cosine(vectors.get(doc), whole)]))];
    }));
}
