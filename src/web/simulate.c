/*
 * The simulator, for anybody: nothing of it is stored, and it stands in no log. By GET its address can be sent on.
 * Document: {"simulate": {form: {amount, agreed, earlier, team, local, agreed2, local2, ways, regions, regions2, costs: [{name,
 * label, value}], more, what_if}, wrong: {FIELD: true}, problem: {errors: [{field, text}]} or null, outcome: {link, columns: [{region,
 * agreed, none, lawful, refused, cash, relief, steps, people, taxes}]} or null}}; steps and taxes: [{label, fen, share, rule,
 * basis, unverified}].
 */
#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "record/choice.h"
#include "record/tree.h"
#include "web/address.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/simulate_int.h"
#include "web/view.h"

enum { LINK_MOST = 7500 /* below what a request line may hold */ };

/* --- the form again, as it was sent --- */

static const char home_region[] = "620000";

static bool asked(const struct request *request)
{
    for (size_t i = 0; i < simulate_field_count; i++)
        if (request_value(request, simulate_fields[i]).len)
            return true;
    return false;
}

static json_t *ways_json(struct slice chosen)
{
    const struct choice_list *list = choice_list_get("way");
    json_t *options = json_array();

    for (size_t i = 0; i < list->count; i++) {
        enum simulate_way way;
        json_t *option;

        if (!simulate_way_read(slice_of(list->choices[i].code), &way))
            continue;
        option = label_json(list->choices[i].code, list->choices[i].label, list->choices[i].label_en);
        json_object_set_new_nocheck(option, "selected", json_boolean(slice_is(chosen, list->choices[i].code)));
        json_array_append_new(options, option);
    }
    return options;
}

/* The nation and its provinces, and what was chosen where it is none of them: a code or a name that was typed or sent. */
static json_t *regions_json(const struct request *request, struct slice chosen)
{
    const struct tree *tree = tree_get("division");
    const struct tree_node *node = chosen.len ? tree_resolve(tree, chosen) : NULL;
    json_t *options = json_array(), *nation = label_json("100000", "全国", "The nation");

    json_object_set_new_nocheck(nation, "selected", json_boolean(slice_is(chosen, "100000")));
    json_array_append_new(options, nation);
    for (size_t i = 0; i < tree->count; i++) {
        json_t *option;

        if (tree->nodes[i].depth > 0 && &tree->nodes[i] != node)
            continue;
        option = node_json(request, tree, &tree->nodes[i]);
        json_object_set_new_nocheck(option, "selected", json_boolean(&tree->nodes[i] == node));
        json_array_append_new(options, option);
    }
    return options;
}

static json_t *costs_json(const struct request *request, bool *any)
{
    json_t *list = json_array();

    *any = request_value(request, "cost_public").len > 0;
    for (int sort = 0; sort < DEDUCT_COUNT; sort++) {
        const char *name = simulate_cost_name((enum allot_deduction)sort);
        struct slice value = request_value(request, name);
        json_t *cost = json_object();

        json_put(cost, "name", slice_of(name));
        json_put(cost, "label", say(request, allot_deduction_label((enum allot_deduction)sort)));
        json_put(cost, "value", value);
        json_array_append_new(list, cost);
        *any = *any || value.len;
    }
    return list;
}

