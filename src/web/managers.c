/*
 * Technology managers, counted by their confirmed records, and the list behind each number.
 * Document: {"managers": {all: {count, href, here}, target: {value, lacking, source} or null, sorts: [cell], levels: [cell], districts: [cell], parties: [cell],
 *   lines: [{name, href, party, district, sorts: [label], level}], more, sign_in, narrowed}}; a cell: {label, count, href, here}
 */
#include "base/clock.h"
#include "base/json.h"
#include "record/choice.h"
#include "record/tree.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/talent.h"

enum { COUNTED_MOST = 5000, SHOWN = 200, GROUPS = 60, CITY = 620100 };

/* What the reader narrowed the list by. */
struct narrowed {
    int sort, level; /* places in their choice lists; -1: all */
    struct slice region;
    int64_t party;
};

static int place(const char *list_name, struct slice code)
{
    const struct choice_list *list = choice_list_get(list_name);

    for (size_t i = 0; code.len && i < list->count; i++)
        if (slice_is(code, list->choices[i].code))
            return (int)i;
    return -1;
}

static bool shows(const struct narrowed *by, const struct manager_line *line)
{
    return (by->sort < 0 || (line->sorts >> by->sort & 1)) && (by->level < 0 || line->level == by->level)
           && (!by->region.len || slice_same(line->region, by->region)) && (!by->party || line->party == by->party);
}

static json_t *cell_json(json_t *label, int64_t count, struct slice href, bool here)
{
    json_t *cell = json_object();

    json_object_set_new_nocheck(cell, "label", label);
    json_object_set_new_nocheck(cell, "count", json_integer(count));
    json_put(cell, "href", href);
    json_object_set_new_nocheck(cell, "here", json_boolean(here));
    return cell;
}

static json_t *choices_json(struct request *request, const char *list_name, const char *query, const int64_t *counts, int here)
{
    const struct choice_list *list = choice_list_get(list_name);
    json_t *cells = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(cells, cell_json(label_json(list->choices[i].code, list->choices[i].label, list->choices[i].label_en), counts[i],
                                               slice_of(arena_print(request->arena, "/managers?%s=%s", query, list->choices[i].code)),
                                               here == (int)i));
    return cells;
}

static json_t *region_label(const struct request *request, struct slice region)
{
    const char *name = region.len ? tree_label(tree_get("division"), region, request->english, request->arena) : "未填";

    return label_json(arena_text(request->arena, region), name, region.len ? name : "Not known");
}

/* How many there are of each district or organisation; those that occur alone. */
struct grouped {
    struct slice region, name;
    int64_t party, count;
};

static bool same_group(const struct grouped *group, const struct manager_line *line, bool by_party)
{
    return by_party ? group->party == line->party : slice_same(group->region, line->region);
}

static size_t group(const struct manager_line *list, size_t count, bool by_party, struct grouped found[GROUPS])
{
    size_t known = 0;

    for (size_t i = 0; i < count; i++) {
        size_t g = 0;

        while (g < known && !same_group(&found[g], &list[i], by_party))
            g++;
        if (g == GROUPS)
            continue;
        if (g == known)
            found[known++] = (struct grouped){.region = list[i].region, .name = list[i].party_name, .party = list[i].party};
        found[g].count++;
    }
    return known;
}

static json_t *districts_json(struct request *request, const struct manager_line *list, size_t count, const struct narrowed *by)
{
    struct grouped found[GROUPS];
    size_t known = group(list, count, false, found);
    json_t *cells = json_array();

    for (size_t d = 0; d < known; d++)
        json_array_append_new(cells, cell_json(region_label(request, found[d].region), found[d].count,
                                               slice_of(arena_print(request->arena, "/managers?region=%.*s", (int)found[d].region.len,
                                                                    found[d].region.at)), by->region.len && slice_same(found[d].region, by->region)));
    return cells;
}

static json_t *parties_json(struct request *request, const struct manager_line *list, size_t count, const struct narrowed *by)
{
    struct grouped found[GROUPS];
    size_t known = group(list, count, true, found);
    json_t *cells = json_array();

    for (size_t p = 0; p < known; p++)
        json_array_append_new(cells, cell_json(label_json("party", arena_text(request->arena, found[p].name), arena_text(request->arena, found[p].name)),
                                               found[p].count,
                                               slice_of(arena_print(request->arena, "/managers?party=%lld", (long long)found[p].party)),
                                               by->party == found[p].party));
    return cells;
}

