/* Whatever comes in: an answer or a refusal that says why, in bounded room, and all else is found as before. */
#include "kit.h"

#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/text.h"

static size_t found(struct match_index *index, const char *question)
{
    struct match_query query;
    struct match_hits hits;
    size_t count;

    match_query_init(&query);
    query.text = kit_str(question);
    kit_search(index, &query, &hits);
    count = hits.lists[0].total;
    match_hits_release(&hits);
    return count;
}

static void next_to_nothing_is_asked(void **state)
{
    static const char *const nothing[] = {"", " ", "\n\n", "。", "-", "\u0301", "\xff", "\xe8\xbd", "🙂", "\u200b", "\u202e"};
    char *folder = kit_folder();
    struct match_index *index = kit_open(folder, NULL);

    (void)state;
    kit_put_line(index, 1, 0, "轴承", "x 9kg 的");
    kit_commit(index, 1);
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        assert_int_equal(found(index, nothing[i]), 0);
    assert_int_equal(found(index, "轴"), 1);
    assert_int_equal(found(index, "x"), 1);
    assert_int_equal(found(index, "9kg"), 1);
    assert_int_equal(found(index, "的"), 1); /* nothing else is asked */
    match_close(index);
    kit_folder_end(folder);
}

static void scripts_stand_side_by_side(void **state)
{
    static const char *const words[] = {"轴承", "ベアリング", "베어링", "подшипник", "ρουλεμάν", "محمل", "מיסב", "बेयरिंग", "ตลับลูกปืน",
                                        "kugellager", "çarklı", "𠮷野", "α粒子"};
    char *folder = kit_folder();
    struct match_index *index = kit_open(folder, NULL);
    struct text all;

    (void)state;
    text_init(&all);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        text_print(&all, "%s%s", words[i], i % 3 ? "" : "\u200f🙂 ");
    kit_put_line(index, 1, 0, "", all.at);
    kit_put_line(index, 2, 0, "", "other");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        kit_put_line(index, 10 + (int64_t)i, 0, words[i], "");
    kit_commit(index, 1);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char best[64];

        kit_ids(index, words[i], 0, best, sizeof best);
        assert_int_equal(strtol(best, NULL, 10), 10 + (long)i);
    }
    assert_true(found(index, all.at) > 1);
    text_release(&all);
    match_close(index);
    kit_folder_end(folder);
}

enum { TAGS = 100000 };

static void a_hundred_thousand_tags(void **state)
{
    char *folder = kit_folder();
    struct match_index *index = kit_open(folder, NULL);
    struct match_code *codes = calloc(TAGS, sizeof *codes);
    struct match_text *texts = calloc(TAGS, sizeof *texts);
    struct match_stats stats;
    struct match_err err;
    struct kit_doc doc;
    struct text tags;

    (void)state;
    text_init(&tags);
    for (int i = 0; i < TAGS; i++) {
        text_print(&tags, "%s标签%d", i ? "，" : "", i);
        codes[i] = (struct match_code){kit_str("gbt4754"), kit_str("C/26")};
        texts[i] = (struct match_text){MATCH_KEYWORD, MATCH_PUBLIC, kit_str("标签")};
    }
    kit_doc(&doc, 1, 0, "轴承", "");
    kit_text(&doc, MATCH_KEYWORD, MATCH_PUBLIC, tags.at);
    kit_put(index, &doc);
    kit_put_line(index, 2, 0, "离心泵", "轴承");
    kit_doc(&doc, 3, 0, "轴承", "");
    doc.doc.codes = codes;
    doc.doc.code_count = TAGS;
    assert_false(match_put(index, &doc.doc, 1, &err));
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    assert_non_null(strstr(err.message, "codes"));
    kit_doc(&doc, 3, 0, "轴承", "");
    doc.doc.texts = texts;
    doc.doc.text_count = TAGS;
    assert_false(match_put(index, &doc.doc, 1, &err));
    assert_non_null(strstr(err.message, "texts"));
    kit_commit(index, 1);
    assert_int_equal(found(index, "轴承"), 2);
    assert_int_equal(found(index, "99999"), 1);
    match_stats(index, &stats);
    assert_true(stats.bytes + stats.log_bytes < 10 * tags.len);
    text_release(&tags);
    free(codes);
    free(texts);
    match_close(index);
    kit_folder_end(folder);
}

enum { BOMBS = 8, BOMB_WORDS = 60000 };

/* Words that no other document has, each once. */
static void bomb(int number, struct text *out)
{
    out->len = 0;
    for (int w = 0; w < BOMB_WORDS; w++)
        text_print(out, "w%dx%d ", number, w);
}

static void a_vocabulary_bomb_stays_small(void **state)
{
    char *folder = kit_folder();
    struct match_options options = {.live_documents = 4};
    struct match_index *index = kit_open(folder, &options);
    struct match_stats stats;
    struct match_err err;
    struct kit_doc doc;
    struct text words;
    size_t written = 0;

    (void)state;
    text_init(&words);
    for (int64_t id = 1; id <= 20; id++)
        kit_put_line(index, 100 + id, 0, "离心泵", "轴承寿命");
    for (int b = 0; b < BOMBS; b++) {
        bomb(b, &words);
        kit_put_line(index, 1 + b, 0, "", words.at);
        kit_commit(index, 1 + (uint64_t)b);
        written += words.len;
    }
    match_stats(index, &stats);
    assert_true(stats.bytes + stats.log_bytes < 8 * written);
    assert_int_equal(found(index, "轴承寿命"), 20);
    assert_int_equal(found(index, "w7x59999"), 1);
    words.len = 0;
    text_reserve(&words, MATCH_TEXT_BYTES + 1);
    memset(words.at, 'a', MATCH_TEXT_BYTES + 1);
    kit_doc(&doc, 50, 0, "", "");
    doc.doc.texts = &(struct match_text){MATCH_TEXT, MATCH_PUBLIC, {words.at, MATCH_TEXT_BYTES + 1}};
    doc.doc.text_count = 1;
    assert_false(match_put(index, &doc.doc, 1, &err));
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    text_release(&words);
    match_close(index);
    kit_folder_end(folder);
}

