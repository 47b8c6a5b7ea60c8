/*
 * Does what is in the files of some deals stand in the ledger as it was written? Every version there is of each paper read for the
 * desk (audit_book.c), up to the checkpoint, is hashed again and held against its leaf, which lies under the checkpoint. A closed deal of which all holds
 * can be verified from its evidence pack by anybody offline; so the share of such deals is the auditor's own measure (审计：证据包可离线
 * 验证的办结数 ÷ 办结数). Costs three reads a version: for samples, not for populations.
 */
#ifndef TQ_WORK_AUDIT_VERIFY_H
#define TQ_WORK_AUDIT_VERIFY_H

#include "work/audit_sample.h"

struct audit_verified {
    int64_t papers;       /* versions that were held against their leaves */
    int64_t ended, sound; /* deals closed or dropped; of them those of which all holds */
    int64_t broken_deal;  /* the first that does not hold, with why; 0: none */
    struct err why;
};

/* false: reading failed; what does not hold is told, not an error. */
bool audit_verify(struct sql *sql, const struct audit_drawn *drawn, struct audit_verified *verified, struct err *err);

#endif
