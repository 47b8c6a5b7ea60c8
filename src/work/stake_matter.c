/*
 * How project support becomes shares, comes back with its return, or is written off to the tolerance ledger (容亏台账). What one side says of
 * the agreement, of a round, of the revenue and the value that trigger, or of a loss, the other agrees to or contests before anything follows from it.
 */
#include "work/stake.h"

#include "base/clock.h"
#include "base/money.h"
#include "work/lineage.h"
#include "work/pool.h"

enum side { HOLDER, FIRM, OFFICERS };

static const struct matter_side sides[] = {
    [HOLDER] = {"holder", "受托管理机构", "Holder", SIDE_OWNER},
    [FIRM] = {"firm", "企业", "Firm", STAKE_FIRM},
    [OFFICERS] = {"officers", "主管部门", "Officers", SIDE_OFFICERS},
};

#define HOUSE N_("本平台约定")

static const struct matter_state states[] = {
    [STAKE_OFFERED] = {"offered", "协议待企业确认", "Agreement to be confirmed by the firm", SIDE(FIRM), 10, HOUSE, false},
    [STAKE_OBJECTED] = {"objected", "企业说协议有出入", "The firm says the agreement differs", SIDE(HOLDER), 10, HOUSE, false},
    [STAKE_AGREED] = {"agreed", "已签协议，待拨付", "Agreed", SIDE(HOLDER), 0, NULL, false},
    [STAKE_RUNNING] = {"running", "项目实施", "Running", SIDE(FIRM), 0, NULL, false},
    [STAKE_WAITING] = {"waiting", "验收通过，等待触发", "Waiting for its trigger", 0, 0, NULL, false},
    [STAKE_FAILED] = {"failed", "验收没有通过", "Not accepted", SIDE(HOLDER), 0, NULL, false},
    [STAKE_CLAIMED] = {"claimed", "按收入认定触发，待企业确认", "Triggered by revenue, says the holder", SIDE(FIRM), 10, HOUSE, false},
    [STAKE_TRIGGERED] = {"triggered", "已触发，待转股", "Triggered", SIDE(HOLDER), 30, N_("本平台约定：30 个工作日内办理转股或退出"), false},
    [STAKE_LOSS_SAID] = {"loss_said", "申请核销，待企业说明", "To be written off, says the holder", SIDE(FIRM), 10, HOUSE, false},
    [STAKE_LOSING] = {"losing", "申请核销", "To be written off", SIDE(OFFICERS), 20, N_("本平台约定：20 个工作日内审定"), false},
    [STAKE_CONVERTED] = {"converted", "已转股", "Converted", 0, 0, NULL, true},
    [STAKE_EXITED] = {"exited", "已退出", "Exited", 0, 0, NULL, true},
    [STAKE_LOST] = {"lost", "已核销（容亏台账）", "Written off", 0, 0, NULL, true},
    [STAKE_VOID] = {"void", "没有拨付，协议作废", "Never paid", 0, 0, NULL, true},
};

/* --- agreeing and paying --- */

static bool agree_check(struct matter_draft *draft, struct err *err)
{
    struct record *stake = &draft->matter;
    struct slice firm = record_title(draft->sql, &kind_party, matter_number(stake, STAKE_FIRM), draft->arena);
    struct slice project = matter_text(stake, STAKE_PROJECT);

    if (!public_payer(draft, err))
        return false;
    if (matter_number(stake, STAKE_FIRM) == stake->owner)
        return MATTER_WRONG(err, &kind_stake, STAKE_FIRM, "受托管理机构不能支持自己");
    if (!matter_known(stake, STAKE_LEAST_ROUND) && !matter_known(stake, STAKE_LEAST_REVENUE))
        return MATTER_WRONG(err, &kind_stake, STAKE_LEAST_ROUND, "没有约定触发条件") || err_hint(err, "融资额、营业收入至少约定一项");
    if (matter_known(stake, STAKE_FLOOR) && matter_known(stake, STAKE_CEILING) && matter_number(stake, STAKE_FLOOR) > matter_number(stake, STAKE_CEILING))
        return MATTER_WRONG(err, &kind_stake, STAKE_FLOOR, "估值下限高于上限");
    if (matter_day(stake, STAKE_UNTIL) <= matter_day(stake, STAKE_AGREED_ON))
        return MATTER_WRONG(err, &kind_stake, STAKE_UNTIL, "转股期限不晚于协议签订日");
    stake->values[STAKE_CONTEST] = (struct value){0};
    matter_set_text(stake, MATTER_TITLE, slice_of(arena_print(draft->arena, "%.*s：%.*s", (int)firm.len, firm.at, (int)project.len, project.at)));
    return true;
}

