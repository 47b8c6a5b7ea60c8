#include "web/conflict.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/error.h"
#include "web/form_int.h"
#include "web/view.h"
#include "work/account.h"

enum {
    VERSIONS_LOOKED_AT = 20, /* back from the newest: who changed a field before them is not told */
    SHOWN_CHARS = 60
};

/* --- finding --- */

/* Which of the differing fields this version changed; those that a later one changed are told already. */
static void attribute(struct conflict *conflict, const struct record *made, const struct record *before)
{
    for (size_t i = 0; i < made->kind->count; i++) {
        struct differing *field = &conflict->fields[i];

        if (!field->there || field->ver || value_same(&made->kind->fields[i], &made->values[i], &before->values[i]))
            continue;
        field->ver = made->ver;
        field->at_ms = made->valid_from;
        field->author = made->author;
    }
}

static bool attribute_all(struct request *request, struct conflict *conflict, int64_t seen, struct err *err)
{
    struct record made = conflict->now, before;

    for (int looked = 0; looked < VERSIONS_LOOKED_AT && made.ver > seen; looked++) {
        if (!record_version(request->sql, made.kind, made.id, made.ver - 1, request->arena, &before, err))
            return false;
        attribute(conflict, &made, &before);
        made = before;
    }
    return true;
}

static void compare(struct request *request, struct conflict *conflict, const struct record *seen, const struct record *sent)
{
    for (size_t i = 0; i < seen->kind->count; i++) {
        const struct field *field = &seen->kind->fields[i];
        const struct value *now = &conflict->now.values[i];

        if (value_same(field, now, &seen->values[i]) || value_same(field, now, &sent->values[i])
            || !may_see_field(&request->actor, &conflict->object, &conflict->now, i))
            continue;
        conflict->fields[i].there = true;
        conflict->fields[i].untouched = value_same(field, &sent->values[i], &seen->values[i]);
        conflict->count++;
    }
}

/* May the actor still see and change it, and what does he learn of it? */
static bool look(struct request *request, const struct record *sent, struct conflict *conflict, struct err *err)
{
    struct err ignored;

    if (!request_look(request, err)
        || !record_get(request->sql, sent->kind, sent->id, request->arena, &conflict->now, err)
        || !object_of(request->sql, &conflict->now, &request->actor, &conflict->object, err)
        || !may(&request->actor, ACT_EDIT, &conflict->object, err))
        return false;
    conflict->names = may(&request->actor, ACT_HISTORY, &conflict->object, &ignored)
                      && may_see_owner(&request->actor, &conflict->object, &conflict->now);
    return true;
}

bool conflict_find(struct request *request, const struct submission *submission, struct conflict *conflict, bool *found,
                   struct err *err)
{
    const struct record *sent = &submission->record;
    struct record seen;

    *conflict = (struct conflict){.count = 0};
    *found = false;
    if (!sent->id || !look(request, sent, conflict, err))
        return !sent->id;
    if (conflict->now.ver == sent->ver)
        return true;
    *found = true;
    if (!record_version(request->sql, sent->kind, sent->id, sent->ver, request->arena, &seen, err))
        return false;
    compare(request, conflict, &seen, sent);
    return attribute_all(request, conflict, sent->ver, err);
}

/* --- telling --- */

void conflict_merge(struct sheet *sheet, const struct conflict *conflict)
{
    sheet_narrow(sheet, &conflict->now, &conflict->object);
    for (size_t i = 0; i < sheet->kind->count; i++)
        if (conflict->fields[i].there && conflict->fields[i].untouched)
            sheet->typed[i] = sheet_value(sheet, &conflict->now, i);
    sheet->ver = conflict->now.ver;
    sheet->conflict = conflict;
}

/* "" where the actor may not know, or nobody does: the program itself, an erased account, a change of long ago. */
static struct slice author_of(struct request *request, const struct conflict *conflict, const struct differing *field)
{
    struct account account;
    struct err ignored;

    if (!conflict->names || !field->author || !account_get(request->sql, field->author, &account, &ignored))
        return SLICE("");
    return arena_copy(request->arena, slice_of(account.name));
}

json_t *conflict_view(struct request *request, const struct conflict *conflict, size_t index)
{
    const struct differing *field = &conflict->fields[index];
    json_t *view;
    struct slice who;

    if (!field->there)
        return NULL;
    view = field_view(request, &conflict->now, index);
    if (!view) {
        view = json_object();
        json_object_set_new_nocheck(view, "empty", json_true());
    }
    who = author_of(request, conflict, field);
    if (who.len)
        json_put(view, "who", who);
    if (field->ver)
        json_object_set_new_nocheck(view, "at", json_integer(field->at_ms));
    json_object_set_new_nocheck(view, "untouched", json_boolean(field->untouched));
    json_fill(view, "text href list lines link empty who at");
    return view;
}

static void say_when(struct request *request, const struct conflict *conflict, const struct differing *field,
                     struct err *line)
{
    struct slice who = author_of(request, conflict, field);
    char at[CLOCK_TEXT];

    if (!field->ver)
        return;
    clock_show_minute(field->at_ms, at);
    if (who.len)
        err_hint(line, "%.*s 改于 %.20s", (int)who.len, who.at, at);
    else
        err_hint(line, "改于 %.20s", at);
}

static void complain_of(struct request *request, const struct conflict *conflict, const struct sheet *sheet, size_t index,
                        struct complaints *complaints)
{
    struct slice now = sheet_value(sheet, &conflict->now, index);
    struct err line;

    if (now.len)
        err_set(&line, ERR_CONFLICT, "现在是“%.*s”", (int)utf8_head(now, SHOWN_CHARS).len, now.at);
    else
        err_set(&line, ERR_CONFLICT, "现在是空的");
    say_when(request, conflict, &conflict->fields[index], &line);
    complain(complaints, &sheet->kind->fields[index], sheet->typed[index], &line);
}

json_t *conflict_json(struct request *request, const struct conflict *conflict, const struct sheet *sheet,
                      const struct err *err)
{
    struct complaints complaints = {.count = 0};
    struct err said = *err;
    json_t *document;

    err_hint(&said, "现在是第 %lld 版：核对 errors 里的各项，带上 \"ver\": %lld 再发一次", (long long)conflict->now.ver,
             (long long)conflict->now.ver);
    err_field(&said, "ver");
    for (size_t i = 0; i < sheet->kind->count; i++)
        if (conflict->fields[i].there)
            complain_of(request, conflict, sheet, i, &complaints);
    document = error_lines_json(request, &said, &complaints);
    json_object_set_new_nocheck(document, "ver", json_integer(conflict->now.ver));
    return document;
}
