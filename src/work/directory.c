#include "work/directory.h"

#include "base/text.h"
#include "work/actor_int.h"

/* --- the list --- */

enum { IN_DISABLED = 1, IN_PARTY, IN_ACTOR, IN_GRANT = IN_ACTOR + ACTOR_COLUMN_COUNT };

/* A row an account and role. replace() tells whether a text holds another: LIKE differs between the engines. */
#define HOLDS(text, words) "replace(" text ", " words ", '') <> " text
#define LINES(whose)                                                                                                   \
    "SELECT a.id, a.disabled, a.party_name, " ACTOR_COLUMNS ", g.role, g.scope_kind, g.scope FROM"                     \
    " (SELECT c.id, c.login, c.name, c.pseudonym, c.party, c.person, c.disabled, coalesce(p.name, '') AS party_name"   \
    " FROM account c LEFT JOIN party p ON p.id = c.party AND p.to_leaf IS NULL"                                        \
    " WHERE c.to_leaf IS NULL AND c.login > ?1" whose                                                                  \
    " AND (CAST(?2 AS TEXT) = '' OR " HOLDS("c.login", "?3") " OR " HOLDS("c.name", "?2")                              \
    " OR " HOLDS("coalesce(p.name, '')", "?2") ")"                                                                     \
    " AND (CAST(?4 AS TEXT) = '' OR c.id IN (SELECT account FROM role_grant WHERE role = ?4 AND ended_leaf IS NULL))"  \
    " AND (CAST(?5 AS BIGINT) < 0 OR c.disabled = ?5) ORDER BY c.login LIMIT ?6) a"                                    \
    " LEFT JOIN role_grant g ON g.account = a.id AND g.ended_leaf IS NULL ORDER BY a.login, g.leaf"

static const char lines_of_all[] = LINES("");
static const char lines_of_party[] = LINES(" AND c.party = ?7");

static void take_line(struct directory_line *line, const struct sql_rows *rows, struct arena *arena)
{
    *line = (struct directory_line){.who.account = sql_number(rows, 0), .disabled = sql_number(rows, IN_DISABLED) != 0,
                                    .party = arena_copy(arena, sql_slice(rows, IN_PARTY))};
    actor_take_account(&line->who, rows, IN_ACTOR);
}

/* The one line beyond the page says that there is more. */
static void take_lines(struct sql_rows *rows, struct arena *arena, struct directory_line *lines, size_t *count, bool *more)
{
    *count = 0;
    *more = false;
    while (sql_next(rows)) {
        if (*count == 0 || lines[*count - 1].who.account != sql_number(rows, 0)) {
            *more = *count == DIRECTORY_PAGE;
            if (*more)
                return;
            take_line(&lines[(*count)++], rows, arena);
        }
        if (!sql_is_null(rows, IN_GRANT))
            actor_take_grant(&lines[*count - 1].who, rows, IN_GRANT);
    }
}

/* Login names are lower case. */
static struct slice lower(struct slice words, char out[DIRECTORY_WORDS * 4])
{
    size_t len = words.len < DIRECTORY_WORDS * 4 ? words.len : DIRECTORY_WORDS * 4;

    for (size_t i = 0; i < len; i++)
        out[i] = words.at[i] >= 'A' && words.at[i] <= 'Z' ? (char)(words.at[i] - 'A' + 'a') : words.at[i];
    return (struct slice){out, len};
}

bool directory_page(struct sql *sql, const struct directory_query *query, struct arena *arena, struct directory_line *lines,
                    size_t *count, bool *more, struct err *err)
{
    char small[DIRECTORY_WORDS * 4];
    int64_t disabled = query->state == DIRECTORY_ANY ? -1 : query->state == DIRECTORY_DISABLED;
    const struct sql_arg args[] = {sql_text(query->after), sql_text(query->words), sql_text(lower(query->words, small)),
                                   sql_text(query->role), sql_int(disabled), sql_int(DIRECTORY_PAGE + 1),
                                   sql_int(query->party)};
    struct sql_rows rows;

    if (!sql_rows(sql, query->party ? lines_of_party : lines_of_all, args, query->party ? 7 : 6, &rows, err))
        return false;
    take_lines(&rows, arena, lines, count, more);
    return sql_done(&rows, err);
}

/* --- one account --- */

