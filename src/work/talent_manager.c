/* Technology managers, counted by what they have: confirmed records alone, and the list behind each number. */
#include "work/talent_int.h"

#include "record/choice.h"

/* The place of a code in its list; -1. */
static int place(const char *list_name, struct slice code)
{
    const struct choice_list *list = choice_list_get(list_name);

    for (size_t i = 0; i < list->count; i++)
        if (slice_is(code, list->choices[i].code))
            return (int)i;
    return -1;
}

static void tally_line(const struct manager_line *line, struct manager_tally *tally)
{
    tally->all++;
    for (size_t i = 0; i < CAREER_SORTS; i++)
        tally->by_sort[i] += line->sorts >> i & 1;
    if (line->level >= 0)
        tally->by_level[line->level]++;
}

static void line_begin(struct manager_line *line, const struct sql_rows *rows, struct arena *arena)
{
    *line = (struct manager_line){.person = sql_number(rows, 0), .party = sql_number(rows, 2), .level = -1,
                                  .name = arena_copy(arena, sql_slice(rows, 1)), .party_name = arena_copy(arena, sql_slice(rows, 3)),
                                  .region = arena_copy(arena, sql_slice(rows, 6))};
}

static void add_row(struct manager_line *line, const struct sql_rows *rows)
{
    int sort = place("career_sort", sql_slice(rows, 4)), level = place("career_level", sql_slice(rows, 5));

    if (sort >= 0)
        line->sorts |= 1u << sort;
    if (slice_is(sql_slice(rows, 4), "certificate") && level > line->level)
        line->level = level;
}

/* Rows come by person, so that a person's records stand together. */
bool manager_list(struct sql *sql, struct arena *arena, struct manager_line *list, size_t most, size_t *count, struct manager_tally *tally,
                  struct err *err)
{
    static const char statement[] =
        "SELECT c.person, p.name, c.owner, o.name, c.sort, c.level, o.region FROM career c JOIN person p ON p.id = c.person AND p.to_leaf IS NULL"
        " LEFT JOIN party o ON o.id = c.owner AND o.to_leaf IS NULL WHERE c.to_leaf IS NULL AND c.state = 'confirmed'"
        " ORDER BY p.name, c.person, c.id";
    struct manager_line spare = {0}, *line = &spare; /* whoever is beyond `most` is counted all the same */
    struct sql_rows rows;

    *count = 0;
    *tally = (struct manager_tally){0};
    if (!sql_rows(sql, statement, SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        if (line->person != sql_number(&rows, 0)) {
            if (line->person)
                tally_line(line, tally);
            line = *count < most ? &list[(*count)++] : &spare;
            line_begin(line, &rows, arena);
        }
        add_row(line, &rows);
    }
    if (line->person)
        tally_line(line, tally);
    return sql_done(&rows, err);
}
