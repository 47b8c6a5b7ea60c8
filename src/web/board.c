/*
 * GET /research?programme=ID&overdue=1: the tree of organised research, of what the reader may see: {"research": {programme, overdue, all, only,
 *   total: {projects, achievements, deals, public_money, received, unconfirmed}, lines: [{programme: {title, href}, project: {title, href}, achievement:
 *   {title, href} or null, public_money, deals, received, implement_by, report_by, overdue, report_late, confirmed}]}}
 * GET /fair_counts?year=Y: {"fair_counts": {year, earlier, target, total: figures, lines: [{title, href, day, …figures}]}}
 */
#include "web/board.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/kind.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/board_count.h"

/* --- the tree --- */

struct total { int64_t projects, achievements, deals, public_money, received, unconfirmed; };

static void link_put(const struct request *request, json_t *out, const char *name, const char *plural, int64_t id, struct slice title)
{
    json_t *link = json_object();

    json_put(link, "title", title);
    json_put(link, "href", slice_of(arena_print(request->arena, "/%s/%lld", plural, (long long)id)));
    json_object_set_new_nocheck(out, name, link);
}

static json_t *line_json(const struct request *request, const struct research_line *line)
{
    json_t *out = json_object();

    link_put(request, out, "programme", kind_programme.plural, line->programme, line->programme_title);
    link_put(request, out, "project", kind_project.plural, line->project, line->project_title);
    if (line->achievement)
        link_put(request, out, "achievement", kind_achievement.plural, line->achievement, line->achievement_title);
    json_put_id(out, "public_money", line->public_money);
    json_object_set_new_nocheck(out, "deals", json_integer(line->deals));
    json_put_id(out, "received", line->received);
    if (line->implement_by)
        json_put_day(out, "implement_by", line->implement_by);
    if (line->report_by)
        json_put_day(out, "report_by", line->report_by);
    json_object_set_new_nocheck(out, "overdue", json_boolean(line->overdue));
    json_object_set_new_nocheck(out, "report_late", json_boolean(line->report_late));
    json_object_set_new_nocheck(out, "confirmed", json_boolean(line->confirmed));
    json_fill(out, "achievement implement_by report_by");
    return out;
}

/* A project's money is counted once, however many achievements it has; what its funder has not confirmed is counted as such alone. */
static void total_add(struct total *total, const struct research_line *line, const struct research_line *before)
{
    bool first = !before || before->project != line->project;

    total->unconfirmed += first && !line->confirmed;
    if (!line->confirmed)
        return;
    total->projects += first;
    total->public_money += first ? line->public_money : 0;
    total->achievements += line->achievement != 0;
    total->deals += line->deals;
    total->received += line->received;
}

/* Who sees the money of a project: a side of it, or an auditor. */
static bool seen(const struct request *request, const struct research_line *line, bool *yes, struct err *err)
{
    struct record record;
    enum matter_sight sight;
    unsigned sides;

    if (!record_get(request->sql, &kind_project, line->project, request->arena, &record, err)
        || !matter_sight(request->sql, &sort_project, &record, &request->actor, &sides, &sight, err))
        return false;
    *yes = sight == SIGHT_ALL;
    return true;
}

static json_t *total_json(const struct total *total)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "projects", json_integer(total->projects));
    json_object_set_new_nocheck(out, "achievements", json_integer(total->achievements));
    json_object_set_new_nocheck(out, "deals", json_integer(total->deals));
    json_put_id(out, "public_money", total->public_money);
    json_put_id(out, "received", total->received);
    json_object_set_new_nocheck(out, "unconfirmed", json_integer(total->unconfirmed));
    return out;
}

static bool lines_fill(struct request *request, const struct research_line *list, size_t count, bool overdue, struct total *total, json_t *lines,
                       struct err *err)
{
    const struct research_line *before = NULL;

    for (size_t i = 0; i < count; i++) {
        bool yes = false;

        if (overdue && !list[i].overdue && !list[i].report_late)
            continue;
        if (!seen(request, &list[i], &yes, err))
            return false;
        if (!yes)
            continue;
        total_add(total, &list[i], before);
        before = &list[i];
        json_array_append_new(lines, line_json(request, &list[i]));
    }
    return true;
}

