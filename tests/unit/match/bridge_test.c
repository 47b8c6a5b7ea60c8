/* The bridge between Chinese and English: what is found across it, what it leaves alone, and its files. */
#include "kit.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

static const char words[] =
    "tieqiao lexicon 1\n"
    "# pairs for the tests\n"
    "钙钛矿\tperovskite\n"
    "太阳能电池\tsolar cell\t9\n"
    "太阳能\tsolar energy\t9\n"
    "电池\tbattery\t9\n"
    "电池\tcell\t3\n"
    "细胞\tcell\t9\n"
    "轴承\tbearing\t5\n"
    "风度\tbearing\t5\n"
    "离心泵\tcentrifugal pump\n"
    "效率\tefficiency\n"
    "中子\tneutron\n"
    "X射线\tX-ray\n"
    "end\n";

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static bool bring(struct match_index *index, const char *folder, const char *text, struct match_err *err)
{
    char path[256];
    const char *files[] = {path};
    bool good;

    snprintf(path, sizeof path, "%s.tsv", folder);
    write_file(path, text);
    good = match_lexicon(index, files, 1, err);
    unlink(path);
    return good;
}

static void bring_words(struct match_index *index, const char *folder)
{
    struct match_err err;

    if (!bring(index, folder, words, &err))
        fail_msg("match_lexicon: %s", err.message);
}

/* Ten documents of machines, some of cells and manners, two in English. */
static void put_all(struct match_index *index, uint64_t place)
{
    kit_put_line(index, 1, 0, "钙钛矿太阳能电池的效率", "提高电池的稳定性");
    kit_put_line(index, 2, 0, "干细胞的培养", "细胞在培养基里生长");
    kit_put_line(index, 3, 0, "待人接物的风度", "举止大方");
    for (int64_t id = 4; id < 10; id++)
        kit_put_line(index, id, 0, "离心泵轴承", "轴承磨损，寿命短");
    kit_put_line(index, 20, 0, "Stability of perovskite layers", "We study films of perovskite under humid air.");
    kit_put_line(index, 21, 0, "Wear of centrifugal pumps", "Sand wears the impeller.");
    kit_put_line(index, 22, 0, "低能中子的探测", "用X射线对照");
    kit_commit(index, place);
}

struct world {
    char *folder;
    struct match_index *index;
};

static struct world world_new(void)
{
    struct world world = {kit_folder(), NULL};

    world.index = kit_open(world.folder, NULL);
    put_all(world.index, 22);
    bring_words(world.index, world.folder);
    return world;
}

static void world_end(struct world *world)
{
    match_close(world->index);
    kit_folder_end(world->folder);
}

static void ask(struct match_index *index, const char *title, const char *text, struct match_hits *hits)
{
    struct match_query query;

    match_query_init(&query);
    query.title = kit_str(title);
    query.text = kit_str(text);
    kit_search(index, &query, hits);
}

static const struct match_hit *hit_of(const struct match_hits *hits, int64_t id)
{
    for (size_t h = 0; h < hits->lists[0].count; h++)
        if (hits->lists[0].hits[h].id == id)
            return &hits->lists[0].hits[h];
    return NULL;
}

static const struct match_part *part_of(const struct match_hit *hit, const char *word)
{
    for (size_t p = 0; hit && p < hit->part_count; p++)
        if (strcmp(hit->parts[p].word, word) == 0)
            return &hit->parts[p];
    return NULL;
}

static void parts_add_up(const struct match_hits *hits)
{
    for (unsigned k = 0; k < MATCH_KINDS; k++)
        for (size_t h = 0; h < hits->lists[k].count; h++) {
            const struct match_hit *hit = &hits->lists[k].hits[h];
            double sum = 0;

            for (size_t p = 0; p < hit->part_count; p++)
                sum += (double)hit->parts[p].weight;
            assert_true(fabs(sum - (double)hit->score) < 1e-4);
        }
}

/* --- what is found --- */

