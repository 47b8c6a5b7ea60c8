/* An evidence pack: its files against its list, its checkpoint, its time stamp, its records. */
#include "verify/pack_int.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/utf8.h"
#include "seal/stamp.h"

/* --- saying --- */

static void say(struct pack *pack, const char *mark, const char *zh, const char *en, va_list args)
{
    char line[1200];

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* both are literals: the callers' attribute sees to it */
    vsnprintf(line, sizeof line, pack->wanted->english ? en : zh, args);
#pragma GCC diagnostic pop
    text_print(pack->said, "%s %s\n", mark, line);
}

void pack_good(struct pack *pack, const char *zh, const char *en, ...)
{
    va_list args;

    va_start(args, en);
    say(pack, "✓", zh, en, args);
    va_end(args);
}

void pack_bad(struct pack *pack, const char *zh, const char *en, ...)
{
    va_list args;

    pack->wrong++;
    va_start(args, en);
    say(pack, "✗", zh, en, args);
    va_end(args);
}

void pack_note(struct pack *pack, const char *zh, const char *en, ...)
{
    va_list args;

    va_start(args, en);
    say(pack, "·", zh, en, args);
    va_end(args);
}

const char *pack_shown(struct slice text, char *buf)
{
    struct slice head = utf8_head(text, 80);
    size_t to = 0;

    for (size_t i = 0; i < head.len && to + 8 < PACK_SHOWN;) {
        uint32_t code;
        size_t len = utf8_next(head.at + i, &code);

        if (code >= 0x20 && (code < 0x7F || code > 0x9F))
            memcpy(buf + to, head.at + i, len), to += len;
        else
            buf[to++] = ' ';
        i += len;
    }
    snprintf(buf + to, PACK_SHOWN - to, "%s", head.len < text.len ? "…" : "");
    return buf;
}

/* --- its files against its list --- */

static bool is_file_listed(const json_t *files, const char *name)
{
    const json_t *file;
    size_t i;

    json_array_foreach(files, i, file)
        if (slice_is(json_member(file, "name"), name))
            return true;
    return false;
}

static bool hash_take(void *arg, struct slice piece, struct err *err)
{
    (void)err;
    seal_sum_add(arg, piece);
    return true;
}

static bool hash_of(struct pack *pack, size_t index, char hex[2 * SEAL_HASH + 1], struct err *err)
{
    struct seal_sum *sum = seal_sum_begin();
    unsigned char hash[SEAL_HASH];
    bool ok = archive_read(pack->archive, index, hash_take, sum, err);

    seal_sum_end(sum, hash);
    seal_hex(hash, SEAL_HASH, hex);
    return ok;
}

static const char files_folder[] = "files/";

static bool is_attachment(const char *name)
{
    return strncmp(name, files_folder, sizeof files_folder - 1) == 0;
}

/* *same counts the files that are as listed. */
static void file_check(struct pack *pack, const json_t *file, size_t *same)
{
    char name[PACK_SHOWN], hex[2 * SEAL_HASH + 1];
    const char *given = json_string_value(json_object_get(file, "name"));
    size_t index = given ? archive_find(pack->archive, given) : SIZE_MAX;
    struct err err;

    pack_shown(slice_of(given ? given : ""), name);
    if (index == SIZE_MAX)
        pack_bad(pack, "缺少文件 %s：清单里有，包里没有", "the file %s is missing: it is listed and not there", name);
    else if (!hash_of(pack, index, hex, &err))
        pack_bad(pack, "文件 %s 读不出来：%s", "the file %s cannot be read: %s", name, verify_why(pack->wanted, &err));
    else if (!slice_is(json_member(file, "sha256"), hex))
        pack_bad(pack, "文件 %s 不是清单里的那一份：被换过或改过", "the file %s is not the one that was listed: it was replaced or changed", name);
    else if (is_attachment(given) && strcmp(given + sizeof files_folder - 1, hex) != 0)
        pack_bad(pack, "附件 %s 的内容不是它名字写的 SHA-256：被换过或改名", "the attachment %s does not hash to its name: it was replaced or renamed", name);
    else
        ++*same;
}

