/*
 * Filling a form in from a dropped file (a patent, a paper, an old .docx) or from what stood in the box. Each value says which
 * sentence it came from. What somebody has typed stays; where the file says something else, that is offered beside it. Nothing
 * is saved.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "record/extract.h"
#include "web/carry.h"
#include "web/drop.h"
#include "web/form.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"

enum { READ_MOST = 400000 };

/* Codes as the form shows those of a record, with their names. */
static struct slice shown(const struct sheet *sheet, const struct field *field, struct slice typed)
{
    struct arena *arena = sheet->request->arena;
    struct value value;
    struct err ignored;

    if (field->type != FIELD_CODES || !field_read(field, typed, arena, &value, &ignored))
        return typed;
    return field_words(field, &value, sheet->request->english, arena);
}

static json_t *quote_json(const struct request *request, const struct suggestion *found)
{
    json_t *quote = json_object();

    json_put(quote, "text", found->quote);
    if (found->page)
        json_put(quote, "where", slice_of(request->english ? arena_print(request->arena, "page %d", found->page)
                                                           : arena_print(request->arena, "第 %d 页", found->page)));
    return quote;
}

/* Offers what was found, unless it says what stands there already. */
static void offer_add(struct sheet *sheet, const struct suggestion *found)
{
    const struct field *field = &sheet->kind->fields[found->field];
    struct arena *arena = sheet->request->arena;
    struct slice line = shown(sheet, field, found->typed);
    struct value theirs, ours;
    struct err ignored;
    json_t *offer;

    if (field_read(field, line, arena, &theirs, &ignored)
        && field_read(field, sheet->typed[found->field], arena, &ours, &ignored) && value_same(field, &theirs, &ours))
        return;
    offer = quote_json(sheet->request, found);
    json_put(offer, "value", line);
    sheet->offer[found->field] = offer;
    sheet->offered++;
}

/* A sum that is written twice, and not the same: both are told, neither is taken. */
static void doubt_add(struct sheet *sheet, const struct suggestion *found)
{
    struct err err;

    err_set(&err, ERR_INVALID, "大写“%.*s”是 %.*s，与小写 %.*s 不符，没有填", (int)found->capital.len, found->capital.at,
            (int)found->capital_says.len, found->capital_says.at, (int)found->figure_says.len, found->figure_says.at);
    err_hint(&err, "请对照原件填写");
    sheet->doubt[found->field] = say_all(sheet->request, &err);
    sheet->from[found->field] = quote_json(sheet->request, found);
}

void prefill_sheet(struct sheet *sheet, struct slice text)
{
    struct request *request = sheet->request;
    struct suggestion found[FIELDS_MAX];
    size_t count;

    extract_fields(sheet->kind, text, request->arena, found, &count);
    for (size_t i = 0; i < count; i++) {
        size_t field = found[i].field;

        if (found[i].capital.len) {
            doubt_add(sheet, &found[i]);
            continue;
        }
        if (sheet_holds(sheet, field)) {
            offer_add(sheet, &found[i]);
            continue;
        }
        sheet->typed[field] = shown(sheet, &sheet->kind->fields[field], found[i].typed);
        sheet->from[field] = quote_json(request, &found[i]);
        sheet->filled++;
    }
}

/* What a person typed into the box and no rule understood goes where it is read first: the summary. */
static void prefill_rest(struct sheet *sheet, struct slice text)
{
    struct slice *title = &sheet->typed[sheet->kind->title], *summary = &sheet->typed[sheet->kind->summary];
    struct slice whole = slice_trim(utf8_one_page(text, sheet->request->arena)), first = whole;

    if (sheet->file.len || whole.len == 0)
        return;
    if (!summary->len)
        *summary = utf8_head(whole, (size_t)sheet->kind->fields[sheet->kind->summary].max);
    for (size_t i = 0; i + 3 <= first.len; i++)
        if (first.at[i] == '\n' || memcmp(first.at + i, "。", 3) == 0 || memcmp(first.at + i, "，", 3) == 0
            || first.at[i] == ',')
            first.len = i;
    if (!title->len)
        *title = utf8_head(first, 60);
}

void sheet_release(struct sheet *sheet)
{
    for (size_t i = 0; i < FIELDS_MAX; i++) {
        json_decref(sheet->from[i]);
        json_decref(sheet->offer[i]);
    }
}

/* Who may not make one keeps what he wrote: it stands in the box again, with the reason. */
static bool refused(struct request *request, struct slice text, const struct err *err)
{
    if (request->api || err->code != ERR_DENIED || slice_trim(text).len == 0)
        return false;
    request->status = 403;
    return ask_page(request, text,
                    say(request, request->actor.party
                                     ? N_("您的账号不能发布这类记录。内容还在框里，需要时请联系本单位管理员")
                                     : N_("您的账号还没有挂到单位，不能发布。内容还在框里，请联系平台管理员")));
}

bool prefill_page(struct request *request, struct slice text, struct slice file, struct err *err)
{
    struct sheet sheet;
    bool ok;

    if (!form_may_make(request, err))
        return refused(request, text, err);
    sheet_init(&sheet, request, request->kind);
    sheet_from_form(&sheet);
    sheet.file = file;
    prefill_sheet(&sheet, text);
    prefill_rest(&sheet, text);
    ok = sheet_page(&sheet, NULL);
    sheet_release(&sheet);
    return ok;
}

/* No file, or one that can't be read: what was typed stays. */
static bool unread(struct request *request, struct err *err)
{
    struct sheet sheet;
    struct err ignored;

    if (!request->signed_in || err->code != ERR_INVALID || !request_look(request, &ignored))
        return false;
    sheet_init(&sheet, request, request->kind);
    sheet_from_form(&sheet);
    sheet.unread = say_all(request, err);
    request->status = 422;
    return sheet_page(&sheet, NULL);
}

/* From a dropped file, or from what stood in the box: of the posted form alone (web/carry.h). Nothing is saved. */
bool form_prefill(struct request *request, struct err *err)
{
    const struct form_part *file = form_file(&request->form, "file");
    struct slice text = form_value(&request->form, "q"), name = SLICE("");

    if (request->signed_in && !form_may_make(request, err))
        return refused(request, text, err);
    if (file && file->value.len) {
        if (!drop_read(request, file, READ_MOST, &text, err))
            return unread(request, err);
        name = file->filename;
    } else if (slice_is(form_value(&request->form, "do"), "read")) {
        err_set(err, ERR_INVALID, "还没有选文件");
        err_hint(err, "请先选一个文件（.pdf、.docx、.txt），再按“预填”");
        return unread(request, err);
    }
    if (utf8_valid(text) < text.len)
        return err_set(err, ERR_INVALID, "文字不是有效的 UTF-8");
    if (!request->signed_in)
        return carry_ask(request, file ? utf8_head(text, MATCH_QUERY_CHARS) : text, err);
    return prefill_page(request, text, name, err);
}
