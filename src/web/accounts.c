/*
 * Accounts: the list, and one of them with its roles and what happened to it.
 * Documents: {"accounts": {of, q, roles, states, lines: [{href, login, name, party, roles, disabled}], new, clear, first, next}},
 * {"holder": {…}} (holder_document), {"account_new": {…}}, {"first": {…}}. What changes them is in account_order.c.
 */
#include "web/accounts.h"

#include "base/json.h"
#include "base/utf8.h"
#include "web/address.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"
#include "work/directory.h"

/* --- who --- */

bool accounts_whose(const struct request *request, enum action action, int64_t *party, struct err *err)
{
    const struct actor *actor = &request->actor;
    struct object all = {0}, own = {.owner = actor->party};

    *party = 0;
    if (may(actor, action, &all, err))
        return true;
    *party = actor->party;
    return actor->party && may(actor, action, &own, err);
}

bool accounts_open(const struct request *request)
{
    struct err ignored;
    int64_t party;

    return request->signed_in && accounts_whose(request, ACT_ACCOUNTS_SEE, &party, &ignored);
}

bool account_seek(struct request *request, enum action action, struct account *account, struct err *err)
{
    struct object object;
    int64_t party;

    return accounts_whose(request, action, &party, err) && account_get(request->sql, request->id, account, err)
           && account_object(request->sql, account, &object, err) && may(&request->actor, action, &object, err);
}

/* --- pieces --- */

json_t *grant_json(struct request *request, const struct role_grant *grant)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "role", label_json(role_name(grant->role), role_label(grant->role),
                                                         role_label_en(grant->role)));
    if (grant->scope_kind == SCOPE_PARTY)
        json_put(line, "scope", record_title(request->sql, &kind_party, grant->scope, request->arena));
    else if (grant->scope_kind == SCOPE_DIVISION)
        json_put_id(line, "scope", grant->scope);
    json_fill(line, "scope");
    return line;
}

static json_t *party_json(struct request *request, int64_t party, struct slice name)
{
    json_t *out;

    if (!party)
        return json_null();
    out = json_object();
    json_put(out, "name", name);
    json_put(out, "href", slice_of(arena_print(request->arena, "/parties/%lld", (long long)party)));
    return out;
}

static json_t *option_json(const char *code, const char *label, const char *label_en, bool selected)
{
    json_t *option = label_json(code, label, label_en);

    json_object_set_new_nocheck(option, "selected", json_boolean(selected));
    return option;
}

json_t *role_options(const struct request *request, struct slice chosen)
{
    json_t *options = json_array();
    struct err ignored;

    for (enum role role = 0; role < ROLE_COUNT; role++) {
        struct object object = {.owner = request->actor.party, .beyond = !role_of_unit(role)};

        if (may(&request->actor, ACT_ACCOUNTS, &object, &ignored))
            json_array_append_new(options, option_json(role_name(role), role_label(role), role_label_en(role),
                                                       slice_is(chosen, role_name(role))));
    }
    return options;
}

/* --- the list --- */

static const struct {
    const char *code, *label, *label_en;
} states[] = {[DIRECTORY_ANY] = {"", "启用和停用的", "Enabled and disabled"}, [DIRECTORY_ENABLED] = {"on", "启用的", "Enabled"},
              [DIRECTORY_DISABLED] = {"off", "停用的", "Disabled"}};

static struct directory_query read_query(const struct request *request)
{
    struct directory_query query = {.words = utf8_head(slice_trim(request_value(request, "q")), DIRECTORY_WORDS),
                                    .role = request_value(request, "role"), .after = request_value(request, "after")};
    enum role role;

    if (!role_by_name(query.role, &role))
        query.role = SLICE("");
    for (size_t i = DIRECTORY_ENABLED; i <= DIRECTORY_DISABLED; i++)
        if (slice_is(request_value(request, "state"), states[i].code))
            query.state = (enum directory_state)i;
    return query;
}

