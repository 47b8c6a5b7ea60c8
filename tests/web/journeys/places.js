import assert from "node:assert/strict";

const title = "高寒草场补播机浮动开沟器";

async function types_names(walk) {
  await walk.sign_in("unit");
  await walk.click("登记成果");
  await walk.click("团队与联系");
  await walk.type("所在地", "朝阳区");
  await walk.click("关键词与分类代码");
  await walk.type("IPC 分类", "A01C 7/20；B60");
  await walk.type("应用行业", "3571；农业");
  await walk.type("成果名称", title);
  await walk.type("公开摘要", "随地形起伏保持开沟深度,坡地补播出苗率由四成提高到七成,已在两处草场试用一季。");
  await walk.click("发布", { status: 422 });
  await walk.sees("所在地里叫“朝阳区”的不止一个", "110105 北京市朝阳区", "220104 长春市朝阳区");
  await walk.type("所在地", "城关区");
  await walk.click("发布");
  assert.equal(await walk.heading(), title);
}

/* Whoever reads sees names; the form has them too, and takes them back as they are. */
async function reads_names(walk) {
  await walk.sees("兰州市城关区", "A01C7/20（农业、林业、畜牧业、狩猎、捕鱼）", "B60 一般车辆", "01 农业");
  await walk.click("修改");
  assert.equal(await walk.value("所在地"), "兰州市城关区");
  assert.equal(await walk.value("IPC 分类"), "A01C7/20（农业、林业、畜牧业、狩猎、捕鱼）；B60 一般车辆");
  assert.match(await walk.value("应用行业"), /^3571 .+；01 农业$/);
  await walk.type("所在地", "620105");
  await walk.click("保存修改");
  await walk.sees("兰州市安宁区", "A01C7/20（农业");
  await walk.click("修改");
  assert.equal(await walk.value("所在地"), "兰州市安宁区");
}

async function go(walk) {
  await types_names(walk);
  await reads_names(walk);
}

async function on_a_phone(walk) {
  await walk.sign_in("institute");
  await walk.click("提出需求");
  await walk.type("需求名称", "低温真空阀门阀座密封材料");
  await walk.type("现状", "液氮温区阀座冷流变形,每季更换一次,停机两天,进口件交期半年。");
  await walk.click("条件与合作方式");
  await walk.type("所在地", "朝阳区");
  await walk.click("发布", { status: 422 });
  await walk.sees("110105 北京市朝阳区");
  await walk.type("所在地", "城关");
  await walk.click("发布");
  await walk.sees("兰州市城关区");
}

async function is_helped(walk) {
  await walk.sign_in("unit");
  await walk.click("登记成果");
  await walk.click("团队与联系");
  await walk.click("关键词与分类代码");
  await walk.type("所在地", "城关");
  await walk.until(() => {}, 100, 50, async () => (await walk.proposals("所在地")).length > 0);
  assert.deepEqual(await walk.proposals("所在地"), ["拉萨市城关区", "兰州市城关区"]);
  await walk.type("IPC 分类", "G01；F04");
  await walk.until(() => {}, 100, 50, async () => (await walk.proposals("IPC 分类")).length > 0);
  assert.equal((await walk.proposals("IPC 分类"))[0], "G01；F04 容积式液体机械、液体与弹性流体泵");
}

const total = async walk => Number((await walk.read("h1 small"))[0]);
const facet = name => `.facet:has(summary:text-is("${name}"))`;

/* Chooses the first value that a facet offers; the list is as long as it said. */
async function narrows(walk, name) {
  if (!(await walk.read(`${facet(name)} ul a`)).length) await walk.click(name, { within: facet(name) }); /* folded on a phone */
  const [option] = await walk.read(`${facet(name)} ul a`);
  const [, value, count] = /^(.*) (\d+)$/.exec(option);
  await walk.click(option, { within: `${facet(name)} ul` });
  assert.equal(await total(walk), Number(count), `${name}: ${option}`);
  return value;
}

