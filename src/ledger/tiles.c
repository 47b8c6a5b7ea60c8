#include "ledger/tiles.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "ledger/note.h"

enum { NAME = TREE_PATH + 32, SIZE_FILE = 64, OPEN_FILES = 16 };

static const char clean_word[] = " clean";

struct tiles {
    char *folder;
    struct tree_tiler tiler;
    bool spoilt; /* a write failed: what is in memory and what is on the disk may differ */
};

static bool path_of(const char *folder, const char *name, char path[PATH_MAX])
{
    return snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX;
}

/* --- writing a file --- */

static bool write_failed(const char *path, struct err *err)
{
    enum err_code code = errno == ENOSPC || errno == EDQUOT ? ERR_FULL : ERR_IO;

    return err_set(err, code, "写不了 %s：%s", path, strerrordesc_np(errno));
}

/* The folders that a file lies in; `from`: those before it are there. */
static bool folders_make(char *path, size_t from)
{
    for (char *slash = strchr(path + from, '/'); slash; slash = strchr(slash + 1, '/')) {
        bool made;

        *slash = '\0';
        made = mkdir(path, 0700) == 0 || errno == EEXIST;
        *slash = '/';
        if (!made)
            return false;
    }
    return true;
}

static bool bytes_write(const char *path, struct slice bytes)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = file >= 0 && write(file, bytes.at, bytes.len) == (ssize_t)bytes.len;

    if (file >= 0)
        close(file);
    return ok;
}

bool tiles_file_put(const char *folder, const char *name, struct slice bytes, struct err *err)
{
    char path[PATH_MAX], beside[PATH_MAX];

    if (!path_of(folder, name, path) || snprintf(beside, sizeof beside, "%s.new", path) >= PATH_MAX)
        return err_set(err, ERR_INVALID, "路径太长：%s", folder);
    if (bytes_write(beside, bytes) && rename(beside, path) == 0)
        return true;
    if (errno == ENOENT && folders_make(path, strlen(folder)) && bytes_write(beside, bytes) && rename(beside, path) == 0)
        return true;
    write_failed(path, err);
    unlink(beside);
    return false;
}

/* --- reading --- */

static bool hashes_read(const char *folder, const char *name, unsigned width, unsigned char (*hashes)[TREE_HASH])
{
    size_t len = (size_t)width * TREE_HASH;
    char path[PATH_MAX];
    int file = path_of(folder, name, path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    bool ok = file >= 0 && read(file, hashes, len) == (ssize_t)len;

    if (file >= 0)
        close(file);
    return ok;
}

static void name_of(unsigned level, uint64_t index, unsigned width, char name[NAME])
{
    char tile[TREE_PATH];

    tree_tile_path(level, index, width, tile);
    snprintf(name, NAME, "tile/%s", tile);
}

/* The folder of the narrower ones. */
static void partials_name(unsigned level, uint64_t index, char name[NAME])
{
    name_of(level, index, 1, name);
    name[strlen(name) - 2] = '\0'; /* "….p/1" without "/1" */
}

/* Any that is wide enough: after a rebuild, or where another process signs, there need not be the very one. */
static bool wider_read(const char *folder, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH])
{
    char name[NAME], path[PATH_MAX];
    const struct dirent *entry;
    unsigned found = 0;
    DIR *partials;

    partials_name(level, index, name);
    if (!path_of(folder, name, path) || !(partials = opendir(path)))
        return false;
    while (found == 0 && (entry = readdir(partials)) != NULL) {
        unsigned long wide = strtoul(entry->d_name, NULL, 10);

        found = wide >= width && wide < TREE_TILE ? (unsigned)wide : 0;
    }
    closedir(partials);
    name_of(level, index, found, name);
    return found > 0 && hashes_read(folder, name, width, hashes);
}

bool tiles_read(const char *folder, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH],
                struct err *err)
{
    char name[NAME];

