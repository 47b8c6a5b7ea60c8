/* A file that somebody drops into the box or onto a form, to be read and not kept. */
#ifndef TQ_WEB_DROP_H
#define TQ_WEB_DROP_H

#include "web/request.h"

/* Is it UTF-8 already, to be taken on the spot? Everything else is set aside (web/aside.h). */
bool drop_is_text(const struct form_part *file);

/* do=read: fill the form in and store nothing. Asked by the handlers and by web/aside.c, so that both mean the same requests. */
bool drop_asked(const struct request *request);

/*
 * Its text: of PDF, DOCX and XLSX as file/reader.h gives it, at most `most` bytes, without what nobody sees; of a plain text as
 * base/encoding.h reads it. Pages are parted by form feeds. Where it was set aside a snapshot is taken. Memory from the
 * request's arena.
 */
bool drop_read(struct request *request, const struct form_part *file, size_t most, struct slice *text, struct err *err);

#endif
