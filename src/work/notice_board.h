/*
 * The board of notices (公示栏): what units announce here of a transfer (促进科技成果转化法 §18), for everybody to read and to
 * object to. Rewards and titles name people and sums: they are for the unit's own people, as 本单位公示 means.
 */
#ifndef TQ_WORK_NOTICE_BOARD_H
#define TQ_WORK_NOTICE_BOARD_H

#include "work/deal.h"

enum { BOARD_MOST = 60, BOARD_DAYS_AFTER = 30 /* a notice that is over stays for a while */ };

struct board_notice {
    struct record notice;
    struct slice unit;    /* whose, by name */
    int32_t first, last;  /* days */
    bool over, provisional;
};

/* Newest first; those of the present terms that were not withdrawn and have begun. In the arena. */
bool notice_board(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, struct arena *arena,
                  struct board_notice *list, size_t *count, struct err *err);

#endif
