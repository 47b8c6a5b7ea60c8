/* Signing: never what does not extend everything signed before. */
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "work/lease.h"
#include "work/sealer_int.h"

enum { LEASE_MS = 10000 };

static const char lease_name[] = "log seal";

/* --- what was signed before --- */

static bool begins_with(const struct sealer *sealer, enum seal_digest digest, uint64_t size,
                        const unsigned char root[TREE_HASH], const char *said_by, struct err *err)
{
    unsigned char now[TREE_HASH];

    if (size == 0 || size > logbook_size(sealer->book))
        return true;
    if (!logbook_root(sealer->book, digest, size, now, err))
        return false;
#ifdef TQ_TEETH_SEALER_EXTENDS
    return true;
#endif
    return memcmp(now, root, TREE_HASH) == 0
        || err_set(err, ERR_CORRUPT, "账本的前 %llu 条与%s记下的检查点不符，不再签", (unsigned long long)size, said_by);
}

/* What the keys remember: it outlives records that are put back. */
static bool keys_agree(const struct sealer *sealer, const struct sealer_view *view, enum seal_digest digest, struct err *err)
{
    struct checkpoint last;

    if (!log_signed(sealer->city->data, &sealer->keys.secrets[digest].key, &last, err))
        return false;
    if (last.size > view->size) {
        err_set(err, ERR_CORRUPT, "签过 %llu 条的检查点，账本现在只有 %llu 条，不再签", (unsigned long long)last.size,
                (unsigned long long)view->size);
        return err_hint(err, "记录恢复到了从前：请用 tieqiao log new 换一个名字重新开始(docs/ledger.md)");
    }
    return begins_with(sealer, digest, last.size, last.root, N_("钥匙旁"), err)
        || err_hint(err, "记录恢复到了从前：请用 tieqiao log new 换一个名字重新开始(docs/ledger.md)");
}

bool sealer_extends(const struct sealer *sealer, const struct sealer_view *view, struct err *err)
{
    for (size_t t = 0; t < sealer->trees; t++) {
        const struct sealed *last = &view->last[t];

        if (last->size > view->size)
            return err_set(err, ERR_CORRUPT, "签过 %llu 条的检查点，账本现在只有 %llu 条，不再签", (unsigned long long)last->size,
                           (unsigned long long)view->size);
        if (!begins_with(sealer, (enum seal_digest)t, last->size, last->root, N_("库里"), err)
            || (sealer->has_keys && !keys_agree(sealer, view, (enum seal_digest)t, err)))
            return false;
    }
    return true;
}

/* --- the next one --- */

struct sealing {
    const struct sealer *sealer;
    const struct sealer_view *view;
    struct sealed next[LOGBOOK_TREES];
    int64_t now_ms;
};

static bool note_make(const struct note_secret *secret, struct sealed *next, struct err *err)
{
    struct checkpoint checkpoint = {.size = next->size};
    struct text body;
    bool ok;

    text_init(&body);
    memcpy(checkpoint.root, next->root, TREE_HASH);
    snprintf(checkpoint.origin, sizeof checkpoint.origin, "%s", secret->key.name);
    checkpoint_write(&checkpoint, &body);
    text_add_slice(&next->note, text_slice(&body));
    text_putc(&next->note, '\n');
    ok = note_sign(text_slice(&body), secret, 0, &next->note, err);
    text_release(&body);
    return ok;
}

static bool next_make(struct sealing *sealing, enum seal_digest digest, struct err *err)
{
    const struct note_secret *secret = &sealing->sealer->keys.secrets[digest];
    struct sealed *next = &sealing->next[digest];
    struct text key;

    next->size = logbook_size(sealing->sealer->book);
    next->time_ms = sealing->now_ms;
    text_init(&key);
    note_key_write(&secret->key, &key);
    snprintf(next->key, sizeof next->key, "%s", key.at);
    text_release(&key);
    return logbook_root(sealing->sealer->book, digest, next->size, next->root, err) && note_make(secret, next, err);
}

/* It may run twice: all that it writes was made before. */
static bool seal_step(struct sql *sql, void *arg, struct err *err)
{
    const struct sealing *sealing = arg;
    bool held;

    if (!lease_hold(sql, lease_name, sealing->sealer->holder, sealing->now_ms, sealing->now_ms + LEASE_MS, &held, err))
        return false;
    if (!held)
        return err_set(err, ERR_CONFLICT, "另一个进程在签检查点");
    for (size_t t = 0; t < sealing->sealer->trees; t++)
        if (!sealed_move(sql, (enum seal_digest)t, &sealing->view->last[t], &sealing->next[t], err))
            return false;
    return true;
}

static bool leave_step(struct sql *sql, void *arg, struct err *err)
{
    return lease_drop(sql, lease_name, ((const struct sealer *)arg)->holder, err);
}

void sealer_leave(struct sealer *sealer)
{
    struct err ignored;

    if (sealer->holds)
        store_write(sealer->city->store, "", leave_step, sealer, &ignored);
    sealer->holds = false;
}

bool sealer_remember(const struct sealer *sealer, const struct sealed last[LOGBOOK_TREES], struct err *err)
{
    struct checkpoint checkpoints[LOGBOOK_TREES];
    size_t count = 0;

    for (size_t t = 0; t < sealer->trees && sealer->has_keys; t++) {
        struct checkpoint *checkpoint = &checkpoints[count];

        if (last[t].size == 0)
            continue;
        *checkpoint = (struct checkpoint){.size = last[t].size};
        memcpy(checkpoint->root, last[t].root, TREE_HASH);
        snprintf(checkpoint->origin, sizeof checkpoint->origin, "%s", sealer->keys.secrets[t].key.name);
        count++;
    }
    return count == 0 || log_signed_put(sealer->city->data, checkpoints, count, err);
}

static bool sign(struct sealing *sealing, bool *signed_now, struct err *err)
{
    struct sealer *sealer = (struct sealer *)sealing->sealer;

    for (size_t t = 0; t < sealer->trees; t++)
        if (!next_make(sealing, (enum seal_digest)t, err))
            return false;
    if (store_write(sealer->city->store, "", seal_step, sealing, err) != STORE_DONE) {
        *signed_now = false;
        return err->code == ERR_CONFLICT;
    }
    sealer->holds = true;
    if (!sealer_remember(sealer, sealing->next, err))
        return false;
    for (size_t t = 0; t < sealer->trees; t++)
        sealer_publish(sealer, (enum seal_digest)t, &sealing->next[t]);
    *signed_now = true;
    return true;
}

bool sealer_sign(struct sealer *sealer, const struct sealer_view *view, bool *signed_now, struct err *err)
{
    struct sealing sealing = {.sealer = sealer, .view = view, .now_ms = clock_ms()};
    bool ok;

    for (size_t t = 0; t < sealer->trees; t++)
        text_init(&sealing.next[t].note);
    ok = sign(&sealing, signed_now, err);
    for (size_t t = 0; t < sealer->trees; t++)
        text_release(&sealing.next[t].note);
    return ok;
}
