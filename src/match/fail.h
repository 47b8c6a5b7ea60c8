/* Sets a match_err. Always returns false, so that `return match_fail(...)` reads well. */
#ifndef TQ_MATCH_FAIL_H
#define TQ_MATCH_FAIL_H

#include "match/match.h"

bool match_fail(struct match_err *err, enum match_error code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* After a failed system call: errno in words; MATCH_FULL when the disk is full, else MATCH_IO. */
bool match_fail_io(struct match_err *err, const char *doing, const char *name);

#endif
