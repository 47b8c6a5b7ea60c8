// The power goes: a served city is recorded (power_record.c) while people post needs and a table is brought in, its disk is put
// together as it may look after a cut at moments chosen by chance (power_disk.mjs), and each such disk is opened with the
// program. Each time all that was acknowledged is there, nothing is half there (tieqiao check), a table is there as a whole or
// not at all, and the box finds records by their words, so that the index has healed. The same during a backup and a restore.
//
//   node tests/fault/power.mjs [CUTS] [SEED]      tests/fault/power.sh: 200 cuts; ./check: 10
import { test, finish, build, program, join } from '../web/house.mjs';
import { town, need, OURS } from '../web/town.mjs';
import { Disk, chance, records } from './power_disk.mjs';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import assert from 'node:assert/strict';

const cuts = Number(process.argv[2] ?? 10);
const seed = Number(process.argv[3] ?? Math.floor(Math.random() * 2 ** 31));
const long = cuts > 20;
const CLIENTS = 16;
const NEEDS = long ? 400 : 60; /* acknowledged in each of the two sessions */
const ROWS = long ? 4500 : 300; /* brought in; above 4,096 the index makes a segment */
const PARTIES = 3;
const few = Math.ceil(cuts / 2);

const word = n => 'zp' + [...String(n).padStart(5, '0')].map(digit => 'bcdfghjklm'[digit]).join('');

function preloaded(folder, log) {
    return { POWER_ROOT: folder, POWER_LOG: log, LD_PRELOAD: join(build, 'tests/fault/power_record.so'),
        ASAN_OPTIONS: `${process.env.ASAN_OPTIONS ?? ''}:verify_asan_link_order=0` };
}

/** Posts until `over`; acknowledged: id -> number. */
async function post(member, state) {
    while (!state.over()) {
        const n = state.next++;
        const reply = await member.post('/api/v1/needs', need({ title: `${word(n)} 轴承`, request_id: `power-${n}-once` }));
        if (reply.status === 201) state.acknowledged.set(reply.id, n);
        else if (reply.status !== 503) throw new Error(`${reply.status} ${reply.text}`);
    }
}

function bring(city, file) {
    const child = spawn(program, ['import', file, '--owner', OURS, '--data', city.data], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', text => { said += text; });
    return new Promise((done, failed) => child.on('exit', status => status ? failed(new Error(said)) : done()));
}

/** Serves, is spoken to, and ends in order; twice, so that what is opened again is recorded too. */
async function trace(place, log, state) {
    const { city } = place;
    const table = join(city.dir, 'achievements.csv');
    writeFileSync(table, '成果名称,公开摘要\n' + Array.from({ length: ROWS }, (_, i) =>
        `耐磨部件第 ${i} 项,用于高含沙河水的离心泵过流部件第 ${i} 种及其修复工艺，寿命提高一倍。\n`).join(''));
    for (const session of [1, 2]) {
        const server = await city.serve({ env: preloaded(city.data, log) });
        const member = await server.signIn('member', place.password);
        let brought = session === 1;
        state.over = () => brought && state.acknowledged.size >= session * NEEDS;
        await Promise.all([...Array.from({ length: CLIENTS }, () => post(member, state)),
            ...session === 1 ? [] : [bring(city, table).then(() => { brought = true; })]]);
        await server.stop();
    }
}

// --- after a cut

function run(...args) {
    const done = spawnSync(program, args, { encoding: 'utf8' });
    if (done.status) throw new Error(`tieqiao ${args[0]}: ${done.status} ${done.stderr} ${done.stdout}`);
    return done;
}

/** Half of them at any moment, half of them right after an answer was sent, where any was; one at the end. */
function moments(ops, count, random) {
    const answers = ops.flatMap((op, i) => op.op === 'A' ? [i + 1] : []), at = new Set([ops.length]);
    while (at.size < Math.min(count, ops.length))
        at.add(random.half() || !answers.length ? 1 + random.below(ops.length) : answers[random.below(answers.length)]);
    return at;
}

/** The log replayed on a disk that is cut here and there: acknowledged(op), and judge(folder, random), which says what is wrong. */
function replay(log, disk, count, scratch, judge, acknowledged = () => {}) {
    const random = chance(seed), complaints = [];
    const ops = [...records(readFileSync(log))], at = moments(ops, count, random);
    for (const [i, op] of ops.entries()) {
        if (op.op === 'A') acknowledged(op.data.toString('latin1'));
        else disk.apply(op);
        if (!at.has(i + 1)) continue;
        const folder = join(scratch, 'cut');
        disk.cut(folder, random);
        let wrong;
        try { wrong = judge(folder, random); } catch (error) { wrong = error.message; }
        if (wrong) complaints.push(`after ${i + 1} of ${ops.length}: ${wrong}`);
        rmSync(folder, { recursive: true });
    }
    console.log(`# seed ${seed}: ${at.size} cuts into ${ops.length} operations, ${complaints.length} with a loss`);
    assert.equal(complaints.length, 0, `${complaints.length} of ${at.size}\n${complaints.slice(0, 5).join('\n')}`);
}

async function scratched(fn) {
    const scratch = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'tq-power-'));
    try { await fn(scratch, join(scratch, 'log')); } finally { rmSync(scratch, { recursive: true, force: true }); }
}

