/* A rule's file, each of its parts in the order in which later ones lean on earlier ones. */
#include "base/clock.h"
#include "rules/rules_int.h"
#include "seal/seal.h"

/* --- where a rule's parts are --- */

size_t rule_fact_at(const struct rule *rule, struct slice name)
{
    for (size_t i = 0; i < rule->fact_count; i++)
        if (slice_is(name, rule->facts[i].name))
            return i;
    return SIZE_MAX;
}

size_t rule_parameter_at(const struct rule *rule, struct slice name)
{
    for (size_t i = 0; i < rule->parameter_count; i++)
        if (slice_is(name, rule->parameters[i].name))
            return i;
    return SIZE_MAX;
}

size_t rule_result_at(const struct rule *rule, struct slice name)
{
    for (size_t i = 0; i < rule->result_count; i++)
        if (slice_is(name, rule->results[i].name))
            return i;
    return SIZE_MAX;
}

size_t rule_condition_at(const struct rule *rule, struct slice name)
{
    for (size_t i = 0; i < rule->condition_count; i++)
        if (slice_is(name, rule->conditions[i].name))
            return i;
    return SIZE_MAX;
}

static bool name_ok(const struct reading *reading, long line, const char *what, const char *name)
{
    if (name[0] >= 'a' && name[0] <= 'z' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name)
        && strlen(name) <= 60)
        return true;
    return reading_wrong(reading, line, "%s的名字 %.60s 只能用小写字母、数字和 _，以字母开头", what, name);
}

/* The member as a list or map of this kind; missing counts as empty. */
static bool part_of(const struct reading *reading, const struct node *root, const char *key, enum node_kind kind,
                    bool needed, const struct node **out)
{
    static const struct node nothing = {.kind = NODE_LIST};

    *out = node_at(root, key);
    if (*out && (*out)->kind != kind)
        return reading_wrong(reading, (*out)->line, kind == NODE_MAP ? "%s 下面要写成“词: 值”" : "%s 要写成一列，每项前一个 -", key);
    if (needed && (!*out || !(*out)->count))
        return reading_wrong(reading, *out ? (*out)->line : root->line, "没有写 %s：至少写一项", key);
    if (!*out)
        *out = &nothing;
    return true;
}

/* --- the head --- */

static bool day_member(const struct reading *reading, const struct node *root, const char *key, bool needed, int32_t *day)
{
    const char *text = NULL;

    if (!reading_text(reading, root, key, needed, &text))
        return false;
    return !text || day_parse(slice_of(text), day)
        || reading_wrong(reading, node_at(root, key)->line, "%s 写的是 %.40s，要写成 2026-03-17 的样子", key, text);
}

static bool region_read(const struct reading *reading, const struct node *root, int32_t *region)
{
    const char *text = "";

    if (!reading_text(reading, root, "region", true, &text))
        return false;
    if (strlen(text) != 6 || strspn(text, "0123456789") != 6 || text[0] == '0')
        return reading_wrong(reading, node_at(root, "region")->line, "region 写的是 %.40s，要写六位行政区划代码；全国写 100000", text);
    *region = (int32_t)strtol(text, NULL, 10);
    return true;
}

static bool gates_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    const struct node *list;
    const char **gates;

    if (!part_of(reading, root, "gates", NODE_LIST, false, &list))
        return false;
    gates = arena_zero(reading->arena, list->count + 1, sizeof *gates);
    for (const struct node *item = list->first; item; item = item->next) {
        if (item->kind != NODE_SCALAR || !name_ok(reading, item->line, "步骤", item->text.at))
            return item->kind == NODE_SCALAR ? false : reading_wrong(reading, item->line, "gates 要写成一列步骤的名字");
        gates[rule->gate_count++] = item->text.at;
    }
    rule->gates = gates;
    return true;
}

