/* The tasks of accounts: init, and account with what is to be done. */
#include "base/json.h"
#include "base/text.h"
#include "cli/opening.h"
#include "work/roster.h"

/* --- what is asked --- */

static struct slice word_of(const struct opening *opening, const char *name)
{
    return slice_of(task_text(opening->task, name));
}

static void tell_roles(const struct opening *opening)
{
    task_said(opening->task, "角色有：");
    for (enum role role = 0; role < ROLE_COUNT; role++)
        task_said(opening->task, "  %-18s %s", role_name(role), role_label(role));
}

/* "city_officer", "county_officer@620102,park_officer@organisation" */
static bool roles_read(struct opening *opening, struct slice words, struct role_grant *grants, size_t *count, struct err *err)
{
    struct store *store = opening->task->city->store;
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = grants_read(sql, words, grants, count, err);
    store_read_end(store, sql);
    if (!ok && strcmp(err->field, "role") == 0)
        tell_roles(opening);
    return ok;
}

/* --- add, load --- */

static bool opened_read(struct opening *opening, struct slice party, struct slice roles, struct opened *opened,
                        struct err *err)
{
    return opening_party(opening, party, &opened->party, err)
           && roles_read(opening, roles, opened->grants, &opened->grant_count, err);
}

static void tell_notes(const struct opening *opening, const char *what)
{
    char *path = opening_notes(opening->task->city);

    task_said(opening->task, "%s；它也记在 %s", what, path);
    free(path);
}

static bool add(struct opening *opening, struct err *err)
{
    struct opened opened = {.login = word_of(opening, "login"), .name = word_of(opening, "name")};

    if (!opened_read(opening, word_of(opening, "party"), word_of(opening, "role"), &opened, err)
        || !opening_account(opening, &opened, err))
        return false;
    if (opening->there)
        task_said(opening->task, "账号 %s 已经有了，没有改动；要新的初始密码，用 tieqiao account password %s",
                  task_text(opening->task, "login"), task_text(opening->task, "login"));
    else
        tell_notes(opening, "第一次登录要换掉这个密码");
    return true;
}

/* login, name, organisation, roles and, where there is one, whose record among the people it is */
static bool line_read(struct opening *opening, struct slice line, struct opened *opened, struct err *err)
{
    struct slice party, roles = SLICE(""), person = SLICE("");

    if (!slice_cut(&line, '\t', &opened->login) || !slice_cut(&line, '\t', &opened->name) || !slice_cut(&line, '\t', &party)
        || !slice_cut(&line, '\t', &roles)) {
        err_set(err, ERR_INVALID, "要有四列：账号、姓名、单位、角色，用制表符分开；第五列可以写本人的人员记录");
        return err_hint(err, "没有单位或角色的，那一列空着");
    }
    slice_cut(&line, '\t', &person);
    return opened_read(opening, party, roles, opened, err) && opening_person(opening, person, opened->party, &opened->person, err);
}

static bool line_check(struct opening *opening, const struct opened *opened, struct err *err)
{
    struct order order = {0};

    (void)opening;
    return order_account(&order, opened->login, opened->name, opened->party, err);
}

static int64_t lines_of(struct slice text)
{
    struct slice line;
    int64_t count = 0;

    while (slice_cut(&text, '\n', &line))
        count++;
    return count;
}

static bool is_account(struct slice line)
{
    return slice_trim(line).len > 0 && line.at[0] != '#';
}

static bool at_line(long number, struct err *err)
{
    struct err why = *err;

    err_set(err, why.code, "第 %ld 行：%.300s", number, why.message);
    return err_hint(err, "%.230s", why.hint);
}

/* Does the same with each line. */
static bool each_line(struct opening *opening, struct slice text, const char *label,
                      bool (*fn)(struct opening *, const struct opened *, struct err *), struct err *err)
{
    const struct task *task = opening->task;
    int64_t total = lines_of(text);
    struct slice line;
    long number = 0;

    while (slice_cut(&text, '\n', &line)) {
        struct opened opened = {0};

        number++;
        if (task->stopping && atomic_load(task->stopping))
            return err_set(err, ERR_BUSY, "停在第 %ld 行", number) || err_hint(err, "再运行一次接着做，已有的不会重复");
        if (is_account(line) && !(line_read(opening, line, &opened, err) && fn(opening, &opened, err)))
            return at_line(number, err);
        task_moved(task, label, number, total);
    }
    return true;
}

/* All lines are looked at before the first account is made. */
static bool load(struct opening *opening, struct err *err)
{
    struct slice text = word_of(opening, "text");
    char *path;
    bool ok;

    if (text.len >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0)
        text = (struct slice){text.at + 3, text.len - 3};
    opening->silent = true;
    ok = each_line(opening, text, "核对账号", line_check, err) && each_line(opening, text, "开账号", opening_account, err);
    path = opening_notes(opening->task->city);
    if (opening->made)
        task_said(opening->task, "新开账号 %lld 个，初始密码记在 %s", (long long)opening->made, path);
    if (opening->there || (ok && !opening->made))
        task_said(opening->task, "已经有的账号 %lld 个，没有改动", (long long)opening->there);
    free(path);
    return ok;
}

/* --- of an account that is there --- */

static bool password(struct opening *opening, struct err *err)
{
    struct account account;

    if (!opening_find(opening, word_of(opening, "login"), &account, err) || !opening_password(opening, &account, err))
        return false;
    tell_notes(opening, "原来的密码和登录都已失效，第一次登录要换掉这个新密码");
    return true;
}

