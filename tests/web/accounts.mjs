// Accounts over HTTP, as pages and as the API: who keeps which, what each change does to whom it concerns, and that a first
// password is told once and stands nowhere else.
import { test, finish, engines, readFileSync, root, join } from './house.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import { readdirSync } from 'node:fs';
import assert from 'node:assert/strict';

const ROLES = ['member', 'unit_admin', 'researcher', 'manager', 'committee', 'city_officer', 'county_officer', 'park_officer', 'registrar',
    'market', 'cppcc_office', 'leader', 'secretary', 'reader_finance', 'reader_tax', 'reader_assets', 'reader_personnel', 'reader_discipline',
    'auditor', 'system_admin', 'security_admin', 'audit_admin'];
const ALONE = ['city_officer', 'county_officer', 'park_officer', 'auditor', 'system_admin', 'security_admin', 'audit_admin'];
const SCOPES = { city_officer: '@620100', county_officer: '@620102', park_officer: `@${OURS}` };
const LINES = [['no-role', '张三', OURS, ''], ...ROLES.map(role => [role.replaceAll('_', '-'), `姓名 ${role}`, ALONE.includes(role) ? '' : OURS, role + (SCOPES[role] ?? '')]),
    ['plain', '甲厂普通成员', OURS, 'member'], ['foreign', '乙所成员', THEIRS, 'member'], ['second', '另一位安全管理员', '', 'security_admin']];
const STATUS = { yes: 200, sign_in: 401, denied: 403, missing: 404 };

const ok = (reply, status = 200) => { assert.equal(reply.status, status, reply.text); return reply; };
const lines = async (who, query = '') => ok(await who.get(`/api/v1/accounts${query}`)).json.accounts.lines;
const find = async (who, login) => (await lines(who, `?q=${login}`)).find(line => line.login === login)?.href.split('/').pop();
const look = async (who, id) => ok(await who.get(`/api/v1/accounts/${id}`)).json.holder;

async function open(engine) {
    const place = await town(engine, LINES);
    place.who = { visitor: place.server.guest() };
    for (const [login] of LINES) place.who[login.replaceAll('-', '_')] = await place.server.signIn(login, place.password);
    place.admin = place.who.security_admin;
    return place;
}

// --- who

/** The lines of access.tsv for accounts: what the table says, the pages and the API do. */
async function access(place) {
    const rows = readFileSync(join(root, 'tests/web/access.tsv'), 'utf8').split('\n').filter(line => line && !line.startsWith('#')).map(line => line.split('\t'));
    const holds = (list, what) => (list === '*' ? what !== '-' : list.split(',').includes(what));
    const expected = (role, action, object) => rows.findLast(row => holds(row[0], role) && holds(row[1], action) && holds(row[2], '-') && holds(row[3], object))[4];
    const ids = { own: await find(place.admin, 'plain'), higher: await find(place.admin, 'unit-admin'), foreign: await find(place.admin, 'foreign') };
    const wrong = [], differs = (what, reply, wanted) => reply.status === STATUS[wanted] || wrong.push(`${what}: ${reply.status}, wanted ${wanted}`);
    for (const role of ['visitor', 'no_role', ...ROLES]) {
        const who = place.who[role];
        for (const [object, id] of Object.entries(ids)) {
            differs(`${role} sees ${object}`, await who.get(`/api/v1/accounts/${id}`), expected(role, 'accounts_see', object));
            differs(`${role} enables ${object}`, await who.post(`/api/v1/accounts/${id}/enable`, {}), expected(role, 'accounts', object));
        }
        const whole = expected(role, 'accounts_see', 'none'), own = expected(role, 'accounts_see', 'own');
        differs(`${role} lists`, await who.get('/api/v1/accounts'), whole === 'yes' ? whole : own);
        if (whole !== 'yes' && own === 'yes')
            assert.ok((await lines(who)).every(line => line.party?.name === OURS), `${role} sees the own organisation's alone`);
        const opens = expected(role, 'accounts', 'own'), page = await who.get('/accounts/new');
        assert.equal(page.status, opens === 'sign_in' ? 303 : STATUS[opens], `${role}: the form of a new one`);
        assert.equal((await who.get('/')).text.includes('href="/accounts"'), own === 'yes', `${role}: the link in the bar`);
    }
    if (wrong.length) throw new Error(wrong.join('\n'));
}

