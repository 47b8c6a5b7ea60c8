import assert from "node:assert/strict";
import { spreadsheet } from "../papers.js";

const number = "202110123456.7", product = "专利质押贷款(发明专利或专利组合)", bank = "示例金城商业银行股份有限公司";
const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const later = new Date(Date.now() + 180 * 86_400_000).toISOString().slice(0, 10);
const card = title => `li.box:has(a:text-is("${title}"))`;

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
  await walk.click("先授权它看资产包", { within: card(product) });
  assert.equal(await walk.value("授权给"), bank);
  for (const part of ["专利状态与年费", "许可与质押", "企业事实"]) await walk.tick(part);
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

/* What the bank sees, takes, decides and pays. */
async function decides(banker) {
  await banker.sign_in("bank");
  await banker.click(new RegExp(product.replace(/[()]/g, "\\$&")), { within: ".tasks" });
  await banker.click("取尽调包", { within: "main form.form" });
  await banker.sees("银行审批中");
  await banker.click("资产包授权", { within: "section[aria-labelledby=watch]" });
  await banker.click("打开资产包");
  await banker.sees(number, "本行的产品，这家企业符合不符合");
  await banker.click("我的工作台");
  await banker.click(new RegExp(product.replace(/[()]/g, "\\$&")), { within: ".tasks" });
  await banker.click("同意", { within: "section[aria-labelledby=steps]" });
  await banker.type("批准金额", "300万元");
  await banker.type("年利率", "3.65%");
  await banker.type("批准期限", "36");
  await banker.choose("担保方式", "知识产权质押");
  await banker.type("决定日期", today);
  await banker.type("银行案卷号", "示例〔2026〕1号");
  await banker.click("同意", { within: "main form.form" });
  await banker.sees("已批准，待签约");
  await banker.type("借款合同号", "示例借-1");
  await banker.type("签约日期", today);
  await banker.type("质押登记号", "示例Y2026620000001");
  await banker.type("质押登记日", today);
  await banker.type("质物价值", "1000万元");
  await banker.choose("怎样估价", "评估机构评估");
  await banker.tick("是");
  await banker.click("签约", { within: "main form.form" });
  await banker.sees("已签约，待提款");
  await banker.type("提款金额", "301万元");
  await banker.type("放款日期", today);
  await banker.type("凭证号", "P-1");
  await banker.click("登记提款", { within: "main form.form", status: 422 });
  await banker.sees(/超过还可提的 300 万元/);
  await banker.type("提款金额", "300万元");
  await banker.click("登记提款", { within: "main form.form" });
  await banker.sees("用款中", "没有信号：专利有效、年费没有欠、合同款没有逾期。");
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
  await banker.click("资产包授权", { within: "section[aria-labelledby=watch]" });
  await banker.sees("授权已经撤回或到期，资产包对银行是关闭的；此前取走的列在下面。");
  await banker.misses("PDF");
  await banker.click("办事", { within: "header nav" });
  await banker.click("银行：贷款台账");
  await banker.sees(/1 笔，300 万元/);
}

async function go(walk, arrive) {
  await applies(walk);
  const banker = await arrive();
  await decides(banker);
  await shuts(walk, banker);
}

export default [{ name: "a firm shows a bank its patents, borrows on one, and shuts the door", go }];
