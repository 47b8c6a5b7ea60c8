/* Checks in words, Chinese and English. */
#include <limits.h>

#include "base/clock.h"
#include "base/money.h"
#include "match/code.h"
#include "match/filter.h"
#include "match/region.h"

enum { PIECE = 96 };

struct voice {
    bool english;
    char wanted[PIECE], has[PIECE];
};

static const char *say(const struct voice *voice, const char *zh, const char *en)
{
    return voice->english ? en : zh;
}

static void say_money(const struct voice *voice, int64_t fen, char out[PIECE])
{
    char amount[MONEY_TEXT];

    snprintf(out, PIECE, "%s", voice->english ? money_show_english(fen, amount) : money_show(fen, amount));
}

static void say_day(int64_t day, char out[PIECE])
{
    int year, month, date;

    day_to_ymd((int32_t)day, &year, &month, &date);
    snprintf(out, PIECE, "%04d-%02d-%02d", year, month, date);
}

static void say_region(const struct voice *voice, int64_t code, char out[PIECE])
{
    const struct region *region = region_get((uint32_t)code);

    if (!region)
        region = region_get((uint32_t)code / 10000 * 10000);
    if (region)
        snprintf(out, PIECE, "%s", voice->english ? region->english : region->name);
    else
        snprintf(out, PIECE, "%lld", (long long)code);
}

static void say_ways(const struct voice *voice, int64_t ways, char out[PIECE])
{
    static const char *const zh[] = {"自行实施", "转让", "许可", "合作实施", "作价投资", "其他方式"};
    static const char *const en[] = {"own investment", "assignment", "licence", "joint work", "equity", "other"};
    size_t len = 0;

    out[0] = '\0';
    for (unsigned w = 0; w < 6 && len < PIECE; w++)
        if (ways >> w & 1)
            len += (size_t)snprintf(out + len, PIECE - len, "%s%s", len ? say(voice, "、", ", ") : "",
                                    voice->english ? en[w] : zh[w]);
}

/* Both sides of a check as words; "" for what is not said. */
static void say_sides(struct voice *voice, const struct match_check *check)
{
    const int64_t sides[2] = {check->wanted, check->has};
    char *const outs[2] = {voice->wanted, voice->has};

    for (int s = 0; s < 2; s++) {
        outs[s][0] = '\0';
        if (sides[s] == -1 || (check->kind == MATCH_CHECK_TIME && sides[s] == INT32_MIN))
            continue;
        switch (check->kind) {
        case MATCH_CHECK_TRL:
            snprintf(outs[s], PIECE, "TRL %lld", (long long)sides[s]);
            break;
        case MATCH_CHECK_TIME:
            say_day(sides[s], outs[s]);
            break;
        case MATCH_CHECK_BUDGET:
            say_money(voice, sides[s], outs[s]);
            break;
        case MATCH_CHECK_REGION:
            say_region(voice, sides[s], outs[s]);
            break;
        case MATCH_CHECK_WAYS:
            say_ways(voice, sides[s], outs[s]);
            break;
        case MATCH_CHECK_FIELD:
            break;
        }
    }
}

