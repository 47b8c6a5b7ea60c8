/* What comes back in a sheet stays row by row and cell by cell while a form carries it. */
#include "../base/cases.h"

#include <stdio.h>
#include <unistd.h>

#include "work/registry.h"

/* Typed with Alt+Enter, or by somebody who would like to register what the sheet does not show. */
static const char sheet[] = "合同编号,登记编号,结果\n"
                            "\"HT-1\n3\t\tHT-9\t2026620100000019\tregistered\",2026620100000011,已登记\n"
                            "\"HT-\t2\",\"\r\n2026620100000012\n\",registered\n";

static void a_cell_holds_neither_rows_nor_cells(void **state)
{
    struct registry_row *rows = calloc(2 * (REGISTRY_ROWS + 1), sizeof *rows), *carried = rows + REGISTRY_ROWS + 1;
    char path[] = "registry-XXXXXX";
    struct table *table;
    struct arena arena;
    struct err err = {0};
    size_t count, again;
    int file = mkstemp(path);

    (void)state;
    arena_init(&arena);
    assert_int_equal(write(file, sheet, sizeof sheet - 1), sizeof sheet - 1);
    close(file);
    assert_true(table_open(path, "结果.csv", &table, &err));
    unlink(path);
    assert_true(registry_read(table, &arena, rows, &count, &err));
    table_close(table);
    assert_int_equal(count, 2);
    assert_true(slice_is(rows[0].in.cells[REGISTRY_CONTRACT], "HT-1 3  HT-9 2026620100000019 registered"));
    assert_true(slice_is(rows[1].in.cells[REGISTRY_CONTRACT], "HT- 2"));
    assert_true(slice_is(rows[1].in.cells[REGISTRY_NUMBER], "2026620100000012"));
    assert_true(sheet_text_read(&sheet_registry, sheet_text(&sheet_registry, rows, count, &arena), &arena, carried, &again, &err));
    assert_int_equal(again, count);
    for (size_t i = 0; i < count; i++)
        for (size_t c = 0; c < REGISTRY_COLUMNS; c++)
            assert_true(slice_same(carried[i].in.cells[c], rows[i].in.cells[c]));
    arena_release(&arena);
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_cell_holds_neither_rows_nor_cells)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
