// Contests for a risk pool: claims up to its breaker, loans up to its leverage. Amounts are drawn anew each round, so that the last one
// that fits fits now exactly, now with fen to spare.
import { account, claim, cover_ask, covered, fund_town, pool_open, CHECKED, yuan } from '../../tests/web/fund_town.mjs';
import { look } from '../../tests/web/matters.mjs';
import { randomInt } from 'node:crypto';
import assert from 'node:assert/strict';

/** All clients at once, a few at a time where nothing is contended for. */
async function each(count, make) {
    const made = Array(count);
    let next = 0;
    await Promise.all(Array.from({ length: 16 }, async () => {
        for (let i = next++; i < count; i = next++) made[i] = await make(i);
    }));
    return made;
}

/** The manager's people: on PostgreSQL half of them through a second server on the same database. */
async function managers(place) {
    if (place.city.engine !== 'pg') return [place.manager];
    place.twin ??= await (await place.city.serve()).signIn('manager', place.password);
    return [place.manager, place.twin];
}

/** Paid in so that `most` parts of so many fen reach the line exactly, or fall short of one more by some fen. */
const spare = part => (randomInt(0, 2) ? 0n : BigInt(randomInt(1, Number(part))));

async function claims(place, round, clients) {
    const most = randomInt(1, clients), amount = BigInt(randomInt(100_000, 900_000)) * 10n, part = amount * 4n / 10n;
    const line = part * BigInt(most) + spare(part), paid = line * 5n; /* the breaker is a fifth of it */
    const pool = await pool_open(place, { leverage: '100', firm_limit: '1亿元', loan_limit: '1亿元' }, yuan(paid));
    const by = await managers(place), filed = await each(clients, async () => claim(place, await covered(place, pool, yuan(amount)), yuan(amount)));
    return {
        most, refused: /熔断/,
        goes: filed.map((at, i) => () => by[i % by.length].post(`/api/v1${at}`, { step: 'accept', ver: 1, ...CHECKED })),
        async settle(taken) {
            const now = await account(place.manager, pool);
            assert.equal(now.reserved, part * BigInt(taken));
            assert.equal(now.available, paid - now.reserved);
            assert.equal(now.covered, amount * BigInt(clients));
            assert.ok(now.reserved <= line, 'beyond the breaker');
            assert.equal((await look(place.manager, pool)).state.code, now.reserved * 5n >= paid ? 'paused' : 'open');
        },
    };
}

async function covers(place, round, clients) {
    const most = randomInt(1, clients), amount = BigInt(randomInt(100_000, 900_000)) * 10n;
    const paid = (amount * BigInt(most) + spare(amount) + 9n) / 10n; /* ten times it, and less than one loan beyond */
    const pool = await pool_open(place, { firm_limit: '1亿元', loan_limit: '1亿元' }, yuan(paid));
    const by = await managers(place), asked = await each(clients, () => cover_ask(place, pool, yuan(amount)));
    const fits = Number(paid * 10n / amount);
    return {
        most: Math.min(fits, clients), refused: /在保余额加上本笔超过/,
        goes: asked.map((at, i) => () => by[i % by.length].post(`/api/v1${at}`, { step: 'confirm', ver: 1 })),
        async settle(taken) {
            const now = await account(place.manager, pool);
            assert.equal(now.covered, amount * BigInt(taken));
            assert.equal(now.capital, paid);
            assert.ok(now.covered <= paid * 10n, 'beyond the leverage');
        },
    };
}

export const contests = {
    pool_claim: { title: 'claims on one pool', town: fund_town, prepare: claims },
    pool_cover: { title: 'loans under one pool', town: fund_town, prepare: covers },
};
