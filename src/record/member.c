#include "record/member.h"

#include "base/ident.h"
#include "base/utf8.h"

enum { NAME_CHARS = 60 };

/* --- shares --- */

static bool digits_read(struct slice text, size_t most, int32_t *number)
{
    *number = 0;
    if (text.len == 0 || text.len > most)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9')
            return false;
        *number = *number * 10 + (text.at[i] - '0');
    }
    return true;
}

static bool cut_percent(struct slice *text)
{
    static const char *const marks[] = {"%", "％"};

    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        size_t len = strlen(marks[m]);

        if (text->len > len && memcmp(text->at + text->len - len, marks[m], len) == 0) {
            text->len -= len;
            return true;
        }
    }
    return false;
}

bool share_read(struct slice typed, int32_t *share)
{
    struct slice rest = slice_trim(typed), whole;
    int32_t number, decimals = 0;

    cut_percent(&rest);
    if (!slice_cut(&rest, '.', &whole) || !digits_read(whole, 3, &number))
        return false;
    if (rest.at && (!digits_read(rest, 2, &decimals)))
        return false;
    if (rest.at && rest.len == 1)
        decimals *= 10;
    *share = number * 100 + decimals;
    return *share <= SHARE_WHOLE;
}

struct slice share_show(int32_t share, struct arena *arena)
{
    if (share % 100 == 0)
        return slice_of(arena_print(arena, "%d%%", share / 100));
    return slice_of(arena_print(arena, share % 10 ? "%d.%02d%%" : "%d.%01d%%", share / 100,
                                share % 10 ? share % 100 : share % 100 / 10));
}

/* --- a line --- */

/* How many bytes part two words here: as people type them, the wide blank and comma too. */
static size_t parting(struct slice text)
{
    static const char *const marks[] = {" ", "\t", ",", "\u3000", "，", "、"};

    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        size_t len = strlen(marks[m]);

        if (text.len >= len && memcmp(text.at, marks[m], len) == 0)
            return len;
    }
    return 0;
}

static void skip(struct slice *text, size_t bytes)
{
    text->at += bytes;
    text->len -= bytes;
}

static bool next_word(struct slice *rest, struct slice *word)
{
    size_t len;

    while ((len = parting(*rest)) > 0)
        skip(rest, len);
    word->at = rest->at;
    while (rest->len && !parting(*rest))
        skip(rest, 1);
    word->len = (size_t)(rest->at - word->at);
    return word->len > 0;
}

static bool is_share(struct slice word, int32_t *share)
{
    struct slice bare = word;

    return cut_percent(&bare) && share_read(word, share);
}

static bool mark_read(struct slice word, struct member *member)
{
    struct slice digits = {word.at + 1, word.len - 1};

    if (slice_is(word, "主要贡献") || slice_is(word, "主要贡献人员") || slice_is(word, "main"))
        return member->main = true;
    if (slice_is(word, "转移机构") || slice_is(word, "agency"))
        return member->agency = true;
    if (slice_is(word, "正职领导") || slice_is(word, "chief"))
        return (member->standing = STANDING_CHIEF) != STANDING_PLAIN;
    if (slice_is(word, "领导") || slice_is(word, "其他领导") || slice_is(word, "leader"))
        return (member->standing = STANDING_LEADER) != STANDING_PLAIN;
    if (slice_is(word, "有文件") || slice_is(word, "document"))
        return member->document = true;
    return word.at[0] == '#' && ident_parse(digits, &member->person);
}

static bool not_a_line(const char *what, struct slice line, struct err *err)
{
    err_set(err, ERR_INVALID, "“%.*s”%s", (int)utf8_head(line, 30).len, line.at, what);
    return err_hint(err, "每行一人：姓名 份额 标记，如：曾某（示例） 60%% 主要贡献");
}

bool member_read(struct slice line, struct member *member, struct err *err)
{
    struct slice rest = slice_trim(line), word;
    const char *start = rest.at, *end = rest.at;
    bool shared = false;

    *member = (struct member){.name = SLICE("")};
    while (!shared && next_word(&rest, &word)) {
        shared = is_share(word, &member->share);
        if (!shared)
            end = word.at + word.len;
    }
    member->name = slice_trim((struct slice){start, (size_t)(end - start)});
    if (!shared)
        return not_a_line(N_("没有写份额"), line, err);
    if (member->name.len == 0 || utf8_count(member->name) > NAME_CHARS)
        return not_a_line(N_("没有写姓名，或者姓名太长"), line, err);
    while (next_word(&rest, &word))
        if (!mark_read(word, member))
            return not_a_line(N_("里有不认识的标记"), line, err)
                   || err_hint(err, "可用的标记：主要贡献、转移机构、正职领导、领导、有文件、#人员编号");
    return true;
}

struct slice member_show(const struct member *member, struct arena *arena)
{
    static const char *const leaders[] = {"", " 领导", " 正职领导"};
    struct slice share = share_show(member->share, arena);

    return slice_of(arena_print(arena, "%.*s %.*s%s%s%s%s%s", (int)member->name.len, member->name.at, (int)share.len, share.at,
                                member->main ? " 主要贡献" : "", member->agency ? " 转移机构" : "", leaders[member->standing], member->document ? " 有文件" : "",
                                member->person ? arena_print(arena, " #%lld", (long long)member->person) : ""));
}

int64_t members_sum(struct slice lines)
{
    struct member member;
    struct err ignored;
    struct slice line;
    int64_t sum = 0;

    while (slice_cut(&lines, '\n', &line))
        if (line.len && member_read(line, &member, &ignored))
            sum += member.share;
    return sum;
}
