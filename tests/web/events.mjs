// A matter's events: each step reaches those who watch, in order, each once, whoever comes late, comes again or on another server; what one
// may not know does not reach him; who may no longer know is told so and hears nothing more; who does not read is cut off; limits.
import { test, finish, engines, until, root, join, readFileSync } from './house.mjs';
import { done, number, step, step_of, Matter } from './matters.mjs';
import { made_by, town, OURS, THEIRS, THIRD } from './town.mjs';
import { Stream, watch } from './streams.js';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';

const ACCOUNTS = [['member', '甲厂张三', OURS, 'member'], ['other', '乙所王五', THEIRS, 'member'], ['third', '丙学院成员', THIRD, 'member'],
    ['auditor', '审计员', '', 'auditor'], ['admin', '安全管理员', '', 'security_admin'], ['fresh', '甲厂李四', OURS, 'member'], ['gone', '甲厂赵六', OURS, 'member']];
const ACHIEVEMENT = { title: '含沙介质耐磨轴承', abstract: '用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。', trl: 5 };
const ASK = { step: 'ask', about_kind: 'achievement', wants: '想谈轴承涂层在含沙介质泵上的试用。', name: '张三', phone: '0931-1234567' };
const ANSWER = { answerer: '王五', answer_phone: '0931-7654321', answer: '下周三下午在乙所谈。' };
const TALK = { met_on: '2026-01-05', place: '乙所', who: '张三、王五', what: '谈试用的台数和时间。' };
const day = after => new Date(Date.now() + after * 86_400_000 + 8 * 3_600_000).toISOString().slice(0, 10); /* the server's: UTC+8 */
const wait = ms => new Promise(after => setTimeout(after, ms));

const free_port = () => new Promise(done => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
        const { port } = server.address();
        server.close(() => done(port));
    });
});

async function contact({ member, other }, title = ACHIEVEMENT.title) {
    const achievement = await made_by(other, '/achievements', { ...ACHIEVEMENT, title });
    return new Matter(await made_by(member, '/contacts', { ...ASK, about: number(achievement) }));
}

async function sign_all(place) {
    const { server, password, officer_password } = place;
    for (const login of ['member', 'other', 'third', 'auditor', 'admin']) place[login] = await server.signIn(login, password);
    place.officer = await server.signIn('officer', officer_password);
}

// --- what comes, and to whom

async function as_it_happens(place) {
    const { member, other, third, officer, server } = place;
    const matter = await contact(place);
    const own = await watch(member, matter.at), theirs = await watch(other, matter.at), line = await watch(officer, matter.at);
    assert.equal(own.status, 200);
    assert.match(own.head['content-type'], /^text\/event-stream/);
    assert.deepEqual([own.head['x-accel-buffering'], own.head['cache-control'], own.head['content-length']], ['no', 'no-store', undefined]);
    for (const stranger of [third, server.guest()]) assert.equal((await watch(stranger, matter.at)).status, 404);
    await matter.took(other, 'accept', ANSWER);
    await matter.took(member, 'talk', TALK);
    for (const stream of [own, theirs, line]) await stream.heard_of(2);
    const [first, second] = own.steps.map(event => event.data);
    const seen = (await member.get(`/api/v1${matter.at}`)).json.matter;
    assert.deepEqual(own.ids, seen.history.map(entry => entry.leaf).reverse().slice(1), 'an event is named by its leaf');
    assert.deepEqual([first.kind.code, first.id, first.href, first.title, first.ver], ['contact', number(matter.at), matter.at, ACHIEVEMENT.title, 2]);
    assert.deepEqual([first.step.label, first.step.label_en.length > 0, first.state.code, second.state.code, second.step.code],
        [seen.history[1].label.label, true, 'accepted', 'accepted', 'talk']);
    assert.deepEqual([first.leaf, first.at], [own.ids[0], seen.history[1].at]);
    assert.deepEqual([own.steps.map(event => event.data.mine), theirs.steps.map(event => event.data.mine)], [[false, true], [true, false]]);
    assert.deepEqual(line.names, ['accept', 'talk'], 'an officer sees how far it is');
    assert.doesNotMatch(JSON.stringify(own.events), /7654321|轴承涂层|下周三/, 'nothing of what was written');
    for (const stream of [own, theirs, line]) stream.close();
    return matter;
}

