/* Figures in words. */
#include "base/json.h"
#include "base/money.h"
#include "web/indicator_int.h"
#include "web/say.h"

#define PUT(request, ...) slice_of(arena_print((request)->arena, __VA_ARGS__))

/* 1,234 */
static struct slice grouped(const struct request *request, int64_t number)
{
    json_t *value = json_integer(number);
    struct slice made;
    struct text out;

    text_init(&out);
    template_filter("number", value, request->english ? "en" : "zh", &out);
    made = arena_copy(request->arena, text_slice(&out));
    text_release(&out);
    json_decref(value);
    return made;
}

static struct slice counted(const struct request *request, int64_t number, const char *unit)
{
    struct slice digits = grouped(request, number);

    return *unit ? PUT(request, "%.*s %s", (int)digits.len, digits.at, unit) : digits;
}

static struct slice yuan(const struct request *request, int64_t fen)
{
    char text[MONEY_TEXT];

    return PUT(request, "%s", request->english ? money_show_english(fen, text) : money_show(fen, text));
}

static struct slice days(const struct request *request, const struct indicator *indicator, int64_t number)
{
    const char *unit = request->english ? indicator->unit_en : indicator->unit;

    return counted(request, number, *unit ? unit : request->english ? number == 1 ? "day" : "days" : "天");
}

struct slice indicator_percent(const struct request *request, int64_t share)
{
    int64_t size = share < 0 ? -share : share;
    int rest = (int)(size % 100);
    struct slice whole = grouped(request, size / 100);
    const char *sign = share < 0 ? "-" : "";

    if (rest % 10)
        return PUT(request, "%s%.*s.%02d%%", sign, (int)whole.len, whole.at, rest);
    if (rest)
        return PUT(request, "%s%.*s.%d%%", sign, (int)whole.len, whole.at, rest / 10);
    return PUT(request, "%s%.*s%%", sign, (int)whole.len, whole.at);
}

static struct slice number_said(const struct request *request, const struct indicator *indicator, int64_t number)
{
    switch (indicator->figure) {
    case FIGURE_MONEY:
        return yuan(request, number);
    case FIGURE_SHARE:
        return indicator_percent(request, number);
    case FIGURE_MEDIAN:
        return days(request, indicator, number);
    case FIGURE_COUNT:
        break;
    }
    return counted(request, number, request->english ? indicator->unit_en : indicator->unit);
}

struct slice indicator_said(const struct request *request, const struct indicator *indicator, const struct figure *figure)
{
    return figure->few ? say(request, N_("不足三件，不公开")) : figure->known ? number_said(request, indicator, figure->number) : SLICE("—");
}

struct slice indicator_line_said(const struct request *request, const struct indicator *indicator, const struct figure_line *line)
{
    if (indicator->figure != FIGURE_SHARE)
        return number_said(request, indicator, line->value);
    if (*indicator->within)
        return line->value ? say(request, N_("按时")) : say(request, N_("没有按时"));
    if (line->base == 1)
        return line->value ? say(request, N_("是")) : say(request, N_("否"));
    return line->base > 0 ? indicator_percent(request, (int64_t)((__int128)line->value * 10000 / line->base)) : SLICE("—");
}

struct slice indicator_title(const struct request *request, const struct indicator *indicator)
{
    return slice_of(request->english && *indicator->title_en ? indicator->title_en : indicator->title);
}

void indicator_figure_put(const struct request *request, const struct indicator *indicator, const struct figure *figure, json_t *out)
{
    json_put(out, "said", indicator_said(request, indicator, figure));
    json_object_set_new_nocheck(out, "number", figure->known ? json_integer(figure->number) : json_null());
    json_object_set_new_nocheck(out, "value", json_integer(figure->value));
    json_object_set_new_nocheck(out, "base", json_integer(figure->base));
    json_object_set_new_nocheck(out, "lines", json_integer(figure->lines));
}

static void axis_add(json_t *axis, int64_t of, const char *unit)
{
    json_t *one = json_object();

    json_object_set_new_nocheck(one, "of", json_integer(of));
    json_object_set_new_nocheck(one, "unit", json_string_nocheck(unit));
    json_array_append_new(axis, one);
}

static void money_axis(bool english, json_t *axis)
{
    static const struct {
        int64_t fen;
        const char *unit; /* NULL: no unit of that language */
        const char *english;
    } units[] = {{100, "元", "CNY"}, {100000, NULL, "CNY thousand"}, {1000000, "万元", NULL}, {100000000, NULL, "CNY million"}, {10000000000, "亿元", NULL},
                 {100000000000, NULL, "CNY billion"}};

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (english ? units[i].english : units[i].unit)
            axis_add(axis, units[i].fen, english ? units[i].english : units[i].unit);
}

void indicator_drawn_put(const struct request *request, const struct indicator *indicator, json_t *out)
{
    const char *unit = request->english ? indicator->unit_en : indicator->unit;
    bool sum = indicator->figure == FIGURE_COUNT || indicator->figure == FIGURE_MONEY;
    json_t *axis = json_array();

    json_object_set_new_nocheck(out, "line", json_boolean(!sum || indicator->held));
    json_object_set_new_nocheck(out, "axis", axis);
    if (indicator->figure == FIGURE_MONEY)
        money_axis(request->english, axis);
    else if (indicator->figure == FIGURE_SHARE)
        axis_add(axis, 100, "%");
    else
        axis_add(axis, 1, indicator->figure == FIGURE_COUNT || *unit ? unit : request->english ? "days" : "天");
}

void indicator_text_put(const struct request *request, const struct indicator *indicator, json_t *out)
{
    static const char *const figures[] = {[FIGURE_COUNT] = "count", [FIGURE_MONEY] = "money", [FIGURE_SHARE] = "share", [FIGURE_MEDIAN] = "median"};
    const char *unit = request->english ? indicator->unit_en : indicator->unit;

    json_put(out, "code", slice_of(indicator->code));
    json_put(out, "title", indicator_title(request, indicator));
    json_put(out, "says", slice_of(request->english && *indicator->says_en ? indicator->says_en : indicator->says));
    json_put(out, "source", slice_of(indicator->source));
    json_put(out, "figure", slice_of(figures[indicator->figure]));
    json_object_set_new_nocheck(out, "unit", *unit ? json_string_nocheck(unit) : json_null());
    json_object_set_new_nocheck(out, "held", json_boolean(indicator->held));
    json_object_set_new_nocheck(out, "less", json_boolean(indicator->less));
    json_object_set_new_nocheck(out, "open", json_boolean(indicator->open));
}
