/* tieqiao rule check | list | explain: the rulebook for those who write rules and those who ask why. Reads files alone. */
#include <sys/stat.h>

#include "base/clock.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/verb.h"
#include "record/tree.h"
#include "rules/rules.h"
#include "seal/seal.h"

static char *below(const char *folder, const char *name)
{
    struct text path;

    text_init(&path);
    text_print(&path, "%s/%s", folder, name);
    return text_detach(&path);
}

static bool is_folder(const char *path)
{
    struct stat found;

    return stat(path, &found) == 0 && S_ISDIR(found.st_mode);
}

static bool calendar_open(const struct where *where, struct calendar **calendar, struct err *err)
{
    char *folder = below(where->share, "rules/calendar");
    bool ok = calendar_load(folder, calendar, err);

    free(folder);
    return ok;
}

static bool book_open(const struct where *where, struct calendar **calendar, struct rulebook **book, struct err *err)
{
    char *folder = below(where->share, "rules"), *codes = below(where->share, "codes");
    bool ok = seal_start(err) && calendar_open(where, calendar, err) && rulebook_load(folder, *calendar, book, err)
        && trees_load(codes, err);

    free(folder);
    free(codes);
    return ok;
}

static void book_close(struct calendar *calendar, struct rulebook *book)
{
    rulebook_free(book);
    calendar_free(calendar);
    trees_unload();
}

/* "全国", "甘肃省"; memory from arena. */
static const char *region_label(int32_t region, struct arena *arena)
{
    char code[16];

    snprintf(code, sizeof code, "%d", (int)region);
    return region == REGION_NATION ? "全国" : tree_label(tree_get("division"), slice_of(code), false, arena);
}

static const char *day_label(int32_t day, struct arena *arena)
{
    struct eval_value value = {.known = true, .number = day};

    return rule_value_show(FACT_DAY, NULL, 0, &value, arena);
}

static const char *dates_label(const struct rule *rule, struct arena *arena)
{
    if (rule->valid_until == INT32_MAX)
        return arena_print(arena, "%s 起", day_label(rule->valid_from, arena));
    return arena_print(arena, "%s 至 %s", day_label(rule->valid_from, arena), day_label(rule->valid_until, arena));
}

/* --- check --- */

struct checking {
    size_t wrong, run, failed, mutants, caught;
};

static void wrong_print(void *arg, const struct err *wrong)
{
    struct checking *checking = arg;

    checking->wrong++;
    verb_failed(wrong);
}

static void example_print(void *arg, const struct rule *rule, const char *example, long line, const char *complaint)
{
    (void)arg;
    fprintf(stderr, "✗ %s 第 %ld 行：例“%s”%s\n", rule->file, line, example, complaint);
}

static void survivor_print(void *arg, const struct rule *rule, const struct rule_mutant *mutant)
{
    (void)arg;
    printf("存活：%s 第 %ld 行 %s：%s 改成 %s，没有一个例发现。改后：%s\n", rule->file, mutant->line, mutant->where, mutant->was,
           mutant->is, mutant->text);
}

/* The rules folder that a file or folder lies in: the nearest above it with facts/ in it. To be freed; NULL: none. */
static char *root_of(const char *path)
{
    char *at = realpath(path, NULL);

    while (at) {
        char *facts = below(at, "facts"), *slash = strrchr(at, '/');
        bool found = is_folder(facts);

        free(facts);
        if (found)
            return at;
        if (!slash || slash == at)
            break;
        *slash = '\0';
    }
    free(at);
    return NULL;
}

static void mutate_all(struct rulebook *book, struct checking *checking)
{
    struct progress bar;

    progress_start(&bar, "逐处改动", (int64_t)rulebook_count(book));
    bar.quiet = !bar.terminal;
    for (size_t i = 0; i < rulebook_count(book); i++) {
        progress_step(&bar, (int64_t)i);
        rule_mutate(book, rulebook_at(book, i), survivor_print, checking, &checking->mutants, &checking->caught);
    }
    progress_end(&bar);
    printf("%zu mutants, %zu caught (%.1f %%)\n", checking->mutants, checking->caught,
           checking->mutants ? 100.0 * (double)checking->caught / (double)checking->mutants : 100.0);
}