async function late_and_again(place, matter) {
    const { member, other } = place;
    const history = (await member.get(`/api/v1${matter.at}`)).json.matter.history.map(entry => entry.leaf).reverse();
    const whole = await watch(member, matter.at, { since: 0 });
    await whole.heard_of(3);
    assert.deepEqual(whole.ids, history, 'from the beginning');
    const rest = await watch(member, matter.at, { last: history[1], since: 0 });
    await rest.heard_of(1);
    await matter.took(other, 'talk', TALK);
    await rest.heard_of(2);
    await whole.heard_of(4);
    assert.deepEqual(rest.ids, whole.ids.slice(2), 'what was missed, then what comes: Last-Event-ID before the address');
    whole.close();
    rest.close();
    const quiet = await watch(member, matter.at);
    await until(() => quiet.last !== undefined);
    quiet.close(); /* it heard nothing, and yet knows where it was */
    await matter.took(other, 'talk', TALK);
    const next = await watch(member, matter.at, { last: quiet.last });
    await next.heard_of(1);
    await wait(100);
    assert.deepEqual(next.names, ['talk']);
    next.close();
}

async function bad_words(place, matter) {
    const { member } = place;
    for (const last of ['x', '-1', '1.5', '99999999999999999999', '1 2']) {
        const reply = await member.get(`/api/v1${matter.at}/events`, { 'Last-Event-ID': last });
        assert.deepEqual([last, reply.status], [last, 422]);
        assert.match(reply.json.message, /Last-Event-ID/);
    }
    const ahead = await member.get(`/api/v1${matter.at}/events?since=1000000000`);
    assert.deepEqual([ahead.status, /重新打开/.test(ahead.json.hint)], [409, true]);
    for (const path of ['/contacts/1/events', '/needs/1/events', `${matter.at}/events/1`]) assert.equal((await member.get(`/api/v1${path}`)).status, 404, path);
    const page = await member.get(`${matter.at}/events`);
    assert.deepEqual([page.status, page.location], [303, matter.at], 'whoever comes with a browser sees the page');
    assert.equal((await member.send('POST', `/api/v1${matter.at}/events`, { body: '', headers: { 'X-CSRF-Token': member.csrf } })).status, 405);
    const head = await member.send('HEAD', `/api/v1${matter.at}/events`);
    assert.deepEqual([head.status, head.text, /^text\/event-stream/.test(head.headers['content-type'])], [200, '', true]);
}

// --- a room of several

async function a_room(place) {
    const { member, third, other, server } = place;
    const fair = await made_by(member, '/fairs', { sort: 'match', name: '示例泵阀对接会', day: day(30), place: '示例厅', theme: '泵阀', contact: '示例张三', phone: '0931-1234567' });
    const host = await watch(member, fair), guest = await watch(third, fair), passer_by = await watch(server.guest(), fair), from = (await until(() => host.last), host.last);
    const coming = await made_by(third, '/fair_guests', { step: 'register', fair: number(fair), name: '示例钱七', phone: '0931-1111111', brings: '涂层样件' });
    await done(member, fair, 'item', { at_time: '09:00', what: '开场', who: '示例主持' });
    await done(third, coming, 'cancel');
    await host.heard_of(3);
    await guest.heard_of(3);
    await passer_by.heard_of(1);
    await wait(200);
    assert.deepEqual(host.steps.map(event => [event.data.kind.code, event.data.step.code]), [['fair_guest', 'register'], ['fair', 'item'], ['fair_guest', 'cancel']]);
    assert.deepEqual(guest.ids, host.ids);
    assert.deepEqual(passer_by.names, ['item'], 'who comes is nobody else\'s business');
    assert.deepEqual(host.steps[0].data.href, coming);
    const again = await watch(member, fair, { last: from }), rival = await watch(other, fair, { last: from });
    await again.heard_of(3);
    await rival.heard_of(1);
    await wait(100);
    assert.deepEqual([again.ids, rival.names], [host.ids, ['item']], 'the same from the ledger');
    for (const stream of [host, guest, passer_by, again, rival]) stream.close();
}

const PROBLEM = { subject: '含沙介质泵轴承寿命', problem: '含沙介质里轴承三千小时就坏，停机一次两天。', figures: '寿命 8000 小时', amount: '300万元', owner_share: '60%',
    until_day: day(30), finish_by: day(400), who: ['enterprise'], criteria: '指标 60，团队 40', name: '示例张三', phone: '0931-1234567' };
