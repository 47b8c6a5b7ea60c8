/* What the files of self-assessments share (assess.c, assess_read.c); not for others. */
#ifndef TQ_WEB_ASSESS_INT_H
#define TQ_WEB_ASSESS_INT_H

#include "web/rule.h"
#include "work/assess.h"
#include "work/fact.h"

struct quiz_question {
    struct rule_input typed; /* its name is the fact's, and of a year's step "rd_other-2023" */
    int32_t year;            /* 0: of the sheet's own steps */
    struct fact stored;      /* what is believed of the firm already; not known: nothing */
};

struct quiz_step {
    const char *label, *label_en;
    int32_t year;
    size_t first, count;     /* of its questions */
};

struct quiz {
    struct request *request;
    const struct assess_sheet *sheet;
    int32_t today, last_year, region;
    struct quiz_question *questions;
    size_t count;
    struct quiz_step *steps;
    size_t step_count, at;   /* at: the step that is shown */
    struct err first;        /* of the first answer that cannot be read */
    bool wrong;
};

/*
 * Reads the sheet's answers: as they were sent by the form (it sends all of them), else those in the query or the JSON body over
 * what is stored of the actor's own organisation. false: err, which is ours or of the request; a slip only sets `wrong`.
 */
bool quiz_read(struct request *request, const struct assess_sheet *sheet, struct quiz *quiz, struct err *err);

/* The known ones, of the sheet's own steps and of this year (0: those alone); *count of them, in the request's arena. */
struct fact *quiz_facts(const struct quiz *quiz, int32_t year, size_t *count);
/* Is it known, and not as it is stored already? */
bool quiz_new(const struct quiz_question *question);
/* The step, counted from 1, that asks for the fact, of this year or of none; 0: none does. */
size_t quiz_step_of(const struct quiz *quiz, const struct rule_fact *fact, int32_t year);
bool quiz_filled(const struct quiz *quiz, const struct quiz_step *step, size_t *filled);

#endif
