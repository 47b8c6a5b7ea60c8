/*
 * Filling a form in from a dropped file (a patent, a paper, an old .docx) or from what stood in the box. Each value says which
 * sentence it came from. Nothing is saved.
 */
#include "base/json.h"
#include "base/utf8.h"
#include "file/reader.h"
#include "record/extract.h"
#include "web/carry.h"
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

static void prefill_text(struct sheet *sheet, struct slice text)
{
    struct arena *arena = sheet->request->arena;
    struct suggestion found[FIELDS_MAX];
    size_t count;

    extract_fields(sheet->kind, text, arena, found, &count);
    for (size_t i = 0; i < count; i++) {
        size_t field = found[i].field;
        json_t *from;

        if (sheet->typed[field].at && sheet->typed[field].len)
            continue;
        from = json_object();
        json_put(from, "text", found[i].quote);
        if (found[i].page)
            json_put(from, "where", slice_of(sheet->request->english ? arena_print(arena, "page %d", found[i].page)
                                                                     : arena_print(arena, "第 %d 页", found[i].page)));
        sheet->typed[field] = shown(sheet, &sheet->kind->fields[field], found[i].typed);
        sheet->from[field] = from;
        sheet->filled++;
    }
}

/* What a person typed into the box and no rule understood goes where it is read first: the summary. */
static void prefill_rest(struct sheet *sheet, struct slice text)
{
    struct slice *title = &sheet->typed[sheet->kind->title], *summary = &sheet->typed[sheet->kind->summary];
    struct slice whole = slice_trim(text), first = whole;

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

static void sheet_release(struct sheet *sheet)
{
    for (size_t i = 0; i < FIELDS_MAX; i++)
        json_decref(sheet->from[i]);
}

static bool file_text(struct request *request, const struct form_part *file, struct slice *out, struct err *err)
{
    enum reader_form form;
    struct text text;
    bool ok;

    if (utf8_plain(file->value)) {
        *out = file->value;
        return true;
    }
    text_init(&text);
    ok = reader_form(file->value, &form, err)
         && reader_text(request->web->reader, file->value, form, READ_MOST, &text, err) && request_look(request, err);
    *out = arena_copy(request->arena, text_slice(&text));
    text_release(&text);
    return ok;
}

/* Who may not make one keeps what he wrote: it stands in the box again, with the reason. */
static bool refused(struct request *request, struct slice text, const struct err *err)
{
    if (request->api || err->code != ERR_DENIED || slice_trim(text).len == 0)
        return false;
    request->status = 403;
    return ask_page(request, text,
                    say(request, request->actor.party
                                     ? N_("您的账号不能发布这类记录。内容还在框里,需要时请联系本单位管理员")
                                     : N_("您的账号还没有挂到单位,不能发布。内容还在框里,请联系平台管理员")));
}

bool prefill_page(struct request *request, struct slice text, struct slice file, struct err *err)
{
    struct sheet sheet;
    bool ok;

    if (!form_may_make(request, err))
        return refused(request, text, err);
    sheet_init(&sheet, request, request->kind);
    sheet.file = file;
    prefill_text(&sheet, text);
    prefill_rest(&sheet, text);
    ok = sheet_page(&sheet, NULL);
    sheet_release(&sheet);
    return ok;
}

/* From a dropped file, or from what stood in the box: of the posted form alone (web/carry.h). Nothing is saved. */
bool form_prefill(struct request *request, struct err *err)
{
    const struct form_part *file = form_file(&request->form, "file");
    struct slice text = form_value(&request->form, "q"), name = SLICE("");

    if (request->signed_in && !form_may_make(request, err))
        return refused(request, text, err);
    if (file && file->value.len) {
        if (!file_text(request, file, &text, err))
            return false;
        name = file->filename;
    }
    if (utf8_valid(text) < text.len)
        return err_set(err, ERR_INVALID, "文字不是有效的 UTF-8");
    if (!request->signed_in)
        return carry_ask(request, file ? utf8_head(text, MATCH_QUERY_CHARS) : text, err);
    return prefill_page(request, text, name, err);
}
