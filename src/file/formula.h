/*
 * A cell that a spreadsheet would run as a formula is written to CSV behind an apostrophe and read back without it.
 *
 * Formula-like: = + - @ TAB CR LF or the full-width ＝ ＋ － ＠ first, also behind spaces and quotes. Plain numbers
 * (-5, +3.5e2, -12%) and telephone numbers of digits and spaces behind a + are not. The rule looks through leading
 * apostrophes, so that guarding and unguarding undo each other for every text.
 */
#ifndef TQ_FILE_FORMULA_H
#define TQ_FILE_FORMULA_H

#include <stdbool.h>

#include "base/slice.h"

bool formula_like(struct slice cell);

/* Without the apostrophe that guards it; any other text as it is. */
struct slice formula_unguard(struct slice cell);

#endif
