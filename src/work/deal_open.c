/* Beginning a deal, and the list of deals. */
#include "work/deal_int.h"

#include "base/clock.h"
#include "base/ident.h"
#include "record/achievement.h"
#include "record/party.h"
#include "seal/seal.h"
#include "work/account_int.h"

void deal_opening_init(struct deal_opening *opening, const struct actor *actor, struct slice request_id)
{
    *opening = (struct deal_opening){.actor = actor, .time_ms = clock_ms(), .title = SLICE("")};
    opening->new_id = ident_next(opening->time_ms);
    seal_random(opening->salts, sizeof opening->salts);
    snprintf(opening->request_id, sizeof opening->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

static bool may_open(struct sql *sql, const struct actor *actor, const struct record *achievement, struct err *err)
{
    struct object object = {.kind = &kind_deal, .owner = achievement->owner}, seen;

    if (!object_of(sql, achievement, actor, &seen, err) || !may(actor, ACT_SEE, &seen, err) || !may(actor, ACT_CREATE, &object, err))
        return false;
    return achievement->status == RECORD_OPEN
           || err_set(err, ERR_CONFLICT, "这项成果已关闭") || err_hint(err, "重新开放后再发起转化");
}

/* The title may be typed; it is then held to the field's own bounds. */
static bool title_read(const struct deal_opening *opening, struct record *deal, struct arena *arena, struct err *err)
{
    struct slice typed[FIELDS_MAX] = {{0}};
    struct complaints complaints = {.count = 0};

    typed[DEAL_TITLE] = opening->title;
    if (!slice_trim(opening->title).len || record_check(deal, typed, false, arena, &complaints))
        return true;
    *err = complaints.list[0].err;
    return err_field(err, deal_fields[DEAL_TITLE].name);
}

static void deal_fill(const struct deal_opening *opening, const struct record *achievement, const struct record *unit,
                      struct record *deal)
{
    *deal = (struct record){.kind = &kind_deal, .id = opening->new_id, .owner = achievement->owner,
                            .author = opening->actor->account};
    memcpy(deal->salts, opening->salts, sizeof deal->salts);
    deal->values[DEAL_TITLE] = achievement->values[ACHIEVEMENT_TITLE];
    deal->values[DEAL_ACHIEVEMENT] = (struct value){.known = true, .number = achievement->id};
    deal->values[DEAL_PIER] = (struct value){.known = true, .text = SLICE("title")};
    deal->values[DEAL_REGION] = unit->values[PARTY_REGION];
    deal->values[DEAL_TERMS] = (struct value){.known = true, .number = 0};
    deal->values[DEAL_PAPERS] = (struct value){.known = true, .number = 0};
}

static bool title_free(struct sql *sql, const struct record *deal, struct arena *arena, struct err *err)
{
    int64_t other;

    if (!record_find(sql, &kind_deal, record_key(deal, arena), &other, err))
        return false;
    if (!other)
        return true;
    err_set(err, ERR_CONFLICT, "这项成果已有同名的转化项目");
    err_hint(err, "打开那一项接着办，或者另写一个项目名称");
    return err_field(err, deal_fields[DEAL_TITLE].name);
}

static bool open_it(struct sql *sql, struct deal_opening *opening, struct arena *arena, struct err *err)
{
    struct record_event event = {.action = "deal.open", .request_id = opening->request_id, .time_ms = opening->time_ms,
                                 .actor = actor_is_program(opening->actor) ? NULL : opening->actor->pseudonym};
    struct record achievement, unit, deal;

    if (!record_get(sql, &kind_achievement, opening->achievement, arena, &achievement, err)
        || !record_get(sql, &kind_party, achievement.owner, arena, &unit, err)
        || !may_open(sql, opening->actor, &achievement, err))
        return false;
    deal_fill(opening, &achievement, &unit, &deal);
    if (!title_read(opening, &deal, arena, err) || !title_free(sql, &deal, arena, err) || !record_put(sql, &deal, NULL, &event, err))
        return false;
    opening->id = deal.id;
    return true;
}

bool deal_open_step(struct sql *sql, void *arg, struct err *err)
{
    struct deal_opening *opening = arg;
    struct arena arena;
    struct leaf leaf;
    bool done = false, ok;

    err_clear(err);
    if (opening->request_id[0] && !ledger_request(sql, slice_of(opening->request_id), &leaf, &done, err))
        return false;
    opening->repeated = done;
    if (done) {
        opening->id = leaf.object;
        return strcmp(leaf.action, "deal.open") == 0 && memcmp(leaf.actor, opening->actor->pseudonym, LEAF_ACTOR) == 0
               ? true
               : order_taken(err);
    }
    arena_init(&arena);
    ok = open_it(sql, opening, &arena, err);
    arena_release(&arena);
    return ok;
}

bool deal_of_achievement(struct sql *sql, int64_t achievement, int64_t owner, int64_t *ids, size_t most, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, "SELECT id FROM deal WHERE achievement = ?1 AND (owner = ?2 OR ?2 = 0) AND to_leaf IS NULL ORDER BY id DESC LIMIT ?3",
                  SQL_ARGS(sql_int(achievement), sql_int(owner), sql_int((int64_t)most)), &rows, err))
        return false;
    while (*count < most && sql_next(&rows))
        ids[(*count)++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}

/* --- the list --- */

enum { LOOKED_AT = 100 };

/* A unit's own, or everybody's; on their way here, or of the past. */
#define LISTED(whose, when)                                                                                                \
    "SELECT id FROM deal WHERE " whose " AND to_leaf IS NULL AND past IS " when " AND id < ?2 ORDER BY id DESC LIMIT ?3"

static const char *const listed[2][2] = {{LISTED("?1 = 0", "NULL"), LISTED("?1 = 0", "NOT NULL")},
                                         {LISTED("owner = ?1", "NULL"), LISTED("owner = ?1", "NOT NULL")}};

static bool ids_read(struct sql *sql, int64_t party, bool past, int64_t before, int64_t *ids, size_t *count, struct err *err)
{
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(sql, listed[party != 0][past], SQL_ARGS(sql_int(party), sql_int(before), sql_int(LOOKED_AT)), &rows, err))
        return false;
    while (*count < LOOKED_AT && sql_next(&rows))
        ids[(*count)++] = sql_number(&rows, 0);
    return sql_done(&rows, err);
}

