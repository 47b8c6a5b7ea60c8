#include "work/account_int.h"
#include "work/actor_int.h"

static void commit_text(unsigned char (*commitments)[LEAF_HASH], size_t *count, const char *name, struct slice text,
                        const unsigned char *salt)
{
    struct leaf_field field = {.name = name, .known = true, .text = text};

    memcpy(field.salt, salt, LEAF_SALT);
    leaf_commit(&field, commitments[(*count)++]);
}

static void commit_number(unsigned char (*commitments)[LEAF_HASH], size_t *count, const char *name, int64_t number,
                          const unsigned char *salt)
{
    struct leaf_field field = {.name = name, .known = true, .is_number = true, .number = number};

    memcpy(field.salt, salt, LEAF_SALT);
    leaf_commit(&field, commitments[(*count)++]);
}

size_t account_root(const struct account *account, const struct account *prior, unsigned char root[LEAF_HASH])
{
    unsigned char commitments[ACCOUNT_FIELDS][LEAF_HASH];
    char pseudonym[2 * LEAF_ACTOR + 1];
    size_t count = 0;

    seal_hex(account->pseudonym, LEAF_ACTOR, pseudonym);
    if (!prior || strcmp(prior->login, account->login) != 0)
        commit_text(commitments, &count, "login", slice_of(account->login), account->salts[0]);
    if (!prior || strcmp(prior->name, account->name) != 0)
        commit_text(commitments, &count, "name", slice_of(account->name), account->salts[1]);
    if (!prior || memcmp(prior->pseudonym, account->pseudonym, LEAF_ACTOR) != 0)
        commit_text(commitments, &count, "pseudonym", slice_of(pseudonym), account->salts[2]);
    if (!prior || prior->party != account->party)
        commit_number(commitments, &count, "party", account->party, account->salts[3]);
    if (!prior || prior->person != account->person)
        commit_number(commitments, &count, "person", account->person, account->salts[4]);
    if (!prior || prior->disabled != account->disabled)
        commit_number(commitments, &count, "disabled", account->disabled, account->salts[5]);
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
    return count;
}

void password_root(struct slice hash, const unsigned char *salt, unsigned char root[LEAF_HASH])
{
    unsigned char commitments[1][LEAF_HASH];
    size_t count = 0;

    commit_text(commitments, &count, "password", hash, salt);
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
}

void grant_root(const struct role_grant *grant, const unsigned char (*salts)[LEAF_SALT], unsigned char root[LEAF_HASH])
{
    unsigned char commitments[3][LEAF_HASH];
    size_t count = 0;

    commit_text(commitments, &count, "role", slice_of(role_name(grant->role)), salts[0]);
    commit_text(commitments, &count, "scope_kind", slice_of(scope_kind_name(grant->scope_kind)), salts[1]);
    commit_number(commitments, &count, "scope", grant->scope, salts[2]);
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
}

void nda_root(struct slice kind, int64_t object, int64_t party, const unsigned char (*salts)[LEAF_SALT],
              unsigned char root[LEAF_HASH])
{
    unsigned char commitments[3][LEAF_HASH];
    size_t count = 0;

    commit_text(commitments, &count, "kind", kind, salts[0]);
    commit_number(commitments, &count, "object", object, salts[1]);
    commit_number(commitments, &count, "party", party, salts[2]);
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
}
