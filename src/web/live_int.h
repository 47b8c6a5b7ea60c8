/* What the files of live.h share. All but the list `all` is the thread's own. */
#ifndef TQ_WEB_LIVE_INT_H
#define TQ_WEB_LIVE_INT_H

#include "web/live.h"

enum {
    LOOK_MS = 20, BEAT_MS = 15000, ALONE_MS = 1000, /* between looks while nobody watches */
    LEAVES = 256,        /* followed a round */
    FED_READERS = 16, FED_EVENTS = 32, /* of those behind, a round; of one of them */
    FED_ROOM = 2048,     /* an event surely fits */
    STUCK_MS = 60000,    /* who is behind and takes nothing for so long is cut off */
    ROOMS = 1024,        /* chains */
    RECENT = 4096        /* remembered */
};

struct live_reader {
    struct live_reader *next_all;  /* guarded by the lock */
    uint64_t owner;                /* account or address, for the limits */
    bool signed_in;
    struct live_reader *next;      /* among newcomers (guarded), or in his room */
    struct http_stream *stream;
    struct live_room *room;
    struct matter_place place;
    uint64_t from;                 /* he has everything below */
    bool behind, due, lost;
    const char *why;               /* he is lost: what he is told; NULL: nothing, he is cut off */
    int64_t beat_us;               /* when something was last sent */
    uint64_t fed;                  /* the round in which he was last fed */
    int64_t moved_us;              /* when that last brought him on, or he came */
    unsigned char session[SEAL_HASH];
    struct actor actor;            /* as of the last look */
};

struct live_room {
    struct live_room *next;
    struct matter_place place;
    struct live_reader *readers;
    uint64_t looked;               /* the round in which `look` was made */
    bool there;
    struct matter_look look;
};

/* A step, as it is told. */
struct told {
    struct told *next;
    struct matter_event event;
    struct slice mine, others;     /* the bytes, for who did it and for everybody else */
};

/* A leaf that told of a matter, and in whose room; of one in several rooms a line each. */
struct recent {
    uint64_t leaf;
    struct matter_place place;
};

struct live {
    struct city *city;
    unsigned most;
    pthread_t thread;
    bool started;
    pthread_mutex_t lock;          /* guards the next four, for a few instructions */
    struct live_reader *all, *newcomers;
    unsigned count;
    bool stopping;
    /* the thread's own */
    struct live_room *rooms[ROOMS];
    unsigned watching;             /* readers with a stream */
    uint64_t at;                   /* the next leaf to be read; LEDGER_END: nobody watches */
    struct recent recent[RECENT];  /* the newest; recent_count: ever */
    uint64_t damaged;              /* behind the last leaf that could not be read; 0: none */
    uint64_t recent_from;          /* all from here on and below `at` are among them */
    size_t recent_count;
    uint64_t round;
    struct arena arena;            /* of one round */
    struct sql *sql;
    struct told *told;             /* of this round */
    int64_t now_us, now_ms, warned_us;
};

/* live_reader.c */
void live_take_newcomers(struct live *live);
struct live_room *live_room_find(const struct live *live, const struct matter_place *place); /* NULL: nobody watches it */
void live_lose(struct live_reader *reader, const char *why);
void live_sweep(struct live *live); /* those who are lost or gone */
bool live_ask_who(struct live *live, struct err *err); /* of those due; who is nobody any more is lost */

/* live_recent.c: who was away for a moment is fed without a question to the ledger for where to look */
void live_recent_begin(struct live *live); /* from `at` on */
void live_recent_add(struct live *live, uint64_t leaf, const struct matter_place *place);
/* As matter_room_leaves; false: not all from there on are remembered. */
bool live_recent_find(const struct live *live, const struct matter_place *place, uint64_t from, size_t most, uint64_t *indexes, size_t *count);

/* live_event.c */
struct told *live_told_already(const struct live *live, uint64_t leaf); /* in this round; NULL */
struct told *live_told(struct live *live, const struct leaf *leaf, struct err *err); /* NULL with ERR_MISSING: nothing to tell */
/* false: he has no room for it now. */
bool live_tell(struct live *live, struct live_reader *reader, const struct told *told);

#endif
