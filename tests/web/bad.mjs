// tests/bad/web.mjs sent to a running server: the status and the field named are those expected, nothing of it is stored, the
// server lives and its log holds no error.
import { test, finish, engines } from './house.mjs';
import { town, need, OURS } from './town.mjs';
import { cases } from '../bad/web.mjs';
import assert from 'node:assert/strict';

async function send(place, one) {
    const { what } = one;
    const who = what.officer ? place.officer : what.path === '/sign-in' ? place.server.guest() : place.member;
    const path = (what.path ?? '/api/v1/needs').replace('NEED', place.need);
    if (what.get) return who.get(what.get);
    if (what.form) return who.form(path, what.form);
    if (what.raw !== undefined) return who.post(path, what.raw, { 'Content-Type': what.type ?? 'application/json' });
    return who.post(path, { ...(what.over ?? need({ title: `${need().title} 好值` })), ...what.json });
}

const fields_of = json => [json.field, ...(json.errors ?? []).map(error => error.field)];

async function judge(place, one) {
    const before = place.server.log.length;
    const reply = await send(place, one);
    const title = `${one.family}: ${one.name}`;
    assert.ok([one.status].flat().includes(reply.status), `${title}: ${reply.status}, wanted ${one.status}: ${reply.text.slice(0, 300)}`);
    if (one.field) assert.ok(fields_of(reply.json).includes(one.field), `${title}: does not name ${one.field}: ${reply.text.slice(0, 400)}`);
    if (reply.status === 422 && reply.headers['content-type'].includes('json')) assert.ok(reply.json.message, title);
    assert.ok(place.server.alive, `${title}: the server died`);
    assert.ok(!/ error /.test(place.server.log.slice(before)), `${title}: ${place.server.log.slice(before)}`);
    if (!one.what.kept) return;
    const at = reply.location.replace('/api/v1', '');
    const stored = (await place.member.get(`/api/v1${at}`)).text;
    assert.ok(stored.includes(one.what.kept) || stored.includes(JSON.stringify(one.what.kept).slice(1, -1)), `${title}: kept as ${stored.slice(0, 900)}`);
    if (!one.what.page || !/[<>"']/.test(one.what.page)) return;
    for (const page of [at, `${at}/edit`]) assert.ok(!(await place.member.get(page)).text.includes(one.what.page), `${title}: ${page} holds it as it is`);
}

const totals = async place => Promise.all(['needs', 'parties'].map(async kind => (await place.member.get(`/api/v1/${kind}`)).json.list.total));

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, [['member', '甲厂成员', OURS, 'member']]);
            place.member = await place.server.signIn('member', place.password);
            place.need = (await place.member.post('/api/v1/needs', need())).id;
        });
        for (const family of new Set(cases.map(one => one.family)))
            await test(`${engine}: ${family}`, async () => {
                const mine = cases.filter(one => one.family === family), wrong = [];
                const before = await totals(place);
                for (const one of mine) await judge(place, one).catch(error => wrong.push(error.message));
                if (wrong.length) throw new Error(`${wrong.length} of ${mine.length}\n${wrong.join('\n')}`);
                const made = mine.filter(one => one.status === 201).length, after = await totals(place);
                assert.equal(after[0] + after[1], before[0] + before[1] + made, 'only the good ones are stored');
            });
        await test(`${engine}: the server ends well and nothing is half there`, async () => {
            await place.server.stop();
            place.city.run('check');
        });
    } finally {
        await place?.city.end();
    }
}
finish();
