/*
 * Who held the right to an achievement on a day, as it was known on another (work/title_line.h).
 * Document: {"held": {title, up, on, known, spans: [{from, until: the last day or null, mode, years, holders: [{name, share}], no, at,
 *   leaf, deal, href, here: it held on that day}], later: how many agreements were written after `known`}}
 */
#include "web/deal.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/achievement.h"
#include "record/choice.h"
#include "record/deal.h"
#include "record/member.h"
#include "web/handlers.h"
#include "work/title_line.h"

static bool day_asked(struct request *request, const char *name, int32_t otherwise, int32_t *day, struct err *err)
{
    struct slice typed = slice_trim(request_value(request, name));

    *day = otherwise;
    if (!typed.len || day_parse(typed, day))
        return true;
    err_set(err, ERR_INVALID, "这不是一个日期");
    err_hint(err, "写成 2026-03-02 的样子");
    return err_field(err, name);
}

static json_t *holders_json(const struct request *request, struct slice lines)
{
    json_t *holders = json_array();
    struct slice line;

    while (slice_cut(&lines, '\n', &line)) {
        struct member member;
        struct err ignored;
        json_t *holder;

        if (!member_read(line, &member, &ignored))
            continue;
        holder = json_object();
        json_put(holder, "name", member.name);
        json_put(holder, "share", share_show(member.share, request->arena));
        json_array_append_new(holders, holder);
    }
    return holders;
}

static json_t *span_json(const struct request *request, const struct title_span *span, bool here)
{
    const struct record *title = span->title;
    const struct choice *mode = choice_find(choice_list_get("title_mode"), title->values[TITLE_MODE].text);
    json_t *out = json_object();

    json_put_day(out, "from", span->from);
    if (span->until)
        json_put_day(out, "until", span->until - 1);
    if (mode)
        json_object_set_new_nocheck(out, "mode", label_json(mode->code, mode->label, mode->label_en));
    if (title->values[TITLE_YEARS].known)
        json_object_set_new_nocheck(out, "years", json_integer(title->values[TITLE_YEARS].number));
    json_object_set_new_nocheck(out, "holders", holders_json(request, title->values[TITLE_HOLDERS].text));
    json_object_set_new_nocheck(out, "no", json_integer(title->values[PAPER_NO].number));
    json_object_set_new_nocheck(out, "at", json_integer(title->valid_from));
    json_object_set_new_nocheck(out, "leaf", json_integer(title->from_leaf));
    json_put_id(out, "deal", title->values[PAPER_DEAL].number);
    json_put(out, "href", slice_of(arena_print(request->arena, "/deals/%lld", (long long)title->values[PAPER_DEAL].number)));
    json_object_set_new_nocheck(out, "here", json_boolean(here));
    json_fill(out, "until mode years");
    return out;
}

static json_t *held_json(const struct deal_page *page, const struct record *const *titles, size_t count, int32_t on, int32_t known)
{
    struct title_span *spans = arena_alloc(page->request->arena, (count + 1) * sizeof *spans);
    size_t n = title_line(titles, count, known, spans), later = 0;
    const struct title_span *here = title_on(spans, n, on);
    json_t *held = json_object(), *lines = json_array();

    for (size_t i = n; i-- > 0;)
        json_array_append_new(lines, span_json(page->request, &spans[i], &spans[i] == here));
    for (size_t i = 0; i < count; i++)
        later += day_of_ms(titles[i]->valid_from) > known;
    json_put(held, "title", page->file.achievement.values[ACHIEVEMENT_TITLE].text);
    json_put(held, "up", slice_of(arena_print(page->request->arena, "/deals/%lld", (long long)page->file.deal.id)));
    json_put_day(held, "on", on);
    json_put_day(held, "known", known);
    json_object_set_new_nocheck(held, "spans", lines);
    json_object_set_new_nocheck(held, "later", json_integer((json_int_t)later));
    return held;
}

bool deal_title_get(struct request *request, struct err *err)
{
    int32_t today = day_of_ms(request->now_ms), on, known;
    const struct record **titles;
    struct deal_page page;
    size_t count;
    json_t *document;

    if (!deal_page_load(request, &page, err))
        return false;
    if (may_level(&request->actor, &page.object) < LEVEL_OWN)
        return err_set(err, ERR_DENIED, "权属约定只给本单位和审计看");
    if (!day_asked(request, "on", today, &on, err) || !day_asked(request, "known", today, &known, err)
        || !title_all(request->sql, page.file.achievement.id, page.file.deal.owner, request->arena, &titles, &count, err))
        return false;
    document = json_object();
    json_object_set_new_nocheck(document, "held", held_json(&page, titles, count, on, known));
    return request_page(request, "title", document);
}
