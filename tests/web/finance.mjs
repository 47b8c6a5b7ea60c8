// A firm, its patents, a bank: what is brought in and contradicts itself, what the firm lets the bank see and takes back, a loan through
// the bank's own decision to its end, a pledge that cannot be, sums that are exact, a decision file read strictly, a quarter's report.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, finish, engines, City } from './house.mjs';
import * as matters from './matters.mjs';
import { made_by } from './town.mjs';

const FIRM = '示例甲机械厂', BANK = '示例金城银行', OTHER = '示例黄河银行';
const DAY = 86_400_000, START = Date.parse('2026-03-02T02:00:00Z');
const clock = days => ({ env: { TQ_CLOCK_MS: String(START + days * DAY) } });
const day = days => new Date(START + days * DAY).toISOString().slice(0, 10);
const PEOPLE = [['firm', '甲厂成员', FIRM, 'member'], ['banker', '客户经理（示例）', BANK, 'member'], ['rival', '他行经理（示例）', OTHER, 'member']];

/** A number with its check digit. */
const numbered = digits => {
    const sum = [...digits].reduce((all, digit, i) => all + Number(digit) * (2 + i % 8), 0) % 11;
    return `${digits}.${sum === 10 ? 'X' : sum}`;
};
const GOOD = numbered('202110123456'), LAPSED = numbered('201810000001'), OPEN = numbered('202010000002'), OWED = numbered('201910000003');

async function bank_town(engine) {
    const place = { city: new City(engine) };
    place.city.run('init');
    const first = place.city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    let server = await place.city.serve(clock(0));
    const officer = await server.signIn('officer', first);
    await made_by(officer, '/parties', { name: FIRM, side: 'enterprise', region: ['620102'], founded: '2020-01-01', contact: '李四', phone: '0931-1234567' });
    for (const name of [BANK, OTHER])
        await made_by(officer, '/parties', { name, side: 'finance', region: ['620102'], contact: '王五', phone: '0931-7654321' });
    await server.stop();
    const password = place.city.accounts(PEOPLE);
    place.at = async days => {
        if (place.server) await place.server.stop();
        place.server = await place.city.serve(clock(days));
        for (const [login] of PEOPLE) place[login] = await place.server.signIn(login, password);
        place.officer = await place.server.signIn('officer', first);
    };
    await place.at(0);
    place.product = (await made_by(place.banker, '/services', { title: '示例专利质押贷款', sort: 'finance', about: '以企业自有的有效发明专利出质，五百万元以下由支行内部评估。',
        product: 'ip_pledge', rule: 'R90-1', stage: ['growth'], amount: '800万元', days: 15 })).split('/').pop();
    place.credit = (await made_by(place.banker, '/services', { title: '示例到账流水贷款', sort: 'finance', about: '以近十二个月登记合同的实际到账为还款来源的信用贷款。',
        product: 'risk_loan', rule: 'R90-4', stage: ['start', 'growth'], amount: '1000万元' })).split('/').pop();
    return place;
}

const HEAD = '专利号,名称,法律状态,年费缴至,质押,开放许可,期限届满日,更新日期';
const sheet = (...rows) => [HEAD, ...rows].join('\n');
const brought = (who, text) => who.upload('/patents/import', {}, { name: '专利.csv', bytes: Buffer.from(text) });
const hidden = (page, name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1].replaceAll('&#10;', '\n').replaceAll('&#9;', '\t').replaceAll('&amp;', '&');
const confirmed = (who, at, page) => who.form(at, { rows: hidden(page, 'rows'), request_id: hidden(page, 'request_id') });

