/* Self-assessments: which questions belong together; the rest is the rulebook's. */
#include "work/assess.h"

#include "base/clock.h"
#include "base/said.h"

static const struct assess_step high_tech_steps[] = {
    {"企业", "The firm", "resident_enterprise registered_on fields_supported core_ip serious_accident hte_certified_on"},
    {"人员", "People", "staff staff_tech"},
    {"研发费用和收入", "R&D and income", "sales sales_2 sales_3 rd_spend rd_spend_2 rd_spend_3 rd_abroad_three income_total income_hightech"},
    {"知识产权得分", "Score of rights", "ip_class1 ip_class2 points_advanced points_support points_count points_way points_standard points_ip"},
    {"其他得分", "Other scores",
     "conversions years_counted points_conversion points_organisation growth_assets growth_sales points_growth"},
};
static const struct assess_part high_tech_parts[] = {
    {"points_ip", "R50-1"}, {"points_conversion", "R50-2"}, {"points_growth", "R50-3"}};

static const struct assess_step tech_sme_steps[] = {
    {"企业", "The firm", "resident_enterprise products_banned accident_this_or_last dishonest"},
    {"直接符合", "Direct routes", "hte_certificate state_award provincial_lab led_standards"},
    {"规模和人员", "Size and people", "staff staff_tech sales assets"},
    {"研发和成果", "R&D and rights", "rd_spend costs ip_class1 ip_class2"},
};

static const struct assess_step innovative_steps[] = {
    {"直接符合", "Direct routes", "science_award hte_certificate honour_title provincial_lab equity_raised"},
    {"得分", "Scores", "points_innovation points_development points_speciality"},
};

static const struct assess_step deduction_steps[] = {
    {"企业", "The firm", "rd_industry rd_books"},
};

#define STEPS(steps) (steps), sizeof(steps) / sizeof *(steps)

const struct assess_sheet assess_sheets[ASSESS_SHEETS] = {
    {"R50", "高新技术企业", "High-tech enterprise", N_("减按 15% 缴企业所得税；三年有效"), STEPS(high_tech_steps), STEPS(high_tech_parts), false},
    {"R51", "科技型中小企业", "Technology-based SME", N_("职工 500 人、收入和资产各 2 亿元以内；每年入库"), STEPS(tech_sme_steps), NULL, 0, false},
    {"R52", "创新型中小企业", "Innovative SME", N_("专精特新的第一级；得分或一项直接符合"), STEPS(innovative_steps), NULL, 0, false},
    {"R46", "研发费用加计扣除", "R&D super-deduction", N_("每一年按那一年的口径和比例重算"), STEPS(deduction_steps), NULL, 0, true},
};

const struct assess_sheet *assess_find(struct slice rule)
{
    for (size_t i = 0; i < ASSESS_SHEETS; i++)
        if (slice_is(rule, assess_sheets[i].rule))
            return &assess_sheets[i];
    return NULL;
}

static bool among(const char *names, const char *name)
{
    struct slice rest = slice_of(names), one;

    while (slice_cut(&rest, ' ', &one))
        if (slice_is(one, name))
            return true;
    return false;
}

/* --- facts --- */

/* Facts of a firm with room for what is computed on the way. */
struct known {
    struct fact *facts;
    size_t count;
};

enum { MORE = 8 };

static struct known known_copy(const struct fact *facts, size_t count, struct arena *arena)
{
    struct known known = {arena_alloc(arena, (count + MORE) * sizeof *facts), count};

    if (count)
        memcpy(known.facts, facts, count * sizeof *facts);
    return known;
}

static struct fact *known_of(const struct known *known, const char *name)
{
    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->facts[i].name, name) == 0)
            return &known->facts[i];
    return NULL;
}

/* What was stated stays. */
static void known_add(struct known *known, const char *name, enum fact_kind kind, const struct eval_value *value)
{
    struct fact *fact = known_of(known, name);

    if (!value->known || (fact && fact->known))
        return;
    if (!fact)
        fact = &known->facts[known->count++];
    *fact = (struct fact){.name = name, .kind = kind, .known = true, .value = value->number};
}