static void files_check(struct pack *pack)
{
    const json_t *files = json_object_get(pack->manifest, "files"), *file;
    char name[PACK_SHOWN];
    size_t i, same = 0;

    if (json_array_size(files) > ARCHIVE_PARTS_MOST) { /* each is looked for among those that are there */
        pack_bad(pack, "manifest.json 列了 %zu 个文件，最多 %d 个", "manifest.json lists %zu files, %d at most", json_array_size(files), ARCHIVE_PARTS_MOST);
        return;
    }
    json_array_foreach(files, i, file)
        file_check(pack, file, &same);
    for (i = 0; i < archive_count(pack->archive); i++) {
        const char *there = archive_name(pack->archive, i);

        if (strcmp(there, "manifest.json") != 0 && !is_file_listed(files, there))
            pack_bad(pack, "多出文件 %s：不在清单里，不知道是谁放的", "there is a further file %s: it is not listed, nobody knows who put it there", pack_shown(slice_of(there), name));
    }
    pack_note(pack, "%zu 个文件与 manifest.json 相符。清单和 pack.pdf 不在账本里：只说明文件没有损坏，内容以下面核对过的记录为准",
              "%zu files are as manifest.json lists them. The list and pack.pdf are not in the ledger: what counts is the records checked below", same);
}

/* --- its checkpoint --- */

static bool key_take(struct pack *pack)
{
    struct slice rest, line;
    struct text text;
    struct err err;
    size_t index;
    bool ok;

    if (pack->wanted->has_key) {
        pack->key = pack->wanted->key;
        return true;
    }
    text_init(&text);
    index = archive_find(pack->archive, "key.txt");
    ok = index != SIZE_MAX && archive_text(pack->archive, index, &text, &err);
    rest = text_slice(&text);
    ok = ok && slice_cut(&rest, '\n', &line) && note_key_read(line, &pack->key, &err);
    text_release(&text);
    if (!ok)
        pack_bad(pack, "没有给公钥，包里的 key.txt 也读不懂", "no key was given, and the pack's own key.txt cannot be read");
    return ok;
}

static void witnesses_check(struct pack *pack)
{
    struct note note;
    char when[CLOCK_TEXT];
    struct err err;

    if (!note_read(text_slice(&pack->note), &note, &err))
        return;
    for (size_t i = 0; i < pack->wanted->witness_count; i++) {
        const struct note_key *witness = &pack->wanted->witnesses[i];
        uint64_t time_s;

        if (note_signed(&note, witness, &time_s, &err))
            pack_good(pack, "见证人 %s 于 %s 在检查点上签了名", "the witness %s signed the checkpoint at %s", witness->name, clock_show_minute((int64_t)time_s * 1000, when));
        else
            pack_bad(pack, "检查点上没有见证人 %s 成立的签名", "the checkpoint bears no signature of the witness %s that holds", witness->name);
    }
}

static void checkpoint_check(struct pack *pack)
{
    size_t index = archive_find(pack->archive, "checkpoint");
    struct err err;

    if (!key_take(pack))
        return;
    if (index == SIZE_MAX || !archive_text(pack->archive, index, &pack->note, &err)) {
        pack_bad(pack, "没有检查点", "there is no checkpoint");
        return;
    }
    if (!checkpoint_open(text_slice(&pack->note), &pack->key, &pack->checkpoint, &err)) {
        pack_bad(pack, "检查点不成立：%s", "the checkpoint does not hold: %s", verify_why(pack->wanted, &err));
        return;
    }
    pack->signed_by_key = true;
    pack_good(pack, "检查点：账本 %s 到第 %llu 条为止，是钥匙 %08x 签的", "checkpoint: the ledger %s up to %llu leaves, signed by the key %08x",
              pack->checkpoint.origin, (unsigned long long)pack->checkpoint.size, pack->key.id);
    witnesses_check(pack);
}

