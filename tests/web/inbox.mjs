// The inbox over HTTP: whose turn it is, what time alone brought about, read and unread, in pages, JSON and both languages; the lists
// that say where a deal stands when nobody has looked; who is told nothing.
import { test, finish, engines, until } from './house.mjs';
import { campus, done, day } from './campus.mjs';
import assert from 'node:assert/strict';

const inbox = async (who, query = '') => {
    const reply = await who.get(`/api/v1/inbox${query}`);
    assert.equal(reply.status, 200, reply.text);
    return reply.json.inbox;
};
const texts = async who => (await inbox(who)).lines.map(line => line.text);
const told = (who, text) => until(async () => (await texts(who)).some(line => line.startsWith(text)));

async function turns(place) {
    place.deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() })).id;
    assert.deepEqual((await inbox(place.colleague)).lines, []);
    await done(place.clerk, place.deal, 'title');
    await told(place.colleague, '轮到您的单位：评价');
    const { lines: [line], unread, newest } = await inbox(place.colleague);
    assert.deepEqual([line.title, line.href, line.read, unread, newest], ['含沙介质耐磨轴承涂层', `/deals/${place.deal}`, false, 1, line.leaf]);
    assert.match(line.id, new RegExp(`^${line.leaf}-\\d+$`), 'the leaf and the account');
    assert.deepEqual(await texts(place.clerk), [], 'who took the step is not told of it');
    for (const who of [place.firm, place.auditor, place.officer]) assert.deepEqual(await texts(who), [], who.login);
}

