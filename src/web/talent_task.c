/* What waits for a technology manager besides his matters: needs that nobody has taken, and deals past his cases. */
#include "web/talent.h"

#include "base/clock.h"
#include "base/json.h"
#include "work/talent.h"

enum { QUEUE_LOOKED = 20, CASES_LOOKED = 40, DEALS_MOST = 4 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

static void task_add(json_t *tasks, struct slice text, struct slice href, bool late)
{
    json_t *task = json_object();

    json_put(task, "text", text);
    json_put(task, "href", href);
    json_object_set_new_nocheck(task, "late", json_boolean(late));
    json_fill(task, "due basis article since");
    json_array_append_new(tasks, task);
}

static bool waiting_add(struct request *request, json_t *tasks, struct err *err)
{
    struct care_line list[QUEUE_LOOKED];
    int32_t today = day_of_ms(request->now_ms);
    size_t count, late = 0;
    bool further;

    if (!care_queue(request->sql, &request->web->city->law, today, request->arena, list, QUEUE_LOOKED, &count, &further, err))
        return false;
    for (size_t i = 0; i < count; i++)
        late += today > list[i].due;
    if (count)
        task_add(tasks, request->english ? PUT(request, "%zu%s needs wait for a technology manager, %zu of them past their day", count, further ? "+" : "", late)
                                         : PUT(request, "%zu%s 项需求等人领取，其中 %zu 项已过期限", count, further ? "+" : "", late),
                 SLICE("/needs-waiting"), late > 0);
    return true;
}

static bool case_add(struct request *request, const struct record *matter, json_t *tasks, struct err *err)
{
    struct case_deal deals[DEALS_MOST];
    struct slice title = matter_text(matter, MATTER_TITLE);
    size_t count;

    if (!case_deals(request->sql, &request->web->city->law, matter, deals, DEALS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (deals[i].bypass) {
            task_add(tasks, request->english ? PUT(request, "A deal between those introduced that the case of %.*s does not name: perhaps a bypass", (int)title.len, title.at)
                                             : PUT(request, "案件“%.*s”：引荐的双方有没登记的转化项目，疑似跳单", (int)title.len, title.at),
                     PUT(request, "/cases/%lld", (long long)matter->id), true);
            return true;
        }
    return true;
}

static bool cases_add(struct request *request, json_t *tasks, struct err *err)
{
    struct matter_query query = {.state = "signed", .mine = true};
    struct record *list = arena_alloc(request->arena, CASES_LOOKED * sizeof *list);
    int64_t further;
    size_t count;

    if (!matter_list(request->sql, &sort_case_work, &request->actor, &query, request->arena, list, CASES_LOOKED, &count, &further, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!case_add(request, &list[i], tasks, err))
            return false;
    return true;
}

bool talent_tasks_add(struct request *request, json_t *tasks, struct err *err)
{
    if (!actor_has(&request->actor, ROLE_MANAGER))
        return true;
    return waiting_add(request, tasks, err) && cases_add(request, tasks, err);
}
