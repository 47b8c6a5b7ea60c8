// Public money that moves other money, over HTTP: a pool with its account, loans under its cover, claims paid by shares and recovered;
// project support that becomes shares, comes back, or is written off; what a payment moved, no yuan twice; branches for technology firms.
import { test, finish, engines } from './house.mjs';
import { account, claim, cover_ask, covered, day, fund_town, loan_agreed, loan_covered, loan_signed, pool_open, CHECKED, TERMS } from './fund_town.mjs';
import { begun, done, look, number, refused, state, step, value } from './matters.mjs';
import assert from 'node:assert/strict';

// --- the pool

async function terms_agree(place) {
    await refused(place.manager.post('/api/v1/pools', { step: 'open', ...TERMS, guarantor: place.id.guarantor, pool_share: '40.01%' }), 409, /三方分担合计不是 100%/);
    await refused(place.manager.post('/api/v1/pools', { step: 'open', ...TERMS }), 409, /没有担保机构/);
    const at = await begun(place.manager, 'pools', 'open', { ...TERMS, guarantor: place.id.guarantor });
    await refused(step(place.manager, at, 'approve'), 403, /主管部门/);
    await refused(step(place.both, at, 'approve'), 403, /“核准”由主管部门来办/);
    assert.equal((await place.server.guest().get(`/api/v1${at}`)).status, 404, 'what is only proposed is for nobody else');
    await refused(step(place.county, at, 'approve'), 403, /这一件由兰州市的工作人员决定/);
    await refused(step(place.county, at, 'send_back', { paused_why: '示例：倍数过高' }), 403, /由兰州市的工作人员决定/);
    await done(place.officer, at, 'send_back', { paused_why: '示例：倍数过高' });
    const changed = { ...TERMS, guarantor: place.id.guarantor, leverage: '8' };
    await refused(step(place.manager, at, 'change', { ...changed, place: ['620102'] }), 422, /place/); /* whose money it is was said when it was set up */
    await done(place.manager, at, 'change', changed);
    await done(place.officer, at, 'approve');
    assert.equal(await state(place.manager, at), 'open');
    const district = await begun(place.manager, 'pools', 'open', { ...TERMS, name: '示例区级资金池', guarantor: place.id.guarantor, place: ['620102'] });
    await done(place.county, district, 'approve');
    const elsewhere = await begun(place.manager, 'pools', 'open', { ...TERMS, name: '示例邻区资金池', guarantor: place.id.guarantor, place: ['620105'] });
    await refused(step(place.county, elsewhere, 'approve'), 403, /由兰州市安宁区的工作人员决定/);
    await done(place.officer, elsewhere, 'approve'); /* the city is above it */
    await refused(step(place.manager, at, 'pay', { way: 'returned', who: place.id.bureau, amount: '1元', paid_on: day(), voucher: '凭证' }), 409, /资金池的钱不够/);
    await refused(step(place.manager, at, 'pay', { way: 'paid_in', who: place.id.bureau, amount: '1元', paid_on: day(1), voucher: '凭证' }), 422, /到账日还没有到/);
}

async function cover_limits(place, pool) {
    await refused(step(place.manager, await cover_ask(place, pool, '5000000.01元'), 'confirm'), 409, /超过单笔限额/);
    const first = await cover_ask(place, pool, '500万元');
    await refused(step(place.bank, first, 'confirm'), 403, /管理机构/);
    await done(place.manager, first, 'confirm');
    await refused(step(place.manager, await cover_ask(place, pool, '3000000.01元'), 'confirm'), 409, /超过单户限额/);
    await refused(place.manager.post('/api/v1/covers', { step: 'ask', pool: number(pool), firm: place.id.firm, contract: '示例', asked: '1元', purpose: '购买原料', ends_on: day(9) }), 409,
        /不能为自己的贷款入池/);
    await refused(place.bank.post('/api/v1/covers', { step: 'ask', pool: number(pool), firm: place.id.manager, contract: '示例', asked: '1元', purpose: '购买原料', ends_on: day(9) }), 422,
        /不能是管理机构或银行自己/);
    await done(place.manager, await cover_ask(place, pool, '300万元'), 'confirm');
    await refused(step(place.manager, await cover_ask(place, pool, '0.01元', { who: place.firm, firm: place.id.second }), 'confirm'), 409, /不是资金池的合作银行/);
    assert.equal((await account(place.manager, pool)).covered, 800_000_000n);
    const drawn = await done(place.bank, first, 'draw', { drawn: '499万元', drawn_on: day(), voucher: '示例' });
    assert.equal(drawn.ver, 3, 'asked for, confirmed, drawn');
    assert.equal((await account(place.manager, pool)).covered, 799_000_000n, 'what was not drawn is free again');
    await refused(step(place.bank, first, 'repay', { amount: '499.01万元', repaid_on: day() }), 409, /超过余额/);
    await done(place.bank, first, 'repay', { amount: '99万元', repaid_on: day() });
    await done(place.bank, first, 'repay', { amount: '400万元', repaid_on: day() });
    assert.equal(await state(place.bank, first), 'settled');
    assert.equal((await account(place.manager, pool)).covered, 300_000_000n);
}

