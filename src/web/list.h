/* What narrows a list, for those who take it out too. */
#ifndef TQ_WEB_LIST_H
#define TQ_WEB_LIST_H

#include "record/facet.h"
#include "web/request.h"

/* The facets of the query that the kind has; at most FACET_FILTERS. Returns how many. */
size_t list_filters(const struct request *request, struct facet_filter *filters);

#endif
