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
  await walk.settles(".preview");
  await walk.sees("GB18030");
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
  await walk.click("换一个文件");
  await shows(walk, [...good, ...mended], "需求表-改好.csv");
  assert.equal(await walk.has("有问题的行"), false);
  await walk.click("导入", { within: "main form.form", goes_on: true });
  await walk.settles("dl.figures");
  await walk.sees("已导入", "5 / 5");
  assert.deepEqual((await walk.read("dl.figures dd"))[0], "5");
  await walk.click("看导入的记录");
  await walk.sees("泵壳铸造模样数字化");
}

export default [{ name: "an officer imports a GB18030 spreadsheet with three bad rows and mends them", go }];
