/*
 * A kind's list: narrowed by facets, newest first, paged by keyset; or the records nearest to some words.
 * Document: {"list": {kind, total, beyond, path, q, new, export, kept, active, clear, facets, rows, first, next}}. beyond: there
 * are more than total. An option's count is null where the list is too long to count in it.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "web/handlers.h"
#include "web/list_int.h"
#include "web/view.h"

enum { PAGE_ROWS = 20, QUERY_CHARS = 200 };

const struct field *facet_field(const struct kind *kind, struct slice name)
{
    for (size_t i = 0; i < kind->facet_count; i++)
        if (slice_is(name, kind->fields[kind->facets[i]].name))
            return &kind->fields[kind->facets[i]];
    return NULL;
}

/* A node may be given by its name: "region=兰州"; one further down than the facet goes narrows to what it belongs to. */
static struct slice filter_value(const struct field *field, struct slice typed)
{
    struct slice code = field->type == FIELD_CODES ? facet_code(field, typed) : SLICE("");

    return code.len ? code : typed;
}

static bool has_filter(const struct facet_filter *filters, size_t count, const char *facet, struct slice value)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(filters[i].facet, facet) == 0 && slice_same(filters[i].value, value))
            return true;
    return false;
}

size_t list_filters(const struct request *request, struct facet_filter *filters)
{
    size_t count = 0;

    for (size_t i = 0; i < request->query.count && count < FACET_FILTERS; i++) {
        const struct form_part *part = &request->query.parts[i];
        const struct field *field = facet_field(request->kind, part->name);
        struct slice value = field ? filter_value(field, part->value) : SLICE("");

        if (value.len && !has_filter(filters, count, field->name, value))
            filters[count++] = (struct facet_filter){field->name, value};
    }
    return count;
}

static void read_filters(struct listing *listing)
{
    struct request *request = listing->request;

    listing->query = (struct facet_query){.kind = request->kind, .limit = PAGE_ROWS,
                                          .before = request_number(request, "before", 0)};
    listing->query.count = list_filters(request, listing->query.filters);
    listing->words = utf8_head(slice_trim(request_value(request, "q")), QUERY_CHARS);
}

static json_t *kept_json(const struct listing *listing)
{
    json_t *kept = json_array();

    for (size_t i = 0; i < listing->query.count; i++) {
        json_t *pair = json_object();

        json_put(pair, "name", slice_of(listing->query.filters[i].facet));
        json_put(pair, "value", listing->query.filters[i].value);
        json_array_append_new(kept, pair);
    }
    return kept;
}

/* --- rows --- */

static void row_add(struct listing *listing, int64_t id, json_t *rows)
{
    struct request *request = listing->request;
    struct record record;
    struct err ignored;

    if (record_get(request->sql, request->kind, id, request->arena, &record, &ignored) && record.status == RECORD_OPEN)
        json_array_append_new(rows, box_card(request->sql, &record, &request->actor, request->english, request->arena));
}

static bool listed(struct listing *listing, json_t *rows, json_t *list, struct err *err)
{
    struct facet_view view;

    if (!facet_look(listing->request->sql, &listing->query, listing->request->arena, &view, err))
        return false;
    for (size_t i = 0; i < view.count; i++)
        row_add(listing, view.ids[i], rows);
    if (view.next)
        json_put(list, "next", list_address(listing, NULL, NULL, SLICE(""), view.next));
    if (listing->query.before)
        json_put(list, "first", list_address(listing, NULL, NULL, SLICE(""), 0));
    json_object_set_new_nocheck(list, "total", json_integer(view.total));
    json_object_set_new_nocheck(list, "beyond", json_boolean(view.beyond));
    json_object_set_new_nocheck(list, "facets", list_facets(listing, &view));
    return true;
}

static unsigned columns_of(const struct kind *kind)
{
    static const unsigned columns[KIND_COUNT] = {
        [KIND_PARTY] = 1u << COLUMN_PARTY,       [KIND_PERSON] = 1u << COLUMN_PEOPLE,
        [KIND_ACHIEVEMENT] = 1u << COLUMN_ACHIEVEMENT, [KIND_NEED] = 1u << COLUMN_NEED,
        [KIND_SCENARIO] = 1u << COLUMN_SCENARIO, [KIND_POLICY] = 1u << COLUMN_POLICY,
        [KIND_SERVICE] = 1u << COLUMN_PEOPLE | 1u << COLUMN_PLACE | 1u << COLUMN_FINANCE,
    };

    return columns[kind->id];
}

static bool passes(struct listing *listing, int64_t id)
{
    struct err ignored;

    for (size_t i = 0; i < listing->query.count; i++) {
        const struct facet_filter *filter = &listing->query.filters[i];
        int64_t one;
        bool found = false;

        if (!sql_one(listing->request->sql,
                     "SELECT 1 FROM facet WHERE kind = ?1 AND facet = ?2 AND value = ?3 AND id = ?4",
                     SQL_ARGS(sql_text(slice_of(listing->request->kind->name)), sql_text(slice_of(filter->facet)),
                              sql_text(filter->value), sql_int(id)),
                     &one, &found, &ignored)
            || !found)
            return false;
    }
    return true;
}

