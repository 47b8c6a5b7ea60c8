/* Filling an actor from rows, for the statements that read one: actor_load and session_find. */
#ifndef TQ_WORK_ACTOR_INT_H
#define TQ_WORK_ACTOR_INT_H

#include "work/actor.h"

/* What actor_take_account reads, in this order, with the account table named a. */
#define ACTOR_COLUMNS "a.name, a.login, a.pseudonym, a.party, a.person"
enum { ACTOR_COLUMN_COUNT = 5 };

void actor_take_account(struct actor *actor, const struct sql_rows *rows, int first);

/* Role, scope kind and scope from three columns; a role or scope that this program does not know grants nothing. */
void actor_take_grant(struct actor *actor, const struct sql_rows *rows, int first);

/* The scope kind as stored: "", "party", "division". */
const char *scope_kind_name(enum scope_kind kind);
bool scope_kind_by_name(struct slice name, enum scope_kind *kind);

#endif
