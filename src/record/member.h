/*
 * Who has which share (份额), one a line, as people write it in an agreement:
 *   name share marks      曾某（示例） 60% 主要贡献 正职领导
 * The share is per cent with two decimals at most, kept as parts of ten thousand (万分比). Marks, in any order: 主要贡献 (main
 * contributor, 国发〔2016〕16 号), 转移机构 (works at the transfer office), 正职领导 or 领导 (chief or other leader of the unit), 有文件 (a document allows a chief leader
 * equity), #123 (the person's number here, where he has one).
 */
#ifndef TQ_RECORD_MEMBER_H
#define TQ_RECORD_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

enum { SHARE_WHOLE = 10000 };

enum standing { STANDING_PLAIN, STANDING_LEADER, STANDING_CHIEF };

struct member {
    struct slice name;
    int32_t share;     /* 万分比, 0 to SHARE_WHOLE */
    bool main;         /* 主要贡献人员 */
    bool agency;       /* 技术转移机构工作人员、管理人员 */
    enum standing standing;
    bool document;     /* 有文件准许正职领导持股 */
    int64_t person;    /* 0: none */
};

bool member_read(struct slice line, struct member *member, struct err *err);

/* The line in its normal form. */
struct slice member_show(const struct member *member, struct arena *arena);

/* Of a FIELD_MEMBERS value. */
int64_t members_sum(struct slice lines);

/* "33.34%", "60％", "60": per cent, at most two decimals, at most 100. */
bool share_read(struct slice typed, int32_t *share);
/* "33.34%" */
struct slice share_show(int32_t share, struct arena *arena);

#endif
