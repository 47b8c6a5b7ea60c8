// Holds tests/bad/catalogue.tsv true: sixty families, each with a test or marked "later"; each test and each case is there.
// Prints what is wrong; nothing if all is well. Run by tests/house.sh.
import { readFileSync, existsSync } from 'node:fs';
import { cases } from './web.mjs';

const FAMILIES = 60;
const families = new Set(cases.map(one => one.family));
const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** How a case stands in a file of that kind; for each a reason why it does not. */
const kinds = [
    [/^tests\/bad\/http-.*\.raw$/, (path, _, answer) => {
        const [statuses] = readFileSync(path.replace(/raw$/, 'expect'), 'utf8').split('\n');
        const [first, last] = answer.split(' … ');
        return statuses === answer || (last && statuses.startsWith(first) && statuses.endsWith(last)) ? '' : `${statuses} is expected there`;
    }],
    [/^tests\/bad\/web\.mjs$/, (_, name) => families.has(name) ? '' : 'no such family'],
    [/^tests\/bad\/file-make\.py$/, (path, name) => has(path, `case\\("${escaped(name)}"`)],
    [/^tests\/bad\/file-documents\.py$/, (path, name) => has(path, `expect\\("${escaped(name)}"`)],
    [/^tests\/unit\/.*\.c$/, (path, name) => has(path, `^static void ${name}\\(void \\*\\*state\\)`) || has(path, `\\b[A-Za-z_]+\\(${name}[,)]`)],
    [/\.(c|mjs|build|sh)$/, (path, name) => has(path, escaped(name))],
];

function has(path, pattern) {
    return new RegExp(pattern, 'm').test(readFileSync(path, 'utf8')) ? '' : 'no such case';
}

const seen = new Set();
for (const [i, line] of readFileSync('tests/bad/catalogue.tsv', 'utf8').trimEnd().split('\n').entries()) {
    if (line.startsWith('#')) continue;
    const columns = line.split('\t'), [number, family, test, name, answer] = columns;
    const complain = why => console.log(`tests/bad/catalogue.tsv:${i + 1}: ${number} ${test} ${name}: ${why}`);
    if (columns.length !== 5 || !family || !answer) { complain('five columns are wanted'); continue; }
    seen.add(Number(number));
    if (test === 'later') continue;
    if (!existsSync(test)) { complain('there is no such file'); continue; }
    const why = kinds.find(([form]) => form.test(test))?.[1](test, name, answer) ?? 'nobody knows such tests';
    if (why) complain(why);
}
for (let n = 1; n <= FAMILIES; n++) if (!seen.has(n)) console.log(`family ${n} is missing`);
for (const family of families) {
    const rows = readFileSync('tests/bad/catalogue.tsv', 'utf8');
    if (/^\d/.test(family) && !rows.includes(`\ttests/bad/web.mjs\t${family}\t`)) console.log(`${family} of tests/bad/web.mjs stands in no row`);
}