/* Sections first, then the divisions of the one that was chosen; and the same way back. */
async function goes_down_and_up(walk) {
  await walk.click("成果", { within: "header nav" });
  const all = await total(walk);
  assert.ok((await walk.read(`${facet("应用行业")} li a`)).length <= 20, "sections, and no more than there are");
  const section = await narrows(walk, "应用行业"), wide = await total(walk);
  assert.deepEqual(await walk.read(`${facet("应用行业")} .path li`), ["全部", section]);
  const division = await narrows(walk, "应用行业");
  assert.deepEqual(await walk.read(`${facet("应用行业")} .path li`), ["全部", section, division]);
  assert.deepEqual(await walk.read(`${facet("应用行业")} ul a`), [], "no further down");
  const district = await narrows(walk, "所在地");
  assert.deepEqual(await walk.read(".active li"), [`应用行业：${division} × 去掉`, `所在地：兰州市${district} × 去掉`, "全部去掉"]);
  await walk.click(/^所在地：/, { within: ".active" });
  await walk.click(section, { within: `${facet("应用行业")} .path` });
  assert.equal(await total(walk), wide);
  await walk.click("全部", { within: `${facet("应用行业")} .path` });
  assert.equal(await total(walk), all);
  const ipc = await narrows(walk, "IPC 分类");
  assert.match(ipc, /^[A-H] [\u4e00-\u9fff、]+$/);
  assert.match(await narrows(walk, "IPC 分类"), new RegExp(`^${ipc[0]}\\d\\d [\\u4e00-\\u9fff、]+$`));
}

/* One list has one address, by whatever way one came to it; words are a condition like the others. */
async function one_address(walk) {
  await walk.click("平台与服务", { within: "header nav" });
  const stage = await narrows(walk, "适用阶段"), sort = await narrows(walk, "服务类别");
  assert.deepEqual(await walk.read(".active li"), [`服务类别：${sort} × 去掉`, `适用阶段：${stage} × 去掉`, "全部去掉"]);
  await walk.click("全部去掉");
  await walk.type("查找", "贷款");
  await walk.click("查找", { within: "form.filter" });
  assert.deepEqual(await walk.read(".active li"), ["查找：贷款 × 去掉", "全部去掉"]);
  await walk.click(/^查找：贷款/, { within: ".active" });
  assert.deepEqual(await walk.read(".active li"), []);
}

const numbers = async walk => (await walk.read(".seven i")).map(Number);

/* What the front page counts is what its lists hold. */
async function home_counts(walk) {
  await walk.click("铁桥", { within: "header" });
  const names = await walk.read(".seven b"), counts = await numbers(walk), sides = await walk.read(".sides li a");
  for (const [i, name] of names.entries()) {
    await walk.click(new RegExp(`^${name}`), { within: ".seven" });
    assert.equal(await total(walk), counts[i], name);
    await walk.back();
  }
  for (const side of sides.slice(0, 2)) {
    await walk.click(side, { within: ".sides" });
    assert.equal(await total(walk), Number(/(\d+)$/.exec(side)[1]), side);
    await walk.back();
  }
  return counts;
}

async function home_agrees(walk, arrive) {
  const before = await home_counts(walk), owner = await arrive();
  await owner.sign_in("bank");
  await owner.click("科技支行信用贷：看合同和研发投入，不看房本");
  await owner.click("关闭");
  await walk.look_again();
  const after = await home_counts(walk);
  assert.deepEqual(after, before.map((count, i) => count - (i === 5)));
  await owner.click("重新开放");
}

/* A policy is its issuer's: named on the card, on its page, and a way to narrow the list. */
async function who_issued(walk) {
  await walk.click("政策", { within: "header nav" });
  const issuer = await narrows(walk, "发文机关");
  const all = await walk.read(".rows .card .who");
  assert.ok(all.length > 0 && all.every(line => line.includes(issuer)), all.join("\n"));
  await walk.click(/^发文机关：/, { within: ".active" });
  await walk.click(/^国务院 /, { within: facet("发文机关") });
  await walk.click("定价免责：市场定价或“单位加技术市场”双公示");
  await walk.sees("国务院 国发〔2016〕16 号", "发文机关", "文号");
}

export default [
  { name: "codes are typed and read by their names", go },
  { name: "codes are typed and read by their names on a phone", width: 375, go: on_a_phone },
  { name: "names are proposed while one types", go: is_helped },
  { name: "a list is narrowed level by level, and widened again", go: goes_down_and_up },
  { name: "a list is narrowed level by level, on a phone", width: 375, go: goes_down_and_up },
  { name: "a narrowed list has one address and says what it is narrowed by", go: one_address },
  { name: "policies say who issued them", go: who_issued },
  { name: "the front page counts what its lists hold", go: home_agrees },
];
