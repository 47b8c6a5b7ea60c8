/*
 * A record's page: its fields as the actor may see them, its history, who fits it.
 * Document: {"record": {id, ver, kind, title, status, side, owner, facts, fields, hidden, parties, holdings, history, edit,
 *            actions, nda (with web/leave.h)},
 *            "fits": {none, why, ask, edit, columns}}
 */
#include "web/view.h"

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/money.h"
#include "record/choice.h"
#include "record/need.h"
#include "record/policy.h"
#include "record/right.h"
#include "web/deal.h"
#include "web/fits.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/leave.h"
#include "web/matter.h"
#include "web/hire.h"
#include "web/obstacle.h"
#include "web/pilot.h"
#include "web/rule.h"
#include "web/say.h"
#include "web/talent.h"
#include "work/account.h"
#include "work/submit.h"

/* What has been closed to others since is closed in the past too: nobody reads a version for what the record now hides. */
static void narrow(struct record *past, const struct record *now, enum level sees)
{
    static const char *const cover[] = {"hidden", "alias"};

    for (size_t i = 0; i < past->kind->count; i++)
        if (record_level(now, i) > sees)
            past->values[i] = (struct value){0};
    for (size_t i = 0; record_owner_level(now) > sees && i < sizeof cover / sizeof *cover; i++) {
        size_t field = (size_t)kind_field(past->kind, cover[i]);

        past->values[field] = now->values[field];
    }
}

bool view_load(struct request *request, struct record *record, struct object *object, struct err *err)
{
    bool old = request_value(request, "ver").len && strcmp(request->exchange->method, "GET") == 0;
    struct record now;

    if (!record_get(request->sql, request->kind, request->id, request->arena, record, err)
        || !object_of(request->sql, record, &request->actor, object, err)
        || !may(&request->actor, ACT_SEE, object, err))
        return false;
    if (!old)
        return true;
    /* What was open once may have been closed since: past versions are for those who may edit or audit. */
#ifndef TQ_TEETH_PAST_VERSIONS
    if (!may(&request->actor, ACT_HISTORY, object, err))
        return false;
#endif
    now = *record;
    if (!record_version(request->sql, request->kind, request->id, request_number(request, "ver", 0), request->arena, record,
                        err))
        return false;
    narrow(record, &now, may_level(&request->actor, object));
    return true;
}

/* --- fields --- */

static void link_view(struct request *request, const struct field *field, int64_t id, json_t *view)
{
    bool party = field->type == FIELD_PARTY;
    struct slice title = record_title(request->sql, party ? &kind_party : &kind_person, id, request->arena);

    json_put(view, "text", title);
    json_put(view, "href",
             slice_of(arena_print(request->arena, "/%s/%lld", party ? "parties" : "people", (long long)id)));
}

json_t *node_json(const struct request *request, const struct tree *tree, const struct tree_node *node)
{
    return label_json(node->code, tree_chinese(tree, node, request->arena),
                      request->english ? tree_english(tree, node, request->arena) : node->name_en);
}

static json_t *labels_of(const struct request *request, const struct field *field, const struct value *value)
{
    const struct choice_list *choices = field->type == FIELD_CHOICES ? choice_list_get(field->choices) : NULL;
    const struct tree *tree = choices ? NULL : tree_get(field->choices);
    struct slice rest = value->text, item;
    json_t *list = json_array();

    while (slice_cut(&rest, '\n', &item)) {
        const struct choice *choice = choices ? choice_find(choices, item) : NULL;

        json_array_append_new(list, json_string_nocheck(tree ? tree_label(tree, item, request->english, request->arena)
                                                        : !choice          ? arena_text(request->arena, item)
                                                        : request->english ? choice->label_en
                                                                           : choice->label));
    }
    return list;
}

/* Rights begin with a word of ours, what sort they are. */
static json_t *rights_of(const struct request *request, const struct value *value)
{
    struct slice rest = value->text, line;
    json_t *list = json_array();

    while (slice_cut(&rest, '\n', &line)) {
        if (request->english)
            line = right_english(line, RIGHT_LABEL, request->arena);
        json_array_append_new(list, json_stringn_nocheck(line.at, line.len));
    }
    return list;
}

/* A choice, a yes or no, a number: in the reader's words. */
static struct slice plain_text(const struct request *request, const struct field *field, const struct value *value)
{
    const struct choice *choice =
        field->type == FIELD_CHOICE ? choice_find(choice_list_get(field->choices), value->text) : NULL;

    if (choice && request->english)
        return slice_of(choice->label_en);
    if (field->type == FIELD_YES)
        return say(request, value->number ? N_("是") : N_("否"));
    if (field->type == FIELD_NUMBER && strncmp(field->name, "trl", 3) == 0)
        return slice_of(arena_print(request->arena, "TRL %lld", (long long)value->number));
    return field_show(field, value, request->arena);
}

