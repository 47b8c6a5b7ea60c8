#include "file/number.h"

#include <math.h>

enum { DIGITS = 15, GENERAL_DIGITS = 11 };

char *number_show(double number, char *buf)
{
    int exponent, decimals;

    snprintf(buf, NUMBER_TEXT, "%.*e", DIGITS - 1, number);
    if (!isfinite(number) || number == 0) {
        snprintf(buf, NUMBER_TEXT, "%s", number == 0 ? "0" : "#NUM!");
        return buf;
    }
    exponent = (int)strtol(strchr(buf, 'e') + 1, NULL, 10);
    if (exponent < -9 || exponent > 20) {
        snprintf(buf, NUMBER_TEXT, "%.*g", DIGITS, number);
        return buf;
    }
    /* Round to 15 digits first, then write the rounded number out. */
    number = strtod(buf, NULL);
    decimals = exponent < DIGITS - 1 ? DIGITS - 1 - exponent : 0;
    snprintf(buf, NUMBER_TEXT, "%.*f", decimals, number);
    if (strchr(buf, '.')) {
        char *end = buf + strlen(buf);

        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            end[-1] = '\0';
    }
    return buf;
}

bool number_is_canonical(struct slice text, double *number)
{
    char copy[NUMBER_TEXT], shown[NUMBER_TEXT], *end;

    if (text.len == 0 || text.len > GENERAL_DIGITS)
        return false;
    for (size_t i = 0; i < text.len; i++)
        if (!memchr("-.0123456789", text.at[i], 12))
            return false;
    memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    *number = strtod(copy, &end);
    return *end == '\0' && slice_is(text, number_show(*number, shown));
}
