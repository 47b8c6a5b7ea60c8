// The measures of `tieqiao eval` (src/work/judge.h) for another engine's ranking.
import { readFileSync } from 'node:fs';
import { random } from './random.mjs';

const SHUFFLES = 20, DEPTH = 100;

const median = scores => (scores.sort((a, b) => a - b)[scores.length - 1 >> 1] + scores[scores.length >> 1]) / 2;

/** query → document → gain. */
export function read_qrels(path) {
    const judged = new Map();
    for (const line of readFileSync(path, 'utf8').trimEnd().split('\n').slice(1)) {
        const [query, doc, score] = line.split('\t');
        if (!judged.has(query)) judged.set(query, new Map());
        const pairs = judged.get(query);
        pairs.set(doc, [...pairs.get(doc) ?? [], Number(score)]);
    }
    for (const pairs of judged.values())
        for (const [doc, scores] of pairs) pairs.set(doc, Math.max(median(scores), 0));
    return judged;
}

const discounted = (gains, k) => gains.slice(0, k).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);

function of_query(pairs, hits, pool, k, next) {
    const ideal = [...pairs.values()].sort((a, b) => b - a), relevant = ideal.filter(gain => gain > 0).length;
    const orders = pool ? SHUFFLES : 1;
    let ndcg = 0, recall = 0;
    for (let order = 0; order < orders; order++) {
        const ranked = pool
            ? [...pairs.keys()].map(doc => ({ doc, score: hits.get(doc) ?? 0, chance: next() }))
                .sort((a, b) => b.score - a.score || a.chance - b.chance).map(one => one.doc)
            : [...hits.keys()];
        const gains = ranked.map(doc => pairs.get(doc) ?? 0);
        ndcg += discounted(gains, k) / discounted(ideal, k) / orders;
        recall += gains.slice(0, DEPTH).filter(gain => gain > 0).length / relevant / orders;
    }
    return { ndcg, recall };
}

/**
 * run: query → (document → score, best first). only: a set of queries, or null. The means over queries with a relevant document, and
 * `each`: query → nDCG.
 */
export function measure(judged, run, { pool = false, k = 10, only = null } = {}) {
    const next = random(42), found = [], each = new Map();
    for (const [query, pairs] of judged)
        if ((!only || only.has(query)) && [...pairs.values()].some(gain => gain > 0)) {
            found.push(of_query(pairs, run.get(query) ?? new Map(), pool, k, next));
            each.set(query, found.at(-1).ndcg);
        }
    const mean = name => found.reduce((sum, one) => sum + one[name], 0) / found.length;
    return { ndcg: mean('ndcg'), recall: mean('recall'), queries: found.length, each };
}

const RESAMPLES = 10000;

/** The mean of how much more the first has, query by query, and its 95 % interval by resampling the queries. */
export function paired(first, second) {
    const next = random(7), more = [...first].map(([query, ndcg]) => ndcg - second.get(query));
    const mean = list => list.reduce((sum, one) => sum + one, 0) / list.length;
    const means = Array.from({ length: RESAMPLES }, () => mean(more.map(() => more[Math.floor(next() * more.length)]))).sort((a, b) => a - b);
    return { gain: mean(more), low: means[RESAMPLES * .025], high: means[RESAMPLES * .975] };
}
