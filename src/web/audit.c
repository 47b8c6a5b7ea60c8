/* The population and one of its deals. */
#include "web/audit.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/money.h"
#include "record/choice.h"
#include "web/address.h"
#include "web/handlers.h"
#include "web/say.h"

enum { PAGE_DEALS = 40 };

static const struct object desk = {.kind = NULL};

bool audit_look_begin(struct request *request, struct audit_look *look, struct err *err)
{
    *look = (struct audit_look){.book = {.count = 0}};
    arena_init(&look->book.arena);
    if (!may(&request->actor, ACT_AUDIT, &desk, err) || !request_look(request, err) || !audit_checkpoint(request->sql, &look->now, err))
        return false;
    arena_release(&look->book.arena);
    return audit_book_load(request->sql, &request->web->city->law, &request->actor, look->now.until, day_of_ms(look->now.time_ms),
                           &look->book, err)
           && audit_flags_find(&look->book, err);
}

void audit_look_end(struct audit_look *look)
{
    audit_book_release(&look->book);
}

/* --- pieces --- */

json_t *audit_checkpoint_json(const char *origin, uint64_t until, const unsigned char root[TREE_HASH], int32_t day)
{
    char hex[2 * TREE_HASH + 1], shown[CLOCK_TEXT];
    json_t *out = json_object();

    seal_hex(root, TREE_HASH, hex);
    json_put(out, "origin", slice_of(origin));
    json_object_set_new_nocheck(out, "size", json_integer((json_int_t)until));
    json_put(out, "root", slice_of(hex));
    json_put(out, "day", slice_of(day_show(day, shown)));
    return out;
}

static void figure_add(const struct request *request, json_t *list, const char *code, const char *label, int64_t fen, const char *hint)
{
    json_t *figure = json_object();

    json_put(figure, "code", slice_of(code));
    json_put(figure, "label", say(request, label));
    json_put_id(figure, "fen", fen);
    json_put(figure, "hint", say(request, hint));
    json_array_append_new(list, figure);
}

json_t *audit_figures_json(const struct request *request, const struct audit_figures *figures)
{
    json_t *list = json_array();

    figure_add(request, list, "signed", N_("签约额"), figures->contracts, N_("最新合同的成交额"));
    figure_add(request, list, "registered", N_("登记成交额"), figures->registered, N_("有效登记认定的成交额"));
    figure_add(request, list, "technical", N_("登记技术交易额"), figures->technical, N_("有效登记认定的技术交易额"));
    figure_add(request, list, "received", N_("到账"), figures->received, N_("到账凭证合计"));
    figure_add(request, list, "rewarded", N_("已发放奖酬"), figures->rewarded, N_("有发放日期的奖酬合计"));
    return list;
}

json_t *audit_line_json(struct request *request, const struct audit_book *book, const struct audit_deal *deal)
{
    json_t *line = json_object(), *flags = json_array();
    char shown[CLOCK_TEXT];
    size_t count;
    const struct audit_hit *hits = audit_hits_of(book, deal, &count);

    for (size_t i = 0; i < count; i++)
        json_array_append_new(flags, label_json(hits[i].flag->code, hits[i].flag->label, hits[i].flag->label_en));
    json_put_id(line, "id", deal->id);
    json_put(line, "href", slice_of(arena_print(request->arena, "/audit/deals/%lld", (long long)deal->id)));
    json_put(line, "title", deal->title);
    json_put(line, "unit", deal->unit->name);
    json_put(line, "buyer", deal->buyer);
    json_object_set_new_nocheck(line, "pier", code_label_json("pier", deal->pier));
    json_object_set_new_nocheck(line, "way", code_label_json("way", deal->way));
    json_object_set_new_nocheck(line, "pricing", code_label_json("pricing", deal->pricing));
    json_put_id(line, "amount", deal->amount);
    if (deal->signed_on)
        json_put(line, "signed_on", slice_of(day_show(deal->signed_on, shown)));
    json_object_set_new_nocheck(line, "leaf", json_integer(deal->leaf));
    json_object_set_new_nocheck(line, "flags", flags);
    json_fill(line, "signed_on");
    return line;
}

