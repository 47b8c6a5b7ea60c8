/*
 * What may be asked: three walls. The pieces of the expression (each word must be known), then SQLite's own reading of it
 * (what it would touch, one statement, one column), then its program (no arithmetic that lies).
 */
#include "base/clock.h"
#include "base/said.h"
#include "base/text.h"
#include "store/sqlite/eval_int.h"

enum { SHOWN = 120 };

/* --- the pieces --- */

struct scan {
    struct store_eval *eval;
    const struct eval_parameter *parameters;
    size_t count, sums;
    struct slice rest;
    struct err *err;
};

#define SHOW(slice) (int)((slice).len < SHOWN ? (slice).len : SHOWN), (slice).at

static bool is_word(struct slice name)
{
    static const char *const words[] = {"and",  "or",   "not",  "in",   "between", "is",
                                        "null", "case", "when", "then", "else",    "end"};
    bool found = false;

    for (size_t i = 0; i < sizeof words / sizeof *words && !found; i++)
        found = strlen(words[i]) == name.len && strncasecmp(words[i], name.at, name.len) == 0;
    return found;
}

static bool is_fact(const struct store_eval *eval, struct slice name)
{
    for (size_t i = 0; i < eval->count; i++)
        if (slice_is(name, eval->columns[i].name))
            return true;
    return false;
}

static bool opens(struct slice rest)
{
    return slice_is(eval_token_next(&rest).text, "(");
}

/* day('2026-01-01'): the text and the end of the call, nothing else. */
static bool day_ok(struct scan *scan)
{
    struct slice rest = scan->rest;
    struct eval_token text;
    int32_t day;

    eval_token_next(&rest);
    text = eval_token_next(&rest);
    if (text.kind != EVAL_TEXT || text.text.len != 12 || !slice_is(eval_token_next(&rest).text, ")"))
        return err_set(scan->err, ERR_INVALID, "表达式里 day 只能写成 day('2026-01-01') 的样子");
    if (!day_parse((struct slice){text.text.at + 1, 10}, &day))
        return err_set(scan->err, ERR_INVALID, "表达式里的日期 %.*s 没有这一天", SHOW(text.text));
    return true;
}

static bool name_ok(struct scan *scan, struct slice name)
{
    if (opens(scan->rest) && eval_is_function(name))
        return !slice_is(name, "day") || day_ok(scan);
    if (is_word(name) || (!opens(scan->rest) && is_fact(scan->eval, name)))
        return true;
    if (opens(scan->rest) && !is_fact(scan->eval, name))
        return err_set(scan->err, ERR_INVALID, "表达式里不能用函数 %.*s", SHOW(name));
    return err_set(scan->err, ERR_INVALID, "表达式里的 %.*s 不是这里的事实，也不是可用的词", SHOW(name));
}

static bool parameter_ok(struct scan *scan, struct slice name)
{
    for (size_t i = 0; i < scan->count; i++)
        if (slice_is((struct slice){name.at + 1, name.len - 1}, scan->parameters[i].name))
            return true;
    return err_set(scan->err, ERR_INVALID, "表达式里的 %.*s 不是这里的参数", SHOW(name));
}

static bool number_ok(struct scan *scan, struct slice digits)
{
    int64_t value = 0;

    for (size_t i = 0; i < digits.len && value <= EVAL_MOST; i++)
        value = value * 10 + (digits.at[i] - '0');
    return value <= EVAL_MOST || err_set(scan->err, ERR_INVALID, "表达式里的数 %.*s 太大", SHOW(digits));
}

static bool mark_ok(struct scan *scan, struct slice mark)
{
    scan->sums += slice_is(mark, "+") || slice_is(mark, "-");
    return scan->sums <= EVAL_SUMS || err_set(scan->err, ERR_INVALID, "表达式里的加减号超过 %d 个", EVAL_SUMS);
}

static bool refused(struct slice at, struct err *err)
{
    err_set(err, ERR_INVALID, "表达式从“%.*s”起写的不能用", SHOW(at));
    return err_hint(err, "只能用事实、$参数、整数、单引号里的代码、+ - ( ) , 比较号和列出的函数：乘除用 share_ge、part、ratio，不写注释、"
                         "分号、双引号和小数");
}

