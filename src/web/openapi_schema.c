/* The schemas of the description, made from the field tables, and one example of each kind. */
#include "web/openapi_int.h"

#include <assert.h>

#include "base/json.h"
#include "record/choice.h"

json_t *text_schema(const char *type, const char *format)
{
    json_t *schema = json_object();

    json_put(schema, "type", slice_of(type));
    if (format)
        json_put(schema, "format", slice_of(format));
    return schema;
}

json_t *choice_schema(const char *name)
{
    const struct choice_list *list = choice_list_get(name);
    json_t *schema = text_schema("string", NULL), *codes = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(codes, json_string_nocheck(list->choices[i].code));
    json_object_set_new_nocheck(schema, "enum", codes);
    return schema;
}

static json_t *item_schema(const struct field *field)
{
    json_t *schema;

    if (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES)
        return choice_schema(field->choices);
    schema = text_schema("string", NULL);
    if (field->type == FIELD_CODES)
        json_put(schema, "description", slice_of(field->choices));
    return schema;
}

json_t *facet_schema(const struct field *field)
{
    return field->type == FIELD_NUMBER ? text_schema("integer", NULL) : item_schema(field);
}

static json_t *type_schema(const struct field *field)
{
    json_t *schema;

    switch (field->type) {
    case FIELD_NUMBER:
        schema = text_schema("integer", NULL);
        json_object_set_new_nocheck(schema, "minimum", json_integer(field->min));
        json_object_set_new_nocheck(schema, "maximum", json_integer(field->max));
        return schema;
    case FIELD_YES:
        return text_schema("boolean", NULL);
    case FIELD_DATE:
        return text_schema("string", "date");
    case FIELD_URL:
        return text_schema("string", "uri");
    case FIELD_EMAIL:
        return text_schema("string", "email");
    default:
        break;
    }
    if (!field_is_list(field->type))
        return item_schema(field);
    schema = text_schema("array", NULL);
    json_object_set_new_nocheck(schema, "items", item_schema(field));
    if (field->max)
        json_object_set_new_nocheck(schema, "maxItems", json_integer(field->max));
    return schema;
}

json_t *field_schema(const struct field *field)
{
    static const char *const levels[] = {"public", "signed_in", "nda", "own"};
    json_t *schema = type_schema(field);

    json_put(schema, "title", slice_of(field->label));
    if (field->type == FIELD_MONEY)
        json_put(schema, "description", SLICE("given in yuan or with 万元/亿元； answered in fen, as a string"));
    if ((field->type == FIELD_LINE || field->type == FIELD_PROSE) && field->max)
        json_object_set_new_nocheck(schema, "maxLength", json_integer(field->max));
    json_put(schema, "x-level", slice_of(levels[field->level]));
    return schema;
}

json_t *described(json_t *schema, const char *description)
{
    json_put(schema, "description", slice_of(description));
    return schema;
}

static json_t *confirm_schema(void)
{
    json_t *schema = text_schema("array", NULL), *item = text_schema("string", NULL), *codes = json_array();

    json_array_append_new(codes, json_string_nocheck("novelty"));
    json_array_append_new(codes, json_string_nocheck("amount"));
    json_object_set_new_nocheck(item, "enum", codes);
    json_object_set_new_nocheck(schema, "items", item);
    return described(schema, "what a person has looked at and means all the same: an unfiled technique in the open, an amount"
                             " 10,000 times the last; a refusal's hint names it");
}

json_t *request_id_schema(void)
{
    return described(text_schema("string", NULL), "8 to 64 ASCII characters of your own; sent again, it is not done twice (or the "
                                                  "header Idempotency-Key)");
}

/* What goes along with the fields: form.c's `others`. */
static void others_add(const struct kind *kind, bool change, json_t *properties)
{
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    json_object_set_new_nocheck(properties, "confirm", confirm_schema());
    if (change)
        json_object_set_new_nocheck(properties, "ver", described(text_schema("integer", NULL), "the version that you read"));
    else if (kind->owned)
        json_object_set_new_nocheck(properties, "owner",
                                    described(text_schema("string", NULL),
                                              "whose it is, for those who act for others: name, unified social credit code or id"));
}

