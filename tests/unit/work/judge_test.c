/* Measures on a judged collection: worked out by hand on a small made-up one; what does not fit together is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "work/judge.h"

#define HEAD "query\tdocument\tscore\n"

/* "alpha beta gamma delta" finds a1, a2, a3, a4 in this order; "psi" finds p1 and p2 alike. */
static const char corpus[] =
    "{\"_id\":\"a1\",\"title\":\"\",\"text\":\"alpha beta gamma delta\"}\n"
    "{\"_id\":\"a2\",\"text\":\"alpha beta gamma\"}\n"
    "{\"_id\":\"a3\",\"text\":\"alpha beta\"}\n"
    "{\"_id\":\"a4\",\"text\":\"alpha\"}\n"
    "\n"
    "{\"_id\":5,\"text\":\"omega\",\"metadata\":{\"year\":1975}}\n"
    "{\"_id\":\"p1\",\"text\":\"psi chi\"}\n"
    "{\"_id\":\"p2\",\"text\":\"psi chi\"}\n"
    "{\"_id\":\"x\",\"title\":\"rho\",\"text\":null}";
static const char queries[] =
    "{\"_id\":\"letters\",\"text\":\"alpha beta gamma delta\"}\n"
    "{\"_id\":\"ties\",\"text\":\"psi\"}\n"
    "{\"_id\":\"nothing\",\"text\":\"rho\"}\n";

struct place {
    char *folder;
    char corpus[128], queries[128], qrels[128], only[128], temporary[128];
    struct judged_files files;
};

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fputs(text, file) < 0, 0);
    assert_int_equal(fclose(file), 0);
}

static int place_make(void **state)
{
    static struct place place;
    char name[] = "/tmp/tq-judge-XXXXXX";

    assert_non_null(mkdtemp(name));
    place = (struct place){.folder = strdup(name)};
    snprintf(place.corpus, sizeof place.corpus, "%s/corpus.jsonl", name);
    snprintf(place.queries, sizeof place.queries, "%s/queries.jsonl", name);
    snprintf(place.qrels, sizeof place.qrels, "%s/qrels.tsv", name);
    snprintf(place.only, sizeof place.only, "%s/only.txt", name);
    snprintf(place.temporary, sizeof place.temporary, "%s/temporary", name);
    place.files = (struct judged_files){place.corpus, place.queries, place.qrels, NULL};
    assert_int_equal(mkdir(place.temporary, 0700), 0);
    setenv("TMPDIR", place.temporary, 1);
    write_file(place.corpus, corpus);
    write_file(place.queries, queries);
    write_file(place.qrels, HEAD "letters\ta1\t1\n");
    *state = &place;
    return 0;
}

static int place_end(void **state)
{
    struct place *place = *state;
    const char *files[] = {place->corpus, place->queries, place->qrels, place->only};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(files[i]);
    /* Also that no run left its index behind: an empty folder can be removed, a full one cannot. */
    if (rmdir(place->temporary) != 0)
        return -1;
    rmdir(place->folder);
    free(place->folder);
    unsetenv("TMPDIR");
    return 0;
}

static void read_all(struct place *place, struct judged *judged)
{
    struct err err;

    if (!judged_read(judged, &place->files, &err))
        fail_msg("%s", err.message);
}

/* results: as many as there are queries. */
static void judge(struct place *place, const char *qrels, const struct judge_options *options, struct judge_result *results)
{
    struct judged judged;
    struct err err;

    write_file(place->qrels, qrels);
    read_all(place, &judged);
    if (!judge_ranking(&judged, options, results, &err))
        fail_msg("%s", err.message);
    judged_release(&judged);
}

static void near(double found, double wanted)
{
    if (fabs(found - wanted) > 1e-9)
        fail_msg("%.12f, not %.12f", found, wanted);
}

/* --- the measures --- */

