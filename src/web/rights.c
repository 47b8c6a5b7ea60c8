/*
 * A researcher's own page: what is his in the transfers of his unit.
 * Document: {"rights": {person: id or null, paid, open, achievements: [{title, href, registered, days, pier, deal, rule: {id, title,
 *   href, ripe, says} or null}], titles: [{title, share, since}], awards: [{title, share, amount, decided, paid, due, rule: {id, href} or null}]}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "record/achievement.h"
#include "record/choice.h"
#include "record/member.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/rights.h"

static void day_put(json_t *line, const char *name, int32_t day)
{
    if (day)
        json_put_day(line, name, day);
}

static void money_put(const struct request *request, json_t *line, const char *name, int64_t fen)
{
    char money[MONEY_TEXT];

    json_put(line, name, slice_of(request->english ? money_show_english(fen, money) : money_show(fen, money)));
}

static json_t *rule_json(const struct request *request, const struct rule *rule, const struct answer *answer)
{
    json_t *out;

    if (!rule)
        return json_null();
    out = json_object();
    json_put(out, "id", slice_of(rule->id));
    json_put(out, "title", slice_of(rule->title));
    json_put(out, "href", slice_of(arena_print(request->arena, "/rules/%s", rule->id)));
    json_object_set_new_nocheck(out, "ripe", json_boolean(answer && answer->verdict == RULE_YES));
    json_put(out, "says", answer && answer->verdict == RULE_NO ? answer->says : SLICE(""));
    return out;
}

static json_t *achievement_json(const struct request *request, const struct rights_achievement *of, int32_t today)
{
    const struct choice *pier = of->pier.len ? choice_find(choice_list_get("pier"), of->pier) : NULL;
    json_t *line = json_object();

    json_put(line, "title", of->record.values[ACHIEVEMENT_TITLE].text);
    json_put(line, "href", slice_of(arena_print(request->arena, "/achievements/%lld", (long long)of->record.id)));
    day_put(line, "registered", of->registered);
    json_object_set_new_nocheck(line, "days", of->deal ? json_null() : json_integer(today - of->registered));
    json_object_set_new_nocheck(line, "pier", pier ? label_json(pier->code, pier->label, pier->label_en) : json_null());
    json_object_set_new_nocheck(line, "rule", rule_json(request, of->rule, &of->answer));
    return line;
}

static json_t *share_json(const struct request *request, const struct rights_share *of, int32_t today)
{
    json_t *line = json_object();

    json_put(line, "title", of->title);
    json_put(line, "share", share_show(of->share, request->arena));
    if (of->fen)
        money_put(request, line, "amount", of->fen);
    day_put(line, "decided", of->decided);
    day_put(line, "paid", of->paid);
    day_put(line, "due", of->due);
    json_object_set_new_nocheck(line, "late", json_boolean(of->due && !of->paid && of->due < today));
    json_object_set_new_nocheck(line, "rule", rule_json(request, of->due_rule, NULL));
    json_fill(line, "amount decided paid due");
    return line;
}

static json_t *shares_json(const struct request *request, const struct rights_share *list, size_t count, int32_t today)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, share_json(request, &list[i], today));
    return lines;
}

bool rights_get(struct request *request, struct err *err)
{
    struct rights *rights = arena_zero(request->arena, 1, sizeof *rights);
    int32_t today = day_of_ms(request->now_ms);
    json_t *document, *out, *achievements;

    if (!request->actor.party)
        return err_set(err, ERR_DENIED, "您的账号还没有关联单位") || err_hint(err, "请单位管理员把账号关联到单位和本人的人员记录");
    if (!rights_of(request->sql, &request->web->city->law, &request->actor, today, request->arena, rights, err))
        return false;
    document = json_object();
    out = json_object();
    achievements = json_array();
    for (size_t i = 0; i < rights->achievement_count; i++)
        json_array_append_new(achievements, achievement_json(request, &rights->achievements[i], today));
    if (request->actor.person)
        json_put_id(out, "person", request->actor.person);
    money_put(request, out, "paid", rights->paid);
    money_put(request, out, "open", rights->open);
    json_object_set_new_nocheck(out, "achievements", achievements);
    json_object_set_new_nocheck(out, "titles", shares_json(request, rights->titles, rights->title_count, today));
    json_object_set_new_nocheck(out, "awards", shares_json(request, rights->awards, rights->award_count, today));
    json_fill(out, "person");
    json_object_set_new_nocheck(document, "rights", out);
    return request_page(request, "rights", document);
}