enum { NEAREST = 60 };

static int by_score(const void *a, const void *b)
{
    const struct match_hit *x = *(const struct match_hit *const *)a, *y = *(const struct match_hit *const *)b;

    return x->score != y->score ? (x->score < y->score ? 1 : -1) : (x->id > y->id) - (x->id < y->id);
}

/* A kind may stand in several columns (services do): one list of them all, best first. */
static size_t hits_merge(const struct match_hits *hits, const struct match_hit *best[COLUMN_COUNT * NEAREST])
{
    size_t count = 0;

    for (unsigned c = 0; c < COLUMN_COUNT; c++)
        for (size_t i = 0; i < hits->lists[c].count; i++)
            if (hits->lists[c].hits[i].rating > MATCH_NONE)
                best[count++] = &hits->lists[c].hits[i];
    qsort(best, count, sizeof *best, by_score);
    return count;
}

/* The records nearest to some words, best first, one page. Of what some words found there is nothing to count. */
static bool searched(struct listing *listing, json_t *rows, json_t *list, struct err *err)
{
    struct match_snapshot *snapshot = match_snapshot(listing->request->web->city->index);
    const struct match_hit *best[COLUMN_COUNT * NEAREST];
    struct match_query query;
    struct match_hits hits;
    struct match_err problem;
    size_t count;
    bool ok;

    match_query_init(&query);
    query.text = (struct match_str){listing->words.at, listing->words.len};
    query.kinds = columns_of(listing->request->kind);
    query.k = NEAREST;
    ok = match_search(snapshot, &query, &hits, &problem);
    match_snapshot_end(snapshot);
    if (!ok) {
        err_set(err, ERR_INVALID, "查不了这几个字");
        err_hint(err, "请换几个字再查，或从列表左边的条件找起");
    }
    count = ok ? hits_merge(&hits, best) : 0;
    for (size_t i = 0; i < count && json_array_size(rows) < PAGE_ROWS; i++)
        if (passes(listing, best[i]->id))
            row_add(listing, best[i]->id, rows);
    match_hits_release(&hits);
    json_object_set_new_nocheck(list, "total", json_integer((json_int_t)json_array_size(rows)));
    json_object_set_new_nocheck(list, "beyond", json_false());
    json_object_set_new_nocheck(list, "facets", json_array());
    return ok;
}

/* --- the page --- */

static const char *export_address(const struct listing *listing, bool own, const char *format)
{
    struct arena *arena = listing->request->arena;
    struct slice list = list_address(listing, NULL, NULL, SLICE(""), 0);
    const char *question = memchr(list.at, '?', list.len);
    int path = (int)(question ? question - list.at : (ptrdiff_t)list.len);

    return arena_print(arena, "%.*s/export?format=%s%s%s%s", path, list.at, format, own ? "&own=1" : "",
                       question ? "&" : "", question ? question + 1 : "");
}

/* Whole lists for those whose scope they are in; a member takes out what is the own organisation's. */
static void export_add(const struct listing *listing, json_t *list)
{
    static const char *const formats[] = {"csv", "xlsx", "jsonl"};
    const struct actor *actor = &listing->request->actor;
    struct object all = {.kind = listing->request->kind}, own = {.kind = listing->request->kind, .owner = actor->party};
    struct err ignored;
    bool whole = may(actor, ACT_EXPORT, &all, &ignored);
    json_t *export;

    if (!whole && !(actor->party && may(actor, ACT_EXPORT, &own, &ignored)))
        return;
    export = json_object();
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        json_put(export, formats[i], slice_of(export_address(listing, !whole, formats[i])));
    json_object_set_new_nocheck(list, "export", export);
}

static void tools_add(const struct listing *listing, json_t *list)
{
    struct request *request = listing->request;
    struct object object = {.kind = request->kind, .owner = request->actor.party};
    struct err ignored;

    if (!request->signed_in || may(&request->actor, ACT_CREATE, &object, &ignored))
        json_put(list, "new", slice_of(arena_print(request->arena, "/%s/new", request->kind->plural)));
    json_put(list, "path", slice_of(arena_print(request->arena, "/%s", request->kind->plural)));
    json_put(list, "q", listing->words);
    json_object_set_new_nocheck(list, "kept", kept_json(listing));
    json_object_set_new_nocheck(list, "active", list_active(listing));
    if (listing->query.count || listing->words.len)
        json_put(list, "clear", slice_of(arena_print(request->arena, "/%s", request->kind->plural)));
    export_add(listing, list);
    json_fill(list, "new clear first next export");
}

bool list_get(struct request *request, struct err *err)
{
    const struct kind *kind = request->kind;
    struct listing listing = {.request = request};
    json_t *document = json_object(), *list = json_object(), *rows = json_array();
    bool ok;

    read_filters(&listing);
    json_object_set_new_nocheck(document, "list", list);
    json_object_set_new_nocheck(list, "kind", label_json(kind->name, kind->label, kind->label_en));
    ok = (listing.words.len ? searched : listed)(&listing, rows, list, err);
    json_object_set_new_nocheck(list, "rows", rows);
    if (!ok) {
        json_decref(document);
        return false;
    }
    tools_add(&listing, list);
    return request_page(request, "list", document);
}
