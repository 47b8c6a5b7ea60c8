#include "work/annual.h"

#include <stdlib.h>

#include "base/clock.h"
#include "record/record.h"

static const struct { enum annual_part part; const char *code; } parts[] = {
    {ANNUAL_WAYS, "way_self"}, {ANNUAL_WAYS, "way_assign"}, {ANNUAL_WAYS, "way_license"}, {ANNUAL_WAYS, "way_joint"}, {ANNUAL_WAYS, "way_equity"},
    {ANNUAL_WAYS, "way_other"}, {ANNUAL_MONEY, "signed_money"}, {ANNUAL_MONEY, "contract_money"}, {ANNUAL_MONEY, "technical_money"},
    {ANNUAL_MONEY, "received_money"}, {ANNUAL_REWARDS, "reward_cash"}, {ANNUAL_REWARDS, "reward_equity"},
};

static const char *const unit_codes[ANNUAL_UNIT_FIGURES] = {"signed_money", "contract_money", "received_money", "reward_cash", "reward_equity"};

const char *annual_unit_code(size_t i)
{
    return i < ANNUAL_UNIT_FIGURES ? unit_codes[i] : NULL;
}

static bool rows_make(struct sql *sql, const struct indicators *set, struct annual *annual, struct err *err)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts && annual->row_count < ANNUAL_ROWS; i++) {
        struct annual_row *row = &annual->rows[annual->row_count];

        row->part = parts[i].part;
        row->indicator = indicator_on(set, slice_of(parts[i].code), annual->ask.to);
        if (!row->indicator)
            continue;
        if (!indicator_figure(sql, row->indicator, &annual->ask, &row->figure, err))
            return false;
        if (row->part == ANNUAL_WAYS) {
            annual->ways_fen += row->figure.number;
            annual->ways_lines += row->figure.lines;
        }
        annual->row_count++;
    }
    return true;
}

/* --- unit by unit --- */

static int by_party(const void *a, const void *b)
{
    const struct annual_unit *one = a, *other = b;

    return (one->party > other->party) - (one->party < other->party);
}

static int by_signed(const void *a, const void *b)
{
    const struct annual_unit *one = a, *other = b;

    for (size_t i = 0; i < ANNUAL_UNIT_FIGURES; i++)
        if (one->fen[i] != other->fen[i])
            return one->fen[i] > other->fen[i] ? -1 : 1;
    return by_party(a, b);
}

/* The sorted list's unit, or a new one behind it. */
static struct annual_unit *unit_of(struct annual *annual, size_t sorted, int64_t party)
{
    struct annual_unit key = {.party = party}, *found = sorted ? bsearch(&key, annual->units, sorted, sizeof key, by_party) : NULL;

    if (found)
        return found;
    annual->units[annual->unit_count] = key;
    return &annual->units[annual->unit_count++];
}

static bool units_make(struct sql *sql, const struct indicators *set, struct arena *arena, struct annual *annual, struct err *err)
{
    struct figure_unit *list = arena_alloc(arena, ANNUAL_UNITS * sizeof *list);

    annual->units = arena_alloc(arena, ANNUAL_UNITS * ANNUAL_UNIT_FIGURES * sizeof *annual->units);
    for (size_t i = 0; i < ANNUAL_UNIT_FIGURES; i++) {
        const struct indicator *indicator = indicator_on(set, slice_of(unit_codes[i]), annual->ask.to);
        size_t count, sorted = annual->unit_count;

        if (!indicator)
            continue;
        if (!indicator_units(sql, indicator, &annual->ask, ANNUAL_UNITS, list, &count, err))
            return false;
        annual->more = annual->more || count == ANNUAL_UNITS;
        for (size_t j = 0; j < count; j++) {
            struct annual_unit *unit = unit_of(annual, sorted, list[j].party);

            unit->fen[i] = list[j].value;
            unit->lines[i] = list[j].lines;
        }
        if (annual->unit_count)
            qsort(annual->units, annual->unit_count, sizeof *annual->units, by_party);
    }
    if (annual->unit_count)
        qsort(annual->units, annual->unit_count, sizeof *annual->units, by_signed);
    annual->more = annual->more || annual->unit_count > ANNUAL_UNITS;
    annual->unit_count = annual->unit_count < ANNUAL_UNITS ? annual->unit_count : ANNUAL_UNITS;
    for (size_t i = 0; i < annual->unit_count; i++)
        annual->units[i].name = record_title(sql, &kind_party, annual->units[i].party, arena);
    return true;
}

bool annual_make(struct sql *sql, const struct indicators *set, const struct figure_ask *ask, int year, int32_t today, struct slice of, bool units,
                 struct arena *arena, struct annual *annual, struct err *err)
{
    int32_t last = 0;

    *annual = (struct annual){.year = year, .ask = *ask, .of = of, .today = today};
    annual->over = day_from_ymd(year, 12, 31, &last) && ask->to >= last;
    return rows_make(sql, set, annual, err) && (!units || units_make(sql, set, arena, annual, err));
}
