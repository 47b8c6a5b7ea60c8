// Technology managers at work: a need taken and answered, a case under a signed contract, introductions that both sides confirm, the
// commission, the city's reward without a double claim, a bypass, careers that are confirmed, a certificate of work that anybody verifies.
import { test, finish, engines, City, until } from './house.mjs';
import { begun as begin, done as goes, look as see, state, step as go, value } from './matters.mjs';
import { made_by, need } from './town.mjs';
import { clock, day, done, on_days } from './campus.mjs';
import assert from 'node:assert/strict';

const UNIT = '示例丙学院', FIRM = '示例甲机械厂', BROKER = '示例技术转移中心', SECOND = '示例第二中介', OTHER = '示例丁厂';
const PEOPLE = [['郑某（示例）', BROKER, 'manager'], ['冯某（示例）', SECOND, 'manager'], ['陈某（示例）', UNIT, 'expert'], ['彭某（示例）', UNIT, 'manager'],
    ['同名某（示例）', UNIT, 'expert'], ['同名某（示例）', SECOND, 'expert']];
const ACCOUNTS = [['clerk', '丙学院转化专员', UNIT, 'member'], ['colleague', '丙学院同事', UNIT, 'unit_admin'], ['firm', '甲厂成员', FIRM, 'member'],
    ['boss', '转移中心管理员', BROKER, 'unit_admin'], ['zheng', '郑某（示例）', BROKER, 'manager'], ['feng', '冯某（示例）', SECOND, 'manager'],
    ['boss2', '第二中介管理员', SECOND, 'unit_admin'], ['expert', '陈某（示例）', UNIT, 'researcher'], ['stranger', '丁厂成员', OTHER, 'member'],
    ['auditor', '审计员', '', 'auditor'], ['county', '城关区工作人员', '', 'county_officer@620102']];
const PHONE = '13900000108';

/** Two brokers, a university, a firm, people tied to their accounts; at(days) starts the server on that day. */
async function bring_up(engine) {
    const place = { city: new City(engine) }, { city } = place;
    city.run('init');
    const first = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    let server = await city.serve(clock(0));
    const officer = await server.signIn('officer', first), ids = {};
    for (const [name, side, more] of [[UNIT, 'university', { nature: 'institution', approvals: ['科研管理部门'] }], [FIRM, 'enterprise', {}],
        [BROKER, 'broker', {}], [SECOND, 'broker', {}], [OTHER, 'enterprise', {}]])
        ids[name] = (await made_by(officer, '/parties', { name, side, region: ['620102'], contact: '李四', phone: '0931-1234567', ...more })).split('/').pop();
    for (const [name, party, calling] of PEOPLE)
        ids[name] = (await made_by(officer, '/people', { name, calling: [calling], party, skills: ['轴承'], phone: PHONE })).split('/').pop();
    await server.stop();
    const password = city.accounts(ACCOUNTS);
    Object.assign(place, { ids });
    await on_days(place, ACCOUNTS.map(([login]) => login), password, first);
    for (const [admin, login, who] of [['boss', 'zheng', '郑某（示例）'], ['boss2', 'feng', '冯某（示例）'], ['colleague', 'expert', '陈某（示例）']]) {
        const { href } = (await place[admin].get('/api/v1/accounts')).json.accounts.lines.find(one => one.login === login);
        const tied = await place[admin].post(`/api/v1${href}`, { person: who });
        assert.equal(tied.status, 200, tied.text);
    }
    await place.at(0);
    return place;
}

const stays = async (who, at, step, values, message) => {
    const reply = await go(who, at, step, values);
    assert.ok([409, 422, 403].includes(reply.status), `${step}: ${reply.status} ${reply.text}`);
    assert.match(reply.text, message);
};
const refused = async (who, plural, step, values, message) => {
    const reply = await who.post(`/api/v1/${plural}`, { step, ...values });
    assert.ok([403, 404, 409, 422].includes(reply.status), `${plural} ${step}: ${reply.status} ${reply.text}`);
    assert.match(reply.text, message);
};
/* --- a need and who answers it --- */

