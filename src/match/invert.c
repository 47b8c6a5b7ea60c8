#include "match/invert.h"

#include <stdlib.h>

/* A term while one window is inverted. */
struct slot {
    uint8_t *block;
    uint16_t count, filled;
    uint16_t last, steps; /* the last offset; pairs of a block of gaps that hold no posting */
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

/* Steps of GAP_MOST before what is left of a gap fits into a byte. */
static unsigned steps_of(unsigned gap)
{
    return gap > GAP_MOST ? (gap - 1) / GAP_MOST : 0;
}

void inverter_add(struct inverter *inverter, uint32_t term, uint32_t offset, uint8_t impact)
{
    struct slot *slot = &inverter->slots[term];

    slot->steps += (uint16_t)steps_of(offset - slot->last);
    slot->last = (uint16_t)offset;
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

/* A dense block is smaller than one of gaps from about half of the documents on, and faster from about a fifth. */
static bool is_dense(const struct slot *slot, uint32_t docs)
{
    return slot->count >= 8 && 5 * (uint32_t)slot->count >= docs;
}

static bool has_gaps(const struct slot *slot)
{
    return slot->count >= GAPS_LEAST && 2u * slot->steps < slot->count;
}

static uint32_t block_units(const struct slot *slot, uint32_t docs)
{
    if (is_dense(slot, docs))
        return 2 + (docs + 1) / 2;
    return 2u + (has_gaps(slot) ? slot->count + slot->steps : (3u * slot->count + 1) / 2);
}

void inverter_measure(struct inverter *inverter, const struct window *window)
{
    for (uint32_t i = 0; i < inverter->touched_count; i++) {
        uint32_t term = inverter->touched[i];

        inverter->units[term] += block_units(&inverter->slots[term], window->count);
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
    unsigned all = slot->count + slot->steps, dense = is_dense(slot, docs), gaps = !dense && has_gaps(slot);
    uint16_t head[2] = {(uint16_t)number, (uint16_t)(dense ? slot->count | BLOCK_DENSE : gaps ? all | BLOCK_GAPS : slot->count)};

    slot->block = postings + (size_t)inverter->units[term] * 2;
    memcpy(slot->block, head, sizeof head);
    slot->block += sizeof head;
    slot->last = 0;
    inverter->units[term] += block_units(slot, docs);
}

static void put_pairs(struct slot *slot, const struct found *found)
{
    unsigned gap = found->offset - (unsigned)slot->last;

    for (unsigned steps = steps_of(gap); steps; steps--) {
        *slot->block++ = GAP_MOST;
        *slot->block++ = 0;
        gap -= GAP_MOST;
    }
    *slot->block++ = (uint8_t)gap;
    *slot->block++ = found->impact;
    slot->last = found->offset;
}

static void fill_block(struct slot *slot, const struct found *found, uint32_t docs)
{
    if (is_dense(slot, docs)) {
        slot->block[found->offset] = found->impact;
    } else if (has_gaps(slot)) {
        put_pairs(slot, found);
    } else {
        memcpy(slot->block + 2 * (size_t)slot->filled, &found->offset, 2);
        slot->block[2 * (size_t)slot->count + slot->filled++] = found->impact;
    }
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
