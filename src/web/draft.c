#include "web/draft.h"

#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"

struct draft {
    int64_t id, account, record, ver, now_ms;
    const struct kind *kind;
    struct slice title, form;
    const struct sheet *sheet; /* what is saved */
};

static bool no_draft(struct err *err)
{
    err_set(err, ERR_MISSING, "没有这份草稿，或已经发布");
    return err_hint(err, "请从“我的工作台”找起");
}

/* --- saving --- */

static bool room_for_one(struct sql *sql, int64_t account, struct err *err)
{
    int64_t count = 0;
    bool found;

    if (!sql_one(sql, "SELECT count(*) FROM draft WHERE account = ?1", SQL_ARGS(sql_int(account)), &count, &found, err))
        return false;
    if (count < DRAFTS_MOST)
        return true;
    err_set(err, ERR_CONFLICT, "草稿已有 %d 份，这一份没有存下", DRAFTS_MOST);
    return err_hint(err, "请先在“我的工作台”发布或丢弃几份，再存这一份");
}

static bool put(struct sql *sql, void *arg, struct err *err)
{
    const struct draft *draft = arg;
    int64_t mine;
    bool found;

    if (!sql_one(sql, "SELECT account FROM draft WHERE id = ?1", SQL_ARGS(sql_int(draft->id)), &mine, &found, err))
        return false;
    if (found && mine != draft->account)
        return no_draft(err);
    if (!found && !room_for_one(sql, draft->account, err))
        return false;
    return sql_put(sql,
                   "INSERT INTO draft (id, account, kind, record, title, form, changed_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
                   " ?7) ON CONFLICT (id) DO UPDATE SET title = excluded.title, form = excluded.form,"
                   " changed_ms = excluded.changed_ms",
                   SQL_ARGS(sql_int(draft->id), sql_int(draft->account), sql_text(slice_of(draft->kind->name)),
                            sql_int(draft->record), sql_text(draft->title), sql_text(draft->form),
                            sql_int(draft->now_ms)),
                   err);
}

static bool put_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct draft *draft = arg;
    struct complaints complaints = {.count = 0};

    if (outcome == STORE_DONE) {
        flash_set(request, FLASH_DRAFT_SAVED);
        return request_see(request, "/drafts/%lld", (long long)draft->id);
    }
    if (request->api || err->code != ERR_CONFLICT)
        return false;
    complain(&complaints, NULL, SLICE(""), err);
    request->status = 409;
    return sheet_page(draft->sheet, &complaints);
}

static struct slice sheet_text(const struct sheet *sheet)
{
    json_t *form = json_object();
    struct slice made;
    struct text text;

    for (size_t i = 0; i < sheet->kind->count; i++)
        if (sheet->typed[i].at && sheet->typed[i].len)
            json_put(form, sheet->kind->fields[i].name, sheet->typed[i]);
    if (sheet->ver)
        json_put_id(form, "ver", sheet->ver);
    text_init(&text);
    json_write(form, &text);
    made = arena_copy(sheet->request->arena, text_slice(&text));
    text_release(&text);
    json_decref(form);
    return made;
}

bool draft_save(struct request *request, const struct sheet *sheet, struct err *err)
{
    struct draft *draft = arena_zero(request->arena, 1, sizeof *draft);
    struct slice title = sheet->typed[sheet->kind->title];

    for (size_t i = 0; i < sheet->kind->count; i++)
        if (secret_marked(sheet->typed[i]))
            return secret_refuse(&sheet->kind->fields[i], err);
    *draft = (struct draft){.id = sheet->draft ? sheet->draft : ident_next(request->now_ms),
                            .account = request->actor.account, .record = sheet->record, .kind = sheet->kind,
                            .now_ms = request->now_ms, .form = sheet_text(sheet), .sheet = sheet};
    draft->title = utf8_head(title, 80);
    return request_write(request, "", put, draft, put_then, err);
}

/* --- coming back --- */

static bool load(struct request *request, struct draft *draft, struct err *err)
{
    struct sql_rows rows;
    bool found;

    if (!sql_rows(request->sql, "SELECT kind, record, title, form, changed_ms FROM draft WHERE id = ?1 AND account = ?2",
                  SQL_ARGS(sql_int(request->id), sql_int(request->actor.account)), &rows, err))
        return false;
    found = sql_next(&rows);
    if (found)
        *draft = (struct draft){.id = request->id,
                                .kind = kind_by_name(arena_text(request->arena, sql_slice(&rows, 0))),
                                .record = sql_number(&rows, 1), .form = arena_copy(request->arena, sql_slice(&rows, 3)),
                                .now_ms = sql_number(&rows, 4)};
    return sql_done(&rows, err)
           && ((found && draft->kind) || no_draft(err));
}