// --- the list

async function listed({ admin, who }) {
    assert.equal((await lines(admin)).length, LINES.length + 4, 'and the officer and the three administrators');
    assert.deepEqual((await lines(admin, `?q=${encodeURIComponent('普通成员')}`)).map(line => line.login), ['plain']);
    assert.deepEqual((await lines(admin, '?q=PLAIN')).map(line => line.login), ['plain']);
    assert.deepEqual((await lines(admin, `?q=${encodeURIComponent('乙研究')}`)).map(line => line.login), ['foreign'], 'by the organisation');
    assert.deepEqual((await lines(admin, '?role=committee')).map(line => line.login), ['committee']);
    assert.deepEqual((await lines(admin, '?role=security_admin')).map(line => line.login).sort(), ['second', 'security', 'security-admin']);
    assert.deepEqual(await lines(admin, '?state=off'), []);
    assert.deepEqual(await lines(who.unit_admin, '?q=foreign'), [], 'of another organisation he finds nobody');
    const [line] = await lines(admin, '?q=county-officer');
    assert.deepEqual([line.name, line.party, line.disabled, line.roles.map(role => [role.role.code, role.scope])], ['姓名 county_officer', null, false, [['county_officer', '620102']]]);
    const empty = ok(await admin.get('/accounts?q=nobody-at-all'));
    assert.ok(empty.text.includes('没有符合条件的账号。') && empty.text.includes('去掉全部条件'));
}

async function pages(place) {
    const { admin } = place;
    for (let i = 0; i < 60; i++)
        ok(await admin.post('/api/v1/accounts', { login: `crowd-${String(i).padStart(2, '0')}`, name: '众人', party: THEIRS }), 201);
    let href = '/accounts?q=crowd', seen = [];
    for (let turns = 0; href; turns++) {
        const { accounts } = ok(await admin.get(`/api/v1${href}`)).json;
        assert.ok(accounts.lines.length <= 50 && turns < 3);
        assert.equal(accounts.first === null, turns === 0);
        seen.push(...accounts.lines.map(line => line.login));
        href = accounts.next;
    }
    assert.deepEqual([seen.length, new Set(seen).size], [60, 60], 'all, none twice');
}

// --- opening one

async function opens(place) {
    const { admin, server, city } = place;
    const made = ok(await admin.form('/accounts', { request_id: 'open-it-once', login: 'Li.Si', name: '李四', party: OURS, role: ['member', 'manager', ''], scope: ['', '', ''] }));
    const password = /<code class="secret">([a-z0-9-]{19})<\/code>/.exec(made.text)?.[1];
    assert.ok(password, made.text);
    assert.equal(made.headers['cache-control'], 'no-store');
    const again = ok(await admin.form('/accounts', { request_id: 'open-it-once', login: 'Li.Si', name: '李四', party: OURS, role: ['member', 'manager', ''], scope: ['', '', ''] }));
    assert.ok(!again.text.includes('class="secret"') && again.text.includes('这一次提交先前已经办过'), 'shown once');
    const id = await find(admin, 'li.si'), guest = server.guest();
    const entered = await guest.form('/sign-in', { login: 'li.si', password });
    assert.deepEqual([entered.status, entered.location], [303, '/account'], 'to be changed at once');
    const holder = await look(admin, id);
    assert.deepEqual(holder.roles.map(role => [role.role.code, role.who]), [['member', '姓名 security_admin'], ['manager', '姓名 security_admin']]);
    assert.deepEqual([holder.sessions, holder.party.name], [1, OURS]);
    assert.ok(holder.signed_in > Date.now() - 60_000);
    assert.deepEqual(holder.history.map(line => line.action.code).reverse(), ['account.make', 'account.password', 'account.grant', 'account.grant', 'account.sign_in']);
    assert.deepEqual(holder.history.map(line => line.who).reverse(), [...Array(4).fill('姓名 security_admin'), '李四']);
    nowhere(place, password);
    if (!city.url) assert.ok(!readFileSync(join(city.data, 'tieqiao.db')).includes(password), 'nor in the database');
    const told = ok(await admin.post('/api/v1/accounts', { login: 'from.program', name: '程序开的', roles: 'county_officer@620102' }), 201);
    assert.equal(told.location, `/api/v1/accounts/${told.json.first.id}`);
    assert.match(told.json.first.password, /^[a-z0-9-]{19}$/);
}

