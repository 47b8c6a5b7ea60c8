/* Targets beside figures. */
#include "base/clock.h"
#include "base/json.h"
#include "web/indicator_int.h"
#include "work/matter.h"
#include "work/steer.h"

enum { FIGURES_MOST = 150 /* different ones a page */ };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

const struct indicator_target *indicator_aim_find(const struct indicator_look *look, const struct indicator_target *targets, size_t count, const char *code)
{
    int64_t region = look->region % 100 ? look->region : 0;

    for (size_t i = 0; i < count; i++) {
        struct slice own = matter_text(&targets[i].record, TARGET_INDICATOR);

        if (slice_is(own, code) && indicator_target_region(&targets[i]) == region)
            return &targets[i];
    }
    return NULL;
}

/* Targets are a place's, for a year: none of part of it, or of one organisation. */
bool indicator_aims_read(const struct indicator_look *look, struct indicator_target **list, size_t *count, struct err *err)
{
    bool more;

    *count = 0;
    return !look->year || look->mine
           || indicator_targets_of(look->request->sql, look->year, look->past ? look->limit : INDICATOR_NOW, look->request->arena, list, count, &more, err);
}

bool indicator_aim_put(const struct indicator_look *look, const struct indicator *indicator, json_t *out, struct err *err)
{
    const struct indicator_target *target;
    struct indicator_target *list = NULL;
    json_t *aim = NULL;
    size_t count;
    int64_t level;

    if (!indicator_aims_read(look, &list, &count, err))
        return false;
    target = indicator_aim_find(look, list, count, indicator->code);
    if (target && indicator_target_level(indicator, &target->record, &level)) {
        aim = json_object();
        json_object_set_new_nocheck(aim, "year", json_integer(look->year));
        json_put(aim, "said", target_said(&target->record, look->request->english, look->request->arena));
        json_object_set_new_nocheck(aim, "number", json_integer(level));
    }
    json_object_set_new_nocheck(out, "aim", aim ? aim : json_null());
    return true;
}

bool indicator_aim_json(const struct indicator_look *look, const struct indicator *indicator, const struct indicator_target *target,
                        const struct figure *figure, json_t **out, struct err *err)
{
    struct request *request = look->request;
    struct slice said = target_said(&target->record, request->english, request->arena);
    struct figure own = *figure;
    struct figure_ask ask;
    struct indicator_reach reach;

    if (!indicator_target_ask(indicator, target, look->limit, look->ask.as_of, &ask))
        own.known = false;
    else if (ask.from != look->ask.from && !indicator_look_figure(look, indicator, &ask, &own, err))
        return false;
    indicator_target_reach(indicator, &target->record, &own, &reach);
    *out = json_object();
    json_put(*out, "name", matter_text(&target->record, TARGET_NAME));
    json_put(*out, "href", PUT(request, "/targets/%lld", (long long)target->record.id));
    if (said.len)
        json_put(*out, "said", said);
    if (reach.known && reach.share >= 0)
        json_object_set_new_nocheck(*out, "reached", json_integer(reach.share));
    json_object_set_new_nocheck(*out, "met", json_boolean(reach.known && reach.met));
    json_fill(*out, "said reached");
    return true;
}

/* --- beside a target on other pages --- */

struct reached {
    const struct indicator *indicator;
    struct figure_ask ask;
    struct figure figure;
};

struct indicator_reached {
    struct request *request;
    const struct indicators *set;
    int32_t limit;
    int64_t owner, region; /* who set the target that was asked for last, and where he is */
    struct reached list[FIGURES_MOST];
    size_t count;
};

struct indicator_reached *indicator_reached_new(struct request *request)
{
    struct indicator_reached *reached = arena_zero(request->arena, 1, sizeof *reached);

    reached->request = request;
    reached->set = request->web->city->indicators;
    reached->limit = day_of_ms(request->now_ms);
    return reached;
}

static bool same_ask(const struct figure_ask *a, const struct figure_ask *b)
{
    return a->from == b->from && a->to == b->to && a->region == b->region && a->region_to == b->region_to;
}

