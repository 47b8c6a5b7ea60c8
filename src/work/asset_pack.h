/*
 * A firm's asset pack (企业资产包): what this house knows of it that a bank asks for, computed from the records at each look: rights to its
 * results and to what it bought or licensed, its patents with status and fees, licences and pledges on them, registered technical
 * contracts, what came in and went out on them, facts, loans. Nothing of persons is in it (个人信息保护法 §6: 最小范围): no inventors, no
 * contacts, no payers by name.
 *
 * A pack is one JSON document, the same for the page, the API, its PDF and XLSX:
 *   {"firm": {"id", "name", "uscc"}, "day", "parts": [codes], "lines": n, "stale": n,
 *    "sections": [{"part", "label", "lines": [{"what", "number", "says", "amount", "day", "source", "as_of", "age", "stale"}]}]}
 * Money is fen as text; age is days since as_of; "" and null where there is none. Its bytes (json_write) are what the digest is over.
 */
#ifndef TQ_WORK_ASSET_PACK_H
#define TQ_WORK_ASSET_PACK_H

#include <jansson.h>

#include "record/finance.h"
#include "record/record.h"
#include "work/law.h"

struct pack_want {
    int64_t firm;
    struct slice parts; /* codes of list "consent_part", one a line; "": all */
    int32_t today;
    bool english;       /* labels and states in English; what is stored is in Chinese */
};

/* *pack: new reference. */
bool asset_pack_build(struct sql *sql, const struct law *law, const struct pack_want *want, struct arena *arena, json_t **pack, struct err *err);

/* The document's bytes, and their SHA-256 in hexadecimal; in the arena. */
struct slice asset_pack_bytes(const json_t *pack, struct arena *arena);
struct slice asset_pack_digest(struct slice bytes, struct arena *arena);

/* A taken pack as a file at path: what the bank's own file keeps. form "pdf" or "xlsx". ERR_CORRUPT: the content is not what its digest says. */
struct pack_paper {
    const struct record *pack;    /* of kind_pack */
    const struct record *consent;
    struct slice bank;            /* its name */
    const struct pack_opening *openings; /* who of the bank looked at it when, newest first (work/consent.h) */
    size_t opening_count;
};
bool asset_pack_paper(const struct pack_paper *paper, bool xlsx, const char *path, struct err *err);

/* The statements; before any thread starts. */
void asset_pack_start(void);

#endif
