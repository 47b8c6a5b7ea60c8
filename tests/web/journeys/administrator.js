import assert from "node:assert/strict";

const password = "lantern-marsh-otter-52";

/* The city's own security administrator, with the first password that the program gave him. */
async function begins(walk, city) {
  await walk.sign_in("security");
  await walk.type("现在的密码", city.passwords.security);
  await walk.type("新密码", password);
  await walk.type("再输一遍新密码", password);
  await walk.click("换密码", { within: "main" });
  await walk.sees("从这里开始", "您管账号和权限");
  await walk.click("开账号", { within: "main" });
}

async function opens_one(walk) {
  await walk.type("姓名", "示例新经理人");
  await walk.type("登录名", "new.manager");
  await walk.type("单位", "没有登记的单位");
  await walk.choose("角色 1", "技术经理人");
  await walk.click("开账号", { within: "main form", status: 422 });
  await walk.sees("没有找到单位");
  assert.equal(await walk.value("姓名"), "示例新经理人", "what he typed is there still");
  await walk.type("单位", "示例理工大学");
  await walk.click("开账号", { within: "main form" });
  const [, first] = await walk.read("dd code");
  assert.match(first, /^[a-z0-9]{4}(-[a-z0-9]{4}){3}$/);
  return first;
}

async function is_let_in(walk, first) {
  await walk.sign_in("new.manager", first);
  await walk.sees("这是初始密码");
  await walk.type("现在的密码", first);
  await walk.type("新密码", password);
  await walk.type("再输一遍新密码", password);
  await walk.click("换密码", { within: "main" });
  await walk.sees("我的记录", "示例理工大学");
}

async function changes_it(walk) {
  await walk.click("看这个账号");
  assert.equal(await walk.heading(), "示例新经理人 new.manager");
  await walk.sees("1 处");
  await walk.choose("再给一个角色", "区县工作人员");
  await walk.type("管辖范围", "620102");
  await walk.click("授予");
  assert.deepEqual((await walk.read(".roles b")), ["技术经理人", "区县工作人员"]);
  assert.match((await walk.read(".history li"))[0], /^授予角色 区县工作人员 · 620102 .* 安全管理员/);
  await walk.click(/^收回.*区县工作人员/);
  await walk.click("停用");
  await walk.sees("已停用", "启用");
  await walk.click("账号管理", { within: "header" });
  await walk.choose("状态", "停用的");
  await walk.click("查找");
  assert.deepEqual(await walk.read(".holder-card h2"), ["示例新经理人 new.manager 已停用"]);
}

async function go(walk, arrive, city) {
  await begins(walk, city);
  const first = await opens_one(walk), newcomer = await arrive();
  await is_let_in(newcomer, first);
  await changes_it(walk);
  await newcomer.click("我的工作台");
  assert.ok(await newcomer.has("登录", "header"), "who is disabled is out");
}

/* The organisation's own: on a phone, without a script. */
async function of_a_firm(walk) {
  await walk.sign_in("unit");
  await walk.click("本单位的账号");
  await walk.click("开账号");
  await walk.type("姓名", "示例同事");
  await walk.type("登录名", "new.colleague");
  await walk.choose("角色 1", "单位成员");
  await walk.click("开账号", { within: "main form" });
  await walk.sees("账号已经开好。");
  await walk.click("看这个账号");
  await walk.sees("示例同事", "单位成员");
  await walk.misses("管辖范围");
}

export default [
  { name: "the security administrator opens an account, gives it a role and disables it", go },
  { name: "an organisation's administrator opens an account on a phone without a script", width: 375, script: false, go: of_a_firm },
];
