// The ledger's log over HTTP, as others verify it: the checkpoint, the tiles, the key and the proofs of a served city, read by the
// second verifier (tests/verifier.mjs) and by tieqiao-verify; the leaves themselves are for auditors alone.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build, City, engines, finish, Guest, program, test } from './house.mjs';
import { made_by, need, town } from './town.mjs';
import * as second from '../verifier.mjs';

const WAIT_MS = 20000;
const folder = mkdtempSync(join(tmpdir(), 'tq-log-'));

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

async function open(engine) {
    const place = await town(engine, [['member', '甲厂成员', '示例甲机械厂', 'member'], ['auditor', '审计员', '', 'auditor']]);
    place.visitor = new Guest(place.server);
    place.member = await place.server.signIn('member', place.password);
    place.auditor = await place.server.signIn('auditor', place.password);
    place.need = await made_by(place.member, '/needs', need());
    place.leaf = (await place.member.get(`/api/v1${place.need}/history`)).json.record.history[0].leaf;
    place.vkey = (await settled(place)).key;
    place.key = second.vkey(place.vkey);
    return place;
}

/** The newest checkpoint, once it has the last leaf. */
async function settled({ visitor, leaf }) {
    for (const until = Date.now() + WAIT_MS; ;) {
        const reply = await visitor.get('/log/checkpoint');
        if (reply.status === 200 && Number(reply.text.split('\n')[1]) > leaf) return { note: reply.body, key: (await visitor.get('/log/key')).text.split('\n')[0] };
        assert.ok(Date.now() < until, `no checkpoint beyond leaf ${leaf}: ${reply.status} ${reply.text}`);
        await new Promise(done => setTimeout(done, 50));
    }
}

function verify(...words) {
    const ran = spawnSync(join(build, 'src/verify/tieqiao-verify'), words, { encoding: 'utf8' });
    assert.equal(ran.status, 0, ran.stdout + ran.stderr);
    return ran.stdout;
}

const put = (name, bytes) => { const path = join(folder, name); mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, bytes); return path; };

async function checkpoint_is_the_tiles(place) {
    const { note, key } = await settled(place), now = second.checkpoint(note, place.key), size = Number(now.size);
    const hashes = [];
    put('log/checkpoint', note);
    for (let index = 0; index * 256 < size; index++) {
        const width = Math.min(256, size - index * 256), name = `${String(index).padStart(3, '0')}${width < 256 ? `.p/${width}` : ''}`;
        const tile = await place.visitor.get(`/log/tile/0/${name}`), entries = await place.auditor.get(`/log/tile/entries/${name}`);
        assert.equal(tile.status, 200, name);
        assert.equal(tile.headers['content-type'], 'application/octet-stream');
        assert.match(tile.headers['cache-control'], /immutable/);
        assert.equal(entries.status, 200, entries.text);
        for (let i = 0; i < width; i++) hashes.push(tile.body.subarray(i * 32, i * 32 + 32));
        for (let at = 0, i = 0; at < entries.body.length; i++) {
            const len = entries.body.readUInt16BE(at);
            assert.deepEqual(second.leafHash(entries.body.subarray(at + 2, at + 2 + len)), hashes[index * 256 + i]);
            at += 2 + len;
        }
        put(`log/tile/0/${name}`, tile.body);
        put(`log/tile/entries/${name}`, entries.body);
    }
    assert.deepEqual(second.root(hashes), now.root);
    assert.match(verify('tiles', join(folder, 'log'), '--key', key), /连同条目本身/);
}

async function a_leaf_is_proved(place) {
    const path = `/log/proof?leaf=${place.leaf}`, page = await place.visitor.get(path);
    assert.equal(page.status, 200, page.text);
    assert.match(page.headers['content-type'], /^text\/plain/);
    const { proof } = (await place.visitor.get(`/api/v1${path}`)).json;
    assert.equal(proof.leaf, place.leaf);
    assert.doesNotMatch(proof.text, /^extra /m);
    const mine = (await place.member.get(`/api/v1${path}`)).json.proof;
    second.proof(Buffer.from(mine.text), place.key);
    assert.equal(second.leafHash(Buffer.from(/^extra (.*)$/m.exec(mine.text)[1], 'base64')).toString('hex'), proof.hash);
    const key = (await settled(place)).key;
    assert.match(verify('proof', put('mine', mine.text), '--key', key), /need/);
    assert.match(verify('proof', put('page', page.text), '--key', key, '--hash', proof.hash), /在其中/);
    assert.match((await place.auditor.get(`/api/v1${path}`)).json.proof.text, /^extra /m);
    const html = (await place.member.get(place.need)).text;
    assert.ok(html.includes(`href="${path}"`), 'the history leads to it');
}

async function leaves_are_for_auditors(place) {
    assert.equal((await place.visitor.get('/api/v1/log/proof?leaf=0')).json.proof.text.includes('extra '), false);
    for (const [who, status] of [[place.visitor, 401], [place.member, 403], [place.auditor, 200]])
        assert.equal((await who.get('/log/tile/entries/000.p/1', { accept: 'application/json' })).status, status);
}