    name_of(level, index, width, name);
    if (hashes_read(folder, name, width, hashes))
        return true;
    name_of(level, index, TREE_TILE, name); /* partial ones go when they are full */
    return (width < TREE_TILE && (hashes_read(folder, name, width, hashes) || wider_read(folder, level, index, width, hashes)))
        || err_set(err, ERR_MISSING, "没有第 %u 层的第 %llu 块(%u 个散列值)", level, (unsigned long long)index, width);
}

bool tiles_source(void *arg, unsigned level, uint64_t index, unsigned width, unsigned char (*hashes)[TREE_HASH],
                  struct err *err)
{
    return tiles_read(arg, level, index, width, hashes, err);
}

/* --- the file `size`: "12345" while somebody writes, "12345 clean" after --- */

static uint64_t size_read(const char *folder, bool *clean)
{
    char path[PATH_MAX], text[SIZE_FILE] = "";
    struct slice line = {text, 0};
    uint64_t size = 0;
    FILE *file = path_of(folder, "size", path) ? fopen(path, "re") : NULL;
    size_t word = sizeof clean_word - 1;

    if (file) {
        line.len = fread(text, 1, sizeof text - 1, file);
        fclose(file);
    }
    line = slice_trim(line);
    *clean = line.len > word && memcmp(line.at + line.len - word, clean_word, word) == 0;
    if (*clean)
        line.len -= word;
    return note_number(line, &size) ? size : 0;
}

uint64_t tiles_size_told(const char *folder)
{
    bool clean;

    return size_read(folder, &clean);
}

static bool size_write(const struct tiles *tiles, const char *word, struct err *err)
{
    char line[SIZE_FILE];
    int len = snprintf(line, sizeof line, "%" PRIu64 "%s\n", tiles->tiler.size, word);

    return tiles_file_put(tiles->folder, "size", (struct slice){line, (size_t)len}, err);
}

