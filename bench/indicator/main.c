/*
 * Indicators over many deals and achievements: how long it takes to count them, and to show them.
 *
 *   bench-indicator fill URL COUNT SHARE     COUNT achievements and COUNT deals of six years with contract, registration and receipt, into a database that
 *                                            is made there; put in past the gates, all of it marked 示例
 *   bench-indicator follow URL SHARE         counts them by every definition
 *   bench-indicator look URL SHARE [TIMES]   every figure of a year beside the year before; the same as of a past day; pages of what is behind a figure
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/ident.h"
#include "record/achievement.h"
#include "record/deal.h"
#include "record/paper.h"
#include "record/party.h"
#include "record/record.h"
#include "record/tree.h"
#include "seal/seal.h"
#include "work/indicator.h"
#include "work/law.h"
#include "work/matter.h"

enum { BATCH = 50, UNITS = 200, DAYS = 2150, TIMES_MOST = 200 };

static const int32_t first_day = 18628; /* 2021-01-01 */

struct filling {
    struct sql *sql;
    struct arena arena;
    size_t from, count, all;
    int64_t units[UNITS];
    struct err *err;
};

static struct value text(const char *string) { return (struct value){.known = true, .text = slice_of(string)}; }
static struct value number(int64_t n) { return (struct value){.known = true, .number = n}; }

static struct value date(struct filling *f, int32_t day)
{
    char shown[CLOCK_TEXT];

    return text(arena_text(&f->arena, slice_of(day_show(day, shown))));
}

static bool put(struct filling *f, struct record *record, int32_t day)
{
    struct record_event event = {.action = "bench.put", .request_id = "", .time_ms = (int64_t)day * 86400000 + 3600000};

    record->id = record->id ? record->id : ident_next(event.time_ms);
    record->author = 1;
    record_salt(record);
    return record_put(f->sql, record, NULL, &event, f->err);
}

static bool paper(struct filling *f, struct record *record, const struct record *deal, int32_t day)
{
    record->owner = deal->owner;
    record->values[PAPER_DEAL] = number(deal->id);
    record->values[PAPER_NO] = number(1);
    record->values[PAPER_TERMS] = number(0);
    return put(f, record, day);
}

static const char *region_of(size_t i)
{
    static const char *const regions[] = {"620102", "620103", "620104", "620105", "620111", "620121", "620122", "620123"};

    return regions[i % (sizeof regions / sizeof *regions)];
}

static bool contract_put(struct filling *f, const struct record *deal, size_t i, int32_t day)
{
    struct record contract = {.kind = &kind_contract}, registration = {.kind = &kind_registration}, receipt = {.kind = &kind_receipt};
    int64_t amount = (int64_t)(1 + i * 7919 % 900) * 1000000 + (int64_t)(i % 100);

    contract.values[CONTRACT_SORT] = text("license");
    contract.values[CONTRACT_NUMBER] = text(arena_print(&f->arena, "示例-%zu", i));
    contract.values[CONTRACT_SIGNED_ON] = date(f, day);
    contract.values[CONTRACT_AMOUNT] = number(amount);
    registration.values[REGISTRATION_SENT_ON] = date(f, day + 5);
    registration.values[REGISTRATION_DECIDED_ON] = date(f, day + 15);
    registration.values[REGISTRATION_RESULT] = text("registered");
    registration.values[REGISTRATION_NUMBER] = text(arena_print(&f->arena, "示例%012zu", i));
    registration.values[REGISTRATION_AMOUNT] = number(amount);
    registration.values[REGISTRATION_TECHNICAL] = number(amount * 9 / 10);
    receipt.values[RECEIPT_CAME_ON] = date(f, day + (int32_t)(i * 31 % 300));
    receipt.values[RECEIPT_AMOUNT] = number(amount * (int64_t)(i % 10) / 10 + 1);
    return paper(f, &contract, deal, day) && (i % 5 == 0 || paper(f, &registration, deal, day)) && (i % 10 < 3 || paper(f, &receipt, deal, day));
}

