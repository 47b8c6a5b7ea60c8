/*
 * What the clock of deals costs: fills a database with deals (bench/audit/fill.h), brings the projection up to the ledger, and asks
 * what is due, with much due and with nothing due.
 *
 *   bench-remind URL DEALS SHARE   URL: "sqlite:DIR" or PostgreSQL; it is made and filled where it has no deals
 */
#include <stdio.h>
#include <stdlib.h>

#include "../audit/fill.h"
#include "base/clock.h"
#include "ledger/ledger.h"
#include "record/record.h"
#include "record/tree.h"
#include "seal/seal.h"
#include "work/standing.h"

enum { DAY_MS = 86400000, LOOKS = 50 };

static double seconds_since(int64_t start_us)
{
    return (double)(clock_steady_us() - start_us) / 1e6;
}

static int64_t number(struct store *store, const char *statement)
{
    struct sql *sql;
    struct err err;
    int64_t value = -1;
    bool found;

    if (store_read(store, &sql, &err)) {
        sql_one(sql, statement, SQL_NO_ARGS, &value, &found, &err);
        store_read_end(store, sql);
    }
    return value;
}

static bool follow(struct store *store, const struct law *law, int64_t now_ms, struct err *err)
{
    int64_t start = clock_steady_us();
    size_t changed, all = 0;
    bool more = true;

    while (more) {
        if (!standing_follow(store, law, now_ms, &changed, &more, err))
            return false;
        all += changed;
    }
    printf("follow: %zu deals in %.1f s; %lld open, %lld days\n", all, seconds_since(start),
           (long long)number(store, "SELECT count(*) FROM deal_stand"), (long long)number(store, "SELECT count(*) FROM deal_due"));
    return true;
}

static bool ticks(struct store *store, const struct law *law, int64_t now_ms, struct err *err)
{
    int64_t start = clock_steady_us();
    size_t told, all = 0;
    bool more = true;

    while (more || told) {
        if (!standing_tick(store, law, now_ms, 50, &told, &more, err))
            return false;
        all += told;
    }
    printf("tick: %zu told in %.1f s\n", all, seconds_since(start));
    start = clock_steady_us();
    for (int i = 0; i < LOOKS; i++)
        if (!standing_tick(store, law, now_ms, 50, &told, &more, err))
            return false;
    printf("tick with nothing due: %.3f ms\n", seconds_since(start) * 1000 / LOOKS);
    return true;
}

int main(int argc, char **argv)
{
    struct store_options options = {.migrate = true};
    char schema[4096], codes[4096];
    struct store *store;
    struct law law;
    struct err err;

    if (argc < 4)
        return 2;
    snprintf(schema, sizeof schema, "%s/schema", argv[3]);
    snprintf(codes, sizeof codes, "%s/codes", argv[3]);
    options.schema = schema;
    ledger_attach(&options);
    if (!seal_start(&err) || !trees_load(codes, &err))
        goto failed;
    record_start();
    if (!law_open(argv[3], &law, &err) || !store_open(argv[1], &options, &store, &err))
        goto failed;
    if (number(store, "SELECT count(*) FROM deal WHERE to_leaf IS NULL") == 0
        && !audit_fill(store, 1, strtoul(argv[2], NULL, 10), &err))
        goto failed;
    printf("%lld deals, %lld leaves\n", (long long)number(store, "SELECT count(*) FROM deal WHERE to_leaf IS NULL"),
           (long long)number(store, "SELECT next FROM ledger_head"));
    if (!follow(store, &law, clock_ms(), &err) || !ticks(store, &law, clock_ms() + (int64_t)DAY_MS, &err))
        goto failed;
    store_close(store);
    return 0;
failed:
    fprintf(stderr, "bench-remind: %s %s\n", err.message, err.hint);
    return 1;
}
