/* Files that are wrong: each is refused with its line and in words that say what. */
#include "kit.h"

static const struct {
    const char *from, *to;
    long line;
    const char *words;
} bad_rules[] = {
    {"rule: R03", "rule: R03\nrule: R04", 2, "rule 在第 1 行已经写过"},
    {"rule: R03", "rule: 规则三", 1, "只能用字母"},
    {"rule: R03\n", "", 1, "没有写 rule"},
    {"title: 公示", "title: \"\"", 2, "title 是空的"},
    {"title: 公示", "title: [公示]", 2, "要写成一段文字"},
    {"title: 公示", "name: 公示", 2, "没有 name 这一项"},
    {"title: 公示", "title: &a 公示", 2, "不能用锚点 &a"},
    {"title: 公示", "title: *a", 2, "不能用引用 *a"},
    {"title: 公示", "title: !!str 公示", 2, "不能用标签"},
    {"title: 公示", "title: \"公\\0示\"", 2, "看不见的字符"},
    {"title: 公示", "title: 公示\n<<: {a: b}", 3, "没有 << 这一项"},
    {"title: 公示", "  title: 公示", 2, "不是 YAML"},
    {"title: 公示", "[a]: 公示", 2, "冒号前面要是一个词"},
    {"summary: 公示不少于 15 日\n", "", 1, "没有写 summary"},
    {"region: 100000", "region: 62", 4, "六位行政区划代码"},
    {"region: 100000", "region: gansu0", 4, "六位行政区划代码"},
    {"valid_from: 2015-10-01", "valid_from: 2015-02-30", 5, "2015-02-30"},
    {"valid_from: 2015-10-01", "valid_from: 2015-10-01\nvalid_until: 2015-09-30", 6, "valid_until 早于 valid_from"},
    {"valid_from: 2015-10-01", "valid_from: 2015-10-01\noverrides: R20", 6, "全国的规则不能取代"},
    {"source: checked\n", "source: sure\n", 6, "只能是 checked、secondary、unverified"},
    {"source: checked\n", "", 1, "没有写 source"},
    {"gates: [sign]", "gates: sign", 7, "gates 要写成一列"},
    {"gates: [sign]", "gates: [签约]", 7, "步骤的名字"},
    {"gates: [sign]", "gates: [[sign]]", 7, "一列步骤的名字"},
    {"articles:\n  - {document: 促进科技成果转化法, number: 第十八条, source: checked}\n", "articles: []\n", 8, "没有写 articles"},
    {", number: 第十八条, source: checked", ", number: 第十八条", 9, "没有写 source"},
    {", number: 第十八条", ", article: 第十八条", 9, "没有 article 这一项"},
    {"value: 15,", "value: 十五,", 11, "参数 days 写的是 十五"},
    {"value: 15,", "value: 1.5,", 11, "参数 days"},
    {"value: 15,", "value: 99999999999999999999,", 11, "参数 days"},
    {"value: 15,", "", 11, "没有写 value"},
    {"source: secondary", "source: secondary, kind: number", 11, "没有 kind 这一项"},
    {"  days: {", "  Days: {", 11, "参数的名字"},
    {"  days: {label: 公示天数, value: 15, unit: 日, source: secondary}\n",
     "  days: {label: 公示天数, value: 15, source: secondary}\n  more: {label: 多余, value: 1, source: checked}\n", 12, "参数 more 没有用到"},
    {"facts: [state_unit,", "facts: [state_unit, people,", 1, "事实 people 没有用到"},
    {"facts: [state_unit,", "facts: [state_unit, state_unit,", 12, "state_unit 写了两次"},
    {"facts: [state_unit,", "facts: [unheard, state_unit,", 12, "unheard 不在词典里"},
    {"facts: [state_unit, pricing, notice_first, today]", "facts: [state_unit, pricing, notice_first]", 23, "today 不是这条规则的事实"},
    {"facts: [state_unit, pricing, notice_first, today]", "facts: state_unit", 12, "facts 要写成一列"},
    {"pricing = 'agreement'", "pricing = 'agreed'", 13, "pricing 没有 'agreed' 这个选项"},
    {"pricing = 'agreement'", "pricing in ('agreement', 'agreed')", 13, "pricing 没有 'agreed' 这个选项"},
    {"pricing = 'agreement'", "pricing = 1", 13, "要与单引号里的代码比"},
    {"state_unit = 1", "state_unit = 2", 13, "只能与 1（是）或 0（否）比"},
    {"state_unit = 1", "state_unit = '2026-03-99'", 13, "不是任何一个选项"},
    {"applies: state_unit = 1 and", "applies: state_unit = 1 and people > 0 and", 13, "people 不是这里的事实"},
    {"applies: state_unit = 1", "applies: state_unit = 1 and $least > 0", 13, "$least 不是这里的参数"},
    {"applies: state_unit = 1", "applies: state_unit = 1 and count(today) > 0", 13, "不能用函数 count"},
    {"applies: state_unit = 1", "applies: state_unit = 1 * 1", 13, "起写的不能用"},
    {"applies: state_unit = 1", "applies: \"state_unit = 1; 1\"", 13, "不是 YAML"},
    {"    holds: today >", "    holds: (today >", 16, "读不通"},
    {"    holds: today > days_after(notice_first, $days)\n", "", 15, "没有写 holds"},
    {"    says: 未满 {days} 日", "    says: 未满 {dayz} 日", 16, "{dayz} 不是参数"},
    {"    says: 未满 {days} 日，{earliest} 之后签约", "    says: 未满 {days} 日，{earliest", 16, "{earliest} 不是参数"},
    {"  - name: long_enough\n", "  - name: Long\n", 15, "条件的名字"},
    {"    hint: 等满 {days} 日\n", "    advice: 等公示期满\n", 18, "没有 advice 这一项"},
    {"    hint: 等满 {days} 日\n", "    hint: 等\n  - {name: long_enough, holds: today > 0, says: x}\n", 19, "long_enough 写了两次"},
    {"kind: day, label: 末日", "kind: date, label: 末日", 20, "只能是 number、money"},
    {"kind: day, label: 末日", "label: 末日", 20, "没有写 kind"},
    {"examples:\n", "samples:\n", 21, "没有 samples 这一项"},
    {"    why: 第 15 日是 3 月 17 日\n", "", 22, "没有写 why"},
    {"    why: 满 15 日\n", "    why: \"\"\n", 31, "why 是空的"},
    {"  - name: 第 16 日\n", "  - name: 第 15 日\n", 28, "写了两次"},
    {"pricing: agreement, notice_first: 2026-03-02, today: 2026-03-17", "pricing: agreed, today: 2026-03-17", 23, "pricing（定价方式）不是可选的值"},
    {"state_unit: yes, pricing: agreement, notice_first: 2026-03-02, today: 2026-03-17", "state_unit: 2", 23, "要写 是 或 否"},
    {"notice_first: 2026-03-02, today: 2026-03-17", "notice_first: 2026-02-30", 23, "要写一个日期"},
    {"notice_first: 2026-03-02, today: 2026-03-17", "notice_first: [2026-02-01]", 23, "notice_first"},
    {"answer: no\n", "answer: never\n", 24, "只能是 yes、no、unknown、not applicable"},
    {"    answer: no\n", "", 22, "没有写 answer"},
    {"because: long_enough", "because: short", 25, "不是这条规则的条件"},
    {"    answer: yes\n", "    answer: yes\n    because: long_enough\n", 31, "because 只在 answer: no 时写"},
    {"    answer: yes\n", "    answer: yes\n    asks: [today]\n", 31, "asks 只在 answer: unknown 时写"},
    {"asks: [notice_first]", "asks: [income]", 35, "income 不是这条规则的事实"},
    {"results: {earliest: 2026-03-17}", "results: {latest: 2026-03-17}", 26, "latest 不是这条规则的结果"},
    {"results: {earliest: 2026-03-17}", "results: {earliest: 17}", 26, "要写一个日期"},
    {"    why: 未知\n", "    why: 未知\n---\nrule: R04\n", 37, "只能有一份文档"},
    {"    why: 未知\n", "    why: {a: {b: {c: {d: {e: {f: {g: h}}}}}}}\n", 36, "嵌套超过"},
    {"    why: 未知\n", "    why: \"未知\n", 37, "不是 YAML"},
};