static bool switch_account(struct opening *opening, bool disable, struct err *err)
{
    static const char *const said[2][2] = {{"本来就没有停用", "已启用"}, {"已停用，它的登录都已结束", "本来就是停用的"}};
    struct account account;

    if (!opening_find(opening, word_of(opening, "login"), &account, err)
        || !opening_order(opening, disable ? account_disable_step : account_enable_step, &account, NULL, err))
        return false;
    task_said(opening->task, "%s(%s)%s", account.login, account.name, said[disable][account.disabled]);
    return true;
}

static bool disable(struct opening *opening, struct err *err)
{
    return switch_account(opening, true, err);
}

static bool enable(struct opening *opening, struct err *err)
{
    return switch_account(opening, false, err);
}

static bool role_change(struct opening *opening, store_step *step, const char *done, struct err *err)
{
    struct role_grant grants[ACTOR_GRANTS], *grant = grants;
    struct account account;
    size_t count;

    if (!opening_find(opening, word_of(opening, "login"), &account, err)
        || !roles_read(opening, word_of(opening, "role"), grants, &count, err))
        return false;
    if (count != 1)
        return err_set(err, ERR_INVALID, "一次授予或收回一个角色") || err_hint(err, "写一个角色，如 county_officer@620102");
    if (!opening_order(opening, step, &account, grant, err))
        return err->code == ERR_MISSING
               && err_hint(err, "tieqiao account list 列出它的角色；有管辖范围的要写全，如 county_officer@620102");
    task_said(opening->task, "%s %s(%s):%s；它的登录都已结束，再登录后生效", done, account.login, account.name,
              role_label(grant->role));
    return true;
}

static bool role_add(struct opening *opening, struct err *err)
{
    return role_change(opening, role_grant_step, "授予", err);
}

static bool role_remove(struct opening *opening, struct err *err)
{
    return role_change(opening, role_revoke_step, "收回", err);
}

/* --- list --- */

static bool line_tell(void *arg, const struct roster_line *line)
{
    const struct opening *opening = arg;
    struct text text;
    bool heard;

    text_init(&text);
    text_print(&text, "%.*s\t%.*s\t%.*s\t%s%s", (int)line->login.len, line->login.at, (int)line->name.len, line->name.at,
               (int)line->party.len, line->party.at, line->roles.len ? line->roles.at : "",
               line->disabled ? "\t已停用" : "");
    heard = task_line(opening->task, text_slice(&text));
    text_release(&text);
    return heard;
}

static bool list(struct opening *opening, struct err *err)
{
    struct store *store = opening->task->city->store;
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = roster_each(sql, line_tell, opening, err);
    store_read_end(store, sql);
    return ok;
}

/* --- the tasks --- */

bool task_account(const struct task *task, struct err *err)
{
    static const struct {
        const char *name;
        bool (*run)(struct opening *opening, struct err *err);
    } deeds[] = {{"add", add},         {"load", load},     {"list", list},         {"password", password},
                 {"disable", disable}, {"enable", enable}, {"role add", role_add}, {"role remove", role_remove}};
    const char *wanted = task_text(task, "do");
    struct opening opening;
    bool ok = false;
    size_t i = 0;

    while (i < sizeof deeds / sizeof *deeds && strcmp(deeds[i].name, wanted) != 0)
        i++;
    if (i == sizeof deeds / sizeof *deeds)
        return err_set(err, ERR_INVALID, "正在服务的程序不认识“account %.60s”", wanted)
               || err_hint(err, "它可能是旧版本：请重启服务后再试");
    opening_start(&opening, task, task_flag(task, "shared"));
    ok = deeds[i].run(&opening, err);
    opening_end(&opening);
    return ok;
}

static bool administrators_make(struct opening *opening, struct err *err)
{
    static const struct {
        const char *login, *name;
        enum role role;
    } three[] = {{"system", "系统管理员", ROLE_SYSTEM_ADMIN},
                 {"security", "安全管理员", ROLE_SECURITY_ADMIN},
                 {"audit", "审计管理员", ROLE_AUDIT_ADMIN}};

    for (size_t i = 0; i < sizeof three / sizeof *three; i++) {
        struct opened opened = {.login = slice_of(three[i].login), .name = slice_of(three[i].name),
                                .grants = {{.role = three[i].role, .scope_kind = SCOPE_ALL}}, .grant_count = 1};

        if (!opening_account(opening, &opened, err))
            return false;
    }
    return true;
}

/* Only where some were made is there a line: ./start goes by it. */
static void tell_administrators(const struct opening *opening, const char *path)
{
    struct text line;

    text_init(&line);
    text_print(&line, "新建管理员账号 %lld 个，初始密码记在 %s", (long long)opening->made, path);
    task_line(opening->task, text_slice(&line));
    text_release(&line);
}

bool task_init(const struct task *task, struct err *err)
{
    char *path = opening_notes(task->city);
    struct opening opening;
    bool ok;

    opening_start(&opening, task, false);
    opening.silent = true; /* a service manager would keep what is told */
    ok = administrators_make(&opening, err);
    if (ok && opening.made)
        tell_administrators(&opening, path);
    else if (ok && opening_points(task->city))
        task_said(task, "登录账号与初始密码见 %s", path);
    opening_end(&opening);
    free(path);
    return ok;
}
