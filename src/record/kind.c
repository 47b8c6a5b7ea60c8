#include "record/kind.h"

#include <string.h>

static const struct kind *const kinds[KIND_COUNT] = {
    [KIND_PARTY] = &kind_party,       [KIND_PERSON] = &kind_person,   [KIND_ACHIEVEMENT] = &kind_achievement,
    [KIND_NEED] = &kind_need,         [KIND_SCENARIO] = &kind_scenario, [KIND_SERVICE] = &kind_service,
    [KIND_POLICY] = &kind_policy,
};

const struct kind *kind_get(enum kind_id id)
{
    return kinds[id];
}

const struct kind *kind_by_name(const char *name)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

const struct kind *kind_by_plural(const char *plural)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (strcmp(kinds[i]->plural, plural) == 0)
            return kinds[i];
    return NULL;
}

int kind_field(const struct kind *kind, const char *name)
{
    for (size_t i = 0; i < kind->count; i++)
        if (strcmp(kind->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}
