/*
 * GET /facts, POST /facts: what is known about an organisation, by whom, since when and until when; a fact stated, confirmed, taken back.
 * Document: {"facts": {party: {id, name, href} or null, own, office, groups: [{label, year, doubt, stated: [{id, ver, value, source, issuer,
 *   number, issued_on, until, confirmed_on, list, note, over, best, confirm, withdraw}], href}], choose: [{code, label, label_en, selected}],
 *   form: {name, label, hint, fields} or null, back, problem, hint, request_id}}
 */
#include "web/fact.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/money.h"
#include "web/flash.h"
#include "web/form_int.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/submit.h"

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

bool fact_party(struct request *request, int64_t *party, struct err *err)
{
    struct slice typed = slice_trim(request_value(request, "party"));

    *party = request->actor.party;
    if (typed.len && !party_named(request->sql, typed, party, err))
        return false;
    return !*party || facts_seen(request->sql, &request->actor, *party, err);
}

json_t *fact_party_json(struct request *request, int64_t party)
{
    json_t *out;

    if (!party)
        return json_null();
    out = json_object();
    json_put_id(out, "id", party);
    json_put(out, "name", record_title(request->sql, &kind_party, party, request->arena));
    json_put(out, "href", PUT(request, "/parties/%lld", (long long)party));
    return out;
}

json_t *fact_source_json(enum fact_trust trust)
{
    switch (trust) {
    case FACT_SAID:
        return label_json("declared", N_("自行填报"), "Declared");
    case FACT_NUMBERED:
        return label_json("certificate", N_("证照，未核对"), "Certificate, not confirmed");
    case FACT_CONFIRMED:
        return label_json("confirmed", N_("证照，已核对"), "Certificate, confirmed");
    case FACT_LISTED:
        break;
    }
    return label_json("department", N_("部门名单"), "Office's list");
}

struct slice fact_door(const struct request *request, int64_t party, const char *name)
{
    return PUT(request, "/facts?party=%lld&name=%s&back=benefits#state", (long long)party, name);
}

void fact_fen_put(const struct request *request, json_t *out, const char *name, int64_t fen)
{
    char text[MONEY_TEXT];

    json_put(out, name, slice_of(request->english ? money_show_english(fen, text) : money_show(fen, text)));
}

/* --- what is known --- */

static bool may_do(struct request *request, int64_t party, enum action action)
{
    struct record any = {.kind = &kind_fact, .owner = party};
    struct object object;
    struct err ignored;

    return party && object_of(request->sql, &any, &request->actor, &object, &ignored) && may(&request->actor, action, &object, &ignored);
}

struct facts_page {
    struct request *request;
    int64_t party;
    bool own, office;              /* may he state for the firm; bring a department's and confirm */
    const struct rule_fact *asked; /* whose form is open; NULL */
    const struct slice *typed;     /* by enum fact_field; NULL: nothing */
    const struct complaints *complaints;
    const struct err *problem;
};

static void day_put(json_t *out, const char *name, int32_t day)
{
    if (day)
        json_put_day(out, name, day);
}

static json_t *stated_json(const struct facts_page *page, const struct stated *stated)
{
    json_t *out = json_object();
    bool listed = stated->trust == FACT_LISTED;

    json_put_id(out, "id", stated->id);
    json_object_set_new_nocheck(out, "ver", json_integer(stated->ver));
    json_put(out, "value", stated->of ? slice_of(fact_show(stated->of, &stated->fact, page->request->arena)) : SLICE(""));
    json_object_set_new_nocheck(out, "source", fact_source_json(stated->trust));
    json_put(out, "issuer", stated->issuer);
    json_put(out, "number", stated->number);
    json_put(out, "list", stated->list);
    json_put(out, "note", stated->note);
    day_put(out, "issued_on", stated->issued_on);
    day_put(out, "until", stated->until);
    day_put(out, "confirmed_on", stated->confirmed_on);
    json_object_set_new_nocheck(out, "over", json_boolean(stated->over));
    json_object_set_new_nocheck(out, "best", json_boolean(stated->best));
    json_object_set_new_nocheck(out, "confirm", json_boolean(page->office && stated->trust == FACT_NUMBERED));
    json_object_set_new_nocheck(out, "withdraw", json_boolean(listed ? page->office : page->own));
    json_fill(out, "issued_on until confirmed_on");
    return out;
}

