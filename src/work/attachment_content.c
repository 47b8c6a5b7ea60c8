/* The bytes of attachments: put in by slices, read by parts, hashed again, swept away. */
#include "work/attachment.h"

#include "base/utf8.h"

/* What a slice writes reaches the disk in its COMMIT: the clock of the slice does not see that, so its parts are counted too. */
enum { SLICE_PARTS = 2, SWEPT_PARTS = 16 /* deleted at a time */, PAGE_FILES = 50 };

/* --- reading --- */

static const char size_text[] = "SELECT size FROM content WHERE digest = ?1 AND state > 0";
static const char part_text[] = "SELECT bytes FROM content_part WHERE digest = ?1 AND no = ?2";

bool attachment_size(struct sql *sql, struct slice digest, int64_t *size, bool *found, struct err *err)
{
    return sql_one(sql, size_text, SQL_ARGS(sql_text(digest)), size, found, err);
}

static bool changed(struct err *err)
{
    err_set(err, ERR_CORRUPT, "文件的内容与它的 SHA-256 不符");
    return err_hint(err, "库里的内容缺失或被改动过；请从备份恢复，并运行 tieqiao check");
}

/* *len: how long the part is; 0: it is not there. */
static bool part_read(struct sql *sql, struct slice digest, int64_t no, struct seal_sum *sum, attachment_part_fn *fn,
                      void *arg, int64_t *len, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    *len = 0;
    if (!sql_rows(sql, part_text, SQL_ARGS(sql_text(digest), sql_int(no)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        struct slice bytes = sql_slice(&rows, 0);

        *len = (int64_t)bytes.len;
        seal_sum_add(sum, bytes);
        ok = !fn || fn(bytes, arg, err);
    }
    return sql_done(&rows, ok ? err : &later) && ok;
}

bool attachment_read(struct sql *sql, struct slice digest, attachment_part_fn *fn, void *arg, struct err *err)
{
    unsigned char hash[SEAL_HASH], wanted[SEAL_HASH];
    int64_t size, done = 0, len = 1;
    struct seal_sum *sum;
    bool found, ok = true;

    if (!attachment_size(sql, digest, &size, &found, err))
        return false;
    if (!found)
        return err_set(err, ERR_MISSING, "没有这个文件的内容") || err_hint(err, "它的 SHA-256 是填的，文件没有传上来");
    sum = seal_sum_begin();
    for (int64_t no = 0; ok && len > 0 && done < size; no++) {
        ok = part_read(sql, digest, no, sum, fn, arg, &len, err);
        done += len;
    }
    seal_sum_end(sum, hash);
    if (!ok)
        return false;
#ifdef TQ_TEETH_ATTACHMENT_HASH
    return true;
#endif
    return (done == size && seal_unhex(digest, wanted, sizeof wanted) && memcmp(hash, wanted, sizeof hash) == 0) || changed(err);
}

/* --- putting in --- */

static const char begin_text[] =
    "INSERT INTO content (digest, size, state, touched_ms) VALUES (?1, ?2, 0, ?3)"
    " ON CONFLICT (digest) DO UPDATE SET touched_ms = excluded.touched_ms";
static const char state_text[] = "SELECT state FROM content WHERE digest = ?1";
static const char put_text[] =
    "INSERT INTO content_part (digest, no, bytes) VALUES (?1, ?2, ?3) ON CONFLICT (digest, no) DO NOTHING";
static const char whole_text[] = "UPDATE content SET state = 1 WHERE digest = ?1 AND state = 0";

struct keeping {
    struct slice digest, bytes;
    int64_t now_ms, no; /* the next part */
    bool begun;
};

static bool keep_begin(struct sql *sql, struct keeping *keeping, bool *there, struct err *err)
{
    int64_t state = 0;
    bool found;

    if (!sql_put(sql, begin_text,
                 SQL_ARGS(sql_text(keeping->digest), sql_int((int64_t)keeping->bytes.len), sql_int(keeping->now_ms)), err)
        || !sql_one(sql, state_text, SQL_ARGS(sql_text(keeping->digest)), &state, &found, err))
        return false;
    *there = state > 0;
    keeping->begun = true;
    return true;
}

static bool keep_slice(struct sql *sql, void *arg, bool *more, struct err *err)
{
    struct keeping *keeping = arg;
    size_t at = (size_t)keeping->no * ATTACHMENT_PART;
    bool there = false;

    if (!keeping->begun && !keep_begin(sql, keeping, &there, err))
        return false;
    for (int put = 0; !there && at < keeping->bytes.len && put < SLICE_PARTS && !store_slice_over(sql);
         at += ATTACHMENT_PART, keeping->no++, put++) {
        size_t rest = keeping->bytes.len - at;

        if (!sql_put(sql, put_text,
                     SQL_ARGS(sql_text(keeping->digest), sql_int(keeping->no),
                              sql_bytes(keeping->bytes.at + at, rest < ATTACHMENT_PART ? rest : ATTACHMENT_PART)),
                     err))
            return false;
    }
    *more = !there && at < keeping->bytes.len;
    return *more || there || sql_put(sql, whole_text, SQL_ARGS(sql_text(keeping->digest)), err);
}

bool attachment_keep(struct store *store, struct slice digest, struct slice bytes, int64_t now_ms, struct err *err)
{
    struct keeping keeping = {.digest = digest, .bytes = bytes, .now_ms = now_ms};

    return store_long(store, keep_slice, &keeping, err);
}

/* --- letting go --- */

/* That no record names it is asked too: nothing may hang on a number that was left behind. */
static const char loose_text[] =
    "SELECT digest FROM content WHERE state < 2 AND touched_ms < ?1"
    " AND NOT EXISTS (SELECT 1 FROM attachment WHERE attachment.digest = content.digest)"
    " AND NOT EXISTS (SELECT 1 FROM trial_run t WHERE t.digest = content.digest AND t.file_size IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM trl_evidence e WHERE e.digest = content.digest AND e.file_size IS NOT NULL) ORDER BY touched_ms, digest LIMIT 1";
/* Whoever brings the same file while it goes finds that it is not whole. */
static const char broken_text[] = "UPDATE content SET state = 0 WHERE digest = ?1";
static const char parts_gone_text[] =
    "DELETE FROM content_part WHERE digest = ?1 AND no IN (SELECT no FROM content_part WHERE digest = ?1 LIMIT ?2)";
static const char gone_text[] = "DELETE FROM content WHERE digest = ?1";

static bool loose_find(struct sql *sql, int64_t before_ms, char digest[ATTACHMENT_DIGEST_HEX + 1], bool *found, struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, loose_text, SQL_ARGS(sql_int(before_ms)), &rows, err))
        return false;
    *found = sql_next(&rows);
    if (*found)
        snprintf(digest, ATTACHMENT_DIGEST_HEX + 1, "%.*s", (int)sql_slice(&rows, 0).len, sql_slice(&rows, 0).at);
    return sql_done(&rows, err);
}

