// Old papers dropped onto the steps of a deal: each value with the sentence it came from, nothing recorded before the person says so,
// the file kept by the same drop; sums that differ in words and figures are said; what is hostile or none is refused in words.
import { test, finish, engines, until } from './house.mjs';
import { campus, day, done, look, FIRM } from './campus.mjs';
import { docx, xlsx } from './sheets.mjs';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const CONTRACT = docx(['合同编号：HT-旧-01', '技术转让（专利实施许可）合同', '项目名称：含沙介质耐磨轴承涂层', `受让方（甲方）：${FIRM}（以下简称甲方）`, '让与方（乙方）：示例丙学院',
    '签订日期：2026 年 3 月 22 日', '有效期限：2026 年 3 月 22 日至 2031 年 3 月 21 日', '第一条 乙方以普通许可的方式许可甲方实施专利 ZL202110123456.0。',
    '第五条 使用费总额为人民币（大写）壹佰陆拾万元整（￥1,600,000.00元）。', '支付方式：一次性支付，合同生效后十日内付清。', '第九条 技术风险由双方合理分担。']);
const MINUTES = docx(['示例丙学院文件', '示例科研〔2026〕1号', '科研管理部门办公会议纪要', '会议时间：2026年3月21日', '会议同意以 160 万元的价格许可示例甲机械厂实施该专利。彭某（示例）因有利害关系，回避了表决。']);
const SHARES = xlsx({ 分配表: [['成果转化收益分配表', '', ''], ['序号', '姓名', '比例'], ['1', '曾某（示例）', '60%'], ['2', '彭某（示例）', '40%'], ['合计', '', '100%']] });

/** Drops a paper onto the form of a step as the page stands; the form that comes back. */
async function drop(who, deal, step, name, bytes, more = {}) {
    const { ver, form } = (await who.get(`/deals/${deal}?step=${step}`, { Accept: 'application/json' })).json.deal;
    const values = Object.fromEntries([...form.fields, ...form.more].filter(field => typeof field.value === 'string' || field.is?.select)
        .map(field => [field.name, field.is?.select ? field.options.find(option => option.selected)?.code ?? '' : field.value]));
    const reply = await who.upload(`/deals/${deal}`, { do: 'read', step, ver, ...values, ...more }, { name, bytes, field: 'old' });
    return reply;
}

const form_of = async reply => {
    assert.equal(reply.status, 200, reply.text.slice(0, 600));
    return reply;
};

const value_in = (text, name) => new RegExp(`<(?:input|textarea)[^>]*name="${name}"[^>]*?(?: value="([^"]*)"|>([^<]*)</textarea>)`).exec(text)?.slice(1).find(one => one !== undefined);
const hidden = (text, name) => new RegExp(`type="hidden" name="${name}" value="([^"]*)"`).exec(text)?.[1];

async function minutes(place) {
    const { clerk } = place, before = await look(clerk, place.deal);
    const { text } = await form_of(await drop(clerk, place.deal, 'approve', '纪要.docx', MINUTES));
    assert.equal(value_in(text, 'minutes'), '示例科研〔2026〕1号');
    assert.equal(value_in(text, 'decided_on'), '2026-03-22', 'what the form held already stays');
    assert.match(text, /文件里是：<b>2026-03-21<\/b>[\s\S]*会议时间：2026年3月21日/);
    assert.match(text, /回避了表决/);
    assert.equal((await look(clerk, place.deal)).ver, before.ver, 'nothing is recorded');
    const { json: { deal: { form } } } = await clerk.get(`/deals/${place.deal}?step=approve`, { Accept: 'application/json' });
    const kept = { keep: 'yes', kept_digest: hidden(text, 'kept_digest'), kept_name: hidden(text, 'kept_name'), kept_mark: hidden(text, 'kept_mark') };
    assert.equal(kept.kept_digest, createHash('sha256').update(MINUTES).digest('hex'));
    const fields = { step: 'approve', ver: before.ver, body: form.fields.find(field => field.name === 'body').value, decision: 'agreed', price: '160万元', minutes: '示例科研〔2026〕1号', conflicts: '彭某回避',
        decided_on: '2026-03-22', take: 'decided_on', found_decided_on: '2026-03-21' };
    const forged = await clerk.form(`/deals/${place.deal}`, { ...fields, ...kept, kept_digest: '0'.repeat(64) });
    assert.equal(forged.status, 422);
    assert.match(forged.text, /读过的文件已经不在，没有附上/);
    const other = await place.colleague.form(`/deals/${place.deal}`, { ...fields, ...kept });
    assert.equal(other.status, 422, 'the file waits for who dropped it');
    const taken = await clerk.form(`/deals/${place.deal}`, { ...fields, ...kept });
    assert.equal(taken.status, 303, taken.text.slice(0, 800));
    const after = await look(clerk, place.deal), approval = after.papers.find(one => one.kind.code === 'approval').items[0];
    assert.equal(approval.fields.find(field => field.name === 'decided_on').value, '2026-03-21', 'taken as the file has it');
    assert.equal(approval.fields.find(field => field.name === 'digest').value, kept.kept_digest);
    assert.equal(after.files.lines.find(line => line.name === '纪要.docx').digest, kept.kept_digest, 'one drop: read, and kept');
}

