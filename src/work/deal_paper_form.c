/*
 * The forms of a deal's papers. Sources: 公示 国发〔2016〕16号（一）（十） and rule R03; 奖励公示 国科发政〔2018〕103号第三条;
 * 登记表 填表说明 (rule R63); the two filings after 国家税务总局公告2018年第30号 and 2016年第62号附件3 as reprinted, originals not
 * compared, which the papers say. Names are those of docs/papers.md: a template may use any of them.
 */
#include "work/deal_paper_int.h"

#define CELLS(list) .cells = (list), .count = sizeof(list) / sizeof *(list)
#define BLOCKS(list) .blocks = (list), .count = sizeof(list) / sizeof *(list)
#define BASIS {PAPER_NOTE, "依据：{{依据}}。"}
#define TRACE {PAPER_NOTE, "由铁桥据项目卷宗生成，{{编制日期}}；核对码 {{核对码}}。"}

/* --- 公示 --- */

static const struct paper_cell notice_cells[] = {
    {"成果名称", .width = 1}, {"知识产权", .width = 1}, {"完成人", .width = 1}, {"内容摘要", .width = 1},
    {"转化方式"}, {"定价方式"}, {"公示价格", "拟交易价格（元）"}, {"资产评估"},
    {"受让方", .width = 1}, {"利害关系", .width = 1},
};
static const struct paper_block notice_blocks[] = {
    {PAPER_TEXT, "根据《中华人民共和国促进科技成果转化法》第十八条的规定，{{单位}}拟转化下列科技成果，价格以{{定价方式}}方式确定，现予公示。"},
    {PAPER_FACTS, CELLS(notice_cells)},
    {PAPER_TEXT, "公示首日为{{公示首日}}，首日不计入期间，公示至{{公示末日}}止。{{暂算说明}}"},
    {PAPER_TEXT, "本事项同时在{{市场名称}}公示，编号{{市场编号}}。", .when = "市场名称"},
    {PAPER_TEXT, "对公示内容有异议的，可以在公示期内提出：{{异议办法}}。"},
    {PAPER_SIGN, "{{单位}}\n{{公示首日}}"},
    BASIS,
};
const struct paper_form form_notice = {"notice", "科技成果转化公示", "Notice of a transfer", .letter = true, BLOCKS(notice_blocks)};

/* --- 现金奖励公示 --- */

static const struct paper_cell reward_cells[] = {
    {"成果名称", .width = 1}, {"知识产权", "成果种类与证书编号", .width = 1}, {"转化方式"}, {"受让方"},
    {"到账合计", "转化收入（元）"}, {"最近到账日", "取得收入时间"}, {"合同名称", "技术合同项目名称", .width = 1},
    {"登记编号", "技术合同登记编号"}, {"登记机构", "技术合同登记机构"}, {"奖酬总额", "奖励总额（元）", .width = 1},
};
static const struct paper_cell reward_columns[] = {
    {"序号", .width = 6, .total = "合计"}, {"姓名", .width = 20}, {"岗位", .width = 16}, {"奖励金额", "现金奖励金额（元）", .width = 18, .money = true, .total = "奖酬总额"},
};
static const struct paper_block reward_blocks[] = {
    {PAPER_TEXT, "根据《科技人员取得职务科技成果转化现金奖励信息公示办法》（国科发政〔2018〕103号），现将{{单位}}科技人员取得职务科技成果转化现金奖励的信息公示如下。"},
    {PAPER_FACTS, "一、成果转化与技术合同登记信息", CELLS(reward_cells)},
    {PAPER_TABLE, "二、奖励人员与现金奖励信息", .rows = "人员", CELLS(reward_columns)},
    {PAPER_TEXT, "公示首日为{{公示首日}}，首日不计入期间，公示至{{公示末日}}止（{{公示工作日}}个工作日）。{{暂算说明}}"},
    {PAPER_TEXT, "对公示内容有异议的，可以在公示期内提出：{{异议办法}}。"},
    {PAPER_SIGN, "{{单位}}\n{{公示首日}}"},
    BASIS,
};
const struct paper_form form_reward_notice = {"reward_notice", "科技成果转化现金奖励公示", "Notice of the rewards", .letter = true, BLOCKS(reward_blocks)};

/* --- 技术合同登记表 (R63) --- */

