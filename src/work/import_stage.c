/*
 * Rows go to the staging table in short steps of the writer: while one batch is being written, the next is checked.
 * A step carries the job's counts as they then are, so it may run twice.
 */
#include <assert.h>
#include <semaphore.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "work/import_int.h"

enum { BATCH_ROWS = 256, BATCH_BYTES = 384 << 10 };

struct batch {
    struct stager *stager;
    struct store_job job;
    struct arena arena;
    struct staged rows[BATCH_ROWS];
    size_t count, bytes;
    int64_t first; /* seq of the first row */
    struct import_tally tally;
    int64_t now_ms;
    const char *state;
    bool flying;
    sem_t landed;
    enum store_outcome outcome; /* once landed */
    struct err failure;
};

struct stager {
    struct store *store;
    const struct import_request *request;
    struct import_tally tally;
    struct batch batches[2];
    size_t filling;
    int64_t seq; /* of the last row taken */
};

static const char job_add[] =
    "INSERT INTO job (id, kind, file, account, pseudonym, state, plan, options, made_ms, touched_ms, decided_ms, staged,"
    " place, good, bad, parties, made, changed, same, skipped)"
    " VALUES (?1, ?2, ?3, ?4, ?5, 'staging', ?6, ?7, ?8, ?8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)";
static const char row_add[] =
    "INSERT INTO staging (job, seq, sort, line, object, ver, owner, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
static const char job_move[] =
    "UPDATE job SET state = ?2, touched_ms = ?3, staged = ?4, good = ?5, bad = ?6, parties = ?7, same = ?8, skipped = ?9,"
    " decided_ms = ?10 WHERE id = ?1";

/* --- opening --- */

static struct slice json_text(json_t *json, struct arena *arena)
{
    struct slice made;
    struct text out;

    text_init(&out);
    json_write(json, &out);
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    json_decref(json);
    return made;
}

static json_t *options_json(const struct import_options *options)
{
    static const char *const exists[] = {"update", "skip", "error"};
    json_t *json = json_object();

    json_object_set_new(json, "good_only", json_boolean(options->good_only));
    json_put(json, "exists", slice_of(exists[options->exists]));
    json_object_set_new(json, "make_parties", json_boolean(options->make_parties));
    json_put(json, "side", slice_of(options->side));
    json_put(json, "owner", slice_of(options->owner));
    return json;
}

static bool job_start(struct sql *sql, void *arg, struct err *err)
{
    const struct batch *batch = arg;
    const struct import_request *request = batch->stager->request;
    struct arena arena;
    bool ok;

    arena_init(&arena);
    ok = sql_put(sql, job_add,
                 SQL_ARGS(sql_int(batch->stager->tally.job), sql_text(slice_of(request->plan->kind->name)),
                          sql_text(slice_of(request->file)), sql_int(request->actor->account),
                          sql_bytes(request->actor->pseudonym, LEAF_ACTOR),
                          sql_text(json_text(import_plan_json(request->plan), &arena)),
                          sql_text(json_text(options_json(&request->options), &arena)), sql_int(batch->now_ms)),
                 err);
    arena_release(&arena);
    return ok;
}

bool stager_open(struct store *store, const struct import_request *request, struct stager **out, struct err *err)
{
    struct stager *stager = calloc(1, sizeof *stager);
    int64_t now = clock_ms();

    if (!stager)
        abort();
    stager->store = store;
    stager->request = request;
    stager->tally.job = ident_next(now);
    for (size_t i = 0; i < 2; i++) {
        stager->batches[i].stager = stager;
        stager->batches[i].now_ms = now;
        arena_init(&stager->batches[i].arena);
        sem_init(&stager->batches[i].landed, 0, 0);
    }
    *out = stager;
    if (store_write(store, "", job_start, &stager->batches[0], err) == STORE_DONE)
        return true;
    stager_free(stager);
    *out = NULL;
    return false;
}

