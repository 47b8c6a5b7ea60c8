// A disk as it may look when the power goes, from what tests/fault/power_record.c has recorded:
//
//   bytes   what was written before a file's last sync began is there. Of what was written since, each sector of 512 bytes is
//           there or not, by chance, and so is each change of size
//   names   what was made, renamed or removed in a folder before its last sync began is so, and with it what happened to names
//           before that: a journal keeps their order. Of what happened since, the first so many are so, by chance
//
// A sync of a file says nothing about its name. Files of SQLite's shared memory (-shm) come back full of rubbish.
import { readFileSync, readdirSync, statSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SECTOR = 512;
const HEAD = 27;

/** Numbers by chance that a seed brings back. */
export function chance(seed) {
    let state = seed >>> 0;
    const next = () => {
        state = state + 0x6d2b79f5 >>> 0;
        let mixed = Math.imul(state ^ state >>> 15, state | 1);
        mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
        return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
    };
    return { below: n => Math.floor(next() * n), half: () => next() < 0.5 };
}

export function* records(log) {
    for (let at = 0; at < log.length;) {
        const text = log.readUInt16LE(at + 1), size = Number(log.readBigUInt64LE(at + 19)), name = at + HEAD;
        yield {
            op: String.fromCharCode(log[at]), inode: log.readBigUInt64LE(at + 3), where: Number(log.readBigInt64LE(at + 11)),
            text: log.toString('utf8', name, name + text), data: log.subarray(name + text, name + text + size),
        };
        at = name + text + size;
    }
}

/** Bytes that are on the disk, and what was done to them since. */
class File {
    constructor(bytes = Buffer.alloc(0)) {
        this.bytes = Buffer.from(bytes);
        this.size = bytes.length;
        this.since = [];
        this.begun = 0; /* so many of `since` lie before the sync under way */
    }

    static change(file, { op, where, data }) {
        if (op === 'T') {
            if (where < file.size) file.bytes.fill(0, where, file.size);
            File.room(file, where);
            file.size = where;
        } else {
            File.room(file, where + data.length);
            data.copy(file.bytes, where);
            file.size = Math.max(file.size, where + data.length);
        }
    }

    static room(file, size) {
        if (size <= file.bytes.length) return;
        const more = Buffer.alloc(Math.max(size, file.bytes.length * 2));
        file.bytes.copy(more, 0, 0, file.size);
        file.bytes = more;
    }

    synced() {
        for (const change of this.since.splice(0, this.begun)) File.change(this, change);
        this.begun = 0;
    }

    /** As it may be found. */
    found(random) {
        const found = { bytes: Buffer.from(this.bytes), size: this.size };
        const mood = random.below(4); /* 0: nothing of it, 1: all of it, else by the sector */
        for (const change of mood ? this.since : []) {
            if (change.op === 'T') {
                if (mood === 1 || random.half()) File.change(found, change);
                continue;
            }
            for (let at = 0; at < change.data.length;) {
                const sector = SECTOR - (change.where + at) % SECTOR, data = change.data.subarray(at, at + sector);
                if (mood === 1 || random.half()) File.change(found, { op: 'W', where: change.where + at, data });
                at += sector;
            }
        }
        return found.bytes.subarray(0, found.size);
    }
}

export class Disk {
    /** All that lies in `folder` is on the disk. */
    constructor(folder) {
        this.names = new Map();   /* on the disk: path below the folder -> File */
        this.now = new Map();     /* as the program sees it */
        this.files = new Map();   /* by inode */
        this.folders = new Map(); /* inode -> path */
        this.since = [];          /* changes of names that are not yet on the disk: {folder, change} */
        for (const name of readdirSync(folder, { recursive: true })) {
            const path = join(folder, name), found = statSync(path, { bigint: true });
            if (found.isDirectory()) this.folders.set(found.ino, name);
            if (found.isFile()) this.files.set(found.ino, this.put(name, new File(readFileSync(path))));
        }
        for (const [name, file] of this.now) this.names.set(name, file);
    }

    put(name, file) {
        this.now.set(name, file);
        return file;
    }

    named(folder, change) {
        this.since.push({ folder: folder === '.' ? '' : folder, change });
        change(this.now);
    }

    apply(record) {
        const { op, inode, text } = record;
        const file = this.files.get(inode);
        if (op === 'O') this.opened(inode, text);
        else if (op === 'D') this.entered(inode, text);
        else if (op === 'W' || op === 'T') file.since.push(record);
        else if (op === 's') this.begun(inode, file);
        else if (op === 'S') this.synced(inode, file);
        else if (op === 'U') this.named(dirname(text), names => names.delete(text));
        else if (op === 'R') this.renamed(...text.split('\0'));
    }

    /** A file, or a folder with all that is in it. */
    renamed(from, to) {
        const moved = [...this.now].filter(([name]) => name === from || name.startsWith(`${from}/`));
        this.named(dirname(to), names => {
            for (const [name] of moved) names.delete(name);
            for (const [name, file] of moved) names.set(to + name.slice(from.length), file);
        });
    }

    /* An inode's number is used again once its file is gone. */
    entered(inode, name) {
        this.files.delete(inode);
        this.folders.set(inode, name);
    }

    opened(inode, name) {
        this.folders.delete(inode);
        if (this.now.has(name)) {
            this.files.set(inode, this.now.get(name));
            return;
        }
        const made = new File();
        this.files.set(inode, made);
        this.named(dirname(name), names => names.set(name, made));
    }

    begun(inode, file) {
        if (file) file.begun = file.since.length;
        else for (const one of this.since) one.begun = one.folder === this.folders.get(inode) || one.begun;
    }

    synced(inode, file) {
        if (file) return file.synced();
        const folder = this.folders.get(inode);
        const last = this.since.findLastIndex(one => one.folder === folder && one.begun);
        for (const one of this.since.splice(0, last + 1)) one.change(this.names);
    }

    /** Writes what may be found after a cut at this moment into a folder of its own. */
    cut(folder, random) {
        const names = new Map(this.names);
        for (const one of this.since.slice(0, random.below(this.since.length + 1))) one.change(names);
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        for (const [name, file] of names) {
            mkdirSync(join(folder, dirname(name)), { recursive: true, mode: 0o700 });
            writeFileSync(join(folder, name), name.endsWith('-shm') ? Buffer.alloc(32768, 0xa5) : file.found(random));
        }
    }
}
