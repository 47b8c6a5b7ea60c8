/*
 * A pilot job (中试作业) as one record: the request, the safety gate, the quote, the contract, the calendar, the sample's custody, the raw
 * records of success and failure alike (科学技术进步法 §68), the result, the bill, and the maturity written back to the achievement.
 */
#include "base/said.h"
#include "work/maturity.h"
#include "work/pilot_job_int.h"

enum { CLIENT, PLATFORM, RIGHTS };

static const struct matter_side sides[] = {
    [CLIENT] = {"client", "委托方", "Client", JOB_FROM},
    [PLATFORM] = {"platform", "平台", "Platform", SIDE_OWNER},
    [RIGHTS] = {"rights", "成果权利方", "Owner of the achievement", JOB_RIGHTS},
};

#define HOUSE N_("本平台约定")

static const struct matter_state states[] = {
    [JOB_ASKED] = {"asked", "待报价", "Waits for a quote", SIDE(PLATFORM), 5, N_("平台公布的报价时限"), false},
    [JOB_LACKING] = {"lacking", "待补材料", "More is asked for", SIDE(CLIENT), 10, HOUSE, false},
    [JOB_QUOTED] = {"quoted", "待确认报价", "Quoted", SIDE(CLIENT), 10, N_("报价的有效期"), false},
    [JOB_ACCEPTED] = {"accepted", "已订合同，待开始", "Contracted", SIDE(PLATFORM), 20, HOUSE, false},
    [JOB_RUNNING] = {"running", "作业中", "Running", SIDE(PLATFORM), 0, NULL, false},
    [JOB_REPORTED] = {"reported", "结果待确认", "Result to confirm", SIDE(CLIENT), 10, HOUSE, false},
    [JOB_CONFIRMED] = {"confirmed", "待开票", "To be billed", SIDE(PLATFORM), 10, HOUSE, false},
    [JOB_BILLED] = {"billed", "待付款", "To be paid", SIDE(CLIENT), 20, HOUSE, false},
    [JOB_PAID] = {"paid", "待评价", "To be rated", SIDE(CLIENT), 10, HOUSE, false},
    [JOB_CLOSED] = {"closed", "已办结", "Closed", 0, 0, NULL, true},
    [JOB_REFUSED] = {"refused", "平台没有接", "Not taken", 0, 0, NULL, true},
    [JOB_WITHDRAWN] = {"withdrawn", "委托方撤回", "Withdrawn", 0, 0, NULL, true},
    [JOB_CANCELLED] = {"cancelled", "平台已取消，请委托方另选", "Cancelled by the platform", SIDE(CLIENT), 5, HOUSE, false},
    [JOB_LEFT] = {"left", "平台已取消", "Cancelled", 0, 0, NULL, true},
};

#define SAFETY "hazards reaction reaction_report confidence wants trials trl_now trl_goal wanted_by"
#define UNDER_WAY (STATE(JOB_ACCEPTED) | STATE(JOB_RUNNING))
#define DONE (STATE(JOB_CONFIRMED) | STATE(JOB_BILLED) | STATE(JOB_PAID) | STATE(JOB_CLOSED))

static bool bill_open(const struct record *entry)
{
    return !matter_known(entry, BILL_PAID_ON);
}

/* Once stored a file is never another. */
static bool run_unstored(const struct record *run)
{
    return !matter_known(run, RUN_SIZE);
}

