/* One socket thread: epoll, three inboxes, a sweep over the deadlines. */
#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/http/http_int.h"

enum { EVENTS = 128, ACCEPTS = 64, TELL_US = 1000000 };

/* --- lists --- */

static void link_init(struct link *list)
{
    list->prev = list->next = list;
}

static void unlink_one(struct link *link)
{
    if (!link->next)
        return;
    link->prev->next = link->next;
    link->next->prev = link->prev;
    link->prev = link->next = NULL;
}

static void link_last(struct link *list, struct link *link)
{
    link->prev = list->prev;
    link->next = list;
    list->prev->next = link;
    list->prev = link;
}

void loop_rest(struct loop *loop, struct conn *conn)
{
    unlink_one(&conn->link);
    if (conn->state != CONN_DEAD) {
        link_last(conn->state == CONN_IDLE ? &loop->idle : &loop->busy, &conn->link);
        return;
    }
    loop->count--;
    atomic_fetch_sub(&loop->server->open, 1);
    conn->next = loop->dead; /* freed after this round: an event may still name it */
    loop->dead = conn;
}

void loop_again(struct conn *conn)
{
    if (conn->again)
        return;
    conn->again = true;
    conn->next_again = conn->loop->again;
    conn->loop->again = conn;
}

/* --- inboxes --- */

void loop_wake(struct loop *loop)
{
    uint64_t one = 1;

    (void)!write(loop->wake, &one, sizeof one);
}

void loop_post(struct loop *loop, struct exchange *ex)
{
    struct exchange *top = atomic_load_explicit(&loop->answers, memory_order_relaxed);

    do
        ex->next = top;
    while (!atomic_compare_exchange_weak_explicit(&loop->answers, &top, ex, memory_order_release, memory_order_relaxed));
    if (!top) /* after that one, the owner is already on its way */
        loop_wake(loop);
}

static void post_newcomer(struct loop *loop, struct conn *conn)
{
    struct conn *top = atomic_load_explicit(&loop->newcomers, memory_order_relaxed);

    do
        conn->next = top;
    while (!atomic_compare_exchange_weak_explicit(&loop->newcomers, &top, conn, memory_order_release,
                                                  memory_order_relaxed));
    if (!top)
        loop_wake(loop);
}

/* The stack turned round: first answered, first sent. */
static struct exchange *take_answers(struct loop *loop)
{
    struct exchange *stack = atomic_exchange_explicit(&loop->answers, NULL, memory_order_acquire), *queue = NULL;

    while (stack) {
        struct exchange *next = stack->next;

        stack->next = queue;
        queue = stack;
        stack = next;
    }
    return queue;
}

static void send_answers(struct loop *loop)
{
    struct exchange *ex = take_answers(loop);

    while (ex) {
        struct exchange *next = ex->next;

        conn_answered(ex->conn);
        ex = next;
    }
}

/* --- newcomers --- */

static bool watch(struct loop *loop, int fd, uint32_t events, void *what)
{
    struct epoll_event event = {.events = events, .data.ptr = what};

    return epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) == 0;
}

