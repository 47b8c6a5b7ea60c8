/* Inside of outside.h: outside.c begins, ends and tells; outside_follow.c sends records; outside_question.c sends what people type. */
#ifndef TQ_WORK_OUTSIDE_INT_H
#define TQ_WORK_OUTSIDE_INT_H

#include "embed/cache.h"
#include "embed/client.h"
#include "work/outside.h"

enum { OUTSIDE_CHARS = 4000, OUTSIDE_RECENT = 512 };

struct recent { /* what was typed, and its vector */
    unsigned char hash[EMBED_HASH];
    float *numbers;
    uint64_t used;
};

struct outside {
    struct city *city;
    struct embed_client *client;
    struct embed_cache *cache; /* the thread's own */
    struct outside_options options;
    char *model;
    uint64_t number;           /* of the model, for the index */
    pthread_t thread;
    pthread_mutex_t mutex;     /* guards what follows */
    pthread_cond_t ended;
    bool stopping;
    unsigned dims;             /* 0: not known yet */
    uint64_t next, size;       /* of the ledger */
    int64_t vectors, refused;
    char why[200];
    int64_t away_until_us, questions_away_until_us;
    unsigned away_s;           /* how long it was left alone the last time */
    struct recent recent[OUTSIDE_RECENT];
    uint64_t clock;
};

/* What is sent is kept under this name. */
void outside_hash(const struct outside *outside, struct slice text, unsigned char hash[EMBED_HASH]);

/* The thread. */
void *outside_follow(void *outside);

#endif
