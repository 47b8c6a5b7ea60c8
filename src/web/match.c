/*
 * The box's answers.
 * Document: {"ask", "results": {only, file, publish_need, publish_achievement, columns}, "refine"} (columns: work/box.h)
 */
#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "record/choice.h"
#include "record/tree.h"
#include "web/drop.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"

/* In seven columns each shows its best few; the weak ones stand folded below, and of those only what is not far off. */
enum { ANSWERS = 3, WEAK_MOST = 3, WEAK_ALONE = 2, WEAK_CHANCE = 3000 /* in ten thousand */ };
enum { ANSWERS_ALONE = 20, ANSWERS_API = 5, FILE_TEXT = 60000 };

static uint32_t ways_of(const struct request *request)
{
    const struct choice_list *list = choice_list_get("way");
    struct slice rest = request_values(request, "way"), item;
    uint32_t ways = 0;

    while (slice_cut(&rest, '\n', &item)) {
        const struct choice *choice = choice_find(list, item);

        if (choice)
            ways |= 1u << (choice - list->choices);
    }
    return ways;
}

static json_t *option_json(const char *code, const char *label, const char *label_en, bool selected)
{
    json_t *option = label_json(code, label, label_en);

    json_object_set_new_nocheck(option, "selected", json_boolean(selected));
    return option;
}

static json_t *tree_options(const struct request *request, const char *tree_name, const char *under, int depth,
                            struct slice chosen)
{
    const struct tree *tree = tree_get(tree_name);
    json_t *options = json_array();
    size_t len = strlen(under);

    for (size_t i = 0; i < tree->count; i++) {
        const struct tree_node *node = &tree->nodes[i];
        json_t *option;

        if (node->depth > depth || strncmp(node->path, under, len) != 0)
            continue;
        option = node_json(request, tree, node);
        json_object_set_new_nocheck(option, "selected", json_boolean(slice_is(chosen, node->code)));
        json_array_append_new(options, option);
    }
    return options;
}

static json_t *trl_options(int64_t chosen)
{
    json_t *options = json_array();

    for (int level = 1; level <= 9; level++) {
        char code[2] = {(char)('0' + level), '\0'}, label[8];

        snprintf(label, sizeof label, "TRL %d", level);
        json_array_append_new(options, option_json(code, label, label, chosen == level));
    }
    return options;
}

static json_t *way_options(uint32_t ways)
{
    const struct choice_list *list = choice_list_get("way");
    json_t *options = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(options, option_json(list->choices[i].code, list->choices[i].label,
                                                   list->choices[i].label_en, ways >> i & 1));
    return options;
}

static json_t *refine_json(const struct request *request, const struct box_question *question)
{
    json_t *refine = json_object();
    int count = (question->industry.len > 0) + (question->region.len > 0) + (question->trl > 0) + (question->ways > 0);

    json_object_set_new_nocheck(refine, "open", json_boolean(count > 0));
    json_object_set_new_nocheck(refine, "count", json_integer(count));
    json_object_set_new_nocheck(refine, "industry", tree_options(request, "gbt4754", "", 0, question->industry));
    json_object_set_new_nocheck(refine, "region",
                                tree_options(request, "division", "620000", 2, question->region));
    json_object_set_new_nocheck(refine, "trl", trl_options(question->trl));
    json_object_set_new_nocheck(refine, "way", way_options(question->ways));
    return refine;
}

static bool is_weak(const json_t *card)
{
    return json_integer_value(json_object_get(card, "level")) < MATCH_FAIR;
}

/*
 * The best few stay; what fits weakly is folded away, unless it is all there is, or left out where it hardly fits at all.
 * true: others stay behind.
 */
static bool fold_weak(json_t *column, json_t *cards)
{
    json_t *strong = json_array(), *weak = json_array(), *card;
    bool more = false, alone;
    size_t i;

    json_array_foreach(cards, i, card) {
        bool near = json_integer_value(json_object_get(card, "chance")) >= WEAK_CHANCE;

        if (!is_weak(card) && json_array_size(strong) < ANSWERS)
            json_array_append(strong, card);
        else if (is_weak(card) && near && json_array_size(weak) < WEAK_MOST)
            json_array_append(weak, card);
        else
            more = more || near;
    }
    alone = json_array_size(strong) == 0;
    for (; alone && json_array_size(weak) && json_array_size(strong) < WEAK_ALONE; json_array_remove(weak, 0))
        json_array_append(strong, json_array_get(weak, 0));
    if (json_array_size(weak)) {
        json_t *fold = json_object();

        json_object_set_new_nocheck(fold, "count", json_integer((json_int_t)json_array_size(weak)));
        json_object_set_nocheck(fold, "cards", weak);
        json_object_set_new_nocheck(column, "weak", fold);
    }
    json_decref(weak);
    json_object_set_new_nocheck(column, "cards", strong);
    return more;
}

