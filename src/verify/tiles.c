/* A folder of tiles against its checkpoint, from the leaf hashes up; where entries are there, from the leaves. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "verify/verify.h"

struct folder {
    const char *path;
    uint64_t size;
    bool entries;              /* the leaves are there too */
    struct tree_tiler tiler;   /* makes the upper tiles again, to hold against those that are there */
    struct tree_growth growth; /* and the root */
};

static bool tile_missing(unsigned level, uint64_t index, struct err *err)
{
    return err_set(err, ERR_CORRUPT, "缺少第 %u 层的第 %llu 块，或它不够长", level, (unsigned long long)index);
}

static bool part_read(const char *path, unsigned width, unsigned char (*hashes)[TREE_HASH])
{
    size_t len = (size_t)width * TREE_HASH;
    int file = open(path, O_RDONLY | O_CLOEXEC);
    bool ok = file >= 0 && read(file, hashes, len) == (ssize_t)len;

    if (file >= 0)
        close(file);
    return ok;
}

/* The tile as wide as the size has it; a full one does as well, of which the rest is not looked at. */
static bool tile_read(const struct folder *folder, unsigned level, uint64_t index, unsigned char (*hashes)[TREE_HASH],
                      struct err *err)
{
    unsigned width = tree_tile_width(folder->size, level, index);
    char path[PATH_MAX], name[TREE_PATH];

    for (int whole = 0; whole < 2; whole++) {
        tree_tile_path(level, index, whole ? TREE_TILE : width, name);
        snprintf(path, sizeof path, "%.4000s/tile/%s", folder->path, name);
        if (part_read(path, width, hashes))
            return true;
    }
    return tile_missing(level, index, err);
}

static bool tile_same(void *arg, unsigned level, uint64_t index, unsigned width, const unsigned char (*hashes)[TREE_HASH],
                      struct err *err)
{
    const struct folder *folder = arg;
    unsigned char there[TREE_TILE][TREE_HASH];

    return tile_read(folder, level, index, there, err)
        && (memcmp(there, hashes, (size_t)width * TREE_HASH) == 0
            || err_set(err, ERR_CORRUPT, "第 %u 层的第 %llu 块与下面一层不符", level, (unsigned long long)index));
}

/* --- the leaves --- */

static bool bundle_read(const struct folder *folder, uint64_t index, unsigned width, struct text *bytes, struct err *err)
{
    char path[PATH_MAX], name[TREE_PATH];
    struct err why;

    for (int whole = 0; whole < 2; whole++) {
        tree_place_path(index, whole ? TREE_TILE : width, name);
        snprintf(path, sizeof path, "%.4000s/tile/entries/%s", folder->path, name);
        if (verify_read(path, bytes, &why))
            return true;
    }
    return err_set(err, ERR_CORRUPT, "缺少第 %llu 包条目", (unsigned long long)index);
}

static bool entry_take(struct slice *rest, struct slice *entry)
{
    size_t len;

    if (rest->len < 2)
        return false;
    len = (size_t)(unsigned char)rest->at[0] << 8 | (unsigned char)rest->at[1];
    if (rest->len - 2 < len)
        return false;
    *entry = (struct slice){rest->at + 2, len};
    *rest = (struct slice){rest->at + 2 + len, rest->len - 2 - len};
    return true;
}

static bool entry_fits(const struct folder *folder, struct slice entry, uint64_t index, const unsigned char hash[TREE_HASH],
                       struct err *err)
{
    unsigned char own[TREE_HASH];
    struct leaf leaf;

    tree_leaf(folder->tiler.digest, entry, own);
    if (memcmp(own, hash, TREE_HASH) != 0)
        return err_set(err, ERR_CORRUPT, "第 %llu 条与树里的散列值不符", (unsigned long long)index);
    return leaf_read(entry, &leaf, err)
        && (leaf.index == index || err_set(err, ERR_CORRUPT, "第 %llu 条自己写的序号是 %llu", (unsigned long long)index,
                                           (unsigned long long)leaf.index));
}

static bool bundle_fits(const struct folder *folder, uint64_t index, unsigned width, const unsigned char (*hashes)[TREE_HASH],
                        struct err *err)
{
    struct slice rest, entry;
    struct text bytes;
    bool ok;

    text_init(&bytes);
    ok = bundle_read(folder, index, width, &bytes, err);
    rest = text_slice(&bytes);
    for (unsigned i = 0; ok && i < width; i++)
        ok = entry_take(&rest, &entry) ? entry_fits(folder, entry, index * TREE_TILE + i, hashes[i], err)
                                       : err_set(err, ERR_CORRUPT, "第 %llu 包条目不完整", (unsigned long long)index);
    text_release(&bytes);
    return ok;
}

/* --- all of it --- */

static bool tiles_all(struct folder *folder, struct err *err)
{
    unsigned char hashes[TREE_TILE][TREE_HASH];

    for (uint64_t index = 0; index * TREE_TILE < folder->size; index++) {
        unsigned width = tree_tile_width(folder->size, 0, index);

        if (!tile_read(folder, 0, index, hashes, err)
            || (folder->entries && !bundle_fits(folder, index, width, (const unsigned char(*)[TREE_HASH])hashes, err)))
            return false;
        for (unsigned i = 0; i < width; i++) {
            tree_grow(&folder->growth, hashes[i]);
            if (!tree_tile_add(&folder->tiler, hashes[i], err))
                return false;
        }
    }
    return tree_tile_end(&folder->tiler, err);
}

static bool folder_fits(struct folder *folder, const struct checkpoint *checkpoint, struct text *said, struct err *err)
{
    unsigned char root[TREE_HASH];

    if (!tiles_all(folder, err))
        return false;
    tree_grown(&folder->growth, root);
    if (memcmp(root, checkpoint->root, TREE_HASH) != 0)
        return err_set(err, ERR_CORRUPT, "由各块算出的根不是检查点的根");
    text_print(said, "；%s%llu 条逐块重算，与它相符", folder->entries ? "连同条目本身，" : "",
               (unsigned long long)folder->size);
    return true;
}

static bool has_entries(const char *path)
{
    char name[PATH_MAX];
    struct stat about;

    snprintf(name, sizeof name, "%.4000s/tile/entries", path);
    return stat(name, &about) == 0;
}

bool verify_tiles(const struct wanted *wanted, const char *path, struct text *said, struct err *err)
{
    struct folder *folder = calloc(1, sizeof *folder);
    struct checkpoint checkpoint;
    char name[PATH_MAX];
    struct text bytes;
    bool ok;

    if (!folder)
        abort();
    text_init(&bytes);
    snprintf(name, sizeof name, "%.4000s/checkpoint", path);
    ok = verify_read(name, &bytes, err) && verify_signed(wanted, text_slice(&bytes), &checkpoint, said, err);
    if (ok) {
        folder->path = path;
        folder->size = checkpoint.size;
        folder->entries = has_entries(path);
        folder->growth.digest = folder->tiler.digest = verify_digest(wanted);
        folder->tiler.emit = tile_same;
        folder->tiler.arg = folder;
        ok = folder_fits(folder, &checkpoint, said, err);
    }
    text_release(&bytes);
    free(folder);
    return ok;
}
