// The red flags and the draws of the auditor's desk, computed a second time from what is exported: written from docs/audit.md and
// the definitions at /audit/flags, not from src/work/audit_*.c; pairs are compared one by one, all numbers are BigInt.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house.mjs';

// --- days

const DAY_MS = 86_400_000;
const day = text => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const announced = new Map();
for (const file of readdirSync(join(root, 'rules/calendar')))
    for (const line of readFileSync(join(root, 'rules/calendar', file), 'utf8').split('\n'))
        if (line && !line.startsWith('#')) announced.set(day(line.split('\t')[0]), line.split('\t')[1]);

const works = number => announced.has(number) ? announced.get(number) === 'work' : ![0, 6].includes(new Date(number * DAY_MS).getUTCDay());
const rolled = number => { while (!works(number)) number++; return number; };
function after_workdays(from, count) {
    while (count > 0) if (works(++from)) count--;
    return from;
}

// --- reading

const key = name => (name ?? '').normalize('NFKC').replace(/[A-Z]/g, c => c.toLowerCase()).replace(/[\p{P}\p{Z}\p{S}\s]/gu, '');
const fen = value => BigInt(value ?? 0);
const sum = (list, field) => list.reduce((all, paper) => all + fen(paper[field]), 0n);

/** {units, deals}: each deal with its own values, its unit, and its papers by kind in the order of their numbers. */
export function read(jsonl) {
    const lines = jsonl.trimEnd().split('\n').map(line => JSON.parse(line));
    const code = value => (Array.isArray(value) ? value.map(code) : value?.code ?? value);
    const values = line => Object.fromEntries(Object.entries(line.values).map(([name, value]) => [name, code(value)]));
    const flat = line => ({ ...values(line), kind: line.kind, id: BigInt(line.id), ver: line.ver, leaf: line.leaf, owner: line.owner });
    const units = new Map(lines.filter(line => line.kind === 'party').map(line => [line.id, flat(line)]));
    const deals = new Map(lines.filter(line => line.kind === 'deal').map(line => [line.id, { ...flat(line), unit: units.get(line.owner), papers: {} }]));
    for (const line of lines.filter(one => one.kind !== 'party' && one.kind !== 'deal'))
        (deals.get(line.values.deal).papers[line.kind] ??= []).push(flat(line));
    for (const deal of deals.values()) for (const list of Object.values(deal.papers)) list.sort((a, b) => a.no - b.no);
    return { units, deals: [...deals.values()] };
}

const of = (deal, kind) => deal.papers[kind] ?? [];
const newest = deal => of(deal, 'contract').at(-1);
const first = deal => of(deal, 'contract').find(contract => contract.terms === newest(deal).terms);
const signed = deal => first(deal)?.signed_on;
const standing_registration = deal => of(deal, 'registration').findLast(one => one.result === 'registered' && !one.revoked_on);
const region = deal => String(deal.region?.[0] ?? deal.unit.region?.[0] ?? '100000');
const is_state = deal => deal.unit.nature === 'institution' && ['university', 'institute'].includes(deal.unit.side);
const agreement = deal => newest(deal) && deal.pricing === 'agreement';
const stands = (deal, notice) => !notice.ended_on || (signed(deal) && day(notice.ended_on) > day(signed(deal)));
const sales = (deal, place, terms) => of(deal, 'notice').filter(notice => notice.sort === 'sale' && (!place || notice.place === place)
    && notice.terms === terms && stands(deal, notice));
const agreed = (deal, contract) => of(deal, 'approval').filter(one => one.decision === 'agreed' && one.terms === contract.terms);
const sale_end = notice => rolled(day(notice.first_day) + 15);
const reward_end = notice => rolled(after_workdays(day(notice.first_day), 15));
const FLOORS = { 62: { share: 6000n }, 33: { share: 7000n }, 50: { share: 5000n } };