async function needs_are_answered(place) {
    const { firm, zheng, feng, officer, stranger, server } = place;
    const at = await made_by(firm, '/needs', need()), id = at.split('/').pop();
    const waiting = (await zheng.get('/api/v1/needs-waiting')).json.waiting;
    assert.deepEqual(waiting.lines.map(line => [line.href, line.take, line.late]), [[at, `/need-cares/new?step=take&need=${id}`, false]]);
    assert.match((await zheng.get('/needs-waiting')).text, /领取/);
    assert.match((await zheng.get('/desk')).text, /1 项需求等人领取，其中 0 项已过期限/);
    assert.match((await server.guest().get(at)).text, /还没有技术经理人领取/);
    const form = (await zheng.get(`/need-cares/new?step=take&need=${id}`)).text;
    assert.match(form, new RegExp(`value="${PHONE}"`), 'his own telephone number stands in the form');
    await refused(stranger, 'need-cares', 'take', { need: id, phone: PHONE }, /没有对应的人员/);
    const care = await begin(zheng, 'need-cares', 'take', { need: id, phone: PHONE });
    await refused(feng, 'need-cares', 'take', { need: id, phone: PHONE }, /已经有人负责/);
    assert.match((await firm.get(at)).text, new RegExp(`郑某（示例）.*${PHONE}`, 's'));
    const guest = (await server.guest().get(at)).text;
    assert.match(guest, /郑某（示例）/);
    assert.doesNotMatch(guest, new RegExp(PHONE), 'the telephone number is for those signed in');
    assert.deepEqual((await zheng.get('/api/v1/needs-waiting')).json.waiting.lines, []);
    assert.match((await zheng.get('/desk')).text, new RegExp(care), 'it is on his desk');
    await stays(zheng, care, 'answer', { answered_on: day(1), answer: '电话答复', next_step: '下周见面' }, /答复日要在/);
    await goes(zheng, care, 'answer', { answered_on: day(0), answer: '打了电话，问清了工况。', next_step: '下周二到厂里看' });
    await goes(firm, care, 'deny', { denial: '没有接到电话' });
    assert.equal((await see(zheng, care)).due, day(3));
    await goes(zheng, care, 'answer', { answered_on: day(0), answer: '又打了电话，问清了工况。', next_step: '下周二到厂里看' });
    await goes(firm, care, 'confirm');
    const door = (await zheng.get(`/api/v1${at}`)).json.record.care.open_case;
    assert.equal(door, `/cases/new?step=open&stands=need&need=${id}&client=${encodeURIComponent(FIRM)}`);
    assert.equal((await firm.get(`/api/v1${at}`)).json.record.care.open_case, null, 'it is for the manager who answers for it');
    const begun = (await zheng.get(door)).text;
    assert.match(begun, new RegExp(`name="client" value="${FIRM}"`));
    assert.match(begun, /name="manager" value="郑某（示例） #\d+"/);
    const { tally } = (await officer.get('/api/v1/needs-waiting')).json.waiting;
    assert.deepEqual([tally.needs, tally.in_time, tally.overdue, tally.confirmed, tally.share], [1, 1, 0, 1, '100.0 %']);
    const own = await made_by(place.boss, '/needs', need({ title: '示例转移中心自己的需求' }));
    const mine = await begin(zheng, 'need-cares', 'take', { need: own.split('/').pop(), phone: PHONE });
    await goes(zheng, mine, 'answer', { answered_on: day(0), answer: '自己答复了自己单位。', next_step: '下周二' });
    await stays(zheng, mine, 'confirm', {}, /自己的答复不能自己确认/);
    await goes(place.boss, mine, 'confirm');
    await goes(zheng, mine, 'finish', { outcome: 'none', outcome_why: '示例：没有合适的供方。' });
    await goes(zheng, care, 'finish', { outcome: 'case', outcome_why: '签中介合同' });
    return id;
}

/** A firm that hides in its need shows itself to the manager by confirming that he answered, not before. */
async function a_hidden_firm_shows_itself(place) {
    const { firm, zheng } = place, id = (await made_by(firm, '/needs', { ...need(), hidden: 'yes', alias: '某机械厂' })).split('/').pop();
    const care = await begin(zheng, 'need-cares', 'take', { need: id, phone: PHONE });
    await goes(zheng, care, 'answer', { answered_on: day(0), answer: '在本页上回答了工况。', next_step: '请来电' });
    assert.doesNotMatch((await zheng.get(care)).text, new RegExp(FIRM));
    assert.doesNotMatch((await zheng.get(`/needs/${id}`)).text, new RegExp(FIRM), 'nor by the door to a case');
    await goes(firm, care, 'confirm');
    assert.match((await zheng.get(care)).text, new RegExp(FIRM));
    await goes(zheng, care, 'give_back', { left_why: '转给别人' });
    assert.doesNotMatch((await zheng.get(care)).text, new RegExp(FIRM), 'no longer his');
    assert.equal((await firm.post(`/api/v1/needs/${id}/close`, { ver: 1 })).status, 200);
}

/** A need that nobody takes: silence shows; an officer assigns it; whoever gives it back leaves it waiting from its first day. */
async function silence_shows(place) {
    const late = await made_by(place.firm, '/needs', need()), id = late.split('/').pop();
    await place.at(7);
    assert.match((await place.server.guest().get(late)).text, /已 5 个工作日没有人答复/);
    const [line] = (await place.officer.get('/api/v1/needs-waiting')).json.waiting.lines;
    assert.deepEqual([line.href, line.late, line.waited, line.assign], [late, true, 5, `/need-cares/new?step=assign&need=${id}`]);
    await refused(place.officer, 'need-cares', 'assign', { need: id, manager: '陈某（示例）', phone: PHONE }, /没有登记为技术经理人/);
    const care = await begin(place.officer, 'need-cares', 'assign', { need: id, manager: '郑某（示例）', phone: PHONE });
    assert.equal((await see(place.zheng, care)).late, true, 'the clock runs from the publication');
    await goes(place.officer, care, 'hand_on', { manager: '冯某（示例）', phone: PHONE, left_why: '郑某出差' });
    await goes(place.feng, care, 'give_back', { left_why: '不熟悉这个领域' });
    assert.equal((await place.zheng.get('/api/v1/needs-waiting')).json.waiting.lines[0].waited, 5);
    assert.equal((await place.officer.get('/api/v1/needs-waiting')).json.waiting.tally.overdue, 1);
}

/* --- a case --- */

const TERMS = { number: 'ZJ-2026-01', scope: '为委托人寻找轴承涂层的供方并撮合。', basis: 'contract', rate: '3%', payer: 'client', due_when: '技术合同签订后',
    pay_days: 30, months: 6 };

