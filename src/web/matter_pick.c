/* What a step names and no page has brought: the reader's own records of that kind as a choice, for nobody knows their numbers. */
#include "web/matter.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "record/consult.h"
#include "record/need_work.h"
#include "record/steer.h"
#include "web/form_int.h"

enum { OWN_MOST = 40 };

static const char own_needs[] = "SELECT id FROM need WHERE owner = ?1 AND to_leaf IS NULL AND status = 0 ORDER BY id DESC LIMIT ?2";
static const char own_achievements[] = "SELECT id FROM achievement WHERE owner = ?1 AND to_leaf IS NULL AND status = 0 ORDER BY id DESC LIMIT ?2";
static const char own_deals[] = "SELECT id FROM deal WHERE (owner = ?1 OR buyer_party = ?1) AND to_leaf IS NULL ORDER BY id DESC LIMIT ?2";

static const char open_policies[] = "SELECT id FROM policy WHERE ?1 >= 0 AND to_leaf IS NULL AND status = 0 ORDER BY id DESC LIMIT ?2";

static const struct {
    const struct kind *kind;
    size_t field;
    const char *statement; /* ?1 the reader's organisation, ?2 how many at most */
    bool all;              /* asked also for who has no organisation: everybody's */
} picks[] = {
    {&kind_need_test, TEST_NEED, own_needs, false},
    {&kind_proposal, PROPOSAL_ACHIEVEMENT, own_achievements, false},
    {&kind_proposal, PROPOSAL_DEAL, own_deals, false},
    {&kind_task, TASK_POLICY, open_policies, true},
};

static const char *statement_of(const struct kind *kind, size_t index, int64_t party)
{
    for (size_t i = 0; i < sizeof picks / sizeof *picks; i++)
        if (picks[i].kind == kind && picks[i].field == index && (picks[i].all || party))
            return picks[i].statement;
    return NULL;
}

static void option_add(struct request *request, const struct kind *of, int64_t id, json_t *options)
{
    const char *title = arena_text(request->arena, matter_title_of(request, of, id));
    json_t *option;

    if (!*title)
        return;
    option = label_json(arena_print(request->arena, "%lld", (long long)id), title, title);
    json_object_set_new_nocheck(option, "selected", json_false());
    json_array_append_new(options, option);
}

/* Their numbers first: a title is read by a query of its own. */
static json_t *options_json(struct request *request, const struct kind *of, const char *statement)
{
    json_t *options = json_array();
    int64_t ids[OWN_MOST];
    struct sql_rows rows;
    struct err ignored;
    size_t count = 0;

    if (!sql_rows(request->sql, statement, SQL_ARGS(sql_int(request->actor.party), sql_int(OWN_MOST)), &rows, &ignored))
        return options;
    while (count < OWN_MOST && sql_next(&rows))
        ids[count++] = sql_number(&rows, 0);
    sql_done(&rows, &ignored);
    for (size_t i = 0; i < count; i++)
        option_add(request, of, ids[i], options);
    return options;
}

/* --- numbers within a session: a topic, a visit --- */

static const struct {
    const struct kind *kind;
    size_t field;
    const struct kind *of;
    size_t title;
} numbers[] = {
    {&kind_opinion, OPINION_TOPIC, &kind_consult_topic, TOPIC_NAME},
    {&kind_opinion, OPINION_VISIT, &kind_consult_visit, VISIT_WHERE},
    {&kind_consult_agenda, AGENDA_TOPIC, &kind_consult_topic, TOPIC_NAME},
};

/* The session that the form is about. */
static int64_t session_of(const struct matter_page *page, const struct sheet *sheet)
{
    int64_t id;

    if (page->sort->kind == &kind_consultation)
        return page->file.matter.id;
    if (page->file.matter.ver)
        return matter_number(&page->file.matter, OPINION_SESSION);
    return ident_parse(slice_trim(sheet->typed[OPINION_SESSION]), &id) ? id : 0;
}

