/* The minutes of a session, as a Word file or PDF in the layout of official documents (GB/T 9704-2012): what was shown to the room. */
#ifndef TQ_WORK_CONSULT_MINUTES_H
#define TQ_WORK_CONSULT_MINUTES_H

#include "work/consult.h"

/* Written to path. */
bool consult_minutes(struct sql *sql, const struct matter_file *session, bool docx, const char *path, struct err *err);

#endif
