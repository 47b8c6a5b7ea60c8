/* What simulate.c and simulate_read.c share; not for others. */
#ifndef TQ_WEB_SIMULATE_INT_H
#define TQ_WEB_SIMULATE_INT_H

#include "web/request.h"
#include "work/simulate.h"

/* One column: the question with its region, agreed share and standard. */
struct simulate_variant {
    struct simulate_place place;
    const struct tree_node *region; /* NULL: the nation */
    int32_t agreed;
};

struct simulate_sheet {
    struct request *request;
    struct simulate_question question; /* agreed comes from the variant */
    const char *names[ALLOT_PEOPLE];
    struct simulate_variant variants[2];
    size_t variant_count;
    json_t *errors;      /* [{field, text}], owned */
    struct err first;    /* the first of them, for who takes JSON */
};

/* What comes in, by name; those of the second column end in 2. */
extern const char *const simulate_fields[];
extern const size_t simulate_field_count;

/* Reads what was sent; each slip is an error with the field it concerns. */
void simulate_read(struct request *request, struct simulate_sheet *sheet);

/* The form's name of a deduction, by its place in question.costs: "cost_tax". */
const char *simulate_cost_field(const struct simulate_sheet *sheet, size_t index);
const char *simulate_cost_name(enum allot_deduction sort);

/* err's field is known. */
void simulate_complain(struct simulate_sheet *sheet, const struct err *err);

#endif
