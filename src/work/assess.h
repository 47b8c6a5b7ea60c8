/*
 * Self-assessments (自评): may a firm call itself 高新技术企业, 科技型中小企业 or 创新型中小企业, and how much R&D may it deduct more, year
 * by year? The conditions, figures and gaps are all the rulebook's (R50, R51, R52, R46, in rules/national/); what stands here is which
 * questions belong together, which scores can be estimated, and which years there are.
 *
 *   assess_find      a sheet by its rule's id
 *   assess_ask       the sheet's rule over a firm's facts, each condition told with its figures
 *   assess_year      the super-deduction of one year by that year's own rule and rate
 *
 * A score that the firm has left open (struct assess_part) lies in a span which another rule computes: R50-1 says from how many
 * rights what the experts may give. The verdict is then certain where the lowest scores pass already, or the highest do not.
 *
 * An assessment is for the firm's own use: the authority decides.
 */
#ifndef TQ_WORK_ASSESS_H
#define TQ_WORK_ASSESS_H

#include "work/law.h"

struct assess_step {
    const char *label, *label_en;
    const char *facts; /* names, parted by blanks */
};

/* A score of the sheet's rule, and the rule whose results `low` and `high` say between what it lies. */
struct assess_part {
    const char *fact, *rule;
};

struct assess_sheet {
    const char *rule, *label, *label_en, *about;
    const struct assess_step *steps;
    size_t step_count;
    const struct assess_part *parts;
    size_t part_count;
    bool yearly;        /* besides, each year has a step of its own (assess_year_facts); else it is about the day alone */
};

enum { ASSESS_SHEETS = 4, ASSESS_FIRST_YEAR = 2018 /* the rates known begin there */ };
extern const struct assess_sheet assess_sheets[ASSESS_SHEETS];

const struct assess_sheet *assess_find(struct slice rule); /* NULL */

struct assess_line {
    const struct rule_condition *condition;
    enum truth holds;
    struct slice says, hint; /* where it does not hold; else "" */
};

struct assess_span {
    const struct assess_part *part;
    const struct rule *rule; /* NULL: none was in force */
    bool known;              /* low and high are */
    int64_t low, high;       /* hundredths of a point; the same where the firm stated the score */
    struct slice says;       /* what is wrong with the scores that the table was given: then it computes no span; "" */
};

struct assessment {
    const struct rule *rule;
    struct answer answer;
    struct assess_line *lines; /* as many as the rule has conditions */
    struct assess_span *spans; /* as many as the sheet has parts */
    size_t span_count;
    bool spanned;              /* a score is open, and its span known */
    bool certain;              /* the answer holds whatever the experts give within the spans */
};

/*
 * The sheet's rule in force for the region on as_of, which is also `today`. ERR_MISSING: there is none; ERR_INVALID: a fact of another
 * kind, or nothing can be computed with them. All memory from arena.
 */
bool assess_ask(const struct law *law, const struct assess_sheet *sheet, int32_t region, int32_t as_of, const struct fact *facts, size_t count,
                struct arena *arena, struct assessment *out, struct err *err);

struct assess_year {
    int32_t year;
    const struct rule *rule, *rate_rule; /* as they stood at the end of that year */
    struct answer answer, rate_answer;
    struct assess_line *lines;
    bool entitled;                       /* no condition fails; an amount counts where it is also known */
    struct eval_value counted, rate, extra, keep_until;
};

/* What has to be asked of one year besides the sheet's own steps, in the order of its rules; ERR_MISSING as below. */
bool assess_year_facts(const struct law *law, const struct assess_sheet *sheet, int32_t region, int32_t year, struct arena *arena,
                       const struct rule_fact ***facts, size_t *count, struct err *err);

/* facts: those of that year, under their own names. counted and so on are not known where something that they need is not. */
bool assess_year(const struct law *law, int32_t region, int32_t year, const struct fact *facts, size_t count, struct arena *arena,
                 struct assess_year *out, struct err *err);

#endif
