// Two people change the same record. The second one's form comes back as he filled it in, beside each field what the first one
// made of it, when and, where he may know that, who; what he did not touch takes the newest value, and saving goes on from the
// newest version. A program is told the same in the one shape of an error, with the version number to go on from.
import { test, finish, engines } from './house.mjs';
import { town, need, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['first', '甲厂张三', OURS, 'member'], ['second', '甲厂李四', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member']];

const value_of = (page, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1];
const beside = (page, name) => new RegExp(`<div id="h-${name}">([^]*?)</div>`).exec(page.text)?.[1] ?? '';
const line_of = (reply, field) => reply.json.errors.find(line => line.field === field);

async function made(who, changes = {}) {
    const values = need(changes), reply = await who.post('/api/v1/needs', values);
    assert.equal(reply.status, 201, reply.text);
    return { at: `/needs/${reply.id}`, values };
}

async function changed(who, at, values) {
    const reply = await who.post(`/api/v1${at}`, values);
    assert.equal(reply.status, 200, reply.text);
}

/** Both had version 1 before them. The first one saved a goal and a budget; the second one has typed a goal of his own. */
async function resolved({ first, second }) {
    const { at, values } = await made(first, { limits: '不能停机' });
    const form = { ...values, goal: '寿命到一万小时', ver: '1', request_id: 'second-form-1' };
    await changed(first, at, { ver: 1, goal: '寿命到九千小时', budget: '300万元' });
    const page = await second.form(at, form);
    assert.equal(page.status, 409);
    assert.match(page.text, /role="alert"[^]*有人先改了这条记录/);
    assert.ok(page.text.includes('value="寿命到一万小时"') || page.text.includes('>寿命到一万小时</textarea>'), 'what he typed is kept');
    assert.match(beside(page, 'goal'), /寿命到九千小时[^]*甲厂张三[^]*\d{4}-\d\d-\d\d \d\d:\d\d/, 'what it is now, by whom, when');
    assert.equal(value_of(page, 'budget'), '3000000.00', 'what he did not touch is not undone');
    assert.match(beside(page, 'budget'), /甲厂张三/);
    assert.equal(beside(page, 'limits').includes('甲厂张三'), false, 'what nobody changed is not spoken of');
    assert.match(page.text, /<a href="#f-goal">/);
    assert.equal(value_of(page, 'ver'), '2');
    assert.notEqual(value_of(page, 'request_id'), 'second-form-1', 'the next try is another change');
    const saved = await second.form(at, { ...form, budget: '300万元', ver: '2', request_id: value_of(page, 'request_id') });
    assert.equal(saved.status, 303, saved.text);
    const now = (await first.get(`/api/v1${at}`)).json.record, field = name => now.fields.find(one => one.name === name).value;
    assert.deepEqual([now.ver, field('goal'), field('budget')], [3, '寿命到一万小时', '300000000']);
}

/** The newer version need not differ where he changed something: closed and opened again, or both typed the same. */
async function nothing_differs({ first, second }) {
    const { at, values } = await made(first);
    await first.post(`/api/v1${at}/close`, {});
    await first.post(`/api/v1${at}/reopen`, {});
    const page = await second.form(at, { ...values, goal: '寿命到一万小时', ver: '1' });
    assert.equal(page.status, 409);
    assert.equal(value_of(page, 'ver'), '3');
    assert.match(page.text, /与您填的没有冲突/);
    assert.equal((await second.form(at, { ...values, goal: '寿命到一万小时', ver: '3' })).status, 303);
}

/** In English, and of a value that was taken out; a third change in between is another one's. */
async function words({ first, second, officer }) {
    const { at, values } = await made(first, { limits: '不能停机' });
    await changed(first, at, { ver: 1, limits: '' });
    await changed(officer, at, { ver: 2, trl: 6 });
    const page = await second.form(`${at}?lang=en`, { ...values, limits: '停机不超过一天', ver: '1' });
    await second.get('/desk?lang=zh');
    assert.equal(page.status, 409);
    assert.match(beside(page, 'limits'), /empty now/);
    assert.match(beside(page, 'limits'), /甲厂张三/);
    assert.match(beside(page, 'trl'), /示例工作人员/);
}

/** Who made it tells the firm: of a need that hides it an officer learns neither. Fields that are not for him are not told of. */
async function narrow({ first, officer }) {
    const { at, values } = await made(first, { hidden: true, alias: '某机械企业', contact: '王五' });
    await changed(first, at, { ver: 1, goal: '寿命到九千小时', contact: '赵六专线' });
    const page = await officer.form(at, { title: values.title, now: values.now, goal: '寿命到一万小时', budget: values.budget, due: values.due, ver: '1' });
    assert.equal(page.status, 409);
    assert.match(beside(page, 'goal'), /寿命到九千小时/);
    for (const secret of ['张三', '赵六专线', OURS]) assert.ok(!page.text.includes(secret), secret);
    const api = await officer.post(`/api/v1${at}`, { ver: 1, goal: '寿命到一万小时' });
    assert.deepEqual([api.status, api.json.errors.map(line => line.field)], [409, ['goal']]);
    for (const secret of ['张三', '赵六专线', OURS]) assert.ok(!api.text.includes(secret), secret);
}

async function programs({ first, second, other }) {
    const { at } = await made(first);
    await changed(first, at, { ver: 1, goal: '寿命到九千小时', budget: '300万元' });
    const reply = await second.post(`/api/v1${at}`, { ver: 1, goal: '寿命到一万小时' });
    assert.deepEqual([reply.status, reply.json.code, reply.json.ver], [409, 'conflict', 2]);
    assert.match(reply.json.hint, /ver[^]*2/);
    assert.deepEqual(reply.json.errors.map(line => line.field), ['goal', 'budget']);
    assert.match(line_of(reply, 'goal').message, /寿命到九千小时/);
    assert.match(line_of(reply, 'goal').hint, /甲厂张三/);
    assert.equal(line_of(reply, 'goal').value, '寿命到一万小时');
    assert.ok(!('value' in line_of(reply, 'budget')), 'it sent none');
    assert.equal((await second.post(`/api/v1${at}`, { ver: reply.json.ver, goal: '寿命到一万小时' })).status, 200);
    assert.equal((await other.post(`/api/v1${at}`, { ver: 1, goal: '寿命到一万小时' })).status, 403, 'who may not change it learns nothing');
    const ahead = await second.post(`/api/v1${at}`, { ver: 9, goal: '寿命到一万小时' });
    assert.deepEqual([ahead.status, ahead.json.ver], [409, undefined]);
    const twin = await made(first), taken = await second.post(`/api/v1${twin.at}`, { ver: 1, title: (await made(first)).values.title });
    assert.deepEqual([taken.status, taken.json.ver], [409, undefined], 'another record has this name: no version mends that');
}

/** A draft of a change that has been overtaken is resolved in the same way, and is gone when it is saved. */
async function drafted({ first, second }) {
    const { at, values } = await made(first);
    const draft = await second.form(at, { ...values, goal: '寿命到一万小时', ver: '1', do: 'draft' });
    assert.equal(draft.status, 303);
    await changed(first, at, { ver: 1, goal: '寿命到九千小时' });
    const form = await second.get(draft.location), number = draft.location.split('/').pop();
    assert.equal(value_of(form, 'ver'), '1');
    const page = await second.form(at, { ...values, goal: '寿命到一万小时', ver: '1', draft: number });
    assert.deepEqual([page.status, value_of(page, 'ver'), value_of(page, 'draft')], [409, '2', number]);
    assert.equal((await second.form(at, { ...values, goal: '寿命到一万小时', ver: '2', draft: number })).status, 303);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const login of ['first', 'second', 'other']) place[login] = await place.server.signIn(login, place.password);
        });
        await test(`${engine}: the second one's form comes back and can be saved`, () => resolved(place));
        await test(`${engine}: a newer version that differs nowhere`, () => nothing_differs(place));
        await test(`${engine}: what was emptied, and by several`, () => words(place));
        await test(`${engine}: nobody learns of it what he may not see`, () => narrow(place));
        await test(`${engine}: programs are told the version and the fields`, () => programs(place));
        await test(`${engine}: a draft that was overtaken`, () => drafted(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
