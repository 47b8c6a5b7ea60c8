// kill -9 between drawdown and pool entry, and anywhere else in a pool's writes: clients confirm, draw, claim and pay loans under one pool;
// at an acknowledgement chosen by chance the server is killed. After each restart every figure of the account is the sum of its entries,
// what each loan takes of the cover is what it says itself, nothing acknowledged is lost, and nothing is half there (tieqiao check).
//
//   node tests/fault/pool.mjs [KILLS] [ENGINE]
import { test, finish, engines } from '../web/house.mjs';
import { account, claim, cover_ask, day, fund_town, loan_covered, loan_signed, pool_open, CHECKED } from '../web/fund_town.mjs';
import { look } from '../web/matters.mjs';
import { randomInt } from 'node:crypto';
import assert from 'node:assert/strict';

const kills = Number(process.argv[2] ?? 4);
const CLIENTS = 8, AMOUNT = '1000元', FEN = 100_000n, PART = 40_000n;

/** A loan's way; `at` is where it is. Each step is repeated with its own request id until its answer has come. */
const WAY = [['manager', 'cover', 'confirm', {}], ['bank', 'cover', 'draw', { drawn: AMOUNT, drawn_on: day(), voucher: '示例' }],
    ['manager', 'claim', 'accept', CHECKED], ['manager', 'claim', 'decide', { decided_paper: '示例' }], ['manager', 'claim', 'pay', { paid_on: day(), voucher: '示例' }]];

async function take(place, loan) {
    const [who, what, name, values] = WAY[loan.done];
    if (what === 'claim' && !loan.claim) {
        loan.claim = await claim(place, loan.cover, AMOUNT, { request_id: `pool-${loan.no}-file` });
        loan.ver.claim = 1;
    }
    const reply = await place[who].post(`/api/v1${loan[what]}`, { step: name, ver: loan.ver[what], request_id: `pool-${loan.no}-${loan.done}`, ...values });
    if (reply.status === 503) return false;
    assert.equal(reply.status, 200, `${name}: ${reply.text}`);
    loan.ver[what] = reply.json.ver;
    loan.done++;
    return true;
}

async function client(place, state, mine) {
    while (!state.over) {
        const loan = mine.find(one => one.done < WAY.length);
        if (!loan) return;
        try {
            if (await take(place, loan) && --state.left === 0) { state.over = true; place.server.kill(); }
        } catch (error) {
            if (!state.over || error.code === 'ERR_ASSERTION') throw error; /* connections break only when the server dies */
        }
    }
}

async function again(place) {
    await place.server.kill();
    place.server = await place.city.serve();
    for (const who of ['manager', 'bank', 'firm', 'officer']) place[who].server = place.server;
}

/** The sums that the account shows against its entries one by one, and against what the loans say. */
async function exact(place, pool, loans) {
    const now = await account(place.manager, pool), sums = {};
    for (let at = `${pool}?entries=all`; at;) {
        const { account: page } = await look(place.manager, at);
        for (const line of page.lines) sums[line.sort.code] = (sums[line.sort.code] ?? 0n) + BigInt(line.fen);
        at = page.next?.replace('#entries', '');
    }
    const of = code => sums[code] ?? 0n;
    assert.deepEqual([now.capital, now.covered, now.reserved, now.compensated],
        [of('paid_in') - of('compensated') + of('recovered'), of('covered') - of('released'), of('reserved') - of('freed'), of('compensated')]);
    const states = { covered: 0n, reserved: 0n, compensated: 0n };
    for (const loan of loans) {
        const cover = await look(place.bank, loan.cover), code = cover.state.code;
        states.covered += ['confirmed', 'lent', 'claimed'].includes(code) ? FEN : 0n;
        assert.equal(BigInt(cover.cover.covered), ['confirmed', 'lent', 'claimed'].includes(code) ? FEN : 0n, 'a loan and what it takes of the pool');
        const stands = loan.claim ? (await look(place.bank, loan.claim)).state.code : '';
        states.reserved += ['accepted', 'decided'].includes(stands) ? PART : 0n;
        states.compensated += stands === 'paid' ? PART : 0n;
        if (loan.done === WAY.length) assert.equal(stands, 'paid', 'acknowledged and lost');
    }
    assert.deepEqual({ covered: now.covered, reserved: now.reserved, compensated: now.compensated }, states);
}

/** One loan of this house: its drawdown posted to a server that dies, then asked for again with the same id. */
async function dying_drawdown(place, pool, n) {
    const loan = await loan_signed(place, '100元'), cover = await loan_covered(place, pool, loan, '100元'), { ver } = await look(place.bank, loan);
    const body = { step: 'draw', ver, amount: '100元', paid_on: day(), voucher: '示例', request_id: `draw-${n}-once` };
    const first = place.bank.post(`/api/v1${loan}`, body).catch(() => undefined);
    await new Promise(done => setTimeout(done, randomInt(0, 8)));
    await again(place);
    const answered = await first, drawn = (await look(place.bank, loan)).entries.some(one => one.kind.code === 'drawdown');
    assert.equal((await look(place.bank, cover)).state.code, drawn ? 'lent' : 'confirmed', 'a drawdown and its pool are both there or neither');
    if (answered) assert.ok(drawn, 'acknowledged and lost');
    assert.equal((await place.bank.post(`/api/v1${loan}`, body)).status, 200);
    assert.equal((await look(place.bank, cover)).state.code, 'lent');
    await place.bank.post(`/api/v1${loan}`, { step: 'repay', ver: (await look(place.bank, loan)).ver, amount: '100元', paid_on: day(), voucher: '示例' });
    return drawn;
}

for (const engine of process.argv[3] ? [process.argv[3]] : engines)
    await test(`${engine}: ${kills} times kill -9 among a pool's writes and ${kills} times at a drawdown: sums are their entries, nothing half`, async () => {
        const place = await fund_town(engine), pool = await pool_open(place, { leverage: '100', breaker: '100%', firm_limit: '1亿元' }), loans = [];
        try {
            let written = 0;
            for (let n = 0; n < kills; n++) written += await dying_drawdown(place, pool, n);
            for (let round = 0; round < kills; round++) {
                const fresh = await Promise.all(Array.from({ length: CLIENTS * 2 }, async () => ({ no: loans.length, cover: await cover_ask(place, pool, AMOUNT), ver: { cover: 1 }, done: 0 })));
                fresh.forEach((loan, i) => { loan.no = loans.length + i; });
                loans.push(...fresh);
                const state = { over: false, left: randomInt(1, CLIENTS * WAY.length) };
                await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(place, state, loans.filter(loan => loan.no % CLIENTS === i))));
                await again(place);
                await exact(place, pool, loans);
            }
            const state = { over: false, left: -1 };
            await Promise.all(Array.from({ length: CLIENTS }, (_, i) => client(place, state, loans.filter(loan => loan.no % CLIENTS === i))));
            await exact(place, pool, loans);
            assert.ok(loans.every(loan => loan.done === WAY.length));
            await place.server.stop();
            console.log(`# ${engine}: ${written} of ${kills} drawdowns had been written; ${loans.length} loans; ${place.city.run('check').trim().split('\n').pop()}`);
        } finally {
            await place.city.end();
        }
    });
finish();
