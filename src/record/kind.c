#include "record/kind.h"

#include <string.h>

#include "record/claim.h"
#include "record/deal.h"
#include "record/fact.h"
#include "record/matter.h"
#include "record/past.h"

static const struct kind *const kinds[KIND_END] = {
    [KIND_PARTY] = &kind_party,       [KIND_PERSON] = &kind_person,   [KIND_ACHIEVEMENT] = &kind_achievement,
    [KIND_NEED] = &kind_need,         [KIND_SCENARIO] = &kind_scenario, [KIND_SERVICE] = &kind_service,
    [KIND_POLICY] = &kind_policy,
    [KIND_DEAL] = &kind_deal,         [KIND_TITLE] = &kind_title,     [KIND_VALUATION] = &kind_valuation,
    [KIND_NOTICE] = &kind_notice,     [KIND_OBJECTION] = &kind_objection, [KIND_APPROVAL] = &kind_approval,
    [KIND_CONTRACT] = &kind_contract, [KIND_REGISTRATION] = &kind_registration,
    [KIND_INSTALMENT] = &kind_instalment, [KIND_RECEIPT] = &kind_receipt, [KIND_COST] = &kind_cost,
    [KIND_PROFIT] = &kind_profit,
    [KIND_AWARD] = &kind_award,       [KIND_FILING] = &kind_filing,   [KIND_STATEMENT] = &kind_statement,
    [KIND_RULING] = &kind_ruling,
    [KIND_PAST_DEAL] = &kind_past_deal, [KIND_PAST_RECEIPT] = &kind_past_receipt, [KIND_PAST_AWARD] = &kind_past_award,
    [KIND_ATTACHMENT] = &kind_attachment,
    [KIND_FINDING] = &kind_finding,
    [KIND_CONTACT] = &kind_contact,   [KIND_TALK] = &kind_talk,
    /* policy */
    [KIND_FACT] = &kind_fact,
    [KIND_CLAIM] = &kind_claim,
    /* finance */
    /* fund */
    /* talent */
    /* pilot */
    /* service */
};

const struct kind *kind_get(enum kind_id id)
{
    return kinds[id];
}

static const struct kind *named_below(enum kind_id end, const char *name)
{
    for (size_t i = 0; i < (size_t)end; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}

const struct kind *kind_by_name(const char *name)
{
    return named_below(KIND_COUNT, name);
}

const struct kind *kind_stored(const char *name)
{
    return named_below(KIND_END, name);
}

bool kind_is_paper(const struct kind *kind)
{
    return kind->id >= KIND_DEAL && kind->id < KIND_ALL;
}

bool kind_is_listed(const struct kind *kind)
{
    return kind->id < KIND_COUNT;
}

bool kind_is_past(const struct kind *kind)
{
    return kind->id == KIND_PAST_DEAL || kind->id == KIND_PAST_RECEIPT || kind->id == KIND_PAST_AWARD;
}

const struct kind *kind_imported(size_t i)
{
    static const enum kind_id past[] = {KIND_PAST_DEAL, KIND_PAST_RECEIPT, KIND_PAST_AWARD};

    if (i < KIND_COUNT)
        return kinds[i];
    return i < KIND_COUNT + sizeof past / sizeof *past ? kinds[past[i - KIND_COUNT]] : NULL;
}

const struct kind *kind_imported_by_name(const char *name)
{
    size_t i = 0;

    while (kind_imported(i) && strcmp(kind_imported(i)->name, name) != 0)
        i++;
    return kind_imported(i);
}

const struct kind *kind_imported_by_plural(const char *plural)
{
    size_t i = 0;

    while (kind_imported(i) && strcmp(kind_imported(i)->plural, plural) != 0)
        i++;
    return kind_imported(i);
}

bool kind_typed(const struct kind *kind, size_t field)
{
    return !kind_is_past(kind)
           || (field >= PAST_OWN && kind->fields[field].type != FIELD_ID && (kind->id != KIND_PAST_RECEIPT || field != PAST_RECEIPT_MARK));
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
