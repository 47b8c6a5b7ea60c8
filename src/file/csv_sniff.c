#include "file/csv.h"

enum { LOOK_AT = 64 << 10, RECORDS = 20, TITLE_ROWS_MOST = 9, NAME_MOST = 120 };

/* The first records under one delimiter. */
struct trial {
    char delimiter;
    size_t count;            /* records looked at */
    size_t columns[RECORDS];
    size_t filled[RECORDS];  /* cells that are not blank */
    bool named[RECORDS];     /* could be a header row: no cell is long */
    size_t usual;            /* the commonest number of columns */
    size_t agreeing;         /* records that have it */
};

static void trial_note(struct trial *trial, const struct csv *csv)
{
    size_t filled = 0;
    bool named = true;

    for (size_t i = 0; i < csv->count; i++) {
        size_t len = slice_trim(csv_cell(csv, i)).len;

        filled += len > 0;
        named = named && len <= NAME_MOST;
    }
    trial->columns[trial->count] = csv->columns;
    trial->filled[trial->count] = filled;
    trial->named[trial->count++] = named;
}

static void trial_judge(struct trial *trial)
{
    for (size_t i = 0; i < trial->count; i++) {
        size_t same = 0;

        for (size_t j = 0; j < trial->count; j++)
            same += trial->columns[j] == trial->columns[i];
        if (same > trial->agreeing) {
            trial->agreeing = same;
            trial->usual = trial->columns[i];
        }
    }
}

/* The last record looked at may be cut by the window; it counts only when it is the only one. */
static struct trial trial_run(struct slice head, char delimiter)
{
    struct trial trial = {.delimiter = delimiter};
    struct csv csv;

    csv_init(&csv, delimiter);
    while (trial.count < RECORDS && csv_feed(&csv, &head) == CSV_RECORD)
        trial_note(&trial, &csv);
    if (trial.count == 0 && csv_finish(&csv) == CSV_RECORD)
        trial_note(&trial, &csv);
    csv_release(&csv);
    trial_judge(&trial);
    return trial;
}

/* Rows above the header say little beside the widest row: a title, who fills it in. */
static size_t trial_header(const struct trial *trial)
{
    size_t most = 0;

    for (size_t i = 0; i < trial->count; i++)
        most = trial->filled[i] > most ? trial->filled[i] : most;
    if (most < 3)
        return 0;
    for (size_t i = 0; i < trial->count && i <= TITLE_ROWS_MOST; i++)
        if (trial->filled[i] * 2 >= most)
            return trial->named[i] ? i : 0;
    return 0;
}

/* Better: several columns, that more of the rows agree on. */
static bool trial_beats(const struct trial *a, const struct trial *b)
{
    size_t left = a->agreeing * b->count, right = b->agreeing * a->count;

    if (a->usual < 2 || b->usual < 2)
        return a->usual > 1;
    return left != right ? left > right : a->usual > b->usual;
}

/* Excel's own mark: a first line "sep=;". */
static size_t named_delimiter(struct slice head, char *delimiter)
{
    if (head.len < 6 || strncasecmp(head.at, "sep=", 4) != 0 || !strchr(",;\t", head.at[4]) || !head.at[4])
        return 0;
    *delimiter = head.at[4];
    if (head.at[5] == '\n')
        return 6;
    if (head.at[5] == '\r')
        return head.len > 6 && head.at[6] == '\n' ? 7 : 6;
    return 0;
}

/* --- a header of two rows, as merged cells leave it --- */

/* Which cells of three records are not blank: above the header row, the row itself, below it. */
struct rows {
    bool filled[3][CSV_COLUMNS_MOST + 1];
    size_t count[3];
};

static void rows_look(struct slice head, char delimiter, size_t header, struct rows *rows)
{
    struct csv csv;

    memset(rows, 0, sizeof *rows);
    csv_init(&csv, delimiter);
    for (size_t i = 0; i <= header + 1 && csv_feed(&csv, &head) == CSV_RECORD; i++)
        for (size_t c = 0; i + 1 >= header && c < csv.count; c++) {
            size_t row = i + 1 - header;

            rows->filled[row][c] = slice_trim(csv_cell(&csv, c)).len > 0;
            rows->count[row] = rows->filled[row][c] ? c + 1 : rows->count[row];
        }
    csv_release(&csv);
}

/* The row above names columns that the header row leaves blank: "序号" stands across both, "转化情况" over its parts. */
static bool begins_above(const struct rows *rows)
{
    size_t named = 0, filled = 0;

    for (size_t c = 0; c < rows->count[0]; c++) {
        filled += rows->filled[0][c];
        named += rows->filled[0][c] && !rows->filled[1][c];
    }
    return named > 0 && filled > 1;
}

/*
 * The row below names the parts of a column that spans several, and nothing else: where a column stands alone, it is
 * blank. No row of data looks so.
 */
static bool goes_on_below(const struct rows *rows)
{
    size_t width = rows->count[1] > rows->count[2] ? rows->count[1] : rows->count[2];
    bool spans = false;

    for (size_t c = 0; c < width; c++) {
        bool spanned = !rows->filled[1][c] || (c + 1 < width && !rows->filled[1][c + 1]);

        if (rows->filled[2][c] != spanned)
            return false;
        spans |= spanned;
    }
    return spans;
}

static void shape_header(struct csv_shape *shape, struct slice head)
{
    struct rows *rows = malloc(sizeof *rows);

    shape->header_rows = 1;
    if (!rows)
        return;
    rows_look(head, shape->delimiter, shape->header, rows);
    if (goes_on_below(rows)) {
        shape->header_rows = 2;
    } else if (shape->header > 0 && begins_above(rows)) {
        shape->header--;
        shape->header_rows = 2;
    }
    free(rows);
}

struct csv_shape csv_sniff(struct slice head, const char *delimiters)
{
    struct csv_shape shape = {.delimiter = delimiters[0]};
    struct trial best;

    shape.skip = delimiters[1] ? named_delimiter(head, &shape.delimiter) : 0;
    head.at += shape.skip;
    head.len = head.len - shape.skip > LOOK_AT ? LOOK_AT : head.len - shape.skip;
    best = trial_run(head, shape.delimiter);
    for (const char *other = delimiters + 1; shape.skip == 0 && *other; other++) {
        struct trial trial = trial_run(head, *other);

        if (trial_beats(&trial, &best))
            best = trial;
    }
    shape.delimiter = best.delimiter;
    for (size_t i = 0; i < best.count; i++)
        shape.columns = best.columns[i] > shape.columns ? best.columns[i] : shape.columns;
    shape.header = trial_header(&best);
    shape_header(&shape, head);
    return shape;
}
