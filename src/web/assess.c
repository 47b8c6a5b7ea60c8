/*
 * Self-assessments for a firm's own use: GET /assess, GET and POST /assess/RULE. Nothing is stored unless somebody who acts for an
 * organisation asks for it (save=1): then what he answered becomes facts of that organisation, which he declared.
 * Documents: {"assess_list": {lines: [{href, rule, label, about, stored, asked}]}} and {"assess": {rule, label, about, basis, steps: [{no,
 *            label, here, filled, asked}], step: {no, label, facts}, others: [{name, value}], next, before, answer: null | {…}, years:
 *            null | {lines: [{year, entitled, counted, rate, extra, keep_until, lacks, …}]}, nothing, problem, save: null | {request_id}, saved: null | how many}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "web/assess_int.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"

/* --- the list --- */

static json_t *line_json(struct request *request, const struct assess_sheet *sheet, struct err *err)
{
    json_t *line = json_object();
    struct quiz quiz;
    size_t known = 0;

    if (!quiz_read(request, sheet, &quiz, err)) {
        json_decref(line);
        return NULL;
    }
    for (size_t i = 0; i < quiz.count; i++)
        known += quiz.questions[i].stored.known;
    json_put(line, "href", slice_of(arena_print(request->arena, "/assess/%s", sheet->rule)));
    json_put(line, "rule", slice_of(sheet->rule));
    json_object_set_new_nocheck(line, "label", label_json(sheet->rule, sheet->label, sheet->label_en));
    json_put(line, "about", say(request, sheet->about));
    json_object_set_new_nocheck(line, "stored", json_integer((json_int_t)known));
    json_object_set_new_nocheck(line, "asked", json_integer((json_int_t)quiz.count));
    return line;
}

bool assess_list_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *list = json_object(), *lines = json_array();

    json_object_set_new_nocheck(list, "lines", lines);
    json_object_set_new_nocheck(document, "assess_list", list);
    for (size_t i = 0; i < ASSESS_SHEETS; i++) {
        json_t *line = line_json(request, &assess_sheets[i], err);

        if (!line) {
            json_decref(document);
            return false;
        }
        json_array_append_new(lines, line);
    }
    return request_page(request, "assess_list", document);
}

/* --- the form --- */

static json_t *step_json(const struct quiz *quiz, size_t at)
{
    const struct quiz_step *step = &quiz->steps[at];
    json_t *out = json_object();
    size_t filled;

    quiz_filled(quiz, step, &filled);
    json_object_set_new_nocheck(out, "no", json_integer((json_int_t)at + 1));
    json_object_set_new_nocheck(out, "label", label_json("", step->label, step->label_en));
    json_object_set_new_nocheck(out, "here", json_boolean(at == quiz->at));
    json_object_set_new_nocheck(out, "filled", json_integer((json_int_t)filled));
    json_object_set_new_nocheck(out, "asked", json_integer((json_int_t)step->count));
    return out;
}

/* An answer that was filled in from what is stored: who says it, and whether others say otherwise. */
static void stored_add(const struct quiz_question *question, json_t *out)
{
    static const char *const sources[][3] = {[FACT_DECLARED] = {"declared", "自行填报", "Declared"},
                                             [FACT_CERTIFICATE] = {"certificate", "证照", "Certificate"},
                                             [FACT_DEPARTMENT] = {"department", "部门名单", "Office's list"}};
    const char *const *source = sources[question->stored.source];

    if (!question->stored.known || !question->typed.read.known || quiz_new(question))
        return;
    json_object_set_new_nocheck(out, "from", label_json(source[0], source[1], source[2]));
    json_object_set_new_nocheck(out, "doubt", json_boolean(question->stored.doubt != FACT_AGREED));
}

