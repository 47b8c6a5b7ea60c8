// A second verifier of the ledger, written from the specifications alone: RFC 6962 and RFC 9162 (tree and proofs), C2SP signed-note,
// tlog-checkpoint, tlog-cosignature, tlog-proof and tlog-tiles, and the head of src/ledger/leaf.h (a leaf and what it commits to).
// It shares no line with src/ and throws with what does not hold; tests/verify.mjs holds it against tieqiao-verify.
import { createHash, createPublicKey, verify as check } from 'node:crypto';

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
export const leafHash = leaf => sha256(Buffer.of(0), leaf);
export const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);
const fail = why => { throw new Error(why); };
const same = (a, b, why) => a.equals(b) || fail(why);

/** The standard base64 of something, and of nothing else. */
export function base64(text) {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') !== text) fail('base64');
    return bytes;
}

function number(text) {
    if (!/^(0|[1-9][0-9]*)$/.test(text) || BigInt(text) > 2n ** 63n - 1n) fail('number');
    return BigInt(text);
}

// --- the tree

/** RFC 6962 section 2.1: split at the largest power of two smaller than the count. */
export function root(hashes) {
    if (hashes.length === 0) return sha256();
    if (hashes.length === 1) return hashes[0];
    const split = 2 ** Math.floor(Math.log2(hashes.length - 1));
    return nodeHash(root(hashes.slice(0, split)), root(hashes.slice(split)));
}

/** RFC 9162 section 2.1.3.2. */
export function included(leaf, index, size, path, wanted) {
    if (index >= size) fail('index');
    let [fn, sn, r] = [index, size - 1n, leaf];
    for (const p of path) {
        if (sn === 0n) fail('proof too long');
        if (fn & 1n || fn === sn) {
            r = nodeHash(p, r);
            while (!(fn & 1n) && fn) [fn, sn] = [fn >> 1n, sn >> 1n];
        } else r = nodeHash(r, p);
        [fn, sn] = [fn >> 1n, sn >> 1n];
    }
    if (sn !== 0n) fail('proof too short');
    same(r, wanted, 'root');
}

/** RFC 9162 section 2.1.4.2; the empty tree begins every other. */
export function extended(first, firstRoot, second, secondRoot, path) {
    if (first > second) fail('rollback');
    if ((first === 0n || first === second) && path.length) fail('proof too long');
    if (first === 0n) return same(firstRoot, sha256(), 'empty root');
    if (first === second) return same(firstRoot, secondRoot, 'fork');
    if (path.length === 0) fail('proof too short');
    const whole = (first & (first - 1n)) === 0n ? [firstRoot, ...path] : path;
    let [fn, sn] = [first - 1n, second - 1n];
    while (fn & 1n) [fn, sn] = [fn >> 1n, sn >> 1n];
    let [fr, sr] = [whole[0], whole[0]];
    for (const c of whole.slice(1)) {
        if (sn === 0n) fail('proof too long');
        if (fn & 1n || fn === sn) {
            [fr, sr] = [nodeHash(c, fr), nodeHash(c, sr)];
            while (!(fn & 1n) && fn) [fn, sn] = [fn >> 1n, sn >> 1n];
        } else sr = nodeHash(sr, c);
        [fn, sn] = [fn >> 1n, sn >> 1n];
    }
    if (sn !== 0n) fail('proof too short');
    same(fr, firstRoot, 'old root');
    same(sr, secondRoot, 'new root');
}

// --- notes

const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** "name+id+base64" of an Ed25519 key (0x01) or a witness's (0x04). */
export function vkey(text) {
    const parts = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? fail('key');
    const bytes = base64(parts[3]);
    if (bytes.length !== 33 || ![1, 4].includes(bytes[0])) fail('key type');
    same(sha256(parts[1], '\n', bytes).subarray(0, 4), Buffer.from(parts[2], 'hex'), 'key id');
    return { name: parts[1], id: parts[2], type: bytes[0], key: createPublicKey({ key: Buffer.concat([ED25519_SPKI, bytes.subarray(1)]), format: 'der', type: 'spki' }) };
}

