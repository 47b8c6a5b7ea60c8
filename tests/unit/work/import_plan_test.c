/* Headers as people write them, and where they go. */
#include "import_place.h"

#include "base/json.h"
#include "work/import_part.h"

/* headers parted by '|'; targets likewise, "" for a column that is left out */
static const struct {
    const struct kind *kind;
    const char *headers, *targets;
} plans[] = {
    {&kind_achievement, "成果名称|公开摘要|单位名称|关键词", "title|abstract|owner|keywords"},
    {&kind_achievement, "Title|Public abstract|OWNER|keywords", "title|abstract|owner|keywords"},
    {&kind_achievement, "*成果 名称|摘　要|ｋｅｙｗｏｒｄｓ|备注", "title|abstract|keywords|"},
    {&kind_achievement, "名称|专利名称|成果名称", "title||"},
    {&kind_achievement, "award_id|title|institution|amount_usd|abstract|id", "|title|owner||abstract|"},
    {&kind_achievement, "title|amount(USD)|价格（美元）|拟转化价格（万元）", "title|||price"},
    {&kind_achievement, "专利号/申请号|专利名称|专利类型|申请日|授权日|法律状态|第一发明人|其他发明人|IPC主分类号",
     "rights.number|title|rights.sort|rights.filed|evidence.granted|rights.status|team|team|ipc"},
    {&kind_achievement, "技术成熟度(1-9级)|拟转化方式|联系人|联系电话|平台编号", "trl|ways|contact|contact|id"},
    {&kind_need, "技术需求名称|需求描述|预期目标|拟投入资金（万元）|企业名称|需求单位", "title|now|goal|budget|owner|"},
    {&kind_need, "序号|提出单位|难题|难题描述|拟投入经费（万元）|联系人|联系电话", "|owner|title|now|budget|contact|contact"},
    {&kind_achievement, "成果标题|成果持有单位|成果介绍|意向价格(万元)", "title|owner|abstract|price"},
    {&kind_achievement, "专利名称|申请（专利权）人|专利号|哪里不对", "title|owner|rights.number|"},
    {&kind_policy, "文件名称|发文机关|文号|支持内容", "title|issuer|doc_number|gives"},
    {&kind_party, "单位名称|类别|统一社会信用代码|所在区县|电话", "name|side|uscc|region|phone"},
    {&kind_person, "姓名|人员类别|工作单位|研究方向", "name|calling|party|skills"},
};

static size_t split(const char *text, struct slice *pieces)
{
    struct slice rest = slice_of(text), piece;
    size_t count = 0;

    while (slice_cut(&rest, '|', &piece))
        pieces[count++] = piece;
    return count;
}

static void headers_find_their_fields(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        struct slice headers[20], targets[20];
        size_t count = split(plans[i].headers, headers);
        struct import_plan plan;

        assert_int_equal(split(plans[i].targets, targets), count);
        import_plan_make(plans[i].kind, headers, count, &arena, &plan);
        for (size_t c = 0; c < count; c++)
            if (!slice_is(targets[c], import_plan_target(&plan, c)))
                fail_msg("%.*s goes to \"%s\"", (int)headers[c].len, headers[c].at, import_plan_target(&plan, c));
    }
    arena_release(&arena);
}

static void the_kind_is_guessed(void **state)
{
    static const struct {
        const char *headers;
        const struct kind *kind;
    } guesses[] = {
        {"需求名称|现状|目标|预算|单位名称", &kind_need},
        {"专利号|专利名称|申请日|法律状态|发明人", &kind_achievement},
        {"单位名称|统一社会信用代码|单位性质|成立日期", &kind_party},
        {"姓名|身份|擅长领域|所在单位|职称", &kind_person},
        {"甲|乙|丙", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++) {
        struct slice headers[20];

        assert_ptr_equal(import_plan_guess(headers, split(guesses[i].headers, headers)), guesses[i].kind);
    }
}

static void a_person_changes_it(void **state)
{
    struct slice headers[] = {SLICE("title_words"), SLICE("body"), SLICE("amount_usd")};
    struct import_plan plan, again;
    struct arena arena;
    json_t *kept;
    struct err err;

    (void)state;
    arena_init(&arena);
    import_plan_make(&kind_achievement, headers, 3, &arena, &plan);
    assert_int_equal(import_plan_taken(&plan), 0);
    assert_true(import_plan_map(&plan, SLICE("title_words=成果名称"), &err));
    assert_true(import_plan_map(&plan, SLICE("body = abstract"), &err));
    assert_true(import_plan_fill(&plan, SLICE("abstract=@row"), &err));
    assert_true(import_plan_fill(&plan, SLICE("detail=title"), &err));
    assert_false(import_plan_map(&plan, SLICE("body=nothing"), &err));
    assert_string_equal(err.message, "成果没有“nothing”这一项");
    assert_false(import_plan_map(&plan, SLICE("text=title"), &err));
    assert_string_equal(err.message, "文件里没有“text”这一列");
    assert_false(import_plan_map(&plan, SLICE("amount_usd=price"), &err));
    assert_non_null(strstr(err.message, "不是人民币"));

    kept = import_plan_json(&plan);
    assert_true(import_plan_read(kept, &kind_achievement, &arena, &again, &err));
    json_decref(kept);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(import_plan_target(&plan, i), import_plan_target(&again, i));
    assert_memory_equal(plan.fills, again.fills, sizeof plan.fills);
    arena_release(&arena);
}

static void every_part_and_role_has_its_english(void **state)
{
    (void)state;
    for (size_t i = 0; i < import_part_count; i++)
        assert_int_equal(import_parts[i].label == NULL, import_parts[i].label_en == NULL);
    for (int i = 0; i < ROLE_COUNT; i++)
        assert_non_null(role_label_en((enum role)i));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headers_find_their_fields),
        cmocka_unit_test(the_kind_is_guessed),
        cmocka_unit_test(a_person_changes_it),
        cmocka_unit_test(every_part_and_role_has_its_english),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
