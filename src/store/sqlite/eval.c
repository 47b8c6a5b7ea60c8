/* Facts in a STRICT table in memory; its row number bears a name that no expression can write. */
#include <assert.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/said.h"
#include "base/text.h"
#include "store/sqlite/eval_int.h"

struct eval_expression {
    struct store_eval *eval;
    struct eval_expression *next;
    sqlite3_stmt *one;
    char *text; /* as it was written, for complaints */
    struct text value;
};

/* --- opening --- */

static bool column_ok(const char *name)
{
    size_t len = strlen(name);

    if (len == 0 || len > 60 || name[0] < 'a' || name[0] > 'z' || sqlite3_keyword_check(name, (int)len)
        || eval_is_function(slice_of(name)) || strcmp(name, "rowid") == 0 || strcmp(name, "oid") == 0)
        return false;
    return strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == len;
}

static bool columns_ok(const struct eval_column *columns, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!column_ok(columns[i].name)) {
            err_set(err, ERR_INVALID, "事实的名字 %.60s 不能用", columns[i].name);
            return err_hint(err, "用小写英文字母开头，后面可以有小写字母、数字和下划线，不能是 SQL 的词和函数名");
        }
        for (size_t j = 0; j < i; j++)
            if (strcmp(columns[i].name, columns[j].name) == 0)
                return err_set(err, ERR_INVALID, "事实 %.60s 写了两次", columns[i].name);
    }
    return true;
}

static void columns_keep(struct store_eval *eval, const struct eval_column *columns, size_t count)
{
    eval->columns = calloc(count + 1, sizeof *eval->columns);
    if (!eval->columns)
        abort();
    for (size_t i = 0; i < count; i++) {
        eval->columns[i] = columns[i];
        eval->columns[i].name = strdup(columns[i].name);
    }
    eval->count = count;
}

static void settings(sqlite3 *db)
{
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_EXPR_DEPTH, 200);
}

static void table_text(const struct store_eval *eval, struct text *create, struct text *put)
{
    text_puts(create, "CREATE TABLE fact (\"0\" INTEGER PRIMARY KEY");
    text_puts(put, "INSERT OR REPLACE INTO fact VALUES (?");
    for (size_t i = 0; i < eval->count; i++) {
        text_print(create, ", %s %s", eval->columns[i].name, eval->columns[i].is_text ? "TEXT" : "INTEGER");
        text_puts(put, ", ?");
    }
    text_puts(create, ") STRICT");
    text_puts(put, ")");
}

