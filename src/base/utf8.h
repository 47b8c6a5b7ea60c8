/* UTF-8 as it must be (RFC 3629), and the edge that keeps out what must not come in. */
#ifndef TQ_BASE_UTF8_H
#define TQ_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

/* Offset of the first byte that is not UTF-8 (overlong, surrogate, cut, > U+10FFFF), or len if all is well. */
size_t utf8_valid(struct slice text);

/* How many of the bytes at `at`, where no character begins, belong together: 1 to 4. */
size_t utf8_bad_length(const char *at, size_t len);

/* Is this text, and no document of some program? Valid and without NUL. */
bool utf8_plain(struct slice bytes);

/* Decodes one code point; text must be valid and not empty. Returns its length in bytes. */
size_t utf8_next(const char *at, uint32_t *code);
size_t utf8_put(uint32_t code, char out[4]);
size_t utf8_count(struct slice text); /* code points */

/* The longest prefix of at most `count` code points. */
struct slice utf8_head(struct slice text, size_t count);

/*
 * Checks text typed by people: valid UTF-8; no NUL and no control but \t \n \r; no bidi controls
 * (U+202A–202E, U+2066–2069), no tag characters; at most 8 combining marks on a base. `name` also
 * refuses zero-width characters and line ends. err says at which character.
 */
bool utf8_check(struct slice text, bool name, struct err *err);

/*
 * A document's text without what utf8_check refuses and nobody sees: controls, marks that change the direction, tags. The form
 * feeds that part its pages stay. Valid UTF-8; memory from arena.
 */
struct slice utf8_clean(struct slice text, struct arena *arena);

/* Its pages read on as one text: form feeds become line ends. Memory from arena. */
struct slice utf8_one_page(struct slice text, struct arena *arena);

/* NFKC by ICU; memory from arena. The input must be valid. */
struct slice utf8_nfkc(struct slice text, struct arena *arena);

/*
 * A name as names are compared: ASCII in small letters, without blanks and punctuation (ASCII, general and CJK), so that
 * "含沙介质 轴承" and "含沙介质轴承" are one. `folded` is NFKC already; memory from arena.
 */
struct slice utf8_key(struct slice folded, struct arena *arena);

/* A key for sorting Chinese by pinyin in binary order (ICU, zh collation key as hex); memory from arena. */
struct slice utf8_sort_key(struct slice text, struct arena *arena);

#endif
