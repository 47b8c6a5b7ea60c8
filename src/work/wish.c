#include "work/wish.h"

#include <stdio.h>

#include "post/post.h"

static void copy(char *to, size_t size, struct slice from)
{
    snprintf(to, size, "%.*s", (int)(from.len < size ? from.len : size - 1), from.at);
}

bool wish_get(struct sql *sql, int64_t account, struct wish *wish, struct err *err)
{
    struct sql_rows rows;

    *wish = (struct wish){.digest = true};
    if (!sql_rows(sql, "SELECT hook, mail, lang, address, code, digest FROM reminder WHERE account = ?1", SQL_ARGS(sql_int(account)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        wish->hook = sql_number(&rows, 0) != 0;
        wish->mail = sql_number(&rows, 1) != 0;
        wish->english = slice_is(sql_slice(&rows, 2), "en");
        copy(wish->address, sizeof wish->address, sql_slice(&rows, 3));
        copy(wish->code, sizeof wish->code, sql_slice(&rows, 4));
        wish->digest = sql_is_null(&rows, 5) || sql_number(&rows, 5) != 0;
        wish->confirmed = wish->address[0] && !wish->code[0];
    }
    return sql_done(&rows, err);
}

bool wish_prepare(struct wish_saving *saving, struct slice address, struct err *err)
{
    struct slice typed = slice_trim(address);
    uint64_t drawn;

    seal_random(&drawn, sizeof drawn);
    snprintf(saving->code, sizeof saving->code, "%08u", (unsigned)(drawn % 100000000));
    copy(saving->address, sizeof saving->address, typed);
    if (!typed.len || post_mail_address(typed))
        return true;
    err_set(err, ERR_INVALID, "邮箱地址不对：%.60s", saving->address);
    err_hint(err, "写成 name@example.cn，只能用字母、数字和 . _ + -");
    return err_field(err, "address");
}

static const char wish_put[] =
    "INSERT INTO reminder (account, lang, hook, mail, address, code, tries, changed_ms, digest) VALUES (?1, ?2, ?3, 0, ?4, ?5, 0, ?6, ?7)"
    " ON CONFLICT (account) DO UPDATE SET lang = excluded.lang, hook = excluded.hook, digest = excluded.digest, changed_ms = excluded.changed_ms,"
    " mail = CASE WHEN reminder.address = excluded.address THEN reminder.mail ELSE 0 END,"
    " tries = CASE WHEN reminder.address = excluded.address AND reminder.mail = 1 THEN reminder.tries ELSE 0 END,"
    " code = CASE WHEN reminder.address = excluded.address AND reminder.mail = 1 THEN reminder.code ELSE excluded.code END,"
    " address = excluded.address";

/* The letter with the code goes the way of all others; saved again, it is sent again. */
static bool code_send(struct sql *sql, const struct wish_saving *saving, struct err *err)
{
    return sql_put(sql,
                   "INSERT INTO delivery (account, leaf, channel, state, tries, next_ms, made_ms, why) VALUES (?1, -1, 'mail', 0, 0, ?2, ?2, '')"
                   " ON CONFLICT (account, leaf, channel) DO UPDATE SET state = 0, tries = 0, next_ms = excluded.next_ms,"
                   " made_ms = excluded.made_ms, why = ''",
                   SQL_ARGS(sql_int(saving->account), sql_int(saving->now_ms)), err);
}

bool wish_save_step(struct sql *sql, void *arg, struct err *err)
{
    const struct wish_saving *saving = arg;
    struct wish before;
    bool code = saving->address[0] != '\0';

    if (!wish_get(sql, saving->account, &before, err))
        return false;
    code = code && !(before.confirmed && strcmp(before.address, saving->address) == 0);
    return sql_put(sql, wish_put,
                   SQL_ARGS(sql_int(saving->account), sql_text(slice_of(saving->english ? "en" : "zh")), sql_int(saving->hook),
                            sql_text(slice_of(saving->address)), sql_text(slice_of(code ? saving->code : "")), sql_int(saving->now_ms),
                            sql_int(saving->digest)),
                   err)
           && (!code || code_send(sql, saving, err));
}

/* A wrong one is counted, so it must not be refused: what is refused leaves nothing. */
bool wish_confirm_step(struct sql *sql, void *arg, struct err *err)
{
    struct wish_confirming *confirming = arg;
    int64_t changed;

    if (!sql_count(sql,
                   "UPDATE reminder SET mail = 1, code = '', tries = 0 WHERE account = ?1 AND code = ?2 AND code <> '' AND address <> ''"
                   " AND tries < ?3",
                   SQL_ARGS(sql_int(confirming->account), sql_text(slice_trim(confirming->typed)), sql_int(WISH_TRIES)), &changed, err))
        return false;
    confirming->confirmed = changed == 1;
    return confirming->confirmed
           || sql_put(sql, "UPDATE reminder SET tries = tries + 1 WHERE account = ?1 AND code <> ''", SQL_ARGS(sql_int(confirming->account)),
                      err);
}

/* --- the calendar --- */

static void token_hash(struct slice token, unsigned char hash[SEAL_HASH])
{
    seal_sha256((const struct slice[]){SLICE("tq-feed-1"), token}, 2, hash);
}

void feed_prepare(struct feed_making *making)
{
    unsigned char token[SEAL_TOKEN];

    seal_random(token, sizeof token);
    seal_hex(token, sizeof token, making->token);
    token_hash(slice_of(making->token), making->hash);
}

bool feed_make_step(struct sql *sql, void *arg, struct err *err)
{
    const struct feed_making *making = arg;

    return sql_put(sql,
                   "INSERT INTO feed (account, token, lang, made_ms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (account) DO UPDATE SET"
                   " token = excluded.token, lang = excluded.lang, made_ms = excluded.made_ms",
                   SQL_ARGS(sql_int(making->account), sql_bytes(making->hash, SEAL_HASH), sql_text(slice_of(making->english ? "en" : "zh")),
                            sql_int(making->now_ms)),
                   err);
}

bool feed_end_step(struct sql *sql, void *arg, struct err *err)
{
    const int64_t *account = arg;

    return sql_put(sql, "DELETE FROM feed WHERE account = ?1", SQL_ARGS(sql_int(*account)), err);
}

bool feed_find(struct sql *sql, struct slice token, int64_t *account, bool *english, struct err *err)
{
    unsigned char hash[SEAL_HASH];
    struct sql_rows rows;

    *account = 0;
    token_hash(token, hash);
    if (!sql_rows(sql, "SELECT account, lang FROM feed WHERE token = ?1", SQL_ARGS(sql_bytes(hash, SEAL_HASH)), &rows, err))
        return false;
    if (sql_next(&rows)) {
        *account = sql_number(&rows, 0);
        *english = slice_is(sql_slice(&rows, 1), "en");
    }
    return sql_done(&rows, err);
}

bool feed_since(struct sql *sql, int64_t account, int64_t *made_ms, struct err *err)
{
    bool found;

    *made_ms = 0;
    if (!sql_one(sql, "SELECT made_ms FROM feed WHERE account = ?1", SQL_ARGS(sql_int(account)), made_ms, &found, err))
        return false;
    *made_ms = found ? *made_ms : 0;
    return true;
}