/* For readers: how many are shown, and whether there are more. (The open API says how many share a word at all.) */
static void arrange(json_t *columns, bool alone)
{
    const char *name;
    json_t *column;

    json_object_foreach(columns, name, column) {
        json_t *cards = json_object_get(column, "cards");
        bool more = !alone && fold_weak(column, json_incref(cards));

        if (!alone)
            json_decref(cards);
        if (more)
            json_object_set_new_nocheck(column, "more", json_true());
        json_object_set_new_nocheck(column, "total",
                                    json_integer((json_int_t)json_array_size(json_object_get(column, "cards"))));
        json_fill(column, "weak seen");
    }
}

/* Can this text become a record of the kind? A visitor is asked when he has signed in. */
static json_t *publish_json(struct request *request, const struct kind *kind)
{
    struct object object = {.kind = kind, .owner = request->actor.party};
    struct err ignored;

    return json_boolean(!request->signed_in || may(&request->actor, ACT_CREATE, &object, &ignored));
}

/* 0: any; -1: what was asked for is none. */
static int64_t trl_of(const struct request *request)
{
    return request_value(request, "trl").len ? request_number(request, "trl", -1) : 0;
}

/* `typed` may be a document's pages, dropped or pasted. */
static bool answer(struct request *request, struct slice typed, const char *file, struct err *err)
{
    struct slice text = utf8_one_page(typed, request->arena);
    struct slice column = request_value(request, "column");
    int64_t usual = column.len ? ANSWERS_ALONE : request->api ? ANSWERS_API : 2 * (ANSWERS + WEAK_MOST);
    int64_t most = request_number(request, "k", usual);
    struct box_question question = {
        .actor = &request->actor, .text = text, .today = day_of_ms(request->now_ms),
        .k = (size_t)(most > BOX_MOST ? BOX_MOST : most), .industry = request_value(request, "industry"),
        .region = request_value(request, "region"), .trl = trl_of(request),
        .ways = ways_of(request), .english = request->english};
    json_t *document = NULL, *results;
    enum column only;

    if (!request_members_fit(request, "q k column industry region trl way lang", err))
        return false;
    if (column.len && (!column_by_name(column, &only) || only >= COLUMN_SHOWN)) {
        err_set(err, ERR_INVALID, "没有这一栏");
        err_hint(err, "可用：achievement、need、people、place、scenario、finance、policy");
        return err_field(err, "column");
    }
    if (column.len)
        question.columns = 1u << only;
    if (!box_answer(request->web->city, request->sql, &question, request->arena, &document, err))
        return false;
    if (request->api)
        return request_page(request, NULL, document);
    results = json_object();
    json_object_set_nocheck(results, "columns", json_object_get(document, "columns"));
    arrange(json_object_get(results, "columns"), question.columns != 0);
    json_object_set_new_nocheck(results, "only", json_boolean(question.columns != 0));
    if (file)
        json_put(results, "file", slice_of(file));
    json_fill(results, "file note");
    json_object_set_new_nocheck(results, "publish_need", publish_json(request, &kind_need));
    json_object_set_new_nocheck(results, "publish_achievement", publish_json(request, &kind_achievement));
    json_object_set_new_nocheck(document, "ask", ask_json(text));
    json_object_set_new_nocheck(document, "results", results);
    json_object_set_new_nocheck(document, "refine", refine_json(request, &question));
    return request_page(request, "results", document);
}

/* What was typed was not an answerable question: the page again, with what was typed and what to do. */
static bool ask_again(struct request *request, struct slice text, struct err *err)
{
    bool text_itself = err->code == ERR_INVALID && utf8_plain(text);

    if (request->api || !text_itself)
        return false;
    request->status = 422;
    return ask_page(request, text, say_all(request, err));
}

bool match_get(struct request *request, struct err *err)
{
    struct slice text = request_value(request, "q");

    return answer(request, text, NULL, err) || ask_again(request, text, err);
}

bool match_post(struct request *request, struct err *err)
{
    const struct form_part *file = form_file(&request->form, "file");
    struct slice text = request_value(request, "q"), read;

    if (!file || file->value.len == 0)
        return answer(request, text, NULL, err) || ask_again(request, text, err);
    if (!drop_read(request, file, FILE_TEXT, &read, err))
        return ask_again(request, text, err);
    return answer(request, utf8_head(read, MATCH_QUERY_CHARS), arena_text(request->arena, file->filename), err) || ask_again(request, text, err);
}
