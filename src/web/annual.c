/*
 * The annual report of transfers (R70), of one's own organisation or of a place: as a page, each figure of which leads to its records, and as files.
 * GET /annual ?year=, region=, as_of=, mine=1; /annual/annual.xlsx, .docx, .pdf with the same
 * Document: {"annual": {what was asked for, as on the board (indicator.c); over: the year is, of: whose, files: [{label, href}],
 *   parts: [{code, label, rows: [{code, title, says, said, number, lines, href}], sum: {said, lines} of the ways or null}],
 *   columns: [{code, label}], units: [{name, href, cells: [{said, lines}]}] of a place, more: there are further units}}
 */
#include "base/json.h"
#include "base/money.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/indicator_int.h"
#include "web/say.h"
#include "work/annual.h"

enum { YEARS = 5 };

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* To whom no place is open, his own organisation's. */
static bool look_read(struct request *request, struct indicator_look *look, struct err *err)
{
    const struct indicator *none;

    if (!indicator_look_read(request, SLICE(""), &none, look, err))
        return false;
    if (!look->year)
        return err_set(err, ERR_INVALID, "年度报告按年出，不按起止日") || err_hint(err, "写 year=2025") || err_field(err, "year");
    if (look->mine || indicator_over(&request->actor, look->region))
        return true;
    if (!look->party)
        return err_set(err, ERR_DENIED, "您的账号不代表哪个单位，也不管哪个地方，没有年度报告") || err_hint(err, "公开的数在“指标”里看");
    look->mine = true;
    look->ask.party = look->party;
    look->unit = record_title(request->sql, &kind_party, look->party, request->arena);
    return true;
}

static struct slice whose(const struct indicator_look *look)
{
    json_t *region;
    struct slice name = look->unit;

    if (look->mine)
        return name;
    region = look->region ? indicator_region_json(look->request, look->region) : NULL;
    name = region ? slice_of(arena_print(look->request->arena, "%s", json_string_value(json_object_get(region, "label")))) : say(look->request, N_("全部单位"));
    json_decref(region);
    return name;
}

static bool annual_read(struct request *request, struct indicator_look *look, struct annual *annual, struct err *err)
{
    return look_read(request, look, err)
           && annual_make(request->sql, look->set, &look->ask, look->year, look->today, whose(look), !look->mine, request->arena, annual, err);
}

/* --- the page --- */

static struct slice yuan(const struct request *request, int64_t fen)
{
    char text[MONEY_TEXT];

    return PUT(request, "%s", request->english ? money_show_english(fen, text) : money_show(fen, text));
}

static json_t *row_json(const struct indicator_look *look, const struct annual_row *row)
{
    json_t *out = json_object();

    indicator_text_put(look->request, row->indicator, out);
    indicator_figure_put(look->request, row->indicator, &row->figure, out);
    json_put(out, "href", indicator_path(look, row->indicator->code, "/lines"));
    return out;
}

static void parts_put(const struct indicator_look *look, const struct annual *annual, json_t *parts)
{
    static const char *const labels[][3] = {
        [ANNUAL_WAYS] = {"ways", "转化方式", "Ways of transfer"},
        [ANNUAL_MONEY] = {"money", "合同、登记和到账，不相加", "Contracts, registration and receipts, never added up"},
        [ANNUAL_REWARDS] = {"rewards", "奖励", "Rewards"},
    };

    for (int part = ANNUAL_WAYS; part <= ANNUAL_REWARDS; part++) {
        json_t *out = json_object(), *rows = json_array(), *label = label_json(labels[part][0], labels[part][1], labels[part][2]);

        json_array_append_new(parts, out);
        json_object_set_nocheck(out, "code", json_object_get(label, "code"));
        json_object_set_new_nocheck(out, "label", label);
        json_object_set_new_nocheck(out, "rows", rows);
        for (size_t i = 0; i < annual->row_count; i++)
            if ((int)annual->rows[i].part == part)
                json_array_append_new(rows, row_json(look, &annual->rows[i]));
        if (part == ANNUAL_WAYS) {
            json_t *sum = json_object();

            json_put(sum, "said", yuan(look->request, annual->ways_fen));
            json_object_set_new_nocheck(sum, "lines", json_integer(annual->ways_lines));
            json_object_set_new_nocheck(out, "sum", sum);
        }
        json_fill(out, "sum");
    }
}

