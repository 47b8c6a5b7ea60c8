/* tieqiao init: the data folder and the three administrators. tieqiao account: further accounts, passwords, roles. */
#include <errno.h>

#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "work/sealer.h"

enum { FILE_MOST = 1 << 20 };

static const char usage[] = "用法：tieqiao account list|add|load|password|disable|enable|role …;tieqiao account --help 有说明";

/* --- init --- */

static bool keys_make(const struct task *task, const char *name, struct err *err)
{
    bool made;

    if (!sealer_keys_make(task->city, name, &made, err))
        return false;
    if (made)
        task_said(task, "账本的检查点用 %s/keys 里的钥匙签；备份里没有它，请另存一份(docs/ledger.md)", task->city->data);
    return true;
}

static bool city_make(struct task *task, const struct where *where, const char *log_name, struct err *err)
{
    bool ok;

    if (!verb_open(where, VERB_MAKE, &task->city, err))
        return false;
    ok = task_init(task, err) && keys_make(task, log_name, err);
    city_close(task->city);
    return ok;
}

int verb_init(int argc, char **argv, const struct where *where)
{
    struct task task = {.tell = show_event};
    bool missing = false, ok;
    const char *log_name = option_take(&argc, argv, "--log-name", &missing);
    struct show *show;
    struct err err, later;

    if (argc > 1 || missing)
        return verb_usage("用法：tieqiao init [--log-name 名字] [--data DIR] [--db URL]");
    if (!show_open(NULL, &show, &err))
        return verb_failed(&err);
    task.arg = show;
    ok = city_make(&task, where, log_name, &err);
    show_close(show, &later);
    return ok ? EXIT_DONE : verb_failed(&err);
}

/* --- account --- */

/* Read here: a server has other files under its feet, and no share in our standard input. */
static bool file_read(const char *path, struct text *text, struct err *err)
{
    FILE *file = fopen(path, "re");
    size_t len = 1;

    if (!file) {
        err_set(err, ERR_MISSING, "打不开 %s：%s", path, strerrordesc_np(errno));
        return err_hint(err, "请检查路径和读取权限");
    }
    while (len && text->len <= FILE_MOST) {
        len = fread(text_reserve(text, 65536), 1, 65536, file);
        text->len += len;
    }
    fclose(file);
    if (text->len > FILE_MOST)
        return err_set(err, ERR_TOO_LARGE, "%s 超过 1 MiB", path) || err_hint(err, "请分成几个文件");
    if (utf8_valid(text_slice(text)) == text->len && !memchr(text->len ? text->at : "", 0, text->len))
        return true;
    err_set(err, ERR_INVALID, "%s 不是 UTF-8 文字", path);
    return err_hint(err, "请用文本编辑器另存为 UTF-8、制表符分隔");
}

static bool load_take(int *argc, char **argv, json_t *request, struct err *err)
{
    struct text text;
    bool ok;

    json_object_set_new(request, "shared", json_boolean(flag_take(argc, argv, "--example")));
    if (*argc != 3)
        return err_set(err, ERR_NONE, "用法：tieqiao account load FILE.tsv [--example]");
    text_init(&text);
    ok = file_read(argv[2], &text, err);
    if (ok)
        json_put(request, "text", text_slice(&text));
    text_release(&text);
    return ok;
}

static bool add_take(int *argc, char **argv, json_t *request, struct err *err)
{
    static const char *const options[] = {"--name", "--party", "--role"};
    bool missing = false;

    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        const char *value = option_take(argc, argv, options[i], &missing);

        json_put(request, options[i] + 2, slice_of(value ? value : ""));
    }
    if (missing || *argc != 3 || json_member(request, "name").len == 0 || json_member(request, "role").len == 0)
        return err_set(err, ERR_NONE, "用法：tieqiao account add 账号 --name 姓名 --role 角色[,角色] [--party 单位]");
    json_put(request, "login", slice_of(argv[2]));
    return true;
}

static bool role_take(int *argc, char **argv, json_t *request, struct err *err)
{
    bool add = *argc == 5 && strcmp(argv[2], "add") == 0;

    if (!add && !(*argc == 5 && strcmp(argv[2], "remove") == 0))
        return err_set(err, ERR_NONE, "用法：tieqiao account role add|remove 账号 角色[@范围]");
    json_put(request, "do", add ? SLICE("role add") : SLICE("role remove"));
    json_put(request, "login", slice_of(argv[3]));
    json_put(request, "role", slice_of(argv[4]));
    return true;
}

static bool login_take(int *argc, char **argv, json_t *request, struct err *err)
{
    if (*argc != 3)
        return err_set(err, ERR_NONE, "用法：tieqiao account %s 账号", argv[1]);
    json_put(request, "login", slice_of(argv[2]));
    return true;
}

static bool nothing_take(int *argc, char **argv, json_t *request, struct err *err)
{
    (void)argv, (void)request;
    return *argc == 2 || err_set(err, ERR_NONE, "用法：tieqiao account list");
}

static const struct {
    const char *word;
    bool (*take)(int *argc, char **argv, json_t *request, struct err *err); /* ERR_NONE: the words are off */
} deeds[] = {{"list", nothing_take},     {"add", add_take},       {"load", load_take}, {"password", login_take},
             {"disable", login_take}, {"enable", login_take}, {"role", role_take}};

int verb_account(int argc, char **argv, const struct where *where)
{
    json_t *request = json_object();
    struct err err;
    size_t i = 0;

    while (i < sizeof deeds / sizeof *deeds && (argc < 2 || strcmp(deeds[i].word, argv[1]) != 0))
        i++;
    json_put(request, "task", SLICE("account"));
    json_put(request, "do", slice_of(argc < 2 ? "" : argv[1]));
    if (i == sizeof deeds / sizeof *deeds)
        err_set(&err, ERR_NONE, "%s", usage);
    else if (deeds[i].take(&argc, argv, request, &err))
        return task_do(where, request, NULL);
    json_decref(request);
    return err.code == ERR_NONE ? verb_usage(err.message) : verb_failed(&err);
}
