#include <signal.h>

#include "cli/verb.h"

static int verb_help(int argc, char **argv, const struct where *where);

static const struct verb verbs[] = {
    {"serve", "[--port N] [--address A] [--proxy A] [--tls]", "服务：网页与接口", verb_serve},
    {"init", "[--log-name 名字]", "建数据文件夹、三个管理员账号和账本的钥匙", verb_init},
    {"account", "list | add | load | password | disable | enable | role …", "账号、初始密码、角色", verb_account},
    {"match", "文字 | - [-k N] [--column 栏] [--region 代码] …", "一框七答，在终端里", verb_match},
    {"import", "FILE|DIR … [--good] [--map 列=字段] …", "导入表格：CSV、XLSX、JSON Lines", verb_import},
    {"fact", "FILE [--issuer 部门] [--issued-on 日期] [--until 日期] [--year 年度]", "导入部门名单，成为企业事实", verb_fact},
    {"plan", "FILE", "导入行动计划和目标", verb_plan},
    {"export", "KIND FILE [--where 字段=代码] [--own] | feedback DIR", "导出：CSV、XLSX、JSON Lines；取出反馈", verb_export},
    {"pack", "项目编号 文件.zip [--files] [--as 账号]", "一个转化项目的尽职证据包", verb_pack},
    {"eval", "--corpus FILE --queries FILE --qrels FILE", "在有人工评判的材料上量匹配的好坏", verb_eval},
    {"backup", "DIR|FILE [--keep N]", "备份：一份核对过的副本，不必停服务", verb_backup},
    {"restore", "FILE [--replace]", "把备份放进没有在服务的数据文件夹", verb_restore},
    {"rebuild", "", "由记录重建账本的树、匹配索引和推荐", verb_rebuild},
    {"log", "key | new [名字]", "账本的检查点：核对用的公钥；换一个名字重新开始", verb_log},
    {"learn", "[--dims N] [--threads N] | --rating [--feedback] …", "由自己的记录学一个语义模型；由人的评判和反馈学评级", verb_learn},
    {"status", "", "正在服务的程序做到哪里了", verb_status},
    {"stop", "", "让正在服务的程序结束", verb_stop},
    {"check", "", "核对记录、账号、账本与检查点", verb_check},
    {"fsck", "", "只核对账本：条目、树、检查点", verb_fsck},
    {"monitor", "--state 文件 --key 公钥 地址|文件夹", "别人的账本还接着上次看到的吗", verb_monitor},
    {"witness", "--state 文件 --secret 文件 --key 公钥 地址|文件夹", "看过以后签字作见证", verb_witness},
    {"rule", "check [FILE|DIR] [--mutate] | list | explain ID …", "规则：检查规则文件、列出、就一组事实说明结论", verb_rule},
    {"help", "", "显示本说明", verb_help},
};

static const struct verb *verb_of(const char *name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

static int verb_unknown(void)
{
    return verb_usage("不认识这个动词；tieqiao help 列出全部");
}

static int verb_help(int argc, char **argv, const struct where *where)
{
    const struct verb *verb = argc > 1 ? verb_of(argv[1]) : NULL;

    (void)where;
    if (argc > 1)
        return verb ? help_verb(verb) : verb_unknown();
    puts("用法：tieqiao 动词 [选项]\n");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        printf("  %-9s %-44s %s\n", verbs[i].name, verbs[i].arguments, verbs[i].help);
    puts("\n每个动词都接受：--data DIR(默认 data)、--db URL(PostgreSQL)、--share DIR；tieqiao 动词 --help 有详细说明");
    return EXIT_DONE;
}

int main(int argc, char **argv)
{
    struct where where = {.data = "data", .share = share_path()};
    const char *name = argc > 1 ? argv[1] : "help";
    const struct verb *verb;

    signal(SIGPIPE, SIG_IGN);
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
        name = "help";
    verb = verb_of(name);
    argc = argc > 1 ? argc - 1 : 0;
    if (!verb)
        return verb_unknown();
    if (help_wanted(argc, argv + 1))
        return help_verb(verb);
    return where_take(&argc, argv + 1, &where) ? verb->run(argc, argv + 1, &where) : EXIT_USAGE;
}
