/* What the page of a bundle (work/bundle.h) shows besides a matter's own: bundle.c says its shape. */
#ifndef TQ_WEB_BUNDLE_H
#define TQ_WEB_BUNDLE_H

#include "web/matter.h"

bool bundle_panel(const struct matter_page *page, json_t *matter, struct err *err);

#endif