/* --- its time stamp --- */

static bool part_text(struct pack *pack, const char *name, struct text *text)
{
    size_t index = archive_find(pack->archive, name);
    struct err err;

    return index != SIZE_MAX && archive_text(pack->archive, index, text, &err);
}

/* The stamped checkpoint is this log's and ours begins with it. */
static bool stamp_leads_here(struct pack *pack, struct slice note, struct slice proof_bytes, struct checkpoint *stamped)
{
    struct proof_text *proof = malloc(sizeof *proof);
    struct err err;
    bool ok;

    if (!proof)
        abort();
    ok = checkpoint_open(note, &pack->key, stamped, &err) && proof_text_read(proof_bytes, proof, &err) && proof->kind == PROOF_CONSISTENCY
         && proof->number == stamped->size
         && tree_extended(pack->key.kind == NOTE_SM2 ? SEAL_SM3 : SEAL_SHA256, stamped->size, stamped->root, pack->checkpoint.size,
                          pack->checkpoint.root, &proof->proof, &err);
    free(proof);
    return ok;
}

static void stamp_say(struct pack *pack, struct slice reply, struct slice note, const struct checkpoint *stamped)
{
    char when[CLOCK_TEXT];
    int64_t time_ms;
    struct err err;

    if (!seal_stamp_read(reply, note, -1, pack->wanted->ca, &time_ms, &err))
        pack_bad(pack, "时间戳不成立：%s", "the time stamp does not hold: %s", verify_why(pack->wanted, &err));
    else if (pack->wanted->ca)
        pack_good(pack, "信任的时间戳服务证明：账本的前 %llu 条在 %s 已经有了", "a trusted time stamp says that the first %llu leaves were there at %s", (unsigned long long)stamped->size, clock_show_minute(time_ms, when));
    else
        pack_note(pack, "有时间戳，它说账本的前 %llu 条在 %s 已经有了；没有用 --ca 给出信任的证书，没有核对是谁盖的",
                  "there is a time stamp that says the first %llu leaves were there at %s; no --ca was given, so who made it was not checked", (unsigned long long)stamped->size, clock_show_minute(time_ms, when));
}

static void stamp_check(struct pack *pack)
{
    struct text note, reply, proof;
    struct checkpoint stamped;

    if (!pack->signed_by_key || archive_find(pack->archive, "stamp/reply") == SIZE_MAX)
        return;
    text_init(&note);
    text_init(&reply);
    text_init(&proof);
    if (part_text(pack, "stamp/checkpoint", &note) && part_text(pack, "stamp/reply", &reply) && part_text(pack, "stamp/proof", &proof)
        && stamp_leads_here(pack, text_slice(&note), text_slice(&proof), &stamped))
        stamp_say(pack, text_slice(&reply), text_slice(&note), &stamped);
    else
        pack_bad(pack, "时间戳盖的检查点不是这个账本的，或接不到这个检查点", "the stamped checkpoint is not this ledger's, or does not lead to this one");
    text_release(&note);
    text_release(&reply);
    text_release(&proof);
}

/* --- its attachments --- */

