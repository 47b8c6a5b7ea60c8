#include "work/import.h"

#include "base/clock.h"
#include "work/import_int.h"

enum { SNAPSHOT_ROWS = 256, TOLD_ROWS = 64 };

/* --- may the actor import at all? --- */

static bool allowed(const struct import_request *request, struct err *err)
{
    const struct actor *actor = request->actor;
    struct object own = {.kind = request->plan->kind, .owner = actor->party}, any = {.kind = request->plan->kind},
                  party = {.kind = &kind_party};
    struct err ignored;

    if (!may(actor, ACT_IMPORT_ANY, &any, &ignored) && !may(actor, ACT_IMPORT, &own, err))
        return false;
    return !request->options.make_parties || may(actor, ACT_IMPORT_ANY, &party, err);
}

static bool named(const struct import_plan *plan, struct err *err)
{
    const char *label = plan->kind->fields[plan->kind->title].label;

    if (import_plan_named(plan))
        return true;
    err_set(err, ERR_INVALID, "表头里没有“%s”一列", label);
    return err_hint(err, "请在表头里写上“%s”，或指明哪一列是它", label);
}

/* --- reading --- */

static bool snapshot_renew(struct checker *checker, struct err *err)
{
    if (checker->sql && checker->since++ < SNAPSHOT_ROWS)
        return true;
    if (checker->sql)
        store_read_end(checker->store, checker->sql);
    checker->sql = NULL;
    checker->since = 0;
    return store_read(checker->store, &checker->sql, err);
}

static bool told(struct checker *checker, int64_t rows, struct err *err)
{
    const struct import_watch *watch = checker->watch;
    int64_t done, total;

    if (!watch || rows % TOLD_ROWS)
        return true;
    table_progress(checker->request->table, &done, &total);
    if (watch->moved)
        watch->moved(watch->arg, IMPORT_CHECKING, done, total);
    return !watch->stopped || !watch->stopped(watch->arg) || err_set(err, ERR_BUSY, "导入已停下，什么都没有写入")
           || err_hint(err, "需要时请重新导入");
}

static bool row_unread(struct checker *checker, const struct table_row *row, const struct err *why, struct err *err)
{
    struct problems *problems;
    struct table_row bare = {.line = row->line};

    arena_reset(&checker->arena);
    problems = arena_alloc(&checker->arena, sizeof *problems);
    problems->count = 0;
    problem_add(problems, checker->request->plan, NO_COLUMN, SLICE(""), why);
    if (why->field[0])
        problems->list[0].header = slice_of(why->field);
    return checker_bad(checker, &bare, problems, STAGED_BAD, err);
}

static bool rows_read(struct checker *checker, bool publishes, struct err *err)
{
    struct table_row row;

    for (int64_t rows = 1;; rows++) {
        struct err why;
        enum table_step step = table_next(checker->request->table, &row, &why);

        if (step == TABLE_END)
            return true;
        if (step == TABLE_BROKEN) {
            *err = why;
            return false;
        }
        if (step == TABLE_ROW && row_is_aside(checker->request->plan, &row, &checker->arena)) {
            checker->tally->aside++;
            continue;
        }
        if (!snapshot_renew(checker, err) || !told(checker, rows, err)
            || !(step == TABLE_ROW ? checker_row(checker, &row, err) : row_unread(checker, &row, &why, err)))
            return false;
        checker->hopeless = publishes && checker->tally->bad && !checker->request->options.good_only;
    }
}

/* --- a check --- */

static void checker_init(struct checker *checker)
{
    arena_init(&checker->arena);
    digest_map_init(&checker->keys);
    party_cache_init(&checker->parties);
    checker->now_ms = clock_ms();
}

static void checker_release(struct checker *checker)
{
    if (checker->sql)
        store_read_end(checker->store, checker->sql);
    past_forget(checker);
    party_cache_release(&checker->parties);
    digest_map_release(&checker->keys);
    arena_release(&checker->arena);
}

static bool nothing_there(const struct import_tally *tally, struct err *err)
{
    if (tally->good || tally->bad)
        return true;
    err_set(err, ERR_INVALID, "表头下面一行内容也没有");
    return err_hint(err, "第二行起每行写一条记录");
}

static bool check(struct checker *checker, bool publishes, struct err *err)
{
    bool ok;

    checker_init(checker);
    ok = rows_read(checker, publishes, err) && nothing_there(checker->tally, err);
    checker_release(checker);
    return ok
           && stager_finish(checker->stager,
                            publishes && (checker->tally->bad == 0 || checker->request->options.good_only), err);
}

bool import_check(struct store *store, const struct import_request *request, const struct import_watch *watch,
                  bool publishes, struct import_tally *tally, struct err *err)
{
    struct checker checker = {.store = store, .request = request, .watch = watch};
    struct err ignored;
    bool ok;

    *tally = (struct import_tally){0};
    if (!allowed(request, err) || !named(request->plan, err)
        || !stager_open(store, request, &checker.stager, err))
        return false;
    checker.tally = stager_tally(checker.stager);
    ok = check(&checker, publishes, err);
    *tally = *checker.tally;
    stager_free(checker.stager);
    if (!ok) {
        import_drop(store, tally->job, &ignored);
        tally->job = 0;
    }
    return ok;
}