static json_t *step_shown_json(const struct quiz *quiz)
{
    const struct quiz_step *step = &quiz->steps[quiz->at];
    json_t *out = step_json(quiz, quiz->at), *facts = json_array();

    for (size_t i = step->first; i < step->first + step->count; i++) {
        json_t *fact = rule_fact_json(quiz->request, &quiz->questions[i].typed);

        stored_add(&quiz->questions[i], fact);
        json_array_append_new(facts, fact);
    }
    json_object_set_new_nocheck(out, "facts", facts);
    return out;
}

/* The answers of the other steps go along. */
static json_t *others_json(const struct quiz *quiz)
{
    const struct quiz_step *step = &quiz->steps[quiz->at];
    json_t *list = json_array();

    for (size_t i = 0; i < quiz->count; i++) {
        const struct rule_input *typed = &quiz->questions[i].typed;
        json_t *one;

        if ((i >= step->first && i < step->first + step->count) || !typed->typed.len)
            continue;
        one = json_object();
        json_put(one, "name", slice_of(typed->name));
        json_put(one, "value", typed->typed);
        json_array_append_new(list, one);
    }
    return list;
}

static void form_add(const struct quiz *quiz, json_t *out)
{
    json_t *steps = json_array();

    for (size_t i = 0; i < quiz->step_count; i++)
        json_array_append_new(steps, step_json(quiz, i));
    json_object_set_new_nocheck(out, "steps", steps);
    json_object_set_new_nocheck(out, "step", step_shown_json(quiz));
    json_object_set_new_nocheck(out, "others", others_json(quiz));
    if (quiz->at > 0)
        json_object_set_new_nocheck(out, "before", json_integer((json_int_t)quiz->at));
    if (quiz->at + 1 < quiz->step_count)
        json_object_set_new_nocheck(out, "next", json_integer((json_int_t)quiz->at + 2));
    json_fill(out, "before next");
}

/* --- the answer --- */

/* {lines}, or null where there are none. Takes the list over. */
static json_t *with_lines(json_t *list)
{
    json_t *out = json_array_size(list) ? json_object() : json_null();

    if (json_is_object(out))
        json_object_set_nocheck(out, "lines", list);
    json_decref(list);
    return out;
}

static json_t *told_json(const struct assess_line *line)
{
    json_t *out = json_object();
    bool labelled = *line->condition->label;

    json_put(out, "name", slice_of(line->condition->name));
    json_put(out, "label", slice_of(labelled ? line->condition->label : line->condition->says));
    json_object_set_new_nocheck(out, "state", rule_truth_json(line->holds));
    json_put(out, "says", line->says);
    json_put(out, "hint", line->hint);
    return out;
}

static json_t *lines_json(const struct rule *rule, const struct assess_line *lines)
{
    json_t *list = json_array();

    for (size_t i = 0; i < rule->condition_count; i++)
        json_array_append_new(list, told_json(&lines[i]));
    return list;
}

static const char *points_text(const struct request *request, int64_t points)
{
    struct eval_value value = {.known = true, .number = points};

    return rule_value_show(FACT_POINTS, NULL, 0, &value, request->arena);
}

static json_t *span_json(const struct request *request, const struct assess_span *span)
{
    const struct rule_fact *of = rulebook_fact(request->web->city->law.book, slice_of(span->part->fact));
    json_t *out = json_object();

    json_put(out, "label", slice_of(of ? of->label : span->part->fact));
    json_put(out, "rule", slice_of(span->part->rule));
    json_put(out, "href", slice_of(arena_print(request->arena, "/rules/%s", span->part->rule)));
    if (span->known)
        json_put(out, "low", slice_of(points_text(request, span->low)));
    if (span->known && span->high != span->low)
        json_put(out, "high", slice_of(points_text(request, span->high)));
    json_put(out, "says", span->says);
    json_fill(out, "low high");
    return out;
}