/* The list's address from a line on, with what it is narrowed by. */
static struct slice address(struct request *request, const struct directory_query *query, const char *after)
{
    struct slice made;
    struct text out;

    text_init(&out);
    text_puts(&out, "/accounts");
    if (query->words.len)
        address_add(&out, "q", query->words);
    if (query->role.len)
        address_add(&out, "role", query->role);
    if (query->state)
        address_add(&out, "state", slice_of(states[query->state].code));
    if (after)
        address_add(&out, "after", slice_of(after));
    made = arena_copy(request->arena, text_slice(&out));
    text_release(&out);
    return made;
}

static json_t *line_json(struct request *request, const struct directory_line *from)
{
    json_t *line = json_object(), *roles = json_array();

    json_put(line, "href", slice_of(arena_print(request->arena, "/accounts/%lld", (long long)from->who.account)));
    json_put(line, "login", slice_of(from->who.login));
    json_put(line, "name", slice_of(from->who.name));
    json_object_set_new_nocheck(line, "party", party_json(request, from->who.party, from->party));
    for (size_t i = 0; i < from->who.grant_count; i++)
        json_array_append_new(roles, grant_json(request, &from->who.grants[i]));
    json_object_set_new_nocheck(line, "roles", roles);
    json_object_set_new_nocheck(line, "disabled", json_boolean(from->disabled));
    return line;
}

static json_t *all_roles(struct slice chosen)
{
    json_t *roles = json_array();

    for (enum role role = 0; role < ROLE_COUNT; role++)
        json_array_append_new(roles, option_json(role_name(role), role_label(role), role_label_en(role),
                                                 slice_is(chosen, role_name(role))));
    return roles;
}

static json_t *all_states(enum directory_state chosen)
{
    json_t *options = json_array();

    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        json_array_append_new(options, option_json(states[i].code, states[i].label, states[i].label_en, i == chosen));
    return options;
}

static void tools_add(struct request *request, const struct directory_query *query, json_t *list)
{
    struct err ignored;
    int64_t whose;

    if (query->party)
        json_put(list, "of", record_title(request->sql, &kind_party, query->party, request->arena));
    json_put(list, "q", query->words);
    json_object_set_new_nocheck(list, "roles", all_roles(query->role));
    json_object_set_new_nocheck(list, "states", all_states(query->state));
    if (accounts_whose(request, ACT_ACCOUNTS, &whose, &ignored))
        json_put(list, "new", SLICE("/accounts/new"));
    if (query->words.len || query->role.len || query->state)
        json_put(list, "clear", SLICE("/accounts"));
    if (query->after.len)
        json_put(list, "first", address(request, query, NULL));
    json_fill(list, "of new clear first next");
}

bool accounts_get(struct request *request, struct err *err)
{
    struct directory_line *found = arena_alloc(request->arena, DIRECTORY_PAGE * sizeof *found);
    struct directory_query query = read_query(request);
    json_t *document, *list, *lines;
    size_t count;
    bool more;

    if (!accounts_whose(request, ACT_ACCOUNTS_SEE, &query.party, err)
        || !directory_page(request->sql, &query, request->arena, found, &count, &more, err))
        return false;
    document = json_object();
    list = json_object();
    lines = json_array();
    json_object_set_new_nocheck(document, "accounts", list);
    json_object_set_new_nocheck(list, "lines", lines);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, line_json(request, &found[i]));
    if (more)
        json_put(list, "next", address(request, &query, found[count - 1].who.login));
    tools_add(request, &query, list);
    return request_page(request, "accounts", document);
}

/* --- one account --- */

/* Where a form of the page leads, with a request id of its own. */
static json_t *door_json(struct request *request, const struct account *account, const char *verb)
{
    json_t *door = json_object();

    json_put(door, "href", slice_of(arena_print(request->arena, "/accounts/%lld%s", (long long)account->id, verb)));
    json_put(door, "request_id", request_fresh(request));
    return door;
}

