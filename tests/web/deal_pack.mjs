// The evidence pack of a deal: every step there is, then the pack, and what tieqiao-verify says of it, whole and tampered with; who
// may have it. KEEP=folder keeps the pack; TIME=1 says how long one takes, of this deal and of one with five hundred papers.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { campus, done, filled_in, FIRM, look, SHA, UNIT, way } from './campus.mjs';
import { build, engines, finish, root, test } from './house.mjs';
import { line, signer } from '../logmaker.mjs';
import { pack_of, sha256, zip_of } from './packs.js';

const folder = mkdtempSync(join(tmpdir(), 'tq-pack-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const run = (program, ...words) => spawnSync(program, words, { encoding: 'utf8', maxBuffer: 64 << 20 });
const verify = (...words) => run(join(build, 'src/verify/tieqiao-verify'), ...words);

async function fetched(who, deal, name = 'pack.zip', asked = '') {
    const reply = await who.get(`/deals/${deal}/pack.zip${asked}`), path = join(folder, name);
    assert.equal(reply.status, 200, reply.text.slice(0, 500));
    writeFileSync(path, reply.body);
    return { path, reply };
}

const key_of = async place => (await place.clerk.get('/log/key')).text.trim();

/** All the way to the end of the deal. */
async function gone(place) {
    place.deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() })).id;
    for (const [on, step, values] of way) {
        if (place.day !== on) await place.at(on);
        await done(place.clerk, place.deal, step, values);
        if (step === 'approve') await done(place.clerk, place.deal, 'notice', { place: 'market', market: '示例技术交易市场', number: '2026-001', url: 'https://example.com/1', snapshot: SHA });
    }
}

async function is_whole(place) {
    const { path, reply } = await fetched(place.clerk, place.deal), key = await key_of(place);
    assert.equal(reply.headers['content-type'], 'application/zip');
    const said = verify('pack', path, '--key', key);
    assert.equal(said.status, 0, said.stdout.split('\n').filter(line => !line.startsWith('✓')).join('\n') + said.stderr);
    assert.doesNotMatch(said.stdout, /✗/);
    assert.match(said.stdout, /公示 第 1 份 第 1 版：2026-03-02 10:00 由 deal\.notice 写入账本第 \d+ 条，与检查点一致/);
    assert.match(said.stdout, /转化项目 第 32 版：2026-04-21 10:00 由 deal\.\w+ 写入/);
    assert.match(said.stdout, /都成立/);
    const file = await look(place.clerk, place.deal);
    const leaves = new Set(file.papers.flatMap(sort => sort.items).map(item => item.leaf));
    assert.ok(leaves.size > 0);
    for (const leaf of leaves) assert.match(said.stdout, new RegExp(`账本第 ${leaf} 条，`), `leaf ${leaf} is in the pack`);
    const alone = verify(path);
    assert.equal(alone.status, 4, alone.stdout);
    assert.match(alone.stdout, /用的是包里自带的公钥：说明不了是谁做的/);
    const english = verify(path, '--key', key, '--english', '--show');
    assert.equal(english.status, 0, english.stdout);
    assert.match(english.stdout, /Notice 1, version 1: written 2026-03-02 10:00 by deal\.notice as leaf \d+/);
    assert.match(english.stdout, /Price = 160000000/);
    if (process.env.KEEP) { mkdirSync(process.env.KEEP, { recursive: true }); copyFileSync(path, join(process.env.KEEP, 'pack.zip')); }
}

/** What people read. */
async function is_read(place) {
    const pack = pack_of((await fetched(place.auditor, place.deal)).reply.body), path = join(folder, 'pack.pdf');
    writeFileSync(path, pack.bytes('pack.pdf'));
    const text = run('pdftotext', '-layout', path, '-').stdout.replace(/\s+/g, '');
    for (const words of ['科技成果转化尽职证据包', UNIT, FIRM, '含沙介质耐磨轴承涂层', '1,600,000.00', '示例科研〔2026〕1号', '2026年3月17日', '15个日历日', '15个工作日', '期满',
        '改正名称', '名称写得不全', '不成立', '丙学院转化专员', '2026620100000002', '示例技术交易市场', '曾某（示例）', '已备', '未备', '不适用', '以有权机关认定为准',
        '江苏：尽职免责清单（19种情形）', '黑龙江：尽职免责清单（11种情形）', '第九十七条', 'tieqiao-verifypack.zip', '二手来源'])
        assert.ok(text.includes(words.replace(/\s+/g, '')), `the PDF lacks ${words}: ${text.slice(0, 3000)}`);
    assert.match(text, /没有牟取非法利益的声明未备/);
    assert.match(text, /集体决策的会议纪要已备审批第2份，账本第\d+条/);
    assert.match(text, /外部技术交易市场的名称已备公示第\d份，账本第\d+条/);
    assert.doesNotMatch(text, /评分|得分|完备度/);
    assert.match(pack.text('说明.txt'), /tieqiao-verify pack\.zip --key/);
}