static void english_finds_chinese_and_says_by_which_word(void **state)
{
    struct world world = world_new();
    struct match_hits hits;

    (void)state;
    ask(world.index, "", "Efficiency of perovskite in solar cells", &hits);
    assert_int_equal(hits.lists[0].hits[0].id, 1);
    assert_non_null(part_of(&hits.lists[0].hits[0], "perovskite → 钙钛矿"));
    assert_non_null(part_of(&hits.lists[0].hits[0], "solar cells → 太阳能电池"));
    assert_non_null(hit_of(&hits, 20));
    assert_null(part_of(hit_of(&hits, 20), "perovskite → 钙钛矿"));
    parts_add_up(&hits);
    match_hits_release(&hits);
    world_end(&world);
}

static void chinese_finds_english(void **state)
{
    struct world world = world_new();
    struct match_hits hits;

    (void)state;
    ask(world.index, "离心泵", "钙钛矿的薄膜", &hits);
    assert_non_null(part_of(hit_of(&hits, 21), "离心泵 → centrifugal pump"));
    assert_non_null(part_of(hit_of(&hits, 20), "钙钛矿 → perovskite"));
    parts_add_up(&hits);
    match_hits_release(&hits);
    ask(world.index, "", "X-ray and neutrons", &hits);
    assert_non_null(part_of(hit_of(&hits, 22), "neutrons → 中子"));
    assert_non_null(part_of(hit_of(&hits, 22), "X-ray → X射线"));
    match_hits_release(&hits);
    world_end(&world);
}

static void the_longest_phrase_decides(void **state)
{
    struct world world = world_new();
    struct match_hits hits;

    (void)state;
    ask(world.index, "", "solar cells", &hits);
    assert_non_null(hit_of(&hits, 1));
    assert_null(hit_of(&hits, 2)); /* 细胞 is a cell, but no solar one */
    match_hits_release(&hits);
    ask(world.index, "", "cells, solar", &hits); /* a comma parts phrases */
    assert_non_null(hit_of(&hits, 2));
    match_hits_release(&hits);
    world_end(&world);
}

static void of_a_words_senses_those_count_that_documents_use(void **state)
{
    struct world world = world_new();
    struct match_hits hits;
    const struct match_hit *machine, *manner;

    (void)state;
    ask(world.index, "", "bearing", &hits);
    machine = hit_of(&hits, 4);
    manner = hit_of(&hits, 3);
    assert_non_null(machine);
    assert_non_null(manner);
    assert_true(part_of(machine, "bearing → 轴承")->weight > 1);
    match_hits_release(&hits);
    for (int64_t id = 30; id < 430; id++)
        kit_put_line(world.index, id, 0, id % 10 ? "农田" : "轴承", id % 10 ? "灌溉" : "轴承");
    kit_commit(world.index, 430);
    ask(world.index, "", "bearing wear", &hits);
    assert_null(hit_of(&hits, 3)); /* forty-six documents speak of 轴承, one of 风度: it is not among the ten best */
    match_hits_release(&hits);
    world_end(&world);
}

static void a_phrase_that_no_document_knows_is_taken_apart(void **state)
{
    struct world world = world_new();
    struct match_hits hits;
    struct match_err err;

    (void)state;
    if (!bring(world.index, world.folder, "tieqiao lexicon 1\n滚珠轴承\tball bearing\n轴承\tbearing\nend\n", &err))
        fail_msg("match_lexicon: %s", err.message);
    ask(world.index, "", "ball bearings", &hits);
    assert_non_null(part_of(hit_of(&hits, 4), "bearings → 轴承"));
    match_hits_release(&hits);
    kit_put_line(world.index, 40, 0, "滚珠轴承", "滚珠轴承");
    kit_commit(world.index, 41);
    ask(world.index, "", "ball bearings", &hits);
    assert_non_null(part_of(hit_of(&hits, 40), "ball bearings → 滚珠轴承"));
    match_hits_release(&hits);
    world_end(&world);
}

