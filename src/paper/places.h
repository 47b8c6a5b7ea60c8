/*
 * The places {{…}} in one part of a Word file, filled. What Word keeps in runs (<w:r><w:t>) is taken together a paragraph at a
 * time, so that a place that was cut into several is found; all other bytes of the part stay as they are.
 */
#ifndef TQ_PAPER_PLACES_H
#define TQ_PAPER_PLACES_H

#include "base/text.h"
#include "paper/paper.h"

/* part: its name, for messages. ERR_INVALID: no XML, a name that no form knows, a section that is not closed. */
bool places_fill(const char *part, struct slice xml, const struct paper_form *form, const struct paper_fill *fill,
                 struct text *out, struct err *err);

/* Text as it stands in XML; a line break becomes Word's. What XML forbids is left out. */
void places_escape(struct text *out, struct slice text);

#endif
