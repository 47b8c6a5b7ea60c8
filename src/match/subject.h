/*
 * What a question is about, apart from how it asks: 我们希望, 一种, we are looking for, a deadline, an amount of money, the
 * unit of a number stand in every question, and a document that has them too fits no better for it. Deadlines and amounts
 * are not lost: match_understand reads them, and the checks compare them.
 */
#ifndef TQ_MATCH_SUBJECT_H
#define TQ_MATCH_SUBJECT_H

#include "match/token.h"

/* Marks in tokens->aside the folded characters that are how it is asked. For queries only, never documents. */
void subject_mark(struct tokens *tokens);

/* After subject_mark: leaves of the tokens those that speak of the subject; all of them where none does. */
void subject_keep(struct tokens *tokens);

#endif
