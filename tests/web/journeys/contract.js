import assert from "node:assert/strict";

const need = "煤化工黑水角阀与锁渣球阀寿命", result = "煤化工黑水角阀的整体烧结碳化钨阀芯";
const firm = "示例泵阀制造有限公司", unit = "示例理工大学";
let day; /* day(ahead) of the city */

const send = (walk, name, status = 200) => walk.click(name, { within: "form.form .form-end", status });
const step = (walk, name) => walk.click(name, { within: "aside" });

/* From the desk to what waits there, by its kind. */
async function to_task(walk, sort, name) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`^${sort} · .*${name}`), { within: ".tasks" });
}

async function search(walk) {
  await walk.type("查找", need);
  await walk.click("查找");
  await walk.click(need);
}

/* So many days later everybody has to say again who he is. */
async function days_pass(city, days, people) {
  await city.later(days);
  for (const [login, who] of Object.entries(people)) {
    await who.click("我的工作台");
    await who.sign_in(login);
  }
}

/* --- a need that waits --- */

async function takes(walk) {
  await walk.sign_in("manager");
  await walk.click("办事", { within: "header nav" });
  await walk.click("待领需求");
  await walk.click("在全部需求里找，从它的页面上领取");
  await search(walk);
  await walk.click("领取");
  assert.ok(await walk.value("经理人电话"), "his own number stands there");
  await send(walk, "领取需求");
  await walk.sees("待答复");
  await walk.type("答复日", day(0));
  await walk.type("答复了什么", "打电话问清了介质、压差和阀座结构，约定看现场。");
  await walk.type("下一步", "下周二到厂里取一只报废阀芯");
  await send(walk, "记下答复");
  await walk.sees("已答复，待需求方确认");
}

async function confirms(client) {
  await client.sign_in("enterprise");
  await to_task(client, "需求派单", need);
  await send(client, "确认得到答复");
  await client.sees("对接中");
}

/* --- a case under a signed contract --- */

