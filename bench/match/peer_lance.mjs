#!/usr/bin/env node
// Lance's full-text index under the harness of peer.c: the same commands and answers. Seconds are CPU times of the whole process,
// since its work is done by threads of its own.
//
//   peer_lance.mjs build DOCUMENTS FOLDER | time FOLDER QUERIES K FROM COUNT SECONDS
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import * as lance from '@lancedb/lancedb';

const BATCH = 20000, ASKED_MOST = 200000;
const FTS = { baseTokenizer: 'whitespace', stem: false, removeStopWords: false, asciiFolding: false, lowercase: false, withPosition: false };

const seconds = since => { const { user, system } = process.cpuUsage(since); return (user + system) / 1e6; };
const parted = line => [Number(line.slice(0, line.indexOf('\t'))), line.slice(line.indexOf('\t') + 1)];

async function build(documents, folder) {
    const database = await lance.connect(folder), began = process.cpuUsage();
    let table = null, rows = [], count = 0;
    const flush = async () => {
        if (table) await table.add(rows);
        else table = await database.createTable('documents', rows);
        rows = [];
    };
    for await (const line of createInterface({ input: createReadStream(documents) })) {
        const [doc, tokens] = parted(line);
        rows.push({ doc, tokens });
        count++;
        if (rows.length === BATCH) await flush();
    }
    if (rows.length) await flush();
    await table.createIndex('tokens', { config: lance.Index.fts(FTS) });
    console.log(count, seconds(began).toFixed(4));
}

async function time(folder, path, k, from, count, most) {
    const table = await (await lance.connect(folder)).openTable('documents');
    const queries = readFileSync(path, 'utf8').trimEnd().split('\n').slice(from, from + count).map(line => parted(line)[1]);
    const ask = tokens => table.query().fullTextSearch([...new Set(tokens.split(' '))].join(' '), { columns: ['tokens'] }).select(['doc', '_score']).limit(k).toArray();
    const times = [];
    let total = 0;
    for (const query of queries) await ask(query); // loads what is loaded at the first queries
    while (times.length < ASKED_MOST && (times.length < count || total < most)) {
        const began = process.cpuUsage();
        await ask(queries[times.length % count]);
        times.push(seconds(began));
        total += times.at(-1);
    }
    times.sort((a, b) => a - b);
    console.log(times.length, total.toFixed(6), times[times.length >> 1].toFixed(9), times[Math.floor(times.length * .99)].toFixed(9));
}

const [mode, ...words] = process.argv.slice(2);
if (mode === 'build') await build(...words);
else await time(...words.slice(0, 2), ...words.slice(2).map(Number));
process.exit(0); // its threads would stay
