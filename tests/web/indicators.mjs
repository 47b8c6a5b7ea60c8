// The indicators, computed a second time: a town is lived through over HTTP (indicator_town.mjs), its tables are read raw, all versions, and
// each definition of indicators/*.def is computed again in plain JavaScript (indicator_figures.js), for several periods, places, units and
// past days; the program's figures must be the same to the fen, the day and the hundredth of a per cent.
import { test, finish, engines, root, until, readFileSync, join } from './house.mjs';
import { day } from './campus.mjs';
import { indicator_town, lives } from './indicator_town.mjs';
import { World, counted, day_of_ms, figure } from './indicator_figures.js';
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import assert from 'node:assert/strict';

// --- definitions, as far as the test must know them

function definitions() {
    return readdirSync(join(root, 'indicators')).filter(name => name.endsWith('.def')).map(name =>
        Object.fromEntries([...readFileSync(join(root, 'indicators', name), 'utf8').matchAll(/^([a-z_]+): *(.*)$/gm)].map(found => [found[1], found[2].trim()])));
}

// --- rows, raw

/** What no JSON number holds exactly comes as text: ids. */
const exact = text => JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d{16,}/g, found => (found[0] === '"' ? found : `"${found}"`)));

function printed(program, args) {
    const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, PGOPTIONS: '-c client_min_messages=warning' } });
    assert.equal(done.status, 0, done.stderr);
    return done.stdout; /* bytes that are no text do not matter */
}

