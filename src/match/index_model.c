/* What an index has learned or was given: the files "model", "rating" and "lexicon" in its folder, and how others take their place. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "match/bytes.h"
#include "match/fail.h"
#include "match/index_int.h"
#include "match/recall.h"

enum { COPY_BYTES = 1 << 16 };
#define MODEL_NAME "model"
#define RATING_NAME "rating"
#define LEXICON_NAME "lexicon"

void index_open_model(struct match_index *index)
{
    struct model *model;

    if (faccessat(index->folder, MODEL_NAME, F_OK, 0) != 0)
        return;
    model = model_map(index->folder, MODEL_NAME, &index->model_failure);
    index_show(index, snapshot_new(0, model));
    model_let_go(model);
}

void index_open_rating(struct match_index *index)
{
    struct match_err why;

    index->rating = rate_builtin;
    if (faccessat(index->folder, RATING_NAME, F_OK, 0) == 0
        && !rate_read(index->folder, RATING_NAME, &index->rating, &index->recall, &why))
        index->last_failure = why;
}

void index_open_lexicon(struct match_index *index)
{
    if (faccessat(index->folder, LEXICON_NAME, F_OK, 0) == 0)
        index->lexicon = lexicon_map(index->folder, LEXICON_NAME, &index->lexicon_failure);
}

static bool copy_bytes(int from, int to)
{
    char *bytes = malloc(COPY_BYTES);
    ssize_t len = 0;
    bool good = bytes != NULL;

    while (good && (len = read(from, bytes, COPY_BYTES)) > 0)
        good = bytes_write(to, bytes, (uint64_t)len);
    free(bytes);
    return good && len == 0 && fsync(to) == 0;
}

/* A file from elsewhere into the folder. */
static bool bring_file(const struct match_index *index, const char *file, const char *name, struct match_err *err)
{
    int from = open(file, O_RDONLY | O_CLOEXEC), to = -1;
    bool good;

    if (from >= 0)
        to = openat(index->folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    good = (from >= 0 && to >= 0 && copy_bytes(from, to)) || match_fail_io(err, "copying", file);
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    return good;
}

/* Into the folder as "model.new", verified there. */
static struct model *bring_model(struct match_index *index, const char *file, struct match_err *err)
{
    struct model *model = NULL;

    if (bring_file(index, file, MODEL_NAME ".new", err))
        model = model_map(index->folder, MODEL_NAME ".new", err);
    if (!model)
        unlinkat(index->folder, MODEL_NAME ".new", 0);
    return model;
}

/* NAME.new takes the place of NAME; without `there` none has it. */
static bool place_file(const struct match_index *index, const char *fresh, const char *name, bool there,
                       struct match_err *err)
{
    if (there ? renameat(index->folder, fresh, index->folder, name) == 0
              : unlinkat(index->folder, name, 0) == 0 || errno == ENOENT)
        return fsync(index->folder) == 0 || match_fail_io(err, "syncing", "the folder");
    return match_fail_io(err, "placing", name);
}

/* The same documents under another model. */
static void show_model(struct match_index *index, struct model *model)
{
    const struct match_snapshot *now = index->newest;
    struct match_snapshot *next = snapshot_new(now->count, model);

    for (size_t p = 0; p < now->count; p++)
        next->parts[next->count++] = part_hold(&now->parts[p]);
    memcpy(next->pivots, now->pivots, sizeof next->pivots);
    next->applied = now->applied;
    snapshot_count(next);
    index_show(index, next);
}

bool match_model(struct match_index *index, const char *file, struct match_err *err)
{
    struct model *model = NULL;
    bool good;

    if (!index_may_write(index, err) || (file && !(model = bring_model(index, file, err))))
        return false;
    pthread_mutex_lock(&index->writing);
    good = place_file(index, MODEL_NAME ".new", MODEL_NAME, model != NULL, err);
    if (good) {
        index->model_failure.code = MATCH_OK;
        show_model(index, model);
        merge_inline(index);
        pthread_cond_signal(&index->wanted);
    }
    pthread_mutex_unlock(&index->writing);
    model_let_go(model);
    return good;
}

bool match_rating(struct match_index *index, const char *file, struct match_err *err)
{
    struct rate_model rating = rate_builtin;
    struct recall *recall = NULL;
    bool good;

    if (!index_may_write(index, err))
        return false;
    pthread_mutex_lock(&index->writing);
    good = !file
        || (bring_file(index, file, RATING_NAME ".new", err)
            && rate_read(index->folder, RATING_NAME ".new", &rating, &recall, err));
    good = good && place_file(index, RATING_NAME ".new", RATING_NAME, file != NULL, err);
    if (good) {
        index->rating = rating;
        recall_let_go(index->recall);
        index->recall = recall_hold(recall);
        show_model(index, index->newest->model);
    } else if (file) {
        unlinkat(index->folder, RATING_NAME ".new", 0);
    }
    pthread_mutex_unlock(&index->writing);
    recall_let_go(recall);
    return good;
}

/* Made of the texts, verified in the folder as "lexicon.new". */
static struct lexicon *bring_lexicon(struct match_index *index, const char *const *files, size_t count, bool *same, struct match_err *err)
{
    struct lexicon *lexicon = NULL;

    if (lexicon_make(files, count, index->lexicon, index->folder, LEXICON_NAME ".new", same, err) && !*same)
        lexicon = lexicon_map(index->folder, LEXICON_NAME ".new", err);
    if (!lexicon && !*same)
        unlinkat(index->folder, LEXICON_NAME ".new", 0);
    return lexicon;
}

/* Takes over the lexicon, or NULL. */
static bool use_lexicon(struct match_index *index, struct lexicon *lexicon, struct match_err *err)
{
    bool good = place_file(index, LEXICON_NAME ".new", LEXICON_NAME, lexicon != NULL, err);

    if (good) {
        lexicon_let_go(index->lexicon);
        index->lexicon = lexicon;
        index->lexicon_failure.code = MATCH_OK;
        show_model(index, index->newest->model);
    } else {
        lexicon_let_go(lexicon);
    }
    return good;
}

bool match_lexicon(struct match_index *index, const char *const *files, size_t count, struct match_err *err)
{
    struct lexicon *lexicon = NULL;
    bool same = false, good;

    if (!index_may_write(index, err))
        return false;
    pthread_mutex_lock(&index->writing);
    if (count)
        lexicon = bring_lexicon(index, files, count, &same, err);
    good = same || ((lexicon || count == 0) && use_lexicon(index, lexicon, err));
    pthread_mutex_unlock(&index->writing);
    return good;
}

bool match_vectors(struct match_index *index, uint64_t model, unsigned dims, const struct match_vector *list, size_t count,
                   struct match_err *err)
{
    struct outside *next;

    pthread_mutex_lock(&index->writing);
    next = outside_with(index->outside, model, dims, list, count, err);
    if (next) {
        outside_let_go(index->outside);
        index->outside = next;
        show_model(index, index->newest->model);
    }
    pthread_mutex_unlock(&index->writing);
    return next != NULL;
}