static bool id_ok(const struct reading *reading, const struct node *root, const char *key, const char *id)
{
    if (!id || (strlen(id) <= 40 && strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") == strlen(id)))
        return true;
    return reading_wrong(reading, node_at(root, key)->line, "%s 写的是 %.60s，只能用字母、数字、- _ .", key, id);
}

static bool head_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    static const char *const keys[] = {"rule",   "title",   "summary",  "region",     "valid_from", "valid_until",
                                       "source", "gates",   "overrides", "articles",  "parameters", "facts",
                                       "applies", "conditions", "results", "in_force",   "examples", NULL};

    rule->valid_until = INT32_MAX;
    if (!reading_keys(reading, root, "规则", keys) || !reading_text(reading, root, "rule", true, &rule->id)
        || !reading_text(reading, root, "title", true, &rule->title)
        || !reading_text(reading, root, "summary", true, &rule->summary)
        || !reading_text(reading, root, "overrides", false, &rule->overrides)
        || !id_ok(reading, root, "rule", rule->id) || !id_ok(reading, root, "overrides", rule->overrides)
        || !region_read(reading, root, &rule->region) || !reading_source(reading, root, true, &rule->source)
        || !day_member(reading, root, "valid_from", true, &rule->valid_from)
        || !day_member(reading, root, "valid_until", false, &rule->valid_until))
        return false;
    if (rule->valid_until < rule->valid_from)
        return reading_wrong(reading, node_at(root, "valid_until")->line, "valid_until 早于 valid_from");
    if (rule->overrides && rule->region == REGION_NATION)
        return reading_wrong(reading, node_at(root, "overrides")->line, "全国的规则不能取代别的规则：删去 overrides，或改 region");
    return gates_read(reading, root, rule);
}

/* --- articles and parameters --- */

static bool article_read(const struct reading *reading, const struct node *map, struct rule_article *article)
{
    static const char *const keys[] = {"document", "number", "text", "source", NULL};

    article->number = article->text = "";
    return reading_keys(reading, map, "条文", keys) && reading_text(reading, map, "document", true, &article->document)
        && reading_text(reading, map, "number", false, &article->number)
        && reading_text(reading, map, "text", false, &article->text)
        && reading_source(reading, map, true, &article->source);
}

static bool articles_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    const struct node *list;
    struct rule_article *articles;

    if (!part_of(reading, root, "articles", NODE_LIST, true, &list))
        return false;
    articles = arena_zero(reading->arena, list->count, sizeof *articles);
    rule->articles = articles;
    for (const struct node *map = list->first; map; map = map->next)
        if (!article_read(reading, map, &articles[rule->article_count++]))
            return false;
    return true;
}

/* Its kind is how it is written. */
static bool figure_read(const struct reading *reading, const struct node *map, struct rule_parameter *parameter)
{
    static const enum fact_kind kinds[] = {FACT_NUMBER, FACT_SHARE, FACT_DAY};
    static const struct {
        const char *unit;
        enum fact_kind kind;
    } units[] = {{"元", FACT_MONEY}, {"分", FACT_POINTS}};
    const char *text = "", *why;
    struct slice typed;
    struct eval_value value;

    if (!reading_text(reading, map, "value", true, &text))
        return false;
    typed = slice_of(text);
    for (size_t i = 0; i < 3; i++)
        if (figure_parse(kinds[i], NULL, 0, typed, &value, &why) && value.known
            && (kinds[i] != FACT_DAY || (typed.len == 10 && strchr(text, '-')))) {
            parameter->kind = kinds[i];
            parameter->value = value.number;
            return true;
        }
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (slice_ends(typed, units[i].unit) && figure_parse(units[i].kind, NULL, 0, typed, &value, &why)) {
            parameter->kind = units[i].kind;
            parameter->value = value.number;
            return true;
        }
    return reading_wrong(reading, node_at(map, "value")->line,
                         "参数 %.60s 写的是 %.60s，要写成 15、60%%、500万元、70分 或 2026-01-01 的样子", map->key, text);
}

