/*
 * Replays every case of tests/bad against a real server: whole, byte by byte, and cut at random places.
 *
 * The handler's own account is what proves that nobody can be desynchronised: a refused request must be seen by no
 * handler, and nothing that follows it either.
 */
#include <pthread.h>
#include <unistd.h>

#include "../unit/web/http_client.h"
#include "cases.h"
#include "web/http/http.h"

enum { WAIT_MS = 5000, QUIET_MS = 12, CUTS = 5 };

static struct {
    pthread_mutex_t lock;
    struct text text;
} seen = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void handle(struct http_exchange *exchange, void *context)
{
    (void)context;
    pthread_mutex_lock(&seen.lock);
    text_print(&seen.text, "%s%s %.*s %zu", seen.text.len ? "; " : "", exchange->method, (int)exchange->path.len,
               exchange->path.at, exchange->body.len);
    pthread_mutex_unlock(&seen.lock);
    text_puts(&exchange->reply, "ok\n");
    http_answer(exchange);
}

static size_t limit(const char *method, struct slice path, void *context)
{
    (void)path;
    (void)context;
    return strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 ? 4096 : 0;
}

/* --- one replay --- */

static void send_pieces(int fd, struct slice bytes, int way)
{
    while (bytes.len) {
        size_t n = way == 0 ? bytes.len : way == 1 ? 1 : 1 + (size_t)rand() % bytes.len;

        if (!client_send(fd, (struct slice){bytes.at, n}))
            return;
        if (way > 1)
            usleep(300);
        bytes.at += n;
        bytes.len -= n;
    }
}

/* Reads until all that is expected has come, then a little longer for what is not. */
static bool receive_all(int fd, const struct bad_case *one, unsigned long heads, struct text *got, struct statuses *out)
{
    bool closed = false;

    for (int waited = 0; waited < WAIT_MS && !closed; waited += QUIET_MS) {
        closed = client_receive(fd, got, QUIET_MS);
        client_statuses(text_slice(got), heads, out);
        if (!one->closes && out->count >= one->answers)
            break;
    }
    client_statuses(text_slice(got), heads, out);
    return closed;
}

static void show(const struct statuses *statuses, bool closed, struct text *out)
{
    for (size_t i = 0; i < statuses->count; i++)
        text_print(out, "%d ", statuses->list[i]);
    if (!statuses->count)
        text_puts(out, closed ? "" : "none ");
    text_puts(out, closed ? "close" : "open");
}

static bool check(const struct bad_case *one, const struct text *got, const struct statuses *answers, bool closed)
{
    struct text shown = {NULL, 0, 0};
    bool ok;

    show(answers, closed, &shown);
    pthread_mutex_lock(&seen.lock);
    if (!seen.text.len)
        text_puts(&seen.text, "nothing");
    ok = slice_same(text_slice(&shown), one->statuses) && slice_same(text_slice(&seen.text), one->saw)
         && !answers->garbled && answers->used == got->len;
    if (!ok)
        printf("# %s: got %s, saw %.300s, %zu bytes left over\n", one->name, shown.at, seen.text.at,
               got->len - answers->used);
    pthread_mutex_unlock(&seen.lock);
    text_release(&shown);
    return ok;
}

static bool replay(unsigned port, const struct bad_case *one, int way)
{
    unsigned long heads = memcmp(one->raw.at, "HEAD", 4) == 0;
    struct text got = {NULL, 0, 0};
    struct statuses answers;
    int fd = client_connect(port);
    bool closed, ok;

    pthread_mutex_lock(&seen.lock);
    text_clear(&seen.text);
    pthread_mutex_unlock(&seen.lock);
    send_pieces(fd, text_slice(&one->raw), way);
    closed = receive_all(fd, one, heads, &got, &answers);
    ok = check(one, &got, &answers, closed);
    close(fd);
    text_release(&got);
    return ok;
}

static bool replay_ways(unsigned port, const struct bad_case *one)
{
    bool ok = true;

    for (int way = 0; way < (one->whole_only ? 1 : 2 + CUTS); way++)
        ok = replay(port, one, way) && ok;
    return ok;
}

int main(int argc, char **argv)
{
    struct http_options options = {.socket_threads = 2, .workers = 2, .queue = 64, .handle = handle, .limit = limit};
    struct http_server *server;
    struct bad_case *cases;
    struct err err;
    size_t count = argc > 1 ? cases_load(argv[1], &cases) : 0, failed = 0;

    if (!count || !http_start(&options, &server, &err)) {
        printf("Bail out! no cases, or no server\n");
        return 1;
    }
    srand(argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1);
    printf("1..%zu\n", count);
    for (size_t i = 0; i < count; i++) {
        bool ok = replay_ways(http_port(server), &cases[i]);

        printf("%sok %zu - %s\n", ok ? "" : "not ", i + 1, cases[i].name);
        failed += !ok;
    }
    cases_free(cases, count);
    text_release(&seen.text);
    http_stop(server);
    return failed != 0;
}
