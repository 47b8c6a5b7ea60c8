#include <stdlib.h>
#include <unistd.h>

#include "match/job.h"
#include "match/manifest.h"
#include "match/score.h"
#include "match/write.h"

void ops_add(struct ops *ops, int64_t id, const struct gist *gist)
{
    if (ops->count == ops->room) {
        ops->room = ops->room * 2 + 64;
        ops->list = realloc(ops->list, ops->room * sizeof *ops->list);
        if (!ops->list)
            abort();
    }
    ops->list[ops->count++] = (struct op){id, gist};
}

void ops_clear(struct ops *ops)
{
    ops->count = 0;
    arena_reset(&ops->arena);
}

/* A batch while it is applied. */
struct batch {
    struct arena arena;
    const struct gist **gists;
    struct plan_gone *gone;
    size_t gist_count, gone_count, parts;
    struct bitmap **deleted; /* a part: its new set of deleted documents, or NULL where nothing changed */
};

struct ranked {
    int64_t id;
    size_t order;
    const struct gist *gist;
};

static int by_id_and_order(const void *left, const void *right)
{
    const struct ranked *a = left, *b = right;

    if (a->id != b->id)
        return a->id < b->id ? -1 : 1;
    return a->order < b->order ? -1 : a->order > b->order;
}

static void remove_old(struct batch *batch, const struct match_snapshot *now, int64_t id)
{
    struct place place;
    const struct part *part;

    if (!snapshot_find(now, id, &place))
        return;
    part = &now->parts[place.part];
    if (!batch->deleted[place.part])
        batch->deleted[place.part] = bitmap_copy(part->deleted, part->segment->meta->docs);
    bitmap_put(batch->deleted[place.part], place.doc);
    batch->gone[batch->gone_count++] = (struct plan_gone){part->segment, place.doc};
}

static void sort_ops(struct batch *batch, const struct match_snapshot *now, const struct ops *ops)
{
    struct ranked *ranked = arena_alloc(&batch->arena, (ops->count + 1) * sizeof *ranked);

    for (size_t i = 0; i < ops->count; i++)
        ranked[i] = (struct ranked){ops->list[i].id, i, ops->list[i].gist};
    qsort(ranked, ops->count, sizeof *ranked, by_id_and_order);
    batch->gists = arena_alloc(&batch->arena, (ops->count + 1) * sizeof *batch->gists);
    batch->gone = arena_alloc(&batch->arena, (ops->count + 1) * sizeof *batch->gone);
    batch->deleted = arena_zero(&batch->arena, now->count + 1, sizeof *batch->deleted);
    for (size_t i = 0; i < ops->count; i++) {
        if (i + 1 < ops->count && ranked[i + 1].id == ranked[i].id)
            continue;
        remove_old(batch, now, ranked[i].id);
        if (ranked[i].gist)
            batch->gists[batch->gist_count++] = ranked[i].gist;
    }
}

static bool kind_is_there(const struct match_snapshot *now, unsigned kind)
{
    for (size_t p = 0; p < now->count; p++)
        for (uint32_t w = 0; w < now->parts[p].segment->meta->windows; w++)
            if (now->parts[p].segment->windows[w].kind == kind)
                return true;
    return false;
}

/* A kind that nobody has seen takes its pivot from its first batch; otherwise merge.c moves it. */
static void choose_pivots(const struct match_snapshot *now, const struct batch *batch, float pivots[MATCH_KINDS])
{
    int64_t docs[MATCH_KINDS] = {0}, length[MATCH_KINDS] = {0};

    for (size_t g = 0; g < batch->gist_count; g++) {
        const struct gist *gist = batch->gists[g];

        if (gist->level == MATCH_PUBLIC) {
            docs[gist->kind]++;
            length[gist->kind] += gist->levels[0].length;
        }
    }
    for (unsigned k = 0; k < MATCH_KINDS; k++) {
        pivots[k] = now->pivots[k];
        if (pivots[k] == 0 || (docs[k] && !kind_is_there(now, k)))
            pivots[k] = score_pivot(length[k], docs[k]);
    }
}

/* file: its name, or NULL: in memory. */
static struct segment *make_part(struct match_index *index, struct batch *batch, const float pivots[MATCH_KINDS],
                                 const char *file, uint64_t number, struct match_err *err)
{
    struct plan plan = {.arena = &batch->arena, .gists = batch->gists, .gist_count = batch->gist_count,
                        .gone = batch->gone, .gone_count = batch->gone_count, .model = index->newest->model};

    memcpy(plan.pivots, pivots, sizeof plan.pivots);
    plan_make(&plan);
    return file ? segment_in_file(&plan, index->folder, file, number, err) : segment_in_memory(&plan, number, err);
}

