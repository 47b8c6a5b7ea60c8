/* What others see of the writer: the queue of steps, those who wait for an answer, the long works. */
#include <assert.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/writer_int.h"

enum { QUEUE_MAX = 8192 };

void queue_init(struct writer *w)
{
    pthread_condattr_t attr;

    pthread_mutex_init(&w->mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&w->work, &attr);
    pthread_condattr_destroy(&attr);
}

void queue_release(struct writer *w)
{
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->mutex);
}

struct store_job *queue_pop(struct writer *w)
{
    struct store_job *job;

    pthread_mutex_lock(&w->mutex);
    job = w->first;
    if (job) {
        w->first = job->next;
        w->queued--;
    }
    pthread_mutex_unlock(&w->mutex);
    return job;
}

struct long_work *long_pop(struct writer *w)
{
    struct long_work *work;

    pthread_mutex_lock(&w->mutex);
    work = w->long_first;
    if (work)
        w->long_first = work->next;
    pthread_mutex_unlock(&w->mutex);
    return work;
}

void long_push(struct writer *w, struct long_work *work)
{
    work->next = NULL;
    pthread_mutex_lock(&w->mutex);
    if (w->long_first)
        w->long_last->next = work;
    else
        w->long_first = work;
    w->long_last = work;
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->mutex);
}

static struct timespec after_ms(int ms)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += (long)ms * 1000000;
    at.tv_sec += at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

bool queue_wait(struct writer *w, int most_ms)
{
    struct timespec until = after_ms(most_ms);
    int code = 0;
    bool work;

    pthread_mutex_lock(&w->mutex);
    while (!w->first && !w->long_first && !w->stop && code == 0)
        code = most_ms ? pthread_cond_timedwait(&w->work, &w->mutex, &until) : pthread_cond_wait(&w->work, &w->mutex);
    work = w->first || w->long_first;
    pthread_mutex_unlock(&w->mutex);
    return work;
}

bool queue_stopping(struct writer *w)
{
    bool stop;

    pthread_mutex_lock(&w->mutex);
    stop = w->stop;
    pthread_mutex_unlock(&w->mutex);
    return stop;
}

void trouble_set(struct writer *w, enum trouble trouble)
{
    static const char *const words[] = {"writing again", "disk full: reading only", "no connection: reading only"};

    pthread_mutex_lock(&w->mutex);
    if (w->trouble != trouble)
        log_warn("store: %s", words[trouble]);
    w->trouble = trouble;
    pthread_mutex_unlock(&w->mutex);
}

void connecting_set(struct writer *w, bool connecting)
{
    pthread_mutex_lock(&w->mutex);
    w->connecting = connecting;
    pthread_mutex_unlock(&w->mutex);
}

bool trouble_err(enum trouble trouble, struct err *err)
{
    if (trouble == TROUBLE_FULL)
        return err_set(err, ERR_FULL, "磁盘已满，暂时只能读取，不能写入") || err_hint(err, "请告诉平台管理员腾出磁盘空间");
    return err_set(err, ERR_IO, "暂时连不上数据库，请稍后再试");
}

/* False with err: nothing can be taken now. */
static bool open_for_work(struct writer *w, struct err *err)
{
    if (w->trouble != TROUBLE_NONE)
        return trouble_err(w->trouble, err);
    return !w->stop || err_set(err, ERR_BUSY, "程序正在关闭，请稍后再试");
}

bool store_submit(struct store *store, struct store_job *job, struct err *err)
{
    struct writer *w = store->writer;
    bool ok = false;

    job->next = NULL;
    job->refused = false;
    job->queued_us = clock_steady_us();
    pthread_mutex_lock(&w->mutex);
    if (open_for_work(w, err) && (w->queued < QUEUE_MAX || err_set(err, ERR_BUSY, "排队的写入太多，请稍后再试"))) {
        if (w->first)
            w->last->next = job;
        else
            w->first = job;
        w->last = job;
        w->queued++;
        pthread_cond_signal(&w->work);
        ok = true;
    }
    pthread_mutex_unlock(&w->mutex);
    return ok;
}

struct waiting {
    enum store_outcome outcome;
    struct err *err;
    sem_t ended;
};

static void wake(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    struct waiting *waiting = job->owner;

    waiting->outcome = outcome;
    *waiting->err = *err;
    sem_post(&waiting->ended);
}

static void sleep_until(sem_t *ended)
{
    while (sem_wait(ended) != 0)
        ; /* a signal */
    sem_destroy(ended);
}

enum store_outcome store_write(struct store *store, const char *request_id, store_step *step, void *arg,
                               struct err *err)
{
    struct waiting waiting = {.err = err};
    struct store_job job = {.step = step, .arg = arg, .done = wake, .owner = &waiting};

    assert(!pthread_equal(pthread_self(), store->writer->thread)); /* it would wait for itself */
    assert(strlen(request_id) < sizeof job.request_id);
    snprintf(job.request_id, sizeof job.request_id, "%s", request_id);
    sem_init(&waiting.ended, 0, 0);
    if (!store_submit(store, &job, err))
        return STORE_REFUSED;
    sleep_until(&waiting.ended);
    return waiting.outcome;
}

bool store_long(struct store *store, store_slice *slice, void *arg, struct err *err)
{
    struct writer *w = store->writer;
    struct long_work work = {.slice = slice, .arg = arg, .err = err};
    bool ok;

    assert(!pthread_equal(pthread_self(), w->thread));
    pthread_mutex_lock(&w->mutex);
    ok = open_for_work(w, err);
    pthread_mutex_unlock(&w->mutex);
    if (!ok)
        return false;
    sem_init(&work.ended, 0, 0);
    long_push(w, &work);
    sleep_until(&work.ended);
    return work.ok;
}

struct store_state store_state(struct store *store)
{
    struct writer *w = store->writer;
    struct store_state state = {0};

    pthread_mutex_lock(&w->mutex);
    state.queued = w->queued;
    state.oldest_us = w->first ? clock_steady_us() - w->first->queued_us : 0;
    state.connected = w->trouble != TROUBLE_LOST && !w->connecting;
    state.writable = w->trouble == TROUBLE_NONE && state.connected;
    pthread_mutex_unlock(&w->mutex);
    return state;
}
