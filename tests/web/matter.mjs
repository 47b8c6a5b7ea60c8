// A request to get in touch, from asking to its outcome, without a script and by programs: who may do what and when, what a no must
// say, who sees it, and that nothing is done twice. The engine of all matters is tried by it.
import { test, finish, engines } from './house.mjs';
import { fill_in, state, step_of as step } from './matters.mjs';
import { made_by, town, OURS, THEIRS, THIRD } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂张三', OURS, 'member'], ['other', '乙所王五', THEIRS, 'member'], ['third', '丙学院成员', THIRD, 'member'],
    ['auditor', '审计员', '', 'auditor']];
const ASK = { step: 'ask', wants: '想谈轴承涂层在含沙介质泵上的试用。', name: '张三', phone: '0931-1234567' };

async function by_forms({ member, other, third, officer, auditor, server, achievement }) {
    const door = /href="(\/contacts\/new\?[^"]+)"/.exec((await member.get(achievement)).text);
    assert.ok(door, 'the record has the door');
    assert.doesNotMatch((await other.get(achievement)).text, /\/contacts\/new/, 'its own unit has none');
    const sent = await fill_in(member, door[1].replaceAll('&amp;', '&'), { wants: ASK.wants, name: '张三', phone: ASK.phone });
    assert.equal(sent.status, 303, sent.text);
    const at = sent.location;
    assert.match(at, /^\/contacts\/\d+$/);
    assert.match((await other.get('/desk')).text, new RegExp(`href="${at}"`), 'it stands on the desk of who is asked');
    assert.doesNotMatch((await member.get('/desk')).text, new RegExp(`href="${at}"`));
    const first = async who => /<ul class="drafts"><li><a href="([^"]+)"/.exec((await who.get('/affairs')).text)[1];
    assert.deepEqual([await first(other), await first(member)], ['/contacts', '/deals'], 'among all that can be done, what waits for one stands first');
    const lacking = await fill_in(other, at, { step: 'refuse', answerer: '王五', refusal: 'other', refusal_why: '' });
    assert.equal(lacking.status, 422);
    assert.match(lacking.text, /选了“其他”，请写明理由/);
    const accepted = await fill_in(other, `${at}?step=accept`, { answerer: '王五', answer_phone: '0931-7654321', answer: '下周三下午在乙所谈。' });
    assert.equal(accepted.status, 303, accepted.text);
    assert.match((await member.get(at)).text, /0931-7654321/, 'who answers, and how to reach him');
    assert.equal((await third.get(at)).status, 404);
    assert.equal((await server.guest().get(at)).status, 404);
    assert.match((await auditor.get(at)).text, /想谈轴承涂层/);
    const views = (await auditor.get('/api/v1/audit/views')).json;
    assert.deepEqual([views.audit_views.lines[0].what.code, views.audit_views.lines[0].href], ['contact', at], 'what an auditor looks at is written down');
    const peeping = await third.get(`/contacts/new?step=ask&about_kind=contact&about=${at.split('/').pop()}`);
    assert.doesNotMatch(peeping.text, /含沙介质耐磨轴承/, 'a number in an address gives no title away');
    const line = (await officer.get(at)).text;
    assert.match(line, /已约谈/);
    assert.doesNotMatch(line, /想谈轴承涂层|7654321/, 'an officer sees how far it is, not what is in it');
    return at;
}

