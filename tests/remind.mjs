// Reminders on their way out: a little gateway and a little mail server take what `tieqiao serve` sends. Each message comes once, signed,
// under an id of leaf and account; what is refused comes again; a server killed while one is in flight sends that one again, under the
// same id, and no other; of two servers one delivers; who has not wished for it gets nothing; what stands in papers is in no message.
//
//   TQ_BUILD=build node tests/remind.mjs
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import net from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, finish, engines, until } from './web/house.mjs';
import { campus, done, way } from './web/campus.mjs';
import assert from 'node:assert/strict';

const SECRET = 'a-secret-of-the-tests-0123456789', PASSWORD = 'mail-password-of-the-tests';

/** A gateway: `took` are the messages in the order in which they came; `answer(message)` says with which status. */
async function gateway() {
    const place = { took: [], answer: () => 200 };
    const server = createServer((request, reply) => {
        const parts = [];
        request.on('data', part => parts.push(part));
        request.on('end', async () => {
            const body = Buffer.concat(parts), message = JSON.parse(body);
            const mac = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
            place.took.push({ ...message, signed: request.headers['x-tieqiao-signature'] === mac, type: request.headers['content-type'] });
            const status = await place.answer(message);
            if (status) { reply.writeHead(status, { 'Content-Length': 0 }); reply.end(); } else request.socket.destroy();
        });
    });
    await new Promise(ready => server.listen(0, '127.0.0.1', ready));
    place.url = `http://127.0.0.1:${server.address().port}/notify`;
    place.stop = () => new Promise(gone => { server.closeAllConnections(); server.close(gone); });
    return place;
}

/** A mail server, as much of one as takes letters: {from, to, text} each. */
async function post_office() {
    const place = { letters: [], refuses: false, meanwhile: async () => {} };
    const server = net.createServer(socket => {
        let rest = '', letter = null, data = false;
        const say = line => socket.write(`${line}\r\n`);
        const command = line => {
            if (data) {
                if (line === '.') { data = false; place.letters.push(letter); letter = null; place.meanwhile().then(() => say('250 taken')); } else letter.lines.push(line.replace(/^\.\./, '.'));
            } else if (/^(EHLO|HELO)/.test(line)) say('250 post');
            else if (/^MAIL FROM:/.test(line)) { letter = { from: line, to: [], lines: [] }; say('250 ok'); } else if (/^RCPT TO:/.test(line)) {
                if (place.refuses) say('550 nobody here'); else { letter.to.push(/<(.*)>/.exec(line)[1]); say('250 ok'); }
            } else if (line === 'DATA') { data = true; say('354 go on'); } else if (line === 'QUIT') { say('221 bye'); socket.end(); } else say('250 ok');
        };
        say('220 post');
        socket.on('error', () => {});
        socket.on('data', bytes => {
            rest += bytes;
            for (let at; (at = rest.indexOf('\r\n')) >= 0; rest = rest.slice(at + 2)) command(rest.slice(0, at));
        });
    });
    await new Promise(ready => server.listen(0, '127.0.0.1', ready));
    place.url = `smtp://127.0.0.1:${server.address().port}`;
    place.stop = () => new Promise(gone => server.close(gone));
    return place;
}

/** A letter's headers and its text. */
function letter(of) {
    const end = of.lines.indexOf(''), head = of.lines.slice(0, end).join('\r\n').replace(/\r\n /g, ' ');
    const header = name => new RegExp(`^${name}: ?(.*)$`, 'm').exec(head)?.[1].trim();
    const subject = [...header('Subject').matchAll(/=\?UTF-8\?B\?([^?]+)\?=/g)].map(found => Buffer.from(found[1], 'base64').toString()).join('');
    return { subject, id: header('Message-ID'), date: header('Date'), text: Buffer.from(of.lines.slice(end + 1).join(''), 'base64').toString() };
}

async function town(engine) {
    const place = await campus(engine), secret = join(place.city.dir, 'secret');
    await place.server.stop();
    writeFileSync(secret, `${SECRET}\n`);
    place.hook = await gateway();
    place.post = await post_office();
    place.options = ['--site', 'https://jishu.example/', '--notify-url', place.hook.url, '--notify-secret-file', secret, '--notify-retry', '1',
        '--smtp-url', place.post.url, '--smtp-from', 'tieqiao@example.cn'];
    place.first = place.password;
    place.password = place.city.accounts([['watcher', '丙学院另一位', '示例丙学院', 'member']]);
    place.serve = () => place.city.serve({ ...real_time, options: place.options });
    place.server = await place.serve();
    place.clerk = await sign_in(place, 'clerk');
    place.watcher = await place.server.signIn('watcher', place.password);
    return place;
}

