// tieqiao-verify: says yes to what holds, no to each of the tamperings below by its own complaint, and agrees with a second verifier
// (tests/verifier.mjs, from the specifications) on 10,000 random and tampered cases.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Log, line, makeLeaf, signer } from './logmaker.mjs';
import * as second from './verifier.mjs';
import { build, finish, test } from './web/house.mjs';

const program = join(build, 'src/verify/tieqiao-verify');
const folder = mkdtempSync(join(tmpdir(), 'tq-verify-'));
const CASES = Number(process.env.TQ_CASES ?? 10000), SIZE = 300;

process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// --- chance that can be repeated

let state = Number(process.env.TQ_SEED ?? 20261128);
function chance(below) { /* xorshift32 */
    state ^= state << 13; state ^= state >>> 17; state ^= state << 5;
    return (state >>> 0) % below;
}
const pick = list => list[chance(list.length)];

// --- a log, its fork, and a stranger's

const secret = byte => Buffer.alloc(32, byte);
const fieldsOf = index => [{ name: 'title', salt: '00112233445566778899aabbccddeeff', value: `泵 ${index}` },
    { name: 'budget', salt: 'ffeeddccbbaa99887766554433221100', value: index * 1000 }, { name: 'due', salt: '0123456789abcdef0123456789abcdef', value: null }];
const commits = fields => second.root(fields.map(field => second.sha256('tq-field-1\0', Buffer.from(field.salt, 'hex'), Buffer.of(Buffer.byteLength(field.name)), field.name,
    field.value === null ? Buffer.of(0) : typeof field.value === 'string' ? Buffer.concat([Buffer.of(2), Buffer.from(field.value)]) : (() => { const b = Buffer.alloc(9, 1); b.writeBigInt64BE(BigInt(field.value), 1); return b; })())));
const leaves = Array.from({ length: SIZE }, (_, index) => makeLeaf({ index, commits: commits(fieldsOf(index)) }));
const log = new Log('log.example/示例', secret(1), leaves);
const fork = new Log('log.example/示例', secret(1), leaves.map((leaf, i) => (i === 40 ? makeLeaf({ index: 40, object: 6 }) : leaf)));
const stranger = new Log('log.example/示例', secret(2), leaves), other = new Log('other.example', secret(3), leaves);
const witness = signer('witness.example', secret(4), 4);

// --- running it

let files = 0;
const put = (bytes, name = `case-${files++}`) => { writeFileSync(join(folder, name), bytes); return join(folder, name); };

function verify(...words) {
    const ran = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 26 });
    return { status: ran.status, lines: ran.stdout.split('\n').filter(Boolean), err: ran.stderr };
}

function says(words, status, said) {
    const ran = verify(...words);
    assert.equal(ran.status, status, ran.lines.join('\n') + ran.err);
    assert.ok((ran.lines.join('\n') + ran.err).includes(said), `wanted ${said}, got ${ran.lines.join('\n')}${ran.err}`);
}

const key = ['--key', log.by.vkey];

await test('what holds is said in words', () => {
    const cosigned = log.checkpoint(200) + line(witness, log.body(200), 1763841600n);
    says(['checkpoint', put(log.checkpoint(200)), ...key], 0, '到第 200 条为止的检查点');
    says(['checkpoint', put(cosigned), ...key, '--witness', witness.vkey], 0, 'witness.example 于 2025-11-23 04:00 见证');
    says(['proof', put(log.inclusion(40, 200)), ...key], 0, '第 40 条在其中；这一条：2025-11-23 04:00 need.edit need 5 第 1 版');
    says(['proof', put(log.inclusion(40, 200, { bytes: null })), ...key, '--hash', log.hashes[40].toString('hex')], 0, '第 40 条在其中');
    says(['proof', put(log.inclusion(40, 200, { bytes: null })), ...key, '--leaf', put(leaves[40])], 0, '第 40 条在其中');
    says(['proof', put(log.consistency(40, 200)), ...key, '--old', put(log.checkpoint(40))], 0, '前 40 条就是旧的检查点');
    says(['fields', put(JSON.stringify({ leaf: leaves[9].toString('base64'), fields: fieldsOf(9) }))], 0, '3 个字段就是第 9 条');
    log.write(join(folder, 'whole'), SIZE);
    says(['tiles', join(folder, 'whole'), ...key], 0, '连同条目本身，300 条逐块重算，与它相符');
    says(['checkpoint', put(log.checkpoint(7)), '--key', put(`${log.by.vkey}\n`)], 0, '到第 7 条');
});

