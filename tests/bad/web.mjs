// What lies, in forms and JSON: reliability §5, by family. Each case: family, name, what is sent, the status expected and the
// field that the answer must name. `json` is laid over a good need (or over `over`), `raw` is the whole body, `form` a form's
// values, `get` a path. `kept` says that the value is good after all, and how the record then shows it.
const deep = (n, open, close) => open.repeat(n) + '1' + close.repeat(n);
const bytes = (...parts) => Buffer.concat(parts.map(part => Buffer.isBuffer(part) ? part : typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)));
const need_with = (name, value) => bytes('{"title":"离心泵轴承寿命坏值","now":"含沙介质里轴承三千小时就坏,停机检修","', name, '":', value, '}');
const urlencoded = text => ({ raw: text, type: 'application/x-www-form-urlencoded' });
const party = { path: '/api/v1/parties', over: { name: '示例丁厂', side: 'enterprise' }, officer: true };

export const cases = [];
const add = (family, name, what, status, field) => cases.push({ family, name, what, status, field });

// --- JSON (19–25)
for (const [name, text] of [['10,000 lists', deep(10000, '[', ']')], ['10,000 objects', deep(10000, '{"a":', '}')], ['65 in a field', `{"title":${deep(65, '[', ']')}}`],
    ['lists never closed', '['.repeat(100000)], ['mixed', deep(400, '[{"a":', '}]')]]) add('19 depth', name, { raw: text }, 400);
for (const [name, text] of [['a field twice', '{"title":"甲乙丙丁","title":"戊己庚辛"}'], ['null, then a value', '{"title":null,"title":"戊己庚辛"}'],
    ['escaped alike', '{"title":"甲乙丙丁","\\u0074itle":"戊己庚辛"}'], ['deep inside', '{"title":{"a":1,"a":2}}'], ['ver twice', '{"ver":1,"ver":2}']])
    add('20 duplicate keys', name, { raw: text }, 400);
for (const value of ['1e400', 'NaN', 'Infinity', '123456789012345678901234567890', '-', '01', '0x10', '+1']) add('21 numbers', value, { raw: need_with('budget', value) }, 400);
for (const [value, field] of [['1.5', 'budget'], ['1e9', 'budget'], ['-0.0', 'budget']]) add('21 numbers', value, { raw: need_with('budget', value) }, 422, field);
for (const value of ['-1', '10', '"1.5"', '"九"', '4.0', '9007199254740993']) add('21 numbers', `trl ${value}`, { raw: need_with('trl', value) }, 422, 'trl');
for (const value of ['"\\ud800"', '"\\udc00\\ud800"', '"a\\u0000b"', '"\\u12"', '"\\x41"']) add('22 escapes', value, { raw: need_with('goal', value) }, 400);
add('23 size', 'a text of 300 KiB', { raw: need_with('goal', `"${'长'.repeat(100 << 10)}"`) }, 413);
add('23 size', '40,000 members', { raw: `{${Array.from({ length: 40000 }, (_, i) => `"k${i}":1`).join()}}` }, 413);
add('23 size', '10,000 members', { raw: `{${Array.from({ length: 10000 }, (_, i) => `"k${i}":1`).join()}}` }, 422, 'k0');
add('23 size', 'a text too long for its field', { json: { goal: '长'.repeat(4001) } }, 422, 'goal');
add('23 size', 'a list too long', { json: { keywords: Array.from({ length: 21 }, (_, i) => `词${i}`) } }, 422, 'keywords');
for (const [name, text] of [['bytes after', '{"title":"甲乙丙丁"} x'], ['two values', '{}{}'], ['a BOM', '\ufeff{"title":"甲乙丙丁"}'], ['a comment', '{/* */}'],
    ['single quotes', "{'title':'甲乙丙丁'}"], ['a comma too many', '{"title":"甲乙丙丁",}'], ['cut off', '{"title":"甲乙'], ['a list', '[]'], ['a text', '"甲"'], ['null', 'null'], ['blank', '   ']])
    add('24 form', name, { raw: text }, 400);
for (const name of ['__proto__', 'constructor', 'role', 'id', 'owner_id', 'status', 'author', 'valid_from', 'from_leaf', 'secrecy'])
    add('25 unknown fields', name, { raw: need_with(name, '"admin"') }, 422, name);
for (const [name, value] of [['an object', '{"a":1}'], ['a list of objects', '[{"a":1}]'], ['a list of lists', '[["甲"]]'], ['a list of numbers', '[1,2]'], ['a real', '2.5']])
    add('25 unknown fields', `goal as ${name}`, { raw: need_with('goal', value) }, 422, 'goal');

