/*
 * What a list can be narrowed by. A facet with levels (places, industries, IPC) offers one level at a time: the first one, then
 * what stands below the value that was chosen, and a path back.
 */
#include "base/json.h"
#include "base/text.h"
#include "record/choice.h"
#include "record/tree.h"
#include "web/address.h"
#include "web/list_int.h"
#include "web/view.h"

enum { OPTIONS_SHOWN = 24 };

/* --- addresses --- */

static void add_filters(const struct listing *listing, const struct facet_filter *without, const char *facet,
                        struct text *out)
{
    for (size_t i = 0; i < listing->query.count; i++) {
        const struct facet_filter *filter = &listing->query.filters[i];

        if (filter != without && strcmp(filter->facet, facet) == 0)
            address_add(out, filter->facet, filter->value);
    }
}

struct slice list_address(const struct listing *listing, const struct facet_filter *without, const char *facet,
                          struct slice value, int64_t before)
{
    const struct kind *kind = listing->request->kind;
    struct arena *arena = listing->request->arena;
    struct slice made;
    struct text out;

    text_init(&out);
    text_print(&out, "/%s", kind->plural);
    if (listing->words.len)
        address_add(&out, "q", listing->words);
    for (size_t f = 0; f < kind->facet_count; f++) {
        const char *name = kind->fields[kind->facets[f]].name;

        add_filters(listing, without, name, &out);
        if (facet && strcmp(facet, name) == 0)
            address_add(&out, facet, value);
    }
    if (before)
        address_add(&out, "before", slice_of(arena_print(arena, "%lld", (long long)before)));
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

/* --- labels --- */

/* A place by its name alone where it stands below another, else in full. */
static json_t *node_label(const struct request *request, const struct field *field, struct slice value, bool whole)
{
    const struct tree *tree = tree_get(field->choices);
    const struct tree_node *node = tree_find(tree, value);
    const char *code = arena_text(request->arena, value);
    bool full = strcmp(tree->name, "ipc") == 0 || (whole && strcmp(tree->name, "division") == 0);

    if (!node)
        return label_json(code, code, NULL);
    return full ? label_json(code, tree_label(tree, value, false, request->arena),
                             tree_label(tree, value, true, request->arena))
                : node_json(request, tree, node);
}

static json_t *value_label(const struct request *request, const struct field *field, struct slice value, bool whole)
{
    const char *code = arena_text(request->arena, value);
    const struct choice_list *list = field->type == FIELD_CODES || !field->choices ? NULL : choice_list_get(field->choices);
    const struct choice *choice = list ? choice_find(list, value) : NULL;

    if (field->type == FIELD_CODES)
        return node_label(request, field, value, whole);
    if (list && !choice)
        choice = choice_broader(list, value);
    if (list)
        return label_json(code, choice ? choice->label : code, choice ? choice->label_en : NULL);
    return label_json(code, strcmp(field->name, "trl") == 0 ? arena_print(request->arena, "TRL %s", code) : code, NULL);
}

/* --- which values are offered --- */

/* The last filter of a facet: of one with levels what the list has been narrowed to. NULL: none. */
static const struct facet_filter *filter_of(const struct listing *listing, const struct field *field)
{
    const struct facet_filter *last = NULL;

    for (size_t i = 0; i < listing->query.count; i++)
        if (strcmp(listing->query.filters[i].facet, field->name) == 0)
            last = &listing->query.filters[i];
    return last;
}

static const struct facet_filter *filter_by(const struct listing *listing, const struct field *field, struct slice value)
{
    for (size_t i = 0; i < listing->query.count; i++)
        if (strcmp(listing->query.filters[i].facet, field->name) == 0 && slice_same(listing->query.filters[i].value, value))
            return &listing->query.filters[i];
    return NULL;
}

struct offer {
    const struct field *field;
    const struct facet_view *view;
    struct slice below;          /* values right below this one; "": the first level */
    const struct facet_tally *values[OPTIONS_SHOWN];
    size_t count;
};

/* Do all records that have the value have one below it too? Then nothing is lost by going there at once. */
static bool has_all_below(const struct offer *offer, const struct facet_tally *tally)
{
    int64_t records = 0;

    for (size_t i = 0; i < offer->view->tally_count && records < tally->records; i++) {
        const struct facet_tally *other = &offer->view->tallies[i];

        if (slice_is(other->facet, offer->field->name) && slice_same(facet_above(offer->field, other->value), tally->value))
            records += offer->view->counted ? other->records : tally->records + 1;
    }
    return records > 0 && records >= tally->records;
}

/* Places begin with cities: a province is offered where some of its records are of no city. */
static bool is_offered(const struct offer *offer, const struct facet_tally *tally)
{
    bool places = offer->field->type == FIELD_CODES && strcmp(offer->field->choices, "division") == 0;
    struct slice above;

    if (!facet_has_levels(offer->field))
        return true;
    above = facet_above(offer->field, tally->value);
    if (places && !offer->below.len)
        return above.len ? facet_above(offer->field, above).len == 0 : !has_all_below(offer, tally);
    return slice_same(above, offer->below);
}

static void offer_fill(struct offer *offer)
{
    offer->count = 0;
    for (size_t i = 0; i < offer->view->tally_count && offer->count < OPTIONS_SHOWN; i++)
        if (slice_is(offer->view->tallies[i].facet, offer->field->name) && is_offered(offer, &offer->view->tallies[i]))
            offer->values[offer->count++] = &offer->view->tallies[i];
}

/* Where all records are in one city its districts are what there is to choose from. */
static void offer_make(struct offer *offer)
{
    offer_fill(offer);
    while (facet_has_levels(offer->field) && offer->count == 1 && offer->view->counted
           && has_all_below(offer, offer->values[0])) {
        offer->below = offer->values[0]->value;
        offer_fill(offer);
    }
}

/* --- a facet as the page takes it --- */

static json_t *option_json(const struct listing *listing, const struct offer *offer, const struct facet_tally *tally)
{
    const struct field *field = offer->field;
    const struct facet_filter *chosen = filter_by(listing, field, tally->value);
    const struct facet_filter *instead = facet_has_levels(field) ? filter_of(listing, field) : NULL;
    json_t *option = json_object();

    json_object_set_new_nocheck(option, "value", value_label(listing->request, field, tally->value, !offer->below.len));
    json_object_set_new_nocheck(option, "count", offer->view->counted ? json_integer(tally->records) : json_null());
    json_object_set_new_nocheck(option, "selected", json_boolean(chosen != NULL));
    json_put(option, "href", chosen ? list_address(listing, chosen, NULL, SLICE(""), 0)
                                    : list_address(listing, instead, field->name, tally->value, 0));
    return option;
}

static json_t *step_json(const struct listing *listing, const struct field *field, struct slice value)
{
    const struct facet_filter *chosen = filter_of(listing, field);
    json_t *step = json_object();

    json_object_set_new_nocheck(step, "value", value_label(listing->request, field, value, false));
    json_object_set_new_nocheck(step, "selected", json_boolean(slice_same(value, chosen->value)));
    json_put(step, "href", list_address(listing, chosen, field->name, value, 0));
    return step;
}

/* From the top down to what was chosen. */
static json_t *path_json(const struct listing *listing, const struct field *field)
{
    const struct facet_filter *chosen = facet_has_levels(field) ? filter_of(listing, field) : NULL;
    json_t *path = json_array();

    if (!chosen)
        return path;
    for (struct slice value = chosen->value; value.len; value = facet_above(field, value))
        json_array_insert_new(path, 0, step_json(listing, field, value));
    return path;
}

/* Where no further filter is taken, those that stand can still be taken away or made narrower. */
static bool can_choose(const struct listing *listing, const struct facet_filter *chosen, const struct field *field,
                       struct slice value)
{
    return listing->query.count < FACET_FILTERS || chosen || filter_by(listing, field, value);
}

static json_t *facet_json(const struct listing *listing, const struct facet_view *view, const struct field *field)
{
    const struct facet_filter *chosen = facet_has_levels(field) ? filter_of(listing, field) : NULL;
    struct offer offer = {.field = field, .view = view, .below = chosen ? chosen->value : SLICE("")};
    json_t *facet = json_object(), *options = json_array();

    offer_make(&offer);
    for (size_t i = 0; i < offer.count; i++)
        if (can_choose(listing, chosen, field, offer.values[i]->value))
            json_array_append_new(options, option_json(listing, &offer, offer.values[i]));
    json_put(facet, "name", slice_of(field->name));
    json_object_set_new_nocheck(facet, "label", label_json(field->name, field->label, field->label_en));
    if (chosen)
        json_put(facet, "all", list_address(listing, chosen, NULL, SLICE(""), 0));
    json_object_set_new_nocheck(facet, "path", path_json(listing, field));
    json_object_set_new_nocheck(facet, "options", options);
    json_fill(facet, "all");
    return facet;
}

json_t *list_facets(const struct listing *listing, const struct facet_view *view)
{
    const struct kind *kind = listing->request->kind;
    json_t *facets = json_array();

    for (size_t f = 0; f < kind->facet_count; f++) {
        json_t *facet = facet_json(listing, view, &kind->fields[kind->facets[f]]);

        if (json_array_size(json_object_get(facet, "options")) || json_array_size(json_object_get(facet, "path")))
            json_array_append(facets, facet);
        json_decref(facet);
    }
    return facets;
}

/* --- what it is narrowed by --- */

static void active_add(json_t *active, json_t *label, json_t *value, struct slice href)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "label", label);
    json_object_set_new_nocheck(line, "value", value);
    json_put(line, "href", href);
    json_array_append_new(active, line);
}

json_t *list_active(const struct listing *listing)
{
    struct request *request = listing->request;
    struct listing plain = *listing;
    json_t *active = json_array();

    plain.words = SLICE("");
    if (listing->words.len) {
        const char *words = arena_text(request->arena, listing->words);

        active_add(active, label_json("q", "查找", "Search"), label_json("", words, words),
                   list_address(&plain, NULL, NULL, SLICE(""), 0));
    }
    for (size_t i = 0; i < listing->query.count; i++) {
        const struct facet_filter *filter = &listing->query.filters[i];
        const struct field *field = facet_field(request->kind, slice_of(filter->facet));

        active_add(active, label_json(field->name, field->label, field->label_en),
                   value_label(request, field, filter->value, true), list_address(listing, filter, NULL, SLICE(""), 0));
    }
    return active;
}
