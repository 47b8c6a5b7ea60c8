/*
 * tieqiao init: the data folder and the three administrators. tieqiao account: further accounts.
 * First passwords are shown once and kept in DATA/first-sign-in.txt (0600) until somebody removes it.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/ident.h"
#include "base/text.h"
#include "cli/verb.h"
#include "work/account.h"
#include "work/password_pool.h"
#include "work/submit.h"

struct opening {
    struct city *city;
    struct actor actor;      /* the program itself */
    struct text noted;       /* what goes into first-sign-in.txt */
    const char *password;    /* one for all (example accounts), or NULL: each its own */
};

/* Appends to DATA/first-sign-in.txt, for its owner's eyes only. */
static bool note_down(const struct where *where, const struct text *lines, struct err *err)
{
    struct text path;
    int file;
    bool ok;

    if (lines->len == 0)
        return true;
    text_init(&path);
    text_print(&path, "%s/first-sign-in.txt", where->data);
    file = open(path.at, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ok = file >= 0 && write(file, lines->at, lines->len) == (ssize_t)lines->len;
    if (!ok)
        err_set(err, ERR_IO, "写不了 %s:%s", path.at, strerror(errno));
    if (file >= 0)
        close(file);
    text_release(&path);
    return ok;
}

/* Each order a request id of its own: nobody repeats these. */
static struct slice fresh_id(char out[2 * LEAF_SALT + 1])
{
    unsigned char bytes[LEAF_SALT];

    seal_random(bytes, sizeof bytes);
    seal_hex(bytes, sizeof bytes, out);
    return slice_of(out);
}

static bool write_order(struct opening *opening, store_step *step, struct order *order, struct err *err)
{
    return store_write(opening->city->store, order->request_id, step, order, err) == STORE_DONE;
}

static bool give_role(struct opening *opening, int64_t account, struct role_grant grant, struct err *err)
{
    char id[2 * LEAF_SALT + 1];
    struct order order;

    order_init(&order, &opening->actor, fresh_id(id));
    order.account.id = account;
    order.grant = grant;
    return write_order(opening, role_grant_step, &order, err);
}

static bool there_already(struct opening *opening, const char *login, bool *there, struct err *err)
{
    struct account account;
    struct sql *sql;
    bool ok;

    if (!store_read(opening->city->store, &sql, err))
        return false;
    ok = account_by_login(sql, slice_of(login), &account, there, err);
    store_read_end(opening->city->store, sql);
    return ok;
}

static bool resolve(struct opening *opening, struct slice name, int64_t *party, struct err *err)
{
    struct sql *sql;
    bool ok;

    *party = 0;
    if (name.len == 0)
        return true;
    if (!store_read(opening->city->store, &sql, err))
        return false;
    ok = party_resolve(sql, name, party, err);
    store_read_end(opening->city->store, sql);
    return ok && (*party || err_set(err, ERR_INVALID, "没有找到单位“%.*s”", (int)name.len, name.at)
                          || err_hint(err, "填已登记单位的全称或统一社会信用代码"));
}

/* One account with its roles; nothing if the login name is there already. */
static bool open_account(struct opening *opening, struct slice login, struct slice name, struct slice party,
                         const struct role_grant *grants, size_t count, struct err *err)
{
    struct order order;
    char first[PASSWORD_FIRST_TEXT], id[2 * LEAF_SALT + 1];
    int64_t party_id;
    bool there, ok;

    order_init(&order, &opening->actor, fresh_id(id));
    if (!resolve(opening, party, &party_id, err) || !order_account(&order, login, name, party_id, err)
        || !there_already(opening, order.account.login, &there, err))
        return false;
    if (there)
        return true;
    password_first(first);
    order.given = opening->password == NULL;
    ok = password_hash_now(slice_of(opening->password ? opening->password : first), order.hash, err)
         && write_order(opening, account_make_step, &order, err);
    for (size_t i = 0; ok && i < count; i++)
        ok = give_role(opening, order.account.id, grants[i], err);
    if (ok)
        text_print(&opening->noted, "%-14s %-24s %.*s\n", order.account.login,
                   opening->password ? opening->password : first, (int)name.len, name.at);
    seal_wipe(first, sizeof first);
    return ok;
}

static void opening_start(struct opening *opening, struct city *city)
{
    *opening = (struct opening){.city = city};
    actor_program(&opening->actor);
    text_init(&opening->noted);
}

/* --- init --- */

static bool open_administrators(struct opening *opening, struct err *err)
{
    static const struct {
        const char *login, *name;
        enum role role;
    } three[] = {{"system", "系统管理员", ROLE_SYSTEM_ADMIN},
                 {"security", "安全管理员", ROLE_SECURITY_ADMIN},
                 {"audit", "审计管理员", ROLE_AUDIT_ADMIN}};

    for (size_t i = 0; i < sizeof three / sizeof *three; i++) {
        struct role_grant grant = {.role = three[i].role, .scope_kind = SCOPE_ALL};

        if (!open_account(opening, slice_of(three[i].login), slice_of(three[i].name), SLICE(""), &grant, 1, err))
            return false;
    }
    return true;
}

int verb_init(int argc, char **argv, const struct where *where)
{
    struct opening opening;
    struct city *city;
    struct err err;
    bool ok;

    (void)argv;
    if (argc > 1)
        return verb_usage("用法:tieqiao init [--data DIR] [--db URL]");
    if (!verb_open(where, VERB_ALONE, &city, &err))
        return verb_failed(&err);
    opening_start(&opening, city);
    ok = open_administrators(&opening, &err) && note_down(where, &opening.noted, &err);
    text_release(&opening.noted);
    city_close(city);
    return ok ? EXIT_DONE : verb_failed(&err);
}

/* --- account load FILE.tsv: login, name, organisation, roles ("member,researcher,city_officer@620100,park_officer@organisation", or none) --- */

enum { GRANTS_MOST = ACTOR_GRANTS, FILE_MOST = 1 << 20 };

/* "city_officer", "county_officer@620102", "park_officer@organisation" */
static bool read_grant(struct opening *opening, struct slice word, struct role_grant *grant, struct err *err)
{
    struct slice scope = word, name;

    slice_cut(&scope, '@', &name);
    *grant = (struct role_grant){.scope_kind = SCOPE_ALL};
    if (!role_by_name(name, &grant->role))
        return err_set(err, ERR_INVALID, "没有叫“%.*s”的角色", (int)name.len, name.at)
               || err_hint(err, "如 member、unit_admin、city_officer@620100;全部角色见 docs/running.md 的“账号”");
    if (!scope.at || scope.len == 0)
        return true;
    grant->scope_kind = SCOPE_DIVISION;
    if (scope.len == 6 && ident_parse(scope, &grant->scope))
        return true;
    grant->scope_kind = SCOPE_PARTY;
    return resolve(opening, scope, &grant->scope, err);
}

static bool load_line(struct opening *opening, struct slice line, struct err *err)
{
    struct slice login, name, party, roles = SLICE(""), word;
    struct role_grant grants[GRANTS_MOST];
    size_t count = 0;

    if (!slice_cut(&line, '\t', &login) || !slice_cut(&line, '\t', &name) || !slice_cut(&line, '\t', &party)
        || !slice_cut(&line, '\t', &roles))
        return err_set(err, ERR_INVALID, "要有四列:账号、姓名、单位、角色,用制表符分开");
    while (count < GRANTS_MOST && slice_cut(&roles, ',', &word))
        if (slice_trim(word).len && !read_grant(opening, slice_trim(word), &grants[count++], err))
            return false;
    return open_account(opening, login, name, party, grants, count, err);
}

static bool load_text(struct opening *opening, struct slice text, struct err *err)
{
    struct slice line;
    long number = 0;

    while (slice_cut(&text, '\n', &line)) {
        number++;
        if (slice_trim(line).len == 0 || line.at[0] == '#')
            continue;
        if (!load_line(opening, line, err)) {
            struct err why = *err;

            err_set(err, why.code, "第 %ld 行:%.300s", number, why.message);
            return err_hint(err, "%.230s", why.hint);
        }
    }
    return true;
}

static bool load_file(struct opening *opening, const char *path, struct err *err)
{
    FILE *file = fopen(path, "re");
    char *bytes;
    size_t len;
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "打不开 %s:%s", path, strerror(errno));
    bytes = malloc(FILE_MOST);
    len = bytes ? fread(bytes, 1, FILE_MOST, file) : 0;
    fclose(file);
    ok = load_text(opening, (struct slice){bytes, len}, err);
    free(bytes);
    return ok;
}

