/*
 * What a registration agency (技术合同登记机构) works through: the contracts that units of its region sent and that wait for its
 * word. The registration itself is made in the national system; here the queue is kept, what is lacking is asked for, what is to
 * be typed over there is given as one sheet, and its numbers and results come back, many at once.
 *
 *   registry_list     the queue, the longest waiting first
 *   registry_sheet    all of it as a workbook: what the national system asks for, a contract a row, with columns for the result
 *   registry_read     such a sheet, or the agency's own list, as rows
 *   registry_judge    each row against the queue: would it be taken?
 *   registry_take     all that are good in one transaction, or none
 *
 * Two speeds (R61): a contract whose technical amount reaches the rule's limit, or that is in dispute, is checked in full, within
 * the longer period; all others go fast. Both periods begin anew with what was sent to mend.
 */
#ifndef TQ_WORK_REGISTRY_H
#define TQ_WORK_REGISTRY_H

#include "work/deal.h"
#include "work/sheet_row.h"

struct registry_line {
    struct deal_file file;
    const struct record *contract, *registration; /* of the file; the registration has no result yet */
    bool mine;        /* the actor may give its result; else he only sees how it stands */
    bool sees_all;    /* amounts and numbers too */
    bool full;        /* 全面审核; else the fast lane */
    int64_t large;    /* R61's limit, fen; 0: the rule in force has no lanes */
    int32_t allowed;  /* working days; 0: no rule says */
    int32_t due;      /* by which the agency is to decide; 0 */
    int32_t waited;   /* working days since it was sent, or sent again */
    bool provisional; /* due hangs on holidays not yet announced */
    bool late;        /* it is the agency's turn and due has passed */
    bool with_unit;   /* asked to mend, and not mended yet */
};

/* Lines that the actor may see, with ids of the registration above `after` (0: from the first), at most `most`. */
bool registry_list(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int64_t after,
                   struct arena *arena, struct registry_line *lines, size_t most, size_t *count, struct err *err);
/* The line of one deal. ERR_MISSING: it waits for nothing that the actor may see. */
bool registry_find(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int64_t deal,
                   struct arena *arena, struct registry_line *line, struct err *err);

/* What the national system asks for, of a line: labels and texts; in the arena. */
struct registry_item {
    const char *label;
    struct slice text;
};
enum { REGISTRY_ITEMS = 48 };
bool registry_items(struct sql *sql, const struct law *law, const struct registry_line *line, struct arena *arena,
                    struct registry_item items[REGISTRY_ITEMS], size_t *count, struct err *err);
/* At path, .xlsx: those lines that are the actor's to register. */
bool registry_sheet(struct sql *sql, const struct law *law, const struct registry_line *lines, size_t count, struct arena *arena,
                    const char *path, struct err *err);

/* --- results that come back --- */

enum registry_column { REGISTRY_DEAL, REGISTRY_CONTRACT, REGISTRY_NUMBER, REGISTRY_RESULT, REGISTRY_DAY, REGISTRY_AMOUNT, REGISTRY_TECHNICAL,
                       REGISTRY_COLUMNS };
enum { REGISTRY_ROWS = 100 };

struct registry_row {
    struct sheet_row in;     /* cells by registry_column */
    struct slice title;      /* of the deal, once it is known */
    struct deal_order order; /* the step "registered" */
};

/* Rows without number and result are passed over: nothing came back for them. ERR_INVALID: no such columns, or too many rows. */
bool registry_read(struct table *table, struct arena *arena, struct registry_row *rows, size_t *count, struct err *err);
/* Of rows of struct registry_row. */
extern const struct sheet_sort sheet_registry;

/* Fills title, order and err of each. request_id: of the whole; each row has one of its own made from it. */
bool registry_judge(struct sql *sql, const struct law *law, const struct actor *actor, int64_t now_ms, struct slice request_id,
                    struct arena *arena, struct registry_row *rows, size_t count, struct err *err);

struct registry_batch {
    struct registry_row *rows; /* judged; those with an err are passed over */
    size_t count;
};
/* arg: struct registry_batch. The first that is refused ends it, its line named; nothing is then written. */
store_step registry_take;

#endif
