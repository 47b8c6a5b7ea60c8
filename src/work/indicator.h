/*
 * Indicators (指标): figures that are computed and never typed (R100, R102). What a figure counts is a definition, a file of
 * SHARE/indicators (docs/indicators.md says how one is written): which records, on which day, with what value. A follower of the
 * ledger keeps, of each definition, a line for each thing that it counts (table indicator_row) and the sums of what counts now, by
 * day and division (indicator_sum); both are projections, which `tieqiao rebuild` makes again. A line knows the days between which
 * it was known, so each figure can be asked as of any day, and which record and which leaf it comes from.
 *
 *   indicators_open    reads the definitions
 *   indicator_follow   brings the lines up to the ledger
 *   indicator_figure   a figure of a period, of divisions, of a unit, as of a day
 *   indicator_lines    the records and leaves behind it
 *
 * A definition holds from its day `since`; a figure is counted by the one that holds on the last day of its period. One that is
 * changed without a new day replaces the old one from the day on which the program first has it; as of an earlier day the old one,
 * whose lines stay, still answers. So what was once told stays what it was.
 */
#ifndef TQ_WORK_INDICATOR_H
#define TQ_WORK_INDICATOR_H

#include "base/arena.h"
#include "base/calendar.h"
#include "base/slice.h"
#include "store/store.h"

enum figure_sort {
    FIGURE_COUNT,  /* how many */
    FIGURE_MONEY,  /* fen */
    FIGURE_SHARE,  /* value ÷ base, in 万分比 */
    FIGURE_MEDIAN  /* days; of an even number of lines the lower of the two in the middle */
};

/* Where it stands on the page. */
enum indicator_group {
    INDICATOR_MONEY,   /* 四个金额 */
    INDICATOR_TARGET,  /* what plans set targets for */
    INDICATOR_QUALITY, /* quality, not only totals */
    INDICATOR_ROLE,    /* what each role is judged by (features.md §3) */
    INDICATOR_REPORT   /* what the annual report of transfers is made of (R70) */
};

/* Texts live as long as the set. */
struct indicator {
    const char *code;
    const char *title, *title_en;
    const char *says, *says_en; /* the wording (口径) */
    const char *source;         /* rule, article or paper */
    const char *role, *role_en; /* of INDICATOR_ROLE; "" */
    const char *unit, *unit_en; /* of FIGURE_COUNT: 项, 份; "" */
    const char *within;         /* of a share by deadline: the period as written, "3 workdays"; "" */
    const char *text;           /* the whole file */
    char hash[17];              /* of the text */
    int32_t since;
    enum indicator_group group;
    enum figure_sort figure;
    bool held;                  /* counted from its day on until it ends (存量); else on its day (流量) */
    bool less;                  /* less of it is better */
    bool open;                  /* for everybody; else for officers, who leads, auditors, and a unit for itself */
};

/* Two figures whose ratio asks for a look (R102). Rules of thumb of our own, no law: `source` says so. */
struct indicator_warning {
    const char *code, *of, *to; /* codes of indicators: of ÷ to */
    int64_t least, most;        /* 万分比; outside it warns; -1: no such bound */
    const char *says, *says_en, *source;
};

struct indicators;

/* ERR_INVALID: a file is wrong; it says which, and in which line. */
bool indicators_open(const char *share, struct indicators **set, struct err *err);
void indicators_close(struct indicators *set);

/* Of each code the latest, in the order of the page; NULL behind the last. */
const struct indicator *indicator_at(const struct indicators *set, size_t i);
const struct indicator *indicator_find(const struct indicators *set, struct slice code);
/* The one of that code that holds on that day, the first where none holds yet; NULL: no such code. */
const struct indicator *indicator_on(const struct indicators *set, struct slice code, int32_t day);
/* Of the same code, the one that held before; NULL. */
const struct indicator *indicator_before(const struct indicators *set, const struct indicator *indicator);
const struct indicator_warning *indicator_warning_at(const struct indicators *set, size_t i); /* NULL behind the last */

/* One slice. *more: there is work left. Several servers may follow: nothing is counted twice. */
bool indicator_follow(struct store *store, struct indicators *set, const struct calendar *calendar, int64_t now_ms, bool *more, struct err *err);

/* Inside a step: forgets what was counted by the definitions of today; the follower begins again. */
bool indicator_forget(struct sql *sql, struct err *err);

/* Leaves that every definition of today has counted. */
bool indicator_place(const struct indicators *set, struct sql *sql, uint64_t *counted, struct err *err);

/* --- figures --- */

enum { INDICATOR_NOW = CALENDAR_LAST };

struct figure_ask {
    int32_t from, to;       /* days, both included; a held figure is that of `to` */
    int32_t as_of;          /* what was known at the end of that day; INDICATOR_NOW */
    int64_t region, region_to; /* divisions from..to, both included; 0, 0: all, also what has none */
    int64_t party;          /* of one unit; 0: of all */
};

/* Divisions below one (620100: 620100..620199); 0: all. */
void figure_ask_region(struct figure_ask *ask, int64_t division);

struct figure {
    bool known;             /* a share of nothing and a median of nothing are not known; nor is what no definition counts */
    int64_t number;         /* count, fen, 万分比 or days, as the definition says */
    int64_t value, base;    /* sums of a share; else value = number */
    int64_t lines;          /* that it counts */
    bool few;               /* so few that it is kept from the reader: see web/indicator_int.h */
};

bool indicator_figure(struct sql *sql, const struct indicator *indicator, const struct figure_ask *ask, struct figure *figure, struct err *err);

struct figure_line {
    struct slice kind;      /* name of the kind of the record */
    int64_t record;         /* its id */
    int64_t leaf;           /* the leaf that it counts by */
    int32_t day;
    int64_t value, base, region, party;
    int64_t subject, line;  /* its place, for the next page */
};

/*
 * The lines of a figure, the latest day first, at most `most`; those behind `after`, NULL: from the beginning. Texts in the arena. Whether the
 * reader may see the records is not asked.
 */
bool indicator_lines(struct sql *sql, const struct indicator *indicator, const struct figure_ask *ask, const struct figure_line *after, size_t most,
                     struct arena *arena, struct figure_line *list, size_t *count, struct err *err);

/* Unit by unit, what is most first, at most `most`; of sums alone. What belongs to no unit is left out. */
struct figure_unit { int64_t party, value, base, lines; };
bool indicator_units(struct sql *sql, const struct indicator *indicator, const struct figure_ask *ask, size_t most, struct figure_unit *list, size_t *count,
                     struct err *err);

/* Earlier definitions of the code, the latest first, at most `most`. */
struct indicator_past {
    int32_t since;                /* from which day of a period on it holds */
    int32_t known_from, known_to; /* CALENDAR_FIRST: from the beginning; 0: today's */
    struct slice hash, text;
};
bool indicator_history(struct sql *sql, struct slice code, size_t most, struct arena *arena, struct indicator_past *list, size_t *count, struct err *err);

#endif
