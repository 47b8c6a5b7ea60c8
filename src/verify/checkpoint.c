/* Checkpoints, and the proofs that lead to them. */
#include "base/clock.h"
#include "verify/verify.h"

enum seal_digest verify_digest(const struct wanted *wanted)
{
    return wanted->key.kind == NOTE_SM2 ? SEAL_SM3 : SEAL_SHA256;
}

bool verify_signed(const struct wanted *wanted, struct slice bytes, struct checkpoint *checkpoint, struct text *said,
                   struct err *err)
{
    struct note note;
    char when[CLOCK_TEXT];

    if (!checkpoint_open(bytes, &wanted->key, checkpoint, err) || !note_read(bytes, &note, err))
        return false;
    text_print(said, "账本 %s 到第 %llu 条为止的检查点，是钥匙 %08x 签的", checkpoint->origin,
               (unsigned long long)checkpoint->size, wanted->key.id);
    for (size_t i = 0; i < wanted->witness_count; i++) {
        uint64_t time_s;

        if (!note_signed(&note, &wanted->witnesses[i], &time_s, err))
            return false;
        text_print(said, "；%s 于 %s 见证", wanted->witnesses[i].name, clock_show_minute((int64_t)time_s * 1000, when));
    }
    return true;
}

bool verify_checkpoint(const struct wanted *wanted, const char *path, struct text *said, struct err *err)
{
    struct checkpoint checkpoint;
    struct text bytes;
    bool ok;

    text_init(&bytes);
    ok = verify_read(path, &bytes, err) && verify_signed(wanted, text_slice(&bytes), &checkpoint, said, err);
    text_release(&bytes);
    return ok;
}

/* --- that a leaf is in it --- */

/* The leaf's hash: given, or of the file that was given, or of the leaf that stands in the proof. */
static bool leaf_of(const struct wanted *wanted, const struct proof_text *proof, unsigned char hash[TREE_HASH], struct err *err)
{
    struct text bytes;
    bool ok;

    if (wanted->hash)
        return seal_unhex(slice_of(wanted->hash), hash, TREE_HASH)
            || err_set(err, ERR_INVALID, "--hash 后面要写 64 位十六进制");
    if (!wanted->leaf) {
        tree_leaf(verify_digest(wanted), (struct slice){(const char *)proof->leaf, proof->leaf_len}, hash);
        return proof->leaf_len > 0 || err_set(err, ERR_INVALID, "证明里没有条目本身，请用 --leaf 或 --hash 给出");
    }
    text_init(&bytes);
    ok = verify_read(wanted->leaf, &bytes, err);
    tree_leaf(verify_digest(wanted), text_slice(&bytes), hash);
    text_release(&bytes);
    return ok;
}

/* What the leaf says of itself is part of what is claimed. */
static bool leaf_says(const struct proof_text *proof, struct text *said, struct err *err)
{
    char when[CLOCK_TEXT];
    struct leaf leaf;

    if (proof->leaf_len == 0)
        return true;
    if (!leaf_read((struct slice){(const char *)proof->leaf, proof->leaf_len}, &leaf, err))
        return false;
    if (leaf.index != proof->number)
        return err_set(err, ERR_CORRUPT, "条目自己写的序号是 %llu，证明的却是第 %llu 条", (unsigned long long)leaf.index,
                       (unsigned long long)proof->number);
    text_print(said, "；这一条：%s %s %s %lld 第 %u 版", clock_show_minute(leaf.time_ms, when), leaf.action, leaf.kind,
               (long long)leaf.object, leaf.version);
    return true;
}

static bool inclusion(const struct wanted *wanted, const struct proof_text *proof, const struct checkpoint *checkpoint,
                      struct text *said, struct err *err)
{
    unsigned char hash[TREE_HASH];

    if (!leaf_of(wanted, proof, hash, err)
        || !tree_included(verify_digest(wanted), hash, proof->number, checkpoint->size, checkpoint->root, &proof->proof, err))
        return false;
    text_print(said, "；第 %llu 条在其中", (unsigned long long)proof->number);
    return leaf_says(proof, said, err);
}

/* --- that it extends another --- */

static bool consistency(const struct wanted *wanted, const struct proof_text *proof, const struct checkpoint *checkpoint,
                        struct text *said, struct err *err)
{
    struct checkpoint old;
    struct text bytes, old_said;
    bool ok;

    if (!wanted->old)
        return err_set(err, ERR_INVALID, "这是一致性证明，请用 --old 给出旧的检查点");
    text_init(&bytes);
    text_init(&old_said);
    ok = verify_read(wanted->old, &bytes, err) && verify_signed(wanted, text_slice(&bytes), &old, &old_said, err)
         && (old.size == proof->number
             || err_set(err, ERR_CORRUPT, "证明从 %llu 条起，旧的检查点却是 %llu 条", (unsigned long long)proof->number,
                        (unsigned long long)old.size))
         && tree_extended(verify_digest(wanted), old.size, old.root, checkpoint->size, checkpoint->root, &proof->proof, err);
    if (ok)
        text_print(said, "；它的前 %llu 条就是旧的检查点，一条没有改", (unsigned long long)old.size);
    text_release(&bytes);
    text_release(&old_said);
    return ok;
}

bool verify_proof(const struct wanted *wanted, const char *path, struct text *said, struct err *err)
{
    struct checkpoint checkpoint;
    struct proof_text proof;
    struct text bytes;
    bool ok;

    text_init(&bytes);
    ok = verify_read(path, &bytes, err) && proof_text_read(text_slice(&bytes), &proof, err)
         && verify_signed(wanted, proof.checkpoint, &checkpoint, said, err)
         && (proof.kind == PROOF_INCLUSION ? inclusion(wanted, &proof, &checkpoint, said, err)
                                           : consistency(wanted, &proof, &checkpoint, said, err));
    text_release(&bytes);
    return ok;
}
