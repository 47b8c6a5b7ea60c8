#include "work/city_check.h"

#include "record/record.h"
#include "work/account.h"

enum { TOLD_EVERY = 256 };

struct walk {
    struct sql *sql;
    const struct city_watch *watch;
    struct city_counts *counts;
    const struct kind *kind;
    struct arena arenas[2]; /* of this version and of the one before */
    unsigned turn;
    struct record prior;
};

static bool told(const struct walk *walk, struct err *err)
{
    const struct city_watch *watch = walk->watch;

    if (!watch || walk->counts->versions % TOLD_EVERY
        || watch->moved(watch->arg, walk->counts->versions, (int64_t)walk->counts->leaves))
        return true;
    return err_set(err, ERR_BUSY, "核对没有做完就停下了");
}

static bool check_version(struct walk *walk, int64_t id, int64_t ver, struct err *err)
{
    struct arena *arena = &walk->arenas[walk->turn];
    bool first = walk->prior.kind != walk->kind || walk->prior.id != id;
    struct record record;

    arena_reset(arena);
    if (ver != (first ? 1 : walk->prior.ver + 1))
        return err_set(err, ERR_CORRUPT, "%s %lld 缺少第 %lld 版之前的一版", walk->kind->label, (long long)id, (long long)ver);
    if (!record_version(walk->sql, walk->kind, id, ver, arena, &record, err)
        || !record_verify(walk->sql, &record, first ? NULL : &walk->prior, err))
        return false;
    walk->prior = record;
    walk->turn = !walk->turn;
    walk->counts->records += first;
    walk->counts->versions++;
    return told(walk, err);
}

static const char *const version_texts[KIND_COUNT] = {
    [KIND_PARTY] = "SELECT id, ver FROM party ORDER BY id, ver",
    [KIND_PERSON] = "SELECT id, ver FROM person ORDER BY id, ver",
    [KIND_ACHIEVEMENT] = "SELECT id, ver FROM achievement ORDER BY id, ver",
    [KIND_NEED] = "SELECT id, ver FROM need ORDER BY id, ver",
    [KIND_SCENARIO] = "SELECT id, ver FROM scenario ORDER BY id, ver",
    [KIND_SERVICE] = "SELECT id, ver FROM service ORDER BY id, ver",
    [KIND_POLICY] = "SELECT id, ver FROM policy ORDER BY id, ver",
};

static bool check_kind(struct walk *walk, struct err *err)
{
    struct sql_rows rows;
    struct err ignored;
    bool ok = true;

    if (!sql_rows(walk->sql, version_texts[walk->kind->id], SQL_NO_ARGS, &rows, err))
        return false;
    while (ok && sql_next(&rows))
        ok = check_version(walk, sql_number(&rows, 0), sql_number(&rows, 1), err);
    return sql_done(&rows, ok ? err : &ignored) && ok;
}

static bool count_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    (void)err;
    if (kind_by_name(leaf->kind))
        ++*(int64_t *)arg;
    return true;
}

/* Each version has a leaf of its own, so as many leaves as versions means that no leaf has lost its version. */
static bool check_leaves(struct walk *walk, struct err *err)
{
    int64_t leaves = 0;

    if (!ledger_follow(walk->sql, 0, SIZE_MAX >> 1, count_leaf, &leaves, err))
        return false;
    return leaves == walk->counts->versions
           || err_set(err, ERR_CORRUPT, "账本里有 %lld 条记录变更,库里有 %lld 版", (long long)leaves,
                      (long long)walk->counts->versions);
}

bool city_check(struct sql *sql, const struct city_watch *watch, struct city_counts *counts, struct err *err)
{
    struct walk walk = {.sql = sql, .watch = watch, .counts = counts};
    bool ok;

    *counts = (struct city_counts){0};
    arena_init(&walk.arenas[0]);
    arena_init(&walk.arenas[1]);
    ok = ledger_check(sql, &counts->leaves, err) && told(&walk, err);
    for (size_t k = 0; ok && k < KIND_COUNT; k++) {
        walk.kind = kind_get((enum kind_id)k);
        ok = check_kind(&walk, err);
    }
    ok = ok && check_leaves(&walk, err) && people_check(sql, &counts->people, err);
    arena_release(&walk.arenas[0]);
    arena_release(&walk.arenas[1]);
    return ok;
}