static bool one_put(struct filling *f, size_t i)
{
    struct record achievement = {.kind = &kind_achievement, .owner = f->units[i % UNITS]}, deal = {.kind = &kind_deal, .owner = f->units[i % UNITS]};
    int32_t day = first_day + (int32_t)(i * DAYS / f->all);

    achievement.values[ACHIEVEMENT_TITLE] = text(arena_print(&f->arena, "示例成果第 %zu 号", i));
    achievement.values[ACHIEVEMENT_ABSTRACT] = text("示例：用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时。");
    if (!put(f, &achievement, day))
        return false;
    deal.values[DEAL_TITLE] = text(arena_print(&f->arena, "示例项目第 %zu 号", i));
    deal.values[DEAL_ACHIEVEMENT] = number(achievement.id);
    deal.values[DEAL_PIER] = text("register");
    deal.values[DEAL_WAY] = text("license");
    deal.values[DEAL_BUYER] = text(arena_print(&f->arena, "示例甲%05zu机械厂", i % 20011));
    deal.values[DEAL_RELATED] = number(i % 50 == 0);
    deal.values[DEAL_REGION] = text(region_of(i));
    return put(f, &deal, day) && contract_put(f, &deal, i, day);
}

static bool fill_step(struct sql *sql, void *arg, struct err *err)
{
    struct filling *f = arg;

    f->sql = sql;
    f->err = err;
    for (size_t i = f->from; i < f->from + f->count; i++) {
        if (!one_put(f, i))
            return false;
        arena_reset(&f->arena);
    }
    return true;
}

static bool units_step(struct sql *sql, void *arg, struct err *err)
{
    struct filling *f = arg;

    f->sql = sql;
    f->err = err;
    for (size_t i = 0; i < UNITS; i++) {
        struct record party = {.kind = &kind_party};

        party.values[PARTY_NAME] = text(arena_print(&f->arena, "示例第%zu学院", i));
        party.values[PARTY_SIDE] = text("university");
        party.values[PARTY_REGION] = text(region_of(i));
        party.id = party.owner = ident_next((int64_t)first_day * 86400000);
        if (!put(f, &party, first_day))
            return false;
        f->units[i] = party.id;
    }
    return true;
}

static bool place_open(const char *url, bool make, const char *share, struct store **store, struct err *err)
{
    char schema[4096], codes[4096];
    struct store_options options = {.migrate = make, .existing = !make, .schema = schema};

    snprintf(schema, sizeof schema, "%s/schema", share);
    snprintf(codes, sizeof codes, "%s/codes", share);
    ledger_attach(&options);
    return trees_load(codes, err) && store_open(url, &options, store, err);
}

static bool fill(char **argv, struct err *err)
{
    struct filling f = {.all = strtoul(argv[3], NULL, 10)};
    struct store *store;
    bool ok;

    if (!place_open(argv[2], true, argv[4], &store, err))
        return false;
    arena_init(&f.arena);
    ok = store_write(store, "", units_step, &f, err) == STORE_DONE;
    for (f.from = 0; ok && f.from < f.all; f.from += f.count) {
        f.count = f.all - f.from < BATCH ? f.all - f.from : BATCH;
        ok = store_write(store, "", fill_step, &f, err) == STORE_DONE;
    }
    arena_release(&f.arena);
    store_close(store);
    return ok;
}

/* --- counting --- */

static bool follow(struct store *store, struct indicators *set, const struct law *law, struct err *err)
{
    int64_t start = clock_steady_us(), lines = 0;
    uint64_t leaves;
    bool more = true, found;
    struct sql *sql;

    while (more)
        if (!indicator_follow(store, set, law->calendar, clock_ms(), &more, err))
            return false;
    if (!store_read(store, &sql, err))
        return false;
    if (!ledger_size(sql, &leaves, err) || !sql_one(sql, "SELECT count(*) FROM indicator_row", SQL_NO_ARGS, &lines, &found, err))
        return false;
    store_read_end(store, sql);
    printf("%llu leaves, %lld lines, %.1f s\n", (unsigned long long)leaves, (long long)lines, (double)(clock_steady_us() - start) / 1e6);
    return true;
}

/* --- looking --- */

