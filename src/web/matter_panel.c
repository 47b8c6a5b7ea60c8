/* The sorts of matters that have a page of their own. */
#include "web/matter.h"

const struct matter_panel matter_panels[] = {
    /* policy */
    /* finance */
    /* fund */
    /* talent */
    /* pilot */
    /* service */
    {NULL, NULL, NULL},
};
const size_t matter_panel_count = sizeof matter_panels / sizeof *matter_panels;
