/* Project support that may become shares, what a public payment moved, and branches for technology firms. */
#include "record/fund.h"

#define FUND_MONEY_MOST INT64_C(100000000000000) /* fen: a trillion yuan; ninety thousand of them add up in an int64 */

static const struct field stake_fields[STAKE_FIELD_COUNT] = {
    OF_MATTER,
    [STAKE_FIRM] = {"firm", "企业", "Firm", FIELD_PARTY, .required = true, .level = LEVEL_SIGNED_IN},
    [STAKE_PROGRAM] = {"program", "专项名称", "Program", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_SIGNED_IN},
    [STAKE_PROJECT] = {"project", "项目内容", "Project", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_SIGNED_IN},
    [STAKE_AMOUNT] = {"amount", "支持金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = FUND_MONEY_MOST, .level = LEVEL_SIGNED_IN},
    [STAKE_AGREED_ON] = {"agreed_on", "协议签订日", "Agreed on", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},
    [STAKE_UNTIL] = {"until_day", "转股期限至", "May convert until", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},
    [STAKE_LEAST_ROUND] = {"least_round", "触发：融资额不低于", "Trigger: raised at least", FIELD_MONEY, .level = LEVEL_OWN,
                           .hint = "同一日的各轮合计；不以融资触发的不填"},
    [STAKE_LEAST_REVENUE] = {"least_revenue", "触发：年营业收入不低于", "Trigger: revenue a year at least", FIELD_MONEY, .level = LEVEL_OWN,
                             .hint = "不以收入触发的不填；两项至少填一项"},
    [STAKE_DISCOUNT] = {"discount", "价格折让", "Discount", FIELD_SHARE, .required = true, .max = 9999, .level = LEVEL_OWN,
                        .hint = "按融资价格的折让，不折让写 0"},
    [STAKE_FLOOR] = {"floor_value", "估值下限", "Valuation at least", FIELD_MONEY, .level = LEVEL_OWN},
    [STAKE_CEILING] = {"ceiling_value", "估值上限", "Valuation at most", FIELD_MONEY, .level = LEVEL_OWN},
    [STAKE_MOST] = {"most_share", "持股比例上限", "Holds at most", FIELD_SHARE, .required = true, .min = 1, .max = 9999, .level = LEVEL_OWN,
                    .hint = "转股以后占全部股份的比例"},
    [STAKE_SAME_DAY] = {"same_day", "同一日有两轮时", "Two rounds on one day", FIELD_CHOICE, .required = true, .choices = "same_day",
                        .level = LEVEL_OWN},
    [STAKE_RETURN] = {"return_rate", "退出的适当收益（年率）", "Return on exit, a year", FIELD_SHARE, .required = true, .max = 10000,
                      .level = LEVEL_OWN, .hint = "单利，按实际天数、一年 365 日"},
    [STAKE_PAID_ON] = {"paid_on", "拨付日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_SIGNED_IN},
    [STAKE_VOUCHER] = {"voucher", "拨付凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [STAKE_BASIS] = {"basis", "触发依据", "Triggered by", FIELD_CHOICE, .required = true, .choices = "stake_basis", .level = LEVEL_OWN},
    [STAKE_REVENUE] = {"revenue", "年营业收入（经审计）", "Audited revenue", FIELD_MONEY, .level = LEVEL_OWN,
                       .hint = "以收入触发的填"},
    [STAKE_SHARES_NOW] = {"shares_now", "触发时总股数", "Shares then", FIELD_NUMBER, .min = 1, .max = 1000000000000, .level = LEVEL_OWN,
                          .hint = "以收入触发的填；以融资触发的取自该轮"},
    [STAKE_VALUATION] = {"valuation", "评估的股权价值", "Appraised equity", FIELD_MONEY, .min = 1, .level = LEVEL_OWN,
                         .hint = "以收入触发的填"},
    [STAKE_TRIGGERED_ON] = {"triggered_on", "触发日", "Triggered on", FIELD_DATE, .level = LEVEL_OWN},
    [STAKE_ROUND] = {"round", "取价的融资轮次", "By the price of round", FIELD_NUMBER, .min = 0, .max = 1000000, .level = LEVEL_OWN},
    [STAKE_SHARES] = {"shares", "转得股数", "Shares", FIELD_NUMBER, .min = 0, .max = 1000000000000, .level = LEVEL_OWN},
    [STAKE_COST] = {"cost", "转股金额", "Converted", FIELD_MONEY, .level = LEVEL_OWN},
    [STAKE_REST] = {"rest", "未转余额", "Not converted", FIELD_MONEY, .level = LEVEL_OWN},
    [STAKE_REGISTERED_ON] = {"registered_on", "变更登记日", "Registered on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [STAKE_DUE] = {"due_back", "应退本金与适当收益", "Due on exit", FIELD_MONEY, .level = LEVEL_OWN},
    [STAKE_BACK] = {"back", "实际退回", "Came back", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [STAKE_BACK_ON] = {"back_on", "退回日", "Came back on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [STAKE_LOSS] = {"loss", "核销金额", "Written off", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [STAKE_LOSS_WHY] = {"loss_why", "损失原因", "Why lost", FIELD_PROSE, .required = true, .min = 10, .max = 2000, .level = LEVEL_OWN},
    [STAKE_DILIGENCE] = {"diligence", "尽职证据", "Diligence", FIELD_PROSE, .required = true, .min = 10, .max = 4000, .level = LEVEL_OWN,
                         .hint = "决策、拨付、检查、审计各在何时、由谁、看到什么，有何文件"},
    [STAKE_NO_GAIN] = {"no_gain", "没有查到牟取非法利益", "No unlawful gain found", FIELD_YES, .required = true, .level = LEVEL_OWN,
                       .hint = "以有权机关认定为准"},
    [STAKE_CONTEST] = {"contest_why", "企业的异议", "What the firm contests", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [STAKE_LOSS_PAPER] = {"loss_paper", "核销的决定文件", "Decision on the write-off", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_STAKE, "stake", "stakes", "先投后股", "Support first, shares later", stake, STAKE_FIELD_COUNT);

static const struct field stake_mark_fields[STAKE_MARK_FIELD_COUNT] = {
    OF_ENTRY,
    [STAKE_MARK_WHAT] = {"what", "里程碑", "Milestone", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN},
    [STAKE_MARK_BY] = {"by_day", "应完成日", "By", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [STAKE_MARK_DONE_ON] = {"done_on", "完成日", "Done on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [STAKE_MARK_SHOWS] = {"shows", "凭什么说完成了", "What shows it", FIELD_LINE, .required = true, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_STAKE_MARK, "stake_mark", "stake_marks", "里程碑", "Milestone", stake_mark, STAKE_MARK_FIELD_COUNT);

static const struct field stake_check_fields[STAKE_CHECK_FIELD_COUNT] = {
    OF_ENTRY,
    [STAKE_CHECK_SORT] = {"sort", "检查类别", "Sort", FIELD_CHOICE, .required = true, .choices = "stake_check", .level = LEVEL_OWN},
    [STAKE_CHECK_ON] = {"checked_on", "日期", "On", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [STAKE_CHECK_WHO] = {"who", "检查人或审计机构", "By", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN},
    [STAKE_CHECK_PASSED] = {"passed", "通过", "Passed", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [STAKE_CHECK_SAYS] = {"says", "结论", "Findings", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_STAKE_CHECK, "stake_check", "stake_checks", "检查与审计", "Review", stake_check, STAKE_CHECK_FIELD_COUNT);

static const struct field stake_round_fields[STAKE_ROUND_FIELD_COUNT] = {
    OF_ENTRY,
    [STAKE_ROUND_ON] = {"closed_on", "交割日", "Closed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [STAKE_ROUND_WHO] = {"who", "投资人", "Investors", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN},
    [STAKE_ROUND_MARKET] = {"market", "市场化融资", "Outside money", FIELD_YES, .required = true, .level = LEVEL_OWN,
                            .hint = "投资人与企业及其股东没有关联，价格由双方商定"},
    [STAKE_ROUND_RAISED] = {"raised", "融资额", "Raised", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_OWN},
    [STAKE_ROUND_VALUATION] = {"valuation", "投前估值", "Valuation before the money", FIELD_MONEY, .required = true, .min = 1,
                               .level = LEVEL_OWN},
    [STAKE_ROUND_SHARES] = {"shares", "融资前总股数", "Shares before it", FIELD_NUMBER, .required = true, .min = 1, .max = 1000000000000,
                            .level = LEVEL_OWN},
    [STAKE_ROUND_PAPER] = {"paper", "增资协议", "Agreement", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN},
    [STAKE_ROUND_BY] = {"said_by", "哪一方记的", "Entered by", FIELD_CHOICE, .choices = "stake_side", .level = LEVEL_OWN},
    [STAKE_ROUND_AGREED_ON] = {"agreed_on", "另一方认可日", "Agreed by the other side on", FIELD_DATE, .level = LEVEL_OWN},
    [STAKE_ROUND_CONTEST] = {"contest_why", "另一方为何不认可", "Why the other side contests it", FIELD_LINE, .required = true, .min = 2, .max = 300,
                             .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_STAKE_ROUND, "stake_round", "stake_rounds", "融资轮次", "Round", stake_round, STAKE_ROUND_FIELD_COUNT);

/* --- public money --- */

static const struct field money_flow_fields[FLOW_FIELD_COUNT] = {
    OF_MATTER,
    [FLOW_SORT] = {"sort", "资金用途", "Sort", FIELD_CHOICE, .required = true, .choices = "flow_sort", .level = LEVEL_PUBLIC,
                   .hint = "促进科技成果转化法第三十三条"},
    [FLOW_PROGRAM] = {"program", "专项或基金", "Program or fund", FIELD_LINE, .required = true, .min = 2, .max = 120,
                      .level = LEVEL_PUBLIC},
    [FLOW_PAYEE] = {"payee", "受款方", "Paid to", FIELD_PARTY, .required = true, .level = LEVEL_PUBLIC},
    [FLOW_AMOUNT] = {"amount", "金额", "Amount", FIELD_MONEY, .required = true, .min = 1, .max = FUND_MONEY_MOST, .level = LEVEL_PUBLIC},
    [FLOW_PAID_ON] = {"paid_on", "支付日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [FLOW_PURPOSE] = {"purpose", "做什么用", "Purpose", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
    [FLOW_VOUCHER] = {"voucher", "支付凭证号", "Voucher", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN},
    [FLOW_CAUSE] = {"cause", "由何而来", "Kind of its cause", FIELD_LINE, .max = 32, .level = LEVEL_SIGNED_IN},
    [FLOW_CAUSE_ID] = {"cause_id", "起因", "Cause", FIELD_ID, .level = LEVEL_SIGNED_IN},
    [FLOW_VOID_WHY] = {"void_why", "作废原因", "Why void", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_MONEY_FLOW, "money_flow", "public-money", "财政资金", "Public payment", money_flow, FLOW_FIELD_COUNT);

static const struct field moved_fields[MOVED_FIELD_COUNT] = {
    OF_ENTRY,
    [MOVED_SORT] = {"sort", "带动了什么", "What it moved", FIELD_CHOICE, .required = true, .choices = "moved_sort", .level = LEVEL_PUBLIC},
    [MOVED_WHO] = {"who", "哪个单位的", "Whose", FIELD_PARTY, .required = true, .level = LEVEL_PUBLIC,
                   .hint = "研发写做研发的企业，贷款写借款企业，股权写被投企业，采购和合同写买方；同一笔钱各处须写同一单位"},
    [MOVED_NUMBER] = {"number", "凭据编号", "Number of the document", FIELD_LINE, .required = true, .min = 2, .max = 80,
                      .level = LEVEL_SIGNED_IN, .hint = "合同号、借据号、专账或审计报告编号；同一笔钱各处须写同一编号"},
    [MOVED_ON] = {"moved_on", "发生日", "On", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [MOVED_AMOUNT] = {"amount", "该笔全额", "The whole amount", FIELD_MONEY, .required = true, .min = 1, .max = FUND_MONEY_MOST, .level = LEVEL_PUBLIC},
    [MOVED_SHARE] = {"share", "归于本资金的比例", "Share of this payment", FIELD_SHARE, .required = true, .min = 1, .max = 10000,
                     .level = LEVEL_PUBLIC, .hint = "同一笔钱归于各项财政资金的比例合计不超过 100%"},
    [MOVED_PAPER] = {"paper", "凭据", "Document", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_SIGNED_IN},
    [MOVED_FEN] = {"attributed", "归于本资金的金额", "Attributed", FIELD_MONEY, .level = LEVEL_PUBLIC},
    [MOVED_KEY] = {"moved_key", "哪一笔", "Which amount", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
    [MOVED_PROVED_ON] = {"proved_on", "核实日", "Proved on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [MOVED_SEEN] = {"seen", "核实时所见", "What was seen", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_SIGNED_IN},
    [MOVED_VOID_ON] = {"void_on", "撤销日", "Void on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [MOVED_VOID_WHY] = {"void_why", "撤销原因", "Why void", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_MOVED, "moved", "moved", "带动资金", "Money moved", moved, MOVED_FIELD_COUNT);

/* --- branches --- */

static const struct field branch_fields[BRANCH_FIELD_COUNT] = {
    OF_MATTER,
    [BRANCH_NAME] = {"name", "支行名称", "Branch", FIELD_LINE, .required = true, .min = 4, .max = 100, .level = LEVEL_PUBLIC},
    [BRANCH_ADDRESS] = {"address", "地址", "Address", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_PUBLIC},
    [BRANCH_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_PUBLIC, .purpose = "让企业找得到"},
    [BRANCH_LICENSED_BY] = {"licensed_by", "认定机关", "Recognised by", FIELD_LINE, .required = true, .max = 100, .level = LEVEL_PUBLIC},
    [BRANCH_PAPER] = {"paper", "认定文件", "Document", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_PUBLIC},
    [BRANCH_SINCE] = {"since_day", "认定自", "Since", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [BRANCH_UNTIL] = {"until_day", "有效至", "Until", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [BRANCH_STAFF] = {"staff", "科技信贷专职人员（人）", "Staff", FIELD_NUMBER, .required = true, .min = 0, .max = 10000, .level = LEVEL_PUBLIC},
    [BRANCH_LIMIT] = {"delegated", "单户授权额度", "Delegated limit", FIELD_MONEY, .required = true, .min = 1, .level = LEVEL_PUBLIC},
    [BRANCH_TOLERANCE] = {"tolerance", "不良贷款容忍度", "Tolerance for bad loans", FIELD_SHARE, .required = true, .max = 10000,
                          .level = LEVEL_PUBLIC},
    [BRANCH_BAD] = {"bad", "科技贷款不良率", "Bad loans", FIELD_SHARE, .max = 10000, .level = LEVEL_SIGNED_IN,
                    .hint = "最近一期；没有的不填"},
    [BRANCH_DUTY] = {"duty", "尽职免责规定", "Rule on diligence", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_PUBLIC,
                     .hint = "文件名称与文号"},
    [BRANCH_REFUSED_WHY] = {"refused_why", "不予列入或者移出的理由", "Why not, or why taken off", FIELD_LINE, .required = true, .min = 4, .max = 300,
                            .level = LEVEL_OWN},
};
MATTER_KIND(KIND_BRANCH, "branch", "branches", "科技支行", "Branch for technology firms", branch, BRANCH_FIELD_COUNT);
