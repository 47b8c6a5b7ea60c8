/* The set of definitions that a program has: SHARE/indicators. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "work/indicator_int.h"

enum { FILES_MOST = 400 };

static int by_place(const void *a, const void *b)
{
    const struct definition *one = a, *other = b;
    int code = strcmp(one->shown.code, other->shown.code);

    if (one->shown.group != other->shown.group)
        return one->shown.group < other->shown.group ? -1 : 1;
    if (one->order != other->order)
        return one->order < other->order ? -1 : 1;
    return code ? code : (one->shown.since > other->shown.since) - (one->shown.since < other->shown.since);
}

/* The order is the latest's: an older text may have stood elsewhere. */
static bool latest_find(struct indicators *set, struct err *err)
{
    set->latest = arena_zero(&set->memory, set->count + 1, sizeof *set->latest);
    for (size_t i = 0; i < set->count; i++) {
        const struct indicator *one = &set->list[i].shown;
        bool later = false;

        for (size_t j = 0; j < set->count; j++) {
            const struct indicator *other = &set->list[j].shown;

            if (i == j || strcmp(one->code, other->code) != 0)
                continue;
            if (one->since == other->since)
                return err_set(err, ERR_INVALID, "指标“%s”有两份定义从同一天起", one->code);
            later = later || other->since > one->since;
        }
        if (!later)
            set->latest[set->latest_count++] = one;
    }
    return true;
}

static bool folder_read(struct indicators *set, const char *folder, struct err *err)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    bool ok = true;

    if (!dir)
        return err_set(err, ERR_IO, "打不开指标定义的文件夹 %s：%s", folder, strerror(errno));
    set->list = arena_zero(&set->memory, FILES_MOST, sizeof *set->list);
    while (ok && (entry = readdir(dir)))
        if (slice_ends(slice_of(entry->d_name), ".def"))
            ok = set->count < FILES_MOST ? indicator_read(set, arena_print(&set->memory, "%s/%s", folder, entry->d_name), err)
                                         : err_set(err, ERR_INVALID, "指标定义最多 %d 份", FILES_MOST);
    closedir(dir);
    return ok;
}

bool indicators_open(const char *share, struct indicators **out, struct err *err)
{
    struct indicators *set = calloc(1, sizeof *set);
    const char *folder;

    if (!set)
        abort();
    arena_init(&set->memory);
    folder = arena_print(&set->memory, "%s/indicators", share);
    *out = NULL;
    if (folder_read(set, folder, err)) {
        qsort(set->list, set->count, sizeof *set->list, by_place);
        if (latest_find(set, err) && indicator_warnings_read(set, folder, err)) {
            *out = set;
            return true;
        }
    }
    indicators_close(set);
    return false;
}

void indicators_close(struct indicators *set)
{
    if (!set)
        return;
    arena_release(&set->memory);
    free(set);
}

const struct indicator *indicator_at(const struct indicators *set, size_t i)
{
    return i < set->latest_count ? set->latest[i] : NULL;
}

const struct indicator *indicator_find(const struct indicators *set, struct slice code)
{
    for (size_t i = 0; i < set->latest_count; i++)
        if (slice_is(code, set->latest[i]->code))
            return set->latest[i];
    return NULL;
}

const struct indicator *indicator_on(const struct indicators *set, struct slice code, int32_t day)
{
    const struct indicator *best = NULL, *first = NULL;

    for (size_t i = 0; i < set->count; i++) {
        const struct indicator *one = &set->list[i].shown;

        if (!slice_is(code, one->code))
            continue;
        if (!first || one->since < first->since)
            first = one;
        if (one->since <= day && (!best || one->since > best->since))
            best = one;
    }
    return best ? best : first;
}

const struct indicator *indicator_before(const struct indicators *set, const struct indicator *indicator)
{
    const struct indicator *before = indicator_on(set, slice_of(indicator->code), indicator->since - 1);

    return before && before->since < indicator->since ? before : NULL;
}

const struct indicator_warning *indicator_warning_at(const struct indicators *set, size_t i)
{
    return i < set->warning_count ? &set->warnings[i] : NULL;
}
