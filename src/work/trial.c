/*
 * A trial in a scenario (场景试用): applied for, planned with target values, read against them, its result confirmed, not reached too, its
 * proof written back to the achievement, and the first purchase or the reason why there is none.
 */
#include "work/trial_int.h"

#include "base/said.h"
#include "work/maturity.h"

enum { APPLICANT, HOST, RIGHTS };

static const struct matter_side sides[] = {
    [APPLICANT] = {"applicant", "申请方", "Applicant", TRIAL_FROM},
    [HOST] = {"host", "场景方", "Host", SIDE_OWNER},
    [RIGHTS] = {"rights", "成果权利方", "Owner of the achievement", TRIAL_RIGHTS},
};

#define HOUSE N_("本平台约定")

static const struct matter_state states[] = {
    [TRIAL_APPLIED] = {"applied", "待答复", "Applied for", SIDE(HOST), 10, HOUSE, false},
    [TRIAL_PLANNING] = {"planning", "拟方案", "Being planned", SIDE(HOST), 10, HOUSE, false},
    [TRIAL_PLANNED] = {"planned", "待确认方案", "Plan to agree", SIDE(APPLICANT), 5, HOUSE, false},
    [TRIAL_RUNNING] = {"running", "试用中", "Running", SIDE(APPLICANT) | SIDE(HOST), 0, N_("方案约定的试用止日"), false},
    [TRIAL_REPORTED] = {"reported", "结果待确认", "Result to confirm", SIDE(APPLICANT), 10, HOUSE, false},
    [TRIAL_DECIDING] = {"deciding", "待定首购", "First purchase to decide", SIDE(HOST), 20, HOUSE, false},
    [TRIAL_CLOSED] = {"closed", "已办结", "Closed", 0, 0, NULL, true},
    [TRIAL_REFUSED] = {"refused", "场景方没有接受", "Not accepted", 0, 0, NULL, true},
    [TRIAL_WITHDRAWN] = {"withdrawn", "申请方撤回", "Withdrawn", 0, 0, NULL, true},
    [TRIAL_STOPPED] = {"stopped", "提前停止", "Stopped early", 0, 0, NULL, true},
};
#define PROVED (STATE(TRIAL_DECIDING) | STATE(TRIAL_CLOSED))

