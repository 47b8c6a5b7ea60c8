/* Pieces of documents that several pages share. */
#ifndef TQ_WEB_VIEW_H
#define TQ_WEB_VIEW_H

#include "record/tree.h"
#include "web/request.h"
#include "work/box.h"

/* {text, most}: the box with what was typed. */
json_t *ask_json(struct slice text);

/* The front page with what was typed and what is wrong with it; sets no status. */
bool ask_page(struct request *request, struct slice text, struct slice error);

/* A field's value for reading: {label, level, text | list | lines | link}; NULL where there is nothing. */
json_t *field_view(struct request *request, const struct record *record, size_t field);

/* {code, label} of a node; for an English reader the label is never missing (tree_english). */
json_t *node_json(const struct request *request, const struct tree *tree, const struct tree_node *node);

/* {code, label} of who may see a value. */
json_t *level_json(enum level level);

/* "发布" and such: what was done to a record, by the action of its leaf. */
const char *action_label(const char *action, bool english);

/* Whose pseudonym a leaf bears; "" for the program itself or an erased account. */
struct slice actor_name(struct sql *sql, const unsigned char *pseudonym, struct arena *arena);

/* The newest few lines of a record's history, newest first: [{action, ver, at, leaf, who, href, changed: null}]. */
json_t *history_json(struct request *request, const struct record *record, const struct object *object);
/* "history": a page of it with what each line changed, below the leaf ?before=; "history_older": {label, href} of the next page. */
void history_page(struct request *request, const struct record *record, const struct object *object, json_t *out);

/* What an organisation has in the open: [{kind, lines: [{href, title}]}]. */
json_t *holdings_json(struct request *request, int64_t party);

/* The record as the actor may see it, or ERR_MISSING. */
bool view_load(struct request *request, struct record *record, struct object *object, struct err *err);

#endif
