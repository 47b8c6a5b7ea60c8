/*
 * Bringing a spreadsheet in: choose a file, see what was understood and which rows are wrong, import.
 * Documents: {"import"}, {"preview"}, {"job"}: docs/pages/import*.json
 */
#include "web/import.h"

#include "base/json.h"
#include "base/utf8.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/import_part.h"

enum { PROBLEMS_SHOWN = 100 };

json_t *import_state_json(enum upload_state state)
{
    static const struct {
        const char *code, *zh, *en;
    } states[] = {[UPLOAD_CHECKING] = {"checking", "正在检查", "Checking"},
                  [UPLOAD_CHECKED] = {"checked", "等您确认", "Waits for you"},
                  [UPLOAD_RUNNING] = {"running", "正在导入", "Importing"},
                  [UPLOAD_DONE] = {"done", "已导入", "Done"},
                  [UPLOAD_REFUSED] = {"refused", "没有导入:有坏行", "Not imported: bad rows"},
                  [UPLOAD_BROKEN] = {"broken", "没有导入", "Not imported"}};

    return label_json(states[state].code, states[state].zh, states[state].en);
}

/* --- choosing a file --- */

static bool may_import(const struct request *request, const struct kind *kind)
{
    struct object object = {.kind = kind, .owner = request->actor.party};
    struct err ignored;

    return may(&request->actor, ACT_IMPORT, &object, &ignored) || may(&request->actor, ACT_IMPORT_ANY, &object, &ignored);
}

static json_t *kinds_json(const struct request *request)
{
    json_t *kinds = json_array();
    struct slice chosen = request_value(request, "kind");

    for (size_t i = 0; i < KIND_COUNT; i++) {
        const struct kind *kind = kind_get((enum kind_id)i);
        json_t *option;

        if (!may_import(request, kind))
            continue;
        option = label_json(kind->name, kind->label, kind->label_en);
        json_object_set_new_nocheck(option, "selected",
                                    json_boolean(chosen.len ? slice_is(chosen, kind->name)
                                                            : kind->id == KIND_ACHIEVEMENT));
        json_array_append_new(kinds, option);
    }
    return kinds;
}

/* One that the database does not have: it is being read, or could not be. */
static json_t *upload_line(struct request *request, const struct upload_look *look)
{
    json_t *line = json_object();

    json_put(line, "file", look->name);
    json_put(line, "href", slice_of(arena_print(request->arena, "/import/%lld", (long long)look->id)));
    json_object_set_new_nocheck(line, "kind", label_json(look->kind->name, look->kind->label, look->kind->label_en));
    json_object_set_new_nocheck(line, "state", import_state_json(look->state));
    json_object_set_new_nocheck(line, "at", json_integer(look->made_ms));
    json_fill(line, "good added changed bad");
    return line;
}

/* *running: one of them is turned into records just now, and so is in the database too. */
static void uploads_add(struct request *request, json_t *jobs, bool *running)
{
    int64_t ids[IMPORTS_MOST];
    size_t n = upload_list(request->web->uploads, request->actor.account, ids, IMPORTS_MOST);
    struct upload_look *look = arena_alloc(request->arena, sizeof *look);

    *running = false;
    for (size_t i = 0; i < n; i++) {
        struct err ignored;

        if (!upload_look(request->web->uploads, ids[i], request->actor.account, request->arena, look, &ignored)
            || look->tally.job)
            continue;
        json_array_append_new(jobs, upload_line(request, look));
        *running = *running || look->state == UPLOAD_RUNNING;
    }
}

static json_t *jobs_json(struct request *request)
{
    struct import_kept kept[IMPORTS_MOST];
    size_t n = imports_kept(request, kept, IMPORTS_MOST);
    json_t *jobs = json_array();
    bool running;

    uploads_add(request, jobs, &running);
    for (size_t i = 0; i < n; i++)
        if (!running || kept[i].job.state != JOB_PUBLISHING)
            json_array_append_new(jobs, import_line(&kept[i]));
    return jobs;
}

