#include "base/ident.h"

#include <assert.h>
#include <stdatomic.h>

#include "base/arena.h"
#include "base/utf8.h"

/* ---- 统一社会信用代码 --------------------------------------------------------------------- */

enum { USCC_LEN = 18 };

/* GB 32100-2015 table 2: the place of a character is its value. */
static const char uscc_set[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/* GB 32100-2015 table 1: departments that register. */
static const char departments[] = "123456789ANY";

static int value_in(const char *set, char c)
{
    const char *at = c ? strchr(set, c) : NULL;

    return at ? (int)(at - set) : -1;
}

static char uscc_check(const char *code)
{
    int sum = 0, weight = 1;

    for (int i = 0; i < USCC_LEN - 1; i++) {
        sum += value_in(uscc_set, code[i]) * weight;
        weight = weight * 3 % 31;
    }
    return uscc_set[(31 - sum % 31) % 31];
}

/* GB 11714: the organisation code's own check character; its letters count 10 to 35, none left out. */
static char organisation_check(const char *code)
{
    static const char set[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0, rest;

    for (int i = 0; i < 8; i++)
        sum += value_in(set, code[i]) * weights[i];
    rest = 11 - sum % 11;
    return rest == 10 ? 'X' : rest == 11 ? '0' : (char)('0' + rest);
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* The letters in which people mistake one for another are named apart, in uscc_letters. */
static bool look_it_up(struct err *err)
{
    return err_hint(err, "请对照营业执照或登记证书逐位核对");
}

static bool uscc_letters(struct slice code, char out[19], struct err *err)
{
    for (size_t i = 0; i < code.len; i++) {
        char c = upper(code.at[i]);

        if (c && strchr("IOZSV", c)) {
            err_set(err, ERR_INVALID, "统一社会信用代码第 %zu 位是 %c，代码里不会出现字母 I、O、Z、S、V", i + 1, c);
            return err_hint(err, "I 多为数字 1,O 多为数字 0,Z 多为数字 2,S 多为数字 5");
        }
        if (value_in(uscc_set, c) < 0)
            return err_set(err, ERR_INVALID, "统一社会信用代码第 %zu 位不是数字或大写字母", i + 1) || look_it_up(err);
        out[i] = c;
    }
    out[code.len] = '\0';
    return true;
}

static bool uscc_parts(const char *code, struct err *err)
{
    if (code[USCC_LEN - 1] != uscc_check(code))
        return err_set(err, ERR_INVALID, "统一社会信用代码校验位不对，有一位或几位写错了") || look_it_up(err);
    if (value_in(departments, code[0]) < 0)
        return err_set(err, ERR_INVALID, "统一社会信用代码第 1 位 %c 不是登记管理部门代码", code[0])
               || look_it_up(err);
    for (int i = 2; i < 8; i++)
        if (code[i] < '0' || code[i] > '9')
            return err_set(err, ERR_INVALID, "统一社会信用代码第 3 至 8 位应是六位行政区划数字") || look_it_up(err);
    if (code[16] != organisation_check(code + 8))
        return err_set(err, ERR_INVALID, "统一社会信用代码第 9 至 17 位(组织机构代码)校验不对") || look_it_up(err);
    return true;
}

bool ident_uscc(struct slice typed, char out[19], struct err *err)
{
    struct arena arena;
    struct slice code;
    size_t count;
    bool ok;

    if (utf8_valid(typed) < typed.len)
        return err_set(err, ERR_INVALID, "统一社会信用代码不是有效的 UTF-8 文字") || look_it_up(err);
    arena_init(&arena);
    code = slice_trim(utf8_nfkc(slice_trim(utf8_head(typed, 256)), &arena));
    count = utf8_count(code);
    if (count != USCC_LEN)
        ok = err_set(err, ERR_INVALID, "统一社会信用代码是 18 位，填了 %zu 位", count) || look_it_up(err);
    else if (code.len != count)
        ok = err_set(err, ERR_INVALID, "统一社会信用代码只能是数字和大写字母") || look_it_up(err);
    else
        ok = uscc_letters(code, out, err) && uscc_parts(out, err);
    arena_release(&arena);
    return ok;
}

/* ---- ids --------------------------------------------------------------------------------- */

#define IDENT_EPOCH_MS INT64_C(1577836800000) /* 2020-01-01T00:00:00Z */

enum { COUNT_BITS = 12, NODE_BITS = 10, NODE_MOST = (1 << NODE_BITS) - 1, COUNT_MASK = (1 << COUNT_BITS) - 1 };

static _Atomic unsigned this_node;
static _Atomic uint64_t last_tick; /* ms since the epoch and the count within it, as one number */

void ident_node(unsigned node)
{
    assert(node <= NODE_MOST);
    atomic_store_explicit(&this_node, node, memory_order_relaxed);
}

/*
 * The tick never goes back: when the clock does, or a millisecond's 4,096 ids are used up, it counts on
 * from the last one and the clock catches up.
 */
int64_t ident_next(int64_t now_ms)
{
    uint64_t now = now_ms > IDENT_EPOCH_MS ? (uint64_t)(now_ms - IDENT_EPOCH_MS) << COUNT_BITS : 0;
    uint64_t last = atomic_load_explicit(&last_tick, memory_order_relaxed), tick;
    unsigned node = atomic_load_explicit(&this_node, memory_order_relaxed);

    do
        tick = now > last ? now : last + 1;
    while (!atomic_compare_exchange_weak_explicit(&last_tick, &last, tick, memory_order_relaxed,
                                                  memory_order_relaxed));
    assert(tick >> COUNT_BITS < UINT64_C(1) << 41); /* September 2089 */
    return (int64_t)((tick >> COUNT_BITS << (COUNT_BITS + NODE_BITS)) | (uint64_t)node << COUNT_BITS
                     | (tick & COUNT_MASK));
}

bool ident_parse(struct slice text, int64_t *id)
{
    int64_t value = 0;

    if (text.len == 0 || text.at[0] == '0')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, text.at[i] - '0', &value))
            return false;
    }
    *id = value;
    return true;
}