static void each_wrong_file_is_refused_with_its_line(void **state)
{
    struct kit *kit = *state;

    for (size_t i = 0; i < COUNT(bad_rules); i++) {
        char *text = kit_changed(kit_rule, bad_rules[i].from, bad_rules[i].to);

        kit_write(kit, "national/R.yaml", text);
        free(text);
        if (kit_load(kit))
            fail_msg("%s is let through", bad_rules[i].to);
        assert_int_equal(kit->err.code, ERR_INVALID);
        if (!strstr(kit->err.message, bad_rules[i].words) || kit->err.line != bad_rules[i].line)
            fail_msg("case %zu, %s: line %ld: %s", i, bad_rules[i].to, kit->err.line, kit->err.message);
        assert_non_null(strstr(kit->err.message, "national/R.yaml"));
    }
}

static const struct {
    const char *facts, *words;
} bad_facts[] = {
    {"a: {kind: yes, label: 甲}\na: {kind: yes, label: 乙}\n", "a 在第 1 行已经写过"},
    {"a: {kind: yes}\n", "没有写 label"},
    {"a: {kind: text, label: 甲}\n", "只能是 number"},
    {"a: {kind: code, label: 甲}\n", "要写 choices"},
    {"a: {kind: code, label: 甲, choices: {b: 乙}}\n", "至少两项"},
    {"a: {kind: code, label: 甲, choices: {B: 乙, c: 丙}}\n", "选项的代码 B"},
    {"a: {kind: code, label: 甲, choices: {b: 乙, c: }}\n", "要写上它的名称"},
    {"a: {kind: yes, label: 甲, choices: {b: 乙, c: 丙}}\n", "只有 kind: code"},
    {"a: {kind: yes, label: 甲, unit: 元}\n", "没有 unit 这一项"},
    {"a: yes\n", "要写成“词: 值”"},
    {"a: {kind: money, label: 甲, year: 去年}\n", "year 要写一位数"},
    {"a: {kind: money, label: 甲, year: 10}\n", "year 要写一位数"},
    {"a: {kind: money, label: 甲, year: 2, of: b}\nb: {kind: money, label: 乙, year: 1}\n", "of 要写上面一个"},
    {"b: {kind: money, label: 乙}\na: {kind: money, label: 甲, year: 2, of: b}\n", "of 要写上面一个"},
    {"b: {kind: money, label: 乙, year: 1}\na: {kind: yes, label: 甲, year: 2, of: b}\n", "of 要写上面一个"},
    {"b: {kind: money, label: 乙, year: 1}\na: {kind: money, label: 甲, year: 1, of: b}\n", "of 要写上面一个"},
    {"- a\n", "第一层"},
    {"", "文件是空的"},
    {"# 只有注释\n", "文件是空的"},
    {"today: {kind: day, label: 当日}\n", "today 在"},
};