/* Found: a1 0, a2 3, a3 1, a4 -1 (counts as 0). To be had: 3, 2 (omega, never found), 1. */
static const char graded[] = HEAD "letters\ta1\t0\nletters\ta2\t3\nletters\ta3\t1\nletters\ta4\t-1\nletters\t5\t2\n";

static void gain_is_linear_and_the_discount_a_logarithm(void **state)
{
    struct judge_options options = {.k = 10, .words = true};
    struct judge_result results[3];

    judge(*state, graded, &options, results);
    near(results[0].ndcg, (3 / 1.584962500721156 + 1 / 2.0) / (3 + 2 / 1.584962500721156 + 1 / 2.0));
    near(results[0].mrr, 1 / 2.0);
    near(results[0].recall, 2 / 3.0);
    assert_int_equal(results[0].relevant, 3);
}

static void beyond_k_counts_for_ndcg_and_mrr_alone(void **state)
{
    struct judge_options options = {.k = 1, .words = true};
    struct judge_result results[3];

    judge(*state, graded, &options, results);
    near(results[0].ndcg, 0);
    near(results[0].mrr, 0);
    near(results[0].recall, 2 / 3.0);
    options.k = 2;
    judge(*state, graded, &options, results);
    near(results[0].ndcg, (3 / 1.584962500721156) / (3 + 2 / 1.584962500721156));
    near(results[0].mrr, 1 / 2.0);
}

static void several_judgements_of_a_pair_count_as_their_median(void **state)
{
    struct judge_options options = {.k = 10, .words = true};
    struct judge_result results[3];
    struct text many;

    /* a1: 4, 1, 2 → 2; a2: 1, 2 → 1.5; a3: three of 0 and one of 3 → 0 */
    judge(*state, HEAD "letters\ta1\t4\nletters\ta2\t1\nletters\ta1\t1\nletters\ta3\t0\nletters\ta2\t2\nletters\ta1\t2\n"
          "letters\ta3\t0\nletters\ta3\t0\nletters\ta3\t3\n", &options, results);
    near(results[0].ndcg, 1);
    assert_int_equal(results[0].relevant, 2);

    /* However many there are: a1 has 64 times 0 and 66 times 3, so 3; a2 has 2. */
    text_init(&many);
    text_puts(&many, HEAD "letters\ta2\t2\n");
    for (int i = 0; i < 130; i++)
        text_print(&many, "letters\ta1\t%d\n", i < 64 ? 0 : 3);
    judge(*state, many.at, &options, results);
    text_release(&many);
    near(results[0].ndcg, 1);
    assert_int_equal(results[0].relevant, 2);
}

static void recall_looks_at_a_hundred(void **state)
{
    struct judge_options options = {.k = 10, .words = true};
    struct place *place = *state;
    struct judge_result results[3];
    struct text docs, qrels;

    text_init(&docs);
    text_init(&qrels);
    text_puts(&docs, corpus);
    text_puts(&qrels, HEAD);
    for (int i = 0; i < 160; i++) {
        text_print(&docs, "\n{\"_id\":\"z%d\",\"text\":\"rho sigma\"}", i);
        text_print(&qrels, "nothing\tz%d\t1\n", i);
    }
    write_file(place->corpus, docs.at);
    judge(place, qrels.at, &options, results);
    assert_int_equal(results[2].relevant, 160);
    /* x, whose title is the query, comes first and is not judged. */
    near(results[2].recall, 99 / 160.0);
    near(results[2].mrr, 1 / 2.0);
    text_release(&docs);
    text_release(&qrels);
}

