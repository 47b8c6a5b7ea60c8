/*
 * R&D by firm and year (企业研发投入): what firms in an officer's scope spent, were subsidised with and deducted, out of what is believed of
 * them (work/fact.h), each figure with how it is known; larger firms that have none; and subsidy set against how much their own R&D
 * grew in the year after.
 *
 * Own R&D is spending less subsidy. Growth of a year is own R&D of the next year less that of the year; what is not known in both years
 * counts in no growth.
 */
#ifndef TQ_WORK_RD_H
#define TQ_WORK_RD_H

#include "work/fact.h"

enum rd_figure { RD_SPEND, RD_SALES, RD_SUBSIDY, RD_DEDUCTION, RD_FIGURES };

struct rd_value {
    bool known;
    int64_t fen;
    enum fact_trust trust;
    enum fact_doubt doubt;
};

struct rd_firm {
    int64_t party, region;
    struct slice name;
    bool above_known, above;       /* 规模以上 */
    struct slice industry;         /* the first code of its industries; "" */
    struct rd_value year[RD_FIGURES], next[RD_FIGURES]; /* of the year asked for, and of the year after */
    bool growth_known;
    int64_t growth;                /* fen */
};

/* Sums over firms: a district, an industry, or all. */
struct rd_sum {
    struct slice code;             /* of the division or the industry's first two digits; "" */
    size_t firms, spending, none;  /* none: larger firms whose spending is known to be 0, or not known at all */
    int64_t spend, subsidy, growth, grown_subsidy; /* fen; grown_subsidy: of the firms whose growth is known */
};

struct rd_report {
    int32_t year;
    struct rd_firm *firms;         /* the largest spending first, firms without any last */
    size_t count;
    struct rd_sum all, *districts, *industries;
    size_t district_count, industry_count;
};

bool rd_find(struct sql *sql, const struct law *law, const struct actor *actor, int32_t today, int32_t year, struct arena *arena,
             struct rd_report *out, struct err *err);

/* A larger firm without R&D: spending 0, or not known. */
bool rd_none(const struct rd_firm *firm);

#endif
