/*
 * Turns documents' entries into postings, a window at a time. Twice over the same documents: measure to learn how large
 * each term's postings are, place to lay them out, write to make the bytes.
 */
#ifndef TQ_MATCH_INVERT_H
#define TQ_MATCH_INVERT_H

#include "match/segment.h"

struct slot;
struct found;

/* One level of one segment. */
struct inverter {
    struct slot *slots;      /* a term */
    uint32_t *units;         /* postings of a term so far, in units of two bytes: sizes, then places */
    uint32_t *touched, touched_count;
    struct found *found;     /* of this window */
    size_t found_count, found_room;
    uint64_t postings, forward, docs;
};

void inverter_init(struct inverter *inverter, uint32_t terms);
void inverter_release(struct inverter *inverter);

/* A term with its impact in the window's document `offset`. */
void inverter_add(struct inverter *inverter, uint32_t term, uint32_t offset, uint8_t impact);

/* Ends a window: adds the sizes of its blocks to units. */
void inverter_measure(struct inverter *inverter, const struct window *window);
/* Sizes into places: units[t] becomes where the term's next block goes, units[terms] the end. Returns all units. */
uint64_t inverter_place(struct inverter *inverter, uint32_t terms);
/* Ends a window, the number-th: writes its blocks where units says. */
void inverter_write(struct inverter *inverter, uint8_t *postings, const struct window *window, uint32_t number);

#endif
