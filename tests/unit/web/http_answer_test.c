/* A real server on a port of its own: what answers look like, and who may answer when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "http_client.h"
#include "web/http/http.h"

static sem_t hold;       /* /hold waits for it */
static sem_t holding;    /* ... and says that it does */
static char file_small[] = "/tmp/tq-http-small-XXXXXX", file_large[] = "/tmp/tq-http-large-XXXXXX";

enum { LARGE = 3 << 20 };

/* --- handlers, by path --- */

static void *answer_later(void *exchange)
{
    usleep(20000);
    text_puts(&((struct http_exchange *)exchange)->reply, "later\n");
    http_answer(exchange);
    return NULL;
}

static void go_later(struct http_exchange *exchange)
{
    pthread_t thread;

    pthread_create(&thread, NULL, answer_later, exchange);
    pthread_detach(thread);
}

static void tell_about(struct http_exchange *exchange)
{
    struct slice ask = http_header(exchange, "x-ask"), cookie = http_cookie(exchange, "sid");

    text_print(&exchange->reply, "%.*s|%.*s|%.*s|%.*s|%s", (int)exchange->address.len, exchange->address.at,
               (int)ask.len, ask.at, (int)cookie.len, cookie.at, (int)exchange->query.len, exchange->query.at,
               exchange->method);
}

static void do_special(struct http_exchange *exchange)
{
    if (slice_is(exchange->path, "/empty"))
        exchange->status = 204;
    else if (slice_is(exchange->path, "/same"))
        exchange->status = 304;
    else if (slice_is(exchange->path, "/small"))
        exchange->reply_file = file_small;
    else if (slice_is(exchange->path, "/large"))
        exchange->reply_file = file_large;
    else if (slice_is(exchange->path, "/once")) {
        exchange->reply_file = arena_print(&exchange->arena, "%s-once", file_large);
        exchange->reply_file_once = true;
    } else if (slice_is(exchange->path, "/folder"))
        exchange->reply_file = "/tmp";
    else if (slice_is(exchange->path, "/no-file"))
        exchange->reply_file = "/tmp/tq-http-none";
    else if (slice_is(exchange->path, "/split"))
        exchange->reply_headers = SLICE("X: a\r\n\r\nHTTP/1.1 200 OK\r\n");
    else if (slice_is(exchange->path, "/split-lf"))
        exchange->reply_headers = SLICE("X: a\nSet-Cookie: b\r\n");
    else if (slice_is(exchange->path, "/own-length"))
        exchange->reply_headers = SLICE("Content-length: 3\r\n");
    else if (slice_is(exchange->path, "/split-type"))
        exchange->reply_type = SLICE("text/html\r\nX: y");
    else if (slice_is(exchange->path, "/tell"))
        tell_about(exchange);
}

static void handle(struct http_exchange *exchange, void *context)
{
    (void)context;
    if (slice_is(exchange->path, "/later")) {
        go_later(exchange);
        return;
    }
    if (slice_is(exchange->path, "/hold")) {
        sem_post(&holding);
        sem_wait(&hold);
    }
    if (slice_is(exchange->path, "/body")) {
        text_add_slice(&exchange->reply, exchange->body);
    } else if (slice_is(exchange->path, "/see")) {
        exchange->status = 303;
        http_reply_header(exchange, "Location", SLICE("/tell"));
        http_reply_header(exchange, "X-Two", SLICE("2"));
    } else {
        do_special(exchange);
        if (!exchange->reply.len && exchange->status == 200)
            text_puts(&exchange->reply, "hello\n");
    }
    http_answer(exchange);
}

static size_t limit(const char *method, struct slice path, void *context)
{
    (void)path;
    (void)context;
    return strcmp(method, "POST") == 0 ? 4 << 20 : 0;
}

/* --- the server of each test --- */

static struct http_server *server;
static struct text got;

static struct http_options usual(void)
{
    return (struct http_options){.socket_threads = 2, .workers = 2, .queue = 64, .handle = handle, .limit = limit};
}

static void start(struct http_options options)
{
    struct err err;

    assert_true(http_start(&options, &server, &err));
}

static int fresh(void **state)
{
    (void)state;
    sem_init(&hold, 0, 0);
    sem_init(&holding, 0, 0);
    text_init(&got);
    server = NULL;
    return 0;
}

static int done(void **state)
{
    (void)state;
    if (server)
        http_stop(server);
    text_release(&got);
    return 0;
}

static int ask(const char *request, size_t answers)
{
    int fd = client_connect(http_port(server));

    text_clear(&got);
    client_ask(fd, slice_of(request), answers, &got, 5000);
    return fd;
}

static int status(void)
{
    struct statuses seen;

    client_statuses(text_slice(&got), 0, &seen);
    return seen.count ? seen.list[0] : 0;
}

