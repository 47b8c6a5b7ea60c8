/*
 * The reviewed table of access (tests/web/access.tsv) against may() and may_level(), on real records in real stores.
 * Every cell is tried, none may be left out, and no line of the table may be idle.
 */
#include "city_people.h"

#include "record/deal.h"

static const char *const objects[] = {"own", "colleague", "self", "foreign", "nda", "closed-own", "closed-foreign", "higher", "none"};
enum object_sort { OWN, COLLEAGUE, SELF, FOREIGN, NDA, CLOSED_OWN, CLOSED_FOREIGN, HIGHER, NONE, OBJECTS };

/* The actions as the table names them; the last is no action but the level of fields. */
static const char *const actions[] = {"see", "create", "edit", "close", "nda", "import", "import_any", "export", "history", "step", "register", "feedback",
                                      "accounts", "accounts_see", "ledger", "audit", "audit_views", "level"};
enum { LEVEL = ACT_COUNT, ACTIONS };

static const char *const levels[] = {"public", "signed_in", "nda", "own"};

enum { VISITOR = ROLE_COUNT, NO_ROLE, ROLES, NO_KIND = KIND_ALL };

/* --- the table --- */

enum { LINES = 220 };

struct line {
    struct slice columns[5]; /* role, action, kind, object, expected */
    long number;
    size_t used;
};

struct table {
    char *text;
    struct line lines[LINES];
    size_t count;
};

static void read_table(struct table *table, const char *path)
{
    struct slice rest, line;
    FILE *file = fopen(path, "rb");
    size_t len;
    long number = 0;

    if (!file)
        fail_msg("cannot read %s", path);
    table->text = calloc(1, 1 << 16);
    len = fread(table->text, 1, (1 << 16) - 1, file);
    fclose(file);
    table->count = 0;
    rest = (struct slice){table->text, len};
    while (slice_cut(&rest, '\n', &line)) {
        struct line *to = &table->lines[table->count];
        size_t n = 0;

        number++;
        if (line.len == 0 || line.at[0] == '#')
            continue;
        *to = (struct line){.number = number};
        while (n < 5 && slice_cut(&line, '\t', &to->columns[n]))
            n++;
        if (n != 5 || line.len || ++table->count == LINES)
            fail_msg("line %ld: five columns", number);
    }
}

static bool holds(struct slice list, const char *word)
{
    struct slice item;

    if (slice_is(list, "*"))
        return strcmp(word, "-") != 0;
    while (slice_cut(&list, ',', &item))
        if (slice_is(item, word))
            return true;
    return false;
}

/* Each word of a column must be one that the test knows: a slip of the pen must not pass as "matches nothing". */
static const char *role_word(size_t role)
{
    return role == VISITOR ? "visitor" : role == NO_ROLE ? "no_role" : role_name((enum role)role);
}

static const char *kind_word(size_t kind)
{
    return kind == NO_KIND ? "-" : kind_get((enum kind_id)kind)->name;
}

static struct line *find_line(struct table *table, size_t role, size_t action, size_t kind, size_t object)
{
    struct line *found = NULL;

    for (size_t i = 0; i < table->count; i++) {
        struct line *line = &table->lines[i];

        if (holds(line->columns[0], role_word(role)) && holds(line->columns[1], actions[action])
            && holds(line->columns[2], kind_word(kind)) && holds(line->columns[3], objects[object]))
            found = line;
    }
    return found;
}

/* --- the city --- */

struct world {
    struct town town;
    int64_t ours, theirs, closed_party;
    int64_t self;
    struct actor actors[ROLES];
    struct record records[KIND_ALL][OBJECTS];
    bool there[KIND_ALL][OBJECTS];
    struct arena arena;
};

