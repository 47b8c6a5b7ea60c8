// What takes long stands in nobody's way: while every place for reading documents is taken, the site answers, who watches over
// the machine is answered, who brings one document more is told to come again, and a member is not kept out by visitors. The same where
// officers ask of all firms at once, held up by a lock on their facts.
// In the place of tieqiao-read stands a script that reads nothing until it is told to.
import { test, finish, engines, program, join, readFileSync, until } from './house.mjs';
import { town, OURS } from './town.mjs';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';

const ROOM = 2 + 8; // THREADS and WAITING of src/web/aside.c
const reader = `#!/bin/sh
[ "$1" = --serve ] && exit 0
dir=\${0%/*}
: >"$dir/begun.$$"
while [ -d "$dir" ] && [ ! -e "$dir/go" ]; do sleep 0.02; done
printf '离心泵轴承在含沙水里的寿命要提到八千小时'
`;

function programBeside(city) {
    const dir = join(city.dir, 'bin');
    mkdirSync(dir);
    copyFileSync(program, join(dir, 'tieqiao'));
    writeFileSync(join(dir, 'tieqiao-read'), reader);
    for (const name of ['tieqiao', 'tieqiao-read']) chmodSync(join(dir, name), 0o755);
    return dir;
}

const upload = (who, path, bytes, name = 'need.pdf') => who.upload(path, {}, { name, bytes });

/* Tables that are judged and taken while their sender waits. */
const SHEETS = ['/patents/import', '/facts/import', '/loans/bank', '/strengths'];

const document = '%PDF-1.4\n\0\n';

async function full(place, dir) {
    const visitors = Array.from({ length: ROOM + 4 }, () => place.server.guest());
    const waiting = new Set(visitors);
    const refused = [];
    const answers = visitors.map(who => upload(who, '/match', document).then(reply => {
        waiting.delete(who);
        if (reply.status !== 200) refused.push(reply);
        return reply;
    }));
    await until(() => refused.length === 4);
    for (const reply of refused) {
        assert.equal(reply.status, 503);
        assert.ok(reply.headers['retry-after'], 'when to come again');
        assert.match(reply.text, /正在读的文件太多/);
    }
    assert.equal(waiting.size, ROOM);
    return { answers, begun: () => readdirSync(dir).filter(name => name.startsWith('begun')).length };
}

async function others(place) {
    const guest = place.server.guest();
    for (const path of ['/healthz', '/readyz', '/', '/needs', '/match?q=%E7%A6%BB%E5%BF%83%E6%B3%B5'])
        assert.equal((await guest.get(path)).status, 200, path);
    const text = await upload(guest, '/match', '离心泵轴承寿命要提到八千小时', 'need.txt');
    assert.equal(text.status, 200, 'a text is read on the spot');
}

/* Holds a table until it is let go: who reads it waits as if he read very much. */
async function locked(city, table) {
    const psql = spawn('psql', ['-qXAt', process.env.TQ_TEST_PG], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise(done => psql.on('exit', done));
    psql.stdin.write(`BEGIN; LOCK TABLE ${city.schema}.${table} IN ACCESS EXCLUSIVE MODE; SELECT 'held';\n`);
    await new Promise(done => psql.stdout.once('data', done));
    return () => { psql.stdin.end('COMMIT;\n'); return ended; };
}

async function surveys(place) {
    const free = await locked(place.city, 'fact'), waiting = [], refused = [];
    const ask = path => {
        const answer = place.officer.get(path);
        answer.then(reply => { if (reply.status === 503) refused.push(reply); });
        waiting.push(answer);
    };
    try {
        for (let i = 0; i < (ROOM + 2) / 2; i++) ['/rd', '/benefits/desk'].forEach(ask);
        await until(() => refused.length === 2);
        assert.match(refused[0].text, /同时统计的人太多/);
        await others(place);
    } finally {
        await free();
    }
    assert.deepEqual((await Promise.all(waiting)).map(reply => reply.status).sort(), [...Array(ROOM).fill(200), 503, 503]);
    for (const path of ['/rd/export', '/obstacles']) assert.equal((await place.officer.get(path)).status, 200, path);
}

async function taken_out(place) {
    for (const [format, rows] of [['csv', text => text.trimEnd().split('\r\n').length - 1], ['jsonl', text => text.trimEnd().split('\n').length]]) {
        const reply = await place.officer.get(`/parties/export?format=${format}`);
        assert.equal(reply.status, 200, reply.text);
        assert.equal(rows(reply.text), 3, reply.text);
        assert.equal(reply.headers['cache-control'], 'no-store');
        assert.match(reply.headers['content-disposition'], /^attachment; filename="parties-/);
    }
    assert.deepEqual(readdirSync(join(place.city.data, 'uploads')), []);
}

const children = server => readFileSync(`/proc/${server.child.pid}/task/${server.child.pid}/children`, 'utf8').trim().split(' ')
    .map(pid => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, 2).join(' '));

for (const engine of engines) {
    let place, member, dir, held;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, [['member', '甲厂成员', OURS, 'member']]);
            assert.deepEqual(children(place.server), ['tieqiao-read --serve'], 'a reader stands by');
            await place.server.stop();
            dir = programBeside(place.city);
            place.server = await place.city.serve({ program: join(dir, 'tieqiao') });
            member = await place.server.signIn('member', place.password);
            place.officer.server = place.server;
        });
        await test(`${engine}: a full room refuses one document more, at once`, async () => { held = await full(place, dir); });
        await test(`${engine}: everybody else is served meanwhile`, () => others(place));
        await test(`${engine}: a member has a room apart`, async () => {
            const begun = held.begun();
            held.answers.push(upload(member, '/needs/new', document));
            await until(() => held.begun() === begun + 1);
        });
        await test(`${engine}: nobody goes round the room: an old paper is read there wherever do=read stands, and every table that is taken at once`, async () => {
            const begun = held.begun();
            for (let i = 1; i < ROOM; i++) held.answers.push(upload(member, '/needs/new', document));
            await until(() => held.begun() === begun + 1);
            await until(async () => (await upload(member, '/needs/new', document)).status === 503);
            for (const ask of [() => upload(member, '/deals/1?do=read&step=title', document), () => member.form('/deals/1?do=read', { step: 'title' }),
                () => member.form('/registrations', { rows: '2\t\tHT-1' }), () => upload(member, '/registrations', 'a,b', 'a.csv'),
                ...SHEETS.map(path => () => upload(member, path, 'a,b', 'a.csv')), ...SHEETS.map(path => () => member.form(path, { rows: '2\t\tHT-1' }))]) {
                const reply = await ask();
                assert.equal(reply.status, 503, reply.text);
                assert.match(reply.text, /正在读的文件太多/);
            }
        });
        await test(`${engine}: who waited is answered`, async () => {
            writeFileSync(join(dir, 'go'), '');
            const replies = await Promise.all(held.answers);
            assert.equal(replies.filter(reply => reply.status === 200).length, 2 * ROOM, replies.map(reply => reply.status).join());
            assert.match(replies.at(-1).text, /离心泵轴承/);
        });
        await test(`${engine}: a list taken out is whole, is kept by nobody and leaves nothing behind`, () => taken_out(place));
        if (engine === 'pg') await test(`${engine}: what officers ask of all firms stands in nobody's way`, () => surveys(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
