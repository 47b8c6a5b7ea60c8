/* A rule as documents show it; the pages are rules.c and rule.c. What the law says stays Chinese. */
#ifndef TQ_WEB_RULE_H
#define TQ_WEB_RULE_H

#include "rules/rules.h"
#include "web/request.h"

/* {code, label, label_en} of a region; 全国 for the nation. */
json_t *rule_region_json(const struct request *request, int32_t region);

/* The region in the query, a code or a name; 0: none. ERR_INVALID: there is no such place. */
bool rule_region_read(const struct request *request, int32_t *region, struct err *err);

/* Is its text or one of its figures not checked? */
bool rule_unverified(const struct rule *rule);

bool rule_in_force(const struct rule *rule, int32_t day);

/* The version that an id alone means on a day: the widest region's that is in force, else the newest. NULL: no such id. */
const struct rule *rule_meant(const struct rulebook *book, const char *id, int32_t day);

/* Its address: /rules/R20, with region and day where the id alone means another version. */
struct text rule_address(const struct request *request, const struct rule *rule, int32_t today);

/* {href, id, title, summary, region, valid_from, valid_until, source, unverified, in_force}: in lists and on its page. */
json_t *rule_head_json(const struct request *request, const struct rule *rule, int32_t today);

/* A fact as it was typed into a form. */
struct rule_input {
    const struct rule_fact *of;
    const char *name;   /* of the input */
    struct slice typed; /* "": nothing */
    struct fact read;
    const char *error;  /* NULL */
};
/* {name, label, hint, kind, is, value, options, error, from: null, doubt: null}; shown by pages/rule_fact.html. */
json_t *rule_fact_json(const struct request *request, const struct rule_input *typed);

/* The head with {articles, parameters}: on what it rests. */
json_t *rule_basis_json(const struct request *request, const struct rule *rule, int32_t today);

/* {code, label, label_en}: met, open, broken. */
json_t *rule_truth_json(enum truth truth);

/* The head with {hash, articles, parameters, applies, conditions, results, examples, versions}. */
json_t *rule_json(const struct request *request, const struct rule *rule, int32_t today);

/* {verdict, says, hint, asks, results, applies, conditions, provisional, facts_hash} */
json_t *rule_answer_json(const struct request *request, const struct answer *answer);

#endif