/* Each that is there is named by a paper; where there is any, each that a paper names is there. */
static void attachments_check(struct pack *pack)
{
    char name[sizeof files_folder + 2 * SEAL_HASH], shown[PACK_SHOWN];
    size_t there = 0;
    const char *digest;
    json_t *ignored;

    for (size_t i = 0; i < archive_count(pack->archive); i++) {
        const char *file = archive_name(pack->archive, i);

        there += is_attachment(file);
        if (is_attachment(file) && !json_object_get(pack->digests, file + sizeof files_folder - 1))
            pack_bad(pack, "附件 %s 不在任何一份文书里", "no paper names the attachment %s", pack_shown(slice_of(file), shown));
    }
    json_object_foreach(pack->digests, digest, ignored) {
        snprintf(name, sizeof name, "%s%.64s", files_folder, digest);
        if (there && archive_find(pack->archive, name) == SIZE_MAX)
            pack_bad(pack, "缺少附件 %s：文书里有它", "the attachment %s is missing: a paper names it", name);
    }
    if (json_object_size(pack->digests))
        pack_note(pack, "文书里有 %zu 个附件，包里带着 %zu 个；没带的，取来后算出 SHA-256 与上面的记录核对", "the papers name %zu attachments, %zu of them are in the pack; of the others compare the SHA-256 with the records above",
                  json_object_size(pack->digests), there);
}

/* --- all of it --- */

static bool manifest_take(struct pack *pack, struct err *err)
{
    size_t index = archive_find(pack->archive, "manifest.json");
    struct text text;
    bool ok;

    text_init(&text);
    ok = index != SIZE_MAX ? archive_text(pack->archive, index, &text, err) : err_set(err, ERR_INVALID, "不是证据包：没有 manifest.json");
    ok = ok && (pack->manifest = json_read_most(text_slice(&text), PACK_VALUES, err)) != NULL;
    text_release(&text);
    if (!ok)
        return false;
    return slice_is(json_member(pack->manifest, "format"), "tieqiao-pack/1")
        || err_set(err, ERR_INVALID, "不是这个程序认得的证据包：版式不是 tieqiao-pack/1，请用新的 tieqiao-verify");
}

static void head_say(struct pack *pack)
{
    char title[PACK_SHOWN], unit[PACK_SHOWN];

    if (!ident_parse(json_member(pack->manifest, "deal"), &pack->deal))
        pack_bad(pack, "manifest.json 没有写是哪个项目", "manifest.json does not say which deal this is");
    pack_note(pack, "转化项目 %lld《%s》，%s", "deal %lld “%s”, %s", (long long)pack->deal, pack_shown(json_member(pack->manifest, "title"), title),
              pack_shown(json_member(pack->manifest, "unit"), unit));
}

static bool verdict(struct pack *pack, struct err *err)
{
    bool english = pack->wanted->english;

    pack_note(pack, "没有证明的：写下的是真的；第 %zu 版以后又办了什么；是否尽职、是否免责（以有权机关认定为准）",
              "not proved: that what was written is true; what was done after version %zu; due diligence and exemption, which the competent authority decides", pack->step_count);
    if (pack->wrong)
        return english ? err_set(err, ERR_CORRUPT, "%zu things do not hold", pack->wrong) : err_set(err, ERR_CORRUPT, "有 %zu 处不成立", pack->wrong);
    if (!pack->wanted->has_key)
        return err_set(err, ERR_DENIED, "%s", english ? "the pack agrees with itself, by the key inside it: that proves nothing about who made it. Give the ledger's key with --key"
                                                      : "包里前后一致，用的是包里自带的公钥：说明不了是谁做的。请用 --key 给出从别处抄来的公钥");
    return true;
}

static bool pack_check(struct pack *pack, struct err *err)
{
    if (!manifest_take(pack, err))
        return false;
    head_say(pack);
    files_check(pack);
    checkpoint_check(pack);
    stamp_check(pack);
    if (pack->signed_by_key)
        pack_records(pack);
    if (pack->signed_by_key)
        attachments_check(pack);
    return verdict(pack, err);
}

bool verify_pack(const struct wanted *wanted, const char *path, struct text *said, struct err *err)
{
    struct pack pack = {.wanted = wanted, .said = said, .digests = json_object()};
    bool ok;

    text_init(&pack.note);
    ok = archive_open(path, &pack.archive, err) && pack_check(&pack, err);
    archive_close(pack.archive);
    json_decref(pack.manifest);
    json_decref(pack.digests);
    text_release(&pack.note);
    free(pack.steps);
    return ok;
}
