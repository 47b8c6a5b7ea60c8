// Every indicator computed a second time from the raw rows, all versions of them, as they were known at the end of a day. Written from the
// wording of the definitions (says:), not from their SQL: rows are filtered, matched and sorted here, nothing but SELECT * FROM a table is
// asked of the database. A definition without a line in `counted` below fails the test.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house.mjs';

// --- days

const DAY_MS = 86_400_000;
const number_of = text => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
const text_of = number => new Date(number * DAY_MS).toISOString().slice(0, 10);
/** The day at +08:00 of a time. */
export const day_of_ms = ms => text_of(Math.floor((Number(ms) + 8 * 3_600_000) / DAY_MS));
const apart = (from, to) => Math.max(0, number_of(to) - number_of(from));
const next_day = text => text_of(number_of(text) + 1);

const announced = new Map();
for (const file of readdirSync(join(root, 'rules/calendar')))
    for (const line of readFileSync(join(root, 'rules/calendar', file), 'utf8').split('\n'))
        if (line && !line.startsWith('#')) announced.set(line.split('\t')[0], line.split('\t')[1]);

const works = text => (announced.has(text) ? announced.get(text) === 'work' : ![0, 6].includes(new Date(`${text}T00:00:00Z`).getUTCDay()));
function rolled(text) {
    while (!works(text)) text = next_day(text);
    return text;
}
function after_workdays(text, count) {
    for (let left = count; left > 0;) if (works(text = next_day(text))) left--;
    return text;
}
function workdays(from, to) {
    let count = 0;
    while (from < to) count += works(from = next_day(from)) ? 1 : 0;
    return count;
}
/** The corresponding day, or the month's last where there is none. */
function after_months(text, months) {
    const [year, month, day] = text.split('-').map(Number), last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
    return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(day, last.getUTCDate()))).toISOString().slice(0, 10);
}
/** A month or a year by the calendar before, for comparing: 03-31 less a month is the "02-31" behind all days of February. */
function less(text, months) {
    const [year, month, day] = text.split('-').map(Number), all = year * 12 + month - 1 - months, pad = (n, wide) => String(n).padStart(wide, '0');
    return `${pad(Math.floor(all / 12), 4)}-${pad(all % 12 + 1, 2)}-${pad(day, 2)}`;
}
const within = (a, b, months) => less(a, months) <= b && less(b, months) <= a;

// --- rows as they were known

const rank = id => BigInt(id);
const by_id = (a, b) => (rank(a.id) < rank(b.id) ? -1 : 1);

/** The records as they stood behind the leaf `cut`. rows: by table, all versions. */
export class World {
    constructor(rows, cut) {
        this.rows = rows;
        this.cut = cut;
        this.kept = new Map();
    }
    keep(name, make) {
        if (!this.kept.has(name)) this.kept.set(name, make());
        return this.kept.get(name);
    }
    /** All versions so far. */
    all(kind) { return this.keep(`all ${kind}`, () => this.rows[kind].filter(row => row.from_leaf <= this.cut)); }
    now(kind) { return this.keep(`now ${kind}`, () => this.all(kind).filter(row => row.to_leaf === null || row.to_leaf > this.cut)); }
    versions(kind, id) {
        const all = this.keep(`of ${kind}`, () => grouped(this.all(kind), 'id'));
        return [...all.get(id) ?? []].sort((a, b) => a.ver - b.ver);
    }
    first(kind, id) { return this.versions(kind, id)[0]; }
    before(kind, row) { return this.versions(kind, row.id).find(one => one.ver === row.ver - 1); }
    /** As it stood at an earlier leaf. */
    then(kind, id, leaf) { return this.versions(kind, id).find(row => row.from_leaf <= leaf && (row.to_leaf === null || row.to_leaf > leaf)); }
    /** Those of now whose column names the record, by number, then id. */
    of(kind, column, id) {
        const all = this.keep(`${kind} by ${column}`, () => grouped(this.now(kind), column));
        return [...all.get(id) ?? []].sort((a, b) => (a.no ?? 0) - (b.no ?? 0) || by_id(a, b));
    }
    region_of(party, leaf) { return this.then('party', party, leaf)?.region ?? null; }
    /** Kinds of matters: those whose rows have a state and a day since when. */
    get matters() { return Object.keys(this.rows).filter(kind => ['state', 'since', 'due', 'told', 'steps'].every(name => name in (this.rows[kind][0] ?? {}))); }
}

