/*
 * Journey ⑦: a pilot platform says what it can, is asked for an achievement's next TRL, is stopped by the safety gate until the report is
 * named, quotes, books, records what failed and what came out, is paid with a voucher, and sees in figures what it came to.
 */
import assert from "node:assert/strict";

const service = "泵阀性能与密封寿命试验楼", line = "含砂浆泵回路台架", firm = "示例泵阀制造有限公司";
const title = "内衬环支撑的0.3 mm超薄壁椭圆真空室", platform = "示例理工技术转移中心有限公司";
const digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const day = ahead => new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);

/* Opens a step's form in the list beside the matter. */
const step = (walk, name) => walk.click(name, { within: "aside" });
const send = (walk, name, status = 200) => walk.click(name, { within: "form.form .form-end", status });

async function finds(walk, title) {
  await walk.click("平台与服务", { within: "header nav" });
  await walk.type("查找", title);
  await walk.click("查找");
  await walk.click(title);
}

async function says_what_it_can(walk) {
  await walk.sign_in("pilot");
  await finds(walk, service);
  await walk.click("登记能力");
  await walk.type("能力名称", line);
  await walk.choose("类别", "中试验证");
  await walk.tick("功能性能验证");
  await walk.type("服务行业", "344");
  await walk.type("设备与场地", "闭式泵回路，电机 250 kW，可配含沙量 0 至 40 kg/m³ 的模拟浆。");
  await walk.type("并行工位", "1");
  await walk.type("每日开机（时）", "8");
  await walk.type("每日关机（时）", "18");
  await walk.click("按需填写");
  await walk.tick("是");
  await walk.type("服务起点 TRL", "4");
  await walk.type("服务终点 TRL", "8");
  await walk.tick("高温高压、特种设备");
  await walk.tick("签保密协议");
  await walk.type("报价时限（工作日）", "3");
  await walk.type("联系人", "戚某（示例）");
  await walk.type("联系电话", "0931-0000504");
  await send(walk, "登记能力");
  assert.equal(await walk.heading(), line);
  await walk.type("收费项目", "泵回路");
  await walk.choose("单位", "小时");
  await walk.type("单价", "1600元");
  await send(walk, "列一项收费");
  await step(walk, "登记证照");
  await walk.choose("证照", "特种设备使用登记");
  await walk.type("编号", "示例特设-1");
  await walk.type("发证（批复）机关", "示例市场监管局");
  await walk.type("自", day(-300));
  await walk.type("有效至", day(300));
  await send(walk, "登记证照");
  await step(walk, "开始接单");
  await send(walk, "开始接单");
  await walk.sees("接单中");
}

/* From the achievement that is to get further: who could take it on stands on its page, and it comes along into the form. */
async function asks(walk) {
  await walk.sign_in("enterprise");
  await walk.click("成果", { within: "header nav" });
  await walk.type("查找", title);
  await walk.click("查找");
  await walk.click(title);
  await walk.click(`请求中试：${line}`);
  await walk.sees(title);
  await walk.type("要验证什么", "真空室法兰密封在含砂介质循环振动下的漏率和寿命，三件样机各一百小时。");
  await walk.tick("高温高压、特种设备");
  await walk.choose("化学反应或工艺放大", "有");
  await walk.choose("要求的保密", "签保密协议");
  await walk.type("联系人", "示例联系人");
  await walk.type("联系电话", "0931-0000399");
  await walk.click("按需填写");
  await walk.type("要到 TRL", "8");
  await walk.look();
  await send(walk, "请求中试");
  await walk.sees("待报价", title);
}

async function offers(walk, status) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`${line}：中试作业`));
  await walk.type("报价金额", "16万元");
  await walk.type("工期（天）", "20");
  await walk.type("报价说明与条件", "泵回路一百小时，签保密协议。");
  await walk.type("报价有效至", day(20));
  await send(walk, "报价", status);
}