static void get(const char *path)
{
    struct text request = {NULL, 0, 0};

    text_print(&request, "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    close(ask(request.at, 1));
    text_release(&request);
}

static void assert_header(const char *name, const char *value)
{
    struct slice found = client_header(text_slice(&got), name);

    if (!slice_is(found, value))
        fail_msg("%s: \"%.*s\", not \"%s\"", name, (int)found.len, found.at, value);
}

/* Waits, as long as a busy machine needs, until the server has seen that much. */
static void until_queued(uint64_t requests)
{
    for (int ms = 0; ms < 10000 && http_count(server).requests < requests; ms++)
        usleep(1000);
    assert_int_equal(http_count(server).requests, requests);
}

/* --- answers --- */

static void an_answer_has_date_length_and_type(void **state)
{
    (void)state;
    start(usual());
    get("/");
    assert_int_equal(status(), 200);
    assert_header("Content-Length", "6");
    assert_header("Content-Type", "text/html; charset=utf-8");
    assert_header("Connection", "");
    assert_int_equal(client_header(text_slice(&got), "Date").len, strlen("Sun, 22 Nov 2026 19:47:05 GMT"));
    assert_true(slice_is(client_body(text_slice(&got)), "hello\n"));
    get("/see");
    assert_int_equal(status(), 303);
    assert_header("Location", "/tell");
    assert_header("X-Two", "2");
    assert_header("Content-Length", "0");
    assert_header("Content-Type", "");
}

static void no_body_where_none_belongs(void **state)
{
    int fd;

    (void)state;
    start(usual());
    fd = ask("GET /empty HTTP/1.1\r\nHost: a\r\n\r\nGET /same HTTP/1.1\r\nHost: a\r\n\r\n", 2);
    assert_header("Content-Length", "");
    close(fd);
    fd = ask("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 2);
    assert_header("Content-Length", "6");
    assert_header("Connection", "close");
    assert_int_equal(client_body(text_slice(&got)).len, 0);
    close(fd);
}

static void files_are_sent_small_large_and_by_head(void **state)
{
    struct slice body;

    (void)state;
    start(usual());
    get("/small");
    assert_true(slice_is(client_body(text_slice(&got)), "small file\n"));
    get("/large");
    body = client_body(text_slice(&got));
    assert_int_equal(body.len, LARGE);
    for (size_t i = 0; i < body.len; i++)
        if (body.at[i] != (char)(i * 7 >> 8))
            fail_msg("byte %zu differs", i);
    close(ask("HEAD /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 2));
    assert_header("Content-Length", "3145728");
    assert_int_equal(client_body(text_slice(&got)).len, 0);
    get("/no-file");
    assert_int_equal(status(), 404);
    get("/folder");
    assert_int_equal(status(), 404);
}

static void a_file_made_for_one_answer_is_sent_and_gone(void **state)
{
    char command[256], once[128];

    (void)state;
    start(usual());
    snprintf(once, sizeof once, "%s-once", file_large);
    snprintf(command, sizeof command, "cp '%s' '%s'", file_large, once);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(system(command), 0);
        close(ask(i ? "HEAD /once HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                    : "GET /once HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 2));
        assert_int_equal(client_body(text_slice(&got)).len, i ? 0 : LARGE);
        assert_int_equal(access(once, F_OK), -1);
    }
    get("/once");
    assert_int_equal(status(), 404);
}

static void a_split_answer_becomes_a_500(void **state)
{
    static const char *const paths[] = {"/split", "/split-lf", "/own-length", "/split-type"};

    (void)state;
    start(usual());
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        get(paths[i]);
        assert_int_equal(status(), 500);
        assert_null(strstr(got.at, "Set-Cookie"));
        assert_null(strstr(got.at, "X: "));
        assert_non_null(strstr(got.at, "\"request_id\""));
    }
}

static void the_gate_answers_in_json_and_closes(void **state)
{
    int fd;

    (void)state;
    start(usual());
    fd = ask("GET / HTTP/1.1\r\n\r\n", 1);
    assert_int_equal(status(), 400);
    assert_header("Connection", "close");
    assert_header("Content-Type", "application/json; charset=utf-8");
    assert_non_null(strstr(got.at, "{\"code\":\"bad_host\",\"message\":\"请求必须带一个且仅一个有效的 Host\",\"request_id\":\""));
    assert_true(client_receive(fd, &got, 1000));
    close(fd);
    assert_int_equal(http_count(server).refused, 1);
}

/* --- requests --- */

static void a_handler_reads_headers_cookies_and_query(void **state)
{
    (void)state;
    start(usual());
    close(ask("GET /tell?q=%E6%B0%B4 HTTP/1.1\r\nHost: a\r\nX-ASK:  what \r\nCookie: a=1; sid=abc=; b\r\n\r\n", 1));
    assert_true(slice_is(client_body(text_slice(&got)), "127.0.0.1|what|abc=|q=%E6%B0%B4|GET"));
}

static void only_the_trusted_proxy_names_the_client(void **state)
{
    static const struct {
        const char *trusted, *lines, *seen;
    } cases[] = {
        {NULL, "X-Forwarded-For: 9.9.9.9\r\n", "127.0.0.1|"},
        {"10.0.0.1", "X-Forwarded-For: 9.9.9.9\r\n", "127.0.0.1|"},
        {"127.0.0.1", "X-Forwarded-For: 9.9.9.9\r\n", "9.9.9.9|"},
        {"127.0.0.1", "X-Forwarded-For: 6.6.6.6, 9.9.9.9\r\n", "9.9.9.9|"},
        {"127.0.0.1", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 2001:db8::1\r\n", "2001:db8::1|"},
        {"127.0.0.1", "X-Forwarded-For: <script>\r\n", "127.0.0.1|"},
        {"127.0.0.1", "X-Forwarded-For: 9.9.9.9, \r\n", "127.0.0.1|"},
        {"127.0.0.1", "", "127.0.0.1|"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct http_options options = usual();
        char request[256];

        options.trusted_proxy = cases[i].trusted;
        start(options);
        snprintf(request, sizeof request, "GET /tell HTTP/1.1\r\nHost: a\r\n%s\r\n", cases[i].lines);
        close(ask(request, 1));
        assert_int_equal(strncmp(client_body(text_slice(&got)).at, cases[i].seen, strlen(cases[i].seen)), 0);
        http_stop(server);
        server = NULL;
    }
}

/* Bodies larger than any buffer, in every framing, come back as they were. */
static void large_bodies_come_whole(void **state)
{
    struct text body = {NULL, 0, 0}, request = {NULL, 0, 0};

    (void)state;
    start(usual());
    for (int i = 0; body.len < 1500000; i++)
        text_number(&body, i);
    text_print(&request, "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\n\r\n", body.len);
    text_add_slice(&request, text_slice(&body));
    close(ask(request.at, 1));
    assert_true(slice_same(client_body(text_slice(&got)), text_slice(&body)));
    text_clear(&request);
    text_puts(&request, "POST /body HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (size_t at = 0, n = 1; at < body.len; at += n, n = n * 3 % 70001 + 1) {
        n = n < body.len - at ? n : body.len - at;
        text_print(&request, "%zx\r\n", n);
        text_add(&request, body.at + at, n);
        text_puts(&request, "\r\n");
    }
    text_puts(&request, "0\r\n\r\n");
    close(ask(request.at, 1));
    assert_true(slice_same(client_body(text_slice(&got)), text_slice(&body)));
    text_release(&body);
    text_release(&request);
}

static void a_polite_upload_hears_100_first(void **state)
{
    int fd;

    (void)state;
    start(usual());
    fd = client_connect(http_port(server));
    client_send(fd, SLICE("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
    client_receive(fd, &got, 200);
    assert_true(slice_is(text_slice(&got), "HTTP/1.1 100 Continue\r\n\r\n"));
    text_clear(&got);
    client_ask(fd, SLICE("ok"), 1, &got, 5000);
    assert_int_equal(status(), 200);
    close(fd);
}

static void a_client_that_shuts_its_side_is_still_answered(void **state)
{
    int fd;

    (void)state;
    start(usual());
    fd = client_connect(http_port(server));
    client_send(fd, SLICE("GET /later HTTP/1.1\r\nHost: a\r\n\r\n"));
    shutdown(fd, SHUT_WR);
    assert_true(client_receive(fd, &got, 2000));
    assert_int_equal(status(), 200);
    close(fd);
}

/* --- who answers, and when --- */

static void answers_come_from_any_thread(void **state)
{
    int fds[40];

    (void)state;
    start(usual());
    for (size_t i = 0; i < 40; i++) {
        fds[i] = client_connect(http_port(server));
        client_send(fds[i], SLICE("GET /later HTTP/1.1\r\nHost: a\r\n\r\n"));
    }
    for (size_t i = 0; i < 40; i++) {
        text_clear(&got);
        assert_true(client_ask(fds[i], SLICE(""), 1, &got, 5000));
        assert_true(slice_is(client_body(text_slice(&got)), "later\n"));
        close(fds[i]);
    }
}

static void answer_twice(struct http_exchange *exchange, void *context)
{
    (void)context;
    http_answer(exchange);
    http_answer(exchange);
}

static void answer_with_line_end(struct http_exchange *exchange, void *context)
{
    (void)context;
    http_reply_header(exchange, "X", SLICE("a\r\nSet-Cookie: b"));
    http_answer(exchange);
}

/* In a process of its own: how does it end when its handler does that? */
static int ends_by(http_handle *mistake)
{
    pid_t child = fork();
    int how = 0;

    if (child == 0) {
        struct rlimit none = {0, 0};
        struct http_options options = usual();

        setrlimit(RLIMIT_CORE, &none);
        signal(SIGABRT, SIG_DFL);
        (void)!freopen("/dev/null", "w", stderr);
        options.handle = mistake;
        /* The exchange must stay as it was answered: nobody may have taken it up again meanwhile. */
        options.socket_threads = 1;
        start(options);
        ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 1);
        usleep(200000);
        _exit(0);
    }
    waitpid(child, &how, 0);
    return WIFSIGNALED(how) ? WTERMSIG(how) : 0;
}

static void a_second_answer_is_our_own_mistake(void **state)
{
    (void)state;
    assert_int_equal(ends_by(answer_twice), SIGABRT);
}

static void a_line_end_in_a_header_is_our_own_mistake(void **state)
{
    (void)state;
    assert_int_equal(ends_by(answer_with_line_end), SIGABRT);
}

static void stop_finishes_what_is_under_way(void **state)
{
    int fd, idle;

    (void)state;
    start(usual());
    idle = client_connect(http_port(server));
    fd = client_connect(http_port(server));
    client_send(fd, SLICE("GET /later HTTP/1.1\r\nHost: a\r\n\r\n"));
    until_queued(1);
    http_stop(server);
    server = NULL;
    client_receive(fd, &got, 0);
    assert_int_equal(status(), 200);
    assert_header("Connection", "close");
    assert_true(client_receive(idle, &got, 1000));
    close(fd);
    close(idle);
}

static void *let_go(void *arg)
{
    (void)arg;
    usleep(500000);
    sem_post(&hold);
    return NULL;
}

/* A handler that outlives the stop does no harm: its answer goes nowhere. */
static void stop_waits_no_longer_than_told(void **state)
{
    struct http_options options = usual();
    pthread_t thread;
    int64_t began;
    int fd;

    (void)state;
    options.stop_us = 100000;
    start(options);
    fd = client_connect(http_port(server));
    client_send(fd, SLICE("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n"));
    sem_wait(&holding);
    pthread_create(&thread, NULL, let_go, NULL);
    began = clock_steady_us();
    http_stop(server);
    server = NULL;
    assert_in_range(clock_steady_us() - began, 90000, 3000000);
    pthread_join(thread, NULL);
    close(fd);
}

static void a_taken_port_is_named(void **state)
{
    struct http_options options = usual();
    struct http_server *second;
    struct err err;

    (void)state;
    start(usual());
    options.port = http_port(server);
    assert_false(http_start(&options, &second, &err));
    assert_int_equal(err.code, ERR_BUSY);
    assert_non_null(strstr(err.message, "已被占用"));
    options.address = "no.such.place";
    assert_false(http_start(&options, &second, &err));
    assert_int_equal(err.code, ERR_INVALID);
}

static void write_file(char *path, size_t size, bool text)
{
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "wb");

    if (text)
        fputs("small file\n", file);
    for (size_t i = 0; !text && i < size; i++)
        fputc((int)(i * 7 >> 8) & 255, file);
    fclose(file);
}

static int make_files(void **state)
{
    (void)state;
    write_file(file_small, 0, true);
    write_file(file_large, LARGE, false);
    return 0;
}

static int drop_files(void **state)
{
    (void)state;
    unlink(file_small);
    unlink(file_large);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fresh, done)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_answer_has_date_length_and_type),
        TEST(no_body_where_none_belongs),
        TEST(files_are_sent_small_large_and_by_head),
        TEST(a_file_made_for_one_answer_is_sent_and_gone),
        TEST(a_split_answer_becomes_a_500),
        TEST(the_gate_answers_in_json_and_closes),
        TEST(a_handler_reads_headers_cookies_and_query),
        TEST(only_the_trusted_proxy_names_the_client),
        TEST(large_bodies_come_whole),
        TEST(a_polite_upload_hears_100_first),
        TEST(a_client_that_shuts_its_side_is_still_answered),
        TEST(answers_come_from_any_thread),
        TEST(a_second_answer_is_our_own_mistake),
        TEST(a_line_end_in_a_header_is_our_own_mistake),
        TEST(stop_finishes_what_is_under_way),
        TEST(stop_waits_no_longer_than_told),
        TEST(a_taken_port_is_named),
    };

    return cmocka_run_group_tests_name("http answers", tests, make_files, drop_files);
}
