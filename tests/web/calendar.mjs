// The calendar that programs subscribe to: made and withdrawn on the account's page, opened by its address alone, with the days of what
// its owner may see; read by a strict reader (ics.js).
import { test, finish, engines, until } from './house.mjs';
import { campus, done, way, day, FIRM } from './campus.mjs';
import { read } from './ics.js';
import assert from 'node:assert/strict';

const TITLE = '含沙介质轴承，转化；一期\\二期与很长很长的项目名称：用来看折行是不是断在字的中间，中间有English words和数字12345';

/** Makes an address as its owner does, on the page; returns the path. */
async function address(who) {
    const page = await who.form('/account/calendar', { do: 'make' });
    assert.equal(page.status, 200, page.text);
    const [, href] = /value="(http:[^"]+\.ics)"/.exec(page.text) ?? assert.fail('the page shows no address');
    return new URL(href).pathname;
}

async function open(place, path) {
    const reply = await place.server.guest().get(path);
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.headers['content-type'], 'text/calendar; charset=utf-8');
    return read(reply.body);
}

async function prepare(place) {
    const made = await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop(), title: TITLE });
    place.deal = made.id;
    place.path = await address(place.clerk);
    assert.deepEqual((await open(place, place.path)).events, [], 'nothing is ahead');
    for (const [days, name, values] of way.slice(0, 4)) { assert.equal(days, 0); await done(place.clerk, place.deal, name, values); }
}

const events = async place => { let found; await until(async () => (found = (await open(place, place.path)).events).length); return found; };

async function notice(place) {
    const [one, ...rest] = await events(place);
    assert.deepEqual(rest, []);
    assert.equal(one.day, day(15));
    assert.equal(one.summary, `公示期满：${TITLE}`);
    assert.deepEqual(one.alarms, ['-P3D']);
    assert.equal(one.uid, `deal-${place.deal}-notice-1@tieqiao`);
    place.uid = one.uid;
}

/** A withdrawn notice is gone; the next one is another thing. */
async function moves(place) {
    await done(place.clerk, place.deal, 'withdraw', { ended_why: '改正名称' });
    await until(async () => (await open(place, place.path)).events.length === 0);
    await done(place.clerk, place.deal, 'notice', {});
    const [one] = await events(place);
    assert.notEqual(one.uid, place.uid);
}

async function later(place) {
    for (const [days, name, values] of way.slice(8, 18)) {
        if (days > place.day) await place.at(days);
        await done(place.clerk, place.deal, name, values);
    }
    await until(async () => (await open(place, place.path)).events.some(one => one.summary.startsWith('一期款项到期')) || (await open(place, place.path)).events.some(one => one.summary.startsWith('专利实施许可合同备案')));
    const found = (await open(place, place.path)).events;
    assert.ok(found.some(one => one.summary.startsWith('专利实施许可合同备案') && one.day === '2026-06-22'), JSON.stringify(found));
}

async function others(place) {
    assert.deepEqual((await open(place, await address(place.firm))).events, [], `${FIRM} sees none of it`);
    assert.ok((await open(place, await address(place.officer))).events.length, 'an officer sees the days in his scope');
    assert.deepEqual((await open(place, await address(place.professor))).events, [], 'a researcher sees his own rewards');
    assert.deepEqual((await open(place, await address(place.auditor))).events, [], 'the auditor is told of no days');
}

async function withdrawn(place) {
    const old = place.path;
    place.path = await address(place.clerk);
    assert.notEqual(place.path, old);
    assert.equal((await place.server.guest().get(old)).status, 404, 'the old address no longer opens');
    assert.equal((await place.clerk.form('/account/calendar', { do: 'end' })).location, '/account#calendar');
    assert.equal((await place.server.guest().get(place.path)).status, 404);
    for (const path of ['/calendar/x.ics', `/calendar/${'0'.repeat(64)}.ics`, `/calendar/${'0'.repeat(64)}.txt`, `/calendar/${'%00'.repeat(20)}.ics`, '/calendar/'])
        assert.equal((await place.server.guest().get(path)).status, 404, path);
    assert.equal((await place.server.guest().form('/account/calendar', { do: 'make' })).status, 401);
    assert.doesNotMatch((await place.clerk.get('/account')).text, /\.ics/, 'the page shows it once');
}

for (const engine of engines) {
    const place = await campus(engine);
    await test(`${engine}: an address is made on the account's page`, () => prepare(place));
    await test(`${engine}: a notice stands in it with its last day`, () => notice(place));
    await test(`${engine}: what is withdrawn goes, what follows is another`, () => moves(place));
    await test(`${engine}: the days of rules stand in it`, () => later(place));
    await test(`${engine}: everybody sees his own`, () => others(place));
    await test(`${engine}: an address is withdrawn, and no other is found by trying`, () => withdrawn(place));
    await place.server.stop();
    await place.city.end();
}
finish();