json_t *audit_flag_json(const struct request *request, const struct audit_flag *flag)
{
    json_t *out = label_json(flag->code, flag->label, flag->label_en);

    json_put(out, "says", say(request, flag->says));
    json_put(out, "query", slice_of(flag->query));
    json_put(out, "ground", slice_of(flag->ground));
    json_put(out, "source", say(request, rule_source_label(flag->source)));
    json_put(out, "weight", say(request, flag->weight));
    json_put(out, "alarm", say(request, flag->alarm));
    return out;
}

/* --- the filter as a form --- */

static void option_add(json_t *list, const char *code, const char *label, const char *label_en, bool selected)
{
    json_t *option = label_json(code, label, label_en);

    json_object_set_new_nocheck(option, "selected", json_boolean(selected));
    json_array_append_new(list, option);
}

static json_t *choices_json(const char *list, const char *chosen)
{
    const struct choice_list *choices = choice_list_get(list);
    json_t *options = json_array();

    for (size_t i = 0; i < choices->count; i++)
        option_add(options, choices->choices[i].code, choices->choices[i].label, choices->choices[i].label_en,
                   strcmp(choices->choices[i].code, chosen) == 0);
    return options;
}

static json_t *units_json(struct request *request, const struct audit_book *book, int64_t chosen)
{
    json_t *options = json_array();
    bool *sells = arena_zero(request->arena, book->unit_count + 1, sizeof *sells);

    for (size_t d = 0; d < book->count; d++)
        sells[book->deals[d].unit - book->units] = true;
    for (size_t u = 0; u < book->unit_count; u++)
        if (sells[u])
            option_add(options, arena_print(request->arena, "%lld", (long long)book->units[u].id),
                       arena_text(request->arena, book->units[u].name), NULL, book->units[u].id == chosen);
    return options;
}

static json_t *years_json(struct request *request, const struct audit_book *book, int chosen)
{
    int least = 9999, most = 0, year, month, day;
    json_t *options = json_array();

    for (size_t d = 0; d < book->count; d++)
        if (book->deals[d].signed_on) {
            day_to_ymd(book->deals[d].signed_on, &year, &month, &day);
            least = year < least ? year : least;
            most = year > most ? year : most;
        }
    for (year = most; year >= least; year--) {
        const char *text = arena_print(request->arena, "%d", year);

        option_add(options, text, text, NULL, year == chosen);
    }
    return options;
}

static json_t *flag_options(const char *chosen)
{
    json_t *options = json_array();

    option_add(options, "any", "有疑点的", "Any flag", strcmp(chosen, "any") == 0);
    for (size_t i = 0; i < audit_flag_count; i++)
        option_add(options, audit_flags[i].code, audit_flags[i].label, audit_flags[i].label_en, strcmp(audit_flags[i].code, chosen) == 0);
    return options;
}

static json_t *form_json(struct request *request, const struct audit_book *book, const struct audit_filter *filter)
{
    json_t *form = json_object();

    json_object_set_new_nocheck(form, "units", units_json(request, book, filter->unit));
    json_object_set_new_nocheck(form, "years", years_json(request, book, filter->year));
    json_object_set_new_nocheck(form, "ways", choices_json("way", filter->way));
    json_object_set_new_nocheck(form, "pricings", choices_json("pricing", filter->pricing));
    json_object_set_new_nocheck(form, "piers", choices_json("pier", filter->pier));
    json_object_set_new_nocheck(form, "flags", flag_options(filter->flag));
    json_put(form, "from", slice_trim(request_value(request, "from")));
    json_put(form, "to", slice_trim(request_value(request, "to")));
    return form;
}