/* "bear" and its forms have some fifty in a dictionary, and 轴承 stands late among them. */
static void a_sense_is_found_behind_eighty_others(void **state)
{
    struct world world = world_new();
    char text[4096] = "tieqiao lexicon 1\n";
    struct match_hits hits;
    struct match_err err;

    (void)state;
    for (unsigned one = 0; one < 80; one++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%lc%lc\tbearing\t9\n", (wint_t)(0x4e00 + one), (wint_t)(0x5b00 + one));
    snprintf(text + strlen(text), sizeof text - strlen(text), "轴承\tbearing\t9\nend\n");
    if (!bring(world.index, world.folder, text, &err))
        fail_msg("match_lexicon: %s", err.message);
    ask(world.index, "", "bearing", &hits);
    assert_non_null(part_of(hit_of(&hits, 4), "bearing → 轴承"));
    match_hits_release(&hits);
    world_end(&world);
}

static void a_text_lights_up_by_its_translation(void **state)
{
    struct world world = world_new();
    struct match_snapshot *snapshot = match_snapshot(world.index);
    struct match_range ranges[4];
    struct match_query query;
    struct match_marks *marks;

    (void)state;
    match_query_init(&query);
    query.text = kit_str("perovskite films");
    marks = match_marks(snapshot, &query);
    assert_int_equal(match_mark(marks, kit_str("一种钙钛矿薄膜"), ranges, 4), 1);
    assert_int_equal(ranges[0].from, strlen("一种"));
    assert_int_equal(ranges[0].to, strlen("一种钙钛矿"));
    match_marks_end(marks);
    match_snapshot_end(snapshot);
    world_end(&world);
}

/* --- what stays as it was --- */

static char *answers(struct match_index *index)
{
    static const char *const texts[] = {"离心泵轴承寿命", "solar cells of perovskite 钙钛矿", "培养 cell 效率", "bearing"};
    static const struct match_asker asker = {.levels = MATCH_PUBLIC};
    char *all = strdup("");

    for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) {
        char *one = kit_answer(index, texts[t], &asker, 50), *both = NULL;

        assert_true(asprintf(&both, "%s%s", all, one) > 0);
        free(all);
        free(one);
        all = both;
    }
    return all;
}

static void where_all_is_in_one_language_nothing_changes(void **state)
{
    char *folder = kit_folder(), *before, *after;
    struct match_index *index = kit_open(folder, NULL);
    static const struct match_asker asker = {.levels = MATCH_PUBLIC};

    (void)state;
    for (int64_t id = 1; id < 20; id++)
        kit_put_line(index, id, 0, id % 2 ? "离心泵轴承" : "钙钛矿太阳能电池 PSC cell", "效率与寿命");
    kit_commit(index, 20);
    before = kit_answer(index, "离心泵轴承的效率，钙钛矿电池", &asker, 50);
    bring_words(index, folder);
    after = kit_answer(index, "离心泵轴承的效率，钙钛矿电池", &asker, 50);
    assert_string_equal(before, after);
    free(before);
    free(after);
    match_close(index);
    kit_folder_end(folder);
}

/* What is in the query's own language scores by its own words, as if there were no lexicon. */
static void the_own_language_keeps_its_scores(void **state)
{
    struct world world = world_new();
    struct match_hits with, without;
    struct match_err err;
    size_t compared = 0;

    (void)state;
    ask(world.index, "bearings", "perovskite films, wear of centrifugal pumps in humid air", &with);
    assert_true(match_lexicon(world.index, NULL, 0, &err));
    ask(world.index, "bearings", "perovskite films, wear of centrifugal pumps in humid air", &without);
    assert_true(with.lists[0].count > without.lists[0].count);
    for (size_t h = 0; h < without.lists[0].count; h++) {
        const struct match_hit *hit = &without.lists[0].hits[h], *other = hit_of(&with, hit->id);

        assert_non_null(other);
        assert_true(fabs((double)(hit->score - other->score)) < 1e-4);
        compared++;
    }
    assert_int_equal(compared, 2);
    match_hits_release(&with);
    match_hits_release(&without);
    world_end(&world);
}

