/* The evidence pack of a deal, as a file. */
#include "web/deal.h"

#include <unistd.h>

#include "web/export.h"
#include "web/handlers.h"
#include "work/deal_pack.h"

static bool pack_make(struct request *request, struct deal_page *page, const char *path, struct err *err)
{
    struct city *city = request->web->city;
    struct text note, key;
    struct deal_pack pack = {.sql = request->sql, .law = &city->law, .file = &page->file, .arena = request->arena,
                             .data = city->data, .share = city->share, .time_ms = request->now_ms,
                             .files = slice_is(request_value(request, "files"), "1")};
    bool ok;

    text_init(&note);
    text_init(&key);
    ok = deal_pack_checkpoint(city, request->sql, deal_pack_last(&page->file), &note, &key, err);
    pack.note = text_slice(&note);
    pack.key = text_slice(&key);
    ok = ok && deal_pack_write(&pack, path, arena_print(request->arena, "%s.part", path), err);
    text_release(&note);
    text_release(&key);
    return ok;
}

/* GET /deals/:id/pack.zip. Set aside (web/aside.h): it may wait for a checkpoint, and with its files it may be large. */
bool deal_pack_get(struct request *request, struct err *err)
{
    struct deal_page page;
    const char *path;

    if (!request_look(request, err) || !deal_page_load(request, &page, err))
        return false;
    if (may_level(&request->actor, &page.object) < LEVEL_OWN)
        return err_set(err, ERR_DENIED, "证据包只给本单位和审计看");
    path = export_place(request, "zip");
    if (!pack_make(request, &page, path, err)) {
        unlink(path); /* nothing half is left */
        return false;
    }
    return export_file(request, path, "application/zip", "zip",
                       slice_of(arena_print(request->arena, "尽职证据包-%lld", (long long)request->id)));
}