/* What is typed, in the words of audit_filter_read: amounts are typed as people write them. */
static bool filter_typed(struct request *request, struct audit_filter *filter, struct err *err)
{
    static const char *const names[] = {"unit", "year", "way", "pricing", "pier", "from", "to", "flag"};
    struct text text;
    bool ok = true;

    text_init(&text);
    for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++) {
        struct slice value = slice_trim(request_value(request, names[i]));
        bool money = strcmp(names[i], "from") == 0 || strcmp(names[i], "to") == 0;
        int64_t fen;

        if (!value.len)
            continue;
        ok = !money || money_read(value, &fen, err) || err_field(err, names[i]);
        text_print(&text, "%s%s=", text.len ? "&" : "", names[i]);
        if (ok && money)
            text_number(&text, fen);
        else
            text_add_slice(&text, value);
    }
    ok = ok && audit_filter_read(text_slice(&text), filter, err);
    text_release(&text);
    return ok;
}

/* The address of this population, with one thing more. */
static struct slice address(struct request *request, const char *more, struct slice value)
{
    static const char *const names[] = {"unit", "year", "way", "pricing", "pier", "from", "to", "flag"};
    struct slice kept;
    struct text text;

    text_init(&text);
    text_puts(&text, "/audit");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct slice now = slice_trim(request_value(request, names[i]));

        if (now.len && strcmp(names[i], more) != 0)
            address_add(&text, names[i], now);
    }
    address_add(&text, more, value);
    kept = arena_copy(request->arena, text_slice(&text));
    text_release(&text);
    return kept;
}

/* --- the population --- */

struct population {
    struct request *request;
    const struct audit_look *look;
    struct audit_filter filter;
    struct audit_figures figures;
    size_t *per_flag, flagged, shown; /* by the table of flags */
    int64_t before, last;
    json_t *lines;
    bool more;
};

static void deal_count(struct population *all, const struct audit_deal *deal)
{
    size_t count;
    const struct audit_hit *hits = audit_hits_of(&all->look->book, deal, &count);

    audit_figures_add(deal, &all->figures);
    all->flagged += count > 0;
    for (size_t i = 0; i < count; i++)
        all->per_flag[hits[i].flag - audit_flags]++;
}

static void population_read(struct population *all)
{
    const struct audit_book *book = &all->look->book;

    for (size_t d = book->count; d-- > 0;) {
        const struct audit_deal *deal = &book->deals[d];

        if (!audit_fits(book, deal, &all->filter))
            continue;
        deal_count(all, deal);
        if (all->before && deal->id >= all->before)
            continue;
        all->more = all->more || all->shown == PAGE_DEALS;
        if (all->shown == PAGE_DEALS)
            continue;
        json_array_append_new(all->lines, audit_line_json(all->request, book, deal));
        all->last = deal->id;
        all->shown++;
    }
}

static json_t *flag_counts(const struct population *all)
{
    json_t *list = json_array();

    for (size_t i = 0; i < audit_flag_count; i++) {
        const struct audit_flag *flag = &audit_flags[i];
        json_t *line;

        if (!all->per_flag[i])
            continue;
        line = label_json(flag->code, flag->label, flag->label_en);
        json_object_set_new_nocheck(line, "count", json_integer((json_int_t)all->per_flag[i]));
        json_put(line, "weight", say(all->request, flag->weight));
        json_put(line, "href", address(all->request, "flag", slice_of(flag->code)));
        json_array_append_new(list, line);
    }
    return list;
}

static json_t *methods_json(const struct request *request)
{
    json_t *list = json_array();

    for (int m = DRAW_SIMPLE; m < DRAW_METHODS; m++) {
        json_t *option = json_object();

        json_put(option, "code", slice_of(audit_method_name((enum audit_method)m)));
        json_put(option, "label", say(request, audit_method_label((enum audit_method)m)));
        json_array_append_new(list, option);
    }
    return list;
}

