/*
 * Files of entries (matter_step.brings), as a deal's are kept (work/attachment.h): the bytes are there before the step, the step names them.
 * An entry's digest alone, typed by whoever, opens no content: only its size, which the program sets, says that the file was brought here.
 */
#include "work/matter_int.h"

#include "work/attachment.h"

static const struct value *value_named(const struct record *entry, const char *name)
{
    int at = kind_field(entry->kind, name);

    return at < 0 ? NULL : &entry->values[at];
}

static struct slice text_named(const struct record *entry, const char *name)
{
    const struct value *value = value_named(entry, name);

    return value && value->known ? value->text : SLICE("");
}

bool matter_kept(const struct record *entry, struct slice *digest, struct slice *name, struct slice *media, int64_t *size)
{
    const struct value *bytes = value_named(entry, "file_size");

    if (!bytes || !bytes->known)
        return false;
    *digest = text_named(entry, "digest");
    *name = text_named(entry, "file");
    *media = text_named(entry, "media");
    *size = bytes->number;
    return true;
}

static bool none(struct err *err)
{
    err_set(err, ERR_INVALID, "没有选文件");
    err_hint(err, "以 multipart/form-data 提交，文件放在 raw 里");
    return err_field(err, "raw");
}

static bool another(struct err *err)
{
    err_set(err, ERR_INVALID, "文件的 SHA-256 与所填的不同");
    err_hint(err, "请选当时算出 SHA-256 的那个文件；没有填过的，空着就按文件算");
    return err_field(err, "raw");
}

static void entry_set(struct record *entry, const char *name, struct value value)
{
    int at = kind_field(entry->kind, name);

    if (at >= 0)
        entry->values[at] = value;
}

bool matter_bring(struct matter_draft *draft, struct err *err)
{
    const struct attachment_file *file = draft->order->brought;
    const struct matter_step *step = draft->order->step;
    struct record *entry = &draft->entry;

    if (!file || !step->brings)
        return !step->brings || step->fields || none(err); /* without fields it is there for the file alone */
    if (!text_named(entry, "digest").len)
        entry_set(entry, "digest", (struct value){.known = true, .text = slice_of(file->digest)});
    if (!slice_same(text_named(entry, "digest"), slice_of(file->digest)))
        return another(err);
    if (!text_named(entry, "file").len)
        entry_set(entry, "file", (struct value){.known = true, .text = file->name});
    entry_set(entry, "file_size", (struct value){.known = true, .number = (int64_t)file->bytes.len});
    entry_set(entry, "media", (struct value){.known = true, .text = slice_of(file->media)});
    return attachment_name(draft->sql, slice_of(file->digest), err);
}
