/* Checkpoints, and the texts that carry a proof to one. */
#include <assert.h>
#include <inttypes.h>

#include "ledger/note.h"

static const char proof_head[] = "c2sp.org/tlog-proof@v1";

bool note_number(struct slice text, uint64_t *number)
{
    *number = 0;
    if (text.len == 0 || text.len > 19 || (text.at[0] == '0' && text.len > 1))
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *number = *number * 10 + (uint64_t)(text.at[i] - '0');
    }
    return *number <= TREE_SIZE_MOST;
}

static bool hash_read(struct slice base64, unsigned char hash[TREE_HASH])
{
    size_t len;

    return seal_unbase64(base64, hash, TREE_HASH, &len) && len == TREE_HASH;
}

/* The next line, with its newline taken off; false where there is none that is whole. */
static bool line_take(struct slice *rest, struct slice *line)
{
    const char *end = rest->len ? memchr(rest->at, '\n', rest->len) : NULL;

    if (!end)
        return false;
    *line = (struct slice){rest->at, (size_t)(end - rest->at)};
    *rest = (struct slice){end + 1, rest->len - line->len - 1};
    return true;
}

/* --- checkpoints --- */

void checkpoint_write(const struct checkpoint *checkpoint, struct text *out)
{
    text_print(out, "%s\n%" PRIu64 "\n", checkpoint->origin, checkpoint->size);
    seal_base64(checkpoint->root, TREE_HASH, out);
    text_putc(out, '\n');
}

static bool no_checkpoint(struct err *err, const char *why)
{
    return err_set(err, ERR_CORRUPT, "不是检查点：%s", why);
}

bool checkpoint_read(struct slice text, struct checkpoint *checkpoint, struct err *err)
{
    struct slice origin, size, root, more;

    *checkpoint = (struct checkpoint){.size = 0};
    if (!line_take(&text, &origin) || !line_take(&text, &size) || !line_take(&text, &root))
        return no_checkpoint(err, N_("少于三行"));
    if (origin.len == 0 || origin.len > NOTE_NAME)
        return no_checkpoint(err, N_("第一行应是账本的名字"));
    if (!note_number(size, &checkpoint->size))
        return no_checkpoint(err, N_("第二行应是条数"));
    if (!hash_read(root, checkpoint->root))
        return no_checkpoint(err, N_("第三行应是根的 base64"));
    while (line_take(&text, &more))
        if (more.len == 0)
            return no_checkpoint(err, N_("有空行"));
    memcpy(checkpoint->origin, origin.at, origin.len);
    return true;
}

bool checkpoint_open(struct slice bytes, const struct note_key *key, struct checkpoint *checkpoint, struct err *err)
{
    struct note note;

    return note_read(bytes, &note, err) && note_signed(&note, key, NULL, err) && checkpoint_read(note.text, checkpoint, err)
        && (strcmp(checkpoint->origin, key->name) == 0
            || err_set(err, ERR_CORRUPT, "检查点是另一个账本的：%.200s", checkpoint->origin));
}

/* --- a proof with its checkpoint --- */

void proof_text_write(const struct proof_text *proof, struct text *out)
{
    if (proof->kind == PROOF_INCLUSION) {
        text_print(out, "%s\n", proof_head);
        if (proof->leaf_len > 0) {
            text_puts(out, "extra ");
            seal_base64(proof->leaf, proof->leaf_len, out);
            text_putc(out, '\n');
        }
        text_print(out, "index %" PRIu64 "\n", proof->number);
    } else {
        text_print(out, "old %" PRIu64 "\n", proof->number);
    }
    for (size_t i = 0; i < proof->proof.count; i++) {
        seal_base64(proof->proof.hashes[i], TREE_HASH, out);
        text_putc(out, '\n');
    }
    text_putc(out, '\n');
    text_add_slice(out, proof->checkpoint);
}

static bool no_proof(struct err *err, const char *why)
{
    return err_set(err, ERR_CORRUPT, "不是证明：%s", why);
}

static bool word_number(struct slice line, struct slice word, uint64_t *number)
{
    return line.len > word.len && memcmp(line.at, word.at, word.len) == 0
        && note_number((struct slice){line.at + word.len, line.len - word.len}, number);
}

/* The lines before the hashes. */
static bool head_read(struct slice *rest, struct proof_text *proof, struct err *err)
{
    static const struct slice extra = {"extra ", 6};
    struct slice line;

    if (!line_take(rest, &line))
        return no_proof(err, N_("第一行没有写完"));
    if (word_number(line, SLICE("old "), &proof->number)) {
        proof->kind = PROOF_CONSISTENCY;
        return true;
    }
    proof->kind = PROOF_INCLUSION;
    if (!slice_is(line, proof_head) || !line_take(rest, &line))
        return no_proof(err, N_("第一行应是 c2sp.org/tlog-proof@v1，或 old 和条数"));
    if (line.len > extra.len && memcmp(line.at, extra.at, extra.len) == 0) {
        if (!seal_unbase64((struct slice){line.at + extra.len, line.len - extra.len}, proof->leaf, LEAF_MAX, &proof->leaf_len)
            || !line_take(rest, &line))
            return no_proof(err, N_("extra 一行应是条目的 base64"));
    }
    return word_number(line, SLICE("index "), &proof->number) || no_proof(err, N_("缺少 index 一行"));
}

bool proof_text_read(struct slice bytes, struct proof_text *proof, struct err *err)
{
    struct tree_proof *hashes = &proof->proof;
    struct slice line;

    hashes->count = proof->leaf_len = 0;
    if (!head_read(&bytes, proof, err))
        return false;
    for (;;) {
        if (!line_take(&bytes, &line))
            return no_proof(err, N_("后面没有空行和检查点"));
        if (line.len == 0)
            break;
        if (hashes->count == TREE_PROOF - 1)
            return no_proof(err, N_("散列值太多"));
        if (!hash_read(line, hashes->hashes[hashes->count++]))
            return no_proof(err, N_("有一行不是散列值的 base64"));
    }
    proof->checkpoint = bytes;
    return true;
}