async function claim_paid(place, pool) {
    const cover = await covered(place, pool, '100.01元', { firm: place.id.second });
    const before = await account(place.manager, pool);
    await refused(place.bank.post('/api/v1/pool-claims', { step: 'file', cover: number(cover), amount: '100.02元', overdue_since: day(-1), shows: '示例：档案所载各项。' }), 422, /超过这笔贷款的本金余额/);
    await refused(place.other.post('/api/v1/pool-claims', { step: 'file', cover: number(cover), amount: '1元', overdue_since: day(-1), shows: '示例：档案所载各项。' }), 404, /没有/);
    const at = await claim(place, cover, '100.01元');
    await refused(place.bank.post('/api/v1/pool-claims', { step: 'file', cover: number(cover), amount: '1元', overdue_since: day(-1), shows: '示例：档案所载各项。' }), 409, /没有办完/);
    await done(place.manager, at, 'accept', CHECKED);
    const matter = await look(place.bank, at);
    assert.deepEqual(['pool_part', 'bank_part', 'guarantor_part'].map(name => value(matter, name)), ['4001', '4000', '2000'], 'to the fen, by largest remainder');
    await done(place.manager, at, 'decide', { decided_paper: '示例决定1号' });
    await done(place.manager, at, 'pay', { paid_on: day(), voucher: '示例' });
    const paid = await account(place.manager, pool);
    assert.deepEqual([paid.capital, paid.reserved, paid.compensated, paid.covered],
        [before.capital - 4001n, 0n, before.compensated + 4001n, before.covered - 10001n]);
    assert.equal(await state(place.bank, cover), 'settled');
    const back = { recovered_on: day(), source: '示例拍卖所得', voucher: '示例' };
    await done(place.bank, at, 'recover', { amount: '0.01元', ...back });
    await refused(step(place.bank, at, 'recover', { amount: '100.01元', ...back }), 422, /最多还可记/);
    await done(place.bank, at, 'recover', { amount: '100元', ...back });
    assert.equal(await state(place.bank, at), 'closed', 'all came back');
    const end = await account(place.manager, pool);
    assert.deepEqual([end.capital, end.recovered], [before.capital, before.recovered + 4001n]);
}

async function claim_refused(place, pool) {
    const cover = await covered(place, pool, '10万元', { firm: place.id.second });
    const at = await claim(place, cover, '10万元'), before = await account(place.manager, pool);
    await done(place.manager, at, 'accept', CHECKED);
    assert.equal((await account(place.manager, pool)).reserved, 4_000_000n);
    assert.equal(await state(place.bank, cover), 'claimed');
    await done(place.manager, at, 'refuse', { refused_why: '示例：借款人已经归还。' });
    assert.deepEqual(await account(place.manager, pool), before, 'nothing is left reserved');
    assert.equal(await state(place.bank, cover), 'lent');
}

async function conditions(place) {
    const pool = await pool_open(place, { overdue: '90', demands: '2' }), cover = await covered(place, pool, '10万元');
    const at = await begun(place.bank, 'pool-claims', 'file', { cover: number(cover), amount: '10万元', overdue_since: day(-89), shows: '示例：档案所载各项。' });
    await refused(step(place.manager, at, 'accept', CHECKED), 409, /逾期未满 90 日/);
    await done(place.manager, at, 'send_back', { checked: '示例：逾期未满，催收没有记录。' });
    await done(place.bank, at, 'refile', { amount: '10万元', overdue_since: day(-90), shows: '示例：档案所载各项。' });
    await done(place.bank, at, 'demand', { demanded_on: day(-60), how: 'letter', said: '示例催收函1号，未答复' });
    await refused(step(place.manager, at, 'accept', CHECKED), 409, /只记了 1 次催收/);
    await done(place.bank, at, 'demand', { demanded_on: day(-30), how: 'visit', said: '示例，答复无力偿还' });
    await done(place.manager, at, 'accept', CHECKED);
}

async function breaker(place) {
    const pool = await pool_open(place, {}, '100万元'); /* the line is 200,000 yuan */
    const one = await claim(place, await covered(place, pool, '50万元'), '50万元'); /* 200,000 of the pool's: exactly */
    const more = await claim(place, await covered(place, pool, '0.03元'), '0.03元');
    await done(place.manager, one, 'accept', CHECKED);
    assert.equal(await state(place.manager, pool), 'paused');
    await refused(step(place.manager, more, 'accept', CHECKED), 409, /已经熔断暂停/);
    await refused(step(place.manager, await cover_ask(place, pool, '1元'), 'confirm'), 409, /已暂停/);
    const review = { year: '2026', says: '示例：一户集中违约。', paper: '示例年审1号' };
    await refused(step(place.manager, pool, 'review', { ...review, decision: 'go_on' }), 422, /仍在熔断线上/);
    await done(place.manager, pool, 'pay', { way: 'paid_in', who: place.id.bureau, amount: '1元', paid_on: day(), voucher: '示例' });
    await done(place.manager, pool, 'review', { ...review, decision: 'go_on' });
    const { entries } = await look(place.manager, pool);
    const figures = entries.find(one => one.kind.code === 'pool_review').items[0].fields;
    assert.deepEqual(['capital', 'reserved'].map(name => figures.find(field => field.name === name).value), ['100000100', '20000000']);
    assert.equal(await state(place.manager, pool), 'open');
    await done(place.manager, more, 'accept', CHECKED);
    await done(place.manager, pool, 'review', { ...review, decision: 'end' });
    await refused(step(place.manager, pool, 'end'), 409, /还有在保/);
    await refused(step(place.manager, pool, 'pay', { way: 'returned', who: place.id.bureau, amount: '100万元', paid_on: day(), voucher: '示例' }), 409, /资金池的钱不够/);
    await done(place.manager, pool, 'pay', { way: 'returned', who: place.id.bureau, amount: '1元', paid_on: day(), voucher: '示例' });
    assert.equal(await state(place.manager, pool), 'ending', 'a pool that ends does not open again by way of its breaker');
}

