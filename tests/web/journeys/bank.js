import assert from "node:assert/strict";
import { spreadsheet } from "../papers.js";

/*
 * Journey ⑤: a firm brings its patents in and lets a bank see; the bank sees who may have what and why not, decides, signs with a pledge
 * and with a risk pool behind it, watches, claims what was not paid back; the firm sees who looked, and shuts the door.
 */
const number = "202110123456.7", product = "专利质押贷款(发明专利或专利组合)", bank = "示例金城商业银行股份有限公司";
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const later = new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10);
const earlier = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
const pool = "示例科技贷款风险补偿资金池", manager = "示例兰州技术转移有限公司", firm = "示例泵阀制造有限公司";
const loan = new RegExp(product.replace(/[()]/g, "\\$&"));
const card = title => `li.box:has(a:text-is("${title}"))`;

/* Opens a step's form in the list beside the matter; sends it. */
const step = (walk, name) => walk.click(name, { within: "section[aria-labelledby=steps]" });
const send = (walk, name, status = 200) => walk.click(name, { within: "main form.form", status });

/* A pool, by way of the page 办事: its manager writes the terms, the officer approves, the money comes in. */
async function sets_up(walk) {
  await walk.sign_in("manager");
  await walk.click("办事", { within: "header nav" });
  await walk.click("风险补偿资金池");
  await walk.click("设立资金池");
  await walk.type("资金池名称", pool);
  await walk.type("放大倍数", "5");
  await walk.type("资金池分担", "40%");
  await walk.type("银行分担", "60%");
  await walk.type("担保机构分担", "0%");
  await walk.type("单笔限额", "500万元");
  await walk.type("单户限额", "800万元");
  await walk.type("熔断线", "20%");
  await walk.choose("熔断基数", "累计实缴");
  await walk.type("代偿须逾期满", "0");
  await walk.type("代偿须催收", "1");
  await walk.type("运行自", earlier);
  await walk.type("运行至", `${Number(today.slice(0, 4)) + 5}-12-31`);
  await walk.type("依据的管理办法", "示例资金池管理办法（示例〔2026〕1号）");
  await send(walk, "设立资金池");
  await walk.sees("待核准");
}

async function approves(officer) {
  await officer.sign_in("officer");
  await officer.click(new RegExp(pool), { within: ".tasks" });
  await send(officer, "核准");
  await officer.sees("运行");
}

async function pays_in(walk) {
  await walk.click("风险补偿资金池", { within: "main" });
  await walk.click(pool);
  await step(walk, "记出资收付");
  await walk.choose("缴入或退回", "缴入");
  await walk.type("出资方", "示例高新技术产业开发区管理委员会");
  await walk.type("金额", "1000万元");
  await walk.type("到账日", today);
  await walk.type("凭证号", "C-1");
  await send(walk, "记出资收付");
  await step(walk, "登记合作银行");
  await walk.type("合作银行", bank);
  await walk.type("合作自", earlier);
  await walk.type("合作协议", "示例合作协议 1 号");
  await send(walk, "登记合作银行");
  await walk.sees("还可入池 5,000 万元");
}

/* The patents' status, the consent and the application, each from where the last one leads. */
async function applies(walk) {
  await walk.sign_in("enterprise");
  await walk.click("办事", { within: "header nav" });
  await walk.click("导入专利状态");
  await walk.pick_field("国家知识产权局的表", spreadsheet("专利.csv", [["专利号", "名称", "法律状态", "年费缴至", "开放许可", "更新日期"],
    [`ZL${number}`, "自润滑滑动轴承", "专利权维持", later, "否", today], ["ZL202110123465.7", "写错一位", "有效", later, "否", today]]));
  await walk.click("看看有什么");
  await walk.sees("1 件可以导入，0 件没有变化，1 行有问题。", /的校验位不对/);
  await walk.click("导入 1 件");
  await walk.sees("专利状态已导入，每件都记入账本。", number);
  await walk.click("看能用哪些产品");
  await walk.sees(product);
  await walk.type("贷款金额", "1200万元");
  await walk.type("质物的价值", "1000万元");
  await walk.click("再看一次");
  await walk.sees(/差在：/);
  await walk.click("先授权它看资产包", { within: card(product) });
  assert.equal(await walk.value("授权给"), bank);
  for (const part of ["专利状态与年费", "许可与质押", "已登记的技术合同", "收付款", "企业事实"]) await walk.tick(part);
  await walk.type("用途", "申请专利质押贷款的尽职调查");
  await walk.type("有效期至", later);
  await walk.click("授权", { within: "main form.form" });
  await walk.sees("银行还没有打开过。");
  await walk.click("打开资产包");
  await walk.sees(number, /就是 示例金城商业银行股份有限公司 照您的授权看得到的/);
  await walk.click("看能用哪些产品");
  await walk.click("申请", { within: card(product) });
  await walk.type("申请金额", "300万元");
  await walk.type("用途", "购买轴承试制设备");
  await walk.type("申请期限", "36");
  await walk.type("拟质押的专利号", number);
  await walk.click("申请贷款", { within: "main form.form" });
  await walk.sees("已申请，等银行取包");
}

