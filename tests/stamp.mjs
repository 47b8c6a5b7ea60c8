// Time stamps from outside on checkpoints (tieqiao serve --tsa), by a small server of our own around `openssl ts`: a good one is kept,
// given out and verified by tieqiao-verify and by openssl; what a bad one says is refused in words and nothing is kept.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campus } from './web/campus.mjs';
import { build, City, finish, Guest, test } from './web/house.mjs';
import { pack_of } from './web/packs.js';

const folder = mkdtempSync(join(tmpdir(), 'tq-stamp-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const at = name => join(folder, name);
const openssl = (...words) => execFileSync('openssl', words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });

// --- two authorities: the trusted one, and another

writeFileSync(at('ext'), 'extendedKeyUsage=critical,timeStamping\n');
for (const who of ['good', 'bad']) {
    openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${who}-ca.key`, '-out', `${who}-ca.pem`, '-subj', `/CN=${who} CA (example)`, '-days', '30');
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-keyout', `${who}.key`, '-out', `${who}.csr`, '-subj', `/CN=${who} TSA (example)`);
    openssl('x509', '-req', '-in', `${who}.csr`, '-CA', `${who}-ca.pem`, '-CAkey', `${who}-ca.key`, '-CAcreateserial', '-extfile', 'ext', '-out', `${who}.pem`, '-days', '30');
    writeFileSync(at(`${who}.conf`), `[tsa]\ndefault_tsa = it\n[it]\nserial = ${at('serial')}\nsigner_cert = ${at(`${who}.pem`)}\nsigner_key = ${at(`${who}.key`)}\n`
        + 'signer_digest = sha256\ndefault_policy = 1.2.3.4\ndigests = sha256\naccuracy = secs:1\n');
}

const reply = (query, who = 'good') => {
    writeFileSync(at('query'), query);
    openssl('ts', '-reply', '-config', `${who}.conf`, '-section', 'it', '-queryfile', 'query', '-out', 'reply');
    return readFileSync(at('reply'));
};

let answer = query => ({ body: reply(query) });
let asked = 0, earlier;
const tsa = http.createServer((request, response) => {
    const parts = [];
    request.on('data', part => parts.push(part));
    request.on('end', () => {
        const query = Buffer.concat(parts), { status = 200, body = '', headers = {} } = answer(query);
        asked++;
        assert.equal(request.headers['content-type'], 'application/timestamp-query');
        response.writeHead(status, { 'Content-Type': 'application/timestamp-reply', ...headers });
        response.end(body);
    });
});
await new Promise(done => tsa.listen(0, '127.0.0.1', done));
const url = `http://127.0.0.1:${tsa.address().port}/`;

async function until(what, found) {
    for (const late = Date.now() + 20000; Date.now() < late; await new Promise(done => setTimeout(done, 50))) {
        const value = await found();
        if (value) return value;
    }
    assert.fail(`waited in vain for ${what}`);
}

const city = new City('sqlite');
city.run('init');
const options = ['--tsa', url, '--tsa-ca', at('good-ca.pem'), '--tsa-every', '1'];

// --- what a bad server says

const other = Buffer.from('another text');
openssl('ts', '-query', '-data', at('ext'), '-sha256', '-cert', '-out', 'other.query');

for (const [what, says, complaint] of [
    ['is no reply', () => ({ body: other }), '应答读不懂'],
    ['is cut', query => ({ body: reply(query).subarray(0, -10) }), '应答读不懂'],
    ['is over something else', () => ({ body: reply(readFileSync(at('other.query'))) }), '不是盖在这份内容上的'],
    ['is another authority\'s', query => ({ body: reply(query, 'bad') }), '不是信任的时间戳服务签的'],
    ['refuses', () => ({ body: reply(Buffer.from('3003020101', 'hex')) }), '没有给'],
    ['fails', query => { earlier = reply(query); return { status: 500 }; }, 'HTTP 500'],
    ['answers an earlier question', () => ({ body: earlier }), '答的不是这一次的请求'],
    ['sends on', () => ({ status: 302, headers: { Location: url } }), '转向是不跟的'],
]) await test(`a reply that ${what} is refused`, async () => {
    answer = says;
    const server = await city.serve({ options });
    await until(complaint, () => server.log.includes(complaint));
    assert.equal((await new Guest(server).get('/log/stamp/reply', { Accept: 'application/json' })).status, 404);
    await server.stop();
});

// --- a good one

await test('a good stamp is kept, given out, and verified by others', async () => {
    answer = query => ({ body: reply(query) });
    const server = await city.serve({ options }), visitor = new Guest(server), before = asked;
    const stamp = await until('a stamp', async () => { const got = await visitor.get('/log/stamp/reply'); return got.status === 200 && got; });
    const note = (await visitor.get('/log/stamp/checkpoint')).body, key = (await visitor.get('/log/key')).text.split('\n')[0];
    writeFileSync(at('checkpoint'), note);
    writeFileSync(at('stamp'), stamp.body);
    const words = ['stamp', at('checkpoint'), '--key', key, '--reply', at('stamp'), '--ca', at('good-ca.pem')];
    const ran = spawnSync(join(build, 'src/verify/tieqiao-verify'), words, { encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    assert.match(ran.stdout, /信任的时间戳服务证明它在 20\d\d-\d\d-\d\d \d\d:\d\d 已经有了/);
    assert.match(openssl('ts', '-verify', '-data', 'checkpoint', '-in', 'stamp', '-CAfile', 'good-ca.pem', '-untrusted', 'good.pem').toString(), /Verification: OK/);
    await new Promise(done => setTimeout(done, 2500));
    assert.equal(asked - before, 1, 'a checkpoint that has its stamp is not sent again');
    await server.stop();
});

await test('a stamp that was changed, or is trusted by nobody, does not hold', async () => {
    const verify = (...words) => spawnSync(join(build, 'src/verify/tieqiao-verify'), words, { encoding: 'utf8' });
    const key = city.run('log', 'key').trim();
    const base = ['--key', key, '--ca'];
    const bytes = readFileSync(at('stamp')), turned = Buffer.from(bytes);
    turned[turned.length - 20] ^= 1;
    writeFileSync(at('turned'), turned);
    const text = readFileSync(at('checkpoint'), 'utf8');
    writeFileSync(at('spoilt'), text + text.split('\n\n')[1]); /* its signature holds, twice: yet these are not the bytes that were stamped */
    for (const [file, stamp, ca, complaint] of [[at('checkpoint'), at('turned'), at('good-ca.pem'), '不是信任的'], [at('checkpoint'), at('stamp'), at('bad-ca.pem'), '不是信任的'],
        [at('spoilt'), at('stamp'), at('good-ca.pem'), '不是盖在这份内容上的']]) {
        const ran = verify('stamp', file, ...base, ca, '--reply', stamp);
        assert.equal(ran.status, 1, ran.stdout + ran.stderr);
        assert.ok(ran.stdout.includes(complaint), ran.stdout);
    }
    assert.equal(verify('stamp', at('checkpoint'), '--key', key).status, 3);
});

await test('a stamp goes into an evidence pack, with the proof that its checkpoint leads to the pack\'s', async () => {
    const place = await campus('sqlite'), path = at('pack.zip');
    try {
        await place.at(0, options);
        await until('a stamp', async () => (await place.clerk.get('/log/stamp/reply')).status === 200);
        const deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() })).id;
        const { body } = await place.clerk.get(`/deals/${deal}/pack.zip`), key = (await place.clerk.get('/log/key')).text.trim();
        const says = (change, ...words) => { writeFileSync(path, change(pack_of(body)).zip()); return spawnSync(join(build, 'src/verify/tieqiao-verify'), [path, '--key', key, ...words], { encoding: 'utf8' }); };
        const whole = says(pack => pack, '--ca', at('good-ca.pem'));
        assert.equal(whole.status, 0, whole.stdout);
        assert.match(whole.stdout, /✓ 信任的时间戳服务证明：账本的前 \d+ 条在 20\d\d-\d\d-\d\d \d\d:\d\d 已经有了/);
        assert.match(says(pack => pack).stdout, /· 有时间戳，.*没有用 --ca/);
        for (const [what, change, ca, complaint] of [
            ['trusted by nobody', pack => pack, 'bad', '时间戳不成立：'],
            ['over another text', pack => pack.put('stamp/checkpoint', pack.text('checkpoint')).listed(), 'good', '接不到这个检查点'],
            ['of another reply', pack => pack.put('stamp/reply', 'none').listed(), 'good', '时间戳不成立：'],
            ['without its proof', pack => pack.drop('stamp/proof').listed(), 'good', '接不到这个检查点'],
            ['with a proof that was cut', pack => pack.put('stamp/proof', pack.text('stamp/proof').replace(/\n[^\n]+\n\n/, '\n\n')).listed(), 'good', '接不到这个检查点']]) {
            const ran = says(change, '--ca', at(`${ca}-ca.pem`));
            assert.equal(ran.status, 1, `${what}: ${ran.stdout}`);
            assert.ok(ran.stdout.includes(complaint), `${what}: ${ran.stdout}`);
        }
    } finally {
        await place.city.end();
    }
});

await test('fsck holds the stamps against the ledger', async () => {
    city.run('fsck');
    for (const [change, complaint] of [["note = replace(note, 'tieqiao', 'tieqiaO')", '不是盖在这份内容上的'], ["reply = x'3003020101'", '时间戳']]) {
        execFileSync('sqlite3', [join(city.data, 'tieqiao.db'), 'CREATE TABLE kept AS SELECT * FROM stamp', `UPDATE stamp SET ${change}`]);
        assert.match(city.try('fsck').stderr, new RegExp(`盖了时间戳的检查点：.*${complaint}`));
        execFileSync('sqlite3', [join(city.data, 'tieqiao.db'), 'DELETE FROM stamp', 'INSERT INTO stamp SELECT * FROM kept', 'DROP TABLE kept']);
    }
    city.run('fsck');
});

tsa.close();
await city.end();
finish();
