/*
 * GET /benefits: what policies give to an organisation, which fact is missing, and what stands in the way.
 * Document: {"benefits": {party, own, office, today, can, missing, cannot: [{policy, href, gives, rule: {id, href}, amount, period, once, from,
 *   until, closed, article: {text, unverified} or null, says, hint, asks: [{label, href}], one, automatic, unsure, confirm: [{label, href}],
 *   doubts: [{label, text}], trace: [{state, text}], claim: {href, state} or null, apply}], not: [{policy, href}], total}}
 */
#include "web/fact.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/claim.h"
#include "web/handlers.h"
#include "web/rule.h"
#include "web/say.h"
#include "work/benefit.h"
#include "work/matter.h"

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

struct view {
    struct request *request;
    int64_t party;
    bool own;
};

static void day_put(json_t *out, const char *name, int32_t day)
{
    if (day)
        json_put_day(out, name, day);
}

static json_t *article_json(const struct view *view, const struct rule *rule)
{
    json_t *out;

    if (!rule->article_count)
        return json_null();
    out = json_object();
    json_put(out, "text", PUT(view->request, "%s %s", rule->articles[0].document, rule->articles[0].number));
    json_object_set_new_nocheck(out, "unverified", json_boolean(rule_unverified(rule)));
    return out;
}

static json_t *asks_json(const struct view *view, const struct rule_fact *const *asks, size_t count)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *ask = json_object();

        json_put(ask, "label", slice_of(asks[i]->label));
        json_put(ask, "href", fact_door(view->request, view->party, asks[i]->name));
        json_array_append_new(list, ask);
    }
    return list;
}

/* Of what is known, that on which others say differently. */
static json_t *doubts_json(const struct view *view, const struct benefit *benefit)
{
    json_t *list = json_array();

    for (size_t i = 0; i < benefit->rest_count; i++) {
        const struct fact *fact = benefit->rests[i];
        const struct rule_fact *of = rulebook_fact(view->request->web->city->law.book, slice_of(fact->name));
        json_t *doubt;

        if (fact->doubt == FACT_AGREED)
            continue;
        doubt = json_object();
        json_put(doubt, "label", slice_of(of->label));
        json_put(doubt, "text", say(view->request, fact->doubt == FACT_CONTRADICTED ? N_("两个部门给的不一致，要先核实") : N_("本单位填的与部门数据不一致，按部门数据算")));
        json_array_append_new(list, doubt);
    }
    return list;
}

static json_t *claim_json(const struct view *view, const struct benefit *benefit)
{
    const struct matter_sort *sort = matter_sort_of(&kind_claim);
    const struct matter_state *state = matter_state_find(sort, benefit->claim_state);
    json_t *out;

    if (!benefit->claim)
        return json_null();
    out = json_object();
    json_put(out, "href", PUT(view->request, "/claims/%lld", (long long)benefit->claim));
    json_object_set_new_nocheck(out, "state", state ? label_json(state->code, state->label, state->label_en) : json_null());
    return out;
}

static void money_add(const struct view *view, const struct benefit *benefit, json_t *out)
{
    if (benefit->amount_known && benefit->answer.verdict == RULE_YES)
        fact_fen_put(view->request, out, "amount", benefit->amount);
    if (benefit->period)
        json_object_set_new_nocheck(out, "period", json_integer(benefit->period));
    json_object_set_new_nocheck(out, "once", json_boolean(!benefit->period));
    day_put(out, "from", benefit->from);
    day_put(out, "until", benefit->until);
    json_object_set_new_nocheck(out, "closed", json_boolean(benefit->closed));
}

/* Each condition in words and whether it holds. */
static void trace_add(const struct view *view, const struct benefit *benefit, json_t *out)
{
    json_t *answer = benefit->wrong ? NULL : rule_answer_json(view->request, &benefit->answer);

    json_object_set_new_nocheck(out, "trace", answer ? json_incref(json_object_get(answer, "conditions")) : json_array());
    json_decref(answer);
    if (benefit->wrong) {
        json_put(out, "says", say_message(view->request, &benefit->why));
        json_put(out, "hint", say_hint(view->request, &benefit->why));
        return;
    }
    json_put(out, "says", benefit->answer.says);
    json_put(out, "hint", benefit->answer.hint);
}

