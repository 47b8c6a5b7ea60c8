/* Which deals are meant, and what they come to. */
#include "work/audit.h"

#include "base/clock.h"
#include "base/ident.h"
#include "record/choice.h"
#include "work/audit_flag.h"

/* --- as text --- */

static bool part_wrong(struct slice part, struct err *err)
{
    err_set(err, ERR_INVALID, "审计条件“%.*s”写得不对", (int)(part.len < 60 ? part.len : 60), part.at);
    return err_hint(err, "可用的条件：unit、year、way、pricing、pier、from、to、flag");
}

/* 0 or more, in digits. */
static bool amount_read(struct slice text, int64_t *fen)
{
    *fen = 0;
    return (text.len == 1 && text.at[0] == '0') || ident_parse(text, fen);
}

static bool code_read(const char *list, struct slice text, char *out, size_t room)
{
    const struct choice_list *choices = choice_list_get(list);
    const struct choice *choice = choice_find(choices, text);

    if (choice)
        snprintf(out, room, "%s", choice->code);
    return choice != NULL;
}

static bool flag_read(struct slice text, char out[32])
{
    if (!slice_is(text, "any") && !audit_flag_find(text))
        return false;
    snprintf(out, 32, "%.*s", (int)text.len, text.at);
    return true;
}

static bool year_read(struct slice text, int *year)
{
    int64_t number;

    if (!ident_parse(text, &number) || number < 1900 || number > 2199)
        return false;
    *year = (int)number;
    return true;
}

static bool value_read(struct audit_filter *filter, struct slice name, struct slice value)
{
    if (slice_is(name, "unit"))
        return ident_parse(value, &filter->unit);
    if (slice_is(name, "year"))
        return year_read(value, &filter->year);
    if (slice_is(name, "way"))
        return code_read("way", value, filter->way, sizeof filter->way);
    if (slice_is(name, "pricing"))
        return code_read("pricing", value, filter->pricing, sizeof filter->pricing);
    if (slice_is(name, "pier"))
        return code_read("pier", value, filter->pier, sizeof filter->pier);
    if (slice_is(name, "from"))
        return amount_read(value, &filter->from);
    if (slice_is(name, "to"))
        return amount_read(value, &filter->to);
    return slice_is(name, "flag") && flag_read(value, filter->flag);
}

bool audit_filter_read(struct slice text, struct audit_filter *filter, struct err *err)
{
    struct slice part, name;

    *filter = (struct audit_filter){.from = -1, .to = -1};
    while (text.len && slice_cut(&text, '&', &part)) {
        struct slice value = part;

        if (!slice_cut(&value, '=', &name) || !value.at || !value_read(filter, name, value))
            return part_wrong(part, err);
    }
    return true;
}

static void part_add(char *out, const char *name, const char *value)
{
    size_t len = strlen(out);

    if (*value)
        snprintf(out + len, AUDIT_FILTER - len, "%s%s=%s", len ? "&" : "", name, value);
}

static void number_add(char *out, const char *name, bool there, int64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", (long long)number);
    part_add(out, name, there ? text : "");
}

void audit_filter_write(const struct audit_filter *filter, char out[AUDIT_FILTER])
{
    *out = '\0';
    number_add(out, "unit", filter->unit != 0, filter->unit);
    number_add(out, "year", filter->year != 0, filter->year);
    part_add(out, "way", filter->way);
    part_add(out, "pricing", filter->pricing);
    part_add(out, "pier", filter->pier);
    number_add(out, "from", filter->from >= 0, filter->from);
    number_add(out, "to", filter->to >= 0, filter->to);
    part_add(out, "flag", filter->flag);
}

/* --- does a deal fit? --- */

static bool code_fits(const char *wanted, struct slice code)
{
    return !*wanted || slice_is(code, wanted);
}

static int year_of(int32_t day)
{
    int year = 0, month, day_of_month;

    if (day)
        day_to_ymd(day, &year, &month, &day_of_month);
    return year;
}

bool audit_fits(const struct audit_book *book, const struct audit_deal *deal, const struct audit_filter *filter)
{
    return (!filter->unit || deal->unit->id == filter->unit) && (!filter->year || year_of(deal->signed_on) == filter->year)
           && code_fits(filter->way, deal->way) && code_fits(filter->pricing, deal->pricing) && code_fits(filter->pier, deal->pier)
           && (filter->from < 0 || deal->amount >= filter->from) && (filter->to < 0 || deal->amount <= filter->to)
           && (!*filter->flag || audit_flagged(book, deal, filter->flag));
}

/* --- figures --- */

const struct audit_paper *audit_registration(const struct audit_deal *deal)
{
    for (size_t i = deal->count[KIND_REGISTRATION]; i-- > 0;) {
        const struct audit_paper *registration = &deal->papers[KIND_REGISTRATION][i];

        if (audit_is(registration, REGISTRATION_RESULT, "registered") && !audit_known(registration, REGISTRATION_REVOKED_ON))
            return registration;
    }
    return NULL;
}

const struct audit_paper *audit_first_contract(const struct audit_deal *deal)
{
    const struct audit_paper *newest = audit_newest(deal, KIND_CONTRACT);

    for (size_t i = 0; newest && i < deal->count[KIND_CONTRACT]; i++)
        if (deal->papers[KIND_CONTRACT][i].terms == newest->terms)
            return &deal->papers[KIND_CONTRACT][i];
    return NULL;
}

/* A single amount may be 10^17 fen: what a sum cannot hold stays at the most. */
int64_t audit_add(int64_t sum, int64_t fen)
{
    return __builtin_add_overflow(sum, fen, &sum) ? INT64_MAX : sum;
}

int64_t audit_sum(const struct audit_deal *deal, enum kind_id kind, size_t field)
{
    int64_t sum = 0;

    for (size_t i = 0; i < deal->count[kind]; i++)
        sum = audit_add(sum, audit_number(&deal->papers[kind][i], field));
    return sum;
}

void audit_figures_add(const struct audit_deal *deal, struct audit_figures *figures)
{
    const struct audit_paper *registration = audit_registration(deal), *contract = audit_first_contract(deal);

    figures->deals++;
    figures->signed_deals += contract != NULL;
    figures->ended += deal->status == RECORD_CLOSED;
    figures->contracts = audit_add(figures->contracts, audit_number(deal->contract, CONTRACT_AMOUNT));
    figures->registered = audit_add(figures->registered, audit_number(registration, REGISTRATION_AMOUNT));
    figures->technical = audit_add(figures->technical, audit_number(registration, REGISTRATION_TECHNICAL));
    figures->received = audit_add(figures->received, audit_sum(deal, KIND_RECEIPT, RECEIPT_AMOUNT));
    for (size_t i = 0; i < deal->count[KIND_AWARD]; i++)
        if (audit_known(&deal->papers[KIND_AWARD][i], AWARD_PAID_ON))
            figures->rewarded = audit_add(figures->rewarded, audit_number(&deal->papers[KIND_AWARD][i], AWARD_REWARD));
    for (size_t i = 0; contract && i < deal->count[KIND_APPROVAL]; i++)
        figures->late_approvals += audit_late_approval(&deal->papers[KIND_APPROVAL][i], contract);
}
