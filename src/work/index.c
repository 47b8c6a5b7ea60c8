#include "work/index.h"

#include "base/log.h"
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
    static const enum err_code codes[] = {[MATCH_OK] = ERR_IO,     [MATCH_BAD_INPUT] = ERR_INVALID,
                                          [MATCH_IO] = ERR_IO,     [MATCH_FULL] = ERR_FULL,
                                          [MATCH_CORRUPT] = ERR_CORRUPT, [MATCH_NO_MEMORY] = ERR_MEMORY};

    return err_set(err, codes[problem->code], "匹配索引:%s", problem->message);
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

/* Only what trying again cannot mend: a disk or a database that fails is waited for. */
static bool leave_out(struct touched *touched, const struct leaf *leaf, const struct err *err)
{
    struct match_err ignored;

    if (err->code != ERR_MISSING && err->code != ERR_INVALID)
        return false;
    log_error("index: %s %lld left out: %s", leaf->kind, (long long)leaf->object, err->message);
    match_drop(touched->index, leaf->object, leaf->index, &ignored);
    return true;
}

static bool apply(const struct leaf *leaf, void *arg, struct err *err)
{
    struct touched *touched = arg;
    const struct kind *kind = kind_by_name(leaf->kind);
    bool ok = !kind || put_record(touched, kind, leaf, err) || leave_out(touched, leaf, err);

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
    if (!ok)
        match_abandon(city->index);
    *next = touched.next;
    *more = touched.count == most;
    return ok;
}
