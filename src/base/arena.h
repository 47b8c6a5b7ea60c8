/*
 * One arena per request or job: many small allocations, freed together.
 * Out of memory ends the process with a message (a request's memory is bounded before it gets here).
 */
#ifndef TQ_BASE_ARENA_H
#define TQ_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

#include "base/slice.h"

struct arena_block;

struct arena {
    struct arena_block *newest;
    size_t used; /* bytes handed out since arena_init, for limits and tests */
};

void arena_init(struct arena *arena);
void arena_release(struct arena *arena);

/* Frees all but one block, to be used again. */
void arena_reset(struct arena *arena);

/* Aligned for any type; not cleared. */
void *arena_alloc(struct arena *arena, size_t size);
void *arena_zero(struct arena *arena, size_t count, size_t size);

/* Copies; NUL-terminated, the slice's len does not count the NUL. */
struct slice arena_copy(struct arena *arena, struct slice text);
char *arena_text(struct arena *arena, struct slice text);
char *arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *arena, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

#endif