/* The length without a character that was cut in two. */
static size_t whole_characters(const char *text, size_t len)
{
    size_t start = len, step;

    while (start && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
        start--;
    if (start == 0 || (unsigned char)text[start - 1] < 0x80)
        return len;
    start--;
    return code_next(text + start, len - start, &step) == CODE_BAD ? start : len;
}

/* Puts a sentence together: {w} what is wanted, {h} what the document has, {x} something else. */
static void compose(const struct voice *voice, const char *sentence, const char *extra, char *out, size_t size)
{
    size_t len = 0;

    for (; *sentence && len + 1 < size; sentence++) {
        const char *piece;

        if (sentence[0] != '{') {
            out[len++] = *sentence;
            continue;
        }
        piece = sentence[1] == 'w' ? voice->wanted : sentence[1] == 'h' ? voice->has : extra;
        len += (size_t)snprintf(out + len, size - len, "%s", piece);
        len = len < size ? len : size - 1;
        sentence += 2;
    }
    out[whole_characters(out, len)] = '\0';
}

static void say_field(const struct voice *voice, const struct match_check *check, char *out, size_t size)
{
    char path[PIECE];

    snprintf(path, sizeof path, "%.*s", (int)(check->code.len < PIECE ? check->code.len : PIECE), check->code.at);
    if (check->state == MATCH_BROKEN)
        compose(voice, say(voice, "领域不同", "different fields"), "", out, size);
    else if (check->wanted == -1)
        compose(voice, say(voice, "提问未说明领域", "no field asked for"), "", out, size);
    else if (check->has == -1)
        compose(voice, say(voice, "对方未说明领域", "its field is not stated"), "", out, size);
    else if (check->code.len == 0)
        compose(voice, say(voice, "分类体系不同，无法比较领域", "classified differently: fields not compared"), "", out,
                size);
    else
        compose(voice, say(voice, "领域同属 {x}", "same field: {x}"), path, out, size);
}

static void say_trl(const struct voice *voice, const struct match_check *check, char *out, size_t size)
{
    char gap[PIECE];

    snprintf(gap, sizeof gap, "%lld", (long long)(check->wanted - check->has));
    if (check->state == MATCH_MET)
        compose(voice, say(voice, "成熟度 {h}，达到所需 {w}", "{h} reaches the {w} asked for"), "", out, size);
    else
        compose(voice, say(voice, "成熟度 {h}，距所需 {w} 差 {x} 级", "{h} falls short of {w} by {x}"), gap, out, size);
}

static void say_time(const struct voice *voice, const struct match_check *check, char *out, size_t size)
{
    if (check->state == MATCH_MET)
        compose(voice, say(voice, "截止 {h}，不早于所需 {w}", "open until {h}, not before {w}"), "", out, size);
    else
        compose(voice, say(voice, "截止 {h}，早于所需 {w}", "closes {h}, before the {w} needed"), "", out, size);
}

static void say_budget(const struct voice *voice, const struct match_check *check, char *out, size_t size)
{
    const char *sign = check->state == MATCH_MET ? (check->pays ? "≥" : "≤") : check->pays ? "<" : ">";

    if (check->pays)
        compose(voice, say(voice, "可出 {h} {x} 所需 {w}", "offers {h} {x} the {w} needed"), sign, out, size);
    else
        compose(voice, say(voice, "报价 {h} {x} 预算 {w}", "price {h} {x} budget {w}"), sign, out, size);
}

static void say_where(const struct voice *voice, const struct match_check *check, char *out, size_t size)
{
    if (check->state == MATCH_MET)
        compose(voice, say(voice, "所在地 {h}，与 {w} 相合", "in {h}, which fits {w}"), "", out, size);
    else
        compose(voice, say(voice, "所在地 {h}，不在 {w}", "in {h}, not in {w}"), "", out, size);
}

static void say_way(const struct voice *voice, const struct match_check *check, char *out, size_t size)
{
    char common[PIECE];

    say_ways(voice, check->wanted & check->has, common);
    if (check->state == MATCH_MET)
        compose(voice, say(voice, "双方都可：{x}", "both accept: {x}"), common, out, size);
    else
        compose(voice, say(voice, "可{h}，所需为{w}", "offers {h}; asked for {w}"), "", out, size);
}

static void say_open(const struct voice *voice, const struct match_check *check, char *out, size_t size)
{
    static const char *const zh[] = {"领域", "成熟度", "时间", "金额", "地区", "合作方式"};
    static const char *const en[] = {"field", "maturity", "time", "amount", "region", "way of working together"};
    const char *name = voice->english ? en[check->kind] : zh[check->kind];

    if (voice->has[0] == '\0')
        compose(voice, say(voice, "对方未说明{x}(所需 {w})", "{x} not stated (asked for {w})"), name, out, size);
    else
        compose(voice, say(voice, "提问未说明{x}(对方 {h})", "{x} not asked for (it has {h})"), name, out, size);
}

void match_check_words(const struct match_check *check, const char *language, char *out, size_t size)
{
    static void (*const speakers[])(const struct voice *, const struct match_check *, char *, size_t) = {
        [MATCH_CHECK_FIELD] = say_field,   [MATCH_CHECK_TRL] = say_trl,      [MATCH_CHECK_TIME] = say_time,
        [MATCH_CHECK_BUDGET] = say_budget, [MATCH_CHECK_REGION] = say_where, [MATCH_CHECK_WAYS] = say_way,
    };
    struct voice voice = {.english = language[0] == 'e'};

    if (size == 0)
        return;
    say_sides(&voice, check);
    if (check->state == MATCH_OPEN && check->kind != MATCH_CHECK_FIELD)
        say_open(&voice, check, out, size);
    else
        speakers[check->kind](&voice, check, out, size);
}
