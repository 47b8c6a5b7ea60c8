/*
 * A frozen view of the index: its parts and the documents deleted from each, with the counts that the word statistics
 * need. Immutable once published, held by count; a part's segment and bitmaps are held by each snapshot that has
 * them.
 */
#ifndef TQ_MATCH_SNAPSHOT_H
#define TQ_MATCH_SNAPSHOT_H

#include "match/bitmap.h"
#include "match/lexicon.h"
#include "match/model.h"
#include "match/outside.h"
#include "match/rate.h"
#include "match/segment.h"

struct part {
    struct segment *segment;
    struct bitmap *deleted; /* all that are gone */
    struct bitmap *based;   /* of a file: gone where the log begins; a merge may leave only these behind */
};

struct match_snapshot {
    atomic_uint holders;
    size_t count;
    uint64_t applied, documents, deleted;
    int64_t public_docs, latin_docs, kind_docs[MATCH_KINDS], kind_length[MATCH_KINDS];
    float pivots[MATCH_KINDS];
    struct model *model;  /* NULL: none */
    struct rate_model rating; /* index_show fills these in */
    struct recall *recall;    /* NULL: the rating remembers nothing */
    struct lexicon *lexicon; /* NULL: none */
    struct outside *outside; /* NULL: none */
    bool has_meaning;     /* the vectors of all parts are of this model */
    struct part parts[];
};

/* With room for `count` parts, to be filled with part_hold and counted with snapshot_count before it is shown. Holds the model. */
struct match_snapshot *snapshot_new(size_t count, struct model *model);
struct match_snapshot *snapshot_hold(struct match_snapshot *snapshot);
struct part part_hold(const struct part *part);
void snapshot_count(struct match_snapshot *snapshot);

/* Where a document stands that is there, or false. */
struct place {
    size_t part;
    uint32_t doc;
};
bool snapshot_find(const struct match_snapshot *snapshot, int64_t id, struct place *place);

#endif
