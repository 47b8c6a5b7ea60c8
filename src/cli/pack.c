/* tieqiao pack: the evidence pack of a deal (work/deal_pack.h), beside a server or without one. */
#include <unistd.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "work/deal_pack.h"

static const char usage[] = "用法：tieqiao pack 项目编号 文件.zip [--files] [--as 账号]";

int verb_pack(int argc, char **argv, const struct where *where)
{
    bool missing = false, files = flag_take(&argc, argv, "--files");
    const char *as = option_take(&argc, argv, "--as", &missing);
    json_t *request;
    char *path;

    if (missing || argc != 3)
        return verb_usage(usage);
    request = json_object();
    path = verb_path(argv[2]);
    json_put(request, "task", SLICE("pack"));
    json_put(request, "deal", slice_of(argv[1]));
    json_put(request, "file", slice_of(path));
    json_put(request, "as", slice_of(as ? as : ""));
    json_object_set_new(request, "files", json_boolean(files));
    free(path);
    return task_do(where, request, NULL);
}

/* As the page would give it. */
static bool may_have(const struct task *task, struct sql *sql, const struct record *deal, struct err *err)
{
    struct object object;
    struct actor actor;

    return task_actor(task, &actor, err) && object_of(sql, deal, &actor, &object, err) && may(&actor, ACT_SEE, &object, err)
        && (may_level(&actor, &object) >= LEVEL_OWN || err_set(err, ERR_DENIED, "证据包只给本单位和审计看"));
}

static bool make(const struct task *task, struct sql *sql, int64_t id, struct arena *arena, struct err *err)
{
    struct city *city = task->city;
    const char *path = task_text(task, "file");
    struct deal_pack pack = {.sql = sql, .law = &city->law, .arena = arena, .data = city->data, .share = city->share, .time_ms = clock_ms(),
                             .files = task_flag(task, "files")};
    struct deal_file *file = arena_zero(arena, 1, sizeof *file);
    struct text note, key;
    bool ok;

    pack.file = file;
    text_init(&note);
    text_init(&key);
    ok = deal_load(sql, id, day_of_ms(pack.time_ms), arena, file, err) && may_have(task, sql, &file->deal, err)
         && deal_pack_checkpoint(city, sql, deal_pack_last(file), &note, &key, err);
    pack.note = text_slice(&note);
    pack.key = text_slice(&key);
    ok = ok && deal_pack_write(&pack, path, arena_print(arena, "%s.part", path), err);
    text_release(&note);
    text_release(&key);
    return ok;
}

bool task_pack(const struct task *task, struct err *err)
{
    struct arena arena;
    struct sql *sql;
    int64_t id;
    bool ok;

    if (!ident_parse(slice_of(task_text(task, "deal")), &id))
        return err_set(err, ERR_INVALID, "“%.40s”不是项目编号", task_text(task, "deal")) || err_hint(err, "编号在项目页的地址里：/deals/编号");
    if (!store_read(task->city->store, &sql, err))
        return false;
    arena_init(&arena);
    ok = make(task, sql, id, &arena, err);
    arena_release(&arena);
    store_read_end(task->city->store, sql);
    if (ok)
        task_said(task, "证据包写到 %s；核对：tieqiao-verify %s --key 公钥", task_text(task, "file"), task_text(task, "file"));
    return ok;
}
