// The rulebook over HTTP: the list and how it is narrowed, a rule's page, and what it answers to facts in its address. Every worked
// example is asked by way of its own link and must come out as the rule's file says.
import { test, finish, engines } from './house.mjs';
import { town } from './town.mjs';
import assert from 'node:assert/strict';

const R03 = '/rules/R03?region=620100&state_unit=yes&pricing=agreement&notice_withdrawn=no';

const api = async (guest, path, status = 200) => {
    const reply = await guest.get(`/api/v1${path}`);
    assert.equal(reply.status, status, `${path}: ${reply.text.slice(0, 300)}`);
    return reply.json;
};
const listed = async (guest, query = '') => (await api(guest, `/rules${query}`)).rules;
const ids = rules => rules.groups.flatMap(group => group.rules.map(rule => rule.id));
const answer = async (guest, path) => (await api(guest, path)).rule.answer;

async function list({ guest }) {
    const all = await listed(guest), gansu = await listed(guest, '?region=620102'), nation = await listed(guest, '?region=100000');
    assert.ok(all.total >= 80 && all.total === ids(all).length && !all.narrowed, `${all.total}`);
    assert.ok(ids(gansu).includes('R21') && !ids(gansu).includes('R20'), 'in Gansu R21 stands in the place of R20');
    assert.ok(!ids(nation).includes('R21') && ids(nation).includes('R20'));
    assert.ok(!ids(gansu).includes('R08'), 'what Beijing and Zhejiang have is not shown to Gansu');
    assert.ok(gansu.regions.find(one => one.code === '620102' && one.selected && one.label.includes('城关')), 'the region asked for is among those offered');
    assert.deepEqual((await listed(guest, '?theme=tax')).groups.map(group => group.theme.code), ['tax']);
    const found = await listed(guest, `?q=${encodeURIComponent('协议定价 十五')}`);
    assert.ok(found.total < all.total);
    assert.ok((await listed(guest, `?q=${encodeURIComponent('公示 示例没有的词')}`)).total === 0);
    for (const rule of all.groups.flatMap(group => group.rules)) {
        const reply = await guest.get(`/api/v1${rule.href}`);
        assert.equal(reply.json.rule.title, rule.title, `${rule.href} leads to another version`);
    }
}

async function page({ guest }) {
    const html = (await guest.get('/rules')).text;
    for (const said of ['规则手册', '处置与定价', '参数未核', 'href="/rules/R03"']) assert.ok(html.includes(said), said);
    const rule = (await guest.get('/rules/R03')).text;
    for (const said of ['应当在本单位公示科技成果名称和拟交易价格', '公示天数', '15 日', '参数未核', 'name="notice_first"', '看结论', '算例'])
        assert.ok(rule.includes(said), said);
    assert.ok(!rule.includes('verdict-word'), 'nothing is answered where nothing was asked');
    assert.ok((await guest.get('/')).text.includes('href="/rules"'), 'the foot of every page leads there');
}

async function asked({ guest }) {
    const day = on => answer(guest, `${R03}&on=${on}&notice_first=2026-03-02`);
    assert.equal((await day('2026-03-17')).verdict.code, 'no');
    assert.equal((await day('2026-03-17')).because, 'long_enough');
    assert.match((await day('2026-03-17')).says, /15 日/);
    assert.equal((await day('2026-03-18')).verdict.code, 'yes');
    assert.deepEqual((await answer(guest, R03)).asks.map(one => one.name), ['notice_first']);
    assert.equal((await answer(guest, '/rules/R03?pricing=listing')).verdict.code, 'not-applicable');
    const named = await answer(guest, '/rules/R03?on=2026-03-17&fact=state_unit=yes&fact=pricing=agreement&fact=notice_withdrawn=no&fact=notice_first=2026-03-02');
    assert.deepEqual(named, await day('2026-03-17'), 'fact=NAME=VALUE is the same question');
    assert.match(named.facts_hash, /^[0-9a-f]{64}$/);
    const html = (await guest.get(`${R03}&on=2026-03-17&notice_first=2026-03-02`)).text;
    for (const said of ['不符合', '2026-03-17', 'value="2026-03-02"', '<option value="agreement" lang="zh-CN" selected>']) assert.ok(html.includes(said), said);
}