async function who_may(place) {
    const at = `/deals/${place.deal}/pack.zip`;
    assert.equal((await place.auditor.get(at)).status, 200);
    assert.equal((await place.officer.get(at)).status, 403, 'an officer sees how far it is');
    assert.equal((await place.firm.get(at)).status, 404);
    assert.equal((await place.server.guest().get(`/api/v1${at}`)).status, 401);
    assert.match((await place.clerk.get(`/deals/${place.deal}`)).text, /href="\/deals\/\d+\/pack\.zip"/);
    assert.doesNotMatch((await place.officer.get(`/deals/${place.deal}`)).text, /pack\.zip/);
}

const FILES = [['会议纪要（示例）.pdf', Buffer.from('%PDF-1.7\n% 示例 会议\n')], ['评估报告（示例）.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3 << 20, 'x')])]];

/** Attachments: in the records always, in the pack where asked for. */
async function with_files(place) {
    const deal = place.other, key = await key_of(place), path = join(folder, 'spoilt.zip');
    for (const [name, bytes] of [...FILES, FILES[0]]) await place.clerk.upload(`/deals/${deal}/files`, { paper: 'deal', sort: 'minutes' }, { name, bytes });
    const [without, within] = [await fetched(place.clerk, deal, 'without.zip'), await fetched(place.clerk, deal, 'with.zip', '?files=1')];
    const says = bytes => { writeFileSync(path, bytes); return verify(path, '--key', key); };
    assert.match(verify(without.path, '--key', key).stdout, /附件 第 2 份 第 1 版：.*文书里有 2 个附件，包里带着 0 个.*都成立/s);
    const whole = verify(within.path, '--key', key);
    assert.equal(whole.status, 0, whole.stdout);
    assert.match(whole.stdout, /文书里有 2 个附件，包里带着 2 个/);
    const [a, b] = FILES.map(([, bytes]) => `files/${sha256(bytes)}`), pack = () => pack_of(within.reply.body);
    assert.ok(pack().bytes(b).equals(FILES[1][1]));
    for (const [name, change, complaint] of [
        ['an attachment changed', p => p.put(a, '%PDF-1.7\n% 别的\n'), `文件 ${a} 不是清单里的那一份`],
        ['an attachment changed, and listed so', p => p.put(a, '%PDF-1.7\n% 别的\n').listed(), `附件 ${a} 的内容不是它名字写的 SHA-256`],
        ['two attachments exchanged', p => { const one = p.bytes(a); return p.put(a, p.bytes(b)).put(b, one).listed(); }, '不是它名字写的 SHA-256'],
        ['an attachment put in', p => p.put(`files/${sha256('又一份')}`, '又一份').listed(), '不在任何一份文书里'],
        ['an attachment left out', p => p.drop(b).listed(), `缺少附件 ${b}：文书里有它`],
        ['the record of an attachment left out', p => versions(p, 'attachment', r => r.shift()).listed(), '附件：缺第 1 份'],
        ['the hash in its record', p => versions(p, 'attachment', r => { field(r[0].versions[0], 'digest').value = sha256('x'); }).listed(), '附件 第 1 份 第 1 版：字段与账本条目记下的不符'],
    ]) {
        const said = says(change(pack()).zip());
        assert.equal(said.status, 1, `${name}: ${said.stdout}`);
        assert.ok(said.stdout.includes(complaint), `${name}: wanted ${complaint}, got ${said.stdout}`);
    }
    assert.match((await place.clerk.get(`/deals/${deal}`)).text, /pack\.zip\?files=1/);
    assert.doesNotMatch((await place.clerk.get(`/deals/${place.deal}`)).text, /pack\.zip\?files=1/);
    assert.deepEqual(readdirSync(join(place.city.data, 'uploads')).filter(name => /\.part|\.zip/.test(name)), [], 'nothing is left behind');
}

/** By the command, beside the server and without one. */
async function by_command(place) {
    const key = await key_of(place), path = name => join(folder, name), made = (name, ...words) => place.city.run('pack', place.other, path(name), ...words);
    made('beside.zip', '--files');
    assert.match(verify(path('beside.zip'), '--key', key).stdout, /包里带着 2 个.*都成立/s);
    assert.throws(() => made('officer.zip', '--as', 'officer'), /证据包只给本单位和审计看/);
    assert.throws(() => place.city.run('pack', 'x', path('x.zip')), /不是项目编号/);
    await place.server.stop();
    delete place.server;
    made('alone.zip');
    assert.equal(verify(path('alone.zip'), '--key', key).status, 0);
}

/** What tieqiao-verify knows of steps and kinds without us is what the procedure has. */
async function known(place) {
    const { components } = (await place.clerk.get('/openapi.json')).json, source = readFileSync(join(root, 'src/verify/pack_record.c'), 'utf8');
    const steps = Object.values(components.schemas).filter(schema => schema['x-paper']);
    const paperless = source.match(/paperless\[\] = \{(.*?)\}/)[1].match(/deal\.\w+/g).sort();
    assert.deepEqual(paperless, [...steps.filter(step => step['x-paper'] === 'deal').map(step => `deal.${step.properties.step.enum[0]}`)].sort());
    for (const kind of new Set(steps.map(step => step['x-paper']))) assert.ok(source.includes(`{"${kind}", "`), `tieqiao-verify has no word for ${kind}`);
}

/** A step, and at once the pack: what was just written is waited for. */
async function at_once(place) {
    const deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop(), title: '马上就取证据包' })).id;
    await done(place.clerk, deal, 'title', {});
    const { path } = await fetched(place.clerk, deal, 'soon.zip'), said = verify(path, '--key', await key_of(place));
    assert.equal(said.status, 0, said.stdout);
    place.other = deal;
}

