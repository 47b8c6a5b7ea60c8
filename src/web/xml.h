/* XML that goes out: text as people wrote it, made harmless. */
#ifndef TQ_WEB_XML_H
#define TQ_WEB_XML_H

#include "base/text.h"

/*
 * Text for an element or an attribute: & < > " ' escaped; characters that XML 1.0 forbids even as references (controls but tab and line
 * ends, U+FFFE, U+FFFF, what is no UTF-8) become U+FFFD.
 */
void xml_text(struct text *out, struct slice text);

/* ` name="value"` */
void xml_attribute(struct text *out, const char *name, struct slice value);

/* `<name>text</name>` and a line end. */
void xml_element(struct text *out, const char *name, struct slice text);

#endif