function grouped(list, column) {
    const out = new Map();
    for (const row of list) if (row[column] !== null) out.set(row[column], [...out.get(row[column]) ?? [], row]);
    return out;
}

// --- what is counted: lines {day, until, value, base, region, party}

const line = (day, values) => ({ day, until: null, value: 1, base: 1, region: null, party: null, ...values });
const of_deal = deal => ({ region: deal.region, party: deal.owner });
const mine = (world, row) => ({ region: world.region_of(row.owner, row.from_leaf), party: row.owner });
const placed = (world, row) => ({ region: row.region ?? world.region_of(row.owner, row.from_leaf), party: row.owner });
const earliest = (list, field) => [...list].sort((a, b) => (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : (a.no ?? 0) - (b.no ?? 0) || by_id(a, b)))[0];
const sum = (list, field) => list.reduce((all, row) => all + BigInt(row[field] ?? 0), 0n);

const contracts = (world, deal) => world.of('contract', 'deal', deal.id);
const newest = (world, deal) => contracts(world, deal).at(-1);
/** Of what was sold: own investment has a contract and no buyer. */
const signed = (world, pick) => world.now('deal').filter(deal => deal.way !== 'self').flatMap(deal => {
    const contract = newest(world, deal), values = contract && pick(deal, contract);
    return values ? [line(contract.signed_on, { ...of_deal(deal), ...values })] : [];
});
const standing = (world, pick) => world.now('deal').flatMap(deal => world.of('registration', 'deal', deal.id)
    .filter(one => one.result === 'registered' && one.revoked_on === null)
    .map(one => [one.decided_on, pick(one, newest(world, deal))]).filter(([day, value]) => day !== null && value !== null && value !== undefined)
    .map(([day, value]) => line(day, { ...of_deal(deal), value })));

/** What other deals looked like when this contract was first entered: [deal, its newest contract]. */
function others_then(world, contract) {
    const leaf = world.first('contract', contract.id).from_leaf;
    const deals = [...new Set(world.all('deal').map(row => row.id))].map(id => world.then('deal', id, leaf)).filter(Boolean);
    return deals.map(deal => {
        const ids = [...new Set(world.all('contract').filter(row => row.deal === deal.id).map(row => row.id))];
        const there = ids.map(id => world.then('contract', id, leaf)).filter(Boolean).sort((a, b) => a.no - b.no);
        return { deal, contracts: there, newest: there.at(-1) };
    }).filter(one => one.newest);
}

const LARGE = 500_000_000;
function split(world, deal, contract) {
    if (contract.amount >= LARGE) return null;
    const near = others_then(world, contract).filter(({ deal: other, newest: one }) => other.id !== deal.id && other.owner === deal.owner
        && ((deal.buyer_party !== null && other.buyer_party === deal.buyer_party) || (deal.buyer !== null && other.buyer === deal.buyer))
        && one.amount < LARGE && within(one.signed_on, contract.signed_on, 1));
    return BigInt(contract.amount) + near.reduce((all, one) => all + BigInt(one.newest.amount), 0n) >= BigInt(LARGE) ? { value: contract.amount } : null;
}

function loop(world, deal, contract) {
    const back = deal.buyer_party !== null && deal.buyer_party !== deal.owner && others_then(world, contract).some(({ deal: other, contracts: theirs }) =>
        other.owner === deal.buyer_party && other.buyer_party === deal.owner && theirs.some(one => within(one.signed_on, contract.signed_on, 12)));
    return back ? { value: contract.amount } : null;
}

// --- facts that were verified