static bool pieces_ok(struct scan *scan)
{
    for (;;) {
        struct eval_token token = eval_token_next(&scan->rest);
        bool ok = true;

        switch (token.kind) {
        case EVAL_END:
            return true;
        case EVAL_BAD:
            return refused(token.text, scan->err);
        case EVAL_NAME:
            ok = name_ok(scan, token.text);
            break;
        case EVAL_PARAMETER:
            ok = parameter_ok(scan, token.text);
            break;
        case EVAL_NUMBER:
            ok = number_ok(scan, token.text);
            break;
        case EVAL_MARK:
            ok = mark_ok(scan, token.text);
            break;
        case EVAL_TEXT:
            break;
        }
        if (!ok)
            return false;
    }
}

/* --- what SQLite reads in it --- */

static int authorize(void *arg, int action, const char *first, const char *second, const char *database,
                     const char *trigger)
{
    struct store_eval *eval = arg;

    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
        return ++eval->selects == 1 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_READ:
        return strcmp(first, "fact") == 0 && (!*second || is_fact(eval, slice_of(second))) ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        return eval_is_function(slice_of(second)) ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

/* Bare, without brackets of ours: so a comma at its outside is seen as the second column that it is. */
static bool prepare_bare(struct store_eval *eval, const char *verb, struct slice expression, sqlite3_stmt **stmt,
                         struct err *err)
{
    struct text sql;
    const char *tail = NULL;
    int code;

    text_init(&sql);
    text_print(&sql, "%s %.*s FROM fact", verb, (int)expression.len, expression.at);
    eval->selects = 0;
    sqlite3_set_authorizer(eval->db, authorize, eval);
    code = sqlite3_prepare_v2(eval->db, sql.at, (int)sql.len, stmt, &tail);
    sqlite3_set_authorizer(eval->db, NULL, NULL);
    if (code == SQLITE_OK && (!*stmt || tail != sql.at + sql.len)) {
        sqlite3_finalize(*stmt);
        code = SQLITE_ERROR;
    }
    text_release(&sql);
    if (code == SQLITE_OK)
        return true;
    if (code == SQLITE_NOMEM)
        return err_set(err, ERR_MEMORY, "内存不足");
    err_set(err, ERR_INVALID, "表达式“%.*s”读不通", SHOW(expression));
    return err_hint(err, "看看括号、逗号、引号和词的次序；SQLite 说：%.160s", sqlite3_errmsg(eval->db));
}

static bool one_column(struct store_eval *eval, struct slice expression, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    int columns;

    if (!prepare_bare(eval, "SELECT", expression, &stmt, err))
        return false;
    columns = sqlite3_column_count(stmt);
    sqlite3_finalize(stmt);
    return columns == 1 || err_set(err, ERR_INVALID, "表达式“%.*s”是 %d 个，只能是一个", SHOW(expression), columns);
}

/* --- what it would do --- */

/* (BitAnd is part of IN.) */
static bool lies(const char *opcode)
{
    static const char *const opcodes[] = {"Divide", "Remainder", "Multiply", "Real", "RealAffinity", "Concat", "ShiftLeft",
                                          "ShiftRight", "BitOr", "BitNot", "AggStep", "Cast"};

    for (size_t i = 0; i < sizeof opcodes / sizeof *opcodes; i++)
        if (strcmp(opcode, opcodes[i]) == 0)
            return true;
    return false;
}

static bool program_ok(struct store_eval *eval, struct slice expression, struct err *err)
{
    sqlite3_stmt *stmt = NULL;
    bool ok = true;

    if (!prepare_bare(eval, "EXPLAIN SELECT", expression, &stmt, err))
        return false;
    while (ok && sqlite3_step(stmt) == SQLITE_ROW) {
        const char *opcode = (const char *)sqlite3_column_text(stmt, 1);

        if (opcode && lies(opcode))
            ok = err_set(err, ERR_INVALID, "表达式“%.*s”里有不能用的运算 %.20s", SHOW(expression), opcode);
    }
    sqlite3_finalize(stmt);
    return ok;
}

bool eval_check(struct store_eval *eval, struct slice expression, const struct eval_parameter *parameters, size_t count,
                struct err *err)
{
    struct scan scan = {.eval = eval, .parameters = parameters, .count = count, .rest = expression, .err = err};
    struct slice rest = expression;

    if (eval_token_next(&rest).kind == EVAL_END)
        return err_set(err, ERR_INVALID, "表达式是空的");
    if (expression.len > EVAL_LENGTH)
        return err_set(err, ERR_INVALID, "表达式太长：不能超过 %d 个字节", EVAL_LENGTH);
    return pieces_ok(&scan) && one_column(eval, expression, err) && program_ok(eval, expression, err);
}