export function note(bytes) {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    if (/[\x00-\x09\x0b-\x1f]/.test(text)) fail('control');
    const cut = text.lastIndexOf('\n\n');
    if (cut < 0 || !text.endsWith('\n') || cut + 2 >= text.length) fail('note');
    const lines = text.slice(cut + 2, -1).split('\n').map(line => {
        const [, name, rest] = /^\u2014 ([^+\p{White_Space}\p{Cc}]+) (\S+)$/u.exec(line) ?? fail('signature line');
        const signature = base64(rest);
        if (signature.length < 5) fail('signature');
        return { name, id: signature.toString('hex', 0, 4), signature: signature.subarray(4) };
    });
    return { text: text.slice(0, cut + 1), lines };
}

function holds(text, key, signature) {
    if (key.type === 1) return signature.length === 64 && check(null, text, key.key, signature);
    if (signature.length !== 72) return false;
    const time = signature.readBigUInt64BE(0);
    return time < 2n ** 63n && check(null, `cosignature/v1\ntime ${time}\n${text}`, key.key, signature.subarray(8));
}

/** Every line of this key must hold, and there must be one. */
export function signed(opened, key) {
    const mine = opened.lines.filter(line => line.name === key.name && line.id === key.id);
    if (mine.length === 0) fail('not signed');
    if (!mine.every(line => holds(Buffer.from(opened.text), key, line.signature))) fail('signature');
}

export function checkpoint(bytes, key) {
    const opened = note(bytes);
    signed(opened, key);
    const [origin, size, hash, ...rest] = opened.text.split('\n');
    if (rest.pop() !== '' || rest.includes('') || origin !== key.name) fail('checkpoint');
    const wanted = base64(hash);
    if (wanted.length !== 32) fail('root');
    return { size: number(size), root: wanted };
}

// --- proofs with their checkpoint

export function proof(bytes, key, old) {
    const cut = bytes.indexOf('\n\n');
    if (cut < 0) fail('proof');
    const lines = bytes.toString('latin1', 0, cut).split('\n');
    const head = /^old (.*)$/.exec(lines[0]);
    if (!head && lines.shift() !== 'c2sp.org/tlog-proof@v1') fail('first line');
    const leaf = !head && lines[0].startsWith('extra ') ? base64(lines.shift().slice(6)) : null;
    const count = number((head ?? /^index (.*)$/.exec(lines[0]) ?? fail('index'))[1]);
    const path = lines.slice(1).map(line => (line.length === 44 ? base64(line) : fail('hash')));
    if (path.length > 63 || path.some(hash => hash.length !== 32)) fail('hash');
    const now = checkpoint(bytes.subarray(cut + 2), key);
    if (!head) return included(leafHash(says(leaf, count)), count, now.size, path, now.root);
    const before = checkpoint(old, key);
    if (before.size !== count) fail('old size');
    return extended(count, before.root, now.size, now.root, path);
}

// --- leaves

const WORD = /^[a-z_.-]{1,32}$/, REQUEST = /^[!-~]{0,64}$/;

/** The leaf taken apart; refuses what is no leaf. */
export function leaf(bytes) {
    let at = 35;
    const short = form => {
        const text = bytes.toString('latin1', at + 1, at + 1 + bytes[at]);
        at += 1 + bytes[at];
        return form.test(text) ? text : fail('leaf word');
    };
    if (!bytes || bytes.length > 1024 || bytes.toString('latin1', 0, 3) !== 'TQ\x01') fail('leaf');
    const action = short(WORD), kind = short(WORD);
    at += 12;
    short(REQUEST);
    if (bytes.length !== at + 33) fail('leaf length');
    return { index: bytes.readBigUInt64BE(3), action, kind, root: bytes.subarray(at + 1) };
}

const says = (bytes, index) => (leaf(bytes).index === index ? bytes : fail('leaf index'));

function commitment(field) {
    if (field.commitment) return Buffer.from(field.commitment, 'hex');
    const name = Buffer.from(field.name), salt = Buffer.from(field.salt, 'hex');
    if (salt.length !== 16 || field.value === undefined) fail('salt');
    const value = field.value === null ? Buffer.of(0) : Buffer.concat(typeof field.value === 'string' ? [Buffer.of(2), Buffer.from(field.value)]
        : [Buffer.of(1), (() => { const b = Buffer.alloc(8); b.writeBigInt64BE(BigInt(field.value)); return b; })()]);
    return sha256('tq-field-1\0', salt, Buffer.of(name.length), name, value);
}

export const fields = document => same(root(document.fields.map(commitment)), leaf(base64(document.leaf)).root, 'fields');
