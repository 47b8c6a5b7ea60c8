/* What happens in a matter's room, as it happens: server-sent events (web/live.h). */
#include "base/ident.h"
#include "base/json.h"
#include "web/handlers.h"
#include "web/live.h"
#include "web/matter.h"

/* Where to begin: behind the leaf that the reader names, as EventSource does or in the query; else with what comes next. */
static bool read_from(struct request *request, uint64_t *from, struct err *err)
{
    struct slice given = slice_trim(http_header(request->exchange, "Last-Event-ID"));
    uint64_t size;
    int64_t last;

    if (!given.len)
        given = slice_trim(request_value(request, "since"));
    if (!ledger_size(request->sql, &size, err))
        return false;
    *from = size;
    if (!given.len)
        return true;
    if (!ident_parse(given, &last) && !slice_is(given, "0")) {
        err_set(err, ERR_INVALID, "Last-Event-ID 不是账本的序号");
        return err_hint(err, "照收到的 id 原样写；没有就不写，从现在看起") || err_field(err, "since");
    }
    *from = slice_is(given, "0") ? 1 : (uint64_t)last + 1;
    if (*from <= size)
        return true;
    err_set(err, ERR_CONFLICT, "账本还没有第 %llu 条，不知道从哪里接着看", (unsigned long long)*from - 1);
    return err_hint(err, "重新打开这件事的页面，从它的现状看起");
}

json_t *matter_events_json(const struct matter_page *page)
{
    const struct matter_state *state = matter_state_of(page->sort, &page->file.matter);
    struct request *request = page->request;
    struct err ignored;
    json_t *events;
    uint64_t size;

    if (request->api || !page->file.matter.ver || !state || (state->over && !page->sort->room_count)
        || !ledger_size(request->sql, &size, &ignored) || size == 0)
        return json_null();
    events = json_object();
    json_put(events, "here", slice_of(arena_print(request->arena, "/%s/%lld", page->sort->kind->plural, (long long)page->file.matter.id)));
    json_put(events, "href", slice_of(arena_print(request->arena, "/api/v1/%s/%lld/events?since=%llu", page->sort->kind->plural,
                                                  (long long)page->file.matter.id, (unsigned long long)size - 1)));
    return events;
}

static bool enter(struct request *request, const struct live_watch *watch, struct err *err)
{
    bool own;

    if (live_enter(request->web->live, watch, &request->reader, &own, err))
        return true;
    if (own && err->code == ERR_BUSY) {
        request->status = 429;
        http_reply_header(request->exchange, "Retry-After", SLICE("30"));
    }
    return false;
}

bool matter_events_get(struct request *request, struct err *err)
{
    const struct matter_sort *sort = matter_sort_of(request->kind);
    struct live_watch watch = {.place = {sort, request->id}, .actor = &request->actor, .session = &request->session,
                               .address = http_address_block(request->exchange->address)};
    enum matter_sight sight;
    struct record matter;
    unsigned sides;

    if (!request_is_api(request))
        return request_see(request, "/%s/%lld", sort->kind->plural, (long long)request->id);
    if (!record_get(request->sql, sort->kind, request->id, request->arena, &matter, err)
        || !matter_sight(request->sql, sort, &matter, &request->actor, &sides, &sight, err))
        return false;
    if (sight == SIGHT_NONE)
        return record_missing(sort->kind, err);
    if (!read_from(request, &watch.from, err) || !enter(request, &watch, err))
        return false;
    live_greet(watch.from, &request->exchange->reply);
    return true;
}
