/*
 * The text of a .docx: one paragraph a line; a table row one line, its cells parted by TAB, lines inside a cell by
 * U+2028; a form feed where Word last broke a page. Deleted text, moved-away text and fall-back copies are left out.
 */
#ifndef TQ_READ_DOCX_H
#define TQ_READ_DOCX_H

#include "file/reader_code.h"
#include "read/out.h"

enum reader_code docx_read(struct slice bytes, struct out *out);

#endif
