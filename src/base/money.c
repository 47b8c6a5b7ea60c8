#include "base/money.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"

/* ---- reading ----------------------------------------------------------------------------- */

/* What an amount is counted in, as a power of ten of a yuan. Longest first: 万元 before 万. */
static const struct unit {
    const char *name;
    int power;
} units[] = {
    {"万亿元", 12}, {"千万元", 7}, {"百万元", 6}, {"亿元", 8}, {"万元", 4}, {"千元", 3}, {"万亿", 12},
    {"千万", 7},    {"百万", 6},   {"亿", 8},     {"万", 4},   {"千", 3},   {"元", 0},   {"圆", 0},
};

enum { WHOLE_MOST = 16, INPUT_MOST = 64 };

static bool take(struct slice *text, const char *word)
{
    size_t len = strlen(word);

    if (text->len < len || memcmp(text->at, word, len) != 0)
        return false;
    text->at += len;
    text->len -= len;
    return true;
}

static bool is_digit(struct slice text)
{
    return text.len && text.at[0] >= '0' && text.at[0] <= '9';
}

static bool reason(struct err *err, const char *message)
{
    err_set(err, ERR_INVALID, "%s", message);
    return err_hint(err, "可以这样写：1600000、1,600,000.50、160 万元、1.5 亿元");
}

static bool start_of(struct slice *text, struct err *err)
{
    static const char *const signs[] = {"¥", "人民币", "RMB", "CNY"};

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (take(text, signs[i]))
            *text = slice_trim(*text);
    if (take(text, "-") || take(text, "−") || take(text, "负"))
        return reason(err, N_("金额不能是负数"));
    if (!is_digit(*text))
        return reason(err, N_("金额要以阿拉伯数字开头"));
    return true;
}

/* Digits before the point. Commas must part groups of three, so that 1,6 is not taken for 16. */
static bool whole_of(struct slice *text, char *digits, size_t *len, struct err *err)
{
    size_t group = 0;
    bool commas = false;

    for (;; text->at++, text->len--) {
        if (is_digit(*text)) {
            if (*len == 0 || digits[0] != '0')
                digits[(*len)++] = text->at[0];
            else
                digits[0] = text->at[0]; /* a leading zero carries nothing */
            group++;
        } else if (text->len && text->at[0] == ',') {
            if (group > 3 || group == 0 || (commas && group != 3))
                break;
            commas = true;
            group = 0;
        } else {
            break;
        }
        if (*len > WHOLE_MOST)
            return reason(err, N_("金额超过上限 1000 万亿元"));
    }
    if ((commas && group != 3) || (text->len && text->at[0] == ','))
        return reason(err, N_("千位分隔的逗号位置不对"));
    return true;
}

static bool part_of(struct slice *text, char *digits, size_t *len, struct err *err)
{
    if (!take(text, "."))
        return true;
    if (!is_digit(*text))
        return reason(err, N_("小数点后面没有数字"));
    for (; is_digit(*text); text->at++, text->len--) {
        if (*len == WHOLE_MOST)
            return reason(err, N_("金额最多精确到分，小数位太多"));
        digits[(*len)++] = text->at[0];
    }
    return true;
}

/* "200-300万元": the typed amount goes on like this behind its first number. */
static bool is_range(struct slice rest)
{
    static const char *const marks[] = {"-", "~", "–", "—", "−", "至", "到"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (take(&rest, marks[i]))
            return true;
    return false;
}

static bool unit_of(struct slice *text, int *power, struct err *err)
{
    *text = slice_trim(*text);
    *power = 0;
    if (text->len && (text->at[0] == 'e' || text->at[0] == 'E'))
        return reason(err, N_("金额不要用科学计数法"));
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (take(text, units[i].name)) {
            *power = units[i].power;
            take(text, "整");
            break;
        }
    *text = slice_trim(*text);
    if (is_digit(*text))
        return reason(err, N_("一个金额只能用一个单位"));
    if (is_range(*text))
        return reason(err, N_("金额只填一个数，不能是范围"));
    if (text->len)
        return reason(err, N_("认不出金额的单位，可用 元、千元、万元、亿元"));
    return true;
}

/* Both strings of digits as one number, then as many zeros as the unit still asks for: fen, exactly. */
static bool fen_of(struct slice whole, struct slice part, int power, int64_t *fen, struct err *err)
{
    int zeros = power + 2 - (int)part.len;
    int64_t value = 0;
    bool over = false;

    if (zeros < 0)
        return reason(err, N_("金额最多精确到分，小数位太多"));
    for (size_t i = 0; i < whole.len + part.len; i++) {
        char digit = i < whole.len ? whole.at[i] : part.at[i - whole.len];

        over |= __builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, digit - '0', &value);
    }
    for (int i = 0; i < zeros; i++)
        over |= __builtin_mul_overflow(value, 10, &value);
    if (over || value > MONEY_MAX)
        return reason(err, N_("金额超过上限 1000 万亿元"));
    *fen = value;
    return true;
}

