/* The API's own description, OpenAPI 3.1, made from the route table and the field tables. */
#include "base/json.h"
#include "record/choice.h"
#include "web/handlers.h"
#include "web/route.h"
#include "web/say.h"

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

static json_t *described(json_t *schema, const char *description)
{
    json_put(schema, "description", slice_of(description));
    return schema;
}

static json_t *confirm_schema(void)
{
    json_t *schema = text_schema("array", NULL), *item = text_schema("string", NULL), *codes = json_array();

    json_array_append_new(codes, json_string_nocheck("novelty"));
    json_array_append_new(codes, json_string_nocheck("amount"));
    json_object_set_new_nocheck(item, "enum", codes);
    json_object_set_new_nocheck(schema, "items", item);
    return described(schema, "what a person has looked at and means all the same: an unfiled technique in the open, an amount"
                             " 10,000 times the last; a refusal's hint names it");
}

/* What goes along with the fields: form.c's `others`. */
static void others_add(const struct kind *kind, bool change, json_t *properties)
{
    json_object_set_new_nocheck(properties, "request_id",
                                described(text_schema("string", NULL), "8 to 64 ASCII characters of your own; sent again, it is "
                                                                       "not done twice (or the header Idempotency-Key)"));
    json_object_set_new_nocheck(properties, "confirm", confirm_schema());
    if (change)
        json_object_set_new_nocheck(properties, "ver", described(text_schema("integer", NULL), "the version that you read"));
    else if (kind->owned)
        json_object_set_new_nocheck(properties, "owner",
                                    described(text_schema("string", NULL),
                                              "whose it is, for those who act for others: name, unified social credit code or id"));
}

/* To make one, what is required must be there; of a change, fields that are left out stay as they are. */
static json_t *kind_schema(const struct kind *kind, bool change)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *required = json_array();

    for (size_t i = 0; i < kind->count; i++) {
        json_object_set_new_nocheck(properties, kind->fields[i].name, field_schema(&kind->fields[i]));
        if (kind->fields[i].required && !change)
            json_array_append_new(required, json_string_nocheck(kind->fields[i].name));
    }
    if (change)
        json_array_append_new(required, json_string_nocheck("ver"));
    others_add(kind, change, properties);
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
    if (strcmp(route->path, "/accounts") == 0 && strcmp(route->method, "GET") == 0) {
        json_array_append_new(list, parameter("q", "query", "string", "part of a login name, a name or an organisation's name"));
        json_array_append_new(list, parameter("role", "query", "string", "who holds this role"));
        json_array_append_new(list, parameter("state", "query", "string", "on or off"));
        json_array_append_new(list, parameter("after", "query", "string", "login names behind this one"));
    }
    if (strcmp(route->path, "/accounts/:id") == 0 && strcmp(route->method, "GET") == 0)
        json_array_append_new(list, parameter("before", "query", "string", "what happened before this leaf"));
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

static json_t *reference(const char *shelf, const char *name, struct arena *arena)
{
    json_t *out = json_object();

    json_put(out, "$ref", slice_of(arena_print(arena, "#/components/%s/%s", shelf, name)));
    return out;
}

/* What may be answered beside success, and to which operations. */
static const struct {
    const char *status;
    bool posts, signed_in, names_record, changes; /* only to such; none: to all */
} refusals[] = {
    {"400", .posts = true}, {"401", .signed_in = true},    {"403", .signed_in = true}, {"404", .names_record = true},
    {"409", .changes = true}, {"413", .posts = true},      {"415", .posts = true},     {"422"},
    {"429"},                {"503"},
};

static bool is_post_below(const struct route *route, const char *path)
{
    return strcmp(route->method, "POST") == 0 && strncmp(route->path, path, strlen(path)) == 0;
}

static bool makes(const struct route *route)
{
    return strcmp(route->method, "POST") == 0 && (strcmp(route->path, "/:kind") == 0 || strcmp(route->path, "/accounts") == 0);
}

static bool changes(const struct route *route)
{
    return is_post_below(route, "/:kind") || is_post_below(route, "/accounts");
}

/* A change answers with what was changed; where a first password was made, with that. */
static const char *answer_name(const struct route *route)
{
    bool password = is_post_below(route, "/accounts") && (makes(route) || strcmp(route->path, "/accounts/:id/password") == 0);

    return password ? "first_password" : "done";
}