const OFFER = { approach: '示例涂层路线，分三轮台架试验。', figures: '寿命 8500 小时', price: '280万元', months: 18, team: '示例团队五人', trl: 5,
    evidence: '台架报告一份', name: '示例王五', phone: '0931-7654321' };

async function sealed(place) {
    const { member, other, third, officer, auditor, server } = place;
    const challenge = await made_by(member, '/challenges', PROBLEM);
    await done(officer, challenge, 'publish');
    const bidder = await watch(other, challenge), from = (await until(() => bidder.last), bidder.last);
    const watchers = await Promise.all([member, officer, auditor, third, server.guest()].map(who => watch(who, challenge)));
    await made_by(other, '/bids', { ...OFFER, challenge: number(challenge) });
    await bidder.heard_of(1);
    const late = await Promise.all([member, officer, auditor, third].map(who => watch(who, challenge, { last: from })));
    await wait(500);
    assert.deepEqual(bidder.steps.map(event => [event.data.kind.code, event.data.mine]), [['bid', true]]);
    for (const stream of [...watchers, ...late]) {
        assert.equal(stream.status, 200);
        assert.deepEqual(stream.events, [], 'nobody hears of a bid that is sealed');
        stream.close();
    }
    bidder.close();
}

async function an_auditor(place, matter) {
    const { auditor } = place;
    const other = await contact(place, '另一项轴承技术');
    const views = async () => (await auditor.get('/api/v1/audit/views')).json.audit_views.lines.map(line => line.href);
    assert.ok(!(await views()).includes(other.at));
    const stream = await watch(auditor, other.at);
    assert.equal(stream.status, 200);
    assert.equal((await views())[0], other.at, 'what an auditor watches is written down before he does');
    await other.took(place.other, 'accept', ANSWER);
    await stream.heard_of(1);
    stream.close();
    const twice = await watch(auditor, other.at);
    assert.deepEqual([twice.status, (await views()).filter(at => at === other.at).length], [200, 1]);
    twice.close();
    return matter;
}

// --- rights that are lost

async function ends(place, login, lose) {
    const { server, password, other } = place;
    const who = await server.signIn(login, password), matter = await contact(place, `${login} 看的轴承 ${Math.random()}`);
    const stream = await watch(who, matter.at), kept = await watch(place.member, matter.at);
    await matter.took(other, 'accept', ANSWER);
    await stream.heard_of(1);
    await lose(who);
    await matter.took(other, 'talk', TALK);
    await kept.heard_of(2);
    await until(() => stream.ended);
    assert.deepEqual([stream.names, stream.end], [['accept'], 'session'], 'the stream says that it ends, and nothing more');
    const again = await watch(who, matter.at, { last: stream.last });
    assert.ok([401, 404].includes(again.status), `${again.status}`);
    kept.close();
}

async function account_of(admin, login) {
    return (await admin.get(`/api/v1/accounts?q=${login}`)).json.accounts.lines.find(line => line.login === login).href.split('/').pop();
}

async function rights_lost(place) {
    const { admin } = place;
    await ends(place, 'fresh', who => who.form('/sign-out', {}));
    const id = await account_of(admin, 'fresh'), [{ take }] = (await admin.get(`/api/v1/accounts/${id}`)).json.holder.roles;
    await ends(place, 'fresh', async () => {
        const taken = await admin.post(`/api/v1/accounts/${id}/roles`, { do: 'revoke', role: take.code, scope: take.reach });
        assert.equal(taken.status, 200, taken.text);
    });
    const gone = await account_of(admin, 'gone');
    await ends(place, 'gone', async () => assert.equal((await admin.post(`/api/v1/accounts/${gone}/disable`, {})).status, 200));
}

/** A member of an alliance that is being formed leaves it: it is nobody's to see who is no member. */
async function no_longer_his({ member, third }) {
    const at = await made_by(member, '/alliances', { name: '示例泵阀创新联盟', purpose: '一起攻关含沙介质泵的轴承和密封。', from_day: day(0) });
    const membership = await made_by(member, '/memberships', { alliance: number(at), party: THIRD, task: '承担台架试验' });
    await done(third, membership, 'join', { name: '示例赵六', phone: '0931-1234567' });
    const terms = ['form', 'tasks', 'funds', 'ip', 'benefits', 'risks'], agree = () => done(member, at, 'agree', { terms, agreement: '示例-联-1', from_day: day(0) });
    const stream = await watch(third, at), own = await watch(member, at);
    await agree();
    await stream.heard_of(1);
    await done(third, membership, 'leave', { why: '任务已由别的单位承担。' });
    await agree();
    await own.heard_of(2);
    await until(() => stream.ended);
    assert.deepEqual([stream.names, stream.end], [['agree'], 'missing']);
    assert.equal((await watch(third, at)).status, 404);
    own.close();
}