static json_t *doubt_json(enum fact_doubt doubt)
{
    if (doubt == FACT_AGREED)
        return json_null();
    return doubt == FACT_CONTRADICTED ? label_json("contradicted", N_("部门之间不一致"), "Offices differ")
                                      : label_json("disputed", N_("与部门数据不一致"), "Differs from the office's");
}

static json_t *group_json(const struct facts_page *page, const struct stated *first, size_t count)
{
    json_t *group = json_object(), *stated = json_array();

    json_put(group, "label", slice_of(first->of ? first->of->label : first->name));
    if (first->year)
        json_object_set_new_nocheck(group, "year", json_integer(first->year));
    json_object_set_new_nocheck(group, "doubt", doubt_json(first->doubt));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(stated, stated_json(page, &first[i]));
    json_object_set_new_nocheck(group, "stated", stated);
    json_put(group, "href", PUT(page->request, "/facts?party=%lld&name=%s#state", (long long)page->party, first->name));
    json_fill(group, "year");
    return group;
}

static bool groups_json(const struct facts_page *page, json_t **groups, struct err *err)
{
    struct request *request = page->request;
    struct stated *list;
    size_t count, end;

    *groups = json_array();
    if (!page->party)
        return true;
    if (!facts_stated(request->sql, &request->web->city->law, page->party, day_of_ms(request->now_ms), request->arena, &list, &count, err))
        return json_decref(*groups), false;
    for (size_t at = 0; at < count; at = end) {
        for (end = at + 1; end < count && list[end].year == list[at].year && strcmp(list[end].name, list[at].name) == 0;)
            end++;
        json_array_append_new(*groups, group_json(page, &list[at], end - at));
    }
    return true;
}

/* --- the form --- */

/* A firm's facts are those that a rule with an amount, a self-assessment or a year asks for; of all others the label is taken too. */
static bool is_firms(const struct law *law, const struct rule_fact *fact)
{
    if (fact->of || strcmp(fact->name, "today") == 0)
        return false;
    if (fact->years_ago)
        return true;
    for (size_t i = 0; i < rulebook_count(law->book); i++) {
        const struct rule *rule = rulebook_at(law->book, i);
        bool gives = rule->result_count && strcmp(rule->results[0].name, "amount") == 0;

        for (size_t f = 0; f < rule->fact_count; f++)
            if (strcmp(rule->facts[f].name, fact->name) == 0 && (gives || strncmp(rule->id, "R5", 2) == 0))
                return true;
    }
    return false;
}

static json_t *choose_json(const struct facts_page *page)
{
    const struct law *law = &page->request->web->city->law;
    json_t *choose = json_array();

    for (size_t i = 0; i < rulebook_fact_count(law->book); i++) {
        const struct rule_fact *fact = rulebook_fact_at(law->book, i);
        json_t *option;

        if (!is_firms(law, fact) && fact != page->asked)
            continue;
        option = label_json(fact->name, fact->label, NULL);
        json_object_set_new_nocheck(option, "selected", json_boolean(fact == page->asked));
        json_fill(option, "label_en");
        json_array_append_new(choose, option);
    }
    return choose;
}

static void options_put(json_t *field, const struct rule_fact *fact, struct slice typed)
{
    json_t *options = json_array();

    for (size_t i = 0; i < (fact->kind == FACT_YES ? 2 : fact->choice_count); i++) {
        const char *code = fact->kind == FACT_YES ? (i ? "no" : "yes") : fact->choices[i].code;
        json_t *option = fact->kind == FACT_YES ? label_json(code, i ? "否" : "是", i ? "No" : "Yes") : label_json(code, fact->choices[i].label, NULL);

        json_object_set_new_nocheck(option, "selected", json_boolean(slice_is(typed, code)));
        json_fill(option, "label_en");
        json_array_append_new(options, option);
    }
    json_object_set_new_nocheck(field, "options", options);
}

/* The value's input is of the fact's kind. */
static void value_input(json_t *field, const struct rule_fact *fact, struct slice typed)
{
    static const char *const inputs[] = {[FACT_NUMBER] = "number", [FACT_MONEY] = "money", [FACT_SHARE] = "line", [FACT_DAY] = "date",
                                         [FACT_CODE] = "select", [FACT_YES] = "select", [FACT_POINTS] = "number"};
    json_t *is = json_object();

    json_object_set_new_nocheck(is, inputs[fact->kind], json_true());
    json_object_set_new_nocheck(field, "is", is);
    json_object_set_new_nocheck(field, "label", label_json("value", fact->label, NULL));
    json_fill(json_object_get(field, "label"), "label_en");
    json_put(field, "hint", slice_of(fact->hint));
    if (fact->kind == FACT_CODE || fact->kind == FACT_YES)
        options_put(field, fact, typed);
}

