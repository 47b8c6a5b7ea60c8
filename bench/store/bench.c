/*
 * How many durable writes a second? One command:
 *
 *   build/bench/store/bench_store [SECONDS]          SQLite, in a folder below the current one
 *   TQ_TEST_PG=$(tests/pg.sh) build/bench/store/bench_store      and PostgreSQL: one process, then two
 *
 * A write is what saving a record costs the store: its request id is looked up, a version row of 1 KiB, six facet rows
 * and a leaf are added; it counts when the commit has answered. Import is the same through store_long, in slices.
 * Ids rise with time, as ident_next gives them; request ids are random, as browsers send them.
 * Use a release build (meson setup --buildtype=release), and a disk rather than a folder in memory.
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "ledger/ledger.h"
#include "seal/seal.h"

enum { CLIENTS = 64, FACETS = 6, VALUE = 1024, SAMPLES = 1 << 20, IMPORT = 20000 };

static const char bench_tables[] =
    "CREATE TABLE bench_record (id BIGINT NOT NULL, ver BIGINT NOT NULL, leaf BIGINT NOT NULL, value TEXT NOT NULL,\n"
    "    PRIMARY KEY (id, ver));\n"
    "CREATE TABLE bench_facet (name TEXT NOT NULL, value TEXT NOT NULL, id BIGINT NOT NULL,\n"
    "    PRIMARY KEY (name, value, id));\n";
static const char record_add[] = "INSERT INTO bench_record (id, ver, leaf, value) VALUES (?1, 1, ?2, ?3)";
static const char facet_add[] = "INSERT INTO bench_facet (name, value, id) VALUES (?1, ?2, ?3)";

struct tally {
    atomic_long ids, written, refused;
    atomic_long samples;
    int took_us[SAMPLES];
};

static _Noreturn void give_up(const char *what, const char *why)
{
    fprintf(stderr, "bench_store: %s: %s\n", what, why);
    exit(1);
}

/* ---- one record ---- */

static bool record_write(struct sql *sql, int64_t id, const char *request, struct err *err)
{
    static char value[VALUE];
    struct leaf leaf = {.time_ms = 1763841600000 + id, .action = "need.create", .kind = "need", .object = id,
                        .version = 1};

    if (!value[0])
        memset(value, 'x', sizeof value);
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", request);
    if (!ledger_append(sql, &leaf, err)
        || !sql_put(sql, record_add,
                    SQL_ARGS(sql_int(id), sql_int((int64_t)leaf.index), sql_text((struct slice){value, VALUE})), err))
        return false;
    for (int i = 0; i < FACETS; i++) {
        char name[16], word[24];

        snprintf(name, sizeof name, "facet%d", i);
        snprintf(word, sizeof word, "value%d", (int)(id * (i + 3) % 97));
        if (!sql_put(sql, facet_add, SQL_ARGS(sql_text(slice_of(name)), sql_text(slice_of(word)), sql_int(id)), err))
            return false;
    }
    return true;
}

/* ---- many clients ---- */

struct client {
    struct store *store;
    struct tally *tally;
    int64_t until_us;
    char request[33];
    int64_t id;
};

static bool client_step(struct sql *sql, void *arg, struct err *err)
{
    const struct client *client = arg;
    struct leaf leaf;
    bool found;

    return ledger_request(sql, slice_of(client->request), &leaf, &found, err)
        && (found || record_write(sql, client->id, client->request, err));
}

static void *client_main(void *arg)
{
    struct client *client = arg;

    while (clock_steady_us() < client->until_us) {
        int64_t start = clock_steady_us();
        unsigned char token[16];
        struct err err;
        long at;

        client->id = atomic_fetch_add(&client->tally->ids, 1) + (int64_t)IMPORT + 1;
        seal_random(token, sizeof token);
        seal_hex(token, sizeof token, client->request);
        if (store_write(client->store, client->request, client_step, client, &err) != STORE_DONE) {
            atomic_fetch_add(&client->tally->refused, 1);
            continue;
        }
        atomic_fetch_add(&client->tally->written, 1);
        at = atomic_fetch_add(&client->tally->samples, 1);
        if (at < SAMPLES)
            client->tally->took_us[at] = (int)(clock_steady_us() - start);
    }
    return NULL;
}

static void clients_run(struct store *store, struct tally *tally, int count, int seconds)
{
    pthread_t threads[CLIENTS];
    struct client clients[CLIENTS];

    for (int i = 0; i < count; i++) {
        clients[i] = (struct client){.store = store, .tally = tally,
                                     .until_us = clock_steady_us() + (int64_t)seconds * 1000000};
        if (pthread_create(&threads[i], NULL, client_main, &clients[i]) != 0)
            give_up("pthread_create", strerror(errno));
    }
    for (int i = 0; i < count; i++)
        pthread_join(threads[i], NULL);
}

/* ---- import ---- */

struct import {
    int64_t next, end;
};

static bool import_slice(struct sql *sql, void *arg, bool *more, struct err *err)
{
    struct import *import = arg;

    for (; import->next < import->end && !store_slice_over(sql); import->next++)
        if (!record_write(sql, import->next, "", err))
            return false;
    *more = import->next < import->end;
    return true;
}

