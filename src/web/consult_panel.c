/* What the pages of a session and of an opinion show besides a matter's own. */
#include "web/consult.h"

#include "base/json.h"
#include "web/effect.h"
#include "web/pilot.h"
#include "web/say.h"
#include "web/steer.h"

enum { LINES_FIRST = 40 };

struct panel {
    const struct matter_page *page;
    struct request *request;
    const struct record *matter;
    json_t *doors;
};

json_t *opinion_line_json(struct request *request, const struct record *opinion)
{
    json_t *line = matter_line_json(request, &sort_opinion, opinion);
    struct record lead;
    struct err ignored;

    json_object_set_new_nocheck(line, "no", json_integer(matter_number(opinion, OPINION_NO)));
    json_put(line, "subject", matter_text(opinion, OPINION_SUBJECT));
    json_object_set_new_nocheck(line, "topic", json_integer(matter_number(opinion, OPINION_TOPIC)));
    json_put(line, "member", record_title(request->sql, &kind_person, matter_number(opinion, OPINION_MEMBER), request->arena));
    json_object_set_new_nocheck(line, "obstacle", code_label_json("obstacle", matter_text(opinion, OPINION_OBSTACLE)));
    json_object_set_new_nocheck(line, "pillar", code_label_json("pillar", matter_text(opinion, OPINION_PILLAR)));
    json_object_set_new_nocheck(line, "concerns", code_label_json("side", matter_text(opinion, OPINION_CONCERNS)));
    json_object_set_new_nocheck(line, "key", json_boolean(matter_number(opinion, OPINION_KEY) != 0));
    if (matter_known(opinion, OPINION_LEAD)
        && record_get(request->sql, &kind_opinion, matter_number(opinion, OPINION_LEAD), request->arena, &lead, &ignored))
        json_object_set_new_nocheck(line, "lead", json_integer(matter_number(&lead, OPINION_NO)));
    json_fill(line, "lead");
    return line;
}

/* Who sees an opinion only as it was published is not told whose it is. */
static json_t *public_line(struct request *request, const struct record *opinion)
{
    json_t *line = opinion_line_json(request, opinion);

    json_put(line, "subject", matter_text(opinion, OPINION_PUBLIC_TITLE));
    json_put(line, "title", matter_text(opinion, OPINION_PUBLIC_TITLE));
    json_put(line, "member", SLICE(""));
    json_object_set_new_nocheck(line, "sides", json_array());
    json_object_set_new_nocheck(line, "lead", json_null());
    return line;
}

/* What has not come about yet is not shown as so many noughts. */
static void figure(const struct panel *panel, json_t *figures, const char *label, int number)
{
    json_t *out;

    if (!number)
        return;
    out = json_object();

    json_put(out, "label", say(panel->request, label));
    json_object_set_new_nocheck(out, "number", json_integer(number));
    json_array_append_new(figures, out);
}

/* To the office, which sees each rating: what members say beside what the figures say. */
static bool measured_add(const struct panel *panel, const struct record *list, size_t count, json_t *figures, struct err *err)
{
    struct request *request = panel->request;
    struct effect_tally tally;

    if (!actor_has(&request->actor, ROLE_CPPCC_OFFICE))
        return true;
    if (!effects_count(request->sql, request->web->city->indicators, list, count, &request->actor, panel->page->file.today, request->arena, &tally, err))
        return false;
    figure(panel, figures, N_("用指标核对的"), tally.measured);
    figure(panel, figures, N_("其中指标好转"), tally.better);
    figure(panel, figures, N_("委员满意而指标没有好转"), tally.unmoved);
    return true;
}

static bool figures_add(const struct panel *panel, const struct record *list, size_t count, json_t *out, struct err *err)
{
    struct consult_figures of;
    json_t *figures = json_array();

    json_object_set_new_nocheck(out, "figures", figures);
    if (!consult_figures(panel->request->sql, panel->matter->id, list, count, panel->page->file.today, &of, err))
        return false;
    figure(panel, figures, N_("参加委员"), of.members);
    figure(panel, figures, N_("其中提过或联过名"), of.spoken_members);
    figure(panel, figures, N_("意见"), of.opinions);
    figure(panel, figures, N_("其中已并案"), of.merged);
    figure(panel, figures, N_("已交办"), of.handed);
    figure(panel, figures, N_("已答复"), of.replied);
    figure(panel, figures, N_("其中按期"), of.in_time);
    figure(panel, figures, N_("过期未答或迟答"), of.late);
    figure(panel, figures, N_("A 已解决或正在解决"), of.done);
    figure(panel, figures, N_("B 列入计划"), of.planned);
    figure(panel, figures, N_("C 不可行"), of.impossible);
    figure(panel, figures, N_("委员满意"), of.satisfied);
    figure(panel, figures, N_("基本满意"), of.basically);
    figure(panel, figures, N_("不满意"), of.unsatisfied);
    return measured_add(panel, list, count, figures, err);
}

