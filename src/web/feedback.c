/*
 * What became of a record's pairs, its page and its form.
 * Document: {"feedback": {"title", "kind", "up", "pairs": [{"other": {href, title, kind}, "lines": [line with "before": [line]],
 *            "card": as feedback_of_card}]}}; other null where it has been closed to the reader since: what his side said he
 *            mends all the same.
 */
#include "web/feedback.h"

#include "base/ident.h"
#include "base/json.h"
#include "record/choice.h"
#include "web/flash.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"

enum { HEARD_MOST = 5 };

/* --- who is there --- */

/* Of most readers nothing need be asked: a visitor, an account without organisation or office. */
static bool could_speak(const struct actor *actor)
{
    return actor->account && (actor->party || actor_has(actor, ROLE_AUDITOR) || actor_is_officer(actor));
}

bool feedback_open(struct request *request, const struct record *record, struct feedback_shelf *shelf, struct err *err)
{
    *shelf = (struct feedback_shelf){.record = record, .open = feedback_kind(record->kind) && could_speak(&request->actor)};
    if (!shelf->open)
        return true;
    return feedback_of_record(request->sql, record->id, request->arena, &shelf->list, &shelf->count, err);
}

static bool is_with(const struct feedback *feedback, int64_t other)
{
    return feedback->asks == other || feedback->answers == other;
}

/* The pair with one partner, and how the reader stands to it. */
struct looked {
    struct feedback_pair pair;
    struct feedback_voice voice;
    struct record other;
    bool speaks, seen; /* has a voice; may see the other record */
};

static bool look(struct request *request, const struct feedback_shelf *shelf, const struct kind *kind, int64_t other,
                 struct looked *looked)
{
    struct err ignored;

    if (!record_get(request->sql, kind, other, request->arena, &looked->other, &ignored)
        || !feedback_pair_of(request->sql, &request->actor, shelf->record, &looked->other, &looked->pair, &ignored))
        return false;
    looked->seen = may(&request->actor, ACT_SEE, &looked->pair.asks_object, &ignored)
                   && may(&request->actor, ACT_SEE, &looked->pair.answers_object, &ignored);
    looked->speaks = feedback_voice(&request->actor, &looked->pair, &looked->voice, &ignored);
    return true;
}

static const struct feedback *own_of(const struct feedback_shelf *shelf, const struct looked *looked)
{
    for (size_t i = 0; looked->speaks && i < shelf->count; i++)
        if (is_with(&shelf->list[i], looked->other.id) && feedback_voice_same(&shelf->list[i].voice, &looked->voice))
            return &shelf->list[i];
    return NULL;
}

/* With the partner of which one of the shelf speaks. */
static bool look_beside(struct request *request, const struct feedback_shelf *shelf, const struct feedback *one,
                        struct looked *looked)
{
    bool asks = one->asks == shelf->record->id;

    return look(request, shelf, asks ? one->answers_kind : one->asks_kind, asks ? one->answers : one->asks, looked);
}

/* Of a record that is closed to the reader he knows what his own side said of it, and nothing else. */
static enum feedback_sight sight_of(const struct request *request, const struct looked *looked, const struct feedback *one)
{
    enum feedback_sight sight = feedback_sight(&request->actor, &looked->pair, one);

    return looked->seen || sight == FEEDBACK_WHOLE ? sight : FEEDBACK_NOTHING;
}

static bool knows(struct request *request, const struct feedback_shelf *shelf, const struct feedback *one)
{
    struct looked *looked = arena_alloc(request->arena, sizeof *looked);

    return look_beside(request, shelf, one, looked) && sight_of(request, looked, one) != FEEDBACK_NOTHING;
}

bool feedback_known(struct request *request, const struct feedback_shelf *shelf)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (knows(request, shelf, &shelf->list[i]))
            return true;
    return false;
}

static bool anybody_refused(const struct feedback_shelf *shelf, int64_t other)
{
    for (size_t i = 0; i < shelf->count; i++)
        if (is_with(&shelf->list[i], other) && feedback_refuses(&shelf->list[i]))
            return true;
    return false;
}

