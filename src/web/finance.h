/* What pages of consents and loans show besides (web/matter.h). */
#ifndef TQ_WEB_FINANCE_H
#define TQ_WEB_FINANCE_H

#include "web/matter.h"

/*
 * "consent": {open: href of the pack or null, stands, packs: [{no, at, lines, stale, leaf, digest, pdf, xlsx: null once it is shut}],
 * openings: [{at, leaf, who, file}]}
 */
bool consent_panel(const struct matter_page *page, json_t *matter, struct err *err);

/*
 * "loan": {days: {pack, decision, drawdown}, as text, each null until it is known, open: principal, left: still to be drawn, consent: {href, stands},
 * pack: href or null, signals: [{label, says, day, noted, href, note}]}
 */
bool loan_panel(const struct matter_page *page, json_t *matter, struct err *err);

/* The pages of banks are for people who act for a finance institution. */
bool loan_bank_opens(struct request *request);

#endif
