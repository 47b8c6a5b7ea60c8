/* Draws: the list, one made, one opened and drawn once more, one taken out as a file. */
#include "web/audit.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/money.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"
#include "web/view.h"
#include "work/audit_export.h"
#include "work/audit_verify.h"
#include "work/audit_view.h"

enum { PAGE_SAMPLES = 40 };

static const struct object desk = {.kind = NULL};

/* --- as a document --- */

static struct slice account_name(struct request *request, int64_t account)
{
    struct actor actor;
    struct err ignored;

    return actor_load(request->sql, account, &actor, &ignored) ? arena_copy(request->arena, slice_of(actor.name)) : SLICE("");
}

static json_t *sample_json(struct request *request, const struct audit_sample *sample)
{
    json_t *out = json_object();

    json_put_id(out, "id", sample->id);
    json_put(out, "href", slice_of(arena_print(request->arena, "/audit/samples/%lld", (long long)sample->id)));
    json_object_set_new_nocheck(out, "number", json_integer(sample->number));
    json_object_set_new_nocheck(out, "at", json_integer(sample->made_at));
    json_put(out, "who", account_name(request, sample->account));
    json_object_set_new_nocheck(out, "leaf", json_integer(sample->leaf));
    json_put(out, "filter", slice_of(sample->filter));
    json_put(out, "scope", slice_of(sample->scope));
    json_put(out, "method", slice_of(audit_method_name(sample->method)));
    json_put(out, "method_label", say(request, audit_method_label(sample->method)));
    json_object_set_new_nocheck(out, "size", json_integer(sample->size));
    json_put(out, "bounds", slice_of(sample->bounds));
    json_object_set_new_nocheck(out, "population", json_integer(sample->population));
    json_put(out, "total", slice_of(sample->total));
    return out;
}

bool audit_samples_get(struct request *request, struct err *err)
{
    struct audit_sample *list;
    json_t *document, *out, *lines;
    size_t count;

    if (!may(&request->actor, ACT_AUDIT, &desk, err))
        return false;
    list = arena_alloc(request->arena, (PAGE_SAMPLES + 1) * sizeof *list);
    if (!audit_samples_list(request->sql, &request->actor, request_number(request, "before", 0), request->arena, list, PAGE_SAMPLES + 1,
                            &count, err))
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    for (size_t i = 0; i < count && i < PAGE_SAMPLES; i++)
        json_array_append_new(lines, sample_json(request, &list[i]));
    json_object_set_new_nocheck(out, "lines", lines);
    if (count > PAGE_SAMPLES)
        json_put(out, "next", slice_of(arena_print(request->arena, "/audit/samples?before=%lld", (long long)list[PAGE_SAMPLES - 1].number)));
    json_fill(out, "next");
    json_object_set_new_nocheck(document, "audit_samples", out);
    return request_page(request, "audit_samples", document);
}

/* --- making one --- */

/* "100万元、500万元" in fen, parted by blanks; false: an amount that is none. */
static bool bounds_typed(struct slice typed, char out[AUDIT_BOUNDS], struct err *err)
{
    static const char *const marks[] = {"、", "，", ",", "；", ";", "\n"};
    struct text text;
    bool ok = true;

    text_init(&text);
    for (size_t i = 0; i < typed.len;) { /* every mark becomes a line end */
        size_t skip = 0;

        for (size_t m = 0; m < sizeof marks / sizeof *marks && !skip; m++)
            if (typed.len - i >= strlen(marks[m]) && memcmp(typed.at + i, marks[m], strlen(marks[m])) == 0)
                skip = strlen(marks[m]);
        text_putc(&text, skip ? '\n' : typed.at[i]);
        i += skip ? skip : 1;
    }
    typed = text_slice(&text);
    *out = '\0';
    for (struct slice one; ok && typed.len && slice_cut(&typed, '\n', &one);) {
        size_t len = strlen(out);
        int64_t fen;

        one = slice_trim(one);
        ok = !one.len || (money_read(one, &fen, err) && len < AUDIT_BOUNDS - 24);
        if (ok && one.len)
            snprintf(out + len, AUDIT_BOUNDS - len, "%s%lld", len ? " " : "", (long long)fen);
    }
    text_release(&text);
    return ok || err_set(err, ERR_INVALID, "分层的界限写得不对") || err_hint(err, "从小到大写一到八个金额，如：100万元、500万元")
           || err_field(err, "bounds");
}

