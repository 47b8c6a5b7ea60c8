/* Files in a folder of the test's own, gone afterwards. */
#ifndef TQ_TESTS_FILE_FIXTURE_H
#define TQ_TESTS_FILE_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/slice.h"

static char fixture_path[64];

static inline const char *fixture_new(void)
{
    snprintf(fixture_path, sizeof fixture_path, "/tmp/tieqiao-test-XXXXXX");
    close(mkstemp(fixture_path));
    return fixture_path;
}

static inline const char *fixture_write(struct slice bytes)
{
    FILE *file = fopen(fixture_new(), "wbe");

    fwrite(bytes.at, 1, bytes.len, file);
    fclose(file);
    return fixture_path;
}

static inline void fixture_drop(void)
{
    unlink(fixture_path);
}

#endif
