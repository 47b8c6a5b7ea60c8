#include "record/facet_int.h"

#include <stdio.h>

#include "record/choice.h"
#include "record/tree.h"

/* --- a record's facets as lines "facet=value"; "=" is the record itself --- */

static bool holds_line(struct slice lines, struct slice wanted)
{
    struct slice line;

    while (slice_cut(&lines, '\n', &line))
        if (slice_same(line, wanted))
            return true;
    return false;
}

static void add_pair(struct text *pairs, const char *facet, struct slice value)
{
    size_t start = pairs->len;
    struct slice before = text_slice(pairs), line;

    text_print(pairs, "%s=", facet);
    text_add_slice(pairs, value);
    before.at = text_slice(pairs).at;
    line = (struct slice){before.at + start, pairs->len - start};
    if (holds_line(before, line))
        pairs->len = start;
    else
        text_putc(pairs, '\n');
}

bool facet_has_levels(const struct field *field)
{
    if (field->type == FIELD_CODES)
        return true;
    return (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES)
           && choice_list_get(field->choices)->broader_count > 0;
}

struct slice facet_above(const struct field *field, struct slice value)
{
    const struct choice *choice;

    if (field->type == FIELD_CODES) {
        const struct tree *tree = tree_get(field->choices);
        const struct tree_node *node = tree_find(tree, value);

        return node && node->parent >= 0 ? slice_of(tree->nodes[node->parent].code) : SLICE("");
    }
    choice = facet_has_levels(field) ? choice_find(choice_list_get(field->choices), value) : NULL;
    return choice && choice->within ? slice_of(choice->within) : SLICE("");
}

static int deepest(const struct tree *tree)
{
    return strcmp(tree->name, "division") == 0 ? 9 : 1;
}

struct slice facet_code(const struct field *field, struct slice code)
{
    const struct tree *tree = tree_get(field->choices);
    const struct tree_node *node = tree_resolve(tree, code);

    while (node && node->depth > deepest(tree))
        node = &tree->nodes[node->parent];
    return node ? slice_of(node->code) : SLICE("");
}

static void add_levels(struct text *pairs, const struct field *field, struct slice value)
{
    for (; value.len; value = facet_above(field, value))
        add_pair(pairs, field->name, value);
}

static void add_field(struct text *pairs, const struct field *field, const struct value *value)
{
    struct slice rest = value->text, item;
    char number[24];

    if (field_is_number(field->type)) {
        snprintf(number, sizeof number, "%lld", (long long)value->number);
        add_pair(pairs, field->name, slice_of(number));
        return;
    }
    while (slice_cut(&rest, '\n', &item)) {
        if (item.len)
            add_levels(pairs, field, field->type == FIELD_CODES ? facet_code(field, item) : item);
    }
}

static void pairs_of(const struct record *record, struct text *pairs)
{
    const struct kind *kind = record->kind;

    if (record->status != RECORD_OPEN)
        return;
    add_pair(pairs, "", SLICE(""));
    for (size_t i = 0; i < kind->facet_count; i++)
        if (record->values[kind->facets[i]].known)
            add_field(pairs, &kind->fields[kind->facets[i]], &record->values[kind->facets[i]]);
}

static void pair_cut(struct slice line, struct slice *facet, struct slice *value)
{
    slice_cut(&line, '=', facet);
    *value = line.at ? line : SLICE("");
}

/* --- writing --- */

/* As many rows as a statement takes; where there are fewer, the last ones are NULL and left out. */
enum { AT_ONCE = 16, ARGS_BEFORE = 2 };

#define ROWS "(VALUES (CAST(?3 AS TEXT), CAST(?4 AS TEXT)), (?5, ?6), (?7, ?8), (?9, ?10), (?11, ?12), (?13, ?14)," \
    " (?15, ?16), (?17, ?18), (?19, ?20), (?21, ?22), (?23, ?24), (?25, ?26), (?27, ?28), (?29, ?30), (?31, ?32)," \
    " (?33, ?34)) AS v WHERE v.column1 IS NOT NULL"

static const char rows_add[] =
    "INSERT INTO facet (kind, facet, value, id) SELECT CAST(?1 AS TEXT), v.column1, v.column2, CAST(?2 AS BIGINT) FROM " ROWS
    " ON CONFLICT DO NOTHING";
static const char tallies_add[] =
    "INSERT INTO facet_tally (kind, facet, value, records) SELECT CAST(?1 AS TEXT), v.column1, v.column2,"
    " CAST(?2 AS BIGINT) FROM " ROWS
    " ON CONFLICT (kind, facet, value) DO UPDATE SET records = facet_tally.records + excluded.records";
static const char row_drop[] = "DELETE FROM facet WHERE kind = ?1 AND facet = ?2 AND value = ?3 AND id = ?4";
static const char tally_drop[] =
    "UPDATE facet_tally SET records = records - 1 WHERE kind = ?1 AND facet = ?2 AND value = ?3";
