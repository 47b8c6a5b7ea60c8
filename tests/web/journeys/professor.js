import assert from "node:assert/strict";

const title = "黄土塬区边坡含水率光纤分布式监测方法";

async function leaves_a_draft(walk) {
  await walk.sign_in("professor");
  await walk.click("登记成果");
  await walk.type("成果名称", title);
  await walk.click("存为草稿");
  await walk.sees(/草稿存于/);
  assert.equal(await walk.value("成果名称"), title);
  await walk.click("我的工作台");
  await walk.sees(title);
  await walk.click("退出");
  assert.ok(await walk.has("登录", "header"), "signed out");
  await walk.misses(title);
}

async function comes_back(walk) {
  await walk.sign_in("professor");
  await walk.click(title);
  await walk.click("English");
  await walk.click("中文");
  assert.equal(await walk.value("成果名称"), title);
  await walk.type("公开摘要", "沿坡体钻孔布设加热光纤,由降温曲线反算含水率,精度 ±1.5 %,已在三处塬边试用两个雨季。");
  await walk.type("技术成熟度", "6");
  await walk.click("发布");
  assert.equal(await walk.heading(), title);
  await walk.click("我的工作台");
  await walk.sees("没有草稿。填到一半时按“存为草稿”，回来接着填。");
  await walk.click(title);
}

async function edits(walk) {
  await walk.click("修改");
  await walk.type("技术成熟度", "7");
  await walk.click("保存修改");
  await walk.sees("TRL 7");
  const versions = await walk.read(".history li b + small");
  assert.deepEqual(versions, ["第 2 版", "第 1 版"]);
  await walk.click("看全部历史");
  assert.deepEqual(await walk.read(".history .changed"), ["技术成熟度"]);
  const [, first] = await walk.read(".history .who a:not([href^=\"/log\"])");
  await walk.click(first, { within: ".history li:last-child" });
  await walk.sees(/这是 .* 时的样子/, "TRL 6");
  await walk.click("看现在");
}

async function closes_and_reopens(walk, stranger) {
  await stranger.click("成果", { within: "header nav" });
  await stranger.sees(title);
  await walk.click("关闭");
  await walk.sees("已关闭");
  await stranger.click(title, { status: 404 });
  await stranger.sees("没有找到", "这个地址没有内容，或者它不对您公开。");
  await walk.click("重新开放");
  await walk.misses("已关闭");
  await stranger.click("成果", { within: "header nav" });
  await stranger.click(title);
  assert.equal(await stranger.heading(), title);
}

async function go(walk, arrive) {
  await leaves_a_draft(walk);
  await comes_back(walk);
  await edits(walk);
  await closes_and_reopens(walk, await arrive());
}

async function drops_a_patent(walk, arrive, city) {
  await walk.sign_in("professor");
  await walk.click("登记成果");
  await walk.pick("选一个文件", city.patent);
  await walk.click("预填");
  await walk.sees("已读：示例专利.pdf", "一种含砂介质离心泵用自润滑滑动轴承");
  assert.equal(await walk.value("成果名称"), "一种含砂介质离心泵用自润滑滑动轴承");
  assert.match(await walk.value("知识产权"), /202110123456\.0.*2021-01-29/);
  assert.ok((await walk.read(".from q")).length >= 3, "each says which sentence it came from");
  await walk.click("不改了");
  await walk.click("我的工作台");
  await walk.misses("一种含砂介质离心泵用自润滑滑动轴承");
}

/* Five minutes on a phone: what is missing is said at once, and the form is filled where one stands. */
async function on_a_phone(walk) {
  await walk.sign_in("professor");
  await walk.click("登记成果");
  await walk.click("发布", { status: 422 });
  await walk.sees("有 2 处要改");
  await walk.type("成果名称", "砒砂岩沟道植物柔性坝");
  await walk.type("公开摘要", "沙棘成行密植,洪水过而泥沙留,三年淤高一米二,已在两条沟里试种。");
  await walk.click("转化");
  await walk.tick("许可");
  await walk.type("价格意向", "面议");
  await walk.click("转化");
  await walk.click("发布", { status: 422 });
  await walk.sees("有 1 处要改");
  await walk.click("转化"); /* folds it away again: the fault's link opens it */
  await walk.click(/^价格意向/, { within: ".summary" });
  await walk.type("价格意向", "");
  await walk.click("发布");
  assert.equal(await walk.heading(), "砒砂岩沟道植物柔性坝");
  await walk.click("我的工作台");
  await walk.click("登记成果");
  await walk.type("成果名称", "砒砂岩沟道植物柔性坝（二）");
  await walk.type("公开摘要", "沙棘成行密植,洪水过而泥沙留,三年淤高一米二,已在两条沟里试种。");
  await walk.click("发布", { status: 422 });
  await walk.sees("相近"); /* it is there already: shown before it is one more */
  await walk.click("看那一项");
  assert.equal(await walk.heading(), "砒砂岩沟道植物柔性坝");
}

export default [
  { name: "a professor leaves a draft and comes back to it, publishes, mends, closes and reopens it", go },
  { name: "a professor discloses on a phone", width: 375, go: on_a_phone },
  { name: "a professor drops a patent on the form", go: drops_a_patent },
  { name: "a professor drops a patent on the form, on a phone", width: 375, go: drops_a_patent },
];
