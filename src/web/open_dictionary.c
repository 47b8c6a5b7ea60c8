/*
 * The data dictionary: each field that is given to everybody, made of the field tables, so that it cannot say otherwise than the files.
 * Document: {"dictionary": {xlsx, kinds: [{kind: {code, label}, fields: [{name, label, label_en, type: {code, label}, unit, range, list or null,
 *   required, hint, chosen}]}], lists: [{name, label, label_en, count, values: [{code, label}] or null, csv or null}]}}
 *
 * label: also the header in CSV and XLSX; name: the member in JSON Lines; chosen: the record itself says whether everybody sees it.
 */
#include <assert.h>
#include <unistd.h>

#include "base/json.h"
#include "record/choice.h"
#include "record/record.h"
#include "record/tree.h"
#include "web/handlers.h"
#include "web/open_data.h"
#include "web/say.h"

enum { LISTS_MOST = 40 };

static const struct choice types[FIELD_TYPE_COUNT] = {
    [FIELD_LINE] = {"line", "一行文字", "one line of text"},
    [FIELD_PROSE] = {"prose", "文字", "text"},
    [FIELD_WORDS] = {"words", "若干词", "words"},
    [FIELD_CHOICE] = {"choice", "一个代码", "one code"},
    [FIELD_CHOICES] = {"choices", "若干代码", "codes"},
    [FIELD_CODES] = {"codes", "代码表里的代码", "codes of a tree"},
    [FIELD_NUMBER] = {"number", "整数", "whole number"},
    [FIELD_MONEY] = {"money", "金额", "amount"},
    [FIELD_DATE] = {"date", "日期", "date"},
    [FIELD_YES] = {"yes", "是或否", "yes or no"},
    [FIELD_PARTY] = {"party", "单位", "organisation"},
    [FIELD_PERSON] = {"person", "人员", "person"},
    [FIELD_USCC] = {"uscc", "统一社会信用代码", "unified social credit code"},
    [FIELD_PHONE] = {"phone", "电话", "telephone number"},
    [FIELD_EMAIL] = {"email", "电子邮箱", "e-mail address"},
    [FIELD_URL] = {"url", "网址", "address of a page"},
    [FIELD_RIGHTS] = {"rights", "知识产权，一行一件", "intellectual property, one right a line"},
    [FIELD_MEMBERS] = {"members", "份额，一行一人", "shares, one person a line"},
    [FIELD_SHARE] = {"share", "份额", "share"},
    [FIELD_DIGEST] = {"digest", "文件的散列值", "hash of a file"},
    [FIELD_ID] = {"id", "编号", "number of a record"},
};

/* What stands in each file before the fields. */
static const struct field number_field = {"platform_id", "平台编号", "Number on the platform", FIELD_ID, .required = true,
                                          .hint = "记录页的地址里就是它；同一条记录一直用它"},
                          owner_field = {"owner", "单位名称", "Organisation", FIELD_PARTY, .hint = "需求隐去单位的不写"};

static const struct field *fixed_field(const struct kind *kind, size_t i)
{
    return i == 0 ? &number_field : i == 1 && kind->owned ? &owner_field : NULL;
}

/* Fields that the files have, in their order; NULL behind the last. chosen: see the head. */
static const struct field *open_field(const struct kind *kind, size_t i, bool *chosen)
{
    size_t fixed = kind->owned ? 2 : 1;

    *chosen = false;
    if (i < fixed)
        return fixed_field(kind, i);
    i -= fixed;
    for (size_t f = 0; f < kind->count; f++)
        if (record_may_open(kind, f) && i-- == 0) {
            *chosen = kind->fields[f].level != LEVEL_PUBLIC;
            return &kind->fields[f];
        }
    return NULL;
}

static bool has_list(const struct field *field)
{
    return field->type == FIELD_CODES || field->type == FIELD_CHOICE || field->type == FIELD_CHOICES;
}

