/* The table of loans: states, steps and what no rule says. */
#include "work/loan.h"

#include "base/money.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/service.h"
#include "work/funding.h"
#include "work/loan_sheet.h"
#include "work/matter_int.h"
#include "work/patent_sheet.h"

static char *asked_text;

void finance_start(void)
{
    if (!asked_text)
        asked_text = record_select(&kind_loan, "owner = ?1 AND bank = ?2 AND to_leaf IS NULL AND state IN ('applied', 'reviewed') ORDER BY id DESC LIMIT 1");
    patent_start();
    asset_pack_start();
    consent_start();
    loan_sheet_start();
    loan_report_start();
    funding_start();
}

int64_t loan_open(const struct record *loan)
{
    return matter_number(loan, LOAN_DRAWN) - matter_number(loan, LOAN_REPAID);
}

bool loan_asked_facts(struct sql *sql, int64_t firm, int64_t bank, struct arena *arena, struct fact facts[LOAN_ASKED_FACTS], size_t *count,
                      struct err *err)
{
    struct record loan;
    size_t found;

    *count = 0;
    if (!record_rows(sql, &kind_loan, asked_text, SQL_ARGS(sql_int(firm), sql_int(bank)), 1, arena, &loan, &found, err) || !found)
        return !found;
    facts[(*count)++] = (struct fact){.name = "loan_amount", .kind = FACT_MONEY, .known = true, .value = matter_number(&loan, LOAN_ASKED)};
    facts[(*count)++] = (struct fact){.name = "loan_months", .kind = FACT_NUMBER, .known = true, .value = matter_number(&loan, LOAN_MONTHS_ASKED)};
    return true;
}

/* --- applying --- */

static bool product_read(struct matter_draft *draft, struct record *product, struct err *err)
{
    if (!record_get(draft->sql, &kind_service, matter_number(&draft->matter, LOAN_PRODUCT), draft->arena, product, err))
        return false;
    if (product->status != RECORD_OPEN || !slice_is(matter_text(product, SERVICE_SORT), "finance"))
        return MATTER_WRONG(err, &kind_loan, LOAN_PRODUCT, "这不是可以申请的金融产品")
               || err_hint(err, "请从“资金”页面选一个产品");
    return true;
}

static bool has_line(struct slice lines, struct slice wanted)
{
    struct slice line;

    while (slice_cut(&lines, '\n', &line))
        if (slice_same(line, wanted))
            return true;
    return false;
}

/* Each number in its one spelling, and once: a patent that stands there twice could not be locked, and the loan never be signed. */
static bool patents_read(struct matter_draft *draft, struct err *err)
{
    struct slice lines = matter_text(&draft->matter, LOAN_PATENTS), line, number;
    struct text out;

    text_init(&out);
    while (slice_cut(&lines, '\n', &line)) {
        if (!slice_trim(line).len)
            continue;
        if (!patent_number_read(line, draft->arena, &number, err)) {
            text_release(&out);
            return err_field(err, kind_loan.fields[LOAN_PATENTS].name);
        }
        if (!has_line(text_slice(&out), number))
            text_print(&out, "%s%.*s", out.len ? "\n" : "", (int)number.len, number.at);
    }
    matter_set_text(&draft->matter, LOAN_PATENTS, arena_copy(draft->arena, text_slice(&out)));
    text_release(&out);
    return true;
}