static bool map_add(const struct panel *panel, const struct record *list, size_t count, json_t *out, struct err *err)
{
    struct consult_map map;
    json_t *made;

    if (!consult_map(panel->request->sql, panel->matter->id, list, count, &map, err))
        return false;
    made = json_object();
    json_object_set_new_nocheck(made, "spoken", json_integer(map.spoken));
    json_object_set_new_nocheck(made, "blank", json_integer(CONSULT_CELLS - map.spoken));
    json_put(made, "href", slice_of(arena_print(panel->request->arena, "/consultations/%lld/map", (long long)panel->matter->id)));
    json_object_set_new_nocheck(out, "map", made);
    return true;
}

/* --- topics and members in short --- */

static int opinions_of(const struct record *list, size_t count, int64_t topic, int64_t person)
{
    int found = 0;

    for (size_t i = 0; i < count; i++)
        found += (!topic || matter_number(&list[i], OPINION_TOPIC) == topic) && (!person || matter_number(&list[i], OPINION_MEMBER) == person) && opinion_counts(&list[i]);
    return found;
}

static json_t *topics_json(const struct panel *panel, const struct record *list, size_t count)
{
    bool all = panel->page->file.sight == SIGHT_ALL;
    json_t *topics = json_array();

    for (size_t i = 0; i < panel->page->file.counts[0]; i++) {
        const struct record *topic = &panel->page->file.entries[0][i];
        json_t *out = json_object();
        int opinions = all ? opinions_of(list, count, matter_number(topic, ENTRY_NO), 0) : 0;

        json_object_set_new_nocheck(out, "no", json_integer(matter_number(topic, ENTRY_NO)));
        json_put(out, "name", matter_text(topic, TOPIC_NAME));
        json_object_set_new_nocheck(out, "opinions", json_integer(opinions));
        if (opinions)
            json_put(out, "href", slice_of(arena_print(panel->request->arena, "/consultations/%lld/map?topic=%lld#list", (long long)panel->matter->id,
                                                       (long long)matter_number(topic, ENTRY_NO))));
        json_fill(out, "href");
        json_array_append_new(topics, out);
    }
    return topics;
}

static json_t *seats_json(const struct panel *panel, const struct record *list, size_t count)
{
    bool all = panel->page->file.sight == SIGHT_ALL;
    json_t *seats = json_array();

    for (size_t i = 0; i < panel->page->file.counts[1]; i++) {
        const struct record *seat = &panel->page->file.entries[1][i];
        int64_t person = matter_number(seat, SEAT_PERSON);
        json_t *out;

        if (matter_known(seat, SEAT_LEFT_ON))
            continue;
        out = json_object();
        json_put(out, "name", record_title(panel->request->sql, &kind_person, person, panel->request->arena));
        json_put(out, "href", slice_of(arena_print(panel->request->arena, "/people/%lld", (long long)person)));
        json_object_set_new_nocheck(out, "tier", code_label_json("seat_tier", matter_text(seat, SEAT_TIER)));
        json_object_set_new_nocheck(out, "opinions", json_integer(all ? opinions_of(list, count, 0, person) : 0));
        json_array_append_new(seats, out);
    }
    return seats;
}

/* They stand above already, in short. */
static void entries_fold(json_t *matter)
{
    json_t *entries = json_object_get(matter, "entries"), *sort;
    size_t i;

    json_array_foreach(entries, i, sort) {
        const char *code = json_string_value(json_object_get(json_object_get(sort, "kind"), "code"));

        if (code && (strcmp(code, kind_consult_topic.name) == 0 || strcmp(code, kind_consult_seat.name) == 0))
            json_object_set_new_nocheck(sort, "folded", json_true());
    }
}

