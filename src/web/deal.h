/*
 * The pages of deals.
 * Document of the list: {"deals": {lines: [{href, title, unit, pier, at}], next, empty}}
 * Of one: {"deal": {id, ver, title, up, unit, achievement, region, ended, piers: [{code, label, state, turn, missing, hint, due,
 *   provisional, article}], now: the pier it stands at or null, form: {step, label, does, action, paper, fields, more: those
 *   seldom filled in, folded, request_id, ver} or null, steps: [{name, label, does, href, here}], terms: fields, papers: [{label, items: [{no, fields, at, who}]}],
 *   paperwork: {lines: [{name, label, ready, missing, hint, files: [{format, href}]}]} or null, problem, refusal: {message, hint, answers: [{rule, title, verdict, says, hint, articles, asks: [{name, label, hint}], href}]}}}
 */
#ifndef TQ_WEB_DEAL_H
#define TQ_WEB_DEAL_H

#include "web/form.h"
#include "work/deal.h"

/* A deal's page while it is made. */
struct deal_page {
    struct request *request;
    struct deal_file file;
    struct deal_bridge bridge;
    struct object object;
    const struct deal_step *step;  /* whose form is open; NULL */
    const struct record *paper;    /* that it writes in; NULL */
    struct slice typed[FIELDS_MAX];
    const struct deal_order *order; /* that was refused; NULL */
    const struct err *refused;     /* why; NULL */
};

/* Loads the deal of the request, as the actor may see it. */
bool deal_page_load(struct request *request, struct deal_page *page, struct err *err);

/* The document; new reference. */
json_t *deal_document(struct deal_page *page);

/* The form of page->step; null where none is open. */
json_t *deal_form_json(struct deal_page *page);

/* The papers that the deal gives (work/deal_paper.h), each with its files or what is missing; null for who sees no more than how far it is. */
json_t *deal_paperwork_json(const struct deal_page *page);

/*
 * What the rules said against the step, [{rule, title, verdict, unknown, says, hint, articles, asks: [{name, label, hint, href}],
 * href}]: the page's refusal.answers, and "answers" of the error that a program is told. [] where no rule was against it. New reference.
 */
json_t *deal_answers_json(struct request *request, const struct deal_order *order);

/* A line of a list of deals: {href, title, unit, pier, past, at}. New reference. */
json_t *deal_line_json(struct request *request, const struct record *deal);

/* For a record's page: the deals of an achievement and the door to begin one; NULL where there is nothing to show. */
json_t *deals_of_achievement(struct request *request, const struct record *achievement);

#endif
