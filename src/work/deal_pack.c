/* The evidence pack as a file. */
#include "work/deal_pack_int.h"

#include <errno.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "ledger/sealed.h"
#include "ledger/tiles.h"
#include "work/sealer.h"
#include "work/stamper.h"

enum { WAIT_MS = 3000, LOOK_MS = 50 };

uint64_t deal_pack_last(const struct deal_file *file)
{
    int64_t last = file->deal.from_leaf;

    for (size_t k = KIND_DEAL + 1; k < KIND_ALL; k++)
        for (size_t i = 0; i < file->count[k]; i++)
            if (file->papers[k][i].from_leaf > last)
                last = file->papers[k][i].from_leaf;
    return (uint64_t)last;
}

/* --- the checkpoint --- */

static bool not_yet(struct err *err)
{
    err_set(err, ERR_BUSY, "刚写入的还没有签进检查点");
    return err_hint(err, "约一秒后就好，请再取一次");
}

static bool sealing(struct sealer *sealer, uint64_t last, struct text *note, struct text *keys, struct err *err)
{
    uint64_t size = 0;

    for (int waited = 0; !sealer_checkpoint(sealer, SEAL_SHA256, note, &size) || size <= last; waited += LOOK_MS) {
        if (waited >= WAIT_MS)
            return not_yet(err);
        text_clear(note);
        usleep(LOOK_MS * 1000);
    }
    return sealer_keys(sealer, keys) || err_set(err, ERR_MISSING, "账本还没有签过检查点");
}

/* Nobody serves: what was signed last, where its tiles lie here. */
static bool sealed_then(const struct city *city, struct sql *sql, uint64_t last, struct text *note, struct text *keys, struct err *err)
{
    char folder[LOGBOOK_PATH];
    struct sealed sealed;
    bool ok = sealed_get(sql, SEAL_SHA256, &sealed, err);

    logbook_folder(city->data, SEAL_SHA256, folder);
    ok = ok && (sealed.size > 0 || err_set(err, ERR_MISSING, "账本还没有签过检查点"))
         && ((sealed.size > last && tiles_size_told(folder) >= sealed.size) || not_yet(err));
    if (ok) {
        text_add_slice(note, text_slice(&sealed.note));
        text_puts(keys, sealed.key);
    }
    text_release(&sealed.note);
    return ok;
}

bool deal_pack_checkpoint(struct city *city, struct sql *sql, uint64_t last, struct text *note, struct text *key, struct err *err)
{
    struct slice rest, line;
    struct text keys;
    bool ok;

    text_init(&keys);
    ok = city->sealer ? sealing(city->sealer, last, note, &keys, err) : sealed_then(city, sql, last, note, &keys, err);
    rest = text_slice(&keys);
    if (ok && slice_cut(&rest, '\n', &line)) /* the first is the tree's of SHA-256 */
        text_add_slice(key, line);
    text_release(&keys);
    return ok;
}

/* --- files that go in as they are --- */

static bool file_part(struct pack_work *work, const char *name, const char *path, struct err *err)
{
    FILE *file = fopen(path, "re");
    struct text text;
    size_t len = 1;
    bool ok;

    if (!file)
        return err_set(err, ERR_IO, "打不开 %s：%s", path, strerrordesc_np(errno));
    text_init(&text);
    while (len > 0 && text.len <= PACK_MOST)
        text.len += len = fread(text_reserve(&text, 65536), 1, 65536, file);
    ok = !ferror(file) || err_set(err, ERR_IO, "读不了 %s", path);
    fclose(file);
    ok = ok && pack_part(work, name, text_slice(&text), err);
    text_release(&text);
    return ok;
}

/* --- a time stamp from outside --- */

/* The checkpoint that was stamped may be an older one: then it comes with the proof that ours extends it. */
static bool stamp_prove(struct pack_work *work, const struct checkpoint *stamped, struct err *err)
{
    struct proof_text proof = {.kind = PROOF_CONSISTENCY, .number = stamped->size, .checkpoint = work->pack->note};
    struct text text;
    bool ok;

    if (!tree_extend(&work->source, stamped->size, work->checkpoint.size, &proof.proof, err))
        return false;
    text_init(&text);
    proof_text_write(&proof, &text);
    ok = pack_part(work, "stamp/proof", text_slice(&text), err);
    text_release(&text);
    return ok;
}

