/*
 * A department's list as facts: a sheet of firms, read whole, every row judged, and all of it written in one step or nothing.
 *
 * A column names the firm (统一社会信用代码, or 单位名称), every other a fact by its label or name; 研发费用（万元） says the unit of bare
 * numbers, 研发费用（2024） the year. Or there are a column of facts and one of values (事实, 数值, 年度), a fact a row. 出具机关, 出具日期,
 * 有效期至 and 年度 may be columns; where they are not, or empty, what was typed for the whole sheet holds. Empty cells say nothing.
 */
#ifndef TQ_WORK_FACT_SHEET_H
#define TQ_WORK_FACT_SHEET_H

#include "file/table.h"
#include "work/fact.h"

enum { FACT_SHEET_MOST = 10000 /* facts a sheet */, FACT_SHEET_WRONG = 200 /* mistakes that are told */, FACT_SHEET_COLUMNS = 200 };

struct fact_sheet_wrong {
    long line;
    struct slice column, typed;
    struct err err;
};

struct fact_sheet {
    /* given */
    struct sql *sql;
    const struct law *law;
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1]; /* of the whole; each row has one of its own made from it */
    int64_t time_ms;
    struct slice issuer, issued_on, until, year, list; /* of the whole sheet; "" */
    struct arena *arena;
    /* found */
    struct fact_order *orders;
    size_t count, firms, rows;
    struct slice passed[FACT_SHEET_COLUMNS]; /* columns that name no fact: passed over */
    size_t passed_count;
    struct fact_sheet_wrong wrongs[FACT_SHEET_WRONG];
    size_t wrong_count;                /* of all, told or not */
};

/* ERR_INVALID: no column of firms or of facts, or too many facts. What is wrong with rows stands in the sheet. */
bool fact_sheet_read(struct fact_sheet *sheet, struct table *table, struct err *err);

#endif