static const char *const *fields_of(enum kind_id kind, const char *title, const char *party)
{
    static const char *fields[16];
    const char *person[] = {"name", title, "calling", "researcher", "skills", "轴承", "party", party, NULL};
    const char *achievement[] = {"title", title, "abstract", "用于含沙介质的离心泵,寿命由三千小时提高到八千小时。", NULL};
    const char *need[] = {"title", title, "now", "轴承寿命只有三千小时,停机频繁。", NULL};
    const char *scenario[] = {"title", title, "about", "在石化泵房里试用一年,提供安装条件和数据。", NULL};
    const char *service[] = {"title", title, "sort", "pilot", "about", "含沙介质泵的台架试验,可连续运行两千小时,出具检测报告。", NULL};
    const char *policy[] = {"title", title, "gives", "按技术交易额给予补助。", "basis", "示例〔2026〕1号", NULL};
    const char **all[KIND_COUNT] = {[KIND_PERSON] = person,     [KIND_ACHIEVEMENT] = achievement, [KIND_NEED] = need,
                                    [KIND_SCENARIO] = scenario, [KIND_SERVICE] = service,         [KIND_POLICY] = policy};
    size_t n = 0;

    for (; all[kind][n]; n++)
        fields[n] = all[kind][n];
    fields[n] = NULL;
    return fields;
}

static void load_record(struct world *world, enum kind_id kind, int64_t id, enum object_sort object)
{
    struct sql *sql = town_look(&world->town);
    struct err err;

    if (!record_get(sql, kind_get(kind), id, &world->arena, &world->records[kind][object], &err))
        fail_msg("%s", err.message);
    world->there[kind][object] = true;
    store_read_end(world->town.store, sql);
}

static void close_record(struct world *world, enum kind_id kind, int64_t id)
{
    struct submission submission;
    struct err err;

    town_submission(&world->town, &submission, kind_get(kind), NULL);
    submission.verb = SUBMIT_CLOSE;
    submission.record.id = id;
    assert_done(store_write(world->town.store, submission.request_id, submit_step, &submission, &err), err);
}

static bool set_author(struct sql *sql, void *arg, struct err *err)
{
    const struct record *record = arg;

    return sql_put(sql, "UPDATE achievement SET author = ?1 WHERE id = ?2",
                   SQL_ARGS(sql_int(record->author), sql_int(record->id)), err);
}

static int64_t add_record(struct world *world, enum kind_id kind, enum object_sort object)
{
    bool foreign = object == FOREIGN || object == NDA || object == CLOSED_FOREIGN;
    struct submission submission;
    char title[64], party[24];
    struct err err;

    snprintf(title, sizeof title, "耐磨轴承试验 %s", objects[object]);
    snprintf(party, sizeof party, "%lld", (long long)(foreign ? world->theirs : world->ours));
    town_submission(&world->town, &submission, kind_get(kind), NULL);
    submission.record.owner = foreign ? world->theirs : world->ours;
    if (town_submit(&world->town, NULL, &submission, fields_of(kind, title, party), &err) != STORE_DONE)
        fail_msg("%s %s: %s %s", kind_word(kind), objects[object], err.message, err.hint);
    if (kind == KIND_ACHIEVEMENT && (object == OWN || object == CLOSED_OWN)) {
        struct record disclosed = {.id = submission.id, .author = world->actors[ROLE_RESEARCHER].account};

        assert_done(store_write(world->town.store, "", set_author, &disclosed, &err), err);
    }
    if (object == CLOSED_OWN || object == CLOSED_FOREIGN)
        close_record(world, kind, submission.id);
    return submission.id;
}

static void give_leave(struct world *world, enum kind_id kind, int64_t id)
{
    struct order order;
    struct err err;

    town_order(&world->town, &order, NULL);
    order.kind = kind_get(kind);
    order.object = id;
    order.party = world->ours;
    assert_done(town_do(&world->town, nda_grant_step, &order, &err), err);
}

static bool object_makes_sense(size_t kind, size_t object)
{
    if (kind == KIND_PARTY)
        return object == OWN || object == FOREIGN || object == CLOSED_FOREIGN;
    return object != NONE && object != HIGHER && (object != COLLEAGUE || kind == KIND_ACHIEVEMENT) && (object != SELF || kind == KIND_PERSON);
}

