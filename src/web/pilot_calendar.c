/*
 * GET /pilot/:id/calendar: what holds a capability and what is free, day by day; /pilot/:id/calendar.ics: the same for a calendar program.
 * Document: {"pilot_calendar": {title, href, stations, from, until, days: [{day, weekday, shut, held: [{from, until, stations, what, href,
 *   maintenance}], free: [{from, until, stations}]}], earlier, later, week, month, ics}}. Whose job it is the platform alone reads.
 */
#include "base/clock.h"
#include "base/json.h"
#include "file/ics.h"
#include "web/handlers.h"
#include "web/pilot.h"
#include "web/say.h"
#include "work/pilot.h"

enum { WEEK = 7, MONTH = 31, ICS_DAYS = 90 };

struct calendar_view {
    struct request *request;
    struct matter_file file;
    int32_t from, until;
    struct slot *list;
    size_t count;
    bool own;
};

static bool view_read(struct request *request, struct calendar_view *view, int32_t days, struct err *err)
{
    struct slice typed = request_value(request, "from");
    int32_t today = day_of_ms(request->now_ms);

    *view = (struct calendar_view){.request = request, .from = today, .list = arena_alloc(request->arena, SLOTS_MOST * sizeof *view->list)};
    if (typed.len && !day_parse(typed, &view->from))
        return err_set(err, ERR_INVALID, "日期不对") || err_hint(err, "写成 2027-06-30 的样子") || err_field(err, "from");
    view->until = view->from + days - 1;
    if (!matter_load(request->sql, matter_sort_of(&kind_capability), request->id, &request->actor, today, request->arena, &view->file, err)
        || !slot_list(request->sql, request->id, slot_hour(view->from, 0), slot_hour(view->until + 1, 0), request->arena, view->list, SLOTS_MOST,
                      &view->count, err))
        return false;
    view->own = view->file.sight == SIGHT_ALL;
    return true;
}

/* --- a day --- */

static json_t *span_json(const struct calendar_view *view, int64_t from, int64_t until, int64_t stations)
{
    json_t *out = json_object();

    json_put(out, "from", slice_of(arena_print(view->request->arena, "%lld:00", (long long)from)));
    json_put(out, "until", slice_of(arena_print(view->request->arena, "%lld:00", (long long)until)));
    json_object_set_new_nocheck(out, "stations", json_integer(stations));
    return out;
}

static json_t *held_json(const struct calendar_view *view, const struct slot *slot, int32_t day)
{
    int64_t first = slot->first > slot_hour(day, 0) ? slot->first - slot_hour(day, 0) : 0;
    int64_t last = slot->last < slot_hour(day + 1, 0) ? slot->last - slot_hour(day, 0) : 24;
    json_t *out = span_json(view, first, last, slot->stations);
    bool maintenance = slot->matter == view->file.matter.id;

    json_object_set_new_nocheck(out, "maintenance", json_boolean(maintenance));
    if (view->own && slot->what.len)
        json_put(out, "what", slot->what);
    if (view->own && !maintenance)
        json_put(out, "href", slice_of(arena_print(view->request->arena, "/pilot_jobs/%lld", (long long)slot->matter)));
    json_fill(out, "what href");
    return out;
}

/* Hours in a row with as many free stations make one span. */
static json_t *free_json(const struct calendar_view *view, int32_t day)
{
    const struct record *capability = &view->file.matter;
    int64_t opens = matter_number(capability, CAPABILITY_OPENS), closes = matter_number(capability, CAPABILITY_CLOSES), begin = opens, before = -1;
    json_t *out = json_array();

    for (int64_t hour = opens; hour <= closes; hour++) {
        int64_t at = slot_hour(day, hour);
        int64_t free = hour == closes ? -1 : matter_number(capability, CAPABILITY_STATIONS) - slot_peak(view->list, view->count, at, at + 1);

        if (free == before)
            continue;
        if (before > 0)
            json_array_append_new(out, span_json(view, begin, hour, before));
        begin = hour;
        before = free;
    }
    return out;
}

static const char *weekday(int32_t day)
{
    static const char *const names[] = {N_("周四"), N_("周五"), N_("周六"), N_("周日"), N_("周一"), N_("周二"), N_("周三")};

    return names[((day % WEEK) + WEEK) % WEEK]; /* 1 January 1970 was a Thursday */
}

