#include "verify/archive.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

enum { PIECE = 64 << 10 };

struct archive {
    zip_t *zip;
    size_t count;
    uint64_t left; /* bytes that may still be inflated */
};

static bool harmful(struct err *err, const char *why)
{
    return err_set(err, ERR_CORRUPT, "这个 ZIP 有问题，没有打开：%s", why);
}

static bool name_is_safe(const char *name)
{
    if (!name || !*name || *name == '/' || strchr(name, '\\') || strstr(name, "../") || strlen(name) > 200)
        return false;
    for (const char *at = name; *at; at++)
        if ((unsigned char)*at < 0x20 || *at == 0x7F)
            return false;
    return true;
}

static bool part_judge(const zip_stat_t *part, uint64_t *total, struct err *err)
{
    enum { NEEDED = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_NAME };

    if ((part->valid & NEEDED) != NEEDED || !name_is_safe(part->name))
        return harmful(err, N_("有的文件名指到别处去，或带有控制字符"));
    if ((part->valid & ZIP_STAT_ENCRYPTION_METHOD) && part->encryption_method != ZIP_EM_NONE)
        return harmful(err, N_("有的文件加了密"));
    if (part->size > ARCHIVE_BYTES_MOST - *total)
        return harmful(err, N_("展开后太大"));
    *total += part->size;
    if (part->size > ARCHIVE_RATIO_FLOOR && part->size / ARCHIVE_RATIO_MOST > part->comp_size)
        return harmful(err, N_("展开后比压缩时大出太多，像是压缩炸弹"));
    return true;
}

static bool archive_judge(const struct archive *archive, struct err *err)
{
    uint64_t total = 0;

    if (archive->count > ARCHIVE_PARTS_MOST)
        return harmful(err, N_("里面的文件太多"));
    for (size_t i = 0; i < archive->count; i++) {
        zip_stat_t part;

        if (zip_stat_index(archive->zip, i, ZIP_FL_ENC_GUESS, &part) != 0)
            return harmful(err, N_("目录读不懂"));
        if (!part_judge(&part, &total, err))
            return false;
    }
    return true;
}

static bool not_opened(int code, const char *path, struct err *err)
{
    if (code == ZIP_ER_EXISTS)
        return harmful(err, N_("有两个同名的文件"));
    if (code == ZIP_ER_NOENT || code == ZIP_ER_OPEN || code == ZIP_ER_READ)
        return err_set(err, ERR_IO, "打不开 %s", path);
    return err_set(err, ERR_INVALID, "不是完整的 ZIP 文件：可能没有下载完、被截断或改过");
}

bool archive_open(const char *path, struct archive **out, struct err *err)
{
    struct archive *archive = calloc(1, sizeof *archive);
    int code = 0;

    *out = NULL;
    if (!archive)
        abort();
    archive->left = ARCHIVE_BYTES_MOST;
    archive->zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
    archive->count = archive->zip ? (size_t)zip_get_num_entries(archive->zip, 0) : 0;
    if (archive->zip ? archive_judge(archive, err) : not_opened(code, path, err))
        *out = archive;
    else
        archive_close(archive);
    return *out != NULL;
}

void archive_close(struct archive *archive)
{
    if (!archive)
        return;
    if (archive->zip)
        zip_discard(archive->zip);
    free(archive);
}

size_t archive_count(const struct archive *archive)
{
    return archive->count;
}

const char *archive_name(const struct archive *archive, size_t index)
{
    return zip_get_name(archive->zip, index, ZIP_FL_ENC_GUESS);
}

size_t archive_find(const struct archive *archive, const char *name)
{
    zip_int64_t index = zip_name_locate(archive->zip, name, ZIP_FL_ENC_GUESS);

    return index < 0 ? SIZE_MAX : (size_t)index;
}

/* The size it says of itself was judged at the door; the real one is counted here and must be that. */
static bool pieces(struct archive *archive, zip_file_t *part, uint64_t size, archive_take *take, void *arg, struct err *err)
{
    char piece[PIECE];
    zip_int64_t len;
    uint64_t seen = 0;

    while ((len = zip_fread(part, piece, sizeof piece)) > 0) {
        seen += (uint64_t)len;
        if (seen > size || (uint64_t)len > archive->left)
            return harmful(err, N_("展开后比它自己说的大"));
        archive->left -= (uint64_t)len;
        if (!take(arg, (struct slice){piece, (size_t)len}, err))
            return false;
    }
    return (len == 0 && seen == size) || err_set(err, ERR_CORRUPT, "内容与 ZIP 自己记的长度或校验和不符");
}

bool archive_read(struct archive *archive, size_t index, archive_take *take, void *arg, struct err *err)
{
    zip_file_t *part = zip_fopen_index(archive->zip, index, 0);
    zip_stat_t stat;
    bool ok;

    if (!part || zip_stat_index(archive->zip, index, 0, &stat) != 0)
        ok = err_set(err, ERR_CORRUPT, "ZIP 里有一个文件打不开");
    else
        ok = pieces(archive, part, stat.size, take, arg, err);
    if (part)
        zip_fclose(part);
    return ok;
}

static bool text_take(void *arg, struct slice piece, struct err *err)
{
    struct text *out = arg;

    if (out->len + piece.len > ARCHIVE_PART_MOST)
        return err_set(err, ERR_CORRUPT, "ZIP 里有一个文件太大");
    text_add_slice(out, piece);
    return true;
}

bool archive_text(struct archive *archive, size_t index, struct text *out, struct err *err)
{
    return archive_read(archive, index, text_take, out, err);
}
