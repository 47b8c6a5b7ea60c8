// Self-assessments over HTTP: a visitor answers step by step and nothing is kept; a member keeps his answers as facts of his firm, which
// fill in the next assessment; boundaries by the API; the super-deduction by year; what is wrong is said at its field.
import { test, finish, engines } from './house.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const FIRM = { resident_enterprise: 'yes', registered_on: '2020-03-01', core_ip: 'yes', fields_supported: 'yes', serious_accident: 'no',
    staff: '101', staff_tech: '11', sales: '6000万元', sales_2: '3300万元', sales_3: '3000万元', rd_spend: '200万元', rd_spend_2: '150万元',
    rd_spend_3: '142万元', rd_abroad_three: '0元', income_total: '6000万元', income_hightech: '3600万元', points_ip: '24',
    points_conversion: '20', points_organisation: '15', points_growth: '12' };
const SME = { resident_enterprise: 'yes', products_banned: 'no', accident_this_or_last: 'no', dishonest: 'no', hte_certificate: 'no',
    state_award: 'no', provincial_lab: 'no', led_standards: 'no', staff: '500', staff_tech: '100', sales: '2亿元', assets: '2亿元',
    rd_spend: '1000万元', costs: '10亿元', ip_class1: '0', ip_class2: '2' };

const api = async (who, rule, facts, status = 200) => {
    const reply = await who.get(`/api/v1/assess/${rule}?${new URLSearchParams(facts)}`);
    assert.equal(reply.status, status, reply.text.slice(0, 300));
    return status === 200 ? reply.json.assess : reply.json;
};
const verdict = async (who, rule, facts) => (await api(who, rule, facts)).answer.verdict.code;
const line = (assess, name) => assess.answer.lines.find(one => one.name === name);

async function boundaries({ guest }) {
    for (const [change, code] of [[{}, 'yes'], [{ points_growth: '11.5' }, 'yes'], [{ points_growth: '11' }, 'no'], [{ rd_spend_3: '141.99万元' }, 'no'],
        [{ staff_tech: '10' }, 'no'], [{ points_growth: '' }, 'unknown']])
        assert.equal(await verdict(guest, 'R50', { ...FIRM, ...change }), code, JSON.stringify(change));
    for (const [change, code] of [[{}, 'yes'], [{ staff: '501', staff_tech: '101' }, 'no'], [{ sales: '200000000.01元' }, 'no'], [{ assets: '200000000.01元' }, 'no'],
        [{ staff_tech: '49', ip_class1: '1', rd_spend: '2000万元' }, 'no'], [{ hte_certificate: 'yes', staff_tech: '0' }, 'yes']])
        assert.equal(await verdict(guest, 'R51', { ...SME, ...change }), code, JSON.stringify(change));
}

async function gaps({ guest }) {
    assert.deepEqual((await api(guest, 'R51', SME)).answer.scores, [{ label: '科技人员得分', text: '12 分' }, { label: '研发投入得分', text: '40 分' },
        { label: '科技成果得分', text: '12 分' }, { label: '评价得分', text: '64 分' }]);
    const off = await api(guest, 'R50', { ...FIRM, rd_spend_3: '129.7万元', staff_tech: '10' });
    assert.equal(line(off, 'rd_share').says, '近三年研发费用占销售收入 3.9%，规定 4%，差 0.1 个百分点，即 12.3 万元');
    assert.equal(line(off, 'tech_staff').says, '科技人员占 9.9%，不到 10%，少 1 人');
    assert.deepEqual([line(off, 'rd_share').state.code, line(off, 'ip').state.code], ['broken', 'met']);
    assert.ok(off.basis.unverified && off.basis.articles.some(one => one.document === '企业所得税法实施条例' && !one.unverified));
    const asked = await api(guest, 'R50', { ...FIRM, points_growth: '' });
    assert.deepEqual(asked.answer.asks.map(one => [one.name, one.step]), [['points_growth', 5]], 'and it leads to the step that asks');
    const spanned = await api(guest, 'R50', { ...FIRM, points_growth: '', growth_assets: '35%', growth_sales: '25%' });
    assert.deepEqual([spanned.answer.verdict.code, spanned.answer.certain], ['yes', true]);
    assert.deepEqual(spanned.answer.spans.lines.find(one => one.rule === 'R50-3'), { label: '企业成长性得分', rule: 'R50-3', href: '/rules/R50-3', low: '16 分', high: '18 分', says: '' });
    const over = (await api(guest, 'R50', { ...FIRM, points_ip: '', ip_class1: '1', ip_class2: '0', points_advanced: '8.5' })).answer;
    assert.deepEqual([over.verdict.code, over.spans.lines[0].low, over.spans.lines[0].says], ['unknown', null, '技术先进程度最多 8 分'], 'a score above its most is told, not reckoned with');
    assert.equal(line(await api(guest, 'R50', { ...FIRM, staff_tech: '102' }), 'staff_fit').says, '填的数互相矛盾：科技人员 102 人多于职工总数 101 人');
}

