/*
 * tieqiao import FILE|FOLDER …: brings tables in. Of a folder it takes the files that are named after a kind of record
 * (parties_a.jsonl, needs.xlsx): parties first, then people, then the rest by name.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <sys/stat.h>

#include "base/json.h"
#include "cli/task.h"
#include "cli/verb.h"

static const char usage[] =
    "用法：tieqiao import 文件或目录… [--kind 类别] [--good] [--exists update|skip|error] [--owner 单位]\n"
    "        [--make-parties --side 所属方] [--map 列名=字段]… [--fill 字段=字段或@row]… [--as 账号] [--bad 文件.csv]";

static bool is_table(const char *name)
{
    static const char *const ends[] = {".csv", ".xlsx", ".jsonl"};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++)
        if (strcasecmp(dot, ends[i]) == 0)
            return true;
    return false;
}

static int tables_only(const struct dirent *entry)
{
    return is_table(entry->d_name) && kind_by_file(entry->d_name) != NULL;
}

/* Whose file must be there before others can name them. */
static int by_kind(const struct dirent **a, const struct dirent **b)
{
    const struct kind *x = kind_by_file((*a)->d_name), *y = kind_by_file((*b)->d_name);

    return x != y && (x->id <= KIND_PERSON || y->id <= KIND_PERSON) ? (int)x->id - (int)y->id
                                                                    : strcmp((*a)->d_name, (*b)->d_name);
}

static bool file_add(json_t *files, const char *path, struct err *err)
{
    char whole[PATH_MAX];

    if (!realpath(path, whole))
        return err_set(err, ERR_MISSING, "打不开 %s：%s", path, strerrordesc_np(errno));
    json_array_append_new(files, json_string(whole));
    return true;
}

static bool folder_add(json_t *files, const char *path, struct err *err)
{
    struct dirent **entries;
    int count = scandir(path, &entries, tables_only, by_kind);
    bool ok = count > 0;

    if (count < 0)
        return err_set(err, ERR_IO, "打不开 %s：%s", path, strerrordesc_np(errno));
    if (!ok)
        err_set(err, ERR_MISSING, "目录 %s 里没有以类别命名的表格，如 achievements.csv", path);
    for (int i = 0; i < count; i++) {
        char file[PATH_MAX];

        snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
        ok = ok && file_add(files, file, err);
        free(entries[i]);
    }
    free(entries);
    return ok;
}

static bool path_add(json_t *files, const char *path, struct err *err)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode) ? folder_add(files, path, err) : file_add(files, path, err);
}

static void text_take(int *argc, char **argv, const char *option, json_t *request, const char *name, bool *missing)
{
    const char *value = option_take(argc, argv, option, missing);

    if (value)
        json_put(request, name, slice_of(value));
}

static void list_take(int *argc, char **argv, const char *option, json_t *request, const char *name, bool *missing)
{
    json_t *list = json_array();
    const char *value;

    while ((value = option_take(argc, argv, option, missing)) != NULL)
        json_array_append_new(list, json_string(value));
    json_object_set_new(request, name, list);
}

/* false: the words are off. */
static bool options_take(int *argc, char **argv, json_t *request)
{
    bool missing = false;

    json_put(request, "task", SLICE("import"));
    json_object_set_new(request, "good_only", json_boolean(flag_take(argc, argv, "--good")));
    json_object_set_new(request, "make_parties", json_boolean(flag_take(argc, argv, "--make-parties")));
    text_take(argc, argv, "--kind", request, "kind", &missing);
    text_take(argc, argv, "--exists", request, "exists", &missing);
    text_take(argc, argv, "--owner", request, "owner", &missing);
    text_take(argc, argv, "--side", request, "side", &missing);
    text_take(argc, argv, "--as", request, "as", &missing);
    list_take(argc, argv, "--map", request, "map", &missing);
    list_take(argc, argv, "--fill", request, "fill", &missing);
    for (int i = 1; i < *argc; i++)
        missing |= argv[i][0] == '-' && argv[i][1];
    return !missing && *argc > 1 && (!json_is_true(json_object_get(request, "make_parties"))
                                     || json_object_get(request, "side"));
}

int verb_import(int argc, char **argv, const struct where *where)
{
    json_t *request = json_object(), *files = json_array();
    bool missing = false, ok = true;
    const char *bad_file = option_take(&argc, argv, "--bad", &missing);
    struct err err;

    json_object_set_new(request, "files", files);
    if (missing || !options_take(&argc, argv, request)) {
        json_decref(request);
        return verb_usage(usage);
    }
    for (int i = 1; ok && i < argc; i++)
        ok = path_add(files, argv[i], &err);
    if (ok)
        return task_do(where, request, bad_file);
    json_decref(request);
    return verb_failed(&err);
}