static struct slice who_did(struct request *request, const unsigned char *pseudonym)
{
    static const unsigned char program[LEAF_ACTOR];

    return memcmp(pseudonym, program, LEAF_ACTOR) == 0 ? say(request, N_("服务器上的命令行"))
                                                       : actor_name(request->sql, pseudonym, request->arena);
}

static json_t *role_line(struct request *request, const struct account *account, const struct directory_role *role, bool keeps)
{
    json_t *line = grant_json(request, &role->grant), *take;
    struct err ignored;
    struct object object = {.id = account->id, .owner = account->party, .beyond = !role_of_unit(role->grant.role)};

    json_object_set_new_nocheck(line, "at", json_integer(role->given_ms));
    json_put(line, "who", who_did(request, role->by));
    if (keeps && may(&request->actor, ACT_ACCOUNTS, &object, &ignored)) {
        take = door_json(request, account, "/roles");
        json_put(take, "code", slice_of(role_name(role->grant.role)));
        json_put(take, "reach", role->grant.scope ? slice_of(arena_print(request->arena, "%lld", (long long)role->grant.scope))
                                                  : SLICE(""));
        json_object_set_new_nocheck(line, "take", take);
    }
    json_fill(line, "take");
    return line;
}

static bool roles_add(struct request *request, const struct account *account, bool keeps, json_t *holder, struct err *err)
{
    struct directory_role roles[ACTOR_GRANTS];
    json_t *list = json_array();
    size_t count;

    json_object_set_new_nocheck(holder, "roles", list);
    if (!directory_roles(request->sql, account->id, roles, &count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, role_line(request, account, &roles[i], keeps));
    return true;
}

/* What was typed, or else what is. An address fills in no form: who follows a link would not see what he sends. */
static struct slice typed_or(const struct request *request, const char *name, struct slice is)
{
    struct slice typed = form_value(&request->form, name);

    return typed.at ? typed : is;
}

/* The forms that change it. On one's own account only one's name is for oneself to change. */
static void keep_add(struct request *request, const struct account *account, struct slice party, json_t *holder)
{
    bool oneself = request->actor.account == account->id, of_unit = actor_has(&request->actor, ROLE_UNIT_ADMIN);
    json_t *edit = door_json(request, account, ""), *give, *turn;

    json_object_set_new_nocheck(edit, "ver", json_integer(account->ver));
    json_put(edit, "login", typed_or(request, "login", slice_of(account->login)));
    json_put(edit, "name", typed_or(request, "name", slice_of(account->name)));
    json_put(edit, "party", typed_or(request, "party", party));
    json_put(edit, "person", typed_or(request, "person", account->person
                                                            ? slice_of(arena_print(request->arena, "#%lld", (long long)account->person))
                                                            : SLICE("")));
    json_object_set_new_nocheck(edit, "of_unit", json_boolean(of_unit));
    json_object_set_new_nocheck(holder, "edit", edit);
    if (oneself)
        return;
    give = door_json(request, account, "/roles");
    json_object_set_new_nocheck(give, "options", role_options(request, typed_or(request, "role", SLICE(""))));
    json_put(give, "scope", typed_or(request, "scope", SLICE("")));
    json_object_set_new_nocheck(give, "scoped", json_boolean(!of_unit));
    turn = door_json(request, account, account->disabled ? "/enable" : "/disable");
    json_object_set_new_nocheck(turn, "label", account->disabled ? label_json("enable", "启用", "Enable")
                                                                 : label_json("disable", "停用", "Disable"));
    json_object_set_new_nocheck(holder, "turn", turn);
    json_object_set_new_nocheck(holder, "password", door_json(request, account, "/password"));
    json_object_set_new_nocheck(holder, "give", give);
}

static int64_t sessions_of(struct request *request, const struct account *account)
{
    struct session_line lines[SESSIONS_AN_ACCOUNT];
    struct session session = {.account = account->id};
    struct actor actor;
    struct err ignored;
    size_t count;

    if (account->disabled || !actor_load(request->sql, account->id, &actor, &ignored)
        || !session_list(request->sql, &actor, &session, request->now_ms, request->arena, lines, &count, &ignored))
        return 0;
    return (int64_t)count;
}

/* --- its history --- */

static json_t *action_json(const struct directory_event *event)
{
    static const struct {
        const char *action, *label, *label_en;
    } labels[] = {{"account.make", "开账号", "Opened"}, {"account.edit", "修改", "Changed"},
                  {"account.disable", "停用", "Disabled"}, {"account.enable", "启用", "Enabled"},
                  {"account.grant", "授予角色", "Role given"}, {"account.revoke", "收回角色", "Role taken back"},
                  {"account.sign_in", "登录", "Signed in"}, {"account.lock", "连续输错密码，锁定一段时间", "Locked after wrong passwords"}};
    const char *action = event->leaf.action;

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i].action, action) == 0)
            return label_json(action, labels[i].label, labels[i].label_en);
    if (event->oneself)
        return label_json(action, "自己换了密码", "Changed the password");
    return event->leaf.part ? label_json(action, "给了初始密码", "First password given")
                            : label_json(action, "重设密码", "Password reset");
}

