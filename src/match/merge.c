#include <stdlib.h>
#include <unistd.h>

#include "match/fail.h"
#include "match/job.h"
#include "match/manifest.h"
#include "match/write.h"

enum { IDLE_MS = 200, PARTS_MOST = 64, WAIT_MS = 250 };

void job_end(struct job *job)
{
    for (size_t p = 0; job->seen && p < job->seen->count; p++)
        if (job->taken[p])
            job->seen->parts[p].segment->busy = false;
    match_snapshot_end(job->seen);
    free(job->taken);
    segment_let_go(job->made);
    memset(job, 0, sizeof *job);
}

/* What a merge may leave behind of a part. */
static const struct bitmap *purge_of(const struct job *job, const struct part *part)
{
    return part->segment->mapped && !job->turned ? part->based : part->deleted;
}

bool job_build(struct match_index *index, struct job *job, struct match_err *err)
{
    struct arena arena;
    struct plan plan = {.arena = &arena, .model = job->seen->model};
    char name[32];

    arena_init(&arena);
    plan.sources = arena_zero(&arena, job->seen->count + 1, sizeof *plan.sources);
    for (size_t p = 0; p < job->seen->count; p++)
        if (job->taken[p])
            plan.sources[plan.source_count++] = (struct plan_source){
                .segment = job->seen->parts[p].segment, .purge = purge_of(job, &job->seen->parts[p])};
    memcpy(plan.pivots, job->pivots, sizeof plan.pivots);
    plan_make(&plan);
    segment_name(job->number, name);
    job->made = job->to_file ? segment_in_file(&plan, index->folder, name, job->number, err)
                             : segment_in_memory(&plan, job->number, err);
    arena_release(&arena);
    return job->made != NULL;
}

static size_t part_of(const struct match_snapshot *snapshot, const struct segment *segment)
{
    for (size_t p = 0; p < snapshot->count; p++)
        if (snapshot->parts[p].segment == segment)
            return p;
    return SIZE_MAX;
}

/* What was deleted from a source while it was being merged is deleted from the result. */
static void carry(const struct segment *made, const struct part *now, const struct bitmap *purged,
                  struct bitmap **deleted)
{
    for (uint32_t d = 0; d < now->segment->meta->docs && bitmap_count(now->deleted); d++) {
        if (!bitmap_has(now->deleted, d) || bitmap_has(purged, d))
            continue;
        if (!*deleted)
            *deleted = bitmap_new(made->meta->docs);
        bitmap_put(*deleted, segment_doc(made, now->segment->rows[d].id));
    }
}

/* A part that stays: after the log was turned, its base is where it stood then. */
static struct part stay(const struct job *job, const struct part *now)
{
    struct part part = part_hold(now);
    size_t seen = part_of(job->seen, now->segment);

    if (job->turned && now->segment->mapped && seen != SIZE_MAX) {
        bitmap_let_go(part.based);
        part.based = bitmap_hold(job->seen->parts[seen].deleted);
    }
    return part;
}

/* The next snapshot; NULL: a source is gone. */
static struct match_snapshot *replace(const struct match_snapshot *now, const struct job *job)
{
    struct match_snapshot *next = snapshot_new(now->count + 1, now->model);
    struct part made = {segment_hold(job->made), NULL, NULL};

    for (size_t p = 0; p < job->seen->count; p++) {
        const struct part *seen = &job->seen->parts[p];
        size_t at = part_of(now, seen->segment);

        if (!job->taken[p])
            continue;
        if (at == SIZE_MAX)
            goto gone;
        carry(job->made, &now->parts[at], purge_of(job, seen), &made.deleted);
    }
    for (size_t p = 0; p < now->count; p++) {
        size_t seen = part_of(job->seen, now->parts[p].segment);

        if (seen == SIZE_MAX || !job->taken[seen])
            next->parts[next->count++] = stay(job, &now->parts[p]);
    }
    next->parts[next->count++] = made;
    memcpy(next->pivots, now->pivots, sizeof next->pivots);
    next->applied = now->applied;
    return next;
gone:
    bitmap_let_go(made.deleted);
    segment_let_go(made.segment);
    match_snapshot_end(next);
    return NULL;
}

static bool is_baked(const struct segment *segment, const float pivots[MATCH_KINDS])
{
    for (uint32_t w = 0; w < segment->meta->windows; w++)
        if (segment->meta->pivots[segment->windows[w].kind] != pivots[segment->windows[w].kind])
            return false;
    return true;
}

/* Live parts that came while pivots moved are baked with the new ones: there are few. */
static bool rebake_newer(struct match_snapshot *next, const struct job *job, struct match_err *err)
{
    for (size_t p = 0; p < next->count; p++) {
        struct part *part = &next->parts[p];
        struct plan_source source = {.segment = part->segment};
        struct arena arena;
        struct plan plan = {.arena = &arena, .sources = &source, .source_count = 1,
                            .model = next->model};
        struct segment *baked;

        if (part->segment->mapped || is_baked(part->segment, job->pivots))
            continue;
        arena_init(&arena);
        memcpy(plan.pivots, job->pivots, sizeof plan.pivots);
        plan_make(&plan);
        baked = segment_in_memory(&plan, part->segment->number, err);
        arena_release(&arena);
        if (!baked)
            return false;
        segment_let_go(part->segment);
        part->segment = baked;
    }
    return true;
}

