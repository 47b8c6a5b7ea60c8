/* The field table on what people type: one value out, or one complaint that names the field and says what is expected. */
#include "base/cases.h"

#include "base/text.h"

#include "record/choice.h"
#include "record/fund.h"
#include "record/kind.h"
#include "record/right.h"
#include "record/tree.h"

static const struct field *field(const struct kind *kind, const char *name)
{
    int index = kind_field(kind, name);

    assert_true(index >= 0);
    return &kind->fields[index];
}

/* shown: as field_show gives the value back; NULL: refused; "": not known */
struct typing {
    const struct kind *kind;
    const char *field, *typed, *shown;
};

static const struct typing typings[] = {
    /* nothing */
    {&kind_need, "title", "", ""}, {&kind_need, "title", " \t\r\n ", ""}, {&kind_need, "title", "　　", ""},
    {&kind_need, "budget", " ", ""},
    /* lines and prose: characters, not bytes */
    {&kind_need, "title", "磨损", NULL}, {&kind_need, "title", "  减少磨损  ", "减少磨损"},
    {&kind_need, "title", "减少\n磨损", NULL}, {&kind_need, "goal", "第一行\n第二行", "第一行\n第二行"},
    {&kind_party, "name", "张\xe2\x80\x8b三公司", NULL}, /* zero width in a name */
    {&kind_party, "name", "\xe2\x80\xae公司名称", NULL}, /* bidi */
    {&kind_need, "goal", "\xe2\x81\xa6目标目标", NULL},
    {&kind_person, "name", "㙓𫖯", "㙓𫖯"}, {&kind_person, "name", "李〇", "李〇"},
    {&kind_need, "goal", "\xc0\xaf目标目标", NULL}, {&kind_need, "goal", "\xed\xa0\x80目标目标", NULL},
    {&kind_need, "goal", "<script>alert(1)</script>", "<script>alert(1)</script>"}, /* kept; escaped where shown */
    {&kind_need, "goal", "%n%s{{7*7}}", "%n%s{{7*7}}"},
    /* money: exact, the unit once */
    {&kind_need, "budget", "1600000", "1600000.00"}, {&kind_need, "budget", "160万元", "1600000.00"},
    {&kind_need, "budget", "1.5 亿", "150000000.00"}, {&kind_need, "budget", "1,600,000.5", "1600000.50"},
    {&kind_need, "budget", "１００", "100.00"}, {&kind_need, "budget", "0", "0.00"},
    {&kind_need, "budget", "160万元整5千", NULL}, {&kind_need, "budget", "-1", NULL}, {&kind_need, "budget", "1e9", NULL},
    {&kind_need, "budget", "1,000.005", NULL}, {&kind_need, "budget", "92233720368547758.08", NULL},
    {&kind_need, "budget", "面议", NULL}, {&kind_need, "budget", "NaN", NULL}, {&kind_need, "budget", "万元", NULL},
    {&kind_money_flow, "amount", "0", NULL}, {&kind_money_flow, "amount", "0.01", "0.01"}, /* within the field's own bounds */
    {&kind_money_flow, "amount", "10000亿元", "1000000000000.00"}, {&kind_money_flow, "amount", "1000000000000.01", NULL},
    {&kind_moved, "share", "0", NULL}, {&kind_moved, "share", "0.01%", "0.01%"}, {&kind_moved, "share", "100.01%", NULL},
    {&kind_stake, "discount", "99.99%", "99.99%"}, {&kind_stake, "discount", "100%", NULL},
    /* dates */
    {&kind_need, "due", "2027-06-30", "2027-06-30"}, {&kind_need, "due", "2027年6月3日", "2027-06-03"},
    {&kind_need, "due", "2027/6/3", "2027-06-03"}, {&kind_need, "due", "２０２７．６．３", "2027-06-03"},
    {&kind_need, "due", "2024-02-30", NULL}, {&kind_need, "due", "0000-00-00", NULL}, {&kind_need, "due", "2024-02-29", "2024-02-29"},
    {&kind_need, "due", "2023-02-29", NULL}, {&kind_need, "due", "9999-01-01", NULL}, {&kind_need, "due", "明年", NULL},
    {&kind_need, "due", "30/06/2027", NULL}, {&kind_need, "due", "2027-06-30 24:00", NULL},
    /* numbers */
    {&kind_achievement, "trl", "6", "6"}, {&kind_achievement, "trl", "TRL 6", "6"}, {&kind_achievement, "trl", "TRL6", "6"},
    {&kind_achievement, "trl", "6级", "6"}, {&kind_achievement, "trl", "６", "6"}, {&kind_achievement, "trl", "0", NULL},
    {&kind_achievement, "trl", "10", NULL}, {&kind_achievement, "trl", "6.5", NULL}, {&kind_achievement, "trl", "-6", NULL},
    {&kind_achievement, "trl", "+6", NULL}, {&kind_achievement, "trl", "0x6", NULL}, {&kind_achievement, "trl", "6 7", NULL},
    {&kind_achievement, "trl", "99999999999999999999999", NULL}, {&kind_achievement, "trl", "TRL", NULL},
    {&kind_party, "staff", "0", "0"}, {&kind_party, "staff", "2000001", NULL},
    /* yes and no */
    {&kind_need, "hidden", "是", "是"}, {&kind_need, "hidden", "on", "是"}, {&kind_need, "hidden", "0", "否"},
    {&kind_need, "hidden", "maybe", NULL},
    /* unified social credit codes: GB 32100-2015 */
    {&kind_party, "uscc", "91350100M000100Y43", "91350100M000100Y43"},
    {&kind_party, "uscc", "91350100m000100y43", "91350100M000100Y43"},
    {&kind_party, "uscc", "９１３５０１００Ｍ０００１００Ｙ４３", "91350100M000100Y43"},
    {&kind_party, "uscc", "91350100M000100Y44", NULL}, {&kind_party, "uscc", "91350100I000100Y43", NULL},
    {&kind_party, "uscc", "91350100M000100Y4", NULL}, {&kind_party, "uscc", "911101050000000000", NULL},
    /* choices by code or label */
    {&kind_party, "side", "enterprise", "企业"}, {&kind_party, "side", "企业", "企业"}, {&kind_party, "side", "外星", NULL},
    {&kind_party, "side", "企业；高校", NULL},
    /* shapes */
    {&kind_party, "phone", "0931-1234567", "0931-1234567"}, {&kind_party, "phone", "+86 138 0000 0000", "+86 138 0000 0000"},
    {&kind_party, "phone", "1234", NULL}, {&kind_party, "phone", "call me 12345", NULL},
    {&kind_party, "email", "a.b@example.com", "a.b@example.com"}, {&kind_party, "email", "a@b", NULL},
    {&kind_party, "email", "@example.com", NULL}, {&kind_party, "email", "a@@example.com", NULL},
    {&kind_party, "email", "a b@example.com", NULL}, {&kind_party, "email", "<a@example.com>", NULL},
    {&kind_party, "email", "a@example.com\xe2\x80\xae", NULL},
    {&kind_party, "site", "https://example.com/a?b=c", "https://example.com/a?b=c"},
    {&kind_party, "site", "javascript:alert(1)", NULL}, {&kind_party, "site", "https:evil", NULL},
    {&kind_party, "site", "//evil.example.com", NULL}, {&kind_party, "site", "https://exa mple.com", NULL},
    {&kind_party, "site", "https://example.com/\"onclick", NULL}, {&kind_party, "site", "https://example.com/\xe2\x80\xae", NULL},
    /* lists: any of the usual marks, repeated items once */
    {&kind_need, "keywords", "轴承；泵、磨损,泵，密封\n轴承", "轴承；泵；磨损；密封"}, {&kind_need, "keywords", "；；、", ""},
    {&kind_need, "keywords", "a1 b2;c3", "a1 b2；c3"},
    /* codes of trees */
    {&kind_need, "region", "620102", "620102"}, {&kind_need, "region", "城关区；七里河区", NULL}, {&kind_need, "region", "999999", NULL},
    {&kind_need, "industry", "C266", "266"}, {&kind_need, "industry", "专用化学产品制造", "266"},
    {&kind_achievement, "ipc", "B22F 9/24", "B22F9/24"}, {&kind_achievement, "ipc", "Z99Z 1/1", NULL},
    /* ids */
    {&kind_person, "party", "0", NULL}, {&kind_person, "party", "-5", NULL}, {&kind_person, "party", "4711", "4711"},
    {&kind_person, "party", "9223372036854775808", NULL},
    /* rights, one a line */
    {&kind_achievement, "rights", "发明专利 ZL202110123456.0 2021-01-29 有效", "发明专利 ZL202110123456.0 2021-01-29 有效"},
    {&kind_achievement, "rights", "发明专利 ZL202110123456.0 2021年1月29日", "发明专利 ZL202110123456.0 2021-01-29"},
    {&kind_achievement, "rights", "技术秘密", "技术秘密"}, {&kind_achievement, "rights", "永动机 ZL1", NULL},
    {&kind_achievement, "rights", "发明专利 ZL202110123456.0 2021-02-30", NULL},
    {&kind_achievement, "rights", "软件著作权 CN10-2345-67", "软件著作权 CN10-2345-67"}, /* a number with a dash, no date */
    {&kind_achievement, "rights", "发明专利 \xe2\x80\xaeZL1", NULL},
    {&kind_achievement, "rights", "Invention ZL202110123456.0 2021-01-29 valid", "发明专利 ZL202110123456.0 2021-01-29 valid"},
    {&kind_achievement, "rights", "secret", "技术秘密"}, {&kind_achievement, "rights", "inventions ZL1", NULL},
};