static bool import_page(struct request *request, const struct err *problem)
{
    json_t *document = json_object(), *import = json_object();

    json_object_set_new_nocheck(import, "kinds", kinds_json(request));
    json_object_set_new_nocheck(import, "jobs", jobs_json(request));
    if (problem) {
        json_put(import, "error", say_message(request, problem));
        json_put(import, "hint", say_hint(request, problem));
        request->status = 422;
    }
    json_fill(import, "error hint");
    json_object_set_new_nocheck(document, "import", import);
    return request_page(request, "import", document);
}

bool import_get(struct request *request, struct err *err)
{
    struct object object = {.kind = &kind_achievement, .owner = request->actor.party};

    if (!may_import(request, &kind_achievement) && !may_import(request, &kind_party))
        return may(&request->actor, ACT_IMPORT, &object, err);
    return import_page(request, NULL);
}

bool import_post(struct request *request, struct err *err)
{
    const struct form_part *file = form_file(&request->form, "file");
    const struct kind *kind = kind_by_name(arena_text(request->arena, request_value(request, "kind")));
    struct object object = {.kind = kind, .owner = request->actor.party};
    int64_t id;

    if (!kind)
        return err_set(err, ERR_INVALID, "请选择导入什么") || err_field(err, "kind");
    if (!may_import(request, kind))
        return may(&request->actor, ACT_IMPORT, &object, err);
    if (!file || file->value.len == 0) {
        err_set(err, ERR_INVALID, "请选一个文件");
        err_hint(err, "可用:CSV、Excel(.xlsx)、JSON Lines");
        err_field(err, "file");
        return !request->api && import_page(request, err);
    }
    return upload_take(request->web->uploads, &request->actor, kind, utf8_head(file->filename, 100), file->value, &id, err)
           && request_see(request, "/import/%lld", (long long)id);
}

/* --- looking at it --- */

static json_t *problems_json(struct request *request, const struct upload_look *look)
{
    json_t *problems, *rows;

    if (look->problem_count == 0)
        return json_null();
    problems = json_object();
    rows = json_array();
    for (size_t i = 0; i < look->problem_count && i < PROBLEMS_SHOWN; i++) {
        const struct import_fault *from = &look->problems[i];
        json_t *row = json_object();

        json_object_set_new_nocheck(row, "line", json_integer(from->line));
        json_put(row, "column", from->lacking && request->english ? slice_of(from->lacking->label_en) : from->column);
        json_put(row, "value", from->value);
        json_put(row, "expected", say_both(request, say_sentence(request, &from->said, from->message),
                                           say_sentence(request, &from->advised, from->hint)));
        json_array_append_new(rows, row);
    }
    json_object_set_new_nocheck(problems, "total", json_integer(look->tally.bad));
    json_object_set_new_nocheck(problems, "rows", rows);
    json_fill(problems, "download");
    return problems;
}

static void option_add(json_t *options, const char *code, const char *label, const char *label_en, const char *target)
{
    json_t *option = label_json(code, label, label_en);

    json_object_set_new_nocheck(option, "selected", json_boolean(strcmp(code, target) == 0));
    json_array_append_new(options, option);
}

static json_t *targets_json(const struct upload_look *look, const char *target)
{
    json_t *options = json_array();

    for (size_t i = 0; i < look->kind->count; i++)
        option_add(options, look->kind->fields[i].name, look->kind->fields[i].label, look->kind->fields[i].label_en,
                   target);
    if (look->kind->owned)
        option_add(options, "owner", "所属单位", "Owner", target);
    for (size_t i = 0; i < import_part_count; i++)
        if (import_parts[i].kind == look->kind->id && import_parts[i].name)
            option_add(options, import_parts[i].name, import_parts[i].label, import_parts[i].label_en, target);
    option_add(options, "id", "平台编号", "Record id", target);
    return options;
}

static json_t *columns_json(const struct upload_look *look)
{
    json_t *columns = json_array();

    for (size_t i = 0; i < look->columns; i++) {
        json_t *column = json_object();

        json_object_set_new_nocheck(column, "index", json_integer((json_int_t)i + 1));
        json_put(column, "header", look->headers[i]);
        json_object_set_new_nocheck(column, "options", targets_json(look, look->targets[i]));
        json_array_append_new(columns, column);
    }
    return columns;
}

