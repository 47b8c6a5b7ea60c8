// Bad input to every step of a deal, made from the fields that its form shows: each field left out, each with what its type cannot
// be, and orders that fit no deal. The answer is 4xx and names the field; nothing of it is written; the server lives and its log holds
// no error.
import { test, finish, engines } from './house.mjs';
import { campus, done, filled_in, look, way } from './campus.mjs';
import assert from 'node:assert/strict';

const LONG = '长'.repeat(30_000), CONTROL = '好\u0001坏', BIDI = '好\u202e坏', SECRET = '机密★ 好';
const DATES = ['0000-01-01', '2999-12-31', '2026-02-31', '2026-13-01', 'yesterday', '-1', CONTROL];
const MONEY = ['-1元', '1000000000000000000元', '99999999999999999999999999元', '1e9', 'NaN', '0.001元', '160万元整5千', CONTROL];
const NUMBERS = ['-1', '1.5', '1000000000000000000', '99999999999999999999999999', 'many'];
const SHARES = ['-1%', '100.01%', '0.001%', '99999999999999999999%', 'half'];
const MEMBERS = ['曾某（示例）', '曾某（示例） 100.01%', '曾某（示例） 60% 组长', Array.from({ length: 10_000 }, (_, i) => `某${i} 0.01%`).join('\n'),
    `曾某${BIDI} 100%`, `曾某${CONTROL} 100%`];
const TEXTS = [LONG, CONTROL, BIDI, SECRET];
const BY_NAME = { holders: MEMBERS, team: MEMBERS, rate: SHARES, notice: NUMBERS, years: NUMBERS, trl: NUMBERS, url: ['javascript:alert(1)', 'x', LONG],
    snapshot: ['xyz', campus.name, LONG], digest: ['xyz', LONG], buyer_party: ['没有这个单位', LONG] };

/** What the field cannot be. */
function wrong_for(field) {
    if (field.name in BY_NAME) return BY_NAME[field.name];
    if (field.is?.date || /(_on|first_day|until)$/.test(field.name)) return DATES;
    if (/^(price|amount|goods|technical|income)$/.test(field.name)) return MONEY;
    if (field.options) return ['nonesuch', LONG, CONTROL];
    if (typeof field.value === 'boolean') return ['maybe', LONG];
    return TEXTS;
}

async function is_told(place, deal, body, field, title) {
    const before = place.server.log.length;
    const reply = await place.clerk.post(`/api/v1/deals/${deal}`, body);
    assert.equal(reply.status, field === 'ver' || title.endsWith('another deal') ? 409 : 422, `${title}: ${reply.status} ${reply.text.slice(0, 300)}`);
    assert.ok(reply.json.message, title);
    if (field) assert.ok(reply.json.field === field, `${title}: does not name ${field}: ${reply.text.slice(0, 300)}`);
    assert.ok(place.server.alive, `${title}: the server died`);
    assert.ok(!/ error /.test(place.server.log.slice(before)), `${title}: ${place.server.log.slice(before)}`);
    return 1;
}

/** Every field of a step, left out and wrong. */
async function fields_of_a_step(place, deal, name, values) {
    const body = { ...await filled_in(place.clerk, deal, name), ...values };
    const { form, ver } = (await place.clerk.get(`/api/v1/deals/${deal}?step=${name}`)).json.deal;
    const lists = [null, {}, { a: 1 }, [[1]], 1e300];
    let tried = 0;
    for (const field of form.fields) {
        if (field.required) {
            const { [field.name]: _, ...without } = body;
            tried += await is_told(place, deal, { ...without, [field.name]: '' }, field.name, `${name} with an empty ${field.name}`);
            if (!form.paper) tried += await is_told(place, deal, without, field.name, `${name} without ${field.name}`);
        }
        for (const bad of wrong_for(field)) tried += await is_told(place, deal, { ...body, [field.name]: bad }, field.name, `${name}: ${field.name} = ${String(bad).slice(0, 40)}`);
        for (const bad of lists.slice(1)) tried += await is_told(place, deal, { ...body, [field.name]: bad }, undefined, `${name}: ${field.name} = ${JSON.stringify(bad)}`);
    }
    assert.equal((await look(place.clerk, deal)).ver, ver, `${name}: something of it was written`);
    return tried;
}

