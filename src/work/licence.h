/*
 * Licences of an achievement that must not cross each other: contracts of its deals, and licences tried before they are paid (先用后付).
 * Exclusive, sole and plain are as 技术合同司法解释 §25 has them: beside an exclusive or a sole licence no other is given, and none of these
 * two beside any. A patent under an open licence is licensed plainly alone (专利法 §51, rule R13-1).
 */
#ifndef TQ_WORK_LICENCE_H
#define TQ_WORK_LICENCE_H

#include "record/record.h"

/* Exclusive or sole. */
bool licence_alone(struct slice licence);

struct licences {
    int64_t achievement;
    int32_t on;                  /* the day on which they stand */
    int64_t but_deal, but_try;   /* these are asked for, and do not count; 0 */
    int64_t licensee;            /* nor do those of this licensee: his id, his name, or both; 0, "" */
    struct slice licensee_name;
    int64_t all, alone;          /* answered: how many stand, and how many of them are exclusive or sole */
};
bool licences_standing(struct sql *sql, struct licences *licences, struct err *err);

/* Does the patent office's table, as it was brought in, say of one of these rights (ACHIEVEMENT_RIGHTS) that it is under an open licence? */
bool licence_is_open(struct sql *sql, struct slice rights, struct arena *arena, bool *open, struct err *err);

#endif
