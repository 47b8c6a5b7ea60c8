#include "work/meaning.h"

#include <errno.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "work/index.h"

enum { TRIES = 20, TRY_US = 100000, DIMS_MOST = 128, DIMS_LEAST = 64, RECORDS_A_DIM = 4 };

static void path_of(const char *data, char path[PATH_MAX], const char *name)
{
    snprintf(path, PATH_MAX, "%s/index%s", data, name);
}

/* Who serves may be merging away a file that was just read of: a moment later what is named is there. */
static bool open_beside(const char *data, struct match_index **index, struct match_err *problem)
{
    const struct match_options options = {.read_only = true};
    char folder[PATH_MAX];

    path_of(data, folder, "");
    for (int tries = 0; !match_open(folder, &options, index, problem); tries++) {
        if (problem->code != MATCH_CORRUPT || tries == TRIES)
            return false;
        usleep(TRY_US);
    }
    return true;
}

/* --- learning --- */

static bool moved(void *arg, unsigned done, unsigned total)
{
    const struct meaning_options *options = arg;

    return !options->moved || options->moved(options->arg, done, total);
}

static unsigned dims_for(uint64_t records)
{
    unsigned dims = DIMS_MOST;

    while (dims > DIMS_LEAST && records < (uint64_t)dims * RECORDS_A_DIM)
        dims /= 2;
    return dims;
}

static bool too_few(const struct match_stats *stats, unsigned dims, struct err *err)
{
    err_set(err, ERR_INVALID, "公开的记录还太少，学不了：索引里有 %llu 条，学 %u 维至少要有 %u 条，常用的词也要有这么多",
            (unsigned long long)stats->documents, dims, dims);
    return dims > DIMS_LEAST ? err_hint(err, "用 --dims %d 少学几维，或先导入更多的记录", DIMS_LEAST)
                             : err_hint(err, "先用 tieqiao import 导入记录");
}

/* By root for a server that is somebody else: what that one is to read is his. */
static void give_to_owner(const char *data, const char *path)
{
    char folder[PATH_MAX];
    struct stat state;

    path_of(data, folder, "");
    if (geteuid() == 0 && stat(folder, &state) == 0 && chown(path, state.st_uid, state.st_gid) != 0)
        return; /* it stays root's, and taking it over says so */
}

bool meaning_learn(const struct meaning_options *options, struct err *err)
{
    struct match_learn how = {.dims = options->dims, .threads = options->threads, .when = options->now_ms, .moved = moved,
                              .arg = (void *)options};
    struct match_snapshot *snapshot;
    struct match_index *index;
    struct match_err problem;
    struct match_stats stats;
    char path[PATH_MAX];
    bool ok;

    if (!open_beside(options->data, &index, &problem))
        return index_fails(&problem, err);
    match_stats(index, &stats);
    how.dims = how.dims ? how.dims : dims_for(stats.documents);
    path_of(options->data, path, "/learned");
    snapshot = match_snapshot(index);
    ok = match_learn(snapshot, &how, path, &problem);
    match_snapshot_end(snapshot);
    match_close(index);
    if (ok)
        give_to_owner(options->data, path);
    return ok || (problem.code == MATCH_BAD_INPUT ? too_few(&stats, how.dims, err) : index_fails(&problem, err));
}

/* --- using --- */

bool meaning_use(struct city *city, struct err *err)
{
    struct match_err problem;
    char path[PATH_MAX];

    path_of(city->data, path, "/learned");
    if (access(path, F_OK) != 0)
        return err_set(err, ERR_MISSING, "还没有学好的语义模型") || err_hint(err, "请运行 tieqiao learn");
    if (!match_model(city->index, path, &problem))
        return index_fails(&problem, err);
    unlink(path);
    return true;
}

/* --- what there is --- */

static void known_of(const struct match_index *index, struct meaning_known *known)
{
    struct match_stats stats;

    match_stats(index, &stats);
    *known = (struct meaning_known){.there = stats.has_model, .documents = (int64_t)stats.model_documents,
                                    .learned_ms = stats.model_when, .records = (int64_t)stats.documents,
                                    .meant = (int64_t)stats.meant, .failures = stats.failed_merges,
                                    .pairs = (int64_t)stats.lexicon_pairs};
    if (stats.model_failure.code != MATCH_OK)
        snprintf(known->spoilt, sizeof known->spoilt, "%s", stats.model_failure.message);
    if (stats.lexicon_failure.code != MATCH_OK)
        snprintf(known->untranslated, sizeof known->untranslated, "%s", stats.lexicon_failure.message);
}

bool meaning_known(const struct city *city, struct meaning_known *known)
{
    struct match_index *index = city->index;
    struct match_err problem;

    if (!index && !open_beside(city->data, &index, &problem))
        return false;
    known_of(index, known);
    snprintf(known->unread_words, sizeof known->unread_words, "%s", city->unread_words);
    if (!city->index)
        match_close(index);
    return true;
}