static void each_typing_is_read_or_complained_of(void **state)
{
    struct arena arena;
    size_t wrong = 0;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(typings); i++) {
        const struct typing *typing = &typings[i];
        const struct field *of = field(typing->kind, typing->field);
        struct value value;
        struct err err = {0};
        bool ok = field_read(of, slice_of(typing->typed), &arena, &value, &err);
        struct slice shown = ok ? field_show(of, &value, &arena) : SLICE("");

        if (ok != (typing->shown != NULL) || (ok && !slice_is(shown, typing->shown))) {
            print_error("%s “%s”: %s %.*s\n", typing->field, typing->typed, ok ? "read as" : err.message, (int)shown.len, shown.at);
            wrong++;
        }
        if (!ok && (err.code != ERR_INVALID || strcmp(err.field, of->name) != 0 || !err.message[0])) {
            print_error("%s “%s”: complaint without field or message (%s)\n", typing->field, typing->typed, err.message);
            wrong++;
        }
    }
    arena_release(&arena);
    assert_int_equal(wrong, 0);
}

static void what_is_shown_can_be_typed_again(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(typings); i++) {
        const struct field *of = field(typings[i].kind, typings[i].field);
        struct value value, again;
        struct err err;

        if (!typings[i].shown || !field_read(of, slice_of(typings[i].typed), &arena, &value, &err))
            continue;
        if (!field_read(of, field_show(of, &value, &arena), &arena, &again, &err))
            fail_msg("%s: %s", typings[i].typed, err.message);
        assert_true(value_same(of, &value, &again));
    }
    arena_release(&arena);
}