static const struct matter_step steps[] = {
    {.name = "apply", .label = "申请试用", .label_en = "Apply", .does = N_("什么产品、现在 TRL 几级、试什么、需要什么"),
     .from = MATTER_NEW, .to = TRIAL_APPLIED, .by = SIDE(APPLICANT), .fields = "scenario achievement product trl wants name phone", .check = trial_apply},
    {.name = "accept", .label = "接受", .label_en = "Accept", .does = N_("谁来对接；接着拟试用方案"),
     .from = STATE(TRIAL_APPLIED), .to = TRIAL_PLANNING, .by = SIDE(HOST), .fields = "answerer answer_phone"},
    {.name = "refuse", .label = "不接受", .label_en = "Refuse", .does = N_("每个“不”都要有理由，申请方看得到"),
     .from = STATE(TRIAL_APPLIED), .to = TRIAL_REFUSED, .by = SIDE(HOST), .fields = "refusal refusal_why"},
    {.name = "aim", .label = "加一项指标", .label_en = "Add an indicator", .does = N_("测什么、不低于或不高于几、怎样测"),
     .from = STATE(TRIAL_PLANNING), .to = MATTER_SAME, .by = SIDE(HOST), .fields = "name sense target unit how", .seldom = "how", .how = MATTER_ADD,
     .entry = &kind_trial_aim, .check = trial_aim_put},
    {.name = "plan", .label = "提出方案", .label_en = "Propose the plan", .does = N_("先列指标，再定起止日、场地、条件和费用"),
     .from = STATE(TRIAL_PLANNING), .to = TRIAL_PLANNED, .by = SIDE(HOST), .fields = "begins ends site", .check = trial_plan},
    {.name = "agree", .label = "同意方案", .label_en = "Agree", .does = N_("从此按方案的指标记读数"),
     .from = STATE(TRIAL_PLANNED), .to = TRIAL_RUNNING, .by = SIDE(APPLICANT), .check = trial_agree},
    {.name = "replan", .label = "请改方案", .label_en = "Ask to change it", .does = N_("写明哪里要改"),
     .from = STATE(TRIAL_PLANNED), .to = TRIAL_PLANNING, .by = SIDE(APPLICANT), .fields = "objection"},
    {.name = "read", .label = "记读数", .label_en = "Enter a reading", .does = N_("哪项指标、读数多少；没有达到的也记"),
     .from = STATE(TRIAL_RUNNING), .to = MATTER_SAME, .by = SIDE(APPLICANT) | SIDE(HOST), .fields = "aim day value file digest note",
     .seldom = "file digest note", .how = MATTER_ADD, .entry = &kind_trial_reading, .check = trial_read},
    {.name = "report", .label = "交结果", .label_en = "Report", .does = N_("达到、部分达到或没有达到，按读数来；报告的 SHA-256"),
     .from = STATE(TRIAL_RUNNING), .to = TRIAL_REPORTED, .by = SIDE(HOST), .fields = "outcome summary trl_proved digest", .how = MATTER_ADD,
     .entry = &kind_trl_evidence, .check = trial_report},
    {.name = "confirm", .label = "确认结果", .label_en = "Confirm", .does = N_("结果成为成果的成熟度证据，没有达到的也留下"),
     .from = STATE(TRIAL_REPORTED), .to = MATTER_SAME, .by = SIDE(APPLICANT), .check = trial_confirm},
    {.name = "object", .label = "对结果有异议", .label_en = "Object", .does = N_("写明哪里不对，退回接着记"),
     .from = STATE(TRIAL_REPORTED), .to = TRIAL_RUNNING, .by = SIDE(APPLICANT), .fields = "objection"},
    {.name = "buy", .label = "首购", .label_en = "First purchase", .does = N_("是否政府采购、有没有拿业绩设限，过了规则再记合同"),
     .from = STATE(TRIAL_DECIDING), .to = TRIAL_CLOSED, .by = SIDE(HOST),
     .fields = "public_buyer first_market record_asked record_scored contract amount units bought_on", .gate = "first_purchase", .check = trial_buy},
    {.name = "decline", .label = "这次不购", .label_en = "Do not buy", .does = N_("写明为什么"),
     .from = STATE(TRIAL_DECIDING), .to = TRIAL_CLOSED, .by = SIDE(HOST), .fields = "end_why"},
    {.name = "write_back", .label = "回写成熟度", .label_en = "Write the TRL back", .does = N_("凭确认的结果提高成果的 TRL"),
     .from = PROVED, .to = MATTER_SAME, .by = SIDE(RIGHTS), .fields = "trl_written", .how = MATTER_AMEND, .entry = &kind_trl_evidence,
     .amendable = evidence_open, .check = trial_write_back},
    {.name = "withdraw", .label = "撤回", .label_en = "Withdraw", .does = N_("不试了，写明为什么"),
     .from = STATE(TRIAL_APPLIED) | STATE(TRIAL_PLANNING) | STATE(TRIAL_PLANNED), .to = TRIAL_WITHDRAWN, .by = SIDE(APPLICANT), .fields = "end_why"},
    {.name = "stop", .label = "提前停止", .label_en = "Stop early", .does = N_("事故、停产或别的原因；已记的读数留着"),
     .from = STATE(TRIAL_RUNNING), .to = TRIAL_STOPPED, .by = SIDE(APPLICANT) | SIDE(HOST), .fields = "end_why"},
};

static const struct kind *const entries[] = {&kind_trial_aim, &kind_trial_reading, &kind_trl_evidence};

/* The owner of the achievement who is neither applicant nor host sees what concerns his result, and not what it cost. */
static unsigned seen_by(const struct kind *kind, size_t field)
{
    unsigned parties = SIDE(APPLICANT) | SIDE(HOST);

    return kind == &kind_trial && field >= TRIAL_PUBLIC && field <= TRIAL_BOUGHT_ON ? parties : parties | SIDE(RIGHTS);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_trial = {
    .researchers = SIDE(APPLICANT) | SIDE(RIGHTS),
    .kind = &kind_trial,
    .about = N_("新产品在真实场景里试用：申请、方案和指标、读数、结果、首购；没有达到的也留下记录"),
    .empty = N_("还没有。在一个场景的页面上申请试用"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .seen_by = seen_by, .facts = trial_facts, .begins_at = "/scenarios",
};
