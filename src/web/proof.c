/*
 * Certificates of work: one's own, one as PDF, and what anybody is shown who holds one.
 * Documents: {"proofs": {lines: [{code, since, until, at, pdf, verify}], form: {action, since, until, refused}, person}};
 * {"proof": {code, asked, found: {name, organisation, since, until, at, leaf, digest, whole, values: [{label, text}], pdf} or null}}
 */
#include "base/clock.h"
#include "base/json.h"
#include "base/money.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/proof.h"

enum { CODE_TYPED = 40 };

static struct slice verify_address(struct request *request, struct slice code)
{
    return slice_of(arena_print(request->arena, "%s/verify-work/%.*s", request_site(request), (int)code.len, code.at));
}

static struct slice last_of(struct slice path)
{
    struct slice name = SLICE(""), rest = path;

    while (slice_cut(&rest, '/', &name))
        ;
    return name;
}

/* --- one's own --- */

static void form_put(struct request *request, json_t *out, const struct err *refused)
{
    json_t *form = json_object();
    struct slice since = request_value(request, "since"), until = request_value(request, "until");
    int year, month, day;
    char today[CLOCK_TEXT];

    day_to_ymd(day_of_ms(request->now_ms), &year, &month, &day);
    json_put(form, "action", SLICE("/work-proofs"));
    json_put(form, "since", since.len ? since : slice_of(arena_print(request->arena, "%d-01-01", year)));
    json_put(form, "until", until.len ? until : slice_of(clock_show_day(request->now_ms, today)));
    json_put(form, "request_id", request_fresh(request));
    if (refused)
        json_put(form, "refused", say_all(request, refused));
    json_fill(form, "refused");
    json_object_set_new_nocheck(out, "form", form);
}

static json_t *line_json(struct request *request, const struct record *proof)
{
    struct slice code = proof->values[PROOF_CODE].text;
    json_t *line = json_object();

    json_put(line, "code", code);
    json_put(line, "since", proof->values[PROOF_FROM].text);
    json_put(line, "until", proof->values[PROOF_UNTIL].text);
    json_object_set_new_nocheck(line, "at", json_integer(proof->valid_from));
    json_put(line, "pdf", slice_of(arena_print(request->arena, "/work-proofs/%.*s.pdf", (int)code.len, code.at)));
    json_put(line, "verify", slice_of(arena_print(request->arena, "/verify-work/%.*s", (int)code.len, code.at)));
    return line;
}

static bool own_page(struct request *request, const struct err *refused, struct err *err)
{
    struct record *list = arena_alloc(request->arena, PROOFS_SHOWN * sizeof *list);
    json_t *document, *out, *lines;
    size_t count = 0;

    if (request->actor.person
        && !proof_list(request->sql, request->actor.person, request->arena, list, PROOFS_SHOWN, &count, err))
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, line_json(request, &list[i]));
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "person", json_boolean(request->actor.person != 0));
    form_put(request, out, refused);
    json_object_set_new_nocheck(document, "proofs", out);
    if (refused)
        request->status = 422;
    return request_page(request, "proofs", document);
}

bool proofs_get(struct request *request, struct err *err)
{
    return own_page(request, NULL, err);
}

static bool drawn_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    const struct proof_order *order = arg;

    (void)err;
    if (outcome != STORE_DONE)
        return false;
    if (order->repeated)
        return request_see(request, "/work-proofs");
    return request_see(request, "/verify-work/%s", order->code);
}

static bool day_typed(struct request *request, const char *name, int32_t *day, struct err *err)
{
    char text[11];

    if (day_read(slice_trim(request_value(request, name)), text) && day_parse(slice_of(text), day))
        return true;
    err_set(err, ERR_INVALID, "日期要写成 2026-11-28 这样");
    return err_field(err, name);
}

bool proofs_post(struct request *request, struct err *err)
{
    struct proof_order *order = arena_zero(request->arena, 1, sizeof *order);

    proof_order_init(order, &request->actor, request_token(request));
    if (!request_members_fit(request, "since until request_id", err) || !day_typed(request, "since", &order->from, err)
        || !day_typed(request, "until", &order->until, err)) {
        struct err refused = *err;

        return !request->api && own_page(request, &refused, err);
    }
    return request_write(request, order->request_id, proof_step, order, drawn_then, err);
}

