/* Opinions, what is put into their files, and what an assisting unit adds. */
#include "record/consult.h"

static const struct field opinion_fields[OPINION_FIELD_COUNT] = {
    OF_MATTER,
    [OPINION_SESSION] = {"consultation", "协商座谈", "Consultation", FIELD_ID, .required = true, .choices = "consultation", .level = LEVEL_PUBLIC},
    [OPINION_NO] = {"no", "编号", "Number", FIELD_NUMBER, .min = 1, .max = 1000000, .level = LEVEL_PUBLIC},
    [OPINION_MEMBER] = {"member", "委员", "Member", FIELD_PERSON, .required = true, .level = LEVEL_OWN, .purpose = "答复给提出意见的委员"},
    [OPINION_FORM] = {"form", "以什么形式提出", "Form", FIELD_CHOICE, .choices = "opinion_form", .level = LEVEL_OWN, .hint = "空着是委员个人提出；请别的委员联名，提交以后由他们自己联名"},
    [OPINION_SIGNERS] = {"signers", "签署", "Signed by", FIELD_LINE, .max = 200, .level = LEVEL_OWN, .hint = "党派、团体、界别、小组、专委会提出的，写名称和签署的负责人"},
    [OPINION_TOPIC] = {"topic", "议题序号", "Topic", FIELD_NUMBER, .required = true, .min = 1, .max = 400, .level = LEVEL_PUBLIC},
    [OPINION_SUBJECT] = {"subject", "一句话说清", "In one sentence", FIELD_LINE, .required = true, .min = 4, .max = 80, .level = LEVEL_OWN},
    [OPINION_OBSTACLE] = {"obstacle", "针对哪个障碍", "Obstacle", FIELD_CHOICE, .required = true, .choices = "obstacle", .level = LEVEL_PUBLIC},
    [OPINION_PILLAR] = {"pillar", "靠哪个支柱", "Pillar", FIELD_CHOICE, .required = true, .choices = "pillar", .level = LEVEL_PUBLIC},
    [OPINION_CONCERNS] = {"concerns", "关系到哪一方", "Party concerned", FIELD_CHOICE, .required = true, .choices = "side", .level = LEVEL_PUBLIC},
    [OPINION_EVIDENCE] = {"evidence", "依据", "What it rests on", FIELD_PROSE, .required = true, .min = 4, .max = 4000, .level = LEVEL_OWN,
                          .hint = "看到的事实、数字、调研到的情况"},
    [OPINION_PROPOSAL] = {"proposal", "建议", "Proposal", FIELD_PROSE, .required = true, .min = 4, .max = 4000, .level = LEVEL_OWN, .hint = "请谁、做什么、到什么程度"},
    [OPINION_VISIT] = {"visit", "所依据的走访序号", "Visit", FIELD_NUMBER, .min = 1, .max = 400, .level = LEVEL_OWN},
    [OPINION_RETURN_WHY] = {"return_why", "退回原因", "Why sent back", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [OPINION_LEAD] = {"lead", "并入的意见", "Merged into", FIELD_ID, .required = true, .choices = "opinion", .level = LEVEL_OWN},
    [OPINION_UNIT] = {"unit", "主办单位", "Unit in charge", FIELD_PARTY, .required = true, .level = LEVEL_PUBLIC},
    [OPINION_INSTRUCTION] = {"instruction", "交办要求", "Instruction", FIELD_PROSE, .max = 1000, .level = LEVEL_OWN},
    [OPINION_HANDED_ON] = {"handed_on", "交办日", "Handed over on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [OPINION_OBJECT_BY] = {"object_by", "交办异议截止", "Objection by", FIELD_DATE, .level = LEVEL_OWN},
    [OPINION_REPLY_BY] = {"reply_by", "应答复", "Reply by", FIELD_DATE, .level = LEVEL_PUBLIC},
    [OPINION_EXTEND_WHY] = {"extend_why", "延期理由", "Why later", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [OPINION_EXTENDED_TO] = {"extended_to", "延期到", "Extended to", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [OPINION_KEY] = {"key_item", "重点督办", "Key item", FIELD_YES, .level = LEVEL_PUBLIC},
    [OPINION_KEY_LEADER] = {"key_leader", "领衔督办", "Supervised by", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN},
    [OPINION_CONCLUSION] = {"conclusion", "办理结论", "Conclusion", FIELD_CHOICE, .choices = "opinion_conclusion", .level = LEVEL_PUBLIC},
    [OPINION_PLANNED_BY] = {"planned_by", "计划完成", "Planned by", FIELD_DATE, .level = LEVEL_PUBLIC},
    [OPINION_REPLIED_ON] = {"replied_on", "答复日", "Replied on", FIELD_DATE, .level = LEVEL_PUBLIC},
    [OPINION_END_WHY] = {"end_why", "原因", "Why", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [OPINION_PUBLIC_TITLE] = {"public_title", "公开的标题", "Title as published", FIELD_LINE, .required = true, .min = 4, .max = 80, .level = LEVEL_PUBLIC},
    [OPINION_PUBLIC_TEXT] = {"public_text", "公开的意见", "Opinion as published", FIELD_PROSE, .required = true, .min = 4, .max = 4000, .level = LEVEL_PUBLIC,
                             .hint = "先写意见原文，再删去不宜公开的：国家秘密、商业秘密、个人隐私（第十四、十五条），内部讨论和过程性信息（第十六条）"},
    [OPINION_PUBLIC_REPLY] = {"public_reply", "公开的答复", "Reply as published", FIELD_PROSE, .max = 4000, .level = LEVEL_PUBLIC},
    [OPINION_CLEARED_BY] = {"cleared_by", "审查人", "Cleared by", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN,
                            .purpose = "公开审查要有人负责"},
    [OPINION_CLEARED_BASIS] = {"cleared_basis", "审查结论", "Result of the examination", FIELD_CHOICE, .required = true, .choices = "cleared_basis", .level = LEVEL_OWN},
    [OPINION_CLEARED_ON] = {"cleared_on", "公开审查日", "Cleared on", FIELD_DATE, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_OPINION, "opinion", "opinions", "意见建议", "Opinion", opinion, OPINION_FIELD_COUNT);

static const struct field opinion_cosign_fields[COSIGN_FIELD_COUNT] = {
    OF_ENTRY,
    [COSIGN_PERSON] = {"person", "联名委员", "Co-signed by", FIELD_PERSON, .required = true, .level = LEVEL_OWN, .purpose = "答复也给联名的委员"},
    [COSIGN_NOTE] = {"note", "补充", "Adds", FIELD_PROSE, .max = 1000, .level = LEVEL_OWN},
    [COSIGN_LEFT_ON] = {"left_on", "退出联名", "Withdrawn on", FIELD_DATE, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_OPINION_COSIGN, "opinion_cosign", "opinion_cosigns", "联名", "Co-signature", opinion_cosign, COSIGN_FIELD_COUNT);

static const struct field opinion_merge_fields[MERGING_FIELD_COUNT] = {
    OF_ENTRY,
    [MERGING_SORT] = {"sort", "并案或拆分", "Merged or split", FIELD_CHOICE, .required = true, .choices = "opinion_merging", .level = LEVEL_OWN},
    [MERGING_WITH] = {"with_opinion", "哪一件", "Which opinion", FIELD_ID, .required = true, .choices = "opinion", .level = LEVEL_OWN},
    [MERGING_WHY] = {"why", "理由", "Why", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_OPINION_MERGE, "opinion_merge", "opinion_merges", "并案记录", "Merging", opinion_merge, MERGING_FIELD_COUNT);

static const struct field opinion_object_fields[HANDING_FIELD_COUNT] = {
    OF_ENTRY,
    [HANDING_UNIT] = {"unit", "提出单位", "Unit", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [HANDING_TEXT] = {"text", "异议理由", "Objection", FIELD_PROSE, .required = true, .min = 10, .max = 1000, .level = LEVEL_OWN,
                      .hint = "为什么不归本单位办，建议交哪个单位"},
    [HANDING_RULING] = {"ruling", "裁定", "Ruling", FIELD_CHOICE, .choices = "opinion_ruling", .level = LEVEL_OWN},
    [HANDING_RULING_WHY] = {"ruling_why", "裁定理由", "Why", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [HANDING_TO] = {"to_unit", "改交给", "Handed to", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [HANDING_RULED_ON] = {"ruled_on", "裁定日", "Ruled on", FIELD_DATE, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_OPINION_OBJECT, "opinion_object", "opinion_objects", "交办异议", "Objection to the handing-over", opinion_object, HANDING_FIELD_COUNT);

static const struct field opinion_reply_fields[OPINION_REPLY_FIELD_COUNT] = {
    OF_ENTRY,
    [OPINION_REPLY_TEXT] = {"text", "答复", "Reply", FIELD_PROSE, .required = true, .min = 20, .max = 6000, .level = LEVEL_OWN,
                            .hint = "逐条回应；做了什么、谁来做、到什么时候"},
    [OPINION_REPLY_CONCLUSION] = {"conclusion", "结论", "Conclusion", FIELD_CHOICE, .required = true, .choices = "opinion_conclusion", .level = LEVEL_OWN},
    [OPINION_REPLY_REASONS] = {"reasons", "结论的理由", "Reasons", FIELD_PROSE, .required = true, .min = 10, .max = 2000, .level = LEVEL_OWN,
                               .hint = "A 写凭什么说解决了；B 写为什么现在不行、到时怎样；C 写受什么条件限制"},
    [OPINION_REPLY_PLANNED_BY] = {"planned_by", "计划完成", "Planned by", FIELD_DATE, .level = LEVEL_OWN, .hint = "结论是 B 的必填，到期再答复"},
    [OPINION_REPLY_INDICATOR] = {"indicator", "看哪个指标", "Indicator", FIELD_LINE, .max = 120, .level = LEVEL_OWN, .hint = "做到了会动的数，和要到多少"},
    [OPINION_REPLY_MEASURED] = {"measured", "用哪个指标核对", "Measured by", FIELD_LINE, .max = 60, .level = LEVEL_OWN,
                                .hint = "指标的代码；程序拿交办前后的数核对，谁也改不了"},
    [OPINION_REPLY_SIGNER] = {"signer", "签发人", "Signed by", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN, .purpose = "书面答复由谁签发"},
    [OPINION_REPLY_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "委员问得到办理的人"},
    [OPINION_REPLY_UNIT] = {"unit", "答复单位", "Unit", FIELD_PARTY, .level = LEVEL_OWN},
    [OPINION_REPLY_RATING] = {"rating", "评价", "Rating", FIELD_CHOICE, .required = true, .choices = "opinion_rating", .level = LEVEL_OWN},
    [OPINION_REPLY_RATING_WHY] = {"rating_why", "评价的理由", "Why", FIELD_PROSE, .required = true, .min = 2, .max = 1000, .level = LEVEL_OWN},
    [OPINION_REPLY_SHARE] = {"share", "评价让办理单位看到", "Let the unit see it", FIELD_YES, .level = LEVEL_OWN, .hint = "不勾选的，办理单位只看得到汇总数"},
    [OPINION_REPLY_RATED_ON] = {"rated_on", "评价日", "Rated on", FIELD_DATE, .level = LEVEL_OWN},
    [OPINION_REPLY_TOLD] = {"told_rating", "委员的评价", "The member's rating", FIELD_CHOICE, .choices = "opinion_rating", .level = LEVEL_OWN},
    [OPINION_REPLY_TOLD_WHY] = {"told_why", "委员的话", "In the member's words", FIELD_PROSE, .max = 1000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_OPINION_REPLY, "opinion_reply", "opinion_replies", "书面答复", "Written reply", opinion_reply, OPINION_REPLY_FIELD_COUNT);

static const struct field opinion_urge_fields[URGE_FIELD_COUNT] = {
    OF_ENTRY,
    [URGE_BY] = {"by_whom", "督办人", "By", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN},
    [URGE_TEXT] = {"text", "督办内容", "What is asked", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_OPINION_URGE, "opinion_urge", "opinion_urges", "督办", "Reminder", opinion_urge, URGE_FIELD_COUNT);

static const struct field opinion_assist_fields[ASSIST_FIELD_COUNT] = {
    OF_MATTER,
    [ASSIST_OPINION] = {"opinion", "意见建议", "Opinion", FIELD_ID, .required = true, .choices = "opinion", .level = LEVEL_OWN},
    [ASSIST_LEAD] = {"lead", "主办单位", "Unit in charge", FIELD_PARTY, .level = LEVEL_OWN},
    [ASSIST_UNIT_ASKED] = {"asked_unit", "请哪个单位", "Which unit", FIELD_PARTY, .required = true, .level = LEVEL_OWN},
    [ASSIST_WHAT] = {"what", "请协办什么", "What is asked", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
    [ASSIST_TEXT] = {"text", "协办意见", "Answer", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
    [ASSIST_NAME] = {"name", "经办人", "Handled by", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "主办单位问得到人"},
    [ASSIST_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "主办单位问得到人"},
    [ASSIST_WHY] = {"why", "原因", "Why", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_OPINION_ASSIST, "opinion_assist", "opinion_assists", "协办", "Assistance", opinion_assist, ASSIST_FIELD_COUNT);
