/* What the files that make and read forms share (form.c, form_field.c, deal.c, deal_form.c); not for others. */
#ifndef TQ_WEB_FORM_INT_H
#define TQ_WEB_FORM_INT_H

#include "web/form.h"

/* For those who act for others (officers): whose record this is. No field of the record. */
extern const struct field owner_field;

/* A member of a JSON body, held against its field: a text, an integer, a list where the field is one. ERR_INVALID names the field. */
bool form_value_fits(const struct field *field, const json_t *value, struct err *err);

/* What the form says of a field: what was typed, or what a file says of it where the person took that (web/prefill.c). */
struct slice form_typed(const struct request *request, const struct field *field);

/* One field as the page takes it (docs/pages.md); its "error" is null. */
json_t *field_form(const struct sheet *sheet, size_t index);
json_t *owner_form(const struct sheet *sheet);

/*
 * `made`: one a field of the kind, complaints in it, NULL where the actor may not see the field; all stay the caller's. The
 * head: what is required, whose it is (owner may be NULL), then the rest of it.
 */
json_t *form_head(const struct sheet *sheet, json_t *const *made, json_t *owner);
/*
 * The kind's sections that hold anything to be seen; one is open where a field of it holds something, is wrong or was changed
 * by somebody else meanwhile.
 */
json_t *form_sections(const struct sheet *sheet, json_t *const *made);

#endif
