/*
 * What a text says in its own words, by rules. Each rule errs towards silence: an amount counts only beside a word of
 * budget, a date only as a deadline that has not passed.
 */
#include <limits.h>

#include "match/amount.h"
#include "match/code.h"
#include "match/deadline.h"
#include "match/folded.h"
#include "match/region.h"

enum { FIRST_BITS = 4096 };

/* Remembers what a word begins with: most characters of a text begin none of those looked for. */
static void mark_first(uint8_t first[FIRST_BITS], const char *word)
{
    size_t step;

    first[code_next(word, strlen(word), &step) % FIRST_BITS] = 1;
}

/* --- TRL --- */

static int find_trl(const struct fold *fold)
{
    static const char *const names[] = {"trl", "成熟度", "就绪度", NULL};

    for (size_t i = 0; i < fold->count; i++) {
        bool inside = i && fold->code[i - 1] - 'a' < 26u; /* ctrl */
        size_t n = inside ? 0 : folded_any(fold, i, names), end = i + n + 8;

        for (size_t at = i + n; n && at < end && at < fold->count && !folded_any(fold, at, folded_sentence_ends); at++) {
            double number;
            size_t after = folded_number(fold, at, &number);

            if (after == at)
                continue;
            if (number >= 1 && number <= 9 && number == (int)number)
                return (int)number;
            break;
        }
    }
    return 0;
}

/* --- ways --- */

struct way_words {
    uint32_t way;
    const char *const *words;
};

static const char *const self_words[] = {"自行投资", "自行实施", NULL};
static const char *const assign_words[] = {"转让", "买断", "assignment", NULL};
static const char *const license_words[] = {"许可", "授权使用", "licence", "license", NULL};
static const char *const joint_words[] = {"合作开发", "合作研发", "合作攻关", "合作实施", "联合开发", "联合研发",
                                          "联合攻关", "委托开发", "寻求合作", "技术合作", "希望合作", "愿意合作",
                                          "可合作", "可以合作", "joint development", NULL};
static const char *const equity_words[] = {"入股", "作价投资", "股权合作", "equity", NULL};

static const struct way_words ways[] = {
    {MATCH_WAY_SELF, self_words},       {MATCH_WAY_ASSIGN, assign_words}, {MATCH_WAY_LICENSE, license_words},
    {MATCH_WAY_JOINT, joint_words},     {MATCH_WAY_EQUITY, equity_words},
};

/* 不转让, 生产许可证, 行政许可 say nothing about working together. */
static bool is_denied(const struct fold *fold, size_t i, size_t n)
{
    static const char *const before[] = {"不", "非", "未", NULL}, *const official[] = {"行政", "生产", NULL};

    return (i && folded_any(fold, i - 1, before)) || (i > 1 && folded_any(fold, i - 2, official))
        || folded_at(fold, i + n, "证");
}

static uint32_t find_ways(const struct fold *fold)
{
    uint8_t first[FIRST_BITS] = {0};
    uint32_t found = 0;

    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
        for (const char *const *word = ways[w].words; *word; word++)
            mark_first(first, *word);
    for (size_t i = 0; i < fold->count; i++)
        for (size_t w = 0; w < sizeof ways / sizeof *ways && first[fold->code[i] % FIRST_BITS]; w++) {
            size_t n = folded_any(fold, i, ways[w].words);

            if (n && !is_denied(fold, i, n))
                found |= ways[w].way;
        }
    return found;
}

/* --- region --- */

/* Two-character counties (成县, 文县) also arise by chance (完成县级): they are not looked for. */
static size_t region_at(const struct fold *fold, size_t i, const struct region *region)
{
    size_t n = folded_at(fold, i, region->name);

    if (n == 0 && region->plain[0])
        n = folded_at(fold, i, region->plain);
    return n > 2 || region->plain[0] ? n : 0;
}

/* The most special division that is named, the first of several. */
static uint32_t find_region(const struct fold *fold)
{
    const struct region *best = NULL;
    unsigned best_depth = 0;
    uint8_t first[FIRST_BITS] = {0};

    for (size_t r = 0; r < region_count; r++)
        mark_first(first, regions[r].name);
    for (size_t i = 0; i < fold->count; i++)
        for (size_t r = 0; r < region_count && first[fold->code[i] % FIRST_BITS]; r++) {
            unsigned depth = regions[r].code % 100 ? 3 : regions[r].code % 10000 ? 2 : 1;

            if (depth > best_depth && region_at(fold, i, &regions[r])) {
                best = &regions[r];
                best_depth = depth;
            }
        }
    return best ? best->code : 0;
}

void match_understand(struct match_str text, int32_t today, struct match_ask *ask)
{
    struct fold fold;

    fold_init(&fold);
    fold_text(&fold, text, false);
    *ask = (struct match_ask){
        .trl_least = find_trl(&fold), .budget = amount_budget(&fold), .due = deadline_find(&fold, today),
        .ways = find_ways(&fold), .region = find_region(&fold),
    };
    fold_release(&fold);
}
