/* Facts about an organisation, read: what was stated, what of it is believed, what contradicts it. */
#include "work/fact.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/money.h"

const char *fact_text(const struct rule_fact *of, const struct fact *fact, struct arena *arena)
{
    struct eval_value value = {.known = true, .number = fact->value};
    char money[MONEY_TEXT];

    switch (of->kind) {
    case FACT_MONEY:
        return arena_text(arena, slice_of(money_show_plain(fact->value, money)));
    case FACT_CODE:
        return arena_text(arena, fact->code);
    case FACT_YES:
        return fact->value ? "yes" : "no";
    case FACT_NUMBER:
    case FACT_SHARE:
    case FACT_POINTS:
    case FACT_DAY:
        break;
    }
    return rule_value_show(of->kind, NULL, 0, &value, arena);
}

const char *fact_show(const struct rule_fact *of, const struct fact *fact, struct arena *arena)
{
    struct eval_value value = {.known = fact->known, .is_text = of->kind == FACT_CODE, .number = fact->value, .text = fact->code};

    return rule_value_show(of->kind, of->choices, of->choice_count, &value, arena);
}

/* --- reading --- */

enum { AT_ID, AT_VER, AT_LEAF, AT_NAME, AT_YEAR, AT_VALUE, AT_SOURCE, AT_ISSUER, AT_NUMBER, AT_ISSUED, AT_UNTIL, AT_LIST, AT_CONFIRMED,
       AT_NOTE, AT_OWNER, AT_REGION };
#define STATED "f.id, f.ver, f.from_leaf, f.name, f.year, f.value, f.source, f.issuer, f.number, f.issued_on, f.until, f.list, f.confirmed_on, f.note"
static const char stated_text[] =
    "SELECT " STATED " FROM fact f WHERE f.owner = ?1 AND f.to_leaf IS NULL AND f.status = 0 ORDER BY f.name, f.year, f.id";
static const char all_text[] =
    "SELECT " STATED ", f.owner, p.region FROM fact f JOIN party p ON p.id = f.owner AND p.to_leaf IS NULL"
    " WHERE f.to_leaf IS NULL AND f.status = 0 ORDER BY f.owner";

static int32_t day_at(const struct sql_rows *rows, int column)
{
    int32_t day;

    return !sql_is_null(rows, column) && day_parse(sql_slice(rows, column), &day) ? day : 0;
}

static struct slice text_at(const struct sql_rows *rows, int column, struct arena *arena)
{
    return sql_is_null(rows, column) ? SLICE("") : arena_copy(arena, sql_slice(rows, column));
}

static enum fact_trust trust_of(struct slice source, bool confirmed)
{
    if (slice_is(source, "department"))
        return FACT_LISTED;
    if (slice_is(source, "certificate"))
        return confirmed ? FACT_CONFIRMED : FACT_NUMBERED;
    return FACT_SAID;
}

static void value_read(struct stated *stated, struct slice typed)
{
    struct err ignored;

    if (stated->of && !rule_fact_read(stated->of, typed, &stated->fact, &ignored))
        stated->fact = (struct fact){.kind = stated->of->kind};
    stated->fact.name = stated->name;
    stated->fact.source = stated->trust == FACT_LISTED ? FACT_DEPARTMENT
                          : stated->trust == FACT_CONFIRMED ? FACT_CERTIFICATE : FACT_DECLARED;
    stated->fact.until = stated->until;
}

static void row_take(const struct sql_rows *rows, const struct law *law, int32_t as_of, struct arena *arena, struct stated *stated)
{
    struct slice name = text_at(rows, AT_NAME, arena);

    *stated = (struct stated){
        .id = sql_number(rows, AT_ID), .ver = sql_number(rows, AT_VER), .of = rulebook_fact(law->book, name),
        .year = (int32_t)(sql_is_null(rows, AT_YEAR) ? 0 : sql_number(rows, AT_YEAR)), .issuer = text_at(rows, AT_ISSUER, arena),
        .number = text_at(rows, AT_NUMBER, arena), .list = text_at(rows, AT_LIST, arena), .note = text_at(rows, AT_NOTE, arena),
        .issued_on = day_at(rows, AT_ISSUED), .until = day_at(rows, AT_UNTIL), .confirmed_on = day_at(rows, AT_CONFIRMED)};
    stated->name = stated->of ? stated->of->name : arena_text(arena, name);
    stated->trust = trust_of(sql_slice(rows, AT_SOURCE), stated->confirmed_on != 0);
    stated->over = stated->until && stated->until < as_of;
    value_read(stated, text_at(rows, AT_VALUE, arena));
    stated->fact.source_leaf = (uint64_t)sql_number(rows, AT_LEAF);
}

