#include "work/may.h"

/* Where a permission holds: for the actor's own organisation, for what he disclosed himself, in the scope of the grant. */
enum reach { REACH_OWN, REACH_AUTHOR, REACH_SCOPE };

#define K(kind) (UINT64_C(1) << KIND_##kind)
#define ALL_KINDS (K(PARTY) | K(PERSON) | K(ACHIEVEMENT) | K(NEED) | K(SCENARIO) | K(SERVICE) | K(POLICY))
/* A deal and the papers of its file. */
#define DEAL_KINDS (((UINT64_C(1) << KIND_ALL) - 1) & ~((UINT64_C(1) << KIND_DEAL) - 1))
/* Rows of tables of past transfers. */
#define PAST_KINDS (K(PAST_DEAL) | K(PAST_RECEIPT) | K(PAST_AWARD))
#define OWN_KINDS (K(ACHIEVEMENT) | K(NEED) | K(SCENARIO) | K(SERVICE))

struct permission {
    enum role role;
    unsigned actions; /* bits of enum action */
    uint64_t kinds;   /* bits of enum kind_id below 64; matters are of work/matter.h */
    enum reach reach;
};

#define A(action) (1u << ACT_##action)

#define OFFICER (A(CREATE) | A(EDIT) | A(CLOSE) | A(IMPORT) | A(IMPORT_ANY) | A(EXPORT) | A(HISTORY))
/* Nobody is proposed to an organisation as such, and a policy is not called on. */
#define PAIRED_KINDS (ALL_KINDS & ~(K(PARTY) | K(POLICY)))

static const struct permission permissions[] = {
    {ROLE_MEMBER, A(CREATE) | A(EDIT) | A(CLOSE) | A(NDA) | A(EXPORT) | A(HISTORY), OWN_KINDS, REACH_OWN},
    {ROLE_UNIT_ADMIN, A(CREATE) | A(EDIT) | A(CLOSE) | A(NDA) | A(IMPORT) | A(EXPORT) | A(HISTORY),
     OWN_KINDS, REACH_OWN},
    {ROLE_UNIT_ADMIN, A(CREATE) | A(EDIT) | A(CLOSE) | A(IMPORT) | A(EXPORT) | A(HISTORY), K(PERSON), REACH_OWN},
    {ROLE_UNIT_ADMIN, A(EDIT) | A(HISTORY), K(PARTY), REACH_OWN},
    {ROLE_MEMBER, A(FEEDBACK), OWN_KINDS | K(PERSON), REACH_OWN},
    {ROLE_UNIT_ADMIN, A(FEEDBACK), OWN_KINDS | K(PERSON), REACH_OWN},
    {ROLE_RESEARCHER, A(CREATE) | A(HISTORY), K(ACHIEVEMENT), REACH_OWN},
    {ROLE_RESEARCHER, A(EDIT) | A(CLOSE) | A(FEEDBACK), K(ACHIEVEMENT), REACH_AUTHOR},
    {ROLE_MANAGER, A(CREATE) | A(EDIT) | A(CLOSE) | A(HISTORY), K(SERVICE), REACH_OWN},
    {ROLE_MANAGER, A(FEEDBACK), OWN_KINDS | K(PERSON), REACH_OWN}, /* to bring sides together is his calling */
    {ROLE_CITY_OFFICER, OFFICER, ALL_KINDS, REACH_SCOPE},
    {ROLE_COUNTY_OFFICER, OFFICER, ALL_KINDS, REACH_SCOPE}, /* districts and parks have policies of their own */
    {ROLE_PARK_OFFICER, OFFICER, ALL_KINDS, REACH_SCOPE},
    {ROLE_CITY_OFFICER, A(FEEDBACK), PAIRED_KINDS, REACH_SCOPE},
    {ROLE_COUNTY_OFFICER, A(FEEDBACK), PAIRED_KINDS, REACH_SCOPE},
    {ROLE_PARK_OFFICER, A(FEEDBACK), PAIRED_KINDS, REACH_SCOPE},
    {ROLE_MARKET, A(CREATE) | A(EDIT) | A(CLOSE) | A(EXPORT) | A(HISTORY) | A(FEEDBACK), K(SERVICE), REACH_OWN},
    {ROLE_MEMBER, A(CREATE) | A(STEP), K(DEAL), REACH_OWN}, /* its papers come of steps alone */
    {ROLE_UNIT_ADMIN, A(CREATE) | A(STEP), K(DEAL), REACH_OWN},
    {ROLE_UNIT_ADMIN, A(IMPORT), PAST_KINDS, REACH_OWN},
    {ROLE_MEMBER, A(HISTORY), DEAL_KINDS, REACH_OWN},
    {ROLE_UNIT_ADMIN, A(HISTORY), DEAL_KINDS, REACH_OWN},
    {ROLE_CITY_OFFICER, A(HISTORY), K(DEAL), REACH_SCOPE}, /* how far it is, not what is in it */
    {ROLE_COUNTY_OFFICER, A(HISTORY), K(DEAL), REACH_SCOPE},
    {ROLE_PARK_OFFICER, A(HISTORY), K(DEAL), REACH_SCOPE},
    {ROLE_REGISTRAR, A(REGISTER), K(DEAL), REACH_SCOPE},
    /* Facts about a firm (work/fact.h): its own people state them, officers bring departments' lists and confirm certificates. */
    {ROLE_MEMBER, A(CREATE) | A(HISTORY), K(FACT), REACH_OWN},
    {ROLE_UNIT_ADMIN, A(CREATE) | A(HISTORY), K(FACT), REACH_OWN},
    {ROLE_CITY_OFFICER, A(IMPORT_ANY) | A(HISTORY), K(FACT), REACH_SCOPE},
    {ROLE_COUNTY_OFFICER, A(IMPORT_ANY) | A(HISTORY), K(FACT), REACH_SCOPE},
    {ROLE_PARK_OFFICER, A(IMPORT_ANY) | A(HISTORY), K(FACT), REACH_SCOPE},
    {ROLE_AUDITOR, A(HISTORY) | A(EXPORT), ALL_KINDS | DEAL_KINDS | K(FACT), REACH_SCOPE}, /* a district's auditor audits the district */
};

