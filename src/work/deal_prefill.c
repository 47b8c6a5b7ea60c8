/* What the file already holds of what is to be typed. */
#include "work/deal_int.h"

#include "base/clock.h"
#include "base/money.h"
#include "base/text.h"
#include "record/achievement.h"
#include "record/party.h"
#include "work/chain.h"
#include "work/contract_tree.h"

struct filling {
    const struct deal_file *file;
    struct arena *arena;
    struct slice *typed;
};

static void fill(const struct filling *filling, size_t field, struct slice text)
{
    if (!filling->typed[field].at && text.len)
        filling->typed[field] = text;
}

static void fill_money(const struct filling *filling, size_t field, const struct record *from, size_t from_field)
{
    if (paper_known(from, from_field))
        fill(filling, field, slice_of(money_show_plain(from->values[from_field].number, arena_alloc(filling->arena, MONEY_TEXT))));
}

static void fill_today(const struct filling *filling, size_t field)
{
    fill(filling, field, slice_of(day_show(filling->file->today, arena_alloc(filling->arena, CLOCK_TEXT))));
}

/* The unit alone holds it, until it is said otherwise. */
static void fill_title(const struct filling *filling)
{
    struct slice unit = paper_text(&filling->file->unit, PARTY_NAME);

    fill(filling, TITLE_MODE, SLICE("unit"));
    fill(filling, TITLE_HOLDERS, slice_of(arena_print(filling->arena, "%.*s 100%%", (int)unit.len, unit.at)));
    fill_today(filling, TITLE_AGREED_ON);
}

static void fill_value(const struct filling *filling)
{
    const struct record *achievement = &filling->file->achievement;

    if (paper_known(achievement, ACHIEVEMENT_TRL))
        fill(filling, VALUATION_TRL,
             slice_of(arena_print(filling->arena, "%lld", (long long)paper_number(achievement, ACHIEVEMENT_TRL))));
    fill(filling, VALUATION_EVIDENCE, paper_text(achievement, ACHIEVEMENT_EVIDENCE));
    fill_today(filling, VALUATION_DONE_ON);
}

static void fill_price(const struct filling *filling)
{
    struct slice ways = paper_text(&filling->file->achievement, ACHIEVEMENT_WAYS), first;

    if (slice_cut(&ways, '\n', &first))
        fill(filling, DEAL_WAY, first);
    fill(filling, DEAL_PRICING, SLICE("agreement"));
    fill_money(filling, DEAL_PRICE, &filling->file->achievement, ACHIEVEMENT_PRICE);
    fill(filling, DEAL_APPRAISAL, SLICE("waived"));
}

static struct slice channel_of(const struct filling *filling)
{
    struct slice unit = paper_text(&filling->file->unit, PARTY_NAME), phone = paper_text(&filling->file->unit, PARTY_PHONE);

    return slice_of(arena_print(filling->arena, "%.*s成果转化部门%s%.*s", (int)unit.len, unit.at, phone.len ? "，电话 " : "",
                                (int)phone.len, phone.len ? phone.at : ""));
}

static void fill_notice(const struct filling *filling)
{
    const struct deal_file *file = filling->file;
    const struct record *deal = &file->deal;
    bool reward = file->count[KIND_AWARD] > 0;

    fill(filling, NOTICE_SORT, reward ? SLICE("reward") : SLICE("sale"));
    fill(filling, NOTICE_PLACE, reward || !notice_of(file, "sale", "unit") ? SLICE("unit") : SLICE("market"));
    fill_today(filling, NOTICE_FIRST_DAY);
    fill(filling, NOTICE_NAME, paper_text(&file->achievement, ACHIEVEMENT_TITLE));
    fill_money(filling, NOTICE_PRICE, deal, DEAL_PRICE);
    fill(filling, NOTICE_SUMMARY, reward ? paper_text(deal_newest(file, KIND_AWARD), AWARD_SHARES)
                                         : paper_text(&file->achievement, ACHIEVEMENT_ABSTRACT));
    fill(filling, NOTICE_WAY, paper_text(deal, DEAL_WAY));
    if (paper_yes(deal, DEAL_RELATED))
        fill(filling, NOTICE_RELATED, SLICE("yes"));
    fill(filling, NOTICE_CHANNEL, channel_of(filling));
}