async function patents_come_in({ firm, banker, officer, rival }) {
    const bad = await brought(firm, sheet(`ZL${GOOD},耐磨轴承,有效,2027-03-01,,否,2041-01-29,${day(0)}`, `ZL${GOOD},耐磨轴承,未缴年费终止,2025-03-01,,否,2041-01-29,${day(0)}`,
        `ZL${GOOD.slice(0, -1)}${GOOD.endsWith('1') ? '2' : '1'},写错一位,有效,2027-03-01,,否,,${day(0)}`, `${OWED},旧泵,有效,2026-02-28,,否,,${day(0)}`, `${OPEN},阀,看不懂,2027-03-01,,,,${day(0)}`));
    assert.equal(bad.status, 200, bad.text.slice(0, 300));
    for (const said of [/1 件可以导入，0 件没有变化，4 行有问题/, /与第 3 行说的是同一件专利，内容矛盾/, /与第 2 行说的是同一件专利，内容矛盾/, /的校验位不对/]) assert.match(bad.text, said);
    const page = await brought(firm, sheet(`ZL${GOOD},耐磨轴承,专利权维持,2027-03-01,无,否,2041-01-29,${day(0)}`, `${OWED},旧泵,有效,2026-02-28,,否,,${day(0)}`,
        `${OPEN},开放的阀,有效,2027-03-01,,是,2040-05-01,${day(0)}`));
    assert.match(page.text, /3 件可以导入/);
    assert.equal((await confirmed(firm, '/patents/import', page)).location, '/asset-pack');
    assert.equal((await confirmed(firm, '/patents/import', page)).status, 303, 'sent twice, written once');
    const again = await brought(firm, sheet(`ZL${GOOD},耐磨轴承,有效,2027-03-01,无,否,2041-01-29,${day(0)}`));
    assert.match(again.text, /0 件可以导入，1 件没有变化/);
    const named = await brought(officer, `${HEAD},专利权人\n${LAPSED},旧轴承,未缴年费专利权终止,2024-03-01,,否,2038-01-29,${day(0)},${FIRM}\n${LAPSED},旧轴承,有效,,,,,${day(0)},没有这家\n`);
    assert.match(named.text, /1 件可以导入/);
    assert.match(named.text, /没有名为“没有这家”的单位/);
    assert.equal((await confirmed(officer, '/patents/import', named)).location, '/patents/import');
    const bettered = await brought(firm, sheet(`${LAPSED},旧轴承,有效,2027-03-01,,否,2038-01-29,${day(1)}`));
    assert.match(bettered.text, /与部门导入的状态不一致，企业自己不能改/);
    const older = await brought(firm, sheet(`ZL${GOOD},耐磨轴承,有效,2027-03-01,无,否,2041-01-29,${day(-1)}`));
    assert.match(older.text, /比这一行新/);
    const none = await brought(banker, sheet(`${GOOD},耐磨轴承,有效,2027-03-01,,,,${day(0)}`));
    assert.match(none.text, /1 件可以导入/, 'a bank may keep its own, never another\'s');
    for (const [text, said] of [['x,y\n1,2\n', /没有“专利号”/], ['专利号,法律状态\n1,有效\n', /没有“更新日期”/], ['', /请选一个文件/]]) {
        const reply = await brought(firm, text);
        assert.equal(reply.status, 422);
        assert.match(reply.text, said);
    }
    void rival;
    const { asset_pack: pack } = (await firm.get('/api/v1/asset-pack')).json;
    const patents = pack.sections.find(one => one.part === 'patents').lines;
    assert.deepEqual(patents.map(one => [one.number, one.age]), [LAPSED, OWED, OPEN, GOOD].sort().map(number => [number, 0]));
    assert.match(patents.find(one => one.number === OWED).says, /已欠费/);
}

const apply = (place, values = {}, who = place.firm) =>
    who.post('/api/v1/loans', { step: 'apply', product: place.product, asked: '300万元', purpose: '购买试制设备', months_asked: 36, patents: [`ZL${GOOD}`, GOOD], ...values });
const loan_of = async (who, id) => (await who.get(`/api/v1/loans/${id}`)).json.matter;
const step = (who, id, name, values) => matters.step(who, `/loans/${id}`, name, values);
const done = (who, id, name, values) => matters.done(who, `/loans/${id}`, name, values);
const refused = (who, id, name, values, status, said) => matters.refused(step(who, id, name, values), status, said);
const AGREED = { approved: '300万元', rate: '3.65%', months: 36, guarantee: 'ip_pledge', decided_on: day(0), file_no: '示例〔2026〕1号' };
const SIGNED = { contract_no: '借-1', signed_on: day(0), pledge_no: '示例Y2026620000001', pledged_on: day(0), valuation: '1000万元', valued: 'appraised', owners_agree: 'yes' };

