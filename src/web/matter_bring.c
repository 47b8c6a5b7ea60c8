/* Files that come with a step of a matter (matter_step.brings), in the part "raw", and go out again to who sees the entry. */
#include "web/matter.h"

#include "base/clock.h"
#include "base/ident.h"
#include "web/deal.h"
#include "web/handlers.h"
#include "work/attachment.h"

/* What the form leaves empty the file says. */
static void typed_from(struct matter_order *order, const struct attachment_file *file)
{
    const struct kind *kind = matter_step_kind(order->sort, order->step);
    int digest = kind_field(kind, "digest"), name = kind_field(kind, "file");

    if (digest >= 0 && matter_step_field(order->sort, order->step, (size_t)digest) && !slice_trim(order->typed[digest]).len)
        order->typed[digest] = slice_of(file->digest);
    if (name >= 0 && matter_step_field(order->sort, order->step, (size_t)name) && !slice_trim(order->typed[name]).len)
        order->typed[name] = file->name;
}

/* Who may not take the step puts nothing into the database; the step itself says why. */
static bool lets(struct request *request, const struct matter_order *order, bool *yes, struct err *err)
{
    struct matter_file file;

    if (!request_look(request, err)
        || !matter_load(request->sql, order->sort, order->id, &request->actor, day_of_ms(request->now_ms), request->arena, &file, err))
        return false;
    *yes = matter_step_fits(&file, order->step);
    request_look_end(request);
    return true;
}

bool matter_bring_read(struct request *request, struct matter_order *order, struct err *err)
{
    const struct form_part *part = order->step->brings && order->id ? form_file(&request->form, "raw") : NULL;
    struct attachment_file *file;
    bool yes = false;

    if (!part || !part->filename.len)
        return true;
    file = arena_alloc(request->arena, sizeof *file);
    *file = (struct attachment_file){.name = part->filename, .bytes = part->value};
    if (!attachment_look(file, err))
        return err_field(err, "raw");
    typed_from(order, file);
    order->brought = file;
    return lets(request, order, &yes, err)
           && (!yes || attachment_keep(request->web->city->store, slice_of(file->digest), file->bytes, request->now_ms, err));
}

/* "/pilot_jobs/12/files": the first part of the address. */
static const struct matter_sort *sort_named(const struct request *request)
{
    struct slice rest = request->path, part = SLICE("");

    while (slice_cut(&rest, '/', &part) && !part.len)
        ;
    return matter_sort_by_plural(part);
}

/* POST /SORT/:id/files: a step with its file. Set aside where it brings one (web/aside.h). */
bool matter_bring_post(struct request *request, struct err *err)
{
    request->kind = sort_named(request)->kind;
    return matter_step_post(request, err);
}

/* --- taking one out --- */

const char *matter_kept_href(const struct request *request, const struct matter_sort *sort, int64_t id, const struct record *entry)
{
    return arena_print(request->arena, "/%s/%lld/files/%s-%lld", sort->kind->plural, (long long)id, entry->kind->name,
                       (long long)matter_number(entry, ENTRY_NO));
}

/* "trial_run-3", the last part of the address. */
static const struct record *entry_named(const struct matter_file *file, struct slice path)
{
    struct slice name = path, kind;
    int64_t no;

    while (slice_cut(&path, '/', &name))
        ;
    if (!slice_cut(&name, '-', &kind) || !ident_parse(name, &no))
        return NULL;
    for (size_t k = 0; k < file->sort->entry_count; k++)
        for (size_t i = 0; slice_is(kind, file->sort->entries[k]->name) && i < file->counts[k]; i++)
            if (matter_number(&file->entries[k][i], ENTRY_NO) == no)
                return &file->entries[k][i];
    return NULL;
}

/* GET /SORT/:id/files/:file, for who sees all of the matter: its sides, auditors. Set aside. */
bool matter_kept_get(struct request *request, struct err *err)
{
    struct slice digest, name, media;
    const struct record *entry;
    struct matter_file file;
    int64_t size;

    request->kind = sort_named(request)->kind;
    if (!request_look(request, err)
        || !matter_load(request->sql, matter_sort_of(request->kind), request->id, &request->actor, day_of_ms(request->now_ms), request->arena, &file, err))
        return false;
    if (file.sight != SIGHT_ALL)
        return err_set(err, ERR_DENIED, "附上的文件只给参与的各方和审计看");
    entry = entry_named(&file, request->path);
    if (!entry || !matter_kept(entry, &digest, &name, &media, &size))
        return err_set(err, ERR_MISSING, "没有存这个文件") || err_hint(err, "页面上列出了存下的文件；只记了 SHA-256 的，请向记录的一方要");
    return attachment_send(request, digest, media, name, err);
}
