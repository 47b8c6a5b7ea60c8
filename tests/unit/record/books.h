/* A store with the code trees loaded, and records put into it without anybody's leave: for the tests of record/. */
#ifndef TQ_TESTS_BOOKS_H
#define TQ_TESTS_BOOKS_H

#include "store_engines.h"

#include "record/check.h"
#include "record/choice.h"
#include "record/facet.h"
#include "record/tree.h"
#include "seal/seal.h"

static const int64_t noon = INT64_C(1782000000000);

struct books {
    struct store *store;
    struct arena arena;
    unsigned requests;
};

static inline void books_open(struct books *books, void **state)
{
    struct err err;

    if (!seal_start(&err) || !trees_load(TQ_CODES, &err))
        fail_msg("%s", err.message);
    record_start();
    *books = (struct books){.store = place_open(place_of(state), ledger_attach)};
    arena_init(&books->arena);
}

static inline void books_close(struct books *books)
{
    arena_release(&books->arena);
    store_close(books->store);
    trees_unload();
}

static inline struct sql *look(struct books *books)
{
    struct sql *sql = NULL;
    struct err err;

    if (!store_read(books->store, &sql, &err))
        fail_msg("%s", err.message);
    return sql;
}

static inline int64_t number_of(struct books *books, const char *statement)
{
    struct sql *sql = look(books);
    int64_t number = -1;
    bool found;
    struct err err;

    if (!sql_one(sql, statement, SQL_NO_ARGS, &number, &found, &err))
        fail_msg("%s: %s", statement, err.message);
    store_read_end(books->store, sql);
    return number;
}

static inline void set(struct books *books, struct record *record, const char *name, const char *typed)
{
    int field = kind_field(record->kind, name);
    struct err err;

    if (!field_read(&record->kind->fields[field], slice_of(typed), &books->arena, &record->values[field], &err))
        fail_msg("%s: %s", name, err.message);
}

static inline void begin(struct record *record, const struct kind *kind, int64_t id, int64_t owner)
{
    *record = (struct record){.kind = kind, .id = id, .owner = owner};
    record_salt(record);
}

static inline void a_need(struct books *books, struct record *record, int64_t id, int64_t owner, const char *title)
{
    begin(record, &kind_need, id, owner);
    set(books, record, "title", title);
    set(books, record, "now", "轴承寿命只有三千小时,停机频繁。");
}

struct putting {
    struct record *record;
    const struct record *prior;
    struct record_event event;
};

static inline bool put_step(struct sql *sql, void *arg, struct err *err)
{
    struct putting *putting = arg;

    return record_put(sql, putting->record, putting->prior, &putting->event, err);
}

static inline enum store_outcome put(struct books *books, struct record *record, const struct record *prior, struct err *err)
{
    char request[24];
    struct putting putting = {record, prior, {.action = "need.edit", .request_id = request, .time_ms = noon + books->requests}};

    snprintf(request, sizeof request, "r-%u", ++books->requests);
    err_clear(err);
    return store_write(books->store, request, put_step, &putting, err);
}

static inline void put_well(struct books *books, struct record *record, const struct record *prior)
{
    struct err err;

    if (put(books, record, prior, &err) != STORE_DONE)
        fail_msg("%s", err.message);
}

static inline const char *text_of(const struct record *record, const char *name, struct books *books)
{
    return arena_text(&books->arena, record->values[kind_field(record->kind, name)].text);
}

#endif
