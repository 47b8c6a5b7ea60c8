/*
 * Servers that die: killed in the middle of writing, two at once on one database, a disk that fills up. What was
 * acknowledged is there, a step is there whole or not at all, and the ledger has no gap.
 */
#include "store_engines.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/log.h"
#include "ledger/ledger.h"
#include "seal/seal.h"

enum { WRITERS = 6, LINE = 32 };

/* ---- a step of two leaves and a place ---- */

struct pair {
    char request[LINE]; /* "round.writer.number" */
    char cursor[LINE];
    int64_t number;
};

static bool pair_step(struct sql *sql, void *arg, struct err *err)
{
    const struct pair *pair = arg;

    for (uint8_t part = 0; part < 2; part++) {
        struct leaf leaf = {.time_ms = 1763841600000, .action = "need.update", .kind = "need", .object = pair->number,
                            .version = 1, .part = part};

        snprintf(leaf.request_id, sizeof leaf.request_id, "%s", pair->request);
        if (!ledger_append(sql, &leaf, err))
            return false;
    }
    return ledger_cursor_set(sql, pair->cursor, (uint64_t)pair->number, err);
}

static struct pair pair_of(int round, int writer, int64_t number)
{
    struct pair pair = {.number = number};

    snprintf(pair.request, sizeof pair.request, "%d.%d.%lld", round, writer, (long long)number);
    snprintf(pair.cursor, sizeof pair.cursor, "%d.%d", round, writer);
    return pair;
}

/* ---- the process that will die ---- */

struct server {
    struct store *store;
    int round, writer, acks;
    int64_t most;
    atomic_int *failed;
};

static void *writer_main(void *arg)
{
    struct server *server = arg;

    for (int64_t i = 1; i <= server->most; i++) {
        struct pair pair = pair_of(server->round, server->writer, i);
        char line[LINE];
        struct err err;

        if (store_write(server->store, pair.request, pair_step, &pair, &err) != STORE_DONE) {
            atomic_fetch_add(server->failed, 1);
            continue;
        }
        /* One write of a fixed length below PIPE_BUF: whole or not at all. */
        memset(line, 0, sizeof line);
        snprintf(line, sizeof line, "%s", pair.request);
        if (server->acks >= 0 && write(server->acks, line, sizeof line) != sizeof line)
            break;
    }
    return NULL;
}

static _Noreturn void server_main(struct place *place, int round, int acks, int64_t most)
{
    struct store *store = place_open(place, ledger_attach);
    struct server servers[WRITERS];
    pthread_t threads[WRITERS];
    atomic_int failed = 0;

    for (int i = 0; i < WRITERS; i++) {
        servers[i] = (struct server){store, round, i, acks, most, &failed};
        pthread_create(&threads[i], NULL, writer_main, &servers[i]);
    }
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);
    store_close(store);
    _exit(atomic_load(&failed) ? 1 : 0);
}

/* ---- what must hold afterwards ---- */

static struct sql *look(struct store *store)
{
    struct sql *sql;
    struct err err;

    if (!store_read(store, &sql, &err))
        fail_msg("%s", err.message);
    return sql;
}

struct halves {
    char request[LEAF_REQUEST + 1];
    bool open;
};

static bool halves_add(const struct leaf *leaf, void *arg, struct err *err)
{
    struct halves *halves = arg;

    if (leaf->part == 1 ? !halves->open || strcmp(halves->request, leaf->request_id) != 0 : halves->open)
        return err_set(err, ERR_CORRUPT, "half a step at %llu", (unsigned long long)leaf->index);
    halves->open = leaf->part == 0;
    snprintf(halves->request, sizeof halves->request, "%s", leaf->request_id);
    return true;
}

static uint64_t assert_whole(struct store *store)
{
    struct halves halves = {.open = false};
    struct sql *sql = look(store);
    struct err err;
    uint64_t count;

    if (!ledger_check(sql, &count, &err) || !ledger_follow(sql, 0, SIZE_MAX / 4, halves_add, &halves, &err))
        fail_msg("%s", err.message);
    assert_false(halves.open);
    store_read_end(store, sql);
    return count;
}

static void assert_acknowledged(struct store *store, const char (*lines)[LINE], size_t count)
{
    struct sql *sql = look(store);

    for (size_t i = 0; i < count; i++) {
        struct err err;
        bool seen;

        assert_true(ledger_seen(sql, slice_of(lines[i]), &seen, &err));
        if (!seen)
            fail_msg("acknowledged and lost: %s", lines[i]);
    }
    store_read_end(store, sql);
}

