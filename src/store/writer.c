/*
 * The one writer thread: takes waiting steps, runs each in a savepoint, commits once, answers.
 *
 *   transact        one attempt at a transaction over some jobs
 *   batch_do        attempts until each job is done, refused, or of unknown outcome
 *   batch_resolve   after a COMMIT without an answer: asks by request id
 *   slice_do        one slice of a long work
 *
 * Nothing is answered before COMMIT has answered. What a failed attempt refused counts for nothing either: it may have
 * seen what other steps of that attempt wrote.
 */
#include <assert.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/writer_int.h"

enum {
    BATCH_US = 2000,        /* or as long as the last commit took, if that was more */
    BATCH_MOST_US = 20000,
    SLICE_US = 18000,       /* leaves room for the commit within 20 ms */
    TRIES = 8,              /* of one transaction, against deadlocks and the like */
    RECONNECT_US = 10000000,
    BACKOFF_LEAST_US = 50000,
    BACKOFF_MOST_US = 2000000,
    PROBE_MS = 250,         /* how often a stopped writer looks whether it can go on */
    IDLE_MS = 200,          /* without work: time for a checkpoint */
    ALIVE_MS = 1000         /* without work: is the other end still there? */
};

/* ---- one attempt ---- */

static int64_t batch_time(const struct writer *w)
{
    int64_t us = w->commit_us > BATCH_US ? w->commit_us : BATCH_US;

    return us < BATCH_MOST_US ? us : BATCH_MOST_US;
}

/* The next job of this attempt: one already taken, or on the first attempt one from the queue while there is time. */
static struct store_job *batch_next(struct writer *w, size_t at, bool first)
{
    struct store_job *job;

    if (at < w->count)
        return w->batch[at];
    if (!first || at >= BATCH_MAX || (at > 0 && clock_steady_us() - w->batch_start_us >= batch_time(w)))
        return NULL;
    job = queue_pop(w);
    if (job)
        w->batch[w->count++] = job;
    return job;
}

static bool hook(struct sql *sql, bool (*fn)(struct sql *, void *, struct err *), struct err *err)
{
    return !fn || fn(sql, sql->scratch, err);
}

/* Runs one step in its savepoint. false: the whole transaction is spoilt, by err. */
static bool step_run(struct sql *sql, struct store_job *job, bool wait, struct err *err)
{
    const struct engine *engine = sql->engine;
    unsigned char scratch[STORE_SCRATCH];

    memcpy(scratch, sql->scratch, sizeof scratch);
    sql_start(sql);
    err_clear(&job->refusal);
    if (!engine->step_begin(sql, err))
        return false;
    job->refused = !job->step(sql, job->arg, &job->refusal);
#ifndef TQ_TEETH_STORE_SPOILT
    if (sql->failed) {
        job->refused = true;
        job->refusal = sql->failure;
    }
#endif
    assert(sql->open == 0);
    *err = job->refusal;
    if (job->refused && (err->code == ERR_FULL || engine->health(sql) != ENGINE_SOUND))
        return false;
    if (!engine->step_end(sql, !job->refused, wait, err)) {
        /* A statement that waited in the pipeline failed, and the step with it. */
        if (!wait || job->refused || engine->health(sql) != ENGINE_SOUND)
            return false;
        job->refused = true;
        job->refusal = *err;
    }
#ifndef TQ_TEETH_STORE_HEAD_BACK
    if (job->refused)
        memcpy(sql->scratch, scratch, sizeof scratch);
#endif
    return true;
}

static bool transaction_begin(struct writer *w, struct err *err)
{
    struct sql *sql = w->sql;

    sql_start(sql);
    memset(sql->scratch, 0, sizeof sql->scratch);
    return sql->engine->begin(sql, err) && hook(sql, w->store->options.hooks.begin, err);
}

static enum engine_end transaction_commit(struct writer *w, struct err *err)
{
    struct sql *sql = w->sql;
    int64_t start = clock_steady_us();
    enum engine_end end;

    sql_start(sql);
    if (!hook(sql, w->store->options.hooks.end, err))
        return ENGINE_FAILED;
    if (store_fault(w->store, "commit")) {
        sql->engine->rollback(sql);
        end = ENGINE_UNKNOWN;
    } else {
        end = sql->engine->commit(sql, err);
        if (end == ENGINE_DONE && store_fault(w->store, "answer"))
            end = ENGINE_UNKNOWN;
    }
    w->commit_us = clock_steady_us() - start;
    return end;
}

