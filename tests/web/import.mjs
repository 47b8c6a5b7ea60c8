// Bringing tables in over HTTP: columns that nobody named as we do are matched by hand, what becomes of each row is told before and
// after, bad rows go out to be mended and come back, and tables as offices keep them are read as a person would.
import { test, finish, engines, until } from './house.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import { xlsx } from './sheets.mjs';
import assert from 'node:assert/strict';

const document = async (who, path) => (await who.get(path, { Accept: 'application/json' })).json;

/** Brings a file in; where it lies once nobody works on it, and what the page then tells. */
async function bring(who, kind, name, bytes) {
    const reply = await who.upload('/import', { kind }, { name, bytes });
    assert.equal(reply.status, 303, reply.text);
    return { at: reply.location, ...await rest(who, reply.location) };
}

async function rest(who, at) {
    await until(async () => !(await document(who, at)).job?.running, 120_000);
    return document(who, at);
}

/** Says what becomes of the columns, and waits. */
async function says(who, at, values) {
    const reply = await who.form(at, values);
    assert.equal(reply.status, 303, reply.text);
    return rest(who, at);
}

const targets = preview => preview.columns.map(column => column.options.find(option => option.selected)?.code ?? '');
const columns = codes => Object.fromEntries(codes.map((code, i) => [`column_${i + 1}`, code]));
const csv = rows => rows.map(row => row.join(',')).join('\n') + '\n';

const STATE = '目前靠人工巡检漏检率约百分之八每班两人';

/** No header is known: the page shows what stands in each column, and asks. */
async function by_hand(place) {
    const { officer } = place;
    const { at, preview } = await bring(officer, 'need', '外单位来的表.csv', csv([['甲', '乙', '丙'], ['铸件缩松在线检测', OURS, STATE], ['阀门密封面研磨', OURS, STATE]]));
    assert.equal(preview.ready, false);
    assert.deepEqual(targets(preview), ['', '', '']);
    assert.deepEqual(preview.columns.map(column => column.samples), [['铸件缩松在线检测', '阀门密封面研磨'], [OURS], [STATE]]);
    assert.deepEqual(preview.missing.map(one => one.label.code), ['title', 'now']);
    const page = await officer.get(at);
    assert.match(page.text, /没有认出哪一列是名称/);
    const half = await says(officer, at, { do: 'check', ...columns(['', 'owner', 'now']) });
    assert.deepEqual([half.preview.ready, targets(half.preview)], [false, ['', 'owner', 'now']], 'what was said is kept');
    const wrong = await officer.form(at, { do: 'check', ...columns(['nothing', '', '']) });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /需求没有“nothing”这一项/);
    const { preview: matched } = await says(officer, at, { do: 'check', ...columns(['title', 'owner', 'now']) });
    assert.deepEqual([matched.ready, matched.sums.rows, matched.problems, matched.missing], [true, 2, null, []]);
    const { job } = await says(officer, at, { mode: 'all', ...columns(['title', 'owner', 'now']) });
    assert.deepEqual([job.state.code, job.result.figures.parts[0].count], ['done', 2]);
}

/** Some headers are known, and not the one that matters. */
async function half_known(place) {
    const { officer } = place;
    const { preview } = await bring(officer, 'need', '半认得.csv', csv([['题头', '提出单位', '难题描述'], ['泵房噪声在线分级', OURS, STATE]]));
    assert.deepEqual([preview.ready, targets(preview)], [false, ['', 'owner', 'now']]);
}

/** A table that names no organisation is somebody's all the same: the person says whose. */
async function whose(place) {
    const { officer } = place;
    const rows = csv([['专利名称', '专利号', '申请日'], ['一种耐磨离心泵叶轮', 'ZL202110123456.0', '2021-01-29']]);
    const { at, preview } = await bring(officer, 'achievement', '盘点表.csv', rows);
    assert.deepEqual([preview.owner, preview.filled.map(one => one.label.code), preview.missing], [{ value: '', column: false, own: false }, ['abstract'], []]);
    assert.match(preview.problems.rows[0].expected, /没有说明属于哪个单位/);
    const unknown = await says(officer, at, { do: 'check', owner: '没登记的单位', ...columns(targets(preview)) });
    assert.match(unknown.preview.problems.rows[0].expected, /没有找到单位“没登记的单位”/);
    const said = await says(officer, at, { do: 'check', owner: THEIRS, ...columns(targets(preview)) });
    assert.deepEqual([said.preview.owner.value, said.preview.problems], [THEIRS, null]);
    const { job } = await says(officer, at, { mode: 'all', owner: THEIRS, ...columns(targets(preview)) });
    assert.equal(job.result.figures.parts[0].count, 1);
}

