/* JSON from outside: what is taken is written and read again as the same, nests 64 deep at most, and holds no NUL. */
#include <stdint.h>

#include "base/json.h"
#include "base/utf8.h"

#define MUST(condition) ((condition) ? (void)0 : abort())

enum { DEPTH = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const json_t *value, int depth)
{
    const char *name;
    json_t *item;
    size_t i;

    MUST(depth <= DEPTH);
    if (json_is_string(value))
        MUST(!memchr(json_string_value(value), '\0', json_string_length(value)));
    json_array_foreach((json_t *)value, i, item)
        check(item, depth + 1);
    json_object_foreach((json_t *)value, name, item)
        check(item, depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice text = {(const char *)data, size};
    struct err err = {.code = ERR_NONE};
    json_t *json = json_read(text, &err), *again;
    struct text out;

    if (!json) {
        MUST(err.code == ERR_INVALID && err.message[0] && utf8_valid(slice_of(err.message)) == strlen(err.message)
             && utf8_valid(slice_of(err.hint)) == strlen(err.hint));
        return 0;
    }
    check(json, 0);
    text_init(&out);
    json_write(json, &out);
    again = json_read(text_slice(&out), &err);
    MUST(again && json_equal(json, again));
    text_release(&out);
    json_decref(json);
    json_decref(again);
    return 0;
}
