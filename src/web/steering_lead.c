/*
 * What the steering desk says besides what is held.
 *   districts: {columns: [{code, label}], lines: [{label, href, red: null where not all was looked at, cells: [{said, href}]}]}
 *   landing: {said, href of the figure, desk: where firms are told, or null}
 *   promises: [{kind, title, href, who, day, late, key, said: what was reached of a target, or null}], the ten that are late longest, what is watched closely first
 *   targets: {lines: [{name, href, said, who, reached}] of this year, more}
 */
#include <stdlib.h>

#include "base/clock.h"
#include "base/json.h"
#include "record/fact.h"
#include "record/tree.h"
#include "web/say.h"
#include "web/steering_int.h"
#include "work/steer.h"

enum { PROMISES_SHOWN = 10, PROMISES_READ = 2 * PROMISES_LOOKED + 2 * INDICATOR_TARGETS, TARGETS_SHOWN = 40, YEARS_OVER = 2 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

static struct slice path_of(const struct request *request, const struct kind *kind, int64_t id)
{
    return PUT(request, "/%s/%lld", kind->plural, (long long)id);
}

/* This year, up to today. */
static bool look_now(struct request *request, struct indicator_look *look, struct err *err)
{
    const struct indicator *none;

    return indicator_look_read(request, SLICE(""), &none, look, err);
}

/* --- districts --- */

static const char *const shown[] = {"signed_money", "contract_money", "received_money", "need_answered", "pier_days"};

static void columns_put(const struct indicator_look *look, json_t *out)
{
    json_t *columns = json_array();

    json_object_set_new_nocheck(out, "columns", columns);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct indicator *indicator = indicator_find(look->set, slice_of(shown[i]));

        if (indicator)
            json_array_append_new(columns, label_json(indicator->code, indicator->title, indicator->title_en));
    }
}

static bool cells_put(const struct indicator_look *look, json_t *line, struct err *err)
{
    json_t *cells = json_array();

    json_object_set_new_nocheck(line, "cells", cells);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct indicator *indicator = indicator_find(look->set, slice_of(shown[i]));
        struct figure figure;
        json_t *cell;

        if (!indicator)
            continue;
        indicator = indicator_counted(look, indicator);
        if (!indicator_look_figure(look, indicator, &look->ask, &figure, err))
            return false;
        cell = json_object();
        json_array_append_new(cells, cell);
        json_put(cell, "said", indicator_said(look->request, indicator, &figure));
        json_put(cell, "title", indicator_title(look->request, indicator));
        json_put(cell, "href", indicator_path(look, indicator->code, ""));
    }
    return true;
}

static int red_of(const struct steering *steering, int64_t district)
{
    int red = 0;

    for (size_t i = 0; i < steering->count; i++)
        red += steering->list[i].colour == HELD_RED && steering->list[i].region && division_holds(district, steering->list[i].region);
    return red;
}

static bool district_add(const struct indicator_look *look, const struct steering *steering, int64_t district, json_t *lines, struct err *err)
{
    struct indicator_look here = *look;
    json_t *line = json_object();

    indicator_region_set(&here, district);
    json_array_append_new(lines, line);
    json_object_set_new_nocheck(line, "label", indicator_region_json(look->request, district));
    json_put(line, "href", indicator_path(&here, NULL, ""));
    json_object_set_new_nocheck(line, "red", steering->more ? json_null() : json_integer(red_of(steering, district)));
    json_object_set_new_nocheck(line, "told", json_boolean(!steering->more));
    return cells_put(&here, line, err);
}

bool steering_districts_put(struct request *request, const struct steering *steering, json_t *out, struct err *err)
{
    const struct tree *tree = tree_get("division");
    struct indicator_look look;
    json_t *districts, *lines;

    if (!actor_has(&request->actor, ROLE_CITY_OFFICER) || !tree)
        return true;
    if (!look_now(request, &look, err))
        return false;
    districts = json_object();
    lines = json_array();
    json_object_set_new_nocheck(out, "districts", districts);
    json_object_set_new_nocheck(districts, "lines", lines);
    columns_put(&look, districts);
    for (size_t i = 0; i < tree->count; i++) {
        int64_t district = strtoll(tree->nodes[i].code, NULL, 10);

        if (district != INDICATOR_CITY && division_holds(INDICATOR_CITY, district) && !district_add(&look, steering, district, lines, err))
            return false;
    }
    return true;
}

/* --- policies --- */

bool steering_landing_put(struct request *request, const struct steering *steering, json_t *out, struct err *err)
{
    const struct indicator *indicator = indicator_find(request->web->city->indicators, SLICE("claims_paid_share"));
    struct indicator_look look;
    struct figure figure;
    json_t *landing;

    if (steering->who == STEERING_UNIT || !indicator)
        return true;
    if (!look_now(request, &look, err))
        return false;
    if (!indicator_sees(&look, indicator))
        return true;
    indicator = indicator_counted(&look, indicator);
    if (!indicator_look_figure(&look, indicator, &look.ask, &figure, err))
        return false;
    landing = json_object();
    json_object_set_new_nocheck(out, "landing", landing);
    json_put(landing, "title", indicator_title(request, indicator));
    json_put(landing, "said", indicator_said(request, indicator, &figure));
    json_put(landing, "href", indicator_path(&look, indicator->code, ""));
    if (may_beyond(&request->actor, ACT_IMPORT_ANY, &kind_fact))
        json_put(landing, "desk", SLICE("/benefits/desk"));
    json_fill(landing, "desk");
    return true;
}

