/*
 * What an old document says about the fields of a form: suggestions, each with the words it was taken from. Nothing is
 * decided here and nothing saved; a person looks at each suggestion and says yes.
 *
 * Read are: Chinese patent documents (by the INID codes (54), (57), (21) ... of WIPO ST.9), papers (title, authors,
 * abstract, keywords), forms and tables (by the labels and `headers` of the field table), for needs free prose
 * (现状, 目标, 预算, 期限), and for the papers of a deal contracts, minutes, publicity notices, vouchers, sheets of shares. The text is what file/reader.h hands over: paragraphs parted by '\n', pages by '\f', cells
 * by TAB, lines inside a cell by U+2028.
 *
 * Dates such as 年底前 without a year are left out: this room knows no clock.
 */
#ifndef TQ_RECORD_EXTRACT_H
#define TQ_RECORD_EXTRACT_H

#include "base/arena.h"
#include "base/slice.h"
#include "record/kind.h"

struct suggestion {
    size_t field;       /* index in the kind's field table */
    struct slice typed; /* as a person would type it: field_read takes it */
    struct slice quote; /* the words it came from, at most 200 characters */
    int page;           /* of the document, from 1 */
    struct slice capital, capital_says, figure_says; /* a sum written twice (大写、小写) and not the same: neither is taken, typed is "" */
};

/*
 * At most one suggestion a field, in the order of the fields; out has room for FIELDS_MAX. Memory from arena, the
 * text must be valid UTF-8 and is not kept. Cost: linear in the text; it stops after 512 KiB of it or 20,000 lines.
 */
void extract_fields(const struct kind *kind, struct slice text, struct arena *arena, struct suggestion *out,
                    size_t *count);

#endif
