/*
 * Bringing a spreadsheet in: choose a file, see what was understood and which rows are wrong, import.
 * Documents: {"import"}, {"preview"}, {"job"}: docs/pages/import*.json
 */
#include "web/import.h"

#include "base/json.h"
#include "base/utf8.h"
#include "web/handlers.h"
#include "web/say.h"

json_t *import_state_json(enum upload_state state)
{
    static const struct {
        const char *code, *zh, *en;
    } states[] = {[UPLOAD_CHECKING] = {"checking", "正在检查", "Checking"},
                  [UPLOAD_CHECKED] = {"checked", "等您确认", "Waits for you"},
                  [UPLOAD_RUNNING] = {"running", "正在导入", "Importing"},
                  [UPLOAD_DONE] = {"done", "已导入", "Done"},
                  [UPLOAD_REFUSED] = {"refused", "没有导入：有坏行", "Not imported: bad rows"},
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

    for (size_t i = 0; kind_imported(i); i++) {
        const struct kind *kind = kind_imported(i);
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

static bool import_page(struct request *request, const struct err *problem)
{
    json_t *document = json_object(), *import = json_object();
    struct import_kept kept[IMPORTS_MOST];
    size_t count = imports_kept(request, kept, IMPORTS_MOST);

    json_object_set_new_nocheck(import, "kinds", kinds_json(request));
    json_object_set_new_nocheck(import, "jobs", import_lines(request, kept, count, IMPORTS_MOST));
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
    const struct kind *kind = kind_imported_by_name(arena_text(request->arena, request_value(request, "kind")));
    struct object object = {.kind = kind, .owner = request->actor.party};
    int64_t id;

    if (!kind)
        return err_set(err, ERR_INVALID, "请选择导入什么") || err_field(err, "kind");
    if (!may_import(request, kind))
        return may(&request->actor, ACT_IMPORT, &object, err);
    if (!file || file->value.len == 0) {
        err_set(err, ERR_INVALID, "请选一个文件");
        err_hint(err, "可用：CSV、Excel(.xlsx)、JSON Lines");
        err_field(err, "file");
        return !request->api && import_page(request, err);
    }
    return upload_take(request->web->uploads, &request->actor, kind, utf8_head(file->filename, 100), file->value, &id, err)
           && request_see(request, "/import/%lld", (long long)id);
}

/* --- how it went --- */

/* Why nothing was imported. What failed inside is no news for people. */
static struct slice failure(const struct request *request, const struct upload_look *look)
{
    if (look->state == UPLOAD_REFUSED)
        return say(request, N_("有坏行，一行也没有导入。请在原文件里改好后重新选文件，或选择“只导入好的行”。"));
    if (look->state != UPLOAD_BROKEN)
        return SLICE("");
    if (look->err.code == ERR_IO || look->err.code == ERR_CORRUPT || look->err.code == ERR_MEMORY)
        return say(request, N_("系统暂时办不了这件事，请稍后再试；若一直如此，请告诉平台管理员"));
    return say_all(request, &look->err);
}

/* One of the figures that sum up to the rows, with the way to what it counts: records, or the bad rows below. */
static void figure_add(json_t *parts, json_t *label, int64_t count, const char *href)
{
    json_t *part = json_object();

    json_object_set_new_nocheck(part, "label", label);
    json_object_set_new_nocheck(part, "count", json_integer(count));
    json_object_set_new_nocheck(part, "href", count && href ? json_string_nocheck(href) : json_null());
    json_object_set_new_nocheck(part, "plus", json_boolean(json_array_size(parts) > 0));
    json_array_append_new(parts, part);
}

static const char *records_href(struct request *request, const struct upload_look *look, const char *list)
{
    return arena_print(request->arena, "/import/%lld/records?list=%s", (long long)look->id, list);
}

static void records_add(struct request *request, const struct upload_look *look, json_t *parts)
{
    const struct import_tally *tally = &look->tally;

    figure_add(parts, label_json("added", "新增", "Added"), tally->made, records_href(request, look, "added"));
    figure_add(parts, label_json("changed", "更新", "Changed"), tally->changed, records_href(request, look, "changed"));
    figure_add(parts, label_json("same", "原样不动", "Left as they were"), tally->same, records_href(request, look, "same"));
    if (tally->skipped)
        figure_add(parts, label_json("skipped", "跳过", "Passed over"), tally->skipped, NULL);
}

static json_t *figures_json(struct request *request, const struct upload_look *look)
{
    const struct import_tally *tally = &look->tally;
    const char *below = look->problem_count ? "#bad-rows" : NULL;
    json_t *figures = json_object(), *parts = json_array();

    if (look->state == UPLOAD_DONE)
        records_add(request, look, parts);
    else
        figure_add(parts, label_json("good", "可以导入", "Could be imported"), tally->good, NULL);
    figure_add(parts, label_json("bad", "有错", "Wrong"), tally->bad - tally->twice, below);
    if (tally->twice)
        figure_add(parts, label_json("twice", "文件内重复", "Twice in the file"), tally->twice, below);
    json_object_set_new_nocheck(figures, "rows", json_integer(tally->good + tally->bad));
    json_object_set_new_nocheck(figures, "parts", parts);
    return figures;
}

static json_t *result_json(struct request *request, const struct upload_look *look)
{
    struct slice error = failure(request, look);
    json_t *result = json_object();

    if (look->tally.good || look->tally.bad)
        json_object_set_new_nocheck(result, "figures", figures_json(request, look));
    if (error.len)
        json_put(result, "error", error);
    json_put(result, "list", slice_of(look->tally.made && look->state == UPLOAD_DONE
                                          ? records_href(request, look, "added")
                                          : kind_is_past(look->kind) ? "/deals?past=1"
                                                                       : arena_print(request->arena, "/%s", look->kind->plural)));
    json_fill(result, "figures error");
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
    if (running) {
        json_object_set_new_nocheck(job, "percent", json_integer(import_percent(done, total)));
        json_object_set_new_nocheck(job, "phase", look->phase == IMPORT_CHECKING
                                                      ? label_json("reading", "读文件、逐行检查", "Reading and checking row by row")
                                                      : label_json("writing", "写入记录", "Writing records"));
    }
    json_fill(job, "percent phase");
    json_object_set_new_nocheck(job, "done", json_integer(done));
    json_object_set_new_nocheck(job, "total", json_integer(total + (total == 0)));
    json_object_set_new_nocheck(job, "result", running ? json_null() : result_json(request, look));
    json_object_set_new_nocheck(job, "problems", running ? json_null() : import_problems(request, look));
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
    return look->state == UPLOAD_CHECKED ? import_preview_page(request, look, NULL) : import_job_page(request, look);
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
    struct upload_wish wish = {.targets = targets, .owner = slice_trim(form_value(&request->form, "owner")),
                               .good_only = slice_is(request_value(request, "mode"), "good")};
    bool check = slice_is(request_value(request, "do"), "check");

    if (slice_is(request_value(request, "do"), "drop"))
        return import_let_go(request, err);
    if (!upload_look(request->web->uploads, request->id, request->actor.account, request->arena, look, err))
        return false;
    wish.count = targets_typed(request, look, targets);
    if (check ? !upload_check(request->web->uploads, request->id, request->actor.account, &wish, err)
              : !upload_run(request->web->uploads, request->id, request->actor.account, &wish, err))
        return !request->api && err->code == ERR_INVALID && look->state == UPLOAD_CHECKED && import_preview_page(request, look, err);
    return request_see(request, "/import/%lld", (long long)request->id);
}
