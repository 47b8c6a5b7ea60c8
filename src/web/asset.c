#include "web/asset.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "seal/seal.h"
#include "web/handlers.h"

enum { ASSETS_MOST = 512, BYTES_MOST = 8 << 20, DEEPEST = 3 };

struct asset {
    struct slice path, bytes;
    const char *type;
    char tag[20];
};

struct assets {
    struct arena arena;
    struct asset list[ASSETS_MOST];
    size_t count, bytes;
};

static const char *type_of(struct slice path)
{
    static const struct {
        const char *end, *type;
    } types[] = {{".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"},
                 {".svg", "image/svg+xml"}, {".png", "image/png"}, {".ico", "image/x-icon"},
                 {".json", "application/json; charset=utf-8"}};

    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        size_t len = strlen(types[i].end);

        if (path.len > len && memcmp(path.at + path.len - len, types[i].end, len) == 0)
            return types[i].type;
    }
    return NULL;
}

static void tag_make(struct asset *asset)
{
    unsigned char hash[SEAL_HASH];

    seal_sha256(&asset->bytes, 1, hash);
    asset->tag[0] = '"';
    seal_hex(hash, 8, asset->tag + 1);
    asset->tag[17] = '"';
    asset->tag[18] = '\0';
}

static bool read_file(struct assets *assets, const char *file, const char *path, size_t size, struct err *err)
{
    struct asset *asset = &assets->list[assets->count];
    FILE *from;
    char *bytes;

    if (!type_of(slice_of(path)))
        return true;
    if (assets->count == ASSETS_MOST || assets->bytes + size > BYTES_MOST)
        return err_set(err, ERR_TOO_LARGE, "assets 里的文件太多或太大");
    from = fopen(file, "re");
    if (!from)
        return err_set(err, ERR_IO, "打不开 %s：%s", file, strerror(errno));
    bytes = arena_alloc(&assets->arena, size + 1);
    size = fread(bytes, 1, size, from);
    fclose(from);
    *asset = (struct asset){.path = arena_copy(&assets->arena, slice_of(path)), .bytes = {bytes, size},
                            .type = type_of(slice_of(path))};
    tag_make(asset);
    assets->count++;
    assets->bytes += size;
    return true;
}

static bool read_dir(struct assets *assets, const char *dir, const char *below, int depth, struct err *err);

static bool read_entry(struct assets *assets, const char *dir, const char *below, const char *name, int depth,
                       struct err *err)
{
    const char *file = arena_print(&assets->arena, "%s/%s", dir, name);
    const char *path = arena_print(&assets->arena, "%s%s%s", below, *below ? "/" : "", name);
    struct stat about;

    if (name[0] == '.' || stat(file, &about) != 0)
        return true;
    if (S_ISDIR(about.st_mode))
        return depth == 0 || read_dir(assets, file, path, depth - 1, err);
    return !S_ISREG(about.st_mode) || read_file(assets, file, path, (size_t)about.st_size, err);
}

static bool read_dir(struct assets *assets, const char *dir, const char *below, int depth, struct err *err)
{
    DIR *open = opendir(dir);
    struct dirent *entry;
    bool ok = true;

    if (!open)
        return err_set(err, ERR_IO, "打不开目录 %s：%s", dir, strerror(errno));
    while (ok && (entry = readdir(open)) != NULL)
        ok = read_entry(assets, dir, below, entry->d_name, depth, err);
    closedir(open);
    return ok;
}

bool assets_open(const char *dir, struct assets **out, struct err *err)
{
    struct assets *assets = calloc(1, sizeof *assets);

    if (!assets)
        return err_set(err, ERR_MEMORY, "内存不足");
    arena_init(&assets->arena);
    *out = assets;
    if (read_dir(assets, dir, "", DEEPEST, err))
        return true;
    assets_close(assets);
    *out = NULL;
    return false;
}

void assets_close(struct assets *assets)
{
    if (!assets)
        return;
    arena_release(&assets->arena);
    free(assets);
}

bool asset_find(const struct assets *assets, struct slice path, struct slice *bytes, const char **type,
                const char **tag)
{
    for (size_t i = 0; i < assets->count; i++)
        if (slice_same(assets->list[i].path, path)) {
            *bytes = assets->list[i].bytes;
            *type = assets->list[i].type;
            *tag = assets->list[i].tag;
            return true;
        }
    return false;
}

bool asset_get(struct request *request, struct err *err)
{
    static const size_t prefix = sizeof "/assets/" - 1;
    struct http_exchange *exchange = request->exchange;
    struct slice path = {request->path.at + prefix, request->path.len - prefix}, bytes;
    const char *type, *tag;

    if (!asset_find(request->web->assets, path, &bytes, &type, &tag))
        return err_set(err, ERR_MISSING, "没有这个文件");
    http_reply_header(exchange, "ETag", slice_of(tag));
    request->keep = exchange->query.len ? "public, max-age=31536000, immutable" : "no-cache";
    request->status = 200;
    if (slice_is(http_header(exchange, "If-None-Match"), tag)) {
        request->status = 304;
        return true;
    }
    exchange->reply_type = slice_of(type);
    text_add_slice(&exchange->reply, bytes);
    return true;
}