/* --- as PDF: for whom it is about --- */

bool proof_pdf_get(struct request *request, struct err *err)
{
    struct slice rest = last_of(request->path), code;
    struct record proof;
    const char *path;

    if (!request_look(request, err) || !slice_cut(&rest, '.', &code) || !slice_is(rest, "pdf"))
        return err_set(err, ERR_MISSING, "没有这份业绩证明");
    if (!proof_get(request->sql, code, request->arena, &proof, err))
        return false;
    if (proof.values[PROOF_PERSON].number != request->actor.person)
        return err_set(err, ERR_MISSING, "没有这份业绩证明");
    path = export_place(request, "pdf");
    return export_paper(request, proof_pdf(&proof, verify_address(request, code), path, err), path, "pdf",
                        slice_of(arena_print(request->arena, "业绩证明-%.*s", (int)code.len, code.at)));
}

/* --- for whoever is shown one --- */

static json_t *values_json(const struct request *request, const struct record *proof)
{
    struct proof_value list[PROOF_LINES];
    size_t count = proof_values(proof, list);
    json_t *values = json_array();
    char money[MONEY_TEXT];

    for (size_t i = 0; i < count; i++) {
        json_t *value = json_object();

        json_put(value, "name", slice_of(list[i].name));
        json_object_set_new_nocheck(value, "label", label_json(list[i].name, list[i].label, list[i].label_en));
        if (list[i].money)
            json_put(value, "text", slice_of(money_show_plain(list[i].number, money)));
        else
            json_put(value, "text", slice_of(arena_print(request->arena, "%lld", (long long)list[i].number)));
        json_array_append_new(values, value);
    }
    return values;
}

static json_t *found_json(struct request *request, const struct record *proof)
{
    const struct value *values = proof->values;
    json_t *found = json_object();

    json_put(found, "name", values[PROOF_NAME].text);
    json_put(found, "organisation", values[PROOF_ORGANISATION].text);
    json_put(found, "since", values[PROOF_FROM].text);
    json_put(found, "until", values[PROOF_UNTIL].text);
    json_object_set_new_nocheck(found, "at", json_integer(proof->valid_from));
    json_object_set_new_nocheck(found, "leaf", json_integer(proof->from_leaf));
    json_put(found, "digest", values[PROOF_DIGEST].text);
    json_object_set_new_nocheck(found, "whole", json_boolean(proof_whole(proof)));
    json_object_set_new_nocheck(found, "values", values_json(request, proof));
    if (values[PROOF_PERSON].number == request->actor.person && request->actor.person)
        json_put(found, "pdf", slice_of(arena_print(request->arena, "/work-proofs/%.*s.pdf", (int)values[PROOF_CODE].text.len,
                                                    values[PROOF_CODE].text.at)));
    json_fill(found, "pdf");
    return found;
}

/* The code is in the path, or typed into the page's form. */
static struct slice code_asked(struct request *request)
{
    struct slice code = last_of(request->path);

    return slice_is(code, "verify-work") ? slice_trim(request_value(request, "code")) : code;
}

static bool find(struct request *request, struct slice code, struct record *proof, bool *found, struct err *err)
{
    *found = code.len && code.len <= CODE_TYPED && proof_get(request->sql, code, request->arena, proof, err);
    return *found || !code.len || code.len > CODE_TYPED || err->code == ERR_MISSING;
}

bool proof_verify_get(struct request *request, struct err *err)
{
    struct slice code = code_asked(request);
    json_t *document, *out;
    struct record proof;
    bool found;

    if (!find(request, code, &proof, &found, err))
        return false;
    if (!found && request_is_api(request))
        return err_set(err, ERR_MISSING, "没有这份业绩证明");
    document = json_object();
    out = json_object();
    json_put(out, "code", code.len <= CODE_TYPED ? code : SLICE(""));
    json_object_set_new_nocheck(out, "asked", json_boolean(code.len > 0));
    if (found)
        json_object_set_new_nocheck(out, "found", found_json(request, &proof));
    json_fill(out, "found");
    json_object_set_new_nocheck(document, "proof", out);
    if (code.len && !found)
        request->status = 404;
    return request_page(request, "verify_work", document);
}