static int check_book(struct rulebook *book, bool mutate, struct checking *checking)
{
    size_t count = rulebook_count(book);

    for (size_t i = 0; i < count; i++)
        rule_examples(book, rulebook_at(book, i), example_print, checking, &checking->run, &checking->failed);
    printf("%zu 条规则，%zu 个例，%zu 个例不符，%zu 个文件有错\n", count, checking->run, checking->failed, checking->wrong);
    if (checking->wrong || checking->failed)
        return EXIT_FAILED; /* examples that fail anyhow would catch every change */
    if (mutate)
        mutate_all(book, checking);
    return EXIT_DONE;
}

static int check_path(const struct where *where, const char *path, bool mutate)
{
    struct checking checking = {0};
    struct calendar *calendar = NULL;
    struct rulebook *book = NULL;
    char *root = root_of(path), *whole = realpath(path, NULL);
    const char *only = root && whole && strcmp(root, whole) != 0 ? path : NULL;
    struct err err;
    int status;

    if (!whole)
        err_set(&err, ERR_MISSING, "没有这个文件或文件夹：%.200s", path);
    else if (!root)
        err_set(&err, ERR_MISSING, "%.200s 上面没有一个文件夹带着事实词典 facts/", path);
    if (whole && root && seal_start(&err) && calendar_open(where, &calendar, &err)
        && rulebook_load_good(only ? root : path, only, calendar, wrong_print, &checking, &book, &err))
        status = check_book(book, mutate, &checking);
    else
        status = verb_failed(&err);
    book_close(calendar, book);
    free(root);
    free(whole);
    return status;
}

static int rule_check(int argc, char **argv, const struct where *where)
{
    bool mutate = flag_take(&argc, argv, "--mutate");
    char *folder;
    int status;

    if (argc > 2)
        return verb_usage("rule check 后面只写一个文件或文件夹，可加 --mutate");
    if (argc == 2)
        return check_path(where, argv[1], mutate);
    folder = below(where->share, "rules");
    status = check_path(where, folder, mutate);
    free(folder);
    return status;
}

/* --- list --- */

static bool is_unverified(const struct rule *rule)
{
    bool unverified = rule->source != RULE_CHECKED;

    for (size_t i = 0; i < rule->parameter_count; i++)
        unverified |= rule->parameters[i].source != RULE_CHECKED;
    return unverified;
}

static int rule_list(const struct where *where)
{
    struct calendar *calendar = NULL;
    struct rulebook *book = NULL;
    struct arena arena;
    struct err err;

    arena_init(&arena);
    if (!book_open(where, &calendar, &book, &err)) {
        book_close(calendar, book);
        return verb_failed(&err);
    }
    for (size_t i = 0; i < rulebook_count(book); i++) {
        const struct rule *rule = rulebook_at(book, i);

        printf("%s\t%s\t%s\t%s\t%s%s\t%zu 个例\n", rule->id, region_label(rule->region, &arena), rule->title,
               dates_label(rule, &arena), rule_source_label(rule->source), is_unverified(rule) ? "（参数未核）" : "",
               rule->example_count);
    }
    arena_release(&arena);
    book_close(calendar, book);
    return EXIT_DONE;
}

/* --- explain --- */

struct question {
    const char *id;
    int32_t region, on;
    struct fact *facts;
    size_t count;
    struct arena arena;
};