async function by_consent_alone(place) {
    const { firm, banker, rival } = place;
    const early = await apply(place);
    assert.deepEqual([early.status, /还没有授权/.test(early.text)], [409, true], early.text);
    const give = values => firm.post('/api/v1/consents', { step: 'give', bank: BANK, parts: ['patents', 'burdens', 'facts'], purpose: '质押贷款的尽职调查', until_day: day(200), ...values });
    for (const [values, said] of [[{ bank: FIRM }, /只能授权给银行/], [{ until_day: day(-1) }, /已经过去/], [{ until_day: '2031-01-01' }, /最长 24 个月/], [{ parts: ['everything'] }, /“everything”不对/]]) {
        const reply = await give(values);
        assert.equal(reply.status, 422, reply.text);
        assert.match(reply.text, said);
    }
    const made = await give();
    assert.equal(made.status, 201, made.text);
    place.consent = made.json.id;
    assert.match((await firm.get('/consents')).text, new RegExp(`资产包授权：${BANK}（至 ${day(200)}）`), 'the list says until when');
    assert.match((await give()).text, /已有一份有效的授权/);
    assert.equal((await rival.get(`/consents/${place.consent}/pack`)).status, 404);
    assert.equal((await place.officer.get(`/consents/${place.consent}/pack`)).status, 404);
    const { asset_pack: seen } = (await banker.get(`/api/v1/consents/${place.consent}/pack`)).json;
    assert.deepEqual([seen.parts, seen.firm, seen.own], [['patents', 'burdens', 'facts'], FIRM, false], 'what was consented to, nothing besides');
    const rated = seen.products.find(one => one.title === '示例专利质押贷款');
    assert.deepEqual([rated.verdict.code, rated.asks.length > 0, rated.facts.some(fact => fact.label === '有效专利件数' && fact.value === '2')], ['unknown', true, true], JSON.stringify(rated));
    const { matter } = (await firm.get(`/api/v1/consents/${place.consent}`)).json;
    assert.deepEqual(matter.consent.openings.map(one => [one.who, one.file]), [['客户经理（示例）', false]], 'the firm sees who looked');
    assert.equal((await firm.get(`/consents/${place.consent}/pack`)).status, 200);
    assert.equal((await firm.get(`/api/v1/consents/${place.consent}`)).json.matter.consent.openings.length, 1, 'its own looks are no openings');
}

async function pledges_that_cannot_be(place) {
    const { banker } = place;
    for (const [patents, said] of [[[`ZL${LAPSED}`], /不是有效的专利权/], [[OWED], /已经欠费/], [[OPEN], /正实行开放许可/], [[numbered('202110999999')], /没有专利 .* 的状态/]]) {
        const { id } = (await apply(place, { patents })).json;
        await done(banker, id, 'hand');
        await done(banker, id, 'agree', AGREED);
        await refused(banker, id, 'sign', SIGNED, 409, said);
        assert.equal((await loan_of(banker, id)).state.code, 'agreed', 'nothing half-done');
        await done(place.firm, id, 'withdraw');
    }
    assert.equal((await apply(place, { patents: ['ZL123'] })).status, 422);
    assert.equal((await apply(place, { patents: [] })).status, 422, 'a pledge names what is pledged');
    const known = (await apply(place, { patents: [OPEN] })).json.id;
    await done(banker, known, 'hand');
    await done(banker, known, 'agree', AGREED);
    await done(banker, known, 'sign', { ...SIGNED, pledge_no: '示例Y2026620000009', open_known: 'yes' });
    await done(banker, known, 'close');
    assert.equal((await loan_of(banker, known)).fields.find(field => field.name === 'ended').value.code, 'lapsed');
}

