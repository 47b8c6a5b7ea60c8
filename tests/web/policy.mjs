// Policies that find people: a firm states what it knows, an office brings its list and confirms; what can be had, which fact is missing; an
// application from its form to the payment; notices to those who are due; the rate.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test, finish, engines, join } from './house.mjs';
import { done, fill_in, number, state } from './matters.mjs';
import { town, OURS, THEIRS, THIRD } from './town.mjs';

const ACCOUNTS = [['member', '甲厂张三', OURS, 'member'], ['other', '乙所王五', THEIRS, 'member'], ['third', '丙学院成员', THIRD, 'member'],
    ['judge', '甲厂政协委员', OURS, 'committee'], ['auditor', '审计员', '', 'auditor'], ['county', '示例区工作人员', '', 'county_officer@620102'],
    ['issuing', '发文部门工作人员', THEIRS, 'county_officer@620102']];
const PERSON = { name: '张三', phone: '0931-1234567', payee: '示例银行兰州分行 62000000' };
/** All that LZ03 asks for. */
const ALL = [['tech_sme', '2025', '是'], ['tech_sme_first', '', '是'], ['staff', '', '80'], ['dishonest', '', '否'], ['tax_arrears', '', '否']];

/** The rules of the example city are in force in 2026. */
const AT = Date.parse('2026-10-08T10:00:00+08:00');

const listed = (officer, party, name, year, value) => officer.post('/api/v1/facts', { party, name, year, value, source: 'department',
    issuer: '示例科技局', issued_on: '2026-06-01' });
const benefits = async (who, party) => (await who.get(`/api/v1/benefits${party ? `?party=${party}` : ''}`)).json.benefits;
const desk = async who => (await who.get('/api/v1/benefits/desk')).json.landing.lines;

async function a_firm_states_and_an_office_knows(place) {
    const { member, officer, other, auditor, server, ours, policy } = place;
    assert.equal((await benefits(member)).missing[0].policy, policy.title);
    assert.equal((await benefits(member)).missing[0].asks.length, 5);
    const wrong = await fill_in(member, '/facts?name=staff', { value: '很多', source: 'declared' }, '/facts');
    assert.deepEqual([wrong.status, /要写一个整数/.test(wrong.text)], [422, true]);
    const said = await fill_in(member, `/facts?party=${ours}&name=staff&back=benefits`, { value: '80', source: 'declared' }, '/facts');
    assert.deepEqual([said.status, said.location], [303, `/benefits?party=${ours}`], said.text);
    for (const [name, year, value] of ALL.slice(0, 2)) assert.equal((await member.post('/api/v1/facts', { name, year, value, source: 'declared' })).status, 200);
    assert.equal((await member.post('/api/v1/facts', { name: '有严重失信', value: '否', source: 'declared' })).status, 422);
    assert.equal((await member.post('/api/v1/facts', { name: 'dishonest', value: '否', source: 'declared' })).status, 200);
    const [one] = (await benefits(member)).missing;
    assert.deepEqual([one.one, one.asks[0].label], [true, '有欠缴税款'], 'one deciding fact is missing');
    assert.match((await member.get('/benefits')).text, /只差一项事实/);
    assert.equal((await listed(officer, ours, ...ALL[4])).status, 200);
    const [can] = (await benefits(member)).can;
    assert.deepEqual([can.amount, can.automatic, can.confirm.length], ['2 万元', false, 4], 'what the firm alone says grants nothing unasked');
    assert.equal((await other.get(`/benefits?party=${ours}`)).status, 403);
    assert.equal((await other.get(`/api/v1/facts?party=${ours}`)).status, 403);
    const id = number((await member.get('/api/v1/benefits')).json.benefits.can[0].href);
    for (const stepped of ['apply', 'notify']) {
        const asked = await other.post('/api/v1/claims', { step: stepped, policy: id, owner: ours, ...(stepped === 'apply' ? PERSON : {}) });
        assert.deepEqual([asked.status, /事实/.test(asked.text)], [403, false], 'what stands in the way of another firm is told to nobody');
    }
    const { judge } = place, staff = async who => JSON.stringify((await who.get('/api/v1/assess/R50')).json.assess.answer);
    assert.equal((await judge.get(`/api/v1/facts?party=${ours}`)).status, 403);
    assert.equal((await judge.get('/api/v1/funding')).json.funding.firm, null, 'to belong to a firm is not to know what it states');
    assert.ok((await member.get('/api/v1/funding')).json.funding.firm);
    assert.equal(await staff(judge), await staff(server.guest()));
    assert.notEqual(await staff(member), await staff(server.guest()));
    assert.equal((await server.guest().get('/benefits')).status, 303);
    assert.equal((await auditor.get(`/facts?party=${ours}`)).status, 200);
    assert.equal((await member.post('/api/v1/facts', { name: 'staff', value: '80', source: 'department', issuer: '自己', issued_on: '2026-06-01' })).status, 403);
    assert.equal((await other.post('/api/v1/facts', { party: ours, name: 'staff', value: '80', source: 'declared' })).status, 403);
}

