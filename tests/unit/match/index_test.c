/* The calls of match.h on small things: what is put is found, replaced, dropped, and there again after reopening. */
#include "kit.h"

#include <unistd.h>

static void what_is_put_is_found_best_first(void **state)
{
    char *folder = kit_folder(), ids[64];
    struct match_index *index = kit_open(folder, NULL);

    (void)state;
    kit_put_line(index, 1, 2, "离心泵轴承长寿命技术", "滚动轴承在高温下的寿命");
    kit_put_line(index, 2, 2, "牦牛疫苗", "口蹄疫灭活疫苗");
    kit_put_line(index, 3, 2, "泵站节能", "水泵节能改造");
    kit_commit(index, 1);
    kit_ids(index, "离心泵轴承寿命", 2, ids, sizeof ids);
    assert_string_equal(ids, "1 3");
    kit_ids(index, "", 2, ids, sizeof ids);
    assert_string_equal(ids, "");
    match_close(index);
    kit_folder_end(folder);
}

static void nothing_is_seen_before_the_commit(void **state)
{
    char *folder = kit_folder(), ids[64];
    struct match_index *index = kit_open(folder, NULL);

    (void)state;
    kit_put_line(index, 1, 0, "石化", "乙烯");
    kit_ids(index, "乙烯", 0, ids, sizeof ids);
    assert_string_equal(ids, "");
    kit_commit(index, 5);
    kit_ids(index, "乙烯", 0, ids, sizeof ids);
    assert_string_equal(ids, "1");
    assert_int_equal(match_applied(index), 5);
    match_close(index);
    kit_folder_end(folder);
}

static void a_put_replaces_and_a_drop_removes(void **state)
{
    char *folder = kit_folder(), ids[64];
    struct match_index *index = kit_open(folder, NULL);

    (void)state;
    kit_put_line(index, 1, 0, "重离子治疗", "加速器");
    kit_put_line(index, 2, 0, "加速器", "真空");
    kit_commit(index, 1);
    kit_put_line(index, 1, 0, "太阳能", "光热发电");
    kit_drop(index, 2);
    kit_commit(index, 2);
    kit_ids(index, "加速器", 0, ids, sizeof ids);
    assert_string_equal(ids, "");
    kit_ids(index, "光热", 0, ids, sizeof ids);
    assert_string_equal(ids, "1");
    match_close(index);
    kit_folder_end(folder);
}

static void the_last_word_in_a_batch_counts(void **state)
{
    char *folder = kit_folder(), ids[64];
    struct match_index *index = kit_open(folder, NULL);

    (void)state;
    kit_put_line(index, 1, 0, "甲醇", "甲醇");
    kit_put_line(index, 1, 0, "乙醇", "乙醇");
    kit_put_line(index, 2, 0, "乙醇", "乙醇");
    kit_drop(index, 2);
    kit_commit(index, 1);
    kit_ids(index, "乙醇 甲烷", 0, ids, sizeof ids);
    assert_string_equal(ids, "1");
    match_close(index);
    kit_folder_end(folder);
}

static void everything_is_there_again_after_reopening(void **state)
{
    char *folder = kit_folder(), ids[64];
    struct match_options options = {.live_documents = 4};
    struct match_index *index = kit_open(folder, &options);

    (void)state;
    for (int64_t id = 1; id <= 11; id++) {
        kit_put_line(index, id, 1, "风电叶片", id == 7 ? "碳纤维" : "玻璃纤维");
        if (id % 2)
            kit_commit(index, (uint64_t)id);
    }
    kit_drop(index, 3);
    kit_commit(index, 20);
    match_close(index);
    index = kit_open(folder, &options);
    assert_int_equal(match_applied(index), 20);
    kit_ids(index, "碳纤维", 1, ids, sizeof ids);
    assert_string_equal(ids, "7 1 2 4 5 6 8 9 10 11");
    match_close(index);
    kit_folder_end(folder);
}

static void a_reader_may_open_what_a_writer_holds(void **state)
{
    char *folder = kit_folder(), ids[64];
    struct match_options reading = {.read_only = true};
    struct match_index *index = kit_open(folder, NULL), *other;
    struct match_err err;

    (void)state;
    kit_put_line(index, 1, 1, "沙漠治理", "草方格");
    kit_commit(index, 1);
    assert_false(match_open(folder, NULL, &other, &err));
    assert_non_null(strstr(err.message, "another process"));
    other = kit_open(folder, &reading);
    kit_ids(other, "草方格", 1, ids, sizeof ids);
    assert_string_equal(ids, "1");
    assert_false(match_commit(other, 9, &err));
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    match_close(other);
    match_close(index);
    kit_folder_end(folder);
}

