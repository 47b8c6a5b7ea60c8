#include "work/fit.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/log.h"
#include "ledger/ledger.h"
#include "work/lease.h"

static const char lease_name[] = "fit";
enum { LEASE_MS = 15000, PAIRS_MOST = COLUMN_SHOWN * FIT_KEPT };

/* Two lists' worth of rows for one record: its own, and where it stands in the others'. */
struct pair {
    enum column column;
    int64_t other;
    int64_t chance;
    int rating;
};

struct matched {
    int64_t id;
    enum column column;
    bool open;
    bool first; /* its first version: no list can hold an older judgement of it */
    struct pair pairs[PAIRS_MOST];
    size_t count;
};

struct round {
    struct city *city;
    struct sql *sql;
    struct match_snapshot *snapshot;
    struct matched *matched;
    size_t count;
    uint64_t from, next, indexed;
    int64_t now_ms, holder;
    bool held;
};

static void match_one(const struct record *record, struct round *round, struct arena *arena, struct matched *to)
{
    struct match_query query;
    struct match_hits hits;
    struct match_err ignored;

    column_query(record, arena, &query);
    query.k = FIT_KEPT;
    query.kinds = ((1u << COLUMN_SHOWN) - 1) & ~(1u << to->column);
    if (match_search(round->snapshot, &query, &hits, &ignored))
        for (size_t c = 0; c < COLUMN_SHOWN; c++)
            for (size_t i = 0; i < hits.lists[c].count && to->count < PAIRS_MOST; i++) {
                const struct match_hit *hit = &hits.lists[c].hits[i];

                to->pairs[to->count++] = (struct pair){(enum column)c, hit->id, (int64_t)(hit->chance * 1e6f),
                                                       (int)hit->rating};
            }
    match_hits_release(&hits);
}

/* Leaves are read once; a record that changed twice in the round is matched twice, harmlessly. */
static bool take(const struct leaf *leaf, void *arg, struct err *err)
{
    struct round *round = arg;
    const struct kind *kind = kind_by_name(leaf->kind);
    struct matched *to = &round->matched[round->count];
    struct arena arena;
    struct record record;
    bool ok = true;

    if (leaf->index >= round->indexed)
        return true;
    round->next = leaf->index + 1;
    if (!kind)
        return true;
    arena_init(&arena);
    ok = record_get(round->sql, kind, leaf->object, &arena, &record, err);
    if (!ok && err->code == ERR_MISSING) {
        ok = true; /* the index has told the log */
    } else if (ok) {
        *to = (struct matched){.id = record.id, .column = column_of(&record), .open = record.status == RECORD_OPEN,
                                .first = leaf->version == 1};
        if (to->open && to->column < COLUMN_SHOWN)
            match_one(&record, round, &arena, to);
        round->count++;
    }
    arena_release(&arena);
    return ok;
}

static bool put_pair(struct sql *sql, int64_t id, enum column column, int64_t other, const struct pair *pair,
                     struct err *err)
{
    return sql_put(sql,
                   "INSERT INTO fit (id, col, other, chance, rating) VALUES (?1, ?2, ?3, ?4, ?5)"
                   " ON CONFLICT (id, col, other) DO UPDATE SET chance = excluded.chance, rating = excluded.rating",
                   SQL_ARGS(sql_int(id), sql_int(column), sql_int(other), sql_int(pair->chance), sql_int(pair->rating)),
                   err);
}

static bool trim(struct sql *sql, int64_t id, enum column column, struct err *err)
{
    return sql_put(sql,
                   "DELETE FROM fit WHERE id = ?1 AND col = ?2 AND other NOT IN (SELECT other FROM fit WHERE id = ?1"
                   " AND col = ?2 ORDER BY chance DESC, other LIMIT ?3)",
                   SQL_ARGS(sql_int(id), sql_int(column), sql_int(FIT_KEPT)), err);
}

static bool store_one(struct sql *sql, const struct matched *matched, struct err *err)
{
    bool ok = sql_put(sql, "DELETE FROM fit WHERE id = ?1", SQL_ARGS(sql_int(matched->id)), err)
              && (matched->first || sql_put(sql, "DELETE FROM fit WHERE other = ?1", SQL_ARGS(sql_int(matched->id)), err));

    for (size_t i = 0; ok && i < matched->count; i++) {
        const struct pair *pair = &matched->pairs[i];

        ok = put_pair(sql, matched->id, pair->column, pair->other, pair, err)
             && put_pair(sql, pair->other, matched->column, matched->id, pair, err)
             && trim(sql, pair->other, matched->column, err);
    }
    return ok;
}

static bool store_round(struct sql *sql, void *arg, struct err *err)
{
    struct round *round = arg;
    uint64_t stands;

    if (!lease_hold(sql, lease_name, round->holder, round->now_ms, round->now_ms + LEASE_MS, &round->held, err)
        || !ledger_cursor(sql, "fit", &stands, err))
        return false;
    if (!round->held || stands != round->from)
        return true; /* somebody else went on */
    for (size_t i = 0; i < round->count; i++)
        if (!store_one(sql, &round->matched[i], err))
            return false;
    return ledger_cursor_set(sql, "fit", round->next, err);
}

/* Another process that holds the lease does the work: read along only. */
static bool lease_free(struct sql *sql, const struct round *round, struct err *err)
{
    int64_t holder;
    bool found;

    return sql_one(sql, "SELECT holder FROM lease WHERE name = ?1 AND until_ms >= ?2",
                   SQL_ARGS(sql_text(slice_of(lease_name)), sql_int(round->now_ms)), &holder, &found, err)
           && (!found || holder == round->holder);
}