async function contradictions_are_shown({ member, officer, ours }) {
    assert.equal((await listed(officer, ours, 'staff', '', '90')).status, 200);
    const group = (await member.get('/api/v1/facts')).json.facts.groups.find(one => one.label === '职工总数');
    assert.deepEqual([group.doubt.code, group.stated.length, group.stated[0].value, group.stated[0].best], ['disputed', 2, '90', true]);
    assert.match((await member.get('/facts')).text, /与部门数据不一致/);
    assert.match((await member.get('/benefits')).text, /按部门数据算/);
    assert.equal((await listed(officer, ours, 'staff', '', '80')).status, 200);
}

async function a_certificate_is_confirmed({ member, officer, ours }) {
    const made = await member.post('/api/v1/facts', { name: 'hte_certificate', value: '是', source: 'certificate', issuer: '示例认定办', number: '示例-1', until: '2028-12-31' });
    assert.equal(made.status, 200, made.text);
    const page = (await officer.get(`/facts?party=${ours}`)).text;
    assert.match(page, /已与原件核对/);
    const { id, ver } = made.json;
    assert.equal((await member.post('/api/v1/facts', { verb: 'confirm', id, ver })).status, 403);
    assert.equal((await officer.post('/api/v1/facts', { party: ours, verb: 'confirm', id, ver })).status, 200);
    assert.equal((await member.post('/api/v1/facts', { verb: 'withdraw', id, ver: ver + 1 })).status, 200);
    assert.equal((await member.post('/api/v1/facts', { verb: 'dream', id, ver })).status, 422);
}

async function notices_and_the_rate(place) {
    const { member, officer, third, ours, thirds, policy } = place;
    for (const fact of ALL) {
        assert.equal((await listed(officer, ours, ...fact)).status, 200);
        assert.equal((await listed(officer, thirds, ...fact)).status, 200);
    }
    const before = (await desk(officer)).find(line => line.policy === policy.title);
    assert.deepEqual([before.due, before.taken, before.rate, before.due_amount], [2, 0, '0.0%', '4 万元']);
    assert.equal((await member.get('/benefits/desk')).status, 403);
    const page = await officer.get(`/benefits/desk?policy=${policy.id}`);
    assert.match(page.text, new RegExp(OURS));
    const sent = await fill_in(officer, `/benefits/desk?policy=${policy.id}`, { party: ours }, '/benefits/desk');
    assert.equal(sent.status, 303, sent.text);
    const again = await officer.post('/api/v1/benefits/desk', { policy: policy.id, party: ours });
    assert.deepEqual(again.json.landing, { sent: 0, passed: 1 }, 'nobody is told twice');
    assert.equal((await officer.post('/api/v1/benefits/desk', { policy: policy.id })).status, 422);
    const claim = (await benefits(member)).can[0].claim;
    assert.equal(claim.state.code, 'notified');
    assert.match((await member.get('/desk')).text, new RegExp(`href="${claim.href}"`), 'it stands on the firm\'s desk');
    assert.equal((await third.get(claim.href)).status, 404);
    await done(member, claim.href, 'take', PERSON);
    await done(officer, claim.href, 'decide');
    assert.equal((await state(member, claim.href)), 'granted');
    const after = (await desk(officer)).find(line => line.policy === policy.title);
    assert.deepEqual([after.due, after.taken, after.rate, after.taken_amount, after.money_rate], [2, 1, '50.0%', '2 万元', '50.0%']);
    await done(officer, claim.href, 'pay', { paid_on: '2026-10-08', voucher: '示例-1' });
    const { groups } = (await officer.get('/api/v1/public-money')).json.money;
    assert.deepEqual(groups[1].lines.map(line => [line.name, line.payments, line.paid]), [[policy.title, 1, '2000000']], 'what is granted stands in the lineage by itself');
    const sheet = await officer.get(`/benefits/desk/export?policy=${policy.id}`);
    assert.equal(sheet.status, 200);
}

