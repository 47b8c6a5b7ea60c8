/* Numbers and results that come back in a sheet: what was understood and which rows are bad; then all good ones at once. */
#include "web/registry.h"

#include "base/json.h"
#include "record/deal.h"
#include "web/export.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"

struct results {
    struct registry_batch batch; /* first: the writer's step is given it */
    size_t good;
    struct slice name;           /* of the file; "" */
};

static struct slice typed(const struct registry_row *row, size_t field, enum registry_column column)
{
    struct slice text = row->order.step ? row->order.typed[field] : (struct slice){0};

    return text.at ? text : row->in.cells[column];
}

static json_t *row_json(struct request *request, const struct registry_row *row)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "line", json_integer(row->in.line));
    json_put(line, "title", row->title);
    json_put(line, "contract", row->in.cells[REGISTRY_CONTRACT].len ? row->in.cells[REGISTRY_CONTRACT] : row->in.cells[REGISTRY_DEAL]);
    json_put(line, "number", typed(row, REGISTRATION_NUMBER, REGISTRY_NUMBER));
    json_put(line, "result", slice_is(row->in.cells[REGISTRY_RESULT], "registered") ? say(request, "已登记") : row->in.cells[REGISTRY_RESULT]);
    json_put(line, "decided_on", typed(row, REGISTRATION_DECIDED_ON, REGISTRY_DAY));
    json_put(line, "amount", typed(row, REGISTRATION_AMOUNT, REGISTRY_AMOUNT));
    json_put(line, "technical", typed(row, REGISTRATION_TECHNICAL, REGISTRY_TECHNICAL));
    json_object_set_new_nocheck(line, "good", json_boolean(!row->in.err.code));
    if (row->in.err.code) {
        json_put(line, "problem", say_message(request, &row->in.err));
        json_put(line, "hint", say_hint(request, &row->in.err));
    }
    json_fill(line, "problem hint");
    return line;
}

static bool results_page(struct request *request, const struct results *results, const struct err *problem)
{
    json_t *document = json_object(), *out = json_object(), *lines = json_array();

    for (size_t i = 0; i < results->batch.count; i++)
        json_array_append_new(lines, row_json(request, &results->batch.rows[i]));
    json_put(out, "name", results->name);
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "good", json_integer((json_int_t)results->good));
    json_object_set_new_nocheck(out, "bad", json_integer((json_int_t)(results->batch.count - results->good)));
    json_object_set_new_nocheck(out, "can", json_boolean(results->good > 0));
    json_put(out, "rows", sheet_text(&sheet_registry, results->batch.rows, results->batch.count, request->arena));
    json_put(out, "request_id", request_fresh(request));
    if (problem) {
        json_put(out, "problem", say_message(request, problem));
        json_put(out, "hint", say_hint(request, problem));
        request->status = problem->code == ERR_CONFLICT ? 409 : 422;
    }
    json_fill(out, "problem hint");
    json_object_set_new_nocheck(document, "results", out);
    return request_page(request, "registration_results", document);
}

struct bringing {
    struct request *request;
    struct results *results;
};

static bool rows_read(void *arg, struct table *table, struct err *err)
{
    struct bringing *bringing = arg;
    struct registry_batch *batch = &bringing->results->batch;

    return registry_read(table, bringing->request->arena, batch->rows, &batch->count, err);
}

static bool file_read(struct request *request, struct results *results, struct err *err)
{
    struct bringing bringing = {request, results};

    return table_brought(request, &results->name, rows_read, &bringing, err);
}

static bool judge(struct request *request, struct results *results, struct err *err)
{
    if (!request_look(request, err)
        || !registry_judge(request->sql, &request->web->city->law, &request->actor, request->now_ms, request_token(request), request->arena,
                           results->batch.rows, results->batch.count, err))
        return false;
    results->good = 0;
    for (size_t i = 0; i < results->batch.count; i++)
        results->good += !results->batch.rows[i].in.err.code;
    return true;
}

static bool taken_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct results *results = arg;
    struct err problem = *err;

    if (outcome == STORE_DONE) {
        flash_set(request, FLASH_RESULTS);
        return request_see(request, "/registrations");
    }
    if (err->code != ERR_INVALID && err->code != ERR_CONFLICT)
        return false;
    return judge(request, results, err) && results_page(request, results, &problem);
}

/* The rows that the person has looked at are judged anew: meanwhile somebody may have been quicker. */
static bool commit(struct request *request, struct results *results, struct err *err)
{
    struct err problem;

    if (!sheet_text_read(&sheet_registry, request_value(request, "rows"), request->arena, results->batch.rows, &results->batch.count, err) || !judge(request, results, err))
        return false;
    if (results->good == results->batch.count && results->good)
        return request_write(request, results->batch.rows[0].order.request_id, registry_take, results, taken_then, err);
    err_set(&problem, ERR_CONFLICT, "有的行现在不能填了，一行也没有填");
    err_hint(&problem, "看清各行的问题，再确认其余的");
    return results_page(request, results, &problem);
}

bool registrations_post(struct request *request, struct err *err)
{
    struct results *results = arena_zero(request->arena, 1, sizeof *results);
    struct object anywhere = {.kind = &kind_deal};
    struct err problem;

    if (!may(&request->actor, ACT_REGISTER, &anywhere, err))
        return false;
    results->batch.rows = arena_zero(request->arena, REGISTRY_ROWS + 1, sizeof *results->batch.rows);
    if (request_value(request, "rows").len)
        return commit(request, results, err);
    if (file_read(request, results, err))
        return judge(request, results, err) && results_page(request, results, NULL);
    if (err->code != ERR_INVALID)
        return false;
    problem = *err;
    results->batch.count = 0;
    return results_page(request, results, &problem);
}
