#include "web/rule.h"

#include "base/json.h"
#include "seal/seal.h"
#include "web/address.h"
#include "web/say.h"
#include "web/view.h"

static void put(json_t *object, const char *name, const char *text)
{
    json_put(object, name, slice_of(text));
}

static json_t *lines_json(const char **lines)
{
    json_t *list = json_array();

    for (; *lines; lines++)
        json_array_append_new(list, json_string_nocheck(*lines));
    return list;
}

static const char *day_text(const struct request *request, int32_t day)
{
    struct eval_value value = {.known = true, .number = day};

    return rule_value_show(FACT_DAY, NULL, 0, &value, request->arena);
}

static const char *hash_text(const struct request *request, const unsigned char hash[RULE_HASH])
{
    char *hex = arena_alloc(request->arena, 2 * RULE_HASH + 1);

    seal_hex(hash, RULE_HASH, hex);
    return hex;
}

json_t *rule_region_json(const struct request *request, int32_t region)
{
    const struct tree *tree = tree_get("division");
    const struct tree_node *node;
    char code[16];

    snprintf(code, sizeof code, "%d", (int)region);
    node = tree_find(tree, slice_of(code));
    if (node)
        return node_json(request, tree, node);
    return label_json(code, region == REGION_NATION ? "全国" : code, region == REGION_NATION ? "The nation" : NULL);
}

bool rule_region_read(const struct request *request, int32_t *region, struct err *err)
{
    struct slice typed = request_value(request, "region");
    const struct tree_node *node;

    *region = slice_is(typed, "100000") ? REGION_NATION : 0;
    if (!typed.len || *region)
        return true;
    node = tree_read(tree_get("division"), typed, NULL, "地区", err);
    if (!node)
        return err_field(err, "region");
    *region = (int32_t)strtol(node->code, NULL, 10);
    return true;
}

static json_t *source_json(enum rule_source source)
{
    static const char *const words[][2] = {
        {"checked", "Checked against the text"}, {"secondary", "Secondary source"}, {"unverified", "Not verified"}};

    return label_json(words[source][0], rule_source_label(source), words[source][1]);
}

/* --- which version --- */

bool rule_unverified(const struct rule *rule)
{
    bool found = rule->source != RULE_CHECKED;

    for (size_t i = 0; i < rule->parameter_count; i++)
        found |= rule->parameters[i].source != RULE_CHECKED;
    return found;
}

bool rule_in_force(const struct rule *rule, int32_t day)
{
    return rule->valid_from <= day && day <= rule->valid_until;
}

/* In the order of the book the nation stands before the provinces, the older version before the newer. */
const struct rule *rule_meant(const struct rulebook *book, const char *id, int32_t day)
{
    const struct rule *newest = NULL;

    for (size_t i = 0; i < rulebook_count(book); i++) {
        const struct rule *rule = rulebook_at(book, i);

        if (strcmp(rule->id, id) != 0)
            continue;
        if (rule_in_force(rule, day))
            return rule;
        newest = rule;
    }
    return newest;
}

struct text rule_address(const struct request *request, const struct rule *rule, int32_t today)
{
    struct text address;

    text_init(&address);
    text_print(&address, "/rules/%s", rule->id);
    if (rule_meant(request->web->city->law.book, rule->id, today) == rule)
        return address;
    address_add(&address, "region", slice_of(arena_print(request->arena, "%d", (int)rule->region)));
    if (!rule_in_force(rule, today))
        address_add(&address, "on", slice_of(day_text(request, rule->valid_from)));
    return address;
}

json_t *rule_head_json(const struct request *request, const struct rule *rule, int32_t today)
{
    struct text address = rule_address(request, rule, today);
    json_t *head = json_object();

    json_put(head, "href", text_slice(&address));
    text_release(&address);
    put(head, "id", rule->id);
    put(head, "title", rule->title);
    put(head, "summary", rule->summary);
    json_object_set_new_nocheck(head, "region", rule_region_json(request, rule->region));
    put(head, "valid_from", day_text(request, rule->valid_from));
    if (rule->valid_until != INT32_MAX)
        put(head, "valid_until", day_text(request, rule->valid_until));
    json_object_set_new_nocheck(head, "source", source_json(rule->source));
    json_object_set_new_nocheck(head, "unverified", json_boolean(rule_unverified(rule)));
    json_object_set_new_nocheck(head, "in_force", json_boolean(rule_in_force(rule, today)));
    json_fill(head, "valid_until");
    return head;
}

/* --- its parts --- */

