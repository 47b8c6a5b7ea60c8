/* Facts about an organisation (work/fact.h) as pages show them; the pages are fact.c and fact_sheet.c. */
#ifndef TQ_WEB_FACT_H
#define TQ_WEB_FACT_H

#include "web/request.h"
#include "work/fact.h"

/* The party that ?party= names, by id, name or code; without it the actor's own, 0 where he has none. ERR_DENIED: not for him. */
bool fact_party(struct request *request, int64_t *party, struct err *err);

/* {id, name, href}; null for 0. */
json_t *fact_party_json(struct request *request, int64_t party);

/* {code, label, label_en} of a source. */
json_t *fact_source_json(enum fact_trust trust);

/* Where a fact is stated: /facts?party=…&name=…, and back to the page of benefits. */
struct slice fact_door(const struct request *request, int64_t party, const char *name);

/* An amount in the reader's language. */
void fact_fen_put(const struct request *request, json_t *out, const char *name, int64_t fen);

#endif
