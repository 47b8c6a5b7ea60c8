// kill -9 in the middle of writes: 64 clients post needs; at an acknowledgement chosen by chance the server is killed at that very
// moment. After each restart everything acknowledged is there; at the end nothing is half there (tieqiao check) and the box finds
// every record by its words, so the index has healed.
//
//   node tests/fault/kill.mjs [KILLS] [ENGINE]      (tests/fault/kill.sh: 40 on each engine)
import { test, finish, until, engines } from '../web/house.mjs';
import { town, need, OURS } from '../web/town.mjs';
import { randomInt } from 'node:crypto';

const kills = Number(process.argv[2] ?? 5);
const CLIENTS = 64;
const MOST = 4000; /* records: the last look at each of them costs a request */

/** A word of its own for record n: letters only, so that the box takes it whole. */
const name = n => 'zk' + [...String(n).padStart(5, '0')].map(digit => 'bcdfghjklm'[digit]).join('');

async function client(member, state) {
    while (!state.over) {
        const n = state.next++;
        try {
            const reply = await member.post('/api/v1/needs', need({ title: `${name(n)} 轴承`, request_id: `kill-${n}-once` }));
            if (reply.status === 201) {
                state.acknowledged.set(n, reply.id);
                if (--state.left === 0) { state.over = true; state.kill(); }
            } else if (reply.status !== 503) throw new Error(`${reply.status} ${reply.text}`);
        } catch (error) {
            if (!state.over) throw error; /* connections break only when the server dies */
        }
    }
}

async function present(member, id, n) {
    const reply = await member.get(`/api/v1/needs/${id}`);
    if (reply.status !== 200 || !reply.json.record.title.startsWith(name(n))) throw new Error(`need ${n} (${id}): ${reply.status} ${reply.text} ${member.server.log}`);
}

async function found(member, id, n) {
    const reply = await member.get(`/api/v1/match?k=3&column=need&q=${name(n)}`);
    return reply.json.columns.need.cards.some(card => card.id === id);
}

for (const engine of process.argv[3] ? [process.argv[3]] : engines)
    await test(`${engine}: ${kills} times kill -9 among ${CLIENTS} writers: nothing acknowledged is lost, nothing is half there`, async () => {
        const place = await town(engine, [['member', '甲厂成员', OURS, 'member']]);
        const { city } = place;
        let { server } = place;
        const all = new Map();
        const state = { next: 0 };
        let slowest = 0;
        const member = await server.signIn('member', place.password);
        try {
            for (let round = 0; round < kills && all.size < MOST; round++) {
                state.over = false;
                state.left = randomInt(1, 80);
                state.acknowledged = new Map();
                state.kill = () => server.kill();
                await Promise.all(Array.from({ length: CLIENTS }, () => client(member, state)));
                await server.kill();
                server = member.server = await city.serve();
                for (const [n, id] of state.acknowledged) {
                    await present(member, id, n);
                    all.set(n, id);
                }
                const [last] = [...state.acknowledged].slice(-1);
                slowest = Math.max(slowest, await until(() => found(member, last[1], last[0])));
            }
            for (const [n, id] of all) {
                await present(member, id, n);
                if (!await found(member, id, n)) throw new Error(`need ${n} (${id}) is not found by its word`);
            }
            await server.stop();
            console.log(`# ${engine}: ${all.size} acknowledged; index healed within ${slowest} ms; ${city.run('check').trim()}`);
        } finally {
            await city.end();
        }
    });
finish();