async function contract(place) {
    const { clerk } = place;
    const { text } = await form_of(await drop(clerk, place.deal, 'sign', '旧合同.docx', CONTRACT, { number: '' }));
    assert.equal(value_in(text, 'number'), 'HT-旧-01');
    assert.match(text, /出自 第 1 页：<q>合同编号：HT-旧-01<\/q>|出自[^<]*<q>合同编号：HT-旧-01<\/q>/);
    assert.equal(value_in(text, 'until'), '2031-03-21');
    assert.match(text, /<q>第九条 技术风险由双方合理分担。<\/q>/);
    const wrong = docx(['合同编号：HT-旧-02', '使用费总额为人民币（大写）壹佰陆拾万元整（￥1,500,000.00元）。']);
    const told = await form_of(await drop(clerk, place.deal, 'sign', '错合同.docx', wrong, { amount: '' }));
    assert.match(told.text, /大写“壹佰陆拾万元”是 160 万元，与小写 150 万元 不符，没有填。请对照原件填写/);
    assert.equal(value_in(told.text, 'amount'), '');
    assert.match(told.text, /有 1 项大小写不符，没有填/);
}

async function shares(place) {
    const { clerk } = place;
    await done(clerk, place.deal, 'sign', { number: 'HT-2026-01' });
    await done(clerk, place.deal, 'state', { fact: 'register_waived', value: 'yes', source: 'declared' });
    await done(clerk, place.deal, 'plan', { sort: 'lump', due_on: day(60), amount: '160万元' });
    await done(clerk, place.deal, 'receive', { voucher: 'PZ-1' });
    const { text } = await form_of(await drop(clerk, place.deal, 'allot', '分配.xlsx', SHARES, { team: '' }));
    assert.match(value_in(text, 'team'), /曾某（示例） 60%\n彭某（示例） 40%/);
}

async function hostile(place) {
    const { clerk } = place;
    const bomb = Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(4000)]);
    for (const [name, bytes, says] of [['坏.docx', bomb, /打不开|不是|读不/], ['空.pdf', Buffer.from('%PDF-1.7\n'), /打不开|读/]]) {
        const reply = await drop(clerk, place.deal, 'sign', name, bytes, { number: '手填的' });
        assert.equal(reply.status, 422, reply.text.slice(0, 300));
        assert.match(reply.text, says);
        assert.equal(value_in(reply.text, 'number'), '手填的', 'what was typed stays');
    }
    const none = await clerk.form(`/deals/${place.deal}`, { do: 'read', step: 'sign', ver: 1, number: '手填的' });
    assert.equal(none.status, 422);
    assert.match(none.text, /还没有选文件/);
    assert.equal((await place.firm.upload(`/deals/${place.deal}`, { do: 'read', step: 'sign' }, { name: 'a.docx', bytes: CONTRACT, field: 'old' })).status, 404);
    assert.equal((await place.auditor.upload(`/deals/${place.deal}`, { do: 'read', step: 'sign' }, { name: 'a.docx', bytes: CONTRACT, field: 'old' })).status, 403);
}

