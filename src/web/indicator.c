/*
 * The board of indicators (指标板, R100, R102): what the city steers by, each figure computed from the records by its definition. The four
 * amounts of a transfer stand side by side and are never added up.
 * GET /indicators ?year= or from= and to=, as_of=, region=, mine=1
 * Document: {"indicators": {action, year: null where from and to were given, from, to, today, as_of, region: {code, label}, regions: [{code, label,
 *   href, here}], years: [{year, href, here}], mine, unit: the organisation whose alone they are, counted, leaves, behind, to_mine, to_all: hrefs,
 *   groups: [{code, label, opens: the first of that label, amounts: the four, annual: those of the report, role: whose, cards: [{code, title, says, source, figure, unit, held,
 *     less: less of it is better, open, href, said, number, value, base, lines, before: the same days of the year before, said,
 *     target: {said, href, name, reached: 万分比, met}}]}], by_month: the four amounts (indicator_by_month), or null,
 *   warnings: [{code, says, source, ratio: said, of: {title, said, href}, to: the same}]}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "web/handlers.h"
#include "web/indicator_int.h"

enum { RATIO_WHOLE = 10000 };

struct card {
    const struct indicator *indicator; /* that counts */
    struct figure figure;
};

struct board {
    struct indicator_look look;
    struct figure_ask before;    /* the year before */
    struct indicator_target *targets;
    size_t target_count;
    struct card *cards;
    size_t count;
};

/* --- the figures --- */

static int32_t year_before(int32_t day)
{
    int year, month, of_month;
    int32_t before;

    day_to_ymd(day, &year, &month, &of_month);
    return day_from_ymd(year - 1, month, of_month, &before) || day_from_ymd(year - 1, month, 28, &before) ? before : day;
}

static bool figures_read(struct board *board, struct err *err)
{
    struct indicator_look *look = &board->look;
    size_t all = 0;

    while (indicator_at(look->set, all))
        all++;
    board->cards = arena_zero(look->request->arena, all + 1, sizeof *board->cards);
    for (size_t i = 0; i < all; i++) {
        const struct indicator *indicator = indicator_at(look->set, i);
        struct card *card = &board->cards[board->count];

        if (!indicator_sees(look, indicator))
            continue;
        card->indicator = indicator_counted(look, indicator);
        if (!indicator_look_figure(look, card->indicator, &look->ask, &card->figure, err))
            return false;
        board->count++;
    }
    return true;
}

/* --- a card --- */

static bool before_put(const struct board *board, const struct indicator *now, json_t *out, struct err *err)
{
    const struct indicator_look *look = &board->look;
    const struct indicator *indicator = indicator_on(look->set, slice_of(now->code), board->before.to);
    struct figure figure;

    if (!indicator_look_figure(look, indicator, &board->before, &figure, err))
        return false;
    json_put(out, "before", indicator_said(look->request, indicator, &figure));
    return true;
}

static bool card_add(const struct board *board, const struct card *card, json_t *cards, struct err *err)
{
    const struct indicator_look *look = &board->look;
    const struct indicator_target *target = indicator_aim_find(look, board->targets, board->target_count, card->indicator->code);
    json_t *out = json_object(), *aim = NULL;

    json_array_append_new(cards, out);
    indicator_text_put(look->request, card->indicator, out);
    json_put(out, "href", indicator_path(look, card->indicator->code, ""));
    indicator_figure_put(look->request, card->indicator, &card->figure, out);
    if (!before_put(board, card->indicator, out, err)
        || (target && !indicator_aim_json(look, card->indicator, target, &card->figure, &aim, err)))
        return false;
    json_object_set_new_nocheck(out, "target", aim ? aim : json_null());
    return true;
}

/* --- in groups --- */

static json_t *group_label(enum indicator_group group)
{
    static const char *const labels[][3] = {
        [INDICATOR_MONEY] = {"money", "四个金额，不相加", "Four amounts, never added up"},
        [INDICATOR_TARGET] = {"target", "计划里定了目标的", "What plans set targets for"},
        [INDICATOR_QUALITY] = {"quality", "质量，不只看总量", "Quality, not only totals"},
        [INDICATOR_ROLE] = {"role", "各方各看什么", "What each role is judged by"},
        [INDICATOR_REPORT] = {"report", "年度报告里的数", "What the annual report is made of"},
    };

    return label_json(labels[group][0], labels[group][1], labels[group][2]);
}

/* A role of the last group has a group of its own. */
static bool begins_group(const struct board *board, size_t i)
{
    const struct indicator *here = board->cards[i].indicator, *before = i ? board->cards[i - 1].indicator : NULL;

    return !before || here->group != before->group || strcmp(here->role, before->role) != 0;
}

