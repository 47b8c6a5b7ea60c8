// Evidence packs taken apart and put together again, for tests that tamper with them. ZIP as far as our packs go: no ZIP64.
import { createHash } from 'node:crypto';
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export const sha256 = bytes => createHash('sha256').update(bytes).digest('hex');

/** [{name, bytes}] of a ZIP, by its central directory. */
function parts_of(zip) {
    const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')), parts = [];
    for (let at = zip.readUInt32LE(end + 16), left = zip.readUInt16LE(end + 10); left > 0; left--) {
        const [method, packed, name_len, extra, comment, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32), zip.readUInt32LE(at + 42)];
        const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28), bytes = zip.subarray(from, from + packed);
        parts.push({ name: zip.toString('utf8', at + 46, at + 46 + name_len), bytes: method ? inflateRawSync(bytes) : Buffer.from(bytes) });
        at += 46 + name_len + extra + comment;
    }
    return parts;
}

const words = (...list) => { const out = Buffer.alloc(list.reduce((sum, [, size]) => sum + size, 0)); let at = 0; for (const [value, size] of list) { out.writeUIntLE(value, at, size); at += size; } return out; };

/** A ZIP of [{name, bytes, size?, packed?}]: size says another length than is true, packed is what stands there as deflated. */
export function zip_of(parts) {
    const bodies = [], central = [];
    let at = 0;
    for (const { name, bytes, packed = deflateRawSync(bytes), size = bytes.length, crc = crc32(bytes) } of parts) {
        const label = Buffer.from(name), about = [[20, 2], [0x800, 2], [8, 2], [0, 2], [33, 2], [crc >>> 0, 4], [packed.length, 4], [size, 4], [label.length, 2], [0, 2]];
        bodies.push(words([0x04034b50, 4], ...about), label, packed);
        central.push(words([0x02014b50, 4], [20, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), label);
        at += 30 + label.length + packed.length;
    }
    const tail = Buffer.concat(central);
    return Buffer.concat([...bodies, tail, words([0x06054b50, 4], [0, 4], [parts.length, 2], [parts.length, 2], [tail.length, 4], [at, 4], [0, 2])]);
}

/** A pack to be changed. `listed()` brings its manifest in line with its files again, as who tampers would. */
export function pack_of(zip) {
    const parts = parts_of(zip), find = name => parts.find(part => part.name === name);
    const pack = {
        parts, find,
        bytes: name => find(name).bytes,
        text: name => find(name).bytes.toString(),
        json: name => JSON.parse(pack.text(name)),
        put: (name, bytes) => { const part = find(name); if (part) part.bytes = Buffer.from(bytes); else parts.push({ name, bytes: Buffer.from(bytes) }); return pack; },
        edit: (name, change) => { const document = pack.json(name); change(document); return pack.put(name, JSON.stringify(document)); },
        drop: name => { parts.splice(parts.indexOf(find(name)), 1); return pack; },
        rename: (from, to) => { find(from).name = to; return pack; },
        listed: () => pack.edit('manifest.json', manifest => { manifest.files = parts.filter(part => part.name !== 'manifest.json').map(part => ({ name: part.name, size: part.bytes.length, sha256: sha256(part.bytes) })); }),
        zip: () => zip_of(parts),
    };
    return pack;
}