async function the_gate_stops(walk) {
  await offers(walk, 409);
  await walk.sees("有化学反应或工艺放大，还没有反应安全风险评估报告", "先由有能力的单位评估，把报告编号补上");
  await step(walk, "请委托方补充");
  await walk.type("还缺什么", "反应安全风险评估报告的编号");
  await send(walk, "请委托方补充");
}

async function mends(walk) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`${line}：中试作业`));
  await walk.sees("反应安全风险评估报告的编号");
  await walk.type("反应安全风险评估报告", "示例评〔2026〕12号");
  await send(walk, "补充材料");
}

async function quotes(walk) {
  await offers(walk);
  await walk.sees("待确认报价");
}

async function gives_a_voucher(walk) {
  await walk.sign_in("officer");
  await walk.click("办事", { within: "header nav" });
  await walk.click("创新券");
  await walk.click("发一张券");
  await walk.click("按需填写");
  await walk.type("发券单位", "示例市科学技术局");
  await walk.type("券号", "LZ-2026-0001");
  await walk.type("持券企业", firm);
  await walk.type("券面金额", "5万元");
  await walk.tick("中间试验");
  await walk.type("有效期自", day(-1));
  await walk.type("有效期至", day(60));
  await walk.type("发放依据", "示例创新券办法");
  await send(walk, "发一张券");
  await walk.sees("5 万元");
}

async function accepts(walk) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`${line}：中试作业`));
  await walk.type("合同编号", "ZS-2026-001");
  await walk.type("合同金额", "16万元");
  await send(walk, "接受报价、订合同");
  await walk.sees("LZ-2026-0001");
  await step(walk, "用创新券");
  await walk.type("券号", "LZ-2026-0001");
  await walk.type("用券金额", "5万元");
  await send(walk, "用创新券");
}

async function runs(walk) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`${line}：中试作业`));
  await walk.type("日期", day(2));
  await walk.type("从（时）", "8");
  await walk.type("到（时）", "18");
  await send(walk, "排期");
  await walk.click("排期", { within: "aside" });
  await walk.type("日期", day(2));
  await walk.type("从（时）", "9");
  await walk.type("到（时）", "12");
  await send(walk, "排期", 409);
  await walk.sees("这一时段还剩 0 个工位，要 1 个", new RegExp(`同样的时段，${day(3)} 有空`));
  await walk.click("登记样品经手", { within: "aside" });
  await walk.type("样品编号", "S1");
  await walk.choose("经手", "接收");
  await walk.type("日期", day(0));
  await walk.type("封条号", "F-001");
  await walk.type("经手人", "戚某（示例）");
  await send(walk, "登记样品经手");
  await step(walk, "开始作业");
  await send(walk, "开始作业");
  await records(walk);
}

/* What did not come out stays on record beside what did. */
async function records(walk) {
  for (const [batch, reading, outcome] of [["B1", "漏率 4.1×10⁻⁹ Pa·m³/s，没有达到 2×10⁻⁹", "没有达到"], ["B2", "漏率 1.6×10⁻⁹ Pa·m³/s", "达到"]]) {
    await step(walk, "记一批原始记录");
    await walk.type("日期", day(0));
    await walk.type("批次", batch);
    await walk.type("原始读数", reading);
    await walk.choose("这一批", outcome);
    await walk.type("原始文件名", `${batch}.csv`);
    await walk.type("原始文件 SHA-256", digest);
    await walk.type("操作人", "戚某（示例）");
    await send(walk, "记一批原始记录");
  }
  await step(walk, "交结果");
  await walk.choose("结论", "达到");
  await walk.type("结果", "两批里第二批在含砂介质循环下漏率 1.6×10⁻⁹ Pa·m³/s，达到要求。");
  await walk.type("证明达到 TRL", "8");
  await walk.type("报告 SHA-256", digest);
  await send(walk, "交结果");
  await walk.sees("结果待确认", "漏率 4.1×10⁻⁹ Pa·m³/s，没有达到 2×10⁻⁹");
}

