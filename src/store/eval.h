/*
 * Expressions over facts, evaluated by SQLite in memory, for rules/ only (DESIGN §7). A set of facts is one row of a STRICT
 * table; an unknown fact is NULL, so SQL's three values are the three answers.
 *
 *   eval_open       a table with these columns
 *   eval_prepare    one expression over a row, checked: see below
 *   eval_row        puts a set of facts as row `row`
 *   eval_ask        the expression's value for one row
 *
 * An expression is refused (ERR_INVALID, in words that name it) unless it is one SQL expression: no second statement, no
 * second column, no subquery, no comment, no string in double quotes, no function but those below, no column that is not a
 * fact, no $name that is not a parameter, and no / % * (x/0 is NULL, a false "unknown"; large products become floats).
 * Words: and, or, not, in, between, is, null, case, when, then, else, end. Marks: + - ( ) , < <= > >= = == <> !=. Whole numbers
 * alone, none above EVAL_MOST, neither in a fact nor in a parameter nor as a function's value, and at most EVAL_SUMS signs
 * + and - an expression: no sum can leave 64 bits (and so become a float in silence).
 * Functions, all in integers, overflow and a base that is not above 0 being errors and never NULL; with an argument NULL they
 * are NULL:
 *   share_ge(a, b, bp)        a ≥ b × bp/10000, exactly, in 128 bits; b is the base, bp no less than 0
 *   part(a, bp)               a × bp/10000, down;   part_up(a, bp): up;   part_near(a, bp): half up, as a tax is
 *   ratio(a, b, c)            a × b ÷ c, down, exactly, in 128 bits; c above 0
 *   day('2026-01-01')         a day's number; only a literal
 *   days_after(d, n), workdays_after(d, n), months_after(d, n)   the last day of a period (base/calendar.h), not rolled
 *   rolled(d)                 民法典 §203
 *   workdays(d, e)            working days after d up to and with e
 *   least(a, b, …), most(a, b, …)  the smallest or largest; NULL with one that is not known: it might be smaller or larger
 *   abs(a)                    without its sign
 *   coalesce, nullif, iif     as in SQL
 * Both sides of AND and OR are computed: what may only be asked under a condition (a base that can be 0) goes into
 * iif(base > 0, share_ge(a, base, $least), 0), which computes one side alone.
 *
 * One thread at a time uses a store_eval.
 */
#ifndef TQ_STORE_EVAL_H
#define TQ_STORE_EVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/slice.h"

/* 10^17, as the most of money: EVAL_SUMS + 1 of them fit an int64. */
#define EVAL_MOST INT64_C(100000000000000000)
enum { EVAL_SUMS = 64, EVAL_LENGTH = 4000 };

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

struct eval_column {
    const char *name; /* [a-z][a-z0-9_]* and no SQL keyword */
    bool is_text;     /* else an integer */
};

struct eval_parameter {
    const char *name; /* without '$' */
    int64_t value;
};

struct eval_value {
    bool known, is_text;
    int64_t number;
    struct slice text; /* until the expression is asked again */
};

struct store_eval;
struct eval_expression; /* belongs to its store_eval */

/* The calendar must outlive it. */
bool eval_open(const struct eval_column *columns, size_t count, const struct calendar *calendar,
               struct store_eval **eval, struct err *err);
void eval_close(struct store_eval *eval);

bool eval_prepare(struct store_eval *eval, struct slice expression, const struct eval_parameter *parameters, size_t count,
                  struct eval_expression **out, struct err *err);

/* values: as many as there are columns, of their kind. A number beyond EVAL_MOST: ERR_INVALID, field is the column. */
bool eval_row(struct store_eval *eval, int64_t row, const struct eval_value *values, struct err *err);
void eval_clear(struct store_eval *eval);

/* ERR_INVALID: a function's complaint (a base of 0, too large, no such day); ERR_MISSING: there is no such row. */
bool eval_ask(struct eval_expression *expression, int64_t row, struct eval_value *value, struct err *err);

/*
 * The functions above that reckon, by number from 0 on, and one of them on whole numbers that are all known: NULL, or what is wrong
 * with them (a literal of ours). Exactly what an expression computes.
 */
struct eval_function {
    const char *name;
    size_t least, most; /* arguments */
    bool pure;          /* asks no calendar */
};
const struct eval_function *eval_function_at(size_t index); /* NULL: no more */
const char *eval_call(size_t index, const struct calendar *calendar, const int64_t *given, size_t count, bool *provisional, int64_t *out);

/* Were days of a year not announced counted since the last call? */
bool eval_provisional(struct store_eval *eval);

/*
 * The pieces an expression is written in. EVAL_END at its end; EVAL_BAD: what begins no piece, a comment or a string without
 * an end among it, and `rest` stays there.
 */
enum eval_token_kind { EVAL_END, EVAL_NUMBER, EVAL_TEXT /* with its quotes */, EVAL_NAME, EVAL_PARAMETER /* with its $ */, EVAL_MARK, EVAL_BAD };

struct eval_token {
    enum eval_token_kind kind;
    struct slice text;
};

struct eval_token eval_token_next(struct slice *rest);

static inline enum truth eval_truth(const struct eval_value *value)
{
    return !value->known ? TRUTH_UNKNOWN : value->number ? TRUTH_YES : TRUTH_NO;
}

#endif