/* --- what is believed --- */

static bool same_subject(const struct stated *a, const struct stated *b)
{
    return a->year == b->year && strcmp(a->name, b->name) == 0;
}

static bool counts(const struct stated *stated)
{
    return stated->fact.known && !stated->over;
}

static bool same_value(const struct fact *a, const struct fact *b)
{
    return a->kind == FACT_CODE ? slice_same(a->code, b->code) : a->value == b->value;
}

/* By name and year; of one name and year what is believed first. */
static int by_belief(const void *left, const void *right)
{
    const struct stated *a = left, *b = right;
    int names = strcmp(a->name, b->name);

    if (names || a->year != b->year)
        return names ? names : a->year < b->year ? -1 : 1;
    if (counts(a) != counts(b))
        return counts(a) ? -1 : 1;
    if (a->trust != b->trust)
        return a->trust > b->trust ? -1 : 1;
    if (a->issued_on != b->issued_on)
        return a->issued_on > b->issued_on ? -1 : 1;
    return a->fact.source_leaf > b->fact.source_leaf ? -1 : a->fact.source_leaf < b->fact.source_leaf;
}

static enum fact_doubt doubt_of(const struct stated *list, size_t count)
{
    enum fact_doubt doubt = FACT_AGREED;

    for (size_t i = 1; i < count; i++) {
        if (!counts(&list[i]) || same_value(&list[0].fact, &list[i].fact))
            continue;
        if (list[i].trust >= FACT_CONFIRMED)
            return FACT_CONTRADICTED;
        doubt = FACT_DISPUTED;
    }
    return doubt;
}

static void settle(struct stated *list, size_t count)
{
    size_t end;

    qsort(list, count, sizeof *list, by_belief);
    for (size_t at = 0; at < count; at = end) {
        enum fact_doubt doubt;

        for (end = at + 1; end < count && same_subject(&list[at], &list[end]);)
            end++;
        doubt = counts(&list[at]) ? doubt_of(&list[at], end - at) : FACT_AGREED;
        list[at].best = counts(&list[at]);
        for (size_t i = at; i < end; i++)
            list[i].doubt = list[i].fact.doubt = doubt;
    }
}

bool facts_stated(struct sql *sql, const struct law *law, int64_t party, int32_t as_of, struct arena *arena, struct stated **list,
                  size_t *count, struct err *err)
{
    struct sql_rows rows;
    struct stated *all;
    int64_t most;
    bool found;

    *count = 0;
    if (!sql_one(sql, "SELECT count(*) FROM fact WHERE owner = ?1 AND to_leaf IS NULL AND status = 0", SQL_ARGS(sql_int(party)), &most,
                 &found, err)
        || !sql_rows(sql, stated_text, SQL_ARGS(sql_int(party)), &rows, err))
        return false;
    *list = all = arena_alloc(arena, ((size_t)most + 1) * sizeof *all);
    while (sql_next(&rows) && *count < (size_t)most) {
        row_take(&rows, law, as_of, arena, &all[*count]);
        all[(*count)++].owner = party;
    }
    settle(all, *count);
    return sql_done(&rows, err);
}

/* --- all of them --- */

struct each {
    facts_each_fn *each;
    void *arg;
    struct stated *list;
    size_t count, room;
    int64_t party, region;
};

static bool each_tell(struct each *each, struct arena *arena, struct err *err)
{
    bool ok;

    if (!each->count)
        return true;
    settle(each->list, each->count);
    ok = each->each(each->arg, each->party, each->region, each->list, each->count, err);
    each->count = 0;
    arena_reset(arena);
    return ok;
}

