/* What a file that somebody brings is: by its bytes, held against its name. */
#include <strings.h>

#include "base/encoding.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "work/attachment.h"

static const struct media {
    const char *code, *type;
    const char *endings; /* of names, parted by blanks; the first is what it is called by */
} medias[] = {
    {"pdf", "application/pdf", "pdf"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"png", "image/png", "png"},
    {"jpeg", "image/jpeg", "jpg jpeg"},
    {"ofd", "application/ofd", "ofd"},
    {"text", "text/plain; charset=utf-8", "txt csv md"},
    {"zip", "application/zip", "zip"},
};

static const struct media *media_named(const char *code)
{
    for (size_t i = 0; i < sizeof medias / sizeof *medias; i++)
        if (strcmp(medias[i].code, code) == 0)
            return &medias[i];
    return NULL;
}

const char *attachment_type(struct slice media)
{
    for (size_t i = 0; i < sizeof medias / sizeof *medias; i++)
        if (slice_is(media, medias[i].code))
            return medias[i].type;
    return "application/octet-stream";
}

/* --- packages: the names in a ZIP's central directory (PKWARE APPNOTE 4.3.12, 4.3.16) --- */

enum { END_SIZE = 22, ENTRY_SIZE = 46, COMMENT_MOST = 65535, NAMES_MOST = 65535 };

static size_t little(const char *at, int bytes)
{
    size_t number = 0;

    while (bytes-- > 0)
        number = number << 8 | (unsigned char)at[bytes];
    return number;
}

/* Where the record stands that ends the directory; NULL: none, so it is no whole package. */
static const char *package_end(struct slice bytes)
{
    size_t least = bytes.len > END_SIZE + COMMENT_MOST ? bytes.len - END_SIZE - COMMENT_MOST : 0;

    for (size_t at = bytes.len >= END_SIZE ? bytes.len - END_SIZE + 1 : 0; at-- > least;)
        if (memcmp(bytes.at + at, "PK\5\6", 4) == 0)
            return bytes.at + at;
    return NULL;
}

/* The directory's next entry; false: there is none, or what stands there is none. */
static bool entry_next(struct slice *rest, struct slice *name)
{
    size_t len, more;

    if (rest->len < ENTRY_SIZE || memcmp(rest->at, "PK\1\2", 4) != 0)
        return false;
    len = little(rest->at + 28, 2);
    more = len + little(rest->at + 30, 2) + little(rest->at + 32, 2);
    if (rest->len - ENTRY_SIZE < more)
        return false;
    *name = (struct slice){rest->at + ENTRY_SIZE, len};
    *rest = (struct slice){rest->at + ENTRY_SIZE + more, rest->len - ENTRY_SIZE - more};
    return true;
}

static const struct media *package_media(struct slice bytes)
{
    static const struct { const char *part, *code; } parts[] = {
        {"word/document.xml", "docx"}, {"xl/workbook.xml", "xlsx"}, {"OFD.xml", "ofd"}};
    const char *end = package_end(bytes);
    size_t size, from, seen = 0;
    struct slice rest, name;

    if (!end)
        return NULL;
    size = little(end + 12, 4);
    from = little(end + 16, 4);
    if (from > bytes.len || size > bytes.len - from)
        return NULL;
    rest = (struct slice){bytes.at + from, size};
    for (; entry_next(&rest, &name) && seen < NAMES_MOST; seen++)
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if (slice_is(name, parts[i].part))
                return media_named(parts[i].code);
    return seen ? media_named("zip") : NULL;
}

/* --- the bytes --- */

static bool begins(struct slice bytes, const char *magic, size_t len)
{
    return bytes.len >= len && memcmp(bytes.at, magic, len) == 0;
}

/* A page of the web is text too, and runs what stands in it. */
static bool is_markup(struct slice text)
{
    struct slice head = slice_trim(text);

    return head.len && head.at[0] == '<';
}

static const struct media *text_media(struct slice bytes)
{
    const struct media *media = NULL;
    struct arena arena;
    struct slice text;
    struct err why;

    arena_init(&arena);
    if (encoding_read(bytes, &arena, &text, &why) && !is_markup(text))
        media = media_named("text");
    arena_release(&arena);
    return media;
}