static json_t *event_json(struct request *request, const struct directory_event *event)
{
    json_t *line = event->granted ? grant_json(request, &event->grant) : json_object(), *changed = json_array();

    json_object_set_new_nocheck(line, "action", action_json(event));
    json_object_set_new_nocheck(line, "at", json_integer(event->leaf.time_ms));
    json_object_set_new_nocheck(line, "leaf", json_integer((json_int_t)event->leaf.index));
    json_put(line, "who", who_did(request, event->leaf.actor));
    if (event->login)
        json_array_append_new(changed, label_json("login", "登录名", "Login name"));
    if (event->name)
        json_array_append_new(changed, label_json("name", "姓名", "Name"));
    if (event->party)
        json_array_append_new(changed, label_json("party", "单位", "Organisation"));
    json_object_set_new_nocheck(line, "changed", changed);
    json_fill(line, "role scope");
    return line;
}

static bool history_add(struct request *request, const struct account *account, json_t *holder, struct err *err)
{
    struct directory_event *events = arena_alloc(request->arena, DIRECTORY_PAGE * sizeof *events);
    int64_t before = request_number(request, "before", 0);
    json_t *lines = json_array();
    size_t count;
    bool more;

    json_object_set_new_nocheck(holder, "history", lines);
    if (!directory_history(request->sql, account, before > 0 ? (uint64_t)before : LEDGER_END, events, &count, &more, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, event_json(request, &events[i]));
    if (more)
        json_put(holder, "older", slice_of(arena_print(request->arena, "/accounts/%lld?before=%llu", (long long)account->id,
                                                       (unsigned long long)events[count - 1].leaf.index)));
    return true;
}

/* --- the page --- */

static bool holder_fill(struct request *request, const struct account *account, json_t *holder, struct err *err)
{
    struct slice party = account->party ? record_title(request->sql, &kind_party, account->party, request->arena) : SLICE("");
    struct object object;
    struct err ignored;
    int64_t signed_in;
    bool keeps;

    if (!account_object(request->sql, account, &object, err)
        || !directory_signed_in(request->sql, account->id, &signed_in, err))
        return false;
    keeps = may(&request->actor, ACT_ACCOUNTS, &object, &ignored);
    json_put_id(holder, "id", account->id);
    json_put(holder, "login", slice_of(account->login));
    json_put(holder, "name", slice_of(account->name));
    json_object_set_new_nocheck(holder, "party", party_json(request, account->party, party));
    json_object_set_new_nocheck(holder, "disabled", json_boolean(account->disabled));
    json_object_set_new_nocheck(holder, "sessions", json_integer(sessions_of(request, account)));
    json_object_set_new_nocheck(holder, "signed_in", signed_in ? json_integer(signed_in) : json_null());
    if (keeps)
        keep_add(request, account, party, holder);
    return roles_add(request, account, keeps && request->actor.account != account->id, holder, err)
           && history_add(request, account, holder, err);
}

json_t *holder_document(struct request *request, const struct account *account, struct err *err)
{
    json_t *document = json_object(), *holder = json_object();

    json_object_set_new_nocheck(document, "holder", holder);
    if (!holder_fill(request, account, holder, err)) {
        json_decref(document);
        return NULL;
    }
    json_fill(holder, "edit turn password give error older");
    return document;
}

bool account_view(struct request *request, struct err *err)
{
    struct account account;
    json_t *document;

    if (!account_seek(request, ACT_ACCOUNTS_SEE, &account, err))
        return false;
    document = holder_document(request, &account, err);
    return document && request_page(request, "holder", document);
}

/* --- a new one --- */

void role_rows(const struct request *request, struct role_row rows[ROLE_ROWS])
{
    struct slice roles = request_values(request, "role"), scopes = request_values(request, "scope");

    for (size_t i = 0; i < ROLE_ROWS; i++) {
        rows[i] = (struct role_row){SLICE(""), SLICE("")};
        slice_cut(&roles, '\n', &rows[i].role);
        slice_cut(&scopes, '\n', &rows[i].scope);
    }
}

json_t *account_new_document(struct request *request, int64_t party)
{
    json_t *document = json_object(), *form = json_object(), *rows = json_array();
    struct role_row typed[ROLE_ROWS];

    role_rows(request, typed);
    for (int i = 0; i < ROLE_ROWS; i++) {
        json_t *row = json_object();

        json_object_set_new_nocheck(row, "n", json_integer(i + 1));
        json_object_set_new_nocheck(row, "options", role_options(request, typed[i].role));
        json_put(row, "scope", typed[i].scope);
        json_array_append_new(rows, row);
    }
    json_object_set_new_nocheck(form, "rows", rows);
    json_put(form, "request_id", request_token(request));
    json_put(form, "login", typed_or(request, "login", SLICE("")));
    json_put(form, "name", typed_or(request, "name", SLICE("")));
    json_put(form, "party", typed_or(request, "party", SLICE("")));
    if (party)
        json_put(form, "of", record_title(request->sql, &kind_party, party, request->arena));
    json_fill(form, "of error");
    json_object_set_new_nocheck(document, "account_new", form);
    return document;
}

bool account_new(struct request *request, struct err *err)
{
    int64_t party;

    return accounts_whose(request, ACT_ACCOUNTS, &party, err)
           && request_page(request, "account_new", account_new_document(request, party));
}

json_t *first_password_document(struct request *request, const struct account *account, const char *password, bool made)
{
    json_t *document = json_object(), *first = json_object();

    json_put_id(first, "id", account->id);
    json_put(first, "href", slice_of(arena_print(request->arena, "/accounts/%lld", (long long)account->id)));
    json_put(first, "login", slice_of(account->login));
    json_put(first, "name", slice_of(account->name));
    json_object_set_new_nocheck(first, "made", json_boolean(made));
    if (*password)
        json_put(first, "password", slice_of(password));
    json_fill(first, "password");
    json_object_set_new_nocheck(document, "first", first);
    return document;
}

void account_wrong(struct request *request, json_t *document, const struct err *err)
{
    json_t *error = json_object(), *wrong = json_object(), *form = json_object_get(document, "holder");

    json_put(error, "text", say_all(request, err));
    if (err->field[0])
        json_object_set_new_nocheck(wrong, err->field, json_true());
    json_object_set_new_nocheck(error, "wrong", wrong);
    json_object_set_new_nocheck(form ? form : json_object_get(document, "account_new"), "error", error);
}
