/*
 * GET /indicators/CODE: one indicator, with what the board's parameters say.
 * Document: {"indicator": {… what is asked for, as on the board (indicator.c), but for the choices: form: {years, regions}; code, title, says,
 *   source, figure, measure: 项, held, less, open, within, role, said, number, value, base, lines, hash and text of the definition that counts,
 *   lines_href, table_href, board, line and axis (indicator_drawn_put), aim (indicator_aim_put),
 *   months: [{month, from, to, said, number, lines, href}] of the period, the last MONTHS_MOST; of one that is held as it stood at their ends,
 *   years: [{year, said, number, lines, href, here}], regions: [{code, label, said, number, lines, href}] districts, and of a sum "rest": what lies
 *   in none of them, moved: there are any, moves: what is to move it (effect.c), apart: there are any, aimed, targets: [{year, name, plan, unit, said, source, href, reached, met, figure}],
 *   history: [{since, known_from, known_to, hash, text, now}]}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "record/tree.h"
#include "web/effect.h"
#include "web/handlers.h"
#include "web/indicator_int.h"
#include "work/matter.h"
#include "work/steer.h"

enum { MONTHS_MOST = 36, YEARS = 5, TARGETS_MOST = 40, PAST_MOST = 30 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* A figure of another period or place, by the definition that counts there. */
static bool figure_put(const struct indicator_look *look, const char *code, struct figure *figure, json_t *out, struct err *err)
{
    const struct indicator *indicator = indicator_on(look->set, slice_of(code), look->ask.to);

    if (!indicator_look_figure(look, indicator, &look->ask, figure, err))
        return false;
    indicator_figure_put(look->request, indicator, figure, out);
    return true;
}

/* --- by month --- */

static bool month_add(const struct indicator_look *look, const char *code, const struct indicator_month *month, json_t *months, struct err *err)
{
    struct indicator_look other = *look;
    json_t *out = json_object();
    char day[CLOCK_TEXT];
    struct figure figure;

    json_array_append_new(months, out);
    indicator_period_set(&other, month->from, month->to);
    json_put(out, "month", PUT(look->request, "%.7s", day_show(month->from, day)));
    json_put_day(out, "from", month->from);
    json_put_day(out, "to", month->to);
    json_put(out, "href", indicator_path(&other, code, "/lines"));
    return figure_put(&other, code, &figure, out, err);
}

static bool months_put(const struct indicator_look *look, const char *code, json_t *out, struct err *err)
{
    struct indicator_month list[MONTHS_MOST];
    size_t count = indicator_months(look, MONTHS_MOST, list);
    json_t *months = json_array();
    bool ok = true;

    json_object_set_new_nocheck(out, "months", months);
    for (size_t i = 0; ok && i < count; i++)
        ok = month_add(look, code, &list[i], months, err);
    return ok;
}

/* --- by year --- */

static bool years_put(const struct indicator_look *look, const char *code, json_t *out, struct err *err)
{
    json_t *years = json_array();
    int newest, month, of_month;
    bool ok = true;

    json_object_set_new_nocheck(out, "years", years);
    day_to_ymd(look->limit, &newest, &month, &of_month);
    for (int year = newest; ok && year > newest - YEARS; year--) {
        struct indicator_look other = *look;
        struct figure figure;
        json_t *one;

        if (!indicator_year_set(&other, year))
            continue;
        one = json_object();
        json_array_append_new(years, one);
        json_object_set_new_nocheck(one, "year", json_integer(year));
        json_put(one, "href", indicator_path(&other, code, ""));
        json_object_set_new_nocheck(one, "here", json_boolean(year == look->year));
        ok = figure_put(&other, code, &figure, one, err);
    }
    return ok;
}

/* --- by district --- */

static bool district_add(const struct indicator_look *look, const char *code, int64_t region, struct figure *rest, json_t *districts, struct err *err)
{
    struct indicator_look other = *look;
    struct figure figure;
    json_t *out;

    indicator_region_set(&other, region);
    out = indicator_region_json(look->request, region);
    if (!figure_put(&other, code, &figure, out, err)) {
        json_decref(out);
        return false;
    }
    rest->number -= figure.number;
    rest->value -= figure.value;
    rest->lines -= figure.lines;
    json_put(out, "href", indicator_path(&other, code, ""));
    if (figure.lines)
        json_array_append(districts, out);
    json_decref(out);
    return true;
}

