/* What all sides do together: a request to get in touch; and what the rulebook said at a step of any matter. */
#include "record/matter.h"

static const struct field finding_fields[FINDING_FIELD_COUNT] = {
    OF_ENTRY,
    [FINDING_STEP] = {"step", "步骤", "Step", FIELD_LINE, .required = true, .max = 40, .level = LEVEL_OWN},
    [FINDING_RULES] = {"rules", "规则与结论", "Rules and verdicts", FIELD_PROSE, .max = 20000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_FINDING, "finding", "findings", "规则裁定", "Finding", finding, FINDING_FIELD_COUNT);

static const struct field contact_fields[CONTACT_FIELD_COUNT] = {
    OF_MATTER,
    [CONTACT_FROM] = {"from_party", "提出方", "From", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [CONTACT_KIND] = {"about_kind", "对象类别", "Kind of record", FIELD_LINE, .required = true, .max = 32, .level = LEVEL_OWN},
    [CONTACT_ABOUT] = {"about", "对象", "About", FIELD_ID, .required = true, .level = LEVEL_OWN},
    [CONTACT_WANTS] = {"wants", "想谈什么", "What it is about", FIELD_PROSE, .required = true, .min = 10, .max = 2000, .level = LEVEL_OWN,
                       .hint = "写清您能提供什么、想要什么、时间上的要求"},
    [CONTACT_NAME] = {"name", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN,
                      .purpose = "让对方找得到您"},
    [CONTACT_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "让对方找得到您"},
    [CONTACT_ANSWERER] = {"answerer", "答复人", "Who answers", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN,
                          .purpose = "让对方找得到负责人"},
    [CONTACT_ANSWER_PHONE] = {"answer_phone", "答复人电话", "Their phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN,
                              .purpose = "让对方找得到负责人"},
    [CONTACT_ANSWER] = {"answer", "答复", "Answer", FIELD_PROSE, .required = true, .min = 2, .max = 2000, .level = LEVEL_OWN,
                        .hint = "约定什么时候、怎样谈"},
    [CONTACT_REFUSAL] = {"refusal", "不谈的理由", "Why not", FIELD_CHOICE, .required = true, .choices = "refusal", .level = LEVEL_OWN},
    [CONTACT_REFUSAL_WHY] = {"refusal_why", "理由说明", "In words", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                             .hint = "选“其他”的必须写"},
    [CONTACT_OUTCOME] = {"outcome", "结果", "Outcome", FIELD_CHOICE, .required = true, .choices = "contact_outcome", .level = LEVEL_OWN},
    [CONTACT_OUTCOME_WHY] = {"outcome_why", "结果说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_CONTACT, "contact", "contacts", "对接请求", "Contact request", contact, CONTACT_FIELD_COUNT);

static const struct field talk_fields[TALK_FIELD_COUNT] = {
    OF_ENTRY,
    [TALK_MET_ON] = {"met_on", "会谈日期", "Met on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TALK_WHERE] = {"place", "地点或方式", "Where", FIELD_LINE, .required = true, .max = 120, .level = LEVEL_OWN},
    [TALK_WHO] = {"who", "参加人", "Who took part", FIELD_LINE, .required = true, .max = 200, .level = LEVEL_OWN,
                  .purpose = "说明谁和谁谈过"},
    [TALK_WHAT] = {"what", "谈了什么", "What was said", FIELD_PROSE, .required = true, .max = 3000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TALK, "talk", "talks", "会谈", "Talk", talk, TALK_FIELD_COUNT);