static bool loose_drop(struct sql *sql, struct slice digest, struct err *err)
{
    int64_t dropped = SWEPT_PARTS;

    if (!sql_put(sql, broken_text, SQL_ARGS(sql_text(digest)), err))
        return false;
    while (dropped == SWEPT_PARTS && !store_slice_over(sql))
        if (!sql_count(sql, parts_gone_text, SQL_ARGS(sql_text(digest), sql_int(SWEPT_PARTS)), &dropped, err))
            return false;
    return dropped == SWEPT_PARTS || sql_put(sql, gone_text, SQL_ARGS(sql_text(digest)), err);
}

static bool sweep_slice(struct sql *sql, void *arg, bool *more, struct err *err)
{
    const int64_t *before_ms = arg;
    char digest[ATTACHMENT_DIGEST_HEX + 1];

    *more = true;
    while (*more && !store_slice_over(sql))
        if (!loose_find(sql, *before_ms, digest, more, err) || (*more && !loose_drop(sql, slice_of(digest), err)))
            return false;
    return true;
}

bool attachment_sweep(struct store *store, int64_t now_ms, struct err *err)
{
    int64_t before_ms = now_ms - ATTACHMENT_LOOSE_MS;

    return store_long(store, sweep_slice, &before_ms, err);
}

/* --- hashing again --- */

