/* Between the evaluator's files: its table (eval.c), what may be asked of it (eval_check.c), its functions (eval_function.c). */
#ifndef TQ_STORE_SQLITE_EVAL_INT_H
#define TQ_STORE_SQLITE_EVAL_INT_H

#include <sqlite3.h>

#include "store/eval.h"

enum { EVAL_CALLABLES = 24 };

/* What SQLite hands to a function: whose it is, and which. */
struct eval_callable {
    struct store_eval *eval;
    size_t index;
};

struct store_eval {
    sqlite3 *db;
    struct eval_callable callables[EVAL_CALLABLES];
    struct eval_column *columns;
    size_t count;
    const struct calendar *calendar;
    bool provisional;
    sqlite3_stmt *put, *clear;
    struct eval_expression *expressions;
    int selects; /* seen by the authorizer since it was asked */
};

/* Tells SQLite of share_ge and the others. */
int eval_functions(struct store_eval *eval);
bool eval_is_function(struct slice name);

/* Its words and pieces, then what SQLite makes of it: nothing but one integer or text expression over the facts. */
bool eval_check(struct store_eval *eval, struct slice expression, const struct eval_parameter *parameters, size_t count,
                struct err *err);

/* What SQLite said, as an err: a function's complaint is ours and in Chinese. */
bool eval_failed(struct store_eval *eval, int code, struct slice expression, struct err *err);

#endif
