/*
 * The evidence pack for people. What it lists for those who decided comes from rules R04, R05, R05-1 and R06 (docs/pack.md); nothing
 * here is a score.
 */
#include "work/deal_pack_int.h"

#define CELLS(list) .cells = (list), .count = sizeof(list) / sizeof *(list)

static const struct paper_cell deal_cells[] = {
    {"项目名称", .width = 1}, {"项目编号"}, {"卷宗版次"}, {"成果名称", .width = 1}, {"知识产权", .width = 1}, {"完成人", .width = 1},
    {"单位"}, {"单位代码"}, {"转化方式"}, {"定价方式"}, {"拟交易价格", "拟交易价格（元）"}, {"资产评估"},
    {"受让方"}, {"受让方性质"}, {"利害关系", .width = 1}, {"定价依据", .width = 1},
    {"合同编号"}, {"签订日期"}, {"成交额", "成交额（元）"}, {"技术交易额", "技术交易额（元）"},
    {"登记编号"}, {"登记机构"}, {"到账合计", "到账合计（元）"}, {"奖酬合计", "奖酬合计（元）"}, {"现在进度"}, {"检查点"},
};

static const struct paper_cell step_columns[] = {
    {"时间", .width = 11}, {"步骤", .width = 8}, {"决定了什么", .width = 34}, {"经办", .width = 11}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell notice_columns[] = {
    {"序号", .width = 4}, {"事项", "事项与地点", .width = 10}, {"首日", .width = 10}, {"末日", .width = 10}, {"天数", .width = 8},
    {"结果", .width = 10}, {"市场", "市场名称、编号、网址、页面快照", .width = 24}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell objection_columns[] = {
    {"序号", .width = 4}, {"收到", "收到日期", .width = 9}, {"异议人", .width = 8}, {"异议", "异议内容", .width = 20},
    {"处理", "处理日期与意见", .width = 20}, {"成立", "是否成立", .width = 7}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell approval_columns[] = {
    {"机构", "决策机构", .width = 11}, {"决定", .width = 6}, {"日期", .width = 9}, {"价格", "批准的价格（元）", .width = 12, .money = true},
    {"纪要", "纪要文号与 SHA-256", .width = 18}, {"回避", "回避与利益冲突声明", .width = 16}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell ruling_columns[] = {
    {"日期", .width = 9}, {"步骤", .width = 7}, {"规则", .width = 22}, {"结论", .width = 6}, {"条文", .width = 22},
    {"版本", "规则版本", .width = 10}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell registration_columns[] = {
    {"序号", .width = 4}, {"机构", "登记机构", .width = 14}, {"提交", "提交日期", .width = 9}, {"结果", "结果与日期", .width = 14},
    {"编号", "登记编号", .width = 14}, {"变动", "变更、撤销", .width = 16}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell money_columns[] = {
    {"事项", .width = 10}, {"日期", .width = 9}, {"金额", "金额（元）", .width = 14, .money = true}, {"凭证", "凭证号", .width = 12},
    {"说明", .width = 22}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell award_columns[] = {
    {"次", "第几次", .width = 5}, {"姓名", .width = 14}, {"身份", .width = 14}, {"份额", .width = 8}, {"金额", "奖励金额（元）", .width = 14, .money = true},
    {"发放", "发放日期与凭证", .width = 16}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell statement_columns[] = {
    {"事实", .width = 24}, {"内容", .width = 14}, {"来源", .width = 10}, {"至", "有效至", .width = 9}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell attachment_columns[] = {
    {"序号", .width = 4}, {"名", "文件名", .width = 16}, {"类", "类别与所属文书", .width = 14}, {"字节", .width = 8},
    {"散列", "SHA-256", .width = 28}, {"撤回", .width = 9}, {"账本", "账本条号", .width = 7},
};
static const struct paper_cell duty_columns[] = {
    {"项", "要有什么", .width = 24}, {"状态", .width = 7}, {"凭", "凭什么", .width = 22}, {"条文", "依据", .width = 26},
};
static const struct paper_cell other_columns[] = {
    {"项", "清单要求", .width = 44}, {"状态", .width = 7}, {"条文", "来源", .width = 28},
};

static const struct paper_block pack_blocks[] = {
    {PAPER_FACTS, "一、项目", CELLS(deal_cells)},
    {PAPER_TEXT, "本项目是历史补录：记入本系统以前已经办完或者在办。补录的内容没有经过本系统的关口，账本只证明它们什么时候补录进来、此后没有改过。", .when = "历史补录"},
    {PAPER_TABLE, "二、办理经过（谁，何时，决定了什么）", .rows = "经过", CELLS(step_columns)},
    {PAPER_TABLE, "三、公示", .rows = "公示", .when = "有公示", CELLS(notice_columns)},
    {PAPER_NOTE, "公示首日不计入期间（民法典第二百零一条），末日遇休息日顺延（第二百零三条）。本平台的页面不是技术交易市场。{{暂算说明}}", .when = "有公示"},
    {PAPER_TABLE, "四、异议和处理", .rows = "异议", .when = "有异议", CELLS(objection_columns)},
    {PAPER_TEXT, "四、异议和处理：卷内没有异议。", .when = "无异议"},
    {PAPER_TABLE, "五、决策、回避与利益冲突", .rows = "审批", .when = "有审批", CELLS(approval_columns)},
    {PAPER_TABLE, "六、规则的裁定", .rows = "裁定", .when = "有裁定", CELLS(ruling_columns)},
    {PAPER_NOTE, "只列当时适用的规则；不适用的和全部版本号在 records/ruling.json。规则是系统照条文写的，不是有权机关的认定。", .when = "有裁定"},
    {PAPER_TABLE, "七、技术合同认定登记", .rows = "登记", .when = "有登记", CELLS(registration_columns)},
    {PAPER_TABLE, "八、到账、扣除与税务", .rows = "款项", .when = "有款项", CELLS(money_columns)},
    {PAPER_TABLE, "九、奖酬分配", .rows = "人员", .when = "有人员", CELLS(award_columns)},
    {PAPER_TABLE, "十、补充的事实", .rows = "事实", .when = "有事实", CELLS(statement_columns)},
    {PAPER_TABLE, "十一、附件", .rows = "附件", .when = "有附件", CELLS(attachment_columns)},
    {PAPER_TABLE, "十二、尽职免责的材料", .rows = "清单", .when = "有清单", CELLS(duty_columns)},
    {PAPER_NOTE, "“已备”只说卷内有这份材料，“未备”只说卷内没有，不是评价，也不打分；是否尽职、是否免责，以有权机关认定为准。"},
    {PAPER_TABLE, "十三、外省的免责清单（本省没有采用的，只作参考）", .rows = "参考", .when = "有参考", CELLS(other_columns)},
    {PAPER_NOTE, "江苏、黑龙江两份清单的逐条文字没有取得，只列二手来源写明的数目和对单位办法的要求，各条“未核”。", .when = "有参考"},
    {PAPER_HEADING, "十四、怎样核对"},
    {PAPER_TEXT, "本证据包的 records 文件夹里有项目和每份文书的每一版，连同盐、账本条目和包含证明；checkpoint 是账本签了名的检查点（{{账本名}}，到第 {{账本条数}} 条为止，根 {{账本根}}）。"
                 "不连网、不连数据库，运行：tieqiao-verify pack.zip --key 公钥。公钥要从账本的主人公布的地方抄来，不要取自这个包。"},
    {PAPER_TEXT, "本 PDF 是给人看的摘要，不在账本里：与 records 不一致的，以 records 为准。证据包说明什么时候写下了什么，不说明写下的是真的，也不说明第 {{卷宗版次}} 版以后又办了什么。经办人的姓名取自账号，账本里只有代号。"},
    {PAPER_NOTE, "由铁桥据项目卷宗生成，{{编制日期}}；核对码 {{核对码}}。"},
};
const struct paper_form form_pack = {"pack", "科技成果转化尽职证据包", "Evidence pack", .wide = true, .blocks = pack_blocks,
                                     .count = sizeof pack_blocks / sizeof *pack_blocks};
