/*
 * What others verify the ledger by, in the layout of C2SP tlog-tiles: /log/checkpoint, /log/tile/…, /log/key, and the same below
 * /log/sm3 for the twin tree. Leaf hashes are for everybody; the leaves themselves, from which one could tell which changes one
 * account made, are for auditors (/log/tile/entries/…).
 *
 * GET /log/proof?leaf=N: that leaf N is under the newest checkpoint. As text (c2sp.org/tlog-proof@v1) or, for programs,
 * {"proof": {leaf, size, hash, checkpoint, text}}; with the leaf's own bytes for auditors and for who wrote it.
 */
#include "base/json.h"
#include "ledger/logbook.h"
#include "web/handlers.h"
#include "work/log_key.h"
#include "work/sealer.h"
#include "work/stamper.h"

static const char tlog_tile[] = "application/octet-stream", plain[] = "text/plain; charset=utf-8";
static const char for_ever[] = "public, max-age=31536000, immutable";

static bool send_bytes(struct request *request, const char *type, const char *keep, struct slice bytes)
{
    request->exchange->reply_type = slice_of(type);
    request->keep = keep;
    text_add_slice(&request->exchange->reply, bytes);
    return true;
}

static enum seal_digest tree_of(const struct request *request)
{
    static const struct slice twin = {"/log/sm3/", 9};

    return request->path.len > twin.len && memcmp(request->path.at, twin.at, twin.len) == 0 ? SEAL_SM3 : SEAL_SHA256;
}

static bool nothing_signed(struct err *err)
{
    err_set(err, ERR_MISSING, "账本还没有签过检查点");
    return err_hint(err, "有写入之后约一秒签一次，请稍后再试");
}

/* --- the log as files --- */

bool log_checkpoint_get(struct request *request, struct err *err)
{
    uint64_t size;

    if (!sealer_checkpoint(request->web->city->sealer, tree_of(request), &request->exchange->reply, &size))
        return nothing_signed(err);
    return send_bytes(request, plain, "public, max-age=1", SLICE(""));
}

/* What follows "…/tile/" in the path. */
static struct slice tile_name(const struct request *request, const char *before)
{
    const char *at = memmem(request->path.at, request->path.len, before, strlen(before));
    size_t skip = at ? (size_t)(at - request->path.at) + strlen(before) : request->path.len;

    return (struct slice){request->path.at + skip, request->path.len - skip};
}

static bool no_tile(struct err *err)
{
    return err_set(err, ERR_MISSING, "没有这一块") || err_hint(err, "从 /log/checkpoint 的条数算出有哪些块(C2SP tlog-tiles)");
}

bool log_tile_get(struct request *request, struct err *err)
{
    unsigned char hashes[TREE_TILE][TREE_HASH];
    char folder[LOGBOOK_PATH];
    unsigned level, width;
    uint64_t index;
    struct err why;

    logbook_folder(request->web->city->data, tree_of(request), folder);
    if (!tree_tile_named(tile_name(request, "/tile/"), &level, &index, &width)
        || !tiles_read(folder, level, index, width, hashes, &why))
        return no_tile(err);
    return send_bytes(request, tlog_tile, for_ever, (struct slice){(const char *)hashes, (size_t)width * TREE_HASH});
}

static bool entry_add(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg, struct err *err)
{
    (void)index, (void)hash, (void)err;
    text_putc(arg, (char)(bytes.len >> 8));
    text_putc(arg, (char)bytes.len);
    text_add_slice(arg, bytes);
    return true;
}

bool log_entries_get(struct request *request, struct err *err)
{
    static const struct object ledger = {.kind = NULL};
    uint64_t index, size;
    unsigned width;

    if (!may(&request->actor, ACT_LEDGER, &ledger, err))
        return false;
    if (!tree_place_named(tile_name(request, "/entries/"), &index, &width))
        return no_tile(err);
    if (!ledger_size(request->sql, &size, err))
        return false;
    if (tree_tile_width(size, 0, index) < width)
        return no_tile(err);
    request->exchange->reply_type = slice_of(tlog_tile);
    request->keep = "private, max-age=31536000, immutable";
    return ledger_bytes(request->sql, index * TREE_TILE, width, entry_add, &request->exchange->reply, err);
}

bool log_key_get(struct request *request, struct err *err)
{
    struct text *reply = &request->exchange->reply;

    if (!sealer_keys(request->web->city->sealer, reply))
        return nothing_signed(err);
    return send_bytes(request, plain, "public, max-age=60", SLICE(""));
}

