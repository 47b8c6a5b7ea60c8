/* The cards of the box, for box.c and partner.c; not for others. */
#ifndef TQ_WORK_BOX_INT_H
#define TQ_WORK_BOX_INT_H

#include "work/box.h"

/* Who looks, in which language, and which words to light up. */
struct box_look {
    struct sql *sql;
    const struct actor *actor;
    bool english;
    const struct match_marks *marks;
    struct arena *arena;
};

/*
 * The record as a card of `column`, with the reasons of the hit. answers: the column whose answer the hit's checks judge; mostly
 * the card's own, the other side's where the record on the card is the one that asks.
 */
json_t *box_hit_card(const struct box_look *look, const struct record *record, enum column column, enum column answers,
                     const struct match_hit *hit);

#endif
