#include "web/address.h"

static void percent(struct text *out, struct slice value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.at[i];

        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c && strchr("-._~", c)))
            text_putc(out, (char)c);
        else
            text_print(out, "%%%02X", c);
    }
}

void address_add(struct text *out, const char *name, struct slice value)
{
    text_putc(out, memchr(out->at, '?', out->len) ? '&' : '?');
    text_puts(out, name);
    text_putc(out, '=');
    percent(out, value);
}
