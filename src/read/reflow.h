/*
 * Lines of a printed page made into paragraphs again. Lines are joined where the one fills its column and the next
 * goes on at the usual distance; Chinese is joined without a space, a hyphen at the end of an English line is undone.
 * Pieces on one level far apart are a label and its value: they become one line, parted by TAB.
 */
#ifndef TQ_READ_REFLOW_H
#define TQ_READ_REFLOW_H

#include <stddef.h>

#include "base/slice.h"
#include "base/text.h"

/* One line as it stands on the page: points, from the top left corner. Text is valid UTF-8, trimmed, not empty. */
struct reflow_line {
    struct slice text;
    double left, right, top, bottom;
};

/* Appends the page's paragraphs, each with its '\n'. */
void reflow_page(const struct reflow_line *lines, size_t count, struct text *out);

#endif
