/* The relations of a package: which part is the document, where a sheet's XML lies. */
#ifndef TQ_READ_RELATION_H
#define TQ_READ_RELATION_H

#include "base/arena.h"
#include "read/package.h"

struct relation {
    const char *id, *type; /* type: the last step of its address, as "officeDocument" */
    const char *part;      /* the part's name in the package */
    struct relation *next;
};

/* Relations of a part ("" for the package itself); none where it has none. Memory from arena. */
enum reader_code relations_read(struct package *package, const char *part, struct arena *arena,
                                struct relation **relations);

/* The part of the first relation of this type or with this id; NULL if there is none. */
const char *relation_of_type(const struct relation *relations, const char *type);
const struct relation *relation_by_id(const struct relation *relations, const char *id);

#endif
