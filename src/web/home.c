/*
 * The front page: the box, what there is in seven columns, what happened lately, the seven sides.
 * Document: {"ask": {text, most}, "home": {columns: {NAME: {count, href}}, lately: [{at, kind, href, title, who}], sides: [{side, count, href}]}}
 */
#include "base/json.h"
#include "record/choice.h"
#include "record/facet.h"
#include "web/handlers.h"
#include "web/view.h"

enum { LATELY = 8, LATELY_EACH = 4 };

json_t *ask_json(struct slice text)
{
    json_t *ask = json_object();

    json_put(ask, "text", text);
    json_object_set_new_nocheck(ask, "most", json_integer(MATCH_QUERY_CHARS));
    json_fill(ask, "error");
    return ask;
}

static int64_t count_of(struct sql *sql, const struct kind *kind, const char *facet, const char *value)
{
    struct err ignored;
    int64_t count;

    return facet_total(sql, kind, facet, slice_of(value), &count, &ignored) ? count : 0;
}

/* Each column's list, and how long that very list is. */
static json_t *columns_json(struct sql *sql, struct arena *arena)
{
    static const struct {
        const char *name;
        const struct kind *kind;
        const char *facet, *value;
    } columns[] = {
        {"achievement", &kind_achievement, "", ""}, {"need", &kind_need, "", ""},
        {"people", &kind_person, "", ""},           {"place", &kind_service, "sort", "place"},
        {"scenario", &kind_scenario, "", ""},       {"finance", &kind_service, "sort", "finance"},
        {"policy", &kind_policy, "", ""},
    };
    json_t *list = json_object();

    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        bool whole = !*columns[i].facet;
        json_t *column = json_object();

        json_object_set_new_nocheck(column, "count", json_integer(count_of(sql, columns[i].kind, columns[i].facet,
                                                                           columns[i].value)));
        json_put(column, "href",
                 slice_of(arena_print(arena, "/%s%s%s%s%s", columns[i].kind->plural, whole ? "" : "?", columns[i].facet,
                                      whole ? "" : "=", columns[i].value)));
        json_object_set_new_nocheck(list, columns[i].name, column);
    }
    return list;
}

static json_t *sides_json(struct sql *sql, struct arena *arena)
{
    const struct choice_list *sides = choice_list_get("side");
    json_t *list = json_array();

    for (size_t i = 0; i < sides->count; i++) {
        const struct choice *side = &sides->choices[i];
        json_t *line = json_object();

        json_object_set_new_nocheck(line, "side", label_json(side->code, side->label, side->label_en));
        json_object_set_new_nocheck(line, "count", json_integer(count_of(sql, &kind_party, "side", side->code)));
        json_put(line, "href", slice_of(arena_print(arena, "/parties?side=%s", side->code)));
        json_array_append_new(list, line);
    }
    return list;
}

/* The newest of three kinds, by id (ids rise with time); of none so many that the others are not seen. */
struct newest {
    const struct kind *kind;
    int64_t id;
};

static int newer_first(const void *a, const void *b)
{
    const struct newest *x = a, *y = b;

    return (x->id < y->id) - (x->id > y->id);
}

static size_t newest_of(struct request *request, struct newest *all)
{
    static const struct kind *const kinds[] = {&kind_achievement, &kind_need, &kind_scenario};
    size_t n = 0;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct facet_query query = {.kind = kinds[k], .limit = LATELY_EACH};
        int64_t ids[LATELY_EACH];
        struct err ignored;
        int64_t next;
        size_t count;

        if (!facet_list(request->sql, &query, ids, &count, &next, &ignored))
            continue;
        for (size_t i = 0; i < count; i++)
            all[n++] = (struct newest){kinds[k], ids[i]};
    }
    qsort(all, n, sizeof *all, newer_first);
    return n < LATELY ? n : LATELY;
}

static json_t *lately_json(struct request *request)
{
    struct newest all[3 * LATELY_EACH];
    size_t n = newest_of(request, all);
    json_t *list = json_array();

    for (size_t i = 0; i < n; i++) {
        struct record record;
        struct err ignored;
        json_t *line;

        if (!record_get(request->sql, all[i].kind, all[i].id, request->arena, &record, &ignored))
            continue;
        line = box_card(request->sql, &record, &request->actor, request->english, request->arena);
        json_object_set_new_nocheck(line, "at", json_integer(record.valid_from));
        json_object_set_new_nocheck(line, "kind", label_json(all[i].kind->name, all[i].kind->label,
                                                             all[i].kind->label_en));
        json_array_append_new(list, line);
    }
    return list;
}

bool ask_page(struct request *request, struct slice text, struct slice error)
{
    json_t *document = json_object(), *ask = ask_json(text);

    json_put(ask, "error", error);
    json_object_set_new_nocheck(document, "ask", ask);
    json_fill(document, "refine results home");
    return request_page(request, "home", document);
}

bool home_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *home = json_object();

    (void)err;
    json_object_set_new_nocheck(home, "columns", columns_json(request->sql, request->arena));
    json_object_set_new_nocheck(home, "lately", lately_json(request));
    json_object_set_new_nocheck(home, "sides", sides_json(request->sql, request->arena));
    json_object_set_new_nocheck(document, "ask", ask_json(SLICE("")));
    json_object_set_new_nocheck(document, "home", home);
    json_fill(document, "refine results");
    return request_page(request, "home", document);
}