/* What is paid is public money, and stands in its lineage from the first day. */
static bool flow_write(struct matter_draft *draft, struct err *err)
{
    const struct record *stake = &draft->matter;
    struct lineage_payment paid = {
        .payer = stake->owner, .payee = matter_number(stake, STAKE_FIRM), .amount = matter_number(stake, STAKE_AMOUNT), .sort = "stake",
        .title = matter_text(stake, MATTER_TITLE), .program = matter_text(stake, STAKE_PROGRAM), .on = matter_text(stake, STAKE_PAID_ON),
        .purpose = matter_text(stake, STAKE_PROJECT), .voucher = matter_text(stake, STAKE_VOUCHER)};

    return lineage_paid(draft, &paid, err);
}

static bool pay_check(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->matter, STAKE_PAID_ON) > draft->today)
        return MATTER_WRONG(err, &kind_stake, STAKE_PAID_ON, "拨付日还没有到") || err_hint(err, "拨付以后再记");
    return flow_write(draft, err);
}

/* --- milestones, reviews, rounds --- */

static bool not_done(const struct record *entry)
{
    return !matter_known(entry, STAKE_MARK_DONE_ON);
}

static bool done_check(struct matter_draft *draft, struct err *err)
{
    return matter_day(&draft->entry, STAKE_MARK_DONE_ON) <= draft->today
           || MATTER_WRONG(err, &kind_stake_mark, STAKE_MARK_DONE_ON, "完成日还没有到");
}

static bool passed(const struct matter_file *file, const char *sort)
{
    for (size_t i = file->counts[STAKE_CHECKS]; i-- > 0;)
        if (slice_is(matter_text(&file->entries[STAKE_CHECKS][i], STAKE_CHECK_SORT), sort))
            return matter_number(&file->entries[STAKE_CHECKS][i], STAKE_CHECK_PASSED) != 0;
    return false;
}

/* An acceptance decides: what is passed waits for its trigger. */
static bool check_check(struct matter_draft *draft, struct err *err)
{
    const struct record *entry = &draft->entry;

    if (matter_day(entry, STAKE_CHECK_ON) > draft->today)
        return MATTER_WRONG(err, &kind_stake_check, STAKE_CHECK_ON, "检查的日期还没有到");
    if (!slice_is(matter_text(entry, STAKE_CHECK_SORT), "acceptance"))
        return true;
    if (!passed(draft->file, "midterm") && matter_number(entry, STAKE_CHECK_PASSED))
        return err_set(err, ERR_CONFLICT, "还没有通过中期评估，不能验收通过") || err_hint(err, "先记中期评估");
    matter_enter(draft, draft->sort, &draft->matter, matter_number(entry, STAKE_CHECK_PASSED) ? STAKE_WAITING : STAKE_FAILED);
    return true;
}

static bool round_check(struct matter_draft *draft, struct err *err)
{
    int32_t day = matter_day(&draft->entry, STAKE_ROUND_ON);

    if (day > draft->today)
        return MATTER_WRONG(err, &kind_stake_round, STAKE_ROUND_ON, "交割日还没有到");
    matter_set_text(&draft->entry, STAKE_ROUND_BY, slice_of(sides[draft->sides & SIDE(FIRM) ? FIRM : HOLDER].name));
    return day >= matter_day(&draft->matter, STAKE_AGREED_ON)
           || MATTER_WRONG(err, &kind_stake_round, STAKE_ROUND_ON, "早于协议签订日的融资不能触发转股");
}