static bool amount_of(struct slice text, int64_t *fen, struct err *err)
{
    char whole[WHOLE_MOST + 1], part[WHOLE_MOST];
    size_t whole_len = 0, part_len = 0;
    int power;

    return start_of(&text, err) && whole_of(&text, whole, &whole_len, err)
           && part_of(&text, part, &part_len, err) && unit_of(&text, &power, err)
           && fen_of((struct slice){whole, whole_len}, (struct slice){part, part_len}, power, fen, err);
}

bool money_read(struct slice typed, int64_t *fen, struct err *err)
{
    struct arena arena;
    bool ok;

    typed = slice_trim(typed);
    if (typed.len == 0)
        return reason(err, N_("没有填金额"));
    if (typed.len > INPUT_MOST * 3 || utf8_valid(typed) < typed.len)
        return reason(err, N_("这不是一个金额"));
    arena_init(&arena);
    ok = amount_of(slice_trim(utf8_nfkc(typed, &arena)), fen, err);
    arena_release(&arena);
    return ok;
}

/* ---- showing ----------------------------------------------------------------------------- */

static uint64_t size_of(int64_t fen)
{
    return fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
}

static char *show_digits(char *to, uint64_t value, bool commas)
{
    char reversed[32];
    int n = 0, digits = 0;

    do {
        if (commas && digits && digits % 3 == 0)
            reversed[n++] = ',';
        reversed[n++] = (char)('0' + value % 10);
        digits++;
        value /= 10;
    } while (value);
    while (n)
        *to++ = reversed[--n];
    return to;
}

/* The `places` decimals of rest, without zeros at the end; nothing at all when rest is 0. */
static char *show_part(char *to, uint64_t rest, int places, bool trim)
{
    if (rest == 0)
        return to;
    *to++ = '.';
    for (int i = places - 1; i >= 0; i--) {
        to[i] = (char)('0' + rest % 10);
        rest /= 10;
    }
    to += places;
    while (trim && to[-1] == '0')
        to--;
    return to;
}

char *money_show_plain(int64_t fen, char *buf)
{
    uint64_t size = size_of(fen);
    char *to = buf;

    if (fen < 0)
        *to++ = '-';
    to = show_digits(to, size / 100, false);
    *to++ = '.';
    *to++ = (char)('0' + size / 10 % 10);
    *to++ = (char)('0' + size % 10);
    *to = '\0';
    return buf;
}

/* 亿 where four decimals hold it, 万 where two do, else yuan to the fen. */
char *money_show(int64_t fen, char *buf)
{
    static const uint64_t wan = 1000000, yi = UINT64_C(10000000000);
    uint64_t size = size_of(fen);
    const char *unit;
    char *to = buf;

    if (fen < 0)
        *to++ = '-';
    if (size >= yi && size % wan == 0) {
        to = show_part(show_digits(to, size / yi, true), size % yi / wan, 4, true);
        unit = " 亿元";
    } else if (size >= wan && size % (wan / 100) == 0) {
        to = show_part(show_digits(to, size / wan, true), size % wan / (wan / 100), 2, true);
        unit = " 万元";
    } else {
        to = show_part(show_digits(to, size / 100, true), size % 100, 2, false);
        unit = " 元";
    }
    memcpy(to, unit, strlen(unit) + 1);
    return buf;
}