const INVENTORY = [['专利号', '专利名称', '专利类型', '申请日', '法律状态', '专利权人', '拟转化价格（万元）'],
    ['ZL202110123456.0', '一种耐磨离心泵叶轮及其制备', '发明专利', '2021-01-29', '有效', OURS, '160'],
    ['ZL202220223344.5', '一种渣浆泵轴封', '实用新型', '2022-02-11', '有效', OURS, '45'],
    ['ZL202110999999.9', '盐湖卤水提锂吸附剂', '发明', '2021-13-45', '有效', OURS, ''],
    ['ZL202110777777.7', '戈壁温室相变墙体', '发明', '2021-03-05', '有效', '没登记的大学', '30'],
    ['ZL202110123456.0', '一种耐磨离心泵叶轮及其制备', '发明专利', '2021-01-29', '有效', OURS, '160']];

const sums = figures => Object.fromEntries(figures.parts.map(part => [part.label.code, part.count]));
const adds_up = figures => assert.equal(figures.parts.reduce((sum, part) => sum + part.count, 0), figures.rows);
const listed = async (who, figures, code) => {
    const { records } = await document(who, figures.parts.find(part => part.label.code === code).href);
    return records.cards.map(card => card.title);
};
const bad_file = async (who, preview) => {
    const reply = await who.get(preview.problems.download);
    assert.equal(reply.status, 200, reply.text);
    return reply;
};

/** Before: what each row will be. After: figures that add up, each with its list. The bad rows come back mended. */
async function told(place) {
    const { officer, other } = place;
    const { at, preview } = await bring(officer, 'achievement', '盘点表.csv', csv(INVENTORY));
    assert.deepEqual(targets(preview), ['rights.number', 'title', 'rights.sort', 'rights.filed', 'rights.status', 'owner', 'price']);
    assert.deepEqual(preview.sums, { rows: 5, fresh: 2, changes: 0, same: 0, bad: 2, twice: 1 });
    assert.deepEqual(preview.becomes.map(row => [row.line, row.verdict.code]), [[2, 'fresh'], [3, 'fresh'], [4, 'bad'], [5, 'bad'], [6, 'twice']]);
    const [first] = preview.becomes;
    assert.deepEqual([first.title, first.owner], ['一种耐磨离心泵叶轮及其制备', OURS]);
    assert.ok(!first.values.some(value => value.label.code === 'abstract'), 'what stands in for the abstract is told once');
    assert.equal(first.values.find(value => value.label.code === 'rights').value, '发明专利 ZL202110123456.0 2021-01-29 有效');
    const { job } = await says(officer, at, { mode: 'good', ...columns(targets(preview)) });
    assert.deepEqual(sums(job.result.figures), { added: 2, changed: 0, same: 0, bad: 2, twice: 1 });
    adds_up(job.result.figures);
    assert.deepEqual(await listed(officer, job.result.figures, 'added'), ['一种耐磨离心泵叶轮及其制备', '一种渣浆泵轴封']);
    assert.equal((await other.get(`${at}/records?list=added`)).status, 404, "a stranger's import is nobody else's");
    assert.equal((await other.get(`${at}/bad`)).status, 404);
    assert.equal((await officer.get(`${at}/records?list=odd`)).status, 404);

    const file = await bad_file(officer, job);
    assert.match(file.headers['content-disposition'], /filename\*=UTF-8''%E7%9B%98%E7%82%B9%E8%A1%A8-%E5%93%AA/);
    const [header, ...rows] = file.text.replace('\uFEFF', '').trimEnd().split('\r\n');
    assert.equal(header, [...INVENTORY[0], '哪里不对'].join(','));
    assert.equal(rows.length, 3);
    assert.match(rows[0], /^ZL202110999999.9,盐湖卤水提锂吸附剂,.*第 4 行：【申请日】申请日“2021-13-45”不对/);
    const mended = file.text.replace('2021-13-45', '2021-12-15').replace('没登记的大学', OURS);
    const again = await bring(officer, 'achievement', '盘点表-哪里不对.csv', mended);
    assert.equal(targets(again.preview)[7], '', 'what was wrong is no field');
    assert.deepEqual(again.preview.sums, { rows: 3, fresh: 2, changes: 0, same: 1, bad: 0, twice: 0 });
    const done = await says(officer, again.at, { mode: 'all', ...columns(targets(again.preview)) });
    assert.deepEqual(sums(done.job.result.figures), { added: 2, changed: 0, same: 1, bad: 0 });
    adds_up(done.job.result.figures);
    assert.deepEqual(await listed(officer, done.job.result.figures, 'same'), ['一种耐磨离心泵叶轮及其制备']);
    assert.deepEqual(await listed(officer, done.job.result.figures, 'added'), ['盐湖卤水提锂吸附剂', '戈壁温室相变墙体']);

    const changed = await bring(officer, 'achievement', '改价.csv', csv([INVENTORY[0], INVENTORY[1].with(6, '180'), INVENTORY[2]]));
    assert.deepEqual([changed.preview.sums.changes, changed.preview.sums.same], [1, 1]);
    const after = await says(officer, changed.at, { mode: 'all', ...columns(targets(changed.preview)) });
    assert.deepEqual(await listed(officer, after.job.result.figures, 'changed'), ['一种耐磨离心泵叶轮及其制备']);
}