/** Terms that never come to be approved do not hold a pool for good. */
async function given_up(place) {
    const at = await begun(place.manager, 'pools', 'open', { ...TERMS, guarantor: place.id.guarantor });
    await done(place.officer, at, 'send_back', { paused_why: '示例：倍数过高' });
    await done(place.manager, at, 'stop', { paused_why: '示例：不再设立' });
    await done(place.manager, at, 'end');
    assert.equal(await state(place.manager, at), 'ended');
    const pool = await pool_open(place, {}, '10万元'), one = await claim(place, await covered(place, pool, '100元'), '100元'), back = { recovered_on: day(), source: '示例', voucher: '示例' };
    const give = amount => done(place.manager, pool, 'pay', { way: 'returned', who: place.id.bureau, amount, paid_on: day(), voucher: '示例' });
    await done(place.manager, one, 'accept', CHECKED);
    await done(place.manager, one, 'decide', { decided_paper: '示例决定4号' });
    await done(place.manager, one, 'pay', { paid_on: day(), voucher: '示例' });
    await done(place.manager, pool, 'review', { year: '2026', says: '示例：到期不再续办，不新增。', paper: '示例年审2号', decision: 'end' });
    await give('99960元');
    await refused(step(place.manager, pool, 'end'), 409, /还有 1 件代偿没有办结/);
    await done(place.manager, one, 'close', { refused_why: '示例：没有可供执行的财产' });
    await done(place.bank, one, 'recover', { amount: '50元', ...back });
    assert.equal((await account(place.manager, pool)).available, 2_000n, 'what comes after the end of a recovery is shared too');
    await give('20元');
    await done(place.manager, pool, 'end');
    await refused(step(place.bank, one, 'recover', { amount: '50元', ...back }), 409, /资金池已经清算/);
}

/** What was decided is not yet paid: it may still be refused, and the pool has its money back. */
async function decided_and_refused(place, pool) {
    const cover = await covered(place, pool, '10万元', { firm: place.id.second }), before = await account(place.manager, pool);
    const at = await claim(place, cover, '10万元');
    await done(place.manager, at, 'accept', CHECKED);
    await done(place.manager, at, 'decide', { decided_paper: '示例决定3号' });
    await done(place.manager, at, 'refuse', { refused_why: '示例：支付前借款人已经归还。' });
    assert.deepEqual(await account(place.manager, pool), before, 'nothing is left reserved');
    assert.equal(await state(place.bank, cover), 'lent');
    const other = await claim(place, cover, '10万元');
    await done(place.manager, other, 'send_back', { checked: '示例：缺催收的记录和送达凭证。' });
    await done(place.manager, other, 'refuse', { refused_why: '示例：逾期没有补正。' });
    await done(place.bank, cover, 'repay', { amount: '10万元', repaid_on: day() });
}

/** A cover and its loan agree whatever comes first: drawn before it is confirmed, withdrawn or given up after. */
async function cover_and_loan_agree(place, pool) {
    const before = await account(place.manager, pool);
    const ask = (loan, amount) => begun(place.bank, 'covers', 'ask', { pool: number(pool), loan: number(loan), firm: place.id.firm, contract: '示例借', asked: amount, purpose: '购买试制设备',
        ends_on: day(360) });
    const drawn = await loan_signed(place, '1万元'), late = await ask(drawn, '1万元');
    await done(place.bank, drawn, 'draw', { amount: '1万元', paid_on: day(), voucher: '示例' });
    await refused(step(place.manager, late, 'confirm'), 409, /确认以前已经提款/);
    await done(place.manager, late, 'refuse', { refused_why: '示例：已经提款。' });
    const left = await loan_agreed(place, '2万元'), taken = await loan_covered(place, pool, left, '2万元');
    await refused(step(place.manager, taken, 'expire'), 409, /期限还没有过/);
    await done(place.firm, left, 'withdraw');
    const lapsed = await loan_agreed(place, '3万元'), held = await loan_covered(place, pool, lapsed, '3万元');
    await done(place.bank, lapsed, 'close');
    assert.deepEqual([await state(place.bank, taken), await state(place.bank, held)], ['settled', 'settled']);
    const once = await loan_signed(place, '2万元'), part = await loan_covered(place, pool, once, '2万元');
    await done(place.bank, once, 'draw', { amount: '1万元', paid_on: day(), voucher: '示例' });
    await done(place.bank, once, 'repay', { amount: '1万元', interest: '0', paid_on: day(), voucher: '示例' });
    assert.equal(await state(place.bank, part), 'settled');
    await done(place.bank, once, 'draw', { amount: '1万元', paid_on: day(), voucher: '示例' });
    await done(place.bank, once, 'overdue', { overdue_on: day() });
    await refused(step(place.bank, once, 'claim'), 409, /入池额度已经解除/);
    assert.equal((await account(place.manager, pool)).covered, before.covered);
}