async function a_program(place) {
    const { server, password, other } = place;
    const program = await server.signInProgram('member', password), matter = await contact(place, '程序看的轴承');
    const stream = await watch(program, matter.at);
    await matter.took(other, 'accept', ANSWER);
    await stream.heard_of(1);
    await program.post('/api/v1/sign-out', {});
    await matter.took(other, 'talk', TALK);
    await until(() => stream.ended);
    assert.deepEqual([stream.names, stream.end], [['accept'], 'session']);
    assert.equal((await watch(program, matter.at)).status, 401);
}

// --- too slow, too many

/** Asks, and reads nothing until it is told to: what has come by then, and whether that was the end. */
async function deaf(who, at, since) {
    const socket = net.connect(who.server.port, '127.0.0.1'), heard = new Stream(who, at);
    socket.pause();
    socket.on('error', () => {});
    socket.on('close', () => { heard.closed = true; });
    socket.write(`GET /api/v1${at}/events${since === undefined ? '' : `?since=${since}`} HTTP/1.1\r\nHost: a\r\nCookie: ${who.cookie}\r\n\r\n`);
    heard.close = () => socket.destroy();
    heard.listen = () => socket.setEncoding('utf8').on('data', text => heard.take(text)).resume();
    return heard;
}

async function too_slow(place) {
    const { member, other } = place, matter = await contact(place, '长'.repeat(190));
    const quick = await watch(member, matter.at), slow = await deaf(member, matter.at);
    await until(() => quick.last !== undefined);
    await matter.took(other, 'accept', ANSWER);
    for (let i = 0; i < 350; i++) await matter.took(other, 'talk', TALK);
    await quick.heard_of(351, 20000);
    slow.listen();
    await until(() => slow.closed, 20000);
    assert.ok(slow.steps.length > 0 && slow.steps.length < 351 && slow.end === undefined, `${slow.steps.length} came to who read nothing`);
    const again = await watch(member, matter.at, { last: slow.last });
    await again.heard_of(351 - slow.steps.length, 20000);
    assert.deepEqual([...slow.ids, ...again.ids], quick.ids, 'he comes again, and has everything, each once');
    again.close();
    quick.close();
    place.long = matter;
}

/** In hundredths of a second, of all its threads. */
const worked = server => readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ').pop().split(' ').slice(11, 13).reduce((sum, part) => sum + Number(part), 0);

/** They are behind and take nothing: nobody who comes later waits for them, and the server does not run in circles. */
async function slow_ones(place) {
    const { member, other, officer, server } = place, { at } = place.long, slow = [], late = [];
    for (let i = 0; i < 20; i++) slow.push(await deaf(i % 2 ? member : other, at, 0));
    await wait(1500);
    const before = worked(server);
    await wait(2000);
    assert.ok(worked(server) - before < 40, `${worked(server) - before} hundredths of a second in two seconds, for nobody`);
    for (let i = 0; i < 4; i++) late.push(await watch(officer, (await contact(place, `后来的人看的轴承 ${i}`)).at, { since: 0 }));
    for (const stream of late) await stream.heard_of(1);
    const whole = await watch(officer, at, { since: 0 });
    await whole.heard_of(352, 10000);
    assert.equal(new Set(whole.ids).size, 352, 'each once');
    slow[0].listen();
    await until(() => slow[0].steps.length >= 352, 10000);
    assert.deepEqual(slow[0].ids, whole.ids, 'who begins to read has everything');
    for (const stream of [...slow, ...late, whole]) stream.close();
    await until(async () => (await member.send('HEAD', `/api/v1${at}/events`)).status === 200);
}

