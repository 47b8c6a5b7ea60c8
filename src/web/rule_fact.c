/* A fact that is asked for, as the forms of rules and assessments show it. */
#include "web/rule.h"

#include "base/json.h"

static json_t *option_json(const char *code, const char *label, const char *label_en, bool selected)
{
    json_t *option = label_json(code, label, label_en);

    json_object_set_new_nocheck(option, "selected", json_boolean(selected));
    json_fill(option, "label_en"); /* what the dictionary calls it stays Chinese */
    return option;
}

static json_t *options_json(const struct rule_input *typed)
{
    const struct rule_fact *fact = typed->of;
    bool known = typed->read.known && typed->typed.len;
    json_t *options = json_array();

    for (size_t i = 0; i < fact->choice_count; i++)
        json_array_append_new(options, option_json(fact->choices[i].code, fact->choices[i].label, NULL,
                                                   known && slice_is(typed->read.code, fact->choices[i].code)));
    if (fact->kind == FACT_YES) {
        json_array_append_new(options, option_json("yes", "是", "Yes", known && typed->read.value));
        json_array_append_new(options, option_json("no", "否", "No", known && !typed->read.value));
    }
    return options;
}

/* A day is typed into an input of its own: it takes the plain form alone. */
static struct slice value_shown(const struct request *request, const struct rule_input *typed)
{
    struct eval_value value = {.known = true, .number = typed->read.value};

    if (typed->of->kind != FACT_DAY || !typed->read.known || !typed->typed.len)
        return typed->typed;
    return slice_of(rule_value_show(FACT_DAY, NULL, 0, &value, request->arena));
}

json_t *rule_fact_json(const struct request *request, const struct rule_input *typed)
{
    static const char *const kinds[] = {"number", "money", "share", "day", "code", "yes", "points"};
    static const char *const inputs[] = {"number", "money", "share", "date", "select", "select", "points"};
    json_t *one = json_object(), *is = json_object();

    json_put(one, "name", slice_of(typed->name));
    json_put(one, "label", slice_of(typed->of->label));
    json_put(one, "hint", slice_of(typed->of->hint));
    json_put(one, "kind", slice_of(kinds[typed->of->kind]));
    json_object_set_new_nocheck(is, inputs[typed->of->kind], json_true());
    json_object_set_new_nocheck(one, "is", is);
    json_put(one, "value", value_shown(request, typed));
    json_object_set_new_nocheck(one, "options", options_json(typed));
    if (typed->error)
        json_put(one, "error", slice_of(typed->error));
    json_fill(one, "error from doubt");
    return one;
}
