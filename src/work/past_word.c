/* What people write into tables of past transfers, in the words of the field tables. */
#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "base/text.h"
#include "base/utf8.h"
#include "work/import_part.h"
#include "work/past.h"

struct words {
    const char *list; /* parted by '|' */
    const char *means;
};

static struct slice translate(const struct words *words, size_t count, struct slice typed)
{
    struct slice wanted = slice_trim(typed), rest, one;

    for (size_t i = 0; i < count; i++)
        for (rest = slice_of(words[i].list); slice_cut(&rest, '|', &one);)
            if (slice_same(one, wanted))
                return slice_of(words[i].means);
    return typed;
}

/* 民法典 §843 and the words before it; 技术合同认定规则 */
static const struct words sorts[] = {
    {"技术开发合同|开发|委托开发|合作开发|技术开发(委托)|技术开发(合作)|技术开发（委托）|技术开发（合作）|横向课题", "技术开发"},
    {"技术转让合同|转让|专利权转让|专利申请权转让|专利转让|技术秘密转让|技术转让(专利权转让)|技术转让（专利权转让）", "技术转让"},
    {"技术许可合同|许可|专利实施许可|专利许可|技术秘密许可|技术转让（专利实施许可）|技术转让(专利实施许可)|实施许可", "技术许可"},
    {"技术咨询合同|咨询", "技术咨询"},
    {"技术服务合同|服务|技术培训|技术中介", "技术服务"},
};
static const struct words pricings[] = {
    {"协议|协商|协商定价|协议转让|协商确定|双方协商", "协议定价"},
    {"挂牌|公开挂牌|进场挂牌|技术市场挂牌|挂牌转让|技术交易市场挂牌", "挂牌交易"},
    {"拍卖转让|公开拍卖|竞价", "拍卖"},
};
static const struct words payments[] = {
    {"一次性支付|一次付清|一次性付清|一次性|一次总算|总付", "一次总付"},
    {"分期|分期付款|一次总算分期支付|分期支付价款", "分期支付"},
    {"提成|销售提成|按比例提成|收益提成", "提成支付"},
    {"入门费+提成|入门费加销售提成|入门费和提成|入门费＋提成", "入门费加提成"},
    {"入股|作价投资|股权|技术入股", "作价入股"},
};
static const struct words licences[] = {
    {"独占|独占实施许可", "独占许可"}, {"排他|排他实施许可|独家许可", "排他许可"}, {"普通|普通实施许可|非独占许可", "普通许可"},
};

#define TRANSLATE(words, typed) translate(words, sizeof words / sizeof *words, typed)

static void word_put(struct slice *typed, struct slice (*to)(struct slice))
{
    if (typed->at)
        *typed = to(*typed);
}

static struct slice sort_word(struct slice typed) { return TRANSLATE(sorts, typed); }
static struct slice pricing_word(struct slice typed) { return TRANSLATE(pricings, typed); }
static struct slice payment_word(struct slice typed) { return TRANSLATE(payments, typed); }
static struct slice licence_word(struct slice typed) { return TRANSLATE(licences, typed); }

/* --- from and to in one cell --- */

/* "2019.3.5-2019.3.20", "2019年3月5日至3月20日": a day without its year is in the year of the one before. */
static void span_part(struct slice typed[FIELDS_MAX], size_t at_span, size_t at_from, size_t at_to, struct arena *arena)
{
    static const char *const marks[] = {"至", "到", " to ", "～", "~", "—", "－", "–", " - ", "-"};
    struct slice span = utf8_nfkc(typed[at_span], arena);
    char from[11], to[11];

    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        for (const char *at = span.at; span.len && (at = memmem(at, span.len - (size_t)(at - span.at), marks[m], strlen(marks[m])));
             at += strlen(marks[m])) {
            struct slice left = {span.at, (size_t)(at - span.at)}, right = {at + strlen(marks[m]), 0};

            while (right.at < span.at + span.len && strchr("-—", *right.at) && *right.at)
                right.at++;
            right.len = span.len - (size_t)(right.at - span.at);
            if (!day_read(slice_trim(left), from))
                continue;
            if (!day_read(slice_trim(right), to)
                && !day_read(slice_of(arena_print(arena, "%.4s年%.*s", from, (int)slice_trim(right).len, slice_trim(right).at)), to)
                && !day_read(slice_of(arena_print(arena, "%.4s.%.*s", from, (int)slice_trim(right).len, slice_trim(right).at)), to))
                continue;
            typed[at_from] = arena_copy(arena, slice_of(from));
            typed[at_to] = arena_copy(arena, slice_of(to));
            return;
        }
}

void past_words(const struct kind *kind, struct slice typed[FIELDS_MAX], struct arena *arena)
{
    if (kind->id == KIND_PAST_AWARD && typed[PAST_AWARD_NOTICE_SPAN].at && !typed[PAST_AWARD_NOTICE_FROM].at)
        span_part(typed, PAST_AWARD_NOTICE_SPAN, PAST_AWARD_NOTICE_FROM, PAST_AWARD_NOTICE_TO, arena);
    if (kind->id != KIND_PAST_DEAL)
        return;
    word_put(&typed[PAST_DEAL_SORT], sort_word);
    word_put(&typed[PAST_DEAL_WAY], part_way);
    word_put(&typed[PAST_DEAL_PRICING], pricing_word);
    word_put(&typed[PAST_DEAL_PAYMENT], payment_word);
    word_put(&typed[PAST_DEAL_LICENCE], licence_word);
    if (typed[PAST_DEAL_NOTICE_SPAN].at && !typed[PAST_DEAL_NOTICE_FROM].at)
        span_part(typed, PAST_DEAL_NOTICE_SPAN, PAST_DEAL_NOTICE_FROM, PAST_DEAL_NOTICE_TO, arena);
}