async function case_signed(manager, client, client_name, manager_name, terms = {}) {
    const at = await begin(manager, 'cases', 'open', { client: client_name, manager: manager_name, phone: PHONE, stands: 'need' });
    await stays(manager, at, 'offer', TERMS, /还没有声明利益关系/);
    await goes(manager, at, 'declare', { sort: 'none', what: '无' });
    await stays(manager, at, 'offer', { ...TERMS, amount: '1万元' }, /按比例的不写固定报酬/);
    await goes(manager, at, 'offer', TERMS);
    await goes(client, at, 'send_back', { refusal_why: '改付款期' });
    await goes(manager, at, 'offer', { ...TERMS, pay_days: 20, ...terms });
    await goes(client, at, 'sign', { signed_on: (await see(client, at)).since });
    return at;
}

async function a_case(place) {
    const { zheng, firm, clerk, stranger } = place;
    await refused(zheng, 'cases', 'open', { client: FIRM, manager: '冯某（示例）', phone: PHONE, stands: 'need' }, /本机构的技术经理人/);
    const at = await case_signed(zheng, firm, FIRM, '郑某（示例）');
    const id = at.split('/').pop(), told = { case_id: id, second: UNIT, met_on: day(7), how: '电话会议', what: '介绍了丙学院的涂层。' };
    await refused(zheng, 'introductions', 'introduce', { ...told, second: FIRM }, /不是委托人/);
    const intro = await begin(zheng, 'introductions', 'introduce', told);
    assert.equal((await stranger.get(`/api/v1${intro}`)).status, 404);
    await stays(zheng, at, 'conclude', { other: UNIT, outside: 'HT-1', deal_on: day(7), deal_amount: '100万元' }, /没有一次双方都确认的/);
    await goes(firm, intro, 'confirm_client');
    assert.equal(await state(clerk, intro), 'lacks_second');
    await stays(firm, intro, 'confirm_client', {}, /还不能/);
    await goes(clerk, intro, 'confirm_second');
    assert.equal(await state(zheng, intro), 'confirmed');
    const denied = await begin(zheng, 'introductions', 'introduce', { ...told, second: OTHER });
    await goes(stranger, denied, 'deny', { denial: '早已认识' });
    assert.equal(await state(zheng, denied), 'denied');
    await goes(firm, at, 'talk', { met_on: day(7), place: '丙学院', who: '双方', what: '谈了试用和价格。' });
    return at;
}

/* --- a deal of this house, then the reward --- */

const EVIDENCE = [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n');

/** The university transfers its achievement to the firm: [to the notice], then [from the contract to the registration]. */
async function a_deal(place, mark = 'A') {
    const { clerk } = place;
    place.achievement = await made_by(clerk, '/achievements', { title: `含沙介质耐磨轴承涂层 ${mark}`, abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。',
        trl: 6, ways: ['assign'], price: '160万元', rights: [mark === 'A' ? '发明专利 ZL202110123456.0 2021-01-29 有效' : '发明专利 ZL202110123457.9 2021-01-29 有效'] });
    const begun = await clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() });
    assert.equal(begun.status, 201, begun.text);
    const deal = begun.json.id;
    await done(clerk, deal, 'title', {});
    await done(clerk, deal, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: EVIDENCE });
    await done(clerk, deal, 'price', { way: 'assign', buyer: FIRM, buyer_nature: 'private', ground: '参照两份可比合同，学校集体决策' });
    await done(clerk, deal, 'notice', {});
    return deal;
}

async function a_contract(place, deal) {
    const { clerk } = place;
    await done(clerk, deal, 'approve', { minutes: '示例科研〔2026〕1号' });
    await done(clerk, deal, 'sign', { number: 'HT-2026-01' });
    await done(clerk, deal, 'register', { point: '示例登记机构' });
}

async function a_commission(place, at, deal) {
    const { zheng, firm } = place;
    await stays(zheng, at, 'conclude', { other: OTHER, deal }, /双方不是委托人/);
    await goes(zheng, at, 'conclude', { other: UNIT, deal });
    const matter = await see(zheng, at);
    assert.deepEqual([matter.state.code, value(matter, 'deal_amount'), value(matter, 'commission'), matter.due], ['due', '160000000', '4800000', day(47)]);
    await goes(firm, at, 'pay', { paid_on: day(27), amount: '2万元', voucher: 'YJ-1' });
    await goes(zheng, at, 'got', { got_on: day(27) });
    await stays(zheng, at, 'settle', {}, /还没有达到应付/);
    await goes(firm, at, 'pay', { paid_on: day(27), amount: '2.8万元', voucher: 'YJ-2' });
    await goes(zheng, at, 'got', { got_on: day(27) });
    await stays(zheng, at, 'got', { got_on: day(27) }, /没有可以/);
    await goes(zheng, at, 'settle');
    assert.equal(value(await see(firm, at), 'paid'), '4800000');
}

