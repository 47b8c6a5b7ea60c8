/* Text as it is compared: folding, terms, and what is lit up in raw text. */
#include "kit.h"

#include <stdlib.h>

#include "growth.h"

#include "match/subject.h"
#include "match/term.h"
#include "match/token.h"

static void folds_to(const char *text, const char *expected)
{
    struct fold a, b;

    fold_init(&a);
    fold_init(&b);
    fold_text(&a, kit_str(text), true);
    fold_text(&b, kit_str(expected), false);
    assert_int_equal(a.count, b.count);
    assert_memory_equal(a.code, b.code, a.count * sizeof *a.code);
    for (size_t i = 0; i < a.count; i++) {
        assert_true(a.from[i] < a.to[i]);
        assert_true(a.to[i] <= strlen(text));
    }
    fold_release(&a);
    fold_release(&b);
}

static void width_case_and_composition_do_not_matter(void **state)
{
    (void)state;
    folds_to("ＡＢＣ１２３", "abc123");
    folds_to("㎡", "m2");
    folds_to("①", "1");
    folds_to("e\u0301tude", "\u00e9tude");
    folds_to("STRASSE", "stra\u00dfe");
    folds_to("ﬁn", "fin");
    folds_to("cafe\u0301", "CAF\u00c9");
    folds_to("ｱ", "ア");
}

static void traditional_chinese_becomes_simplified(void **state)
{
    (void)state;
    folds_to("離心泵軸承壽命", "离心泵轴承寿命");
    folds_to("臺灣", "台湾");
    folds_to("體", "体");
}

static void bytes_that_are_not_utf8_separate(void **state)
{
    struct fold fold;

    (void)state;
    fold_init(&fold);
    fold_text(&fold, (struct match_str){"a\xff\xc0\x80\xed\xa0\x80z\xe4\xb8", 10}, true);
    assert_int_equal(fold.code[0], 'a');
    assert_int_equal(fold.code[1], 0xfffd);
    assert_int_equal(fold.code[fold.count - 1], 0xfffd);
    assert_int_equal(fold.to[fold.count - 1], 10);
    fold_release(&fold);
}

/* Do the texts have the same terms, in order? */
static bool same_terms(const char *a, const char *b)
{
    struct tokens *tokens = tokens_mine();
    uint64_t terms[256];
    size_t count;

    tokens_read(tokens, kit_str(a), false);
    count = tokens->count;
    assert_true(count < 256);
    for (size_t i = 0; i < count; i++)
        terms[i] = tokens->list[i].term;
    tokens_read(tokens, kit_str(b), false);
    if (tokens->count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (tokens->list[i].term != terms[i])
            return false;
    return true;
}

static size_t count_terms(const char *text)
{
    tokens_read(tokens_mine(), kit_str(text), false);
    return tokens_mine()->count;
}

static void chinese_is_characters_and_pairs(void **state)
{
    const struct tokens *tokens = tokens_mine();

    (void)state;
    tokens_read(tokens_mine(), kit_str("轴承寿"), false);
    assert_int_equal(tokens->count, 5);
    assert_true(tokens->list[0].term == term_char(0x8f74));
    assert_true(tokens->list[1].term == term_pair(0x8f74, 0x627f));
    assert_int_equal(tokens->list[1].sort, TOKEN_PAIR);
    assert_int_equal(count_terms("轴,承"), 2);
    assert_int_equal(count_terms("轴A承"), 2); /* a is a function word and still separates */
}

static void english_words_meet_in_their_stem(void **state)
{
    (void)state;
    assert_true(same_terms("Bearings", "bearing"));
    assert_true(same_terms("the catalysts of", "catalyst"));
    assert_false(same_terms("catalyst", "catalog"));
    assert_int_equal(count_terms("the of and"), 0);
}

static void a_number_and_its_unit_are_one_term(void **state)
{
    (void)state;
    assert_true(same_terms("3000h", "3000 h"));
    assert_true(same_terms("50 MPa", "５０ＭＰａ"));
    assert_true(same_terms("25℃", "25°C"));
    assert_true(same_terms("95%", "95 %"));
    assert_false(same_terms("3000h", "3000 rpm"));
    assert_false(same_terms("3.5mm", "35mm"));
    tokens_read(tokens_mine(), kit_str("3000小时"), false);
    assert_true(tokens_mine()->list[0].term == term_word("3000h", 5));
    assert_int_equal(tokens_mine()->count, 4); /* and 小 小时 时 */
    assert_int_equal(count_terms("1、2、"), 0);
    assert_int_equal(count_terms("316L PM2.5 Q235"), 3);
}

/* The words of the question's subject, as they stand in it, joined by '|'. */
static void subject_is(const char *question, const char *expected)
{
    struct tokens *tokens = tokens_mine();
    char said[512] = "";
    size_t len = 0;

    tokens_read(tokens, kit_str(question), true);
    subject_mark(tokens);
    subject_keep(tokens);
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t from = tokens->fold.from[tokens->list[i].at], to = tokens->fold.to[tokens->list[i].end - 1];

        if (tokens->list[i].sort != TOKEN_CHAR)
            len += (size_t)snprintf(said + len, sizeof said - len, "%s%.*s", len ? "|" : "", (int)(to - from),
                                    question + from);
    }
    assert_string_equal(said, expected);
}

