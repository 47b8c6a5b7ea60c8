#include "web/error.h"

#include "base/json.h"
#include "web/say.h"

/* The status says what err's code can't; the gate uses the same words. */
static const char *code_of(const struct request *request, const struct err *err)
{
    switch (request->status) {
    case 405:
        return "method_not_allowed";
    case 415:
        return "media_type";
    case 429:
        return "too_many";
    default:
        return err_name(err->code);
    }
}

static void put_some(json_t *object, const char *name, struct slice text)
{
    if (text.len)
        json_put(object, name, text);
}

json_t *error_json(struct request *request, const struct err *err)
{
    json_t *document = json_object();

    json_put(document, "code", slice_of(code_of(request, err)));
    json_put(document, "message", say_message(request, err));
    put_some(document, "hint", say_hint(request, err));
    put_some(document, "field", slice_of(err->field));
    json_put(document, "request_id", request_token(request));
    return document;
}

static json_t *complaint_json(const struct request *request, const struct complaint *complaint)
{
    const struct field *field = complaint->field;
    json_t *line = json_object();

    json_put(line, "field", slice_of(field ? field->name : ""));
    json_put(line, "label", field ? slice_of(request->english ? field->label_en : field->label)
                                  : say(request, N_("整条记录")));
    json_put(line, "message", say_message(request, &complaint->err));
    put_some(line, "hint", say_hint(request, &complaint->err));
    put_some(line, "value", complaint->typed);
    return line;
}

json_t *error_lines_json(struct request *request, const struct err *err, const struct complaints *complaints)
{
    json_t *document = error_json(request, err), *errors;

    if (!complaints->count)
        return document;
    errors = json_array();
    for (size_t i = 0; i < complaints->count; i++)
        json_array_append_new(errors, complaint_json(request, &complaints->list[i]));
    json_object_set_new_nocheck(document, "errors", errors);
    return document;
}

json_t *error_list_json(struct request *request, const struct complaints *complaints)
{
    struct err err;

    err_set(&err, ERR_INVALID, "有 %zu 处要改", complaints->count);
    return error_lines_json(request, &err, complaints);
}

/* What was refused below a record is mended on its page. NULL: there is none, or it may not be there. */
static const char *way_back(struct request *request, const struct err *err)
{
    const char *record;

    if (!request->kind || !request->id || err->code == ERR_MISSING)
        return NULL;
    record = arena_print(request->arena, "/%s/%lld", request->kind->plural, (long long)request->id);
    return request->path.len > strlen(record) ? record : NULL;
}

json_t *error_page_json(struct request *request, const struct err *err)
{
    static const char *const pages[] = {"missing", "denied", "sign_in", "invalid", "conflict", "too_large", "busy",
                                        "unknown"};
    json_t *document = json_object(), *error = json_object(), *is = json_object();
    const char *page = "failed", *back = way_back(request, err);

    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (strcmp(pages[i], err_name(err->code)) == 0)
            page = pages[i];
    if (request->status == 429)
        page = "too_many";
    json_object_set_new_nocheck(is, page, json_true());
    json_object_set_new_nocheck(error, "is", is);
    json_object_set_new_nocheck(error, "status", json_integer(request->status));
    json_put(error, "message", say_message(request, err));
    put_some(error, "hint", say_hint(request, err));
    if (request->status == 401)
        json_put(error, "sign_in", slice_of(arena_print(request->arena, "/sign-in?next=%.*s",
                                                        (int)request->path.len, request->path.at)));
    if (back)
        json_put(error, "back", slice_of(back));
    if (request->status >= 500) /* what stands in the diary under this number */
        json_put(error, "request_id", request_token(request));
    json_fill(error, "hint sign_in back request_id");
    json_object_set_new_nocheck(document, "error", error);
    return document;
}
