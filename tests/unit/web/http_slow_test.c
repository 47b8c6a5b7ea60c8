/* Those who are slow on purpose are shown out at their deadline, and nobody else notices them. Deadlines are shortened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "http_client.h"
#include "http_load.h"
#include "web/http/http.h"

enum { MS = 1000, BIG = 8 << 20 };

static struct http_server *server;
static struct text got;

static void handle(struct http_exchange *exchange, void *context)
{
    (void)context;
    if (slice_is(exchange->path, "/big")) {
        memset(text_reserve(&exchange->reply, BIG), 'x', BIG);
        exchange->reply.len = BIG;
    } else {
        text_puts(&exchange->reply, "hello\n");
    }
    http_answer(exchange);
}

static size_t limit(const char *method, struct slice path, void *context)
{
    (void)path;
    (void)context;
    return strcmp(method, "POST") == 0 ? 1 << 20 : 0;
}

static int start(void **state)
{
    struct http_options options = {.socket_threads = 2, .workers = 2, .queue = 256, .connections = 3000,
                                   .handle = handle, .limit = limit, .header_us = 300 * MS, .body_us = 300 * MS,
                                   .write_us = 300 * MS, .idle_us = 3000 * MS};
    struct err err;

    (void)state;
    text_init(&got);
    return http_start(&options, &server, &err) ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    http_stop(server);
    text_release(&got);
    return 0;
}

/* Sends a byte of `text` every 20 ms until the server closes; returns when that was, in ms, or -1. */
static int64_t drip(int fd, const char *text)
{
    int64_t began = clock_steady_us();

    for (size_t i = 0; clock_steady_us() - began < 2000 * MS; i++) {
        client_send(fd, (struct slice){&text[i % strlen(text)], 1});
        if (client_receive(fd, &got, 20))
            return (clock_steady_us() - began) / MS;
    }
    return -1;
}

static int64_t slow_after(const char *opening)
{
    int fd = client_connect(http_port(server));
    int64_t ms;

    text_clear(&got);
    client_send(fd, slice_of(opening));
    ms = drip(fd, "x");
    close(fd);
    return ms;
}

static int status(void)
{
    struct statuses seen;

    client_statuses(text_slice(&got), 0, &seen);
    return seen.count ? seen.list[0] : 0;
}

/* From the deadline, up to a sweep and a busy machine later. */
#define assert_soon_after(ms, deadline) assert_in_range(ms, (deadline) - 20, (deadline) + 900)

static void a_dripping_head_is_shown_out(void **state)
{
    (void)state;
    assert_soon_after(slow_after("GET / HTTP/1.1\r\nHost: a\r\nX: "), 300);
    assert_int_equal(status(), 408);
    assert_non_null(strstr(got.at, "\"too_slow\""));
}

static void a_dripping_body_is_shown_out(void **state)
{
    (void)state;
    assert_soon_after(slow_after("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n"), 300);
    assert_int_equal(status(), 408);
    assert_soon_after(slow_after("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n"), 300);
    assert_int_equal(status(), 408);
}

/* 10 KB in half a second is no hurry, yet above the least rate: nobody is shown out while it lasts. */
static void a_slow_but_steady_body_is_taken(void **state)
{
    char bytes[500];
    int fd = client_connect(http_port(server));

    (void)state;
    memset(bytes, 'x', sizeof bytes);
    client_send(fd, SLICE("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000\r\n\r\n"));
    for (int i = 0; i < 20; i++) {
        usleep(30000);
        client_send(fd, (struct slice){bytes, sizeof bytes});
    }
    client_ask(fd, SLICE(""), 1, &got, 5000);
    assert_int_equal(status(), 200);
    close(fd);
}

static int64_t ms_until_gone(int64_t most)
{
    int64_t began = clock_steady_us();

    while (http_count(server).open && clock_steady_us() - began < most * MS)
        usleep(5 * MS);
    return (clock_steady_us() - began) / MS;
}

