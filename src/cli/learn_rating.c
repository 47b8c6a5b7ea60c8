/* The rating learned from files of judgements, how well it does, and the task that makes a city use it. */
#include <stdlib.h>
#include <unistd.h>

#include "base/json.h"
#include "base/progress.h"
#include "base/text.h"
#include "cli/learn.h"
#include "cli/task.h"

static const char *const level_names[MATCH_LEVELS] = {"无", "弱", "较强", "强"};

/* --- how well it does --- */

static void print_line(const char *what, const struct match_rate_fit *fit)
{
    printf("%s：MAE %.4f，1/(1+MAE) %.4f\n", what, fit->mae, 1 / (1 + fit->mae));
}

static void print_table(const char *what, const struct match_rate_fit *fit)
{
    printf("\n%s，行是人评的，列是给出的：\n", what);
    for (unsigned l = 0; l < MATCH_LEVELS; l++)
        printf("\t%s", level_names[l]);
    putchar('\n');
    for (unsigned j = 0; j < MATCH_LEVELS; j++) {
        fputs(level_names[j], stdout);
        for (unsigned l = 0; l < MATCH_LEVELS; l++)
            printf("\t%zu", fit->table[j][l]);
        putchar('\n');
    }
}

static void print_bins(const char *what, const struct match_rate_fit *fit)
{
    printf("\n可信度(%s)：给出的“较强以上”概率、条数、平均概率、人评较强以上的份额\n", what);
    for (unsigned b = 0; b < MATCH_RATE_BINS; b++) {
        const struct match_rate_bin *bin = &fit->bins[b];

        printf("%.1f–%.1f\t%zu", b / (double)MATCH_RATE_BINS, (b + 1) / (double)MATCH_RATE_BINS, bin->judgements);
        if (bin->judgements)
            printf("\t%.3f\t%.3f", bin->chance, bin->said);
        putchar('\n');
    }
}

/* Who reads the figures must know of what they are: nobody has said anything of partners that were never proposed. */
static void print_sources(const struct judge_rating *rating, size_t left_out)
{
    if (!rating->fed && !left_out)
        return;
    printf("来源：判好的文件 %zu 条，城市自己的反馈 %zu 条(%.1f%%)", rating->judgements - rating->fed, rating->fed,
           100.0 * (double)rating->fed / (double)(rating->judgements ? rating->judgements : 1));
    if (rating->until)
        printf("，取到账本第 %llu 条之前", (unsigned long long)rating->until);
    if (left_out)
        printf("；另有反馈 %zu 条说不出文字合不合，没有用", left_out);
    puts("\n反馈只来自推荐过的对象，没有推荐的没有人评过：数字里反馈的那一份，说的只是推荐里的好坏");
}

static void print_rating(const struct judge_rating *rating, size_t left_out)
{
    const struct match_rate_report *report = &rating->report;

    printf("评判 %zu 条，%zu 对，查询 %zu 个\n", rating->judgements, rating->pairs, rating->queries);
    print_sources(rating, left_out);
    print_line("随机 5 折(同一对在同一折)", &report->by_pair);
    print_line("按查询 5 折", &report->by_query);
    print_line("内置的评级", &report->built_in);
    if (report->remembered)
        printf("记住评过的 %zu 对：相近的一对要参考它们\n", report->remembered);
    else
        printf("评过的超过 %d 对，只学权重，不记各对\n", MATCH_RATE_REMEMBERED);
    if (rating->repeated)
        printf("评判人之间：%zu 对评过不止一次，两次评判平均相差 %.4f 级，1/(1+MAE) %.4f\n", rating->repeated, rating->apart,
               1 / (1 + rating->apart));
    else
        puts("评判人之间：没有一对评过不止一次，看不出评判人自己差多少");
    print_table("随机 5 折", &report->by_pair);
    print_table("按查询 5 折", &report->by_query);
    print_bins("随机分折", &report->by_pair);
    print_bins("按查询分折", &report->by_query);
}

bool learn_moved(void *arg, const char *label, int64_t done, int64_t total)
{
    struct progress *progress = arg;

    if (progress->label != label) {
        if (progress->label)
            progress_end(progress);
        progress_start(progress, label, total);
    }
    progress_step(progress, done);
    return true;
}