static bool open_of(const struct record *round, enum side side)
{
    return slice_is(matter_text(round, STAKE_ROUND_BY), sides[side].name) && !stake_round_agreed(round) && !matter_known(round, STAKE_ROUND_CONTEST);
}

static bool open_of_holder(const struct record *round) { return open_of(round, HOLDER); }
static bool open_of_firm(const struct record *round) { return open_of(round, FIRM); }

static bool round_agree(struct matter_draft *draft, struct err *err)
{
    (void)err;
    matter_set_day(&draft->entry, STAKE_ROUND_AGREED_ON, draft->today, draft->arena);
    return true;
}

/* --- triggering and converting --- */

static bool trial_set(struct matter_draft *draft, struct err *err)
{
    struct record *stake = &draft->matter;
    struct stake_terms terms = stake_terms_of(stake);
    struct stake_round round;
    struct stake_trial trial;

    if (!stake_stands_on(draft->file, stake, &round))
        return MATTER_WRONG(err, &kind_stake, STAKE_VALUATION, "以收入触发的，要填评估的股权价值和总股数");
    if (!stake_convert(&terms, &round, &trial, err))
        return false;
    matter_set_number(stake, STAKE_SHARES, trial.shares);
    matter_set_number(stake, STAKE_COST, trial.cost);
    matter_set_number(stake, STAKE_REST, trial.rest);
    return true;
}

/* Those that both sides stand by. */
static size_t rounds_of(const struct matter_file *file, struct arena *arena, struct stake_round **rounds)
{
    size_t count = 0;

    *rounds = arena_alloc(arena, (file->counts[STAKE_ROUNDS] + 1) * sizeof **rounds);
    for (size_t i = 0; i < file->counts[STAKE_ROUNDS]; i++)
        if (stake_round_agreed(&file->entries[STAKE_ROUNDS][i]))
            (*rounds)[count++] = stake_round_of(&file->entries[STAKE_ROUNDS][i]);
    return count;
}

static bool trigger_check(struct matter_draft *draft, struct err *err)
{
    struct record *stake = &draft->matter;
    bool by_round = slice_is(matter_text(stake, STAKE_BASIS), "round");
    struct stake_round *rounds;
    size_t count = rounds_of(draft->file, draft->arena, &rounds), pick = count;
    int64_t raised;

    if (by_round) {
        stake_pick(rounds, count, matter_number(stake, STAKE_LEAST_ROUND), slice_is(matter_text(stake, STAKE_SAME_DAY), "lower"), &pick, &raised);
        if (pick == count)
            return MATTER_WRONG(err, &kind_stake, STAKE_BASIS, "没有双方认可的市场化融资")
                   || err_hint(err, "先用“记融资轮次”写明交割日、估值和股数，由另一方认可");
    }
    matter_set_number(stake, STAKE_ROUND, by_round ? rounds[pick].no : 0);
    matter_set_day(stake, STAKE_TRIGGERED_ON, by_round ? rounds[pick].day : draft->today, draft->arena);
    stake->values[STAKE_CONTEST] = (struct value){0};
    if (!by_round) /* revenue, value and number of shares are the holder's word */
        matter_enter(draft, draft->sort, stake, STAKE_CLAIMED);
    return trial_set(draft, err);
}

static bool untrigger(struct matter_draft *draft, struct err *err)
{
    static const size_t said[] = {STAKE_BASIS,        STAKE_REVENUE, STAKE_SHARES_NOW, STAKE_VALUATION, STAKE_TRIGGERED_ON,
                                  STAKE_ROUND, STAKE_SHARES,  STAKE_COST,       STAKE_REST};

    (void)err;
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        draft->matter.values[said[i]] = (struct value){0};
    return true;
}