/** All bad rows go out, however many the page shows, in the form in which they came; also of an import that was refused. */
async function all_of_them(place) {
    const { officer } = place;
    const rows = Array.from({ length: 700 }, (_, i) => [`铸件缩松检测批次 ${i}`, OURS, STATE, '2027-02-30']);
    const good = ['铸件缩松检测好的一批', OURS, STATE, '2027-02-28'];
    const { at, preview } = await bring(officer, 'need', '需求.jsonl', [good, ...rows].map(([title, owner, now, due]) =>
        JSON.stringify({ title, owner, now, due, '哪里不对': '上一次的话' })).join('\n'));
    assert.deepEqual([preview.sums.rows, preview.sums.bad, preview.problems.rows.length, preview.problems.more], [701, 700, 100, true]);
    const { job } = await says(officer, at, { mode: 'all', ...columns(targets(preview)) });
    assert.deepEqual([job.state.code, sums(job.result.figures)], ['refused', { good: 1, bad: 700 }]);
    const lines = (await bad_file(officer, job)).text.trimEnd().split('\n').map(line => JSON.parse(line));
    assert.equal(lines.length, 700);
    assert.deepEqual(Object.keys(lines[0]), ['title', 'owner', 'now', 'due', '哪里不对']);
    assert.match(lines[699]['哪里不对'], /^第 701 行：【due】/);
    assert.equal((await officer.form(at, { do: 'drop' })).status, 303);
    assert.equal((await officer.get(`${at}/bad`)).status, 404);
}

/** While a large table is worked on, page and desk say how far it is, without scripts too. */
async function watched(place) {
    const { officer } = place;
    const rows = Array.from({ length: 20_000 }, (_, i) => [`大表里的第 ${i} 条需求`, OURS, STATE]);
    const reply = await officer.upload('/import', { kind: 'need' }, { name: '大表.csv', bytes: csv([['需求名称', '单位名称', '现状'], ...rows]) });
    const [{ desk }, { job }, page, desk_page, list] = await Promise.all([document(officer, '/desk'), document(officer, reply.location), officer.get(reply.location),
        officer.get('/desk'), officer.get('/import')]);
    const [line] = desk.imports.lines;
    assert.deepEqual([line.file, line.href, line.state.code, typeof line.percent], ['大表.csv', reply.location, 'checking', 'number']);
    assert.deepEqual([job.running, job.phase.code], [true, 'reading']);
    assert.match(page.text, /<noscript><meta http-equiv="refresh" content="\d+"><\/noscript>[^]*<progress [^]*>刷新<\/a>/);
    for (const one of [desk_page, list]) assert.match(one.text, /大表\.csv<\/a>[^]*正在检查/);
    const { preview } = await rest(officer, reply.location);
    assert.equal(preview.sums.fresh, 20_000);
    await officer.form(reply.location, { mode: 'all', ...columns(targets(preview)) });
    assert.equal((await document(officer, '/desk')).desk.imports.lines[0].state.code, 'running');
    const seen = new Set();
    await until(async () => {
        const { job: now } = await document(officer, reply.location);
        if (now.running) seen.add(now.phase.code);
        return !now.running;
    }, 120_000);
    assert.ok(seen.has('writing'), [...seen].join());
    const { job: done } = await document(officer, reply.location);
    assert.deepEqual(sums(done.result.figures), { added: 20_000, changed: 0, same: 0, bad: 0 });
    const { records } = await document(officer, done.result.list);
    assert.deepEqual([records.cards.length, records.cards[49].title], [50, '大表里的第 49 条需求']);
    assert.equal((await document(officer, records.next)).records.cards[0].title, '大表里的第 50 条需求');
}

