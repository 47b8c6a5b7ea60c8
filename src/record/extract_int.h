/* Shared by the extract_*.c files only. */
#ifndef TQ_RECORD_EXTRACT_INT_H
#define TQ_RECORD_EXTRACT_INT_H

#include "record/extract.h"

/* One line of the document: a paragraph, or a row of cells parted by TAB. */
struct extract_line {
    struct slice text; /* trimmed, not empty */
    int page;
};

struct extract {
    const struct kind *kind;
    struct arena *arena;
    struct extract_line *lines;
    size_t count, room;
    struct suggestion found[FIELDS_MAX]; /* by field index; typed.len and capital.len 0: none */
};

/* ---- extract.c --------------------------------------------------------------------------- */

/*
 * Suggests a value unless the field has one already or would refuse it: brought into the field's shape first (a date
 * out of a sentence, an amount, ticked boxes, names parted by spaces). field < 0: no such field in this kind.
 */
void extract_suggest(struct extract *extract, int field, struct slice typed, struct slice quote, int page);
bool extract_has(const struct extract *extract, int field);

/* ---- extract_label.c --------------------------------------------------------------------- */

/*
 * Does the line begin with the label? Spaces inside the label, numbering before it (一、 1. (54) 【), a bracketed
 * remark behind it and one of : ： TAB ] 】 — after it are passed over; *value is what follows. Without such a mark
 * the label must be the whole line, or `loose` be true and a space follow.
 */
bool label_match(struct slice line, const char *label, size_t label_len, bool loose, struct slice *value);

/* Does the line begin with any label of the kind, or look like a heading? Then a value before it has ended. */
bool label_ends_value(const struct extract *extract, struct slice line);

/* Every field by its labels. */
void extract_labels(struct extract *extract);

/* The lines from `index` on (the first one given by `first`, which may be empty) up to the next label, joined by '\n'. */
struct slice value_collect(const struct extract *extract, size_t index, struct slice first);

/* ---- extract_scan.c ---------------------------------------------------------------------- */

bool text_starts(struct slice text, const char *prefix);
/* Offset of the part in the text, or -1. */
long text_find(struct slice text, const char *part);
struct slice text_from(struct slice text, size_t offset);
bool text_holds_any(struct slice text, const char *const *parts, size_t count);

/* Cuts the next sentence (up to 。！？； or a line's end, mark included) off *rest; false when nothing is left. */
bool sentence_cut(struct slice *rest, struct slice *sentence);

/* The first day named in the text, also 2026年12月底 and 2026年底; writes "YYYY-MM-DD". */
bool date_scan(struct slice text, char out[11]);
/* The last amount of money named in the text ("100-200万元" gives "200万元"). */
bool amount_scan(struct slice text, struct slice *amount);
/* The first whole number in the text. */
bool number_scan(struct slice text, struct slice *number);
/* Cuts the next IPC symbol ("G06F 16/33") off *rest. */
bool ipc_cut(struct slice *rest, struct slice *symbol);

/* ---- the kinds of document --------------------------------------------------------------- */

/* True if it is a patent document: then its parts are suggested. */
bool extract_patent(struct extract *extract);
void extract_paper(struct extract *extract);
void extract_need(struct extract *extract);
/* Of the papers of a deal. */
void extract_deal(struct extract *extract);

/* The first amount in capital numerals that ends with 元 or 圆, 角 and 分 behind it. */
bool capitals_scan(struct slice text, int64_t *fen, struct slice *words);

#endif