static bool convert_check(struct matter_draft *draft, struct err *err)
{
    if (matter_day(&draft->matter, STAKE_REGISTERED_ON) > draft->today)
        return MATTER_WRONG(err, &kind_stake, STAKE_REGISTERED_ON, "变更登记日还没有到") || err_hint(err, "登记以后再记");
    return trial_set(draft, err);
}

static bool exit_check(struct matter_draft *draft, struct err *err)
{
    struct record *stake = &draft->matter;

    if (matter_day(stake, STAKE_BACK_ON) > draft->today || matter_day(stake, STAKE_BACK_ON) < matter_day(stake, STAKE_PAID_ON))
        return MATTER_WRONG(err, &kind_stake, STAKE_BACK_ON, "退回日要在拨付日以后、今天以前");
    matter_set_number(stake, STAKE_DUE,
                      stake_due(matter_number(stake, STAKE_AMOUNT), matter_number(stake, STAKE_RETURN), matter_day(stake, STAKE_PAID_ON),
                                matter_day(stake, STAKE_BACK_ON)));
    return true;
}

static bool lose_check(struct matter_draft *draft, struct err *err)
{
    (void)err;
    draft->matter.values[STAKE_CONTEST] = (struct value){0};
    return true;
}

/* A firm that is gone says nothing: officers decide then without its word, and see that there is none. */
static bool pass_on_check(struct matter_draft *draft, struct err *err)
{
    return matter_late(&draft->was, draft->today) || err_set(err, ERR_CONFLICT, "企业还在说明的期限内") || err_hint(err, "过了期限仍没有说明的，再送审");
}

/* The money is the city's, wherever in it the holder sits. */
static bool place_check(struct matter_draft *draft, struct err *err)
{
    return matter_decides(draft, SLICE(""), 0, err);
}

/* --- facts --- */

/* Milestones past their day and not done, after which nobody looked. */
static int64_t neglected(const struct matter_file *file, int32_t today)
{
    int64_t count = 0;
    int32_t looked = 0;

    for (size_t i = 0; i < file->counts[STAKE_CHECKS]; i++)
        if (matter_day(&file->entries[STAKE_CHECKS][i], STAKE_CHECK_ON) > looked)
            looked = matter_day(&file->entries[STAKE_CHECKS][i], STAKE_CHECK_ON);
    for (size_t i = 0; i < file->counts[STAKE_MARKS]; i++) {
        int32_t by = matter_day(&file->entries[STAKE_MARKS][i], STAKE_MARK_BY);

        count += not_done(&file->entries[STAKE_MARKS][i]) && by < today && looked < by;
    }
    return count;
}

static size_t trigger_facts(const struct matter_draft *draft, struct fact *facts)
{
    const struct record *stake = &draft->matter;
    struct stake_round *rounds;
    size_t count = rounds_of(draft->file, draft->arena, &rounds), pick, made = 0;
    int64_t raised;

    stake_pick(rounds, count, matter_number(stake, STAKE_LEAST_ROUND), slice_is(matter_text(stake, STAKE_SAME_DAY), "lower"), &pick, &raised);
    facts[made++] = fund_yes("stake_midterm", passed(draft->file, "midterm"));
    facts[made++] = fund_yes("stake_accepted", passed(draft->file, "acceptance"));
    facts[made++] = fund_day("stake_until", matter_day(stake, STAKE_UNTIL));
    facts[made++] = (struct fact){.name = "stake_basis", .kind = FACT_CODE, .known = matter_known(stake, STAKE_BASIS),
                                  .code = matter_text(stake, STAKE_BASIS)};
    facts[made++] = fund_day("stake_round_on", matter_day(stake, STAKE_TRIGGERED_ON));
    facts[made++] = fund_money("stake_raised", raised);
    if (matter_known(stake, STAKE_LEAST_ROUND))
        facts[made++] = fund_money("stake_least_round", matter_number(stake, STAKE_LEAST_ROUND));
    if (matter_known(stake, STAKE_REVENUE))
        facts[made++] = fund_money("stake_revenue", matter_number(stake, STAKE_REVENUE));
    if (matter_known(stake, STAKE_LEAST_REVENUE))
        facts[made++] = fund_money("stake_least_revenue", matter_number(stake, STAKE_LEAST_REVENUE));
    return made;
}

