/* Amounts of money as people write them: 200万元, 200-300万, 0.5 亿, 2 million yuan. */
#include "match/amount.h"

#include "match/folded.h"

/* Where the sentence of i begins, at most `most` characters back. */
static size_t sentence_start(const struct fold *fold, size_t i, size_t most)
{
    size_t from = i > most ? i - most : 0;

    for (size_t at = i; at > from; at--)
        if (folded_any(fold, at - 1, folded_sentence_ends))
            return at;
    return from;
}

static const char *const budget_before[] = {"预算", "经费", "不超过", "不高于", "控制在", "上限", "最多", "拟投入",
                                            "计划投入", "可投入", "出资", "愿付", "愿出", "报价", "要价", "转让费",
                                            "许可费", "价格", "budget", "price", NULL};
static const char *const budget_after[] = {"以内", "之内", "以下", "内", "预算", "的预算", "经费", NULL};
static const char *const range_marks[] = {"-", "~", "—", "–", "至", "到", NULL};

struct money_unit {
    const char *word;
    double yuan;
    bool bare; /* 万 and 亿 count other things as well */
};

static const struct money_unit money_units[] = {
    {"亿元", 1e8, false}, {"百万元", 1e6, false}, {"千万元", 1e7, false}, {"万元", 1e4, false}, {"千元", 1e3, false},
    {"亿", 1e8, true}, {"千万", 1e7, true}, {"百万", 1e6, true}, {"万", 1e4, true}, {"元", 1, false},
    {"million yuan", 1e6, false}, {"million rmb", 1e6, false}, {"million cny", 1e6, false}, {"yuan", 1, false},
    {"rmb", 1, false}, {"cny", 1, false},
};

/* 200万次 is no money; 200万, 200万以内 and 200万人民币 are. */
static bool ends_as_money(const struct fold *fold, size_t i)
{
    static const char *const follow[] = {"以", "之", "左右", "人民币", "的", "内", "块", "预算", "经费", NULL};

    return i >= fold->count || fold->code[i] < 0x3400 || folded_any(fold, i, follow);
}

static size_t read_unit(const struct fold *fold, size_t i, double *yuan)
{
    for (size_t u = 0; u < sizeof money_units / sizeof *money_units; u++) {
        size_t n = folded_at(fold, i, money_units[u].word);

        if (n && (!money_units[u].bare || ends_as_money(fold, i + n))) {
            *yuan = money_units[u].yuan;
            return i + n;
        }
    }
    return i;
}

/* A number and, if there is one, its unit (0: none). Returns where it ends, or i. */
static size_t read_one(const struct fold *fold, size_t i, double *number, double *unit)
{
    size_t end = folded_number(fold, i, number), at = folded_space(fold, end), after;

    *unit = 0;
    if (end == i)
        return i;
    after = read_unit(fold, at, unit);
    return after > at ? after : end;
}

/* 200万元, 200-300万, 0.5 亿; of a range the upper end. Returns where it ends, or i. */
static size_t read_amount(const struct fold *fold, size_t i, double *yuan)
{
    double number, unit, upper, upper_unit;
    size_t end = read_one(fold, i, &number, &unit), from, mark;

    if (end == i)
        return i;
    from = folded_space(fold, end);
    mark = folded_any(fold, from, range_marks);
    if (mark) {
        size_t second = folded_space(fold, from + mark), after = read_one(fold, second, &upper, &upper_unit);

        if (after > second && upper_unit > 0) {
            *yuan = upper * upper_unit;
            return after;
        }
    }
    *yuan = number * unit;
    return unit > 0 ? end : i;
}

static bool is_part_of_number(const struct fold *fold, size_t i)
{
    double number;

    return i && (folded_number(fold, i - 1, &number) > i || fold->code[i - 1] == '.');
}

/* The amount that begins at i, or false. */
static bool amount_at(const struct fold *fold, size_t i, struct amount *amount)
{
    double yuan = -1, number;
    size_t end, said;

    if (is_part_of_number(fold, i) || folded_number(fold, i, &number) == i)
        return false;
    end = read_amount(fold, i, &yuan);
    if (end == i || yuan <= 0 || yuan > 1e15)
        return false;
    said = folded_find(fold, sentence_start(fold, i, 12), i, budget_before);
    *amount = (struct amount){said == SIZE_MAX ? i : said, end + folded_any(fold, end, budget_after),
                              (int64_t)(yuan * 100 + 0.5), false};
    amount->budget = said != SIZE_MAX || amount->to > end;
    return true;
}

bool amount_next(const struct fold *fold, size_t from, struct amount *amount)
{
    for (size_t i = from; i < fold->count; i++)
        if (amount_at(fold, i, amount))
            return true;
    return false;
}

int64_t amount_budget(const struct fold *fold)
{
    struct amount amount = {.to = 0};

    while (amount_next(fold, amount.to, &amount))
        if (amount.budget)
            return amount.fen;
    return -1;
}
