// What lies, in forms and JSON: reliability §5, by family. Each case: family, name, what is sent, the status expected and the
// field that the answer must name. `json` is laid over a good need (or over `over`), `raw` is the whole body, `form` a form's
// values, `get` a path, `upload` the name of a file as it stands in the header, `cookie` and `headers` what else is sent. `kept`
// says that the value is good after all, and how the record then shows it; `none` that a list found nothing.
const deep = (n, open, close) => open.repeat(n) + '1' + close.repeat(n);
const bytes = (...parts) => Buffer.concat(parts.map(part => Buffer.isBuffer(part) ? part : typeof part === 'string' ? Buffer.from(part) : Buffer.from(part)));
const need_with = (name, value) => bytes('{"title":"离心泵轴承寿命坏值","now":"含沙介质里轴承三千小时就坏,停机检修","', name, '":', value, '}');
const urlencoded = text => ({ raw: text, type: 'application/x-www-form-urlencoded' });
const long = 'a' + '厂'.repeat(200); /* an odd number of bytes before each character, wherever it is cut */
const person = { path: '/api/v1/people', over: { name: '张三', calling: ['expert'], skills: ['离心泵'] }, officer: true };
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
for (const value of ['1e400', '123456789012345678901234567890', 'NaN']) add('21 numbers', `ver ${value}`, { path: '/api/v1/needs/NEED', raw: `{"ver":${value},"goal":"寿命到八千小时"}` }, 400);
for (const value of ['1.5', '1.0', '-0', 'true', '"x"', 'null', '[1]', '{"a":1}', '""'])
    add('21 numbers', `ver ${value}`, { path: '/api/v1/needs/NEED', raw: `{"ver":${value},"goal":"寿命到八千小时"}` }, 422, 'ver');
for (const value of ['-1', '99999999999', '1.5', '1e3']) add('21 numbers', `staff ${value}`, { ...party, json: undefined, raw: `{"name":"示例丁厂","side":"enterprise","staff":${value}}` }, 422, 'staff');
for (const value of ['"\\ud800"', '"\\udc00\\ud800"', '"a\\u0000b"', '"\\u12"', '"\\x41"']) add('22 escapes', value, { raw: need_with('goal', value) }, 400);
for (const [name, key] of [['NUL', '\\u0000title'], ['half a surrogate', '\\ud800'], ['a bad escape', '\\x41']]) add('22 escapes', `${name} in a name`, { raw: `{"${key}":"x"}` }, 400);
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
for (const [field, value] of [['keywords', 'true'], ['keywords', '[1,2]'], ['keywords', '[null]'], ['keywords', '[true,"泵"]'], ['keywords', '{"a":1}'], ['goal', 'true'],
    ['goal', '["寿命到八千小时"]'], ['industry', 'true'], ['industry', '[26]'], ['industry', '[{"code":1}]'], ['hidden', '[]'], ['hidden', '2'],
    ['hidden', '"maybe"'], ['due', 'true'], ['budget', 'false'], ['budget', '["200"]']])
    add('25 unknown fields', `${field} as ${value}`, { raw: need_with(field, value) }, 422, field);
add('25 unknown fields', 'title as a list', { raw: '{"title":["离心泵轴承寿命"],"now":"含沙介质里轴承三千小时就坏,停机检修"}' }, 422, 'title');
for (const [verb, body, field] of [['nda', '{"party":"PARTY","role":"admin"}', 'role'], ['nda', '{"party":["PARTY"]}', 'party'], ['nda', '{"party":true}', 'party'], ['close', '{"status":"gone"}', 'status'],
    ['close', '{"ver":true}', 'ver'], ['reopen', '{"owner":"PARTY"}', 'owner']]) add('25 unknown fields', `${verb} with ${body}`, { path: `/api/v1/needs/NEED/${verb}`, raw: body }, 422, field);
