/*
 * A firm's asset pack: for the firm itself, and under a consent for the bank, whose every look is written down before the page goes out.
 * Document: {"asset_pack": {firm, day, lines, stale, sections: [{label, lines: [{what, number, says, amount, day, source, as_of, age, stale}]}],
 *   bank: name or null, consent: {href, parts, purpose, until, stands} or null, products: [funding_line] or null,
 *   own: it is the reader's, consents: [{href, bank, until, stands}] or null}}
 */
#include "work/asset_pack.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/ident.h"
#include "base/json.h"
#include "base/money.h"
#include "record/choice.h"
#include "record/party.h"
#include "web/export.h"
#include "web/finance.h"
#include "web/funding.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/loan.h"

enum { CONSENTS_MOST = 50, OPENINGS_MOST = 200 };

/* --- the document --- */

/* As a page shows it: amounts in words, what a section is called with both its names. */
static void sections_show(const struct request *request, json_t *pack)
{
    json_t *section, *line;
    size_t s, l;
    char text[MONEY_TEXT];

    json_array_foreach(json_object_get(pack, "sections"), s, section) {
        const struct choice *part = choice_find(choice_list_get("consent_part"), json_member(section, "part"));

        json_object_set_new_nocheck(section, "label", label_json(part->code, part->label, part->label_en));
        json_array_foreach(json_object_get(section, "lines"), l, line) {
            struct slice fen = json_member(line, "amount");
            int64_t amount = fen.len ? strtoll(fen.at, NULL, 10) : 0;

            if (fen.len && !request->api)
                json_put(line, "amount", slice_of(request->english ? money_show_english(amount, text) : money_show(amount, text)));
        }
    }
}

static json_t *consent_line(struct request *request, const struct record *consent)
{
    int32_t today = day_of_ms(request->now_ms);
    json_t *out = json_object();

    json_put(out, "href", slice_of(arena_print(request->arena, "/consents/%lld", (long long)consent->id)));
    json_put(out, "bank", record_title(request->sql, &kind_party, matter_number(consent, CONSENT_BANK), request->arena));
    json_put(out, "parts", field_words(&kind_consent.fields[CONSENT_PARTS], &consent->values[CONSENT_PARTS], request->english, request->arena));
    json_put(out, "purpose", matter_text(consent, CONSENT_PURPOSE));
    json_put(out, "until", matter_text(consent, CONSENT_UNTIL));
    json_object_set_new_nocheck(out, "stands", json_boolean(consent_stands(consent, today)));
    return out;
}