char *money_show_english(int64_t fen, char *buf)
{
    static const char currency[] = "CNY ";
    uint64_t size = size_of(fen);
    char *to = buf;

    if (fen < 0)
        *to++ = '-';
    memcpy(to, currency, sizeof currency - 1);
    to = show_part(show_digits(to + sizeof currency - 1, size / 100, true), size % 100, 2, false);
    *to = '\0';
    return buf;
}

/* ---- parts ------------------------------------------------------------------------------- */

int64_t money_share(int64_t fen, int64_t of, int64_t whole, enum money_round how)
{
    __int128 twice, add[] = {[MONEY_DOWN] = 0, [MONEY_UP] = 2 * ((__int128)whole - 1), [MONEY_HALF_UP] = whole};

    assert(fen >= 0 && fen <= MONEY_MAX && of >= 0 && of <= whole && whole > 0);
    twice = 2 * (__int128)fen * of; /* so that half of an odd whole is an integer */
    return (int64_t)((twice + add[how]) / (2 * (__int128)whole));
}

struct remainder {
    struct money_part *part;
    __int128 rest; /* what rounding down left of it, in parts of the total weight */
};

static int name_order(struct slice a, struct slice b)
{
    size_t least = a.len < b.len ? a.len : b.len;
    int order = least ? memcmp(a.at, b.at, least) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static int remainder_order(const void *a, const void *b)
{
    const struct remainder *x = a, *y = b;
    int order;

    if (x->rest != y->rest)
        return x->rest > y->rest ? -1 : 1;
    if (x->part->weight != y->part->weight)
        return x->part->weight > y->part->weight ? -1 : 1;
    order = name_order(x->part->name, y->part->name);
    return order ? order : (x->part->id > y->part->id) - (x->part->id < y->part->id);
}

void money_split(int64_t amount, struct money_part *parts, size_t count)
{
    struct remainder *rests = calloc(count + 1, sizeof *rests);
    int64_t left = amount;
    __int128 total = 0;

    if (!rests)
        abort();
    assert(amount >= 0 && amount <= MONEY_MAX);
    for (size_t i = 0; i < count; i++)
        total += parts[i].weight;
    for (size_t i = 0; i < count; i++) {
        __int128 exact = (__int128)amount * parts[i].weight;

        parts[i].fen = total ? (int64_t)(exact / total) : 0;
        rests[i] = (struct remainder){&parts[i], total ? exact % total : 0};
        left -= parts[i].fen;
    }
    qsort(rests, count, sizeof *rests, remainder_order);
    for (int64_t i = 0; total && i < left; i++)
        rests[i].part->fen++;
    free(rests);
}

static bool percent_reason(struct err *err, const char *message)
{
    err_set(err, ERR_INVALID, "%s", message);
    return err_hint(err, "可以这样写：40、40%%、33.33%%");
}

/* Up to `most` digits off the front; how many there were. */
static size_t digits_take(struct slice *text, size_t most, int32_t *number)
{
    size_t n = 0;

    for (*number = 0; n < most && is_digit(*text); n++) {
        *number = *number * 10 + (text->at[0] - '0');
        text->at++;
        text->len--;
    }
    return n;
}

bool percent_read(struct slice typed, int32_t *share, struct err *err)
{
    struct slice text = slice_trim(typed);
    int32_t whole, part = 0;
    size_t decimals = 0;

    if (text.len && (text.at[0] == '-' || take(&text, "负")))
        return percent_reason(err, N_("比例不能是负数"));
    if (digits_take(&text, 3, &whole) == 0)
        return percent_reason(err, N_("比例要以阿拉伯数字开头"));
    if (take(&text, "."))
        decimals = digits_take(&text, 2, &part);
    if (is_digit(text))
        return percent_reason(err, N_("比例最多三位整数、两位小数"));
    text = slice_trim(text);
    if (take(&text, "%") || take(&text, "％"))
        text = slice_trim(text);
    if (text.len)
        return percent_reason(err, N_("比例里有看不懂的字"));
    *share = whole * 100 + (decimals == 1 ? part * 10 : part);
    return true;
}