static void units_put(const struct indicator_look *look, const struct annual *annual, json_t *out)
{
    json_t *columns = json_array(), *units = json_array();

    for (size_t i = 0; annual_unit_code(i); i++) {
        const struct indicator *indicator = indicator_find(look->set, slice_of(annual_unit_code(i)));

        if (indicator)
            json_array_append_new(columns, label_json(indicator->code, indicator->title, indicator->title_en));
    }
    for (size_t i = 0; i < annual->unit_count; i++) {
        const struct annual_unit *unit = &annual->units[i];
        json_t *line = json_object(), *cells = json_array();

        json_put(line, "name", unit->name);
        json_put(line, "href", PUT(look->request, "/parties/%lld", (long long)unit->party));
        json_object_set_new_nocheck(line, "cells", cells);
        for (size_t j = 0; j < ANNUAL_UNIT_FIGURES; j++) {
            json_t *cell = json_object();

            json_put(cell, "said", yuan(look->request, unit->fen[j]));
            json_object_set_new_nocheck(cell, "lines", json_integer(unit->lines[j]));
            json_array_append_new(cells, cell);
        }
        json_array_append_new(units, line);
    }
    json_object_set_new_nocheck(out, "columns", columns);
    json_object_set_new_nocheck(out, "units", units);
    json_object_set_new_nocheck(out, "listed", json_boolean(annual->unit_count > 0));
    json_object_set_new_nocheck(out, "more", json_boolean(annual->more));
}

static void files_put(const struct indicator_look *look, json_t *files)
{
    static const char *const kinds[][2] = {{"Excel", "/annual/annual.xlsx"}, {"Word", "/annual/annual.docx"}, {"PDF", "/annual/annual.pdf"}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        json_t *file = json_object();

        json_put(file, "label", slice_of(kinds[i][0]));
        json_put(file, "href", indicator_address(look, kinds[i][1]));
        json_array_append_new(files, file);
    }
}

static void years_put(const struct indicator_look *look, json_t *out)
{
    json_t *years = json_array();
    int newest = indicator_year_of(look->limit);

    for (int year = newest; year > newest - YEARS; year--)
        indicator_year_add(look, "/annual", year, years);
    json_object_set_new_nocheck(out, "years", years);
}

bool annual_get(struct request *request, struct err *err)
{
    json_t *document, *out, *parts, *files;
    struct indicator_look look;
    struct annual annual;

    if (!annual_read(request, &look, &annual, err))
        return false;
    document = json_object();
    out = json_object();
    parts = json_array();
    files = json_array();
    json_object_set_new_nocheck(document, "annual", out);
    json_object_set_new_nocheck(out, "year", json_integer(look.year));
    json_put_day(out, "to", look.ask.to);
    json_object_set_new_nocheck(out, "over", json_boolean(annual.over));
    json_object_set_new_nocheck(out, "mine", json_boolean(look.mine));
    json_put(out, "of", annual.of);
    json_object_set_new_nocheck(out, "files", files);
    json_object_set_new_nocheck(out, "parts", parts);
    files_put(&look, files);
    years_put(&look, out);
    parts_put(&look, &annual, parts);
    units_put(&look, &annual, out);
    return request_page(request, "annual", document);
}

/* --- the files --- */

static const struct { const char *ending; enum annual_file file; } kinds[] = {{"xlsx", ANNUAL_XLSX}, {"docx", ANNUAL_DOCX}, {"pdf", ANNUAL_PDF}};

bool annual_file_get(struct request *request, struct err *err)
{
    struct indicator_look look;
    struct annual annual;
    const char *path;
    size_t i = 0;

    while (i < sizeof kinds / sizeof *kinds && !slice_ends(request->path, arena_print(request->arena, "/annual.%s", kinds[i].ending)))
        i++;
    if (i == sizeof kinds / sizeof *kinds)
        return err_set(err, ERR_MISSING, "没有这个文件") || err_hint(err, "年度报告有 annual.xlsx、annual.docx 和 annual.pdf 三种");
    if (!request_look(request, err) || !annual_read(request, &look, &annual, err))
        return false;
    path = export_place(request, kinds[i].ending);
    return export_paper(request, annual_paper(&annual, kinds[i].file, request_site(request), path, err), path, kinds[i].ending,
                        PUT(request, "%d 年度科技成果转化年度报告", look.year));
}