/* By id alone, which is one of all kinds: with the kind SQLite would walk through all of it along the primary key. */
static const char rows_get[] = "SELECT facet, value FROM facet WHERE id = ?1";
static const char set_get[] = "SELECT pairs FROM facet_set WHERE kind = ?1 AND id = ?2";
static const char set_put[] =
    "INSERT INTO facet_set (kind, id, pairs) VALUES (?1, ?2, ?3) ON CONFLICT (kind, id) DO UPDATE SET pairs = excluded.pairs";
static const char set_drop[] = "DELETE FROM facet_set WHERE kind = ?1 AND id = ?2";

static bool drop_pair(struct sql *sql, const struct record *record, struct slice line, struct err *err)
{
    struct sql_arg kind = sql_text(slice_of(record->kind->name));
    struct slice facet, value;

    pair_cut(line, &facet, &value);
    return sql_put(sql, row_drop, SQL_ARGS(kind, sql_text(facet), sql_text(value), sql_int(record->id)), err)
           && sql_put(sql, tally_drop, SQL_ARGS(kind, sql_text(facet), sql_text(value)), err);
}

static bool drop_pairs(struct sql *sql, const struct record *record, struct slice old, struct slice now, struct err *err)
{
    struct slice line;
    bool ok = true;

    while (ok && slice_cut(&old, '\n', &line))
        if (line.len && !holds_line(now, line))
            ok = drop_pair(sql, record, line, err);
    return ok;
}

/* args: room for AT_ONCE rows; two free places before them. */
static bool add_rows(struct sql *sql, const struct record *record, struct sql_arg *args, size_t rows, struct err *err)
{
    enum { COUNT = ARGS_BEFORE + 2 * AT_ONCE };

    if (rows == 0)
        return true;
    for (size_t i = ARGS_BEFORE + 2 * rows; i < COUNT; i++)
        args[i] = sql_null();
    args[0] = sql_text(slice_of(record->kind->name));
    args[1] = sql_int(record->id);
    if (!sql_put(sql, rows_add, args, COUNT, err))
        return false;
    args[1] = sql_int(1);
    return sql_put(sql, tallies_add, args, COUNT, err);
}

static bool add_pairs(struct sql *sql, const struct record *record, struct slice old, struct slice now, struct err *err)
{
    struct sql_arg args[ARGS_BEFORE + 2 * AT_ONCE];
    struct slice line, facet, value;
    size_t rows = 0;
    bool ok = true;

    while (ok && slice_cut(&now, '\n', &line)) {
        if (line.len == 0 || holds_line(old, line))
            continue;
        pair_cut(line, &facet, &value);
        args[ARGS_BEFORE + 2 * rows] = sql_text(facet);
        args[ARGS_BEFORE + 2 * rows + 1] = sql_text(value);
        if (++rows == AT_ONCE) {
            ok = add_rows(sql, record, args, rows, err);
            rows = 0;
        }
    }
    return ok && add_rows(sql, record, args, rows, err);
}

bool facet_rows(struct sql *sql, int64_t id, struct text *pairs, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, rows_get, SQL_ARGS(sql_int(id)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct slice facet = sql_slice(&rows, 0);

        if (pairs->len == 0)
            text_puts(pairs, "=\n");
        if (facet.len == 0)
            continue;
        text_add_slice(pairs, facet);
        text_putc(pairs, '=');
        text_add_slice(pairs, sql_slice(&rows, 1));
        text_putc(pairs, '\n');
    }
    return sql_done(&rows, err);
}

/* *stored: there is a set; otherwise the pairs come from the rows. */
static bool set_read(struct sql *sql, const struct record *record, struct text *pairs, bool *stored, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, set_get, SQL_ARGS(sql_text(slice_of(record->kind->name)), sql_int(record->id)), &rows, err))
        return false;
    *stored = sql_next(&rows);
    if (*stored)
        text_add_slice(pairs, sql_slice(&rows, 0));
    return sql_done(&rows, err) && (*stored || facet_rows(sql, record->id, pairs, err));
}

static bool set_write(struct sql *sql, const struct record *record, struct slice pairs, struct err *err)
{
    struct sql_arg kind = sql_text(slice_of(record->kind->name));

    return pairs.len ? sql_put(sql, set_put, SQL_ARGS(kind, sql_int(record->id), sql_text(pairs)), err)
                     : sql_put(sql, set_drop, SQL_ARGS(kind, sql_int(record->id)), err);
}

bool facet_put(struct sql *sql, const struct record *record, bool replace, struct err *err)
{
    struct text old, now;
    bool stored = false, ok;

    text_init(&old);
    text_init(&now);
    pairs_of(record, &now);
    ok = !replace || set_read(sql, record, &old, &stored, err);
    if (ok && !(stored && slice_same(text_slice(&old), text_slice(&now))))
        ok = drop_pairs(sql, record, text_slice(&old), text_slice(&now), err)
             && add_pairs(sql, record, text_slice(&old), text_slice(&now), err)
             && set_write(sql, record, text_slice(&now), err);
    text_release(&old);
    text_release(&now);
    return ok;
}