static bool has_kind(const struct permission *permission, const struct kind *kind)
{
    return kind->id < 64 && (permission->kinds >> kind->id & 1);
}

bool division_holds(int64_t division, int64_t other)
{
    int64_t width = division % 10000 == 0 ? 10000 : division % 100 == 0 ? 100 : 1;

    return other && division / width == other / width;
}

/* A new record of which neither owner nor region is known yet is in anybody's scope; what it becomes is asked again. */
static bool in_scope(const struct role_grant *grant, const struct object *object)
{
    bool blank = object->id == 0 && object->owner == 0 && object->region == 0;

    switch (grant->scope_kind) {
    case SCOPE_ALL:
        return true;
    case SCOPE_PARTY:
        return blank || grant->scope == object->owner;
    case SCOPE_DIVISION:
        return blank || division_holds(grant->scope, object->region);
    }
    return false;
}

static bool reaches(const struct actor *actor, const struct role_grant *grant, enum reach reach,
                    const struct object *object)
{
    switch (reach) {
    case REACH_SCOPE:
        return in_scope(grant, object);
    case REACH_AUTHOR:
        return actor->party && object->owner == actor->party && object->discloser == actor->account;
    case REACH_OWN:
        return actor->party && object->owner == actor->party;
    }
    return false;
}

/* An administrator's account is for administering: of records it sees what a visitor sees. */
static bool administers(const struct actor *actor)
{
    return actor_has(actor, ROLE_SYSTEM_ADMIN) || actor_has(actor, ROLE_SECURITY_ADMIN) || actor_has(actor, ROLE_AUDIT_ADMIN);
}

static bool belongs_to(const struct actor *actor, int64_t party)
{
    return actor->party && actor->party == party && !administers(actor);
}

bool stands_for(const struct actor *actor, int64_t party)
{
    return belongs_to(actor, party) && (actor_has(actor, ROLE_MEMBER) || actor_has(actor, ROLE_UNIT_ADMIN) || actor_has(actor, ROLE_MANAGER)
                                        || actor_has(actor, ROLE_MARKET));
}

bool acts_for(const struct actor *actor, int64_t party)
{
    return stands_for(actor, party) || (belongs_to(actor, party) && actor_has(actor, ROLE_RESEARCHER));
}

bool role_over(const struct actor *actor, unsigned roles, const struct object *object)
{
    for (size_t g = 0; g < actor->grant_count; g++)
        if ((roles & ROLE_BIT(actor->grants[g].role)) && in_scope(&actor->grants[g], object))
            return true;
    return false;
}

bool officer_of(const struct actor *actor, const struct object *object)
{
    return role_over(actor, ROLE_OFFICERS, object);
}

bool officer_over(const struct actor *actor, int64_t division)
{
    struct object place = {.id = -1, .region = division}; /* no record of anybody's, but the place itself */

    return officer_of(actor, &place);
}

bool auditor_of(const struct actor *actor, const struct object *object)
{
    return role_over(actor, ROLE_BIT(ROLE_AUDITOR), object);
}