bool feedback_refused(struct request *request, const struct feedback_shelf *shelf, const struct kind *kind, int64_t other)
{
    const struct feedback *own;
    struct looked *looked;

    if (!anybody_refused(shelf, other)) /* mostly: nothing is read for it */
        return false;
    looked = arena_alloc(request->arena, sizeof *looked);
    own = look(request, shelf, kind, other, looked) ? own_of(shelf, looked) : NULL;
    return own && feedback_refuses(own);
}

/* --- a line --- */

static struct slice person_of(struct request *request, int64_t account)
{
    struct slice name = SLICE("");
    struct sql_rows rows;
    struct err ignored;

    if (!sql_rows(request->sql, "SELECT name FROM account WHERE id = ?1 AND to_leaf IS NULL", SQL_ARGS(sql_int(account)), &rows,
                  &ignored))
        return name;
    if (sql_next(&rows))
        name = arena_copy(request->arena, sql_slice(&rows, 0));
    sql_done(&rows, &ignored);
    return name;
}

static struct slice speaker(struct request *request, const struct feedback *feedback)
{
    enum role role;

    if (feedback->voice.side != FEEDBACK_OFFICE)
        return record_title(request->sql, &kind_party, feedback->voice.party, request->arena);
    if (!role_by_name(slice_of(feedback->voice.office), &role))
        return slice_of(feedback->voice.office);
    return slice_of(request->english ? role_label_en(role) : role_label(role));
}

static json_t *line_json(struct request *request, const struct feedback *feedback, enum feedback_sight sight, bool mine)
{
    json_t *line = json_object();

    json_put(line, "who", speaker(request, feedback));
    json_object_set_new_nocheck(line, "mine", json_boolean(mine));
    json_object_set_new_nocheck(line, "outcome", code_label_json("outcome", feedback->outcome));
    if (feedback->reason.len)
        json_object_set_new_nocheck(line, "reason", code_label_json("refusal", feedback->reason));
    if (sight == FEEDBACK_WHOLE && feedback->note.len)
        json_put(line, "note", feedback->note);
    if (sight == FEEDBACK_WHOLE)
        json_put(line, "person", person_of(request, feedback->author));
    json_object_set_new_nocheck(line, "shared", json_boolean(feedback->shared));
    json_object_set_new_nocheck(line, "at", json_integer(feedback->valid_from));
    json_object_set_new_nocheck(line, "leaf", json_integer(feedback->from_leaf));
    json_object_set_new_nocheck(line, "ver", json_integer(feedback->ver));
    json_fill(line, "reason note person");
    return line;
}

static bool is_withdrawn(const struct feedback *feedback)
{
    return slice_is(feedback->outcome, "withdrawn");
}

/* --- the form --- */

static void choice_add(struct request *request, const struct feedback *own, const struct choice *outcome,
                       const struct choice *reason, json_t *choices)
{
    json_t *choice = json_object();
    const char *text = request->english ? outcome->label_en : outcome->label;
    bool chosen = own && slice_is(own->outcome, outcome->code) && (!reason || slice_is(own->reason, reason->code));

    if (!reason) {
        json_put(choice, "value", slice_of(outcome->code));
        json_put(choice, "text", slice_of(text));
    } else {
        json_put(choice, "value", slice_of(arena_print(request->arena, "%s/%s", outcome->code, reason->code)));
        json_put(choice, "text", slice_of(request->english ? arena_print(request->arena, "%s: %s", text, reason->label_en)
                                                           : arena_print(request->arena, "%s：%s", text, reason->label)));
    }
    json_object_set_new_nocheck(choice, "selected", json_boolean(chosen));
    json_array_append_new(choices, choice);
}

/* One list to choose from, so that a refusal cannot be sent without its reason: "refused/price". */
static json_t *choices_json(struct request *request, const struct feedback *own)
{
    const struct choice_list *outcomes = choice_list_get("outcome"), *reasons = choice_list_get("refusal");
    json_t *choices = json_array();

    for (size_t i = 0; i < outcomes->count; i++) {
        const struct choice *outcome = &outcomes->choices[i];
        bool refused = strcmp(outcome->code, "refused") == 0;

        if (strcmp(outcome->code, "withdrawn") == 0 && !own)
            continue;
        for (size_t r = 0; r < (refused ? reasons->count : 1); r++)
            choice_add(request, own, outcome, refused ? &reasons->choices[r] : NULL, choices);
    }
    return choices;
}