static void known_add_day(struct known *known, const char *name, int32_t day)
{
    struct eval_value value = {.known = true, .number = day};

    known_add(known, name, FACT_DAY, &value);
}

static struct eval_value result_of(const struct answer *answer, const char *name)
{
    struct eval_value value = {.known = false};

    value.known = answer_number(answer, name, &value.number);
    return value;
}

/* --- one rule --- */

struct asking {
    const struct law *law;
    int32_t region, as_of;
    struct arena *arena;
};

static const struct rule *rule_in_force_for(const struct asking *asking, const char *id, struct err *err)
{
    const struct rule *rule = rule_find(asking->law->book, id, asking->region, asking->as_of);

    if (!rule) {
        err_set(err, ERR_MISSING, "规则 %.20s 在这一天没有生效的版本", id);
        err_hint(err, "规则手册列出各条规则的生效日期");
    }
    return rule;
}

static bool lines_tell(const struct asking *asking, const struct answer *answer, const struct known *known, struct assess_line **lines,
                       struct err *err)
{
    const struct rule *rule = answer->rule;

    *lines = arena_zero(asking->arena, rule->condition_count + 1, sizeof **lines);
    for (size_t i = 0; i < rule->condition_count; i++) {
        struct assess_line *line = &(*lines)[i];

        *line = (struct assess_line){&rule->conditions[i], answer->conditions[i], {"", 0}, {"", 0}};
        if (line->holds == TRUTH_NO
            && !rule_condition_tell(rule, answer, i, known->facts, known->count, asking->arena, &line->says, &line->hint, err))
            return false;
    }
    return true;
}

static bool ask(const struct asking *asking, const struct rule *rule, const struct known *known, struct answer *answer, struct err *err)
{
    return rule_ask(asking->law->book, rule, known->facts, known->count, asking->arena, answer, err);
}

/* --- spans --- */

/* A table that is not in force, or says nothing yet, leaves its score open. */
static bool span_find(const struct asking *asking, const struct assess_part *part, const struct known *known, struct assess_span *span,
                      struct err *err)
{
    struct eval_value low, high;
    struct answer answer;

    *span = (struct assess_span){.part = part, .says = {"", 0},
                                 .rule = rule_find(asking->law->book, part->rule, asking->region, asking->as_of)};
    if (!span->rule)
        return true;
    if (!ask(asking, span->rule, known, &answer, err))
        return false;
    low = result_of(&answer, "low");
    high = result_of(&answer, "high");
    span->says = answer.says;
    span->known = answer.verdict != RULE_NO && low.known && high.known;
    span->low = low.number;
    span->high = high.number;
    return true;
}

static bool spans_find(const struct asking *asking, const struct assess_sheet *sheet, struct known *known, struct assessment *out,
                       struct err *err)
{
    out->span_count = sheet->part_count;
    out->spans = arena_zero(asking->arena, sheet->part_count + 1, sizeof *out->spans);
    for (size_t i = 0; i < sheet->part_count; i++) {
        struct assess_span *span = &out->spans[i];
        const struct fact *stated = known_of(known, sheet->parts[i].fact);

        if (!span_find(asking, &sheet->parts[i], known, span, err))
            return false;
        if (stated && stated->known) {
            span->low = span->high = stated->value;
            span->known = true;
        }
        if (span->known && span->low == span->high)
            known_add(known, span->part->fact, FACT_POINTS, &(struct eval_value){.known = true, .number = span->low});
        out->spanned |= span->known && span->low != span->high;
    }
    return true;
}

/* The same question with each open score at the end of its span. */
static bool ask_at(const struct asking *asking, const struct known *known, const struct assessment *about, bool high, struct answer *answer,
                   struct known *with, struct err *err)
{
    *with = known_copy(known->facts, known->count, asking->arena);
    for (size_t i = 0; i < about->span_count; i++) {
        const struct assess_span *span = &about->spans[i];
        struct eval_value value = {.known = span->known, .number = high ? span->high : span->low};

        known_add(with, span->part->fact, FACT_POINTS, &value);
    }
    return ask(asking, about->rule, with, answer, err);
}

