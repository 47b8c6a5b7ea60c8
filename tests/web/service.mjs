// Services for hire from the order to the rating, with figures that nobody types; guides with their promised days.
import { test, finish, engines } from './house.mjs';
import { DAY, DIGEST, begun, day, entries, field, id_of, stand } from './pilot_town.mjs';
import { OURS, THEIRS, THIRD, department, made_by, town } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['firm', '甲厂成员', OURS, 'member'], ['lawyer', '乙所律师', THEIRS, 'member'], ['third', '丙学院成员', THIRD, 'member'], ['auditor', '审计员', '', 'auditor'],
    ['bureau', '示例科技局工作人员', THIRD, 'city_officer']];
const ORDER = { step: 'order', wants: '为三项专利作自由实施检索，出书面意见。', wanted_by: day(30), name: '张三', phone: '0931-1234567' };
const QUOTE = { price: '3万元', days: 10, terms: '含检索和一次当面说明。', quote_until: day(15) };
const FILE = { what: '检索报告一份', file: 'report.pdf', digest: DIGEST };

/** The same town on a later day. */
async function later(place, days) {
    await place.server.stop();
    place.server = await place.city.serve({ env: { TQ_CLOCK_MS: String(Date.now() + days * DAY) } });
    for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
}

/** Waits until those concerned were told that it is late, which makes a new version. */
async function told(matter, who) {
    for (let i = 0; i < 100; i++) {
        const { ver } = await matter.seen(who);
        if (ver > matter.ver) {
            matter.ver = ver;
            return;
        }
        await new Promise(done => setTimeout(done, 100));
    }
    assert.fail('nobody was told that it is late');
}

async function opened(engine) {
    const place = await town(engine, ACCOUNTS);
    await department(place);
    for (const [login] of ACCOUNTS) place[login] = await place.server.signIn(login, place.password);
    place.service = await made_by(place.lawyer, '/services', { title: '示例专利检索与分析', sort: 'professional', about: '专利检索、自由实施分析、无效检索，由执业代理师出具意见。', price: '每项 1 万元' });
    return place;
}

async function what_is_not_let({ firm, lawyer, third, service, server }) {
    const order = { ...ORDER, service: id_of(service) };
    assert.match((await lawyer.post('/api/v1/service_orders', order)).text, /本单位自己的服务/);
    assert.equal((await firm.post('/api/v1/service_orders', { ...order, wanted_by: day(-1) })).json.field, 'wanted_by');
    assert.equal((await server.guest().post('/api/v1/service_orders', order)).status, 401);
    const bank = await made_by(lawyer, '/services', { title: '示例知识产权质押贷', sort: 'finance', about: '以知识产权质押取得的流动资金贷款，按季付息。' });
    assert.match((await firm.post('/api/v1/service_orders', { ...order, service: id_of(bank) })).text, /专业服务和技术经纪/);
    const made = await begun(firm, 'service_orders', order);
    assert.equal((await third.get(`/api/v1${made.at}`)).status, 404, 'nobody else sees it');
    assert.equal((await made.take(lawyer, 'take', { contract: 'HT-1' })).status, 409, 'no price was offered');
    assert.equal((await made.take(firm, 'quote', QUOTE)).status, 403);
    await made.took(lawyer, 'refuse', { refusal: 'conflict', refusal_why: '正代理对方的无效请求' });
    assert.equal(field(await made.seen(firm), 'refusal_why'), '正代理对方的无效请求');
}