for (const [body, field] of [['{"q":"轴承","limit":5}', 'limit'], ['{"q":["轴承"]}', 'q'], ['{"q":true}', 'q'], ['{"q":"轴承","k":1.5}', 'k'], ['{"q":"轴承","trl":"x"}', 'trl']])
    add('25 unknown fields', `the box with ${body}`, { path: '/api/v1/match', raw: body }, 422, field);

// --- text (26–29, 33)
for (const [name, text] of Object.entries({ 'C0 AF': [0xc0, 0xaf], 'E0 80 AF': [0xe0, 0x80, 0xaf], 'five bytes': [0xf8, 0x88, 0x80, 0x80, 0x80],
    'half a surrogate': [0xed, 0xa0, 0x80], 'beyond U+10FFFF': [0xf4, 0x90, 0x80, 0x80], 'cut off': [0xe4, 0xb8], 'GBK': [0xb1, 0xc3] })) {
    add('26 UTF-8', `JSON ${name}`, { raw: need_with('goal', bytes('"', text, '"')) }, 400);
    add('26 UTF-8', `form ${name}`, urlencoded(`title=${text.map(byte => '%' + byte.toString(16)).join('')}`), 400);
    add('26 UTF-8', `query ${name}`, { get: `/api/v1/match?q=${text.map(byte => '%' + byte.toString(16)).join('')}` }, 422);
    add('26 UTF-8', `in a list ${name}`, { get: `/api/v1/needs?region=${text.map(byte => '%' + byte.toString(16)).join('')}` }, 422);
    add('26 UTF-8', `cookie ${name}`, { get: '/api/v1/desk', cookie: Buffer.from(`sid=${Buffer.from(text).toString('latin1')}`, 'latin1').toString('latin1') }, 401);
}
// What an answer quotes of them it cuts between characters, else nothing of the answer could be written.
add('26 UTF-8', 'quoted: a long name of a field', { raw: JSON.stringify({ [long]: 1 }) }, 422);
add('26 UTF-8', 'quoted: a long name whose value is off', { raw: JSON.stringify({ [`title${long}`]: [] }) }, 422);
add('26 UTF-8', 'quoted: an organisation for leave', { path: '/api/v1/needs/NEED/nda', raw: JSON.stringify({ party: long }) }, 422, 'party');
for (const field of ['due', 'budget', 'trl', 'industry', 'region', 'ways', 'owner']) add('26 UTF-8', `quoted: ${field}`, { json: { [field]: long } }, 422);
for (const field of ['side', 'uscc', 'nature', 'phone', 'email', 'site', 'founded', 'staff']) add('26 UTF-8', `quoted: ${field} of an organisation`, { ...party, json: { [field]: long } }, 422, field);
add('26 UTF-8', 'quoted: rights', { path: '/api/v1/achievements', over: { title: '含沙介质轴承', abstract: '用于离心泵,寿命由三千小时提高到八千小时,台架验证。' }, json: { rights: [long] } }, 422, 'rights');
add('26 UTF-8', 'quoted: a column of the box', { get: `/api/v1/match?q=a&column=${encodeURIComponent(long)}` }, 422, 'column');
add('26 UTF-8', 'quoted: a code tree', { get: `/api/v1/codes/${encodeURIComponent(long)}?q=a` }, 404);
for (const [name, char] of Object.entries({ 'U+202E': '\u202e', 'U+2066': '\u2066', 'U+2069': '\u2069', 'U+200F': '\u200f', 'U+202A': '\u202a' })) {
    add('27 bidi', `title ${name}`, { json: { title: `离心泵${char}轴承寿命` } }, 422, 'title');
    add('27 bidi', `organisation ${name}`, { ...party, json: { name: `示例${char}丁厂` } }, 422, 'name');
    if (name !== 'U+200F') add('27 bidi', `prose ${name}`, { json: { goal: `寿命${char}到八千小时` } }, 422, 'goal');
    add('27 bidi', `keyword ${name}`, { json: { keywords: ['轴承', `离心${char}泵`] } }, 422, 'keywords');
    add('27 bidi', `person ${name}`, { ...person, json: { name: `张${char}三` } }, 422, 'name');
}
for (const [name, char] of Object.entries({ 'U+200B': '\u200b', 'U+FEFF': '\ufeff', 'U+2060': '\u2060', 'U+E0041': '\u{e0041}', 'U+00AD': '\u00ad', 'U+0007': '\u0007' })) {
    add('28 zero width', `organisation ${name}`, { ...party, json: { name: `示例${char}丁厂` } }, 422, 'name');
    add('28 zero width', `title ${name}`, { json: { title: `离心泵${char}轴承寿命` } }, 422, 'title');
    add('28 zero width', `keyword ${name}`, { json: { keywords: ['轴承', `离心${char}泵`] } }, 422, 'keywords');
    add('28 zero width', `person ${name}`, { ...person, json: { name: `张${char}三` } }, 422, 'name');
}
for (const name of ['Оfficer', 'ＯfficеR', 'off icer', "officer' OR 1=1--", 'officer\u200b']) add('29 homoglyphs', `sign in as ${name}`,
    { path: '/sign-in', form: { login: name, password: 'Quiet-otter-71' } }, 401);