static void lists_have_a_limit(void **state)
{
    const struct field *of = field(&kind_need, "keywords");
    struct arena arena;
    struct value value;
    struct text text;
    struct err err;

    (void)state;
    arena_init(&arena);
    text_init(&text);
    for (int64_t i = 0; i < of->max; i++)
        text_print(&text, "%s词%lld", i ? "；" : "", (long long)i);
    assert_true(field_read(of, text_slice(&text), &arena, &value, &err));
    text_puts(&text, "；词0；词1"); /* again: not counted */
    assert_true(field_read(of, text_slice(&text), &arena, &value, &err));
    text_puts(&text, "；多余");
    assert_false(field_read(of, text_slice(&text), &arena, &value, &err));
    assert_string_equal(err.field, "keywords");
    text_clear(&text);
    for (size_t i = 0; i < 61; i++)
        text_puts(&text, "词");
    assert_false(field_read(of, text_slice(&text), &arena, &value, &err));
    text_clear(&text);
    for (size_t i = 0; i < 100000; i++)
        text_puts(&text, ";");
    assert_true(field_read(of, text_slice(&text), &arena, &value, &err));
    assert_false(value.known);
    text_release(&text);
    arena_release(&arena);
}

static void prose_ends_at_its_limit(void **state)
{
    const struct field *of = field(&kind_need, "limits");
    struct arena arena;
    struct value value;
    struct text text;
    struct err err;

    (void)state;
    arena_init(&arena);
    text_init(&text);
    for (int64_t i = 0; i < of->max; i++)
        text_puts(&text, "字");
    assert_true(field_read(of, text_slice(&text), &arena, &value, &err));
    text_puts(&text, "字");
    assert_false(field_read(of, text_slice(&text), &arena, &value, &err));
    assert_non_null(strstr(err.message, "2001"));
    text_release(&text);
    arena_release(&arena);
}