// --- the tamperings, each by its own complaint

const versions = (pack, kind, change) => pack.edit(`records/${kind}.json`, document => change(document.records, document));
const field = (version, name) => version.fields.find(one => one.name === name);
const turned = base64 => { const bytes = Buffer.from(base64, 'base64'); bytes[bytes.length >> 1] ^= 1; return bytes.toString('base64'); };
const leaf_with = (base64, change) => { const bytes = Buffer.from(base64, 'base64'); change(bytes); return bytes.toString('base64'); };
/** A checkpoint of the same log that was signed before: what stood there earlier. */
let earlier;
/** The same checkpoint signed by somebody who calls himself as the log does. */
const forger = name => signer(name, Buffer.alloc(32, 5));
const forged = p => { const body = `${p.text('checkpoint').split('\n\n')[0]}\n`; return `${body}\n${line(forger(body.split('\n')[0]), body)}`; };

const tamperings = [
    ['a value', p => versions(p, 'notice', r => { field(r[0].versions[0], 'price').number = '100'; }).listed(), '公示 第 1 份 第 1 版：字段与账本条目记下的不符'],
    ['a price in the deal', p => versions(p, 'deal', r => { const one = r[0].versions.map(v => field(v, 'price')).find(Boolean); delete one.number; one.value = '1'; }).listed(), '转化项目 第 4 版：字段与账本条目记下的不符'],
    ['a figure written otherwise', p => versions(p, 'notice', r => { const one = field(r[0].versions[0], 'price'); one.number = `0${one.number}`; }).listed(), '公示 第 1 份 第 1 版：字段读不懂'],
    ['a salt', p => versions(p, 'approval', r => { field(r[0].versions[0], 'minutes').salt = '00'.repeat(16); }).listed(), '审批 第 1 份 第 1 版：字段与账本条目记下的不符'],
    ['a field dropped', p => versions(p, 'contract', r => { r[0].versions[0].fields.pop(); }).listed(), '技术合同 第 1 份 第 1 版：字段与账本条目记下的不符'],
    ['a value beside a commitment', p => versions(p, 'approval', r => { field(r[0].versions[0], 'minutes').commitment = '00'.repeat(32); }).listed(), '审批 第 1 份 第 1 版：字段读不懂'],
    ['the deal\'s count of papers blanked', p => versions(p, 'deal', r => { const v = r[0].versions[1], at = v.fields.indexOf(field(v, 'papers')); v.fields[at] = { name: 'papers', commitment: commitment(v.fields[at]) }; }).listed(), '项目自己记的文书数看不到了'],
    ['a paper\'s deal blanked', p => versions(p, 'title', r => { const v = r[0].versions[0], at = v.fields.indexOf(field(v, 'deal')); v.fields[at] = { name: 'deal', commitment: commitment(v.fields[at]) }; }).listed(), '权属约定 第 1 份 不是这个项目的文书'],
    ['a false commitment', p => versions(p, 'approval', r => { const v = r[0].versions[0]; v.fields[v.fields.indexOf(field(v, 'minutes'))] = { name: 'minutes', commitment: '00'.repeat(32) }; }).listed(), '审批 第 1 份 第 1 版：字段与账本条目记下的不符'],
    ['a record dropped from the middle', p => versions(p, 'approval', r => r.shift()).listed(), '审批：缺第 1 份（放在这里的是第 2 份）'],
    ['the last record dropped', p => versions(p, 'receipt', r => r.pop()).listed(), /项目第 \d+ 版是 deal\.receive 这一步（账本第 \d+ 条），它写下的文书有 1 份，包里只有 0 份/],
    ['all records of a kind dropped', p => p.drop('records/objection.json').listed(), '是 deal.object 这一步'],
    ['two records swapped', p => versions(p, 'approval', r => r.reverse()).listed(), '审批：缺第 1 份（放在这里的是第 2 份）'],
    ['a record twice', p => versions(p, 'approval', r => r.push(r[1])).listed(), '审批：缺第 3 份（放在这里的是第 2 份）'],
    ['a version dropped from the middle', p => versions(p, 'deal', r => r[0].versions.splice(4, 1)).listed(), '转化项目 第 5 版 不在包里'],
    ['the last version of the deal dropped', p => versions(p, 'deal', r => r[0].versions.pop()).listed(), /manifest\.json 写着项目有 \d+ 版，包里成立的有 \d+ 版/],
    ['the last version of a paper dropped', p => versions(p, 'award', r => r[0].versions.pop()).listed(), /是 deal\.pay 这一步.*包里只有 0 份/],
    ['the first version of a paper dropped', p => versions(p, 'objection', r => r[0].versions.shift()).listed(), '异议 第 1 份 第 1 版 不在包里'],
    ['versions renumbered over a gap', p => versions(p, 'objection', r => { r[0].versions.shift(); r[0].versions[0].ver = 1; }).listed(), '异议 第 1 份 第 1 版：放在这里的是另一条记录的账本条目'],
    ['a proof swapped', p => versions(p, 'approval', r => { r[0].versions[0].proof = r[1].versions[0].proof; }).listed(), '审批 第 1 份 第 1 版：包含证明算不出检查点的树根'],
    ['a bit of a proof', p => versions(p, 'filing', r => { r[0].versions[0].proof[0] = turned(r[0].versions[0].proof[0]); }).listed(), '税务备案 第 1 份 第 1 版：包含证明算不出检查点的树根'],
    ['a proof cut', p => versions(p, 'filing', r => r[0].versions[0].proof.pop()).listed(), '包含证明算不出检查点的树根'],
    ['no proof', p => versions(p, 'filing', r => { r[0].versions[0].proof = 'none'; }).listed(), '税务备案 第 1 份 第 1 版：包含证明读不懂'],
    ['a leaf swapped', p => versions(p, 'approval', r => { r[0].versions[0].leaf = r[1].versions[0].leaf; }).listed(), '审批 第 1 份 第 1 版：放在这里的是另一条记录的账本条目'],
    ['the time in a leaf', p => versions(p, 'notice', r => { r[0].versions[0].leaf = leaf_with(r[0].versions[0].leaf, bytes => { bytes[18] ^= 1; }); }).listed(), '公示 第 1 份 第 1 版：包含证明算不出检查点的树根'],
    ['a leaf\'s index', p => versions(p, 'notice', r => { r[0].versions[0].index++; }).listed(), '公示 第 1 份 第 1 版：条目自己写的序号与包里写的不同'],
    ['a leaf cut', p => versions(p, 'notice', r => { r[0].versions[0].leaf = leaf_with(r[0].versions[0].leaf, () => {}).slice(0, 40); }).listed(), '公示 第 1 份 第 1 版：账本条目读不懂'],
    ['an older checkpoint', p => p.put('checkpoint', earlier).listed(), '包含证明算不出检查点的树根'],
    ['another size in the checkpoint', p => p.put('checkpoint', p.text('checkpoint').replace(/\n\d+\n/, '\n9999\n')).listed(), '检查点不成立：'],
    ['the signature cut off', p => p.put('checkpoint', p.text('checkpoint').split('\n\n')[0] + '\n').listed(), '检查点不成立：'],
    ['signed by another key of that name', p => p.put('checkpoint', forged(p)).listed(), '检查点不成立：'],
    ['no checkpoint', p => p.drop('checkpoint').listed(), '没有检查点'],
    ['a pack that agrees with itself, of another key', p => p.put('checkpoint', forged(p)).put('key.txt', `${forger(p.text('checkpoint').split('\n')[0]).vkey}\n`).listed(), '检查点不成立：'],
    ['a paper of another deal', p => versions(p, 'title', r => { r.splice(0, 1, place_other.json('records/title.json').records[0]); }).put('checkpoint', place_other.text('checkpoint')).listed(), '权属约定 第 1 份 不是这个项目的文书'],
    ['another deal\'s number in the list', p => p.edit('manifest.json', m => { m.deal = '5'; }), 'manifest.json 写的是项目 5，记录却是项目'],
    ['a file renamed', p => p.rename('records/cost.json', 'records/receipt2.json').listed(), 'records/receipt2.json 不是这一类的记录：文件被改名'],
    ['two kinds exchanged', p => { const cost = p.bytes('records/cost.json'); return p.put('records/cost.json', p.bytes('records/receipt.json')).put('records/receipt.json', cost).listed(); }, 'records/receipt.json 不是这一类的记录'],
    ['a further file', p => p.put('extra.docx', 'PK'), '多出文件 extra.docx：不在清单里'],
    ['a file missing', p => p.drop('说明.txt'), '缺少文件 说明.txt'],
    ['the PDF replaced', p => p.put('pack.pdf', '%PDF-1.4'), '文件 pack.pdf 不是清单里的那一份：被换过或改过'],
    ['a record file that is no JSON', p => p.put('records/cost.json', '{"a":1,"a":2}').listed(), 'records/cost.json 读不懂'],
    ['a record file that swells', p => p.put('records/cost.json', `[${'[],'.repeat(1 << 20)}[]]`).listed(), 'records/cost.json 读不懂：JSON 里的值超过'],
    ['a list of many files', p => p.edit('manifest.json', m => { m.files = Array(5000).fill(m.files[0]); }), 'manifest.json 列了 5000 个文件，最多 4000 个'],
    ['two deals in one pack', p => versions(p, 'deal', r => r.push(place_other.json('records/deal.json').records[0])).listed(), '应当只有一个项目，却有 2 个'],
    ['no deal', p => p.drop('records/deal.json').listed(), '没有 records/deal.json'],
];

