/* The fields of a form, drawn from the field table, and the parts in which they stand. */
#include "web/form_int.h"

#include "base/json.h"
#include "record/choice.h"
#include "record/tree.h"
#include "web/conflict.h"
#include "web/say.h"
#include "web/view.h"

static const char *input_of(const struct field *field)
{
    static const char *const inputs[FIELD_TYPE_COUNT] = {
        [FIELD_LINE] = "line",     [FIELD_PROSE] = "prose",   [FIELD_WORDS] = "list",   [FIELD_CHOICE] = "select",
        [FIELD_CODES] = "codes",   [FIELD_NUMBER] = "number", [FIELD_MONEY] = "money",  [FIELD_DATE] = "date",
        [FIELD_YES] = "yes",       [FIELD_PARTY] = "line",    [FIELD_PERSON] = "line",  [FIELD_USCC] = "line",
        [FIELD_PHONE] = "line",    [FIELD_EMAIL] = "line",    [FIELD_URL] = "line",     [FIELD_RIGHTS] = "list",
        [FIELD_MEMBERS] = "list",  [FIELD_SHARE] = "line",   [FIELD_DIGEST] = "line",  [FIELD_ID] = "line",
    };

    return inputs[field->type];
}

static bool line_holds(struct slice lines, const char *code)
{
    struct slice line;

    while (slice_cut(&lines, '\n', &line))
        if (slice_is(slice_trim(line), code))
            return true;
    return false;
}

static json_t *options_json(const struct field *field, struct slice chosen)
{
    const struct choice_list *list = choice_list_get(field->choices);
    json_t *options = json_array();

    for (size_t i = 0; i < list->count; i++) {
        const struct choice *choice = &list->choices[i];
        json_t *option = label_json(choice->code, choice->label, choice->label_en);

        json_object_set_new_nocheck(option, "selected",
                                    json_boolean(line_holds(chosen, choice->code) || line_holds(chosen, choice->label)));
        json_array_append_new(options, option);
    }
    return options;
}

/* An empty form is short; what stands in it can be read. */
static int rows_of(const struct field *field, struct slice typed)
{
    enum { ROWS_MOST = 14, LINE_BYTES = 120 };
    int rows = field->type != FIELD_PROSE ? 2 : field->required ? 5 : 3, lines = 1;
    struct slice line;

    while (slice_cut(&typed, '\n', &line))
        lines += 1 + (int)(line.len / LINE_BYTES);
    return lines <= rows ? rows : lines < ROWS_MOST ? lines : ROWS_MOST;
}

static void input_add(const struct field *field, struct slice typed, json_t *out)
{
    json_t *is = json_object();

    if (field->type == FIELD_CHOICES) {
        json_object_set_new_nocheck(out, "group", json_true());
        json_object_set_new_nocheck(out, "options", options_json(field, typed));
        json_decref(is);
        return;
    }
    json_object_set_new_nocheck(is, input_of(field), json_true());
    json_object_set_new_nocheck(out, "is", is);
    if (field->type == FIELD_CHOICE)
        json_object_set_new_nocheck(out, "options", options_json(field, typed));
    if (field->type == FIELD_YES) {
        json_object_set_new_nocheck(out, "value", json_boolean(slice_is(typed, "yes") || slice_is(typed, "1")
                                                               || slice_is(typed, "是")));
        return;
    }
    json_put(out, "value", typed);
    if (field->type == FIELD_CODES)
        json_put(out, "tree", slice_of(field->choices));
    if (field->type == FIELD_PROSE || field->type == FIELD_LINE)
        json_object_set_new_nocheck(out, "most", json_integer(field->max ? field->max : 200));
    if (field->type == FIELD_PROSE || field_is_lines(field->type) || field->type == FIELD_WORDS)
        json_object_set_new_nocheck(out, "rows", json_integer(rows_of(field, typed)));
}

/* What a kind of input does not say by itself. */
static const char *how_to_fill(const struct field *field)
{
    if (field->type == FIELD_WORDS)
        return N_("每行一个，也可以用顿号或分号隔开");
    if (field->type == FIELD_CODES && field->max == 1)
        return N_("输入名称或代码，从提示中选，如：兰州市城关区");
    if (field->type == FIELD_CODES)
        return N_("输入名称或代码，从提示中选；多个用分号隔开");
    return NULL;
}

static struct slice hint_of(const struct request *request, const struct field *field)
{
    return say(request, field->hint ? field->hint : how_to_fill(field));
}