static bool parameter_read(const struct reading *reading, const struct node *map, struct rule_parameter *parameter)
{
    static const char *const keys[] = {"label", "value", "unit", "source", "basis", NULL};

    parameter->name = map->key;
    parameter->unit = parameter->basis = "";
    if (!name_ok(reading, map->line, "参数", map->key) || !reading_keys(reading, map, "参数", keys)
        || !reading_text(reading, map, "label", true, &parameter->label)
        || !reading_text(reading, map, "unit", false, &parameter->unit)
        || !reading_text(reading, map, "basis", false, &parameter->basis)
        || !reading_source(reading, map, true, &parameter->source) || !figure_read(reading, map, parameter))
        return false;
    parameter->line = node_at(map, "value")->line;
    return true;
}

static bool parameters_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    const struct node *list;
    struct rule_parameter *parameters;

    if (!part_of(reading, root, "parameters", NODE_MAP, false, &list))
        return false;
    parameters = arena_zero(reading->arena, list->count + 1, sizeof *parameters);
    rule->parameters = parameters;
    for (const struct node *map = list->first; map; map = map->next)
        if (!parameter_read(reading, map, &parameters[rule->parameter_count++]))
            return false;
    return true;
}

/* --- facts, conditions, results --- */

static bool facts_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    const struct node *list;
    struct rule_fact *facts;

    if (!part_of(reading, root, "facts", NODE_LIST, true, &list))
        return false;
    facts = arena_zero(reading->arena, list->count, sizeof *facts);
    rule->facts = facts;
    for (const struct node *item = list->first; item; item = item->next) {
        const struct rule_fact *fact = item->kind == NODE_SCALAR ? facts_find(reading->dictionary, item->text) : NULL;

        if (item->kind != NODE_SCALAR)
            return reading_wrong(reading, item->line, "facts 要写成一列事实的名字");
        if (!fact)
            return reading_wrong(reading, item->line, "事实 %.60s 不在词典里：先写进 facts/ 下的文件，或改成已有的名字", item->text.at);
        if (rule_fact_at(rule, item->text) != SIZE_MAX)
            return reading_wrong(reading, item->line, "事实 %.60s 写了两次：删去一处", item->text.at);
        facts[rule->fact_count++] = *fact;
    }
    return true;
}

static bool applies_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    const struct node *member = node_at(root, "applies");

    rule->applies_line = member ? member->line : 0;
    return reading_text(reading, root, "applies", false, &rule->applies);
}

static bool condition_read(const struct reading *reading, const struct node *map, const struct rule *rule,
                           struct rule_condition *condition)
{
    static const char *const keys[] = {"name", "holds", "says", "hint", "label", NULL};

    condition->hint = condition->label = "";
    if (!reading_keys(reading, map, "条件", keys) || !reading_text(reading, map, "name", true, &condition->name)
        || !reading_text(reading, map, "holds", true, &condition->holds)
        || !reading_text(reading, map, "says", true, &condition->says)
        || !reading_text(reading, map, "hint", false, &condition->hint)
        || !reading_text(reading, map, "label", false, &condition->label)
        || !name_ok(reading, map->line, "条件", condition->name))
        return false;
    if (rule_condition_at(rule, slice_of(condition->name)) != SIZE_MAX)
        return reading_wrong(reading, map->line, "条件 %.60s 写了两次：换一个名字", condition->name);
    condition->line = node_at(map, "holds")->line;
    return true;
}

static bool conditions_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    const struct node *list;
    struct rule_condition *conditions;

    if (!part_of(reading, root, "conditions", NODE_LIST, false, &list))
        return false;
    conditions = arena_zero(reading->arena, list->count + 1, sizeof *conditions);
    rule->conditions = conditions;
    for (const struct node *map = list->first; map; map = map->next, rule->condition_count++)
        if (!condition_read(reading, map, rule, &conditions[rule->condition_count]))
            return false;
    return true;
}

static bool result_read(const struct reading *reading, const struct node *map, struct rule_result *result)
{
    static const char *const keys[] = {"kind", "label", "value", NULL};

    result->name = map->key;
    if (!name_ok(reading, map->line, "结果", map->key) || !reading_keys(reading, map, "结果", keys)
        || !reading_kind(reading, map, &result->kind) || !reading_text(reading, map, "label", true, &result->label)
        || !reading_text(reading, map, "value", true, &result->value))
        return false;
    result->line = node_at(map, "value")->line;
    return true;
}