/* One's own entry among the people is one's own to see, mend and take back (个人信息保护法 §§45–47). */
static bool is_self(const struct actor *actor, const struct object *object)
{
    return actor->person && object->kind && object->kind->id == KIND_PERSON && object->id == actor->person
           && actor->grant_count && !administers(actor);
}

static bool permitted(const struct actor *actor, enum action action, const struct object *object)
{
    if (is_self(actor, object) && (action == ACT_EDIT || action == ACT_CLOSE || action == ACT_HISTORY))
        return true;
    if (is_self(actor, object) && action == ACT_FEEDBACK && acts_for(actor, object->owner))
        return true; /* of himself as a partner he speaks in his organisation's name */
    for (size_t g = 0; object->kind && g < actor->grant_count; g++)
        for (size_t p = 0; p < sizeof permissions / sizeof *permissions; p++) {
            const struct permission *permission = &permissions[p];

            if (permission->role == actor->grants[g].role && (permission->actions >> action & 1) && has_kind(permission, object->kind)
                && reaches(actor, &actor->grants[g], permission->reach, object))
                return true;
        }
    return false;
}

/* An auditor of everything: accounts and the ledger are of no district. */
static bool audits_all(const struct actor *actor)
{
    for (size_t g = 0; g < actor->grant_count; g++)
        if (actor->grants[g].role == ROLE_AUDITOR && actor->grants[g].scope_kind == SCOPE_ALL)
            return true;
    return false;
}

static bool audits(const struct actor *actor, const struct object *object)
{
    return audits_all(actor) || (actor_has(actor, ROLE_AUDITOR) && permitted(actor, ACT_HISTORY, object));
}

static bool sees_closed(const struct actor *actor, const struct object *object)
{
    return audits(actor, object) || acts_for(actor, object->owner) || permitted(actor, ACT_EDIT, object)
           || (object->kind && kind_is_paper(object->kind) && permitted(actor, ACT_HISTORY, object));
}

static bool refuse(const struct actor *actor, struct err *err)
{
    if (actor->account == 0) {
        err_set(err, ERR_SIGN_IN, "这一步需要登录");
        return err_hint(err, "登录后再试；没有账号请联系本单位管理员");
    }
    err_set(err, ERR_DENIED, "您的账号没有这项权限");
    return err_hint(err, "需要时请联系本单位管理员或平台的安全管理员");
}

bool account_missing(struct err *err)
{
    err_set(err, ERR_MISSING, "没有这个账号");
    return err_hint(err, "请检查登录名或编号");
}

bool role_of_unit(enum role role)
{
    return role == ROLE_MEMBER || role == ROLE_RESEARCHER || role == ROLE_MANAGER;
}

/* Who may set a password can sign in with it: so an account with a higher role than one may give is not one's to touch. */
static bool may_keep_unit(const struct actor *actor, enum action action, const struct object *object, struct err *err)
{
    if (object->owner != actor->party)
        return object->id ? account_missing(err) : refuse(actor, err);
#ifndef TQ_TEETH_ACCOUNT_BEYOND
    if (action == ACT_ACCOUNTS && object->beyond) {
        err_set(err, ERR_DENIED, "单位管理员只管本单位的单位成员、科研人员和技术经理人");
        return err_hint(err, "有其他角色的账号，请平台的安全管理员来办");
    }
#endif
    return true;
}

static bool may_accounts(const struct actor *actor, enum action action, const struct object *object, struct err *err)
{
    if (actor_has(actor, ROLE_SECURITY_ADMIN))
        return true;
    if (action == ACT_ACCOUNTS_SEE && (actor_has(actor, ROLE_AUDIT_ADMIN) || audits_all(actor)))
        return true;
    if (actor->party && actor_has(actor, ROLE_UNIT_ADMIN))
        return may_keep_unit(actor, action, object, err);
    return refuse(actor, err);
}

bool may(const struct actor *actor, enum action action, const struct object *object, struct err *err)
{
    if (actor_is_program(actor))
        return true;
    if (action == ACT_ACCOUNTS || action == ACT_ACCOUNTS_SEE)
        return may_accounts(actor, action, object, err);
    if (action == ACT_AUDIT)
        return actor_has(actor, ROLE_AUDITOR) || refuse(actor, err);
    if (action == ACT_LEDGER)
        return actor_has(actor, ROLE_AUDIT_ADMIN) || audits_all(actor) || refuse(actor, err);
    if (action == ACT_AUDIT_VIEWS)
        return actor_has(actor, ROLE_AUDIT_ADMIN) || actor_has(actor, ROLE_AUDITOR) || refuse(actor, err);
    if (action == ACT_SEE && object->kind && kind_is_paper(object->kind)) /* closed or not: a file is kept */
        return permitted(actor, ACT_HISTORY, object) || record_missing(object->kind, err);
    if (object->id && object->status == RECORD_CLOSED && !sees_closed(actor, object))
        return record_missing(object->kind, err);
    if (action == ACT_SEE)
        return true;
    return permitted(actor, action, object) || refuse(actor, err);
}

