/*
 * Hostile files (.pdf, .docx, .doc? no: .docx only, .xlsx) are opened by a process of their own, tieqiao-read:
 * seccomp, no network, no files, 256 MiB, 10 s. It hands text over a socketpair. Its crash is an answer (ERR_INVALID),
 * not an accident.
 */
#ifndef TQ_FILE_READER_H
#define TQ_FILE_READER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

enum reader_form { READER_PDF, READER_DOCX, READER_XLSX };

/* By magic bytes and the package's parts, never by name alone. ERR_INVALID if none of them. */
bool reader_form(struct slice bytes, enum reader_form *form, struct err *err);

/*
 * PDF and DOCX: paragraphs parted by '\n', pages by '\f'; a DOCX table row is one line, cells parted by '\t'.
 * XLSX: the first sheet with content as CSV (RFC 4180), dates as YYYY-MM-DD, one CSV record a sheet row.
 * At most `most` bytes of text. `program` is the path of tieqiao-read.
 */
bool reader_text(const char *program, struct slice bytes, enum reader_form form, size_t most, struct text *out,
                 struct err *err);

#endif
