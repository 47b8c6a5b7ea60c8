/* Values on their way out: to a cell or an input, and to the API. */
#include "base/money.h"
#include "base/text.h"
#include "record/choice.h"
#include "record/field_int.h"
#include "record/member.h"
#include "record/tree.h"

/* Would an item be torn if the list were shown with ；between? */
static bool holds_mark(struct slice lines)
{
    for (size_t m = 1; m < PART_ALL; m++)
        if (lines.len && memmem(lines.at, lines.len, field_marks[m], strlen(field_marks[m])))
            return true;
    return false;
}

static struct slice show_list(const struct field *field, struct slice lines, struct arena *arena)
{
    const struct choice_list *choices = field->type == FIELD_CHOICES ? choice_list_get(field->choices) : NULL;
    struct slice line, shown;
    bool by_line = field_is_lines(field->type) || (field->type != FIELD_CHOICES && holds_mark(lines));
    struct text out;

    text_init(&out);
    while (slice_cut(&lines, '\n', &line)) {
        const struct choice *choice = choices ? choice_find(choices, line) : NULL;

        if (out.len)
            text_puts(&out, by_line ? "\n" : "；");
        if (choice)
            text_puts(&out, choice->label);
        else
            text_add_slice(&out, line);
    }
    if (by_line && !field_is_lines(field->type))
        text_putc(&out, '\n');
    shown = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return shown;
}

struct slice field_show(const struct field *field, const struct value *value, struct arena *arena)
{
    const struct choice *choice;

    if (!value->known)
        return SLICE("");
    if (field->type == FIELD_MONEY)
        return slice_of(money_show_plain(value->number, arena_alloc(arena, MONEY_TEXT)));
    if (field->type == FIELD_YES)
        return value->number ? SLICE("是") : SLICE("否");
    if (field->type == FIELD_SHARE)
        return share_show((int32_t)value->number, arena);
    if (field_is_number(field->type))
        return slice_of(arena_print(arena, "%lld", (long long)value->number));
    if (field->type == FIELD_CHOICE) {
        choice = choice_find(choice_list_get(field->choices), value->text);
        return choice ? slice_of(choice->label) : value->text;
    }
    return field_is_list(field->type) ? show_list(field, value->text, arena) : value->text;
}

struct slice field_words(const struct field *field, const struct value *value, bool english, struct arena *arena)
{
    struct slice rest = value->text, code, shown;
    struct text out;

    if (field->type != FIELD_CODES || !value->known)
        return field_show(field, value, arena);
    text_init(&out);
    while (slice_cut(&rest, '\n', &code)) {
        if (out.len)
            text_puts(&out, "；");
        text_puts(&out, tree_label(tree_get(field->choices), code, english, arena));
    }
    shown = arena_copy(arena, text_slice(&out));
    text_release(&out);
    return shown;
}

static json_t *coded(const char *code, size_t len, const char *label, const char *label_en)
{
    json_t *object = json_object();

    json_object_set_new_nocheck(object, "code", json_stringn_nocheck(code, len));
    json_object_set_new_nocheck(object, "label", json_string_nocheck(label));
    if (label_en && *label_en)
        json_object_set_new_nocheck(object, "label_en", json_string_nocheck(label_en));
    return object;
}

static json_t *json_item(const struct field *field, struct slice item)
{
    const struct choice *choice;
    const struct tree_node *node;

    if (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES) {
        choice = choice_find(choice_list_get(field->choices), item);
        return choice ? coded(choice->code, item.len, choice->label, choice->label_en)
                      : coded(item.at, item.len, "", NULL);
    }
    if (field->type == FIELD_CODES) {
        node = tree_resolve(tree_get(field->choices), item);
        return coded(item.at, item.len, node ? tree_named(tree_get(field->choices), node, false)->name : "",
                     node ? node->name_en : NULL);
    }
    return json_stringn_nocheck(item.at, item.len);
}

json_t *field_json(const struct field *field, const struct value *value)
{
    struct slice rest = value->text, item;
    char digits[24];
    json_t *array;

    if (!value->known)
        return json_null();
    if (field->type == FIELD_YES)
        return json_boolean(value->number != 0);
    if (field->type == FIELD_NUMBER || field->type == FIELD_SHARE)
        return json_integer(value->number);
    if (field_is_number(field->type)) {
        snprintf(digits, sizeof digits, "%lld", (long long)value->number);
        return json_string_nocheck(digits);
    }
    if (!field_is_list(field->type))
        return json_item(field, value->text);
    array = json_array();
    while (slice_cut(&rest, '\n', &item))
        json_array_append_new(array, json_item(field, item));
    return array;
}