bool directory_roles(struct sql *sql, int64_t account, struct directory_role *roles, size_t *count, struct err *err)
{
    int64_t leaves[ACTOR_GRANTS];
    struct actor held = {.account = account};
    struct sql_rows rows;
    struct leaf leaf;

    *count = 0;
    if (!sql_rows(sql, "SELECT role, scope_kind, scope, leaf FROM role_grant WHERE account = ?1 AND ended_leaf IS NULL ORDER BY leaf",
                  SQL_ARGS(sql_int(account)), &rows, err))
        return false;
    while (held.grant_count < ACTOR_GRANTS && sql_next(&rows)) {
        size_t before = held.grant_count;

        actor_take_grant(&held, &rows, 0);
        if (held.grant_count > before)
            leaves[before] = sql_number(&rows, 3);
    }
    if (!sql_done(&rows, err))
        return false;
    for (; *count < held.grant_count; ++*count) {
        if (!ledger_get(sql, (uint64_t)leaves[*count], &leaf, err))
            return false;
        roles[*count] = (struct directory_role){.grant = held.grants[*count], .given_ms = leaf.time_ms};
        memcpy(roles[*count].by, leaf.actor, LEAF_ACTOR);
    }
    return true;
}

/* An account's leaves are mostly its sign-ins: the newest is among the first. */
bool directory_signed_in(struct sql *sql, int64_t account, int64_t *ms, struct err *err)
{
    bool found;

    if (!sql_one(sql, "SELECT time_ms FROM ledger WHERE kind = 'account' AND object = ?1 AND action = 'account.sign_in'"
                      " ORDER BY leaf_index DESC LIMIT 1",
                 SQL_ARGS(sql_int(account)), ms, &found, err))
        return false;
    if (!found)
        *ms = 0;
    return true;
}

/* --- what happened --- */

struct past {
    struct directory_event *events;
    size_t count;
    bool more;
};

static bool take_leaf(const struct leaf *leaf, void *arg, struct err *err)
{
    struct past *past = arg;

    (void)err;
    past->more = past->count == DIRECTORY_PAGE;
    if (!past->more)
        past->events[past->count++] = (struct directory_event){.leaf = *leaf};
    return true;
}

static bool find_grant(struct sql *sql, struct directory_event *event, struct err *err)
{
    struct actor held = {0};
    struct sql_rows rows;

    if (!sql_rows(sql, "SELECT role, scope_kind, scope FROM role_grant WHERE account = ?1 AND (leaf = ?2 OR ended_leaf = ?2)",
                  SQL_ARGS(sql_int(event->leaf.object), sql_int((int64_t)event->leaf.index)), &rows, err))
        return false;
    if (sql_next(&rows))
        actor_take_grant(&held, &rows, 0);
    event->granted = held.grant_count == 1;
    event->grant = held.grants[0];
    return sql_done(&rows, err);
}

static bool find_changes(struct sql *sql, struct directory_event *event, struct err *err)
{
    struct account now, prior;

    if (!account_version(sql, event->leaf.object, event->leaf.version, &now, err)
        || !account_version(sql, event->leaf.object, (int64_t)event->leaf.version - 1, &prior, err))
        return false;
    event->login = strcmp(now.login, prior.login) != 0;
    event->name = strcmp(now.name, prior.name) != 0;
    event->party = now.party != prior.party;
    return true;
}

static bool find_more(struct sql *sql, const struct account *account, struct directory_event *event, struct err *err)
{
    const char *action = event->leaf.action;

    event->oneself = memcmp(event->leaf.actor, account->pseudonym, LEAF_ACTOR) == 0;
    if (strcmp(action, "account.grant") == 0 || strcmp(action, "account.revoke") == 0)
        return find_grant(sql, event, err);
    return strcmp(action, "account.edit") != 0 || find_changes(sql, event, err);
}

bool directory_history(struct sql *sql, const struct account *account, uint64_t before, struct directory_event *events,
                       size_t *count, bool *more, struct err *err)
{
    struct past past = {.events = events};

    if (!ledger_history(sql, "account", account->id, before, DIRECTORY_PAGE + 1, take_leaf, &past, err))
        return false;
    for (size_t i = 0; i < past.count; i++)
        if (!find_more(sql, account, &events[i], err))
            return false;
    *count = past.count;
    *more = past.more;
    return true;
}
