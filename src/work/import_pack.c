/* Checked values as they lie in the staging table until they are published. */
#include "work/import_int.h"

static void number_pack(struct text *out, int64_t number)
{
    text_add(out, &number, sizeof number);
}

static void text_pack(struct text *out, struct slice text)
{
    uint32_t len = (uint32_t)text.len;

    text_add(out, &len, sizeof len);
    text_add_slice(out, text);
}

struct slice values_pack(const struct record *record, const bool *given, struct arena *arena)
{
    const struct kind *kind = record->kind;
    struct text out;
    struct slice made;

    text_init(&out);
    for (size_t i = 0; i < kind->count; i++) {
        if (!given[i] || !record->values[i].known)
            continue;
        text_putc(&out, (char)i);
        if (field_is_number(kind->fields[i].type))
            number_pack(&out, record->values[i].number);
        else
            text_pack(&out, record->values[i].text);
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}

static bool take(struct slice *bytes, void *out, size_t len)
{
    if (bytes->len < len)
        return false;
    memcpy(out, bytes->at, len);
    bytes->at += len;
    bytes->len -= len;
    return true;
}

static bool text_unpack(struct slice *bytes, struct slice *text)
{
    uint32_t len;

    if (!take(bytes, &len, sizeof len) || bytes->len < len)
        return false;
    *text = (struct slice){bytes->at, len};
    bytes->at += len;
    bytes->len -= len;
    return true;
}

bool values_unpack(struct slice bytes, struct record *record, bool *given)
{
    while (bytes.len) {
        unsigned char index;
        struct value *value;

        if (!take(&bytes, &index, 1) || index >= record->kind->count)
            return false;
        value = &record->values[index];
        *value = (struct value){.known = true};
        given[index] = true;
        if (field_is_number(record->kind->fields[index].type) ? !take(&bytes, &value->number, sizeof value->number)
                                                              : !text_unpack(&bytes, &value->text))
            return false;
    }
    return true;
}