async function too_many(place) {
    const { member, other } = place, matter = await contact(place, '许多人看的轴承');
    const streams = [];
    for (let i = 0; i < 12; i++) streams.push(await watch(member, matter.at));
    assert.ok(streams.every(stream => stream.status === 200));
    const over = await watch(member, matter.at);
    await until(() => over.ended, 3000);
    assert.deepEqual([over.status, over.head['retry-after'], /同一账号/.test(over.text)], [429, '30', true]);
    const others = await watch(other, matter.at);
    assert.equal(others.status, 200, 'nobody else is kept out');
    streams[0].close();
    await until(async () => (await member.send('HEAD', `/api/v1${matter.at}/events`)).status === 200);
    await matter.took(other, 'accept', ANSWER);
    for (const stream of [...streams.slice(1), others]) await stream.heard_of(1);
    for (const stream of [...streams, others]) stream.close();
}

async function full_house(place) {
    await place.server.stop();
    place.server = await place.city.serve({ options: ['--watchers', '3'] });
    await sign_all(place);
    const { member, other } = place, matter = await contact(place, '满座时看的轴承');
    const streams = [await watch(member, matter.at), await watch(other, matter.at), await watch(member, matter.at)];
    const over = await watch(other, matter.at);
    await until(() => over.ended, 3000);
    assert.deepEqual([over.status, Number(over.head['retry-after']) > 0, /已满/.test(over.text)], [503, true, true]);
    assert.equal((await other.get(`/api/v1${matter.at}`)).status, 200, 'all else goes on');
    for (const stream of streams) stream.close();
    await until(async () => (await other.send('HEAD', `/api/v1${matter.at}/events`)).status === 200);
}

// --- the server goes, and comes back

async function killed_and_back(place) {
    const { city } = place;
    let matter = await contact(place, '重启时看的轴承');
    let stream = await watch(place.member, matter.at);
    await until(() => stream.last !== undefined);
    const ids = [];
    await matter.took(place.other, 'accept', ANSWER);
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGKILL']) {
        await matter.took(place.other, 'talk', TALK);
        await place.server.kill(signal);
        await until(() => stream.closed);
        ids.push(...stream.ids);
        place.server = await city.serve();
        await sign_all(place);
        await matter.took(place.member, 'talk', TALK); /* while nobody watches */
        stream = await watch(place.member, matter.at, { last: stream.last });
    }
    const history = (await place.member.get(`/api/v1${matter.at}`)).json.matter.history.map(entry => entry.leaf).reverse().slice(1);
    await until(() => ids.length + stream.ids.length >= history.length);
    assert.deepEqual([...ids, ...stream.ids], history, 'nothing lost, nothing twice, over three deaths');
    const began = Date.now();
    await place.server.stop(); /* with a stream open */
    assert.ok(Date.now() - began < 4000, 'a stream does not hold up the end');
    await until(() => stream.ended);
    place.server = await city.serve();
    await sign_all(place);
}