async function a_loan_to_its_end(place) {
    const { firm, banker, rival } = place;
    const made = await apply(place);
    assert.equal(made.status, 201, made.text);
    const { id } = made.json;
    place.loan = id;
    assert.equal((await rival.get(`/api/v1/loans/${id}`)).status, 404);
    assert.equal((await step(firm, id, 'hand')).status, 403, 'the bank\'s own step');
    await refused(banker, id, 'agree', AGREED, 409, /现在还不能/);
    const rated = async typed => (await banker.get(encodeURI(`/api/v1/consents/${place.consent}/pack${typed}`))).json.asset_pack;
    const applied = (await rated('')).products.find(one => one.title === '示例专利质押贷款');
    assert.deepEqual(['贷款金额', '贷款期限（月）'].map(label => applied.facts.find(fact => fact.label === label).value), ['300 万元', '36'], 'what was applied for is not asked again');
    const typed = await rated('?loan_valuation=500万元&loan_valued=appraised&firm_overdue=no');
    assert.deepEqual(typed.products.find(one => one.title === '示例专利质押贷款').fails, [{ says: '贷款金额超过质物价值的 40%，最多 200 万元', hint: '减少金额，或者增加质物' }]);
    const wrong = await banker.get(encodeURI(`/api/v1/consents/${place.consent}/pack?loan_valuation=很多`));
    assert.deepEqual([wrong.status, wrong.json.asset_pack.asks.find(one => one.name === 'loan_valuation').error !== null], [422, true]);
    await done(banker, id, 'hand');
    const { matter: consent } = (await banker.get(`/api/v1/consents/${place.consent}`)).json;
    const [pack] = consent.consent.packs;
    assert.match(pack.digest, /^[0-9a-f]{64}$/);
    await done(banker, id, 'hand');
    assert.equal((await banker.get(`/api/v1/consents/${place.consent}`)).json.matter.consent.packs.length, consent.consent.packs.length, 'the same content is kept once');
    for (const file of [pack.pdf, pack.xlsx]) {
        const reply = await banker.get(file);
        assert.equal(reply.status, 200, reply.text.slice(0, 200));
        assert.ok(reply.body.subarray(0, 4).toString('latin1') === (file.endsWith('pdf') ? '%PDF' : 'PK\x03\x04'));
        if (file.endsWith('xlsx')) {
            const path = join(place.city.dir, 'pack.xlsx');
            writeFileSync(path, reply.body);
            const text = execFileSync('unzip', ['-p', path], { encoding: 'utf8', maxBuffer: 1 << 26 });
            for (const said of [GOOD, LAPSED, FIRM, BANK, pack.digest, '打开资产包', '客户经理（示例）']) assert.ok(text.includes(said), said);
            assert.ok(!text.includes('李四') && !text.includes('0931'), 'nothing of persons');
        }
    }
    for (const [values, said] of [[{ ...AGREED, approved: '300.01万元' }, /不超过申请金额/], [{ ...AGREED, approved: undefined }, /同意的要写批准金额/], [{ ...AGREED, decided_on: day(1) }, /还没有到/]])
        await refused(banker, id, 'agree', JSON.parse(JSON.stringify(values)), 422, said);
    await done(banker, id, 'agree', AGREED);
    await refused(banker, id, 'sign', { ...SIGNED, pledge_no: '' }, 422, /质押贷款要写质押登记号/);
    await done(banker, id, 'sign', SIGNED);
    const second = (await apply(place, { asked: '10万元' })).json.id;
    await done(banker, second, 'hand');
    await done(banker, second, 'agree', { ...AGREED, approved: '10万元' });
    await refused(banker, second, 'sign', { ...SIGNED, pledge_no: '示例Y2026620000002' }, 409, /已经质押/);
    await done(firm, second, 'withdraw');
    await refused(banker, id, 'draw', { amount: '300.01万元', paid_on: day(0), voucher: 'P1' }, 422, /超过还可提的 300 万元/);
    await done(banker, id, 'draw', { amount: '199.999999万元', paid_on: day(0), voucher: 'P1' });
    await refused(banker, id, 'draw', { amount: '100.000002万元', paid_on: day(0), voucher: 'P2' }, 422, /超过还可提的/);
    await done(banker, id, 'draw', { amount: '100.000001万元', paid_on: day(0), voucher: 'P2' });
    const at = await loan_of(firm, id);
    assert.deepEqual([at.loan.days, at.loan.signals.length], [{ pack: '0', decision: '0', drawdown: '0' }, 0], JSON.stringify(at.loan));
    const pack_now = (await firm.get('/api/v1/asset-pack')).json.asset_pack;
    assert.match(JSON.stringify(pack_now.sections.find(one => one.part === 'burdens')), /示例Y2026620000001/);
    const opened = await brought(firm, sheet(`ZL${GOOD},耐磨轴承,有效,2027-03-01,示例Y2026620000001,是,2041-01-29,${day(0)}`));
    await confirmed(firm, '/patents/import', opened);
    assert.deepEqual((await loan_of(banker, id)).loan.signals.map(one => one.label.code), ['open'], 'R13: not without the pledgee');
    await confirmed(firm, '/patents/import', await brought(firm, sheet(`ZL${GOOD},耐磨轴承,有效,2027-03-01,示例Y2026620000001,否,2041-01-29,${day(0)}`)));
    const undone = await brought(firm, sheet(`ZL${GOOD},耐磨轴承,有效,2027-03-01,别的号,否,2041-01-29,${day(0)}`));
    assert.match(undone.text, /质押登记号与本平台上一笔未结清的贷款记下的不一致/);
}