function floor(deal, award) {
    const state = is_state(deal), place = region(deal).slice(0, 2);
    if (!deal.way || deal.way === 'other' || (!state && award.rate != null)) return 0n;
    if (['self', 'joint'].includes(deal.way)) return { 62: 1000n, 33: 500n, 50: 500n }[place];
    return place === '33' && !state ? 5000n : FLOORS[place].share;
}

// --- within a deal; true where the flag is met

const LITTLE_DAYS = 365, SPLIT_DAYS = 90, LOOP_DAYS = 365, REGISTERED = 500_000_000n;

const within = {
    approval_late: deal => newest(deal) && agreed(deal, first(deal)).some(one => day(one.decided_on) > day(signed(deal))),
    approval_entered_late: deal => newest(deal) && agreed(deal, first(deal)).some(one => day(one.decided_on) <= day(signed(deal)) && one.id > first(deal).id),
    approval_missing: deal => newest(deal) && agreed(deal, first(deal)).length === 0,
    signed_in_notice: deal => agreement(deal) && is_state(deal) && sales(deal, 'unit', first(deal).terms).length > 0
        && sales(deal, 'unit', first(deal).terms).every(notice => day(signed(deal)) <= sale_end(notice)),
    notice_missing: deal => agreement(deal) && is_state(deal) && sales(deal, 'unit', first(deal).terms).length === 0,
    price_under: deal => newest(deal) && (agreed(deal, first(deal)).some(one => one.price != null && fen(first(deal).amount) < fen(one.price))
        || sales(deal, null, first(deal).terms).some(one => one.price != null && fen(first(deal).amount) < fen(one.price))),
    price_ground: deal => agreement(deal) && deal.appraisal !== 'done' && !deal.ground,
    related_market: deal => agreement(deal) && deal.related && sales(deal, 'market', newest(deal).terms).length === 0,
    related_unmarked: deal => deal.related && sales(deal, null, deal.terms).some(notice => !notice.related),
    received_over: deal => newest(deal) && !['royalty', 'entry'].includes(newest(deal).payment)
        && sum(of(deal, 'receipt'), 'amount') > fen(newest(deal).amount),
    payer_other: deal => of(deal, 'receipt').some(one => key(one.payer) && ![key(deal.buyer), key(deal.unit.name)].includes(key(one.payer))),
    payer_self: deal => of(deal, 'receipt').some(one => key(one.payer) && key(one.payer) === key(deal.unit.name) && key(deal.buyer) !== key(one.payer)),
    cost_to_buyer: deal => [...key(deal.buyer)].length >= 4 && of(deal, 'cost').some(one => key(one.note).includes(key(deal.buyer))),
    reward_early: deal => of(deal, 'award').some(award => {
        const notices = of(deal, 'notice').filter(one => one.sort === 'reward' && !one.ended_on);
        return award.paid_on && notices.every(one => day(award.paid_on) <= reward_end(one)) && (notices.length > 0 || award.half);
    }),
    reward_low: deal => of(deal, 'award').some(award => award.net != null && award.reward != null
        && fen(award.reward) * 10000n < fen(award.net) * floor(deal, award)),
    goods_counted: deal => newest(deal) && fen(newest(deal).goods) > 0n && (fen(newest(deal).technical) === fen(newest(deal).amount)
        || (standing_registration(deal)?.technical != null && fen(standing_registration(deal).technical) === fen(standing_registration(deal).amount))),
    amended: deal => standing_registration(deal) && newest(deal) && newest(deal).leaf > standing_registration(deal).leaf
        && !of(deal, 'past_deal').some(row => row.leaf > newest(deal).leaf),
    revoked: deal => of(deal, 'registration').some(one => one.revoked_on) && !standing_registration(deal)
        && (of(deal, 'filing').length > 0 || of(deal, 'award').some(one => one.half)),
    ruled_at_once: deal => of(deal, 'objection').some(one => one.ruled_on && one.ruled_on === one.came_on),
    withdrawn_often: deal => of(deal, 'notice').filter(one => one.ended_on).length >= 2,
    declared: deal => of(deal, 'statement').some(one => one.source === 'declared' && of(deal, 'ruling').some(ruling => ruling.id > one.id)),
    paid_little: (deal, { today }) => {
        const registration = standing_registration(deal);
        return registration?.decided_on && newest(deal)?.payment !== 'equity' && day(registration.decided_on) + LITTLE_DAYS <= today
            && sum(of(deal, 'receipt'), 'amount') * 10000n < fen(registration.amount) * 1000n;
    },
};

