#include "work/audit_sample.h"

#include <assert.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/money.h"
#include "base/text.h"
#include "work/account_int.h"

/* --- the checkpoint --- */

bool audit_checkpoint(struct sql *sql, struct audit_signed *now, struct err *err)
{
    struct checkpoint checkpoint;
    struct sealed sealed;
    struct note note;
    bool ok;

    ok = sealed_get(sql, SEAL_SHA256, &sealed, err);
    if (ok && !sealed.size) {
        ok = err_set(err, ERR_MISSING, "账本还没有签过检查点");
        err_hint(err, "有写入之后约一秒签一次，请稍后再试");
    }
    ok = ok && note_read(text_slice(&sealed.note), &note, err) && checkpoint_read(note.text, &checkpoint, err);
    if (ok) {
        *now = (struct audit_signed){.until = sealed.size, .time_ms = sealed.time_ms};
        memcpy(now->root, sealed.root, TREE_HASH);
        snprintf(now->origin, sizeof now->origin, "%s", checkpoint.origin);
    }
    text_release(&sealed.note);
    return ok;
}

/* --- scope --- */

void audit_scope_of(const struct actor *actor, char scope[AUDIT_SCOPE])
{
    static const char *const kinds[] = {[SCOPE_PARTY] = "party", [SCOPE_DIVISION] = "division"};

    *scope = '\0';
    for (size_t i = 0; i < actor->grant_count; i++) {
        const struct role_grant *grant = &actor->grants[i];
        size_t len = strlen(scope);

        if (grant->role != ROLE_AUDITOR)
            continue;
        if (grant->scope_kind == SCOPE_ALL) {
            snprintf(scope, AUDIT_SCOPE, "all");
            return;
        }
        snprintf(scope + len, AUDIT_SCOPE - len, "%s%s:%lld", len ? " " : "", kinds[grant->scope_kind], (long long)grant->scope);
    }
}

/* An auditor of that scope, and nobody else: to read the population that was read then. */
static void scope_actor(const char *scope, struct actor *actor)
{
    struct slice rest = slice_of(scope), part, kind;

    *actor = (struct actor){.account = 1};
    while (rest.len && actor->grant_count < ACTOR_GRANTS && slice_cut(&rest, ' ', &part)) {
        struct role_grant grant = {.role = ROLE_AUDITOR, .scope_kind = SCOPE_ALL};

        if (slice_cut(&part, ':', &kind) && part.at && ident_parse(part, &grant.scope))
            grant.scope_kind = slice_is(kind, "party") ? SCOPE_PARTY : SCOPE_DIVISION;
        actor->grants[actor->grant_count++] = grant;
    }
}

bool audit_sample_open_to(const struct audit_sample *sample, const struct actor *actor)
{
    char scope[AUDIT_SCOPE];

    audit_scope_of(actor, scope);
    return strcmp(scope, "all") == 0 || (*scope && strcmp(scope, sample->scope) == 0);
}

/* --- what is drawn from --- */

static bool bounds_read(const char *text, struct audit_draw *draw)
{
    struct slice rest = slice_of(text), one;

    draw->bound_count = 0;
    while (rest.len && slice_cut(&rest, ' ', &one))
        if (draw->bound_count == DRAW_BOUNDS || !ident_parse(one, &draw->bounds[draw->bound_count++])
            || (draw->bound_count > 1 && draw->bounds[draw->bound_count - 1] <= draw->bounds[draw->bound_count - 2]))
            return false;
    return true;
}

static struct audit_draw draw_of(const struct audit_sample *sample)
{
    struct audit_draw draw = {.method = sample->method, .size = (size_t)sample->size};

    bounds_read(sample->bounds, &draw);
    audit_seed(slice_of(sample->origin), sample->until, sample->root, sample->number, draw.seed);
    return draw;
}

/* The places of the deals that are meant, and their ids and amounts. */
static void population_find(const struct audit_book *book, const struct audit_filter *filter, struct arena *arena, size_t **places,
                            struct audit_item **items, size_t *count)
{
    *places = arena_alloc(arena, (book->count + 1) * sizeof **places);
    *items = arena_alloc(arena, (book->count + 1) * sizeof **items);
    *count = 0;
    for (size_t d = 0; d < book->count; d++) {
        const struct audit_deal *deal = &book->deals[d];

        if (!audit_fits(book, deal, filter))
            continue;
        (*places)[*count] = d;
        (*items)[(*count)++] = (struct audit_item){deal->id, deal->amount};
    }
}

