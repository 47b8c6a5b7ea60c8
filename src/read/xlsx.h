/*
 * The first visible sheet of a .xlsx that holds anything, as CSV: one record a sheet row, so that the n-th record is
 * row n; dates as YYYY-MM-DD, with " HH:MM" where the format shows the time; numbers as people see them.
 */
#ifndef TQ_READ_XLSX_H
#define TQ_READ_XLSX_H

#include "file/reader_code.h"
#include "read/out.h"

enum reader_code xlsx_read(struct slice bytes, struct out *out);

#endif
