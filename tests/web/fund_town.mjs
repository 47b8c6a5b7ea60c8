// A small town with public money in it: a bureau that pays, the manager of a pool, two banks, a guarantor, two firms; and the ways in
// which they set up a pool, cover a loan and claim for it, as programs do it.
import { City } from './house.mjs';
import { begun, done, look, number } from './matters.mjs';
import assert from 'node:assert/strict';

const PARTIES = { bureau: ['示例科技局', 'government'], manager: ['示例资金管理中心', 'finance'], bank: ['示例甲银行', 'finance'],
    other: ['示例乙银行', 'finance'], guarantor: ['示例融资担保公司', 'finance'], firm: ['示例丁泵业', 'enterprise'], second: ['示例戊轴承', 'enterprise'] };
const SIGN_IN = { bureau: 'member', manager: 'member', bank: 'member', other: 'member', guarantor: 'member', firm: 'member', second: 'member' };

/** Days from today, as they are written. */
export const day = (from = 0) => new Date(Date.now() + 8 * 3_600_000 + from * 86_400_000).toISOString().slice(0, 10);
export const yuan = fen => `${BigInt(fen) / 100n}.${String(BigInt(fen) % 100n).padStart(2, '0')}元`;

/** {city, server, officer, password, id: {bureau…}, bureau, manager…: each signed in}. */
export async function fund_town(engine, options) {
    const city = new City(engine), id = {};
    city.run('init');
    const first = city.accounts([['officer', '示例工作人员', '', 'city_officer']]);
    let server = await city.serve(options), officer = await server.signIn('officer', first);
    for (const [key, [name, side]] of Object.entries(PARTIES)) {
        const made = await officer.post('/api/v1/parties', { name, side, region: ['620102'], contact: '示例联系人', phone: '0931-1234567' });
        assert.equal(made.status, 201, made.text);
        id[key] = made.id;
    }
    await server.stop();
    const password = city.accounts([...Object.entries(SIGN_IN).map(([key, role]) => [key, `${PARTIES[key][0]}成员`, PARTIES[key][0], role]),
        ['both', '示例兼任者', PARTIES.manager[0], 'member,city_officer'], ['county', '示例区级工作人员', '', 'county_officer@620102']]);
    server = await city.serve(options);
    const place = { city, server, officer: await server.signIn('officer', first), password, officer_password: first, id };
    for (const key of [...Object.keys(SIGN_IN), 'both', 'county']) place[key] = await server.signIn(key, password);
    return place;
}

export const TERMS = { name: '示例科技贷款风险补偿资金池', leverage: '10', pool_share: '40%', bank_share: '40%', guarantor_share: '20%', loan_limit: '500万元',
    firm_limit: '800万元', breaker: '20%', breaker_of: 'paid', overdue: '0', demands: '0', runs_from: day(-30), runs_until: day(900),
    rules: '示例资金池管理办法（示例〔2026〕1号）' };

/** A pool that runs, with both banks and this much paid in. */
export async function pool_open(place, changes = {}, paid = '2000万元') {
    const at = await begun(place.manager, 'pools', 'open', { ...TERMS, guarantor: place.id.guarantor, ...changes });
    await done(place.officer, at, 'approve');
    for (const bank of ['bank', 'other'])
        await done(place.manager, at, 'join', { bank: place.id[bank], joined_on: day(-10), paper: '示例合作协议' });
    if (paid) await done(place.manager, at, 'pay', { way: 'paid_in', who: place.id.bureau, amount: paid, paid_on: day(), voucher: '示例凭证1' });
    return at;
}

let loans = 0;

export async function cover_ask(place, pool, amount, { who = place.bank, firm = place.id.firm } = {}) {
    return begun(who, 'covers', 'ask', { pool: number(pool), firm, contract: `示例借字${++loans}号`, asked: amount, purpose: '购买原料', ends_on: day(360) });
}

/** Asked for, confirmed and drawn whole. */
export async function covered(place, pool, amount, by = {}) {
    const at = await cover_ask(place, pool, amount, by);
    await done(place.manager, at, 'confirm', { ver: 1 });
    await done(by.who ?? place.bank, at, 'draw', { ver: 2, drawn: amount, drawn_on: day(), voucher: '示例放款凭证' });
    return at;
}

export async function claim(place, cover, amount, more = {}) {
    return begun(place.bank, 'pool-claims', 'file', { cover: number(cover), amount, overdue_since: day(-100), shows: '示例：贷前调查、用途核查、贷后检查均有记录。', ...more });
}

export const CHECKED = { checked: '示例：核对了合同、流水和催收记录。' };

/** A loan of this house that the bank has approved, to the firm: "/loans/12". */
export async function loan_agreed(place, amount) {
    if (!place.product) {
        const product = await place.bank.post('/api/v1/services', { title: '示例信用贷款', sort: 'finance', about: '以近十二个月登记合同的实际到账为还款来源。',
            product: 'risk_loan', rule: 'R90-4', stage: ['start', 'growth'], amount: '1000万元' });
        assert.equal(product.status, 201, product.text);
        place.product = product.json.id;
        await begun(place.firm, 'consents', 'give', { bank: place.id.bank, parts: ['patents', 'facts'], purpose: '贷款的尽职调查', until_day: day(200) });
    }
    const at = await begun(place.firm, 'loans', 'apply', { product: place.product, asked: amount, purpose: '购买试制设备', months_asked: 12 });
    await done(place.bank, at, 'hand');
    await done(place.bank, at, 'agree', { approved: amount, rate: '3.65%', months: 12, guarantee: 'credit', decided_on: day(), file_no: '示例〔2026〕1号' });
    return at;
}

/** One that is signed too. */
export async function loan_signed(place, amount) {
    const at = await loan_agreed(place, amount);
    await done(place.bank, at, 'sign', { contract_no: `示例借${++loans}`, signed_on: day() });
    return at;
}

/** Its cover, confirmed. */
export async function loan_covered(place, pool, loan, amount) {
    const at = await begun(place.bank, 'covers', 'ask', { pool: number(pool), loan: number(loan), firm: place.id.firm, contract: '示例借', asked: amount,
        purpose: '购买试制设备', ends_on: day(360) });
    await done(place.manager, at, 'confirm');
    return at;
}

/** The account of a pool, in fen as BigInt by name. */
export async function account(who, pool) {
    const { account } = await look(who, pool);
    return Object.fromEntries(account.figures.map(one => [one.code, BigInt(one.fen)]));
}
