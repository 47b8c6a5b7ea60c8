/*
 * GET /steering, the steering desk (调度台): what is held by whom, for how long, how much time is left; the worst first (work/steering.h).
 * Document: {"steering": {who: "bureau", "leader" or "unit"; unit; counts: {red, amber, green}; lines: [{colour, kind, title, what, href, holder:
 *   organisation or null, turn, outside: it is another that holds it, since, days, due, late, article, letter: href or null}]; more: so many are not listed; cut: some were not looked
 *   at; week: [{label, href}] where weekly; districts, landing, leads, promises, targets (steering_lead.c); obstacles, own: hrefs or null}}
 */
#include "web/steering_int.h"

#include "base/clock.h"
#include "base/json.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/obstacle.h"

enum { LINES_SHOWN = 100 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

static const struct { const char *code, *label, *label_en; } colours[HELD_COLOURS] = {
    [HELD_RED] = {"red", "红", "Red"}, [HELD_AMBER] = {"amber", "黄", "Amber"}, [HELD_GREEN] = {"green", "绿", "Green"}};

static struct slice letter_href(const struct request *request, const struct held *held)
{
    if (!held->due_sort)
        return PUT(request, "/steering/letter.docx?kind=%s&id=%lld", held->kind->name, (long long)held->id);
    return PUT(request, "/steering/letter.docx?kind=%s&id=%lld&due=%s&no=%lld", held->kind->name, (long long)held->id, held->due_sort->name,
               (long long)held->no);
}

static void days_put(const struct held *held, json_t *line)
{
    if (held->since) {
        json_put_day(line, "since", held->since);
        json_object_set_new_nocheck(line, "days", json_integer(held->days));
    }
    if (held->due)
        json_put_day(line, "due", held->due);
    json_object_set_new_nocheck(line, "late", json_integer(held->late));
}

static json_t *line_json(const struct request *request, const struct steering *steering, const struct held *held)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "colour", label_json(colours[held->colour].code, colours[held->colour].label, colours[held->colour].label_en));
    json_object_set_new_nocheck(line, "kind", label_json(held->kind->name, held->kind->label, held->kind->label_en));
    json_put(line, "title", held->title.len ? held->title : say(request, held->kind->label));
    json_put(line, "what", slice_of(request->english ? held->what_en : held->what));
    json_put(line, "href", PUT(request, "/%s/%lld", held->kind->plural, (long long)held->id));
    if (held->holder.len)
        json_put(line, "holder", held->holder);
    json_put(line, "turn", say(request, held->turn));
    json_object_set_new_nocheck(line, "outside", json_boolean(held->outside));
    days_put(held, line);
    if (held->limit.len)
        json_put(line, "article", say(request, arena_text(request->arena, held->limit)));
    if (held->colour != HELD_GREEN && steering->who != STEERING_UNIT)
        json_put(line, "letter", letter_href(request, held));
    json_fill(line, "holder since days due article letter");
    return line;
}

static bool lines_put(struct request *request, const struct steering *steering, json_t *out, struct err *err)
{
    json_t *lines = json_array(), *counts = json_object();
    size_t i = 0;

    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "counts", counts);
    for (int c = 0; c < HELD_COLOURS; c++)
        json_object_set_new_nocheck(counts, colours[c].code, json_integer(steering->counts[c]));
    for (; i < steering->count && i < LINES_SHOWN; i++) {
        if (!steering_ground(request->sql, &request->web->city->law, day_of_ms(request->now_ms), request->arena, &steering->list[i], err))
            return false;
        json_array_append_new(lines, line_json(request, steering, &steering->list[i]));
    }
    json_object_set_new_nocheck(out, "more", json_integer((json_int_t)(steering->count - i)));
    json_object_set_new_nocheck(out, "cut", json_boolean(steering->more));
    return true;
}

static void doors_put(const struct request *request, const struct steering *steering, json_t *out)
{
    static const char *const files[][2] = {{"Word", "/steering/weekly.docx"}, {"PDF", "/steering/weekly.pdf"}};
    json_t *week = json_array();

    for (size_t i = 0; i < sizeof files / sizeof *files && steering->who != STEERING_UNIT; i++) {
        json_t *file = json_object();

        json_put(file, "label", slice_of(files[i][0]));
        json_put(file, "href", slice_of(files[i][1]));
        json_array_append_new(week, file);
    }
    json_object_set_new_nocheck(out, "week", week);
    json_object_set_new_nocheck(out, "weekly", json_boolean(steering->who != STEERING_UNIT));
    if (obstacle_may_map(&request->actor))
        json_put(out, "obstacles", SLICE("/obstacles"));
    if (steering->who == STEERING_UNIT)
        json_put(out, "own", SLICE("/indicators?mine=1"));
    json_fill(out, "obstacles own");
}

static bool steering_fill(struct request *request, const struct steering *steering, json_t *out, struct err *err)
{
    static const char *const who[] = {[STEERING_NONE] = "", [STEERING_BUREAU] = "bureau", [STEERING_LEADER] = "leader", [STEERING_UNIT] = "unit"};

    json_put(out, "who", slice_of(who[steering->who]));
    json_object_set_new_nocheck(out, "unit", json_boolean(steering->who == STEERING_UNIT));
    doors_put(request, steering, out);
    if (!lines_put(request, steering, out, err) || !steering_districts_put(request, steering, out, err)
        || !steering_landing_put(request, steering, out, err) || !steering_promises_put(request, out, err))
        return false;
    json_fill(out, "districts landing promises targets");
    return true;
}

bool steering_get(struct request *request, struct err *err)
{
    struct steering steering;
    json_t *document, *out;

    if (!request_look(request, err)
        || !steering_look(request->sql, &request->web->city->law, &request->actor, day_of_ms(request->now_ms), request->arena, &steering, err))
        return false;
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(document, "steering", out);
    if (steering_fill(request, &steering, out, err))
        return request_page(request, "steering", document);
    json_decref(document);
    return false;
}
