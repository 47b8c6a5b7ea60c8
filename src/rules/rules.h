/*
 * The rulebook (DESIGN §7): the law as dated files, asked over facts. docs/rules.md describes the files.
 *
 *   rulebook_load     reads the dictionary of facts (FOLDER/facts) and every rule file below FOLDER, each checked; ERR_INVALID names file, line and what to do
 *   rule_find         the rule in force for a region on a day: the nearest region's that overrides it, else the nation's
 *   rule_ask          one rule over a set of facts: yes, no because, unknown: tell us, or does not apply
 *   rule_gate         every rule that stands at a gate (a step of the procedure), one after another
 *   rule_ask_all      many rules over many sets of facts (bulk.h)
 *   rule_examples     runs a file's worked examples
 *
 * A verdict:  not applicable  its `applies` is false
 *             unknown         its `applies` is unknown (a rule that may not apply forbids nothing yet), or no condition is false
 *                             and one is unknown: `asks` has the unknown facts of which one value or another would change
 *                             the verdict, whatever else is told with it (docs/rules.md says how they are found)
 *             no              a condition is false: `because` is the first of them in the file's order
 *             yes             all conditions hold
 * Results (amounts, days, shares) are given where they can be known, whatever the verdict.
 *
 * A rulebook is read once and shared by all threads; asking takes a lock for microseconds. Facts not in the rule are ignored,
 * facts of the rule not given are unknown, a fact of another kind than the rule's is ERR_INVALID.
 */
#ifndef TQ_RULES_RULES_H
#define TQ_RULES_RULES_H

#include "base/arena.h"
#include "store/eval.h"

enum { RULE_HASH = 32, REGION_NATION = 100000 };

enum fact_kind { FACT_NUMBER, FACT_MONEY /* fen */, FACT_SHARE /* 万分比 */, FACT_DAY /* days since 1970 */, FACT_CODE, FACT_YES,
                 FACT_POINTS /* 得分, hundredths: half a point is 50 */ };

/* How well a text or a figure is known. What is not `checked` is shown as 参数未核. */
enum rule_source { RULE_CHECKED /* 原文已核对 */, RULE_SECONDARY /* 二手来源 */, RULE_UNVERIFIED /* 未核 */ };

enum fact_source { FACT_DECLARED /* 自行填报 */, FACT_CERTIFICATE /* 证照 */, FACT_DEPARTMENT /* 部门名单 */ };

/* Do others that may be relied on say otherwise? */
enum fact_doubt { FACT_AGREED, FACT_DISPUTED /* the firm itself says otherwise */, FACT_CONTRADICTED /* two offices differ */ };

struct fact {
    const char *name;
    enum fact_kind kind;
    bool known;
    int64_t value;
    struct slice code;    /* FACT_CODE */
    enum fact_source source;
    int32_t until;        /* last day on which it may be relied on; 0: no such day */
    uint64_t source_leaf; /* of the record it came from; 0: none */
    enum fact_doubt doubt;
};

/* --- what a file says; all strings live as long as the book --- */

struct rule_article {
    const char *document, *number, *text; /* 促进科技成果转化法, 第十八条, its words ("" where they are not at hand) */
    enum rule_source source;
};

struct rule_parameter {
    const char *name, *label, *unit, *basis; /* unit and basis may be "" */
    enum fact_kind kind;                     /* as its value is written: 15, 60%, 500万元, 70分, 2026-01-01 */
    int64_t value;
    enum rule_source source;
    long line;
};

struct rule_choice {
    const char *code, *label;
};

struct rule_fact {
    const char *name, *label, *hint;
    enum fact_kind kind;
    const struct rule_choice *choices; /* FACT_CODE */
    size_t choice_count;
    int years_ago;      /* it is about a year: so many before that of the day asked about; 0: about no year */
    const char *of;     /* it is an earlier year of this one, under whose name all years are kept; NULL */
};

struct rule_condition {
    const char *name, *holds; /* the expression */
    const char *says;         /* what stands in the way where it does not hold */
    const char *hint;         /* what to do then; "" */
    const char *label;        /* what is looked at, in a few words: 研发费用占销售收入的比例; "" */
    long line;                /* of the expression, in the file */
};

struct rule_result {
    const char *name, *label, *value; /* the expression */
    enum fact_kind kind;
    long line;
};

struct rule {
    const char *id, *title, *overrides /* id or NULL */, *summary;
    int32_t region;                  /* division code; REGION_NATION */
    int32_t valid_from, valid_until; /* days, both in force; valid_until INT32_MAX: no end known */
    enum rule_source source;
    const char *const *gates;        /* steps at which it is asked */
    size_t gate_count;
    const char *applies;             /* NULL: always */
    long applies_line;
    const struct rule_article *articles;
    size_t article_count;
    const struct rule_parameter *parameters;
    size_t parameter_count;
    const struct rule_fact *facts;
    size_t fact_count;
    const struct rule_condition *conditions;
    size_t condition_count;
    const struct rule_result *results;
    size_t result_count;
    size_t example_count;
    const char *file;
    unsigned char hash[RULE_HASH];   /* SHA-256 of the file's bytes: the rule's version */
};

struct rulebook;

/* The files are read in the order of their names; the first that is wrong ends it. The calendar must outlive the book. */
bool rulebook_load(const char *folder, const struct calendar *calendar, struct rulebook **book, struct err *err);
void rulebook_free(struct rulebook *book);

size_t rulebook_count(const struct rulebook *book);
const struct rule *rulebook_at(const struct rulebook *book, size_t index); /* by id, then region, then date */

