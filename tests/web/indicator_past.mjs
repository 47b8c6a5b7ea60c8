// Some dozens of transfers out of units' own tables: contracts of several years, districts and sums, what came in of them and what was shared,
// contracts in parts, and contracts that go back to who sold.
import { until } from './house.mjs';
import assert from 'node:assert/strict';

export const INSTITUTE = '示例丁研究院', FIRM = '示例甲机械厂', FAR = '示例戊远方厂';

const csv = rows => rows.map(row => row.join(',')).join('\n') + '\n';
const document = async (who, path) => (await who.get(path, { Accept: 'application/json' })).json;

async function rest(who, at) {
    await until(async () => !(await document(who, at)).job?.running, 120_000);
    return document(who, at);
}

/** A table as its unit's own administrator brings it in, the page's guesses left as they are. */
async function brought(who, kind, rows) {
    const sent = await who.upload('/import', { kind }, { name: `${kind}.csv`, bytes: csv(rows) });
    assert.equal(sent.status, 303, sent.text);
    const { preview } = await rest(who, sent.location);
    assert.equal(preview.sums.bad, 0, JSON.stringify(preview.problems));
    const targets = preview.columns.map(column => column.options.find(option => option.selected)?.code ?? '');
    const run = await who.form(sent.location, { mode: 'all', ...Object.fromEntries(targets.map((code, i) => [`column_${i + 1}`, code])) });
    assert.equal(run.status, 303, run.text);
    await rest(who, sent.location);
}

const CONTRACTS = ['合同编号', '合同名称', '合同类型', '受让方', '签订日期', '合同金额（万元）', '技术交易额（万元）', '转化方式', '技术合同登记编号', '登记日期', '审批机构',
    '审批文号', '审批日期', '支付方式'];
const RECEIPTS = ['合同编号', '到账日期', '金额（元）', '付款方', '凭证号'];
const AWARDS = ['合同编号', '分配日期', '净收入', '奖励总额', '人员与金额'];

const two = number => String(number).padStart(2, '0');

/* Years, districts, sums and what came in of them, by a rule that gives each its own; every third was never registered, every fifth approved late. */
function of_years(mark, count, years, buyers) {
    const contracts = [], receipts = [], awards = [];
    for (let i = 0; i < count; i++) {
        const year = years[i % years.length], id = `${mark}-${year}-${i}`, amount = 20 + i * 37 % 400, buyer = buyers[i % buyers.length], sort = i % 3;
        const signed = `${year}-${two(1 + i * 5 % 11)}-${two(3 + i % 25)}`, registered = sort ? [`${year}62${mark}${i}`, `${year}-12-${two(1 + i % 28)}`] : ['', ''];
        const approved = i % 2 ? ['', '', ''] : ['校长办公会', `示例〔${year}〕${i}号`, i % 5 === 0 ? `${year}-12-30` : `${year}-01-02`];
        contracts.push([id, `第${i}项历年技术合同${mark}`, ['专利实施许可', '技术转让', '技术开发'][sort], buyer, signed, amount, i % 4 ? amount : amount - 5,
            ['许可', '转让', '合作实施', '作价投资', '其他方式', ''][i % 6], ...registered, ...approved, i % 7 === 6 ? '作价入股' : '一次总付']);
        if (i % 4 !== 1) receipts.push([id, `${year}-12-${two(2 + i % 27)}`, amount * 4000 + i, buyer, `记-${mark}-${i}`]);
        if (i % 4 === 2) receipts.push([id, `${Number(year) + 1}-01-${two(2 + i % 27)}`, amount * 1000, buyer, `记-${mark}-${i}b`]);
        if (i % 3 === 0) awards.push([id, `${Number(year) + 1}-02-15`, amount * 3000, amount * 2000, `曾某（示例） ${amount * 2000}`]);
    }
    return { contracts, receipts, awards };
}

/**
 * Two of 300 each to one buyer within a month, a third half a year later, one a month to the day after that and one a day more; and the firm
 * sold to the institute what the institute sells to it.
 */
const plain = (id, name, buyer, signed, amount) => [id, name, '技术转让', buyer, signed, amount, amount, '转让', `登${id}`, signed, '', '', '', '一次总付'];
const PARTS = [plain('CF-1', '分作几份的技术合同一', FAR, '2025-05-20', 300), plain('CF-2', '分作几份的技术合同二', FAR, '2025-06-18', 300),
    plain('CF-3', '分作几份的技术合同三', FAR, '2025-12-01', 300), plain('CF-4', '另一家的技术合同', FIRM, '2025-06-01', 300), plain('CF-5', '五百万以上的技术合同', FAR, '2025-06-02', 600),
    plain('CF-6', '整一个月以后的技术合同', FAR, '2026-01-01', 250), plain('CF-7', '一个月零一天以后的技术合同', FAR, '2026-02-02', 260)];
const BACK = [plain('HM-1', '卖回去的技术合同', INSTITUTE, '2025-08-01', 80), plain('HM-2', '早已卖过的技术合同', INSTITUTE, '2021-08-01', 70)];

export async function the_past(place) {
    const unit = of_years('A', 24, ['2022', '2023', '2024', '2025'], [FIRM, FAR, '示例没有登记的厂']), other = of_years('B', 16, ['2023', '2024', '2025'], [FIRM, FAR]);
    await brought(place['unit-admin'], 'past_deal', [CONTRACTS, ...unit.contracts, ...PARTS]);
    await brought(place['unit-admin'], 'past_receipt', [RECEIPTS, ...unit.receipts]);
    await brought(place['unit-admin'], 'past_award', [AWARDS, ...unit.awards]);
    await brought(place.institute, 'past_deal', [CONTRACTS, ...other.contracts]);
    await brought(place.institute, 'past_receipt', [RECEIPTS, ...other.receipts]);
    await brought(place['firm-admin'], 'past_deal', [CONTRACTS, ...BACK]);
}