static void refusals_add(const struct route *route, struct arena *arena, json_t *out)
{
    bool posts = strcmp(route->method, "POST") == 0, signed_in = route->who == WHO_SIGNED_IN,
         names_record = strchr(route->path + 1, ':') || strchr(route->path, '*');

    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if ((posts || !refusals[i].posts) && (signed_in || !refusals[i].signed_in)
            && (names_record || !refusals[i].names_record) && (changes(route) || !refusals[i].changes))
            json_object_set_new_nocheck(out, refusals[i].status, reference("responses", "error", arena));
    json_object_set_new_nocheck(out, "default", reference("responses", "error", arena));
}

static json_t *location_header(void)
{
    json_t *headers = json_object(), *header = json_object();

    json_put(header, "description", SLICE("the record's address, as href"));
    json_object_set_new_nocheck(header, "schema", text_schema("string", NULL));
    json_object_set_new_nocheck(headers, "Location", header);
    return headers;
}

static json_t *responses(const struct route *route, struct arena *arena)
{
    json_t *out = json_object(), *done;

    if (changes(route)) {
        done = content(reference("schemas", answer_name(route), arena));
        json_put(done, "description", makes(route) ? SLICE("made") : SLICE("changed"));
    } else {
        done = content(text_schema("object", NULL));
        json_put(done, "description", SLICE("the document"));
    }
    if (makes(route))
        json_object_set_new_nocheck(done, "headers", location_header());
    json_object_set_new_nocheck(out, makes(route) ? "201" : "200", done);
    refusals_add(route, arena, out);
    return out;
}

static const char *change_name(const struct kind *kind, struct arena *arena)
{
    return arena_print(arena, "%s_change", kind->name);
}

/* What a change may bring; NULL: nothing but its request id. */
static const char *body_name(const struct route *route, const struct kind *kind, struct arena *arena)
{
    static const char *const accounts[][2] = {
        {"/accounts", "account"}, {"/accounts/:id", "account_change"}, {"/accounts/:id/roles", "account_role"}};

    if (strcmp(route->method, "POST") != 0)
        return NULL;
    if (kind && makes(route))
        return kind->name;
    if (kind && strcmp(route->path, "/:kind/:id") == 0)
        return change_name(kind, arena);
    for (size_t i = 0; i < sizeof accounts / sizeof *accounts; i++)
        if (strcmp(accounts[i][0], route->path) == 0)
            return accounts[i][1];
    return NULL;
}

static void operation_add(json_t *paths, const struct route *route, const struct kind *kind, struct arena *arena)
{
    const char *path = path_of(route, kind, arena), *method = strcmp(route->method, "GET") == 0 ? "get" : "post";
    const char *body = body_name(route, kind, arena);
    json_t *item = json_object_get(paths, path), *operation = json_object();

    if (!item) {
        item = json_object();
        json_object_set_new_nocheck(paths, path, item);
    }
    json_put(operation, "summary", slice_of(route->summary));
    json_object_set_new_nocheck(operation, "parameters", parameters(route, kind));
    json_object_set_new_nocheck(operation, "responses", responses(route, arena));
    if (body)
        json_object_set_new_nocheck(operation, "requestBody", content(reference("schemas", body, arena)));
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

/* A schema of text members; `required` are the first so many. */
static json_t *members_schema(const char *const (*members)[2], size_t count, size_t required)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *needed = json_array();

    for (size_t i = 0; i < count; i++) {
        json_t *member = text_schema("string", NULL);

        json_put(member, "description", slice_of(members[i][1]));
        json_object_set_new_nocheck(properties, members[i][0], member);
        if (i < required)
            json_array_append_new(needed, json_string_nocheck(members[i][0]));
    }
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "required", needed);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    return schema;
}

static json_t *error_schema(void)
{
    static const char *const members[][2] = {
        {"code", "what to branch on: invalid, missing, denied, sign_in, conflict, too_large, media_type, method_not_allowed, "
                 "too_many, busy, unknown, io, full, or a word of the gate"},
        {"message", "what is wrong, in the reader's language"},
        {"request_id", "of a change: repeat it with this id, it is not done twice; else the number in the diary"},
        {"hint", "what to do"},
        {"field", "the one member of the request that it is about"},
    };
    static const char *const line_members[][2] = {
        {"field", "its name; empty for the record as a whole"}, {"label", "its label"}, {"message", "what is wrong"},
        {"hint", "what to do"}, {"value", "what was given, at most 60 characters"},
    };
    json_t *schema = members_schema(members, sizeof members / sizeof *members, 3), *errors = text_schema("array", NULL);

    json_object_set_new_nocheck(errors, "items", members_schema(line_members, sizeof line_members / sizeof *line_members, 3));
    json_put(errors, "description", SLICE("each field that is to be mended"));
    json_object_set_new_nocheck(json_object_get(schema, "properties"), "errors", errors);
    return schema;
}

