/* What openapi.c and openapi_schema.c share; not for others. Each returns a new reference. */
#ifndef TQ_WEB_OPENAPI_INT_H
#define TQ_WEB_OPENAPI_INT_H

#include <jansson.h>

#include "base/arena.h"
#include "record/kind.h"

/* format: NULL for none. */
json_t *text_schema(const char *type, const char *format);
json_t *choice_schema(const char *list);
/* One value by which a list can be narrowed. */
json_t *facet_schema(const struct field *field);
/* Adds a description and returns the schema itself. */
json_t *described(json_t *schema, const char *description);

/* The schema of a field's value, with its label and level. */
json_t *field_schema(const struct field *field);
json_t *request_id_schema(void);
/* A schema of text members, {name, description} each; `required` are the first so many. */
json_t *members_schema(const char *const (*members)[2], size_t count, size_t required);
/* Takes properties over; required: their names, parted by blanks. No other members fit. */
json_t *flat_schema(json_t *properties, const char *required);

/* What is sent to make or to change a record; what is sent beside. */
json_t *kind_schema(const struct kind *kind, bool change);
json_t *sign_in_schema(void);
json_t *step_schema(void);  /* close, reopen */
json_t *leave_schema(void);
json_t *inbox_read_schema(void);
json_t *fact_statement_schema(void);
json_t *notices_schema(void);
json_t *feedback_schema(void); /* nda */
json_t *assess_answers_schema(void);
json_t *tender_text_schema(void);
json_t *account_schema(void);
json_t *account_change_schema(void);
json_t *account_role_schema(void);

/* Each operation under its path and method (openapi.c). */
json_t *paths_json(struct arena *arena);
json_t *reference(const char *shelf, const char *name, struct arena *arena);
/* {"content": {"application/json": …}}; takes both over, example may be NULL. */
json_t *content(json_t *schema, json_t *example);
json_t *question_schema(bool file);
const char *change_name(const struct kind *kind, struct arena *arena);

/* Of deals (openapi_deal.c): deal_opening, deal_step and one deal_step_NAME a step. */
void deal_schemas_add(json_t *schemas, struct arena *arena);
json_t *step_name_schema(void);
json_t *answers_schema(void);

/* Of matters (openapi_matter.c): one KIND_step_NAME a step; what is sent to begin one, or to take a step of it. */
void matter_schemas_add(json_t *schemas, struct arena *arena);
/* Some come about by another's step alone. */
bool matter_begins(const struct kind *kind);
json_t *matter_body(const struct kind *kind, bool begins, struct arena *arena);

/* What is answered. */
json_t *error_schema(void);
json_t *done_schema(void);
json_t *token_schema(void);
json_t *first_password_schema(void);

/* An example that is answered as described, for an account that may. change: of the record's first version. */
json_t *kind_example(const struct kind *kind, bool change);
json_t *example_json(const char *text);

#endif
