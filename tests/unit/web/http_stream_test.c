/* Answers that go on: what the holder sends comes whole and in order, slow readers and those who leave are noticed, all ends when it should. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <semaphore.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http_client.h"
#include "web/http/http.h"

enum { CROWD = 40, LINES = 400 };

static sem_t begun;
static struct http_stream *streams[CROWD];
static size_t count;
static struct http_server *server;
static struct text got;

/* One worker in these tests: streams[] is its own until `begun` is posted. */
static void handle(struct http_exchange *exchange, void *context)
{
    struct http_stream *stream;

    (void)context;
    exchange->reply_type = SLICE("text/event-stream");
    if (slice_is(exchange->path, "/unfit"))
        exchange->reply_headers = SLICE("Content-Length: 5\r\n");
    text_puts(&exchange->reply, "first\n");
    stream = http_stream_begin(exchange);
    if (stream)
        streams[count++] = stream;
    sem_post(&begun);
}

static void start(struct http_options options)
{
    struct err err;

    options.workers = 1;
    options.handle = handle;
    assert_true(http_start(&options, &server, &err));
}

static int fresh(void **state)
{
    (void)state;
    sem_init(&begun, 0, 0);
    text_init(&got);
    count = 0;
    return 0;
}

static int done(void **state)
{
    (void)state;
    http_stop(server);
    text_release(&got);
    return 0;
}

static int ask(const char *request)
{
    int fd = client_connect(http_port(server));

    client_send(fd, slice_of(request));
    sem_wait(&begun);
    return fd;
}

static int watch(void)
{
    return ask("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n");
}

/* Nothing has come: there is nothing to look in. */
static bool came(const char *what)
{
    return got.at && memmem(got.at, got.len, what, strlen(what));
}

static void until_came(int fd, const char *what)
{
    for (int i = 0; i < 500 && !came(what); i++)
        client_receive(fd, &got, 20);
    assert_true(came(what));
}

static void until_gone(size_t i)
{
    for (int ms = 0; ms < 10000 && !http_stream_gone(streams[i]); ms++)
        usleep(1000);
    assert_true(http_stream_gone(streams[i]));
}

static void send_text(size_t i, const char *text)
{
    assert_true(http_stream_send(streams[i], slice_of(text)));
}

static void it_comes_as_it_is_sent_and_ends(void **state)
{
    int fd;

    (void)state;
    start((struct http_options){0});
    fd = watch();
    until_came(fd, "\r\n\r\nfirst\n");
    assert_true(slice_is(client_header(text_slice(&got), "Content-Type"), "text/event-stream"));
    assert_true(slice_is(client_header(text_slice(&got), "Connection"), "close"));
    assert_int_equal(client_header(text_slice(&got), "Content-Length").len, 0);
    assert_int_equal(http_count(server).streams, 1);
    send_text(0, "second\n");
    until_came(fd, "first\nsecond\n");
    send_text(0, "third\n");
    http_stream_end(streams[0], false);
    assert_true(client_receive(fd, &got, 5000));
    assert_true(slice_is(client_body(text_slice(&got)), "first\nsecond\nthird\n"));
    close(fd);
    for (int ms = 0; ms < 5000 && http_count(server).open; ms++)
        usleep(1000);
    assert_int_equal(http_count(server).streams, 0);
}

static void a_head_alone_is_answered_and_the_connection_stays(void **state)
{
    int fd;

    (void)state;
    start((struct http_options){0});
    fd = ask("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n");
    until_came(fd, "\r\n\r\n");
    assert_int_equal(client_body(text_slice(&got)).len, 0);
    assert_int_equal(count, 0);
    text_clear(&got);
    client_send(fd, SLICE("HEAD /stream HTTP/1.1\r\nHost: a\r\n\r\n"));
    until_came(fd, "200 OK");
    close(fd);
}

static void the_older_protocol_is_served_too(void **state)
{
    int fd;

    (void)state;
    start((struct http_options){0});
    fd = ask("GET /stream HTTP/1.0\r\nHost: a\r\n\r\n");
    send_text(0, "second\n");
    http_stream_end(streams[0], false);
    assert_true(client_receive(fd, &got, 5000));
    assert_true(slice_is(client_body(text_slice(&got)), "first\nsecond\n"));
    close(fd);
}

static void a_header_of_ours_is_refused(void **state)
{
    int fd;

    (void)state;
    start((struct http_options){0});
    fd = ask("GET /unfit HTTP/1.1\r\nHost: a\r\n\r\n");
    until_came(fd, "500 ");
    assert_int_equal(count, 0);
    close(fd);
}

/* Fills what lies between until no more is taken; returns how much that was. */
static size_t fill(size_t i)
{
    static char bytes[1000];
    size_t all = 0;

    memset(bytes, 'x', sizeof bytes);
    for (int full = 0; full < 200;)
        if (http_stream_send(streams[i], (struct slice){bytes, sizeof bytes})) {
            all += sizeof bytes;
            full = 0;
        } else {
            full++;
            usleep(1000);
        }
    return all;
}