static int table_make(struct store_eval *eval)
{
    struct text create, put;
    int code;

    text_init(&create);
    text_init(&put);
    table_text(eval, &create, &put);
    code = sqlite3_exec(eval->db, create.at, NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v3(eval->db, put.at, -1, SQLITE_PREPARE_PERSISTENT, &eval->put, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v3(eval->db, "DELETE FROM fact", -1, SQLITE_PREPARE_PERSISTENT, &eval->clear, NULL);
    text_release(&create);
    text_release(&put);
    return code;
}

bool eval_open(const struct eval_column *columns, size_t count, const struct calendar *calendar, struct store_eval **out,
               struct err *err)
{
    struct store_eval *eval;
    int code;

    if (!columns_ok(columns, count, err))
        return false;
    eval = calloc(1, sizeof *eval);
    if (!eval)
        abort();
    eval->calendar = calendar;
    columns_keep(eval, columns, count);
    code = sqlite3_open_v2(":memory:", &eval->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (code == SQLITE_OK) {
        settings(eval->db);
        code = eval_functions(eval);
    }
    if (code == SQLITE_OK)
        code = table_make(eval);
    if (code != SQLITE_OK) {
        eval_failed(eval, code, (struct slice){"", 0}, err);
        eval_close(eval);
        return false;
    }
    *out = eval;
    return true;
}

static void expression_free(struct eval_expression *expression)
{
    sqlite3_finalize(expression->one);
    text_release(&expression->value);
    free(expression->text);
    free(expression);
}

void eval_close(struct store_eval *eval)
{
    if (!eval)
        return;
    while (eval->expressions) {
        struct eval_expression *next = eval->expressions->next;

        expression_free(eval->expressions);
        eval->expressions = next;
    }
    sqlite3_finalize(eval->put);
    sqlite3_finalize(eval->clear);
    sqlite3_close(eval->db);
    for (size_t i = 0; i < eval->count; i++)
        free((char *)eval->columns[i].name);
    free(eval->columns);
    free(eval);
}

/* --- expressions --- */

bool eval_failed(struct store_eval *eval, int code, struct slice expression, struct err *err)
{
    if (code == SQLITE_NOMEM)
        return err_set(err, ERR_MEMORY, "内存不足");
    if (code != SQLITE_ERROR)
        log_error("eval: %s: %.*s", sqlite3_errmsg(eval->db), (int)expression.len, expression.at);
    err_set(err, ERR_INVALID, "算不出来：%s", sqlite3_errmsg(eval->db));
    return expression.len ? err_hint(err, "算的是：%.*s", (int)expression.len, expression.at) : false;
}

static sqlite3_stmt *prepare(struct store_eval *eval, const char *before, struct slice expression, const char *behind)
{
    sqlite3_stmt *stmt = NULL;
    struct text sql;
    int code;

    text_init(&sql);
    text_print(&sql, "%s(%.*s\n)%s", before, (int)expression.len, expression.at, behind);
    code = sqlite3_prepare_v3(eval->db, sql.at, (int)sql.len, SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    text_release(&sql);
    return code == SQLITE_OK ? stmt : NULL;
}

static void bind(sqlite3_stmt *stmt, const struct eval_parameter *parameters, size_t count)
{
    char name[80];

    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "$%s", parameters[i].name);
        if (sqlite3_bind_parameter_index(stmt, name))
            sqlite3_bind_int64(stmt, sqlite3_bind_parameter_index(stmt, name), parameters[i].value);
    }
}

static bool parameters_ok(const struct eval_parameter *parameters, size_t count, struct err *err)
{
    for (size_t i = 0; i < count; i++)
        if (parameters[i].value > EVAL_MOST || parameters[i].value < -EVAL_MOST)
            return err_set(err, ERR_INVALID, "参数 %.60s 的数太大", parameters[i].name);
    return true;
}

bool eval_prepare(struct store_eval *eval, struct slice text, const struct eval_parameter *parameters, size_t count,
                  struct eval_expression **out, struct err *err)
{
    struct eval_expression *expression;

    if (!parameters_ok(parameters, count, err) || !eval_check(eval, text, parameters, count, err))
        return false;
    expression = calloc(1, sizeof *expression);
    if (!expression)
        abort();
    text_init(&expression->value);
    expression->eval = eval;
    expression->text = strndup(text.at, text.len);
    expression->one = prepare(eval, "SELECT ", text, " FROM fact WHERE \"0\" = :row");
    if (!expression->one) {
        eval_failed(eval, sqlite3_errcode(eval->db), text, err);
        expression_free(expression);
        return false;
    }
    bind(expression->one, parameters, count);
    expression->next = eval->expressions;
    eval->expressions = expression;
    *out = expression;
    return true;
}

/* --- facts and answers --- */

static bool bind_value(struct store_eval *eval, size_t column, const struct eval_value *value, struct err *err)
{
    int at = (int)column + 2;

    assert(!value->known || value->is_text == eval->columns[column].is_text);
    if (!value->known) {
        sqlite3_bind_null(eval->put, at);
    } else if (value->is_text) {
        sqlite3_bind_text64(eval->put, at, value->text.at ? value->text.at : "", value->text.len, SQLITE_STATIC, SQLITE_UTF8);
    } else if (value->number > EVAL_MOST || value->number < -EVAL_MOST) {
        err_set(err, ERR_INVALID, "数太大，不能超过 10 的 17 次方");
        return err_field(err, eval->columns[column].name);
    } else {
        sqlite3_bind_int64(eval->put, at, value->number);
    }
    return true;
}

static bool run(struct store_eval *eval, sqlite3_stmt *stmt, struct err *err)
{
    int code = sqlite3_step(stmt);

    sqlite3_reset(stmt);
    return code == SQLITE_DONE || eval_failed(eval, code, (struct slice){"", 0}, err);
}

bool eval_row(struct store_eval *eval, int64_t row, const struct eval_value *values, struct err *err)
{
    sqlite3_bind_int64(eval->put, 1, row);
    for (size_t i = 0; i < eval->count; i++)
        if (!bind_value(eval, i, &values[i], err))
            return false;
    return run(eval, eval->put, err);
}

void eval_clear(struct store_eval *eval)
{
    struct err err;

    if (!run(eval, eval->clear, &err))
        log_error("eval: %s", err.message);
}

/* The value of the row that stmt stands on; a text is copied, since the statement moves on. */
static bool value_read(struct eval_expression *expression, sqlite3_stmt *stmt, struct eval_value *value, struct err *err)
{
    int type = sqlite3_column_type(stmt, 0);

    *value = (struct eval_value){.known = type != SQLITE_NULL, .is_text = type == SQLITE_TEXT};
    if (type == SQLITE_INTEGER) {
        value->number = sqlite3_column_int64(stmt, 0);
    } else if (type == SQLITE_TEXT) {
        text_clear(&expression->value);
        text_add(&expression->value, sqlite3_column_text(stmt, 0), (size_t)sqlite3_column_bytes(stmt, 0));
        value->text = text_slice(&expression->value);
    } else if (type != SQLITE_NULL) {
        return err_set(err, ERR_INVALID, "表达式“%.120s”算出的不是整数", expression->text);
    }
    return true;
}

bool eval_ask(struct eval_expression *expression, int64_t row, struct eval_value *value, struct err *err)
{
    sqlite3_stmt *stmt = expression->one;
    int code;
    bool ok;

    sqlite3_bind_int64(stmt, sqlite3_bind_parameter_index(stmt, ":row"), row);
    code = sqlite3_step(stmt);
    if (code == SQLITE_ROW)
        ok = value_read(expression, stmt, value, err);
    else if (code == SQLITE_DONE)
        ok = err_set(err, ERR_MISSING, "没有这一组事实");
    else
        ok = eval_failed(expression->eval, code, slice_of(expression->text), err);
    sqlite3_reset(stmt);
    return ok;
}

bool eval_provisional(struct store_eval *eval)
{
    bool was = eval->provisional;

    eval->provisional = false;
    return was;
}
