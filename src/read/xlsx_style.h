/* What the number formats of a workbook make of a number. */
#ifndef TQ_READ_XLSX_STYLE_H
#define TQ_READ_XLSX_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/text.h"
#include "read/package.h"

enum style_kind { STYLE_PLAIN, STYLE_DAY, STYLE_MINUTE, STYLE_TIME, STYLE_PERCENT, STYLE_PADDED };

struct style {
    enum style_kind kind;
    int width; /* STYLE_PADDED: "0000" shows 7 as 0007 */
};

struct styles {
    struct style *list; /* by the cell's s="..." */
    size_t count;
    bool from_1904;     /* days are counted from 1904-01-01 */
};

/* Reads the styles part; memory from arena. */
enum reader_code styles_read(struct package *package, const char *part, struct arena *arena, struct styles *styles);

/* The number of a cell with style `index`, as it reads in the file, appended as people see it. */
void style_show(const struct styles *styles, size_t index, struct slice number, struct text *out);

/* What a format code such as yyyy"年"m"月"d"日" stands for. */
struct style style_of_code(struct slice code);

#endif
