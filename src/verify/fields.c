/*
 * What a leaf commits to. {"leaf": base64, "fields": [{"name", "salt": hex, "value": text, integer or null}]}: the changed fields
 * in the order of the kind's table. An integer may stand as "number": decimal digits, since many readers of JSON round what is above
 * 2^53. A field that was blanked on request has {"name", "commitment": hex} alone.
 */
#include <stdlib.h>

#include "base/json.h"
#include "verify/verify.h"

enum { FIELDS_MOST = 256 };

static bool field_wrong(const char *name, const char *why, struct err *err)
{
    return err_set(err, ERR_INVALID, "字段 %.60s：%s", name, why);
}

bool verify_number(const json_t *item, int64_t *number)
{
    const char *digits = json_string_value(json_object_get(item, "number"));
    char again[24];

    if (!digits)
        return false;
    *number = strtoll(digits, NULL, 10);
    snprintf(again, sizeof again, "%lld", (long long)*number);
    return strcmp(again, digits) == 0; /* one spelling alone, and none that does not fit */
}

static bool value_take(const json_t *item, struct leaf_field *field, struct err *err)
{
    const json_t *value = json_object_get(item, "value");

    if (json_object_get(item, "number")) {
        field->known = field->is_number = true;
        return (!value && verify_number(item, &field->number)) || field_wrong(field->name, N_("number 要写十进制整数，旁边没有 value"), err);
    }
    field->known = !json_is_null(value);
    field->is_number = json_is_integer(value);
    field->number = json_integer_value(value);
    field->text = json_member(item, "value");
    return (value && (json_is_null(value) || field->is_number || json_is_string(value)))
        || field_wrong(field->name, N_("value 要写文字、整数或 null"), err);
}

static bool commitment_of(const json_t *item, unsigned char out[LEAF_HASH], bool *blank, struct err *err)
{
    struct leaf_field field = {.name = json_string_value(json_object_get(item, "name"))};
    struct slice given = json_member(item, "commitment");

    if (!field.name || strlen(field.name) > UINT8_MAX)
        return err_set(err, ERR_INVALID, "有一个字段没有名字");
    *blank = given.len > 0;
    if (*blank && json_object_size(item) != 2)
        return field_wrong(field.name, N_("已抹去的只写 name 和 commitment：旁边的值没有人能核对"), err);
    if (*blank)
        return seal_unhex(given, out, LEAF_HASH) || field_wrong(field.name, N_("commitment 要写 64 位十六进制"), err);
    if (!value_take(item, &field, err))
        return false;
    if (!seal_unhex(json_member(item, "salt"), field.salt, LEAF_SALT))
        return field_wrong(field.name, N_("salt 要写 32 位十六进制"), err);
    leaf_commit(&field, out);
    return true;
}

bool verify_fields_root(const json_t *fields, unsigned char root[LEAF_HASH], size_t *blanks, struct err *err)
{
    unsigned char commitments[FIELDS_MOST][LEAF_HASH];
    size_t count = json_array_size(fields);

    *blanks = 0;
    if (count > FIELDS_MOST)
        return err_set(err, ERR_INVALID, "字段太多：%zu 个", count);
    for (size_t i = 0; i < count; i++) {
        bool blank = false;

        if (!commitment_of(json_array_get(fields, i), commitments[i], &blank, err))
            return false;
        *blanks += blank;
    }
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
    return true;
}

bool verify_leaf_take(const json_t *document, unsigned char bytes[LEAF_MAX], size_t *len, struct leaf *leaf, struct err *err)
{
    return (seal_unbase64(json_member(document, "leaf"), bytes, LEAF_MAX, len)
            || err_set(err, ERR_INVALID, "leaf 要写条目的 base64"))
        && leaf_read((struct slice){(const char *)bytes, *len}, leaf, err);
}

static bool document_fits(const json_t *document, struct text *said, struct err *err)
{
    const json_t *fields = json_object_get(document, "fields");
    unsigned char root[LEAF_HASH], bytes[LEAF_MAX];
    struct leaf leaf;
    size_t blanks, len;

    if (!verify_leaf_take(document, bytes, &len, &leaf, err) || !verify_fields_root(fields, root, &blanks, err))
        return false;
    if (memcmp(root, leaf.root, LEAF_HASH) != 0)
        return err_set(err, ERR_CORRUPT, "字段与第 %llu 条记下的不符：值、盐、名字或次序被改过", (unsigned long long)leaf.index);
    text_print(said, "%zu 个字段就是第 %llu 条(%s %lld 第 %u 版)记下的", json_array_size(fields),
               (unsigned long long)leaf.index, leaf.kind, (long long)leaf.object, leaf.version);
    if (blanks > 0)
        text_print(said, "；其中 %zu 个已按要求抹去，只剩承诺值", blanks);
    return true;
}

bool verify_fields(const struct wanted *wanted, const char *path, struct text *said, struct err *err)
{
    struct text bytes;
    json_t *document = NULL;
    bool ok;

    (void)wanted;
    text_init(&bytes);
    ok = verify_read(path, &bytes, err) && (document = json_read(text_slice(&bytes), err)) != NULL
         && document_fits(document, said, err);
    json_decref(document);
    text_release(&bytes);
    return ok;
}