/* One over a checkpoint that our key did not sign, or that is newer than ours, says nothing of this pack. */
static bool stamp_add(struct pack_work *work, const struct note_key *key, struct err *err)
{
    struct checkpoint checkpoint;
    struct stamped stamped;
    struct err none;
    bool ok = stamped_newest(work->pack->sql, &stamped, err);

    if (ok && stamped.time_ms && checkpoint_open(text_slice(&stamped.note), key, &checkpoint, &none)
        && checkpoint.size > 0 && checkpoint.size <= work->checkpoint.size)
        ok = pack_part(work, "stamp/checkpoint", text_slice(&stamped.note), err)
             && pack_part(work, "stamp/reply", text_slice(&stamped.reply), err) && stamp_prove(work, &checkpoint, err);
    text_release(&stamped.note);
    text_release(&stamped.reply);
    return ok;
}

/* --- the list of what is in it --- */

static json_t *file_json(const struct part *part)
{
    unsigned char hash[SEAL_HASH];
    char hex[2 * SEAL_HASH + 1];
    json_t *out = json_object();

    json_put(out, "name", slice_of(part->name));
    json_object_set_new_nocheck(out, "size", json_integer((json_int_t)part->bytes.len));
    if (part->path) { /* an attachment is called by its hash */
        json_put(out, "sha256", slice_of(strrchr(part->name, '/') + 1));
        return out;
    }
    seal_sha256(&part->bytes, 1, hash);
    seal_hex(hash, SEAL_HASH, hex);
    json_put(out, "sha256", slice_of(hex));
    return out;
}

static bool manifest_add(struct pack_work *work, struct err *err)
{
    const struct deal_file *file = work->pack->file;
    json_t *document = json_object(), *files = json_array();
    char when[CLOCK_TEXT];
    struct text text;
    bool ok;

    json_put(document, "format", SLICE("tieqiao-pack/1"));
    json_put_id(document, "deal", file->deal.id);
    json_object_set_new_nocheck(document, "ver", json_integer(file->deal.ver));
    json_put(document, "title", file->deal.values[DEAL_TITLE].text);
    json_put(document, "unit", paper_text(&file->unit, file->unit.kind->title));
    json_put(document, "made", slice_of(clock_show_iso(work->pack->time_ms, when)));
    for (size_t i = 0; i < work->parts.count; i++)
        json_array_append_new(files, file_json(&work->parts.list[i]));
    json_object_set_new_nocheck(document, "files", files);
    text_init(&text);
    json_write(document, &text);
    text_putc(&text, '\n');
    ok = pack_part(work, "manifest.json", text_slice(&text), err);
    json_decref(document);
    text_release(&text);
    return ok;
}

/* --- all of it --- */

static bool begin(struct pack_work *work, struct note_key *key, struct err *err)
{
    const struct deal_pack *pack = work->pack;

    if (!note_key_read(pack->key, key, err) || !checkpoint_open(pack->note, key, &work->checkpoint, err))
        return false;
    if (deal_pack_last(pack->file) >= work->checkpoint.size) {
        err_set(err, ERR_CONFLICT, "刚写入的还没有签进检查点");
        return err_hint(err, "约一秒后就好，请再取一次");
    }
    logbook_folder(pack->data, SEAL_SHA256, work->folder);
    work->source = (struct tree_source){.size = work->checkpoint.size, .read = tiles_source, .arg = work->folder};
    return true;
}

static bool people_parts(struct pack_work *work, const char *work_path, struct err *err)
{
    bool ok = file_part(work, "说明.txt", arena_print(work->arena, "%s/papers/pack.txt", work->pack->share), err)
              && pack_pdf(work, work_path, err) && file_part(work, "pack.pdf", work_path, err);

    unlink(work_path);
    return ok;
}

bool deal_pack_write(struct deal_pack *pack, const char *path, const char *work_path, struct err *err)
{
    struct pack_work *work = arena_zero(pack->arena, 1, sizeof *work);
    struct note_key key;
    bool ok;

    work->pack = pack;
    work->arena = pack->arena;
    ok = begin(work, &key, err) && pack_records(work, err) && people_parts(work, work_path, err)
         && pack_part(work, "checkpoint", pack->note, err)
         && pack_part(work, "key.txt", slice_of(arena_print(pack->arena, "%.*s\n", (int)pack->key.len, pack->key.at)), err)
         && stamp_add(work, &key, err) && pack_files(work, work_path, err) && manifest_add(work, err)
         && parts_write(&work->parts, path, err);
    pack_files_end(work);
    return ok;
}