static json_t *articles_json(const struct rule *rule)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rule->article_count; i++) {
        const struct rule_article *article = &rule->articles[i];
        json_t *one = json_object();

        put(one, "document", article->document);
        put(one, "number", article->number);
        put(one, "text", article->text);
        json_object_set_new_nocheck(one, "source", source_json(article->source));
        json_object_set_new_nocheck(one, "unverified", json_boolean(article->source != RULE_CHECKED));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *parameters_json(const struct request *request, const struct rule *rule)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rule->parameter_count; i++) {
        const struct rule_parameter *parameter = &rule->parameters[i];
        struct eval_value value = {.known = true, .number = parameter->value};
        json_t *one = json_object();

        put(one, "name", parameter->name);
        put(one, "label", parameter->label);
        put(one, "text", arena_print(request->arena, "%s%s%s", rule_value_show(parameter->kind, NULL, 0, &value, request->arena),
                                     parameter->kind == FACT_NUMBER && *parameter->unit ? " " : "",
                                     parameter->kind == FACT_NUMBER ? parameter->unit : ""));
        put(one, "basis", parameter->basis);
        json_object_set_new_nocheck(one, "source", source_json(parameter->source));
        json_object_set_new_nocheck(one, "unverified", json_boolean(parameter->source != RULE_CHECKED));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *expression_json(const struct request *request, const struct rule *rule, const char *expression)
{
    json_t *one = json_object();

    put(one, "text", rule_words(rule, expression, request->arena));
    put(one, "expression", expression);
    return one;
}

static json_t *conditions_json(const struct request *request, const struct rule *rule)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rule->condition_count; i++) {
        json_t *one = expression_json(request, rule, rule->conditions[i].holds);

        put(one, "name", rule->conditions[i].name);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *results_json(const struct request *request, const struct rule *rule)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rule->result_count; i++) {
        json_t *one = expression_json(request, rule, rule->results[i].value);

        put(one, "name", rule->results[i].name);
        put(one, "label", rule->results[i].label);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *verdict_json(enum rule_verdict verdict)
{
    static const char *const words[][2] = {[RULE_NO] = {"no", "Does not comply"},
                                           [RULE_YES] = {"yes", "Complies"},
                                           [RULE_UNKNOWN] = {"unknown", "Cannot be judged yet"},
                                           [RULE_NOT_APPLICABLE] = {"not-applicable", "Does not apply"}};

    return label_json(words[verdict][0], rule_verdict_label(verdict), words[verdict][1]);
}

/* The same question on the rule's page: the region and a day of this version, and the example's facts. */
static struct text example_address(const struct request *request, const struct rule *rule, int32_t today,
                                   const struct rule_example *example)
{
    struct text address = rule_address(request, rule, today);

    for (size_t i = 0; i < example->typed_count; i++)
        address_add(&address, example->typed[i].fact->name, slice_of(example->typed[i].value));
    text_puts(&address, "#answer");
    return address;
}

static json_t *examples_json(const struct request *request, const struct rule *rule, int32_t today)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rule->example_count; i++) {
        struct rule_example example;
        struct text address;
        json_t *one = json_object();

        rule_example_read(rule, i, request->arena, &example);
        address = example_address(request, rule, today, &example);
        put(one, "name", example.name);
        put(one, "why", example.why);
        json_object_set_new_nocheck(one, "verdict", verdict_json(example.verdict));
        json_object_set_new_nocheck(one, "given", lines_json(example.given));
        json_object_set_new_nocheck(one, "results", lines_json(example.results));
        json_object_set_new_nocheck(one, "asks", lines_json(example.asks));
        if (example.typed_count)
            json_put(one, "href", text_slice(&address));
        text_release(&address);
        json_fill(one, "href");
        json_array_append_new(list, one);
    }
    return list;
}

/* What stands in whose place is one family: the same id, what it overrides and what overrides it. */
static bool is_kin(const struct rule *a, const struct rule *b)
{
    return strcmp(a->id, b->id) == 0 || (a->overrides && strcmp(a->overrides, b->id) == 0)
           || (b->overrides && strcmp(b->overrides, a->id) == 0)
           || (a->overrides && b->overrides && strcmp(a->overrides, b->overrides) == 0);
}

static json_t *versions_json(const struct request *request, const struct rule *rule, int32_t today)
{
    const struct rulebook *book = request->web->city->law.book;
    json_t *list = json_array();

    for (size_t i = 0; i < rulebook_count(book); i++) {
        const struct rule *other = rulebook_at(book, i);
        json_t *one;

        if (!is_kin(rule, other))
            continue;
        one = rule_head_json(request, other, today);
        json_object_set_new_nocheck(one, "here", json_boolean(other == rule));
        json_array_append_new(list, one);
    }
    return list;
}

