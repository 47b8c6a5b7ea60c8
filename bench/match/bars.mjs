// The bars of the match engine, each with what is reached: what peers has measured, and what the other programs of this folder measure.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RAW_CHARACTERS = 200, RAW_DOCUMENTS = 100000;

const four = number => number.toFixed(4);
const row = (on, bar, reached, met) => [on, bar, reached, met ? 'met' : '**missed**'];

/** Pieces of Chinese abstracts of so many characters each, as peer_*.c reads documents. */
function raw_documents(data, path) {
    const characters = ['text/fewclue_csl/abstracts_discipline.jsonl', 'text/csl/csl_full_records.jsonl']
        .flatMap(file => readFileSync(join(data, file), 'utf8').split('\n').filter(Boolean).flatMap(line => [...JSON.parse(line).abstract.replace(/\s/g, ' ')]));
    const step = Math.floor((characters.length - RAW_CHARACTERS) / RAW_DOCUMENTS);
    writeFileSync(path, Array.from({ length: RAW_DOCUMENTS }, (_, i) => `${i}\t${characters.slice(i * step, i * step + RAW_CHARACTERS).join('')}\n`).join(''));
    return path;
}

function of_speed({ rate, times, worst, build }) {
    const ratio = (own, other, length) => times(own, other, length).toFixed(1);
    const long = (other, bar) => row(`long queries, everything on, beside ${other}`, `≥ ${bar} times`, `${ratio('everything', other, 'long')} times (plain ${ratio('ours', other, 'long')})`,
        times('everything', other, 'long') >= bar);
    const others = ['xapian', 'groonga', 'fts5', 'lance'], fastest = others.reduce((a, b) => rate(a, 'short') >= rate(b, 'short') ? a : b);
    return [long('xapian', 100), long('fts5', 1000), long('lance', 10),
        row('long queries, everything on, p99 / p50', '≤ 4', worst('everything', 'long').toFixed(1), worst('everything', 'long') <= 4),
        row(`short queries beside the fastest of the others (${fastest})`, '≥ 10 times', `${ratio('ours', fastest, 'short')} times (everything ${ratio('everything', fastest, 'short')})`,
            times('ours', fastest, 'short') >= 10),
        row('build from tokens, one thread', '≥ 40,000/s', `${Math.round(build('ours')).toLocaleString('en')}/s`, build('ours') >= 40000)];
}

function of_quality(found, gains) {
    const best = one => Math.max(one.xapian.ndcg, one.fts5.ndcg), all = found['needs all'], gain = gains[0];
    return [row('needs × achievements, nDCG@10', '≥ .80', `${four(all.ours.ndcg)} (words alone ${four(all.words.ndcg)})`, all.ours.ndcg >= .8),
        row('the same, gain over two tf-idf cosines', '≥ +.02, interval above 0', `${four(gain.gain)} (${four(gain.low)} to ${four(gain.high)})`, gain.gain >= .02 && gain.low > 0),
        row('SciFact dev, nDCG@10 / R@100', '≥ .70 / .94', `${four(found['SciFact dev'].ours.ndcg)} / ${four(found['SciFact dev'].ours.recall)}`,
            found['SciFact dev'].ours.ndcg >= .7 && found['SciFact dev'].ours.recall >= .94),
        ...['Vaswani', 'Cranfield', 'CISI'].map(name => row(`${name}, nDCG@10 above the best of the others`, '≥ +.01',
            four(found[name].ours.ndcg - best(found[name])), found[name].ours.ndcg - best(found[name]) >= .01)),
        row('Chinese, one half of an abstract for the other, nDCG@10', '≥ .875', `${four(found.halves.ours.ndcg)} (words alone ${four(found.halves.words.ndcg)}, best of the others ${four(best(found.halves))})`,
            found.halves.ours.ndcg >= .875)];
}

