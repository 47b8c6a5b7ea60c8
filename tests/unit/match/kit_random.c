#include "kit.h"

uint64_t kit_random(uint64_t *seed)
{
    uint64_t x = *seed += 0x9e3779b97f4a7c15u;

    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

unsigned kit_below(uint64_t *seed, unsigned count)
{
    return (unsigned)(kit_random(seed) % count);
}
