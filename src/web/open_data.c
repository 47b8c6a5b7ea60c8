/*
 * What everybody may take out, each kind as a file.
 * Document: {"open": {licence, oai, dictionary, kinds: [{kind: {code, label}, count, changed (ms or null), href, csv, xlsx, jsonl}]}}
 *
 * GET /open-data/achievements.csv (.xlsx, .jsonl); /open-data/dictionary.xlsx; /open-data/codes/gbt4754.csv: a code tree whole
 */
#include "web/open_data.h"

#include <dirent.h>
#include <errno.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "ledger/ledger.h"
#include "record/facet.h"
#include "record/party.h"
#include "record/tree.h"
#include "web/export.h"
#include "web/handlers.h"
#include "web/say.h"
#include "work/export.h"
#include "work/harvest.h"

struct slice open_licence(const struct request *request)
{
    const char *licence = request->web->open.licence;

    return licence ? slice_of(licence)
                   : say(request, N_("这里只有向所有人公开的栏目。使用时请注明来源和取用日期；内容的权利归发布单位，转作他用请先问发布单位。"));
}

const struct kind *open_kind(size_t i)
{
    static const enum kind_id kinds[] = {KIND_ACHIEVEMENT, KIND_NEED, KIND_SCENARIO, KIND_SERVICE, KIND_POLICY, KIND_PARTY};

    return i < sizeof kinds / sizeof *kinds ? kind_get(kinds[i]) : NULL;
}

/* --- the page --- */

static bool kind_json(struct request *request, const struct kind *kind, json_t *lines, struct err *err)
{
    static const char *const forms[] = {"csv", "xlsx", "jsonl"};
    json_t *line = json_object();
    int64_t count, changed, leaf;

    json_array_append_new(lines, line);
    if (!facet_total(request->sql, kind, "", SLICE(""), &count, err) || !harvest_changed(request->sql, kind, &changed, &leaf, err))
        return false;
    json_object_set_new_nocheck(line, "kind", label_json(kind->name, kind->label, kind->label_en));
    json_object_set_new_nocheck(line, "count", json_integer(count));
    json_object_set_new_nocheck(line, "changed", changed ? json_integer(changed) : json_null());
    json_put(line, "href", slice_of(arena_print(request->arena, "/%s", kind->plural)));
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        json_put(line, forms[i], slice_of(arena_print(request->arena, "/open-data/%s.%s", kind->plural, forms[i])));
    return true;
}

bool open_data_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *open = json_object(), *lines = json_array();
    bool ok = true;

    json_object_set_new_nocheck(document, "open", open);
    json_put(open, "licence", open_licence(request));
    json_put(open, "oai", slice_of(arena_print(request->arena, "%s/oai", request_site(request))));
    json_put(open, "dictionary", SLICE("/open-data/dictionary"));
    json_object_set_new_nocheck(open, "kinds", lines);
    for (size_t i = 0; ok && open_kind(i); i++)
        ok = kind_json(request, open_kind(i), lines, err);
    if (ok)
        return request_page(request, "open_data", document);
    json_decref(document);
    return false;
}

/* --- the files --- */

/* "achievements.csv": what comes before the dot and the form; false: no such ending. */
static bool name_read(struct request *request, size_t skip, struct slice *stem, enum table_form *form)
{
    struct slice name = {request->path.at + skip, request->path.len - skip};

    if (!export_form(arena_text(request->arena, name), form))
        return false;
    slice_cut(&name, '.', stem);
    return name.at && !memchr(name.at, '.', name.len);
}

static bool no_file(struct err *err)
{
    return err_set(err, ERR_MISSING, "没有这个开放数据文件") || err_hint(err, "在开放数据页 /open-data 上取");
}

static const struct kind *kind_of(struct slice stem)
{
    for (size_t i = 0; open_kind(i); i++)
        if (slice_is(stem, open_kind(i)->plural))
            return open_kind(i);
    return NULL;
}

static bool dictionary_send(struct request *request, enum table_form form, struct err *err)
{
    const char *path = export_path(request, form);

    if (form != TABLE_XLSX)
        return no_file(err);
    return open_dictionary_write(request, path, err) && export_send(request, path, form, SLICE("dictionary"));
}

/*
 * A file is made once and kept until something happens to a record of the kind or to an organisation, whose name stands in it: a list of
 * 20,000 takes seconds, and anybody may ask. The key is read before the file is made; what changes meanwhile makes another key. While the
 * follower has not seen all that happened, the key may be of before: then the file is made for this answer alone. *known: it has.
 */
