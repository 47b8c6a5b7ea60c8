/*
 * Patents' status out of the patent office's tables: a file, what was understood of it, then all good rows at once.
 * Document: {"patents": {holder: name of the firm that brings in its own or null: each row names one, preview: null or {name, rows, request_id,
 *   can, good, bad, same, lines: [{line, number, name, holder, state, fee_until, checked, news: {code, label}, good, problem, hint}]},
 *   problem, hint}}
 */
#include "base/json.h"
#include "record/party.h"
#include "web/export.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/patent_sheet.h"

enum { LINES_SHOWN = 200 };

struct importing {
    struct patent_sheet sheet; /* first: the writer's step is given it */
    struct slice name;         /* of the file; "" */
    size_t good, bad, same;
};

/* A firm's own people bring in its own; officers name the holder in each row. */
static bool importing_begin(struct request *request, struct importing *importing, struct err *err)
{
    struct patent_sheet *sheet = &importing->sheet;

    sheet->actor = &request->actor;
    sheet->owner = acts_for(&request->actor, request->actor.party) ? request->actor.party : 0;
    sheet->time_ms = request->now_ms;
    sheet->arena = request->arena;
    sheet->rows = arena_zero(request->arena, PATENT_ROWS + 1, sizeof *sheet->rows);
    snprintf(sheet->request_id, sizeof sheet->request_id, "%.*s", (int)request_token(request).len, request_token(request).at);
    importing->name = SLICE("");
    return request_look(request, err) && patent_sheet_may(request->sql, &request->actor, sheet->owner, err);
}

/* --- the document --- */

static json_t *news_json(enum patent_news news)
{
    static const char *const words[][3] = {{"new", N_("新的"), "New"}, {"changed", N_("有变化"), "Changed"}, {"same", N_("没有变化"), "Unchanged"}};

    return label_json(words[news][0], words[news][1], words[news][2]);
}

static json_t *row_json(const struct request *request, const struct patent_row *row)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "line", json_integer(row->in.line));
    json_put(line, "number", row->in.cells[PATENT_NUMBER]);
    json_put(line, "name", row->in.cells[PATENT_NAME]);
    json_put(line, "holder", row->in.cells[PATENT_HOLDER]);
    json_put(line, "state", row->in.cells[PATENT_STATUS]);
    json_put(line, "fee_until", row->in.cells[PATENT_FEE_UNTIL]);
    json_put(line, "checked", row->in.cells[PATENT_CHECKED]);
    json_object_set_new_nocheck(line, "news", row->in.err.code ? json_null() : news_json(row->news));
    json_object_set_new_nocheck(line, "good", json_boolean(!row->in.err.code));
    if (row->in.err.code) {
        json_put(line, "problem", say_message(request, &row->in.err));
        json_put(line, "hint", say_hint(request, &row->in.err));
    }
    json_fill(line, "problem hint");
    return line;
}

static json_t *preview_json(struct request *request, const struct importing *importing)
{
    const struct patent_sheet *sheet = &importing->sheet;
    json_t *preview = json_object(), *lines = json_array();

    for (int bad = 1; bad >= 0; bad--) /* what is wrong first */
        for (size_t i = 0; i < sheet->count && json_array_size(lines) < LINES_SHOWN; i++)
            if ((sheet->rows[i].in.err.code != 0) == (bad != 0))
                json_array_append_new(lines, row_json(request, &sheet->rows[i]));
    json_put(preview, "name", importing->name);
    json_object_set_new_nocheck(preview, "lines", lines);
    json_object_set_new_nocheck(preview, "good", json_integer((json_int_t)importing->good));
    json_object_set_new_nocheck(preview, "bad", json_integer((json_int_t)importing->bad));
    json_object_set_new_nocheck(preview, "same", json_integer((json_int_t)importing->same));
    json_object_set_new_nocheck(preview, "can", json_boolean(importing->good > 0));
    json_put(preview, "rows", sheet_text(&sheet_patents, sheet->rows, sheet->count, request->arena));
    json_put(preview, "request_id", request_fresh(request));
    return preview;
}

static bool patents_page(struct request *request, const struct importing *importing, const struct err *problem)
{
    json_t *document = json_object(), *out = json_object();

    json_object_set_new_nocheck(document, "patents", out);
    json_object_set_new_nocheck(out, "preview", importing->sheet.count ? preview_json(request, importing) : json_null());
    if (importing->sheet.owner)
        json_put(out, "holder", record_title(request->sql, &kind_party, importing->sheet.owner, request->arena));
    if (problem) {
        json_put(out, "problem", say_message(request, problem));
        json_put(out, "hint", say_hint(request, problem));
        request->status = problem->code == ERR_CONFLICT ? 409 : 422;
    }
    json_fill(out, "holder problem hint");
    return request_page(request, "patents", document);
}

bool patents_import_get(struct request *request, struct err *err)
{
    struct importing *importing = arena_zero(request->arena, 1, sizeof *importing);

    return importing_begin(request, importing, err) && patents_page(request, importing, NULL);
}

/* --- a file, then its rows --- */

static bool rows_read(void *sheet, struct table *table, struct err *err)
{
    return patent_sheet_read(table, sheet, err);
}

static bool judge(struct request *request, struct importing *importing, struct err *err)
{
    if (!request_look(request, err) || !patent_sheet_judge(request->sql, &importing->sheet, err))
        return false;
    importing->good = importing->bad = importing->same = 0;
    for (size_t i = 0; i < importing->sheet.count; i++) {
        const struct patent_row *row = &importing->sheet.rows[i];

        importing->bad += row->in.err.code != 0;
        importing->same += !row->in.err.code && row->news == PATENT_SAME;
        importing->good += !row->in.err.code && row->news != PATENT_SAME;
    }
    return true;
}

static bool taken_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct importing *importing = arg;
    struct err problem = *err;

    if (outcome == STORE_DONE) {
        flash_set(request, FLASH_PATENTS);
        return request_see(request, importing->sheet.owner ? "/asset-pack" : "/patents/import");
    }
    if (err->code != ERR_INVALID && err->code != ERR_CONFLICT)
        return false;
    return judge(request, importing, err) && patents_page(request, importing, &problem);
}

/* The rows that the person has looked at are judged anew: meanwhile somebody may have been quicker. */
static bool commit(struct request *request, struct importing *importing, struct err *err)
{
    struct err problem;

    if (!sheet_text_read(&sheet_patents, request_value(request, "rows"), request->arena, importing->sheet.rows, &importing->sheet.count, err) || !judge(request, importing, err))
        return false;
    if (!importing->bad && importing->sheet.count)
        return request_write(request, importing->sheet.request_id, patent_sheet_take, importing, taken_then, err);
    err_set(&problem, ERR_CONFLICT, "有的行现在不能导入了，一行也没有导入");
    err_hint(&problem, "看清各行的问题，再确认其余的");
    return patents_page(request, importing, &problem);
}

bool patents_import_post(struct request *request, struct err *err)
{
    struct importing *importing = arena_zero(request->arena, 1, sizeof *importing);
    struct err problem;

    if (!importing_begin(request, importing, err))
        return false;
    if (request_value(request, "rows").len)
        return commit(request, importing, err);
    if (table_brought(request, &importing->name, rows_read, &importing->sheet, err))
        return judge(request, importing, err) && patents_page(request, importing, NULL);
    if (err->code != ERR_INVALID)
        return false;
    problem = *err;
    importing->sheet.count = 0;
    return patents_page(request, importing, &problem);
}