/*
 * Each content once, by the first record of a kind that names it. What a deal's file is never changes, so its first version tells; an
 * entry of a pilot job may have got its file later.
 */
#define OF_ENTRIES(table) \
    "SELECT id, matter, no, file, file_size, digest FROM " table " a WHERE to_leaf IS NULL AND file_size IS NOT NULL AND id > ?1" \
    " AND NOT EXISTS (SELECT 1 FROM " table " b WHERE b.digest = a.digest AND b.to_leaf IS NULL AND b.file_size IS NOT NULL AND b.id < a.id)" \
    " ORDER BY id LIMIT ?2"
static const char *const named_texts[] = {
    "SELECT id, deal, no, name, size, digest FROM attachment a WHERE ver = 1 AND id > ?1"
    " AND NOT EXISTS (SELECT 1 FROM attachment b WHERE b.digest = a.digest AND b.id < a.id) ORDER BY id LIMIT ?2",
    OF_ENTRIES("trial_run"), OF_ENTRIES("trl_evidence"),
};

struct checking {
    struct sql *sql;
    const char *text; /* of named_texts */
    struct attachment_counts *counts;
    int64_t last, wrong;
    size_t read; /* of the page */
    struct err first;
};

static bool wrong(struct checking *checking, const struct sql_rows *rows, const char *what, struct err *err)
{
    struct slice name = utf8_head(sql_slice(rows, 3), 60);

    err_clear(err);
    if (checking->wrong++ == 0)
        err_set(&checking->first, ERR_CORRUPT, "附件“%.*s”（项目或作业 %lld 的第 %lld 号）的内容%s", (int)name.len, name.at,
                (long long)sql_number(rows, 1), (long long)sql_number(rows, 2), what);
    return true;
}

/* false: it could not be looked at. */
static bool check_named(struct checking *checking, const struct sql_rows *rows, struct err *err)
{
    int64_t size = 0;
    bool found;

    checking->last = sql_number(rows, 0);
    checking->counts->files++;
    checking->counts->bytes += sql_number(rows, 4);
    if (!attachment_size(checking->sql, sql_slice(rows, 5), &size, &found, err))
        return false;
    if (!found)
        return wrong(checking, rows, N_("不在库里"), err);
    if (attachment_read(checking->sql, sql_slice(rows, 5), NULL, NULL, err) && size == sql_number(rows, 4))
        return true;
    return err->code != ERR_NONE && err->code != ERR_CORRUPT ? false : wrong(checking, rows, N_("与它的 SHA-256 不符"), err);
}

static bool check_page(struct checking *checking, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    checking->read = 0;
    if (!sql_rows(checking->sql, checking->text, SQL_ARGS(sql_int(checking->last), sql_int(PAGE_FILES)), &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        ok = check_named(checking, &rows, err);
        checking->read++;
    }
    return sql_done(&rows, ok ? err : &later) && ok;
}

bool attachment_check(struct sql *sql, struct attachment_counts *counts, struct err *err)
{
    struct checking checking = {.sql = sql, .counts = counts};

    *counts = (struct attachment_counts){0};
    err_clear(err);
    for (size_t i = 0; i < sizeof named_texts / sizeof *named_texts; i++) {
        checking.text = named_texts[i];
        checking.last = 0;
        do {
            if (!check_page(&checking, err))
                return false;
        } while (checking.read == PAGE_FILES);
    }
    if (!checking.wrong)
        return true;
    *err = checking.first;
    if (checking.wrong > 1)
        return err_hint(err, "另有 %lld 份附件也是这样；请从备份恢复", (long long)checking.wrong - 1);
    return err_hint(err, "请从备份恢复");
}
