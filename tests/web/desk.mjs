// The desk over HTTP: what waits for somebody now, each with its ground and a way to where it is done; an officer's imports and
// what he entered. A task is gone when the record says so; an import's when its owner has decided, or is done with its bad rows.
import { test, finish, engines, until } from './house.mjs';
import { town, need, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂成员', OURS, 'member'], ['researcher', '甲厂研究员', OURS, 'researcher'], ['other', '乙所成员', THEIRS, 'member'],
    ['leader', '领导', '', 'leader'], ['second', '另一位工作人员', '', 'city_officer']];

const desk = async (who, path = '/api/v1/desk') => { const reply = await who.get(path); assert.equal(reply.status, 200, reply.text); return reply.json.desk; };
const texts = tasks => tasks.map(task => task.text);

async function posted(who, path, value) {
    const reply = await who.post(path, value);
    assert.equal(reply.status, /\/\d+(\/|$)/.test(path) ? 200 : 201, reply.text); // a change, or a new record
    return reply.id;
}

async function sheet(who, rows, name = '需求表.csv') {
    const bytes = ['需求名称,单位名称,现状,期限', ...rows.map(row => row.join(','))].join('\n') + '\n';
    const reply = await who.upload('/import', { kind: 'need' }, { name, bytes });
    assert.equal(reply.status, 303, reply.text);
    await at_rest(who, reply.location);
    return reply.location;
}

/** Until nobody works on it: the page polls so, too. */
const at_rest = (who, path) => until(async () => {
    const reply = await who.get(path, { Accept: 'application/json' });
    return !reply.json.job?.running;
});

let made = 0;
const good = (due = '2029-06-30') => [`铸件缩松检测 ${++made} 号`, OURS, '目前靠人工巡检漏检率约百分之八每班两人', due];
const bad = () => [`短`, OURS, '目前靠人工巡检漏检率约百分之八每班两人', '2029-06-30'];

async function nothing(place) {
    for (const login of ['member', 'researcher', 'leader']) {
        const empty = await desk(await place.server.signIn(login, place.password));
        assert.deepEqual([empty.tasks, empty.records, empty.imports, empty.more_tasks], [[], [], null, false], login);
    }
    const officer = await desk(place.officer);
    assert.deepEqual([officer.tasks, officer.imports], [[], { lines: [], all: null }]);
    assert.equal(officer.records.length, 3, 'the organisations that he registered');
}

async function overdue(place) {
    const { member, researcher, other } = place;
    const id = await posted(member, '/api/v1/needs', need({ title: '期限过了的需求', due: '2024-03-01' }));
    await posted(member, '/api/v1/needs', need({ title: '期限还早的需求' }));
    const [task, ...rest] = (await desk(member)).tasks;
    assert.deepEqual(rest, []);
    assert.match(task.text, /^“期限过了的需求”的期限已过：关闭，或延期$/);
    assert.deepEqual([task.due, task.late, task.href], ['2024-03-01', true, `/needs/${id}`]);
    assert.match(task.basis, /^过了 \d+ 天$/);
    for (const who of [researcher, other]) assert.deepEqual((await desk(who)).tasks, []);
    const page = await member.get('/desk');
    assert.ok(page.text.includes('期限 2024-03-01') && page.text.includes(`<li class="late"><a href="/needs/${id}">`));
    assert.match((await member.get('/desk?lang=en')).text, /The deadline of “期限过了的需求” has passed/);
    await member.get('/desk?lang=zh');
    await posted(member, `/api/v1/needs/${id}/close`, {});
    assert.deepEqual((await desk(member)).tasks, []);
    await posted(member, `/api/v1/needs/${id}/reopen`, {});
    assert.equal((await desk(member)).tasks.length, 1);
    await posted(member, `/api/v1/needs/${id}`, { ver: 3, due: '2029-12-31' });
    assert.deepEqual((await desk(member)).tasks, []);
}

async function unfiled(place) {
    const { member, researcher } = place;
    const id = await posted(researcher, '/api/v1/achievements', { title: '没有申请日的轴承', abstract: '用于离心泵，寿命由三千小时提高到八千小时，已在台架验证。', detail: '碳化硅涂层' });
    for (const who of [researcher, member]) {
        const [task] = (await desk(who)).tasks;
        assert.match(task.text, /^“没有申请日的轴承”的技术要点只有本单位能看/);
        assert.equal(task.href, `/achievements/${id}/edit#f-rights`);
        assert.match(task.basis, /专利法 §24/);
    }
    const form = await researcher.get(`/achievements/${id}/edit`);
    assert.match(form.text, /<details class="part" open>[^]*id="f-rights"/, 'where it leads to is open');
    await posted(researcher, `/api/v1/achievements/${id}`, { ver: 1, rights: '发明专利 ZL202110123456.0 2021-01-29 有效' });
    assert.deepEqual((await desk(researcher)).tasks, []);
}

