// Chinese abstracts cut in two, in the form that `tieqiao eval` reads: halves_as_beir.mjs ../shared/data FOLDER
// Every second half is a document, the first halves of the 1,771 longest abstracts are the queries; each has one document to find.
// For measuring here; the data may not be shipped.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LONGEST = 1771;
const [from, to] = process.argv.slice(2);
const abstracts = readFileSync(join(from, 'text/csl/csl_full_records.jsonl'), 'utf8').split('\n').filter(Boolean)
    .map(line => [...JSON.parse(line).abstract]);
const half = (abstract, second) => abstract.slice(...second ? [abstract.length >> 1] : [0, abstract.length >> 1]).join('');
const asked = abstracts.map((abstract, number) => ({ abstract, number }))
    .sort((a, b) => b.abstract.length - a.abstract.length || a.number - b.number).slice(0, LONGEST);

mkdirSync(to, { recursive: true });
const out = (name, rows) => writeFileSync(join(to, name), rows.join('\n') + '\n');
out('corpus.jsonl', abstracts.map((abstract, number) => JSON.stringify({ _id: `d${number}`, text: half(abstract, true) })));
out('queries.jsonl', asked.map(({ abstract, number }) => JSON.stringify({ _id: `q${number}`, text: half(abstract, false) })));
out('qrels.tsv', ['query\tdocument\tscore', ...asked.map(({ number }) => `q${number}\td${number}\t1`)]);
