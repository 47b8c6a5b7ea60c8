#include "ledger/sealed.h"

#include <stdio.h>

static const char sealed_row[] = "SELECT size, root, key, note, time_ms FROM checkpoint WHERE tree = ?1";
static const char sealed_first[] = "INSERT INTO checkpoint (tree, key, size, root, note, time_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                                   " ON CONFLICT (tree) DO NOTHING";
static const char sealed_next[] = "UPDATE checkpoint SET size = ?3, root = ?4, note = ?5, time_ms = ?6"
                                  " WHERE tree = ?1 AND key = ?2 AND size = ?7 AND root = ?8";

const char *sealed_tree(enum seal_digest digest)
{
    return digest == SEAL_SM3 ? "sm3" : "sha256";
}

static bool row_read(const struct sql_rows *rows, struct sealed *sealed, struct err *err)
{
    struct slice root = sql_slice(rows, 1), key = sql_slice(rows, 2);

    if (root.len != TREE_HASH || key.len > SEALED_KEY)
        return err_set(err, ERR_CORRUPT, "检查点表里的根或钥匙不对");
    sealed->size = (uint64_t)sql_number(rows, 0);
    memcpy(sealed->root, root.at, TREE_HASH);
    memcpy(sealed->key, key.at, key.len);
    text_add_slice(&sealed->note, sql_slice(rows, 3));
    sealed->time_ms = sql_number(rows, 4);
    return true;
}

bool sealed_get(struct sql *sql, enum seal_digest digest, struct sealed *sealed, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok;

    *sealed = (struct sealed){.size = 0};
    text_init(&sealed->note);
    if (!sql_rows(sql, sealed_row, SQL_ARGS(sql_text(slice_of(sealed_tree(digest)))), &rows, err))
        return false;
    ok = !sql_next(&rows) || row_read(&rows, sealed, err);
    return sql_done(&rows, ok ? err : &later) && ok;
}

bool sealed_move(struct sql *sql, enum seal_digest digest, const struct sealed *from, const struct sealed *to, struct err *err)
{
    const struct sql_arg args[] = {sql_text(slice_of(sealed_tree(digest))), sql_text(slice_of(to->key)),
                                   sql_int((int64_t)to->size), sql_bytes(to->root, TREE_HASH), sql_text(text_slice(&to->note)),
                                   sql_int(to->time_ms), sql_int((int64_t)from->size), sql_bytes(from->root, TREE_HASH)};
    int64_t changed;

    if (!sql_count(sql, from->size == 0 ? sealed_first : sealed_next, args, from->size == 0 ? 6 : 8, &changed, err))
        return false;
    return changed == 1 || err_set(err, ERR_CONFLICT, "另一个进程已经签了新的检查点");
}

bool sealed_forget(struct sql *sql, struct err *err)
{
    return sql_put(sql, "DELETE FROM checkpoint", SQL_NO_ARGS, err);
}
