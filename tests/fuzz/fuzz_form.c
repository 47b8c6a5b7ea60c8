/* Forms against any bytes: the first byte chooses the encoding; what is accepted is valid UTF-8 without NUL. */
#include <stdint.h>

#include "base/utf8.h"
#include "web/http/http.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct slice text)
{
    MUST(utf8_valid(text) == text.len && !(text.len && memchr(text.at, '\0', text.len)));
}

static void check(const struct form *form)
{
    MUST(form->count <= 1000);
    for (size_t i = 0; i < form->count; i++) {
        const struct form_part *part = &form->parts[i];

        check_text(part->name);
        check_text(part->filename);
        MUST(part->filename.len <= 255 && !(part->filename.len && memchr(part->filename.at, '/', part->filename.len)));
        if (!part->file)
            check_text(part->value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data + 1, size - 1};
    struct arena arena;
    struct form form;
    struct err err = {.code = ERR_NONE};
    bool ok;

    if (!size)
        return 0;
    arena_init(&arena);
    ok = data[0] & 1 ? form_multipart(text, SLICE("XX"), &arena, &form, &err) : form_urlencoded(text, &arena, &form, &err);
    if (ok)
        check(&form);
    else
        MUST(err.code == ERR_INVALID && err.message[0]);
    arena_release(&arena);
    return 0;
}