static bool numbers_typed(struct request *request, struct audit_order *order, struct err *err)
{
    struct slice size = slice_trim(request_value(request, "size")), rate = slice_trim(request_value(request, "rate"));
    int32_t share = 0;

    if (size.len && !ident_parse(size, &order->sample.size))
        return err_set(err, ERR_INVALID, "样本量不对") || err_hint(err, "写 1 到 2000，或者写抽样比例") || err_field(err, "size");
    if (rate.len && !percent_read(rate, &share, err))
        return err_field(err, "rate");
    order->rate = share;
    return true;
}

static bool order_typed(struct request *request, struct audit_order *order, struct err *err)
{
    struct slice filter = slice_trim(request_value(request, "filter"));

    if (!request_members_fit(request, "filter method size rate bounds request_id", err))
        return false;
    if (filter.len >= AUDIT_FILTER)
        return err_set(err, ERR_INVALID, "条件太长") || err_field(err, "filter");
    snprintf(order->sample.filter, sizeof order->sample.filter, "%.*s", (int)filter.len, filter.at ? filter.at : "");
    order->sample.method = audit_method_by_name(slice_trim(request_value(request, "method")));
    return numbers_typed(request, order, err)
           && bounds_typed(order->sample.method == DRAW_STRATA ? slice_trim(request_value(request, "bounds")) : SLICE(""),
                           order->sample.bounds, err);
}

static bool made_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct audit_order *order = arg;

    (void)err;
    return outcome == STORE_DONE && request_made(request, order->sample.id, 1);
}

bool audit_samples_post(struct request *request, struct err *err)
{
    struct audit_order *order = arena_zero(request->arena, 1, sizeof *order);

    if (!may(&request->actor, ACT_AUDIT, &desk, err))
        return false;
    audit_order_init(order, &request->actor, request_token(request), request->arena);
    if (!order_typed(request, order, err) || !request_look(request, err)
        || !audit_sample_prepare(request->sql, &request->web->city->law, order, err))
        return false;
    return request_write(request, order->request_id, audit_sample_step, order, made_then, err);
}

/* --- opening one --- */

/* As the actor may: who may not is told of no draw. */
static bool sample_load(struct request *request, struct audit_sample *sample, struct err *err)
{
    if (!may(&request->actor, ACT_AUDIT, &desk, err) || !request_look(request, err)
        || !audit_sample_get(request->sql, request->id, request->arena, sample, err))
        return false;
    if (audit_sample_open_to(sample, &request->actor))
        return true;
    err_set(err, ERR_MISSING, "没有这次抽样，或者您无权知道");
    return err_hint(err, "从审计台的抽样清单里找");
}

static json_t *picks_json(struct request *request, const struct audit_drawn *drawn, const struct audit_sample *sample)
{
    json_t *lines = json_array();

    for (size_t i = 0; sample->method != DRAW_WHOLE && i < drawn->count; i++)
        if (drawn->picked[i])
            json_array_append_new(lines, audit_line_json(request, &drawn->book, &drawn->book.deals[drawn->population[i]]));
    return lines;
}

static json_t *files_json(struct request *request, const struct audit_sample *sample)
{
    static const struct {
        const char *format, *sheet, *label;
    } files[] = {{"xlsx", "about", N_("工作簿（说明、总体、样本、疑点、定义）")}, {"csv", "sample", N_("样本")}, {"csv", "population", N_("总体")},
                 {"csv", "flags", N_("疑点")}, {"jsonl", "papers", N_("文书（供另行核算）")}};
    json_t *list = json_array();

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        json_t *file = json_object();

        json_put(file, "format", slice_of(files[i].format));
        json_put(file, "label", say(request, files[i].label));
        json_put(file, "href", slice_of(arena_print(request->arena, "/audit/samples/%lld/export?format=%s&sheet=%s", (long long)sample->id,
                                                    files[i].format, files[i].sheet)));
        json_array_append_new(list, file);
    }
    return list;
}

/* {papers, ended, sound, broken, href}: of the sample, hashed again; null for a whole population, where it would take too long. */
static bool verified_add(struct request *request, const struct audit_sample *sample, const struct audit_drawn *drawn, json_t *out, struct err *err)
{
    struct audit_verified verified;
    json_t *held;

    if (sample->method == DRAW_WHOLE) {
        json_fill(out, "verified");
        return true;
    }
    if (!audit_verify(request->sql, drawn, &verified, err))
        return false;
    held = json_object();
    json_object_set_new_nocheck(held, "papers", json_integer(verified.papers));
    json_object_set_new_nocheck(held, "ended", json_integer(verified.ended));
    json_object_set_new_nocheck(held, "sound", json_integer(verified.sound));
    if (verified.broken_deal) {
        json_put(held, "broken", say_message(request, &verified.why));
        json_put(held, "href", slice_of(arena_print(request->arena, "/audit/deals/%lld", (long long)verified.broken_deal)));
    }
    json_fill(held, "broken href");
    json_object_set_new_nocheck(out, "verified", held);
    return true;
}

