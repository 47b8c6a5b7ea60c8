/* The description of facts and of notices to firms that are due: what programs send. */
#include "web/openapi_int.h"

#include "base/json.h"
#include "record/fact.h"

static void member_add(json_t *properties, const char *name, const char *what)
{
    json_object_set_new_nocheck(properties, name, described(text_schema("string", NULL), what));
}

json_t *fact_statement_schema(void)
{
    json_t *properties = json_object();

    member_add(properties, "party", "whose: id, full name or unified social credit code; one's own organisation where it is left out");
    member_add(properties, "verb", "state (where it is left out), confirm or withdraw");
    member_add(properties, "id", "of the fact that is confirmed or taken back");
    json_object_set_new_nocheck(properties, "ver", described(text_schema("integer", NULL), "its version"));
    for (size_t i = 0; i < FACT_FIELD_COUNT; i++)
        if (i != FACT_CONFIRMED_ON)
            member_add(properties, kind_fact.fields[i].name, kind_fact.fields[i].label_en);
    return flat_schema(properties, "");
}

json_t *notices_schema(void)
{
    json_t *properties = json_object();

    member_add(properties, "policy", "id of the policy");
    member_add(properties, "party", "id of the firm; several as a form sends them");
    return flat_schema(properties, "policy party");
}
