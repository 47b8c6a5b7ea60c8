#include "base/err.h"

#include <stdio.h>

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
    va_list args;

    err_clear(err);
    err->code = code;
    va_start(args, format);
    said_make(&err->said, err->message, sizeof err->message, format, args);
    va_end(args);
    return false;
}

bool err_hint(struct err *err, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    said_make(&err->advised, err->hint, sizeof err->hint, format, args);
    va_end(args);
    return false;
}

bool err_because(struct err *err, const struct err *why)
{
    said_copy(err->hint, sizeof err->hint, why->message);
    err->advised = why->said;
    return false;
}

bool err_field(struct err *err, const char *field)
{
    said_copy(err->field, sizeof err->field, field);
    return false;
}

bool err_line(struct err *err, long line)
{
    err->line = line;
    return false;
}

void err_clear(struct err *err)
{
    err->code = ERR_NONE;
    err->said.format = err->advised.format = NULL;
    err->message[0] = '\0';
    err->field[0] = '\0';
    err->hint[0] = '\0';
    err->line = 0;
}

const char *err_name(enum err_code code)
{
    static const char *const names[ERR_CODE_COUNT] = {
        [ERR_NONE] = "none",         [ERR_INVALID] = "invalid",   [ERR_MISSING] = "missing",
        [ERR_DENIED] = "denied",     [ERR_SIGN_IN] = "sign_in",   [ERR_CONFLICT] = "conflict",
        [ERR_TOO_LARGE] = "too_large", [ERR_BUSY] = "busy",       [ERR_UNKNOWN] = "unknown",
        [ERR_IO] = "io",             [ERR_FULL] = "full",         [ERR_CORRUPT] = "corrupt",
        [ERR_MEMORY] = "memory",
    };

    return (unsigned)code < ERR_CODE_COUNT ? names[code] : "none";
}