static json_t *day_json(const struct calendar_view *view, int32_t day)
{
    bool open = matter_number(&view->file.matter, CAPABILITY_WEEKENDS) || calendar_works(view->request->web->city->law.calendar, day);
    json_t *out = json_object(), *held = json_array();

    for (size_t i = 0; i < view->count; i++)
        if (view->list[i].first < slot_hour(day + 1, 0) && view->list[i].last > slot_hour(day, 0))
            json_array_append_new(held, held_json(view, &view->list[i], day));
    json_put_day(out, "day", day);
    json_put(out, "weekday", say(view->request, weekday(day)));
    json_object_set_new_nocheck(out, "shut", json_boolean(!open));
    json_object_set_new_nocheck(out, "held", held);
    json_object_set_new_nocheck(out, "free", open ? free_json(view, day) : json_array());
    return out;
}

/* --- the page --- */

static void turn_put(const struct calendar_view *view, json_t *out, const char *name, int32_t from, int32_t days)
{
    char day[CLOCK_TEXT];

    json_put(out, name, slice_of(arena_print(view->request->arena, "/pilot/%lld/calendar?from=%s&days=%d", (long long)view->request->id,
                                             day_show(from, day), days)));
}

bool pilot_calendar_get(struct request *request, struct err *err)
{
    int32_t days = request_number(request, "days", WEEK) > WEEK ? MONTH : WEEK;
    struct calendar_view view;
    json_t *document, *out, *list;

    if (!view_read(request, &view, days, err))
        return false;
    document = json_object();
    out = json_object();
    list = json_array();
    for (int32_t day = view.from; day <= view.until; day++)
        json_array_append_new(list, day_json(&view, day));
    json_put(out, "title", matter_text(&view.file.matter, MATTER_TITLE));
    json_put(out, "href", slice_of(arena_print(request->arena, "/capabilities/%lld", (long long)request->id)));
    json_object_set_new_nocheck(out, "stations", json_integer(matter_number(&view.file.matter, CAPABILITY_STATIONS)));
    json_put_day(out, "from", view.from);
    json_put_day(out, "until", view.until);
    json_object_set_new_nocheck(out, "days", list);
    turn_put(&view, out, "earlier", view.from - days, days);
    turn_put(&view, out, "later", view.from + days, days);
    turn_put(&view, out, "week", view.from, WEEK);
    turn_put(&view, out, "month", view.from, MONTH);
    json_put(out, "ics", slice_of(arena_print(request->arena, "/pilot/%lld/calendar.ics", (long long)request->id)));
    json_object_set_new_nocheck(document, "pilot_calendar", out);
    return request_page(request, "pilot_calendar", document);
}

/* --- for calendar programs --- */

static void slot_write(const struct calendar_view *view, const struct slot *slot, int32_t day, struct text *out)
{
    struct arena *arena = view->request->arena;
    bool maintenance = slot->matter == view->file.matter.id;
    struct slice word = say(view->request, maintenance ? N_("检修") : N_("已排"));
    int64_t first = slot->first > slot_hour(day, 0) ? slot->first - slot_hour(day, 0) : 0;
    int64_t last = slot->last < slot_hour(day + 1, 0) ? slot->last - slot_hour(day, 0) : 24;
    struct ics_day event = {.day = day, .stamp_ms = view->request->now_ms};

    event.uid = arena_print(arena, "booking-%lld-%d@tieqiao", (long long)slot->booking, day);
    event.summary = slice_of(arena_print(arena, "%.*s %lld:00-%lld:00 x%lld", (int)word.len, word.at, (long long)first, (long long)last,
                                         (long long)slot->stations));
    ics_day(out, &event);
}

bool pilot_calendar_ics(struct request *request, struct err *err)
{
    struct calendar_view view;

    if (!view_read(request, &view, ICS_DAYS, err))
        return false;
    request->exchange->reply_type = SLICE("text/calendar; charset=utf-8");
    request->keep = "private, max-age=900";
    ics_begin(&request->exchange->reply, matter_text(&view.file.matter, MATTER_TITLE));
    for (size_t i = 0; i < view.count; i++)
        for (int32_t day = (int32_t)(view.list[i].first / 24); day <= (int32_t)((view.list[i].last - 1) / 24); day++)
            slot_write(&view, &view.list[i], day, &request->exchange->reply);
    ics_end(&request->exchange->reply);
    return true;
}
