/*
 * Staged rows become records, a slice of the writer's time after another. A slice reads the job's place, goes on from
 * there and moves it, all in its own transaction: so it does not matter who runs it, nor how often it is cut off.
 *
 * A row that can't be published after all (somebody has meanwhile taken its name) must not hold up the rest. It spoils
 * its slice; the rows of that slice are then published one by one, and the one that fails alone is passed over.
 */
#include "base/clock.h"
#include "base/log.h"
#include "record/party.h"
#include "record/person.h"
#include "work/import_int.h"
#include "work/past.h"

enum { PAGE_ROWS = 128, CAREFUL_ROWS = PAGE_ROWS, SWEEP_ROWS = 2000 };

struct publishing {
    int64_t job;
    const struct kind *kind;
    struct arena arena;          /* of one page of rows */
    unsigned char pseudonym[LEAF_ACTOR];
    bool by_program;
    int64_t account, decided_ms;
    int64_t staged, from, place; /* from: where the slice began */
    struct import_tally tally;
    bool found, swept;
    int careful;                 /* rows still to be published one by one */
    int64_t pass_over;           /* a row that failed alone */
};

static const char job_get[] =
    "SELECT kind, account, pseudonym, decided_ms, staged, place, state, good, bad, parties, made, changed, same, skipped"
    " FROM job WHERE id = ?1";
static const char rows_get[] =
    "SELECT seq, sort, object, ver, owner, body FROM staging WHERE job = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
static const char job_move[] =
    "UPDATE job SET place = ?2, made = ?3, changed = ?4, same = ?5, skipped = ?6, parties = ?7, state = ?8 WHERE id = ?1";
static const char owner_swap[] = "UPDATE staging SET owner = ?3 WHERE job = ?1 AND owner = ?2";
static const char decide_job[] =
    "UPDATE job SET state = 'publishing', decided_ms = ?2 WHERE id = ?1 AND state = 'checked'";
/* One that is done and settled only loses what is staged for it. */
static const char drop_job[] =
    "UPDATE job SET state = CASE state WHEN 'settled' THEN 'settled' ELSE 'dropped' END"
    " WHERE id = ?1 AND state IN ('staging', 'checked', 'dropped', 'settled')";
/* What was published goes; bad rows stay to be mended, and which records were left as they were. */
static const char sweep_done[] =
    "DELETE FROM staging WHERE job = ?1 AND sort IN (0, 1) AND seq IN"
    " (SELECT seq FROM staging WHERE job = ?1 AND sort IN (0, 1) ORDER BY seq LIMIT ?2)";
static const char sweep_all[] =
    "DELETE FROM staging WHERE job = ?1 AND seq IN (SELECT seq FROM staging WHERE job = ?1 ORDER BY seq LIMIT ?2)";

/* --- the job --- */

static void job_read(const struct sql_rows *rows, struct publishing *p)
{
    struct slice pseudonym = sql_slice(rows, 2), kind = sql_slice(rows, 0);
    char name[32];

    snprintf(name, sizeof name, "%.*s", (int)kind.len, kind.at);
    p->kind = kind_imported_by_name(name);
    p->account = sql_number(rows, 1);
    p->by_program = p->account == -1;
    if (pseudonym.len == LEAF_ACTOR)
        memcpy(p->pseudonym, pseudonym.at, LEAF_ACTOR);
    p->decided_ms = sql_number(rows, 3);
    p->staged = sql_number(rows, 4);
    p->place = sql_number(rows, 5);
    p->tally = (struct import_tally){
        .job = p->job, .good = sql_number(rows, 7), .bad = sql_number(rows, 8), .parties = sql_number(rows, 9),
        .made = sql_number(rows, 10), .changed = sql_number(rows, 11), .same = sql_number(rows, 12),
        .skipped = sql_number(rows, 13)};
}

static bool is_over(const char *state)
{
    return strcmp(state, "done") == 0 || strcmp(state, "settled") == 0;
}

static bool dropped(struct err *err)
{
    err_set(err, ERR_CONFLICT, "这次导入已经撤销");
    return err_hint(err, "请重新选文件，再导入一次");
}

