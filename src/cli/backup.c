/* tieqiao backup DIR|FILE: by the server that has the city open, or here. */
#include <errno.h>
#include <limits.h>
#include <unistd.h>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "work/backup.h"

enum { KEEP_MOST = 10000 };

static const char usage[] = "用法：tieqiao backup 目录|文件 [--keep N] [--data DIR];N 为目录里留下的份数，1 到 10000";

struct backing_up {
    struct show *show;
    char path[BACKUP_PATH];
};

static bool tell(void *arg, const json_t *event)
{
    struct backing_up *backing_up = arg;

    if (slice_is(json_member(event, "event"), "made"))
        snprintf(backing_up->path, sizeof backing_up->path, "%s", json_member(event, "path").at);
    return show_event(backing_up->show, event);
}

/* A server that is shut into its own view of the disk (systemd's PrivateTmp) may have written elsewhere. */
static bool seen_here(const char *path, struct err *err)
{
    if (access(path, F_OK) == 0)
        return true;
    err_set(err, ERR_IO, "正在服务的程序说备份在 %s，这里却看不到它", path);
    return err_hint(err, "服务看到的目录与这里不同(如 systemd 的 PrivateTmp)：换一个两边都看得到的目录");
}

static bool back_up(const struct where *where, const json_t *request, struct err *err)
{
    struct backing_up backing_up = {.path = ""};
    struct err later;
    bool ok;

    if (!show_open(NULL, &backing_up.show, err))
        return false;
    ok = task_ask(where, request, tell, &backing_up, err) && seen_here(backing_up.path, err);
    return show_close(backing_up.show, ok ? err : &later) && ok;
}

static bool keep_read(const char *typed, long *keep)
{
    char *end;

    *keep = typed ? strtol(typed, &end, 10) : 0;
    return !typed || (end != typed && *end == '\0' && *keep >= 1 && *keep <= KEEP_MOST);
}

int verb_backup(int argc, char **argv, const struct where *where)
{
    bool missing = false, ok;
    const char *typed = option_take(&argc, argv, "--keep", &missing);
    json_t *request;
    struct err err;
    char *target;
    long keep;

    if (missing || argc != 2 || argv[1][0] == '-' || !keep_read(typed, &keep))
        return verb_usage(usage);
    target = verb_path(argv[1]);
    if (utf8_valid(slice_of(target)) != strlen(target)) {
        free(target);
        return verb_usage("备份的路径不是 UTF-8 文字，请换一个名字");
    }
    request = json_object();
    json_put(request, "task", SLICE("backup"));
    json_put(request, "target", slice_of(target));
    json_object_set_new(request, "keep", json_integer(keep));
    ok = back_up(where, request, &err);
    free(target);
    json_decref(request);
    return ok ? EXIT_DONE : verb_failed(&err);
}
