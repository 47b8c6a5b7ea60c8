/* An application for what a policy gives (政策兑现申请). */
#include "record/claim.h"

static const struct field claim_fields[BENEFIT_FIELD_COUNT] = {
    OF_MATTER,
    [BENEFIT_POLICY] = {"policy", "政策", "Policy", FIELD_ID, .required = true, .choices = "policy", .level = LEVEL_OWN},
    [BENEFIT_PERIOD] = {"period", "所属年度", "Year", FIELD_NUMBER, .required = true, .min = 0, .max = 2100, .level = LEVEL_OWN,
                      .hint = "0 是只给一次的政策"},
    [BENEFIT_RULE] = {"rule", "规则编号", "Rule id", FIELD_LINE, .required = true, .max = 20, .level = LEVEL_OWN},
    [BENEFIT_WAY] = {"way", "怎样提出", "How it came about", FIELD_CHOICE, .required = true, .choices = "claim_way", .level = LEVEL_OWN},
    [BENEFIT_SENT_ON] = {"sent_on", "申请日", "Applied on", FIELD_DATE, .level = LEVEL_OWN},
    [BENEFIT_EXPECTED] = {"expected", "按规则应得", "By the rule", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN},
    [BENEFIT_NAME] = {"name", "经办人", "Who handles it", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN,
                    .purpose = "让审核人员联系得到"},
    [BENEFIT_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让审核人员联系得到"},
    [BENEFIT_PAYEE] = {"payee", "收款开户行与账号", "Bank and account", FIELD_LINE, .required = true, .min = 6, .max = 120, .level = LEVEL_OWN,
                     .hint = "户名须与本单位一致"},
    [BENEFIT_WORDS] = {"words", "补充说明", "Remarks", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN},
    [BENEFIT_DISPUTE] = {"dispute", "对事实有异议的理由", "Why the facts are wrong", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN,
                       .hint = "按现有事实不符合、而您认为事实有误的，写明哪一项、为什么"},
    [BENEFIT_LACKS] = {"lacks", "需要补正的内容", "What is lacking", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN,
                     .hint = "一次写全，企业照此补正"},
    [BENEFIT_SUPPLIED] = {"supplied", "补正说明", "What was supplied", FIELD_PROSE, .required = true, .min = 2, .max = 2000, .level = LEVEL_OWN},
    [BENEFIT_AMOUNT] = {"amount", "核定金额", "Granted", FIELD_MONEY, .max = 100000000000000000, .level = LEVEL_OWN},
    [BENEFIT_REASON] = {"reason", "不予兑现的理由", "Why it was refused", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN},
    [BENEFIT_RESTS_ON] = {"rests_on", "依据的事实", "Facts it rests on", FIELD_PROSE, .max = 4000, .level = LEVEL_OWN},
    [BENEFIT_DECIDED_ON] = {"decided_on", "决定日", "Decided on", FIELD_DATE, .level = LEVEL_OWN},
    [BENEFIT_PAID_ON] = {"paid_on", "兑付日", "Paid on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [BENEFIT_VOUCHER] = {"voucher", "支付凭证号", "Voucher", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN},
    [BENEFIT_OBJECTION] = {"objection", "异议", "Objection", FIELD_PROSE, .required = true, .min = 10, .max = 3000, .level = LEVEL_OWN,
                         .hint = "写明对哪一点有异议，有什么证据"},
    [BENEFIT_REVIEW] = {"review", "复核意见", "Review", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
};

static const size_t natural[] = {BENEFIT_POLICY, BENEFIT_PERIOD};

const struct kind kind_claim = {
    .id = KIND_CLAIM, .name = "claim", .plural = "claims", .label = "政策兑现", .label_en = "Policy claim", .fields = claim_fields,
    .count = BENEFIT_FIELD_COUNT, .title = MATTER_TITLE, .summary = MATTER_STATE, .natural = natural,
    .natural_count = sizeof natural / sizeof *natural, .owned = true,
};
