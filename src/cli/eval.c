/* tieqiao eval: how well the engine ranks, or rates, on somebody's judged material. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>

#include "base/progress.h"
#include "cli/learn.h"

enum { BOOTSTRAPS = 10000 };

struct wanted {
    struct judged_files files;
    struct judge_options options;
    bool feedback;
    const char *per_query, *against;
};

/* --- the other run --- */

static void against_take(const char *name, double ndcg, const struct judged *judged, double *other)
{
    for (size_t q = 0; q < judged->query_count; q++)
        if (slice_is(judged->queries[q].said.name, name))
            other[q] = ndcg;
}

/* One line: a query, a tab, its nDCG, and what else there is. */
static bool against_line(char *line, const struct judged *judged, double *other)
{
    char *tab = strchr(line, '\t'), *end;
    double ndcg;

    if (!tab)
        return false;
    *tab = '\0';
    ndcg = strtod(tab + 1, &end);
    if (end == tab + 1 || (*end != '\t' && *end != '\n' && *end) || !isfinite(ndcg) || ndcg < 0)
        return false;
    against_take(line, ndcg, judged, other);
    return true;
}

/* The head says the cut: figures at different cuts are not to be compared. */
static bool against_head(const char *line, size_t k)
{
    size_t other;

    return sscanf(line, "query\tndcg@%zu\t", &other) == 1 && other == k;
}

static bool against_lines(FILE *file, const struct wanted *wanted, const struct judged *judged, double *other,
                          struct err *err)
{
    char *line = NULL;
    size_t room = 0;
    long number = 0;
    bool ok = true;

    while (ok && getline(&line, &room, file) >= 0) {
        number++;
        ok = number == 1 ? against_head(line, wanted->options.k) : against_line(line, judged, other);
    }
    free(line);
    if (ferror(file))
        return err_set(err, ERR_IO, "读不了 %s：%s", wanted->against, strerror(errno));
    return (ok && number > 0)
           || err_set(err, ERR_INVALID, "%s：第 %ld 行不是 nDCG@%zu 的 --per-query 文件里的", wanted->against,
                      number ? number : 1, wanted->options.k)
           || err_hint(err, "它应是同一套查询、同一个 -k 的 --per-query 文件") || err_line(err, number ? number : 1);
}

/* The nDCG of each query in another run's --per-query file, -1 where it has none. */
static bool against_read(const struct wanted *wanted, const struct judged *judged, double *other, struct err *err)
{
    FILE *file = fopen(wanted->against, "re");
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "打不开 %s：%s", wanted->against, strerror(errno));
    for (size_t q = 0; q < judged->query_count; q++)
        other[q] = -1;
    ok = against_lines(file, wanted, judged, other, err);
    fclose(file);
    return ok;
}

static int ascending(const void *left, const void *right)
{
    const double *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* The 2.5th and 97.5th per cent of the means of samples drawn with repetition (Efron 1979). */
static void interval(const double *gains, size_t count, double *low, double *high)
{
    double *means = calloc(BOOTSTRAPS, sizeof *means);
    unsigned short seed[3] = {42, 0, 0};

    if (!means)
        abort();
    for (size_t b = 0; b < BOOTSTRAPS; b++) {
        for (size_t i = 0; i < count; i++)
            means[b] += gains[(size_t)nrand48(seed) % count];
        means[b] /= (double)count;
    }
    qsort(means, BOOTSTRAPS, sizeof *means, ascending);
    *low = means[BOOTSTRAPS / 40];
    *high = means[BOOTSTRAPS - 1 - BOOTSTRAPS / 40];
    free(means);
}

static bool compare(const struct wanted *wanted, const struct judged *judged, const struct judge_result *results,
                    struct err *err)
{
    double *other = malloc(judged->query_count * sizeof *other), *gains = malloc(judged->query_count * sizeof *gains);
    double mean = 0, low, high;
    size_t count = 0;
    bool ok;

    if (!other || !gains)
        abort();
    ok = against_read(wanted, judged, other, err);
    for (size_t q = 0; ok && q < judged->query_count; q++)
        if (results[q].relevant && other[q] >= 0)
            mean += gains[count++] = results[q].ndcg - other[q];
    if (ok && count == 0)
        ok = err_set(err, ERR_INVALID, "%s 里没有这些查询", wanted->against)
             || err_hint(err, "它应是同一套查询、同一个 -k 的 --per-query 文件");
    if (ok) {
        interval(gains, count, &low, &high);
        printf("nDCG@%zu 之差 %+.4f，95%% 区间 [%+.4f, %+.4f]（%zu 个查询）\n", wanted->options.k, mean / (double)count,
               low, high, count);
    }
    free(other);
    free(gains);
    return ok;
}

/* --- what is told --- */

static bool per_query_write(const struct wanted *wanted, const struct judged *judged,
                            const struct judge_result *results, struct err *err)
{
    FILE *file = fopen(wanted->per_query, "we");
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "写不了 %s：%s", wanted->per_query, strerror(errno));
    fprintf(file, "query\tndcg@%zu\tmrr@%zu\trecall@%d\trelevant\n", wanted->options.k, wanted->options.k, JUDGE_DEPTH);
    for (size_t q = 0; q < judged->query_count; q++)
        if (results[q].relevant)
            fprintf(file, "%s\t%.6f\t%.6f\t%.6f\t%zu\n", judged->queries[q].said.name.at, results[q].ndcg,
                    results[q].mrr, results[q].recall, results[q].relevant);
    ok = !ferror(file);
    return (fclose(file) == 0 && ok) || err_set(err, ERR_IO, "%s 没有写完：%s", wanted->per_query, strerror(errno));
}

