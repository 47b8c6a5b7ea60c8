/* Units behind numbers: 小时 and h, 毫米 and mm are one. */
#ifndef TQ_MATCH_UNIT_H
#define TQ_MATCH_UNIT_H

#include <stddef.h>
#include <stdint.h>

enum { UNIT_MOST = 8 }; /* bytes of a unit's own spelling */

/*
 * The unit that `codes` (folded) begin with, in its one spelling; *taken: how many characters it has. NULL: none. A
 * Latin unit must end where its letters end.
 */
const char *unit_read(const uint32_t *codes, size_t count, size_t *taken);

#endif
