/*
 * The dictionaries by which a city's index finds what is written in the other language (match_lexicon): the one that comes along
 * (words/cc_cedict) and the city's own, the file lexicon.tsv in its data folder, where there is one.
 */
#ifndef TQ_WORK_LEXICON_H
#define TQ_WORK_LEXICON_H

#include "work/city.h"

/*
 * At the start. What cannot be read is logged and kept in city->unread_words, and the index goes on with what it had; one that had
 * nothing takes what comes along.
 */
void lexicon_bring(struct city *city);

#endif
