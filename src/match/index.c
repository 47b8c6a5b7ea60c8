#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "match/fail.h"
#include "match/fold.h"
#include "match/index_int.h"
#include "match/manifest.h"
#include "match/recall.h"

enum { LIVE_DEFAULT = 4096, REPLAY_BATCH = 512 };

void index_show(struct match_index *index, struct match_snapshot *snapshot)
{
    struct match_snapshot *old;

    snapshot->rating = index->rating;
    snapshot->recall = recall_hold(index->recall);
    snapshot->lexicon = lexicon_hold(index->lexicon);
    snapshot->outside = outside_hold(index->outside);
    pthread_mutex_lock(&index->showing);
    old = index->newest;
    index->newest = snapshot;
    pthread_mutex_unlock(&index->showing);
    match_snapshot_end(old);
}

struct match_snapshot *match_snapshot(struct match_index *index)
{
    struct match_snapshot *snapshot;

    pthread_mutex_lock(&index->showing);
    snapshot = snapshot_hold(index->newest);
    pthread_mutex_unlock(&index->showing);
    return snapshot;
}

/* --- the manifest --- */

bool index_save(struct match_index *index, const struct match_snapshot *snapshot, uint64_t log, uint64_t applied,
                struct match_err *err)
{
    struct manifest manifest = {log, applied, index->next_number, NULL, 0};
    bool good;

    manifest.parts = calloc(snapshot->count + 1, sizeof *manifest.parts);
    if (!manifest.parts)
        return match_fail(err, MATCH_NO_MEMORY, "no memory for the manifest");
    for (size_t p = 0; p < snapshot->count; p++)
        if (snapshot->parts[p].segment->mapped)
            manifest.parts[manifest.count++] =
                (struct manifest_part){snapshot->parts[p].segment->number, snapshot->parts[p].based};
    good = manifest_write(index->folder, &manifest, err);
    free(manifest.parts);
    if (good) {
        index->log_base = log;
        index->base_applied = applied;
    }
    return good;
}

static bool open_part(struct match_index *index, const struct manifest_part *from, struct part *part,
                      struct match_err *err)
{
    char name[32];

    segment_name(from->number, name);
    part->segment = segment_map(index->folder, name, err);
    if (!part->segment) {
        if (faccessat(index->folder, name, F_OK, 0) != 0)
            match_fail(err, MATCH_CORRUPT, "%s: named in the manifest and missing", name);
        return false;
    }
    part->segment->number = from->number;
    if (from->deleted && from->deleted->bits != part->segment->meta->docs)
        return match_fail(err, MATCH_CORRUPT, "%s: the manifest counts its documents differently", name);
    part->deleted = bitmap_hold(from->deleted);
    part->based = bitmap_hold(from->deleted);
    return true;
}

/* The files of one kind were all baked with one pivot. */
static void take_pivots(struct match_snapshot *first, const struct segment *segment)
{
    for (uint32_t w = 0; w < segment->meta->windows; w++)
        first->pivots[segment->windows[w].kind] = segment->meta->pivots[segment->windows[w].kind];
}

static bool open_parts(struct match_index *index, const struct manifest *manifest, struct match_err *err)
{
    struct match_snapshot *first = snapshot_new(manifest->count, index->newest->model);
    bool good = true;

    for (size_t p = 0; p < manifest->count && good; p++) {
        first->count++;
        good = open_part(index, &manifest->parts[p], &first->parts[p], err);
        if (good)
            take_pivots(first, first->parts[p].segment);
    }
    if (!good) {
        match_snapshot_end(first);
        return false;
    }
    first->applied = manifest->applied;
    snapshot_count(first);
    index_show(index, first);
    index->log_base = manifest->log;
    index->base_applied = manifest->applied;
    index->next_number = manifest->next;
    return true;
}

/* --- the log --- */

struct replay {
    struct match_index *index;
    struct ops ops;
    uint64_t applied;
};

static void replay_put(void *arg, int64_t id, const struct gist *gist)
{
    struct replay *replay = arg;

    ops_add(&replay->ops, id, gist);
}

static bool replay_flush(struct replay *replay, struct match_err *err)
{
    bool good = index_apply(replay->index, &replay->ops, replay->applied, err);

    ops_clear(&replay->ops);
    if (good)
        merge_inline(replay->index);
    return good;
}

/* Small commits are applied together: the outcome is the same, and opening is quick. */
static bool replay_commit(void *arg, uint64_t applied, struct match_err *err)
{
    struct replay *replay = arg;

    replay->applied = applied;
    return replay->ops.count < REPLAY_BATCH || replay_flush(replay, err);
}

