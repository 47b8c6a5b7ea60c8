#include "web/drop.h"

#include "base/encoding.h"
#include "base/utf8.h"
#include "file/reader.h"

bool drop_is_text(const struct form_part *file)
{
    return utf8_plain(file->value) && !reader_knows(file->value);
}

bool drop_asked(const struct request *request)
{
    return slice_is(request_value(request, "do"), "read");
}

static bool document_read(struct request *request, struct slice bytes, size_t most, struct slice *out, struct err *err)
{
    enum reader_form form;
    struct text text;
    bool ok;

    text_init(&text);
    ok = reader_form(bytes, &form, err) && reader_text(request->web->reader, bytes, form, most, &text, err);
    *out = utf8_clean(text_slice(&text), request->arena);
    text_release(&text);
    return ok;
}

bool drop_read(struct request *request, const struct form_part *file, size_t most, struct slice *text, struct err *err)
{
    bool ok = reader_knows(file->value) ? document_read(request, file->value, most, text, err)
                                        : encoding_read(file->value, request->arena, text, err);

    return ok && request_look(request, err);
}
