/* At the contract: by which questions its sort is found, and what the law says where it is silent. */
#include "web/deal.h"

#include "base/json.h"
#include "web/say.h"
#include "work/contract_silence.h"
#include "work/contract_tree.h"

/* --- the questions --- */

/* The form of the step with these answers. */
static char *tree_href(const struct deal_page *page, const char *codes)
{
    return arena_print(page->request->arena, "/deals/%lld?step=sign&tree=%s#tree", (long long)page->file.deal.id, codes);
}

static json_t *answer_json(const struct deal_page *page, const struct tree_answer *answer)
{
    json_t *out = json_object();

    json_put(out, "code", slice_of(answer->code));
    json_put(out, "says", say(page->request, answer->says));
    json_put(out, "article", say(page->request, answer->article));
    return out;
}

/* Each answer given, with the way back to its question. */
static json_t *taken_json(const struct deal_page *page, const struct tree_walk *walk)
{
    json_t *taken = json_array();
    const char *codes = "";

    for (size_t i = 0; i < walk->count; i++) {
        json_t *line = answer_json(page, walk->taken[i].answer);

        json_put(line, "asks", say(page->request, walk->taken[i].question->asks));
        json_put(line, "again", slice_of(tree_href(page, codes)));
        json_array_append_new(taken, line);
        codes = arena_print(page->request->arena, "%s%s%s", codes, *codes ? "." : "", walk->taken[i].answer->code);
    }
    return taken;
}

static json_t *next_json(const struct deal_page *page, const struct tree_walk *walk)
{
    json_t *next, *answers;
    const char *codes = "";

    if (!walk->next)
        return json_null();
    for (size_t i = 0; i < walk->count; i++)
        codes = arena_print(page->request->arena, "%s%s.", codes, walk->taken[i].answer->code);
    next = json_object();
    answers = json_array();
    for (size_t i = 0; i < walk->next->count; i++) {
        const struct tree_answer *answer = &walk->next->answers[i];
        json_t *line = answer_json(page, answer);

        json_put(line, "href", slice_of(tree_href(page, arena_print(page->request->arena, "%s%s", codes, answer->code))));
        json_array_append_new(answers, line);
    }
    json_put(next, "asks", say(page->request, walk->next->asks));
    json_object_set_new_nocheck(next, "answers", answers);
    return next;
}

static json_t *found_json(const struct deal_page *page, const struct tree_walk *walk)
{
    json_t *found;

    if (walk->next)
        return json_null();
    found = json_object();
    json_put(found, "form", say(page->request, form_label(walk->form)));
    json_put(found, "article", say(page->request, walk->taken[walk->count - 1].answer->article));
    json_object_set_new_nocheck(found, "sort", code_label_json("contract_sort", slice_of(form_sort(walk->form))));
    return found;
}

json_t *deal_tree_json(const struct deal_page *page)
{
    struct slice codes = tree_codes(page->typed[CONTRACT_TREE]);
    struct tree_walk walk;
    struct err ignored;
    json_t *tree;

    if (strcmp(page->step->name, "sign") != 0)
        return json_null();
    if (!tree_walk(codes, &walk, &ignored))
        tree_walk(SLICE(""), &walk, &ignored);
    tree = json_object();
    json_put(tree, "codes", walk.next ? SLICE("") : codes); /* what is not answered to the end goes into no contract */
    json_object_set_new_nocheck(tree, "taken", taken_json(page, &walk));
    json_object_set_new_nocheck(tree, "next", next_json(page, &walk));
    json_object_set_new_nocheck(tree, "found", found_json(page, &walk));
    return tree;
}

/* --- silence --- */

static json_t *silences_json(struct request *request, unsigned forms, const bool known[])
{
    const struct silence *list[SILENCES_MOST];
    size_t count = contract_silences(forms, known, list);
    json_t *out, *lines;

    if (!count)
        return json_null();
    out = json_object();
    lines = json_array();

    for (size_t i = 0; i < count; i++) {
        const struct field *field = &kind_contract.fields[list[i]->field];
        json_t *line = json_object();

        json_object_set_new_nocheck(line, "label", label_json(field->name, field->label, field->label_en));
        json_put(line, "says", say(request, list[i]->says));
        json_put(line, "article", say(request, list[i]->article));
        json_array_append_new(lines, line);
    }
    json_object_set_new_nocheck(out, "lines", lines);
    return out;
}

json_t *deal_silent_json(struct request *request, const struct record *paper)
{
    bool known[CONTRACT_FIELD_COUNT];

    for (size_t i = 0; i < CONTRACT_FIELD_COUNT; i++)
        known[i] = paper->values[i].known;
    return silences_json(request, forms_of(paper->values[CONTRACT_SORT].text, known[CONTRACT_TREE] ? paper->values[CONTRACT_TREE].text : SLICE("")),
                         known);
}

json_t *deal_silent_form_json(const struct deal_page *page)
{
    bool known[CONTRACT_FIELD_COUNT];

    if (strcmp(page->step->name, "sign") != 0)
        return json_null();
    for (size_t i = 0; i < CONTRACT_FIELD_COUNT; i++)
        known[i] = slice_trim(page->typed[i]).len > 0;
    return silences_json(page->request, forms_of(slice_trim(page->typed[CONTRACT_SORT]), page->typed[CONTRACT_TREE]), known);
}