json_t *rule_basis_json(const struct request *request, const struct rule *rule, int32_t today)
{
    json_t *out = rule_head_json(request, rule, today);

    json_object_set_new_nocheck(out, "articles", articles_json(rule));
    json_object_set_new_nocheck(out, "parameters", parameters_json(request, rule));
    return out;
}

json_t *rule_json(const struct request *request, const struct rule *rule, int32_t today)
{
    json_t *out = rule_basis_json(request, rule, today);

    put(out, "hash", hash_text(request, rule->hash));
    json_object_set_new_nocheck(out, "applies", rule->applies ? expression_json(request, rule, rule->applies) : json_null());
    json_object_set_new_nocheck(out, "conditions", conditions_json(request, rule));
    json_object_set_new_nocheck(out, "results", results_json(request, rule));
    json_object_set_new_nocheck(out, "examples", examples_json(request, rule, today));
    json_object_set_new_nocheck(out, "versions", versions_json(request, rule, today));
    return out;
}

/* --- an answer --- */

json_t *rule_truth_json(enum truth truth)
{
    static const char *const words[][3] = {[TRUTH_NO] = {"broken", "不成立", "does not hold"},
                                           [TRUTH_YES] = {"met", "成立", "holds"},
                                           [TRUTH_UNKNOWN] = {"open", "未知", "unknown"}};

    return label_json(words[truth][0], words[truth][1], words[truth][2]);
}

static json_t *held_json(const struct request *request, const struct rule *rule, const char *expression, enum truth truth)
{
    json_t *one = json_object();

    put(one, "text", rule_words(rule, expression, request->arena));
    json_object_set_new_nocheck(one, "state", rule_truth_json(truth));
    return one;
}

static json_t *trace_json(const struct request *request, const struct answer *answer)
{
    json_t *list = json_array();

    for (size_t i = 0; i < answer->rule->condition_count; i++) {
        json_t *one = held_json(request, answer->rule, answer->rule->conditions[i].holds, answer->conditions[i]);

        put(one, "name", answer->rule->conditions[i].name);
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *asks_json(const struct answer *answer)
{
    json_t *list = json_array();

    for (size_t i = 0; i < answer->ask_count; i++) {
        json_t *one = json_object();

        put(one, "name", answer->asks[i]->name);
        put(one, "label", answer->asks[i]->label);
        json_array_append_new(list, one);
    }
    return list;
}

/* value: a number in its own unit (fen, ten-thousandths, days since 1970) or a code; null where it is not known. */
static json_t *value_json(const struct eval_value *value)
{
    if (!value->known)
        return json_null();
    return value->is_text ? json_stringn_nocheck(value->text.at, value->text.len) : json_integer(value->number);
}

static json_t *figures_json(const struct request *request, const struct answer *answer)
{
    json_t *list = json_array();

    for (size_t i = 0; i < answer->rule->result_count; i++) {
        const struct rule_result *result = answer->results[i].result;
        const struct eval_value *value = &answer->results[i].value;
        const char *text = rule_value_show(result->kind, NULL, 0, value, request->arena);
        json_t *one = json_object();

        put(one, "name", result->name);
        put(one, "label", result->label);
        json_put(one, "text", value->known ? slice_of(text) : say(request, text));
        json_object_set_new_nocheck(one, "value", value_json(value));
        json_array_append_new(list, one);
    }
    return list;
}

json_t *rule_answer_json(const struct request *request, const struct answer *answer)
{
    const struct rule *rule = answer->rule;
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "verdict", verdict_json(answer->verdict));
    if (answer->because)
        put(out, "because", answer->because->name);
    json_put(out, "says", answer->says);
    json_put(out, "hint", answer->hint);
    json_object_set_new_nocheck(out, "asks", asks_json(answer));
    json_object_set_new_nocheck(out, "results", figures_json(request, answer));
    if (rule->applies)
        json_object_set_new_nocheck(out, "applies", held_json(request, rule, rule->applies, answer->applies));
    json_object_set_new_nocheck(out, "conditions", trace_json(request, answer));
    json_object_set_new_nocheck(out, "provisional", json_boolean(answer->provisional));
    put(out, "facts_hash", hash_text(request, answer->facts_hash));
    json_fill(out, "because applies");
    return out;
}
