/* Which node people mean, and what they are shown, over the trees that come with the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "record/field.h"
#include "record/kind.h"
#include "record/tree.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* tree, what is typed, where whoever typed it is at home ("": nowhere), the code that is meant ("": refused) */
static const struct {
    const char *tree, *typed, *home, *code;
} meant[] = {
    {"division", "620102", "", "620102"},
    {"division", "620102 城关区", "", "620102"},
    {"division", "620102 兰州市城关区", "", "620102"},
    {"division", "540102 兰州市城关区", "", ""},
    /* the path says which */
    {"division", "兰州市城关区", "", "620102"},
    {"division", "甘肃 兰州 城关", "", "620102"},
    {"division", "甘肃省兰州市城关区", "", "620102"},
    {"division", "甘肃/城关区", "", "620102"},
    {"division", "甘肃,兰州,城关区", "", "620102"},
    {"division", "拉萨市城关区", "620100", "540102"},
    {"division", "西藏城关区", "620100", "540102"},
    {"division", "北京市朝阳区", "", "110105"},
    {"division", "长春朝阳", "", "220104"},
    {"division", "兰州市 新区", "", "620171"},
    {"division", "镇江新区", "620100", "321171"},
    {"division", "天津市城关区", "", ""},
    /* else home does */
    {"division", "城关区", "", ""},
    {"division", "城关区", "620100", "620102"},
    {"division", "城关区", "620171", "620102"},
    {"division", "城关区", "620000", "620102"},
    {"division", "城关区", "540100", "540102"},
    {"division", "城关区", "110000", ""},
    {"division", "新区", "620102", "620171"},
    {"division", "新区", "", ""},
    {"division", "安宁", "", ""},
    {"division", "安宁", "620100", "620105"},
    {"division", "安宁", "530100", "530181"},
    {"division", "朝阳区", "210000", ""},
    {"division", "市辖区", "", ""},
    /* one of the name is enough, wherever home is */
    {"division", "安宁区", "530100", "620105"},
    {"division", "兰州", "", "620100"},
    {"division", "甘肃", "", "620000"},
    {"division", "嘉峪关市", "", "620200"},
    {"division", "临夏", "", "622900"},
    {"division", "海南", "150300", "460000"},
    {"division", "海南区", "", "150303"},
    {"division", "吉林", "", "220000"},
    {"division", "Chengguan District", "", "620102"},
    {"division", "甘肃省示例县", "", ""},
    {"division", "关区", "620100", ""},
    /* the other trees by the same rule */
    {"gbt4754", "C3441", "", "3441"},
    {"gbt4754", "其他农业", "", "019"},
    {"gbt4754", "3441 泵及真空设备制造", "", "3441"},
    {"gbt4754", "3441 农业", "", ""},
    {"discipline", "信息论", "", ""},
    {"discipline", "A011401 信息论", "", "A011401"},
    {"ipc", "B22F 9/24", "", "B22F"},
    {"ipc", "F04D29/04（容积式液体机械、液体与弹性流体泵）", "", "F04D"},
    {"ipc", "测量、测试", "", "G01"},
};

static void a_name_is_taken_for_what_was_meant(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(meant); i++) {
        const struct tree *tree = tree_get(meant[i].tree);
        struct err err;
        const struct tree_node *home = *meant[i].home ? tree_find(tree, slice_of(meant[i].home)) : NULL;
        const struct tree_node *node = tree_read(tree, slice_of(meant[i].typed), home, "所在地", &err);

        if (strcmp(node ? node->code : "", meant[i].code) != 0)
            fail_msg("%s from %s: %s, not %s", meant[i].typed, meant[i].home, node ? node->code : "refused", meant[i].code);
    }
}

static void one_of_several_is_asked_for_by_name_and_code(void **state)
{
    struct err err;

    (void)state;
    assert_null(tree_read(tree_get("division"), SLICE("城关区"), NULL, "所在地", &err));
    assert_int_equal(err.code, ERR_INVALID);
    assert_string_equal(err.message, "所在地里叫“城关区”的不止一个");
    assert_string_equal(err.hint, "请写全名或代码：540102 拉萨市城关区、620102 兰州市城关区");
    assert_null(tree_read(tree_get("discipline"), SLICE("信息论"), NULL, "学科", &err));
    assert_string_equal(err.hint, "请写全名或代码：A011401 信息论、F0101 信息论");
    assert_null(tree_read(tree_get("division"), SLICE("示例县"), NULL, "所在地", &err));
    assert_string_equal(err.message, "所在地“示例县”不对");
    assert_string_equal(err.hint, "填“行政区划 GB/T 2260”中的代码或名称");
}