bool may_beyond(const struct actor *actor, enum action action, const struct kind *kind)
{
    if (actor_is_program(actor))
        return true;
    for (size_t g = 0; g < actor->grant_count; g++)
        for (size_t p = 0; p < sizeof permissions / sizeof *permissions; p++)
            if (permissions[p].role == actor->grants[g].role && (permissions[p].actions >> action & 1)
                && has_kind(&permissions[p], kind) && permissions[p].reach == REACH_SCOPE)
                return true;
    return false;
}

enum level may_level(const struct actor *actor, const struct object *object)
{
    if (actor_is_program(actor) || audits(actor, object))
        return LEVEL_OWN;
    if (actor->account == 0 || administers(actor))
        return LEVEL_PUBLIC;
#ifndef TQ_TEETH_MAY_LEVEL
    if (!acts_for(actor, object->owner) && !is_self(actor, object))
        return object->nda && acts_for(actor, actor->party) ? LEVEL_NDA : LEVEL_SIGNED_IN;
#endif
    return LEVEL_OWN;
}

bool may_see_field(const struct actor *actor, const struct object *object, const struct record *record, size_t field)
{
    return record_level(record, field) <= may_level(actor, object);
}

bool may_see_owner(const struct actor *actor, const struct object *object, const struct record *record)
{
    return record_owner_level(record) <= may_level(actor, object);
}

/* --- the object of a record --- */

static int64_t region_of(const struct record *record)
{
    int field = kind_field(record->kind, "region");

    return field >= 0 && record->values[field].known ? strtoll(record->values[field].text.at, NULL, 10) : 0;
}

bool party_region(struct sql *sql, int64_t party, int64_t *region, struct err *err)
{
    struct sql_rows rows;

    *region = 0;
    if (!party)
        return true;
    if (!sql_rows(sql, "SELECT region FROM party WHERE id = ?1 AND to_leaf IS NULL AND region IS NOT NULL",
                  SQL_ARGS(sql_int(party)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        struct slice code = sql_slice(&rows, 0);

        for (size_t i = 0; i < code.len && code.at[i] >= '0' && code.at[i] <= '9'; i++)
            *region = *region * 10 + (code.at[i] - '0');
    }
    return sql_done(&rows, err);
}

static bool has_scope(const struct actor *actor, enum scope_kind kind)
{
    for (size_t i = 0; i < actor->grant_count; i++)
        if (actor->grants[i].scope_kind == kind)
            return true;
    return false;
}

static bool find_leave(struct sql *sql, const struct record *record, const struct actor *actor, bool *nda, struct err *err)
{
    int64_t leave;

    return sql_one(sql, "SELECT 1 FROM nda WHERE kind = ?1 AND object = ?2 AND party = ?3 AND ended_leaf IS NULL",
                   SQL_ARGS(sql_text(slice_of(record->kind->name)), sql_int(record->id), sql_int(actor->party)), &leave,
                   nda, err);
}

/* Who disclosed an achievement: the author of its first version. */
static bool find_discloser(struct sql *sql, const struct record *record, int64_t *discloser, struct err *err)
{
    bool found;

    if (!sql_one(sql, "SELECT author FROM achievement WHERE id = ?1 AND ver = 1", SQL_ARGS(sql_int(record->id)), discloser,
                 &found, err))
        return false;
    if (!found)
        *discloser = 0;
    return true;
}

/* What the database must be asked depends on who asks: most pages need nothing, or the one look-up for leave. */
bool object_of(struct sql *sql, const struct record *record, const struct actor *actor, struct object *object,
               struct err *err)
{
    bool foreign = record->id && actor->party && actor->party != record->owner;

    *object = (struct object){.kind = record->kind, .id = record->id, .owner = record->owner,
                              .region = region_of(record), .status = record->status};
    if (foreign && !find_leave(sql, record, actor, &object->nda, err))
        return false;
    if (!object->region && has_scope(actor, SCOPE_DIVISION) && !party_region(sql, record->owner, &object->region, err))
        return false;
    return record->kind->id != KIND_ACHIEVEMENT || foreign || !actor_has(actor, ROLE_RESEARCHER)
           || find_discloser(sql, record, &object->discloser, err);
}