const verified = fact => fact.status === 0 && (fact.source === 'department' || (fact.source === 'certificate' && fact.confirmed_on !== null));
function nearer(a, b) {
    if (a.source !== b.source) return a.source === 'department' ? -1 : 1;
    return a.issued_on === b.issued_on ? -by_id(a, b) : (a.issued_on ?? '') > (b.issued_on ?? '') ? -1 : 1;
}
function believed(world, party, name, year) {
    return world.of('fact', 'owner', party.id).filter(fact => fact.name === name && (year === undefined || fact.year === year) && verified(fact)).sort(nearer)[0];
}

/** From its day until it ends, or until the same office's next one begins; one that the next merely corrects is none. */
function title_spans(world, party) {
    const best = believed(world, party, 'hte_certificate');
    const versions = best ? world.versions('fact', best.id) : [];
    return versions.flatMap((fact, i) => {
        const next = versions[i + 1], ends = fact.until === null ? null : next_day(fact.until);
        if (fact.value !== 'yes' || !verified(fact) || fact.issued_on === null || (next && !(next.issued_on > fact.issued_on))) return [];
        const until = next && (ends === null || next.issued_on < ends) ? next.issued_on : ends;
        return [line(fact.issued_on, { until, region: party.region, party: party.id })];
    });
}

function spending(world, party) {
    const years = new Set(world.of('fact', 'owner', party.id).filter(one => one.name === 'rd_spend' && one.year !== null).map(one => one.year));
    const fen = text => { const [yuan, rest] = text.split('.'); return BigInt(yuan) * 100n + BigInt(rest); };
    return [...years].map(year => believed(world, party, 'rd_spend', year)).filter(Boolean)
        .map(fact => line(`${fact.year}-12-31`, { value: fen(fact.value), region: party.region, party: party.id }));
}

/** Of a firm that took a result as an investment: alive three years after the first such contract, as the newest list of a department from then on says. */
function alive(world, party) {
    const founded = world.now('deal').filter(deal => deal.buyer_party === party.id && deal.way === 'equity')
        .map(deal => ({ deal, first: contracts(world, deal)[0] })).filter(one => one.first)
        .sort((a, b) => (a.first.signed_on < b.first.signed_on ? -1 : a.first.signed_on > b.first.signed_on ? 1 : by_id(a.deal, b.deal)))[0];
    const list = world.of('fact', 'owner', party.id).filter(fact => fact.name === 'in_business' && fact.source === 'department' && fact.status === 0).sort(nearer)[0];
    if (!founded || !list) return [];
    const [year, rest] = [Number(founded.first.signed_on.slice(0, 4)) + 3, founded.first.signed_on.slice(4)];
    if (list.value === 'yes' && list.issued_on < `${year}${rest}`) return [];
    return [{ ...share_by(`${year}${rest === '-02-29' ? '-02-28' : rest}`, list.value === 'yes'), region: party.region, party: party.id }];
}

// --- ways through states and piers

function moves(world, kinds) {
    return kinds.flatMap(kind => [...new Set(world.all(kind).map(row => row.id))].flatMap(id => {
        const versions = world.versions(kind, id);
        return versions.slice(1).map((row, i) => [versions[i], row]).filter(([before, row]) => before.state !== row.state)
            .map(([before, row]) => line(row.since, { value: apart(before.since, row.since), ...mine(world, row) }));
    }));
}

function piers(world) {
    return [...new Set(world.all('deal').map(row => row.id))].flatMap(id => {
        const out = [];
        let came = null;
        for (const row of world.versions('deal', id)) {
            if (came && came.pier !== row.pier && row.past !== 1)
                out.push(line(day_of_ms(row.valid_from), { value: apart(day_of_ms(came.valid_from), day_of_ms(row.valid_from)), ...of_deal(row) }));
            if (!came || came.pier !== row.pier) came = row;
        }
        return out;
    });
}

