/* The API's own description, OpenAPI 3.1, made from the route table and the field tables. */
#include "base/json.h"
#include "record/choice.h"
#include "web/handlers.h"
#include "web/route.h"

static json_t *text_schema(const char *type, const char *format)
{
    json_t *schema = json_object();

    json_put(schema, "type", slice_of(type));
    if (format)
        json_put(schema, "format", slice_of(format));
    return schema;
}

static json_t *choice_schema(const char *name)
{
    const struct choice_list *list = choice_list_get(name);
    json_t *schema = text_schema("string", NULL), *codes = json_array();

    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(codes, json_string_nocheck(list->choices[i].code));
    json_object_set_new_nocheck(schema, "enum", codes);
    return schema;
}

static json_t *item_schema(const struct field *field)
{
    json_t *schema;

    if (field->type == FIELD_CHOICE || field->type == FIELD_CHOICES)
        return choice_schema(field->choices);
    schema = text_schema("string", NULL);
    if (field->type == FIELD_CODES)
        json_put(schema, "description", slice_of(field->choices));
    return schema;
}

static json_t *type_schema(const struct field *field)
{
    json_t *schema;

    switch (field->type) {
    case FIELD_NUMBER:
        schema = text_schema("integer", NULL);
        json_object_set_new_nocheck(schema, "minimum", json_integer(field->min));
        json_object_set_new_nocheck(schema, "maximum", json_integer(field->max));
        return schema;
    case FIELD_YES:
        return text_schema("boolean", NULL);
    case FIELD_DATE:
        return text_schema("string", "date");
    case FIELD_URL:
        return text_schema("string", "uri");
    case FIELD_EMAIL:
        return text_schema("string", "email");
    default:
        break;
    }
    if (!field_is_list(field->type))
        return item_schema(field);
    schema = text_schema("array", NULL);
    json_object_set_new_nocheck(schema, "items", item_schema(field));
    if (field->max)
        json_object_set_new_nocheck(schema, "maxItems", json_integer(field->max));
    return schema;
}

static json_t *field_schema(const struct field *field)
{
    static const char *const levels[] = {"public", "signed_in", "nda", "own"};
    json_t *schema = type_schema(field);

    json_put(schema, "title", slice_of(field->label));
    if (field->type == FIELD_MONEY)
        json_put(schema, "description", SLICE("given in yuan or with 万元/亿元; answered in fen, as a string"));
    if ((field->type == FIELD_LINE || field->type == FIELD_PROSE) && field->max)
        json_object_set_new_nocheck(schema, "maxLength", json_integer(field->max));
    json_put(schema, "x-level", slice_of(levels[field->level]));
    return schema;
}

static json_t *kind_schema(const struct kind *kind)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *required = json_array();

    for (size_t i = 0; i < kind->count; i++) {
        json_object_set_new_nocheck(properties, kind->fields[i].name, field_schema(&kind->fields[i]));
        if (kind->fields[i].required)
            json_array_append_new(required, json_string_nocheck(kind->fields[i].name));
    }
    json_put(schema, "title", slice_of(kind->label));
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "required", required);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    return schema;
}

/* "/:kind/:id" of a kind as "/achievements/{id}". */
static const char *path_of(const struct route *route, const struct kind *kind, struct arena *arena)
{
    struct slice rest = slice_of(route->path + 1), part;
    struct slice made;
    struct text path;

    text_init(&path);
    while (slice_cut(&rest, '/', &part)) {
        text_putc(&path, '/');
        if (slice_is(part, ":kind"))
            text_puts(&path, kind->plural);
        else if (slice_is(part, ":id"))
            text_puts(&path, "{id}");
        else if (slice_is(part, "*"))
            text_puts(&path, "{tree}");
        else
            text_add_slice(&path, part);
    }
    made = arena_copy(arena, text_slice(&path));
    text_release(&path);
    return made.at;
}