static json_t *group_json(const struct board *board, size_t i)
{
    const struct indicator *first = board->cards[i].indicator;
    bool english = board->look.request->english && *first->role_en;
    json_t *out = json_object(), *label = group_label(first->group);

    json_object_set_nocheck(out, "code", json_object_get(label, "code"));
    json_object_set_new_nocheck(out, "label", label);
    json_object_set_new_nocheck(out, "opens", json_boolean(!i || board->cards[i - 1].indicator->group != first->group));
    json_object_set_new_nocheck(out, "amounts", json_boolean(first->group == INDICATOR_MONEY));
    json_object_set_new_nocheck(out, "annual", json_boolean(first->group == INDICATOR_REPORT));
    json_object_set_new_nocheck(out, "role", *first->role ? json_string_nocheck(english ? first->role_en : first->role) : json_null());
    return out;
}

static bool groups_put(const struct board *board, json_t *groups, struct err *err)
{
    json_t *cards = NULL;

    for (size_t i = 0; i < board->count; i++) {
        if (begins_group(board, i)) {
            json_t *group = group_json(board, i);

            cards = json_array();
            json_object_set_new_nocheck(group, "cards", cards);
            json_array_append_new(groups, group);
        }
        if (!card_add(board, &board->cards[i], cards, err))
            return false;
    }
    return true;
}

/* The four are open to everybody; what else stands beside them, for who steers, is a part of one of them. */
static bool amounts_put(const struct board *board, json_t *out, struct err *err)
{
    const struct indicator **amounts = arena_alloc(board->look.request->arena, (board->count + 1) * sizeof *amounts);
    json_t *months;
    size_t count = 0;
    bool ok;

    for (size_t i = 0; i < board->count; i++)
        if (board->cards[i].indicator->group == INDICATOR_MONEY && board->cards[i].indicator->open)
            amounts[count++] = board->cards[i].indicator;
    ok = indicator_by_month(&board->look, amounts, count, &months, err);
    json_object_set_new_nocheck(out, "by_month", months);
    return ok;
}

/* --- what asks for a look --- */

static const struct card *card_find(const struct board *board, const char *code)
{
    for (size_t i = 0; i < board->count; i++)
        if (strcmp(board->cards[i].indicator->code, code) == 0)
            return &board->cards[i];
    return NULL;
}

static json_t *side_json(const struct board *board, const struct card *card)
{
    const struct indicator_look *look = &board->look;
    json_t *out = json_object();

    json_put(out, "title", indicator_title(look->request, card->indicator));
    json_put(out, "said", indicator_said(look->request, card->indicator, &card->figure));
    json_put(out, "href", indicator_path(look, card->indicator->code, ""));
    return out;
}

/* By products, so that no rounding decides; the ratio that is shown is rounded down. */
static bool is_outside(const struct indicator_warning *warning, const struct card *of, const struct card *to, int64_t *ratio)
{
    __int128 part, whole;

    if (!of || !to || !of->figure.known || !to->figure.known || to->figure.number <= 0)
        return false;
    part = (__int128)of->figure.number * RATIO_WHOLE;
    whole = to->figure.number;
    *ratio = part / whole > INT64_MAX ? INT64_MAX : part / whole < INT64_MIN ? INT64_MIN : (int64_t)(part / whole);
    return (warning->least >= 0 && part < warning->least * whole) || (warning->most >= 0 && part > warning->most * whole);
}

static void warnings_put(const struct board *board, json_t *warnings)
{
    const struct request *request = board->look.request;
    const struct indicator_warning *warning;
    int64_t ratio;

    for (size_t i = 0; (warning = indicator_warning_at(board->look.set, i)); i++) {
        const struct card *of = card_find(board, warning->of), *to = card_find(board, warning->to);
        json_t *out;

        if (!is_outside(warning, of, to, &ratio))
            continue;
        out = json_object();
        json_put(out, "code", slice_of(warning->code));
        json_put(out, "says", slice_of(request->english && *warning->says_en ? warning->says_en : warning->says));
        json_put(out, "source", slice_of(warning->source));
        json_put(out, "ratio", indicator_percent(request, ratio));
        json_object_set_new_nocheck(out, "of", side_json(board, of));
        json_object_set_new_nocheck(out, "to", side_json(board, to));
        json_array_append_new(warnings, out);
    }
}

bool indicators_get(struct request *request, struct err *err)
{
    struct board *board = arena_zero(request->arena, 1, sizeof *board);
    json_t *document, *out, *groups, *warnings;
    const struct indicator *none;

    if (!indicator_look_read(request, SLICE(""), &none, &board->look, err) || !figures_read(board, err)
        || !indicator_aims_read(&board->look, &board->targets, &board->target_count, err))
        return false;
    board->before = board->look.ask;
    board->before.from = year_before(board->look.ask.from);
    board->before.to = year_before(board->look.ask.to);
    document = json_object();
    out = json_object();
    groups = json_array();
    warnings = json_array();
    json_object_set_new_nocheck(document, "indicators", out);
    json_object_set_new_nocheck(out, "groups", groups);
    json_object_set_new_nocheck(out, "warnings", warnings);
    warnings_put(board, warnings);
    if (indicator_look_put(&board->look, NULL, out, err) && groups_put(board, groups, err) && amounts_put(board, out, err))
        return request_page(request, "indicators", document);
    json_decref(document);
    return false;
}
