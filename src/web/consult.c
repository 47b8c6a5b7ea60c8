/* The map of a session with its opinions, taken out as a sheet too; and what a member has done (履职记录). web/consult.h says the shapes. */
#include "web/consult.h"

#include "base/clock.h"
#include "base/json.h"
#include "record/choice.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"

enum { LINES_MOST = 200, DEEDS = 1000, OPINION_COLUMNS = 14, DEED_COLUMNS = 5 };

#define COLUMN(text) {text, sizeof text - 1}

/* --- what of it is asked for --- */

struct narrowed {
    struct slice obstacle, pillar, concerns;
    int64_t topic;
};

static struct narrowed narrowed_read(const struct request *request)
{
    return (struct narrowed){request_value(request, "obstacle"), request_value(request, "pillar"), request_value(request, "concerns"),
                             request_number(request, "topic", 0)};
}

static bool fits(const struct narrowed *narrowed, const struct record *opinion)
{
    return (!narrowed->obstacle.len || slice_same(narrowed->obstacle, matter_text(opinion, OPINION_OBSTACLE)))
           && (!narrowed->pillar.len || slice_same(narrowed->pillar, matter_text(opinion, OPINION_PILLAR)))
           && (!narrowed->concerns.len || slice_same(narrowed->concerns, matter_text(opinion, OPINION_CONCERNS)))
           && (!narrowed->topic || narrowed->topic == matter_number(opinion, OPINION_TOPIC));
}

static const struct choice *choice_of(const char *list, struct slice code)
{
    return code.len ? choice_find(choice_list_get(list), code) : NULL;
}

static void chosen_add(json_t *labels, const char *list, struct slice code)
{
    const struct choice *choice = choice_of(list, code);

    if (choice)
        json_array_append_new(labels, label_json(choice->code, choice->label, choice->label_en));
}

bool consult_look(struct request *request, int64_t id, struct matter_file *session, struct err *err)
{
    if (!matter_load(request->sql, &sort_consultation, id, &request->actor, day_of_ms(request->now_ms), request->arena, session, err))
        return false;
    return session->sight == SIGHT_ALL
           || err_set(err, ERR_DENIED, "意见清单只给参加的委员、政协办公室和领导看") || err_hint(err, "经公开审查的意见在协商座谈的页面上");
}

/* --- the map --- */

static const char *cell_href(const struct request *request, int64_t id, const char *obstacle, const char *pillar, const char *side)
{
    return side ? arena_print(request->arena, "/consultations/%lld/map?obstacle=%s&pillar=%s&concerns=%s#list", (long long)id, obstacle, pillar, side)
                : arena_print(request->arena, "/consultations/%lld/map?obstacle=%s&pillar=%s#list", (long long)id, obstacle, pillar);
}

/* 政产学研金介用, in the order of the choice list side. */
static const char *const shorts[CONSULT_SIDES] = {"政", "产", "学", "研", "金", "介", "用"};

static json_t *cell_json(const struct request *request, int64_t id, const struct consult_map *map, size_t o, size_t p)
{
    const struct choice *obstacle = &choice_list_get("obstacle")->choices[o], *pillar = &choice_list_get("pillar")->choices[p];
    json_t *cell = json_object(), *sides = json_array();
    int all = 0;

    for (size_t s = 0; s < CONSULT_SIDES; s++) {
        const struct choice *choice = &choice_list_get("side")->choices[s];
        int count = map->opinions[o][p][s];
        json_t *side = json_object();

        json_object_set_new_nocheck(side, "side", label_json(choice->code, choice->label, choice->label_en));
        json_object_set_new_nocheck(side, "count", json_integer(count));
        json_put(side, "short", slice_of(shorts[s]));
        if (count)
            json_put(side, "href", slice_of(cell_href(request, id, obstacle->code, pillar->code, choice->code)));
        json_fill(side, "href");
        json_array_append_new(sides, side);
        all += count;
    }
    json_object_set_new_nocheck(cell, "pillar", label_json(pillar->code, pillar->label, pillar->label_en));
    json_object_set_new_nocheck(cell, "opinions", json_integer(all));
    json_object_set_new_nocheck(cell, "heat", json_integer(all > 4 ? 4 : all));
    json_object_set_new_nocheck(cell, "visits", json_integer(map->visits[o][p]));
    if (all)
        json_put(cell, "href", slice_of(cell_href(request, id, obstacle->code, pillar->code, NULL)));
    json_object_set_new_nocheck(cell, "sides", sides);
    json_fill(cell, "href");
    return cell;
}