/* More points never harm: what the lowest pass, all pass; what the highest fail, all fail. */
static bool settle(const struct asking *asking, struct known *known, struct assessment *out, struct err *err)
{
    struct known low_with, high_with;
    struct answer low, high;

    if (!out->spanned || out->answer.verdict != RULE_UNKNOWN)
        return true;
    if (!ask_at(asking, known, out, false, &low, &low_with, err) || !ask_at(asking, known, out, true, &high, &high_with, err))
        return false;
    out->certain = low.verdict == RULE_YES || high.verdict == RULE_NO;
    if (out->certain) {
        out->answer = low.verdict == RULE_YES ? low : high;
        *known = low.verdict == RULE_YES ? low_with : high_with;
    }
    return true;
}

bool assess_ask(const struct law *law, const struct assess_sheet *sheet, int32_t region, int32_t as_of, const struct fact *facts, size_t count,
                struct arena *arena, struct assessment *out, struct err *err)
{
    struct asking asking = {law, region, as_of, arena};
    struct known known = known_copy(facts, count, arena);

    *out = (struct assessment){.rule = rule_in_force_for(&asking, sheet->rule, err)};
    if (!out->rule)
        return false;
    known_add_day(&known, "today", as_of);
    return spans_find(&asking, sheet, &known, out, err) && ask(&asking, out->rule, &known, &out->answer, err)
           && settle(&asking, &known, out, err) && lines_tell(&asking, &out->answer, &known, &out->lines, err);
}

/* --- the super-deduction of a year --- */

static int32_t day_in(int32_t year, const char *month_day)
{
    char text[CLOCK_TEXT];
    int32_t day = 0;

    snprintf(text, sizeof text, "%04d-%s", (int)year, month_day);
    day_parse(slice_of(text), &day);
    return day;
}

/* Computed on the way, or asked once for all years. */
static bool asked_of_year(const struct assess_sheet *sheet, const char *name)
{
    bool elsewhere = among("rd_counted settled_by", name);

    for (size_t i = 0; i < sheet->step_count; i++)
        elsewhere |= among(sheet->steps[i].facts, name);
    return !elsewhere;
}

bool assess_year_facts(const struct law *law, const struct assess_sheet *sheet, int32_t region, int32_t year, struct arena *arena,
                       const struct rule_fact ***facts, size_t *count, struct err *err)
{
    struct asking asking = {law, region, day_in(year, "12-31"), arena};
    const struct rule *rules[] = {rule_in_force_for(&asking, "R46", err), rule_in_force_for(&asking, "R46-1", err)};

    if (!rules[0] || !rules[1])
        return false;
    *count = 0;
    *facts = arena_alloc(arena, (rules[0]->fact_count + rules[1]->fact_count) * sizeof **facts);
    for (size_t i = 0; i < 2; i++)
        for (size_t f = 0; f < rules[i]->fact_count; f++)
            if (asked_of_year(sheet, rules[i]->facts[f].name))
                (*facts)[(*count)++] = &rules[i]->facts[f];
    return true;
}

bool assess_year(const struct law *law, int32_t region, int32_t year, const struct fact *facts, size_t count, struct arena *arena,
                 struct assess_year *out, struct err *err)
{
    struct asking asking = {law, region, day_in(year, "12-31"), arena};
    struct known known = known_copy(facts, count, arena);

    *out = (struct assess_year){.year = year, .rule = rule_in_force_for(&asking, "R46", err), .rate_rule = rule_in_force_for(&asking, "R46-1", err)};
    if (!out->rule || !out->rate_rule)
        return false;
    known_add_day(&known, "settled_by", day_in(year + 1, "05-31"));
    if (!ask(&asking, out->rule, &known, &out->answer, err) || !lines_tell(&asking, &out->answer, &known, &out->lines, err))
        return false;
    out->entitled = out->answer.verdict == RULE_YES;
    out->counted = result_of(&out->answer, "counted");
    out->keep_until = result_of(&out->answer, "keep_until");
    known_add(&known, "rd_counted", FACT_MONEY, &out->counted);
    if (!ask(&asking, out->rate_rule, &known, &out->rate_answer, err))
        return false;
    out->rate = result_of(&out->rate_answer, "rate");
    out->extra = result_of(&out->rate_answer, "extra");
    return true;
}