/* Repeats wait by the clock, so it must go. */
const real_time = { env: {} };
const sign_in = (place, login) => place.server.signIn(login, place.first);

async function nothing_unasked(place) {
    place.deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() })).id;
    await done(place.clerk, place.deal, 'title');
    await until(async () => (await place.watcher.get('/api/v1/inbox')).json.inbox.lines.length === 1);
    await new Promise(later => setTimeout(later, 1200));
    assert.deepEqual([place.hook.took, place.post.letters], [[], []]);
}

async function an_address(place) {
    const save = async () => assert.equal((await place.watcher.form('/account/reminders', { hook: '1', address: 'watcher@example.cn', words: 'zh' })).status, 303);
    const { meanwhile } = place.post;
    place.post.meanwhile = () => { place.post.meanwhile = meanwhile; return save(); };
    await save();
    await until(() => place.post.letters.length === 2); /* saved again while the first was on its way: its code counts no more */
    place.post.letters.shift();
    const { subject, text, id } = letter(place.post.letters[0]);
    assert.deepEqual(place.post.letters[0].to, ['watcher@example.cn']);
    assert.match(subject, /确认邮箱地址/);
    assert.match(id, /^<address-\d+-\d+@example\.cn>$/);
    const [, code] = /验证码是 (\d{8})/.exec(text);
    assert.match(text, /https:\/\/jishu\.example\/account/);
    await place.watcher.form('/account/confirm', { code: code === '00000000' ? '11111111' : '00000000' });
    assert.match((await place.watcher.get('/account')).text, /还没有确认/);
    await place.watcher.form('/account/confirm', { code });
    assert.match((await place.watcher.get('/account')).text, /已确认，提醒也寄到这里/);
}

const next = [['value', way[1][2]], ['price', way[2][2]], ['notice', {}]];

async function both_ways(place) {
    await done(place.clerk, place.deal, ...next[0]);
    await until(() => place.hook.took.length === 1 && place.post.letters.length === 2);
    const [message] = place.hook.took, mail = letter(place.post.letters[1]);
    const [line] = (await place.watcher.get('/api/v1/inbox')).json.inbox.lines;
    assert.deepEqual(Object.keys(message), ['id', 'to', 'title', 'text', 'link', 'at', 'signed', 'type']);
    assert.deepEqual([message.id, message.to, message.link, message.signed], [line.id, 'watcher', `https://jishu.example/deals/${place.deal}`, true]);
    assert.equal(message.text, '“含沙介质耐磨轴承涂层”：轮到您的单位：定价，登录查看。');
    assert.match(message.at, /^\d{4}-\d\d-\d\dT.*\+08:00$/);
    assert.deepEqual([mail.id, mail.subject], [`<${line.id}@example.cn>`, '铁桥：有一件事轮到您']);
    assert.equal(mail.text, `${message.text}\r\n${message.link}\r\n`);
    assert.match(mail.date, /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d+ \w{3} \d{4} \d\d:\d\d:\d\d \+0800$/);
}

async function again(place) {
    let tries = 0;
    const before = place.hook.took.length;
    place.hook.answer = () => (++tries < 3 ? 503 : 204);
    await done(place.clerk, place.deal, ...next[1]);
    await until(() => place.hook.took.length === before + 3, 15_000);
    assert.equal(new Set(place.hook.took.slice(before).map(one => one.id)).size, 1, 'the same one');
    await new Promise(later => setTimeout(later, 1200));
    assert.equal(place.hook.took.length, before + 3, 'and then no more');
    place.hook.answer = () => 200;
}

/** Many leaves with one message each: objections that come in. */
async function many(place, count) {
    for (let i = 0; i < count; i++) await done(place.clerk, place.deal, 'object', { notice: '1', objector: `示例同事 ${i}`, text: `机密词${i}：名称写得不全` });
}

