/* The model of an index: the file "model" in its folder, and how another takes its place. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "match/fail.h"
#include "match/index_int.h"

enum { COPY_BYTES = 1 << 16 };
#define MODEL_NAME "model"

void index_open_model(struct match_index *index)
{
    struct model *model;

    if (faccessat(index->folder, MODEL_NAME, F_OK, 0) != 0)
        return;
    model = model_map(index->folder, MODEL_NAME, &index->model_failure);
    index_show(index, snapshot_new(0, model));
    model_let_go(model);
}

static bool copy_bytes(int from, int to)
{
    char *bytes = malloc(COPY_BYTES);
    ssize_t len = 0;
    bool good = bytes != NULL;

    while (good && (len = read(from, bytes, COPY_BYTES)) > 0)
        for (ssize_t done = 0, n; good && done < len; done += n) {
            n = write(to, bytes + done, (size_t)(len - done));
            good = n > 0;
        }
    free(bytes);
    return good && len == 0 && fsync(to) == 0;
}

/* Into the folder as "model.new", verified there. */
static struct model *bring_model(struct match_index *index, const char *file, struct match_err *err)
{
    int from = open(file, O_RDONLY | O_CLOEXEC), to = -1;
    struct model *model = NULL;

    if (from >= 0)
        to = openat(index->folder, MODEL_NAME ".new", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (from < 0 || to < 0 || !copy_bytes(from, to))
        match_fail_io(err, "copying", file);
    else
        model = model_map(index->folder, MODEL_NAME ".new", err);
    if (from >= 0)
        close(from);
    if (to >= 0)
        close(to);
    if (!model)
        unlinkat(index->folder, MODEL_NAME ".new", 0);
    return model;
}

static bool place_model(struct match_index *index, const struct model *model, struct match_err *err)
{
    if (model ? renameat(index->folder, MODEL_NAME ".new", index->folder, MODEL_NAME) == 0
              : unlinkat(index->folder, MODEL_NAME, 0) == 0 || errno == ENOENT)
        return fsync(index->folder) == 0 || match_fail_io(err, "syncing", "the folder");
    return match_fail_io(err, "placing", MODEL_NAME);
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
    good = place_model(index, model, err);
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
