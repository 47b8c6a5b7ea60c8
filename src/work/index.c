#include "work/index.h"

#include "ledger/ledger.h"
#include "work/column.h"

struct touched {
    struct sql *sql;
    struct match_index *index;
    struct arena arena;
    uint64_t next;
    size_t count;
};

static bool match_fails(const struct match_err *problem, struct err *err)
{
    return err_set(err, problem->code == MATCH_FULL ? ERR_FULL : problem->code == MATCH_CORRUPT ? ERR_CORRUPT : ERR_IO,
                   "匹配索引:%s", problem->message);
}

static bool put_record(struct touched *touched, const struct kind *kind, const struct leaf *leaf, struct err *err)
{
    struct match_err problem;
    struct match_doc doc;
    struct record record;
    bool ok;

    if (!record_get(touched->sql, kind, leaf->object, &touched->arena, &record, err))
        return false;
    if (record.from_leaf > (int64_t)leaf->index)
        return true; /* a later leaf brings it */
    column_doc(&record, &touched->arena, &doc);
    ok = record.status == RECORD_OPEN ? match_put(touched->index, &doc, leaf->index, &problem)
                                      : match_drop(touched->index, record.id, leaf->index, &problem);
    return ok || match_fails(&problem, err);
}

static bool apply(const struct leaf *leaf, void *arg, struct err *err)
{
    struct touched *touched = arg;
    const struct kind *kind = kind_by_name(leaf->kind);
    bool ok = !kind || put_record(touched, kind, leaf, err);

    arena_reset(&touched->arena);
    touched->next = leaf->index + 1;
    touched->count++;
    return ok;
}

static bool commit(struct touched *touched, struct err *err)
{
    struct match_err problem;

    return match_commit(touched->index, touched->next, &problem) || match_fails(&problem, err);
}

bool index_follow(struct city *city, size_t most, uint64_t *next, bool *more, struct err *err)
{
    struct touched touched = {.index = city->index, .next = match_applied(city->index)};
    bool ok;

    if (!store_read(city->store, &touched.sql, err))
        return false;
    arena_init(&touched.arena);
    ok = ledger_follow(touched.sql, touched.next, most, apply, &touched, err);
    arena_release(&touched.arena);
    store_read_end(city->store, touched.sql);
    if (ok && touched.count)
        ok = commit(&touched, err);
    *next = touched.next;
    *more = touched.count == most;
    return ok;
}
