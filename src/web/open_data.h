/*
 * What the platform gives to everybody (docs/open-data.md): /open-data with the kinds and their files (open_data.c), the data dictionary
 * (open_dictionary.c), and under which terms.
 */
#ifndef TQ_WEB_OPEN_DATA_H
#define TQ_WEB_OPEN_DATA_H

#include "file/table.h"
#include "record/kind.h"
#include "web/request.h"

/* One line: what may be done with it, as the operator says (--data-licence), or who is to be asked. */
struct slice open_licence(const struct request *request);

/* Can oai-identifier name a repository so: a domain of two labels or more, each beginning with a letter? */
bool oai_name_fits(struct slice name);

/* The kinds that are given out whole; NULL behind the last. People are not: personal information is given to nobody in bulk. */
const struct kind *open_kind(size_t i);

/* Writes the dictionary as a workbook: fields, and the values of their lists. */
bool open_dictionary_write(const struct request *request, const char *path, struct err *err);

#endif