async function years({ guest }) {
    const year = (n, more = {}) => Object.fromEntries(Object.entries({ rd_first_five: '100万元', rd_other: '0元', rd_home: '0元', rd_abroad: '0元',
        rd_abroad_person: '0元', rd_amortised: '0元', ...more }).map(([name, value]) => [`${name}-${n}`, value]));
    const { years: { lines: found } } = await api(guest, 'R46', { rd_industry: 'other', rd_books: 'yes', ...year(2020), ...year(2021),
        ...year(2022, { tech_sme: 'no', rd_last_quarter: '40万元', rd_amortised_last_quarter: '0元' }), ...year(2023) });
    assert.deepEqual(found.map(one => [one.year, one.rate, one.extra, one.basis.unverified]),
        [[2023, '100%', '100 万元', true], [2022, '75%', '85 万元', true], [2021, '75%', '75 万元', true], [2020, '75%', '75 万元', true]]);
    assert.equal(found[0].keep_until, '2034-05-31');
    const [lacking] = (await api(guest, 'R46', { rd_industry: 'other', rd_books: 'yes', ...year(2022, { rd_home: '' }) })).years.lines;
    assert.deepEqual([lacking.extra, lacking.lacks.includes('委托境内研发的费用'), lacking.lacks.includes('前五类研发费用')], [null, true, false]);
    const [trade] = (await api(guest, 'R46', { rd_industry: 'trade', rd_books: 'yes', ...year(2023) })).years.lines;
    assert.deepEqual([trade.entitled, trade.lines.find(one => one.name === 'industry').state.code], [false, 'broken']);
    assert.deepEqual((await api(guest, 'R46', {})).years, null);
}

/** By the form alone, as without JavaScript: what was answered on other steps goes along. */
async function by_steps({ guest }) {
    const list = (await guest.get('/assess')).text;
    for (const rule of ['R50', 'R51', 'R52', 'R46']) assert.ok(list.includes(`href="/assess/${rule}"`), rule);
    const first = (await guest.get('/assess/R52')).text;
    for (const said of ['自评：创新型中小企业', 'name="science_award"', '下一步', '不登录也能用']) assert.ok(first.includes(said), said);
    assert.ok(!first.includes('name="points_innovation"') && !first.includes('verdict-word'), 'few questions a step, and no answer before one');
    const no = { science_award: 'no', hte_certificate: 'no', honour_title: 'no', provincial_lab: 'no', equity_raised: '0元' };
    const second = (await guest.form('/assess/R52', { step: '1', go: '2', ...no })).text;
    assert.ok(second.includes('name="points_innovation"') && second.includes('<input type="hidden" name="equity_raised" value="0元">'));
    const done = (await guest.form('/assess/R52', { step: '2', go: '2', ...no, points_innovation: '24.5', points_development: '20', points_speciality: '15' })).text;
    for (const said of ['不符合', '评价得分 59.5 分，不到 60 分', '参数未核']) assert.ok(done.includes(said), said);
    assert.ok(!done.includes('存为本单位的事实</button>'), 'a visitor has nothing to keep it in');
}

