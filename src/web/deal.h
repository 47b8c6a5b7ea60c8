/*
 * The pages of deals.
 * Document of the list: {"deals": {past, lines: [{href, title, unit, pier, past, at}], further: the look ended before the records did, next}}
 * Of one: {"deal": {id, ver, title, up, unit, achievement, region, ended, piers: [{code, label, state, turn, missing, hint, due,
 *   provisional, article}], now: the pier it stands at or null, form: {step, label, does, action, paper, fields, more: those
 *   seldom filled in, folded, file: {label, fills, error} or null, request_id, ver, tree, silent: see below} or null, steps: [{name, label, does, href, here}], terms: fields, papers: [{label, items: [{no, fields, at, who, silent}]}],
 *   files: {lines: [{no, ver, name, href, size, kib, media, sort, paper, digest, at, leaf, withdrawn, why, withdraw, request_id}],
 *   attach: {action, request_id, sorts, places} or null} or null,
 *   paperwork: {lines: [{name, label, ready, missing, hint, files: [{format, href}]}], pack: where the evidence pack is, pack_files: and
 *   with the attachments in it, or null} or null,
 *   flags: {lines: [{what, article, number, day}]} of reliefs that rested on a
 *   registration revoked, or null, refusal: {message, hint, answers: [{rule, title, verdict, says, hint, articles, asks: [{name, label, hint}], href}]}}}
 */
#ifndef TQ_WEB_DEAL_H
#define TQ_WEB_DEAL_H

#include "web/form.h"
#include "work/deal.h"

/* A deal's page while it is made. */
struct sheet;

/* What a paper dropped onto the form of a step says, and the file itself, which waits to go in with the step. */
struct deal_reading {
    const struct sheet *sheet;     /* from, offer, doubt */
    struct slice name, digest, mark; /* mark "": the file is not kept */
    struct slice error;            /* why it was not read; "" */
    int filled, offered, doubted;
};

struct deal_page {
    struct request *request;
    const char *door;              /* below which its forms and steps lie; NULL: "/deals" */
    struct deal_file file;
    struct deal_bridge bridge;
    struct object object;
    const struct deal_step *step;  /* whose form is open; NULL */
    const struct record *paper;    /* that it writes in; NULL */
    struct slice typed[FIELDS_MAX];
    const struct deal_order *order; /* that was refused; NULL */
    const struct err *refused;     /* why; NULL */
    const struct deal_reading *reading; /* NULL: nothing was dropped */
};

/* Loads the deal of the request, as the actor may see it. */
bool deal_page_load(struct request *request, struct deal_page *page, struct err *err);

/* The document; new reference. */
json_t *deal_document(struct deal_page *page);

/* The steps that the actor may take now: [{label, does, href, here}]; of a page with another door those that are taken there. */
json_t *deal_steps_json(const struct deal_page *page);

/* What stands in the way of page->order: {message, hint, ruled, answers}; null. */
json_t *deal_refusal_json(const struct deal_page *page);

/*
 * May who asks take the step of the request's deal (NULL: attach and withdraw files)? Asked before anything of a POST is looked at: a
 * refusal shows the whole page of the deal, which is the reader's alone, and nobody writes down who saw it (work/audit_view.h).
 */
bool deal_step_let(struct request *request, const struct deal_step *step, struct err *err);

/* Takes the step that the request names; `then` is given the struct deal_order. */
bool deal_step_post(struct request *request, request_then *then, struct err *err);
/* 409 or 422 for a program: each field that is to be mended, each rule that does not say yes. */
bool deal_refused_program(struct request *request, const struct deal_order *order, const struct err *err);

/* The form of page->step; null where none is open. */
json_t *deal_form_json(struct deal_page *page);

/*
 * The files of the request's form (its parts "file"), looked at and hashed: *err names the field "file". Then put into the database,
 * for who may take steps of the deal: blocks, and ends the request's snapshot.
 */
