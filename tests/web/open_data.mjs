// Open data: what everybody takes out whole is what a visitor sees one by one, and nothing more; the dictionary says exactly what stands in
// the files; nothing about people is given out in bulk.
import { test, finish, engines, until, word } from './house.mjs';
import { town, made_by, need, OURS, THEIRS } from './town.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const SECRET = Object.fromEntries(['contact', 'team', 'detail', 'within', 'closed', 'open'].map((name, i) => [name, word(700 + i)]));
const LICENCE = '示例许可：请注明来源 <b>';
const PLURALS = ['achievements', 'needs', 'scenarios', 'services', 'policies', 'parties'];

const file = async (who, name) => { const reply = await who.get(`/open-data/${name}`); assert.equal(reply.status, 200, name); return reply; };
const lines = async (who, plural) => (await file(who, `${plural}.jsonl`)).text.trim().split('\n').filter(Boolean).map(line => JSON.parse(line));

/** RFC 4180. */
function csv(text) {
    const rows = [[]], cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/y;
    for (cell.lastIndex = text.startsWith('\ufeff') ? 1 : 0; cell.lastIndex < text.length;) {
        const [, value, end] = cell.exec(text) ?? assert.fail(`no CSV at ${cell.lastIndex}`);
        rows.at(-1).push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
        if (end === '\r\n') rows.push([]);
    }
    if (rows.at(-1).length === 0) rows.pop();
    return rows;
}