const needs_began = (world, deal) => world.of('proposal', 'deal', deal.id).some(one => one.state === 'agreed')
    || world.of('challenge', 'deal', deal.id).some(one => one.need !== null)
    || world.of('case_work', 'deal', deal.id).some(one => one.need !== null && ['due', 'settled'].includes(one.state));

const shown_first = (world, kind, is_shown) => world.now(kind).flatMap(row => {
    const first = world.versions(kind, row.id).find(is_shown);
    return first ? [line(day_of_ms(first.valid_from), placed(world, row))] : [];
});

/** Of which sort of carrier a service is; null: of none. */
const carrier_of = row => (['pilot', 'space', 'broker'].includes(row.sort) ? row.sort : proves_concepts(row) ? 'concept' : null);
const proves_concepts = row => row.sort === 'professional' && (row.stage ?? '').split('\n').includes('concept');

function carriers(world) {
    return world.now('service').flatMap(row => {
        const began = world.first('service', row.id), own = carrier_of(row);
        const before = [...new Set(world.all('service').map(one => one.id))].map(id => world.first('service', id))
            .some(one => one.owner === row.owner && carrier_of(one) === own && one.from_leaf < began.from_leaf);
        return own && !before ? [line(day_of_ms(began.valid_from), placed(world, row))] : [];
    });
}

const deals = (world, pick) => world.now('deal').flatMap(deal => pick(deal).map(([day, values]) => line(day, { ...of_deal(deal), ...values })));
const paid = (world, deal) => world.of('award', 'deal', deal.id).filter(one => one.paid_on && one.reward !== null).map(one => [one.paid_on, { value: one.reward }]);
const share_by = (day, kept) => line(day, { value: kept ? 1 : 0 });
const of_loan = (world, pick) => world.now('loan').flatMap(loan => {
    const [from, to] = pick(loan);
    return from && to ? [line(to, { value: apart(from, to), ...mine(world, loan), party: loan.bank })] : [];
});