static void make_records(struct world *world)
{
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t object = 0; object < OBJECTS; object++) {
            int64_t id;

            if (kind == KIND_PARTY || !object_makes_sense(kind, object))
                continue;
            id = object == SELF ? world->self : add_record(world, (enum kind_id)kind, (enum object_sort)object);
            if (object == NDA)
                give_leave(world, (enum kind_id)kind, id);
            load_record(world, (enum kind_id)kind, id, (enum object_sort)object);
        }
    load_record(world, KIND_PARTY, world->ours, OWN);
    load_record(world, KIND_PARTY, world->theirs, FOREIGN);
    load_record(world, KIND_PARTY, world->closed_party, CLOSED_FOREIGN);
}

/* Deals and what lies in their files: how they come about is work/deal.h's, who may see them depends on owner, region and status. */
static void make_papers(struct world *world)
{
    static const enum object_sort sorts[] = {OWN, FOREIGN, CLOSED_OWN, CLOSED_FOREIGN};

    for (size_t kind = KIND_DEAL; kind < KIND_ALL; kind++)
        for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
            bool foreign = sorts[i] == FOREIGN || sorts[i] == CLOSED_FOREIGN;
            struct record *record = &world->records[kind][sorts[i]];

            *record = (struct record){.kind = kind_get((enum kind_id)kind), .id = (int64_t)(5000 + 10 * kind + i), .ver = 1,
                                      .owner = foreign ? world->theirs : world->ours,
                                      .status = sorts[i] == CLOSED_OWN || sorts[i] == CLOSED_FOREIGN ? RECORD_CLOSED : RECORD_OPEN};
            if (kind == KIND_DEAL)
                record->values[DEAL_REGION] = (struct value){.known = true, .text = foreign ? SLICE("623001") : SLICE("620102")};
            world->there[kind][sorts[i]] = true;
        }
}

static bool has_no_party(size_t role)
{
    return role == ROLE_CITY_OFFICER || role == ROLE_COUNTY_OFFICER || role == ROLE_PARK_OFFICER || role == ROLE_AUDITOR
           || role == ROLE_SYSTEM_ADMIN || role == ROLE_SECURITY_ADMIN || role == ROLE_AUDIT_ADMIN;
}

static int64_t make_account(struct world *world, const char *login, bool alone)
{
    struct order order;
    struct err err;

    town_order(&world->town, &order, NULL);
    assert_true(order_account(&order, slice_of(login), SLICE("张三"), alone ? 0 : world->ours, &err));
    order.account.person = alone ? 0 : world->self;
    snprintf(order.hash, sizeof order.hash, "%s", town_hash(town_password));
    assert_done(town_do(&world->town, account_make_step, &order, &err), err);
    return order.account.id;
}

static void make_actors(struct world *world)
{
    for (size_t role = 0; role < ROLES; role++) {
        char login[32];
        int64_t account;

        if (role == VISITOR)
            continue;
        snprintf(login, sizeof login, "role-%zu", role);
        account = make_account(world, login, has_no_party(role));
        if (role == ROLE_CITY_OFFICER)
            town_grant(&world->town, account, ROLE_CITY_OFFICER, SCOPE_DIVISION, 620100);
        else if (role == ROLE_COUNTY_OFFICER)
            town_grant(&world->town, account, ROLE_COUNTY_OFFICER, SCOPE_DIVISION, 620102);
        else if (role == ROLE_PARK_OFFICER)
            town_grant(&world->town, account, ROLE_PARK_OFFICER, SCOPE_PARTY, world->ours);
        else if (role == ROLE_REGISTRAR)
            town_grant(&world->town, account, ROLE_REGISTRAR, SCOPE_DIVISION, 620102);
        else if (role < ROLE_COUNT)
            town_grant(&world->town, account, (enum role)role, SCOPE_ALL, 0);
        town_actor(&world->town, account, &world->actors[role]);
    }
}

static void world_open(struct world *world, void **state)
{
    *world = (struct world){0};
    arena_init(&world->arena);
    town_open(&world->town, state);
    world->ours = town_party(&world->town, "兰州某泵业", "620102");
    world->theirs = town_party(&world->town, "合作某乳业", "623001");
    world->closed_party = town_party(&world->town, "合作某旧厂", "623001");
    close_record(world, KIND_PARTY, world->closed_party);
    world->self = add_record(world, KIND_PERSON, SELF);
    make_actors(world);
    make_records(world);
    make_papers(world);
}

