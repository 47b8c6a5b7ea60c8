/* A need done well: who tested it and what he said, and who proposes to solve it. */
#include "record/need_work.h"

#define MONEY_MOST INT64_C(100000000000000000)

static const struct field need_test_fields[TEST_FIELD_COUNT] = {
    OF_MATTER,
    [TEST_NEED] = {"need", "已发布的需求", "Published need", FIELD_ID, .choices = "need", .level = LEVEL_OWN,
                   .hint = "从已经发布的里选；还没有发布的，测题时留空、写名称和正文，改好后先在工作台“提出需求”，再回来选"},
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
                              .hint = "本单位在本平台登记过的，从这里选"},
    [PROPOSAL_REFUSAL] = {"refusal", "不选的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "refusal", .level = LEVEL_OWN},
    [PROPOSAL_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300,
                              .level = LEVEL_OWN, .hint = "让对方知道差在哪里"},
    [PROPOSAL_NDA_ON] = {"nda_on", "保密协议签订日", "NDA signed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PROPOSAL_DEAL] = {"deal", "本平台的转化项目", "Deal here", FIELD_ID, .choices = "deal", .level = LEVEL_OWN, .hint = "本单位是一方的项目；没有的留空"},
    [PROPOSAL_OUTSIDE] = {"outside", "平台外的合同编号", "Contract elsewhere", FIELD_LINE, .max = 80, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_PROPOSAL, "proposal", "proposals", "短提案", "Short proposal", proposal, PROPOSAL_FIELD_COUNT);

static const struct field talent_post_fields[POST_FIELD_COUNT] = {
    OF_MATTER,
    [POST_SORT] = {"sort", "岗位类别", "Sort", FIELD_CHOICE, .required = true, .choices = "post_sort"},
    [POST_NAME] = {"name", "岗位名称", "Name", FIELD_LINE, .required = true, .min = 2, .max = 120},
    [POST_INDUSTRY] = {"industry", "所属行业", "Industries (GB/T 4754)", FIELD_CODES, .required = true, .max = 5, .choices = "gbt4754",
                       .hint = "按它找合适的人"},
    [POST_SKILLS] = {"skills", "要什么本领", "Skills", FIELD_WORDS, .required = true, .max = 20},
    [POST_TASK] = {"task", "要解决什么", "Task", FIELD_PROSE, .required = true, .min = 10, .max = 3000},
    [POST_FROM] = {"start_on", "拟开始日", "From", FIELD_DATE, .required = true},
    [POST_MONTHS] = {"months", "几个月", "Months", FIELD_NUMBER, .required = true, .min = 1, .max = 60},
    [POST_LOW] = {"pay_low", "每月报酬下限", "Monthly pay from", FIELD_MONEY, .max = MONEY_MOST},
    [POST_HIGH] = {"pay_high", "每月报酬上限", "Monthly pay to", FIELD_MONEY, .required = true, .max = MONEY_MOST},
    [POST_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_SIGNED_IN, .purpose = "让应聘的人找得到企业"},
    [POST_WHY] = {"why", "关闭的原因", "Why closed", FIELD_LINE, .required = true, .min = 2, .max = 300},
};
MATTER_KIND(KIND_TALENT_POST, "talent_post", "posts", "企业岗位", "Post at a firm", talent_post, POST_FIELD_COUNT);

static const struct field post_service_fields[SERVING_FIELD_COUNT] = {
    OF_MATTER,
    [SERVING_POST] = {"post", "岗位", "Post", FIELD_ID, .required = true, .choices = "talent_post", .level = LEVEL_OWN, .hint = "岗位的编号"},
    [SERVING_PERSON] = {"person", "应聘人", "Person", FIELD_PERSON, .level = LEVEL_OWN, .purpose = "企业和所在单位据此决定"},
    [SERVING_UNIT] = {"unit", "所在单位", "His unit", FIELD_PARTY, .level = LEVEL_OWN},
    [SERVING_OFFERS] = {"offers", "能做什么", "What he offers", FIELD_PROSE, .required = true, .min = 10, .max = 2000, .level = LEVEL_OWN},
    [SERVING_PHONE] = {"phone", "应聘人电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让企业找得到您"},
    [SERVING_REFUSAL] = {"refusal", "不录用的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "refusal", .level = LEVEL_OWN},
    [SERVING_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [SERVING_DOCUMENT] = {"document", "同意的文号", "Document of consent", FIELD_LINE, .required = true, .max = 80, .level = LEVEL_OWN,
                          .hint = "兼职、离岗须所在单位同意，不得影响本职（规则 R29）"},
    [SERVING_PAY] = {"pay", "约定的每月报酬", "Monthly pay agreed", FIELD_MONEY, .required = true, .max = MONEY_MOST, .level = LEVEL_OWN},
    [SERVING_SINCE] = {"start_on", "任职起", "From", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [SERVING_UNTIL] = {"until", "任职至", "Until", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [SERVING_RESULT] = {"result", "做成了什么", "What came of it", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN,
                        .hint = "对照岗位要解决的问题；没有做成的也写"},
};
MATTER_KIND(KIND_POST_SERVICE, "post_service", "post-services", "岗位任职", "Service in a post", post_service, SERVING_FIELD_COUNT);
