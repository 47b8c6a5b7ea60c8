import assert from "node:assert/strict";

const day = ahead => new Date(Date.now() + 8 * 3_600_000 + ahead * 86_400_000).toISOString().slice(0, 10);
const form = { within: "main form.form" }, steps = { within: "section[aria-labelledby=steps]" }, header = { within: "header nav" }, tasks = { within: ".tasks" };
const subject = "示例：成果评估拖了半年", unit = "示例市科学技术局";

/* The office prepares a session, brings in its members, and opens it. */
async function opens(office) {
  await office.sign_in("cppcc");
  await office.click("办事", header);
  await office.click("协商座谈");
  await office.sees("还没有协商座谈");
  await office.click("筹备一场协商座谈");
  await office.type("协商主题", "示例：科技成果转化专题协商");
  await office.type("要议的问题", "什么挡住了成果变成产品，各方该做什么？");
  await office.type("主持", "示例市政协");
  await office.type("座谈日期", day(0));
  await office.type("地点", "示例会议室");
  await office.type("意见截止", day(0));
  await office.type("联系人", "路某（示例）");
  await office.type("联系电话", "0931-0000905");
  await office.tick("用七个议题开头");
  await office.click("筹备一场协商座谈", form);
  await office.sees("完善转移转化平台");
  await office.click("加委员", steps);
  await office.type("委员名单", "陶某（示例），市，1\n卫某（示例），省");
  await office.click("加委员", form);
  await office.click("开始征集意见", steps);
  await office.click("开始征集意见", form);
  await office.sees("征集意见");
}

async function speaks(member, login, words, obstacle) {
  await member.sign_in(login);
  await member.click("办事", header);
  await member.click("协商座谈");
  await member.click("示例：科技成果转化专题协商");
  await member.click("提意见");
  await member.choose("议题序号", "1 强化政策制度保障");
  await member.type("一句话说清", words);
  await member.choose("针对哪个障碍", obstacle);
  await member.choose("靠哪个支柱", "政府引导");
  await member.choose("关系到哪一方", "高校");
  await member.type("依据", "走访了三所高校，十二项成果卡在评估上，最长的等了七个月。");
  await member.type("建议", "请科技部门给成果评估定二十个工作日的期限，过期的公布。");
  await member.click("提意见", form);
  await member.sees("待审查立案", words);
}

/* The second finds that it was said already, and co-signs instead. */
async function cosigns(member) {
  await member.sees("意思相近的意见", subject);
  await member.click("在那一件上联名");
  await member.click("联名", form);
  await member.sees("联名委员", "卫某（示例）");
}

/* Filed, merged, handed over. */
async function hands_over(office) {
  await office.click("我的工作台");
  await office.click(new RegExp(subject), tasks);
  await office.click("立案", form);
  await office.click("我的工作台");
  await office.click(/评估没有期限/, tasks);
  await office.click("立案", form);
  await office.click("并入那一件");
  await office.type("理由", "说的是同一件事");
  await office.click("并入另一件", form);
  await office.sees("这件已并入");
  await office.click(new RegExp(subject), { within: ".warning" });
  await office.sees("并入这一件的意见");
  await office.click("交办", steps);
  await office.type("主办单位", unit);
  await office.click(/^交办$/, form);
  await office.sees("办理中");
}

async function answers(bureau, words, conclusion, planned) {
  await bureau.click("我的工作台");
  await bureau.click(new RegExp(words), tasks);
  await bureau.click("书面答复", steps);
  await bureau.type("答复", "我们已起草评估规程，把期限定为二十个工作日，过期的逐月公布。");
  await bureau.choose("结论", conclusion);
  await bureau.type("结论的理由", "规程已经征求三所高校意见，正在合法性审查。");
  if (planned) await bureau.type("计划完成", planned);
  await bureau.type("签发人", "示例局长");
  await bureau.type("联系电话", "0931-0000119");
  await bureau.click("书面答复", form);
  await bureau.sees("已答复，待委员评价");
}

async function rates(member, office) {
  await member.click("我的工作台");
  await member.click(new RegExp(subject), tasks);
  await member.sees("二十个工作日");
  await member.choose("评价", "满意");
  await member.type("评价的理由", "期限和公布都有了");
  await member.click("评价答复", form);
  await member.sees("委员已评价，待办公室处理");
  await office.click("我的工作台");
  await office.click(new RegExp(subject), tasks);
  await office.click("办结或转入计划", form);
  await office.sees("列入计划，到期再答复");
  await member.click("办事", header);
  await member.click("我的履职记录");
  await member.sees("提出意见", subject);
}

