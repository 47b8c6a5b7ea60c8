#include "store/migration_int.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>

enum { MIGRATIONS_MAX = 9999, MIGRATION_BYTES = 1 << 20 };

static int64_t checksum(struct slice bytes)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < bytes.len; i++)
        sum = (sum ^ (unsigned char)bytes.at[i]) * UINT64_C(0x100000001b3);
    return (int64_t)(sum >> 1); /* BIGINT has a sign */
}

/* "0001-ledger.sql" → 1, "ledger"; false: not a migration's name. */
static bool name_read(const char *name, struct migration *migration)
{
    size_t len = strlen(name);

    for (int i = 0; i < 4; i++)
        if (!isdigit((unsigned char)name[i]))
            return false;
    if (name[4] != '-' || len < 10 || len > 5 + sizeof migration->title || strcmp(name + len - 4, ".sql") != 0)
        return false;
    migration->number = (int)strtol(name, NULL, 10);
    memcpy(migration->title, name + 5, len - 9);
    migration->title[len - 9] = '\0';
    return true;
}

static bool body_read(const char *dir, const char *name, struct migration *migration, struct err *err)
{
    char path[4096];
    FILE *file;
    size_t n;

    snprintf(path, sizeof path, "%s/%s", dir, name);
    file = fopen(path, "re");
    if (!file)
        return err_set(err, ERR_IO, "读不到库结构文件 %s：%s", path, strerror(errno));
    text_init(&migration->body);
    while ((n = fread(text_reserve(&migration->body, 65536), 1, 65536, file)) > 0
           && (migration->body.len += n) <= MIGRATION_BYTES)
        ;
    n = (size_t)ferror(file);
    fclose(file);
    if (n || migration->body.len > MIGRATION_BYTES) {
        text_release(&migration->body);
        return err_set(err, ERR_IO, "读不到库结构文件 %s", path);
    }
    migration->checksum = checksum(text_slice(&migration->body));
    return true;
}

static int by_number(const void *a, const void *b)
{
    return ((const struct migration *)a)->number - ((const struct migration *)b)->number;
}

static bool numbers_sound(struct migrations *migrations, const char *dir, struct err *err)
{
    if (migrations->count)
        qsort(migrations->list, migrations->count, sizeof *migrations->list, by_number);
    for (size_t i = 0; i < migrations->count; i++)
        if (migrations->list[i].number != (int)i + 1)
            return err_set(err, ERR_INVALID, "库结构文件的编号不连续：%s 中缺少或重复 %04d", dir, (int)i + 1)
                   || err_hint(err, "请重新安装程序，或用 --share 指明它的文件在哪里");
    return migrations->count > 0 || err_set(err, ERR_INVALID, "%s 中没有库结构文件", dir)
           || err_hint(err, "请重新安装程序，或用 --share 指明它的文件在哪里");
}

bool migrations_read(const char *dir, struct migrations *migrations, struct err *err)
{
    DIR *open = opendir(dir);
    struct dirent *entry;
    bool ok = true;

    *migrations = (struct migrations){0};
    if (!open)
        return err_set(err, ERR_IO, "读不到库结构目录 %s：%s", dir, strerror(errno));
    while (ok && (entry = readdir(open)) != NULL && migrations->count < MIGRATIONS_MAX) {
        struct migration migration;

        if (!name_read(entry->d_name, &migration))
            continue;
        ok = body_read(dir, entry->d_name, &migration, err);
        if (!ok)
            break;
        migrations->list = reallocarray(migrations->list, migrations->count + 1, sizeof *migrations->list);
        if (!migrations->list)
            abort();
        migrations->list[migrations->count++] = migration;
    }
    closedir(open);
    if (ok && numbers_sound(migrations, dir, err))
        return true;
    migrations_release(migrations);
    return false;
}

void migrations_release(struct migrations *migrations)
{
    for (size_t i = 0; i < migrations->count; i++)
        text_release(&migrations->list[i].body);
    free(migrations->list);
    *migrations = (struct migrations){0};
}

/* What one engine takes and the other does not, or takes for something else (INTEGER has 32 bits in PostgreSQL). */
static bool type_foreign(struct slice word)
{
    static const char *const foreign[] = {"INTEGER", "INT", "SMALLINT", "REAL", "DOUBLE", "NUMERIC", "DECIMAL", "BLOB",
                                          "BYTEA", "VARCHAR", "CHAR", "BOOLEAN", "SERIAL", "BIGSERIAL", "TIMESTAMP",
                                          "AUTOINCREMENT", "STRICT", "COLLATE"};

    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        if (word.len == strlen(foreign[i]) && strncasecmp(word.at, foreign[i], word.len) == 0)
            return true;
    return false;
}

static bool word_add(struct slice word, const struct engine *engine, struct text *out, struct err *err)
{
    if (type_foreign(word))
        return err_set(err, ERR_INVALID, "库结构文件只用 BIGINT、TEXT、BYTES 三种类型，不能写 %.*s", (int)word.len,
                       word.at);
    if (slice_is(word, "BIGINT"))
        text_puts(out, engine->bigint);
    else if (slice_is(word, "TEXT"))
        text_puts(out, engine->text);
    else if (slice_is(word, "BYTES"))
        text_puts(out, engine->bytes);
    else
        text_add_slice(out, word);
    return true;
}

static bool in_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* The length of what must stay together at `at`: a word, a quoted text, a comment, else one byte. */
static size_t token(struct slice rest)
{
    size_t n = 1;

    if (in_word(rest.at[0])) {
        while (n < rest.len && in_word(rest.at[n]))
            n++;
    } else if (rest.at[0] == '\'') {
        while (n < rest.len && rest.at[n] != '\'')
            n++;
        n += n < rest.len;
    } else if (rest.len > 1 && rest.at[0] == '-' && rest.at[1] == '-') {
        while (n < rest.len && rest.at[n] != '\n')
            n++;
    }
    return n;
}

static bool ends_line(struct slice rest)
{
    size_t n = 0;

    while (n < rest.len && (rest.at[n] == ' ' || rest.at[n] == '\r'))
        n++;
    return n == rest.len || rest.at[n] == '\n';
}

/* Copies one statement, up to a ';' at the end of a line; false: broken, or the text ends without one. */
static bool statement_copy(struct slice *rest, const struct engine *engine, struct text *out, bool *ended,
                           struct err *err)
{
    *ended = false;
    while (rest->len && !*ended) {
        struct slice piece = {rest->at, token(*rest)};

        rest->at += piece.len;
        rest->len -= piece.len;
        if (piece.at[0] == ';' && ends_line(*rest))
            *ended = true;
        else if (in_word(piece.at[0])) {
            if (!word_add(piece, engine, out, err))
                return false;
        } else if (piece.len < 2 || piece.at[0] != '-')
            text_add_slice(out, piece);
    }
    return true;
}

bool migration_statement(struct slice *rest, const struct engine *engine, struct text *out, struct err *err)
{
    struct slice trimmed;
    bool ended;

    err_clear(err);
    text_clear(out);
    if (!statement_copy(rest, engine, out, &ended, err))
        return false;
    trimmed = slice_trim(text_slice(out));
    if (!ended)
        return trimmed.len ? err_set(err, ERR_INVALID, "库结构文件末尾的语句没有以分号结束") : false;
    if (trimmed.len > 13 && strncasecmp(trimmed.at, "CREATE TABLE ", 13) == 0)
        text_puts(out, engine->table_end);
    return true;
}