/* Which language documents are in is counted exactly, whatever came before and however parts were merged. */
static void history_leaves_no_trace(void **state)
{
    const struct match_options small = {.live_documents = 4};
    char *folder = kit_folder(), *other = kit_folder(), *a, *b;
    struct match_index *straight = kit_open(folder, NULL), *round = kit_open(other, &small);

    (void)state;
    for (int64_t id = 1; id < 60; id++) {
        kit_put_line(round, id, 0, id % 3 ? "An English title of bearings" : "钙钛矿", "perovskite in solar cells");
        kit_commit(round, (uint64_t)id);
    }
    for (int64_t id = 1; id < 60; id++)
        kit_drop(round, id);
    kit_commit(round, 60);
    put_all(round, 99);
    put_all(straight, 22);
    bring_words(straight, folder);
    bring_words(round, other);
    a = answers(straight);
    b = answers(round);
    assert_string_equal(a, b);
    free(b);
    match_close(round);
    round = kit_open(other, &small);
    b = answers(round);
    assert_string_equal(a, b); /* and the lexicon is there again */
    free(a);
    free(b);
    match_close(straight);
    match_close(round);
    kit_folder_end(folder);
    kit_folder_end(other);
}

static void hidden_english_changes_nothing_for_a_visitor(void **state)
{
    struct world open = world_new(), closed = world_new();
    static const struct match_asker owner = {.levels = MATCH_PUBLIC | MATCH_SIGNED_IN, .party = 7};
    struct kit_doc doc;
    char *a, *b;

    (void)state;
    for (int64_t id = 40; id < 80; id++) {
        kit_doc(&doc, id, 0, "示例", "甲乙丙");
        doc.doc.owner = 7;
        kit_put(open.index, &doc);
        kit_text(&doc, MATCH_TEXT, MATCH_OWN, "a perovskite bearing for cells with high efficiency and many other words");
        kit_put(closed.index, &doc);
    }
    kit_commit(open.index, 80);
    kit_commit(closed.index, 80);
    a = answers(open.index);
    b = answers(closed.index);
    assert_string_equal(a, b);
    free(a);
    free(b);
    a = kit_answer(closed.index, "钙钛矿", &owner, 50);
    assert_non_null(strstr(a, "钙钛矿 → perovskite"));
    free(a);
    world_end(&open);
    world_end(&closed);
}

/* --- sums --- */

static void random_lexicon(uint64_t *seed, char *text, size_t size)
{
    size_t len = (size_t)snprintf(text, size, "tieqiao lexicon 1\n");

    for (unsigned pair = 0; pair < 400; pair++) {
        unsigned one = 0x4e00 + kit_below(seed, 60), two = 0x4e00 + kit_below(seed, 60);

        len += (size_t)snprintf(text + len, size - len, "%lc%lc\tzq%ux%s\t%u\n", (wint_t)one, (wint_t)two, kit_below(seed, 60),
                                kit_below(seed, 4) ? "" : " zq1x", 1 + kit_below(seed, 9));
    }
    snprintf(text + len, size - len, "end\n");
}

static void fill_at_random(struct match_index *index, uint64_t *seed)
{
    for (int64_t id = 1; id <= 400; id++) {
        char title[256], text[2048];

        kit_random_text(seed, 5, title, sizeof title);
        kit_random_text(seed, 60, text, sizeof text);
        if (id % 3 == 0) /* in the other language */
            for (size_t w = 0; w < 30; w++)
                snprintf(text + strlen(text), sizeof text - strlen(text), " zq%ux", kit_below(seed, 80));
        kit_put_line(index, id, (unsigned)id % 2, title, text);
    }
    kit_commit(index, 400);
}

