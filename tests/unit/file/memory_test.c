/* A 100 MB file is read within a fixed memory; the rate is printed, not judged: machines differ. */
#include "cases.h"

#include "fixture.h"

#include <sys/resource.h>

#include "base/clock.h"
#include "file/table.h"
#include "read/sanitized.h"

enum { COLUMNS = 20, BYTES = 100 << 20, RESIDENT_KIB = 64 << 10 };

static long write_rows(FILE *file, const char *cell)
{
    long rows = 0;

    for (int i = 0; i < COLUMNS; i++)
        fprintf(file, i ? ",c%d" : "c%d", i);
    fputc('\n', file);
    for (; ftell(file) < BYTES; rows++) {
        fprintf(file, "%ld", rows);
        for (int i = 1; i < COLUMNS; i++)
            fprintf(file, ",%s", cell);
        fputc('\n', file);
    }
    return rows;
}

static void read_all(const char *name, const char *cell)
{
    FILE *file = fopen(fixture_new(), "wbe");
    long rows = write_rows(file, cell), seen = 0;
    struct table *table;
    struct table_row row;
    struct err err;
    struct rusage usage;
    int64_t start, took;

    fclose(file);
    start = clock_steady_us();
    assert_true(table_open(fixture_path, NULL, &table, &err));
    while (table_next(table, &row, &err) == TABLE_ROW)
        seen++;
    took = clock_steady_us() - start;
    assert_string_equal(table_encoding(table), name);
    table_close(table);
    fixture_drop();
    getrusage(RUSAGE_SELF, &usage);
    printf("# %s: %.0f rows of %d columns a second, %.0f MB/s, peak %ld KiB\n", name,
           (double)rows * 1e6 / (double)took, COLUMNS, (double)BYTES / (double)took, usage.ru_maxrss);
    assert_int_equal(seen, rows);
    if (!TQ_SANITIZED)
        assert_true(usage.ru_maxrss < RESIDENT_KIB);
}

static void a_large_utf8_file_takes_little_memory(void **state)
{
    (void)state;
    read_all("UTF-8", "轴承3000");
}

static void a_large_gb18030_file_takes_little_memory(void **state)
{
    (void)state;
    read_all("GB18030", "\xD6\xE1\xB3\xD0" "3000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_large_utf8_file_takes_little_memory),
        cmocka_unit_test(a_large_gb18030_file_takes_little_memory),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