/** In no file of the data folder that can be read as text, and in no line of the log. */
function nowhere({ city, server }, password) {
    assert.ok(!server.log.includes(password), 'not in the log');
    for (const name of readdirSync(city.data, { withFileTypes: true }))
        if (name.isFile() && /\.txt$/.test(name.name)) assert.ok(!readFileSync(join(city.data, name.name)).includes(password), name.name);
}

async function mends(place) {
    const { admin } = place, form = { login: 'wang.wu', name: '王五', party: '', role: ['member', '', ''], scope: ['', '', ''] };
    const tries = [[{ login: 'x' }, 422, '登录名'], [{ name: '' }, 422, '请填写姓名'], [{ party: '没有的单位' }, 422, '没有找到单位'], [{ login: 'plain' }, 409, '已经有人用了'],
        [{}, 409, '单位成员要先属于一个单位'], [{ role: ['county_officer', '', ''] }, 422, '管辖范围不对'], [{ role: ['auditor', 'committee', ''] }, 409, '专门账号'], [{ role: ['owner', '', ''] }, 422, '没有叫']];
    for (const [changes, status, said] of tries) {
        const page = await admin.form('/accounts', { ...form, party: changes.login === 'plain' ? OURS : '', ...changes });
        assert.deepEqual([page.status, page.text.includes(said)], [status, true], `${JSON.stringify(changes)}: ${page.status} ${page.text.slice(0, 3000)}`);
        if (!('name' in changes)) assert.ok(page.text.includes('value="王五"'), 'what was typed is there still');
    }
    assert.equal(await find(admin, 'wang.wu'), undefined, 'nothing of it was made');
    const api = await admin.post('/api/v1/accounts', { login: 'plain', name: '重名' });
    assert.deepEqual([api.status, api.json.code, api.json.field], [409, 'conflict', 'login']);
    assert.equal((await admin.post('/api/v1/accounts', { login: 'wang.wu', name: '王五', password: 'mine' })).status, 422, 'nobody brings a password');
}

// --- changing one

async function edits({ admin }) {
    const id = await find(admin, 'plain'), before = (await look(admin, id)).edit;
    assert.equal(ok(await admin.form(`/accounts/${id}`, { ver: before.ver, login: 'plain', name: '改了名', party: OURS }), 303).location, `/accounts/${id}`);
    const stale = await admin.form(`/accounts/${id}`, { ver: before.ver, login: 'plain', name: '又改名', party: OURS });
    assert.deepEqual([stale.status, stale.text.includes('刚被别人改过') && stale.text.includes('又改名')], [409, true]);
    const [line] = (await look(admin, id)).history;
    assert.deepEqual([line.action.code, line.changed.map(field => field.code)], ['account.edit', ['name']]);
    ok(await admin.post(`/api/v1/accounts/${id}`, { name: '甲厂普通成员' }));
    assert.deepEqual((await look(admin, id)).login, 'plain', 'what is left out stays');
    assert.equal((await admin.get('/accounts/4611686018427387904')).status, 404);
}

