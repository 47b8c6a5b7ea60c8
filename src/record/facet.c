#include "record/facet.h"

#include <stdio.h>

#include "record/tree.h"

static bool put_row(struct sql *sql, const struct record *record, const char *facet, struct slice value,
                    struct err *err)
{
    return sql_put(sql, "INSERT INTO facet (kind, facet, value, id) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                   SQL_ARGS(sql_text(slice_of(record->kind->name)), sql_text(slice_of(facet)), sql_text(value),
                            sql_int(record->id)),
                   err);
}

/* A code counts for itself and its ancestors; industries and disciplines down to their second level. */
static bool put_code(struct sql *sql, const struct record *record, const struct field *field, struct slice code,
                     struct err *err)
{
    const struct tree *tree = tree_get(field->choices);
    const struct tree_node *node = tree_resolve(tree, code);
    int deepest = strcmp(tree->name, "division") == 0 ? 9 : 1;
    bool ok = true;

    while (ok && node) {
        if (node->depth <= deepest)
            ok = put_row(sql, record, field->name, slice_of(node->code), err);
        node = node->parent < 0 ? NULL : &tree->nodes[node->parent];
    }
    return ok;
}

static bool put_field(struct sql *sql, const struct record *record, size_t index, struct err *err)
{
    const struct field *field = &record->kind->fields[index];
    struct slice rest = record->values[index].text, item;
    char number[24];
    bool ok = true;

    if (field_is_number(field->type)) {
        snprintf(number, sizeof number, "%lld", (long long)record->values[index].number);
        return put_row(sql, record, field->name, slice_of(number), err);
    }
    while (ok && slice_cut(&rest, '\n', &item))
        ok = field->type == FIELD_CODES ? put_code(sql, record, field, item, err)
                                        : put_row(sql, record, field->name, item, err);
    return ok;
}

bool facet_put(struct sql *sql, const struct record *record, bool replace, struct err *err)
{
    const struct kind *kind = record->kind;
    bool ok = true;

    if (replace)
        ok = sql_put(sql, "DELETE FROM facet WHERE kind = ?1 AND id = ?2",
                     SQL_ARGS(sql_text(slice_of(kind->name)), sql_int(record->id)), err);
    if (!ok || record->status != RECORD_OPEN)
        return ok;
    ok = put_row(sql, record, "", SLICE(""), err);
    for (size_t i = 0; ok && i < kind->facet_count; i++)
        if (record->values[kind->facets[i]].known)
            ok = put_field(sql, record, kind->facets[i], err);
    return ok;
}

/*
 * The list is driven by its first filter (or by the record rows, facet ''), whose primary key already runs by id; each
 * further filter is one look-up a row. ?1 kind, ?2 before, ?3 limit, then facet and value of each filter.
 */
#define FURTHER(n, m) " AND EXISTS (SELECT 1 FROM facet g WHERE g.kind = ?1 AND g.facet = ?" #n " AND g.value = ?" #m \
    " AND g.id = f.id)"
#define LIST(further) "SELECT f.id FROM facet f WHERE f.kind = ?1 AND f.facet = ?4 AND f.value = ?5 AND f.id < ?2" \
    further " ORDER BY f.id DESC LIMIT ?3"

static const char *const list_texts[FACET_FILTERS] = {
    LIST(""),
    LIST(FURTHER(6, 7)),
    LIST(FURTHER(6, 7) FURTHER(8, 9)),
    LIST(FURTHER(6, 7) FURTHER(8, 9) FURTHER(10, 11)),
};

/* ?1 kind, then facet and value of each filter. */
#define WITHIN(n, m) " AND EXISTS (SELECT 1 FROM facet g WHERE g.kind = ?1 AND g.facet = ?" #n " AND g.value = ?" #m \
    " AND g.id = f.id)"
#define COUNT(within) "SELECT f.facet, f.value, count(*) FROM facet f WHERE f.kind = ?1" within \
    " GROUP BY f.facet, f.value ORDER BY f.facet, count(*) DESC, f.value"

static const char *const count_texts[FACET_FILTERS + 1] = {
    COUNT(""),
    COUNT(WITHIN(2, 3)),
    COUNT(WITHIN(2, 3) WITHIN(4, 5)),
    COUNT(WITHIN(2, 3) WITHIN(4, 5) WITHIN(6, 7)),
    COUNT(WITHIN(2, 3) WITHIN(4, 5) WITHIN(6, 7) WITHIN(8, 9)),
};

static size_t filter_args(const struct facet_query *query, struct sql_arg *args, size_t n)
{
    for (size_t i = 0; i < query->count; i++) {
        args[n++] = sql_text(slice_of(query->filters[i].facet));
        args[n++] = sql_text(query->filters[i].value);
    }
    return n;
}

bool facet_list(struct sql *sql, const struct facet_query *query, int64_t *ids, size_t *count, bool *more,
                struct err *err)
{
    struct sql_arg args[3 + 2 * FACET_FILTERS] = {
        sql_text(slice_of(query->kind->name)), sql_int(query->before ? query->before : INT64_MAX),
        sql_int((int64_t)query->limit + 1)};
    struct facet_query every = *query;
    struct sql_rows rows;

    if (query->count == 0)
        every.filters[every.count++] = (struct facet_filter){"", SLICE("")};
    *count = 0;
    *more = false;
    if (!sql_rows(sql, list_texts[every.count - 1], args, filter_args(&every, args, 3), &rows, err))
        return false;
    while (sql_next(&rows)) {
        if (*count == query->limit) {
            *more = true;
            break;
        }
        ids[(*count)++] = sql_number(&rows, 0);
    }
    return sql_done(&rows, err);
}

enum { TALLIES_MOST = 2000 };

bool facet_count(struct sql *sql, const struct facet_query *query, struct arena *arena, struct facet_tally **tallies,
                 size_t *count, struct err *err)
{
    struct sql_arg args[1 + 2 * FACET_FILTERS] = {sql_text(slice_of(query->kind->name))};
    struct sql_rows rows;

    *count = 0;
    *tallies = arena_alloc(arena, TALLIES_MOST * sizeof **tallies);
    if (!sql_rows(sql, count_texts[query->count], args, filter_args(query, args, 1), &rows, err))
        return false;
    while (*count < TALLIES_MOST && sql_next(&rows))
        (*tallies)[(*count)++] = (struct facet_tally){arena_copy(arena, sql_slice(&rows, 0)),
                                                      arena_copy(arena, sql_slice(&rows, 1)), sql_number(&rows, 2)};
    return sql_done(&rows, err);
}
