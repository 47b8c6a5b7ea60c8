/*
 * One function decides. Everything else asks it: pages, API, import, export, search.
 *
 * The table of permissions is in may.c, one line a role and action; what is not there is refused. Expected access, reviewed by
 * people and not derived from it, lies in tests/web/access.tsv.
 *
 * An officer may edit what lies in his scope, yet sees no field above "signed in": he mends what he can see. Only who sees
 * everything of a record decides who else may (work/submit.c).
 */
#ifndef TQ_WORK_MAY_H
#define TQ_WORK_MAY_H

#include "record/record.h"
#include "work/actor.h"

enum action {
    ACT_SEE,         /* know of the record and see its public fields */
    ACT_CREATE,      /* make one for the owner party */
    ACT_EDIT,
    ACT_CLOSE,       /* close and open again */
    ACT_NDA,         /* let another party see the NDA fields */
    ACT_IMPORT,      /* many at once for the owner party */
    ACT_IMPORT_ANY,  /* many at once for parties named in the file */
    ACT_EXPORT,
    ACT_HISTORY,     /* who changed what and when, beyond the public line */
    ACT_STEP,        /* take a step of a deal in its unit's name (work/deal.h) */
    ACT_REGISTER,    /* as the registration agency: see what was sent to it, ask for what lacks, give the result (work/registry.h) */
    ACT_FEEDBACK,    /* say what became of a pair that it is one of (work/feedback.h) */
    ACT_ACCOUNTS,    /* open accounts, change them, give roles and take them */
    ACT_ACCOUNTS_SEE, /* the list of accounts, the roles of one and what happened to it */
    ACT_LEDGER,      /* the ledger's own pages */
    ACT_AUDIT,       /* the auditor's desk: populations, samples, red flags (work/audit.h) */
    ACT_AUDIT_VIEWS, /* what auditors looked at: the auditor his own, the audit administrator everybody's */
    ACT_COUNT
};

/* What is acted on. A list or a new record has id 0. */
struct object {
    const struct kind *kind; /* NULL: no record, but an account (ACT_ACCOUNTS …) or the ledger */
    int64_t id;
    int64_t owner;           /* party; of an account the one it belongs to, 0: none, or the accounts of all */
    int64_t region;          /* division code of the record or its owner, 0: not known */
    int64_t discloser;       /* account that disclosed it; known for achievements when a researcher asks, else 0 */
    enum record_status status;
    bool nda;                /* the actor's party has leave to see its NDA fields */
    bool beyond;             /* an account that holds, or is to get, a role of more than its organisation (role_of_unit) */
};

/* ERR_MISSING; returns false. */
bool account_missing(struct err *err);

/* A role that an organisation's administrator gives within it. All others are the security administrator's to give. */
bool role_of_unit(enum role role);

/* true, or false with the reason: ERR_SIGN_IN, ERR_DENIED, or ERR_MISSING where its very existence is not for the actor. */
bool may(const struct actor *actor, enum action action, const struct object *object, struct err *err);

/* Does a role of the actor reach records of others than his own organisation's? */
bool may_beyond(const struct actor *actor, enum action action, const struct kind *kind);

/* The highest level of fields the actor sees of this object. */
enum level may_level(const struct actor *actor, const struct object *object);

/* Is this very field of this record for the actor? Whose record it is, where a need hides its firm? */
bool may_see_field(const struct actor *actor, const struct object *object, const struct record *record, size_t field);
bool may_see_owner(const struct actor *actor, const struct object *object, const struct record *record);

/* Does the actor act for the organisation? To belong to it is not enough: a committee member may work there. */
bool acts_for(const struct actor *actor, int64_t party);
/* The same, but for who is there as a researcher alone: he does not bind his unit in contracts, consents and money. */
bool stands_for(const struct actor *actor, int64_t party);
/* Who holds one of the roles (ROLE_BIT) in whose scope the object lies. */
bool role_over(const struct actor *actor, unsigned roles, const struct object *object);
/* A city, county or park officer in whose scope the object lies; an auditor who audits it. */
bool officer_of(const struct actor *actor, const struct object *object);
bool auditor_of(const struct actor *actor, const struct object *object);

/* An officer of the division or of one that holds it: a county's officer is none of the city's. 0: only who is everywhere. */
bool officer_over(const struct actor *actor, int64_t division);
/* Does one division hold the other? 620100 holds 620105 and itself. */
bool division_holds(int64_t division, int64_t other);

/* The division a party lies in; 0: not known. */
bool party_region(struct sql *sql, int64_t party, int64_t *region, struct err *err);

/* The object of a record; asks the database whether the actor's party has leave (nda). */
bool object_of(struct sql *sql, const struct record *record, const struct actor *actor, struct object *object,
               struct err *err);

#endif