async function turns({ admin, server, password }) {
    const id = await find(admin, 'plain'), his = await server.signIn('plain', password);
    const done = ok(await admin.form(`/accounts/${id}/disable`, {}), 303);
    assert.equal(done.location, `/accounts/${id}`);
    assert.match(done.headers['set-cookie'].join(), /flash=disabled;/, 'and the page says so');
    assert.equal((await his.get('/desk')).status, 303, 'signed out');
    assert.equal((await server.guest().form('/sign-in', { login: 'plain', password })).status, 401);
    assert.deepEqual((await lines(admin, '?state=off')).map(line => line.login), ['plain']);
    const page = ok(await admin.get(`/accounts/${id}`)).text;
    assert.ok(page.includes('<span class="tag">已停用</span>') && page.includes(`action="/accounts/${id}/enable"`));
    assert.equal((await admin.post(`/api/v1/accounts/${id}/roles`, { role: 'manager' })).status, 409, 'first to be enabled');
    ok(await admin.post(`/api/v1/accounts/${id}/enable`, {}));
    await server.signIn('plain', password);
}

async function roles({ admin, who, server, password }) {
    const id = await find(admin, 'plain'), his = await server.signIn('plain', password);
    ok(await admin.form(`/accounts/${id}/roles`, { do: 'grant', role: 'county_officer', scope: '620102 城关区' }), 303);
    assert.equal((await his.get('/desk')).status, 303, 'new rights, new sign-in');
    const held = (await look(admin, id)).roles.find(role => role.role.code === 'county_officer');
    assert.deepEqual([held.scope, held.who, held.take.code, held.take.reach], ['620102', '姓名 security_admin', 'county_officer', '620102']);
    assert.ok(!(await look(who.unit_admin, id)).edit, 'a higher account is not the organisation\'s to touch');
    ok(await admin.form(`/accounts/${id}/roles`, { do: 'revoke', role: held.take.code, scope: held.take.reach }), 303);
    assert.deepEqual((await look(admin, id)).roles.map(role => role.role.code), ['member']);
    const wrong = await admin.form(`/accounts/${id}/roles`, { do: 'grant', role: 'county_officer', scope: '' });
    assert.deepEqual([wrong.status, wrong.text.includes('管辖范围不对')], [422, true]);
    assert.equal((await admin.post(`/api/v1/accounts/${id}/roles`, { do: 'revoke', role: 'committee' })).status, 404);
    const [taken, given] = (await look(admin, id)).history;
    assert.deepEqual([taken.action.code, taken.role.code, given.action.code, given.scope], ['account.revoke', 'county_officer', 'account.grant', '620102']);
}

async function resets({ admin, server, password, ...place }) {
    const id = await find(admin, 'plain'), his = await server.signIn('plain', password);
    const page = ok(await admin.form(`/accounts/${id}/password`, {}));
    const fresh = /<code class="secret">([a-z0-9-]{19})<\/code>/.exec(page.text)[1];
    assert.equal((await his.get('/desk')).status, 303, 'signed out');
    assert.equal((await server.guest().form('/sign-in', { login: 'plain', password })).status, 401);
    assert.equal((await server.guest().form('/sign-in', { login: 'plain', password: fresh })).location, '/account');
    nowhere({ server, ...place }, fresh);
}

async function oneself({ admin }) {
    const id = await find(admin, 'security-admin'), page = ok(await admin.get(`/accounts/${id}`)).text;
    for (const verb of ['disable', 'password', 'roles']) {
        assert.ok(!page.includes(`/accounts/${id}/${verb}`), verb);
        const reply = await admin.post(`/api/v1/accounts/${id}/${verb}`, { ...(verb === 'roles' ? { role: 'city_officer' } : {}) });
        assert.deepEqual([reply.status, reply.json.code], [403, 'denied'], verb);
    }
    const second = await find(admin, 'second');
    assert.equal((await admin.post(`/api/v1/accounts/${second}/roles`, { role: 'manager' })).status, 409, 'administrators stand alone');
}

