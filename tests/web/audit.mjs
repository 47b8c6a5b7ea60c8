// The auditor's desk over HTTP: who may see it; populations and their figures; red flags, computed a second time (audit_flags.js);
// draws, drawn a second time; files; and the log of what auditors looked at, which the audited unit does not see.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { City, build, engines, finish, join, root, test, until } from './house.mjs';
import { ALONE, ROLES, SCOPES, expected } from './access.js';
import { digest_of, draw, figures, flags, items, seed_of } from './audit_flags.js';

const DEALS = 300, NOWHERE = '4611686018427387904';
const STATUS = { yes: 200, sign_in: 401, denied: 403 };
const clock = day => ({ env: { TQ_CLOCK_MS: String(Date.parse(`${day}T02:00:00Z`)) } });
const UNIT = '示例第0学院';

function fill(city) {
    const done = spawnSync(join(build, 'bench/audit/bench-audit'), ['fill', city.url ?? `sqlite:${city.data}`, String(DEALS), '20261128',
        join(root, 'schema'), join(root, 'codes')], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
}

async function open(engine) {
    const city = new City(engine), place = { city };
    city.run('init');
    fill(city);
    const roles = ROLES.filter(role => role !== 'visitor').map(role => [role.replaceAll('_', '-'), '张三', ALONE.includes(role) ? '' : UNIT, role === 'no_role' ? '' : role === 'park_officer' ? `park_officer@${UNIT}` : role + (SCOPES[role] ?? '')]);
    place.password = city.accounts([...roles, ['second', '另一位审计', '', 'auditor'], ['district', '区审计', '', 'auditor@330100']]);
    place.server = await city.serve(clock('2026-12-01'));
    place.who = { visitor: place.server.guest() };
    for (const role of ROLES.slice(1)) place.who[role] = await place.server.signIn(role.replaceAll('_', '-'), place.password);
    place.second = await place.server.signIn('second', place.password);
    place.district = await place.server.signIn('district', place.password);
    await until(async () => (await place.who.auditor.get('/log/checkpoint')).status === 200);
    return place;
}

const audit = async (who, path) => {
    const reply = await who.get(`/api/v1${path}`);
    assert.equal(reply.status, 200, `${path}: ${reply.text.slice(0, 300)}`);
    return Object.values(reply.json)[0];
};

async function drawn(who, values) {
    const reply = await who.post('/api/v1/audit/samples', values);
    assert.equal(reply.status, 201, reply.text);
    assert.match(reply.location, /^\/api\/v1\/audit\/samples\/\d+$/);
    return audit(who, `/audit/samples/${reply.id}`);
}

const file = async (who, sample, format, sheet) => {
    const reply = await who.get(`${sample.href}/export?format=${format}&sheet=${sheet}`);
    assert.equal(reply.status, 200, reply.text.slice(0, 300));
    return reply;
};

// --- who

async function doors(place) {
    const sample = (await drawn(place.who.auditor, { filter: '', method: 'simple', size: 3 })).id;
    const deal = (await audit(place.who.auditor, '/audit')).lines[0].id;
    for (const role of ROLES)
        for (const [action, path] of [['audit', '/audit'], ['audit', `/audit/deals/${deal}`], ['audit', '/audit/flags'], ['audit', '/audit/samples'],
            ['audit', `/audit/samples/${sample}`], ['audit', `/audit/samples/${sample}/export?format=csv`], ['audit_views', '/audit/views']]) {
            const reply = await place.who[role].get(`/api/v1${path}`), wanted = STATUS[expected(role, action, '-', 'none')];
            assert.equal(reply.status, wanted, `${role} ${path}`);
        }
    for (const role of ROLES.slice(1)) {
        const reply = await place.who[role].post('/api/v1/audit/samples', { filter: '', method: 'simple', size: 1 });
        assert.equal(reply.status, role === 'auditor' ? 201 : 403, `${role} draws: ${reply.text}`);
    }
    assert.equal((await place.who.audit_admin.get('/audit')).location, '/audit/views');
    assert.equal((await place.who.auditor.get(`/api/v1/audit/deals/${NOWHERE}`)).status, 404);
    assert.equal((await place.who.auditor.get(`/api/v1/audit/samples/${NOWHERE}`)).status, 404);
}

/** Nothing else than a draw can be sent to the desk. */
async function read_only(place) {
    const deal = (await audit(place.who.auditor, '/audit')).lines[0].id;
    for (const path of ['/audit', `/audit/deals/${deal}`, '/audit/flags', '/audit/views', `/audit/samples/${NOWHERE}`])
        assert.equal((await place.who.auditor.post(`/api/v1${path}`, {})).status, 405, path);
    const ver = (await audit(place.who.auditor, `/deals/${deal}`)).ver;
    assert.equal((await place.who.auditor.post(`/api/v1/deals/${deal}`, { step: 'state', ver, fact: 'used_mainly', value: 'yes', source: 'declared' })).status, 403);
}

// --- populations

async function populations(place) {
    const { auditor } = place.who, whole = await drawn(auditor, { filter: '', method: 'whole' });
    place.papers = (await file(auditor, whole, 'jsonl', 'papers')).text;
    place.all = items(place.papers);
    assert.equal(place.all.length, DEALS);
    const page = await audit(auditor, '/audit');
    assert.equal(page.total, DEALS);
    const mine = figures(place.papers);
    for (const one of page.figures) assert.equal(one.fen, String(mine[one.code]), one.code);
    assert.equal(new Set(page.figures.map(one => one.fen)).size, 5, 'figures are kept apart');
    let seen = 0;
    for (let next = '/audit'; next; seen++) next = (await audit(auditor, next)).next;
    assert.equal(seen, Math.ceil(DEALS / 40));
    for (const [query, fits] of [['way=license', one => one.way?.code === 'license'], ['year=2025', one => one.signed_on?.startsWith('2025')],
        ['from=100万元&to=300万元', one => BigInt(one.amount) >= 100_000_000n && BigInt(one.amount) <= 300_000_000n],
        ['pricing=agreement&flag=reward_low', one => one.pricing.code === 'agreement' && one.flags.some(flag => flag.code === 'reward_low')]]) {
        const some = await audit(auditor, `/audit?${encodeURI(query)}`);
        assert.ok(some.total > 0 && some.total < DEALS, query);
        assert.ok(some.lines.every(fits), query);
    }
    for (const [query, field] of [['from=很多', 'from'], ['way=steal', null], ['flag=nobody', null], ['year=1', null], ['unit=x', null]]) {
        const reply = await auditor.get(`/api/v1/audit?${encodeURI(query)}`);
        assert.equal(reply.status, 422, query);
        if (field) assert.equal(reply.json.field, field);
    }
}

/** An auditor of a district audits the district's deals, and compares no others. */
async function districts(place) {
    const page = await audit(place.district, '/audit'), all = await audit(place.who.auditor, '/audit');
    assert.ok(page.total > 0 && page.total < all.total);
    const whole = await drawn(place.district, { filter: '', method: 'whole' });
    assert.equal(whole.scope, 'division:330100');
    const papers = (await file(place.district, whole, 'jsonl', 'papers')).text;
    const theirs = items(papers).map(([id]) => String(id)), other = place.all.map(([id]) => String(id)).find(id => !theirs.includes(id));
    assert.equal(theirs.length, page.total);
    for (const path of [`/audit/deals/${other}`, `/deals/${other}`]) assert.equal((await place.district.get(`/api/v1${path}`)).status, 404, path);
    const big = await drawn(place.who.auditor, { filter: '', method: 'simple', size: 2 });
    assert.equal((await place.district.get(`/api/v1${big.href}`)).status, 404, 'a draw over more than he may see');
    const numbers = async who => (await audit(who, '/audit/samples')).lines.map(one => one.number);
    assert.deepEqual(await numbers(place.district), [whole.number], 'nor is it in his list');
    assert.ok((await numbers(place.who.auditor)).includes(whole.number) && (await numbers(place.who.auditor)).includes(big.number));
    assert.equal((await place.who.auditor.get(`/api/v1${whole.href}`)).json.audit_sample.same, true);
    assert.deepEqual(await listed(place.district, whole), flags(papers, '2026-12-01'));
}

// --- red flags

const listed = async (who, sample) => (await file(who, sample, 'jsonl', 'flags')).text.trimEnd().split('\n').filter(Boolean)
    .map(line => JSON.parse(line)).map(line => `${line.deal}/${line.flag}`).sort();

async function red_flags(place) {
    const { auditor } = place.who, whole = await drawn(auditor, { filter: '', method: 'whole' });
    const mine = flags(place.papers, whole.checkpoint.day), theirs = await listed(auditor, whole);
    const defined = (await audit(auditor, '/audit/flags')).flags;
    for (const flag of defined) {
        assert.ok(mine.some(one => one.endsWith(`/${flag.code}`)), `the deals hold no case of ${flag.code}`);
        for (const part of ['says', 'query', 'ground', 'source', 'weight', 'alarm']) assert.ok(flag[part], `${flag.code}: ${part}`);
    }
    assert.deepEqual(theirs, mine);
    const counts = (await audit(auditor, '/audit')).flags;
    assert.ok(counts.length > 0);
    for (const one of counts) assert.equal(one.count, mine.filter(line => line.endsWith(`/${one.code}`)).length, one.code);
    await rests_are_there(place, mine[0].split('/')[0]);
    assert.ok(!/"score"|评分为/.test(JSON.stringify(defined)));
}

/** What a flag rests on is in the file, in that version, under that leaf; and a deal's own page tells nobody else. */
async function rests_are_there(place, id) {
    const deal = await audit(place.who.auditor, `/audit/deals/${id}`);
    const lines = new Map(place.papers.trimEnd().split('\n').map(line => JSON.parse(line)).map(line => [line.id, line]));
    for (const hit of deal.hits)
        for (const rest of hit.rests) {
            const paper = lines.get(rest.id);
            assert.deepEqual([paper.kind, paper.ver, paper.leaf], [rest.kind.code, rest.ver, rest.leaf], hit.code);
            assert.equal((await place.who.auditor.get(`/api/v1${rest.proof}`)).status, 200);
        }
    const unit = (await audit(place.who.auditor, '/audit')).form.units.find(one => one.label === UNIT).code;
    const own = (await audit(place.who.auditor, `/audit?unit=${unit}&flag=any`)).lines[0];
    const page = await place.who.member.get(`/deals/${own.id}`);
    assert.equal(page.status, 200);
    assert.ok(own.flags.length > 0);
    for (const flag of own.flags) assert.ok(!page.text.includes(flag.label), flag.label);
}

// --- draws

async function draws(place) {
    const { auditor } = place.who;
    let before = (await audit(auditor, '/audit/samples')).lines[0].number;
    for (const [values, options] of [[{ method: 'simple', size: 25 }, { size: 25 }], [{ method: 'simple', rate: '3.5%' }, { size: 11 }],
        [{ method: 'money', size: 30 }, { size: 30 }], [{ method: 'money', size: 1 }, { size: 1 }],
        [{ method: 'strata', size: 20, bounds: '100万元、500万元' }, { size: 20, bounds: [100_000_000n, 500_000_000n] }],
        [{ method: 'strata', size: 2, bounds: '1元；50万元;300万元' }, { size: 2, bounds: [100n, 50_000_000n, 300_000_000n] }],
        [{ method: 'simple', size: 2000 }, { size: DEALS }]]) {
        const sample = await drawn(auditor, { filter: '', ...values });
        assert.equal(sample.number, ++before, 'numbers have no gap');
        const seed = seed_of(sample.checkpoint.origin, sample.checkpoint.size, sample.checkpoint.root, sample.number);
        assert.equal(sample.seed, seed.toString('hex'));
        assert.equal(sample.digest, digest_of(place.all));
        assert.deepEqual(sample.lines.map(line => line.id), draw(place.all, { method: values.method, seed, ...options }), JSON.stringify(values));
        assert.equal(sample.same, true);
        assert.deepEqual(sample.figures.map(one => one.fen), Object.values(figures(place.papers, sample.lines.map(line => line.id))).map(String));
    }
    for (const [values, field] of [[{ method: 'simple' }, 'rate'], [{ method: 'simple', size: 2001 }, 'size'], [{ method: 'guess', size: 3 }, 'method'],
        [{ method: 'strata', size: 3, bounds: '500万元、100万元' }, 'bounds'], [{ method: 'strata', size: 3 }, 'bounds'], [{ method: 'simple', rate: '101%' }, 'rate'],
        [{ method: 'simple', size: 3, filter: 'unit=1' }, 'filter'], [{ method: 'simple', size: 3, filter: 'x=1' }, null], [{ method: 'simple', size: 3, seed: 'mine' }, 'seed']]) {
        const reply = await auditor.post('/api/v1/audit/samples', { filter: '', ...values });
        assert.equal(reply.status, 422, JSON.stringify(values));
        if (field) assert.equal(reply.json.field, field, reply.text);
    }
    assert.equal((await audit(auditor, '/audit/samples')).lines[0].number, before, 'what is refused takes no number');
}

/** The same once the deals have moved on, and on another day; a repeated request is one draw. */
async function same_again(place) {
    const { auditor } = place.who, request_id = 'draw-once-0001';
    const first = await auditor.post('/api/v1/audit/samples', { filter: 'flag=any', method: 'money', size: 9, request_id });
    const again = await auditor.post('/api/v1/audit/samples', { filter: 'flag=any', method: 'money', size: 9, request_id });
    assert.deepEqual([first.status, again.status, again.id], [201, 201, first.id]);
    const before = await audit(auditor, `/audit/samples/${first.id}`);
    const page = await audit(auditor, '/audit?pier=notice'), open_deals = [];
    const unit = page.form.units.find(one => one.label === UNIT).code;
    for (const one of (await audit(auditor, `/audit?unit=${unit}`)).lines) {
        const { ver } = await audit(place.who.member, `/deals/${one.id}`);
        const reply = await place.who.member.post(`/api/v1/deals/${one.id}`, { step: 'state', ver, fact: 'used_mainly', value: 'no', source: 'declared' });
        if (reply.status === 200) open_deals.push(one.id);
    }
    assert.ok(open_deals.length > 0, 'no deal could be moved');
    await place.server.stop();
    place.server = await place.city.serve(clock('2027-03-01'));
    const later = await place.server.signIn('auditor', place.password), after = await audit(later, `/audit/samples/${first.id}`);
    assert.deepEqual(after, before);
    assert.equal(after.same, true);
    place.who.auditor = later;
    place.who.audit_admin = await place.server.signIn('audit-admin', place.password);
    place.who.member = await place.server.signIn('member', place.password);
    place.second = await place.server.signIn('second', place.password);
}

/** A receipt of a closed deal in the sample. */
function sample_paper(place, sample) {
    const lines = place.papers.trimEnd().split('\n').map(line => JSON.parse(line)), closed = lines.filter(one => one.kind === 'deal' && one.closed).map(one => one.id);
    return lines.find(one => one.kind === 'receipt' && closed.includes(one.values.deal) && sample.picks.includes(one.values.deal)).id;
}

/** What is changed in the database behind the program's back shows: in the draw, and to tieqiao check. */
async function tampering(place) {
    const sample = await drawn(place.who.auditor, { filter: 'pier=closed', method: 'money', size: 12 });
    const flagged = await drawn(place.who.auditor, { filter: 'flag=any', method: 'simple', size: 12 });
    assert.deepEqual([sample.flagged, flagged.flagged, flagged.same], [false, true, true]);
    sample.picks = sample.lines.map(line => line.id);
    assert.deepEqual([sample.verified.broken, sample.verified.sound], [null, sample.verified.ended]);
    assert.ok(sample.verified.papers > 100 && sample.verified.ended === sample.picks.length);
    await place.server.stop();
    const sql = text => (place.city.schema ? place.city.sql(`SET search_path TO ${place.city.schema}; ${text}`)
        : spawnSync('sqlite3', [join(place.city.data, 'tieqiao.db'), text]));
    assert.equal(place.city.try('check').status, 0, place.city.try('check').stderr);
    const paper = sample_paper(place, sample);
    sql(`UPDATE receipt SET amount = amount + 1 WHERE id = ${paper}`);
    sql(`UPDATE audit_sample SET picks = substr(picks, 1, length(picks) - 20) WHERE id = ${sample.id}`);
    const checked = place.city.try('check');
    assert.notEqual(checked.status, 0);
    assert.match(checked.stdout + checked.stderr, /与账本第 \d+ 条不符/);
    sql(`UPDATE receipt SET amount = amount - 1 WHERE id = ${paper}`);
    const again = place.city.try('check');
    assert.match(again.stdout + again.stderr, new RegExp(`抽样第 ${sample.number} 号的内容与账本`));
    sql(`UPDATE receipt SET amount = amount + 1 WHERE id = ${paper}`);
    place.server = await place.city.serve(clock('2027-03-02'));
    const auditor = await place.server.signIn('auditor', place.password);
    const opened = await audit(auditor, sample.href);
    assert.equal(opened.same, false);
    assert.match(opened.verified.broken, /到账 \d+ 第 1 版与账本第 \d+ 条不符/);
    assert.ok(opened.verified.sound < opened.verified.ended, 'a deal whose papers do not hold is not sound');
    assert.match((await auditor.get(sample.href)).text, /不一致：库里的数据可能被改过/);
    sql(`UPDATE audit_sample SET picks = substr(picks, 1, length(picks) - 20) WHERE id = ${flagged.id}`);
    assert.match((await auditor.get(flagged.href)).text, /疑点总按现在的规则和日历算/, 'what may be no tampering is not called so');
    assert.match((await file(auditor, flagged, 'jsonl', 'about')).text, /规则或日历在抽样以后更新过/);
}

// --- files

async function files(place) {
    const { auditor } = place.who, sample = await drawn(auditor, { filter: 'flag=any', method: 'simple', size: 12 });
    const csv = (await file(auditor, sample, 'csv', 'sample')).text.trimEnd().split('\r\n');
    assert.equal(csv.length, 13);
    assert.match(csv[0], /项目编号.*签约额（元）.*账本条目/);
    const population = (await file(auditor, sample, 'jsonl', 'population')).text.trimEnd().split('\n').map(line => JSON.parse(line));
    assert.equal(population.length, sample.population);
    const about = Object.fromEntries((await file(auditor, sample, 'jsonl', 'about')).text.trimEnd().split('\n').map(line => JSON.parse(line)).map(one => [one.name, one.value]));
    assert.equal(about['种子'], sample.seed);
    assert.equal(about['检查点：根'], sample.checkpoint.root);
    assert.equal(about['重抽核对'], '一致');
    const book = await file(auditor, sample, 'xlsx', 'about');
    assert.equal(book.headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    assert.deepEqual([...book.body.subarray(0, 2)], [0x50, 0x4b]);
    for (const [query, status] of [['format=pdf', 422], ['format=csv&sheet=papers', 422], ['format=csv&sheet=none', 422]])
        assert.equal((await auditor.get(`/api/v1${sample.href}/export?${query}`)).status, status, query);
}

// --- what auditors looked at

const views = async who => (await audit(who, '/audit/views')).lines;

async function looked_at(place) {
    const { auditor, audit_admin, member } = place.who;
    const unit = (await audit(auditor, '/audit')).form.units.find(one => one.label === UNIT).code;
    const deal = (await audit(auditor, `/audit?unit=${unit}`)).lines.at(-1).id;
    const history = async () => (await member.get(`/api/v1/deals/${deal}`)).text.replace(/"request_id":"[^"]*"/g, '');
    const before = await history();
    const count = async () => (await views(auditor)).filter(one => one.what.code === 'deal' && one.object === deal).length;
    const had = await count();
    for (const path of [`/deals/${deal}`, `/audit/deals/${deal}`, `/api/v1/deals/${deal}`]) assert.equal((await auditor.get(path)).status, 200, path);
    assert.equal(await count(), had + 1, 'one a day, however often');
    assert.equal((await place.second.get(`/deals/${deal}`)).status, 200);
    assert.equal(await count(), had + 1, 'another auditor\'s line is his');
    const everybody = (await views(audit_admin)).filter(one => one.what.code === 'deal' && one.object === deal);
    assert.ok(everybody.some(one => one.who === '另一位审计') && everybody.some(one => one.who === '张三'));
    assert.ok(!JSON.stringify(await views(audit_admin)).includes('示例转化项目'), 'who watches over auditors is told of no deal but its number');
    assert.equal(await history(), before, 'the audited unit sees nothing of it');
    for (const what of ['audit', 'sample', 'export']) assert.ok((await views(auditor)).some(one => one.what.code === what), what);
    assert.equal((await auditor.get(`/deals/${deal}/pack.zip`)).status, 200);
    assert.ok((await views(auditor)).some(one => one.what.code === 'pack' && one.object === deal));
    await lists_too(place, deal);
    const refused = (await views(auditor)).length;
    assert.equal((await auditor.get(`/deals/${NOWHERE}`)).status, 404);
    assert.equal((await views(auditor)).length, refused, 'what was not shown was not seen');
}

/** Lists that tell him more than they tell the public; holders and feedback are of a record. */
async function lists_too(place, deal) {
    const result = (await place.second.get('/api/v1/achievements')).json.list.rows[0].href.split('/').pop();
    const had = async () => (await views(place.second)).map(one => `${one.what.code} ${one.object}`);
    for (const [path, line] of [['/deals', 'deals null'], ['/registrations', 'registrations null'], ['/accounts', 'accounts null'],
        [`/deals/${deal}/title`, `deal ${deal}`], [`/achievements/${result}/feedback`, `achievement ${result}`]]) {
        assert.equal((await place.second.get(path)).status, 200, path);
        assert.ok((await had()).includes(line), `${path}: ${await had()}`);
    }
}

/** A step that is not his is refused before anything is looked at: no refusal shows the deal; nor can a line be kept out beforehand. */
async function no_way_around(place) {
    const { auditor, member } = place.who, unit = (await audit(auditor, '/audit')).form.units.find(one => one.label === UNIT).code;
    const { id, title } = (await audit(auditor, `/audit?unit=${unit}`)).lines.at(-1);
    for (const [path, values, one] of [[`/deals/${id}/files`, { paper: 'deal' }], [`/deals/${id}/files`, { paper: '?' }], [`/deals/${id}/files/1/withdraw`, {}],
        [`/deals/${id}`, { step: 'sign', ver: '1' }, { name: 'a.exe', bytes: 'MZ' }], [`/deals/${id}`, { do: 'read', step: 'sign' }]]) {
        const reply = one ? await auditor.upload(path, values, one) : await auditor.form(path, values);
        assert.ok(reply.status === 403 || (values.do && reply.status === 409), `${path} ${JSON.stringify(values)}: ${reply.status}`);
        assert.ok(!reply.text.includes(title), path);
    }
    for (const request_id of [`view-${'0'.repeat(40)}`, `due-${id}-pay.0-2027-05-01-late`, 'import-1-1', 'due-x'])
        for (const send of [values => member.post(`/api/v1/deals/${id}`, values), values => member.form(`/deals/${id}`, values)]) {
            const reply = await send({ step: 'state', fact: 'used_mainly', value: 'no', source: 'declared', request_id });
            assert.equal(reply.status, 422, `${request_id}: ${reply.text.slice(0, 200)}`);
            assert.match(reply.text, /开头的请求号只由程序自己用/);
        }
}

/** Where the line cannot be written, nothing new is shown: not the page, not the pack. What was written down before is. */
async function unwritten_is_unseen(place) {
    if (place.city.schema) return; /* a trigger stands in for a disk that takes no more; one engine is enough */
    const sql = text => assert.equal(spawnSync('sqlite3', [join(place.city.data, 'tieqiao.db'), text]).status, 0);
    const { auditor } = place.who, page = (await audit(auditor, '/audit?pier=closed')).lines, had = (await views(auditor)).filter(one => one.what.code === 'deal').map(one => one.object);
    const fresh = page.find(one => !had.includes(one.id)), seen = had[0];
    sql("CREATE TRIGGER unwritten BEFORE INSERT ON ledger WHEN NEW.action = 'audit.view' BEGIN SELECT RAISE(ABORT, 'unwritten'); END");
    for (const path of [`/deals/${fresh.id}/pack.zip`, `/deals/${fresh.id}`, `/api/v1/audit/deals/${fresh.id}`]) {
        const reply = await auditor.get(path);
        assert.ok(reply.status >= 400, `${path}: ${reply.status}`);
        assert.ok(!reply.text.includes(fresh.title) && reply.body[0] !== 0x50 && !reply.headers['content-disposition'], path);
    }
    assert.equal((await auditor.get(`/deals/${seen}`)).status, 200);
    sql('DROP TRIGGER unwritten');
    assert.equal((await auditor.get(`/deals/${fresh.id}`)).status, 200);
}

for (const engine of engines) {
    let place;
    await test(`${engine}: an auditor's desk over ${DEALS} deals is opened`, async () => { place = await open(engine); });
    if (!place) continue;
    await test(`${engine}: the desk is the auditor's; the log is his and the audit administrator's; nobody else's`, () => doors(place));
    await test(`${engine}: nothing is written there but draws`, () => read_only(place));
    await test(`${engine}: populations, filters and figures`, () => populations(place));
    await test(`${engine}: every red flag, computed a second time from the exported papers, is the same`, () => red_flags(place));
    await test(`${engine}: an auditor of a district sees and compares the district's deals`, () => districts(place));
    await test(`${engine}: draws are what anybody draws from checkpoint, number and population`, () => draws(place));
    await test(`${engine}: files`, () => files(place));
    await test(`${engine}: a draw is the same again after the deals have moved on`, () => same_again(place));
    await test(`${engine}: what auditors looked at is written down, once a day, and not told to the unit`, () => looked_at(place));
    await test(`${engine}: no refusal shows a deal unseen, and no client takes the program's request ids`, () => no_way_around(place));
    await test(`${engine}: what cannot be written down is not shown`, () => unwritten_is_unseen(place));
    await test(`${engine}: a draw changed behind the program's back shows`, () => tampering(place));
    await place.city.end();
}
finish();
