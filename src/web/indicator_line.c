/*
 * GET /indicators/CODE/lines: what a figure counts, the latest day first, ?after=DAY.SUBJECT.LINE for the next page. What a record holds that the
 * reader may not know of is not told here either: its line has neither name nor value.
 * Document: {"indicator_lines": {… what is asked for, as of the indicator; code, title, …, said, number, value, base, lines, up, first,
 *   any, rows: [{day, said, value, base, kind: {code, label}, title, href, hidden, region: {code, label} or null, leaf, proof}], next}}
 * GET /indicators/CODE/lines.csv: the same as a table, at most TABLE_MOST.
 */
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/indicator_int.h"
#include "web/say.h"

enum { PAGE_LINES = 50, TABLE_STEP = 500, TABLE_MOST = 100000 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* --- a line --- */

static json_t *line_json(const struct indicator_look *look, const struct indicator *indicator, const struct figure_line *line, struct err *err)
{
    struct request *request = look->request;
    json_t *out = json_object();
    bool hidden;

    if (!indicator_record_put(request, line->kind, line->record, out, &hidden, err)) {
        json_decref(out);
        return NULL;
    }
    json_put_day(out, "day", line->day);
    if (!hidden) {
        json_put(out, "said", indicator_line_said(request, indicator, line));
        json_object_set_new_nocheck(out, "value", json_integer(line->value));
        json_object_set_new_nocheck(out, "base", json_integer(line->base));
    }
    json_object_set_new_nocheck(out, "region", indicator_region_json(request, line->region));
    json_object_set_new_nocheck(out, "leaf", json_integer(line->leaf));
    json_put(out, "proof", PUT(request, "/log/proof?leaf=%lld", (long long)line->leaf));
    json_fill(out, "said value base");
    return out;
}

/* --- a page of them --- */

/* As this program writes it, and no other way: what does not fit is not made to. */
static bool number_cut(struct slice *rest, int64_t *number)
{
    char typed[24], written[24];
    struct slice digits;

    if (!slice_cut(rest, '.', &digits) || !digits.len || digits.len >= sizeof typed)
        return false;
    snprintf(typed, sizeof typed, "%.*s", (int)digits.len, digits.at);
    *number = strtoll(typed, NULL, 10);
    snprintf(written, sizeof written, "%lld", (long long)*number);
    return strcmp(typed, written) == 0;
}

/* *there false: from the beginning. */
static bool after_read(struct request *request, struct figure_line *after, bool *there, struct err *err)
{
    struct slice rest = slice_trim(request_value(request, "after")), day;

    *after = (struct figure_line){0};
    *there = rest.len > 0;
    if (!*there || (slice_cut(&rest, '.', &day) && day_parse(day, &after->day) && number_cut(&rest, &after->subject) && number_cut(&rest, &after->line) && !rest.len))
        return true;
    return err_set(err, ERR_INVALID, "翻页的位置不对") || err_hint(err, "从这一页的“再往前”点过去") || err_field(err, "after");
}

static struct slice next_path(const struct indicator_look *look, const char *code, const struct figure_line *last)
{
    struct slice path = indicator_path(look, code, "/lines");
    bool asks = memchr(path.at, '?', path.len) != NULL;
    char day[CLOCK_TEXT];

