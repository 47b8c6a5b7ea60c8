/*
 * Old papers on a deal's page: a contract, minutes, a notice, a voucher or a sheet of shares, dropped onto the form of a step, fills
 * it in, each value with the sentence it came from. The deal is left as it is until the person takes the step. So that one drop is
 * enough, the file waits meanwhile under its hash (work/attachment.h: a day, seen by nobody) and goes in with the step unless the
 * person says no. Who may take it up again is told by a mark that only this process can make.
 */
#include "web/deal.h"

#include <pthread.h>

#include "base/json.h"
#include "base/utf8.h"
#include "web/drop.h"
#include "web/form_int.h"
#include "web/say.h"

enum { READ_MOST = 400000 };

bool deal_reads(const struct deal_step *step)
{
    static const enum kind_id kinds[] = {KIND_TITLE, KIND_VALUATION, KIND_NOTICE, KIND_APPROVAL, KIND_CONTRACT, KIND_RECEIPT, KIND_AWARD};

    if (step->how == STEP_TERMS)
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (step->how == STEP_ADD && step->paper == kinds[i])
            return true;
    return false;
}

/* --- the file that waits --- */

static unsigned char key[SEAL_HASH];
static pthread_once_t key_once = PTHREAD_ONCE_INIT;

static void key_draw(void)
{
    seal_random(key, sizeof key);
}

/* Of whom, for which deal, which file: "account deal digest name". */
static void mark_make(const struct request *request, struct slice digest, struct slice name, char mark[2 * SEAL_HASH + 1])
{
    const char *of = arena_print(request->arena, "%lld %lld %.*s %.*s", (long long)request->actor.account, (long long)request->id,
                                 (int)digest.len, digest.at, (int)name.len, name.at);
    unsigned char mac[SEAL_HASH];

    pthread_once(&key_once, key_draw);
    seal_mac(key, slice_of(of), mac);
    seal_hex(mac, sizeof mac, mark);
}

static bool part_add(struct slice part, void *arg, struct err *err)
{
    (void)err;
    text_add_slice(arg, part);
    return true;
}

static bool gone(struct err *err)
{
    err_set(err, ERR_INVALID, "读过的文件已经不在，没有附上");
    err_hint(err, "请在“附文件”里重新选这个文件，或去掉“一并附上”再提交");
    return err_field(err, "file");
}

bool deal_kept_take(struct request *request, const char *sort, struct attachment_set *set, struct err *err)
{
    struct slice digest = request_value(request, "kept_digest"), name = request_value(request, "kept_name");
    struct attachment_file *file = &set->files[set->count];
    char mark[2 * SEAL_HASH + 1];
    struct text bytes;
    bool ok;

    if (!request_value(request, "keep").len || !digest.len || set->count == ATTACHMENT_FILES)
        return true;
    mark_make(request, digest, name, mark);
    if (!slice_is(request_value(request, "kept_mark"), mark))
        return gone(err);
    text_init(&bytes);
    ok = request_look(request, err) && attachment_read(request->sql, digest, part_add, &bytes, err);
    *file = (struct attachment_file){.name = name, .bytes = ok ? arena_copy(request->arena, text_slice(&bytes)) : SLICE("")};
    text_release(&bytes);
    if (!ok)
        return err->code == ERR_MISSING ? gone(err) : false;
    set->sorts[set->count++] = sort;
    return attachment_look(file, err);
}

void deal_drop_keep(struct request *request, const struct form_part *part, struct deal_reading *reading)
{
    struct attachment_set *set = arena_zero(request->arena, 1, sizeof *set);
    char *mark = arena_alloc(request->arena, 2 * SEAL_HASH + 1);
    struct err ignored;

    set->files[0] = (struct attachment_file){.name = part->filename, .bytes = part->value};
    set->count = 1;
    reading->name = part->filename;
    if (!attachment_look(&set->files[0], &ignored) || !deal_files_kept(request, set, &ignored))
        return;
    reading->digest = slice_of(set->files[0].digest);
    mark_make(request, reading->digest, part->filename, mark);
    reading->mark = slice_of(mark);
}

/* --- reading --- */

