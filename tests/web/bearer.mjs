// A program signs in and works without a browser: a token for login and password, Authorization: Bearer under /api/v1, no token
// against forged forms, since nothing sends this one along unasked. A cookie still needs that token; neither stands for the other.
// The account's page lists it as a program and can end it.
import { test, finish, engines } from './house.mjs';
import { town, need, OURS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = ['member', 'guessed', 'newcomer'].map(login => [login, '甲厂成员', OURS, 'member']);
const MINUTE = 60_000;

async function works({ server, password }) {
    const program = server.guest(), reply = await program.post('/api/v1/sign-in', { login: 'member', password });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(Object.keys(reply.json).sort(), ['expires', 'idle', 'must_change', 'token', 'token_type']);
    assert.match(reply.json.token, /^[0-9a-f]{64}$/);
    assert.deepEqual([reply.json.token_type, reply.json.idle, reply.json.must_change], ['Bearer', 30 * MINUTE, false]);
    assert.ok(Math.abs(reply.json.expires - Date.now() - 480 * MINUTE) < 2 * MINUTE);
    assert.deepEqual([reply.headers['set-cookie'], reply.headers['cache-control']], [undefined, 'no-store']);
    program.token = reply.json.token;
    const made = await program.post('/api/v1/needs', need());
    assert.equal(made.status, 201, made.text);
    assert.equal((await program.post(made.location, { ver: 1, goal: '寿命到九千小时' })).status, 200);
    assert.equal((await program.post(`${made.location}/close`, {})).status, 200);
    assert.equal((await program.get('/api/v1/desk')).json.desk.records.length, 1);
    for (const scheme of ['bearer', 'BEARER', 'Bearer  '])
        assert.equal((await server.guest().get('/api/v1/desk', { Authorization: `${scheme} ${program.token}` })).status, 200, scheme);
    assert.equal((await program.post('/api/v1/sign-out', {})).status, 200);
    assert.equal((await program.get('/api/v1/desk')).status, 401, 'signed out is signed out');
}

async function officers({ server, officer_password }) {
    assert.equal((await server.guest().post('/api/v1/sign-in', { login: 'officer', password: officer_password })).json.idle, 15 * MINUTE);
}

/** A cookie goes along unasked: it needs the token. What brings its own token does not; each is worth nothing in the other's place. */
async function apart({ server, password }) {
    const member = await server.signIn('member', password), program = await server.signInProgram('member', password);
    const cookie = member.cookie.split('=')[1];
    assert.equal((await member.post('/api/v1/needs', need(), { 'X-CSRF-Token': '' })).status, 403);
    assert.equal((await server.guest().get('/api/v1/desk', { Authorization: `Bearer ${cookie}` })).status, 401, 'a cookie is no token');
    const dressed = server.guest();
    dressed.cookie = `sid=${program.token}`;
    assert.equal((await dressed.get('/api/v1/desk')).status, 401, 'a token is no cookie');
    assert.equal((await dressed.get('/desk')).status, 303);
    for (const csrf of ['', '0'.repeat(64), program.token])
        assert.equal((await dressed.form('/api/v1/needs', { ...need(), csrf })).status, 401);
    assert.equal((await program.get('/desk')).status, 303, 'pages know no tokens');
    assert.equal((await program.form('/needs', need())).status, 401);
    const both = await server.guest().post('/api/v1/needs', need(), { Authorization: `Bearer ${'0'.repeat(64)}`, Cookie: member.cookie, 'X-CSRF-Token': member.csrf });
    assert.equal(both.status, 401, 'who brings a token is who the token says');
    assert.equal((await program.post('/api/v1/needs', need(), { 'Sec-Fetch-Site': 'cross-site' })).status, 403);
}

async function refused({ server, password }) {
    for (const token of ['', 'x', '0'.repeat(64), `${'0'.repeat(64)}0`, "' OR 1=1--"])
        for (const path of ['/api/v1/desk', '/api/v1/needs', '/api/v1/match?q=x']) {
            const reply = await server.guest().get(path, { Authorization: `Bearer ${token}` });
            assert.deepEqual([reply.status, reply.json.code, reply.headers['www-authenticate']], [401, 'sign_in', 'Bearer'], `${path} ${token}`);
            assert.match(reply.json.hint, /POST \/api\/v1\/sign-in/);
        }
    for (const other of ['Basic bWVtYmVyOng=', 'Token x', 'Bearerx'])
        assert.equal((await server.guest().get('/api/v1/needs', { Authorization: other })).status, 200, 'of another scheme we know nothing');
    const again = await server.guest().post('/api/v1/sign-in', { login: 'member', password }, { Authorization: `Bearer ${'0'.repeat(64)}` });
    assert.equal(again.status, 200, 'with an old token one gets a new one');
    const odd = await server.guest().post('/api/v1/sign-in', { login: 'member', password, next: '/desk' });
    assert.deepEqual([odd.status, odd.json.field], [422, 'next']);
    assert.equal((await server.guest().post('/api/v1/sign-in', {})).status, 401);
    assert.equal((await server.guest().get('/api/v1/sign-in')).status, 404);
}

/** The same lock-out, over both doors together. */
async function locked({ server, password }) {
    const try_it = (login, word) => server.guest().post('/api/v1/sign-in', { login, password: word });
    for (let i = 0; i < 3; i++) assert.equal((await try_it('guessed', 'wrong')).status, 401);
    for (let i = 0; i < 2; i++) assert.equal((await server.guest().form('/sign-in', { login: 'guessed', password: 'wrong' })).status, 401);
    const reply = await try_it('guessed', password);
    assert.equal(reply.status, 401);
    assert.match(reply.json.message, /已锁定/);
}

async function listed({ server, password }) {
    const member = await server.signIn('member', password);
    const program = server.guest();
    const reply = await program.post('/api/v1/sign-in', { login: 'member', password }, { 'User-Agent': 'patent-sync/1.0' });
    program.token = reply.json.token;
    assert.equal((await program.get('/api/v1/account')).json.account.sessions.find(one => one.this).agent, 'patent-sync/1.0');
    const mine = (await member.get('/api/v1/account')).json.account.sessions, line = mine.find(one => one.agent === 'patent-sync/1.0');
    assert.deepEqual([line.program, line.this, mine.find(one => one.this).program], [true, false, false]);
    assert.match((await member.get('/account')).text, /<span class="tag">程序<\/span> patent-sync\/1\.0/);
    assert.ok(!(await member.get('/account')).text.includes(program.token));
    assert.equal((await member.form(line.end, {})).status, 303);
    assert.equal((await program.get('/api/v1/desk')).status, 401, 'ended there');
}

/** A new password ends them; an account that must change its first one gets a token that opens nothing else. */
async function passwords({ city, server, password }) {
    const program = await server.signInProgram('newcomer', password), person = await server.signIn('newcomer', password);
    const fresh = '换过的-Password-7391';
    assert.equal((await person.form('/account/password', { old: password, new: fresh, again: fresh })).status, 303);
    assert.equal((await program.get('/api/v1/desk')).status, 401);
    city.run('account', 'add', 'first.timer', '--name', '示例新教授', '--role', 'researcher', '--party', OURS);
    const first = /first\.timer +(\S+)/.exec(city.first_words())[1];
    const reply = await server.guest().post('/api/v1/sign-in', { login: 'first.timer', password: first });
    assert.deepEqual([reply.status, reply.json.must_change], [200, true]);
    const shut = await server.guest().get('/api/v1/desk', { Authorization: `Bearer ${reply.json.token}` });
    assert.equal(shut.status, 403);
    assert.match(shut.json.message, /初始密码/);
}

for (const engine of engines) {
    let place;
    try {
        await test(`${engine}: a town`, async () => {
            place = await town(engine, ACCOUNTS);
        });
        await test(`${engine}: a program signs in, writes and signs out`, () => works(place));
        await test(`${engine}: a program of staff is at rest for a shorter time`, () => officers(place));
        await test(`${engine}: a cookie and a program's token do not stand for each other`, () => apart(place));
        await test(`${engine}: a token that is none is told`, () => refused(place));
        await test(`${engine}: guessing is locked out on both doors together`, () => locked(place));
        await test(`${engine}: the account's page lists programs and ends them`, () => listed(place));
        await test(`${engine}: passwords hold for programs too`, () => passwords(place));
        await test(`${engine}: the server ends well`, () => place.server.stop());
    } finally {
        await place?.city.end();
    }
}
finish();
