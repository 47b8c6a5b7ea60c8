/*
 * A running city: its store, its match index and the followers that keep the index and the lists of who fits up to date.
 *
 *   city_open      opens everything below a data folder (or on a PostgreSQL database) and starts the followers
 *   city_nudge     something was committed: look now rather than at the next tick
 *   city_await     sleeps until the next of these, for a follower that lives elsewhere (web/live.h)
 *   city_settled   waits until the followers have caught up with the ledger
 */
#ifndef TQ_WORK_CITY_H
#define TQ_WORK_CITY_H

#include <pthread.h>

#include "ledger/leaf.h"
#include "match/match.h"
#include "store/store.h"
#include "work/harvest.h"
#include "work/indicator.h"
#include "work/law.h"
#include "work/node.h"

struct city_options {
    const char *data;  /* folder: tieqiao.db unless url is given, index/, ctl.sock */
    const char *url;   /* PostgreSQL; NULL: SQLite in data */
    const char *share; /* folder that holds schema/, codes/, rules/, indicators/, pages/, assets/, po/, words/ */
    bool follow;       /* open the index and run its followers: a server; false: a command that only reads or writes records,
                          beside a server too where the engine is PostgreSQL */
    bool existing;     /* the records must be there already: no folder, no database is made where there are none */
    bool as_is;        /* a command that changes nothing: the records must be there, and of this version */
};

/* A leaf that the index has, by its hash: by it an index is told that is not of these records. */
struct index_mark {
    uint64_t leaf;
    char hash[2 * LEAF_HASH + 1]; /* hex; "": none is known */
};

struct outside;
struct sealer;
struct reminder;

struct city {
    struct store *store;
    struct match_index *index; /* NULL without followers */
    struct law law;            /* the rulebook and the calendar, of SHARE/rules */
    struct indicators *indicators; /* the definitions, of SHARE/indicators */
    struct outside *outside;   /* work/outside.h; NULL: no service is asked */
    struct sealer *sealer;     /* work/sealer.h; NULL: nobody builds tiles and signs checkpoints */
    struct reminder *reminder; /* work/reminder.h; NULL: nobody is reminded */
    char *data, *share;
    char unread_words[240];    /* why a dictionary's file was not taken at the start (work/lexicon.h); "": all were */
    struct node node;
    pthread_t follower;
    bool following;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t changed;
    bool nudged, stopping;
    struct harvest_place harvest; /* also the follower's own, but for what others may ask (work/harvest.h) */
    uint64_t rung;          /* how often anybody who awaits was called */
    int64_t fit_us;         /* the follower's own: when the lists were last worked on */
    struct index_mark mark; /* also the follower's own; kept in the file index/leaf */
    uint64_t indexed, fitted; /* next ledger index each follower will read */
    bool rebuild;             /* asked for: the follower starts both over, and says in `rebuilt` how that went */
    struct err rebuilt;
};

bool city_open(const struct city_options *options, struct city **city, struct err *err);
void city_close(struct city *city);

void city_nudge(struct city *city);

/*
 * Sleeps at most most_ms, until a city_nudge or city_ring later than the one with the number `seen`; the number of the last one. What happened
 * before this returned is seen by a look after it; what happens during that look ends the next sleep at once.
 */
uint64_t city_await(struct city *city, uint64_t seen, int64_t most_ms);
/* Ends those sleeps: nothing was committed, but there is something to do. */
void city_ring(struct city *city);

/* Waits until index (and, if `fit`, the lists) have everything now in the ledger; false after `most_ms`. */
bool city_settled(struct city *city, bool fit, int64_t most_ms);

/* How long the ledger is, and the next leaf each follower will read; false if that can't be had within about two seconds. */
bool city_progress(struct city *city, uint64_t *size, uint64_t *indexed, uint64_t *fitted);

/*
 * Drops the index and the lists; the followers build them again from the records: wait with city_settled. The follower itself
 * drops them, between two rounds, so that nobody clears what it is just writing; this waits until it has.
 */
bool city_rebuild(struct city *city, struct err *err);

#endif