static void world_close(struct world *world)
{
    arena_release(&world->arena);
    town_close(&world->town);
}

/* --- trying --- */

static bool is_new(size_t action)
{
    return action == ACT_CREATE || action == ACT_IMPORT || action == ACT_IMPORT_ANY || action == ACT_EXPORT;
}

static bool is_account(size_t action)
{
    return action == ACT_ACCOUNTS || action == ACT_ACCOUNTS_SEE;
}

static bool is_cell(const struct world *world, size_t action, size_t kind, size_t object)
{
    if (is_account(action))
        return kind == NO_KIND && (object == OWN || object == HIGHER || object == FOREIGN || object == NONE);
    if (action == ACT_LEDGER || action == ACT_AUDIT || action == ACT_AUDIT_VIEWS)
        return kind == NO_KIND && object == NONE;
    if (kind == NO_KIND)
        return false;
    if (is_new(action))
        return object == OWN || object == FOREIGN || object == NONE;
    if (action == LEVEL && (object == CLOSED_OWN || object == CLOSED_FOREIGN))
        return false;
    return world->there[kind][object];
}

/* What a handler puts together for a record that is not there yet: for whom, and where that is. */
static struct object new_object(const struct world *world, size_t action, size_t kind, size_t object)
{
    struct object made = {.kind = kind_get((enum kind_id)kind)};

    if (object == NONE)
        return made;
    made.region = object == OWN ? 620102 : 623001;
    if (kind != KIND_PARTY || action == ACT_EXPORT)
        made.owner = object == OWN ? world->ours : world->theirs;
    return made;
}

static struct object object_for(const struct world *world, struct sql *sql, const struct actor *actor, size_t action,
                                size_t kind, size_t object)
{
    struct object made = {0};
    struct err err;

    if (is_account(action) && object != NONE)
        return (struct object){.id = 4711, .owner = object == FOREIGN ? world->theirs : world->ours, .beyond = object == HIGHER};
    if (kind == NO_KIND)
        return made;
    if (is_new(action))
        return new_object(world, action, kind, object);
    if (!object_of(sql, &world->records[kind][object], actor, &made, &err))
        fail_msg("%s", err.message);
    return made;
}

static const char *answer(const struct actor *actor, size_t action, const struct object *object)
{
    struct err err = {0};

    if (action == LEVEL)
        return levels[may_level(actor, object)];
    if (may(actor, (enum action)action, object, &err))
        return "yes";
    return err.code == ERR_SIGN_IN ? "sign_in" : err.code == ERR_DENIED ? "denied" : err.code == ERR_MISSING ? "missing" : "?";
}

/* true: as the table says. */
static bool try_cell(struct world *world, struct sql *sql, struct table *table, size_t role, size_t action, size_t kind,
                     size_t object)
{
    const struct actor *actor = &world->actors[role];
    struct object made = object_for(world, sql, actor, action, kind, object);
    struct line *line = find_line(table, role, action, kind, object);
    const char *got = answer(actor, action, &made);

    if (!line) {
        print_error("%s %s %s %s: no line\n", role_word(role), actions[action], kind_word(kind), objects[object]);
        return false;
    }
    line->used++;
    if (slice_is(line->columns[4], got))
        return true;
    print_error("line %ld: %s %s %s %s: expected %.*s, is %s\n", line->number, role_word(role), actions[action],
                kind_word(kind), objects[object], (int)line->columns[4].len, line->columns[4].at, got);
    return false;
}

static void every_cell_is_as_the_table_says(void **state)
{
    static struct world world;
    static struct table table;
    size_t tried = 0, wrong = 0;
    struct sql *sql;

    read_table(&table, TQ_ACCESS);
    world_open(&world, state);
    sql = town_look(&world.town);
    for (size_t role = 0; role < ROLES; role++)
        for (size_t action = 0; action < ACTIONS; action++)
            for (size_t kind = 0; kind <= NO_KIND; kind++)
                for (size_t object = 0; object < OBJECTS; object++)
                    if (is_cell(&world, action, kind, object)) {
                        tried++;
                        wrong += !try_cell(&world, sql, &table, role, action, kind, object);
                    }
    store_read_end(world.town.store, sql);
    for (size_t i = 0; i < table.count; i++)
        if (!table.lines[i].used) {
            print_error("line %ld decides nothing\n", table.lines[i].number);
            wrong++;
        }
    print_message("# %zu cells\n", tried);
    assert_int_equal(wrong, 0);
    assert_true(tried > 5000);
    free(table.text);
    world_close(&world);
}

