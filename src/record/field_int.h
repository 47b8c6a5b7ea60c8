/* What reading and showing a field share: where the items of a list part. */
#ifndef TQ_RECORD_FIELD_INT_H
#define TQ_RECORD_FIELD_INT_H

#include "record/field.h"

/* The first so many marks of field_marks: rights part only by lines; names of codes hold 、 and ， themselves. */
enum parting { PART_LINES = 1, PART_STRONG = 3, PART_ALL = 6 };

extern const char *const field_marks[PART_ALL];

#endif
