/*
 * Papers that people print and sign. A form (表式) is a constant table: its blocks in order, with places for values; a fill
 * (填写) is the values by name. From the two come
 *
 *   paper_pdf        A4 pages, set as official documents are (GB/T 9704-2012), by Pango and Cairo
 *   paper_xlsx       the same as a sheet that prints on A4
 *   paper_docx       a Word file, by filling a template that a unit may have changed
 *   paper_template   the template that such a unit starts from
 *
 * A value's name is what stands in a template as {{成交额}}, and is its label where the form gives no other. A text block is a
 * pattern with such places in it. Names that a form or a template uses and the fill lacks are left empty in PDF and XLSX (a
 * place to write by hand), and refused in a template where no form knows them (a misspelling would print as a gap).
 *
 * Each call works with memory and files of its own: any thread may call it. All texts are UTF-8; characters that XML forbids
 * are left out.
 */
#ifndef TQ_PAPER_PAPER_H
#define TQ_PAPER_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

/* --- values --- */

struct paper_value {
    const char *name;
    struct slice text; /* as it is shown: money "1,500,000.00", a day "2026年3月2日" */
    bool money;        /* then fen is the amount, and the cell of a sheet a number */
    int64_t fen;
};

/* Values by name; later ones replace earlier ones of the same name. */
struct paper_values {
    struct arena *arena;
    struct paper_value *list;
    size_t count, room;
};

struct paper_list {
    const char *name;
    struct paper_values **rows;
    size_t count, room;
};

enum { PAPER_LISTS = 16 };

struct paper_fill {
    struct paper_values values;
    struct paper_list lists[PAPER_LISTS];
    size_t list_count;
    struct slice code; /* what the QR code at the head says; "" for none; at most 200 bytes. In a template: {{二维码}} */
};

/* Everything is copied into the arena; names are constants. */
void fill_init(struct paper_fill *fill, struct arena *arena);
void fill_put(struct paper_values *values, const char *name, struct slice text);
void fill_print(struct paper_values *values, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));
void fill_money(struct paper_values *values, const char *name, int64_t fen);
void fill_day(struct paper_values *values, const char *name, int32_t day); /* 0: not known, "" */
/* A new row of a list, the list made with its first row. */
struct paper_values *fill_row(struct paper_fill *fill, const char *list);

/* NULL: no such value. row: looked into first; NULL. */
const struct paper_value *fill_find(const struct paper_fill *fill, const struct paper_values *row, struct slice name);
const struct paper_list *fill_list(const struct paper_fill *fill, struct slice name); /* NULL */

/* --- forms --- */

enum paper_sort {
    PAPER_HEADING, /* 一、… */
    PAPER_TEXT,    /* a paragraph, its first line set in by two characters */
    PAPER_FACTS,   /* a ruled box of labels and values, two pairs a row where both are short */
    PAPER_TABLE,   /* columns, a row for each row of a list, the head on each page */
    PAPER_NOTE,    /* small print */
    PAPER_SIGN     /* at the right: who, and when */
};

struct paper_cell {
    const char *name;
    const char *label; /* NULL: the name */
    int width;         /* FACTS: 0 half a row, 1 a whole one; TABLE: in characters */
    bool money;        /* in yuan, at the right */
    const char *total; /* TABLE: the value at the column's foot; NULL: none. That of the first column is a word. */
};

struct paper_block {
    enum paper_sort sort;
    const char *text;  /* the pattern; of FACTS and TABLE: a heading, or NULL */
    const char *when;  /* text blocks stand only where this value is there; NULL: always */
    const char *rows;  /* the list of a TABLE; else NULL */
    const struct paper_cell *cells;
    size_t count;
};

struct paper_form {
    const char *name;  /* "notice": of files and addresses */
    const char *title, *title_en;
    bool letter;       /* in the size of a letter (三号), else of a form (小四) */
    bool wide;         /* across the page */
    const struct paper_block *blocks;
    size_t count;
    bool dense;        /* tables in small print, so that a page holds twenty rows of two lines */
};

/* A pattern with the values put in; a place without a value is left empty. In the arena. */
struct slice paper_expand(const char *pattern, const struct paper_fill *fill, const struct paper_values *row,
                          struct arena *arena);
/* Does the block stand? (paper_block.when) */
bool paper_stands(const struct paper_block *block, const struct paper_fill *fill);
const char *paper_label(const struct paper_cell *cell);

/* --- files: made at path; ERR_IO, ERR_FULL --- */

bool paper_pdf(const struct paper_form *form, const struct paper_fill *fill, const char *path, struct err *err);
bool paper_xlsx(const struct paper_form *form, const struct paper_fill *fill, const char *path, struct err *err);

/*
 * Fills the template. Word cuts what people type into runs where it likes: a place is found across them. {{#名单}} … {{/名单}}
 * repeats what stands between: the row where it stands in a table, else the paragraphs; of a value: keeps it where the value is
 * there. Full-width braces count too. ERR_INVALID: what is wrong with the template, and where.
 */
bool paper_docx(const char *template_path, const struct paper_form *form, const struct paper_fill *fill, const char *path,
                struct err *err);

bool paper_template(const struct paper_form *form, const char *path, struct err *err);
/* As Word by its own template, which is made beside path and gone again. */
bool paper_word(const struct paper_form *form, const struct paper_fill *fill, const char *path, struct err *err);

#endif
