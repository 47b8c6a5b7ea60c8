/* The description as one document, and what pages show of it. */
#include "web/openapi_int.h"

#include "base/json.h"
#include "web/handlers.h"
#include "web/route.h"
#include "web/say.h"

/* --- who may --- */

static json_t *scheme(const char *type, const char *member, const char *value, const char *description)
{
    json_t *out = json_object();

    json_put(out, "type", slice_of(type));
    json_put(out, member, slice_of(value));
    json_put(out, "description", slice_of(description));
    return out;
}

static json_t *schemes(void)
{
    json_t *out = json_object(),
           *session = scheme("apiKey", "in", "cookie", "a person's browser; __Host-sid behind TLS"),
           *csrf = scheme("apiKey", "in", "header", "what the pages' forms bring back: a cookie alone changes nothing");

    json_put(session, "name", SLICE("sid"));
    json_put(csrf, "name", SLICE("X-CSRF-Token"));
    json_object_set_new_nocheck(out, "bearer", scheme("http", "scheme", "bearer", "the token that POST /sign-in gives a program"));
    json_object_set_new_nocheck(out, "session", session);
    json_object_set_new_nocheck(out, "csrf", csrf);
    return out;
}

/* --- the document --- */

static json_t *schemas_json(struct arena *arena)
{
    json_t *schemas = json_object();

    for (size_t k = 0; k < KIND_COUNT; k++) {
        const struct kind *kind = kind_get((enum kind_id)k);

        json_object_set_new_nocheck(schemas, kind->name, kind_schema(kind, false));
        json_object_set_new_nocheck(schemas, change_name(kind, arena), kind_schema(kind, true));
    }
    json_object_set_new_nocheck(schemas, "sign_in", sign_in_schema());
    json_object_set_new_nocheck(schemas, "question", question_schema(false));
    json_object_set_new_nocheck(schemas, "step", step_schema());
    json_object_set_new_nocheck(schemas, "leave", leave_schema());
    json_object_set_new_nocheck(schemas, "inbox_read", inbox_read_schema());
    json_object_set_new_nocheck(schemas, "fact_statement", fact_statement_schema());
    json_object_set_new_nocheck(schemas, "notices", notices_schema());
    json_object_set_new_nocheck(schemas, "feedback", feedback_schema());
    json_object_set_new_nocheck(schemas, "account", account_schema());
    json_object_set_new_nocheck(schemas, "account_change", account_change_schema());
    json_object_set_new_nocheck(schemas, "account_role", account_role_schema());
    json_object_set_new_nocheck(schemas, "first_password", first_password_schema());
    json_object_set_new_nocheck(schemas, "assess_answers", assess_answers_schema());
    json_object_set_new_nocheck(schemas, "tender_text", tender_text_schema());
    deal_schemas_add(schemas, arena);
    matter_schemas_add(schemas, arena);
    json_object_set_new_nocheck(schemas, "error", error_schema());
    json_object_set_new_nocheck(schemas, "done", done_schema());
    json_object_set_new_nocheck(schemas, "token", token_schema());
    return schemas;
}

static json_t *components_json(struct arena *arena)
{
    json_t *components = json_object(), *shared = json_object(), *error = content(reference("schemas", "error", arena), NULL);

    json_put(error, "description", SLICE("refused or failed: the same shape from every address"));
    json_object_set_new_nocheck(shared, "error", error);
    json_object_set_new_nocheck(components, "schemas", schemas_json(arena));
    json_object_set_new_nocheck(components, "responses", shared);
    json_object_set_new_nocheck(components, "securitySchemes", schemes());
    return components;
}

static json_t *info_json(void)
{
    json_t *info = json_object();

    json_put(info, "title", SLICE("铁桥 Tieqiao"));
    json_put(info, "version", SLICE("1"));
    json_put(info, "description", SLICE("A program gets a token with POST /sign-in and sends it as Authorization: Bearer. Every refusal "
                                        "has the shape of the schema error. A change carries a request_id of your own: sent again, it "
                                        "is not done twice. To change a record, send the version that you read as ver: 409 says that "
                                        "somebody was faster, and what differs. Examples with curl: docs/api.md."));
    return info;
}

static json_t *description(struct arena *arena)
{
    json_t *document = json_object(), *servers = json_array(), *server = json_object();

    json_put(server, "url", SLICE("/api/v1"));
    json_array_append_new(servers, server);
    json_put(document, "openapi", SLICE("3.1.0"));
    json_object_set_new_nocheck(document, "info", info_json());
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

        if (!routes[i].api || !routes[i].summary)
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
    for (size_t k = 0; k < KIND_END; k++) {
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