/* A draft of a change holds no more of the record than its form does. */
static bool narrow(struct sheet *sheet, const struct draft *draft, struct err *err)
{
    struct request *request = sheet->request;
    struct record record;
    struct object object;

    if (!draft->record)
        return true;
    if (!record_get(request->sql, draft->kind, draft->record, request->arena, &record, err)
        || !object_of(request->sql, &record, &request->actor, &object, err))
        return false;
    sheet_narrow(sheet, &record, &object);
    return true;
}

bool draft_get(struct request *request, struct err *err)
{
    struct draft draft = {0};
    struct sheet sheet;
    json_t *form;
    bool ok;

    if (!load(request, &draft, err))
        return false;
    sheet_init(&sheet, request, draft.kind);
    if (!narrow(&sheet, &draft, err))
        return false;
    form = json_read(draft.form, err);
    if (!form)
        return false;
    for (size_t i = 0; i < draft.kind->count; i++)
        sheet.typed[i] = json_member(form, draft.kind->fields[i].name);
    ident_parse(json_member(form, "ver"), &sheet.ver);
    sheet.record = draft.record;
    sheet.draft = draft.id;
    sheet.saved_ms = draft.now_ms;
    ok = sheet_page(&sheet, NULL);
    json_decref(form);
    return ok;
}

/* --- letting go --- */

struct forgetting {
    struct store_job job;
    int64_t draft, account;
};

static bool forget(struct sql *sql, void *arg, struct err *err)
{
    const struct forgetting *forgetting = arg;

    return sql_put(sql, "DELETE FROM draft WHERE id = ?1 AND account = ?2",
                   SQL_ARGS(sql_int(forgetting->draft), sql_int(forgetting->account)), err);
}

static void forgotten(struct store_job *job, enum store_outcome outcome, const struct err *err)
{
    (void)outcome;
    (void)err;
    free(job->owner);
}

void draft_forget(struct request *request, int64_t draft)
{
    struct forgetting *forgetting = calloc(1, sizeof *forgetting);
    struct err ignored;

    if (!forgetting)
        return;
    *forgetting = (struct forgetting){.draft = draft, .account = request->actor.account};
    forgetting->job = (struct store_job){.step = forget, .arg = forgetting, .done = forgotten, .owner = forgetting};
    if (!store_submit(request->web->city->store, &forgetting->job, &ignored))
        free(forgetting);
}

static bool deleted_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    (void)arg;
    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, FLASH_DRAFT_DELETED);
    return request_see(request, "/desk");
}

bool draft_delete(struct request *request, struct err *err)
{
    struct forgetting *forgetting = arena_zero(request->arena, 1, sizeof *forgetting);

    forgetting->draft = request->id;
    forgetting->account = request->actor.account;
    return request_write(request, "", forget, forgetting, deleted_then, err);
}

json_t *draft_list(struct request *request)
{
    json_t *list = json_array();
    struct sql_rows rows;
    struct err ignored;

    if (!sql_rows(request->sql, "SELECT id, kind, title, changed_ms FROM draft WHERE account = ?1"
                                " ORDER BY changed_ms DESC LIMIT 100",
                  SQL_ARGS(sql_int(request->actor.account)), &rows, &ignored))
        return list;
    while (sql_next(&rows)) {
        const struct kind *kind = kind_by_name(arena_text(request->arena, sql_slice(&rows, 1)));
        long long id = (long long)sql_number(&rows, 0);
        json_t *line;

        if (!kind)
            continue;
        line = json_object();
        json_put(line, "href", slice_of(arena_print(request->arena, "/drafts/%lld", id)));
        json_put(line, "discard", slice_of(arena_print(request->arena, "/drafts/%lld/delete", id)));
        json_put(line, "title", sql_slice(&rows, 2).len ? sql_slice(&rows, 2) : say(request, N_("未命名草稿")));
        json_object_set_new_nocheck(line, "kind", label_json(kind->name, kind->label, kind->label_en));
        json_object_set_new_nocheck(line, "saved", json_integer(sql_number(&rows, 3)));
        json_array_append_new(list, line);
    }
    sql_done(&rows, &ignored);
    return list;
}