static json_t *parameter(const char *name, const char *in, const char *type, const char *description)
{
    json_t *out = json_object();

    json_put(out, "name", slice_of(name));
    json_put(out, "in", slice_of(in));
    json_object_set_new_nocheck(out, "required", json_boolean(strcmp(in, "path") == 0));
    json_put(out, "description", slice_of(description));
    json_object_set_new_nocheck(out, "schema", text_schema(type, NULL));
    return out;
}

static json_t *parameters(const struct route *route, const struct kind *kind)
{
    json_t *list = json_array();

    if (strstr(route->path, ":id"))
        json_array_append_new(list, parameter("id", "path", "string", "the record's id, decimal"));
    if (strcmp(route->path, "/match") == 0) {
        json_array_append_new(list, parameter("q", "query", "string", "a need, an achievement or a few words"));
        json_array_append_new(list, parameter("k", "query", "integer", "answers a column, at most 50"));
        json_array_append_new(list, parameter("column", "query", "string", "one column only"));
        json_array_append_new(list, parameter("industry", "query", "string", "GB/T 4754 code"));
        json_array_append_new(list, parameter("region", "query", "string", "GB/T 2260 code"));
        json_array_append_new(list, parameter("trl", "query", "integer", "least TRL"));
    }
    if (strcmp(route->path, "/codes/*") == 0) {
        json_array_append_new(list, parameter("tree", "path", "string", "gbt4754, ipc, division, discipline, sei"));
        json_array_append_new(list, parameter("q", "query", "string", "the beginning of a code, or words of a name"));
    }
    if (strcmp(route->path, "/desk") == 0)
        json_array_append_new(list, parameter("before", "query", "string", "records with ids below this one"));
    if (strcmp(route->path, "/:kind") == 0 && strcmp(route->method, "GET") == 0) {
        for (size_t i = 0; i < kind->facet_count; i++)
            json_array_append_new(list, parameter(kind->fields[kind->facets[i]].name, "query", "string",
                                                  kind->fields[kind->facets[i]].label));
        json_array_append_new(list, parameter("before", "query", "string", "ids below this one"));
    }
    return list;
}

static json_t *content(json_t *schema)
{
    json_t *media = json_object(), *object = json_object(), *out = json_object();

    json_object_set_new_nocheck(object, "schema", schema);
    json_object_set_new_nocheck(media, "application/json", object);
    json_object_set_new_nocheck(out, "content", media);
    return out;
}

static json_t *reference(const char *name, struct arena *arena)
{
    json_t *out = json_object();

    json_put(out, "$ref", slice_of(arena_print(arena, "#/components/schemas/%s", name)));
    return out;
}

static json_t *responses(const struct route *route)
{
    json_t *out = json_object(), *done = json_object(), *refused = content(text_schema("object", NULL));
    bool makes = strcmp(route->method, "POST") == 0 && strcmp(route->path, "/match") != 0;

    json_put(done, "description", makes ? SLICE("done; Location names the record") : SLICE("the document"));
    json_put(refused, "description", SLICE("{error: {code, message, hint, field}}"));
    json_object_set_new_nocheck(out, makes ? "201" : "200", done);
    json_object_set_new_nocheck(out, "default", refused);
    return out;
}

static void operation_add(json_t *paths, const struct route *route, const struct kind *kind, struct arena *arena)
{
    const char *path = path_of(route, kind, arena), *method = strcmp(route->method, "GET") == 0 ? "get" : "post";
    json_t *item = json_object_get(paths, path), *operation = json_object();

    if (!item) {
        item = json_object();
        json_object_set_new_nocheck(paths, path, item);
    }
    json_put(operation, "summary", slice_of(route->summary));
    json_object_set_new_nocheck(operation, "parameters", parameters(route, kind));
    json_object_set_new_nocheck(operation, "responses", responses(route));
    if (strcmp(route->method, "POST") == 0 && kind && (strcmp(route->path, "/:kind") == 0
                                                        || strcmp(route->path, "/:kind/:id") == 0))
        json_object_set_new_nocheck(operation, "requestBody", content(reference(kind->name, arena)));
    if (route->who == WHO_SIGNED_IN) {
        json_t *security = json_array(), *cookie = json_object();

        json_object_set_new_nocheck(cookie, "session", json_array());
        json_array_append_new(security, cookie);
        json_object_set_new_nocheck(operation, "security", security);
    }
    json_object_set_new_nocheck(item, method, operation);
}

