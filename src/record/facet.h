/*
 * Facets: what a list can be narrowed by. A projection of open records' public values, written in the same step as the
 * record and made again from the records at any time. Three tables: a row a value (lists run by it, newest first), all
 * values of a record in one row (for looking a list through; who has none yet is read from the first), how many records a
 * value has.
 *
 *   facet_put     brings the three in line with a record
 *   facet_list    one page of a kind's list, newest first, by keyset
 *   facet_look    a page, how long the list is, and which values there are within it
 *   facet_total   how many records have a value
 *   facet_above   the broader value that a value belongs to
 *
 * What it costs is bounded whatever the size of the list: of a list that is narrowed by several values, driven by the
 * rarest, FACET_LOOKED records are looked at for one page; values are counted in FACET_TALLIED.
 */
#ifndef TQ_RECORD_FACET_H
#define TQ_RECORD_FACET_H

#include "record/record.h"

enum { FACET_FILTERS = 6, FACET_PAGE = 50, FACET_TALLIED = 1000, FACET_LOOKED = 4000 };

struct facet_filter {
    const char *facet;  /* a field's name among the kind's facets */
    struct slice value; /* a choice's or tree node's code, or the number */
};

struct facet_query {
    const struct kind *kind;
    struct facet_filter filters[FACET_FILTERS];
    size_t count;
    int64_t before; /* ids below this one; 0: from the newest */
    size_t limit;   /* at most FACET_PAGE */
};

/*
 * Values of a code tree, and choices that belong to a broader one (record/choice.h), stand in levels: a record counts for each
 * of its values and for all above it. Industries, IPC and disciplines go down to their second level, places to counties.
 * facet_above: "" at the top.
 */
bool facet_has_levels(const struct field *field);
struct slice facet_above(const struct field *field, struct slice value);
/* For a code of the field's tree, or a name: its code, or that of what it belongs to as deep as the facet goes; "" for none. */
struct slice facet_code(const struct field *field, struct slice code);

bool facet_put(struct sql *sql, const struct record *record, bool replace, struct err *err);

struct facet_tally {
    struct slice facet, value;
    int64_t records;
};

/* Records with each value of a facet, by value; memory from the arena. */
bool facet_totals(struct sql *sql, const struct kind *kind, const char *facet, struct arena *arena, struct facet_tally **list, size_t *count,
                  struct err *err);
/* Of such a list: how many have the value. */
int64_t facet_total_in(const struct facet_tally *list, size_t count, struct slice value);

/* Records with this value; facet "" and value "": all of the kind. */
bool facet_total(struct sql *sql, const struct kind *kind, const char *facet, struct slice value, int64_t *records,
                 struct err *err);

/*
 * *count ids, newest first. *next: go on before this one; 0: that was all. A list narrowed by several values may have a
 * short page, or none of its rows on it, and yet go on: so far nothing more was found.
 */
bool facet_list(struct sql *sql, const struct facet_query *query, int64_t *ids, size_t *count, int64_t *next,
                struct err *err);

struct facet_view {
    int64_t ids[FACET_PAGE];
    size_t count;
    int64_t next;                /* as of facet_list */
    int64_t total;               /* of the whole list, whatever the page */
    bool beyond;                 /* there are more than `total`; how many is not known */
    struct facet_tally *tallies; /* of each value within the list; most records first in each facet; memory from arena */
    size_t tally_count;
    bool counted;                /* false: `records` are of the newest FACET_TALLIED of the list, or of fewer, so that only
                                    their order says something; values that none of those has come last */
};

bool facet_look(struct sql *sql, const struct facet_query *query, struct arena *arena, struct facet_view *view,
                struct err *err);

#endif
