/* tieqiao match: the box on the terminal. */
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "record/choice.h"
#include "work/box.h"

enum { TEXT_MOST = 256 << 10, WAIT_MS = 600000, ANSWERS = 5, ANSWERS_ALONE = 20 };

/* --- on the terminal --- */

static void read_all(FILE *from, struct text *text)
{
    char bytes[8192];
    size_t len;

    while (text->len < TEXT_MOST && (len = fread(bytes, 1, sizeof bytes, from)) > 0)
        text_add(text, bytes, len);
}

static void print_snippet(const json_t *pieces)
{
    const json_t *piece;
    size_t i;

    if (json_array_size(pieces) == 0)
        return;
    printf("      ");
    json_array_foreach((json_t *)pieces, i, piece) {
        bool mark = json_is_true(json_object_get(piece, "mark"));

        fputs(mark ? "【" : "", stdout);
        for (const char *at = json_member(piece, "text").at; *at; at++)
            putchar(*at == '\n' ? ' ' : *at);
        fputs(mark ? "】" : "", stdout);
    }
    putchar('\n');
}

static void print_fit(const json_t *fit)
{
    const json_t *line;
    size_t i;

    json_array_foreach((json_t *)fit, i, line) {
        struct slice state = json_member(json_object_get(line, "state"), "code");

        printf("      %s %s\n", slice_is(state, "met") ? "✓" : slice_is(state, "open") ? "…" : "✕",
               json_member(line, "text").at);
    }
}

static void print_why(const json_t *parts)
{
    const json_t *part;
    size_t i;

    if (json_array_size(parts) == 0)
        return;
    printf("      为什么：");
    json_array_foreach((json_t *)parts, i, part)
        printf("%s%s %lld%%", i ? " · " : "", json_member(part, "text").at,
               (long long)(json_integer_value(json_object_get(part, "share")) + 50) / 100);
    putchar('\n');
}

static void print_card(const json_t *card, const char *address)
{
    static const char *const levels[] = {"", "无", "弱", "较强", "强"};
    json_int_t level = json_integer_value(json_object_get(card, "level"));
    const json_t *fact;
    size_t i;

    printf("  [%s] %s%s%s", levels[level > 0 && level < 5 ? level : 0], json_member(card, "title").at,
           json_member(card, "who").len ? " — " : "", json_member(card, "who").at);
    json_array_foreach(json_object_get(card, "facts"), i, fact)
        printf(" · %s", json_string_value(fact));
    printf("\n      %s%s\n", address, json_member(card, "href").at);
    print_snippet(json_object_get(card, "snippet"));
    print_fit(json_object_get(card, "fit"));
    print_why(json_object_get(json_object_get(card, "why"), "parts"));
    printf("      下一步：%s\n", json_member(json_object_get(card, "next"), "text").at);
}

/* Every column that was asked for, an empty one too; the columns have the document's own order. */
static void print_document(json_t *document, const char *address)
{
    json_t *columns = json_object_get(document, "columns");

    for (unsigned c = 0; c < COLUMN_SHOWN; c++) {
        const struct column_text *text = column_text((enum column)c);
        json_t *column = json_object_get(columns, text->name), *cards = json_object_get(column, "cards"), *card;
        size_t i;

        if (!column)
            continue;
        printf("%s(%s)\n", text->label, text->question);
        if (json_array_size(cards) == 0)
            puts("  没有找到对口的。换用更常见的说法，或写明材料、工艺、指标再试");
        json_array_foreach(cards, i, card)
            print_card(card, address);
    }
}

