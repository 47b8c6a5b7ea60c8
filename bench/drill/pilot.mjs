// Contests for a pilot platform: many jobs that want the same ten hours of one line, many that pay with the same voucher. The jobs are
// made once; each round has hours of its own and a voucher of its own, of which the last part fits exactly or fails by some fen.
import { begun, capability_open, contracted, day, entries, field, pilot_town, stand } from '../../tests/web/pilot_town.mjs';
import { OURS } from '../../tests/web/town.mjs';
import { randomInt } from 'node:crypto';
import assert from 'node:assert/strict';

const SLOTS = 10;
const yuan = fen => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}元`;

async function platform_town(engine) {
    const place = await pilot_town(engine);
    place.capability = await capability_open(place, { stations: 1 });
    place.jobs = [];
    return place;
}

async function jobs_of(place, clients) {
    while (place.jobs.length < clients) place.jobs.push(await contracted(place));
    return place.jobs;
}

const held = item => !field(item, 'freed');

async function slots(place, round, clients) {
    const jobs = await jobs_of(place, clients), first = 1 + round * SLOTS;
    const slot = i => ({ on_day: day(first + i % SLOTS), from_hour: 8, until_hour: 12 });
    return {
        most: Math.min(SLOTS, clients), refused: /还剩 0 个工位/,
        goes: jobs.map((job, i) => () => job.take(place.platform, 'book', slot(i))),
        async settle(taken) {
            const days = [];
            for (const job of jobs)
                for (const item of entries(await job.seen(place.platform), 'booking').filter(held)) days.push(field(item, 'on_day'));
            const here = days.filter(one => one >= day(first) && one <= day(first + SLOTS - 1));
            assert.equal(here.length, taken);
            assert.equal(new Set(here).size, here.length, `a slot is held twice: ${here.sort()}`);
        },
    };
}

async function voucher(place, round, clients) {
    const jobs = await jobs_of(place, clients), most = randomInt(1, clients), part = BigInt(randomInt(100_00, 900_00));
    const amount = part * BigInt(most) + BigInt(randomInt(0, 2) ? 0 : randomInt(1, Number(part)));
    const number = `LZ-${round}`;
    const ticket = await begun(place.bureau, 'vouchers', { step: 'issue', number, holder: OURS, amount: yuan(amount), purposes: ['pilot'],
        from_day: day(-1), until_day: day(30), basis: '示例' });
    const replies = [];
    const go = job => async () => replies[jobs.indexOf(job)] = await job.take(place.firm, 'reserve', { voucher_no: number, voucher_part: yuan(part) });
    return {
        most, refused: /余额是/, goes: jobs.map(go),
        async settle(taken) {
            assert.deepEqual(await stand(place.firm, ticket), { reserve: Number(part) * taken, release: 0, spend: 0, expire: 0 });
            assert.ok(part * BigInt(taken) <= amount);
            await Promise.all(jobs.filter((job, i) => replies[i].status === 200).map(job => job.took(place.firm, 'return')));
            assert.deepEqual(await stand(place.firm, ticket), { reserve: Number(part) * taken, release: Number(part) * taken, spend: 0, expire: 0 },
                'given back to the fen');
        },
    };
}

export const contests = {
    slot: { title: 'the same ten slots', town: platform_town, prepare: slots },
    voucher: { title: 'the same voucher', town: platform_town, prepare: voucher },
};