/** A list as an office sends it. */
async function a_list_is_brought(place) {
    const { county, member, ours } = place;
    const bring = (rows, values = {}) => county.upload('/facts/import', { issuer: '示例统计局', issued_on: '2026-05-01', until: '', year: '2025', do: 'take', request_id: crypto.randomUUID(), ...values },
        { name: '示例名单.csv', bytes: rows.join('\n') });
    const head = '单位名称,研发费用（万元）,研发费用（2024）,职工总数,心情';
    const wrong = await bring([head, `${OURS},120.5,1000000,80,好`, `无此厂,1,1,1,`, `${THEIRS},1,1,1,`, `${OURS},很多,,八十,`]);
    assert.equal(wrong.status, 422);
    for (const text of [/4 处不对/, /第 3 行.*没有登记这家企业/s, /第 4 行.*不在您的辖区/s, /第 5 行 研发费用（万元）/, /第 5 行 职工总数/, /这一列不认识，没有用：心情/])
        assert.match(wrong.text, text);
    const known = async () => (await member.get('/api/v1/facts')).json.facts.groups.filter(one => one.label === '研发费用').map(one => [one.year, one.stated[0].value]);
    assert.deepEqual(await known(), [], 'nothing half-written');
    const right = [head, `${OURS},120.5,1000000,80,好`];
    assert.match((await bring(right, { do: 'check' })).text, /都对得上，还没有写入/);
    assert.deepEqual(await known(), []);
    assert.match((await bring(right)).text, /写入 3 项，另外 0 项/);
    assert.match((await bring(right)).text, /写入 0 项，另外 3 项/, 'the same list again changes nothing');
    assert.deepEqual(await known(), [['2024', '100 万元'], ['2025', '120.5 万元']].map(([year, value]) => [Number(year), value]));
    const rows = ['统一社会信用代码,单位名称,事实,年度,数值,出具机关', `,${OURS},研发费用,2023,80万元,示例税务局`];
    assert.match((await bring(rows, { issuer: '' })).text, /写入 1 项/);
    const twice = await bring(['单位名称,职工总数', `${OURS},81`, `${OURS},82`]);
    assert.match(twice.text, /第 3 行 职工总数.*同一家企业的同一项写了两个数/s);
    assert.equal((await bring(['心情', '好'])).status, 422);
    assert.equal((await member.get('/facts/import')).status, 403);
    void ours;
}

async function research_by_firm({ officer, county, member, auditor, ours, thirds }) {
    const put = (party, name, year, value) => listed(officer, party, name, year, value);
    await put(ours, 'above_scale', '', '是');
    await put(thirds, 'above_scale', '', '是');
    await put(ours, 'rd_subsidy', '2024', '20万元');
    await put(ours, 'rd_subsidy', '2025', '0');
    const { rd } = (await county.get('/api/v1/rd?year=2024')).json;
    assert.deepEqual(rd.firms.map(one => [one.spend?.text ?? null, one.subsidy?.text ?? null, one.growth]), [['100 万元', '20 万元', '40.5 万元'], [null, null, null]],
        'own R&D grew from 80 to 120.5');
    assert.deepEqual([rd.all.firms, rd.all.none, rd.all.spend, rd.all.growth, rd.all.grown_subsidy], [2, 1, '100 万元', '40.5 万元', '20 万元']);
    assert.equal((await county.get('/api/v1/rd?year=2024&show=none')).json.rd.firms.length, 1, 'the larger firm without any');
    assert.match((await county.get('/rd?year=2024')).text, /规上无研发/);
    assert.equal((await auditor.get('/rd')).status, 200);
    assert.equal((await member.get('/rd')).status, 403);
    assert.equal((await county.get('/rd?year=99')).status, 422);
    assert.equal((await county.get('/rd/export?year=2024')).status, 200);
}