for (const n of [9, 100, 3000]) add('33 combining marks', `${n} marks`, { json: { goal: `寿命到八千小时 a${'\u0301'.repeat(n)}` } }, 422, 'goal');
add('33 combining marks', 'in the title', { json: { title: `离心泵 a${'\u0301'.repeat(20)}` } }, 422, 'title');
add('33 combining marks', 'in the box', { get: `/api/v1/match?q=a${'%CC%81'.repeat(1000)}` }, 422, 'q');
for (const name of ['示例〇厂', '示例㙓厂', '示例𫖯厂', '示例𠮷厂', '示例𪚥厂']) add('34 rare characters', name, { ...party, json: { name }, kept: name }, 201);
for (const name of ['王〇', '张㙓', '李𫖯', '𠮷野', '赵𪚥𪚥']) add('34 rare characters', `person ${name}`, { ...person, json: { name }, kept: name }, 201);

// --- codes, dates, amounts (35–38, 42, 43)
add('35 credit code', 'right', { ...party, json: { uscc: '91350100M000100Y43', name: '示例戊厂' }, kept: '91350100M000100Y43' }, 201);
for (const code of ['91350100M000100Y44', '91350100M000100Y34', '91350100M000100Y4', '91350100M000100Y433', '11111111111111111'])
    add('35 credit code', code, { ...party, json: { uscc: code } }, 422, 'uscc');
add('35 credit code', 'a Cyrillic letter', { ...party, json: { uscc: '91350100M0001\u041e0Y43' } }, 422, 'uscc');
add('37 normal form', 'lower case', { ...party, json: { uscc: '91440300708461136t', name: '示例己厂' }, kept: '91440300708461136T' }, 201);
add('37 normal form', 'full width', { ...party, json: { uscc: '９１１１００００６０００３７３４１Ｌ', name: '示例庚厂' }, kept: '91110000600037341L' }, 201);
for (const letter of 'IOZSV') add('36 letters', letter, { ...party, json: { uscc: `9135010${letter}M000100Y43` } }, 422, 'uscc');
for (const code of ['91350100M000101Y43', '91350100M000100X43']) add('38 organisation code', code, { ...party, json: { uscc: code } }, 422, 'uscc');
for (const day of ['2024-02-30', '0000-00-00', '2023-02-29', '2024-13-01', '2024-04-31', '2024-06-30T24:00', '2024-06-30 23:59:60', '99999-01-01', '昨天', '9999-12-31', '2200-01-01', '1899-12-31', '2023年2月29日'])
    add('42 dates', day, { json: { due: day } }, 422, 'due');
for (const [day, shown] of [['2028-2-1', '2028-02-01'], ['2028/2/29', '2028-02-29'], ['20280229', '2028-02-29'], ['2028年2月29日', '2028-02-29']])
    add('42 dates', `${day} is good`, { json: { due: day }, kept: `"value":"${shown}"` }, 201);
