/* fsck for feedback: each version's values against the leaf that was written for it, and no leaf without its version. */
#include "work/feedback_int.h"

struct checking {
    struct sql *sql;
    struct arena arena;
    int64_t versions, leaves;
};

static bool differs(const struct feedback *feedback, struct err *err)
{
    return err_set(err, ERR_CORRUPT, "反馈 %lld 第 %lld 版的内容与账本第 %lld 条不符", (long long)feedback->id,
                   (long long)feedback->ver, (long long)feedback->from_leaf);
}

static bool check_version(struct checking *checking, const struct sql_rows *rows, struct err *err)
{
    unsigned char root[LEAF_HASH];
    struct feedback feedback;
    struct leaf leaf;

    if (!feedback_take(&feedback, rows, &checking->arena))
        return err_set(err, ERR_CORRUPT, "反馈 %lld 第 %lld 版的内容不完整", (long long)feedback.id, (long long)feedback.ver);
    if (!ledger_get(checking->sql, (uint64_t)feedback.from_leaf, &leaf, err))
        return false;
    checking->versions++;
    feedback_root(&feedback, root);
    arena_reset(&checking->arena);
    return (strcmp(leaf.kind, "feedback") == 0 && leaf.object == feedback.id && leaf.version == feedback.ver
            && leaf.time_ms == feedback.valid_from && memcmp(leaf.root, root, LEAF_HASH) == 0)
           || differs(&feedback, err);
}

static bool count_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    (void)err;
    ((struct checking *)arg)->leaves += strcmp(leaf->kind, "feedback") == 0;
    return true;
}

static bool check_all(struct checking *checking, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    if (!sql_rows(checking->sql, FEEDBACK_SELECT " ORDER BY id, ver", SQL_NO_ARGS, &rows, err))
        return false;
    while (ok && sql_next(&rows))
        ok = check_version(checking, &rows, err);
    return sql_done(&rows, ok ? err : &later) && ok;
}

bool feedback_check(struct sql *sql, int64_t *count, struct err *err)
{
    struct checking checking = {.sql = sql};
    bool ok;

    arena_init(&checking.arena);
    ok = check_all(&checking, err) && ledger_follow(sql, 0, SIZE_MAX >> 1, count_leaf, &checking, err)
         && (checking.leaves == checking.versions
             || err_set(err, ERR_CORRUPT, "账本里有 %lld 条反馈，库里有 %lld 版", (long long)checking.leaves,
                        (long long)checking.versions));
    arena_release(&checking.arena);
    *count = checking.versions;
    return ok;
}