/* Of those that fit, a page opens the first: what mostly comes next stands before what seldom does. */
static const struct matter_step steps[] = {
    {.name = "request", .label = "请求中试", .label_en = "Ask for a pilot", .does = N_("要验证什么、成熟度从几到几、涉及什么危险、要怎样保密"),
     .from = MATTER_NEW, .to = JOB_ASKED, .by = SIDE(CLIENT), .fields = "capability achievement need " SAFETY " name phone",
     .seldom = "achievement need trials trl_now trl_goal reaction_report wanted_by", .check = job_request},
    {.name = "quote", .label = "报价", .label_en = "Quote", .does = N_("先过安全门；价格、工期、条件、有效期"),
     .from = STATE(JOB_ASKED) | STATE(JOB_QUOTED), .to = JOB_QUOTED, .by = SIDE(PLATFORM), .fields = "price days terms quote_until",
     .gate = "pilot_quote", .check = job_quote},
    {.name = "supply", .label = "补充材料", .label_en = "Supply", .does = N_("补上平台要的，改危险、反应、成熟度"),
     .from = STATE(JOB_LACKING) | STATE(JOB_ASKED), .to = JOB_ASKED, .by = SIDE(CLIENT), .fields = SAFETY, .check = job_supply},
    {.name = "accept", .label = "接受报价、订合同", .label_en = "Accept", .does = N_("合同编号和金额"),
     .from = STATE(JOB_QUOTED), .to = JOB_ACCEPTED, .by = SIDE(CLIENT), .fields = "contract amount", .check = job_accept},
    {.name = "record", .label = "记一批原始记录", .label_en = "Record a batch", .does = N_("成与不成都记，附原始文件，或它的 SHA-256"),
     .from = STATE(JOB_RUNNING), .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = "day batch conditions reading outcome file digest run_by",
     .seldom = "conditions", .how = MATTER_ADD, .entry = &kind_trial_run, .brings = true},
    {.name = "book", .label = "排期", .label_en = "Book", .does = N_("日期、从几时到几时、占几个工位；撞期的排不进去"),
     .from = UNDER_WAY, .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = "on_day from_hour until_day until_hour stations what",
     .seldom = "until_day stations what", .how = MATTER_ADD, .entry = &kind_booking, .check = job_book},
    {.name = "start", .label = "开始作业", .label_en = "Start", .does = N_("排好期后开始"),
     .from = STATE(JOB_ACCEPTED), .to = JOB_RUNNING, .by = SIDE(PLATFORM), .check = job_start},
    {.name = "report", .label = "交结果", .label_en = "Report", .does = N_("结论、证明达到的 TRL、报告或它的 SHA-256"),
     .from = STATE(JOB_RUNNING), .to = JOB_REPORTED, .by = SIDE(PLATFORM), .fields = "outcome summary trl_proved digest", .how = MATTER_ADD,
     .entry = &kind_trl_evidence, .check = job_report, .brings = true},
    {.name = "confirm", .label = "确认结果", .label_en = "Confirm", .does = N_("结果成为成果的成熟度证据，没有成的也留下"),
     .from = STATE(JOB_REPORTED), .to = JOB_CONFIRMED, .by = SIDE(CLIENT), .check = evidence_confirm},
    {.name = "bill", .label = "开票", .label_en = "Bill", .does = N_("发票号码、金额"),
     .from = STATE(JOB_CONFIRMED), .to = JOB_BILLED, .by = SIDE(PLATFORM), .fields = "invoice day amount", .how = MATTER_ADD, .entry = &kind_bill,
     .check = job_bill},
    {.name = "pay", .label = "付款", .label_en = "Pay", .does = N_("付款凭证号；预留的券同时核销"),
     .from = STATE(JOB_BILLED), .to = JOB_PAID, .by = SIDE(CLIENT), .fields = "paid_on payment", .how = MATTER_AMEND, .entry = &kind_bill,
     .amendable = bill_open, .check = job_pay},
    {.name = "rate", .label = "评价", .label_en = "Rate", .does = N_("一到五分，写一句话"),
     .from = STATE(JOB_PAID), .to = JOB_CLOSED, .by = SIDE(CLIENT), .fields = "score review", .seldom = "review"},
    {.name = "reserve", .label = "用创新券", .label_en = "Use a voucher", .does = N_("从券里预留一笔，付款时核销"),
     .from = UNDER_WAY, .to = MATTER_SAME, .by = SIDE(CLIENT), .fields = "voucher_no voucher_part", .gate = "voucher_reserve", .check = job_reserve},
    {.name = "return", .label = "不用券了", .label_en = "Return the voucher", .does = N_("预留的全数退回券里"),
     .from = UNDER_WAY | STATE(JOB_REPORTED) | STATE(JOB_CONFIRMED), .to = MATTER_SAME, .by = SIDE(CLIENT), .check = job_return},
    {.name = "ask_more", .label = "请委托方补充", .label_en = "Ask for more", .does = N_("写明还缺什么"),
     .from = STATE(JOB_ASKED), .to = JOB_LACKING, .by = SIDE(PLATFORM), .fields = "lacks"},
    {.name = "refuse", .label = "不接", .label_en = "Refuse", .does = N_("写明原因；委托方会看到还可以找谁"),
     .from = STATE(JOB_ASKED) | STATE(JOB_LACKING), .to = JOB_REFUSED, .by = SIDE(PLATFORM), .fields = "ended_by end_why", .check = job_offer},
    {.name = "custody", .label = "登记样品经手", .label_en = "Sample custody", .does = N_("接收、封存、启封、存放、退回、销毁：谁、哪一日、封条号"),
     .from = UNDER_WAY | STATE(JOB_REPORTED) | STATE(JOB_CANCELLED) | DONE, .to = MATTER_SAME, .by = SIDE(CLIENT) | SIDE(PLATFORM),
     .fields = "sample what day seal place handled_by", .seldom = "place", .how = MATTER_ADD, .entry = &kind_custody, .check = job_custody},
    {.name = "free", .label = "释放一个时段", .label_en = "Free a slot", .does = N_("改期前先释放"),
     .from = UNDER_WAY, .to = MATTER_SAME, .by = SIDE(PLATFORM), .fields = "freed_why", .how = MATTER_AMEND, .entry = &kind_booking,
     .amendable = slot_stands, .check = slot_free},
    {.name = "store", .label = "存原始文件", .label_en = "Store the raw file", .does = N_("补存这一批的原始文件；SHA-256 要与所记的一致"),
     .from = STATE(JOB_RUNNING) | STATE(JOB_REPORTED) | DONE, .to = MATTER_SAME, .by = SIDE(PLATFORM), .how = MATTER_AMEND, .entry = &kind_trial_run,
     .amendable = run_unstored, .brings = true},
    {.name = "object", .label = "对结果有异议", .label_en = "Object", .does = N_("写明哪里不对，退回平台补做"),
     .from = STATE(JOB_REPORTED), .to = JOB_RUNNING, .by = SIDE(CLIENT), .fields = "objection"},
    {.name = "write_back", .label = "回写成熟度", .label_en = "Write the TRL back", .does = N_("凭确认的结果提高成果的 TRL"),
     .from = DONE, .to = MATTER_SAME, .by = SIDE(RIGHTS), .fields = "trl_written", .how = MATTER_AMEND, .entry = &kind_trl_evidence,
     .amendable = evidence_open, .check = job_write_back},
    {.name = "close", .label = "不等评价，办结", .label_en = "Close unrated", .does = N_("款已付清，委托方没有评价"),
     .from = STATE(JOB_PAID), .to = JOB_CLOSED, .by = SIDE(PLATFORM)},
    {.name = "waive", .label = "不再收款，办结", .label_en = "Waive and close", .does = N_("结果交了而款收不到或不收了：写明原因，预留的券退回"),
     .from = STATE(JOB_REPORTED) | STATE(JOB_CONFIRMED) | STATE(JOB_BILLED), .to = JOB_CLOSED, .by = SIDE(PLATFORM), .fields = "end_why", .check = job_waive},
    {.name = "withdraw", .label = "撤回", .label_en = "Withdraw", .does = N_("不做了：时段释放，预留的券退回"),
     .from = STATE(JOB_ASKED) | STATE(JOB_LACKING) | STATE(JOB_QUOTED) | STATE(JOB_ACCEPTED), .to = JOB_WITHDRAWN, .by = SIDE(CLIENT),
     .fields = "ended_by end_why", .check = job_withdraw},
    {.name = "cancel", .label = "平台取消", .label_en = "Cancel", .does = N_("写明原因：时段释放，预留的券退回，告诉委托方还可以找谁"),
     .from = STATE(JOB_QUOTED) | UNDER_WAY, .to = JOB_CANCELLED, .by = SIDE(PLATFORM), .fields = "ended_by end_why", .check = job_cancel},
    {.name = "acknowledge", .label = "知道了", .label_en = "Acknowledge", .does = N_("另向别的平台请求，或者不做了"),
     .from = STATE(JOB_CANCELLED), .to = JOB_LEFT, .by = SIDE(CLIENT)},
};