/* --- no room left in the middle of a file --- */

static void limit_files(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A document a commit, until one is refused. Returns the last that was not. */
static int64_t put_some(struct match_index *index, int64_t from, int64_t to)
{
    for (int64_t id = from; id <= to; id++) {
        uint64_t seed = (uint64_t)id;
        struct match_err err;
        char text[2048];

        kit_random_text(&seed, 120, text, sizeof text);
        kit_put_line(index, id, 0, "", text);
        if (!match_commit(index, (uint64_t)id, &err)) {
            assert_true(err.code == MATCH_IO || err.code == MATCH_FULL);
            assert_non_null(strstr(err.message, "log"));
            match_abandon(index);
            return id - 1;
        }
    }
    return to;
}

/*
 * Merges fail, and in the end a commit, since the log may not grow for ever either. What was committed is found all the while;
 * with room again everything goes on by itself.
 */
static void a_merge_that_runs_out_of_room_is_taken_up_again(void **state)
{
    char *folder = kit_folder();
    struct match_options options = {.live_documents = 60};
    struct match_index *index = kit_open(folder, &options);
    struct match_stats stats;
    uint64_t failed;
    int64_t last;

    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(put_some(index, 1, 150), 150);
    limit_files(112 << 10);
    last = put_some(index, 151, 1000);
    limit_files(RLIM_INFINITY);
    match_stats(index, &stats);
    failed = stats.failed_merges;
    assert_true(failed > 0 && last < 1000);
    assert_true(stats.last_failure.message[0]);
    assert_int_equal(stats.documents, last);
    assert_int_equal(match_applied(index), last);
    assert_int_equal(put_some(index, last + 1, 1000), 1000);
    match_stats(index, &stats);
    assert_int_equal(stats.documents, 1000);
    assert_int_equal(stats.failed_merges, failed);
    assert_true(stats.live_documents <= 60);
    match_close(index);
    index = kit_open(folder, &options);
    assert_int_equal(match_applied(index), 1000);
    match_stats(index, &stats);
    assert_int_equal(stats.documents, 1000);
    match_close(index);
    kit_folder_end(folder);
}

/* A commit that finds no room says so; what was there before is found, and it can be tried again. */
static void a_commit_that_runs_out_of_room_is_refused(void **state)
{
    char *folder = kit_folder();
    struct match_index *index = kit_open(folder, NULL);
    struct match_err err;
    struct text words;

    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    text_init(&words);
    bomb(1, &words);
    kit_put_line(index, 1, 0, "轴承", "");
    kit_commit(index, 1);
    limit_files(64 << 10);
    kit_put_line(index, 2, 0, "轴承", words.at);
    assert_false(match_commit(index, 2, &err));
    assert_true(err.code == MATCH_IO || err.code == MATCH_FULL);
    limit_files(RLIM_INFINITY);
    match_abandon(index);
    assert_int_equal(found(index, "轴承"), 1);
    assert_int_equal(match_applied(index), 1);
    kit_put_line(index, 2, 0, "轴承", words.at);
    kit_commit(index, 2);
    match_close(index);
    index = kit_open(folder, NULL);
    assert_int_equal(found(index, "轴承"), 2);
    text_release(&words);
    match_close(index);
    kit_folder_end(folder);
}

/* The same where a commit is so large that it becomes a file at once. */
static void a_large_commit_that_runs_out_of_room_is_refused(void **state)
{
    char *folder = kit_folder(), text[2048];
    struct match_options options = {.live_documents = 60};
    struct match_index *index = kit_open(folder, &options);
    struct match_err err;

    (void)state;
    signal(SIGXFSZ, SIG_IGN);
    kit_put_line(index, 1, 0, "轴承", "");
    kit_commit(index, 1);
    limit_files(64 << 10);
    for (int64_t id = 2; id <= 400; id++) {
        uint64_t seed = (uint64_t)id;

        kit_random_text(&seed, 120, text, sizeof text);
        kit_put_line(index, id, 0, "轴承", text);
    }
    assert_false(match_commit(index, 2, &err));
    assert_true(err.code == MATCH_IO || err.code == MATCH_FULL);
    assert_int_equal(found(index, "轴承"), 1);
    assert_int_equal(match_applied(index), 1);
    limit_files(RLIM_INFINITY);
    kit_commit(index, 2);
    assert_int_equal(found(index, "轴承"), 400);
    match_close(index);
    index = kit_open(folder, &options);
    assert_int_equal(match_applied(index), 2);
    assert_int_equal(found(index, "轴承"), 400);
    match_close(index);
    kit_folder_end(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(next_to_nothing_is_asked),
        cmocka_unit_test(scripts_stand_side_by_side),
        cmocka_unit_test(a_hundred_thousand_tags),
        cmocka_unit_test(a_vocabulary_bomb_stays_small),
        cmocka_unit_test(a_merge_that_runs_out_of_room_is_taken_up_again),
        cmocka_unit_test(a_commit_that_runs_out_of_room_is_refused),
        cmocka_unit_test(a_large_commit_that_runs_out_of_room_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
