// tieqiao monitor and tieqiao witness: a log that grows is told from one that went back or forked, in a folder and over HTTP; a
// witness signs the first alone.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Log, makeLeaf } from './logmaker.mjs';
import { note, signed, vkey } from './verifier.mjs';
import { build, finish, program, test } from './web/house.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tq-watch-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const secret = byte => Buffer.alloc(32, byte);
const leaves = Array.from({ length: 700 }, (_, index) => makeLeaf({ index }));
const log = new Log('log.example', secret(1), leaves), stranger = new Log('log.example', secret(2), leaves);
const fork = new Log('log.example', secret(1), leaves.map((leaf, i) => (i === 40 ? makeLeaf({ index: 40, object: 6 }) : leaf)));
const other = new Log('other.example', secret(1), leaves);
let number = 0;

/** The log of that size in a folder of its own, without the leaves. */
function at(from, size) {
    const to = join(folder, `log-${number++}`);
    from.write(to, size, { entries: false });
    return to;
}

function run(words, command = program) {
    return new Promise(done => {
        const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'pipe'] });
        let out = '';
        for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', part => { out += part; });
        child.on('close', status => done({ status, out }));
    });
}

async function says(words, status, said) {
    const ran = await run(words);
    assert.equal(ran.status, status, ran.out);
    assert.ok(ran.out.includes(said), `wanted ${said}, got ${ran.out}`);
    return ran.out;
}

const state = name => join(folder, name);
const watch = (name, where, key = log.by.vkey) => ['monitor', '--state', state(name), '--key', key, where];

await test('a log that grows is followed', async () => {
    await says(watch('grows', at(log, 1)), 0, '第一次看：log.example，1 条');
    await says(watch('grows', at(log, 1)), 0, '没有变');
    for (const [before, size] of [[1, 255], [255, 256], [256, 300], [300, 512], [512, 700]])
        await says(watch('grows', at(log, size)), 0, `从 ${before} 条到 ${size} 条`);
    assert.equal(readFileSync(state('grows'), 'utf8'), log.checkpoint(700));
});

await test('each misdeed has its status and its words, and is kept as evidence', async () => {
    await says(watch('bad', at(log, 300)), 0, '第一次');
    for (const [make, size, status, said] of [[log, 299, 3, '退回去了：从 300 条变成 299 条'], [fork, 300, 4, '同样 300 条，根却不同'],
        [fork, 700, 4, '现在的 700 条不是接着上次的 300 条'], [log, 1, 3, '退回去了']]) {
        const where = at(make, size);
        await says(watch('bad', where), status, said);
        assert.equal(readFileSync(state('bad.bad'), 'utf8'), readFileSync(join(where, 'checkpoint'), 'utf8'));
        assert.equal(readFileSync(state('bad'), 'utf8'), log.checkpoint(300), 'what was seen is not forgotten');
    }
    await says(watch('bad', at(log, 700)), 0, '从 300 条到 700 条');
});

await test('what is no word of the log says nothing of it', async () => {
    await says(watch('none', at(log, 300)), 0, '第一次');
    await says(watch('none', at(stranger, 400)), 1, '另一把钥匙');
    await says(watch('none', at(other, 400)), 1, '没有 log.example 的签名');
    await says(watch('none', join(folder, 'absent')), 1, '打不开');
    const cut = at(log, 400);
    writeFileSync(join(cut, 'checkpoint'), log.checkpoint(400).slice(0, -20));
    await says(watch('none', cut), 1, '没有写完');
    const bare = at(log, 400);
    rmSync(join(bare, 'tile'), { recursive: true });
    await says(watch('none', bare), 1, '打不开');
    writeFileSync(state('none'), 'spoilt');
    await says(watch('none', at(log, 400)), 1, '上次记下的');
    await says(['monitor', '--state', state('none'), at(log, 400)], 2, '用法');
    await says(watch('none', at(log, 400), 'nonsense'), 1, '不是钥匙');
    assert.ok(!existsSync(state('none.bad')));
});

/** Serves a folder; answer says what is done otherwise. */
async function served(where, answer = () => false) {
    const server = http.createServer((request, response) => {
        if (answer(request, response)) return;
        try { response.end(readFileSync(join(where, request.url.replace(/^\/log/, '')))); } catch { response.writeHead(404); response.end(); }
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    return { server, url: `http://127.0.0.1:${server.address().port}/log` };
}

await test('over HTTP it is the same', async () => {
    for (const [name, log_at, status, said, answer] of [['far', at(log, 300), 0, '第一次'], ['far', at(log, 700), 0, '从 300 条到 700 条'],
        ['far', at(log, 512), 3, '退回'], ['far', at(fork, 700), 4, '分叉'],
        ['far', at(log, 700), 1, '它转到别处去', (request, response) => { response.writeHead(302, { Location: 'http://127.0.0.1:1/' }); response.end(); return true; }],
        ['far', at(log, 700), 1, '没有收完', (request, response) => { response.end(Buffer.alloc(1 << 21)); return true; }]]) {
        const { server, url } = await served(log_at, answer);
        await says(watch(name, url), status, said);
        server.close();
    }
    await says(watch('far', 'http://127.0.0.1:1/log'), 1, 'http://127.0.0.1:1/log/checkpoint');
});

await test('a partial tile that is full by now does as well', async () => {
    const where = at(log, 700), { server, url } = await served(where, (request, response) => request.url.includes('.p/') && request.url.includes('/0/002') && (response.end(readFileSync(join(where, 'tile/0/002.p/188'))), true));
    await says(watch('partial', at(log, 600)), 0, '第一次');
    await says(watch('partial', url), 0, '从 600 条到 700 条');
    server.close();
});

// --- the witness

await test('a witness signs what it saw, and nothing that goes back or forks', async () => {
    const key = (await says(['witness', '--make', 'witness.example/w1', '--secret', state('w.key')], 0, 'witness.example/w1+')).trim();
    const words = where => ['witness', '--state', state('w'), '--secret', state('w.key'), '--key', log.by.vkey, where, '--out', state('cosigned')];
    await says(['witness', '--make', 'again.example', '--secret', state('w.key')], 1, '已经有了');
    for (const [from, size, status] of [[log, 300, 0], [log, 300, 0], [log, 700, 0], [log, 300, 3], [fork, 700, 4], [stranger, 700, 1]]) {
        rmSync(state('cosigned'), { force: true });
        await says(words(at(from, size)), status, '');
        assert.equal(existsSync(state('cosigned')), status === 0);
        if (status) continue;
        const bytes = readFileSync(state('cosigned'));
        signed(note(bytes), vkey(key));
        signed(note(bytes), vkey(log.by.vkey));
        const ran = await run(['checkpoint', state('cosigned'), '--key', log.by.vkey, '--witness', key], join(build, 'src/verify/tieqiao-verify'));
        assert.match(ran.out, /✓.*witness.example\/w1 于 .* 见证/);
    }
    await says(words(at(log, 700)).slice(0, -2), 0, '\u2014 witness.example/w1 ');
    await says(['witness', '--state', state('w'), '--key', log.by.vkey, at(log, 700)], 2, '用法');
    writeFileSync(state('wrong.key'), 'nonsense');
    await says(['witness', '--state', state('w'), '--secret', state('wrong.key'), '--key', log.by.vkey, at(log, 700)], 1, '不是私钥');
});

finish();