/* The place written in the same step is never behind what was acknowledged. */
static void assert_places(struct store *store, const char (*lines)[LINE], size_t count)
{
    struct sql *sql = look(store);

    for (size_t i = 0; i < count; i++) {
        char cursor[LINE];
        uint64_t next;
        struct err err;
        const char *dot = strrchr(lines[i], '.');

        snprintf(cursor, sizeof cursor, "%.*s", (int)(dot - lines[i]), lines[i]);
        assert_true(ledger_cursor(sql, cursor, &next, &err));
        assert_true(next >= (uint64_t)strtoll(dot + 1, NULL, 10));
    }
    store_read_end(store, sql);
}

/* Reads acknowledgements until the server is dead; kills it some milliseconds after the first. */
static size_t server_run_and_kill(struct place *place, int round, char (*lines)[LINE], size_t room)
{
    int ends[2], after_us = 2000 + rand() % 60000;
    size_t count = 0;
    pid_t pid;

    assert_int_equal(pipe(ends), 0);
    pid = fork();
    if (pid == 0) {
        close(ends[0]);
        server_main(place, round, ends[1], INT64_MAX);
    }
    close(ends[1]);
    while (count < room && read(ends[0], lines[count], LINE) == LINE)
        if (count++ == 0) {
            usleep((useconds_t)after_us);
            kill(pid, SIGKILL);
        }
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
    close(ends[0]);
    return count;
}

static void killed_again_and_again(struct place *place, int rounds)
{
    enum { ROOM = 20000 };
    char (*lines)[LINE] = calloc(ROOM, LINE);
    size_t total = 0;
    uint64_t leaves = 0;

    srand(7);
    for (int round = 0; round < rounds; round++) {
        size_t count = server_run_and_kill(place, round, lines, ROOM);
        struct store *store = place_open(place, ledger_attach);

        assert_true(count > 0);
        assert_acknowledged(store, (const char (*)[LINE])lines, count);
        assert_places(store, (const char (*)[LINE])lines, count);
        leaves = assert_whole(store);
        total += count;
        assert_true(leaves >= 2 * total);
        store_close(store);
    }
    fprintf(stderr, "# %d kills, %zu acknowledged steps, %llu leaves: none lost, none half\n", rounds, total,
            (unsigned long long)leaves);
    free(lines);
}

static void forty_kills(void **state)
{
    killed_again_and_again(place_of(state), 40);
}

static void ten_kills_of_a_client(void **state)
{
    killed_again_and_again(place_of(state), 10);
}

/* ---- two servers on one database ---- */

struct follower {
    uint64_t next;
};

static bool follow_one(const struct leaf *leaf, void *arg, struct err *err)
{
    struct follower *follower = arg;

    if (leaf->index != follower->next)
        return err_set(err, ERR_CORRUPT, "the follower missed leaf %llu", (unsigned long long)follower->next);
    follower->next++;
    return true;
}

static void two_servers_append_at_once(void **state)
{
    enum { EACH = 100, SERVERS = 2 };
    struct place *place = place_of(state);
    struct store *store = place_open(place, ledger_attach);
    const uint64_t total = (uint64_t)SERVERS * WRITERS * EACH * 2;
    struct follower follower = {0};
    int64_t until;
    pid_t pids[SERVERS];

    store_close(store);
    for (int i = 0; i < SERVERS; i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            server_main(place, i, -1, EACH);
    }
    store = place_open(place, ledger_attach);
    until = clock_steady_us() + 60000000;
    while (follower.next < total && clock_steady_us() < until) {
        struct sql *sql = look(store);
        struct err err;

        if (!ledger_follow(sql, follower.next, 50, follow_one, &follower, &err))
            fail_msg("%s", err.message);
        store_read_end(store, sql);
    }
    assert_int_equal(follower.next, total);
    for (int i = 0; i < SERVERS; i++) {
        int status = -1;

        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_int_equal(status, 0);
    }
    assert_int_equal(assert_whole(store), total);
    store_close(store);
}

/* ---- lost connections ---- */

struct stubborn {
    struct store *store;
    int writer, done;
    atomic_bool *stop;
};

