/* The map of obstacles by field, and what stands behind one of its cells. */
#include "work/obstacle.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* An achievement in the actor's scope, and which obstacles it shows. */
struct standing {
    int64_t id;
    unsigned obstacles;        /* bits of enum obstacle */
};

struct mapping {
    struct standing *list;     /* by id */
    size_t count, room;
};

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct standing *)a)->id, y = ((const struct standing *)b)->id;

    return x < y ? -1 : x > y;
}

static struct standing *standing_of(const struct mapping *mapping, int64_t id)
{
    struct standing key = {.id = id};

    return mapping->count ? bsearch(&key, mapping->list, mapping->count, sizeof key, by_id) : NULL;
}

/* Where an achievement lies its owner says; who sees all of a province is not asked for each. */
static bool in_sight(const struct actor *actor, int64_t owner, struct slice region)
{
    struct object object = {.id = 1, .owner = owner};

    for (size_t i = 0; i < region.len && region.at[i] >= '0' && region.at[i] <= '9'; i++)
        object.region = object.region * 10 + (region.at[i] - '0');
    return actor_has(actor, ROLE_LEADER) || actor_has(actor, ROLE_SECRETARY) || officer_of(actor, &object) || auditor_of(actor, &object);
}

static void standing_add(struct mapping *mapping, struct arena *arena, int64_t id)
{
    if (mapping->count == mapping->room) {
        size_t room = mapping->room ? 2 * mapping->room : 256;
        struct standing *list = arena_alloc(arena, room * sizeof *list);

        if (mapping->count)
            memcpy(list, mapping->list, mapping->count * sizeof *list);
        mapping->list = list;
        mapping->room = room;
    }
    mapping->list[mapping->count++] = (struct standing){.id = id};
}

static bool achievements_read(struct sql *sql, const struct actor *actor, struct arena *arena, struct mapping *mapping, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, "SELECT a.id, a.owner, p.region FROM achievement a LEFT JOIN party p ON p.id = a.owner AND p.to_leaf IS NULL"
                       " WHERE a.to_leaf IS NULL AND a.status = 0 ORDER BY a.id",
                  SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows))
        if (in_sight(actor, sql_number(&rows, 1), sql_slice(&rows, 2)))
            standing_add(mapping, arena, sql_number(&rows, 0));
    return sql_done(&rows, err);
}

static bool signs_read(struct sql *sql, int64_t now_ms, const struct mapping *mapping, struct err *err)
{
    char today[CLOCK_TEXT];

    clock_show_day(now_ms, today);
    for (size_t i = 0; i < obstacle_sort_count; i++) {
        const struct obstacle_sort *sort = &obstacle_sorts[i];
        struct sql_rows rows;

        if (!sql_rows(sql, sort->statement, SQL_ARGS(sql_int(0), sql_int(now_ms), sql_text(slice_of(today))), &rows, err))
            return false;
        while (sql_next(&rows)) {
            struct standing *standing = standing_of(mapping, sql_number(&rows, 0));

            if (standing)
                standing->obstacles |= 1u << sort->obstacle;
        }
        if (!sql_done(&rows, err))
            return false;
    }
    return true;
}

static bool mapping_read(struct sql *sql, const struct actor *actor, int64_t now_ms, struct arena *arena, struct mapping *mapping, struct err *err)
{
    *mapping = (struct mapping){0};
    return achievements_read(sql, actor, arena, mapping, err) && signs_read(sql, now_ms, mapping, err);
}

/* --- the map --- */

static void row_count(struct obstacle_row *row, const struct standing *standing)
{
    row->achievements++;
    for (int o = 0; o < OBSTACLE_COUNT; o++)
        row->blocked[o] += standing->obstacles >> o & 1;
}

static int by_size(const void *a, const void *b)
{
    const struct obstacle_row *x = a, *y = b;
    size_t len = x->field.len < y->field.len ? x->field.len : y->field.len;

    if (x->achievements != y->achievements)
        return x->achievements > y->achievements ? -1 : 1;
    return len ? memcmp(x->field.at, y->field.at, len) : x->field.len < y->field.len ? 1 : -1;
}

enum { FIELDS_ROOM = 120 }; /* GB/T 4754 has 97 divisions */

/* The divisions stand in the projection of facets, two digits each; rows come in the order of fields. */
static bool fields_read(struct sql *sql, const struct mapping *mapping, struct arena *arena, struct obstacle_row *rows, size_t *count, struct err *err)
{
    struct sql_rows found;

    if (!sql_rows(sql, "SELECT value, id FROM facet WHERE kind = 'achievement' AND facet = 'industry' AND length(value) = 2 ORDER BY value, id",
                  SQL_NO_ARGS, &found, err))
        return false;
    while (sql_next(&found)) {
        const struct standing *standing = standing_of(mapping, sql_number(&found, 1));
        struct slice field = sql_slice(&found, 0);

        if (!standing)
            continue;
        if (!*count || !slice_same(rows[*count - 1].field, field)) {
            if (*count == FIELDS_ROOM)
                break;
            rows[(*count)++] = (struct obstacle_row){.field = arena_copy(arena, field)};
        }
        row_count(&rows[*count - 1], standing);
    }
    return sql_done(&found, err);
}

bool obstacle_map(struct sql *sql, const struct actor *actor, int64_t now_ms, struct arena *arena, struct obstacle_row **rows, size_t *count,
                  struct obstacle_row *all, struct err *err)
{
    struct mapping mapping;

    *rows = arena_zero(arena, FIELDS_ROOM, sizeof **rows);
    *count = 0;
    *all = (struct obstacle_row){0};
    if (!mapping_read(sql, actor, now_ms, arena, &mapping, err) || !fields_read(sql, &mapping, arena, *rows, count, err))
        return false;
    for (size_t i = 0; i < mapping.count; i++)
        row_count(all, &mapping.list[i]);
    if (*count)
        qsort(*rows, *count, sizeof **rows, by_size);
    return true;
}

/* --- behind a cell --- */

static bool in_field(struct sql *sql, int64_t id, const char *field, bool *is, struct err *err)
{
    int64_t one;

    *is = true;
    if (!field)
        return true;
    return sql_one(sql, "SELECT 1 FROM facet WHERE kind = 'achievement' AND facet = 'industry' AND value = ?1 AND id = ?2",
                   SQL_ARGS(sql_text(slice_of(field)), sql_int(id)), &one, is, err);
}

bool obstacle_list(struct sql *sql, const struct actor *actor, int64_t now_ms, const char *field, enum obstacle obstacle, struct arena *arena,
                   struct obstacle_sign *list, size_t most, size_t *count, struct err *err)
{
    struct mapping mapping;

    *count = 0;
    if (!mapping_read(sql, actor, now_ms, arena, &mapping, err))
        return false;
    for (size_t i = mapping.count; i-- > 0 && *count < most;) {
        struct obstacle_sign signs[OBSTACLE_SIGNS];
        size_t found, s = 0;
        bool is;

        if (!(mapping.list[i].obstacles >> obstacle & 1))
            continue;
        if (!in_field(sql, mapping.list[i].id, field, &is, err))
            return false;
        if (!is)
            continue;
        if (!obstacle_signs(sql, mapping.list[i].id, now_ms, signs, &found, err))
            return false;
        while (s < found && signs[s].sort->obstacle != obstacle)
            s++;
        if (s < found)
            list[(*count)++] = signs[s];
    }
    return true;
}
