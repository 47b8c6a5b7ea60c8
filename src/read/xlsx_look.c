#include "read/xlsx_look.h"

#include "read/markup.h"

enum { ROWS_LOOKED_AT = 200, ROWS_OF_A_TABLE = 2, CELLS_OF_A_ROW = 2 };

struct look {
    int seen, rows, cells; /* rows begun; rows of a table; cells of this row that hold something */
    bool in_value, filled;
};

static void look_open(void *arg, const char *name, const char **attributes)
{
    struct look *look = arg;

    (void)attributes;
    if (strcmp(name, "row") == 0)
        look->cells = 0;
    else if (strcmp(name, "c") == 0)
        look->filled = false;
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        look->in_value = true;
}

static void look_close(void *arg, const char *name)
{
    struct look *look = arg;

    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        look->in_value = false;
    else if (strcmp(name, "c") == 0)
        look->cells += look->filled;
    else if (strcmp(name, "row") == 0) {
        look->rows += look->cells >= CELLS_OF_A_ROW;
        look->seen++;
    }
}

static void look_text(void *arg, struct slice text)
{
    struct look *look = arg;

    look->filled = look->filled || (look->in_value && slice_trim(text).len > 0);
}

static enum reader_code look_verdict(void *arg)
{
    const struct look *look = arg;

    return look->rows >= ROWS_OF_A_TABLE || look->seen >= ROWS_LOOKED_AT ? READER_EMPTY : READER_DONE; /* enough seen */
}

bool sheet_is_table(struct package *package, const char *part)
{
    static const struct markup markup = {look_open, look_close, look_text, look_verdict};
    struct look look = {0};

    markup_read(package, part, &markup, &look);
    return look.rows >= ROWS_OF_A_TABLE;
}