static void session_doors(const struct panel *panel, bool seated)
{
    long long id = (long long)panel->matter->id;
    bool office = actor_has(&panel->request->actor, ROLE_CPPCC_OFFICE) && panel->page->file.sides;

    if (seated && (consultation_is(panel->matter, CONSULT_OPEN) || consultation_is(panel->matter, CONSULT_LIVE)))
        pilot_door(panel->request, panel->doors, N_("提意见"), N_("一条说一件事；手机上也能写"), "/opinions/new?consultation=%lld", id);
    if (office && (consultation_is(panel->matter, CONSULT_OPEN) || consultation_is(panel->matter, CONSULT_LIVE) || consultation_is(panel->matter, CONSULT_FOLLOWING)))
        pilot_door(panel->request, panel->doors, N_("代委员录入"), N_("委员书面或现场提出的"), "/opinions/new?step=enter&consultation=%lld", id);
    if (panel->page->file.sight == SIGHT_ALL)
        pilot_door(panel->request, panel->doors, N_("覆盖图和意见清单"), N_("六个障碍、五个支柱、七方，哪里还没有人提"), "/consultations/%lld/map", id);
    if (panel->page->file.sight == SIGHT_ALL && !consultation_is(panel->matter, CONSULT_PREPARING) && !consultation_is(panel->matter, CONSULT_CANCELLED))
        pilot_door(panel->request, panel->doors, N_("现场"), N_("议程、逐条的发言和回应，随会更新；会议纪要"), "/consultations/%lld/live", id);
    if (seated)
        pilot_door(panel->request, panel->doors, N_("我的履职记录"), N_("参加、调研、意见、联名，可以导出"), "/deeds");
}

static void lines_add(const struct panel *panel, const struct record *list, size_t count, json_t *out)
{
    bool all = panel->page->file.sight == SIGHT_ALL, more = false;
    json_t *lines = json_array();

    for (size_t i = 0; i < count; i++) {
        if (!all && !matter_known(&list[i], OPINION_CLEARED_ON))
            continue;
        more = json_array_size(lines) == LINES_FIRST;
        if (more)
            break;
        json_array_append_new(lines, all ? opinion_line_json(panel->request, &list[i]) : public_line(panel->request, &list[i]));
    }
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "more", json_boolean(more));
}

bool consult_session_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct panel panel = {page, page->request, &page->file.matter, json_array()};
    json_t *out = json_object();
    struct record *list;
    size_t count;
    bool seated;

    json_object_set_new_nocheck(matter, "consult", out);
    json_object_set_new_nocheck(out, "doors", panel.doors);
    if (!panel.matter->ver) {
        json_fill(out, "figures map topics seats lines more");
        return true;
    }
    if (!consult_seated(page->request->sql, panel.matter->id, page->request->actor.person, &seated, err)
        || !consult_opinions(page->request->sql, panel.matter->id, page->request->arena, &list, &count, err))
        return false;
    session_doors(&panel, seated);
    if (page->file.sight == SIGHT_ALL && (!figures_add(&panel, list, count, out, err) || !map_add(&panel, list, count, out, err)))
        return false;
    lines_add(&panel, list, count, out);
    if (page->file.sight != SIGHT_LINE) {
        json_object_set_new_nocheck(out, "topics", topics_json(&panel, list, count));
        json_object_set_new_nocheck(out, "seats", seats_json(&panel, list, count));
    }
    entries_fold(matter);
    json_fill(out, "figures map topics seats");
    return true;
}

/* --- an opinion --- */

/* What is in another opinion is for who may see that one. */
static bool sees_all(const struct panel *panel, const struct record *opinion)
{
    enum matter_sight sight;
    struct err ignored;
    unsigned as;

    return matter_sight(panel->request->sql, &sort_opinion, opinion, &panel->request->actor, &as, &sight, &ignored) && sight == SIGHT_ALL;
}