/** The loan's own steps bring the pool along, the pool's bring the loan. */
async function loan_and_pool(place, pool) {
    const loan = await loan_signed(place, '10万元'), before = await account(place.manager, pool);
    assert.match((await place.bank.get(loan)).text, /申请入池：示例科技贷款/);
    const door = /href="(\/covers\/new\?pool=[^"]+)"/.exec((await place.bank.get(loan)).text)[1].replaceAll('&amp;', '&');
    assert.match((await place.bank.get(door)).text, /value="示例丁泵业"/, 'what the loan says is not typed again');
    const cover = await loan_covered(place, pool, loan, '10万元');
    await refused(step(place.bank, cover, 'draw', { drawn: '1元', drawn_on: day(), voucher: '示例' }), 409, /它自己的页面上放款/);
    await done(place.bank, loan, 'draw', { amount: '6万元', paid_on: day(), voucher: '示例1' });
    await done(place.bank, loan, 'draw', { amount: '4万元', paid_on: day(), voucher: '示例2' });
    await done(place.bank, loan, 'repay', { amount: '99.99元', interest: '1元', paid_on: day(), voucher: '示例3' });
    assert.equal((await account(place.manager, pool)).covered, before.covered + 9_990_001n);
    await done(place.bank, loan, 'overdue', { overdue_on: day() });
    await done(place.bank, loan, 'claim');
    const at = (await look(place.bank, cover)).cover.claims[0].href;
    await done(place.manager, at, 'refuse', { refused_why: '示例：担保没有执行。' });
    assert.equal(await state(place.bank, loan), 'overdue');
    await done(place.bank, loan, 'claim');
    const again = (await look(place.bank, cover)).cover.claims[0].href;
    assert.notEqual(again, at);
    await done(place.manager, again, 'accept', CHECKED);
    await done(place.manager, again, 'decide', { decided_paper: '示例决定2号' });
    await done(place.manager, again, 'pay', { paid_on: day(), voucher: '示例' });
    assert.deepEqual([await state(place.bank, loan), await state(place.bank, cover)], ['compensated', 'settled']);
    assert.equal((await account(place.manager, pool)).covered, before.covered);
    await refused(step(place.bank, loan, 'repay', { amount: '1元', paid_on: day(), voucher: '示例' }), 409, /记追偿/);
    await done(place.bank, again, 'recover', { amount: '99900.01元', recovered_on: day(), source: '示例', voucher: '示例' });
    const end = await account(place.manager, pool);
    assert.equal(end.capital, before.capital, 'all came back');
    await done(place.bank, loan, 'close');
    const lapsed = await loan_signed(place, '1万元'), taken = await loan_covered(place, pool, lapsed, '1万元');
    await done(place.bank, lapsed, 'close');
    assert.deepEqual([await state(place.bank, taken), (await account(place.manager, pool)).covered], ['settled', before.covered], 'a loan never drawn frees its cover');
}

/** What the loan says of its claims is what they say, whichever way they go. */
async function loan_says_what_its_claims_say(place, pool) {
    const loan = await loan_signed(place, '10万元'), cover = await loan_covered(place, pool, loan, '10万元');
    await done(place.bank, loan, 'draw', { amount: '10万元', paid_on: day(), voucher: '示例7' });
    await done(place.bank, loan, 'overdue', { overdue_on: day() });
    const says = async (code, fen) => {
        const matter = await look(place.bank, loan);
        assert.deepEqual([matter.state.code, value(matter, 'claimed')], [code, fen]);
    };
    const claimed = async () => {
        await done(place.bank, loan, 'claim');
        await says('claimed', '10000000');
        return (await look(place.bank, cover)).cover.claims[0].href;
    };
    const sent_back = async at => {
        await done(place.manager, at, 'send_back', { checked: '示例：本金与对账单不一致。' });
        await says('claimed', '10000000');
    };
    const one = await claimed(), again = { overdue_since: day(-1), shows: '示例：档案所载各项。' };
    await sent_back(one);
    await done(place.bank, one, 'withdraw');
    await says('overdue', undefined);
    const two = await claimed();
    await sent_back(two);
    await done(place.manager, two, 'refuse', { refused_why: '示例：逾期没有补正。' });
    await says('overdue', undefined);
    const three = await claimed();
    await sent_back(three);
    await done(place.bank, three, 'refile', { amount: '6万元', ...again });
    await says('claimed', '6000000');
    await done(place.bank, three, 'withdraw');
    await says('overdue', undefined);
    const four = await claimed();
    await done(place.manager, four, 'accept', CHECKED);
    await says('claimed', '10000000');
    await done(place.manager, four, 'refuse', { refused_why: '示例：担保没有执行。' });
    await says('overdue', undefined);
    const five = await claimed();
    await sent_back(five);
    await done(place.bank, five, 'refile', { amount: '7万元', ...again });
    await done(place.manager, five, 'accept', CHECKED);
    await done(place.manager, five, 'decide', { decided_paper: '示例决定5号' });
    await says('claimed', '7000000');
    await done(place.manager, five, 'pay', { paid_on: day(), voucher: '示例' });
    await says('compensated', '7000000');
    await done(place.bank, five, 'recover', { amount: '1万元', recovered_on: day(), source: '示例', voucher: '示例' });
    await done(place.manager, five, 'close', { refused_why: '示例：没有可供执行的财产' });
    await says('compensated', '7000000');
}