// --- text (26–29, 33)
for (const [name, text] of Object.entries({ 'C0 AF': [0xc0, 0xaf], 'E0 80 AF': [0xe0, 0x80, 0xaf], 'five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
    'half a surrogate': [0xed, 0xa0, 0x80], 'beyond U+10FFFF': [0xf4, 0x90, 0x80, 0x80], 'cut off': [0xe4, 0xb8], 'GBK': [0xb1, 0xc3] })) {
    add('26 UTF-8', `JSON ${name}`, { raw: need_with('goal', bytes('"', text, '"')) }, 400);
    add('26 UTF-8', `form ${name}`, urlencoded(`title=${text.map(byte => '%' + byte.toString(16)).join('')}`), 400);
    add('26 UTF-8', `query ${name}`, { get: `/api/v1/match?q=${text.map(byte => '%' + byte.toString(16)).join('')}` }, 422);
}
for (const [name, char] of Object.entries({ 'U+202E': '\u202e', 'U+2066': '\u2066', 'U+2069': '\u2069', 'U+200F': '\u200f', 'U+202A': '\u202a' })) {
    add('27 bidi', `title ${name}`, { json: { title: `离心泵${char}轴承寿命` } }, 422, 'title');
    add('27 bidi', `organisation ${name}`, { ...party, json: { name: `示例${char}丁厂` } }, 422, 'name');
}
for (const [name, char] of Object.entries({ 'U+200B': '\u200b', 'U+FEFF': '\ufeff', 'U+2060': '\u2060', 'U+E0041': '\u{e0041}', 'U+00AD': '\u00ad', 'U+0007': '\u0007' })) {
    add('28 zero width', `organisation ${name}`, { ...party, json: { name: `示例${char}丁厂` } }, 422, 'name');
    add('28 zero width', `title ${name}`, { json: { title: `离心泵${char}轴承寿命` } }, 422, 'title');
}
for (const name of ['Оfficer', 'ＯfficеR', 'off icer', "officer' OR 1=1--", 'officer\u200b']) add('29 homoglyphs', `sign in as ${name}`,
    { path: '/sign-in', form: { login: name, password: 'Quiet-otter-71' } }, 401);
for (const n of [9, 100, 3000]) add('33 combining marks', `${n} marks`, { json: { goal: `寿命到八千小时 a${'\u0301'.repeat(n)}` } }, 422, 'goal');
add('33 combining marks', 'in the title', { json: { title: `离心泵 a${'\u0301'.repeat(20)}` } }, 422, 'title');
add('33 combining marks', 'in the box', { get: `/api/v1/match?q=a${'%CC%81'.repeat(1000)}` }, 422, 'q');
for (const name of ['示例〇厂', '示例㙓厂', '示例𫖯厂', '示例𠮷厂', '示例𪚥厂']) add('34 rare characters', name, { ...party, json: { name }, kept: name }, 201);

// --- codes, dates, amounts (35–38, 42, 43)
add('35 credit code', 'right', { ...party, json: { uscc: '91350100M000100Y43', name: '示例戊厂' }, kept: '91350100M000100Y43' }, 201);
for (const code of ['91350100M000100Y44', '91350100M000100Y34', '91350100M000100Y4', '91350100M000100Y433', '11111111111111111'])
    add('35 credit code', code, { ...party, json: { uscc: code } }, 422, 'uscc');
for (const letter of 'IOZSV') add('36 letters', letter, { ...party, json: { uscc: `9135010${letter}M000100Y43` } }, 422, 'uscc');
for (const code of ['91350100M000101Y43', '91350100M000100X43']) add('38 organisation code', code, { ...party, json: { uscc: code } }, 422, 'uscc');
for (const day of ['2024-02-30', '0000-00-00', '2023-02-29', '2024-13-01', '2024-04-31', '2024-06-30T24:00', '2024-06-30 23:59:60', '99999-01-01', '昨天'])
    add('42 dates', day, { json: { due: day } }, 422, 'due');
for (const amount of ['-1', '1,000.005', '9223372036854775808', '92233720368547758.08', '200万元5角', '2万3亿元', '200美元', '0x10', '一些', '200万万万元', '1e9', '1.2.3'])
    add('43 amounts', amount, { json: { budget: amount } }, 422, 'budget');
for (const [amount, shown] of [['１００元', '10000'], ['200.5万元', '200500000'], ['1,000.05', '100005'], ['1.2亿元', '12000000000']])
    add('43 amounts', `${amount} is good`, { json: { budget: amount }, kept: `"value":"${shown}"` }, 201);
add('43 amounts', 'an alias is missing', { json: { hidden: true } }, 422, 'alias');

