/* Choices of consultations and opinions (record/consult.h). */
#include "record/choice_int.h"

/* The six obstacles; codes as in work/obstacle.h. */
static const struct choice obstacle[] = {
    {"dare", "不敢转", "Dare not"},     {"want", "不愿转", "Do not want to"}, {"know", "不会转", "Do not know how"},
    {"money", "缺资金", "Lack money"}, {"talent", "缺人才", "Lack talent"},  {"scene", "缺场景", "Lack places to use it"},
};

/* The five pillars of the mission. */
static const struct choice pillar[] = {
    {"government", "政府引导", "Government guides"}, {"enterprise", "企业主体", "Enterprises lead"},
    {"academy", "高校院所供给", "Universities and institutes supply"}, {"finance", "金融支撑", "Finance supports"},
    {"platform", "平台服务", "Platforms serve"},
};

static const struct choice seat_tier[] = {
    {"province", "省政协委员", "Provincial committee"}, {"city", "市政协委员", "City committee"}, {"county", "区县政协委员", "County committee"},
    {"guest", "特邀", "Invited"},
};

/* 六种提案形式 (R110). */
static const struct choice opinion_form[] = {
    {"member", "委员提出", "By a member"},   {"party", "党派提出", "By a party"},   {"body", "人民团体提出", "By a people's organisation"},
    {"sector", "界别提出", "By a sector"}, {"group", "委员小组提出", "By a group of members"},
    {"panel", "专门委员会提出", "By a special committee"},
};

/* 三类 (R112); A, B, C in practice. */
static const struct choice opinion_conclusion[] = {
    {"done", "A 已解决或正在解决", "A: done"}, {"planned", "B 列入计划逐步解决", "B: planned"}, {"impossible", "C 受条件限制或不可行", "C: not possible"},
};

static const struct choice opinion_rating[] = {
    {"satisfied", "满意", "Satisfied"}, {"basically", "基本满意", "Basically satisfied"}, {"unsatisfied", "不满意", "Not satisfied"},
};

static const struct choice opinion_merging[] = {
    {"joined", "并入", "Merged into"}, {"took", "并进了", "Took in"}, {"parted", "拆出", "Split from"}, {"lost", "拆走了", "Gave back"},
    {"led", "接替牵头", "Leads instead of"},
};

static const struct choice opinion_ruling[] = {
    {"upheld", "维持交办", "Handing-over upheld"}, {"reassigned", "改交", "Handed to another"},
};

/* 政府信息公开条例. */
static const struct choice cleared_basis[] = {
    {"open", "可以全文公开", "Open in full"}, {"edited", "删去不宜公开的内容后公开（第三十七条）", "Open without what may not be published (§37)"},
};

static const struct choice remark_sort[] = {
    {"speech", "委员发言", "Speech by a member"}, {"exchange", "互动", "Exchange"},
    {"response", "领导回应", "Response by the leader"}, {"instruction", "领导交办", "Instruction by the leader"},
};

const struct choice_list choices_consult[CHOICES_CONSULT] = {
    LIST(obstacle, "obstacle"), LIST(pillar, "pillar"), LIST(seat_tier, "seat_tier"), LIST(opinion_form, "opinion_form"),
    LIST(opinion_conclusion, "opinion_conclusion"), LIST(opinion_rating, "opinion_rating"), LIST(opinion_merging, "opinion_merging"),
    LIST(opinion_ruling, "opinion_ruling"), LIST(cleared_basis, "cleared_basis"), LIST(remark_sort, "remark_sort"),
};
