/* What waits at a person's desk in the deals of his unit: the pier each stands at, and by when. */
#include "web/desk.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/choice.h"
#include "web/say.h"
#include "work/deal.h"

enum { DEALS_LOOKED_AT = 12 };

static void task_add(struct request *request, const struct deal_file *file, const struct pier_state *state, int at, json_t *tasks)
{
    const struct choice *pier = choice_find(choice_list_get("pier"), slice_of(pier_code((enum pier)at)));
    const struct value *title = &file->deal.values[DEAL_TITLE];
    json_t *task = json_object();
    char day[CLOCK_TEXT];

    json_put(task, "text", slice_of(arena_print(request->arena, request->english ? "%s · %.*s" : "%s：%.*s",
                                                request->english ? pier->label_en : pier->label, (int)title->text.len, title->text.at)));
    json_put(task, "href", slice_of(arena_print(request->arena, "/deals/%lld", (long long)file->deal.id)));
    if (state->due)
        json_put(task, "due", slice_of(day_show(state->due, day)));
    json_object_set_new_nocheck(task, "late", json_boolean(state->due && state->due < file->today));
    json_put(task, "basis", say_message(request, &state->missing));
    json_fill(task, "due");
    json_array_append_new(tasks, task);
}

bool desk_deals_add(struct request *request, json_t *tasks, struct err *err)
{
    struct object object = {.kind = &kind_deal, .owner = request->actor.party};
    struct record *list = arena_alloc(request->arena, DEALS_LOOKED_AT * sizeof *list);
    int32_t today = day_of_ms(request->now_ms);
    struct err ignored;
    size_t count;

    if (!request->actor.party || !may(&request->actor, ACT_STEP, &object, &ignored))
        return true;
    if (!deal_list(request->sql, &request->actor, &(struct deal_query){.owner = request->actor.party}, request->arena, list, DEALS_LOOKED_AT, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        struct deal_file file;
        struct deal_bridge bridge;

        if (list[i].status != RECORD_OPEN)
            continue;
        if (!deal_load(request->sql, list[i].id, today, request->arena, &file, err)
            || !deal_look(&request->web->city->law, &file, &bridge, err))
            return false;
        if (bridge.at < PIER_COUNT && bridge.piers[bridge.at].turn != TURN_CLOCK)
            task_add(request, &file, &bridge.piers[bridge.at], bridge.at, tasks);
    }
    return true;
}
