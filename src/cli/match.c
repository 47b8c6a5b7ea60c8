/* tieqiao match: the box on the terminal. */
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
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

static bool answer(struct city *city, struct slice text, size_t k, bool as_json, struct err *err)
{
    struct actor visitor = {0};
    struct box_question question = {.actor = &visitor, .text = text, .today = day_of_ms(clock_ms()), .k = k};
    struct arena arena;
    struct sql *sql;
    json_t *document;
    bool ok;

    if (!store_read(city->store, &sql, err))
        return false;
    arena_init(&arena);
    ok = box_answer(city, sql, &question, &arena, &document, err);
    store_read_end(city->store, sql);
    if (ok && as_json)
        json_dumpf(document, stdout, JSON_INDENT(2));
    else if (ok)
        print_document(document);
    if (ok)
        json_decref(document);
    arena_release(&arena);
    return ok;
}

int verb_match(int argc, char **argv, const struct where *where)
{
    bool missing = false, as_json = flag_take(&argc, argv, "--json"), ok;
    const char *k = option_take(&argc, argv, "-k", &missing);
    struct city *city;
    struct text text;
    struct err err;

    if (missing || argc != 2)
        return verb_usage("用法:tieqiao match 文字 [-k N] [--json];文字写作 - 时从标准输入读");
    if (!verb_open(where, true, &city, &err))
        return verb_failed(&err);
    text_init(&text);
    if (strcmp(argv[1], "-") == 0)
        read_all(stdin, &text);
    else
        text_puts(&text, argv[1]);
    city_settled(city, false, WAIT_MS);
    ok = answer(city, text_slice(&text), k ? strtoul(k, NULL, 10) % BOX_MOST : 3, as_json, &err);
    text_release(&text);
    city_close(city);
    return ok ? EXIT_DONE : verb_failed(&err);
}

int verb_rebuild(int argc, char **argv, const struct where *where)
{
    struct city *city;
    struct err err;
    bool ok;

    (void)argv;
    if (argc > 1)
        return verb_usage("用法:tieqiao rebuild [--data DIR] [--db URL]");
    if (!verb_open(where, true, &city, &err))
        return verb_failed(&err);
    ok = city_rebuild(city, &err);
    if (ok && !city_settled(city, true, WAIT_MS))
        ok = err_set(&err, ERR_BUSY, "十分钟内没有建完;再运行一次会接着建");
    city_close(city);
    return ok ? EXIT_DONE : verb_failed(&err);
}
