/*
 * The rulebook's seam (DESIGN §7), settled now, filled by the procedure issue: dated rule files evaluated over facts
 * with three answers (yes, no because, unknown: tell us).
 */
#ifndef TQ_RULES_RULES_H
#define TQ_RULES_RULES_H

#include "base/arena.h"
#include "store/eval.h"

struct rulebook;

enum fact_kind { FACT_NUMBER, FACT_MONEY, FACT_DATE, FACT_CODE, FACT_YES };
enum fact_source { FACT_DECLARED, FACT_CERTIFICATE, FACT_DEPARTMENT };

struct fact {
    const char *name;
    enum fact_kind kind;
    bool known;
    int64_t value;        /* fen, days since 1970-01-01, 0/1, or the number */
    struct slice code;    /* FACT_CODE */
    enum fact_source source;
    uint64_t source_leaf; /* ledger index of the record it came from */
};

struct answer {
    enum truth truth;
    const char *rule, *version, *article; /* which rule, which version of it, which article */
    struct slice because;                 /* the condition that decided, in words */
    const char *const *deciding;          /* unknown facts any one of which could change the answer */
    size_t deciding_count;
};

bool rule_ask(const struct rulebook *book, const char *rule, const char *region, int32_t as_of, const struct fact *facts,
              size_t count, struct arena *arena, struct answer *answer, struct err *err);

#endif