bool deal_files_read(struct request *request, const char *sort, struct attachment_set *set, struct err *err);
bool deal_files_keep(struct request *request, const struct attachment_set *set, struct err *err);
/* The same where who asks has been let in already. */
bool deal_files_kept(struct request *request, const struct attachment_set *set, struct err *err);
/* A content as a download, never shown in the page's own place, and only once it hashed to its digest. media: a code of that list. */
bool attachment_send(struct request *request, struct slice digest, struct slice media, struct slice name, struct err *err);

/* Can an old paper fill the step's form in? */
bool deal_reads(const struct deal_step *step);
/* do=read: the page with the form filled in from the part "old". */
bool deal_read(struct request *request, const struct deal_step *step, struct err *err);
/* {error, file, count, offered, doubted, kept: {name, digest, mark}} of the form; null where nothing can be dropped. */
json_t *deal_reading_json(const struct deal_page *page);
/* What a drop is made of, for the page of a past deal too: its text (ERR_INVALID: none, or it can't be read), the file that waits. */
bool deal_drop_read(struct request *request, const struct form_part *part, size_t most, struct slice *text, struct err *err);
/* A file of a sort that is not kept is read all the same. Ends the request's snapshot. */
void deal_drop_keep(struct request *request, const struct form_part *part, struct deal_reading *reading);
/* What it filled in, of the fields that the step (NULL: the kind) asks for. */
void deal_drop_count(const struct deal_step *step, const struct sheet *sheet, struct deal_reading *reading);
/* reading NULL: nothing was dropped; keeps: the file can go in with what is submitted. */
json_t *deal_dropped_json(const struct deal_reading *reading, bool keeps);
/* The file that was read before and is to go in with the step, as if it were brought again. */
bool deal_kept_take(struct request *request, const char *sort, struct attachment_set *set, struct err *err);

/* Does the step write a paper that files can lie with? Its field that is filled from the first of them, -1: none. */
bool deal_takes_files(const struct deal_step *step);
int deal_digest_field(const struct deal_step *step);

/* What is attached, and the form to attach more; null for who does not see the papers. */
json_t *deal_files_json(const struct deal_page *page);

/* The page again with what stands in the way of something other than a step; a program is told err alone. */
bool deal_refused(struct request *request, struct err *err);

/*
 * Of the step "sign": the questions by which the contract's sort is found, {codes, taken: [{asks, code, says, article, again}],
 * next: {asks, answers: [{code, says, article, href}]} or null, found: {form, sort, article} or null}; null at any other step.
 */
json_t *deal_tree_json(const struct deal_page *page);

/* What the law says of the clauses that a contract, or the form of one, leaves empty: {lines: [{label, says, article}]}; null: none. */
json_t *deal_silent_json(struct request *request, const struct record *paper);
json_t *deal_silent_form_json(const struct deal_page *page);

/* The papers that the deal gives (work/deal_paper.h), each with its files or what is missing; null for who sees no more than how far it is. */
json_t *deal_paperwork_json(const struct deal_page *page);

/*
 * What the rules said against the step, [{rule, title, verdict, unknown, says, hint, articles, asks: [{name, label, hint, href}],
 * href}]: the page's refusal.answers, and "answers" of the error that a program is told. [] where no rule was against it. New reference.
 */
json_t *deal_answers_json(struct request *request, const struct deal_order *order);
/* The same of any list of answers; at: the address of the form that states a fact, up to its name; NULL: "href" of what it asks is null. */
json_t *answers_json(struct request *request, const struct answer *list, size_t count, const char *at);

/* A line of a list of deals: {href, title, unit, pier, past, at}. New reference. */
json_t *deal_line_json(struct request *request, const struct record *deal);

/* For a record's page: the deals of an achievement and the door to begin one; NULL where there is nothing to show. */
json_t *deals_of_achievement(struct request *request, const struct record *achievement);

#endif
