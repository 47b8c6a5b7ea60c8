/*
 * Many deals with much wrong in some of them (fill.h), and how long the auditor's desk takes over them.
 *
 *   bench-audit fill URL DEALS SEED SCHEMA CODES     into the database at URL ("sqlite:DIR" or PostgreSQL), which is made where there is none
 *   bench-audit look URL SHARE [TIMES]               loads the book, finds all flags, adds up the figures; prints the quickest and the median
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/clock.h"
#include "fill.h"
#include "ledger/ledger.h"
#include "record/record.h"
#include "record/tree.h"
#include "seal/seal.h"
#include "work/audit_flag.h"

enum { TIMES_MOST = 100 };

static bool place_open(const char *url, bool make, const char *schema, struct store **store, struct err *err)
{
    struct store_options options = {.migrate = make, .existing = !make, .schema = schema};

    ledger_attach(&options);
    return store_open(url, &options, store, err);
}

static bool fill(char **argv, struct err *err)
{
    struct store *store;
    bool ok;

    if (!trees_load(argv[6], err) || !place_open(argv[2], true, argv[5], &store, err))
        return false;
    ok = audit_fill(store, strtoull(argv[4], NULL, 10), strtoul(argv[3], NULL, 10), err);
    store_close(store);
    return ok;
}

/* One look as an auditor of everything has it. Microseconds of loading, of all, and what of it was processor time of this program. */
static bool look_once(struct store *store, const struct law *law, int64_t took[3], struct audit_figures *figures, size_t *hits, struct err *err)
{
    struct actor actor = {.account = 1, .grants = {{.role = ROLE_AUDITOR, .scope_kind = SCOPE_ALL}}, .grant_count = 1};
    int64_t start = clock_steady_us(), ticks = clock();
    struct audit_book book;
    struct sql *sql;
    uint64_t size;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = ledger_size(sql, &size, err) && audit_book_load(sql, law, &actor, size, day_of_ms(clock_ms()), &book, err);
    took[0] = clock_steady_us() - start;
    ok = ok && audit_flags_find(&book, err);
    for (size_t d = 0; ok && d < book.count; d++)
        audit_figures_add(&book.deals[d], figures);
    *hits = book.hit_count;
    took[1] = clock_steady_us() - start;
    took[2] = (clock() - ticks) * 1000000 / CLOCKS_PER_SEC;
    store_read_end(store, sql);
    audit_book_release(&book);
    return ok;
}

static int number_order(const void *a, const void *b)
{
    return *(const int64_t *)a < *(const int64_t *)b ? -1 : *(const int64_t *)a > *(const int64_t *)b;
}

static bool look(int argc, char **argv, struct err *err)
{
    int64_t loads[TIMES_MOST], alls[TIMES_MOST], processor[TIMES_MOST], took[3];
    size_t times = argc > 4 ? strtoul(argv[4], NULL, 10) : 5, hits = 0;
    char schema[4096];
    struct audit_figures figures;
    struct store *store;
    struct law law;

    times = times < 1 ? 1 : times < TIMES_MOST ? times : TIMES_MOST;
    snprintf(schema, sizeof schema, "%s/schema", argv[3]);
    if (!law_open(argv[3], &law, err) || !place_open(argv[2], false, schema, &store, err))
        return false;
    for (size_t i = 0; i < times; i++) {
        figures = (struct audit_figures){0};
        if (!look_once(store, &law, took, &figures, &hits, err))
            return false;
        loads[i] = took[0];
        alls[i] = took[1];
        processor[i] = took[2];
    }
    qsort(loads, times, sizeof *loads, number_order);
    qsort(processor, times, sizeof *processor, number_order);
    qsort(alls, times, sizeof *alls, number_order);
    printf("%lld deals, %zu flags; load %.3f s, with flags and figures %.3f s, of it %.3f s of processor (median of %zu; quickest %.3f s)\n", (long long)figures.deals,
           hits, (double)loads[times / 2] / 1e6, (double)alls[times / 2] / 1e6, (double)processor[times / 2] / 1e6, times, (double)alls[0] / 1e6);
    store_close(store);
    law_close(&law);
    return true;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    bool ok;

    if (argc < 4 || (strcmp(argv[1], "fill") == 0 && argc < 7))
        return 2;
    ok = seal_start(&err);
    record_start();
    ok = ok && (strcmp(argv[1], "fill") == 0 ? fill(argv, &err) : look(argc, argv, &err));
    if (!ok)
        fprintf(stderr, "bench-audit: %s %s\n", err.message, err.hint);
    return !ok;
}
