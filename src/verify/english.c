/* What does not hold, in English: a small program that a stranger has alone, so its catalogue is compiled in. */
#include "verify/verify.h"

static const struct {
    const char *zh, *en;
} sentences[] = {
#include "verify/english.inc"
};

static struct slice find(const void *catalogue, struct slice text)
{
    (void)catalogue;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
        if (slice_is(text, sentences[i].zh))
            return slice_of(sentences[i].en);
    return (struct slice){NULL, 0};
}

const char *verify_why(const struct wanted *wanted, struct err *err)
{
    struct text text;

    if (!wanted->english)
        return err->message;
    text_init(&text);
    said_through(&err->said, slice_of(err->message), find, NULL, &text);
    snprintf(err->message, sizeof err->message, "%.399s", text.at ? text.at : "");
    text_release(&text);
    return err->message;
}
