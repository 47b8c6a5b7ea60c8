/* The sorts of matters that have a page of their own. */
#include "web/matter.h"
#include "web/pilot.h"
#include "web/talent.h"
#include "work/pilot.h"
#include "work/talent.h"

const struct matter_panel matter_panels[] = {
    /* policy */
    /* finance */
    /* fund */
    /* talent */
    {&sort_case_work, "matter_case", case_panel_add},
    /* pilot */
    {&sort_capability, "matter_pilot", pilot_panel_add},
    {&sort_pilot_job, "matter_pilot", pilot_panel_add},
    {&sort_voucher, "matter_pilot", pilot_panel_add},
    {&sort_settlement, "matter_pilot", pilot_panel_add},
    /* service */
    /* board */
    /* view */
    {NULL, NULL, NULL},
};
const size_t matter_panel_count = sizeof matter_panels / sizeof *matter_panels;
