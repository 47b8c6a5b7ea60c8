/* Putting together an address of ours with what stands behind its '?'. */
#ifndef TQ_WEB_ADDRESS_H
#define TQ_WEB_ADDRESS_H

#include "base/slice.h"
#include "base/text.h"

/* Adds "?name=value", or "&name=value" where there is a question already; the value percent-encoded. */
void address_add(struct text *out, const char *name, struct slice value);

#endif