/** By code: world → lines. */
export const counted = {
    signed_money: world => signed(world, (deal, contract) => ({ value: contract.amount })),
    contract_money: world => standing(world, (one, contract) => one.amount ?? contract?.amount),
    technical_money: world => standing(world, (one, contract) => one.technical ?? contract?.technical),
    received_money: world => deals(world, deal => world.of('receipt', 'deal', deal.id).map(one => [one.came_on, { value: one.amount }])),
    split_money: world => signed(world, (deal, contract) => split(world, deal, contract)),
    related_money: world => signed(world, (deal, contract) => (deal.related === 1 ? { value: contract.amount } : null)),
    loop_money: world => signed(world, (deal, contract) => loop(world, deal, contract)),

    need_published: world => shown_first(world, 'need', () => true),
    result_listed: world => shown_first(world, 'achievement', row => row.status === 0 && row.secrecy !== 'own'),
    fair_held: world => world.now('fair').filter(fair => ['held', 'closed'].includes(fair.state)).map(fair => line(fair.day, mine(world, fair))),
    result_transferred: world => deals(world, deal => contracts(world, deal).slice(0, 1).map(one => [one.signed_on, {}])),
    carrier_new: carriers,
    manager_total: world => world.now('person').flatMap(person => {
        const first = earliest(world.of('career', 'person', person.id).filter(one => one.state === 'confirmed'), 'got_on');
        return first ? [line(first.got_on, mine(world, first))] : [];
    }),
    hi_tech_firm: world => world.now('party').flatMap(party => title_spans(world, party)),
    firm_rd: world => world.now('party').flatMap(party => spending(world, party)),

    way_self: world => deals(world, deal => (deal.way === 'self' ? world.of('profit', 'deal', deal.id) : []).map(one => [`${one.year}-12-31`, { value: one.amount }])),
    ...Object.fromEntries(['assign', 'license', 'joint', 'equity', 'other'].map(way =>
        [`way_${way}`, world => signed(world, (deal, contract) => (deal.way === way ? { value: contract.amount } : null))])),
    reward_cash: world => deals(world, deal => (deal.way === 'equity' ? [] : paid(world, deal))),
    reward_equity: world => deals(world, deal => (deal.way === 'equity' ? paid(world, deal) : [])),

    days_to_receipt: world => deals(world, deal => {
        const first = deal.past !== 1 && earliest(world.of('receipt', 'deal', deal.id), 'came_on');
        return first ? [[first.came_on, { value: apart(day_of_ms(world.first('deal', deal.id).valid_from), first.came_on) }]] : [];
    }),
    received_share: world => signed(world, (deal, contract) => (contract.payment === 'equity' ? null
        : { value: sum(world.of('receipt', 'deal', deal.id), 'amount'), base: contract.amount })),
    need_deal_share: world => deals(world, deal => contracts(world, deal).slice(0, deal.way === 'self' ? 0 : 1)
        .map(one => [one.signed_on, { value: needs_began(world, deal) ? 1 : 0 }])),
    local_share: world => deals(world, deal => world.of('receipt', 'deal', deal.id).flatMap(one => {
        const buyer = deal.buyer_party === null ? null : world.region_of(deal.buyer_party, one.from_leaf);
        return buyer && deal.region ? [[one.came_on, { value: buyer.slice(0, 4) === deal.region.slice(0, 4) ? one.amount : 0, base: one.amount }]] : [];
    })),
    need_answered: world => world.now('need').map(need => {
        const last = rolled(after_workdays(day_of_ms(world.first('need', need.id).valid_from), 3));
        const answers = world.of('need_care', 'need', need.id).map(one => one.answered_on).filter(Boolean);
        return { ...share_by(last, answers.some(day => day <= last)), ...placed(world, need) };
    }),
    stay_days: world => moves(world, world.matters),
    pier_days: piers,

    alive_share: world => world.now('party').flatMap(party => alive(world, party)),

    claims_paid_share: world => world.now('claim').filter(claim => claim.state !== 'withdrawn' && claim.sent_on)
        .map(claim => ({ ...share_by(claim.sent_on, claim.state === 'paid'), ...mine(world, claim) })),
    tasks_on_time: world => world.now('task').filter(task => task.state !== 'dropped')
        .map(task => ({ ...share_by(task.by_day, task.state === 'closed' && task.since <= task.by_day), ...mine(world, task), party: task.unit })),
    remarks_corrected: world => world.all('remark').filter(row => (row.fixes ?? 0) > (world.before('remark', row)?.fixes ?? 0))
        .map(row => line(day_of_ms(row.valid_from), mine(world, row))),
    registrations_returned: world => world.all('registration').filter(row => {
        const before = world.before('registration', row);
        return row.asked_on && (before?.asked_on !== row.asked_on || (before.mended_on && !row.mended_on));
    }).map(row => line(row.asked_on, of_deal(world.now('deal').find(deal => deal.id === row.deal)))),
    days_to_award: world => deals(world, deal => (deal.past === 1 ? [] : world.of('award', 'deal', deal.id)).flatMap(award => {
        const last = world.of('receipt', 'deal', deal.id).filter(one => rank(one.id) < rank(award.id)).map(one => one.came_on).sort().at(-1);
        return award.paid_on && last ? [[award.paid_on, { value: apart(last, award.paid_on) }]] : [];
    })),
    award_undisputed: world => deals(world, deal => world.of('notice', 'deal', deal.id).filter(one => one.sort === 'reward' && !one.ended_on && one.first_day)
        .map(one => [one.first_day, { value: world.of('objection', 'deal', deal.id).some(against => against.notice === one.no) ? 0 : 1 }])),
    refusals_reasoned: world => ['contact', 'proposal', 'bundle_part', 'service_order', 'trial', 'try_licence'].flatMap(kind => world.now(kind))
        .filter(row => row.state === 'refused').map(row => ({ ...share_by(row.since, !!row.refusal_why), ...mine(world, row) })),
    loan_days_pack: world => of_loan(world, loan => [world.first('loan', loan.id).since, loan.pack_on]),
    loan_days_decided: world => of_loan(world, loan => [loan.pack_on, loan.decided_on]),
    loan_days_drawn: world => of_loan(world, loan => [loan.decided_on, world.of('drawdown', 'matter', loan.id).map(one => one.paid_on).sort()[0]]),
    pack_stale_share: world => world.now('pack').filter(pack => pack.facts > 0).map(pack => line(pack.entered_on,
        { value: pack.stale, base: pack.facts, ...mine(world, pack), party: world.versions('consent', pack.matter).at(-1).bank })),
    reward_paid_share: world => world.now('reward_claim').filter(claim => ['approved', 'paid'].includes(claim.state)).map(claim => line(
        world.versions('reward_claim', claim.id).filter(one => one.state === 'approved').map(one => one.since).sort()[0],
        { value: claim.state === 'paid' ? claim.amount : 0, base: claim.amount, ...mine(world, claim) })),
    introductions_confirmed: world => world.now('introduction').filter(one => one.state === 'confirmed').map(one => line(one.since, mine(world, one))),
    introduced_received: world => world.now('deal').flatMap(deal => {
        const [first] = world.of('case_work', 'deal', deal.id).filter(one => ['due', 'settled'].includes(one.state)).sort(by_id);
        return first ? world.of('receipt', 'deal', deal.id).map(one => line(one.came_on, { value: one.amount, region: deal.region, party: first.owner })) : [];
    }),
    jobs_with_trl: world => world.now('pilot_job').filter(job => job.achievement !== null).flatMap(job => {
        const evidence = world.of('trl_evidence', 'matter', job.id), day = evidence.map(one => one.confirmed_on).filter(Boolean).sort()[0];
        return day ? [{ ...share_by(day, evidence.some(one => one.written_on)), ...mine(world, job) }] : [];
    }),
    quote_days: world => world.now('pilot_job').filter(job => job.asked_on && job.quoted_on)
        .map(job => line(job.quoted_on, { value: workdays(job.asked_on, job.quoted_on), ...mine(world, job) })),
    opinions_answered: world => world.now('opinion').filter(one => one.handed_on && !['withdrawn', 'declined'].includes(one.state)).map(one => {
        const last = rolled(after_months(one.handed_on, 3));
        return { ...share_by(last, one.replied_on && one.replied_on >= one.handed_on && one.replied_on <= last), ...mine(world, one), party: one.unit };
    }),
    approvals_late: world => deals(world, deal => {
        const terms = newest(world, deal)?.terms, first = contracts(world, deal).find(one => one.terms === terms);
        return first ? world.of('approval', 'deal', deal.id).filter(one => one.decision === 'agreed' && one.terms === terms && one.decided_on > first.signed_on)
            .map(one => [one.decided_on, {}]) : [];
    }),
};

// --- the figure of lines

/** A province's code ends with four noughts, a city's with two. */
const in_region = (code, asked) => !asked || (code !== null && code.startsWith(asked.replace(/0000$|00$/, '')));

/**
 * {number, value, base, lines} of a period: count, fen, 万分比 rounded down, days; number null where there is none to know. definition: {figure,
 * counted}; asked: {from, to, region, party}.
 */
export function figure(definition, lines, { from, to, region, party }) {
    const held = definition.counted === 'held';
    const counts = one => one.day && one.day <= to && (held ? !one.until || (one.until > one.day && one.until > to) : one.day >= from);
    const those = lines.filter(one => counts(one) && in_region(one.region, region) && (!party || one.party === party));
    const values = those.map(one => BigInt(one.value)), value = values.reduce((all, one) => all + one, 0n), base = sum(those, 'base');
    if (definition.figure === 'median') {
        const sorted = values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)), middle = sorted[Math.floor((sorted.length - 1) / 2)];
        return { number: those.length ? middle : null, lines: those.length };
    }
    if (definition.figure === 'share') return { number: base > 0n ? value * 10000n / base : null, value, base, lines: those.length };
    return { number: definition.figure === 'count' ? BigInt(those.length) : value, lines: those.length };
}
