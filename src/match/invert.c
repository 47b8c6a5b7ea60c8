#include "match/invert.h"

#include <stdlib.h>

/* A term while one window is inverted. */
struct slot {
    uint32_t count, filled;
    uint8_t *block;
};

struct found {
    uint32_t term;
    uint16_t offset;
    uint8_t impact;
};

static void *room(size_t count, size_t size)
{
    void *at = calloc(count + 1, size);

    if (!at)
        abort();
    return at;
}

void inverter_init(struct inverter *inverter, uint32_t terms)
{
    inverter->slots = room(terms, sizeof *inverter->slots);
    inverter->units = room((size_t)terms + 1, sizeof *inverter->units);
    inverter->touched = room(terms, sizeof *inverter->touched);
}

void inverter_release(struct inverter *inverter)
{
    free(inverter->slots);
    free(inverter->units);
    free(inverter->touched);
    free(inverter->found);
}

void inverter_add(struct inverter *inverter, uint32_t term, uint32_t offset, uint8_t impact)
{
    struct slot *slot = &inverter->slots[term];

    if (slot->count++ == 0)
        inverter->touched[inverter->touched_count++] = term;
    if (inverter->found_count == inverter->found_room) {
        inverter->found_room = inverter->found_room * 2 + 1024;
        inverter->found = realloc(inverter->found, inverter->found_room * sizeof *inverter->found);
        if (!inverter->found)
            abort();
    }
    inverter->found[inverter->found_count++] = (struct found){term, (uint16_t)offset, impact};
    inverter->postings++;
}

/* A dense block is smaller from a third of the documents on, and faster from about a fifth. */
static bool is_dense(uint32_t count, uint32_t docs)
{
    return count >= 8 && 5 * count >= docs;
}

static uint32_t block_units(uint32_t count, uint32_t docs)
{
    uint32_t bytes = is_dense(count, docs) ? docs : 3 * count;

    return 2 + (bytes + 1) / 2;
}

void inverter_measure(struct inverter *inverter, const struct window *window)
{
    for (uint32_t i = 0; i < inverter->touched_count; i++) {
        uint32_t term = inverter->touched[i];

        inverter->units[term] += block_units(inverter->slots[term].count, window->count);
        inverter->slots[term] = (struct slot){0};
    }
    inverter->touched_count = 0;
    inverter->found_count = 0;
}

uint64_t inverter_place(struct inverter *inverter, uint32_t terms)
{
    uint64_t sum = 0;

    for (uint32_t t = 0; t < terms; t++) {
        uint32_t units = inverter->units[t];

        inverter->units[t] = (uint32_t)sum;
        sum += units;
    }
    inverter->units[terms] = (uint32_t)sum;
    return sum;
}

static void open_block(struct inverter *inverter, uint32_t term, uint8_t *postings, uint32_t number, uint32_t docs)
{
    struct slot *slot = &inverter->slots[term];
    bool dense = is_dense(slot->count, docs);
    uint16_t head[2] = {(uint16_t)number, (uint16_t)(dense ? slot->count | BLOCK_DENSE : slot->count)};

    slot->block = postings + (size_t)inverter->units[term] * 2;
    memcpy(slot->block, head, sizeof head);
    slot->block += sizeof head;
    inverter->units[term] += block_units(slot->count, docs);
}

static void fill_block(struct slot *slot, const struct found *found, uint32_t docs)
{
    uint32_t n = slot->filled++;

    if (is_dense(slot->count, docs)) {
        slot->block[found->offset] = found->impact;
        return;
    }
    memcpy(slot->block + 2 * (size_t)n, &found->offset, 2);
    slot->block[2 * (size_t)slot->count + n] = found->impact;
}

void inverter_write(struct inverter *inverter, uint8_t *postings, const struct window *window, uint32_t number)
{
    for (uint32_t i = 0; i < inverter->touched_count; i++)
        open_block(inverter, inverter->touched[i], postings, number, window->count);
    for (size_t f = 0; f < inverter->found_count; f++)
        fill_block(&inverter->slots[inverter->found[f].term], &inverter->found[f], window->count);
    for (uint32_t i = 0; i < inverter->touched_count; i++)
        inverter->slots[inverter->touched[i]] = (struct slot){0};
    inverter->touched_count = 0;
    inverter->found_count = 0;
}
