// How often one caller may ask: behind a gateway limits hold by address and by account, what is over them is told how long to
// wait, and a flood of sign-ins from one address keeps nobody else out. Without a gateway nothing is limited unless said.
import { test, finish, engines, City } from './house.mjs';
import { town, OURS, THEIRS } from './town.mjs';
import assert from 'node:assert/strict';

const ACCOUNTS = [['member', '甲厂成员', OURS, 'member'], ['other', '乙所成员', THEIRS, 'member']];
const PROXY = ['--proxy', '127.0.0.1'];

/** Somebody whose requests the gateway says to come from there. */
function from(server, address) {
    const guest = server.guest(), { send } = guest;
    guest.send = (method, path, { headers = {}, ...rest } = {}) => send.call(guest, method, path, { ...rest, headers: { ...headers, 'X-Forwarded-For': address } });
    return guest;
}

const statuses = async (count, ask) => Promise.all(Array.from({ length: count }, () => ask().then(reply => reply.status)));
const times = (all, status) => all.filter(one => one === status).length;

async function behind(engine, limits, fn) {
    const place = await town(engine, ACCOUNTS, { options: [...PROXY, ...limits] });
    try { await fn(place); await place.server.stop(); } finally { await place.city.end(); }
}

/** The page for people, the shape for programs, in both languages; and it passes. */
async function told(engine) {
    await behind(engine, ['--rate', 'box=3/min,sign-in=2/s'], async ({ server }) => {
        const ask = guest => guest.get('/api/v1/match?q=pump'), one = from(server, '198.51.100.7');
        for (let i = 0; i < 3; i++) assert.equal((await ask(one)).status, 200);
        const over = await ask(one);
        assert.deepEqual([over.status, over.json.code], [429, 'too_many']);
        const wait = Number(over.headers['retry-after']);
        assert.ok(wait > 0 && wait <= 20, `Retry-After: ${over.headers['retry-after']}`);
        assert.ok(over.json.message.includes(`${wait} 秒`), over.json.message);
        const page = await one.get('/match?q=pump');
        assert.ok(page.status === 429 && page.text.includes('请求太密') && page.text.includes('秒后再试'), page.text);
        const english = await one.get('/match?q=pump&lang=en');
        assert.ok(/try again in \d+ seconds/i.test(english.text), english.text);
        assert.equal((await one.get('/needs')).status, 200, 'what has no limit goes on');
        assert.equal((await ask(from(server, '198.51.100.8'))).status, 200, 'nor has the neighbour asked too often');
        for (const [first, second, wanted] of [['2001:db8:7:7::1', '2001:db8:7:7::2', 429], ['2001:db8:8:1::1', '2001:db8:8:2::1', 200]]) {
            for (let i = 0; i < 3; i++) assert.equal((await ask(from(server, first))).status, 200);
            assert.equal((await ask(from(server, second))).status, wanted, `${first} and ${second}`);
        }
        const wrong = () => from(server, '203.0.113.1').form('/sign-in', { login: 'nobody', password: 'wrong' });
        assert.deepEqual([(await wrong()).status, (await wrong()).status], [401, 401]);
        assert.equal((await wrong()).status, 429);
        await new Promise(done => setTimeout(done, 1100));
        assert.equal((await wrong()).status, 401, 'after the wait it goes on');
    });
}

/** Signed in, it is the account that counts, wherever it comes from; of a sign-in always the address. */
async function accounts(engine) {
    await behind(engine, ['--rate', 'write=4/h,sign-in=off,file=2/h'], async ({ server, password }) => {
        const member = await server.signIn('member', password), other = await server.signIn('other', password);
        const post = who => who.post('/api/v1/needs', { title: 'x' });
        assert.deepEqual(await statuses(6, () => post(member)).then(all => [times(all, 422), times(all, 429)]), [4, 2]);
        assert.equal((await post(other)).status, 422, 'another account at the same address');
        const upload = () => member.send('POST', '/match', { body: '--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\na pump that lasts for 8000 hours\r\n--x--\r\n',
            headers: { 'Content-Type': 'multipart/form-data; boundary=x' } });
        assert.deepEqual([(await upload()).status, (await upload()).status, (await upload()).status], [200, 200, 429], 'files have a limit of their own');
        assert.equal((await member.form('/match', { q: 'a pump that lasts for 8000 hours' })).status, 200);
        const old = () => other.upload('/deals/1', { do: 'read', step: 'title' }, { name: 'old.txt', bytes: 'x', field: 'old' });
        assert.deepEqual([(await old()).status, (await old()).status, (await old()).status], [404, 404, 429], 'an old paper is a file too');
    });
}

/** Two hundred at once from one address; meanwhile somebody from another comes in at the first try. */
async function flood(engine) {
    await behind(engine, [], async ({ server, password }) => {
        const flooding = statuses(200, () => from(server, '192.0.2.66').form('/sign-in', { login: `guess-${Math.random()}`, password: 'wrong' }));
        const began = Date.now(), entered = await from(server, '198.51.100.9').form('/sign-in', { login: 'member', password });
        const took = Date.now() - began, all = await flooding;
        assert.deepEqual([entered.status, times(all, 401), times(all, 429), times(all, 503)], [303, 30, 170, 0]);
        assert.ok(took < 10_000, `${took} ms`);
        console.log(`# ${engine}: let in after ${took} ms beside 200 guesses`);
    });
}

async function open(engine) {
    const city = new City(engine);
    try {
        city.run('init');
        const server = await city.serve();
        assert.equal(times(await statuses(700, () => server.guest().get('/api/v1/match?q=')), 429), 0, 'nothing is limited without a gateway');
        await server.stop();
    } finally {
        await city.end();
    }
}

async function words() {
    const city = new City('sqlite');
    try {
        city.run('init');
        for (const [wrong, said] of [['sign-in', '“sign-in”写法不对'], ['login=3/min', '“login=3/min”写法不对'], ['box=3/day', '“box=3/day”写法不对']]) {
            const tried = city.try('serve', '--port', '0', '--rate', wrong);
            assert.ok(tried.status && tried.stderr.includes(said) && tried.stderr.includes('sign-in=10/min'), tried.stderr);
        }
        assert.ok(city.try('serve', '--help').stdout.includes('--rate'));
    } finally {
        await city.end();
    }
}

for (const engine of engines) {
    await test(`${engine}: who asks too often is told how long to wait`, () => told(engine));
    await test(`${engine}: an account has its own measure, and files`, () => accounts(engine));
    await test(`${engine}: a flood of sign-ins from one address keeps nobody else out`, () => flood(engine));
}
await test('without a gateway nothing is limited', () => open('sqlite'));
await test('a limit that cannot be read is named', words);
finish();