/* To make one, what is required must be there; of a change, fields that are left out stay as they are. */
json_t *kind_schema(const struct kind *kind, bool change)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *required = json_array();

    for (size_t i = 0; i < kind->count; i++) {
        json_object_set_new_nocheck(properties, kind->fields[i].name, field_schema(&kind->fields[i]));
        if (kind->fields[i].required && !change)
            json_array_append_new(required, json_string_nocheck(kind->fields[i].name));
    }
    if (change)
        json_array_append_new(required, json_string_nocheck("ver"));
    others_add(kind, change, properties);
    json_put(schema, "title", slice_of(kind->label));
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "required", required);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    return schema;
}

/* --- what is answered --- */

json_t *members_schema(const char *const (*members)[2], size_t count, size_t required)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *needed = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *member = text_schema("string", NULL);

        json_put(member, "description", slice_of(members[i][1]));
        json_object_set_new_nocheck(properties, members[i][0], member);
        if (i < required)
            json_array_append_new(needed, json_string_nocheck(members[i][0]));
    }
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "required", needed);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    return schema;
}

json_t *error_schema(void)
{
    static const char *const members[][2] = {
        {"code", "what to branch on: invalid, missing, denied, sign_in, conflict, too_large, media_type, method_not_allowed, "
                 "too_many, busy, unknown, io, full, or a word of the gate"},
        {"message", "what is wrong, in the reader's language"},
        {"request_id", "of a change: repeat it with this id, it is not done twice; else the number in the diary"},
        {"hint", "what to do"},
        {"field", "the one member of the request that it is about"},
    };
    static const char *const line_members[][2] = {
        {"field", "its name; empty for the record as a whole"}, {"label", "its label"}, {"message", "what is wrong"},
        {"hint", "what to do"}, {"value", "what was given, at most 60 characters"},
    };
    json_t *schema = members_schema(members, sizeof members / sizeof *members, 3), *errors = text_schema("array", NULL);

    json_object_set_new_nocheck(errors, "items", members_schema(line_members, sizeof line_members / sizeof *line_members, 3));
    json_put(errors, "description", SLICE("each field that is to be mended"));
    json_object_set_new_nocheck(json_object_get(schema, "properties"), "errors", errors);
    json_object_set_new_nocheck(json_object_get(schema, "properties"), "answers", answers_schema());
    json_object_set_new_nocheck(json_object_get(schema, "properties"), "ver",
                                described(text_schema("integer", NULL), "of a conflict: the version to go on from"));
    return schema;
}

json_t *assess_answers_schema(void)
{
    static const char *const members[][2] = {
        {"save", "1: keep what was answered as facts that the own organisation declares; needs a token"},
        {"go", "which step's questions stand in step.facts, counted from 1"},
        {"request_id", "of a save: repeat it with this id"},
    };
    json_t *schema = members_schema(members, sizeof members / sizeof *members, 0);

    json_object_set_new_nocheck(schema, "additionalProperties",
                                described(text_schema("string", NULL), "an answer under its fact's name, of a year NAME-YEAR, as people write it"));
    return schema;
}

json_t *tender_text_schema(void)
{
    static const char *const members[][2] = {
        {"text", "the text to look through; or, as a form, file: PDF, DOCX or text"},
        {"public", "yes: government procurement, to which 科学技术进步法 §91 applies; no; left out: not known"},
    };
    json_t *schema = members_schema(members, sizeof members / sizeof *members, 1);

    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    return schema;
}

json_t *done_schema(void)
{
    static const char *const members[][2] = {{"href", "the record's address"}, {"id", "the record's id, decimal"}};
    json_t *schema = members_schema(members, sizeof members / sizeof *members, 2), *ver = text_schema("integer", NULL);

    json_put(ver, "description", SLICE("the version it has now; of a request repeated, the version it had then"));
    json_object_set_new_nocheck(json_object_get(schema, "properties"), "ver", ver);
    return schema;
}