/** What is paid out is never more than was approved. */
async function many_draw_at_once(place) {
    const { banker } = place, { id } = (await apply(place, { product: place.credit, asked: '10万元', patents: [] })).json;
    await done(banker, id, 'hand');
    await done(banker, id, 'agree', { ...AGREED, approved: '10万元', guarantee: 'credit' });
    await done(banker, id, 'sign', { contract_no: '借-9', signed_on: day(0) });
    const ver = (await loan_of(banker, id)).ver;
    const replies = await Promise.all(Array.from({ length: 16 }, (_, i) =>
        banker.post(`/api/v1/loans/${id}`, { step: 'draw', ver, amount: '10万元', paid_on: day(0), voucher: `P${i}` })));
    assert.deepEqual(replies.map(reply => reply.status).sort(), [200, ...Array(15).fill(409)]);
    const at = await loan_of(banker, id);
    assert.deepEqual([at.entries.length, at.entries[0].count], [1, 1]);
    await refused(banker, id, 'draw', { amount: '0.01元', paid_on: day(0), voucher: 'P' }, 422, /超过还可提的/);
    await refused(banker, id, 'claim', {}, 409, /现在还不能/);
    await done(banker, id, 'overdue', { overdue_on: day(0) });
    await refused(banker, id, 'claim', {}, 409, /没有列入风险补偿资金池/);
    await done(banker, id, 'cure');
    await done(banker, id, 'repay', { amount: '10万元', interest: '100元', paid_on: day(0), voucher: 'H1' });
    await done(banker, id, 'close');
}

/** Killed at a moment chosen by chance while it is posted: the sum and the entry are both there, or neither; asked again it is done once. */
async function killed_while_drawing(place) {
    const { id } = (await apply(place, { product: place.credit, asked: '10万元', patents: [] })).json;
    await done(place.banker, id, 'hand');
    await done(place.banker, id, 'agree', { ...AGREED, approved: '10万元', guarantee: 'credit' });
    await done(place.banker, id, 'sign', { contract_no: '借-8', signed_on: day(0) });
    for (let round = 1; round <= 6; round++) {
        const body = { step: 'draw', ver: (await loan_of(place.banker, id)).ver, amount: '1万元', paid_on: day(0), voucher: `K${round}`, request_id: `draw-${round}-once` };
        const post = place.banker.post(`/api/v1/loans/${id}`, body).catch(() => undefined);
        await new Promise(go => setTimeout(go, randomInt(0, 12)));
        await place.server.kill();
        const first = await post;
        delete place.server;
        await place.at(round / 86_400);
        const between = await loan_of(place.banker, id), drawn = between.entries[0]?.count ?? 0;
        assert.equal(between.loan.left, `${10 - drawn} 万元`, 'the sum is that of the entries');
        if (first) assert.deepEqual([first.status, drawn], [200, round], 'what was acknowledged is there');
        assert.equal((await place.banker.post(`/api/v1/loans/${id}`, body)).status, 200);
        const after = await loan_of(place.banker, id);
        assert.deepEqual([after.entries[0].count, after.loan.left], [round, `${10 - round} 万元`], 'done once');
    }
    await done(place.banker, id, 'repay', { amount: '6万元', paid_on: day(0), voucher: 'H' });
    await done(place.banker, id, 'close');
    await place.at(0);
}

