import assert from "node:assert/strict";

/*
 * Journey ①, its other steps, and the last of journey ⑨: six weeks after a task was assigned and a plan was promised, the officer opens the steering
 * desk, sees what stands red and with whom, takes the letter and the week's sheet, and follows a figure to what it counts; the leader sees what
 * was promised and not kept, and has it urged; whoever does it finds it on his desk.
 */
const agency = "示例市技术市场管理中心", what = "理清认定登记超期的七件";
const send = (walk, name, status = 200) => walk.click(name, { within: "main form.form", status });

async function assigns(officer, by_day) {
  await officer.sign_in("officer");
  await officer.click("办事", { within: "header nav" });
  await officer.click("行动", { within: "main" });
  await officer.click(/^兰州市 2025 年/);
  await officer.click("强科技行动", { within: ".branches" });
  await officer.click("派任务", { within: "main" });
  await officer.type("要办的事", what);
  await officer.type("交付什么", "超期的每件都有结论，附登记编号。");
  await officer.type("承办单位", agency);
  await officer.type("办结期限", by_day);
  await officer.choose("督办等级", "重点督办");
  await send(officer, "派任务", 422);
  await officer.sees("重点督办要写明由哪位领导领衔");
  await officer.type("领衔领导", "示例副市长 张某（示例）");
  await officer.choose("要让哪个指标动", "技术合同成交额（认定登记）");
  await send(officer, "派任务");
  await officer.sees("待签收", agency);
}

async function accepts(unit) {
  await unit.sign_in("agency");
  await unit.click(new RegExp(what), { within: ".tasks" });
  await unit.type("经办人", "王某（示例）");
  await unit.type("联系电话", "0931-7654321");
  await send(unit, "签收");
  await unit.sees("办理中");
}

/* The light is red, with whom, for how long; a letter and the week's sheet are ready. */
async function finds_the_red_light(officer) {
  await officer.click("我的工作台");
  await officer.click("调度台", { within: "main" });
  await officer.sees("谁手里有什么", what, agency, /超期 \d+ 天/);
  const letter = await officer.takes("Word", "section:has(#held) tbody tr");
  assert.match(letter.name, /\.docx$/);
  assert.equal(letter.bytes.subarray(0, 2).toString(), "PK");
  const week = await officer.takes("本周调度单（PDF）");
  assert.equal(week.bytes.subarray(0, 5).toString(), "%PDF-");
}

/* From the four amounts and their target to the task that is to move one of them, and to what it counts. */
async function follows_a_figure(officer) {
  await officer.click("指标", { within: "footer" });
  await officer.sees("四个金额，不相加", "签约额", "技术交易额", "到账额", "疑似拆分的签约额");
  await officer.click("技术合同成交额（认定登记）", { within: ".gauges" });
  await officer.sees("按月", "按年", "它是怎样定义的", "为它办的事", what, "强科技行动");
  await officer.click(/^它数的/);
  await officer.sees("数的是哪些");
}

async function sees_what_was_not_kept(leader) {
  await leader.sign_in("leader");
  await leader.click("调度台", { within: "main" });
  await leader.sees("没有兑现的承诺，最久的十项", what, "重点督办", agency);
  await leader.click(what, { within: "section:has(#promises)" });
  await leader.click("督办", { within: "section[aria-labelledby=steps]" });
  await leader.type("谁督办", "示例领导（示例）");
  await leader.type("为什么督办、要求什么", "过了期限没有结论，请三个工作日内说明。");
  await send(leader, "督办");
  await leader.sees("被督办，待答复");
}

async function is_told(unit) {
  await unit.click("办事", { within: "header nav" });
  await unit.click("调度台", { within: "main" });
  await unit.sees("本单位手里的事", what);
  await unit.misses("没有兑现的承诺");
  await unit.click(what, { within: "main" });
  await unit.click("答复督办", { within: "section[aria-labelledby=steps]" });
  await unit.type("答复", "四件已补正，三件今天报审。");
  await send(unit, "答复督办");
  await unit.sees("办理中");
}

async function go(walk, arrive, city) {
  const unit = await arrive({ width: 375 }), leader = await arrive({ width: 375 }), guest = await arrive();

  await assigns(walk, city.day(10));
  await accepts(unit);
  await city.later(42);
  for (const [login, who] of [["officer", walk], ["agency", unit]]) { /* six weeks end a session */
    await who.click("我的工作台");
    await who.sign_in(login);
  }
  await finds_the_red_light(walk);
  await follows_a_figure(walk);
  await sees_what_was_not_kept(leader);
  await is_told(unit);
  await guest.sees(/账本第 [\d,]+ 条/); /* behind it lies the checkpoint, a text for verifiers */
}

export default [{ name: "six weeks on: the officer finds the red light, the leader what was not kept", begins: "2026-11-02", go }];
