/* The files of a deal (work/attachment.h): brought with a step or by themselves, listed, taken out, withdrawn. */
#include "web/deal.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "web/export.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"

/* --- what people bring --- */

static bool too_many(struct err *err)
{
    err_set(err, ERR_INVALID, "一次最多 %d 个文件", ATTACHMENT_FILES);
    err_hint(err, "请分几次附");
    return err_field(err, "file");
}

bool deal_files_read(struct request *request, const char *sort, struct attachment_set *set, struct err *err)
{
    for (size_t i = 0; i < request->form.count; i++) {
        const struct form_part *part = &request->form.parts[i];

        if (!part->file || !slice_is(part->name, "file") || !part->filename.len)
            continue;
        if (set->count == ATTACHMENT_FILES)
            return too_many(err);
        set->files[set->count] = (struct attachment_file){.name = part->filename, .bytes = part->value};
        if (!attachment_look(&set->files[set->count], err))
            return err_field(err, "file");
        set->sorts[set->count++] = sort;
    }
    return true;
}

bool deal_files_keep(struct request *request, const struct attachment_set *set, struct err *err)
{
    return (!set->count || deal_step_let(request, NULL, err)) && deal_files_kept(request, set, err);
}

bool deal_files_kept(struct request *request, const struct attachment_set *set, struct err *err)
{
    request_look_end(request);
    for (size_t i = 0; i < set->count; i++)
        if (!attachment_keep(request->web->city->store, slice_of(set->files[i].digest), set->files[i].bytes, request->now_ms, err))
            return false;
    return true;
}

/* --- the list --- */

/* "审批 第 2 份": what an attachment belongs to, and its value in a form. */
static json_t *place_json(const struct deal_page *page, const struct kind *kind, int64_t no)
{
    struct arena *arena = page->request->arena;

    if (kind->id == KIND_DEAL)
        return label_json("deal", kind->label, kind->label_en);
    return label_json(arena_print(arena, "%s-%lld", kind->name, (long long)no),
                      arena_print(arena, "%s 第 %lld 份", kind->label, (long long)no),
                      arena_print(arena, "%s no. %lld", kind->label_en, (long long)no));
}

static json_t *line_json(const struct deal_page *page, const struct record *record, bool may_withdraw)
{
    struct arena *arena = page->request->arena;
    const struct kind *kind = kind_stored(arena_text(arena, record->values[ATTACHMENT_PAPER].text));
    const char *href = arena_print(arena, "/deals/%lld/files/%lld", (long long)page->file.deal.id,
                                   (long long)record->values[PAPER_NO].number);
    bool withdrawn = record->values[ATTACHMENT_WITHDRAWN_ON].known;
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "no", json_integer(record->values[PAPER_NO].number));
    json_object_set_new_nocheck(line, "ver", json_integer(record->ver));
    json_put(line, "name", record->values[ATTACHMENT_NAME].text);
    json_put(line, "href", slice_of(href));
    json_object_set_new_nocheck(line, "size", json_integer(record->values[ATTACHMENT_SIZE].number));
    json_object_set_new_nocheck(line, "kib", json_integer((record->values[ATTACHMENT_SIZE].number + 1023) / 1024));
    json_object_set_new_nocheck(line, "media", code_label_json("media", record->values[ATTACHMENT_MEDIA].text));
    json_object_set_new_nocheck(line, "sort", code_label_json("attachment_sort", record->values[ATTACHMENT_SORT].text));
    json_object_set_new_nocheck(line, "paper", kind ? place_json(page, kind, record->values[ATTACHMENT_PAPER_NO].number) : json_null());
    json_put(line, "digest", record->values[ATTACHMENT_DIGEST].text);
    json_object_set_new_nocheck(line, "at", json_integer(record->valid_from));
    json_object_set_new_nocheck(line, "leaf", json_integer(record->from_leaf));
    if (withdrawn) {
        json_put(line, "withdrawn", record->values[ATTACHMENT_WITHDRAWN_ON].text);
        json_put(line, "why", record->values[ATTACHMENT_WITHDRAWN_WHY].text);
    } else if (may_withdraw) {
        json_put(line, "withdraw", slice_of(arena_print(arena, "%s/withdraw", href)));
        json_put(line, "request_id", request_fresh(page->request));
    }
    json_fill(line, "withdrawn why withdraw request_id");
    return line;
}