static bool print_answer(void *arg, const json_t *event)
{
    const bool *as_json = arg;
    json_t *document = json_object_get(event, "document");

    if (document && *as_json) {
        json_dumpf(document, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (document) {
        print_document(document, json_member(event, "address").at);
    }
    return true;
}

/* --- the task: what a visitor sees on the page --- */

static bool way_unknown(const struct choice_list *list, const char *way, struct err *err)
{
    struct text names;

    text_init(&names);
    for (size_t i = 0; i < list->count; i++)
        text_print(&names, "%s%s", i ? "、" : "", list->choices[i].code);
    err_set(err, ERR_INVALID, "没有转化方式“%.60s”", way);
    err_hint(err, "可用：%s", names.at);
    text_release(&names);
    return false;
}

static bool ways_read(const struct task *task, uint32_t *ways, struct err *err)
{
    const struct choice_list *list = choice_list_get("way");
    json_t *word;
    size_t i;

    json_array_foreach(json_object_get(task->request, "way"), i, word) {
        const struct choice *choice = choice_find(list, slice_of(json_string_value(word)));

        if (!choice)
            return way_unknown(list, json_string_value(word), err);
        *ways |= 1u << (choice - list->choices);
    }
    return true;
}

static bool column_read(const struct task *task, unsigned *columns, struct err *err)
{
    const char *typed = task_text(task, "column");
    enum column column;

    if (!*typed)
        return true;
    if (!column_by_name(slice_of(typed), &column) || column >= COLUMN_SHOWN) {
        err_set(err, ERR_INVALID, "没有“%.60s”这一栏", typed);
        return err_hint(err, "可用：achievement、need、people、place、scenario、finance、policy");
    }
    *columns = 1u << column;
    return true;
}

static bool ask(const struct task *task, struct arena *arena, json_t **document, struct err *err)
{
    struct actor visitor = {0};
    int64_t k = json_integer_value(json_object_get(task->request, "k"));
    struct box_question question = {.actor = &visitor, .text = json_member(task->request, "text"),
                                    .today = day_of_ms(clock_ms()),
                                    .industry = json_member(task->request, "industry"),
                                    .region = json_member(task->request, "region"),
                                    .trl = json_integer_value(json_object_get(task->request, "trl"))};
    struct sql *sql;
    bool ok;

    if (!ways_read(task, &question.ways, err) || !column_read(task, &question.columns, err)
        || !store_read(task->city->store, &sql, err))
        return false;
    question.k = k > 0 && k <= BOX_MOST ? (size_t)k : question.columns ? ANSWERS_ALONE : ANSWERS;
    ok = box_answer(task->city, sql, &question, arena, document, err);
    store_read_end(task->city->store, sql);
    return ok;
}

bool task_match(const struct task *task, struct err *err)
{
    struct arena arena;
    json_t *document, *event;
    bool ok;

    city_settled(task->city, false, WAIT_MS);
    arena_init(&arena);
    ok = ask(task, &arena, &document, err);
    if (ok) {
        event = json_object();
        json_put(event, "event", SLICE("answer"));
        json_put(event, "address", slice_of(task->address ? task->address : ""));
        json_object_set_new(event, "document", document);
        task->tell(task->arg, event);
        json_decref(event);
    }
    arena_release(&arena);
    return ok;
}

/* --- the verb --- */

/* --NAME N within 1 to `most`; left out, 0. false: it is no such number. */
static bool number_take(int *argc, char **argv, const char *option, const char *name, long most, json_t *request)
{
    bool missing = false;
    const char *typed = option_take(argc, argv, option, &missing);
    char *end = NULL;
    long number = typed ? strtol(typed, &end, 10) : 0;

    json_object_set_new(request, name, json_integer(number));
    return !missing && (!typed || (end != typed && !*end && number >= 1 && number <= most));
}

static bool word_take(int *argc, char **argv, const char *option, json_t *request)
{
    bool missing = false;
    const char *value = option_take(argc, argv, option, &missing);

    json_put(request, option + 2, slice_of(value ? value : ""));
    return !missing;
}

/* false: the words are off. */
static bool options_take(int *argc, char **argv, json_t *request)
{
    json_t *ways = json_array();
    bool missing = false;
    const char *way;

    json_put(request, "task", SLICE("match"));
    while ((way = option_take(argc, argv, "--way", &missing)) != NULL)
        json_array_append_new(ways, json_string(way));
    json_object_set_new(request, "way", ways);
    return !missing && number_take(argc, argv, "-k", "k", BOX_MOST, request)
           && number_take(argc, argv, "--trl", "trl", 9, request) && word_take(argc, argv, "--column", request)
           && word_take(argc, argv, "--industry", request) && word_take(argc, argv, "--region", request) && *argc == 2
           && (argv[1][0] != '-' || !argv[1][1]);
}

static void text_read(const char *word, json_t *request)
{
    struct text text;

    text_init(&text);
    if (strcmp(word, "-") == 0)
        read_all(stdin, &text);
    else
        text_puts(&text, word);
    json_put(request, "text", utf8_valid(text_slice(&text)) == text.len ? text_slice(&text) : SLICE(""));
    text_release(&text);
}

int verb_match(int argc, char **argv, const struct where *where)
{
    bool as_json, ok;
    json_t *request;
    struct err err;

    if (flag_take(&argc, argv, "--all"))
        return verb_match_all(argc, argv, where);
    as_json = flag_take(&argc, argv, "--json");
    request = json_object();
    if (!options_take(&argc, argv, request)) {
        json_decref(request);
        return verb_usage("用法：tieqiao match 文字|- [-k 1到50] [--column 栏] [--industry 代码] [--region 代码] [--trl 1到9]"
                          " [--way 方式]… [--json]；tieqiao match --help 有说明");
    }
    text_read(argv[1], request);
    ok = task_ask(where, request, print_answer, &as_json, &err);
    json_decref(request);
    return ok ? EXIT_DONE : verb_failed(&err);
}
