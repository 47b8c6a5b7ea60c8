/* What a hit says: parts that add up, checks in words, a rating, and one stored pair explained by itself. */
#include "kit.h"

#include <math.h>

#include "base/clock.h"

static void parts_add_up(const struct match_hit *hit)
{
    double sum = 0;

    assert_in_range(hit->part_count, 1, MATCH_PARTS);
    for (size_t p = 0; p < hit->part_count; p++) {
        sum += (double)hit->parts[p].weight;
        assert_true(hit->parts[p].weight > 0);
        if (p && hit->parts[p].word[0])
            assert_true(hit->parts[p].weight <= hit->parts[p - 1].weight);
    }
    assert_true(fabs(sum - (double)hit->score) < 1e-4);
    assert_true(hit->score > 0 && hit->score <= 100.0F);
    assert_true(hit->chance > 0 && hit->chance < 1);
}

static void every_score_is_the_sum_of_its_parts(void **state)
{
    char *folder = kit_folder(), title[256], text[4096];
    struct match_options options = {.live_documents = 60};
    struct match_index *index = kit_open(folder, &options);
    struct match_query query;
    struct match_hits hits;
    uint64_t seed = 5, seen = 0;

    (void)state;
    for (int64_t id = 1; id <= 200; id++) {
        kit_random_text(&seed, 8, title, sizeof title);
        kit_random_text(&seed, 150, text, sizeof text);
        kit_put_line(index, id, (unsigned)id % 4, title, text);
    }
    kit_commit(index, 1);
    for (int q = 0; q < 60; q++) {
        kit_random_text(&seed, kit_below(&seed, 6), title, sizeof title);
        kit_random_text(&seed, 1 + kit_below(&seed, 300), text, sizeof text);
        match_query_init(&query);
        query.title = kit_str(title);
        query.text = kit_str(text);
        kit_search(index, &query, &hits);
        for (unsigned kind = 0; kind < 4; kind++)
            for (size_t h = 0; h < hits.lists[kind].count; h++, seen++)
                parts_add_up(&hits.lists[kind].hits[h]);
        match_hits_release(&hits);
    }
    assert_true(seen > 1000);
    match_close(index);
    kit_folder_end(folder);
}

static void a_stored_pair_is_explained_as_it_ranks(void **state)
{
    char *folder = kit_folder(), title[256], text[2048];
    struct match_index *index = kit_open(folder, NULL);
    struct match_query query;
    struct match_hits hits, one;
    uint64_t seed = 11;

    (void)state;
    for (int64_t id = 1; id <= 80; id++) {
        kit_random_text(&seed, 8, title, sizeof title);
        kit_random_text(&seed, 80, text, sizeof text);
        kit_put_line(index, id, 2, title, text);
    }
    kit_commit(index, 1);
    match_query_init(&query);
    query.text = kit_str(text);
    query.k = 80;
    kit_search(index, &query, &hits);
    assert_true(hits.lists[2].count > 20);
    for (size_t h = 0; h < hits.lists[2].count; h++) {
        query.only = hits.lists[2].hits[h].id;
        kit_search(index, &query, &one);
        assert_int_equal(one.lists[2].count, 1);
        assert_memory_equal(&one.lists[2].hits[0], &hits.lists[2].hits[h], sizeof(struct match_hit));
        match_hits_release(&one);
    }
    match_hits_release(&hits);
    match_close(index);
    kit_folder_end(folder);
}

static struct match_hit only_hit(const char *title, const char *text, const char *asked, char *folder)
{
    struct match_index *index = kit_open(folder, NULL);
    struct match_query query;
    struct match_hits hits;
    struct match_hit hit;

    kit_put_line(index, 1, 0, title, text);
    kit_put_line(index, 2, 0, "其他", "无关内容很多很多的一段话");
    kit_put_line(index, 3, 0, "另外", "说的是别的事情");
    kit_commit(index, match_applied(index) + 1);
    match_query_init(&query);
    query.text = kit_str(asked);
    query.only = 1;
    kit_search(index, &query, &hits);
    assert_int_equal(hits.lists[0].count, 1);
    hit = hits.lists[0].hits[0];
    match_hits_release(&hits);
    match_close(index);
    return hit;
}

