/* The divisions that a text may name and a check may show: the provinces, and all of Gansu (GB/T 2260). */
#ifndef TQ_MATCH_REGION_H
#define TQ_MATCH_REGION_H

#include <stddef.h>
#include <stdint.h>

struct region {
    uint32_t code;
    const char *name;    /* 兰州市 */
    const char *plain;   /* 兰州, as people write it; "" where that word also means something else */
    const char *english; /* Lanzhou */
};

extern const struct region regions[];
extern const size_t region_count;

/* NULL: not in the table. */
const struct region *region_get(uint32_t code);

#endif
