#include "work/export.h"

#include <errno.h>
#include <unistd.h>

#include "base/json.h"
#include "work/may.h"

enum { EXPORT_PAGE = FACET_PAGE, FIXED_COLUMNS = 2 };

struct exporter {
    struct store *store;
    const struct export_request *request;
    struct table_writer *table; /* CSV and XLSX */
    FILE *lines;                /* JSON Lines */
    struct sql *sql;
    struct arena arena;         /* of one page */
    int64_t last, total, looked, written;
    bool more;
};

bool export_form(const char *path, enum table_form *form)
{
    const char *dot = strrchr(path, '.');

    if (dot && strcasecmp(dot, ".csv") == 0)
        *form = TABLE_CSV;
    else if (dot && strcasecmp(dot, ".xlsx") == 0)
        *form = TABLE_XLSX;
    else if (dot && strcasecmp(dot, ".jsonl") == 0)
        *form = TABLE_JSONL;
    else
        return false;
    return true;
}

/* --- which records --- */

#define OWN_PAGE(kind) "SELECT id FROM " kind " WHERE owner = ?1 AND id > ?2 AND to_leaf IS NULL ORDER BY id LIMIT ?3"

static const char *const own_pages[KIND_COUNT] = {
    [KIND_PARTY] = OWN_PAGE("party"),     [KIND_PERSON] = OWN_PAGE("person"),     [KIND_ACHIEVEMENT] = OWN_PAGE("achievement"),
    [KIND_NEED] = OWN_PAGE("need"),       [KIND_SCENARIO] = OWN_PAGE("scenario"), [KIND_SERVICE] = OWN_PAGE("service"),
    [KIND_POLICY] = OWN_PAGE("policy"),
};

static bool own_page(struct exporter *exporter, int64_t *ids, size_t *count, struct err *err)
{
    const struct export_request *request = exporter->request;
    struct sql_rows rows;

    *count = 0;
    if (!sql_rows(exporter->sql, own_pages[request->kind->id],
                  SQL_ARGS(sql_int(request->actor->party), sql_int(exporter->last), sql_int(EXPORT_PAGE)), &rows, err))
        return false;
    while (sql_next(&rows))
        ids[(*count)++] = sql_number(&rows, 0);
    if (*count)
        exporter->last = ids[*count - 1];
    exporter->more = *count == EXPORT_PAGE;
    return sql_done(&rows, err);
}

static bool list_page(struct exporter *exporter, int64_t *ids, size_t *count, struct err *err)
{
    const struct export_request *request = exporter->request;
    struct facet_query query = {.kind = request->kind, .count = request->filter_count, .before = exporter->last,
                                .limit = EXPORT_PAGE};

    memcpy(query.filters, request->filters, sizeof query.filters);
    if (!facet_list(exporter->sql, &query, ids, count, &exporter->last, err))
        return false;
    exporter->more = exporter->last != 0;
    return true;
}

/* --- one record --- */

static struct slice party_name(struct exporter *exporter, int64_t party)
{
    return party ? record_title(exporter->sql, &kind_party, party, &exporter->arena) : SLICE("");
}

static struct slice shown(struct exporter *exporter, const struct record *record, size_t field)
{
    const struct value *value = &record->values[field];
    const struct field *of = &record->kind->fields[field];

    if (of->type == FIELD_PARTY && value->known)
        return party_name(exporter, value->number);
    return field_show(of, value, &exporter->arena);
}

static bool has_column(const struct export_request *request, size_t field)
{
    return !request->open || record_may_open(request->kind, field);
}

static bool table_put(struct exporter *exporter, const struct record *record, const struct object *object,
                      struct err *err)
{
    struct slice cells[FIELDS_MAX + FIXED_COLUMNS];
    const struct actor *actor = exporter->request->actor;
    size_t n = 0;

