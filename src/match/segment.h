/*
 * A segment: an immutable part of the index, in memory or a mapped file, the same bytes either way.
 *
 * Documents stand sorted by kind, then id. Up to WINDOW_DOCS neighbours of one kind form a window; postings are
 * blocks, one a (term, window):
 *
 *   u16 window, u16 count                        count | BLOCK_GAPS or BLOCK_DENSE
 *   sparse: count u16 offsets, count u8 impacts  ascending; padded to two bytes
 *   gaps:   count pairs of u8 gap, u8 impact     a gap is from the last offset, the first from 0; where one is above
 *                                                GAP_MOST, pairs of GAP_MOST and impact 0 come first and count
 *   dense:  one u8 impact a document of the window, 0 where the term is not; padded to two bytes
 *
 * From GAPS_LEAST postings on the smaller of sparse and gaps; dense where a fifth of the window has the term.
 *
 * An impact is the saturated term frequency of BM25 in 255ths (score.h). It is baked with the mean length of the kind
 * (`pivots`), which is one for a whole snapshot. Beside the postings each document keeps its own terms with their
 * frequencies (the forward list), from which impacts can be baked anew, a document explained, and the word
 * statistics kept exact when it goes.
 *
 * Terms stand in RUNS runs, each ascending: the commonest first, the rest last. So the numbers of a document's terms begin with
 * many close together, and a forward list, which holds the steps between them, is a third smaller than in one run. A small
 * segment has all its terms in the last run.
 *
 * df and the counts in `segment_meta` are signed and add up over the segments of a snapshot: a segment that holds
 * the replacement or removal of a document elsewhere counts its terms down. So idf never depends on when merges happen.
 *
 * A vector of the public texts stands beside, made by the model that the meta section names.
 *
 * The public level has a list for every document; each hidden level lists only the documents that have it, its
 * postings apart. Offsets in a file are checked against its size when it is opened, and every section against its
 * checksum.
 */
#ifndef TQ_MATCH_SEGMENT_H
#define TQ_MATCH_SEGMENT_H

#include <stdatomic.h>

#include "match/facts.h"
#include "match/gist.h"
#include "match/varint.h"

enum { WINDOW_DOCS = 8192, BLOCK_DENSE = 0x8000, BLOCK_GAPS = 0x4000, GAP_MOST = 255, GAPS_LEAST = 8 };
enum { HIDDEN = LEVELS - 1, TERMS_MOST = 1 << 27, RUNS = 3 };

enum section {
    SECTION_META, SECTION_WINDOWS, SECTION_ROWS, SECTION_BY_ID, SECTION_TERMS, SECTION_DIRECTORY, SECTION_DF,
    SECTION_START, SECTION_POSTINGS, SECTION_FORWARD, SECTION_SECRETS, SECTION_CLOSED, SECTION_CODE_BYTES,
    SECTION_CODE_ENDS, SECTION_DOC_CODES, SECTION_VECTORS, SECTION_SCALES,
    SECTION_HIDDEN /* five a level, in the order of struct hidden */,
    SECTIONS = SECTION_HIDDEN + 5 * HIDDEN
};

/* A section's name, for messages. */
const char *segment_section(unsigned section);

struct segment_meta {
    uint32_t docs, windows, terms, codes;
    uint32_t run_ends[RUNS], shifts[RUNS]; /* a run: the number after its last term; a term's bucket is its top 64 - shift bits */
    int64_t public_docs;
    int64_t kind_docs[MATCH_KINDS], kind_length[MATCH_KINDS]; /* of public documents, half occurrences */
    int64_t latin_docs; /* of them, those that is_latin says */
    uint64_t postings;
    float pivots[MATCH_KINDS];
    uint64_t model; /* that made the vectors, 0: none */
    uint32_t dims, rest;
};

struct window {
    uint32_t first, count, kind;
};

struct doc_row {
    int64_t id, owner, amount;
    uint64_t forward; /* ends where the next begins */
    int32_t day;
    uint32_t ways, region, length, codes;
    uint16_t code_count, titles;
    uint8_t level, trl_from, trl_to, pays;
    uint32_t is_latin; /* its public text is of words more than of Chinese */
};
_Static_assert(sizeof(struct doc_row) == 64, "a cache line");

struct hidden_row {
    uint32_t doc, length;
    uint64_t forward;
};

struct secret_row { /* a document with NDA or OWN text, or not public at all; ascending by owner, then doc */
    int64_t owner;
    uint32_t doc, none;
};

/* The lists of one hidden level. */
struct hidden {
    const struct hidden_row *rows; /* ascending by doc */
    const uint8_t *forward;
    const uint32_t *terms, *start; /* numbers of the terms that have postings here, ascending; where they begin */
    const uint8_t *postings;
    uint32_t row_count, term_count;
    size_t forward_size;
};

