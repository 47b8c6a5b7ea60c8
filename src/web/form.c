/*
 * Forms to make and change a record.
 * Document: {"form": {kind, title, action, up, cancel, request_id, ver, draft, saved, drop, fields, sections: [{name, label,
 * total, filled, open, fields}], errors, problem, confirm: {warnings: [{code, text, field, href}]}, conflict: {count, fields: [{name,
 * label}]}}}; a field is
 * {name, label, is: {prose | list | select | codes | number | money | date | yes | line}, group, value, options, most, rows,
 *  required, level, hint, purpose, error, from: {text, where}, offer: {value, text, where}, now (web/conflict.h)}
 */
#include "web/form_int.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "record/right.h"
#include "web/conflict.h"
#include "web/draft.h"
#include "web/error.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"
#include "work/similar.h"

/* --- the sheet --- */

void sheet_init(struct sheet *sheet, struct request *request, const struct kind *kind)
{
    *sheet = (struct sheet){.request = request, .kind = kind};
}

void sheet_narrow(struct sheet *sheet, const struct record *record, const struct object *object)
{
#ifndef TQ_TEETH_FORM_UNSEEN
    for (size_t i = 0; i < sheet->kind->count; i++)
        sheet->unseen[i] = !may_see_field(&sheet->request->actor, object, record, i);
#endif
}

/* As an English reader would type them. */
static struct slice rights_typed(struct slice lines, struct arena *arena)
{
    struct slice line, made;
    struct text out;