/** The gateway has taken it, and the server dies before it is marked. */
async function killed(place) {
    await done(place.clerk, place.deal, ...next[2]);
    const before = place.hook.took.length;
    let stopped;
    place.hook.answer = () => new Promise(() => {}); /* holds them back until all are written */
    await many(place, 6);
    await until(async () => (await place.watcher.get('/api/v1/inbox')).json.inbox.lines.filter(line => line.text.includes('异议')).length === 6);
    await place.server.stop();
    place.hook.took.length = before;
    let taken = 0, here;
    const started = new Promise(done => { here = done; });
    place.hook.answer = async () => (++taken === 3 ? (await started, stopped = place.server.kill(), await stopped, 0) : 200);
    place.server = await place.serve();
    here();
    await until(() => stopped, 30_000);
    await stopped;
    place.hook.answer = () => 200;
    place.server = await place.serve();
    const ids = () => place.hook.took.slice(before).map(one => one.id);
    await until(() => new Set(ids()).size === 6, 30_000); /* on PostgreSQL the lease of the one that died must run out */
    await new Promise(later => setTimeout(later, 1200));
    const seen = ids(), twice = seen.filter((id, i) => seen.indexOf(id) !== i);
    assert.equal(seen.length, 7, `${seen}`);
    assert.deepEqual(twice, [seen[2]], 'the one in flight, and it alone');
    place.clerk = await sign_in(place, 'clerk');
    place.watcher = await place.server.signIn('watcher', place.password);
}

async function one_of_two(place) {
    const before = place.hook.took.length;
    const other = await place.city.serve({ ...real_time, options: place.options });
    for (let i = 1; i <= 6; i++) await done(place.clerk, place.deal, 'rule', { ruling: '名称与专利一致', upheld: 'no' });
    await done(place.clerk, place.deal, 'withdraw', { ended_why: '改正名称' });
    await done(place.clerk, place.deal, 'notice', {});
    for (let i = 0; i < 6; i++) await done(place.clerk, place.deal, 'object', { notice: '2', objector: `示例同事 ${i}`, text: '名称写得不全' });
    await until(() => place.hook.took.length >= before + 6, 20_000);
    await new Promise(later => setTimeout(later, 1200));
    const ids = place.hook.took.slice(before).map(one => one.id);
    assert.deepEqual([ids.length, new Set(ids).size], [6, 6]);
    await other.stop();
}

async function given_up(place) {
    place.post.refuses = true;
    await done(place.clerk, place.deal, 'object', { notice: place.city.engine === 'pg' ? '2' : '1', objector: '示例同事', text: '再写一次' });
    await until(() => /account \d+: .*; given up/.test(place.server.log), 15_000);
    assert.match(place.city.try('status').stderr, /提醒：\d+ 条等着送出，最近 30 天有 1 条没有送到、不再送\n.*原因：邮件服务器：/);
    place.post.refuses = false;
}

/** Nothing of what stands in papers, no password, no secret. */
async function nothing_else(place) {
    const links = place.hook.took.map(one => one.link), read = place.hook.took.map(one => one.title + one.text);
    const all = [...read, ...place.post.letters.map(one => letter(one).text)].join('\n').replace(/https:\S+|\b\d{8}\b/g, ''); /* ids and codes are chance: they may hold any digits */
    assert.ok(links.every(link => /^https:\/\/jishu\.example\/[a-z]+\/[0-9a-f-]+$/.test(link)), `a link names a record and no more: ${links}`);
    for (const word of ['机密词', '160', '示例甲机械厂', SECRET, PASSWORD, '可比许可']) assert.ok(!all.includes(word), word);
    assert.ok(place.hook.took.every(one => one.signed && one.type.startsWith('application/json')));
}

async function run(engine) {
    const place = await town(engine);
    await test(`${engine}: nobody is written to who has not wished for it`, () => nothing_unasked(place));
    await test(`${engine}: an address is confirmed by a code`, () => an_address(place));
    await test(`${engine}: the gateway and the mail server each get it once, signed, under its id`, () => both_ways(place));
    await test(`${engine}: what is refused comes again, later each time`, () => again(place));
    await test(`${engine}: a kill repeats the one in flight and no other`, () => killed(place));
    if (engine === 'pg') await test(`${engine}: of two servers one delivers`, () => one_of_two(place));
    await test(`${engine}: a letter that is refused for good is given up, and the diary says so`, () => given_up(place));
    await test(`${engine}: nothing of the papers goes out`, () => nothing_else(place));
    await place.server.stop();
    await Promise.all([place.hook.stop(), place.post.stop()]);
    await place.city.end();
}
for (const engine of engines) await run(engine);
finish();