/* With a model and without: parts add up, and a document ranked by itself scores as it does among all. */
static void parts_add_up_on_random_texts(void **state)
{
    char *folder = kit_folder(), *path = kit_model_path(folder), lexicon[1 << 15];
    struct match_index *index = kit_open(folder, NULL);
    struct match_err err;
    uint64_t seed = 5;
    size_t translated = 0;

    (void)state;
    fill_at_random(index, &seed);
    random_lexicon(&seed, lexicon, sizeof lexicon);
    if (!bring(index, folder, lexicon, &err))
        fail_msg("match_lexicon: %s", err.message);
    for (unsigned q = 0; q < 200; q++) {
        char title[256], text[1024];
        struct match_query query;
        struct match_hits hits, one;

        if (q == 100) {
            kit_learn(index, path);
            kit_meant(index);
        }
        kit_random_text(&seed, kit_below(&seed, 8), title, sizeof title);
        kit_random_text(&seed, 3 + kit_below(&seed, 60), text, sizeof text);
        match_query_init(&query);
        query.title = kit_str(title);
        query.text = kit_str(text);
        kit_search(index, &query, &hits);
        parts_add_up(&hits);
        for (size_t h = 0; h < hits.lists[1].count; h++) {
            const struct match_hit *hit = &hits.lists[1].hits[h];

            for (size_t p = 0; p < hit->part_count; p++)
                translated += strstr(hit->parts[p].word, " → ") != NULL;
            query.only = hit->id;
            kit_search(index, &query, &one);
            assert_int_equal(one.lists[1].count, 1);
            assert_true(one.lists[1].hits[0].score == hit->score);
            match_hits_release(&one);
        }
        match_hits_release(&hits);
    }
    assert_true(translated > 500);
    match_close(index);
    unlink(path);
    free(path);
    kit_folder_end(folder);
}

/* --- files --- */

static void a_bad_text_is_refused_by_its_line(void **state)
{
    static const struct {
        const char *text, *complaint;
    } bad[] = {
        {"", "not a lexicon"},
        {"{\"tieqiao\": 1}\n", "not a lexicon"},
        {"tieqiao lexicon 2\nend\n", "version 2"},
        {"tieqiao lexicon 1\n轴承\tbearing\n", "does not end"},
        {"tieqiao lexicon 1\n轴承\tbearing\nend", "does not end"},
        {"tieqiao lexicon 1\n轴承\tbearing\nend\nmore\n", "does not end"},
        {"tieqiao lexicon 1\n轴承 bearing\nend\n", "line 2: expected"},
        {"tieqiao lexicon 1\n# 注\n\tbearing\nend\n", "line 3: expected"},
        {"tieqiao lexicon 1\n轴承\tbearing\t0\nend\n", "line 2: a weight"},
        {"tieqiao lexicon 1\n轴承\tbearing\t256\nend\n", "line 2: a weight"},
        {"tieqiao lexicon 1\n轴承\tbearing\tnan\nend\n", "line 2: a weight"},
        {"tieqiao lexicon 1\nbearing\t轴承\nend\n", "line 2: the first phrase is to be Chinese"},
        {"tieqiao lexicon 1\n轴承\t方位\nend\n", "line 2: the first phrase is to be Chinese"},
    };
    struct world world = world_new();
    char *before = answers(world.index), *after;
    struct match_err err;

    (void)state;
    for (size_t b = 0; b < sizeof bad / sizeof *bad; b++) {
        assert_false(bring(world.index, world.folder, bad[b].text, &err));
        assert_int_equal(err.code, MATCH_CORRUPT);
        if (!strstr(err.message, bad[b].complaint))
            fail_msg("%zu: \"%s\" does not say \"%s\"", b, err.message, bad[b].complaint);
    }
    after = answers(world.index);
    assert_string_equal(before, after);
    free(before);
    free(after);
    world_end(&world);
}

static void a_missing_text_is_an_error_of_reading(void **state)
{
    struct world world = world_new();
    const char *files[] = {"/nowhere/lexicon.tsv"};
    struct match_err err;

    (void)state;
    assert_false(match_lexicon(world.index, files, 1, &err));
    assert_int_equal(err.code, MATCH_IO);
    assert_non_null(strstr(err.message, "/nowhere/lexicon.tsv"));
    files[0] = world.folder;
    assert_false(match_lexicon(world.index, files, 1, &err));
    assert_int_equal(err.code, MATCH_IO);
    assert_non_null(strstr(err.message, strerror(EISDIR)));
    world_end(&world);
}

