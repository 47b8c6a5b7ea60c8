/*
 * The simulator: what a transfer would leave to each person and to the unit, and what tax would take of it, before anything is
 * agreed. Nothing is stored. The arithmetic is allot.h's and tax.h's; the law comes in as figures, each with its rule and article.
 *
 *   simulate_law   the figures in force for a region, a way of transfer and a day
 *   simulate       a question's answer by them
 *
 * Reckoned for 国家设立的研究开发机构、高等院校, whose agreements may not go below the law (促进科技成果转化法 §45 末款).
 */
#ifndef TQ_WORK_SIMULATE_H
#define TQ_WORK_SIMULATE_H

#include "rules/rules.h"
#include "work/allot.h"
#include "work/tax.h"

enum simulate_way { SIMULATE_ASSIGN, SIMULATE_LICENSE, SIMULATE_EQUITY, SIMULATE_SELF, SIMULATE_JOINT, SIMULATE_WAYS };

/* false: none of the five (codes as in the choice list "way"). */
bool simulate_way_read(struct slice code, enum simulate_way *way);

enum { COSTS_NO_PUBLIC = 1, COSTS_NO_OTHER = 2 };

/* What the law says, as one figure each. */
enum law_part {
    LAW_REWARD,    /* 万分比 of the net income, or of the shares, or of a year's operating profit: never less */
    LAW_YEARS,     /* years in a row at least, of profits; 0: not for this way */
    LAW_MAIN,      /* 万分比 of the reward, for main contributors */
    LAW_AGENCY,    /* 万分比 of the reward, for the transfer agency's people where they took part; 0: none */
    LAW_CHIEF,     /* no figure: the text by which chief leaders are given no equity */
    LAW_COSTS,     /* bits: COSTS_NO_PUBLIC research money, COSTS_NO_OTHER than tax, upkeep and what the transfer itself cost */
    LAW_COUNTED,   /* 万分比 of a cash reward that counts as wages; 0: no relief for this way */
    LAW_INCOME,    /* 减除费用 a year, fen; stands for the whole scale */
    LAW_EQUITY,    /* rate at the transfer of shares */
    LAW_EXEMPT,    /* fen a year of transfer income; 0: not for this way */
    LAW_HALVED,    /* 万分比 of what is above that counts */
    LAW_CORPORATE, /* rate */
    LAW_STAMP,     /* rate; 0: not for this way */
    LAW_VAT,       /* rate */
    LAW_VAT_FREE,  /* 1: exempt, if its conditions hold; 0: no such text in force is known */
    LAW_PARTS
};

struct law_figure {
    int64_t value;
    const char *rule, *basis; /* "R20", "促进科技成果转化法第四十五条第一款第（一）项"; "" where there is none */
    enum rule_source source;
};

struct simulate_law {
    struct law_figure figures[LAW_PARTS];
    struct tax_scale scale;
    int32_t region; /* whose text gives the reward's floor: REGION_NATION where the place has none in the book */
};

/* Whose law, and when. */
struct simulate_place {
    int32_t region;      /* a division code: its own figures, or its province's, or the nation's */
    int32_t as_of;       /* day */
    bool local_standard; /* the unit has adopted what a region's text says it may (可以), such as 北京条例 §12 */
};

/*
 * basis and rule live as long as the arena and the book. ERR_CORRUPT: the book lacks a figure that no simulation can do without,
 * or a rule is not as it was when this was written.
 */
bool simulate_law(struct rulebook *book, const struct simulate_place *place, enum simulate_way way, struct arena *arena,
                  struct simulate_law *law, struct err *err);

struct simulate_question {
    int64_t amount;  /* fen: income; capital contribution; a year's operating profit */
    int64_t earlier; /* the unit's income from transfers earlier this year */
    int32_t agreed;  /* 万分比; 0: nothing agreed */
    enum simulate_way way;
    struct allot_cost costs[ALLOT_DEDUCTIONS];
    size_t cost_count;
    struct allot_person people[ALLOT_PEOPLE];
    int64_t incomes[ALLOT_PEOPLE]; /* each one's other income of the year, fen */
    size_t count;
};

struct simulated {
    int64_t deducted;
    struct allot_terms terms;
    struct allotment allotment;
    bool lawful;
    struct err why;                /* unless lawful: what stands in the way */
    struct law_figure against;     /* and by which text */
    /* If lawful. Cash: */
    struct tax_rewarded whole[ALLOT_PEOPLE], relieved[ALLOT_PEOPLE];
    int64_t later[ALLOT_PEOPLE];   /* equity: tax due if the shares are one day sold for what they are worth now */
    struct tax_transferred corporate;
    int64_t stamp, vat;            /* vat: what it would be without the exemption */
};

/* false: ERR_INVALID, a slip in the question; err's field is amount, agreed, costs or team. What the law forbids is an answer. */
bool simulate(const struct simulate_question *question, const struct simulate_law *law, struct simulated *out, struct err *err);

#endif
