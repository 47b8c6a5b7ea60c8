#include "base/utf8.h"

#include <assert.h>
#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { MARKS_MOST = 8 };

/* ---- shape ------------------------------------------------------------------------------- */

static bool trail(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/*
 * Length of the well-formed sequence at `at` (Unicode table 3-7), 0 if there is none. The second byte's
 * range is what keeps out overlong forms, surrogates and everything above U+10FFFF.
 */
static size_t sequence(const unsigned char *at, size_t left)
{
    unsigned char lead = at[0], low = 0x80, high = 0xBF;
    size_t len = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;

    if (len < 2 || len > left)
        return len > left ? 0 : len;
    if (lead == 0xE0)
        low = 0xA0;
    else if (lead == 0xED)
        high = 0x9F;
    else if (lead == 0xF0)
        low = 0x90;
    else if (lead == 0xF4)
        high = 0x8F;
    if (at[1] < low || at[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if (!trail(at[i]))
            return 0;
    return len;
}

/* How many of the leading bytes are ASCII, looked at eight at a time. */
static size_t ascii_run(const char *at, size_t len)
{
    size_t i = 0;

    for (uint64_t eight; i + 8 <= len; i += 8) {
        memcpy(&eight, at + i, 8);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < len && !((unsigned char)at[i] & 0x80))
        i++;
    return i;
}

size_t utf8_valid(struct slice text)
{
    size_t i = 0, step;

    while (i < text.len) {
        i += ascii_run(text.at + i, text.len - i);
        while (i < text.len && (unsigned char)text.at[i] >= 0x80) {
            step = sequence((const unsigned char *)text.at + i, text.len - i);
            if (!step)
                return i;
            i += step;
        }
    }
    return text.len;
}

size_t utf8_bad_length(const char *at, size_t len)
{
    size_t n = 1;

    while (n < len && n < 4 && ((unsigned char)at[0] & 0x80) && trail((unsigned char)at[n]))
        n++;
    return n;
}

bool utf8_plain(struct slice bytes)
{
    return utf8_valid(bytes) == bytes.len && (bytes.len == 0 || !memchr(bytes.at, '\0', bytes.len));
}

size_t utf8_next(const char *at, uint32_t *code)
{
    const unsigned char *b = (const unsigned char *)at;

    if (b[0] < 0x80) {
        *code = b[0];
        return 1;
    }
    if (b[0] < 0xE0) {
        *code = (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
        return 2;
    }
    if (b[0] < 0xF0) {
        *code = (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
        return 3;
    }
    *code = (b[0] & 0x07u) << 18 | (b[1] & 0x3Fu) << 12 | (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
    return 4;
}

static char tail(uint32_t code, unsigned shift)
{
    return (char)(0x80 | (code >> shift & 0x3F));
}

size_t utf8_put(uint32_t code, char out[4])
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = tail(code, 0);
        return 2;
    }
    if (code < 0x10000) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = tail(code, 6);
        out[2] = tail(code, 0);
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = tail(code, 12);
    out[2] = tail(code, 6);
    out[3] = tail(code, 0);
    return 4;
}

size_t utf8_count(struct slice text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.len; i++)
        count += !trail((unsigned char)text.at[i]);
    return count;
}

struct slice utf8_head(struct slice text, size_t count)
{
    for (size_t i = 0; i < text.len; i++)
        if (!trail((unsigned char)text.at[i]) && count-- == 0)
            return (struct slice){text.at, i};
    return text;
}

/* ---- the edge ---------------------------------------------------------------------------- */

static bool in(uint32_t code, uint32_t first, uint32_t last)
{
    return code >= first && code <= last;
}

static bool is_control(uint32_t code)
{
    return (code < 0x20 && code != '\t' && code != '\n' && code != '\r') || in(code, 0x7F, 0x9F);
}

static bool is_bidi(uint32_t code)
{
    return in(code, 0x202A, 0x202E) || in(code, 0x2066, 0x2069);
}

/* Takes no room on the line, so that two names can look alike and differ. */
static bool is_unseen(uint32_t code)
{
    return in(code, 0x200B, 0x200F) || in(code, 0x2060, 0x2064) || code == 0xFEFF || code == 0xAD
           || code == 0x180E || code == 0x034F || in(code, 0x115F, 0x1160) || code == 0x3164 || code == 0xFFA0;
}

static bool is_line_end(uint32_t code)
{
    return code == '\n' || code == '\r' || in(code, 0x2028, 0x2029);
}

/* ICU is asked only where marks can be: not below U+0300 and not among the ideographs. */
static bool is_mark(uint32_t code)
{
    return code >= 0x300 && !in(code, 0x3400, 0xA62F) && (U_GET_GC_MASK((UChar32)code) & U_GC_M_MASK);
}

static const char *complaint(uint32_t code, bool name)
{
    if (is_control(code))
        return N_("不可见的控制字符");
    if (is_bidi(code))
        return N_("改变文字方向的字符");
    if (in(code, 0xE0000, 0xE007F))
        return N_("标签字符");
    if (name && is_unseen(code))
        return N_("零宽字符");
    if (name && is_line_end(code))
        return N_("换行");
    return NULL;
}

static bool refuse(struct err *err, size_t place, const char *what, uint32_t code)
{
    err_set(err, ERR_INVALID, "第 %zu 个字是%s(U+%04X)，不能使用", place, what, (unsigned)code);
    return err_hint(err, "请删去这个字符，或改为手工输入");
}

bool utf8_check(struct slice text, bool name, struct err *err)
{
    size_t bad = utf8_valid(text), place = 0, marks = 0;

    if (bad < text.len) {
        struct slice good = {text.at, bad};

        err_set(err, ERR_INVALID, "第 %zu 个字不是有效的 UTF-8", utf8_count(good) + 1);
        return err_hint(err, "请把文字另存为 UTF-8 后再提交");
    }
    for (size_t i = 0; i < text.len;) {
        uint32_t code;
        const char *what;

        i += utf8_next(text.at + i, &code);
        place++;
        what = complaint(code, name);
        if (what)
            return refuse(err, place, what, code);
        marks = is_mark(code) ? marks + 1 : 0;
        if (marks > MARKS_MOST)
            return refuse(err, place, N_("叠加过多的附加符号"), code);
    }
    return true;
}

struct slice utf8_clean(struct slice text, struct arena *arena)
{
    char *clean = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len;) {
        uint32_t code;
        size_t step = utf8_next(text.at + i, &code);

        if (code == '\f' || !complaint(code, false)) {
            memcpy(clean + len, text.at + i, step);
            len += step;
        }
        i += step;
    }
    return (struct slice){clean, len};
}

struct slice utf8_one_page(struct slice text, struct arena *arena)
{
    char *joined = arena_text(arena, text);

    for (size_t i = 0; i < text.len; i++)
        if (joined[i] == '\f')
            joined[i] = '\n';
    return (struct slice){joined, text.len};
}

/* ---- ICU --------------------------------------------------------------------------------- */

static UChar *to_utf16(struct slice text, struct arena *arena, int32_t *len)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar *wide = arena_alloc(arena, (text.len + 1) * sizeof *wide);

    assert(text.len < INT32_MAX / 4);
    u_strFromUTF8(wide, (int32_t)text.len + 1, len, text.len ? text.at : "", (int32_t)text.len, &status);
    assert(U_SUCCESS(status));
    return wide;
}

static struct slice to_utf8(const UChar *wide, int32_t len, struct arena *arena)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t room = len * 3 + 1, got = 0;
    char *out = arena_alloc(arena, (size_t)room);

    u_strToUTF8(out, room, &got, wide, len, &status);
    assert(U_SUCCESS(status));
    return (struct slice){out, (size_t)got};
}

