/* Numbers in as few bytes as they need, seven bits a byte. */
#ifndef TQ_MATCH_VARINT_H
#define TQ_MATCH_VARINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { VARINT_MOST = 10 };

static inline uint8_t *varint_put(uint8_t *at, uint64_t number)
{
    while (number >= 0x80) {
        *at++ = (uint8_t)(number | 0x80);
        number >>= 7;
    }
    *at++ = (uint8_t)number;
    return at;
}

static inline size_t varint_size(uint64_t number)
{
    size_t size = 1;

    while (number >= 0x80) {
        number >>= 7;
        size++;
    }
    return size;
}

/* For bytes known to be whole. */
static inline const uint8_t *varint_get(const uint8_t *at, uint64_t *number)
{
    uint64_t value = *at & 0x7f;

    for (unsigned shift = 7; *at++ & 0x80; shift += 7)
        value |= (uint64_t)(*at & 0x7f) << (shift & 63);
    *number = value;
    return at;
}

#endif
