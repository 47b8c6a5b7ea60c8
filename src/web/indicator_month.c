/* Periods in months. */
#include "base/clock.h"
#include "base/json.h"
#include "web/indicator_int.h"

enum { MONTHS_BESIDE = 12 };

static int32_t month_end(int32_t day)
{
    int year, month, of_month;
    int32_t next;

    day_to_ymd(day, &year, &month, &of_month);
    day_from_ymd(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &next);
    return next - 1;
}

static int32_t month_begin(int32_t day)
{
    int year, month, of_month;

    day_to_ymd(day, &year, &month, &of_month);
    return day - of_month + 1;
}

static int32_t later(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

size_t indicator_months(const struct indicator_look *look, size_t most, struct indicator_month *months)
{
    int32_t from = look->ask.from, to = look->ask.to, day = to;
    size_t count = 0;

    while (count < most && day >= from) {
        count++;
        day = month_begin(day) - 1;
    }
    day = later(day + 1, from);
    for (size_t i = 0; i < count; i++) {
        months[i] = (struct indicator_month){day, month_end(day) < to ? month_end(day) : to};
        day = months[i].to + 1;
    }
    return count;
}

/* --- side by side --- */

static bool month_add(const struct indicator_look *look, const struct indicator_month *month, const struct indicator *const *indicators, size_t count,
                      json_t *months, struct err *err)
{
    struct indicator_look other = *look;
    json_t *out = json_object(), *figures = json_array();
    char day[CLOCK_TEXT];

    json_array_append_new(months, out);
    indicator_period_set(&other, month->from, month->to);
    json_put(out, "month", slice_of(arena_print(look->request->arena, "%.7s", day_show(month->from, day))));
    json_object_set_new_nocheck(out, "figures", figures);
    for (size_t i = 0; i < count; i++) {
        const struct indicator *indicator = indicator_on(look->set, slice_of(indicators[i]->code), other.ask.to);
        json_t *one = json_object();
        struct figure figure;

        json_array_append_new(figures, one);
        if (!indicator_look_figure(&other, indicator, &other.ask, &figure, err))
            return false;
        json_put(one, "said", indicator_said(look->request, indicator, &figure));
        json_object_set_new_nocheck(one, "number", figure.known ? json_integer(figure.number) : json_null());
    }
    return true;
}

bool indicator_by_month(const struct indicator_look *look, const struct indicator *const *indicators, size_t count, json_t **out, struct err *err)
{
    struct indicator_month list[MONTHS_BESIDE];
    size_t all = indicator_months(look, MONTHS_BESIDE, list);
    json_t *titles = json_array(), *months = json_array();
    bool ok = true;

    *out = json_object();
    json_object_set_new_nocheck(*out, "titles", titles);
    json_object_set_new_nocheck(*out, "months", months);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(titles, label_json(indicators[i]->code, indicators[i]->title, indicators[i]->title_en));
    for (size_t i = 0; ok && count && i < all; i++)
        ok = month_add(look, &list[i], indicators, count, months, err);
    if (count)
        indicator_drawn_put(look->request, indicators[0], *out);
    if (ok && count)
        return true;
    json_decref(*out);
    *out = json_null();
    return ok;
}
