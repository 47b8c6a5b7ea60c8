import assert from "node:assert/strict";

const title = "黑水角阀阀芯冲蚀寿命由九十天提高到三百天", result = "煤化工黑水角阀的整体烧结碳化钨阀芯";
const unit = "示例理工大学", expert = "陈某（示例）";
let day; /* day(ahead) of the city */

const send = (walk, name, status = 200) => walk.click(name, { within: "form.form .form-end", status });
const step = (walk, name) => walk.click(name, { within: "aside" });

/* From the desk to what waits there, by its kind and where it stands. */
async function to_task(walk, sort, state = ".*") {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`^${sort} · ${state}：${title}`), { within: ".tasks" });
}

/* --- the need, tested before it is posted --- */

async function asks_for_a_test(walk) {
  await walk.sign_in("enterprise");
  await walk.click("办事", { within: "header nav" });
  await walk.click("测题");
  await walk.click("请专家测题");
  await walk.type("拟发布的需求名称", title);
  await walk.type("拟发布的需求正文", "气化装置黑水角阀，前压 6.3 MPa，硬质合金阀芯 90 天冲出沟槽，每次停车两天。希望寿命尽量长。");
  await send(walk, "请专家测题");
  await walk.sees("待指派专家", "科技部门");
}

async function names_the_expert(officer) {
  await officer.sign_in("officer");
  await to_task(officer, "测题");
  await officer.type("测题专家", expert);
  await send(officer, "指派专家");
  await officer.sees("测题中");
}

async function tests(professor) {
  await professor.sign_in("professor");
  await to_task(professor, "测题");
  await professor.type("专家的利益关系", "无");
  await send(professor, "声明利益关系");
  for (const item of ["现状", "目标", "边界条件", "预算", "期限", "要求成熟度"]) {
    await step(professor, "答一项");
    await professor.choose("项目", item);
    await professor.tick("说清楚了");
    await professor.tick("做得到");
    if (item === "目标") await professor.type("意见", "写成天数和工况：含固 2%、压差 5.5 MPa 下不少于 300 天。");
    else await professor.tick("量得出来");
    await send(professor, "答一项");
  }
  await step(professor, "交给需求方");
  await professor.type("测题结论", "目标要写成在什么工况下多少天，别的都清楚。");
  await send(professor, "交给需求方");
  await professor.sees("待需求方修改发布");
}

async function posts(walk) {
  await to_task(walk, "测题");
  await walk.sees("写成天数和工况：含固 2%、压差 5.5 MPa 下不少于 300 天。");
  await walk.click("我的工作台");
  await walk.click("提出需求");
  await walk.type("需求名称", title);
  await walk.type("现状", "气化装置黑水角阀，前压 6.3 MPa、后压 0.8 MPa，闪蒸含固 2%，硬质合金阀芯 90 天冲出沟槽，每次停车两天。");
  await walk.type("目标", "含固 2%、压差 5.5 MPa 下阀芯寿命不少于 300 天。");
  await walk.type("预算", "160 万元");
  await walk.type("期限", day(300));
  await walk.click("关键词与行业");
  await walk.type("关键词", "黑水角阀\n碳化钨\n冲蚀\n阀芯");
  await walk.click("条件与合作方式");
  await walk.type("边界条件", "阀体尺寸、连接法兰和驱动不改。");
  await walk.type("要求成熟度", "8");
  await send(walk, "发布");
  assert.equal(await walk.heading(), title);
  await to_task(walk, "测题");
  await walk.choose("已发布的需求", title);
  await walk.type("按意见改了什么", "目标改成含固 2%、压差 5.5 MPa 下不少于 300 天。");
  await send(walk, "改好并发布了");
  await walk.sees("已测题发布");
  await walk.click(title, { within: "section[aria-labelledby=fields]" });
  await walk.sees("已测题", "应在");
}

/* --- who fits, and what is put together --- */

async function puts_together(walk) {
  await walk.until(() => walk.look_again(), 200, 20, async () => (await walk.read(".cols .card")).length >= 3);
  await walk.look();
  await walk.click("拟一揽子方案");
  await walk.sees(result);
  await walk.type("方案说明", "成果做三只样件装到一台角阀上，先试后付；中试和资金各选一样。");
  await walk.click("请各方答复");
  await walk.sees("等各方答复", "各方的答复", unit);
}

async function answers_the_bundle(clerk) {
  await clerk.sign_in("unit");
  await to_task(clerk, "方案组成");
  await clerk.type("价格或额度", "150万元");
  await clerk.choose("谁出钱", "需求方自己出");
  await clerk.type("多少个工作日内能办成", "90");
  await clerk.type("条件", "报废阀芯由需求方提供。");
  await clerk.type("联系人", "示例技术转移科");
  await clerk.type("联系电话", "0931-0000101");
  await send(clerk, "答应，写价格和条件");
  await clerk.sees("已答应");
}

