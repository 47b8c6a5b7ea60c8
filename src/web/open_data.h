/* What the platform gives to everybody (docs/open-data.md), and under which terms. */
#ifndef TQ_WEB_OPEN_DATA_H
#define TQ_WEB_OPEN_DATA_H

#include "web/request.h"

/* One line: what may be done with it, as the operator says (--data-licence), or who is to be asked. */
struct slice open_licence(const struct request *request);

/* Can oai-identifier name a repository so: a domain of two labels or more, each beginning with a letter? */
bool oai_name_fits(struct slice name);

#endif