static void who_does_not_read_holds_little_and_is_cut_off(void **state)
{
    int fd;
    size_t all;

    (void)state;
    start((struct http_options){0});
    fd = watch();
    all = fill(0);
    print_message("# %zu bytes before a reader who reads nothing has no more room\n", all);
    assert_true(all < 8 << 20);
    assert_true(http_stream_room(streams[0]) < 1000);
    assert_false(http_stream_gone(streams[0]));
    http_stream_end(streams[0], true);
    for (int ms = 0; ms < 5000 && http_count(server).open; ms++)
        usleep(1000);
    assert_int_equal(http_count(server).open, 0);
    close(fd);
}

static void who_takes_nothing_is_reset(void **state)
{
    int fd;

    (void)state;
    start((struct http_options){.write_us = 200000});
    fd = watch();
    fill(0);
    until_gone(0);
    assert_false(http_stream_send(streams[0], SLICE("more")));
    http_stream_end(streams[0], false);
    close(fd);
}

/* Five times as long as a write may take. */
static void a_stream_at_rest_stays(void **state)
{
    int fd;

    (void)state;
    start((struct http_options){.write_us = 100000, .idle_us = 100000, .header_us = 100000, .body_us = 100000});
    fd = watch();
    until_came(fd, "first\n");
    usleep(500000);
    assert_false(http_stream_gone(streams[0]));
    send_text(0, "second\n");
    until_came(fd, "second\n");
    http_stream_end(streams[0], false);
    close(fd);
}

static void who_leaves_is_noticed(void **state)
{
    int first, second;

    (void)state;
    start((struct http_options){0});
    first = watch();
    second = watch();
    client_send(first, SLICE("more than was asked\r\n"));
    send_text(0, "second\n");
    until_came(first, "second\n"); /* what he says is no reason to end it */
    close(first);
    until_gone(0);
    assert_false(http_stream_gone(streams[1]));
    shutdown(second, SHUT_WR);
    until_gone(1);
    http_stream_end(streams[0], false);
    http_stream_end(streams[1], true);
    close(second);
}

static void over_before_its_head_is_out(void **state)
{
    int fd;

    (void)state;
    start((struct http_options){0});
    for (int i = 0; i < 20; i++) {
        text_clear(&got);
        fd = watch();
        send_text(count - 1, "second\n");
        http_stream_end(streams[count - 1], false);
        assert_true(client_receive(fd, &got, 5000));
        assert_true(slice_is(client_body(text_slice(&got)), "first\nsecond\n"));
        close(fd);
    }
}

static void *stop(void *arg)
{
    (void)arg;
    http_stop(server);
    return NULL;
}

static void a_stop_sends_what_lies_ready(void **state)
{
    pthread_t thread;
    int fd;

    (void)state;
    start((struct http_options){0});
    fd = watch();
    send_text(0, "second\n");
    pthread_create(&thread, NULL, stop, NULL);
    assert_true(client_receive(fd, &got, 5000));
    close(fd);
    assert_true(slice_is(client_body(text_slice(&got)), "first\nsecond\n"));
    http_stream_end(streams[0], false);
    pthread_join(thread, NULL);
    start((struct http_options){0}); /* for `done` */
}

/* --- a crowd: two socket threads, one holder, readers who come as they can --- */

static void *hold(void *arg)
{
    char line[32];

    (void)arg;
    for (int n = 0; n < LINES; n++)
        for (size_t i = 0; i < CROWD; i++) {
            snprintf(line, sizeof line, "%zu:%d\n", i, n);
            while (!http_stream_send(streams[i], slice_of(line)))
                usleep(100);
        }
    for (size_t i = 0; i < CROWD; i++)
        http_stream_end(streams[i], false);
    return NULL;
}

static void expect_lines(size_t i)
{
    struct text wanted;

    text_init(&wanted);
    text_puts(&wanted, "first\n");
    for (int n = 0; n < LINES; n++)
        text_print(&wanted, "%zu:%d\n", i, n);
    assert_true(slice_same(client_body(text_slice(&got)), text_slice(&wanted)));
    text_release(&wanted);
}

static void a_crowd_gets_each_line_once_and_in_order(void **state)
{
    pthread_t thread;
    int fds[CROWD];

    (void)state;
    start((struct http_options){.socket_threads = 2, .stream_room = 256}); /* so that the ring goes round often */
    for (size_t i = 0; i < CROWD; i++)
        fds[i] = watch();
    assert_int_equal(http_count(server).streams, CROWD);
    pthread_create(&thread, NULL, hold, NULL);
    for (size_t i = 0; i < CROWD; i++) {
        text_clear(&got);
        assert_true(client_receive(fds[i], &got, 20000));
        expect_lines(i);
        close(fds[i]);
    }
    pthread_join(thread, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, done)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_comes_as_it_is_sent_and_ends),
        TEST(a_head_alone_is_answered_and_the_connection_stays),
        TEST(the_older_protocol_is_served_too),
        TEST(a_header_of_ours_is_refused),
        TEST(who_does_not_read_holds_little_and_is_cut_off),
        TEST(who_takes_nothing_is_reset),
        TEST(a_stream_at_rest_stays),
        TEST(who_leaves_is_noticed),
        TEST(over_before_its_head_is_out),
        TEST(a_stop_sends_what_lies_ready),
        TEST(a_crowd_gets_each_line_once_and_in_order),
    };

    return cmocka_run_group_tests_name("http streams", tests, NULL, NULL);
}