add('42 dates', 'closes before it opens', { path: '/api/v1/scenarios', over: { title: '泵房试用场景', about: '在石化泵房里试用一年,提供安装条件和运行数据。' },
    json: { opens: '2028-12-31', closes: '2028-01-01' } }, 422, 'closes');
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
    add('46 SQL', `export ${text}`, { get: `/needs/export?format=jsonl&region=${encodeURIComponent(text)}`, none: '' }, 200);
    add('46 SQL', `a place in a list ${text}`, { get: `/api/v1/needs?before=${encodeURIComponent(text)}` }, 200);
    add('46 SQL', `a login ${text}`, { path: '/sign-in', form: { login: text, password: 'Quiet-otter-71' } }, 401);
}
for (const text of ['NEAR(a b)', '"', '*', 'title:轴承', 'a AND NOT b', '(a+)+$', '^', '-轴承', '(a+)+$'.repeat(200)]) add('47 query syntax', text, { get: `/api/v1/match?q=${encodeURIComponent(text)}` }, 200);
for (const text of ['<script>alert(1)</script>', '<svg onload=alert(1)>', '</textarea><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'onmouseover='alert(1)"])
    add('48 markup', text, { json: { goal: `寿命 ${text}` }, kept: text, page: text }, 201);
for (const text of ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>']) {
    for (const path of ['/match?q=', '/needs?q=', '/needs?region=', '/needs/new?title=', '/sign-in?login=', '/codes/']) add('48 markup', `${path}${text}`, { get: path + encodeURIComponent(text), page: text }, [200, 303, 404]);
    add('48 markup', `signing in as ${text}`, { path: '/sign-in', form: { login: text, password: text }, page: text }, 401);
    add('48 markup', `a form with ${text}`, { path: '/needs', form: { title: text, budget: text, due: text, request_id: text }, page: text }, 422);
}
for (const url of ['javascript:alert(1)', 'data:text/html,x', 'https://a.example/"onclick=x', 'vbscript:x.y', '//a.example'])
    add('48 markup', url, { ...party, json: { site: url } }, 422, 'site');
for (const text of ['%n%s%p', '{{7*7}}', '{{{page.csrf}}}', '${7*7}', '{{#fields}}x']) add('49 templates', text, { json: { goal: `寿命到八千 ${text}` }, kept: text, page: text }, 201);
for (const path of ['/assets/..%2f..%2fetc/passwd', '/assets/%252e%252e/etc/passwd', '/assets/..\\..\\etc\\passwd', '/assets/../meson.build', '/assets//etc/passwd', '/codes/../schema',
    '/codes/..%2fgbt4754', '/proc/self/environ', '/needs/1/../../etc', '/needs/99999999999999999999', '/needs/-1', '/needs/0', '/needs/1e3',
    '/%2e%2e/etc/passwd', '/assets/css/%00', '/assets/css/..', '/assets/....//etc/passwd', '/C:/windows', '/needs/NEED?ver=99', '/needs/NEED?ver=-1', '/needs/NEED?ver=x', '/needs/NEED?ver=1e9', '/needs/NEED?ver=0', '/needs/NEED/history?ver=x'])
    add('50 paths', path, { get: path }, [400, 404]);
for (const [name, file] of [['a way up', '"../../x.csv"'], ['a device', '"CON"'], ['NUL', '"a.csv\\0.exe"'], ['markup', '"<img src=x onerror=alert(1)>.csv"'], ['a way down', '"C:\\\\fakepath\\\\表.csv"'],
    ['no quotes', 'a.csv'], ['two names', '"a.csv"; filename*=UTF-8\'\'%2e%2e%2fx.csv'], ['a reversed end', '"\u202evsc.exe"']])
    add('51 file names', name, { upload: file, page: '<img src=x' }, 303);
for (const [name, file, status] of [['300 bytes', `"${'a'.repeat(296)}.csv"`, 400], ['bytes that are no text', Buffer.from('"\xff\xfe.csv"', 'latin1'), 400], ['a line end', '"a\r\nX-Evil: y.csv"', 422], ['none', '""', 422]])
    add('51 file names', name, { upload: file }, status);

// --- forms, the box, ids
for (const id of ['short', 'with space in it', 'x'.repeat(65), '汉字汉字汉字', 'tab\tinside-it']) add('request ids', id, { json: { request_id: id } }, 422, 'request_id');
add('the box', '20,001 characters', { path: '/api/v1/match', form: { q: '泵'.repeat(20001) } }, 422, 'q');
add('the box', '20,000 characters', { path: '/api/v1/match', form: { q: '泵'.repeat(20000) } }, 200);
add('the box', 'nothing', { get: '/api/v1/match?q=' }, 422, 'q');
add('the box', 'blanks', { get: '/api/v1/match?q=%20%E3%80%80' }, 422, 'q');
add('the box', 'NUL', { get: '/api/v1/match?q=a%00b' }, 422, 'q');
add('the box', 'a column that is not there', { get: '/api/v1/match?q=a&column=secret' }, 422, 'column');
add('the box', 'an industry that is not there', { get: '/api/v1/match?q=a&industry=ZZ' }, 422, 'industry');
for (const region of ['999999', '4295587398', '620102x', long]) add('the box', `region=${region.slice(0, 12)}`, { get: `/api/v1/match?q=a&region=${encodeURIComponent(region)}` }, 422, 'region');
for (const trl of ['0', '10', '16', '-3', '99999999999', '4294967301', 'x']) add('the box', `trl=${trl}`, { get: `/api/v1/match?q=a&trl=${trl}` }, 422, 'trl');
for (const k of ['0', '-1', '9223372036854775807', '9223372036854775808', 'x', '1e3']) add('the box', `k=${k}`, { get: `/api/v1/match?q=a&k=${k}` }, 200);
for (const path of ['/api/v1/needs?industry=', '/api/v1/needs?region=']) for (const value of ['nowhere', 'x'.repeat(60), long]) add('lists', `${path}${value.slice(0, 12)}, ${value.length} characters`,
    { get: path + encodeURIComponent(value), none: '"rows":[]' }, 200);
for (const cookie of ['sid=', 'sid=A', `sid=${'A'.repeat(43)}`, `sid=${'0'.repeat(64)}`, 'sid=""', 'sid=%00', 'sid', '=;=', ';;;;', 'SID=OWN', '__Host-sid=OWN', 'sid=OWNx', 'sid=A; sid=OWN', 'x'.repeat(8000), 'sid="OWN"'])
    add('cookies', cookie.slice(0, 40), { get: '/api/v1/desk', cookie }, 401);
for (const cookie of ['sid=OWN; sid=A', ' sid=OWN', `${Array.from({ length: 200 }, (_, i) => `c${i}=1`).join('; ')}; sid=OWN`]) add('cookies', `${cookie.slice(0, 12)} is good`, { get: '/api/v1/desk', cookie }, 200);
for (const [name, value] of [['Accept', 'x'.repeat(5000)], ['Accept', 'application/json;q=,*/*;q=9'], ['Accept-Language', '../../etc/passwd'], ['Accept-Language', 'en;q=9999,zh;q=-1'], ['If-None-Match', `"${'x'.repeat(4000)}`],
    ['If-Modified-Since', 'yesterday'], ['Range', 'bytes=-99999999999999999999'], ['X-Forwarded-For', '1.2.3.4, <script>'], ['Origin', 'null'], ['Referer', 'javascript:alert(1)']])
    add('headers', `${name}: ${value.slice(0, 20)}`, { get: '/needs', headers: { [name]: value } }, 200);
for (const key of ['x', 'y'.repeat(65), 'with space in it']) add('request ids', `Idempotency-Key: ${key.slice(0, 20)}`, { json: {}, headers: { 'Idempotency-Key': key } }, 422, 'request_id');
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