struct slice utf8_nfkc(struct slice text, struct arena *arena)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *nfkc;
    UChar *wide, *out;
    int32_t len, room, got;

    if (ascii_run(text.at, text.len) == text.len)
        return arena_copy(arena, text);
    nfkc = unorm2_getNFKCInstance(&status);
    assert(U_SUCCESS(status));
    wide = to_utf16(text, arena, &len);
    room = len + 32;
    out = arena_alloc(arena, (size_t)room * sizeof *out);
    got = unorm2_normalize(nfkc, wide, len, out, room, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        status = U_ZERO_ERROR;
        room = got + 1;
        out = arena_alloc(arena, (size_t)room * sizeof *out);
        got = unorm2_normalize(nfkc, wide, len, out, room, &status);
    }
    assert(U_SUCCESS(status));
    return to_utf8(out, got, arena);
}

static bool drops_out(uint32_t code)
{
    return code < '0' || (code > '9' && code < 'A') || (code > 'Z' && code < 'a') || (code > 'z' && code < 0xa0)
           || (code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x303f);
}

struct slice utf8_key(struct slice folded, struct arena *arena)
{
    char *key = arena_alloc(arena, folded.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < folded.len;) {
        uint32_t code;
        size_t step = utf8_next(folded.at + i, &code);

        if (code >= 'A' && code <= 'Z') {
            key[len++] = (char)(code + 'a' - 'A');
        } else if (!drops_out(code)) {
            memcpy(key + len, folded.at + i, step);
            len += step;
        }
        i += step;
    }
    key[len] = '\0';
    return (struct slice){key, len};
}

static pthread_once_t collator_once = PTHREAD_ONCE_INIT;
static UCollator *collator; /* shared: reading a collator is thread-safe; lives as long as the process */

static void collator_open(void)
{
    UErrorCode status = U_ZERO_ERROR;

    collator = ucol_open("zh@collation=pinyin", &status);
    assert(U_SUCCESS(status));
}

struct slice utf8_sort_key(struct slice text, struct arena *arena)
{
    static const char digits[] = "0123456789ABCDEF";
    int32_t len, size;
    UChar *wide = to_utf16(text, arena, &len);
    unsigned char *key;
    char *hex;

    pthread_once(&collator_once, collator_open);
    size = ucol_getSortKey(collator, wide, len, NULL, 0);
    key = arena_alloc(arena, (size_t)size);
    ucol_getSortKey(collator, wide, len, key, size);
    size -= 1; /* the key ends in a NUL that orders nothing */
    hex = arena_alloc(arena, (size_t)size * 2 + 1);
    for (int32_t i = 0; i < size; i++) {
        hex[i * 2] = digits[key[i] >> 4];
        hex[i * 2 + 1] = digits[key[i] & 15];
    }
    hex[size * 2] = '\0';
    return (struct slice){hex, (size_t)size * 2};
}
