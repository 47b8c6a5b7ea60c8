/*
 * What waits for somebody in deals, by what he is: who takes the steps of his unit's deals sees where each stands and the days that
 * must not be missed; a researcher his rewards and rights; a registration agency what was sent to it; an officer what has stood
 * still in his scope. Which deals to look at the projection says (work/standing.h), what is said of them is read from the records.
 */
#include "web/desk.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/achievement.h"
#include "record/choice.h"
#include "web/say.h"
#include "work/agenda.h"
#include "work/rights.h"
#include "work/standing.h"

enum { NEWEST = 12, URGENT = 12, AHEAD_DAYS = 30, STUCK_MOST = 8, STUCK_DAYS = 14, REGISTRATIONS = 20 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))
#define TEXT(slice) (int)(slice).len, (slice).at

struct deal_task {
    const char *what;      /* a label: a pier, something due */
    struct slice title, basis, article;
    const char *path;
    int64_t since_ms;      /* 0: not said */
    int32_t due;           /* 0: none */
};

static void task_add(struct request *request, const struct deal_task *of, json_t *tasks)
{
    json_t *task = json_object();
    char day[CLOCK_TEXT];

    json_put(task, "text", PUT(request, request->english ? "%s · %.*s" : "%s：%.*s", of->what, TEXT(of->title)));
    json_put(task, "href", slice_of(of->path));
    if (of->due)
        json_put(task, "due", slice_of(day_show(of->due, day)));
    json_object_set_new_nocheck(task, "late", json_boolean(of->due && of->due < day_of_ms(request->now_ms)));
    if (of->basis.len)
        json_put(task, "basis", of->basis);
    if (of->article.len)
        json_put(task, "article", of->article);
    if (of->since_ms)
        json_object_set_new_nocheck(task, "since", json_integer(of->since_ms));
    json_fill(task, "due basis article since");
    json_array_append_new(tasks, task);
}

static const char *pier_label(const struct request *request, enum pier pier)
{
    const struct choice *choice = choice_find(choice_list_get("pier"), slice_of(pier_code(pier)));

    return request->english ? choice->label_en : choice->label;
}

static const char *due_label(const struct request *request, const struct due_sort *sort)
{
    return request->english ? sort->label_en : sort->label;
}

static const char *deal_path(const struct request *request, int64_t deal)
{
    return arena_print(request->arena, "/deals/%lld", (long long)deal);
}

/* --- the unit's --- */

struct looked {
    int64_t ids[NEWEST + URGENT], since_ms[NEWEST + URGENT];
    size_t count;
};

static void looked_add(struct looked *looked, int64_t id, int64_t since_ms)
{
    for (size_t i = 0; i < looked->count; i++)
        if (looked->ids[i] == id)
            return;
    looked->ids[looked->count] = id;
    looked->since_ms[looked->count++] = since_ms;
}