static bool named_add(const struct panel *panel, json_t *out, struct err *err)
{
    struct request *request = panel->request;
    int64_t session = matter_number(panel->matter, OPINION_SESSION), lead = matter_number(panel->matter, OPINION_LEAD);
    json_t *of = json_object();
    struct record *topics, other;
    struct err ignored;
    size_t count;

    json_put(of, "title", record_title(request->sql, &kind_consultation, session, request->arena));
    json_put(of, "href", slice_of(arena_print(request->arena, "/consultations/%lld", (long long)session)));
    json_object_set_new_nocheck(out, "session", of);
    if (!matter_entries(request->sql, &kind_consult_topic, session, MATTER_ENTRY_ROWS, request->arena, &topics, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (matter_number(&topics[i], ENTRY_NO) == matter_number(panel->matter, OPINION_TOPIC))
            json_put(out, "topic", matter_text(&topics[i], TOPIC_NAME));
    if (lead && record_get(request->sql, &kind_opinion, lead, request->arena, &other, &ignored) && sees_all(panel, &other))
        json_object_set_new_nocheck(out, "lead", opinion_line_json(request, &other));
    json_fill(out, "topic lead");
    return true;
}

static bool group_add(const struct panel *panel, json_t *out, struct err *err)
{
    struct request *request = panel->request;
    struct record *list = arena_alloc(request->arena, CONSULT_GROUP * sizeof *list);
    json_t *lines = json_array();
    size_t count;

    json_object_set_new_nocheck(out, "group", lines);
    if (!matter_about(request->sql, &sort_opinion, OPINION_LEAD, panel->matter->id, &request->actor, request->arena, list, CONSULT_GROUP, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (sees_all(panel, &list[i]))
            json_array_append_new(lines, opinion_line_json(request, &list[i]));
    return true;
}

static void similar_line(const struct panel *panel, const struct consult_similar *found, bool office, bool member, json_t *lines)
{
    json_t *line = json_object();
    long long id = (long long)panel->matter->id, other = (long long)found->opinion.id;
    bool same = matter_number(&found->opinion, OPINION_SESSION) == matter_number(panel->matter, OPINION_SESSION);

    json_object_set_new_nocheck(line, "line", opinion_line_json(panel->request, &found->opinion));
    json_object_set_new_nocheck(line, "share", json_integer(found->share));
    json_object_set_new_nocheck(line, "chance", json_integer(found->chance));
    if (office && same && opinion_is(panel->matter, OPINION_FILED) && opinion_is(&found->opinion, OPINION_FILED) && !matter_known(panel->matter, OPINION_LEAD)
        && !matter_known(&found->opinion, OPINION_LEAD))
        json_put(line, "merge", slice_of(arena_print(panel->request->arena, "/opinions/%lld?step=merge&with_opinion=%lld#step", id, other)));
    if (member && same && matter_number(&found->opinion, OPINION_MEMBER) != panel->request->actor.person
        && (opinion_is(&found->opinion, OPINION_SUBMITTED) || opinion_is(&found->opinion, OPINION_FILED)))
        json_put(line, "cosign", slice_of(arena_print(panel->request->arena, "/opinions/%lld?step=cosign#step", other)));
    json_fill(line, "merge cosign");
    json_array_append_new(lines, line);
}

static bool similar_add(const struct panel *panel, json_t *out, struct err *err)
{
    struct consult_similar *list = arena_alloc(panel->request->arena, CONSULT_SIMILAR * sizeof *list);
    const struct actor *actor = &panel->request->actor;
    json_t *lines = json_array();
    size_t count;

    json_object_set_new_nocheck(out, "similar", lines);
    if (!consult_similar(panel->request->web->city, panel->request->sql, panel->matter, actor, panel->request->arena, list, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        similar_line(panel, &list[i], actor_has(actor, ROLE_CPPCC_OFFICE), actor->person != 0, lines);
    return true;
}

static bool assists_add(const struct panel *panel, json_t *out, struct err *err)
{
    struct request *request = panel->request;
    struct record *list = arena_alloc(request->arena, LINES_FIRST * sizeof *list);
    size_t count;

    if (!matter_about(request->sql, &sort_opinion_assist, ASSIST_OPINION, panel->matter->id, &request->actor, request->arena, list, LINES_FIRST, &count, err))
        return false;
    json_object_set_new_nocheck(out, "assists", matter_lines_json(request, &sort_opinion_assist, list, count));
    return true;
}

/* Whether there is anything in the list, beside it. */
static void list_said(json_t *out, const char *list, const char *name)
{
    json_object_set_new_nocheck(out, name, json_boolean(json_array_size(json_object_get(out, list)) > 0));
}

/* What is done because of it: the tasks that come of it, as far as the reader may see them. */
static bool tasks_add(const struct panel *panel, json_t *lists, struct err *err)
{
    const struct matter_file *file = &panel->page->file;

    if (panel->matter->status != RECORD_CLOSED && matter_known(panel->matter, OPINION_UNIT) && (file->sides & (SIDE(BY_UNIT) | SIDE(BY_LEADERS) | SIDE(BY_OFFICE))))
        pilot_door(panel->request, panel->doors, N_("派任务"), N_("写明交付什么、谁来办、哪天办完"), "/tasks/new?about_kind=opinion&about=%lld",
                   (long long)panel->matter->id);
    return steer_tasks_add(panel->request, panel->matter, lists, err);
}

/* To the unit in charge: the sums of how members rated what it answered. */
static bool ratings_add(const struct panel *panel, json_t *out, struct err *err)
{
    struct consult_ratings of;
    json_t *made;

    if (!(panel->page->file.sides & SIDE(BY_UNIT)))
        return true;
    if (!consult_unit_ratings(panel->request->sql, matter_number(panel->matter, OPINION_UNIT), &of, err))
        return false;
    if (of.satisfied + of.basically + of.unsatisfied < CONSULT_RATINGS_LEAST)
        return true;
    made = json_object();
    json_object_set_new_nocheck(made, "satisfied", json_integer(of.satisfied));
    json_object_set_new_nocheck(made, "basically", json_integer(of.basically));
    json_object_set_new_nocheck(made, "unsatisfied", json_integer(of.unsatisfied));
    json_object_set_new_nocheck(out, "ratings", made);
    return true;
}

bool consult_opinion_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct panel panel = {page, page->request, &page->file.matter, json_array()};
    json_t *out = json_object(), *lists = json_array(), *effects = json_array();
    bool ok;

    json_object_set_new_nocheck(matter, "opinion", out);
    json_object_set_new_nocheck(out, "doors", panel.doors);
    json_object_set_new_nocheck(out, "lists", lists);
    json_object_set_new_nocheck(out, "effects", effects);
    ok = !panel.matter->ver || named_add(&panel, out, err);
    if (ok && panel.matter->ver && page->file.sight == SIGHT_ALL) {
        if (stands_for(&page->request->actor, matter_number(panel.matter, OPINION_UNIT)) && (opinion_is(panel.matter, OPINION_HANDED) || opinion_is(panel.matter, OPINION_PLANNED)))
            pilot_door(page->request, panel.doors, N_("请协办"), N_("请另一个单位就它的事回意见"), "/opinion_assists/new?opinion=%lld", (long long)panel.matter->id);
        ok = group_add(&panel, out, err) && similar_add(&panel, out, err) && assists_add(&panel, out, err)
             && effects_add(page->request, panel.matter, effects, err);
    }
    if (ok && panel.matter->ver)
        ok = tasks_add(&panel, lists, err);
    if (ok && panel.matter->ver)
        ok = ratings_add(&panel, out, err);
    list_said(out, "group", "grouped");
    list_said(out, "similar", "alike");
    list_said(out, "assists", "assisted");
    list_said(out, "effects", "measured");
    json_fill(out, "session topic lead group similar assists ratings");
    return ok;
}

/* --- what was said --- */

/* What the leader answered or asked for becomes a task. */
bool consult_remark_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct slice sort = matter_text(&page->file.matter, REMARK_SORT);
    json_t *out = json_object(), *doors = json_array(), *lists = json_array();
    long long id = (long long)page->file.matter.id;
    bool leaders = slice_is(sort, "response") || slice_is(sort, "instruction");

    json_object_set_new_nocheck(matter, "remark", out);
    json_object_set_new_nocheck(out, "doors", doors);
    json_object_set_new_nocheck(out, "lists", lists);
    if (page->file.matter.ver)
        json_put(out, "live", slice_of(arena_print(page->request->arena, "/consultations/%lld/live", (long long)matter_number(&page->file.matter, REMARK_SESSION))));
    json_fill(out, "live");
    if (!page->file.matter.ver)
        return true;
    if (leaders && slice_is(matter_text(&page->file.matter, MATTER_STATE), "shown") && actor_has_any(&page->request->actor, ROLE_BIT(ROLE_SECRETARY) | ROLE_OFFICERS))
        pilot_door(page->request, doors, N_("派任务"), N_("写明交付什么、谁来办、哪天办完"), "/tasks/new?about_kind=remark&about=%lld", id);
    return steer_tasks_add(page->request, &page->file.matter, lists, err);
}
