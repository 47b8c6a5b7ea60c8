/* A deal with all its papers, and what is read out of them. */
#include "work/deal_int.h"

#include "base/clock.h"
#include "record/party.h"
#include "record/past.h"

static bool load_papers(struct sql *sql, struct deal_file *file, struct arena *arena, struct err *err)
{
    size_t counts[KIND_ALL];

    if (!record_papers(sql, file->deal.id, counts, err))
        return false;
    for (size_t k = 0; k < KIND_ALL; k++)
        if (counts[k]
            && !record_of_deal(sql, kind_get((enum kind_id)k), file->deal.id, counts[k], arena, &file->papers[k], &file->count[k], err))
            return false;
    return true;
}

int32_t deal_region(const struct deal_file *file)
{
    struct slice code = paper_text(&file->deal, DEAL_REGION);
    int32_t region = 0;

    if (!code.len)
        code = paper_text(&file->unit, PARTY_REGION);
    for (size_t i = 0; i < code.len && i < 6 && code.at[i] >= '0' && code.at[i] <= '9'; i++)
        region = region * 10 + (code.at[i] - '0');
    return region ? region : REGION_NATION;
}

bool deal_load(struct sql *sql, int64_t id, int32_t today, struct arena *arena, struct deal_file *file, struct err *err)
{
    *file = (struct deal_file){.today = today};
    if (!record_get(sql, &kind_deal, id, arena, &file->deal, err)
        || !record_get(sql, &kind_party, file->deal.owner, arena, &file->unit, err)
        || !record_get(sql, &kind_achievement, file->deal.values[DEAL_ACHIEVEMENT].number, arena, &file->achievement, err)
        || !load_papers(sql, file, arena, err))
        return false;
    file->region = deal_region(file);
    return true;
}

const struct record *deal_newest(const struct deal_file *file, enum kind_id kind)
{
    return file->count[kind] ? &file->papers[kind][file->count[kind] - 1] : NULL;
}

int32_t paper_day(const struct record *paper, size_t field)
{
    int32_t day;

    return paper_known(paper, field) && day_parse(paper->values[field].text, &day) ? day : 0;
}

int64_t papers_sum(const struct deal_file *file, enum kind_id kind, size_t field)
{
    int64_t sum = 0;

    for (size_t i = 0; i < file->count[kind]; i++)
        sum += paper_number(&file->papers[kind][i], field);
    return sum;
}

size_t instalments_open(const struct deal_file *file, const struct record *open[RECORD_PAPERS])
{
    int64_t received = papers_sum(file, KIND_RECEIPT, RECEIPT_AMOUNT);
    size_t count = 0, covered = 0;

    for (; count < file->count[KIND_INSTALMENT] && count < RECORD_PAPERS; count++) {
        const struct record *next = &file->papers[KIND_INSTALMENT][count];
        size_t at = count;

        for (; at && paper_day(next, INSTALMENT_DUE_ON) < paper_day(open[at - 1], INSTALMENT_DUE_ON); at--)
            open[at] = open[at - 1];
        open[at] = next;
    }
    while (covered < count && paper_number(open[covered], INSTALMENT_AMOUNT) <= received)
        received -= paper_number(open[covered++], INSTALMENT_AMOUNT);
    memmove(open, open + covered, (count - covered) * sizeof *open);
    return count - covered;
}

bool deal_is_state_unit(const struct deal_file *file)
{
    return paper_is(&file->unit, PARTY_NATURE, "institution")
           && (paper_is(&file->unit, PARTY_SIDE, "university") || paper_is(&file->unit, PARTY_SIDE, "institute"));
}

bool law_parameter(const struct law *law, const struct deal_file *file, const char *rule, const char *name,
                   int64_t *value)
{
    const struct rule *found = rule_find(law->book, rule, file->region, file->today);

    for (size_t i = 0; found && i < found->parameter_count; i++)
        if (strcmp(found->parameters[i].name, name) == 0) {
            *value = found->parameters[i].value;
            return true;
        }
    return false;
}

bool registration_lacking(const struct record *registration)
{
    return paper_known(registration, REGISTRATION_LACKS) && !paper_known(registration, REGISTRATION_MENDED_ON);
}

