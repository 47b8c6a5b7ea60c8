// Ten years of transfers out of a university's own tables, on the page: contracts, receipts, rewards; each row told, what is missing
// told as missing, nothing twice, and what comes after held to today's rules.
import { build, test, finish, engines, until } from './house.mjs';
import { campus, FIRM } from './campus.mjs';
import { pack_of } from './packs.js';
import { xlsx } from './sheets.mjs';
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import assert from 'node:assert/strict';

const document = async (who, path) => (await who.get(path, { Accept: 'application/json' })).json;
const csv = rows => rows.map(row => row.join(',')).join('\n') + '\n';

async function rest(who, at) {
    await until(async () => !(await document(who, at)).job?.running, 120_000);
    return document(who, at);
}

async function bring(who, kind, name, bytes) {
    const reply = await who.upload('/import', { kind }, { name, bytes });
    assert.equal(reply.status, 303, reply.text);
    return { at: reply.location, ...await rest(who, reply.location) };
}

async function run(who, at, preview, mode = 'all') {
    const targets = preview.columns.map(column => column.options.find(option => option.selected)?.code ?? '');
    const reply = await who.form(at, { mode, ...Object.fromEntries(targets.map((code, i) => [`column_${i + 1}`, code])) });
    assert.equal(reply.status, 303, reply.text);
    return (await rest(who, at)).job;
}

const sums = job => Object.fromEntries(job.result.figures.parts.map(part => [part.label.code, part.count]));

// As an office keeps it: a heading row, merged cells, serial days, full-width digits, a total.
const CONTRACTS = [['示例丙学院历年成果转化合同台账', '', '', '', '', '', '', '', '', '', '', ''],
    ['序号', '合同编号', '合同名称', '合同类型', '受让方', '签订日期', '合同金额（万元）', '转化方式', '定价', '公示期', '技术合同登记编号', '专利号'],
    ['1', 'JS-2016-01', '耐磨叶轮专利实施许可合同', '专利实施许可', FIRM, '2016年5月9日', '１６０', '专利许可', '协商定价', '2016.4.1-4.20', '20166201000123', 'ZL201310123456.7'],
    ['2', 'JS-2017-02', '轴承涂层技术转让合同', '技术转让', '示例乙厂', '42830', '30', '转让', '', '', '', 'ZL202110123456.0'],
    ['合计', '', '', '', '', '', '190', '', '', '', '', '']];
const RECEIPTS = [['合同编号', '到账日期', '金额（元）', '付款方', '凭证号'],
    ['JS-2016-01', '2016/6/20', '1000000', FIRM, '记-12'], ['JS-2016-01', '2017-01-05', '600000', FIRM, '记-13'],
    ['JS-2017-02', '2017-05-01', '310000', '示例乙厂', '记-14'], ['JS-2019-99', '2017-05-01', '1', '示例乙厂', '记-15']];
const REWARDS = [['合同编号', '分配日期', '净收入', '奖励总额', '人员与金额'],
    ['JS-2016-01', '2017-03-01', '1500000', '800000', '曾某（示例） 500000；贺某（示例） 300000']];

const deals_of = async who => (await document(who, '/deals?past=1')).deals.lines;
const deal_named = async (who, word) => (await document(who, (await deals_of(who)).find(line => line.title.includes(word)).href)).deal;
const pier = (deal, code) => deal.piers.find(one => one.label.code === code);
const fields = (deal, kind) => Object.fromEntries(deal.papers.find(one => one.kind.code === kind).items[0].fields.map(one => [one.name, one.value]));

