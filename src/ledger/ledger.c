#include "ledger/ledger.h"

#include <assert.h>

#include "base/log.h"
#include "seal/seal.h"

enum { CHECK_PAGE = 1000 };

const char *const ledger_exempt[] = {"session", "lease", "job",    "staging", "draft",         "cursor",
                                     "facet",   "facet_set", "facet_tally", "fit", "sign_in", "ledger", "ledger_head",
                                     "checkpoint", "stamp", "schema_version", "content", "content_part", "deal_stand", "deal_due",
                                     "inbox", "reminder", "delivery", "feed", "harvest_item", "harvest_set", "harvest_state", "harvest_kind",
                                     "indicator", "indicator_row", "indicator_sum"};
const size_t ledger_exempt_count = sizeof ledger_exempt / sizeof *ledger_exempt;

/*
 * What a batch knows of the ledger; the store puts it back when a step is refused.
 * `chain` hashes up all that was appended, to hold against what is read back.
 */
struct head {
    uint64_t first, next;
    unsigned char chain[LEAF_HASH];
};

_Static_assert(sizeof(struct head) <= STORE_SCRATCH, "the batch's scratch holds the head");

static const char head_next[] = "SELECT next FROM ledger_head WHERE id = 1";
#ifdef TQ_TEETH_LEDGER_HEAD_LOCK
static const char head_lock[] = "SELECT next FROM ledger_head WHERE id = 1 AND next >= 0";
#else
static const char head_lock[] = "SELECT next FROM ledger_head WHERE id = 1 FOR UPDATE";
#endif
static const char head_move[] = "UPDATE ledger_head SET next = ?1 WHERE id = 1";
static const char leaf_add[] =
    "INSERT INTO ledger (leaf_index, bytes, hash, kind, object, version, action, request_id, part, time_ms)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
static const char leaves_back[] = "SELECT bytes, hash FROM ledger WHERE leaf_index >= ?1 ORDER BY leaf_index";
/* <> '' is what lets the planners use the partial index. */
static const char leaf_by_request[] =
    "SELECT bytes, hash FROM ledger WHERE request_id = ?1 AND request_id <> '' AND part = 0";
static const char leaf_by_index[] = "SELECT bytes, hash FROM ledger WHERE leaf_index = ?1";
static const char leaves_from[] =
    "SELECT bytes, hash, leaf_index, kind, object, version FROM ledger WHERE leaf_index >= ?1 ORDER BY leaf_index LIMIT ?2";
static const char bytes_from[] =
    "SELECT bytes, hash, leaf_index FROM ledger WHERE leaf_index >= ?1 ORDER BY leaf_index LIMIT ?2";
static const char leaves_of[] =
    "SELECT bytes, hash FROM ledger WHERE kind = ?1 AND object = ?2 AND leaf_index < ?3 ORDER BY leaf_index DESC LIMIT ?4";
static const char leaves_whole[] =
    "SELECT bytes, hash, leaf_index, kind, object, version, action, request_id, part, time_ms FROM ledger"
    " WHERE leaf_index >= ?1 ORDER BY leaf_index LIMIT ?2";
static const char cursor_get[] = "SELECT next FROM cursor WHERE name = ?1";
static const char cursor_put[] =
    "INSERT INTO cursor (name, next) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET next = excluded.next";

/* ---- what each batch does for the ledger ---- */

static bool batch_begin(struct sql *sql, void *scratch, struct err *err)
{
    struct head *head = scratch;
    int64_t next = 0;
    bool found;

    if (!sql_one(sql, sql_locks_rows(sql) ? head_lock : head_next, SQL_NO_ARGS, &next, &found, err))
        return false;
    if (!found || next < 0)
        return err_set(err, ERR_CORRUPT, "账本的末尾记录丢失");
    *head = (struct head){.first = (uint64_t)next, .next = (uint64_t)next};
    return true;
}

static void chain_add(unsigned char chain[LEAF_HASH], const unsigned char hash[LEAF_HASH])
{
    seal_sha256((struct slice[]){{(const char *)chain, LEAF_HASH}, {(const char *)hash, LEAF_HASH}}, 2, chain);
}

