#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/http/http_int.h"

enum { BACKLOG = 1024, URGENT_ROOM = 64 };

static void or_usual(int64_t *value, int64_t usual)
{
    if (*value <= 0)
        *value = usual;
}

static void or_some(unsigned *value, unsigned usual)
{
    if (!*value)
        *value = usual;
}

static void fill_options(struct http_options *options)
{
    if (!options->address)
        options->address = "127.0.0.1";
    or_some(&options->socket_threads, 1);
    or_some(&options->workers, 2);
    or_some(&options->queue, 1024);
    or_some(&options->connections, 4096);
    or_usual(&options->queue_age_us, 1000000);
    or_usual(&options->header_us, 10000000);
    or_usual(&options->body_us, 10000000);
    or_usual(&options->write_us, 30000000);
    or_usual(&options->idle_us, 75000000);
    or_usual(&options->stop_us, 5000000);
    if (!options->least_rate)
        options->least_rate = 1024;
    if (!options->bodies)
        options->bodies = (size_t)256 << 20;
    if (!options->stream_room)
        options->stream_room = 1 << 14;
    assert((options->stream_room & (options->stream_room - 1)) == 0);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Often enough that a deadline is kept to a quarter of itself. */
static int64_t sweep_every(const struct http_options *options)
{
    int64_t shortest = least(least(options->header_us, options->body_us), least(options->write_us, options->idle_us));
    int64_t every = least(shortest / 4, 250000);

    return every < 10000 ? 10000 : every;
}

static bool listen_error(const struct http_options *options, struct err *err)
{
    const char *hint = N_("用 --port 换一个端口，或先停掉占用它的程序");

    if (errno == EADDRINUSE) {
        err_set(err, ERR_BUSY, "端口 %u 已被占用", options->port);
    } else if (errno == EACCES) {
        err_set(err, ERR_DENIED, "端口 %u 只有管理员能用", options->port);
        hint = N_("用 --port 换一个 1024 以上的，如 8080；对外的 80 和 443 由前面的 nginx 承担");
    } else if (errno == EADDRNOTAVAIL) {
        err_set(err, ERR_INVALID, "本机没有地址 %s", options->address);
        hint = N_("--address 写本机有的地址，如 127.0.0.1");
    } else {
        err_set(err, ERR_IO, "无法监听 %s:%u：%s", options->address, options->port, strerror(errno));
    }
    return err_hint(err, "%s", hint);
}

/* SO_REUSEADDR for a quick restart; never SO_REUSEPORT, by which two servers would share a port unawares. */
static bool bind_to(struct http_server *server, const struct addrinfo *at, struct err *err)
{
    int on = 1, unsent = HTTP_UNSENT_MOST;

    server->listener = socket(at->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (server->listener < 0)
        return listen_error(&server->options, err);
    setsockopt(server->listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    /* Accepted sockets inherit both. */
    setsockopt(server->listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(server->listener, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &unsent, sizeof unsent);
    if (bind(server->listener, at->ai_addr, at->ai_addrlen) != 0 || listen(server->listener, BACKLOG) != 0)
        return listen_error(&server->options, err);
    return true;
}

static unsigned bound_port(int fd)
{
    struct sockaddr_storage at;
    socklen_t len = sizeof at;

    if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
        return 0;
    return ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)&at)->sin6_port
                                          : ((struct sockaddr_in *)&at)->sin_port);
}

static bool open_listener(struct http_server *server, struct err *err)
{
    struct addrinfo wanted = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE, .ai_socktype = SOCK_STREAM};
    struct addrinfo *found = NULL;
    char port[12];
    bool ok;

    snprintf(port, sizeof port, "%u", server->options.port);
    if (getaddrinfo(server->options.address, port, &wanted, &found) != 0)
        return err_set(err, ERR_INVALID, "监听地址 %s 无效", server->options.address)
               || err_hint(err, "写成 IP 地址，如 127.0.0.1");
    ok = bind_to(server, found, err);
    freeaddrinfo(found);
    server->port = ok ? bound_port(server->listener) : 0;
    return ok;
}