    text_init(&out);
    while (slice_cut(&lines, '\n', &line)) {
        if (out.len)
            text_putc(&out, '\n');
        text_add_slice(&out, right_english(line, RIGHT_WORD, arena));
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

struct slice sheet_value(const struct sheet *sheet, const struct record *record, size_t index)
{
    const struct field *field = &sheet->kind->fields[index];
    const struct value *value = &record->values[index];
    struct request *request = sheet->request;

    if (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES || field->type == FIELD_WORDS)
        return value->text;
    if (field->type == FIELD_PARTY && value->known)
        return record_title(request->sql, &kind_party, value->number, request->arena);
    return field->type == FIELD_RIGHTS && request->english ? rights_typed(value->text, request->arena)
                                                           : field_words(field, value, request->english, request->arena);
}

void sheet_from_record(struct sheet *sheet, const struct record *record)
{
    sheet->record = record->id;
    sheet->ver = record->ver;
    for (size_t i = 0; i < sheet->kind->count; i++)
        if (!sheet->unseen[i])
            sheet->typed[i] = sheet_value(sheet, record, i);
}

/* Is `code` among the boxes ticked under that name? */
static bool ticked(const struct request *request, const char *name, const char *code)
{
    struct slice rest = request_values(request, name), one;

    while (slice_cut(&rest, '\n', &one))
        if (slice_is(slice_trim(one), code))
            return true;
    return false;
}

/* Of what was typed and what a file says (prefill.c), the one that the person wants. */
struct slice form_typed(const struct request *request, const struct field *field)
{
    if (!ticked(request, "take", field->name))
        return request_values(request, field->name);
    return request_values(request, arena_print(request->arena, "found_%s", field->name));
}

void sheet_from_form(struct sheet *sheet)
{
    const struct request *request = sheet->request;

    for (size_t i = 0; i < sheet->kind->count; i++) {
        const struct field *field = &sheet->kind->fields[i];

        sheet->typed[i] = form_typed(request, field);
        /* A browser sends nothing for a box that is not ticked. */
        if (!sheet->typed[i].at && !request->body && !sheet->unseen[i]
            && (field->type == FIELD_CHOICES || field->type == FIELD_YES))
            sheet->typed[i] = field->type == FIELD_YES ? SLICE("0") : SLICE("");
    }
    sheet->record = request->id;
    sheet->ver = request_number(request, "ver", 0);
    sheet->draft = request_number(request, "draft", 0);
}

static json_t *error_line(const struct request *request, const struct complaint *complaint)
{
    json_t *error = json_object();
    const struct field *field = complaint->field;

    json_put(error, "name", field ? slice_of(field->name) : SLICE(""));
    json_object_set_new_nocheck(error, "label", field ? label_json(field->name, field->label, field->label_en)
                                                      : label_json("", "整条记录", "The record"));
    json_put(error, "message", say_message(request, &complaint->err));
    return error;
}

/* Beside its field: what is wrong and, unless the field says that already, what to do. */
static void error_put(const struct sheet *sheet, const struct complaint *complaint, json_t *field)
{
    bool said = complaint->field->hint && strcmp(complaint->err.hint, complaint->field->hint) == 0;

    json_put(field, "error", said ? say_message(sheet->request, &complaint->err)
                                  : say_all(sheet->request, &complaint->err));
}

static void errors_add(const struct sheet *sheet, const struct complaints *complaints, json_t *form, json_t *const *made,
                       json_t *owner)
{
    json_t *errors = json_array(), *problem = json_object();

    for (size_t i = 0; i < complaints->count; i++) {
        const struct complaint *complaint = &complaints->list[i];
        int at = complaint->field ? kind_field(sheet->kind, complaint->field->name) : -1;

        json_array_append_new(errors, error_line(sheet->request, complaint));
        if (at >= 0 && made[at])
            error_put(sheet, complaint, made[at]);
        else if (complaint->field == &owner_field && owner)
            error_put(sheet, complaint, owner);
    }
    json_object_set_new_nocheck(problem, "count", json_integer((json_int_t)complaints->count));
    json_object_set_nocheck(problem, "errors", errors);
    json_object_set_new_nocheck(form, "problem", problem);
    json_object_set_new_nocheck(form, "errors", errors);
}

static void fields_add(const struct sheet *sheet, const struct complaints *complaints, json_t *form)
{
    bool for_others = sheet->kind->owned && !sheet->request->actor.party && !sheet->record;
    json_t *made[FIELDS_MAX], *owner = for_others ? owner_form(sheet) : NULL;

    for (size_t i = 0; i < sheet->kind->count; i++)
        made[i] = sheet->unseen[i] ? NULL : field_form(sheet, i);
    if (complaints && complaints->count)
        errors_add(sheet, complaints, form, made, owner);
    json_object_set_new_nocheck(form, "fields", form_head(sheet, made, owner));
    json_object_set_new_nocheck(form, "sections", form_sections(sheet, made));
    for (size_t i = 0; i < sheet->kind->count; i++)
        json_decref(made[i]);
    json_decref(owner);
}

static void address_add(const struct sheet *sheet, json_t *form)
{
    struct arena *arena = sheet->request->arena;
    const char *plural = sheet->kind->plural;
    struct slice list = slice_of(arena_print(arena, "/%s", plural));
    struct slice own = sheet->record ? slice_of(arena_print(arena, "/%s/%lld", plural, (long long)sheet->record)) : list;

    json_put(form, "action", own);
    json_put(form, "cancel", own);
    json_put(form, "up", list);
}

static json_t *drop_json(const struct sheet *sheet)
{
    json_t *drop = json_object();

    json_put(drop, "action", slice_of(arena_print(sheet->request->arena, "/%s/new", sheet->kind->plural)));
    if (sheet->file.len) {
        json_put(drop, "file", sheet->file);
        json_object_set_new_nocheck(drop, "count", json_integer(sheet->filled));
    }
    if (sheet->offered)
        json_object_set_new_nocheck(drop, "offered", json_integer(sheet->offered));
    if (sheet->unread.len)
        json_put(drop, "error", sheet->unread);
    json_fill(drop, "file count offered error");
    return drop;
}

static json_t *confirm_json(const struct sheet *sheet)
{
    json_t *confirm = json_object(), *warnings = json_array();

    for (size_t i = 0; i < sheet->warning_count; i++) {
        const struct warning *warning = &sheet->warnings[i];
        json_t *line = json_object();

        json_put(line, "code", slice_of(warning->code));
        json_put(line, "text", say(sheet->request, warning->text));
        json_put(line, "field", slice_of(warning->field->name));
        if (warning->href)
            json_put(line, "href", slice_of(warning->href));
        json_fill(line, "href");
        json_array_append_new(warnings, line);
    }
    json_object_set_new_nocheck(confirm, "warnings", warnings);
    return confirm;
}

static json_t *overtaken_json(const struct sheet *sheet)
{
    json_t *overtaken = json_object(), *fields = json_array();

    for (size_t i = 0; i < sheet->kind->count; i++) {
        const struct field *field = &sheet->kind->fields[i];
        json_t *line;

        if (!sheet->conflict->fields[i].there)
            continue;
        line = json_object();
        json_put(line, "name", slice_of(field->name));
        json_object_set_new_nocheck(line, "label", label_json(field->name, field->label, field->label_en));
        json_array_append_new(fields, line);
    }
    json_object_set_new_nocheck(overtaken, "count", json_integer((json_int_t)sheet->conflict->count));
    json_object_set_new_nocheck(overtaken, "fields", fields);
    return overtaken;
}

bool sheet_page(const struct sheet *sheet, const struct complaints *complaints)
{
    struct request *request = sheet->request;
    const struct kind *kind = sheet->kind;
    json_t *document = json_object(), *form = json_object();

    json_object_set_new_nocheck(form, "kind", label_json(kind->name, kind->label, kind->label_en));
    json_object_set_new_nocheck(form, "title",
                                label_json("title",
                                           arena_print(request->arena, sheet->record ? "修改%s" : "新增%s", kind->label),
                                           arena_print(request->arena, sheet->record ? "Change: %s" : "New: %s",
                                                       kind->label_en)));
    address_add(sheet, form);
    json_put(form, "request_id", request_fresh(request));
    if (sheet->ver)
        json_object_set_new_nocheck(form, "ver", json_integer(sheet->ver));
    if (sheet->draft)
        json_put_id(form, "draft", sheet->draft);
    if (sheet->saved_ms)
        json_object_set_new_nocheck(form, "saved", json_integer(sheet->saved_ms));
    if (!sheet->record && (kind->id == KIND_ACHIEVEMENT || kind->id == KIND_NEED))
        json_object_set_new_nocheck(form, "drop", drop_json(sheet));
    fields_add(sheet, complaints, form);
    if (sheet->warning_count)
        json_object_set_new_nocheck(form, "confirm", confirm_json(sheet));
    if (sheet->conflict)
        json_object_set_new_nocheck(form, "conflict", overtaken_json(sheet));
    json_fill(form, "ver draft saved drop problem errors confirm conflict");
    json_object_set_new_nocheck(document, "form", form);
    if (complaints && complaints->count && !request->status)
        request->status = 422;
    return request_page(request, "form", document);
}

/* --- new, edit --- */

bool form_may_make(struct request *request, struct err *err)
{
    struct object object = {.kind = request->kind, .owner = request->actor.party};

    return may(&request->actor, ACT_CREATE, &object, err);
}

bool form_new(struct request *request, struct err *err)
{
    struct sheet sheet;

    if (!form_may_make(request, err))
        return false;
    sheet_init(&sheet, request, request->kind);
    return sheet_page(&sheet, NULL);
}

bool form_edit(struct request *request, struct err *err)
{
    struct record record;
    struct object object;
    struct sheet sheet;

    if (!view_load(request, &record, &object, err) || !may(&request->actor, ACT_EDIT, &object, err))
        return false;
    sheet_init(&sheet, request, request->kind);
    sheet_narrow(&sheet, &record, &object);
    sheet_from_record(&sheet, &record);
    return sheet_page(&sheet, NULL);
}

/* --- saving --- */

struct saving {
    struct sheet sheet;
    struct submission submission;
};

static bool saved(struct request *request, const struct saving *saving)
{
    if (saving->sheet.draft)
        draft_forget(request, saving->sheet.draft);
    if (!request->id) {
        flash_set(request, FLASH_MADE);
        return request_made(request, saving->submission.id, saving->submission.ver);
    }
    flash_set(request, saving->submission.ver == saving->submission.record.ver ? FLASH_SAME : FLASH_CHANGED);
    return request_changed(request, saving->submission.id, saving->submission.ver);
}

/* The form again, with what the writer refused. */
static bool refused_late(struct request *request, const struct sheet *sheet, const struct err *err)
{
    struct complaints complaints = {.count = 0};
    const struct field *field = NULL;
    int at = kind_field(sheet->kind, err->field);

    if (at >= 0)
        field = &sheet->kind->fields[at];
    else if (strcmp(err->field, owner_field.name) == 0)
        field = &owner_field;
    complain(&complaints, field, SLICE(""), err);
    request->status = err->code == ERR_CONFLICT ? 409 : 422;
    return sheet_page(sheet, &complaints);
}

static bool overtaken(struct request *request, struct sheet *sheet, const struct conflict *conflict, const struct err *err)
{
    request->status = 409;
    if (request->api)
        return request_page(request, NULL, conflict_json(request, conflict, sheet, err));
    conflict_merge(sheet, conflict);
    return sheet_page(sheet, NULL);
}

static bool saved_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct saving *saving = (struct saving *)((char *)arg - offsetof(struct saving, submission));
    struct conflict *conflict;
    struct err refusal = *err;
    bool found = false;

    if (outcome == STORE_DONE)
        return saved(request, saving);
    if (err->code == ERR_CONFLICT) {
        conflict = arena_alloc(request->arena, sizeof *conflict);
        if (!conflict_find(request, &saving->submission, conflict, &found, err))
            return false;
        if (found)
            return overtaken(request, &saving->sheet, conflict, &refusal);
        *err = refusal;
    }
    if (request->api || (err->code != ERR_INVALID && err->code != ERR_CONFLICT))
        return false;
    return refused_late(request, &saving->sheet, err);
}

/* A list holds words, or codes as this API itself gives them: {"code", "label"}. */
static bool list_plain(const json_t *list)
{
    const json_t *item;
    size_t i;

    json_array_foreach(list, i, item)
        if (!json_is_string(item) && !json_is_string(json_object_get(item, "code")))
            return false;
    return true;
}

static bool value_fits(const struct field *field, const json_t *value)
{
    if (json_is_boolean(value))
        return field->type == FIELD_YES;
    if (json_is_array(value))
        return field_is_list(field->type) && list_plain(value);
    return json_is_string(value) || json_is_integer(value) || json_is_null(value);
}

bool form_value_fits(const struct field *field, const json_t *value, struct err *err)
{
    if (value_fits(field, value))
        return true;
    err_set(err, ERR_INVALID, "字段“%.60s”的值写法不对", field->name);
    err_hint(err, "写成文字或整数，是否写 true/false，多项写成文字的列表；金额写成文字，如“200.5万元”");
    return err_field(err, field->name);
}

/* What this API would not understand it refuses: a value that was quietly left out would be taken for stored. */
static bool members_fit(const struct request *request, struct err *err)
{
    const char *name;
    json_t *value;

    json_object_foreach(request->body, name, value) {
        int at = kind_field(request->kind, name);

        if (at < 0 ? (strcmp(name, "confirm") == 0 && json_is_array(value) && list_plain(value))
                         || request_member_fits(name, value, "ver request_id owner confirm", err)
                   : form_value_fits(&request->kind->fields[at], value, err))
            continue;
        return false;
    }
    return true;
}

/* Without the version that the person saw nobody can tell whether the change is still meant. */
static bool version_given(const struct request *request, const struct sheet *sheet, struct err *err)
{
    if (!request->id || sheet->ver > 0)
        return true;
    err_set(err, ERR_INVALID, "请说明改的是第几版");
    err_hint(err, "字段 ver：读这条记录时得到的版本号");
    return err_field(err, "ver");
}

static bool refused(struct request *request, const struct sheet *sheet, const struct complaints *complaints)
{
    request->status = 422;
    return request->api ? request_page(request, NULL, error_list_json(request, complaints))
                        : sheet_page(sheet, complaints);
}

/* An officer says for whom; a member's own party needs no saying. */
static bool owner_typed(struct request *request, struct submission *submission, struct complaints *complaints,
                        struct err *err)
{
    struct slice typed = slice_trim(request_value(request, "owner"));

