/* What the files of a deal's papers share. */
#ifndef TQ_WORK_DEAL_PAPER_INT_H
#define TQ_WORK_DEAL_PAPER_INT_H

#include "work/deal_int.h"
#include "work/deal_paper.h"

/* deal_paper_form.c */
extern const struct paper_form form_notice, form_reward_notice, form_registration, form_allocation, form_cash_tax,
    form_equity_tax, form_annual_row;

/* deal_paper_fill.c: what every paper may name */
bool paper_common(struct deal_paper_work *work, struct err *err);
void paper_basis(struct deal_paper_work *work, const char *rules);
/* A value of a paper in words, where it is known, else "". */
void paper_words(struct deal_paper_work *work, const char *name, const struct record *paper, size_t field);
void paper_sum(struct deal_paper_work *work, const char *name, const struct record *paper, size_t field);

/* deal_paper_kind.c */
bool ready_notice(struct deal_paper_work *work, struct err *why);
bool ready_reward_notice(struct deal_paper_work *work, struct err *why);
bool ready_registration(struct deal_paper_work *work, struct err *why);
bool ready_allocation(struct deal_paper_work *work, struct err *why);
bool ready_cash_tax(struct deal_paper_work *work, struct err *why);
bool ready_equity_tax(struct deal_paper_work *work, struct err *why);
bool fill_notice(struct deal_paper_work *work, struct err *err);
bool fill_reward_notice(struct deal_paper_work *work, struct err *err);
bool fill_registration(struct deal_paper_work *work, struct err *err);
bool fill_allocation(struct deal_paper_work *work, struct err *err);
bool fill_cash_tax(struct deal_paper_work *work, struct err *err);
bool fill_equity_tax(struct deal_paper_work *work, struct err *err);
bool fill_annual_row(struct deal_paper_work *work, struct err *err);

#endif