/* A cell as it stands and, where it holds codes, what they are. */
static struct slice sample_cell(const struct request *request, const struct upload_look *look, size_t row, size_t column)
{
    struct slice cell = utf8_head(look->sample[row][column], 60), words;
    int at = look->targets[column] ? kind_field(look->kind, look->targets[column]) : -1;
    const struct field *field = at < 0 ? NULL : &look->kind->fields[at];
    struct value value;
    struct err ignored;

    if (!field || field->type != FIELD_CODES || !field_read(field, cell, request->arena, &value, &ignored) || !value.known)
        return cell.at ? cell : SLICE("");
    words = field_words(field, &value, request->english, request->arena);
    return slice_same(words, cell) ? cell
                                   : slice_of(arena_print(request->arena, "%.*s → %.*s", (int)cell.len, cell.at, (int)words.len,
                                                          words.at));
}

static json_t *sample_json(const struct request *request, const struct upload_look *look)
{
    json_t *sample = json_array();

    for (size_t r = 0; r < look->samples; r++) {
        json_t *row = json_object(), *cells = json_array();

        for (size_t i = 0; i < look->columns; i++) {
            struct slice cell = sample_cell(request, look, r, i);

            json_array_append_new(cells, json_stringn_nocheck(cell.at, cell.len));
        }
        json_object_set_new_nocheck(row, "cells", cells);
        json_array_append_new(sample, row);
    }
    return sample;
}

static json_t *missing_json(const struct upload_look *look)
{
    json_t *missing = json_array();

    for (size_t f = 0; f < look->kind->count; f++) {
        const struct field *field = &look->kind->fields[f];
        bool there = !field->required;
        json_t *line;

        for (size_t i = 0; !there && i < look->columns; i++)
            there = strcmp(look->targets[i], field->name) == 0;
        if (there)
            continue;
        line = json_object();
        json_object_set_new_nocheck(line, "label", label_json(field->name, field->label, field->label_en));
        json_array_append_new(missing, line);
    }
    return missing;
}

static bool preview_page(struct request *request, const struct upload_look *look)
{
    json_t *document = json_object(), *preview = json_object();

    json_put(preview, "action", slice_of(arena_print(request->arena, "/import/%lld", (long long)look->id)));
    json_put(preview, "request_id", request_fresh(request));
    json_put(preview, "file", look->name);
    json_object_set_new_nocheck(preview, "kind", label_json(look->kind->name, look->kind->label, look->kind->label_en));
    json_object_set_new_nocheck(preview, "rows", json_integer(look->tally.good + look->tally.bad));
    json_object_set_new_nocheck(preview, "column_count", json_integer((json_int_t)look->columns));
    json_put(preview, "encoding", look->encoding);
    json_object_set_new_nocheck(preview, "size", json_integer(look->size));
    json_object_set_new_nocheck(preview, "missing", missing_json(look));
    json_object_set_new_nocheck(preview, "columns", columns_json(look));
    json_object_set_new_nocheck(preview, "sample", sample_json(request, look));
    json_object_set_new_nocheck(preview, "problems", problems_json(request, look));
    json_object_set_new_nocheck(document, "preview", preview);
    return request_page(request, "import_preview", document);
}

/* Why nothing was imported. What failed inside is no news for people. */
static struct slice failure(const struct request *request, const struct upload_look *look)
{
    if (look->state == UPLOAD_REFUSED)
        return say(request, N_("有坏行,一行也没有导入。请在原文件里改好后重新选文件,或选择“只导入好的行”。"));
    if (look->state != UPLOAD_BROKEN)
        return SLICE("");
    if (look->err.code == ERR_IO || look->err.code == ERR_CORRUPT || look->err.code == ERR_MEMORY)
        return say(request, N_("系统暂时办不了这件事,请稍后再试;若一直如此,请告诉平台管理员"));
    return say_all(request, &look->err);
}

