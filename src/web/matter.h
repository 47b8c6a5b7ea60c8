/*
 * The pages of matters (work/matter.h): one list and one page for all sorts, from their tables.
 * Document of a list: {"matters": {kind, plural, about, empty, lines: [{href, title, state, since, due, late, sides: [{label, name}]}],
 *   states: [{label, href, here}], begin: [{label, href}], begins_at, further, next}}
 * Of one: {"matter": {id, ver, kind, plural, title, state, turn: [label], since, due, late, limit, over, line: only that much is for the
 *   reader, sides: [{label, name, href, mine}], fields, entries: [{kind, count, folded, items: [{id, no, at, leaf, fields, amends: steps that write in it,
 *   file: {href, name, kib} that is kept with it, or null}]}], events: {href, here} or null, form, steps:
 *   [{label, does, href, here}], refusal: {message, hint, ruled, answers}, history: [{label, at, leaf, ver, who}]}}
 *   form: {step, label, does, action, entry, no, given: [{name, value, label, text, href}], fields, more, folded, brings: it takes a file in its part "raw", request_id, ver}
 * A sort may have a page of its own, with what it shows besides (struct matter_panel): its template includes matter_main.
 */
#ifndef TQ_WEB_MATTER_H
#define TQ_WEB_MATTER_H

#include "web/form.h"
#include "work/matter.h"

/* What is not to be told to the reader: a firm that hides (matter_veils), and of what he sees only because it is open, who takes part. */
struct matter_veil {
    int64_t party;      /* 0: nobody */
    struct slice alias; /* what it is called instead */
    bool unknown;       /* it could not be looked up: nobody is named */
    bool stranger;      /* he sees it only because it is open, and the sort keeps its title or a side from such */
};

/* A matter's page while it is made. */
struct matter_page {
    struct request *request;
    const struct matter_sort *sort;
    struct matter_file file;        /* matter.ver 0: one is being begun */
    const struct matter_step *step; /* whose form is open; NULL */
    const struct record *entry;     /* that it writes in; NULL */
    struct slice typed[FIELDS_MAX];
    const struct matter_order *order; /* that was refused; NULL */
    const struct err *refused;      /* why; NULL */
    struct matter_veil veil;
};

/* What a sort shows besides: adds to the "matter" of the document. */
struct matter_panel {
    const struct matter_sort *sort;
    const char *page; /* its template */
    bool (*add)(const struct matter_page *page, json_t *matter, struct err *err);
};
extern const struct matter_panel matter_panels[];
extern const size_t matter_panel_count;

/* The document; new reference, NULL with err. */
json_t *matter_document(struct matter_page *page, struct err *err);

/* The title of a record that is named by its number, as far as the reader may know of it: a number can be typed by anybody. "": nothing. */
struct slice matter_title_of(struct request *request, const struct kind *kind, int64_t id);

/* Is the field the code of an indicator? */
bool matter_names_indicator(const struct kind *kind, size_t field);
/* For a field that names a record and that no page has brought: a choice among the reader's own ones; of an indicator's code, of those that are
   counted; new reference, NULL: none is offered. */
json_t *matter_pick(const struct matter_page *page, const struct sheet *sheet, size_t index);

/* For a page: where its events are, from how it stands on; null: none is to come, or a program asks. */
json_t *matter_events_json(const struct matter_page *page);

/* What a leaf says was done: {code, label, label_en}. */
json_t *matter_leaf_label(const struct matter_sort *sort, const char *action);

/* A line of a list: {href, title, state, since, due, late, sides}. */
json_t *matter_line_json(struct request *request, const struct matter_sort *sort, const struct record *matter);
/* Such lines as an array; new reference. */
json_t *matter_lines_json(struct request *request, const struct matter_sort *sort, const struct record *list, size_t count);

/* Those of a sort that name the record in a FIELD_ID and that the reader may see: a line {kind, lines} of `lists`; none: none is added. */
bool matter_about_add(struct request *request, const struct matter_sort *sort, size_t field, int64_t id, json_t *lists, struct err *err);

/* The file that comes with a step that brings one, put into the database; what the form leaves empty it says. None: true. */
bool matter_bring_read(struct request *request, struct matter_order *order, struct err *err);
/* Where the file of an entry is taken out. */
const char *matter_kept_href(const struct request *request, const struct matter_sort *sort, int64_t id, const struct record *entry);

/* What waits for the reader, as tasks of his desk are (web/desk_task.c). */
bool matter_tasks_add(struct request *request, json_t *tasks, struct err *err);

/* For a record's page: the matters about it that the reader may see, and the doors to begin one: {lines, begin, bundle: hrefs or null}; null: nothing. */
json_t *contacts_of(struct request *request, const struct record *record);

#endif