static const char *address_of(struct request *request, const struct record *record, const char *below)
{
    return arena_print(request->arena, "/%s/%lld%s", record->kind->plural, (long long)record->id, below);
}

static void form_add(struct request *request, const struct feedback_shelf *shelf, const struct looked *looked,
                     const struct feedback *own, json_t *card)
{
    json_put(card, "action", slice_of(address_of(request, shelf->record, "/feedback")));
    json_put(card, "other", slice_of(address_of(request, &looked->other, "")));
    json_object_set_new_nocheck(card, "ver", json_integer(own ? own->ver : 0));
    json_object_set_new_nocheck(card, "may_share", json_boolean(feedback_sharable(&looked->pair, &looked->voice)));
    json_object_set_new_nocheck(card, "shared", json_boolean(own && own->shared));
    json_put(card, "note", own ? own->note : SLICE(""));
    if (request->api)
        return;
    json_put(card, "request_id", request_fresh(request));
    json_object_set_new_nocheck(card, "choices", choices_json(request, own));
}

static json_t *card_json(struct request *request, const struct feedback_shelf *shelf, const struct looked *looked)
{
    json_t *card = json_object(), *others = json_array();
    const struct feedback *own = own_of(shelf, looked);

    if (own && is_withdrawn(own))
        json_object_set_new_nocheck(card, "said", json_null());
    else if (own)
        json_object_set_new_nocheck(card, "said", line_json(request, own, FEEDBACK_WHOLE, true));
    for (size_t i = 0; i < shelf->count; i++) {
        const struct feedback *one = &shelf->list[i];
        enum feedback_sight sight = one == own || !is_with(one, looked->other.id) || is_withdrawn(one)
                                        ? FEEDBACK_NOTHING : sight_of(request, looked, one);

        if (sight != FEEDBACK_NOTHING)
            json_array_append_new(others, line_json(request, one, sight, false));
    }
    if (looked->speaks && (looked->seen || own))
        form_add(request, shelf, looked, own, card);
    json_put(card, "anchor", slice_of(arena_print(request->arena, "on-%lld", (long long)looked->other.id)));
    json_object_set_new_nocheck(card, "others", others);
    json_fill(card, "action other ver may_share shared note request_id choices said");
    return card;
}

static bool says_nothing(const json_t *card)
{
    return json_is_null(json_object_get(card, "action")) && json_is_null(json_object_get(card, "said"))
           && json_array_size(json_object_get(card, "others")) == 0;
}

json_t *feedback_of_card(struct request *request, const struct feedback_shelf *shelf, const struct kind *kind, int64_t other)
{
    struct looked *looked;
    json_t *card;

    if (!shelf->open || !feedback_kind(kind))
        return json_null();
    looked = arena_alloc(request->arena, sizeof *looked);
    if (!look(request, shelf, kind, other, looked))
        return json_null();
    card = card_json(request, shelf, looked);
    if (!says_nothing(card))
        return card;
    json_decref(card);
    return json_null();
}

/* --- the desk --- */

static struct slice heard_text(struct request *request, const struct feedback *feedback, const struct record *other)
{
    const struct choice *outcome = choice_find(choice_list_get("outcome"), feedback->outcome);
    const struct choice *reason = feedback->reason.len ? choice_find(choice_list_get("refusal"), feedback->reason) : NULL;
    struct slice title = other->values[other->kind->title].text, who = speaker(request, feedback);

    if (!outcome)
        return who; /* a word of a later program */
    if (request->english)
        return slice_of(arena_print(request->arena, "%.*s on “%.*s”: %s%s%s", (int)who.len, who.at, (int)title.len, title.at,
                                    outcome->label_en, reason ? " · " : "", reason ? reason->label_en : ""));
    return slice_of(arena_print(request->arena, "%.*s 对“%.*s”：%s%s%s", (int)who.len, who.at, (int)title.len, title.at,
                                outcome->label, reason ? " · " : "", reason ? reason->label : ""));
}