/* Who reads beside a writer must not take an index for whole whose newest part has just moved into a file. */
static void a_reader_says_that_a_log_is_gone(void **state)
{
    char *folder = kit_folder(), path[512];
    struct match_options reading = {.read_only = true};
    struct match_index *index = kit_open(folder, NULL);
    struct match_err err;

    (void)state;
    kit_put_line(index, 1, 1, "沙漠治理", "草方格");
    kit_commit(index, 1);
    match_close(index);
    snprintf(path, sizeof path, "%s/log.1", folder);
    assert_int_equal(unlink(path), 0);
    assert_false(match_open(folder, &reading, &index, &err));
    assert_int_equal(err.code, MATCH_CORRUPT);
    assert_non_null(strstr(err.message, "log.1"));
    match_close(kit_open(folder, NULL)); /* who writes begins another */
    match_close(kit_open(folder, &reading));
    kit_folder_end(folder);
}

static void a_snapshot_stays_as_it_was(void **state)
{
    char *folder = kit_folder();
    struct match_options options = {.live_documents = 2};
    struct match_index *index = kit_open(folder, &options);
    struct match_snapshot *before;
    struct match_query query;
    struct match_hits hits;
    struct match_err err;

    (void)state;
    kit_put_line(index, 1, 0, "壁画修复", "莫高窟");
    kit_commit(index, 1);
    before = match_snapshot(index);
    for (int64_t id = 2; id < 20; id++) {
        kit_put_line(index, id, 0, "壁画修复", "莫高窟");
        kit_drop(index, id - 1);
        kit_commit(index, (uint64_t)id);
    }
    match_query_init(&query);
    query.text = kit_str("莫高窟壁画");
    assert_true(match_search(before, &query, &hits, &err));
    assert_int_equal(hits.lists[0].count, 1);
    assert_int_equal(hits.lists[0].hits[0].id, 1);
    match_hits_release(&hits);
    match_snapshot_end(before);
    match_close(index);
    kit_folder_end(folder);
}

static void what_is_abandoned_never_was(void **state)
{
    char *folder = kit_folder();
    struct match_index *index = kit_open(folder, NULL);
    char ids[64];

    (void)state;
    kit_put_line(index, 1, 0, "离心泵轴承", "耐磨");
    kit_commit(index, 1);
    kit_put_line(index, 2, 0, "离心泵叶轮", "耐磨");
    kit_drop(index, 1);
    match_abandon(index);
    kit_put_line(index, 3, 0, "离心泵壳体", "耐磨");
    kit_commit(index, 2);
    kit_ids(index, "离心泵", 0, ids, sizeof ids);
    assert_string_equal(ids, "1 3");
    match_close(index);
    kit_folder_end(folder);
}

static void clearing_forgets_everything_durably(void **state)
{
    char *folder = kit_folder(), ids[64];
    struct match_options options = {.live_documents = 2};
    struct match_index *index = kit_open(folder, &options);
    struct match_err err;

    (void)state;
    for (int64_t id = 1; id < 8; id++) {
        kit_put_line(index, id, 0, "百合", "兰州百合");
        kit_commit(index, (uint64_t)id);
    }
    assert_true(match_clear(index, &err));
    assert_int_equal(match_applied(index), 0);
    match_close(index);
    index = kit_open(folder, &options);
    assert_int_equal(match_applied(index), 0);
    kit_ids(index, "百合", 0, ids, sizeof ids);
    assert_string_equal(ids, "");
    kit_put_line(index, 3, 0, "百合", "兰州百合");
    kit_commit(index, 1);
    kit_ids(index, "百合", 0, ids, sizeof ids);
    assert_string_equal(ids, "3");
    match_close(index);
    kit_folder_end(folder);
}

static void put_lines(struct match_index *index, int64_t from, int64_t to, const char *text)
{
    for (int64_t id = from; id <= to; id++)
        kit_put_line(index, id, 0, "", text);
}