static json_t *opened_json(struct request *request, const struct audit_sample *sample, const struct audit_drawn *drawn)
{
    json_t *out = sample_json(request, sample);
    struct audit_figures figures = {0}, all = {0};
    unsigned char seed[SEAL_HASH];
    char hex[2 * SEAL_HASH + 1];

    for (size_t i = 0; i < drawn->count; i++) {
        const struct audit_deal *deal = &drawn->book.deals[drawn->population[i]];

        audit_figures_add(deal, &all);
        if (drawn->picked[i])
            audit_figures_add(deal, &figures);
    }
    audit_seed(slice_of(sample->origin), sample->until, sample->root, sample->number, seed);
    seal_hex(seed, sizeof seed, hex);
    json_object_set_new_nocheck(out, "checkpoint", audit_checkpoint_json(sample->origin, sample->until, sample->root, sample->day));
    json_put(out, "seed", slice_of(hex));
    seal_hex(sample->digest, sizeof sample->digest, hex);
    json_put(out, "digest", slice_of(hex));
    json_object_set_new_nocheck(out, "same", json_boolean(drawn->same));
    json_object_set_new_nocheck(out, "flagged", json_boolean(drawn->filter.flag[0] != '\0'));
    json_object_set_new_nocheck(out, "picked", json_integer((json_int_t)drawn->picked_count));
    json_object_set_new_nocheck(out, "figures", audit_figures_json(request, &figures));
    json_object_set_new_nocheck(out, "population_figures", audit_figures_json(request, &all));
    json_object_set_new_nocheck(out, "listed", json_boolean(sample->method != DRAW_WHOLE));
    json_object_set_new_nocheck(out, "lines", picks_json(request, drawn, sample));
    json_object_set_new_nocheck(out, "files", files_json(request, sample));
    return out;
}

bool audit_sample_page(struct request *request, struct err *err)
{
    struct audit_sample *sample = arena_zero(request->arena, 1, sizeof *sample);
    struct audit_drawn *drawn = arena_zero(request->arena, 1, sizeof *drawn);
    json_t *document, *out;
    bool ok;

    if (!sample_load(request, sample, err))
        return false;
    ok = audit_sample_again(request->sql, &request->web->city->law, sample, request->arena, drawn, err);
    if (ok) {
        document = json_object();
        out = opened_json(request, sample, drawn);
        json_object_set_new_nocheck(document, "audit_sample", out);
        ok = verified_add(request, sample, drawn, out, err) && request_page(request, "audit_sample", document);
        if (!ok)
            json_decref(document);
    }
    audit_book_release(&drawn->book);
    return ok;
}

/* --- as a file --- */

static bool form_named(struct slice name, enum table_form *form)
{
    static const char *const names[] = {[TABLE_CSV] = "csv", [TABLE_XLSX] = "xlsx", [TABLE_JSONL] = "jsonl"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_is(name, names[i])) {
            *form = (enum table_form)i;
            return true;
        }
    return false;
}

bool audit_export_get(struct request *request, struct err *err)
{
    struct audit_sample *sample = arena_zero(request->arena, 1, sizeof *sample);
    struct audit_drawn *drawn = arena_zero(request->arena, 1, sizeof *drawn);
    struct slice sheet = request_value(request, "sheet");
    const char *path;
    enum table_form form;
    bool ok;

    if (!form_named(request_value(request, "format"), &form))
        return err_set(err, ERR_INVALID, "没有这种导出格式") || err_hint(err, "可用：csv、xlsx、jsonl");
    if (!sample_load(request, sample, err))
        return false;
    path = export_path(request, form);
    ok = audit_sample_again(request->sql, &request->web->city->law, sample, request->arena, drawn, err)
         && audit_export(request->sql, sample, drawn, path, form, audit_sheet_by_name(sheet.len ? sheet : SLICE("sample")), err);
    audit_book_release(&drawn->book);
    if (!ok) {
        unlink(path); /* nothing half is left */
        return false;
    }
    return export_send(request, path, form, slice_of(arena_print(request->arena, "审计抽样-%lld", (long long)sample->number)));
}
