/* Results in binary: numbers in network order, text and bytes as they are. */
#include <assert.h>

#include "store/pg/pg_int.h"

/* From PostgreSQL's pg_type.dat; these numbers are fixed. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_NUMERIC = 1700 };

bool pg_rows(struct sql *sql, const char *statement, const struct sql_arg *args, size_t count, struct sql_rows *rows,
             struct err *err)
{
    struct pg_conn *conn = pg_of(sql);
    PGresult *result = NULL;

    if (!pg_send(conn, statement, args, count, &result, err))
        return false;
    if (!pg_sync(conn, PG_WAIT_US, err)) {
        PQclear(result);
        return false;
    }
    rows->engine = result;
    rows->row = -1;
    rows->rows = PQntuples(result);
    return true;
}

bool pg_next(struct sql_rows *rows)
{
    return ++rows->row < rows->rows;
}

bool pg_done(struct sql_rows *rows, struct err *err)
{
    (void)err;
    PQclear(rows->engine);
    return true;
}

bool pg_is_null(const struct sql_rows *rows, int column)
{
    return PQgetisnull(rows->engine, rows->row, column);
}

static uint64_t big_endian(const unsigned char *at, int bytes)
{
    uint64_t number = 0;

    for (int i = 0; i < bytes; i++)
        number = number << 8 | at[i];
    return number;
}

/*
 * NUMERIC, which is what sum() of BIGINT gives: digits of base 10,000; 16 bits each for how many, the weight of the
 * first, the sign and the scale. Only whole numbers that fit occur here.
 */
static int64_t numeric(const unsigned char *at)
{
    int digits = (int)big_endian(at, 2), weight = (int16_t)big_endian(at + 2, 2);
    bool negative = big_endian(at + 4, 2) == 0x4000;
    int64_t number = 0;

    for (int i = 0; i <= weight; i++) {
        int64_t digit = i < digits ? (int64_t)big_endian(at + 8 + 2 * i, 2) : 0;
        bool over = __builtin_mul_overflow(number, 10000, &number)
            || __builtin_add_overflow(number, negative ? -digit : digit, &number);

        assert(!over);
    }
    return number;
}

static bool is_number(Oid type)
{
    return type == OID_INT8 || type == OID_INT4 || type == OID_INT2 || type == OID_BOOL || type == OID_NUMERIC;
}

int64_t pg_number(const struct sql_rows *rows, int column)
{
    const unsigned char *at = (const unsigned char *)PQgetvalue(rows->engine, rows->row, column);

    if (PQgetisnull(rows->engine, rows->row, column))
        return 0;
    assert(is_number(PQftype(rows->engine, column))); /* sql_number of a column that is no number */
    switch (PQftype(rows->engine, column)) {
    case OID_INT8:
        return (int64_t)big_endian(at, 8);
    case OID_INT4:
        return (int32_t)big_endian(at, 4);
    case OID_INT2:
        return (int16_t)big_endian(at, 2);
    case OID_BOOL:
        return at[0] != 0;
    case OID_NUMERIC:
        return numeric(at);
    }
    return 0;
}

struct slice pg_slice(const struct sql_rows *rows, int column)
{
    assert(!is_number(PQftype(rows->engine, column))); /* sql_slice of a number */
    return (struct slice){PQgetvalue(rows->engine, rows->row, column),
                          (size_t)PQgetlength(rows->engine, rows->row, column)};
}
