/*
 * Many rules over many sets of facts: each policy over every enterprise.
 *
 *   fact_table_new    a table with the facts that the rules ask for, a column each
 *   fact_table_add    a set of facts as the next row
 *   rule_ask_all      every rule over every row, a block of rows at a time, with the truth of each condition
 *
 * What comes out is what rule_ask says of each row, byte for byte: SQLite stays the meaning of an expression. A rule's expressions
 * are compiled into steps over columns in three values (plan.c, vector.c, on the very functions that SQLite calls); what the compiler
 * does not take, and each row with which something cannot be computed, is asked of SQLite (docs/decisions/0020). Deciding facts
 * and words are not made here: rule_ask makes them of the one row that is looked at.
 *
 * A table is filled by one thread and may then be read by many. Its rows cost 9 bytes a fact.
 */
#ifndef TQ_RULES_BULK_H
#define TQ_RULES_BULK_H

#include "rules/rules.h"

struct fact_table;

/* Columns: the facts of these rules. The rules must outlive it. */
struct fact_table *fact_table_new(const struct rule *const *rules, size_t count);
void fact_table_free(struct fact_table *table);

/* Facts that no rule asks for are passed over; one of another kind, a code that there is not, or a number too large: ERR_INVALID. */
bool fact_table_add(struct fact_table *table, int64_t id, const struct fact *facts, size_t count, struct err *err);
size_t fact_table_rows(const struct fact_table *table);

enum { RULE_BLOCK = 512 };

/* What one rule says of one block of rows; the arrays live until emit returns. */
struct rule_rows {
    const struct rule *rule;
    size_t from, count;               /* rows of the table */
    const int64_t *ids;
    const unsigned char *verdicts;    /* enum rule_verdict */
    const unsigned char *applies;     /* enum truth */
    const unsigned char *const *conditions; /* [condition][row]: enum truth */
    const int64_t *const *results;    /* [result][row]; 0 where it is not known */
    const unsigned char *const *known; /* [result][row]; 0 of a result of kind code, which is not given here */
    const bool *provisional, *wrong;  /* wrong: nothing can be computed of the row; rule_ask says why. Its verdict is unknown */
};
typedef bool rule_emit(void *arg, const struct rule_rows *rows, struct err *err);

/* Block by block, in each the rules in their order. Takes a rule's lock only for what SQLite is asked. */
bool rule_ask_all(struct rulebook *book, const struct rule *const *rules, size_t count, const struct fact_table *table, rule_emit *emit,
                  void *arg, struct err *err);

#endif