async function in_time_and_at_first({ firm, lawyer, service }) {
    const order = await begun(firm, 'service_orders', { ...ORDER, service: id_of(service), offer: '1万元' });
    await order.took(lawyer, 'take', { contract: 'HT-2' });
    assert.equal(field(await order.seen(firm), 'agreed_on'), ORDER.wanted_by);
    await order.took(firm, 'pay', { day: day(0), amount: '4000元', number: 'PZ-1' });
    await order.took(lawyer, 'deliver', FILE);
    await order.took(firm, 'approve');
    let seen = await order.seen(lawyer);
    assert.deepEqual([seen.state.code, field(seen, 'days_late'), field(seen, 'at_first')], ['to_pay', 0, true]);
    const over = await order.take(firm, 'pay', { day: day(0), amount: '6000.01元', number: 'PZ-2' });
    assert.deepEqual([over.status, over.json.field], [422, 'amount'], over.text);
    await order.took(firm, 'pay', { day: day(0), amount: '6000元', number: 'PZ-2' });
    assert.equal((await order.take(lawyer, 'close')).status, 409, 'not while the client may still rate');
    await order.took(firm, 'rate', { grade: 'very_good' });
    seen = await order.seen(firm);
    assert.deepEqual([seen.state.code, entries(seen, 'order_payment').length], ['closed', 2]);
}

async function sent_back_late_and_rated_badly(place) {
    const order = place.order = await begun(place.firm, 'service_orders', { ...ORDER, service: id_of(place.service) });
    await order.took(place.lawyer, 'quote', QUOTE);
    await order.took(place.firm, 'accept', { contract: 'HT-3' });
    assert.equal(field(await order.seen(place.firm), 'agreed_on'), day(10));
    await order.took(place.lawyer, 'deliver', FILE);
    assert.equal((await order.take(place.firm, 'send_back', { reasons: '' })).status, 422, 'a no has its reason');
    await order.took(place.firm, 'send_back', { reasons: '没有检索美国专利。' });
    await later(place, 13);
    await told(order, place.lawyer);
    await order.took(place.lawyer, 'deliver', { ...FILE, what: '补充检索后的报告' });
    await order.took(place.firm, 'approve');
    const seen = await order.seen(place.firm);
    assert.deepEqual([field(seen, 'days_late'), field(seen, 'at_first'), field(seen, 'sent_back')], [3, false, 1], 'three days behind the tenth day');
    assert.deepEqual(entries(seen, 'handover').map(one => field(one, 'verdict')?.code ?? field(one, 'verdict')), ['accepted', 'sent_back']);
    await order.took(place.firm, 'pay', { day: day(13), amount: '3万元', number: 'PZ-3' });
    assert.equal((await order.take(place.firm, 'rate', { grade: 'poor' })).json.field, 'grade_why');
    await order.took(place.firm, 'rate', { grade: 'poor', grade_why: '晚了三天，第一次漏了美国' });
    const answering = await order.seen(place.lawyer);
    assert.deepEqual([answering.state.code, answering.turn.map(one => one.code)], ['to_answer', ['provider']]);
    assert.equal((await order.take(place.lawyer, 'answer', { answer: '接受。', correction: '改了流程', corrected_on: day(20) })).status, 422);
    await order.took(place.lawyer, 'answer', { answer: '接受意见。', correction: '检索范围写进清单', corrected_on: day(13) });
}

async function credit_of_the_record({ server, third, service, firm }) {
    for (const who of [server.guest(), third]) {
        const { credit } = (await who.get(`/api/v1${service}`)).json.record;
        assert.deepEqual([credit.orders, credit.refused, credit.delivered, credit.late, credit.days_late, credit.at_first], [3, 1, 2, 1, 3, 1]);
        assert.deepEqual([credit.rated, credit.good, credit.bad, credit.answered], [2, 1, 1, 1]);
        assert.equal(JSON.stringify(credit).includes('甲机械'), false, 'no party is named');
    }
    const page = (await server.guest().get(service)).text;
    assert.match(page, /首次验收通过/);
    assert.doesNotMatch(page, /甲机械/);
    assert.match((await firm.get(service)).text, /href="\/service_orders\/new\?service=\d+"/);
}

