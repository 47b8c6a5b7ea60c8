#include "ledger/note.h"

#include <assert.h>
#include <inttypes.h>

#include "base/utf8.h"

enum { ID = 4, TIME = 8, SIGNATURE_MOST = 8192 };

static const char dash[] = "\xE2\x80\x94 "; /* U+2014 and a space */

/* --- taking apart --- */

static bool no_note(struct err *err, const char *why)
{
    return err_set(err, ERR_CORRUPT, "不是签名的文本：%s", why);
}

static bool bytes_fit(struct slice bytes, struct err *err)
{
    if (bytes.len > NOTE_MOST)
        return no_note(err, N_("太长"));
    if (utf8_valid(bytes) != bytes.len)
        return no_note(err, N_("不是 UTF-8"));
    for (size_t i = 0; i < bytes.len; i++)
        if ((unsigned char)bytes.at[i] < 0x20 && bytes.at[i] != '\n')
            return no_note(err, N_("含有控制字符"));
    return true;
}

static uint32_t id_of(const unsigned char bytes[ID])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static bool line_read(struct slice text, struct note_line *line, struct err *err)
{
    unsigned char bytes[SIGNATURE_MOST];
    size_t len = sizeof dash - 1;
    struct err ignored;

    if (text.len <= len || memcmp(text.at, dash, len) != 0)
        return no_note(err, N_("签名行不以“— ”开头"));
    text = (struct slice){text.at + len, text.len - len};
    if (!slice_cut(&text, ' ', &line->name) || !note_name_fits(line->name, &ignored))
        return no_note(err, N_("签名行没有钥匙的名字"));
    line->base64 = text;
    if (!seal_unbase64(text, bytes, sizeof bytes, &len) || len <= ID)
        return no_note(err, N_("签名不是 base64"));
    line->id = id_of(bytes);
    return true;
}

static bool lines_read(struct slice rest, struct note *note, struct err *err)
{
    struct slice line;

    if (rest.len == 0)
        return no_note(err, N_("没有签名"));
    if (rest.at[rest.len - 1] != '\n')
        return no_note(err, N_("最后一行没有写完"));
    rest.len--;
    for (note->count = 0; slice_cut(&rest, '\n', &line); note->count++) {
        if (note->count == NOTE_LINES)
            return no_note(err, N_("签名太多"));
        if (!line_read(line, &note->lines[note->count], err))
            return false;
    }
    return true;
}

bool note_read(struct slice bytes, struct note *note, struct err *err)
{
    size_t end = bytes.len;

    *note = (struct note){.count = 0};
    if (!bytes_fit(bytes, err))
        return false;
    while (end >= 2 && !(bytes.at[end - 1] == '\n' && bytes.at[end - 2] == '\n'))
        end--;
    if (end < 2)
        return no_note(err, N_("正文和签名之间没有空行"));
    note->text = (struct slice){bytes.at, end - 1};
    return lines_read((struct slice){bytes.at + end, bytes.len - end}, note, err);
}

/* --- signatures --- */

/* What a witness signs: the time, then the note. */
static void cosigned_text(struct slice text, uint64_t time_s, struct text *out)
{
    text_print(out, "cosignature/v1\ntime %" PRIu64 "\n", time_s);
    text_add_slice(out, text);
}

static uint64_t time_of(const unsigned char bytes[TIME])
{
    uint64_t time_s = 0;

    for (int i = 0; i < TIME; i++)
        time_s = time_s << 8 | bytes[i];
    return time_s;
}

static bool cosigned(struct slice text, const struct note_key *key, struct slice bytes, uint64_t *time_s)
{
    struct text signed_text;
    bool ok;

    if (bytes.len != TIME + SEAL_ED25519)
        return false;
    *time_s = time_of((const unsigned char *)bytes.at);
    if (*time_s > INT64_MAX)
        return false;
    text_init(&signed_text);
    cosigned_text(text, *time_s, &signed_text);
    ok = seal_ed25519_check(key->key, text_slice(&signed_text), (struct slice){bytes.at + TIME, SEAL_ED25519});
    text_release(&signed_text);
    return ok;
}

static bool line_holds(const struct note *note, const struct note_line *line, const struct note_key *key, uint64_t *time_s)
{
    unsigned char bytes[SIGNATURE_MOST];
    struct slice signature = {(const char *)bytes + ID, 0};

    if (!seal_unbase64(line->base64, bytes, sizeof bytes, &signature.len))
        return false;
    signature.len -= ID;
    if (key->kind == NOTE_COSIGNATURE)
        return cosigned(note->text, key, signature, time_s);
    return key->kind == NOTE_SM2 ? seal_sm2_check(key->key, note->text, signature)
                                 : seal_ed25519_check(key->key, note->text, signature);
}

static bool not_signed(const struct note_key *key, const struct note_line *namesake, struct err *err)
{
    if (!namesake)
        return err_set(err, ERR_MISSING, "没有 %.200s 的签名", key->name);
    return err_set(err, ERR_MISSING, "%.200s 的签名是另一把钥匙的：钥匙号 %08x，应为 %08x", key->name, namesake->id, key->id);
}

bool note_signed(const struct note *note, const struct note_key *key, uint64_t *time_s, struct err *err)
{
    const struct note_line *namesake = NULL;
    uint64_t time = 0;
    bool found = false;

    for (size_t i = 0; i < note->count; i++) {
        const struct note_line *line = &note->lines[i];

        if (!slice_is(line->name, key->name))
            continue;
        namesake = line;
        if (line->id != key->id)
            continue;
        if (!line_holds(note, line, key, &time))
            return err_set(err, ERR_CORRUPT, "%.200s 的签名不对：正文或签名被改过", key->name);
        found = true;
    }
    if (time_s)
        *time_s = time;
    return found || not_signed(key, namesake, err);
}

static bool signature_make(struct slice text, const struct note_secret *secret, uint64_t time_s,
                           unsigned char out[TIME + SEAL_SM2], size_t *len, struct err *err)
{
    struct text cosign;

    if (secret->key.kind == NOTE_SM2)
        return seal_sm2_sign(secret->secret, text, out, len, err);
    *len = SEAL_ED25519;
    if (secret->key.kind == NOTE_ED25519) {
        seal_ed25519_sign(secret->secret, text, out);
        return true;
    }
    text_init(&cosign);
    cosigned_text(text, time_s, &cosign);
    for (int i = 0; i < TIME; i++)
        out[i] = (unsigned char)(time_s >> (8 * (TIME - 1 - i)));
    seal_ed25519_sign(secret->secret, text_slice(&cosign), out + TIME);
    *len += TIME;
    text_release(&cosign);
    return true;
}

bool note_sign(struct slice text, const struct note_secret *secret, uint64_t time_s, struct text *out, struct err *err)
{
    unsigned char bytes[ID + TIME + SEAL_SM2];
    uint32_t id = secret->key.id;
    size_t len;

    assert(text.len > 0 && text.at[text.len - 1] == '\n');
    for (int i = ID; i-- > 0; id >>= 8)
        bytes[i] = (unsigned char)id;
    if (!signature_make(text, secret, time_s, bytes + ID, &len, err))
        return false;
    text_print(out, "%s%s ", dash, secret->key.name);
    seal_base64(bytes, ID + len, out);
    text_putc(out, '\n');
    return true;
}
