// kill -9 at each step of a deal, at a moment chosen by chance while a client posts it; then the server is started again and asked
// again with the same request id, twice. Each step is done once: the deal moves on by one version, one paper comes of a step that adds
// one, and at the end every paper stands by its leaf (tieqiao check).
//
//   node tests/fault/deal.mjs [ENGINE]
import { test, finish, engines } from '../web/house.mjs';
import { campus, clock, filled_in, look, way } from '../web/campus.mjs';
import { randomInt } from 'node:crypto';
import assert from 'node:assert/strict';

const MOST_MS = 12; /* a step takes a few: before, within and after it the server dies */
const papers = deal => Object.fromEntries(deal.papers.map(sort => [sort.kind.code, sort.items.length]));

/** A second later: the clock that the tests hold still would else give the same numbers again. */
async function again(place) {
    place.server = place.clerk.server = await place.city.serve(clock(place.day + ++place.starts / 86_400));
}

/** What came of the post: a reply, or undefined where the server died first. */
async function posted_to_a_dying(place, path, body) {
    const post = place.clerk.post(path, body).catch(() => undefined);
    await new Promise(done => setTimeout(done, randomInt(0, MOST_MS)));
    await place.server.kill();
    return post;
}

/** On a new day the clock may write what came due: a version more, which is nobody's step. How many there were. */
async function come_due(place, deal, ver) {
    let now = ver;
    for (let still = 0; still < 10; still++) {
        await new Promise(done => setTimeout(done, 100));
        const seen = (await look(place.clerk, deal)).ver;
        if (seen !== now) still = 0;
        now = seen;
    }
    return now - ver;
}

async function take(place, deal, n, name, values, seen) {
    const before = await look(place.clerk, deal);
    const path = `/api/v1/deals/${deal}`, body = { ...await filled_in(place.clerk, deal, name), ...values, request_id: `deal-step-${n}-once` };
    const first = await posted_to_a_dying(place, path, body);
    await again(place);
    const between = await look(place.clerk, deal);
    assert.ok(between.ver === before.ver || between.ver === before.ver + 1, `${name}: version ${before.ver} became ${between.ver}`);
    if (first) {
        assert.equal(first.status, 200, `${name}: ${first.text}`);
        assert.equal(between.ver, before.ver + 1, `${name} was acknowledged and is lost`);
        seen.acknowledged++;
    }
    seen.written += between.ver > before.ver;
    for (let i = 0; i < 2; i++) {
        const reply = await place.clerk.post(path, body);
        assert.equal(reply.status, 200, `${name} asked again: ${reply.text}`);
    }
    const after = await look(place.clerk, deal);
    assert.equal(after.ver, before.ver + 1, `${name} is done once`);
    const was = papers(before), is = papers(after);
    const more = Object.keys(is).filter(kind => kind !== 'ruling' && is[kind] !== (was[kind] ?? 0));
    assert.ok(more.length <= 1 && (more.length === 0 || is[more[0]] === (was[more[0]] ?? 0) + 1), `${name}: ${JSON.stringify([was, is])}`);
    if (between.ver > before.ver) assert.deepEqual(papers(between), is, `${name}: half of it was there`);
}

for (const engine of process.argv[2] ? [process.argv[2]] : engines)
    await test(`${engine}: kill -9 at each of ${way.length} steps of a deal: none skipped, none lost, none twice`, async () => {
        const place = Object.assign(await campus(engine), { starts: 0 }), seen = { acknowledged: 0, written: 0 };
        let dues = 0;
        try {
            const made = await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() });
            assert.equal(made.status, 201, made.text);
            for (const [n, [days, name, values]] of way.entries()) {
                if (days !== place.day) {
                    const { ver } = await look(place.clerk, made.id);
                    await place.at(days);
                    dues += await come_due(place, made.id, ver);
                }
                await take(place, made.id, n, name, values, seen);
            }
            assert.equal((await look(place.clerk, made.id)).ended, true);
            assert.equal((await look(place.clerk, made.id)).ver, way.length + 1 + dues);
            await place.server.stop();
            console.log(`# ${engine}: ${seen.acknowledged} steps were acknowledged before the server died, ${seen.written} were written; ${place.city.run('check').trim()}`);
        } finally { await place.city.end(); }
    });
finish();