/* Those of the ids that the actor may see, behind those that are in the list. */
static bool seen_add(struct sql *sql, const struct actor *actor, const int64_t *ids, size_t found, struct arena *arena,
                     struct record *list, size_t most, size_t *count, struct err *err)
{
    for (size_t i = 0; i < found && *count < most; i++) {
        struct object object;
        struct err ignored;

        if (!record_get(sql, &kind_deal, ids[i], arena, &list[*count], err)
            || !object_of(sql, &list[*count], actor, &object, err))
            return false;
        *count += may(actor, ACT_SEE, &object, &ignored);
    }
    return true;
}

bool deal_list(struct sql *sql, const struct actor *actor, const struct deal_query *query, struct arena *arena, struct record *list,
               size_t most, size_t *count, int64_t *further, struct err *err)
{
    int64_t ids[LOOKED_AT], owner = query->owner, before = query->before ? query->before : INT64_MAX;
    size_t found = LOOKED_AT, looked = 0;

    if (!owner && !may_beyond(actor, ACT_HISTORY, &kind_deal))
        owner = actor->party ? actor->party : -1;
    for (*count = 0; found == LOOKED_AT && *count < most && looked < DEAL_LOOKED; before = found ? ids[found - 1] : 0) {
        if (!ids_read(sql, owner, query->past, before, ids, &found, err) || !seen_add(sql, actor, ids, found, arena, list, most, count, err))
            return false;
        looked += found;
    }
    *further = found == LOOKED_AT && *count < most ? before : 0;
    return true;
}