static void a_question_is_about_its_subject(void **state)
{
    (void)state;
    subject_is("我们希望解决轴承磨损", "轴承|承磨|磨损");
    subject_is("轴承的磨损", "轴承|磨损"); /* 承的 and 的磨 are two words each */
    subject_is("轴承寿命3000小时,预算200万元,年底前要样机", "轴承|承寿|寿命|3000小时|要样|样机");
    subject_is("a bearing by the end of the year, budget of 2 million yuan", "bearing");
    subject_is("We are looking for bearings", "bearings");
    subject_is("虚拟仿真", "虚拟|拟仿|仿真"); /* 拟 is no phrase by itself */
    subject_is("预算200万元以内", "预算|200万元|万元|元以|以内"); /* nothing else is said */
    subject_is("", "");
}

static void read_text(const char *text, size_t len)
{
    tokens_read(tokens_mine(), (struct match_str){text, len}, true);
}

static void grows_linearly(const char *piece)
{
    size_t size = 1 << 20, len = strlen(piece);
    char *text = malloc(size + 16);

    for (size_t i = 0; i < size; i++)
        text[i] = piece[i % len];
    size -= size % len;
    assert_grows_linearly(read_text, text, size / 8 / len * len, text, size);
    free(text);
}

static void a_mebibyte_without_a_space_is_no_surprise(void **state)
{
    (void)state;
    grows_linearly("x");
    grows_linearly("9");
    grows_linearly("轴");
    grows_linearly("\u0301");   /* marks without end */
    grows_linearly("a\u0301");
    grows_linearly("\xff");
    grows_linearly("ﷺ");        /* one character of eighteen */
    grows_linearly("3 ");
    grows_linearly("Ⅷ");
}

/* --- marks --- */

static void marks(const char *query_text, const char *text, const char *expected)
{
    struct match_range ranges[32];
    struct match_query query;
    struct match_marks *marks;
    char out[1024];
    size_t count, len = 0, from = 0;

    match_query_init(&query);
    query.text = kit_str(query_text);
    marks = match_marks(NULL, &query);
    count = match_mark(marks, kit_str(text), ranges, 32);
    for (size_t r = 0; r < count; r++) {
        len += (size_t)snprintf(out + len, sizeof out - len, "%.*s[%.*s]", (int)(ranges[r].from - from), text + from,
                                (int)(ranges[r].to - ranges[r].from), text + ranges[r].from);
        from = ranges[r].to;
    }
    snprintf(out + len, sizeof out - len, "%s", text + from);
    assert_string_equal(out, expected);
    match_marks_end(marks);
}

static void words_of_the_query_are_lit_up_in_raw_text(void **state)
{
    (void)state;
    marks("离心泵轴承寿命", "高温離心泵的軸承,寿命长", "高温[離心泵]的[軸承],[寿命]长");
    marks("catalytic converters", "Catalyst: a CONVERTER.", "Catalyst: a [CONVERTER].");
    marks("研究的方法", "他的研究,我的方法", "他的[研究],我的[方法]");
    marks("8000小时", "达到8000 h以上", "达到[8000 h]以上");
    marks("e\u0301tude", "une \u00c9TUDE!", "une [\u00c9TUDE]!");
    marks("ABC", "ＡＢＣ与abc", "[ＡＢＣ]与[abc]");
    marks("", "什么都没有", "什么都没有");
    marks("了的", "了的", "了的");
}

static void marks_stop_at_what_there_is_room_for(void **state)
{
    struct match_range ranges[2];
    struct match_query query;
    struct match_marks *marks;

    (void)state;
    match_query_init(&query);
    query.text = kit_str("水泵");
    marks = match_marks(NULL, &query);
    assert_int_equal(match_mark(marks, kit_str("水泵,水泵,水泵"), ranges, 2), 2);
    assert_int_equal(ranges[1].from, 7);
    assert_int_equal(ranges[1].to, 13);
    match_marks_end(marks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(width_case_and_composition_do_not_matter),
        cmocka_unit_test(traditional_chinese_becomes_simplified),
        cmocka_unit_test(bytes_that_are_not_utf8_separate),
        cmocka_unit_test(chinese_is_characters_and_pairs),
        cmocka_unit_test(english_words_meet_in_their_stem),
        cmocka_unit_test(a_number_and_its_unit_are_one_term),
        cmocka_unit_test(a_question_is_about_its_subject),
        cmocka_unit_test(a_mebibyte_without_a_space_is_no_surprise),
        cmocka_unit_test(words_of_the_query_are_lit_up_in_raw_text),
        cmocka_unit_test(marks_stop_at_what_there_is_room_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
