/*
 * GET /rules/ID: one rule, and what it says of the facts in the query (each under its own name, or as fact=NAME=VALUE).
 * region: of who is asked about; on: the day. Without them the version that the id means today.
 * Document: {"rule": {… (web/rule.h), asked: {region, on}, regions, facts: [{name, label, hint, kind, is, value, options, error}],
 *            answer: null | {…}, problem: null | text}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "web/handlers.h"
#include "web/rule.h"
#include "web/say.h"

struct question {
    struct request *request;
    const struct rule *rule;
    int32_t today, on, region;
    struct slice *typed; /* of each of the rule's facts; "" */
    const char **errors; /* of each; NULL */
    struct fact *facts;
    size_t given;        /* how many were typed */
    struct err first;    /* the first that is wrong */
    bool wrong;
};

/* --- which rule --- */

static bool day_asked(struct question *question, struct err *err)
{
    struct slice typed = request_value(question->request, "on");
    char plain[11];

    question->today = day_of_ms(question->request->now_ms);
    question->on = question->today;
    if (!typed.len || (day_read(typed, plain) && day_parse(slice_of(plain), &question->on)))
        return true;
    err_set(err, ERR_INVALID, "on 要写一个日期，如 2026-03-17");
    return err_field(err, "on");
}

static bool rule_asked(struct question *question, struct err *err)
{
    static const size_t prefix = sizeof "/rules/" - 1;
    const struct rulebook *book = question->request->web->city->law.book;
    struct slice path = question->request->path;
    const char *id = arena_text(question->request->arena, (struct slice){path.at + prefix, path.len - prefix});

    question->rule = question->region ? rule_find(book, id, question->region, question->on)
                                      : rule_meant(book, id, question->on);
    if (!question->rule) {
        err_set(err, ERR_MISSING, "没有这条规则，或者它在这一天、这个地区没有生效的版本");
        return err_hint(err, "规则手册列出全部规则和它们的生效日期");
    }
    if (!question->region)
        question->region = question->rule->region;
    if (!request_value(question->request, "on").len && !rule_in_force(question->rule, question->on))
        question->on = question->rule->valid_from > question->on ? question->rule->valid_from : question->rule->valid_until;
    return true;
}

/* --- what is asked of it --- */

/* "NAME=VALUE" among the values of fact=. */
static struct slice named_value(const struct request *request, const char *name)
{
    struct slice lines = request_values(request, "fact"), line;
    size_t len = strlen(name);

    while (lines.at && slice_cut(&lines, '\n', &line))
        if (line.len > len && line.at[len] == '=' && memcmp(line.at, name, len) == 0)
            return (struct slice){line.at + len + 1, line.len - len - 1};
    return (struct slice){"", 0};
}

static void fact_read(struct question *question, size_t at)
{
    const struct rule_fact *fact = &question->rule->facts[at];
    struct slice typed = slice_trim(request_value(question->request, fact->name));
    struct err err;

    question->typed[at] = typed.len ? typed : named_value(question->request, fact->name);
    question->given += question->typed[at].len > 0;
    if (rule_fact_read(fact, question->typed[at], &question->facts[at], &err))
        return;
    question->errors[at] = arena_text(question->request->arena, say_message(question->request, &err));
    if (!question->wrong)
        question->first = err;
    question->wrong = true;
    question->facts[at] = (struct fact){.name = fact->name, .kind = fact->kind};
}

/* Who does not say which day it is means the day that he asks for. */
static void today_fill(struct question *question)
{
    for (size_t i = 0; i < question->rule->fact_count; i++) {
        struct fact *fact = &question->facts[i];

        if (strcmp(fact->name, "today") == 0 && fact->kind == FACT_DAY && !question->typed[i].len)
            *fact = (struct fact){.name = "today", .kind = FACT_DAY, .known = true, .value = question->on};
    }
}

static void facts_read(struct question *question)
{
    struct arena *arena = question->request->arena;
    size_t count = question->rule->fact_count;

    question->typed = arena_zero(arena, count + 1, sizeof *question->typed);
    question->errors = arena_zero(arena, count + 1, sizeof *question->errors);
    question->facts = arena_zero(arena, count + 1, sizeof *question->facts);
    for (size_t i = 0; i < count; i++)
        fact_read(question, i);
    today_fill(question);
}

/* --- the document --- */

static json_t *facts_json(const struct question *question)
{
    json_t *list = json_array();

    for (size_t i = 0; i < question->rule->fact_count; i++)
        json_array_append_new(list, rule_fact_json(question->request, &(struct rule_input){
            &question->rule->facts[i], question->rule->facts[i].name, question->typed[i], question->facts[i], question->errors[i]}));
    return list;
}

static json_t *asked_json(const struct question *question)
{
    struct eval_value on = {.known = true, .number = question->on};
    json_t *asked = json_object();

    json_object_set_new_nocheck(asked, "region", rule_region_json(question->request, question->region));
    json_put(asked, "on", slice_of(rule_value_show(FACT_DAY, NULL, 0, &on, question->request->arena)));
    return asked;
}

/* Without facts there is nothing to answer; with one that cannot be read neither. */
static void answer_add(struct question *question, json_t *out)
{
    const struct rule *rule = question->rule;
    struct answer answer;
    struct err err;

    if (!question->given || question->wrong)
        return;
    if (rule_ask(question->request->web->city->law.book, rule, question->facts, rule->fact_count, question->request->arena,
                 &answer, &err)) {
        json_object_set_new_nocheck(out, "answer", rule_answer_json(question->request, &answer));
        return;
    }
    json_put(out, "problem", say_message(question->request, &err));
    question->first = err;
    question->wrong = true;
}

bool rule_get(struct request *request, struct err *err)
{
    struct question question = {.request = request};
    json_t *document, *out;

    if (!day_asked(&question, err) || !rule_region_read(request, &question.region, err) || !rule_asked(&question, err))
        return false;
    facts_read(&question);
    out = rule_json(request, question.rule, question.today);
    json_object_set_new_nocheck(out, "asked", asked_json(&question));
    json_object_set_new_nocheck(out, "facts", facts_json(&question));
    answer_add(&question, out);
    json_fill(out, "answer problem");
    if (question.wrong && request->api) {
        json_decref(out);
        *err = question.first;
        return false;
    }
    document = json_object();
    json_object_set_new_nocheck(document, "rule", out);
    request->status = question.wrong ? 422 : request->status;
    return request_page(request, "rule", document);
}