/* What may be named in a session is for its members; a number typed into an address shows nobody else its visits. */
static bool may_pick(const struct matter_page *page, int64_t session)
{
    struct matter_file file;
    struct err ignored;

    if (page->file.matter.ver && page->file.sides)
        return true;
    return session && matter_load(page->request->sql, matter_sort_of(&kind_consultation), session, &page->request->actor, day_of_ms(page->request->now_ms),
                                  page->request->arena, &file, &ignored)
           && file.sight == SIGHT_ALL;
}

static json_t *number_pick(const struct matter_page *page, const struct sheet *sheet, size_t index, const struct kind *of, size_t title)
{
    struct request *request = page->request;
    int64_t session = session_of(page, sheet);
    json_t *made, *options = json_array(), *is = json_object();
    struct record *list;
    struct err ignored;
    size_t count = 0;

    if (!may_pick(page, session) || !matter_entries(request->sql, of, session, MATTER_ENTRY_ROWS, request->arena, &list, &count, &ignored))
        count = 0;
    for (size_t i = 0; i < count; i++) {
        const char *number = arena_print(request->arena, "%lld", (long long)matter_number(&list[i], ENTRY_NO));
        const char *label = arena_print(request->arena, "%s %.*s", number, (int)matter_text(&list[i], title).len, matter_text(&list[i], title).at);
        json_t *option = label_json(number, label, label);

        json_object_set_new_nocheck(option, "selected", json_boolean(slice_is(slice_trim(sheet->typed[index]), number)));
        json_array_append_new(options, option);
    }
    made = field_form(sheet, index);
    json_object_set_new_nocheck(is, "select", json_true());
    json_object_set_new_nocheck(made, "is", is);
    json_object_set_new_nocheck(made, "options", options);
    return made;
}

/* --- the code of an indicator --- */

/* chosen: its form offers those that are defined; a target may be of one that nobody counts yet. */
static const struct { const struct kind *kind; size_t field; bool chosen; } codes[] = {
    {&kind_task, TASK_INDICATOR, true}, {&kind_opinion_reply, OPINION_REPLY_MEASURED, true}, {&kind_target, TARGET_INDICATOR, false},
};

bool matter_names_indicator(const struct kind *kind, size_t field)
{
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].kind == kind && codes[i].field == field)
            return true;
    return false;
}

/* A code that no definition has stays as it was typed. */
static json_t *code_pick(const struct matter_page *page, const struct sheet *sheet, size_t index)
{
    const struct indicators *set = page->request->web->city->indicators;
    json_t *made, *options = json_array(), *is = json_object();
    struct slice typed = slice_trim(sheet->typed[index]);
    const struct indicator *indicator;

    if (typed.len && !indicator_find(set, typed))
        json_array_append_new(options, label_json(arena_text(page->request->arena, typed), arena_text(page->request->arena, typed), arena_text(page->request->arena, typed)));
    for (size_t i = 0; (indicator = indicator_at(set, i)); i++)
        json_array_append_new(options, label_json(indicator->code, indicator->title, indicator->title_en));
    for (size_t i = 0; i < json_array_size(options); i++) {
        json_t *option = json_array_get(options, i);

        json_object_set_new_nocheck(option, "selected", json_boolean(slice_is(typed, json_string_value(json_object_get(option, "code")))));
    }
    made = field_form(sheet, index);
    json_object_set_new_nocheck(is, "select", json_true());
    json_object_set_new_nocheck(made, "is", is);
    json_object_set_new_nocheck(made, "options", options);
    return made;
}

json_t *matter_pick(const struct matter_page *page, const struct sheet *sheet, size_t index)
{
    const char *statement = statement_of(sheet->kind, index, page->request->actor.party);
    json_t *made, *options, *is;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (numbers[i].kind == sheet->kind && numbers[i].field == index)
            return number_pick(page, sheet, index, numbers[i].of, numbers[i].title);
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (codes[i].kind == sheet->kind && codes[i].field == index && codes[i].chosen)
            return code_pick(page, sheet, index);
    if (!statement || sheet->typed[index].len)
        return NULL;
    options = options_json(page->request, matter_id_kind(sheet->kind, index, SLICE("")), statement);
    made = field_form(sheet, index);
    is = json_object();
    json_object_set_new_nocheck(is, "select", json_true());
    json_object_set_new_nocheck(made, "is", is);
    json_object_set_new_nocheck(made, "options", options);
    return made;
}
