/*
 * A record: one noun with its values, kept as row versions (id, ver, from_leaf, to_leaf, valid_from, valid_to), the
 * current one with to_leaf null. History and as_of are predicates over versions.
 *
 *   record_start     builds each kind's statements from its field table, once
 *   record_put       writes a new version and its ledger leaf, in the caller's step
 *   record_get       the current version; record_as_of one of the past
 *   record_find      by natural key
 *   record_level     who may see a field of this very record
 *
 * What a leaf commits to: "owner" and "status" first, then the fields in the order of the field table, of each only where
 * it changed; the salts lie beside the values.
 */
#ifndef TQ_RECORD_RECORD_H
#define TQ_RECORD_RECORD_H

#include "ledger/ledger.h"
#include "record/kind.h"

enum record_status { RECORD_OPEN, RECORD_CLOSED }; /* closed: done or withdrawn; seen by its own organisation */

enum { RECORD_COMMITTED = FIELDS_MAX + 2 }; /* fields, owner, status */

struct record {
    const struct kind *kind;
    int64_t id;
    int64_t ver;          /* from 1; 0: not stored yet */
    int64_t from_leaf;    /* the leaf that made this version */
    int64_t valid_from;   /* UTC ms */
    int64_t owner;        /* party id; a party's own is itself; 0: nobody */
    int64_t author;       /* account id */
    enum record_status status;
    struct value values[FIELDS_MAX];
    unsigned char salts[RECORD_COMMITTED][LEAF_SALT]; /* of owner, status, then each field */
};

/* Before any thread starts. */
void record_start(void);

/* Fresh salts for all fields, to be drawn outside a step: record_put uses those of the changed fields. */
void record_salt(struct record *record);

struct record_event {
    const char *action;      /* "achievement.disclose" */
    const char *request_id;
    uint8_t part;
    int64_t time_ms;
    const unsigned char *actor; /* LEAF_ACTOR bytes; NULL: the program itself */
};

/*
 * Stores `record` as the next version after `prior` (NULL: a new record, whose id is set). Sets ver, from_leaf,
 * valid_from. ERR_CONFLICT: prior is no longer the current version, or the natural key is taken.
 * Nothing changed: true, no leaf is written, and record bears the prior version's number.
 */
bool record_put(struct sql *sql, struct record *record, const struct record *prior, const struct record_event *event,
                struct err *err);

/* ERR_MISSING if there is none. Texts are copied to the arena. */
bool record_get(struct sql *sql, const struct kind *kind, int64_t id, struct arena *arena, struct record *record,
                struct err *err);
/* Those there are of `count` ids of a listed kind, in any order, RECORD_MANY with one question: list has room for all. */
enum { RECORD_MANY = 50 };
bool record_many(struct sql *sql, const struct kind *kind, const int64_t *ids, size_t count, struct arena *arena, struct record *list,
                 size_t *found, struct err *err);
bool record_as_of(struct sql *sql, const struct kind *kind, int64_t id, uint64_t leaf, struct arena *arena,
                  struct record *record, struct err *err);
bool record_version(struct sql *sql, const struct kind *kind, int64_t id, int64_t ver, struct arena *arena,
                    struct record *record, struct err *err);

/*
 * The current papers in a deal's file: how many of each kind, at most RECORD_PAPERS; those of one kind by their number, at most
 * `most`. A deal's kinds are many and most of them empty: who reads a file asks for the counts first.
 */
enum { RECORD_PAPERS = 200 };
bool record_papers(struct sql *sql, int64_t deal, size_t counts[KIND_ALL], struct err *err);
bool record_of_deal(struct sql *sql, const struct kind *kind, int64_t deal, size_t most, struct arena *arena, struct record **list,
                    size_t *count, struct err *err);

/*
 * Records of a kind by a statement of one's own: record_select makes its text out of what follows WHERE ("owner = ?1 AND to_leaf IS
 * NULL ORDER BY id DESC LIMIT ?2"), once, before any thread starts; it is never freed. record_rows reads at most `most` into list,
 * which has room for them; texts in the arena.
 */
char *record_select(const struct kind *kind, const char *where);
bool record_rows(struct sql *sql, const struct kind *kind, const char *statement, const struct sql_arg *args, size_t arg_count, size_t most,
                 struct arena *arena, struct record *list, size_t *count, struct err *err);

/* ERR_MISSING in the words that tell nobody whether there is such a record. Returns false. */
bool record_missing(const struct kind *kind, struct err *err);

/* The current record with this natural key; *id 0 if there is none. */
bool record_find(struct sql *sql, const struct kind *kind, struct slice natural_key, int64_t *id, struct err *err);

/*
 * The natural key as stored: the key fields' text and, for owned kinds, the owner; NFKC, case folded, blanks and punctuation
 * dropped, so that "含沙介质 轴承" and "含沙介质轴承" are one.
 */
struct slice record_key(const struct record *record, struct arena *arena);

/* Just a record's name, for lists of links; of an entry, which has none, its kind and number. Empty slice if there is none. */
struct slice record_title(struct sql *sql, const struct kind *kind, int64_t id, struct arena *arena);

/* The least level that sees this field of this record. */
enum level record_level(const struct record *record, size_t field);

/* Is there a record of the kind that shows this field to everybody? */
bool record_may_open(const struct kind *kind, size_t field);

/* The least level that sees whose it is: OWN while a need hides its firm. */
enum level record_owner_level(const struct record *record);

/*
 * What the leaf of this version commits to, in its order; prior: the version before it, NULL of the first. Texts are the record's.
 * Returns how many.
 */
size_t record_committed(const struct record *record, const struct record *prior, struct leaf_field fields[RECORD_COMMITTED]);

/* Recomputes commitments of a stored version from values and salts and compares with its leaf. */
bool record_verify(struct sql *sql, const struct record *record, const struct record *prior, struct err *err);

/* The statement texts, for the test that holds them against the schema. */
const char *record_insert_text(const struct kind *kind);

#endif
