/* Tries what the lock-up must not allow, for the tests. Returns true if it worked; mostly it does not return. */
#ifndef TQ_READ_PROVE_H
#define TQ_READ_PROVE_H

#include <stdbool.h>

bool prove(const char *what);

#endif
