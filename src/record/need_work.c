/* A need done well: who tested it and what he said, and who proposes to solve it. */
#include "record/need_work.h"

#define MONEY_MOST INT64_C(100000000000000000)

static const struct field need_test_fields[TEST_FIELD_COUNT] = {
    OF_MATTER,
    [TEST_NEED] = {"need", "已发布的需求", "Published need", FIELD_ID, .choices = "need", .level = LEVEL_OWN,
                   .hint = "已发布的写编号；还没有发布的留空，写下面两项"},
    [TEST_NAME] = {"name", "拟发布的需求名称", "Name of the need", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
    [TEST_TEXT] = {"text", "拟发布的需求正文", "Text of the need", FIELD_PROSE, .max = 8000, .level = LEVEL_OWN,
                   .hint = "现状、目标、边界、预算、期限、要求成熟度；只给测题专家和指派他的人看"},
    [TEST_MANAGER] = {"manager", "负责的技术经理人", "Technology manager", FIELD_PERSON, .level = LEVEL_OWN, .purpose = "由他指派测题专家"},
    [TEST_EXPERT] = {"expert", "测题专家", "Expert", FIELD_PERSON, .required = true, .level = LEVEL_OWN, .purpose = "由他逐项测题"},
    [TEST_CONFLICT] = {"conflict", "专家的利益关系", "Expert's interests", FIELD_LINE, .required = true, .min = 1, .max = 300,
                       .level = LEVEL_OWN, .hint = "与需求方、可能的供方有任职、持股、合作的写明；没有的写“无”"},
    [TEST_SUMMARY] = {"summary", "测题结论", "Conclusion", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN,
                      .hint = "最该改的一两处"},
    [TEST_OLD_VER] = {"old_ver", "测题时的需求版次", "Version tested", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [TEST_NEW_VER] = {"new_ver", "修改后的需求版次", "Version revised", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [TEST_CHANGED] = {"changed", "按意见改了什么", "What was changed", FIELD_PROSE, .required = true, .min = 2, .max = 2000,
                      .level = LEVEL_OWN, .hint = "没有采纳的也写理由"},
    [TEST_WHY] = {"why", "不做的原因", "Why not", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_NEED_TEST, "need_test", "need-tests", "测题", "Test of a need", need_test, TEST_FIELD_COUNT);

static const struct field test_item_fields[ITEM_FIELD_COUNT] = {
    OF_ENTRY,
    [ITEM_SORT] = {"sort", "项目", "Item", FIELD_CHOICE, .required = true, .choices = "test_item", .level = LEVEL_OWN},
    [ITEM_CLEAR] = {"clear", "说清楚了", "Clear", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [ITEM_MEASURED] = {"measured", "量得出来", "Measurable", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [ITEM_FEASIBLE] = {"feasible", "做得到", "Feasible", FIELD_YES, .required = true, .level = LEVEL_OWN},
    [ITEM_WORDS] = {"words", "意见", "In words", FIELD_PROSE, .max = 1000, .level = LEVEL_OWN, .hint = "有一个“否”的必须写怎么改"},
};
ENTRY_KIND(KIND_TEST_ITEM, "test_item", "test-items", "逐项意见", "Item tested", test_item, ITEM_FIELD_COUNT);

static const struct field proposal_fields[PROPOSAL_FIELD_COUNT] = {
    OF_MATTER,
    [PROPOSAL_NEED] = {"need", "需求", "Need", FIELD_ID, .required = true, .choices = "need", .level = LEVEL_OWN,
                       .hint = "需求的编号，见其页面地址"},
    [PROPOSAL_FROM] = {"from_party", "提案单位", "From", FIELD_PARTY, .level = LEVEL_OWN},
    [PROPOSAL_NAME] = {"name", "提案人", "Proposer", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN,
                       .purpose = "让需求方找得到您"},
    [PROPOSAL_PHONE] = {"phone", "提案人电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让需求方找得到您"},
    [PROPOSAL_APPROACH] = {"approach", "打算怎么做", "Approach", FIELD_PROSE, .required = true, .min = 10, .max = 3000, .level = LEVEL_OWN,
                           .hint = "路线，写到同行看得懂、不泄露秘密为止"},
    [PROPOSAL_EVIDENCE] = {"evidence", "凭什么做得到", "Evidence", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN,
                           .hint = "做过的试验、样机、用户；写到哪一级成熟度就给哪一级的证据"},
    [PROPOSAL_TRL] = {"trl", "现在的成熟度", "TRL today", FIELD_NUMBER, .required = true, .min = 1, .max = 9, .level = LEVEL_OWN},
    [PROPOSAL_MONTHS] = {"months", "要几个月", "Months", FIELD_NUMBER, .required = true, .min = 1, .max = 120, .level = LEVEL_OWN},
    [PROPOSAL_LOW] = {"price_low", "报价下限", "Price from", FIELD_MONEY, .max = MONEY_MOST, .level = LEVEL_OWN},
    [PROPOSAL_HIGH] = {"price_high", "报价上限", "Price to", FIELD_MONEY, .required = true, .max = MONEY_MOST, .level = LEVEL_OWN},
    [PROPOSAL_LACKS] = {"lacks", "还缺什么", "What is missing", FIELD_LINE, .required = true, .min = 1, .max = 300, .level = LEVEL_OWN,
                        .hint = "数据、样品、中试、资质；不缺的写“无”"},
    [PROPOSAL_ACHIEVEMENT] = {"achievement", "所用成果", "Achievement", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN,
                              .hint = "本平台有登记的写编号"},
    [PROPOSAL_REFUSAL] = {"refusal", "不选的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "refusal", .level = LEVEL_OWN},
    [PROPOSAL_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300,
                              .level = LEVEL_OWN, .hint = "让对方知道差在哪里"},
    [PROPOSAL_NDA_ON] = {"nda_on", "保密协议签订日", "NDA signed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PROPOSAL_DEAL] = {"deal", "本平台的转化项目", "Deal here", FIELD_ID, .choices = "deal", .level = LEVEL_OWN, .hint = "项目的编号；没有的留空"},
    [PROPOSAL_OUTSIDE] = {"outside", "平台外的合同编号", "Contract elsewhere", FIELD_LINE, .max = 80, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_PROPOSAL, "proposal", "proposals", "短提案", "Short proposal", proposal, PROPOSAL_FIELD_COUNT);