/* --- who got how much --- */

static size_t mark_at(struct slice text, size_t at)
{
    static const char *const marks[] = {"；", "、", "，", ";", "\n"};

    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        if (at + strlen(marks[m]) <= text.len && memcmp(text.at + at, marks[m], strlen(marks[m])) == 0)
            return strlen(marks[m]);
    /* a comma between digits parts thousands, not people */
    if (text.at[at] == ',' && !(at && text.at[at - 1] >= '0' && text.at[at - 1] <= '9' && at + 1 < text.len
                                && text.at[at + 1] >= '0' && text.at[at + 1] <= '9'))
        return 1;
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Also ０ to ９. */
static bool digit_at(struct slice text, size_t at)
{
    return is_digit(text.at[at]) || (at + 2 < text.len && memcmp(text.at + at, "\xef\xbc", 2) == 0
                                     && (unsigned char)text.at[at + 2] >= 0x90 && (unsigned char)text.at[at + 2] <= 0x99);
}

static struct slice without_marks(struct slice name)
{
    static const char *const marks[] = {"：", ":", "(", "（", "￥", "¥", "-", "—", "\t", " ", "　"};

    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        if (name.len >= strlen(marks[m]) && memcmp(name.at + name.len - strlen(marks[m]), marks[m], strlen(marks[m])) == 0) {
            name.len -= strlen(marks[m]);
            m = (size_t)-1;
        }
    return slice_trim(name);
}

/* "#12" at the end, as past_people_show writes it. */
static struct slice without_person(struct slice piece, int64_t *person)
{
    const char *mark = piece.len ? memrchr(piece.at, '#', piece.len) : NULL;

    *person = 0;
    if (!mark || !ident_parse((struct slice){mark + 1, (size_t)(piece.at + piece.len - mark - 1)}, person))
        return piece;
    return slice_trim((struct slice){piece.at, (size_t)(mark - piece.at)});
}

/* What stands behind the name; plain figures take the unit. */
static bool sum_read(struct slice typed, const char *unit, struct arena *arena, int64_t *fen)
{
    struct slice sum = slice_trim(utf8_nfkc(typed, arena));
    struct err ignored;
    size_t end = 0;

    while (sum.len && sum.at[sum.len - 1] == ')')
        sum.len--;
    while (end < sum.len && (is_digit(sum.at[end]) || strchr(",. ", sum.at[end])))
        end++;
    if (end == sum.len)
        sum = slice_of(arena_print(arena, "%.*s%s", (int)sum.len, sum.at, unit));
    return sum.len && money_read(sum, fen, &ignored);
}

/* "张三：3万元", "张三 30000元", "张三(30000)": the name before the first digit, the amount from there. */
static bool share_read_one(struct slice typed, const char *unit, struct arena *arena, struct past_share *share, struct err *err)
{
    struct slice piece = without_person(slice_trim(typed), &share->person), name;
    size_t at = 0;

    while (at < piece.len && !digit_at(piece, at))
        at++;
    name = without_marks((struct slice){piece.at, at});
    if (!name.len || !sum_read((struct slice){piece.at + at, piece.len - at}, unit, arena, &share->fen)) {
        err_set(err, ERR_INVALID, "“%.*s”看不出是谁、多少", (int)utf8_head(piece, 40).len, piece.at);
        return err_hint(err, "每人写“姓名 金额”，用分号隔开，如：曾某 60000；贺某 40000");
    }
    share->name = arena_copy(arena, name);
    return true;
}

bool past_people_read(struct slice typed, const char *unit, struct arena *arena, struct past_share *shares, size_t *count,
                      struct err *err)
{
    size_t start = 0;

    *count = 0;
    for (size_t i = 0; i <= typed.len; i++) {
        size_t mark = i < typed.len ? mark_at(typed, i) : 1;
        struct slice piece = {typed.at + start, i - start};

        if (!mark)
            continue;
        start = i + mark;
        i += mark - 1;
        if (!slice_trim(piece).len)
            continue;
        if (*count == PAST_PEOPLE)
            return err_set(err, ERR_INVALID, "一行里超过 %d 人", PAST_PEOPLE) || err_hint(err, "请分成几行，发放日期各写各的");
        if (!share_read_one(piece, unit, arena, &shares[*count], err))
            return false;
        ++*count;
    }
    return *count || err_set(err, ERR_INVALID, "没有写谁得了多少") || err_hint(err, "每人写“姓名 金额”，用分号隔开");
}

struct slice past_people_show(const struct past_share *shares, size_t count, struct arena *arena)
{
    struct text out;
    struct slice made;

    text_init(&out);
    for (size_t i = 0; i < count; i++) {
        char sum[MONEY_TEXT];

        text_print(&out, "%s%.*s %s 元", i ? "\n" : "", (int)shares[i].name.len, shares[i].name.at,
                   money_show_plain(shares[i].fen, sum));
        if (shares[i].person)
            text_print(&out, " #%lld", (long long)shares[i].person);
    }
    made = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return made;
}