json_t *token_schema(void)
{
    static const char *const members[][2] = {
        {"token", "to be sent as Authorization: Bearer; it is told this once"}, {"token_type", "Bearer"},
    };
    json_t *schema = members_schema(members, sizeof members / sizeof *members, 2),
           *properties = json_object_get(schema, "properties");

    json_object_set_new_nocheck(properties, "expires",
                                described(text_schema("integer", NULL), "when it ends at the latest, ms since 1970"));
    json_object_set_new_nocheck(properties, "idle", described(text_schema("integer", NULL), "it ends after so many ms without use"));
    json_object_set_new_nocheck(properties, "must_change",
                                described(text_schema("boolean", NULL),
                                          "true: a first password, to be changed on the account's page before anything else is open"));
    return schema;
}

/* --- what is sent beside records --- */

json_t *flat_schema(json_t *properties, const char *required)
{
    json_t *schema = text_schema("object", NULL), *needed = json_array();
    struct slice rest = slice_of(required), one;

    while (rest.len && slice_cut(&rest, ' ', &one))
        json_array_append_new(needed, json_stringn_nocheck(one.at, one.len));
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "required", needed);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    return schema;
}

json_t *sign_in_schema(void)
{
    json_t *properties = json_object();

    json_object_set_new_nocheck(properties, "login", text_schema("string", NULL));
    json_object_set_new_nocheck(properties, "password", text_schema("string", "password"));
    return flat_schema(properties, "login password");
}

json_t *step_schema(void)
{
    json_t *properties = json_object();

    json_object_set_new_nocheck(properties, "ver", described(text_schema("integer", NULL), "not asked for; may be sent along"));
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    return flat_schema(properties, "");
}

json_t *leave_schema(void)
{
    json_t *properties = json_object(), *what = text_schema("string", NULL), *codes = json_array();

    json_array_append_new(codes, json_string_nocheck("grant"));
    json_array_append_new(codes, json_string_nocheck("end"));
    json_object_set_new_nocheck(what, "enum", codes);
    json_object_set_new_nocheck(properties, "party",
                                described(text_schema("string", NULL), "name, unified social credit code or id"));
    json_object_set_new_nocheck(properties, "do", described(what, "grant, where it is left out"));
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    return flat_schema(properties, "party");
}

json_t *inbox_read_schema(void)
{
    json_t *properties = json_object(), *what = text_schema("string", NULL), *codes = json_array();

    json_array_append_new(codes, json_string_nocheck("all"));
    json_object_set_new_nocheck(what, "enum", codes);
    json_object_set_new_nocheck(properties, "leaf", described(text_schema("integer", NULL), "of the message, as the inbox gives it"));
    json_object_set_new_nocheck(properties, "do", described(what, "all: every message up to this one too"));
    return flat_schema(properties, "leaf");
}

json_t *feedback_schema(void)
{
    json_t *properties = json_object();

    json_object_set_new_nocheck(properties, "other", described(text_schema("string", NULL), "the other record's address, as the cards give it in href"));
    json_object_set_new_nocheck(properties, "outcome", described(choice_schema("outcome"), "withdrawn: as if nothing had been said"));
    json_object_set_new_nocheck(properties, "reason", described(choice_schema("refusal"), "of what was refused, and only of that"));
    json_object_set_new_nocheck(properties, "note", described(text_schema("string", NULL), "at most 300 characters, for one's own side; with the reason other it must be there"));
    json_object_set_new_nocheck(properties, "shared", described(text_schema("integer", NULL), "1: the other side may know outcome and reason; not of a need that hides its organisation"));
    json_object_set_new_nocheck(properties, "ver", described(text_schema("integer", NULL), "the version that you read, 0 where there was none; left out: it does not matter"));
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    return flat_schema(properties, "other outcome");
}

#define MEMBERS(members) members, sizeof members / sizeof *members
#define REQUEST_ID {"request_id", "as for records"}

json_t *account_schema(void)
{
    static const char *const members[][2] = {
        {"login", "3 to 40 of a-z, 0-9, dot, dash, underscore"}, {"name", "the person's"},
        {"party", "the organisation: name, unified social credit code or id"},
        {"roles", "as the list of the command line: member,county_officer@620102,park_officer@the organisation"}, REQUEST_ID};

    return members_schema(MEMBERS(members), 2);
}