/* What was said in the names of others, as far as they share it with those whose the record is. */
static void heard_add(struct request *request, const struct feedback_shelf *shelf, const struct feedback *one, json_t *lines)
{
    struct looked *looked = arena_alloc(request->arena, sizeof *looked);
    json_t *line;

    if (is_withdrawn(one) || one->voice.party == request->actor.party || !look_beside(request, shelf, one, looked)
        || sight_of(request, looked, one) == FEEDBACK_NOTHING)
        return;
    line = json_object();
    json_put(line, "text", heard_text(request, one, &looked->other));
    json_put(line, "href", slice_of(address_of(request, shelf->record, "/feedback")));
    json_object_set_new_nocheck(line, "at", json_integer(one->valid_from));
    json_array_append_new(lines, line);
}

json_t *feedback_heard(struct request *request, const struct feedback_shelf *shelf)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < shelf->count && json_array_size(lines) < HEARD_MOST; i++)
        heard_add(request, shelf, &shelf->list[i], lines);
    return lines;
}

/* --- the page --- */

static json_t *whole_line(struct request *request, const struct feedback *one, enum feedback_sight sight, bool mine)
{
    json_t *line = line_json(request, one, sight, mine), *before = json_array();
    struct feedback *versions;
    struct err ignored;
    size_t count;

    if (sight == FEEDBACK_WHOLE && one->ver > 1
        && feedback_versions(request->sql, one->id, request->arena, &versions, &count, &ignored))
        for (size_t i = 1; i < count; i++)
            json_array_append_new(before, line_json(request, &versions[i], sight, mine));
    json_object_set_new_nocheck(line, "before", before);
    return line;
}

static json_t *other_json(struct request *request, const struct looked *looked)
{
    const struct record *other = &looked->other;
    json_t *json = json_object();

    json_put(json, "href", slice_of(address_of(request, other, "")));
    json_put(json, "title", other->values[other->kind->title].text);
    json_object_set_new_nocheck(json, "kind", label_json(other->kind->name, other->kind->label, other->kind->label_en));
    return json;
}

/* All lines of one pair that the reader may see; none: the pair is left out. */
static void pair_add(struct request *request, const struct feedback_shelf *shelf, const struct looked *looked, json_t *pairs)
{
    json_t *pair = json_object(), *lines = json_array();

    for (size_t i = 0; i < shelf->count; i++) {
        const struct feedback *one = &shelf->list[i];
        enum feedback_sight sight = is_with(one, looked->other.id) ? sight_of(request, looked, one) : FEEDBACK_NOTHING;

        if (sight != FEEDBACK_NOTHING)
            json_array_append_new(lines, whole_line(request, one, sight,
                                                    looked->speaks && feedback_voice_same(&one->voice, &looked->voice)));
    }
    if (json_array_size(lines)) {
        json_object_set_new_nocheck(pair, "other", looked->seen ? other_json(request, looked) : json_null());
        json_object_set_nocheck(pair, "lines", lines);
        json_object_set_new_nocheck(pair, "card", card_json(request, shelf, looked));
        json_array_append(pairs, pair);
    }
    json_decref(lines);
    json_decref(pair);
}

static bool met_before(const struct feedback_shelf *shelf, size_t at, int64_t other)
{
    for (size_t i = 0; i < at; i++)
        if (is_with(&shelf->list[i], other))
            return true;
    return false;
}

static json_t *pairs_json(struct request *request, const struct feedback_shelf *shelf)
{
    json_t *pairs = json_array();

    for (size_t i = 0; i < shelf->count; i++) {
        const struct feedback *one = &shelf->list[i];
        struct looked *looked;

        if (met_before(shelf, i, one->asks == shelf->record->id ? one->answers : one->asks))
            continue;
        looked = arena_alloc(request->arena, sizeof *looked);
        if (look_beside(request, shelf, one, looked))
            pair_add(request, shelf, looked, pairs);
    }
    return pairs;
}

bool feedback_get(struct request *request, struct err *err)
{
    struct feedback_shelf shelf;
    struct record record;
    struct object object;
    json_t *document, *out;

    if (!view_load(request, &record, &object, err) || !feedback_open(request, &record, &shelf, err))
        return false;
    document = json_object();
    out = json_object();
    json_put(out, "title", record.values[record.kind->title].text);
    json_object_set_new_nocheck(out, "kind", label_json(record.kind->name, record.kind->label, record.kind->label_en));
    json_put(out, "up", slice_of(address_of(request, &record, "")));
    json_object_set_new_nocheck(out, "pairs", pairs_json(request, &shelf));
    json_object_set_new_nocheck(document, "feedback", out);
    return request_page(request, "feedback", document);
}