static bool results_read(const struct reading *reading, const struct node *root, struct rule *rule)
{
    const struct node *list;
    struct rule_result *results;

    if (!part_of(reading, root, "results", NODE_MAP, false, &list))
        return false;
    results = arena_zero(reading->arena, list->count + 1, sizeof *results);
    rule->results = results;
    for (const struct node *map = list->first; map; map = map->next)
        if (!result_read(reading, map, &results[rule->result_count++]))
            return false;
    if (!rule->condition_count && !rule->result_count)
        return reading_wrong(reading, root->line, "conditions 和 results 都没有写：至少写一样");
    return true;
}

/* --- examples --- */

static bool given_read(const struct reading *reading, const struct node *map, const struct rule *rule,
                       struct example *example)
{
    const struct node *list;

    if (!part_of(reading, map, "given", NODE_MAP, false, &list))
        return false;
    example->given = arena_zero(reading->arena, list->count + 1, sizeof *example->given);
    for (const struct node *item = list->first; item; item = item->next) {
        struct given *given = &example->given[example->given_count++];
        const struct rule_fact *fact;
        const char *why = "";

        given->fact = rule_fact_at(rule, slice_of(item->key));
        if (given->fact == SIZE_MAX)
            return reading_wrong(reading, item->line, "例里的 %.60s 不是这条规则的事实：写进 facts，或改名", item->key);
        fact = &rule->facts[given->fact];
        if (item->kind != NODE_SCALAR || !figure_parse(fact->kind, fact->choices, fact->choice_count, item->text, &given->value, &why))
            return reading_wrong(reading, item->line, "例里的 %.60s（%s）%s", item->key, fact->label, why);
    }
    return true;
}

static bool verdict_read(const struct reading *reading, const struct node *map, struct example *example)
{
    const char *text = "";

    if (!reading_text(reading, map, "answer", true, &text))
        return false;
    for (int i = RULE_NO; i <= RULE_NOT_APPLICABLE; i++)
        if (strcmp(text, rule_verdict_word((enum rule_verdict)i)) == 0) {
            example->verdict = (enum rule_verdict)i;
            return true;
        }
    return reading_wrong(reading, node_at(map, "answer")->line,
                         "answer 写的是 %.40s，只能是 yes、no、unknown、not applicable", text);
}

static bool because_read(const struct reading *reading, const struct node *map, const struct rule *rule,
                         struct example *example)
{
    if (!reading_text(reading, map, "because", false, &example->because) || !example->because)
        return !node_at(map, "because");
    if (example->verdict != RULE_NO)
        return reading_wrong(reading, node_at(map, "because")->line, "because 只在 answer: no 时写");
    return rule_condition_at(rule, slice_of(example->because)) != SIZE_MAX
        || reading_wrong(reading, node_at(map, "because")->line, "because 写的 %.60s 不是这条规则的条件", example->because);
}

static bool asks_read(const struct reading *reading, const struct node *map, const struct rule *rule,
                      struct example *example)
{
    const struct node *list;

    if (!part_of(reading, map, "asks", NODE_LIST, false, &list))
        return false;
    example->says_asks = node_at(map, "asks");
    if (example->says_asks && example->verdict != RULE_UNKNOWN)
        return reading_wrong(reading, list->line, "asks 只在 answer: unknown 时写");
    example->asks = arena_zero(reading->arena, list->count + 1, sizeof *example->asks);
    for (const struct node *item = list->first; item; item = item->next) {
        size_t fact = item->kind == NODE_SCALAR ? rule_fact_at(rule, item->text) : SIZE_MAX;

        if (fact == SIZE_MAX)
            return reading_wrong(reading, item->line, "asks 里的 %.60s 不是这条规则的事实",
                                 item->kind == NODE_SCALAR ? item->text.at : "这一项");
        example->asks[example->ask_count++] = fact;
    }
    return true;
}

static bool expected_read(const struct reading *reading, const struct node *map, const struct rule *rule,
                          struct example *example)
{
    const struct node *list;