json_t *account_change_schema(void)
{
    static const char *const members[][2] = {
        {"login", "what is left out stays"}, {"name", "the same"}, {"party", "the same; empty: none"},
        {"ver", "the version that you read, if that matters"}, REQUEST_ID};

    return members_schema(MEMBERS(members), 0);
}

json_t *account_role_schema(void)
{
    static const char *const members[][2] = {
        {"role", "its name"}, {"do", "revoke: take it back; else: give it"},
        {"scope", "a division's code or an organisation, where the role has one"}, REQUEST_ID};

    return members_schema(MEMBERS(members), 1);
}

json_t *first_password_schema(void)
{
    static const char *const members[][2] = {
        {"id", "the account's id, decimal"}, {"href", "its address"}, {"login", "its login name"}, {"name", "the person's"},
        {"password", "to be changed at the first sign-in; absent where the request was done, and it was answered, before"}};
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *first = members_schema(MEMBERS(members), 4);

    json_object_set_new_nocheck(json_object_get(first, "properties"), "made", text_schema("boolean", NULL));
    json_object_set_new_nocheck(properties, "first", first);
    json_object_set_new_nocheck(schema, "properties", properties);
    return schema;
}

/* --- examples: what a test sends as it stands here --- */

static const struct {
    const char *make, *change;
} examples[KIND_COUNT] = {
    [KIND_PARTY] = {"{\"name\": \"示例新材料有限公司\", \"side\": \"enterprise\", \"region\": [\"620102\"]}",
                    "{\"ver\": 1, \"about\": \"做耐磨涂层，有两条喷涂线。\"}"},
    [KIND_PERSON] = {"{\"name\": \"示例 李工\", \"calling\": [\"researcher\"], \"skills\": [\"轴承\", \"润滑\"], \"region\": [\"620102\"]}",
                     "{\"ver\": 1, \"skills\": [\"轴承\", \"润滑\", \"涂层\"]}"},
    [KIND_ACHIEVEMENT] = {"{\"title\": \"含沙介质耐磨轴承\", \"abstract\": \"用于含沙介质的离心泵，轴承寿命由三千小时提高到八千小时，已在台架验证。\", "
                          "\"trl\": 6, \"ways\": [\"license\"], \"price\": \"160万元\"}",
                          "{\"ver\": 1, \"trl\": 7}"},
    [KIND_NEED] = {"{\"title\": \"离心泵轴承寿命提高\", \"now\": \"含沙介质里轴承三千小时就坏，停机检修一次要两天。\", "
                   "\"goal\": \"寿命到八千小时\", \"budget\": \"200万元\", \"due\": \"2029-12-31\"}",
                   "{\"ver\": 1, \"goal\": \"寿命到九千小时\"}"},
    [KIND_SCENARIO] = {"{\"title\": \"石化泵房试用耐磨轴承\", \"about\": \"在石化泵房里试用一年，提供安装条件和运行数据。\", \"trl\": 6}",
                       "{\"ver\": 1, \"trl\": 7}"},
    [KIND_SERVICE] = {"{\"title\": \"泵阀台架试验\", \"sort\": \"pilot\", \"about\": \"台架试验可连续运行两千小时，出具带原始数据的报告。\"}",
                      "{\"ver\": 1, \"days\": 20}"},
    [KIND_POLICY] = {"{\"title\": \"示例首台套保险补助\", \"region\": [\"620102\"], \"gives\": \"首台（套）装备投保，补助实缴保费的一部分。\", \"basis\": \"示例〔2026〕1号\"}",
                     "{\"ver\": 1, \"basis\": \"示例〔2026〕1号，第三条\"}"},
};

json_t *example_json(const char *text)
{
    json_t *json = json_loads(text, 0, NULL);

    assert(json);
    return json;
}

json_t *kind_example(const struct kind *kind, bool change)
{
    return example_json(change ? examples[kind->id].change : examples[kind->id].make);
}
