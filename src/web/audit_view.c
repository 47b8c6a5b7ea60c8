/* What auditors looked at: written down before they get it, and read again. */
#include "work/audit_view.h"

#include <unistd.h>

#include "base/json.h"
#include "record/deal.h"
#include "record/paper.h"
#include "web/audit.h"
#include "web/handlers.h"
#include "web/route.h"
#include "web/say.h"
#include "web/view.h"
#include "work/matter.h"

enum { PAGE_VIEWS = 60 };

/*
 * Whose pages are watched, and what of them is written down: a word of our own, or the kind of the record (NULL). Of the pages that
 * are not here an auditor sees what everybody sees, or what he himself wrote.
 */
static const struct {
    request_handle *handle;
    const char *what;
} watched[] = {
    {deal_get, "deal"},           {deal_paper_get, "deal"},      {deal_pack_get, "pack"},      {audit_get, "audit"},
    {audit_deal_get, "deal"},     {audit_sample_page, "sample"}, {audit_export_get, "export"}, {view_get, NULL},
    {history_get, NULL},          {deal_file_get, "deal"},    {export_get, "list"},          {account_view, "account"},    {log_entries_get, "ledger"},
    {deal_title_get, "deal"},     {deals_get, "deals"},       {feedback_get, NULL},          {accounts_get, "accounts"},
    {matter_get, NULL},           {matter_kept_get, NULL},    {matters_get, "list"}, {matter_events_get, NULL},      {rd_get, "list"},
    {tolerance_get, "list"},      {indicator_lines_get, "list"}, {indicator_table_get, "list"}, {annual_get, "list"}, {annual_file_get, "list"},
    {steering_get, "list"},       {steering_file_get, "list"},
    {registration_get, "deal"},   {registrations_get, "registrations"},                      {registrations_export_get, "registrations"},
};

static const char *watched_as(const struct request *request)
{
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++)
        if (request->route->handle == watched[i].handle)
            return watched[i].what ? watched[i].what : request->kind ? request->kind->name : "record";
    return NULL;
}

/* Nothing of what was made ready goes out: not the page, not the bytes, not the file. */
static void take_back(struct request *request)
{
    struct http_exchange *exchange = request->exchange;

    if (exchange->reply_file && exchange->reply_file_once)
        unlink(exchange->reply_file);
    exchange->reply_file = NULL;
    exchange->reply_file_once = false;
    exchange->reply_type = exchange->reply_headers = (struct slice){NULL, 0};
    text_clear(&exchange->reply);
    json_decref(request->document);
    request->document = NULL;
    request->page = request->keep = NULL;
    request->status = 0;
}

static bool written_then(struct request *request, void *arg, enum store_outcome outcome, struct err *err)
{
    (void)arg, (void)err;
    if (outcome != STORE_DONE)
        take_back(request);
    return outcome == STORE_DONE;
}

enum audit_seen audit_seen(struct request *request, struct err *err)
{
    const char *what = request->route && actor_has(&request->actor, ROLE_AUDITOR) ? watched_as(request) : NULL;
    struct audit_viewing *viewing;
    bool there;

    if (!what || request->status >= 400)
        return SEEN_ON;
#ifdef TQ_TEETH_AUDIT_SEEN
    return SEEN_ON;
#endif
    viewing = arena_zero(request->arena, 1, sizeof *viewing);
    audit_viewing_init(viewing, &request->actor, what, request->id, request->now_ms);
    if (request_look(request, err) && ledger_seen(request->sql, slice_of(viewing->request_id), &there, err)) {
        if (there)
            return SEEN_ON;
        if (request_write(request, viewing->request_id, audit_view_step, viewing, written_then, err))
            return SEEN_LATER;
    }
    take_back(request);
    return SEEN_FAILED;
}

/* --- reading it --- */

