/*
 * Finance products by stage; for a firm with what the rulebook says of each and which fact decides.
 * Document: {"funding": {firm: name or null, problem: something typed cannot be read, stages: [{label, lines: [line]}], asks: [{name, label, hint,
 *   select, value, options: [{value, label, selected}], error}]}}
 * A line, here and beside an asset pack: {title, href, who, product, stage, amount, price, days, verdict: {code, label} or null, says, hint,
 *   fails: [{says, hint}] (each condition that is not met, says and hint those of the first), rule: {id, title, href, unverified} or null, asking, asks: [label], facts: [{label, value}], apply: href or null,
 *   consent: href of where it is given first, or null}
 */
#include "web/funding.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "record/choice.h"
#include "record/party.h"
#include "web/address.h"
#include "web/handlers.h"
#include "web/rule.h"
#include "web/say.h"
#include "work/consent.h"
#include "work/fact.h"

static void money_put(const struct request *request, json_t *out, const char *name, const struct record *record, size_t field)
{
    char text[MONEY_TEXT];

    if (matter_known(record, field))
        json_put(out, name, slice_of(request->english ? money_show_english(matter_number(record, field), text) : money_show(matter_number(record, field), text)));
}

/* --- a line --- */

static json_t *verdict_json(const struct funding_line *line)
{
    static const char *const english[] = {"Not met", "Met", "Unknown", "Does not apply"};

    return label_json(rule_verdict_word(line->answer.verdict), rule_verdict_label(line->answer.verdict), english[line->answer.verdict]);
}

static json_t *used_json(const struct request *request, const struct rule *rule, const struct fact *facts, size_t count)
{
    json_t *used = json_array();

    for (size_t i = 0; i < rule->fact_count; i++) {
        const struct rule_fact *of = &rule->facts[i];
        struct eval_value value = {0};
        json_t *line = json_object();

        for (size_t f = 0; f < count; f++)
            if (strcmp(facts[f].name, of->name) == 0 && facts[f].known)
                value = (struct eval_value){.known = true, .is_text = facts[f].kind == FACT_CODE, .number = facts[f].value, .text = facts[f].code};
        json_put(line, "label", slice_of(of->label));
        json_put(line, "value", slice_of(rule_value_show(of->kind, of->choices, of->choice_count, &value, request->arena)));
        json_array_append_new(used, line);
    }
    return used;
}

/* Whoever is told no wants to know everything that is missing, not only what was found first. */
static bool fails_put(struct request *request, const struct answer *answer, const struct fact *facts, size_t count, json_t *out, struct err *err)
{
    json_t *fails = json_array();

    json_object_set_new_nocheck(out, "fails", fails);
    for (size_t i = 0; answer->verdict == RULE_NO && i < answer->rule->condition_count; i++) {
        struct slice says, hint;
        json_t *fail;

        if (answer->conditions[i] != TRUTH_NO)
            continue;
        if (!rule_condition_tell(answer->rule, answer, i, facts, count, request->arena, &says, &hint, err))
            return false;
        fail = json_object();
        json_put(fail, "says", says);
        json_put(fail, "hint", hint);
        json_array_append_new(fails, fail);
    }
    return true;
}

static void answer_put(struct request *request, const struct funding_line *line, const struct fact *facts, size_t count, json_t *out)
{
    json_t *rule = json_object(), *asks = json_array();
    struct text address = rule_address(request, line->rule, day_of_ms(request->now_ms));

    for (size_t i = 0; i < line->answer.ask_count; i++)
        json_array_append_new(asks, json_string_nocheck(line->answer.asks[i]->label));
    json_object_set_new_nocheck(out, "verdict", verdict_json(line));
    json_put(out, "says", line->answer.says.at ? line->answer.says : SLICE(""));
    json_put(out, "hint", line->answer.hint.at ? line->answer.hint : SLICE(""));
    json_put(rule, "id", slice_of(line->rule->id));
    json_put(rule, "title", slice_of(line->rule->title));
    json_put(rule, "href", text_slice(&address));
    json_object_set_new_nocheck(rule, "unverified", json_boolean(rule_unverified(line->rule)));
    json_object_set_new_nocheck(out, "rule", rule);
    json_object_set_new_nocheck(out, "asking", json_boolean(line->answer.verdict == RULE_UNKNOWN && line->answer.ask_count));
    json_object_set_new_nocheck(out, "asks", asks);
    json_object_set_new_nocheck(out, "facts", used_json(request, line->rule, facts, count));
    text_release(&address);
}

