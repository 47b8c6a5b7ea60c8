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

export default [
  { name: "codes are typed and read by their names", go },
  { name: "codes are typed and read by their names on a phone", width: 375, go: on_a_phone },
  { name: "names are proposed while one types", go: is_helped },
];
