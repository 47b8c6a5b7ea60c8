import assert from "node:assert/strict";
import { spreadsheet } from "../papers.js";

const headers = ["需求名称", "所属单位", "现状", "预期目标", "预算", "期限", "关键词"];
const firm = "示例泵阀制造有限公司";
const state = "目前靠人工巡检,漏检率约 8 %,每班两人。";
const good = [
  ["铸件内部缩松在线检测", firm, state, "检出 1 mm 以上缩松,节拍 40 s", "120万元", "2027-06-30", "缩松、在线检测"],
  ["阀门密封面自动研磨", firm, state, "粗糙度 Ra 0.2,一次合格率 95 %", "80万元", "2027-09-30", "研磨、密封面"],
];
const bad = [
  ["泵壳铸造模样数字化", firm, state, "三维扫描偏差小于 0.3 mm", "五十万元", "2027-06-30", "三维扫描"],
  ["机封泄漏声发射预警", firm, state, "提前 72 h 预警", "60万元", "2027-02-30", "声发射"],
  ["电机能效在线评估", firm, "", "误差小于 2 %", "45万元", "2027-05-31", "能效"],
];
const mended = bad.map(row => [row[0], row[1], state, row[3], row[4].replace("五十", "50"), row[5].replace("02-30", "02-28"), row[6]]);

async function shows(walk, rows, name) {
  await walk.choose("导入什么", "需求");
  await walk.pick_field("表格文件", spreadsheet(name, [headers, ...rows]));
  await walk.click("先看看", { goes_on: true });
  await walk.settles(".match");
  await walk.sees("GB18030");
}

/* The file that he put aside waits for his word; what he brought in is his to find. */
async function minds_his_desk(walk) {
  await walk.click("我的工作台");
  const lines = await walk.read(".imports li");
  assert.match(lines[0], /^需求表-改好\.csv 需求 已导入 .* 新增 5$/);
  assert.match(lines[1], /^需求表\.csv 需求 等您确认 .* 2 行可以导入 3 行有问题$/);
  assert.deepEqual((await walk.read("section[aria-labelledby=records] .card h3")).slice(0, 5).sort(),
    [...good, ...mended].map(row => row[0]).sort());
  await walk.sees(firm);
  assert.equal(await walk.has("我的权益"), false, "what is his in the transfers of a unit: he has no unit");
  await walk.click("决定导不导入 需求表.csv", { within: ".tasks" });
  assert.equal((await walk.read("section[aria-labelledby=bad-rows] tbody tr, .scroll[aria-labelledby=bad-rows] tbody tr")).length, 3);
  await walk.click("不导入了");
  await walk.sees("现在没有要您办的事。");
  await walk.click("提出需求");
  await walk.sees("单位");
}

/* Takes the good rows of a table on a phone, and is reminded of the bad ones until he says they are mended. */
async function leaves_bad_rows(walk) {
  const near = "示例轨道与机床装备有限公司";
  const late = ["泵房噪声在线分级", near, state, "分级误差 1 dB", "30万元", "2025-03-31", "噪声"];

  await walk.sign_in("county");
  await walk.click("批量导入");
  await shows(walk, [late, bad[0].with(1, near), bad[2].with(1, near)], "区里的需求.csv");
  await walk.tick("只导入好的行");
  await walk.click("导入", { within: "main form.form", goes_on: true });
  await walk.settles("dl.figures");
  await walk.click("我的工作台");
  await walk.sees("“泵房噪声在线分级”的期限已过：关闭，或延期", "期限 2025-03-31", /^过了 \d+ 天$/);
  await walk.click("补改 区里的需求.csv 里的 2 行");
  await walk.sees("有问题的行", "五十万元");
  assert.match((await walk.takes("下载全部问题行")).name, /^区里的需求/);
  await walk.click("这些行处理好了，不再提醒");
  await walk.misses("补改");
  await walk.click(/^“泵房噪声在线分级”的期限已过/);
  await walk.click("修改");
  await walk.type("期限", "2029-03-31");
  await walk.click("保存修改");
  await walk.click("我的工作台");
  await walk.sees("现在没有要您办的事。");
}

async function go(walk) {
  await walk.sign_in("officer");
  await walk.click("批量导入");
  await shows(walk, [...good, ...bad], "需求表.csv");
  const rows = await walk.read("section[aria-labelledby=bad-rows] tbody tr, .scroll[aria-labelledby=bad-rows] tbody tr");
  assert.equal(rows.length, 3, `three bad rows: ${rows}`);
  for (const [i, words] of [["五十万元", "预算"], ["2027-02-30", "期限"], ["现状"]].entries()) {
    assert.ok(rows[i].startsWith(`${i + 4} `), `its line: ${rows[i]}`);
    for (const word of words) assert.ok(rows[i].includes(word), `${word}: ${rows[i]}`);
  }
  assert.match((await walk.takes("下载全部问题行")).name, /^需求表/);
  await walk.click("换一个文件");
  await shows(walk, [...good, ...mended], "需求表-改好.csv");
  assert.equal(await walk.has("有问题的行"), false);
  await walk.click("导入", { within: "main form.form", goes_on: true });
  await walk.settles("dl.figures");
  await walk.sees("已导入", "5 / 5");
  assert.deepEqual((await walk.read("dl.figures dd"))[0], "5");
  await walk.click("看导入的记录");
  await walk.sees("泵壳铸造模样数字化");
  await minds_his_desk(walk);
}

export default [
  { name: "an officer imports a GB18030 spreadsheet with three bad rows and mends them, and minds his desk", go },
  { name: "an officer leaves bad rows out on a phone and is reminded of them", width: 375, go: leaves_bad_rows },
];