static bool kept_name(struct request *request, const struct export_request *wanted, const char **stem, const char **name, bool *known, struct err *err)
{
    int64_t ignored, leaf = -1, owners = -1;
    uint64_t seen = request->web->city->harvest.seen, size = 0; /* before the snapshot is taken */
    const char *dot = strrchr(wanted->path, '.');

    if (!request_look(request, err) || !ledger_size(request->sql, &size, err) || !harvest_changed(request->sql, wanted->kind, &ignored, &leaf, err)
        || !harvest_changed(request->sql, &kind_party, &ignored, &owners, err))
        return false;
    request_look_end(request);
    *known = seen >= size;
    *stem = arena_print(request->arena, "open-%s-", wanted->kind->plural);
    *name = arena_print(request->arena, "%s%lld-%lld-%s%s", *stem, (long long)leaf, (long long)owners, request->web->build, dot);
    return true;
}

/* Those of before, of this kind and form. */
static void drop_older(const char *folder, const char *stem, const char *name)
{
    const char *ending = strrchr(name, '.');
    struct dirent *entry;
    DIR *dir = opendir(folder);

    while (dir && (entry = readdir(dir)) != NULL)
        if (strncmp(entry->d_name, stem, strlen(stem)) == 0 && slice_ends(slice_of(entry->d_name), ending) && strcmp(entry->d_name, name) != 0)
            unlinkat(dirfd(dir), entry->d_name, 0);
    if (dir)
        closedir(dir);
}

/* wanted->path is this answer's own name for it. */
static bool file_make(struct request *request, const struct export_request *wanted, struct err *err)
{
    const char *folder = arena_print(request->arena, "%s/uploads", request->web->city->data), *stem, *name, *kept;
    int64_t records;
    bool known;

    if (!kept_name(request, wanted, &stem, &name, &known, err))
        return false;
    if (!known)
        return export_write(request->web->city->store, wanted, &records, err);
    kept = arena_print(request->arena, "%s/%s", folder, name);
    if (link(kept, wanted->path) == 0)
        return true;
    if (!export_write(request->web->city->store, wanted, &records, err))
        return false;
    drop_older(folder, stem, name);
    if (link(wanted->path, kept) != 0 && errno != EEXIST)
        log_warn("open data: %s is not kept: %s", name, strerrordesc_np(errno)); /* it is made anew each time */
    return true;
}

bool open_file_get(struct request *request, struct err *err)
{
    struct export_request wanted = {.open = true};
    struct slice stem = SLICE("");

    if (!name_read(request, sizeof "/open-data/" - 1, &stem, &wanted.form))
        return no_file(err);
    if (slice_is(stem, "dictionary"))
        return dictionary_send(request, wanted.form, err);
    wanted.kind = kind_of(stem);
    if (!wanted.kind)
        return no_file(err);
    wanted.path = export_path(request, wanted.form);
    return file_make(request, &wanted, err) && export_send(request, wanted.path, wanted.form, slice_of(wanted.kind->plural));
}

/* --- code trees --- */

static bool tree_write(const struct tree *tree, enum table_form form, const char *path, struct err *err)
{
    const struct slice columns[] = {SLICE("code"), SLICE("parent"), SLICE("name"), SLICE("name_en")};
    struct table_writer *table;
    struct err later;
    bool ok = true;

    if (!table_create(path, form, columns, 4, &table, err))
        return false;
    for (size_t i = 0; ok && i < tree->count; i++) {
        const struct tree_node *node = &tree->nodes[i];
        const struct slice cells[] = {slice_of(node->code), slice_of(node->parent >= 0 ? tree->nodes[node->parent].code : ""), slice_of(node->name),
                                      slice_of(node->name_en)};

        ok = table_write(table, cells, err);
    }
    return table_finish(table, ok ? err : &later) && ok;
}

bool open_codes_get(struct request *request, struct err *err)
{
    const struct tree *tree;
    struct slice stem = SLICE("");
    enum table_form form;
    const char *path;

    if (!name_read(request, sizeof "/open-data/codes/" - 1, &stem, &form))
        return no_file(err);
    tree = tree_get(arena_text(request->arena, stem));
    if (!tree)
        return no_file(err);
    path = export_path(request, form);
    if (tree_write(tree, form, path, err))
        return export_send(request, path, form, stem);
    unlink(path);
    return false;
}
