#include "base/encoding.h"

#include <assert.h>
#include <unicode/ucnv.h>
#include <unicode/ustring.h>

#include "base/utf8.h"

enum { DAMAGE_SHARE = 8 /* UTF-8 if good characters outnumber bad bytes at least so many times */, BYTES_MOST = 256 << 20 };

bool encoding_mostly_utf8(struct slice bytes)
{
    size_t good = 0, bad = 0;

    while (bytes.len > 0) {
        size_t valid = utf8_valid(bytes);

        for (size_t i = 0; i < valid; i++)
            good += (unsigned char)bytes.at[i] >= 0xC0;
        bytes.at += valid;
        bytes.len -= valid;
        if (bytes.len > 0) {
            size_t n = utf8_bad_length(bytes.at, bytes.len);

            bad += bytes.len > 3 || n < bytes.len;
            bytes.at += n;
            bytes.len -= n;
        }
    }
    return bad == 0 || bad * DAMAGE_SHARE <= good;
}

static bool begins(struct slice bytes, const char *mark, size_t len)
{
    return bytes.len >= len && memcmp(bytes.at, mark, len) == 0;
}

static bool no_text(struct err *err)
{
    err_set(err, ERR_INVALID, "文件里的不是文字");
    return err_hint(err, "请另存为 .pdf、.docx，或编码为 UTF-8 的 .txt");
}

/* ICU's name of the encoding; a byte that is no character of it ends the reading. */
static bool convert(struct slice bytes, const char *encoding, struct arena *arena, struct slice *text, struct err *err)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encoding, &code);
    int32_t room = (int32_t)bytes.len + 1, wide_len = 0, len = 0;
    UChar *wide = arena_alloc(arena, (size_t)room * sizeof *wide);
    char *out;

    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    if (U_SUCCESS(code))
        wide_len = ucnv_toUChars(converter, wide, room, bytes.at, (int32_t)bytes.len, &code);
    if (converter)
        ucnv_close(converter);
    if (U_FAILURE(code))
        return no_text(err);
    out = arena_alloc(arena, (size_t)wide_len * 3 + 1);
    u_strToUTF8(out, wide_len * 3 + 1, &len, wide, wide_len, &code);
    *text = (struct slice){out, (size_t)len};
    return U_SUCCESS(code) || no_text(err);
}

static void mark_drop(struct slice *text)
{
    if (!begins(*text, "\xEF\xBB\xBF", 3))
        return;
    text->at += 3;
    text->len -= 3;
}

bool encoding_read(struct slice bytes, struct arena *arena, struct slice *text, struct err *err)
{
    bool wide = begins(bytes, "\xFF\xFE", 2) || begins(bytes, "\xFE\xFF", 2);

    *text = bytes;
    if (bytes.len > BYTES_MOST)
        return no_text(err);
    if (wide ? !convert(bytes, "UTF-16", arena, text, err)
             : !encoding_mostly_utf8(bytes) && !convert(bytes, "gb18030", arena, text, err))
        return false;
    mark_drop(text);
    if (text->len && memchr(text->at, '\0', text->len))
        return no_text(err);
    return utf8_valid(*text) == text->len || utf8_check(*text, false, err);
}
