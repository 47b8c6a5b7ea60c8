/* What eval and learn share of the rating. */
#ifndef TQ_CLI_LEARN_H
#define TQ_CLI_LEARN_H

#include "cli/verb.h"
#include "work/judge.h"

/* What the rating is learned from: judged files, the city's own feedback, or both. */
struct rating_sources {
    struct judged lists[2];
    size_t count;
    size_t left_out; /* feedback that says nothing of the texts */
};

/* All three files or none; without any it is the feedback that is meant. false: some are missing. */
bool rating_files_fit(const struct judged_files *files, bool *feedback);

/*
 * Reads the files where there are any (corpus not NULL) and the feedback where it is asked for: of the city that `where` names, served
 * or not. On false there is nothing to release.
 */
bool rating_sources_read(struct rating_sources *sources, const struct judged_files *files, bool feedback, const struct where *where,
                         struct err *err);
void rating_sources_release(struct rating_sources *sources);

/* Learns and tells how well; file: where the model goes, NULL: nowhere. A bar shows how far it is. */
bool rating_measure(const struct rating_sources *sources, struct judge_options options, const char *file, struct err *err);

/* tieqiao learn --rating: learns from judged files and makes the city rate so. argv: without --rating. */
int learn_rating(int argc, char **argv, const struct where *where);

/* For judge_watch: arg is a struct progress of all zeros at first; ended by whoever began. */
bool learn_moved(void *arg, const char *label, int64_t done, int64_t total);

#endif