static json_t *draw_json(const struct population *all)
{
    char filter[AUDIT_FILTER];
    json_t *draw = json_object();

    audit_filter_write(&all->filter, filter);
    json_put(draw, "filter", slice_of(filter));
    json_object_set_new_nocheck(draw, "methods", methods_json(all->request));
    json_put(draw, "request_id", request_fresh(all->request));
    return draw;
}

static json_t *population_json(struct population *all)
{
    const struct audit_look *look = all->look;
    json_t *audit = json_object();

    json_object_set_new_nocheck(audit, "checkpoint", audit_checkpoint_json(look->now.origin, look->now.until, look->now.root, look->book.today));
    json_object_set_new_nocheck(audit, "form", form_json(all->request, &look->book, &all->filter));
    json_object_set_new_nocheck(audit, "figures", audit_figures_json(all->request, &all->figures));
    json_object_set_new_nocheck(audit, "total", json_integer(all->figures.deals));
    json_object_set_new_nocheck(audit, "signed", json_integer(all->figures.signed_deals));
    json_object_set_new_nocheck(audit, "ended", json_integer(all->figures.ended));
    json_object_set_new_nocheck(audit, "late_approvals", json_integer(all->figures.late_approvals));
    json_object_set_new_nocheck(audit, "flagged", json_integer((json_int_t)all->flagged));
    json_object_set_new_nocheck(audit, "flags", flag_counts(all));
    json_object_set_new_nocheck(audit, "lines", all->lines);
    if (all->more)
        json_put(audit, "next", address(all->request, "before", slice_of(arena_print(all->request->arena, "%lld", (long long)all->last))));
    json_object_set_new_nocheck(audit, "draw", draw_json(all));
    json_fill(audit, "next");
    return audit;
}

/* Who watches over auditors has no deals to look at: his door is the log. */
static bool to_views(const struct request *request)
{
    return actor_has(&request->actor, ROLE_AUDIT_ADMIN) && !actor_has(&request->actor, ROLE_AUDITOR) && !request->api;
}

bool audit_get(struct request *request, struct err *err)
{
    struct audit_look look;
    struct population *all;
    json_t *document;
    bool ok;

    if (to_views(request))
        return request_see(request, "/audit/views");
    all = arena_zero(request->arena, 1, sizeof *all);
    *all = (struct population){.request = request, .look = &look, .before = request_number(request, "before", 0)};
    ok = audit_look_begin(request, &look, err) && filter_typed(request, &all->filter, err);
    if (ok) {
        all->lines = json_array();
        all->per_flag = arena_zero(request->arena, audit_flag_count, sizeof *all->per_flag);
        population_read(all);
        document = json_object();
        json_object_set_new_nocheck(document, "audit", population_json(all));
        request_page(request, "audit", document);
    }
    audit_look_end(&look);
    return ok;
}

/* --- one deal --- */

static json_t *rest_json(struct request *request, const struct audit_rest *rest, const struct audit_deal *own)
{
    const struct kind *kind = rest->paper ? kind_get(rest->paper->kind) : &kind_deal;
    int64_t leaf = rest->paper ? rest->paper->leaf : rest->deal->leaf;
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "kind", label_json(kind->name, kind->label, kind->label_en));
    json_put_id(out, "id", rest->paper ? rest->paper->id : rest->deal->id);
    json_object_set_new_nocheck(out, "no", rest->paper ? json_integer(rest->paper->no) : json_null());
    json_object_set_new_nocheck(out, "ver", json_integer(rest->paper ? rest->paper->ver : rest->deal->ver));
    json_object_set_new_nocheck(out, "leaf", json_integer(leaf));
    json_put(out, "proof", slice_of(arena_print(request->arena, "/log/proof?leaf=%lld", (long long)leaf)));
    if (rest->deal != own) {
        json_put(out, "deal", rest->deal->title);
        json_put(out, "href", slice_of(arena_print(request->arena, "/audit/deals/%lld", (long long)rest->deal->id)));
    }
    json_fill(out, "deal href");
    return out;
}

