/* Choices of talent and the care of needs (record/talent.c, record/need_work.c). */
#include "record/choice_int.h"

static const struct choice care_outcome[] = {
    {"case", "签了中介合同", "A case was opened"},
    {"talks", "已与供方直接对接", "In touch with a supplier"},
    {"contract", "已签技术合同", "Contract signed"},
    {"solved", "已自行解决", "Solved by the firm itself"},
    {"none", "没有合适的供方", "No supplier found"},
    {"withdrawn", "需求方不再需要", "No longer needed"},
};

static const struct choice career_sort[] = {
    {"training", "培训", "Training"},
    {"certificate", "证书", "Certificate"},
    {"appointment", "聘任", "Appointment"},
    {"title", "职称", "Title"},
};

/* T/CASTEM 1007-2022 技术经理人能力评价规范 */
static const struct choice career_level[] = {
    {"junior", "初级", "Junior"},
    {"middle", "中级", "Intermediate"},
    {"senior", "高级", "Senior"},
};

static const struct choice case_side[] = {
    {"need", "需求方", "The side with a need"},
    {"supply", "成果方", "The side with an achievement"},
};

static const struct choice commission_basis[] = {
    {"fixed", "一口价", "A fixed sum"},
    {"contract", "按合同金额的比例", "A rate of the contract's amount"},
    {"receipts", "按实际到账的比例", "A rate of what was received"},
};

/* 民法典 §963 */
static const struct choice commission_payer[] = {
    {"client", "委托人付", "The client"},
    {"both", "合同当事人平均负担", "Both parties, half each"},
};

static const struct choice case_contest[] = {
    {"not_brought", "不是中介人促成的", "Not brought about by the broker"},
    {"sum", "金额不对", "The sums are wrong"},
    {"revoked", "合同没有成立，或者已撤销、解除", "There is no such contract, or it was revoked"},
    {"not_paid", "款没有按所说的付", "Not paid as was said"},
    {"other", "其他", "Other"},
};

static const struct choice interest_sort[] = {
    {"none", "没有利益关系", "None"},
    {"holding", "持股或出资", "Holding"},
    {"control", "控制或受同一人控制", "Control"},
    {"post", "任职或兼职", "Post"},
    {"family", "亲属", "Family"},
    {"other", "其他", "Other"},
};

/* What a need is tested by (record/need.h). */
static const struct choice test_item[] = {
    {"now", "现状", "Where it stands"},
    {"goal", "目标", "Goal"},
    {"limits", "边界条件", "Limits"},
    {"budget", "预算", "Budget"},
    {"due", "期限", "Deadline"},
    {"trl", "要求成熟度", "TRL wanted"},
};

static const struct choice post_sort[] = {
    {"engineer", "工程师", "Engineer"},
    {"deputy", "科技副总", "Science deputy"},
};

const struct choice_list choices_talent[CHOICES_TALENT] = {
    LIST(care_outcome, "care_outcome"),
    LIST(career_sort, "career_sort"),
    LIST(career_level, "career_level"),
    LIST(case_side, "case_side"),
    LIST(commission_basis, "commission_basis"),
    LIST(commission_payer, "commission_payer"),
    LIST(case_contest, "case_contest"),
    LIST(interest_sort, "interest_sort"),
    LIST(test_item, "test_item"),
    LIST(post_sort, "post_sort"),
};
