/*
 * A ZIP that somebody gave us. Opened from the disk with libzip, judged before anything is inflated, and read part by part,
 * counting: no entry is trusted about its size, no name is ever used as a path, and nothing is unpacked to the disk.
 */
#ifndef TQ_VERIFY_ARCHIVE_H
#define TQ_VERIFY_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

enum {
    ARCHIVE_PARTS_MOST = 4000,
    ARCHIVE_PART_MOST = 64 << 20,     /* inflated, of one that is read whole */
    ARCHIVE_RATIO_MOST = 200,         /* inflated to packed, of a part ... */
    ARCHIVE_RATIO_FLOOR = 4 << 20     /* ... that inflates to more than this */
};
#define ARCHIVE_BYTES_MOST ((uint64_t)4 << 30) /* inflated, all together */

struct archive;

/* ERR_INVALID: no whole ZIP; ERR_CORRUPT: one made to harm: two parts of one name, a name that is a path elsewhere, a bomb. */
bool archive_open(const char *path, struct archive **archive, struct err *err);
void archive_close(struct archive *archive);

size_t archive_count(const struct archive *archive);
const char *archive_name(const struct archive *archive, size_t index);
/* SIZE_MAX: there is none. Names are told apart by every byte. */
size_t archive_find(const struct archive *archive, const char *name);

/* Piece by piece. ERR_CORRUPT: its bytes are not what the archive says of them, or `take` said no. */
typedef bool archive_take(void *arg, struct slice piece, struct err *err);
bool archive_read(struct archive *archive, size_t index, archive_take *take, void *arg, struct err *err);

/* All of a part, at most ARCHIVE_PART_MOST bytes. */
bool archive_text(struct archive *archive, size_t index, struct text *out, struct err *err);

#endif