// --- across deals; every pair is looked at

const apart = (a, b) => Math.abs(day(signed(a)) - day(signed(b)));
const same_sides = (a, b) => a.owner === b.owner && key(a.buyer) && key(a.buyer) === key(b.buyer);
const yuan = text => { const [, number, ten_thousand] = /([\d.]+)(万?)元?以上$/.exec(text); return BigInt(Math.round(Number(number) * 100)) * (ten_thousand ? 10000n : 1n); };
const lines_of = deal => [...new Set([REGISTERED, ...[deal.unit.approvals ?? ''].flat().flatMap(text => text.split('\n')).filter(line => line.endsWith('以上')).map(yuan)])];
const near = (deal, line) => fen(first(deal).amount) < line && fen(first(deal).amount) * 10000n >= line * 8000n;
const buys_for = (deal, units) => units.get(deal.buyer_party ?? '') ?? [...units.values()].find(unit => key(deal.buyer) && key(unit.name) === key(deal.buyer));
const vouchers = (deal, kinds) => kinds.flatMap(kind => of(deal, kind)).map(one => key(one.voucher)).filter(Boolean);

const across = {
    split_below: (a, b) => signed(a) && signed(b) && same_sides(a, b) && apart(a, b) <= SPLIT_DAYS && lines_of(a).some(line => near(a, line) && near(b, line)),
    split_same: (a, b) => signed(a) && signed(b) && same_sides(a, b) && a.achievement === b.achievement && apart(a, b) <= SPLIT_DAYS,
    loop: (a, b, { units }) => signed(a) && signed(b) && a.owner !== b.owner && apart(a, b) <= LOOP_DAYS
        && buys_for(a, units)?.id === BigInt(b.owner) && buys_for(b, units)?.id === BigInt(a.owner),
    voucher_twice: (a, b) => a.owner === b.owner && vouchers(a, ['receipt']).some(one => vouchers(b, ['receipt']).includes(one)),
};

/** "deal id/flag", sorted. today: the checkpoint's day, "YYYY-MM-DD". */
export function flags(jsonl, today) {
    const world = { ...read(jsonl), today: day(today) }, found = [];
    for (const deal of world.deals) {
        for (const [code, test] of Object.entries(within)) if (test(deal, world)) found.push(`${deal.id}/${code}`);
        for (const [code, test] of Object.entries(across))
            if (world.deals.some(other => other !== deal && test(deal, other, world))) found.push(`${deal.id}/${code}`);
        if (vouchers(deal, ['receipt']).some(one => world.deals.some(other => other.owner === deal.owner && vouchers(other, ['cost', 'award']).includes(one))))
            found.push(`${deal.id}/voucher_both`);
    }
    return found.sort();
}

/** The figures of a set of deals, in fen. */
export function figures(jsonl, ids) {
    const { deals } = read(jsonl), total = { signed: 0n, registered: 0n, technical: 0n, received: 0n, rewarded: 0n };
    for (const deal of deals.filter(one => !ids || ids.includes(String(one.id)))) {
        total.signed += fen(newest(deal)?.amount);
        total.registered += fen(standing_registration(deal)?.amount);
        total.technical += fen(standing_registration(deal)?.technical);
        total.received += sum(of(deal, 'receipt'), 'amount');
        total.rewarded += sum(of(deal, 'award').filter(one => one.paid_on), 'reward');
    }
    return total;
}

