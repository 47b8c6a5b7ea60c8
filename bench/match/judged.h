/*
 * The judged needs of ../shared/data/match/needs, read for measuring: never copied, never shipped.
 * A pair judged several times keeps all its levels.
 */
#ifndef TQ_BENCH_MATCH_JUDGED_H
#define TQ_BENCH_MATCH_JUDGED_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

enum { JUDGED_LEVELS = 12 };

struct judged_pair {
    size_t need, achievement; /* indexes */
    int levels[JUDGED_LEVELS];
    int count;
};

struct judged_need {
    const char *id, *title, *body;
    size_t first, pairs; /* of judged.pairs */
    bool kept_aside;     /* one need in five, by a hash of its id: not fitted on */
};

struct judged {
    struct judged_need *needs;
    struct judged_pair *pairs; /* by need */
    const char **achievements;
    size_t need_count, pair_count, achievement_count;
    json_t *all; /* owns the strings */
};

/* Ends the program with a message when the folder is not what it should be. */
void judged_read(struct judged *judged, const char *folder);
void judged_release(struct judged *judged);

/* The median of a pair's levels (the mean of the two middle ones). */
double judged_median(const struct judged_pair *pair);

/* Each line of a JSON Lines file; the object is borrowed for the call. */
void jsonl_each(const char *path, void (*take)(void *arg, json_t *object), void *arg);

#endif