static bool add_one(struct opening *opening, int *argc, char **argv, struct err *err)
{
    bool missing = false;
    const char *name = option_take(argc, argv, "--name", &missing), *party = option_take(argc, argv, "--party", &missing),
               *role = option_take(argc, argv, "--role", &missing);
    struct role_grant grant;

    if (missing || !name || !role || *argc != 3)
        return err_set(err, ERR_INVALID, "用法:tieqiao account add 账号 --name 姓名 --role 角色 [--party 单位]");
    return read_grant(opening, slice_of(role), &grant, err)
           && open_account(opening, slice_of(argv[2]), slice_of(name), slice_of(party ? party : ""), &grant, 1, err);
}

/* --- account disable LOGIN, account enable LOGIN --- */

/* A disabled account's sessions end in the same step. */
static bool switch_account(struct opening *opening, const char *typed, store_step *step, struct err *err)
{
    char login[LOGIN_TEXT], id[2 * LEAF_SALT + 1];
    struct account account;
    struct order order;
    struct sql *sql;
    bool found = false, ok;

    if (!login_normal(slice_of(typed), login, err) || !store_read(opening->city->store, &sql, err))
        return false;
    ok = account_by_login(sql, slice_of(login), &account, &found, err);
    store_read_end(opening->city->store, sql);
    if (!ok || !found)
        return ok && (err_set(err, ERR_MISSING, "没有账号 %s", login) || err_hint(err, "请检查登录名"));
    order_init(&order, &opening->actor, fresh_id(id));
    order.account.id = account.id;
    return write_order(opening, step, &order, err);
}

