#include "http_load.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "http_client.h"

struct caller {
    int fd;
    int64_t due_us;
    struct text got;
};

struct load {
    const struct load_plan *plan;
    struct load_result *result;
    struct caller *callers;
    struct caller **idle;
    unsigned idle_count;
    int epoll;
    int64_t now_us, start_us;
    uint64_t sent;
    int32_t *times;
    size_t time_count, time_room;
};

static void open_caller(struct load *load, struct caller *caller)
{
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = caller};

    caller->fd = client_connect(load->plan->port);
    fcntl(caller->fd, F_SETFL, O_NONBLOCK);
    epoll_ctl(load->epoll, EPOLL_CTL_ADD, caller->fd, &event);
    text_clear(&caller->got);
    load->idle[load->idle_count++] = caller;
}

static void ask(struct load *load, struct caller *caller, int64_t due_us)
{
    caller->due_us = due_us;
    load->sent++;
    client_send(caller->fd, load->plan->request);
}

static void note_time(struct load *load, int64_t us)
{
    if (load->time_count == load->time_room) {
        load->time_room = load->time_room ? load->time_room * 2 : 1 << 16;
        load->times = realloc(load->times, load->time_room * sizeof *load->times);
        if (!load->times)
            abort();
    }
    load->times[load->time_count++] = (int32_t)us;
}

static void note_answer(struct load *load, const struct caller *caller, int status)
{
    struct load_result *result = load->result;

    if (status == 200) {
        result->good++;
        note_time(load, load->now_us - caller->due_us);
    } else if (status == 503) {
        result->busy++;
    } else {
        result->other++;
    }
}

static void hear(struct load *load, struct caller *caller)
{
    ssize_t n = recv(caller->fd, text_reserve(&caller->got, 4096), 4096, 0);
    struct statuses seen;

    if (n < 0 && errno == EAGAIN)
        return;
    if (n <= 0) {
        load->result->broken++;
        close(caller->fd);
        open_caller(load, caller);
        return;
    }
    caller->got.len += (size_t)n;
    client_statuses(text_slice(&caller->got), 0, &seen);
    if (!seen.count)
        return;
    note_answer(load, caller, seen.list[0]);
    text_clear(&caller->got);
    load->idle[load->idle_count++] = caller;
}

/* Closed: everybody who is idle asks. Open: as many as are due. */
static void ask_due(struct load *load)
{
    double every = load->plan->rate > 0 ? 1e6 / load->plan->rate : 0;

    while (load->idle_count) {
        int64_t due = every > 0 ? load->start_us + (int64_t)((double)load->sent * every) : load->now_us;

        if (due > load->now_us)
            return;
        ask(load, load->idle[--load->idle_count], due);
    }
}

static int by_size(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return x < y ? -1 : x > y;
}

static void sum_up(struct load *load)
{
    struct load_result *result = load->result;
    size_t n = load->time_count;

    result->seconds = (double)(load->now_us - load->start_us) / 1e6;
    if (!n)
        return;
    qsort(load->times, n, sizeof *load->times, by_size);
    result->p50_us = load->times[n / 2];
    result->p99_us = load->times[n - 1 - n / 100];
    result->worst_us = load->times[n - 1];
}

static void run_rounds(struct load *load)
{
    struct epoll_event events[256];

    while (load->now_us - load->start_us < load->plan->us) {
        int n = epoll_wait(load->epoll, events, 256, 1);

        load->now_us = clock_steady_us();
        for (int i = 0; i < n; i++)
            hear(load, events[i].data.ptr);
        ask_due(load);
    }
}

void load_run(const struct load_plan *plan, struct load_result *result)
{
    struct load load = {.plan = plan, .result = result, .epoll = epoll_create1(EPOLL_CLOEXEC)};

    *result = (struct load_result){.good = 0};
    load.callers = calloc(plan->connections, sizeof *load.callers);
    load.idle = calloc(plan->connections, sizeof *load.idle);
    if (!load.callers || !load.idle)
        abort();
    for (unsigned i = 0; i < plan->connections; i++)
        open_caller(&load, &load.callers[i]);
    load.start_us = load.now_us = clock_steady_us();
    ask_due(&load);
    run_rounds(&load);
    sum_up(&load);
    for (unsigned i = 0; i < plan->connections; i++) {
        close(load.callers[i].fd);
        text_release(&load.callers[i].got);
    }
    close(load.epoll);
    free(load.callers);
    free(load.idle);
    free(load.times);
}