/* The rule that a policy names, where the rulebook has it. */
static void rule_link(struct request *request, const struct field *field, const struct value *value, json_t *view)
{
    const char *id = arena_text(request->arena, value->text);
    const struct rule *rule = field == &kind_policy.fields[POLICY_RULE]
        ? rule_meant(request->web->city->law.book, id, day_of_ms(request->now_ms)) : NULL;

    if (rule)
        json_put(view, "href", slice_of(arena_print(request->arena, "/rules/%s", rule->id)));
}

static void value_view(struct request *request, const struct field *field, const struct value *value, json_t *view)
{
    char money[MONEY_TEXT];

    if (field->type == FIELD_MONEY)
        json_put(view, "text", slice_of(request->english ? money_show_english(value->number, money)
                                                         : money_show(value->number, money)));
    else if (field->type == FIELD_PARTY || field->type == FIELD_PERSON)
        link_view(request, field, value->number, view);
    else if (field->type == FIELD_URL)
        json_put(view, "link", value->text);
    else if (field->type == FIELD_CHOICES || field->type == FIELD_CODES)
        json_object_set_new_nocheck(view, "list", labels_of(request, field, value));
    else if (field->type == FIELD_WORDS)
        json_object_set_new_nocheck(view, "list", field_json(field, value));
    else if (field->type == FIELD_RIGHTS)
        json_object_set_new_nocheck(view, "lines", rights_of(request, value));
    else
        json_put(view, "text", plain_text(request, field, value));
    rule_link(request, field, value, view);
}

json_t *level_json(enum level level)
{
    static const struct {
        const char *code, *zh, *en;
    } levels[LEVEL_COUNT] = {[LEVEL_PUBLIC] = {"public", "公开", "Public"},
                             [LEVEL_SIGNED_IN] = {"signed_in", "登录可见", "Signed-in"},
                             [LEVEL_NDA] = {"nda", "签署保密协议可见", "Under NDA"},
                             [LEVEL_OWN] = {"own", "仅本单位可见", "Own organisation"}};

    return label_json(levels[level].code, levels[level].zh, levels[level].en);
}

json_t *field_view(struct request *request, const struct record *record, size_t index)
{
    const struct field *field = &record->kind->fields[index];
    enum level level = record_level(record, index);
    json_t *view;

    if (!record->values[index].known)
        return NULL;
    view = json_object();
    json_put(view, "name", slice_of(field->name));
    json_object_set_new_nocheck(view, "label", label_json(field->name, field->label, field->label_en));
    if (level != LEVEL_PUBLIC)
        json_object_set_new_nocheck(view, "level", level_json(level));
    if (request->api)
        json_object_set_new_nocheck(view, "value", field_json(field, &record->values[index]));
    else
        value_view(request, field, &record->values[index], view);
    json_fill(view, "level text link href list lines");
    return view;
}

/* Fields that hold something and are not shown: those that signing in would show, and the others. */
struct hidden {
    int signed_in, others;
};

/* That the firm is hidden, and behind which name, is said where its name would stand. */
static bool says_hidden(const struct record *record, size_t index)
{
    return record->kind->id == KIND_NEED && (index == NEED_HIDDEN || index == NEED_ALIAS);
}

static json_t *fields_json(struct request *request, const struct record *record, enum level sees, struct hidden *hidden)
{
    json_t *fields = json_array();

    *hidden = (struct hidden){0};
    for (size_t i = 0; i < record->kind->count; i++) {
        json_t *view;

        if (i == record->kind->title || (sees < LEVEL_OWN && says_hidden(record, i)))
            continue;
        if (record_level(record, i) > sees) {
            if (record_level(record, i) == LEVEL_SIGNED_IN)
                hidden->signed_in += record->values[i].known;
            else
                hidden->others += record->values[i].known;
            continue;
        }
        view = field_view(request, record, i);
        if (view)
            json_array_append_new(fields, view);
    }
    return fields;
}

/* --- the page --- */

static json_t *action_json(struct request *request, const struct record *record, const char *verb, const char *zh,
                           const char *en)
{
    json_t *action = json_object();

    json_put(action, "href",
             slice_of(arena_print(request->arena, "/%s/%lld/%s", record->kind->plural, (long long)record->id, verb)));
    json_object_set_new_nocheck(action, "label", label_json(verb, zh, en));
    json_object_set_new_nocheck(action, "ver", json_integer(record->ver));
    json_put(action, "request_id", request_fresh(request));
    return action;
}

static bool tools_add(struct request *request, const struct record *record, const struct object *object, json_t *out,
                      struct err *err)
{
    json_t *actions = json_array(), *nda;
    struct err ignored;

