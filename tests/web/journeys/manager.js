import assert from "node:assert/strict";

const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const firm = "示例泵阀制造有限公司", unit = "示例理工大学";
const form = { within: "main form.form" }, steps = { within: "section[aria-labelledby=steps]" };

/* On a telephone: a need that waits is taken and answered. */
async function takes_a_need(walk) {
  await walk.sign_in("manager");
  await walk.click("办事", { within: "header nav" });
  await walk.click("待领需求");
  await walk.sees(/3 个工作日内得到真人答复/);
  await walk.click(/^领取/);
  assert.match(await walk.value("经理人电话"), /^0931-0000501$/);
  await walk.click("领取需求", form);
  await walk.sees("待答复");
  await walk.type("答复日", today);
  await walk.type("答复了什么", "打了电话，问清了工况和批量。");
  await walk.type("下一步", "下周二到厂里看");
  await walk.click("记下答复", form);
  await walk.sees("已答复，待需求方确认");
}

/* A case for a firm: interests, the contract, the signature. */
async function opens_a_case(walk, client) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("中介案件");
  await walk.click("接案");
  await walk.type("委托人", firm);
  assert.match(await walk.value("经办的技术经理人"), /^魏某（示例） #\d+$/);
  assert.equal(await walk.value("经办人电话"), "0931-0000501");
  await walk.choose("委托人是", "需求方");
  await walk.click("接案", form);
  await walk.choose("关系", "没有利益关系");
  await walk.type("说明", "无");
  await walk.click("声明利益关系", form);
  await walk.click("提交中介合同", steps);
  await walk.type("中介合同编号", "示例ZJ-1");
  await walk.type("委托事项", "寻找轴承涂层的供方并撮合");
  await walk.choose("报酬怎样算", "按合同金额的比例");
  await walk.type("报酬比例", "3%");
  await walk.choose("谁付报酬", "委托人付");
  await walk.type("何时应付", "技术合同签订后");
  await walk.type("应付之后几日内付清", "20");
  await walk.type("跳单条款：引荐后几个月内", "6");
  await walk.click("提交中介合同", form);
  await walk.sees("待委托人签订");
  await client.sign_in("enterprise");
  await client.click(/中介案件/, { within: ".tasks" });
  await client.sees("没有利益关系", "示例ZJ-1");
  await client.type("签订日", today);
  await client.click("签订", form);
  await client.sees("已签订，撮合中");
}

/* An introduction that both confirm, and the certificate that counts it. */
async function introduces(walk, client, other) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("中介案件");
  await walk.click(firm);
  await walk.click("记一次引荐");
  await walk.type("引荐给", unit);
  await walk.type("引荐日", today);
  await walk.type("怎样引荐", "电话会议");
  await walk.type("介绍了什么", "介绍了学校的轴承涂层成果。");
  await walk.click("记一次引荐", form);
  await walk.sees("待双方确认");
  await client.click("我的工作台");
  await client.click(/引荐/, { within: ".tasks" });
  await client.click("确认有这次引荐", form);
  await client.sees("待被引荐方确认");
  await other.sign_in("unit");
  await other.click(/引荐/, { within: ".tasks" });
  await other.sees("没有利益关系；无");
  await other.click("确认有这次引荐", form);
  await other.sees("双方已确认");
  await walk.click("办事", { within: "header nav" });
  await walk.click("业绩证明");
  await walk.click("开具", form);
  await walk.sees("与开具时一致", "双方都确认的引荐");
}

/* Of a contract elsewhere he says what it is, and the client confirms it: only then is a commission due. */
async function concludes(walk, client) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("中介案件");
  await walk.click(firm);
  await walk.click("登记促成的合同", steps);
  await walk.type("合同对方", unit);
  await walk.click("按需填写");
  await walk.type("平台外的合同编号", "示例HT-1");
  await walk.type("合同签订日", today);
  await walk.type("合同金额", "100万元");
  await walk.click("登记促成的合同", form);
  await walk.sees("待委托人确认促成", "照中介人所说的报酬：3 万元");
  await client.click("我的工作台");
  await client.click(/中介案件/, { within: ".tasks" });
  await client.click("提出异议", steps);
  await client.choose("异议", "金额不对");
  await client.type("异议的理由", "合同金额是 90 万元。");
  await client.click("提出异议", form);
  await client.sees("委托人有异议，待中介人答复");
  await walk.click("我的工作台");
  await walk.click(/中介案件/, { within: ".tasks" });
  await walk.type("合同金额", "90万元");
  await walk.type("凭什么", "合同示例HT-1第三条，已改正。");
  await walk.click("改正或再申明", form);
  await client.click("我的工作台");
  await client.click(/中介案件/, { within: ".tasks" });
  await client.click("确认促成", form);
  await client.sees("已促成，报酬待付", "按合同应付的报酬：2.7 万元");
}

async function go(walk, arrive) {
  const client = await arrive(), other = await arrive();

  await takes_a_need(walk);
  await opens_a_case(walk, client);
  await introduces(walk, client, other);
  await concludes(walk, client);
}

export default [{ name: "a technology manager on a telephone answers a need, opens a case, introduces, and what he says is confirmed", width: 375, go }];
