/* What blocks a result: on its page, and as a map by field. */
#include "web/obstacle.h"

#include "base/json.h"
#include "record/tree.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"
#include "work/obstacle.h"

enum { LISTED = 60 };

static json_t *obstacle_json(enum obstacle obstacle)
{
    const struct obstacle_text *text = obstacle_text(obstacle);

    return label_json(text->code, text->label, text->label_en);
}

static struct slice filled(const struct request *request, const char *text, int64_t number)
{
    struct slice said = say(request, text);
    const char *at = said.len ? memmem(said.at, said.len, "%lld", 4) : NULL;

    if (!at)
        return said;
    return slice_of(arena_print(request->arena, "%.*s%lld%.*s", (int)(at - said.at), said.at, (long long)number,
                                (int)(said.len - (size_t)(at - said.at) - 4), at + 4));
}

static const char *evidence_path(const struct request *request, const struct obstacle_sign *sign)
{
    return arena_print(request->arena, "/%s/%lld", sign->sort->evidence->plural, (long long)sign->evidence);
}

static json_t *sign_json(struct request *request, const struct obstacle_sign *sign)
{
    json_t *out = json_object(), *evidence = json_object();
    const char *remedy = sign->sort->remedy_path ? arena_text(request->arena, filled(request, sign->sort->remedy_path, sign->evidence))
                                                 : evidence_path(request, sign);

    json_object_set_new_nocheck(out, "obstacle", obstacle_json(sign->sort->obstacle));
    json_put(out, "code", slice_of(sign->sort->code));
    json_put(out, "says", filled(request, sign->sort->says, sign->number));
    json_put(evidence, "name", record_title(request->sql, sign->sort->evidence, sign->evidence, request->arena));
    json_put(evidence, "href", slice_of(evidence_path(request, sign)));
    json_object_set_new_nocheck(out, "evidence", evidence);
    json_put(out, "remedy", say(request, sign->sort->remedy));
    json_put(out, "href", slice_of(remedy));
    return out;
}

json_t *obstacles_of(struct request *request, const struct record *achievement)
{
    struct obstacle_sign list[OBSTACLE_SIGNS];
    struct err ignored;
    json_t *out;
    size_t count;
    bool let;

    if (!request->actor.account || achievement->status != RECORD_OPEN || !obstacle_may(request->sql, &request->actor, achievement, &let, &ignored) || !let
        || !obstacle_signs(request->sql, achievement->id, request->now_ms, list, &count, &ignored))
        return json_null();
    out = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(out, sign_json(request, &list[i]));
    return out;
}

void blocks_put(json_t *out, json_t *blocks)
{
    json_object_set_new_nocheck(out, "blocked", json_boolean(json_array_size(blocks) > 0));
    json_object_set_new_nocheck(out, "blocks", blocks);
}

/* --- the map --- */

static json_t *cell_json(const struct request *request, const struct obstacle_row *row, int obstacle)
{
    int64_t share = row->achievements ? 100 * row->blocked[obstacle] / row->achievements : 0;
    const char *code = obstacle_text((enum obstacle)obstacle)->code;
    json_t *cell = json_object();

    json_object_set_new_nocheck(cell, "count", json_integer(row->blocked[obstacle]));
    json_object_set_new_nocheck(cell, "share", json_integer(share));
    json_object_set_new_nocheck(cell, "heat", json_integer(!row->blocked[obstacle] ? 0 : share < 25 ? 1 : share < 50 ? 2 : share < 75 ? 3 : 4));
    if (row->blocked[obstacle])
        json_put(cell, "href", row->field.len ? slice_of(arena_print(request->arena, "/obstacles?obstacle=%s&field=%.*s#list", code, (int)row->field.len, row->field.at))
                                              : slice_of(arena_print(request->arena, "/obstacles?obstacle=%s#list", code)));
    json_fill(cell, "href");
    return cell;
}

