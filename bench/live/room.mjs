// One run of bench/live/run: node bench/live/room.mjs sqlite|pg|two SECONDS
// Latency is counted from the moment at which the step's answer came, which is sent when the step is committed; and, with the wait behind
// the page load and the commit itself, from the moment at which the step was sent.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { until } from '../../tests/web/house.mjs';
import { made_by, town, OURS, THEIRS } from '../../tests/web/town.mjs';
import { Stream } from '../../tests/web/streams.js';

const [how = 'sqlite', seconds = '20'] = process.argv.slice(2);
const ACCOUNTS = 30, EACH = 10, RESTLESS = 50, EVERY_MS = 80;
const wait = ms => new Promise(after => setTimeout(after, ms));
const at = (list, share) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const kib = server => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]);
const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** Keeps the ids alone. */
class Reader extends Stream {
    ids_seen = [];
    take(text) {
        this.text += text;
        for (let end; (end = this.text.indexOf('\n\n')) >= 0; this.text = this.text.slice(end + 2)) {
            const block = this.text.slice(0, end), id = /^id: (\d+)\nevent: step/.exec(block)?.[1];
            if (!id) {
                this.last = Number(/^id: (\d+)/m.exec(block)?.[1] ?? this.last);
                continue;
            }
            this.last = Number(id);
            this.ids_seen.push(this.last);
        }
    }
}

const lines = [['host', '主办单位成员', OURS, 'member'], ...Array.from({ length: ACCOUNTS }, (_, i) => [`reader${i}`, `示例委员${i}`, THEIRS, 'member'])];
const place = await town(how === 'sqlite' ? 'sqlite' : 'pg', lines);
const { city, server, password } = place;
const far = how === 'two' ? await city.serve() : server;
const host = await server.signIn('host', password);
const fair = await made_by(host, '/fairs', { sort: 'match', name: '示例座谈会', day, place: '示例厅', theme: '成果转化', contact: '示例张三', phone: '0931-1234567' });
const people = [];
for (let i = 0; i < ACCOUNTS * EACH; i++) people.push(await far.signIn(`reader${i % ACCOUNTS}`, password)); /* a session each */

/** The calm ones: a program of their own, light enough not to be measured along (readers.c). */
function calm_ones(cookies) {
    const child = spawn(process.env.TQ_READERS, [String(far.port), `/api/v1${fair}/events`], { stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', text => { out += text; });
    child.stdin.write(`${cookies.join('\n')}\n\n`);
    return { ready: until(() => out.startsWith('ready'), 60_000),
        end: () => new Promise(done => { child.on('close', () => done(out.split('\n').slice(1, -1).map(line => line.split(' ').map(Number)))); child.stdin.end(); }) };
}

const before = kib(far);
const calm = calm_ones(people.slice(RESTLESS).map(who => who.cookie)), restless = people.slice(0, RESTLESS).map(who => new Reader(who, fair));
await Promise.all(restless.map(reader => reader.open()));
await calm.ready;
await until(() => restless.every(reader => reader.last !== undefined), 30_000);
await wait(500);
const each = (kib(far) - before) / people.length;

const load = spawn('wrk', ['-t1', '-c64', `-d${seconds}s`, '--latency', '-H', `Cookie: ${people[0].cookie}`, `http://127.0.0.1:${far.port}${fair}`]);
let said = '', over = false;
load.stdout.on('data', text => { said += text; });

/** Leaves, waits a little, comes again with what he had last. */
async function comes_and_goes(reader) {
    let times = 0;
    while (!over) {
        await wait(200 + Math.random() * 2000);
        reader.close();
        await wait(Math.random() * 500);
        reader.closed = false;
        reader.text = '';
        reader.headers['Last-Event-ID'] = String(reader.last);
        await reader.open();
        if (reader.status !== 200) throw new Error(`not let in again: ${reader.status}`);
        times++;
    }
    return times;
}

const going = restless.map(comes_and_goes);
await wait(1000);
const acting = new Worker(new URL('host.mjs', import.meta.url), { workerData: { port: server.port, cookie: host.cookie, csrf: host.csrf, fair, steps: 350,
    every_ms: EVERY_MS, until_ms: Date.now() + (Number(seconds) - 2) * 1000 } });
const sent = await new Promise((told, broken) => acting.on('message', told).on('error', broken));
over = true;
const times = (await Promise.all(going)).reduce((a, b) => a + b, 0);
await until(() => restless.every(reader => reader.ids_seen.length >= sent.length), 20_000).catch(() => {});
await wait(1000);

if (load.exitCode === null) await new Promise(ended => load.on('close', ended));
const arrivals = await calm.end(), ids = [...new Set(arrivals.map(([, id]) => id))].sort((a, b) => a - b);
const heard = Array.from({ length: people.length - RESTLESS }, () => []), whole = [], after = [], last = new Map();
for (const [reader, id, us] of arrivals) {
    const step = sent[ids.indexOf(id)];
    heard[reader].push(id);
    whole.push(us / 1000 - step.began);
    after.push(us / 1000 - step.answered);
    last.set(id, Math.max(last.get(id) ?? -Infinity, us / 1000 - step.answered));
}
const wanted = ids.join(), lost = [...heard, ...restless.map(reader => reader.ids_seen)].filter(seen => seen.join() !== wanted).length;
const percent = (list, share) => `${at(list, share).toFixed(0)} ms`;
console.log(`${how}: ${people.length} readers, ${sent.length} steps; from the answer that a step is committed to its arrival: p50 ${percent(after, .5)}, p99 ${percent(after, .99)},`
    + ` at the last reader p99 ${percent([...last.values()], .99)}; from sending the step: p50 ${percent(whole, .5)}, p99 ${percent(whole, .99)}`);
console.log(`${how}: ${RESTLESS} who left and came again ${times} times; readers who lost a step, had one twice or out of order: ${lost}`);
console.log(`${how}: ${each.toFixed(1)} KiB of memory a stream; beside it ${/Requests\/sec:\s+(\S+)/.exec(said)?.[1]} pages a second over 64 connections, p99 ${/99%\s+(\S+)/.exec(said)?.[1]}`);
for (const reader of restless) reader.close();
await city.end();
process.exit(lost || ids.length !== sent.length ? 1 : 0);
