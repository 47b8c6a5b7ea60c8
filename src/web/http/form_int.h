#ifndef TQ_WEB_HTTP_FORM_INT_H
#define TQ_WEB_HTTP_FORM_INT_H

#include "web/http/http.h"

enum { FORM_PARTS_MOST = 1000 };

/* ERR_INVALID with the field named in message and err->field. Returns false. */
bool form_refuse(struct err *err, struct slice name, const char *what);
/* Valid UTF-8, no NUL. */
bool form_text(struct slice name, struct slice text, struct err *err);
bool form_add(struct form *form, struct form_part part, struct arena *arena, struct err *err);

/* Strictly; `plus`: '+' is a space. */
bool percent_decode(struct slice raw, bool plus, struct arena *arena, struct slice *out);

/* A parameter of a header value: `; name=token` or `; name="quoted"`. params starts behind the first ';' or before it. */
bool param_find(struct slice params, const char *name, struct arena *arena, struct slice *value);

#endif