async function who_sees(place, pool) {
    const open = (await place.server.guest().get(`/api/v1${pool}`)).json.matter;
    assert.equal(open.account.lines, null, 'the sums are public, each entry is not');
    const page = (await place.manager.get(`${pool}?entries=covered`)).text;
    assert.match(page, /解除占用/);
    assert.doesNotMatch(page, /<td>缴入<\/td>/, 'a figure leads to its own entries');
    const { lines } = (await look(place.manager, `${pool}?entries=covered`)).account;
    assert.ok(lines.length > 0);
    const sum = lines.reduce((all, line) => all + (line.sort.code === 'covered' ? 1n : -1n) * BigInt(line.fen), 0n);
    assert.equal(sum, (await account(place.manager, pool)).covered);
    assert.ok(lines.every(line => line.cause.label), 'every entry names its cause');
    for (const line of lines) assert.equal((await place.manager.get(line.cause.href)).status, 200, 'and leads to it');
    assert.equal((await place.second.get((await place.bank.get('/api/v1/covers')).json.matters.lines.at(-1).href)).status, 404);
}

// --- support first, shares later

const AGREED = { program: '示例先投后股专项', project: '示例：耐磨轴承中试', amount: '100万元', agreed_on: day(-400), until_day: day(700), least_round: '1000万元',
    least_revenue: '2000万元', discount: '10%', most_share: '10%', same_day: 'lower', return_rate: '5%' };

async function running(place, changes = {}) {
    const at = await begun(place.manager, 'stakes', 'agree', { firm: place.id.firm, ...AGREED, ...changes });
    await done(place.firm, at, 'confirm_terms');
    await done(place.manager, at, 'plan', { what: '示例样机', by_day: day(-200) });
    await done(place.manager, at, 'pay', { paid_on: day(-365), voucher: '示例' });
    return at;
}

async function accepted(place, changes) {
    const at = await running(place, changes), seen = { checked_on: day(), who: '示例审计所', passed: '1', says: '示例：符合。' };
    await refused(step(place.manager, at, 'look', { ...seen, sort: 'acceptance' }), 409, /还没有通过中期评估/);
    await done(place.firm, at, 'done', { done_on: day(-201), shows: '示例检测报告' });
    for (const sort of ['midterm', 'audit', 'acceptance']) await done(place.manager, at, 'look', { ...seen, sort });
    return at;
}

async function converted(place) {
    const at = await accepted(place), round = { who: '示例创投', market: '1', paper: '示例增资协议' };
    await refused(step(place.manager, at, 'trigger', { basis: 'round' }), 422, /没有双方认可的市场化融资/);
    await refused(step(place.firm, at, 'round', { ...round, closed_on: day(-401), raised: '5000万元', valuation: '9000万元', shares: '1000000' }), 422, /早于协议签订日/);
    await done(place.firm, at, 'round', { ...round, closed_on: day(-2), raised: '400万元', valuation: '9000万元', shares: '1000000' });
    await refused(step(place.manager, at, 'trigger', { basis: 'round' }), 422, /没有双方认可的市场化融资/); /* one side's word */
    await refused(step(place.firm, at, 'holder_agree'), 403, /受托管理机构/);
    await done(place.manager, at, 'holder_agree');
    await refused(step(place.manager, at, 'trigger', { basis: 'round' }), 409, /没有达到约定的触发条件/);
    await done(place.firm, at, 'round', { ...round, closed_on: day(-2), raised: '9000万元', valuation: '9000万元', shares: '1000000' });
    await done(place.manager, at, 'holder_contest', { contest_why: '没有这一轮' });
    await refused(step(place.manager, at, 'trigger', { basis: 'round' }), 409, /没有达到约定的触发条件/);
    assert.deepEqual((await look(place.manager, at)).stake.rounds.map(one => [one.agreed, one.contested]), [[true, false], [false, true]]);
    await done(place.firm, at, 'round', { ...round, closed_on: day(-1), raised: '600万元', valuation: '9000万元', shares: '1000000' });
    await done(place.firm, at, 'round', { ...round, closed_on: day(-1), raised: '400万元', valuation: '8000万元', shares: '1000000' });
    await done(place.manager, at, 'holder_agree');
    await done(place.manager, at, 'holder_agree');
    await done(place.manager, at, 'trigger', { basis: 'round' });
    const matter = await look(place.manager, at);
    /* 1,000,000 yuan at 80 yuan less a tenth: 72 yuan a share gives 13,888 shares for 999,936 yuan */
    assert.deepEqual(['round', 'shares', 'cost', 'rest'].map(name => String(value(matter, name))), ['4', '13888', '99993600', '6400']);
    assert.equal(matter.stake.rounds.find(one => one.here).no, 4, 'of two on one day the lower price, as agreed');
    assert.match((await place.manager.get(at)).text, /转股试算/);
    await refused(step(place.firm, at, 'convert', { registered_on: day() }), 403, /受托管理机构/);
    await done(place.manager, at, 'convert', { registered_on: day() });
    assert.equal(await state(place.firm, at), 'converted');
    const flows = (await place.manager.get('/api/v1/public-money')).json.money;
    assert.ok(flows.payments.some(one => /耐磨轴承/.test(one.title)), 'what was paid stands among the public payments');
}

