#include "match/folded.h"

#include <string.h>

#include "match/code.h"

size_t folded_at(const struct fold *fold, size_t i, const char *word)
{
    size_t n = 0, len = strlen(word), step;

    for (; len; word += step, len -= step, n++)
        if (i + n >= fold->count || fold->code[i + n] != code_next(word, len, &step))
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

static const char *const numerals[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};

static int numeral(const struct fold *fold, size_t i)
{
    for (int n = 0; n <= 10; n++)
        if (folded_at(fold, i, numerals[n]))
            return n;
    if (folded_at(fold, i, "两"))
        return 2;
    return folded_at(fold, i, "百") ? 100 : folded_at(fold, i, "千") ? 1000 : -1;
}

static size_t read_numerals(const struct fold *fold, size_t i, double *number)
{
    int sum = 0, one = 0, next;

    for (; i < fold->count && (next = numeral(fold, i)) >= 0 && sum < 10000; i++) {
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