static void a_nul_is_refused_in_every_field(void **state)
{
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t k = 0; k < KIND_COUNT; k++)
        for (size_t i = 0; i < kind_get((enum kind_id)k)->count; i++) {
            const struct field *of = &kind_get((enum kind_id)k)->fields[i];
            struct value value;
            struct err err;

            assert_false(field_read(of, (struct slice){"a\0b", 3}, &arena, &value, &err));
            assert_false(field_read(of, SLICE("a\xff"), &arena, &value, &err));
            assert_string_equal(err.field, of->name);
        }
    arena_release(&arena);
}

static void field_tables_are_sound(void **state)
{
    (void)state;
    for (size_t k = 0; k < KIND_COUNT; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);

        assert_int_equal(kind->id, k);
        assert_ptr_equal(kind_by_name(kind->name), kind);
        assert_ptr_equal(kind_by_plural(kind->plural), kind);
        for (size_t i = 0; i < kind->count; i++) {
            const struct field *of = &kind->fields[i];
            bool listed = of->type == FIELD_CHOICE || of->type == FIELD_CHOICES;
            bool personal = of->type == FIELD_PHONE || of->type == FIELD_EMAIL || strcmp(of->name, "contact") == 0;

            if (!of->name || !of->label || !of->label_en)
                fail_msg("%s field %zu has no name or label", kind->name, i);
            if ((listed && !choice_list_get(of->choices)) || (of->type == FIELD_CODES && !tree_get(of->choices)))
                fail_msg("%s.%s: no list %s", kind->name, of->name, of->choices);
            if (personal && !of->purpose)
                fail_msg("%s.%s: personal, and no purpose given", kind->name, of->name);
            if (of->type == FIELD_NUMBER && of->max <= of->min)
                fail_msg("%s.%s: no bounds", kind->name, of->name);
        }
        for (size_t i = 0; i < kind->facet_count; i++)
            if (kind->fields[kind->facets[i]].level != LEVEL_PUBLIC)
                fail_msg("%s.%s: a facet shows what is not public", kind->name, kind->fields[kind->facets[i]].name);
        assert_int_equal(kind->fields[kind->title].level, LEVEL_PUBLIC);
        assert_int_equal(kind->fields[kind->summary].level, LEVEL_PUBLIC);
    }
}

/* --- what an English reader is shown --- */

static bool is_english(const char *text)
{
    for (; text && *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return text != NULL;
}

static void every_label_has_its_english(void **state)
{
    (void)state;
    for (size_t k = 0; k < KIND_COUNT; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);

        assert_true(is_english(kind->label_en));
        for (size_t i = 0; i < kind->count; i++) {
            const struct field *of = &kind->fields[i];
            const struct choice_list *list = of->choices ? choice_list_get(of->choices) : NULL;

            if (!is_english(of->label_en))
                fail_msg("%s.%s: %s", kind->name, of->name, of->label_en);
            for (size_t c = 0; list && c < list->count; c++)
                if (!is_english(list->choices[c].label_en))
                    fail_msg("%s.%s: %s", kind->name, of->name, list->choices[c].code);
        }
    }
}

static void a_code_is_shown_in_english(void **state)
{
    static const struct {
        const char *tree, *code, *shown;
    } cases[] = {
        {"gbt4754", "C", "Manufacturing"},
        {"gbt4754", "34", "General-purpose machinery"},
        {"gbt4754", "3441", "3441, General-purpose machinery"},
        {"division", "620102", "Chengguan District"},
        {"division", "110105", "110105, Beijing"},
        {"sei", "1.5", "Artificial intelligence"},
    };
    struct arena arena;

    (void)state;
    arena_init(&arena);
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct tree *tree = tree_get(cases[i].tree);

        assert_string_equal(tree_english(tree, tree_find(tree, slice_of(cases[i].code)), &arena), cases[i].shown);
    }
    arena_release(&arena);
}

