// A town whose records every indicator counts: two units that transfer, firms in three districts and another city, a bank, a broker, a pilot
// platform, departments, a session of the committee; deals gone through here and some dozens entered out of the past. It lives from 2 March
// 2026 on, its clock moved between starts of the server: what is entered on one day is not known on the day before.
import { City } from './house.mjs';
import { FAR, FIRM, INSTITUTE, the_past } from './indicator_past.mjs';
import { begun, done as goes, number } from './matters.mjs';
import { made_by, need } from './town.mjs';
import { clock, day, done, on_days } from './campus.mjs';
import { CAPABILITY, JOB } from './pilot_town.mjs';
import assert from 'node:assert/strict';

const UNIT = '示例丙学院', BROKER = '示例技术转移中心', BUREAU = '示例市科学技术局', AGENCY = '示例区科技局',
    BANK = '示例金城银行', PLATFORM = '示例中试基地';
const PARTIES = [[UNIT, 'university', '620102', { nature: 'institution', approvals: ['科研管理部门'] }], [INSTITUTE, 'institute', '620103', { nature: 'institution' }],
    [FIRM, 'enterprise', '620102'], [FAR, 'enterprise', '620200'], [BROKER, 'broker', '620102'], [BUREAU, 'government', '620100'], [AGENCY, 'government', '620103'],
    [BANK, 'finance', '620102'], [PLATFORM, 'institute', '620104']];
const PEOPLE = [['郑某（示例）', BROKER, 'manager'], ['冯某（示例）', BROKER, 'manager'], ['示例委员甲', null, 'member']];
const ACCOUNTS = [['clerk', '学院转化专员', UNIT, 'member'], ['unit-admin', '学院管理员', UNIT, 'unit_admin'], ['institute', '研究院管理员', INSTITUTE, 'unit_admin'],
    ['firm', '甲厂成员', FIRM, 'member'], ['firm-admin', '甲厂管理员', FIRM, 'unit_admin'], ['boss', '转移中心管理员', BROKER, 'unit_admin'], ['zheng', '郑某（示例）', BROKER, 'manager'],
    ['bureau', '局里成员', BUREAU, 'member'], ['agent', '区里成员', AGENCY, 'member'], ['banker', '客户经理', BANK, 'member'], ['platform', '中试负责人', PLATFORM, 'member'],
    ['office', '政协办公室', BUREAU, 'cppcc_office'], ['delegate', '委员甲', '', 'committee', '示例委员甲'], ['secretary', '示例秘书', '', 'secretary']];
const PHONE = '13900000108', ABSTRACT = '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。';
const SHA = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** {city, server, officer, clerk …: each signed in, ids: of parties and people by name}; at(days) starts it on that day. */
export async function indicator_town(engine) {
    const place = { city: new City(engine), ids: {} }, { city, ids } = place;
    city.run('init');
    const first = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    let server = await city.serve(clock(0)), officer = await server.signIn('officer', first);
    for (const [name, side, region, more] of PARTIES)
        ids[name] = number(await made_by(officer, '/parties', { name, side, region: [region], contact: '示例李四', phone: '0931-1234567', ...more }));
    for (const [name, party, calling] of PEOPLE)
        ids[name] = number(await made_by(officer, '/people', { name, calling: [calling], skills: ['轴承'], ...party && { party, phone: PHONE } }));
    await server.stop();
    const password = city.accounts(ACCOUNTS);
    await on_days(place, ACCOUNTS.map(([login]) => login), password, first);
    const { href } = (await place.boss.get('/api/v1/accounts')).json.accounts.lines.find(one => one.login === 'zheng');
    assert.equal((await place.boss.post(`/api/v1${href}`, { person: '郑某（示例）' })).status, 200);
    await place.at(0);
    return place;
}

// --- transfers gone through here