async function fresh(place) {
    const { member, other } = place;
    await posted(member, '/api/v1/needs', need({ title: '搅拌釜密封泄漏', now: '搅拌釜机械密封含沙介质下三千小时就漏' }));
    const id = await posted(other, '/api/v1/achievements', { title: '搅拌釜密封技术', abstract: '解决搅拌釜机械密封泄漏，含沙介质下密封寿命八千小时，已在三家工厂验证。',
        rights: '发明专利 ZL202110123456.0 2021-01-29 有效' });
    await until(async () => (await desk(member)).tasks.some(task => task.href === `/achievements/${id}`));
    const task = (await desk(member)).tasks.find(one => one.href === `/achievements/${id}`);
    assert.match(task.text, /^“搅拌釜密封泄漏”有了新的合适对象\((强|较强)\)：“搅拌釜密封技术”$/);
    assert.match(task.basis, /^\d{4}-\d\d-\d\d 登记，提醒 7 天$/);
    assert.ok(!(await desk(other)).tasks.some(one => one.text.includes('“搅拌釜密封技术”有了')), 'the need was there before it');
    await posted(other, `/api/v1/achievements/${id}/close`, {});
    assert.deepEqual((await desk(member)).tasks, []);
}

async function decides(place) {
    const { officer, second } = place;
    const at = await sheet(officer, [good(), good(), bad()]);
    const [task] = (await desk(officer)).tasks;
    assert.deepEqual([task.text, task.href, task.basis], ['决定导不导入 需求表.csv', at, '检查过，还没有导入：2 行可以导入，1 行有问题']);
    const [line] = (await desk(officer)).imports.lines;
    assert.deepEqual([line.file, line.href, line.kind.code, line.state.code, line.good, line.added, line.bad], ['需求表.csv', at, 'need', 'checked', 2, 0, 1]);
    assert.deepEqual((await desk(second)).tasks, [], "a colleague's is a colleague's");
    assert.equal((await second.get(at)).status, 404);
    assert.equal((await second.form(at, { do: 'drop' })).status, 404);
    assert.match((await officer.get(at)).text, /value="drop"/);
    const dropped = await officer.form(at, { do: 'drop' });
    assert.deepEqual([dropped.status, dropped.location], [303, '/desk']);
    assert.deepEqual([(await desk(officer)).tasks, (await desk(officer)).imports.lines], [[], []]);
    assert.equal((await officer.get(at)).status, 404, 'it is thrown away');
    assert.equal((await officer.form(at, { do: 'drop' })).status, 404);
}

/** All or nothing: it is refused, and waits still. */
async function refused(place) {
    const { officer } = place;
    const at = await sheet(officer, [good(), bad()], '全或无.csv');
    await officer.form(at, { mode: 'all', column_1: 'title', column_2: 'owner', column_3: 'now', column_4: 'due' });
    await at_rest(officer, at);
    assert.deepEqual(texts((await desk(officer)).tasks), ['决定导不导入 全或无.csv']);
    assert.equal((await desk(officer)).imports.lines[0].state.code, 'refused');
    assert.match((await officer.get(at)).text, /一行也没有导入/);
    assert.equal((await officer.form(at, { do: 'drop' })).status, 303);
    assert.deepEqual((await desk(officer)).tasks, []);
}