static bool region_read(const char *typed, int32_t *region, struct err *err)
{
    const struct tree_node *node;

    if (!typed || strcmp(typed, "100000") == 0) {
        *region = REGION_NATION;
        return true;
    }
    node = tree_read(tree_get("division"), slice_of(typed), NULL, "地区", err);
    if (node)
        *region = (int32_t)strtol(node->code, NULL, 10);
    return node;
}

/* "名字=值" of the rule, or of the dictionary where the rule does not ask for it. */
static bool fact_read(const struct rulebook *book, const char *word, struct fact *out, struct err *err)
{
    const char *value = strchr(word, '=');
    const struct rule_fact *fact = rulebook_fact(book, (struct slice){word, (size_t)(value - word)});

    if (!fact) {
        err_set(err, ERR_INVALID, "没有 %.*s 这个事实", (int)(value - word < 60 ? value - word : 60), word);
        return err_hint(err, "rules/facts/ 里有全部事实的名字");
    }
    return rule_fact_read(fact, slice_of(value + 1), out, err);
}

/* Who does not say which day it is means the day he asks for. */
static void today_add(struct question *question, const struct rulebook *book)
{
    const struct rule_fact *today = rulebook_fact(book, SLICE("today"));

    for (size_t i = 0; i < question->count; i++)
        if (strcmp(question->facts[i].name, "today") == 0)
            return;
    if (today && today->kind == FACT_DAY)
        question->facts[question->count++] = (struct fact){.name = "today", .kind = FACT_DAY, .known = true,
                                                           .value = question->on};
}

static bool question_read(int argc, char **argv, const struct rulebook *book, struct question *question, struct err *err)
{
    question->facts = arena_zero(&question->arena, (size_t)argc + 1, sizeof *question->facts);
    for (int i = 1; i < argc; i++) {
        if (!strchr(argv[i], '=')) {
            if (question->id)
                return err_set(err, ERR_INVALID, "只能问一条规则：%.60s 是多出来的", argv[i]);
            question->id = argv[i];
        } else if (!fact_read(book, argv[i], &question->facts[question->count++], err)) {
            return false;
        }
    }
    today_add(question, book);
    return question->id || err_set(err, ERR_INVALID, "要写规则的编号，如 tieqiao rule explain R03");
}

static void articles_print(const struct rule *rule)
{
    for (size_t i = 0; i < rule->article_count; i++) {
        const struct rule_article *article = &rule->articles[i];

        printf("依据：%s%s%s（%s）\n", article->document, *article->number ? " " : "", article->number,
               rule_source_label(article->source));
        if (*article->text)
            printf("      %s\n", article->text);
    }
}

static void conditions_print(const struct answer *answer, struct arena *arena)
{
    static const char *const marks[] = {[TRUTH_NO] = "✗ 不成立", [TRUTH_YES] = "✓ 成立", [TRUTH_UNKNOWN] = "? 未知"};
    const struct rule *rule = answer->rule;

    if (rule->applies)
        printf("适用：%s  %s\n", marks[answer->applies], rule_words(rule, rule->applies, arena));
    for (size_t i = 0; i < rule->condition_count; i++)
        printf("条件：%s  %s（%s）\n", marks[answer->conditions[i]], rule_words(rule, rule->conditions[i].holds, arena),
               rule->conditions[i].name);
}

static void results_print(const struct answer *answer, struct arena *arena)
{
    for (size_t i = 0; i < answer->rule->result_count; i++) {
        const struct rule_result *result = answer->results[i].result;

        printf("结果：%s %s\n", result->label, rule_value_show(result->kind, NULL, 0, &answer->results[i].value, arena));
    }
    if (answer->provisional)
        puts("注意：期间跨到节假日尚未公布的年份，暂按周末算，待国办公布");
}

static void asks_print(const struct answer *answer)
{
    for (size_t i = 0; i < answer->ask_count; i++) {
        const struct rule_fact *fact = answer->asks[i];

        printf("还要知道：%s（%s=…，%s", fact->label, fact->name, rule_kind_label(fact->kind));
        for (size_t j = 0; j < fact->choice_count; j++)
            printf("%s%s %s", j ? "、" : "：", fact->choices[j].code, fact->choices[j].label);
        puts("）");
    }
}

