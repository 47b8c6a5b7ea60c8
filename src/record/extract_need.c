/* Needs told in free prose: sentence by sentence, by the words that people use for how it is and how it should be. */
#include "base/text.h"
#include "base/utf8.h"
#include "record/extract_int.h"

enum { TITLE_LEAST = 8, TITLE_MOST = 50 };

static const char *const now_words[] = {"目前", "现状", "现有", "当前", "现在", "存在", "瓶颈", "卡在", "依赖进口", "难以", "不足",
                                        "问题是", "痛点"};
static const char *const goal_words[] = {"提高到", "提到", "提升到", "提升至", "提高至", "达到", "降到", "降至", "降低到", "降低至",
                                         "延长到", "延长至", "缩短到", "缩短至", "目标", "希望", "期望", "实现", "要求", "拟"};
static const char *const limit_words[] = {"不得", "不能", "不超过", "不低于", "必须", "限制", "工况", "介质", "兼容", "符合", "防爆"};
static const char *const money_words[] = {"预算", "投入", "经费", "资金", "出资", "费用"};
static const char *const due_words[] = {"期限", "截止", "之前", "前完成", "年底", "月底", "前交付", "前要", "日前", "月前", "完成时间",
                                        "以前"};
static const char *const trl_words[] = {"成熟度", "TRL", "技术就绪"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The sentences of one kind, gathered. */
struct gathering {
    const char *field;
    const char *const *words;
    size_t word_count;
    struct text text;
    struct slice quote;
    int page;
};

static void sentence_gather(struct gathering *gathering, struct slice sentence, int page)
{
    if (gathering->text.len == 0) {
        gathering->quote = sentence;
        gathering->page = page;
    }
    text_add_slice(&gathering->text, sentence);
}

/* Money, day and maturity stand in clauses of sentences about something else. */
static void figures_suggest(struct extract *extract, struct slice sentence, int page)
{
    static const char *const fields[] = {"budget", "due", "trl"};
    static const char *const *const words[] = {money_words, due_words, trl_words};
    static const size_t counts[] = {COUNT(money_words), COUNT(due_words), COUNT(trl_words)};

    for (size_t i = 0; i < COUNT(fields); i++)
        for (size_t w = 0; w < counts[i]; w++) {
            long at = text_find(sentence, words[i][w]);

            if (at >= 0) /* a day stands before its word, figures behind theirs */
                extract_suggest(extract, kind_field(extract->kind, fields[i]), i == 1 ? sentence : text_from(sentence, (size_t)at),
                                sentence, page);
        }
}

/* The first clause of the first sentence names the need well enough to start from. */
static void title_suggest(struct extract *extract, struct slice sentence, int page)
{
    static const char *const ends[] = {"，", ",", "。", "；", "：", "\u2028"};
    struct slice clause = sentence;
    size_t chars;

    for (size_t i = 0; i < COUNT(ends); i++) {
        long at = text_find(clause, ends[i]);

        if (at >= 0)
            clause.len = (size_t)at;
    }
    chars = utf8_count(clause);
    if (chars >= TITLE_LEAST && chars <= TITLE_MOST)
        extract_suggest(extract, kind_field(extract->kind, "title"), clause, sentence, page);
}

static void prose_take(struct extract *extract, const struct extract_line *line, struct gathering *gatherings, size_t count)
{
    struct slice rest = line->text, sentence;

    while (sentence_cut(&rest, &sentence)) {
        figures_suggest(extract, sentence, line->page);
        for (size_t i = 0; i < count; i++)
            if (text_holds_any(sentence, gatherings[i].words, gatherings[i].word_count)) {
                sentence_gather(&gatherings[i], sentence, line->page);
                break;
            }
    }
}

void extract_need(struct extract *extract)
{
    struct gathering gatherings[] = {
        {.field = "now", .words = now_words, .word_count = COUNT(now_words)},
        {.field = "goal", .words = goal_words, .word_count = COUNT(goal_words)},
        {.field = "limits", .words = limit_words, .word_count = COUNT(limit_words)},
    };
    struct slice rest, first;

    if (extract->kind->id != KIND_NEED || extract->count == 0)
        return;
    for (size_t i = 0; i < extract->count; i++)
        if (!label_ends_value(extract, extract->lines[i].text))
            prose_take(extract, &extract->lines[i], gatherings, COUNT(gatherings));
    for (size_t i = 0; i < COUNT(gatherings); i++) {
        extract_suggest(extract, kind_field(extract->kind, gatherings[i].field), text_slice(&gatherings[i].text),
                        gatherings[i].quote, gatherings[i].page);
        text_release(&gatherings[i].text);
    }
    rest = extract->lines[0].text;
    if (sentence_cut(&rest, &first))
        title_suggest(extract, first, extract->lines[0].page);
}
