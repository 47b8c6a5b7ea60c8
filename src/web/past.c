/*
 * One transfer of the past, from the papers that are left of it: its form is filled in from an old contract, notice or minutes, one
 * dropped after the other, and goes the way of a table of one row (work/import.h), so that it is held to the same checks and
 * known again by its number. The last paper that was dropped is its source, and is attached to the deal. Document: {"past"}.
 */
#include <unistd.h>

#include "base/json.h"
#include "base/utf8.h"
#include "record/past.h"
#include "web/deal.h"
#include "web/drop.h"
#include "web/export.h"
#include "web/flash.h"
#include "web/form_int.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/attachment.h"
#include "work/import.h"

enum { READ_MOST = 400000 };

struct page {
    struct request *request;
    struct sheet *sheet;
    struct deal_reading reading;
    struct slice errors[FIELDS_MAX]; /* "": none */
    struct slice problem;            /* of the row as a whole */
};

static bool allowed(const struct request *request, struct err *err)
{
    struct object object = {.kind = &kind_past_deal, .owner = request->actor.party};

    return may(&request->actor, ACT_IMPORT, &object, err);
}

/* --- the page --- */

/* By this order they are read off a contract, then off what came before and after it. */
static json_t *fields_json(const struct page *page)
{
    const struct kind *kind = page->sheet->kind;
    json_t *fields = json_array();

    for (size_t i = 0; i < kind->count; i++) {
        json_t *made;

        if (!kind_typed(kind, i) || i == PAST_DEAL_NOTICE_SPAN)
            continue;
        made = field_form(page->sheet, i);
        json_object_set_new_nocheck(made, "level", json_null());
        if (page->errors[i].len)
            json_put(made, "error", page->errors[i]);
        else if (page->sheet->doubt[i].len)
            json_put(made, "error", page->sheet->doubt[i]);
        json_array_append_new(fields, made);
    }
    return fields;
}

static bool answer(struct page *page)
{
    json_t *document = json_object(), *past = json_object();
    bool ok;

    json_object_set_new_nocheck(past, "read", deal_dropped_json(&page->reading, true));
    json_object_set_new_nocheck(past, "fields", fields_json(page));
    if (page->problem.len)
        json_put(past, "problem", page->problem);
    json_fill(past, "problem");
    json_object_set_new_nocheck(document, "past", past);
    ok = request_page(page->request, "past", document);
    sheet_release(page->sheet);
    return ok;
}

static void page_init(struct page *page, struct request *request)
{
    *page = (struct page){.request = request, .sheet = arena_zero(request->arena, 1, sizeof *page->sheet)};
    sheet_init(page->sheet, request, &kind_past_deal);
}

bool past_get(struct request *request, struct err *err)
{
    struct page page;

    if (!allowed(request, err))
        return false;
    page_init(&page, request);
    return answer(&page);
}

/* --- reading a paper --- */

static bool read_paper(struct page *page, struct err *err)
{
    struct request *request = page->request;
    const struct form_part *part = form_file(&request->form, "old");
    struct slice text = SLICE("");
    struct err why = {0};
    bool ok = deal_drop_read(request, part, READ_MOST, &text, &why);

    if (!ok && why.code != ERR_INVALID) {
        *err = why;
        return false;
    }
    if (!request_look(request, err))
        return false;
    sheet_from_form(page->sheet);
    if (ok) {
        deal_drop_keep(request, part, &page->reading);
        if (!request_look(request, err))
            return false;
        prefill_sheet(page->sheet, text);
        deal_drop_count(NULL, page->sheet, &page->reading);
    } else {
        page->reading.error = say_all(request, &why);
        request->status = 422;
    }
    return answer(page);
}

/* --- a table of one row --- */

static void told(void *arg, long line, const struct import_problem *problems, size_t count)
{
    struct page *page = arg;

    (void)line;
    for (size_t i = 0; i < count; i++) {
        int at = problems[i].lacking ? (int)(problems[i].lacking - kind_past_deal.fields)
                                     : kind_field(&kind_past_deal, arena_text(page->request->arena, problems[i].header));

        if (at >= 0 && kind_typed(&kind_past_deal, (size_t)at))
            page->errors[at] = say_all(page->request, &problems[i].err);
        else
            page->problem = say_all(page->request, &problems[i].err);
    }
}

