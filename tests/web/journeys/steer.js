import assert from "node:assert/strict";

/*
 * Journey ①, its fourth step: an officer finds the gaps of the plan, sets a unit, assigns a task from the action to the registration agency
 * and copies a district in as its helper; the agency accepts, reports, is urged, reports it done; the officer closes it, and the tree counts it.
 */
const agency = "示例市技术市场管理中心", district = "示例安宁区科学技术局", plan = /^兰州市 2025 年/;
const later = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

const step = (walk, name) => walk.click(name, { within: "section[aria-labelledby=steps]" });
const send = (walk, name, status = 200) => walk.click(name, { within: "main form.form", status });

async function finds_the_gaps(walk) {
  await walk.sign_in("officer");
  await walk.click("办事", { within: "header nav" });
  await walk.click("行动", { within: "main" });
  await walk.click(plan);
  await walk.sees("没有责任单位", "目标数未取得", "不低于 135 亿元", "累计不低于 900 名");
  await walk.click("强科技行动", { within: ".branches" });
}

async function assigns(walk, what) {
  await walk.click("派任务", { within: "main" });
  assert.equal(await walk.value("由谁交办"), "示例市科学技术局", "whoever keeps the plan");
  await walk.type("要办的事", what);
  await walk.type("交付什么", "超期的每件都有结论，附登记编号。");
  await walk.type("承办单位", agency);
  await walk.type("办结期限", later);
  await walk.choose("督办等级", "重点督办");
  await send(walk, "派任务", 422);
  await walk.sees("重点督办要写明由哪位领导领衔");
  await walk.type("领衔领导", "示例副市长 张某（示例）");
  await send(walk, "派任务");
  await walk.sees("待签收", agency, "强科技行动");
  await walk.click("请单位协办");
  await walk.type("请谁协办", district);
  await walk.type("请他们做什么", "报本区两件的情况。");
  await walk.type("协办期限", later);
  await send(walk, "请单位协办");
  await walk.sees("待答复", district);
}

async function accepts(walk, what) {
  await walk.sign_in("agency");
  await walk.click(new RegExp(what), { within: ".tasks" });
  await walk.sees("交办异议 1 周内提出，不得自行转办（R111）");
  await walk.type("经办人", "王某（示例）");
  await walk.type("联系电话", "0931-7654321");
  await send(walk, "签收");
  await walk.sees("办理中");
  await step(walk, "报进展");
  await walk.type("办到百分之几", "40");
  await walk.type("做了什么", "三件补正完了，四件在审。");
  await send(walk, "报进展");
  await walk.sees("三件补正完了，四件在审。");
}

/* From his desk or the list: the officer has left the task's page. */
async function urges(walk, what) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("协同任务", { within: "main" });
  await walk.click(new RegExp(what));
  await step(walk, "督办");
  await walk.type("谁督办", "示例科长 李某（示例）");
  await walk.type("为什么督办、要求什么", "四件还没有结论，请说明。");
  await send(walk, "督办");
  await walk.sees("被督办，待答复");
}

async function answers_and_reports(walk, what) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`被督办，待答复.*${what}`), { within: ".tasks" });
  await step(walk, "答复督办");
  await walk.type("答复", "四件今天补正完。");
  await send(walk, "答复督办");
  await step(walk, "报办结");
  await walk.type("办成了什么", "超期的七件都有结论。");
  await walk.type("凭证", "登记编号清单（示例〔2026〕1 号）");
  await send(walk, "报办结");
  await walk.sees("待销号");
}

async function closes(walk, what) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`待销号.*${what}`), { within: ".tasks" });
  await walk.sees("登记编号清单（示例〔2026〕1 号）");
  await step(walk, "销号");
  await walk.type("怎么核的", "逐件查了登记编号。");
  await send(walk, "销号");
  await walk.sees("已销号", "准予销号");
  await walk.click("强科技行动", { within: "main" });
  await walk.sees(/任务 \d+ 项：已销号 [1-9]/);
}

const go = (what, other) => async (walk, arrive) => {
  const unit = await arrive({ width: other });
  await finds_the_gaps(walk);
  await assigns(walk, what);
  await accepts(unit, what);
  await urges(walk, what);
  await answers_and_reports(unit, what);
  await closes(walk, what);
};

export default [
  { name: "an officer steers: a task from the plan's gap to its closing, its unit on a phone", go: go("理清超期的认定登记七件", 375) },
  { name: "an officer steers from a phone, the unit at a desk", width: 375, go: go("再理一遍超期的认定登记", 1280) },
];
