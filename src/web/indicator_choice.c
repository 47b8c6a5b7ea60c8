/* What the pages of indicators say of what they were asked for, and where the other choices are. */
#include "base/clock.h"
#include "base/json.h"
#include "record/tree.h"
#include "web/indicator_int.h"

enum { YEARS_SHOWN = 6 };

static void param(struct text *query, const char *name, const char *value)
{
    text_print(query, "%c%s=%s", query->len ? '&' : '?', name, value);
}

struct slice indicator_address(const struct indicator_look *look, const char *at)
{
    struct arena *arena = look->request->arena;
    char day[CLOCK_TEXT];
    struct slice made;
    struct text query;

    text_init(&query);
    if (!look->year) {
        param(&query, "from", day_show(look->ask.from, day));
        param(&query, "to", day_show(look->ask.to, day));
    } else if (look->year != indicator_year_of(look->limit)) {
        param(&query, "year", arena_print(arena, "%d", look->year));
    }
    if (look->region != look->home)
        param(&query, "region", arena_print(arena, "%06lld", (long long)look->region));
    if (look->past)
        param(&query, "as_of", day_show(look->limit, day));
    if (look->mine)
        param(&query, "mine", "1");
    made = slice_of(arena_print(arena, "%s%.*s", at, (int)query.len, text_slice(&query).at));
    text_release(&query);
    return made;
}

struct slice indicator_path(const struct indicator_look *look, const char *code, const char *below)
{
    return indicator_address(look, arena_print(look->request->arena, "/indicators%s%s%s", code ? "/" : "", code ? code : "", below));
}

json_t *indicator_region_json(const struct request *request, int64_t region)
{
    const struct tree *tree = tree_get("division");
    const struct tree_node *node = tree ? tree_find(tree, slice_of(arena_print(request->arena, "%06lld", (long long)region))) : NULL;

    if (!region || !node)
        return json_null();
    return label_json(node->code, node->name, *node->name_en ? node->name_en : node->name);
}

static void option_add(const struct indicator_look *look, const char *code, json_t *list, json_t *option, int64_t region)
{
    struct indicator_look other = *look;

    indicator_region_set(&other, region);
    json_put(option, "href", indicator_path(&other, code, ""));
    json_object_set_new_nocheck(option, "here", json_boolean(region == look->region));
    json_array_append_new(list, option);
}

/* All, the city, its districts; and the one that is asked for, if it is none of these. */
static json_t *regions_json(const struct indicator_look *look, const char *code)
{
    const struct tree *tree = tree_get("division");
    json_t *list = json_array();
    bool here = !look->region;

    option_add(look, code, list, label_json("000000", "全部", "All"), 0);
    for (size_t i = 0; tree && i < tree->count; i++) {
        int64_t region = strtoll(tree->nodes[i].code, NULL, 10);

        if (!division_holds(INDICATOR_CITY, region))
            continue;
        here = here || region == look->region;
        option_add(look, code, list, indicator_region_json(look->request, region), region);
    }
    if (!here)
        option_add(look, code, list, indicator_region_json(look->request, look->region), look->region);
    return list;
}

void indicator_year_add(const struct indicator_look *look, const char *at, int year, json_t *list)
{
    struct indicator_look other = *look;
    json_t *one;

    if (!indicator_year_set(&other, year))
        return;
    one = json_object();
    json_object_set_new_nocheck(one, "year", json_integer(year));
    json_put(one, "href", indicator_address(&other, at));
    json_object_set_new_nocheck(one, "here", json_boolean(year == look->year));
    json_array_append_new(list, one);
}

/* The newest first, and the one that is asked for, if it is older. */
static json_t *years_json(const struct indicator_look *look, const char *code)
{
    const char *at = arena_print(look->request->arena, "/indicators%s%s", code ? "/" : "", code ? code : "");
    int newest = indicator_year_of(look->limit);
    json_t *list = json_array();

    for (int year = newest; year > newest - YEARS_SHOWN; year--)
        indicator_year_add(look, at, year, list);
    if (look->year && look->year <= newest - YEARS_SHOWN)
        indicator_year_add(look, at, look->year, list);
    return list;
}

/* The way to his own organisation's figures, and back from them. */
static void doors_put(const struct indicator_look *look, const char *code, json_t *out)
{
    const struct indicator *opened = code ? indicator_find(look->set, slice_of(code)) : NULL;
    struct indicator_look other = *look;

    other.mine = !look->mine;
    if (look->party && other.mine)
        json_put(out, "to_mine", indicator_path(&other, code, ""));
    if (look->mine && (!opened || opened->open || indicator_looks_over(&look->request->actor)))
        json_put(out, "to_all", indicator_path(&other, code, ""));
    json_fill(out, "to_mine to_all");
}

static void period_put(const struct indicator_look *look, json_t *out)
{
    if (look->year)
        json_object_set_new_nocheck(out, "year", json_integer(look->year));
    json_put_day(out, "from", look->ask.from);
    json_put_day(out, "to", look->ask.to);
    json_put_day(out, "today", look->today);
    if (look->past)
        json_put_day(out, "as_of", look->limit);
    if (look->mine)
        json_put(out, "unit", look->unit);
    json_object_set_new_nocheck(out, "mine", json_boolean(look->mine));
    json_fill(out, "year as_of unit");
}

bool indicator_look_put(const struct indicator_look *look, const char *code, json_t *out, struct err *err)
{
    json_t *choices = code ? json_object() : out;
    uint64_t counted, leaves;

    if (code)
        json_object_set_new_nocheck(out, "form", choices);
    if (!indicator_place(look->set, look->request->sql, &counted, err) || !ledger_size(look->request->sql, &leaves, err))
        return false;
    json_put(out, "action", slice_of(code ? arena_print(look->request->arena, "/indicators/%s", code) : "/indicators"));
    period_put(look, out);
    json_object_set_new_nocheck(out, "region", indicator_region_json(look->request, look->region));
    json_object_set_new_nocheck(choices, "regions", regions_json(look, code));
    json_object_set_new_nocheck(choices, "years", years_json(look, code));
    json_object_set_new_nocheck(out, "counted", json_integer((json_int_t)counted));
    json_object_set_new_nocheck(out, "leaves", json_integer((json_int_t)leaves));
    json_object_set_new_nocheck(out, "behind", json_boolean(counted < leaves));
    doors_put(look, code, out);
    return true;
}
