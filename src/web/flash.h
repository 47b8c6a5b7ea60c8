/*
 * What was just done, said once on the page to which a form leads: a word of a fixed list in a cookie of a minute. The page
 * that says it takes the cookie away; what is no word of the list says nothing. Programs are told by the answer itself.
 */
#ifndef TQ_WEB_FLASH_H
#define TQ_WEB_FLASH_H

#include "web/request.h"

enum flash {
    FLASH_MADE, FLASH_CHANGED, FLASH_SAME, FLASH_CLOSED, FLASH_REOPENED, FLASH_NDA_GIVEN, FLASH_NDA_ENDED, FLASH_DRAFT_SAVED,
    FLASH_DRAFT_DELETED, FLASH_PASSWORD, FLASH_SESSION_ENDED, FLASH_SIGNED_OUT, FLASH_IMPORT_DROPPED, FLASH_IMPORT_SETTLED,
    FLASH_DISABLED, FLASH_ENABLED, FLASH_ROLE_GIVEN, FLASH_ROLE_TAKEN, FLASH_SAID,
    FLASH_SAID_NO, FLASH_SAID_BACK, FLASH_SAID_SAME, FLASH_DEAL, FLASH_STEP, FLASH_PAST, FLASH_ATTACHED,
    FLASH_DETACHED, FLASH_RESULTS,
    FLASH_WISHED, FLASH_WISHED_MAIL, FLASH_ADDRESS_WRONG, FLASH_ADDRESS_CONFIRMED, FLASH_CODE_WRONG, FLASH_FEED_ENDED, FLASH_MATTER,
    FLASH_FACT, FLASH_FACT_CONFIRMED, FLASH_FACT_BACK, FLASH_NOTICES, FLASH_NOTICES_SOME, FLASH_PATENTS, FLASH_DECISIONS, FLASH_FACTS, FLASH_FACTS_SAME, FLASH_COUNT
};

/* For an answer that is a redirect: a page given at once would say it a page too late. */
void flash_set(struct request *request, enum flash flash);

/* {tone, text} for the page that is being made, once; NULL: nothing. */
json_t *flash_take(const struct request *request);

#endif