    if (!part_of(reading, map, "results", NODE_MAP, false, &list))
        return false;
    example->results = arena_zero(reading->arena, list->count + 1, sizeof *example->results);
    for (const struct node *item = list->first; item; item = item->next) {
        struct expected *expected = &example->results[example->result_count++];
        const char *why = "";

        expected->result = rule_result_at(rule, slice_of(item->key));
        if (expected->result == SIZE_MAX)
            return reading_wrong(reading, item->line, "例里的 %.60s 不是这条规则的结果", item->key);
        if (item->kind != NODE_SCALAR
            || !figure_parse(rule->results[expected->result].kind, NULL, 0, item->text, &expected->value, &why))
            return reading_wrong(reading, item->line, "例里的结果 %.60s %s", item->key, why);
    }
    return true;
}

static bool example_read(const struct reading *reading, const struct node *map, const struct rule *rule,
                         struct example *example)
{
    static const char *const keys[] = {"name", "given", "answer", "because", "asks", "results", "why", NULL};

    example->line = map->line;
    return reading_keys(reading, map, "例", keys) && reading_text(reading, map, "name", true, &example->name)
        && reading_text(reading, map, "why", true, &example->why) && given_read(reading, map, rule, example)
        && verdict_read(reading, map, example) && because_read(reading, map, rule, example)
        && asks_read(reading, map, rule, example) && expected_read(reading, map, rule, example);
}

static bool examples_read(const struct reading *reading, const struct node *root, struct held *held)
{
    const struct node *list;

    if (!part_of(reading, root, "examples", NODE_LIST, true, &list))
        return false;
    held->examples = arena_zero(reading->arena, list->count, sizeof *held->examples);
    for (const struct node *map = list->first; map; map = map->next) {
        struct example *example = &held->examples[held->rule.example_count];

        if (!example_read(reading, map, &held->rule, example))
            return false;
        for (size_t i = 0; i < held->rule.example_count; i++)
            if (strcmp(held->examples[i].name, example->name) == 0)
                return reading_wrong(reading, map->line, "例“%.60s”写了两次：换一个名字", example->name);
        held->rule.example_count++;
    }
    return true;
}

static bool dated_read(const struct reading *reading, const struct node *map, struct dated *dated)
{
    static const char *const keys[] = {"on", "is", "why", NULL};
    const char *is = "";

    dated->line = map->line;
    if (!reading_keys(reading, map, "in_force", keys) || !day_member(reading, map, "on", true, &dated->on)
        || !reading_text(reading, map, "is", true, &is) || !reading_text(reading, map, "why", true, &dated->why))
        return false;
    dated->in_force = strcmp(is, "yes") == 0;
    return dated->in_force || strcmp(is, "no") == 0 || reading_wrong(reading, map->line, "is 写的是 %.40s，只能是 yes 或 no", is);
}

static bool in_force_read(const struct reading *reading, const struct node *root, struct held *held)
{
    const struct node *list, *until = node_at(root, "valid_until");

    held->from_line = node_at(root, "valid_from")->line;
    held->until_line = until ? until->line : 0;
    if (!part_of(reading, root, "in_force", NODE_LIST, false, &list))
        return false;
    held->dated = arena_zero(reading->arena, list->count + 1, sizeof *held->dated);
    for (const struct node *map = list->first; map; map = map->next)
        if (!dated_read(reading, map, &held->dated[held->dated_count++]))
            return false;
    return true;
}

bool rule_load(const struct reading *reading, struct slice bytes, struct held *held)
{
    struct rule *rule = &held->rule;
    const struct node *root;

    seal_sha256(&bytes, 1, rule->hash);
    rule->file = reading->file;
    return yaml_read(reading, bytes, &root) && head_read(reading, root, rule) && articles_read(reading, root, rule)
        && parameters_read(reading, root, rule) && facts_read(reading, root, rule) && applies_read(reading, root, rule)
        && conditions_read(reading, root, rule) && results_read(reading, root, rule)
        && in_force_read(reading, root, held) && examples_read(reading, root, held) && rule_codes_check(reading, rule);
}