/* What the bank sees: validity and age, what lies on them, contracts; who may have what, and why not. */
async function looks(banker) {
  await banker.sign_in("bank");
  await banker.click(loan, { within: ".tasks" });
  await banker.click("取尽调包", { within: "main form.form" });
  await banker.sees("银行审批中");
  await banker.click("资产包授权", { within: "section[aria-labelledby=watch]" });
  assert.equal((await banker.takes("PDF")).bytes.subarray(0, 4).toString(), "%PDF");
  assert.equal((await banker.takes("Excel")).bytes.subarray(0, 2).toString(), "PK");
  await banker.click("打开资产包");
  await banker.sees(number, "本行的产品，这家企业符合不符合", /这次打开已记入账本，企业看得到/);
  await banker.sees("专利状态与年费", "许可与质押", /截至 .*，已 \d+ 天/);
  await banker.sees("已登记的技术合同", "收付款");
}

/* Who may have what: with the bank's own facts, each condition that is not met, its reason and what would mend it. */
async function weighs(banker) {
  await banker.click("凭什么这样说", { within: card(product) });
  await banker.sees("300 万元");
  await banker.choose("近 24 个月有连续 3 期以上逾期", "是");
  await banker.type("质物的价值", "500万元");
  await banker.choose("质物怎样估价", "银行内部评估");
  await banker.choose("所在地在内部评估试点之列", "否");
  await banker.click("再看一次");
  await banker.sees("近 24 个月有连续 3 期以上逾期", /内部评估、银企协商的价值不能作准/, "请评估机构评估", /贷款金额超过质物价值的 40%，最多 200 万元/);
  await banker.click("English");
  await banker.click("中文");
  await banker.sees(/最多 200 万元/);
}

async function agrees(banker) {
  await banker.click("我的工作台");
  await banker.click(loan, { within: ".tasks" });
  await step(banker, "同意");
  await banker.type("批准金额", "300万元");
  await banker.type("年利率", "3.65%");
  await banker.type("批准期限", "36");
  await banker.choose("担保方式", "知识产权质押");
  await banker.type("决定日期", today);
  await banker.type("银行案卷号", "示例〔2026〕1号");
  await send(banker, "同意");
  await banker.sees("已批准，待签约");
}

async function signs(banker) {
  await banker.type("借款合同号", "示例借-1");
  await banker.type("签约日期", today);
  await banker.type("质押登记号", "示例Y2026620000001");
  await banker.type("质押登记日", today);
  await banker.type("质物价值", "1000万元");
  await banker.choose("怎样估价", "评估机构评估");
  await banker.tick("是");
  await send(banker, "签约");
  await banker.sees("已签约，待提款");
}

/* Into the pool before the money goes out. */
async function asks_for_cover(banker, walk) {
  await banker.click(`申请入池：${pool}`);
  assert.equal(await banker.value("借款企业"), firm);
  assert.equal(await banker.value("借款合同号"), "示例借-1");
  assert.equal(await banker.value("拟贷本金"), "3000000.00");
  assert.equal(await banker.value("贷款到期日"), `${Number(today.slice(0, 4)) + 3}${today.slice(4)}`);
  await send(banker, "申请入池");
  await walk.click("我的工作台");
  await walk.click(/入池备案/, { within: ".tasks" });
  await send(walk, "确认入池");
  await walk.sees(/已确认|已入池/);
}

async function draws(banker) {
  await banker.click("我的工作台");
  await banker.click(loan, { within: ".tasks" });
  await banker.type("提款金额", "301万元");
  await banker.type("放款日期", today);
  await banker.type("凭证号", "P-1");
  await send(banker, "登记提款", 422);
  await banker.sees(/超过还可提的 300 万元/);
  await banker.type("提款金额", "300万元");
  await send(banker, "登记提款");
  await banker.sees("用款中", "没有信号：专利有效、年费没有欠、合同款没有逾期。");
}

