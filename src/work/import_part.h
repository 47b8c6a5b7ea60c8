/*
 * Tables that were not made for us. A university's inventory of its patents (存量专利盘点表, 国知发运字〔2024〕5 号) has
 * the number, the type, the filing date and the legal status in columns of their own; here they are one line of one
 * field. What else it says (prospects, department, date of grant) is kept as a note. The rules stand in one table.
 */
#ifndef TQ_WORK_IMPORT_PART_H
#define TQ_WORK_IMPORT_PART_H

#include "record/kind.h"

enum part_use {
    PART_ALIAS,  /* further headers of the field itself */
    PART_NUMBER, /* 专利号 */
    PART_SORT,   /* 专利类型 */
    PART_FILED,  /* 申请日 */
    PART_STATUS, /* 法律状态 */
    PART_NOTE,   /* "label:value", added to the field's text */
};

struct import_part {
    enum kind_id kind;
    enum part_use use;
    const char *field;   /* into which it goes */
    const char *name;    /* "rights.number"; NULL for PART_ALIAS */
    const char *label, *label_en;
    const char *headers; /* parted by '|' */
};

extern const struct import_part import_parts[];
extern const size_t import_part_count;

/* 发明授权 → 发明专利, and what the digit behind the year of a Chinese number says; "" if neither tells. */
struct slice part_right_sort(struct slice typed, struct slice number);

/* A way of transfer as inventories name it (作价入股 …) → as the law does; the word itself if it is none of them. */
struct slice part_way(struct slice word);

#endif
