/* The attachments in a pack: taken out of the store into files beside it, a piece at a time, and from there into the ZIP. */
#include "work/deal_pack_int.h"

#include <errno.h>
#include <unistd.h>

#include "work/attachment.h"

static bool not_written(struct err *err)
{
    return errno == ENOSPC ? err_set(err, ERR_FULL, "磁盘已满，文件没有写完") || err_hint(err, "请腾出空间后再取")
                           : err_set(err, ERR_IO, "写文件时出错");
}

static bool piece_write(struct slice piece, void *arg, struct err *err)
{
    return fwrite(piece.at, 1, piece.len, arg) == piece.len || not_written(err);
}

static bool file_write(struct pack_work *work, struct slice digest, const char *path, struct err *err)
{
    FILE *file = fopen(path, "wxe");
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "打不开 %s：%s", path, strerrordesc_np(errno));
    ok = attachment_read(work->pack->sql, digest, piece_write, file, err);
    if (fclose(file) != 0 && ok)
        return not_written(err);
    return ok;
}

static bool is_there(const struct pack_work *work, const char *name)
{
    for (size_t i = 0; i < work->parts.count; i++)
        if (strcmp(work->parts.list[i].name, name) == 0)
            return true;
    return false;
}

static bool file_add(struct pack_work *work, const struct record *attachment, const char *work_path, struct err *err)
{
    struct slice digest = paper_text(attachment, ATTACHMENT_DIGEST);
    const char *name = arena_print(work->arena, "files/%.*s", (int)digest.len, digest.at);
    int64_t size = paper_number(attachment, ATTACHMENT_SIZE);
    struct part *part = &work->parts.list[work->parts.count];

    if (is_there(work, name))
        return true;
    work->file_bytes += size;
    if (work->file_bytes > PACK_FILES_MOST) {
        err_set(err, ERR_TOO_LARGE, "附件加起来太大，一个证据包装不下");
        return err_hint(err, "请取不带附件的证据包，附件另外下载：包里有每个附件的 SHA-256");
    }
    *part = (struct part){.name = name, .bytes = {"", (size_t)size}, .path = arena_print(work->arena, "%s.%zu", work_path, work->parts.count)};
    work->parts.count++;
    return file_write(work, digest, part->path, err);
}

bool pack_files(struct pack_work *work, const char *work_path, struct err *err)
{
    const struct deal_file *file = work->pack->file;

    for (size_t i = 0; work->pack->files && i < file->count[KIND_ATTACHMENT]; i++)
        if (!file_add(work, &file->papers[KIND_ATTACHMENT][i], work_path, err))
            return false;
    return true;
}

void pack_files_end(struct pack_work *work)
{
    for (size_t i = 0; i < work->parts.count; i++)
        if (work->parts.list[i].path)
            unlink(work->parts.list[i].path);
}