json_t *field_form(const struct sheet *sheet, size_t index)
{
    const struct field *field = &sheet->kind->fields[index];
    struct slice hint = hint_of(sheet->request, field);
    json_t *out = json_object(),
           *now = sheet->conflict ? conflict_view(sheet->request, sheet->conflict, index) : NULL;

    json_put(out, "name", slice_of(field->name));
    json_object_set_new_nocheck(out, "label", label_json(field->name, field->label, field->label_en));
    json_object_set_new_nocheck(out, "required", json_boolean(field->required));
    if (field->level != LEVEL_PUBLIC)
        json_object_set_new_nocheck(out, "level", level_json(field->level));
    if (hint.len)
        json_put(out, "hint", hint);
    if (field->purpose)
        json_put(out, "purpose", say(sheet->request, field->purpose));
    input_add(field, sheet->typed[index].at ? sheet->typed[index] : SLICE(""), out);
    if (sheet->from[index])
        json_object_set_nocheck(out, "from", sheet->from[index]);
    if (sheet->offer[index])
        json_object_set_nocheck(out, "offer", sheet->offer[index]);
    if (now)
        json_object_set_new_nocheck(out, "now", now);
    json_fill(out, "is group value most rows options tree autocomplete level error hint purpose from offer now");
    return out;
}

const struct field owner_field = {"owner", "单位", "Organisation", FIELD_LINE, .required = true,
                                  .hint = "已登记单位的全称或统一社会信用代码"};

json_t *owner_form(const struct sheet *sheet)
{
    json_t *out = json_object(), *is = json_object();

    json_object_set_new_nocheck(is, "line", json_true());
    json_put(out, "name", slice_of(owner_field.name));
    json_object_set_new_nocheck(out, "label", label_json(owner_field.name, owner_field.label, owner_field.label_en));
    json_object_set_new_nocheck(out, "is", is);
    json_object_set_new_nocheck(out, "required", json_true());
    json_put(out, "value", request_value(sheet->request, owner_field.name));
    json_put(out, "hint", hint_of(sheet->request, &owner_field));
    json_fill(out, "group most rows options tree autocomplete level error purpose from offer now");
    return out;
}

/* --- where each field stands --- */

bool sheet_holds(const struct sheet *sheet, size_t index)
{
    struct slice typed = slice_trim(sheet->typed[index]);

    return typed.len && (sheet->kind->fields[index].type != FIELD_YES || !slice_is(typed, "0"));
}

static void head_add(const struct sheet *sheet, json_t *const *made, bool required, json_t *head)
{
    for (size_t i = 0; i < sheet->kind->count; i++)
        if (made[i] && !sheet->kind->fields[i].section && sheet->kind->fields[i].required == required)
            json_array_append(head, made[i]);
}

json_t *form_head(const struct sheet *sheet, json_t *const *made, json_t *owner)
{
    json_t *head = json_array();

    head_add(sheet, made, true, head);
    if (owner)
        json_array_append(head, owner);
    head_add(sheet, made, false, head);
    return head;
}

static json_t *section_form(const struct sheet *sheet, const struct section *section, json_t *const *made)
{
    json_t *out = json_object(), *fields = json_array();
    bool wrong = false;
    int filled = 0;

    for (size_t i = 0; i < sheet->kind->count; i++)
        if (made[i] && sheet->kind->fields[i].section == section) {
            json_array_append(fields, made[i]);
            filled += sheet_holds(sheet, i);
            wrong = wrong || json_is_string(json_object_get(made[i], "error"))
                    || json_is_object(json_object_get(made[i], "now"));
        }
    json_put(out, "name", slice_of(section->name));
    json_object_set_new_nocheck(out, "label", label_json(section->name, section->label, section->label_en));
    json_object_set_new_nocheck(out, "total", json_integer((json_int_t)json_array_size(fields)));
    json_object_set_new_nocheck(out, "filled", json_integer(filled));
    json_object_set_new_nocheck(out, "open", json_boolean(filled || wrong));
    json_object_set_new_nocheck(out, "fields", fields);
    return out;
}

json_t *form_sections(const struct sheet *sheet, json_t *const *made)
{
    json_t *sections = json_array();

    for (size_t i = 0; i < sheet->kind->section_count; i++) {
        json_t *section = section_form(sheet, &sheet->kind->sections[i], made);

        if (json_array_size(json_object_get(section, "fields")))
            json_array_append(sections, section);
        json_decref(section);
    }
    return sections;
}
