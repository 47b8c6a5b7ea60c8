/*
 * Needs and who answers them.
 * Document of /needs-waiting: {"waiting": {tally: {days, needs, in_time, later, overdue, confirmed, share}, lines: [{href, title, firm,
 *   published, due, waited, late, take, assign, fits: [{href, title, level}]}], further}}
 */
#include "web/talent.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/need.h"
#include "web/address.h"
#include "web/handlers.h"
#include "work/fit.h"
#include "work/talent.h"

enum { WAITING_SHOWN = 40, FITS_SHOWN = 2, TALLY_DAYS = 90 };

static void begin_put(struct request *request, json_t *out, const char *name, bool may, const char *path, int64_t id)
{
    if (may)
        json_put(out, name, slice_of(arena_print(request->arena, "%s%lld", path, (long long)id)));
}

#define TAKE "/need-cares/new?step=take&need="
#define ASSIGN "/need-cares/new?step=assign&need="

static bool may_take(const struct actor *actor)
{
    return actor->person && actor_has(actor, ROLE_MANAGER);
}

/* --- those that nobody has taken --- */

static json_t *fits_json(struct request *request, int64_t need)
{
    struct fit fits[FITS_SHOWN];
    json_t *list = json_array();
    struct record record;
    struct err ignored;
    size_t count;

    if (!record_get(request->sql, &kind_need, need, request->arena, &record, &ignored))
        return list;
    count = fit_list(request->sql, &record, COLUMN_ACHIEVEMENT, request->arena, fits, FITS_SHOWN);
    for (size_t i = 0; i < count; i++) {
        json_t *fit = json_object();

        json_put(fit, "title", fits[i].title);
        json_put(fit, "href", slice_of(arena_print(request->arena, "/%s/%lld", fits[i].kind->plural, (long long)fits[i].other)));
        json_object_set_new_nocheck(fit, "level", json_integer(fits[i].rating));
        json_array_append_new(list, fit);
    }
    return list;
}

static json_t *line_json(struct request *request, const struct care_line *found)
{
    json_t *line = json_object();

    json_put(line, "title", found->title);
    json_put(line, "href", slice_of(arena_print(request->arena, "/needs/%lld", (long long)found->need)));
    if (found->owner)
        json_put(line, "firm", record_title(request->sql, &kind_party, found->owner, request->arena));
    json_put_day(line, "published", found->published);
    json_put_day(line, "due", found->due);
    json_object_set_new_nocheck(line, "waited", json_integer(found->waited));
    json_object_set_new_nocheck(line, "late", json_boolean(day_of_ms(request->now_ms) > found->due));
    begin_put(request, line, "take", may_take(&request->actor), TAKE, found->need);
    begin_put(request, line, "assign", actor_is_officer(&request->actor), ASSIGN, found->need);
    json_object_set_new_nocheck(line, "fits", fits_json(request, found->need));
    json_fill(line, "firm take assign");
    return line;
}

static json_t *tally_json(struct request *request, const struct care_tally *tally)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "days", json_integer(TALLY_DAYS));
    json_object_set_new_nocheck(out, "needs", json_integer(tally->needs));
    json_object_set_new_nocheck(out, "in_time", json_integer(tally->in_time));
    json_object_set_new_nocheck(out, "later", json_integer(tally->later));
    json_object_set_new_nocheck(out, "overdue", json_integer(tally->overdue));
    json_object_set_new_nocheck(out, "confirmed", json_integer(tally->confirmed));
    if (tally->needs)
        json_put(out, "share", slice_of(arena_print(request->arena, "%lld.%lld %%", (long long)(tally->in_time * 1000 / tally->needs / 10),
                                                    (long long)(tally->in_time * 1000 / tally->needs % 10))));
    json_fill(out, "share");
    return out;
}