/* Officers bring what their departments know; a firm declares, or gives a certificate. */
static void source_options(const struct facts_page *page, json_t *field)
{
    json_t *options = json_object_get(field, "options");

    for (size_t i = json_array_size(options); i-- > 0;) {
        bool department = slice_is(json_member(json_array_get(options, i), "code"), "department");

        if (department != !page->own)
            json_array_remove(options, i);
    }
}

static void complaint_put(const struct facts_page *page, json_t *made, const struct field *field)
{
    for (size_t i = 0; page->complaints && i < page->complaints->count; i++)
        if (page->complaints->list[i].field == field)
            json_put(made, "error", say_all(page->request, &page->complaints->list[i].err));
}

static json_t *fields_json(const struct facts_page *page)
{
    static const enum fact_field shown[] = {FACT_FOR_YEAR, FACT_VALUE, FACT_FROM, FACT_ISSUER, FACT_NUMBER_OF, FACT_ISSUED_ON, FACT_UNTIL,
                                            FACT_NOTE};
    json_t *fields = json_array();
    struct sheet sheet;

    sheet_init(&sheet, page->request, &kind_fact);
    if (page->typed)
        memcpy(sheet.typed, page->typed, FACT_FIELD_COUNT * sizeof *sheet.typed);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        json_t *made;

        if (shown[i] == FACT_FOR_YEAR && !page->asked->years_ago)
            continue;
        made = field_form(&sheet, shown[i]);
        json_object_set_new_nocheck(made, "level", json_null());
        if (shown[i] == FACT_VALUE)
            value_input(made, page->asked, sheet.typed[FACT_VALUE].at ? sheet.typed[FACT_VALUE] : SLICE(""));
        if (shown[i] == FACT_FROM)
            source_options(page, made);
        complaint_put(page, made, &kind_fact.fields[shown[i]]);
        json_array_append_new(fields, made);
    }
    return fields;
}

static json_t *form_json(const struct facts_page *page)
{
    json_t *form;

    if (!page->asked || !(page->own || page->office))
        return json_null();
    form = json_object();
    json_put(form, "name", slice_of(page->asked->name));
    json_put(form, "label", slice_of(page->asked->label));
    json_object_set_new_nocheck(form, "fields", fields_json(page));
    return form;
}

static bool facts_answer(const struct facts_page *page, struct err *err)
{
    struct request *request = page->request;
    json_t *document, *out, *groups;

    if (!groups_json(page, &groups, err))
        return false;
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(out, "party", fact_party_json(request, page->party));
    json_object_set_new_nocheck(out, "own", json_boolean(page->own));
    json_object_set_new_nocheck(out, "office", json_boolean(page->office));
    json_object_set_new_nocheck(out, "groups", groups);
    json_object_set_new_nocheck(out, "choose", choose_json(page));
    json_object_set_new_nocheck(out, "form", form_json(page));
    json_put(out, "back", request_value(request, "back"));
    json_put(out, "request_id", request_fresh(request));
    if (page->problem) {
        json_put(out, "problem", say_message(request, page->problem));
        json_put(out, "hint", say_hint(request, page->problem));
    }
    json_fill(out, "problem hint");
    json_object_set_new_nocheck(document, "facts", out);
    return request_page(request, "facts", document);
}

static bool page_open(struct request *request, struct facts_page *page, struct err *err)
{
    *page = (struct facts_page){.request = request};
    if (!fact_party(request, &page->party, err))
        return false;
    page->own = may_do(request, page->party, ACT_CREATE);
    page->office = may_do(request, page->party, ACT_IMPORT_ANY);
    page->asked = rulebook_fact(request->web->city->law.book, slice_trim(request_value(request, "name")));
    if (page->asked && page->asked->of)
        page->asked = rulebook_fact(request->web->city->law.book, slice_of(page->asked->of));
    return true;
}

/* What stands there already is what one begins with: last year, and the source that is his to give. */
static void begin(const struct facts_page *page, struct slice typed[FACT_FIELD_COUNT])
{
    int year, month, day;

    day_to_ymd(day_of_ms(page->request->now_ms), &year, &month, &day);
    typed[FACT_FOR_YEAR] = PUT(page->request, "%d", year - 1);
    typed[FACT_FROM] = page->own ? SLICE("declared") : SLICE("department");
}

