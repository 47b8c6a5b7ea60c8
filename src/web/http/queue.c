/*
 * The complete requests that wait, and the workers that take them. The one lock of the room, held for a few
 * instructions. A request is refused at the door when the queue is full, or when its oldest has waited too long:
 * then those behind would only be answered to people who have left.
 */
#include <signal.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/http/http_int.h"

static bool too_old(const struct queue *queue, int64_t now_us)
{
    return queue->count && now_us - queue->ring[queue->first]->pub.arrived_us > queue->age_us;
}

bool queue_offer(struct queue *queue, struct exchange *ex)
{
    bool taken, wake;

    pthread_mutex_lock(&queue->lock);
    taken = queue->count < queue->room && !too_old(queue, ex->pub.arrived_us) && !queue->stopped;
    if (taken)
        queue->ring[(queue->first + queue->count++) % queue->room] = ex;
    wake = taken && queue->sleeping;
    pthread_mutex_unlock(&queue->lock);
    if (wake)
        pthread_cond_signal(&queue->filled);
    return taken;
}

static struct exchange *take(struct queue *queue)
{
    struct exchange *ex = NULL;

    pthread_mutex_lock(&queue->lock);
    queue->sleeping++;
    while (!queue->count && !queue->stopped)
        pthread_cond_wait(&queue->filled, &queue->lock);
    queue->sleeping--;
    if (!queue->stopped) {
        ex = queue->ring[queue->first];
        queue->first = (queue->first + 1) % queue->room;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    return ex;
}

static void *work(void *arg)
{
    struct queue *queue = arg;
    struct exchange *ex;

    pthread_setname_np(pthread_self(), "http-worker");
    while ((ex = take(queue)))
        queue->server->options.handle(&ex->pub, queue->server->options.context);
    return NULL;
}

void work_queue_init(struct queue *queue, struct http_server *server)
{
    queue->server = server;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->filled, NULL);
}

bool queue_start(struct queue *queue, unsigned room, unsigned workers, struct err *err)
{
    queue->room = room;
    queue->age_us = queue->server->options.queue_age_us;
    queue->ring = calloc(room, sizeof(struct exchange *));
    queue->workers = calloc(workers, sizeof(pthread_t));
    if (!queue->ring || !queue->workers)
        return err_set(err, ERR_MEMORY, "内存不足，无法启动 HTTP 服务");
    while (queue->started < workers) {
        if (pthread_create(&queue->workers[queue->started], NULL, work, queue) != 0)
            return err_set(err, ERR_MEMORY, "无法创建工作线程");
        queue->started++;
    }
    return true;
}

bool queue_stop(struct queue *queue)
{
    struct timespec until;
    bool all = true;

    pthread_mutex_lock(&queue->lock);
    queue->stopped = true;
    pthread_mutex_unlock(&queue->lock);
    pthread_cond_broadcast(&queue->filled);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 1;
    for (unsigned i = 0; i < queue->started; i++)
        all = pthread_timedjoin_np(queue->workers[i], NULL, &until) == 0 && all;
    if (!all)
        log_warn("http: a handler did not return in time");
    return all;
}

void work_queue_release(struct queue *queue)
{
    free(queue->ring);
    free(queue->workers);
    pthread_mutex_destroy(&queue->lock);
    pthread_cond_destroy(&queue->filled);
}
