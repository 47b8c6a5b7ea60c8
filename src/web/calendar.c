/* GET /calendar/TOKEN.ics: the days ahead of whoever made the address, for a calendar program that cannot sign in (work/agenda.h). */
#include "base/clock.h"
#include "file/ics.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/agenda.h"
#include "work/reminder.h"
#include "work/wish.h"

/* "/calendar/<64 hex>.ics" */
static bool token_of(const struct request *request, struct slice *token)
{
    static const struct slice before = {"/calendar/", 10}, after = {".ics", 4};

    if (request->path.len != before.len + FEED_TOKEN + after.len
        || memcmp(request->path.at + request->path.len - after.len, after.at, after.len) != 0)
        return false;
    *token = (struct slice){request->path.at + before.len, FEED_TOKEN};
    return true;
}

static void day_write(struct request *request, const struct agenda_day *day, struct text *out)
{
    struct slice label = slice_of(request->english ? day->sort->label_en : day->sort->label), summary;
    struct ics_day event = {.day = day->day, .stamp_ms = day->since_ms ? day->since_ms : request->now_ms, .alarm_days = DUE_AHEAD};

    summary = slice_of(arena_print(request->arena, request->english ? "%.*s: %.*s" : "%.*s：%.*s", (int)label.len, label.at, (int)day->title.len,
                                   day->title.at));
    event.uid = arena_print(request->arena, "deal-%lld-%s-%lld%s@tieqiao", (long long)day->deal, day->sort->name, (long long)day->no,
                            strcmp(day->path, "/rights") == 0 ? "-own" : "");
    event.summary = summary;
    if (*reminder_site(request->web->city->reminder))
        event.url = slice_of(arena_print(request->arena, "%s%s", reminder_site(request->web->city->reminder), day->path));
    ics_day(out, &event);
}

static bool no_feed(struct err *err)
{
    return err_set(err, ERR_MISSING, "没有这个日历，或者它的地址已经收回") || err_hint(err, "在账号页另取一个地址");
}

bool calendar_get(struct request *request, struct err *err)
{
    struct agenda_day *list = arena_alloc(request->arena, AGENDA_MOST * sizeof *list);
    struct slice token;
    struct actor actor;
    int64_t account;
    size_t count;

    if (!token_of(request, &token))
        return no_feed(err);
    if (!feed_find(request->sql, token, &account, &request->english, err))
        return false;
    if (!account || !actor_load(request->sql, account, &actor, err))
        return account && err->code != ERR_SIGN_IN ? false : no_feed(err);
    if (!agenda_of(request->sql, &request->web->city->law, &actor, day_of_ms(request->now_ms), request->arena, list, &count, err))
        return false;
    request->exchange->reply_type = SLICE("text/calendar; charset=utf-8");
    request->keep = "private, max-age=900";
    ics_begin(&request->exchange->reply, say(request, N_("铁桥：转化项目的日子")));
    for (size_t i = 0; i < count; i++)
        day_write(request, &list[i], &request->exchange->reply);
    ics_end(&request->exchange->reply);
    return true;
}
