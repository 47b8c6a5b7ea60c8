/*
 * What the law says where a contract is silent (民法典 §§510, 511, 584, 858–886; 技术合同司法解释 §§25, 26, 28, 31), as one table:
 * the clause, the forms of contract it is about, the law's words, the article. So that to leave a clause empty is a choice.
 * What is not agreed is first settled by a supplement, by the contract's other terms, or by usage (§510); then by these.
 */
#ifndef TQ_WORK_CONTRACT_SILENCE_H
#define TQ_WORK_CONTRACT_SILENCE_H

#include <stdbool.h>
#include <stddef.h>

struct silence {
    size_t field;      /* enum contract_field: the clause that was left empty */
    unsigned forms;    /* bits of enum contract_form */
    const char *says, *article;
};

enum { SILENCES_MOST = 24 };

/* known: of enum contract_field. Into list; how many. */
size_t contract_silences(unsigned forms, const bool *known, const struct silence *list[SILENCES_MOST]);

#endif
