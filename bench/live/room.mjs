// One run of bench/live/run: node bench/live/room.mjs sqlite|pg|two SECONDS
// Latency is counted from the moment at which the step was sent, so it holds the commit too; and from the moment at which its answer came.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { until } from '../../tests/web/house.mjs';
import { Matter } from '../../tests/web/matters.mjs';
import { made_by, town, OURS, THEIRS } from '../../tests/web/town.mjs';
import { Stream } from '../../tests/web/streams.js';

const [how = 'sqlite', seconds = '20'] = process.argv.slice(2);
const ACCOUNTS = 30, EACH = 10, RESTLESS = 50, EVERY_MS = 80;
const wait = ms => new Promise(after => setTimeout(after, ms));
const at = (list, share) => list.sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))];
const kib = server => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]);
const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** Reads as little as it must: the ids, and when they came. */
class Reader extends Stream {
    ids_seen = [];
    take(text) {
        const now = performance.now();
        this.text += text;
        for (let end; (end = this.text.indexOf('\n\n')) >= 0; this.text = this.text.slice(end + 2)) {
            const block = this.text.slice(0, end), id = /^id: (\d+)\nevent: step/.exec(block)?.[1];
            if (!id) {
                this.last = Number(/^id: (\d+)/m.exec(block)?.[1] ?? this.last);
                continue;
            }
            this.last = Number(id);
            this.ids_seen.push(this.last);
            this.onto?.(this.last, now);
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
for (let i = 0; i < ACCOUNTS; i++) people.push(await far.signIn(`reader${i}`, password));

const before = kib(far), arrivals = new Map();
const onto = (id, now) => { (arrivals.get(id) ?? arrivals.set(id, []).get(id)).push(now); };
let readers = [];
for (const who of people) for (let i = 0; i < EACH; i++) readers.push(new Reader(who, fair));
await Promise.all(readers.map(reader => reader.open()));
await until(() => readers.every(reader => reader.last !== undefined), 30_000);
await wait(500);
const each = (kib(far) - before) / readers.length;

const calm = readers.slice(RESTLESS), restless = readers.slice(0, RESTLESS);
calm.forEach(reader => { reader.onto = onto; });
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
const matter = new Matter(fair), sent = [], until_ms = Date.now() + (Number(seconds) - 1) * 1000;
await wait(1000);
while (Date.now() < until_ms && sent.length < 350) {
    const began = performance.now();
    await matter.took(host, 'item', { at_time: '09:00', what: `第 ${sent.length + 1} 位发言`, who: '示例委员' });
    sent.push({ began, answered: performance.now() });
    await wait(EVERY_MS);
}
over = true;
const times = (await Promise.all(going)).reduce((a, b) => a + b, 0);
await until(() => readers.every(reader => reader.ids_seen.length >= sent.length), 20_000).catch(() => {});

const ids = [...arrivals.keys()].sort((a, b) => a - b), all = [], after = [], last = [];
ids.forEach((id, i) => {
    const list = arrivals.get(id);
    for (const came of list) {
        all.push(came - sent[i].began);
        after.push(came - sent[i].answered);
    }
    last.push(Math.max(...list) - sent[i].began);
});
const wanted = ids.join(), lost = readers.filter(reader => reader.ids_seen.join() !== wanted).length;
const percent = (list, share) => `${at(list, share).toFixed(0)} ms`;
console.log(`${how}: ${readers.length} readers, ${sent.length} steps; from sending a step to its arrival: p50 ${percent(all, .5)}, p99 ${percent(all, .99)}, most ${percent(all, 1)};`
    + ` to the last of them: p50 ${percent(last, .5)}, p99 ${percent(last, .99)}; from its answer: p99 ${percent(after, .99)}`);
console.log(`${how}: ${RESTLESS} who left and came again ${times} times; readers who lost a step, had one twice or out of order: ${lost}`);
console.log(`${how}: ${each.toFixed(1)} KiB of memory a stream; beside it ${/Requests\/sec:\s+(\S+)/.exec(said)?.[1]} pages a second over 64 connections, p99 ${/99%\s+(\S+)/.exec(said)?.[1]}`);
for (const reader of readers) reader.close();
await city.end();
process.exit(lost || ids.length !== sent.length ? 1 : 0);