await test('misuse and what cannot be read have a status of their own', () => {
    says([], 2, '用法');
    says(['nothing'], 2, '用法');
    says(['checkpoint', put(log.checkpoint(7))], 2, '要用 --key');
    says(['checkpoint', ...key], 2, '哪个文件');
    says(['checkpoint', put(log.checkpoint(7)), '--key', 'nonsense'], 2, '不是钥匙');
    says(['checkpoint', put(log.checkpoint(7)), '--key'], 2, '后面要有值');
    says(['checkpoint', join(folder, 'absent'), ...key], 3, '打不开');
    says(['proof', put(log.inclusion(4, 20, { bytes: null })), ...key], 3, '--leaf 或 --hash');
    says(['proof', put(log.consistency(4, 20)), ...key], 3, '--old');
});

// --- the tamperings, each by name and by its own complaint

const proofLines = (index, size) => log.inclusion(index, size).split('\n');
const changed = (list, at, make) => list.map((one, i) => (i === at ? make(one) : one)).join('\n');
const turned = text => { const bytes = Buffer.from(text, 'base64'); bytes[5] ^= 1; return bytes.toString('base64'); };
const swap = (list, a, b) => list.map((one, i) => (i === a ? list[b] : i === b ? list[a] : one)).join('\n');
const spoil = (name, change) => { const to = join(folder, `spoilt-${files++}`); cpSync(join(folder, 'whole'), to, { recursive: true }); change(to); return to; };
const rewrite = (path, change) => { const bytes = readFileSync(path); writeFileSync(path, change(bytes) ?? bytes); };
const withFields = change => { const document = { leaf: leaves[9].toString('base64'), fields: fieldsOf(9) }; change(document); return put(JSON.stringify(document)); };
const body = log.body(200);