static const char *unit_of(const struct field *field)
{
    if (field->type == FIELD_MONEY)
        return N_("元，两位小数");
    if (strcmp(field->name, "days") == 0)
        return N_("工作日");
    return strncmp(field->name, "trl", 3) == 0 ? N_("级（GB/T 22900）") : field->type == FIELD_DATE ? "YYYY-MM-DD" : "";
}

/* "1–9" of a number; how many characters or items of all else that has a limit. */
static struct slice range_of(const struct request *request, const struct field *field)
{
    struct arena *arena = request->arena;
    long long least = (long long)field->min, most = (long long)field->max;

    if (!most || field->type == FIELD_MONEY)
        return SLICE("");
    if (field->type == FIELD_NUMBER)
        return slice_of(arena_print(arena, "%lld–%lld", least, most));
    if (field_is_list(field->type))
        return slice_of(arena_print(arena, request->english ? "at most %lld" : "至多 %lld 项", most));
    return slice_of(arena_print(arena, request->english ? "at most %lld characters" : "至多 %lld 字", most));
}

/* --- lists --- */

/* The first field of each list that public fields take their values from. */
struct lists {
    const struct field *fields[LISTS_MOST];
    size_t count;
};

static void list_note(struct lists *lists, const struct field *field)
{
    for (size_t i = 0; i < lists->count; i++)
        if (strcmp(lists->fields[i]->choices, field->choices) == 0)
            return;
    assert(lists->count < LISTS_MOST);
    lists->fields[lists->count++] = field;
}

static void lists_of(struct lists *lists)
{
    const struct field *field;
    bool chosen;

    lists->count = 0;
    for (size_t k = 0; open_kind(k); k++)
        for (size_t i = 0; (field = open_field(open_kind(k), i, &chosen)) != NULL; i++)
            if (has_list(field))
                list_note(lists, field);
}

static json_t *values_json(const struct choice_list *list)
{
    json_t *values = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(values, label_json(list->choices[i].code, list->choices[i].label, list->choices[i].label_en));
    return values;
}

static json_t *list_json(const struct request *request, const struct field *first)
{
    const char *name = first->choices;
    const struct tree *tree = first->type == FIELD_CODES ? tree_get(name) : NULL;
    const struct choice_list *list = tree ? NULL : choice_list_get(name);
    json_t *line = json_object();

    json_put(line, "name", slice_of(name));
    json_put(line, "label", slice_of(tree ? tree->label : first->label));
    json_put(line, "label_en", slice_of(first->label_en));
    json_object_set_new_nocheck(line, "count", json_integer((json_int_t)(tree ? tree->count : list->count)));
    if (tree)
        json_put(line, "csv", slice_of(arena_print(request->arena, "/open-data/codes/%s.csv", name)));
    else
        json_object_set_new_nocheck(line, "values", values_json(list));
    json_fill(line, "values csv");
    return line;
}

/* --- the page --- */

static json_t *field_json_of(const struct request *request, const struct field *field, bool chosen)
{
    const struct choice *type = &types[field->type];
    json_t *line = json_object();

    json_put(line, "name", slice_of(field->name));
    json_put(line, "label", slice_of(field->label));
    json_put(line, "label_en", slice_of(field->label_en));
    json_object_set_new_nocheck(line, "type", label_json(type->code, type->label, type->label_en));
    json_put(line, "unit", say(request, unit_of(field)));
    json_put(line, "range", range_of(request, field));
    if (has_list(field))
        json_put(line, "list", slice_of(field->choices));
    json_object_set_new_nocheck(line, "required", json_boolean(field->required));
    json_put(line, "hint", say(request, field->hint));
    json_object_set_new_nocheck(line, "chosen", json_boolean(chosen));
    json_fill(line, "list");
    return line;
}