/** Without a round: by audited revenue, at an appraised price, no more than a tenth of the firm. */
async function converted_by_revenue(place) {
    const at = await accepted(place), appraised = { basis: 'revenue', shares_now: '900', valuation: '900万元' };
    await refused(step(place.manager, at, 'trigger', { basis: 'revenue', revenue: '2000万元' }), 422, /评估的股权价值/);
    await refused(step(place.manager, at, 'trigger', { ...appraised, revenue: '19999999.99元' }), 409, /没有达到约定的触发条件/);
    await done(place.manager, at, 'trigger', { ...appraised, revenue: '2000万元' });
    await refused(step(place.manager, at, 'convert', { registered_on: day() }), 409, /现在还不能/);
    await done(place.firm, at, 'contest_trigger', { contest_why: '总股数是 1000 股' });
    assert.equal(value(await look(place.manager, at), 'shares'), undefined, 'nothing stands of what was contested');
    await done(place.manager, at, 'trigger', { ...appraised, revenue: '2000万元' });
    await done(place.firm, at, 'confirm_trigger');
    const matter = await look(place.manager, at);
    assert.deepEqual(['shares', 'cost', 'rest'].map(name => String(value(matter, name))), ['100', '90000000', '10000000'], 'held at the most it may have, the rest in money');
    await refused(step(place.manager, at, 'convert', { registered_on: day(1) }), 422, /变更登记日还没有到/);
}

async function exited(place) {
    const never = await begun(place.manager, 'stakes', 'agree', { firm: place.id.firm, ...AGREED });
    await refused(place.manager.post('/api/v1/stakes', { step: 'agree', firm: place.id.manager, ...AGREED }), 422, /不能支持自己/);
    await refused(step(place.manager, never, 'pay', { paid_on: day(-365), voucher: '示例' }), 409, /现在还不能/);
    await done(place.firm, never, 'contest_terms', { contest_why: '示例：协议上的折让是 20%。' });
    await done(place.manager, never, 'restate', { firm: place.id.firm, ...AGREED, discount: '20%' });
    assert.equal(value(await look(place.firm, never), 'contest_why'), undefined, 'what was put right is contested no more');
    await refused(step(place.manager, never, 'confirm_terms'), 403, /./);
    await done(place.manager, never, 'drop');
    assert.equal(await state(place.firm, never), 'void', 'an agreement under which nothing was paid does not stand open for good');
    const at = await accepted(place);
    await refused(step(place.manager, at, 'exit', { back: '1049999.99元', back_on: day() }), 409, /少于应退/);
    await done(place.manager, at, 'exit', { back: '105万元', back_on: day() });
    assert.equal(value(await look(place.firm, at), 'due_back'), '105000000', 'a year at five per cent');
}

async function written_off(place) {
    const at = await running(place), loss = { loss: '100万元', loss_why: '示例：中试路线没有走通。', diligence: '示例：决策会议纪要、拨付单、两次检查记录。' };
    await done(place.manager, at, 'lose', loss);
    await refused(step(place.officer, at, 'write_off', { no_gain: '1', loss_paper: '示例决定' }), 409, /现在还不能/);
    await refused(step(place.manager, at, 'pass_on'), 409, /还在说明的期限内/);
    await done(place.firm, at, 'contest_loss', { contest_why: '示例：还有设备可以变卖。' });
    assert.match((await place.officer.get(at)).text, /还有设备可以变卖/);
    await refused(step(place.manager, at, 'write_off', { no_gain: '1', loss_paper: '示例决定' }), 403, /主管部门/);
    await refused(step(place.county, at, 'write_off', { no_gain: '1', loss_paper: '示例决定' }), 403, /由兰州市的工作人员决定/);
    await refused(step(place.county, at, 'deny', { loss_paper: '示例决定' }), 403, /由兰州市的工作人员决定/);
    await refused(step(place.officer, at, 'write_off', { no_gain: '1', loss_paper: '示例决定' }), 409, /未备：没有检查记录/);
    await done(place.officer, at, 'deny', { loss_paper: '示例决定0号：先做检查' });
    const other = await running(place), seen = { checked_on: day(-199), who: '示例审计所', passed: '0', says: '示例：没有完成。' };
    for (const sort of ['midterm', 'audit']) await done(place.manager, other, 'look', { ...seen, passed: '1', sort });
    await done(place.manager, other, 'lose', loss);
    await done(place.firm, other, 'admit_loss');
    await refused(step(place.officer, other, 'write_off', { no_gain: '0', loss_paper: '示例决定' }), 409, /牟取非法利益/);
    await refused(step(place.both, other, 'write_off', { no_gain: '1', loss_paper: '示例决定' }), 403, /由主管部门来办/);
    await done(place.officer, other, 'write_off', { no_gain: '1', loss_paper: '示例核销决定1号' });
    const ledger = (await place.officer.get('/api/v1/tolerance')).json.tolerance;
    assert.deepEqual([ledger.lines.length, ledger.lost, ledger.lines[0].paper], [1, '100000000', '示例核销决定1号']);
    assert.equal((await place.firm.get('/api/v1/tolerance')).json.tolerance.lines.length, 1, 'its own');
    assert.equal((await place.bank.get('/api/v1/tolerance')).json.tolerance.lines.length, 0, 'others are not for everybody');
    assert.match((await place.officer.get('/tolerance')).text, /没有走通/);
}