async function takes_it(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("一揽子方案");
  await walk.click(title, { within: ".deals" });
  await walk.sees("150 万元", "示例技术转移科 0931-0000101");
}

/* --- proposals: one is talked to under an NDA, one refused with its reason --- */

async function proposes(who, login, how) {
  if (login) await who.sign_in(login);
  await who.click("需求", { within: "header nav" });
  await who.type("查找", title);
  await who.click("查找");
  await who.click(title);
  await who.click("提交短提案");
  await who.type("提案人", how.name);
  await who.type("提案人电话", "0931-0000222");
  await who.type("打算怎么做", how.approach);
  await who.type("凭什么做得到", "台架冲蚀对比试验，样件两只。");
  await who.type("现在的成熟度", "7");
  await who.type("要几个月", "8");
  await who.type("报价上限", "150万元");
  await who.type("还缺什么", "一只报废阀芯");
  await send(who, "提交短提案");
  await who.sees("待需求方答复");
}

async function chooses(walk) {
  await walk.click("我的工作台");
  await walk.click(`短提案 · 待需求方答复：${title}（${unit}）`, { within: ".tasks" });
  await walk.sees(/整体烧结碳化钨，阀座配对研磨/);
  await step(walk, "入围");
  await send(walk, "入围");
  await step(walk, "签了保密协议");
  await walk.type("保密协议签订日", day(0));
  await send(walk, "签了保密协议");
  await step(walk, "记面谈");
  await walk.type("会谈日期", day(0));
  await walk.type("地点或方式", "厂内");
  await walk.type("参加人", "厂方技术负责人、课题组");
  await walk.type("谈了什么", "看了报废阀芯，商定三只样件先用后付。");
  await send(walk, "记面谈");
  await walk.sees("已面谈");
}

/* Every no has its reason. */
async function refuses(walk) {
  await to_task(walk, "短提案", "待需求方答复");
  await walk.sees(/激光熔覆补强/);
  await step(walk, "不选");
  await walk.choose("不选的理由", "价格");
  await walk.type("理由说明", "补强层厚度不够，单价比整体烧结高");
  await send(walk, "不选");
  await walk.sees("未选");
}

async function is_told_why(institute) {
  await institute.click("办事", { within: "header nav" });
  await institute.click("短提案");
  await institute.click(new RegExp(title), { within: ".deals" });
  await institute.sees("未选", "补强层厚度不够，单价比整体烧结高");
}

/* --- tried first, paid later --- */

async function asks_to_try(walk) {
  await walk.click("成果", { within: "header nav" });
  await walk.type("查找", result);
  await walk.click("查找");
  await walk.click(result);
  await walk.click("请求先用后付");
  await walk.type("用在哪里", "本厂煤化工黑水角阀，先装三只样件，记运行天数。");
  await walk.type("联系人", "示例联系人");
  await walk.type("联系电话", "0931-0000399");
  await send(walk, "请求先用后付");
  await walk.sees("待答复");
}

async function offers_the_trial(clerk) {
  await clerk.click("我的工作台");
  await clerk.click(new RegExp(`^先用后付许可 · .*${result}`), { within: ".tasks" });
  await step(clerk, "加一个里程碑");
  await clerk.type("里程碑", "三只样件装机运行一百天");
  await clerk.type("应在", day(120));
  await send(clerk, "加一个里程碑");
  await step(clerk, "提出条件");
  await clerk.type("免费使用自", day(0));
  await clerk.type("免费使用至", day(180));
  await clerk.type("什么时候转为付费", "免费期满仍在使用。");
  await clerk.type("转为付费后的价款", "150万元");
  await clerk.type("怎样退出", "停用后十日内退回样件，资料销毁。");
  await clerk.choose("许可方式", "普通许可");
  await send(clerk, "提出条件");
  await clerk.sees("待签");
}

async function signs_the_trial(walk) {
  await walk.click("我的工作台");
  await walk.click(new RegExp(`^先用后付许可 · .*${result}`), { within: ".tasks" });
  await walk.type("合同编号", "XY-2026-07");
  await send(walk, "签约，开始免费使用");
  await walk.sees("免费使用中", "三只样件装机运行一百天");
}

async function go(walk, arrive, city) {
  day = city.day;
  const officer = await arrive(), professor = await arrive(), clerk = await arrive(), institute = await arrive({ width: 375 });
  await asks_for_a_test(walk);
  await names_the_expert(officer);
  await tests(professor);
  await posts(walk);
  await puts_together(walk);
  await answers_the_bundle(clerk);
  await takes_it(walk);
  await proposes(professor, null, { name: "示例教授", approach: "阀芯整体烧结碳化钨，阀座配对研磨，按现场尺寸做三只样件。" });
  await proposes(institute, "institute", { name: "示例院所成员", approach: "在原阀芯上激光熔覆补强，厚度 1.5 毫米。" });
  await chooses(walk);
  await refuses(walk);
  await is_told_why(institute);
  await asks_to_try(walk);
  await offers_the_trial(clerk);
  await signs_the_trial(walk);
}