struct segment {
    atomic_uint holders;
    uint8_t *base;
    size_t size;
    bool mapped;
    bool busy;           /* a merge is at work on it; under the index's write lock */
    uint64_t number;     /* of the file; of a part in memory, the log it is in */
    const struct segment_meta *meta;
    const struct window *windows;
    const struct doc_row *rows;
    struct facts facts;
    const uint32_t *by_id;
    const uint64_t *terms;
    const uint32_t *directory[RUNS]; /* a bucket: the number of its first term; the end of the run after the last bucket */
    const int32_t *df;
    const uint32_t *start; /* in units of two bytes */
    const uint8_t *postings, *forward;
    size_t forward_size;
    const struct secret_row *secrets;
    const uint32_t *closed; /* documents whose own level is above public, ascending */
    uint32_t secret_count, closed_count;
    const char *code_bytes; /* tree, NUL, path; ascending */
    const uint32_t *code_ends;
    const uint32_t *doc_codes;
    const uint8_t *vectors; /* a document: dims numbers, each + 128 (model.h) */
    const float *scales;    /* a document: 0 where it has no vector */
    struct hidden hidden[HIDDEN];
};

/* Takes over base (malloc, or a mapping); on false it is released. Verifies everything; name is for the message. */
struct segment *segment_over(uint8_t *base, size_t size, bool mapped, const char *name, struct match_err *err);
struct segment *segment_map(int folder, const char *name, struct match_err *err);
struct segment *segment_hold(struct segment *segment);
void segment_let_go(struct segment *segment);

/* A term's number, or NO_TERM. */
#define NO_TERM UINT32_MAX
uint32_t segment_term(const struct segment *segment, uint64_t term);
uint32_t segment_term_in(const struct segment *segment, unsigned run, uint64_t term);

static inline const uint32_t *segment_bucket(const struct segment *segment, unsigned run, uint64_t term)
{
    return segment->directory[run] + (term >> segment->meta->shifts[run]);
}
static inline uint64_t directory_buckets(uint32_t shift)
{
    return (UINT64_C(1) << (64 - shift)) + 1;
}

/* A document by id, or NO_DOC. */
#define NO_DOC UINT32_MAX
uint32_t segment_doc(const struct segment *segment, int64_t id);
const struct window *segment_window(const struct segment *segment, uint32_t doc);
/* Its list of a hidden level 1..3, or NULL. */
const struct hidden_row *segment_hidden(const struct segment *segment, unsigned level, uint32_t doc);

static inline struct match_code segment_code(const struct segment *segment, uint32_t code)
{
    const char *at = segment->code_bytes + (code ? segment->code_ends[code - 1] : 0);
    size_t tree = strlen(at), end = segment->code_ends[code];

    return (struct match_code){{at, tree}, {at + tree + 1, (size_t)(segment->code_bytes + end - at) - tree - 1}};
}

/* --- forward lists --- */

struct entry {
    uint32_t term; /* number in the segment */
    uint8_t tf, class_;
    uint8_t impact; /* filled by score_bake */
};

struct list {
    const uint8_t *at, *end;
    uint32_t length;
};

/* The document's list of a level 0..3; empty where it has none. */
struct list segment_list(const struct segment *segment, unsigned level, uint32_t doc);

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "files hold numbers as this processor does");

/*
 * Passes the list's next entry; returns where the one after begins. *term: the last term, 0 before the first.
 * *more: the bytes of frequency and class, NULL for one occurrence in a text. No branch and no second load depends on the
 * lengths: it reads eight bytes at once, which are always there since other sections follow.
 */
static inline const uint8_t *list_pass(const uint8_t *at, uint32_t *term, const uint8_t **more)
{
    uint64_t word;
    uint32_t head, stop, value, bits;

    memcpy(&word, at, sizeof word);
    head = (uint32_t)word;
    stop = ~head & 0x80808080U; /* the first byte without its top bit ends the number; 28 bits are enough for a term */
    head &= stop ^ (stop - 1);
    value = (head & 0x7f) | (head >> 1 & 0x3f80) | (head >> 2 & 0x1fc000) | (head >> 3 & 0xfe00000);
    bits = (unsigned)__builtin_ctz(stop | 0x80000000U) + 1;
    *term += value >> 1;
    *more = value & 1 ? at + bits / 8 : NULL;
    return at + bits / 8 + (word & 1) + (word & word >> (bits + 7) & 1);
}

static inline void list_more(const uint8_t *more, uint8_t *tf, uint8_t *class_)
{
    uint32_t value = more ? more[0] : 2 << 2 | MATCH_TEXT;

    if (more && value & 0x80)
        value = (value & 0x7f) | (uint32_t)(more[1] & 0x7f) << 7;
    *tf = (uint8_t)(value >> 2);
    *class_ = value & 3;
}

static inline const uint8_t *list_next(const uint8_t *at, uint32_t *term, uint8_t *tf, uint8_t *class_)
{
    const uint8_t *more;

    at = list_pass(at, term, &more);
    list_more(more, tf, class_);
    return at;
}

static inline bool is_plain(const struct entry *entry)
{
    return entry->tf == 2 && entry->class_ == MATCH_TEXT;
}

/* How many bytes an entry takes, and writing it; step: term minus the one before. */
static inline size_t list_entry_size(uint32_t step, const struct entry *entry)
{
    size_t size = varint_size((uint64_t)step << 1);

    return is_plain(entry) ? size : size + varint_size((uint64_t)entry->tf << 2 | entry->class_);
}

static inline uint8_t *list_entry_put(uint8_t *at, uint32_t step, const struct entry *entry)
{
    at = varint_put(at, (uint64_t)step << 1 | !is_plain(entry));
    return is_plain(entry) ? at : varint_put(at, (uint64_t)entry->tf << 2 | entry->class_);
}

#endif