/** All that a workbook says, as one text. */
function workbook(bytes) {
    const done = spawnSync('python3', ['-c', 'import sys, io, zipfile, html\nz = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\nprint(html.unescape("".join(z.read(n).decode() for n in z.namelist() if n.endswith(".xml"))))'],
        { input: bytes, encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout;
}

async function furnish(place) {
    const { member } = place, abstract = '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。';
    place.plain = await made_by(member, '/achievements', { title: '=1+1 耐磨轴承', abstract, ipc: ['F04D'], trl: 6, price: '160万元', ways: ['license', 'joint'], keywords: ['轴承', '泵'],
        contact: SECRET.contact, team: [SECRET.team], detail: SECRET.detail });
    place.told = await made_by(member, '/achievements', { title: '自己公开技术要点的成果', abstract, detail: SECRET.open, secrecy: 'public', rights: ['发明专利 ZL202110123456.0 2021-01-29 有效'] });
    place.closed = await made_by(member, '/achievements', { title: `要关闭的成果${SECRET.closed}`, abstract });
    await member.post(`/api/v1${place.closed}/close`, {});
    await made_by(member, '/services', { title: '示例泵阀检测', sort: 'professional', about: '泵和阀的性能检测，出具带原始数据的报告。', contact: SECRET.contact });
    place.hidden = await made_by(member, '/needs', need({ title: '隐去单位的需求', hidden: true, alias: '某机械企业', detail: SECRET.within, contact: SECRET.contact }));
    await until(async () => (await place.server.guest().get('/api/v1/open-data')).json.open.kinds[0].changed);
}

async function the_page(place) {
    const guest = place.server.guest(), { open } = (await guest.get('/api/v1/open-data')).json;
    assert.deepEqual(open.kinds.map(kind => kind.href.slice(1)), PLURALS, 'and people are not among them');
    for (const kind of open.kinds) {
        assert.equal(kind.count, (await guest.get(`/api/v1${kind.href}`)).json.list.total, kind.href);
        assert.equal((await lines(guest, kind.href.slice(1))).length, kind.count);
        for (const form of ['csv', 'xlsx', 'jsonl']) assert.equal((await guest.get(kind[form])).status, 200, kind[form]);
    }
    assert.ok(Math.abs(Date.now() - open.kinds[0].changed) < 120_000);
    assert.equal(open.kinds.find(kind => kind.kind.code === 'policy').changed, null, 'nothing ever happened to a policy');
    const page = (await guest.get('/open-data')).text;
    assert.match(page, /<p class="prose">示例许可：请注明来源 &lt;b&gt;<\/p>/);
    for (const link of ['/open-data/achievements.csv', '/open-data/parties.jsonl', '/open-data/dictionary', '/oai?verb=Identify']) assert.ok(page.includes(`href="${link}"`), link);
    assert.match((await guest.get('/')).text, /<footer>.*href="\/open-data"/s, 'it is found from every page');
    assert.match((await guest.get('/open-data?lang=en')).text, /<h1>Open data<\/h1>/);
}

/** In all three forms, whoever asks. */
async function nothing_hidden(place) {
    const guest = place.server.guest();
    for (const plural of PLURALS) {
        const seen = [(await file(guest, `${plural}.csv`)).text, (await file(guest, `${plural}.jsonl`)).text, workbook((await file(guest, `${plural}.xlsx`)).body)];
        for (const name of ['contact', 'team', 'detail', 'within', 'closed']) for (const text of seen) assert.ok(!text.includes(SECRET[name]), `${name} in ${plural}`);
        for (const text of seen) assert.ok(!text.includes('0931-1234567') && !text.includes('李四'), `who is called up, in ${plural}`);
        for (const who of [place.member, place.officer, place.auditor]) assert.equal((await file(who, `${plural}.jsonl`)).text, seen[1], `${who.login} takes out what a visitor does`);
    }
    const [hidden] = (await lines(guest, 'needs')).filter(line => line.title === '隐去单位的需求');
    assert.deepEqual([hidden.owner, hidden.alias], ['', '某机械企业']);
    const told = (await lines(guest, 'achievements')).find(line => line.title === '自己公开技术要点的成果');
    assert.equal(told.detail, SECRET.open, 'what its organisation made public is public');
    for (const path of ['people.csv', 'people.jsonl', 'deals.csv', 'accounts.csv', '../achievements.csv', 'achievements', 'achievements.pdf', 'achievements.csv.xlsx', 'dictionary.csv', 'codes/x.csv', 'codes/gbt4754', '.csv', 'codes/.csv'])
        assert.equal((await guest.get(`/open-data/${path}`)).status, 404, path);
}

/** Each line is the record as its page shows it to a visitor. */
async function as_the_records_are(place) {
    const guest = place.server.guest(), found = await lines(guest, 'achievements'), id = place.plain.split('/').pop();
    const line = found.find(one => one.platform_id === id);
    assert.deepEqual([line.owner, line.title, line.trl, line.price, line.ways, line.keywords, line.ipc], [OURS, '=1+1 耐磨轴承', 6, '1600000.00', ['license', 'joint'], ['轴承', '泵'], ['F04D']]);
    const [head, ...rows] = csv((await file(guest, 'achievements.csv')).text);
    assert.equal(rows.length, found.length);
    const row = rows.find(cells => cells[0] === id);
    assert.equal(row[head.indexOf('成果名称')], "'=1+1 耐磨轴承", 'no spreadsheet reckons with it');
    assert.equal(row[head.indexOf('转化方式')], '许可；合作实施');
    const reply = await file(guest, 'achievements.csv');
    assert.match(reply.headers['content-disposition'], /^attachment; filename="achievements-\d{4}-\d\d-\d\d\.csv"$/);
}

/** Columns, members and codes of the files are those of the dictionary, in its order. */
async function the_dictionary(place) {
    const guest = place.server.guest(), { dictionary } = (await guest.get('/api/v1/open-data/dictionary')).json;
    assert.deepEqual(dictionary.kinds.map(one => one.kind.code), ['achievement', 'need', 'scenario', 'service', 'policy', 'party']);
    for (const [i, { fields, kind }] of dictionary.kinds.entries()) {
        const [head] = csv((await file(guest, `${PLURALS[i]}.csv`)).text);
        assert.deepEqual(head, fields.map(field => field.label), kind.code);
        for (const line of await lines(guest, PLURALS[i])) {
            assert.deepEqual(Object.keys(line).sort(), fields.map(field => field.name).sort(), kind.code);
            for (const { name, list } of fields.filter(field => field.list && line[field.name] !== null)) {
                const { values } = dictionary.lists.find(one => one.name === list);
                const given = [line[name]].flat();
                if (values) for (const code of given) assert.ok(values.some(one => one.code === code), `${code} in ${list}`);
            }
        }
        for (const field of fields.filter(field => field.list)) assert.ok(dictionary.lists.some(list => list.name === field.list), field.list);
    }
    const names = dictionary.kinds.flatMap(one => one.fields.map(field => `${one.kind.code}.${field.name}`));
    for (const never of ['achievement.contact', 'achievement.team', 'need.detail', 'need.contact', 'party.phone', 'service.contact', 'party.email', 'party.contact', 'party.approvals', 'party.staff']) assert.ok(!names.includes(never), never);
    assert.deepEqual(dictionary.kinds.flatMap(one => one.fields.filter(field => field.chosen).map(field => `${one.kind.code}.${field.name}`)), ['achievement.detail'], 'who sees it is said by each record');
    const of = name => dictionary.kinds[0].fields.find(field => field.name === name);
    assert.deepEqual([of('trl').range, of('trl').unit, of('price').unit, of('ways').list], ['1–9', '级（GB/T 22900）', '元，两位小数', 'way']);
    const tree = dictionary.lists.find(list => list.name === 'gbt4754'), [head, ...rows] = csv((await guest.get(tree.csv)).text);
    assert.deepEqual(head, ['code', 'parent', 'name', 'name_en']);
    assert.equal(rows.length, tree.count);
    assert.deepEqual(rows.find(row => row[0] === '344').slice(0, 2), ['344', '34']);
    const book = workbook((await file(guest, 'dictionary.xlsx')).body);
    for (const text of ['achievements', '技术成熟度', 'Ways of transfer', '作价投资', 'Equity for technology', '披露的单位决定是否公开', '元，两位小数']) assert.ok(book.includes(text), text);
    assert.ok(!book.includes('完成人'), 'nor does the workbook speak of what is never public');
    const page = (await guest.get('/open-data/dictionary')).text;
    assert.match(page, /<th scope="row">技术成熟度<\/th>/);
    assert.match((await guest.get('/open-data/dictionary?lang=en')).text, /<th scope="row">Ways of transfer<\/th>/);
}

async function after_a_change(place) {
    const guest = place.server.guest(), kinds = async () => (await guest.get('/api/v1/open-data')).json.open.kinds, [before] = await kinds();
    await place.member.post(`/api/v1${place.closed}/reopen`, {});
    await until(async () => { const [now] = await kinds(); return now.count === before.count + 1 && now.changed > before.changed; });
    assert.ok((await file(guest, 'achievements.csv')).text.includes(SECRET.closed));
    await place.member.post(`/api/v1${place.closed}/close`, {});
    await until(async () => !(await file(guest, 'achievements.csv')).text.includes(SECRET.closed));
}

/** While the follower has not come to it yet: what is closed is in no file any more, kept or not. */
async function closed_and_not_followed(place) {
    const guest = place.server.guest(), { city } = place, title = '正要关闭的成果';
    const path = await made_by(place.member, '/achievements', { title, abstract: '关闭它的时候，目录还没有跟上，下载的文件里也不能再有它。' });
    await until(async () => (await file(guest, 'achievements.csv')).text.includes(title));
    await until(() => readdirSync(join(city.data, 'uploads')).some(name => /^open-achievements-.*csv$/.test(name)));
    const psql = spawn('psql', ['-qXAt', process.env.TQ_TEST_PG], { stdio: ['pipe', 'pipe', 'inherit'] }), ended = new Promise(done => psql.on('exit', done));
    psql.stdin.write(`BEGIN; LOCK TABLE ${city.schema}.harvest_kind IN SHARE MODE; SELECT 'held';\n`);
    await new Promise(done => psql.stdout.once('data', done));
    try {
        assert.equal((await place.member.post(`/api/v1${path}/close`, {})).status, 200);
        assert.ok(!(await file(guest, 'achievements.csv')).text.includes(title));
    } finally {
        psql.stdin.end('COMMIT;\n');
        await ended;
    }
    await until(async () => !(await file(guest, 'achievements.csv')).text.includes(title));
}

/** Made once and kept, one of each kind and form, until the next change; an organisation's name stands in files of other kinds. */
async function kept(place) {
    const guest = place.server.guest(), folder = join(place.city.data, 'uploads'), there = () => readdirSync(folder).filter(name => name.startsWith('open-achievements-') && name.endsWith('.csv'));
    let first;
    for (const name of there()) rmSync(join(folder, name)); /* it may be of before the last change, which made none that is kept */
    await until(async () => { first = await file(guest, 'achievements.csv'); return there().length === 1; });
    const [name] = there();
    assert.ok((await file(guest, 'achievements.csv')).body.equals(first.body));
    assert.deepEqual(there(), [name]);
    assert.deepEqual(readdirSync(folder).filter(one => one.startsWith('export-')), [], 'what was sent is gone');
    const { ver } = (await place.officer.get(`/api/v1/parties/${place.ours}`)).json.record;
    assert.equal((await place.officer.post(`/api/v1/parties/${place.ours}`, { ver, name: '示例甲机械集团' })).status, 200);
    await until(async () => (await file(guest, 'achievements.csv')).text.includes('示例甲机械集团'));
    await until(async () => { await file(guest, 'achievements.csv'); return there().length === 1 && there()[0] !== name; });
    await Promise.all(Array.from({ length: 4 }, () => file(guest, 'needs.xlsx')));
}

for (const engine of engines) {
    const place = await town(engine, [['member', '甲厂成员', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member'], ['auditor', '审计员', '', 'auditor']],
        { options: ['--data-licence', LICENCE] });
    place.member = await place.server.signIn('member', place.password);
    place.auditor = await place.server.signIn('auditor', place.password);
    await furnish(place);
    await test(`${engine}: what there is, how many, since when, in which files`, () => the_page(place));
    await test(`${engine}: nothing that a visitor may not see, whoever asks`, () => nothing_hidden(place));
    await test(`${engine}: each line is the record`, () => as_the_records_are(place));
    await test(`${engine}: the dictionary says what stands in the files`, () => the_dictionary(place));
    await test(`${engine}: what is opened again is there again, and what is closed is not`, () => after_a_change(place));
    if (engine === 'pg') await test('pg: what is closed is in no file, followed or not', () => closed_and_not_followed(place));
    await test(`${engine}: a file is kept until something changes`, () => kept(place));
    await place.server.stop();
    await place.city.end();
}
finish();