/* Each score that is known. */
static json_t *scores_json(const struct request *request, const struct answer *answer)
{
    json_t *list = json_array();

    for (size_t i = 0; i < answer->rule->result_count; i++) {
        const struct rule_result *result = answer->results[i].result;
        json_t *one;

        if (result->kind != FACT_POINTS || !answer->results[i].value.known)
            continue;
        one = json_object();
        json_put(one, "label", slice_of(result->label));
        json_put(one, "text", slice_of(points_text(request, answer->results[i].value.number)));
        json_array_append_new(list, one);
    }
    return list;
}

/* What is asked for leads to the step that asks it, of this year or of none. */
static json_t *asked_answer_json(const struct quiz *quiz, const struct answer *answer, int32_t year)
{
    json_t *out = rule_answer_json(quiz->request, answer), *one;
    size_t i;

    json_array_foreach(json_object_get(out, "asks"), i, one) {
        size_t step = quiz_step_of(quiz, answer->asks[i], year);

        if (step)
            json_object_set_new_nocheck(one, "step", json_integer((json_int_t)step));
        json_fill(one, "step");
    }
    return out;
}

static json_t *answer_json(const struct quiz *quiz, const struct assessment *assessment)
{
    const struct request *request = quiz->request;
    json_t *out = asked_answer_json(quiz, &assessment->answer, 0), *spans = json_array();

    json_object_set_new_nocheck(out, "lines", lines_json(assessment->rule, assessment->lines));
    for (size_t i = 0; i < assessment->span_count; i++)
        json_array_append_new(spans, span_json(request, &assessment->spans[i]));
    json_object_set_new_nocheck(out, "spans", with_lines(spans));
    json_object_set_new_nocheck(out, "scores", scores_json(request, &assessment->answer));
    json_object_set_new_nocheck(out, "certain", json_boolean(assessment->certain));
    return out;
}

/* --- the years --- */

static void value_put(const struct request *request, json_t *out, const char *name, enum fact_kind kind, const struct eval_value *value)
{
    if (value->known)
        json_put(out, name, slice_of(rule_value_show(kind, NULL, 0, value, request->arena)));
}

/* Of a step whose amount is not known: what is empty on it. */
static json_t *lacks_json(const struct quiz *quiz, const struct quiz_step *step, const struct assess_year *year)
{
    json_t *list = json_array();

    for (size_t i = step->first; year->entitled && !year->extra.known && i < step->first + step->count; i++)
        if (!quiz->questions[i].typed.read.known)
            json_array_append_new(list, json_string_nocheck(quiz->questions[i].typed.of->label));
    return list;
}

static json_t *year_json(const struct quiz *quiz, const struct quiz_step *step, const struct assess_year *year)
{
    const struct request *request = quiz->request;
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "year", json_integer(year->year));
    json_object_set_new_nocheck(out, "entitled", json_boolean(year->entitled));
    value_put(request, out, "counted", FACT_MONEY, &year->counted);
    value_put(request, out, "rate", FACT_SHARE, &year->rate);
    value_put(request, out, "extra", FACT_MONEY, &year->extra);
    value_put(request, out, "keep_until", FACT_DAY, &year->keep_until);
    json_object_set_new_nocheck(out, "lacks", lacks_json(quiz, step, year));
    json_object_set_new_nocheck(out, "answer", asked_answer_json(quiz, &year->answer, year->year));
    json_object_set_new_nocheck(out, "lines", lines_json(year->rule, year->lines));
    json_object_set_new_nocheck(out, "basis", rule_basis_json(request, year->rate_rule, year->rate_rule->valid_from));
    json_put(out, "href", slice_of(arena_print(request->arena, "/rules/R46-1?on=%d-12-31", (int)year->year)));
    json_fill(out, "counted rate extra keep_until");
    return out;
}

/* Those of which anything was answered, the newest first. */
static json_t *years_json(const struct quiz *quiz, struct err *err)
{
    const struct request *request = quiz->request;
    json_t *list = json_array();

    for (size_t i = 0; i < quiz->step_count; i++) {
        const struct quiz_step *step = &quiz->steps[i];
        struct assess_year year;
        struct fact *facts;
        size_t count;

        if (!step->year || !quiz_filled(quiz, step, &count))
            continue;
        facts = quiz_facts(quiz, step->year, &count);
        if (!assess_year(&request->web->city->law, quiz->region, step->year, facts, count, request->arena, &year, err)) {
            json_decref(list);
            return NULL;
        }
        json_array_append_new(list, year_json(quiz, step, &year));
    }
    return list;
}

