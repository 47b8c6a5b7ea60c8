/* A firm with its people, officers of its city and of another, rules and a store of facts, for the tests of facts and of policies. */
#ifndef TQ_TESTS_FACT_HALL_H
#define TQ_TESTS_FACT_HALL_H

#include "city_people.h"

#include "work/fact.h"

#ifndef TQ_SHARE
#error "define TQ_SHARE: the folder that holds rules/"
#endif

struct hall {
    struct town town;
    struct law law;
    int64_t firm, other;
    struct actor member, stranger, officer, elsewhere, auditor;
    struct arena arena;
    struct fact_order order;
    struct complaints complaints;
    struct stated *stated;
    struct fact *facts;
    size_t count;
    char request[24];
    struct err err;
};

static inline void actor_with(struct town *town, const char *login, int64_t party, enum role role, int64_t division, struct actor *actor)
{
    int64_t account = town_account(town, login, party, town_password);

    town_grant(town, account, role, division ? SCOPE_DIVISION : SCOPE_ALL, division);
    town_actor(town, account, actor);
}

static inline struct hall *hall_open(void **state)
{
    struct hall *hall = calloc(1, sizeof *hall);

    town_open(&hall->town, state);
    arena_init(&hall->arena);
    if (!law_open(TQ_SHARE, &hall->law, &hall->err))
        fail_msg("%s", hall->err.message);
    hall->firm = town_party(&hall->town, "兰州某泵业（示例）", "620102");
    hall->other = town_party(&hall->town, "天水某轴承（示例）", "620502");
    actor_with(&hall->town, "member", hall->firm, ROLE_MEMBER, 0, &hall->member);
    actor_with(&hall->town, "stranger", hall->other, ROLE_MEMBER, 0, &hall->stranger);
    actor_with(&hall->town, "officer", 0, ROLE_CITY_OFFICER, 620100, &hall->officer);
    actor_with(&hall->town, "elsewhere", 0, ROLE_COUNTY_OFFICER, 620502, &hall->elsewhere);
    actor_with(&hall->town, "auditor", 0, ROLE_AUDITOR, 0, &hall->auditor);
    return hall;
}

static inline void hall_close(struct hall *hall)
{
    law_close(&hall->law);
    arena_release(&hall->arena);
    town_close(&hall->town);
    free(hall);
}

static inline int32_t date(const char *text)
{
    int32_t day;

    assert_true(day_parse(slice_of(text), &day));
    return day;
}

/* One fact as somebody types it: pairs of a field and a text, then NULL. */
static inline bool say_under(struct hall *hall, const struct actor *actor, int64_t party, struct slice request, const char *const *typed)
{
    struct slice fields[FACT_FIELD_COUNT] = {{0}};

    for (; *typed; typed += 2)
        fields[kind_field(&kind_fact, typed[0])] = slice_of(typed[1]);
    hall->complaints.count = 0;
    err_clear(&hall->err);
    fact_order_init(&hall->order, FACT_STATE, actor, party, request);
    return fact_check(&hall->order, &hall->law, fields, &hall->arena, &hall->complaints)
           && store_write(hall->town.store, hall->order.request_id, fact_step, &hall->order, &hall->err) == STORE_DONE;
}

static inline bool say(struct hall *hall, const struct actor *actor, const char *const *typed)
{
    return say_under(hall, actor, hall->firm, town_request(&hall->town, hall->request), typed);
}

#define SAID(...) ((const char *const[]){__VA_ARGS__, NULL})

static inline const struct fact *known(struct hall *hall, const char *day, const char *name)
{
    struct sql *sql = town_look(&hall->town);
    const struct fact *found = NULL;
    size_t count;

    assert_true(facts_of_party(sql, &hall->law, hall->firm, date(day), &hall->arena, &hall->facts, &count, &hall->err));
    for (size_t i = 0; i < count; i++)
        if (strcmp(hall->facts[i].name, name) == 0) {
            assert_null(found);
            found = &hall->facts[i];
        }
    store_read_end(hall->town.store, sql);
    return found;
}

#endif
