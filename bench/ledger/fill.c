/*
 * A ledger of so many leaves, with its trees and a signed checkpoint, to try tieqiao fsck and the sealer on:
 *
 *   ledger-fill DATA LEAVES SCHEMA [--sm3]      prints how long appending, building the tiles and signing took; goes on from what is there
 *   time tieqiao fsck --data DATA
 */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "ledger/ledger.h"
#include "seal/seal.h"
#include "work/sealer.h"

enum { BATCH = 2000 };

struct batch {
    int64_t from, to;
};

static bool append_step(struct sql *sql, void *arg, struct err *err)
{
    const struct batch *batch = arg;

    for (int64_t i = batch->from; i < batch->to; i++) {
        struct leaf leaf = {.time_ms = 1763841600000 + i, .action = "need.edit", .kind = "need", .object = i % 5000 + 1, .version = 1};

        snprintf(leaf.request_id, sizeof leaf.request_id, "fill-%lld", (long long)i);
        if (!ledger_append(sql, &leaf, err))
            return false;
    }
    return true;
}

static bool append(struct store *store, int64_t leaves, struct err *err)
{
    uint64_t size = 0;
    struct sql *sql;

    if (!store_read(store, &sql, err))
        return false;
    if (!ledger_size(sql, &size, err))
        size = (uint64_t)leaves;
    store_read_end(store, sql);
    for (struct batch batch = {(int64_t)size, 0}; batch.from < leaves; batch.from = batch.to) {
        batch.to = batch.from + BATCH < leaves ? batch.from + BATCH : leaves;
        if (store_write(store, "", append_step, &batch, err) != STORE_DONE)
            return false;
    }
    return true;
}

static bool seal(struct city *city, bool twin, uint64_t leaves, struct err *err)
{
    const struct sealer_options options = {.twin = twin};
    struct sealer_known known = {.sealed = 0};

    if (!sealer_start(city, &options, err))
        return false;
    while (known.sealed < leaves) {
        usleep(10000);
        sealer_known(city->sealer, &known);
    }
    sealer_stop(city->sealer);
    return true;
}

int main(int argc, char **argv)
{
    struct store_options options = {.migrate = true, .schema = argc > 3 ? argv[3] : ""};
    struct city city = {.data = argc > 1 ? argv[1] : NULL};
    int64_t leaves = argc > 2 ? strtoll(argv[2], NULL, 10) : 0, start, filled;
    char url[4096];
    struct err err;
    bool ok;

    if (argc < 4)
        return 2;
    snprintf(url, sizeof url, "sqlite:%s", city.data);
    ledger_attach(&options);
    ok = seal_start(&err) && store_open(url, &options, &city.store, &err);
    start = clock_steady_us();
    ok = ok && append(city.store, leaves, &err);
    filled = clock_steady_us();
    ok = ok && seal(&city, argc > 4, (uint64_t)leaves, &err);
    if (ok)
        printf("%lld leaves: appended in %.1f s, tiles and checkpoint in %.1f s\n", (long long)leaves, (double)(filled - start) / 1e6,
               (double)(clock_steady_us() - filled) / 1e6);
    else
        fprintf(stderr, "%s\n", err.message);
    store_close(city.store);
    return ok ? 0 : 1;
}