static bool replay_log(struct match_index *index, uint64_t number, struct log_end *end, struct match_err *err)
{
    struct replay replay = {.index = index, .applied = index->newest->applied};
    struct log_reader reader = {&replay, replay_put, replay_commit, &replay.ops.arena};
    bool good;

    arena_init(&replay.ops.arena);
    index->log.number = number;
    good = log_replay(index->folder, number, &reader, end, err) && replay_flush(&replay, err);
    arena_release(&replay.ops.arena);
    free(replay.ops.list);
    return good;
}

/* A log that is gone was lost, or the writer has moved on from this manifest: one who reads beside him looks again. */
static bool log_gone(uint64_t number, struct match_err *err)
{
    char name[32];

    log_name(number, name);
    return match_fail(err, MATCH_CORRUPT, "%s: named in the manifest and missing", name);
}

/* Replays the manifest's log and those that follow closed ones, and goes on writing the last. */
static bool open_logs(struct match_index *index, bool has_manifest, struct match_err *err)
{
    uint64_t number = index->log_base;
    struct log_end end;

    for (;;) {
        if (!replay_log(index, number, &end, err))
            return false;
        if (index->options.read_only && has_manifest && !end.there)
            return log_gone(number, err);
        if (!end.closed)
            break;
        number++;
    }
    if (index->options.read_only)
        return true;
    return end.size ? log_reopen(&index->log, index->folder, number, end.size, err)
                    : log_make(&index->log, index->folder, number, err);
}

/* --- the folder --- */

static bool is_wanted(const struct match_index *index, const char *name)
{
    unsigned long long number;
    char rest;

    if (sscanf(name, "seg.%llu%c", &number, &rest) == 1) {
        for (size_t p = 0; p < index->newest->count; p++)
            if (index->newest->parts[p].segment->mapped && index->newest->parts[p].segment->number == number)
                return true;
        return false;
    }
    if (sscanf(name, "log.%llu%c", &number, &rest) == 1)
        return number >= index->log_base && number <= index->log.number;
    return strstr(name, ".new") == NULL;
}

/* Files that a killed process left behind. */
static void sweep(const struct match_index *index)
{
    int copy = openat(index->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = copy < 0 ? NULL : fdopendir(copy);
    const struct dirent *entry;

    while (folder && (entry = readdir(folder)))
        if (!is_wanted(index, entry->d_name))
            unlinkat(index->folder, entry->d_name, 0);
    if (folder)
        closedir(folder);
}

static bool is_ours(const char *name)
{
    return strncmp(name, "seg.", 4) == 0 || strncmp(name, "log.", 4) == 0 || strncmp(name, "manifest", 8) == 0;
}

/* The manifest goes first: without it the rest is no index. */
bool match_remove(const char *folder, struct match_err *err)
{
    int at = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), lock = -1;
    DIR *files = at < 0 ? NULL : fdopendir(at);
    const struct dirent *entry;
    bool good = true;

    if (!files)
        return match_fail_io(err, "opening", folder);
    lock = openat(at, "LOCK", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0)
        good = match_fail(err, MATCH_IO, "%s: another process writes this index", folder);
    if (good && unlinkat(at, "manifest", 0) != 0 && errno != ENOENT)
        good = match_fail_io(err, "removing", "manifest");
    while (good && (entry = readdir(files)))
        if (is_ours(entry->d_name) && unlinkat(at, entry->d_name, 0) != 0 && errno != ENOENT)
            good = match_fail_io(err, "removing", entry->d_name);
    if (lock >= 0)
        close(lock);
    closedir(files);
    return good;
}

static bool has_segments(int folder)
{
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *files = copy < 0 ? NULL : fdopendir(copy);
    const struct dirent *entry;
    bool found = false;

    while (files && (entry = readdir(files)))
        found = found || strncmp(entry->d_name, "seg.", 4) == 0;
    if (files)
        closedir(files);
    return found;
}

