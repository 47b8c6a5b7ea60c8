/* Keys of signed notes, as text. */
#include <assert.h>
#include <stdio.h>

#include "base/utf8.h"
#include "ledger/note.h"

enum { TYPE_MOST = 40, ID_HEX = 8, MATERIAL_MOST = TYPE_MOST + SEAL_SM2_KEY };

static const char private_word[] = "PRIVATE+KEY+";

/* What stands before a key: signed-note's byte; 0xff is followed by a name that nobody else has. */
static const struct {
    const char *type;
    size_t type_len, key_len;
} kinds[] = {
    [NOTE_ED25519] = {"\x01", 1, SEAL_ED25519_KEY},
    [NOTE_COSIGNATURE] = {"\x04", 1, SEAL_ED25519_KEY},
    [NOTE_SM2] = {"\xfftieqiao.sm2-with-sm3.v1", 24, SEAL_SM2_KEY},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

/* --- names --- */

/* White_Space of Unicode. */
static bool is_space(uint32_t code)
{
    return code == 0x20 || code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200A)
        || code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000;
}

bool note_name_fits(struct slice name, struct err *err)
{
    bool fits = name.len > 0 && name.len <= NOTE_NAME && utf8_valid(name) == name.len;
    uint32_t code;

    for (size_t i = 0; fits && i < name.len;) {
        i += utf8_next(name.at + i, &code);
        fits = code >= 0x20 && code != 0x7F && code != '+' && !is_space(code);
    }
    if (fits)
        return true;
    err_set(err, ERR_INVALID, "账本或钥匙的名字不能用");
    return err_hint(err, "写成不带 https:// 的网址，如 jishu.example.gov.cn/log，不能有空格和加号，最多 %d 字节", NOTE_NAME);
}

/* --- key ids --- */

static void id_of(struct note_key *key)
{
    const struct slice parts[] = {slice_of(key->name), {"\n", 1}, {kinds[key->kind].type, kinds[key->kind].type_len},
                                  {(const char *)key->key, kinds[key->kind].key_len}};
    unsigned char hash[SEAL_HASH];

    seal_sha256(parts, sizeof parts / sizeof *parts, hash);
    key->id = (uint32_t)hash[0] << 24 | (uint32_t)hash[1] << 16 | (uint32_t)hash[2] << 8 | hash[3];
}

static bool key_of_secret(struct note_secret *secret, struct err *err)
{
    if (secret->key.kind == NOTE_SM2)
        return seal_sm2_key(secret->secret, secret->key.key, err);
    seal_ed25519_key(secret->secret, secret->key.key);
    return true;
}

bool note_secret_make(struct slice name, enum note_kind kind, const unsigned char bytes[SEAL_SECRET],
                      struct note_secret *made, struct err *err)
{
    *made = (struct note_secret){.key = {.kind = kind}};
    if (!note_name_fits(name, err))
        return false;
    memcpy(made->key.name, name.at, name.len);
    memcpy(made->secret, bytes, SEAL_SECRET);
    if (!key_of_secret(made, err))
        return false;
    id_of(&made->key);
    return true;
}

/* --- as text --- */

static void key_text(const struct note_key *key, const unsigned char *material, size_t len, struct text *out)
{
    unsigned char whole[MATERIAL_MOST];

    memcpy(whole, kinds[key->kind].type, kinds[key->kind].type_len);
    memcpy(whole + kinds[key->kind].type_len, material, len);
    text_print(out, "%s+%08x+", key->name, key->id);
    seal_base64(whole, kinds[key->kind].type_len + len, out);
    seal_wipe(whole, sizeof whole);
}

void note_key_write(const struct note_key *key, struct text *out)
{
    key_text(key, key->key, kinds[key->kind].key_len, out);
}

void note_secret_write(const struct note_secret *secret, struct text *out)
{
    text_puts(out, private_word);
    key_text(&secret->key, secret->secret, SEAL_SECRET, out);
}

static bool id_read(struct slice hex, uint32_t *id)
{
    unsigned char bytes[4];
    char again[ID_HEX + 1];

    if (!seal_unhex(hex, bytes, sizeof bytes))
        return false;
    *id = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    seal_hex(bytes, sizeof bytes, again);
    return slice_is(hex, again); /* small letters alone */
}

/* Which kind the bytes begin with, its key `len` bytes long after that: `public`, or any secret's. */
static bool kind_find(const unsigned char *bytes, size_t len, bool public, enum note_kind *kind)
{
    for (size_t k = 0; k < KINDS; k++)
        if (len == kinds[k].type_len + (public ? kinds[k].key_len : SEAL_SECRET)
            && memcmp(bytes, kinds[k].type, kinds[k].type_len) == 0) {
            *kind = (enum note_kind)k;
            return true;
        }
    return false;
}

/* "name+id+base64"; *material has what follows the type. */
static bool parts_read(struct slice text, bool public, struct note_key *key, unsigned char material[SEAL_SM2_KEY],
                       struct err *err)
{
    unsigned char bytes[MATERIAL_MOST];
    struct slice name, hex;
    size_t len = 0;
    bool ok;

    *key = (struct note_key){.id = 0};
    ok = slice_cut(&text, '+', &name) && slice_cut(&text, '+', &hex) && note_name_fits(name, err) && id_read(hex, &key->id)
         && seal_unbase64(text, bytes, sizeof bytes, &len) && kind_find(bytes, len, public, &key->kind);
    if (ok) {
        memcpy(key->name, name.at, name.len);
        memcpy(material, bytes + kinds[key->kind].type_len, len - kinds[key->kind].type_len);
    }
    seal_wipe(bytes, sizeof bytes);
    return ok || err_set(err, ERR_INVALID, "不是钥匙：应写作 名字+八位十六进制+base64");
}

bool note_key_read(struct slice text, struct note_key *key, struct err *err)
{
    uint32_t said;

    if (!parts_read(slice_trim(text), true, key, key->key, err))
        return false;
    said = key->id;
    id_of(key);
    return said == key->id || err_set(err, ERR_INVALID, "钥匙号 %08x 与钥匙不符，应为 %08x", said, key->id);
}

bool note_secret_read(struct slice text, struct note_secret *secret, struct err *err)
{
    size_t word = sizeof private_word - 1;
    unsigned char material[SEAL_SM2_KEY];
    uint32_t said;
    bool ok;

    text = slice_trim(text);
    *secret = (struct note_secret){.key = {.id = 0}};
    if (text.len < word || memcmp(text.at, private_word, word) != 0)
        return err_set(err, ERR_INVALID, "不是私钥：应以 PRIVATE+KEY+ 开头");
    if (!parts_read((struct slice){text.at + word, text.len - word}, false, &secret->key, material, err))
        return false;
    said = secret->key.id;
    memcpy(secret->secret, material, SEAL_SECRET);
    seal_wipe(material, sizeof material);
    ok = key_of_secret(secret, err);
    if (ok)
        id_of(&secret->key);
    return ok && (said == secret->key.id || err_set(err, ERR_INVALID, "钥匙号 %08x 与钥匙不符，应为 %08x", said, secret->key.id));
}
