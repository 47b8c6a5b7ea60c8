/* The sorts of matters that have a page of their own. */
#include "web/bundle.h"
#include "work/bundle.h"
#include "web/finance.h"
#include "work/loan.h"
#include "web/matter.h"
#include "web/pilot.h"
#include "work/pilot.h"

const struct matter_panel matter_panels[] = {
    /* policy */
    /* finance */
    {&sort_consent, "consent", consent_panel},
    {&sort_loan, "loan", loan_panel},
    /* fund */
    /* talent */
    /* pilot */
    {&sort_capability, "matter_pilot", pilot_panel_add},
    {&sort_pilot_job, "matter_pilot", pilot_panel_add},
    {&sort_voucher, "matter_pilot", pilot_panel_add},
    {&sort_settlement, "matter_pilot", pilot_panel_add},
    /* service */
    /* board */
    /* view */
    {&sort_bundle, "bundle", bundle_panel},
    {NULL, NULL, NULL},
};
const size_t matter_panel_count = sizeof matter_panels / sizeof *matter_panels;