/* At least one job is in the batch, so that somebody hears of a failure. */
static enum engine_end transact(struct writer *w, bool first, bool wait, struct err *err)
{
    struct store_job *job;

    if (store_fault(w->store, "full")) {
        err_set(err, ERR_FULL, "磁盘已满，暂时只能读取，不能写入");
        return ENGINE_FAILED;
    }
    if (!transaction_begin(w, err))
        return ENGINE_FAILED;
    for (size_t at = 0; (job = batch_next(w, at, first)) != NULL; at++)
        if (!step_run(w->sql, job, wait, err))
            return ENGINE_FAILED;
    return transaction_commit(w, err);
}

/* ---- connection ---- */

static void pause_us(struct writer *w, int64_t us)
{
    int64_t jittered = us / 2 + rand_r(&w->jitter) % (us / 2 + 1);
    struct timespec wait = {jittered / 1000000, jittered % 1000000 * 1000};

    nanosleep(&wait, NULL);
}

static void disconnect(struct writer *w)
{
    if (w->sql)
        w->store->engine->disconnect(w->sql);
    w->sql = NULL;
}

static bool connect_once(struct writer *w, struct err *err)
{
    if (!store_connect(w->store, true, &w->sql, err))
        w->sql = NULL;
    else if (!w->store->engine->examine(w->sql, err))
        disconnect(w);
    return w->sql != NULL;
}

static bool connect_first(struct writer *w)
{
    struct err err;

    log_warn("store: opening the writer's connection again");
    disconnect(w);
    return connect_once(w, &err);
}

/* A fresh connection within about ten seconds, or none. */
static bool reconnect(struct writer *w)
{
    int64_t until = clock_steady_us() + RECONNECT_US, wait = BACKOFF_LEAST_US;
    bool ok = connect_first(w);
    struct err err;

    connecting_set(w, !ok);
    while (!ok && clock_steady_us() + wait <= until) {
        pause_us(w, wait);
        wait = wait * 2 < BACKOFF_MOST_US ? wait * 2 : BACKOFF_MOST_US;
        ok = connect_once(w, &err);
    }
    if (!ok)
        trouble_set(w, TROUBLE_LOST);
    connecting_set(w, false);
    return ok;
}

/* Makes ready for the next attempt after a failed one; false: there is no connection. */
static bool recover(struct writer *w)
{
    if (w->sql->engine->health(w->sql) != ENGINE_LOST)
        w->sql->engine->rollback(w->sql);
    return w->sql->engine->health(w->sql) != ENGINE_LOST || reconnect(w);
}

/* ---- answers ---- */

static void answer(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    static const struct err none;

    job->done(job, outcome, err ? err : &none);
}

static void answer_done(struct store_job *job)
{
    if (job->refused)
        answer(job, STORE_REFUSED, &job->refusal);
    else
        answer(job, STORE_DONE, NULL);
}

static void answer_batch(struct writer *w, enum store_outcome outcome, const struct err *err)
{
    for (size_t i = 0; i < w->count; i++) {
        if (outcome == STORE_DONE)
            answer_done(w->batch[i]);
        else
            answer(w->batch[i], outcome, err);
    }
    w->count = 0;
}

/*
 * Which of the batch are there? Believed only if a commit after the question goes well: it proves that what was seen
 * is durable (and has reached a synchronous standby).
 */
static bool resolve_ask(struct writer *w, bool *there, struct err *err)
{
    struct sql *sql = w->sql;

    if (!transaction_begin(w, err) || !migrate_touch(sql, err))
        return false;
    for (size_t i = 0; i < w->count; i++) {
        struct slice id = slice_of(w->batch[i]->request_id);

        there[i] = false;
        if (id.len && w->store->options.hooks.seen
            && !w->store->options.hooks.seen(sql, id, &there[i], err))
            return false;
    }
    return transaction_commit(w, err) == ENGINE_DONE;
}

static void answer_one_unknown(struct store_job *job)
{
    struct err err;

    err_set(&err, ERR_UNKNOWN, "提交的结果暂时无法确认");
    err_hint(&err, "请用同一请求再提交一次，不会重复办理");
    answer(job, STORE_UNKNOWN, &err);
}

