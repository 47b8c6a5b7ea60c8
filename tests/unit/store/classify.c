/* The two tables that turn an engine's error into ours: every row that the store's behaviour hangs on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/pg/pg_int.h"
#include "store/sqlite/sqlite_int.h"

static void sqlstates(void **state)
{
    static const struct { const char *state; enum pg_kind kind; enum err_code code; } cases[] = {
        {NULL, PG_DROP, ERR_IO},           /* libpq's own: the connection broke */
        {"", PG_DROP, ERR_IO},
        {"08000", PG_DROP, ERR_IO},        {"08006", PG_DROP, ERR_IO},
        {"57P01", PG_DROP, ERR_IO},        {"57P02", PG_DROP, ERR_IO},
        {"57P03", PG_DROP, ERR_IO},        {"57P05", PG_DROP, ERR_IO},
        {"57014", PG_STEP, ERR_BUSY},        {"25006", PG_DROP, ERR_IO},
        {"25P03", PG_DROP, ERR_IO},        {"25P02", PG_STEP, ERR_IO},
        {"40001", PG_AGAIN, ERR_BUSY},       {"40P01", PG_AGAIN, ERR_BUSY},
        {"40003", PG_DROP, ERR_IO},        {"55P03", PG_AGAIN, ERR_BUSY},
        {"23505", PG_STEP, ERR_CONFLICT},    {"23503", PG_STEP, ERR_INVALID},
        {"23502", PG_STEP, ERR_INVALID},     {"23514", PG_STEP, ERR_INVALID},
        {"22021", PG_STEP, ERR_INVALID},     {"22003", PG_STEP, ERR_INVALID},
        {"53100", PG_STEP, ERR_FULL},        {"53200", PG_STEP, ERR_MEMORY},
        {"53300", PG_DROP, ERR_BUSY},        {"54000", PG_STEP, ERR_TOO_LARGE},
        {"XX001", PG_STEP, ERR_CORRUPT},     {"XX000", PG_STEP, ERR_IO},
        {"58030", PG_STEP, ERR_IO},          {"42601", PG_STEP, ERR_IO},
        {"42P01", PG_STEP, ERR_IO},          {"28P01", PG_DROP, ERR_IO},
        {"0A000", PG_DROP, ERR_IO},          {"ZZZZZ", PG_STEP, ERR_IO},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct pg_class *class = pg_classify(cases[i].state);

        if (class->kind != cases[i].kind || class->code != cases[i].code)
            fail_msg("%s: %d %s", cases[i].state, (int)class->kind, err_name(class->code));
        assert_true(strlen(class->message) > 0);
    }
}

static void sqlite_codes(void **state)
{
    static const struct { int code; enum err_code class; } cases[] = {
        {SQLITE_CONSTRAINT_UNIQUE, ERR_CONFLICT},     {SQLITE_CONSTRAINT_PRIMARYKEY, ERR_CONFLICT},
        {SQLITE_CONSTRAINT_ROWID, ERR_CONFLICT},      {SQLITE_CONSTRAINT_NOTNULL, ERR_INVALID},
        {SQLITE_CONSTRAINT_CHECK, ERR_INVALID},       {SQLITE_CONSTRAINT_FOREIGNKEY, ERR_INVALID},
        {SQLITE_CONSTRAINT_DATATYPE, ERR_INVALID},    {SQLITE_MISMATCH, ERR_INVALID},
        {SQLITE_FULL, ERR_FULL},                      {SQLITE_IOERR, ERR_IO},
        {SQLITE_IOERR_FSYNC, ERR_IO},                 {SQLITE_IOERR_WRITE, ERR_IO},
        {SQLITE_CORRUPT, ERR_CORRUPT},                {SQLITE_CORRUPT_INDEX, ERR_CORRUPT},
        {SQLITE_NOTADB, ERR_CORRUPT},                 {SQLITE_NOMEM, ERR_MEMORY},
        {SQLITE_BUSY, ERR_BUSY},                      {SQLITE_BUSY_SNAPSHOT, ERR_BUSY},
        {SQLITE_LOCKED, ERR_BUSY},                    {SQLITE_TOOBIG, ERR_TOO_LARGE},
        {SQLITE_ERROR, ERR_IO},                       {SQLITE_READONLY, ERR_IO},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (sqlite_class(cases[i].code) != cases[i].class)
            fail_msg("%d: %s", cases[i].code, err_name(sqlite_class(cases[i].code)));
}

static void parameters_are_translated(void **state)
{
    static const struct { const char *from, *to; } cases[] = {
        {"SELECT ?1, ?12 FROM t", "SELECT $1, $12 FROM t"},
        {"SELECT '?1''?2', \"?3\", ?4", "SELECT '?1''?2', \"?3\", $4"},
        {"", ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *out = pg_translate(cases[i].from);

        assert_string_equal(out, cases[i].to);
        free(out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sqlstates),
        cmocka_unit_test(sqlite_codes),
        cmocka_unit_test(parameters_are_translated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