static void parts_are_named_by_whole_runs(void **state)
{
    char *folder = kit_folder();
    struct match_hit hit = only_hit("离心泵轴承", "使用寿命 catalysts", "要离心泵轴承的寿命长,Catalyst 好", folder);

    (void)state;
    assert_string_equal(hit.parts[0].word, "离心泵轴承");
    assert_int_equal(hit.parts[0].class_, MATCH_TITLE);
    assert_int_equal(hit.part_count, 3);
    for (size_t p = 1; p < 3; p++) {
        assert_true(strcmp(hit.parts[p].word, "寿命") == 0 || strcmp(hit.parts[p].word, "Catalyst") == 0);
        assert_int_equal(hit.parts[p].class_, MATCH_TEXT);
    }
    kit_folder_end(folder);
}

static void a_part_is_not_named_by_function_words_at_its_ends(void **state)
{
    char *folder = kit_folder();
    struct match_hit hit = only_hit("玄武岩纤维的应用", "x", "玄武岩纤维的,和纤维", folder);

    (void)state;
    assert_string_equal(hit.parts[0].word, "玄武岩纤维");
    kit_folder_end(folder);
}

static void a_long_word_is_cut_between_characters(void **state)
{
    char *folder = kit_folder(), word[400] = "";
    struct match_hit hit;

    (void)state;
    for (int i = 0; i < 60; i++)
        memcpy(word + 2 * i, "\u00e9", 3);
    hit = only_hit(word, "x", word, folder);
    assert_int_equal(strlen(hit.parts[0].word), 46);
    kit_folder_end(folder);
}

static void more_in_common_rates_higher(void **state)
{
    char *folder = kit_folder();
    const char *asked = "离心泵轴承寿命要从3000小时提到8000小时,需要耐高温润滑和表面强化处理技术";
    struct match_hit none = only_hit("牦牛养殖", "高原牧草", "离心泵轴承寿命要提高,牦牛", folder);
    struct match_hit strong = only_hit("离心泵轴承表面强化处理技术", "耐高温润滑,轴承寿命8000小时", asked, folder);
    struct match_hit brief = only_hit("轴承", "轴承", "轴承", folder), least = only_hit("泵", "泵", "泵", folder);
    struct match_hit letter = only_hit("x", "x", "x", folder);

    (void)state;
    assert_true(none.rating < strong.rating);
    assert_true(none.chance < strong.chance);
    assert_int_equal(strong.rating, MATCH_STRONG);
    assert_int_equal(brief.rating, MATCH_FAIR); /* one word cannot be a strong match */
    assert_int_equal(least.rating, MATCH_WEAK); /* nor a single character a fair one */
    assert_int_equal(letter.rating, MATCH_WEAK);
    kit_folder_end(folder);
}

/* --- checks --- */

struct check_case {
    enum match_check_kind kind;
    int64_t wanted, has;
    bool pays;
    enum match_state state;
    const char *zh, *en;
};

static const struct match_check *find_check(const struct match_hit *hit, enum match_check_kind kind)
{
    for (size_t c = 0; c < hit->check_count; c++)
        if (hit->checks[c].kind == kind)
            return &hit->checks[c];
    return NULL;
}

static void set_side(const struct check_case *one, struct match_facts *facts, struct match_ask *ask)
{
    switch (one->kind) {
    case MATCH_CHECK_TRL:
        ask->trl_least = one->wanted == -1 ? 0 : (int)one->wanted;
        facts->trl_from = facts->trl_to = one->has == -1 ? 0 : (int)one->has;
        break;
    case MATCH_CHECK_TIME:
        ask->due = (int32_t)one->wanted;
        facts->day = (int32_t)one->has;
        break;
    case MATCH_CHECK_BUDGET:
        ask->budget = one->wanted;
        facts->amount = one->has;
        facts->pays = one->pays;
        break;
    case MATCH_CHECK_REGION:
        ask->region = one->wanted == -1 ? 0 : (uint32_t)one->wanted;
        facts->region = one->has == -1 ? 0 : (uint32_t)one->has;
        break;
    default:
        ask->ways = one->wanted == -1 ? 0 : (uint32_t)one->wanted;
        facts->ways = one->has == -1 ? 0 : (uint32_t)one->has;
        break;
    }
}

