/*
 * Steps of matters as a test types them: text by field name, the newest version, the campus's own clock. Each test names its place first
 * in IS and IS_NOT: a struct with a `campus` and an `order`.
 */
#ifndef TQ_TESTS_MATTER_STEPS_H
#define TQ_TESTS_MATTER_STEPS_H

#include "deal_town.h"

static inline struct actor campus_person(struct campus *campus, const char *login, int64_t party, enum role role)
{
    int64_t account = town_account(&campus->town, login, party, town_password);
    struct actor actor;

    town_grant(&campus->town, account, role, SCOPE_ALL, 0);
    town_actor(&campus->town, account, &actor);
    return actor;
}

/* typed: name, text, …, NULL. */
static inline bool campus_matter(struct campus *campus, struct matter_order *order, const struct actor *actor, const struct matter_sort *sort, int64_t id,
                                 const char *name, const char *const *typed)
{
    const struct matter_step *of = matter_step_find(sort, slice_of(name));
    const char *query = arena_print(&campus->arena, "SELECT coalesce(max(ver), 0) FROM %s WHERE id = %lld", sort->kind->name, (long long)id);
    char request[24];

    assert_non_null(of);
    matter_order_init(order, &campus->law, actor, sort, of, town_request(&campus->town, request));
    order->time_ms = campus_ms(campus);
    order->id = id;
    order->ver = town_number(&campus->town, query);
    order->arena = &campus->arena;
    for (size_t i = 0; typed && typed[i]; i += 2) {
        int field = kind_field(matter_step_kind(sort, of), typed[i]);

        if (field < 0)
            fail_msg("%s has no field %s", name, typed[i]);
        order->typed[field] = slice_of(typed[i + 1]);
    }
    err_clear(&campus->err);
    return store_write(campus->town.store, order->request_id, matter_step_run, order, &campus->err) == STORE_DONE;
}

static inline void campus_done(bool done, const struct campus *campus, int line)
{
    if (!done)
        fail_msg("line %d: %s", line, campus->err.message);
}

static inline void campus_refused(bool done, const struct campus *campus, const char *says, int line)
{
    if (done || !strstr(campus->err.message, says))
        fail_msg("line %d: %s, said: %s", line, done ? "done" : "refused otherwise", campus->err.message);
}

static inline const char *campus_number(struct campus *campus, int64_t value)
{
    return arena_print(&campus->arena, "%lld", (long long)value);
}

static inline enum matter_sight campus_sight(struct campus *campus, const struct actor *actor, const struct matter_sort *sort, int64_t id)
{
    struct sql *sql = town_look(&campus->town);
    struct matter_file file;
    bool there = matter_load(sql, sort, id, actor, campus->today, &campus->arena, &file, &campus->err);

    store_read_end(campus->town.store, sql);
    return there ? file.sight : SIGHT_NONE;
}

#define IS(place, ...) campus_done(campus_matter(&(place)->campus, &(place)->order, __VA_ARGS__), &(place)->campus, __LINE__)
#define IS_NOT(says, place, ...) campus_refused(campus_matter(&(place)->campus, &(place)->order, __VA_ARGS__), &(place)->campus, says, __LINE__)
#define TYPED(...) ((const char *const[]){__VA_ARGS__, NULL})

#endif