/* --- fields --- */

static void actor_of(struct world *world, struct sql *sql, size_t role, const struct record *record, struct object *object)
{
    struct err err;

    assert_true(object_of(sql, record, &world->actors[role], object, &err));
}

static int64_t add_with(struct world *world, const struct kind *kind, int64_t owner, const char *const *fields)
{
    struct submission submission;
    struct err err;

    town_submission(&world->town, &submission, kind, NULL);
    submission.record.owner = owner;
    assert_done(town_submit(&world->town, NULL, &submission, fields, &err), err);
    return submission.id;
}

static bool sees(struct world *world, size_t role, const struct kind *kind, int64_t id, const char *field)
{
    struct sql *sql = town_look(&world->town);
    struct object object;
    struct record record;
    struct err err;
    bool seen;

    assert_true(record_get(sql, kind, id, &world->arena, &record, &err));
    actor_of(world, sql, role, &record, &object);
    seen = field ? may_see_field(&world->actors[role], &object, &record, (size_t)kind_field(kind, field))
                 : may_see_owner(&world->actors[role], &object, &record);
    store_read_end(world->town.store, sql);
    return seen;
}

static void unfiled_technique_is_the_owners_alone(void **state)
{
    static const char *const unfiled[] = {"title", "未申请专利的轴承", "abstract", "用于含沙介质的离心泵,寿命提高到八千小时。",
                                          "detail", "在滚道表面做渗硼处理。", NULL};
    static const char *const filed[] = {"title", "已申请专利的轴承", "abstract", "用于含沙介质的离心泵,寿命提高到八千小时。",
                                        "detail", "在滚道表面做渗硼处理。", "rights", "发明专利 ZL202110123456.0 2021-01-29 有效", NULL};
    static struct world world;
    int64_t secret, under_nda;

    world_open(&world, state);
    secret = add_with(&world, &kind_achievement, world.theirs, unfiled);
    under_nda = add_with(&world, &kind_achievement, world.theirs, filed);
    give_leave(&world, KIND_ACHIEVEMENT, secret);
    give_leave(&world, KIND_ACHIEVEMENT, under_nda);
    assert_true(sees(&world, ROLE_MEMBER, &kind_achievement, under_nda, "detail"));
    assert_false(sees(&world, ROLE_COMMITTEE, &kind_achievement, under_nda, "detail"));
    for (size_t role = 0; role < ROLES; role++)
        assert_int_equal(sees(&world, role, &kind_achievement, secret, "detail"), role == ROLE_AUDITOR);
    world_close(&world);
}

static void a_hidden_firm_is_known_to_itself_and_the_auditor(void **state)
{
    static const char *const hidden[] = {"title", "减少含沙介质磨损", "now", "轴承寿命只有三千小时,停机频繁。", "hidden", "是",
                                         "alias", "某石化企业", NULL};
    static struct world world;
    int64_t ours, theirs;

    world_open(&world, state);
    ours = add_with(&world, &kind_need, world.ours, hidden);
    theirs = add_with(&world, &kind_need, world.theirs, hidden);
    give_leave(&world, KIND_NEED, theirs);
    assert_true(sees(&world, ROLE_MEMBER, &kind_need, ours, NULL));
    for (size_t role = 0; role < ROLES; role++)
        assert_int_equal(sees(&world, role, &kind_need, theirs, NULL), role == ROLE_AUDITOR);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(every_cell_is_as_the_table_says),
        ON_BOTH(unfiled_technique_is_the_owners_alone),
        ON_BOTH(a_hidden_firm_is_known_to_itself_and_the_auditor),
    };

    return run_places(tests);
}
