/*
 * Does a tender text shut first products out? 科学技术进步法 §91: government procurement may not restrict what is put on the market for the
 * first time by way of its business record. Marked are the sentences that make a record of business a condition or a score; what is
 * marked is for a person to read, and nothing that is not marked is thereby in order.
 *
 * What it can do was measured on sentences written for it, half of them held out (docs/scenario.md, bench/tender).
 */
#ifndef TQ_WORK_TENDER_H
#define TQ_WORK_TENDER_H

#include "base/arena.h"

enum tender_sort {
    TENDER_RECORD, /* 类似业绩, 成功案例, 用户证明 */
    TENDER_SALES,  /* 销售业绩, 销售额, 销量 */
    TENDER_UNITS,  /* 不少于 N 台运行业绩 */
    TENDER_SHARE,  /* 市场占有率 */
    TENDER_YEARS,  /* 投放市场满几年 */
    TENDER_SORTS
};

struct tender_word {
    const char *code, *label, *label_en;
    const char *instead; /* what to write in its place */
};
extern const struct tender_word tender_words[TENDER_SORTS];

struct tender_mark {
    struct slice sentence; /* as it stands in the text */
    struct slice word;     /* the word by which it was found */
    enum tender_sort sort;
    bool scored;           /* it gives points; else it is a condition */
};

/* Whole sentences, at most `most`; a sentence is marked once, by the most particular sort. Lines broken by a page are joined. */
size_t tender_read(struct slice text, struct arena *arena, struct tender_mark *list, size_t most);

#endif
