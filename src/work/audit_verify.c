#include "work/audit_verify.h"

struct verifying {
    struct sql *sql;
    struct audit_verified *verified;
    struct arena arena;
    bool sound; /* the deal at work, so far */
    int64_t deal;
};

/* Versions 1 … `ver` of a record, each against its leaf. */
static bool record_holds(struct verifying *verifying, const struct kind *kind, int64_t id, int64_t ver, struct err *err)
{
    struct record *pair = arena_zero(&verifying->arena, 2, sizeof *pair);

    for (int64_t v = 1; v <= ver; v++) {
        struct record *record = &pair[v & 1], *prior = v > 1 ? &pair[~v & 1] : NULL;

        if (!record_version(verifying->sql, kind, id, v, &verifying->arena, record, err) || !record_verify(verifying->sql, record, prior, err))
            return false;
        verifying->verified->papers++;
    }
    return true;
}

/* ERR_CORRUPT and ERR_MISSING are what is looked for; all else is the world's. */
static bool taken(struct verifying *verifying, bool holds, const struct err *found, struct err *err)
{
    if (holds)
        return true;
    if (found->code != ERR_CORRUPT && found->code != ERR_MISSING) {
        *err = *found;
        return false;
    }
    verifying->sound = false;
    if (!verifying->verified->broken_deal) {
        verifying->verified->broken_deal = verifying->deal;
        verifying->verified->why = *found;
    }
    return true;
}

static bool deal_holds(struct verifying *verifying, const struct audit_deal *deal, struct err *err)
{
    struct err found = {0};

    if (!taken(verifying, record_holds(verifying, &kind_deal, deal->id, deal->ver, &found), &found, err))
        return false;
    for (size_t k = KIND_DEAL + 1; k < KIND_ALL; k++)
        for (size_t i = 0; i < deal->count[k]; i++)
            if (!taken(verifying, record_holds(verifying, kind_get((enum kind_id)k), deal->papers[k][i].id, deal->papers[k][i].ver, &found),
                       &found, err))
                return false;
    return true;
}

bool audit_verify(struct sql *sql, const struct audit_drawn *drawn, struct audit_verified *verified, struct err *err)
{
    struct verifying verifying = {.sql = sql, .verified = verified};
    bool ok = true;

    *verified = (struct audit_verified){.papers = 0};
    arena_init(&verifying.arena);
    for (size_t i = 0; ok && i < drawn->count; i++) {
        const struct audit_deal *deal = &drawn->book.deals[drawn->population[i]];

        if (!drawn->picked[i])
            continue;
        arena_reset(&verifying.arena);
        verifying.deal = deal->id;
        verifying.sound = true;
        ok = deal_holds(&verifying, deal, err);
        verified->ended += deal->status == RECORD_CLOSED;
        verified->sound += deal->status == RECORD_CLOSED && verifying.sound;
    }
    arena_release(&verifying.arena);
    return ok;
}