bool funding_line_json(struct request *request, const struct funding_line *line, const struct fact *facts, size_t count, json_t **made, struct err *err)
{
    const struct record *product = &line->product;
    json_t *out = *made = json_object();

    json_put(out, "title", matter_text(product, SERVICE_TITLE));
    json_put(out, "href", slice_of(arena_print(request->arena, "/services/%lld", (long long)product->id)));
    json_put(out, "who", record_title(request->sql, &kind_party, product->owner, request->arena));
    json_object_set_new_nocheck(out, "product", code_label_json("finance_product", matter_text(product, SERVICE_PRODUCT)));
    money_put(request, out, "amount", product, SERVICE_AMOUNT);
    if (matter_known(product, SERVICE_PRICE))
        json_put(out, "price", matter_text(product, SERVICE_PRICE));
    if (matter_known(product, SERVICE_DAYS))
        json_object_set_new_nocheck(out, "days", json_integer(matter_number(product, SERVICE_DAYS)));
    if (line->asked)
        answer_put(request, line, facts, count, out);
    json_fill(out, "amount price days verdict says hint rule asking asks facts apply consent");
    return !line->asked ? json_object_set_new_nocheck(out, "fails", json_array()) == 0 : fails_put(request, &line->answer, facts, count, out, err);
}

/* Where it is applied for; before that, whom the firm lets look at its asset pack. */
static bool door_put(struct request *request, const struct record *product, json_t *line, struct err *err)
{
    int64_t firm = request->actor.party;
    struct record consent;
    struct text address;
    bool found;

    if (!acts_for(&request->actor, firm) || firm == product->owner)
        return true;
    if (!consent_between(request->sql, firm, product->owner, day_of_ms(request->now_ms), request->arena, &consent, &found, err))
        return false;
    if (found) {
        json_put(line, "apply", slice_of(arena_print(request->arena, "/loans/new?step=apply&product=%lld", (long long)product->id)));
        return true;
    }
    text_init(&address);
    text_puts(&address, "/consents/new?step=give");
    address_add(&address, "bank", record_title(request->sql, &kind_party, product->owner, request->arena));
    json_put(line, "consent", text_slice(&address));
    text_release(&address);
    return true;
}

/* --- by stage --- */

/* A product stands with each stage that it names. */
static bool is_at(const struct record *product, const struct choice_list *list, size_t stage)
{
    return stage < list->count ? field_list_has(matter_text(product, SERVICE_STAGE), slice_of(list->choices[stage].code))
                               : !matter_known(product, SERVICE_STAGE);
}

static bool stage_put(struct request *request, const struct funding_line *lines, size_t count, const struct fact *facts, size_t fact_count,
                      size_t stage, json_t *shown, struct err *err)
{
    for (size_t i = 0; i < count; i++) {
        json_t *line;
        bool ok;

        if (!is_at(&lines[i].product, choice_list_get("stage"), stage))
            continue;
        ok = funding_line_json(request, &lines[i], facts, fact_count, &line, err);
        json_array_append_new(shown, line);
        if (!ok || !door_put(request, &lines[i].product, line, err))
            return false;
    }
    return true;
}

static bool stages_put(struct request *request, const struct funding_line *lines, size_t count, const struct fact *facts, size_t fact_count,
                       json_t *stages, struct err *err)
{
    const struct choice_list *list = choice_list_get("stage");

    for (size_t s = 0; s <= list->count; s++) {
        json_t *stage = json_object(), *shown = json_array();
        bool ok = stage_put(request, lines, count, facts, fact_count, s, shown, err);

        json_object_set_new_nocheck(stage, "label", s < list->count ? label_json(list->choices[s].code, list->choices[s].label, list->choices[s].label_en)
                                                                    : label_json("any", N_("不限阶段"), "Any stage"));
        json_object_set_new_nocheck(stage, "lines", shown);
        if (json_array_size(shown))
            json_array_append_new(stages, stage);
        else
            json_decref(stage);
        if (!ok)
            return false;
    }
    return true;
}

/* --- what was typed --- */

static void ask_add(struct funding_asking *asking, const struct rule_fact *of)
{
    size_t i = 0;

    while (i < asking->count && asking->list[i] != of && strcmp(asking->list[i]->name, of->name) != 0)
        i++;
    if (i == asking->count && i < FUNDING_ASKS)
        asking->list[asking->count++] = of;
}

/* Of any rule a product here names: its facts may be typed. */
bool funding_typed_read(struct request *request, struct funding_want *want, struct fact *typed, struct funding_asking *asking, struct err *err)
{
    *asking = (struct funding_asking){.count = 0};
    for (size_t i = 0; i < request->query.count && asking->count < FUNDING_ASKS; i++) {
        const struct form_part *part = &request->query.parts[i];
        const struct rule_fact *of = rulebook_fact(request->web->city->law.book, part->name);
        struct fact *fact = &typed[want->typed_count];

        if (!of || !slice_trim(part->value).len)
            continue;
        ask_add(asking, of);
        if (!rule_fact_read(of, part->value, fact, &asking->problem)) {
            if (asking->problem.code == ERR_INVALID)
                return true;
            *err = asking->problem;
            return false;
        }
        fact->source = FACT_DECLARED;
        want->typed_count += fact->known;
    }
    return true;
}

