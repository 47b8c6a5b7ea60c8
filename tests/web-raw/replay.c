/*
 * Replays every tests/bad/http-*.raw against a real server: whole, byte by byte, and cut at random places. The .expect
 * beside it says, line 1: the answers' statuses and whether the connection is then closed or open; line 2: what the
 * handler saw, request by request with the length of its body; line 3: why. "Whole only" there: cut up, it would be
 * another case.
 *
 * The handler's own account is what proves that nobody can be desynchronised: a refused request must be seen by no
 * handler, and nothing that follows it either.
 */
#include <dirent.h>
#include <pthread.h>
#include <unistd.h>

#include "../unit/web/http_client.h"
#include "web/http/http.h"

enum { WAIT_MS = 5000, QUIET_MS = 12, CUTS = 5, CASES_MOST = 400 };

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

/* --- one case --- */

struct bad_case {
    char name[300];
    struct text raw, expect;
    struct slice statuses, saw; /* of expect */
    size_t answers;
    bool closes, whole_only;
};

static bool read_file(const char *path, struct text *out)
{
    FILE *file = fopen(path, "rb");
    size_t n;

    if (!file)
        return false;
    text_init(out);
    while ((n = fread(text_reserve(out, 65536), 1, 65536, file)) > 0)
        out->len += n;
    fclose(file);
    return true;
}

/* "200 200 open" */
static void read_statuses(struct bad_case *one)
{
    struct slice rest = one->statuses, word;

    one->answers = 0;
    while (slice_cut(&rest, ' ', &word)) {
        one->answers += word.len == 3;
        one->closes = slice_is(word, "close");
    }
}

static bool read_case(const char *folder, const char *name, struct bad_case *one)
{
    char path[600];
    struct slice rest, word;

    snprintf(one->name, sizeof one->name, "%.*s", (int)strlen(name) - 4, name);
    snprintf(path, sizeof path, "%s/%s.raw", folder, one->name);
    if (!read_file(path, &one->raw))
        return false;
    snprintf(path, sizeof path, "%s/%s.expect", folder, one->name);
    if (!read_file(path, &one->expect))
        return false;
    rest = text_slice(&one->expect);
    slice_cut(&rest, '\n', &one->statuses);
    slice_cut(&rest, '\n', &one->saw);
    slice_cut(&one->saw, ' ', &word);
    one->whole_only = rest.len > 10 && memcmp(rest.at, "Whole only", 10) == 0;
    read_statuses(one);
    return slice_is(word, "saw");
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

/* --- all of them --- */

static int is_raw(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);

    return strncmp(entry->d_name, "http-", 5) == 0 && len > 9 && strcmp(entry->d_name + len - 4, ".raw") == 0;
}

int main(int argc, char **argv)
{
    struct http_options options = {.socket_threads = 2, .workers = 2, .queue = 64, .handle = handle, .limit = limit};
    struct http_server *server;
    struct dirent **names;
    struct err err;
    int count = argc > 1 ? scandir(argv[1], &names, is_raw, alphasort) : -1, failed = 0;

    if (count <= 0 || !http_start(&options, &server, &err)) {
        printf("Bail out! no cases, or no server\n");
        return 1;
    }
    srand(argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 1);
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        struct bad_case one = {.answers = 0};
        bool ok = read_case(argv[1], names[i]->d_name, &one) && replay_ways(http_port(server), &one);

        printf("%sok %d - %s\n", ok ? "" : "not ", i + 1, one.name);
        failed += !ok;
        text_release(&one.raw);
        text_release(&one.expect);
        free(names[i]);
    }
    free(names);
    text_release(&seen.text);
    http_stop(server);
    return failed != 0;
}