const EVIDENCE = [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 示例报告`).join('\n');

async function deal_begun({ clerk }, mark, price) {
    const achievement = await made_by(clerk, '/achievements', { title: `含沙介质耐磨轴承涂层 ${mark}`, abstract: ABSTRACT, trl: 6, ways: ['assign'], price,
        ...mark === 'A' && { rights: ['发明专利 ZL202110123456.0 2021-01-29 有效'] } });
    const made = await clerk.post('/api/v1/deals', { achievement: number(achievement) });
    assert.equal(made.status, 201, made.text);
    await done(clerk, made.id, 'title', {});
    return made.id;
}

async function deal_announced({ clerk, ids }, deal, more = {}) {
    await done(clerk, deal, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: EVIDENCE });
    await done(clerk, deal, 'price', { way: 'assign', buyer: FIRM, buyer_party: ids[FIRM], buyer_nature: 'private', ground: '参照两份可比合同，学校集体决策', ...more });
    await done(clerk, deal, 'notice', {});
    if (more.related) await done(clerk, deal, 'notice', { place: 'market', market: '示例技术交易市场', number: '2026-001', url: 'https://example.com/1', snapshot: SHA });
}

async function deals_begin(place) {
    place.main = await deal_begun(place, 'A', '160万元');
    place.related = await deal_begun(place, 'B', '90万元');
    place.slow = await deal_begun(place, 'C', '40万元');
    await deal_announced(place, place.main);
    await deal_announced(place, place.related, { related: 'yes', relation: '完成人曾某（示例）持有该厂股权', appraisal: 'waived' });
}

async function deals_are_signed({ clerk, main, related }) {
    for (const [deal, contract] of [[main, 'HT-2026-01'], [related, 'HT-2026-02']]) {
        await done(clerk, deal, 'approve', { minutes: '示例科研〔2026〕1号' });
        await done(clerk, deal, 'sign', { number: contract });
    }
    for (const deal of [main, related]) await done(clerk, deal, 'register', { point: '示例登记机构' });
    await done(clerk, main, 'correct', { lacks: '缺少双方资质' });
    await done(clerk, main, 'mend', {});
    await done(clerk, main, 'correct', { lacks: '资质不清楚' });
    await done(clerk, main, 'mend', {});
    await done(clerk, main, 'registered', { number: '2026620100000001' });
    await done(clerk, related, 'registered', { number: '2026620100000002' });
    await done(clerk, main, 'plan', { sort: 'lump', due_on: day(60), amount: '160万元' });
    await done(clerk, related, 'plan', { sort: 'lump', due_on: day(60), amount: '90万元' });
    await done(clerk, main, 'receive', { voucher: 'PZ-1', amount: '100.01元' });
    await done(clerk, related, 'receive', { voucher: 'PZ-2', amount: '30万元' });
}

async function deals_are_paid(place) {
    const { clerk, main, related } = place;
    await done(clerk, main, 'receive', { voucher: 'PZ-3', amount: '60万元' });
    await done(clerk, main, 'cost', { sort: 'tax', amount: '3万元', voucher: 'PZ-4' });
    await done(clerk, main, 'allot', { team: '曾某（示例） 60% 主要贡献\n彭某（示例） 40%' });
    await done(clerk, main, 'notice', { sort: 'reward', place: 'unit' });
    await done(clerk, related, 'allot', { team: '曾某（示例） 100% 主要贡献' });
    await done(clerk, related, 'notice', { sort: 'reward', place: 'unit' });
    await done(clerk, place.slow, 'approve', { minutes: '示例科研〔2026〕2号' });
    await done(clerk, related, 'object', { notice: '3', objector: '示例同事', text: '份额没有写全' });
}

/** The award is paid once its notice is over; what was registered is revoked; the slow one is signed, and nothing else of it on that day. */
async function deals_end({ clerk, main, related, slow }) {
    await done(clerk, main, 'pay', { voucher: 'PZ-9' });
    await done(clerk, related, 'revoke', { revoked_why: '示例：查实合同不真实' });
    await done(clerk, slow, 'sign', { number: 'HT-2026-03' });
}

/** A result that the unit works by itself: no buyer and no notice, a contract for the file, a profit each year. */
async function own_investment(place) {
    const { clerk } = place, deal = await deal_begun(place, 'D', '10万元');
    await done(clerk, deal, 'value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: EVIDENCE });
    await done(clerk, deal, 'price', { way: 'self', buyer: '', ground: '学校集体决策' });
    await done(clerk, deal, 'approve', { minutes: '示例科研〔2026〕3号' });
    await done(clerk, deal, 'sign', { number: 'ZY-2026-01' });
    await done(clerk, deal, 'profit', { year: 2025, amount: '30.05万元', source: '示例报表', voucher: 'LR-1' });
}

/** A contract is amended, and a receipt comes: the last that happens to either on its day. */
async function deals_go_on({ clerk, main, slow }) {
    await done(clerk, slow, 'amend', { amount: '45万元', goods: '5万元' });
    await done(clerk, main, 'receive', { voucher: 'PZ-10', amount: '12345.67元' });
}

// --- needs, a case, a proposal, refusals

async function needs_and_a_case(place) {
    const { firm, zheng, clerk } = place, care = [];
    place.needs = [];
    for (let i = 0; i < 3; i++) place.needs.push(await made_by(firm, '/needs', need({ region: ['620103', '620102'][i] && [['620103', '620102'][i]] })));
    for (const at of place.needs.slice(0, 2)) care.push(await begun(zheng, 'need-cares', 'take', { need: number(at), phone: PHONE }));
    await goes(zheng, care[0], 'answer', { answered_on: day(0), answer: '打了电话，问清了工况。', next_step: '下周二到厂里看' });
    await goes(firm, care[0], 'confirm');
    await goes(zheng, care[1], 'answer', { answered_on: day(0), answer: '发了一封邮件。', next_step: '等回信' });
    await goes(firm, care[1], 'deny', { denial: '没有收到' });
    const at = place.case = await begun(zheng, 'cases', 'open', { client: FIRM, manager: '郑某（示例）', phone: PHONE, stands: 'need', need: number(place.needs[0]) });
    await goes(zheng, at, 'declare', { sort: 'none', what: '无' });
    await goes(zheng, at, 'offer', { number: 'ZJ-2026-01', scope: '为委托人寻找轴承涂层的供方并撮合。', basis: 'contract', rate: '3%', payer: 'client',
        due_when: '技术合同签订后', pay_days: 20, months: 6 });
    await goes(firm, at, 'sign', { signed_on: day(0) });
    const told = { case_id: number(at), second: UNIT, met_on: day(0), how: '电话会议', what: '介绍了学院的涂层。' };
    const both = await begun(zheng, 'introductions', 'introduce', told), one = await begun(zheng, 'introductions', 'introduce', { ...told, second: INSTITUTE });
    await goes(firm, both, 'confirm_client');
    await goes(clerk, both, 'confirm_second');
    await goes(firm, one, 'confirm_client');
    await goes(firm, at, 'talk', { met_on: day(0), place: '学院', who: '双方', what: '谈了试用和价格。' });
}

async function proposals_and_refusals(place) {
    const { firm, clerk, platform } = place;
    const said = { name: '张三', phone: PHONE, approach: '用喷涂做耐磨层，先做三件台架样品再定。', evidence: '台架报告一份，三千小时。', trl: 5, months: 6, price_high: '80万元', lacks: '缺现场数据' };
    const refused = await begun(clerk, 'proposals', 'propose', { ...said, need: number(place.needs[1]) });
    place.proposal = await begun(clerk, 'proposals', 'propose', { ...said, need: number(place.needs[2]) });
    await goes(firm, place.proposal, 'shortlist');
    await goes(firm, refused, 'refuse', { refusal: 'price', refusal_why: '报价高于预算' });
    for (const words of ['', '已经有人在做']) {
        const contact = await begun(platform, 'contacts', 'ask', { about_kind: 'need', about: number(place.needs[2]), wants: '想谈这项需求的中试怎样安排。',
            name: '王五', phone: '0931-7654321' });
        await goes(firm, contact, 'refuse', { answerer: '张三', refusal: 'time', refusal_why: words });
    }
}

/** A case names one deal, a proposal to another need the other. */
async function what_they_brought({ zheng, firm, main, related, case: at, proposal }) {
    await goes(zheng, at, 'conclude', { other: UNIT, deal: main });
    await goes(firm, proposal, 'agree', { deal: related });
}

async function rewards(place) {
    const claim = { case_id: number(place.case), year: 2026, share: '100%' };
    place.rewards = [await begun(place.zheng, 'reward-claims', 'file', claim)];
    await goes(place.officer, place.rewards[0], 'announce');
}

// --- what stands open to everybody

async function shown(place) {
    const { clerk, platform, boss, officer } = place, about = '对外提供的服务，按项目收费，预约后安排，先到先办。';
    await made_by(clerk, '/achievements', { title: '只给本单位看的工艺', abstract: ABSTRACT, trl: 5, secrecy: 'own' });
    place.service = await made_by(platform, '/services', { title: '示例涂层中试平台', sort: 'pilot', about, industry: ['3311'] });
    await made_by(platform, '/services', { title: '示例第二条中试线', sort: 'pilot', about });
    await made_by(platform, '/services', { title: '示例概念验证中心', sort: 'professional', about, stage: ['concept', 'pilot'] });
    await made_by(platform, '/services', { title: '示例检测服务', sort: 'professional', about, stage: ['growth'] });
    await made_by(boss, '/services', { title: '示例技术转移服务', sort: 'broker', about });
    const fair = { sort: 'match', place: '示例厅', theme: '泵阀', contact: '示例张三', phone: '0931-1234567' };
    const held = await made_by(place.bureau, '/fairs', { ...fair, name: '示例泵阀对接会', day: day(-1) });
    await goes(place.bureau, held, 'hold');
    await made_by(place.bureau, '/fairs', { ...fair, name: '示例还没有开的对接会', day: day(30) });
    const paper = { sort: 'training', name: '示例第一期', hours: 40, body_name: '示例培训学院' };
    const given = [['郑某（示例）', 'P-1', -400], ['郑某（示例）', 'P-2', -30], ['冯某（示例）', 'P-3', -10]];
    for (const [who, no, days] of given) place.career = await begun(officer, 'careers', 'give_outside', { ...paper, person: who, number: no, got_on: day(days) });
    await begun(place.zheng, 'careers', 'enter', { ...paper, number: 'P-4', got_on: day(-900) });
}

const OFFICE = { source: 'department', issuer: '示例科技局', issued_on: '2025-11-01' };
const fact = (who, party, name, value, more = {}) => who.post('/api/v1/facts', { party, name, value, ...OFFICE, ...more });

/** Titles listed, declared, confirmed and renewed; R&D of two firms and years. */
async function facts_are_stated(place) {
    const { officer, ids } = place, said = async (...words) => {
        const reply = await fact(...words);
        assert.equal(reply.status, 200, reply.text);
        return reply.json;
    };
    await said(officer, ids[FIRM], 'hte_certificate', '是', { issued_on: '2022-11-01', until: '2025-10-31' });
    await said(officer, ids[FIRM], 'rd_spend', '120.5万元', { year: '2024' });
    await said(officer, ids[FIRM], 'rd_spend', '1333333.33元', { year: '2025' });
    await said(officer, ids[FIRM], 'rd_spend', '130万元', { year: '2025', issuer: '示例税务局', issued_on: '2026-02-01' });
    await said(officer, ids[FAR], 'rd_spend', '70万元', { year: '2025' });
    await said(officer, ids[FIRM], 'in_business', '是', { issued_on: '2026-02-20', issuer: '示例市场监管局' });
    await said(officer, ids[FAR], 'in_business', '否', { issued_on: '2024-06-30', issuer: '示例市场监管局' });
    await said(officer, ids[PLATFORM], 'hte_certificate', '是', { issued_on: '2025-12-31', until: '2026-02-28' });
    await said(place.firm, ids[FIRM], 'hte_certificate', '是', { source: 'certificate', issuer: '示例认定办', number: '示例-1', issued_on: '2019-01-01', until: '2028-12-31' });
}

async function facts_are_renewed({ officer, ids }) {
    assert.equal((await fact(officer, ids[FIRM], 'hte_certificate', '是', { issued_on: '2025-09-01', until: '2028-08-31' })).status, 200);
    assert.equal((await fact(officer, ids[FAR], 'hte_certificate', '是', { issued_on: day(20), until: '2029-01-01' })).status, 200);
}

// --- departments and the session

async function tasks_begin(place) {
    const { officer, agent } = place, task = { assigner: BUREAU, deliver: '七件各有结论，附登记编号。', unit: AGENCY, level: 'ordinary' };
    place.tasks = [];
    for (const [what, by] of [['理清认定登记超期的七件', 40], ['查三家中试线的机时', 10], ['没有办的一件事', 30], ['后来不办的一件事', 15], ['到明年才到期的事', 400]])
        place.tasks.push(await begun(officer, 'tasks', 'assign', { ...task, what, by_day: day(by) }));
    for (const at of place.tasks.slice(0, 2)) await goes(agent, at, 'accept', { handler: '示例王五', phone: '0931-7654321' });
    await goes(officer, place.tasks[3], 'drop', { drop_why: '已由别的任务办了' });
}

async function tasks_are_closed({ officer, agent, tasks }) {
    for (const at of tasks.slice(0, 2)) {
        await goes(agent, at, 'report', { done: '都有结论。', evidence: '清单〔2026〕示例 1 号' });
        await goes(officer, at, 'close', { words: '对照清单核过' });
    }
}

async function a_session(place) {
    const { office, delegate, secretary } = place;
    const session = place.session = await begun(office, 'consultations', 'prepare', { name: '示例：成果转化专题协商', question: '什么挡住了成果变成产品？', host: '示例市政协',
        day: day(0), place: '示例会议室', until_day: day(0), contact: '示例张三', phone: '0931-1234567', seven: 'yes' });
    await goes(office, session, 'roster', { roster: '示例委员甲，市，1' });
    await goes(office, session, 'open');
    place.opinions = [];
    for (const subject of ['评估拖了半年', '中试线不知道在哪里', '没有人答的意见']) {
        const at = await begun(delegate, 'opinions', 'submit', { consultation: number(session), subject, topic: 1, obstacle: 'dare', pillar: 'government',
            concerns: 'university', evidence: '走访三所高校，十二项成果卡在评估。', proposal: '请科技部门给成果评估定二十个工作日的期限，过期公布。' });
        await goes(office, at, 'file');
        await goes(office, at, 'hand', { unit: AGENCY, instruction: '三个月内答复' });
        place.opinions.push(at);
    }
    await goes(office, session, 'start');
    const said = { consultation: number(session), sort: 'speech', speaker: '示例委员甲', text: '评估要有期限，不能拖' };
    const [remark, draft] = [await begun(office, 'remarks', 'enter', said), await begun(secretary, 'remarks', 'note', { ...said, sort: 'instruction', text: '一个月内办' })];
    await goes(secretary, draft, 'check', { text: '一个月内办，我来督办', checked_by: '示例秘书' });
    await goes(office, remark, 'amend', { text: '评估要有期限，不能再拖', fix_why: '漏了一个字' });
    await goes(secretary, draft, 'correct', { text: '一个月内办完，我来督办', fix_why: '漏了一个字' });
    await goes(secretary, draft, 'correct', { text: '一个月内办完，由我督办', fix_why: '按录音' });
}

const REPLY = { text: '我们把评估定为二十个工作日办结，过期的逐月公布名单。', conclusion: 'done', reasons: '规程已经印发，三所高校确认。', signer: '示例局长', phone: '0931-7654321' };
const opinion_answered = (place, i) => goes(place.agent, place.opinions[i], 'reply', REPLY);

// --- money for firms, and a pilot line

async function loans_begin(place) {
    const { firm, banker } = place;
    place.product = number(await made_by(banker, '/services', { title: '示例到账流水贷款', sort: 'finance', about: '以近十二个月登记合同的实际到账为还款来源的信用贷款。',
        product: 'risk_loan', rule: 'R90-4', stage: ['start', 'growth'], amount: '1000万元' }));
    await begun(firm, 'consents', 'give', { bank: BANK, parts: ['patents', 'facts'], purpose: '贷款的尽职调查', until_day: day(200) });
    place.loans = [await begun(firm, 'loans', 'apply', { product: place.product, asked: '10万元', purpose: '购买试制设备', months_asked: 12 })];
}

const AGREED = { approved: '10万元', rate: '3.65%', months: 12, guarantee: 'credit', file_no: '示例〔2026〕1号' };

async function loan_is_decided({ banker, loans: [at] }) {
    await goes(banker, at, 'agree', { ...AGREED, decided_on: day(20) });
    await goes(banker, at, 'sign', { contract_no: '借-9', signed_on: day(20) });
}

/** All that LZ03 asks for. */
const ASKED = [['tech_sme', '2025', '是'], ['tech_sme_first', '', '是'], ['staff', '', '80'], ['dishonest', '', '否'], ['tax_arrears', '', '否']];

async function a_claim(place) {
    const { officer, ids, firm } = place;
    const policy = number(await made_by(officer, '/policies', { title: '首次入库奖励（示例）', gives: '首次入库的奖励 2 万元，每家一次。', basis: '示例〔2026〕1号', rule: 'LZ03',
        region: ['620100'], issuer: BUREAU }));
    for (const party of [ids[FIRM], ids[PLATFORM]])
        for (const [name, year, value] of ASKED)
            assert.equal((await fact(officer, party, name, value, { year })).status, 200);
    for (const party of [ids[FIRM], ids[PLATFORM]]) assert.equal((await officer.post('/api/v1/benefits/desk', { policy, party })).json.landing.sent, 1);
    place.claim = (await firm.get('/api/v1/benefits')).json.benefits.can[0].claim.href;
    await goes(firm, place.claim, 'take', { name: '张三', phone: '0931-1234567', payee: '示例银行兰州分行 62000000' });
    await goes(officer, place.claim, 'decide');
}

async function a_pilot_line(place) {
    const { platform, firm } = place;
    const line = await begun(platform, 'capabilities', 'begin', { ...CAPABILITY, service: number(place.service) });
    await goes(platform, line, 'price', { item: '喷涂班次', unit: 'shift', price: '5000元' });
    await goes(platform, line, 'open');
    place.proved = await made_by(place.clerk, '/achievements', { title: '等着做中试的涂层', abstract: ABSTRACT, trl: 5 });
    place.jobs = [];
    for (let i = 0; i < 3; i++)
        place.jobs.push(await begun(firm, 'pilot_jobs', 'request', { ...JOB, capability: number(line), achievement: number(place.proved) }));
}

async function a_job_is_quoted({ platform, firm, jobs }, i) {
    await goes(platform, jobs[i], 'quote', { price: '10万元', days: 20, terms: '按班次计价，共二十个班次。', quote_until: day(60) });
    await goes(firm, jobs[i], 'accept', { contract: `ZS-2026-00${i}`, amount: '10万元' });
}

async function jobs_are_done({ platform, firm, clerk, jobs }) {
    for (const [at, trl] of [[jobs[0], 6], [jobs[1], null]]) {
        await goes(platform, at, 'book', { on_day: day(20), from_hour: 8, until_hour: 12 });
        await goes(platform, at, 'start');
        const outcome = trl ? 'reached' : 'failed';
        await goes(platform, at, 'record', { day: day(20), batch: '一', reading: '结合强度 52 MPa', outcome, file: '一.csv', digest: SHA, run_by: '王五' });
        await goes(platform, at, 'report', { outcome, summary: '五十件逐件测过结合强度，报告附后。', digest: SHA, ...trl && { trl_proved: trl } });
        await goes(firm, at, 'confirm');
    }
    await goes(clerk, jobs[0], 'write_back', { trl_written: 6 });
}

/** The whole of it, day by day. */
export async function lives(place) {
    await the_past(place);
    await deals_begin(place);
    await needs_and_a_case(place);
    await proposals_and_refusals(place);
    await shown(place);
    await facts_are_stated(place);
    await tasks_begin(place);
    await a_session(place);
    await loans_begin(place);
    await a_pilot_line(place);
    await place.at(5);
    await goes(place.banker, place.loans[0], 'hand');
    await deal_announced(place, place.slow);
    await a_job_is_quoted(place, 0);
    await place.at(20);
    await deals_are_signed(place);
    await own_investment(place);
    await what_they_brought(place);
    await rewards(place);
    await loan_is_decided(place);
    await tasks_are_closed(place);
    await opinion_answered(place, 0);
    await a_job_is_quoted(place, 1);
    await jobs_are_done(place);
    await facts_are_renewed(place);
    await place.at(30);
    await deals_are_paid(place);
    await goes(place.officer, place.rewards[0], 'approve');
    await goes(place.banker, place.loans[0], 'draw', { amount: '4万元', paid_on: day(27), voucher: 'P1' });
    await place.at(60);
    await deals_end(place);
    await goes(place.officer, place.rewards[0], 'pay', { paid_on: day(60), voucher: 'BK-1' });
    await goes(place.officer, place.career, 'revoke', { why: '示例：证书有误。' });
    const moved = await place.officer.post(`/api/v1/parties/${place.ids[PLATFORM]}`, { ver: 1, region: ['620105'] });
    assert.equal(moved.status, 200, moved.text); /* what it did before stays where it was done */
    await place.at(100);
    await opinion_answered(place, 1);
    await deals_go_on(place);
    await place.at(200); /* the days of application */
    await a_claim(place);
    await goes(place.officer, place.claim, 'pay', { paid_on: day(200), voucher: '示例-1' });
}

