#include "web/leave.h"

#include "base/json.h"
#include "web/view.h"
#include "work/leave.h"

static void given_add(struct request *request, const struct leave *leave, bool by_whom, json_t *line)
{
    struct leaf leaf;
    struct err ignored;
    struct slice who;

    if (!ledger_get(request->sql, (uint64_t)leave->leaf, &leaf, &ignored))
        return;
    json_object_set_new_nocheck(line, "since", json_integer(leaf.time_ms));
    who = by_whom ? actor_name(request->sql, leaf.actor, request->arena) : SLICE("");
    if (who.len)
        json_put(line, "who", who);
}

static json_t *party_line(struct request *request, const struct leave *leave)
{
    json_t *line = json_object();

    json_put_id(line, "id", leave->party);
    json_put(line, "name", record_title(request->sql, &kind_party, leave->party, request->arena));
    json_put(line, "href", slice_of(arena_print(request->arena, "/parties/%lld", (long long)leave->party)));
    given_add(request, leave, true, line);
    json_put(line, "end", slice_of(arena_print(request->arena, "/%s/%lld/nda", leave->kind->plural,
                                               (long long)leave->object)));
    json_put(line, "request_id", request_fresh(request));
    json_fill(line, "since who");
    return line;
}

bool leave_parties_add(struct request *request, const struct kind *kind, int64_t record, json_t *nda, struct err *err)
{
    struct leaves *leaves = arena_alloc(request->arena, sizeof *leaves);
    json_t *parties = json_array();

    json_object_set_new_nocheck(nda, "parties", parties);
    if (!leaves_of_record(request->sql, kind, record, leaves, err))
        return false;
    for (size_t i = 0; i < leaves->count; i++)
        json_array_append_new(parties, party_line(request, &leaves->list[i]));
    json_object_set_new_nocheck(nda, "more", json_boolean(leaves->more));
    return true;
}

static json_t *record_line(struct request *request, const struct leave *leave, const struct record *record, bool named)
{
    json_t *line = json_object();

    json_put(line, "href", slice_of(arena_print(request->arena, "/%s/%lld", record->kind->plural, (long long)record->id)));
    json_put(line, "title", record->values[record->kind->title].text);
    json_object_set_new_nocheck(line, "kind", label_json(record->kind->name, record->kind->label, record->kind->label_en));
    if (named && record->owner)
        json_put(line, "who", record_title(request->sql, &kind_party, record->owner, request->arena));
    given_add(request, leave, false, line);
    json_fill(line, "who since");
    return line;
}

/* One that is closed, or whose leave does not reach this person's role, is left out. */
static bool opened_line(struct request *request, const struct leave *leave, json_t *lines, struct err *err)
{
    struct record record;
    struct object object;
    struct err ignored;

    if (!record_get(request->sql, leave->kind, leave->object, request->arena, &record, err)
        || !object_of(request->sql, &record, &request->actor, &object, err))
        return false;
    if (may(&request->actor, ACT_SEE, &object, &ignored) && may_level(&request->actor, &object) >= LEVEL_NDA)
        json_array_append_new(lines, record_line(request, leave, &record,
                                                 may_see_owner(&request->actor, &object, &record)));
    return true;
}

bool leave_opened_add(struct request *request, json_t *desk, struct err *err)
{
    struct leaves *leaves = arena_alloc(request->arena, sizeof *leaves);
    json_t *opened, *lines;
    bool ok;

    if (!request->actor.party)
        return true;
    if (!leaves_of_party(request->sql, request->actor.party, leaves, err))
        return false;
    lines = json_array();
    ok = true;
    for (size_t i = 0; ok && i < leaves->count; i++)
        ok = opened_line(request, &leaves->list[i], lines, err);
    opened = json_object();
    json_object_set_new_nocheck(opened, "lines", lines);
    json_object_set_new_nocheck(opened, "more", json_boolean(leaves->more));
    if (json_array_size(lines))
        json_object_set_nocheck(desk, "opened", opened);
    json_decref(opened);
    return ok;
}
