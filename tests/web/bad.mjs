// tests/bad/web.mjs sent to a running server: the status and the field named are those expected, nothing of it is stored, the
// server lives and its log holds no error.
import { test, finish, engines, join } from './house.mjs';
import { town, need, OURS } from './town.mjs';
import { cases } from '../bad/web.mjs';
import { readdirSync } from 'node:fs';
import assert from 'node:assert/strict';

/** A table under a name of its own, as a browser sends it. */
function upload(who, name) {
    const field = (header, value) => `--XX\r\nContent-Disposition: form-data; name="${header}"\r\n\r\n${value}\r\n`;
    const body = Buffer.concat([field('csrf', who.csrf), field('kind', 'need'), '--XX\r\nContent-Disposition: form-data; name="file"; filename=',
        name, '\r\n\r\n名称,现状\n\r\n--XX--\r\n'].map(piece => Buffer.from(piece)));
    return who.send('POST', '/import', { body, headers: { 'Content-Type': 'multipart/form-data; boundary=XX' } });
}

async function send(place, one) {
    const { what } = one;
    const guest = place.server.guest();
    const who = what.officer || what.upload ? place.officer : what.path === '/sign-in' ? guest : place.member;
    const fill = text => text.replace('NEED', place.need).replaceAll('PARTY', place.theirs).replace('OWN', place.member.cookie.slice(4));
    const path = fill(what.path ?? '/api/v1/needs');
    if (what.cookie !== undefined) guest.cookie = fill(what.cookie);
    if (what.get) return (what.cookie === undefined ? who : guest).get(fill(what.get), what.headers);
    if (what.upload) return upload(who, what.upload);
    if (what.form) return who.form(path, what.form);
    if (what.raw !== undefined) return who.post(path, typeof what.raw === 'string' ? fill(what.raw) : what.raw, { 'Content-Type': what.type ?? 'application/json' });
    return who.post(path, { ...(what.over ?? need({ title: `${need().title} 好值` })), ...what.json }, what.headers);
}

const fields_of = json => [json.field, ...(json.errors ?? []).map(error => error.field)];

/** Kept under a name of ours, shown escaped, and nobody else's to see. */
async function judge_upload(place, one, reply, title) {
    const page = await place.officer.get(reply.location), other = await place.member.get(reply.location);
    assert.equal(page.status, 200, title);
    assert.ok(!page.text.includes(one.what.page), `${title}: the page holds it as it is`);
    assert.equal(other.status, 404, `${title}: seen by another`);
    for (const name of readdirSync(join(place.city.data, 'uploads'))) assert.match(name, /^\d+$/, `${title}: kept as ${name}`);
}

async function judge(place, one) {
    const before = place.server.log.length;
    const reply = await send(place, one);
    const title = `${one.family}: ${one.name}`;
    assert.ok([one.status].flat().includes(reply.status), `${title}: ${reply.status}, wanted ${one.status}: ${reply.text.slice(0, 300)}`);
    if (one.field) assert.ok(fields_of(reply.json).includes(one.field), `${title}: does not name ${one.field}: ${reply.text.slice(0, 400)}`);
    if (reply.status === 422 && reply.headers['content-type'].includes('json')) assert.ok(reply.json.message, title);
    assert.ok(place.server.alive, `${title}: the server died`);
    assert.ok(!/ error /.test(place.server.log.slice(before)), `${title}: ${place.server.log.slice(before)}`);
    if (one.what.none !== undefined) assert.ok(one.what.none ? reply.text.includes(one.what.none) : !reply.text.trim(), `${title}: found ${reply.text.slice(0, 300)}`);
    if (one.what.page) assert.ok(!reply.text.includes(one.what.page), `${title}: the answer holds it as it is`);
    if (one.what.upload && reply.status === 303) await judge_upload(place, one, reply, title);
    if (!one.what.kept) return;
    const at = reply.location.replace('/api/v1', '');
    const stored = (await place.member.get(`/api/v1${at}`)).text;
    assert.ok(stored.includes(one.what.kept) || stored.includes(JSON.stringify(one.what.kept).slice(1, -1)), `${title}: kept as ${stored.slice(0, 900)}`);
    if (!one.what.page || !/[<>"']/.test(one.what.page)) return;
    for (const page of [at, `${at}/edit`]) assert.ok(!(await place.member.get(page)).text.includes(one.what.page), `${title}: ${page} holds it as it is`);
}

const sum = numbers => numbers.reduce((a, b) => a + b, 0);
const totals = async place => Promise.all(['needs', 'parties', 'people'].map(async kind => (await place.member.get(`/api/v1/${kind}`)).json.list.total));

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
                assert.equal(sum(after), sum(before) + made, 'only the good ones are stored');
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
