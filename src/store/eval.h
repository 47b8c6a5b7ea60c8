/*
 * Evaluation of rule expressions over facts, for rules/ only (DESIGN §7). Settled here, filled by the procedure
 * issue: a STRICT in-memory table of facts, one SELECT a condition, no Divide, Remainder or Multiply in its listing.
 */
#ifndef TQ_STORE_EVAL_H
#define TQ_STORE_EVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct store_eval; /* an in-memory table of facts and its prepared expressions */

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

#endif
