/* Other people's text as UTF-8, whatever it was written in. */
#ifndef TQ_BASE_ENCODING_H
#define TQ_BASE_ENCODING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * Mostly UTF-8 with a few damaged bytes, rather than another encoding? Chance pairs in GB18030 stay far below. A character
 * cut by the end is no damage.
 */
bool encoding_mostly_utf8(struct slice bytes);

/*
 * A whole text: by its byte order mark (UTF-8, UTF-16, GB18030), which is left out; else UTF-8 if it is that, damaged or not;
 * else GB18030. *text: memory from arena, or the bytes themselves. ERR_INVALID: damaged, or no text at all; what has a NUL in
 * it is none. At most 256 MiB.
 */
bool encoding_read(struct slice bytes, struct arena *arena, struct slice *text, struct err *err);

#endif
