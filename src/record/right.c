#include "record/right.h"

#include "base/clock.h"
#include "base/utf8.h"

static const char *const sorts[] = {"发明专利", "实用新型", "外观设计", "软件著作权", "植物新品种",
                                    "集成电路布图设计", "技术秘密", "国际申请", "新药证书", "标准"};

static bool sort_known(struct slice word)
{
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (slice_is(word, sorts[i]))
            return true;
    return false;
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

    *right = (struct right){.sort = SLICE(""), .number = SLICE(""), .status = SLICE("")};
    if (!next_word(&rest, &right->sort) || !sort_known(right->sort)) {
        err_set(err, ERR_INVALID, "不认识的知识产权类型“%.*s”", (int)utf8_head(right->sort, 20).len, right->sort.at);
        return err_hint(err, "以类型开头:发明专利、实用新型、外观设计、软件著作权、植物新品种、集成电路布图设计、技术秘密、国际申请");
    }
    while (next_word(&rest, &word)) {
        if (looks_like_date(word)) {
            if (!day_read(word, right->filed))
                return err_set(err, ERR_INVALID, "没有这一天:%.*s", (int)word.len, word.at);
        } else if (!right->number.len && !right->filed[0] && word.at[word.len - 1] < 0x7f && word.at[word.len - 1] > 0) {
            right->number = word;
        } else if (!right->status.len) {
            right->status = word;
        } else {
            return err_set(err, ERR_INVALID, "多出的内容“%.*s”", (int)utf8_head(word, 20).len, word.at);
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