static bool table_make(const struct page *page, const char *path, struct err *err)
{
    struct slice columns[FIELDS_MAX], cells[FIELDS_MAX];
    struct table_writer *writer;
    size_t count = 0;

    for (size_t i = 0; i < kind_past_deal.count; i++)
        if (kind_typed(&kind_past_deal, i)) {
            columns[count] = slice_of(kind_past_deal.fields[i].name);
            cells[count++] = page->sheet->typed[i].at ? page->sheet->typed[i] : SLICE("");
        }
    if (!table_create(path, TABLE_JSONL, columns, count, &writer, err))
        return false;
    return table_write(writer, cells, err) ? table_finish(writer, err) : (table_finish(writer, &(struct err){0}), false);
}

static bool row_bring(struct page *page, const char *path, struct import_request *order, struct import_tally *tally, struct err *err)
{
    struct store *store = page->request->web->city->store;
    struct import_watch watch = {.arg = page, .bad = told};
    struct slice columns[FIELDS_MAX];
    struct import_plan plan;
    bool ok;

    if (!table_open(path, "row.jsonl", &order->table, err))
        return false;
    for (size_t i = 0; i < table_columns(order->table); i++)
        columns[i] = table_column(order->table, i);
    import_plan_make(&kind_past_deal, columns, table_columns(order->table), page->request->arena, &plan);
    order->plan = &plan;
    ok = import_check(store, order, &watch, true, tally, err);
    table_close(order->table);
    if (ok && tally->bad)
        import_drop(store, tally->job, &(struct err){0});
    return ok && (tally->bad || import_publish(store, tally->job, false, NULL, tally, err));
}

/* --- afterwards --- */

static bool deal_find(struct page *page, int64_t *deal, struct err *err)
{
    struct record row = {.kind = &kind_past_deal, .owner = page->request->actor.party};
    int64_t id;

    row.values[PAST_NUMBER] = (struct value){.known = true, .text = slice_trim(page->sheet->typed[PAST_NUMBER])};
    if (!request_look(page->request, err)
        || !record_find(page->request->sql, &kind_past_deal, record_key(&row, page->request->arena), &id, err)
        || !record_get(page->request->sql, &kind_past_deal, id, page->request->arena, &row, err))
        return false;
    *deal = row.values[PAPER_DEAL].number;
    return true;
}

static bool attached_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct attachment_order *order = arg;

    if (outcome != STORE_DONE && err->code != ERR_CONFLICT) /* it lies there already */
        return false;
    flash_set(request, FLASH_PAST);
    return request_see(request, "/deals/%lld", (long long)order->deal);
}

static bool attach(struct request *request, struct attachment_order *order, struct err *err)
{
    return deal_files_kept(request, &order->files, err) && request_write(request, order->request_id, attachment_step, order, attached_then, err);
}

static bool bring(struct page *page, struct attachment_order *order, struct err *err)
{
    struct request *request = page->request;
    const char *path = export_place(request, "jsonl");
    struct import_request row = {.actor = &request->actor, .file = "一份旧合同"};
    struct import_tally tally;
    char digest[IMPORT_DIGEST];
    bool ok = table_make(page, path, err);

    if (ok && order->files.count) {
        row.file = arena_text(request->arena, order->files.files[0].name);
        row.digest = order->files.files[0].digest;
    } else if (ok) {
        ok = import_digest(path, digest, err);
        row.digest = digest;
    }
    request_look_end(request);
    ok = ok && row_bring(page, path, &row, &tally, err);
    unlink(path);
    if (!ok)
        return false;
    city_nudge(request->web->city);
    if (tally.bad) {
        request->status = 422;
        return request_look(request, err) && answer(page);
    }
    if (!deal_find(page, &order->deal, err))
        return false;
    sheet_release(page->sheet);
    order->paper = SLICE("contract");
    order->paper_no = 1;
    if (order->files.count)
        return attach(request, order, err);
    flash_set(request, FLASH_PAST);
    return request_see(request, "/deals/%lld", (long long)order->deal);
}

/* POST /deals/past; set aside (web/aside.h). do=read fills the form in and stores nothing. */
bool past_post(struct request *request, struct err *err)
{
    struct attachment_order *order = arena_zero(request->arena, 1, sizeof *order);
    struct page page;

    if (!allowed(request, err))
        return false;
    page_init(&page, request);
    if (drop_asked(request))
        return read_paper(&page, err);
    sheet_from_form(page.sheet);
    attachment_order_init(order, &request->actor, request_token(request));
    if (!deal_kept_take(request, attachment_sort(SLICE("contract")), &order->files, err)) {
        if (err->code != ERR_INVALID || !request_look(request, err))
            return false;
        page.problem = say_all(request, err);
        request->status = 422;
        return answer(&page);
    }
    return bring(&page, order, err);
}
