/*
 * Does a tender text shut first products out? Pasted or dropped, read and not kept.
 * GET, POST /tender-check (text, file, public): {"tender": {text, public: [{code, label, selected}], checked, file, error, count, most,
 *   marks: [{no, sentence, word, sort, scored, instead}], answer: {verdict, label, says, hint, asks: [label]}, article: {document, number, text}}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/deal.h"
#include "web/drop.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/tender.h"

enum { MARKS_MOST = 200, TEXT_MOST = 400000, SHOWN_CHARS = 600 };

struct tender_page {
    struct slice text, public, file;
    struct tender_mark marks[MARKS_MOST];
    size_t count;
    bool checked;
    const struct err *refused;
};

static json_t *marks_json(const struct request *request, const struct tender_page *page)
{
    json_t *marks = json_array();

    for (size_t i = 0; i < page->count; i++) {
        const struct tender_mark *mark = &page->marks[i];
        const struct tender_word *word = &tender_words[mark->sort];
        json_t *out = json_object();

        json_object_set_new_nocheck(out, "no", json_integer((json_int_t)i + 1));
        json_put(out, "sentence", utf8_head(mark->sentence, SHOWN_CHARS));
        json_put(out, "word", mark->word);
        json_object_set_new_nocheck(out, "sort", label_json(word->code, word->label, word->label_en));
        json_object_set_new_nocheck(out, "scored", json_boolean(mark->scored));
        json_put(out, "instead", say(request, word->instead));
        json_array_append_new(marks, out);
    }
    return marks;
}

/* --- R84 over what was found --- */

static bool any_mark(const struct tender_page *page, bool scored)
{
    for (size_t i = 0; i < page->count; i++)
        if (page->marks[i].scored == scored)
            return true;
    return false;
}

static json_t *article_json(const struct rule *rule)
{
    json_t *article = json_object();

    json_put(article, "document", slice_of(rule->articles[0].document));
    json_put(article, "number", slice_of(rule->articles[0].number));
    json_put(article, "text", slice_of(rule->articles[0].text));
    return article;
}

static json_t *verdict_json(const struct request *request, const struct answer *answer)
{
    json_t *out = json_object(), *asks = json_array();

    json_put(out, "verdict", slice_of(rule_verdict_word(answer->verdict)));
    json_put(out, "label", say(request, rule_verdict_label(answer->verdict)));
    json_put(out, "says", answer->says);
    json_put(out, "hint", answer->hint);
    for (size_t i = 0; i < answer->ask_count; i++)
        json_array_append_new(asks, json_string(answer->asks[i]->label));
    json_object_set_new_nocheck(out, "asks", asks);
    return out;
}

/* For a product that is put on the market for the first time and does what is asked for: that is whom §91 protects. */
static bool rule_put(const struct request *request, const struct tender_page *page, json_t *out, struct err *err)
{
    const struct law *law = &request->web->city->law;
    const struct rule *rule = rule_find(law->book, "R84", REGION_NATION, day_of_ms(request->now_ms));
    const struct fact facts[] = {
        {.name = "public_buyer", .kind = FACT_YES, .known = page->public.len > 0, .value = slice_is(page->public, "yes")},
        {.name = "domestic_supplier", .kind = FACT_YES, .known = true, .value = 1},
        {.name = "innovative", .kind = FACT_YES, .known = true, .value = 1},
        {.name = "need_met", .kind = FACT_YES, .known = true, .value = 1},
        {.name = "first_market", .kind = FACT_YES, .known = true, .value = 1},
        {.name = "record_asked", .kind = FACT_YES, .known = true, .value = any_mark(page, false)},
        {.name = "record_scored", .kind = FACT_YES, .known = true, .value = any_mark(page, true)},
    };
    struct answer answer;

    if (!rule || !rule->article_count)
        return true;
    json_object_set_new_nocheck(out, "article", article_json(rule));
    if (!page->checked)
        return true;
    if (!rule_ask(law->book, rule, facts, sizeof facts / sizeof *facts, request->arena, &answer, err))
        return false;
    json_object_set_new_nocheck(out, "answer", verdict_json(request, &answer));
    return true;
}

/* --- the page --- */

static json_t *public_json(struct slice chosen)
{
    static const struct {
        const char *code, *label, *label_en;
    } choices[] = {{"yes", "是政府采购", "Government procurement"}, {"no", "不是，企业自行招标", "No, a firm's own tender"}, {"", "不清楚", "Not sure"}};
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        json_t *choice = label_json(choices[i].code, choices[i].label, choices[i].label_en);

        json_object_set_new_nocheck(choice, "selected", json_boolean(slice_is(chosen, choices[i].code)));
        json_array_append_new(list, choice);
    }
    return list;
}

static bool page_send(struct request *request, const struct tender_page *page, struct err *err)
{
    json_t *document = json_object(), *out = json_object();

    json_object_set_new_nocheck(document, "tender", out);
    json_put(out, "text", page->text);
    json_put(out, "file", page->file);
    json_object_set_new_nocheck(out, "public", public_json(page->public));
    json_object_set_new_nocheck(out, "checked", json_boolean(page->checked));
    json_object_set_new_nocheck(out, "count", json_integer((json_int_t)page->count));
    json_object_set_new_nocheck(out, "most", json_boolean(page->count == MARKS_MOST));
    json_object_set_new_nocheck(out, "marks", marks_json(request, page));
    if (page->refused)
        json_put(out, "error", say_all(request, page->refused));
    if (!rule_put(request, page, out, err)) {
        json_decref(document);
        return false;
    }
    json_fill(out, "error answer article");
    return request_page(request, "tender_check", document);
}

bool tender_get(struct request *request, struct err *err)
{
    return page_send(request, &(struct tender_page){.text = SLICE(""), .public = SLICE("yes"), .file = SLICE("")}, err);
}

/* What was sent: a file's text, or what was pasted; false with err where neither can be read. */
static bool text_of(struct request *request, struct tender_page *page, struct slice *text, struct err *err)
{
    const struct form_part *file = form_file(&request->form, "file");

    *text = page->text;
    if (file && file->value.len) {
        page->file = slice_of(arena_text(request->arena, file->filename));
        return drop_read(request, file, TEXT_MOST, text, err);
    }
    return slice_trim(page->text).len || err_set(err, ERR_INVALID, "还没有要看的文字") || err_hint(err, "把采购文件的文字粘贴进来，或者选一个 PDF、DOCX 文件")
           || err_field(err, "text");
}

/* Set aside where it brings a document (web/aside.h). A program is told of a refusal; a person sees it beside the box. */
bool tender_post(struct request *request, struct err *err)
{
    struct tender_page *page = arena_zero(request->arena, 1, sizeof *page);
    struct slice text;
    struct err refused;

    *page = (struct tender_page){.text = request_value(request, "text"), .public = request_value(request, "public"), .file = SLICE("")};
    if (!text_of(request, page, &text, &refused)) {
        page->refused = &refused;
        *err = refused;
        return request->api ? false : page_send(request, page, err);
    }
    page->count = tender_read(text, request->arena, page->marks, MARKS_MOST);
    page->checked = true;
    return page_send(request, page, err);
}