bool research_get(struct request *request, struct err *err)
{
    struct research_line *list = arena_alloc(request->arena, RESEARCH_LINES * sizeof *list);
    bool overdue = request_value(request, "overdue").len > 0;
    int64_t programme = request_number(request, "programme", 0);
    struct total total = {0};
    json_t *document, *out, *lines;
    size_t count;

    if (!research_read(request->sql, programme, day_of_ms(request->now_ms), request->arena, list, &count, err))
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    json_object_set_new_nocheck(document, "research", out);
    json_object_set_new_nocheck(out, "lines", lines);
    if (!lines_fill(request, list, count, overdue, &total, lines, err)) {
        json_decref(document);
        return false;
    }
    json_object_set_new_nocheck(out, "overdue", json_boolean(overdue));
    json_put(out, "all", slice_of(programme ? arena_print(request->arena, "/research?programme=%lld", (long long)programme) : "/research"));
    json_put(out, "only", slice_of(programme ? arena_print(request->arena, "/research?overdue=1&programme=%lld", (long long)programme) : "/research?overdue=1"));
    json_object_set_new_nocheck(out, "more", json_boolean(count == RESEARCH_LINES));
    json_object_set_new_nocheck(out, "total", total_json(&total));
    return request_page(request, "research", document);
}

/* --- fairs counted --- */

static void figures_put(json_t *out, const struct fair_figures *figures)
{
    const struct { const char *name; int64_t number; } numbers[] = {{"guests", figures->guests},       {"came", figures->came},     {"meetings", figures->meetings},
                                                                    {"confirmed", figures->confirmed}, {"agreed", figures->agreed}, {"signed", figures->signed_count},
                                                                    {"said_agreed", figures->said_agreed}, {"said_signed", figures->said_signed}};

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        json_object_set_new_nocheck(out, numbers[i].name, json_integer(numbers[i].number));
    json_put_id(out, "signed_fen", figures->signed_fen);
    json_put_id(out, "received", figures->received_fen);
    json_put_id(out, "said_fen", figures->said_fen);
}

static void figures_add(struct fair_figures *to, const struct fair_figures *from)
{
    to->guests += from->guests;
    to->came += from->came;
    to->meetings += from->meetings;
    to->confirmed += from->confirmed;
    to->agreed += from->agreed;
    to->signed_count += from->signed_count;
    to->signed_fen += from->signed_fen;
    to->received_fen += from->received_fen;
    to->said_agreed += from->said_agreed;
    to->said_signed += from->said_signed;
    to->said_fen += from->said_fen;
}

bool fair_counts_get(struct request *request, struct err *err)
{
    struct fair_line *list = arena_alloc(request->arena, FAIR_LINES * sizeof *list);
    json_t *document, *out, *lines, *total;
    struct fair_figures sum = {0};
    int year, month, day;
    size_t count;

    day_to_ymd(day_of_ms(request->now_ms), &year, &month, &day);
    year = (int)request_number(request, "year", year);
    if (year < 2000 || year > 2199)
        return err_set(err, ERR_INVALID, "没有这个年份") || err_hint(err, "写四位数的年份，如 2027") || err_field(err, "year");
    if (!fair_lines(request->sql, year, request->arena, list, &count, err))
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    total = json_object();
    for (size_t i = 0; i < count; i++) {
        json_t *line = json_object();

        json_put(line, "title", list[i].title);
        json_put(line, "href", slice_of(arena_print(request->arena, "/fairs/%lld", (long long)list[i].id)));
        json_put_day(line, "day", list[i].day);
        figures_put(line, &list[i].figures);
        figures_add(&sum, &list[i].figures);
        json_array_append_new(lines, line);
    }
    figures_put(total, &sum);
    json_object_set_new_nocheck(out, "year", json_integer(year));
    json_put(out, "earlier", slice_of(arena_print(request->arena, "/fair_counts?year=%d", year - 1)));
    json_object_set_new_nocheck(out, "count", json_integer((json_int_t)count));
    json_object_set_new_nocheck(out, "total", total);
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(document, "fair_counts", out);
    return request_page(request, "fair_counts", document);
}
