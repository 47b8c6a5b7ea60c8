// Each answer of the API against its golden document (tests/golden/api/NAME.json): the shape that others build upon, and every
// word of it. Ids, times, leaf numbers, request ids and scores that a better ranking may change are written as their kind.
//
//   node tests/web/api.mjs           compares
//   TQ_GOLDEN=write node …           writes what the program answers now: to be read before it is committed
//
// And the OpenAPI description: each $ref resolves, each operation answers, each answer's path is described.
import { test, finish, engines, readFileSync, root, join, until } from './house.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import { fits, answered_as_described, references, leads } from './described.mjs';
import { writeFileSync } from 'node:fs';
import assert from 'node:assert/strict';

const folder = join(root, 'tests/golden/api');
const ACCOUNTS = [['member', '甲厂成员', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member']];

// --- what may differ from run to run

const TIMES = new Set(['at', 'saved', 'seen', 'since', 'started', 'changed_ms', 'as_of']);
const DAYS = new Set(['published', 'due']); /* of a need's care: today, and some working days on */
const KINDS_OF = { csrf: 'TOKEN', request_id: 'REQUEST', leaf: 'LEAF', chance: 'CHANCE', share: 'SHARE' };

function normal(value, name, names) {
    if (name === 'parts' && Array.isArray(value)) return value.slice(0, 1).map(part => Object.keys(part)); /* the ranking's own words */
    if (Array.isArray(value)) return value.map(item => normal(item, name, names));
    if (value && typeof value === 'object')
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, name === 'care' && DAYS.has(key) ? 'DAY' : normal(item, key, names)]));
    if (value === null) return null;
    if (TIMES.has(name) && typeof value === 'number') return 'TIME';
    if (name in KINDS_OF && (typeof value === 'number' || value !== '')) return KINDS_OF[name];
    if (typeof value !== 'string') return value;
    /* ids are numbered in the order in which they appear, so that links still say where they lead */
    return value.replace(/end=[0-9a-f]{16,}/, 'end=HANDLE').replace(/改于 \d{4}-\d\d-\d\d \d\d:\d\d/, '改于 MINUTE')
        .replace(/\d{15,19}/g, id => names.get(id) ?? (names.set(id, `ID${names.size + 1}`), names.get(id)));
}

function golden(name, reply) {
    const what = reply.text ? JSON.parse(reply.text) : null;
    const made = JSON.stringify({ status: reply.status, ...(reply.headers.allow ? { allow: reply.headers.allow } : {}),
        ...(reply.location ? { location: normal(reply.location, '', new Map()) } : {}), document: normal(what, '', new Map()) }, null, 1) + '\n';
    const file = join(folder, `${name}.json`);
    if (process.env.TQ_GOLDEN === 'write') return writeFileSync(file, made);
    assert.deepEqual(JSON.parse(made), JSON.parse(readFileSync(file, 'utf8')), name);
}

// --- the town's records

const NEED = { title: '离心泵轴承寿命', now: '含沙介质里轴承三千小时就坏,停机检修一次要两天', goal: '寿命到八千小时', trl: 7, budget: '200万元',
    due: '2029-12-31', ways: ['license'], region: ['620102'], keywords: ['轴承', '离心泵'], detail: '车间二楼三号泵', contact: '王五' };
const ACHIEVEMENT = { title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵,轴承寿命由三千小时提高到八千小时,已在台架验证。', trl: 5, price: '160万元',
    ways: ['license'], industry: ['3441'], region: ['620200'], team: ['赵六'], detail: '碳化硅涂层', rights: '发明专利 ZL202110123456.0 2021-01-29 有效', contact: '钱七' };

async function furnish(place) {
    const { server, password } = place;
    place.member = await server.signIn('member', password);
    place.other = await server.signIn('other', password);
    const put = async (who, path, value) => {
        const reply = await who.post(path, value);
        assert.equal(reply.status, 201, reply.text);
        return reply.id;
    };
    place.achievement = await put(place.other, '/api/v1/achievements', ACHIEVEMENT);
    for (let i = 0; i < 22; i++)
        await put(place.other, '/api/v1/scenarios', { title: `试用场景 ${String(i).padStart(2, '0')}`, about: '在石化泵房里试用一年,提供安装条件和运行数据。',
            region: [i % 3 ? '620102' : '620200'] });
    place.need = await put(place.member, '/api/v1/needs', NEED);
    await until(async () => (await server.guest().get('/api/v1/match?q=' + encodeURIComponent('轴承'))).json.columns.need.total > 0);
    await until(async () => 'need' in (await place.other.get(`/api/v1/achievements/${place.achievement}`)).json.fits.columns);
}