const NOTICE = docx(['关于含沙介质耐磨轴承涂层专利实施许可的公示', '成果名称：含沙介质耐磨轴承涂层', '公示期：2019年3月1日至2019年3月20日', '拟交易价格：160万元']);
const OLD = docx(['合同编号：JS-2019-07', '登记编号：20196201000777', '登记日期：2019年4月10日', '技术转让（专利实施许可）合同', '项目名称：含沙介质耐磨轴承涂层', '受让方（甲方）：示例丁机械厂（以下简称甲方）', '让与方（乙方）：示例丙学院',
    '签订日期：2019 年 4 月 2 日', '第一条 乙方以普通许可的方式许可甲方实施专利 ZL202110123456.0。', '第五条 使用费总额为人民币（大写）壹佰陆拾万元整（￥1,600,000.00元）。',
    '支付方式：一次性支付。']);
const RECEIPTS = xlsx({ 到账: [['合同编号', '到账日期', '到账金额（万元）', '付款方', '凭证号'], ['JS-2019-07', '2019.4.20', 160, '示例丁机械厂', '记-0420']] });
const REWARDS = xlsx({ 奖酬: [['合同编号', '分配日期', '净收入（元）', '奖励总额（元）', '人员与金额（元）', '奖酬公示起止', '异议受理', '减半计税', '单独发放'],
    ['JS-2019-07', '2019-06-01', 1500000, 1050000, '曾某（示例） 630000；彭某（示例） 420000', '2019.4.25-2019.5.24', '科技处 0931-1234567', '是', '是']] });

/** What a browser sends back of the form as it stands. */
function typed_in(text) {
    const plain = x => (x ?? '').replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&#39;/g, "'").replace(/&amp;/g, '&');
    const attribute = (tag, name) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
    const values = {};
    for (const [tag] of text.matchAll(/<input[^>]*>/g))
        if (attribute(tag, 'name') && !/type="file"/.test(tag) && (!/type="checkbox"/.test(tag) || / checked/.test(tag))) values[attribute(tag, 'name')] = plain(attribute(tag, 'value'));
    for (const [, tag, held] of text.matchAll(/<textarea([^>]*)>([^<]*)</g)) values[attribute(tag, 'name')] = plain(held);
    for (const [, tag, options] of text.matchAll(/<select([^>]*)>(.*?)<\/select>/gs)) values[attribute(tag, 'name')] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? '';
    return values;
}

/** The words of a paper, out of its Word form. */
async function paper(who, deal, name) {
    const reply = await who.get(`/deals/${deal}/papers/${name}.docx`), path = join(mkdtempSync(join(tmpdir(), 'tq-old-')), 'a.docx');
    assert.equal(reply.status, 200, `${name}: ${reply.text.slice(0, 300)}`);
    writeFileSync(path, reply.body);
    return spawnSync('unzip', ['-p', path, 'word/document.xml'], { encoding: 'utf8' }).stdout.replace(/<[^>]*>/g, '').replace(/\s+/g, '');
}

async function imported(who, kind, name, bytes) {
    const at = (await who.upload('/import', { kind }, { name, bytes })).location;
    const job = async () => (await who.get(at, { Accept: 'application/json' })).json;
    await until(async () => (await job()).preview ?? (await job()).job?.running === false, 60_000);
    const { preview } = await job();
    assert.equal(preview.problems, null, JSON.stringify(preview.problems));
    await who.form(at, { mode: 'all', ...Object.fromEntries(preview.columns.map((column, i) => [`column_${i + 1}`, column.options.find(option => option.selected)?.code ?? ''])) });
    await until(async () => (await job()).job?.state.code === 'done', 60_000);
}

