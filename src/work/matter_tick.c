/* The clock of matters: that somebody is late becomes a leaf, once, and what is said of it follows from the leaf (work/notify.c). */
#include "work/matter_int.h"

#include <stdio.h>

#include "base/clock.h"
#include "seal/seal.h"

static char *late_text[KIND_END];

void matter_tick_start(void)
{
    for (size_t i = 0; i < matter_sort_count; i++) {
        const struct kind *kind = matter_sorts[i]->kind;

        if (!late_text[kind->id])
            late_text[kind->id] = record_select(kind, "to_leaf IS NULL AND status = 0 AND due < ?1 AND told IS NULL ORDER BY due, id LIMIT ?2");
    }
}

struct lateness {
    const struct kind *kind;
    int64_t id, ver, time_ms;
    int32_t today;
    char request_id[LEAF_REQUEST + 1];
    unsigned char salts[RECORD_COMMITTED * LEAF_SALT];
    bool written;
};

/* Whoever took a step meanwhile is not late any more: the version says so. */
static bool late_step(struct sql *sql, void *arg, struct err *err)
{
    struct lateness *late = arg;
    char action[LEAF_WORD + 1];
    struct record_event event = {.action = action, .request_id = late->request_id, .time_ms = late->time_ms};
    struct record now, next;
    struct arena arena;
    bool ok;

    err_clear(err);
    late->written = false;
    snprintf(action, sizeof action, "%.15s.late", late->kind->name);
    arena_init(&arena);
    ok = record_get(sql, late->kind, late->id, &arena, &now, err);
    if (ok && now.ver == late->ver && matter_late(&now, late->today) && !matter_known(&now, MATTER_TOLD)) {
        next = now;
        next.author = 0;
        matter_set_day(&next, MATTER_TOLD, late->today, &arena);
        memcpy(next.salts, late->salts, sizeof next.salts);
        ok = late->written = record_put(sql, &next, &now, &event, err);
    }
    arena_release(&arena);
    return ok;
}

static bool late_write(struct store *store, const struct record *matter, int64_t now_ms, size_t *told, struct err *err)
{
    struct lateness late = {.kind = matter->kind, .id = matter->id, .ver = matter->ver, .time_ms = now_ms, .today = day_of_ms(now_ms)};

    snprintf(late.request_id, sizeof late.request_id, LEAF_OWN_DUE "m%lld-%lld", (long long)matter->id, (long long)matter->ver);
    seal_random(late.salts, sizeof late.salts);
    if (store_write(store, late.request_id, late_step, &late, err) != STORE_DONE)
        return false;
    *told += late.written;
    return true;
}

static bool late_read(struct store *store, int32_t today, struct arena *arena, struct record *list, size_t most, size_t *count, struct err *err)
{
    char day[CLOCK_TEXT];
    struct sql *sql;
    bool ok = true;

    *count = 0;
    if (!store_read(store, &sql, err))
        return false;
    for (size_t i = 0; ok && i < matter_sort_count && *count < most; i++) {
        const struct kind *kind = matter_sorts[i]->kind;
        size_t found;

        ok = record_rows(sql, kind, late_text[kind->id], SQL_ARGS(sql_text(slice_of(day_show(today, day))), sql_int((int64_t)(most - *count))),
                         most - *count, arena, list + *count, &found, err);
        *count += ok ? found : 0;
    }
    store_read_end(store, sql);
    return ok;
}

bool matter_tick(struct store *store, int64_t now_ms, size_t most, size_t *told, bool *more, struct err *err)
{
    struct arena arena;
    struct record *list;
    size_t count = 0;
    bool ok;

    *told = 0;
    arena_init(&arena);
    list = arena_alloc(&arena, most * sizeof *list);
    ok = late_read(store, day_of_ms(now_ms), &arena, list, most, &count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = late_write(store, &list[i], now_ms, told, err);
    *more = ok && count == most;
    arena_release(&arena);
    return ok;
}
