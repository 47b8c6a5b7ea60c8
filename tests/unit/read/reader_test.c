/* Documents, good and hostile, made by tests/bad/file-documents.py and read through the locked-up process. */
#include "cases.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "file/reader.h"
#include "file/table.h"

enum { PARTS_MOST = 8, TEXT_MOST = 64 << 20 };

static const char *program, *folder, *maker;

static void make_files(void)
{
    int status;
    pid_t child = fork();

    if (child == 0) {
        execlp("python3", "python3", maker, folder, (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void path_of(const char *name, struct text *path)
{
    text_clear(path);
    text_print(path, "%s/%s", folder, name);
}

static void file_load(const char *name, struct text *bytes)
{
    struct text path;
    FILE *file;
    size_t len;

    text_init(&path);
    path_of(name, &path);
    file = fopen(path.at, "rbe");
    assert_non_null(file);
    while ((len = fread(text_reserve(bytes, 1 << 16), 1, 1 << 16, file)) > 0)
        bytes->len += len;
    fclose(file);
    text_release(&path);
}

/* "\n", "\f", "\t", "\r", "\l" (U+2028) and "\\" of expected.tsv, in place. */
static void unescape(char *text)
{
    static const char from[] = "nftr\\", to[] = "\n\f\t\r\\";
    char *out = text;

    for (; *text; text++) {
        const char *found;

        if (*text != '\\') {
            *out++ = *text;
        } else if (*++text == 'l') {
            memcpy(out, "\u2028", 3); /* longer than "\l", yet never ahead of text by more than the parts allow */
            out += 3;
        } else if ((found = strchr(from, *text)) != NULL) {
            *out++ = to[found - from];
        }
    }
    *out = '\0';
}

static bool is_met(const char *outcome, char **parts, int count, bool done, const struct text *text, const struct err *err)
{
    if (strcmp(outcome, "refused") == 0)
        return !done && err->code == ERR_INVALID && text->len == 0 && strstr(err->message, parts[0])
            && (count < 2 || strstr(err->hint, parts[1]));
    if (strcmp(outcome, "exact") == 0)
        return done && slice_is(text_slice(text), parts[0]);
    for (int i = 0; i < count; i++)
        if (!done || !strstr(text_slice(text).at, parts[i]))
            return false;
    return true;
}

static bool document_check(char *line)
{
    struct text bytes, text, room;
    struct err err = {0};
    enum reader_form form;
    char *parts[PARTS_MOST], *rest = line, *name = strsep(&rest, "\t\n"), *outcome = strsep(&rest, "\t\n"), *part;
    int count = 0;
    bool done, met;

    text_init(&bytes);
    text_init(&text);
    text_init(&room);
    while (count < PARTS_MOST && (part = strsep(&rest, "\t\n")) != NULL && *part) {
        parts[count] = calloc(2, strlen(part) + 1);
        memcpy(parts[count], part, strlen(part));
        text_puts(&room, part);
        unescape(parts[count++]);
    }
    file_load(name, &bytes);
    done = reader_form(text_slice(&bytes), &form, &err) && reader_text(program, text_slice(&bytes), form, TEXT_MOST, &text, &err);
    met = is_met(outcome, parts, count, done, &text, &err);
    if (!met)
        print_error("%s: %s\n%.2000s\n%s (%s)\n", name, done ? "read" : "refused", text_slice(&text).at, err.message, err.hint);
    while (count > 0)
        free(parts[--count]);
    text_release(&bytes);
    text_release(&text);
    text_release(&room);
    return met;
}

static void each_document_is_read_or_refused_in_words(void **state)
{
    struct text path;
    FILE *list;
    char *line = NULL;
    size_t room = 0;
    int failed = 0, count = 0;

    (void)state;
    text_init(&path);
    path_of("expected.tsv", &path);
    list = fopen(path.at, "re");
    assert_non_null(list);
    while (getline(&line, &room, list) > 0) {
        count++;
        failed += !document_check(line);
    }
    fclose(list);
    free(line);
    text_release(&path);
    assert_true(count >= 40);
    assert_int_equal(failed, 0);
}

static void text_is_cut_where_asked_between_characters(void **state)
{
    struct text bytes, text;
    struct err err;

    (void)state;
    text_init(&bytes);
    text_init(&text);
    file_load("gbk.pdf", &bytes);
    assert_true(reader_text(program, text_slice(&bytes), READER_PDF, 8, &text, &err));
    assert_string_equal(text.at, "本发");
    text_release(&bytes);
    text_release(&text);
}

static void a_sheet_is_a_table(void **state)
{
    struct text path;
    struct table *table;
    struct table_row row;
    struct err err;

    (void)state;
    text_init(&path);
    path_of("table.xlsx", &path);
    table_reader(NULL);
    assert_false(table_open(path.at, NULL, &table, &err));
    table_reader(program);
    assert_true(table_open(path.at, NULL, &table, &err));
    assert_int_equal(table_form(table), TABLE_XLSX);
    assert_int_equal(table_columns(table), 3);
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(row.line, 6);
    assert_true(slice_is(row.cells[0], "泵\n阀"));
    assert_true(slice_is(row.cells[1], "2020-01-01"));
    assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
    assert_int_equal(row.line, 7);
    assert_true(slice_is(row.cells[2], "=1"));
    assert_int_equal(table_next(table, &row, &err), TABLE_END);
    table_close(table);
    text_release(&path);
}

static void a_hostile_workbook_is_refused_as_a_table_too(void **state)
{
    struct text path;
    struct table *table;
    struct err err;

    (void)state;
    table_reader(program);
    text_init(&path);
    path_of("sheet-doctype.xlsx", &path);
    assert_false(table_open(path.at, "a.xlsx", &table, &err));
    assert_non_null(strstr(err.message, "DOCTYPE"));
    path_of("all-hidden.xlsx", &path);
    assert_false(table_open(path.at, "a.xlsx", &table, &err));
    assert_non_null(strstr(err.message, "没有文字"));
    text_release(&path);
}

static void what_was_written_reads_back_the_same(void **state)
{
    static const char *const values[] = {"", "泵", "=1+1", "-5", "00123", "0.10", "1.5", "a\nb", "a\r\nb", "_x0041_", "'=1",
                                         " x ", "13800138000", "110105194912310021", "\t", "𠮷", "\"", "a,b", "TRUE"};
    const struct slice columns[] = {SLICE("=名称"), SLICE("二")};
    struct text path;
    struct table_writer *writer;
    struct table *table;
    struct table_row row;
    struct err err;

    (void)state;
    table_reader(program);
    text_init(&path);
    path_of("written.xlsx", &path);
    assert_true(table_create(path.at, TABLE_XLSX, columns, 2, &writer, &err));
    for (size_t i = 0; i < COUNT(values); i++)
        assert_true(table_write(writer, (struct slice[]){slice_of(values[i]), SLICE("x")}, &err));
    assert_true(table_finish(writer, &err));
    assert_true(table_open(path.at, "a.xlsx", &table, &err));
    assert_true(slice_is(table_column(table, 0), "=名称"));
    for (size_t i = 0; i < COUNT(values); i++) {
        assert_int_equal(table_next(table, &row, &err), TABLE_ROW);
        assert_int_equal(row.line, i + 2);
        if (!slice_is(row.cells[0], values[i]))
            fail_msg("%s came back as %.*s", values[i], (int)row.cells[0].len, row.cells[0].at);
    }
    table_close(table);
    text_release(&path);
}

static void a_missing_reader_is_an_error_not_an_accident(void **state)
{
    struct text text;
    struct err err;

    (void)state;
    text_init(&text);
    assert_false(reader_text("/nowhere/tieqiao-read", SLICE("%PDF-1.4"), READER_PDF, 100, &text, &err));
    assert_int_equal(err.code, ERR_IO);
    assert_false(reader_text("/bin/false", SLICE("%PDF-1.4"), READER_PDF, 100, &text, &err));
    assert_int_equal(err.code, ERR_INVALID);
    text_release(&text);
}

/* It ends at once: every order finds it gone. */
static void a_lost_helper_is_done_without(void **state)
{
    struct err err;

    assert_false(reader_helper("/nowhere/tieqiao-read", &err));
    assert_int_equal(err.code, ERR_IO);
    assert_true(reader_helper("/bin/true", &err));
    usleep(100000);
    text_is_cut_where_asked_between_characters(state);
}

static void the_helper_stands_by(void **state)
{
    struct err err;

    (void)state;
    assert_true(reader_helper(program, &err));
}

/* Nobody asks the helper about a program: it is there already. */
static void with_the_helper_no_program_is_started(void **state)
{
    struct text text;
    struct err err;

    (void)state;
    text_init(&text);
    assert_false(reader_text("/nowhere/tieqiao-read", SLICE("%PDF-1.4"), READER_PDF, 100, &text, &err));
    assert_int_equal(err.code, ERR_INVALID);
    text_release(&text);
}

/* The rest of the text is not wanted: closing must neither hang nor harm the next one. */
static void a_table_may_be_left_in_the_middle(void **state)
{
    const struct slice columns[] = {SLICE("a")};
    struct text path;
    struct table_writer *writer;
    struct table *table;
    struct err err;

    table_reader(program);
    text_init(&path);
    path_of("long.xlsx", &path);
    assert_true(table_create(path.at, TABLE_XLSX, columns, 1, &writer, &err));
    for (int i = 0; i < 400000; i++)
        assert_true(table_write(writer, &SLICE("a cell with a text of some length"), &err));
    assert_true(table_finish(writer, &err));
    assert_true(table_open(path.at, NULL, &table, &err));
    table_close(table);
    text_release(&path);
    a_sheet_is_a_table(state);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_cut_where_asked_between_characters),
        cmocka_unit_test(a_sheet_is_a_table),
        cmocka_unit_test(a_hostile_workbook_is_refused_as_a_table_too),
        cmocka_unit_test(what_was_written_reads_back_the_same),
        cmocka_unit_test(a_table_may_be_left_in_the_middle),
        cmocka_unit_test(a_missing_reader_is_an_error_not_an_accident),
        cmocka_unit_test(a_lost_helper_is_done_without),
        cmocka_unit_test(the_helper_stands_by), /* from here on */
        cmocka_unit_test(with_the_helper_no_program_is_started),
        cmocka_unit_test(text_is_cut_where_asked_between_characters),
        cmocka_unit_test(a_sheet_is_a_table),
        cmocka_unit_test(a_hostile_workbook_is_refused_as_a_table_too),
        cmocka_unit_test(a_table_may_be_left_in_the_middle),
        cmocka_unit_test(each_document_is_read_or_refused_in_words),
    };

    if (argc != 4)
        return 2;
    program = argv[1];
    folder = argv[2];
    maker = argv[3];
    make_files();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
