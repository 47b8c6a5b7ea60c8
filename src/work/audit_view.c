#include "work/audit_view.h"

#include "base/clock.h"
#include "seal/seal.h"

enum { LOOKED_AT = 5000 };

static const char kind_head[] = "view.";

void audit_viewing_init(struct audit_viewing *viewing, const struct actor *actor, const char *what, int64_t object, int64_t time_ms)
{
    unsigned char hash[SEAL_HASH];
    char text[96], hex[2 * SEAL_HASH + 1];
    int len = snprintf(text, sizeof text, "%s %lld %d", what, (long long)object, day_of_ms(time_ms));

    *viewing = (struct audit_viewing){.actor = actor, .what = what, .object = object, .time_ms = time_ms};
    seal_sha256((struct slice[]){{(const char *)actor->pseudonym, LEAF_ACTOR}, {text, (size_t)len}}, 2, hash);
    seal_hex(hash, sizeof hash, hex);
    snprintf(viewing->request_id, sizeof viewing->request_id, LEAF_OWN_VIEW "%.40s", hex);
}

bool audit_view_step(struct sql *sql, void *arg, struct err *err)
{
    const struct audit_viewing *viewing = arg;
    struct leaf leaf = {.time_ms = viewing->time_ms, .object = viewing->object, .action = "audit.view"};
    bool seen;

    if (!ledger_seen(sql, slice_of(viewing->request_id), &seen, err) || seen)
        return seen;
    memcpy(leaf.actor, viewing->actor->pseudonym, LEAF_ACTOR);
    snprintf(leaf.kind, sizeof leaf.kind, "%s%.24s", kind_head, viewing->what);
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", viewing->request_id);
    leaf_root(NULL, 0, leaf.root);
    return ledger_append(sql, &leaf, err);
}

static bool view_read(const struct sql_rows *rows, struct audit_view *view, struct err *err)
{
    struct leaf leaf;

    if (!leaf_read(sql_slice(rows, 1), &leaf, err))
        return false;
    *view = (struct audit_view){.leaf = sql_number(rows, 0), .time_ms = leaf.time_ms, .object = leaf.object};
    memcpy(view->actor, leaf.actor, LEAF_ACTOR);
    snprintf(view->what, sizeof view->what, "%.*s", LEAF_WORD, strncmp(leaf.kind, kind_head, sizeof kind_head - 1) == 0 ? leaf.kind + (sizeof kind_head - 1) : "");
    return true;
}

bool audit_views_list(struct sql *sql, const unsigned char *pseudonym, int64_t before, struct audit_view *list, size_t most, size_t *count,
                      int64_t *next, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    size_t read = 0;
    bool ok = true;

    *count = 0;
    *next = 0;
    if (!sql_rows(sql, "SELECT leaf_index, bytes FROM ledger WHERE action = 'audit.view' AND leaf_index < ?1 ORDER BY leaf_index DESC LIMIT ?2",
                  SQL_ARGS(sql_int(before ? before : INT64_MAX), sql_int(LOOKED_AT)), &rows, err))
        return false;
    while (ok && *count < most && sql_next(&rows)) {
        ok = view_read(&rows, &list[*count], err);
        *next = sql_number(&rows, 0);
        read++;
        *count += ok && (!pseudonym || memcmp(list[*count].actor, pseudonym, LEAF_ACTOR) == 0);
    }
    if (*count < most && read < LOOKED_AT)
        *next = 0;
    return sql_done(&rows, ok ? err : &later) && ok;
}
