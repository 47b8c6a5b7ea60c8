#include "base/arena.h"

#include <stdint.h>

enum { BLOCK_LEAST = 8192 };

struct arena_block {
    struct arena_block *older;
    size_t room, used;
    max_align_t bytes[];
};

void arena_init(struct arena *arena)
{
    arena->newest = NULL;
    arena->used = 0;
}

static void free_chain(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;

        free(block);
        block = older;
    }
}

void arena_release(struct arena *arena)
{
    free_chain(arena->newest);
    arena_init(arena);
}

void arena_reset(struct arena *arena)
{
    struct arena_block *kept = arena->newest;

    if (kept) {
        free_chain(kept->older);
        kept->older = NULL;
        kept->used = 0;
    }
    arena->used = 0;
}

static void no_memory(void)
{
    fputs("tieqiao: out of memory\n", stderr);
    abort();
}

static struct arena_block *block_new(struct arena *arena, size_t size)
{
    size_t room = size > BLOCK_LEAST / 2 ? size : BLOCK_LEAST;
    struct arena_block *block = room > SIZE_MAX - sizeof *block ? NULL : malloc(sizeof *block + room);

    if (!block)
        no_memory();
    block->room = room;
    block->used = 0;
    block->older = arena->newest;
    arena->newest = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    struct arena_block *block = arena->newest;
    size_t step = (size + sizeof(max_align_t) - 1) & ~(sizeof(max_align_t) - 1);
    void *at;

    if (step < size)
        no_memory();
    if (!block || block->room - block->used < step)
        block = block_new(arena, step);
    at = (char *)block->bytes + block->used;
    block->used += step;
    arena->used += step;
    return at;
}

void *arena_zero(struct arena *arena, size_t count, size_t size)
{
    size_t total;
    void *at;

    if (__builtin_mul_overflow(count, size, &total))
        no_memory();
    at = arena_alloc(arena, total);
    memset(at, 0, total);
    return at;
}

char *arena_text(struct arena *arena, struct slice text)
{
    char *copy = arena_alloc(arena, text.len + 1);

    if (text.len)
        memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return copy;
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
    return (struct slice){arena_text(arena, text), text.len};
}

char *arena_vprint(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    int len;
    char *at;

    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len < 0)
        return arena_text(arena, SLICE(""));
    at = arena_alloc(arena, (size_t)len + 1);
    vsnprintf(at, (size_t)len + 1, format, args);
    return at;
}

char *arena_print(struct arena *arena, const char *format, ...)
{
    va_list args;
    char *at;

    va_start(args, format);
    at = arena_vprint(arena, format, args);
    va_end(args);
    return at;
}
