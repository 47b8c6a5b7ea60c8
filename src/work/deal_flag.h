/*
 * What rested on a registration that was revoked (规则 R68): reliefs that were filed for, used or claimed while it stood. Each is to be
 * looked at again by who granted it; nothing here takes it back.
 */
#ifndef TQ_WORK_DEAL_FLAG_H
#define TQ_WORK_DEAL_FLAG_H

#include "work/deal.h"

struct deal_flag {
    const char *what, *article;
    struct slice number; /* of the paper; "" */
    int32_t day;         /* on which it was filed, paid or claimed */
};

enum { FLAGS_MOST = 64 };

/* In the order of the papers; how many, no more than FLAGS_MOST. */
size_t deal_flags(const struct deal_file *file, struct deal_flag list[FLAGS_MOST]);

#endif