/* The newest time stamp from outside: what was stamped, and the reply. */
bool log_stamp_get(struct request *request, struct err *err)
{
    bool reply = slice_is(request->path, "/log/stamp/reply"), ok;
    struct stamped stamped;

    ok = stamped_newest(request->sql, &stamped, err)
         && (stamped.time_ms > 0 || err_set(err, ERR_MISSING, "检查点还没有盖过外面的时间戳"));
    if (ok)
        send_bytes(request, reply ? "application/timestamp-reply" : plain, "public, max-age=60",
                   text_slice(reply ? &stamped.reply : &stamped.note));
    text_release(&stamped.note);
    text_release(&stamped.reply);
    return ok;
}

/* --- a proof --- */

struct asked {
    struct proof_text proof;
    uint64_t size;
    unsigned char hash[TREE_HASH];
    struct text note;
};

static bool leaf_bytes(uint64_t index, struct slice bytes, const unsigned char hash[LEAF_HASH], void *arg, struct err *err)
{
    struct asked *asked = arg;

    (void)index, (void)err;
    memcpy(asked->hash, hash, TREE_HASH);
    memcpy(asked->proof.leaf, bytes.at, bytes.len < LEAF_MAX ? bytes.len : 0);
    asked->proof.leaf_len = bytes.len < LEAF_MAX ? bytes.len : 0;
    return true;
}

/* An auditor, or who wrote it: to others its bytes would tell which changes one account made. */
static bool may_see_leaf(const struct request *request, const struct asked *asked)
{
    static const struct object ledger = {.kind = NULL};
    struct leaf leaf;
    struct err no;

#ifdef TQ_TEETH_LOG_LEAF
    return true;
#endif
    if (may(&request->actor, ACT_LEDGER, &ledger, &no))
        return true;
    return request->signed_in && leaf_read((struct slice){(const char *)asked->proof.leaf, asked->proof.leaf_len}, &leaf, &no)
        && memcmp(leaf.actor, request->actor.pseudonym, LEAF_ACTOR) == 0;
}

/* Out of the tiles of the newest checkpoint. */
static bool prove(struct request *request, struct asked *asked, struct err *err)
{
    struct tree_source *source = arena_zero(request->arena, 1, sizeof *source);
    char folder[LOGBOOK_PATH];

    logbook_folder(request->web->city->data, SEAL_SHA256, folder);
    *source = (struct tree_source){.size = asked->size, .read = tiles_source, .arg = folder};
    return tree_include(source, asked->proof.number, asked->size, &asked->proof.proof, err);
}

static bool find(struct request *request, struct asked *asked, struct err *err)
{
    uint64_t leaf;

    if (!note_number(request_value(request, "leaf"), &leaf)) {
        err_set(err, ERR_INVALID, "没有说要第几条的证明");
        return err_hint(err, "写成 /log/proof?leaf=5：历史里每一行都有它的序号");
    }
    if (!sealer_checkpoint(request->web->city->sealer, SEAL_SHA256, &asked->note, &asked->size))
        return nothing_signed(err);
    if (leaf >= asked->size) {
        err_set(err, ERR_MISSING, "最新的检查点还没有第 %llu 条", (unsigned long long)leaf);
        return err_hint(err, "刚写入的约一秒后签进检查点，请稍后再试");
    }
    asked->proof.number = leaf;
    asked->proof.checkpoint = text_slice(&asked->note);
    if (!ledger_bytes(request->sql, leaf, 1, leaf_bytes, asked, err) || !prove(request, asked, err))
        return false;
    if (!may_see_leaf(request, asked))
        asked->proof.leaf_len = 0;
    return true;
}

static json_t *proof_json(const struct asked *asked, const struct text *text)
{
    json_t *document = json_object(), *proof = json_object();
    char hex[2 * TREE_HASH + 1];

    seal_hex(asked->hash, TREE_HASH, hex);
    json_object_set_new_nocheck(proof, "leaf", json_integer((json_int_t)asked->proof.number));
    json_object_set_new_nocheck(proof, "size", json_integer((json_int_t)asked->size));
    json_put(proof, "hash", slice_of(hex));
    json_put(proof, "checkpoint", asked->proof.checkpoint);
    json_put(proof, "text", text_slice(text));
    json_object_set_new_nocheck(document, "proof", proof);
    return document;
}

bool log_proof_get(struct request *request, struct err *err)
{
    struct asked *asked = arena_zero(request->arena, 1, sizeof *asked);
    struct text text;
    bool ok;

    text_init(&asked->note);
    text_init(&text);
    ok = find(request, asked, err);
    if (ok) {
        proof_text_write(&asked->proof, &text);
        ok = request->api ? request_page(request, NULL, proof_json(asked, &text))
                          : send_bytes(request, plain, "no-store", text_slice(&text));
    }
    text_release(&asked->note);
    text_release(&text);
    return ok;
}
