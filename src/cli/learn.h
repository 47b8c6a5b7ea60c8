/* What eval and learn share of the rating. */
#ifndef TQ_CLI_LEARN_H
#define TQ_CLI_LEARN_H

#include "cli/verb.h"
#include "work/judge.h"

/* Learns and tells how well; file: where the model goes, NULL: nowhere. A bar shows how far it is. */
bool rating_measure(const struct judged *judged, struct judge_options options, const char *file, struct err *err);

/* tieqiao learn --rating: learns from judged files and makes the city rate so. argv: without --rating. */
int learn_rating(int argc, char **argv, const struct where *where);

/* For judge_watch: arg is a struct progress of all zeros at first; ended by whoever began. */
bool learn_moved(void *arg, const char *label, int64_t done, int64_t total);

#endif