bool registration_overtaken(const struct deal_file *file, const struct record *registration)
{
    const struct record *contract = deal_newest(file, KIND_CONTRACT);

    const struct record *row = deal_newest(file, KIND_PAST_DEAL);

    if (row && contract && row->from_leaf > contract->from_leaf)
        return false; /* both as the table had them: a row is written behind its papers */
    return contract && contract->from_leaf > registration->from_leaf;
}

/* --- notices --- */

/* A sale's holds for the terms it was given for, a reward's for the award that was there: ids are in the order of time. */
static bool notice_holds(const struct deal_file *file, const struct record *notice)
{
    const struct record *award = deal_newest(file, KIND_AWARD);

    if (paper_is(notice, NOTICE_SORT, "sale"))
        return paper_number(notice, PAPER_TERMS) == paper_number(&file->deal, DEAL_TERMS);
    return !paper_is(notice, NOTICE_SORT, "reward") || (award && notice->id > award->id);
}

const struct record *notice_of(const struct deal_file *file, const char *sort, const char *place)
{

    for (size_t i = file->count[KIND_NOTICE]; i-- > 0;) {
        const struct record *notice = &file->papers[KIND_NOTICE][i];

        if (paper_is(notice, NOTICE_SORT, sort) && paper_is(notice, NOTICE_PLACE, place)
            && !paper_known(notice, NOTICE_ENDED_ON) && notice_holds(file, notice))
            return notice;
    }
    return NULL;
}

int32_t notice_last(const struct law *law, const struct deal_file *file, const struct record *notice, bool *provisional)
{
    bool reward = paper_is(notice, NOTICE_SORT, "reward");
    int64_t days;

    if (!law_parameter(law, file, reward ? "R41" : "R03", reward ? "workdays" : "days", &days))
        return 0;
    return calendar_rolled(law->calendar,
                           calendar_after(law->calendar, paper_day(notice, NOTICE_FIRST_DAY),
                                          reward ? CALENDAR_WORKDAYS : CALENDAR_DAYS, (int32_t)days, provisional),
                           provisional);
}

bool notice_disputed(const struct deal_file *file, const struct record *notice, bool *upheld)
{
    bool open = false;

    *upheld = false;
    for (size_t i = 0; i < file->count[KIND_OBJECTION]; i++) {
        const struct record *objection = &file->papers[KIND_OBJECTION][i];

        if (paper_number(objection, OBJECTION_NOTICE) != paper_number(notice, PAPER_NO))
            continue;
        open = open || !paper_known(objection, OBJECTION_RULED_ON);
        *upheld = *upheld || paper_yes(objection, OBJECTION_UPHELD);
    }
    return open || *upheld;
}

/* --- what is to be shared --- */

bool deal_by_profit(const struct deal_file *file)
{
    return paper_is(&file->deal, DEAL_WAY, "self") || paper_is(&file->deal, DEAL_WAY, "joint");
}

static int64_t earned(const struct deal_file *file)
{
    return deal_by_profit(file) ? papers_sum(file, KIND_PROFIT, PROFIT_AMOUNT) : receipts_here(file);
}

int64_t income_open(const struct deal_file *file)
{
    return earned(file) - awards_here(file, AWARD_INCOME);
}

/* An operating profit has its costs behind it. */
int64_t net_open(const struct deal_file *file)
{
    return earned(file) - (deal_by_profit(file) ? 0 : papers_sum(file, KIND_COST, COST_AMOUNT)) - awards_here(file, AWARD_NET);
}

/* An award takes whatever has come in by then, so they take receipts in the order in which these were entered. */
int32_t reward_received(const struct deal_file *file, bool next)
{
    const struct record *award = deal_newest(file, KIND_AWARD), *newest = deal_newest(file, KIND_RECEIPT);
    int64_t own = next ? 0 : paper_number(award, AWARD_INCOME);
    int64_t taken = papers_sum(file, KIND_PAST_RECEIPT, PAST_RECEIPT_AMOUNT) + awards_here(file, AWARD_INCOME) - own, come = 0;
    int32_t first = 0;

    for (size_t i = 0; i < file->count[KIND_RECEIPT] && !deal_by_profit(file); i++) {
        const struct record *receipt = &file->papers[KIND_RECEIPT][i];
        int32_t day = paper_day(receipt, RECEIPT_CAME_ON);
        bool later = own && come >= taken + own;

        come += paper_number(receipt, RECEIPT_AMOUNT);
        if (come > taken && !later && (!first || day < first))
            first = day;
    }
    return first ? first : paper_day(newest, RECEIPT_CAME_ON);
}