/* fresh: nothing was sent, and an example stands in the form. */
static json_t *form_json(const struct request *request, bool fresh)
{
    static const char *const texts[] = {"amount", "agreed", "team", "earlier", "cost_public", "agreed2"};
    struct slice region = request_value(request, "region"), way = request_value(request, "way");
    json_t *form = json_object();
    bool any;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        json_put(form, texts[i], request_value(request, texts[i]));
    if (fresh) {
        json_put(form, "amount", say(request, N_("100万元")));
        json_put(form, "team", say(request, N_("甲 40% 主要\n乙 30% 主要\n丙 30%")));
    }
    json_object_set_new_nocheck(form, "local", json_boolean(request_value(request, "local").len));
    json_object_set_new_nocheck(form, "local2", json_boolean(request_value(request, "local2").len));
    json_object_set_new_nocheck(form, "ways", ways_json(way.len ? way : SLICE("assign")));
    json_object_set_new_nocheck(form, "regions", regions_json(request, fresh ? slice_of(home_region) : region.len ? region : SLICE("100000")));
    json_object_set_new_nocheck(form, "regions2", regions_json(request, request_value(request, "region2")));
    json_object_set_new_nocheck(form, "costs", costs_json(request, &any));
    json_object_set_new_nocheck(form, "more", json_boolean(any || request_value(request, "earlier").len));
    json_object_set_new_nocheck(form, "what_if", json_boolean(request_value(request, "region2").len
                                                              || request_value(request, "agreed2").len
                                                              || request_value(request, "local2").len));
    return form;
}

/* By which the same is asked again; null where it is longer than an address may be. */
static json_t *link_json(const struct request *request)
{
    struct text link;
    json_t *made;

    text_init(&link);
    text_puts(&link, "/simulate");
    for (size_t i = 0; i < simulate_field_count; i++) {
        struct slice value = request_value(request, simulate_fields[i]);

        if (value.len)
            address_add(&link, simulate_fields[i], value);
    }
    made = link.len <= LINK_MOST ? json_stringn_nocheck(link.at, link.len) : json_null();
    text_release(&link);
    return made;
}

/* --- a column --- */

struct pane {
    struct request *request;
    const struct simulate_question *question;
    const struct simulate_law *law;
    const struct simulated *out;
};

static void basis_add(const struct request *request, json_t *line, const struct law_figure *figure)
{
    if (!figure || !*figure->rule) {
        json_fill(line, "rule basis unverified");
        return;
    }
    json_put(line, "rule", slice_of(figure->rule));
    json_put(line, "basis", say(request, figure->basis));
    json_object_set_new_nocheck(line, "unverified", json_boolean(figure->source != RULE_CHECKED));
}

enum { NO_FEN = -1, NO_SHARE = -1 };

/* part LAW_PARTS: it rests on no text of its own. */
static void line_add(const struct pane *column, json_t *list, const char *label, int64_t fen, int64_t share, enum law_part part)
{
    json_t *line = json_object();

    json_put(line, "label", say(column->request, label));
    if (fen >= 0)
        json_put_id(line, "fen", fen);
    if (share >= 0)
        json_object_set_new_nocheck(line, "share", json_integer(share));
    json_fill(line, "fen share years");
    basis_add(column->request, line, part < LAW_PARTS ? &column->law->figures[part] : NULL);
    json_array_append_new(list, line);
}

static int64_t figure(const struct pane *column, enum law_part part)
{
    return column->law->figures[part].value;
}

static void groups_add(const struct pane *column, json_t *steps)
{
    const struct allotment *allotment = &column->out->allotment;

    if (column->out->terms.main_floor) {
        line_add(column, steps, N_("主要贡献人员至少"), allotment->main_least, figure(column, LAW_MAIN), LAW_MAIN);
        line_add(column, steps, N_("主要贡献人员合计"), allotment->main_total, NO_SHARE, LAW_PARTS);
    }
    if (column->out->terms.agency_floor) {
        line_add(column, steps, N_("转移机构和管理人员至少"), allotment->agency_least, figure(column, LAW_AGENCY), LAW_AGENCY);
        line_add(column, steps, N_("转移机构和管理人员合计"), allotment->agency_total, NO_SHARE, LAW_PARTS);
    }
}

/* The law draws from each of several years in a row: what all of them would give, were the profits alike. */
static void years_add(const struct pane *column, json_t *steps)
{
    int64_t years = figure(column, LAW_YEARS), all = column->out->allotment.reward * years;

    if (!years || all > MONEY_MAX)
        return;
    line_add(column, steps, N_("投产后连续提取，至少"), NO_FEN, NO_SHARE, LAW_YEARS);
    json_object_set_new_nocheck(json_array_get(steps, json_array_size(steps) - 1), "years", json_integer(years));
    line_add(column, steps, N_("各年利润相同，这些年的奖励合计"), all, NO_SHARE, LAW_PARTS);
}

