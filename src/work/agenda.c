#include "work/agenda.h"

#include "record/record.h"
#include "work/rights.h"
#include "work/standing.h"

struct reading {
    struct sql *sql;
    const struct actor *actor;
    int32_t from;
    struct arena *arena;
    struct agenda_day *list;
    size_t count;
};

static void day_add(struct reading *reading, const struct agenda_day *day)
{
    for (size_t i = 0; i < reading->count; i++)
        if (reading->list[i].deal == day->deal && reading->list[i].sort == day->sort && reading->list[i].no == day->no)
            return;
    if (reading->count < AGENDA_MOST)
        reading->list[reading->count++] = *day;
}

/* Of what the projection proposes, may() decides; an agency has its own days of what was sent to it. */
static const char *path_of(struct reading *reading, const struct due_row *row, const struct object *object)
{
    struct err ignored;

    if (may(reading->actor, ACT_SEE, object, &ignored))
        return arena_print(reading->arena, "/deals/%lld", (long long)row->deal);
    if ((row->sort->tells & DUE_TELLS_REGISTRAR) && may(reading->actor, ACT_REGISTER, object, &ignored))
        return arena_print(reading->arena, "/registrations/%lld", (long long)row->deal);
    return NULL;
}

static bool rows_add(struct reading *reading, const struct due_row *rows, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        struct record deal;
        struct object object;
        const char *path;

        if (!record_get(reading->sql, &kind_deal, rows[i].deal, reading->arena, &deal, err)) {
            if (err->code != ERR_MISSING)
                return false;
            continue;
        }
        if (!object_of(reading->sql, &deal, reading->actor, &object, err))
            return false;
        path = path_of(reading, &rows[i], &object);
        if (path)
            day_add(reading, &(struct agenda_day){rows[i].deal, rows[i].no, rows[i].sort, rows[i].day, deal.valid_from,
                                                  deal.values[DEAL_TITLE].text, path});
    }
    return true;
}

static bool range_add(struct reading *reading, int64_t owner, int64_t from, int64_t to, struct err *err)
{
    struct due_row *rows = arena_alloc(reading->arena, AGENDA_MOST * sizeof *rows);
    size_t count;

    return standing_dues(reading->sql, owner, from, to, reading->from, rows, AGENDA_MOST, &count, err) && rows_add(reading, rows, count, err);
}

bool scope_range(const struct role_grant *grant, int64_t *from, int64_t *to)
{
    int64_t width = grant->scope % 10000 == 0 ? 10000 : grant->scope % 100 == 0 ? 100 : 1;

    *from = grant->scope_kind == SCOPE_ALL ? 0 : grant->scope;
    *to = grant->scope_kind == SCOPE_ALL ? INT64_MAX : grant->scope + width - 1;
    return grant->scope_kind != SCOPE_PARTY;
}

static bool scopes_add(struct reading *reading, struct err *err)
{
    for (size_t i = 0; i < reading->actor->grant_count; i++) {
        const struct role_grant *grant = &reading->actor->grants[i];
        int64_t from, to;

        if (!role_is_officer(grant->role) && grant->role != ROLE_REGISTRAR)
            continue;
        if (!(scope_range(grant, &from, &to) ? range_add(reading, 0, from, to, err) : range_add(reading, grant->scope, 0, 0, err)))
            return false;
    }
    return true;
}

static bool rewards_add(struct reading *reading, const struct law *law, int32_t today, struct err *err)
{
    struct rights *rights = arena_alloc(reading->arena, sizeof *rights);

    if (!reading->actor->person || !reading->actor->party)
        return true;
    if (!rights_of(reading->sql, law, reading->actor, today, reading->arena, rights, err))
        return false;
    for (size_t i = 0; i < rights->award_count; i++) {
        const struct rights_share *share = &rights->awards[i];

        if (share->due && !share->paid && share->due >= reading->from)
            day_add(reading, &(struct agenda_day){share->deal, (int64_t)i, due_sort_find(SLICE("pay")), share->due, 0, share->title, "/rights"});
    }
    return true;
}

bool agenda_of(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena,
               struct agenda_day *list, size_t *count, struct err *err)
{
    struct reading reading = {sql, actor, today - AGENDA_PAST_DAYS, arena, list, 0};
    struct object own = {.kind = &kind_deal, .owner = actor->party};
    struct err ignored;
    bool ok = !actor->party || !may(actor, ACT_STEP, &own, &ignored) || range_add(&reading, actor->party, 0, 0, err);

    ok = ok && scopes_add(&reading, err) && rewards_add(&reading, law, today, err);
    *count = reading.count;
    return ok;
}
