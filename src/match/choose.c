/*
 * Which parts to merge: the live ones by size, four of a tier into one of the next; the files by count of documents, eight of a
 * tier into one of the next.
 */
#include <stdlib.h>
#include <unistd.h>

#include "match/fail.h"
#include "match/job.h"
#include "match/score.h"

enum { TIERS = 20, FAN = 4, FAN_FILES = 8, SMALL_BYTES = 1 << 20, SMALL_REBAKE = 8 << 20, STEADY_DOCS = 1024 };
static const uint64_t live_bytes_most = UINT64_C(64) << 20;

static unsigned tier_of(uint64_t size, uint64_t unit, unsigned fan)
{
    unsigned tier = 0;

    for (size /= unit; size >= fan && tier < TIERS - 1; size /= fan)
        tier++;
    return tier;
}

/* So many of a tier are merged; when nobody writes, any two. */
static unsigned fan_of(enum effort effort, unsigned fan)
{
    return effort == EFFORT_IDLE ? 2 : fan;
}

static bool is_free(const struct part *part)
{
    return !part->segment->busy;
}

static void job_begin(struct match_index *index, struct job *job)
{
    job_end(job);
    job->seen = snapshot_hold(index->newest);
    job->taken = calloc(job->seen->count + 1, sizeof *job->taken);
    if (!job->taken)
        abort();
    memcpy(job->pivots, job->seen->pivots, sizeof job->pivots);
    job->log = index->log_base;
    job->applied = index->base_applied;
    job->number = index->log.number;
}

static bool job_take(struct job *job)
{
    for (size_t p = 0; p < job->seen->count; p++)
        if (job->taken[p])
            job->seen->parts[p].segment->busy = true;
    return true;
}

static void to_file(struct match_index *index, struct job *job)
{
    job->to_file = true;
    job->number = index->next_number++;
}

/* --- live parts among themselves --- */

/* A part of an eighth of what becomes a file is left for that: to be merged before would be work for nothing. */
static bool is_small_live(const struct match_index *index, const struct part *part)
{
    return !part->segment->mapped && is_free(part) && part->segment->number == index->log.number
        && 8 * (uint64_t)part->segment->meta->docs < index->options.live_documents;
}

static bool choose_live(struct match_index *index, enum effort effort, struct job *job)
{
    unsigned in_tier[TIERS] = {0};
    uint64_t bytes = 0;

    job_begin(index, job);
    for (size_t p = 0; p < job->seen->count; p++) {
        const struct part *part = &job->seen->parts[p];

        if (is_small_live(index, part))
            in_tier[tier_of(part->segment->size, 16384, FAN)]++;
    }
    for (unsigned tier = 0; tier < TIERS; tier++) {
        if (in_tier[tier] < fan_of(effort, FAN))
            continue;
        for (size_t p = 0; p < job->seen->count; p++) {
            const struct part *part = &job->seen->parts[p];

            job->taken[p] = is_small_live(index, part) && tier_of(part->segment->size, 16384, FAN) <= tier;
            bytes += job->taken[p] ? part->segment->size : 0;
        }
        return (effort != EFFORT_SMALL || bytes <= SMALL_BYTES) && job_take(job);
    }
    return false;
}

/* --- live parts into a file --- */

/* The new log is there before the old one is closed, so that no commit is ever without one. */
static bool turn_log(struct match_index *index, struct job *job, struct match_err *err)
{
    struct log next;
    char name[32];

    if (!log_make(&next, index->folder, index->log.number + 1, err))
        return false;
    if (!log_close(&index->log, err)) {
        log_name(next.number, name);
        log_release(&next);
        unlinkat(index->folder, name, 0);
        return false;
    }
    log_release(&index->log);
    index->log = next;
    job->turned = true;
    job->log = next.number;
    job->applied = job->seen->applied;
    to_file(index, job);
    return true;
}

static void take_all_live(struct job *job)
{
    for (size_t p = 0; p < job->seen->count; p++)
        job->taken[p] = job->taken[p] || !job->seen->parts[p].segment->mapped;
}

static bool choose_flush(struct match_index *index, struct job *job, struct match_err *err)
{
    uint64_t docs = 0, bytes = 0;

    job_begin(index, job);
    for (size_t p = 0; p < job->seen->count; p++) {
        const struct segment *segment = job->seen->parts[p].segment;

        if (segment->busy)
            return false;
        docs += segment->mapped ? 0 : segment->meta->docs;
        bytes += segment->mapped ? 0 : segment->size;
    }
    if (docs < index->options.live_documents && bytes < live_bytes_most && index->log.size < live_bytes_most)
        return false;
    take_all_live(job);
    return turn_log(index, job, err) && job_take(job);
}

static bool has_live(const struct match_snapshot *now)
{
    for (size_t p = 0; p < now->count; p++)
        if (!now->parts[p].segment->mapped)
            return true;
    return false;
}

bool job_choose_live(struct match_index *index, struct job *job, struct match_err *err)
{
    job_begin(index, job);
    if (!has_live(job->seen))
        return match_fail(err, MATCH_OK, "nothing is live");
    take_all_live(job);
    return turn_log(index, job, err) && job_take(job);
}