static bool book_load(struct sql *sql, const struct law *law, const struct audit_sample *sample, struct audit_book *book, struct err *err)
{
    struct actor actor;

    scope_actor(sample->scope, &actor);
    return audit_book_load(sql, law, &actor, sample->until, sample->day, book, err) && audit_flags_find(book, err);
}

/* --- an order --- */

void audit_order_init(struct audit_order *order, const struct actor *actor, struct slice request_id, struct arena *arena)
{
    *order = (struct audit_order){.actor = actor, .time_ms = clock_ms(), .arena = arena};
    order->sample.id = ident_next(order->time_ms);
    order->sample.picks = SLICE("");
    seal_random(order->sample.salts, sizeof order->sample.salts);
    snprintf(order->request_id, sizeof order->request_id, "%.*s",
             (int)(request_id.len < LEAF_REQUEST ? request_id.len : LEAF_REQUEST), request_id.at ? request_id.at : "");
}

static bool wrong(struct err *err, const char *field, const char *message, const char *hint)
{
    err_set(err, ERR_INVALID, "%s", message);
    err_hint(err, "%s", hint);
    return err_field(err, field);
}

static bool order_fits(const struct audit_order *order, struct err *err)
{
    const struct audit_sample *sample = &order->sample;
    struct audit_draw draw;

    if (sample->method >= DRAW_METHODS)
        return wrong(err, "method", N_("没有这种抽样方法"), N_("可用：simple、money、strata、whole"));
    if (!bounds_read(sample->bounds, &draw) || (sample->method == DRAW_STRATA && !draw.bound_count))
        return wrong(err, "bounds", N_("分层的界限写得不对"), N_("从小到大写一到八个金额，如：100万元、500万元"));
    if (sample->method != DRAW_WHOLE && (sample->size < 0 || sample->size > DRAW_MOST))
        return wrong(err, "size", N_("样本量不对"), N_("写 1 到 2000，或者写抽样比例"));
    if (sample->method != DRAW_WHOLE && !sample->size && (order->rate < 1 || order->rate > 10000))
        return wrong(err, "rate", N_("没有写样本量，抽样比例也不对"), N_("写样本量，或者写 0.01% 到 100% 的比例"));
    return true;
}

/* A rate is of the population's number, rounded up. */
static bool size_settle(struct audit_order *order, struct err *err)
{
    struct audit_sample *sample = &order->sample;

    if (!order->count)
        return wrong(err, "filter", N_("这些条件下没有转化项目，抽不出样本"), N_("放宽条件再抽"));
    if (sample->method == DRAW_WHOLE)
        sample->size = (int64_t)order->count;
    else if (!sample->size)
        sample->size = ((int64_t)order->count * order->rate + 9999) / 10000;
    if (sample->method != DRAW_WHOLE && sample->size > (int64_t)order->count)
        sample->size = (int64_t)order->count;
    if (sample->method != DRAW_WHOLE && sample->size > DRAW_MOST)
        return wrong(err, "rate", N_("按这个比例，样本超过 2000 项"), N_("降低比例，或者改为整个总体"));
    return sample->method != DRAW_MONEY || strcmp(sample->total, "0") != 0
           || wrong(err, "method", N_("这些项目都没有金额，不能按货币单元抽样"), N_("改用简单随机"));
}

bool audit_sample_prepare(struct sql *sql, const struct law *law, struct audit_order *order, struct err *err)
{
    struct audit_sample *sample = &order->sample;
    struct audit_filter filter;
    struct audit_signed now;
    struct audit_book book;
    size_t *places;
    bool ok;

    if (!order_fits(order, err) || !audit_filter_read(slice_of(sample->filter), &filter, err) || !audit_checkpoint(sql, &now, err))
        return false;
    audit_filter_write(&filter, sample->filter);
    audit_scope_of(order->actor, sample->scope);
    sample->account = order->actor->account;
    snprintf(sample->origin, sizeof sample->origin, "%s", now.origin);
    sample->until = now.until;
    sample->day = day_of_ms(now.time_ms);
    memcpy(sample->root, now.root, TREE_HASH);
    ok = book_load(sql, law, sample, &book, err);
    if (ok) {
        population_find(&book, &filter, order->arena, &places, &order->items, &order->count);
        sample->population = (int64_t)order->count;
        audit_total(order->items, order->count, sample->total);
        audit_digest(order->items, order->count, sample->digest);
        ok = size_settle(order, err);
    }
    audit_book_release(&book);
    return ok;
}

/* --- the leaf --- */