static void fill_approval(const struct filling *filling)
{
    struct slice body;
    struct err ignored;
    bool refused;

    if (approval_next(filling->file, &body, &refused, &ignored) && body.at)
        fill(filling, APPROVAL_BODY, body);
    fill(filling, APPROVAL_DECISION, SLICE("agreed"));
    fill_today(filling, APPROVAL_DECIDED_ON);
    fill_money(filling, APPROVAL_PRICE, &filling->file->deal, DEAL_PRICE);
    fill(filling, APPROVAL_CONFLICTS, SLICE("无"));
}

/* By the answers given, and where the way of transfer is an answer already, by that. */
static void fill_sort(const struct filling *filling)
{
    const struct record *deal = &filling->file->deal;
    struct tree_walk walk;
    struct err ignored;

    if (!filling->typed[CONTRACT_TREE].at)
        filling->typed[CONTRACT_TREE] =
            tree_of_deal(paper_text(deal, DEAL_WAY), paper_known(&filling->file->achievement, ACHIEVEMENT_RIGHTS));
    if (tree_walk(tree_codes(filling->typed[CONTRACT_TREE]), &walk, &ignored) && !walk.next)
        fill(filling, CONTRACT_SORT, slice_of(form_sort(walk.form)));
    fill(filling, CONTRACT_SORT, paper_is(deal, DEAL_WAY, "license") ? SLICE("license") : SLICE("assign"));
}

static void fill_contract(const struct filling *filling)
{
    const struct record *deal = &filling->file->deal;

    fill_sort(filling);
    fill(filling, CONTRACT_NAME, paper_text(deal, DEAL_TITLE));
    fill_today(filling, CONTRACT_SIGNED_ON);
    if (paper_is(deal, DEAL_WAY, "license"))
        fill(filling, CONTRACT_LICENCE, SLICE("plain"));
    fill_money(filling, CONTRACT_AMOUNT, deal, DEAL_PRICE);
    fill(filling, CONTRACT_GOODS, SLICE("0"));
    fill_money(filling, CONTRACT_TECHNICAL, deal, DEAL_PRICE);
    fill_money(filling, CONTRACT_INCOME, deal, DEAL_PRICE);
    fill(filling, CONTRACT_PAYMENT, paper_is(deal, DEAL_WAY, "equity") ? SLICE("equity") : SLICE("lump"));
}

static void fill_register(const struct filling *filling)
{
    fill(filling, REGISTRATION_LOCAL, SLICE("yes"));
    fill(filling, REGISTRATION_CHINESE, SLICE("yes"));
    fill_today(filling, REGISTRATION_SENT_ON);
}

static void fill_pay(const struct filling *filling)
{
    fill_today(filling, AWARD_PAID_ON);
    fill(filling, AWARD_APART, SLICE("yes"));
}

static void fill_result(const struct filling *filling)
{
    const struct record *contract = deal_newest(filling->file, KIND_CONTRACT);

    fill(filling, REGISTRATION_RESULT, SLICE("registered"));
    fill_today(filling, REGISTRATION_DECIDED_ON);
    fill_money(filling, REGISTRATION_AMOUNT, contract, CONTRACT_AMOUNT);
    fill_money(filling, REGISTRATION_TECHNICAL, contract, CONTRACT_TECHNICAL);
}

static void fill_receipt(const struct filling *filling)
{
    const struct record *contract = deal_newest(filling->file, KIND_CONTRACT);
    int64_t open = paper_number(contract, CONTRACT_AMOUNT) - papers_sum(filling->file, KIND_RECEIPT, RECEIPT_AMOUNT);

    fill_today(filling, RECEIPT_CAME_ON);
    if (open > 0)
        fill(filling, RECEIPT_AMOUNT, slice_of(money_show_plain(open, arena_alloc(filling->arena, MONEY_TEXT))));
    fill(filling, RECEIPT_PAYER, paper_text(&filling->file->deal, DEAL_BUYER));
}

/* The year after the last one entered, or the one that was over last. */
static void fill_profit(const struct filling *filling)
{
    const struct record *before = deal_newest(filling->file, KIND_PROFIT);
    int year, month, of_month;

    day_to_ymd(filling->file->today, &year, &month, &of_month);
    fill(filling, PROFIT_YEAR,
         slice_of(arena_print(filling->arena, "%lld", (long long)(before ? paper_number(before, PROFIT_YEAR) + 1 : year - 1))));
    fill(filling, PROFIT_SOURCE, paper_text(before, PROFIT_SOURCE));
}

