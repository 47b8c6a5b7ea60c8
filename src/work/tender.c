/*
 * Words, not grammar: a sentence is marked where a word for a record of business meets a word that demands or scores, unless another says
 * that none is asked for, that something else is taken in its place, or that it is about people or about what is being bought.
 */
#include "work/tender.h"

#include <string.h>

#include "base/said.h"

const struct tender_word tender_words[TENDER_SORTS] = {
    [TENDER_RECORD] = {"record", "类似业绩、案例或用户证明", "Like projects, cases or users' letters",
                       N_("改写成对这一件产品的功能、质量指标，用第三方检测报告、型式试验或试用报告证明；首次投放市场的不要业绩")},
    [TENDER_SALES] = {"sales", "销售业绩、销售额或销量", "Sales", N_("删去销售额、销量；要看供货能力的，写产能、交货期和违约责任")},
    [TENDER_UNITS] = {"units", "已运行的台（套）数", "Units in operation", N_("改写成可靠性指标和试运行考核：连续多少小时、多少次无故障，不达标怎样赔偿")},
    [TENDER_SHARE] = {"share", "市场占有率", "Market share", N_("删去；市场占有率不是功能，也不是质量")},
    [TENDER_YEARS] = {"years", "投放市场的年数", "Years on the market", N_("删去年数；要看成熟程度的，写检测、试用或质保的要求")},
};

/* The more particular stand first: a sentence has one mark. */
static const struct record_word {
    const char *word;
    enum tender_sort sort;
} record_words[] = {
    {"市场占有率", TENDER_SHARE}, {"市占率", TENDER_SHARE},     {"市场份额", TENDER_SHARE},
    {"投放市场", TENDER_YEARS},   {"投入市场", TENDER_YEARS},   {"推向市场", TENDER_YEARS},     {"上市满", TENDER_YEARS},
    {"市场应用历史", TENDER_YEARS},
    {"销售业绩", TENDER_SALES},   {"销售额", TENDER_SALES},     {"销售收入", TENDER_SALES},     {"销售量", TENDER_SALES},
    {"销量", TENDER_SALES},       {"销售记录", TENDER_SALES},   {"销售合同", TENDER_SALES},
    {"运行业绩", TENDER_UNITS},   {"使用业绩", TENDER_UNITS},   {"投入运行", TENDER_UNITS},     {"投运", TENDER_UNITS},
    {"成功运行", TENDER_UNITS},   {"稳定运行", TENDER_UNITS},   {"装机", TENDER_UNITS},         {"应用记录", TENDER_UNITS},
    {"业绩", TENDER_RECORD},      {"成功案例", TENDER_RECORD},  {"应用案例", TENDER_RECORD},    {"工程案例", TENDER_RECORD},
    {"使用证明", TENDER_RECORD},  {"用户证明", TENDER_RECORD},  {"用户报告", TENDER_RECORD},    {"用户验收报告", TENDER_RECORD},
    {"类似项目", TENDER_RECORD},  {"同类项目", TENDER_RECORD},  {"同类项目经验", TENDER_RECORD}, {"供货经验", TENDER_RECORD},
};

/* That something is asked for. 应 alone is in too many other words. */
static const char *const demands[] = {
    "须", "必须", "需要", "需提供", "需具", "应当", "应具", "应有", "应提供", "应附", "应已", "应为", "应上市", "具有", "具备", "要求", "承担过", "至少", "不少于",
    "不低于", "不得低于", "不得少于", "以上", "达到", "进入前", "排名", "无效", "不予通过", "不接受", "否决",
};

static const char *const scores[] = {"满分", "得分", "加分", "评分", "每有一项", "计分"};

/* That nothing of the kind is asked for, or something else is taken in its place; that it is about people, or about what is bought. */
static const char *const exempts[] = {
    "不得以", "不得将", "不得把", "不要求", "不作为", "不以", "不设", "没有设", "未设", "无须", "无需", "不需要", "不限", "视同", "代替", "替代", "首次投放", "首台",
    "按满分计", "考核", "绩效", "项目负责人", "项目经理", "技术负责人", "技术人员", "教学案例", "案例库", "案例分析", "自最终验收", "重大违法记录",
};