async function to_its_outcome({ member, other }, at) {
    let { ver } = (await member.get(`/api/v1${at}`)).json.matter;
    const early = await step(member, at, ver, 'outcome', { outcome: 'agreed', outcome_why: '愿意试用' });
    assert.deepEqual([early.status, /还没有记过会谈/.test(early.text)], [409, true]);
    const tomorrow = await step(member, at, ver, 'talk', { met_on: '2099-01-01', place: '乙所', who: '张三、王五', what: '谈试用' });
    assert.deepEqual([tomorrow.status, tomorrow.json.errors?.[0]?.name ?? tomorrow.json.field], [422, 'met_on']);
    const talk = await step(other, at, ver, 'talk', { met_on: '2026-01-05', place: '乙所', who: '张三、王五', what: '谈试用的台数和时间。' });
    assert.equal(talk.status, 200, talk.text);
    const late = await step(member, at, ver, 'outcome', { outcome: 'agreed', outcome_why: '愿意试用' });
    assert.deepEqual([late.status, late.json.ver], [409, ver + 1], 'who was second is told');
    ver = talk.json.ver;
    const done = await member.post(`/api/v1${at}`, { step: 'outcome', ver, outcome: 'agreed', outcome_why: '试用三台', request_id: 'twice-0001' });
    const again = await member.post(`/api/v1${at}`, { step: 'outcome', ver, outcome: 'agreed', outcome_why: '试用三台', request_id: 'twice-0001' });
    assert.equal(done.status, 200, done.text);
    assert.deepEqual([done.status, again.status, again.json.ver], [200, 200, done.json.ver], 'sent twice, done once');
    const { matter } = (await other.get(`/api/v1${at}`)).json;
    assert.deepEqual([matter.state.code, matter.over, matter.entries[0].count, matter.history.length], ['done', true, 1, 4]);
    assert.equal((await step(member, at, done.json.ver, 'talk', { met_on: '2026-01-05', place: '乙所', who: '甲', what: '再谈' })).status, 409);
}

async function what_is_not_let({ member, other, third, server, achievement, ours, theirs }) {
    const about = { about_kind: 'achievement', about: achievement.split('/').pop() };
    const own = await other.post('/api/v1/contacts', { ...ASK, ...about });
    assert.deepEqual([own.status, /本单位自己的/.test(own.text)], [409, true]);
    assert.equal((await member.post('/api/v1/contacts', { ...ASK, about_kind: 'party', about: theirs })).status, 422);
    assert.equal((await member.post('/api/v1/contacts', { ...ASK, about_kind: 'achievement', about: '77' })).status, 404);
    assert.equal((await member.post('/api/v1/contacts', { ...ASK, about_kind: 'achievement' })).status, 422);
    const bare = await member.post('/api/v1/contacts', { step: 'ask', ...about });
    assert.deepEqual([bare.status, bare.json.errors.map(one => one.field ?? one.name).sort()], [422, ['name', 'phone', 'wants']]);
    assert.equal((await member.post('/api/v1/contacts', { ...ASK, ...about, colour: 'red' })).status, 422);
    assert.equal((await member.post('/api/v1/contacts', { ...ASK, ...about, step: 'accept' })).status, 422);
    assert.equal((await server.guest().post('/api/v1/contacts', { ...ASK, ...about })).status, 401);
    assert.equal((await server.guest().get('/contacts')).status, 303, 'a visitor signs in first');
    const made = await member.post('/api/v1/contacts', { ...ASK, ...about });
    assert.equal(made.status, 201, made.text);
    const at = `/contacts/${made.json.id}`;
    assert.equal((await step(member, at, 1, 'accept', { answerer: '张三', answer_phone: ASK.phone, answer: '谈' })).status, 403, 'not by who asks');
    assert.equal((await step(third, at, 1, 'accept', { answerer: '张三', answer_phone: ASK.phone, answer: '谈' })).status, 404);
    assert.equal((await step(other, at, 1, 'refuse', { answerer: '王五', refusal: 'price' })).status, 200);
    assert.equal(await state(member, at), 'refused');
    assert.equal((await step(member, at, 2, 'withdraw')).status, 409);
    const list = (await member.get('/api/v1/contacts?state=refused')).json.matters.lines;
    assert.deepEqual(list.map(one => one.href), [at]);
    assert.equal((await member.get('/contacts?state=nonsense')).status, 422);
    assert.deepEqual((await third.get('/api/v1/contacts')).json.matters.lines, []);
    void ours;
}

for (const engine of engines) {
    let place, at;
    try {
        await test(`${engine}: a town with an achievement`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            place.achievement = await made_by(place.other, '/achievements', { title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。', trl: 6 });
        });
        await test(`${engine}: asked and answered by the forms, seen by whom it concerns`, async () => { at = await by_forms(place); });
        await test(`${engine}: talked, and an outcome, once`, () => to_its_outcome(place, at));
        await test(`${engine}: what is not let`, () => what_is_not_let(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
