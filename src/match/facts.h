/*
 * What filters ask of documents, side by side: a row is a cache line, and a filter that touched every row would cost more than
 * the search. Made of the rows when a segment is opened.
 */
#ifndef TQ_MATCH_FACTS_H
#define TQ_MATCH_FACTS_H

#include <stdbool.h>
#include <stdint.h>

struct doc_row;

struct facts {
    const uint32_t *region, *codes; /* 0: not said; the first of its codes */
    const uint8_t *trl_from, *trl_to, *code_count; /* both ends of the maturity where one is said; 0: not said */
};

/* To be freed with facts_free. false: no memory. */
bool facts_make(struct facts *facts, const struct doc_row *rows, uint32_t count);
void facts_free(struct facts *facts);

#endif