static const struct kind *const entries[] = {&kind_booking, &kind_custody, &kind_trial_run, &kind_trl_evidence, &kind_bill};

/* The owner of the achievement who is neither client nor platform sees what concerns his result, and neither price nor voucher. */
static unsigned seen_by(const struct kind *kind, size_t field)
{
    unsigned parties = SIDE(CLIENT) | SIDE(PLATFORM);

    if (!slot_shown(kind, field))
        return 0;
    if (kind == &kind_bill || kind == &kind_custody)
        return parties;
    if (kind == &kind_pilot_job && field >= JOB_VOUCHER_NO && field <= JOB_VOUCHER_PART)
        return parties;
    if (kind == &kind_pilot_job && field >= JOB_PRICE && field <= JOB_AMOUNT)
        return parties;
    return parties | SIDE(RIGHTS);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

const struct matter_sort sort_pilot_job = {
    .researchers = SIDE(CLIENT) | SIDE(RIGHTS),
    .kind = &kind_pilot_job,
    .about = N_("从请求、报价、排期、样品、原始记录、结果到付款，一件作业一个卷；结果可以回写成果的成熟度"),
    .empty = N_("还没有。在中试能力的页面上请求中试"),
    .sides = sides, .side_count = COUNT(sides), .states = states, .state_count = COUNT(states), .steps = steps, .step_count = COUNT(steps),
    .entries = entries, .entry_count = COUNT(entries), .seen_by = seen_by, .facts = job_facts, .begins_at = "/capabilities",
};
