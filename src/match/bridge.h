/*
 * The bridge to the other language: phrases of a query that the lexicon knows, and the terms of their translations, which are
 * looked for besides the query's own.
 *
 * Phrases are the longest that stand in the query and whose translation the documents have; one within a longer one is passed over.
 * Of a phrase's senses those count whose
 * words the documents have, by the weight that the lexicon gives them and the square root of how many documents that are: 轴承
 * and not 风度 for bearing where documents are of machines. The shares of a phrase's senses add up to one.
 *
 * The translated terms weigh as a query of their own in that language would: by idf among the documents in it, the title looked
 * at by itself and with the text. Together they weigh what the query's words weigh that were translated. The query's own words
 * keep their weights, and a score stays a share of what these weigh, so a document that holds none of the translations scores
 * as it did, and one that holds all words in both languages may score up to twice a hundred.
 */
#ifndef TQ_MATCH_BRIDGE_H
#define TQ_MATCH_BRIDGE_H

#include "base/arena.h"
#include "match/snapshot.h"
#include "match/token.h"

/* A phrase of the query that the lexicon knows. */
struct crossing {
    uint32_t key;      /* its number in the lexicon */
    uint32_t from, to; /* bytes of the title or the text */
    bool title;
    uint32_t first;    /* of its renderings */
};

/* A sense of a phrase, for all its mentions. */
struct rendering {
    const struct sense *sense;
    uint32_t crossing;          /* the phrase's first mention: the same for all renderings of a phrase */
    uint32_t in_title, in_text; /* mentions */
    uint32_t first;             /* where the numbers of its terms begin */
    double share;               /* 0..1, of the phrase's senses */
};

struct bridge {
    struct crossing *list; /* in reading order, the title first */
    size_t count, room;
    struct rendering *renderings;      /* those of a phrase stand together */
    size_t rendering_count;
    uint32_t *terms;                   /* a rendering's terms as indexes into the query's terms */
    size_t term_count;
};

/* Adds the phrases of a text. tokens: just read, marked by subject_mark, before subject_keep. */
void bridge_find(struct bridge *bridge, const struct match_snapshot *snapshot, const struct tokens *tokens, bool title,
                 struct arena *arena);

/* The renderings into languages that documents are in, and the terms of all, one after the other. */
uint64_t *bridge_render(struct bridge *bridge, const struct match_snapshot *snapshot, struct arena *arena);

#endif
