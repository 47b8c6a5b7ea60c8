/*
 * What a case's page shows besides the matter's own: introductions and claims of it, deals between those introduced that it does not name.
 * Into "matter": "case": {commission, asked, introduce, introductions: [line], claim, claims: [line], deals: [{deal, href, other,
 *   introduced, begun, bypass, conclude, claim}]}; commission in words, null before something was brought about; asked: what it would be by
 *   what the broker says and the client has not confirmed, else null; the doors null for who has none
 */
#include "base/json.h"
#include "base/money.h"
#include "web/address.h"
#include "web/matter.h"
#include "web/talent.h"
#include "work/talent.h"

enum { LINES_MOST = 40, DEALS_MOST = 10 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

static bool lines_put(const struct matter_page *page, const struct matter_sort *sort, size_t field, const char *name, json_t *out,
                      struct err *err)
{
    struct request *request = page->request;
    struct record *list = arena_alloc(request->arena, LINES_MOST * sizeof *list);
    size_t count;

    if (!matter_about(request->sql, sort, field, page->file.matter.id, &request->actor, request->arena, list, LINES_MOST, &count, err))
        return false;
    json_object_set_new_nocheck(out, name, matter_lines_json(request, sort, list, count));
    return true;
}

/* The step's form with the deal and the other side in it. */
static struct slice step_door(const struct matter_page *page, const char *step, const struct case_deal *deal, struct slice other)
{
    struct slice path;
    struct text text;

    text_init(&text);
    text_print(&text, "/cases/%lld?step=%s&deal=%lld", (long long)page->file.matter.id, step, (long long)deal->deal);
    address_add(&text, "other", other);
    text_add(&text, "#step", 5);
    path = arena_copy(page->request->arena, text_slice(&text));
    text_release(&text);
    return path;
}

static bool can(const struct matter_page *page, const char *step)
{
    return matter_step_fits(&page->file, matter_step_find(page->sort, slice_of(step)));
}

static json_t *deal_json(const struct matter_page *page, const struct case_deal *deal)
{
    struct slice other = record_title(page->request->sql, &kind_party, deal->other, page->request->arena);
    json_t *out = json_object();

    json_put_id(out, "deal", deal->deal);
    json_put(out, "href", PUT(page->request, "/deals/%lld", (long long)deal->deal));
    json_put(out, "other", other);
    json_put_day(out, "introduced", deal->introduced);
    json_put_day(out, "begun", deal->begun);
    json_object_set_new_nocheck(out, "bypass", json_boolean(deal->bypass));
    if (can(page, "conclude"))
        json_put(out, "conclude", step_door(page, "conclude", deal, other));
    if (can(page, "bypass"))
        json_put(out, "claim", step_door(page, "bypass", deal, other));
    json_fill(out, "conclude claim");
    return out;
}

static bool deals_put(const struct matter_page *page, json_t *out, struct err *err)
{
    struct request *request = page->request;
    struct case_deal list[DEALS_MOST];
    json_t *deals;
    size_t count;

    if (!case_deals(request->sql, &request->web->city->law, &page->file.matter, list, DEALS_MOST, &count, err))
        return false;
    deals = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(deals, deal_json(page, &list[i]));
    json_object_set_new_nocheck(out, "deals", deals);
    return true;
}

static bool waits_for_client(const struct record *matter)
{
    return slice_is(matter_text(matter, MATTER_STATE), "stated") || slice_is(matter_text(matter, MATTER_STATE), "contested");
}

static bool commission_put(const struct matter_page *page, json_t *out, struct err *err)
{
    bool due = matter_known(&page->file.matter, CASE_COMMISSION);
    char money[MONEY_TEXT];
    int64_t fen;

    if (!due && !waits_for_client(&page->file.matter))
        return true;
    if (!case_commission(page->request->sql, &page->file.matter, &fen, err))
        return false;
    json_put(out, due ? "commission" : "asked", PUT(page->request, "%s", page->request->english ? money_show_english(fen, money) : money_show(fen, money)));
    return true;
}

bool case_panel_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    const struct record *record = &page->file.matter;
    bool broker = acts_for(&page->request->actor, record->owner);
    json_t *out;

    if (page->file.sight != SIGHT_ALL) {
        json_object_set_new_nocheck(matter, "case", json_null());
        return true;
    }
    out = json_object();
    json_object_set_new_nocheck(matter, "case", out);
    if (broker && slice_is(matter_text(record, MATTER_STATE), "signed"))
        json_put(out, "introduce", PUT(page->request, "/introductions/new?step=introduce&case_id=%lld", (long long)record->id));
    if (broker && matter_known(record, CASE_DEAL) && matter_known(record, CASE_COMMISSION))
        json_put(out, "claim", PUT(page->request, "/reward-claims/new?step=file&case_id=%lld", (long long)record->id));
    return lines_put(page, &sort_introduction, INTRODUCTION_CASE, "introductions", out, err)
           && lines_put(page, &sort_reward_claim, REWARD_CASE, "claims", out, err) && deals_put(page, out, err)
           && commission_put(page, out, err) && (json_fill(out, "commission asked introduce claim"), true);
}
