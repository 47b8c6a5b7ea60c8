/*
 * What a post's page shows besides the matter's own: who fits, who applied.
 * Into "matter": "post": {apply, fits: [{href, name, skills: [word], shared}], services: [line]}; apply null for who may not
 */
#include "base/json.h"
#include "web/matter.h"
#include "web/talent.h"
#include "work/talent.h"

enum { FITS_MOST = 12, SERVICES_MOST = 40 };

static json_t *fit_json(struct request *request, const struct post_fit *fit)
{
    struct slice rest = fit->skills, word;
    json_t *out = json_object(), *skills = json_array();

    json_put(out, "href", slice_of(arena_print(request->arena, "/people/%lld", (long long)fit->person)));
    json_put(out, "name", fit->name);
    while (slice_cut(&rest, '\n', &word))
        json_array_append_new(skills, json_stringn_nocheck(word.at, word.len));
    json_object_set_new_nocheck(out, "skills", skills);
    json_object_set_new_nocheck(out, "shared", json_integer(fit->shared));
    return out;
}

bool post_panel_add(const struct matter_page *page, json_t *matter, struct err *err)
{
    struct request *request = page->request;
    const struct record *post = &page->file.matter;
    struct record *services = arena_alloc(request->arena, SERVICES_MOST * sizeof *services);
    struct post_fit fits[FITS_MOST];
    size_t count, service_count;
    json_t *out, *list = json_array();

    out = json_object();
    json_object_set_new_nocheck(out, "fits", list);
    json_object_set_new_nocheck(matter, "post", out);
    if (!post_fits(request->sql, post, request->arena, fits, FITS_MOST, &count, err)
        || !matter_about(request->sql, &sort_post_service, SERVING_POST, post->id, &request->actor, request->arena, services, SERVICES_MOST,
                         &service_count, err))
        return false;
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, fit_json(request, &fits[i]));
    json_object_set_new_nocheck(out, "services", matter_lines_json(request, &sort_post_service, services, service_count));
    if (request->actor.person && request->actor.party != post->owner && slice_is(matter_text(post, MATTER_STATE), "open"))
        json_put(out, "apply", slice_of(arena_print(request->arena, "/post-services/new?step=apply&post=%lld", (long long)post->id)));
    json_fill(out, "apply");
    return true;
}