static bool job_load(struct sql *sql, struct publishing *p, char state[16], struct err *err)
{
    struct sql_rows rows;

    if (!sql_rows(sql, job_get, SQL_ARGS(sql_int(p->job)), &rows, err))
        return false;
    p->found = sql_next(&rows);
    state[0] = '\0';
    if (p->found) {
        struct slice text = sql_slice(&rows, 6);

        job_read(&rows, p);
        snprintf(state, 16, "%.*s", (int)text.len, text.at);
    }
    return sql_done(&rows, err) && ((p->found && p->kind) || err_set(err, ERR_MISSING, "没有这次导入")
                                                             || err_hint(err, "请重新选文件；已经导入的内容不会重复"));
}

bool import_state(struct sql *sql, int64_t job, char state[16], struct import_tally *tally, struct err *err)
{
    struct publishing p = {.job = job};

    if (!job_load(sql, &p, state, err))
        return false;
    *tally = p.tally;
    return true;
}

/* --- one row --- */

struct staged_row {
    int64_t seq;
    struct staged staged;
};

static bool put(struct sql *sql, struct publishing *p, const struct staged_row *row, struct record *record,
                const struct record *prior, struct err *err)
{
    char action[LEAF_WORD + 1], request_id[LEAF_REQUEST + 1];
    struct record_event event = {.action = action, .request_id = request_id, .time_ms = p->decided_ms,
                                 .actor = p->by_program ? NULL : p->pseudonym};

    snprintf(action, sizeof action, "%s.%s", record->kind->name, prior ? "edit" : "disclose");
    snprintf(request_id, sizeof request_id, IMPORT_REQUEST, (long long)p->job, (long long)row->seq);
    record->author = p->account;
    record_salt(record);
    return record_put(sql, record, prior, &event, err);
}

/* Its papers and its deal with it. */
static bool put_past(struct sql *sql, struct publishing *p, const struct staged_row *row, struct record *record,
                     const struct record *prior, struct err *err)
{
    char request_id[LEAF_REQUEST + 1];
    struct past_hand hand = {.sql = sql, .arena = &p->arena, .request_id = request_id, .time_ms = p->decided_ms,
                             .actor = p->by_program ? NULL : p->pseudonym, .account = p->account, .part = 1};

    snprintf(request_id, sizeof request_id, IMPORT_REQUEST, (long long)p->job, (long long)row->seq);
    return past_put(&hand, record, prior, err);
}

static bool put_any(struct sql *sql, struct publishing *p, const struct staged_row *row, struct record *record,
                    const struct record *prior, struct err *err)
{
    return kind_is_past(record->kind) ? put_past(sql, p, row, record, prior, err) : put(sql, p, row, record, prior, err);
}

static bool unpack(const struct staged_row *row, struct record *record, struct err *err)
{
    bool given[FIELDS_MAX] = {false};

    return values_unpack(row->staged.body, record, given)
           || err_set(err, ERR_CORRUPT, "第 %lld 行的暂存内容已损坏", (long long)row->seq);
}

/* A party to be made: if somebody has made it meanwhile, the rows that need it take theirs. */
static bool put_party(struct sql *sql, struct publishing *p, const struct staged_row *row, struct err *err)
{
    struct record record = {.kind = &kind_party, .id = row->staged.object, .owner = row->staged.object};
    int64_t there;

    if (!unpack(row, &record, err)
        || !record_find(sql, &kind_party, record_key(&record, &p->arena), &there, err))
        return false;
    if (!there)
        return put(sql, p, row, &record, NULL, err);
    p->tally.parties--;
    return sql_put(sql, owner_swap, SQL_ARGS(sql_int(p->job), sql_int(row->staged.object), sql_int(there)), err);
}

/* A person is the organisation's where he works: of the two the row's owner counts, for it follows a party made meanwhile. */
static void settle_person(struct record *record, const struct staged_row *row)
{
    struct value *party = &record->values[PERSON_PARTY];

    if (record->kind->id != KIND_PERSON)
        return;
    record->owner = row->staged.owner;
    if (party->known)
        party->number = record->owner;
}

static bool put_new(struct sql *sql, struct publishing *p, const struct staged_row *row, struct err *err)
{
    struct record record = {.kind = p->kind, .id = row->staged.object, .owner = row->staged.owner};

    if (!unpack(row, &record, err))
        return false;
    if (p->kind->id == KIND_PARTY)
        record.owner = record.id;
    settle_person(&record, row);
    p->tally.made++;
    return put_any(sql, p, row, &record, NULL, err);
}