static bool account_do(struct opening *opening, int argc, char **argv, struct err *err)
{
    if (strcmp(argv[1], "load") == 0)
        return load_file(opening, argv[2], err);
    if (strcmp(argv[1], "add") == 0)
        return add_one(opening, &argc, argv, err);
    return switch_account(opening, argv[2], strcmp(argv[1], "disable") == 0 ? account_disable_step : account_enable_step,
                          err);
}

static bool account_call_fits(int argc, char **argv)
{
    if (argc < 3)
        return false;
    return strcmp(argv[1], "add") == 0
           || (argc == 3 && (strcmp(argv[1], "load") == 0 || strcmp(argv[1], "disable") == 0 || strcmp(argv[1], "enable") == 0));
}

int verb_account(int argc, char **argv, const struct where *where)
{
    struct opening opening;
    struct city *city;
    struct err err;
    char shared[PASSWORD_FIRST_TEXT];
    bool ok;

    if (!account_call_fits(argc, argv))
        return verb_usage("用法:tieqiao account add 账号 --name 姓名 --role 角色 [--party 单位],account load FILE.tsv,"
                          "account disable 账号,或 account enable 账号");
    if (!verb_open(where, VERB_ALONE, &city, &err))
        return verb_failed(&err);
    opening_start(&opening, city);
    password_first(shared);
    opening.password = strcmp(argv[1], "load") == 0 ? shared : NULL;
    ok = account_do(&opening, argc, argv, &err) && note_down(where, &opening.noted, &err);
    if (ok && strcmp(argv[1], "add") == 0)
        printf("%s", opening.noted.at ? opening.noted.at : "这个账号已经有了\n");
    text_release(&opening.noted);
    city_close(city);
    return ok ? EXIT_DONE : verb_failed(&err);
}
