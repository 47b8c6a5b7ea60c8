/* Amounts of money in words: 200万元, 200-300万, 0.5 亿, 2 million yuan. */
#ifndef TQ_MATCH_AMOUNT_H
#define TQ_MATCH_AMOUNT_H

#include "match/fold.h"

/* Folded characters from..to say an amount, together with the words that call it a budget. */
struct amount {
    size_t from, to;
    int64_t fen;
    bool budget;
};

/* The next one whose number begins at `from` or later. */
bool amount_next(const struct fold *fold, size_t from, struct amount *amount);

/* The first amount that is called a budget, in fen; -1: none. */
int64_t amount_budget(const struct fold *fold);

#endif
