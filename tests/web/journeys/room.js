import assert from "node:assert/strict";

const TITLE = "高含沙黄河水双吸离心泵的抗磨水力与涂层一体化设计";
const line = ".live .flash";

/* The firm asks to get in touch about a result, and stays on that page. */
async function asks(walk) {
  await walk.sign_in("enterprise");
  await walk.click("成果", { within: "header nav" });
  await walk.type("查找", TITLE);
  await walk.click("查找", { within: "main form" });
  await walk.click(TITLE);
  await walk.click("请求对接");
  await walk.type("想谈什么", "想谈在含沙介质泵上的试用。");
  await walk.type("联系人", "张三");
  await walk.type("联系电话", "0931-1234567");
  await walk.click("请求对接", { within: "main form.form" });
  await walk.sees("等待答复");
  assert.deepEqual(await walk.read(line), [], "nothing is said where nothing has happened");
}

async function accepts(unit) {
  await unit.sign_in("unit");
  await unit.click("我的工作台");
  await unit.click(new RegExp(`对接请求.*${TITLE}`));
  await unit.type("答复人", "王五");
  await unit.type("答复人电话", "0931-7654321");
  await unit.type("答复", "下周三下午谈。");
  await unit.click("接受", { within: "main form.form" });
  await unit.sees("已约谈");
}

async function notes_a_talk(who, what) {
  await who.click("记会谈", { within: "main aside" });
  await who.type("会谈日期", "2026-01-05");
  await who.type("地点或方式", "示例会议室");
  await who.type("参加人", "张三、王五");
  await who.type("谈了什么", what);
}

/* What the other does is said at once, by its name; what is being typed is there again when the newest is. */
async function hears(walk, unit) {
  await walk.sees("刚刚有人办了“接受”。");
  await walk.look();
  await walk.click("看最新的", { within: line });
  await walk.sees("已约谈", "0931-7654321");
  await notes_a_talk(walk, "谈了试用的台数。");
  await notes_a_talk(unit, "谈了试用的时间。");
  await unit.click("记会谈", { within: "main form.form" });
  await walk.sees("刚刚有人办了“记会谈”。");
  await unit.misses("刚刚有人办了", "您刚在别处办了");
  await walk.click("看最新的", { within: line });
  await walk.sees("谈了试用的时间。", "您写的内容已放回表单。");
  assert.equal(await walk.value("谈了什么"), "谈了试用的台数。");
  assert.equal(await walk.value("参加人"), "张三、王五");
  await walk.click("记会谈", { within: "main form.form" });
  await unit.sees("刚刚有人办了“记会谈”。");
}

async function go(walk, arrive) {
  const unit = await arrive();

  await asks(walk);
  await accepts(unit);
  await hears(walk, unit);
}

/* Says that the connection is lost, and that it is back; what was done meanwhile is told. */
async function loses_the_connection(walk, arrive, city) {
  const unit = await arrive();

  await asks(walk);
  await city.away(() => walk.sees(/^与平台的连接断了/));
  await accepts(unit);
  await walk.sees("连接已恢复。", "刚刚有人办了“接受”。");
}

export default [
  { name: "a firm sees at once what the other side does, and loses nothing it types", go },
  { name: "a firm on a phone sees at once what the other side does", width: 375, begins: "2026-11-30", go },
  { name: "a page says that its connection is lost, and that it is back", begins: "2026-11-30", go: loses_the_connection },
];
