import assert from "node:assert/strict";

async function changes_language(walk) {
  await walk.click("English");
  assert.equal(await walk.heading(), "Name a problem or a result: seven parties answer on the spot");
  await walk.click("Needs", { within: "header nav" });
  const [title] = await walk.read(".rows .card h3 a");
  await walk.click(title, { within: ".rows .card h3" });
  await walk.sees("Who fits");
  await walk.click("中文");
  assert.equal(await walk.heading(), title);
  await walk.sees("谁合适");
}

async function looks_through_lists(walk) {
  await walk.click("成果", { within: "header nav" });
  const all = Number((await walk.read("h1 small"))[0]);
  const [facet] = await walk.read(".facet li a");
  await walk.click(facet, { within: ".facet" });
  const some = Number((await walk.read("h1 small"))[0]);
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  assert.equal(Number(/(\d+)$/.exec(facet)[1]), some, "as many as the facet said");
  await walk.click("English");
  assert.equal(Number((await walk.read("h1 small"))[0]), some, "the language changes, the list does not");
  await walk.click("中文");
  await walk.click("全部去掉");
  const first = await walk.read(".rows .card h3");
  await walk.click("下一页");
  const second = await walk.read(".rows .card h3");
  assert.equal(first.filter(title => second.includes(title)).length, 0, "no record on two pages");
  await walk.click("回到开头");
  assert.deepEqual(await walk.read(".rows .card h3"), first);
}

async function searches(walk) {
  await walk.click("成果", { within: "header nav" });
  await walk.type("查找", "含沙 离心泵 磨蚀");
  await walk.click("查找", { within: "form.filter" });
  const titles = await walk.read(".rows .card h3");
  assert.ok(titles.length > 0 && titles.length <= 20 && titles[0].includes("泵"), `nearest first: ${titles.slice(0, 3)}`);
  await walk.type("查找", "qzxwv kkjjq");
  await walk.click("查找", { within: "form.filter" });
  await walk.sees("没有符合条件的记录。");
}

async function is_locked_out(walk) {
  await walk.click("登录", { within: "header" });
  for (let i = 0; i < 4; i++) {
    await walk.sign_in("county", `wrong-${i}`, 401);
    await walk.sees(/登录名或密码不对/);
  }
  await walk.sign_in("county", "wrong-5", 401);
  await walk.sign_in("county", undefined, 401);
  await walk.sees(/锁定|请.*后再试/);
  await walk.misses("我的工作台");
}

async function asks_one_column(walk) {
  await walk.type("难题或成果", "离心泵轴承耐磨");
  await walk.click("应答");
  await walk.click("再看更多成果");
  assert.equal((await walk.read(".col > h2")).length, 1);
  assert.ok((await walk.read(".col-achievement .card")).length > 3, "more than before");
  await walk.click("回到七栏");
  assert.equal((await walk.read(".col > h2")).length, 7);
  await walk.type("您的难题或成果", "   ");
  await walk.click("应答", { status: 422 });
  await walk.sees("请先写下难题或成果");
}

/* The box, lists, a record, signing in and a form, as an old browser or a careful one has them. */
async function without_script(walk) {
  await walk.type("难题或成果", "离心泵轴承寿命从 3000 小时提到 8000 小时,预算 200 万元");
  await walk.click("应答");
  assert.equal((await walk.read(".col > h2")).length, 7);
  await walk.click("需求", { within: "header nav" });
  const [title] = await walk.read(".rows .card h3 a");
  await walk.click(title, { within: ".rows .card h3" });
  assert.equal(await walk.heading(), title);
  await walk.sign_in("institute");
  await walk.click("提出需求");
  await walk.click("发布", { status: 422 });
  await walk.sees("有 2 处要改");
  await walk.type("需求名称", "真空密封件低温泄漏率批量检测");
  await walk.type("现状", "液氮温区密封件目前逐件抽检,每件四小时,跟不上装配节拍。");
  await walk.click("发布");
  assert.equal(await walk.heading(), "真空密封件低温泄漏率批量检测");
  await walk.click("退出");
}

async function reads_all_pages(walk) {
  for (const place of ["专家与经理人", "场景", "平台与服务", "政策", "单位"]) {
    await walk.click(place, { within: "header nav" });
    const [title] = await walk.read(".rows .card h3 a");
    await walk.click(title, { within: ".rows .card h3" });
    assert.equal(await walk.heading(), title);
  }
  const [held] = await walk.read(".held li a");
  await walk.click(held, { within: ".held" });
  assert.equal(await walk.heading(), held, "an organisation's page leads to what it has");
  await walk.click("开放接口");
  await walk.click("个人信息保护");
}

/* From the foot of the page to a file and what its columns mean. */
async function takes_data_out(walk) {
  await walk.click("开放数据", { within: "footer" });
  assert.equal(await walk.heading(), "开放数据");
  const rows = await walk.read("tbody th");
  assert.deepEqual(rows, ["成果", "需求", "场景", "服务", "政策", "单位"]);
  const { name, bytes } = await walk.takes("成果 CSV", "main");
  assert.match(name, /^achievements-\d{4}-\d\d-\d\d\.csv$/);
  assert.match(bytes.toString(), /^\ufeff?平台编号,单位名称,成果名称,/);
  await walk.click("数据字典", { within: "main" });
  assert.equal(await walk.heading(), "数据字典");
  await walk.sees("技术成熟度", "级（GB/T 22900）", "由披露的单位决定是否公开。");
  await walk.click("way", { within: "main" });
  await walk.sees("作价投资");
  await walk.click("开放数据", { within: "main nav" });
  assert.equal(await walk.heading(), "开放数据");
}

/* What was imported is counted behind the import; then it is drawn. */
async function looks_at_indicators(walk) {
  const chart = "下载图（SVG）", code = "征集企业技术需求";

  await walk.click("指标", { within: "footer" });
  await walk.click(code, { within: "main" });
  await walk.until(() => walk.look_again(), 500, 120, () => walk.has(chart));
  await walk.look();
  const { name, bytes } = await walk.takes(chart, "main");
  assert.equal(name, `${code}，按月.svg`);
  assert.match(bytes.toString(), /^<svg /);
}

export default [
  { name: "a visitor changes the language and back", go: changes_language },
  { name: "a visitor looks through lists by facets and pages", go: looks_through_lists },
  { name: "a visitor searches lists", go: searches },
  { name: "a visitor asks for one column and for nothing", go: asks_one_column },
  { name: "a visitor reads a record of each kind", go: reads_all_pages },
  { name: "a visitor reads a record of each kind on a phone", width: 375, go: reads_all_pages },
  { name: "a visitor takes open data out", go: takes_data_out },
  { name: "a visitor takes open data out on a phone", width: 375, go: takes_data_out },
  { name: "a visitor looks at an indicator's chart", go: looks_at_indicators },
  { name: "a visitor looks at an indicator's chart on a phone", width: 375, go: looks_at_indicators },
  { name: "who guesses passwords is locked out", go: is_locked_out },
  { name: "everything works without scripts", script: false, go: without_script },
];