// --- the lineage

async function lineage(place) {
    const claimed = await place.firm.post('/api/v1/public-money', { step: 'record', sort: 'guide', program: '示例专项', payee: place.id.second, amount: '30万元',
        paid_on: day(-1), purpose: '示例：自称付了财政资金', voucher: '示例' });
    assert.deepEqual([claimed.status, /由政府部门/.test(claimed.text)], [403, true], 'a firm cannot publish that it paid public money');
    const pay = (program, values = {}) => begun(place.bureau, 'public-money', 'record', { sort: 'guide', program, payee: place.id.firm, amount: '30万元',
        paid_on: day(-10), purpose: '支持研发和设备', voucher: `示例凭证 ${program}`, ...values });
    const one = await pay('示例甲专项'), two = await pay('示例乙专项');
    const again = values => place.bureau.post('/api/v1/public-money', { step: 'record', sort: 'guide', program: '示例丁专项', payee: place.id.firm, amount: '1元',
        paid_on: day(-10), purpose: '支持研发和设备', voucher: '示例凭证 示例甲专项', ...values });
    await refused(again({}), 422, /已经记过/);
    await refused(again({ voucher: '示例丁', amount: '10001亿元' }), 422, /金额/);
    const rnd = { sort: 'rnd', who: place.id.firm, number: '研发专账 2026-1', moved_on: day(-5), amount: '100.01元', paper: '示例专项审计报告' };
    await done(place.firm, one, 'moved', { ...rnd, share: '60%' });
    await refused(step(place.firm, two, 'moved', { ...rnd, share: '40.01%' }), 409, /超过 100%/);
    await refused(step(place.firm, two, 'moved', { ...rnd, share: '40%', amount: '100.02元' }), 409, /已记的全额与这里不同/);
    await refused(step(place.firm, two, 'moved', { ...rnd, share: '40%', moved_on: day(-11) }), 409, /早于财政资金支付日/);
    await done(place.firm, two, 'moved', { ...rnd, share: '40%', number: '研发专账２０２６—１' });
    const fen = at => look(place.bureau, at).then(matter => BigInt(matter.flow.declared) + BigInt(matter.flow.proved));
    assert.equal(await fen(one) + await fen(two), 10_001n, 'the shares add up to the whole, to the fen');
    assert.equal((await look(place.bureau, one)).flow.edges[0].others.length, 1, 'and each shows the other');
    await refused(step(place.firm, one, 'prove', { seen: '看过审计报告' }), 403, /主管部门/);
    await done(place.officer, one, 'prove', { seen: '示例：看过专项审计报告原件' });
    await done(place.firm, two, 'unmove', { void_why: '示例：编号写错' });
    await done(place.firm, two, 'moved', { ...rnd, share: '0.01%' });
    const flow = (await look(place.bureau, one)).flow;
    assert.deepEqual([flow.declared, flow.proved, flow.times, flow.times_proved], ['0', '6000', '0/1 = 0.00', '1/5000 = 0.00'], 'what is proved is no more only declared');
    await refused(step(place.bureau, one, 'void', { void_why: '示例：重复记了' }), 409, /先逐条撤销/);
    await done(place.officer, two, 'moved', { ...rnd, sort: 'loan', number: '示例借款1', amount: '1元', share: '100%' });
    await refused(step(place.officer, two, 'prove', { seen: '示例：看过借款合同' }), 403, /您自己记的/);
    await refused(place.bureau.post('/api/v1/public-money', { step: 'record', sort: 'guide', program: '示例', payee: place.id.bureau, amount: '1元', paid_on: day(-1), purpose: '支持研发和设备',
        voucher: '示例' }), 422, /受款方不能是支付方自己/);
    const three = await pay('示例丙专项', { amount: '0.02元' });
    await done(place.bureau, three, 'moved', { ...rnd, sort: 'equity', number: '增资协议1', amount: '0.07元', share: '100%' });
    const { groups } = (await place.server.guest().get('/api/v1/public-money')).json.money;
    const line = groups[1].lines.find(found => found.name === '示例丙专项');
    assert.deepEqual([line.paid, line.declared, line.proved, line.times], ['2', '7', '0', '7/2 = 3.50']);
    assert.match((await place.server.guest().get('/public-money')).text, /资金谱系/);
    assert.doesNotMatch((await place.server.guest().get(one)).text, /专项审计报告/, 'the documents are not for everybody');
}