/* --- what the firm may call itself, and what it may have --- */

async function answers(walk, chosen, typed) {
  for (const [label, option] of chosen) await walk.choose(label, option);
  for (const [label, text] of typed) await walk.type(label, text);
}

async function assesses_itself(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("企业自评", { within: "main" });
  await walk.click("高新技术企业");
  await answers(walk, [["居民企业", "是"], ["拥有核心知识产权的所有权", "是"], ["主要产品的核心技术属于国家重点支持的高新技术领域", "是"],
    ["近一年内有重大安全、重大质量事故或严重环境违法", "否"]], [["注册成立日期", "2001-03-01"]]);
  await walk.click("下一步");
  assert.equal(await walk.value("职工总数"), "1340", "what the house knows stands there");
  await walk.type("科技人员数", "140");
  await walk.click("下一步");
  await answers(walk, [], [["大前年销售收入", "110000万元"], ["近三年在境外发生的研发费用", "0元"], ["企业总收入", "160800万元"],
    ["高新技术产品（服务）收入", "100000万元"]]);
  await walk.click("下一步");
  await walk.type("知识产权得分", "24");
  await walk.click("下一步");
  await answers(walk, [], [["科技成果转化能力得分", "20"], ["研究开发组织管理水平得分", "15"], ["企业成长性得分", "11"]]);
  await walk.click("看结论");
  await walk.sees("不符合", /70 分/);
  for (const [points, sum] of [["11.5", "70.5 分"], ["12", "71 分"]]) {
    await walk.type("企业成长性得分", points);
    await walk.click("看结论");
    await walk.sees(sum);
    assert.deepEqual(await walk.read(".verdict-word"), ["符合"], sum);
  }
  await walk.click("存为本单位的事实");
  await walk.sees(/已有：自行填报/);
}

async function reckons_its_deduction(walk) {
  await walk.click("企业自评", { within: "nav.crumbs" });
  await walk.click("研发费用加计扣除");
  await walk.choose("会计核算健全、查账征收，能准确归集研发费用", "是");
  await walk.click("下一步");
  await answers(walk, [], [["前五类研发费用", "5000万元"], ["其他相关费用", "0元"], ["委托境内研发的费用", "0元"], ["委托境外机构研发的费用", "0元"],
    ["委托境外个人研发的费用", "0元"], ["研发形成的无形资产当年摊销额", "0元"]]);
  await walk.click("看结论");
  await walk.sees("5,000 万元", "100%");
  await walk.click("存为本单位的事实");
}

/* Policies look for people: what it may have by what is known, applied for with a name and an account. */
async function applies(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("能享受的政策");
  await walk.sees("现在能享受", "差事实，还不能判断");
  await walk.click("填：有欠缴税款");
  await walk.choose("有欠缴税款", "否");
  await walk.click("记下");
  await walk.click(/^申请/, { within: "section[aria-labelledby=can]" });
  await walk.type("经办人", "示例联系人");
  await walk.type("联系电话", "0931-0000399");
  await walk.type("收款开户行与账号", "示例金城商业银行 62000000");
  await send(walk, "申请");
  await walk.sees("已申请，待受理");
}

async function decides(officer) {
  await officer.sign_in("officer");
  await officer.click("办事", { within: "header nav" });
  await officer.click("政策落地");
  await officer.sees(/应享 \d+ 家/, /申请中 1/);
  await officer.click("我的工作台");
  await officer.click(/^政策兑现 · 已申请/, { within: ".tasks" });
  await step(officer, "受理");
  await send(officer, "受理");
  await step(officer, "按规则决定");
  await send(officer, "按规则决定");
  await officer.sees("规则裁定");
}

async function checks_a_tender(walk) {
  await walk.click("办事", { within: "header nav" });
  await walk.click("采购文件检查");
  await walk.type("采购文件的文字", "投标人须提供近三年内不少于三项同类阀门的销售业绩。");
  await walk.click("检查", { within: "form.form .form-end" });
  await walk.sees("找到 1 处", "可以改写：");
}

async function finds_its_policies(walk, arrive) {
  await walk.sign_in("enterprise");
  await assesses_itself(walk);
  await reckons_its_deduction(walk);
  await applies(walk);
  await decides(await arrive());
  await checks_a_tender(walk);
}

export default [
  { name: "a firm has its problem tested, posts it, puts a bundle together, tries before it pays", go },
  { name: "a firm assesses itself, and a policy finds it", begins: "2026-10-08", go: finds_its_policies },
];
