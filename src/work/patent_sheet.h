/*
 * What the patent office's files say of firms' patents, brought in: a table with 专利号, 法律状态, 年费缴至, 质押, 许可备案, 更新日期; by an
 * officer for several holders (专利权人), or by a firm for itself.
 *
 *   patent_sheet_read   a table as rows, by the names that such files use
 *   patent_sheet_judge  each row: is it whole, does it contradict another row or what is there, what would it change
 *   patent_sheet_take   all good rows in one transaction, or none
 *
 * Two rows of one patent that say different things are both refused: nobody guesses which is right. A row that is older than what is
 * there is passed over. What an officer brought in is not changed by what a firm declares, unless the firm's is newer and says the same of
 * the status: the pledge, the fee and the licence may be brought up to date, the status may not be bettered.
 */
#ifndef TQ_WORK_PATENT_SHEET_H
#define TQ_WORK_PATENT_SHEET_H

#include "record/check.h"
#include "record/finance.h"
#include "work/may.h"
#include "work/sheet_row.h"

enum { PATENT_ROWS = 2000, PATENT_CELLS = PATENT_FROM_FILE + 1, PATENT_HOLDER = PATENT_FROM_FILE /* in cells: whose it is */ };

enum patent_news { PATENT_NEW, PATENT_CHANGED, PATENT_SAME };

struct patent_row {
    struct sheet_row in;  /* cells by patent_field, and PATENT_HOLDER */
    struct record record; /* as it would be written; salted */
    enum patent_news news;
};

struct patent_sheet {
    /* given */
    const struct actor *actor;
    int64_t owner;                    /* of a firm's own sheet; 0: an officer's, which names the holder in each row */
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms;
    struct arena *arena;              /* of all that lies in the rows */
    struct patent_row *rows;          /* room for PATENT_ROWS */
    size_t count;
    /* answered */
    size_t written;
    bool repeated;
};

/* ERR_INVALID: it has no column for the number, the status or the day; too many rows. */
bool patent_sheet_read(struct table *table, struct patent_sheet *sheet, struct err *err);
/* Of rows of struct patent_row. */
extern const struct sheet_sort sheet_patents;

/* Fills record, err and news of each. Draws ids and salts: outside a step. */
bool patent_sheet_judge(struct sql *sql, struct patent_sheet *sheet, struct err *err);
/* arg: struct patent_sheet, judged; those with an err are passed over. Somebody was quicker: ERR_CONFLICT, nothing is written. */
store_step patent_sheet_take;

/* May the actor bring in patents of this firm, 0: of several? ERR_DENIED. */
bool patent_sheet_may(struct sql *sql, const struct actor *actor, int64_t owner, struct err *err);

/* The patents of a firm, by number; at most `most`. */
enum { PATENTS_MOST = 500 };
bool patents_of(struct sql *sql, int64_t owner, struct arena *arena, struct record **list, size_t *count, struct err *err);
/* One by its number; ERR_MISSING. */
bool patent_of(struct sql *sql, int64_t owner, struct slice number, struct arena *arena, struct record *patent, struct err *err);
/* Is it in force on the day: granted, fee paid, term not over? Where not, *why is a code of list "loan_signal": "status" or "fee". */
bool patent_in_force(const struct record *patent, int32_t today, const char **why);
/* Days since the day of its file; more than PATENT_STALE_DAYS is stale. */
int32_t patent_age(const struct record *patent, int32_t today);

/* The statements; before any thread starts. */
void patent_start(void);

#endif