/* The team as the last award had it. Half of a cash reward is taxed where rights were sold or licensed (财税〔2018〕58 号). */
static void fill_award(const struct filling *filling)
{
    const struct record *before = deal_newest(filling->file, KIND_AWARD), *deal = &filling->file->deal;

    fill(filling, AWARD_TEAM, paper_text(before, AWARD_TEAM));
    if (paper_is(deal, DEAL_WAY, "assign") || paper_is(deal, DEAL_WAY, "license"))
        fill(filling, AWARD_HALF, SLICE("yes"));
    fill_today(filling, AWARD_DECIDED_ON);
}

static void fill_amended(const struct deal_step *step, const struct record *paper, const struct filling *filling)
{
    for (size_t i = 0; paper && i < paper->kind->count; i++)
        if (deal_step_field(step, i) && paper->values[i].known)
            fill(filling, i, field_is_list(paper->kind->fields[i].type) || paper->kind->fields[i].type == FIELD_CHOICE
                                 ? paper->values[i].text
                                 : field_show(&paper->kind->fields[i], &paper->values[i], filling->arena));
}

static const struct {
    const char *step;
    void (*fill)(const struct filling *filling);
} fillers[] = {
    {"title", fill_title},     {"value", fill_value},       {"price", fill_price},   {"notice", fill_notice},
    {"approve", fill_approval}, {"sign", fill_contract},    {"registered", fill_result}, {"receive", fill_receipt},
    {"allot", fill_award},     {"register", fill_register}, {"profit", fill_profit}, {"pay", fill_pay},
};

/* The day of most papers is today. */
static const struct {
    const char *step;
    size_t field;
} today_fields[] = {
    {"withdraw", NOTICE_ENDED_ON}, {"object", OBJECTION_CAME_ON}, {"rule", OBJECTION_RULED_ON},
    {"revoke", REGISTRATION_REVOKED_ON}, {"change", REGISTRATION_CHANGED_ON}, {"file", FILING_FILED_ON}, {"correct", REGISTRATION_ASKED_ON},
    {"mend", REGISTRATION_MENDED_ON},
};

void deal_prefill(const struct deal_step *step, const struct deal_file *file,
                  const struct record *paper, struct arena *arena, struct slice typed[FIELDS_MAX])
{
    struct filling filling = {file, arena, typed};

    if (step->how == STEP_AMEND)
        fill_amended(step, paper, &filling);
    if (step->how == STEP_TERMS)
        fill_amended(step, &file->deal, &filling);
    for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
        if (strcmp(step->name, fillers[i].step) == 0)
            fillers[i].fill(&filling);
    for (size_t i = 0; i < sizeof today_fields / sizeof *today_fields; i++)
        if (strcmp(step->name, today_fields[i].step) == 0)
            fill_today(&filling, today_fields[i].field);
}

/* --- what leads on --- */

static const char *next_name(const struct deal_file *file, const struct deal_bridge *bridge)
{
    const struct record *registration = deal_newest(file, KIND_REGISTRATION), *award = deal_newest(file, KIND_AWARD);

    switch (bridge->at) {
    case PIER_NOTICE:
        return bridge->piers[PIER_NOTICE].turn == TURN_CLOCK ? NULL : notice_of(file, "sale", "unit") ? "rule" : "notice";
    case PIER_REGISTER:
        if (registration && registration_overtaken(file, registration) && paper_is(registration, REGISTRATION_RESULT, "registered")
            && !paper_known(registration, REGISTRATION_REVOKED_ON))
            return "change";
        if (registration && !paper_known(registration, REGISTRATION_RESULT) && registration_lacking(registration))
            return "mend";
        return registration && !paper_known(registration, REGISTRATION_REVOKED_ON)
                       && !paper_is(registration, REGISTRATION_RESULT, "refused")
                   ? "registered"
                   : "register";
    case PIER_RECEIVE:
    case PIER_ALLOT:
        if (award && !paper_known(award, AWARD_PAID_ON))
            return "pay";
        if (income_open(file) > 0 && net_open(file) > 0)
            return "allot";
        return bridge->at == PIER_ALLOT && deal_by_profit(file) ? "profit" : "receive";
    case PIER_TAX:
        return "file";
    default:
        return bridge->at < PIER_COUNT ? pier_code((enum pier)bridge->at) : NULL;
    }
}

const struct deal_step *deal_next_step(const struct deal_file *file, const struct deal_bridge *bridge)
{
    const char *name = next_name(file, bridge);
    const struct deal_step *step = name ? deal_step_find(slice_of(name)) : NULL;

    return step && deal_step_fits(step, file, bridge) ? step : NULL;
}
