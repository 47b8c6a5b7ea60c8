#include "paper/parts.h"

#include <errno.h>
#include <zip.h>

static bool no_template(struct err *err, const char *path, const char *why)
{
    err_set(err, ERR_INVALID, "Word 模板 %.200s 打不开：%s", path, why);
    return err_hint(err, "请换成能在 Word 或 WPS 里打开的 .docx，或删去它改用自带的模板");
}

static bool part_read(zip_t *zip, zip_uint64_t index, struct arena *arena, size_t *left, struct part *part)
{
    struct zip_stat stat;
    zip_file_t *file;
    char *bytes;
    bool ok;

    if (zip_stat_index(zip, index, 0, &stat) || !(stat.valid & ZIP_STAT_SIZE) || stat.size > *left)
        return false;
    file = zip_fopen_index(zip, index, 0);
    if (!file)
        return false;
    bytes = arena_alloc(arena, stat.size + 1);
    ok = zip_fread(file, bytes, stat.size) == (zip_int64_t)stat.size;
    zip_fclose(file);
    *left -= stat.size;
    *part = (struct part){arena_text(arena, slice_of(stat.name)), {bytes, stat.size}};
    return ok;
}

bool parts_read(const char *path, struct arena *arena, struct parts *parts, struct err *err)
{
    size_t left = PARTS_BYTES_MOST;
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    zip_int64_t count = zip ? zip_get_num_entries(zip, 0) : 0;
    bool ok = zip && count <= PARTS_MOST;

    parts->count = 0;
    if (!zip && code == ZIP_ER_NOENT)
        return err_set(err, ERR_MISSING, "没有 Word 模板 %.200s", path);
    while (ok && (zip_int64_t)parts->count < count) {
        ok = part_read(zip, parts->count, arena, &left, &parts->list[parts->count]);
        parts->count++;
    }
    if (zip)
        zip_discard(zip);
    return ok || no_template(err, path, zip ? N_("文件损坏，或展开后超过 16 MiB") : N_("不是 .docx 文件"));
}

static bool not_written(bool full, struct err *err)
{
    if (full)
        return err_set(err, ERR_FULL, "磁盘已满，文件没有写完") || err_hint(err, "请腾出空间后再取");
    return err_set(err, ERR_IO, "写文件时出错") || err_hint(err, "请检查数据目录是否可写、磁盘是否有空间，再取一次");
}

static bool part_add(zip_t *zip, const struct part *part)
{
    zip_source_t *source = part->path ? zip_source_file(zip, part->path, 0, (zip_int64_t)part->bytes.len)
                                      : zip_source_buffer(zip, part->bytes.at, part->bytes.len, 0);
    zip_int64_t index = source ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
    enum { DOS_1980 = (1 << 5) | 1 };

    if (source && index < 0)
        zip_source_free(source);
    return index >= 0 && zip_file_set_dostime(zip, (zip_uint64_t)index, 0, DOS_1980, 0) == 0
        && (!part->path || zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
}

bool parts_write(const struct parts *parts, const char *path, struct err *err)
{
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    bool ok = zip != NULL;

    for (size_t i = 0; ok && i < parts->count; i++)
        ok = part_add(zip, &parts->list[i]);
    errno = 0;
    if (ok && zip_close(zip) == 0)
        return true;
    not_written(errno == ENOSPC, err);
    if (zip)
        zip_discard(zip);
    return false;
}