static const struct media *bytes_media(struct slice bytes)
{
    if (begins(bytes, "%PDF-", 5))
        return media_named("pdf");
    if (begins(bytes, "\x89PNG\r\n\x1A\n", 8))
        return media_named("png");
    if (begins(bytes, "\xFF\xD8\xFF", 3))
        return media_named("jpeg");
    return begins(bytes, "PK", 2) ? package_media(bytes) : text_media(bytes);
}

/* --- the name --- */

static struct slice ending_of(struct slice name)
{
    for (size_t i = name.len; i-- > 0;)
        if (name.at[i] == '.')
            return (struct slice){name.at + i + 1, name.len - i - 1};
    return (struct slice){"", 0};
}

static bool ends_as(const struct media *media, struct slice ending)
{
    struct slice rest = slice_of(media->endings), one;

    while (slice_cut(&rest, ' ', &one))
        if (one.len == ending.len && strncasecmp(one.at, ending.at, one.len) == 0)
            return true;
    return false;
}

/* A name that some system would take for a path, a device or an order; where it comes out again nobody knows. */
static bool name_fits(struct slice name, struct err *err)
{
    size_t most = (size_t)kind_attachment.fields[ATTACHMENT_NAME].max;
    struct slice shown = utf8_head(name, 40);

    if (!utf8_check(name, true, err))
        return err_set(err, ERR_INVALID, "文件名里有看不见的或控制字符") || err_hint(err, "请改好文件名再选");
    if (utf8_count(name) > most)
        return err_set(err, ERR_INVALID, "文件名“%.*s…”过长", (int)shown.len, shown.at)
               || err_hint(err, "最多 %zu 个字", most);
    for (size_t i = 0; i < name.len; i++)
        if (strchr("/\\:*?\"<>|", name.at[i]))
            return err_set(err, ERR_INVALID, "文件名“%.*s”里有不能用的符号", (int)shown.len, shown.at)
                   || err_hint(err, "请去掉 / \\ : * ? \" < > | 再选");
    if (name.len && name.at[0] != '.' && ending_of(name).len)
        return true;
    return err_set(err, ERR_INVALID, "文件名“%.*s”没有名字或扩展名", (int)shown.len, shown.at)
           || err_hint(err, "请写成如“会议纪要.pdf”的名字再选");
}

static bool size_fits(const struct attachment_file *file, struct err *err)
{
    struct slice shown = utf8_head(file->name, 40);

    if (!file->bytes.len)
        return err_set(err, ERR_INVALID, "“%.*s”是空文件", (int)shown.len, shown.at) || err_hint(err, "请选有内容的文件");
    if (file->bytes.len > ATTACHMENT_MOST)
        return err_set(err, ERR_TOO_LARGE, "“%.*s”超过 %d MiB", (int)shown.len, shown.at, ATTACHMENT_MOST >> 20)
               || err_hint(err, "请压缩图片、拆成几份或降低扫描精度再传");
    return true;
}

bool attachment_look(struct attachment_file *file, struct err *err)
{
    static const char kinds[] = N_("可以附：PDF、DOCX、XLSX、OFD、PNG、JPEG、纯文本（.txt、.csv、.md）、ZIP；网页请存成 PDF");
    struct slice shown = utf8_head(file->name, 40), ending = ending_of(file->name);
    unsigned char hash[SEAL_HASH];
    const struct media *media;

    if (!name_fits(file->name, err) || !size_fits(file, err))
        return false;
    media = bytes_media(file->bytes);
    if (!media)
        return err_set(err, ERR_INVALID, "“%.*s”不是能附的文件，或已经损坏", (int)shown.len, shown.at) || err_hint(err, "%s", kinds);
    if (!ends_as(media, ending)) {
        err_set(err, ERR_INVALID, "“%.*s”的名字与内容不符：内容是 %s", (int)shown.len, shown.at,
                choice_find(choice_list_get("media"), slice_of(media->code))->label);
        return err_hint(err, "%s", kinds);
    }
    file->media = media->code;
    seal_sha256(&file->bytes, 1, hash);
    seal_hex(hash, sizeof hash, file->digest);
    return true;
}
