// A bundle for a need, from what fits it to the outcome: each part is asked of whoever has it, answered by price and name or refused with
// a reason; the last answer makes it the firm's turn; a firm that hides stays hidden; whoever is no side sees nothing.
import { test, finish, engines, until } from './house.mjs';
import { hidden_in, look as seen, number as id, step_of as step } from './matters.mjs';
import { made_by, town, need, OURS, THEIRS, THIRD } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂张三', OURS, 'member'], ['other', '乙所王五', THEIRS, 'member'], ['third', '丙学院成员', THIRD, 'member'],
    ['auditor', '审计员', '', 'auditor']];
const OFFER = { price: '160万元', payer: 'firm', days: 60, name: '王五', phone: '0931-7654321' };

async function furnish(place) {
    const { member, other, third } = place;
    place.achievement = await made_by(other, '/achievements', { title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。', trl: 4, keywords: ['轴承', '离心泵'] });
    place.service = await made_by(third, '/services', { title: '离心泵轴承台架试验', sort: 'pilot', about: '含沙介质离心泵轴承台架试验，可连续运行两千小时，出具带原始数据的报告。' });
    place.need = await made_by(member, '/needs', need({ title: '含沙介质离心泵轴承寿命', keywords: ['轴承', '离心泵'], trl: 7 }));
    place.hidden = await made_by(member, '/needs', need({ title: '含沙介质离心泵轴承寿命，隐名', keywords: ['轴承', '离心泵'], trl: 7, hidden: true, alias: '某机械企业' }));
    const fits = async () => (await member.get(`/api/v1${place.need}`)).json.fits.columns.achievement?.cards.length;
    await until(fits, 20_000);
}

async function put_together(place) {
    const { member, other, third, achievement, service, need: at } = place;
    assert.match((await member.get(at)).text, new RegExp(`href="${at}/bundle"`));
    const page = (await member.get(`${at}/bundle`)).text;
    assert.match(page, new RegExp(`name="achievement" value="${id(achievement)}" checked`));
    assert.match(page, /TRL 4<\/span><span class="tag">差 3 级/);
    const hidden = hidden_in(page);
    const lacking = await member.form('/bundles', { ...hidden, achievement: id(achievement), note: '' });
    assert.equal(lacking.status, 422);
    const none = await member.post('/api/v1/bundles', { step: 'make', need: id(at), note: '先中试，再许可，一年内投产。' });
    assert.deepEqual([none.status, /至少要有/.test(none.text)], [422, true]);
    const stranger = await third.post('/api/v1/bundles', { step: 'make', need: id(at), achievement: id(achievement), note: '先中试，再许可，一年内投产。' });
    assert.equal(stranger.status, 403, stranger.text);
    const made = await member.form('/bundles', { ...hidden, achievement: id(achievement), place: id(service), note: '先中试，再许可，一年内投产。' });
    assert.equal(made.status, 303, made.text);
    place.bundle = made.location;
    const matter = await seen(member, place.bundle);
    assert.deepEqual([matter.state.code, matter.gap, matter.parts.map(part => part.state.code)], ['gathering', { from: 4, to: 7 }, ['waiting', 'waiting']]);
    assert.equal((await other.get(place.bundle)).status, 404, 'a part is answered without the others being seen');
    assert.match((await other.get('/desk')).text, new RegExp(`href="${matter.parts[0].href}"`));
    place.parts = matter.parts.map(part => part.href);
}

async function answered(place) {
    const { member, other, third, bundle, parts: [result, pilot] } = place;
    assert.equal((await step(third, result, 1, 'offer', OFFER)).status, 404);
    assert.equal((await step(member, result, 1, 'offer', OFFER)).status, 403);
    const offered = await step(other, result, 1, 'offer', OFFER);
    assert.equal(offered.status, 200, offered.text);
    assert.equal((await seen(member, bundle)).state.code, 'gathering', 'one is still waited for');
    const { ver } = await seen(member, bundle);
    assert.equal((await step(member, bundle, ver, 'accept')).status, 409);
    assert.equal((await step(third, pilot, 1, 'decline', { refusal: 'time' })).status, 200);
    const ready = await seen(member, bundle);
    assert.deepEqual([ready.state.code, ready.parts.map(part => part.state.code), ready.parts[1].refusal.code], ['ready', ['offered', 'declined'], 'time']);
    assert.match((await member.get(bundle)).text, /160 万元[^]*需求方自己出[^]*王五 0931-7654321[^]*时间来不及/);
    assert.equal((await step(member, bundle, ver, 'accept')).status, 409, 'it has moved since');
    const accepted = await step(member, bundle, ready.ver, 'accept');
    assert.equal(accepted.status, 200, accepted.text);
    assert.equal((await seen(other, result)).state.code, 'taken');
    assert.equal((await step(member, bundle, accepted.json.ver, 'outcome', { outcome: '已签许可合同，年底前交样机。' })).status, 200);
    assert.equal((await seen(member, bundle)).state.code, 'ended');
}

async function hidden_stays_hidden({ member, other, officer, achievement, hidden }) {
    const made = await member.post('/api/v1/bundles', { step: 'make', need: id(hidden), achievement: id(achievement), note: '先中试，再许可，一年内投产。' });
    assert.equal(made.status, 201, made.text);
    const { parts: [part], ver } = await seen(member, `/bundles/${made.json.id}`);
    const page = (await other.get(part.href)).text, data = (await other.get(`/api/v1${part.href}`)).text;
    assert.doesNotMatch(page.replace(/<header.*<\/header>/s, '') + data, new RegExp(OURS), 'who is asked does not learn which firm it is');
    assert.equal((await step(member, `/bundles/${made.json.id}`, ver, 'refuse', { refusal: 'other' })).status, 422);
    assert.equal((await step(member, `/bundles/${made.json.id}`, ver, 'refuse', { refusal: 'price' })).status, 200);
    assert.equal((await seen(other, part.href)).state.code, 'left', 'whoever was asked is told');
    const bundle = (await officer.get(`/api/v1/bundles/${made.json.id}`)).json.matter;
    assert.deepEqual([bundle.state.code, bundle.sides[0].name, bundle.sides[0].href], ['refused', '某机械企业', null], 'not even an officer');
    const who = async (reader, at) => (await seen(reader, at)).history.map(line => line.who);
    const unnamed = line => [line.length > 0, line.filter(Boolean)];
    assert.deepEqual(unnamed(await who(other, part.href)), [true, []], 'nor who of its people did it');
    assert.deepEqual(unnamed(await who(officer, `/bundles/${made.json.id}`)), [true, []]);
    assert.deepEqual([...new Set(await who(member, `/bundles/${made.json.id}`))], ['甲厂张三'], 'its own people read it');
    const asked = await other.post('/api/v1/contacts', { step: 'ask', about_kind: 'need', about: id(hidden), wants: '想谈这条需求的解决办法。', name: '王五', phone: OFFER.phone });
    assert.equal(asked.status, 201, asked.text);
    const at = `/contacts/${asked.json.id}`;
    assert.doesNotMatch((await other.get(`/api/v1${at}`)).text + (await other.get('/api/v1/contacts')).text, new RegExp(OURS));
    assert.equal((await seen(other, at)).sides[1].name, '某机械企业');
    assert.equal((await step(member, at, 1, 'accept', { answerer: '张三', answer_phone: OFFER.phone, answer: '来谈。' })).status, 200);
    assert.equal((await seen(other, at)).sides[1].name, OURS, 'who answers shows himself');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with a need and what fits it`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            await furnish(place);
        });
        await test(`${engine}: put together from what fits`, () => put_together(place));
        await test(`${engine}: answered by each, accepted, with its outcome`, () => answered(place));
        await test(`${engine}: a firm that hides stays hidden`, () => hidden_stays_hidden(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
