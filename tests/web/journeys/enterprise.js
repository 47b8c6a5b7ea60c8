import assert from "node:assert/strict";

const firm = "示例泵阀制造有限公司", alias = "某泵阀制造企业";
const title = "多级离心泵滑动轴承含砂磨损寿命提升";

async function fill_badly(walk) {
  await walk.type("需求名称", title);
  await walk.type("目标", "轴承平均寿命从 3000 h 提高到 8000 h,含砂量 0.5 kg/m³ 时不低于 6000 h。");
  await walk.click("关键词与行业");
  await walk.type("关键词", "离心泵\n滑动轴承\n含砂介质\n耐磨涂层");
  await walk.type("预算", "两百万元");
  await walk.click("发布", { within: "form.form .form-end", status: 422 });
}

async function mend(walk) {
  const complaints = await walk.read(".complaint");

  assert.equal(complaints.length, 2, `one complaint a field: ${complaints}`);
  await walk.sees("有 2 处要改");
  assert.equal(await walk.value("需求名称"), title, "what was typed still stands");
  await walk.click(/^现状：/, { within: ".summary" });
  await walk.type("现状", "石化流程用多级离心泵,水润滑滑动轴承在含砂介质下平均 3000 h 更换,每次停机两天。");
  await walk.type("预算", "200 万元");
  assert.deepEqual(await walk.read("details.part[open] > summary b"), ["关键词与行业"], "what holds something is open");
  await walk.click("条件与合作方式");
  await walk.tick("许可");
  await walk.sees(/已填 1 \/ 4 项/);
  await walk.click("保密与联系");
  await walk.tick("是");
  await walk.type("对外称呼", alias);
  await walk.type("联系人", "示例联系人 0931-0000399");
  await walk.click("发布", { within: "form.form .form-end" });
}

async function posts_need(walk) {
  await walk.sign_in("enterprise");
  await walk.sees("我的工作台", firm);
  await walk.click("提出需求");
  await fill_badly(walk);
  await mend(walk);
  assert.equal(await walk.heading(), title);
  await walk.sees("200 万元");
}

async function sees_who_fits(walk) {
  const began = Date.now();

  await walk.until(() => walk.look_again(), 200, 12, async () => (await walk.read(".cols .card")).length >= 3);
  await walk.look();
  const levels = await walk.read(".cols .card .level");
  assert.ok(levels.some(level => /强$/.test(level)), `somebody fits well: ${levels}, ${Date.now() - began} ms`);
  await walk.click("我的工作台");
  await walk.sees(title);
  assert.ok((await walk.read(".card .fits-list li")).length > 0, "the desk says who fits");
}

/* A visitor on another machine looks for it in the list. */
async function stranger_looks(stranger) {
  await stranger.click("需求", { within: "header nav" });
  await stranger.type("查找", title);
  await stranger.click("查找");
  await stranger.click(title);
  await stranger.sees(alias);
  await stranger.misses("示例联系人");
  /* Who fits may name any firm, by its own open records. */
  for (const text of (await stranger.behind()).map(whole => whole.split(/id="fits"|"fits":/)[0]))
    for (const secret of [firm, "示例联系人", "0931-0000399"])
      assert.ok(!text.includes(secret), `a visitor gets ${secret}: …${text.slice(text.indexOf(secret) - 80, text.indexOf(secret) + 40)}`);
}

/* Nor does the firm's own page lead to it. */
async function looks_at_firm(stranger) {
  await stranger.click("单位", { within: "header nav" });
  await stranger.type("查找", firm);
  await stranger.click("查找", { within: "form.filter" });
  await stranger.click(firm, { within: ".rows .card h3" });
  assert.equal(await stranger.heading(), firm);
  assert.ok((await stranger.read(".held li a")).length > 0, "it has records in the open");
  await stranger.misses(title, alias);
}

async function go(walk, arrive) {
  await posts_need(walk);
  await sees_who_fits(walk);
  const stranger = await arrive();
  await stranger_looks(stranger);
  await looks_at_firm(stranger);
}

export default [{ name: "an enterprise posts a need under another name and sees who fits", go }];