/** The city's reward: from what was received, once for all managers together. */
async function a_reward(place, at, deal) {
    const { zheng, feng, officer, clerk, server } = place, case_id = at.split('/').pop(), claim = { case_id, year: 2026, share: '100%' };
    await refused(zheng, 'reward-claims', 'file', claim, /没有到账/);
    await done(clerk, deal, 'plan', { sort: 'lump', due_on: day(60), amount: '160万元' });
    await done(clerk, deal, 'receive', { voucher: 'PZ-1', amount: '100.01元', came_on: day(27) });
    await refused(zheng, 'reward-claims', 'file', claim, /还没有认定登记/);
    await done(clerk, deal, 'registered', { number: '2026620100000001' });
    await refused(feng, 'reward-claims', 'file', claim, /不是本机构的/);
    await refused(zheng, 'reward-claims', 'file', { ...claim, share: '50%' }, /写明与谁共同促成/);
    const first = await begin(zheng, 'reward-claims', 'file', claim), seen = await see(zheng, first);
    assert.deepEqual([seen.state.code, value(seen, 'basis_fen'), value(seen, 'full_fen'), value(seen, 'amount')], ['filed', '10001', '500', '500']);
    await refused(zheng, 'reward-claims', 'file', claim, /都已经有人申领/);
    assert.equal((await server.guest().get(`/api/v1${first}`)).status, 404, 'not for all before it is announced');
    await stays(place.county, first, 'announce', {}, /这一件由兰州市的工作人员决定/);
    await goes(officer, first, 'announce');
    const open = (await server.guest().get(first)).text;
    assert.match(open, /2026620100000001/);
    await stays(officer, first, 'approve', {}, /公示还没有满/);
    await done(clerk, deal, 'receive', { voucher: 'PZ-2', amount: '159万元', came_on: day(27) });
    return first;
}

/** 64 claims for the same receipt at once: one of them is written. */
async function no_double_claim(place, at) {
    const { zheng } = place, claim = { step: 'file', case_id: at.split('/').pop(), year: 2026, share: '100%' };
    const replies = await Promise.all(Array.from({ length: 64 }, () => zheng.post('/api/v1/reward-claims', claim)));
    assert.equal(replies.filter(reply => reply.status === 201).length, 1);
    assert.ok(replies.every(reply => reply.status === 201 || (reply.status === 409 && /都已经有人申领/.test(reply.text))));
    const one = `/reward-claims/${replies.find(reply => reply.status === 201).json.id}`, seen = await see(zheng, one);
    assert.deepEqual([value(seen, 'before_fen'), value(seen, 'full_fen'), value(seen, 'amount')], ['500', '7950000', '7950000']);
    await goes(zheng, one, 'withdraw', { why: '改由两人共同申领' });
}

/** The other side's broker has a case of its own; the two share a receipt by agreement, to the whole of it and not beyond. */
async function two_share(place, at, deal) {
    const { zheng, feng, firm, clerk } = place, theirs = await case_signed(feng, clerk, UNIT, '冯某（示例）');
    const intro = await begin(feng, 'introductions', 'introduce', { case_id: theirs.split('/').pop(), second: FIRM, met_on: day(7), how: '当面', what: '介绍了甲厂。' });
    await goes(clerk, intro, 'confirm_client');
    await goes(firm, intro, 'confirm_second');
    await goes(feng, theirs, 'talk', { met_on: day(8), place: '甲厂', who: '双方', what: '谈价格。' });
    await goes(feng, theirs, 'conclude', { other: FIRM, deal });
    const mine = { case_id: at.split('/').pop(), year: 2026, share: '60%', partner: '冯某（示例）' };
    const first = await begin(zheng, 'reward-claims', 'file', mine);
    assert.equal(await state(feng, first), 'sharing');
    await refused(feng, 'reward-claims', 'file', { case_id: theirs.split('/').pop(), year: 2026, share: '40.01%', partner: '郑某（示例）' }, /都已经有人申领/);
    await goes(feng, first, 'agree');
    const second = await begin(feng, 'reward-claims', 'file', { case_id: theirs.split('/').pop(), year: 2026, share: '40%', partner: '郑某（示例）' });
    const [one, two] = [await see(zheng, first), await see(feng, second)];
    assert.deepEqual([one.state.code, value(one, 'amount'), two.state.code, value(two, 'amount')], ['filed', '4770000', 'filed', '3180000']);
    await goes(clerk, theirs, 'contest', { contest: 'not_brought', contest_why: '是另一位经理人促成的。' });
    await stays(place.officer, second, 'announce', {}, /提出了异议/);
    await goes(feng, theirs, 'restate', { other: FIRM, deal, shows: '会谈纪要：价格是本中心谈成的。' });
    await stays(place.officer, second, 'announce', {}, /提出了异议/);
    await goes(clerk, theirs, 'confirm');
    await goes(place.officer, second, 'announce');
}

/** Announced, approved when the days are over, paid. */
async function a_reward_is_paid(place, first) {
    await place.at(40);
    await goes(place.officer, first, 'approve');
    await goes(place.officer, first, 'pay', { paid_on: day(40), voucher: 'BK-1' });
    assert.equal(await state(place.zheng, first), 'paid');
}

/** Both sides of the case and the officers of its place have one message about it; who is no side of it has none. */
async function told_of(at, whom, others) {
    const messages = async who => (await who.get('/api/v1/inbox')).json.inbox.lines.filter(line => line.href === at && /疑似跳单/.test(line.text));
    await until(async () => (await Promise.all(whom.map(messages))).every(lines => lines.length === 1));
    for (const who of others) assert.deepEqual(await messages(who), []);
    assert.ok((await messages(whom[0]))[0].title, 'who is a side of it reads which case');
}

