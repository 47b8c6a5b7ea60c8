#include "work/roster.h"

#include "work/actor_int.h"

/* A row an account and role. */
static const char roster[] =
    "SELECT a.id, a.login, a.name, p.name, a.disabled, g.role, g.scope_kind, g.scope, s.name FROM account a"
    " LEFT JOIN party p ON p.id = a.party AND p.to_leaf IS NULL"
    " LEFT JOIN role_grant g ON g.account = a.id AND g.ended_leaf IS NULL"
    " LEFT JOIN party s ON g.scope_kind = 'party' AND s.id = g.scope AND s.to_leaf IS NULL"
    " WHERE a.to_leaf IS NULL ORDER BY a.login, g.leaf";

struct walk {
    roster_fn *fn;
    void *arg;
    struct arena arena; /* of this line */
    struct roster_line line;
    int64_t account;    /* 0: none yet */
    bool left;          /* fn has had enough */
};

static void line_end(struct walk *walk)
{
    if (walk->account && !walk->left)
        walk->left = !walk->fn(walk->arg, &walk->line);
}

static void line_start(struct walk *walk, const struct sql_rows *rows)
{
    struct roster_line *line = &walk->line;

    arena_reset(&walk->arena);
    text_clear(&line->roles);
    walk->account = sql_number(rows, 0);
    line->login = arena_copy(&walk->arena, sql_slice(rows, 1));
    line->name = arena_copy(&walk->arena, sql_slice(rows, 2));
    line->party = arena_copy(&walk->arena, sql_slice(rows, 3));
    line->disabled = sql_number(rows, 4) != 0;
}

static void role_add(struct text *roles, const struct sql_rows *rows)
{
    enum scope_kind kind;

    if (sql_is_null(rows, 5) || !scope_kind_by_name(sql_slice(rows, 6), &kind))
        return;
    if (roles->len)
        text_putc(roles, ',');
    text_add_slice(roles, sql_slice(rows, 5));
    if (kind == SCOPE_DIVISION)
        text_print(roles, "@%lld", (long long)sql_number(rows, 7));
    if (kind == SCOPE_PARTY)
        text_print(roles, "@%.*s", (int)sql_slice(rows, 8).len, sql_slice(rows, 8).at);
}

static void take_row(struct walk *walk, const struct sql_rows *rows)
{
    if (sql_number(rows, 0) != walk->account) {
        line_end(walk);
        line_start(walk, rows);
    }
    role_add(&walk->line.roles, rows);
}

bool roster_each(struct sql *sql, roster_fn *fn, void *arg, struct err *err)
{
    struct walk walk = {.fn = fn, .arg = arg};
    struct sql_rows rows;
    bool ok;

    if (!sql_rows(sql, roster, SQL_NO_ARGS, &rows, err))
        return false;
    arena_init(&walk.arena);
    text_init(&walk.line.roles);
    while (!walk.left && sql_next(&rows))
        take_row(&walk, &rows);
    ok = sql_done(&rows, err);
    if (ok)
        line_end(&walk);
    text_release(&walk.line.roles);
    arena_release(&walk.arena);
    return ok;
}
