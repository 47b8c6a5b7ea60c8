// Makes a log as ours is, for the tests of those who verify: leaves, tree, checkpoints, proofs, tiles. Slow and plain.
import { createPrivateKey, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { leafHash, root, sha256 } from './verifier.mjs';

const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_RAW = 12;

/** A signing key: name, type (1: a log, 4: a witness), 32 bytes of secret. */
export function signer(name, secret, type = 1) {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8, secret]), format: 'der', type: 'pkcs8' });
    const jwk = key.export({ format: 'jwk' });
    const material = Buffer.concat([Buffer.of(type), Buffer.from(jwk.x, 'base64url')]);
    const id = sha256(name, '\n', material).subarray(0, 4);
    return { name, id, key, type, vkey: `${name}+${id.toString('hex')}+${material.toString('base64')}` };
}

export function line(by, text, time = 0n) {
    if (by.type === 1) return `\u2014 ${by.name} ${Buffer.concat([by.id, sign(null, Buffer.from(text), by.key)]).toString('base64')}\n`;
    const stamp = Buffer.alloc(8);
    stamp.writeBigUInt64BE(time);
    return `\u2014 ${by.name} ${Buffer.concat([by.id, stamp, sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), by.key)]).toString('base64')}\n`;
}

const short = text => Buffer.concat([Buffer.of(text.length), Buffer.from(text)]);
const big = (number, bytes) => { const b = Buffer.alloc(bytes); for (let i = bytes, n = BigInt(number); i-- > 0; n >>= 8n) b[i] = Number(n & 255n); return b; };

export const makeLeaf = ({ index, time = 1763841600000, actor = Buffer.alloc(16, 7), action = 'need.edit', kind = 'need', object = 5, version = 1, request = `r-${index}`, part = 0, commits = sha256() }) =>
    Buffer.concat([Buffer.from('TQ\x01'), big(index, 8), big(time, 8), actor, short(action), short(kind), big(object, 8), big(version, 4), short(request), big(part, 1), commits]);

export class Log {
    constructor(name, secret, leaves) {
        this.by = signer(name, secret);
        this.leaves = leaves;
        this.hashes = leaves.map(leafHash);
        this.known = new Map();
    }

    range(from, to) {
        const key = `${from}-${to}`;
        if (!this.known.has(key)) this.known.set(key, root(this.hashes.slice(from, to)));
        return this.known.get(key);
    }

    body(size, hash = this.range(0, size), origin = this.by.name) { return `${origin}\n${size}\n${hash.toString('base64')}\n`; }

    checkpoint(size, by = this.by) { const text = this.body(size, undefined, by.name); return `${text}\n${line(by, text)}`; }

    path(index, size) {
        const down = [];
        for (let from = 0, to = size; to - from > 1;) {
            const split = from + 2 ** Math.floor(Math.log2(to - from - 1));
            down.push(index < split ? this.range(split, to) : this.range(from, split));
            if (index < split) to = split; else from = split;
        }
        return down.reverse();
    }

    bridge(old, size) {
        const down = [];
        let [from, to] = [0, size];
        while (old < to) {
            const split = from + 2 ** Math.floor(Math.log2(to - from - 1));
            down.push(old <= split ? this.range(split, to) : this.range(from, split));
            if (old <= split) to = split; else from = split;
        }
        if (from > 0) down.push(this.range(from, to));
        return down.reverse();
    }

    inclusion(index, size, { bytes = this.leaves[index], note = this.checkpoint(size) } = {}) {
        const extra = bytes ? `extra ${bytes.toString('base64')}\n` : '';
        return `c2sp.org/tlog-proof@v1\n${extra}index ${index}\n${this.path(index, size).map(hash => `${hash.toString('base64')}\n`).join('')}\n${note}`;
    }

    consistency(old, size, note = this.checkpoint(size)) {
        return `old ${old}\n${this.bridge(old, size).map(hash => `${hash.toString('base64')}\n`).join('')}\n${note}`;
    }

    /** tile/… , tile/entries/… and checkpoint below a folder. */
    write(folder, size, { entries = true } = {}) {
        const put = (name, bytes) => { const path = join(folder, name); mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, bytes); };
        const place = (index, width) => String(index).padStart(3, '0') + (width < 256 ? `.p/${width}` : '');
        for (let level = 0, each = 1; Math.floor(size / each) > 0; level++, each *= 256)
            for (let index = 0, count = Math.floor(size / each); index * 256 < count; index++) {
                const width = Math.min(256, count - index * 256);
                put(`tile/${level}/${place(index, width)}`, Buffer.concat(Array.from({ length: width }, (_, i) => this.range((index * 256 + i) * each, (index * 256 + i + 1) * each))));
                if (level === 0 && entries)
                    put(`tile/entries/${place(index, width)}`, Buffer.concat(this.leaves.slice(index * 256, index * 256 + width).flatMap(leaf => [big(leaf.length, 2), leaf])));
            }
        put('checkpoint', this.checkpoint(size));
    }
}
