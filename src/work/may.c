#include "work/may.h"

/* Where a permission holds: everywhere, in the scope of the grant, or for the actor's own party. */
enum reach { REACH_OWN, REACH_SCOPE, REACH_ALL };

#define K(kind) (1u << KIND_##kind)
#define ALL_KINDS (K(PARTY) | K(PERSON) | K(ACHIEVEMENT) | K(NEED) | K(SCENARIO) | K(SERVICE) | K(POLICY))
#define OWN_KINDS (K(ACHIEVEMENT) | K(NEED) | K(SCENARIO) | K(SERVICE))

struct permission {
    enum role role;
    unsigned actions; /* bits of enum action */
    unsigned kinds;
    enum reach reach;
};

#define A(action) (1u << ACT_##action)

static const struct permission permissions[] = {
    {ROLE_MEMBER, A(CREATE) | A(EDIT) | A(CLOSE) | A(NDA) | A(EXPORT) | A(HISTORY), OWN_KINDS, REACH_OWN},
    {ROLE_RESEARCHER, A(CREATE) | A(EDIT) | A(CLOSE) | A(HISTORY), K(ACHIEVEMENT), REACH_OWN},
    {ROLE_UNIT_ADMIN, A(CREATE) | A(EDIT) | A(CLOSE) | A(NDA) | A(IMPORT) | A(EXPORT) | A(HISTORY),
     OWN_KINDS | K(PERSON), REACH_OWN},
    {ROLE_UNIT_ADMIN, A(EDIT) | A(HISTORY), K(PARTY), REACH_OWN},
    {ROLE_MANAGER, A(CREATE) | A(EDIT) | A(CLOSE) | A(HISTORY), K(SERVICE), REACH_OWN},
    {ROLE_CITY_OFFICER, A(CREATE) | A(EDIT) | A(CLOSE) | A(IMPORT) | A(IMPORT_ANY) | A(EXPORT) | A(HISTORY), ALL_KINDS,
     REACH_SCOPE},
    {ROLE_COUNTY_OFFICER, A(CREATE) | A(EDIT) | A(CLOSE) | A(IMPORT) | A(IMPORT_ANY) | A(EXPORT) | A(HISTORY),
     K(PARTY) | K(PERSON) | OWN_KINDS, REACH_SCOPE},
    {ROLE_PARK_OFFICER, A(CREATE) | A(EDIT) | A(CLOSE) | A(IMPORT) | A(IMPORT_ANY) | A(EXPORT) | A(HISTORY),
     K(PARTY) | K(PERSON) | OWN_KINDS, REACH_SCOPE},
    {ROLE_MARKET, A(CREATE) | A(EDIT) | A(CLOSE) | A(EXPORT), K(SERVICE), REACH_OWN},
    {ROLE_AUDITOR, A(HISTORY) | A(EXPORT), ALL_KINDS, REACH_ALL},
};

static bool division_covers(int64_t scope, int64_t region)
{
    int64_t width = scope % 10000 == 0 ? 10000 : scope % 100 == 0 ? 100 : 1;

    return region && scope / width == region / width;
}

static bool reaches(const struct actor *actor, const struct role_grant *grant, enum reach reach,
                    const struct object *object)
{
    if (reach == REACH_ALL)
        return true;
    if (reach == REACH_OWN)
        return actor->party && object->owner == actor->party;
    return grant->scope_kind == SCOPE_ALL || (grant->scope_kind == SCOPE_PARTY && grant->scope == object->owner)
           || (grant->scope_kind == SCOPE_DIVISION
               && (division_covers(grant->scope, object->region) || (object->id == 0 && object->owner == 0)));
}

static bool permitted(const struct actor *actor, enum action action, const struct object *object)
{
    for (size_t g = 0; g < actor->grant_count; g++)
        for (size_t p = 0; p < sizeof permissions / sizeof *permissions; p++) {
            const struct permission *permission = &permissions[p];

            if (permission->role == actor->grants[g].role && (permission->actions >> action & 1)
                && (permission->kinds >> object->kind->id & 1)
                && reaches(actor, &actor->grants[g], permission->reach, object))
                return true;
        }
    return false;
}

static bool sees_closed(const struct actor *actor, const struct object *object)
{
    return actor_has(actor, ROLE_AUDITOR) || (actor->party && actor->party == object->owner)
           || permitted(actor, ACT_EDIT, object);
}

static bool refuse(const struct actor *actor, struct err *err)
{
    if (actor->account == 0) {
        err_set(err, ERR_SIGN_IN, "这一步需要登录");
        return err_hint(err, "登录后再试;没有账号请联系本单位管理员");
    }
    err_set(err, ERR_DENIED, "您的账号没有这项权限");
    return err_hint(err, "需要时请联系本单位管理员或平台的安全管理员");
}

bool may(const struct actor *actor, enum action action, const struct object *object, struct err *err)
{
    if (actor_is_program(actor))
        return true;
    if (action == ACT_ACCOUNTS)
        return actor_has(actor, ROLE_SECURITY_ADMIN) || refuse(actor, err);
    if (action == ACT_LEDGER)
        return actor_has(actor, ROLE_AUDIT_ADMIN) || actor_has(actor, ROLE_AUDITOR) || refuse(actor, err);
    if (object->id && object->status == RECORD_CLOSED && !sees_closed(actor, object))
        return err_set(err, ERR_MISSING, "没有这条%s,或者您无权知道", object->kind->label);
    if (action == ACT_SEE)
        return true;
    return permitted(actor, action, object) || refuse(actor, err);
}

enum level may_level(const struct actor *actor, const struct object *object)
{
    if (actor_is_program(actor) || actor_has(actor, ROLE_AUDITOR))
        return LEVEL_OWN;
    if (actor->account == 0)
        return LEVEL_PUBLIC;
#ifndef TQ_TEETH_MAY_LEVEL
    if (!actor->party || actor->party != object->owner)
        return object->nda ? LEVEL_NDA : LEVEL_SIGNED_IN;
#endif
    return LEVEL_OWN;
}

static int64_t region_of(const struct record *record)
{
    int field = kind_field(record->kind, "region");

    return field >= 0 && record->values[field].known ? strtoll(record->values[field].text.at, NULL, 10) : 0;
}

bool object_of(struct sql *sql, const struct record *record, const struct actor *actor, struct object *object,
               struct err *err)
{
    int64_t leave = 0;
    bool found = false;

    *object = (struct object){.kind = record->kind, .id = record->id, .owner = record->owner,
                              .region = region_of(record), .status = record->status};
    if (actor->party && actor->party != record->owner && record->id
        && !sql_one(sql, "SELECT 1 FROM nda WHERE kind = ?1 AND object = ?2 AND party = ?3 AND ended_leaf IS NULL",
                    SQL_ARGS(sql_text(slice_of(record->kind->name)), sql_int(record->id), sql_int(actor->party)), &leave,
                    &found, err))
        return false;
    object->nda = found;
    return true;
}
