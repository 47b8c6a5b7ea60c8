/*
 * A record's stored partners (work/fit.h) as cards with their reasons. The stored rating stands; why it is so is worked out at each
 * look, from public texts only: one document ranked a card, no search.
 */
#ifndef TQ_WORK_PARTNER_H
#define TQ_WORK_PARTNER_H

#include "work/box.h"
#include "work/fit.h"

struct partners;

/* The record, the actor and the arena must outlive it. Never NULL. */
struct partners *partners_open(struct city *city, struct sql *sql, const struct record *record, const struct actor *actor,
                               bool english, struct arena *arena);
void partners_close(struct partners *partners);

/* A card as box_answer gives them; NULL: the partner has been closed meanwhile. New reference. */
json_t *partner_card(const struct partners *partners, enum column column, const struct fit *fit);

#endif