async function reading(place) {
    const { server, member, other, need, achievement } = place;
    const guest = server.guest(), q = encodeURIComponent('离心泵轴承寿命要到八千小时,预算200万元,2029年底前');
    golden('match', await guest.get(`/api/v1/match?q=${q}`));
    golden('match-one-column', await guest.get(`/api/v1/match?q=${q}&column=achievement&k=1&trl=7`));
    golden('match-nothing', await guest.get('/api/v1/match?q=qqqqxxxx'));
    golden('match-empty', await guest.get('/api/v1/match?q='));
    golden('match-too-long', await guest.form('/api/v1/match', { q: '泵'.repeat(20001) }));
    const team = encodeURIComponent('甲 40% 主要 收入16万元\n乙 35% 主要 其他领导\n丙 20%\n丁 5% 转移机构');
    golden('simulate', await guest.get(`/api/v1/simulate?amount=8000000&way=license&region=620000&cost_tax=10000&team=${team}&region2=330000&agreed2=80`));
    golden('simulate-refused', await guest.get(`/api/v1/simulate?amount=8000000&way=equity&region=620000&agreed=50&team=${team}`));
    golden('simulate-wrong', await guest.get(`/api/v1/simulate?amount=8000000&team=${encodeURIComponent('甲 100.01% 主要')}`));
    const list = await guest.get('/api/v1/scenarios');
    golden('list', list);
    const next = await guest.get(`/api/v1${list.json.list.next}`);
    golden('list-second-page', next);
    const [first, second] = [list, next].map(reply => reply.json.list.rows.map(row => row.id));
    assert.equal(new Set([...first, ...second]).size, 22, 'two pages hold all, none twice');
    golden('list-narrowed', await guest.get('/api/v1/scenarios?region=620200'));
    const narrowed = async code => (await guest.get(`/api/v1/achievements?industry=${code}`)).json.list;
    assert.deepEqual((await narrowed('3441')).rows.map(row => row.id), (await narrowed('34')).rows.map(row => row.id), 'a class of four digits, as its division');
    assert.deepEqual([(await narrowed('3441')).rows.length, (await narrowed('3441')).active[0].value.code], [1, '34'], 'and the list says so');
    golden('list-words', await guest.get(`/api/v1/needs?q=${encodeURIComponent('轴承')}`));
    golden('list-empty', await guest.get('/api/v1/policies'));
    golden('record-visitor', await guest.get(`/api/v1/achievements/${achievement}`));
    golden('record-signed-in', await member.get(`/api/v1/achievements/${achievement}`));
    assert.equal((await other.post(`/api/v1/achievements/${achievement}/nda`, { party: OURS })).status, 200);
    golden('record-nda', await member.get(`/api/v1/achievements/${achievement}`));
    golden('record-own', await other.get(`/api/v1/achievements/${achievement}`));
    golden('need-own', await member.get(`/api/v1/needs/${need}`));
    golden('party', await guest.get(`/api/v1/parties/${place.theirs}`));
    golden('codes', await guest.get(`/api/v1/codes/gbt4754?q=${encodeURIComponent('泵')}`));
    golden('codes-missing', await guest.get('/api/v1/codes/nothing'));
    golden('desk', await member.get('/api/v1/desk'));
    golden('account', await member.get('/api/v1/account'));
}

