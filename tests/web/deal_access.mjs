// Deals over HTTP, by the table of access (tests/web/access.tsv): who sees one, begins one, takes a step. Words are planted in its
// title and its papers, and nobody who may not see it reads one of them anywhere: not in a list, a search, an export, the history or the
// page of its achievement, the desk, the box or the match index. To him it is as if it had never been there.
import { test, finish, engines, until, word } from './house.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import { ALONE, ROLES, SCOPES, expected } from './access.js';
import { done } from './campus.mjs';
import assert from 'node:assert/strict';

const NOWHERE = '4611686018427387904';
const STATUS = { sign_in: 401, denied: 403, missing: 404 };
const login = role => role.replace('_', '-');
const words = { title: word(901), own: word(902), notice: word(903) };
const EVIDENCE = [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n');

/** A deal with a word in its title, a word in papers that are its own alone, and one in what is announced. */
async function deal_of(clerk, achievement, owner, ended) {
    const made = await clerk.post('/api/v1/deals', { achievement, title: `耐磨轴承转化 ${words.title} ${ended ? '已终止' : ''}` });
    assert.equal(made.status, 201, made.text);
    await done(clerk, made.id, 'title', { deputy: words.own, holders: `${owner} 100%` });
    await done(clerk, made.id, 'value', { technology: `成熟 ${words.own}`, economy: '可观', assessor: words.own, evidence: EVIDENCE, trl: '6' });
    await done(clerk, made.id, 'price', { way: 'license', pricing: 'agreement', price: '100万元', buyer: words.own, buyer_nature: 'private', ground: words.own });
    await done(clerk, made.id, 'notice', { summary: `公示摘要 ${words.notice}` });
    await done(clerk, made.id, 'object', { notice: '1', objector: words.own, text: words.own });
    await done(clerk, made.id, 'state', { fact: 'used_mainly', value: 'yes', source: 'declared' });
    if (ended) await done(clerk, made.id, 'drop', {});
    return made.id;
}

async function world(engine) {
    const lines = ROLES.filter(role => role !== 'visitor').map(role => [login(role), '张三', ALONE.includes(role) ? '' : OURS,
        role === 'no_role' ? '' : role + (SCOPES[role] ?? '')]);
    const place = await town(engine, [...lines, ['other', '王五', THEIRS, 'member']]);
    place.who = { visitor: place.server.guest() };
    for (const role of ROLES.slice(1)) place.who[role] = await place.server.signIn(login(role), place.password);
    place.other = await place.server.signIn('other', place.password);
    place.achievements = {};
    place.deals = {};
    for (const [object, clerk, owner] of [['own', place.who.member, OURS], ['foreign', place.other, THEIRS]]) {
        const reply = await clerk.post('/api/v1/achievements', { title: `耐磨轴承涂层 ${object}`, abstract: '用于离心泵,寿命由三千小时提高到八千小时。', trl: 6 });
        assert.equal(reply.status, 201, reply.text);
        place.achievements[object] = reply.id;
        place.deals[object] = await deal_of(clerk, reply.id, owner, false);
        place.deals[`closed-${object}`] = await deal_of(clerk, reply.id, owner, true);
    }
    return place;
}

/** A page sends a visitor to sign in; all that is under /deals asks who he is before it looks. */
const wanted_of = (role, action, object) => role === 'visitor' ? 'sign_in' : expected(role, action, 'deal', object);
const fits = (reply, wanted) => wanted === 'yes' ? reply.status < 400 && reply.status !== 303 : reply.status === STATUS[wanted]
    || (wanted === 'sign_in' && reply.status === 303);

async function seen(place) {
    for (const role of ROLES)
        for (const [object, id] of Object.entries(place.deals)) {
            const wanted = wanted_of(role, 'see', object);
            for (const path of [`/api/v1/deals/${id}`, `/deals/${id}`, `/api/v1/deals/${id}?step=price`]) {
                const reply = await place.who[role].get(path), what = `${role} ${object} ${path}`;
                assert.ok(fits(reply, wanted), `${what}: ${reply.status}, wanted ${wanted}`);
                if (wanted !== 'yes') for (const one of Object.values(words)) assert.ok(!reply.text.includes(one), `${what} says ${one}`);
                else assert.equal(reply.text.includes(words.own), expected(role, 'see', 'valuation', object) === 'yes', `${what}: what is in it`);
            }
        }
}

/** Where it may not be seen the answer is, but for the number, that for a deal that was never there. */
async function as_if_never_there(place) {
    const plain = reply => reply.text.replace(/"request_id":"[^"]*"/, '').replaceAll(/\d{15,19}/g, '');
    for (const role of ROLES.slice(1)) {
        const nowhere = await place.who[role].get(`/api/v1/deals/${NOWHERE}`);
        assert.equal(nowhere.status, 404);
        for (const [object, id] of Object.entries(place.deals)) {
            if (wanted_of(role, 'see', object) !== 'missing') continue;
            assert.equal(plain(await place.who[role].get(`/api/v1/deals/${id}`)), plain(nowhere), `${role} ${object}`);
            const step = await place.who[role].post(`/api/v1/deals/${id}`, { step: 'state', ver: 8, fact: 'used_mainly', value: 'no', source: 'declared' });
            const never = await place.who[role].post(`/api/v1/deals/${NOWHERE}`, { step: 'state', ver: 8, fact: 'used_mainly', value: 'no', source: 'declared' });
            assert.deepEqual([step.status, plain(step)], [404, plain(never)], `${role} ${object}: a step`);
        }
    }
}

async function steps(place) {
    for (const role of ROLES)
        for (const [object, id] of Object.entries(place.deals)) {
            const sees = wanted_of(role, 'see', object), may = wanted_of(role, 'step', object);
            const ver = (await place.who.auditor.get(`/api/v1/deals/${id}`)).json.deal.ver;
            const reply = await place.who[role].post(`/api/v1/deals/${id}`, { step: 'state', ver, fact: 'used_mainly', value: 'yes', source: 'declared' });
            const wanted = sees !== 'yes' ? STATUS[sees] : may !== 'yes' ? 403 : object.startsWith('closed') ? 409 : 200;
            assert.equal(reply.status, wanted, `${role} ${object}: ${reply.text}`);
            const after = (await place.who.auditor.get(`/api/v1/deals/${id}`)).json.deal.ver;
            assert.equal(after, ver + (wanted === 200 ? 1 : 0), `${role} ${object}`);
        }
}

async function begins(place) {
    for (const role of ROLES)
        for (const object of ['own', 'foreign']) {
            const wanted = wanted_of(role, 'create', object);
            const reply = await place.who[role].post('/api/v1/deals', { achievement: place.achievements[object], title: `另一个项目 ${role} ${object}` });
            assert.ok(wanted === 'yes' ? reply.status === 201 : reply.status === STATUS[wanted], `${role} ${object}: ${reply.status} ${reply.text}`);
        }
}

/** Papers have no pages and no lists; the deal's word of the law is no kind that is exported, imported or found. */
const DOORS = ['valuations', 'objections', 'contracts', 'awards', 'receipts', 'rulings', 'titles', 'statements'];

async function no_other_door(place) {
    for (const role of ['visitor', 'member', 'city_officer', 'auditor', 'security_admin']) {
        const who = place.who[role];
        for (const plural of DOORS) for (const path of [`/${plural}`, `/${plural}/export`, `/${plural}/${place.deals.own}`, `/${plural}/${place.deals.own}/history`])
            assert.equal((await who.get(`/api/v1${path}`)).status, 404, `${role} ${path}`);
        for (const path of [`/deals/${place.deals.own}/history`, `/deals/${place.deals.own}/edit`, `/deals/${place.deals.own}/feedback`, '/deals/export'])
            assert.equal((await who.get(`/api/v1${path}`)).status, 404, `${role} ${path}`);
        for (const verb of ['close', 'reopen', 'nda', 'feedback'])
            assert.equal((await who.post(`/api/v1/deals/${place.deals.own}/${verb}`, {})).status, 404, `${role} ${verb}`);
    }
}

const LISTS = ['achievements', 'needs', 'scenarios', 'services', 'people', 'parties', 'policies'];

/** Everywhere that text of the city comes out: a page for each way, with the word asked for where one can ask. */
function places(place) {
    const asked = Object.values(words).flatMap(one => [`/api/v1/match?q=${one}`, ...LISTS.map(list => `/api/v1/${list}?q=${one}`), `/api/v1/codes/division?q=${one}`]);
    const own = ['own', 'foreign'].flatMap(object => ['', '/history', '/feedback'].map(tail => `/achievements/${place.achievements[object]}${tail}`));
    return [...asked, '/', '/desk', '/deals', '/import', '/accounts', ...own, ...own.map(path => `/api/v1${path}`), '/api/v1/desk', '/api/v1/deals',
        ...LISTS.flatMap(list => [`/${list}`, `/${list}/export`, `/${list}/export?format=xlsx`])];
}

/** What a role may read at all, by the table: the words of deals that it sees. */
function allowed(role, one) {
    const sees = Object.keys(STATUS), all = ['own', 'foreign', 'closed-own', 'closed-foreign'];
    const deal = all.some(object => !sees.includes(wanted_of(role, 'see', object)));
    return one === words.own ? all.some(object => role !== 'visitor' && expected(role, 'see', 'valuation', object) === 'yes') : deal;
}

async function leaks(place) {
    let looked = 0;
    for (const role of ROLES)
        for (const path of places(place)) {
            const reply = await place.who[role].get(path);
            assert.ok(reply.status < 500, `${role} ${path}: ${reply.status}`);
            const text = path.includes('q=') ? JSON.stringify(reply.status === 200 ? [reply.json.columns, reply.json.cards, reply.json.lines, reply.json.list?.cards] : '') : reply.text;
            for (const [name, one] of Object.entries(words)) {
                assert.ok(!text.includes(one) || allowed(role, one), `${role} reads the ${name} at ${path}`);
                if (path.includes('q=')) assert.ok(!text.includes(one), `${role} finds the ${name} at ${path}`);
            }
            if (!allowed(role, words.title)) for (const id of Object.values(place.deals)) assert.ok(!reply.text.includes(id), `${role} is told the number at ${path}`);
            looked++;
        }
    return looked;
}

/** The lists of deals, and that on an achievement's page, hold what each may see, and no more. */
async function listed(place) {
    for (const role of ['member', 'city_officer', 'auditor'])
        assert.ok((await place.who[role].get(`/achievements/${place.achievements.own}`)).text.includes(words.title), `${role} sees it on the achievement's page`);
    for (const role of ROLES.slice(1)) {
        const lines = (await place.who[role].get('/api/v1/deals')).json.deals.lines.map(line => line.href.split('/').pop());
        for (const [object, id] of Object.entries(place.deals))
            assert.equal(lines.includes(id), wanted_of(role, 'see', object) === 'yes', `${role}'s list and ${object}`);
    }
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: two units with a deal each, and one ended`, async () => { place = await world(engine); });
        await test(`${engine}: who sees a deal, and what in it`, () => seen(place));
        await test(`${engine}: to others it is as if it had never been there`, () => as_if_never_there(place));
        await test(`${engine}: the list of deals`, () => listed(place));
        await test(`${engine}: who takes its steps`, () => steps(place));
        await test(`${engine}: no other door leads to a deal or its papers`, () => no_other_door(place));
        await test(`${engine}: nothing of it is read elsewhere`, async () => {
            await until(async () => (await place.who.member.get(`/api/v1/match?q=${encodeURIComponent('耐磨轴承涂层')}`)).json.columns.achievement.cards.length > 0);
            console.log(`# ${engine}: ${await leaks(place)} pages read`);
        });
        await test(`${engine}: who begins one`, () => begins(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally { await place?.city.end(); }
}
finish();
