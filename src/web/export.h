/* Tables that are taken out as files: written beside the uploads, sent from the disk, gone once they are open. */
#ifndef TQ_WEB_EXPORT_H
#define TQ_WEB_EXPORT_H

#include "file/table.h"
#include "web/request.h"

/* Where such a file is to be written, in the request's arena. */
const char *export_path(struct request *request, enum table_form form);

/* Answers with it, under the name `stem`, any characters, and the day. */
bool export_send(struct request *request, const char *path, enum table_form form, struct slice stem);

#endif