/** [[id, fen]] by id: what a draw is made of. */
export const items = jsonl => read(jsonl).deals.map(deal => [deal.id, newest(deal) ? fen(newest(deal).amount) : fen(deal.price)])
    .sort((a, b) => (a[0] < b[0] ? -1 : 1));

// --- drawing again

const sha256 = (...parts) => { const hash = createHash('sha256'); for (const part of parts) hash.update(part); return hash.digest(); };
const NUL = Buffer.from([0]);

export const seed_of = (origin, size, root_hash, number) => sha256('tieqiao-sample-1', NUL, origin, NUL, String(size), NUL, Buffer.from(root_hash, 'hex'), String(number));
export const digest_of = list => sha256(list.map(([id, amount]) => `${id} ${amount}\n`).join('')).toString('hex');

function stream(seed) {
    let at = 0n;
    const next = () => { const counter = Buffer.alloc(8); counter.writeBigUInt64BE(at++); return BigInt(`0x${sha256(seed, counter).subarray(0, 16).toString('hex')}`); };
    return bound => { const most = 2n ** 128n - (2n ** 128n % bound); for (;;) { const number = next(); if (number < most) return number % bound; } };
}

function shuffled(list, size, below) {
    const all = [...list], picked = [];
    for (let k = 0; k < size && k < all.length; k++) {
        const other = k + Number(below(BigInt(all.length - k)));
        [all[k], all[other]] = [all[other], all[k]];
        picked.push(all[k]);
    }
    return picked;
}

const by_money = (list, size, below) => {
    const total = list.reduce((all, [, amount]) => all + amount, 0n), start = below(total), picked = new Set();
    for (let k = 0n; k < BigInt(size); k++) {
        const unit = (start + k * total) / BigInt(size);
        let passed = 0n;
        picked.add(list.find(([, amount]) => (passed += amount) > unit));
    }
    return [...picked];
};

function by_strata(list, size, bounds, below) {
    const strata = [...bounds, null].map((_, s) => list.filter(([, amount]) => bounds.filter(bound => amount >= bound).length === s));
    const quotas = strata.map(one => (one.length ? 1 : 0)), left = size - quotas.reduce((a, b) => a + b, 0);
    const sums = strata.map(one => one.reduce((all, [, amount]) => all + amount, 0n)), all = sums.reduce((a, b) => a + b, 0n);
    const weights = all ? sums : strata.map(one => BigInt(one.length)), total = weights.reduce((a, b) => a + b, 0n);
    if (left > 0) {
        const shares = weights.map(weight => weight * BigInt(left)), rests = shares.map(share => share % total);
        shares.forEach((share, s) => { quotas[s] += Number(share / total); });
        for (let given = shares.reduce((sum_of, share) => sum_of + Number(share / total), 0); given < left; given++) {
            const best = rests.reduce((at, rest, s) => (rest >= rests[at] ? s : at), 0);
            quotas[best]++;
            rests[best] = 0n;
        }
    }
    let over = 0;
    strata.forEach((one, s) => { over += Math.max(0, quotas[s] - one.length); quotas[s] = Math.min(quotas[s], one.length); });
    for (let s = strata.length - 1; s >= 0; s--) { const more = Math.min(over, strata[s].length - quotas[s]); quotas[s] += more; over -= more; }
    return strata.flatMap((one, s) => shuffled(one, quotas[s], below));
}

/** The ids that a draw picks, rising. bounds: fen. */
export function draw(list, { method, size, bounds = [], seed }) {
    const below = stream(seed);
    const picked = method === 'simple' ? shuffled(list, size, below) : method === 'money' ? by_money(list, size, below) : by_strata(list, size, bounds, below);
    return picked.map(([id]) => id).sort((a, b) => (a < b ? -1 : 1)).map(String);
}