static void print_result(const struct wanted *wanted, const struct judged *judged, const struct judge_result *results)
{
    struct judge_result mean = judge_mean(results, judged->query_count);

    printf("文档 %zu 个，查询 %zu 个（有相关文档的 %zu 个），评判 %zu 条", judged->doc_count, judged->query_count,
           mean.relevant, judged->score_count);
    if (judged->passed)
        printf("，另有 %zu 条评判的查询不在其中", judged->passed);
    printf("\nnDCG@%zu %.4f  MRR@%zu %.4f  R@%d %.4f%s\n", wanted->options.k, mean.ndcg, wanted->options.k, mean.mrr,
           JUDGE_DEPTH, mean.recall, wanted->options.pool ? "  （只排评判过的文档，平分随机，20 次平均）" : "");
}

static bool evaluate(struct wanted *wanted, const struct judged *judged, struct err *err)
{
    struct judge_result *results = calloc(judged->query_count, sizeof *results);
    struct progress progress = {0};
    struct judge_watch watch = {learn_moved, &progress};
    bool ok;

    if (!results)
        abort();
    wanted->options.watch = &watch;
    ok = judge_ranking(judged, &wanted->options, results, err);
    if (progress.label)
        progress_end(&progress);
    if (ok && judge_mean(results, judged->query_count).relevant == 0)
        ok = err_set(err, ERR_INVALID, "%s：这些查询都没有分数大于 0 的文档", wanted->files.qrels)
             || err_hint(err, "分数大于 0 的文档才算相关；一篇也没有，量不出好坏");
    if (ok)
        print_result(wanted, judged, results);
    ok = ok && (!wanted->against || compare(wanted, judged, results, err))
         && (!wanted->per_query || per_query_write(wanted, judged, results, err));
    free(results);
    return ok;
}

/* --- the verb --- */

static bool options_take(int *argc, char **argv, struct wanted *wanted)
{
    bool missing = false;
    const char *k = option_take(argc, argv, "-k", &missing);
    char *end = NULL;

    wanted->options.k = k ? strtoul(k, &end, 10) : 10;
    wanted->options.pool = flag_take(argc, argv, "--pool");
    wanted->files.levels = flag_take(argc, argv, "--rating");
    wanted->options.words = flag_take(argc, argv, "--words");
    wanted->feedback = flag_take(argc, argv, "--feedback");
    wanted->files.corpus = option_take(argc, argv, "--corpus", &missing);
    wanted->files.queries = option_take(argc, argv, "--queries", &missing);
    wanted->files.qrels = option_take(argc, argv, "--qrels", &missing);
    wanted->files.only = option_take(argc, argv, "--only", &missing);
    wanted->options.lexicon = option_take(argc, argv, "--lexicon", &missing);
    wanted->per_query = option_take(argc, argv, "--per-query", &missing);
    wanted->against = option_take(argc, argv, "--against", &missing);
    if (wanted->feedback ? !wanted->files.levels || !rating_files_fit(&wanted->files, &wanted->feedback)
                         : !wanted->files.corpus || !wanted->files.queries || !wanted->files.qrels)
        return false;
    return !missing && *argc == 1
           && (!k || (end != k && !*end)) && wanted->options.k >= 1 && wanted->options.k <= JUDGE_DEPTH;
}

static bool measure_rating(const struct wanted *wanted, const struct where *where, struct err *err)
{
    struct rating_sources sources;
    bool ok = rating_sources_read(&sources, &wanted->files, wanted->feedback, where, err);

    if (!ok)
        return false;
    ok = rating_measure(&sources, wanted->options, NULL, err);
    rating_sources_release(&sources);
    return ok;
}

static bool measure_ranking(struct wanted *wanted, struct err *err)
{
    struct judged judged;
    bool ok = judged_read(&judged, &wanted->files, err);

    if (!ok)
        return false;
    ok = evaluate(wanted, &judged, err);
    judged_release(&judged);
    return ok;
}

int verb_eval(int argc, char **argv, const struct where *where)
{
    struct wanted wanted = {0};
    struct err err;
    bool ok;

    if (!options_take(&argc, argv, &wanted))
        return verb_usage("用法：tieqiao eval --corpus 文件.jsonl --queries 文件.jsonl --qrels 文件.tsv [--only 文件] [--pool] [--rating]"
                          " [--words] [--lexicon 文件] [-k 1到100] [--per-query 文件.tsv] [--against 文件.tsv]，或 tieqiao eval --rating --feedback；"
                          "tieqiao eval --help 有说明");
    ok = wanted.files.levels ? measure_rating(&wanted, where, &err) : measure_ranking(&wanted, &err);
    return ok ? EXIT_DONE : verb_failed(&err);
}
