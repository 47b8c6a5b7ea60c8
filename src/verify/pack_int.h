/* What the files that check an evidence pack share. */
#ifndef TQ_VERIFY_PACK_INT_H
#define TQ_VERIFY_PACK_INT_H

#include "base/json.h"
#include "verify/archive.h"
#include "verify/verify.h"

/* Values of one JSON in a pack. All the records of 574 papers and 384 versions together are 1.35 MiB (docs/pack.md). */
enum { PACK_VALUES = 1000000 };

/* One version of the deal: what was done, mostly a step of the procedure. */
struct pack_step {
    char action[LEAF_WORD + 1], request_id[LEAF_REQUEST + 1];
    uint64_t index;
    int64_t papers; /* how many papers the deal counts with it more than before */
    int64_t written; /* versions of papers that came with it and are there */
};

struct pack {
    const struct wanted *wanted;
    struct archive *archive;
    json_t *manifest;
    struct note_key key;       /* the one given, or else the pack's own */
    struct text note;          /* its checkpoint */
    struct checkpoint checkpoint;
    bool signed_by_key;        /* the checkpoint holds: only then proofs lead somewhere */
    int64_t deal;
    int64_t papers;            /* the deal's own count of its papers, as far as its versions were read */
    struct pack_step *steps;
    size_t step_count, step_room;
    size_t wrong, records, versions, blanks;
    json_t *digests;           /* of the attachments that records name: {DIGEST: true} */
    struct text *said;
};

/* One line each, in Chinese or in English: holds, does not hold, is to be known. Both take the same arguments. */
#define PACK_SAYS __attribute__((format(printf, 2, 4), format(printf, 3, 4)))
void pack_good(struct pack *pack, const char *zh, const char *en, ...) PACK_SAYS;
void pack_bad(struct pack *pack, const char *zh, const char *en, ...) PACK_SAYS;
void pack_note(struct pack *pack, const char *zh, const char *en, ...) PACK_SAYS;

/* What a file brings, for a terminal: without control characters, at most 80 characters. buf has PACK_SHOWN bytes; returns it. */
enum { PACK_SHOWN = 360 };
const char *pack_shown(struct slice text, char *buf);

/* pack_record.c: records/….json, all of them, and what must be there and is not. */
void pack_records(struct pack *pack);

#endif