static void version_print(const struct rule *rule, struct arena *arena)
{
    char hash[2 * RULE_HASH + 1];

    for (size_t i = 0; i < rule->parameter_count; i++) {
        const struct rule_parameter *parameter = &rule->parameters[i];
        struct eval_value value = {.known = true, .number = parameter->value};

        printf("参数：%s %s%s%s（%s%s%s）%s\n", parameter->label, rule_value_show(parameter->kind, NULL, 0, &value, arena),
               *parameter->unit ? " " : "", parameter->unit, rule_source_label(parameter->source),
               *parameter->basis ? "，" : "", parameter->basis, parameter->source == RULE_CHECKED ? "" : " 参数未核");
    }
    seal_hex(rule->hash, RULE_HASH, hash);
    printf("版本：%s，%s，%s，%s，sha256 %.16s…\n", region_label(rule->region, arena), dates_label(rule, arena),
           rule_source_label(rule->source), rule->file, hash);
}

static void answer_print(const struct answer *answer, struct arena *arena)
{
    printf("%s %s\n结论：%s\n", answer->rule->id, answer->rule->title, rule_verdict_label(answer->verdict));
    if (answer->because) {
        printf("因为：%.*s\n", (int)answer->says.len, answer->says.at);
        if (answer->hint.len)
            printf("可以：%.*s\n", (int)answer->hint.len, answer->hint.at);
    }
    asks_print(answer);
    results_print(answer, arena);
    conditions_print(answer, arena);
    articles_print(answer->rule);
    version_print(answer->rule, arena);
}

static bool explain(struct rulebook *book, struct question *question, struct err *err)
{
    const struct rule *rule = rule_find(book, question->id, question->region, question->on);
    struct answer answer;

    if (!rule) {
        err_set(err, ERR_MISSING, "规则 %.60s 在%s、%s 没有生效的版本", question->id,
                region_label(question->region, &question->arena), day_label(question->on, &question->arena));
        return err_hint(err, "tieqiao rule list 列出全部规则");
    }
    if (!rule_ask(book, rule, question->facts, question->count, &question->arena, &answer, err))
        return false;
    answer_print(&answer, &question->arena);
    return true;
}

static int rule_explain(int argc, char **argv, const struct where *where)
{
    struct question question = {.on = day_of_ms(clock_ms())};
    bool missing = false;
    const char *region = option_take(&argc, argv, "--region", &missing), *on = option_take(&argc, argv, "--on", &missing);
    struct calendar *calendar = NULL;
    struct rulebook *book = NULL;
    struct err err;
    bool ok;

    while (flag_take(&argc, argv, "--fact"))
        ;
    if (missing || (on && !day_parse(slice_of(on), &question.on)))
        return verb_usage("--region 后面写行政区划代码或地名，--on 后面写 2026-03-17 这样的日期");
    arena_init(&question.arena);
    ok = book_open(where, &calendar, &book, &err) && region_read(region, &question.region, &err)
        && question_read(argc, argv, book, &question, &err) && explain(book, &question, &err);
    arena_release(&question.arena);
    book_close(calendar, book);
    return ok ? EXIT_DONE : verb_failed(&err);
}

int verb_rule(int argc, char **argv, const struct where *where)
{
    const char *what = argc > 1 ? argv[1] : "";

    if (strcmp(what, "check") == 0)
        return rule_check(argc - 1, argv + 1, where);
    if (strcmp(what, "list") == 0 && argc == 2)
        return rule_list(where);
    if (strcmp(what, "explain") == 0)
        return rule_explain(argc - 1, argv + 1, where);
    return verb_usage("rule 后面写 check、list 或 explain；tieqiao rule --help 有详细说明");
}