static void ties_of_a_pool_fall_at_random(void **state)
{
    struct judge_options options = {.k = 10, .pool = true, .words = true};
    struct judge_result results[3], again[3];
    double firsts;

    judge(*state, HEAD "ties\tp1\t0\nties\tp2\t1\nletters\ta4\t0\nletters\tx\t0\nletters\ta3\t1\n", &options, results);
    /* In n of 20 orders the relevant one came first: MRR (n + (20 - n) / 2) / 20, and nDCG accordingly. */
    firsts = round((results[1].mrr - 0.5) * 40);
    near(results[1].mrr, (firsts + (20 - firsts) / 2) / 20);
    near(results[1].ndcg, (firsts + (20 - firsts) / 1.584962500721156) / 20);
    assert_true(firsts >= 3 && firsts <= 17);
    near(results[1].recall, 1);
    /* What is no tie is not shuffled; one that shares no word ranks too, last. */
    near(results[0].ndcg, 1);
    judge(*state, HEAD "ties\tp1\t0\nties\tp2\t1\nletters\ta4\t0\nletters\tx\t0\nletters\ta3\t1\n", &options, again);
    assert_memory_equal(results, again, sizeof results);
    /* Without a pool: in the engine's order, p1 first. */
    options.pool = false;
    judge(*state, HEAD "ties\tp1\t0\nties\tp2\t1\n", &options, results);
    near(results[1].mrr, 1 / 2.0);
}

static void one_that_shares_no_word_ranks_in_a_pool_alone(void **state)
{
    struct judge_options options = {.k = 10, .words = true};
    struct judge_result results[3];

    judge(*state, HEAD "ties\t5\t1\n", &options, results);
    near(results[1].recall, 0);
    options.pool = true;
    judge(*state, HEAD "ties\t5\t1\n", &options, results);
    near(results[1].recall, 1);
}

static void queries_without_a_relevant_document_do_not_count(void **state)
{
    struct judge_options options = {.k = 10, .words = true};
    struct judge_result results[3], mean;

    judge(*state, HEAD "letters\ta1\t1\nties\tp2\t1\nnothing\tx\t0\n", &options, results);
    assert_int_equal(results[2].relevant, 0);
    mean = judge_mean(results, 3);
    assert_int_equal(mean.relevant, 2);
    near(mean.mrr, 0.75);
    near(mean.ndcg, (1 + 1 / 1.584962500721156) / 2);
    mean = judge_mean(results + 2, 1);
    assert_int_equal(mean.relevant, 0);
    near(mean.ndcg, 0);
}

static void only_some_queries_are_asked(void **state)
{
    struct judge_options options = {.k = 10, .words = true};
    struct place *place = *state;
    struct judged judged;
    struct judge_result results[3];

    write_file(place->only, "\nties\r\n");
    place->files.only = place->only;
    judge(place, HEAD "letters\ta1\t1\nties\tp2\t1\nnobody\ta1\t1\n", &options, results);
    near(results[0].mrr, 1 / 2.0);
    read_all(place, &judged);
    assert_int_equal(judged.query_count, 1);
    assert_int_equal(judged.score_count, 1);
    assert_int_equal(judged.passed, 2);
    judged_release(&judged);
}

/* --- what is wrong is named --- */

enum which { CORPUS, QUERIES, QRELS, ONLY };