static json_t *result_json(const struct request *request, const struct upload_look *look)
{
    struct slice error = failure(request, look);
    json_t *result = json_object();

    json_object_set_new_nocheck(result, "added", json_integer(look->tally.made));
    json_object_set_new_nocheck(result, "changed", json_integer(look->tally.changed));
    json_object_set_new_nocheck(result, "same", json_integer(look->tally.same + look->tally.skipped));
    json_object_set_new_nocheck(result, "refused", json_integer(look->tally.bad));
    if (error.len)
        json_put(result, "error", error);
    json_put(result, "list", slice_of(arena_print(request->arena, "/%s", look->kind->plural)));
    json_fill(result, "error");
    return result;
}

/* What is left for the person to say: that it is not to be imported, or that its bad rows are dealt with. */
static json_t *drop_json(const struct upload_look *look, struct arena *arena)
{
    json_t *drop;

    if (look->state == UPLOAD_DONE && look->problem_count == 0)
        return json_null();
    drop = json_object();
    json_put(drop, "action", slice_of(arena_print(arena, "/import/%lld", (long long)look->id)));
    json_object_set_new_nocheck(drop, "done", json_boolean(look->state == UPLOAD_DONE));
    return drop;
}

bool import_job_page(struct request *request, const struct upload_look *look)
{
    bool running = look->state == UPLOAD_CHECKING || look->state == UPLOAD_RUNNING;
    int64_t done = look->tally.made + look->tally.changed + look->tally.same + look->tally.skipped;
    int64_t total = done + look->tally.bad;
    json_t *document = json_object(), *job = json_object();

    if (running) {
        done = look->done;
        total = look->total;
    }
    json_put_id(job, "id", look->id);
    json_put(job, "href", slice_of(arena_print(request->arena, "/import/%lld", (long long)look->id)));
    json_put(job, "file", look->name);
    json_object_set_new_nocheck(job, "state", import_state_json(look->state));
    json_object_set_new_nocheck(job, "running", json_boolean(running));
    json_object_set_new_nocheck(job, "done", json_integer(done));
    json_object_set_new_nocheck(job, "total", json_integer(total + (total == 0)));
    json_object_set_new_nocheck(job, "result", running ? json_null() : result_json(request, look));
    json_object_set_new_nocheck(job, "problems", running ? json_null() : problems_json(request, look));
    json_object_set_new_nocheck(job, "drop", running ? json_null() : drop_json(look, request->arena));
    json_fill(job, "stop");
    json_object_set_new_nocheck(document, "job", job);
    return request_page(request, "import_job", document);
}

bool import_look(struct request *request, struct err *err)
{
    struct upload_look *look = arena_alloc(request->arena, sizeof *look);

    if (!upload_look(request->web->uploads, request->id, request->actor.account, request->arena, look, err))
        return import_kept_page(request, err);
    return look->state == UPLOAD_CHECKED ? preview_page(request, look) : import_job_page(request, look);
}

/* --- going on --- */

static size_t targets_typed(struct request *request, const struct upload_look *look, struct slice *targets)
{
    for (size_t i = 0; i < look->columns; i++) {
        struct slice typed = request_value(request, arena_print(request->arena, "column_%zu", i + 1));

        targets[i] = typed.at ? typed : SLICE("");
    }
    return look->columns;
}

bool import_run(struct request *request, struct err *err)
{
    struct upload_look *look = arena_alloc(request->arena, sizeof *look);
    struct slice targets[UPLOAD_COLUMNS];
    bool check = slice_is(request_value(request, "do"), "check"), good = slice_is(request_value(request, "mode"), "good");
    size_t count;

    if (slice_is(request_value(request, "do"), "drop"))
        return import_let_go(request, err);
    if (!upload_look(request->web->uploads, request->id, request->actor.account, request->arena, look, err))
        return false;
    count = targets_typed(request, look, targets);
    if (check ? !upload_check(request->web->uploads, request->id, request->actor.account, targets, count, err)
              : !upload_run(request->web->uploads, request->id, request->actor.account, targets, count, good, err))
        return false;
    return request_see(request, "/import/%lld", (long long)request->id);
}