/* On the disk, with all that was written before: before the first change, and at the end. */
static void disk_catch_up(const struct tiles *tiles)
{
    int folder = open(tiles->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (folder < 0 || syncfs(folder) != 0)
        log_warn("tiles: %s: %s", tiles->folder, strerror(errno));
    if (folder >= 0)
        close(folder);
}

/* --- making tiles --- */

/* Narrower ones of a tile that is full now. */
static void partials_drop(const struct tiles *tiles, unsigned level, uint64_t index)
{
    char name[NAME], path[PATH_MAX];
    const struct dirent *entry;
    DIR *folder;

    partials_name(level, index, name);
    if (!path_of(tiles->folder, name, path) || !(folder = opendir(path)))
        return;
    while ((entry = readdir(folder)) != NULL)
        unlinkat(dirfd(folder), entry->d_name, 0);
    closedir(folder);
    rmdir(path);
}

static bool tile_put(void *arg, unsigned level, uint64_t index, unsigned width, const unsigned char (*hashes)[TREE_HASH],
                     struct err *err)
{
    struct tiles *tiles = arg;
    char name[NAME];

    name_of(level, index, width, name);
    if (!tiles_file_put(tiles->folder, name, (struct slice){(const char *)hashes, (size_t)width * TREE_HASH}, err))
        return false;
    if (width == TREE_TILE)
        partials_drop(tiles, level, index);
    return true;
}

bool tiles_add(struct tiles *tiles, const unsigned char leaf_hash[TREE_HASH], struct err *err)
{
    tiles->spoilt |= !tree_tile_add(&tiles->tiler, leaf_hash, err);
    return !tiles->spoilt;
}

bool tiles_flush(struct tiles *tiles, struct err *err)
{
    tiles->spoilt |= !tree_tile_end(&tiles->tiler, err) || !size_write(tiles, "", err);
    return !tiles->spoilt;
}

uint64_t tiles_size(const struct tiles *tiles)
{
    return tiles->tiler.size;
}

/* --- going on from what is there --- */

/* What would be written is there already, byte by byte. */
static bool tile_same(void *arg, unsigned level, uint64_t index, unsigned width, const unsigned char (*hashes)[TREE_HASH],
                      struct err *err)
{
    const struct tiles *tiles = arg;
    unsigned char there[TREE_TILE][TREE_HASH];

    if (!tiles_read(tiles->folder, level, index, width, there, err))
        return false;
    return memcmp(there, hashes, (size_t)width * TREE_HASH) == 0
        || err_set(err, ERR_CORRUPT, "第 %u 层的第 %llu 块与下面一层不符", level, (unsigned long long)index);
}

/* Makes all tiles again from those of level 0, without writing. */
static bool all_sound(struct tiles *tiles, uint64_t size, struct err *err)
{
    unsigned char hashes[TREE_TILE][TREE_HASH];

    tiles->tiler.emit = tile_same;
    for (uint64_t index = 0; index * TREE_TILE < size; index++) {
        unsigned width = tree_tile_width(size, 0, index);

        if (!tiles_read(tiles->folder, 0, index, width, hashes, err))
            return false;
        for (unsigned i = 0; i < width; i++)
            if (!tree_tile_add(&tiles->tiler, hashes[i], err))
                return false;
    }
    return tree_tile_end(&tiles->tiler, err);
}

static bool edge_read(struct tiles *tiles, uint64_t size, struct err *err)
{
    for (unsigned level = 0; level < TREE_LEVELS; level++) {
        uint64_t index = size >> (TREE_TILE_BITS * level) >> TREE_TILE_BITS;
        unsigned width = tree_tile_width(size, level, index);

        if (width > 0 && !tiles_read(tiles->folder, level, index, width, tiles->tiler.edge[level], err))
            return false;
    }
    tiles->tiler.size = size;
    return true;
}

static void tiler_begin(struct tiles *tiles)
{
    tiles->tiler.size = 0;
    tiles->tiler.emit = tile_put;
    tiles->spoilt = false;
}

/* In which state the files are; what does not hold together is dropped. */
static bool take_up(struct tiles *tiles, struct err *err)
{
    bool clean, sound;
    uint64_t size = size_read(tiles->folder, &clean);
    struct err why;

    tiler_begin(tiles);
    sound = clean ? edge_read(tiles, size, &why) : all_sound(tiles, size, &why);
    if (!sound) {
        log_warn("tiles: %s: %s; made anew from the leaves", tiles->folder, why.message);
        return tiles_clear(tiles, err);
    }
    tiles->tiler.emit = tile_put;
    if (!size_write(tiles, "", err))
        return false;
    disk_catch_up(tiles);
    return true;
}

bool tiles_open(const char *folder, enum seal_digest digest, struct tiles **out, struct err *err)
{
    struct tiles *tiles = calloc(1, sizeof *tiles);

    if (!tiles || !(tiles->folder = strdup(folder)))
        abort();
    tiles->tiler.digest = digest;
    tiles->tiler.arg = tiles;
    *out = tiles;
    if (take_up(tiles, err))
        return true;
    tiles->spoilt = true;
    tiles_close(tiles);
    *out = NULL;
    return false;
}

void tiles_close(struct tiles *tiles)
{
    struct err err;

    if (!tiles)
        return;
    if (!tiles->spoilt) {
        disk_catch_up(tiles);
        if (!size_write(tiles, clean_word, &err))
            log_warn("tiles: %s", err.message);
    }
    free(tiles->folder);
    free(tiles);
}

static int drop_one(const char *path, const struct stat *about, int kind, struct FTW *ftw)
{
    (void)about, (void)kind, (void)ftw;
    return remove(path);
}

bool tiles_remove(const char *path, struct err *err)
{
    return nftw(path, drop_one, OPEN_FILES, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT || write_failed(path, err);
}

bool tiles_clear(struct tiles *tiles, struct err *err)
{
    char path[PATH_MAX];

    tiler_begin(tiles);
    return size_write(tiles, "", err) && (!path_of(tiles->folder, "tile", path) || tiles_remove(path, err));
}