/** Files that are no pack, or were made to harm: bytes, status, complaint. */
const broken = [
    ['cut short', p => p.zip().subarray(0, -40), 3, '不是完整的 ZIP 文件'],
    ['cut in the middle', p => p.zip().subarray(0, p.zip().length >> 1), 3, '不是完整的 ZIP 文件'],
    ['empty', () => Buffer.alloc(0), 3, '不是完整的 ZIP 文件'],
    ['no ZIP', () => Buffer.from('{"format":"tieqiao-pack/1"}'), 3, '不是完整的 ZIP 文件'],
    ['another ZIP', () => zip_of([{ name: 'a.txt', bytes: Buffer.from('a') }]), 3, '不是证据包：没有 manifest.json'],
    ['a later format', p => p.edit('manifest.json', m => { m.format = 'tieqiao-pack/2'; }).zip(), 3, '请用新的 tieqiao-verify'],
    ['a list that swells', p => p.put('manifest.json', `[${'[],'.repeat(1 << 20)}[]]`).zip(), 3, 'JSON 里的值超过'],
    ['two files of one name', p => zip_of([...p.parts, { name: 'pack.pdf', bytes: Buffer.from('another') }]), 1, '有两个同名的文件'],
    ['a name that leads elsewhere', p => zip_of([...p.parts, { name: '../../etc/passwd', bytes: Buffer.from('x') }]), 1, '指到别处去'],
    ['a name from the root', p => zip_of([...p.parts, { name: '/etc/passwd', bytes: Buffer.from('x') }]), 1, '指到别处去'],
    ['a name that moves the cursor', p => zip_of([...p.parts, { name: 'a\x1b[2Jb', bytes: Buffer.from('x') }]), [1, 3], /控制字符|不是完整的 ZIP/],
    ['a bomb', p => zip_of([...p.parts, { name: 'records/x.json', bytes: Buffer.alloc(40 << 20) }]), 1, '像是压缩炸弹'],
    ['a bomb that says it is small', p => zip_of([...p.parts, { name: 'records/x.json', bytes: Buffer.alloc(40 << 20), size: 100 }]), [1, 3], /不是完整的 ZIP|太大|不符|读不懂|多出文件/],
    ['a size that is not true', p => zip_of(p.parts.map(part => (part.name === 'manifest.json' ? { ...part, size: part.bytes.length + 7 } : part))), [1, 3], /不是完整的 ZIP|不符/],
    ['a checksum that is not true', p => zip_of(p.parts.map(part => (part.name === 'manifest.json' ? { ...part, crc: 7 } : part))), [1, 3], /不是完整的 ZIP|不符/],
    ['too many files', p => zip_of([...p.parts, ...Array.from({ length: 5000 }, (_, i) => ({ name: `f${i}`, bytes: Buffer.alloc(0) }))]), 1, '里面的文件太多'],
];