static void import_run(struct store *store)
{
    struct import import = {1, IMPORT + 1};
    int64_t start = clock_steady_us();
    double seconds;
    struct err err;

    if (!store_long(store, import_slice, &import, &err))
        give_up("import", err.message);
    seconds = (double)(clock_steady_us() - start) / 1e6;
    printf("%-12s import of %d records: %.0f records/s\n", store_engine(store), IMPORT, IMPORT / seconds);
}

/* ---- places ---- */

/* The ledger's own migration, and the bench's tables after it. */
static void schema_make(const char *dir)
{
    char command[1200], path[600];
    FILE *file;

    snprintf(command, sizeof command, "cp '%s/0001-ledger.sql' '%s/'", TQ_SCHEMA, dir);
    snprintf(path, sizeof path, "%s/0002-bench.sql", dir);
    file = fopen(path, "w");
    if (!file || fputs(bench_tables, file) < 0 || fclose(file) != 0 || system(command) != 0)
        give_up(path, strerror(errno));
}

static struct store *place_open(const char *url, const char *schema)
{
    struct store_options options = {.migrate = true, .schema = schema};
    struct store *store;
    struct err err;

    ledger_attach(&options);
    if (!store_open(url, &options, &store, &err))
        give_up(url, err.message);
    return store;
}

static void ledger_verify(struct store *store, long expected)
{
    struct sql *sql;
    struct err err;
    uint64_t count;

    if (!store_read(store, &sql, &err) || !ledger_check(sql, &count, &err))
        give_up("ledger_check", err.message);
    store_read_end(store, sql);
    if (count < (uint64_t)expected)
        give_up("ledger_check", "an acknowledged write is missing");
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void tally_print(struct tally *tally, const char *what, int seconds)
{
    long count = tally->samples < SAMPLES ? tally->samples : SAMPLES;

    qsort(tally->took_us, (size_t)count, sizeof *tally->took_us, by_size);
    printf("%-12s %d clients: %.0f durable writes/s, p50 %.1f ms, p99 %.1f ms, refused %ld\n", what, CLIENTS,
           (double)tally->written / seconds, tally->took_us[count / 2] / 1e3, tally->took_us[count * 99 / 100] / 1e3,
           tally->refused);
    fflush(stdout);
}

static struct tally *tally_new(void)
{
    struct tally *tally =
        mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (tally == MAP_FAILED)
        give_up("mmap", strerror(errno));
    return tally;
}

static void bench_one(const char *url, const char *schema, int seconds)
{
    struct tally *tally = tally_new();
    struct store *store = place_open(url, schema);

    clients_run(store, tally, CLIENTS, seconds);
    tally_print(tally, store_engine(store), seconds);
    import_run(store);
    ledger_verify(store, tally->written + IMPORT);
    store_close(store);
    munmap(tally, sizeof *tally);
}

/* Two server processes on one database, half of the clients each. */
static void bench_two(const char *url, const char *schema, int seconds)
{
    struct tally *tally = tally_new();
    struct store *store;

    tally->ids = 1L << 40; /* after those of the run before */
    for (int process = 1; process <= 2; process++) {
        if (fork() == 0) {
            store = place_open(url, schema);
            clients_run(store, tally, CLIENTS / 2, seconds);
            store_close(store);
            _exit(0);
        }
    }
    while (wait(NULL) > 0)
        ;
    tally_print(tally, "two servers", seconds);
    store = place_open(url, schema);
    ledger_verify(store, tally->written);
    store_close(store);
    munmap(tally, sizeof *tally);
}

static void bench_pg(const char *base, const char *schema, int seconds)
{
    char url[600], name[40], command[900];

    snprintf(name, sizeof name, "bench_%ld", (long)getpid());
    snprintf(url, sizeof url, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?', name);
    snprintf(command, sizeof command, "psql -qX '%s' -c 'CREATE SCHEMA %s'", base, name);
    if (system(command) != 0)
        give_up("psql", "no schema");
    bench_one(url, schema, seconds);
    bench_two(url, schema, seconds);
    snprintf(command, sizeof command,
             "PGOPTIONS='-c client_min_messages=warning' psql -qX '%s' -c 'DROP SCHEMA %s CASCADE'", base, name);
    if (system(command) != 0)
        give_up("psql", "the schema stays behind");
}

int main(int argc, char **argv)
{
    int seconds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 5;
    char dir[] = "bench-store-XXXXXX", schema[64], url[64], command[100];
    const char *pg = getenv("TQ_TEST_PG");
    struct err err;

    if (seconds < 1 || seconds > 60)
        give_up("SECONDS", "1 to 60");
    if (!seal_start(&err) || !mkdtemp(dir))
        give_up(dir, strerror(errno));
    log_set_level(LOG_LEVEL_WARN);
    snprintf(schema, sizeof schema, "%s/schema", dir);
    snprintf(url, sizeof url, "sqlite:%s/data", dir);
    if (mkdir(schema, 0700) != 0)
        give_up(schema, strerror(errno));
    schema_make(schema);
    bench_one(url, schema, seconds);
    if (pg && *pg)
        bench_pg(pg, schema, seconds);
    else
        puts("postgresql   left out: TQ_TEST_PG is not set");
    snprintf(command, sizeof command, "rm -rf '%s'", dir);
    return system(command) != 0;
}