static bool facts_of(struct matter_draft *draft, struct fact **facts, size_t *count, struct err *err)
{
    enum { MOST = 24 };
    const struct record *stake = &draft->matter;
    struct stake_terms terms = stake_terms_of(stake);
    struct stake_round round;
    struct stake_trial trial = {.after = 0};
    struct fact *list = arena_alloc(draft->arena, MOST * sizeof *list);
    size_t made = trigger_facts(draft, list);

    if (stake_stands_on(draft->file, stake, &round) && !stake_convert(&terms, &round, &trial, err))
        return false;
    list[made++] = fund_yes("stake_audited", passed(draft->file, "audit"));
    list[made++] = fund_number("stake_shares", trial.shares);
    list[made++] = fund_number("stake_after", trial.after);
    list[made++] = fund_share("stake_most", terms.most);
    list[made++] = fund_money("stake_amount", terms.amount);
    list[made++] = fund_money("stake_due", matter_number(stake, STAKE_DUE));
    list[made++] = fund_money("stake_back", matter_number(stake, STAKE_BACK));
    list[made++] = fund_money("stake_loss", matter_number(stake, STAKE_LOSS));
    list[made++] = fund_number("stake_checks", (int64_t)draft->file->counts[STAKE_CHECKS]);
    list[made++] = fund_number("stake_overdue_marks", neglected(draft->file, draft->today));
    list[made++] = fund_yes("stake_diligence", matter_known(stake, STAKE_DILIGENCE));
    list[made++] = fund_yes("stake_no_gain", matter_number(stake, STAKE_NO_GAIN) != 0);
    *facts = list;
    *count = made;
    return true;
}

/* --- the table --- */

enum { LIVE = STATE(STAKE_RUNNING) | STATE(STAKE_WAITING), LOSABLE = STATE(STAKE_RUNNING) | STATE(STAKE_WAITING) | STATE(STAKE_FAILED) | STATE(STAKE_TRIGGERED) };

#define TERMS "firm program project amount agreed_on until_day least_round least_revenue discount floor_value ceiling_value most_share same_day return_rate"
#define TERMS_SELDOM "floor_value ceiling_value"

