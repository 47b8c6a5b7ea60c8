/* Suggestions out of any text: each is what its field takes, its quote is short, its page is a page. */
#include <stdint.h>

#include "base/utf8.h"
#include "record/extract.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct kind *kind, struct slice text)
{
    struct suggestion found[FIELDS_MAX];
    struct arena arena;
    size_t count;

    arena_init(&arena);
    extract_fields(kind, text, &arena, found, &count);
    MUST(count <= kind->count);
    for (size_t i = 0; i < count; i++) {
        const struct suggestion *one = &found[i];

        MUST(one->field < kind->count && (i == 0 || one->field > found[i - 1].field));
        MUST(one->typed.len > 0 && utf8_valid(one->typed) == one->typed.len);
        MUST(utf8_valid(one->quote) == one->quote.len && utf8_count(one->quote) <= 200 && one->page >= 1);
    }
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};

    if (utf8_valid(text) != size)
        return 0;
    check(&kind_achievement, text);
    check(&kind_need, text);
    check(&kind_party, text);
    return 0;
}
