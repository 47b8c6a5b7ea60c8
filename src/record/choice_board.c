/* Choices of challenges, fairs, alliances and research (record/board.h). */
#include "record/choice_int.h"

static const struct choice milestone_outcome[] = {
    {"passed", "达到", "Passed"}, {"failed", "没有达到", "Failed"},
};

static const struct choice protest_verdict[] = {
    {"rejected", "异议不成立", "Rejected"}, {"upheld", "异议成立，重新遴选", "Upheld: select again"},
};

static const struct choice fair_sort[] = {
    {"match", "对接会", "Matchmaking fair"}, {"roadshow", "路演", "Roadshow"}, {"release", "成果发布会", "Release of results"},
};

static const struct choice meeting_by[] = {
    {"party", "洽谈的一方", "One of the two"}, {"organiser", "主办方，未经双方在本平台确认", "The organiser; not confirmed here by the two"},
};

static const struct choice meeting_side[] = {
    {"one", "一方", "One side"}, {"other", "另一方", "The other side"},
};

static const struct choice meeting_stand[] = {
    {"nothing", "没有往下谈", "Nothing came of it"}, {"talks", "还在谈", "Still in talks"},
    {"agreed", "达成意向", "Agreed in principle"},   {"signed", "签了合同", "Contract signed"},
};

static const struct choice funds_sort[] = {
    {"in", "收", "In"}, {"out", "支", "Out"},
};

static const struct choice lineage_role[] = {
    {"direct", "项目直接产出", "Came of the project"}, {"further", "在项目成果上后续研发", "Developed further from it"},
    {"partly", "项目部分支持", "Supported in part"},
};

static const struct choice prefiling_decision[] = {
    {"file", "申请专利", "File"}, {"secret", "作为技术秘密保护", "Keep secret"}, {"waive", "放弃给发明人", "Waive to the inventor"},
};

const struct choice_list choices_board[CHOICES_BOARD] = {
    LIST(milestone_outcome, "milestone_outcome"), LIST(protest_verdict, "protest_verdict"), LIST(fair_sort, "fair_sort"),
    LIST(meeting_by, "meeting_by"), LIST(meeting_side, "meeting_side"), LIST(meeting_stand, "meeting_stand"), LIST(funds_sort, "funds_sort"), LIST(lineage_role, "lineage_role"),
    LIST(prefiling_decision, "prefiling_decision"),
};
