/* Rows and leaves of feedback, shared by saying, checking and taking out. */
#ifndef TQ_WORK_FEEDBACK_INT_H
#define TQ_WORK_FEEDBACK_INT_H

#include "work/feedback.h"

#define FEEDBACK_SELECT \
    "SELECT id, ver, from_leaf, valid_from, asks_kind, asks, answers_kind, answers, asks_ver, answers_ver, side, party," \
    " office, scope, outcome, reason, note, shared, author, salts FROM feedback"

/* A row of FEEDBACK_SELECT. false: the kinds are none of ours, or the salts are cut. */
bool feedback_take(struct feedback *feedback, const struct sql_rows *rows, struct arena *arena);

/* The commitment over all its fields. */
void feedback_root(const struct feedback *feedback, unsigned char root[LEAF_HASH]);

#endif
