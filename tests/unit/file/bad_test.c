/* Files that lie, made by tests/bad/file-make.py: each is refused in words that name the place and the remedy. */
#include "cases.h"

#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "file/table.h"

static const char *folder, *maker;

struct expectation {
    char *name, *outcome, *message, *hint;
    long rows, line;
};

struct seen {
    const char *outcome;
    long rows;
    struct err first; /* the first complaint */
};

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

static struct seen read_rows(struct table *table)
{
    struct seen seen = {.outcome = "good"};
    struct table_row row;
    struct err err;

    for (;;) {
        switch (table_next(table, &row, &err)) {
        case TABLE_ROW:
            seen.rows++;
            break;
        case TABLE_BAD_ROW:
            if (strcmp(seen.outcome, "good") == 0)
                seen.first = err;
            seen.outcome = "bad";
            break;
        case TABLE_BROKEN:
            seen.first = err;
            seen.outcome = "broken";
            return seen;
        case TABLE_END:
            return seen;
        }
    }
}

static struct seen read_file(const char *path, const char *name)
{
    struct seen seen = {.outcome = "refused"};
    struct table *table;

    if (!table_open(path, name, &table, &seen.first))
        return seen;
    seen = read_rows(table);
    table_close(table);
    return seen;
}

static bool holds(const char *text, const char *part)
{
    return strcmp(part, "-") == 0 || strstr(text, part) != NULL;
}

static bool expectation_met(const struct expectation *want)
{
    struct text path;
    struct seen seen;
    bool met;

    text_init(&path);
    text_print(&path, "%s/%s", folder, want->name);
    seen = read_file(path.at, want->name);
    text_release(&path);
    met = strcmp(seen.outcome, want->outcome) == 0 && seen.rows == want->rows && holds(seen.first.message, want->message)
       && holds(seen.first.hint, want->hint) && (want->line == 0 || seen.first.line == want->line);
    if (!met)
        print_error("%s: %s, %ld rows, line %ld: %s (%s)\n", want->name, seen.outcome, seen.rows, seen.first.line,
                    seen.first.message, seen.first.hint);
    return met;
}

/* Cuts a line of expected.tsv in place. */
static struct expectation expectation_read(char *line)
{
    char *part[6], *rest = line;

    for (int i = 0; i < 6; i++) {
        part[i] = strsep(&rest, "\t\n");
        assert_non_null(part[i]);
    }
    return (struct expectation){.name = part[0], .outcome = part[1], .rows = strtol(part[2], NULL, 10),
                                .line = strtol(part[3], NULL, 10), .message = part[4], .hint = part[5]};
}

static void each_bad_file_is_named_with_place_and_remedy(void **state)
{
    struct text path;
    FILE *list;
    char *line = NULL;
    size_t room = 0;
    int failed = 0, count = 0;

    (void)state;
    make_files();
    text_init(&path);
    text_print(&path, "%s/expected.tsv", folder);
    list = fopen(path.at, "re");
    assert_non_null(list);
    while (getline(&line, &room, list) > 0) {
        struct expectation want = expectation_read(line);

        count++;
        failed += !expectation_met(&want);
    }
    fclose(list);
    free(line);
    text_release(&path);
    assert_true(count >= 50);
    assert_int_equal(failed, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_bad_file_is_named_with_place_and_remedy),
    };

    if (argc != 3)
        return 2;
    folder = argv[1];
    maker = argv[2];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