bool needs_waiting_get(struct request *request, struct err *err)
{
    struct care_line *list = arena_alloc(request->arena, WAITING_SHOWN * sizeof *list);
    const struct law *law = &request->web->city->law;
    int32_t today = day_of_ms(request->now_ms);
    json_t *document, *waiting, *lines;
    struct care_tally tally;
    bool further;
    size_t count;

    if (!care_queue(request->sql, law, today, request->arena, list, WAITING_SHOWN, &count, &further, err)
        || !care_tally(request->sql, law, today - TALLY_DAYS, today, today, &tally, err))
        return false;
    document = json_object();
    waiting = json_object();
    lines = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, line_json(request, &list[i]));
    json_object_set_new_nocheck(waiting, "tally", tally_json(request, &tally));
    json_object_set_new_nocheck(waiting, "lines", lines);
    json_object_set_new_nocheck(waiting, "further", json_boolean(further));
    json_object_set_new_nocheck(document, "waiting", waiting);
    return request_page(request, "needs_waiting", document);
}

/* --- one need's --- */

static json_t *manager_json(struct request *request, const struct need_answer *answer)
{
    json_t *manager = json_object();

    json_put(manager, "name", answer->name);
    json_put(manager, "href", slice_of(arena_print(request->arena, "/people/%lld", (long long)answer->manager)));
    if (request->actor.account)
        json_put(manager, "phone", answer->phone);
    json_fill(manager, "phone");
    return manager;
}

/* He who answers for a need opens a case on it; a client that hides in its need he names himself. */
static void case_put(struct request *request, const struct record *need, json_t *out)
{
    bool hidden = need->values[NEED_HIDDEN].known && need->values[NEED_HIDDEN].number;
    struct text path;

    text_init(&path);
    text_print(&path, "/cases/new?step=open&stands=need&need=%lld", (long long)need->id);
    if (!hidden)
        address_add(&path, "client", record_title(request->sql, &kind_party, need->owner, request->arena));
    json_put(out, "open_case", text_slice(&path));
    text_release(&path);
}

static void doors_put(struct request *request, const struct record *need, const struct need_answer *answer, json_t *out)
{
    const struct actor *actor = &request->actor;
    bool own = acts_for(actor, need->owner), open = need->status == RECORD_OPEN;

    begin_put(request, out, "take", open && !answer->care && may_take(actor), TAKE, need->id);
    begin_put(request, out, "assign", open && !answer->care && actor_is_officer(actor), ASSIGN, need->id);
    if (open && answer->care && answer->manager == actor->person && acts_for(actor, actor->party))
        case_put(request, need, out);
    begin_put(request, out, "propose", open && !own && acts_for(actor, actor->party), "/proposals/new?step=propose&need=", need->id);
    begin_put(request, out, "test", open && own, "/need-tests/new?step=ask&need=", need->id);
}

json_t *care_of_record(struct request *request, const struct record *record)
{
    int32_t today = day_of_ms(request->now_ms);
    struct need_answer answer;
    struct err ignored;
    json_t *out;

    if (record->kind->id != KIND_NEED
        || !care_of_need(request->sql, &request->web->city->law, record->id, today, request->arena, &answer, &ignored))
        return json_null();
    out = json_object();
    if (answer.care)
        json_object_set_new_nocheck(out, "manager", manager_json(request, &answer));
    if (!request->actor.account)
        json_put(out, "sign_in", slice_of(arena_print(request->arena, "/sign-in?next=%s", request_here(request))));
    json_put_day(out, "published", answer.published);
    json_put_day(out, "due", answer.due);
    if (answer.taken)
        json_put_day(out, "taken", answer.taken);
    if (answer.answered)
        json_put_day(out, "answered", answer.answered);
    json_object_set_new_nocheck(out, "waited", json_integer(answer.waited));
    json_object_set_new_nocheck(out, "late", json_boolean(!answer.answered && today > answer.due && record->status == RECORD_OPEN));
    json_object_set_new_nocheck(out, "confirmed", json_boolean(answer.confirmed));
    json_object_set_new_nocheck(out, "tested", json_boolean(answer.tested));
    doors_put(request, record, &answer, out);
    json_fill(out, "manager sign_in taken answered take assign open_case propose test");
    return out;
}