static void the_same_text_again_changes_nothing(void **state)
{
    struct world world = world_new();
    struct match_snapshot *snapshot = match_snapshot(world.index);
    uint64_t version = match_version(snapshot);
    struct match_stats stats;
    struct match_err err;

    (void)state;
    match_snapshot_end(snapshot);
    bring_words(world.index, world.folder);
    snapshot = match_snapshot(world.index);
    assert_true(match_version(snapshot) == version);
    match_snapshot_end(snapshot);
    match_stats(world.index, &stats);
    assert_int_equal(stats.lexicon_pairs, 12);
    assert_true(match_lexicon(world.index, NULL, 0, &err));
    match_stats(world.index, &stats);
    assert_int_equal(stats.lexicon_pairs, 0);
    snapshot = match_snapshot(world.index);
    assert_true(match_version(snapshot) != version);
    match_snapshot_end(snapshot);
    world_end(&world);
}

/* Cut, a byte altered, of another version: the index opens and goes on without, and says why. */
static void a_spoilt_file_in_the_folder_is_left_aside(void **state)
{
    static const struct {
        long at;   /* which byte is altered; -1: the file is cut */
        const char *complaint;
    } spoilt[] = {{-1, "cut short"}, {0, "not a lexicon"}, {16, "version"}, {700, "checksum"}};

    (void)state;
    for (size_t s = 0; s < sizeof spoilt / sizeof *spoilt; s++) {
        struct world world = world_new();
        struct match_stats stats;
        char path[256];
        FILE *file;

        match_close(world.index);
        snprintf(path, sizeof path, "%s/lexicon", world.folder);
        if (spoilt[s].at < 0) {
            assert_int_equal(truncate(path, 800), 0);
        } else {
            file = fopen(path, "r+");
            assert_non_null(file);
            assert_int_equal(fseek(file, spoilt[s].at, SEEK_SET), 0);
            fputc(0x5a, file);
            assert_int_equal(fclose(file), 0);
        }
        world.index = kit_open(world.folder, NULL);
        match_stats(world.index, &stats);
        assert_int_equal(stats.lexicon_failure.code, MATCH_CORRUPT);
        if (!strstr(stats.lexicon_failure.message, spoilt[s].complaint))
            fail_msg("%zu: %s", s, stats.lexicon_failure.message);
        assert_int_equal(stats.lexicon_pairs, 0);
        bring_words(world.index, world.folder);
        match_stats(world.index, &stats);
        assert_int_equal(stats.lexicon_failure.code, MATCH_OK);
        world_end(&world);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_finds_chinese_and_says_by_which_word),
        cmocka_unit_test(chinese_finds_english),
        cmocka_unit_test(the_longest_phrase_decides),
        cmocka_unit_test(of_a_words_senses_those_count_that_documents_use),
        cmocka_unit_test(a_sense_is_found_behind_eighty_others),
        cmocka_unit_test(a_phrase_that_no_document_knows_is_taken_apart),
        cmocka_unit_test(a_text_lights_up_by_its_translation),
        cmocka_unit_test(where_all_is_in_one_language_nothing_changes),
        cmocka_unit_test(the_own_language_keeps_its_scores),
        cmocka_unit_test(history_leaves_no_trace),
        cmocka_unit_test(hidden_english_changes_nothing_for_a_visitor),
        cmocka_unit_test(parts_add_up_on_random_texts),
        cmocka_unit_test(a_bad_text_is_refused_by_its_line),
        cmocka_unit_test(a_missing_text_is_an_error_of_reading),
        cmocka_unit_test(the_same_text_again_changes_nothing),
        cmocka_unit_test(a_spoilt_file_in_the_folder_is_left_aside),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