static const char *const openers[] = {"一、", "二、", "三、", "四、", "五、", "六、", "七、", "八、", "九、", "十、", "（", "(", "★", "▲", "●", "•", "第", "-"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool holds(struct slice text, const char *word)
{
    return memmem(text.at, text.len, word, strlen(word)) != NULL;
}

static bool holds_any(struct slice text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (holds(text, words[i]))
            return true;
    return false;
}

static bool begins(struct slice text, const char *word)
{
    size_t len = strlen(word);

    return text.len >= len && memcmp(text.at, word, len) == 0;
}

/* Without blanks, that break a word at the end of a line. */
static struct slice compact(struct slice text, struct arena *arena)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len;) {
        struct slice rest = {text.at + i, text.len - i};

        if (begins(rest, "\xe3\x80\x80")) { /* U+3000 */
            i += 3;
            continue;
        }
        if ((unsigned char)text.at[i] > ' ')
            out[len++] = text.at[i];
        i++;
    }
    return (struct slice){out, len};
}

/* "得2分", "每项3分", "加1分": a number of points close behind. */
static bool gives_points(struct slice text)
{
    static const char *const before[] = {"得", "加", "每项", "每个", "（"};

    if (holds_any(text, scores, COUNT(scores)))
        return true;
    for (size_t i = 0; i < COUNT(before); i++) {
        const char *at = memmem(text.at, text.len, before[i], strlen(before[i]));
        size_t ahead = at ? text.len - (size_t)(at - text.at) : 0;

        if (at && holds((struct slice){at, ahead < 15 ? ahead : 15}, "分"))
            return true;
    }
    return false;
}

static bool sentence_mark(struct slice sentence, struct arena *arena, struct tender_mark *mark)
{
    struct slice text = compact(sentence, arena);
    bool scored = gives_points(text);

    if (holds_any(text, exempts, COUNT(exempts)) || (!scored && !holds_any(text, demands, COUNT(demands))))
        return false;
    for (size_t i = 0; i < COUNT(record_words); i++)
        if (holds(text, record_words[i].word)) {
            *mark = (struct tender_mark){sentence, slice_of(record_words[i].word), record_words[i].sort, scored};
            return true;
        }
    return false;
}

/* --- sentences --- */

/* Bytes of the mark that ends a sentence here; 0: none does. */
static size_t ending(struct slice rest)
{
    static const char *const marks[] = {"。", "；", "！", "？", ";", "\f"};

    for (size_t i = 0; i < COUNT(marks); i++)
        if (begins(rest, marks[i]))
            return strlen(marks[i]);
    return 0;
}

/* A line that is shorter was not broken by the page: it is a heading. In bytes, three a character. */
enum { LINE_LEAST = 36 };

/* A line's end ends a sentence where the line was short, or the next one is empty or an item of its own; else the page broke it. */
static bool breaks(struct slice rest, size_t line)
{
    size_t i = 1;

    if (line < LINE_LEAST)
        return true;
    while (i < rest.len && (rest.at[i] == ' ' || rest.at[i] == '\t' || rest.at[i] == '\r'))
        i++;
    rest = (struct slice){rest.at + i, rest.len - i};
    if (!rest.len || rest.at[0] == '\n' || (rest.at[0] >= '0' && rest.at[0] <= '9'))
        return true;
    for (size_t k = 0; k < COUNT(openers); k++)
        if (begins(rest, openers[k]))
            return true;
    return false;
}

static struct slice sentence_cut(struct slice *rest)
{
    struct slice whole = *rest;
    size_t i = 0, skip = 0, line = 0; /* line: where it begins */

    for (; i < whole.len; i++) {
        struct slice here = {whole.at + i, whole.len - i};

        skip = ending(here);
        if (skip || (here.at[0] == '\n' && breaks(here, i - line)))
            break;
        if (here.at[0] == '\n')
            line = i + 1;
    }
    *rest = i < whole.len ? (struct slice){whole.at + i + (skip ? skip : 1), whole.len - i - (skip ? skip : 1)} : (struct slice){whole.at + i, 0};
    return slice_trim((struct slice){whole.at, i});
}

size_t tender_read(struct slice text, struct arena *arena, struct tender_mark *list, size_t most)
{
    size_t count = 0;

    while (text.len && count < most) {
        struct slice sentence = sentence_cut(&text);

        if (sentence.len && sentence_mark(sentence, arena, &list[count]))
            count++;
    }
    return count;
}