/* Over the version that was checked; one that somebody has changed since is left as he wants it. */
static bool put_over(struct sql *sql, struct publishing *p, const struct staged_row *row, struct err *err)
{
    struct record prior, record;

    if (!record_get(sql, p->kind, row->staged.object, &p->arena, &prior, err))
        return false;
#ifndef TQ_TEETH_IMPORT_VERSION
    if (prior.ver != row->staged.ver) {
        p->tally.skipped++;
        return true;
    }
#endif
    record = prior;
    record.from_leaf = 0;
    if (!unpack(row, &record, err))
        return false;
    settle_person(&record, row);
    if (!put_any(sql, p, row, &record, &prior, err))
        return false;
    if (record.from_leaf)
        p->tally.changed++;
    else
        p->tally.same++;
    return true;
}

static bool put_row(struct sql *sql, struct publishing *p, const struct staged_row *row, struct err *err)
{
    if (row->staged.sort != STAGED_ROW && row->staged.sort != STAGED_PARTY)
        return true;
    if (row->seq == p->pass_over) {
        p->tally.skipped++;
        return true;
    }
    if (row->staged.sort == STAGED_PARTY)
        return put_party(sql, p, row, err);
    return row->staged.ver ? put_over(sql, p, row, err) : put_new(sql, p, row, err);
}

/* --- a slice --- */

static bool page_read(struct sql *sql, struct publishing *p, struct staged_row *page, size_t most, size_t *count,
                      struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, rows_get, SQL_ARGS(sql_int(p->job), sql_int(p->place), sql_int((int64_t)most)), &rows, err))
        return false;
    while (sql_next(&rows)) {
        struct staged_row *row = &page[(*count)++];

        row->seq = sql_number(&rows, 0);
        row->staged = (struct staged){.sort = (enum staged_sort)sql_number(&rows, 1), .object = sql_number(&rows, 2),
                                      .ver = sql_number(&rows, 3), .owner = sql_number(&rows, 4),
                                      .body = arena_copy(&p->arena, sql_slice(&rows, 5))};
    }
    return sql_done(&rows, err);
}

/* A party that was there already changes what later rows of its page say: then the page ends behind it. */
static bool page_put(struct sql *sql, struct publishing *p, struct staged_row *page, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        int64_t parties = p->tally.parties;

        if (!put_row(sql, p, &page[i], err))
            return false;
        p->place = page[i].seq;
        if (p->tally.parties != parties || store_slice_over(sql))
            return true;
    }
    return true;
}

static bool publish_rows(struct sql *sql, struct publishing *p, struct err *err)
{
    struct staged_row page[PAGE_ROWS];
    size_t count, most = p->careful > 0 ? 1 : PAGE_ROWS;

    do {
        arena_reset(&p->arena);
        if (!page_read(sql, p, page, most, &count, err) || !page_put(sql, p, page, count, err))
            return false;
        if (count == 0)
            p->place = p->staged;
    } while (p->place < p->staged && p->careful <= 0 && !store_slice_over(sql));
    return true;
}

static bool publish_slice(struct sql *sql, void *arg, bool *more, struct err *err)
{
    struct publishing *p = arg;
    char state[16];

    *more = false;
    if (!job_load(sql, p, state, err))
        return false;
    p->from = p->place;
    if (strcmp(state, "publishing") != 0) {
        p->place = p->staged;
        p->found = false;
        return is_over(state) || dropped(err);
    }
    return publish_rows(sql, p, err)
           && sql_put(sql, job_move,
                      SQL_ARGS(sql_int(p->job), sql_int(p->place), sql_int(p->tally.made), sql_int(p->tally.changed),
                               sql_int(p->tally.same), sql_int(p->tally.skipped), sql_int(p->tally.parties),
                               sql_text(p->place == p->staged ? SLICE("done") : SLICE("publishing"))),
                      err);
}

/* --- from the decision to the end --- */

/* Is it this row's own fault, so that the rest can go on without it? */
static bool row_at_fault(const struct err *err)
{
    return err->code == ERR_CONFLICT || err->code == ERR_INVALID || err->code == ERR_MISSING
           || err->code == ERR_CORRUPT;
}