async function what_is_not_there(place) {
    for (const path of ['/log/tile/0/999', '/log/tile/9/000', '/log/tile/0/000.p/0', '/log/tile/0/00', '/log/tile/0/x000/000', '/log/tile/..%2fcheckpoint',
        '/log/sm3/checkpoint', '/log/sm3/tile/0/000.p/1', '/log/tile/0/000.p/1/2'])
        assert.equal((await place.visitor.get(path, { accept: 'application/json' })).status, 404, path);
    assert.equal((await place.auditor.get('/log/tile/entries/x009/999', { accept: 'application/json' })).status, 404);
    assert.equal((await place.visitor.get('/api/v1/log/proof')).status, 422);
    for (const leaf of ['-1', '1.5', 'x', '99999999999999999999']) assert.equal((await place.visitor.get(`/api/v1/log/proof?leaf=${leaf}`)).status, 422, leaf);
    assert.equal((await place.visitor.get('/api/v1/log/proof?leaf=999999')).status, 404);
}

async function growth_extends(place) {
    const before = (await settled(place)).note, watch = () => spawnSync(program, ['monitor', '--state', join(folder, `state-${place.server.port}`),
        '--key', place.vkey, `http://127.0.0.1:${place.server.port}/log`], { encoding: 'utf8' });
    assert.match(watch().stderr, /第一次看/);
    for (let i = 0; i < 3; i++) await made_by(place.member, '/needs', need());
    place.leaf = (await place.member.get(`/api/v1${await made_by(place.member, '/needs', need())}/history`)).json.record.history[0].leaf;
    const after = (await settled(place)).note, old = second.checkpoint(before, place.key), now = second.checkpoint(after, place.key);
    assert.ok(now.size > old.size);
    const tile = (await place.visitor.get(`/log/tile/0/000.p/${now.size}`)).body, hashes = Array.from({ length: Number(now.size) }, (_, i) => tile.subarray(i * 32, i * 32 + 32));
    assert.deepEqual(second.root(hashes.slice(0, Number(old.size))), old.root);
    assert.deepEqual(second.root(hashes), now.root);
    assert.match((await place.visitor.get('/')).text, /账本第 \d+ 条/);
    assert.match(watch().stderr, /前面的一条没有改/);
}

/** A backup of an earlier day is put back under a server that has signed since: nothing more is signed in the log's name. */
async function an_earlier_day(place) {
    const { city } = place, before = (await settled(place)).note, state = join(folder, 'state-restored');
    const watch = key => spawnSync(program, ['monitor', '--state', state, '--key', key, join(city.data, 'log')], { encoding: 'utf8' });
    city.run('backup', join(folder, 'backup.db'));
    place.leaf = (await place.member.get(`/api/v1${await made_by(place.member, '/needs', need())}/history`)).json.record.history[0].leaf;
    await settled(place);
    assert.equal(watch(place.vkey).status, 0);
    await place.server.stop();
    city.run('restore', join(folder, 'backup.db'), '--replace');
    assert.match(city.try('fsck').stderr, /记着 \d+ 条的检查点.*tieqiao log new/);
    let server = await city.serve();
    for (const until = Date.now() + WAIT_MS; !/不再签/.test(city.run('status') + city.try('status').stderr); await new Promise(done => setTimeout(done, 100)))
        assert.ok(Date.now() < until, 'status says nothing');
    assert.equal((await new Guest(server).get('/log/checkpoint', { Accept: 'application/json' })).status, 404, 'nothing is given out meanwhile');
    assert.notEqual(city.try('log', 'new', 'log.example/2').status, 0, 'not while it is served');
    await server.stop();
    const key = city.run('log', 'new', 'log.example/2').trim();
    assert.match(key, /^log\.example\/2\+/);
    server = await city.serve();
    place.visitor = new Guest(server);
    place.leaf = Number(before.toString().split('\n')[1]) - 1;
    const now = await settled(place);
    assert.equal(second.checkpoint(now.note, second.vkey(key)).size >= 1n, true);
    assert.equal(watch(place.vkey).status, 1, 'the old log says no more');
    city.run('fsck');
}

for (const engine of engines) {
    const place = await open(engine);
    for (const [title, run] of [['the checkpoint is the root of the tiles, and the tiles of the leaves', checkpoint_is_the_tiles],
        ['a line of a history is proved', a_leaf_is_proved], ['the leaves themselves are for auditors', leaves_are_for_auditors],
        ['what is not there is 404, what is no number 422', what_is_not_there], ['what is written later extends it', growth_extends]])
        await test(`${engine === 'pg' ? 'postgresql' : engine}: ${title}`, () => run(place));
    if (engine === 'sqlite') await test('sqlite: records of an earlier day are not signed until the log has another name', () => an_earlier_day(place));
    await place.city.end();
}

await test('the log is named at the beginning, and its key told', async () => {
    const city = new City('sqlite');
    assert.notEqual(city.try('init', '--log-name', 'two words').status, 0);
    city.run('init', '--log-name', 'jishu.example/log');
    const key = city.run('log', 'key').trim();
    assert.match(key, /^jishu\.example\/log\+/);
    city.run('init');
    assert.equal(city.run('log', 'key').trim(), key, 'kept');
    const server = await city.serve({ options: ['--sm3'] }), visitor = new Guest(server);
    await settled({ visitor, leaf: 0 });
    const keys = (await visitor.get('/log/key')).text.trim().split('\n');
    assert.equal(keys[0], key);
    assert.match(keys[1], /^jishu\.example\/log\/sm3\+/);
    const twin = put('twin', (await visitor.get('/log/sm3/checkpoint')).body);
    assert.match(verify('checkpoint', twin, '--key', keys[1]), /jishu\.example\/log\/sm3/);
    assert.match(verify('tiles', join(city.data, 'log/sm3'), '--key', keys[1]), /逐块重算/);
    await city.end();
});
finish();