static void turn_away(struct conn *conn)
{
    static const char busy[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: "
                               "0\r\n\r\n";

    (void)!send(conn->fd, busy, sizeof busy - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    close(conn->fd);
    free(conn);
}

/* When the house is full, who has been at rest longest makes room. */
static bool make_room(struct loop *loop)
{
    if (loop->count < loop->server->loop_room)
        return true;
    if (loop->idle.next == &loop->idle)
        return false;
    conn_close((struct conn *)loop->idle.next);
    return true;
}

static void adopt(struct loop *loop, struct conn *conn)
{
    conn->next = NULL;
    if (loop->stopping || !make_room(loop)) {
        atomic_fetch_add_explicit(&loop->server->busy, 1, memory_order_relaxed);
        turn_away(conn);
        return;
    }
    conn->loop = loop;
    loop->count++;
    atomic_fetch_add(&loop->server->open, 1);
    conn_enter(conn, CONN_IDLE);
    if (!watch(loop, conn->fd, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, conn))
        conn_close(conn);
}

static void adopt_newcomers(struct loop *loop)
{
    struct conn *conn = atomic_exchange_explicit(&loop->newcomers, NULL, memory_order_acquire);

    while (conn) {
        struct conn *next = conn->next;

        adopt(loop, conn);
        conn = next;
    }
}

static void listen_for(struct loop *loop, bool on)
{
    struct epoll_event event = {.events = on ? EPOLLIN : 0, .data.ptr = loop->server};

    loop->deaf = !on;
    epoll_ctl(loop->epoll, EPOLL_CTL_MOD, loop->server->listener, &event);
}

/* No descriptor or memory left: whoever waits in the backlog waits until the next sweep has made room. */
static void accept_failed(struct loop *loop)
{
    if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM)
        return;
    if (loop->idle.next != &loop->idle)
        conn_close((struct conn *)loop->idle.next);
    else
        listen_for(loop, false);
}

static bool accept_one(struct loop *loop)
{
    struct http_server *server = loop->server;
    struct sockaddr_storage peer;
    socklen_t len = sizeof peer;
    int fd = accept4(server->listener, (struct sockaddr *)&peer, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
    struct conn *conn;
    struct loop *owner;

    if (fd < 0) {
        accept_failed(loop);
        return false;
    }
    conn = conn_new(fd, &peer);
    if (!conn) {
        close(fd);
        return false;
    }
    owner = &server->loops[server->next_loop++ % server->loop_count];
    if (owner == loop)
        adopt(loop, conn);
    else
        post_newcomer(owner, conn);
    return true;
}

/* --- refusals, told once a second at most --- */

void loop_note_refusal(struct conn *conn, const struct refusal *why)
{
    struct loop *loop = conn->loop;

    if (loop->now_us - loop->told_us < TELL_US) {
        loop->untold++;
        return;
    }
    log_warn("http: refused %d %s to %s, request %016llx (%u more since the last such line)", why->status, why->code,
             conn->address, (unsigned long long)conn->ex->id, loop->untold);
    loop->told_us = loop->now_us;
    loop->untold = 0;
}

/* --- the rounds --- */

static void sweep_list(struct loop *loop, struct link *list)
{
    struct link *link = list->next;

    while (link != list) {
        struct link *next = link->next;

        if (conn_overdue((struct conn *)link, loop->now_us))
            conn_expire((struct conn *)link);
        link = next;
    }
}

static void sweep(struct loop *loop)
{
    if (loop->now_us - loop->swept_us < loop->server->sweep_us)
        return;
    loop->swept_us = loop->now_us;
    sweep_list(loop, &loop->idle);
    sweep_list(loop, &loop->busy);
    if (loop->deaf && !loop->stopping)
        listen_for(loop, true);
}

static void bury(struct loop *loop)
{
    struct conn *conn = loop->dead;

    loop->dead = NULL;
    while (conn) {
        struct conn *next = conn->next;

        if (conn->again) {
            conn->next = loop->dead;
            loop->dead = conn;
        } else {
            free(conn);
        }
        conn = next;
    }
}

static void continue_turns(struct loop *loop)
{
    struct conn *conn = loop->again;

    loop->again = NULL;
    while (conn) {
        struct conn *next = conn->next_again;

        conn->again = false;
        conn_drive(conn);
        conn = next;
    }
}

static void see_event(struct loop *loop, const struct epoll_event *event)
{
    struct conn *conn = event->data.ptr;

    if (event->data.ptr == loop)
        return; /* the inboxes are looked into every round */
    if (event->data.ptr == loop->server) {
        for (int i = 0; i < ACCEPTS && !loop->stopping && accept_one(loop); i++)
            ;
        return;
    }
    if (event->events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        conn->readable = true;
    if (event->events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        conn->ended = true;
    conn_drive(conn);
}

/* Whoever has not yet sent a whole head has nothing under way. */
static void begin_stop(struct loop *loop)
{
    struct link *link, *next;
    struct conn *conn;

    loop->stopping = true;
    if (loop->accepts) {
        close(loop->server->listener);
        loop->server->listener = -1;
    }
    while (loop->idle.next != &loop->idle)
        conn_close((struct conn *)loop->idle.next);
    for (link = loop->busy.next; link != &loop->busy; link = next) {
        next = link->next;
        conn = (struct conn *)link;
        if (conn->state == CONN_HEAD)
            conn_close(conn);
        else if (conn->state == CONN_STREAM)
            conn_drive(conn);
    }
}

static bool finished(struct loop *loop)
{
    struct http_server *server = loop->server;

    if (!atomic_load(&server->stopping))
        return false;
    if (!loop->stopping)
        begin_stop(loop);
    return loop->count == 0 || loop->now_us > atomic_load(&server->stop_by_us);
}

static void *run(void *arg)
{
    struct loop *loop = arg;
    struct epoll_event events[EVENTS];

    pthread_setname_np(pthread_self(), "http-socket");
    while (!finished(loop)) {
        int n = epoll_wait(loop->epoll, events, EVENTS, loop->again ? 0 : (int)(loop->server->sweep_us / 1000));

        loop->now_us = clock_steady_us();
        for (int i = 0; i < n; i++)
            see_event(loop, &events[i]);
        adopt_newcomers(loop);
        send_answers(loop);
        stream_post_all(loop);
        continue_turns(loop);
        sweep(loop);
        bury(loop);
    }
    return NULL;
}

void loop_init(struct loop *loop, struct http_server *server)
{
    loop->server = server;
    loop->epoll = loop->wake = -1;
    loop->accepts = loop == server->loops;
    loop->now_us = loop->swept_us = clock_steady_us();
    loop->told_us = loop->now_us - TELL_US;
    link_init(&loop->idle);
    link_init(&loop->busy);
}

bool loop_start(struct loop *loop, struct err *err)
{
    struct http_server *server = loop->server;

    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (loop->epoll < 0 || loop->wake < 0 || !watch(loop, loop->wake, EPOLLIN | EPOLLET, loop)
        || (loop->accepts && !watch(loop, server->listener, EPOLLIN, server)))
        return err_set(err, ERR_IO, "无法启动 HTTP 服务：%s", strerror(errno));
    loop->started = pthread_create(&loop->thread, NULL, run, loop) == 0;
    return loop->started || err_set(err, ERR_MEMORY, "无法创建网络线程");
}

void loop_disconnect(struct loop *loop)
{
    struct conn *conn;

    for (struct link *link = loop->busy.next; link != &loop->busy; link = link->next) {
        conn = (struct conn *)link;
        close(conn->fd);
        conn->fd = -1;
    }
    while ((conn = atomic_load(&loop->newcomers))) {
        atomic_store(&loop->newcomers, conn->next);
        close(conn->fd);
        free(conn);
    }
    close(loop->epoll);
}

void loop_release(struct loop *loop)
{
    bury(loop);
    while (loop->busy.next != &loop->busy) {
        struct conn *conn = (struct conn *)loop->busy.next;

        unlink_one(&conn->link);
        if (conn->ex)
            exchange_free(conn->ex);
        if (conn->stream)
            stream_leave(conn->stream);
        free(conn);
    }
    stream_forget_all(loop);
    while (loop->pool) {
        struct exchange *ex = loop->pool;

        loop->pool = ex->next;
        exchange_free(ex);
    }
    close(loop->wake);
}