/* *figure NULL: there are too many different ones. */
static bool figure_of(struct indicator_reached *reached, const struct indicator *indicator, const struct figure_ask *ask, const struct figure **figure,
                      struct err *err)
{
    size_t i = 0;

    while (i < reached->count && (reached->list[i].indicator != indicator || !same_ask(&reached->list[i].ask, ask)))
        i++;
    *figure = NULL;
    if (i == FIGURES_MOST)
        return true;
    if (i == reached->count) {
        reached->list[i] = (struct reached){.indicator = indicator, .ask = *ask};
        if (!indicator_figure(reached->request->sql, indicator, ask, &reached->list[i].figure, err))
            return false;
        indicator_keep(&reached->request->actor, ask->region, indicator, &reached->list[i].figure);
        reached->count++;
    }
    *figure = &reached->list[i].figure;
    return true;
}

/* Few units set many targets. */
static bool region_of(struct indicator_reached *reached, int64_t owner, int64_t *region, struct err *err)
{
    if (owner != reached->owner && !party_region(reached->request->sql, owner, &reached->region, err))
        return false;
    reached->owner = owner;
    *region = reached->region;
    return true;
}

/* Which definition counts it, where, and what it comes to; *figure NULL: nothing is known, or not for the reader. */
static bool reached_figure(struct indicator_reached *reached, const struct record *target, const struct indicator **counts, int64_t *region,
                           const struct figure **figure, struct err *err)
{
    const struct indicator *indicator = target->status == RECORD_OPEN ? indicator_find(reached->set, matter_text(target, TARGET_INDICATOR)) : NULL;
    struct indicator_target place = {.record = *target};
    struct figure_ask ask;

    *figure = NULL;
    if (!indicator)
        return true;
    if (!region_of(reached, target->owner, &place.region, err))
        return false;
    *region = indicator_target_region(&place);
    if (!indicator_target_ask(indicator, &place, reached->limit, INDICATOR_NOW, &ask)
        || (!indicator->open && !indicator_over(&reached->request->actor, *region)))
        return true;
    *counts = indicator_on(reached->set, slice_of(indicator->code), ask.to);
    if (!figure_of(reached, *counts, &ask, figure, err))
        return false;
    if (*figure && !(*figure)->known)
        *figure = NULL;
    return true;
}

bool indicator_reached_find(struct indicator_reached *reached, const struct record *target, struct indicator_reach *reach, struct slice *said, bool *found,
                            struct err *err)
{
    const struct indicator *indicator;
    const struct figure *figure;
    int64_t region;

    if (!reached_figure(reached, target, &indicator, &region, &figure, err))
        return false;
    *found = figure != NULL;
    if (figure) {
        indicator_target_reach(indicator, target, figure, reach);
        *said = indicator_said(reached->request, indicator, figure);
    }
    return true;
}

bool indicator_reached_put(struct indicator_reached *reached, const struct record *target, json_t *out, struct err *err)
{
    struct request *request = reached->request;
    const struct indicator *indicator;
    const struct figure *figure;
    struct indicator_reach reach;
    json_t *found;
    int64_t region;

    if (!reached_figure(reached, target, &indicator, &region, &figure, err))
        return false;
    json_object_set_new_nocheck(out, "reached", json_null());
    if (!figure)
        return true;
    indicator_target_reach(indicator, target, figure, &reach);
    found = json_object();
    json_object_set_new_nocheck(out, "reached", found);
    json_put(found, "said", indicator_said(request, indicator, figure));
    json_put(found, "href", PUT(request, "/indicators/%s?year=%lld&region=%06lld", indicator->code, (long long)matter_number(target, TARGET_YEAR),
                                (long long)region));
    if (reach.known && reach.share >= 0)
        json_object_set_new_nocheck(found, "share", json_integer(reach.share));
    json_object_set_new_nocheck(found, "met", json_boolean(reach.known && reach.met));
    json_fill(found, "share");
    return true;
}