static const struct {
    const char *what, *label, *label_en, *path;
} words[] = {
    {"deal", "转化项目", "Deal", "/audit/deals/%lld"},      {"pack", "证据包", "Evidence pack", "/audit/deals/%lld"},
    {"audit", "审计台", "Auditor's desk", "/audit"},         {"sample", "抽样", "Sample", "/audit/samples/%lld"},
    {"export", "抽样导出", "Export of a sample", "/audit/samples/%lld"}, {"list", "清单导出", "Export of a list", NULL},
    {"account", "账号", "Account", "/accounts/%lld"},        {"ledger", "账本条目", "Leaves of the ledger", NULL},
    {"deals", "转化项目清单", "List of deals", "/deals"},    {"accounts", "账号清单", "List of accounts", "/accounts"},
    {"registrations", "合同登记清单", "Contracts to be registered", "/registrations"},
};

/* Of the seven kinds, or of a sort of matter. */
static const struct kind *kind_seen(const struct audit_view *view)
{
    const struct kind *kind = kind_by_name(view->what), *stored = kind ? NULL : kind_stored(view->what);

    return kind ? kind : stored && matter_sort_of(stored) ? stored : NULL;
}

/* His own log says what it was; an administrator's has numbers alone. */
static void title_add(struct request *request, const struct audit_view *view, json_t *line)
{
    bool deal = strcmp(view->what, "deal") == 0 || strcmp(view->what, "pack") == 0;
    const struct kind *kind = deal ? &kind_deal : kind_seen(view);
    struct slice title = kind && view->object ? record_title(request->sql, kind, view->object, request->arena) : SLICE("");

    if (title.len)
        json_put(line, "title", title);
}

static void what_add(struct request *request, const struct audit_view *view, bool own, json_t *line)
{
    const struct kind *kind = kind_seen(view);

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].what, view->what) == 0) {
            json_object_set_new_nocheck(line, "what", label_json(words[i].what, words[i].label, words[i].label_en));
            if (own && words[i].path)
                json_put(line, "href", slice_of(view->object ? arena_print(request->arena, "%.*s%lld", (int)strcspn(words[i].path, "%"), words[i].path, (long long)view->object) : words[i].path));
            return;
        }
    if (!kind) {
        json_object_set_new_nocheck(line, "what", label_json("record", "记录", "Record"));
        return;
    }
    json_object_set_new_nocheck(line, "what", label_json(kind->name, kind->label, kind->label_en));
    json_put(line, "href", slice_of(arena_print(request->arena, "/%s/%lld", kind->plural, (long long)view->object)));
}

static json_t *view_json(struct request *request, const struct audit_view *view, bool own)
{
    json_t *line = json_object();

    json_object_set_new_nocheck(line, "at", json_integer(view->time_ms));
    json_object_set_new_nocheck(line, "leaf", json_integer(view->leaf));
    json_put(line, "proof", slice_of(arena_print(request->arena, "/log/proof?leaf=%lld", (long long)view->leaf)));
    if (view->object)
        json_put_id(line, "object", view->object);
    what_add(request, view, own, line);
    if (own)
        title_add(request, view, line);
    else
        json_put(line, "who", actor_name(request->sql, view->actor, request->arena));
    json_fill(line, "object href title who");
    return line;
}

bool audit_views_get(struct request *request, struct err *err)
{
    static const struct object desk = {.kind = NULL};
    bool own = !actor_has(&request->actor, ROLE_AUDIT_ADMIN);
    json_t *document, *out, *lines;
    struct audit_view *list;
    int64_t next;
    size_t count;

    if (!may(&request->actor, ACT_AUDIT_VIEWS, &desk, err))
        return false;
    list = arena_alloc(request->arena, PAGE_VIEWS * sizeof *list);
    if (!audit_views_list(request->sql, own ? request->actor.pseudonym : NULL, request_number(request, "before", 0), list, PAGE_VIEWS, &count,
                          &next, err))
        return false;
    document = json_object();
    out = json_object();
    lines = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(lines, view_json(request, &list[i], own));
    json_object_set_new_nocheck(out, "lines", lines);
    json_object_set_new_nocheck(out, "all", json_boolean(!own));
    if (next)
        json_put(out, "next", slice_of(arena_print(request->arena, "/audit/views?before=%lld", (long long)next)));
    json_fill(out, "next");
    json_object_set_new_nocheck(document, "audit_views", out);
    return request_page(request, "audit_views", document);
}
