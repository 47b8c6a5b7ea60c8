/* Between the files of indicators: definitions as they are read, and the SQL made of them. */
#ifndef TQ_WORK_INDICATOR_INT_H
#define TQ_WORK_INDICATOR_INT_H

#include "work/indicator.h"

/* A line that never ends ends behind the last day. No single line may be more: sums of them stay far from what 64 bits hold. */
enum { INDICATOR_NEVER = CALENDAR_LAST + 1 };
#define INDICATOR_MOST INT64_C(1000000000000000)

/* The columns of a definition's statement, which the program puts together. ?1 the record, ?2 the leaf. */
enum indicator_column {
    LINE_ID, LINE_LEAF, LINE_DAY, LINE_DAY_MS, LINE_UNTIL, LINE_LAST, LINE_SINCE, LINE_SINCE_MS, LINE_DONE, LINE_DONE_MS, LINE_VALUE, LINE_BASE,
    LINE_REGION, LINE_PARTY, LINE_RECORD, LINE_COLUMNS
};

/* One kind whose leaves make lines anew. */
struct indicator_of {
    const char *kind;
    const char *record;    /* the kind of what is shown */
    const char *statement;
};

/* A kind whose leaves make the lines of another record anew: that of `ids`. */
struct indicator_also {
    const char *kind;
    const char *ids;       /* SELECT, ?1 the record of the leaf, ?2 the leaf */
};

struct indicator_period { enum calendar_unit unit; int32_t count; /* 0: none */ };

struct definition {
    struct indicator shown; /* first: a pointer to it is one to its definition */
    int64_t order;
    bool workdays;          /* a median counts working days */
    bool spans;             /* and its value is from the one day to the other */
    struct indicator_period within;
    struct indicator_of *of;
    struct indicator_also *also;
    size_t of_count, also_count;
};

struct indicators {
    struct arena memory;
    struct definition *list; /* by group, order, code, then since */
    size_t count;
    const struct indicator **latest;
    size_t latest_count;
    struct indicator_warning *warnings;
    size_t warning_count;
    /* the follower's own, but for `seen` */
    bool entered;             /* the definitions stand in the database */
    uint64_t kept;            /* the place that is written down */
    _Atomic uint64_t seen;    /* leaves that were looked at: from `kept` to here none was counted */
};

/* A record whose lines are to be made again, as it stood at a leaf. */
struct indicator_touch {
    const struct definition *definition;
    const struct indicator_of *of;
    int64_t id;         /* of the definition in the database */
    int64_t subject;
    uint64_t leaf;
    int32_t day;        /* of the leaf */
};

struct indicator_line {
    int64_t id, record, leaf, value, base, region, party;
    int32_t known_from, day, until;
    const char *kind;
    bool stays;         /* made again as it was */
};

/* What one record comes to at a touch, at most INDICATOR_LINES. */
enum { INDICATOR_LINES = 200 };
bool indicator_evaluate(struct sql *sql, const struct calendar *calendar, const struct indicator_touch *touch, struct indicator_line *list, size_t *count,
                        struct err *err);

/* The program's definition of that code, day and text; NULL: it has another by now. */
const struct definition *indicator_defined(const struct indicators *set, struct slice code, int64_t since, struct slice hash);

/* Writes down which definitions there are: what is no more the program's is known until today, what is new from today on. */
bool indicator_enter(struct store *store, const struct indicators *set, int32_t today, struct err *err);

/* Puts a file's definition behind the others; the warnings of FOLDER/warnings.tsv. */
bool indicator_read(struct indicators *set, const char *path, struct err *err);
bool indicator_warnings_read(struct indicators *set, const char *folder, struct err *err);

/* The statements of a definition out of its parts; ERR_INVALID without a line. */
struct indicator_parts {
    struct slice of, also, from, where, record;
    struct slice columns[LINE_COLUMNS];
};
bool indicator_build(const struct indicator_parts *parts, struct arena *arena, struct definition *definition, struct err *err);

#endif
