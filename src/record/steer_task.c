/* Tasks between departments, and what other units are asked to do for them. */
#include "record/steer.h"

#define PARTY_HINT "单位的全称或编号"

static const struct field task_fields[TASK_FIELD_COUNT] = {
    OF_MATTER,
    [TASK_KIND] = {"about_kind", "来源类别", "Kind of source", FIELD_LINE, .max = 32, .level = LEVEL_OWN},
    [TASK_ABOUT] = {"about", "来源", "Comes from", FIELD_ID, .level = LEVEL_OWN},
    [TASK_ASSIGNER] = {"assigner", "由谁交办", "Assigned by", FIELD_PARTY, .level = LEVEL_OWN, .hint = "交办单位的全称；由本单位交办的可以不填"},
    [TASK_WHAT] = {"what", "要办的事", "Task", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_OWN},
    [TASK_DELIVER] = {"deliver", "交付什么", "To be delivered", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN,
                      .hint = "销号时照着核：一份文件、一个数、一件办成的事"},
    [TASK_UNIT] = {"unit", "承办单位", "Unit that leads", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = PARTY_HINT},
    [TASK_BY] = {"by_day", "办结期限", "To be done by", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [TASK_LEVEL] = {"level", "督办等级", "Level", FIELD_CHOICE, .required = true, .choices = "task_level", .level = LEVEL_OWN},
    [TASK_LEADER] = {"leader", "领衔领导", "Taken by the leader", FIELD_LINE, .min = 2, .max = 60, .level = LEVEL_OWN, .hint = "重点督办的必填：职务和姓名",
                     .purpose = "重点督办事项要写明由哪位领导领衔"},
    [TASK_MONEY] = {"money", "财政资金", "Public money", FIELD_MONEY, .max = STEER_MONEY_MOST, .level = LEVEL_OWN},
    [TASK_POLICY] = {"policy", "按哪项政策", "By which policy", FIELD_ID, .choices = "policy", .level = LEVEL_OWN},
    [TASK_PROGRAM] = {"program", "哪个专项", "Of which programme", FIELD_LINE, .min = 2, .max = 120, .level = LEVEL_OWN, .hint = "有财政资金的，写专项或预算项目的名称"},
    [TASK_INDICATOR] = {"indicator", "要让哪个指标动", "Indicator it is to move", FIELD_LINE, .max = 40, .level = LEVEL_OWN, .hint = "办成了会动的数；程序算，谁也填不了"},
    [TASK_GOAL] = {"goal", "要达到的指标", "Indicator to be reached", FIELD_LINE, .min = 2, .max = 200, .level = LEVEL_OWN, .hint = "如：技术合同成交额 135 亿元"},
    [TASK_SPENT] = {"spent", "已用资金", "Spent so far", FIELD_MONEY, .max = STEER_MONEY_MOST, .level = LEVEL_OWN},
    [TASK_PERCENT] = {"percent", "办到百分之几", "Per cent done", FIELD_NUMBER, .max = 100, .level = LEVEL_OWN},
    [TASK_LATE_ON] = {"late_on", "超期催办日", "Told overdue on", FIELD_DATE, .level = LEVEL_OWN},
    [TASK_HANDLER] = {"handler", "经办人", "Handler", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "各方找得到办事的人"},
    [TASK_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "各方找得到办事的人"},
    [TASK_PLAN] = {"plan", "怎么办", "How it will be done", FIELD_PROSE, .max = 2000, .level = LEVEL_OWN},
    [TASK_DROP] = {"drop_why", "撤销原因", "Why dropped", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_TASK, "task", "tasks", "协同任务", "Task", task, TASK_FIELD_COUNT);

static const struct field task_progress_fields[PROGRESS_FIELD_COUNT] = {
    OF_ENTRY,
    [PROGRESS_PERCENT] = {"percent", "办到百分之几", "Per cent done", FIELD_NUMBER, .required = true, .max = 100, .level = LEVEL_OWN},
    [PROGRESS_DONE] = {"done", "做了什么", "What was done", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [PROGRESS_STUCK] = {"stuck", "卡在哪里", "What blocks it", FIELD_LINE, .max = 300, .level = LEVEL_OWN, .hint = "没有就不填；写明卡在谁手里、要什么"},
    [PROGRESS_SPENT] = {"spent", "这次用了多少资金", "Spent this time", FIELD_MONEY, .max = STEER_MONEY_MOST, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TASK_PROGRESS, "task_progress", "task_progresses", "任务进展", "Progress", task_progress, PROGRESS_FIELD_COUNT);

static const struct field task_urge_fields[URGING_FIELD_COUNT] = {
    OF_ENTRY,
    [URGING_WHO] = {"who", "谁督办", "Who urges", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN, .hint = "单位、职务和姓名",
                  .purpose = "被督办的单位知道向谁答复"},
    [URGING_WHY] = {"why", "为什么督办、要求什么", "Why, and what is asked", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
    [URGING_BY] = {"by_day", "答复期限", "To be answered by", FIELD_DATE, .level = LEVEL_OWN, .hint = "不填：3 个工作日"},
    [URGING_ANSWER] = {"answer", "答复", "Answer", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
    [URGING_ANSWERED_ON] = {"answered_on", "答复日", "Answered on", FIELD_DATE, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TASK_URGE, "task_urge", "task_urges", "督办", "Urging", task_urge, URGING_FIELD_COUNT);

static const struct field task_extension_fields[EXTENSION_FIELD_COUNT] = {
    OF_ENTRY,
    [EXTENSION_FROM] = {"from_day", "原期限", "The day that stood", FIELD_DATE, .level = LEVEL_OWN},
    [EXTENSION_UNTIL] = {"until_day", "申请延到", "Until", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [EXTENSION_WHY] = {"why", "延期理由", "Reasons", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN, .hint = "先说明理由，准了才延"},
    [EXTENSION_VERDICT] = {"verdict", "决定", "Decision", FIELD_CHOICE, .choices = "extension_verdict", .level = LEVEL_OWN},
    [EXTENSION_WORDS] = {"words", "理由", "Why", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [EXTENSION_RULED_ON] = {"ruled_on", "决定日", "Decided on", FIELD_DATE, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TASK_EXTENSION, "task_extension", "task_extensions", "延期", "Extension", task_extension, EXTENSION_FIELD_COUNT);

static const struct field task_objection_fields[REFUSED_FIELD_COUNT] = {
    OF_ENTRY,
    [REFUSED_UNIT] = {"unit", "提出单位", "Unit that objects", FIELD_PARTY, .level = LEVEL_OWN},
    [REFUSED_WHY] = {"why", "异议理由", "Reasons", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN,
                    .hint = "为什么不该由本单位办；不能自行转给别的单位"},
    [REFUSED_SUGGEST] = {"suggest", "建议由谁办", "Who should do it", FIELD_PARTY, .level = LEVEL_OWN, .hint = PARTY_HINT},
    [REFUSED_VERDICT] = {"verdict", "裁定", "Ruling", FIELD_CHOICE, .choices = "task_ruling", .level = LEVEL_OWN},
    [REFUSED_WORDS] = {"words", "裁定理由", "Why", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [REFUSED_RULED_ON] = {"ruled_on", "裁定日", "Ruled on", FIELD_DATE, .level = LEVEL_OWN},
    [REFUSED_FROM] = {"from_day", "原期限", "The day that stood", FIELD_DATE, .level = LEVEL_OWN},
    [REFUSED_BY] = {"by_day", "新的办结期限", "Now to be done by", FIELD_DATE, .level = LEVEL_OWN, .hint = "不填：期限不变；原来的期限已经到了的必填"},
};
ENTRY_KIND(KIND_TASK_OBJECTION, "task_objection", "task_objections", "交办异议", "Objection to an assignment", task_objection, REFUSED_FIELD_COUNT);

static const struct field task_transfer_fields[TRANSFER_FIELD_COUNT] = {
    OF_ENTRY,
    [TRANSFER_FROM] = {"from_unit", "原承办单位", "From", FIELD_PARTY, .level = LEVEL_OWN},
    [TRANSFER_UNIT] = {"unit", "改由谁办", "To", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = PARTY_HINT},
    [TRANSFER_WHY] = {"why", "改派理由", "Why", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [TRANSFER_FROM_DAY] = {"from_day", "原期限", "The day that stood", FIELD_DATE, .level = LEVEL_OWN},
    [TRANSFER_BY] = {"by_day", "新的办结期限", "Now to be done by", FIELD_DATE, .level = LEVEL_OWN, .hint = "不填：期限不变；原来的期限已经到了的必填"},
};
ENTRY_KIND(KIND_TASK_TRANSFER, "task_transfer", "task_transfers", "改派", "Assigned anew", task_transfer, TRANSFER_FIELD_COUNT);

static const struct field task_report_fields[REPORT_FIELD_COUNT] = {
    OF_ENTRY,
    [REPORT_DONE] = {"done", "办成了什么", "What was delivered", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [REPORT_EVIDENCE] = {"evidence", "凭证", "Evidence", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN, .hint = "文件号、记录的网址、回执编号"},
    [REPORT_DIGEST] = {"digest", "文件的 SHA-256", "SHA-256 of the file", FIELD_DIGEST, .level = LEVEL_OWN},
    [REPORT_REACHED] = {"reached", "指标到了多少", "Indicator reached", FIELD_LINE, .max = 200, .level = LEVEL_OWN},
    [REPORT_VERDICT] = {"verdict", "核销结果", "Verdict", FIELD_CHOICE, .choices = "task_verdict", .level = LEVEL_OWN},
    [REPORT_WORDS] = {"words", "怎么核的", "How it was checked", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [REPORT_JUDGED_ON] = {"judged_on", "核销日", "Checked on", FIELD_DATE, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_TASK_REPORT, "task_report", "task_reports", "办结报告", "Report", task_report, REPORT_FIELD_COUNT);

static const struct field task_part_fields[PART_OF_FIELD_COUNT] = {
    OF_MATTER,
    [PART_OF_TASK] = {"task", "协同任务", "Task", FIELD_ID, .required = true, .choices = "task", .level = LEVEL_OWN},
    [PART_OF_UNIT] = {"unit", "承办单位", "Unit that leads", FIELD_PARTY, .level = LEVEL_OWN},
    [PART_OF_ASSIGNER] = {"assigner", "交办单位", "Assigned by", FIELD_PARTY, .level = LEVEL_OWN},
    [PART_OF_PARTY] = {"party", "请谁协办", "Who is asked", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = PARTY_HINT},
    [PART_OF_ASK] = {"ask", "请他们做什么", "What is asked", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
    [PART_OF_BY] = {"by_day", "协办期限", "By", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PART_OF_HANDLER] = {"handler", "经办人", "Handler", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "承办单位找得到协办的人"},
    [PART_OF_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "承办单位找得到协办的人"},
    [PART_OF_REFUSAL] = {"refusal", "不协办的理由", "Why not", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
    [PART_OF_RESULT] = {"result", "做了什么", "What was done", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_TASK_PART, "task_part", "task-parts", "任务协办", "Help with a task", task_part, PART_OF_FIELD_COUNT);
