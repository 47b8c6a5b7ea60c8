/*
 * What indicators count, line by line. A slice reads leaves and evaluates what they touched in a snapshot, as the records stood at each
 * leaf, holds the lines against those that are there, and writes the difference in one step, unless another process was faster.
 * Of the leaves of one record on one day the last alone is looked at: figures are told by the day.
 */
#include <stdlib.h>

#include "base/clock.h"
#include "ledger/ledger.h"
#include "work/indicator_int.h"

/* TOUCHES records looked at again at most a slice, about 20 ms of writer time; KEEP leaves of other things before the place is written down. */
enum { LEAVES = 2000, TOUCHES = 1200, KEEP = 5000 };

static const char defined[] = "SELECT id, code, since, hash, next FROM indicator WHERE known_to IS NULL ORDER BY id";
static const char place_set[] = "UPDATE indicator SET next = ?2 WHERE known_to IS NULL AND next = ?1";
static const char place_get[] = "SELECT min(next) FROM indicator WHERE known_to IS NULL";
static const char lines_now[] =
    "SELECT line, known_from, kind, record, leaf, day, until, value, base, region, party FROM indicator_row WHERE definition = ?1 AND subject = ?2"
    " AND known_to IS NULL ORDER BY line";
static const char line_add[] =
    "INSERT INTO indicator_row (definition, subject, line, known_from, kind, record, leaf, day, until, value, base, region, party)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
static const char line_end[] = "UPDATE indicator_row SET known_to = ?5 WHERE definition = ?1 AND subject = ?2 AND line = ?3 AND known_from = ?4";
static const char line_drop[] = "DELETE FROM indicator_row WHERE definition = ?1 AND subject = ?2 AND line = ?3 AND known_from = ?4";
static const char sum_add[] =
    "INSERT INTO indicator_sum (definition, day, region, value, base, lines) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
    " ON CONFLICT (definition, day, region) DO UPDATE SET value = indicator_sum.value + excluded.value, base = indicator_sum.base + excluded.base,"
    " lines = indicator_sum.lines + excluded.lines";

/* A definition that stands in the database and is the program's. */
struct followed {
    const struct definition *definition;
    int64_t id;
    uint64_t next;
};

struct change {
    const struct indicator_touch *touch;
    struct indicator_line line;
    bool added;
};

struct work {
    const struct calendar *calendar;
    struct sql *sql;
    struct arena arena;
    struct followed *followed;
    size_t followed_count;
    uint64_t group;             /* the place, as written down, of those that are furthest behind: they go on */
    uint64_t from, until, next; /* leaves: read from here, to where the others stand; read next */
    struct indicator_touch *touches;
    size_t touch_count, touch_room;
    struct change *changes;
    size_t change_count, change_room, leaves;
};

static void *grown(void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    *room = *room ? 2 * *room : 256;
    list = realloc(list, *room * size);
    if (!list)
        abort();
    return list;
}

/* --- which go on, and from where --- */

static bool followed_read(struct work *work, const struct indicators *set, struct err *err)
{
    struct sql_rows rows;

    work->followed = arena_zero(&work->arena, set->count + 1, sizeof *work->followed);
    if (!sql_rows(work->sql, defined, SQL_NO_ARGS, &rows, err))
        return false;
    while (sql_next(&rows)) {
        const struct definition *definition = indicator_defined(set, sql_slice(&rows, 1), sql_number(&rows, 2), sql_slice(&rows, 3));

        if (definition && work->followed_count < set->count)
            work->followed[work->followed_count++] = (struct followed){definition, sql_number(&rows, 0), (uint64_t)sql_number(&rows, 4)};
    }
    return sql_done(&rows, err);
}

static void place_find(struct work *work, const struct indicators *set)
{
    work->group = work->until = UINT64_MAX;
    for (size_t i = 0; i < work->followed_count; i++)
        if (work->followed[i].next < work->group)
            work->group = work->followed[i].next;
    for (size_t i = 0; i < work->followed_count; i++)
        if (work->followed[i].next > work->group && work->followed[i].next < work->until)
            work->until = work->followed[i].next;
    work->from = work->group == set->kept && set->seen > work->group ? set->seen : work->group;
    work->next = work->from;
}

/* --- what leaves touch --- */

static void touch_add(struct work *work, const struct followed *followed, const struct indicator_of *of, int64_t subject, const struct leaf *leaf)
{
    work->touches = grown(work->touches, work->touch_count, &work->touch_room, sizeof *work->touches);
    work->touches[work->touch_count++] = (struct indicator_touch){followed->definition, of, followed->id, subject, leaf->index, day_of_ms(leaf->time_ms)};
}

static bool also_add(struct work *work, const struct followed *followed, const char *ids, const struct leaf *leaf, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(work->sql, ids, SQL_ARGS(sql_int(leaf->object), sql_int((int64_t)leaf->index)), &rows, err))
        return false;
    while (sql_next(&rows))
        touch_add(work, followed, &followed->definition->of[0], sql_number(&rows, 0), leaf);
    return sql_done(&rows, err);
}

