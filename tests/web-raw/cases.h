/*
 * The cases of tests/bad/http-*.raw: bytes as they go over the wire. The .expect beside each says, line 1: the answers'
 * statuses and whether the connection is then closed or open; line 2: what the handler saw, request by request with the
 * length of its body; line 3: why. "Whole only" there: cut up, it would be another case.
 */
#ifndef TQ_TESTS_WEB_RAW_CASES_H
#define TQ_TESTS_WEB_RAW_CASES_H

#include <stdbool.h>

#include "base/slice.h"
#include "base/text.h"

struct bad_case {
    char name[256];
    struct text raw, expect;
    struct slice statuses, saw; /* of expect */
    size_t answers;
    bool closes, whole_only;
};

/* All of them, by name; 0 if any cannot be read. */
size_t cases_load(const char *folder, struct bad_case **cases);
void cases_free(struct bad_case *cases, size_t count);

#endif