async function reading(place) {
    const page = await place.colleague.get('/inbox');
    assert.match(page.text, /收件箱 <b class="count">1<span class="unseen"> 条未读/);
    assert.match(page.text, /<li class="unread">/);
    assert.match((await place.colleague.get('/inbox?lang=en')).text, /Your unit(&#39;|&#x27;|')s turn: Valuation/);
    await place.colleague.get('/inbox?lang=zh');
    const { newest } = await inbox(place.colleague);
    assert.equal((await place.clerk.post('/api/v1/inbox/read', { leaf: newest })).status, 200, 'of his own alone');
    assert.equal((await inbox(place.colleague)).unread, 1);
    const bad = await place.colleague.post('/api/v1/inbox/read', {});
    assert.deepEqual([bad.status, bad.json.errors?.[0]?.field ?? bad.json.field], [422, 'leaf']);
    assert.equal((await place.colleague.form('/inbox/read', { leaf: String(newest) })).location, '/inbox');
    assert.deepEqual([(await inbox(place.colleague)).unread, (await inbox(place.colleague)).lines[0].read], [0, true]);
    assert.doesNotMatch((await place.colleague.get('/desk')).text, /class="count"/);
    assert.equal((await place.server.guest().get('/api/v1/inbox')).status, 401);
}

async function time_alone(place) {
    await done(place.clerk, place.deal, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: '1 甲\n2 乙\n3 丙\n4 丁\n5 戊\n6 己' });
    await done(place.clerk, place.deal, 'price', { buyer: '示例甲机械厂', buyer_nature: 'private', ground: '参照两份可比许可合同，学校集体决策' });
    await done(place.clerk, place.deal, 'notice');
    const pier = async () => (await place.clerk.get('/api/v1/deals')).json.deals.lines[0].pier.code;
    assert.equal(await pier(), 'notice');
    await place.at(15);
    assert.equal(await pier(), 'notice', 'the last day is not over');
    await place.at(16);
    await until(async () => await pier() === 'approve');
    await told(place.clerk, `公示期满，可以往下办（${day(15)}）`);
    await told(place.colleague, '公示期满，可以往下办');
    const before = (await inbox(place.clerk)).lines.length;
    await place.at(17);
    await told(place.clerk, '公示期满');
    assert.equal((await inbox(place.clerk)).lines.length, before, 'and it is said once');
    const history = (await place.clerk.get('/deals')).text;
    assert.match(history, /审批/);
}

const desk = async who => (await who.get('/api/v1/desk')).json.desk;

/** Each role's: what, why, since when, by when, and one way on; in the order of the days. */
async function desks(place) {
    const [task] = (await desk(place.clerk)).tasks;
    assert.deepEqual([task.text, task.href, task.late], ['审批：含沙介质耐磨轴承涂层', `/deals/${place.deal}`, false]);
    assert.match(task.article, /国发〔2016〕16号/);
    assert.ok(task.since >= Date.parse(`${day(16)}T00:00:00+08:00`) && task.since < Date.parse(`${day(17)}T00:00:00+08:00`), 'since the notice was over');
    assert.deepEqual((await desk(place.officer)).tasks, [], 'it has stood for a day');
    await place.at(40);
    await until(async () => (await desk(place.officer)).tasks.length);
    const [stuck] = (await desk(place.officer)).tasks;
    assert.deepEqual([stuck.text, stuck.href], ['审批：含沙介质耐磨轴承涂层', `/deals/${place.deal}`]);
    assert.match(stuck.basis, /^轮到.+，已经 24 天$/);
    assert.match((await place.officer.get('/desk?lang=en')).text, /for 24 days/);
    await place.officer.get('/desk?lang=zh');
    for (const who of [place.firm, place.professor]) assert.deepEqual((await desk(who)).tasks, [], who.login);
    assert.match((await place.firm.get('/desk')).text, /轮到您时，这里和收件箱里都会有/);
}

async function further(place) {
    for (const minutes of ['示例科研〔2026〕1号', '示例校办〔2026〕2号']) await done(place.clerk, place.deal, 'approve', { minutes });
    await done(place.clerk, place.deal, 'sign', { number: 'HT-2026-01' });
    await done(place.clerk, place.deal, 'register', { point: '示例登记机构' });
    await told(place.registrar, '有技术合同提交认定登记');
    const [sent] = (await inbox(place.registrar)).lines;
    assert.deepEqual([sent.title, sent.href], ['含沙介质耐磨轴承涂层', `/registrations/${place.deal}`]);
    assert.equal((await place.registrar.get(sent.href)).status, 200, 'it leads there');
    let task; // where a deal stands follows the ledger by a moment
    await until(async () => ([task] = (await desk(place.registrar)).tasks).length);
    assert.deepEqual([task.text, task.href], ['登记：含沙介质耐磨轴承涂层', `/registrations/${place.deal}`]);
    assert.match((await place.registrar.get('/desk')).text, new RegExp(`<a href="/registrations/${place.deal}">`));
    await place.at(130); // three months after day 40, and to the Monday: 13 July; this is the 10th
    await told(place.clerk, '专利实施许可合同备案，期限将到');
    const tasks = (await desk(place.clerk)).tasks, filing = tasks.findIndex(one => one.text.startsWith('专利实施许可合同备案'));
    assert.ok(filing >= 0 && /专利法实施细则/.test(tasks[filing].article), JSON.stringify(tasks));
    assert.deepEqual(tasks.map(one => one.due).filter(Boolean), tasks.map(one => one.due).filter(Boolean).sort(), 'the earliest day first');
}

async function all_read(place) {
    const { lines, newest } = await inbox(place.colleague);
    assert.ok(lines.length > 2);
    assert.equal((await place.colleague.post('/api/v1/inbox/read', { leaf: newest, do: 'all' })).json.href, '/inbox');
    assert.equal((await inbox(place.colleague)).unread, 0);
    assert.deepEqual((await inbox(place.colleague, `?before=${lines[1].leaf}`)).lines.map(line => line.leaf), lines.slice(2).map(line => line.leaf));
}

/** Who is not of the campus is signed in anew wherever the clock has moved. */
async function with_agency(place) {
    await place.server.stop();
    const password = place.city.accounts([['agency', '示例登记员', '', 'registrar@620102']]), { at } = place;
    place.server = undefined;
    place.at = async days => { await at(days); place.registrar = await place.server.signIn('agency', password); };
    await place.at(place.day);
}

for (const engine of engines) {
    const place = await campus(engine);
    await with_agency(place);
    await test(`${engine}: whose turn it is, is told to those who act for the unit`, () => turns(place));
    await test(`${engine}: read and unread, and only one's own`, () => reading(place));
    await test(`${engine}: a notice that is over moves the deal and is told once`, () => time_alone(place));
    await test(`${engine}: each role's desk says what, why and since when`, () => desks(place));
    await test(`${engine}: an agency and the days of rules`, () => further(place));
    await test(`${engine}: all are read up to the newest, and older pages follow`, () => all_read(place));
    await place.server.stop();
    await place.city.end();
}
finish();
