#include "judged.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "match/term.h"

static void give_up(const char *what, const char *name)
{
    fprintf(stderr, "%s: %s\n", what, name);
    exit(1);
}

void jsonl_each(const char *path, void (*take)(void *arg, json_t *object), void *arg)
{
    FILE *file = fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    if (!file)
        give_up("cannot open", path);
    while ((len = getline(&line, &room, file)) > 0) {
        json_t *object = json_loadb(line, (size_t)len, 0, NULL);

        if (!object)
            give_up("not JSON Lines", path);
        take(arg, object);
        json_decref(object);
    }
    free(line);
    fclose(file);
}

static const char *keep(struct judged *judged, json_t *object, const char *name)
{
    json_t *text = json_object_get(object, name);

    json_array_append(judged->all, text);
    return json_string_value(text);
}

static void *grown(void *list, size_t count, size_t size)
{
    void *at = count % 1024 ? list : realloc(list, (count + 1024) * size);

    if (!at)
        abort();
    return at;
}

static void take_need(void *arg, json_t *object)
{
    struct judged *judged = arg;
    struct judged_need *need;

    judged->needs = grown(judged->needs, judged->need_count, sizeof *judged->needs);
    need = &judged->needs[judged->need_count++];
    *need = (struct judged_need){keep(judged, object, "need_id"), keep(judged, object, "title"),
                                 keep(judged, object, "body"), 0, 0, false};
    need->kept_aside = term_hash(need->id, strlen(need->id)) % 5 == 0;
}

static void take_achievement(void *arg, json_t *object)
{
    struct judged *judged = arg;

    judged->achievements = grown(judged->achievements, judged->achievement_count, sizeof *judged->achievements);
    judged->achievements[judged->achievement_count++] = keep(judged, object, "title_words");
}

static size_t find_need(const struct judged *judged, const char *id)
{
    for (size_t n = 0; n < judged->need_count; n++)
        if (strcmp(judged->needs[n].id, id) == 0)
            return n;
    give_up("judgement of an unknown need", id);
    return 0;
}

static int by_pair(const void *left, const void *right)
{
    const struct judged_pair *a = left, *b = right;

    if (a->need != b->need)
        return a->need < b->need ? -1 : 1;
    return a->achievement < b->achievement ? -1 : a->achievement > b->achievement;
}

static void read_lines(struct judged *judged, const char *path)
{
    FILE *file = fopen(path, "r");
    char id[64], line[256];
    size_t achievement;
    int level;

    if (!file)
        give_up("cannot open", path);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "%63s ach-%zu %d", id, &achievement, &level) != 3)
            continue;
        judged->pairs = grown(judged->pairs, judged->pair_count, sizeof *judged->pairs);
        judged->pairs[judged->pair_count++] = (struct judged_pair){find_need(judged, id), achievement, {level}, 1};
    }
    fclose(file);
}

static void unite_pairs(struct judged *judged)
{
    size_t kept = 0;

    qsort(judged->pairs, judged->pair_count, sizeof *judged->pairs, by_pair);
    for (size_t p = 0; p < judged->pair_count; p++) {
        struct judged_pair *last = kept ? &judged->pairs[kept - 1] : NULL;

        if (last && by_pair(last, &judged->pairs[p]) == 0 && last->count < JUDGED_LEVELS)
            last->levels[last->count++] = judged->pairs[p].levels[0];
        else
            judged->pairs[kept++] = judged->pairs[p];
    }
    judged->pair_count = kept;
    for (size_t p = 0; p < kept; p++) {
        struct judged_need *need = &judged->needs[judged->pairs[p].need];

        if (need->pairs++ == 0)
            need->first = p;
    }
}

void judged_read(struct judged *judged, const char *folder)
{
    char path[1024];

    memset(judged, 0, sizeof *judged);
    judged->all = json_array();
    snprintf(path, sizeof path, "%s/needs.jsonl", folder);
    jsonl_each(path, take_need, judged);
    snprintf(path, sizeof path, "%s/achievements.jsonl", folder);
    jsonl_each(path, take_achievement, judged);
    snprintf(path, sizeof path, "%s/judgements.tsv", folder);
    read_lines(judged, path);
    unite_pairs(judged);
}

void judged_release(struct judged *judged)
{
    free(judged->needs);
    free(judged->pairs);
    free(judged->achievements);
    json_decref(judged->all);
}

static int by_level(const void *left, const void *right)
{
    return *(const int *)left - *(const int *)right;
}

double judged_median(const struct judged_pair *pair)
{
    int levels[JUDGED_LEVELS];

    memcpy(levels, pair->levels, sizeof levels);
    qsort(levels, (size_t)pair->count, sizeof *levels, by_level);
    return (levels[(pair->count - 1) / 2] + levels[pair->count / 2]) / 2.0;
}