static bool consent_needed(struct matter_draft *draft, const struct record *product, struct err *err)
{
    struct record consent;
    bool found;

    if (!consent_between(draft->sql, draft->matter.owner, product->owner, draft->today, draft->arena, &consent, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_CONFLICT, "还没有授权这家机构查看资产包，不能申请")
               || err_hint(err, "先在“资产包授权”里授权，再回来申请");
    matter_set_number(&draft->matter, LOAN_CONSENT, consent.id);
    return true;
}

static bool check_apply(struct matter_draft *draft, struct err *err)
{
    struct record *loan = &draft->matter, product;
    struct slice title;

    if (!product_read(draft, &product, err) || !patents_read(draft, err))
        return false;
    if (product.owner == loan->owner)
        return MATTER_WRONG(err, &kind_loan, LOAN_PRODUCT, "不能向自己申请");
    if (slice_is(matter_text(&product, SERVICE_PRODUCT), "ip_pledge") && !matter_known(loan, LOAN_PATENTS))
        return MATTER_WRONG(err, &kind_loan, LOAN_PATENTS, "质押贷款要写拟质押的专利号");
    if (!consent_needed(draft, &product, err))
        return false;
    title = matter_text(&product, SERVICE_TITLE);
    matter_set_number(loan, LOAN_BANK, product.owner);
    loan->values[LOAN_SORT] = product.values[SERVICE_PRODUCT];
    matter_set_text(loan, MATTER_TITLE, slice_of(arena_print(draft->arena, "%.*s", (int)utf8_head(title, 100).len, title.at)));
    return true;
}

static bool check_withdraw(struct matter_draft *draft, struct err *err)
{
    matter_set_text(&draft->matter, LOAN_ENDED, SLICE("withdrawn"));
    return loan_pool_closed(draft, err);
}

/* --- the pack and the decision --- */

static bool check_hand(struct matter_draft *draft, struct err *err)
{
    struct record consent;
    int64_t pack;

    if (!record_get(draft->sql, &kind_consent, matter_number(&draft->was, LOAN_CONSENT), draft->arena, &consent, err)
        || !consent_take(draft, &consent, draft->matter.id, &pack, err))
        return false;
    matter_set_number(&draft->matter, LOAN_PACK, pack);
    if (!matter_known(&draft->matter, LOAN_PACK_ON))
        matter_set_day(&draft->matter, LOAN_PACK_ON, draft->today, draft->arena);
    return true;
}

static bool decided_day(struct matter_draft *draft, struct err *err)
{
    int32_t day = matter_day(&draft->matter, LOAN_DECIDED_ON), taken = matter_day(&draft->matter, LOAN_PACK_ON);

    if (day > draft->today)
        return MATTER_WRONG(err, &kind_loan, LOAN_DECIDED_ON, "决定日期还没有到");
    if (taken && day < taken)
        return MATTER_WRONG(err, &kind_loan, LOAN_DECIDED_ON, "决定日期早于取尽调包的日期")
               || err_hint(err, "先看资产包，后作决定");
    return true;
}

static bool check_agree(struct matter_draft *draft, struct err *err)
{
    static const size_t needed[] = {LOAN_APPROVED, LOAN_RATE, LOAN_MONTHS, LOAN_GUARANTEE};
    struct record *loan = &draft->matter;

    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!matter_known(loan, needed[i]))
            return MATTER_WRONG(err, &kind_loan, needed[i], "同意的要写%s", kind_loan.fields[needed[i]].label);
    if (matter_number(loan, LOAN_APPROVED) <= 0 || matter_number(loan, LOAN_APPROVED) > matter_number(loan, LOAN_ASKED))
        return MATTER_WRONG(err, &kind_loan, LOAN_APPROVED, "批准金额要大于零，不超过申请金额");
    return decided_day(draft, err);
}

static bool check_refuse(struct matter_draft *draft, struct err *err)
{
    const struct record *loan = &draft->matter;

    if (!matter_known(loan, LOAN_REASONS))
        return MATTER_WRONG(err, &kind_loan, LOAN_REASONS, "不同意的要写理由")
               || err_hint(err, "至少选一条，企业据此知道差在哪里");
    if (field_list_has(matter_text(loan, LOAN_REASONS), SLICE("other")) && !matter_known(loan, LOAN_REASON_WHY))
        return MATTER_WRONG(err, &kind_loan, LOAN_REASON_WHY, "选“其他”的要写明是什么");
    return decided_day(draft, err);
}

/* --- the contract and the pledge --- */

static bool is_pledged(const struct record *loan)
{
    struct slice guarantee = matter_text(loan, LOAN_GUARANTEE);

    return slice_is(guarantee, "ip_pledge") || (slice_is(guarantee, "mixed") && matter_known(loan, LOAN_PATENTS));
}

static bool pledge_typed(const struct record *loan, struct err *err)
{
    static const size_t needed[] = {LOAN_PLEDGE_NO, LOAN_PLEDGED_ON, LOAN_VALUATION, LOAN_VALUED, LOAN_OWNERS_AGREE};

    if (!matter_known(loan, LOAN_PATENTS))
        return err_set(err, ERR_CONFLICT, "申请里没有写拟质押的专利，不能以知识产权质押签约")
               || err_hint(err, "请企业重新申请并写明专利号");
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!matter_known(loan, needed[i]))
            return MATTER_WRONG(err, &kind_loan, needed[i], "质押贷款要写%s", kind_loan.fields[needed[i]].label);
    return true;
}