/* --- the target (R100) --- */

static json_t *target_json(struct request *request, int64_t all)
{
    struct fact fact = {.name = "managers_counted", .kind = FACT_NUMBER, .known = true, .value = all};
    struct rulebook *book = request->web->city->law.book;
    const struct rule *rule = rule_find(book, "R100-1", CITY, day_of_ms(request->now_ms));
    struct answer answer;
    struct err ignored;
    json_t *out;

    if (!rule || !rule_ask(book, rule, &fact, 1, request->arena, &answer, &ignored))
        return json_null();
    out = json_object();
    json_object_set_new_nocheck(out, "value", json_integer(rule->parameters[0].value));
    json_object_set_new_nocheck(out, "lacking", json_integer(answer.results[0].value.number));
    json_put(out, "source", say(request, rule_source_label(rule->source)));
    json_put(out, "href", slice_of(arena_print(request->arena, "/rules/%s", rule->id)));
    return out;
}

/* --- the list --- */

static json_t *line_json(struct request *request, const struct manager_line *manager)
{
    const struct choice_list *sorts = choice_list_get("career_sort"), *levels = choice_list_get("career_level");
    json_t *line = json_object(), *has = json_array();

    json_put(line, "name", manager->name);
    json_put(line, "href", slice_of(arena_print(request->arena, "/people/%lld", (long long)manager->person)));
    json_put(line, "party", manager->party_name);
    json_object_set_new_nocheck(line, "district", region_label(request, manager->region));
    for (size_t i = 0; i < sorts->count; i++)
        if (manager->sorts >> i & 1)
            json_array_append_new(has, label_json(sorts->choices[i].code, sorts->choices[i].label, sorts->choices[i].label_en));
    json_object_set_new_nocheck(line, "sorts", has);
    if (manager->level >= 0) {
        const struct choice *level = &levels->choices[manager->level];

        json_object_set_new_nocheck(line, "level", label_json(level->code, level->label, level->label_en));
    }
    json_fill(line, "level");
    return line;
}

/* Names are for those who are signed in; the figures are for everybody. */
static void lines_put(struct request *request, const struct manager_line *list, size_t count, const struct narrowed *by, json_t *out)
{
    json_t *lines = json_array();
    bool more = false;

    for (size_t i = 0; request->actor.account && i < count; i++) {
        if (!shows(by, &list[i]))
            continue;
        more = json_array_size(lines) == SHOWN;
        if (more)
            break;
        json_array_append_new(lines, line_json(request, &list[i]));
    }
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "more", json_boolean(more));
    if (!request->actor.account)
        json_put(out, "sign_in", slice_of(arena_print(request->arena, "/sign-in?next=%s", request_here(request))));
    json_object_set_new_nocheck(out, "narrowed", json_boolean(by->sort >= 0 || by->level >= 0 || by->region.len || by->party));
}

bool managers_get(struct request *request, struct err *err)
{
    struct manager_line *list = arena_alloc(request->arena, COUNTED_MOST * sizeof *list);
    struct narrowed by = {.sort = place("career_sort", request_value(request, "sort")),
                          .level = place("career_level", request_value(request, "level")),
                          .region = request_value(request, "region"), .party = request_number(request, "party", 0)};
    struct manager_tally tally;
    json_t *document, *out;
    size_t count;

    if (!manager_list(request->sql, request->arena, list, COUNTED_MOST, &count, &tally, err))
        return false;
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(out, "all", cell_json(label_json("all", "全部", "All"), tally.all, SLICE("/managers"), false));
    json_object_set_new_nocheck(out, "target", target_json(request, tally.all));
    json_object_set_new_nocheck(out, "sorts", choices_json(request, "career_sort", "sort", tally.by_sort, by.sort));
    json_object_set_new_nocheck(out, "levels", choices_json(request, "career_level", "level", tally.by_level, by.level));
    json_object_set_new_nocheck(out, "districts", districts_json(request, list, count, &by));
    json_object_set_new_nocheck(out, "parties", parties_json(request, list, count, &by));
    lines_put(request, list, count, &by, out);
    json_fill(out, "sign_in");
    json_object_set_new_nocheck(document, "managers", out);
    return request_page(request, "managers", document);
}