    if (request->id || typed.len == 0)
        return true;
    if (!party_resolve(request->sql, typed, &submission->record.owner, err))
        return false;
    if (submission->record.owner)
        return true;
    err_set(err, ERR_INVALID, "没有找到单位“%.*s”", (int)utf8_head(typed, 40).len, typed.at);
    err_hint(err, "填已登记单位的全称或统一社会信用代码");
    complain(complaints, &owner_field, typed, err);
    return false;
}

/* Who discloses sees what is there already, before it is one more (查重); a program asks the box itself. */
static bool similar_warn(struct sheet *sheet, const struct record *draft, struct err *err)
{
    struct request *request = sheet->request;
    struct similar list[SIMILAR_MOST];
    size_t count;

    if (request->api || request->id || request->kind->id != KIND_ACHIEVEMENT)
        return true;
    if (!similar_find(request->web->city, request->sql, &request->actor, draft, day_of_ms(request->now_ms), request->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *code = arena_print(request->arena, "similar-%lld", (long long)list[i].id);
        struct err warning;

        if (ticked(request, "confirm", code))
            continue;
        err_set(&warning, ERR_INVALID, "与“%.*s”（%.*s）相近：名称和摘要有 %d%% 的字相同；不是同一项成果的再发布", (int)utf8_head(list[i].title, 60).len,
                list[i].title.at, (int)list[i].unit.len, list[i].unit.at, (int)(list[i].share / 100));
        sheet->warnings[sheet->warning_count++] =
            (struct warning){code, &request->kind->fields[request->kind->title], arena_text(request->arena, say_message(request, &warning)),
                             arena_print(request->arena, "/achievements/%lld", (long long)list[i].id)};
    }
    return true;
}

/* What may be a slip is asked back once, by name, so that to confirm one is not to confirm another that comes in meanwhile. */
static bool confirmed(struct sheet *sheet, const struct record *record, const struct record *prior, struct err *err)
{
    struct warning all[WARNINGS_MOST];
    size_t count = record_warnings(record, prior, all);

    for (size_t i = 0; i < count; i++)
        if (!ticked(sheet->request, "confirm", all[i].code))
            sheet->warnings[sheet->warning_count++] = all[i];
    if (!sheet->warning_count)
        return true;
    err_set(err, ERR_INVALID, "%s", sheet->warnings[0].text);
    err_hint(err, "核对无误的，加上 \"confirm\": [\"%s\"] 再发一次", sheet->warnings[0].code);
    return err_field(err, sheet->warnings[0].field->name);
}

/* record and object: what is changed; NULL for a new one. */
static bool save(struct request *request, const struct record *record, const struct object *object, struct err *err)
{
    struct saving *saving = arena_zero(request->arena, 1, sizeof *saving);
    struct submission *submission = &saving->submission;
    struct complaints complaints = {.count = 0};

    if (request->body && !members_fit(request, err))
        return false;
    sheet_init(&saving->sheet, request, request->kind);
    if (record)
        sheet_narrow(&saving->sheet, record, object);
    sheet_from_form(&saving->sheet);
    if (!version_given(request, &saving->sheet, err))
        return false;
    if (slice_is(request_value(request, "do"), "draft"))
        return draft_save(request, &saving->sheet, err);
    submit_init(submission, request->kind, &request->actor, request_token(request));
    submission->record.id = request->id;
    submission->record.ver = saving->sheet.ver;
    if (request->kind->owned && !owner_typed(request, submission, &complaints, err))
        return complaints.count && refused(request, &saving->sheet, &complaints);
    if (!submit_check(request->sql, submission, saving->sheet.typed, request->arena, &complaints, err)) {
        return complaints.count && refused(request, &saving->sheet, &complaints);
    }
    if (!similar_warn(&saving->sheet, &submission->record, err))
        return false;
    if (!confirmed(&saving->sheet, &submission->record, record, err)) {
        request->status = 422;
        return !request->api && sheet_page(&saving->sheet, NULL);
    }
    return request_write(request, submission->request_id, submit_step, submission, saved_then, err);
}

bool form_create(struct request *request, struct err *err)
{
    return save(request, NULL, NULL, err);
}

bool form_update(struct request *request, struct err *err)
{
    struct record record;
    struct object object;

    return view_load(request, &record, &object, err) && may(&request->actor, ACT_EDIT, &object, err)
           && save(request, &record, &object, err);
}
