#include "match/subject.h"

#include <stdlib.h>
#include <string.h>

#include "match/amount.h"
#include "match/code.h"
#include "match/deadline.h"
#include "match/folded.h"
#include "match/unit.h"

/* Folded, longer ones before those that they begin with. */
static const char *const phrases[] = {
    "我们公司", "我们单位", "我们", "我公司", "我单位", "我司", "我方", "我校", "我院", "本公司", "本单位", "本项目", "贵方",
    "对方", "希望能够", "希望能", "希望", "想要", "需要", "需求", "急需", "亟需", "要求", "寻求", "寻找", "目前", "现在", "当前",
    "现有", "已有", "已经", "如果", "可以", "能够", "以及", "并且", "或者", "一种", "一个", "一套", "一项", "进行", "通过", "采用",
    "预算", "经费", "以内", "左右", "以上", "以下", "不少于", "不低于", "不高于", "不超过", "达到", "提高到", "提到", "降到",
    "降低到", "主要", "有关", "具有", "存在", "问题", "解决", "实现", "请问", "we are looking for", "looking for", "we need",
    "we want", "in order to", NULL,
};

enum { FIRST = 1024 };

static void mark(uint8_t *aside, size_t from, size_t to)
{
    memset(aside + from, 1, to - from);
}

static void mark_phrases(const struct fold *fold, uint8_t *aside)
{
    uint8_t first[FIRST] = {0};

    for (const char *const *phrase = phrases; *phrase; phrase++) {
        size_t step;

        first[code_next(*phrase, strlen(*phrase), &step) % FIRST] = 1;
    }
    for (size_t i = 0; i < fold->count; i++) {
        size_t n = first[fold->code[i] % FIRST] ? folded_any(fold, i, phrases) : 0;

        mark(aside, i, i + n);
        i += n > 1 ? n - 1 : 0;
    }
}

/* 小时 of 3000小时: the number and its unit are one term; the unit alone says nothing. */
static void mark_units(const struct fold *fold, uint8_t *aside)
{
    for (size_t i = 1; i < fold->count; i++) {
        size_t taken;

        if (fold->code[i - 1] - '0' < 10u && fold->code[i] >= 0x4e00
            && unit_read(fold->code + i, fold->count - i, &taken))
            mark(aside, i, i + taken);
    }
}

static void aside_mark(const struct fold *fold, uint8_t *aside)
{
    struct deadline deadline = {.to = 0};
    struct amount amount = {.to = 0};

    memset(aside, 0, fold->count);
    mark_phrases(fold, aside);
    mark_units(fold, aside);
    while (deadline_next(fold, 0, deadline.to, &deadline))
        mark(aside, deadline.from, deadline.to);
    while (amount_next(fold, amount.to, &amount))
        mark(aside, amount.from, amount.to);
}

/*
 * A function character by itself is none; nor is a pair with 的 or 了, which join what does not belong together. A number
 * is told apart from its unit, so it counts by where it begins.
 */
static bool is_subject(const struct tokens *tokens, const struct token *token)
{
    const uint32_t *code = tokens->fold.code;
    const uint8_t *aside = tokens->aside;

    if (aside[token->at])
        return false;
    if (token->sort == TOKEN_CHAR)
        return !token_is_function(code[token->at]);
    return token->sort != TOKEN_PAIR
        || (!aside[token->at + 1] && !token_is_particle(code[token->at]) && !token_is_particle(code[token->at + 1]));
}

void subject_mark(struct tokens *tokens)
{
    tokens->aside = realloc(tokens->aside, tokens->fold.count + 1);
    if (!tokens->aside)
        abort();
    aside_mark(&tokens->fold, tokens->aside);
}

void subject_keep(struct tokens *tokens)
{
    size_t kept = 0;

    for (size_t i = 0; i < tokens->count; i++)
        kept += is_subject(tokens, &tokens->list[i]);
    if (kept == 0)
        return;
    kept = 0;
    for (size_t i = 0; i < tokens->count; i++)
        if (is_subject(tokens, &tokens->list[i]))
            tokens->list[kept++] = tokens->list[i];
    tokens->count = kept;
}
