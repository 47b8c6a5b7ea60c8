// The judged needs in the form that `tieqiao eval` reads: needs_as_beir.mjs ../shared/data/match/needs FOLDER [levels]
// The gain of a pair is its level - 1; with `levels` the level itself. For measuring here; the data may not be shipped.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from, to, levels] = process.argv.slice(2);
const lines = name => readFileSync(join(from, name), 'utf8').split('\n').filter(Boolean);
const out = (name, rows) => writeFileSync(join(to, name), rows.join('\n') + '\n');

mkdirSync(to, { recursive: true });
out('corpus.jsonl', lines('achievements.jsonl').map(line => JSON.parse(line))
    .map(row => JSON.stringify({ _id: row.achievement_id, title: row.title_words, text: '' })));
out('queries.jsonl', lines('needs.jsonl').map(line => JSON.parse(line))
    .map(row => JSON.stringify({ _id: row.need_id, title: row.title, text: row.body })));
const rows = lines('judgements.tsv').map(line => line.split('\t')).filter(row => /^\d/.test(row[2]));
out('qrels.tsv', ['query\tdocument\tscore', ...rows.map(([need, achievement, level]) => `${need}\t${achievement}\t${levels ? level : level - 1}`)]);