static const struct {
    enum which file;
    const char *text;
    long line;
    const char *message;
} bad[] = {
    {CORPUS, "{\"_id\":\"a1\"}\n{\"_id\":\"a2\",\"text\":\"al", 2, "第 2 行"},
    {CORPUS, "{\"_id\":\"a1\"}\n[]\n", 2, "第 2 行不是一个 JSON 对象"},
    {CORPUS, "{\"_id\":\"a1\"}\n{\"text\":\"alpha\"}\n", 2, "第 2 行：没有 _id"},
    {CORPUS, "{\"_id\":\"\"}\n", 1, "第 1 行：没有 _id"},
    {CORPUS, "{\"_id\":\"a1\"}\n{\"_id\":\"a2\"}\n\n{\"_id\":\"a1\"}\n", 4, "第 4 行的 _id“a1”在第 1 行已经有了"},
    {CORPUS, "{\"_id\":\"a1\",\"text\":[\"alpha\"]}\n", 1, "第 1 行：text 不是文字"},
    {CORPUS, "{\"_id\":\"a1\",\"title\":7}\n", 1, "第 1 行：title 不是文字"},
    {CORPUS, "{\"_id\":\"a1\",\"text\":\"\xff\"}\n", 1, "第 1 行"},
    {QUERIES, "{\"_id\":\"letters\"\n", 1, "第 1 行"},
    {QUERIES, "{\"_id\":\"letters\"}\n{\"_id\":\"letters\"}\n", 2, "第 2 行的 _id“letters”在第 1 行已经有了"},
    {QUERIES, "{\"id\":\"letters\"}\n", 1, "第 1 行：没有 _id"},
    {QRELS, HEAD "letters\ta1\t1\nletters\ta2\n", 3, "第 3 行：只有 2 列"},
    {QRELS, HEAD "letters\ta1\thigh\n", 2, "第 2 行：分数“high”不是数"},
    {QRELS, HEAD "letters\ta1\t\n", 2, "第 2 行：分数“”不是数"},
    {QRELS, HEAD "letters\ta1\tnan\n", 2, "第 2 行：分数“nan”不是数"},
    {QRELS, HEAD "letters\ta1\t1\nletters\ta9\t1\n", 3, "第 3 行：文档“a9”不在语料里"},
    {QRELS, HEAD "nobody\ta1\t1\n", 0, "没有一条是这些查询的评判"},
    {QRELS, HEAD, 0, "没有一条是这些查询的评判"},
    {QRELS, "letters\ta1\t1\nletters\ta2\t0\n", 1, "第 1 行：这是评判，不是表头"},
    {QRELS, "", 0, ""},
    {ONLY, "ties\nletters\nties\n", 3, "第 3 行的 _id“ties”在第 1 行已经有了"},
    {ONLY, "ties\nletter\n", 2, "第 2 行：查询“letter”不在 --queries 里"},
};

static void bad_input_is_named_with_file_and_line(void **state)
{
    struct place *place = *state;
    const char *paths[] = {place->corpus, place->queries, place->qrels, place->only};

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct judged judged;
        struct err err = {0};

        write_file(place->corpus, corpus);
        write_file(place->queries, queries);
        write_file(place->qrels, HEAD "letters\ta1\t1\n");
        write_file(paths[bad[i].file], bad[i].text);
        place->files.only = bad[i].file == ONLY ? place->only : NULL;
        if (judged_read(&judged, &place->files, &err))
            fail_msg("taken: %s", bad[i].text);
        if (strncmp(err.message, paths[bad[i].file], strlen(paths[bad[i].file])) != 0 || !strstr(err.message, bad[i].message)
            || err.line != bad[i].line)
            fail_msg("%s, line %ld, is said of: %s", err.message, err.line, bad[i].text);
    }
}

static void a_file_that_cannot_be_read_is_named(void **state)
{
    struct place *place = *state;
    char *paths[] = {place->corpus, place->queries, place->qrels, place->only};

    write_file(place->only, "letters\n");
    place->files.only = place->only;
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        for (int folder = 0; folder < 2; folder++) { /* nothing there; a folder in its place */
            struct judged judged;
            struct err err = {0};
            char aside[160];

            snprintf(aside, sizeof aside, "%s.aside", paths[i]);
            assert_int_equal(rename(paths[i], aside), 0);
            if (folder)
                assert_int_equal(mkdir(paths[i], 0700), 0);
            assert_false(judged_read(&judged, &place->files, &err));
            if (strncmp(err.message, paths[i], strlen(paths[i])) != 0)
                fail_msg("%s is said of %s", err.message, paths[i]);
            if (folder)
                assert_int_equal(rmdir(paths[i]), 0);
            assert_int_equal(rename(aside, paths[i]), 0);
        }
}

/* --- the temporary folder; place_end looks whether it is empty --- */