/* With its counts; made may be NULL. */
static struct match_snapshot *next_snapshot(const struct match_snapshot *now, struct batch *batch, struct segment *made,
                                            const float pivots[MATCH_KINDS], uint64_t applied)
{
    struct match_snapshot *next = snapshot_new(now->count + 1, now->model);

    for (size_t p = 0; p < now->count; p++) {
        struct part part = part_hold(&now->parts[p]);

        if (batch->deleted[p]) {
            bitmap_let_go(part.deleted);
            part.deleted = batch->deleted[p];
            batch->deleted[p] = NULL;
        }
        next->parts[next->count++] = part;
    }
    if (made)
        next->parts[next->count++] = (struct part){made, NULL, NULL};
    memcpy(next->pivots, pivots, sizeof next->pivots);
    next->applied = applied;
    snapshot_count(next);
    return next;
}

static bool apply_batch(struct match_index *index, struct batch *batch, uint64_t applied, struct match_err *err)
{
    const struct match_snapshot *now = index->newest;
    struct segment *made = NULL;
    float pivots[MATCH_KINDS];

    choose_pivots(now, batch, pivots);
    if (batch->gist_count || batch->gone_count) {
        made = make_part(index, batch, pivots, NULL, index->log.number, err);
        if (!made)
            return false;
    }
    index_show(index, next_snapshot(now, batch, made, pivots, applied));
    return true;
}

static void batch_begin(struct batch *batch, const struct match_index *index, const struct ops *ops)
{
    *batch = (struct batch){.parts = index->newest->count};
    arena_init(&batch->arena);
    sort_ops(batch, index->newest, ops);
}

static void batch_end(struct batch *batch)
{
    for (size_t p = 0; p < batch->parts; p++)
        bitmap_let_go(batch->deleted[p]);
    arena_release(&batch->arena);
}

bool index_apply(struct match_index *index, struct ops *ops, uint64_t applied, struct match_err *err)
{
    struct batch batch;
    bool good;

    batch_begin(&batch, index, ops);
    good = apply_batch(index, &batch, applied, err);
    batch_end(&batch);
    return good;
}

/* --- straight into a file --- */

/* What is live so far goes first: the file must not be older than what is in the log. */
static bool flush_live(struct match_index *index, struct match_err *err)
{
    struct job job = {0};
    bool good;

    merge_await(index);
    err->code = MATCH_OK;
    good = job_choose_live(index, &job, err) ? job_build(index, &job, err) && job_install(index, &job, err)
                                             : err->code == MATCH_OK;
    job_end(&job);
    return good;
}

/* What the manifest is to say of the parts: there is no log that deletes anything again. */
static void base_parts(struct match_snapshot *next)
{
    for (size_t p = 0; p < next->count; p++) {
        bitmap_let_go(next->parts[p].based);
        next->parts[p].based = bitmap_hold(next->parts[p].deleted);
    }
}

static bool file_batch(struct match_index *index, struct batch *batch, const struct job *job, uint64_t applied, struct match_err *err)
{
    uint64_t old_log = index->log_base;
    struct match_snapshot *next;
    struct segment *made;
    float pivots[MATCH_KINDS];
    char name[32];
    bool good;

    choose_pivots(index->newest, batch, pivots);
    segment_name(job->number, name);
    made = make_part(index, batch, pivots, name, job->number, err);
    if (!made)
        return false;
    next = next_snapshot(index->newest, batch, made, pivots, applied);
    base_parts(next);
    good = index_save(index, next, job->log, applied, err);
    if (good) {
        index_show(index, next);
        logs_remove(index, old_log);
    } else {
        match_snapshot_end(next);
        unlinkat(index->folder, name, 0);
    }
    return good;
}

bool index_apply_to_file(struct match_index *index, struct ops *ops, uint64_t applied, struct match_err *err)
{
    struct job job = {0};
    struct batch batch;
    bool good;

    if (!flush_live(index, err))
        return false;
    batch_begin(&batch, index, ops);
    good = job_choose_none(index, &job, err) && file_batch(index, &batch, &job, applied, err);
    batch_end(&batch);
    job_end(&job);
    return good;
}
