#include "cli/opening.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "work/password_pool.h"
#include "work/submit.h"

void opening_start(struct opening *opening, const struct task *task, bool shared)
{
    *opening = (struct opening){.task = task, .notes = -1};
    actor_program(&opening->actor);
    if (shared)
        password_first(opening->shared);
}

void opening_end(struct opening *opening)
{
    seal_wipe(opening->shared, sizeof opening->shared);
    if (opening->notes >= 0)
        close(opening->notes);
}

/* --- first-sign-in.txt --- */

char *opening_notes(const struct city *city)
{
    struct text path;

    text_init(&path);
    text_print(&path, "%s/first-sign-in.txt", city->data);
    return text_detach(&path);
}

/* A folder may have served one store and then another: each part of the file says whose passwords these are. */
static void heading_add(struct text *lines, const struct city *city)
{
    text_puts(lines, "# ");
    store_describe(city->store, lines);
    text_putc(lines, ' ');
}

bool opening_points(const struct city *city)
{
    char *path = opening_notes(city), line[1024];
    FILE *file = fopen(path, "re");
    struct text heading;
    bool found = false;

    text_init(&heading);
    heading_add(&heading, city);
    while (file && !found && fgets(line, sizeof line, file))
        found = strncmp(line, heading.at, heading.len) == 0;
    if (file)
        fclose(file);
    text_release(&heading);
    free(path);
    return found;
}

static bool notes_failed(const char *path, struct err *err)
{
    err_set(err, ERR_IO, "写不了 %s：%s", path, strerrordesc_np(errno));
    return err_hint(err, "初始密码要记在那里；请让它可写后再试");
}

/* Before the first account is made: an account whose password is lost helps nobody. */
static bool notes_open(struct opening *opening, struct err *err)
{
    const struct city *city = opening->task->city;
    char *path, when[CLOCK_TEXT];
    struct text heading;
    bool ok;

    if (opening->notes >= 0)
        return true;
    path = opening_notes(city);
    text_init(&heading);
    heading_add(&heading, city);
    text_print(&heading, "%s %s\n", clock_show_minute(clock_ms(), when),
               opening->shared[0] ? "示例账号，密码相同，不必更换" : "第一次登录要换掉密码");
    opening->notes = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    ok = opening->notes >= 0 && write(opening->notes, heading.at, heading.len) == (ssize_t)heading.len;
    if (!ok)
        notes_failed(path, err);
    text_release(&heading);
    free(path);
    return ok;
}

static bool note_down(struct opening *opening, const struct account *account, const char *password, struct err *err)
{
    struct text line;
    bool ok;

    text_init(&line);
    text_print(&line, "%-14s %-24s %s", account->login, password, account->name);
    if (!opening->silent)
        task_line(opening->task, text_slice(&line));
    text_putc(&line, '\n');
    ok = write(opening->notes, line.at, line.len) == (ssize_t)line.len;
    seal_wipe(line.at, line.len);
    text_release(&line);
    if (ok)
        return true;
    err_set(err, ERR_IO, "%s 的初始密码没能记下来：%s", account->login, strerrordesc_np(errno));
    return err_hint(err, "账号已在；用 tieqiao account password %s 另给一个", account->login);
}

/* --- orders --- */

/* Each order a request id of its own: nobody repeats these. */
static void order_start(struct opening *opening, struct order *order)
{
    unsigned char bytes[LEAF_SALT];
    char id[2 * LEAF_SALT + 1];

    seal_random(bytes, sizeof bytes);
    seal_hex(bytes, sizeof bytes, id);
    order_init(order, &opening->actor, slice_of(id));
}

static bool write_order(struct opening *opening, store_step *step, struct order *order, struct err *err)
{
    return store_write(opening->task->city->store, order->request_id, step, order, err) == STORE_DONE;
}

bool opening_order(struct opening *opening, store_step *step, const struct account *account, const struct role_grant *grant,
                   struct err *err)
{
    struct order order;

    order_start(opening, &order);
    order.account = *account;
    if (grant)
        order.grant = *grant;
    return write_order(opening, step, &order, err);
}

bool opening_find(struct opening *opening, struct slice typed, struct account *account, struct err *err)
{
    struct store *store = opening->task->city->store;
    char login[LOGIN_TEXT];
    struct sql *sql;
    bool found = false, ok;

    if (!login_normal(typed, login, err) || !store_read(store, &sql, err))
        return false;
    ok = account_by_login(sql, slice_of(login), account, &found, err);
    store_read_end(store, sql);
    if (!ok || found)
        return ok;
    err_set(err, ERR_MISSING, "没有账号 %s", login);
    return err_hint(err, "tieqiao account list 列出全部账号");
}

bool opening_party(struct opening *opening, struct slice name, int64_t *party, struct err *err)
{
    struct store *store = opening->task->city->store;
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = party_named(sql, name, party, err);
    store_read_end(store, sql);
    return ok;
}

bool opening_person(struct opening *opening, struct slice name, int64_t party, int64_t *person, struct err *err)
{
    struct store *store = opening->task->city->store;
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = person_named(sql, name, party, person, err);
    store_read_end(store, sql);
    return ok;
}

/* --- accounts --- */

static bool set_password(struct opening *opening, struct order *order, store_step *step, struct err *err)
{
    char first[PASSWORD_FIRST_TEXT];
    bool ok;

    password_first(first);
    if (opening->shared[0])
        memcpy(first, opening->shared, sizeof first);
#ifndef TQ_TEETH_FIRST_PASSWORD
    order->given = !opening->shared[0];
#endif
    ok = notes_open(opening, err) && password_hash_now(slice_of(first), order->hash, err)
         && write_order(opening, step, order, err) && note_down(opening, &order->account, first, err);
    seal_wipe(first, sizeof first);
    return ok;
}

static bool is_there(struct opening *opening, const char *login, bool *there, struct err *err)
{
    struct store *store = opening->task->city->store;
    struct account account;
    struct sql *sql;
    bool ok;

    if (!store_read(store, &sql, err))
        return false;
    ok = account_by_login(sql, slice_of(login), &account, there, err);
    store_read_end(store, sql);
    opening->there += ok && *there;
    return ok;
}

static bool give_roles(struct opening *opening, const struct account *account, const struct opened *opened, struct err *err)
{
    for (size_t i = 0; i < opened->grant_count; i++)
        if (!opening_order(opening, role_grant_step, account, &opened->grants[i], err))
            return err_hint(err, "账号 %s 已经开好，只差角色：用 tieqiao account role add 补上", account->login);
    return true;
}

bool opening_account(struct opening *opening, const struct opened *opened, struct err *err)
{
    struct order order;
    bool there;

    order_start(opening, &order);
    if (!order_account(&order, opened->login, opened->name, opened->party, err)
        || !is_there(opening, order.account.login, &there, err))
        return false;
    if (there)
        return true;
    order.account.person = opened->person;
    if (!set_password(opening, &order, account_make_step, err))
        return false;
    opening->made++;
    return give_roles(opening, &order.account, opened, err);
}

bool opening_password(struct opening *opening, const struct account *account, struct err *err)
{
    struct order order;

    order_start(opening, &order);
    order.account = *account;
    return set_password(opening, &order, account_password_step, err);
}
