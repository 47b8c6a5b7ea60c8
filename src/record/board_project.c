/* Programmes, their projects and what became of them; the assessment before a patent is filed. */
#include "record/board.h"

static const struct field programme_fields[PROGRAMME_FIELD_COUNT] = {
    OF_MATTER,
    [PROGRAMME_NAME] = {"name", "计划名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_PUBLIC},
    [PROGRAMME_NUMBER] = {"number", "计划编号", "Number", FIELD_LINE, .max = 60, .level = LEVEL_PUBLIC},
    [PROGRAMME_ABOUT] = {"about", "目标", "Goal", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_PUBLIC},
    [PROGRAMME_BUDGET] = {"budget", "总经费", "Budget", FIELD_MONEY, .max = BOARD_MONEY_MOST, .level = LEVEL_PUBLIC},
    [PROGRAMME_FROM] = {"from_day", "开始", "From", FIELD_DATE, .required = true, .level = LEVEL_PUBLIC},
    [PROGRAMME_UNTIL] = {"until_day", "结束", "Until", FIELD_DATE, .level = LEVEL_PUBLIC},
    [PROGRAMME_END] = {"end_why", "结束说明", "How it ended", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_PUBLIC},
};
MATTER_KIND(KIND_PROGRAMME, "programme", "programmes", "科研计划", "Research programme", programme, PROGRAMME_FIELD_COUNT);

static const struct field project_fields[PROJECT_FIELD_COUNT] = {
    OF_MATTER,
    [PROJECT_PROGRAMME] = {"programme", "所属计划", "Programme", FIELD_ID, .required = true, .choices = "programme", .level = LEVEL_SIGNED_IN},
    [PROJECT_FUNDER] = {"funder", "资助单位", "Funder", FIELD_PARTY, .level = LEVEL_SIGNED_IN},
    [PROJECT_NAME] = {"name", "项目名称", "Name", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_SIGNED_IN},
    [PROJECT_NUMBER] = {"number", "项目编号", "Number", FIELD_LINE, .required = true, .min = 2, .max = 60, .level = LEVEL_SIGNED_IN},
    [PROJECT_PUBLIC] = {"public_money", "财政资金", "Public money", FIELD_MONEY, .required = true, .max = BOARD_MONEY_MOST, .level = LEVEL_OWN, .hint = "没有的写 0"},
    [PROJECT_OTHER] = {"other_money", "其他资金", "Other money", FIELD_MONEY, .max = BOARD_MONEY_MOST, .level = LEVEL_OWN},
    [PROJECT_LEADER] = {"leader", "负责人", "Leader", FIELD_LINE, .required = true, .min = 2, .max = 40, .level = LEVEL_OWN, .purpose = "说明项目由谁负责"},
    [PROJECT_UNITS] = {"units", "参加单位", "Units", FIELD_PROSE, .max = 1000, .level = LEVEL_OWN},
    [PROJECT_FROM] = {"from_day", "开始", "From", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PROJECT_UNTIL] = {"until_day", "结束", "Until", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PROJECT_EXPECTED] = {"expected", "预期成果", "Results expected", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
    [PROJECT_DUTY] = {"term_duty", "合同写明转化义务", "The contract names the duty to transfer", FIELD_YES, .level = LEVEL_OWN},
    [PROJECT_LICENCE] = {"term_licence", "合同写明许可他人的条件", "The contract says when others are licensed", FIELD_YES, .level = LEVEL_OWN},
    [PROJECT_IMPLEMENT_BY] = {"implement_by", "合同约定的转化期限", "To be transferred by, by contract", FIELD_DATE, .level = LEVEL_OWN,
                              .hint = "科学技术进步法第三十二条只说“合理期限”，没有数字：照合同写；合同没有写就空着"},
    [PROJECT_ACCEPTED_ON] = {"accepted_on", "验收日", "Accepted on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PROJECT_IMPLEMENTED] = {"implemented", "已经实施转化", "Transferred", FIELD_YES, .level = LEVEL_OWN},
    [PROJECT_PROTECTED] = {"protected", "已采取保护措施", "Protected", FIELD_YES, .level = LEVEL_OWN},
    [PROJECT_IDLE] = {"idle_why", "没有实施的正当理由", "Good reason for not transferring", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
    [PROJECT_REPORT_BY] = {"report_by", "下一份年报", "Next yearly report", FIELD_DATE, .level = LEVEL_OWN},
    [PROJECT_END] = {"end_why", "说明", "In words", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
    [PROJECT_CONFIRMED] = {"confirmed_on", "资助单位确认日", "Confirmed by the funder on", FIELD_DATE, .level = LEVEL_OWN},
    [PROJECT_RETURN_WHY] = {"return_why", "退回的理由", "Why sent back", FIELD_LINE, .required = true, .min = 2, .max = 300, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_PROJECT, "project", "projects", "科研项目", "Research project", project, PROJECT_FIELD_COUNT);

static const struct field project_result_fields[LINEAGE_FIELD_COUNT] = {
    OF_ENTRY,
    [LINEAGE_NAMED] = {"achievement_no", "成果", "Achievement", FIELD_LINE, .required = true, .min = 2, .max = 200, .level = LEVEL_OWN,
                       .hint = "本单位成果的名称、编号或网址"},
    [LINEAGE_ACHIEVEMENT] = {"achievement", "成果记录", "Record of the achievement", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN},
    [LINEAGE_ROLE] = {"role", "与项目的关系", "How it came of the project", FIELD_CHOICE, .required = true, .choices = "lineage_role", .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_PROJECT_RESULT, "project_result", "project_results", "项目成果", "Result of the project", project_result, LINEAGE_FIELD_COUNT);

static const struct field duty_report_fields[DUTY_FIELD_COUNT] = {
    OF_ENTRY,
    [DUTY_YEAR] = {"year", "年度", "Year", FIELD_NUMBER, .required = true, .min = 2000, .max = 2199, .level = LEVEL_OWN},
    [DUTY_IMPLEMENTED] = {"implemented", "已经实施转化", "Transferred", FIELD_YES, .level = LEVEL_OWN},
    [DUTY_PROTECTED] = {"protected", "已采取保护措施", "Protected", FIELD_YES, .level = LEVEL_OWN},
    [DUTY_IDLE] = {"idle_why", "没有实施的正当理由", "Good reason for not transferring", FIELD_LINE, .max = 300, .level = LEVEL_OWN},
    [DUTY_TEXT] = {"text", "实施和保护情况", "How it is used and protected", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
};
ENTRY_KIND(KIND_DUTY_REPORT, "duty_report", "duty_reports", "年度报告", "Yearly report", duty_report, DUTY_FIELD_COUNT);

/* --- before a patent is filed --- */

static const struct field prefiling_fields[PREFILING_FIELD_COUNT] = {
    OF_MATTER,
    [PREFILING_INVENTOR] = {"inventor", "发明人", "Inventor", FIELD_PERSON, .level = LEVEL_OWN},
    [PREFILING_SUBJECT] = {"subject", "发明名称", "Invention", FIELD_LINE, .required = true, .min = 4, .max = 120, .level = LEVEL_OWN},
    [PREFILING_POINTS] = {"points", "技术要点", "What is new", FIELD_PROSE, .required = true, .min = 10, .max = 5000, .level = LEVEL_OWN,
                          .hint = "还没有申请日：只有本单位看得到"},
    [PREFILING_SHOWN] = {"shown", "公开过没有", "Shown before", FIELD_LINE, .required = true, .min = 1, .max = 300, .level = LEVEL_OWN,
                         .hint = "论文、会议、展览、给外人看过；没有写“无”"},
    [PREFILING_NOVELTY] = {"novelty", "新颖性检索", "Novelty search", FIELD_PROSE, .required = true, .min = 4, .max = 5000, .level = LEVEL_OWN,
                           .hint = "在哪里检索、用什么词、最接近的是哪几件"},
    [PREFILING_SEARCHER] = {"searcher", "检索人", "Searched by", FIELD_LINE, .required = true, .min = 2, .max = 80, .level = LEVEL_OWN, .purpose = "说明检索由谁作出"},
    [PREFILING_SEARCHED_ON] = {"searched_on", "检索日", "Searched on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
    [PREFILING_MARKET] = {"market", "市场判断", "Market", FIELD_PROSE, .required = true, .min = 4, .max = 3000, .level = LEVEL_OWN},
    [PREFILING_COST] = {"cost", "申请与维持的费用", "Cost of filing and upkeep", FIELD_MONEY, .required = true, .max = 100000000000, .level = LEVEL_OWN},
    [PREFILING_DECISION] = {"decision", "决定", "Decision", FIELD_CHOICE, .required = true, .choices = "prefiling_decision", .level = LEVEL_OWN},
    [PREFILING_WHY] = {"decision_why", "决定的理由", "Reasons", FIELD_PROSE, .required = true, .min = 4, .max = 2000, .level = LEVEL_OWN},
    [PREFILING_TERMS] = {"waive_terms", "放弃的条件", "Terms of the waiver", FIELD_LINE, .max = 300, .level = LEVEL_OWN,
                         .hint = "职务发明先由单位决定；放弃给发明人的写清条件"},
    [PREFILING_NAMED] = {"achievement_no", "关联的成果", "Achievement", FIELD_LINE, .max = 200, .level = LEVEL_OWN, .hint = "本单位成果的名称、编号或网址"},
    [PREFILING_ACHIEVEMENT] = {"achievement", "成果记录", "Record of the achievement", FIELD_ID, .choices = "achievement", .level = LEVEL_OWN},
    [PREFILING_NUMBER] = {"filed_number", "申请号", "Application number", FIELD_LINE, .required = true, .min = 4, .max = 40, .level = LEVEL_OWN},
    [PREFILING_FILED_ON] = {"filed_on", "申请日", "Filed on", FIELD_DATE, .required = true, .level = LEVEL_OWN},
};
MATTER_KIND(KIND_PREFILING, "prefiling", "prefilings", "专利申请前评估", "Assessment before filing", prefiling, PREFILING_FIELD_COUNT);
