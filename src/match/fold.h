/*
 * Text as it is compared: NFKC, case folded (ICU), traditional Chinese made simplified character by character (OpenCC's
 * own table, read once a process). ASCII and Chinese take a short way; all else goes through ICU piece by piece, so the
 * cost is linear and each folded character knows which bytes it came from. Bytes that are not UTF-8 become U+FFFD.
 */
#ifndef TQ_MATCH_FOLD_H
#define TQ_MATCH_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "match/match.h"

struct fold {
    uint32_t *code;      /* folded code points */
    uint32_t *from, *to; /* source bytes of each, when asked for */
    size_t count, room;
    bool ranges;
};

void fold_init(struct fold *fold);
void fold_release(struct fold *fold);

/* Replaces what the fold held. ranges: fill from and to. */
void fold_text(struct fold *fold, struct match_str text, bool ranges);

/* Reads the traditional → simplified table; false: OpenCC's data is not installed. Any thread, any number of times. */
bool fold_ready(void);

#endif