static bool page_open(struct request *request, struct deal_page *page, const struct deal_step *step, struct err *err)
{
    if (!request_look(request, err) || !deal_page_load(request, page, err))
        return false;
    if (!deal_reads(step) || !deal_step_fits(step, &page->file, &page->bridge))
        return err_set(err, ERR_CONFLICT, "现在还不能办这一步") || err_hint(err, "请重新打开页面");
    page->step = step;
    page->paper = deal_step_paper(step, &page->file, request_number(request, "paper", 0));
    return may(&request->actor, step->action, &page->object, err);
}

void deal_drop_count(const struct deal_step *step, const struct sheet *sheet, struct deal_reading *reading)
{
    for (size_t i = 0; i < sheet->kind->count; i++) {
        bool asked = step ? deal_step_field(step, i) : kind_typed(sheet->kind, i);

        reading->filled += asked && sheet->from[i] && !sheet->doubt[i].len;
        reading->offered += asked && sheet->offer[i];
        reading->doubted += asked && sheet->doubt[i].len;
    }
}

static bool page_answer(struct deal_page *page, struct deal_reading *reading, const struct slice *text)
{
    struct request *request = page->request;
    struct sheet *sheet = arena_zero(request->arena, 1, sizeof *sheet);
    bool ok;

    sheet_init(sheet, request, deal_step_kind(page->step));
    sheet_from_form(sheet);
    if (text) {
        prefill_sheet(sheet, *text);
        deal_drop_count(page->step, sheet, reading);
    }
    memcpy(page->typed, sheet->typed, sizeof page->typed);
    reading->sheet = sheet;
    page->reading = reading;
    ok = request_page(request, "deal", deal_document(page));
    sheet_release(sheet);
    return ok;
}

bool deal_drop_read(struct request *request, const struct form_part *part, size_t most, struct slice *text, struct err *err)
{
    if (!part || !part->value.len) {
        err_set(err, ERR_INVALID, "还没有选文件");
        return err_hint(err, "请先选一个文件（.pdf、.docx、.xlsx、.txt），再按“从文件预填”");
    }
    return drop_read(request, part, most, text, err)
           && (utf8_valid(*text) == text->len || err_set(err, ERR_INVALID, "文字不是有效的 UTF-8"));
}

bool deal_read(struct request *request, const struct deal_step *step, struct err *err)
{
    const struct form_part *part = form_file(&request->form, "old");
    struct deal_reading *reading = arena_zero(request->arena, 1, sizeof *reading);
    struct slice text = SLICE("");
    struct deal_page page;
    struct err why = {0};
    bool read;

    if (!page_open(request, &page, step, err))
        return false; /* who may not take the step has nothing read, and leaves nothing here */
    request_look_end(request);
    read = deal_drop_read(request, part, READ_MOST, &text, &why);
    if (!read && why.code != ERR_INVALID) {
        *err = why;
        return false;
    }
    if (read)
        deal_drop_keep(request, part, reading);
    if (!request_look(request, err))
        return false;
    if (!read) {
        if (request->api) {
            *err = why;
            return err_field(err, "old");
        }
        reading->error = say_all(request, &why);
        request->status = 422;
    }
    return page_answer(&page, reading, read ? &text : NULL);
}

/* --- as the page shows it --- */

json_t *deal_dropped_json(const struct deal_reading *reading, bool keeps)
{
    json_t *out = json_object();

    if (reading && reading->error.len)
        json_put(out, "error", reading->error);
    if (reading && reading->name.len) {
        json_put(out, "file", reading->name);
        json_object_set_new_nocheck(out, "count", json_integer(reading->filled));
        json_object_set_new_nocheck(out, "offered", reading->offered ? json_integer(reading->offered) : json_null());
        json_object_set_new_nocheck(out, "doubted", reading->doubted ? json_integer(reading->doubted) : json_null());
    }
    if (reading && reading->mark.len && keeps) {
        json_t *kept = json_object();

        json_put(kept, "name", reading->name);
        json_put(kept, "digest", reading->digest);
        json_put(kept, "mark", reading->mark);
        json_object_set_new_nocheck(out, "kept", kept);
    }
    json_fill(out, "error file count offered doubted kept");
    return out;
}

json_t *deal_reading_json(const struct deal_page *page)
{
    return deal_reads(page->step) && !page->door ? deal_dropped_json(page->reading, deal_takes_files(page->step)) : json_null();
}
