/* The shared strings of a workbook, and the escapes in them. */
#ifndef TQ_READ_XLSX_TEXT_H
#define TQ_READ_XLSX_TEXT_H

#include "base/text.h"
#include "read/package.h"

struct shared {
    struct text text;   /* all strings, one after another */
    struct text ends;   /* their ends, uint32_t each */
};

void shared_init(struct shared *shared);
void shared_release(struct shared *shared);
enum reader_code shared_read(struct package *package, const char *part, struct shared *shared);

/* "" beyond the last. */
struct slice shared_get(const struct shared *shared, size_t index);

/* Appends with _x000A_ and its like turned into the characters; NUL and other controls are dropped. */
void unescaped_add(struct text *out, struct slice text);

#endif