    cells[n++] = slice_of(arena_print(&exporter->arena, "%lld", (long long)record->id));
    if (record->kind->owned)
        cells[n++] = may_see_owner(actor, object, record) ? party_name(exporter, record->owner) : SLICE("");
    for (size_t i = 0; i < record->kind->count; i++)
        if (has_column(exporter->request, i))
            cells[n++] = may_see_field(actor, object, record, i) ? shown(exporter, record, i) : SLICE("");
    return table_write(exporter->table, cells, err);
}

static json_t *lines_json(struct slice lines)
{
    json_t *array = json_array();
    struct slice line;

    while (slice_cut(&lines, '\n', &line))
        json_array_append_new(array, json_stringn_nocheck(line.at, line.len));
    return array;
}

static void member_put(struct exporter *exporter, const struct record *record, size_t field, json_t *object)
{
    const struct field *of = &record->kind->fields[field];
    const struct value *value = &record->values[field];

    if (field_is_list(of->type))
        json_object_set_new_nocheck(object, of->name, lines_json(value->text));
    else if (of->type == FIELD_YES)
        json_object_set_new_nocheck(object, of->name, json_boolean(value->number != 0));
    else if (of->type == FIELD_NUMBER)
        json_object_set_new_nocheck(object, of->name, json_integer(value->number));
    else if (of->type == FIELD_CHOICE && exporter->request->open)
        json_put(object, of->name, value->text); /* as in lists of them: the code, which the dictionary explains */
    else
        json_put(object, of->name, shown(exporter, record, field));
}

static bool write_failed(struct err *err)
{
    bool full = errno == ENOSPC || errno == EDQUOT;

    err_set(err, full ? ERR_FULL : ERR_IO, "写文件时出错：%s", strerrordesc_np(errno));
    return err_hint(err, full ? "请腾出空间后重新导出" : "请检查目录是否可写，再重新导出");
}

static bool line_put(struct exporter *exporter, const struct record *record, const struct object *of, struct err *err)
{
    json_t *object = json_object();
    const struct actor *actor = exporter->request->actor;
    struct text line;
    bool ok;

    json_put_id(object, "platform_id", record->id);
    if (record->kind->owned)
        json_put(object, "owner", may_see_owner(actor, of, record) ? party_name(exporter, record->owner) : SLICE(""));
    for (size_t i = 0; i < record->kind->count; i++) /* all in each line: a reader takes the members from the first ones */
        if (!has_column(exporter->request, i))
            continue;
        else if (record->values[i].known && may_see_field(actor, of, record, i))
            member_put(exporter, record, i, object);
        else
            json_object_set_new_nocheck(object, record->kind->fields[i].name, json_null());
    text_init(&line);
    json_write(object, &line);
    text_putc(&line, '\n');
    ok = fwrite(line.at, 1, line.len, exporter->lines) == line.len || write_failed(err);
    text_release(&line);
    json_decref(object);
    return ok;
}

/* Left out, without a word, what is not for the actor to take out. */
static bool record_export(struct exporter *exporter, int64_t id, struct err *err)
{
    const struct export_request *request = exporter->request;
    struct object object;
    struct record record;
    struct err ignored;

    if (!record_get(exporter->sql, request->kind, id, &exporter->arena, &record, err))
        return err->code == ERR_MISSING; /* merged or erased since the page was read */
    if (!object_of(exporter->sql, &record, request->actor, &object, err))
        return false;
#ifndef TQ_TEETH_EXPORT_MAY
    if (!may(request->actor, ACT_SEE, &object, &ignored) || (!request->open && !may(request->actor, ACT_EXPORT, &object, &ignored)))
        return true;
#endif
    exporter->written++;
    return exporter->lines ? line_put(exporter, &record, &object, err) : table_put(exporter, &record, &object, err);
}

/* --- page by page, each a snapshot of its own --- */