void logs_remove(const struct match_index *index, uint64_t from)
{
    char name[32];

    for (uint64_t log = from; log < index->log_base; log++) {
        log_name(log, name);
        unlinkat(index->folder, name, 0);
    }
}

static void remove_files(const struct match_index *index, const struct job *job)
{
    char name[32];

    for (size_t p = 0; p < job->seen->count; p++)
        if (job->taken[p] && job->seen->parts[p].segment->mapped) {
            segment_name(job->seen->parts[p].segment->number, name);
            unlinkat(index->folder, name, 0);
        }
}

static bool finish(struct match_index *index, struct job *job, struct match_snapshot *next, struct match_err *err)
{
    uint64_t old_log = index->log_base;

    if (memcmp(job->pivots, index->newest->pivots, sizeof job->pivots) != 0) {
        for (unsigned k = 0; k < MATCH_KINDS; k++)
            if (job->pivots[k] != job->seen->pivots[k])
                next->pivots[k] = job->pivots[k];
        memcpy(job->pivots, next->pivots, sizeof job->pivots);
        if (memcmp(next->pivots, index->newest->pivots, sizeof next->pivots) != 0 && !rebake_newer(next, job, err))
            return false;
    }
    snapshot_count(next);
    if (job->to_file && !index_save(index, next, job->log, job->applied, err))
        return false;
    index_show(index, snapshot_hold(next));
    if (job->to_file) {
        remove_files(index, job);
        logs_remove(index, old_log);
    }
    return true;
}

bool job_install(struct match_index *index, struct job *job, struct match_err *err)
{
    struct match_snapshot *next = replace(index->newest, job);
    char name[32];
    bool good;

    if (!next)
        return match_fail(err, MATCH_OK, "the parts are gone");
    good = finish(index, job, next, err);
    match_snapshot_end(next);
    if (!good && job->to_file) {
        segment_name(job->number, name);
        unlinkat(index->folder, name, 0);
    }
    return good;
}

static void note_failure(struct match_index *index, const struct match_err *err)
{
    if (err->code == MATCH_OK) /* nothing was to be done, or the parts are gone */
        return;
    index->failed_merges++;
    index->last_failure = *err;
    index->holdoff = 64;
}

void merge_inline(struct match_index *index)
{
    enum effort effort = index->has_worker ? EFFORT_SMALL : EFFORT_USUAL;
    struct job job = {0};
    struct match_err err = {0};

    while (job_choose(index, effort, &job, &err))
        if (!job_build(index, &job, &err) || !job_install(index, &job, &err))
            break;
    note_failure(index, &err);
    job_end(&job);
}

/* One job, the building without the lock. false: there was none, or it failed. */
static bool work_once(struct match_index *index, enum effort effort)
{
    struct job job = {0};
    struct match_err err;
    bool good = job_choose(index, effort, &job, &err);

    if (good) {
        pthread_mutex_unlock(&index->writing);
        good = job_build(index, &job, &err);
        pthread_mutex_lock(&index->writing);
        good = good && job_install(index, &job, &err);
    }
    note_failure(index, &err);
    job_end(&job);
    pthread_cond_broadcast(&index->eased);
    return good;
}

/* true: it came; false: not for so long. */
static bool wait_for(struct match_index *index, pthread_cond_t *condition, long milliseconds)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += milliseconds * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    return pthread_cond_timedwait(condition, &index->writing, &until) == 0;
}

static bool is_busy(const struct match_snapshot *now)
{
    for (size_t p = 0; p < now->count; p++)
        if (now->parts[p].segment->busy)
            return true;
    return false;
}

void merge_await(struct match_index *index)
{
    while (index->has_worker && is_busy(index->newest))
        wait_for(index, &index->eased, WAIT_MS);
}

void merge_wait(struct match_index *index)
{
    bool waiting = index->has_worker && index->holdoff == 0;

    while (waiting && index->newest->count > PARTS_MOST)
        waiting = wait_for(index, &index->eased, WAIT_MS);
}

void *merge_worker(void *at)
{
    struct match_index *index = at;

    pthread_mutex_lock(&index->writing);
    while (!index->stop) {
        if (work_once(index, EFFORT_USUAL) || index->stop || wait_for(index, &index->wanted, IDLE_MS))
            continue;
        while (!index->stop && work_once(index, EFFORT_IDLE))
            ;
        if (!index->stop)
            pthread_cond_wait(&index->wanted, &index->writing);
    }
    pthread_mutex_unlock(&index->writing);
    return NULL;
}
