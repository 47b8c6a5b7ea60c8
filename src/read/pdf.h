/* The text of a PDF: paragraphs parted by '\n', pages by '\f'. */
#ifndef TQ_READ_PDF_H
#define TQ_READ_PDF_H

#include "file/reader_code.h"
#include "read/out.h"

/* Before the lock-up: lets poppler load what it needs whatever the file. */
void pdf_warm(void);

enum reader_code pdf_read(struct slice bytes, struct out *out);

#endif