    if (may(&request->actor, ACT_EDIT, object, &ignored))
        json_put(out, "edit", slice_of(arena_print(request->arena, "/%s/%lld/edit", record->kind->plural,
                                                   (long long)record->id)));
    if (may(&request->actor, ACT_CLOSE, object, &ignored))
        json_array_append_new(actions, record->status == RECORD_OPEN
                                           ? action_json(request, record, "close", "关闭", "Close")
                                           : action_json(request, record, "reopen", "重新开放", "Open again"));
    json_object_set_new_nocheck(out, "actions", actions);
    if (!may(&request->actor, ACT_NDA, object, &ignored))
        return true;
    nda = action_json(request, record, "nda", "授权查看", "Grant NDA access");
    json_object_set_new_nocheck(out, "nda", nda);
    return leave_parties_add(request, record->kind, record->id, nda, err);
}

/* Whose it is; the link only where the name may be known. */
static void owner_add(struct request *request, const struct record *record, bool named, json_t *card, json_t *out)
{
    json_t *owner;

    json_object_set_nocheck(out, "side", json_object_get(card, "side"));
    json_object_set_nocheck(out, "facts", json_object_get(card, "facts"));
    if (json_member(card, "who").len == 0)
        return;
    owner = json_object();
    json_put(owner, "name", json_member(card, "who"));
    if (named && record->owner && record->kind->id != KIND_PARTY && record->kind->id != KIND_POLICY)
        json_put(owner, "href", slice_of(arena_print(request->arena, "/parties/%lld", (long long)record->owner)));
    json_object_set_new_nocheck(out, "owner", owner);
}

static void hidden_add(json_t *list, int count, const char *sign_in)
{
    json_t *line = json_object();

    if (!count) {
        json_decref(line);
        return;
    }
    json_object_set_new_nocheck(line, "count", json_integer(count));
    if (sign_in)
        json_put(line, "sign_in", slice_of(sign_in));
    json_fill(line, "sign_in");
    json_array_append_new(list, line);
}

static json_t *hidden_json(struct request *request, const struct hidden *hidden)
{
    json_t *list = json_array();

    hidden_add(list, hidden->signed_in, arena_print(request->arena, "/sign-in?next=%s", request_here(request)));
    hidden_add(list, hidden->others, NULL);
    return list;
}

static json_t *record_json(struct request *request, const struct record *record, const struct object *object)
{
    json_t *out = json_object(),
           *card = box_card(request->sql, record, &request->actor, request->english, request->arena);
    struct hidden hidden;

    json_put_id(out, "id", record->id);
    json_object_set_new_nocheck(out, "ver", json_integer(record->ver));
    json_object_set_new_nocheck(out, "kind", label_json(record->kind->name, record->kind->label,
                                                        record->kind->label_en));
    json_put(out, "up", slice_of(arena_print(request->arena, "/%s", record->kind->plural)));
    json_put(out, "title", record->values[record->kind->title].text);
    if (record->status == RECORD_CLOSED)
        json_object_set_new_nocheck(out, "status", label_json("closed", "已关闭", "Closed"));
    owner_add(request, record, may_see_owner(&request->actor, object, record), card, out);
    json_decref(card);
    json_object_set_new_nocheck(out, "fields", fields_json(request, record, may_level(&request->actor, object), &hidden));
    json_object_set_new_nocheck(out, "hidden", hidden_json(request, &hidden));
    return out;
}

/* What the party is to a record of this kind. */
static json_t *owner_role(const struct kind *kind)
{
    static const char *const roles[KIND_COUNT][2] = {
        [KIND_PARTY] = {"本单位", "Itself"},           [KIND_PERSON] = {"所在单位", "Works at"},
        [KIND_ACHIEVEMENT] = {"成果单位", "Owner"},    [KIND_NEED] = {"提出单位", "Asks"},
        [KIND_SCENARIO] = {"开放单位", "Opens it"},    [KIND_SERVICE] = {"提供单位", "Offers it"},
        [KIND_POLICY] = {"发文机关", "Issued by"},
    };

    return label_json("owner", roles[kind->id][0], roles[kind->id][1]);
}