static void commit(unsigned char (*commitments)[LEAF_HASH], size_t *count, const struct audit_sample *sample, struct leaf_field field)
{
    field.known = true;
    memcpy(field.salt, sample->salts[*count], LEAF_SALT);
    leaf_commit(&field, commitments[(*count)++]);
}

static struct leaf_field number_field(const char *name, int64_t number)
{
    return (struct leaf_field){.name = name, .is_number = true, .number = number};
}

static struct leaf_field text_field(const char *name, struct slice text)
{
    return (struct leaf_field){.name = name, .text = text};
}

static void sample_root(const struct audit_sample *sample, unsigned char root[LEAF_HASH])
{
    unsigned char commitments[AUDIT_SALTS][LEAF_HASH];
    char hex[2][2 * SEAL_HASH + 1], day[CLOCK_TEXT];
    size_t count = 0;

    seal_hex(sample->root, TREE_HASH, hex[0]);
    seal_hex(sample->digest, SEAL_HASH, hex[1]);
    commit(commitments, &count, sample, number_field("number", sample->number));
    commit(commitments, &count, sample, number_field("account", sample->account));
    commit(commitments, &count, sample, text_field("filter", slice_of(sample->filter)));
    commit(commitments, &count, sample, text_field("method", slice_of(audit_method_name(sample->method))));
    commit(commitments, &count, sample, number_field("size", sample->size));
    commit(commitments, &count, sample, text_field("bounds", slice_of(sample->bounds)));
    commit(commitments, &count, sample, text_field("scope", slice_of(sample->scope)));
    commit(commitments, &count, sample, text_field("origin", slice_of(sample->origin)));
    commit(commitments, &count, sample, number_field("until", (int64_t)sample->until));
    commit(commitments, &count, sample, text_field("root", slice_of(hex[0])));
    commit(commitments, &count, sample, text_field("day", slice_of(day_show(sample->day, day))));
    commit(commitments, &count, sample, number_field("population", sample->population));
    commit(commitments, &count, sample, text_field("total", slice_of(sample->total)));
    commit(commitments, &count, sample, text_field("digest", slice_of(hex[1])));
    commit(commitments, &count, sample, text_field("picks", sample->picks));
    assert(count == AUDIT_SALTS);
    leaf_root((const unsigned char(*)[LEAF_HASH])commitments, count, root);
}

static bool leaf_add(struct sql *sql, const struct audit_order *order, struct audit_sample *sample, struct err *err)
{
    struct leaf leaf = {.time_ms = order->time_ms, .object = sample->id, .version = 1, .action = "audit.sample", .kind = "audit_sample"};

    memcpy(leaf.actor, order->actor->pseudonym, LEAF_ACTOR);
    snprintf(leaf.request_id, sizeof leaf.request_id, "%s", order->request_id);
    sample_root(sample, leaf.root);
    if (!ledger_append(sql, &leaf, err))
        return false;
    sample->leaf = (int64_t)leaf.index;
    sample->made_at = order->time_ms;
    return true;
}

/* --- the step --- */

static const char sample_add[] =
    "INSERT INTO audit_sample (id, leaf, made_at, number, account, filter, method, size, bounds, scope, origin, until, root, day,"
    " population, total, digest, picks, salts)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)";

static bool sample_put(struct sql *sql, const struct audit_sample *s, struct err *err)
{
    char day[CLOCK_TEXT];

    return sql_put(sql, sample_add,
                   SQL_ARGS(sql_int(s->id), sql_int(s->leaf), sql_int(s->made_at), sql_int(s->number), sql_int(s->account),
                            sql_text(slice_of(s->filter)), sql_text(slice_of(audit_method_name(s->method))), sql_int(s->size),
                            sql_text(slice_of(s->bounds)), sql_text(slice_of(s->scope)), sql_text(slice_of(s->origin)),
                            sql_int((int64_t)s->until), sql_bytes(s->root, TREE_HASH), sql_text(slice_of(day_show(s->day, day))),
                            sql_int(s->population), sql_text(slice_of(s->total)), sql_bytes(s->digest, SEAL_HASH), sql_text(s->picks),
                            sql_bytes(s->salts, sizeof s->salts)),
                   err);
}

static struct slice picks_text(const struct audit_item *items, size_t count, const bool *picked, struct arena *arena)
{
    struct slice kept;
    struct text text;

    text_init(&text);
    for (size_t i = 0; i < count; i++)
        if (picked[i])
            text_print(&text, "%lld\n", (long long)items[i].id);
    kept = arena_copy(arena, text_slice(&text));
    text_release(&text);
    return kept;
}