async function signals_and_a_consent_taken_back(place) {
    await place.at(370);
    const { firm, banker, loan: id } = place;
    const before = await loan_of(banker, id);
    assert.deepEqual(before.loan.signals.map(one => one.label.code).sort(), ['consent', 'fee', 'stale'], 'the fee ran out, the status is old, the consent has ended');
    const expired = async () => (await firm.get(`/api/v1/consents/${place.consent}`)).json.matter;
    for (let i = 0; i < 100 && (await expired()).state.code !== 'expired'; i++) await new Promise(after => setTimeout(after, 100));
    assert.deepEqual([(await expired()).state.code, (await expired()).over], ['expired', true], 'the clock moves it');
    assert.equal((await firm.get('/api/v1/consents')).json.matters.lines.find(one => one.href.endsWith(place.consent)).state.code, 'expired');
    assert.match((await banker.get('/consents')).text, /已到期/);
    assert.match((await banker.get(`/consents/${place.consent}`)).text, /已到期/);
    assert.match((await banker.get(`/consents/${place.consent}/pack`)).text, /已于 [\d-]+ 到期/);
    const longer = await firm.post(`/api/v1/consents/${place.consent}`, { step: 'change', ver: (await expired()).ver, parts: ['patents', 'burdens', 'facts'],
        purpose: '质押贷款的尽职调查', until_day: day(500) });
    assert.equal(longer.status, 200, longer.text);
    assert.deepEqual([(await expired()).state.code, (await expired()).over], ['given', false], 'with another last day it stands again');
    await place.at(100);
    const revoked = await place.firm.post(`/api/v1/consents/${place.consent}`, { step: 'revoke', ver: (await place.firm.get(`/api/v1/consents/${place.consent}`)).json.matter.ver });
    assert.equal(revoked.status, 200, revoked.text);
    const shut = await place.banker.get(`/consents/${place.consent}/pack`);
    assert.deepEqual([shut.status, new RegExp(`已于 ${day(100)} 撤回授权`).test(shut.text)], [409, true], shut.text.slice(0, 300));
    const { matter } = (await place.banker.get(`/api/v1/consents/${place.consent}`)).json;
    assert.ok(matter.consent.packs.length > 0 && matter.consent.packs.every(one => one.pdf === null), 'what was taken stays listed, and shut');
    assert.equal((await place.banker.get(`/consents/${place.consent}/packs/1.pdf`)).status, 409);
    assert.equal((await place.firm.get(`/consents/${place.consent}/packs/1.pdf`)).status, 200, 'the firm may always see what was taken');
    const after = await loan_of(place.banker, id);
    assert.deepEqual([after.state.code, after.loan.consent.stands, after.loan.signals.map(one => one.label.code)], ['running', false, ['consent', 'stale']]);
    assert.match((await place.banker.get(`/loans/${id}`)).text, /已经撤回或到期，银行不再看得到资产包/);
    await done(place.banker, id, 'note', { sort: 'consent', done: '已电话联系企业，约定补充授权' });
    assert.deepEqual((await loan_of(place.banker, id)).loan.signals.map(one => [one.label.code, one.noted]), [['consent', true], ['stale', false]]);
    const stale = (await loan_of(place.banker, id)).loan.signals.find(one => one.label.code === 'stale');
    const { action, text, hidden: values } = matters.form_on((await place.banker.get(stale.note.replace('#step', ''))).text);
    assert.deepEqual([values.about_kind, /<option value="stale"[^>]* selected/.test(text)], ['patent', true], 'the signal that was clicked stands in the form');
    const noted = await place.banker.form(action, { ...values, sort: 'stale', done: '已请企业导入新的状态' });
    assert.equal(noted.status, 303, noted.text);
    assert.deepEqual((await loan_of(place.banker, id)).loan.signals.map(one => one.noted), [true, true]);
    const late = await apply(place, {}, place.firm);
    assert.equal(late.status, 409, 'no application without a consent that stands');
    await done(place.banker, id, 'repay', { amount: '300万元', interest: '1万元', paid_on: day(100), voucher: 'H1' });
    await refused(place.banker, id, 'repay', { amount: '0.01元', paid_on: day(100), voucher: 'H2' }, 422, /超过未还的本金/);
    await done(place.banker, id, 'close');
    const pack = (await place.firm.get('/api/v1/asset-pack')).json.asset_pack;
    assert.doesNotMatch(JSON.stringify(pack.sections.find(one => one.part === 'burdens')), /示例Y2026620000001/, 'the pledge is released with it');
    void firm, banker;
}

