#include "match/fold.h"

#include <opencc/opencc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "match/code.h"

enum { HAN_FIRST = 0x3400, HAN_LAST = 0x9fff, PIECE_UNITS = 64, FOLDED_UNITS = 1024 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static uint32_t simplified[HAN_LAST - HAN_FIRST + 1];
static const UNormalizer2 *normaliser;
static bool ready;

/* One call for all characters, a line each: no phrase of OpenCC's spans a line end. */
static char *every_han(size_t *len)
{
    size_t room = (HAN_LAST - HAN_FIRST + 1) * 4 + 1, n = 0;
    char *lines = malloc(room);

    for (uint32_t code = HAN_FIRST; lines && code <= HAN_LAST; code++) {
        lines[n++] = (char)(0xe0 | code >> 12);
        lines[n++] = (char)(0x80 | (code >> 6 & 63));
        lines[n++] = (char)(0x80 | (code & 63));
        lines[n++] = '\n';
    }
    *len = n;
    return lines;
}

static void read_lines(const char *lines)
{
    size_t i = 0, at = 0, len = strlen(lines), step;

    while (at < len && i < sizeof simplified / sizeof *simplified) {
        simplified[i++] = code_next(lines + at, len - at, &step);
        while (at < len && lines[at++] != '\n')
            ;
    }
}

static void prepare(void)
{
    UErrorCode status = U_ZERO_ERROR;
    opencc_t converter = opencc_open("t2s.json");
    size_t len;
    char *lines = every_han(&len), *converted = NULL;

    for (uint32_t code = HAN_FIRST; code <= HAN_LAST; code++)
        simplified[code - HAN_FIRST] = code;
    normaliser = unorm2_getNFKCCasefoldInstance(&status);
    if (converter != (opencc_t)-1 && lines)
        converted = opencc_convert_utf8(converter, lines, len);
    if (converted)
        read_lines(converted);
    ready = converted && U_SUCCESS(status);
    opencc_convert_utf8_free(converted);
    if (converter != (opencc_t)-1)
        opencc_close(converter);
    free(lines);
}

bool fold_ready(void)
{
    pthread_once(&once, prepare);
    return ready;
}

void fold_init(struct fold *fold)
{
    memset(fold, 0, sizeof *fold);
}

void fold_release(struct fold *fold)
{
    free(fold->code);
    free(fold->from);
    free(fold->to);
    fold_init(fold);
}

static void *must_resize(void *old, size_t count)
{
    void *at = realloc(old, count * sizeof(uint32_t));

    if (!at)
        abort();
    return at;
}

static void fold_room(struct fold *fold, size_t more)
{
    size_t room = fold->room;

    if (fold->count + more > room) {
        room = (fold->count + more) * 3 / 2 + 256;
        fold->code = must_resize(fold->code, room);
        fold->from = must_resize(fold->from, room);
        fold->to = must_resize(fold->to, room);
        fold->room = room;
    }
}

static void emit(struct fold *fold, uint32_t code, size_t from, size_t to)
{
    fold_room(fold, 1);
    fold->code[fold->count] = code;
    if (fold->ranges) {
        fold->from[fold->count] = (uint32_t)from;
        fold->to[fold->count] = (uint32_t)to;
    }
    fold->count++;
}

static uint32_t to_simplified(uint32_t code)
{
    return code >= HAN_FIRST && code <= HAN_LAST ? simplified[code - HAN_FIRST] : code;
}

/* What NFKC and case folding make of a character, where that needs no look at its neighbours; 0: ask ICU. */
static uint32_t fold_simply(uint32_t code)
{
    if (code < 0x80)
        return code - 'A' < 26u ? code + 32 : code ? code : ' ';
    if (code >= HAN_FIRST && code <= HAN_LAST)
        return simplified[code - HAN_FIRST];
    if (code >= 0xff01 && code <= 0xff5e)
        return code - 0xff21 < 26u ? code - 0xfee0 + 32 : code - 0xfee0;
    if (code == 0x3000)
        return ' ';
    if ((code >= 0x3001 && code <= 0x3003) || (code >= 0x3008 && code <= 0x3011) || (code >= 0x2018 && code <= 0x201d))
        return code;
    return code == 0xfffd ? code : 0;
}

static void emit_piece(struct fold *fold, const UChar *units, int32_t count, size_t from, size_t to)
{
    UChar folded[FOLDED_UNITS];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = unorm2_normalize(normaliser, units, count, folded, FOLDED_UNITS, &status);

    for (int32_t i = 0; U_SUCCESS(status) && i < len;) {
        UChar32 code;

        U16_NEXT(folded, i, len, code);
        emit(fold, to_simplified((uint32_t)code), from, to);
    }
}

static UChar32 next_code(const char *at, size_t *i, size_t len)
{
    size_t step;
    uint32_t code = code_next(at + *i, len - *i, &step);

    *i += step;
    return (UChar32)code;
}

static int32_t put_unit(UChar *to, uint32_t code)
{
    if (code < 0x10000) {
        to[0] = (UChar)code;
        return 1;
    }
    to[0] = (UChar)(0xd7c0 + (code >> 10));
    to[1] = (UChar)(0xdc00 | (code & 0x3ff));
    return 2;
}

/* One piece between two boundaries, from byte `start`; returns where it ends. A piece is cut at PIECE_UNITS. */
static size_t fold_piece(struct fold *fold, struct match_str text, size_t start)
{
    UChar units[PIECE_UNITS + 2];
    int32_t count = 0;
    size_t i = start;

    while (i < text.len && count < PIECE_UNITS) {
        size_t before = i;
        UChar32 code = next_code(text.at, &i, text.len);

        if (count && unorm2_hasBoundaryBefore(normaliser, code)) {
            i = before;
            break;
        }
        count += put_unit(units + count, (uint32_t)code);
    }
    emit_piece(fold, units, count, start, i);
    return i;
}

void fold_text(struct fold *fold, struct match_str text, bool ranges)
{
    size_t i = 0, last = 0; /* last: where the newest simple character began */
    bool after_simple = false;

    fold_ready();
    fold->count = 0;
    fold->ranges = ranges;
    fold_room(fold, text.len / 2);
    while (i < text.len) {
        size_t start = i;
        UChar32 code = next_code(text.at, &i, text.len);
        uint32_t simple = fold_simply((uint32_t)code);

        if (simple) {
            emit(fold, simple, start, i);
            last = start;
        } else if (after_simple && !unorm2_hasBoundaryBefore(normaliser, code)) {
            fold->count--; /* a mark joins the character before it */
            i = fold_piece(fold, text, last);
        } else {
            i = fold_piece(fold, text, start);
        }
        after_simple = simple != 0;
    }
}