static json_t *steps_json(const struct pane *column)
{
    static const char *const amounts[SIMULATE_WAYS] = {N_("转让收入"), N_("许可收入"), N_("作价金额"), N_("当年营业利润"), N_("当年营业利润")};
    const struct allotment *allotment = &column->out->allotment;
    const struct allot_terms *terms = &column->out->terms;
    json_t *steps = json_array();

    line_add(column, steps, amounts[column->question->way], column->question->amount, NO_SHARE, LAW_PARTS);
    if (column->out->deducted)
        line_add(column, steps, N_("扣除合计"), column->out->deducted, NO_SHARE, LAW_COSTS);
    line_add(column, steps, N_("分配的基数"), allotment->net, NO_SHARE, column->out->deducted ? LAW_PARTS : LAW_COSTS);
    line_add(column, steps, N_("奖励的法定下限"), allotment->floor, terms->reward_floor, LAW_REWARD);
    if (allotment->reward) {
        line_add(column, steps, N_("奖励总额"), allotment->reward, terms->reward_agreed ? terms->reward_agreed : terms->reward_floor, LAW_PARTS);
        groups_add(column, steps);
        line_add(column, steps, N_("单位留用"), allotment->unit, NO_SHARE, LAW_PARTS);
        years_add(column, steps);
    }
    return steps;
}

static json_t *taxed_json(const struct tax_rewarded *taxed)
{
    json_t *out = json_object();

    json_put_id(out, "tax", taxed->tax);
    json_put_id(out, "left", taxed->left);
    return out;
}

static bool is_cash(const struct pane *column)
{
    return column->question->way != SIMULATE_EQUITY;
}

static json_t *person_json(const struct pane *column, const char *name, size_t i)
{
    const struct allot_person *person = &column->question->people[i];
    json_t *out = json_object();

    json_put(out, "name", slice_of(name));
    json_object_set_new_nocheck(out, "share", json_integer(person->weight));
    json_object_set_new_nocheck(out, "main", json_boolean(person->main));
    json_object_set_new_nocheck(out, "agency", json_boolean(person->agency));
    if (person->leader)
        json_put(out, "leader", say(column->request, person->leader == LEADER_CHIEF ? N_("正职领导") : N_("其他领导")));
    json_put_id(out, "fen", column->out->allotment.shares[i].fen);
    if (is_cash(column))
        json_object_set_new_nocheck(out, "whole", taxed_json(&column->out->whole[i]));
    if (is_cash(column) && figure(column, LAW_COUNTED))
        json_object_set_new_nocheck(out, "relieved", taxed_json(&column->out->relieved[i]));
    if (!is_cash(column))
        json_put_id(out, "later", column->out->later[i]);
    json_fill(out, "leader whole relieved later");
    return out;
}

static json_t *people_json(const struct pane *column, const char *const *names)
{
    json_t *people = json_array();

    for (size_t i = 0; column->out->lawful && i < column->out->allotment.count; i++)
        json_array_append_new(people, person_json(column, names[i], i));
    return people;
}

static void people_tax_add(const struct pane *column, json_t *taxes)
{
    int64_t whole = 0, relieved = 0, later = 0;

    for (size_t i = 0; i < column->out->allotment.count; i++) {
        whole += column->out->whole[i].tax;
        relieved += column->out->relieved[i].tax;
        later += column->out->later[i];
    }
    if (!is_cash(column)) {
        line_add(column, taxes, N_("股权奖励取得时递延纳税；日后按现在的价值转让，个人所得税合计"), later, figure(column, LAW_EQUITY), LAW_EQUITY);
        return;
    }
    line_add(column, taxes, N_("现金奖励全额计入工资薪金，个人所得税合计"), whole, NO_SHARE, LAW_INCOME);
    if (figure(column, LAW_COUNTED))
        line_add(column, taxes, N_("符合条件减半计入，个人所得税合计"), relieved, figure(column, LAW_COUNTED), LAW_COUNTED);
}