/* --- what was promised --- */

static struct slice who_of(struct request *request, const struct record *target)
{
    int64_t unit = matter_number(target, TARGET_UNIT);

    return record_title(request->sql, &kind_party, unit ? unit : target->owner, request->arena);
}

/* Of a year that is over, those that were not met, as far as a figure says so. */
static bool unmet_add(struct request *request, struct indicator_reached *reached, int year, struct promise *list, size_t *count, struct err *err)
{
    struct indicator_target *targets;
    int32_t last;
    size_t read;
    bool more;

    if (!day_from_ymd(year, 12, 31, &last) || !indicator_targets_of(request->sql, year, INDICATOR_NOW, request->arena, &targets, &read, &more, err))
        return false;
    for (size_t i = 0; i < read && *count < PROMISES_READ; i++) {
        const struct record *target = &targets[i].record;
        struct indicator_reach reach;
        struct slice said;
        bool found;

        if (!indicator_reached_find(reached, target, &reach, &said, &found, err))
            return false;
        if (found && reach.known && !reach.met && reach.share >= 0)
            list[(*count)++] = (struct promise){&kind_target, target->id, matter_text(target, TARGET_NAME), who_of(request, target), last, false, said};
    }
    return true;
}

static json_t *promise_json(const struct request *request, const struct promise *promise, int32_t today)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "kind", label_json(promise->kind->name, promise->kind->label, promise->kind->label_en));
    json_put(line, "title", promise->title);
    json_put(line, "href", path_of(request, promise->kind, promise->id));
    if (promise->who.len)
        json_put(line, "who", promise->who);
    json_put_day(line, "day", promise->day);
    json_object_set_new_nocheck(line, "late", json_integer(today - promise->day));
    json_object_set_new_nocheck(line, "key", json_boolean(promise->key));
    if (promise->said.len)
        json_put(line, "said", promise->said);
    json_fill(line, "who said");
    return line;
}

static bool targets_put(struct request *request, struct indicator_reached *reached, int year, json_t *out, struct err *err)
{
    json_t *targets = json_object(), *lines = json_array();
    struct indicator_target *list;
    size_t count, added = 0;
    bool more;

    json_object_set_new_nocheck(out, "targets", targets);
    json_object_set_new_nocheck(targets, "lines", lines);
    json_object_set_new_nocheck(targets, "year", json_integer(year));
    if (!indicator_targets_of(request->sql, year, INDICATOR_NOW, request->arena, &list, &count, &more, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct record *target = &list[i].record;
        struct slice said = target_said(target, request->english, request->arena);
        json_t *line;

        if (target->status != RECORD_OPEN)
            continue;
        if (added++ >= TARGETS_SHOWN)
            break;
        line = json_object();
        json_array_append_new(lines, line);
        json_put(line, "name", matter_text(target, TARGET_NAME));
        json_put(line, "href", path_of(request, &kind_target, target->id));
        if (said.len)
            json_put(line, "said", said);
        json_put(line, "who", who_of(request, target));
        json_fill(line, "said");
        if (!indicator_reached_put(reached, target, line, err))
            return false;
    }
    json_object_set_new_nocheck(targets, "more", json_boolean(more || added > TARGETS_SHOWN));
    return true;
}

bool steering_promises_put(struct request *request, json_t *out, struct err *err)
{
    int32_t today = day_of_ms(request->now_ms);
    int year = indicator_year_of(today);
    struct indicator_reached *reached;
    struct promise *list;
    json_t *promises;
    size_t count;

    json_object_set_new_nocheck(out, "leads", json_boolean(actor_has_any(&request->actor, STEER_LEADERS)));
    if (!actor_has_any(&request->actor, STEER_LEADERS))
        return true;
    reached = indicator_reached_new(request);
    list = arena_alloc(request->arena, PROMISES_READ * sizeof *list);
    if (!steering_promises(request->sql, &request->actor, today, request->arena, list, PROMISES_READ, &count, err))
        return false;
    for (int over = 1; over <= YEARS_OVER; over++)
        if (!unmet_add(request, reached, year - over, list, &count, err))
            return false;
    if (count)
        qsort(list, count, sizeof *list, promise_order);
    promises = json_array();
    json_object_set_new_nocheck(out, "promises", promises);
    for (size_t i = 0; i < count && i < PROMISES_SHOWN; i++)
        json_array_append_new(promises, promise_json(request, &list[i], today));
    return targets_put(request, reached, year, out, err);
}