async function writing(place) {
    const { server, member, other, need } = place;
    const at = `/api/v1/needs/${need}`;
    golden('made', await member.post('/api/v1/needs', { ...NEED, title: '另一个难题', hidden: true, alias: '某机械企业' }));
    golden('changed', await member.post(at, { ver: 1, goal: '寿命到九千小时', budget: '300万元' }));
    golden('history', await member.get(`${at}/history`));
    golden('past-version', await member.get(`${at}?ver=1`));
    golden('stale', await member.post(at, { ver: 1, goal: '寿命到一万小时' }));
    golden('natural-key', await member.post('/api/v1/needs', { ...NEED, now: '另一种现状,含沙介质里轴承三千小时就坏' }));
    golden('form-errors', await member.post('/api/v1/needs', { title: '短', now: '', trl: 12, due: '2024-02-30', budget: '一些', region: ['999999'] }));
    golden('unknown-field', await member.post('/api/v1/needs', { ...NEED, role: 'admin' }));
    golden('not-json', await member.post('/api/v1/needs', '{"title":'));
    golden('too-large', await member.post('/api/v1/needs', { title: '长'.repeat(100 << 10) }));
    golden('sign-in-first', await server.guest().post('/api/v1/needs', NEED));
    golden('denied', await other.post(at, { ver: 2, goal: '寿命到一万小时' }));
    golden('no-token', await member.post('/api/v1/needs', NEED, { 'X-CSRF-Token': '' }));
    golden('missing', await member.get('/api/v1/needs/4611686018427387904'));
    golden('no-such-page', await member.get('/api/v1/nothing'));
    golden('method', await member.send('DELETE', at));
    golden('method-post', await member.post('/api/v1/desk', {}));
    golden('media-type', await member.send('POST', at, { body: '<need/>', headers: { 'Content-Type': 'application/xml' } }));
    golden('page-only', await member.post('/api/v1/import', {}));
    golden('closed', await member.post(`${at}/close`, {}));
    golden('closed-foreign', await other.get(at));
    await until(async () => (await member.get(at)).json.fits.none); /* closed, it fits nobody */
    golden('closed-own', await member.get(at));
    golden('reopened', await member.post(`${at}/reopen`, {}));
    await until(async () => !(await member.get(at)).json.fits.none);
}

// --- what holds for every answer

/** The one shape of an error: these members and no others, those that are there not empty. */
function well_shaped(what, reply) {
    const error = reply.json, known = { code: 'string', message: 'string', hint: 'string', field: 'string', errors: 'object', ver: 'number', request_id: 'string' };
    assert.match(reply.headers['content-type'], /^application\/json/, what);
    for (const name of Object.keys(error)) assert.equal(typeof error[name], known[name], `${what}: ${name}`);
    for (const name of ['code', 'message', 'request_id']) assert.ok(error[name], `${what} has ${name}: ${reply.text}`);
    assert.ok(!('hint' in error) || error.hint, `${what}: an empty hint`);
    for (const line of error.errors ?? []) {
        for (const name of Object.keys(line)) assert.ok(['field', 'label', 'message', 'hint', 'value'].includes(name), `${what}: ${name}`);
        assert.ok(line.label && line.message, `${what}: ${JSON.stringify(line)}`);
    }
}

