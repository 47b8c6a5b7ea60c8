/*
 * What a document or a query of a judged collection may say beside its title and text, so that it is matched and checked as a
 * city's records are. In a line of the collection, each member at will:
 *
 *   "keywords": "轴承\n离心泵"
 *   "facts": {"codes": ["gbt4754 C/C34/C344"], "trl_from": 5, "trl_to": 7, "amount": 20000000, "pays": true,
 *             "day": "2029-12-31", "ways": ["license"], "region": 620102}
 *
 * as match.h has them; amount in fen, ways by the codes of the list "way".
 */
#ifndef TQ_WORK_JUDGED_FACTS_H
#define TQ_WORK_JUDGED_FACTS_H

#include <jansson.h>

#include "base/arena.h"
#include "base/err.h"
#include "match/match.h"

struct judged_facts {
    struct slice keywords;
    struct match_facts facts;
    struct match_code *codes;
    size_t code_count;
};

/* *facts NULL: the line has neither. ERR_INVALID names the member. Memory from arena. */
bool judged_facts_read(const json_t *line, struct arena *arena, const struct judged_facts **facts, struct err *err);

/* Adds a document's public texts of one class to a line, one below the other; nothing where it has none. */
void judged_texts_add(const struct match_doc *doc, enum match_class class_, const char *name, json_t *line);

/* Adds both members: the facts and codes of a document, its public keywords. */
void judged_facts_add(const struct match_doc *doc, json_t *line);

#endif