function of_rating({ run, root, data, room, tieqiao }) {
    const folder = join(room, 'levels');
    run('node', join(root, 'bench/match/needs_as_beir.mjs'), join(data, 'match/needs'), folder, 'levels');
    const said = run(tieqiao, 'eval', '--rating', '--corpus', join(folder, 'corpus.jsonl'), '--queries', join(folder, 'queries.jsonl'), '--qrels', join(folder, 'qrels.tsv'));
    const [pairs, needs, , judges] = [...said.matchAll(/1\/\(1\+MAE\) ([\d.]+)/g)].map(found => Number(found[1]));
    return [row('rating, folds of pairs, 1 / (1 + MAE)', '≥ .78', `${four(pairs)} (the judges among themselves ${four(judges)})`, pairs >= .78),
        row('rating, folds of needs', '≥ .74', four(needs), needs >= .74)];
}

function of_many({ run, root, documents }) {
    const said = run('node', join(root, 'bench/match/scale'), '--documents', String(documents));
    const last = pattern => Number([...said.matchAll(pattern)].at(-1)[1]), many = documents.toLocaleString('en'); // after the model is there
    const bytes = last(/disk +([\d.]+) bytes/g), open = last(/open +([\d.]+) ms/g);
    const p99 = last(/long +[\d,.]+ a second, median [\d.]+ ms, p99 ([\d.]+)/g), conditions = last(/long, with conditions +[\d,.]+ a second, median [\d.]+ ms, p99 ([\d.]+)/g);
    return [row(`${many} documents, long queries, p99`, '≤ 6 ms', `${p99} ms (with a field, a region and a maturity ${conditions} ms)`, p99 <= 6),
        row(`${many} documents, open`, '≤ 1 s', `${(open / 1000).toFixed(2)} s`, open <= 1000),
        row(`${many} documents, bytes a document`, '≤ 800', String(bytes), bytes <= 800)];
}

function of_raw({ peer, data, room }) {
    const folder = join(room, 'raw-index');
    mkdirSync(folder);
    const [count, seconds] = peer('ours', 'build', raw_documents(data, join(room, 'raw')), folder).trim().split(' ').map(Number);
    return [row(`build from raw text of ${RAW_CHARACTERS} characters, one thread`, '≥ 12,000/s', `${Math.round(count / seconds).toLocaleString('en')}/s`, count / seconds >= 12000)];
}

function of_live({ run, bench, data }) {
    const said = run(bench('match_live'), data);
    const ratios = [...said.matchAll(/p99 ([\d.]+) times/g)].map(found => Number(found[1])).sort((a, b) => a - b), ratio = ratios[ratios.length >> 1];
    const most = Number(/most ([\d.]+) ms/.exec(said)[1]);
    return [row('a change beside a full load of questions: found after, at most', '≤ 1 s', `${most} ms`, most <= 1000),
        row('the same: p99 of the questions', 'at most doubled', `${ratio} times`, ratio <= 2)];
}

function of_pairs({ run, bench, data }) {
    const taken = [25000, 50000, 100000].map(count => Number(/threads: ([\d.]+) s/.exec(run(bench('match_pairs'), data, String(count), '2'))[1]));
    return [row('all pairs, 100,000 × 100,000, top 10, two threads', '≤ 30 s', `${taken[2]} s (25,000: ${taken[0]}, 50,000: ${taken[1]})`, taken[2] <= 30)];
}

function of_dense({ run, bench }) {
    const [, name, read, share] = /(\w+) +\d+ documents: read ([\d.]+) GB\/s.* (\d+) % of it/.exec(run(bench('match_dense')));
    return [row(`comparing vectors, of the memory's bandwidth (${name}, ${read} GB/s)`, '≥ 75 %', `${share} %`, Number(share) >= 75)];
}

/** speed and quality: what peers has measured, or null. Rows: on, bar, reached, met. */
export function bars(speed, quality, tools) {
    return [...quality ? of_quality(quality.found, quality.gains) : [], ...of_rating(tools), ...speed ? of_speed(speed) : [],
        ...of_many(tools), ...of_raw(tools), ...of_live(tools), ...of_pairs(tools), ...of_dense(tools)];
}