async function mends(place) {
    const { officer } = place;
    const at = await sheet(officer, [good('2024-03-01'), good(), bad(), bad()]);
    const before = (await desk(officer)).records.length;
    await officer.form(at, { mode: 'good', column_1: 'title', column_2: 'owner', column_3: 'now', column_4: 'due' });
    await at_rest(officer, at);
    const { tasks, records, imports: { lines: [line] } } = await desk(officer);
    assert.match(tasks[0].text, new RegExp(`^“铸件缩松检测 ${made - 1} 号”的期限已过`), 'what he brought in is his to mind');
    assert.match(tasks[1].text, /^补改 需求表.csv 里的 2 行$/);
    assert.match(tasks[1].basis, /^\d{4}-\d\d-\d\d \d\d:\d\d 导入时没有进来$/);
    assert.equal(tasks[1].href, at);
    assert.deepEqual([line.state.code, line.good, line.added, line.bad], ['done', null, 2, 2]);
    assert.equal(records.length, before + 2);
    assert.deepEqual([records[0].title, records[0].who, records[0].entered, records[0].fits], [`铸件缩松检测 ${made} 号`, OURS, true, null]);
    /* after a restart the page is made from the database */
    await place.server.stop();
    place.server = await place.city.serve();
    for (const who of [officer, place.second, place.member, place.researcher, place.other]) who.server = place.server;
    const kept = (await desk(officer)).tasks[1];
    assert.notEqual(kept.href, at);
    const page = await officer.get(kept.href);
    assert.equal(page.status, 200);
    for (const told of ['需求名称', '短', '需要 4 到 200 个字', '这些行处理好了']) assert.ok(page.text.includes(told), told);
    assert.equal((await place.second.get(kept.href)).status, 404);
    assert.equal((await place.second.form(kept.href, { do: 'drop' })).status, 404);
    assert.equal((await officer.form(kept.href, { do: 'drop' })).status, 303);
    assert.equal((await desk(officer)).tasks.length, 1);
    const done = await officer.get(kept.href);
    assert.ok(done.status === 200 && !done.text.includes('需要 4 到 200 个字'));
    assert.equal((await desk(officer)).imports.lines[0].bad, 2, 'how many there were is told still');
}

/** What waited when the server was restarted is told of; the file is gone. */
async function restarted(place) {
    const { officer } = place;
    await sheet(officer, [good()], '重启前.csv');
    await place.server.stop();
    place.server = await place.city.serve();
    for (const who of [officer, place.second, place.member, place.researcher, place.other]) who.server = place.server;
    const task = (await desk(officer)).tasks.find(one => one.text === '决定导不导入 重启前.csv');
    assert.equal((await desk(officer)).imports.lines[0].state.code, 'waiting');
    assert.match((await officer.get(task.href)).text, /文件已经不在这台服务器上/);
    assert.match((await officer.get('/import')).text, /重启前.csv[^]*还没有导入/);
    assert.equal((await officer.form(task.href, { do: 'drop' })).status, 303);
    assert.ok(!texts((await desk(officer)).tasks).includes(task.text));
}

async function pages(place) {
    const { officer } = place;
    for (let i = 0; i < 20; i++) await posted(officer, '/api/v1/needs', need({ owner: THEIRS }));
    const first = await desk(officer);
    assert.equal(first.records.length, 20);
    assert.equal(first.first, null);
    const second = await desk(officer, `/api/v1${first.next}`);
    assert.deepEqual([second.first, second.tasks, second.imports], ['/desk', null, null]);
    const titles = [...first.records, ...second.records].map(record => record.href);
    assert.equal(new Set(titles).size, titles.length, 'none on two pages');
    const page = await officer.get(first.next);
    assert.ok(page.text.includes('回到开头') && !page.text.includes('轮到我'));
    assert.ok(first.records.every(record => record.who === THEIRS));
    for (const odd of ['x', '-1', '0', '99999999999999999999']) assert.equal((await officer.get(`/desk?before=${odd}`)).status, 200, odd);
}

/** A need that hides its firm is not named to the officer who entered it either. */
async function hidden(place) {
    await posted(place.officer, '/api/v1/needs', need({ owner: OURS, hidden: true, alias: '某机械企业', title: '藏名的需求' }));
    const record = (await desk(place.officer)).records.find(one => one.title === '藏名的需求');
    assert.equal(record.who, null);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, ACCOUNTS);
            for (const login of ['member', 'researcher', 'other', 'second']) place[login] = await place.server.signIn(login, place.password);
        });
        await test(`${engine}: a desk on which nothing waits`, () => nothing(place));
        await test(`${engine}: a need whose deadline has passed waits for its own`, () => overdue(place));
        await test(`${engine}: details hidden for want of a filing date wait for it`, () => unfiled(place));
        await test(`${engine}: a partner that has come is told`, () => fresh(place));
        await test(`${engine}: an import waits for its owner's decision`, () => decides(place));
        await test(`${engine}: one refused for its bad rows, too`, () => refused(place));
        await test(`${engine}: bad rows left out wait to be mended, after a restart too`, () => mends(place));
        await test(`${engine}: what waited over a restart is told of`, () => restarted(place));
        await test(`${engine}: what an officer entered, a page at a time`, () => pages(place));
        await test(`${engine}: a hidden firm stays hidden`, () => hidden(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
