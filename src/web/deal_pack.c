/* The evidence pack of a deal, as a file. */
#include "web/deal.h"

#include <unistd.h>

#include "web/export.h"
#include "web/handlers.h"
#include "work/deal_pack.h"
#include "work/sealer.h"

enum { WAIT_MS = 3000, LOOK_MS = 50 };

/* The newest checkpoint, waited for a moment: what was written last is signed about a second later. */
static bool checkpoint_take(struct request *request, uint64_t last, struct text *note, struct text *key, struct err *err)
{
    struct sealer *sealer = request->web->city->sealer;
    uint64_t size = 0;

    for (int waited = 0;; waited += LOOK_MS) {
        text_clear(note);
        if (sealer_checkpoint(sealer, SEAL_SHA256, note, &size) && size > last)
            break;
        if (waited >= WAIT_MS) {
            err_set(err, ERR_BUSY, "刚写入的还没有签进检查点");
            return err_hint(err, "约一秒后就好，请再取一次");
        }
        usleep(LOOK_MS * 1000);
    }
    return sealer_keys(sealer, key) || err_set(err, ERR_MISSING, "账本还没有签过检查点");
}

static bool pack_make(struct request *request, struct deal_page *page, const char *path, struct err *err)
{
    struct city *city = request->web->city;
    struct text note, key;
    struct slice rest;
    struct deal_pack pack = {.sql = request->sql, .law = &city->law, .file = &page->file, .arena = request->arena,
                             .data = city->data, .share = city->share, .time_ms = request->now_ms,
                             .files = slice_is(request_value(request, "files"), "1")};
    bool ok;

    text_init(&note);
    text_init(&key);
    ok = checkpoint_take(request, deal_pack_last(&page->file), &note, &key, err);
    if (ok) {
        rest = text_slice(&key);
        slice_cut(&rest, '\n', &pack.key); /* the first is the tree's of SHA-256 */
        pack.note = text_slice(&note);
        ok = deal_pack_write(&pack, path, arena_print(request->arena, "%s.part", path), err);
    }
    text_release(&note);
    text_release(&key);
    return ok;
}

bool deal_pack_get(struct request *request, struct err *err)
{
    struct deal_page page;
    const char *path;

    if (!deal_page_load(request, &page, err))
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
