/* What the two writers of .xlsx share. */
#ifndef TQ_FILE_XLSX_INT_H
#define TQ_FILE_XLSX_INT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

/* The text as libxlsxwriter takes it; what looks like one of Excel's escapes is escaped itself. In the arena. */
const char *xlsx_cell_text(struct arena *arena, struct slice cell);

/* Why the workbook was not written; code is an lxw_error other than LXW_NO_ERROR. Returns false. */
bool xlsx_not_written(int code, struct err *err);
/* The same when it was closed, where a full disk shows. */
bool xlsx_not_closed(int code, struct err *err);

#endif