/** The organisation's administrator: his own people, three roles, and no way into another organisation. */
async function unit({ admin, who }) {
    const his = who.unit_admin;
    const form = ok(await his.get('/accounts/new')).text;
    assert.deepEqual([...new Set([...form.matchAll(/<option value="(\w+)"/g)].map(found => found[1]))], ['member', 'researcher', 'manager']);
    assert.ok(!form.includes('name="party"') && !form.includes('name="scope"'));
    const made = ok(await his.form('/accounts', { login: 'colleague', name: '同事', role: ['researcher', '', ''] }));
    assert.ok(made.text.includes('class="secret"'));
    const id = await find(his, 'colleague');
    assert.equal((await look(his, id)).party.name, OURS);
    for (const [body, status] of [[{ login: 'spy', name: '外人', party: THEIRS }, 403], [{ login: 'boss', name: '上级', roles: 'city_officer' }, 403], [{ login: 'peer', name: '同级', roles: 'unit_admin' }, 403]])
        assert.equal((await his.post('/api/v1/accounts', body)).status, status, body.login);
    assert.equal((await his.post(`/api/v1/accounts/${id}`, { party: THEIRS })).status, 403, 'nobody is sent elsewhere');
    assert.equal((await his.post(`/api/v1/accounts/${id}/roles`, { role: 'market' })).status, 403);
    ok(await his.post(`/api/v1/accounts/${id}/roles`, { role: 'member' }));
    ok(await his.form(`/accounts/${id}`, { login: 'colleague', name: '改名的同事' }), 303);
    assert.equal((await look(admin, id)).party.name, OURS, 'and stays where it is');
}

async function auditors({ who, admin }) {
    const id = await find(admin, 'plain');
    for (const role of ['audit_admin', 'auditor']) {
        const page = ok(await who[role].get(`/accounts/${id}`)).text;
        assert.ok(page.includes('给了初始密码') && page.includes('姓名 security_admin'), `${role}: the history`);
        assert.ok(!/<form[^>]*action="\/accounts/.test(page), `${role}: nothing to press`);
        assert.equal((await look(who[role], id)).edit, null);
    }
}

async function desks({ who }) {
    for (const [role, lead] of [['security_admin', '/accounts'], ['audit_admin', '/accounts'], ['system_admin', '/readyz'], ['auditor', '/accounts']]) {
        const page = ok(await who[role].get('/desk')).text;
        assert.ok(page.includes('从这里开始') && page.includes(`<a class="button quiet" href="${lead}"`), role);
        assert.ok(!page.includes('/needs/new"'), `${role}: nothing that is not for him`);
    }
    assert.ok(ok(await who.unit_admin.get('/desk')).text.includes('本单位的账号'));
    assert.ok(!ok(await who.member.get('/desk')).text.includes('本单位的账号'));
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with an account for each role`, async () => { place = await open(engine); });
        await test(`${engine}: accounts are for whom access.tsv says`, () => access(place));
        await test(`${engine}: the list is found by name, login, organisation, role and state`, () => listed(place));
        await test(`${engine}: an account is opened, and its first password told once`, () => opens(place));
        await test(`${engine}: what is to be mended stands on the form`, () => mends(place));
        await test(`${engine}: an account is edited by who has seen it last`, () => edits(place));
        await test(`${engine}: who is disabled is out`, () => turns(place));
        await test(`${engine}: roles are given and taken back, and the history says by whom`, () => roles(place));
        await test(`${engine}: a password is reset`, () => resets(place));
        await test(`${engine}: nobody rights himself, and administrators stand alone`, () => oneself(place));
        await test(`${engine}: an organisation's administrator keeps its people`, () => unit(place));
        await test(`${engine}: who audits looks on`, () => auditors(place));
        await test(`${engine}: an administrator's desk says where to begin`, () => desks(place));
        await test(`${engine}: a long list has pages`, () => pages(place));
        await test(`${engine}: check finds accounts and ledger agree`, () => place.city.run('check'));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
