/*
 * A fresh, empty database a test, on both engines: a temporary folder for SQLite, a schema of its own on the
 * PostgreSQL that TQ_TEST_PG names (tests/pg.sh starts one). Without TQ_TEST_PG that half is left out, with a line that
 * says so.
 *
 *   static void puts_and_gets(void **state)
 *   {
 *       struct store *store = place_open(place_of(state), ledger_attach);   (NULL where there is no ledger)
 *       …
 *       store_close(store);
 *   }
 *   const struct CMUnitTest tests[] = {ON_BOTH(puts_and_gets)};
 *   return run_places(tests);
 */
#ifndef TQ_TESTS_STORE_ENGINES_H
#define TQ_TESTS_STORE_ENGINES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "base/clock.h"
#include "store/store.h"

struct place {
    bool pg;
    char dir[64];    /* SQLite: the data folder */
    char schema[64]; /* PostgreSQL: the schema's name */
    char url[512];
};

__attribute__((format(printf, 1, 2))) static inline bool place_shell(const char *format, ...)
{
    char command[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    return system(command) == 0;
}

static inline int place_sqlite(void **state)
{
    struct place *place = calloc(1, sizeof *place);

    snprintf(place->dir, sizeof place->dir, "/tmp/tq-store-XXXXXX");
    if (!mkdtemp(place->dir))
        return -1;
    snprintf(place->url, sizeof place->url, "sqlite:%s", place->dir);
    *state = place;
    return 0;
}

static inline int place_pg(void **state)
{
    static unsigned count;
    const char *base = getenv("TQ_TEST_PG");
    struct place *place = calloc(1, sizeof *place);

    place->pg = true;
    snprintf(place->schema, sizeof place->schema, "t_%ld_%lld_%u", (long)getpid(), (long long)clock_steady_us(),
             count++);
    snprintf(place->url, sizeof place->url, "%s%coptions=-csearch_path%%3D%s", base, strchr(base, '?') ? '&' : '?',
             place->schema);
    *state = place;
    return place_shell("psql -qX '%s' -c 'CREATE SCHEMA %s'", base, place->schema) ? 0 : -1;
}

static inline int place_end(void **state)
{
    struct place *place = *state;

    if (place && place->pg)
        place_shell("PGOPTIONS='-c client_min_messages=warning' psql -qX '%s' -c 'DROP SCHEMA %s CASCADE'",
                    getenv("TQ_TEST_PG"), place->schema);
    else if (place)
        place_shell("rm -rf '%s'", place->dir);
    free(place);
    return 0;
}

/* A fresh one in its stead, on the same engine. */
static inline void place_again(void **state)
{
    bool pg = ((struct place *)*state)->pg;

    place_end(state);
    assert_int_equal(pg ? place_pg(state) : place_sqlite(state), 0);
}

/* Adds a parameter to the URL (which on PostgreSQL has one already). */
static inline bool place_add(struct place *place, const char *name, const char *value)
{
    size_t len = strlen(place->url), room = sizeof place->url - len;
    int n = snprintf(place->url + len, room, "&%s=%s", name, value);

    return n > 0 && (size_t)n < room;
}

#define ON_SQLITE(test) {"sqlite: " #test, test, place_sqlite, place_end, NULL}
#define ON_PG(test) {"postgresql: " #test, test, place_pg, place_end, NULL}
#define ON_BOTH(test) ON_SQLITE(test), ON_PG(test)

static inline struct place *place_of(void **state)
{
    return *state;
}

/* (cmocka's skip() will not do: its TAP line reads "not ok".) */
static inline int places_run(const char *name, const struct CMUnitTest *tests, size_t count)
{
    const char *base = getenv("TQ_TEST_PG");
    struct CMUnitTest *kept = calloc(count, sizeof *kept);
    size_t n = 0;
    int code;

    for (size_t i = 0; i < count; i++)
        if (tests[i].setup_func != place_pg || (base && *base))
            kept[n++] = tests[i];
    if (n < count)
        fprintf(stderr, "# %zu tests on PostgreSQL left out: TQ_TEST_PG is not set (tests/pg.sh)\n", count - n);
    code = _cmocka_run_group_tests(name, kept, n, NULL, NULL);
    free(kept);
    return code;
}

#define run_places(tests) places_run(#tests, tests, sizeof tests / sizeof *tests)

#ifndef TQ_SCHEMA
#error "define TQ_SCHEMA: the folder of migrations"
#endif

static inline struct store_options place_options(void (*attach)(struct store_options *))
{
    struct store_options options = {.migrate = true, .schema = TQ_SCHEMA};

    if (attach)
        attach(&options);
    return options;
}

static inline struct store *place_open_with(struct place *place, const struct store_options *options)
{
    struct store *store = NULL;
    struct err err;

    if (!store_open(place->url, options, &store, &err))
        fail_msg("%s", err.message);
    return store;
}

static inline struct store *place_open(struct place *place, void (*attach)(struct store_options *))
{
    struct store_options options = place_options(attach);

    return place_open_with(place, &options);
}

#endif
