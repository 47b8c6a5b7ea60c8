#include "ledger/logbook.h"

#include <assert.h>
#include <stdio.h>

struct logbook {
    size_t count; /* of trees: 1, or 2 with the twin */
    struct tiles *trees[LOGBOOK_TREES];
    char folders[LOGBOOK_TREES][LOGBOOK_PATH];
    bool known; /* to be of this very ledger */
};

_Static_assert((int)SEAL_SHA256 == 0 && (int)SEAL_SM3 == 1, "a digest is its tree's number");

void logbook_folder(const char *data, enum seal_digest digest, char path[LOGBOOK_PATH])
{
    snprintf(path, LOGBOOK_PATH, "%.4000s/log%s", data, digest == SEAL_SM3 ? "/sm3" : "");
}

bool logbook_open(const char *data, bool twin, struct logbook **out, struct err *err)
{
    struct logbook *book = calloc(1, sizeof *book);

    if (!book)
        abort();
    book->count = twin ? 2 : 1;
    for (size_t t = 0; t < book->count; t++) {
        logbook_folder(data, (enum seal_digest)t, book->folders[t]);
        if (!tiles_open(book->folders[t], (enum seal_digest)t, &book->trees[t], err)) {
            logbook_close(book);
            *out = NULL;
            return false;
        }
    }
    *out = book;
    return true;
}

void logbook_close(struct logbook *book)
{
    if (!book)
        return;
    for (size_t t = 0; t < book->count; t++)
        tiles_close(book->trees[t]);
    free(book);
}

uint64_t logbook_size(const struct logbook *book)
{
    uint64_t size = tiles_size(book->trees[0]);

    for (size_t t = 1; t < book->count; t++)
        if (tiles_size(book->trees[t]) < size)
            size = tiles_size(book->trees[t]);
    return size;
}

bool logbook_clear(struct logbook *book, struct err *err)
{
    for (size_t t = 0; t < book->count; t++)
        if (!tiles_clear(book->trees[t], err))
            return false;
    return true;
}

bool logbook_remove(const char *data, struct err *err)
{
    char folder[LOGBOOK_PATH];

    logbook_folder(data, SEAL_SHA256, folder);
    return tiles_remove(folder, err);
}

/* A tree that was begun later catches up. */
static bool leaf_add(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg, struct err *err)
{
    struct logbook *book = arg;
    unsigned char twin[TREE_HASH];

    if (tiles_size(book->trees[0]) == index && !tiles_add(book->trees[0], hash, err))
        return false;
    if (book->count < 2 || tiles_size(book->trees[1]) != index)
        return true;
    tree_leaf(SEAL_SM3, bytes, twin);
    return tiles_add(book->trees[1], twin, err);
}

static bool flush(struct logbook *book, struct err *err)
{
    for (size_t t = 0; t < book->count; t++)
        if (!tiles_flush(book->trees[t], err))
            return false;
    return true;
}

/* Whose last leaf is this one's grew out of the same leaves: a leaf holds a time and a random request id. */
static bool last_same(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg, struct err *err)
{
    const struct logbook *book = arg;
    unsigned char tile[TREE_TILE][TREE_HASH];

    (void)bytes;
    return tiles_read(book->folders[0], 0, index / TREE_TILE, (unsigned)(index % TREE_TILE) + 1, tile, err)
        && (memcmp(tile[index % TREE_TILE], hash, TREE_HASH) == 0 || err_set(err, ERR_CONFLICT, "另一个账本"));
}

/* Files of another ledger go. */
static bool know(struct logbook *book, struct sql *sql, uint64_t size, struct err *err)
{
    uint64_t told = tiles_size(book->trees[0]);
    bool same = told <= size;

    if (book->known && same)
        return true;
    if (same && told > 0 && !ledger_bytes(sql, told - 1, 1, last_same, book, err)) {
        if (err->code != ERR_CONFLICT && err->code != ERR_MISSING)
            return false;
        same = false;
    }
    if (same)
        for (size_t t = 1; t < book->count && same; t++)
            same = tiles_size(book->trees[t]) <= told;
    book->known = same || logbook_clear(book, err);
    return book->known;
}

bool logbook_follow(struct logbook *book, struct sql *sql, uint64_t size, size_t limit, bool *more, struct err *err)
{
    uint64_t from;

    if (!know(book, sql, size, err))
        return false;
    from = logbook_size(book);
    if (size - from < limit)
        limit = (size_t)(size - from);
    if (limit > 0 && (!ledger_bytes(sql, from, limit, leaf_add, book, err) || !flush(book, err)))
        return false;
    *more = logbook_size(book) < size;
    return logbook_size(book) == from + limit || err_set(err, ERR_CORRUPT, "账本缺少第 %llu 条", (unsigned long long)logbook_size(book));
}

bool logbook_root(const struct logbook *book, enum seal_digest digest, uint64_t size, unsigned char root[TREE_HASH],
                  struct err *err)
{
    struct tree_source *source = calloc(1, sizeof *source); /* 64 KiB */
    bool ok;

    assert((size_t)digest < book->count);
    if (!source)
        abort();
    source->digest = digest;
    source->size = tiles_size(book->trees[digest]);
    source->read = tiles_source;
    source->arg = (void *)book->folders[digest];
    ok = tree_root(source, size, root, err);
    free(source);
    return ok;
}