/* The most urgent, and the newest: one that was begun a moment ago is not in the projection yet. */
static bool unit_deals(struct request *request, struct looked *looked, struct err *err)
{
    struct record *list = arena_alloc(request->arena, NEWEST * sizeof *list);
    struct stood stood[URGENT];
    int64_t further; /* of the unit's own he sees all, so that the newest are there */
    size_t count;

    if (!standing_of_unit(request->sql, request->actor.party, stood, URGENT, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        looked_add(looked, stood[i].deal, stood[i].since_ms);
    if (!deal_list(request->sql, &request->actor, &(struct deal_query){.owner = request->actor.party}, request->arena, list, NEWEST, &count, &further, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (list[i].status == RECORD_OPEN)
            looked_add(looked, list[i].id, list[i].valid_from);
    return true;
}

static bool pier_add(struct request *request, int64_t id, int64_t since_ms, json_t *tasks, struct err *err)
{
    struct deal_bridge bridge;
    struct deal_file file;
    const struct pier_state *state;

    if (!deal_load(request->sql, id, day_of_ms(request->now_ms), request->arena, &file, err)
        || !deal_look(&request->web->city->law, &file, &bridge, err))
        return false;
    if (file.deal.status != RECORD_OPEN || bridge.at >= PIER_COUNT || bridge.piers[bridge.at].turn == TURN_CLOCK)
        return true;
    state = &bridge.piers[bridge.at];
    task_add(request, &(struct deal_task){pier_label(request, (enum pier)bridge.at), file.deal.values[DEAL_TITLE].text,
                                          say_message(request, &state->missing), say(request, state->article), deal_path(request, id), since_ms,
                                          state->due}, tasks);
    return true;
}

/* Deadlines beside the pier: of filings and rewards. Instalments stand at the pier of payment already. */
static bool dues_add(struct request *request, json_t *tasks, struct err *err)
{
    int32_t today = day_of_ms(request->now_ms);
    struct due_row rows[URGENT];
    size_t count;

    if (!standing_dues(request->sql, request->actor.party, 0, 0, today - AGENDA_PAST_DAYS, rows, URGENT, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct due_sort *sort = rows[i].sort;
        const struct rule *rule = sort->rule ? rule_find(request->web->city->law.book, sort->rule, REGION_NATION, today) : NULL;

        if (sort->waits || strcmp(sort->name, "instalment") == 0 || rows[i].day > today + AHEAD_DAYS)
            continue;
        task_add(request, &(struct deal_task){due_label(request, sort), record_title(request->sql, &kind_deal, rows[i].deal, request->arena),
                                              SLICE(""), due_article(sort, rule, request->arena), deal_path(request, rows[i].deal), 0,
                                              rows[i].day}, tasks);
    }
    return true;
}

static bool unit_add(struct request *request, json_t *tasks, struct err *err)
{
    struct object object = {.kind = &kind_deal, .owner = request->actor.party};
    struct looked looked = {.count = 0};
    struct err ignored;

    if (!request->actor.party || !may(&request->actor, ACT_STEP, &object, &ignored))
        return true;
    if (!unit_deals(request, &looked, err))
        return false;
    for (size_t i = 0; i < looked.count; i++)
        if (!pier_add(request, looked.ids[i], looked.since_ms[i], tasks, err))
            return false;
    return dues_add(request, tasks, err);
}

/* --- a researcher's --- */

static void rewards_add(struct request *request, const struct rights *rights, json_t *tasks)
{
    const char *what = say(request, N_("奖酬应当发给您")).at;

    for (size_t i = 0; i < rights->award_count; i++) {
        const struct rights_share *share = &rights->awards[i];

        if (!share->paid && share->due)
            task_add(request, &(struct deal_task){what, share->title, say(request, N_("请向单位成果转化部门了解发放安排")),
                                                  slice_of(share->due_rule->title), "/rights", 0, share->due}, tasks);
    }
}

/* Where his region's text gives a right that has ripened (work/rights.h). */
static void ripe_add(struct request *request, const struct rights *rights, json_t *tasks)
{
    const char *what = say(request, N_("满一年没有转化，可以行使的权利")).at;

    for (size_t i = 0; i < rights->achievement_count; i++) {
        const struct rights_achievement *of = &rights->achievements[i];

        if (of->rule && of->answer.verdict == RULE_YES)
            task_add(request, &(struct deal_task){what, of->record.values[ACHIEVEMENT_TITLE].text, SLICE(""), slice_of(of->rule->title),
                                                  "/rights", 0, 0}, tasks);
    }
}

static bool researcher_add(struct request *request, json_t *tasks, struct err *err)
{
    struct rights *rights;

    if (!request->actor.party || !actor_has(&request->actor, ROLE_RESEARCHER))
        return true;
    rights = arena_zero(request->arena, 1, sizeof *rights);
    if (!rights_of(request->sql, &request->web->city->law, &request->actor, day_of_ms(request->now_ms), request->arena, rights, err))
        return false;
    rewards_add(request, rights, tasks);
    ripe_add(request, rights, tasks);
    return true;
}

/* --- of a scope --- */

static bool seen(struct request *request, int64_t deal, enum action action, struct slice *title, bool *yes, struct err *err)
{
    struct record record;
    struct object object;
    struct err ignored;

    if (!record_get(request->sql, &kind_deal, deal, request->arena, &record, err) || !object_of(request->sql, &record, &request->actor, &object, err))
        return false;
    *title = record.values[DEAL_TITLE].text;
    *yes = may(&request->actor, action, &object, &ignored);
    return true;
}

/* What the agency has, by the days it has left. */
static bool registrations_add(struct request *request, const struct role_grant *grant, json_t *tasks, struct err *err)
{
    struct stood stood[REGISTRATIONS];
    int64_t from, to;
    size_t count;

    if (!scope_range(grant, &from, &to))
        return true;
    if (!standing_registrations(request->sql, from, to, stood, REGISTRATIONS, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct slice title;
        bool yes;

        if (!seen(request, stood[i].deal, ACT_REGISTER, &title, &yes, err))
            return false;
        if (yes)
            task_add(request, &(struct deal_task){pier_label(request, PIER_REGISTER), title, say(request, N_("核对合同，填登记结果，或要求补正")),
                                                  say(request, N_("技术合同认定登记管理办法")),
                                                  arena_print(request->arena, "/registrations/%lld", (long long)stood[i].deal),
                                                  stood[i].since_ms, stood[i].due}, tasks);
    }
    return true;
}

/* What has not moved for STUCK_DAYS, the longest first: it is the officer's to ask, not to do. */
static bool stuck_add(struct request *request, const struct role_grant *grant, json_t *tasks, struct err *err)
{
    struct stood stood[3 * STUCK_MOST];
    int64_t from, to;
    size_t count, added = 0;

    if (!scope_range(grant, &from, &to))
        return true;
    if (!standing_of_region(request->sql, from, to, stood, 3 * STUCK_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count && added < STUCK_MOST; i++) {
        int days = day_of_ms(request->now_ms) - day_of_ms(stood[i].since_ms);
        struct slice title, whom = say(request, turn_label(stood[i].turn));
        bool yes;

        if (days < STUCK_DAYS || stood[i].turn == TURN_CLOCK)
            continue;
        if (!seen(request, stood[i].deal, ACT_SEE, &title, &yes, err))
            return false;
        if (yes)
            task_add(request, &(struct deal_task){pier_label(request, stood[i].pier), title,
                                                  request->english ? PUT(request, "With %.*s for %d days", TEXT(whom), days)
                                                                   : PUT(request, "轮到%.*s，已经 %d 天", TEXT(whom), days),
                                                  SLICE(""), deal_path(request, stood[i].deal), stood[i].since_ms, stood[i].due}, tasks);
        added += yes;
    }
    return true;
}

static bool scopes_add(struct request *request, json_t *tasks, struct err *err)
{
    for (size_t i = 0; i < request->actor.grant_count; i++) {
        const struct role_grant *grant = &request->actor.grants[i];

        if (grant->role == ROLE_REGISTRAR && !registrations_add(request, grant, tasks, err))
            return false;
        if (role_is_officer(grant->role) && !stuck_add(request, grant, tasks, err))
            return false;
    }
    return true;
}

bool desk_deals_add(struct request *request, json_t *tasks, struct err *err)
{
    return unit_add(request, tasks, err) && researcher_add(request, tasks, err) && scopes_add(request, tasks, err);
}
