#include "read/reflow.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/utf8.h"

static double height(const struct reflow_line *line)
{
    return line->bottom - line->top;
}

/* ---- where one line stands to the next --------------------------------------------------- */

static bool same_level(const struct reflow_line *a, const struct reflow_line *b)
{
    double overlap = fmin(a->bottom, b->bottom) - fmax(a->top, b->top);

    return overlap > 0.5 * fmin(height(a), height(b)) && b->left >= a->right - 0.5 * height(a);
}

static bool below(const struct reflow_line *a, const struct reflow_line *b)
{
    double overlap = fmin(a->right, b->right) - fmax(a->left, b->left);

    return b->top > a->top + 0.5 * height(a) && overlap > 0;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The commonest distance from one line's top to the next's, in line heights: the page's own spacing. */
static double usual_step(const struct reflow_line *lines, size_t count)
{
    double *steps = calloc(count + 1, sizeof *steps), usual = 1.5;
    size_t n = 0;

    if (!steps)
        abort();
    for (size_t i = 0; i + 1 < count; i++)
        if (below(&lines[i], &lines[i + 1]) && height(&lines[i]) > 0)
            steps[n++] = (lines[i + 1].top - lines[i].top) / height(&lines[i]);
    qsort(steps, n, sizeof *steps, by_size);
    if (n > 0)
        usual = steps[n / 3]; /* below the median: paragraph gaps pull it up on pages of short paragraphs */
    free(steps);
    return fmin(usual, 2.2); /* double spacing is the widest that anybody prints */
}

/* How far to the right the column of this line goes: by the lines that start where it does. */
static double column_right(const struct reflow_line *lines, size_t count, size_t index)
{
    const struct reflow_line *line = &lines[index];
    double right = line->right;

    for (size_t i = 0; i < count; i++)
        if (fabs(lines[i].left - line->left) < 3 * height(line))
            right = fmax(right, lines[i].right);
    return right;
}

/* ---- what the text itself says ----------------------------------------------------------- */

static bool in_range(uint32_t c, uint32_t first, uint32_t last)
{
    return c >= first && c <= last;
}

static bool is_cjk(uint32_t c)
{
    return in_range(c, 0x2E80, 0x9FFF) || in_range(c, 0xF900, 0xFAFF) || in_range(c, 0xFE30, 0xFE4F)
        || in_range(c, 0xFF00, 0xFFEF) || in_range(c, 0x20000, 0x3FFFF) || in_range(c, 0x2018, 0x201D);
}

static uint32_t first_code(struct slice text)
{
    uint32_t code = 0;

    if (text.len > 0)
        utf8_next(text.at, &code);
    return code;
}

static uint32_t last_code(struct slice text)
{
    size_t at = text.len;

    while (at > 0 && ((unsigned char)text.at[at - 1] & 0xC0) == 0x80)
        at--;
    if (at == 0)
        return 0;
    return first_code((struct slice){text.at + at - 1, text.len - at + 1});
}

static bool starts(struct slice text, const char *prefix)
{
    size_t len = strlen(prefix);

    return text.len >= len && memcmp(text.at, prefix, len) == 0;
}

static size_t digits_at(struct slice text, size_t at)
{
    size_t n = 0;

    while (at + n < text.len && text.at[at + n] >= '0' && text.at[at + n] <= '9')
        n++;
    return n;
}

/* "(54)", "（54）", "[0001]", "1.", "1、": numbered items of patents, claims and lists. */
static bool is_numbered(struct slice text)
{
    static const char *const opens[] = {"(", "（", "[", "【", ""}, *const closes[] = {")", "）", "]", "】", "."};

    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        size_t at = strlen(opens[i]), n;

        if (!starts(text, opens[i]) || (n = digits_at(text, at)) == 0 || n > 4)
            continue;
        at += n;
        if (starts((struct slice){text.at + at, text.len - at}, closes[i])
            || (at == n && starts((struct slice){text.at + at, text.len - at}, "、")))
            return at != n || digits_at(text, at + 1) == 0; /* "3.5" is a number */
    }
    return false;
}

/* "一、", "（二）", "第三条", "第 1 页" */
static bool is_chinese_numbered(struct slice text)
{
    static const char *const digits[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    size_t skip = starts(text, "（") || starts(text, "第") ? 3 : starts(text, "(") ? 1 : 0;
    struct slice rest = {text.at + skip, text.len - skip};

    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++)
        if (starts(rest, digits[i])) {
            rest = (struct slice){rest.at + 3, rest.len - 3};
            return starts(rest, "、") || starts(rest, "）") || starts(rest, ")") || starts(rest, "条") || starts(rest, "章");
        }
    return false;
}