const tamperings = [
    ['the size in a checkpoint', () => ['checkpoint', put(log.checkpoint(200).replace('\n200\n', '\n201\n')), ...key], '正文或签名被改过'],
    ['the root in a checkpoint', () => ['checkpoint', put(log.checkpoint(200).replace(body, log.body(200, log.hashes[0]))), ...key], '正文或签名被改过'],
    ['the origin in a checkpoint', () => ['checkpoint', put(log.checkpoint(200).replace('log.example', 'log.exampel')), ...key], '正文或签名被改过'],
    ['a line added to a checkpoint', () => ['checkpoint', put(log.checkpoint(200).replace(body, `${body}more\n`)), ...key], '正文或签名被改过'],
    ['the signature', () => ['checkpoint', put(log.checkpoint(200).replace(/ (\S+)\n$/, (_, s) => ` ${turned(s)}\n`)), ...key], '正文或签名被改过'],
    ['the signature cut off', () => ['checkpoint', put(body), ...key], '没有空行'],
    ['no signature left', () => ['checkpoint', put(`${body}\n`), ...key], '没有签名'],
    ['signed by another key of that name', () => ['checkpoint', put(stranger.checkpoint(200)), ...key], '另一把钥匙'],
    ['the key id swapped', () => ['checkpoint', put(log.checkpoint(200).replace(/ (\S+)\n$/, (_, s) => ` ${Buffer.concat([stranger.by.id, Buffer.from(s, 'base64').subarray(4)]).toString('base64')}\n`)), ...key], '另一把钥匙'],
    ['signed by another log', () => ['checkpoint', put(other.checkpoint(200)), ...key], '没有 log.example/示例 的签名'],
    ['another log\'s checkpoint signed with this key', () => ['checkpoint', put(`${other.body(200)}\n${line(log.by, other.body(200))}`), ...key], '是另一个账本的'],
    ['a witness who did not sign', () => ['checkpoint', put(log.checkpoint(200)), ...key, '--witness', witness.vkey], '没有 witness.example 的签名'],
    ['a witness who signed another checkpoint', () => ['checkpoint', put(log.checkpoint(200) + line(witness, log.body(199), 5n)), ...key, '--witness', witness.vkey], 'witness.example 的签名不对'],
    ['the time of a witness', () => ['checkpoint', put(log.checkpoint(200) + line(witness, body, 5n).replace(/ (\S+)\n$/, (_, s) => { const b = Buffer.from(s, 'base64'); b[11] ^= 1; return ` ${b.toString('base64')}\n`; })), ...key, '--witness', witness.vkey], 'witness.example 的签名不对'],
    ['a bit of a proof', () => ['proof', put(changed(proofLines(40, 200), 4, turned)), ...key], '包含证明算不出根'],
    ['a hash of a proof dropped', () => ['proof', put(proofLines(40, 200).filter((_, i) => i !== 4).join('\n')), ...key], '包含证明太短'],
    ['a hash of a proof doubled', () => ['proof', put(changed(proofLines(40, 200), 4, one => `${one}\n${one}`)), ...key], '包含证明太长'],
    ['two hashes of a proof swapped', () => ['proof', put(swap(proofLines(40, 200), 4, 5)), ...key], '包含证明算不出根'],
    ['a proof cut short', () => ['proof', put(log.inclusion(40, 200).slice(0, 300)), ...key], '不是证明'],
    ['the index', () => ['proof', put(log.inclusion(40, 200).replace('index 40', 'index 41')), ...key], '包含证明算不出根'],
    ['an index beyond the tree', () => ['proof', put(log.inclusion(40, 200).replace('index 40', 'index 200')), ...key], '不在 200 条之内'],
    ['the leaf', () => ['proof', put(log.inclusion(40, 200, { bytes: makeLeaf({ index: 40, object: 6 }) })), ...key], '包含证明算不出根'],
    ['another leaf in its place', () => ['proof', put(log.inclusion(40, 200, { bytes: leaves[41] })), ...key], '包含证明算不出根'],
    ['a leaf that says another number than it stands at', () => { const wrong = new Log('log.example/示例', secret(1), leaves.map((leaf, i) => (i === 40 ? leaves[41] : leaf))); return ['proof', put(wrong.inclusion(40, 200)), ...key]; }, '条目自己写的序号是 41'],
    ['a true proof under an older checkpoint', () => ['proof', put(log.inclusion(40, 200, { note: log.checkpoint(199) })), ...key], '包含证明算不出根'],
    ['rollback: the newer checkpoint is the shorter', () => ['proof', put(`old 200\n\n${log.checkpoint(150)}`), ...key, '--old', put(log.checkpoint(200))], '账本退回去了'],
    ['fork: two roots of one size', () => ['proof', put(`old 200\n\n${log.checkpoint(200)}`), ...key, '--old', put(fork.checkpoint(200))], '根却不同'],
    ['fork: an old checkpoint of another history', () => ['proof', put(log.consistency(150, 200)), ...key, '--old', put(fork.checkpoint(150))], '算不出旧的根'],
    ['fork: a new checkpoint of another history', () => ['proof', put(log.consistency(32, 200, fork.checkpoint(200))), ...key, '--old', put(log.checkpoint(32))], '算不出新的根'],
    ['a replayed old checkpoint', () => ['proof', put(log.consistency(150, 200)), ...key, '--old', put(log.checkpoint(140))], '旧的检查点却是 140 条'],
    ['a consistency proof cut', () => ['proof', put(`old 150\n\n${log.checkpoint(200)}`), ...key, '--old', put(log.checkpoint(150))], '一致性证明太短'],
    ['a value', () => ['fields', withFields(d => { d.fields[0].value = '阀'; })], '值、盐、名字或次序被改过'],
    ['a figure', () => ['fields', withFields(d => { d.fields[1].value++; })], '值、盐、名字或次序被改过'],
    ['a figure as text', () => ['fields', withFields(d => { d.fields[1].value = String(d.fields[1].value); })], '值、盐、名字或次序被改过'],
    ['unknown made nothing', () => ['fields', withFields(d => { d.fields[2].value = ''; })], '值、盐、名字或次序被改过'],
    ['a salt', () => ['fields', withFields(d => { d.fields[0].salt = d.fields[1].salt; })], '值、盐、名字或次序被改过'],
    ['a field\'s name', () => ['fields', withFields(d => { d.fields[0].name = 'titel'; })], '值、盐、名字或次序被改过'],
    ['a field dropped', () => ['fields', withFields(d => { d.fields.pop(); })], '值、盐、名字或次序被改过'],
    ['two fields swapped', () => ['fields', withFields(d => { d.fields.reverse(); })], '值、盐、名字或次序被改过'],
    ['a byte of a tile', () => ['tiles', spoil('tile', to => rewrite(join(to, 'tile/0/000'), b => { b[77] ^= 1; })), ...key], '第 2 条与树里的散列值不符'],
    ['a byte of a tile, entries left out', () => ['tiles', spoil('tile', to => { rmSync(join(to, 'tile/entries'), { recursive: true }); rewrite(join(to, 'tile/0/000'), b => { b[77] ^= 1; }); }), ...key], '第 1 层的第 0 块与下面一层不符'],
    ['a byte of an upper tile', () => ['tiles', spoil('tile', to => rewrite(join(to, 'tile/1/000.p/1'), b => { b[7] ^= 1; })), ...key], '第 1 层的第 0 块与下面一层不符'],
    ['a byte of the last tile', () => ['tiles', spoil('tile', to => { rmSync(join(to, 'tile/entries'), { recursive: true }); rewrite(join(to, 'tile/0/001.p/44'), b => { b[7] ^= 1; }); }), ...key], '算出的根不是检查点的根'],
    ['a tile dropped', () => ['tiles', spoil('tile', to => rmSync(join(to, 'tile/0/000'))), ...key], '缺少第 0 层的第 0 块'],
    ['a tile cut', () => ['tiles', spoil('tile', to => rewrite(join(to, 'tile/0/000'), b => b.subarray(0, 8000))), ...key], '缺少第 0 层的第 0 块'],
    ['an entry', () => ['tiles', spoil('tile', to => rewrite(join(to, 'tile/entries/000'), b => { b[30] ^= 1; })), ...key], '第 0 条与树里的散列值不符'],
    ['two entries swapped', () => ['tiles', spoil('tile', to => rewrite(join(to, 'tile/entries/000'), b => { const len = 2 + leaves[0].length; return Buffer.concat([b.subarray(len, 2 * len), b.subarray(0, len), b.subarray(2 * len)]); })), ...key], '第 0 条与树里的散列值不符'],
    ['a bundle of entries cut', () => ['tiles', spoil('tile', to => rewrite(join(to, 'tile/entries/001.p/44'), b => b.subarray(0, -5))), ...key], '第 1 包条目不完整'],
    ['a bundle of entries dropped', () => ['tiles', spoil('tile', to => rmSync(join(to, 'tile/entries/000'))), ...key], '缺少第 0 包条目'],
    ['tiles under a fork\'s checkpoint', () => ['tiles', spoil('tile', to => writeFileSync(join(to, 'checkpoint'), fork.checkpoint(SIZE))), ...key], '算出的根不是检查点的根'],
    ['tiles under a longer log\'s checkpoint', () => ['tiles', spoil('tile', to => writeFileSync(join(to, 'checkpoint'), new Log('log.example/示例', secret(1), [...leaves, leaves[0]]).checkpoint(SIZE + 1))), ...key], '缺少第 0 层的第 1 块'],
];