static bool check_sign(struct matter_draft *draft, struct err *err)
{
    const struct record *loan = &draft->matter;
    int32_t day = matter_day(loan, LOAN_SIGNED_ON);

    if (day > draft->today || day < matter_day(loan, LOAN_DECIDED_ON))
        return MATTER_WRONG(err, &kind_loan, LOAN_SIGNED_ON, "签约日期应在决定之后，不晚于今天");
    if (!is_pledged(loan))
        return true;
    return pledge_typed(loan, err) && loan_pledge_set(draft, err);
}

/* --- money --- */

static bool paid_day(const struct matter_draft *draft, size_t field, int32_t earliest, const char *what, struct err *err)
{
    int32_t day = matter_day(&draft->entry, field);

    if (day > draft->today || day < earliest)
        return MATTER_WRONG(err, draft->entry.kind, field, "%s应在%s之后，不晚于今天", draft->entry.kind->fields[field].label, what);
    return true;
}

static bool check_draw(struct matter_draft *draft, struct err *err)
{
    struct record *loan = &draft->matter;
    int64_t amount = matter_number(&draft->entry, DRAWDOWN_AMOUNT), left = matter_number(loan, LOAN_APPROVED) - matter_number(loan, LOAN_DRAWN);
    int32_t signed_on = matter_day(loan, LOAN_SIGNED_ON), pledged = matter_day(loan, LOAN_PLEDGED_ON), day;
    char shown[MONEY_TEXT];

    if (amount > left)
        return MATTER_WRONG(err, &kind_drawdown, DRAWDOWN_AMOUNT, "超过还可提的 %s", money_show(left, shown));
    if (!paid_day(draft, DRAWDOWN_PAID_ON, signed_on > pledged ? signed_on : pledged, pledged > signed_on ? "质押登记" : "签约", err))
        return false;
    day = matter_day(&draft->entry, DRAWDOWN_PAID_ON);
    if (!matter_known(loan, LOAN_MATURES))
        matter_set_day(loan, LOAN_MATURES, calendar_after(draft->order->law->calendar, day, CALENDAR_MONTHS, (int32_t)matter_number(loan, LOAN_MONTHS), NULL),
                       draft->arena);
    matter_set_number(loan, LOAN_DRAWN, matter_number(loan, LOAN_DRAWN) + amount);
    return loan_pool_drawn(draft, amount, err);
}

static bool check_repay(struct matter_draft *draft, struct err *err)
{
    struct record *loan = &draft->matter;
    int64_t amount = matter_number(&draft->entry, REPAYMENT_AMOUNT);
    char shown[MONEY_TEXT];

    if (amount > loan_open(loan))
        return MATTER_WRONG(err, &kind_repayment, REPAYMENT_AMOUNT, "超过未还的本金 %s", money_show(loan_open(loan), shown));
    if (!amount && !matter_number(&draft->entry, REPAYMENT_INTEREST))
        return MATTER_WRONG(err, &kind_repayment, REPAYMENT_AMOUNT, "还本和付息都是零");
    if (!paid_day(draft, REPAYMENT_PAID_ON, matter_day(loan, LOAN_SIGNED_ON), "签约", err))
        return false;
    matter_set_number(loan, LOAN_REPAID, matter_number(loan, LOAN_REPAID) + amount);
    return loan_pool_repaid(draft, amount, err);
}

/* --- after the loan --- */

static bool check_overdue(struct matter_draft *draft, struct err *err)
{
    int32_t day = matter_day(&draft->matter, LOAN_OVERDUE_ON);

    if (!loan_open(&draft->matter))
        return err_set(err, ERR_CONFLICT, "本金已经还清，没有逾期") || err_hint(err, "请结清这笔贷款");
    if (day > draft->today || day < matter_day(&draft->matter, LOAN_SIGNED_ON))
        return MATTER_WRONG(err, &kind_loan, LOAN_OVERDUE_ON, "逾期日应在签约之后，不晚于今天");
    return true;
}

static bool check_cure(struct matter_draft *draft, struct err *err)
{
    (void)err;
    draft->matter.values[LOAN_OVERDUE_ON] = (struct value){.known = false};
    return true;
}

static bool check_claim(struct matter_draft *draft, struct err *err)
{
    int64_t open = loan_open(&draft->matter);

    if (!open)
        return err_set(err, ERR_CONFLICT, "本金已经还清，没有可以代偿的") || err_hint(err, "请结清这笔贷款");
    if (!matter_known(&draft->matter, LOAN_POOL))
        return err_set(err, ERR_CONFLICT, "这笔贷款没有列入风险补偿资金池，不能申请代偿")
               || err_hint(err, "列入资金池的贷款在放款前备案");
    matter_set_number(&draft->matter, LOAN_CLAIMED, open);
    return loan_pool_claimed(draft, open, err);
}