/* The stored bytes hash to the stored hash. */
static bool row_sound(const struct sql_rows *rows, unsigned char hash[LEAF_HASH])
{
    leaf_hash(sql_slice(rows, 0), hash);
    return slice_same(sql_slice(rows, 1), (struct slice){(const char *)hash, LEAF_HASH});
}

/* Verify before commit: what stands in the table is what was appended, all of it and nothing else. */
static bool batch_verify(struct sql *sql, const struct head *head, struct err *err)
{
    unsigned char chain[LEAF_HASH] = {0}, hash[LEAF_HASH];
    uint64_t count = 0;
    struct sql_rows rows;
    bool sound = true;

    if (!sql_rows(sql, leaves_back, SQL_ARGS(sql_int((int64_t)head->first)), &rows, err))
        return false;
    for (; sql_next(&rows); count++) {
        sound = row_sound(&rows, hash) && sound;
        chain_add(chain, hash);
    }
    if (!sql_done(&rows, err))
        return false;
#ifdef TQ_TEETH_LEDGER_VERIFY
    return true;
#endif
    if (sound && count == head->next - head->first && seal_same(chain, head->chain, LEAF_HASH))
        return true;
    log_error("ledger: leaves from %llu on are not what was appended", (unsigned long long)head->first);
    return err_set(err, ERR_CORRUPT, "账本写入后核对不符，本次写入已撤销");
}

static bool batch_end(struct sql *sql, void *scratch, struct err *err)
{
    const struct head *head = scratch;

    if (head->next == head->first)
        return true;
    return sql_put(sql, head_move, SQL_ARGS(sql_int((int64_t)head->next)), err) && batch_verify(sql, head, err);
}

void ledger_attach(struct store_options *options)
{
    options->hooks = (struct store_hooks){batch_begin, batch_end, ledger_seen};
}

/* ---- appending ---- */

bool ledger_append(struct sql *sql, struct leaf *leaf, struct err *err)
{
    struct head *head = store_scratch(sql);
    unsigned char bytes[LEAF_MAX], hash[LEAF_HASH];
    struct slice written = {(const char *)bytes, 0};

    assert(head); /* inside a step */
    leaf->index = head->next;
    written.len = leaf_write(leaf, bytes);
    leaf_hash(written, hash);
    if (!sql_put(sql, leaf_add,
                 SQL_ARGS(sql_int((int64_t)leaf->index), sql_bytes(written.at, written.len),
                          sql_bytes(hash, sizeof hash), sql_text(slice_of(leaf->kind)), sql_int(leaf->object),
                          sql_int(leaf->version), sql_text(slice_of(leaf->action)),
                          sql_text(slice_of(leaf->request_id)), sql_int(leaf->part), sql_int(leaf->time_ms)),
                 err))
        return false;
    head->next++;
    chain_add(head->chain, hash);
    return true;
}

/* ---- reading ---- */

static bool row_read(const struct sql_rows *rows, struct leaf *leaf, struct err *err)
{
    unsigned char hash[LEAF_HASH];

    if (!row_sound(rows, hash))
        return err_set(err, ERR_CORRUPT, "账本条目与其散列值不符");
    return leaf_read(sql_slice(rows, 0), leaf, err);
}

static bool leaf_one(struct sql *sql, const char *statement, struct sql_arg arg, struct leaf *leaf, bool *found,
                     struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok;

    if (!sql_rows(sql, statement, &arg, 1, &rows, err))
        return false;
    *found = sql_next(&rows);
    ok = !*found || row_read(&rows, leaf, err);
    ok = sql_done(&rows, ok ? err : &later) && ok;
    *found = *found && ok; /* a caller that asks only this must not take a damaged leaf for one */
    return ok;
}

bool ledger_request(struct sql *sql, struct slice request_id, struct leaf *leaf, bool *found, struct err *err)
{
    *found = false;
    return request_id.len == 0 || leaf_one(sql, leaf_by_request, sql_text(request_id), leaf, found, err);
}

bool ledger_seen(struct sql *sql, struct slice request_id, bool *seen, struct err *err)
{
    struct leaf leaf;

    return ledger_request(sql, request_id, &leaf, seen, err);
}