/** With the very `location /` of deploy/nginx.conf, without its TLS. */
async function behind_nginx(place) {
    const folder = mkdtempSync(join(tmpdir(), 'tq-nginx-')), conf = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8');
    const port = await free_port(), location = /^ {4}location \/ \{.*?^ {4}\}/ms.exec(conf)[0];
    writeFileSync(join(folder, 'nginx.conf'), `pid ${folder}/pid;\ndaemon off;\nevents {}\nhttp {\naccess_log off;\nclient_body_temp_path ${folder};\n`
        + `proxy_temp_path ${folder};\nfastcgi_temp_path ${folder};\nuwsgi_temp_path ${folder};\nscgi_temp_path ${folder};\n${/^limit_req_zone.*/m.exec(conf)[0]}\n`
        + `upstream tieqiao { server 127.0.0.1:${place.server.port}; keepalive 64; }\nserver {\nlisten 127.0.0.1:${port};\n${location}\n}\n}\n`);
    const nginx = spawn('nginx', ['-e', join(folder, 'error.log'), '-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
    try {
        const { member, other } = place, front = Object.assign(Object.create(member), { server: { port } }), matter = await contact(place, '网关后面的轴承');
        let stream;
        await until(async () => (stream = await watch(front, matter.at).catch(() => null)) !== null);
        assert.equal(stream.status, 200);
        await matter.took(other, 'accept', ANSWER);
        await stream.heard_of(1);
        await matter.took(other, 'talk', TALK);
        await stream.heard_of(2);
        assert.ok(!stream.ended, 'it came while the stream was open');
        stream.close();
        await until(async () => (await member.send('HEAD', `/api/v1${matter.at}/events`)).status === 200);
    } finally {
        nginx.kill();
        rmSync(folder, { recursive: true });
    }
}

async function two_servers(place) {
    const { city, member, other, password } = place, second = await city.serve();
    const there = await second.signIn('member', password), matter = await contact(place, '两台服务器上的轴承');
    const here = await watch(member, matter.at), far = await watch(there, matter.at);
    const times = [];
    far.heard = event => times.push(event.at);
    await matter.took(other, 'accept', ANSWER);
    for (let i = 0; i < 20; i++) {
        await matter.took(i % 2 ? other : there, 'talk', TALK);
    }
    await here.heard_of(21);
    await far.heard_of(21);
    assert.deepEqual(far.ids, here.ids, 'what one server wrote reaches who watches at the other');
    here.close();
    await matter.took(there, 'talk', TALK);
    const moved = await watch(there, matter.at, { last: here.last });
    await moved.heard_of(1);
    assert.deepEqual([moved.ids, moved.names], [far.ids.slice(21), ['talk']], 'he goes on at the other server');
    moved.close();
    far.close();
    await second.stop();
}

/** One that the other server reads only after it was damaged. */
async function a_damaged_leaf(place) {
    const { city, member, other, password } = place, second = await city.serve();
    const there = await second.signIn('member', password), matter = await contact(place, '账本坏了一条的轴承');
    const far = await watch(there, matter.at), set = (leaf, hash) => city.sql(`UPDATE ${city.schema}.ledger SET hash = decode('${hash}', 'hex') WHERE leaf_index = ${leaf}`);
    await matter.took(other, 'accept', ANSWER);
    await far.heard_of(1);
    second.child.kill('SIGSTOP');
    await matter.took(other, 'talk', TALK);
    await matter.took(member, 'talk', TALK);
    const [last, damaged] = (await member.get(`/api/v1${matter.at}`)).json.matter.history.map(entry => entry.leaf);
    const hash = city.sql(`SELECT encode(hash, 'hex') FROM ${city.schema}.ledger WHERE leaf_index = ${damaged}`).trim();
    assert.match(hash, /^[0-9a-f]{64}$/);
    set(damaged, '00'.repeat(32));
    second.child.kill('SIGCONT');
    await until(() => far.last >= last);
    set(damaged, hash);
    assert.deepEqual(far.steps.slice(1).map(event => [event.id, event.data.step.code]), [[last, 'talk']], 'it is passed over, and what comes behind it comes');
    far.close();
    await second.stop();
}

for (const engine of engines) {
    const place = await town(engine, ACCOUNTS);
    let matter;
    await sign_all(place);
    try {
        await test(`${engine}: a step reaches who watches, and says what he may know`, async () => { matter = await as_it_happens(place); });
        await test(`${engine}: who comes late or again has everything, in order, each once`, () => late_and_again(place, matter));
        await test(`${engine}: bad words are told so`, () => bad_words(place, matter));
        await test(`${engine}: a room is more than one matter, to each what he may know`, () => a_room(place));
        await test(`${engine}: nobody hears of what is sealed`, () => sealed(place));
        await test(`${engine}: what an auditor watches is written down`, () => an_auditor(place, matter));
        await test(`${engine}: who may no longer know hears no more`, () => rights_lost(place));
        await test(`${engine}: what is no longer his to see ends`, () => no_longer_his(place));
        await test(`${engine}: a program watches with its token`, () => a_program(place));
        await test(`${engine}: who does not read is cut off, and loses nothing`, () => too_slow(place));
        await test(`${engine}: twenty who do not read keep nobody else waiting`, () => slow_ones(place));
        await test(`${engine}: an account watches so often and no oftener`, () => too_many(place));
        if (engine === 'sqlite') await test('sqlite: behind nginx as it is deployed, it comes at once', () => behind_nginx(place));
        await test(`${engine}: killed and back, nothing is lost and nothing comes twice`, () => killed_and_back(place));
        if (engine === 'pg') await test('pg: two servers, one room', () => two_servers(place));
        if (engine === 'pg') await test('pg: a damaged leaf is told to nobody, and stops nobody', () => a_damaged_leaf(place));
        await test(`${engine}: a full house says so`, () => full_house(place));
        await place.server.stop();
    } finally {
        await place.city.end();
    }
}
finish();
