/* Who speaks of a pair, and who sees what was said. */
#include "work/feedback.h"

bool feedback_refuses(const struct feedback *feedback)
{
    return slice_is(feedback->outcome, "refused");
}

bool feedback_kind(const struct kind *kind)
{
    return kind->id != KIND_PARTY && kind->id != KIND_POLICY;
}

/* --- the pair --- */

static bool asks_first(const struct record *a, const struct record *b)
{
    int one = column_asks(a->kind), two = column_asks(b->kind);

    return one != two ? one > two : a->id < b->id;
}

bool feedback_pair_of(struct sql *sql, const struct actor *actor, const struct record *record, const struct record *other,
                      struct feedback_pair *pair, struct err *err)
{
    bool first = asks_first(record, other);

    pair->asks = first ? *record : *other;
    pair->answers = first ? *other : *record;
    return object_of(sql, &pair->asks, actor, &pair->asks_object, err)
           && object_of(sql, &pair->answers, actor, &pair->answers_object, err);
}

static const struct object *object_at(const struct feedback_pair *pair, enum feedback_side side)
{
    return side == FEEDBACK_ASKS ? &pair->asks_object : &pair->answers_object;
}

static const struct record *record_at(const struct feedback_pair *pair, enum feedback_side side)
{
    return side == FEEDBACK_ASKS ? &pair->asks : &pair->answers;
}

/* --- voices --- */

/* By this one role alone: may() says whether it is enough, the role whether it speaks for an office. */
static bool by_grant(const struct actor *actor, size_t grant, const struct feedback_pair *pair, enum feedback_side side,
                     struct feedback_voice *voice, struct err *err)
{
    const struct role_grant *held = &actor->grants[grant];
    struct actor alone = *actor;

    alone.grants[0] = *held;
    alone.grant_count = 1;
    if (!may(&alone, ACT_FEEDBACK, object_at(pair, side), err))
        return false;
    *voice = role_is_officer(held->role) ? (struct feedback_voice){.side = FEEDBACK_OFFICE, .scope = held->scope}
                                   : (struct feedback_voice){.side = side, .party = actor->party};
    if (role_is_officer(held->role))
        snprintf(voice->office, sizeof voice->office, "%s", role_name(held->role));
    return true;
}

static bool by_any(const struct actor *actor, bool office, const struct feedback_pair *pair, struct feedback_voice *voice)
{
    struct err ignored;

    for (size_t g = 0; g < actor->grant_count; g++)
        for (unsigned side = FEEDBACK_ASKS; side <= FEEDBACK_ANSWERS; side++)
            if (role_is_officer(actor->grants[g].role) == office
                && by_grant(actor, g, pair, (enum feedback_side)side, voice, &ignored))
                return true;
    return false;
}

/*
 * What he may not know of stays missing, who has not signed in is asked to; of the others none lacks a right that an administrator
 * could give. (The program may do all things, yet there is nobody in whose name it would speak.)
 */
static bool refused(const struct actor *actor, const struct feedback_pair *pair, struct err *err)
{
    err_clear(err);
    if (!may(actor, ACT_FEEDBACK, &pair->asks_object, err) && err->code == ERR_DENIED)
        may(actor, ACT_FEEDBACK, &pair->answers_object, err);
    if (err->code && err->code != ERR_DENIED)
        return false;
    return err_set(err, ERR_DENIED, "这一对不归您反馈") || err_hint(err, "由两边的单位和管这里的工作人员来反馈");
}

bool feedback_voice(const struct actor *actor, const struct feedback_pair *pair, struct feedback_voice *voice,
                    struct err *err)
{
    return by_any(actor, false, pair, voice) || by_any(actor, true, pair, voice) || refused(actor, pair, err);
}

bool feedback_voice_same(const struct feedback_voice *a, const struct feedback_voice *b)
{
    return a->party == b->party && a->scope == b->scope && strcmp(a->office, b->office) == 0;
}

/* --- who sees what --- */

bool feedback_sharable(const struct feedback_pair *pair, const struct feedback_voice *voice)
{
    return voice->side == FEEDBACK_OFFICE || record_owner_level(record_at(pair, voice->side)) == LEVEL_PUBLIC;
}

static bool hides(const struct actor *actor, const struct feedback_pair *pair, const struct feedback *feedback)
{
    enum feedback_side side = feedback->voice.side;

#ifdef TQ_TEETH_FEEDBACK_HIDDEN
    return false;
#endif
    return side != FEEDBACK_OFFICE && !may_see_owner(actor, object_at(pair, side), record_at(pair, side));
}

enum feedback_sight feedback_sight(const struct actor *actor, const struct feedback_pair *pair,
                                   const struct feedback *feedback)
{
    struct feedback_voice voice;
    struct err ignored;

    if (actor_has(actor, ROLE_AUDITOR) || acts_for(actor, feedback->voice.party))
        return FEEDBACK_WHOLE;
    if (hides(actor, pair, feedback))
        return FEEDBACK_NOTHING;
    if (feedback_voice(actor, pair, &voice, &ignored) && voice.side == FEEDBACK_OFFICE)
        return feedback_voice_same(&voice, &feedback->voice) ? FEEDBACK_WHOLE : FEEDBACK_OUTCOME;
    return feedback->shared && (acts_for(actor, pair->asks.owner) || acts_for(actor, pair->answers.owner))
               ? FEEDBACK_OUTCOME : FEEDBACK_NOTHING;
}
