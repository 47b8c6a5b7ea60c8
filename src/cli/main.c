#include <signal.h>

#include "cli/verb.h"

static int verb_help(int argc, char **argv, const struct where *where);

static const struct verb verbs[] = {
    {"serve", "[--port N] [--address A] [--proxy A] [--tls]", "服务:网页与接口", verb_serve},
    {"init", "", "建数据文件夹与三个管理员账号", verb_init},
    {"account", "add LOGIN … | load FILE.tsv | disable LOGIN | enable LOGIN", "开账号、停用、启用", verb_account},
    {"match", "TEXT | - [-k N] [--json]", "一框七答,在终端里", verb_match},
    {"import", "FILE|DIR … [--good] [--map 列=字段] …", "导入表格:CSV、XLSX、JSON Lines", verb_import},
    {"export", "KIND FILE [--where 字段=代码] [--own]", "导出:CSV、XLSX、JSON Lines", verb_export},
    {"backup", "DIR|FILE [--keep N]", "备份:一份核对过的副本,不必停服务", verb_backup},
    {"restore", "FILE [--replace]", "把备份放进没有在服务的数据文件夹", verb_restore},
    {"rebuild", "", "由记录重建匹配索引和推荐", verb_rebuild},
    {"status", "", "正在服务的程序做到哪里了", verb_status},
    {"stop", "", "让正在服务的程序结束", verb_stop},
    {"check", "", "核对记录、账号与账本", verb_check},
    {"help", "", "显示本说明", verb_help},
};

static int verb_help(int argc, char **argv, const struct where *where)
{
    (void)argc;
    (void)argv;
    (void)where;
    puts("用法:tieqiao 动词 [选项]\n");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        printf("  %-9s %-44s %s\n", verbs[i].name, verbs[i].arguments, verbs[i].help);
    puts("\n每个动词都接受:--data DIR(默认 data)、--db URL(PostgreSQL)、--share DIR");
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct where where = {.data = "data", .share = share_path()};
    const char *name = argc > 1 ? argv[1] : "help";

    signal(SIGPIPE, SIG_IGN);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    argc = argc > 1 ? argc - 1 : 0;
    if (!where_take(&argc, argv + 1, &where))
        return EXIT_USAGE;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return verbs[i].run(argc, argv + 1, &where);
    return verb_usage("不认识这个动词;tieqiao help 列出全部");
}