static const struct matter_step steps[] = {
    {.name = "agree", .label = "签订协议", .label_en = "Agree", .does = N_("支持多少、何时可以转股、按什么价格、最多占多少、不转怎样退出"),
     .from = MATTER_NEW, .to = STAKE_OFFERED, .by = SIDE(HOLDER), .fields = TERMS, .seldom = TERMS_SELDOM, .check = agree_check},
    {.name = "confirm_terms", .label = "确认协议", .label_en = "Confirm the agreement", .does = N_("金额、触发条件、价格、上限和退出都与签的协议一样"),
     .from = STATE(STAKE_OFFERED), .to = STAKE_AGREED, .by = SIDE(FIRM)},
    {.name = "contest_terms", .label = "协议有出入", .label_en = "The agreement differs", .does = N_("写明哪一条与签的协议不一样；改正以前不能拨付"),
     .from = STATE(STAKE_OFFERED), .to = STAKE_OBJECTED, .by = SIDE(FIRM), .fields = "contest_why"},
    {.name = "restate", .label = "改正协议", .label_en = "Correct the agreement", .does = N_("照签的协议改正，再由企业确认"),
     .from = STATE(STAKE_OFFERED) | STATE(STAKE_OBJECTED), .to = STAKE_OFFERED, .by = SIDE(HOLDER), .fields = TERMS, .seldom = TERMS_SELDOM,
     .check = agree_check},
    {.name = "plan", .label = "定里程碑", .label_en = "Set a milestone", .does = N_("做成什么、哪日以前"), .from = STATE(STAKE_AGREED) | STATE(STAKE_RUNNING),
     .to = MATTER_SAME, .by = SIDE(HOLDER), .fields = "what by_day", .how = MATTER_ADD, .entry = &kind_stake_mark},
    {.name = "pay", .label = "记拨付", .label_en = "Enter the payment", .does = N_("拨付以后开始实施；同时记入资金谱系"), .from = STATE(STAKE_AGREED),
     .to = STAKE_RUNNING, .by = SIDE(HOLDER), .fields = "paid_on voucher", .check = pay_check},
    {.name = "drop", .label = "协议作废", .label_en = "Drop", .does = N_("还没有拨付，双方不再履行"),
     .from = STATE(STAKE_OFFERED) | STATE(STAKE_OBJECTED) | STATE(STAKE_AGREED), .to = STAKE_VOID, .by = SIDE(HOLDER)},
    {.name = "done", .label = "报里程碑完成", .label_en = "Milestone done", .does = N_("写明哪日完成、凭什么"), .from = STATE(STAKE_RUNNING),
     .to = MATTER_SAME, .by = SIDE(FIRM), .fields = "done_on shows", .how = MATTER_AMEND, .entry = &kind_stake_mark, .amendable = not_done,
     .check = done_check},
    {.name = "look", .label = "记检查", .label_en = "Enter a review", .does = N_("中期评估、专项审计、验收各记一条；验收决定能不能转股"),
     .from = LIVE, .to = MATTER_SAME, .by = SIDE(HOLDER), .fields = "sort checked_on who passed says", .how = MATTER_ADD,
     .entry = &kind_stake_check, .check = check_check},
    {.name = "round", .label = "记融资轮次", .label_en = "Enter a round", .does = N_("交割日、投资人、融资额、投前估值、融资前总股数"), .from = LIVE,
     .to = MATTER_SAME, .by = SIDE(HOLDER) | SIDE(FIRM), .fields = "closed_on who market raised valuation shares paper", .how = MATTER_ADD,
     .entry = &kind_stake_round, .check = round_check},
    {.name = "firm_agree", .label = "认可这一轮", .label_en = "Agree to the round", .does = N_("受托管理机构记的交割日、融资额、估值、股数都对"),
     .from = LIVE, .to = MATTER_SAME, .by = SIDE(FIRM), .how = MATTER_AMEND, .entry = &kind_stake_round, .amendable = open_of_holder, .check = round_agree},
    {.name = "firm_contest", .label = "不认可这一轮", .label_en = "Contest the round", .does = N_("写明哪里不对；不认可的不能触发"),
     .from = LIVE, .to = MATTER_SAME, .by = SIDE(FIRM), .fields = "contest_why", .how = MATTER_AMEND, .entry = &kind_stake_round,
     .amendable = open_of_holder},
    {.name = "holder_agree", .label = "认可这一轮", .label_en = "Agree to the round", .does = N_("企业记的交割日、融资额、估值、股数都对"),
     .from = LIVE, .to = MATTER_SAME, .by = SIDE(HOLDER), .how = MATTER_AMEND, .entry = &kind_stake_round, .amendable = open_of_firm, .check = round_agree},
    {.name = "holder_contest", .label = "不认可这一轮", .label_en = "Contest the round", .does = N_("写明哪里不对；不认可的不能触发"),
     .from = LIVE, .to = MATTER_SAME, .by = SIDE(HOLDER), .fields = "contest_why", .how = MATTER_AMEND, .entry = &kind_stake_round,
     .amendable = open_of_firm},
    {.name = "trigger", .label = "认定触发", .label_en = "Establish the trigger", .does = N_("按双方认可的融资认定；按收入的由企业确认；随即试算能转多少股"),
     .from = STATE(STAKE_WAITING), .to = STAKE_TRIGGERED, .by = SIDE(HOLDER), .fields = "basis revenue shares_now valuation",
     .seldom = "revenue shares_now valuation", .gate = "stake_trigger", .check = trigger_check},
    {.name = "confirm_trigger", .label = "确认触发", .label_en = "Confirm the trigger", .does = N_("收入、估值、总股数和试算都对，可以办理转股"),
     .from = STATE(STAKE_CLAIMED), .to = STAKE_TRIGGERED, .by = SIDE(FIRM)},
    {.name = "contest_trigger", .label = "不认可触发", .label_en = "Contest the trigger", .does = N_("写明哪里不对；退回等待触发"),
     .from = STATE(STAKE_CLAIMED), .to = STAKE_WAITING, .by = SIDE(FIRM), .fields = "contest_why", .check = untrigger},
    {.name = "untrigger", .label = "撤回认定", .label_en = "Take the trigger back", .does = N_("认定错了，重新等待触发"),
     .from = STATE(STAKE_CLAIMED), .to = STAKE_WAITING, .by = SIDE(HOLDER), .check = untrigger},
    {.name = "convert", .label = "记转股", .label_en = "Enter the conversion", .does = N_("变更登记以后办结；余额以货币退回"),
     .from = STATE(STAKE_TRIGGERED), .to = STAKE_CONVERTED, .by = SIDE(HOLDER), .fields = "registered_on", .gate = "stake_convert",
     .check = convert_check},
    {.name = "exit", .label = "记退出", .label_en = "Enter the exit", .does = N_("退回本金和适当收益，按实际天数算到分"),
     .from = STATE(STAKE_WAITING) | STATE(STAKE_FAILED) | STATE(STAKE_TRIGGERED), .to = STAKE_EXITED, .by = SIDE(HOLDER), .fields = "back back_on",
     .gate = "stake_exit", .check = exit_check},
    {.name = "lose", .label = "申请核销", .label_en = "Ask for a write-off", .does = N_("写明损失、原因和尽职证据；企业说明以后由主管部门审定"),
     .from = LOSABLE, .to = STAKE_LOSS_SAID, .by = SIDE(HOLDER), .fields = "loss loss_why diligence", .check = lose_check},
    {.name = "admit_loss", .label = "损失属实", .label_en = "The loss is right", .does = N_("受托管理机构写的损失和原因属实"),
     .from = STATE(STAKE_LOSS_SAID), .to = STAKE_LOSING, .by = SIDE(FIRM)},
    {.name = "contest_loss", .label = "对损失有异议", .label_en = "Contest the loss", .does = N_("写明哪里不对，主管部门审定时看得到"),
     .from = STATE(STAKE_LOSS_SAID), .to = STAKE_LOSING, .by = SIDE(FIRM), .fields = "contest_why"},
    {.name = "pass_on", .label = "企业没有说明，送审", .label_en = "Pass on unanswered", .does = N_("企业过了期限没有说明"),
     .from = STATE(STAKE_LOSS_SAID), .to = STAKE_LOSING, .by = SIDE(HOLDER), .check = pass_on_check},
    {.name = "write_off", .label = "核销，入容亏台账", .label_en = "Write off", .does = N_("尽到注意和监督职责、没有牟利的，按容错核销"),
     .from = STATE(STAKE_LOSING), .to = STAKE_LOST, .by = SIDE(OFFICERS), .fields = "no_gain loss_paper", .gate = "stake_write_off",
     .check = place_check},
    {.name = "deny", .label = "不予核销", .label_en = "Deny the write-off", .does = N_("退回，由受托管理机构继续追回"), .from = STATE(STAKE_LOSING),
     .to = STAKE_FAILED, .by = SIDE(OFFICERS), .fields = "loss_paper", .check = place_check},
};

static const struct kind *const entries[] = {
    [STAKE_MARKS] = &kind_stake_mark, [STAKE_CHECKS] = &kind_stake_check, [STAKE_ROUNDS] = &kind_stake_round,
};

const struct matter_sort sort_stake = {
    .kind = &kind_stake,
    .about = N_("先以科研项目支持，约定的条件满足以后转为股权；不转的退出，损失的按容错核销"),
    .empty = N_("还没有先投后股的项目。受托管理机构按“签订协议”。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides,
    .states = states, .state_count = sizeof states / sizeof *states,
    .steps = steps, .step_count = sizeof steps / sizeof *steps,
    .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .facts = facts_of,
};