/* Only what was paid back, or never drawn, or has been made good by the pool and given up, comes to an end. */
static bool check_close(struct matter_draft *draft, struct err *err)
{
    struct record *loan = &draft->matter;
    bool compensated = slice_is(matter_text(&draft->was, MATTER_STATE), "compensated");
    char shown[MONEY_TEXT];

    if (loan_open(loan) && !compensated)
        return err_set(err, ERR_CONFLICT, "还有本金 %s没有还，不能结清", money_show(loan_open(loan), shown))
               || err_hint(err, "先记下还款；还不上的标为逾期");
    matter_set_text(loan, LOAN_ENDED, !matter_number(loan, LOAN_DRAWN) ? SLICE("lapsed") : loan_open(loan) ? SLICE("written_off") : SLICE("repaid"));
    return loan_pledge_clear(draft, err) && loan_pool_closed(draft, err);
}

static bool check_note(struct matter_draft *draft, struct err *err)
{
    if (matter_known(&draft->entry, SIGNAL_DAY) && matter_day(&draft->entry, SIGNAL_DAY) > draft->today)
        return MATTER_WRONG(err, &kind_signal, SIGNAL_DAY, "日期还没有到");
    return true;
}

static bool facts(struct matter_draft *draft, struct fact **list, size_t *count, struct err *err)
{
    *list = arena_zero(draft->arena, LOAN_FACTS, sizeof **list);
    *count = 0;
    if (is_pledged(&draft->matter))
        return loan_pledge_facts(draft, *list, count, err);
    (*list)[(*count)++] = (struct fact){.name = "pledge_count", .kind = FACT_NUMBER, .known = true, .source = FACT_DEPARTMENT};
    return true;
}

/* --- the table --- */

static const char ours[] = N_("本平台约定");

