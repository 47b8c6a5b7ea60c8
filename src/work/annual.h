/*
 * The annual report of transfers of a unit, or of all units of a city or district (科技成果转化年度报告): 转化法 §21; 国发〔2016〕16号（五）;
 * rule R70. Each of its figures is one of an indicator (work/indicator.h), so each leads to the records it counts. What the records do not
 * know stands empty, for a hand to write.
 *
 *   annual_make     the figures
 *   annual_paper    the same as a file that is printed, signed and sent in
 */
#ifndef TQ_WORK_ANNUAL_H
#define TQ_WORK_ANNUAL_H

#include "work/indicator.h"

enum annual_part { ANNUAL_WAYS, ANNUAL_MONEY, ANNUAL_REWARDS };

enum { ANNUAL_ROWS = 12, ANNUAL_UNITS = 500, ANNUAL_UNIT_FIGURES = 5 };

struct annual_row {
    enum annual_part part;
    const struct indicator *indicator;
    struct figure figure;
};

/* One unit: signed, received, rewards in money, in shares; by annual_unit_code. */
struct annual_unit {
    int64_t party;
    struct slice name;
    int64_t fen[ANNUAL_UNIT_FIGURES], lines[ANNUAL_UNIT_FIGURES];
};

struct annual {
    int year;
    bool over;               /* the year is over; else it is told up to ask.to */
    struct figure_ask ask;
    struct slice of;         /* the unit's name, or the place's */
    struct annual_row rows[ANNUAL_ROWS];
    size_t row_count;
    int64_t ways_fen, ways_lines; /* all six ways */
    struct annual_unit *units; /* of more than one: what was signed most first; in the arena */
    size_t unit_count;
    bool more;               /* there are further units */
    int32_t today;
};

/* The column's indicator: signed_money, … NULL behind the last. */
const char *annual_unit_code(size_t i);

/* ask: the period, the divisions, the unit. `units`: also unit by unit. */
bool annual_make(struct sql *sql, const struct indicators *set, const struct figure_ask *ask, int year, int32_t today, struct slice of, bool units,
                 struct arena *arena, struct annual *annual, struct err *err);

enum annual_file { ANNUAL_XLSX, ANNUAL_DOCX, ANNUAL_PDF };

/* Written to path. site: "https://…", of the addresses behind the figures. */
bool annual_paper(const struct annual *annual, enum annual_file file, const char *site, const char *path, struct err *err);

#endif
