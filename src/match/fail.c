#include "match/fail.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool match_fail(struct match_err *err, enum match_error code, const char *format, ...)
{
    va_list args;

    err->code = code;
    va_start(args, format);
    vsnprintf(err->message, sizeof err->message, format, args);
    va_end(args);
    return false;
}

bool match_fail_io(struct match_err *err, const char *doing, const char *name)
{
    int why = errno;
    char words[96];
    enum match_error code = why == ENOSPC || why == EDQUOT ? MATCH_FULL : MATCH_IO;

    return match_fail(err, code, "%s %s: %s", doing, name, strerror_r(why, words, sizeof words));
}
