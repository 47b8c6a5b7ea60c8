/* Choices of services for hire, guides, trials and try-first licences (record/hire.h, record/trial.h). */
#include "record/choice_int.h"

/* 好差评: five grades, of which the last two are bad (国办发〔2019〕51 号; its text is not at hand) */
static const struct choice five_grades[] = {
    {"very_good", "非常满意", "Very satisfied"},
    {"good", "满意", "Satisfied"},
    {"fair", "基本满意", "Fairly satisfied"},
    {"poor", "不满意", "Dissatisfied"},
    {"very_poor", "非常不满意", "Very dissatisfied"},
};

static const struct choice handover_verdict[] = {
    {"accepted", "验收通过", "Accepted"}, {"sent_back", "退回", "Sent back"},
};

static const struct choice order_refusal[] = {
    {"full", "排不开", "No capacity"},
    {"field", "不在服务范围", "Outside of what is offered"},
    {"price", "价格", "Price"},
    {"time", "时间来不及", "Too late"},
    {"conflict", "与已有委托有利益冲突", "Conflict of interest"},
    {"unclear", "要求不清楚", "Unclear"},
};

/* What of the house begins what a guide is about. */
static const struct choice guide_begins[] = {
    {"registration", "技术合同认定登记预审", "Pre-check of a technology contract's registration"},
    {"self_check", "资质自评", "Self-assessment"},
    {"voucher", "创新券", "Innovation vouchers"},
    {"order", "向这项服务下单", "An order of this service"},
};

static const struct choice trial_refusal[] = {
    {"fit", "与场景不合", "Does not fit"},
    {"trl", "成熟度不够", "Not mature enough"},
    {"safety", "安全条件不具备", "Safety conditions"},
    {"site", "场地或工况排不开", "No site or slot"},
    {"money", "没有经费", "No funds"},
    {"full", "已有同类试用", "A like trial is under way"},
};

static const struct choice aim_sense[] = {
    {"at_least", "不低于", "At least"}, {"at_most", "不高于", "At most"},
};

static const struct choice try_refusal[] = {
    {"exclusive", "已独占或排他许可他人", "Exclusively licensed"},
    {"pledged", "专利已质押", "Pledged"},
    {"terms", "条件谈不拢", "Terms"},
    {"other_use", "另有安排", "Other plans"},
    {"unready", "成熟度不够", "Not mature enough"},
};

const struct choice_list choices_service[CHOICES_SERVICE] = {
    LIST(five_grades, "five_grades"),     LIST(handover_verdict, "handover_verdict"), LIST(order_refusal, "order_refusal"),
    LIST(guide_begins, "guide_begins"),   LIST(trial_refusal, "trial_refusal"),       LIST(aim_sense, "aim_sense"),
    LIST(try_refusal, "try_refusal"),
};
