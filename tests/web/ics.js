// A strict reader of iCalendar (RFC 5545), for the tests: what a calendar program may refuse is refused here.
import assert from 'node:assert/strict';

const NAME = /^[A-Za-z0-9-]+$/;

/** The content lines: CRLF everywhere, none over 75 octets, each of whole characters (§3.1). */
function unfold(bytes) {
    const text = bytes.toString('utf8');
    assert.ok(Buffer.from(text, 'utf8').equals(bytes), 'not UTF-8');
    assert.ok(text.endsWith('\r\n'), 'ends without CRLF');
    assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n\0-\x08\x0b-\x1f\x7f]/, 'a bare CR or LF, or a control character');
    const physical = text.slice(0, -2).split('\r\n'), lines = [];
    for (const line of physical) {
        assert.ok(Buffer.byteLength(line) <= 75, `${Buffer.byteLength(line)} octets: ${line}`);
        assert.ok(!line.includes('\ufffd'), `cut inside a character: ${line}`);
        if (line.startsWith(' ')) {
            assert.ok(lines.length && line.length > 1, 'folds nothing');
            lines[lines.length - 1] += line.slice(1);
        } else lines.push(line);
    }
    return lines;
}

/** "SUMMARY;LANGUAGE=zh:text" as {name, params, value}. */
function property(line) {
    const [, head, value] = /^((?:[^:"]|"[^"]*")*):(.*)$/s.exec(line) ?? assert.fail(`no value: ${line}`);
    const [name, ...params] = head.split(';');
    assert.match(name, NAME, line);
    return { name, value, params: Object.fromEntries(params.map(one => one.split('='))) };
}

/** A TEXT value (§3.3.11): only \\ \; \, \n and \N are escapes. */
function text(value) {
    assert.doesNotMatch(value.replace(/\\[\\;,nN]/g, ''), /[\\;,]/, `not escaped: ${value}`);
    return value.replace(/\\([\\;,nN])/g, (_, c) => (/n/i.test(c) ? '\n' : c));
}

const TEXTS = ['SUMMARY', 'DESCRIPTION', 'NAME', 'X-WR-CALNAME'];
const ONCE = { VEVENT: ['UID', 'DTSTAMP', 'DTSTART', 'DTEND', 'SUMMARY'], VALARM: ['ACTION', 'TRIGGER', 'DESCRIPTION'], VCALENDAR: ['VERSION', 'PRODID'] };

export function read(bytes) {
    const root = { name: '', parts: [] }, open = [root];
    for (const line of unfold(bytes)) {
        const { name, value, params } = property(line), top = open.at(-1);
        if (name === 'BEGIN') { const part = { name: value, parts: [], all: {} }; top.parts.push(part); open.push(part); continue; }
        if (name === 'END') { assert.equal(value, top.name); open.pop(); continue; }
        assert.ok(top !== root, `outside of everything: ${line}`);
        (top.all[name] ??= []).push({ value: TEXTS.includes(name) ? text(value) : value, params });
    }
    assert.equal(open.length, 1, 'something is not ended');
    assert.deepEqual(root.parts.map(part => part.name), ['VCALENDAR']);
    const [calendar] = root.parts;
    const check = part => { for (const name of ONCE[part.name] ?? []) assert.equal(part.all[name]?.length, 1, `${part.name} has one ${name}`); part.parts.forEach(check); };
    check(calendar);
    assert.equal(calendar.all.VERSION[0].value, '2.0');
    const events = calendar.parts.map(event);
    assert.equal(new Set(events.map(one => one.uid)).size, events.length, 'a UID twice');
    return { name: calendar.all['X-WR-CALNAME'][0].value, events };
}

function event(part) {
    assert.equal(part.name, 'VEVENT');
    const one = name => part.all[name]?.[0], date = name => {
        assert.deepEqual(one(name).params, { VALUE: 'DATE' });
        const [, y, m, d] = /^(\d{4})(\d\d)(\d\d)$/.exec(one(name).value);
        return `${y}-${m}-${d}`;
    };
    assert.match(one('DTSTAMP').value, /^\d{8}T\d{6}Z$/);
    assert.equal(Date.parse(date('DTEND')) - Date.parse(date('DTSTART')), 86_400_000, 'one whole day');
    return { uid: one('UID').value, day: date('DTSTART'), summary: one('SUMMARY').value, description: one('DESCRIPTION')?.value, url: one('URL')?.value,
        alarms: part.parts.map(alarm => alarm.all.TRIGGER[0].value) };
}