for (const [name, make, complaint] of tamperings) await test(`tampered: ${name}`, () => says(make(), 1, complaint));

// --- two verifiers, one opinion

const spoilings = [
    bytes => bytes, bytes => bytes, bytes => bytes,
    bytes => { const at = chance(bytes.length); bytes[at] ^= 1 << chance(8); return bytes; },
    bytes => { const at = chance(bytes.length); bytes[at] ^= 1 << chance(8); return bytes; },
    bytes => bytes.subarray(0, chance(bytes.length)),
    bytes => { const at = chance(bytes.length); return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]); },
    bytes => { const at = chance(bytes.length); return Buffer.concat([bytes.subarray(0, at), Buffer.of(chance(256)), bytes.subarray(at)]); },
    bytes => { const lines = bytes.toString().split('\n'), at = chance(lines.length); lines.splice(at, 1); return Buffer.from(lines.join('\n')); },
    bytes => { const lines = bytes.toString().split('\n'), at = chance(lines.length); lines.splice(at, 0, pick(lines)); return Buffer.from(lines.join('\n')); },
    bytes => { const lines = bytes.toString().split('\n'), a = chance(lines.length), b = chance(lines.length); [lines[a], lines[b]] = [lines[b], lines[a]]; return Buffer.from(lines.join('\n')); },
    bytes => Buffer.from(bytes.toString().replace(/\d+/, digits => String(chance(2) ? BigInt(digits) + 1n : BigInt(digits) ^ BigInt(1 << chance(9))))),
    bytes => Buffer.from(bytes.toString().replace(/[A-Za-z0-9+/]{43}=/, pick([...bytes.toString().matchAll(/[A-Za-z0-9+/]{43}=/g)].map(found => found[0]).concat('AAAA')))),
];

