import assert from "node:assert/strict";

/* Somebody at a university who may sign next week asks the rulebook first: from the foot of the front page, by clicks alone. */
async function looks_up(walk) {
  await walk.click("规则手册", { within: "footer" });
  assert.equal((await walk.heading()).split(" ")[0], "规则手册");
  await walk.choose("地区", "甘肃省");
  await walk.type("查找", "公示 协议定价");
  await walk.click("查找", { within: "main" });
  await walk.sees("R03", "参数未核");
  await walk.click(/^R03 协议定价须在本单位公示/);
  await walk.sees("应当在本单位公示科技成果名称和拟交易价格", "二手来源");
}

async function asks(walk) {
  await walk.choose("国家设立的研究开发机构、高等院校", "是");
  await walk.choose("定价方式", "协议定价");
  await walk.click("看结论");
  await walk.sees("还不能判断", "还要知道：");
  await walk.choose("公示已撤回", "否");
  await walk.type("本单位公示的起始日", "2026-03-02");
  await walk.type("按哪一天的规则", "2026-03-17");
  await walk.click("看结论");
  assert.deepEqual(await walk.read(".verdict-word"), ["不符合"]);
  assert.equal(await walk.value("本单位公示的起始日"), "2026-03-02", "what was typed is there still");
  await walk.type("按哪一天的规则", "2026-03-18");
  await walk.click("看结论");
  assert.deepEqual(await walk.read(".verdict-word"), ["符合"]);
}

async function looks_elsewhere(walk) {
  await walk.click(/^R03 浙江省/);
  await walk.sees("浙江", "技术交易市场");
  await walk.click("规则手册", { within: "nav.crumbs" });
  await walk.choose("主题", "税");
  await walk.click("查找", { within: "main" });
  await walk.click(/^R43 /);
  await walk.sees("500 万元");
}

async function go(walk) {
  await looks_up(walk);
  await asks(walk);
  await looks_elsewhere(walk);
}

export default [
  { name: "asking the rulebook, before signing", width: 1280, go },
  { name: "asking the rulebook, on a phone", width: 375, go },
];
