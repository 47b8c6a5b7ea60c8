// Many claim the same thing at once, and there is not enough of it: never one too many, and the balances exact.
//
//   node bench/drill/contend.mjs [WHAT] [CLIENTS] [ROUNDS] [ENGINE]     WHAT: pool_claim, pool_cover …, or all
//
// Each round prepares what is contended for and as many ways to claim it as there are clients (`prepare` of bench/drill/NAME.mjs), lets all
// go at one moment, each on a connection of its own, and then holds what came of it against what is there (`settle`). TQ_BUILD names the
// build, TQ_TEST_PG a PostgreSQL. The short form (8 clients, 3 rounds) is part of ./check.
//
// A contest: {title, town(engine) → place, prepare(place, round, clients) → {goes: [async () => Reply], most, refused: regular expression that
// each refusal must answer with, settle: async (taken: how many) → undefined, throws}}. To add one, list its file below.
import { test, finish, engines } from '../../tests/web/house.mjs';
import * as pilot from './pilot.mjs';
import * as pool from './pool.mjs';
import assert from 'node:assert/strict';

const contests = { ...pool.contests, ...pilot.contests };
const [what = 'all', clients = '8', rounds = '3', engine] = process.argv.slice(2);
const names = what === 'all' ? Object.keys(contests) : what.split(',');

async function round_of(contest, place, round, seen) {
    const made = await contest.prepare(place, round, Number(clients));
    const replies = await Promise.all(made.goes.map(go => go()));
    const taken = replies.filter(reply => reply.status === 200 || reply.status === 201).length;
    for (const reply of replies.filter(one => one.status >= 300))
        assert.ok(reply.status === 409 && made.refused.test(reply.text), `refused for another reason: ${reply.status} ${reply.text}`);
    assert.equal(taken, made.most, `${taken} of ${clients} got it, there was enough for ${made.most}`);
    await made.settle(taken);
    seen.taken += taken;
    seen.refused += replies.length - taken;
}

for (const on of engine ? [engine] : engines)
    for (const name of names)
        await test(`${on}: ${contests[name].title}: ${clients} clients, ${rounds} rounds: never one too many, balances exact`, async () => {
            const contest = contests[name], place = await contest.town(on), seen = { taken: 0, refused: 0 }, began = Date.now();
            try {
                for (let round = 0; round < Number(rounds); round++) await round_of(contest, place, round, seen);
                await place.server.stop();
                const said = place.city.run('check').trim().split('\n').pop();
                console.log(`# ${on} ${name}: ${seen.taken} taken, ${seen.refused} refused, ${Math.round((Date.now() - began) / 1000)} s; ${said}`);
            } finally {
                await place.city.end();
            }
        });
finish();
