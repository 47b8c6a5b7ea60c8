/*
 * Hostile files (.pdf, .docx, .xlsx; the old .doc and .xls are refused by name) are opened by a process of their own,
 * tieqiao-read: seccomp, no network, no files, 256 MiB, 10 s of processor time, 32 MiB of file. It hands text over a
 * pipe. Its crash is an answer (ERR_INVALID: what is wrong and what to do), not an accident.
 */
#ifndef TQ_FILE_READER_H
#define TQ_FILE_READER_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

enum reader_form { READER_PDF, READER_DOCX, READER_XLSX };

/*
 * Starts the helper, a tieqiao-read that stands by and forks for each document: a small .docx took 8 ms instead of 28
 * (two busy cores), and it still works when this process may no longer start programs. So: once, at the start, before
 * threads and sandbox. It ends when this process does. Without it, or should it be lost, each document starts `program`.
 */
bool reader_helper(const char *program, struct err *err);

/* Do they begin like a document of some program (PDF, Office old or new, a package), for reader_form to tell which? */
bool reader_knows(struct slice bytes);

/* By magic bytes and the package's parts, never by name alone. ERR_INVALID if none of them. */
bool reader_form(struct slice bytes, enum reader_form *form, struct err *err);

/*
 * PDF and DOCX: paragraphs parted by '\n', pages by '\f' (DOCX: where Word last broke them); a DOCX table row is one
 * line, cells parted by '\t', lines inside a cell by U+2028. Lines of a PDF are joined into paragraphs again.
 * XLSX: the first sheet that holds a table (two rows of two cells), or else anything, as CSV (RFC 4180), dates as YYYY-MM-DD, one CSV record a sheet row.
 * At most `most` bytes of text: PDF and DOCX are cut there, a longer sheet is refused. Appends to out. `program` is the
 * path of tieqiao-read. Blocks for as long as the reading takes: not for a thread that others wait for.
 */
bool reader_text(const char *program, struct slice bytes, enum reader_form form, size_t most, struct text *out,
                 struct err *err);

#endif
