import assert from "node:assert/strict";

const need = `离心泵 "滑动轴承" 在含沙介质下 <三个月> 一换,停机损失 & 备件约 6 万元。

想提到一年;预算 90 万元,'明年' 汛期前要样机。`;

async function asks(walk, text) {
  await walk.type("难题或成果", text);
  await walk.click("应答");
  assert.equal((await walk.read(".col > h2")).length, 7);
}

/* Back to the answers and on again; three wrong passwords; the form; the desk and back; published. */
const publishes = title => async walk => {
  await asks(walk, need);
  await walk.click("登记为成果");
  await walk.back();
  assert.equal((await walk.read(".col > h2")).length, 7, "the answers are still there");
  await walk.click("发布为需求");
  await walk.click(/^您写的内容/);
  assert.equal(await walk.value("您写的内容"), need);
  for (let i = 0; i < 3; i++) await walk.sign_in("enterprise", `wrong-${i}`, 403);
  await walk.sees(/登录名或密码不对/);
  await walk.back();
  await walk.sign_in("enterprise");
  assert.equal(await walk.heading(), "新增需求");
  assert.equal(await walk.value("现状"), need, "every line and mark of it");
  assert.equal(await walk.value("预算"), "90 万元");
  await walk.click("我的工作台");
  await walk.misses("含沙介质下");
  await walk.back();
  assert.equal(await walk.value("现状"), need, "the way back does not lose it");
  await walk.type("需求名称", title);
  await walk.click("发布", { within: "form.form .form-end" });
  assert.equal(await walk.heading(), title);
  await walk.sees("停机损失 & 备件约 6 万元");
};

/* The first sign-in of all, without scripts. */
async function newcomer(walk, arrive, city) {
  const result = "戈壁温室 \"相变\" 墙体:以盐湖副产 <水合盐> 蓄热,夜间放热八小时,冬季棚温提高 4 ℃。";

  await asks(walk, result);
  await walk.click("登记为成果");
  await walk.sign_in("newcomer");
  await walk.sees("这是初始密码，请先换成自己的");
  await walk.type("现在的密码", city.passwords.newcomer);
  await walk.type("新密码", "lantern-paper-58");
  await walk.type("再输一遍新密码", "lantern-paper-59");
  await walk.click("换密码", { within: "form.form", status: 422 });
  await walk.sees("两遍新密码不一样");
  await walk.type("现在的密码", city.passwords.newcomer);
  await walk.type("新密码", "lantern-paper-58");
  await walk.type("再输一遍新密码", "lantern-paper-58");
  await walk.click("换密码", { within: "form.form" });
  assert.equal(await walk.heading(), "新增成果");
  assert.equal(await walk.value("公开摘要"), result);
  await walk.type("成果名称", "戈壁温室盐湖水合盐蓄热墙");
  await walk.click("发布");
  assert.equal(await walk.heading(), "戈壁温室盐湖水合盐蓄热墙");
}

/* A patent dropped into the box, read in English. */
async function drops_a_patent(walk, arrive, city) {
  await walk.click("English");
  await walk.pick("Choose a file", city.patent);
  await walk.click("Answer");
  assert.equal((await walk.read(".col > h2")).length, 7);
  await walk.click("Disclose as an achievement");
  await walk.sees(/What you wrote \(\d+ characters\)/);
  await walk.type("User name", "professor");
  await walk.type("Password", city.passwords.professor);
  await walk.click("Sign in", { within: "main" });
  assert.equal(await walk.value("Title"), "一种含砂介质离心泵用自润滑滑动轴承");
  assert.match(await walk.value("Intellectual property"), /202110123456\.0.*2021-01-29/);
}

export default [
  { name: "a visitor's need goes with him through the sign-in", go: publishes("含沙介质离心泵滑动轴承一年一换") },
  { name: "a visitor's need goes with him through the sign-in, on a phone", width: 375, go: publishes("含沙介质离心泵滑动轴承两年一换") },
  { name: "a newcomer's result goes with him through his first password, without scripts", script: false, go: newcomer },
  { name: "a dropped patent goes through the sign-in, in English", go: drops_a_patent },
];