static json_t *kind_dictionary(const struct request *request, const struct kind *kind)
{
    json_t *of = json_object(), *fields = json_array();
    const struct field *field;
    bool chosen;

    json_object_set_new_nocheck(of, "kind", label_json(kind->name, kind->label, kind->label_en));
    json_object_set_new_nocheck(of, "fields", fields);
    for (size_t i = 0; (field = open_field(kind, i, &chosen)) != NULL; i++)
        json_array_append_new(fields, field_json_of(request, field, chosen));
    return of;
}

bool open_dictionary_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *dictionary = json_object(), *kinds = json_array(), *known = json_array();
    struct lists lists;

    (void)err;
    lists_of(&lists);
    json_put(dictionary, "xlsx", SLICE("/open-data/dictionary.xlsx"));
    for (size_t i = 0; open_kind(i); i++)
        json_array_append_new(kinds, kind_dictionary(request, open_kind(i)));
    for (size_t i = 0; i < lists.count; i++)
        json_array_append_new(known, list_json(request, lists.fields[i]));
    json_object_set_new_nocheck(dictionary, "kinds", kinds);
    json_object_set_new_nocheck(dictionary, "lists", known);
    json_object_set_new_nocheck(document, "dictionary", dictionary);
    return request_page(request, "open_dictionary", document);
}

/* --- the workbook --- */

static bool field_row(const struct request *request, struct table_writer *book, const struct kind *kind, const struct field *field, bool chosen,
                      struct err *err)
{
    const struct slice cells[] = {
        slice_of(kind->plural), slice_of(kind->label), slice_of(field->name), slice_of(field->label), slice_of(field->label_en),
        slice_of(types[field->type].label), say(request, unit_of(field)), range_of(request, field), has_list(field) ? slice_of(field->choices) : SLICE(""),
        field->required ? SLICE("是") : SLICE(""), say(request, field->hint), chosen ? SLICE("披露的单位决定是否公开") : SLICE("")};

    return table_write(book, cells, err);
}

static bool fields_write(const struct request *request, struct table_writer *book, struct err *err)
{
    const struct field *field;
    bool chosen;

    for (size_t k = 0; open_kind(k); k++)
        for (size_t i = 0; (field = open_field(open_kind(k), i, &chosen)) != NULL; i++)
            if (!field_row(request, book, open_kind(k), field, chosen, err))
                return false;
    return true;
}

static bool values_write(struct table_writer *book, const struct lists *lists, struct err *err)
{
    for (size_t i = 0; i < lists->count; i++) {
        const struct choice_list *list = lists->fields[i]->type == FIELD_CODES ? NULL : choice_list_get(lists->fields[i]->choices);

        for (size_t c = 0; list && c < list->count; c++) {
            const struct slice cells[] = {slice_of(list->name), slice_of(list->choices[c].code), slice_of(list->choices[c].label),
                                          slice_of(list->choices[c].label_en)};

            if (!table_write(book, cells, err))
                return false;
        }
    }
    return true;
}

bool open_dictionary_write(const struct request *request, const char *path, struct err *err)
{
    const struct slice columns[] = {SLICE("类别"), SLICE("类别名称"), SLICE("栏目"), SLICE("列名"), SLICE("英文名"), SLICE("类型"), SLICE("单位"), SLICE("范围"),
                                    SLICE("代码表"), SLICE("必填"), SLICE("说明"), SLICE("公开")},
                       values[] = {SLICE("代码表"), SLICE("代码"), SLICE("名称"), SLICE("英文名")};
    struct table_writer *book;
    struct lists lists;
    struct err later;
    bool ok;

    lists_of(&lists);
    if (!table_create_named(path, TABLE_XLSX, "栏目", columns, sizeof columns / sizeof *columns, &book, err))
        return false;
    ok = fields_write(request, book, err) && table_sheet(book, "代码", values, sizeof values / sizeof *values, err)
         && values_write(book, &lists, err);
    ok = table_finish(book, ok ? err : &later) && ok;
    if (!ok)
        unlink(path);
    return ok;
}
