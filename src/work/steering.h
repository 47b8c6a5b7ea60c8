/*
 * The steering desk (调度台): what is held, by whom, for how long, and how much of its time is left. Read from the records at each look;
 * it has no table of its own.
 *
 *   steering_look      what lies in the actor's scope, with its colour, the worst first
 *   steering_promises  what was promised for a day that has passed, to whoever leads
 *   steering_weekly    本周调度单, one page
 *   steering_letter    催办函 of one item, ready to be signed
 *
 * Red: its day has passed. Amber: it ends within five working days, its last day included, or it has stood for thirty days without any
 * day. Green: else. The five and the thirty days are the platform's own.
 *
 * Scope. An officer sees what lies in the divisions of his grants; the leader, his secretary and the committee's office likewise what
 * matter_sight() lets them know of, deals where may() lets them see; who acts for an organisation what waits for that organisation, and
 * nothing else. No title and no name goes beyond what the item's own page or list would tell the actor.
 */
#ifndef TQ_WORK_STEERING_H
#define TQ_WORK_STEERING_H

#include "work/due.h"
#include "work/matter.h"
#include "work/standing.h"

enum steering_who { STEERING_NONE, STEERING_BUREAU, STEERING_LEADER, STEERING_UNIT };
enum steering_who steering_who(const struct actor *actor);

enum held_colour { HELD_RED, HELD_AMBER, HELD_GREEN, HELD_COLOURS };
enum {
    HELD_MOST = 1000,      /* that are told */
    HELD_LOOKED = 300,    /* of one sort of matters, or of the deals of one grant */
    HELD_SOON = 5,        /* working days */
    HELD_STUCK_DAYS = 30,
    HELD_AHEAD_DAYS = 30  /* of a deal's deadlines: what lies further ahead is not told */
};

struct held {
    enum held_colour colour;
    const struct kind *kind;       /* kind_deal, or a matter's */
    int64_t id;
    const struct due_sort *due_sort; /* a deadline of the deal beside its pier; NULL */
    int64_t no;                    /* of the paper on which that hangs */
    struct slice title;            /* as far as the actor may know it; "" */
    const char *what, *what_en;    /* pier, deadline, state */
    struct slice holder;           /* the organisation; "": none, or not to be told */
    const char *turn;              /* 承办单位, 登记机构: as a label */
    bool outside;                  /* of a deal: who holds it is none of that organisation, whose deal it is */
    int64_t region;                /* division of whose it is; 0: not known */
    int32_t since, due;            /* days; 0: not known, none */
    int days, late;                /* how long it has stood; days past its day, 0: it is not past */
    struct slice limit;            /* article, or 本平台约定; "". Of a deal's pier: steering_ground */
};

struct steering {
    enum steering_who who;
    struct held *list; /* red by days late, amber by the nearest day, green */
    size_t count;
    int counts[HELD_COLOURS];
    bool more;         /* there are others, which were not looked at */
};

/* The statements, before any thread starts; steer_start calls it. */
void steering_start(void);

/* Texts in the arena. ERR_DENIED: he has nothing to steer. */
bool steering_look(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena, struct steering *steering,
                   struct err *err);
/* What limits a deal's pier: the deal is read for it. Of anything else it is there already. */
bool steering_ground(struct sql *sql, const struct law *law, int32_t today, struct arena *arena, struct held *held, struct err *err);
/* The one of that kind and number, and of a deadline of that sort ("" : none) and paper; NULL. */
struct held *steering_find(const struct steering *steering, struct slice kind, int64_t id, struct slice due_sort, int64_t no);

/* --- promises --- */

struct promise {
    const struct kind *kind;
    int64_t id;
    struct slice title; /* what was promised */
    struct slice who;   /* by whom; "" */
    int32_t day;        /* for when */
    bool key;           /* 重点督办 */
    struct slice said;  /* of a target: the figure that was reached; "" */
};

enum { PROMISES_LOOKED = 60 /* of each sort */ };

/*
 * Opinions whose planned day has passed and which are not at their end, tasks past their own day; at most `most`. In no order: promise_order
 * puts what is watched closely first, of equals what is late longest. Targets of years that are over the pages add (web/indicator.h).
 */
bool steering_promises(struct sql *sql, const struct actor *actor, int32_t today, struct arena *arena, struct promise *list, size_t most, size_t *count,
                       struct err *err);
int promise_order(const void *a, const void *b);

/* --- papers --- */

enum { WEEKLY_LINES = 20 };

/* The Monday of the day's week. */
int32_t steering_monday(int32_t day);

/* Written to path, as Word or PDF. from: who draws it up; "". site: "https://…", of the page that is named. The ground of what it lists is known (steering_ground). */
bool steering_weekly(const struct steering *steering, struct slice from, int32_t today, bool pdf, const char *path, struct err *err);
bool steering_letter(const struct held *held, struct slice from, const char *site, int32_t today, bool pdf, const char *path, struct err *err);

#endif
