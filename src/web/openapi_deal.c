/* The description of deals: what each step takes, from the table of steps and the field tables of the papers. */
#include "web/openapi_int.h"

#include <assert.h>

#include "base/json.h"
#include "work/deal.h"

static const char *schema_name(const struct deal_step *step, struct arena *arena)
{
    return arena_print(arena, "deal_step_%s", step->name);
}

/* The one value it can have: by it a reader knows which of the steps is meant. */
static json_t *only(const char *value)
{
    json_t *schema = text_schema("string", NULL), *values = json_array();

    json_array_append_new(values, json_string_nocheck(value));
    json_object_set_new_nocheck(schema, "enum", values);
    return schema;
}

static json_t *piers_of(const struct deal_step *step)
{
    json_t *piers = json_array();

    for (int p = 0; p < PIER_COUNT; p++)
        if (step->piers >> p & 1)
            json_array_append_new(piers, json_string_nocheck(pier_code((enum pier)p)));
    return piers;
}

static void fields_add(const struct deal_step *step, json_t *properties, json_t *required)
{
    const struct kind *kind = deal_step_kind(step);

    for (size_t i = 0; i < kind->count; i++) {
        if (!deal_step_field(step, i))
            continue;
        json_object_set_new_nocheck(properties, kind->fields[i].name, field_schema(&kind->fields[i]));
        if (kind->fields[i].required && step->how == STEP_ADD)
            json_array_append_new(required, json_string_nocheck(kind->fields[i].name));
    }
}

static void others_add(const struct deal_step *step, json_t *properties)
{
    json_object_set_new_nocheck(properties, "ver", described(text_schema("integer", NULL), "the deal's version that you read: each step makes a new one"));
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    if (step->how == STEP_AMEND)
        json_object_set_new_nocheck(properties, "paper",
                                    described(text_schema("string", NULL), "id of the paper to write in; left out: the newest that is open to it"));
}

static json_t *one_step_schema(const struct deal_step *step)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *required = json_array();

    json_object_set_new_nocheck(properties, "step", only(step->name));
    json_array_append_new(required, json_string_nocheck("step"));
    json_array_append_new(required, json_string_nocheck("ver"));
    others_add(step, properties);
    fields_add(step, properties, required);
    json_put(schema, "title", slice_of(step->label));
    json_put(schema, "description", slice_of(step->label_en));
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "required", required);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    json_object_set_new_nocheck(schema, "x-piers", piers_of(step));
    json_put(schema, "x-paper", slice_of(deal_step_kind(step)->name));
    if (step->gate)
        json_put(schema, "x-gate", slice_of(step->gate));
    return schema;
}

/* Any of the steps, told apart by `step`. */
static json_t *step_choice(struct arena *arena)
{
    json_t *schema = json_object(), *choices = json_array(), *by = json_object();

    for (size_t i = 0; i < deal_step_count; i++) {
        json_t *choice = json_object();

        json_put(choice, "$ref", slice_of(arena_print(arena, "#/components/schemas/%s", schema_name(&deal_steps[i], arena))));
        json_array_append_new(choices, choice);
    }
    json_put(by, "propertyName", SLICE("step"));
    json_object_set_new_nocheck(schema, "oneOf", choices);
    json_object_set_new_nocheck(schema, "discriminator", by);
    return described(schema, "x-piers: where the deal may stand (deal.now.label.code); x-paper: what the step writes; x-gate: the gate "
                             "of the rulebook that is asked. GET with ?step= gives the form filled in with what the file holds already");
}

static json_t *opening_schema(void)
{
    json_t *properties = json_object();

    json_object_set_new_nocheck(properties, "achievement", described(text_schema("string", NULL), "id of an open achievement of your organisation"));
    json_object_set_new_nocheck(properties, "title", described(text_schema("string", NULL), "the achievement's, where it is left out"));
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    return flat_schema(properties, "achievement");
}

static json_t *draw_schema(void)
{
    static const char *const members[][2] = {
        {"filter", "the population, as audit.draw.filter has it: unit=ID&year=&way=&pricing=&pier=&from=FEN&to=FEN&flag=; all deals where it is left out"},
        {"method", "simple, money, strata or whole"}, {"size", "1 to 2000"}, {"rate", "instead of size, in percent: 5%"},
        {"bounds", "of strata: one to eight rising amounts, parted by 、"}};
    json_t *properties = json_object();

    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_object_set_new_nocheck(properties, members[i][0], described(text_schema(strcmp(members[i][0], "size") == 0 ? "integer" : "string", NULL), members[i][1]));
    json_object_set_new_nocheck(properties, "request_id", request_id_schema());
    return flat_schema(properties, "method");
}

void deal_schemas_add(json_t *schemas, struct arena *arena)
{
    json_object_set_new_nocheck(schemas, "audit_order", draw_schema());
    json_object_set_new_nocheck(schemas, "deal_opening", opening_schema());
    json_object_set_new_nocheck(schemas, "deal_step", step_choice(arena));
    for (size_t i = 0; i < deal_step_count; i++)
        json_object_set_new_nocheck(schemas, schema_name(&deal_steps[i], arena), one_step_schema(&deal_steps[i]));
}

json_t *step_name_schema(void)
{
    json_t *schema = text_schema("string", NULL), *names = json_array();

    for (size_t i = 0; i < deal_step_count; i++)
        json_array_append_new(names, json_string_nocheck(deal_steps[i].name));
    json_object_set_new_nocheck(schema, "enum", names);
    return schema;
}

/* --- what is answered to a step that rules stand against --- */

static json_t *asks_schema(void)
{
    static const char *const members[][2] = {
        {"name", "the fact, as the step state takes it"}, {"label", "its label, in Chinese as the rule has it"},
        {"hint", "where to find it; may be empty"}, {"href", "the form to state it"}};
    json_t *asks = text_schema("array", NULL);

    json_object_set_new_nocheck(asks, "items", members_schema(members, sizeof members / sizeof *members, 2));
    return described(asks, "of an unknown: the facts of which one value or another would change the verdict");
}

json_t *answers_schema(void)
{
    static const char *const members[][2] = {
        {"rule", "its id, such as R03"}, {"title", "its title, in Chinese as the rule has it"}, {"verdict", "no or unknown"},
        {"says", "of a no: what stands in the way, with the figures put in; else empty"}, {"hint", "what to do; may be empty"},
        {"href", "the rule's page"}};
    json_t *answers = text_schema("array", NULL), *articles = text_schema("array", NULL),
           *item = members_schema(members, sizeof members / sizeof *members, 5), *properties = json_object_get(item, "properties");

    json_object_set_new_nocheck(articles, "items", text_schema("string", NULL));
    json_object_set_new_nocheck(properties, "articles", described(articles, "document and article that it rests on"));
    json_object_set_new_nocheck(properties, "unknown", text_schema("boolean", NULL));
    json_object_set_new_nocheck(properties, "asks", asks_schema());
    json_object_set_new_nocheck(answers, "items", item);
    return described(answers, "of a deal's step: each rule of its gate that does not say yes");
}