/* The code of a division as a number. */
static int64_t region_at(const struct sql_rows *rows, int column)
{
    struct slice code = sql_is_null(rows, column) ? SLICE("") : sql_slice(rows, column);
    int64_t region = 0;

    for (size_t i = 0; i < code.len && code.at[i] >= '0' && code.at[i] <= '9'; i++)
        region = region * 10 + (code.at[i] - '0');
    return region;
}

static bool each_take(struct each *each, const struct sql_rows *rows, const struct law *law, int32_t as_of, struct arena *arena, struct err *err)
{
    int64_t party = sql_number(rows, AT_OWNER);

    if (party != each->party && !each_tell(each, arena, err))
        return false;
    each->party = party;
    each->region = region_at(rows, AT_REGION);
    if (each->count == each->room) {
        each->room = each->room ? 2 * each->room : 256;
        each->list = realloc(each->list, each->room * sizeof *each->list);
        if (!each->list)
            abort();
    }
    row_take(rows, law, as_of, arena, &each->list[each->count]);
    each->list[each->count++].owner = party;
    return true;
}

bool facts_each(struct sql *sql, const struct law *law, int32_t as_of, facts_each_fn *fn, void *arg, struct err *err)
{
    struct each each = {.each = fn, .arg = arg};
    struct sql_rows rows;
    struct arena arena;
    struct err ignored;
    bool ok = true;

    if (!sql_rows(sql, all_text, SQL_NO_ARGS, &rows, err))
        return false;
    arena_init(&arena);
    while (ok && sql_next(&rows))
        ok = each_take(&each, &rows, law, as_of, &arena, err);
    ok = sql_done(&rows, ok ? err : &ignored) && ok && each_tell(&each, &arena, err);
    arena_release(&arena);
    free(each.list);
    return ok;
}

/* --- as facts for a rule --- */

static void year_put(const struct law *law, const struct stated *stated, int32_t year, struct fact *facts, size_t *count)
{
    for (size_t i = 0; i < rulebook_fact_count(law->book); i++) {
        const struct rule_fact *asked = rulebook_fact_at(law->book, i);

        if ((asked == stated->of || (asked->of && strcmp(asked->of, stated->name) == 0)) && stated->year == year + 1 - asked->years_ago) {
            facts[*count] = stated->fact;
            facts[(*count)++].name = asked->name;
            return;
        }
    }
}

void facts_believed(const struct law *law, const struct stated *list, size_t stated, int32_t as_of, int32_t year, struct arena *arena,
                    struct fact **facts, size_t *count)
{
    *facts = arena_alloc(arena, (stated + 1) * sizeof **facts);
    *count = 0;
    for (size_t i = 0; i < stated; i++) {
        if (!list[i].best)
            continue;
        if (list[i].of->years_ago)
            year_put(law, &list[i], year, *facts, count);
        else if (!list[i].year)
            (*facts)[(*count)++] = list[i].fact;
    }
    (*facts)[(*count)++] = (struct fact){.name = "today", .kind = FACT_DAY, .known = true, .value = as_of, .source = FACT_DEPARTMENT};
}

bool facts_of_year(struct sql *sql, const struct law *law, int64_t party, int32_t as_of, int32_t year, struct arena *arena,
                   struct fact **facts, size_t *count, struct err *err)
{
    struct stated *list;
    size_t stated;

    if (!facts_stated(sql, law, party, as_of, arena, &list, &stated, err))
        return false;
    facts_believed(law, list, stated, as_of, year, arena, facts, count);
    return true;
}

bool facts_of_party(struct sql *sql, const struct law *law, int64_t party, int32_t as_of, struct arena *arena, struct fact **facts,
                    size_t *count, struct err *err)
{
    return facts_of_year(sql, law, party, as_of, fact_last_year(as_of), arena, facts, count, err);
}

int32_t fact_last_year(int32_t day)
{
    int year, month, of_month;

    day_to_ymd(day, &year, &month, &of_month);
    return year - 1;
}

bool facts_seen(struct sql *sql, const struct actor *actor, int64_t party, struct err *err)
{
    struct record any = {.kind = &kind_fact, .owner = party};
    struct object object;

    return object_of(sql, &any, actor, &object, err) && may(actor, ACT_HISTORY, &object, err);
}