static json_t *benefit_json(const struct view *view, const struct benefit *benefit)
{
    struct request *request = view->request;
    bool yes = benefit->answer.verdict == RULE_YES;
    json_t *out = json_object(), *rule = json_object();

    json_put(out, "policy", benefit->policy.values[POLICY_TITLE].text);
    json_put(out, "href", PUT(request, "/policies/%lld", (long long)benefit->policy.id));
    json_put(out, "gives", benefit->policy.values[POLICY_GIVES].text);
    json_put(rule, "id", slice_of(benefit->rule->id));
    json_put(rule, "href", PUT(request, "/rules/%s?region=%d", benefit->rule->id, (int)benefit->rule->region));
    json_object_set_new_nocheck(out, "rule", rule);
    json_object_set_new_nocheck(out, "article", article_json(view, benefit->rule));
    money_add(view, benefit, out);
    trace_add(view, benefit, out);
    json_object_set_new_nocheck(out, "asks", asks_json(view, benefit->answer.asks, benefit->answer.ask_count));
    json_object_set_new_nocheck(out, "one", json_boolean(benefit->answer.ask_count == 1));
    json_object_set_new_nocheck(out, "automatic", json_boolean(benefit->automatic));
    json_object_set_new_nocheck(out, "unsure", json_boolean(yes && benefit->unverified_count));
    json_object_set_new_nocheck(out, "confirm", asks_json(view, benefit->unverified, yes ? benefit->unverified_count : 0));
    json_object_set_new_nocheck(out, "doubts", doubts_json(view, benefit));
    json_object_set_new_nocheck(out, "claim", claim_json(view, benefit));
    if (view->own && !benefit->claim && !benefit->closed)
        json_put(out, "apply", PUT(request, "/claims/new?step=apply&policy=%lld", (long long)benefit->policy.id));
    json_fill(out, "amount period from until apply");
    return out;
}

static json_t *not_json(const struct view *view, const struct benefit *benefit)
{
    json_t *out = json_object();

    json_put(out, "policy", benefit->policy.values[POLICY_TITLE].text);
    json_put(out, "href", PUT(view->request, "/policies/%lld", (long long)benefit->policy.id));
    return out;
}

static void lists_add(const struct view *view, const struct benefit *list, size_t count, json_t *out)
{
    static const char *const names[] = {[RULE_YES] = "can", [RULE_UNKNOWN] = "missing", [RULE_NO] = "cannot", [RULE_NOT_APPLICABLE] = "not"};
    int64_t total = 0;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        json_object_set_new_nocheck(out, names[i], json_array());
    for (size_t i = 0; i < count; i++) {
        enum rule_verdict verdict = list[i].answer.verdict;

        json_array_append_new(json_object_get(out, names[verdict]),
                              verdict == RULE_NOT_APPLICABLE ? not_json(view, &list[i]) : benefit_json(view, &list[i]));
        if (verdict == RULE_YES && list[i].amount_known)
            total += list[i].amount;
    }
    fact_fen_put(view->request, out, "total", total);
}

bool benefits_get(struct request *request, struct err *err)
{
    struct view view = {.request = request};
    struct benefit *list = NULL;
    json_t *document, *out;
    size_t count = 0;

    if (!fact_party(request, &view.party, err))
        return false;
    view.own = acts_for(&request->actor, view.party);
    if (view.party && !benefits_of(request->sql, &request->web->city->law, view.party, day_of_ms(request->now_ms), request->arena, &list, &count, err))
        return false;
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(out, "party", fact_party_json(request, view.party));
    json_object_set_new_nocheck(out, "own", json_boolean(view.own));
    json_put_day(out, "today", day_of_ms(request->now_ms));
    lists_add(&view, list, count, out);
    json_object_set_new_nocheck(document, "benefits", out);
    return request_page(request, "benefits", document);
}