/* What happened after the money went out: the firm opens the pledged patent to everybody without asking, and pays no more. */
async function goes_wrong(walk, banker) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("导入专利状态");
  await walk.pick_field("国家知识产权局的表", spreadsheet("专利2.csv", [["专利号", "名称", "法律状态", "年费缴至", "质押", "开放许可", "更新日期"],
    [`ZL${number}`, "自润滑滑动轴承", "专利权维持", later, "示例Y2026620000001", "是", today]]));
  await walk.click("看看有什么");
  await walk.click("导入 1 件");
  await banker.click("我的工作台");
  await banker.click("办事", { within: "header nav" });
  await banker.click("贷款", { within: "main" });
  await banker.click(loan, { within: "main" });
  await banker.sees(/开放许可/, "写明处置");
  await banker.click("写明处置");
  await banker.type("处置", "已书面要求企业撤回开放许可声明");
  await send(banker, "处置信号");
  await banker.sees("已处置");
}

/* What was not paid back is claimed, shared to the fen, and paid. */
async function claims(banker, walk) {
  await step(banker, "登记还款");
  await banker.type("还本金额", "10.01元");
  await banker.type("还款日期", today);
  await banker.type("凭证号", "H-1");
  await send(banker, "登记还款");
  await step(banker, "标为逾期");
  await banker.type("逾期日", today);
  await send(banker, "标为逾期");
  await step(banker, "申请代偿");
  await send(banker, "申请代偿");
  await banker.sees("已申请代偿");
  await banker.click(new RegExp(firm), { within: "section[aria-labelledby=cover]" });
  await banker.click(new RegExp(firm), { within: "section[aria-labelledby=claims]" });
  await step(banker, "记催收");
  await banker.type("催收日", today);
  await banker.choose("方式", "书面催收函");
  await banker.type("文号与对方答复", "示例催〔2026〕1号，企业答复资金困难");
  await send(banker, "记催收");
  await walk.click("我的工作台");
  await walk.click(/代偿申请/, { within: ".tasks" });
  await step(walk, "受理并预留");
  await walk.type("审核所见", "尽调包、放款凭证、催收函齐全，逾期日与贷款卷一致。");
  await send(walk, "受理并预留");
  await walk.sees("1,199,996 元", "1,799,993.99 元");
  await step(walk, "决定代偿");
  await walk.type("决定文件", "示例代偿决定〔2026〕1号");
  await send(walk, "决定代偿");
  await step(walk, "记支付");
  await walk.type("支付日", today);
  await walk.type("支付凭证号", "D-1");
  await send(walk, "记支付");
}

/* The pool's page adds up, each figure down to its entries. */
async function adds_up(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("风险补偿资金池");
  await walk.click(pool);
  await walk.sees("8,800,004 元", /距熔断还可代偿/);
  await walk.click("累计代偿");
  await walk.sees("代偿支付");
}

/* The firm sees who looked, and shuts it. */
async function shuts(walk, banker) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("资产包");
  await walk.sees(/示例Y2026620000001/);
  await walk.click(bank, { within: "section[aria-labelledby=consents]" });
  await walk.sees("打开资产包", "第 1 份", "示例银行客户经理");
  await walk.click("撤回授权", { within: "section[aria-labelledby=steps]" });
  await walk.click("撤回授权", { within: "main form.form" });
  await walk.sees("已撤回");
  await banker.click("我的工作台");
  await banker.click(loan, { within: ".tasks" });
  await banker.sees("已代偿，继续追偿", /已经撤回或到期，银行不再看得到资产包/);
  await banker.click("资产包授权", { within: "section[aria-labelledby=watch]" });
  await banker.sees("授权已经撤回或到期，资产包对银行是关闭的；此前取走的列在下面。");
  await banker.misses("PDF");
  await banker.click("办事", { within: "header nav" });
  await banker.click("银行：贷款台账");
  await banker.sees(/1 笔，300 万元/);
  assert.match((await banker.takes("取季度报送表（Excel）")).name, /\.xlsx$/);
}

async function go(walk, arrive) {
  const banker = await arrive(), keeper = await arrive(), officer = await arrive();
  await sets_up(keeper);
  await approves(officer);
  await pays_in(keeper);
  await applies(walk);
  await looks(banker);
  await weighs(banker);
  await agrees(banker);
  await signs(banker);
  await asks_for_cover(banker, keeper);
  await draws(banker);
  await goes_wrong(walk, banker);
  await claims(banker, keeper);
  await adds_up(keeper);
  await shuts(walk, banker);
}

export default [{ name: "a bank: the firm's assets by consent, a loan with a pledge and a pool behind it, a claim to the fen", go }];
