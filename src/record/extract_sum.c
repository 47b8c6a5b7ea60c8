/* Amounts in capital numerals (大写), as contracts and vouchers write them beside the figures. */
#include "record/extract_int.h"

#include "base/money.h"

static const struct {
    const char *word;
    int value;
} digits[] = {{"零", 0}, {"壹", 1}, {"贰", 2}, {"叁", 3}, {"肆", 4}, {"伍", 5}, {"陆", 6}, {"柒", 7}, {"捌", 8}, {"玖", 9},
              {"貳", 2}, {"參", 3}, {"陸", 6}, {"两", 2}};
static const struct {
    const char *word;
    int64_t fen; /* what one of it is worth */
    bool whole;  /* 亿, 万, 元: of all that stands before it */
} units[] = {{"拾", 10, false}, {"佰", 100, false}, {"仟", 1000, false}, {"万", 10000, true}, {"萬", 10000, true}, {"亿", 100000000, true}};

static int digit_of(struct slice text)
{
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (text_starts(text, digits[i].word))
            return digits[i].value;
    return -1;
}

static int unit_of(struct slice text)
{
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (text_starts(text, units[i].word))
            return (int)i;
    return -1;
}

struct reading {
    int64_t total, section, digit; /* yuan above the section, in it, the digit waiting for its unit */
    bool given; /* a digit waits, 零 too: 零佰 is none, 佰 alone one */
    bool any;
};

static bool unit_take(struct reading *to, int unit)
{
    if (!units[unit].whole) {
        to->section += (to->given ? to->digit : 1) * units[unit].fen;
        to->digit = 0;
        to->given = false;
        return true;
    }
    if (__builtin_mul_overflow(units[unit].fen == 100000000 ? to->total + to->section + to->digit : to->section + to->digit, units[unit].fen, &to->section))
        return false;
    to->total = units[unit].fen == 100000000 ? to->section : to->total + to->section;
    to->section = to->digit = 0;
    to->given = false;
    return to->total <= MONEY_MAX / 100;
}

/* Behind 元: 伍角叁分, or 整. */
static int64_t change_read(struct slice rest, size_t *len)
{
    int64_t fen = 0;
    size_t at = 0;

    while (at < rest.len) {
        struct slice here = text_from(rest, at);
        int digit = digit_of(here);

        if (digit < 0 || rest.len < at + 6)
            break;
        if (text_starts(text_from(here, 3), "角"))
            fen += digit * 10;
        else if (text_starts(text_from(here, 3), "分"))
            fen += digit;
        else if (digit)
            break;
        at += digit && (text_starts(text_from(here, 3), "角") || text_starts(text_from(here, 3), "分")) ? 6 : 3;
    }
    *len = at;
    return fen;
}

/* At the text's start; false: no amount in capitals that ends with 元 or 圆. */
static bool capitals_at(struct slice text, int64_t *fen, size_t *len)
{
    struct reading to = {0};
    size_t at = 0, behind;

    while (at < text.len) {
        struct slice here = text_from(text, at);
        int digit = digit_of(here), unit = unit_of(here);

        if (digit >= 0) {
            to.digit = digit;
            to.given = true;
        } else if (unit >= 0 && !unit_take(&to, unit))
            return false;
        if (digit < 0 && unit < 0 && *here.at != ' ')
            break;
        to.any = to.any || digit > 0 || unit == 0;
        at += *here.at == ' ' ? 1 : 3;
    }
    if (!to.any || !(text_starts(text_from(text, at), "元") || text_starts(text_from(text, at), "圆")))
        return false;
    *fen = (to.total + to.section + to.digit) * 100 + change_read(text_from(text, at + 3), &behind);
    *len = at + 3 + behind;
    return true;
}

bool capitals_scan(struct slice text, int64_t *fen, struct slice *words)
{
    for (size_t i = 0; i < text.len; i++) {
        size_t len;

        if ((digit_of(text_from(text, i)) > 0 || text_starts(text_from(text, i), "拾")) && capitals_at(text_from(text, i), fen, &len)) {
            *words = (struct slice){text.at + i, len};
            return true;
        }
    }
    return false;
}
