/* What the pages of challenges, fairs, alliances and research show besides a matter's own: board_panel.c says its shape. */
#ifndef TQ_WEB_BOARD_H
#define TQ_WEB_BOARD_H

#include "web/matter.h"

bool board_panel(const struct matter_page *page, json_t *matter, struct err *err);

#endif
