/* The sorts of matters that have a page of their own. */
#include "web/hire.h"
#include "web/matter.h"
#include "web/pilot.h"
#include "work/first_use.h"
#include "work/hire.h"
#include "work/pilot.h"

const struct matter_panel matter_panels[] = {
    /* policy */
    /* finance */
    /* fund */
    /* talent */
    /* pilot */
    {&sort_capability, "matter_pilot", pilot_panel_add},
    {&sort_pilot_job, "matter_pilot", pilot_panel_add},
    {&sort_voucher, "matter_pilot", pilot_panel_add},
    {&sort_settlement, "matter_pilot", pilot_panel_add},
    /* service */
    {&sort_service_order, "matter_hire", hire_panel_add},
    {&sort_guide, "matter_hire", hire_panel_add},
    {&sort_trial, "matter_hire", hire_panel_add},
    /* board */
    /* view */
    {NULL, NULL, NULL},
};
const size_t matter_panel_count = sizeof matter_panels / sizeof *matter_panels;
