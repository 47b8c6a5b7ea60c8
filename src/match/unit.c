#include "match/unit.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>

struct unit {
    const char *latin;        /* the one spelling */
    const uint32_t han[4];    /* the Chinese one, zero-terminated; empty: none */
};

/* Longer Chinese names stand before those they begin with. */
static const struct unit units[] = {
    {"h", {0x5c0f, 0x65f6}},          /* 小时 */
    {"min", {0x5206, 0x949f}},        /* 分钟 */
    {"s", {0x79d2}},                  /* 秒 */
    {"mm", {0x6beb, 0x7c73}},         /* 毫米 */
    {"cm", {0x5398, 0x7c73}},         /* 厘米 */
    {"um", {0x5fae, 0x7c73}},         /* 微米 */
    {"nm", {0x7eb3, 0x7c73}},         /* 纳米 */
    {"km", {0x516c, 0x91cc}},         /* 公里 */
    {"km", {0x5343, 0x7c73}},         /* 千米 */
    {"m", {0x7c73}},                  /* 米 */
    {"mg", {0x6beb, 0x514b}},         /* 毫克 */
    {"kg", {0x5343, 0x514b}},         /* 千克 */
    {"kg", {0x516c, 0x65a4}},         /* 公斤 */
    {"g", {0x514b}},                  /* 克 */
    {"wt", {0x4e07, 0x5428}},         /* 万吨 */
    {"t", {0x5428}},                  /* 吨 */
    {"ml", {0x6beb, 0x5347}},         /* 毫升 */
    {"l", {0x5347}},                  /* 升 */
    {"kwh", {0x5343, 0x74e6, 0x65f6}},/* 千瓦时 */
    {"kw", {0x5343, 0x74e6}},         /* 千瓦 */
    {"mw", {0x5146, 0x74e6}},         /* 兆瓦 */
    {"w", {0x74e6}},                  /* 瓦 */
    {"kv", {0x5343, 0x4f0f}},         /* 千伏 */
    {"v", {0x4f0f}},                  /* 伏 */
    {"mpa", {0x5146, 0x5e15}},        /* 兆帕 */
    {"pa", {0x5e15}},                 /* 帕 */
    {"\u00b0c", {0x6444, 0x6c0f, 0x5ea6}}, /* 摄氏度 */
    {"\u00b0", {0x5ea6}},             /* 度 */
    {"wy", {0x4e07, 0x5143}},         /* 万元 */
    {"yy", {0x4ebf, 0x5143}},         /* 亿元 */
    {"y", {0x5143}},                  /* 元 */
    {"mon", {0x4e2a, 0x6708}},        /* 个月 */
    {"mon", {0x6708}},                /* 月 */
    {"a", {0x5e74}},                  /* 年 */
    {"d", {0x5929}},                  /* 天 */
    {"x", {0x500d}},                  /* 倍 */
    {"mu", {0x4ea9}},                 /* 亩 */
};

static const char *const latin_units[] = {
    "h",   "min", "s",   "ms",  "us",  "ns",  "mm",  "cm",  "dm",  "m",   "um",  "nm",  "km",  "mg",  "g",
    "kg",  "t",   "ml",  "l",   "kw",  "mw",  "gw",  "w",   "kwh", "mwh", "wh",  "ah",  "mah", "v",   "kv",  "mv",
    "a",   "ma",  "pa",  "kpa", "mpa", "gpa", "hz",  "khz", "mhz", "ghz", "db",  "rpm", "ppm", "ppb", "n",   "kn",
    "nm2", "m2",  "m3",  "k",   "ev",  "kev", "mev", "gev", "gy",  "bar", "mol", "lm",  "lx",  "tops", "gb", "mb",
    "tb",
};

static bool is_word(uint32_t code)
{
    return code < 0x80 ? code - 'a' < 26u || code - '0' < 10u : u_isalnum((UChar32)code);
}

static const char *read_latin(const uint32_t *codes, size_t count, size_t *taken)
{
    char name[UNIT_MOST] = "";
    size_t n = 0;

    while (n < count && n < sizeof name - 1 && codes[n] < 0x80 && is_word(codes[n])) {
        name[n] = (char)codes[n];
        n++;
    }
    if (n == 0 || (n < count && is_word(codes[n]) && codes[n] < 0x3041))
        return NULL;
    for (size_t i = 0; i < sizeof latin_units / sizeof *latin_units; i++)
        if (strcmp(latin_units[i], name) == 0) {
            *taken = n;
            return latin_units[i];
        }
    return NULL;
}

static size_t han_length(const struct unit *unit, const uint32_t *codes, size_t count)
{
    size_t n = 0;

    while (n < 4 && unit->han[n]) {
        if (n == count || codes[n] != unit->han[n])
            return 0;
        n++;
    }
    return n;
}

static const char *read_sign(const uint32_t *codes, size_t count, size_t *taken)
{
    bool percent = codes[0] == '%';

    if (codes[0] == 0x3bc && count > 1 && codes[1] == 'm') { /* micro sign, folded */
        *taken = 2;
        return "um";
    }
    if (!percent && codes[0] != 0xb0)
        return NULL;
    *taken = percent ? 1 : 1 + (count > 1 && codes[1] == 'c');
    return percent ? "%" : *taken == 2 ? "\u00b0c" : "\u00b0";
}

const char *unit_read(const uint32_t *codes, size_t count, size_t *taken)
{
    const char *sign;

    if (count == 0)
        return NULL;
    if (codes[0] - 'a' < 26u)
        return read_latin(codes, count, taken);
    sign = read_sign(codes, count, taken);
    for (size_t i = 0; !sign && codes[0] > 0x4e00 && i < sizeof units / sizeof *units; i++) {
        *taken = han_length(&units[i], codes, count);
        if (*taken)
            sign = units[i].latin;
    }
    return sign;
}