static const struct check_case check_cases[] = {
    {MATCH_CHECK_TRL, 6, 7, false, MATCH_MET, "成熟度 TRL 7，达到所需 TRL 6", "TRL 7 reaches the TRL 6 asked for"},
    {MATCH_CHECK_TRL, 6, 4, false, MATCH_BROKEN, "成熟度 TRL 4，距所需 TRL 6 差 2 级", "TRL 4 falls short of TRL 6 by 2"},
    {MATCH_CHECK_TRL, 6, -1, false, MATCH_OPEN, "对方未说明成熟度(所需 TRL 6)", "maturity not stated (asked for TRL 6)"},
    {MATCH_CHECK_TRL, -1, 4, false, MATCH_OPEN, "提问未说明成熟度(对方 TRL 4)", "maturity not asked for (it has TRL 4)"},
    {MATCH_CHECK_TIME, 20818, 20900, false, MATCH_MET, "截止 2027-03-23，不早于所需 2026-12-31",
     "open until 2027-03-23, not before 2026-12-31"},
    {MATCH_CHECK_TIME, 20818, 20800, false, MATCH_BROKEN, "截止 2026-12-13，早于所需 2026-12-31",
     "closes 2026-12-13, before the 2026-12-31 needed"},
    {MATCH_CHECK_BUDGET, 200000000, 160000000, false, MATCH_MET, "报价 160 万元 ≤ 预算 200 万元",
     "price CNY 1,600,000 ≤ budget CNY 2,000,000"},
    {MATCH_CHECK_BUDGET, 200000000, 260000000, false, MATCH_BROKEN, "报价 260 万元 > 预算 200 万元",
     "price CNY 2,600,000 > budget CNY 2,000,000"},
    {MATCH_CHECK_BUDGET, 200000000, 500000000, true, MATCH_MET, "可出 500 万元 ≥ 所需 200 万元",
     "offers CNY 5,000,000 ≥ the CNY 2,000,000 needed"},
    {MATCH_CHECK_BUDGET, 200000000, 100000000, true, MATCH_BROKEN, "可出 100 万元 < 所需 200 万元",
     "offers CNY 1,000,000 < the CNY 2,000,000 needed"},
    {MATCH_CHECK_BUDGET, 950000, -1, false, MATCH_OPEN, "对方未说明金额(所需 9,500 元)",
     "amount not stated (asked for CNY 9,500)"},
    {MATCH_CHECK_REGION, 620100, 620102, false, MATCH_MET, "所在地 城关区，与 兰州市 相合", "in Chengguan, which fits Lanzhou"},
    {MATCH_CHECK_REGION, 620102, 620104, false, MATCH_MET, "所在地 西固区，与 城关区 相合", "in Xigu, which fits Chengguan"},
    {MATCH_CHECK_REGION, 620100, 610100, false, MATCH_BROKEN, "所在地 陕西省，不在 兰州市", "in Shaanxi, not in Lanzhou"},
    {MATCH_CHECK_WAYS, MATCH_WAY_LICENSE | MATCH_WAY_JOINT, MATCH_WAY_LICENSE | MATCH_WAY_ASSIGN, false, MATCH_MET,
     "双方都可：许可", "both accept: licence"},
    {MATCH_CHECK_WAYS, MATCH_WAY_EQUITY, MATCH_WAY_LICENSE | MATCH_WAY_ASSIGN, false, MATCH_BROKEN,
     "可转让、许可，所需为作价投资", "offers assignment, licence; asked for equity"},
};