async function errors(place) {
    const { server, member, other, need } = place, guest = server.guest(), at = `/api/v1/needs/${need}`, json = { Accept: 'application/json' };
    const refused = [
        [400, 'invalid', 'a body that is no JSON', await member.post('/api/v1/needs', '{')],
        [400, 'bad_address', 'a broken address', await guest.get('/api/v1/needs%')],
        [401, 'sign_in', 'no session', await guest.post('/api/v1/needs', NEED)],
        [401, 'sign_in', 'a wrong password', await guest.form('/sign-in', { login: 'member', password: 'wrong' }, json)],
        [403, 'denied', 'somebody else', await other.post(at, { ver: 2, goal: '寿命到一万小时' })],
        [404, 'missing', 'no such record', await guest.get('/api/v1/needs/1')],
        [404, 'missing', 'no such address', await guest.get('/api/v1/nothing/at/all')],
        [404, 'missing', 'no such address with a body', await member.post('/api/v1/nothing', {})],
        [404, 'missing', 'a path with two spellings', await guest.get('/api/v1//needs')],
        [404, 'missing', 'no such file', await guest.get('/assets/nothing.css', json)],
        [405, 'method_not_allowed', 'a method the address has not', await member.post('/api/v1/desk', {})],
        [405, 'method_not_allowed', 'a method nobody has', await guest.send('PATCH', '/api/v1/needs')],
        [409, 'conflict', 'an old version', await member.post(at, { ver: 1, goal: '寿命到一万小时' })],
        [413, 'too_large', 'a large body', await member.post('/api/v1/needs', { title: '长'.repeat(100 << 10) })],
        [415, 'media_type', 'another type', await member.send('POST', at, { body: 'x', headers: { 'Content-Type': 'text/plain' } })],
        [415, 'media_type', 'no type', await member.send('POST', at, { body: 'x' })],
        [422, 'invalid', 'wrong fields', await member.post('/api/v1/needs', { title: '短', trl: 12 })],
        [422, 'invalid', 'two new passwords', await member.form('/account/password', { old: 'a', new: 'b', again: 'c' }, json)],
        [422, 'invalid', 'no file', await place.officer.form('/import', { kind: 'need' }, json)],
        [501, 'method_unknown', 'a word that is no method', await guest.send('QUERY', '/api/v1/needs')],
    ];
    const openapi = (await guest.get('/api/v1/openapi.json')).json;
    for (const [status, code, what, reply] of refused) {
        fits(openapi, openapi.components.schemas.error, reply.json, what);
        assert.equal(reply.status, status, `${what}: ${reply.text}`);
        well_shaped(what, reply);
        assert.equal(reply.json.code, code, what);
    }
    const named = await member.post('/api/v1/needs', { title: '短', request_id: 'the-first-try' });
    assert.equal(named.json.request_id, 'the-first-try', 'a write is named by its own id');
    assert.match((await member.post('/api/v1/needs', { title: '短', request_id: 'x y' })).json.request_id, /^[0-9a-f]{32}$/, 'an id that is none is not given back');
}

/** Who accepts JSON and no page is answered as under /api/v1. */
async function twins(place) {
    const { server, member, need } = place, guest = server.guest();
    const same = async (what, page, api) => {
        const shown = [page, api].map(reply => [reply.status, reply.headers['content-type'], reply.location, normal(JSON.parse(reply.text || 'null'), '', new Map())]);
        assert.deepEqual(shown[0], shown[1], what);
    };
    for (const accept of ['application/json', 'application/json, text/plain, */*', 'text/plain;q=0.5, Application/JSON ; q=0.9'])
        await same(accept, await member.get('/desk', { Accept: accept }), await member.get('/api/v1/desk'));
    for (const path of [`/needs/${need}`, '/needs?region=620102', '/needs/1', '/nothing', '/match?q=', `/needs/${need}/history`, '/codes/ipc?q=F04'])
        await same(path, await member.get(path, { Accept: 'application/json' }), await member.get(`/api/v1${path}`));
    await same('sign in first', await guest.get('/desk', { Accept: 'application/json' }), await guest.get('/api/v1/desk'));
    const wrong = { title: '短' }, json = { Accept: 'application/json' };
    await same('refused', await member.form('/needs', wrong, json), await member.form('/api/v1/needs', wrong));
    assert.match((await member.get('/desk', { Accept: 'text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8' })).headers['content-type'], /html/, 'a browser gets the page');
    const going = await member.form('/account/sessions', { end: 'x' }, json);
    assert.equal(going.status, 404);
    const draft = await member.form('/needs', { do: 'draft', title: '半个' }, json);
    assert.equal(draft.status, 200);
    assert.match(draft.json.href, /^\/drafts\/\d+$/, 'what the API does not have keeps its address');
    assert.equal((await member.form(`${draft.json.href}/delete`, {}, json)).json.href, '/desk');
}

/** A request done before is answered as it was the first time: status, address, version. */
async function repeated(place) {
    const { member } = place;
    const openapi = (await member.get('/api/v1/openapi.json')).json;
    const twice = async (path, value) => {
        const first = await member.post(path, value), again = await member.post(path, value);
        answered_as_described(openapi, openapi.paths[path.replace('/api/v1', '').replace(/\d+/, '{id}')].post, path, first);
        assert.ok(first.status < 300, first.text);
        assert.deepEqual([again.status, again.location, again.json], [first.status, first.location, first.json], path);
        return first;
    };
    const made = await twice('/api/v1/needs', { ...NEED, title: '只做一次', request_id: 'made-once-1' });
    assert.equal(made.status, 201);
    assert.deepEqual([made.location, made.json.ver], [made.json.href, 1]);
    const at = made.location;
    const changed = await twice(at, { ver: 1, goal: '寿命到九千小时', request_id: 'changed-once-1' });
    assert.deepEqual([changed.status, changed.location, changed.json.href, changed.json.ver], [200, '', at, 2]);
    await member.post(at, { ver: 2, goal: '寿命到一万小时' });
    assert.equal((await twice(at, { ver: 1, goal: '寿命到九千小时', request_id: 'changed-once-1' })).json.ver, 2, 'also when it has gone on since');
    assert.equal((await twice(`${at}/close`, { request_id: 'closed-once-1' })).json.ver, 4);
    assert.equal((await twice(`${at}/reopen`, { request_id: 'opened-once-1' })).json.ver, 5);
}

