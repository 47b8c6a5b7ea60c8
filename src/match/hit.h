/* What a hit says beside its rank. */
#ifndef TQ_MATCH_HIT_H
#define TQ_MATCH_HIT_H

#include "match/search_int.h"

/* Between a phrase and what it was translated into, in a part's word. */
#define MATCH_INTO " → "

/* The parts: the words read last, named by the runs of the query's text in which they stand. */
void parts_fill(struct search *search, const struct rival *rival, struct match_hit *hit);

/* The checks; strings are copied to memory. */
void checks_fill(const struct match_ask *ask, const struct segment *segment, const struct doc_row *row,
                 struct match_hit *hit, struct arena *memory);

/* Rating and chance, from the words read last; after the parts and the checks, which it counts. */
void rating_fill(const struct search *search, const struct segment *segment, const struct doc_row *row,
                 struct match_hit *hit);

#endif
