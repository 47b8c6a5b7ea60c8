/* The form of a step. */
#include "web/deal.h"

#include "base/json.h"
#include "record/choice.h"
#include "web/form_int.h"
#include "web/say.h"

static const struct complaint *complaint_of(const struct deal_page *page, const struct field *field)
{
    if (!page->order)
        return NULL;
    for (size_t i = 0; i < page->order->complaints.count; i++)
        if (page->order->complaints.list[i].field == field)
            return &page->order->complaints.list[i];
    return NULL;
}

/* What the check of the step, no rule and no single field, has against it stands beside the field it names. */
static void error_add(const struct deal_page *page, const struct field *field, json_t *made)
{
    const struct complaint *complaint = complaint_of(page, field);

    if (complaint)
        json_put(made, "error", say_all(page->request, &complaint->err));
    else if (page->refused && strcmp(page->refused->field, field->name) == 0)
        json_put(made, "error", say_all(page->request, page->refused));
    else if (page->reading && page->reading->sheet->doubt[field - deal_step_kind(page->step)->fields].len)
        json_put(made, "error", page->reading->sheet->doubt[field - deal_step_kind(page->step)->fields]);
}

/* Folded: seldom filled in, nothing stands in it, and it is not what is wrong. */
static bool is_folded(const struct deal_page *page, const struct sheet *sheet, size_t field, const json_t *made)
{
    return deal_step_seldom(page->step, field) && !sheet_holds(sheet, field) && json_is_null(json_object_get(made, "error"));
}

static void fields_add(struct deal_page *page, const struct kind *kind, json_t *fields, json_t *more)
{
    struct sheet sheet;

    sheet_init(&sheet, page->request, kind);
    memcpy(sheet.typed, page->typed, sizeof sheet.typed);
    if (page->reading) {
        memcpy(sheet.from, page->reading->sheet->from, sizeof sheet.from);
        memcpy(sheet.offer, page->reading->sheet->offer, sizeof sheet.offer);
    }
    for (size_t i = 0; i < kind->count; i++) {
        json_t *made;

        if (!deal_step_field(page->step, i) || (kind->id == KIND_CONTRACT && i == CONTRACT_TREE)) /* asked above the form */
            continue;
        made = field_form(&sheet, i);
        json_object_set_new_nocheck(made, "level", json_null()); /* the whole file is the unit's */
        error_add(page, &kind->fields[i], made);
        json_array_append_new(is_folded(page, &sheet, i, made) ? more : fields, made);
    }
}

/* The files that go in with the step's paper. */
static json_t *file_json(const struct deal_page *page)
{
    struct slice paper = slice_of(deal_step_kind(page->step)->name);
    const struct choice *sort = choice_find(choice_list_get("attachment_sort"), slice_of(attachment_sort(paper)));
    json_t *file;

    if (!deal_takes_files(page->step))
        return json_null();
    file = json_object();
    json_object_set_new_nocheck(file, "label", label_json(sort->code, sort->label, sort->label_en));
    json_object_set_new_nocheck(file, "fills", json_boolean(deal_digest_field(page->step) >= 0));
    if (page->refused && strcmp(page->refused->field, "file") == 0)
        json_put(file, "error", say_all(page->request, page->refused));
    else if (page->order && page->order->files.count)
        json_put(file, "error", say(page->request, N_("这一步没有办成，文件没有附上；改好后请重新选文件")));
    json_fill(file, "error");
    return file;
}

json_t *deal_form_json(struct deal_page *page)
{
    struct request *request = page->request;
    json_t *form, *fields, *more;

    if (!page->step)
        return json_null();
    form = json_object();
    fields = json_array();
    more = json_array();
    fields_add(page, deal_step_kind(page->step), fields, more);
    json_put(form, "step", slice_of(page->step->name));
    json_object_set_new_nocheck(form, "label", label_json(page->step->name, page->step->label, page->step->label_en));
    json_put(form, "does", say(request, page->step->does));
    json_put(form, "action", slice_of(arena_print(request->arena, "%s/%lld", page->door ? page->door : "/deals", (long long)page->file.deal.id)));
    json_put(form, "request_id", request_fresh(request));
    json_object_set_new_nocheck(form, "ver", json_integer(page->file.deal.ver));
    if (page->paper) {
        json_put_id(form, "paper", page->paper->id);
        json_object_set_new_nocheck(form, "no", json_integer(page->paper->values[PAPER_NO].number));
    }
    json_object_set_new_nocheck(form, "fields", fields);
    json_object_set_new_nocheck(form, "more", more);
    json_object_set_new_nocheck(form, "folded", json_boolean(json_array_size(more) > 0));
    json_object_set_new_nocheck(form, "file", file_json(page));
    json_object_set_new_nocheck(form, "read", deal_reading_json(page));
    json_object_set_new_nocheck(form, "tree", deal_tree_json(page));
    json_object_set_new_nocheck(form, "silent", deal_silent_form_json(page));
    json_fill(form, "paper no");
    return form;
}
