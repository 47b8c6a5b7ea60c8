/* SQLite FTS5: contentless, bm25, everything in one sorted run ('optimize'). With positions: without them a contentless table has nothing to
 * take frequencies from, and bm25 ranks at random. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

enum { TERMS_MOST = 5000, PATH_ROOM = 1024 };

static sqlite3 *db;
static sqlite3_stmt *statement;

static void run(const char *sql)
{
    char *why = NULL;

    sqlite3_exec(db, sql, NULL, NULL, &why);
    peer_must(!why, why);
}

static void open_db(const char *folder, const char *sql)
{
    char path[PATH_ROOM];

    snprintf(path, sizeof path, "%s/fts5.db", folder);
    peer_must(sqlite3_open(path, &db) == SQLITE_OK, path);
    run("PRAGMA journal_mode = off; PRAGMA synchronous = off; PRAGMA cache_size = -2000000; PRAGMA mmap_size = 4000000000");
    if (strncmp(sql, "INSERT", 6) == 0)
        run("CREATE VIRTUAL TABLE t USING fts5(x, content = '', tokenize = 'unicode61 remove_diacritics 0');"
            "BEGIN");
    peer_must(sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK, sqlite3_errmsg(db));
}

void peer_begin(const char *folder)
{
    open_db(folder, "INSERT INTO t(rowid, x) VALUES(?, ?)");
}

void peer_put(int64_t doc, const char *tokens)
{
    sqlite3_bind_int64(statement, 1, doc + 1);
    sqlite3_bind_text(statement, 2, tokens, -1, SQLITE_STATIC);
    peer_must(sqlite3_step(statement) == SQLITE_DONE, sqlite3_errmsg(db));
    sqlite3_reset(statement);
}

void peer_end(void)
{
    run("COMMIT; INSERT INTO t(t) VALUES('optimize')");
    peer_close();
}

void peer_open(const char *folder)
{
    open_db(folder, "SELECT rowid, rank FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?");
}

void peer_close(void)
{
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

/* "a" OR "b" OR …: to be freed. */
static char *expression(char **terms, size_t count)
{
    size_t len = 1;
    char *text, *end;

    for (size_t t = 0; t < count; t++)
        len += strlen(terms[t]) + 6;
    text = end = malloc(len);
    peer_must(text != NULL, "no memory");
    *end = '\0';
    for (size_t t = 0; t < count; t++)
        end += snprintf(end, len - (size_t)(end - text), "%s\"%s\"", t ? " OR " : "", terms[t]);
    return text;
}

size_t peer_ask(char *tokens, size_t k, struct peer_hit *hits)
{
    static char *terms[TERMS_MOST];
    char *match = expression(terms, peer_split(tokens, terms, TERMS_MOST));
    size_t count = 0;
    int step = SQLITE_DONE;

    if (*match) {
        sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 2, (int64_t)k);
        while ((step = sqlite3_step(statement)) == SQLITE_ROW)
            hits[count++] = (struct peer_hit){sqlite3_column_int64(statement, 0) - 1, -sqlite3_column_double(statement, 1)};
    }
    peer_must(step == SQLITE_DONE, sqlite3_errmsg(db));
    sqlite3_reset(statement);
    free(match);
    return count;
}
