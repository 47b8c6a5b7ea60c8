/*
 * Tables between a bank and this house: the decision file that a bank sends back (决定文件), and its quarterly report (季度报送).
 *
 * The decision file is read strictly: a row a loan, found by its number here (受理号); a column that is not known, a decision that is
 * neither, an amount on a refusal, a refusal without reasons: each is said, with its line. All good rows are taken in one transaction,
 * each as the step "agree" or "refuse" that a person would take.
 */
#ifndef TQ_WORK_LOAN_SHEET_H
#define TQ_WORK_LOAN_SHEET_H

#include "work/loan.h"
#include "work/sheet_row.h"

enum decision_column {
    DECISION_LOAN, DECISION_SAYS, DECISION_DAY, DECISION_FILE, DECISION_AMOUNT, DECISION_RATE, DECISION_MONTHS, DECISION_GUARANTEE,
    DECISION_CONDITIONS, DECISION_REASONS, DECISION_WHY, DECISION_COLUMNS
};
enum { DECISION_ROWS = 100 };

struct decision_row {
    struct sheet_row in;       /* cells by decision_column */
    struct slice title;        /* of the loan, once it is known */
    struct matter_order order;
};

struct decision_sheet {
    struct decision_row *rows; /* room for DECISION_ROWS */
    size_t count;
    struct arena *arena;
};

/* ERR_INVALID: a column is missing, or not known; too many rows. */
bool decision_sheet_read(struct table *table, struct decision_sheet *sheet, struct err *err);
/* Of rows of struct decision_row. */
extern const struct sheet_sort sheet_decisions;
/* Fills order, title and err of each: against the loan as it stands. Draws ids and salts. */
bool decision_sheet_judge(struct sql *sql, const struct law *law, const struct actor *actor, int64_t now_ms, struct slice request_id,
                          struct decision_sheet *sheet, struct err *err);
/* arg: struct decision_sheet, judged. The first that is refused ends it, its line named; nothing is then written. */
store_step decision_sheet_take;

/* An empty decision file at path for the loans that wait for this bank: .xlsx, a row a loan, the number filled in. */
bool decision_sheet_blank(struct sql *sql, int64_t bank, const char *path, struct err *err);

/*
 * The bank's loans of a quarter at path, .xlsx: a sheet of sums and days, and one of the loans. year 2026, quarter 1 to 4. A loan is of
 * the quarter where it was applied for by its last day and not over before its first.
 */
struct loan_report {
    int64_t applied, decided, approved, refused, running, overdue, claimed, signals; /* how many */
    int64_t asked, agreed, drawn, repaid, open;                                      /* fen */
    int32_t pack_median, decision_median, drawdown_median;                           /* days; -1: none */
};
bool loan_report(struct sql *sql, int64_t bank, int year, int quarter, struct loan_report *report, struct err *err);
bool loan_report_sheet(struct sql *sql, int64_t bank, int year, int quarter, const char *path, struct err *err);

/* The statements; before any thread starts. */
void loan_sheet_start(void);
void loan_report_start(void);

#endif