/* Whose achievement it is brings its TRL up to what was proved; the achievement's page says so. */
async function writes_back(walk) {
  await walk.sign_in("institute");
  await walk.click("办事", { within: "header nav" });
  await walk.click("中试作业");
  await walk.click(new RegExp(`${line}：中试作业`));
  await step(walk, "回写成熟度");
  await walk.type("回写 TRL", "8");
  await send(walk, "回写成熟度");
  await walk.click(title);
  await walk.sees(/TRL ?8|^8$/, /凭验证结果回写成熟度/);
}

async function confirms(walk) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`${line}：中试作业`));
  await send(walk, "确认结果");
  await walk.sees("待开票");
}

async function bills(walk) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`${line}：中试作业`));
  await walk.type("发票号码", "FP-0001");
  await walk.type("开票日", day(0));
  await walk.type("金额", "16万元");
  await send(walk, "开票");
}

async function pays(walk) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`${line}：中试作业`));
  await walk.type("付款日", day(0));
  await walk.type("付款凭证号", "PZ-77");
  await send(walk, "付款");
  await walk.type("评分（1–5）", "4");
  await send(walk, "评价");
  await walk.sees("已办结");
  await walk.click("办事", { within: "header nav" });
  await walk.click("创新券");
  await walk.click("创新券 LZ-2026-0001");
  await walk.sees("已用完", "核销");
}

async function reads_the_figures(walk) {
  await finds(walk, service);
  await walk.click("平台的数字");
  await walk.sees("16 万元", "结果已确认");
  assert.match((await walk.takes(/xlsx/)).name, /\.xlsx$/);
  await walk.click(line);
  await walk.click("排期表");
  await walk.sees("8:00–18:00");
  await walk.click("办事", { within: "header nav" });
  await walk.click("下一个中试平台建在哪");
  await walk.sees("机时");
}

/* So much later everybody has to say again who he is. */
async function half_a_year_on(city, people) {
  await city.later(200);
  for (const [login, who] of Object.entries(people)) {
    await who.click("我的工作台");
    await who.sign_in(login);
  }
}

/* When the half year is over: the officer draws up, the platform agrees, another officer approves and enters the payment. */
async function settles(officer, walk, reviewer) {
  await officer.click("办事", { within: "header nav" });
  await officer.click("创新券结算");
  await officer.click("开结算单");
  await officer.type("服务单位", platform);
  await officer.type("年份", day(0).slice(0, 4));
  await officer.choose("半年", Number(day(0).slice(5, 7)) < 7 ? "上半年" : "下半年");
  await officer.click("按需填写");
  await officer.type("发券单位", "示例市科学技术局");
  await send(officer, "开结算单");
  await officer.sees("5 万元");
  await walk.click("我的工作台");
  await walk.click(/创新券结算/, { within: ".tasks" });
  await walk.sees("LZ-2026-0001");
  await walk.type("核对意见", "与本单位的账一致");
  await send(walk, "核对无误");
  const approves = async (who, status, seen) => {
    await who.click(/创新券结算/, { within: ".tasks" });
    await who.type("拨付日", day(200));
    await who.type("拨付凭证号", "BF-1");
    await send(who, "已拨付", status);
    await who.sees(seen);
  };
  await officer.click("我的工作台");
  await approves(officer, 403, /是您自己开的/);
  await reviewer.sign_in("reviewer");
  await approves(reviewer, 200, "已拨付");
}

async function go(walk, arrive, city) {
  const client = await arrive(), officer = await arrive(), owner = await arrive();

  await says_what_it_can(walk);
  await asks(client);
  await the_gate_stops(walk);
  await mends(client);
  await quotes(walk);
  await gives_a_voucher(officer);
  await accepts(client);
  await runs(walk);
  await confirms(client);
  await writes_back(owner);
  await bills(walk);
  await pays(client);
  await reads_the_figures(walk);
  await half_a_year_on(city, { pilot: walk, enterprise: client, officer, institute: owner });
  await settles(officer, walk, await arrive());
}

export default [
  { name: "a pilot platform: what it can, the safety gate, slots, a failure on record, a voucher", begins: new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10), go },
];
