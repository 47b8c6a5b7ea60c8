/*
 * What the city alone can do, by field against the nation; and the table of counts brought in.
 * Document: {"strengths": {measures: [{label, href, here}], years: [{year, href, here}], rows: [{field: {code, label}, here, nation, ratio, low,
 *   high, is: {ahead, behind, open, few}, source, results: how many open results there are in the field, href}], here, nation, import: may the
 *   reader bring in a table, request_id, wrong: [{message, hint}], problem, hint, written}}
 */
#include "base/json.h"
#include "record/choice.h"
#include "record/facet.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"
#include "work/strength.h"

enum { YEARS = 12 };

struct showing {
    struct request *request;
    struct slice measure;
    int64_t year;
    struct facet_tally *totals; /* open results of each field */
    size_t total_count;
    const struct strength_sheet *sheet; /* that was refused; NULL */
    const struct err *problem;
};

static json_t *choice_json(const struct showing *showing, const struct choice *choice)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "label", label_json(choice->code, choice->label, choice->label_en));
    json_put(out, "href", slice_of(arena_print(showing->request->arena, "/strengths?measure=%s", choice->code)));
    json_object_set_new_nocheck(out, "here", json_boolean(slice_is(showing->measure, choice->code)));
    return out;
}

static bool years_add(const struct showing *showing, json_t *out, int64_t *newest, struct err *err)
{
    json_t *list = json_array();
    int64_t years[YEARS];
    size_t count;

    json_object_set_new_nocheck(out, "years", list);
    if (!strength_years(showing->request->sql, showing->measure, years, YEARS, &count, err))
        return false;
    *newest = showing->year ? showing->year : count ? years[0] : 0;
    for (size_t i = 0; i < count; i++) {
        json_t *year = json_object();

        json_object_set_new_nocheck(year, "year", json_integer(years[i]));
        json_put(year, "href", slice_of(arena_print(showing->request->arena, "/strengths?measure=%.*s&year=%lld", (int)showing->measure.len,
                                                    showing->measure.at, (long long)years[i])));
        json_object_set_new_nocheck(year, "here", json_boolean(years[i] == *newest));
        json_array_append_new(list, year);
    }
    return true;
}

static const char *facet_of(const struct showing *showing)
{
    return slice_is(showing->measure, "paper") ? "discipline" : slice_is(showing->measure, "patent") ? "ipc" : "industry";
}

/* How many open results the platform has in the field, where its lists are narrowed by that classification. */
static void results_put(const struct showing *showing, struct slice code, json_t *row)
{
    const char *facet = facet_of(showing);
    struct slice narrowed = facet_code(&kind_achievement.fields[kind_field(&kind_achievement, facet)], code);
    int64_t results = facet_total_in(showing->totals, showing->total_count, code);

    if (!narrowed.len || !slice_same(narrowed, code))
        return;
    json_object_set_new_nocheck(row, "results", json_integer(results));
    if (results)
        json_put(row, "href", slice_of(arena_print(showing->request->arena, "/achievements?%s=%.*s", facet, (int)code.len, code.at)));
}

static void hundredths_put(const struct showing *showing, json_t *out, const char *name, int64_t value)
{
    json_put(out, name, slice_of(arena_print(showing->request->arena, "%lld.%02d", (long long)(value / 100), (int)(value % 100))));
}

static json_t *row_json(const struct showing *showing, const struct strength *of)
{
    static const char *const words[] = {"ahead", "behind", "open", "few"};
    const struct tree *tree = strength_tree(showing->measure);
    const struct tree_node *node = tree ? tree_find(tree, of->code) : NULL;
    json_t *row = json_object(), *is = json_object();

    json_object_set_new_nocheck(row, "field", node ? node_json(showing->request, tree, node) : json_null());
    json_object_set_new_nocheck(row, "here", json_integer(of->here));
    json_object_set_new_nocheck(row, "nation", json_integer(of->nation));
    if (of->verdict != STRENGTH_FEW) {
        hundredths_put(showing, row, "ratio", of->ratio);
        hundredths_put(showing, row, "low", of->low);
        hundredths_put(showing, row, "high", of->high);
    }
    json_object_set_new_nocheck(is, words[of->verdict], json_true());
    json_object_set_new_nocheck(row, "is", is);
    json_put(row, "source", of->source);
    results_put(showing, of->code, row);
    json_fill(row, "ratio low high results href");
    return row;
}