static json_t *paths_json(struct arena *arena)
{
    json_t *paths = json_object();

    for (size_t i = 0; i < route_count; i++) {
        if (!routes[i].api)
            continue;
        if (!strstr(routes[i].path, ":kind")) {
            operation_add(paths, &routes[i], NULL, arena);
            continue;
        }
        for (size_t k = 0; k < KIND_COUNT; k++)
            operation_add(paths, &routes[i], kind_get((enum kind_id)k), arena);
    }
    return paths;
}

static json_t *components_json(void)
{
    json_t *components = json_object(), *schemas = json_object(), *security = json_object(), *cookie = json_object();

    for (size_t k = 0; k < KIND_COUNT; k++)
        json_object_set_new_nocheck(schemas, kind_get((enum kind_id)k)->name, kind_schema(kind_get((enum kind_id)k)));
    json_put(cookie, "type", SLICE("apiKey"));
    json_put(cookie, "in", SLICE("cookie"));
    json_put(cookie, "name", SLICE("sid"));
    json_object_set_new_nocheck(security, "session", cookie);
    json_object_set_new_nocheck(components, "schemas", schemas);
    json_object_set_new_nocheck(components, "securitySchemes", security);
    return components;
}

static json_t *description(struct arena *arena)
{
    json_t *document = json_object(), *info = json_object(), *servers = json_array(), *server = json_object();

    json_put(info, "title", SLICE("铁桥 Tieqiao"));
    json_put(info, "version", SLICE("1"));
    json_put(server, "url", SLICE("/api/v1"));
    json_array_append_new(servers, server);
    json_put(document, "openapi", SLICE("3.1.0"));
    json_object_set_new_nocheck(document, "info", info);
    json_object_set_new_nocheck(document, "servers", servers);
    json_object_set_new_nocheck(document, "paths", paths_json(arena));
    json_object_set_new_nocheck(document, "components", components_json());
    return document;
}

bool openapi_get(struct request *request, struct err *err)
{
    (void)err;
    request->api = true;
    return request_page(request, NULL, description(request->arena));
}

/* The same for people: paths with what they do. */
bool api_page_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *api = json_object(), *lines = json_array();

    (void)err;
    for (size_t i = 0; i < route_count; i++) {
        json_t *line;

        if (!routes[i].api)
            continue;
        line = json_object();
        json_put(line, "method", slice_of(routes[i].method));
        json_put(line, "path", slice_of(routes[i].path));
        json_put(line, "summary", slice_of(routes[i].summary));
        json_array_append_new(lines, line);
    }
    json_object_set_new_nocheck(api, "routes", lines);
    json_object_set_new_nocheck(document, "api", api);
    return request_page(request, "api", document);
}

bool privacy_get(struct request *request, struct err *err)
{
    json_t *document = json_object(), *privacy = json_object(), *lines = json_array();

    (void)err;
    for (size_t k = 0; k < KIND_COUNT; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);

        for (size_t i = 0; i < kind->count; i++) {
            json_t *line;

            if (!kind->fields[i].purpose)
                continue;
            line = json_object();
            json_object_set_new_nocheck(line, "kind", label_json(kind->name, kind->label, kind->label_en));
            json_object_set_new_nocheck(line, "field", label_json(kind->fields[i].name, kind->fields[i].label,
                                                                  kind->fields[i].label_en));
            json_put(line, "purpose", slice_of(request_say(request, kind->fields[i].purpose, kind->fields[i].purpose_en)));
            json_array_append_new(lines, line);
        }
    }
    json_object_set_new_nocheck(privacy, "fields", lines);
    json_object_set_new_nocheck(document, "privacy", privacy);
    return request_page(request, "privacy", document);
}
