/* One bundle for a need, and its parts. */
#include "record/bundle.h"

static const struct field bundle_fields[BUNDLE_FIELD_COUNT] = {
    OF_MATTER,
    [BUNDLE_NEED] = {"need", "需求", "Need", FIELD_ID, .required = true, .choices = "need", .level = LEVEL_OWN},
    [BUNDLE_MAKER] = {"maker", "牵头单位", "Put together by", FIELD_PARTY, .level = LEVEL_OWN},
    [BUNDLE_ACHIEVEMENT] = {"achievement", "成果", "Result", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN},
    [BUNDLE_PLACE] = {"place", "在哪试", "Where it is tried", FIELD_ID, .choices = "service", .level = LEVEL_OWN},
    [BUNDLE_FINANCE] = {"finance", "钱从哪来", "The money", FIELD_ID, .choices = "service", .level = LEVEL_OWN},
    [BUNDLE_POLICY] = {"policy", "能享什么", "The policy", FIELD_ID, .choices = "policy", .level = LEVEL_OWN},
    [BUNDLE_TRL_FROM] = {"trl_from", "成果现在的成熟度", "TRL of the result", FIELD_NUMBER, .min = 1, .max = 9, .level = LEVEL_OWN},
    [BUNDLE_TRL_TO] = {"trl_to", "需求要的成熟度", "TRL that the need asks", FIELD_NUMBER, .min = 1, .max = 9, .level = LEVEL_OWN},
    [BUNDLE_NOTE] = {"note", "方案说明", "How it fits together", FIELD_PROSE, .required = true, .min = 10, .max = 2000, .level = LEVEL_OWN,
                     .hint = "差什么、谁来补、先后次序；不写未申请专利的技术要点"},
    [BUNDLE_REFUSAL] = {"refusal", "不采用的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "refusal", .level = LEVEL_OWN},
    [BUNDLE_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .max = 300, .level = LEVEL_OWN, .hint = "选“其他”的必须写"},
    [BUNDLE_OUTCOME] = {"outcome", "结果", "Outcome", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN,
                        .hint = "签了哪份合同、做了哪次中试、贷了多少；没有成的写为什么"},
};
MATTER_KIND(KIND_BUNDLE, "bundle", "bundles", "一揽子方案", "Bundle for a need", bundle, BUNDLE_FIELD_COUNT);

static const struct field bundle_part_fields[PART_FIELD_COUNT] = {
    OF_MATTER,
    [PART_BUNDLE] = {"bundle", "方案", "Bundle", FIELD_ID, .required = true, .choices = "bundle", .level = LEVEL_OWN},
    [PART_FIRM] = {"firm", "需求方", "The firm", FIELD_PARTY, .level = LEVEL_OWN},
    [PART_MAKER] = {"maker", "牵头单位", "Put together by", FIELD_PARTY, .level = LEVEL_OWN},
    [PART_SORT] = {"sort", "方案里的哪一样", "Which part", FIELD_CHOICE, .required = true, .choices = "bundle_part", .level = LEVEL_OWN},
    [PART_KIND] = {"about_kind", "对象类别", "Kind of record", FIELD_LINE, .required = true, .max = 32, .level = LEVEL_OWN},
    [PART_ABOUT] = {"about", "对象", "About", FIELD_ID, .required = true, .level = LEVEL_OWN},
    [PART_WANTS] = {"wants", "请贵单位答复什么", "What is asked", FIELD_PROSE, .required = true, .max = 2000, .level = LEVEL_OWN},
    [PART_PRICE] = {"price", "价格或额度", "Price or amount", FIELD_MONEY, .required = true, .max = 100000000000000000, .level = LEVEL_OWN,
                    .hint = "要价、报价或可给的额度；还不能定的写上限"},
    [PART_PAYER] = {"payer", "谁出钱", "Who pays", FIELD_CHOICE, .required = true, .choices = "bundle_payer", .level = LEVEL_OWN},
    [PART_DAYS] = {"days", "多少个工作日内能办成", "Working days", FIELD_NUMBER, .required = true, .min = 1, .max = 1000, .level = LEVEL_OWN},
    [PART_TERMS] = {"terms", "条件", "Terms", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN},
    [PART_NAME] = {"name", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "让需求方找得到负责人"},
    [PART_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让需求方找得到负责人"},
    [PART_REFUSAL] = {"refusal", "不参加的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "refusal", .level = LEVEL_OWN},
    [PART_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .max = 300, .level = LEVEL_OWN, .hint = "选“其他”的必须写"},
};
MATTER_KIND(KIND_BUNDLE_PART, "bundle_part", "bundle-parts", "方案组成", "Part of a bundle", bundle_part, PART_FIELD_COUNT);