/* What the page needs though it may be nothing, and the parties: so far the owner. */
static void finish_record(struct request *request, const struct record *record, json_t *out)
{
    json_t *parties = json_array(), *owner = json_object_get(out, "owner");

    if (owner && json_object_get(out, "side")) {
        json_t *party = json_copy(owner);

        json_object_set_nocheck(party, "side", json_object_get(out, "side"));
        json_object_set_new_nocheck(party, "role", owner_role(record->kind));
        json_fill(party, "href");
        json_array_append_new(parties, party);
    }
    if (owner)
        json_fill(owner, "href");
    json_object_set_new_nocheck(out, "parties", parties);
    json_put(out, "request_id", request_fresh(request));
    json_put(out, "now", slice_of(arena_print(request->arena, "/%s/%lld", record->kind->plural,
                                              (long long)record->id)));
    if (request_number(request, "ver", 0))
        json_object_set_new_nocheck(out, "as_of", json_integer(record->valid_from));
    if (record->kind->id == KIND_ACHIEVEMENT)
        json_object_set_new_nocheck(out, "deals", deals_of_achievement(request, record));
    json_object_set_new_nocheck(out, "care", care_of_record(request, record));
    json_object_set_new_nocheck(out, "contacts", contacts_of(request, record));
    if (record->kind->id == KIND_ACHIEVEMENT)
        blocks_put(out, obstacles_of(request, record));
    json_object_set_new_nocheck(out, "pilot", pilot_of(request, record));
    json_object_set_new_nocheck(out, "credit", credit_of(request, record));
    json_object_set_new_nocheck(out, "hire", hire_of(request, record));
    json_fill(out, "status side owner as_of edit actions nda history_more history_older holdings deals blocks blocked");
}

bool view_get(struct request *request, struct err *err)
{
    struct record record;
    struct object object;
    json_t *document, *out;

    if (!view_load(request, &record, &object, err))
        return false;
    document = json_object();
    out = record_json(request, &record, &object);
    json_object_set_new_nocheck(out, "history", history_json(request, &record, &object));
    if (record.ver > 1 && may(&request->actor, ACT_HISTORY, &object, err))
        json_put(out, "history_more", slice_of(arena_print(request->arena, "/%s/%lld/history", record.kind->plural,
                                                           (long long)record.id)));
    json_object_set_new_nocheck(document, "record", out);
    if (!tools_add(request, &record, &object, out, err)) {
        json_decref(document);
        return false;
    }
    finish_record(request, &record, out);
    if (record.kind->id == KIND_PARTY)
        json_object_set_new_nocheck(out, "holdings", holdings_json(request, record.id));
    else if (!fits_add(request, &record, &object, document, err)) {
        json_decref(document);
        return false;
    }
    json_fill(document, "fits");
    return request_page(request, "record", document);
}

bool history_get(struct request *request, struct err *err)
{
    struct record record;
    struct object object;
    json_t *document, *out;

    if (!view_load(request, &record, &object, err) || !may(&request->actor, ACT_HISTORY, &object, err))
        return false;
    document = json_object();
    out = record_json(request, &record, &object);
    history_page(request, &record, &object, out);
    finish_record(request, &record, out);
    json_object_set_new_nocheck(document, "record", out);
    json_fill(document, "fits");
    return request_page(request, "record", document);
}

/* --- closing and opening again --- */

static bool changed_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct submission *submission = arg;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, submission->verb == SUBMIT_CLOSE ? FLASH_CLOSED : FLASH_REOPENED);
    return request_changed(request, submission->id, submission->ver);
}

static bool change_status(struct request *request, enum submit_verb verb, struct err *err)
{
    struct submission *submission = arena_zero(request->arena, 1, sizeof *submission);

    if (!request_members_fit(request, "ver request_id", err))
        return false;
    submit_init(submission, request->kind, &request->actor, request_token(request));
    submission->verb = verb;
    submission->record.id = request->id;
    return request_write(request, submission->request_id, submit_step, submission, changed_then, err);
}

bool close_post(struct request *request, struct err *err)
{
    return change_status(request, SUBMIT_CLOSE, err);
}

bool reopen_post(struct request *request, struct err *err)
{
    return change_status(request, SUBMIT_REOPEN, err);
}

/* --- leave under NDA --- */

static bool ends_leave(const struct request *request)
{
    return slice_is(request_value(request, "do"), "end");
}

static bool granted_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    (void)arg;
    (void)err;
    if (outcome != STORE_DONE)
        return false;
    flash_set(request, ends_leave(request) ? FLASH_NDA_ENDED : FLASH_NDA_GIVEN);
    return request_changed(request, request->id, 0);
}

bool nda_post(struct request *request, struct err *err)
{
    struct order *order = arena_zero(request->arena, 1, sizeof *order);
    struct slice name = request_value(request, "party");

    if (!request_members_fit(request, "party do request_id", err))
        return false;
    order_init(order, &request->actor, request_token(request));
    order->kind = request->kind;
    order->object = request->id;
    if (!party_resolve(request->sql, name, &order->party, err))
        return false;
    if (!order->party) {
        err_set(err, ERR_INVALID, "没有找到单位“%.*s”", (int)utf8_head(name, 30).len, name.at);
        err_hint(err, "填已登记单位的全称或统一社会信用代码");
        return err_field(err, "party");
    }
    return request_write(request, order->request_id, ends_leave(request) ? nda_end_step : nda_grant_step, order, granted_then, err);
}