static bool open_folder(struct match_index *index, const char *folder, struct match_err *err)
{
    if (!index->options.read_only && mkdir(folder, 0700) != 0 && errno != EEXIST)
        return match_fail_io(err, "making", folder);
    index->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (index->folder < 0)
        return match_fail_io(err, "opening", folder);
    if (index->options.read_only)
        return true;
    index->lock = openat(index->folder, "LOCK", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (index->lock < 0)
        return match_fail_io(err, "opening", "LOCK");
    if (flock(index->lock, LOCK_EX | LOCK_NB) != 0)
        return match_fail(err, MATCH_IO, "%s: another process writes this index", folder);
    return true;
}

static bool open_index(struct match_index *index, struct match_err *err)
{
    struct manifest manifest;
    bool there, good;

    if (!manifest_read(index->folder, &manifest, &there, err)) {
        manifest_release(&manifest);
        return false;
    }
    if (!there && has_segments(index->folder))
        return match_fail(err, MATCH_CORRUPT, "manifest: missing, while there are segments");
    if (!there)
        manifest.log = manifest.next = 1;
    index_open_rating(index);
    index_open_lexicon(index);
    index_open_model(index);
    good = open_parts(index, &manifest, err)
        && (there || index->options.read_only || index_save(index, index->newest, 1, 0, err))
        && open_logs(index, there, err);
    manifest_release(&manifest);
    if (good && !index->options.read_only)
        sweep(index);
    return good;
}

static void index_free(struct match_index *index)
{
    match_snapshot_end(index->newest);
    recall_let_go(index->recall);
    lexicon_let_go(index->lexicon);
    outside_let_go(index->outside);
    log_release(&index->log);
    text_release(&index->body);
    arena_release(&index->pending.arena);
    free(index->pending.list);
    if (index->lock >= 0)
        close(index->lock);
    if (index->folder >= 0)
        close(index->folder);
    pthread_cond_destroy(&index->wanted);
    pthread_cond_destroy(&index->eased);
    pthread_mutex_destroy(&index->writing);
    pthread_mutex_destroy(&index->showing);
    free(index);
}

static struct match_index *index_new(const struct match_options *options)
{
    struct match_index *index = calloc(1, sizeof *index);
    pthread_condattr_t steady;

    if (!index)
        return NULL;
    if (options)
        index->options = *options;
    if (index->options.live_documents == 0)
        index->options.live_documents = LIVE_DEFAULT;
    index->folder = index->lock = index->log.file = -1;
    index->newest = snapshot_new(0, NULL);
    pthread_mutex_init(&index->writing, NULL);
    pthread_mutex_init(&index->showing, NULL);
    pthread_condattr_init(&steady);
    pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
    pthread_cond_init(&index->wanted, &steady);
    pthread_cond_init(&index->eased, &steady);
    pthread_condattr_destroy(&steady);
    text_init(&index->body);
    arena_init(&index->pending.arena);
    return index;
}

static void start_worker(struct match_index *index)
{
    if (index->options.read_only || index->options.merge_threads == 0)
        return;
    index->has_worker = pthread_create(&index->worker, NULL, merge_worker, index) == 0;
}

bool match_open(const char *folder, const struct match_options *options, struct match_index **index,
                struct match_err *err)
{
    struct match_index *made = index_new(options);

    *index = NULL;
    err->code = MATCH_OK;
    err->message[0] = '\0';
    if (!made)
        return match_fail(err, MATCH_NO_MEMORY, "no memory for an index");
    made->opening = true;
    if (!fold_ready()) {
        index_free(made);
        return match_fail(err, MATCH_IO, "OpenCC's table t2s.json is not installed");
    }
    if (!open_folder(made, folder, err) || !open_index(made, err)) {
        index_free(made);
        return false;
    }
    made->opening = false;
    start_worker(made);
    *index = made;
    return true;
}

void match_close(struct match_index *index)
{
    if (!index)
        return;
    if (index->has_worker) {
        pthread_mutex_lock(&index->writing);
        index->stop = true;
        pthread_cond_signal(&index->wanted);
        pthread_mutex_unlock(&index->writing);
        pthread_join(index->worker, NULL);
    }
    index_free(index);
}

/* --- writing --- */

bool index_may_write(const struct match_index *index, struct match_err *err)
{
    return !index->options.read_only || match_fail(err, MATCH_BAD_INPUT, "the index was opened for reading only");
}

bool match_put(struct match_index *index, const struct match_doc *doc, uint64_t leaf, struct match_err *err)
{
    struct gist *gist;

    (void)leaf; /* the commit says how far it goes */
    if (!index_may_write(index, err))
        return false;
    gist = arena_alloc(&index->pending.arena, sizeof *gist);
    if (!gist_make(doc, &index->pending.arena, gist, err))
        return false;
    ops_add(&index->pending, doc->id, gist);
    return true;
}

bool match_drop(struct match_index *index, int64_t id, uint64_t leaf, struct match_err *err)
{
    (void)leaf;
    if (!index_may_write(index, err))
        return false;
    if (id <= 0)
        return match_fail(err, MATCH_BAD_INPUT, "a document's id must be above 0");
    ops_add(&index->pending, id, NULL);
    return true;
}

void match_abandon(struct match_index *index)
{
    ops_clear(&index->pending);
}

static bool log_pending(struct match_index *index, uint64_t applied, struct match_err *err)
{
    const struct ops *ops = &index->pending;

    log_begin(&index->body, applied, (uint32_t)ops->count);
    for (size_t i = 0; i < ops->count; i++) {
        if (ops->list[i].gist)
            log_put(&index->body, ops->list[i].gist);
        else
            log_drop(&index->body, ops->list[i].id);
    }
    return log_append(&index->log, text_slice(&index->body), err);
}

bool match_commit(struct match_index *index, uint64_t applied, struct match_err *err)
{
    bool good;

    if (!index_may_write(index, err))
        return false;
    pthread_mutex_lock(&index->writing);
    if (applied < index->newest->applied)
        good = match_fail(err, MATCH_BAD_INPUT, "applied %llu is behind %llu", (unsigned long long)applied,
                          (unsigned long long)index->newest->applied);
    else if (applied == index->newest->applied && index->pending.count == 0)
        good = true;
    else if (index->pending.count >= index->options.live_documents)
        good = index_apply_to_file(index, &index->pending, applied, err);
    else
        good = log_pending(index, applied, err) && index_apply(index, &index->pending, applied, err);
    if (good) {
        ops_clear(&index->pending);
        index->holdoff -= index->holdoff > 0;
        merge_inline(index);
        pthread_cond_signal(&index->wanted);
        merge_wait(index);
    }
    pthread_mutex_unlock(&index->writing);
    return good;
}

/* The empty manifest is in place before anything is removed. */
static bool clear_all(struct match_index *index, struct match_err *err)
{
    struct match_snapshot *none = snapshot_new(0, index->newest->model);
    struct log next = {.file = -1};

    if (!log_make(&next, index->folder, index->log.number + 1, err)
        || !index_save(index, none, next.number, 0, err)) {
        log_release(&next);
        match_snapshot_end(none);
        return false;
    }
    log_release(&index->log);
    index->log = next;
    index_show(index, none);
    ops_clear(&index->pending);
    sweep(index);
    return true;
}

bool match_clear(struct match_index *index, struct match_err *err)
{
    bool good;

    if (!index_may_write(index, err))
        return false;
    pthread_mutex_lock(&index->writing);
    good = clear_all(index, err);
    pthread_mutex_unlock(&index->writing);
    return good;
}

uint64_t match_applied(const struct match_index *index)
{
    struct match_snapshot *snapshot = match_snapshot((struct match_index *)index);
    uint64_t applied = snapshot->applied;

    match_snapshot_end(snapshot);
    return applied;
}

void match_stats(const struct match_index *index, struct match_stats *stats)
{
    struct match_index *own = (struct match_index *)index;
    struct match_snapshot *snapshot = match_snapshot(own);

    memset(stats, 0, sizeof *stats);
    stats->documents = snapshot->documents;
    stats->deleted = snapshot->deleted;
    stats->segments = snapshot->count;
    for (size_t p = 0; p < snapshot->count; p++) {
        const struct segment *segment = snapshot->parts[p].segment;

        stats->terms += segment->meta->terms;
        stats->postings += segment->meta->postings;
        stats->bytes += segment->size;
        if (snapshot->model && segment->meta->model == model_id(snapshot->model))
            stats->meant += segment->meta->docs - bitmap_count(snapshot->parts[p].deleted);
        if (!segment->mapped)
            stats->live_documents += segment->meta->docs - bitmap_count(snapshot->parts[p].deleted);
    }
    stats->has_model = snapshot->model != NULL;
    if (snapshot->model) {
        stats->model_documents = snapshot->model->head->documents;
        stats->model_when = snapshot->model->head->when;
    }
    stats->vectors = snapshot->outside ? snapshot->outside->documents : 0;
    match_snapshot_end(snapshot);
    pthread_mutex_lock(&own->writing);
    stats->log_bytes = own->log.size;
    stats->failed_merges = own->failed_merges;
    stats->last_failure = own->last_failure;
    stats->model_failure = own->model_failure;
    stats->lexicon_pairs = own->lexicon ? own->lexicon->head->pairs : 0;
    stats->lexicon_failure = own->lexicon_failure;
    pthread_mutex_unlock(&own->writing);
}
