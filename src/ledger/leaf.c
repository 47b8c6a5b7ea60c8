#include "ledger/leaf.h"

#include <assert.h>

#include "ledger/tree.h"

enum { FORMAT = 1, WORD_LEAST = 1 };

_Static_assert((int)LEAF_HASH == (int)SEAL_HASH && (int)LEAF_SALT == (int)SEAL_SALT, "one hash, one salt");

/* ---- writing ---- */

struct pen {
    unsigned char *at;
};

static void put(struct pen *pen, const void *bytes, size_t len)
{
    memcpy(pen->at, bytes, len);
    pen->at += len;
}

static void put_number(struct pen *pen, uint64_t number, size_t bytes)
{
    for (size_t i = bytes; i-- > 0; number >>= 8)
        pen->at[i] = (unsigned char)number;
    pen->at += bytes;
}

static void put_short(struct pen *pen, const char *text)
{
    size_t len = strlen(text);

    put_number(pen, len, 1);
    put(pen, text, len);
}

static bool word_sound(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!((text[i] >= 'a' && text[i] <= 'z') || text[i] == '_' || text[i] == '.' || text[i] == '-'))
            return false;
    return len >= WORD_LEAST && len <= LEAF_WORD;
}

static bool request_sound(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < '!' || text[i] > '~')
            return false;
    return len <= LEAF_REQUEST;
}

size_t leaf_write(const struct leaf *leaf, unsigned char out[LEAF_MAX])
{
    struct pen pen = {out};

    assert(word_sound(leaf->action, strnlen(leaf->action, sizeof leaf->action)));
    assert(word_sound(leaf->kind, strnlen(leaf->kind, sizeof leaf->kind)));
    assert(request_sound(leaf->request_id, strnlen(leaf->request_id, sizeof leaf->request_id)));
    put(&pen, "TQ", 2);
    put_number(&pen, FORMAT, 1);
    put_number(&pen, leaf->index, 8);
    put_number(&pen, (uint64_t)leaf->time_ms, 8);
    put(&pen, leaf->actor, LEAF_ACTOR);
    put_short(&pen, leaf->action);
    put_short(&pen, leaf->kind);
    put_number(&pen, (uint64_t)leaf->object, 8);
    put_number(&pen, leaf->version, 4);
    put_short(&pen, leaf->request_id);
    put_number(&pen, leaf->part, 1);
    put(&pen, leaf->root, LEAF_HASH);
    return (size_t)(pen.at - out);
}

/* ---- reading ---- */

struct eye {
    struct slice rest;
    bool failed;
};

static struct slice look(struct eye *eye, size_t len)
{
    struct slice piece = {eye->rest.at, len};

    if (eye->failed || len > eye->rest.len) {
        eye->failed = true;
        return (struct slice){"", 0};
    }
    eye->rest.at += len;
    eye->rest.len -= len;
    return piece;
}

static void look_bytes(struct eye *eye, void *to, size_t len)
{
    struct slice piece = look(eye, len);

    if (piece.len == len)
        memcpy(to, piece.at, len);
}

static uint64_t look_number(struct eye *eye, size_t bytes)
{
    struct slice piece = look(eye, bytes);
    uint64_t number = 0;

    for (size_t i = 0; i < piece.len; i++)
        number = number << 8 | (unsigned char)piece.at[i];
    return number;
}

/* `to` has room for `most` bytes and a NUL. */
static void look_short(struct eye *eye, char *to, size_t most, bool (*sound)(const char *, size_t))
{
    struct slice piece = look(eye, (size_t)look_number(eye, 1));

#ifdef TQ_TEETH_LEAF_ALPHABET
    sound = request_sound;
#endif
    if (piece.len > most || !sound(piece.at, piece.len)) {
        eye->failed = true;
        return;
    }
    memcpy(to, piece.at, piece.len);
    to[piece.len] = '\0';
}

bool leaf_read(struct slice bytes, struct leaf *leaf, struct err *err)
{
    struct eye eye = {bytes, false};

    *leaf = (struct leaf){0};
    if (!slice_is(look(&eye, 2), "TQ") || look_number(&eye, 1) != FORMAT)
        return err_set(err, ERR_CORRUPT, "账本条目的格式不对");
    leaf->index = look_number(&eye, 8);
    leaf->time_ms = (int64_t)look_number(&eye, 8);
    look_bytes(&eye, leaf->actor, LEAF_ACTOR);
    look_short(&eye, leaf->action, LEAF_WORD, word_sound);
    look_short(&eye, leaf->kind, LEAF_WORD, word_sound);
    leaf->object = (int64_t)look_number(&eye, 8);
    leaf->version = (uint32_t)look_number(&eye, 4);
    look_short(&eye, leaf->request_id, LEAF_REQUEST, request_sound);
    leaf->part = (uint8_t)look_number(&eye, 1);
    look_bytes(&eye, leaf->root, LEAF_HASH);
    return (!eye.failed && eye.rest.len == 0) || err_set(err, ERR_CORRUPT, "账本条目的内容不完整或多出字节");
}

const char *leaf_request_own(struct slice request_id)
{
    static const char *const own[] = {LEAF_OWN_DUE, LEAF_OWN_VIEW, LEAF_OWN_IMPORT};

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (request_id.len >= strlen(own[i]) && memcmp(request_id.at, own[i], strlen(own[i])) == 0)
            return own[i];
    return NULL;
}

/* ---- hashes ---- */

void leaf_hash(struct slice bytes, unsigned char out[LEAF_HASH])
{
    tree_leaf(SEAL_SHA256, bytes, out);
}

void leaf_commit(const struct leaf_field *field, unsigned char out[LEAF_HASH])
{
    static const char label[] = "tq-field-1"; /* hashed with its NUL */
    size_t len = strlen(field->name);
    unsigned char name_len[1], number[9] = {0x01};
    struct pen pen = {name_len};
    struct slice parts[6] = {{label, sizeof label}, {(const char *)field->salt, LEAF_SALT}};
    size_t count = 5;

    assert(len <= UINT8_MAX);
    put_number(&pen, len, 1);
    parts[2] = (struct slice){(const char *)name_len, 1};
    parts[3] = (struct slice){field->name, len};
    if (!field->known) {
        parts[4] = (struct slice){"\x00", 1};
    } else if (field->is_number) {
        pen.at = number + 1;
        put_number(&pen, (uint64_t)field->number, 8);
        parts[4] = (struct slice){(const char *)number, sizeof number};
    } else {
        parts[4] = (struct slice){"\x02", 1};
        parts[5] = field->text;
        count = 6;
    }
    seal_sha256(parts, count, out);
}

void leaf_root(const unsigned char (*commitments)[LEAF_HASH], size_t count, unsigned char out[LEAF_HASH])
{
    tree_hash(SEAL_SHA256, commitments, count, out);
}
