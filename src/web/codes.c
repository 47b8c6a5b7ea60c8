/*
 * Code trees searched. Document: {"tree", "label", "codes": [{code, label, label_en, path, text}]}; text: in the reader's
 * language, as a form takes it.
 */
#include "base/json.h"
#include "record/tree.h"
#include "web/handlers.h"

enum { CODES_MOST = 30 };

bool codes_get(struct request *request, struct err *err)
{
    static const size_t prefix = sizeof "/codes/" - 1;
    struct slice name = {request->path.at + prefix, request->path.len - prefix};
    const struct tree *tree = tree_get(arena_text(request->arena, name));
    const struct tree_node *found[CODES_MOST];
    json_t *document, *codes;
    size_t n;

    if (!tree) {
        err_set(err, ERR_MISSING, "没有这个代码表");
        return err_hint(err, "可用：gbt4754、ipc、division、discipline、sei");
    }
    n = tree_search(tree, request_value(request, "q"), found, CODES_MOST);
    document = json_object();
    codes = json_array();
    for (size_t i = 0; i < n; i++) {
        json_t *node = json_object();

        json_put(node, "code", slice_of(found[i]->code));
        json_put(node, "label", slice_of(tree_named(tree, found[i], false)->name));
        json_put(node, "label_en", slice_of(found[i]->name_en));
        json_put(node, "path", slice_of(found[i]->path));
        json_put(node, "text", slice_of(tree_label(tree, slice_of(found[i]->code), request->english, request->arena)));
        json_array_append_new(codes, node);
    }
    json_put(document, "tree", slice_of(tree->name));
    json_put(document, "label", slice_of(tree->label));
    json_object_set_new_nocheck(document, "codes", codes);
    request->api = true;
    return request_page(request, NULL, document);
}
