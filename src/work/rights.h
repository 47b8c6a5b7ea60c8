/*
 * My rights (我的权益): what a researcher has in the transfers of his unit: what he disclosed and how long it has lain, his shares
 * in titles, what he was allotted, what is due and by when, and a right that has ripened where his region's text gives one
 * (rules.md §0.7: Beijing's and Zhejiang's; where the region has no such rule nothing is said of it).
 *
 * A line of a title or of a team is his by the number #… that it bears (record/member.h), never by a name.
 */
#ifndef TQ_WORK_RIGHTS_H
#define TQ_WORK_RIGHTS_H

#include "work/deal.h"

enum { RIGHTS_MOST = 60 };

struct rights_achievement {
    struct record record;
    int32_t registered;       /* the day on which it was disclosed here */
    int64_t deal;             /* its newest deal; 0: none was begun */
    struct slice pier;        /* code, "" */
    const struct rule *rule;  /* of the region, on a year without transfer; NULL: the region has none */
    struct answer answer;     /* where there is a rule */
};

struct rights_share {         /* of a title or of an award */
    int64_t deal;
    struct slice title;       /* of the deal */
    int32_t share;            /* 万分比 */
    int64_t fen;              /* of an award */
    int32_t decided, paid;    /* days; 0: not yet */
    int32_t due;              /* by when it must be paid, the earliest that a rule says; 0: no rule says */
    const struct rule *due_rule;
};

struct rights {
    struct rights_achievement achievements[RIGHTS_MOST];
    struct rights_share titles[RIGHTS_MOST], awards[RIGHTS_MOST];
    size_t achievement_count, title_count, award_count;
    int64_t paid, open;       /* fen of all awards */
};

/* For an account that belongs to a unit. In the arena. */
bool rights_of(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena,
               struct rights *rights, struct err *err);

#endif
