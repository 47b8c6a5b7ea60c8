#include "cases.h"
#include "growth.h"

#include "file/csv.h"

/* Records as "a|b;c|d", flawed ones as "!", a broken end as "#". */
static void records_of(struct slice input, char delimiter, size_t step, struct text *out)
{
    struct csv csv;
    enum csv_step got = CSV_MORE;

    csv_init(&csv, delimiter);
    for (size_t at = 0; at < input.len && got != CSV_BROKEN; at += step) {
        struct slice part = {input.at + at, input.len - at < step ? input.len - at : step};

        while ((got = csv_feed(&csv, &part)) == CSV_RECORD || (part.len > 0 && got != CSV_BROKEN)) {
            for (size_t i = 0; i < csv.count; i++)
                text_print(out, "%s%.*s", i ? "|" : out->len ? ";" : "", (int)csv_cell(&csv, i).len, csv_cell(&csv, i).at);
            text_puts(out, csv.flaw.code ? "!" : "");
        }
    }
    if (got != CSV_BROKEN && (got = csv_finish(&csv)) == CSV_RECORD)
        for (size_t i = 0; i < csv.count; i++)
            text_print(out, "%s%.*s", i ? "|" : out->len ? ";" : "", (int)csv_cell(&csv, i).len, csv_cell(&csv, i).at);
    text_puts(out, got == CSV_BROKEN ? "#" : "");
    csv_release(&csv);
}

static const struct {
    const char *input, *records;
} cases[] = {
    {"a,b\nc,d\n", "a|b;c|d"},
    {"a,b\r\nc,d", "a|b;c|d"},
    {"a,b\rc,d\r", "a|b;c|d"},
    {"a,\n,b\n", "a|;|b"},
    {"\"a,b\",\"c\nd\"\n", "a,b|c\nd"},
    {"\"a\r\nb\",c\n", "a\r\nb|c"},
    {"\"a\"\"b\",\"\"\"\"\n", "a\"b|\""},
    {"a, \"b,c\" ,d\n", "a|b,c|d"},
    {"a,  x \"b\" ,\"  \"\" \",  \"c\"\n", "a|  x \"b\" |  \" |c"},
    {"5\" pipe,a\"b\"\n", "5\" pipe|a\"b\""},
    {" a , b\n", " a | b"},
    {"a\n\n\r\n  \n,,\nb", "a;b"},
    {"\"a\"x,b\nc,d\n", "ax|b!;c|d"},
    {"a,\"b\nc", "#"},
    {"a,\"b\nc\"d\n", "#"},
    {"\"\",a\n", "|a"},
    {"泵,阀\n", "泵|阀"},
};

static void reads_records_whatever_the_pieces(void **state)
{
    struct text out;

    (void)state;
    text_init(&out);
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t step = 1; step <= strlen(cases[i].input) + 1; step++) {
            text_clear(&out);
            records_of(slice_of(cases[i].input), ',', step, &out);
            assert_string_equal(text_slice(&out).at, cases[i].records);
        }
    text_release(&out);
}

static const struct {
    const char *head;
    char delimiter;
    size_t skip, header;
} shapes[] = {
    {"a,b\n1,2\n", ',', 0, 0},
    {"a;b\n1;2,5\n3;4\n", ';', 0, 0},
    {"a\tb\n1\t2\n", '\t', 0, 0},
    {"名称,关键词\n泵,甲;乙;丙\n阀,丁\n管,甲;乙\n", ',', 0, 0},
    {"a\n1\n2\n", ',', 0, 0},
    {"", ',', 0, 0},
    {"sep=;\na;b\n", ';', 6, 0},
    {"sep=;\r\na;b\n", ';', 7, 0},
    {"存量专利盘点表,,,\n专利号,专利名称,发明人,状态\n1,2,3,4\n", ',', 0, 1},
    {"附件1\n填报单位:兰州某大学,,,联系人:\n专利号,专利名称,发明人,状态,备注\n1,2,3,4,5\n", ',', 0, 2},
    {"a,b,c,d,e\n1,2,3,4,5\n", ',', 0, 0},
};

static void sniffs_delimiter_and_header(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(shapes); i++) {
        struct csv_shape shape = csv_sniff(slice_of(shapes[i].head), ",;\t");

        if (shape.delimiter != shapes[i].delimiter || shape.skip != shapes[i].skip || shape.header != shapes[i].header)
            fail_msg("%s: '%c' skip %zu header %zu", shapes[i].head, shape.delimiter, shape.skip, shape.header);
    }
}

static void counts_the_lines_of_the_file(void **state)
{
    struct slice input = SLICE("a\r\n\"b\r\nc\rd\ne\"\rf\n\n\ng");
    static const long lines[] = {1, 2, 6, 9};
    struct csv csv;

    (void)state;
    csv_init(&csv, ',');
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(csv_feed(&csv, &input), CSV_RECORD);
        assert_int_equal(csv.row_line, lines[i]);
    }
    assert_int_equal(csv_feed(&csv, &input), CSV_MORE);
    assert_int_equal(csv_finish(&csv), CSV_RECORD);
    assert_int_equal(csv.row_line, lines[3]);
    csv_release(&csv);
}

/* --- a cell that somebody made to keep us busy --- */

static void read_cell(const char *text, size_t len)
{
    struct slice input = {text, len};
    struct csv csv;

    csv_init(&csv, ',');
    assert_int_equal(csv_feed(&csv, &input), CSV_MORE);
    assert_int_equal(csv_finish(&csv), CSV_RECORD);
    assert_int_equal(csv_cell(&csv, 0).len, len);
    csv_release(&csv);
}

/* Spaces for half of it, then a letter, then quotes: each of them may or may not open the cell. */
static char *spaces_and_quotes(size_t len)
{
    char *text = malloc(len);

    memset(text, ' ', len / 2);
    memset(text + len / 2, '"', len - len / 2);
    text[len / 2] = 'x';
    return text;
}

static void many_quotes_behind_many_spaces_are_no_surprise(void **state)
{
    enum { LONG = 128 << 10 };
    char *small = spaces_and_quotes(LONG / 8), *large = spaces_and_quotes(LONG);

    (void)state;
    assert_grows_linearly(read_cell, small, LONG / 8, large, LONG);
    free(small);
    free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_records_whatever_the_pieces),
        cmocka_unit_test(sniffs_delimiter_and_header),
        cmocka_unit_test(counts_the_lines_of_the_file),
        cmocka_unit_test(many_quotes_behind_many_spaces_are_no_surprise),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