/* What the answers come to; without any there is nothing to say. false: they cannot be computed with. */
static bool answers_add(const struct quiz *quiz, json_t *out, struct err *err)
{
    const struct request *request = quiz->request;
    struct assessment assessment;
    struct fact *facts;
    json_t *years;
    size_t count;

    if (quiz->sheet->yearly) {
        years = years_json(quiz, err);
        if (years)
            json_object_set_new_nocheck(out, "years", with_lines(years));
        return years != NULL;
    }
    facts = quiz_facts(quiz, 0, &count);
    if (!count)
        return true;
    if (!assess_ask(&request->web->city->law, quiz->sheet, quiz->region, quiz->today, facts, count, request->arena, &assessment, err))
        return false;
    json_object_set_new_nocheck(out, "answer", answer_json(quiz, &assessment));
    return true;
}

/* --- the page --- */

static const struct rule *basis_of(const struct quiz *quiz)
{
    return rule_find(quiz->request->web->city->law.book, quiz->sheet->rule, quiz->region, quiz->today);
}

static void save_add(const struct quiz *quiz, json_t *out)
{
    struct request *request = quiz->request;
    json_t *save;

    if (!request->signed_in || !request->actor.party)
        return;
    save = json_object();
    json_put(save, "request_id", request_fresh(request));
    json_object_set_new_nocheck(out, "save", save);
}

/* What is wrong with the answers is on it, and in the quiz. */
static json_t *document_make(struct quiz *quiz)
{
    struct request *request = quiz->request;
    const struct rule *rule = basis_of(quiz);
    json_t *document = json_object(), *out = json_object();
    struct err problem;

    json_object_set_new_nocheck(document, "assess", out);
    json_put(out, "rule", slice_of(quiz->sheet->rule));
    json_object_set_new_nocheck(out, "label", label_json(quiz->sheet->rule, quiz->sheet->label, quiz->sheet->label_en));
    json_put(out, "about", say(request, quiz->sheet->about));
    json_object_set_new_nocheck(out, "basis", rule ? rule_basis_json(request, rule, quiz->today) : json_null());
    form_add(quiz, out);
    if (!quiz->wrong && !answers_add(quiz, out, &problem)) {
        json_put(out, "problem", say_message(request, &problem));
        quiz->first = problem;
        quiz->wrong = true;
    }
    save_add(quiz, out);
    json_fill(out, "answer years problem save saved");
    json_object_set_new_nocheck(out, "nothing", json_boolean(json_is_null(json_object_get(out, "answer")) && json_is_null(json_object_get(out, "years"))
                                                             && !quiz->wrong));
    return document;
}

static bool page(struct quiz *quiz, struct err *err)
{
    struct request *request = quiz->request;
    json_t *document = document_make(quiz);

    if (quiz->wrong && request->api) {
        json_decref(document);
        *err = quiz->first;
        return false;
    }
    request->status = quiz->wrong ? 422 : request->status;
    return request_page(request, "assess", document);
}

static const struct assess_sheet *sheet_of(const struct request *request, struct err *err)
{
    static const size_t prefix = sizeof "/assess/" - 1;
    const struct assess_sheet *sheet = assess_find((struct slice){request->path.at + prefix, request->path.len - prefix});

    if (!sheet) {
        err_set(err, ERR_MISSING, "没有这项自评");
        err_hint(err, "自评有高新技术企业、科技型中小企业、创新型中小企业和研发费用加计扣除四项");
    }
    return sheet;
}

