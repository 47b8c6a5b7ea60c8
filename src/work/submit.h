/*
 * Submitting a record: the one way in which a record is made, changed, closed or opened again, from a form, the API or the
 * example city. Rule, permission, version, leaf and facets in one step.
 *
 *   submit_check    reads what was typed into the submission; complaints where it is wrong
 *   submit_step     the step for store_submit or store_write
 */
#ifndef TQ_WORK_SUBMIT_H
#define TQ_WORK_SUBMIT_H

#include "record/check.h"
#include "work/may.h"

enum submit_verb { SUBMIT_SAVE, SUBMIT_CLOSE, SUBMIT_REOPEN };

struct submission {
    /* given */
    enum submit_verb verb;
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms;
    int64_t new_id;        /* for a new record: from ident_next, drawn outside the step */
    struct record record;  /* kind, id (0: new), ver the person saw, owner (0: the actor's party), values; salted */
    uint8_t part;
    /* answered */
    int64_t id, ver;
    bool repeated;         /* the request id was done before: id and ver are of then */
};

/* Prepares a submission of `kind`: zero, salted, with a fresh id and the time. */
void submit_init(struct submission *submission, const struct kind *kind, const struct actor *actor,
                 struct slice request_id);

/*
 * Loads the version the person saw (id set) so that fields not typed stay, resolves names of parties and of places (work/place.h), and
 * checks all fields. false: complaints (or err: no such record, not allowed).
 */
bool submit_check(struct sql *sql, struct submission *submission, const struct slice *typed, struct arena *arena,
                  struct complaints *complaints, struct err *err);

/* arg: struct submission */
store_step submit_step;

/*
 * A party as people name it: its id, its unified social credit code, or its exact name (by natural key). *id 0: none such.
 */
bool party_resolve(struct sql *sql, struct slice typed, int64_t *id, struct err *err);

/* The same where there must be one: *id 0 for "" alone. ERR_INVALID, field "party". */
bool party_named(struct sql *sql, struct slice typed, int64_t *id, struct err *err);

/*
 * A person of that organisation (0: of none): "#123", "123", "/people/123" or the name on his record. *id 0 for "" alone. ERR_INVALID,
 * field "person".
 */
bool person_named(struct sql *sql, struct slice typed, int64_t party, int64_t *id, struct err *err);

/*
 * Parties and persons typed by name become their ids, as digits, before the field table reads them; each that is not found is a
 * complaint, its `resolved` at NULL. A person may be typed as name, number, or "name #number" where there are namesakes.
 */
bool links_resolve(struct sql *sql, const struct kind *kind, const struct slice *typed, struct slice *resolved, struct arena *arena,
                   struct complaints *complaints, struct err *err);

/* For import, which asks before it stages. Settles whose the record is: a party's own, a person's party, else as given. */
void submit_owner(struct record *record, const struct actor *actor);
/* May the actor put a new record (action: ACT_CREATE, ACT_IMPORT …) where its owner and its region say? */
bool submit_may_place(struct sql *sql, const struct actor *actor, enum action action, const struct record *record,
                      struct err *err);
/* May the actor make `record` out of `prior`, the current version? */
bool submit_may_save(struct sql *sql, const struct actor *actor, const struct record *record, const struct record *prior,
                     struct err *err);

#endif