static const struct matter_side sides[] = {
    [LOAN_FIRM] = {"firm", "企业", "Firm", SIDE_OWNER},
    [LOAN_BY_BANK] = {"bank", "银行", "Bank", LOAN_BANK},
};
static const struct matter_state states[LOAN_STATES] = {
    [LOAN_APPLIED] = {"applied", "已申请，等银行取包", "Applied", SIDE(LOAN_BY_BANK), 5, ours, false},
    [LOAN_REVIEWED] = {"reviewed", "银行审批中", "With the bank", SIDE(LOAN_BY_BANK), 15, ours, false},
    [LOAN_AGREED] = {"agreed", "已批准，待签约", "Approved", SIDE(LOAN_BY_BANK), 20, ours, false},
    [LOAN_REFUSED] = {"refused", "未批准", "Refused", 0, 0, NULL, true},
    [LOAN_SIGNED] = {"signed", "已签约，待提款", "Signed", SIDE(LOAN_BY_BANK), 20, ours, false},
    [LOAN_RUNNING] = {"running", "用款中", "Running", 0, 0, NULL, false},
    [LOAN_OVERDUE] = {"overdue", "逾期", "Overdue", SIDE(LOAN_BY_BANK), 0, NULL, false},
    [LOAN_IN_CLAIM] = {"claimed", "已申请代偿", "Compensation claimed", 0, 0, NULL, false},
    [LOAN_COMPENSATED] = {"compensated", "已代偿，继续追偿", "Compensated", SIDE(LOAN_BY_BANK), 0, NULL, false},
    [LOAN_CLOSED] = {"closed", "已结清", "Closed", 0, 0, NULL, true},
    [LOAN_WITHDRAWN] = {"withdrawn", "企业已撤回", "Withdrawn", 0, 0, NULL, true},
};
static const struct matter_step steps[] = {
    {"apply", "申请贷款", "Apply", N_("选产品，写金额、用途和期限；银行照您的授权看资产包"), MATTER_NEW, LOAN_APPLIED, SIDE(LOAN_FIRM),
     "product asked purpose months_asked patents", .check = check_apply},
    {"hand", "取尽调包", "Take the pack", N_("照企业的授权取一份此刻的资产包，PDF 和 Excel；什么时候看过什么会记下来"), STATE(LOAN_APPLIED) | STATE(LOAN_REVIEWED),
     LOAN_REVIEWED, SIDE(LOAN_BY_BANK), NULL, .check = check_hand},
    {"agree", "同意", "Approve", N_("填银行自己的决定：金额、利率、期限、担保和案卷号"), STATE(LOAN_REVIEWED), LOAN_AGREED, SIDE(LOAN_BY_BANK),
     "approved rate months guarantee conditions decided_on file_no", .seldom = "conditions", .check = check_agree},
    {"refuse", "不同意", "Refuse", N_("写明理由，企业看得到"), STATE(LOAN_APPLIED) | STATE(LOAN_REVIEWED), LOAN_REFUSED, SIDE(LOAN_BY_BANK),
     "reasons reason_why decided_on file_no", .check = check_refuse},
    {"sign", "签约", "Sign", N_("填借款合同；质押的填国家知识产权局的登记号，失效、欠费、已质押的专利不能质押"), STATE(LOAN_AGREED), LOAN_SIGNED, SIDE(LOAN_BY_BANK),
     "contract_no signed_on pledge_no pledged_on valuation valued owners_agree open_known",
     .seldom = "open_known", .gate = "loan_sign", .check = check_sign},
    {"draw", "登记提款", "Draw", N_("每笔提款一条，合计不超过批准金额"), STATE(LOAN_SIGNED) | STATE(LOAN_RUNNING), LOAN_RUNNING, SIDE(LOAN_BY_BANK),
     "amount paid_on voucher", .how = MATTER_ADD, .entry = &kind_drawdown, .check = check_draw},
    {"repay", "登记还款", "Repay", N_("还本和付息"), STATE(LOAN_RUNNING) | STATE(LOAN_OVERDUE) | STATE(LOAN_COMPENSATED), MATTER_SAME, SIDE(LOAN_BY_BANK),
     "amount interest paid_on voucher", .seldom = "interest", .how = MATTER_ADD, .entry = &kind_repayment, .check = check_repay},
    {"note", "处置信号", "Note a signal", N_("写明对一个贷后信号做了什么"), STATE(LOAN_SIGNED) | STATE(LOAN_RUNNING) | STATE(LOAN_OVERDUE) | STATE(LOAN_IN_CLAIM),
     MATTER_SAME, SIDE(LOAN_BY_BANK), "sort about_kind about day done", .seldom = "day", .given = "about_kind", .how = MATTER_ADD, .entry = &kind_signal, .check = check_note},
    {"overdue", "标为逾期", "Mark as overdue", N_("本金或利息到期没有还"), STATE(LOAN_RUNNING), LOAN_OVERDUE, SIDE(LOAN_BY_BANK), "overdue_on", .check = check_overdue},
    {"cure", "恢复正常", "Back to normal", N_("逾期的已经补上"), STATE(LOAN_OVERDUE), LOAN_RUNNING, SIDE(LOAN_BY_BANK), NULL, .check = check_cure},
    {"claim", "申请代偿", "Claim compensation", N_("未还的本金由风险补偿资金池按比例分担"), STATE(LOAN_OVERDUE), LOAN_IN_CLAIM, SIDE(LOAN_BY_BANK), NULL, .check = check_claim},
    {"close", "结清", "Close", N_("还清的结清，质押随之解除；批准后没有签约、没有提款的作废"), STATE(LOAN_AGREED) | STATE(LOAN_SIGNED) | STATE(LOAN_RUNNING) | STATE(LOAN_OVERDUE) | STATE(LOAN_COMPENSATED),
     LOAN_CLOSED, SIDE(LOAN_BY_BANK), NULL, .check = check_close},
    {"withdraw", "撤回申请", "Withdraw", N_("签约之前企业可以撤回"), STATE(LOAN_APPLIED) | STATE(LOAN_REVIEWED) | STATE(LOAN_AGREED), LOAN_WITHDRAWN, SIDE(LOAN_FIRM),
     NULL, .check = check_withdraw},
};
static const struct kind *const entries[] = {&kind_drawdown, &kind_repayment, &kind_signal};

const struct matter_sort sort_loan = {
    .kind = &kind_loan,
    .about = N_("企业申请、银行照授权取尽调包并在行内决定、签约质押、提款还款、贷后信号、结清或代偿，都在一处。银行多少天取包、多少天决定、多少天放款，双方都看得到。"),
    .empty = N_("还没有贷款。企业在“资金”页面选一个产品，授权银行看资产包之后就可以申请。"),
    .sides = sides, .side_count = sizeof sides / sizeof *sides, .states = states, .state_count = LOAN_STATES,
    .steps = steps, .step_count = sizeof steps / sizeof *steps, .entries = entries, .entry_count = sizeof entries / sizeof *entries,
    .facts = facts, .begins_at = "/funding",
};