static void a_reader_that_does_not_read_is_reset(void **state)
{
    int fd = client_connect(http_port(server)), tiny = 2048;

    (void)state;
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &tiny, sizeof tiny);
    client_send(fd, SLICE("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    usleep(100 * MS);
    assert_int_equal(http_count(server).open, 1);
    assert_soon_after(ms_until_gone(5000) + 100, 300);
    assert_int_equal(http_count(server).refused, 1);
    close(fd);
}

/* 8 MiB in a second, a little at a time: longer than the deadline, but it goes on. */
static void a_reader_that_takes_its_time_gets_it_all(void **state)
{
    int fd = client_connect(http_port(server));
    struct statuses seen = {.count = 0};

    (void)state;
    client_send(fd, SLICE("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    for (int i = 0; i < 400 && !seen.count; i++) {
        ssize_t n = recv(fd, text_reserve(&got, 65536), 65536, 0);

        assert_true(n > 0);
        got.len += (size_t)n;
        usleep(5 * MS);
        if (got.len > BIG)
            client_statuses(text_slice(&got), 0, &seen);
    }
    assert_int_equal(status(), 200);
    close(fd);
}

static void a_connection_at_rest_is_closed_in_time(void **state)
{
    int fd = client_connect(http_port(server));
    int64_t began = clock_steady_us();

    (void)state;
    client_ask(fd, SLICE("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), 1, &got, 5000);
    assert_int_equal(status(), 200);
    assert_true(client_receive(fd, &got, 5000));
    assert_soon_after((clock_steady_us() - began) / MS, 3000);
    close(fd);
}

/* --- crowds --- */

static void load(unsigned connections, int64_t us, struct load_result *result)
{
    struct load_plan plan = {.port = http_port(server), .connections = connections, .us = us,
                             .request = SLICE("GET / HTTP/1.1\r\nHost: a\r\n\r\n")};

    load_run(&plan, result);
    print_message("# %u connections: %.0f/s, p50 %.2f ms, p99 %.2f ms\n", connections,
                  (double)result->good / result->seconds, (double)result->p50_us / MS, (double)result->p99_us / MS);
    assert_int_equal(result->busy + result->other + result->broken, 0);
}

static void five_hundred_slow_heads_disturb_nobody(void **state)
{
    struct load_result result;
    int *fds = calloc(500, sizeof *fds);
    uint64_t refused = http_count(server).refused;

    (void)state;
    for (int i = 0; i < 500; i++) {
        fds[i] = client_connect(http_port(server));
        client_send(fds[i], SLICE("GET / HTTP/1.1\r\nHost: a\r\nX"));
    }
    load(1, 1000 * MS, &result);
    assert_true(result.p99_us < 100 * MS);
    for (int i = 0; i < 500; i++) {
        text_clear(&got);
        assert_true(client_receive(fds[i], &got, 2000));
        assert_int_equal(status(), 408);
        close(fds[i]);
    }
    assert_int_equal(http_count(server).refused - refused, 500);
    free(fds);
}

static void a_thousand_at_rest_and_sixty_four_busy(void **state)
{
    struct load_result result;
    int *fds = calloc(1000, sizeof *fds);

    (void)state;
    for (int i = 0; i < 1000; i++)
        fds[i] = client_connect(http_port(server));
    load(64, 1000 * MS, &result);
    assert_true(result.good > 5000);
    assert_true(result.p99_us < 100 * MS);
    assert_int_equal(http_count(server).open >= 1000, 1);
    for (int i = 0; i < 1000; i++)
        close(fds[i]);
    free(fds);
}

int main(void)
{
    struct rlimit files;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_dripping_head_is_shown_out, start, stop),
        cmocka_unit_test_setup_teardown(a_dripping_body_is_shown_out, start, stop),
        cmocka_unit_test_setup_teardown(a_slow_but_steady_body_is_taken, start, stop),
        cmocka_unit_test_setup_teardown(a_reader_that_does_not_read_is_reset, start, stop),
        cmocka_unit_test_setup_teardown(a_reader_that_takes_its_time_gets_it_all, start, stop),
        cmocka_unit_test_setup_teardown(a_connection_at_rest_is_closed_in_time, start, stop),
        cmocka_unit_test_setup_teardown(five_hundred_slow_heads_disturb_nobody, start, stop),
        cmocka_unit_test_setup_teardown(a_thousand_at_rest_and_sixty_four_busy, start, stop),
    };

    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max < 8192 ? files.rlim_max : 8192;
    setrlimit(RLIMIT_NOFILE, &files);
    return cmocka_run_group_tests_name("http slow", tests, NULL, NULL);
}