/* The firm's consents, those to banks. */
static bool consents_put(struct request *request, json_t *out, struct err *err)
{
    struct matter_query query = {.mine = true};
    struct record *list = arena_alloc(request->arena, CONSENTS_MOST * sizeof *list);
    json_t *lines = json_array();
    int64_t further;
    size_t count;

    json_object_set_new_nocheck(out, "consents", lines);
    if (!matter_list(request->sql, &sort_consent, &request->actor, &query, request->arena, list, CONSENTS_MOST, &count, &further, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (list[i].owner == request->actor.party) /* what others gave to a bank is not its own pack */
            json_array_append_new(lines, consent_line(request, &list[i]));
    return true;
}

/* Asked over what the firm has applied to this bank for, and what the bank types for this look. */
static bool products_put(struct request *request, const struct record *consent, json_t *out, struct err *err)
{
    struct fact typed[LOAN_ASKED_FACTS + FUNDING_ASKS], *facts;
    struct funding_want want = {.firm = consent->owner, .bank = matter_number(consent, CONSENT_BANK), .typed = typed, .today = day_of_ms(request->now_ms)};
    struct funding_asking asking;
    struct funding_line *lines;
    size_t count, fact_count;
    json_t *shown = json_array();

    json_object_set_new_nocheck(out, "products", shown);
    if (!loan_asked_facts(request->sql, want.firm, want.bank, request->arena, typed, &want.typed_count, err)
        || !funding_typed_read(request, &want, typed, &asking, err)
        || !funding_products(request->sql, &request->web->city->law, &want, request->arena, &lines, &count, &facts, &fact_count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *line;
        bool ok = funding_line_json(request, &lines[i], facts, fact_count, &line, err);

        json_object_set_new_nocheck(line, "apply", json_null());
        json_array_append_new(shown, line);
        if (!ok)
            return false;
    }
    json_object_set_new_nocheck(out, "asks", funding_asks_json(request, &asking, lines, count));
    request->status = asking.problem.code ? 422 : request->status;
    return true;
}

static bool pack_document(struct request *request, int64_t firm, const struct record *consent, json_t **document, struct err *err)
{
    struct pack_want want = {.firm = firm, .parts = consent ? matter_text(consent, CONSENT_PARTS) : SLICE(""),
                             .today = day_of_ms(request->now_ms), .english = request->english};
    json_t *pack;
    bool ok;

    if (!asset_pack_build(request->sql, &request->web->city->law, &want, request->arena, &pack, err))
        return false;
    sections_show(request, pack);
    json_put(pack, "firm", record_title(request->sql, &kind_party, firm, request->arena));
    json_object_set_new_nocheck(pack, "own", json_boolean(acts_for(&request->actor, firm)));
    if (consent) {
        json_put(pack, "bank", record_title(request->sql, &kind_party, matter_number(consent, CONSENT_BANK), request->arena));
        json_object_set_new_nocheck(pack, "consent", consent_line(request, consent));
        ok = !field_list_has(want.parts, SLICE("facts")) || products_put(request, consent, pack, err);
    } else {
        ok = consents_put(request, pack, err);
    }
    json_object_set_new_nocheck(pack, "shows_products", json_boolean(json_object_get(pack, "products") != NULL));
    json_object_set_new_nocheck(pack, "shows_consents", json_boolean(!consent));
    json_fill(pack, "bank consent products asks consents");
    *document = json_object();
    json_object_set_new_nocheck(*document, "asset_pack", pack);
    if (!ok)
        json_decref(*document);
    return ok;
}

/* --- pages --- */

bool asset_pack_get(struct request *request, struct err *err)
{
    json_t *document;

    if (!acts_for(&request->actor, request->actor.party))
        return err_set(err, ERR_DENIED, "资产包是企业自己的") || err_hint(err, "请用企业成员的账号登录；银行从企业的授权里打开");
    return pack_document(request, request->actor.party, NULL, &document, err) && request_page(request, "asset_pack", document);
}

/* A look of the bank's while it is written down: what goes out behind it. */
struct looked {
    struct pack_looking looking; /* first: the step is given it */
    json_t *document;
    const char *path;            /* of a file; NULL: the page */
    bool xlsx;
    struct slice stem;
};

static bool look_sent(struct request *request, const struct looked *looked)
{
    return looked->path ? export_file(request, looked->path,
                                      looked->xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "application/pdf",
                                      looked->xlsx ? "xlsx" : "pdf", looked->stem)
                        : request_page(request, "asset_pack", looked->document);
}

static bool look_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    struct looked *looked = arg;

    (void)err;
    if (outcome == STORE_DONE)
        return look_sent(request, looked);
    json_decref(looked->document);
    if (looked->path)
        unlink(looked->path);
    return false;
}

/* The firm looks at what is its own; a bank's look is a leaf first. */
static bool look(struct request *request, const struct matter_file *file, struct looked *looked, struct err *err)
{
    if (!(file->sides & SIDE(CONSENT_BY_BANK)))
        return look_sent(request, looked);
    pack_looking_init(&looked->looking, &request->actor, file->matter.id, looked->path != NULL, request->now_ms);
    if (request_write(request, looked->looking.request_id, pack_look_step, looked, look_then, err))
        return true;
    json_decref(looked->document);
    if (looked->path)
        unlink(looked->path);
    return false;
}

/* The consent, for its two sides alone; for the bank only while it stands. */
static bool consent_load(struct request *request, struct matter_file *file, struct err *err)
{
    int32_t today = day_of_ms(request->now_ms);

    if (!request_look(request, err)
        || !matter_load(request->sql, &sort_consent, request->id, &request->actor, today, request->arena, file, err))
        return false;
    if (!file->sides)
        return record_missing(&kind_consent, err);
    return (file->sides & SIDE(CONSENT_FIRM)) || consent_open(&file->matter, today, err);
}

bool consent_pack_get(struct request *request, struct err *err)
{
    struct looked *looked = arena_zero(request->arena, 1, sizeof *looked);
    struct matter_file file;

    return consent_load(request, &file, err) && pack_document(request, file.matter.owner, &file.matter, &looked->document, err)
           && look(request, &file, looked, err);
}

/* --- files --- */

/* "123.pdf" of the path's end: which pack, and whether as a workbook. */
static const struct record *pack_named(const struct request *request, const struct matter_file *file, bool *xlsx)
{
    struct slice rest = request->path, name = SLICE(""), stem;
    int64_t no;

    while (slice_cut(&rest, '/', &name))
        ;
    rest = name;
    if (!slice_cut(&rest, '.', &stem) || !(slice_is(rest, "pdf") || slice_is(rest, "xlsx")) || !ident_parse(stem, &no))
        return NULL;
    *xlsx = slice_is(rest, "xlsx");
    for (size_t i = 0; i < file->counts[0]; i++)
        if (matter_number(&file->entries[0][i], ENTRY_NO) == no)
            return &file->entries[0][i];
    return NULL;
}

bool consent_file_get(struct request *request, struct err *err)
{
    struct looked *looked = arena_zero(request->arena, 1, sizeof *looked);
    struct pack_opening *openings = arena_alloc(request->arena, OPENINGS_MOST * sizeof *openings);
    struct pack_paper paper = {.openings = openings};
    struct matter_file file;

    if (!consent_load(request, &file, err))
        return false;
    paper.consent = &file.matter;
    paper.pack = pack_named(request, &file, &looked->xlsx);
    if (!paper.pack)
        return err_set(err, ERR_MISSING, "没有这份尽调包") || err_hint(err, "授权的页面列出了取过的");
    paper.bank = record_title(request->sql, &kind_party, matter_number(&file.matter, CONSENT_BANK), request->arena);
    if (!pack_openings(request->sql, &file.matter, request->arena, openings, OPENINGS_MOST, &paper.opening_count, err))
        return false;
    looked->path = export_place(request, looked->xlsx ? "xlsx" : "pdf");
    looked->stem = slice_of(arena_print(request->arena, "%s-%lld", "尽调包", (long long)matter_number(paper.pack, ENTRY_NO)));
    if (!asset_pack_paper(&paper, looked->xlsx, looked->path, err)) {
        unlink(looked->path); /* nothing half is left */
        return false;
    }
    return look(request, &file, looked, err);
}

/* --- beside a consent --- */

static json_t *packs_json(const struct matter_page *page)
{
    bool open = (page->file.sides & SIDE(CONSENT_FIRM)) || consent_stands(&page->file.matter, page->file.today);
    json_t *packs = json_array();

    for (size_t i = page->file.counts[0]; i-- > 0;) {
        const struct record *pack = &page->file.entries[0][i];
        long long no = (long long)matter_number(pack, ENTRY_NO);
        json_t *line = json_object();

        json_object_set_new_nocheck(line, "no", json_integer(no));
        json_object_set_new_nocheck(line, "at", json_integer(pack->valid_from));
        json_object_set_new_nocheck(line, "lines", json_integer(matter_number(pack, PACK_FACTS)));
        json_object_set_new_nocheck(line, "stale", json_integer(matter_number(pack, PACK_STALE)));
        json_object_set_new_nocheck(line, "leaf", json_integer(matter_number(pack, PACK_LEAF)));
        json_put(line, "digest", matter_text(pack, PACK_DIGEST));
        if (open) {
            json_put(line, "pdf", slice_of(arena_print(page->request->arena, "/consents/%lld/packs/%lld.pdf", (long long)page->file.matter.id, no)));
            json_put(line, "xlsx", slice_of(arena_print(page->request->arena, "/consents/%lld/packs/%lld.xlsx", (long long)page->file.matter.id, no)));
        }
        json_fill(line, "pdf xlsx");
        json_array_append_new(packs, line);
    }
    return packs;
}

bool consent_panel(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct request *request = page->request;
    struct pack_opening *openings = arena_alloc(request->arena, OPENINGS_MOST * sizeof *openings);
    json_t *lines = json_array(), *panel = json_object();
    bool stands = page->file.matter.ver && consent_stands(&page->file.matter, page->file.today);
    size_t count = 0;

    json_object_set_new_nocheck(matter, "consent", panel);
    json_object_set_new_nocheck(panel, "openings", lines);
    json_object_set_new_nocheck(panel, "packs", page->file.sight == SIGHT_ALL ? packs_json(page) : json_array());
    json_object_set_new_nocheck(panel, "stands", json_boolean(stands));
    if (page->file.sides && (stands || (page->file.sides & SIDE(CONSENT_FIRM))))
        json_put(panel, "open", slice_of(arena_print(request->arena, "/consents/%lld/pack", (long long)page->file.matter.id)));
    json_fill(panel, "open");
    if (page->file.sight != SIGHT_ALL || !page->file.matter.ver)
        return true;
    if (!pack_openings(request->sql, &page->file.matter, request->arena, openings, OPENINGS_MOST, &count, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        json_t *line = json_object();

        json_object_set_new_nocheck(line, "at", json_integer(openings[i].time_ms));
        json_object_set_new_nocheck(line, "leaf", json_integer(openings[i].leaf));
        json_put(line, "who", openings[i].who);
        json_object_set_new_nocheck(line, "file", json_boolean(openings[i].file));
        json_array_append_new(lines, line);
    }
    return true;
}