/* Of sums alone: parts of a share or a median add up to nothing. */
static void rest_add(const struct indicator_look *look, const struct indicator *indicator, const struct figure *rest, json_t *districts)
{
    json_t *one;

    if (rest->lines <= 0 || (indicator->figure != FIGURE_COUNT && indicator->figure != FIGURE_MONEY))
        return;
    one = label_json("rest", "没有写明区县、在别处，或者不足三件", "No district given, elsewhere, or fewer than three");
    indicator_figure_put(look->request, indicator, rest, one);
    json_fill(one, "href");
    json_array_append_new(districts, one);
}

static bool districts_put(const struct indicator_look *look, const struct indicator *indicator, const struct figure *whole, json_t *out, struct err *err)
{
    const struct tree *tree = tree_get("division");
    const struct tree_node *city = tree ? tree_find(tree, PUT(look->request, "%d", INDICATOR_CITY)) : NULL;
    bool told_apart = city && (!look->region || look->region == INDICATOR_CITY);
    json_t *districts = json_array();
    struct figure rest = *whole;

    json_object_set_new_nocheck(out, "regions", districts);
    for (size_t i = 0; told_apart && i < tree->count; i++)
        if (tree->nodes[i].parent >= 0 && &tree->nodes[tree->nodes[i].parent] == city
            && !district_add(look, indicator->code, strtoll(tree->nodes[i].code, NULL, 10), &rest, districts, err))
            return false;
    if (told_apart && whole->known && json_array_size(districts))
        rest_add(look, indicator, &rest, districts);
    json_object_set_new_nocheck(out, "apart", json_boolean(json_array_size(districts) > 0));
    return true;
}

/* --- its targets --- */

static struct slice name_of(struct request *request, const struct kind *kind, int64_t id)
{
    return id ? record_title(request->sql, kind, id, request->arena) : SLICE("");
}

static void target_names_put(struct request *request, const struct indicator_target *target, json_t *out)
{
    struct slice unit = name_of(request, &kind_party, matter_number(&target->record, TARGET_UNIT)), said;

    said = target_said(&target->record, request->english, request->arena);
    json_object_set_new_nocheck(out, "year", json_integer(matter_number(&target->record, TARGET_YEAR)));
    json_put(out, "name", matter_text(&target->record, TARGET_NAME));
    json_put(out, "plan", name_of(request, &kind_action, target->plan));
    json_put(out, "source", matter_text(&target->record, TARGET_SOURCE));
    json_put(out, "href", PUT(request, "/targets/%lld", (long long)target->record.id));
    if (unit.len)
        json_put(out, "unit", unit);
    if (said.len)
        json_put(out, "said", said);
    json_fill(out, "unit said");
}

/* Of its own year and place, as known on the look's day. */
static bool target_add(const struct indicator_look *look, const struct indicator *opened, const struct record *record, json_t *targets, struct err *err)
{
    struct request *request = look->request;
    struct indicator_target target;
    struct indicator_reach reach = {.share = -1};
    struct figure figure = {0};
    struct figure_ask ask;
    json_t *out;

    if (!indicator_target_place(request->sql, record, &target, err))
        return false;
    out = json_object();
    json_array_append_new(targets, out);
    target_names_put(request, &target, out);
    if (indicator_target_ask(opened, &target, look->limit, look->ask.as_of, &ask)
        && (opened->open || indicator_over(&request->actor, indicator_target_region(&target)))) {
        const struct indicator *indicator = indicator_on(look->set, slice_of(opened->code), ask.to);

        if (!indicator_look_figure(look, indicator, &ask, &figure, err))
            return false;
        indicator_target_reach(indicator, record, &figure, &reach);
        json_put(out, "figure", indicator_said(request, indicator, &figure));
    }
    if (reach.known && reach.share >= 0)
        json_object_set_new_nocheck(out, "reached", json_integer(reach.share));
    json_object_set_new_nocheck(out, "met", json_boolean(reach.known && reach.met));
    json_fill(out, "reached figure");
    return true;
}

