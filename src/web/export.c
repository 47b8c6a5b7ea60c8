/* A list taken out as a file: the records the actor may export, with the fields he may see. */
#include "web/export.h"

#include <ctype.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "web/handlers.h"
#include "web/list.h"
#include "work/attachment.h"
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

static const char *ending(enum table_form form)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i].form == form)
            return forms[i].name;
    return "";
}

const char *export_place(struct request *request, const char *ending)
{
    return arena_print(request->arena, "%s/uploads/export-%.*s.%s", request->web->city->data, 32, request_fresh(request).at, ending);
}

const char *export_path(struct request *request, enum table_form form)
{
    return export_place(request, ending(form));
}

const char *export_lay(struct request *request, struct slice bytes, struct err *err)
{
    const char *path = export_place(request, "in");
    FILE *out = fopen(path, "wbx");
    bool ok = out && fwrite(bytes.at, 1, bytes.len, out) == bytes.len;

    ok = (!out || fclose(out) == 0) && ok;
    if (ok)
        return path;
    err_set(err, ERR_IO, "写不了上传的文件");
    unlink(path);
    return NULL;
}

/* RFC 8187: what is not plain stands as %XX. */
static const char *encoded(struct slice text, struct arena *arena)
{
    char *out = arena_alloc(arena, text.len * 3 + 1), *to = out;

    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.at[i] < 0x80 && (isalnum((unsigned char)text.at[i]) || strchr("-._", text.at[i])))
            *to++ = text.at[i];
        else
            to += snprintf(to, 4, "%%%02X", (unsigned char)text.at[i]);
    *to = '\0';
    return out;
}

/* `plain` is for who does not know RFC 8187, ASCII alone. */
static void send_under(struct request *request, const char *path, const char *type, const char *plain, struct slice name)
{
    const char *full = encoded(name, request->arena);

    request->exchange->reply_file = path;
    request->exchange->reply_file_once = true;
    request->exchange->reply_type = slice_of(type);
    http_reply_header(request->exchange, "Content-Disposition",
                      slice_of(strchr(full, '%') ? arena_print(request->arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s", plain, full)
                                                 : arena_print(request->arena, "attachment; filename=\"%s\"", full)));
    request->status = 200;
}

/* However large it is, it is sent from the disk; it is this answer's alone and gone once it is open. */
bool export_file(struct request *request, const char *path, const char *type, const char *ending, struct slice stem)
{
    char day[CLOCK_TEXT];

    clock_show_day(request->now_ms, day);
    send_under(request, path, type, arena_print(request->arena, "tieqiao-%s.%s", day, ending),
               slice_of(arena_print(request->arena, "%.*s-%s.%s", (int)stem.len, stem.at, day, ending)));
    return true;
}

bool export_paper(struct request *request, bool ok, const char *path, const char *ending, struct slice stem)
{
    if (ok)
        return export_file(request, path, attachment_type(slice_of(ending)), ending, stem);
    unlink(path);
    return false;
}

bool export_named(struct request *request, const char *path, const char *type, struct slice name)
{
    struct slice rest = name, ending = SLICE("");

    while (slice_cut(&rest, '.', &ending))
        ;
    send_under(request, path, type, arena_print(request->arena, "tieqiao.%s", encoded(ending, request->arena)), name);
    return true;
}

bool export_send(struct request *request, const char *path, enum table_form form, struct slice stem)
{
    size_t which = 0;

    while (forms[which].form != form)
        which++;
    return export_file(request, path, forms[which].type, forms[which].name, stem);
}

bool export_table(struct request *request, const char *path, struct table_writer *writer, bool ok, const char *stem, struct err *err)
{
    struct err ignored;

    if (!table_finish(writer, ok ? err : &ignored) || !ok) {
        unlink(path);
        return false;
    }
    return export_send(request, path, TABLE_XLSX, slice_of(stem));
}

bool export_get(struct request *request, struct err *err)
{
    struct export_request wanted = {.kind = request->kind, .actor = &request->actor,
                                    .own = slice_is(request_value(request, "own"), "1")};
    int64_t records;
    size_t which;

    if (!form_of(request, &which)) {
        err_set(err, ERR_INVALID, "没有这种导出格式");
        return err_hint(err, "可用：csv、xlsx、jsonl");
    }
    wanted.form = forms[which].form;
    wanted.filter_count = list_filters(request, wanted.filters);
    wanted.path = export_path(request, wanted.form);
    return export_write(request->web->city->store, &wanted, &records, err)
           && export_send(request, wanted.path, wanted.form, slice_of(request->kind->plural));
}

bool table_brought(struct request *request, struct slice *name, table_read_fn *read, void *arg, struct err *err)
{
    const struct form_part *file = form_file(&request->form, "file");
    struct table *table = NULL;
    const char *path;
    bool ok;

    if (!file || !file->value.len)
        return err_set(err, ERR_INVALID, "请选一个文件") || err_hint(err, "可用：CSV、Excel(.xlsx)") || err_field(err, "file");
    *name = utf8_head(file->filename, 100);
    path = export_lay(request, file->value, err);
    ok = path && table_open(path, arena_text(request->arena, *name), &table, err) && read(arg, table, err);
    if (table)
        table_close(table);
    if (path)
        unlink(path);
    return ok;
}
