/* Choices of public money (record/fund.h). */
#include "record/choice_int.h"

static const struct choice breaker_of[] = {
    {"covered", "在保余额", "The covered balance"}, {"paid", "累计实缴", "What was paid in"},
};

static const struct choice pool_payment[] = {
    {"paid_in", "缴入", "Paid in"}, {"returned", "退回", "Returned"},
};

/* What moves in a pool's account: work/pool.h says which sums they make. */
static const struct choice pool_entry[] = {
    {"paid_in", "缴入", "Paid in"},           {"returned", "退回", "Returned"},
    {"covered", "入池占用", "Cover taken"},    {"released", "解除占用", "Cover released"},
    {"reserved", "代偿预留", "Reserved"},      {"freed", "解除预留", "Reserve freed"},
    {"compensated", "代偿支付", "Compensated"}, {"recovered", "追偿收回", "Recovered"},
};

static const struct choice pool_decision[] = {
    {"go_on", "继续运行", "Go on"}, {"change", "修改条款后继续", "Change the terms"}, {"end", "停止新增，到期清算", "End"},
};

static const struct choice demand_how[] = {
    {"letter", "书面催收函", "Letter"}, {"visit", "上门催收", "Visit"}, {"lawyer", "律师函", "Lawyer's letter"},
    {"suit", "起诉、仲裁", "Suit or arbitration"}, {"call", "电话（有录音）", "Recorded call"},
};

static const struct choice same_day[] = {
    {"lower", "取每股价格低的一轮", "The round with the lower price a share"}, {"first", "取先录入的一轮", "The round entered first"},
};

static const struct choice stake_side[] = {
    {"holder", "受托管理机构", "Holder"}, {"firm", "企业", "Firm"},
};

static const struct choice stake_basis[] = {
    {"round", "市场化融资", "A round of outside money"}, {"revenue", "发展良好（营业收入）", "Revenue"},
};

static const struct choice stake_check[] = {
    {"midterm", "中期评估", "Mid-term review"}, {"audit", "专项审计", "Special audit"}, {"acceptance", "验收", "Acceptance"},
};

/* 促进科技成果转化法 §33, and what pays here besides */
static const struct choice flow_sort[] = {
    {"guide", "引导资金", "Guidance fund"}, {"interest", "贷款贴息", "Interest subsidy"}, {"grant", "补助资金", "Grant"},
    {"venture", "风险投资", "Venture capital"}, {"pool", "风险补偿", "Risk compensation"}, {"stake", "先投后股", "Support first, shares later"},
    {"other", "其他促进转化的用途", "Other"},
};

static const struct choice moved_sort[] = {
    {"rnd", "企业研发投入", "R&D of the firm"}, {"loan", "贷款发放", "Loan drawn"}, {"equity", "股权融资", "Equity raised"},
    {"purchase", "采购", "Purchase"}, {"contract", "技术合同", "Technology contract"},
};

const struct choice_list choices_fund[CHOICES_FUND] = {
    LIST(breaker_of, "breaker_of"), LIST(pool_payment, "pool_payment"), LIST(pool_entry, "pool_entry"),
    LIST(pool_decision, "pool_decision"), LIST(demand_how, "demand_how"), LIST(same_day, "same_day"),
    LIST(stake_side, "stake_side"), LIST(stake_basis, "stake_basis"), LIST(stake_check, "stake_check"), LIST(flow_sort, "flow_sort"), LIST(moved_sort, "moved_sort"),
};