static bool definition_touch(struct work *work, const struct followed *followed, const struct leaf *leaf, struct err *err)
{
    const struct definition *definition = followed->definition;

    for (size_t i = 0; i < definition->of_count; i++)
        if (strcmp(leaf->kind, definition->of[i].kind) == 0)
            touch_add(work, followed, &definition->of[i], leaf->object, leaf);
    for (size_t i = 0; i < definition->also_count; i++)
        if (strcmp(leaf->kind, definition->also[i].kind) == 0 && !also_add(work, followed, definition->also[i].ids, leaf, err))
            return false;
    return true;
}

static bool leaf_touch(const struct leaf *leaf, void *arg, struct err *err)
{
    struct work *work = arg;

    work->leaves++;
    if (leaf->index >= work->until || work->touch_count >= TOUCHES)
        return true;
    for (size_t i = 0; i < work->followed_count; i++)
        if (work->followed[i].next == work->group && !definition_touch(work, &work->followed[i], leaf, err))
            return false;
    work->next = leaf->index + 1;
    return true;
}

/* --- held against those that are there --- */

static int by_subject(const void *a, const void *b)
{
    const struct indicator_touch *one = a, *other = b;

    if (one->id != other->id)
        return one->id < other->id ? -1 : 1;
    if (one->subject != other->subject)
        return one->subject < other->subject ? -1 : 1;
    return (one->leaf > other->leaf) - (one->leaf < other->leaf);
}

static bool same_subject(const struct indicator_touch *one, const struct indicator_touch *other)
{
    return one->id == other->id && one->subject == other->subject;
}

struct lines {
    struct indicator_line list[2 * INDICATOR_LINES];
    size_t count;
};

static bool lines_load(struct work *work, const struct indicator_touch *touch, struct lines *now, struct err *err)
{
    struct sql_rows rows;

    now->count = 0;
    if (!sql_rows(work->sql, lines_now, SQL_ARGS(sql_int(touch->id), sql_int(touch->subject)), &rows, err))
        return false;
    while (now->count < INDICATOR_LINES && sql_next(&rows))
        now->list[now->count++] = (struct indicator_line){
            .id = sql_number(&rows, 0), .known_from = (int32_t)sql_number(&rows, 1), .kind = arena_text(&work->arena, sql_slice(&rows, 2)),
            .record = sql_number(&rows, 3), .leaf = sql_number(&rows, 4), .day = (int32_t)sql_number(&rows, 5), .until = (int32_t)sql_number(&rows, 6),
            .value = sql_number(&rows, 7), .base = sql_number(&rows, 8), .region = sql_number(&rows, 9), .party = sql_number(&rows, 10)};
    return sql_done(&rows, err);
}

static bool same_line(const struct indicator_line *one, const struct indicator_line *other)
{
    return one->id == other->id && one->record == other->record && one->leaf == other->leaf && one->day == other->day && one->until == other->until
           && one->value == other->value && one->base == other->base && one->region == other->region && one->party == other->party
           && strcmp(one->kind, other->kind) == 0;
}

static void change_add(struct work *work, const struct indicator_touch *touch, const struct indicator_line *line, bool added)
{
    work->changes = grown(work->changes, work->change_count, &work->change_room, sizeof *work->changes);
    work->changes[work->change_count++] = (struct change){touch, *line, added};
}

/* What is no more made goes, what is new comes. */
static void lines_hold(struct work *work, const struct indicator_touch *touch, struct lines *now, struct indicator_line *made, size_t made_count)
{
    size_t kept = 0;

    for (size_t i = 0; i < now->count; i++) {
        now->list[i].stays = false;
        for (size_t j = 0; j < made_count && !now->list[i].stays; j++)
            if (!made[j].stays && same_line(&now->list[i], &made[j]))
                now->list[i].stays = made[j].stays = true;
    }
    for (size_t i = 0; i < now->count; i++) {
        if (now->list[i].stays)
            now->list[kept++] = now->list[i];
        else
            change_add(work, touch, &now->list[i], false);
    }
    now->count = kept;
    for (size_t j = 0; j < made_count; j++)
        if (!made[j].stays) {
            change_add(work, touch, &made[j], true);
            now->list[now->count++] = made[j];
        }
}

static bool touches_weigh(struct work *work, struct err *err)
{
    struct lines *now = arena_alloc(&work->arena, sizeof *now);
    struct indicator_line *made = arena_alloc(&work->arena, INDICATOR_LINES * sizeof *made);
    size_t count;

    if (work->touch_count) /* no list at all is none to sort */
        qsort(work->touches, work->touch_count, sizeof *work->touches, by_subject);
    for (size_t i = 0; i < work->touch_count; i++) {
        const struct indicator_touch *touch = &work->touches[i], *after = i + 1 < work->touch_count ? touch + 1 : NULL;

        if ((i == 0 || !same_subject(touch - 1, touch)) && !lines_load(work, touch, now, err))
            return false;
        if (after && same_subject(touch, after) && after->day == touch->day)
            continue;
        if (!indicator_evaluate(work->sql, work->calendar, touch, made, &count, err))
            return false;
        lines_hold(work, touch, now, made, count);
    }
    return true;
}