async function decisions_come_back(place) {
    const { firm, banker } = place;
    await firm.post('/api/v1/consents', { step: 'give', bank: BANK, parts: ['patents'], purpose: '再次申请贷款', until_day: day(200) });
    const ids = [];
    for (let i = 0; i < 3; i++) ids.push((await apply(place, { product: place.credit, patents: [], asked: '50万元' })).json.id);
    for (const id of ids.slice(0, 2)) await done(banker, id, 'hand');
    const blank = await banker.get('/loans/blank'), path = join(place.city.dir, 'blank.xlsx');
    writeFileSync(path, blank.body);
    const text = execFileSync('unzip', ['-p', path, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    for (const said of ['受理号', '银行案卷号', ...ids.map(String), FIRM]) assert.ok(text.includes(said), said);
    const sent = (lines, who = banker) => who.upload('/loans/bank', {}, { name: '决定.csv', bytes: Buffer.from(lines.join('\n')) });
    const head = '受理号,决定,决定日期,银行案卷号,批准金额,年利率,批准期限(月),担保方式,不同意的理由,理由说明';
    const bad = await sent([head, `${ids[0]},同意,${day(100)},A-1,60万元,4%,12,信用,,`, `${ids[0]},不同意,${day(100)},A-1,50万元,,,,还款来源不足,`, `${ids[2]},同意,${day(100)},A-3,50万元,4%,12,信用,,`,
        `77,同意,${day(100)},A-4,50万元,4%,12,信用,,`, `${ids[1]},也许,${day(100)},A-5,,,,,,`, `${ids[1]},同意,${day(100)},A-6,五十万,4%,12,信用,,`]);
    assert.equal(bad.status, 200, bad.text.slice(0, 400));
    for (const said of [/却写了“批准金额”/, /没有这个受理号/, /“也许”不是一个决定/, /先在本平台取尽调包/, /1 笔可以记下，5 行有问题/]) assert.match(bad.text, said);
    const over = await confirmed(banker, '/loans/bank', bad);
    assert.equal(over.status, 422, 'an amount beyond what was asked for');
    assert.match(over.text, /第 2 行没有办成，全部没有办：.*不超过申请金额/);
    const good = await sent([head, `${ids[0]},同意,${day(100)},A-1,50万元,4%,12,信用,,`, `${ids[1]},不同意,${day(100)},A-2,,,,,还款来源不足;材料不全或过期,`, `${ids[2]},,,,,,,,,`]);
    assert.match(good.text, /2 笔可以记下，0 行有问题/);
    assert.equal((await confirmed(banker, '/loans/bank', good)).location, '/loans');
    assert.deepEqual([(await loan_of(firm, ids[0])).state.code, (await loan_of(firm, ids[1])).state.code], ['agreed', 'refused']);
    assert.match((await firm.get(`/loans/${ids[1]}`)).text, /还款来源不足/, 'the firm reads why');
    for (const [lines, said] of [[['受理号,决定\n'], /没有“决定日期”/], [[`${head},利息\n`], /不认识的列“利息”/], [[''], /请选一个文件/]]) {
        const reply = await sent(lines);
        assert.equal(reply.status, 422, reply.text.slice(0, 200));
        assert.match(reply.text, said);
    }
    assert.equal((await sent([head], firm)).status, 403);
    const { report } = (await banker.get('/api/v1/loans/bank?year=2026&quarter=1')).json.loan_bank;
    assert.deepEqual([report.drawn, report.repaid, report.approved > 3, report.pack], ['316000000', '16000000', true, '0'], JSON.stringify(report));
    const book = await banker.get('/loans/report?year=2026&quarter=1');
    assert.equal(book.status, 200);
    assert.equal((await banker.get('/loans/report?year=2026&quarter=5')).status, 422);
    assert.equal((await firm.get('/loans/report')).status, 403);
}

async function products_by_stage({ firm, server }) {
    const { funding } = (await firm.get(encodeURI('/api/v1/funding?loan_amount=300万元&loan_months=36&loan_valuation=1000万元&loan_valued=appraised&firm_overdue=no'))).json;
    const line = funding.stages.find(one => one.label.code === 'growth').lines.find(one => one.title === '示例专利质押贷款');
    assert.deepEqual([line.verdict.code, line.rule.id], ['yes', 'R90-1']);
    const more = (await firm.get(encodeURI('/api/v1/funding?loan_amount=500万元&loan_months=36&loan_valuation=1000万元&loan_valued=appraised&firm_overdue=no'))).json.funding;
    const no = more.stages[0].lines.concat(more.stages.at(-1).lines).find(one => one.title === '示例专利质押贷款');
    assert.deepEqual([no.verdict.code, /最多 400 万元/.test(no.says)], ['no', true], no.says);
    const both = (await firm.get(encodeURI('/api/v1/funding?loan_amount=500万元&loan_months=37&loan_valuation=1000万元&loan_valued=appraised&firm_overdue=yes'))).json.funding
        .stages.flatMap(one => one.lines).find(one => one.title === '示例专利质押贷款');
    assert.deepEqual(both.fails.map(one => one.says), ['近 24 个月有连续 3 期以上逾期', '贷款金额超过质物价值的 40%，最多 400 万元', '期限超过 36 个月'], 'not the first alone');
    const bare = (await firm.get('/api/v1/funding')).json.funding.stages.flatMap(one => one.lines).find(one => one.title === '示例到账流水贷款');
    assert.deepEqual([bare.verdict.code, bare.asking], ['unknown', true]);
    assert.equal((await firm.get(encodeURI('/funding?loan_amount=很多'))).status, 422);
    assert.match((await server.guest().get('/funding')).text, /示例专利质押贷款/);
    assert.match((await firm.get('/funding?lang=en')).text, /Growth/);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a firm, two banks, two products`, async () => { place = await bank_town(engine); });
        await test(`${engine}: patents come in, contradictions do not`, () => patents_come_in(place));
        await test(`${engine}: products by stage, and which fact decides`, () => products_by_stage(place));
        await test(`${engine}: a bank sees by consent alone, and each look is seen`, () => by_consent_alone(place));
        await test(`${engine}: what lapsed, is owed, open or unknown is not pledged`, () => pledges_that_cannot_be(place));
        await test(`${engine}: a loan, exact to the fen`, () => a_loan_to_its_end(place));
        await test(`${engine}: sixteen draw the same sum at once, one does`, () => many_draw_at_once(place));
        await test(`${engine}: killed while it draws: the sum and the entry, or neither`, () => killed_while_drawing(place));
        await test(`${engine}: signals, and a consent that is taken back`, () => signals_and_a_consent_taken_back(place));
        await test(`${engine}: decisions come back in a table, a quarter goes out`, () => decisions_come_back(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
