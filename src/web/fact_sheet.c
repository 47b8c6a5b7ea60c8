/*
 * GET /facts/import, POST /facts/import: a department's list as facts (work/fact_sheet.h). With do=check it is judged alone; else, where no row
 * is wrong, all of it is written.
 * Document: {"fact_sheet": {issuer, issued_on, until, year, name, judged, firms, facts, passed: [text], wrongs: [{line, column, typed, problem,
 *   hint}], wrong_count, more, done: {written, same} or null, problem, hint, field, request_id}}
 */
#include "web/fact.h"

#include "base/json.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/fact_sheet.h"

struct bringing {
    struct fact_batch batch; /* first: the writer's step is given it */
    struct fact_sheet sheet;
    bool judged, done;
};

static json_t *wrong_json(struct request *request, const struct fact_sheet_wrong *wrong)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "line", json_integer(wrong->line));
    json_put(out, "column", wrong->column);
    json_put(out, "typed", wrong->typed);
    json_put(out, "problem", say_message(request, &wrong->err));
    json_put(out, "hint", say_hint(request, &wrong->err));
    return out;
}

static void found_add(struct request *request, const struct bringing *bringing, json_t *out)
{
    const struct fact_sheet *sheet = &bringing->sheet;
    json_t *wrongs = json_array(), *passed = json_array(), *done = NULL;

    for (size_t i = 0; i < sheet->wrong_count && i < FACT_SHEET_WRONG; i++)
        json_array_append_new(wrongs, wrong_json(request, &sheet->wrongs[i]));
    for (size_t i = 0; i < sheet->passed_count; i++)
        json_array_append_new(passed, json_stringn_nocheck(sheet->passed[i].at, sheet->passed[i].len));
    if (bringing->done) {
        done = json_object();
        json_object_set_new_nocheck(done, "written", json_integer((json_int_t)bringing->batch.written));
        json_object_set_new_nocheck(done, "same", json_integer((json_int_t)(bringing->batch.count - bringing->batch.written)));
    }
    json_object_set_new_nocheck(out, "judged", json_boolean(bringing->judged));
    json_object_set_new_nocheck(out, "firms", json_integer((json_int_t)sheet->firms));
    json_object_set_new_nocheck(out, "facts", json_integer((json_int_t)sheet->count));
    json_object_set_new_nocheck(out, "passed", passed);
    json_object_set_new_nocheck(out, "wrongs", wrongs);
    json_object_set_new_nocheck(out, "wrong_count", json_integer((json_int_t)sheet->wrong_count));
    json_object_set_new_nocheck(out, "more", json_boolean(sheet->wrong_count > FACT_SHEET_WRONG));
    json_object_set_new_nocheck(out, "done", done ? done : json_null());
}

static bool sheet_page(struct request *request, const struct bringing *bringing, const struct err *problem)
{
    const struct fact_sheet *sheet = &bringing->sheet;
    json_t *document = json_object(), *out = json_object();

    json_put(out, "issuer", sheet->issuer);
    json_put(out, "issued_on", sheet->issued_on);
    json_put(out, "until", sheet->until);
    json_put(out, "year", sheet->year);
    json_put(out, "name", sheet->list);
    found_add(request, bringing, out);
    json_put(out, "request_id", request_fresh(request));
    if (problem) {
        json_put(out, "problem", say_message(request, problem));
        json_put(out, "hint", say_hint(request, problem));
    }
    json_fill(out, "problem hint");
    json_object_set_new_nocheck(document, "fact_sheet", out);
    if (problem || sheet->wrong_count)
        request->status = 422;
    return request_page(request, "fact_sheet", document);
}

static bool may_import(struct request *request, struct err *err)
{
    return may_beyond(&request->actor, ACT_IMPORT_ANY, &kind_fact) || err_set(err, ERR_DENIED, "导入部门名单是市、区县和园区工作人员的事")
           || err_hint(err, "本单位的事实在“企业事实”里填");
}

bool fact_sheet_get(struct request *request, struct err *err)
{
    struct bringing *bringing = arena_zero(request->arena, 1, sizeof *bringing);

    return may_import(request, err) && sheet_page(request, bringing, NULL);
}

static bool table_take(void *arg, struct table *table, struct err *err)
{
    return fact_sheet_read(arg, table, err);
}

static bool taken_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct bringing *bringing = arg;
    struct err problem = *err;

    if (outcome != STORE_DONE)
        return (err->code == ERR_INVALID || err->code == ERR_CONFLICT || err->code == ERR_DENIED) && sheet_page(request, bringing, &problem);
    bringing->done = true;
    return sheet_page(request, bringing, NULL);
}

static void given_read(struct request *request, struct fact_sheet *sheet)
{
    struct slice token = request_token(request);

    sheet->sql = request->sql;
    sheet->law = &request->web->city->law;
    sheet->actor = &request->actor;
    sheet->time_ms = request->now_ms;
    sheet->arena = request->arena;
    sheet->issuer = slice_trim(request_value(request, "issuer"));
    sheet->issued_on = slice_trim(request_value(request, "issued_on"));
    sheet->until = slice_trim(request_value(request, "until"));
    sheet->year = slice_trim(request_value(request, "year"));
    snprintf(sheet->request_id, sizeof sheet->request_id, "%.*s", (int)(token.len < 40 ? token.len : 40), token.at);
}

bool fact_sheet_post(struct request *request, struct err *err)
{
    struct bringing *bringing = arena_zero(request->arena, 1, sizeof *bringing);
    struct fact_sheet *sheet = &bringing->sheet;
    struct err problem;

    if (!may_import(request, err) || !request_look(request, err))
        return false;
    given_read(request, sheet);
    if (!table_brought(request, &sheet->list, table_take, sheet, err)) {
        problem = *err;
        return err->code == ERR_INVALID && sheet_page(request, bringing, &problem);
    }
    bringing->judged = true;
    if (sheet->wrong_count || !sheet->count || slice_is(request_value(request, "do"), "check"))
        return sheet_page(request, bringing, NULL);
    bringing->batch = (struct fact_batch){.orders = sheet->orders, .count = sheet->count};
    return request_write(request, request_token(request).at, facts_step, bringing, taken_then, err);
}
