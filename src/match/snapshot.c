#include "match/snapshot.h"

#include <stdlib.h>

#include "match/recall.h"
#include "match/term.h"

struct match_snapshot *snapshot_new(size_t count, struct model *model)
{
    struct match_snapshot *snapshot = calloc(1, sizeof *snapshot + count * sizeof *snapshot->parts);

    if (!snapshot)
        abort();
    atomic_init(&snapshot->holders, 1);
    snapshot->model = model_hold(model);
    return snapshot;
}

struct match_snapshot *snapshot_hold(struct match_snapshot *snapshot)
{
    atomic_fetch_add_explicit(&snapshot->holders, 1, memory_order_relaxed);
    return snapshot;
}

void match_snapshot_end(struct match_snapshot *snapshot)
{
    if (!snapshot || atomic_fetch_sub_explicit(&snapshot->holders, 1, memory_order_acq_rel) != 1)
        return;
    for (size_t p = 0; p < snapshot->count; p++) {
        segment_let_go(snapshot->parts[p].segment);
        bitmap_let_go(snapshot->parts[p].deleted);
        bitmap_let_go(snapshot->parts[p].based);
    }
    model_let_go(snapshot->model);
    recall_let_go(snapshot->recall);
    lexicon_let_go(snapshot->lexicon);
    outside_let_go(snapshot->outside);
    free(snapshot);
}

struct part part_hold(const struct part *part)
{
    return (struct part){segment_hold(part->segment), bitmap_hold(part->deleted), bitmap_hold(part->based)};
}

void snapshot_count(struct match_snapshot *snapshot)
{
    snapshot->has_meaning = snapshot->model != NULL;
    for (size_t p = 0; p < snapshot->count; p++) {
        const struct segment_meta *meta = snapshot->parts[p].segment->meta;
        uint32_t deleted = bitmap_count(snapshot->parts[p].deleted);

        snapshot->has_meaning &= meta->model == model_id(snapshot->model);
        snapshot->documents += meta->docs - deleted;
        snapshot->deleted += deleted;
        snapshot->public_docs += meta->public_docs;
        snapshot->latin_docs += meta->latin_docs;
        for (unsigned k = 0; k < MATCH_KINDS; k++) {
            snapshot->kind_docs[k] += meta->kind_docs[k];
            snapshot->kind_length[k] += meta->kind_length[k];
        }
    }
}

uint64_t match_version(const struct match_snapshot *snapshot)
{
    uint64_t version = term_hash(&snapshot->rating, sizeof snapshot->rating);

    version = term_mix(version ^ recall_id(snapshot->recall));
    version = term_mix(version ^ snapshot->applied);
    version = term_mix(version ^ snapshot->documents);
    version = term_mix(version ^ lexicon_id(snapshot->lexicon));
    version = term_mix(version ^ (snapshot->outside ? snapshot->outside->version : 0));
    return term_mix(version ^ (snapshot->has_meaning ? model_id(snapshot->model) : 0));
}

bool snapshot_find(const struct match_snapshot *snapshot, int64_t id, struct place *place)
{
    for (size_t p = snapshot->count; p-- > 0;) {
        uint32_t doc = segment_doc(snapshot->parts[p].segment, id);

        if (doc != NO_DOC && !bitmap_has(snapshot->parts[p].deleted, doc)) {
            *place = (struct place){p, doc};
            return true;
        }
    }
    return false;
}