static int32_t day(int year, int month, int of_month)
{
    int32_t out = 0;

    day_from_ymd(year, month, of_month, &out);
    return out;
}

static bool board(struct store *store, const struct indicators *set, int32_t as_of, struct err *err)
{
    const struct indicator *indicator;
    struct sql *sql;
    bool ok = true;

    if (!store_read(store, &sql, err))
        return false;
    for (size_t i = 0; ok && (indicator = indicator_at(set, i)); i++)
        for (int year = 2026; ok && year > 2024; year--) {
            struct figure_ask ask = {.from = day(year, 1, 1), .to = day(year, 11, 28), .as_of = as_of};
            struct figure figure;

            ok = indicator_figure(sql, indicator, &ask, &figure, err);
        }
    store_read_end(store, sql);
    return ok;
}

static bool pages(struct store *store, const struct indicators *set, struct err *err)
{
    const struct indicator *indicator = indicator_find(set, SLICE("signed_money"));
    struct figure_ask ask = {.from = day(2021, 1, 1), .to = day(2026, 11, 28), .as_of = INDICATOR_NOW};
    struct figure_line list[50], middle = {.day = day(2023, 6, 1)};
    struct arena arena;
    struct sql *sql;
    size_t count;
    bool ok;

    arena_init(&arena);
    if (!store_read(store, &sql, err))
        return false;
    ok = indicator_lines(sql, indicator, &ask, NULL, 50, &arena, list, &count, err) && indicator_lines(sql, indicator, &ask, &middle, 50, &arena, list, &count, err);
    store_read_end(store, sql);
    arena_release(&arena);
    return ok;
}

static int number_order(const void *a, const void *b)
{
    return *(const int64_t *)a < *(const int64_t *)b ? -1 : *(const int64_t *)a > *(const int64_t *)b;
}

static void told(const char *what, int64_t *took, size_t times)
{
    qsort(took, times, sizeof *took, number_order);
    printf("%-44s median %7.1f ms, p99 %7.1f ms of %zu\n", what, (double)took[times / 2] / 1e3, (double)took[times * 99 / 100] / 1e3, times);
}

static bool look(struct store *store, const struct indicators *set, size_t times, struct err *err)
{
    int64_t now[TIMES_MOST], then[TIMES_MOST], page[TIMES_MOST];

    for (size_t i = 0; i < times; i++) {
        int64_t start = clock_steady_us(), between;

        if (!board(store, set, INDICATOR_NOW, err))
            return false;
        between = clock_steady_us();
        now[i] = between - start;
        if (i < times / 4 + 1 && !board(store, set, day(2026, 10, 1), err))
            return false;
        then[i] = i < times / 4 + 1 ? clock_steady_us() - between : then[0];
        between = clock_steady_us();
        if (!pages(store, set, err))
            return false;
        page[i] = clock_steady_us() - between;
    }
    told("every figure, this year and the last", now, times);
    told("the same as of a day two months ago", then, times / 4 + 1);
    told("two pages of what is behind a figure", page, times);
    return true;
}

int main(int argc, char **argv)
{
    struct indicators *set = NULL;
    struct store *store = NULL;
    struct err err = {0};
    struct law law = {0};
    size_t times;
    bool ok;

    if (argc < 4 || (strcmp(argv[1], "fill") == 0 && argc < 5))
        return 2;
    ok = seal_start(&err);
    record_start();
    matter_start();
    times = argc > 4 ? strtoul(argv[4], NULL, 10) : 40;
    times = times < 1 ? 1 : times < TIMES_MOST ? times : TIMES_MOST;
    if (strcmp(argv[1], "fill") == 0)
        ok = ok && fill(argv, &err);
    else
        ok = ok && law_open(argv[3], &law, &err) && indicators_open(argv[3], &set, &err) && place_open(argv[2], false, argv[3], &store, &err)
             && (strcmp(argv[1], "follow") == 0 ? follow(store, set, &law, &err) : look(store, set, times, &err));
    if (!ok)
        fprintf(stderr, "bench-indicator: %s %s\n", err.message, err.hint);
    if (store)
        store_close(store);
    indicators_close(set);
    law_close(&law);
    return !ok;
}