static struct slice picks_draw(const struct audit_sample *sample, const struct audit_item *items, size_t count, struct arena *arena)
{
    bool *picked = arena_alloc(arena, (count + 1) * sizeof *picked);
    struct audit_draw draw = draw_of(sample);

    audit_draw(&draw, items, count, picked);
    return sample->method == DRAW_WHOLE ? SLICE("") : picks_text(items, count, picked, arena);
}

static bool draw_it(struct sql *sql, struct audit_order *order, struct arena *arena, struct err *err)
{
    struct audit_sample sample = order->sample;
    int64_t last = 0;
    bool found;

    if (!sql_one(sql, "SELECT number FROM audit_sample ORDER BY number DESC LIMIT 1", SQL_NO_ARGS, &last, &found, err))
        return false;
    sample.number = found ? last + 1 : 1;
    sample.picks = picks_draw(&sample, order->items, order->count, arena);
    if (!leaf_add(sql, order, &sample, err) || !sample_put(sql, &sample, err))
        return false;
    sample.picks = SLICE(""); /* of this step's memory; who wants them reads them */
    order->sample = sample;
    return true;
}

bool audit_sample_step(struct sql *sql, void *arg, struct err *err)
{
    struct audit_order *order = arg;
    struct object object = {.kind = NULL};
    struct arena arena;
    struct leaf leaf;
    bool done = false, ok;

    err_clear(err);
    if (!may(order->actor, ACT_AUDIT, &object, err)
        || (order->request_id[0] && !ledger_request(sql, slice_of(order->request_id), &leaf, &done, err)))
        return false;
    order->repeated = done;
    if (done) {
        order->sample.id = leaf.object;
        return (strcmp(leaf.action, "audit.sample") == 0 && memcmp(leaf.actor, order->actor->pseudonym, LEAF_ACTOR) == 0)
               || order_taken(err);
    }
    arena_init(&arena);
    ok = draw_it(sql, order, &arena, err);
    arena_release(&arena);
    return ok;
}

/* --- reading --- */

#define SAMPLE_COLUMNS \
    "SELECT id, leaf, made_at, number, account, filter, method, size, bounds, scope, origin, until, root, day, population, total," \
    " digest, salts, picks FROM audit_sample"

static void text_take(char *out, size_t room, struct slice text)
{
    snprintf(out, room, "%.*s", (int)text.len, text.at ? text.at : "");
}

static void bytes_take(void *out, size_t room, struct slice bytes)
{
    memset(out, 0, room);
    if (bytes.len == room)
        memcpy(out, bytes.at, room);
}

static bool sample_read(const struct sql_rows *rows, struct arena *arena, struct audit_sample *s, struct err *err)
{
    *s = (struct audit_sample){.id = sql_number(rows, 0), .leaf = sql_number(rows, 1), .made_at = sql_number(rows, 2),
                               .number = sql_number(rows, 3), .account = sql_number(rows, 4), .size = sql_number(rows, 7),
                               .until = (uint64_t)sql_number(rows, 11), .population = sql_number(rows, 14)};
    text_take(s->filter, sizeof s->filter, sql_slice(rows, 5));
    s->method = audit_method_by_name(sql_slice(rows, 6));
    text_take(s->bounds, sizeof s->bounds, sql_slice(rows, 8));
    text_take(s->scope, sizeof s->scope, sql_slice(rows, 9));
    text_take(s->origin, sizeof s->origin, sql_slice(rows, 10));
    bytes_take(s->root, sizeof s->root, sql_slice(rows, 12));
    text_take(s->total, sizeof s->total, sql_slice(rows, 15));
    bytes_take(s->digest, sizeof s->digest, sql_slice(rows, 16));
    bytes_take(s->salts, sizeof s->salts, sql_slice(rows, 17));
    s->picks = arena_copy(arena, sql_slice(rows, 18));
    return (day_parse(sql_slice(rows, 13), &s->day) && s->method < DRAW_METHODS)
           || err_set(err, ERR_CORRUPT, "抽样 %lld 的内容不完整", (long long)s->id);
}

static bool samples_read(struct sql *sql, const char *statement, const struct sql_arg *args, size_t arg_count, struct arena *arena,
                         struct audit_sample *list, size_t most, size_t *count, struct err *err)
{
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    *count = 0;
    if (!sql_rows(sql, statement, args, arg_count, &rows, err))
        return false;
    while (ok && *count < most && sql_next(&rows))
        ok = sample_read(&rows, arena, &list[(*count)++], err);
    return sql_done(&rows, ok ? err : &later) && ok;
}