static bool gather(struct round *round, size_t most, struct err *err)
{
    bool ok;

    if (!store_read(round->city->store, &round->sql, err))
        return false;
    ok = ledger_cursor(round->sql, "fit", &round->from, err);
    round->next = round->from;
    if (ok && round->from < round->indexed && lease_free(round->sql, round, err)) {
        round->snapshot = match_snapshot(round->city->index);
        ok = ledger_follow(round->sql, round->from, most, take, round, err);
        match_snapshot_end(round->snapshot);
    }
    store_read_end(round->city->store, round->sql);
    return ok;
}

bool fit_follow(struct city *city, size_t most, uint64_t indexed, uint64_t *next, bool *more, struct err *err)
{
    struct round round = {.city = city, .indexed = indexed, .now_ms = clock_ms(), .holder = city->node.number + 1};
    bool ok;

    round.matched = calloc(most, sizeof *round.matched);
    if (!round.matched)
        return err_set(err, ERR_MEMORY, "内存不足");
    ok = gather(&round, most, err);
    if (ok && round.next > round.from)
        ok = store_write(city->store, "", store_round, &round, err) == STORE_DONE;
    *next = round.next;
    *more = round.next > round.from && round.next < indexed;
    free(round.matched);
    return ok;
}

static bool leave_step(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *holder = arg;

    return lease_drop(sql, lease_name, *holder, err);
}

void fit_leave(struct city *city)
{
    int64_t holder = city->node.number + 1;
    struct err ignored;

    store_write(city->store, "", leave_step, &holder, &ignored);
}

/* --- reading --- */

/*
 * By kind: the partner's name and whose it is. A need that hides its firm shows its alias. ?4: the organisation whose own
 * records are left out, 0 for none. Where a firm is hidden nothing is left out, on its page or on others': a partner that is
 * missing would say whose the need is.
 */
#define FIT_TEXT(table, title, who, others)                                                                                   \
    "SELECT f.other, f.chance, f.rating, r." title ", " who " FROM fit f JOIN " table                                   \
    " r ON r.id = f.other AND r.to_leaf IS NULL LEFT JOIN party p ON p.id = r.owner AND p.to_leaf IS NULL"             \
    " WHERE f.id = ?1 AND f.col = ?2 AND r.status = 0 AND (CAST(?4 AS BIGINT) = 0 OR " others ")"                                      \
    " ORDER BY f.chance DESC, f.other LIMIT ?3"

#define OTHERS "r.owner <> ?4"

static const char *const fit_texts[KIND_COUNT] = {
    [KIND_PARTY] = FIT_TEXT("party", "name", "''", OTHERS),
    [KIND_PERSON] = FIT_TEXT("person", "name", "p.name", OTHERS),
    [KIND_ACHIEVEMENT] = FIT_TEXT("achievement", "title", "p.name", OTHERS),
    [KIND_NEED] = FIT_TEXT("need", "title", "CASE WHEN r.hidden = 1 THEN r.alias ELSE p.name END",
                            "r.hidden = 1 OR " OTHERS),
    [KIND_SCENARIO] = FIT_TEXT("scenario", "title", "p.name", OTHERS),
    [KIND_SERVICE] = FIT_TEXT("service", "title", "p.name", OTHERS),
    [KIND_POLICY] = FIT_TEXT("policy", "title", "CASE WHEN r.issuer IS NULL THEN '' ELSE r.issuer || ' ' END || coalesce(r.doc_number, r.basis)",
                              OTHERS),
};

static size_t list_kind(struct sql *sql, const struct record *record, enum column column, const struct kind *kind,
                        struct arena *arena, struct fit *fits, size_t most)
{
    int64_t own = record_owner_level(record) == LEVEL_PUBLIC ? record->owner : 0;
    struct sql_rows rows;
    struct err err;
    size_t n = 0;

    if (!sql_rows(sql, fit_texts[kind->id],
                  SQL_ARGS(sql_int(record->id), sql_int(column), sql_int((int64_t)most), sql_int(own)), &rows, &err)) {
        log_error("who fits: %s", err.message); /* the page goes out without the list */
        return 0;
    }
    while (n < most && sql_next(&rows))
        fits[n++] = (struct fit){sql_number(&rows, 0), kind, sql_number(&rows, 1), (int)sql_number(&rows, 2),
                                 arena_copy(arena, sql_slice(&rows, 3)), arena_copy(arena, sql_slice(&rows, 4))};
    return sql_done(&rows, &err) ? n : 0;
}

static int by_chance(const void *a, const void *b)
{
    const struct fit *x = a, *y = b;

    return x->chance != y->chance ? (x->chance < y->chance ? 1 : -1) : (x->other > y->other) - (x->other < y->other);
}

size_t fit_list(struct sql *sql, const struct record *record, enum column column, struct arena *arena, struct fit *fits,
                size_t most)
{
    struct fit both[2 * FIT_KEPT];
    size_t n;

    if (column != COLUMN_PEOPLE)
        return list_kind(sql, record, column, column_kind(sql, column, 0), arena, fits, most);
    n = list_kind(sql, record, column, &kind_person, arena, both, FIT_KEPT);
    n += list_kind(sql, record, column, &kind_service, arena, both + n, FIT_KEPT);
    qsort(both, n, sizeof *both, by_chance);
    if (n > most)
        n = most;
    memcpy(fits, both, n * sizeof *fits);
    return n;
}