const logs = [log, log, log, log, fork, stranger, other];
const sized = () => 1 + chance(SIZE);
const makers = {
    checkpoint: () => pick(logs).checkpoint(sized()),
    proof: () => { const size = sized(), index = chance(size), from = pick(logs); return from.inclusion(index, size, { note: pick([from, from, log]).checkpoint(size) }); },
    fields: () => { const index = chance(SIZE), fields = fieldsOf(chance(8) ? index : chance(SIZE)); if (!chance(6)) fields.reverse(); return JSON.stringify({ leaf: leaves[index].toString('base64'), fields }); },
};

const judges = {
    checkpoint: bytes => second.checkpoint(bytes, second.vkey(log.by.vkey)),
    proof: bytes => second.proof(bytes, second.vkey(log.by.vkey)),
    fields: bytes => second.fields(JSON.parse(bytes)),
};

function opinion(judge) { try { judge(); return true; } catch { return false; } }

/** A batch of files that are judged in one call. */
function batch(kind, count, words, make, judge, tally) {
    const paths = [], wanted = [];
    for (let i = 0; i < count; i++) {
        const bytes = kind === 'fields' ? Buffer.from(make()) : pick(spoilings)(Buffer.from(make()));
        paths.push(put(bytes, `batch-${i}`));
        wanted.push(opinion(() => judge(bytes)));
    }
    const ran = verify(kind, ...paths, ...words);
    assert.equal(ran.lines.length, count, ran.err);
    ran.lines.forEach((line, i) => {
        if (line.startsWith('✓') !== wanted[i]) {
            cpSync(paths[i], join(tmpdir(), 'tq-verify-disagreed'));
            assert.fail(`${kind}: tieqiao-verify says ${line}; the other ${wanted[i] ? 'yes' : 'no'} (kept as ${join(tmpdir(), 'tq-verify-disagreed')})`);
        }
        tally[wanted[i] ? 'yes' : 'no']++;
    });
}

await test(`two verifiers agree on ${CASES} random and tampered cases`, () => {
    const tally = { yes: 0, no: 0 }, each = 100;
    for (let done = 0; done < CASES; done += each) {
        const kind = pick(['checkpoint', 'proof', 'proof', 'fields', 'consistency', 'consistency']);
        if (kind !== 'consistency') { batch(kind, each, kind === 'fields' ? [] : key, makers[kind], judges[kind], tally); continue; }
        const old = chance(SIZE), note = Buffer.from(old ? pick([log, log, log, fork]).checkpoint(old) : log.checkpoint(0));
        batch('proof', each, [...key, '--old', put(note, 'old')],
            () => { const from = pick(logs), size = Math.max(1, old + chance(SIZE - old + 1)); return old ? from.consistency(Math.min(old, size), size) : `old 0\n\n${from.checkpoint(size)}`; },
            bytes => second.proof(bytes, second.vkey(log.by.vkey), note), tally);
    }
    console.log(`# ${tally.yes} hold, ${tally.no} do not`);
    assert.ok(tally.yes > CASES / 10 && tally.no > CASES / 4);
});

finish();
