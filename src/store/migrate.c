/* Brings a database up to date, one transaction a migration, and refuses what it does not understand. */
#include "base/clock.h"
#include "base/log.h"
#include "store/migration_int.h"

enum { TRIES = 5 };

/*
 * Row 0 is no migration: its lock keeps two processes from migrating at once, and touching it proves that commits work.
 */
static const char version_table[] = "CREATE TABLE IF NOT EXISTS schema_version (\n"
                                    "    number BIGINT NOT NULL PRIMARY KEY,\n"
                                    "    title TEXT NOT NULL,\n"
                                    "    checksum BIGINT NOT NULL,\n"
                                    "    applied_ms BIGINT NOT NULL\n"
                                    ");\n";
static const char version_seed[] =
    "INSERT INTO schema_version (number, title, checksum, applied_ms) VALUES (0, '', 0, 0) ON CONFLICT DO NOTHING";
static const char version_touch[] = "UPDATE schema_version SET applied_ms = applied_ms WHERE number = 0";
static const char version_add[] =
    "INSERT INTO schema_version (number, title, checksum, applied_ms) VALUES (?1, ?2, ?3, ?4)";
static const char version_list[] =
    "SELECT number, checksum, title FROM schema_version WHERE number > 0 ORDER BY number";
static const char version_last[] = "SELECT number FROM schema_version ORDER BY number DESC LIMIT 1";

bool migrate_touch(struct sql *sql, struct err *err)
{
    return sql_put(sql, version_touch, SQL_NO_ARGS, err);
}

static bool begin(struct sql *sql, struct err *err)
{
    sql_start(sql);
    return sql->engine->begin(sql, err);
}

static bool end(struct sql *sql, bool ok, struct err *err)
{
    if (ok)
        ok = sql->engine->commit(sql, err) == ENGINE_DONE;
    if (!ok)
        sql->engine->rollback(sql);
    return ok;
}

static bool run_all(struct sql *sql, struct slice body, struct err *err)
{
    struct text statement;
    long number = 0;
    bool ok = true;

    text_init(&statement);
    while (ok && migration_statement(&body, sql->engine, &statement, err)) {
        number++;
        ok = sql->engine->run(sql, statement.at, err);
    }
    if (err->code != ERR_NONE) {
        ok = false;
        err_line(err, number);
    }
    text_release(&statement);
    return ok;
}

/* Has any migration ever been applied? */
static bool is_settled(struct sql *sql, struct err *err)
{
    int64_t last = 0;
    bool found;

    if (!sql_one(sql, version_last, SQL_NO_ARGS, &last, &found, err))
        return false;
    if (last > 0)
        return true;
    err_set(err, ERR_MISSING, "这个数据库还是空的，里面没有记录");
    return err_hint(err, "请核对 --db；要在那里新建，先运行 tieqiao init");
}

/* Two processes may meet here on a fresh PostgreSQL; the second try finds the table. */
static bool table_ensure(struct sql *sql, bool existing, struct err *err)
{
    for (int i = 0; i < TRIES; i++) {
        bool ok = begin(sql, err) && run_all(sql, slice_of(version_table), err)
            && sql_put(sql, version_seed, SQL_NO_ARGS, err) && (!existing || is_settled(sql, err));

        if (end(sql, ok, err))
            return true;
        if (err->code == ERR_MISSING)
            return false; /* and the table is gone again with the transaction */
    }
    return false;
}

static bool applied_sound(const struct migrations *files, int64_t number, int64_t sum, struct slice title,
                          struct err *err)
{
    if (number > (int64_t)files->count) {
        err_set(err, ERR_INVALID, "数据库的结构(%04d)比本程序(%04d)新", (int)number, (int)files->count);
        return err_hint(err, "请升级程序后再打开");
    }
#ifndef TQ_TEETH_MIGRATION_SUM
    if (files->list[number - 1].checksum != sum) {
        err_set(err, ERR_CORRUPT, "库结构文件 %04d-%s.sql 在使用之后被改动过", (int)number,
                files->list[number - 1].title);
        return err_hint(err, "请恢复原来的文件(当时名为 %.*s)；新的改动写入新编号的文件", (int)title.len, title.at);
    }
#endif
    return true;
}

/* How many are applied, each with the bytes it has today. */
static bool applied_check(struct sql *sql, const struct migrations *files, size_t *applied, struct err *err)
{
    struct sql_rows rows;
    bool ok = true;
    struct err later;

    *applied = 0;
    if (!sql_rows(sql, version_list, SQL_NO_ARGS, &rows, err))
        return false;
    while (ok && sql_next(&rows)) {
        ok = applied_sound(files, sql_number(&rows, 0), sql_number(&rows, 1), sql_slice(&rows, 2), err);
        *applied += 1;
    }
    return sql_done(&rows, ok ? err : &later) && ok;
}

/* Applies one, unless another process was faster. */
static bool apply(struct sql *sql, const struct migration *file, struct err *err)
{
    int64_t last = 0;
    bool found;

    if (!migrate_touch(sql, err) || !sql_one(sql, version_last, SQL_NO_ARGS, &last, &found, err))
        return false;
    if (last >= file->number)
        return true;
    log_info("schema: %04d-%s", file->number, file->title);
    return run_all(sql, text_slice(&file->body), err)
        && sql_put(sql, version_add,
                   SQL_ARGS(sql_int(file->number), sql_text(slice_of(file->title)), sql_int(file->checksum),
                            sql_int(clock_ms())),
                   err);
}

static bool apply_all(struct sql *sql, const struct migrations *files, size_t applied, struct err *err)
{
    for (size_t i = applied; i < files->count; i++) {
        struct err cause;
        bool ok = begin(sql, &cause) && apply(sql, &files->list[i], &cause);

        if (!end(sql, ok, &cause)) {
            err_set(err, cause.code, "库结构文件 %04d-%s.sql 第 %ld 条语句：%s", files->list[i].number,
                    files->list[i].title, cause.line, cause.message);
            return false;
        }
    }
    return true;
}

bool migrate(struct store *store, struct sql *sql, struct err *err)
{
    struct migrations files;
    size_t applied;
    bool ok;

    if (!migrations_read(store->options.schema, &files, err))
        return false;
    ok = table_ensure(sql, store->options.existing, err) && begin(sql, err);
    if (ok) {
        ok = applied_check(sql, &files, &applied, err);
        sql->engine->rollback(sql);
    }
    if (ok && applied < files.count && !store->options.migrate) {
        ok = err_set(err, ERR_INVALID, "数据库的结构是旧的(%04d，应为 %04d)", (int)applied, (int)files.count);
        err_hint(err, "用原来那一版程序备份和核对；用这一版启动服务时会自动升级");
    }
    ok = ok && apply_all(sql, &files, applied, err);
    migrations_release(&files);
    return ok;
}