/* As audit_sample_open_to says it, in the query: a page is full though draws of others lie between. */
bool audit_samples_list(struct sql *sql, const struct actor *actor, int64_t before, struct arena *arena, struct audit_sample *list,
                        size_t most, size_t *count, struct err *err)
{
    char scope[AUDIT_SCOPE];

    audit_scope_of(actor, scope);
    if (strcmp(scope, "all") == 0)
        return samples_read(sql, SAMPLE_COLUMNS " WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
                            SQL_ARGS(sql_int(before ? before : INT64_MAX), sql_int((int64_t)most)), arena, list, most, count, err);
    return samples_read(sql, SAMPLE_COLUMNS " WHERE number < ?1 AND scope = ?3 AND scope <> '' ORDER BY number DESC LIMIT ?2",
                        SQL_ARGS(sql_int(before ? before : INT64_MAX), sql_int((int64_t)most), sql_text(slice_of(scope))), arena, list,
                        most, count, err);
}

bool audit_sample_get(struct sql *sql, int64_t id, struct arena *arena, struct audit_sample *sample, struct err *err)
{
    size_t count;

    if (!samples_read(sql, SAMPLE_COLUMNS " WHERE id = ?1", SQL_ARGS(sql_int(id)), arena, sample, 1, &count, err))
        return false;
    if (count)
        return true;
    err_set(err, ERR_MISSING, "没有这次抽样，或者您无权知道");
    return err_hint(err, "从审计台的抽样清单里找");
}

/* --- once more --- */

bool audit_sample_again(struct sql *sql, const struct law *law, const struct audit_sample *sample, struct arena *arena,
                        struct audit_drawn *drawn, struct err *err)
{
    struct audit_draw draw = draw_of(sample);
    unsigned char digest[SEAL_HASH];
    struct audit_item *items;

    *drawn = (struct audit_drawn){.same = false};
    if (!book_load(sql, law, sample, &drawn->book, err) || !audit_filter_read(slice_of(sample->filter), &drawn->filter, err))
        return false;
    population_find(&drawn->book, &drawn->filter, arena, &drawn->population, &items, &drawn->count);
    drawn->picked = arena_alloc(arena, (drawn->count + 1) * sizeof *drawn->picked);
    drawn->picked_count = audit_draw(&draw, items, drawn->count, drawn->picked);
    audit_digest(items, drawn->count, digest);
    drawn->same = memcmp(digest, sample->digest, SEAL_HASH) == 0
                  && (sample->method == DRAW_WHOLE || slice_same(picks_text(items, drawn->count, drawn->picked, arena), sample->picks));
    return true;
}

/* --- fsck --- */

static bool check_one(struct sql *sql, const struct audit_sample *sample, int64_t number, struct err *err)
{
    unsigned char root[LEAF_HASH];
    struct leaf leaf;

    if (sample->number != number)
        return err_set(err, ERR_CORRUPT, "抽样缺少第 %lld 号", (long long)number);
    if (!ledger_get(sql, (uint64_t)sample->leaf, &leaf, err))
        return false;
    sample_root(sample, root);
    return (strcmp(leaf.kind, "audit_sample") == 0 && leaf.object == sample->id && leaf.time_ms == sample->made_at
            && memcmp(leaf.root, root, LEAF_HASH) == 0)
           || err_set(err, ERR_CORRUPT, "抽样第 %lld 号的内容与账本第 %lld 条不符", (long long)number, (long long)sample->leaf);
}

static bool check_rows(struct sql *sql, int64_t *count, struct err *err)
{
    struct audit_sample sample;
    struct arena arena;
    struct sql_rows rows;
    struct err later;
    bool ok = true;

    if (!sql_rows(sql, SAMPLE_COLUMNS " ORDER BY number", SQL_NO_ARGS, &rows, err))
        return false;
    arena_init(&arena);
    while (ok && sql_next(&rows)) {
        arena_reset(&arena);
        ok = sample_read(&rows, &arena, &sample, err) && check_one(sql, &sample, ++*count, err);
    }
    arena_release(&arena);
    return sql_done(&rows, ok ? err : &later) && ok;
}

bool audit_samples_check(struct sql *sql, int64_t *count, struct err *err)
{
    int64_t leaves = 0;
    bool found;

    *count = 0;
    return check_rows(sql, count, err)
           && sql_one(sql, "SELECT count(*) FROM ledger WHERE kind = 'audit_sample'", SQL_NO_ARGS, &leaves, &found, err)
           && (leaves == *count || err_set(err, ERR_CORRUPT, "账本里有 %lld 次抽样，库里有 %lld 次", (long long)leaves, (long long)*count));
}
