/* Numbers as a spreadsheet shows them. */
#ifndef TQ_FILE_NUMBER_H
#define TQ_FILE_NUMBER_H

#include <stdbool.h>

#include "base/slice.h"

enum { NUMBER_TEXT = 40 };

/*
 * Fifteen significant digits, as Excel keeps, without an exponent between 1e-9 and 1e21: 0.1+0.2 gives "0.3".
 * buf has NUMBER_TEXT bytes. Returns buf.
 */
char *number_show(double number, char *buf);

/* true if the text is a number that number_show would write back letter for letter, of at most 11 digits. */
bool number_is_canonical(struct slice text, double *number);

#endif