/* What came before, live or in a file, is replaced and dropped by it, and stays so; what comes after replaces it. */
static void a_large_commit_goes_straight_into_a_file(void **state)
{
    struct match_options options = {.live_documents = 10};
    char *folder = kit_folder(), ids[256];
    struct match_index *index = kit_open(folder, &options);
    struct match_stats stats;

    (void)state;
    put_lines(index, 1, 12, "石墨烯");
    kit_commit(index, 5);
    put_lines(index, 13, 16, "导热膜");
    kit_commit(index, 6);
    put_lines(index, 20, 40, "离心泵");
    put_lines(index, 2, 2, "离心泵");
    put_lines(index, 14, 14, "离心泵");
    kit_drop(index, 1);
    kit_drop(index, 13);
    kit_commit(index, 7);
    match_stats(index, &stats);
    assert_int_equal(stats.live_documents, 0);
    assert_true(stats.log_bytes < 100);
    for (int opened = 0; opened < 2; opened++) {
        assert_int_equal(match_applied(index), 7);
        kit_ids(index, "石墨烯", 0, ids, sizeof ids);
        assert_string_equal(ids, "3 4 5 6 7 8 9 10 11 12");
        kit_ids(index, "导热膜", 0, ids, sizeof ids);
        assert_string_equal(ids, "15 16");
        kit_ids(index, "离心泵", 0, ids, sizeof ids);
        assert_string_equal(ids, "2 14 20 21 22 23 24 25 26 27");
        match_close(index);
        index = kit_open(folder, &options);
    }
    put_lines(index, 2, 2, "导热膜");
    kit_commit(index, 8);
    match_close(index);
    index = kit_open(folder, &options);
    kit_ids(index, "导热膜", 0, ids, sizeof ids);
    assert_string_equal(ids, "2 15 16");
    kit_ids(index, "离心泵", 0, ids, sizeof ids);
    assert_string_equal(ids, "14 20 21 22 23 24 25 26 27 28");
    match_close(index);
    kit_folder_end(folder);
}

static void what_is_out_of_bounds_is_refused_by_name(void **state)
{
    char *folder = kit_folder(), *long_text = calloc(1, MATCH_QUERY_CHARS + 2);
    struct match_index *index = kit_open(folder, NULL);
    struct match_snapshot *snapshot = match_snapshot(index);
    struct match_query query;
    struct match_hits hits;
    struct kit_doc doc;
    struct match_err err;

    (void)state;
    kit_doc(&doc, 0, 0, "a", "b");
    assert_false(match_put(index, &doc.doc, 1, &err));
    assert_non_null(strstr(err.message, "id"));
    kit_doc(&doc, 1, MATCH_KINDS, "a", "b");
    assert_false(match_put(index, &doc.doc, 1, &err));
    assert_non_null(strstr(err.message, "kind"));
    kit_doc(&doc, 1, 0, "a", "b");
    doc.doc.facts.trl_from = 7;
    doc.doc.facts.trl_to = 3;
    assert_false(match_put(index, &doc.doc, 1, &err));
    assert_non_null(strstr(err.message, "TRL"));
    match_query_init(&query);
    memset(long_text, 'x', MATCH_QUERY_CHARS + 1);
    query.text = kit_str(long_text);
    assert_false(match_search(snapshot, &query, &hits, &err));
    assert_int_equal(err.code, MATCH_BAD_INPUT);
    match_hits_release(&hits);
    match_snapshot_end(snapshot);
    match_close(index);
    free(long_text);
    kit_folder_end(folder);
}

static uint64_t segments_after(unsigned live, unsigned commits, unsigned each)
{
    char *folder = kit_folder();
    struct match_index *index = kit_open(folder, &(struct match_options){.live_documents = live});
    struct match_stats stats;
    int64_t id = 0;

    for (unsigned c = 1; c <= commits; c++) {
        for (unsigned n = 0; n < each; n++)
            kit_put_line(index, ++id, 0, "泵", "轴承");
        kit_commit(index, c);
    }
    match_stats(index, &stats);
    assert_int_equal(stats.documents, id);
    match_close(index);
    kit_folder_end(folder);
    return stats.segments;
}

/* A document is written anew as seldom as may be, and there are few parts all the same. */
static void parts_are_merged_by_their_size(void **state)
{
    (void)state;
    assert_int_equal(segments_after(640, 3, 1), 3);
    assert_int_equal(segments_after(640, 4, 1), 1);   /* small live ones by fours */
    assert_int_equal(segments_after(640, 7, 80), 7);  /* those of an eighth of a file wait for it */
    assert_int_equal(segments_after(640, 8, 80), 1);
    assert_int_equal(segments_after(8, 7, 8), 7);     /* files by eights */
    assert_int_equal(segments_after(8, 8, 8), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_is_found_best_first),
        cmocka_unit_test(nothing_is_seen_before_the_commit),
        cmocka_unit_test(a_put_replaces_and_a_drop_removes),
        cmocka_unit_test(the_last_word_in_a_batch_counts),
        cmocka_unit_test(everything_is_there_again_after_reopening),
        cmocka_unit_test(a_reader_may_open_what_a_writer_holds),
        cmocka_unit_test(a_reader_says_that_a_log_is_gone),
        cmocka_unit_test(a_snapshot_stays_as_it_was),
        cmocka_unit_test(what_is_abandoned_never_was),
        cmocka_unit_test(clearing_forgets_everything_durably),
        cmocka_unit_test(a_large_commit_goes_straight_into_a_file),
        cmocka_unit_test(what_is_out_of_bounds_is_refused_by_name),
        cmocka_unit_test(parts_are_merged_by_their_size),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