static void the_dictionary_is_held_to_its_form(void **state)
{
    struct kit *kit = *state;

    for (size_t i = 0; i < COUNT(bad_facts); i++) {
        kit_write(kit, "facts/more.yaml", bad_facts[i].facts);
        if (kit_load(kit))
            fail_msg("%s is let through", bad_facts[i].facts);
        if (!strstr(kit->err.message, bad_facts[i].words))
            fail_msg("%s: %s", bad_facts[i].facts, kit->err.message);
    }
}

/* A fact that SQL would not take as a column's name is refused where a rule uses it. */
static void a_fact_may_be_called_nothing_that_is_sql(void **state)
{
    struct kit *kit = *state;
    char *text = kit_changed(kit_rule, "facts: [state_unit,", "facts: [select, state_unit,");
    char *again = kit_changed(text, "applies: ", "applies: select = 1 and ");

    kit_write(kit, "facts/more.yaml", "select: {kind: yes, label: 选}\n");
    kit_write(kit, "national/R.yaml", again);
    free(text);
    free(again);
    assert_false(kit_load(kit));
    assert_non_null(strstr(kit->err.message, "select"));
}

static void bytes_that_are_no_text_and_large_files_are_refused(void **state)
{
    struct kit *kit = *state;
    char *large = malloc((1 << 20) + 100);

    kit_write(kit, "national/R.yaml", "rule: \xff\xfe\n");
    assert_false(kit_load(kit));
    assert_non_null(strstr(kit->err.message, "不是 YAML"));
    memset(large, '#', (1 << 20) + 99);
    large[(1 << 20) + 99] = '\0';
    kit_write(kit, "national/R.yaml", large);
    free(large);
    assert_false(kit_load(kit));
    assert_non_null(strstr(kit->err.message, "1 MiB"));
}

static void count_wrong(void *arg, const struct err *wrong)
{
    (void)wrong;
    ++*(int *)arg;
}

static void an_author_is_told_of_every_wrong_file(void **state)
{
    struct kit *kit = *state;
    int wrong = 0;

    kit_write(kit, "national/A.yaml", "rule: A\n");
    kit_write(kit, "national/B.yaml", "rule: B\n");
    kit_write(kit, "national/C.yaml", kit_rule);
    kit_write(kit, "national/.hidden.yaml", "rule: D\n");
    kit_write(kit, "national/notes.txt", "rule: E\n");
    assert_true(rulebook_load_good(kit->folder, NULL, kit->calendar, count_wrong, &wrong, &kit->book, &kit->err));
    assert_int_equal(wrong, 2);
    assert_int_equal(rulebook_count(kit->book), 1);
    assert_false(kit_load(kit));
}

static void no_folder_is_said(void **state)
{
    struct kit *kit = *state;

    kit_shell("rm -rf %s/facts", kit->folder);
    assert_false(kit_load(kit));
    assert_int_equal(kit->err.code, ERR_IO);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_KIT(each_wrong_file_is_refused_with_its_line),
        WITH_KIT(the_dictionary_is_held_to_its_form),
        WITH_KIT(a_fact_may_be_called_nothing_that_is_sql),
        WITH_KIT(bytes_that_are_no_text_and_large_files_are_refused),
        WITH_KIT(an_author_is_told_of_every_wrong_file),
        WITH_KIT(no_folder_is_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