/** After a restart the page, its lists and the bad rows are made from the database. */
async function restarted(place) {
    const { officer } = place;
    const { at, preview } = await bring(officer, 'need', '重启.csv', csv([['需求名称', '单位名称', '现状'], ['重启之前的一条需求', OURS, STATE], ['短', OURS, STATE],
        ['重启之前的一条需求', OURS, STATE]]));
    await says(officer, at, { mode: 'good', ...columns(targets(preview)) });
    await place.server.stop();
    place.server = await place.city.serve();
    for (const who of [officer, place.other]) who.server = place.server;
    const { desk } = await document(officer, '/desk');
    const kept = desk.imports.lines.find(line => line.file === '重启.csv');
    const { job } = await document(officer, kept.href);
    assert.deepEqual(sums(job.result.figures), { added: 1, changed: 0, same: 0, bad: 1, twice: 1 });
    assert.deepEqual(await listed(officer, job.result.figures, 'added'), ['重启之前的一条需求']);
    assert.equal((await bad_file(officer, job)).text.trimEnd().split('\r\n').length, 3);
}

const HEAD = ['需求名称', '单位名称', '现状', '预算', '期限'];
const line = (i, ...more) => [`离心泵密封 ${i} 号`, OURS, STATE, ...more];
const WHOLE = ['title', 'owner', 'now', 'budget', 'due'];

/** Workbooks as offices keep them: what a person would read there is read. rows: {title, …} by line. */
const KEPT = {
    'merged cells above the header': { book: xlsx({ 表: [['某市2026年技术需求汇总表'], ['填报单位：某局', null, null, '2026年1月'], HEAD, line(1, '120万元', '2027-06-30')] }, { merges: { 表: ['A1:E1'] } }),
        targets: WHOLE, values: { 4: { budget: '¥1200000.00', due: '2027-06-30' } } },
    'two header rows': { book: xlsx({ 表: [['需求名称', '单位名称', '现状', '条件'], [null, null, null, '预算（万元）', '期限'], line(2, 120, '2027-06-30')] },
        { merges: { 表: ['A1:A2', 'B1:B2', 'C1:C2', 'D1:E1'] } }), targets: WHOLE, values: { 3: { budget: '¥1200000.00' } } },
    'empty first rows': { book: xlsx({ 表: [[], [], HEAD, line(3, '1万元', '2027-06-30')] }), targets: WHOLE, values: { 4: { budget: '¥10000.00' } } },
    'a total and who filled it in at the end': { book: xlsx({ 表: [['序号', ...HEAD], [1, ...line(4, '1万元', '2027-06-30')], ['合 计', null, null, null, 200], ['填表人：张三', null, null, '审核：李四']] }),
        targets: ['', ...WHOLE], values: { 2: {} }, aside: 2 },
    'dates as numbers': { book: xlsx({ 表: [HEAD, line(5, 1, { v: 46568, as: 'date' }), line(6, 1, 46568), line(7, 1, '46568')] }),
        targets: WHOLE, values: { 2: { due: '2027-06-30' }, 3: { due: '2027-06-30' }, 4: { due: '2027-06-30' } } },
    'numbers as text with their unit, or none agreed': { book: xlsx({ 表: [[...HEAD.slice(0, 3), '预算（万元）'], line(8, '120万'), line(9, '１２０'), line(10, '面议'), line(11, '1,200元')] }),
        targets: WHOLE.slice(0, 4), values: { 2: { budget: '¥1200000.00' }, 3: { budget: '¥1200000.00' }, 4: { budget: undefined }, 5: { budget: '¥1200.00' } } },
    'percent': { book: xlsx({ 表: [['需求名称', '单位名称', '现状', '目标'], line(12, { v: 0.955, as: 'share' })] }), targets: ['title', 'owner', 'now', 'goal'], values: { 2: { goal: '95.5%' } } },
    'a column of blanks, and one without a name': { book: xlsx({ 表: [[...HEAD, '备注', null], line(13, 1, '2027-06-30', ' ', '没有表头的一格'), line(14, 1, '2027-06-30')] }),
        targets: [...WHOLE, '', ''], values: { 2: {}, 3: {} }, headers: { 6: '第 7 列' } },
    'blanks up to the last column of the sheet': { book: xlsx({ 表: [HEAD, [...line(15, 1, '2027-06-30'), ...Array(16_378).fill(null), ' ']] }), targets: WHOLE, values: { 2: {} } },
    'a first sheet that says how to fill it in': { book: xlsx({ 说明: [['填表说明'], ['一、请如实填写']], 数据: [HEAD, line(16, 1, '2027-06-30')] }), targets: WHOLE, values: { 2: {} } },
    'an empty and a hidden sheet before': { book: xlsx({ 空: [], 字典: [['企业', '高校'], ['甲', '乙']], 数据: [HEAD, line(17, 1, '2027-06-30')] }, { hidden: ['字典'] }), targets: WHOLE, values: { 2: {} } },
    'two sheets of data': { book: xlsx({ 一季度: [HEAD, line(18, 1, '2027-06-30')], 二季度: [HEAD, line(19, 1, '2027-06-30')] }), targets: WHOLE, values: { 2: {} }, rest: true },
};