async function wrong({ guest }) {
    const told = await api(guest, 'R50', { ...FIRM, staff: 'many' }, 422);
    assert.deepEqual([told.code, told.field], ['invalid', 'staff']);
    const html = await guest.form('/assess/R50', { step: '5', go: '5', ...FIRM, staff: 'many' });
    assert.equal(html.status, 422);
    for (const said of ['value="many"', '要写一个整数', 'name="staff_tech"']) assert.ok(html.text.includes(said), `${said}: a slip is shown on its own step`);
    await api(guest, 'R03', {}, 404);
    assert.equal((await guest.get('/assess/%00')).status, 404);
    assert.equal((await guest.form('/assess/R50', { step: '1', save: '1', staff: '5' })).status, 401);
    const hostile = await guest.form('/assess/R50', { step: '1', staff: '"><script>x</script>' });
    assert.deepEqual([hostile.status, hostile.text.includes('<script>x'), hostile.text.includes('&lt;script&gt;x')], [422, false, true]);
    for (const step of ['0', '-1', '999', 'x', '99999999999999999999']) assert.equal((await guest.form('/assess/R46', { step, go: step })).status, 200, step);
    assert.equal(await verdict(guest, 'R51', { ...SME, sales: '0元', staff: '0', staff_tech: '0', costs: '0元' }), 'no', 'nothing divides by 0');
}

async function kept({ server, password }) {
    const member = await server.signIn('member', password), other = await server.signIn('other', password);
    const before = await member.get('/assess/R51');
    assert.match(before.text, /存为本单位的事实/);
    const saved = await member.form('/assess/R51', { step: '4', save: '1', ...SME });
    assert.equal(saved.status, 303, saved.text.slice(0, 300));
    assert.equal(saved.headers.location, '/assess/R51?go=4');
    assert.equal(await verdict(member, 'R51', {}), 'yes', 'what was kept answers by itself');
    assert.equal(await verdict(member, 'R51', { staff: '501' }), 'no', 'what is given goes before what is kept');
    const high = await api(member, 'R50', {});
    assert.equal(high.steps.reduce((sum, one) => sum + one.filled, 0) > 5, true, 'and fills in the others');
    assert.equal((await api(other, 'R51', {})).answer, null, 'for his own firm alone');
    assert.ok((await member.get('/assess')).text.includes('已知'));
    const facts = (await member.get('/assess/R51?go=3')).text;
    assert.match(facts, /name="staff" value="500"/);
    assert.match(facts, /已有：自行填报/);
    const again = await member.form('/assess/R51', { step: '4', save: '1', ...SME });
    assert.equal(again.status, 303);
    const json = await member.post('/api/v1/assess/R52', { save: '1', points_innovation: '24.5' });
    assert.equal(json.status, 200, json.text);
    assert.equal(json.json.assess.saved, 1);
    const mistaken = await member.post('/api/v1/assess/R52', { save: '1', points_inovation: '24.5' });
    assert.deepEqual([mistaken.status, mistaken.json.field], [422, 'points_inovation'], 'what is no fact of it is refused, not dropped');
    assert.equal((await member.post('/api/v1/assess/R52', { save: '1', points_innovation: '24.5' })).json.assess.saved, 0, 'the same again says nothing new');
    assert.equal((await api(member, 'R52', {})).step.label.label, '直接符合');
    const by_year = await member.post('/api/v1/assess/R46', { save: '1', rd_industry: 'ic', rd_books: 'yes', 'rd_first_five-2023': '100万元', 'rd_other-2023': '0元' });
    assert.equal(by_year.status, 200, by_year.text);
    assert.deepEqual((await api(member, 'R46', {})).years.lines.map(one => [one.year, one.rate]), [[2023, '120%']], 'each year is kept as its own');
    const colleague = await server.signIn('colleague', password);
    assert.equal(await verdict(colleague, 'R51', {}), 'yes', 'the facts are the firm\'s, not his who typed them');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, [['member', '甲厂成员', OURS, 'member'], ['colleague', '甲厂同事', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member']]);
            place.guest = place.server.guest();
        });
        await test(`${engine}: exact at every boundary`, () => boundaries(place));
        await test(`${engine}: what stands in the way, and how far off it is`, () => gaps(place));
        await test(`${engine}: each year by its own rate`, () => years(place));
        await test(`${engine}: a visitor goes step by step`, () => by_steps(place));
        await test(`${engine}: what is wrong is said`, () => wrong(place));
        await test(`${engine}: a member keeps his answers as facts`, () => kept(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