/* "联系人：…", "Keywords: …": a label of at most 30 bytes and a colon. */
static bool is_labelled(struct slice text)
{
    size_t most = text.len < 33 ? text.len : 33;

    for (size_t i = 0; i < most; i++) {
        struct slice rest = {text.at + i, text.len - i};

        if (starts(rest, "：") || (text.at[i] == ':' && (i + 1 == text.len || text.at[i + 1] == ' ')))
            return i > 0;
        if (starts(rest, "，") || starts(rest, "。") || starts(rest, "、") || starts(rest, "；") || text.at[i] == ',')
            return false;
    }
    return false;
}

static bool starts_anew(struct slice text)
{
    return is_numbered(text) || is_chinese_numbered(text) || starts(text, "•") || starts(text, "—");
}

static bool starts_part(struct slice text)
{
    return is_labelled(text) || starts(text, "权利要求") || starts(text, "说明书") || starts(text, "摘要") || starts(text, "关键词");
}

static bool ends_sentence(struct slice text)
{
    static const uint32_t marks[] = {0x3002, 0xFF01, 0xFF1F, '.', '!', '?'};
    uint32_t last = last_code(text);

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (last == marks[i])
            return true;
    return false;
}

/* ---- joining ----------------------------------------------------------------------------- */

/* How wide the line's first unbreakable run is: Latin letters count half a Chinese character. */
static double first_word_width(const struct reflow_line *line)
{
    double word = 0, all = 0;
    bool in_word = true;

    for (size_t i = 0; i < line->text.len;) {
        uint32_t code;
        double width;

        i += utf8_next(line->text.at + i, &code);
        width = is_cjk(code) ? 1 : 0.5;
        in_word = in_word && !is_cjk(code) && code != ' ';
        word += in_word ? width : 0;
        all += width;
    }
    return all > 0 ? word / all * (line->right - line->left) : 0;
}

/* A long line, full to the last character and in the middle of a sentence: what follows belongs to it, label or not. */
static bool runs_over(const struct reflow_line *line, double right)
{
    double h = height(line);

    return line->right - line->left > 20 * h && line->right > right - 1.2 * h && !ends_sentence(line->text);
}

static bool goes_on(const struct reflow_line *lines, size_t count, size_t index, double step)
{
    const struct reflow_line *a = &lines[index], *b = &lines[index + 1];
    double h = height(a), right = column_right(lines, count, index);

    return below(a, b) && fabs(height(b) - h) < 0.25 * h                /* one size of type */
        && b->top - a->top < (step * 1.3 + 0.1) * h                     /* the usual distance */
        && b->left < a->left + 1.2 * h                                  /* no indent of its own */
        && a->right + first_word_width(b) > right - 2.2 * h             /* the line before is full */
        && !starts_anew(b->text) && (!starts_part(b->text) || runs_over(a, right));
}

static bool is_small(uint32_t c)
{
    return in_range(c, 'a', 'z');
}

static void paragraph_join(struct text *out, struct slice next)
{
    struct slice so_far = text_slice(out);
    uint32_t last = last_code(so_far), first = first_code(next);

    if (last == '-' && so_far.len > 1 && is_small(first) && is_small((unsigned char)so_far.at[so_far.len - 2]))
        out->len--;
    else if (!is_cjk(last) && !is_cjk(first))
        text_putc(out, ' ');
    text_add_slice(out, next);
}

void reflow_page(const struct reflow_line *lines, size_t count, struct text *out)
{
    double step = usual_step(lines, count);

    for (size_t i = 0; i < count; i++) {
        text_add_slice(out, lines[i].text);
        while (i + 1 < count) {
            if (same_level(&lines[i], &lines[i + 1])) {
                text_putc(out, lines[i + 1].left - lines[i].right > 1.5 * height(&lines[i]) ? '\t' : ' ');
                text_add_slice(out, lines[i + 1].text);
            } else if (goes_on(lines, count, i, step)) {
                paragraph_join(out, lines[i + 1].text);
            } else {
                break;
            }
            i++;
        }
        text_putc(out, '\n');
    }
}