int64_t stager_job(const struct stager *stager)
{
    return stager->tally.job;
}

struct import_tally *stager_tally(struct stager *stager)
{
    return &stager->tally;
}

/* --- a batch --- */

static bool rows_add(struct sql *sql, const struct batch *batch, struct err *err)
{
    bool ok = true;

    for (size_t i = 0; ok && i < batch->count; i++) {
        const struct staged *row = &batch->rows[i];

        ok = sql_put(sql, row_add,
                     SQL_ARGS(sql_int(batch->tally.job), sql_int(batch->first + (int64_t)i), sql_int(row->sort),
                              sql_int(row->line), sql_int(row->object), sql_int(row->ver), sql_int(row->owner),
                              sql_bytes(row->body.at, row->body.len)),
                     err);
    }
    return ok;
}

static bool batch_step(struct sql *sql, void *arg, struct err *err)
{
    const struct batch *batch = arg;
    const struct import_tally *tally = &batch->tally;

    return rows_add(sql, batch, err)
           && sql_put(sql, job_move,
                      SQL_ARGS(sql_int(tally->job), sql_text(slice_of(batch->state)), sql_int(batch->now_ms),
                               sql_int(batch->first + (int64_t)batch->count - 1), sql_int(tally->good),
                               sql_int(tally->bad), sql_int(tally->parties), sql_int(tally->same),
                               sql_int(tally->skipped),
                               sql_int(strcmp(batch->state, "publishing") == 0 ? batch->now_ms : 0)),
                      err);
}

static void batch_landed(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    struct batch *batch = job->owner;

    batch->outcome = outcome;
    batch->failure = *err;
    sem_post(&batch->landed);
}

static bool batch_wait(struct batch *batch, struct err *err)
{
    if (!batch->flying)
        return true;
    while (sem_wait(&batch->landed) != 0)
        ; /* a signal */
    batch->flying = false;
    batch->count = batch->bytes = 0;
    arena_reset(&batch->arena);
    if (batch->outcome != STORE_DONE)
        *err = batch->failure;
    return batch->outcome == STORE_DONE;
}

/* Sends the batch that is filling, once the one before it is there: a job never closes over a gap. */
static bool batch_send(struct stager *stager, const char *state, struct err *err)
{
    struct batch *batch = &stager->batches[stager->filling];

    if (!batch_wait(&stager->batches[1 - stager->filling], err))
        return false;
    batch->first = stager->seq - (int64_t)batch->count + 1;
    batch->tally = stager->tally;
    batch->state = state;
    batch->now_ms = clock_ms();
    batch->job = (struct store_job){.step = batch_step, .arg = batch, .done = batch_landed, .owner = batch};
    if (!store_submit(stager->store, &batch->job, err))
        return false;
    batch->flying = true;
    stager->filling = 1 - stager->filling;
    return true;
}

bool stager_add(struct stager *stager, const struct staged *row, struct err *err)
{
    struct batch *batch = &stager->batches[stager->filling];

    batch->rows[batch->count] = *row;
    batch->rows[batch->count].body = arena_copy(&batch->arena, row->body);
    batch->count++;
    batch->bytes += row->body.len;
    stager->seq++;
    return (batch->count < BATCH_ROWS && batch->bytes < BATCH_BYTES) || batch_send(stager, "staging", err);
}

bool stager_finish(struct stager *stager, bool decided, struct err *err)
{
    return batch_send(stager, decided ? "publishing" : "checked", err)
           && batch_wait(&stager->batches[1 - stager->filling], err);
}

void stager_free(struct stager *stager)
{
    struct err ignored;

    if (!stager)
        return;
    for (size_t i = 0; i < 2; i++) {
        batch_wait(&stager->batches[i], &ignored);
        sem_destroy(&stager->batches[i].landed);
        arena_release(&stager->batches[i].arena);
    }
    free(stager);
}