async function opens_a_case(walk) {
  await to_task(walk, "需求派单", need);
  await walk.sees(firm);
  await walk.click(need, { within: "section[aria-labelledby=fields]" });
  await walk.click("接案，签中介合同");
  await walk.type("委托人", firm); /* hidden in its need: he writes whom he has spoken to */
  assert.match(await walk.value("经办的技术经理人"), /^魏某（示例） #\d+$/);
  await walk.choose("委托人是", "需求方");
  await send(walk, "接案");
  await walk.sees("起草");
  await walk.choose("关系", "没有利益关系");
  await walk.type("说明", "无");
  await send(walk, "声明利益关系");
  await step(walk, "提交中介合同");
  await walk.type("中介合同编号", "ZJ-2026-08");
  await walk.type("委托事项", "为黑水角阀阀芯寻找耐冲蚀材料的供方，并撮合订约。");
  await walk.choose("报酬怎样算", "按合同金额的比例");
  await walk.type("报酬比例", "3%");
  await walk.choose("谁付报酬", "委托人付");
  await walk.type("何时应付", "技术合同签订后");
  await walk.type("应付之后几日内付清", "30");
  await walk.type("跳单条款：引荐后几个月内", "12");
  await send(walk, "提交中介合同");
  await walk.sees("待委托人签订");
}

async function signs(client) {
  await to_task(client, "中介案件", firm);
  await client.type("签订日", day(0));
  await send(client, "签订");
  await client.sees("已签订，撮合中");
}

async function introduces(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("中介案件");
  await walk.click(firm, { within: ".deals" });
  await walk.click("记一次引荐");
  await walk.type("引荐给", unit);
  await walk.type("引荐日", day(0));
  await walk.type("怎样引荐", "三方电话会议");
  await walk.type("介绍了什么", "介绍了大学整体烧结碳化钨阀芯的台架结果和报废阀芯的情况。");
  await send(walk, "记一次引荐");
  await walk.sees("待双方确认");
}

async function confirm_both(client, clerk) {
  await to_task(client, "引荐", unit);
  await send(client, "确认有这次引荐");
  await client.sees("待被引荐方确认");
  await clerk.sign_in("unit");
  await to_task(clerk, "引荐", unit);
  await send(clerk, "确认有这次引荐");
  await clerk.sees("双方已确认");
}

async function talks(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("中介案件");
  await walk.click(firm, { within: ".deals" });
  await step(walk, "记一次会谈");
  await walk.type("会谈日期", day(0));
  await walk.type("地点或方式", "厂内阀门车间");
  await walk.type("参加人", "厂方技术负责人、大学课题组、魏某（示例）");
  await walk.type("谈了什么", "看了报废阀芯，商定先做三只样件，价款一百六十万元。");
  await send(walk, "记一次会谈");
  await walk.sees("厂内阀门车间");
}

/* --- the university's deal: from the achievement to the notice, then from the contract to the money --- */

async function begins_the_deal(clerk) {
  await clerk.click("成果", { within: "header nav" });
  await clerk.type("查找", result);
  await clerk.click("查找");
  await clerk.click(result);
  await clerk.click("发起转化");
  await send(clerk, "明确权属");
  await clerk.type("技术价值", "阀芯寿命由 90 天提高到 300 天以上");
  await clerk.type("经济价值", "每台阀每年少停车三次");
  await clerk.type("各级的证据", Array.from({ length: 9 }, (_, i) => `第 ${i + 1} 级 示例报告`).join("\n"));
  await clerk.type("评价人", "示例评价人");
  await send(clerk, "评价成果");
  await clerk.choose("转化方式", "转让");
  await clerk.type("拟交易价格", "160万元");
  await clerk.type("受让方", firm);
  await clerk.type("定价依据", "参照两份可比合同，学校集体决策");
  await send(clerk, "定价");
  await send(clerk, "发起公示");
  await clerk.sees("公示期未满");
}

async function carries_it_through(clerk) {
  await clerk.click("我的工作台");
  await clerk.click(`审批：${result}`);
  await clerk.type("会议纪要文号", "示例校办〔2026〕3号");
  await send(clerk, "审批");
  await clerk.type("合同编号", "HT-2026-01");
  await send(clerk, "签订合同");
  await clerk.type("登记机构", "示例登记机构");
  await send(clerk, "提交登记");
  await clerk.type("登记编号", "2026620100000001");
  await send(clerk, "填登记结果");
  await step(clerk, "付款计划");
  await clerk.choose("款项", "总价款");
  await clerk.type("应付日期", day(10));
  await clerk.type("金额", "160万元");
  await send(clerk, "付款计划");
  await clerk.type("凭证号", "PZ-1");
  await send(clerk, "登记到账");
}

/* --- what it brings the manager: by the contract from the client, by the city's rule from the city --- */

async function claims_his_commission(walk) {
  await walk.click("我的工作台");
  await walk.sees("引荐的双方有没登记的转化项目，疑似跳单");
  await walk.click("办事", { within: "header nav" });
  await walk.click("中介案件");
  await walk.click(firm, { within: ".deals" });
  await walk.click("登记为促成的合同");
  assert.equal(await walk.value("合同对方"), unit);
  await send(walk, "登记促成的合同");
  await walk.sees("已促成，报酬待付", "按合同应付的报酬：4.8 万元");
}

async function pays(client) {
  await to_task(client, "中介案件", firm);
  await client.type("付款日", day(0));
  await client.type("金额", "4.8万元");
  await client.type("凭证号", "YJ-1");
  await send(client, "付报酬");
}

async function is_paid(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("中介案件");
  await walk.click(firm, { within: ".deals" });
  await step(walk, "确认收到");
  await walk.type("中介人确认收到日", day(0));
  await send(walk, "确认收到");
  await step(walk, "报酬付清");
  await send(walk, "报酬付清");
  await walk.sees("报酬已付清");
}

async function claims_the_reward(walk) {
  await walk.click("申领", { within: "section[aria-labelledby=claims]" });
  await walk.type("到账年度", day(0).slice(0, 4));
  await walk.type("本人份额", "100%");
  await send(walk, "申领");
  await walk.sees("待审核", "8 万元");
}

async function announces(officer, guest) {
  await officer.sign_in("officer");
  await to_task(officer, "经理人奖励申领", "魏某（示例）");
  await send(officer, "公示");
  await officer.sees("公示中");
  await guest.click("办事", { within: "header nav" });
  await guest.click("经理人奖励申领");
  await guest.click(/魏某（示例） 2026 年度经理人奖励/);
  await guest.sees("2026620100000001", "8 万元");
}

async function grants(officer) {
  await to_task(officer, "经理人奖励申领", "魏某（示例）");
  await send(officer, "准予奖励");
  await officer.type("兑付日", day(0));
  await officer.type("拨付凭证号", "BK-1");
  await send(officer, "记下兑付");
  await officer.sees("已兑付");
}

/* A page that anybody can check. */
async function is_certified(walk, guest) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("业绩证明");
  await walk.type("期间自", day(-90));
  await walk.type("期间至", day(0));
  await walk.click("开具");
  const [code] = await walk.read("main code");
  await guest.click("办事", { within: "header nav" });
  await guest.click("核验业绩证明");
  await guest.type("核验码", code);
  await guest.click("核验");
  await guest.sees("与开具时一致", "示例兰州技术转移有限公司");
}

async function go(walk, arrive, city) {
  const client = await arrive(), clerk = await arrive({ width: 1280 }), officer = await arrive({ width: 1280 }), guest = await arrive();
  const people = { manager: walk, enterprise: client, unit: clerk };

  day = city.day;
  await takes(walk);
  await confirms(client);
  await opens_a_case(walk);
  await signs(client);
  await introduces(walk);
  await confirm_both(client, clerk);
  await talks(walk);
  await begins_the_deal(clerk);
  await days_pass(city, 16, people);
  await carries_it_through(clerk);
  await claims_his_commission(walk);
  await pays(client);
  await is_paid(walk);
  await claims_the_reward(walk);
  await announces(officer, guest);
  await days_pass(city, 12, { ...people, officer });
  await grants(officer);
  await is_certified(walk, guest);
}

export default [{ name: "a technology manager takes a need, brings a contract about, is paid and certified, on a phone", width: 375, begins: "2026-07-01", go }];