bool ledger_get(struct sql *sql, uint64_t index, struct leaf *leaf, struct err *err)
{
    bool found = false;

    if (index <= INT64_MAX && !leaf_one(sql, leaf_by_index, sql_int((int64_t)index), leaf, &found, err))
        return false;
    return found || err_set(err, ERR_MISSING, "账本中没有第 %llu 条", (unsigned long long)index);
}

bool ledger_size(struct sql *sql, uint64_t *size, struct err *err)
{
    const struct head *head = store_scratch(sql);
    int64_t next = 0;
    bool found;

    if (head) {
        *size = head->next;
        return true;
    }
    if (!sql_one(sql, head_next, SQL_NO_ARGS, &next, &found, err))
        return false;
    *size = (uint64_t)next;
    return found || err_set(err, ERR_CORRUPT, "账本的末尾记录丢失");
}

typedef bool leaf_from_row(const struct sql_rows *rows, struct leaf *leaf, struct err *err);

static bool leaves_each(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count,
                        leaf_from_row *read, ledger_fn *fn, void *arg, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    if (!sql_rows(sql, statement, args, count, &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        struct leaf leaf;

        ok = read(&rows, &leaf, err) && fn(&leaf, arg, err);
    }
    return sql_done(&rows, ok ? err : &later) && ok;
}

/* Never fails: a follower cannot wait until somebody has mended a leaf. */
static bool row_follow(const struct sql_rows *rows, struct leaf *leaf, struct err *err)
{
    uint64_t index = (uint64_t)sql_number(rows, 2);
    struct slice kind = sql_slice(rows, 3);

    if (row_read(rows, leaf, err) && leaf->index == index)
        return true;
    log_error("ledger: leaf %llu is damaged: tieqiao check says how", (unsigned long long)index);
    *leaf = (struct leaf){.index = index, .object = sql_number(rows, 4), .version = (uint32_t)sql_number(rows, 5)};
    snprintf(leaf->kind, sizeof leaf->kind, "%.*s", (int)kind.len, kind.at);
    return true;
}

bool ledger_follow(struct sql *sql, uint64_t from, size_t limit, ledger_fn *fn, void *arg, struct err *err)
{
    if (from > INT64_MAX)
        return true;
    return leaves_each(sql, leaves_from, SQL_ARGS(sql_int((int64_t)from), sql_int((int64_t)limit)), row_follow, fn, arg,
                       err);
}

bool ledger_history(struct sql *sql, const char *kind, int64_t object, uint64_t before, size_t limit, ledger_fn *fn,
                    void *arg, struct err *err)
{
    return leaves_each(sql, leaves_of,
                       SQL_ARGS(sql_text(slice_of(kind)), sql_int(object), sql_int((int64_t)before),
                                sql_int((int64_t)limit)),
                       row_read, fn, arg, err);
}

/* Sorted by a sum, lest an engine run along the whole ledger in order instead of looking the object up. */
#define WHERE_HEAD "SELECT leaf_index FROM ledger WHERE kind = ?1 AND object "
#define WHERE_TAIL " AND leaf_index >= ?3 AND leaf_index < ?4 ORDER BY leaf_index + 0 LIMIT ?5"
static const char where_one[] = WHERE_HEAD "= ?2" WHERE_TAIL;

char *ledger_among(const char *ids)
{
    struct text query;

    text_init(&query);
    text_print(&query, WHERE_HEAD "IN (%s)" WHERE_TAIL, ids);
    return text_detach(&query);
}

bool ledger_where(struct sql *sql, const char *query, const char *kind, int64_t object, uint64_t from, uint64_t before, size_t most, uint64_t *indexes,
                  size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (from > INT64_MAX || before > INT64_MAX)
        return true;
    if (!sql_rows(sql, query ? query : where_one,
                  SQL_ARGS(sql_text(slice_of(kind)), sql_int(object), sql_int((int64_t)from), sql_int((int64_t)before), sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        indexes[(*count)++] = (uint64_t)sql_number(&rows, 0);
    return sql_done(&rows, err);
}

/* The row of this index, columns bytes, hash, leaf_index: is it there, and whole? */
static bool row_hash(const struct sql_rows *rows, uint64_t index, unsigned char hash[LEAF_HASH], struct err *err)
{
    if (sql_number(rows, 2) != (int64_t)index)
        return err_set(err, ERR_CORRUPT, "账本缺少第 %llu 条", (unsigned long long)index);
    return row_sound(rows, hash)
        || err_set(err, ERR_CORRUPT, "第 %llu 条：%s", (unsigned long long)index, N_("账本条目与其散列值不符"));
}

bool ledger_bytes(struct sql *sql, uint64_t from, size_t limit, ledger_bytes_fn *fn, void *arg, struct err *err)
{
    unsigned char hash[LEAF_HASH];
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    if (!sql_rows(sql, bytes_from, SQL_ARGS(sql_int((int64_t)from), sql_int((int64_t)limit)), &rows, err))
        return false;
    for (; ok && sql_next(&rows); from++)
        ok = row_hash(&rows, from, hash, err) && fn(from, sql_slice(&rows, 0), hash, arg, err);
    return sql_done(&rows, ok ? err : &later) && ok;
}

/* ---- followers ---- */

bool ledger_cursor(struct sql *sql, const char *name, uint64_t *next, struct err *err)
{
    int64_t number = 0;
    bool found;

    if (!sql_one(sql, cursor_get, SQL_ARGS(sql_text(slice_of(name))), &number, &found, err))
        return false;
    *next = found ? (uint64_t)number : 0;
    return true;
}

bool ledger_cursor_set(struct sql *sql, const char *name, uint64_t next, struct err *err)
{
    return sql_put(sql, cursor_put, SQL_ARGS(sql_text(slice_of(name)), sql_int((int64_t)next)), err);
}

/* ---- checking ---- */

/* The columns say what the bytes say. */
static bool columns_agree(const struct sql_rows *rows, const struct leaf *leaf)
{
    return sql_number(rows, 2) == (int64_t)leaf->index && slice_is(sql_slice(rows, 3), leaf->kind)
        && sql_number(rows, 4) == leaf->object && sql_number(rows, 5) == leaf->version
        && slice_is(sql_slice(rows, 6), leaf->action) && slice_is(sql_slice(rows, 7), leaf->request_id)
        && sql_number(rows, 8) == leaf->part && sql_number(rows, 9) == leaf->time_ms;
}

struct checking {
    ledger_bytes_fn *fn;
    void *arg;
};

static bool row_check(const struct sql_rows *rows, uint64_t index, const struct checking *checking, struct err *err)
{
    unsigned char hash[LEAF_HASH];
    struct leaf leaf;
    struct err cause;

    if (!row_hash(rows, index, hash, err))
        return false;
    if (!leaf_read(sql_slice(rows, 0), &leaf, &cause))
        return err_set(err, ERR_CORRUPT, "第 %llu 条：%s", (unsigned long long)index, cause.message);
    if (!columns_agree(rows, &leaf))
        return err_set(err, ERR_CORRUPT, "第 %llu 条的索引列与内容不符", (unsigned long long)index);
    return !checking->fn || checking->fn(index, sql_slice(rows, 0), hash, checking->arg, err);
}

static bool page_check(struct sql *sql, const struct checking *checking, uint64_t *count, bool *more, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    uint64_t start = *count;
    bool ok = true;

    if (!sql_rows(sql, leaves_whole, SQL_ARGS(sql_int((int64_t)start), sql_int(CHECK_PAGE)), &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        ok = row_check(&rows, *count, checking, err);
        *count += ok;
    }
    *more = *count == start + CHECK_PAGE;
    return sql_done(&rows, ok ? err : &later) && ok;
}

bool ledger_check_each(struct sql *sql, ledger_bytes_fn *fn, void *arg, uint64_t *count, struct err *err)
{
    const struct checking checking = {fn, arg};
    uint64_t size;
    bool more = true;

    *count = 0;
    if (!ledger_size(sql, &size, err))
        return false;
    while (more)
        if (!page_check(sql, &checking, count, &more, err))
            return false;
    return *count == size
        || err_set(err, ERR_CORRUPT, "账本有 %llu 条，末尾记录却是 %llu", (unsigned long long)*count,
                   (unsigned long long)size);
}

bool ledger_check(struct sql *sql, uint64_t *count, struct err *err)
{
    return ledger_check_each(sql, NULL, NULL, count, err);
}
