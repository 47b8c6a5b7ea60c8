/* What people type: text, codes, amounts, days, JSON. Whatever comes in, an answer or an err; what is read can be shown. */
#include <assert.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/money.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void amount(struct slice text)
{
    char shown[MONEY_TEXT];
    int64_t fen, again;
    struct err err;

    if (!money_read(text, &fen, &err))
        return;
    assert(fen >= 0 && fen <= MONEY_MAX);
    assert(money_read(slice_of(money_show(fen, shown)), &again, &err) && again == fen);
    assert(money_read(slice_of(money_show_plain(fen, shown)), &again, &err) && again == fen);
}

static void code(struct slice text)
{
    char out[19], again[19];
    struct err err;
    int64_t id;

    if (ident_uscc(text, out, &err))
        assert(ident_uscc(slice_of(out), again, &err) && strcmp(out, again) == 0);
    ident_parse(text, &id);
}

static void day(struct slice text)
{
    char out[11];
    int32_t number;

    if (day_read(text, out))
        assert(day_parse(slice_of(out), &number));
}

static void words(struct slice text)
{
    struct arena arena;
    struct err err;

    if (utf8_valid(text) < text.len) {
        assert(!utf8_check(text, false, &err));
        return;
    }
    arena_init(&arena);
    assert(utf8_valid(utf8_nfkc(text, &arena)) == utf8_nfkc(text, &arena).len);
    assert(utf8_head(text, utf8_count(text)).len == text.len);
    if (utf8_check(text, true, &err))
        assert(utf8_check(text, false, &err));
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    struct err err;

    amount(text);
    code(text);
    day(text);
    words(text);
    json_decref(json_read(text, &err));
    return 0;
}