static json_t *rows_json(const struct request *request, int64_t id, const struct consult_map *map)
{
    json_t *rows = json_array();

    for (size_t o = 0; o < CONSULT_OBSTACLES; o++) {
        const struct choice *obstacle = &choice_list_get("obstacle")->choices[o];
        json_t *row = json_object(), *cells = json_array();

        for (size_t p = 0; p < CONSULT_PILLARS; p++)
            json_array_append_new(cells, cell_json(request, id, map, o, p));
        json_object_set_new_nocheck(row, "obstacle", label_json(obstacle->code, obstacle->label, obstacle->label_en));
        json_object_set_new_nocheck(row, "cells", cells);
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *pillars_json(void)
{
    json_t *pillars = json_array();

    for (size_t p = 0; p < CONSULT_PILLARS; p++) {
        const struct choice *pillar = &choice_list_get("pillar")->choices[p];

        json_array_append_new(pillars, label_json(pillar->code, pillar->label, pillar->label_en));
    }
    return pillars;
}

bool consult_map_get(struct request *request, struct err *err)
{
    struct narrowed narrowed = narrowed_read(request);
    json_t *document, *out, *lines = json_array(), *labels = json_array();
    struct matter_file session;
    struct consult_map map;
    struct record *list;
    size_t count, fitting = 0;

    if (!consult_look(request, request->id, &session, err) || !consult_opinions(request->sql, request->id, request->arena, &list, &count, err)
        || !consult_map(request->sql, request->id, list, count, &map, err)) {
        json_decref(lines);
        json_decref(labels);
        return false;
    }
    document = json_object();
    out = json_object();
    json_object_set_new_nocheck(document, "consult_map", out);
    json_put(out, "title", matter_text(&session.matter, MATTER_TITLE));
    json_put(out, "href", slice_of(arena_print(request->arena, "/consultations/%lld", (long long)request->id)));
    json_put(out, "all", slice_of(arena_print(request->arena, "/consultations/%lld/map#list", (long long)request->id)));
    json_put(out, "export", slice_of(arena_print(request->arena, "/consultations/%lld/export", (long long)request->id)));
    json_object_set_new_nocheck(out, "cells", json_integer(CONSULT_CELLS));
    json_object_set_new_nocheck(out, "spoken", json_integer(map.spoken));
    json_object_set_new_nocheck(out, "blank", json_integer(CONSULT_CELLS - map.spoken));
    json_object_set_new_nocheck(out, "pillars", pillars_json());
    json_object_set_new_nocheck(out, "rows", rows_json(request, request->id, &map));
    chosen_add(labels, "obstacle", narrowed.obstacle);
    chosen_add(labels, "pillar", narrowed.pillar);
    chosen_add(labels, "side", narrowed.concerns);
    for (size_t i = 0; i < count; i++)
        if (fits(&narrowed, &list[i]) && ++fitting <= LINES_MOST)
            json_array_append_new(lines, opinion_line_json(request, &list[i]));
    json_object_set_new_nocheck(out, "more", json_boolean(fitting > LINES_MOST));
    json_object_set_new_nocheck(out, "narrow", json_boolean(json_array_size(labels) > 0));
    json_object_set_new_nocheck(out, "narrowed", labels);
    json_object_set_new_nocheck(out, "lines", lines);
    return request_page(request, "consult_map", document);
}

/* --- as a sheet --- */

static struct slice label_of(const char *list, struct slice code)
{
    const struct choice *choice = choice_of(list, code);

    return choice ? slice_of(choice->label) : SLICE("");
}

static bool opinion_write(struct request *request, struct table_writer *writer, const struct record *opinion, struct err *err)
{
    const struct matter_state *state = matter_state_of(&sort_opinion, opinion);
    const struct slice cells[OPINION_COLUMNS] = {
        slice_of(arena_print(request->arena, "%lld", (long long)matter_number(opinion, OPINION_NO))),
        slice_of(arena_print(request->arena, "%lld", (long long)matter_number(opinion, OPINION_TOPIC))),
        record_title(request->sql, &kind_person, matter_number(opinion, OPINION_MEMBER), request->arena),
        matter_text(opinion, OPINION_SUBJECT),
        label_of("obstacle", matter_text(opinion, OPINION_OBSTACLE)),
        label_of("pillar", matter_text(opinion, OPINION_PILLAR)),
        label_of("side", matter_text(opinion, OPINION_CONCERNS)),
        matter_text(opinion, OPINION_EVIDENCE),
        matter_text(opinion, OPINION_PROPOSAL),
        state ? slice_of(state->label) : SLICE(""),
        matter_known(opinion, OPINION_UNIT) ? record_title(request->sql, &kind_party, matter_number(opinion, OPINION_UNIT), request->arena) : SLICE(""),
        matter_text(opinion, OPINION_REPLY_BY),
        matter_text(opinion, OPINION_REPLIED_ON),
        label_of("opinion_conclusion", matter_text(opinion, OPINION_CONCLUSION)),
    };

    return table_write(writer, cells, err);
}

/* Set aside (web/aside.h). */
bool consult_export_get(struct request *request, struct err *err)
{
    static const struct slice columns[OPINION_COLUMNS] = {COLUMN("编号"), COLUMN("议题"), COLUMN("委员"), COLUMN("一句话"), COLUMN("障碍"), COLUMN("支柱"), COLUMN("关系方"),
                                                          COLUMN("依据"), COLUMN("建议"), COLUMN("状态"), COLUMN("主办单位"), COLUMN("应答复"), COLUMN("答复日"),
                                                          COLUMN("结论")};
    const char *path = export_path(request, TABLE_XLSX);
    struct table_writer *writer;
    struct matter_file session;
    struct record *list;
    size_t count;
    bool ok = true;

    if (!request_look(request, err) || !consult_look(request, request->id, &session, err)
        || !consult_opinions(request->sql, request->id, request->arena, &list, &count, err)
        || !table_create_named(path, TABLE_XLSX, "意见清单", columns, OPINION_COLUMNS, &writer, err))
        return false;
    for (size_t i = 0; ok && i < count; i++)
        ok = opinion_write(request, writer, &list[i], err);
    return export_table(request, path, writer, ok, "意见清单", err);
}

/* --- a member's record --- */

static const struct {
    const char *code, *label, *label_en;
} deed_sorts[] = {
    [DEED_SEAT] = {"seat", "参加协商", "Took part"},
    [DEED_VISIT] = {"visit", "走访调研", "Visit"},
    [DEED_OPINION] = {"opinion", "提出意见", "Opinion"},
    [DEED_COSIGN] = {"cosign", "联名", "Co-signed"},
};

/* One's own; the office looks at everybody's. */
static bool deeds_read(struct request *request, int64_t *person, struct deed **list, size_t *count, struct err *err)
{
    *person = request_number(request, "person", request->actor.person);
    if (!*person)
        return err_set(err, ERR_DENIED, "您的账号没有关联人员记录，没有履职记录") || err_hint(err, "履职记录是政协委员本人的；请管理员把账号和人员记录关联起来");
    if (*person != request->actor.person && !role_over(&request->actor, ROLE_BIT(ROLE_CPPCC_OFFICE) | ROLE_BIT(ROLE_AUDITOR), &(struct object){.id = -1}))
        return err_set(err, ERR_DENIED, "别的委员的履职记录由政协办公室查看");
    *list = arena_alloc(request->arena, DEEDS * sizeof **list);
    return consult_deeds(request->sql, *person, request->arena, *list, DEEDS, count, err);
}

static const struct matter_state *deed_state(const struct deed *deed)
{
    const struct matter_sort *sort = deed->sort == DEED_SEAT ? &sort_consultation : &sort_opinion;

    return deed->state.len ? matter_state_find(sort, deed->state) : NULL;
}

static json_t *deed_json(const struct request *request, const struct deed *deed)
{
    const struct matter_state *state = deed_state(deed);
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "sort", label_json(deed_sorts[deed->sort].code, deed_sorts[deed->sort].label, deed_sorts[deed->sort].label_en));
    json_put(line, "day", slice_of(deed->day));
    json_put(line, "title", deed->title);
    json_put(line, "what", deed->what);
    if (state)
        json_object_set_new_nocheck(line, "state", label_json(state->code, state->label, state->label_en));
    json_put(line, "href", slice_of(deed->opinion ? arena_print(request->arena, "/opinions/%lld", (long long)deed->opinion)
                                                  : arena_print(request->arena, "/consultations/%lld", (long long)deed->session)));
    json_fill(line, "state");
    return line;
}

bool deeds_get(struct request *request, struct err *err)
{
    int counts[sizeof deed_sorts / sizeof *deed_sorts] = {0};
    json_t *document, *out, *lines, *sums;
    struct deed *list;
    int64_t person;
    size_t count;

    if (!deeds_read(request, &person, &list, &count, err))
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    sums = json_array();
    for (size_t i = 0; i < count; i++) {
        counts[list[i].sort]++;
        json_array_append_new(lines, deed_json(request, &list[i]));
    }
    for (size_t i = 0; i < sizeof deed_sorts / sizeof *deed_sorts; i++) {
        json_t *sum = json_object();

        json_object_set_new_nocheck(sum, "label", label_json(deed_sorts[i].code, deed_sorts[i].label, deed_sorts[i].label_en));
        json_object_set_new_nocheck(sum, "number", json_integer(counts[i]));
        json_array_append_new(sums, sum);
    }
    json_put(out, "name", record_title(request->sql, &kind_person, person, request->arena));
    json_put(out, "export", slice_of(arena_print(request->arena, "/deeds/export?person=%lld", (long long)person)));
    json_object_set_new_nocheck(out, "counts", sums);
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(document, "deeds", out);
    return request_page(request, "deeds", document);
}

/* Set aside. */
bool deeds_export_get(struct request *request, struct err *err)
{
    static const struct slice columns[DEED_COLUMNS] = {COLUMN("日期"), COLUMN("类别"), COLUMN("事项"), COLUMN("内容"), COLUMN("办到哪一步")};
    const char *path = export_path(request, TABLE_XLSX);
    struct table_writer *writer;
    struct deed *list;
    int64_t person;
    size_t count;
    bool ok = true;

    if (!request_look(request, err) || !deeds_read(request, &person, &list, &count, err)
        || !table_create_named(path, TABLE_XLSX, "履职记录", columns, DEED_COLUMNS, &writer, err))
        return false;
    for (size_t i = 0; ok && i < count; i++) {
        const struct matter_state *state = deed_state(&list[i]);
        const struct slice cells[DEED_COLUMNS] = {slice_of(list[i].day), slice_of(deed_sorts[list[i].sort].label), list[i].title, list[i].what,
                                                  state ? slice_of(state->label) : SLICE("")};

        ok = table_write(writer, cells, err);
    }
    return export_table(request, path, writer, ok, "履职记录", err);
}