static json_t *places_json(const struct deal_page *page)
{
    json_t *places = json_array();

    json_array_append_new(places, place_json(page, &kind_deal, 0));
    for (size_t k = KIND_DEAL + 1; k < KIND_ALL; k++)
        for (size_t i = page->file.count[k]; k != KIND_ATTACHMENT && k != KIND_RULING && i-- > 0;)
            json_array_append_new(places, place_json(page, kind_get((enum kind_id)k), page->file.papers[k][i].values[PAPER_NO].number));
    return places;
}

static json_t *attach_json(const struct deal_page *page)
{
    const struct choice_list *list = choice_list_get("attachment_sort");
    json_t *attach = json_object(), *sorts = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(sorts, label_json(list->choices[i].code, list->choices[i].label, list->choices[i].label_en));
    json_put(attach, "action", slice_of(arena_print(page->request->arena, "/deals/%lld/files", (long long)page->file.deal.id)));
    json_put(attach, "request_id", request_fresh(page->request));
    json_object_set_new_nocheck(attach, "sorts", sorts);
    json_object_set_new_nocheck(attach, "places", places_json(page));
    return attach;
}

json_t *deal_files_json(const struct deal_page *page)
{
    const struct record *list = page->file.papers[KIND_ATTACHMENT];
    json_t *files, *lines;
    struct err ignored;
    bool may_step;

    if (may_level(&page->request->actor, &page->object) < LEVEL_OWN)
        return json_null();
    may_step = page->file.deal.status == RECORD_OPEN && may(&page->request->actor, ACT_STEP, &page->object, &ignored);
    files = json_object();
    lines = json_array();
    for (size_t i = page->file.count[KIND_ATTACHMENT]; i-- > 0;)
        json_array_append_new(lines, line_json(page, &list[i], may_step));
    json_object_set_new_nocheck(files, "lines", lines);
    json_object_set_new_nocheck(files, "attach", may_step ? attach_json(page) : json_null());
    return files;
}

/* --- attaching and withdrawing --- */

static bool attached_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct attachment_order *order = arg;
    bool withdrawn = order->why.at != NULL;
    json_t *document;

    if (outcome != STORE_DONE)
        return deal_refused(request, err);
    flash_set(request, withdrawn ? FLASH_DETACHED : FLASH_ATTACHED);
    if (!request->api)
        return request_see(request, "/deals/%lld#files", (long long)order->deal);
    document = json_object();
    json_put(document, "href", slice_of(arena_print(request->arena, "/api/v1/deals/%lld/files/%lld", (long long)order->deal,
                                                    (long long)order->no)));
    json_object_set_new_nocheck(document, "no", json_integer(order->no));
    if (!withdrawn)
        json_put(document, "digest", slice_of(order->files.files[0].digest));
    request->status = withdrawn ? 200 : 201;
    return request_page(request, NULL, document);
}

/* "approval-2", or "deal". */
static bool place_read(struct request *request, struct attachment_order *order, struct err *err)
{
    struct slice typed = slice_trim(request_value(request, "paper")), no = typed;

    if (!typed.len || slice_is(typed, "deal"))
        return true;
    if (slice_cut(&no, '-', &order->paper) && ident_parse(no, &order->paper_no))
        return true;
    err_set(err, ERR_INVALID, "没有说明附在哪份文书上");
    err_hint(err, "写成“文书种类-序号”，如 approval-1；附在项目上的写 deal");
    return err_field(err, "paper");
}

/* What is not said follows from the paper. */
static bool sort_read(struct request *request, const struct attachment_order *order, const char **sort, struct err *err)
{
    struct slice typed = slice_trim(request_value(request, "sort"));
    const struct choice *choice = typed.len ? choice_find(choice_list_get("attachment_sort"), typed) : NULL;

    *sort = choice ? choice->code : attachment_sort(order->paper);
    if (choice || !typed.len)
        return true;
    err_set(err, ERR_INVALID, "没有这种附件类别");
    err_hint(err, "可用的类别见项目页和 /api/v1/openapi.json");
    return err_field(err, "sort");
}

