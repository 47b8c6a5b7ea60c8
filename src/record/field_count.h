/*
 * Counts by field to compare with the nation (对照数): how many papers, patents, contracts or achievements of one year there are in the city
 * and in the whole country, by a field of the measure's own classification; brought in from published statistics, with their source.
 */
#ifndef TQ_RECORD_FIELD_COUNT_H
#define TQ_RECORD_FIELD_COUNT_H

#include "record/kind.h"

enum field_count_field {
    COUNT_MEASURE, /* list "count_measure" */
    COUNT_YEAR,
    COUNT_CODE,    /* of the measure's tree: strength_tree (work/strength.h) */
    COUNT_HERE,    /* in the city */
    COUNT_NATION,  /* in the country, the city's among them */
    COUNT_SOURCE,
    COUNT_FIELD_COUNT
};

extern const struct kind kind_field_count;

#endif