/* The fact of that name in the dictionary, whichever rules ask for it; NULL. */
const struct rule_fact *rulebook_fact(const struct rulebook *book, struct slice name);
/* All of them, in the order of the files. */
size_t rulebook_fact_count(const struct rulebook *book);
const struct rule_fact *rulebook_fact_at(const struct rulebook *book, size_t index);

bool rule_covers(const struct rule *rule, int32_t region); /* its own region, or one below it */

/* region: the division code of who is asked about. NULL: no such rule was in force. */
const struct rule *rule_find(const struct rulebook *book, const char *id, int32_t region, int32_t as_of);

/* --- asking --- */

enum rule_verdict { RULE_NO, RULE_YES, RULE_UNKNOWN, RULE_NOT_APPLICABLE };

struct rule_said {
    const struct rule_result *result;
    struct eval_value value;
};

struct answer {
    const struct rule *rule;
    enum rule_verdict verdict;
    const struct rule_condition *because; /* of a no, else NULL */
    struct slice says, hint;              /* because->says and ->hint with the figures put in; "" */
    enum truth applies;
    const enum truth *conditions;         /* the trace: as many as the rule has */
    const struct rule_fact *const *asks;
    size_t ask_count;
    const struct rule_said *results;      /* as many as the rule has */
    bool provisional;                     /* a day hangs on a year's holidays not yet announced */
    unsigned char facts_hash[RULE_HASH];  /* of the facts used, in the rule's order: for the record of a decision */
};

/*
 * Its facts_hash is SHA-256 over "NAME=VALUE\n" of the rule's facts in its order, a number in digits, a code as it is, "?"
 * for what is unknown.
 */
bool rule_ask(struct rulebook *book, const struct rule *rule, const struct fact *facts, size_t count,
              struct arena *arena, struct answer *answer, struct err *err);

/* What a condition of the answer says and advises where it does not hold, with the figures put in; the same facts as were asked with. */
bool rule_condition_tell(const struct rule *rule, const struct answer *answer, size_t condition, const struct fact *facts, size_t count,
                         struct arena *arena, struct slice *told, struct slice *hint, struct err *err);

/*
 * The rules that stand at `gate` on the day for the region, in order of id; answers in the arena. A fact whose `until` is
 * before the day is unknown.
 */
bool rule_gate(struct rulebook *book, const char *gate, int32_t region, int32_t as_of, const struct fact *facts,
               size_t count, struct arena *arena, struct answer **answers, size_t *answer_count, struct err *err);

/* --- facts and values as people write and read them --- */

/*
 * A typed value: 15, 500万元, 60%, 7.5 of points, 2026-03-17, a code or its label, 是/否/yes/no/1/0; "" and 未知 are unknown. ERR_INVALID:
 * how it is written ("要写一个日期，…"); field is the fact's name. The code lives as long as the book.
 */
bool rule_fact_read(const struct rule_fact *fact, struct slice typed, struct fact *out, struct err *err);
/* "500 万元", "60%", "2026-03-17", "协议定价", "是", "未知". choices: of a code, or NULL. */
const char *rule_value_show(enum fact_kind kind, const struct rule_choice *choices, size_t count,
                            const struct eval_value *value, struct arena *arena);
/* An expression with labels and figures in place of names: 今天 晚于 公示起始日 之后 15 日. */
const char *rule_words(const struct rule *rule, const char *expression, struct arena *arena);

/* --- authoring --- */

/* Example number `index` of the rule as people read it; everything in the arena. */
struct rule_example {
    const char *name, *why, *because; /* because: "" where it is not said */
    enum rule_verdict verdict;
    const char **given, **results, **asks; /* "本单位公示起始日：2026-03-02"; each ends with NULL */
    struct rule_typed {
        const struct rule_fact *fact;
        const char *value; /* as rule_fact_read takes it */
    } *typed;
    size_t typed_count;
};
void rule_example_read(const struct rule *rule, size_t index, struct arena *arena, struct rule_example *out);

/*
 * As rulebook_load, but a rule's file that is wrong is told and left out (a wrong dictionary ends it); only: that file or the
 * files below that folder alone, with FOLDER's dictionary, or NULL.
 */
typedef void rule_wrong(void *arg, const struct err *wrong);
bool rulebook_load_good(const char *folder, const char *only, const struct calendar *calendar, rule_wrong *wrong, void *arg,
                        struct rulebook **book, struct err *err);

/* Each example that does not come out as the file says, with its line, and expected and found in words. */
typedef void rule_complain(void *arg, const struct rule *rule, const char *example, long line, const char *complaint);
/* Adds to *run and *failed. */
void rule_examples(struct rulebook *book, const struct rule *rule, rule_complain *complain, void *arg, size_t *run,
                   size_t *failed);

/*
 * One change at a time in the rule's expressions and the parameters they use, in memory: each comparison (its boundary, its
 * contrary), each number and date one more and one less, each AND and OR the other, each NOT left out. A change that no
 * example fails on survives. Of use only where all examples come out.
 */
struct rule_mutant {
    long line;
    const char *where;    /* applies, valid_from, valid_until, or the name of a condition, result or parameter */
    const char *was, *is; /* the piece that was changed */
    const char *text;     /* the expression or value with the change in it */
};
typedef void rule_survive(void *arg, const struct rule *rule, const struct rule_mutant *mutant);
/* Adds to *mutants and *caught. */
void rule_mutate(struct rulebook *book, const struct rule *rule, rule_survive *survive, void *arg, size_t *mutants,
                 size_t *caught);

const char *rule_verdict_word(enum rule_verdict verdict);  /* "yes" */
const char *rule_verdict_label(enum rule_verdict verdict); /* 符合 */
const char *rule_source_label(enum rule_source source);    /* 原文已核对 */
const char *rule_kind_label(enum fact_kind kind);          /* 金额 */

#endif