/** What a paper says, out of its Word form. */
async function paper(who, deal, name) {
    const reply = await who.get(`/deals/${deal.id}/papers/${name}.docx`), path = join(mkdtempSync(join(tmpdir(), 'tq-past-')), 'a.docx');
    assert.equal(reply.status, 200, `${name}: ${reply.text.slice(0, 300)}`);
    writeFileSync(path, reply.body);
    return spawnSync('unzip', ['-p', path, 'word/document.xml'], { encoding: 'utf8' }).stdout.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

async function contracts(place) {
    const { colleague, clerk } = place;
    const bytes = xlsx([CONTRACTS]);
    const { at, preview } = await bring(colleague, 'past_deal', '合同台账.xlsx', bytes);
    assert.deepEqual(preview.sums, { rows: 2, fresh: 2, changes: 0, same: 0, bad: 0, twice: 0 });
    assert.equal(preview.problems, null);
    assert.deepEqual(preview.becomes.map(row => row.title), ['耐磨叶轮专利实施许可合同', '轴承涂层技术转让合同']);
    assert.ok(!preview.columns[1].options.some(option => ['id', 'source_digest', 'deal'].includes(option.code)), 'what the program sets is no target');
    const job = await run(colleague, at, preview);
    assert.deepEqual(sums(job), { added: 2, changed: 0, same: 0, bad: 0 });
    const { records } = await document(colleague, job.result.figures.parts[0].href);
    assert.equal(records.deals.length, 2);
    assert.equal((await document(clerk, '/deals')).deals.lines.length, 0, 'those on their way are not mixed with those of the past');
    const deal = await deal_named(clerk, 'JS-2016-01');
    assert.equal(deal.past, true);
    assert.deepEqual(['title', 'value', 'price', 'notice', 'approve', 'sign', 'register', 'receive', 'allot', 'tax', 'close'].map(code => pier(deal, code).state),
        ['missing', 'missing', 'done', 'done', 'missing', 'done', 'done', 'now', 'missing', 'missing', 'next']);
    assert.equal(pier(deal, 'title').missing, '未见材料');
    const row = fields(deal, 'past_deal');
    assert.equal(row.source_file, '合同台账.xlsx');
    assert.equal(row.source_digest, createHash('sha256').update(bytes).digest('hex'));
    assert.equal(row.source_row, 3);
    assert.ok(!deal.papers.some(one => one.kind.code === 'ruling'), 'no ruling is made up');
    const found = await deal_named(clerk, 'JS-2017-02');
    assert.equal(found.achievement.name, '含沙介质耐磨轴承涂层', 'by its patent, whatever the row calls it');
    assert.equal((await place.firm.get(deal.achievement.href)).status, 404, 'an achievement made along with it is nobody else\'s');
    const page = await clerk.get(`/deals/${deal.id}`);
    assert.match(page.text, /历史补录[\s\S]*未见材料/);
}

async function money(place) {
    const { colleague, clerk } = place;
    const { at, preview } = await bring(colleague, 'past_receipt', '到账.csv', csv(RECEIPTS));
    assert.deepEqual(preview.sums, { rows: 4, fresh: 2, changes: 0, same: 0, bad: 2, twice: 0 });
    assert.deepEqual(preview.problems.rows.map(row => [row.line, row.column]), [[4, '金额（元）'], [5, '合同编号']]);
    assert.match(preview.problems.rows[0].expected, /到账 31 万元，高于合同成交额 30 万元.*核对金额和它的单位/);
    assert.match(preview.problems.rows[1].expected, /没有这个编号的历史合同.*先导入/);
    assert.deepEqual(sums(await run(colleague, at, preview, 'good')), { added: 2, changed: 0, same: 0, bad: 2 });
    const rewards = await bring(colleague, 'past_award', '奖酬.csv', csv(REWARDS));
    assert.deepEqual(sums(await run(colleague, rewards.at, rewards.preview)), { added: 1, changed: 0, same: 0, bad: 0 });
    const deal = await deal_named(clerk, 'JS-2016-01');
    assert.deepEqual([pier(deal, 'receive').state, pier(deal, 'allot').state, pier(deal, 'close').state], ['done', 'done', 'now']);
    const year = await paper(clerk, deal, 'annual_row');
    for (const figure of ['2016', '1,600,000.00', '1,000,000.00', '2017', '600,000.00', '800,000.00'])
        assert.ok(year.includes(figure), `the row of the annual report lacks ${figure}: ${year}`);
}

/** The same files once more change nothing; a corrected row makes a new version of what it is of. */
async function again(place) {
    const { colleague, clerk } = place;
    const same = await bring(colleague, 'past_deal', '合同台账 (2).xlsx', xlsx([CONTRACTS]));
    assert.deepEqual(same.preview.sums, { rows: 2, fresh: 0, changes: 0, same: 2, bad: 0, twice: 0 });
    const mended = CONTRACTS.map(row => row.map(cell => (cell === '30' ? '31' : cell)));
    const changed = await bring(colleague, 'past_deal', '合同台账 (3).xlsx', xlsx([mended]));
    assert.deepEqual(changed.preview.sums, { rows: 2, fresh: 0, changes: 1, same: 1, bad: 0, twice: 0 });
    assert.deepEqual(sums(await run(colleague, changed.at, changed.preview)), { added: 0, changed: 1, same: 1, bad: 0 });
    const deal = await deal_named(clerk, 'JS-2017-02');
    assert.equal(deal.papers.find(one => one.kind.code === 'contract').items[0].ver, 2);
    const receipts = await bring(colleague, 'past_receipt', '到账.csv', csv(RECEIPTS.slice(0, 4)));
    assert.deepEqual(receipts.preview.sums, { rows: 3, fresh: 1, changes: 0, same: 2, bad: 0, twice: 0 });
    await run(colleague, receipts.at, receipts.preview);
    assert.equal(pier(await deal_named(clerk, 'JS-2017-02'), 'receive').state, 'done');
}

async function whose(place) {
    const { clerk, firm, colleague } = place;
    assert.equal((await clerk.upload('/import', { kind: 'past_deal' }, { name: 'a.csv', bytes: csv(RECEIPTS) })).status, 403, 'a member does not import');
    const { preview } = await bring(colleague, 'past_deal', '别家.csv', csv([['合同编号', '合同名称', '签订日期', '成交额', '单位名称'], ['X-1', '别家的技术合同', '2016-01-05', '10万元', FIRM]]));
    assert.match(preview.problems.rows[0].expected, /您不能为这个单位导入/);
    const deal = await deal_named(colleague, 'JS-2016-01');
    assert.equal((await firm.get(`/deals/${deal.id}`)).status, 404);
    assert.deepEqual(await deals_of(firm), []);
    const auditor = await document(place.auditor, `/deals/${deal.id}`);
    assert.equal(auditor.deal.past, true);
}

/** What comes in here later is held to today's rules, and does not begin with what was dealt with in its time. */
async function today(place) {
    const { clerk } = place;
    const deal = await deal_named(clerk, 'JS-2016-01');
    const reply = await clerk.post(`/api/v1/deals/${deal.id}`, { step: 'allot', ver: deal.ver, team: '曾某（示例） 100% 主要贡献', decided_on: '2026-03-02' });
    assert.equal(reply.status, 422, reply.text);
    assert.match(reply.json.message, /没有待分配的到账/);
}

/** Rows and the papers made of them in one step are counted in their evidence pack, and one left out is missed. */
async function packed({ clerk }) {
    const path = join(mkdtempSync(join(tmpdir(), 'tq-past-')), 'pack.zip'), key = (await clerk.get('/log/key')).text.trim();
    const says = bytes => { writeFileSync(path, bytes); return spawnSync(join(build, 'src/verify/tieqiao-verify'), [path, '--key', key], { encoding: 'utf8' }); };
    for (const number of ['JS-2016-01', 'JS-2017-02']) {
        const { body } = await clerk.get(`/deals/${(await deal_named(clerk, number)).id}/pack.zip`), whole = says(body);
        assert.equal(whole.status, 0, whole.stdout);
        assert.match(whole.stdout, /历史合同 第 1 份 第 1 版：.*由 past_deal\.disclose 写入/);
        const lacking = says(pack_of(body).drop('records/contract.json').listed().zip());
        assert.match(lacking.stdout, /✗ 项目第 1 版是 deal\.past 这一步（账本第 \d+ 条），它写下的文书有 \d 份，包里只有 \d 份/);
    }
}

for (const engine of engines)
    await test(`${engine}: ten years of transfers come in from three tables`, async () => {
        const place = await campus(engine);
        try {
            await contracts(place);
            await money(place);
            await again(place);
            await whose(place);
            await today(place);
            await packed(place);
        } finally {
            await place.city.end();
        }
    });
finish();
