/*
 * Feedback: what became of a pair that was proposed (work/fit.h), as those say it who were part of it: contacted 已联系, in talks
 * 在谈, signed 已签约, or does not fit 不合适 with a reason. One row a pair and voice, kept as versions: what is said anew ends what was
 * said before and leaves it in the history. Each saying is a leaf of kind "feedback"; no name and no text stands in it.
 *
 * A pair is the same from either page: the record that asks (column_asks) and the one that answers. A voice is an organisation
 * one of whose records is in the pair, or an office (an officer's role with its scope) in whose scope one of them lies. Nobody
 * else has one (ACT_FEEDBACK). What a technology manager says of others' pairs waits for the order that he has from them.
 *
 * Who sees what was said:
 *   whole (reason, note, who said it)   the voice itself, and the auditor
 *   outcome and reason                  officers in whose scope one of the two lies; the other side where it was `shared` with it
 *   nothing                             everybody else
 * Never those to whom the speaker's record hides its firm, officers among them: whom a firm has called on, and when, would say
 * who it is. So a hidden need's feedback is not to be shared either. The note stays with the voice that wrote it.
 */
#ifndef TQ_WORK_FEEDBACK_H
#define TQ_WORK_FEEDBACK_H

#include "work/column.h"
#include "work/may.h"

enum { FEEDBACK_FIELDS = 14, FEEDBACK_MOST = 400, FEEDBACK_VERSIONS = 50, FEEDBACK_NOTE = 300 /* characters */ };

enum feedback_side { FEEDBACK_OFFICE, FEEDBACK_ASKS, FEEDBACK_ANSWERS };

struct feedback_voice {
    enum feedback_side side;
    int64_t party;              /* in whose name; 0: an office */
    char office[LEAF_WORD + 1]; /* role_name, "" of an organisation */
    int64_t scope;              /* of the office: a division's code, an organisation, 0: everything */
};

struct feedback {
    int64_t id, ver, from_leaf;
    int64_t valid_from;          /* UTC ms: when it was said */
    const struct kind *asks_kind, *answers_kind;
    int64_t asks, answers;
    int64_t asks_ver, answers_ver; /* of the records when it was said */
    struct feedback_voice voice;
    struct slice outcome, reason, note; /* codes of the lists "outcome" and "refusal"; reason "" unless refused */
    bool shared;                 /* the other side may know outcome and reason */
    int64_t author;              /* account */
    unsigned char salts[FEEDBACK_FIELDS][LEAF_SALT];
};

bool feedback_refuses(const struct feedback *feedback);

/* Does a record of this kind make pairs? Not an organisation, to which nobody is proposed, nor a policy, which nobody calls on. */
bool feedback_kind(const struct kind *kind);

/* --- the pair, as an actor stands to it --- */

struct feedback_pair {
    struct record asks, answers;
    struct object asks_object, answers_object;
};

/* The page's record and the other one, put in order. Both must be there; whether the actor may see them is not asked. */
bool feedback_pair_of(struct sql *sql, const struct actor *actor, const struct record *record, const struct record *other,
                      struct feedback_pair *pair, struct err *err);

/* The voice the actor has on the pair. false: none; ERR_DENIED, ERR_MISSING or ERR_SIGN_IN. His organisation's comes before an office's. */
bool feedback_voice(const struct actor *actor, const struct feedback_pair *pair, struct feedback_voice *voice,
                    struct err *err);
bool feedback_voice_same(const struct feedback_voice *a, const struct feedback_voice *b);

enum feedback_sight { FEEDBACK_NOTHING, FEEDBACK_OUTCOME, FEEDBACK_WHOLE };
enum feedback_sight feedback_sight(const struct actor *actor, const struct feedback_pair *pair,
                                   const struct feedback *feedback);

/* May what this voice says be shared with the other side? Not where its record hides whose it is. */
bool feedback_sharable(const struct feedback_pair *pair, const struct feedback_voice *voice);

/* --- reading: whoever asks weighs each with feedback_sight --- */

/* The current ones of all pairs that the record is in, newest first, at most FEEDBACK_MOST. In the arena; NULL where there are none. */
bool feedback_of_record(struct sql *sql, int64_t record, struct arena *arena, struct feedback **list, size_t *count,
                        struct err *err);

/* All versions of one, newest first, at most FEEDBACK_VERSIONS. */
bool feedback_versions(struct sql *sql, int64_t id, struct arena *arena, struct feedback **list, size_t *count,
                       struct err *err);

/* --- saying --- */

struct feedback_order {
    /* given */
    const struct actor *actor;
    char request_id[LEAF_REQUEST + 1];
    int64_t time_ms, new_id;
    const struct kind *kind, *other_kind;
    int64_t record, other;
    int64_t ver;                        /* the version the person saw, 0: nothing was said yet; -1: does not matter */
    struct slice outcome, reason, note; /* as typed; they live as long as the order */
    bool shared;
    unsigned char salts[FEEDBACK_FIELDS][LEAF_SALT];
    /* answered */
    int64_t id, said_ver;
    bool same;                          /* it had been said already: nothing was written */
};

/* Request id, time, id and salts drawn, outside the step; ver -1. */
void feedback_order_init(struct feedback_order *order, const struct actor *actor, struct slice request_id);

/*
 * arg: struct feedback_order. ERR_INVALID with field outcome, reason, note or shared; ERR_MISSING: no such record, for him;
 * ERR_CONFLICT: somebody of the same voice was faster.
 */
store_step feedback_say_step;

/* fsck: each version against its leaf, none of either missing. *count: versions held against their leaves. */
bool feedback_check(struct sql *sql, int64_t *count, struct err *err);

#endif