/* An income that tax law knows: assignment and licence. */
static void unit_tax_add(const struct pane *column, json_t *taxes)
{
    const struct simulated *out = column->out;

    line_add(column, taxes, N_("单位：符合条件的技术转让所得免征的部分"), out->corporate.exempt, NO_SHARE, LAW_EXEMPT);
    line_add(column, taxes, N_("单位：超过部分减半，企业所得税"), out->corporate.tax, figure(column, LAW_HALVED), LAW_HALVED);
    line_add(column, taxes, N_("单位：不享受减免，企业所得税"), out->corporate.full, figure(column, LAW_CORPORATE), LAW_CORPORATE);
    if (figure(column, LAW_VAT_FREE))
        line_add(column, taxes, N_("单位：符合条件免征增值税"), 0, NO_SHARE, LAW_VAT_FREE);
    line_add(column, taxes, N_("单位：不免征，价款里的增值税"), out->vat, figure(column, LAW_VAT), LAW_VAT);
    line_add(column, taxes, N_("单位：技术合同印花税"), out->stamp, figure(column, LAW_STAMP), LAW_STAMP);
}

static json_t *taxes_json(const struct pane *column)
{
    json_t *taxes = json_array();

    if (!column->out->lawful)
        return taxes;
    people_tax_add(column, taxes);
    if (figure(column, LAW_EXEMPT))
        unit_tax_add(column, taxes);
    return taxes;
}

static json_t *refused_json(const struct pane *column)
{
    json_t *refused = json_object();

    json_put(refused, "text", say_message(column->request, &column->out->why));
    json_put(refused, "hint", say_hint(column->request, &column->out->why));
    basis_add(column->request, refused, &column->out->against);
    return refused;
}

static json_t *column_json(const struct pane *column, const struct simulate_variant *variant, const char *const *names)
{
    json_t *out = json_object();
    const struct tree *tree = tree_get("division");

    json_object_set_new_nocheck(out, "region", variant->region ? node_json(column->request, tree, variant->region)
                                                               : label_json("100000", "全国", "The nation"));
    if (variant->agreed)
        json_object_set_new_nocheck(out, "agreed", json_integer(variant->agreed));
    json_object_set_new_nocheck(out, "none", json_boolean(variant->region && column->law->region == REGION_NATION));
    json_object_set_new_nocheck(out, "cash", json_boolean(is_cash(column)));
    json_object_set_new_nocheck(out, "lawful", json_boolean(column->out->lawful));
    json_object_set_new_nocheck(out, "relief", json_boolean(figure(column, LAW_COUNTED) != 0));
    if (!column->out->lawful)
        json_object_set_new_nocheck(out, "refused", refused_json(column));
    json_object_set_new_nocheck(out, "steps", steps_json(column));
    json_object_set_new_nocheck(out, "people", people_json(column, names));
    json_object_set_new_nocheck(out, "taxes", taxes_json(column));
    json_fill(out, "agreed refused");
    return out;
}

/* --- the answer --- */

/* A slip in a cost is told at that cost. */
static void complain(struct simulate_sheet *sheet, struct err *err)
{
    if (slice_is(slice_of(err->field), "costs"))
        err_field(err, simulate_cost_field(sheet, (size_t)err->line - 1));
    simulate_complain(sheet, err);
}

/* false: a slip, told on the sheet; or err, which is ours. */
static bool column_add(struct simulate_sheet *sheet, const struct simulate_variant *variant, json_t *columns, struct err *err)
{
    struct request *request = sheet->request;
    struct simulated *out = arena_zero(request->arena, 1, sizeof *out);
    struct simulate_law law;
    struct pane column = {request, &sheet->question, &law, out};
    struct err slip;

    if (!simulate_law(request->web->city->law.book, &variant->place, sheet->question.way, request->arena, &law, err))
        return false;
    sheet->question.agreed = variant->agreed;
    if (!simulate(&sheet->question, &law, out, &slip))
        complain(sheet, &slip);
    else
        json_array_append_new(columns, column_json(&column, variant, sheet->names));
    return true;
}

