/* What the pages of public money show beside their matters (web/matter.h), and the pages that are no matter's: web/fund_*.c. */
#ifndef TQ_WEB_FUND_H
#define TQ_WEB_FUND_H

#include "web/matter.h"

bool fund_pool_add(const struct matter_page *page, json_t *matter, struct err *err);   /* "account" */
bool fund_cover_add(const struct matter_page *page, json_t *matter, struct err *err);  /* "cover" */
bool fund_stake_add(const struct matter_page *page, json_t *matter, struct err *err);  /* "stake" */
bool fund_flow_add(const struct matter_page *page, json_t *matter, struct err *err);   /* "flow" */

/* Beside a loan: "pools": where it can be put under cover, and its covers; "branches": those of its bank that are listed. */
bool fund_loan_add(const struct matter_page *page, json_t *loan, struct err *err);

#endif
