/* A checksum of 64 bits for files: finds accidents, not forgeries. Four lanes, so that it runs at memory speed. */
#ifndef TQ_MATCH_CHECKSUM_H
#define TQ_MATCH_CHECKSUM_H

#include "match/term.h"

static inline uint64_t checksum(const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    uint64_t lane[4] = {1, 2, 3, 4}, sum = len;

    for (; len >= 32; at += 32, len -= 32)
        for (unsigned i = 0; i < 4; i++) {
            uint64_t piece;

            memcpy(&piece, at + 8 * i, 8);
            lane[i] = (lane[i] ^ piece) * 0x9fb21c651e98df25u;
            lane[i] ^= lane[i] >> 29;
        }
    for (unsigned i = 0; i < 4; i++)
        sum = term_mix(sum ^ lane[i]);
    return sum ^ term_hash(at, len);
}

#endif
