/* What list.c and list_facet.c share; not for others. */
#ifndef TQ_WEB_LIST_INT_H
#define TQ_WEB_LIST_INT_H

#include "web/list.h"

/* A list as it was asked for. */
struct listing {
    struct request *request;
    struct facet_query query;
    struct slice words; /* searched for; "" if none */
};

/* NULL: the kind can't be narrowed by it. */
const struct field *facet_field(const struct kind *kind, struct slice name);

/*
 * The list's address with its words and filters: one filter left out (NULL: none), one value more (facet NULL: none), from a
 * place on (0: from the top). The same list has the same address, however it was come to.
 */
struct slice list_address(const struct listing *listing, const struct facet_filter *without, const char *facet,
                          struct slice value, int64_t before);

/* What the list can be narrowed by from here, and what it is narrowed by, as the page takes them (docs/pages.md). */
json_t *list_facets(const struct listing *listing, const struct facet_view *view);
json_t *list_active(const struct listing *listing);

#endif
