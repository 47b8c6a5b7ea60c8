/* What a file is, by its first bytes; its name only decides between forms of plain text. */
#ifndef TQ_FILE_FORM_H
#define TQ_FILE_FORM_H

#include "base/err.h"
#include "base/slice.h"
#include "file/table.h"

/* False: no table that we read, or bytes and name disagree; err says what it is and what to do. */
bool form_sniff(struct slice head, const char *name, enum table_form *form, struct err *err);

#endif