bool rating_measure(const struct rating_sources *sources, struct judge_options options, const char *file, struct err *err)
{
    struct progress progress = {0};
    struct judge_watch watch = {learn_moved, &progress};
    struct judge_rating rating;
    bool ok;

    options.watch = &watch;
    ok = judge_rating(sources->lists, sources->count, &options, file, &rating, err);
    if (progress.label)
        progress_end(&progress);
    if (ok)
        print_rating(&rating, sources->left_out);
    return ok;
}

/* --- the city --- */

bool task_rating(const struct task *task, struct err *err)
{
    const char *file = task_text(task, "file");
    struct match_err why;

    if (!match_rating(task->city->index, *file ? file : NULL, &why))
        return err_set(err, why.code == MATCH_FULL ? ERR_FULL : ERR_IO, "评级没有换：%s", why.message)
               || err_hint(err, "原来的评级照用；请核对文件，或重新学");
    task_said(task, *file ? "从现在起按学到的评级；已有的推荐在 tieqiao rebuild 之后才按它重算"
                          : "从现在起按内置的评级；已有的推荐在 tieqiao rebuild 之后才按它重算");
    return true;
}

static bool use_file(const struct where *where, const char *file, int *status)
{
    json_t *request = json_object();
    char *whole = file ? verb_path(file) : NULL;

    json_put(request, "task", SLICE("rating"));
    json_put(request, "file", slice_of(whole ? whole : ""));
    *status = task_do(where, request, NULL);
    free(whole);
    return *status == EXIT_DONE;
}

/* --- the verb --- */

struct wanted {
    struct judged_files files;
    struct judge_options options;
    bool feedback;
    const char *out;
};

static bool options_take(int *argc, char **argv, struct wanted *wanted)
{
    bool missing = false;

    wanted->files.levels = true;
    wanted->options.words = flag_take(argc, argv, "--words");
    wanted->feedback = flag_take(argc, argv, "--feedback");
    wanted->files.corpus = option_take(argc, argv, "--corpus", &missing);
    wanted->files.queries = option_take(argc, argv, "--queries", &missing);
    wanted->files.qrels = option_take(argc, argv, "--qrels", &missing);
    wanted->files.only = option_take(argc, argv, "--only", &missing);
    wanted->out = option_take(argc, argv, "--out", &missing);
    return !missing && *argc == 1 && rating_files_fit(&wanted->files, &wanted->feedback);
}

/* A file of its own where none is to be kept. */
static char *file_for(const struct wanted *wanted)
{
    const char *folder = getenv("TMPDIR");
    struct text name;
    int made;

    text_init(&name);
    if (wanted->out) {
        text_puts(&name, wanted->out);
        return text_detach(&name);
    }
    text_print(&name, "%s/tieqiao-rating-XXXXXX", folder && *folder ? folder : "/tmp");
    made = mkstemp(name.at);
    if (made >= 0)
        close(made);
    return text_detach(&name);
}

static int learn(const struct wanted *wanted, const struct where *where)
{
    struct rating_sources sources;
    struct err err;
    char *file;
    int status;

    if (!rating_sources_read(&sources, &wanted->files, wanted->feedback, where, &err))
        return verb_failed(&err);
    file = file_for(wanted);
    if (rating_measure(&sources, wanted->options, file, &err))
        use_file(where, file, &status);
    else
        status = verb_failed(&err);
    if (!wanted->out)
        unlink(file);
    free(file);
    rating_sources_release(&sources);
    return status;
}

int learn_rating(int argc, char **argv, const struct where *where)
{
    struct wanted wanted = {0};
    bool missing = false, built_in = flag_take(&argc, argv, "--built-in");
    const char *use = option_take(&argc, argv, "--use", &missing);
    int status;

    if (argc == 1 && !missing && built_in != (use != NULL)) {
        use_file(where, use, &status);
        return status;
    }
    if (missing || built_in || use || !options_take(&argc, argv, &wanted))
        return verb_usage("用法：tieqiao learn --rating [--corpus 文件.jsonl --queries 文件.jsonl --qrels 文件.tsv [--only 文件]] [--feedback]"
                          " [--words] [--out 文件]，或 tieqiao learn --rating --use 文件，或 tieqiao learn --rating --built-in；tieqiao learn --help 有说明");
    return learn(&wanted, where);
}
