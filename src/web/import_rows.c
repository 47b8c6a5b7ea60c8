/*
 * What became of an import, row by row: the records that it made, changed or left as they were, a page at a time, and its bad rows
 * as a file to mend.
 * Document: {"records": {file, back, kind, list, cards, next}}
 */
#include "base/ident.h"
#include "base/json.h"
#include "record/past.h"
#include "web/deal.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/import.h"
#include "web/view.h"
#include "work/import_bad.h"

/* The path names an upload of this process, or a job as the database keeps it. */
static bool job_of(struct request *request, struct import_job *job, struct err *err)
{
    struct upload_look *look = arena_alloc(request->arena, sizeof *look);
    struct err ignored;
    int64_t id = request->id;

    if (upload_look(request->web->uploads, request->id, request->actor.account, request->arena, look, &ignored)) {
        if (look->state == UPLOAD_CHECKING || look->state == UPLOAD_RUNNING)
            return err_set(err, ERR_CONFLICT, "这次导入正在进行") || err_hint(err, "请等它做完");
        id = look->tally.job;
    }
    return request_look(request, err) && import_job_get(request->sql, id, request->actor.account, request->arena, job, err);
}

/* --- bad rows --- */

static bool ends(struct slice name, const char *ending)
{
    size_t len = strlen(ending);

    return name.len >= len && strncasecmp(name.at + name.len - len, ending, len) == 0;
}

static enum table_form form_of(struct slice name)
{
    if (ends(name, ".xlsx"))
        return TABLE_XLSX;
    return ends(name, ".jsonl") || ends(name, ".ndjson") || ends(name, ".json") ? TABLE_JSONL : TABLE_CSV;
}

static struct slice without_ending(struct slice name)
{
    const char *dot = name.len ? memrchr(name.at, '.', name.len) : NULL;

    return dot && dot > name.at ? (struct slice){name.at, (size_t)(dot - name.at)} : name;
}

bool import_bad_get(struct request *request, struct err *err)
{
    struct import_job job;
    enum table_form form;
    struct slice stem;
    const char *path;

    if (!job_of(request, &job, err))
        return false;
    form = form_of(job.file);
    path = export_path(request, form);
    stem = without_ending(job.file);
    return import_bad_write(request->web->city->store, job.id, path, form, err)
           && export_send(request, path, form,
                          slice_of(arena_print(request->arena, "%.*s-%s", (int)stem.len, stem.at, IMPORT_BAD_COLUMN)));
}

/* --- records --- */

static const struct {
    const char *code, *zh, *en;
    enum import_list list;
} lists[] = {{"added", "新增的记录", "Records made", LIST_ADDED},
             {"changed", "更新的记录", "Records changed", LIST_CHANGED},
             {"same", "原样不动的记录", "Records left as they were", LIST_SAME}};

static bool list_of(const struct request *request, size_t *which, struct err *err)
{
    struct slice code = request_value(request, "list");

    for (*which = 0; *which < sizeof lists / sizeof *lists; ++*which)
        if (slice_is(code, lists[*which].code))
            return true;
    return err_set(err, ERR_MISSING, "没有这个清单");
}

/* Of a row of past transfers: its deal. */
static json_t *past_lines_json(struct request *request, const struct kind *kind, const int64_t *ids, size_t count)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < count; i++) {
        struct record row, deal;
        struct object object;
        struct err ignored;

        if (record_get(request->sql, kind, ids[i], request->arena, &row, &ignored)
            && record_get(request->sql, &kind_deal, row.values[PAPER_DEAL].number, request->arena, &deal, &ignored)
            && object_of(request->sql, &deal, &request->actor, &object, &ignored)
            && may(&request->actor, ACT_SEE, &object, &ignored))
            json_array_append_new(lines, deal_line_json(request, &deal));
    }
    return lines;
}

static json_t *cards_json(struct request *request, const struct kind *kind, const int64_t *ids, size_t count)
{
    json_t *cards = json_array();

    for (size_t i = 0; i < count; i++) {
        struct record record;
        struct object object;
        struct err ignored;

        if (record_get(request->sql, kind, ids[i], request->arena, &record, &ignored)
            && object_of(request->sql, &record, &request->actor, &object, &ignored)
            && may(&request->actor, ACT_SEE, &object, &ignored))
            json_array_append_new(cards, box_card(request->sql, &record, &request->actor, request->english, request->arena));
    }
    return cards;
}

bool import_records_get(struct request *request, struct err *err)
{
    json_t *document, *records;
    int64_t ids[LIST_PAGE], after = request_number(request, "after", 0);
    struct import_job job;
    size_t which, count;
    long long id = (long long)request->id;

    if (!list_of(request, &which, err) || !job_of(request, &job, err)
        || !import_job_records(request->sql, &job, lists[which].list, &after, ids, &count, err))
        return false;
    document = json_object();
    records = json_object();
    json_put(records, "file", job.file);
    json_put(records, "back", slice_of(arena_print(request->arena, "/import/%lld", id)));
    json_object_set_new_nocheck(records, "kind", label_json(job.kind->name, job.kind->label, job.kind->label_en));
    json_object_set_new_nocheck(records, "list", label_json(lists[which].code, lists[which].zh, lists[which].en));
    json_object_set_new_nocheck(records, "cards", kind_is_past(job.kind) ? json_array() : cards_json(request, job.kind, ids, count));
    json_object_set_new_nocheck(records, "deals", kind_is_past(job.kind) ? past_lines_json(request, job.kind, ids, count) : json_array());
    json_object_set_new_nocheck(records, "none", json_boolean(count == 0));
    if (after)
        json_put(records, "next", slice_of(arena_print(request->arena, "/import/%lld/records?list=%s&after=%lld", id,
                                                       lists[which].code, (long long)after)));
    json_fill(records, "next");
    json_object_set_new_nocheck(document, "records", records);
    return request_page(request, "import_records", document);
}
