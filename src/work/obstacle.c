/* The map of obstacles by field, and what stands behind one of its cells. */
#include "work/obstacle.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

/* An achievement in the actor's scope, and the first sign of each obstacle that it shows. */
struct standing {
    int64_t id;
    size_t first[OBSTACLE_COUNT]; /* of the survey's signs, from 1; 0: it shows none */
};

struct obstacle_survey {
    struct standing *list;        /* by id */
    size_t count, room;
    struct obstacle_sign *signs;
    size_t sign_count, sign_room;
    struct arena *arena;
};

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct standing *)a)->id, y = ((const struct standing *)b)->id;

    return x < y ? -1 : x > y;
}

static struct standing *standing_of(const struct obstacle_survey *survey, int64_t id)
{
    struct standing key = {.id = id};

    return survey->count ? bsearch(&key, survey->list, survey->count, sizeof key, by_id) : NULL;
}

/* Where an achievement lies its owner says; who sees all of a province is not asked for each. */
static bool in_sight(const struct actor *actor, int64_t owner, struct slice region)
{
    struct object object = {.id = 1, .owner = owner};

    for (size_t i = 0; i < region.len && region.at[i] >= '0' && region.at[i] <= '9'; i++)
        object.region = object.region * 10 + (region.at[i] - '0');
    return actor_has(actor, ROLE_LEADER) || actor_has(actor, ROLE_SECRETARY) || officer_of(actor, &object) || auditor_of(actor, &object);
}

/* A list with room for one more, of items of `size` bytes. */
static void *grown(struct arena *arena, void *list, size_t count, size_t *room, size_t size)
{
    void *more;

    if (count < *room)
        return list;
    *room = *room ? 2 * *room : 256;
    more = arena_alloc(arena, *room * size);
    if (count)
        memcpy(more, list, count * size);
    return more;
}

static bool achievements_read(struct sql *sql, const struct actor *actor, struct obstacle_survey *survey, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, "SELECT a.id, a.owner, p.region FROM achievement a LEFT JOIN party p ON p.id = a.owner AND p.to_leaf IS NULL"
                       " WHERE a.to_leaf IS NULL AND a.status = 0 ORDER BY a.id",
                  SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        if (!in_sight(actor, sql_number(&rows, 1), sql_slice(&rows, 2)))
            continue;
        survey->list = grown(survey->arena, survey->list, survey->count, &survey->room, sizeof *survey->list);
        survey->list[survey->count++] = (struct standing){.id = sql_number(&rows, 0)};
    }
    return sql_done(&rows, err);
}

static void sign_add(struct obstacle_survey *survey, const struct obstacle_sign *sign)
{
    struct standing *standing = standing_of(survey, sign->achievement);

    if (!standing || standing->first[sign->sort->obstacle])
        return;
    survey->signs = grown(survey->arena, survey->signs, survey->sign_count, &survey->sign_room, sizeof *survey->signs);
    survey->signs[survey->sign_count++] = *sign;
    standing->first[sign->sort->obstacle] = survey->sign_count;
}

static bool signs_read(struct sql *sql, int64_t now_ms, struct obstacle_survey *survey, struct err *err)
{
    char today[CLOCK_TEXT];

    clock_show_day(now_ms, today);
    for (size_t i = 0; i < obstacle_sort_count; i++) {
        const struct obstacle_sort *sort = &obstacle_sorts[i];
        struct sql_rows rows;

        if (!sql_rows(sql, sort->statement, SQL_ARGS(sql_int(0), sql_int(now_ms), sql_text(slice_of(today))), &rows, err))
            return false;
        while (sql_next(&rows))
            sign_add(survey, &(struct obstacle_sign){sort, sql_number(&rows, 0), sql_number(&rows, 1), sql_number(&rows, 2)});
        if (!sql_done(&rows, err))
            return false;
    }
    return true;
}

bool obstacle_survey(struct sql *sql, const struct actor *actor, int64_t now_ms, struct arena *arena, struct obstacle_survey **out, struct err *err)
{
    struct obstacle_survey *survey = arena_zero(arena, 1, sizeof *survey);

    survey->arena = arena;
    *out = survey;
    return achievements_read(sql, actor, survey, err) && signs_read(sql, now_ms, survey, err);
}

/* --- the map --- */

static void row_count(struct obstacle_row *row, const struct standing *standing)
{
    row->achievements++;
    for (int o = 0; o < OBSTACLE_COUNT; o++)
        row->blocked[o] += standing->first[o] != 0;
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
static bool fields_read(struct sql *sql, const struct obstacle_survey *survey, struct obstacle_row *rows, size_t *count, struct err *err)
{
    struct sql_rows found;

    if (!sql_rows(sql, "SELECT value, id FROM facet WHERE kind = 'achievement' AND facet = 'industry' AND length(value) = 2 ORDER BY value, id",
                  SQL_NO_ARGS, &found, err))
        return false;
    while (sql_next(&found)) {
        const struct standing *standing = standing_of(survey, sql_number(&found, 1));
        struct slice field = sql_slice(&found, 0);

        if (!standing)
            continue;
        if (!*count || !slice_same(rows[*count - 1].field, field)) {
            if (*count == FIELDS_ROOM)
                break;
            rows[(*count)++] = (struct obstacle_row){.field = arena_copy(survey->arena, field)};
        }
        row_count(&rows[*count - 1], standing);
    }
    return sql_done(&found, err);
}

bool obstacle_map(struct sql *sql, const struct obstacle_survey *survey, struct obstacle_row **rows, size_t *count, struct obstacle_row *all,
                  struct err *err)
{
    *rows = arena_zero(survey->arena, FIELDS_ROOM, sizeof **rows);
    *count = 0;
    *all = (struct obstacle_row){0};
    if (!fields_read(sql, survey, *rows, count, err))
        return false;
    for (size_t i = 0; i < survey->count; i++)
        row_count(all, &survey->list[i]);
    if (*count)
        qsort(*rows, *count, sizeof **rows, by_size);
    return true;
}

/* --- behind a cell --- */

static void line_add(const struct obstacle_survey *survey, const struct standing *standing, enum obstacle obstacle, struct obstacle_sign *list,
                     size_t *count)
{
    if (standing && standing->first[obstacle])
        list[(*count)++] = survey->signs[standing->first[obstacle] - 1];
}

bool obstacle_list(struct sql *sql, const struct obstacle_survey *survey, const char *field, enum obstacle obstacle, struct obstacle_sign *list,
                   size_t most, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!field) {
        for (size_t i = survey->count; i-- > 0 && *count < most;)
            line_add(survey, &survey->list[i], obstacle, list, count);
        return true;
    }
    if (!sql_rows(sql, "SELECT id FROM facet WHERE kind = 'achievement' AND facet = 'industry' AND value = ?1 ORDER BY id DESC",
                  SQL_ARGS(sql_text(slice_of(field))), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        line_add(survey, standing_of(survey, sql_number(&rows, 0)), obstacle, list, count);
    return sql_done(&rows, err);
}
