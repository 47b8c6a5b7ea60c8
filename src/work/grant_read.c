/* Roles and their scopes as people write them. */
#include "base/ident.h"
#include "base/utf8.h"
#include "work/account.h"
#include "work/submit.h"

enum { CODE_DIGITS = 6 };

/* "620102", or as a list of divisions proposes it: "620102 城关区". */
static bool division_code(struct slice typed, int64_t *code)
{
    struct slice digits = {typed.at, CODE_DIGITS};

    return typed.len >= CODE_DIGITS && (typed.len == CODE_DIGITS || typed.at[CODE_DIGITS] == ' ') && ident_parse(digits, code);
}

static bool role_typed(struct slice typed, enum role *role)
{
    for (size_t i = 0; i < ROLE_COUNT; i++)
        if (slice_is(typed, role_label((enum role)i))) {
            *role = (enum role)i;
            return true;
        }
    return role_by_name(typed, role);
}

bool grant_read(struct sql *sql, struct slice role, struct slice scope, struct role_grant *grant, struct err *err)
{
    struct slice name = slice_trim(role), typed = slice_trim(scope);

    *grant = (struct role_grant){.scope_kind = SCOPE_ALL};
    if (!role_typed(name, &grant->role)) {
        err_set(err, ERR_INVALID, "没有叫“%.*s”的角色", (int)utf8_head(name, 20).len, name.at);
        err_hint(err, "写英文的名字；管辖范围写在 @ 后面，如 county_officer@620102、park_officer@单位全称");
        return err_field(err, "role");
    }
    if (typed.len == 0)
        return true;
    grant->scope_kind = SCOPE_DIVISION;
    if (division_code(typed, &grant->scope))
        return true;
    grant->scope_kind = SCOPE_PARTY;
    return party_named(sql, typed, &grant->scope, err) || err_field(err, "scope");
}

bool grants_read(struct sql *sql, struct slice words, struct role_grant *grants, size_t *count, struct err *err)
{
    struct slice word, name;

    *count = 0;
    while (slice_cut(&words, ',', &word)) {
        if (slice_trim(word).len == 0)
            continue;
        if (*count == ACTOR_GRANTS) {
            err_set(err, ERR_INVALID, "一个账号最多 %d 个角色", ACTOR_GRANTS);
            return err_field(err, "role");
        }
        if (!slice_cut(&word, '@', &name) || !grant_read(sql, name, word.at ? word : SLICE(""), &grants[(*count)++], err))
            return false;
    }
    return true;
}
