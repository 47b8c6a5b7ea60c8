#include "record/right.h"

#include <strings.h>

#include "base/clock.h"
#include "base/utf8.h"

static const struct sort {
    const char *name, *word, *label_en;
} sorts[] = {
    {"发明专利", "invention", "Invention patent"},
    {"实用新型", "utility", "Utility model"},
    {"外观设计", "design", "Design patent"},
    {"软件著作权", "software", "Software copyright"},
    {"植物新品种", "plant", "Plant variety"},
    {"集成电路布图设计", "layout", "Layout of integrated circuits"},
    {"技术秘密", "secret", "Trade secret"},
    {"国际申请", "pct", "International application"},
    {"新药证书", "drug", "New drug certificate"},
    {"标准", "standard", "Standard"},
};

static const struct sort *sort_find(struct slice word)
{
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (slice_is(word, sorts[i].name)
            || (word.len == strlen(sorts[i].word) && strncasecmp(word.at, sorts[i].word, word.len) == 0))
            return &sorts[i];
    return NULL;
}

/* The next run of text between blanks (or ，, ,). */
static bool next_word(struct slice *rest, struct slice *word)
{
    size_t n = 0;

    *rest = slice_trim(*rest);
    while (n < rest->len && !strchr(" \t,", rest->at[n]))
        n++;
    *word = (struct slice){rest->at, n};
    if (rest->len) {
        rest->at += n + (n < rest->len);
        rest->len -= n + (n < rest->len);
    }
    return n > 0;
}

static bool looks_like_date(struct slice word)
{
    for (size_t i = 0; i < 4; i++)
        if (word.len < 8 || word.at[i] < '0' || word.at[i] > '9')
            return false;
    return word.len <= 17 && (word.at[4] == '-' || word.at[4] == '/' || word.at[4] == '.'
                                               || memcmp(word.at + 4, "年", 3) == 0);
}

bool right_read(struct slice line, struct right *right, struct err *err)
{
    struct slice rest = line, word;
    const struct sort *sort;

    *right = (struct right){.sort = SLICE(""), .number = SLICE(""), .status = SLICE("")};
    sort = next_word(&rest, &right->sort) ? sort_find(right->sort) : NULL;
    if (!sort) {
        err_set(err, ERR_INVALID, "不认识的知识产权类型“%.*s”", (int)utf8_head(right->sort, 20).len, right->sort.at);
        return err_hint(err, "以类型开头：发明专利、实用新型、外观设计、软件著作权、植物新品种、集成电路布图设计、技术秘密、国际申请");
    }
    right->sort = slice_of(sort->name);
    while (next_word(&rest, &word)) {
        if (looks_like_date(word)) {
            if (!day_read(word, right->filed))
                return err_set(err, ERR_INVALID, "知识产权的日期“%.*s”不存在", (int)word.len, word.at)
                       || err_hint(err, "填真实存在的日期，如 2021-01-29");
        } else if (!right->number.len && !right->filed[0] && word.at[word.len - 1] < 0x7f && word.at[word.len - 1] > 0) {
            right->number = word;
        } else if (!right->status.len) {
            right->status = word;
        } else {
            return err_set(err, ERR_INVALID, "知识产权里多出“%.*s”", (int)utf8_head(word, 20).len, word.at)
                   || err_hint(err, "每行一件：类型 号码 申请日 状态，如：发明专利 ZL202110123456.0 2021-01-29 有效");
        }
    }
    return true;
}

struct slice right_show(const struct right *right, struct arena *arena)
{
    return slice_of(arena_print(arena, "%.*s%s%.*s%s%s%s%.*s", (int)right->sort.len, right->sort.at,
                                right->number.len ? " " : "", (int)right->number.len, right->number.at,
                                right->filed[0] ? " " : "", right->filed, right->status.len ? " " : "",
                                (int)right->status.len, right->status.at));
}

struct slice right_english(struct slice line, enum right_words words, struct arena *arena)
{
    struct slice rest = line, name;
    const struct sort *sort = next_word(&rest, &name) ? sort_find(name) : NULL;

    if (!sort)
        return line;
    return slice_of(arena_print(arena, "%s%s%.*s", words == RIGHT_WORD ? sort->word : sort->label_en, rest.len ? " " : "",
                                (int)rest.len, rest.at));
}

bool rights_filed(struct slice lines)
{
    struct slice line;
    struct right right;
    struct err ignored;

    while (slice_cut(&lines, '\n', &line))
        if (line.len && right_read(line, &right, &ignored) && right.filed[0])
            return true;
    return false;
}