static json_t *options_json(const struct request *request, const struct rule_fact *of, struct slice typed)
{
    json_t *options = json_array();
    const struct rule_choice yes[] = {{"yes", N_("是")}, {"no", N_("否")}};
    const struct rule_choice *choices = of->kind == FACT_YES ? yes : of->choices;
    size_t count = of->kind == FACT_YES ? 2 : of->choice_count;

    for (size_t i = 0; i < count; i++) {
        json_t *option = json_object();

        json_put(option, "value", slice_of(choices[i].code));
        json_put(option, "label", say(request, choices[i].label));
        json_object_set_new_nocheck(option, "selected", json_boolean(slice_is(typed, choices[i].code)));
        json_array_append_new(options, option);
    }
    return options;
}

static json_t *fields_json(const struct request *request, const struct funding_asking *asking)
{
    json_t *asks = json_array();

    for (size_t i = 0; i < asking->count; i++) {
        const struct rule_fact *of = asking->list[i];
        struct slice typed = request_value(request, of->name);
        bool select = of->kind == FACT_YES || of->kind == FACT_CODE;
        json_t *ask = json_object();

        json_put(ask, "name", slice_of(of->name));
        json_put(ask, "label", slice_of(of->label));
        json_put(ask, "hint", slice_of(of->hint ? of->hint : ""));
        json_put(ask, "value", typed.at ? typed : SLICE(""));
        json_object_set_new_nocheck(ask, "select", json_boolean(select));
        json_object_set_new_nocheck(ask, "options", select ? options_json(request, of, typed) : json_array());
        if (asking->problem.code && strcmp(asking->problem.field, of->name) == 0)
            json_put(ask, "error", say_all(request, &asking->problem));
        json_fill(ask, "error");
        json_array_append_new(asks, ask);
    }
    return asks;
}

/* The amount first, then what decides most often. */
static void asks_gather(struct funding_asking *asking, const struct rulebook *book, const struct funding_line *lines, size_t count)
{
    const struct rule_fact *amount = rulebook_fact(book, SLICE("loan_amount"));
    struct funding_asking typed = *asking;

    asking->count = 0;
    if (amount)
        ask_add(asking, amount);
    for (size_t i = 0; i < typed.count; i++)
        ask_add(asking, typed.list[i]);
    for (size_t i = 0; i < count; i++)
        for (size_t a = 0; lines[i].asked && a < lines[i].answer.ask_count; a++)
            ask_add(asking, lines[i].answer.asks[a]);
}

json_t *funding_asks_json(struct request *request, struct funding_asking *asking, const struct funding_line *lines, size_t count)
{
    asks_gather(asking, request->web->city->law.book, lines, count);
    return fields_json(request, asking);
}

bool funding_get(struct request *request, struct err *err)
{
    const struct law *law = &request->web->city->law;
    struct fact typed[FUNDING_ASKS], *facts;
    struct funding_want want = {.firm = request->actor.party, .typed = typed, .today = day_of_ms(request->now_ms)};
    struct funding_line *lines;
    struct funding_asking asking;
    size_t count, fact_count;
    json_t *document, *out, *stages;
    struct err unseen;

    if (want.firm && !facts_seen(request->sql, &request->actor, want.firm, &unseen)) /* to belong to it is not enough */
        want.firm = 0;
    if (!funding_typed_read(request, &want, typed, &asking, err)
        || !funding_products(request->sql, law, &want, request->arena, &lines, &count, &facts, &fact_count, err))
        return false;
    out = json_object();
    stages = json_array();
    json_object_set_new_nocheck(out, "stages", stages);
    if (!stages_put(request, lines, count, facts, fact_count, stages, err)) {
        json_decref(out);
        return false;
    }
    if (want.firm)
        json_put(out, "firm", record_title(request->sql, &kind_party, want.firm, request->arena));
    json_object_set_new_nocheck(out, "asks", want.firm ? funding_asks_json(request, &asking, lines, count) : json_array());
    json_object_set_new_nocheck(out, "problem", json_boolean(asking.problem.code != 0));
    json_fill(out, "firm");
    document = json_object();
    json_object_set_new_nocheck(document, "funding", out);
    request->status = asking.problem.code ? 422 : request->status;
    return request_page(request, "funding", document);
}