static void answer_unknown(struct writer *w)
{
    for (size_t i = 0; i < w->count; i++)
        answer_one_unknown(w->batch[i]);
    w->count = 0;
}

/*
 * After a COMMIT without an answer. Answers those that are there; keeps in the batch those that are not, to be run
 * again. false: all are answered, there is nothing to run.
 */
static bool batch_resolve(struct writer *w)
{
    bool there[BATCH_MAX];
    size_t kept = 0;
    struct err err;

    if (!reconnect(w) || !resolve_ask(w, there, &err)) {
        if (w->sql)
            recover(w);
        answer_unknown(w);
        return false;
    }
    for (size_t i = 0; i < w->count; i++) {
        struct store_job *job = w->batch[i];

        if (job->refused)
            w->batch[kept++] = job;
        else if (there[i])
            answer(job, STORE_DONE, NULL);
        else if (job->request_id[0])
            w->batch[kept++] = job;
        else
            answer_one_unknown(job); /* a step without an id cannot be asked for, and must not run twice */
    }
    w->count = kept;
    return kept > 0;
}

/* ---- a batch to its end ---- */

static void batch_do(struct writer *w, bool first);

/* Each job alone, so that one bad step does not take the others with it. */
static void batch_split(struct writer *w)
{
    struct store_job *jobs[BATCH_MAX];
    size_t count = w->count;

    memcpy(jobs, w->batch, count * sizeof *jobs);
    for (size_t i = 0; i < count; i++) {
        w->batch[0] = jobs[i];
        w->count = 1;
        if (w->sql) {
            batch_do(w, false);
        } else {
            struct err err;

            trouble_err(w->trouble, &err);
            answer_batch(w, STORE_REFUSED, &err);
        }
    }
}

/* An attempt failed: true if it should be made again. */
static bool batch_failed(struct writer *w, int tries, const struct err *why)
{
    enum engine_health health = w->sql->engine->health(w->sql);
    struct err err = *why;

    if (!recover(w)) {
        trouble_err(TROUBLE_LOST, &err);
        answer_batch(w, STORE_REFUSED, &err);
        return false;
    }
    if (err.code == ERR_FULL) {
        trouble_set(w, TROUBLE_FULL);
        answer_batch(w, STORE_REFUSED, &err);
        return false;
    }
    if (w->count > 1 && tries >= 2) {
        batch_split(w);
        return false;
    }
    if (tries >= TRIES || (w->count == 1 && tries >= 2 && health == ENGINE_SOUND)) {
        answer_batch(w, STORE_REFUSED, &err);
        return false;
    }
    if (tries >= 2)
        pause_us(w, 1000 << tries);
    return true;
}

/* A COMMIT without an answer: true if what is left should be tried again. A second time is enough. */
static bool batch_unknown(struct writer *w, int *unknowns)
{
    if (++*unknowns > 2) {
        reconnect(w);
        answer_unknown(w);
        return false;
    }
    return batch_resolve(w);
}

static void batch_do(struct writer *w, bool first)
{
    int unknowns = 0;

    if (first) {
        w->batch_start_us = clock_steady_us();
        if (!batch_next(w, 0, true))
            return; /* only long works wait */
    }
    for (int tries = 1;; tries++) {
        struct err err;
        enum engine_end end = transact(w, first, !first, &err);

        first = false;
        if (end == ENGINE_DONE) {
            answer_batch(w, STORE_DONE, NULL);
            return;
        }
        if (end == ENGINE_UNKNOWN ? !batch_unknown(w, &unknowns) : !batch_failed(w, tries, &err))
            return;
    }
}

/* ---- long works ---- */

static bool slice_run(struct writer *w, struct long_work *work, enum engine_end *end)
{
    struct sql *sql = w->sql;

    *end = ENGINE_FAILED;
    if (!transaction_begin(w, work->err))
        return false;
    sql->slice_end_us = clock_steady_us() + SLICE_US;
    if (!work->slice(sql, work->arg, &work->more, work->err))
        return false;
    assert(sql->open == 0);
    if (sql->failed) {
        *work->err = sql->failure;
        return false;
    }
    *end = transaction_commit(w, work->err);
    return *end == ENGINE_DONE;
}

