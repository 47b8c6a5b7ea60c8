/* Action plans with their targets; joint meetings and task forces; reforms on trial. */
#include "record/steer.h"

#define PARTY_HINT "单位的全称或编号"
#define KEEPER_HINT "单位的全称；由本单位管的可以不填"

static const struct field action_fields[ACTION_FIELD_COUNT] = {
    OF_MATTER,
    [ACTION_PARENT] = {"parent", "上一级", "Under", FIELD_ID, .choices = "action", .level = LEVEL_PUBLIC},
    [ACTION_SORT] = {"sort", "层级", "Level", FIELD_CHOICE, .required = true, .choices = "action_sort", .level = LEVEL_PUBLIC},
    [ACTION_KEEPER] = {"keeper", "由谁管", "Kept by", FIELD_PARTY, .level = LEVEL_PUBLIC, .hint = KEEPER_HINT},
    [ACTION_NAME] = {"name", "名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [ACTION_AIM] = {"aim", "要做成什么", "Aim", FIELD_PROSE, .max = 2000, .level = LEVEL_PUBLIC},
    [ACTION_YEAR] = {"year", "年度", "Year", FIELD_NUMBER, .min = 2000, .max = 2199, .level = LEVEL_PUBLIC},
    [ACTION_UNTIL] = {"until_day", "完成期限", "To be done by", FIELD_DATE, .level = LEVEL_PUBLIC},
    [ACTION_UNIT] = {"unit", "责任单位", "Responsible unit", FIELD_PARTY, .level = LEVEL_PUBLIC, .hint = "还没有定的先空着，树上会标出来"},
    [ACTION_SOURCE] = {"source", "来源", "Source", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_PUBLIC, .hint = "文件名称和文号；没有公开文件的写明出处"},
    [ACTION_ARTICLE] = {"article", "条款", "Article", FIELD_LINE, .max = 120, .level = LEVEL_PUBLIC},
    [ACTION_OUTCOME] = {"outcome", "结果", "Outcome", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_ACTION, "action", "actions", "行动", "Action", action, ACTION_FIELD_COUNT);

static const struct field action_change_fields[RETIMED_FIELD_COUNT] = {
    OF_ENTRY,
    [RETIMED_FROM_UNIT] = {"from_unit", "原责任单位", "Unit before", FIELD_PARTY, .level = LEVEL_PUBLIC},
    [RETIMED_UNIT] = {"unit", "责任单位", "Responsible unit", FIELD_PARTY, .level = LEVEL_PUBLIC, .hint = PARTY_HINT},
    [RETIMED_FROM] = {"from_day", "原期限", "The day that stood", FIELD_DATE, .level = LEVEL_PUBLIC},
    [RETIMED_UNTIL] = {"until_day", "完成期限", "To be done by", FIELD_DATE, .level = LEVEL_PUBLIC},
    [RETIMED_WHY] = {"why", "调整理由", "Why", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_ACTION_CHANGE, "action_change", "action_changes", "责任与期限的调整", "Change of unit and day", action_change, RETIMED_FIELD_COUNT);

static const struct field target_fields[TARGET_FIELD_COUNT] = {
    OF_MATTER,
    [TARGET_ACTION] = {"action", "所属行动", "Of the action", FIELD_ID, .choices = "action", .level = LEVEL_PUBLIC},
    [TARGET_KEEPER] = {"keeper", "由谁定", "Set by", FIELD_PARTY, .level = LEVEL_PUBLIC, .hint = KEEPER_HINT},
    [TARGET_INDICATOR] = {"indicator", "指标代码", "Code of the indicator", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_PUBLIC,
                          .hint = "小写字母、数字和下划线"},
    [TARGET_NAME] = {"name", "指标", "Indicator", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_PUBLIC},
    [TARGET_YEAR] = {"year", "年度", "Year", FIELD_NUMBER, .required = true, .min = 2000, .max = 2199, .level = LEVEL_PUBLIC},
    [TARGET_NUMBER] = {"number", "目标数", "Target", FIELD_NUMBER, .max = 1000000000, .level = LEVEL_PUBLIC},
    [TARGET_MEASURE] = {"measure", "单位", "Unit of measure", FIELD_CHOICE, .choices = "target_measure", .level = LEVEL_PUBLIC},
    [TARGET_MONEY] = {"money", "目标金额", "Target amount", FIELD_MONEY, .max = INT64_C(100000000000000000), .level = LEVEL_PUBLIC},
    [TARGET_SHARE] = {"share", "目标比例", "Target share", FIELD_SHARE, .max = 10000, .level = LEVEL_PUBLIC},
    [TARGET_SENSE] = {"sense", "怎样算达到", "Reached when", FIELD_CHOICE, .required = true, .choices = "target_sense", .level = LEVEL_PUBLIC},
    [TARGET_UNIT] = {"unit", "责任单位", "Responsible unit", FIELD_PARTY, .level = LEVEL_PUBLIC, .hint = "还没有定的先空着，树上会标出来"},
    [TARGET_SOURCE] = {"source", "来源", "Source", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_PUBLIC, .hint = "文件名称和文号；没有公开文件的写明出处"},
    [TARGET_ARTICLE] = {"article", "条款", "Article", FIELD_LINE, .max = 120, .level = LEVEL_PUBLIC},
    [TARGET_NOTE] = {"note", "说明", "Note", FIELD_LINE, .max = 300, .level = LEVEL_PUBLIC},
    [TARGET_DROP] = {"drop_why", "取消理由", "Why dropped", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_TARGET, "target", "targets", "目标", "Target", target, TARGET_FIELD_COUNT);

static const struct field target_change_fields[RESET_FIELD_COUNT] = {
    OF_ENTRY,
    [RESET_FROM] = {"from_value", "原来", "From", FIELD_LINE, .max = 80, .level = LEVEL_PUBLIC},
    [RESET_TO] = {"to_value", "改为", "To", FIELD_LINE, .max = 80, .level = LEVEL_PUBLIC},
    [RESET_NUMBER] = {"number", "目标数", "Target", FIELD_NUMBER, .max = 1000000000, .level = LEVEL_PUBLIC},
    [RESET_MONEY] = {"money", "目标金额", "Target amount", FIELD_MONEY, .max = INT64_C(100000000000000000), .level = LEVEL_PUBLIC},
    [RESET_SHARE] = {"share", "目标比例", "Target share", FIELD_SHARE, .max = 10000, .level = LEVEL_PUBLIC},
    [RESET_WHY] = {"why", "调整理由", "Why", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
    [RESET_SOURCE] = {"source", "依据", "Source", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_TARGET_CHANGE, "target_change", "target_changes", "目标的调整", "Change of the target", target_change, RESET_FIELD_COUNT);

static const struct field mechanism_fields[MECHANISM_FIELD_COUNT] = {
    OF_MATTER,
    [MECHANISM_SORT] = {"sort", "形式", "Form", FIELD_CHOICE, .required = true, .choices = "mechanism_sort", .level = LEVEL_OWN},
    [MECHANISM_LEAD] = {"lead", "牵头单位", "Lead", FIELD_PARTY, .level = LEVEL_OWN, .hint = "单位的全称；由本单位牵头的可以不填"},
    [MECHANISM_NAME] = {"name", "名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_OWN},
    [MECHANISM_PURPOSE] = {"purpose", "要协调什么", "Purpose", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [MECHANISM_CONVENER] = {"convener", "召集人", "Convener", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN, .hint = "职务和姓名",
                            .purpose = "成员单位知道由谁召集"},
    [MECHANISM_BASIS] = {"basis", "依据", "Basis", FIELD_LINE, .max = 300, .level = LEVEL_OWN, .hint = "成立的文件或会议纪要"},
    [MECHANISM_CONTACT] = {"contact", "联系人", "Contact", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "成员单位找得到办公室"},
    [MECHANISM_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .required = true, .level = LEVEL_OWN, .purpose = "成员单位找得到办公室"},
    [MECHANISM_END] = {"end_why", "撤销原因", "Why dissolved", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_MECHANISM, "mechanism", "mechanisms", "联席会议与专班", "Joint meeting or task force", mechanism, MECHANISM_FIELD_COUNT);

static const struct field mech_member_fields[CHAIR_FIELD_COUNT] = {
    OF_ENTRY,
    [CHAIR_PARTY] = {"party", "成员单位", "Member", FIELD_PARTY, .required = true, .level = LEVEL_OWN, .hint = PARTY_HINT},
    [CHAIR_NAME] = {"name", "谁参加", "Who takes part", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "写明每个成员单位由谁负责"},
    [CHAIR_POST] = {"post", "职务", "Post", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_OWN},
    [CHAIR_PHONE] = {"phone", "联系电话", "Phone", FIELD_PHONE, .level = LEVEL_OWN, .purpose = "通知开会和调度"},
    [CHAIR_LEFT_ON] = {"left_on", "退出日", "Left on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [CHAIR_LEFT_WHY] = {"left_why", "退出原因", "Why", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_MECH_MEMBER, "mech_member", "mech_members", "成员", "Member", mech_member, CHAIR_FIELD_COUNT);

static const struct field mech_meeting_fields[SITTING_FIELD_COUNT] = {
    OF_ENTRY,
    [SITTING_DAY] = {"day", "日期", "Day", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [SITTING_PLACE] = {"place", "地点", "Place", FIELD_LINE, .required = true, .min = 2, .max = 120, .level = LEVEL_OWN},
    [SITTING_WHO] = {"who", "谁到会", "Who came", FIELD_PROSE, .required = true, .min = 2, .max = 1000, .level = LEVEL_OWN},
    [SITTING_DECIDED] = {"decided", "议定事项", "What was decided", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN,
                         .hint = "一项一行；每项随后派成任务"},
};
ENTRY_KIND(KIND_MECH_MEETING, "mech_meeting", "mech_meetings", "会议", "Meeting", mech_meeting, SITTING_FIELD_COUNT);

static const struct field mech_round_fields[ROUND_FIELD_COUNT] = {
    OF_ENTRY,
    [ROUND_OPEN] = {"open", "在办任务", "Under way", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [ROUND_DONE] = {"done", "已销号", "Done", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [ROUND_LATE] = {"late", "已超期", "Overdue", FIELD_NUMBER, .max = 1000000, .level = LEVEL_OWN},
    [ROUND_MOVED] = {"moved", "这一周动了什么", "What moved", FIELD_PROSE, .required = true, .min = 2, .max = 6000, .level = LEVEL_OWN,
                     .hint = "照任务的进展填好了，可以改"},
    [ROUND_STUCK] = {"stuck", "卡住的", "What is stuck", FIELD_PROSE, .max = 6000, .level = LEVEL_OWN},
    [ROUND_NEXT] = {"next", "下一步", "Next", FIELD_PROSE, .required = true, .min = 2, .max = 2000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_MECH_ROUND, "mech_round", "mech_rounds", "每周调度", "Weekly round", mech_round, ROUND_FIELD_COUNT);

static const struct field reform_fields[REFORM_FIELD_COUNT] = {
    OF_MATTER,
    [REFORM_KEEPER] = {"keeper", "由谁管", "Kept by", FIELD_PARTY, .level = LEVEL_PUBLIC, .hint = KEEPER_HINT},
    [REFORM_NAME] = {"name", "改革事项", "Reform", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [REFORM_MEASURE] = {"measure", "怎么改", "Measure", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_PUBLIC},
    [REFORM_UNIT] = {"unit", "试点单位", "Pilot unit", FIELD_PARTY, .required = true, .level = LEVEL_PUBLIC, .hint = PARTY_HINT},
    [REFORM_RULE] = {"rule", "突破哪条规则", "Rule that it relaxes", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_PUBLIC,
                     .hint = "规则编号，如 R03；在“规则”里查"},
    [REFORM_RELAXES] = {"relaxes", "突破到什么程度", "How far", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC},
    [REFORM_BASIS] = {"basis", "授权依据", "Basis", FIELD_LINE, .required = true, .min = 4, .max = 300, .level = LEVEL_PUBLIC, .hint = "批准试点的文件名称、文号和条款"},
    [REFORM_FROM] = {"from_day", "试点开始", "From", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [REFORM_UNTIL] = {"until_day", "试点到期", "Until", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [REFORM_REASON] = {"reason", "决定的理由", "Why so decided", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_REFORM, "reform", "reforms", "改革事项", "Reform", reform, REFORM_FIELD_COUNT);

static const struct field reform_report_fields[TRIED_FIELD_COUNT] = {
    OF_ENTRY,
    [TRIED_WHAT] = {"what", "做了什么、结果怎样", "What was done, with what result", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_PUBLIC},
    [TRIED_FIGURES] = {"figures", "有哪些数", "Figures", FIELD_LINE, .max = 300, .level = LEVEL_PUBLIC, .hint = "件数、金额、天数，写明口径"},
    [TRIED_RISKS] = {"risks", "出了什么问题", "What went wrong", FIELD_LINE, .required = true, .min = 1, .max = 300, .level = LEVEL_PUBLIC, .hint = "没有就写“无”"},
};
ENTRY_KIND(KIND_REFORM_REPORT, "reform_report", "reform_reports", "试点结果", "Result of the trial", reform_report, TRIED_FIELD_COUNT);

static const struct field reform_verdict_fields[PROLONG_FIELD_COUNT] = {
    OF_ENTRY,
    [PROLONG_FROM] = {"from_day", "原到期日", "The day that stood", FIELD_DATE, .level = LEVEL_PUBLIC},
    [PROLONG_UNTIL] = {"until_day", "延到", "Until", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [PROLONG_WHY] = {"why", "延期理由", "Why", FIELD_PROSE, .required = true, .min = 4, .max = 1000, .level = LEVEL_PUBLIC},
};
ENTRY_KIND(KIND_REFORM_VERDICT, "reform_verdict", "reform_verdicts", "试点延期", "Prolonged", reform_verdict, PROLONG_FIELD_COUNT);