/* Asks again with the same id until it knows: done now, or done before (a conflict). */
static void *stubborn_main(void *arg)
{
    struct stubborn *stubborn = arg;

    while (!atomic_load(stubborn->stop)) {
        struct pair pair = pair_of(0, stubborn->writer, stubborn->done + 1);
        struct err err;
        enum store_outcome outcome = store_write(stubborn->store, pair.request, pair_step, &pair, &err);

        if (outcome == STORE_DONE || err.code == ERR_CONFLICT)
            stubborn->done++;
        else if (err.code != ERR_UNKNOWN && err.code != ERR_BUSY && err.code != ERR_IO)
            break;
    }
    return NULL;
}

/* Somebody ends the server's connections again and again, wherever they stand. */
static void connections_are_cut(void **state)
{
    enum { CUTS = 15 };
    struct place *place = place_of(state);
    struct stubborn writers[WRITERS];
    pthread_t threads[WRITERS];
    atomic_bool stop = false;
    struct store *store;
    uint64_t done = 0;

    assert_true(place_add(place, "application_name", place->schema)); /* so that no other test's are met */
    store = place_open(place, ledger_attach);
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct stubborn){store, i, 0, &stop};
        pthread_create(&threads[i], NULL, stubborn_main, &writers[i]);
    }
    for (int i = 0; i < CUTS; i++) {
        usleep((useconds_t)(30000 + rand() % 30000));
        assert_true(place_shell("psql -qXAt '%s' -c \"SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                " WHERE application_name = '%s'\" >/dev/null",
                                getenv("TQ_TEST_PG"), place->schema));
    }
    atomic_store(&stop, true);
    for (int i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_true(writers[i].done > 0);
        done += (uint64_t)writers[i].done;
    }
    fprintf(stderr, "# %d cuts, %llu steps, each there once\n", CUTS, (unsigned long long)done);
    store_close(store); /* the pool's readers were cut as well */
    store = place_open(place, ledger_attach);
    assert_int_equal(assert_whole(store), 2 * done);
    store_close(store);
}

/* ---- a small disk ---- */

static void fill(struct store *store, int64_t *acknowledged, enum err_code *why)
{
    for (int64_t i = 1; i < 100000; i++) {
        struct pair pair = pair_of(0, 0, i);
        struct err err;

        if (store_write(store, pair.request, pair_step, &pair, &err) != STORE_DONE) {
            *why = err.code;
            return;
        }
        *acknowledged = i;
    }
}

static void a_disk_fills_up_and_empties(void **state)
{
    struct place *place = place_of(state);
    char ballast[128], line[1][LINE];
    int64_t acknowledged = 0;
    enum err_code why = ERR_NONE;
    struct pair more = pair_of(1, 0, 1);
    struct store *store;
    struct err err;

    if (mount("tmpfs", place->dir, "tmpfs", 0, "size=12m") != 0) {
        fprintf(stderr, "# a_disk_fills_up_and_empties left out: cannot mount a small tmpfs here\n");
        return;
    }
    snprintf(ballast, sizeof ballast, "%s/ballast", place->dir);
    assert_true(place_shell("head -c 3000000 /dev/zero > '%s'", ballast));
    store = place_open(place, ledger_attach);
    fill(store, &acknowledged, &why);
    assert_int_equal(why, ERR_FULL);
    assert_false(store_state(store).writable);
    assert_int_equal(store_write(store, more.request, pair_step, &more, &err), STORE_REFUSED);
    assert_int_equal(err.code, ERR_FULL);
    assert_int_equal(assert_whole(store), 2 * (uint64_t)acknowledged);
    assert_int_equal(unlink(ballast), 0);
    for (int i = 0; i < 100 && !store_state(store).writable; i++)
        usleep(50000);
    assert_int_equal(store_write(store, more.request, pair_step, &more, &err), STORE_DONE);
    snprintf(line[0], LINE, "0.0.%lld", (long long)acknowledged);
    assert_acknowledged(store, (const char (*)[LINE])line, 1);
    assert_int_equal(assert_whole(store), 2 * (uint64_t)acknowledged + 2);
    store_close(store);
    assert_int_equal(umount(place->dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SQLITE(forty_kills),
        ON_PG(ten_kills_of_a_client),
        ON_PG(two_servers_append_at_once),
        ON_PG(connections_are_cut),
        ON_SQLITE(a_disk_fills_up_and_empties),
    };
    struct err err;

    log_set_level(LOG_LEVEL_WARN);
    if (!seal_start(&err))
        return 1;
    return run_places(tests);
}