bool assess_get(struct request *request, struct err *err)
{
    const struct assess_sheet *sheet = sheet_of(request, err);
    struct quiz quiz;

    return sheet && quiz_read(request, sheet, &quiz, err) && page(&quiz, err);
}

/* --- saving --- */

struct saving {
    struct fact_batch batch;
    const struct assess_sheet *sheet;
    size_t step;
    json_t *document; /* for programs: made beforehand, as the snapshot is gone when the answer comes */
};

static bool saved(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct saving *saving = arg; /* it begins with the batch */

    (void)err;
    if (outcome == STORE_DONE && saving->document) {
        json_object_set_new_nocheck(json_object_get(saving->document, "assess"), "saved", json_integer((json_int_t)saving->batch.written));
        return request_page(request, NULL, saving->document);
    }
    json_decref(saving->document);
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, saving->batch.written ? FLASH_FACTS : FLASH_FACTS_SAME);
    return request_see(request, "/assess/%s?go=%zu", saving->sheet->rule, saving->step);
}

/* A fact about a year is kept under its own name with that year, an earlier one of the day's sheet too. */
static bool order_make(const struct quiz *quiz, const struct quiz_question *question, struct fact_order *order, struct err *err)
{
    struct request *request = quiz->request;
    const struct rule_fact *of = question->typed.of;
    int32_t year = question->year ? question->year : quiz->last_year + 1 - of->years_ago;
    struct slice typed[FACT_FIELD_COUNT] = {{0}};
    struct complaints complaints = {0};

    typed[FACT_NAME] = slice_of(of->of ? of->of : of->name);
    typed[FACT_VALUE] = slice_of(fact_text(of, &question->typed.read, request->arena));
    typed[FACT_FROM] = SLICE("declared");
    if (of->years_ago)
        typed[FACT_FOR_YEAR] = slice_of(arena_print(request->arena, "%d", (int)year));
    fact_order_init(order, FACT_STATE, &request->actor, request->actor.party, request_token(request));
    if (fact_check(order, &request->web->city->law, typed, request->arena, &complaints))
        return true;
    *err = complaints.list[0].err;
    return false;
}

/* What is believed of the firm already is not declared once more. */
static bool orders_make(const struct quiz *quiz, struct fact_batch *batch, struct err *err)
{
    batch->orders = arena_zero(quiz->request->arena, quiz->count + 1, sizeof *batch->orders);
    for (size_t i = 0; i < quiz->count; i++) {
        struct fact_order *order = &batch->orders[batch->count];

        if (!quiz_new(&quiz->questions[i]))
            continue;
        if (!order_make(quiz, &quiz->questions[i], order, err))
            return false;
        order->part = (uint8_t)batch->count++;
    }
    return true;
}

static bool save(struct quiz *quiz, struct err *err)
{
    struct request *request = quiz->request;
    struct saving *saving = arena_zero(request->arena, 1, sizeof *saving);
    bool ok;

    *saving = (struct saving){.sheet = quiz->sheet, .step = quiz->at + 1};
    if (!orders_make(quiz, &saving->batch, err))
        return false;
    saving->document = request->api ? document_make(quiz) : NULL;
    ok = request_write(request, saving->batch.count ? saving->batch.orders[0].request_id : "", facts_step, &saving->batch, saved, err);
    if (!ok)
        json_decref(saving->document);
    return ok;
}

static bool may_save(const struct request *request, struct err *err)
{
    if (!request->signed_in)
        return err_set(err, ERR_SIGN_IN, "登录后才能把回答存为本单位的事实");
    return request->actor.party || err_set(err, ERR_DENIED, "您的账号不属于任何单位，存不下事实");
}

bool assess_post(struct request *request, struct err *err)
{
    const struct assess_sheet *sheet = sheet_of(request, err);
    struct quiz quiz;

    if (!sheet || !quiz_read(request, sheet, &quiz, err))
        return false;
    if (quiz.wrong || !request_value(request, "save").len)
        return page(&quiz, err);
    return may_save(request, err) && save(&quiz, err);
}
