// What is written is there at once: the box finds it within a second, on the other server of one database too; a request repeated
// makes one record; a change made on an old version is refused; a damaged database is found out by `tieqiao check`.
import { test, finish, engines, until, word } from './house.mjs';
import { town, need, OURS } from './town.mjs';
import assert from 'node:assert/strict';

const SOON = 1000;
const ask = async (guest, words, column) => (await guest.get(`/api/v1/match?k=20&column=${column}&q=${encodeURIComponent(words)}`))
    .json.columns[column].cards.map(card => card.id);
const found = (guest, id, words, column = 'need') => until(async () => (await ask(guest, words, column)).includes(id), SOON);
const gone = (guest, id, words, column = 'need') => until(async () => !(await ask(guest, words, column)).includes(id), SOON);

/** Making is 201 with its address, changing 200. */
async function post(who, path, value, status = /\d{9}/.test(path) ? 200 : 201) {
    const reply = await who.post(path, value);
    assert.equal(reply.status, status, `${path}: ${reply.text}`);
    return reply.id;
}

async function a_life(writer, reader) {
    const [first, second] = [word(Date.now() % 1e6), word(Date.now() % 1e6 + 1)];
    const id = await post(writer, '/api/v1/needs', need({ goal: `寿命到八千小时 ${first}` }));
    await found(reader, id, first);
    await post(writer, `/api/v1/needs/${id}`, { ver: 1, goal: `寿命到九千小时 ${second}` });
    await found(reader, id, second);
    await gone(reader, id, first);
    await post(writer, `/api/v1/needs/${id}/close`, {});
    await gone(reader, id, second);
    assert.ok(!(await reader.get('/api/v1/needs')).text.includes(id), 'the list shows what is closed');
    await post(writer, `/api/v1/needs/${id}/reopen`, {});
    await found(reader, id, second);
}

async function each_column(place, member) {
    const guest = place.server.guest(), { officer } = place;
    const about = '台架试验可连续运行两千小时,出具检测报告,收费公开';
    const made = [
        ['achievement', member, '/api/v1/achievements', { title: '含沙介质轴承技术', abstract: about + ',由三千小时提高到八千小时' }],
        ['people', officer, '/api/v1/people', { name: '示例钱工', calling: ['manager'], skills: ['轴承'], about, party: OURS }],
        ['place', member, '/api/v1/services', { title: '轴承中试台架', sort: 'pilot', about }],
        ['finance', member, '/api/v1/services', { title: '轴承成果贷', sort: 'finance', about, amount: '500万元' }],
        ['scenario', member, '/api/v1/scenarios', { title: '石化泵房试用', about }],
        ['policy', officer, '/api/v1/policies', { title: '轴承首台套补助', gives: about, basis: '示例〔2026〕1号', region: ['620100'] }],
    ];
    for (const [column, who, path, value] of made) {
        const own = word(made.findIndex(one => one[0] === column) + 300);
        const text = { ...value, keywords: undefined, [value.abstract ? 'abstract' : value.gives ? 'gives' : 'about']: `${about} ${own} 由三千小时提高到八千小时` };
        await found(guest, await post(who, path, text), own, column);
    }
}

async function once(writers) {
    const count = async () => (await writers[0].get('/api/v1/needs')).json.list.total;
    const before = await count();
    const one = need({ request_id: `once-${Date.now()}` });
    const replies = await Promise.all(Array.from({ length: 12 }, (_, i) => writers[i % writers.length].post('/api/v1/needs', one)));
    assert.deepEqual(replies.map(reply => reply.status), replies.map(() => 201), replies.map(reply => reply.text).join());
    assert.equal(new Set(replies.map(reply => reply.id)).size, 1, 'one request, one record');
    const form = need({ request_id: `form-${Date.now()}` });
    const forms = [await writers[0].form('/needs', form), await writers.at(-1).form('/needs', form)];
    assert.deepEqual(forms.map(reply => reply.status), [303, 303]);
    assert.equal(forms[0].location, forms[1].location, 'the same form posted twice');
    assert.equal(await count(), before + 2);
    const keyed = need();
    const ids = [];
    for (const writer of writers) ids.push((await writer.post('/api/v1/needs', keyed, { 'Idempotency-Key': `key-${Date.now() - Date.now() % 1e5}` })).id);
    assert.equal(new Set(ids).size, 1, 'the header says it too');
    /* the same request id for another record is a mistake and says so */
    assert.equal((await writers[0].post(`/api/v1/needs/${ids[0]}`, { ver: 1, goal: '别的目标', request_id: one.request_id })).status, 409);
}