static json_t *wrong_json(const json_t *errors)
{
    json_t *wrong = json_object(), *line;
    size_t i;

    json_array_foreach(errors, i, line)
        json_object_set_new(wrong, json_string_value(json_object_get(line, "field")), json_true());
    return wrong;
}

/* Takes errors over. */
static json_t *problem_json(json_t *errors)
{
    json_t *problem = json_object();

    if (json_array_size(errors) == 0) {
        json_decref(problem);
        json_decref(errors);
        return json_null();
    }
    json_object_set_new_nocheck(problem, "errors", errors);
    return problem;
}

/* Takes columns over. */
static json_t *outcome_json(const struct request *request, json_t *columns)
{
    json_t *outcome = json_object();

    json_object_set_new_nocheck(outcome, "columns", columns);
    json_object_set_new_nocheck(outcome, "link", link_json(request));
    return outcome;
}

/* Takes errors and columns over; columns NULL: nothing was asked yet, or nothing can be answered. */
static bool page(struct request *request, json_t *errors, json_t *columns)
{
    json_t *document = json_object(), *simulate = json_object();

    if (json_array_size(errors))
        request->status = 422;
    json_object_set_new_nocheck(simulate, "outcome", columns ? outcome_json(request, columns) : json_null());
    json_object_set_new_nocheck(simulate, "form", form_json(request, !asked(request)));
    json_object_set_new_nocheck(simulate, "wrong", wrong_json(errors));
    json_object_set_new_nocheck(simulate, "problem", problem_json(errors));
    json_object_set_new_nocheck(document, "simulate", simulate);
    return request_page(request, "simulate", document);
}

static bool members_fit(const struct request *request, struct err *err)
{
    struct text names;
    bool fit;

    text_init(&names);
    for (size_t i = 0; i < simulate_field_count; i++)
        text_print(&names, "%s ", simulate_fields[i]);
    text_puts(&names, "lang");
    fit = request_members_fit(request, names.at, err);
    text_release(&names);
    return fit;
}

/* Every column, or what keeps it from being one on the sheet. false: err, which is ours. */
static bool columns_make(struct simulate_sheet *sheet, json_t *columns, struct err *err)
{
    for (size_t i = 0; json_array_size(sheet->errors) == 0 && i < sheet->variant_count; i++)
        if (!column_add(sheet, &sheet->variants[i], columns, err))
            return false;
    return true;
}

/* What a program is told: the outcome, or the first slip. Takes columns over. */
static bool tell(struct request *request, const struct simulate_sheet *sheet, json_t *columns, struct err *err)
{
    json_t *document = json_object(), *simulate = json_object();
    bool slipped = sheet->first.code != ERR_NONE;

    json_object_set_new_nocheck(simulate, "outcome", outcome_json(request, columns));
    json_object_set_new_nocheck(document, "simulate", simulate);
    if (!slipped)
        return request_page(request, NULL, document);
    json_decref(document);
    *err = sheet->first;
    return false;
}

bool simulate_any(struct request *request, struct err *err)
{
    struct simulate_sheet *sheet = arena_zero(request->arena, 1, sizeof *sheet);
    json_t *columns;
    bool slipped;

    if (!members_fit(request, err))
        return false;
    if (!asked(request) && !request->api)
        return page(request, json_array(), NULL);
    simulate_read(request, sheet);
    columns = json_array();
    if (!columns_make(sheet, columns, err)) {
        json_decref(sheet->errors);
        json_decref(columns);
        return false;
    }
    slipped = json_array_size(sheet->errors) > 0;
    if (slipped && !request->api) {
        json_decref(columns);
        columns = NULL;
    }
    if (!request->api)
        return page(request, sheet->errors, columns);
    json_decref(sheet->errors);
    return tell(request, sheet, columns, err);
}