static void run_check(const struct check_case *one)
{
    char *folder = kit_folder(), words[200];
    struct match_index *index = kit_open(folder, NULL);
    struct match_query query;
    struct match_hits hits;
    struct kit_doc doc;
    const struct match_check *check;

    kit_doc(&doc, 1, 0, "泵", "泵");
    match_query_init(&query);
    query.text = kit_str("泵");
    set_side(one, &doc.doc.facts, &query.ask);
    kit_put(index, &doc);
    kit_commit(index, 1);
    kit_search(index, &query, &hits);
    assert_int_equal(hits.lists[0].hits[0].check_count, 1);
    check = find_check(&hits.lists[0].hits[0], one->kind);
    assert_non_null(check);
    assert_int_equal(check->state, one->state);
    match_check_words(check, "zh", words, sizeof words);
    assert_string_equal(words, one->zh);
    match_check_words(check, "en", words, sizeof words);
    assert_string_equal(words, one->en);
    match_hits_release(&hits);
    match_close(index);
    kit_folder_end(folder);
}

static void each_check_says_what_is_met_open_or_broken(void **state)
{
    (void)state;
    for (size_t c = 0; c < sizeof check_cases / sizeof *check_cases; c++)
        run_check(&check_cases[c]);
}

static void fields_meet_at_the_deepest_shared_path(void **state)
{
    static const struct {
        const char *tree, *wanted;
        enum match_state state;
        const char *path, *zh;
    } cases[] = {
        {"gbt4754", "C/26/266/2661", MATCH_MET, "C/26/266", "领域同属 C/26/266"},
        {"gbt4754", "C/26", MATCH_MET, "C/26", "领域同属 C/26"},
        {"gbt4754", "C/27/271", MATCH_OPEN, "C", "领域同属 C"},
        {"gbt4754", "D/44", MATCH_BROKEN, "", "领域不同"},
        {"ipc", "A/61", MATCH_OPEN, "", "分类体系不同，无法比较领域"},
    };
    char *folder = kit_folder(), words[200];
    struct match_index *index = kit_open(folder, NULL);
    struct kit_doc doc;

    (void)state;
    kit_doc(&doc, 1, 0, "泵", "泵");
    kit_code(&doc, "gbt4754", "C/26/266");
    kit_code(&doc, "gbt4754", "C/2");
    kit_put(index, &doc);
    kit_commit(index, 1);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        struct match_code code = {kit_str(cases[c].tree), kit_str(cases[c].wanted)};
        struct match_query query;
        struct match_hits hits;
        const struct match_check *check;

        match_query_init(&query);
        query.text = kit_str("泵");
        query.ask.codes = &code;
        query.ask.code_count = 1;
        kit_search(index, &query, &hits);
        check = &hits.lists[0].hits[0].checks[0];
        assert_int_equal(check->state, cases[c].state);
        assert_int_equal(check->code.len, strlen(cases[c].path));
        assert_memory_equal(check->code.at, cases[c].path, check->code.len);
        match_check_words(check, "zh", words, sizeof words);
        assert_string_equal(words, cases[c].zh);
        match_hits_release(&hits);
    }
    match_close(index);
    kit_folder_end(folder);
}

static void words_are_cut_to_the_room_there_is(void **state)
{
    struct match_check check = {.kind = MATCH_CHECK_TRL, .state = MATCH_MET, .wanted = 6, .has = 7};
    char out[64];

    (void)state;
    for (size_t size = 1; size < sizeof out; size++) {
        size_t len;

        memset(out, 'x', sizeof out);
        match_check_words(&check, "zh", out, size);
        len = strlen(out);
        assert_true(len < size);
        assert_true(len == 0 || ((unsigned char)out[len - 1] & 0xc0) != 0xc0);
        if (len >= 3)
            assert_memory_equal(out, "成", 3);
        else
            assert_int_equal(len, 0);
    }
    match_check_words(&check, "zh", out, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_score_is_the_sum_of_its_parts),
        cmocka_unit_test(a_stored_pair_is_explained_as_it_ranks),
        cmocka_unit_test(parts_are_named_by_whole_runs),
        cmocka_unit_test(a_part_is_not_named_by_function_words_at_its_ends),
        cmocka_unit_test(a_long_word_is_cut_between_characters),
        cmocka_unit_test(more_in_common_rates_higher),
        cmocka_unit_test(each_check_says_what_is_met_open_or_broken),
        cmocka_unit_test(fields_meet_at_the_deepest_shared_path),
        cmocka_unit_test(words_are_cut_to_the_room_there_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
