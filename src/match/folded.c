#include "match/folded.h"

#include <string.h>

#include "match/code.h"

const char *const folded_sentence_ends[] = {"。", ";", "!", "?", "\n", NULL};

size_t folded_at(const struct fold *fold, size_t i, const char *word)
{
    size_t n = 0, step;

    for (; *word; word += step, n++)
        if (i + n >= fold->count || fold->code[i + n] != code_next(word, CODE_MOST, &step))
            return 0;
    return n;
}

size_t folded_any(const struct fold *fold, size_t i, const char *const *words)
{
    size_t n = 0;

    for (; *words && n == 0; words++)
        n = folded_at(fold, i, *words);
    return n;
}

size_t folded_find(const struct fold *fold, size_t from, size_t to, const char *const *words)
{
    for (; from < to && from < fold->count; from++)
        if (folded_any(fold, from, words))
            return from;
    return SIZE_MAX;
}

size_t folded_space(const struct fold *fold, size_t i)
{
    while (i < fold->count && fold->code[i] == ' ')
        i++;
    return i;
}

static bool is_digit(const struct fold *fold, size_t i)
{
    return i < fold->count && fold->code[i] - '0' < 10u;
}

static size_t read_digits(const struct fold *fold, size_t i, double *number)
{
    double unit = 1;

    *number = 0;
    while (is_digit(fold, i) || (i < fold->count && fold->code[i] == ',' && is_digit(fold, i + 1))) {
        if (fold->code[i] != ',')
            *number = *number * 10 + (double)(fold->code[i] - '0');
        i++;
    }
    if (i < fold->count && fold->code[i] == '.' && is_digit(fold, i + 1))
        for (i++; is_digit(fold, i); i++) {
            unit /= 10;
            *number += unit * (double)(fold->code[i] - '0');
        }
    return i;
}

int folded_numeral(uint32_t code)
{
    switch (code) {
    case 0x96f6: /* 零 */
        return 0;
    case 0x4e00: /* 一 */
        return 1;
    case 0x4e8c: /* 二 */
    case 0x4e24: /* 两 */
        return 2;
    case 0x4e09: /* 三 */
        return 3;
    case 0x56db: /* 四 */
        return 4;
    case 0x4e94: /* 五 */
        return 5;
    case 0x516d: /* 六 */
        return 6;
    case 0x4e03: /* 七 */
        return 7;
    case 0x516b: /* 八 */
        return 8;
    case 0x4e5d: /* 九 */
        return 9;
    case 0x5341: /* 十 */
        return 10;
    case 0x767e: /* 百 */
        return 100;
    case 0x5343: /* 千 */
        return 1000;
    default:
        return -1;
    }
}

static size_t read_numerals(const struct fold *fold, size_t i, double *number)
{
    int sum = 0, one = 0, next;

    for (; i < fold->count && (next = folded_numeral(fold->code[i])) >= 0 && sum < 10000; i++) {
        if (next < 10) {
            one = next;
            continue;
        }
        sum += (one ? one : 1) * next;
        one = 0;
    }
    *number = sum + one;
    return i;
}

size_t folded_number(const struct fold *fold, size_t i, double *number)
{
    if (is_digit(fold, i))
        return read_digits(fold, i, number);
    return i < fold->count && fold->code[i] >= 0x4e00 ? read_numerals(fold, i, number) : i;
}
