#include "file/source.h"

#include <errno.h>
#include <poll.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>
#include <unistd.h>

#include "base/encoding.h"
#include "base/utf8.h"

enum {
    ROOM = 1 << 20,        /* bytes read at a time, and looked at to settle the encoding */
    GB_STEP = 1 << 16      /* UTF-16 units converted at a time */
};

struct source {
    int fd, wait_ms;
    enum source_encoding encoding;
    bool forced, ended, peeked;
    bool pending;          /* the converter still holds something */
    char *raw;
    size_t begin, end;     /* bytes of raw not yet taken */
    int64_t done;
    unsigned char bad[4];  /* one bad sequence waiting to be reported */
    size_t bad_len;
    struct slice ahead;    /* text already decoded by source_peek */
    UConverter *gb;
    UChar *wide;
    char *narrow;          /* GB18030 text turned into UTF-8 */
};

static bool read_failed(struct err *err)
{
    err_set(err, ERR_IO, "读取文件时出错：%s", strerrordesc_np(errno) ? strerrordesc_np(errno) : N_("未知错误"));
    return err_hint(err, "请检查文件所在的磁盘或连接，再试一次");
}

static bool wait_for_bytes(struct source *source, struct err *err)
{
    struct pollfd one = {.fd = source->fd, .events = POLLIN};
    int ready;

    if (source->wait_ms == 0)
        return true;
    do
        ready = poll(&one, 1, source->wait_ms);
    while (ready < 0 && errno == EINTR);
    if (ready < 0)
        return read_failed(err);
    if (ready > 0)
        return true;
    err_set(err, ERR_INVALID, "读取超时：%d 秒内没有新的内容", source->wait_ms / 1000);
    return err_hint(err, "请再试一次；若一直如此，请另存为 CSV");
}

/* Moves what is left to the front and fills the room behind it. */
static bool source_fill(struct source *source, struct err *err)
{
    if (source->begin > 0) {
        memmove(source->raw, source->raw + source->begin, source->end - source->begin);
        source->end -= source->begin;
        source->begin = 0;
    }
    while (!source->ended && source->end < ROOM) {
        ssize_t got;

        if (!wait_for_bytes(source, err))
            return false;
        got = read(source->fd, source->raw + source->end, ROOM - source->end);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return read_failed(err);
        source->ended = got == 0;
        source->end += (size_t)got;
        source->done += got;
    }
    return true;
}

static void settle_encoding(struct source *source)
{
    struct slice head = {source->raw, source->end};

    if (head.len >= 3 && memcmp(head.at, "\xEF\xBB\xBF", 3) == 0) {
        source->begin = 3;
        source->encoding = SOURCE_UTF8;
    } else if (head.len >= 4 && memcmp(head.at, "\x84\x31\x95\x33", 4) == 0) {
        source->begin = 4;
        source->encoding = SOURCE_GB18030;
    } else {
        source->encoding = encoding_mostly_utf8(head) ? SOURCE_UTF8 : SOURCE_GB18030;
    }
}

static bool gb_open(struct source *source, struct err *err)
{
    UErrorCode code = U_ZERO_ERROR;

    if (source->encoding != SOURCE_GB18030 || source->gb)
        return true;
    source->gb = ucnv_open("gb18030", &code);
    if (U_SUCCESS(code))
        ucnv_setToUCallBack(source->gb, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &code);
    if (U_FAILURE(code))
        return err_set(err, ERR_IO, "缺少 GB18030 转换表") || err_hint(err, "请检查 ICU 是否装好，或把文件另存为“CSV UTF-8”");
    source->wide = malloc(GB_STEP * sizeof *source->wide);
    source->narrow = malloc(GB_STEP * 3);
    return (source->wide && source->narrow) || err_set(err, ERR_MEMORY, "内存不足");
}

static bool source_begin(struct source *source, struct err *err)
{
    source->begin = source->end = 0;
    source->done = 0;
    source->ended = source->peeked = source->pending = false;
    source->bad_len = 0;
    if (!source_fill(source, err))
        return false;
    settle_encoding(source);
    if (source->forced)
        source->encoding = SOURCE_UTF8;
    return gb_open(source, err);
}

bool source_open(int fd, int wait_ms, struct source **out, struct err *err)
{
    struct source *source = calloc(1, sizeof *source);

    *out = NULL;
    if (source)
        source->raw = malloc(ROOM);
    if (!source || !source->raw) {
        source_close(source);
        return err_set(err, ERR_MEMORY, "内存不足");
    }
    source->fd = fd;
    source->wait_ms = wait_ms;
    if (!source_begin(source, err)) {
        source_close(source);
        return false;
    }
    *out = source;
    return true;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    if (source->gb)
        ucnv_close(source->gb);
    free(source->wide);
    free(source->narrow);
    free(source->raw);
    free(source);
}

enum source_encoding source_encoding(const struct source *source)
{
    return source->encoding;
}