/** Introduced, then a deal past the broker: it stands on the case's page, is claimed, and the client answers. */
async function a_bypass(place) {
    const { zheng, firm, clerk } = place, at = await case_signed(zheng, firm, FIRM, '郑某（示例）', { payer: 'both' });
    const intro = await begin(zheng, 'introductions', 'introduce', { case_id: at.split('/').pop(), second: UNIT, met_on: day(40), how: '当面', what: '介绍了另一项成果。' });
    await goes(firm, intro, 'confirm_client');
    await goes(clerk, intro, 'confirm_second');
    assert.deepEqual((await see(zheng, at)).case.deals, []);
    const deal = await a_deal(place, 'B');
    for (const who of [zheng, firm]) {
        const [line] = (await see(who, at)).case.deals;
        assert.deepEqual([line.deal, line.bypass, line.begun], [deal, true, day(40)]);
    }
    assert.match((await zheng.get(at)).text, /疑似跳单/);
    assert.match((await zheng.get('/desk')).text, /引荐的双方有没登记的转化项目，疑似跳单/);
    await told_of(at, [zheng, firm, place.officer], [clerk]);
    await stays(zheng, at, 'bypass', { other: UNIT, deal, bypass: '双方绕开本中心订了合同。' }, /还没有签订技术合同/);
    await goes(zheng, at, 'bypass', { other: UNIT, outside: 'WT-1', deal_on: day(40), deal_amount: '50万元', bypass: '双方绕开本中心订了合同。' });
    await goes(firm, at, 'dispute', { bypass_answer: '早已认识对方' });
    await goes(zheng, at, 'withdraw');
    return at;
}

/** Of a contract elsewhere the broker alone says what it is: nothing is due before the client confirms it, who may contest it then too. */
async function only_what_is_confirmed_is_due(place, at) {
    const { zheng, firm, server } = place, said = { other: UNIT, outside: 'WT-1', deal_on: day(40), deal_amount: '1000.50元' };
    const stands = async (code, commission, asked, counted) => {
        const matter = await see(firm, at), drawn = await zheng.post('/api/v1/work-proofs', { since: day(40), until: day(40) });
        const { proof } = (await server.guest().get(`/api/v1${drawn.json.href}`)).json;
        assert.deepEqual([matter.state.code, matter.turn.map(one => one.code), value(matter, 'commission') ?? null, matter.case.commission, matter.case.asked],
            [code, [code === 'contested' ? 'broker' : 'client'], ...commission, asked]);
        assert.equal(proof.found.values.find(one => one.name === 'contracts').text, counted);
    };
    await goes(zheng, at, 'conclude', said);
    await stands('stated', [null, null], '15.01 元', '0');
    assert.ok((await see(firm, at)).due, 'silence shows');
    await stays(firm, at, 'pay', { paid_on: day(40), amount: '1元' }, /现在还不能/);
    await stays(firm, at, 'end', { ended_why: '不想付' }, /现在还不能/);
    await stays(zheng, at, 'confirm', {}, /由委托人来办/);
    await goes(firm, at, 'contest', { contest: 'sum', contest_why: '合同金额是 100.50 元。' });
    await stands('contested', [null, null], '15.01 元', '0');
    await stays(firm, at, 'confirm', {}, /现在还不能/);
    await stays(zheng, at, 'restate', { ...said, deal_amount: '100.50元' }, /凭什么/);
    await goes(zheng, at, 'restate', { ...said, deal_amount: '100.50元', shows: '合同 WT-1 第三条写的是 100.50 元，已改正。' });
    await stands('stated', [null, null], '1.51 元', '0');
    await goes(firm, at, 'confirm');
    await stands('due', ['151', '1.51 元'], null, '1'); /* half of 3.015 yuan, half up */
    await goes(firm, at, 'pay', { paid_on: day(40), amount: '1元', voucher: 'YJ-9' });
    await goes(firm, at, 'contest', { contest: 'not_paid', contest_why: '合同款分两期，第一期还没有付。' });
    await stays(zheng, at, 'settle', {}, /现在还不能/);
    await stands('contested', [null, null], '1.51 元', '0');
    const proof = { ...said, deal_amount: '100.50元', shows: '银行回单：合同款已于当日一次付清。' };
    await stays(zheng, at, 'restate', { ...proof, other: OTHER }, /没有一次双方都确认的/);
    await goes(zheng, at, 'restate', proof);
    await goes(firm, at, 'confirm');
}

/** What the client goes on contesting the broker may give up: nothing is owed but the costs that were agreed (民法典 §964). */
async function given_up(place) {
    const { zheng, firm, clerk } = place, at = await case_signed(zheng, firm, FIRM, '郑某（示例）');
    const intro = await begin(zheng, 'introductions', 'introduce', { case_id: at.split('/').pop(), second: UNIT, met_on: day(40), how: '当面', what: '介绍了第四项成果。' });
    await goes(firm, intro, 'confirm_client');
    await goes(clerk, intro, 'confirm_second');
    await goes(zheng, at, 'conclude', { other: UNIT, outside: 'WT-3', deal_on: day(40), deal_amount: '10万元' });
    await goes(firm, at, 'contest', { contest: 'revoked', contest_why: '合同没有签成。' });
    await stays(firm, at, 'give_up', { ended_why: '没有签成' }, /由中介人来办/);
    await goes(zheng, at, 'give_up', { ended_why: '核对以后确认没有签成' });
    const matter = await see(firm, at);
    assert.deepEqual([matter.state.code, matter.case.commission, matter.case.asked], ['ended', null, null]);
}