const GUIDE = { step: 'prepare', name: '示例专利检索办事指南', office: '示例乙研究所', who: '任何单位和个人', materials: '专利号清单', course: '下单\n报价\n交付', days: 5,
    fee: '每项 1 万元', place: '示例路 1 号', phone: '0931-7654321', document: '示例服务约定', source: 'unverified', begins: 'order' };

async function a_guide(place) {
    const { lawyer, firm, service, server } = place;
    const about = { ...GUIDE, service: id_of(service) };
    assert.equal((await lawyer.post('/api/v1/guides', about)).json.field, 'fee_ground', 'a fee has its ground');
    assert.equal((await lawyer.post('/api/v1/guides', { ...about, fee_ground: '市场价', law_days: 3 })).json.field, 'days', 'no promise beyond the law');
    assert.equal((await firm.post('/api/v1/guides', { ...about, fee_ground: '市场价' })).json.field, 'service', 'not of another\'s service');
    const guide = await begun(lawyer, 'guides', { ...about, fee_ground: '市场价' });
    assert.equal((await server.guest().get(`/api/v1${guide.at}`)).status, 404, 'not before it is published');
    await guide.took(lawyer, 'publish');
    const late = await begun(firm, 'service_orders', { ...ORDER, wanted_by: day(60), service: id_of(service) });
    assert.deepEqual((await guide.seen(server.guest())).hire.promise, { open: 1, late: 0, days: 5 });
    await later(place, 30);
    assert.deepEqual((await guide.seen(place.server.guest())).hire.promise, { open: 1, late: 1, days: 5 }, 'overdue against the promise, for everybody');
    assert.match((await place.server.guest().get('/guides')).text, /示例专利检索办事指南/);
    assert.match((await place.firm.get(guide.at)).text, /href="\/service_orders\/new\?service=\d+"/);
    await told(late, place.firm);
    await late.took(place.firm, 'withdraw', { end_why: '不做了' });
}

/** What the rules say stands in the form; what nobody has at hand is left to the office. */
async function what_the_house_knows({ lawyer }) {
    const page = (await lawyer.get('/guides/new?step=registration')).text;
    assert.match(page, /value="技术合同认定登记"/);
    assert.match(page, /name="law_days"[^>]*value="15"/, 'the limit is the rule\'s');
    assert.match(page, /name="place"[^>]*value=""/);
    const bare = await lawyer.post('/api/v1/guides', { step: 'registration', name: '示例认定登记指南', office: '示例登记机构' });
    assert.equal(bare.status, 422);
}

