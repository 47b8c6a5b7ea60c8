/*
 * The clock of matters: that somebody is late becomes a leaf, once, and what is said of it follows from the leaf (work/notify.c). A state
 * that ends with a day of its own (matter_state.ends) is left behind in the same way.
 */
#include "work/matter_int.h"

#include <assert.h>
#include <stdio.h>

#include "base/clock.h"
#include "seal/seal.h"

enum { ENDINGS_MOST = 16 };

static char *late_text[KIND_END];
static struct ending {
    const struct matter_sort *sort;
    const struct matter_state *state;
    char *text; /* ?1 today, ?2 how many */
} endings[ENDINGS_MOST];
static size_t ending_count;

static void ending_start(const struct matter_sort *sort, const struct matter_state *state)
{
    char where[160];

    assert(ending_count < ENDINGS_MOST && sort->states[state->then].over && !sort->states[state->then].working_days);
    snprintf(where, sizeof where, "to_leaf IS NULL AND status = 0 AND state = '%s' AND %s < ?1 ORDER BY id LIMIT ?2", state->code,
               sort->kind->fields[state->ends].name);
    endings[ending_count++] = (struct ending){sort, state, record_select(sort->kind, where)};
}

void matter_tick_start(void)
{
    for (size_t i = 0; i < matter_sort_count; i++) {
        const struct matter_sort *sort = matter_sorts[i];
        const struct kind *kind = sort->kind;

        if (late_text[kind->id])
            continue;
        late_text[kind->id] = record_select(kind, "to_leaf IS NULL AND status = 0 AND due < ?1 AND told IS NULL ORDER BY due, id LIMIT ?2");
        for (size_t s = 0; s < sort->state_count; s++)
            if (sort->states[s].ends)
                ending_start(sort, &sort->states[s]);
    }
}

struct lateness {
    const struct kind *kind;
    const struct ending *by; /* NULL: told late */
    int64_t id, ver, time_ms;
    int32_t today;
    char request_id[LEAF_REQUEST + 1];
    unsigned char salts[RECORD_COMMITTED * LEAF_SALT];
    bool written;
};

static bool stands_ended(const struct ending *ending, const struct record *matter, int32_t today)
{
    int32_t last = matter_day(matter, (size_t)ending->state->ends);

    return matter_state_of(ending->sort, matter) == ending->state && last && last < today;
}

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
    snprintf(action, sizeof action, "%.15s.%s", late->kind->name, late->by ? "due" : "late");
    arena_init(&arena);
    ok = record_get(sql, late->kind, late->id, &arena, &now, err);
    if (ok && now.ver == late->ver
        && (late->by ? stands_ended(late->by, &now, late->today) : matter_late(&now, late->today) && !matter_known(&now, MATTER_TOLD))) {
        next = now;
        next.author = 0;
        if (late->by)
            matter_state_set(late->by->sort, &next, late->by->state->then, late->today, 0, &arena);
        else
            matter_set_day(&next, MATTER_TOLD, late->today, &arena);
        memcpy(next.salts, late->salts, sizeof next.salts);
        ok = late->written = record_put(sql, &next, &now, &event, err);
    }
    arena_release(&arena);
    return ok;
}

static bool late_write(struct store *store, const struct record *matter, const struct ending *by, int64_t now_ms, size_t *told, struct err *err)
{
    struct lateness late = {.kind = matter->kind, .by = by, .id = matter->id, .ver = matter->ver, .time_ms = now_ms, .today = day_of_ms(now_ms)};

    snprintf(late.request_id, sizeof late.request_id, LEAF_OWN_DUE "m%lld-%lld", (long long)matter->id, (long long)matter->ver);
    seal_random(late.salts, sizeof late.salts);
    if (store_write(store, late.request_id, late_step, &late, err) != STORE_DONE)
        return false;
    *told += late.written;
    return true;
}

/* What is due, at most `most`; by: of each the ending, NULL of one that is late. */
struct due_list {
    struct arena arena;
    struct record *list;
    const struct ending **by;
    size_t most, count;
};

static bool due_add(struct sql *sql, const struct kind *kind, const char *text, const struct ending *by, int32_t today, struct due_list *due,
                    struct err *err)
{
    char day[CLOCK_TEXT];
    size_t left = due->most - due->count, found;

    if (!left)
        return true;
    if (!record_rows(sql, kind, text, SQL_ARGS(sql_text(slice_of(day_show(today, day))), sql_int((int64_t)left)), left, &due->arena,
                     due->list + due->count, &found, err))
        return false;
    while (found--)
        due->by[due->count++] = by;
    return true;
}

static bool due_read(struct store *store, int32_t today, struct due_list *due, struct err *err)
{
    struct sql *sql;
    bool ok = true;

    if (!store_read(store, &sql, err))
        return false;
    for (size_t i = 0; ok && i < ending_count; i++)
        ok = due_add(sql, endings[i].sort->kind, endings[i].text, &endings[i], today, due, err);
    for (size_t i = 0; ok && i < matter_sort_count; i++)
        ok = due_add(sql, matter_sorts[i]->kind, late_text[matter_sorts[i]->kind->id], NULL, today, due, err);
    store_read_end(store, sql);
    return ok;
}

bool matter_tick(struct store *store, int64_t now_ms, size_t most, size_t *told, bool *more, struct err *err)
{
    struct due_list due = {.most = most};
    bool ok;

    *told = 0;
    arena_init(&due.arena);
    due.list = arena_alloc(&due.arena, most * sizeof *due.list);
    due.by = arena_alloc(&due.arena, most * sizeof *due.by);
    ok = due_read(store, day_of_ms(now_ms), &due, err);
    for (size_t i = 0; ok && i < due.count; i++)
        ok = late_write(store, &due.list[i], due.by[i], now_ms, told, err);
    *more = ok && due.count == most;
    arena_release(&due.arena);
    return ok;
}
