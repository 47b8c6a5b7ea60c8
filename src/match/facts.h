/*
 * What filters ask of documents, side by side: a row is a cache line, and a filter that touched every row would cost more than
 * the search. Made of the rows when a segment is opened.
 */
#ifndef TQ_MATCH_FACTS_H
#define TQ_MATCH_FACTS_H

#include <stdbool.h>
#include <stdint.h>

struct segment;

struct facts {
    const uint32_t *region;          /* 0: not said */
    const uint8_t *trl_from, *trl_to; /* both ends of the maturity where one is said; 0: not said */
    const uint32_t *codes;           /* the number of its list of codes: documents with the same list share it */
    uint32_t *lists, list_count;     /* a list: a document that has it */
};

/* Of a segment whose rows and codes are in place. To be freed with facts_free. false: no memory. */
bool facts_make(struct facts *facts, const struct segment *segment);
void facts_free(struct facts *facts);

#endif