bool facts_get(struct request *request, struct err *err)
{
    struct slice typed[FACT_FIELD_COUNT] = {{0}};
    struct facts_page page;
    struct err problem;

    if (!page_open(request, &page, err)) {
        if (err->code != ERR_INVALID || request->api)
            return false;
        problem = *err;
        page = (struct facts_page){.request = request, .problem = &problem};
        request->status = 422;
        return facts_answer(&page, err);
    }
    begin(&page, typed);
    page.typed = typed;
    return facts_answer(&page, err);
}

/* --- stating one --- */

struct stating {
    struct fact_order order;      /* first: the writer's step is given it */
    struct slice typed[FACT_FIELD_COUNT];
    struct complaints complaints;
};

static bool refused(struct request *request, struct stating *stating, struct err *err)
{
    struct facts_page page;
    struct err problem = *err;

    if (request->api)
        return false;
    if (!request_look(request, err) || !page_open(request, &page, err))
        return false;
    page.typed = stating->typed;
    page.complaints = &stating->complaints;
    page.problem = &problem;
    request->status = problem.code == ERR_CONFLICT ? 409 : 422;
    return facts_answer(&page, err);
}

static bool stated_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    static const enum flash flashes[] = {[FACT_STATE] = FLASH_FACT, [FACT_CONFIRM] = FLASH_FACT_CONFIRMED, [FACT_WITHDRAW] = FLASH_FACT_BACK};
    struct stating *stating = arg;
    const struct fact_order *order = &stating->order;

    if (outcome != STORE_DONE)
        return (err->code == ERR_INVALID || err->code == ERR_CONFLICT) && refused(request, stating, err);
    flash_set(request, flashes[order->verb]);
    if (request->api)
        return request_changed(request, order->done_id, order->done_ver);
    return slice_is(request_value(request, "back"), "benefits")
               ? request_see(request, "/benefits?party=%lld", (long long)stating->order.record.owner)
               : request_see(request, "/facts?party=%.*s", (int)request_value(request, "party").len, request_value(request, "party").at);
}

static bool typed_check(struct request *request, struct stating *stating, struct err *err)
{
    for (size_t i = 0; i < FACT_FIELD_COUNT; i++)
        stating->typed[i] = request_value(request, kind_fact.fields[i].name);
    if (fact_check(&stating->order, &request->web->city->law, stating->typed, request->arena, &stating->complaints))
        return true;
    *err = stating->complaints.list[0].err;
    return err_field(err, stating->complaints.list[0].field->name);
}

static bool verb_read(struct request *request, enum fact_verb *verb, struct err *err)
{
    static const char *const words[] = {[FACT_STATE] = "state", [FACT_CONFIRM] = "confirm", [FACT_WITHDRAW] = "withdraw"};
    struct slice typed = request_value(request, "verb");

    for (size_t i = 0; i < 3; i++)
        if (slice_is(typed.len ? typed : SLICE("state"), words[i])) {
            *verb = (enum fact_verb)i;
            return true;
        }
    return err_set(err, ERR_INVALID, "没有这种办法") || err_hint(err, "可用：state、confirm、withdraw") || err_field(err, "verb");
}

bool facts_post(struct request *request, struct err *err)
{
    struct stating *stating = arena_zero(request->arena, 1, sizeof *stating);
    enum fact_verb verb = FACT_STATE;
    int64_t party;

    if (!request_members_fit(request, "party verb id ver name year value source issuer number issued_on until list note request_id", err)
        || !verb_read(request, &verb, err) || !fact_party(request, &party, err))
        return false;
    if (!party)
        return err_set(err, ERR_INVALID, "没有说明是哪个单位的事实") || err_hint(err, "party 写单位的全称或统一社会信用代码") || err_field(err, "party");
    fact_order_init(&stating->order, verb, &request->actor, party, request_token(request));
    stating->order.time_ms = request->now_ms;
    stating->order.id = request_number(request, "id", 0);
    stating->order.ver = request_number(request, "ver", 0);
    if (verb == FACT_STATE && !typed_check(request, stating, err))
        return refused(request, stating, err);
    return request_write(request, stating->order.request_id, fact_step, stating, stated_then, err);
}
