// docs/api.md run as it stands: each ```sh block in one shell, on a fresh example city, and each ```json block held against what
// the block before it answered. A member that the page shows is there and of that type; what is the same in every city is the
// same here; "…" is any text, ids and times are anybody's.
import { test, finish, build, readFileSync, root, join } from './house.mjs';
import { open_city } from './city.js';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import assert from 'node:assert/strict';

/** What the page must not be free to get wrong. */
const EXACT = ['code', 'field', 'ver', 'login', 'program', 'message', 'label', 'value', 'name'];

function blocks(page) {
    const found = [...page.matchAll(/^```(sh|json)\n([^]*?)^```$/gm)], steps = [];
    for (const [, kind, text] of found) {
        if (kind === 'sh') steps.push({ text });
        else steps.at(-1).shown = JSON.parse(text);
    }
    return steps;
}

const kind_of = value => value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

function like(shown, answered, what) {
    assert.equal(kind_of(answered), kind_of(shown), `${what}: ${JSON.stringify(answered)?.slice(0, 200)}`);
    if (Array.isArray(shown)) return shown.forEach((item, i) => like(item, nearest(item, answered, i), `${what}[${i}]`));
    if (kind_of(shown) !== 'object') return;
    for (const [name, value] of Object.entries(shown)) {
        assert.ok(name in answered, `${what} has no ${name}`);
        if (EXACT.includes(name) && typeof value !== 'object' && value !== '…') assert.equal(answered[name], value, `${what}.${name}`);
        like(value, answered[name], `${what}.${name}`);
    }
}

/** In a list the page shows one that it means: the one of that name or field, else the one in its place. */
const nearest = (item, list, i) => list.find(one => ['name', 'field'].some(key => item?.[key] && one?.[key] === item[key]))
    ?? (item?.program ? list.find(one => one.program) : list[i]);

/** All blocks in one shell, so that its variables go on; each one's words in a file of its own. */
function run(steps, place) {
    const folder = mkdtempSync(join(tmpdir(), 'tq-examples-'));
    const script = steps.map(({ text }, i) => `{\n${text}} >${folder}/${i}.out 2>${folder}/${i}.err || exit\n`).join('')
        .replace(/^city=.*$/m, () => `city=${place.address}`).replace(/^password=.*$/m, () => `password='${place.passwords.enterprise}'`);
    writeFileSync(join(folder, 'script'), `set -euo pipefail\n${script}`);
    spawnSync('bash', [join(folder, 'script')], { encoding: 'utf8', timeout: 60_000 });
    const read = name => { try { return readFileSync(join(folder, name), 'utf8'); } catch { return undefined; } };
    const ran = steps.map((step, i) => ({ ...step, out: read(`${i}.out`), err: read(`${i}.err`) }));
    rmSync(folder, { recursive: true });
    return ran;
}

const place = await open_city(join(build, 'src/cli/tieqiao'));
try {
    const steps = blocks(readFileSync(join(root, 'docs/api.md'), 'utf8'));
    await test('the page has examples, and each shows what it answers', () => {
        assert.ok(steps.length >= 14);
        assert.ok(steps.slice(1).every(step => step.shown), steps.find((step, i) => i && !step.shown)?.text);
    });
    for (const { text, shown, out, err } of run(steps, place))
        await test(`docs/api.md: ${text.trim().split('\n').find(line => /curl/.test(line))?.trim().slice(0, 90) ?? 'the city'}`, () => {
            assert.equal(err, '', `${text}\n${err}`);
            if (shown) like(shown, JSON.parse(out), 'the answer');
        });
    await test('each way that the program answers is described there', () => {
        const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
        for (const verb of ['sign-in', 'sign-out', 'match', 'account', 'desk', 'close', 'reopen', 'nda', 'history', 'openapi.json']) assert.ok(page.includes(verb), verb);
    });
} finally {
    await test('the server ends well', async () => assert.equal(await place.stop(), 0));
}
finish();
