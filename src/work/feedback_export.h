/*
 * A city's feedback as a judged collection (work/judged.h), for learning the rating from it, for measuring, and for reading:
 *
 *   corpus.jsonl    what answered, and beside it all that is open in the seven columns, so that words weigh as in the city
 *   queries.jsonl   what asked
 *   qrels.tsv       query, document, score, source, who, when, outcome, reason, leaf, query_title, document_title
 *   about.json      how many judgements, up to which leaf, what was left out and why
 *
 * What an outcome says of the texts, as a level (feedback_level):
 *
 *   signed, in talks   4   both sides, having spoken, found that the one has what the other needs; what may still part them, price
 *                          and terms, does not stand in the texts
 *   contacted          3   one side read both texts and found it worth a call
 *   refused: maturity, the figures asked for   2   the right thing, not far enough
 *   refused: field     1   another thing
 *   refused: price, time, place, already solved, unwilling, other; taken back: say nothing of the texts, and are left out
 *
 * The newest version of each voice counts; several voices on one pair are several judgements of it. Pairs of which neither side asks
 * anything (column_asks) are left out. Texts are those of the versions that were there when it was said, as far as they are public
 * still: a need that has been rewritten since would be judged by what nobody judged. Who said it is told by side and kind of
 * organisation ("asks enterprise", "city_officer"), never by name. Notes are nobody else's and stay where they are.
 *
 * Nothing here says how good a partner is that was never proposed.
 */
#ifndef TQ_WORK_FEEDBACK_EXPORT_H
#define TQ_WORK_FEEDBACK_EXPORT_H

#include "work/feedback.h"

/* The level 1..4 (enum match_rating); 0: says nothing of the texts. */
int feedback_level(const struct feedback *feedback);

struct feedback_tally {
    size_t judgements, pairs;
    size_t left_out;   /* said, and nothing to learn from */
    uint64_t until;    /* leaves below this one are in it */
};

struct feedback_export {
    const char *folder; /* made if it is not there; files of these names are replaced */
    /* Told now and then; false: leave off (ERR_BUSY). */
    bool (*moved)(void *arg, int64_t done, int64_t total);
    void *arg;
};

/* Of one snapshot. The files are the owner's alone to read. */
bool feedback_export(struct sql *sql, const struct feedback_export *request, struct feedback_tally *tally, struct err *err);

#endif
