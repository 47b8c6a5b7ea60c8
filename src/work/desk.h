/*
 * What waits for a person now, and what is his: read from the records at each look. No list of tasks is kept, so none can be
 * out of date; a task is gone when the record says so.
 *
 *   desk_overdue     open needs and scenarios whose day has passed: to be closed, or to be given another day
 *   desk_unfiled     open achievements whose details nobody else sees for want of a filing date
 *   desk_fresh       partners that fit and have come lately
 *   desk_records     what is his, newest first, a page at a time
 *
 * His is what his organisation has; for whoever acts for others (officers), and for a researcher's tasks, what he entered or
 * brought in himself. An overdue record of others' waits for the officer who wrote it last. Each statement runs along an index
 * (schema/0006-desk.sql) and reads no more than it returns, but for these: what an organisation has of needs and scenarios is
 * looked through for overdue ones, what a researcher has disclosed for unfiled ones, and of forty records the partners.
 */
#ifndef TQ_WORK_DESK_H
#define TQ_WORK_DESK_H

#include "work/column.h"
#include "work/may.h"

enum { DESK_TASKS = 10, DESK_PAGE = 20, DESK_FRESH_DAYS = 7 };

struct desk_task {
    const struct kind *kind;
    int64_t id;
    struct slice title;
    struct slice day;           /* overdue: "YYYY-MM-DD" that has passed */
    /* fresh: */
    const struct kind *partner;
    int64_t other, since_ms;    /* since_ms: when the partner was registered */
    struct slice other_title;
    int rating;                 /* enum match_rating */
};

struct desk_tasks {
    struct desk_task list[DESK_TASKS];
    size_t count;
    bool more;                  /* there are others beyond these */
};

/* today: "YYYY-MM-DD". What passed first comes first. Texts from arena. */
bool desk_overdue(struct sql *sql, const struct actor *actor, const char *today, struct arena *arena,
                  struct desk_tasks *tasks, struct err *err);

/* Newest first. */
bool desk_unfiled(struct sql *sql, const struct actor *actor, struct arena *arena, struct desk_tasks *tasks,
                  struct err *err);

/*
 * Of his newest forty open needs and forty open achievements: achievements and needs of others that fit fairly or strongly,
 * were registered within DESK_FRESH_DAYS and after the record itself. Newest first.
 */
bool desk_fresh(struct sql *sql, const struct actor *actor, int64_t now_ms, struct arena *arena, struct desk_tasks *tasks,
                struct err *err);

struct desk_record {
    const struct kind *kind;
    int64_t id;
    bool entered; /* by himself for somebody else; else it is his organisation's */
};

/* Those with an id below `before` (0: from the newest): at most DESK_PAGE, closed ones too. */
bool desk_records(struct sql *sql, const struct actor *actor, int64_t before, struct desk_record *records, size_t *count,
                  bool *more, struct err *err);

#endif