static json_t *hits_json(struct request *request, const struct audit_book *book, const struct audit_deal *deal)
{
    json_t *list = json_array();
    size_t count;
    const struct audit_hit *hits = audit_hits_of(book, deal, &count);

    for (size_t i = 0; i < count; i++) {
        json_t *hit = audit_flag_json(request, hits[i].flag), *rests = json_array();

        for (size_t r = 0; r < hits[i].count; r++)
            json_array_append_new(rests, rest_json(request, &hits[i].rests[r], deal));
        json_object_set_new_nocheck(hit, "rests", rests);
        json_array_append_new(list, hit);
    }
    return list;
}

static json_t *papers_json(struct request *request, const struct audit_deal *deal)
{
    json_t *list = json_array();

    json_array_append_new(list, rest_json(request, &(struct audit_rest){deal, NULL}, deal));
    for (size_t k = KIND_DEAL + 1; k < KIND_ALL; k++)
        for (size_t i = 0; i < deal->count[k]; i++)
            json_array_append_new(list, rest_json(request, &(struct audit_rest){deal, &deal->papers[k][i]}, deal));
    return list;
}

static json_t *deal_json(struct request *request, const struct audit_look *look, const struct audit_deal *deal)
{
    struct audit_figures figures = {0};
    json_t *out = audit_line_json(request, &look->book, deal);

    audit_figures_add(deal, &figures);
    json_object_set_new_nocheck(out, "checkpoint", audit_checkpoint_json(look->now.origin, look->now.until, look->now.root, look->book.today));
    json_object_set_new_nocheck(out, "figures", audit_figures_json(request, &figures));
    json_object_set_new_nocheck(out, "hits", hits_json(request, &look->book, deal));
    json_object_set_new_nocheck(out, "papers", papers_json(request, deal));
    json_put(out, "file", slice_of(arena_print(request->arena, "/deals/%lld", (long long)deal->id)));
    json_put(out, "pack", slice_of(arena_print(request->arena, "/deals/%lld/pack.zip", (long long)deal->id)));
    return out;
}

bool audit_deal_get(struct request *request, struct err *err)
{
    const struct audit_deal *deal = NULL;
    struct audit_look look;
    json_t *document;

    if (audit_look_begin(request, &look, err)) {
        deal = audit_deal_find(&look.book, request->id);
        if (!deal)
            record_missing(&kind_deal, err);
    }
    if (deal) {
        document = json_object();
        json_object_set_new_nocheck(document, "audit_deal", deal_json(request, &look, deal));
        request_page(request, "audit_deal", document);
    }
    audit_look_end(&look);
    return deal != NULL;
}

/* --- the definitions --- */

bool audit_flags_get(struct request *request, struct err *err)
{
    json_t *document, *out, *flags, *parameters;

    if (!may(&request->actor, ACT_AUDIT, &desk, err))
        return false;
    document = json_object();
    out = json_object();
    flags = json_array();
    parameters = json_array();
    for (size_t i = 0; i < audit_flag_count; i++)
        json_array_append_new(flags, audit_flag_json(request, &audit_flags[i]));
    for (size_t i = 0; i < audit_parameter_count; i++) {
        json_t *parameter = json_object();

        json_put(parameter, "name", slice_of(audit_parameters[i].name));
        json_put(parameter, "label", say(request, audit_parameters[i].label));
        json_object_set_new_nocheck(parameter, "value", json_integer(audit_parameters[i].value));
        json_put(parameter, "from", slice_of(audit_parameters[i].from));
        json_put(parameter, "source", slice_of(audit_parameters[i].source));
        json_array_append_new(parameters, parameter);
    }
    json_object_set_new_nocheck(out, "flags", flags);
    json_object_set_new_nocheck(out, "parameters", parameters);
    json_object_set_new_nocheck(document, "audit_flags", out);
    return request_page(request, "audit_flags", document);
}
