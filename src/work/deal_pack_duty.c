/*
 * What speaks for those who decided (尽职免责): the conditions of the nation's rules, each with the paper of the file that shows it,
 * or none; and, for reference, the lists of Jiangsu and Heilongjiang. A list, no score (../shared/domain/rules.md §0.4).
 */
#include "work/deal_pack_int.h"

#include <ctype.h>

static const char *const duty_rules[] = {"R04", "R05", "R05-1", "R06", "R06-1"};

/* Whose lists are shown where they are not in force: all that is known of them are their numbers and what they ask of a unit. */
static const int32_t reference_regions[] = {320000 /* 江苏 */, 230000 /* 黑龙江 */};

/* --- where in the file it is --- */

static const struct record *sale_at_unit(const struct deal_file *file) { return notice_of(file, "sale", "unit"); }
static const struct record *sale_at_market(const struct deal_file *file) { return notice_of(file, "sale", "market"); }
static const struct record *last_approval(const struct deal_file *file) { return deal_newest(file, KIND_APPROVAL); }

/* Where nobody objected, the notice is what shows it. */
static const struct record *last_objection(const struct deal_file *file)
{
    return file->count[KIND_OBJECTION] ? deal_newest(file, KIND_OBJECTION) : sale_at_unit(file);
}

static const struct {
    const char *fact;
    const struct record *(*paper)(const struct deal_file *file);
    const char *action; /* where the deal itself says it: by the step that wrote it */
} places[] = {
    {"notice_kept", sale_at_unit, NULL},          {"market_named", sale_at_market, NULL},   {"market_numbered", sale_at_market, NULL},
    {"market_addressed", sale_at_market, NULL},   {"market_hashed", sale_at_market, NULL},  {"market_is_ours", sale_at_market, NULL},
    {"minutes_kept", last_approval, NULL},        {"conflict_declared", last_approval, NULL},
    {"objections_handled", last_objection, NULL}, {"price_inquired", NULL, "deal.price"},
};

static const struct record *statement_at(const struct deal_file *file, uint64_t leaf)
{
    for (size_t i = 0; i < file->count[KIND_STATEMENT]; i++)
        if ((uint64_t)file->papers[KIND_STATEMENT][i].from_leaf == leaf)
            return &file->papers[KIND_STATEMENT][i];
    return NULL;
}

static struct slice fact_place(const struct pack_work *work, const struct fact *fact)
{
    const struct deal_file *file = work->pack->file;

    if (fact->source_leaf)
        return pack_where(work, statement_at(file, fact->source_leaf), NULL);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (strcmp(places[i].fact, fact->name) == 0)
            return pack_where(work, places[i].paper ? places[i].paper(file) : NULL, places[i].action);
    return SLICE("");
}

/* --- one condition --- */

enum duty { DUTY_DONE, DUTY_LACKING, DUTY_NONE };
static const char *const duty_words[] = {[DUTY_DONE] = "已备", [DUTY_LACKING] = "未备", [DUTY_NONE] = "不适用"};

struct judged {
    const struct fact *facts;
    size_t count;
    const struct answer *answer;
};

static const struct fact *fact_named(const struct judged *judged, struct slice name)
{
    for (size_t i = 0; i < judged->count; i++)
        if (slice_is(name, judged->facts[i].name))
            return &judged->facts[i];
    return NULL;
}

/* The next name in an expression; *negated: "not" stands before it. */
static bool name_next(const char **at, struct slice *name, bool *negated)
{
    *negated = false;
    for (;;) {
        while (**at && !isalpha((unsigned char)**at))
            (*at)++;
        if (!**at)
            return false;
        *name = (struct slice){*at, 0};
        while (isalnum((unsigned char)**at) || **at == '_')
            (*at)++, name->len++;
        if (!slice_is(*name, "not"))
            return true;
        *negated = true;
    }
}

/* What makes the condition hold: a yes where yes is asked for. NULL: it holds because it does not concern this deal. */
static const struct fact *shown_by(const struct judged *judged, const char *holds)
{
    struct slice name;
    bool negated;

    while (name_next(&holds, &name, &negated)) {
        const struct fact *fact = fact_named(judged, name);

        if (fact && fact->kind == FACT_YES && fact->known && (fact->value != 0) != negated)
            return fact;
    }
    return NULL;
}