/** Ending the case does not free a client who then contracts past the broker; nor can he end the dispute about it. */
async function bypassed_after_the_end(place) {
    const { zheng, firm, clerk } = place, at = await case_signed(zheng, firm, FIRM, '郑某（示例）');
    const intro = await begin(zheng, 'introductions', 'introduce', { case_id: at.split('/').pop(), second: UNIT, met_on: day(40), how: '当面', what: '介绍了第三项成果。' });
    await goes(firm, intro, 'confirm_client');
    await goes(clerk, intro, 'confirm_second');
    await goes(firm, at, 'end', { ended_why: '不再继续委托' });
    const claimed = { other: UNIT, outside: 'WT-2', deal_on: day(40), deal_amount: '50万元', bypass: '结束案件之后双方自行订了合同。' };
    await goes(zheng, at, 'bypass', claimed);
    await goes(firm, at, 'dispute', { bypass_answer: '早已认识对方' });
    await stays(firm, at, 'end', { ended_why: '不再继续委托' }, /现在还不能/);
    await goes(zheng, at, 'withdraw');
    assert.equal(await state(zheng, at), 'ended', 'what was over before is over again');
    await goes(zheng, at, 'bypass', claimed);
    await goes(firm, at, 'admit');
    assert.equal(await state(firm, at), 'due');
    const unsigned = await begin(zheng, 'cases', 'open', { client: FIRM, manager: '郑某（示例）', phone: PHONE, stands: 'need' });
    await goes(zheng, unsigned, 'end', { ended_why: '没有谈成' });
    await stays(zheng, unsigned, 'bypass', claimed, /没有签订中介合同/);
}

/** What a manager declared in one case and not in another shows to both who are introduced. */
async function undeclared_interest(place) {
    const { zheng, clerk, stranger } = place, one = await begin(zheng, 'cases', 'open', { client: FIRM, manager: '郑某（示例）', phone: PHONE, stands: 'need' });
    await goes(zheng, one, 'declare', { sort: 'holding', party: OTHER, share: '30%', what: '持有丁厂 30% 的股份' });
    const at = await case_signed(zheng, clerk, UNIT, '郑某（示例）');
    const intro = await begin(zheng, 'introductions', 'introduce', { case_id: at.split('/').pop(), second: OTHER, met_on: day(40), how: '当面', what: '介绍了丁厂。' });
    for (const who of [clerk, stranger]) assert.match(value(await see(who, intro), 'flag'), /示例丁厂：持股/);
}

/* --- careers, and what certifies them --- */

async function careers_are_counted(place) {
    const { zheng, officer, server, clerk } = place, paper = { sort: 'certificate', name: '技术经理人证书', number: '示例-Z-1', got_on: day(-30) };
    await refused(zheng, 'careers', 'enter', { ...paper, body: UNIT }, /初级、中级还是高级/);
    await refused(zheng, 'careers', 'enter', { ...paper, level: 'middle', body: UNIT, body_name: UNIT }, /写一样/);
    const one = await begin(zheng, 'careers', 'enter', { ...paper, level: 'middle', body: UNIT });
    await refused(zheng, 'careers', 'enter', { ...paper, level: 'middle', body: UNIT }, /已经录过/);
    assert.equal((await server.guest().get('/api/v1/managers')).json.managers.all.count, 0, 'claimed is not counted');
    await stays(officer, one, 'confirm', {}, /由.*来办/);
    await goes(clerk, one, 'confirm');
    const title = await begin(zheng, 'careers', 'enter', { sort: 'appointment', name: '示例高级经理人', number: '示例-Z-9', got_on: day(-30), body: BROKER });
    await stays(zheng, title, 'confirm', {}, /自己的履历不能自己确认/);
    await refused(zheng, 'careers', 'give', { person: '郑某（示例）', sort: 'appointment', name: '示例首席', number: '示例-Z-8', got_on: day(-30) }, /自己的履历不能自己确认/);
    await goes(place.boss, title, 'refuse', { why: '示例：没有聘过。' });
    const training = { person: '冯某（示例）', sort: 'training', name: '示例 2026 年第一期', hours: 40, number: '示例-P-1', got_on: day(-10) };
    await refused(clerk, 'careers', 'give', { ...training, person: '彭某（示例）' }, /不能自己确认/);
    await begin(clerk, 'careers', 'give', training);
    await begin(officer, 'careers', 'give_outside', { ...training, person: '郑某（示例）', body_name: '示例培训学院', number: '示例-P-2' });
    const { managers } = (await officer.get('/api/v1/managers?sort=certificate')).json;
    assert.deepEqual([managers.all.count, managers.sorts.map(cell => cell.count), managers.levels.map(cell => cell.count), managers.target.lacking],
        [2, [2, 1, 0, 0], [0, 1, 0], 898]);
    assert.deepEqual(managers.parties.map(cell => cell.count), [1, 1]);
    assert.deepEqual(managers.lines.map(line => line.name), ['郑某（示例）']);
    const guest = (await server.guest().get('/managers')).text;
    assert.doesNotMatch(guest, /郑某/, 'names are for those signed in');
}

