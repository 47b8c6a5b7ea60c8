/* The papers that a deal gives: their list on its page, each as a file. */
#include "web/deal.h"

#include "base/json.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/deal_paper.h"

static struct deal_paper_work work_of(const struct deal_page *page)
{
    return (struct deal_paper_work){.sql = page->request->sql, .law = &page->request->web->city->law, .file = &page->file,
                                    .arena = page->request->arena};
}

/* --- the list --- */

static json_t *files_json(const struct deal_page *page, const struct deal_paper *paper)
{
    json_t *files = json_array();

    for (int f = 0; f < PAPER_FORMATS; f++) {
        const char *ending = paper_ending((enum paper_format)f);
        json_t *file = json_object();

        json_put(file, "format", slice_of(ending));
        json_put(file, "href", slice_of(arena_print(page->request->arena, "/deals/%lld/papers/%s.%s", (long long)page->file.deal.id,
                                                    paper->form->name, ending)));
        json_array_append_new(files, file);
    }
    return files;
}

static json_t *paper_json(const struct deal_page *page, const struct deal_paper *paper)
{
    struct deal_paper_work work = work_of(page);
    json_t *out = json_object();
    struct err why = {0};
    bool ready = deal_paper_ready(paper, &work, &why);

    json_put(out, "name", slice_of(paper->form->name));
    json_object_set_new_nocheck(out, "label", label_json(paper->form->name, paper->form->title, paper->form->title_en));
    json_object_set_new_nocheck(out, "ready", json_boolean(ready));
    if (!ready) {
        json_put(out, "missing", say_message(page->request, &why));
        json_put(out, "hint", say_hint(page->request, &why));
    }
    json_object_set_new_nocheck(out, "files", ready ? files_json(page, paper) : json_array());
    json_fill(out, "missing hint");
    return out;
}

json_t *deal_paperwork_json(const struct deal_page *page)
{
    json_t *out, *lines;

    if (may_level(&page->request->actor, &page->object) < LEVEL_OWN)
        return json_null();
    out = json_object();
    lines = json_array();
    for (size_t i = 0; i < deal_paper_count; i++)
        json_array_append_new(lines, paper_json(page, &deal_papers[i]));
    json_object_set_new_nocheck(out, "lines", lines);
    json_put(out, "pack", slice_of(arena_print(page->request->arena, "/deals/%lld/pack.zip", (long long)page->file.deal.id)));
    if (page->file.count[KIND_ATTACHMENT])
        json_put(out, "pack_files", slice_of(arena_print(page->request->arena, "/deals/%lld/pack.zip?files=1", (long long)page->file.deal.id)));
    json_fill(out, "pack_files");
    return out;
}

/* --- one --- */

/* "notice.pdf" */
static const struct deal_paper *paper_named(struct slice path, enum paper_format *format)
{
    struct slice name = SLICE(""), rest = path, stem;

    while (slice_cut(&rest, '/', &name))
        ;
    rest = name;
    if (!slice_cut(&rest, '.', &stem))
        return NULL;
    for (int f = 0; f < PAPER_FORMATS; f++)
        if (slice_is(rest, paper_ending((enum paper_format)f))) {
            *format = (enum paper_format)f;
            return deal_paper_find(stem);
        }
    return NULL;
}

/*
 * GET /deals/:id/papers/NAME.pdf. 404 where there is no such paper, 409 with what is missing where it cannot be given yet. Set
 * aside (web/aside.h).
 */
bool deal_paper_get(struct request *request, struct err *err)
{
    enum paper_format format = PAPER_PDF;
    const struct deal_paper *paper = paper_named(request->path, &format);
    struct city *city = request->web->city;
    struct deal_paper_work work;
    struct deal_page page;
    const char *path;

    if (!request_look(request, err) || !deal_page_load(request, &page, err))
        return false;
    if (may_level(&request->actor, &page.object) < LEVEL_OWN)
        return err_set(err, ERR_DENIED, "这份表单只给本单位和审计看");
    if (!paper)
        return err_set(err, ERR_MISSING, "没有这种表单") || err_hint(err, "项目页列出了可以取的表单");
    work = work_of(&page);
    path = export_place(request, paper_ending(format));
    return export_paper(request, deal_paper_write(paper, &work, format, city->data, city->share, path, err), path, paper_ending(format),
                        slice_of(arena_print(request->arena, "%s-%lld", paper->form->title, (long long)request->id)));
}