async function drafts(place) {
    const { member, other, server } = place;
    const saved = await member.form('/needs', { do: 'draft', title: '半个想法', budget: '一些' });
    assert.equal(saved.status, 303);
    golden('desk-with-draft', await member.get('/api/v1/desk'));
    const page = await member.get(saved.location);
    assert.ok(page.text.includes('半个想法') && page.text.includes('一些'), 'a draft comes back as it was typed');
    assert.equal((await other.get(saved.location)).status, 404, "somebody else's draft is not there");
    assert.equal((await server.guest().get(saved.location)).status, 303);
    assert.equal((await other.form(`${saved.location}/delete`, {})).status, 303);
    assert.equal((await member.get(saved.location)).status, 200, 'nobody else throws it away');
    assert.equal((await other.form('/needs', { do: 'draft', draft: saved.location.split('/').pop(), title: '别人的' })).status, 404);
    const wrong = await member.form('/needs', { draft: saved.location.split('/').pop(), title: '短', budget: '一些' });
    assert.equal(wrong.status, 422);
    for (const said of ['请填写现状', 'value="短"', '一些']) assert.ok(wrong.text.includes(said), `the form says ${said}`);
    const done = await member.form('/needs', { ...NEED, title: '整个想法', draft: saved.location.split('/').pop() });
    assert.equal(done.status, 303);
    await until(async () => (await member.get(saved.location)).status === 404);
    await many_drafts(place);
}

/** A hundred an account. What does not fit any more is not lost: it stands in the form again. */
async function many_drafts({ member, other }) {
    const save = (who, title, more = {}) => who.form('/needs', { do: 'draft', title, ...more });
    const first = await save(member, '第 1 份');
    const drafts = [first];
    for (let i = 2; i <= 100; i++) drafts.push(await save(member, `第 ${i} 份`));
    assert.ok(drafts.every(reply => reply.status === 303));
    const full = await save(member, '第 101 份', { limits: '不能停机' });
    assert.equal(full.status, 409);
    for (const told of ['草稿已有 100 份', '第 101 份', '不能停机']) assert.ok(full.text.includes(told), `the form says ${told}`);
    assert.equal((await save(member, '第 1 份,改过', { draft: first.location.split('/').pop() })).status, 303, 'what is there is saved on');
    assert.equal((await save(other, '别人的')).status, 303, "nobody else's drafts count");
    assert.equal((await member.form(`${first.location}/delete`, {})).status, 303);
    assert.equal((await save(member, '第 101 份')).status, 303);
    for (const { location } of drafts.slice(1)) await member.form(`${location}/delete`, {});
}

// --- what is no mistake and yet may be a slip: asked for once

const asks = (reply, code, words) => {
    assert.equal(reply.status, 422, code);
    for (const told of [`name="confirm" value="${code}"`, words]) assert.ok(reply.text.includes(told), `the form asks: ${told}`);
};

