/* What the rules said against a step, for its page and for programs. */
#include "web/deal.h"

#include "base/json.h"

/* at: the address of a form that states a fact, up to its name; NULL: there is none. */
static json_t *asks_json(struct request *request, const char *at, const struct answer *answer)
{
    json_t *asks = json_array();

    for (size_t i = 0; answer->verdict == RULE_UNKNOWN && i < answer->ask_count; i++) {
        json_t *ask = json_object();

        json_put(ask, "name", slice_of(answer->asks[i]->name));
        json_put(ask, "label", slice_of(answer->asks[i]->label));
        json_put(ask, "hint", slice_of(answer->asks[i]->hint ? answer->asks[i]->hint : ""));
        if (at)
            json_put(ask, "href", slice_of(arena_print(request->arena, "%s%s#step", at, answer->asks[i]->name)));
        json_fill(ask, "href");
        json_array_append_new(asks, ask);
    }
    return asks;
}

static json_t *answer_json(struct request *request, const char *at, const struct answer *answer)
{
    json_t *out = json_object(), *articles = json_array();

    json_put(out, "rule", slice_of(answer->rule->id));
    json_put(out, "title", slice_of(answer->rule->title));
    json_put(out, "verdict", slice_of(rule_verdict_word(answer->verdict)));
    json_object_set_new_nocheck(out, "unknown", json_boolean(answer->verdict == RULE_UNKNOWN));
    json_put(out, "says", answer->says);
    json_put(out, "hint", slice_of(answer->because && answer->because->hint ? answer->because->hint : ""));
    for (size_t i = 0; i < answer->rule->article_count; i++)
        json_array_append_new(articles, json_string_nocheck(arena_print(request->arena, "%s %s", answer->rule->articles[i].document,
                                                                        answer->rule->articles[i].number)));
    json_object_set_new_nocheck(out, "articles", articles);
    json_object_set_new_nocheck(out, "asks", asks_json(request, at, answer));
    json_put(out, "href", slice_of(arena_print(request->arena, "/rules/%s", answer->rule->id)));
    return out;
}

json_t *answers_json(struct request *request, const struct answer *list, size_t count, const char *at)
{
    json_t *answers = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(answers, answer_json(request, at, &list[i]));
    return answers;
}

json_t *deal_answers_json(struct request *request, const struct deal_order *order)
{
    return answers_json(request, order->refusal.answers, order->refusal.count,
                        arena_print(request->arena, "/deals/%lld?step=state&fact=", (long long)order->deal));
}