async function a_certificate(place) {
    const { zheng, feng, firm, server } = place, none = await firm.post('/api/v1/work-proofs', { since: day(0), until: day(40) });
    assert.equal(none.status, 403);
    assert.equal((await zheng.post('/api/v1/work-proofs', { since: day(40), until: day(0) })).status, 422);
    const drawn = await zheng.post('/api/v1/work-proofs', { since: day(-40), until: day(40) });
    assert.equal(drawn.status, 200, drawn.text);
    const { proof } = (await server.guest().get(`/api/v1${drawn.json.href}`)).json, of = Object.fromEntries(proof.found.values.map(one => [one.name, one.text]));
    assert.deepEqual([proof.found.whole, of.cases, of.introductions, of.contracts, of.contracts_amount, of.receipts, of.rewards, of.rewards_amount, of.hours, of.certificates],
        [true, '3', '2', '2', '1600100.50', '1590100.01', '1', '5.00', '40', '1']);
    const pdf = await zheng.get(`/work-proofs/${proof.code}.pdf`);
    assert.match(pdf.text.slice(0, 8), /^%PDF-1/);
    assert.equal((await feng.get(`/work-proofs/${proof.code}.pdf`)).status, 404, 'the paper is his own');
    assert.equal((await server.guest().get('/verify-work/NOSUCHCODE')).status, 404);
    assert.match((await server.guest().get(`/verify-work?code=${proof.code}`)).text, /与开具时一致/);
}

/* --- a need tested and proposed to --- */

async function a_need_is_tested(place) {
    const { firm, officer, expert, server } = place, at = await made_by(firm, '/needs', need()), id = at.split('/').pop();
    const test_at = await begin(firm, 'need-tests', 'ask', { need: id });
    await goes(officer, test_at, 'name', { expert: '陈某（示例）' });
    const item = { sort: 'now', clear: 'yes', measured: 'yes', feasible: 'yes' };
    await stays(expert, test_at, 'item', item, /先声明利益关系/);
    await goes(expert, test_at, 'declare', { conflict: '无' });
    await stays(expert, test_at, 'item', { ...item, measured: 'no' }, /写明怎么改/);
    for (const sort of ['now', 'goal', 'limits', 'budget', 'due']) await goes(expert, test_at, 'item', { ...item, sort });
    await stays(expert, test_at, 'item', item, /已经答过/);
    await stays(expert, test_at, 'deliver', { summary: '说清楚了' }, /六项还没有答完/);
    await goes(expert, test_at, 'item', { ...item, sort: 'trl', clear: 'no', words: '写明要到几级' });
    await goes(expert, test_at, 'deliver', { summary: '成熟度要写明' });
    await goes(firm, test_at, 'revise', { changed: '补了成熟度' });
    assert.match((await server.guest().get(at)).text, /已测题/);
    return id;
}

