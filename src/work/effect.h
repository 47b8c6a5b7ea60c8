/*
 * What came of an opinion in figures (客观指标, features.md §1.1 row 22): by which indicators its replies and its tasks are to be measured, and
 * what each was before it was handed over and since. A figure of a period is compared over as many days on either side, a year at most;
 * one that is held as of the day before and as of today. So what a member says of the reply stands beside what the city's figures say.
 */
#ifndef TQ_WORK_EFFECT_H
#define TQ_WORK_EFFECT_H

#include "work/indicator.h"
#include "work/consult.h"

enum { EFFECTS_MOST = 8 };

struct effect {
    struct slice code;
    const struct indicator *indicator; /* NULL: no definition counts it */
    int32_t since, until;              /* the days compared: from the one on which it was handed over */
    int32_t before;                    /* and the first of as many before */
    struct figure was, is;
    bool better, worse;                /* neither: it did not move, or one of the two is not known */
};

/*
 * Of an opinion that was handed over, those that the actor may know of: tasks that are not for him to see count nothing. At most EFFECTS_MOST;
 * of an indicator once.
 */
bool effects_find(struct sql *sql, const struct indicators *set, const struct record *opinion, const struct actor *actor, int32_t today, struct arena *arena,
                  struct effect list[EFFECTS_MOST], size_t *count, struct err *err);

/* Of a session, for its office: opinions that are to be measured, those of which a figure moved for the better, and those whose member is satisfied while none did. */
struct effect_tally { int measured, better, unmoved; };
bool effects_count(struct sql *sql, const struct indicators *set, const struct record *opinions, size_t opinion_count, const struct actor *actor, int32_t today,
                   struct arena *arena, struct effect_tally *tally, struct err *err);

/* Opinions a reply to which is measured by the indicator, the latest first, at most `most`; whether the actor may see them is not asked. */
bool effect_opinions(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct record **list, size_t *count, struct err *err);

/* The statements; before any thread starts. */
void effect_start(void);

#endif
