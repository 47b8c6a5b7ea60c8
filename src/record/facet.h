/*
 * Facets: what a list can be narrowed by. A projection of open records' public values into one table, written in the
 * same step as the record and rebuilt from the records at any time.
 *
 *   facet_put     replaces a record's rows
 *   facet_list    one page of a kind's list, newest first, by keyset
 *   facet_count   how many records each value has within the list as narrowed
 */
#ifndef TQ_RECORD_FACET_H
#define TQ_RECORD_FACET_H

#include "record/record.h"

enum { FACET_FILTERS = 4, FACET_PAGE = 50 };

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

bool facet_put(struct sql *sql, const struct record *record, bool replace, struct err *err);

/* *count ids, newest first; *more: there is another page. */
bool facet_list(struct sql *sql, const struct facet_query *query, int64_t *ids, size_t *count, bool *more,
                struct err *err);

struct facet_tally {
    struct slice facet, value;
    int64_t records;
};

/* Every facet value within the narrowed list, most records first in each facet; facet "" is the list itself. */
bool facet_count(struct sql *sql, const struct facet_query *query, struct arena *arena, struct facet_tally **tallies,
                 size_t *count, struct err *err);

#endif
