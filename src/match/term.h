/*
 * A term as a number of 64 bits, so that an index holds no strings.
 *
 * A Chinese character and a pair of them are told apart exactly: their code points are the number. A word (Latin,
 * a number with its unit) is a 62-bit hash; at a million words the chance that any two share one is about 1 in 10^7.
 * The number is then mixed by a bijection, so that terms sorted by number are spread evenly over 64 bits and a
 * dictionary can be entered at the right place by the top bits alone.
 */
#ifndef TQ_MATCH_TERM_H
#define TQ_MATCH_TERM_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t term_mix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    x ^= x >> 32;
    x *= 0xd6e8feb86659fd93u;
    x ^= x >> 32;
    return x;
}

/* Takes term_mix back: the odd factor's inverse modulo 2^64. */
static inline uint64_t term_unmix(uint64_t x)
{
    x ^= x >> 32;
    x *= 0xcfee444d8b59a89bu;
    x ^= x >> 32;
    x *= 0xcfee444d8b59a89bu;
    x ^= x >> 32;
    return x;
}

static inline uint64_t term_char(uint32_t code)
{
    return term_mix(code);
}

static inline uint64_t term_pair(uint32_t first, uint32_t second)
{
    return term_mix(UINT64_C(1) << 62 | (uint64_t)first << 21 | second);
}

/* Eight bytes a step; a tail is read without touching what lies beyond. */
static inline uint64_t term_hash(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t hash = 0x9e3779b97f4a7c15u ^ len, piece;

    for (; len >= 8; at += 8, len -= 8) {
        memcpy(&piece, at, 8);
        hash = term_mix(hash ^ piece);
    }
    piece = 0;
    if (len)
        memcpy(&piece, at, len);
    return term_mix(hash ^ piece);
}

static inline uint64_t term_word(const void *bytes, size_t len)
{
    return term_mix(UINT64_C(1) << 63 | term_hash(bytes, len) >> 2);
}

enum term_sort { TERM_CHAR, TERM_PAIR, TERM_WORD };

static inline enum term_sort term_sort(uint64_t term)
{
    uint64_t number = term_unmix(term);

    return number >> 63 ? TERM_WORD : number >> 62 & 1 ? TERM_PAIR : TERM_CHAR;
}

/* Of a pair. */
static inline void term_pair_codes(uint64_t term, uint32_t *first, uint32_t *second)
{
    uint64_t number = term_unmix(term);

    *first = (uint32_t)(number >> 21 & 0x1fffff);
    *second = (uint32_t)(number & 0x1fffff);
}

#endif