/* A condition says what is lacking; where that is no name of the thing itself, its name is here. */
static const struct {
    const char *rule, *condition, *label;
} names[] = {{"R04", "market_outside", "公示所在的技术交易市场在本系统之外"}, {"R05-1", "duty", "能够证明已经履行勤勉尽责义务的原始记录"}};

static struct slice label_of(const struct rule *rule, const struct rule_condition *condition)
{
    static const char lacking[] = "未备：";
    size_t skip;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].rule, rule->id) == 0 && strcmp(names[i].condition, condition->name) == 0)
            return slice_of(names[i].label);
    skip = strncmp(condition->says, lacking, sizeof lacking - 1) == 0 ? sizeof lacking - 1 : 0;

    return slice_of(condition->says + skip);
}

static struct slice article_of(const struct pack_work *work, const struct rule *rule)
{
    const struct rule_article *article = rule->articles;

    if (!rule->article_count)
        return slice_of(rule->id);
    return slice_of(arena_print(work->arena, "%s%s（%s；规则 %s）", article->document, article->number, rule_source_label(article->source), rule->id));
}

static void duty_row(const struct pack_work *work, const struct judged *judged, size_t c, struct paper_values *row)
{
    const struct rule *rule = judged->answer->rule;
    const struct rule_condition *condition = &rule->conditions[c];
    bool applies = judged->answer->applies == TRUTH_YES, holds = judged->answer->conditions[c] == TRUTH_YES;
    const struct fact *by = applies && holds ? shown_by(judged, condition->holds) : NULL;
    enum duty duty = !applies || (holds && !by) ? DUTY_NONE : holds ? DUTY_DONE : DUTY_LACKING;

    fill_put(row, "项", label_of(rule, condition));
    fill_put(row, "状态", slice_of(duty_words[duty]));
    fill_put(row, "凭", by ? fact_place(work, by) : judged->answer->applies == TRUTH_UNKNOWN ? SLICE("卷内没有写明有这种情形") : SLICE(""));
    fill_put(row, "条文", article_of(work, rule));
}

/* --- the rules --- */

static bool is_duty(const struct rule *rule, int32_t today)
{
    for (size_t i = 0; i < sizeof duty_rules / sizeof *duty_rules; i++)
        if (strcmp(rule->id, duty_rules[i]) == 0)
            return rule->valid_from <= today && today <= rule->valid_until;
    return false;
}

static bool is_reference(const struct rule *rule)
{
    for (size_t i = 0; i < sizeof reference_regions / sizeof *reference_regions; i++)
        if (rule->region == reference_regions[i])
            return true;
    return false;
}

static void conditions_rows(struct pack_work *work, struct deal_paper_work *paper, const struct judged *judged, bool here)
{
    for (size_t c = 0; c < judged->answer->rule->condition_count; c++)
        duty_row(work, judged, c, fill_row(&paper->fill, here ? "清单" : "参考"));
    fill_put(&paper->fill.values, here ? "有清单" : "有参考", SLICE("1"));
}

/* What a list of another province is, before what it asks. */
static void reference_head(struct pack_work *work, struct deal_paper_work *paper, const struct rule *rule)
{
    struct paper_values *row = fill_row(&paper->fill, "参考");

    fill_print(row, "项", "%s：%s", rule->title, rule->summary);
    fill_put(row, "条文", article_of(work, rule));
}

bool pack_duties(struct pack_work *work, struct deal_paper_work *paper, struct err *err)
{
    const struct law *law = work->pack->law;
    const struct deal_file *file = work->pack->file;
    struct fact *facts;
    size_t count;

    if (!deal_facts(law, file, work->arena, &facts, &count, err))
        return false;
    for (size_t i = 0; i < rulebook_count(law->book); i++) {
        const struct rule *rule = rulebook_at(law->book, i);
        bool here = rule_covers(rule, file->region);
        struct answer answer;
        struct judged judged = {facts, count, &answer};

        if (!is_duty(rule, file->today) || (!here && !is_reference(rule)))
            continue;
        if (!rule_ask(law->book, rule, facts, count, work->arena, &answer, err))
            return false;
        if (!here)
            reference_head(work, paper, rule);
        conditions_rows(work, paper, &judged, here);
    }
    return true;
}
