/* What the files of talent share. */
#ifndef TQ_WORK_TALENT_INT_H
#define TQ_WORK_TALENT_INT_H

#include "work/talent.h"

/* A deal as cases and claims ask for it: its sides, and its contract where it is signed. */
struct deal_told {
    bool found, signed_there;
    int64_t unit, buyer;       /* parties; buyer 0: not one that is entered here */
    int64_t amount, technical; /* fen, of the contract */
    int32_t signed_on;
    struct slice sort;         /* of the contract */
};
bool talent_deal(struct sql *sql, int64_t deal, struct arena *arena, struct deal_told *told, struct err *err);

/* A case as introductions and claims ask for it. */
struct told_case {
    bool found;
    int64_t owner, client, manager, deal;
    struct slice state; /* code, in the draft's arena */
};
bool case_read(const struct matter_draft *draft, int64_t id, struct told_case *told, struct err *err);

/* The day of the first introduction of a case that both sides confirmed with that party; 0: there is none. */
bool talent_introduced(struct sql *sql, int64_t case_id, int64_t other, int32_t *day, struct err *err);

/*
 * Of what came in so far, the part paid for technology: the contract's technical amount over its amount, down to the fen. A receipt's own
 * part is the difference to the sum before it, so that the parts of all receipts sum to that of the whole. 0 where the contract tells none.
 */
int64_t talent_technical(int64_t sum, int64_t technical, int64_t amount);

/* The day in a column of text; 0: none. */
int32_t talent_day(const struct sql_rows *rows, int column);

/* Fills in who acts, "姓名 #编号" (person -1: not), and his telephone number, as they stand among the people. */
bool talent_fill_self(struct matter_draft *draft, int person, size_t phone, struct slice typed[FIELDS_MAX], struct err *err);

/* The check of a step that records a talk: it has taken place. */
bool talent_talk(struct matter_draft *draft, struct err *err);

/* The name of a party; "" if there is none. */
struct slice talent_party(struct matter_draft *draft, int64_t party);

#endif
