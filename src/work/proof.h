/*
 * A certificate of work (业绩证明): what stands in the records of a technology manager's work in a period, counted when it is drawn, kept
 * as a record with its leaf, and found by its code by whoever is shown it. For titles (职称) and appointments.
 *
 *   proof_step      counts and writes it
 *   proof_get       by its code
 *   proof_list      a person's own, newest first
 *   proof_values    its content, line by line
 */
#ifndef TQ_WORK_PROOF_H
#define TQ_WORK_PROOF_H

#include "paper/paper.h"
#include "record/talent.h"
#include "work/may.h"

enum { PROOF_CODE_LEN = 20, PROOF_LINES = 24, PROOFS_SHOWN = 40 };

struct proof_order {
    /* given */
    const struct actor *actor;     /* whose work: the person his account is tied to */
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms;
    int32_t from, until;           /* days, both included */
    /* drawn before */
    int64_t new_id;
    char code[PROOF_CODE_LEN + 1];
    unsigned char salts[RECORD_COMMITTED][LEAF_SALT];
    /* answered */
    int64_t id;
    bool repeated;
};

void proof_order_init(struct proof_order *order, const struct actor *actor, struct slice request_id);

/* arg: struct proof_order. ERR_DENIED: the account is tied to nobody who is a technology manager; ERR_INVALID: the period. */
store_step proof_step;

/* ERR_MISSING: no certificate has this code. Texts from arena. */
bool proof_get(struct sql *sql, struct slice code, struct arena *arena, struct record *proof, struct err *err);
bool proof_list(struct sql *sql, int64_t person, struct arena *arena, struct record *list, size_t most, size_t *count, struct err *err);

/* One thing that it certifies; money in fen. */
struct proof_value { const char *name, *label, *label_en; bool money; int64_t number; };
size_t proof_values(const struct record *proof, struct proof_value list[PROOF_LINES]);
/* Does the content still hash to what the certificate says? */
bool proof_whole(const struct record *proof);

/* As PDF at path; address: of the page that verifies it, for the QR code. */
bool proof_pdf(const struct record *proof, struct slice address, const char *path, struct err *err);

#endif