/** What a record of this house says nobody types: contributions to a pool, stakes, and the loans drawn under the pool. */
async function lineage_by_itself(place) {
    const program = '示例谱系资金池', line = async () => (await place.server.guest().get('/api/v1/public-money')).json.money.groups[1].lines.find(found => found.name === program);
    const paid = { way: 'paid_in', who: place.id.bureau, paid_on: day() };
    const typed = await begun(place.bureau, 'public-money', 'record', { sort: 'pool', program, payee: place.id.manager, amount: '300万元', paid_on: day(), purpose: '风险池出资',
        voucher: '示例财凭2' });
    const pool = await pool_open(place, { name: program }, '600万元');
    await done(place.manager, pool, 'pay', { ...paid, amount: '300万元', voucher: '示例财凭2' });
    await done(place.manager, pool, 'pay', { ...paid, who: place.id.guarantor, amount: '100万元', voucher: '示例保凭1' });
    assert.deepEqual([(await line()).payments, (await line()).paid, (await line()).proved], [2, '900000000', '0'], 'what was typed before is linked, and a guarantor is no public payer');
    assert.deepEqual((await look(place.bureau, typed)).flow.from.kind.code, 'pool');
    const cover = await covered(place, pool, '100.01元', { firm: place.id.second }), { contract } = Object.fromEntries((await look(place.bank, cover)).fields.map(one => [one.name, one.value]));
    const { flow } = await look(place.bureau, typed);
    assert.deepEqual([flow.loans.count, flow.loans.fen, flow.proved, flow.declared], [1, '3333', '3333', '0'], 'a third, down to the fen');
    assert.deepEqual([(await line()).proved, (await line()).declared], ['10000', '0'], 'a third and two thirds, each down to the fen');
    const loan = { sort: 'loan', who: place.id.second, number: ` ${contract}`, moved_on: day(), amount: '100.01元', share: '100%', paper: '示例借款合同' };
    await refused(step(place.bureau, typed, 'moved', loan), 422, /已经按它的记录计入/);
    await done(place.bureau, typed, 'moved', { ...loan, number: '示例别处的借款' });
    assert.deepEqual([(await line()).proved, (await line()).declared, (await line()).times], ['10000', '10001', '10001/900000000 = 0.00'], 'what is only typed is kept apart');
    assert.match((await place.server.guest().get(typed)).text, /入池贷款的记录/);
    assert.match((await place.server.guest().get(typed)).text, /只有申报/);
    const early = await begun(place.bureau, 'public-money', 'record', { sort: 'guide', program: '示例早记', payee: place.id.second, amount: '1元', paid_on: day(-1), purpose: '示例用途',
        voucher: '示例早记' });
    const asked = await cover_ask(place, pool, '100元', { firm: place.id.second }), number_of = (await look(place.bank, asked)).fields.find(one => one.name === 'contract').value;
    await done(place.second, early, 'moved', { ...loan, number: number_of, amount: '100元', share: '40%' });
    await done(place.manager, asked, 'confirm');
    await done(place.bank, asked, 'draw', { drawn: '100元', drawn_on: day(), voucher: '示例' });
    assert.equal((await line()).proved, '19999', 'what is only declared elsewhere takes nothing away');
    await done(place.officer, early, 'prove', { seen: '示例：看过借款合同' });
    assert.equal((await line()).proved, '16000', 'what is proved there is not counted here again');
}

async function branches(place) {
    const branch = { name: '示例甲银行科技支行', address: '示例路1号', phone: '0931-1234567', licensed_by: '示例监管局', paper: '示例认定1号', since_day: day(-10),
        until_day: day(300), staff: '6', delegated: '500万元', tolerance: '3%', bad: '3.01%', duty: '示例尽职免责办法' };
    const at = await begun(place.bank, 'branches', 'file', branch);
    await refused(step(place.officer, at, 'list'), 409, /高于容忍度/);
    await done(place.officer, at, 'refuse', { refused_why: '示例：不良率高于容忍度' });
    const good = await begun(place.bank, 'branches', 'file', { ...branch, bad: '3%' });
    assert.equal((await place.server.guest().get(good)).status, 404);
    await done(place.officer, good, 'list');
    assert.match((await place.server.guest().get(good)).text, /3%/);
    assert.match((await place.server.guest().get('/branches')).text, /示例甲银行科技支行/);
}

/** A year later the bank has neither drawn nor given back what was confirmed for it. */
async function expired(place, cover) {
    await done(place.manager, cover, 'confirm');
    await place.server.stop();
    place.server = await place.city.serve({ env: { TQ_CLOCK_MS: String(Date.now() + 361 * 86_400_000) } });
    place.manager = await place.server.signIn('manager', place.password);
    await done(place.manager, cover, 'expire');
    assert.equal(await state(place.manager, cover), 'withdrawn');
}

for (const engine of engines)
    await test(`${engine}: a pool, support for shares, the lineage of public money, branches`, async () => {
        const place = await fund_town(engine);
        try {
            await terms_agree(place);
            const pool = await pool_open(place);
            await cover_limits(place, pool);
            await claim_paid(place, pool);
            await claim_refused(place, pool);
            await decided_and_refused(place, pool);
            await loan_and_pool(place, pool);
            await loan_says_what_its_claims_say(place, pool);
            await cover_and_loan_agree(place, pool);
            await who_sees(place, pool);
            await conditions(place);
            await breaker(place);
            await given_up(place);
            await converted(place);
            await converted_by_revenue(place);
            await exited(place);
            await written_off(place);
            await lineage(place);
            await lineage_by_itself(place);
            await branches(place);
            await expired(place, await cover_ask(place, pool, '1元'));
            await place.server.stop();
            assert.match(place.city.run('check'), /都与账本相符/);
        } finally {
            await place.city.end();
        }
    });
finish();
