/* The sorts of matters that have a page of their own. */
#include "web/finance.h"
#include "work/loan.h"

const struct matter_panel matter_panels[] = {
    /* policy */
    /* finance */
    {&sort_consent, "consent", consent_panel},
    {&sort_loan, "loan", loan_panel},
    /* fund */
    /* talent */
    /* pilot */
    /* service */
    {NULL, NULL, NULL},
};
const size_t matter_panel_count = sizeof matter_panels / sizeof *matter_panels;
