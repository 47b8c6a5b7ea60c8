#include "work/refacet.h"

#include "ledger/ledger.h"
#include "record/facet.h"

enum { LEAVES = 40 }; /* about 20 ms of writer time */

static const char place_get[] = "SELECT next FROM cursor WHERE name = 'facet'";
static const char place_set[] = "UPDATE cursor SET next = ?1 WHERE name = 'facet'";
static const char place_end[] = "DELETE FROM cursor WHERE name = 'facet'";

struct slice_of_work {
    struct sql *sql;
    struct arena arena;
    uint64_t next;
    size_t count;
    bool more;
};

static bool put_again(const struct leaf *leaf, void *arg, struct err *err)
{
    struct slice_of_work *work = arg;
    const struct kind *kind = kind_by_name(leaf->kind);
    struct record record;
    bool ok = !kind
              || (record_get(work->sql, kind, leaf->object, &work->arena, &record, err)
                  && facet_put(work->sql, &record, true, err));

    arena_reset(&work->arena);
    work->next = leaf->index + 1;
    work->count++;
    return ok;
}

static bool step(struct sql *sql, void *arg, struct err *err)
{
    struct slice_of_work *work = arg;
    int64_t place = 0;
    bool found;

    *work = (struct slice_of_work){.sql = sql};
    if (!sql_one(sql, place_get, SQL_NO_ARGS, &place, &found, err))
        return false;
    if (!found)
        return true;
    arena_init(&work->arena);
    work->next = (uint64_t)place;
    found = ledger_follow(sql, work->next, LEAVES, put_again, work, err);
    arena_release(&work->arena);
    work->more = work->count == LEAVES;
    return found
           && (work->more ? sql_put(sql, place_set, SQL_ARGS(sql_int((int64_t)work->next)), err)
                          : sql_put(sql, place_end, SQL_NO_ARGS, err));
}

static bool any_left(struct store *store, bool *left, struct err *err)
{
    struct sql *sql;
    int64_t place;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = sql_one(sql, place_get, SQL_NO_ARGS, &place, left, err);
    store_read_end(store, sql);
    return ok;
}

bool refacet(struct store *store, bool *more, struct err *err)
{
    struct slice_of_work work;

    if (!any_left(store, more, err))
        return false;
    if (!*more)
        return true;
    if (store_write(store, "", step, &work, err) != STORE_DONE)
        return false;
    *more = work.more;
    return true;
}