static bool order_read(struct request *request, struct attachment_order *order, struct err *err)
{
    const char *sort;

    if (!place_read(request, order, err) || !sort_read(request, order, &sort, err)
        || !deal_files_read(request, sort, &order->files, err))
        return false;
    if (order->files.count)
        return true;
    err_set(err, ERR_INVALID, "没有选文件");
    err_hint(err, "以 multipart/form-data 提交，文件放在 file 里");
    return err_field(err, "file");
}

/* POST /deals/:id/files. Set aside where it brings files (web/aside.h). */
bool deal_files_post(struct request *request, struct err *err)
{
    struct attachment_order *order = arena_zero(request->arena, 1, sizeof *order);

    attachment_order_init(order, &request->actor, request_token(request));
    order->deal = request->id;
    if (!deal_step_let(request, NULL, err))
        return false;
    if (!order_read(request, order, err))
        return deal_refused(request, err);
    return deal_files_kept(request, &order->files, err)
           && request_write(request, order->request_id, attachment_step, order, attached_then, err);
}

/* The number behind "/files/". */
static int64_t file_number(struct slice path)
{
    struct slice rest = path, name = SLICE("");
    int64_t number;
    bool next = false;

    while (slice_cut(&rest, '/', &name)) {
        if (next)
            return ident_parse(name, &number) ? number : 0;
        next = slice_is(name, "files");
    }
    return 0;
}

/* POST /deals/:id/files/:no/withdraw, with `why`. */
bool deal_file_withdraw(struct request *request, struct err *err)
{
    struct attachment_order *order = arena_zero(request->arena, 1, sizeof *order);

    if (!deal_step_let(request, NULL, err) || !request_members_fit(request, "why request_id", err))
        return false;
    attachment_order_init(order, &request->actor, request_token(request));
    order->deal = request->id;
    order->no = file_number(request->path);
    order->why = request_value(request, "why");
    return request_write(request, order->request_id, attachment_withdraw_step, order, attached_then, err);
}

/* --- taking one out --- */

static bool part_write(struct slice part, void *arg, struct err *err)
{
    return fwrite(part.at, 1, part.len, arg) == part.len
           || err_set(err, errno == ENOSPC ? ERR_FULL : ERR_IO, "写不了临时文件：%s", strerror(errno));
}

/* Part by part into a file of this answer's own: what does not hash to its digest never leaves. */
static bool content_write(struct request *request, struct slice digest, const char *path, struct err *err)
{
    FILE *file = fopen(path, "wxe");
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "写不了临时文件：%s", strerror(errno));
    ok = attachment_read(request->sql, digest, part_write, file, err);
    if (fclose(file) != 0 && ok)
        ok = err_set(err, ERR_IO, "写不了临时文件：%s", strerror(errno));
    if (!ok)
        unlink(path);
    return ok;
}

bool attachment_send(struct request *request, struct slice digest, struct slice media, struct slice name, struct err *err)
{
    const char *path = export_place(request, "part");

    if (!content_write(request, digest, path, err))
        return false;
    http_reply_header(request->exchange, "Content-Security-Policy", SLICE("sandbox; default-src 'none'"));
    return export_named(request, path, attachment_type(media), name);
}

static const struct record *file_named(const struct deal_page *page)
{
    int64_t no = file_number(page->request->path);

    return no >= 1 && no <= (int64_t)page->file.count[KIND_ATTACHMENT] ? &page->file.papers[KIND_ATTACHMENT][no - 1] : NULL;
}

/* GET /deals/:id/files/:no. For who may see the papers; never shown in the page's own place, whatever it holds. Set aside. */
bool deal_file_get(struct request *request, struct err *err)
{
    const struct record *record;
    struct deal_page page;

    if (!request_look(request, err) || !deal_page_load(request, &page, err))
        return false;
#ifndef TQ_TEETH_ATTACHMENT_SIGHT
    if (may_level(&request->actor, &page.object) < LEVEL_OWN)
        return err_set(err, ERR_DENIED, "附件只给本单位和审计看");
#endif
    record = file_named(&page);
    if (!record)
        return err_set(err, ERR_MISSING, "卷里没有这份附件") || err_hint(err, "项目页列出了全部附件");
    return attachment_send(request, record->values[ATTACHMENT_DIGEST].text, record->values[ATTACHMENT_MEDIA].text, record->values[ATTACHMENT_NAME].text, err);
}
