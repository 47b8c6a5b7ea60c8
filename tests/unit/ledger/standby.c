/*
 * A synchronous standby that does not answer, on a PostgreSQL of its own (one setting holds for the whole server).
 * A commit whose wait is cancelled looks acknowledged to a client that does not read warnings; here it is "unknown"
 * until a later commit has got through.
 */
#include "store_engines.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/log.h"
#include "ledger/ledger.h"
#include "seal/seal.h"

static struct place server;

static void psql(const char *command)
{
    if (!place_shell("psql -qXAt '%s' -c \"%s\" >/dev/null", server.url, command))
        fail_msg("psql: %s", command);
}

static void standby_required(bool required)
{
    psql(required ? "ALTER SYSTEM SET synchronous_standby_names = 'FIRST 1 (nobody)'"
                  : "ALTER SYSTEM RESET synchronous_standby_names");
    psql("SELECT pg_reload_conf()");
    usleep(200000);
}

static void cancel_who_waits(void)
{
    for (int i = 0; i < 100; i++) {
        if (place_shell("psql -qXAt '%s' -c \"SELECT pg_cancel_backend(pid) FROM pg_stat_activity"
                        " WHERE wait_event = 'SyncRep'\" | grep -q t", server.url))
            return;
        usleep(50000);
    }
    fail_msg("nobody waits for the standby");
}

struct writing {
    struct store *store;
    const char *request;
    int runs;
    enum store_outcome outcome;
    struct err err;
};

static bool append(struct sql *sql, void *arg, struct err *err)
{
    struct writing *writing = arg;
    struct leaf leaf = {.action = "need.create", .kind = "need", .object = 1, .version = 1};

    writing->runs++;
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", writing->request);
    return ledger_append(sql, &leaf, err);
}

static void *write_main(void *arg)
{
    struct writing *writing = arg;

    writing->outcome = store_write(writing->store, writing->request, append, writing, &writing->err);
    return NULL;
}

static struct store *server_open(void)
{
    return place_open(&server, ledger_attach);
}

static void a_cancelled_commit_is_no_acknowledgement(void **state)
{
    struct store *store = server_open();
    struct writing writing = {.store = store, .request = "first"};
    pthread_t thread;

    (void)state;
    standby_required(true);
    pthread_create(&thread, NULL, write_main, &writing);
    cancel_who_waits(); /* the step's own commit */
    usleep(300000);
    cancel_who_waits(); /* the commit that should prove the answer to the question */
    pthread_join(thread, NULL);
    assert_int_equal(writing.outcome, STORE_UNKNOWN);
    assert_int_equal(writing.err.code, ERR_UNKNOWN);
    standby_required(false);
    write_main(&writing);
    assert_int_equal(writing.outcome, STORE_REFUSED); /* it was there after all */
    assert_int_equal(writing.err.code, ERR_CONFLICT);
    store_close(store);
}

static void once_the_standby_is_back_it_is_done(void **state)
{
    struct store *store = server_open();
    struct writing writing = {.store = store, .request = "second"};
    pthread_t thread;

    (void)state;
    standby_required(true);
    pthread_create(&thread, NULL, write_main, &writing);
    cancel_who_waits();
    standby_required(false);
    pthread_join(thread, NULL);
    assert_int_equal(writing.outcome, STORE_DONE);
    assert_int_equal(writing.runs, 1);
    store_close(store);
}

static bool server_start(char *dir, size_t room)
{
    FILE *out;
    char command[600];
    bool ok;

    snprintf(dir, room, "/tmp/tq-pg-standby-%ld", (long)getpid());
    snprintf(command, sizeof command, "TQ_PG_DIR=%s '%s/pg.sh'", dir, TQ_TESTS);
    out = popen(command, "r");
    ok = out && fgets(server.url, sizeof server.url, out);
    server.url[strcspn(server.url, "\n")] = '\0';
    return (!out || pclose(out) == 0) && ok;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cancelled_commit_is_no_acknowledgement),
        cmocka_unit_test(once_the_standby_is_back_it_is_done),
    };
    char dir[64];
    struct err err;
    int code;

    log_set_level(LOG_LEVEL_ERROR);
    if (!getenv("TQ_TEST_PG")) {
        puts("TAP version 13\n1..0 # SKIP TQ_TEST_PG is not set (tests/pg.sh)");
        return 0;
    }
    if (!seal_start(&err) || !server_start(dir, sizeof dir))
        return 1;
    server.pg = true;
    code = cmocka_run_group_tests(tests, NULL, NULL);
    place_shell("TQ_PG_DIR=%s '%s/pg.sh' stop", dir, TQ_TESTS);
    return code;
}