/* --- the step --- */

static bool sum_put(struct sql *sql, int64_t definition, const struct indicator_line *line, int32_t day, int sign, struct err *err)
{
    return sql_put(sql, sum_add, SQL_ARGS(sql_int(definition), sql_int(day), sql_int(line->region), sql_int(sign * line->value), sql_int(sign * line->base),
                                          sql_int(sign)), err);
}

static bool line_put(struct sql *sql, const struct change *change, struct err *err)
{
    const struct indicator_touch *touch = change->touch;
    const struct indicator_line *line = &change->line;

    if (change->added)
        return sql_put(sql, line_add, SQL_ARGS(sql_int(touch->id), sql_int(touch->subject), sql_int(line->id), sql_int(line->known_from),
                                               sql_text(slice_of(line->kind)), sql_int(line->record), sql_int(line->leaf), sql_int(line->day),
                                               sql_int(line->until), sql_int(line->value), sql_int(line->base), sql_int(line->region), sql_int(line->party)), err);
    if (line->known_from >= touch->day) /* known for no day at all */
        return sql_put(sql, line_drop, SQL_ARGS(sql_int(touch->id), sql_int(touch->subject), sql_int(line->id), sql_int(line->known_from)), err);
    return sql_put(sql, line_end, SQL_ARGS(sql_int(touch->id), sql_int(touch->subject), sql_int(line->id), sql_int(line->known_from), sql_int(touch->day)), err);
}

static bool change_put(struct sql *sql, const struct change *change, struct err *err)
{
    const struct indicator_line *line = &change->line;
    int sign = change->added ? 1 : -1;

    return line_put(sql, change, err) && sum_put(sql, change->touch->id, line, line->day, sign, err)
           && (line->until == INDICATOR_NEVER || sum_put(sql, change->touch->id, line, line->until, -sign, err));
}

static bool place_read(struct sql *sql, uint64_t *place, struct err *err)
{
    int64_t number = 0;
    bool found;

    if (!sql_one(sql, place_get, SQL_NO_ARGS, &number, &found, err))
        return false;
    *place = found ? (uint64_t)number : 0;
    return true;
}

/* Another process may have gone on meanwhile: then this slice is nothing. */
static bool slice_step(struct sql *sql, void *arg, struct err *err)
{
    const struct work *work = arg;
    uint64_t place;

    if (!place_read(sql, &place, err))
        return false;
    if (place != work->group)
        return true;
    for (size_t i = 0; i < work->change_count; i++)
        if (!change_put(sql, &work->changes[i], err))
            return false;
    return sql_put(sql, place_set, SQL_ARGS(sql_int((int64_t)work->group), sql_int((int64_t)work->next)), err);
}

static bool gather(struct store *store, const struct indicators *set, struct work *work, struct err *err)
{
    bool ok;

    if (!store_read(store, &work->sql, err))
        return false;
    ok = followed_read(work, set, err);
    place_find(work, set);
    if (ok && work->followed_count)
        ok = ledger_follow(work->sql, work->from, LEAVES, leaf_touch, work, err) && touches_weigh(work, err);
    store_read_end(store, work->sql);
    return ok;
}

static bool slice_write(struct store *store, struct indicators *set, struct work *work, struct err *err)
{
    bool due = work->change_count || work->next == work->until || work->next - work->group >= KEEP;

    if (due && work->next > work->group) {
        if (store_write(store, "", slice_step, work, err) != STORE_DONE)
            return false;
        set->kept = work->next;
    } else {
        set->kept = work->group;
    }
    set->seen = work->next; /* the others stand at `until` or further */
    return true;
}

bool indicator_follow(struct store *store, struct indicators *set, const struct calendar *calendar, int64_t now_ms, bool *more, struct err *err)
{
    struct work work = {.calendar = calendar};
    bool ok;

    *more = false;
    if (!set->entered && !indicator_enter(store, set, day_of_ms(now_ms), err))
        return false;
    set->entered = true;
    arena_init(&work.arena);
    ok = gather(store, set, &work, err);
    if (ok && work.followed_count) {
        ok = work.next == work.from || slice_write(store, set, &work, err);
        *more = ok && (work.leaves == LEAVES || work.touch_count >= TOUCHES || work.until != UINT64_MAX);
    }
    arena_release(&work.arena);
    free(work.touches);
    free(work.changes);
    return ok;
}

bool indicator_forget(struct sql *sql, struct err *err)
{
    return sql_put(sql, "DELETE FROM indicator_row WHERE definition IN (SELECT id FROM indicator WHERE known_to IS NULL)", SQL_NO_ARGS, err)
           && sql_put(sql, "DELETE FROM indicator_sum", SQL_NO_ARGS, err) && sql_put(sql, "UPDATE indicator SET next = 0 WHERE known_to IS NULL", SQL_NO_ARGS, err);
}

bool indicator_place(const struct indicators *set, struct sql *sql, uint64_t *counted, struct err *err)
{
    uint64_t seen = set->seen;

    if (!place_read(sql, counted, err))
        return false;
    if (seen > *counted)
        *counted = seen;
    return true;
}
