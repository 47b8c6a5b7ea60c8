#include "web/xml.h"

#include "base/utf8.h"

static const char *entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '\r':
        return "&#13;"; /* a parser would make a line feed of it */
    default:
        return NULL;
    }
}

static bool allowed(uint32_t code)
{
#ifdef TQ_TEETH_XML
    return true;
#endif
    return code >= 0x20 ? code != 0xFFFE && code != 0xFFFF : code == '\t' || code == '\n' || code == '\r';
}

/* How many bytes at the beginning are one character, and whether it may stand in XML. */
static size_t character(struct slice text, bool *good)
{
    struct slice first = {text.at, text.len < 4 ? text.len : 4};
    uint32_t code;
    size_t len;

    *good = utf8_valid(first) > 0;
    if (!*good)
        return utf8_bad_length(text.at, text.len);
    len = utf8_next(text.at, &code);
    *good = allowed(code);
    return len;
}

void xml_text(struct text *out, struct slice text)
{
    while (text.len) {
        const char *instead = entity(*text.at);
        bool good;
        size_t len = character(text, &good);

        if (instead)
            text_puts(out, instead);
        else if (good)
            text_add(out, text.at, len);
        else
            text_puts(out, "\xEF\xBF\xBD");
        text = (struct slice){text.at + len, text.len - len};
    }
}

void xml_attribute(struct text *out, const char *name, struct slice value)
{
    text_print(out, " %s=\"", name);
    xml_text(out, value);
    text_putc(out, '"');
}

void xml_element(struct text *out, const char *name, struct slice text)
{
    text_print(out, "<%s>", name);
    xml_text(out, text);
    text_print(out, "</%s>\n", name);
}