/* An example that leaves out today is of a rule that asks for it; a page fills it in, so that the question is another. */
async function examples({ guest }) {
    let tried = 0;
    for (const { href } of (await listed(guest)).groups.flatMap(group => group.rules)) {
        const { rule } = await api(guest, href);
        for (const example of rule.examples) {
            if (!example.href || (rule.facts.some(fact => fact.name === 'today') && !/[?&]today=/.test(example.href))) continue;
            const found = await answer(guest, example.href.split('#')[0]);
            assert.equal(found.verdict.code, example.verdict.code, `${rule.id} ${example.name}: ${example.href}`);
            for (const result of example.results)
                assert.ok(found.results.some(one => `${one.label}：${one.text}` === result), `${rule.id} ${example.name}: ${result}`);
            tried++;
        }
    }
    console.log(`# ${tried} examples by their links`);
    assert.ok(tried > 500, `${tried}`);
}

async function bad({ guest }) {
    const wrong = await guest.get('/rules/R03?notice_first=someday&pricing=barter');
    assert.equal(wrong.status, 422);
    for (const said of ['要写一个日期，如 2026-03-17', '不是可选的值', 'value="someday"']) assert.ok(wrong.text.includes(said), said);
    const told = await api(guest, '/rules/R03?notice_first=someday', 422);
    assert.equal(told.code, 'invalid');
    assert.equal(told.field, 'notice_first');
    const beyond = '/rules/R67?main_debt_late=yes&demanded_on=2026-01-05&granted_period=999999', html_beyond = await guest.get(beyond);
    assert.equal(html_beyond.status, 422);
    assert.ok(html_beyond.text.includes('算不出来：期间的长度不能是负数，也不能超过一百年'), 'what cannot be computed is said');
    assert.match((await api(guest, beyond, 422)).message, /期间的长度/);
    await api(guest, '/rules/R99', 404);
    await api(guest, '/rules/R08?region=620100', 404);
    await api(guest, '/rules/R03?region=mars', 422);
    await api(guest, '/rules/R03?on=2026-02-30', 422);
    for (const id of ['%00', '%27', '..%2f..%2fetc', 'R'.repeat(3000), '%f0%9f%98%80', 'R03%0a'])
        assert.ok([400, 404, 414, 422, 431].includes((await guest.get(`/rules/${id}`)).status), id);
    const html = (await guest.get(`/rules?q=${encodeURIComponent('"><script>x</script>')}`)).text;
    assert.ok(!html.includes('<script>x'), 'what was typed is text');
    assert.equal((await guest.get(`/rules/R03?fact=${'x'.repeat(2000)}&fact==&fact=today`)).status, 200);
}

async function policy({ officer, guest }) {
    const put = async rule => (await officer.post('/api/v1/policies', { title: `示例政策 ${rule}`, gives: '示例：能享受的好处写在这里。', basis: '示例法', rule })).id;
    const led = (await guest.get(`/policies/${await put('R03')}`)).text, none = (await guest.get(`/policies/${await put('R999')}`)).text;
    assert.ok(led.includes('<a href="/rules/R03">R03</a>'));
    assert.ok(none.includes('R999') && !none.includes('/rules/R999'));
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => { place = await town(engine); place.guest = place.server.guest(); });
        await test(`${engine}: the list, and what it is narrowed by`, () => list(place));
        await test(`${engine}: the pages say what they must`, () => page(place));
        await test(`${engine}: facts in the address are answered`, () => asked(place));
        await test(`${engine}: every example by its own link`, () => examples(place));
        await test(`${engine}: what is wrong is said`, () => bad(place));
        await test(`${engine}: a policy leads to its rule`, () => policy(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
