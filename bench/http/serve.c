/* A server with nothing behind it: `serve PORT [socket threads] [workers] [microseconds of CPU a request]`. */
#include <signal.h>

#include "base/clock.h"
#include "web/http/http.h"

static int64_t work_us;

static void spin(int64_t us)
{
    struct timespec now;
    int64_t until;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    until = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 + us;
    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    while ((int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 < until);
}

static void handle(struct http_exchange *exchange, void *context)
{
    (void)context;
    if (work_us)
        spin(work_us);
    exchange->reply_type = SLICE("application/json; charset=utf-8");
    text_puts(&exchange->reply, "{\"code\":\"ok\",\"message\":\"说出一个难题或一项成果,七方当场应答\"}\n");
    http_answer(exchange);
}

static size_t limit(const char *method, struct slice path, void *context)
{
    (void)path;
    (void)context;
    return strcmp(method, "POST") == 0 ? 1 << 20 : 0;
}

static long arg(int argc, char **argv, int at, long usual)
{
    return argc > at ? strtol(argv[at], NULL, 10) : usual;
}

int main(int argc, char **argv)
{
    struct http_options options = {.port = (unsigned)arg(argc, argv, 1, 0), .socket_threads = (unsigned)arg(argc, argv, 2, 1),
                                   .workers = (unsigned)arg(argc, argv, 3, 2), .queue = 256, .queue_age_us = 1000000,
                                   .connections = 4096, .handle = handle, .limit = limit};
    struct http_server *server;
    struct err err;
    sigset_t stops;
    int signal;

    work_us = arg(argc, argv, 4, 0);
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    sigprocmask(SIG_BLOCK, &stops, NULL);
    if (!http_start(&options, &server, &err)) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    printf("%u\n", http_port(server));
    fflush(stdout);
    sigwait(&stops, &signal);
    http_stop(server);
    return 0;
}