static bool targets_put(const struct indicator_look *look, const struct indicator *opened, json_t *out, struct err *err)
{
    struct request *request = look->request;
    json_t *targets = json_array();
    struct record *list = NULL;
    size_t count = 0;

    json_object_set_new_nocheck(out, "targets", targets);
    if (!look->mine && !indicator_targets(request->sql, slice_of(opened->code), TARGETS_MOST, request->arena, &list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (list[i].status == RECORD_OPEN && !target_add(look, opened, &list[i], targets, err))
            return false;
    json_object_set_new_nocheck(out, "aimed", json_boolean(json_array_size(targets) > 0));
    return true;
}

/* --- how it was defined --- */

static json_t *past_json(const struct indicator_past *past)
{
    json_t *out = json_object();

    json_put_day(out, "since", past->since);
    if (past->known_from != CALENDAR_FIRST)
        json_put_day(out, "known_from", past->known_from);
    if (past->known_to)
        json_put_day(out, "known_to", past->known_to);
    json_put(out, "hash", past->hash);
    json_put(out, "text", past->text);
    json_object_set_new_nocheck(out, "now", json_boolean(!past->known_to));
    json_fill(out, "known_from known_to");
    return out;
}

static bool history_put(const struct indicator_look *look, const struct indicator *indicator, json_t *out, struct err *err)
{
    struct request *request = look->request;
    json_t *history = json_array();
    struct indicator_past *list = arena_alloc(request->arena, PAST_MOST * sizeof *list);
    size_t count;

    json_object_set_new_nocheck(out, "history", history);
    json_put(out, "hash", slice_of(indicator->hash));
    json_put(out, "text", slice_of(indicator->text));
    if (!indicator_history(request->sql, slice_of(indicator->code), PAST_MOST, request->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(history, past_json(&list[i]));
    return true;
}

/* --- all of it --- */

/* What is to move it, and from whom that comes. */
static bool moves_put(struct request *request, const struct indicator *indicator, json_t *out, struct err *err)
{
    json_t *moves = json_array();

    json_object_set_new_nocheck(out, "moves", moves);
    if (!moves_add(request, slice_of(indicator->code), moves, err))
        return false;
    json_object_set_new_nocheck(out, "moved", json_boolean(json_array_size(moves) > 0));
    return true;
}

static void head_put(const struct indicator_look *look, const struct indicator *indicator, const struct figure *figure, json_t *out)
{
    struct request *request = look->request;
    const char *role = request->english && *indicator->role_en ? indicator->role_en : indicator->role;

    indicator_text_put(request, indicator, out);
    json_object_set_nocheck(out, "measure", json_object_get(out, "unit"));
    indicator_drawn_put(request, indicator, out);
    indicator_figure_put(request, indicator, figure, out);
    if (*role)
        json_put(out, "role", slice_of(role));
    if (*indicator->within)
        json_put(out, "within", slice_of(indicator->within));
    json_put(out, "lines_href", indicator_path(look, indicator->code, "/lines"));
    json_put(out, "table_href", indicator_path(look, indicator->code, "/lines.csv"));
    json_put(out, "board", indicator_path(look, NULL, ""));
    json_fill(out, "role within");
}

bool indicator_get(struct request *request, struct err *err)
{
    const struct indicator *opened, *indicator;
    struct indicator_look look;
    struct figure figure;
    json_t *document, *out;

    if (!indicator_look_read(request, indicator_code_of(request), &opened, &look, err))
        return false;
    indicator = indicator_counted(&look, opened);
    if (!indicator_look_figure(&look, indicator, &look.ask, &figure, err))
        return false;
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(document, "indicator", out);
    head_put(&look, indicator, &figure, out);
    if (indicator_look_put(&look, indicator->code, out, err) && months_put(&look, indicator->code, out, err) && years_put(&look, indicator->code, out, err)
        && districts_put(&look, indicator, &figure, out, err) && targets_put(&look, opened, out, err)
        && indicator_aim_put(&look, indicator, out, err) && moves_put(request, indicator, out, err)
        && history_put(&look, indicator, out, err))
        return request_page(request, "indicator", document);
    json_decref(document);
    return false;
}