async function novelty({ other }) {
    const open = { title: '未申请专利的涂层', abstract: '碳化硅陶瓷层,用于水泥厂粉体输送弯管,运行一年未见磨穿。', detail: '碳化硅涂层的烧结温度曲线', secrecy: 'public' };
    const asked = await other.form('/achievements', open);
    asks(asked, 'novelty', '公开技术要点会丧失新颖性(专利法 §24)');
    assert.ok(asked.text.includes('碳化硅涂层的烧结温度曲线'), 'what was typed stands there');
    asks(await other.form('/achievements', { ...open, confirm: 'amount' }), 'novelty', '新颖性');
    assert.equal((await other.form('/achievements', { ...open, do: 'draft' })).status, 303, 'a draft publishes nothing');
    assert.equal((await other.form('/achievements', { ...open, title: '签了协议才看的涂层', abstract: '真空钎焊的金刚石磨轮,磨削比提高一倍,适用于硬质合金刀具的刃磨和修整。', secrecy: 'nda' })).status, 303, 'under NDA nothing is published');
    const made = await other.form('/achievements', { ...open, confirm: 'novelty' });
    assert.equal(made.status, 303);
    const at = made.location;
    assert.equal((await other.form(at, { ...open, ver: 1, wanted: '中试资金' })).status, 303, 'what was confirmed is not asked again');
    asks(await other.form(at, { ...open, ver: 2, detail: '另一条烧结温度曲线' }), 'novelty', '新颖性');
    asks(await other.form('/achievements?lang=en', { ...open, title: '又一种涂层', abstract: '冷喷涂铜层,用于铝电解槽导电排的现场修复,结合强度高,不必停槽。' }), 'novelty', 'destroys novelty');
    const api = await other.post('/api/v1/achievements', { ...open, title: '再一种涂层' });
    assert.deepEqual([api.status, api.json.field], [422, 'detail']);
    assert.ok(api.json.hint.includes('confirm'));
    assert.equal((await other.post('/api/v1/achievements', { ...open, title: '再一种涂层', confirm: ['novelty'] })).status, 201);
}

async function amount({ member }) {
    const { location } = await member.form('/needs', { ...NEED, title: '金额写错的难题', budget: '200万元' });
    const change = values => member.form(location, { ...NEED, title: '金额写错的难题', ver: 1, ...values });
    asks(await change({ budget: '200' }), 'amount', '正好相差一万倍');
    assert.equal((await change({ budget: '200', confirm: 'amount' })).status, 303);
    const api = await member.post(`/api/v1${location}`, { ver: 2, budget: '200万元' });
    assert.deepEqual([api.status, api.json.field], [422, 'budget']);
    assert.equal((await member.post(`/api/v1${location}`, { ver: 2, budget: '200万元', confirm: ['amount'] })).status, 200);
    assert.equal((await member.post(`/api/v1${location}`, { ver: 3, budget: '300万元' })).status, 200);
}

// --- one list out of several columns

/** Services stand in three columns of the front door; in their own list the best comes first, whichever column it is of. */
async function services_by_words(place) {
    const { server } = place;
    const sorts = ['broker', 'pilot', 'finance'], best = {};
    const put = async (title, about, sort) => {
        const reply = await place.officer.post('/api/v1/services', { title, about, sort, owner: OURS });
        assert.equal(reply.status, 201, reply.text);
        return reply.id;
    };
    for (const sort of sorts) {
        for (let i = 0; i < 8; i++)
            await put(`综合服务 ${sort} ${i} 号`, `面向制造企业的综合服务第 ${i} 项,也涉及激光、熔覆和修复等设备的一般咨询。`, sort);
        best[sort] = await put(`激光熔覆修复专项 ${sort}`, '专做激光熔覆修复:叶轮、轴承、阀门的激光熔覆修复工艺验证与经费安排。', sort);
    }
    const search = async sort => (await server.guest().get(`/api/v1/services?q=${encodeURIComponent(`激光熔覆修复专项 ${sort}`)}`)).json.list.rows.map(row => row.id);
    await until(async () => (await search('finance')).includes(best.finance));
    for (const sort of sorts) assert.equal((await search(sort))[0], best[sort], `the best is a ${sort}`);
    const rows = await search('finance');
    assert.deepEqual(rows.slice(0, 3).sort(), Object.values(best).sort(), 'the next best follow');
    assert.equal(rows.length, 20);
}

// --- a record that was changed often