const KINDS = ['party', 'person', 'achievement', 'need', 'service'];
const TABLE = /CREATE TABLE (\w+) \(\s*id BIGINT NOT NULL, ver BIGINT NOT NULL, from_leaf/g;
const tables = () => readdirSync(join(root, 'schema')).flatMap(name => [...readFileSync(join(root, 'schema', name), 'utf8').matchAll(TABLE)].map(found => found[1]));

/** SELECT * FROM the table: its rows as objects. */
function table({ city }, name) {
    if (city.engine !== 'pg') return exact(printed('sqlite3', ['-json', join(city.data, 'tieqiao.db'), `SELECT * FROM ${name}`]).trim() || '[]');
    return printed('psql', ['-qXAt', process.env.TQ_TEST_PG, '-c', `SELECT row_to_json(t) FROM ${city.schema}.${name} t`]).split('\n').filter(Boolean).map(exact);
}

/** Every version of every record, and the day of each leaf. */
function read_all(place) {
    const rows = Object.fromEntries(tables().map(name => [name, table(place, name)]));
    for (const name of KINDS) assert.ok(rows[name].length > 0, `no ${name} was read`);
    return { rows, days: table(place, 'ledger').map(leaf => [leaf.leaf_index, day_of_ms(leaf.time_ms)]) };
}

const cut_of = (days, as_of) => Math.max(-1, ...days.filter(([, day]) => day <= as_of).map(([leaf]) => leaf));

// --- asking

const document = async (who, path) => {
    const reply = await who.get(`/api/v1${path}`);
    assert.equal(reply.status, 200, `${path}: ${reply.text.slice(0, 300)}`);
    return reply.json;
};

async function followed({ officer }) {
    await until(async () => {
        const { indicators } = await document(officer, '/indicators');
        return indicators.counted >= indicators.leaves;
    }, 120_000);
}

const text = number => (number === null ? null : String(number));
const plain = found => ({ number: text(found.number), lines: found.lines, ...found.base !== undefined && { value: text(found.value), base: text(found.base) } });

/** The program's answer beside ours. */
async function compared(who, definition, lines, asked, query) {
    const { indicator } = await document(who, `/indicators/${definition.code}?${query}`);
    const ours = plain(figure(definition, lines, asked));
    const theirs = plain({ number: indicator.number, lines: indicator.lines, ...definition.figure === 'share' && { value: indicator.value, base: indicator.base } });
    assert.deepEqual(theirs, ours, `${definition.code}?${query}`);
    return ours;
}

const year_of = year => ({ from: `${year}-01-01`, to: `${year}-12-31` });
const span = (from, to) => [`from=${from}&to=${to}`, { from, to }];
const PERIODS = [...[2026, 2025, 2023].map(year => [`year=${year}`, year_of(year)]), span('2026-03-01', '2026-03-31'), span('2026-05-01', '2026-05-31'),
    span('2026-01-01', '2026-02-28'), span('2019-07-01', '2026-04-05')];
const PLACES = ['000000', '620102', '620103', '620100', '620000', '330100'];
const earlier = (a, b) => (a < b ? a : b);

/** All periods in all places, known by the end of `as_of`; undefined: now. */
async function same_figures(place, as_of) {
    const { rows, days } = place.read, today = day(place.day), known = as_of ?? today, world = new World(rows, cut_of(days, known));
    for (const definition of place.definitions) {
        const lines = counted[definition.code](world);
        for (const [query, period] of PERIODS.filter(([, one]) => one.from <= known))
            for (const region of PLACES) {
                const asked = { ...period, to: earlier(period.to, known), region: region === '000000' ? null : region };
                const found = await compared(place.officer, definition, lines, asked, `${query}&region=${region}${as_of ? `&as_of=${as_of}` : ''}`);
                if (found.lines > 0) place.met.add(`${definition.code} ${region}`);
                if (found.lines > 0 && found.number !== null && BigInt(found.number) > 0n) place.real.add(definition.code);
            }
    }
}

/** What a unit sees of itself. */
async function of_units(place) {
    const world = new World(place.read.rows, cut_of(place.read.days, day(place.day))), period = { ...year_of(2026), to: day(place.day) };
    let some = 0;
    for (const [login, name] of [['clerk', '示例丙学院'], ['firm', '示例甲机械厂'], ['banker', '示例金城银行'], ['agent', '示例区科技局'], ['platform', '示例中试基地'], ['zheng', '示例技术转移中心']]) {
        const asked = { ...period, party: place.ids[name] };
        for (const definition of place.definitions)
            some += (await compared(place[login], definition, counted[definition.code](world), asked, 'year=2026&region=000000&mine=1')).lines;
    }
    assert.ok(some > 30, `units count ${some} lines of their own`);
}

/** A figure without a single case proves nothing. What cannot be come by in this town is named here, with the reason. */
const UNMET = {};

function none_is_empty(place) {
    for (const { code, group } of place.definitions) {
        if (UNMET[code]) continue;
        assert.ok(place.met.has(`${code} 000000`), `${code} (${group}) counts nothing in the whole town`);
        assert.ok(place.real.has(code), `${code} (${group}) is zero throughout`);
    }
    for (const code of ['signed_money', 'contract_money', 'received_money', 'need_published', 'result_transferred'])
        for (const region of ['620102', '620103']) assert.ok(place.met.has(`${code} ${region}`), `${code} counts nothing in ${region}`);
}

/** What was told of a past day is told again after all that came later: revoked, amended, entered late. */
async function the_past_stays(place) {
    const asked = { ...year_of(2026), to: day(25), region: null }, code = 'contract_money', definition = place.definitions.find(one => one.code === code);
    const then = figure(definition, counted[code](new World(place.read.rows, cut_of(place.read.days, day(25)))), asked);
    const now = figure(definition, counted[code](new World(place.read.rows, cut_of(place.read.days, day(place.day)))), asked);
    assert.ok(then.number > now.number && now.number > 0n, `a registration was revoked: ${then.number}, then ${now.number}`);
    for (const [as_of, number] of [[day(25), then.number], [day(place.day), now.number]]) {
        const { indicator } = await document(place.officer, `/indicators/${code}?from=2026-01-01&to=${day(25)}&region=000000&as_of=${as_of}`);
        assert.equal(String(indicator.number), String(number));
    }
}

/** A sheet's texts and numbers, in their order. */
function cells(bytes) {
    const path = join(tmpdir(), `tq-annual-${process.pid}.xlsx`);
    writeFileSync(path, bytes);
    const part = name => printed('unzip', ['-p', path, name]);
    const words = [...part('xl/sharedStrings.xml').matchAll(/<si>.*?<t[^>]*>([^<]*)<\/t>/g)].map(found => found[1]);
    const found = [...part('xl/worksheets/sheet1.xml').matchAll(/<c ([^>]*)><v>([^<]*)<\/v>/g)].map(([, about, value]) => (about.includes('t="s"') ? words[value] : Number(value)));
    rmSync(path);
    return found;
}

/** Its figures are those of the indicators, of the whole and unit by unit, on the page as in the files. */
async function annual_report(place) {
    const { annual } = await document(place.officer, '/annual?year=2026&region=000000'), rows = annual.parts.flatMap(part => part.rows);
    assert.equal(rows.length, 12);
    assert.ok(rows.filter(row => row.lines).length > 6, 'most of them count something');
    for (const row of rows) {
        const { indicator } = await document(place.officer, `/indicators/${row.code}?year=2026&region=000000`);
        assert.deepEqual([row.number, row.lines, row.said], [indicator.number, indicator.lines, indicator.said], row.code);
        assert.equal((await place.officer.get(row.href)).status, 200);
    }
    const ways = annual.parts[0], signed = rows.find(row => row.code === 'signed_money');
    assert.equal(ways.sum.lines, ways.rows.reduce((sum, row) => sum + row.lines, 0));
    assert.equal(annual.units.reduce((sum, unit) => sum + unit.cells[0].lines, 0), signed.lines, 'what the units signed is what was signed');
    const own = (await document(place.clerk, '/annual?year=2026')).annual, unit = annual.units.find(one => one.name === own.of);
    assert.deepEqual([own.mine, own.units], [true, []]);
    assert.deepEqual(unit.cells.map(cell => cell.said), annual.columns.map(({ code }) => own.parts.flatMap(part => part.rows).find(row => row.code === code).said));
    const sheet = await place.officer.get('/annual/annual.xlsx?year=2026&region=000000'), at = cells(sheet.body);
    for (const row of rows) assert.equal(Math.round(at[at.indexOf(row.code) - 1] * 100), row.number, `${row.code} in the sheet`);
    for (const ending of ['docx', 'pdf']) assert.equal((await place.clerk.get(`/annual/annual.${ending}?year=2026`)).status, 200);
    assert.equal((await place.server.guest().get('/annual')).status, 303, 'sign in first');
    for (const [path, status] of [['/annual?year=1999', 422], ['/annual?from=2026-01-01&to=2026-02-01', 422], ['/annual/annual.zip', 404]])
        assert.equal((await place.officer.get(path)).status, status, path);
}

/** Who looks over nothing reads no amount out of a figure of one contract. */
async function few_are_kept(place) {
    const guest = place.server.guest(), { rows } = place.read;
    const one = rows.receipt.filter(row => row.to_leaf === null).map(row => row.came_on).find((on, i, all) => all.indexOf(on) === i && all.lastIndexOf(on) === i);
    const path = `/api/v1/indicators/received_money?from=${one}&to=${one}&region=000000`;
    assert.ok((await place.officer.get(path)).json.indicator.number > 0);
    const { indicator } = (await guest.get(path)).json;
    assert.deepEqual([indicator.number, indicator.value, indicator.said], [null, 0, '不足三件，不公开']);
    assert.equal((await guest.get('/api/v1/indicators/split_money')).status, 404, 'what is not open is not there');
    const lines = (await guest.get(path.replace('received_money', 'received_money/lines'))).json;
    assert.doesNotMatch(JSON.stringify(lines), /"value":[1-9]/, 'nor the amount of a line');
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: every definition has its second computation, and no other`, () => {
            assert.deepEqual(definitions().map(one => one.code).sort(), Object.keys(counted).sort());
        });
        await test(`${engine}: a town is lived through`, async () => {
            place = await indicator_town(engine);
            await lives(place);
            await followed(place);
            Object.assign(place, { definitions: definitions(), read: read_all(place), met: new Set(), real: new Set() });
        });
        if (!place?.read) continue;
        await test(`${engine}: each figure is the same, known today`, () => same_figures(place));
        for (const days of [0, 20, 30])
            await test(`${engine}: each figure is the same, known on ${day(days)}`, () => same_figures(place, day(days)));
        await test(`${engine}: each unit's own figures are the same`, () => of_units(place));
        await test(`${engine}: each indicator counts something`, () => none_is_empty(place));
        await test(`${engine}: what was told of a past day is told again`, () => the_past_stays(place));
        await test(`${engine}: the annual report is made of them`, () => annual_report(place));
        await test(`${engine}: a figure of one contract is not told to strangers`, () => few_are_kept(place));
        await test(`${engine}: made anew from the ledger they are the same`, async () => {
            await place.server.stop();
            place.city.run('rebuild');
            await place.at(place.day);
            await followed(place);
            await same_figures(place);
        });
    } finally {
        await place?.city.end();
    }
}
finish();
