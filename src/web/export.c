/* A list taken out as a file: the records the actor may export, with the fields he may see. */
#include "base/clock.h"
#include "seal/seal.h"
#include "web/handlers.h"
#include "web/list.h"
#include "work/export.h"

static const struct {
    const char *name, *type;
    enum table_form form;
} forms[] = {{"csv", "text/csv; charset=utf-8", TABLE_CSV},
             {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", TABLE_XLSX},
             {"jsonl", "application/x-ndjson", TABLE_JSONL}};

static bool form_of(const struct request *request, size_t *which)
{
    struct slice name = request_value(request, "format");

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (slice_is(name, forms[i].name)) {
            *which = i;
            return true;
        }
    return false;
}

/* However large it is, it is sent from the disk; it is this answer's alone and gone once it is open. */
static bool send_file(struct request *request, const char *path, size_t which)
{
    char day[CLOCK_TEXT];

    request->exchange->reply_file = path;
    request->exchange->reply_file_once = true;
    request->exchange->reply_type = slice_of(forms[which].type);
    http_reply_header(request->exchange, "Content-Disposition",
                      slice_of(arena_print(request->arena, "attachment; filename=\"%s-%s.%s\"", request->kind->plural,
                                           clock_show_day(request->now_ms, day), forms[which].name)));
    request->status = 200;
    return true;
}

bool export_get(struct request *request, struct err *err)
{
    struct export_request wanted = {.kind = request->kind, .actor = &request->actor,
                                    .own = slice_is(request_value(request, "own"), "1")};
    int64_t records;
    size_t which;

    if (!form_of(request, &which)) {
        err_set(err, ERR_INVALID, "没有这种导出格式");
        return err_hint(err, "可用:csv、xlsx、jsonl");
    }
    wanted.form = forms[which].form;
    wanted.filter_count = list_filters(request, wanted.filters);
    wanted.path = arena_print(request->arena, "%s/uploads/export-%.*s.%s", request->web->city->data, 32,
                              request_fresh(request).at, forms[which].name);
    return export_write(request->web->city->store, &wanted, &records, err) && send_file(request, wanted.path, which);
}