/* --- saying it --- */

/* "/achievements/123", with or without its first slash, or below /api/v1. */
static bool other_read(struct slice typed, struct feedback_order *order, struct err *err)
{
    struct slice rest = slice_trim(typed), plural, id;
    char name[32];

    if (rest.len > 8 && memcmp(rest.at, "/api/v1/", 8) == 0)
        rest = (struct slice){rest.at + 8, rest.len - 8};
    if (rest.len && rest.at[0] == '/')
        rest = (struct slice){rest.at + 1, rest.len - 1};
    if (slice_cut(&rest, '/', &plural) && plural.len < sizeof name && slice_cut(&rest, '/', &id) && rest.len == 0) {
        snprintf(name, sizeof name, "%.*s", (int)plural.len, plural.at);
        order->other_kind = kind_by_plural(name);
        if (order->other_kind && ident_parse(id, &order->other))
            return true;
    }
    err_set(err, ERR_INVALID, "没有说是和哪一条记录");
    err_hint(err, "other 写对方记录的地址，如 /achievements/编号");
    return err_field(err, "other");
}

static bool version_read(const struct request *request, struct feedback_order *order, struct err *err)
{
    struct slice typed = request_value(request, "ver");

    if (typed.len == 0 || ident_parse(typed, &order->ver))
        return true;
    order->ver = 0;
    if (slice_is(typed, "0"))
        return true;
    err_set(err, ERR_INVALID, "ver 不是版本号");
    err_hint(err, "写读到的那一版的 ver，还没有人记过的写 0，不在乎的不写");
    return err_field(err, "ver");
}

/* What is neither yes nor no is refused: nobody is to think that the other side was let know. */
static bool shared_read(const struct request *request, struct feedback_order *order, struct err *err)
{
    struct slice typed = request_value(request, "shared");

    order->shared = slice_is(typed, "1");
    if (order->shared || typed.len == 0 || slice_is(typed, "0"))
        return true;
    err_set(err, ERR_INVALID, "shared 只能是 1 或 0");
    err_hint(err, "1 让对方看到进展和理由，0 或不写不让看到");
    return err_field(err, "shared");
}

static void outcome_read(const struct request *request, struct feedback_order *order)
{
    struct slice rest = request_value(request, "outcome"), first = SLICE("");

    slice_cut(&rest, '/', &first);
    order->outcome = first;
    order->reason = rest.len ? rest : request_value(request, "reason");
    order->note = request_value(request, "note");
}

static bool said_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct feedback_order *order = arg;
    bool refused = slice_is(order->outcome, "refused"), withdrawn = slice_is(order->outcome, "withdrawn");

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    if (request->api) {
        request_see(request, "/api/v1/%s/%lld/feedback", order->kind->plural, (long long)order->record);
        json_put_id(request->document, "id", order->id);
        json_object_set_new_nocheck(request->document, "ver", json_integer(order->said_ver));
        return true;
    }
    flash_set(request, order->same ? FLASH_SAID_SAME : withdrawn ? FLASH_SAID_BACK : refused ? FLASH_SAID_NO : FLASH_SAID);
    if (refused)
        return request_see(request, "/%s/%lld#fits", order->kind->plural, (long long)order->record);
    return request_see(request, "/%s/%lld#on-%lld", order->kind->plural, (long long)order->record, (long long)order->other);
}

bool feedback_post(struct request *request, struct err *err)
{
    struct feedback_order *order = arena_zero(request->arena, 1, sizeof *order);

    if (!request_members_fit(request, "other outcome reason note shared ver request_id", err))
        return false;
    feedback_order_init(order, &request->actor, request_token(request));
    order->kind = request->kind;
    order->record = request->id;
    outcome_read(request, order);
    return version_read(request, order, err) && shared_read(request, order, err)
           && other_read(request_value(request, "other"), order, err)
           && request_write(request, order->request_id, feedback_say_step, order, said_then, err);
}