/* In the spelling that inet_ntop gives, so that texts can be compared. */
static bool read_trusted(struct http_server *server, struct err *err)
{
    const char *proxy = server->options.trusted_proxy;
    unsigned char bytes[16];

    if (!proxy || !*proxy)
        return true;
    if (inet_pton(AF_INET, proxy, bytes) == 1)
        return inet_ntop(AF_INET, bytes, server->trusted, sizeof server->trusted) != NULL;
    if (inet_pton(AF_INET6, proxy, bytes) == 1)
        return inet_ntop(AF_INET6, bytes, server->trusted, sizeof server->trusted) != NULL;
    return err_set(err, ERR_INVALID, "受信代理的地址 %s 无效", proxy) || err_hint(err, "写成 IP 地址，如 127.0.0.1");
}

static bool start_loops(struct http_server *server, struct err *err)
{
    server->loop_count = server->options.socket_threads;
    server->loop_room = server->options.connections / server->loop_count;
    or_some(&server->loop_room, 1);
    server->loops = calloc(server->loop_count, sizeof(struct loop));
    if (!server->loops)
        return err_set(err, ERR_MEMORY, "内存不足，无法启动 HTTP 服务");
    for (unsigned i = 0; i < server->loop_count; i++)
        loop_init(&server->loops[i], server);
    /* The accepting loop last: by then the others are there to be given sockets. */
    for (unsigned i = server->loop_count; i-- > 0;)
        if (!loop_start(&server->loops[i], err))
            return false;
    return true;
}

/* Signals are for the main thread. */
static bool start_threads(struct http_server *server, struct err *err)
{
    sigset_t all, before;
    bool ok;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    ok = queue_start(&server->queue, server->options.queue, server->options.workers, err)
         && (!server->options.urgent || queue_start(&server->urgent, URGENT_ROOM, 1, err)) && start_loops(server, err);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

bool http_start(const struct http_options *options, struct http_server **out, struct err *err)
{
    struct http_server *server = calloc(1, sizeof *server);
    unsigned long long seed = (unsigned long long)clock_ms();

    assert(options->handle);
    if (!server)
        return err_set(err, ERR_MEMORY, "内存不足，无法启动 HTTP 服务");
    server->options = *options;
    server->listener = -1;
    work_queue_init(&server->queue, server);
    work_queue_init(&server->urgent, server);
    fill_options(&server->options);
    server->sweep_us = sweep_every(&server->options);
    (void)!getrandom(&seed, sizeof seed, GRND_NONBLOCK);
    atomic_init(&server->ids, seed);
    if (!read_trusted(server, err) || !open_listener(server, err) || !start_threads(server, err)) {
        http_stop(server);
        return false;
    }
    *out = server;
    return true;
}

unsigned http_port(const struct http_server *server)
{
    return server->port;
}

struct http_counts http_count(const struct http_server *server)
{
    return (struct http_counts){atomic_load(&server->requests), atomic_load(&server->refused),
                                atomic_load(&server->busy), atomic_load(&server->open), atomic_load(&server->streams)};
}

/* A handler may still answer: its exchange must stay where it is. Kept in a list, so that it is not lost sight of. */
static void abandon(struct http_server *server)
{
    static _Atomic(struct http_server *) abandoned;

    log_warn("http: stopped with %u answers outstanding", atomic_load(&server->in_flight));
    server->abandoned = atomic_load(&abandoned);
    while (!atomic_compare_exchange_weak(&abandoned, &server->abandoned, server))
        ;
}

static void stop_loops(struct http_server *server)
{
    atomic_store(&server->stop_by_us, clock_steady_us() + server->options.stop_us);
    atomic_store(&server->stopping, true);
    for (unsigned i = 0; server->loops && i < server->loop_count; i++)
        if (server->loops[i].started) {
            loop_wake(&server->loops[i]);
            pthread_join(server->loops[i].thread, NULL);
        }
}

/* An answer may have been sent while its thread is still on the way out of http_answer. */
static bool all_answered(struct http_server *server)
{
    for (int ms = 0; ms < 200 && atomic_load(&server->in_flight); ms++)
        usleep(1000);
    return !atomic_load(&server->in_flight);
}

void http_stop(struct http_server *server)
{
    bool all;

    stop_loops(server);
    all = queue_stop(&server->queue);
    all = queue_stop(&server->urgent) && all;
    all = all && all_answered(server);
    for (unsigned i = 0; server->loops && i < server->loop_count; i++)
        loop_disconnect(&server->loops[i]);
    if (server->listener >= 0)
        close(server->listener);
    if (!all) {
        abandon(server);
        return;
    }
    for (unsigned i = 0; server->loops && i < server->loop_count; i++)
        loop_release(&server->loops[i]);
    free(server->loops);
    work_queue_release(&server->queue);
    work_queue_release(&server->urgent);
    free(server);
}
