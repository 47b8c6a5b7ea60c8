#include "work/leave.h"

#include <stdio.h>

#define LEAVES "SELECT kind, object, party, leaf FROM nda WHERE ended_leaf IS NULL AND "

static const struct kind *kind_of(struct slice stored)
{
    char name[32];

    snprintf(name, sizeof name, "%.*s", (int)stored.len, stored.at);
    return kind_by_name(name);
}

static bool take(struct sql_rows *rows, struct leaves *leaves, struct err *err)
{
    *leaves = (struct leaves){.count = 0};
    while (sql_next(rows)) {
        struct leave leave = {kind_of(sql_slice(rows, 0)), sql_number(rows, 1), sql_number(rows, 2), sql_number(rows, 3)};

        if (leaves->count == LEAVES_MOST)
            leaves->more = true;
        else if (leave.kind)
            leaves->list[leaves->count++] = leave;
    }
    return sql_done(rows, err);
}

bool leaves_of_record(struct sql *sql, const struct kind *kind, int64_t object, struct leaves *leaves, struct err *err)
{
    struct sql_rows rows;

    return sql_rows(sql, LEAVES "kind = ?1 AND object = ?2 ORDER BY leaf DESC LIMIT ?3",
                    SQL_ARGS(sql_text(slice_of(kind->name)), sql_int(object), sql_int(LEAVES_MOST + 1)), &rows, err)
           && take(&rows, leaves, err);
}

bool leaves_of_party(struct sql *sql, int64_t party, struct leaves *leaves, struct err *err)
{
    struct sql_rows rows;

    return sql_rows(sql, LEAVES "party = ?1 ORDER BY leaf DESC LIMIT ?2",
                    SQL_ARGS(sql_int(party), sql_int(LEAVES_MOST + 1)), &rows, err)
           && take(&rows, leaves, err);
}