static void a_code_is_shown_by_its_name(void **state)
{
    static const struct {
        const char *tree, *code, *zh, *en;
    } cases[] = {
        {"division", "620102", "兰州市城关区", "Chengguan District"},
        {"division", "620171", "兰州新区", "Lanzhou New Area"},
        {"division", "620402", "白银区", "Baiyin District"},
        {"division", "620100", "兰州市", "Lanzhou"},
        {"division", "620000", "甘肃省", "Gansu"},
        {"division", "110105", "北京市朝阳区", "110105, Beijing"},
        {"division", "429004", "湖北省仙桃市", "429004, Hubei"},
        {"division", "110100", "北京市市辖区", "110100, Beijing"},
        {"gbt4754", "3441", "3441 泵及真空设备制造", "3441, General-purpose machinery"},
        {"gbt4754", "C", "C 制造业", "C Manufacturing"},
        {"ipc", "F04", "F04 容积式液体机械、液体与弹性流体泵", "F04 Positive-displacement machines for liquids"},
        {"ipc", "F04D29/04", "F04D29/04（容积式液体机械、液体与弹性流体泵）", "F04D29/04 Non-positive-displacement pumps"},
        {"division", "999999", "999999", "999999"},
    };
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(tree_label(tree_get(cases[i].tree), slice_of(cases[i].code), false, &arena), cases[i].zh);
        assert_string_equal(tree_label(tree_get(cases[i].tree), slice_of(cases[i].code), true, &arena), cases[i].en);
    }
    arena_release(&arena);
}

/* What a form shows of a code goes back as it stands, alone and among others, in either language. */
static void every_label_is_its_code_again(void **state)
{
    static const char *const trees[] = {"gbt4754", "ipc", "division", "discipline"};
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t t = 0; t < COUNT(trees); t++) {
        const struct tree *tree = tree_get(trees[t]);

        for (size_t i = 0; i < tree->count; i++)
            for (int english = 0; english < 2; english++) {
                const char *label = tree_label(tree, slice_of(tree->nodes[i].code), english, &arena);
                const struct tree_node *node = tree_resolve(tree, slice_of(label));

                if (node != &tree->nodes[i] || strpbrk(label, ";\n") || strstr(label, "；"))
                    fail_msg("%s %s: “%s” is %s", trees[t], tree->nodes[i].code, label, node ? node->code : "refused");
            }
    }
    arena_release(&arena);
}

static void sections_and_classes_of_the_ipc_have_chinese_names(void **state)
{
    const struct tree *ipc = tree_get("ipc");

    (void)state;
    for (size_t i = 0; i < ipc->count; i++) {
        bool chinese = *ipc->nodes[i].name && (unsigned char)ipc->nodes[i].name[0] >= 0x80;

        if (ipc->nodes[i].depth < 2 ? !chinese : *ipc->nodes[i].name != '\0')
            fail_msg("%s is called “%s”", ipc->nodes[i].code, ipc->nodes[i].name);
        if (strchr(ipc->nodes[i].name_en, '<') || strstr(ipc->nodes[i].name_en, "href"))
            fail_msg("%s: markup in “%s”", ipc->nodes[i].code, ipc->nodes[i].name_en);
    }
}

static void a_field_keeps_the_symbol_and_drops_its_title(void **state)
{
    const struct field *field = &kind_achievement.fields[kind_field(&kind_achievement, "ipc")];
    struct arena arena;
    struct value value;
    struct err err;

    (void)state;
    arena_init(&arena);
    assert_true(field_read(field, SLICE("F04D29/04（容积式液体机械、液体与弹性流体泵）；B22F 9/24(2006.01)I；G01 测量、测试"), &arena, &value,
                           &err));
    assert_true(slice_is(value.text, "F04D29/04\nB22F9/24\nG01"));
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_is_taken_for_what_was_meant),
        cmocka_unit_test(one_of_several_is_asked_for_by_name_and_code),
        cmocka_unit_test(a_code_is_shown_by_its_name),
        cmocka_unit_test(every_label_is_its_code_again),
        cmocka_unit_test(sections_and_classes_of_the_ipc_have_chinese_names),
        cmocka_unit_test(a_field_keeps_the_symbol_and_drops_its_title),
    };
    struct err err;
    int failed;

    if (!trees_load(TQ_CODES, &err))
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    trees_unload();
    return failed;
}