static json_t *division_json(const struct request *request, struct slice code)
{
    const struct tree *tree = tree_get("gbt4754");
    const struct tree_node *node = tree ? tree_find(tree, code) : NULL;

    return node ? node_json(request, tree, node) : label_json(arena_text(request->arena, code), arena_text(request->arena, code), "");
}

static json_t *row_json(const struct request *request, const struct obstacle_row *row)
{
    json_t *out = json_object(), *cells = json_array();

    if (row->field.len)
        json_object_set_new_nocheck(out, "field", division_json(request, row->field));
    json_object_set_new_nocheck(out, "achievements", json_integer(row->achievements));
    for (int o = 0; o < OBSTACLE_COUNT; o++)
        json_array_append_new(cells, cell_json(request, row, o));
    json_object_set_new_nocheck(out, "cells", cells);
    json_fill(out, "field");
    return out;
}

static bool list_add(struct request *request, const struct obstacle_survey *survey, struct slice field, enum obstacle obstacle, json_t *out,
                     struct err *err)
{
    struct obstacle_sign signs[LISTED];
    json_t *list = json_array(), *cell = json_object();
    size_t count;

    json_object_set_new_nocheck(out, "list", list);
    json_object_set_new_nocheck(out, "cell", cell);
    json_object_set_new_nocheck(cell, "obstacle", obstacle_json(obstacle));
    if (field.len)
        json_object_set_new_nocheck(cell, "field", division_json(request, field));
    json_fill(cell, "field");
    if (!obstacle_list(request->sql, survey, field.len ? arena_text(request->arena, field) : NULL, obstacle, signs, LISTED, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *line = sign_json(request, &signs[i]);

        json_put(line, "title", record_title(request->sql, &kind_achievement, signs[i].achievement, request->arena));
        json_put(line, "at", slice_of(arena_print(request->arena, "/achievements/%lld", (long long)signs[i].achievement)));
        json_array_append_new(list, line);
    }
    return true;
}

static bool cell_asked(struct request *request, enum obstacle *obstacle, struct slice *field, bool *asked, struct err *err)
{
    struct slice code = request_value(request, "obstacle");

    *asked = code.len > 0;
    *field = request_value(request, "field");
    if (*asked && !obstacle_by_code(code, obstacle))
        return err_set(err, ERR_INVALID, "没有这个障碍") || err_hint(err, "从图上的格子进来") || err_field(err, "obstacle");
    if (field->len > 2)
        return err_set(err, ERR_INVALID, "没有这个方向") || err_hint(err, "从图上的格子进来") || err_field(err, "field");
    return true;
}

bool obstacles_get(struct request *request, struct err *err)
{
    json_t *document, *out, *columns, *list;
    struct obstacle_survey *survey;
    struct obstacle_row *rows, all;
    enum obstacle obstacle = OBSTACLE_DARE;
    struct slice field;
    size_t count;
    bool asked;

    if (!obstacle_may_map(&request->actor))
        return err_set(err, ERR_DENIED, "这张图给科技部门、领导和审计看") || err_hint(err, "本单位的成果，在成果页上看什么挡住了它");
    if (!cell_asked(request, &obstacle, &field, &asked, err) || !request_look(request, err)
        || !obstacle_survey(request->sql, &request->actor, request->now_ms, request->arena, &survey, err)
        || !obstacle_map(request->sql, survey, &rows, &count, &all, err))
        return false;
    document = json_object();
    out = json_object();
    columns = json_array();
    list = json_array();
    json_object_set_new_nocheck(document, "obstacles", out);
    for (int o = 0; o < OBSTACLE_COUNT; o++)
        json_array_append_new(columns, obstacle_json((enum obstacle)o));
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, row_json(request, &rows[i]));
    json_object_set_new_nocheck(out, "columns", columns);
    json_object_set_new_nocheck(out, "all", row_json(request, &all));
    json_object_set_new_nocheck(out, "rows", list);
    if (asked && !list_add(request, survey, field, obstacle, out, err)) {
        json_decref(document);
        return false;
    }
    json_fill(out, "list cell");
    return request_page(request, "obstacles", document);
}