/** An old contract and an old notice in Word, receipts and rewards in Excel: the forms come out, and nothing was typed. */
async function nothing_typed_twice(place) {
    const { colleague } = place;
    const first = await form_of(await colleague.upload('/deals/past', { do: 'read' }, { name: '旧合同.docx', bytes: OLD, field: 'old' }));
    assert.match(first.text, /<q>第五条 使用费总额为人民币（大写）壹佰陆拾万元整（￥1,600,000.00元）。<\/q>/);
    const second = await form_of(await colleague.upload('/deals/past', { ...typed_in(first.text), do: 'read' }, { name: '旧公示.docx', bytes: NOTICE, field: 'old' }));
    const values = typed_in(second.text);
    assert.deepEqual([values.number, values.buyer, values.signed_on, values.way, values.sort, values.payment, values.licence], ['JS-2019-07', '示例丁机械厂', '2019-04-02', 'license', 'license', 'lump', 'plain']);
    assert.equal(values.kept_name, '旧公示.docx');
    assert.equal(Object.keys((await colleague.get('/deals?past=1', { Accept: 'application/json' })).json.deals.lines).length, 0, 'nothing is recorded yet');
    const made = await colleague.form('/deals/past', { ...values, signed_on: '2099-01-01' });
    assert.equal(made.status, 422);
    assert.match(made.text, /签订日期还没有到/);
    const done_ = await colleague.form('/deals/past', { ...typed_in(made.text), ...values });
    assert.equal(done_.status, 303, done_.text.slice(0, 1500));
    const deal = done_.location.split('/').pop();
    await imported(colleague, 'past_receipt', '到账.xlsx', RECEIPTS);
    await imported(colleague, 'past_award', '奖酬.xlsx', REWARDS);
    const seen = await look(colleague, deal);
    assert.equal(seen.past, true);
    assert.equal(seen.achievement.name, '含沙介质耐磨轴承涂层', 'by the patent named in the contract');
    assert.equal(seen.files.lines[0].name, '旧公示.docx');
    const ready = seen.paperwork.lines.filter(line => line.ready).map(line => line.name);
    const wanted = { registration: ['JS-2019-07', '示例丁机械厂', '1,600,000.00', '2019年4月2日'], annual_row: ['2019', '1,600,000.00', '1,050,000.00'],
        allocation: ['曾某（示例）', '630,000.00', '彭某（示例）', '420,000.00'], cash_tax: ['曾某（示例）', '630,000.00', '20196201000777', '2019年6月1日'], notice: ['含沙介质耐磨轴承涂层', '2019年3月1日'] };
    assert.deepEqual(Object.keys(wanted).filter(name => !ready.includes(name)), [], JSON.stringify(seen.paperwork.lines.map(line => [line.name, line.missing])));
    for (const name of Object.keys(wanted)) {
        const words = await paper(colleague, deal, name);
        for (const word of wanted[name])
            assert.ok(words.includes(word), `${name} lacks ${word}: ${words.slice(0, 800)}`);
    }
}

for (const engine of engines)
    await test(`${engine}: old papers fill in the steps of a deal`, async () => {
        const place = await campus(engine);
        try {
            const { clerk } = place, opened = await clerk.post('/api/v1/deals', { achievement: place.achievement.split('/').pop() });
            place.deal = opened.json.id;
            for (const [step, values] of [['title', {}], ['value', { technology: '成熟', economy: '可观', assessor: '示例评价人', evidence: [1, 2, 3, 4, 5, 6].map(level => `第 ${level} 级 报告`).join('\n') }],
                ['price', { buyer: FIRM, buyer_nature: 'private', ground: '集体决策' }], ['notice', {}]]) await done(clerk, place.deal, step, values);
            await place.at(20);
            await minutes(place);
            await done(place.clerk, place.deal, 'approve', { minutes: '示例校办〔2026〕2号' });
            await hostile(place);
            await contract(place);
            await shares(place);
        } finally {
            await place.city.end();
        }
    });
for (const engine of engines)
    await test(`${engine}: from an old contract the forms come out, and nothing is typed`, async () => {
        const place = await campus(engine);
        try {
            await nothing_typed_twice(place);
        } finally {
            await place.city.end();
        }
    });
finish();