static void wrong_put(const struct showing *showing, json_t *out)
{
    json_t *wrong = json_array();

    for (size_t i = 0; showing->sheet && i < showing->sheet->wrong_count; i++) {
        json_t *line = json_object();

        json_put(line, "message", say_message(showing->request, &showing->sheet->wrong[i]));
        json_put(line, "hint", say_hint(showing->request, &showing->sheet->wrong[i]));
        json_array_append_new(wrong, line);
    }
    json_object_set_new_nocheck(out, "wrong", wrong);
    if (showing->problem) {
        json_put(out, "problem", say_message(showing->request, showing->problem));
        json_put(out, "hint", say_hint(showing->request, showing->problem));
        showing->request->status = 422;
    }
    json_fill(out, "problem hint");
}

static bool rows_add(struct showing *showing, json_t *out, int64_t year, struct err *err)
{
    json_t *rows = json_array();
    struct strength *list;
    int64_t here, nation;
    size_t count;

    json_object_set_new_nocheck(out, "rows", rows);
    if (!strength_list(showing->request->sql, showing->measure, year, showing->request->arena, &list, &count, &here, &nation, err))
        return false;
    if (count
        && !facet_totals(showing->request->sql, &kind_achievement, facet_of(showing), showing->request->arena, &showing->totals, &showing->total_count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(rows, row_json(showing, &list[i]));
    json_object_set_new_nocheck(out, "here", json_integer(here));
    json_object_set_new_nocheck(out, "nation", json_integer(nation));
    return true;
}

static bool page_send(struct showing *showing, struct err *err)
{
    const struct choice_list *measures = choice_list_get("count_measure");
    json_t *document = json_object(), *out = json_object(), *list = json_array();
    struct err ignored;
    int64_t year;

    json_object_set_new_nocheck(document, "strengths", out);
    for (size_t i = 0; i < measures->count; i++)
        json_array_append_new(list, choice_json(showing, &measures->choices[i]));
    json_object_set_new_nocheck(out, "measures", list);
    json_object_set_new_nocheck(out, "import", json_boolean(strength_may(&showing->request->actor, &ignored)));
    json_put(out, "request_id", request_fresh(showing->request));
    wrong_put(showing, out);
    if (years_add(showing, out, &year, err) && rows_add(showing, out, year, err))
        return request_page(showing->request, "strengths", document);
    json_decref(document);
    return false;
}

static bool showing_begin(struct request *request, struct showing *showing, struct err *err)
{
    const struct choice_list *measures = choice_list_get("count_measure");
    struct slice measure = request_value(request, "measure");
    const struct choice *choice = measure.len ? choice_find(measures, measure) : &measures->choices[0];

    *showing = (struct showing){.request = request, .year = request_number(request, "year", 0)};
    if (!choice)
        return err_set(err, ERR_INVALID, "没有这个口径") || err_hint(err, "从本页列出的口径里选") || err_field(err, "measure");
    showing->measure = slice_of(choice->code);
    return true;
}

bool strengths_get(struct request *request, struct err *err)
{
    struct showing showing;

    return showing_begin(request, &showing, err) && page_send(&showing, err);
}

/* --- bringing counts in --- */

static bool taken_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct strength_sheet *sheet = arg;
    json_t *document;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    if (!request->api)
        return request_see(request, "/strengths?measure=%.*s", (int)sheet->rows[0].values[COUNT_MEASURE].text.len, sheet->rows[0].values[COUNT_MEASURE].text.at);
    document = json_object();
    json_object_set_new_nocheck(document, "written", json_integer((json_int_t)sheet->written));
    return request_page(request, NULL, document);
}

static bool rows_read(void *sheet, struct table *table, struct err *err)
{
    return strength_sheet_read(table, sheet, err);
}

bool strengths_post(struct request *request, struct err *err)
{
    struct strength_sheet *sheet = arena_zero(request->arena, 1, sizeof *sheet);
    struct showing showing;
    struct err problem;
    struct slice name;

    if (!strength_may(&request->actor, err))
        return false;
    *sheet = (struct strength_sheet){.actor = &request->actor, .time_ms = request->now_ms, .arena = request->arena,
                                     .rows = arena_zero(request->arena, STRENGTH_ROWS + 1, sizeof *sheet->rows)};
    snprintf(sheet->request_id, sizeof sheet->request_id, "%.*s", (int)request_token(request).len, request_token(request).at);
    if (table_brought(request, &name, rows_read, sheet, err))
        return request_write(request, sheet->request_id, strength_sheet_take, sheet, taken_then, err);
    if (err->code != ERR_INVALID || request->api)
        return false;
    problem = *err;
    if (!request_look(request, err) || !showing_begin(request, &showing, err))
        return false;
    showing.sheet = sheet;
    showing.problem = &problem;
    return page_send(&showing, err);
}