static const struct paper_cell registration_cells[] = {
    {"登记编号", "合同登记编号"}, {"登记机构"}, {"项目名称", .width = 1}, {"合同名称", .width = 1}, {"合同编号"}, {"签订日期"},
    {"有效期起"}, {"有效期止"}, {"合同类别"}, {"许可方式"}, {"知识产权", "知识产权类型", .width = 1},
};
static const struct paper_cell seller_cells[] = {
    {"单位", "卖方名称", .width = 1}, {"单位代码", "卖方信用代码"}, {"单位国别代码", "卖方国别代码"},
    {"单位地区代码", "卖方行政区划代码"}, {"单位性质", "卖方性质"},
};
static const struct paper_cell buyer_cells[] = {
    {"受让方", "买方名称", .width = 1}, {"受让方代码", "买方信用代码"}, {"受让方国别代码", "买方国别代码"},
    {"受让方地区代码", "买方行政区划代码"}, {"受让方性质", "买方性质"},
};
static const struct paper_cell class_cells[] = {
    {"应用行业", "技术领域（应用行业）", .width = 1}, {"社会经济目标"}, {"计划来源"}, {"预计新增投入"}, {"预计新增产值"},
};
static const struct paper_cell amount_cells[] = {
    {"成交额", "合同成交额（元）"}, {"技术交易额", "技术交易额（元）"}, {"技术性收入", "技术性收入（元）"},
    {"非技术性款项", "非技术性款项（元）"}, {"支付方式", .width = 1},
};
static const struct paper_block registration_blocks[] = {
    {PAPER_FACTS, "一、合同", CELLS(registration_cells)},
    {PAPER_FACTS, "二、卖方（申请登记）", CELLS(seller_cells)},
    {PAPER_FACTS, "三、买方", CELLS(buyer_cells)},
    {PAPER_FACTS, "四、分类", CELLS(class_cells)},
    {PAPER_FACTS, "五、金额", CELLS(amount_cells)},
    {PAPER_NOTE, "空白各栏卷内没有，提交前请填写；转让合同须填预计新增投入、产值。认定登记在国家的技术合同登记系统办理，本表只作预填，栏目以该系统为准。"},
    BASIS,
    TRACE,
};
const struct paper_form form_registration = {"registration", "技术合同登记表（预填）", "Registration form of the contract", BLOCKS(registration_blocks)};

/* --- 奖酬分配表 --- */

static const struct paper_cell allocation_cells[] = {
    {"单位", .width = 1}, {"成果名称", .width = 1}, {"转化方式"}, {"受让方"}, {"合同编号"}, {"登记编号"},
    {"本次到账", "本次分配的到账（元）"}, {"本次扣除", "扣除（元）"}, {"净收入", "净收入（元）"}, {"奖酬比例", "奖酬占净收入"},
    {"奖酬总额", "奖酬总额（元）"}, {"单位留存", "留归单位（元）"}, {"决定日期"}, {"发放日期"},
};
static const struct paper_cell cost_columns[] = {
    {"序号", .width = 6, .total = "合计"}, {"扣除项", .width = 18}, {"扣除金额", "金额（元）", .width = 16, .money = true, .total = "扣除总额"},
    {"凭证号", .width = 16}, {"扣除说明", "说明", .width = 20},
};
static const struct paper_cell share_columns[] = {
    {"序号", .width = 6, .total = "合计"}, {"姓名", .width = 18}, {"份额", .width = 8, .total = "份额合计"}, {"岗位", .width = 16},
    {"奖励金额", "应得（元）", .width = 16, .money = true, .total = "奖酬总额"}, {"签名", .width = 12},
};
static const struct paper_block allocation_blocks[] = {
    {PAPER_FACTS, CELLS(allocation_cells)},
    {PAPER_TABLE, "一、净收入的扣除（卷内全部）", .rows = "扣除", CELLS(cost_columns)},
    {PAPER_TABLE, "二、每人所得", .rows = "人员", CELLS(share_columns)},
    {PAPER_NOTE, "金额到分，各人之和等于奖酬总额；净收入为到账减去可以扣除的项目，再减以前各次已分配的部分。"},
    BASIS,
    {PAPER_TEXT, "制表：　　　　　　复核：　　　　　　负责人：　　　　　　"},
    TRACE,
};
const struct paper_form form_allocation = {"allocation", "科技成果转化奖酬分配表", "Allocation of the reward", BLOCKS(allocation_blocks)};

/* --- 财税〔2018〕58号 --- */