static void fails(struct place *place, const struct judge_options *options, const char *message)
{
    struct judged judged;
    struct judge_result results[3];
    struct err err = {0};

    read_all(place, &judged);
    assert_false(judge_ranking(&judged, options, results, &err));
    if (!strstr(err.message, message))
        fail_msg("%s, not %s", err.message, message);
    judged_release(&judged);
}

static bool stop(void *arg, const char *label, int64_t done, int64_t total)
{
    (void)done;
    (void)total;
    return strcmp(label, arg) != 0;
}

static void stopped_it_leaves_nothing(void **state)
{
    static char building[] = "建索引", ranking[] = "排序";
    struct judge_watch watch = {stop, building};
    struct judge_options options = {.k = 10, .words = true, .watch = &watch};

    fails(*state, &options, "评测没有做完就停下了");
    watch.arg = ranking;
    fails(*state, &options, "评测没有做完就停下了");
}

static void a_query_too_long_is_named_and_nothing_left(void **state)
{
    struct judge_options options = {.k = 10, .words = true};
    struct place *place = *state;
    struct text longest;

    text_init(&longest);
    text_puts(&longest, "{\"_id\":\"letters\",\"text\":\"");
    for (int i = 0; i < 4001; i++)
        text_puts(&longest, "alpha");
    text_puts(&longest, "\"}\n");
    write_file(place->queries, longest.at);
    text_release(&longest);
    fails(place, &options, "匹配引擎不收“letters”");
    options.pool = true;
    fails(place, &options, "匹配引擎不收“letters”");
}

/* Documents of three topics, so that a model can be learned. */
static void write_topics(struct place *place)
{
    struct text docs;
    unsigned short seed[3] = {1, 2, 3};

    text_init(&docs);
    text_puts(&docs, corpus);
    for (int d = 0; d < 400; d++) {
        text_print(&docs, "\n{\"_id\":\"t%d\",\"text\":\"", d);
        for (int w = 0; w < 12; w++)
            text_print(&docs, "word%ld ", d % 3 * 60 + nrand48(seed) % 80);
        text_puts(&docs, "\"}");
    }
    write_file(place->corpus, docs.at);
    text_release(&docs);
}

static void with_a_model_it_leaves_nothing_either(void **state)
{
    struct judge_options options = {.k = 10, .dims = 64};
    struct judge_result results[3];

    write_topics(*state);
    judge(*state, HEAD "letters\ta1\t1\n", &options, results);
    near(results[0].ndcg, 1);
}

static void a_full_disk_is_told_and_nothing_left(void **state)
{
    struct judge_options options = {.k = 10, .dims = 64};
    struct rlimit before, small;

    write_topics(*state);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    /* 1: no index can be made; 40,000: one, and its log has no room for all documents */
    for (rlim_t most = 1; most <= 40000; most += 39999) {
        small = (struct rlimit){most, before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        fails(*state, &options, "匹配引擎：");
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    }
}

static void no_place_for_it_is_told(void **state)
{
    struct judge_options options = {.k = 10, .words = true};

    setenv("TMPDIR", "/nowhere", 1);
    fails(*state, &options, "建不了临时目录 /nowhere/");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gain_is_linear_and_the_discount_a_logarithm),
        TEST(beyond_k_counts_for_ndcg_and_mrr_alone),
        TEST(several_judgements_of_a_pair_count_as_their_median),
        TEST(recall_looks_at_a_hundred),
        TEST(ties_of_a_pool_fall_at_random),
        TEST(one_that_shares_no_word_ranks_in_a_pool_alone),
        TEST(queries_without_a_relevant_document_do_not_count),
        TEST(only_some_queries_are_asked),
        TEST(bad_input_is_named_with_file_and_line),
        TEST(a_file_that_cannot_be_read_is_named),
        TEST(stopped_it_leaves_nothing),
        TEST(a_query_too_long_is_named_and_nothing_left),
        TEST(with_a_model_it_leaves_nothing_either),
        TEST(a_full_disk_is_told_and_nothing_left),
        TEST(no_place_for_it_is_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