/** What fits no deal at all. */
async function orders_of_a_step(place, deal, other, name, values) {
    const body = { ...await filled_in(place.clerk, deal, name), ...values };
    let tried = 0;
    for (const [over, field, title] of [[{ ver: body.ver - 1 }, 'ver', 'an old version'], [{ ver: body.ver + 1 }, 'ver', 'a version to come'],
        [{ ver: 'x' }, 'ver', 'no version'], [{ no_such_field: 1 }, 'no_such_field', 'a member that is none'], [{ deal: other }, 'deal', 'what the program sets'],
        [{ paper: 'x' }, 'paper', 'a paper that is none'], [{ paper: '-1' }, 'paper', 'a paper below nothing'], [{ step: '没有这一步'.repeat(20) }, 'step', 'a step that is none'],
        [{ step: undefined }, 'step', 'no step'], [{ request_id: 'x' }, 'request_id', 'a short request id'], [{ request_id: 'x'.repeat(500) }, 'request_id', 'a long request id']])
        tried += await is_told(place, deal, { ...body, ...over }, field, `${name} with ${title}`);
    if (body.paper === undefined && (await place.clerk.get(`/api/v1/deals/${deal}?step=${name}`)).json.deal.form.paper)
        tried += await is_told(place, deal, { ...body, paper: other }, 'paper', `${name} in a paper of another deal`);
    return tried;
}

async function bodies(place, deal) {
    const big = { step: 'title', ver: 1, deputy: 'x'.repeat(1 << 20) };
    assert.equal((await place.clerk.post(`/api/v1/deals/${deal}`, big)).status, 413);
    for (const raw of ['', '[]', '"x"', '{', 'null', '{"step":"title","step":"value"}', Buffer.from('{"step":"\xff"}', 'latin1')]) {
        const reply = await place.clerk.post(`/api/v1/deals/${deal}`, raw);
        assert.ok(reply.status >= 400 && reply.status < 500, `${raw}: ${reply.status}`);
    }
    for (const id of ['0', '-1', '9223372036854775807', '99999999999999999999', 'x', deal + '0'])
        assert.equal((await place.clerk.post(`/api/v1/deals/${id}`, { step: 'title', ver: 1 })).status, 404, id);
    for (const [over, field] of [[{ title: LONG.slice(0, 4000) }, 'title'], [{ title: CONTROL }, 'title'], [{ title: BIDI }, 'title'], [{ title: '短' }, 'title'],
        [{ title: SECRET }, 'title'], [{ achievement: 'x' }, 'achievement'], [{ achievement: '-1' }, 'achievement'], [{ no_such: 1 }, 'no_such']]) {
        const reply = await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop(), ...over });
        assert.equal(reply.status, 422, JSON.stringify(over).slice(0, 60) + reply.text);
        if (field) assert.equal(reply.json.field, field, reply.text);
    }
    const twice = await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() });
    assert.deepEqual([twice.status, twice.json.field], [409, 'title'], twice.text);
}

for (const engine of engines)
    await test(`${engine}: bad input to every step of a deal is told, and nothing of it is kept`, async () => {
        const place = await campus(engine);
        let tried = 0;
        try {
            const achievement = place.achievement.split('/').pop();
            const { id: deal } = await place.clerk.post('/api/v1/deals', { achievement });
            const { id: other } = await place.clerk.post('/api/v1/deals', { achievement, title: '另一个示例项目' });
            await bodies(place, deal);
            for (const [days, name, values] of way) {
                if (days !== place.day) await place.at(days);
                tried += await fields_of_a_step(place, deal, name, values) + await orders_of_a_step(place, deal, other, name, values);
                await done(place.clerk, deal, name, values);
            }
            console.log(`# ${engine}: ${tried} bad orders; ${place.city.run('check').trim()}`);
        } finally { await place.city.end(); }
    });
finish();