static void a_right_is_shown_in_english_and_typed_again(void **state)
{
    const struct slice line = SLICE("发明专利 ZL202110123456.0 2021-01-29 有效");
    struct right right;
    struct arena arena;
    struct err err;

    (void)state;
    arena_init(&arena);
    assert_true(slice_is(right_english(line, RIGHT_LABEL, &arena), "Invention patent ZL202110123456.0 2021-01-29 有效"));
    assert_true(right_read(right_english(line, RIGHT_WORD, &arena), &right, &err));
    assert_true(slice_same(right_show(&right, &arena), line));
    assert_true(slice_is(right_english(SLICE("技术秘密"), RIGHT_LABEL, &arena), "Trade secret"));
    assert_true(slice_is(right_english(SLICE("别的"), RIGHT_LABEL, &arena), "别的"));
    arena_release(&arena);
}

/* A form is one short screen: what must be there and a little more at its head, the rest folded in parts with a name. */
static void forms_are_short_and_whole(void **state)
{
    (void)state;
    for (size_t k = 0; k < KIND_COUNT; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);
        size_t head = 0, in[8] = {0};

        assert_in_range(kind->section_count, 1, 4);
        for (size_t i = 0; i < kind->count; i++) {
            const struct section *section = kind->fields[i].section;
            size_t at = section ? (size_t)(section - kind->sections) : 0;

            if (section && (kind->fields[i].required || at >= kind->section_count))
                fail_msg("%s.%s: required and folded away, or in another kind's part", kind->name, kind->fields[i].name);
            head += !section;
            in[at] += section != NULL;
        }
        assert_in_range(head, 1, 5);
        for (size_t i = 0; i < kind->section_count; i++)
            if (in[i] < 2 || !kind->sections[i].label || !kind->sections[i].label_en || !kind->sections[i].name)
                fail_msg("%s: its part %zu has %zu fields, or no name", kind->name, i, in[i]);
    }
}

static void a_value_as_json(void **state)
{
    struct arena arena;
    struct value value;
    struct err err;
    json_t *json;

    (void)state;
    arena_init(&arena);
    assert_true(field_read(field(&kind_need, "budget"), SLICE("160万"), &arena, &value, &err));
    json = field_json(field(&kind_need, "budget"), &value);
    assert_string_equal(json_string_value(json), "160000000"); /* fen */
    json_decref(json);
    assert_true(field_read(field(&kind_need, "industry"), SLICE("266;26"), &arena, &value, &err));
    json = field_json(field(&kind_need, "industry"), &value);
    assert_int_equal(json_array_size(json), 2);
    assert_string_equal(json_string_value(json_object_get(json_array_get(json, 0), "code")), "266");
    assert_string_equal(json_string_value(json_object_get(json_array_get(json, 0), "label")), "专用化学产品制造");
    json_decref(json);
    value = (struct value){0};
    json = field_json(field(&kind_need, "goal"), &value);
    assert_true(json_is_null(json));
    json_decref(json);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_typing_is_read_or_complained_of), cmocka_unit_test(what_is_shown_can_be_typed_again),
        cmocka_unit_test(lists_have_a_limit),                   cmocka_unit_test(prose_ends_at_its_limit),
        cmocka_unit_test(a_nul_is_refused_in_every_field),      cmocka_unit_test(field_tables_are_sound),
        cmocka_unit_test(every_label_has_its_english),          cmocka_unit_test(a_code_is_shown_in_english),
        cmocka_unit_test(a_right_is_shown_in_english_and_typed_again), cmocka_unit_test(forms_are_short_and_whole),
        cmocka_unit_test(a_value_as_json),
    };
    struct err err;
    int failed;

    if (!trees_load(TQ_CODES, &err))
        return 1;
    failed = cmocka_run_group_tests(tests, NULL, NULL);
    trees_unload();
    return failed;
}
