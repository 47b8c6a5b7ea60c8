/* tieqiao match: the box on the terminal. */
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "base/utf8.h"
#include "cli/task.h"
#include "cli/verb.h"
#include "work/box.h"

enum { TEXT_MOST = 256 << 10, WAIT_MS = 600000 };

static void read_all(FILE *from, struct text *text)
{
    char bytes[8192];
    size_t len;

    while (text->len < TEXT_MOST && (len = fread(bytes, 1, sizeof bytes, from)) > 0)
        text_add(text, bytes, len);
}

static void print_card(const json_t *card)
{
    static const char *const levels[] = {"", "无", "弱", "较强", "强"};
    json_int_t level = json_integer_value(json_object_get(card, "level"));
    const json_t *line, *fit = json_object_get(card, "fit");
    size_t i;

    printf("  [%s] %s — %s\n", levels[level > 0 && level < 5 ? level : 0], json_member(card, "title").at,
           json_member(card, "who").at);
    json_array_foreach((json_t *)fit, i, line)
        printf("      %s %s\n", slice_is(json_member(json_object_get(line, "state"), "code"), "met") ? "✓"
               : slice_is(json_member(json_object_get(line, "state"), "code"), "open") ? "…" : "✕",
               json_member(line, "text").at);
    printf("      下一步:%s\n", json_member(json_object_get(card, "next"), "text").at);
}

static void print_document(json_t *document)
{
    json_t *columns = json_object_get(document, "columns");

    for (unsigned c = 0; c < COLUMN_SHOWN; c++) {
        const struct column_text *text = column_text((enum column)c);
        json_t *cards = json_object_get(json_object_get(columns, text->name), "cards"), *card;
        size_t i;

        printf("%s(%s)\n", text->label, text->question);
        json_array_foreach(cards, i, card)
            print_card(card);
    }
}

static bool ask(const struct task *task, struct arena *arena, json_t **document, struct err *err)
{
    struct actor visitor = {0};
    int64_t k = json_integer_value(json_object_get(task->request, "k"));
    struct box_question question = {.actor = &visitor, .text = json_member(task->request, "text"),
                                    .today = day_of_ms(clock_ms()), .k = k > 0 && k <= BOX_MOST ? (size_t)k : 3};
    struct sql *sql;
    bool ok;

    if (!store_read(task->city->store, &sql, err))
        return false;
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
        json_object_set_new(event, "document", document);
        task->tell(task->arg, event);
        json_decref(event);
    }
    arena_release(&arena);
    return ok;
}

static bool print_answer(void *arg, const json_t *event)
{
    const bool *as_json = arg;
    json_t *document = json_object_get(event, "document");

    if (document && *as_json)
        json_dumpf(document, stdout, JSON_INDENT(2));
    else if (document)
        print_document(document);
    return true;
}

int verb_match(int argc, char **argv, const struct where *where)
{
    bool missing = false, as_json = flag_take(&argc, argv, "--json"), ok;
    const char *k = option_take(&argc, argv, "-k", &missing);
    json_t *request;
    struct text text;
    struct err err;

    if (missing || argc != 2)
        return verb_usage("用法:tieqiao match 文字 [-k N] [--json];文字写作 - 时从标准输入读");
    text_init(&text);
    if (strcmp(argv[1], "-") == 0)
        read_all(stdin, &text);
    else
        text_puts(&text, argv[1]);
    request = json_object();
    json_put(request, "task", SLICE("match"));
    json_put(request, "text", utf8_valid(text_slice(&text)) == text.len ? text_slice(&text) : SLICE(""));
    json_object_set_new(request, "k", json_integer(k ? (json_int_t)strtoul(k, NULL, 10) : 3));
    text_release(&text);
    ok = task_ask(where, request, print_answer, &as_json, &err);
    json_decref(request);
    return ok ? EXIT_DONE : verb_failed(&err);
}