    return PUT(look->request, "%.*s%cafter=%s.%lld.%lld", (int)path.len, path.at, asks ? '&' : '?', day_show(last->day, day), (long long)last->subject,
               (long long)last->line);
}

static bool rows_put(const struct indicator_look *look, const struct indicator *indicator, const struct figure_line *after, json_t *out, struct err *err)
{
    struct request *request = look->request;
    struct figure_line *list = arena_alloc(request->arena, (PAGE_LINES + 1) * sizeof *list);
    json_t *rows = json_array();
    size_t count;

    json_object_set_new_nocheck(out, "rows", rows);
    if (!indicator_lines(request->sql, indicator, &look->ask, after, PAGE_LINES + 1, request->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count && i < PAGE_LINES; i++) {
        json_t *row = line_json(look, indicator, &list[i], err);

        if (!row)
            return false;
        json_array_append_new(rows, row);
    }
    if (count > PAGE_LINES)
        json_put(out, "next", next_path(look, indicator->code, &list[PAGE_LINES - 1]));
    json_object_set_new_nocheck(out, "any", json_boolean(count > 0));
    json_fill(out, "next");
    return true;
}

/* What was asked for, the definition that counts it, and the figure. */
static bool look_read(struct request *request, struct indicator_look *look, const struct indicator **indicator, struct figure *figure, struct err *err)
{
    const struct indicator *opened;

    if (!indicator_look_read(request, indicator_code_of(request), &opened, look, err))
        return false;
    *indicator = indicator_counted(look, opened);
    return indicator_look_figure(look, *indicator, &look->ask, figure, err);
}

bool indicator_lines_get(struct request *request, struct err *err)
{
    const struct indicator *indicator;
    struct indicator_look look;
    struct figure_line after;
    struct figure figure;
    json_t *document, *out;
    bool there;

    if (!look_read(request, &look, &indicator, &figure, err) || !after_read(request, &after, &there, err))
        return false;
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(document, "indicator_lines", out);
    indicator_text_put(request, indicator, out);
    json_object_set_nocheck(out, "measure", json_object_get(out, "unit"));
    indicator_figure_put(request, indicator, &figure, out);
    json_put(out, "up", indicator_path(&look, indicator->code, ""));
    json_put(out, "table_href", indicator_path(&look, indicator->code, "/lines.csv"));
    if (there)
        json_put(out, "first", indicator_path(&look, indicator->code, "/lines"));
    json_fill(out, "first");
    if (indicator_look_put(&look, indicator->code, out, err) && rows_put(&look, indicator, there ? &after : NULL, out, err))
        return request_page(request, "indicator_lines", document);
    json_decref(document);
    return false;
}

/* --- as a table --- */

enum { CELL_DAY, CELL_KIND, CELL_RECORD, CELL_PATH, CELL_VALUE, CELL_BASE, CELL_REGION, CELL_PLACE, CELL_LEAF, CELLS };

static struct slice label_of(const json_t *label)
{
    return json_is_object(label) ? json_member(label, "label") : SLICE("");
}

static struct slice value_of(const struct indicator_look *look, const struct indicator *indicator, const json_t *row)
{
    const json_t *value = json_object_get(row, "value");
    char yuan[MONEY_TEXT];

    if (!json_is_integer(value))
        return SLICE("");
    if (indicator->figure == FIGURE_MONEY)
        return PUT(look->request, "%s", money_show_plain(json_integer_value(value), yuan));
    return PUT(look->request, "%lld", (long long)json_integer_value(value));
}

static bool line_write(const struct indicator_look *look, const struct indicator *indicator, const struct figure_line *line, struct table_writer *writer,
                       struct err *err)
{
    json_t *row = line_json(look, indicator, line, err);
    struct slice cells[CELLS];
    bool hidden, ok;

    if (!row)
        return false;
    hidden = json_is_true(json_object_get(row, "hidden"));
    cells[CELL_DAY] = json_member(row, "day");
    cells[CELL_KIND] = label_of(json_object_get(row, "kind"));
    cells[CELL_RECORD] = hidden ? say(look->request, N_("不对您公开的一项")) : json_member(row, "title");
    cells[CELL_PATH] = hidden ? SLICE("") : json_member(row, "href");
    cells[CELL_VALUE] = value_of(look, indicator, row);
    cells[CELL_BASE] = hidden || indicator->figure != FIGURE_SHARE ? SLICE("") : PUT(look->request, "%lld", (long long)line->base);
    cells[CELL_REGION] = line->region ? PUT(look->request, "%06lld", (long long)line->region) : SLICE("");
    cells[CELL_PLACE] = label_of(json_object_get(row, "region"));
    cells[CELL_LEAF] = PUT(look->request, "%lld", (long long)line->leaf);
    ok = table_write(writer, cells, err);
    json_decref(row);
    return ok;
}

/* What a step needs is let go of behind it: a hundred thousand lines take no more memory than a few. */
static bool lines_write(const struct indicator_look *look, const struct indicator *indicator, struct table_writer *writer, struct err *err)
{
    struct arena arena;
    struct request step = *look->request;
    struct indicator_look here = *look;
    struct figure_line last = {0};
    size_t count = TABLE_STEP, written = 0;
    bool ok = true;

    arena_init(&arena);
    step.arena = &arena;
    here.request = &step;
    while (ok && count == TABLE_STEP && written < TABLE_MOST) {
        struct figure_line *list;

        arena_reset(&arena);
        list = arena_alloc(&arena, TABLE_STEP * sizeof *list);
        ok = indicator_lines(step.sql, indicator, &look->ask, written ? &last : NULL, TABLE_STEP, &arena, list, &count, err);
        for (size_t i = 0; ok && i < count; i++)
            ok = line_write(&here, indicator, &list[i], writer, err);
        if (ok && count)
            last = list[count - 1];
        written += ok ? count : 0;
    }
    arena_release(&arena);
    return ok;
}

static bool table_make(const struct indicator_look *look, const struct indicator *indicator, const char *path, struct err *err)
{
    static const struct slice columns[CELLS] = {
        [CELL_DAY] = {"日期", 6},       [CELL_KIND] = {"类别", 6},
        [CELL_RECORD] = {"记录", 6},    [CELL_PATH] = {"地址", 6},
        [CELL_VALUE] = {"数值", 6},     [CELL_BASE] = {"分母", 6},
        [CELL_REGION] = {"区划代码", 12}, [CELL_PLACE] = {"区县", 6},
        [CELL_LEAF] = {"账本第几条", 15},
    };
    struct table_writer *writer;
    bool ok;

    if (!table_create(path, TABLE_CSV, columns, CELLS, &writer, err))
        return false;
    ok = lines_write(look, indicator, writer, err);
    ok = table_finish(writer, ok ? err : &(struct err){0}) && ok;
    if (!ok)
        unlink(path); /* nothing half is left */
    return ok;
}

bool indicator_table_get(struct request *request, struct err *err)
{
    const char *path = export_path(request, TABLE_CSV);
    const struct indicator *indicator;
    struct indicator_look look;
    struct figure figure;

    if (!request_look(request, err) || !look_read(request, &look, &indicator, &figure, err))
        return false;
    if (figure.lines > TABLE_MOST)
        return err_set(err, ERR_TOO_LARGE, "一次最多取 %d 条，这里有 %lld 条", TABLE_MOST, (long long)figure.lines) || err_hint(err, "缩短期间，或者分区县取");
    return table_make(&look, indicator, path, err) && export_send(request, path, TABLE_CSV, slice_of(indicator->code));
}
