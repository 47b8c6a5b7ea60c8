/*
 * What a challenge, a fair, an alliance, a programme, a project show besides a matter's own:
 * "board": {doors: [{label, hint, href}], figures: [{label, number, yuan}], answers: what the rules say of a project's duty,
 *   overdue, lists: [{kind: {code, label, label_en}, lines: lines of matters that the reader may see}]}
 */
#include "web/board.h"

#include "base/clock.h"
#include "base/json.h"
#include "web/deal.h"
#include "web/pilot.h"
#include "web/say.h"
#include "work/board.h"

struct panel {
    const struct matter_page *page;
    struct request *request;
    const struct record *matter;
    json_t *doors, *figures, *lists;
};

static void figure(const struct panel *panel, const char *label, int64_t number, bool yuan)
{
    json_t *out = json_object();

    json_put(out, "label", say(panel->request, label));
    if (yuan)
        json_put_id(out, "yuan", number);
    else
        json_object_set_new_nocheck(out, "number", json_integer(number));
    json_fill(out, "number yuan");
    json_array_append_new(panel->figures, out);
}

static bool list_add(const struct panel *panel, const struct matter_sort *sort, size_t field, struct err *err)
{
    return matter_about_add(panel->request, sort, field, panel->matter->id, panel->lists, err);
}

static bool is(const struct panel *panel, const char *state)
{
    return slice_is(matter_text(panel->matter, MATTER_STATE), state);
}

/* To an address that ends with the matter's id. */
static void door(const struct panel *panel, const char *label, const char *hint, const char *address)
{
    pilot_door(panel->request, panel->doors, label, hint, "%s%lld", address, (long long)panel->matter->id);
}

static bool own(const struct panel *panel)
{
    return acts_for(&panel->request->actor, panel->matter->owner);
}

static bool challenge_fill(const struct panel *panel, struct err *err)
{
    if (is(panel, "published") && !own(panel))
        door(panel, N_("揭榜"), N_("截止日以前密封，除了本单位谁也看不到"), "/bids/new?challenge=");
    return list_add(panel, &sort_bid, BID_CHALLENGE, err);
}

static bool fair_fill(const struct panel *panel, struct err *err)
{
    struct fair_figures figures;

    if (is(panel, "announced"))
        door(panel, N_("报名"), N_("谁来、带来什么、想找什么"), "/fair_guests/new?fair=");
    if (is(panel, "held") || is(panel, "closed")) {
        door(panel, N_("我们谈过"), N_("和谁、谈什么；请对方确认"), "/meetings/new?step=claim&fair=");
        if (own(panel))
            door(panel, N_("登记洽谈"), N_("主办方登记的，双方确认以前标明"), "/meetings/new?step=note&fair=");
    }
    if (!fair_figures(panel->request->sql, panel->matter->id, &figures, err))
        return false;
    figure(panel, N_("报名单位"), figures.guests, false);
    figure(panel, N_("到场"), figures.came, false);
    figure(panel, N_("洽谈"), figures.meetings, false);
    figure(panel, N_("其中双方确认"), figures.confirmed, false);
    figure(panel, N_("达成意向"), figures.agreed, false);
    figure(panel, N_("签约"), figures.signed_count, false);
    figure(panel, N_("合同金额"), figures.signed_fen, true);
    figure(panel, N_("已到账"), figures.received_fen, true);
    figure(panel, N_("一方说达成意向，另一方没有这样说"), figures.said_agreed, false);
    figure(panel, N_("一方说签约，另一方没有这样说"), figures.said_signed, false);
    figure(panel, N_("一方说的合同金额，不计入"), figures.said_fen, true);
    return list_add(panel, &sort_fair_guest, GUEST_FAIR, err) && list_add(panel, &sort_meeting, MEETING_FAIR, err);
}

static bool alliance_fill(const struct panel *panel, struct err *err)
{
    struct alliance_funds funds;

    if (own(panel) && (is(panel, "forming") || is(panel, "active")))
        door(panel, N_("邀请成员"), N_("写明承担的任务和投入；对方确认后才是成员"), "/memberships/new?alliance=");
    if (panel->page->file.sight == SIGHT_ALL) {
        if (!alliance_funds(panel->request->sql, panel->matter->id, &funds, err))
            return false;
        figure(panel, N_("收入"), funds.in, true);
        figure(panel, N_("支出"), funds.out, true);
        figure(panel, N_("余额"), funds.in - funds.out, true);
    }
    return list_add(panel, &sort_membership, MEMBERSHIP_ALLIANCE, err);
}

static bool programme_fill(const struct panel *panel, struct err *err)
{
    if (is(panel, "running"))
        door(panel, N_("登记项目"), N_("由承担单位登记：编号、财政资金、合同约定的转化期限"), "/projects/new?programme=");
    door(panel, N_("看谱系"), N_("计划、项目、成果、合同、到账"), "/research?programme=");
    return list_add(panel, &sort_project, PROJECT_PROGRAMME, err);
}

static bool project_fill(const struct panel *panel, json_t *out, struct err *err)
{
    struct request *request = panel->request;
    int32_t today = day_of_ms(request->now_ms);
    struct answer *answers;
    size_t count;

    if (panel->page->file.sight != SIGHT_ALL || !matter_known(panel->matter, PROJECT_ACCEPTED_ON))
        return true;
    if (!project_duty(request->sql, &request->web->city->law, panel->matter, today, request->arena, &answers, &count, err))
        return false;
    json_object_set_new_nocheck(out, "answers", answers_json(request, answers, count, NULL));
    json_object_set_new_nocheck(out, "overdue", json_boolean(project_overdue(panel->matter, today)));
    return true;
}

bool board_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct panel panel = {page, page->request, &page->file.matter, json_array(), json_array(), json_array()};
    json_t *out = json_object();
    bool ok;

    json_object_set_new_nocheck(out, "doors", panel.doors);
    json_object_set_new_nocheck(out, "figures", panel.figures);
    json_object_set_new_nocheck(out, "lists", panel.lists);
    json_object_set_new_nocheck(matter, "board", out);
    ok = page->sort == &sort_challenge ? challenge_fill(&panel, err) : page->sort == &sort_fair ? fair_fill(&panel, err)
         : page->sort == &sort_alliance ? alliance_fill(&panel, err) : page->sort == &sort_programme ? programme_fill(&panel, err)
                                                                                                      : project_fill(&panel, out, err);
    json_fill(out, "answers overdue");
    return ok;
}