let place_other;

const matches = (text, wanted) => (wanted instanceof RegExp ? wanted.test(text) : text.includes(wanted));

async function tampered(place) {
    const began = Date.now();
    const whole = (await fetched(place.clerk, place.deal)).reply.body, key = await key_of(place), path = join(folder, 'spoilt.zip');
    place_other = pack_of((await fetched(place.clerk, place.other)).reply.body);
    const ask = (bytes, ...words) => { writeFileSync(path, bytes); return verify('pack', path, '--key', key, ...words); };
    assert.equal(ask(pack_of(whole).listed().zip()).status, 0, 'put together again it is whole');
    for (const [name, change, complaint] of tamperings) {
        const said = ask(change(pack_of(whole)).zip());
        assert.equal(said.status, 1, `${name}: ${said.stdout}${said.stderr}`);
        assert.ok(matches(said.stdout.split('\n').filter(line => line.startsWith('✗')).join('\n'), complaint), `${name}: wanted ${complaint}, got\n${said.stdout}`);
    }
    for (const [name, make, status, complaint] of broken) {
        const said = ask(make(pack_of(whole)));
        assert.ok([status].flat().includes(said.status), `${name}: ${said.status} ${said.stdout}${said.stderr}`);
        assert.ok(matches(said.stdout, complaint), `${name}: wanted ${complaint}, got\n${said.stdout}`);
    }
    const blanked = ask(versions(pack_of(whole), 'approval', r => { const v = r[0].versions[0], at = v.fields.indexOf(field(v, 'minutes')); v.fields[at] = { name: 'minutes', commitment: commitment(v.fields[at]) }; }).listed().zip());
    assert.equal(blanked.status, 0, blanked.stdout);
    assert.match(blanked.stdout, /其中 1 个字段只剩承诺值：已按规定删除/);
    for (const [bytes, complaint] of [[pack_of(whole).zip().subarray(0, -40), /✗ .*Not a whole ZIP file/], [pack_of(whole).put('checkpoint', forged(pack_of(whole))).listed().zip(), /✗ the checkpoint does not hold: .*key/],
        [versions(pack_of(whole), 'notice', r => { field(r[0].versions[0], 'price').number = '100'; }).listed().zip(), /✗ Notice 1, version 1: its fields are not what the leaf commits to/]]) {
        const said = ask(bytes, '--english').stdout.split('\n').filter(line => line.startsWith('✗')).join('\n');
        assert.match(said, complaint);
        assert.doesNotMatch(said, /\p{Script=Han}|：/u);
    }
    const witness = signer('witness.example', Buffer.alloc(32, 4), 4), body = `${pack_of(whole).text('checkpoint').split('\n\n')[0]}\n`;
    const witnessed = ask(pack_of(whole).put('checkpoint', pack_of(whole).text('checkpoint') + line(witness, body, 1776736800n)).listed().zip(), '--witness', witness.vkey);
    assert.equal(witnessed.status, 0, witnessed.stdout);
    assert.match(witnessed.stdout, /见证人 witness\.example 于 2026-04-21 10:00 在检查点上签了名/);
    assert.match(ask(whole, '--witness', witness.vkey).stdout, /✗ 检查点上没有见证人 witness\.example 成立的签名/);
    console.log(`# ${tamperings.length + broken.length} tamperings, each by its own complaint, in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}

/** Of the server: processor time so far, ms, and what it holds. */
const busy = ({ server }) => { const line = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1].split(' '); return (Number(line[11]) + Number(line[12])) * 10; };
const memory = ({ server }) => Math.round(Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]) / 1024);

async function timed(place, deal, what) {
    const worked = busy(place), times = [];
    let got;
    for (let i = 0; i < 10; i++) { const start = performance.now(); got = await fetched(place.clerk, deal, 'timed.zip'); times.push(performance.now() - start); }
    const key = await key_of(place), start = performance.now(), said = verify(got.path, '--key', key), took = performance.now() - start;
    assert.equal(said.status, 0, said.stdout.slice(-500));
    const pack = pack_of(got.reply.body);
    const kinds = pack.parts.filter(part => /^records\/(?!deal)/.test(part.name)).map(part => JSON.parse(part.bytes).records.length);
    console.log(`# ${what}, ${pack.json('manifest.json').ver} versions, ${kinds.reduce((a, b) => a + b, 0)} papers: ${(got.reply.body.length / 1024).toFixed(0)} KiB (records ${(pack.parts.filter(part => part.name.startsWith('records/')).reduce((sum, part) => sum + part.bytes.length, 0) / 1024).toFixed(0)} KiB, PDF ${(pack.bytes('pack.pdf').length / 1024).toFixed(0)} KiB), first ${times[0].toFixed(0)} ms, median ${times.sort((a, b) => a - b)[5].toFixed(0)} ms, of the processor ${((busy(place) - worked) / 10).toFixed(0)} ms; verified in ${took.toFixed(0)} ms, ${said.stdout.split('\n').length} lines; server ${memory(place)} MiB`);
}

/** Of the deal with every step, and of one with more than five hundred papers: facts stated, notices at a market, a ruling on each. */
async function how_long(place) {
    await timed(place, place.deal, 'every step');
    const deal = (await place.clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop(), title: '五百份文书的项目' })).id;
    for (const [, step, values] of way.slice(0, 3)) await done(place.clerk, deal, step, values);
    const fact = await filled_in(place.clerk, deal, 'state'), notice = await filled_in(place.clerk, deal, 'notice');
    for (let i = 0, { ver } = fact; i < 190; i++)
        for (const values of [{ ...fact, fact: 'income_kept', value: i % 2 ? 'yes' : 'no', source: 'declared' },
            { ...notice, place: 'market', market: `示例技术交易市场${i}`, number: `2026-${i}`, url: 'https://example.com/1', snapshot: SHA }]) {
            const reply = await place.clerk.post(`/api/v1/deals/${deal}`, { ...values, ver: ver++ });
            assert.equal(reply.status, 200, reply.text);
        }
    await timed(place, deal, 'many papers');
}

const commitment = one => sha256(Buffer.concat([Buffer.from('tq-field-1\0'), Buffer.from(one.salt, 'hex'), Buffer.of(Buffer.byteLength(one.name)), Buffer.from(one.name), ...one.number === undefined ? [Buffer.of(2), Buffer.from(one.value)] : [Buffer.of(1), int64(one.number)]]));
function int64(digits) { const bytes = Buffer.alloc(8); bytes.writeBigInt64BE(BigInt(digits)); return bytes; }

/** What the log had signed before the deal. */
async function before(place) {
    earlier = (await place.clerk.get('/log/checkpoint')).text;
}

for (const engine of engines)
    await test(`${engine}: the evidence pack of a whole deal`, async () => {
        const place = await campus(engine);
        try {
            for (const part of [before, gone, is_whole, is_read, who_may, known, at_once, with_files, ...process.env.TIME ? [how_long] : [], ...engine === engines[0] ? [tampered] : [], by_command]) await part(place);
        } finally {
            await place.city.end();
        }
    });

finish();