async function a_firm_applies_by_the_form(place) {
    const { third, officer, thirds, policy } = place;
    const [can] = (await benefits(third)).can;
    assert.equal(can.apply, `/claims/new?step=apply&policy=${policy.id}`);
    const page = (await third.get('/benefits')).text;
    assert.match(page, /可以免申即享/);
    const sent = await fill_in(third, can.apply, PERSON, '/claims');
    assert.equal(sent.status, 303, sent.text);
    const again = await third.post('/api/v1/claims', { step: 'apply', policy: policy.id, ...PERSON });
    assert.deepEqual([again.status, /本期已经有一件/.test(again.text)], [409, true]);
    await listed(officer, thirds, 'staff', '', '600');
    await done(place.county, sent.location, 'accept');
    for (const [name, values] of [['decide', {}], ['dismiss', { reason: '示例：材料不实' }]]) {
        const theirs = await place.county.post(`/api/v1${sent.location}`, { step: name, ver: 2, ...values });
        assert.deepEqual([theirs.status, /由兰州市的工作人员决定/.test(theirs.text)], [403, true], 'a district takes in, the city grants what is its own');
    }
    await done(place.issuing, sent.location, 'decide'); /* the department that gave it out */
    assert.equal(await state(third, sent.location), 'refused');
    assert.match((await third.get(sent.location)).text, /职工超过 500 人/, 'the condition that failed');
    assert.match((await officer.get(sent.location)).text, /规则裁定/, 'what the rule said is kept');
    const [cannot] = (await benefits(third)).cannot.filter(one => one.policy === policy.title);
    assert.match(cannot.says, /职工超过 500 人/);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town with a policy that is a rule`, async () => {
            place = await town(engine, ACCOUNTS, { env: { TQ_CLOCK_MS: String(AT) } });
            place.thirds = place.third;
            for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
            const made = await place.officer.post('/api/v1/policies', { title: '首次入库奖励（示例）', gives: '首次入库的奖励 2 万元，每家一次。',
                basis: '示例〔2026〕1号', rule: 'LZ03', region: ['620100'], issuer: THEIRS });
            assert.equal(made.status, 201, made.text);
            assert.equal((await place.officer.post(`/api/v1/parties/${place.theirs}`, { ver: 1, side: 'government' })).status, 200);
            place.policy = { title: '首次入库奖励（示例）', id: made.id };
        });
        await test(`${engine}: a firm states, an office knows, one fact is missing`, () => a_firm_states_and_an_office_knows(place));
        await test(`${engine}: contradictions are shown`, () => contradictions_are_shown(place));
        await test(`${engine}: a certificate counts once it is confirmed`, () => a_certificate_is_confirmed(place));
        await test(`${engine}: an office's list is brought whole or not at all`, () => a_list_is_brought(place));
        await test(`${engine}: R&D by firm and year`, () => research_by_firm(place));
        await test(`${engine}: notices, a payment, and the rate`, () => notices_and_the_rate(place));
        await test(`${engine}: an application by the form, refused with its condition`, () => a_firm_applies_by_the_form(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            const list = join(place.city.dir, '名单.csv');
            writeFileSync(list, `单位名称,职工总数\n${OURS},77\n`);
            assert.equal(place.city.try('fact', list, '--issuer', '示例人社局').status, 1, 'a list has its day');
            assert.match(place.city.try('fact', list, '--issuer', '示例人社局', '--issued-on', '2026-06-02').stderr, /写入 1 项/);
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