/* The meeting: what members say is seen at once, what the leader says after it was checked. */
async function meets(office, secretary, member) {
  await office.click("我的工作台");
  await office.click(/征集意见/, tasks);
  await office.click("开会", steps);
  await office.click("开会", form);
  await member.click("办事", header);
  await member.click("协商座谈");
  await member.click("示例：科技成果转化专题协商");
  await member.click("现场");
  await member.sees("还没有记录");
  await office.click("现场");
  await office.type("谁说的", "陶某（示例）");
  await office.type("说了什么", "评估要有期限。");
  await office.click("记发言", form);
  await member.sees("评估要有期限。"); /* without loading the page again */
  await secretary.sign_in("secretary");
  await secretary.click("办事", header);
  await secretary.click("协商座谈");
  await secretary.click("示例：科技成果转化专题协商");
  await secretary.click("现场");
  await secretary.type("哪位领导", "示例市领导");
  await secretary.type("领导说了什么", "这件事一个月内要有结果。");
  await secretary.click("记领导的话", { within: "section[aria-labelledby=form-note]" });
  await secretary.sees("待核校，只有秘书看得到", "这件事一个月内要有结果。");
  await member.misses("一个月内要有结果");
  await office.misses("一个月内要有结果");
  await secretary.click("核校");
  await secretary.type("说了什么", "这件事一个月内要有结果，我来督办。");
  await secretary.type("核校人", "示例秘书");
  await secretary.click("核校并公布", form);
  await member.sees("这件事一个月内要有结果，我来督办。");
}

/* Journey ⑨: what the leader said becomes a task, and the item leads to it. */
async function becomes_a_task(secretary) {
  await secretary.click("第 2 条", { within: "[data-part=items]" });
  await secretary.click("派任务", { within: "main" });
  await secretary.type("由谁交办", unit);
  await secretary.type("要办的事", "一个月内给成果评估定出期限");
  await secretary.type("交付什么", "印发的规程一份。");
  await secretary.type("承办单位", "示例市技术市场管理中心");
  await secretary.type("办结期限", day(30));
  await secretary.choose("督办等级", "一般");
  await secretary.click("派任务", form);
  await secretary.sees("待签收", "现场记录");
}

/* Where nobody has spoken, and what everybody may read. */
async function looks(office, leader, visitor) {
  await leader.click("办事", header);
  await leader.click("协商座谈");
  await leader.click("示例：科技成果转化专题协商");
  await leader.sees("210 格里有 1 格有人提过");
  await leader.click("看覆盖图");
  await leader.click("2 件");
  await leader.sees("不敢转 · 政府引导");
  await office.click("我的工作台");
  await office.click("办事", header);
  await office.click("意见建议");
  await office.click(new RegExp(subject));
  await office.click("公开审查", steps);
  assert.match(await office.value("公开的意见"), /走访了三所高校/);
  assert.equal(await office.value("公开的标题"), subject);
  await office.choose("审查结论", "可以全文公开");
  await office.type("审查人", "路某（示例）");
  await office.click("公开审查", form);
  await visitor.click("办事", header);
  await visitor.click("协商座谈");
  await visitor.click("示例：科技成果转化专题协商");
  await visitor.click(new RegExp(subject));
  await visitor.sees("公开的意见");
}

async function go(member, arrive) {
  const office = await arrive({ width: 1280 }), second = await arrive(), bureau = await arrive({ width: 1280 });

  await opens(office);
  await speaks(member, "committee", subject, "不敢转");
  await speaks(second, "committee2", "示例：评估没有期限", "不敢转");
  await cosigns(second);
  await hands_over(office);
  await bureau.sign_in("bureau");
  await answers(bureau, subject, "B 列入计划逐步解决", day(60));
  await answers(bureau, "示例：评估没有期限", "B 列入计划逐步解决", day(60));
  await rates(member, office);
  const secretary = await arrive({ width: 1280 });
  await meets(office, secretary, member);
  await becomes_a_task(secretary);
  await looks(office, secretary, await arrive());
}

export default [{ name: "members of the committee are heard, answered, and see what came of it", width: 375, go }];
