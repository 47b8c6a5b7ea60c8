/*
 * One intellectual property right (知识产权) on one line, as people write it in inventories:
 *   sort number filing-date status      发明专利 ZL202110123456.0 2021-01-29 有效
 * An English sort (invention, utility, design, software, plant, layout, secret, pct) is taken as well, and kept in Chinese.
 * Only the sort must be there. The filing date matters most: without one, publishing technical details destroys
 * novelty (专利法 §24).
 */
#ifndef TQ_RECORD_RIGHT_H
#define TQ_RECORD_RIGHT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

struct right {
    struct slice sort;   /* 发明专利, 实用新型, 外观设计, 软件著作权, 植物新品种, 集成电路布图设计, 技术秘密, 国际申请 */
    struct slice number; /* "" if none */
    char filed[11];      /* "YYYY-MM-DD", "" if none */
    struct slice status; /* "" if none */
};

bool right_read(struct slice line, struct right *right, struct err *err);

/* The line in its normal form. */
struct slice right_show(const struct right *right, struct arena *arena);

/* The line with what sort it is in English: as a label ("Invention patent"), or as right_read takes it ("invention"). */
enum right_words { RIGHT_LABEL, RIGHT_WORD };
struct slice right_english(struct slice line, enum right_words words, struct arena *arena);

/* Does any line of a FIELD_RIGHTS value hold a filing date? */
bool rights_filed(struct slice lines);

#endif
