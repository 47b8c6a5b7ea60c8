#include "file/csv.h"

enum { LOOK_AT = 64 << 10, RECORDS = 20, TITLE_ROWS_MOST = 5, NAME_MOST = 120 };

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
    shape.header = trial_header(&best);
    return shape;
}