/** Tested before it was posted: which need it became is chosen among the firm's own, not looked up by number. */
async function tested_before_posted(place) {
    const { firm, officer, expert, clerk, server } = place;
    const at = await begin(firm, 'need-tests', 'ask', { name: '轴承磨损', text: '轴承三千小时就换，想用八千小时。' });
    assert.deepEqual((await see(firm, at)).turn.map(one => one.code), ['officers'], 'a side that nobody takes has no turn');
    await stays(officer, at, 'name', { expert: '同名某（示例）' }, /有几位同名的/);
    const told = await go(officer, at, 'name', { expert: '同名某（示例）' });
    assert.match(told.text, /同名某（示例） #\d+（示例丙学院）、同名某（示例） #\d+（示例第二中介）/, 'each with his organisation');
    await goes(officer, at, 'name', { expert: '陈某（示例）' });
    await goes(expert, at, 'declare', { conflict: '无' });
    for (const sort of ['now', 'goal', 'limits', 'budget', 'due', 'trl']) await goes(expert, at, 'item', { sort, clear: 'yes', measured: 'yes', feasible: 'yes' });
    await goes(expert, at, 'deliver', { summary: '说清楚了' });
    const need_at = await made_by(firm, '/needs', { ...need(), title: '轴承磨损寿命提高到八千小时' }), id = need_at.split('/').pop();
    const form = (await firm.get(`${at}?step=revise`)).text;
    assert.match(form, new RegExp(`<select id="f-need"[^>]*>.*<option value="${id}">轴承磨损寿命提高到八千小时</option>`, 's'));
    assert.doesNotMatch((await clerk.get('/need-tests/new?step=ask')).text, /轴承磨损寿命提高到八千小时/, 'of one\'s own alone');
    await goes(firm, at, 'revise', { need: id, changed: '没有改' });
    assert.match((await server.guest().get(need_at)).text, /已测题/);
}

async function proposals_are_answered(place, id) {
    const { firm, clerk, zheng } = place, told = { need: id, name: '彭某（示例）', phone: '0931-1234567', approach: '用自润滑涂层，两道工序，现场可做。',
        evidence: '台架九千小时', trl: 6, months: 8, price_low: '50万元', price_high: '80万元', lacks: '现场试用' };
    await refused(firm, 'proposals', 'propose', told, /本单位自己的需求/);
    await refused(clerk, 'proposals', 'propose', { ...told, price_low: '90万元' }, /低于下限/);
    const at = await begin(clerk, 'proposals', 'propose', told);
    await refused(clerk, 'proposals', 'propose', told, /已有一份提案在办/);
    assert.equal((await zheng.get(`/api/v1${at}`)).status, 404);
    assert.match((await see(firm, at)).title, /（示例丙学院）$/, 'several for one need are told apart');
    await stays(firm, at, 'refuse', { refusal: 'price' }, /refusal_why/);
    await goes(firm, at, 'shortlist');
    await goes(firm, at, 'nda', { nda_on: day(40) });
    await goes(clerk, at, 'meet', { met_on: day(40), place: '甲厂', who: '双方', what: '谈了试用。' });
    await stays(firm, at, 'agree', { deal: '77' }, /没有这个项目/);
    await goes(firm, at, 'agree', { outside: 'HT-9' });
    const again = await begin(clerk, 'proposals', 'propose', told);
    await goes(firm, again, 'refuse', { refusal: 'solved', refusal_why: '已与贵方签约' });
    assert.equal(value(await see(clerk, again), 'refusal_why'), '已与贵方签约');
}

/** A firm's post is filled once, with the consent of his own unit. */
async function a_post_is_filled(place) {
    const { firm, expert, colleague, zheng, server } = place;
    const post = await begin(firm, 'posts', 'offer', { sort: 'deputy', name: '示例科技副总', industry: ['3441'], skills: ['涂层'], task: '把轴承涂层做到量产，带出两个人。',
        start_on: day(60), months: 12, pay_high: '2万元', phone: '0931-1234567' }), id = post.split('/').pop();
    const open = (await server.guest().get(post)).text;
    assert.match(open, /把轴承涂层做到量产/);
    assert.doesNotMatch(open, /0931-1234567/);
    const told = await colleague.post(`/api/v1/people/${place.ids['陈某（示例）']}`, { ver: 1, industry: ['3441'] });
    assert.equal(told.status, 200, told.text);
    assert.deepEqual((await see(firm, post)).post.fits.map(fit => fit.name), ['陈某（示例）']);
    await refused(firm, 'post-services', 'apply', { post: id, offers: '我来做这件事情，请多关照。', phone: PHONE }, /没有对应的人员/);
    const at = await begin(expert, 'post-services', 'apply', { post: id, offers: '做过两条涂层线，能带人。', phone: PHONE });
    await refused(expert, 'post-services', 'apply', { post: id, offers: '做过两条涂层线，能带人。', phone: PHONE }, /已经应聘过/);
    const second = await begin(zheng, 'post-services', 'apply', { post: id, offers: '我也能把它做出来，试试。', phone: PHONE });
    await stays(firm, at, 'accept', { pay: '2万元', start_on: day(60), until: day(50) }, /晚于任职起/);
    await goes(firm, at, 'accept', { pay: '2万元', start_on: day(60), until: day(400) });
    await goes(firm, second, 'accept', { pay: '2万元', start_on: day(60), until: day(400) });
    await stays(expert, at, 'consent', { document: '示例人〔2026〕0号' }, /由所在单位来办/);
    await stays(zheng, second, 'consent', { document: '示例〔2026〕0号' }, /自己的任职不能自己同意/);
    await goes(colleague, at, 'consent', { document: '示例人〔2026〕1号' });
    assert.equal(await state(firm, post), 'filled');
    await stays(place.boss, second, 'consent', { document: '示例〔2026〕1号' }, /已经有人任职/);
    await goes(expert, at, 'report', { met_on: day(40), place: '甲厂', who: '双方', what: '调了第一条线。' });
    await goes(firm, at, 'finish', { result: '量产了，带出两个人。' });
    assert.equal((await firm.get(`/api/v1${post}`)).json.matter.state.code, 'closed');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a city with brokers`, async () => { place = await bring_up(engine); });
        await test(`${engine}: a need is taken, answered and confirmed`, () => needs_are_answered(place));
        await test(`${engine}: a firm that hides shows itself when it confirms`, () => a_hidden_firm_shows_itself(place));
        await test(`${engine}: silence shows, and an officer assigns`, () => silence_shows(place));
        let at;
        await test(`${engine}: a case is signed, introductions confirmed`, async () => { at = await a_case(place); });
        let deal;
        await test(`${engine}: the commission is due and paid by the contract`, async () => {
            deal = await a_deal(place);
            await place.at(27);
            await a_contract(place, deal);
            await a_commission(place, at, deal);
        });
        let reward;
        await test(`${engine}: the reward comes from what was received`, async () => { reward = await a_reward(place, at, deal); });
        await test(`${engine}: a receipt counts once, whoever claims it`, () => no_double_claim(place, at));
        await test(`${engine}: two share a receipt by agreement`, () => two_share(place, at, deal));
        await test(`${engine}: a reward is announced, approved and paid`, () => a_reward_is_paid(place, reward));
        let outside;
        await test(`${engine}: a deal past the broker shows and is claimed`, async () => { outside = await a_bypass(place); });
        await test(`${engine}: of what the broker alone says nothing is due before the client confirms it`, () => only_what_is_confirmed_is_due(place, outside));
        await test(`${engine}: an interest that was not declared shows`, () => undeclared_interest(place));
        await test(`${engine}: careers are counted when they are confirmed`, () => careers_are_counted(place));
        await test(`${engine}: a certificate of work is verified by anybody`, () => a_certificate(place));
        let tested;
        await test(`${engine}: a need is tested by an expert`, async () => { tested = await a_need_is_tested(place); });
        await test(`${engine}: a need tested before it was posted`, () => tested_before_posted(place));
        await test(`${engine}: every proposal is answered`, () => proposals_are_answered(place, tested));
        await test(`${engine}: a post is filled once, with the unit's consent`, () => a_post_is_filled(place));
        await test(`${engine}: what is contested may be given up`, () => given_up(place));
        await test(`${engine}: nor does the end of a case free from what is owed`, () => bypassed_after_the_end(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
