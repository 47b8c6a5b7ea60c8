// Technology managers at work: a need taken and answered, a case under a signed contract, introductions that both sides confirm, the
// commission, the city's reward without a double claim, a bypass, careers that are confirmed, a certificate of work that anybody verifies.
import { test, finish, engines, City } from './house.mjs';
import { made_by, need } from './town.mjs';
import { clock, day, done, way, SHA } from './campus.mjs';
import assert from 'node:assert/strict';

const UNIT = '示例丙学院', FIRM = '示例甲机械厂', BROKER = '示例技术转移中心', SECOND = '示例第二中介', OTHER = '示例丁厂';
const PEOPLE = [['郑某（示例）', BROKER, 'manager'], ['冯某（示例）', SECOND, 'manager'], ['陈某（示例）', UNIT, 'expert']];
const ACCOUNTS = [['clerk', '丙学院转化专员', UNIT, 'member'], ['colleague', '丙学院同事', UNIT, 'unit_admin'], ['firm', '甲厂成员', FIRM, 'member'],
    ['boss', '转移中心管理员', BROKER, 'unit_admin'], ['zheng', '郑某（示例）', BROKER, 'manager'], ['feng', '冯某（示例）', SECOND, 'manager'],
    ['boss2', '第二中介管理员', SECOND, 'unit_admin'], ['expert', '陈某（示例）', UNIT, 'researcher'], ['stranger', '丁厂成员', OTHER, 'member'],
    ['auditor', '审计员', '', 'auditor']];
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
    city.servers.pop();
    const password = city.accounts(ACCOUNTS);
    Object.assign(place, { ids });
    place.at = async days => {
        if (place.server) { await place.server.stop(); city.servers.pop(); }
        place.server = await city.serve(clock(days));
        for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, password);
        place.officer = await place.server.signIn('officer', first);
    };
    await place.at(0);
    for (const [admin, login, who] of [['boss', 'zheng', '郑某（示例）'], ['boss2', 'feng', '冯某（示例）'], ['colleague', 'expert', '陈某（示例）']]) {
        const { href } = (await place[admin].get('/api/v1/accounts')).json.accounts.lines.find(one => one.login === login);
        const tied = await place[admin].post(`/api/v1${href}`, { person: who });
        assert.equal(tied.status, 200, tied.text);
    }
    await place.at(0);
    return place;
}

const begin = async (who, plural, step, values) => {
    const reply = await who.post(`/api/v1/${plural}`, { step, ...values });
    assert.equal(reply.status, 201, `${plural} ${step}: ${reply.text}`);
    return `/${plural}/${reply.json.id}`;
};
const see = async (who, at) => (await who.get(`/api/v1${at}`)).json.matter;
const go = async (who, at, step, values = {}) => who.post(`/api/v1${at}`, { step, ver: (await see(who, at)).ver, ...values });
const goes = async (who, at, step, values) => {
    const reply = await go(who, at, step, values);
    assert.equal(reply.status, 200, `${at} ${step}: ${reply.text}`);
};
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
const value = (matter, name) => matter.fields.find(field => field.name === name)?.value;
const state = async (who, at) => (await see(who, at)).state.code;

/* --- a need and who answers it --- */

async function needs_are_answered(place) {
    const { firm, zheng, feng, officer, stranger, server } = place;
    const at = await made_by(firm, '/needs', need()), id = at.split('/').pop();
    const waiting = (await zheng.get('/api/v1/needs-waiting')).json.waiting;
    assert.deepEqual(waiting.lines.map(line => [line.href, line.take, line.late]), [[at, `/need-cares/new?step=take&need=${id}`, false]]);
    assert.match((await zheng.get('/needs-waiting')).text, /领取/);
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
    const { tally } = (await officer.get('/api/v1/needs-waiting')).json.waiting;
    assert.deepEqual([tally.needs, tally.in_time, tally.overdue, tally.confirmed, tally.share], [1, 1, 0, 1, '100.0 %']);
    await goes(zheng, care, 'finish', { outcome: 'case', outcome_why: '签中介合同' });
    return id;
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

async function case_signed(manager, client, client_name, manager_name, more = {}) {
    const at = await begin(manager, 'cases', 'open', { client: client_name, manager: manager_name, phone: PHONE, stands: 'need', ...more });
    await stays(manager, at, 'offer', TERMS, /还没有声明利益关系/);
    await goes(manager, at, 'declare', { sort: 'none', what: '无' });
    await stays(manager, at, 'offer', { ...TERMS, amount: '1万元' }, /按比例的不写固定报酬/);
    await goes(manager, at, 'offer', TERMS);
    await goes(client, at, 'send_back', { refusal_why: '改付款期' });
    await goes(manager, at, 'offer', { ...TERMS, pay_days: 20 });
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
async function a_deal(place) {
    const { clerk } = place;
    place.achievement = await made_by(clerk, '/achievements', { title: '含沙介质耐磨轴承涂层', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。',
        trl: 6, ways: ['assign'], price: '160万元', rights: ['发明专利 ZL202110123456.0 2021-01-29 有效'] });
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
    const { zheng, feng, firm, officer, clerk, server } = place, case_id = at.split('/').pop(), claim = { case_id, year: 2026, share: '100%' };
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
    await goes(officer, first, 'announce');
    const open = (await server.guest().get(first)).text;
    assert.match(open, /2026620100000001/);
    await stays(officer, first, 'approve', {}, /公示还没有满/);
    await done(clerk, deal, 'receive', { voucher: 'PZ-2', amount: '159万元', came_on: day(27) });
    return first;
}

/** 64 claims for the same receipt at once: one of them is written. */
async function no_double_claim(place, at) {
    const { zheng, officer } = place, claim = { step: 'file', case_id: at.split('/').pop(), year: 2026, share: '100%' };
    const replies = await Promise.all(Array.from({ length: 64 }, () => zheng.post('/api/v1/reward-claims', claim)));
    assert.equal(replies.filter(reply => reply.status === 201).length, 1);
    assert.ok(replies.every(reply => reply.status === 201 || (reply.status === 409 && /都已经有人申领/.test(reply.text))));
    const one = `/reward-claims/${replies.find(reply => reply.status === 201).json.id}`, seen = await see(zheng, one);
    assert.deepEqual([value(seen, 'before_fen'), value(seen, 'full_fen'), value(seen, 'amount')], ['500', '7950000', '7950000']);
    await goes(zheng, one, 'withdraw', { why: '改由两人共同申领' });
    void officer;
    return one;
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a city with brokers`, async () => { place = await bring_up(engine); });
        await test(`${engine}: a need is taken, answered and confirmed`, () => needs_are_answered(place));
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
        await test(`${engine}: the reward comes from what was received`, () => a_reward(place, at, deal));
        await test(`${engine}: a receipt counts once, whoever claims it`, () => no_double_claim(place, at));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
