/* Between the rulebook's files. */
#ifndef TQ_RULES_RULES_INT_H
#define TQ_RULES_RULES_INT_H

#include <pthread.h>

#include "base/arena.h"
#include "rules/rules.h"
#include "rules/yaml_int.h"

/* --- reading files: everything goes into the book's arena --- */

struct dictionary {
    struct dictionary_fact {
        struct rule_fact fact;
        const char *file;
        long line;
    } *facts;
    size_t count, room;
};

/* What a file is read with. */
struct reading {
    const char *file;
    struct arena *arena;
    const struct dictionary *dictionary;
    struct err *err;
};

/* "FILE 第 N 行：…", ERR_INVALID; what to do may follow in the same words. Returns false. */
bool reading_wrong(const struct reading *reading, long line, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Members of a map: all are among `known` (which ends with NULL); `what` says what the map is. */
bool reading_keys(const struct reading *reading, const struct node *map, const char *what, const char *const *known);
/* The text of a member; *out stays as it is where the member is missing, unless it must be there. */
bool reading_text(const struct reading *reading, const struct node *map, const char *key, bool needed, const char **out);
bool reading_kind(const struct reading *reading, const struct node *map, enum fact_kind *kind);
bool reading_source(const struct reading *reading, const struct node *map, bool needed, enum rule_source *source);

bool facts_load(const struct reading *reading, struct slice bytes, struct dictionary *dictionary);
const struct rule_fact *facts_find(const struct dictionary *dictionary, struct slice name);

/* --- a rule with what is not for everybody --- */

struct given {
    size_t fact; /* index in the rule */
    struct eval_value value;
};

struct expected {
    size_t result;
    struct eval_value value;
};

struct example {
    const char *name, *why;
    long line;
    struct given *given;
    size_t given_count;
    enum rule_verdict verdict;
    const char *because; /* NULL: not said */
    bool says_asks;
    size_t *asks; /* indexes of facts */
    size_t ask_count;
    struct expected *results;
    size_t result_count;
};

/* On such a day the rule is in force, or is not: an example for the dates of validity. */
struct dated {
    int32_t on;
    bool in_force;
    long line;
    const char *why;
};

struct machine;

struct held {
    struct rule rule; /* first, so that a rule is a held */
    struct example *examples;
    struct dated *dated;
    size_t dated_count;
    long from_line, until_line;
    struct machine *machine;
};

static inline const struct held *held_of(const struct rule *rule)
{
    return (const struct held *)rule;
}

bool rule_load(const struct reading *reading, struct slice bytes, struct held *held);

/* Where the rule's parts are; SIZE_MAX: nowhere. */
size_t rule_fact_at(const struct rule *rule, struct slice name);
size_t rule_parameter_at(const struct rule *rule, struct slice name);
size_t rule_result_at(const struct rule *rule, struct slice name);
size_t rule_condition_at(const struct rule *rule, struct slice name);

/* Codes are compared with codes there are, {names} are of the rule. What is no expression at all, the machine refuses. */
bool rule_codes_check(const struct reading *reading, const struct rule *rule);
/* Every fact and parameter is used somewhere; of expressions that the machine has taken. */
bool rule_uses_check(const struct reading *reading, const struct rule *rule);

/* --- values --- */

/* *why (ours, a literal) says what is wrong. The text of a code is the choice's own; without choices it is `typed`. */
bool figure_parse(enum fact_kind kind, const struct rule_choice *choices, size_t count, struct slice typed,
                struct eval_value *value, const char **why);
bool figure_same(const struct eval_value *a, const struct eval_value *b);

/* --- the machine: a rule's expressions, prepared --- */

/* What they came to for one set of facts. */
struct outcome {
    enum rule_verdict verdict;
    enum truth applies;
    enum truth *conditions;
    size_t because; /* of a no; else SIZE_MAX */
};

bool machine_make(const struct rule *rule, const struct calendar *calendar, struct machine **out, struct err *err);
void machine_free(struct machine *machine);
void machine_lock(struct machine *machine);
void machine_unlock(struct machine *machine);

/* Facts in the rule's order, locked. outcome->conditions has room for them all. */
bool machine_verdict(struct machine *machine, const struct eval_value *facts, struct outcome *outcome, struct err *err);
/* The results for the facts of the last machine_verdict; texts are copied into the arena. */
bool machine_results(struct machine *machine, struct rule_said *said, struct arena *arena, struct err *err);
/* Is the value of the kind that the result's entry says? */
bool result_fits(const struct rule *rule, size_t result, const struct eval_value *value, struct err *err);
bool machine_provisional(struct machine *machine); /* since it was last asked */
struct store_eval *machine_eval(struct machine *machine);
struct eval_expression *machine_applies(struct machine *machine);
struct eval_expression *machine_condition(struct machine *machine, size_t index);
struct eval_expression *machine_result(struct machine *machine, size_t index);

/* What single truths come to. */
void outcome_settle(struct outcome *outcome, size_t conditions);

/* The deciding facts of an unknown outcome: deciding[i] for each fact of the rule. */
void asks_find(struct machine *machine, const struct rule *rule, const struct eval_value *facts,
               const struct outcome *outcome, bool *deciding, struct arena *arena);

/* --- asking --- */

/* rule_ask with facts already in the rule's order, on a machine of the caller's. */
bool ask_machine(struct machine *machine, const struct rule *rule, const struct eval_value *facts, bool with_asks,
                 struct arena *arena, struct answer *answer, struct err *err);

/* Runs one example on a machine: "" where it comes out as the file says, else what does not (in the arena). */
const char *example_run(struct machine *machine, const struct rule *rule, const struct example *example,
                        struct arena *arena);

/* The first that does not come out as it says, by the rule's dates; NULL: all do. */
const struct dated *dated_fails(const struct rule *rule, const struct held *held);

struct rulebook {
    struct arena arena;
    const struct calendar *calendar;
    struct dictionary dictionary;
    struct held **rules; /* by id, region, date */
    size_t count, room;
};

#endif
