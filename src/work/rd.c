/* R&D by firm and year. */
#include "work/rd.h"

#include <stdlib.h>

#include "record/party.h"
#include "record/claim.h"

static const char *const names[RD_FIGURES] = {[RD_SPEND] = "rd_spend", [RD_SALES] = "sales", [RD_SUBSIDY] = "rd_subsidy",
                                              [RD_DEDUCTION] = "super_deduction"};

struct reading_rd {
    struct sql *sql;
    const struct actor *actor;
    struct arena *arena;
    struct rd_report *report;
    struct rd_firm *firms;
    size_t count, room;
};

bool rd_none(const struct rd_firm *firm)
{
    return firm->above && (!firm->year[RD_SPEND].known || !firm->year[RD_SPEND].fen);
}

static void figure_take(struct rd_firm *firm, const struct stated *stated, int32_t year)
{
    struct rd_value *figures = stated->year == year ? firm->year : stated->year == year + 1 ? firm->next : NULL;

    for (size_t i = 0; figures && i < RD_FIGURES; i++)
        if (strcmp(stated->name, names[i]) == 0)
            figures[i] = (struct rd_value){true, stated->fact.value, stated->trust, stated->doubt};
}

/* Spending that was not paid for by the public; a subsidy that nobody knows of counts as none. */
static bool own(const struct rd_value *figures, int64_t *fen)
{
    *fen = figures[RD_SPEND].fen - (figures[RD_SUBSIDY].known ? figures[RD_SUBSIDY].fen : 0);
    return figures[RD_SPEND].known;
}

static void growth_reckon(struct rd_firm *firm)
{
    int64_t now, then;

    firm->growth_known = own(firm->year, &now) && own(firm->next, &then);
    firm->growth = firm->growth_known ? then - now : 0;
}

static struct rd_firm *firm_room(struct reading_rd *reading)
{
    if (reading->count == reading->room) {
        reading->room = reading->room ? 2 * reading->room : 256;
        reading->firms = realloc(reading->firms, reading->room * sizeof *reading->firms);
        if (!reading->firms)
            abort();
    }
    return &reading->firms[reading->count];
}

static bool says_anything(const struct rd_firm *firm)
{
    bool any = firm->above;

    for (size_t i = 0; i < RD_FIGURES; i++)
        any = any || firm->year[i].known;
    return any;
}

static bool firm_add(void *arg, int64_t party, int64_t region, const struct stated *list, size_t count, struct err *err)
{
    struct reading_rd *reading = arg;
    struct object object = {.kind = &kind_claim, .owner = party, .region = region};
    struct rd_firm *firm = firm_room(reading);

    (void)err;
    if (!officer_of(reading->actor, &object) && !auditor_of(reading->actor, &object))
        return true;
    *firm = (struct rd_firm){.party = party, .region = region, .name = SLICE(""), .industry = SLICE("")};
    for (size_t i = 0; i < count; i++) {
        if (!list[i].best)
            continue;
        figure_take(firm, &list[i], reading->report->year);
        if (strcmp(list[i].name, "above_scale") == 0) {
            firm->above_known = true;
            firm->above = list[i].fact.value;
        }
    }
    growth_reckon(firm);
    reading->count += says_anything(firm);
    return true;
}

static int by_party(const void *left, const void *right)
{
    const struct rd_firm *a = left, *b = right;

    return a->party < b->party ? -1 : a->party > b->party;
}

static void register_take(struct reading_rd *reading, struct rd_firm *firm, const struct sql_rows *rows)
{
    struct slice lines = sql_is_null(rows, 2) ? SLICE("") : sql_slice(rows, 2), first;

    firm->name = arena_copy(reading->arena, sql_slice(rows, 1));
    if (slice_cut(&lines, '\n', &first))
        firm->industry = arena_copy(reading->arena, first);
}

/* Names and industries, of all firms at once: firms with facts are most of those there are. The facts' statement is done by then. */
static bool register_read(struct reading_rd *reading, struct err *err)
{
    struct rd_firm key = {.party = 0}, *firm;
    struct sql_rows rows;

    if (!reading->count)
        return true;
    qsort(reading->firms, reading->count, sizeof *reading->firms, by_party);
    if (!sql_rows(reading->sql, "SELECT id, name, industry FROM party WHERE to_leaf IS NULL", SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        key.party = sql_number(&rows, 0);
        firm = bsearch(&key, reading->firms, reading->count, sizeof *reading->firms, by_party);
        if (firm)
            register_take(reading, firm, &rows);
    }
    return sql_done(&rows, err);
}

static int by_spending(const void *left, const void *right)
{
    const struct rd_firm *a = left, *b = right;

    if (a->year[RD_SPEND].fen != b->year[RD_SPEND].fen)
        return a->year[RD_SPEND].fen > b->year[RD_SPEND].fen ? -1 : 1;
    return by_party(left, right);
}

static void sum_add(struct rd_sum *sum, const struct rd_firm *firm)
{
    sum->firms++;
    sum->spending += firm->year[RD_SPEND].known && firm->year[RD_SPEND].fen > 0;
    sum->none += rd_none(firm);
    sum->spend += firm->year[RD_SPEND].fen;
    sum->subsidy += firm->year[RD_SUBSIDY].fen;
    if (firm->growth_known) {
        sum->growth += firm->growth;
        sum->grown_subsidy += firm->year[RD_SUBSIDY].fen;
    }
}

static struct rd_sum *sum_of(struct rd_sum *sums, size_t *count, struct slice code)
{
    size_t i = 0;

    while (i < *count && !slice_same(sums[i].code, code))
        i++;
    if (i == *count)
        sums[(*count)++] = (struct rd_sum){.code = code};
    return &sums[i];
}

static int by_money(const void *left, const void *right)
{
    const struct rd_sum *a = left, *b = right;

    return a->spend != b->spend ? (a->spend > b->spend ? -1 : 1) : 0;
}

static void sums_reckon(struct rd_report *report, struct arena *arena)
{
    report->all = (struct rd_sum){.code = SLICE("")};
    report->districts = arena_alloc(arena, (report->count + 1) * sizeof *report->districts);
    report->industries = arena_alloc(arena, (report->count + 1) * sizeof *report->industries);
    for (size_t i = 0; i < report->count; i++) {
        const struct rd_firm *firm = &report->firms[i];
        struct slice code = {firm->industry.at, firm->industry.len < 2 ? firm->industry.len : 2};

        sum_add(&report->all, firm);
        sum_add(sum_of(report->districts, &report->district_count, slice_of(arena_print(arena, "%lld", (long long)firm->region))), firm);
        sum_add(sum_of(report->industries, &report->industry_count, code), firm);
    }
    qsort(report->districts, report->district_count, sizeof *report->districts, by_money);
    qsort(report->industries, report->industry_count, sizeof *report->industries, by_money);
}

bool rd_find(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int32_t year, struct arena *arena,
             struct rd_report *out, struct err *err)
{
    struct reading_rd reading = {.sql = sql, .actor = actor, .arena = arena, .report = out};
    bool ok;

    *out = (struct rd_report){.year = year};
    ok = facts_each(sql, law, today, firm_add, &reading, err) && register_read(&reading, err);
    if (ok) {
        out->firms = arena_alloc(arena, (reading.count + 1) * sizeof *out->firms);
        out->count = reading.count;
        if (reading.count)
            memcpy(out->firms, reading.firms, reading.count * sizeof *out->firms);
        qsort(out->firms, out->count, sizeof *out->firms, by_spending);
        sums_reckon(out, arena);
    }
    free(reading.firms);
    return ok;
}