// --- injection (46–50)
for (const text of ["' OR 1=1--", '"; DROP TABLE need; --', '%', '_%_', '\\', "'); DELETE FROM need; --"]) {
    add('46 SQL', `list ${text}`, { get: `/api/v1/needs?q=${encodeURIComponent(text)}` }, 200);
    add('46 SQL', `facet ${text}`, { get: `/api/v1/needs?industry=${encodeURIComponent(text)}&region=${encodeURIComponent(text)}` }, 200);
    add('46 SQL', `codes ${text}`, { get: `/api/v1/codes/gbt4754?q=${encodeURIComponent(text)}` }, 200);
    add('46 SQL', `leave for ${text}`, { path: '/api/v1/needs/NEED/nda', raw: JSON.stringify({ party: text }) }, 422, 'party');
}
for (const text of ['NEAR(a b)', '"', '*', 'title:轴承', 'a AND NOT b', '(a+)+$', '^', '-轴承']) add('47 query syntax', text, { get: `/api/v1/match?q=${encodeURIComponent(text)}` }, 200);
for (const text of ['<script>alert(1)</script>', '<svg onload=alert(1)>', '</textarea><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'onmouseover='alert(1)"])
    add('48 markup', text, { json: { goal: `寿命 ${text}` }, kept: text, page: text }, 201);
for (const url of ['javascript:alert(1)', 'data:text/html,x', 'https://a.example/"onclick=x', 'vbscript:x.y', '//a.example'])
    add('48 markup', url, { ...party, json: { site: url } }, 422, 'site');
for (const text of ['%n%s%p', '{{7*7}}', '{{{page.csrf}}}', '${7*7}', '{{#fields}}x']) add('49 templates', text, { json: { goal: `寿命到八千 ${text}` }, kept: text, page: text }, 201);
for (const path of ['/assets/..%2f..%2fetc/passwd', '/assets/%252e%252e/etc/passwd', '/assets/..\\..\\etc\\passwd', '/assets/../meson.build', '/assets//etc/passwd', '/codes/../schema',
    '/codes/..%2fgbt4754', '/proc/self/environ', '/needs/1/../../etc', '/needs/99999999999999999999', '/needs/-1', '/needs/0', '/needs/1e3'])
    add('50 paths', path, { get: path }, [400, 404]);

// --- forms, the box, ids
for (const id of ['short', 'with space in it', 'x'.repeat(65), '汉字汉字汉字', 'tab\tinside-it']) add('request ids', id, { json: { request_id: id } }, 422, 'request_id');
add('the box', '20,001 characters', { path: '/api/v1/match', form: { q: '泵'.repeat(20001) } }, 422, 'q');
add('the box', '20,000 characters', { path: '/api/v1/match', form: { q: '泵'.repeat(20000) } }, 200);
add('the box', 'nothing', { get: '/api/v1/match?q=' }, 422, 'q');
add('the box', 'blanks', { get: '/api/v1/match?q=%20%E3%80%80' }, 422, 'q');
add('the box', 'NUL', { get: '/api/v1/match?q=a%00b' }, 422, 'q');
add('the box', 'a column that is not there', { get: '/api/v1/match?q=a&column=secret' }, 422, 'column');
add('the box', 'an industry that is not there', { get: '/api/v1/match?q=a&industry=ZZ' }, 422, 'industry');
for (const k of ['0', '-1', '9223372036854775807', '9223372036854775808', 'x', '1e3']) add('the box', `k=${k}`, { get: `/api/v1/match?q=a&k=${k}` }, 200);
for (const trl of ['0', '10', '-3', '99999999999', 'x']) add('the box', `trl=${trl}`, { get: `/api/v1/match?q=a&trl=${trl}&region=${trl}` }, [200, 422]);
add('forms', '1,001 fields', urlencoded(Array.from({ length: 1001 }, (_, i) => `k${i}=1`).join('&')), 400);
add('forms', 'a percent sign alone', urlencoded('title=100%'), 400);
add('forms', 'NUL', urlencoded('title=%E6%B3%B5%00abc'), 400);
add('forms', 'an encoding nobody knows', { raw: 'x', type: 'application/xml' }, 415);
add('forms', 'multipart without a boundary', { raw: 'x', type: 'multipart/form-data' }, 400);
add('forms', 'required fields missing', { raw: '{}' }, 422, 'title');
add('forms', 'a secrecy mark', { json: { goal: '密级:机密 寿命到八千小时' } }, 422, 'goal');
add('forms', 'a change without its version', { path: '/api/v1/needs/NEED', raw: '{"goal":"寿命到八千小时"}' }, 422, 'ver');
add('forms', 'ver 0', { path: '/api/v1/needs/NEED', raw: '{"ver":0,"goal":"寿命到八千小时"}' }, 422, 'ver');
add('forms', 'ver -1', { path: '/api/v1/needs/NEED', raw: '{"ver":-1,"goal":"寿命到八千小时"}' }, 422, 'ver');
add('forms', 'ver 2^62', { path: '/api/v1/needs/NEED', raw: '{"ver":4611686018427387904,"goal":"寿命到八千小时"}' }, 409);