static void slice_failed(struct writer *w, struct long_work *work, enum engine_end end)
{
    if (end == ENGINE_UNKNOWN) {
        err_set(work->err, ERR_UNKNOWN, "最后一段的提交结果暂时无法确认");
        err_hint(work->err, "请过一会儿再看这次导入；已经写入的不会重复");
        reconnect(w);
        return;
    }
    if (work->err->code == ERR_FULL)
        trouble_set(w, TROUBLE_FULL);
    recover(w);
}

static void slice_do(struct writer *w, struct long_work *work)
{
    enum engine_end end;

    work->ok = slice_run(w, work, &end);
    if (!work->ok)
        slice_failed(w, work, end);
    if (work->ok && work->more)
        long_push(w, work);
    else
        sem_post(&work->ended);
}

/* ---- the thread ---- */

/* Everybody who waits hears that nothing can be written now. */
static void refuse_all(struct writer *w)
{
    struct store_job *job;
    struct long_work *work;
    struct err err;

    trouble_err(w->trouble, &err);
    while ((job = queue_pop(w)) != NULL)
        answer(job, STORE_REFUSED, &err);
    while ((work = long_pop(w)) != NULL) {
        *work->err = err;
        work->ok = false;
        sem_post(&work->ended);
    }
}

static bool probe(struct writer *w)
{
    struct err err;

    if (!w->sql && !connect_once(w, &err))
        return false;
    if (store_fault(w->store, "full") || (w->trouble == TROUBLE_FULL && !w->store->engine->has_room(w->store)))
        return false;
    sql_start(w->sql);
    if (w->sql->engine->begin(w->sql, &err) && migrate_touch(w->sql, &err)
        && w->sql->engine->commit(w->sql, &err) == ENGINE_DONE)
        return true;
    disconnect(w);
    return false;
}

static void work_once(struct writer *w)
{
    struct long_work *work;

    batch_do(w, true);
    if (w->trouble == TROUBLE_NONE && (work = long_pop(w)) != NULL)
        slice_do(w, work);
    if (w->trouble == TROUBLE_NONE)
        w->store->engine->tend(w->sql, false);
}

/* Stands still until a write goes through again. */
static void trouble_wait(struct writer *w)
{
    refuse_all(w);
    queue_wait(w, PROBE_MS);
    if (probe(w))
        trouble_set(w, TROUBLE_NONE);
}

/* So that /readyz tells of a lost server before somebody's write does. */
static void alive_look(struct writer *w)
{
    if (!w->store->engine->alive(w->sql) && !connect_first(w))
        trouble_set(w, TROUBLE_LOST);
}

/* Waits for work, and tidies up when none comes. false: there is none left and the store closes. */
static bool work_wait(struct writer *w)
{
    if (queue_wait(w, IDLE_MS))
        return true;
    w->store->engine->tend(w->sql, true);
    while (!queue_wait(w, w->store->engine->alive ? ALIVE_MS : 0)) {
        if (queue_stopping(w))
            return false;
        alive_look(w);
        if (w->trouble != TROUBLE_NONE)
            return true;
    }
    return true;
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;

    while (w->trouble == TROUBLE_NONE ? work_wait(w) : !queue_stopping(w)) {
        if (w->trouble == TROUBLE_NONE)
            work_once(w);
        else
            trouble_wait(w);
    }
    refuse_all(w);
    return NULL;
}

bool writer_start(struct store *store, struct sql *sql, struct err *err)
{
    struct writer *w = calloc(1, sizeof *w);

    if (!w)
        abort();
    w->store = store;
    w->sql = sql;
    w->jitter = (unsigned)clock_steady_us();
    queue_init(w);
    store->writer = w;
    if (pthread_create(&w->thread, NULL, writer_main, w) == 0)
        return true;
    free(w);
    return err_set(err, ERR_MEMORY, "不能启动写入线程");
}

void writer_stop(struct store *store)
{
    struct writer *w = store->writer;

    pthread_mutex_lock(&w->mutex);
    w->stop = true;
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->mutex);
    pthread_join(w->thread, NULL);
    if (w->sql)
        store->engine->disconnect(w->sql);
    queue_release(w);
    free(w);
}
