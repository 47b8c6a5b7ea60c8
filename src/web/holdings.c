/* What an organisation has in the open: its achievements, needs, scenarios, services and people. */
#include "base/json.h"
#include "web/view.h"

/* A need that hides its firm must not be found by way of the firm. */
#define HELD(table, title, open)                                                                                       \
    "SELECT id, " title " FROM " table " WHERE owner = ?1 AND to_leaf IS NULL AND status = 0" open                    \
    " ORDER BY id DESC LIMIT 50"

static const struct {
    const struct kind *kind;
    const char *text;
} held[] = {
    {&kind_achievement, HELD("achievement", "title", "")},
    {&kind_need, HELD("need", "title", " AND (hidden IS NULL OR hidden = 0)")},
    {&kind_scenario, HELD("scenario", "title", "")},
    {&kind_service, HELD("service", "title", "")},
    {&kind_person, HELD("person", "name", "")},
};

static json_t *lines_json(struct request *request, int64_t party, size_t which)
{
    json_t *lines = json_array();
    struct sql_rows rows;
    struct err ignored;

    if (!sql_rows(request->sql, held[which].text, SQL_ARGS(sql_int(party)), &rows, &ignored))
        return lines;
    while (sql_next(&rows)) {
        json_t *line = json_object();

        json_put(line, "href", slice_of(arena_print(request->arena, "/%s/%lld", held[which].kind->plural,
                                                    (long long)sql_number(&rows, 0))));
        json_put(line, "title", sql_slice(&rows, 1));
        json_array_append_new(lines, line);
    }
    sql_done(&rows, &ignored);
    return lines;
}

json_t *holdings_json(struct request *request, int64_t party)
{
    json_t *holdings = json_array();

    for (size_t i = 0; i < sizeof held / sizeof *held; i++) {
        const struct kind *kind = held[i].kind;
        json_t *lines = lines_json(request, party, i), *group;

        if (json_array_size(lines) == 0) {
            json_decref(lines);
            continue;
        }
        group = json_object();
        json_object_set_new_nocheck(group, "kind", label_json(kind->name, kind->label, kind->label_en));
        json_object_set_new_nocheck(group, "lines", lines);
        json_array_append_new(holdings, group);
    }
    return holdings;
}
