/* A folder of rules for one test: a dictionary and a rule that are right, each piece of which a test may change. */
#ifndef TQ_TESTS_RULES_KIT_H
#define TQ_TESTS_RULES_KIT_H

#include "../base/cases.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "rules/rules.h"
#include "seal/seal.h"

static const char kit_facts[] =
    "state_unit: {kind: yes, label: 国家设立的单位}\n"
    "pricing: {kind: code, label: 定价方式, choices: {agreement: 协议定价, listing: 挂牌, auction: 拍卖}}\n"
    "notice_first: {kind: day, label: 公示起始日}\n"
    "today: {kind: day, label: 当日}\n"
    "income: {kind: money, label: 净收入, hint: 写元}\n"
    "reward: {kind: money, label: 奖励}\n"
    "people: {kind: number, label: 人数}\n"
    "share: {kind: share, label: 占比}\n"
    "score: {kind: points, label: 得分}\n";

static const char kit_rule[] =
    "rule: R03\n"                                                                      /* 1 */
    "title: 公示\n"                                                                    /* 2 */
    "summary: 公示不少于 15 日\n"                                                      /* 3 */
    "region: 100000\n"                                                                 /* 4 */
    "valid_from: 2015-10-01\n"                                                         /* 5 */
    "source: checked\n"                                                                /* 6 */
    "gates: [sign]\n"                                                                  /* 7 */
    "articles:\n"                                                                      /* 8 */
    "  - {document: 促进科技成果转化法, number: 第十八条, source: checked}\n"          /* 9 */
    "parameters:\n"                                                                    /* 10 */
    "  days: {label: 公示天数, value: 15, unit: 日, source: secondary}\n"              /* 11 */
    "facts: [state_unit, pricing, notice_first, today]\n"                              /* 12 */
    "applies: state_unit = 1 and pricing = 'agreement'\n"                              /* 13 */
    "conditions:\n"                                                                    /* 14 */
    "  - name: long_enough\n"                                                          /* 15 */
    "    holds: today > days_after(notice_first, $days)\n"                             /* 16 */
    "    says: 未满 {days} 日，{earliest} 之后签约\n"                                  /* 17 */
    "    hint: 等满 {days} 日\n"                                                        /* 18 */
    "results:\n"                                                                       /* 19 */
    "  earliest: {kind: day, label: 末日, value: \"days_after(notice_first, $days)\"}\n" /* 20 */
    "examples:\n"                                                                      /* 21 */
    "  - name: 第 15 日\n"                                                             /* 22 */
    "    given: {state_unit: yes, pricing: agreement, notice_first: 2026-03-02, today: 2026-03-17}\n" /* 23 */
    "    answer: no\n"                                                                 /* 24 */
    "    because: long_enough\n"                                                       /* 25 */
    "    results: {earliest: 2026-03-17}\n"                                            /* 26 */
    "    why: 第 15 日是 3 月 17 日\n"                                                 /* 27 */
    "  - name: 第 16 日\n"                                                             /* 28 */
    "    given: {state_unit: yes, pricing: agreement, notice_first: 2026-03-02, today: 2026-03-18}\n" /* 29 */
    "    answer: yes\n"                                                                /* 30 */
    "    why: 满 15 日\n"                                                              /* 31 */
    "  - name: 不知道\n"                                                               /* 32 */
    "    given: {state_unit: yes, pricing: agreement, today: 2026-03-17}\n"            /* 33 */
    "    answer: unknown\n"                                                            /* 34 */
    "    asks: [notice_first]\n"                                                       /* 35 */
    "    why: 未知\n";                                                                 /* 36 */

struct kit {
    char folder[64];
    struct calendar *calendar;
    struct rulebook *book;
    struct arena arena;
    struct err err;
};

__attribute__((format(printf, 1, 2))) static inline bool kit_shell(const char *format, ...)
{
    char command[400];
    va_list args;

    va_start(args, format);
    vsnprintf(command, sizeof command, format, args);
    va_end(args);
    return system(command) == 0;
}

static inline void kit_write(struct kit *kit, const char *name, const char *text)
{
    char path[200];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", kit->folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

/* `text` with the first `from` in it as `to`; to be freed. */
static inline char *kit_changed(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    struct text out;

    if (!at)
        fail_msg("the rule holds no %s", from);
    text_init(&out);
    text_add(&out, text, (size_t)(at - text));
    text_print(&out, "%s%s", to, at + strlen(from));
    return text_detach(&out);
}

static inline int kit_open(void **state)
{
    struct kit *kit = calloc(1, sizeof *kit);

    snprintf(kit->folder, sizeof kit->folder, "/tmp/tq-rules-XXXXXX");
    if (!mkdtemp(kit->folder) || !seal_start(&kit->err) || !calendar_load(TQ_CALENDAR, &kit->calendar, &kit->err))
        return -1;
    arena_init(&kit->arena);
    kit_shell("mkdir -p %s/facts %s/national %s/gansu", kit->folder, kit->folder, kit->folder);
    kit_write(kit, "facts/all.yaml", kit_facts);
    *state = kit;
    return 0;
}

static inline int kit_close(void **state)
{
    struct kit *kit = *state;

    rulebook_free(kit->book);
    calendar_free(kit->calendar);
    arena_release(&kit->arena);
    kit_shell("rm -rf '%s'", kit->folder);
    free(kit);
    return 0;
}

static inline bool kit_load(struct kit *kit)
{
    rulebook_free(kit->book);
    kit->book = NULL;
    return rulebook_load(kit->folder, kit->calendar, &kit->book, &kit->err);
}

/* The folder with these rules must be right; its only or first rule. */
static inline const struct rule *kit_rule_of(struct kit *kit, const char *text)
{
    kit_write(kit, "national/R.yaml", text);
    if (!kit_load(kit))
        fail_msg("%s; %s", kit->err.message, kit->err.hint);
    return rulebook_at(kit->book, 0);
}

static inline int32_t day_of(const char *text)
{
    int32_t day;

    assert_true(day_parse(slice_of(text), &day));
    return day;
}

/* "name=value name=value": asked of the rule. */
static inline struct answer kit_ask(struct kit *kit, const struct rule *rule, const char *words)
{
    struct slice rest = slice_of(words), word;
    struct fact facts[16];
    struct answer answer;
    size_t count = 0;

    while (*words && slice_cut(&rest, ' ', &word)) {
        const char *is = memchr(word.at, '=', word.len);
        const struct rule_fact *fact = rulebook_fact(kit->book, (struct slice){word.at, (size_t)(is - word.at)});

        assert_non_null(fact);
        if (!rule_fact_read(fact, (struct slice){is + 1, (size_t)(word.at + word.len - is - 1)}, &facts[count++], &kit->err))
            fail_msg("%s", kit->err.message);
    }
    if (!rule_ask(kit->book, rule, facts, count, &kit->arena, &answer, &kit->err))
        fail_msg("%s; %s", kit->err.message, kit->err.hint);
    return answer;
}

/* Names of what is asked, "a b c". */
static inline const char *kit_asks(struct kit *kit, const struct answer *answer)
{
    const char *names = "";

    for (size_t i = 0; i < answer->ask_count; i++)
        names = arena_print(&kit->arena, "%s%s%s", names, i ? " " : "", answer->asks[i]->name);
    return names;
}

#define WITH_KIT(test) cmocka_unit_test_setup_teardown(test, kit_open, kit_close)

#endif