struct slice source_head(const struct source *source)
{
    return (struct slice){source->raw, source->end};
}

void source_force_utf8(struct source *source)
{
    source->forced = true;
    source->encoding = SOURCE_UTF8;
}

int64_t source_done(const struct source *source)
{
    return source->done - (int64_t)(source->end - source->begin);
}

bool source_restart(struct source *source, struct err *err)
{
    if (lseek(source->fd, 0, SEEK_SET) < 0)
        return read_failed(err);
    if (source->gb)
        ucnv_resetToUnicode(source->gb);
    return source_begin(source, err);
}

/* A bad sequence leaves the stream; it is reported on its own. */
static void bad_take(struct source *source, const char *at, size_t len)
{
    memcpy(source->bad, at, len);
    source->bad_len = len;
}

static bool utf8_decode(struct source *source, struct slice *text, struct err *err)
{
    struct slice left = {source->raw + source->begin, source->end - source->begin};
    size_t valid = utf8_valid(left);

    if (valid == 0 && left.len < 4 && !source->ended) { /* a character cut by the window */
        if (!source_fill(source, err))
            return false;
        left = (struct slice){source->raw, source->end};
        valid = utf8_valid(left);
    }
    if (valid == 0 && left.len > 0) {
        size_t n = utf8_bad_length(left.at, left.len);

        bad_take(source, left.at, n);
        source->begin += n;
    }
    source->begin += valid;
    *text = (struct slice){left.at, valid};
    return true;
}

/* UTF-16 from ICU into UTF-8; ICU gives paired surrogates only. */
static size_t narrow_from_wide(const UChar *wide, size_t count, char *out)
{
    char *at = out;

    for (size_t i = 0; i < count; i++) {
        uint32_t code = wide[i];

        if (code < 0x80) {
            *at++ = (char)code;
            continue;
        }
        if (code >= 0xD800 && code < 0xDC00 && i + 1 < count)
            code = 0x10000 + ((code - 0xD800) << 10) + (wide[++i] - 0xDC00u);
        at += utf8_put(code, at);
    }
    return (size_t)(at - out);
}

static void gb_bad_take(struct source *source)
{
    char bytes[8];
    int8_t len = (int8_t)sizeof bytes;
    UErrorCode code = U_ZERO_ERROR;

    ucnv_getInvalidChars(source->gb, bytes, &len, &code);
    bad_take(source, bytes, U_FAILURE(code) || len <= 0 ? 0 : len > 4 ? 4 : (size_t)len);
    if (source->bad_len == 0)
        bad_take(source, "?", 1);
}

static bool gb_decode(struct source *source, struct slice *text, struct err *err)
{
    const char *from = source->raw + source->begin;
    UChar *to = source->wide;
    UErrorCode code = U_ZERO_ERROR;

    ucnv_toUnicode(source->gb, &to, source->wide + GB_STEP, &from, source->raw + source->end, NULL, source->ended,
                   &code);
    source->begin = (size_t)(from - source->raw);
    source->pending = U_FAILURE(code);
    if (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR) {
        if (code != U_INVALID_CHAR_FOUND && code != U_ILLEGAL_CHAR_FOUND && code != U_TRUNCATED_CHAR_FOUND)
            return err_set(err, ERR_INVALID, "无法按 GB18030 解码") || err_hint(err, "请另存为“CSV UTF-8”后再试");
        gb_bad_take(source);
    }
    *text = (struct slice){source->narrow, narrow_from_wide(source->wide, (size_t)(to - source->wide), source->narrow)};
    return true;
}

/* Decodes the next stretch; nothing decoded, nothing bad and nothing left means the end. */
static bool source_decode(struct source *source, struct slice *text, struct err *err)
{
    if (source->begin == source->end && !source->pending && !source_fill(source, err))
        return false;
    return source->encoding == SOURCE_UTF8 ? utf8_decode(source, text, err) : gb_decode(source, text, err);
}

struct slice source_peek(struct source *source)
{
    struct err ignored;

    if (!source->peeked) {
        source->ahead = SLICE("");
        if (!source_decode(source, &source->ahead, &ignored))
            source->ahead = SLICE("");
        source->peeked = true;
    }
    return source->ahead;
}

static bool source_is_empty(const struct source *source)
{
    return source->ended && source->begin == source->end && source->bad_len == 0 && !source->pending;
}

enum source_step source_step(struct source *source, struct slice *piece, struct err *err)
{
    if (source->peeked) {
        source->peeked = false;
        *piece = source->ahead;
        if (piece->len > 0)
            return SOURCE_TEXT;
    }
    for (;;) {
        if (source->bad_len > 0) {
            *piece = (struct slice){(const char *)source->bad, source->bad_len};
            source->bad_len = 0;
            return SOURCE_BAD;
        }
        if (source_is_empty(source))
            return SOURCE_END;
        if (!source_decode(source, piece, err))
            return SOURCE_FAILED;
        if (piece->len > 0)
            return SOURCE_TEXT;
    }
}