async function stale(writers) {
    const [a, b] = [writers[0], writers.at(-1)];
    const id = await post(a, '/api/v1/needs', need());
    const replies = await Promise.all([a, b].map((who, i) => who.post(`/api/v1/needs/${id}`, { ver: 1, goal: `寿命到${i}万小时` })));
    assert.deepEqual(replies.map(reply => reply.status).sort(), [200, 409], 'of two changes at once one is refused');
    assert.equal((await a.post(`/api/v1/needs/${id}`, { ver: 1, goal: '又一个目标' })).status, 409);
    assert.equal((await a.post(`/api/v1/needs/${id}`, { ver: 7, goal: '又一个目标' })).status, 409, 'of a version to come');
    const page = await a.form(`/needs/${id}`, { ver: '1', ...need({ goal: '我改的目标还在' }) });
    assert.equal(page.status, 409);
    assert.ok(page.text.includes('我改的目标还在'), 'what was typed is not lost');
    assert.equal((await a.get(`/api/v1/needs/${id}`)).json.record.ver, 2);
}

async function damage(place) {
    const { city } = place;
    assert.match(city.run('check'), /没有缺口/);
    const breaks = {
        'a changed title': "UPDATE need SET title = title || '改' WHERE to_leaf IS NULL",
        'a record without its leaf': 'UPDATE need SET from_leaf = 1 WHERE to_leaf IS NULL',
        'a version taken out': 'DELETE FROM need WHERE ver = 1',
        'a leaf taken out': 'DELETE FROM ledger WHERE leaf_index = (SELECT max(leaf_index) - 1 FROM ledger)',
        'a role given by hand': "UPDATE role_grant SET role = 'auditor' WHERE role = 'member'",
    };
    for (const [what, statement] of Object.entries(breaks)) {
        const tables = ['need', 'ledger', 'role_grant'].map(table => `${city.schema}.${table}`);
        for (const table of tables) city.sql(`CREATE TABLE ${table}_kept AS TABLE ${table}`);
        city.sql(`SET search_path = ${city.schema}; ${statement}`);
        const done = city.try('check');
        for (const table of tables) city.sql(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM ${table}_kept; DROP TABLE ${table}_kept`);
        assert.equal(done.status, 1, `${what}: ${done.stdout}`);
        assert.match(done.stderr, /^✗ /, what);
    }
    assert.match(city.run('check'), /没有缺口/);
}

/** The number of the process that made an id stands in it; each server leases one of its own, a command too while it lasts. */
async function numbers({ city }, members) {
    const leased = () => city.sql(`SELECT substr(name, 6) FROM ${city.schema}.lease WHERE name LIKE 'node %'`).trim().split('\n').sort();
    const number = async who => String(BigInt((await who.post('/api/v1/needs', need())).id) >> 12n & 1023n);
    const made = [await number(members[0]), await number(members[1])];
    assert.deepEqual(leased(), [...made].sort());
    assert.notEqual(made[0], made[1]);
    city.run('account', 'add', 'from.line', '--name', '命令行', '--role', 'committee');
    assert.deepEqual(leased(), [...made].sort(), 'a command gives its own back');
}

for (const engine of engines) {
    let place, members;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, [['member', '甲厂成员', OURS, 'member']]);
            members = [await place.server.signIn('member', place.password)];
            if (engine === 'pg') {
                const second = await place.city.serve();
                const there = second.guest();
                Object.assign(there, { cookie: members[0].cookie, csrf: members[0].csrf });
                members.push(there);
            }
        });
        await test(`${engine}: posted, changed, closed, opened again: the box knows within a second`, () =>
            a_life(members[0], place.server.guest()));
        if (engine === 'pg')
            await test('pg: posted to one server it is found on the other within a second', async () => {
                await a_life(members[0], members[1]);
                await a_life(members[1], members[0]);
            });
        if (engine === 'pg') await test('pg: each server makes its ids with a number of its own', () => numbers(place, members));
        await test(`${engine}: each kind is found in its column`, () => each_column(place, members[0]));
        await test(`${engine}: a request repeated makes one record${engine === 'pg' ? ', whichever server it reaches' : ''}`, () => once(members));
        await test(`${engine}: a change of an old version is refused`, () => stale(members));
        if (engine === 'pg') await test('pg: check finds what was damaged', () => damage(place));
        await test(`${engine}: the servers end well`, async () => { for (const server of place.city.servers) await server.stop(); });
        if (engine === 'pg')
            await test('pg: and give their numbers back', () =>
                assert.equal(place.city.sql(`SELECT count(*) FROM ${place.city.schema}.lease`).trim(), '0'));
    } finally {
        await place?.city.end();
    }
}
finish();
