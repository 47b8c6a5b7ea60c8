// A backup while 32 clients post needs without a pause; restored elsewhere, everything acknowledged before it began is there,
// nothing is half there, who was signed in is so no longer, and the box finds what came back. Two servers' records on
// PostgreSQL are left to its own tools, with the words that say so.
//
//   node tests/fault/backup.mjs [BACKUPS]
import { test, finish, until, engines, City, join } from '../web/house.mjs';
import { town, need, OURS } from '../web/town.mjs';
import { spawn } from 'node:child_process';
import { readdirSync, mkdirSync } from 'node:fs';
import assert from 'node:assert/strict';

const backups = Number(process.argv[2] ?? 3);
const CLIENTS = 32;
const MOST = 20;
const name = n => 'zb' + [...String(n).padStart(6, '0')].map(digit => 'bcdfghjklm'[digit]).join('');

/** The command beside the running event loop: {status, stderr}. */
function command(...args) {
    const child = spawn(join(process.env.TQ_BUILD ?? 'build', 'src/cli/tieqiao'), args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', text => { stderr += text; });
    return new Promise(done => child.on('exit', status => done({ status, stderr })));
}

async function client(member, state) {
    while (!state.over) {
        const n = state.next++;
        const reply = await member.post('/api/v1/needs', need({ title: `${name(n)} 轴承`, request_id: `backup-${n}-once` }));
        if (reply.status === 201) state.acknowledged.set(n, reply.id);
        else if (reply.status !== 503) throw new Error(`${reply.status} ${reply.text}`);
    }
}

/** Restored into a folder of its own: what was acknowledged by then, and no more than was ever asked for. */
async function restored(file, before, place) {
    const city = new City('sqlite');
    try {
        city.run('restore', file);
        const checked = city.run('check').trim();
        const server = await city.serve();
        const guest = server.guest();
        guest.cookie = place.member.cookie;
        assert.equal((await guest.get('/api/v1/desk')).status, 401, 'a session came back');
        const member = await server.signIn('member', place.password);
        for (const [n, id] of before) {
            const reply = await member.get(`/api/v1/needs/${id}`);
            assert.ok(reply.status === 200 && reply.json.record.title.startsWith(name(n)), `need ${n}: ${reply.status}`);
        }
        const [n, id] = [...before].pop();
        const found = async () => (await member.get(`/api/v1/match?k=3&column=need&q=${name(n)}`)).json.columns.need.cards.some(card => card.id === id);
        await until(found);
        await server.stop();
        return checked;
    } finally {
        await city.end();
    }
}

await test(`${backups} backups among ${CLIENTS} writers: each holds all that was acknowledged before it began`, async () => {
    const place = await town('sqlite', [['member', '甲厂成员', OURS, 'member']]);
    const { city } = place;
    const folder = join(city.dir, 'kept');
    const state = { next: 0, over: false, acknowledged: new Map() };
    mkdirSync(folder);
    place.member = await place.server.signIn('member', place.password);
    try {
        const clients = Array.from({ length: CLIENTS }, () => client(place.member, state));
        const taken = [];
        /* on a small city a backup may fall between two answers: then there is one more */
        for (let i = 0; i < backups || (i < MOST && !taken.some(one => one.meanwhile)); i++) {
            const most = state.acknowledged.size + 200;
            await until(() => state.acknowledged.size > most, 30000);
            const before = [...state.acknowledged];
            const done = await command('backup', join(folder, `${i}.db`), '--data', city.data);
            assert.equal(done.status, 0, done.stderr);
            taken.push({ before, meanwhile: state.acknowledged.size - before.length, said: done.stderr.trim().split('\n')[0] });
        }
        state.over = true;
        await Promise.all(clients);
        await place.server.stop();
        assert.ok(taken.some(one => one.meanwhile), 'nobody wrote meanwhile');
        assert.deepEqual(readdirSync(folder).sort(), taken.map((_, i) => `${i}.db`).sort());
        for (const [i, { before, meanwhile, said }] of taken.entries()) {
            const checked = await restored(join(folder, `${i}.db`), before, place);
            console.log(`# ${before.length} acknowledged before, ${meanwhile} while it was made; ${said.replace(/.*核对/, '核对')}; restored: ${checked}`);
        }
    } finally {
        await city.end();
    }
});

if (engines.includes('pg'))
    await test('postgresql: its own tools are named, served or not', async () => {
        const city = new City('pg');
        try {
            city.run('init');
            assert.match(city.try('backup', join(city.dir, 'x.db')).stderr, /PostgreSQL.*pg_dump/);
            const server = await city.serve();
            const done = await command('backup', join(city.dir, 'x.db'), '--data', city.data);
            assert.equal(done.status, 1);
            assert.match(done.stderr, /PostgreSQL.*pg_dump/);
            await server.stop();
        } finally {
            await city.end();
        }
    });
finish();
