/* Which sheet of a workbook holds the table: many begin with one that says how to fill it in. */
#ifndef TQ_READ_XLSX_LOOK_H
#define TQ_READ_XLSX_LOOK_H

#include <stdbool.h>

#include "read/package.h"

/* Do two of its first rows hold two cells or more? Reads no further than it takes to tell. */
bool sheet_is_table(struct package *package, const char *part);

#endif
