/* The tree programme, project, achievement, deal, receipts; and fairs counted: for the pages /research and /fair_counts. */
#ifndef TQ_WORK_BOARD_COUNT_H
#define TQ_WORK_BOARD_COUNT_H

#include "work/board.h"

enum { RESEARCH_LINES = 500, FAIR_LINES = 200 };

/*
 * One row: a project with one of its achievements, or with none (achievement 0). Money in fen; deals that were dropped are left out. What
 * the funder has not confirmed counts nowhere; it is a row while it waits.
 */
struct research_line {
    int64_t programme, project, achievement;
    struct slice programme_title, project_title, achievement_title;
    int64_t owner, public_money, deals, received;
    int32_t implement_by, report_by; /* 0: none */
    bool overdue;                    /* of the duty to transfer */
    bool report_late;
    bool confirmed;                  /* by the funder */
};

/* By programme, project, achievement; programme 0: all. Memory from arena. *count is RESEARCH_LINES where there may be more. */
bool research_read(struct sql *sql, int64_t programme, int32_t today, struct arena *arena, struct research_line *list, size_t *count, struct err *err);

/* Fairs held in the year, newest first, each with its figures. */
struct fair_line { int64_t id; struct slice title; int32_t day; struct fair_figures figures; };
bool fair_lines(struct sql *sql, int year, struct arena *arena, struct fair_line *list, size_t *count, struct err *err);

#endif