static bool page_export(struct exporter *exporter, struct err *err)
{
    int64_t ids[EXPORT_PAGE];
    size_t count;
    bool ok;

    if (!store_read(exporter->store, &exporter->sql, err))
        return false;
    arena_reset(&exporter->arena);
    ok = exporter->request->own ? own_page(exporter, ids, &count, err) : list_page(exporter, ids, &count, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = record_export(exporter, ids[i], err);
    store_read_end(exporter->store, exporter->sql);
    exporter->looked += ok ? (int64_t)count : 0;
    return ok;
}

static bool told(struct exporter *exporter, struct err *err)
{
    const struct export_request *request = exporter->request;
    int64_t total = exporter->total > exporter->looked ? exporter->total : exporter->looked;

    return !request->moved || request->moved(request->arg, exporter->looked, total)
           || err_set(err, ERR_BUSY, "导出已停下，没有留下文件") || err_hint(err, "需要时请重新导出");
}

static bool count_all(struct exporter *exporter, struct err *err)
{
    bool ok;

    if (!store_read(exporter->store, &exporter->sql, err))
        return false;
    ok = facet_total(exporter->sql, exporter->request->kind, "", SLICE(""), &exporter->total, err);
    store_read_end(exporter->store, exporter->sql);
    return ok;
}

static bool pages_export(struct exporter *exporter, struct err *err)
{
    if (!count_all(exporter, err))
        return false;
    do {
        if (!page_export(exporter, err) || !told(exporter, err))
            return false;
    } while (exporter->more);
    return true;
}

/* --- the file --- */

static bool file_open(struct exporter *exporter, const char *path, struct err *err)
{
    const struct kind *kind = exporter->request->kind;
    struct slice columns[FIELDS_MAX + FIXED_COLUMNS];
    size_t n = 0;

    if (exporter->request->form == TABLE_JSONL) {
        exporter->lines = fopen(path, "wbe");
        return exporter->lines || write_failed(err);
    }
    columns[n++] = SLICE("平台编号");
    if (kind->owned)
        columns[n++] = SLICE("单位名称");
    for (size_t i = 0; i < kind->count; i++)
        if (has_column(exporter->request, i))
            columns[n++] = slice_of(kind->fields[i].label);
    return table_create(path, exporter->request->form, columns, n, &exporter->table, err);
}

static bool file_close(struct exporter *exporter, struct err *err)
{
    bool ok;

    if (exporter->table)
        return table_finish(exporter->table, err);
    ok = fflush(exporter->lines) == 0 && !ferror(exporter->lines);
    return (fclose(exporter->lines) == 0 && ok) || write_failed(err);
}

static bool allowed(const struct export_request *request, struct err *err)
{
    struct object own = {.kind = request->kind, .owner = request->actor->party}, any = {.kind = request->kind};
    struct err ignored;

    if (request->open)
        return true;
    if (request->own && !request->actor->party)
        return err_set(err, ERR_INVALID, "这个账号没有关联单位，没有自己的记录可导出")
               || err_hint(err, "请联系管理员把账号挂到单位");
    return may(request->actor, ACT_EXPORT, &any, &ignored) || may(request->actor, ACT_EXPORT, &own, err);
}

static bool write_beside(struct exporter *exporter, const char *beside, struct err *err)
{
    struct err later;
    bool ok;

    if (!file_open(exporter, beside, err))
        return false;
    ok = pages_export(exporter, err);
    ok = file_close(exporter, ok ? err : &later) && ok;
    return ok && (rename(beside, exporter->request->path) == 0 || write_failed(err));
}

bool export_write(struct store *store, const struct export_request *request, int64_t *records, struct err *err)
{
    static const struct actor visitor;
    struct export_request wanted = *request;
    struct exporter exporter = {.store = store, .request = &wanted};
    struct arena arena;
    const char *beside;
    bool ok;

    *records = 0;
    if (wanted.open)
        wanted.actor = &visitor;
    if (!allowed(&wanted, err))
        return false;
    arena_init(&arena);
    arena_init(&exporter.arena);
    beside = arena_print(&arena, "%s.part-%ld", request->path, (long)getpid());
    ok = write_beside(&exporter, beside, err);
    if (!ok)
        unlink(beside);
    *records = exporter.written;
    arena_release(&exporter.arena);
    arena_release(&arena);
    return ok;
}