/**
 * Tiles are made of the leaves and not forced to the disk: one that the cut took is named by the check, and is there again once the city has
 * been opened by a server. Anything else that the check names stays a complaint.
 */
function checked(folder) {
    const found = spawnSync(program, ['check', '--data', folder], { encoding: 'utf8' });
    if (found.status && /缺少第 \d+ 层的第 \d+ 块/.test(found.stderr + found.stdout))
        spawnSync('timeout', ['-s', 'TERM', '4', program, 'serve', '--port', '0', '--data', folder], { encoding: 'utf8' });
    return run('check', '--data', folder);
}

const records_of = folder => Number(/记录 (\d+) 条/.exec(checked(folder).stdout)[1]);

/** What is wrong with the served city's disk; promised: {needs: ids, table: its end was told}. */
function judge_city(folder, promised, state, tally, random) {
    const at = ['--data', folder], out = join(folder, '../out.jsonl');
    const last = promised.needs[random.half() ? promised.needs.length - 1 : random.below(promised.needs.length)];
    const box = last && run('match', word(state.acknowledged.get(last)), '-k', '1', ...at);
    if (last && !box.stdout.includes(word(state.acknowledged.get(last)))) return `need ${last} is not found by its word`;
    tally.remade += box?.stderr.includes('made anew') ? 1 : 0;
    const all = records_of(folder);
    run('export', 'need', out, ...at);
    const there = new Set(readFileSync(out, 'utf8').trim().split('\n').filter(Boolean).map(line => JSON.parse(line).platform_id));
    const lost = promised.needs.filter(id => !there.has(id)).length;
    if (lost) return `${lost} of ${promised.needs.length} acknowledged needs are lost`;
    const rows = all - there.size - PARTIES;
    if (rows !== 0 && rows !== ROWS) return `${rows} of the table's ${ROWS} rows are there`;
    if (promised.table && rows !== ROWS) return 'the table was acknowledged and is not there';
    tally.whole += rows === ROWS ? 1 : 0;
    return null;
}

let place; /* of the first drill: what the others back up and restore */

await test(`${cuts} cuts of the power: nothing acknowledged is lost, nothing is half there, the index heals`, () => scratched(async (scratch, log) => {
    place = await town('sqlite', [['member', '甲厂成员', OURS, 'member']]);
    const state = { next: 0, acknowledged: new Map() };
    const promised = { needs: [], table: false }, tally = { remade: 0, whole: 0 };
    await place.server.stop();
    const disk = new Disk(place.city.data);
    await trace(place, log, state);
    replay(log, disk, cuts, scratch, (folder, random) => judge_city(folder, promised, state, tally, random), told => {
        const id = /^Location: \/api\/v1\/needs\/(\d+)\r/im.exec(told)?.[1];
        if (id && state.acknowledged.has(id)) promised.needs.push(id);
        else if (told[0] === '{') promised.table = true;
    });
    console.log(`# ${promised.needs.length} needs acknowledged; the table was there ${tally.whole} times, the index made anew ${tally.remade} times`);
}));

/** One command, its files below `folder` recorded. */
function recorded(folder, log, ...args) {
    const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, ...preloaded(folder, log) } });
    assert.equal(done.status, 0, done.stderr);
}

await test(`${few} cuts during a backup: under its name stands all of it or nothing`, () => scratched(async (scratch, log) => {
    const kept = join(place.city.dir, 'kept'), all = records_of(place.city.data);
    mkdirSync(kept);
    const disk = new Disk(kept);
    recorded(kept, log, 'backup', join(kept, 'city.db'), '--data', place.city.data);
    replay(log, disk, few, scratch, folder => {
        const into = join(folder, 'again');
        if (!existsSync(join(folder, 'city.db'))) return null;
        run('restore', join(folder, 'city.db'), '--data', into);
        return records_of(into) === all ? null : `${records_of(into)} records of ${all}`;
    });
}));

await test(`${few} cuts during a restore: the former city or the restored one, whole`, () => scratched(async (scratch, log) => {
    const into = join(place.city.dir, 'into'), all = records_of(place.city.data), seen = new Set();
    run('init', '--data', into);
    const disk = new Disk(into);
    recorded(into, log, 'restore', join(place.city.dir, 'kept/city.db'), '--replace', '--data', into);
    replay(log, disk, few, scratch, folder => {
        const found = records_of(folder);
        seen.add(found);
        return found === 0 || found === all ? null : `${found} records, neither 0 nor ${all}`;
    });
    assert.ok(seen.has(all), 'it was never restored');
}));
await place?.city.end();
finish();
