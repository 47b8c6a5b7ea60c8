/*
 * The outside of a segment file: a head, a table of sections, the sections, each at a multiple of 64 bytes and
 * padded with zeros to one. Every byte is under a checksum. A reader passes over sections it does not know, so that
 * later versions can add some (dense vectors).
 */
#ifndef TQ_MATCH_LAYOUT_H
#define TQ_MATCH_LAYOUT_H

#include <stdint.h>

#define LAYOUT_MAGIC "TQMATCH1"
enum { LAYOUT_ALIGN = 64, LAYOUT_VERSION = 4 };

struct layout_head {
    char magic[8];
    uint64_t sum;   /* of all bytes from `size` to the end of the table's padding */
    uint64_t size;  /* of the file */
    uint32_t version, sections;
};

struct layout_entry {
    uint32_t id, none;
    uint64_t at, size, sum; /* the sum covers the padding */
};

static inline uint64_t layout_padded(uint64_t size)
{
    return (size + LAYOUT_ALIGN - 1) & ~(uint64_t)(LAYOUT_ALIGN - 1);
}

#endif