static const struct paper_cell cash_cells[] = {
    {"单位", "扣缴义务人名称", .width = 1}, {"单位代码", "纳税人识别号"}, {"备案编号", "备案编号（税务机关填）"}, {"成果名称", "科技成果名称", .width = 1},
    {"成果类型", "科技成果类型"}, {"证书编号", "科技成果证书编号"}, {"发证部门"}, {"转化方式"}, {"登记机构", "技术合同登记机构"},
    {"登记编号", "技术合同登记编号"}, {"合同名称", "技术合同项目名称", .width = 1}, {"到账合计", "取得转化收入（元）"},
    {"最近到账日", "取得转化收入时间"}, {"公示文号", "公示结果文件文号"}, {"公示文件", "公示结果文件名称"}, {"公示首日"}, {"公示末日"},
};
static const struct paper_cell cash_columns[] = {
    {"序号", .width = 6, .total = "合计"}, {"姓名", .width = 14}, {"证件类型", "身份证照类型", .width = 8}, {"证件号码", "身份证照号码", .width = 18},
    {"奖励金额", "现金奖励（元）", .width = 14, .money = true, .total = "奖酬总额"}, {"计税金额", "计入工资薪金（元）", .width = 14, .money = true, .total = "计税合计"},
    {"发放日期", "发放时间", .width = 14},
};
static const struct paper_block cash_blocks[] = {
    {PAPER_FACTS, "一、扣缴义务人与成果转化", CELLS(cash_cells)},
    {PAPER_TABLE, "二、科技人员取得现金奖励情况", .rows = "人员", CELLS(cash_columns)},
    {PAPER_TEXT, "谨声明：本表是根据《中华人民共和国个人所得税法》及相关规定填报的，是真实的、可靠的、完整的。"},
    {PAPER_SIGN, "扣缴义务人（签章）：\n　　年　　月　　日"},
    {PAPER_NOTE, "报送期限：{{报送期限}}（发放之日的次月15日）。身份证照号码本系统不收集，空白各栏请手填。栏目据转载的附件整理，未对照原件，以主管税务机关发布的表式为准。"},
    BASIS,
    TRACE,
};
const struct paper_form form_cash_tax = {"cash_tax", "科技人员取得职务科技成果转化现金奖励个人所得税备案表", "Tax filing of the cash rewards (Caishui [2018] No. 58)", BLOCKS(cash_blocks)};

/* --- 财税〔2016〕101号 --- */

static const struct paper_cell equity_cells[] = {
    {"受让方", "被投资公司名称", .width = 1}, {"受让方代码", "纳税人识别号"}, {"备案编号", "备案编号（税务机关填）"}, {"联系人"}, {"联系电话"},
    {"成果名称", "技术成果名称", .width = 1}, {"成果类型", "技术成果类型"}, {"证书编号", "技术成果证书编号"}, {"发证部门"}, {"涉及人数"},
    {"成交额", "评估价（协议价，元）"}, {"技术成果原值", "技术成果原值（元）"}, {"合理税费", "合理税费（元）"}, {"签订日期", "投资协议签订日期"},
};
static const struct paper_cell equity_columns[] = {
    {"序号", .width = 6, .total = "合计"}, {"姓名", .width = 14}, {"证件类型", "身份证照类型", .width = 8}, {"证件号码", "身份证照号码", .width = 16},
    {"联系地址", .width = 12}, {"联系电话", .width = 10}, {"份额", "本成果股权份额", .width = 10, .total = "份额合计"}, {"股数", .width = 8}, {"持股比例", .width = 8},
};
static const struct paper_block equity_blocks[] = {
    {PAPER_FACTS, "一、被投资公司与技术成果", CELLS(equity_cells)},
    {PAPER_TABLE, "二、技术成果投资入股个人基本情况", .rows = "人员", CELLS(equity_columns)},
    {PAPER_TEXT, "谨声明：此表是根据《中华人民共和国个人所得税法》及相关法律法规规定填写的，是真实的、完整的、可靠的。"},
    {PAPER_SIGN, "被投资公司（签章）：\n　　年　　月　　日"},
    {PAPER_NOTE, "报送期限：被投资公司取得技术成果并支付股权之次月15日内。身份证照号码、股数本系统不收集，空白各栏请手填。栏目据转载的附件整理，未对照原件，以主管税务机关发布的表式为准。"},
    BASIS,
    TRACE,
};
const struct paper_form form_equity_tax = {"equity_tax", "技术成果投资入股个人所得税递延纳税备案表", "Tax filing of the deferral (Caishui [2016] No. 101)", BLOCKS(equity_blocks)};

/* --- 年度报告 (R70) --- */

static const struct paper_cell annual_columns[] = {
    {"年度", .width = 7, .total = "合计"}, {"成果名称", .width = 18}, {"转化方式", .width = 10}, {"定价方式", .width = 10}, {"受让方", .width = 15},
    {"登记编号", .width = 20}, {"合同金额", "当年新签合同金额（元）", .width = 14, .money = true, .total = "合同金额合计"},
    {"当年到账", "当年到账（元）", .width = 14, .money = true, .total = "到账合计"},
    {"现金奖励", "当年现金奖励（元）", .width = 14, .money = true, .total = "现金奖励合计"},
    {"股权奖励", "当年股权奖励（元）", .width = 14, .money = true, .total = "股权奖励合计"}, {"受奖人次", .width = 7, .total = "受奖人次合计"},
};
static const struct paper_block annual_blocks[] = {
    {PAPER_FACTS, CELLS(((const struct paper_cell[]){{"单位"}, {"项目名称"}}))},
    {PAPER_TABLE, .rows = "年度", CELLS(annual_columns)},
    {PAPER_NOTE, "奖励按发放之日所在的年度计；当年没有发生的写 0.00。年度报告由单位于次年 3 月 30 日前报主管部门。"},
    BASIS,
    TRACE,
};
const struct paper_form form_annual_row = {"annual_row", "科技成果转化年度报告（本项目）", "Rows of the annual report", .wide = true, BLOCKS(annual_blocks)};