/** Thirty days on. Reserved, given back with every end, spent once with the acceptance, settled like the jobs. */
async function paid_with_a_voucher(place) {
    const { bureau, firm, lawyer } = place, number = 'LZ-2026-0100';
    const voucher = await begun(bureau, 'vouchers', { step: 'issue', number, holder: OURS, amount: '1万元', purposes: ['test'], from_day: day(0), until_day: day(60), basis: '示例' });
    const order = (values = {}) => begun(firm, 'service_orders', { ...ORDER, wanted_by: day(90), service: id_of(place.service), offer: '1万元', ...values });
    const part = (amount, purpose = 'test') => ({ voucher_no: number, voucher_part: amount, purpose });
    const one = await order(), two = await order(), bare = await order({ offer: '' });
    assert.match((await bare.take(firm, 'reserve', part('1元'))).text, /还没有价格/);
    assert.match((await one.take(firm, 'reserve', part('6000元', 'design'))).text, /不在券的用途之内/);
    assert.equal((await one.take(firm, 'reserve', part('6000元', 'pilot'))).status, 422, 'an order is no pilot trial');
    await one.took(firm, 'reserve', part('6000元'));
    assert.match((await one.take(firm, 'reserve', part('1元'))).text, /已经用了一张券/);
    assert.equal((await two.take(firm, 'reserve', part('4000.01元'))).status, 409, 'what is held for one is not held for another');
    await two.took(firm, 'reserve', part('4000元'));
    assert.equal((await two.take(lawyer, 'return')).status, 403);
    await two.took(lawyer, 'refuse', { refusal: 'conflict', refusal_why: '正代理对方' });
    assert.deepEqual(await stand(firm, voucher), { reserve: 1_000_000, release: 400_000, spend: 0, expire: 0 }, 'given back to the fen');
    const three = await order();
    await three.took(firm, 'reserve', part('4000元'));
    await three.took(lawyer, 'quote', { ...QUOTE, quote_until: day(45) });
    assert.equal(field(await three.seen(firm), 'voucher_part'), undefined, 'another price than the voucher was reserved for');
    await three.took(firm, 'accept', { contract: 'HT-8' });
    await three.took(firm, 'reserve', part('4000元'));
    await three.took(lawyer, 'break_off', { end_why: '对方停产' });
    assert.deepEqual(await stand(firm, voucher), { reserve: 1_800_000, release: 1_200_000, spend: 0, expire: 0 });
    await one.took(lawyer, 'take', { contract: 'HT-9' });
    assert.equal((await one.take(firm, 'pay', { day: day(30), amount: '4000.01元', number: 'PZ-9' })).json.field, 'amount', 'the rest is the voucher\'s');
    await one.took(firm, 'pay', { day: day(30), amount: '4000元', number: 'PZ-9' });
    await one.took(lawyer, 'deliver', FILE);
    await one.took(firm, 'approve');
    assert.equal((await one.seen(firm)).state.code, 'to_rate', 'nothing is left to pay');
    assert.deepEqual(await stand(firm, voucher), { reserve: 1_800_000, release: 1_200_000, spend: 600_000, expire: 0 });
    assert.equal((await one.take(firm, 'return')).status, 409, 'what is spent does not come back');
    const spent = entries(await voucher.seen(firm), 'voucher_use').find(use => (field(use, 'sort').code ?? field(use, 'sort')) === 'spend');
    assert.ok(JSON.stringify(field(spent, 'service_order')).includes(id_of(one.at)), 'the movement names the order');
    const late = await order();
    await late.took(firm, 'reserve', part('4000元'));
    await late.took(lawyer, 'take', { contract: 'HT-10' });
    await later(place, 61);
    await late.took(place.lawyer, 'deliver', FILE);
    assert.deepEqual(await stand(place.firm, voucher), { reserve: 2_200_000, release: 1_600_000, spend: 600_000, expire: 0 }, 'delivered behind the voucher\'s last day');
    await later(place, 260);
    const on = new Date(Date.now() + 8 * 3_600_000 + 30 * DAY), half = on.getUTCMonth() < 6 ? '1' : '2';
    const batch = await begun(place.bureau, 'settlements', { step: 'draw', platform: THEIRS, year: on.getUTCFullYear(), half });
    assert.deepEqual([field(await batch.seen(place.lawyer), 'count'), field(await batch.seen(place.lawyer), 'amount')], [1, '600000'], 'settled like the jobs');
    assert.equal((await place.lawyer.get(`${batch.at}/export`)).status, 200);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: orders: what is not let`, async () => {
            place = await opened(engine);
            await what_is_not_let(place);
        });
        await test(`${engine}: at the published price, in time, accepted at first, paid in two parts`, () => in_time_and_at_first(place));
        await test(`${engine}: sent back, three days late, rated badly, answered`, () => sent_back_late_and_rated_badly(place));
        await test(`${engine}: a provider's credit is reckoned from the orders, and names nobody`, () => credit_of_the_record(place));
        await test(`${engine}: a guide with its promise, and who is behind it`, () => a_guide(place));
        await test(`${engine}: a guide begun with what the rules say`, () => what_the_house_knows(place));
        await test(`${engine}: paid with a voucher, given back with every end, never spent twice`, () => paid_with_a_voucher(place));
        await test(`${engine}: it all agrees with the ledger`, async () => {
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