async function as_kept(place) {
    for (const [what, { book: bytes, targets: wanted, values, aside = null, rest: more = false, headers = {} }] of Object.entries(KEPT)) {
        const { preview, job } = await bring(place.officer, 'need', `${what}.xlsx`, bytes);
        assert.ok(preview, `${what}: ${job?.result.error}`);
        assert.deepEqual(targets(preview), wanted, what);
        assert.deepEqual([preview.sums.rows, preview.sums.bad, preview.aside, preview.rest], [Object.keys(values).length, 0, aside, more], what);
        for (const row of preview.becomes) for (const [name, value] of Object.entries(values[row.line]))
            assert.equal(row.values.find(one => one.label.code === name)?.value, value, `${what}: ${name} of row ${row.line}`);
        for (const [i, header] of Object.entries(headers)) assert.equal(preview.columns[i].header, header, what);
    }
}

/** What can't be read is said with its place and the remedy. */
async function said(place) {
    const tables = [
        ['a name twice', xlsx({ 表: [[...HEAD, '联系电话', '联系电话'], line(20, 1, '2027-06-30')] }), /表头第 6 列和第 7 列同名“联系电话”。请给其中一列改名/],
        ['16,384 columns', xlsx({ 表: [[...HEAD, ...Array.from({ length: 16_379 }, (_, i) => `列${i}`)], line(21, 1, '2027-06-30')] }), /第 1 行有 16384 列，最多 1000 列。.*删去多余的列/],
        ['300 columns', xlsx({ 表: [[...HEAD, ...Array.from({ length: 295 }, (_, i) => `列${i}`)], line(22, 1, '2027-06-30')] }), /表有 300 列，超过 200 列。请删去不导入的列/],
        ['an empty workbook', xlsx({ 表: [] }), /里面没有文字。请检查工作簿里是否有未隐藏、有内容的工作表/],
        ['a header alone', xlsx({ 表: [HEAD] }), /表头下面一行内容也没有。第二行起/],
    ];
    for (const [what, bytes, told] of tables) {
        const { job } = await bring(place.officer, 'need', `${what}.xlsx`, bytes);
        assert.equal(job.state.code, 'broken', what);
        assert.match(job.result.error, told, what);
    }
    const { preview } = await bring(place.officer, 'need', '坏格.xlsx', xlsx({ 表: [HEAD, line(23, '约120', '2027年底'), line(24, '120-200', 12345)] }));
    assert.deepEqual(preview.problems.rows.map(row => [row.line, row.column, row.value]),
        [[2, '预算', '约120'], [2, '期限', '2027年底'], [3, '预算', '120-200'], [3, '期限', '12345']]);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => { 
            place = await town(engine);
            place.other = await place.server.signIn('other', place.password);
        });
        await test(`${engine}: columns that nobody knows are matched by hand`, () => by_hand(place));
        await test(`${engine}: a table of which some headers are known, too`, () => half_known(place));
        await test(`${engine}: the person says whose the rows are`, () => whose(place));
        await test(`${engine}: what becomes of the rows is told, and bad ones come back mended`, () => told(place));
        await test(`${engine}: all bad rows can be had, as they came`, () => all_of_them(place));
        await test(`${engine}: workbooks as offices keep them are read`, () => as_kept(place));
        await test(`${engine}: what can't be read is said with its place`, () => said(place));
        await test(`${engine}: how far a large table is`, () => watched(place));
        await test(`${engine}: after a restart, too`, () => restarted(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
