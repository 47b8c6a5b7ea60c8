/* The description of matters: what each step takes, from the sorts' tables (work/matter.h). */
#include "web/openapi_int.h"

#include "base/json.h"
#include "record/choice.h"
#include "work/matter.h"

static const char *schema_name(const struct matter_sort *sort, const struct matter_step *step, struct arena *arena)
{
    return arena_print(arena, "%s_step_%s", sort->kind->name, step->name);
}

/* Of any value that the schema takes; what a record is named by stands on its page. */
static json_t *value_example(const struct field *field)
{
    json_t *list;

    switch (field->type) {
    case FIELD_CHOICE:
        return json_string_nocheck(choice_list_get(field->choices)->choices[0].code);
    case FIELD_NUMBER:
        return json_integer(field->min > 0 ? field->min : 1);
    case FIELD_YES:
        return json_true();
    case FIELD_DATE:
        return json_string_nocheck("2026-03-02");
    case FIELD_MONEY:
        return json_string_nocheck("100万元");
    case FIELD_CHOICES:
        list = json_array();
        json_array_append_new(list, json_string_nocheck(choice_list_get(field->choices)->choices[0].code));
        return list;
    default:
        return field_is_list(field->type) ? json_array() : json_string_nocheck("1");
    }
}

static void fields_add(const struct matter_sort *sort, const struct matter_step *step, json_t *properties, json_t *required)
{
    const struct kind *kind = matter_step_kind(sort, step);

    for (size_t i = 0; i < kind->count; i++) {
        if (!matter_step_field(sort, step, i))
            continue;
        json_object_set_new_nocheck(properties, kind->fields[i].name, field_schema(&kind->fields[i]));
        if (kind->fields[i].required && step->how != MATTER_AMEND && (step->from & MATTER_NEW || step->entry))
            json_array_append_new(required, json_string_nocheck(kind->fields[i].name));
    }
}

static json_t *only(const char *value)
{
    json_t *schema = text_schema("string", NULL), *values = json_array();

    json_array_append_new(values, json_string_nocheck(value));
    json_object_set_new_nocheck(schema, "enum", values);
    return schema;
}

static json_t *names_of(const struct matter_sort *sort, const struct matter_step *step, bool states)
{
    json_t *names = json_array();

    for (size_t i = 0; i < (states ? sort->state_count : sort->side_count); i++)
        if ((states ? step->from & STATE(i) : step->by & SIDE(i)) != 0)
            json_array_append_new(names, json_string_nocheck(states ? sort->states[i].code : sort->sides[i].name));
    return names;
}

static json_t *one_step_schema(const struct matter_sort *sort, const struct matter_step *step)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *required = json_array();

    json_object_set_new_nocheck(properties, "step", only(step->name));
    json_array_append_new(required, json_string_nocheck("step"));
    if (!(step->from & MATTER_NEW)) {
        json_object_set_new_nocheck(properties, "ver", described(text_schema("integer", NULL), "the version that you read: each step makes a new one"));
        json_array_append_new(required, json_string_nocheck("ver"));
    }
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    if (step->how == MATTER_AMEND)
        json_object_set_new_nocheck(properties, "entry", described(text_schema("string", NULL), "id of the entry to write in; left out: the newest that is open to it"));
    fields_add(sort, step, properties, required);
    json_put(schema, "title", slice_of(step->label));
    json_put(schema, "description", slice_of(step->label_en));
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "required", required);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    json_object_set_new_nocheck(schema, "x-states", names_of(sort, step, true));
    json_object_set_new_nocheck(schema, "x-sides", names_of(sort, step, false));
    if (step->gate)
        json_put(schema, "x-gate", slice_of(step->gate));
    return schema;
}

/* Any of the steps that begin one, or that go on with one; told apart by `step`. */
static json_t *choice_of(const struct matter_sort *sort, bool begins, struct arena *arena)
{
    json_t *schema = json_object(), *choices = json_array(), *by = json_object();

    for (size_t i = 0; i < sort->step_count; i++)
        if (((sort->steps[i].from & MATTER_NEW) != 0) == begins)
            json_array_append_new(choices, reference("schemas", schema_name(sort, &sort->steps[i], arena), arena));
    json_put(by, "propertyName", SLICE("step"));
    json_object_set_new_nocheck(schema, "oneOf", choices);
    json_object_set_new_nocheck(schema, "discriminator", by);
    return described(schema, "x-states: in which the matter may stand (matter.state.code); x-sides: whose step it is; x-gate: the gate of the rulebook that is asked");
}

static json_t *step_example(const struct matter_sort *sort, bool begins)
{
    json_t *example = json_object();

    for (size_t i = 0; i < sort->step_count; i++) {
        const struct matter_step *step = &sort->steps[i];
        const struct kind *kind = matter_step_kind(sort, step);

        if (((step->from & MATTER_NEW) != 0) != begins)
            continue;
        json_put(example, "step", slice_of(step->name));
        if (!begins)
            json_object_set_new_nocheck(example, "ver", json_integer(1));
        for (size_t f = 0; f < kind->count; f++)
            if (matter_step_field(sort, step, f) && kind->fields[f].required)
                json_object_set_new_nocheck(example, kind->fields[f].name, value_example(&kind->fields[f]));
        break;
    }
    return example;
}

bool matter_begins(const struct kind *kind)
{
    const struct matter_sort *sort = matter_sort_of(kind);
    size_t i = 0;

    while (i < sort->step_count && !(sort->steps[i].from & MATTER_NEW))
        i++;
    return i < sort->step_count;
}

json_t *matter_body(const struct kind *kind, bool begins, struct arena *arena)
{
    const struct matter_sort *sort = matter_sort_of(kind);
    json_t *body = content(choice_of(sort, begins, arena), step_example(sort, begins));

    json_object_set_new_nocheck(body, "required", json_true());
    return body;
}

void matter_schemas_add(json_t *schemas, struct arena *arena)
{
    for (size_t s = 0; s < matter_sort_count; s++)
        for (size_t i = 0; i < matter_sorts[s]->step_count; i++)
            json_object_set_new_nocheck(schemas, schema_name(matter_sorts[s], &matter_sorts[s]->steps[i], arena),
                                        one_step_schema(matter_sorts[s], &matter_sorts[s]->steps[i]));
}
