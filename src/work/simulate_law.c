/* Which rule holds which figure. The names of parameters and results are those of the files below rules/. */
#include "work/law.h"
#include "work/simulate.h"

enum { SELL = 1 << SIMULATE_ASSIGN | 1 << SIMULATE_LICENSE, SHARES = 1 << SIMULATE_EQUITY,
       CASH = SELL | 1 << SIMULATE_SELF | 1 << SIMULATE_JOINT, ALL = CASH | SHARES };

struct looking {
    struct rulebook *book;
    const struct simulate_place *place;
    enum simulate_way way;
    struct arena *arena;
};

static const struct rule *look(const struct looking *looking, const char *id)
{
    return rule_find(looking->book, id, looking->place->region, looking->place->as_of);
}

static bool lacking(const char *rule, const char *name, struct err *err)
{
    err_set(err, ERR_CORRUPT, "规则库里没有试算要用的数：规则 %s 的 %s", rule, name);
    return err_hint(err, "请系统管理员核对 rules/ 下的规则文件");
}

/* "促进科技成果转化法第四十五条；…": all that the rule rests on. */
static const char *articles(const struct looking *looking, const struct rule *rule)
{
    const char *all = "";

    for (size_t i = 0; i < rule->article_count; i++)
        all = arena_print(looking->arena, "%s%s%s%s", all, *all ? "；" : "", rule->articles[i].document,
                          rule->articles[i].number);
    return all;
}

static const struct rule_parameter *parameter_of(const struct rule *rule, const char *name)
{
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (strcmp(rule->parameters[i].name, name) == 0)
            return &rule->parameters[i];
    return NULL;
}

/* --- figures that are a parameter --- */

static const struct {
    enum law_part part;
    int ways;
    const char *rule, *parameter;
    bool optional; /* a region's text may have none */
} parameters[] = {
    {LAW_MAIN, ALL, "R23", "main", false},      {LAW_AGENCY, ALL, "R23", "office", true},
    {LAW_COUNTED, SELL, "R40", "half", false},  {LAW_INCOME, CASH, "R40-1", "allowance", false},
    {LAW_EQUITY, SHARES, "R42", "rate", false}, {LAW_EXEMPT, SELL, "R43", "limit", false},
    {LAW_HALVED, SELL, "R43-1", "half", false},   {LAW_CORPORATE, SELL, "R43-1", "rate", false},
    {LAW_STAMP, SELL, "R45", "contract", false}, {LAW_VAT, SELL, "R44-1", "rate", false},
};

static bool parameters_take(const struct looking *looking, struct simulate_law *law, struct err *err)
{
    for (size_t i = 0; i < sizeof parameters / sizeof *parameters; i++) {
        const struct rule *rule;
        const struct rule_parameter *parameter;

        if (!(parameters[i].ways >> looking->way & 1))
            continue;
        rule = look(looking, parameters[i].rule);
        parameter = rule ? parameter_of(rule, parameters[i].parameter) : NULL;
        if (!parameter && !parameters[i].optional)
            return lacking(parameters[i].rule, parameters[i].parameter, err);
        if (parameter)
            law->figures[parameters[i].part] = (struct law_figure){parameter->value, rule->id, parameter->basis,
                                                                    parameter->source};
    }
    return true;
}

/* --- figures that hang on more than a parameter --- */

static const char *way_code(enum simulate_way way)
{
    static const char *const codes[SIMULATE_WAYS] = {"assign", "license", "equity", "self", "joint"};

    return codes[way];
}

static bool result_take(const struct looking *looking, const struct answer *answer, const char *name, enum law_part part,
                        struct simulate_law *law)
{
    const struct rule *rule = answer->rule;
    int64_t number;

    if (!answer_number(answer, name, &number))
        return false;
    law->figures[part] = (struct law_figure){number, rule->id, articles(looking, rule), rule->source};
    return true;
}

/* The least share, asked of the rule itself: which of its parameters holds is the rule's to say. */
static bool reward_take(const struct looking *looking, struct simulate_law *law, struct err *err)
{
    const struct fact facts[] = {
        {.name = "way", .kind = FACT_CODE, .known = true, .code = slice_of(way_code(looking->way))},
        {.name = "state_unit", .kind = FACT_YES, .known = true, .value = 1},
        {.name = "local_standard", .kind = FACT_YES, .known = true, .value = looking->place->local_standard},
    };
    const struct rule *rule = look(looking, "R20");
    struct answer answer;

    if (!rule)
        return lacking("R20", "reward_floor", err);
    if (!rule_ask(looking->book, rule, facts, sizeof facts / sizeof *facts, looking->arena, &answer, err))
        return false;
    result_take(looking, &answer, "years_least", LAW_YEARS, law);
    law->region = rule->region;
    if (result_take(looking, &answer, "reward_floor", LAW_REWARD, law))
        return true;
    return lacking(rule->id, "reward_floor", err);
}

/* A rule that is cited, with no figure of its own. */
static void text_take(const struct looking *looking, int ways, const char *id, enum law_part part, int64_t value,
                      struct simulate_law *law)
{
    const struct rule *rule = ways >> looking->way & 1 ? look(looking, id) : NULL;

    if (rule)
        law->figures[part] = (struct law_figure){value, rule->id, articles(looking, rule), rule->source};
}

static void texts_take(const struct looking *looking, struct simulate_law *law)
{
    const struct rule *costs = look(looking, "R24");

    text_take(looking, SELL, "R24", LAW_COSTS, 0, law);
    text_take(looking, SHARES, "R27", LAW_CHIEF, 0, law);
    text_take(looking, SELL, "R44", LAW_VAT_FREE, 1, law); /* whether its conditions hold is for the tax office to see */
    if (*law->figures[LAW_COSTS].rule)
        law->figures[LAW_COSTS].value = (rule_bars(costs, "no_public") ? COSTS_NO_PUBLIC : 0) | (rule_bars(costs, "no_other") ? COSTS_NO_OTHER : 0);
}

/* 税率表一: rate_1 from 0, rate_2 above above_2, … */
static bool scale_take(const struct looking *looking, struct simulate_law *law, struct err *err)
{
    const struct rule *rule = look(looking, "R40-1");

    law->scale.count = 0;
    law->scale.allowance = law->figures[LAW_INCOME].value;
    for (int i = 1; rule && i <= TAX_BRACKETS; i++) {
        char rate_name[16], above_name[16];
        const struct rule_parameter *rate, *above;

        snprintf(rate_name, sizeof rate_name, "rate_%d", i);
        snprintf(above_name, sizeof above_name, "above_%d", i);
        rate = parameter_of(rule, rate_name);
        above = parameter_of(rule, above_name);
        if (!rate || (i > 1 && !above))
            break;
        law->scale.brackets[law->scale.count++] = (struct tax_bracket){i > 1 ? above->value : 0, (int32_t)rate->value};
    }
    return law->scale.count > 0 || lacking("R40-1", "rate_1", err);
}

bool simulate_law(struct rulebook *book, const struct simulate_place *place, enum simulate_way way, struct arena *arena,
                  struct simulate_law *law, struct err *err)
{
    struct looking looking = {book, place, way, arena};

    *law = (struct simulate_law){.scale = {.count = 0}};
    for (int part = 0; part < LAW_PARTS; part++)
        law->figures[part] = (struct law_figure){0, "", "", RULE_CHECKED};
    texts_take(&looking, law);
    return reward_take(&looking, law, err) && parameters_take(&looking, law, err) && scale_take(&looking, law, err);
}
