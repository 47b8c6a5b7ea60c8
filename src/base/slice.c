#include "base/slice.h"

static size_t space_at_start(struct slice text)
{
    if (text.len && strchr(" \t\r\n\v\f", text.at[0]) && text.at[0])
        return 1;
    if (text.len >= 3 && memcmp(text.at, "\u3000", 3) == 0)
        return 3;
    return 0;
}

static size_t space_at_end(struct slice text)
{
    if (text.len && text.at[text.len - 1] && strchr(" \t\r\n\v\f", text.at[text.len - 1]))
        return 1;
    if (text.len >= 3 && memcmp(text.at + text.len - 3, "\u3000", 3) == 0)
        return 3;
    return 0;
}

struct slice slice_trim(struct slice text)
{
    size_t n;

    while ((n = space_at_start(text)) > 0) {
        text.at += n;
        text.len -= n;
    }
    while ((n = space_at_end(text)) > 0)
        text.len -= n;
    return text;
}

bool slice_cut(struct slice *rest, char mark, struct slice *piece)
{
    const char *end;

    if (!rest->at)
        return false;
    end = rest->len ? memchr(rest->at, mark, rest->len) : NULL;
    if (!end) {
        *piece = *rest;
        rest->at = NULL;
        rest->len = 0;
        return true;
    }
    *piece = (struct slice){rest->at, (size_t)(end - rest->at)};
    rest->len -= piece->len + 1;
    rest->at = end + 1;
    return true;
}