/* The slice failed and left nothing. Once: go on row by row; a single row: go on behind it. */
static bool go_on(struct publishing *p, const struct err *err)
{
    if (!p->found || !row_at_fault(err))
        return false;
    if (p->careful > 0) {
        if (p->pass_over == p->from + 1)
            return false;
        log_warn("import %lld: row %lld passed over: %s", (long long)p->job, (long long)p->from + 1, err->message);
        p->pass_over = p->from + 1;
    }
    p->careful = CAREFUL_ROWS;
    return true;
}

static bool sweep_slice(struct sql *sql, void *arg, bool *more, struct err *err)
{
    struct publishing *p = arg;
    int64_t changed = SWEEP_ROWS;

    while (changed == SWEEP_ROWS && !store_slice_over(sql))
        if (!sql_count(sql, p->swept ? sweep_all : sweep_done, SQL_ARGS(sql_int(p->job), sql_int(SWEEP_ROWS)), &changed,
                       err))
            return false;
    *more = changed == SWEEP_ROWS;
    return true;
}

static bool told(const struct import_watch *watch, const struct publishing *p, struct err *err)
{
    if (!watch)
        return true;
    if (watch->moved)
        watch->moved(watch->arg, IMPORT_PUBLISHING, p->place, p->staged);
    return !watch->stopped || !watch->stopped(watch->arg)
           || err_set(err, ERR_BUSY, "导入停在第 %lld 行，下次启动时自动继续", (long long)p->place);
}

static bool publish_all(struct store *store, struct publishing *p, const struct import_watch *watch, struct err *err)
{
    do {
        p->found = false;
        if (store_long(store, publish_slice, p, err)) {
            p->careful -= p->careful > 0;
            if (!told(watch, p, err))
                return false;
        } else if (!go_on(p, err)) {
            return false;
        } else {
            p->place = p->from;
        }
    } while (p->place < p->staged);
    return store_long(store, sweep_slice, p, err);
}

struct decision {
    int64_t job, now_ms;
    bool good_only;
};

static bool decide(struct sql *sql, void *arg, struct err *err)
{
    const struct decision *decision = arg;
    struct publishing p = {.job = decision->job};
    char state[16];
    int64_t changed;

    if (!job_load(sql, &p, state, err))
        return false;
    if (strcmp(state, "publishing") == 0 || is_over(state))
        return true;
#ifndef TQ_TEETH_IMPORT_WHOLE
    if (p.tally.bad && !decision->good_only) {
        err_set(err, ERR_CONFLICT, "有 %lld 行有错，没有导入", (long long)p.tally.bad);
        return err_hint(err, "改好再导入，或选择只导入没有错的行");
    }
#endif
    return sql_count(sql, decide_job, SQL_ARGS(sql_int(decision->job), sql_int(decision->now_ms)), &changed, err)
           && (changed == 1 || dropped(err));
}

bool import_publish(struct store *store, int64_t job, bool good_only, const struct import_watch *watch,
                    struct import_tally *tally, struct err *err)
{
    struct publishing p = {.job = job};
    struct decision decision = {job, clock_ms(), good_only};
    bool ok;

    if (store_write(store, "", decide, &decision, err) != STORE_DONE)
        return false;
    arena_init(&p.arena);
    ok = publish_all(store, &p, watch, err);
    arena_release(&p.arena);
    *tally = p.tally;
    return ok;
}

static bool drop(struct sql *sql, void *arg, struct err *err)
{
    const struct publishing *p = arg;
    int64_t changed;

    return sql_count(sql, drop_job, SQL_ARGS(sql_int(p->job)), &changed, err)
           && (changed == 1 || err_set(err, ERR_CONFLICT, "这次导入已经完成，不能撤销")
                               || err_hint(err, "导入的记录可以逐条关闭"));
}

bool import_drop(struct store *store, int64_t job, struct err *err)
{
    struct publishing p = {.job = job, .swept = true};

    return store_write(store, "", drop, &p, err) == STORE_DONE && store_long(store, sweep_slice, &p, err);
}

static bool forget(struct sql *sql, void *arg, struct err *err)
{
    const struct publishing *p = arg;

    return sql_put(sql, "DELETE FROM job WHERE id = ?1", SQL_ARGS(sql_int(p->job)), err);
}

bool import_forget(struct store *store, int64_t job, struct err *err)
{
    struct publishing p = {.job = job, .swept = true};

    return store_long(store, sweep_slice, &p, err) && store_write(store, "", forget, &p, err) == STORE_DONE;
}
