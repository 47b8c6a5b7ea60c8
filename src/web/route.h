/* The route table: one line a route. */
#ifndef TQ_WEB_ROUTE_H
#define TQ_WEB_ROUTE_H

#include "web/rate.h"
#include "web/request.h"

enum route_who { WHO_NOBODY, WHO_ANY, WHO_SIGNED_IN }; /* NOBODY: no session is looked up */

struct route {
    const char *method;
    const char *path;     /* segments; ":kind" is a kind's plural, ":matter" that of a sort of matter, ":id" a number, ":rule" a rule's id, ":code" an indicator's code, ":file" a file's name, "*" the rest */
    request_handle *handle;
    enum route_who who;
    size_t body;          /* most bytes of body */
    enum rate_class rate; /* how often one caller may ask */
    bool api;             /* also under /api/v1, with this document */
    const char *summary;  /* for the OpenAPI description; NULL: not described */
};

extern const struct route routes[];
extern const size_t route_count;

/*
 * The route of a method and path; fills kind and id. NULL: no such path (*allowed NULL), or not with this method (*allowed
 * names those it has).
 */
const struct route *route_find(const char *method, struct slice path, const struct kind **kind, int64_t *id,
                               const char **allowed);

#endif