static json_t *done_schema(void)
{
    static const char *const members[][2] = {{"href", "the record's address"}, {"id", "the record's id, decimal"}};
    json_t *schema = members_schema(members, sizeof members / sizeof *members, 2), *ver = text_schema("integer", NULL);

    json_put(ver, "description", SLICE("the version it has now; of a request repeated, the version it had then"));
    json_object_set_new_nocheck(json_object_get(schema, "properties"), "ver", ver);
    return schema;
}

#define MEMBERS(members) members, sizeof members / sizeof *members

/* What POSTs to accounts bring. */
static void account_schemas(json_t *schemas)
{
    static const char request_id[] = "as for records";
    static const char *const account[][2] = {
        {"login", "3 to 40 of a-z, 0-9, dot, dash, underscore"}, {"name", "the person's"},
        {"party", "the organisation: name, unified social credit code or id"},
        {"roles", "as the list of the command line: member,county_officer@620102,park_officer@the organisation"},
        {"request_id", request_id}};
    static const char *const change[][2] = {
        {"login", "what is left out stays"}, {"name", "the same"}, {"party", "the same; empty: none"},
        {"ver", "the version that you read, if that matters"}, {"request_id", request_id}};
    static const char *const role[][2] = {
        {"role", "its name"}, {"do", "revoke: take it back; else: give it"},
        {"scope", "a division's code or an organisation, where the role has one"}, {"request_id", request_id}};

    json_object_set_new_nocheck(schemas, "account", members_schema(MEMBERS(account), 2));
    json_object_set_new_nocheck(schemas, "account_change", members_schema(MEMBERS(change), 0));
    json_object_set_new_nocheck(schemas, "account_role", members_schema(MEMBERS(role), 1));
}

static json_t *first_password_schema(void)
{
    static const char *const members[][2] = {
        {"id", "the account's id, decimal"}, {"href", "its address"}, {"login", "its login name"}, {"name", "the person's"},
        {"password", "to be changed at the first sign-in; null where the request was done, and it was answered, before"}};
    json_t *schema = text_schema("object", NULL), *properties = json_object(), *first = members_schema(MEMBERS(members), 4);

    json_object_set_new_nocheck(json_object_get(first, "properties"), "made", text_schema("boolean", NULL));
    json_object_set_new_nocheck(properties, "first", first);
    json_object_set_new_nocheck(schema, "properties", properties);
    return schema;
}

static json_t *shared_responses(struct arena *arena)
{
    json_t *out = json_object(), *error = content(reference("schemas", "error", arena));

    json_put(error, "description", SLICE("refused or failed: the same shape from every address"));
    json_object_set_new_nocheck(out, "error", error);
    return out;
}

static json_t *components_json(struct arena *arena)
{
    json_t *components = json_object(), *schemas = json_object(), *security = json_object(), *cookie = json_object();

    for (size_t k = 0; k < KIND_COUNT; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);

        json_object_set_new_nocheck(schemas, kind->name, kind_schema(kind, false));
        json_object_set_new_nocheck(schemas, change_name(kind, arena), kind_schema(kind, true));
    }
    json_object_set_new_nocheck(schemas, "error", error_schema());
    json_object_set_new_nocheck(schemas, "done", done_schema());
    account_schemas(schemas);
    json_object_set_new_nocheck(schemas, "first_password", first_password_schema());
    json_object_set_new_nocheck(components, "responses", shared_responses(arena));
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
    json_object_set_new_nocheck(document, "components", components_json(arena));
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
            json_put(line, "purpose", say(request, kind->fields[i].purpose));
            json_array_append_new(lines, line);
        }
    }
    json_object_set_new_nocheck(privacy, "fields", lines);
    json_object_set_new_nocheck(document, "privacy", privacy);
    return request_page(request, "privacy", document);
}