async function long_history(place) {
    const { member, server } = place;
    const many = 205;
    const { id } = await member.post('/api/v1/needs', { ...NEED, title: '常改的难题', goal: '寿命到一千小时' });
    const at = `/needs/${id}`;
    for (let ver = 1; ver < many; ver++)
        assert.equal((await member.post(`/api/v1${at}`, { ver, ...(ver % 2 ? { goal: `寿命到 ${ver} 小时` } : { limits: `第 ${ver} 次` }) })).status, 200);
    const versions = document => document.record.history.map(line => line.ver);
    const down = (from, to) => Array.from({ length: from - to + 1 }, (_, i) => from - i);
    assert.deepEqual(versions((await server.guest().get(`/api/v1${at}`)).json), down(many, many - 7), 'the page shows the newest lines');
    const first = (await member.get(`/api/v1${at}/history`)).json;
    assert.deepEqual(versions(first), down(many, many - 199), 'the history begins with the newest line');
    assert.deepEqual(first.record.history.slice(0, 2).map(line => line.changed.map(field => field.code)), [['limits'], ['goal']]);
    const { href } = first.record.history_older;
    const rest = (await member.get(`/api/v1${href}`)).json;
    assert.deepEqual(versions(rest), down(many - 200, 1), 'and leads to what is older');
    assert.deepEqual(rest.record.history.slice(0, 1).map(line => line.changed.map(field => field.code)), [['limits']]);
    assert.equal(rest.record.history_older, null);
    assert.ok((await member.get(`${at}/history`)).text.includes(`href="${href}"`), 'the page leads there too');
}

// --- the description

async function description(place) {
    const reply = await place.server.guest().get('/api/v1/openapi.json');
    golden('openapi', reply);
    const openapi = reply.json;
    assert.match(openapi.openapi, /^3\.1\./);
    for (const [ref, path] of references(openapi)) {
        assert.ok(leads(openapi, ref), `${path}: ${ref} leads nowhere`);
    }
    const real = { needs: place.need, achievements: place.achievement, parties: place.ours };
    for (const [path, item] of Object.entries(openapi.paths)) {
        const names = [...path.matchAll(/\{(\w+)\}/g)].map(found => found[1]);
        for (const [method, operation] of Object.entries(item)) {
            const what = `${method} ${path}`;
            assert.ok(['get', 'post'].includes(method), what);
            assert.ok(operation.summary, `${what} says what it does`);
            assert.ok(Object.keys(operation.responses).length >= 2, `${what} says what it answers`);
            const declared = operation.parameters.filter(one => one.in === 'path');
            assert.deepEqual(declared.map(one => one.name), names, `${what}: its path's parameters`);
            assert.ok(declared.every(one => one.required), `${what}: path parameters are required`);
            const at = '/api/v1' + path.replace('{id}', real[path.split('/')[1]] ?? '4611686018427387904').replace('{tree}', 'ipc').replace('{code}', declared.find(one => one.name === 'code')?.example).replace('{rule}', declared.find(one => one.name === 'rule')?.example);
            const answer = method === 'get' ? await place.member.get(at) : await place.server.guest().post(at, {});
            assert.ok(![405, 501].includes(answer.status) && answer.status < 500, `${what}: ${answer.status}`);
            assert.ok(answer.status !== 404 || at.includes('4611686018427387904'), `${what}: ${answer.status}`);
            const shut = operation.security.every(way => Object.keys(way).length) || path === '/sign-in';
            assert.equal(answer.status === 401, method === 'post' && shut, `${what}: security as described`);
            answered_as_described(openapi, operation, what, answer);
        }
    }
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with records`, async () => {
            place = await town(engine, ACCOUNTS);
            await furnish(place);
        });
        await test(`${engine}: what is read is as the golden documents say`, () => reading(place));
        await test(`${engine}: what is written and refused is as the golden documents say`, () => writing(place));
        await test(`${engine}: drafts are kept, and only for their author`, () => drafts(place));
        await test(`${engine}: every refusal has the one shape`, () => errors(place));
        await test(`${engine}: an address asked for JSON answers as under /api/v1`, () => twins(place));
        await test(`${engine}: a request done before is answered as it was`, () => repeated(place));
        await test(`${engine}: whoever is about to publish an unfiled technique is asked first`, () => novelty(place));
        await test(`${engine}: and whoever writes an amount ten thousand times the last`, () => amount(place));
        await test(`${engine}: a list found by words begins with the best of all its columns`, () => services_by_words(place));
        await test(`${engine}: a long history begins with its newest line and leads to the older ones`, () => long_history(place));
        await test(`${engine}: the OpenAPI description holds`, () => description(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