bool job_choose_none(struct match_index *index, struct job *job, struct match_err *err)
{
    job_begin(index, job);
    return turn_log(index, job, err);
}

/* --- files among themselves --- */

static bool choose_files(struct match_index *index, enum effort effort, struct job *job)
{
    unsigned in_tier[TIERS] = {0};
    size_t unit = index->options.live_documents;

    job_begin(index, job);
    for (size_t p = 0; p < job->seen->count; p++) {
        const struct part *part = &job->seen->parts[p];

        if (!part->segment->mapped || !is_free(part))
            continue;
        in_tier[tier_of(part->segment->meta->docs, unit, FAN_FILES)]++;
        job->taken[p] = 2 * (uint64_t)bitmap_count(part->based) > part->segment->meta->docs;
        if (job->taken[p]) {
            to_file(index, job);
            return job_take(job);
        }
    }
    for (unsigned tier = 0; tier < TIERS; tier++) {
        if (in_tier[tier] < fan_of(effort, FAN_FILES))
            continue;
        for (size_t p = 0; p < job->seen->count; p++)
            job->taken[p] = job->seen->parts[p].segment->mapped && is_free(&job->seen->parts[p])
                && tier_of(job->seen->parts[p].segment->meta->docs, unit, FAN_FILES) <= tier;
        to_file(index, job);
        return job_take(job);
    }
    return false;
}

/* --- baking anew, where a kind's mean length has moved --- */

static bool has_kind(const struct segment *segment, uint32_t kinds)
{
    for (uint32_t w = 0; w < segment->meta->windows; w++)
        if (kinds >> segment->windows[w].kind & 1)
            return true;
    return false;
}

static bool in_files(const struct match_snapshot *now, unsigned kind)
{
    for (size_t p = 0; p < now->count; p++)
        if (now->parts[p].segment->mapped && has_kind(now->parts[p].segment, 1u << kind))
            return true;
    return false;
}

/* A small kind follows its mean step by step, so that its scores depend on its documents alone; a large one lags. */
static bool has_moved(const struct match_snapshot *now, unsigned kind, float *target)
{
    int64_t docs = now->kind_docs[kind], length = now->kind_length[kind];

    *target = score_pivot(length, docs);
    if (docs <= 0 || *target == now->pivots[kind])
        return false;
    return docs < STEADY_DOCS || !in_files(now, kind)
        || fabs(log2((double)length / (double)docs / (double)now->pivots[kind])) > 0.25;
}

static uint32_t moved_kinds(struct job *job)
{
    uint32_t kinds = 0;

    for (unsigned k = 0; k < MATCH_KINDS; k++) {
        float target;

        if (has_moved(job->seen, k, &target)) {
            kinds |= 1u << k;
            job->pivots[k] = target;
        }
    }
    return kinds;
}

static bool choose_rebake(struct match_index *index, bool small, struct job *job, struct match_err *err)
{
    uint64_t bytes = 0;
    bool files = false;
    uint32_t kinds;

    job_begin(index, job);
    kinds = moved_kinds(job);
    for (size_t p = 0; p < job->seen->count && kinds; p++) {
        const struct segment *segment = job->seen->parts[p].segment;

        job->taken[p] = has_kind(segment, kinds);
        files |= job->taken[p] && (segment->mapped || segment->number != index->log.number);
        bytes += job->taken[p] ? segment->size : 0;
        if (segment->busy && job->taken[p])
            return false;
    }
    if (!kinds || (small && (files || bytes > SMALL_REBAKE)))
        return false;
    if (!files)
        return job_take(job);
    if (index->holdoff || index->opening)
        return false;
    take_all_live(job);
    return turn_log(index, job, err) && job_take(job);
}

/* --- vectors anew, where they are of another model --- */

static bool choose_remodel(struct match_index *index, struct job *job)
{
    job_begin(index, job);
    for (size_t p = 0; p < job->seen->count; p++) {
        const struct segment *segment = job->seen->parts[p].segment;

        if (segment->meta->model == model_id(job->seen->model) || segment->busy)
            continue;
        if (segment->mapped && (index->opening || index->holdoff))
            continue;
        if (!segment->mapped && segment->number != index->log.number)
            continue;
        job->taken[p] = true;
        if (segment->mapped)
            to_file(index, job);
        return job_take(job);
    }
    return false;
}

bool job_choose(struct match_index *index, enum effort effort, struct job *job, struct match_err *err)
{
    bool small = effort == EFFORT_SMALL, files = !small && !index->opening && index->holdoff == 0;

    err->code = MATCH_OK;
    if (choose_rebake(index, small, job, err) || (files && err->code == MATCH_OK && choose_flush(index, job, err)))
        return true;
    if (err->code == MATCH_OK && !small && choose_remodel(index, job))
        return true;
    if (err->code == MATCH_OK && (choose_live(index, effort, job) || (files && choose_files(index, effort, job))))
        return true;
    job_end(job);
    return false;
}
