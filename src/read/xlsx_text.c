#include "read/xlsx_text.h"

#include "base/utf8.h"
#include "read/markup.h"

struct loading {
    struct shared *shared;
    struct text string;   /* the one being read, still escaped */
    int phonetic;         /* depth inside a reading aid, which is not the text */
    bool in_text;
};

void shared_init(struct shared *shared)
{
    text_init(&shared->text);
    text_init(&shared->ends);
}

void shared_release(struct shared *shared)
{
    text_release(&shared->text);
    text_release(&shared->ends);
}

static size_t end_get(const struct shared *shared, size_t index)
{
    uint32_t end;

    memcpy(&end, shared->ends.at + index * sizeof end, sizeof end);
    return end;
}

struct slice shared_get(const struct shared *shared, size_t index)
{
    size_t start;

    if (index >= shared->ends.len / sizeof(uint32_t))
        return SLICE("");
    start = index ? end_get(shared, index - 1) : 0;
    return (struct slice){text_slice(&shared->text).at + start, end_get(shared, index) - start};
}

/* "_x000D_" at the start of the text? Its code point, else -1. */
static long escape_code(struct slice text)
{
    long code = 0;

    if (text.len < 7 || text.at[0] != '_' || text.at[1] != 'x' || text.at[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        const char *digits = "0123456789ABCDEFabcdef", *digit = text.at[i] ? strchr(digits, text.at[i]) : NULL;

        if (!digit)
            return -1;
        code = code * 16 + (digit - digits < 16 ? digit - digits : digit - digits - 6);
    }
    return code >= 0xD800 && code < 0xE000 ? -1 : code;
}

void unescaped_add(struct text *out, struct slice text)
{
    while (text.len > 0) {
        const char *mark = memchr(text.at, '_', text.len);
        size_t plain = mark ? (size_t)(mark - text.at) : text.len;
        long code;
        char bytes[4];

        text_add(out, text.at, plain);
        text = (struct slice){text.at + plain, text.len - plain};
        if (text.len == 0)
            return;
        code = escape_code(text);
        plain = code < 0 ? 1 : 7;
        if (code < 0)
            text_putc(out, '_');
        else if (code >= 0x20 || code == '\t' || code == '\n' || code == '\r')
            text_add(out, bytes, utf8_put((uint32_t)code, bytes));
        text = (struct slice){text.at + plain, text.len - plain};
    }
}

static void on_open(void *arg, const char *name, const char **attributes)
{
    struct loading *loading = arg;

    (void)attributes;
    if (strcmp(name, "rPh") == 0)
        loading->phonetic++;
    else if (strcmp(name, "t") == 0)
        loading->in_text = true;
    else if (strcmp(name, "si") == 0)
        text_clear(&loading->string);
}

static void on_close(void *arg, const char *name)
{
    struct loading *loading = arg;
    uint32_t end;

    if (strcmp(name, "rPh") == 0) {
        loading->phonetic--;
    } else if (strcmp(name, "t") == 0) {
        loading->in_text = false;
    } else if (strcmp(name, "si") == 0) {
        unescaped_add(&loading->shared->text, text_slice(&loading->string));
        end = (uint32_t)loading->shared->text.len;
        text_add(&loading->shared->ends, &end, sizeof end);
    }
}

static void on_text(void *arg, struct slice text)
{
    struct loading *loading = arg;

    if (loading->in_text && loading->phonetic == 0)
        text_add_slice(&loading->string, text);
}

enum reader_code shared_read(struct package *package, const char *part, struct shared *shared)
{
    static const struct markup markup = {on_open, on_close, on_text, NULL};
    struct loading loading = {.shared = shared};
    enum reader_code code = markup_read(package, part, &markup, &loading);

    text_release(&loading.string);
    return code;
}
