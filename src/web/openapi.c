/*
 * The API's own description, OpenAPI 3.1, made from the route table and the field tables. What it says of a call (parameters,
 * example, status) is tried by tests/web/openapi.mjs; what a field table does not know stands in the tables below.
 */
#include "web/openapi_int.h"

#include "base/json.h"
#include "web/handlers.h"
#include "web/route.h"
#include "web/say.h"
#include "work/box.h"
#include "work/feedback.h"
#include "work/matter.h"

static bool posts(const struct route *route)
{
    return strcmp(route->method, "POST") == 0;
}

static bool is_below(const struct route *route, const char *path)
{
    return strncmp(route->path, path, strlen(path)) == 0;
}

static bool of_deal(const struct route *route)
{
    return is_below(route, "/deals") || is_below(route, "/registrations");
}

static bool of_audit(const struct route *route)
{
    return is_below(route, "/audit");
}

static bool of_matter(const struct route *route)
{
    return is_below(route, "/:matter");
}

static bool names_file(const struct route *route)
{
    return strstr(route->path, ":file") != NULL;
}

static bool gives_file(const struct route *route)
{
    return names_file(route) || (of_audit(route) && strstr(route->path, "/export"));
}

static bool makes_record(const struct route *route)
{
    return posts(route) && strcmp(route->path, "/:kind") == 0;
}

static bool makes(const struct route *route)
{
    return makes_record(route)
           || (posts(route) && (strcmp(route->path, "/:matter") == 0 || strcmp(route->path, "/accounts") == 0 || strcmp(route->path, "/deals") == 0 || of_audit(route)));
}

/* Writes a record, an account, a deal, or what hangs on them. */
static bool changes(const struct route *route)
{
    return posts(route) && (is_below(route, "/:kind") || of_matter(route) || strcmp(route->path, "/facts") == 0 || is_below(route, "/accounts") || of_deal(route) || of_audit(route));
}

/* Answers with a first password. */
static bool gives_password(const struct route *route)
{
    return posts(route) && (strcmp(route->path, "/accounts") == 0 || strcmp(route->path, "/accounts/:id/password") == 0);
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
        if (slice_is(part, ":kind") || slice_is(part, ":matter"))
            text_puts(&path, kind->plural);
        else if (slice_is(part, ":id"))
            text_puts(&path, "{id}");
        else if (slice_is(part, ":rule"))
            text_puts(&path, "{rule}");
        else if (slice_is(part, ":file"))
            text_puts(&path, "{file}");
        else if (slice_is(part, ":code"))
            text_puts(&path, "{code}");
        else if (slice_is(part, "*"))
            text_puts(&path, "{tree}");
        else
            text_add_slice(&path, part);
    }
    made = arena_copy(arena, text_slice(&path));
    text_release(&path);
    return made.at;
}

json_t *reference(const char *shelf, const char *name, struct arena *arena)
{
    json_t *out = json_object();

    json_put(out, "$ref", slice_of(arena_print(arena, "#/components/%s/%s", shelf, name)));
    return out;
}

/* --- parameters --- */

/* Beside the facets of lists, which the field tables know. */
static const struct query {
    const char *path, *name, *type, *choices, *description, *example;
} queries[] = {
    {"/match", "q", "string", NULL, "a need, an achievement or a few words, at most 20,000 characters",
     "离心泵轴承寿命要到八千小时，预算200万元"},
    {"/match", "k", "integer", NULL, "answers a column, 1 to 50; 5, or 20 of one column, where it is left out", "3"},
    {"/match", "column", "string", "", "this column only", "achievement"},
    {"/match", "industry", "string", NULL, "refine: GB/T 4754 code", "C34"},
    {"/match", "region", "string", NULL, "refine: GB/T 2260 code", "620100"},
    {"/match", "trl", "integer", NULL, "refine: least TRL, 1 to 9", "5"},
    {"/match", "way", "string", "way", "refine: way of transfer; may be given several times", "license"},
    {"/simulate", "amount", "string", NULL, "income, value contributed for equity, or a year's operating profit, as people write it", "100万元"},
    {"/simulate", "way", "string", NULL, "assign, license, equity, self or joint; assign where it is left out", "assign"},
    {"/simulate", "region", "string", NULL, "GB/T 2260 code or name; 100000, the nation, where it is left out", "620000"},
    {"/simulate", "team", "string", NULL, "a person a line: name, share and what applies: main, agency, chief, leader, document, income=200000", "甲 60% main\n乙 40%"},
    {"/simulate", "agreed", "string", NULL, "agreed share for the people, in percent; the law's least where it is left out", "70%"},
    {"/simulate", "local", "string", NULL, "1: the institution has adopted what its region's text allows", "1"},
    {"/simulate", "region2", "string", NULL, "a second column by another region's law; agreed2 and local2 likewise", "330000"},
    {"/simulate", "earlier", "string", NULL, "the institution's income from transfers earlier this year", "100万元"},
    {"/simulate", "cost_tax", "string", NULL, "a deduction; also cost_upkeep, cost_appraisal, cost_negotiation, cost_broker, cost_other, cost_public", "1万元"},
    {"/codes/*", "q", "string", NULL, "the beginning of a code, or words of a name", "泵"},
    {"/rules", "q", "string", NULL, "words of a rule, its articles, figures and facts; each must be there", "公示"},
    {"/rules", "theme", "string", NULL, "a group, as rules.themes has them", "reward"},
    {"/rules", "region", "string", NULL, "GB/T 2260 code: the rules that a case there is judged by today", "620100"},
    {"/assess/:rule", "go", "integer", NULL, "which step's questions stand in step.facts, counted from 1", "2"},
    {"/assess/:rule", "staff", "string", NULL, "one of the assessment's facts under its own name, as people write it (all of them: steps and step.facts); of a year NAME-YEAR", "101"},
    {"/rules/:rule", "region", "string", NULL, "GB/T 2260 code of who is asked about; 100000: the nation", "620100"},
    {"/rules/:rule", "on", "string", NULL, "the day that is asked about, YYYY-MM-DD; today", "2026-03-17"},
    {"/rules/:rule", "fact", "string", NULL, "NAME=VALUE, one of the rule's facts; may be given several times; also NAME=VALUE by itself",
     "pricing=agreement"},
    {"/accounts", "q", "string", NULL, "part of a login name, a name or an organisation's name", "zhang"},
    {"/accounts", "role", "string", NULL, "who holds this role", "member"},
    {"/accounts", "state", "string", NULL, "on or off", "on"},
    {"/accounts", "after", "string", NULL, "login names behind this one: the next page, as accounts.next says", "a"},
    {"/accounts/:id", "before", "integer", NULL, "what happened before this leaf, as holder.older says", "1000000"},
    {"/log/proof", "leaf", "integer", NULL, "the line's number in the log, as `leaf` of a history says", "0"},
    {"/desk", "before", "string", NULL, "records with ids below this one: as desk.next says", "4611686018427387904"},
    {"/inbox", "before", "integer", NULL, "messages of leaves below this one: as inbox.next says", "1000000"},
    {"/audit", "unit", "string", NULL, "id of a unit, as audit.form.units lists them", NULL},
    {"/audit", "year", "integer", NULL, "signed in this year", "2026"},
    {"/audit", "way", "string", "way", "way of transfer", "license"},
    {"/audit", "pricing", "string", "pricing", "how it was priced", "agreement"},
    {"/audit", "pier", "string", "pier", "where it stands", "close"},
    {"/audit", "from", "string", NULL, "least amount, as people write it", "100万元"},
    {"/audit", "to", "string", NULL, "greatest amount, as people write it", "500万元"},
    {"/audit", "flag", "string", NULL, "any, or the code of a red flag", "any"},
    {"/audit", "before", "string", NULL, "ids below this one: the next page, as audit.next says", "4611686018427387904"},
    {"/audit/samples", "before", "integer", NULL, "draws with a lower number: the next page, as audit_samples.next says", "1000000"},
    {"/audit/samples/:id/export", "format", "string", NULL, "csv, xlsx or jsonl", "jsonl"},
    {"/audit/samples/:id/export", "sheet", "string", NULL, "of csv and jsonl: about, population, sample, flags, definitions; papers as jsonl alone", "flags"},
    {"/audit/views", "before", "integer", NULL, "lines below this leaf: the next page, as audit_views.next says", "1000000"},
    {"/deals", "before", "string", NULL, "ids below this one: the next page, as deals.next says", "4611686018427387904"},
    {"/facts", "party", "string", NULL, "whose: id, full name or code; one's own organisation's where it is left out", NULL},
    {"/facts", "name", "string", NULL, "the fact whose form is wanted", "staff"},
    {"/benefits", "party", "string", NULL, "whose: id, full name or code; one's own organisation's where it is left out", NULL},
    {"/benefits/desk", "policy", "string", NULL, "id of the policy whose firms are wanted", NULL},
    {"/rd", "year", "integer", NULL, "the year; the last one where it is left out", "2025"},
    {"/rd", "show", "string", NULL, "none: larger firms without R&D alone", "none"},
    {"/loans/bank", "year", "integer", NULL, "of which year; left out: this one", "2026"},
    {"/loans/bank", "quarter", "integer", NULL, "1 to 4; left out: this one", "1"},
    {"/pilot/:id/calendar", "from", "string", NULL, "the first day; today where it is left out", "2026-12-01"},
    {"/pilot/:id/calendar", "days", "integer", NULL, "7, or 31", "7"},
    {"/pilot/:id/report", "from", "string", NULL, "the first day; this year's where it is left out", "2026-01-01"},
    {"/pilot/:id/report", "until", "string", NULL, "the last day; today where it is left out", "2026-06-30"},
    {"/indicators", "year", "integer", NULL, "the year, up to today; this one where it is left out", NULL},
    {"/indicators", "from", "string", NULL, "instead of the year: the first day; with to", "2026-01-01"},
    {"/indicators", "to", "string", NULL, "the last day; with from", "2026-03-31"},
    {"/indicators", "region", "string", NULL, "GB/T 2260 code: what lies in it alone; 000000: all there is", "620102"},
    {"/indicators", "as_of", "string", NULL, "as it was known at the end of that day", NULL},
    {"/indicators", "mine", "string", NULL, "1: of one's own organisation alone", NULL},
    {"/indicators/:code/lines", "after", "string", NULL, "lines behind this one: the next page, as indicator_lines.next says", "2026-03-01.1.1"},
    {"/registrations", "after", "string", NULL, "ids of registrations above this one: the next page, as registrations.next says", "1"},
    {"/registrations", "lane", "string", NULL, "fast or full: that lane alone", "fast"},
    {"/registrations/:id", "step", "string", NULL, "the form of this step; of the result where it is left out", "correct"},
    {"/deals/:id", "step", "string", NULL, "the form of this step, filled in with what the file holds; the one that leads on where it is left out", "title"},
    {"/deals/:id", "paper", "string", NULL, "id of the paper to write in, where the step amends one", NULL},
    {"/deals/:id", "fact", "string", NULL, "of the step state: the fact to state", NULL},
    {"/:matter", "state", "string", NULL, "those in this state alone, a code of matters.states", NULL},
    {"/:matter", "before", "string", NULL, "ids below this one: the next page, as matters.next says", "4611686018427387904"},
    {"/:matter/:id", "step", "string", NULL, "the form of this step", NULL},
    {"/:matter/:id", "entry", "string", NULL, "id of the entry to write in, where the step amends one", NULL},
    {"/:kind", "q", "string", NULL, "the records nearest to these words, at most 200 characters; one page, best first", "轴承"},
    {"/:kind", "before", "string", NULL, "ids below this one: the next page, as list.next says", "4611686018427387904"},
    {"/:kind/:id", "ver", "integer", NULL, "an earlier version, for those who may look into the history", "1"},
    {"/:kind/:id/history", "before", "integer", NULL, "lines older than this leaf, as record.history_older says", "1000000"},
};

/* What the board of indicators may be asked, each of its pages may. */
static bool takes(const struct route *route, const struct query *query)
{
    return strcmp(query->path, route->path) == 0 || (strcmp(query->path, "/indicators") == 0 && is_below(route, "/indicators/"));
}

static json_t *column_schema(void)
{
    json_t *schema = text_schema("string", NULL), *names = json_array();

    for (unsigned c = 0; c < COLUMN_SHOWN; c++)
        json_array_append_new(names, json_string_nocheck(column_text((enum column)c)->name));
    json_object_set_new_nocheck(schema, "enum", names);
    return schema;
}

static json_t *query_schema(const struct query *query)
{
    if (strcmp(query->name, "step") == 0 && strcmp(query->path, "/:matter/:id") != 0)
        return step_name_schema();
    if (query->choices)
        return *query->choices ? choice_schema(query->choices) : column_schema();
    return text_schema(query->type, NULL);
}

/* Takes the schema over. */
static json_t *parameter(const char *name, const char *in, json_t *schema, const char *description, const char *example)
{
    json_t *out = json_object();

    json_put(out, "name", slice_of(name));
    json_put(out, "in", slice_of(in));
    json_object_set_new_nocheck(out, "required", json_boolean(strcmp(in, "path") == 0));
    json_put(out, "description", slice_of(description));
    json_object_set_new_nocheck(out, "schema", schema);
    if (example && strcmp(json_string_value(json_object_get(schema, "type")), "integer") == 0)
        json_object_set_new_nocheck(out, "example", json_integer(strtoll(example, NULL, 10)));
    else if (example)
        json_put(out, "example", slice_of(example));
    return out;
}

static json_t *facet_parameter(const struct field *field)
{
    json_t *list = text_schema("array", NULL), *out;

    json_object_set_new_nocheck(list, "items", facet_schema(field));
    out = parameter(field->name, "query", list, field->label, NULL);
    json_put(out, "style", SLICE("form"));
    json_object_set_new_nocheck(out, "explode", json_true());
    return out;
}

static json_t *language_schema(void)
{
    json_t *schema = text_schema("string", NULL), *codes = json_array();

    json_array_append_new(codes, json_string_nocheck("zh"));
    json_array_append_new(codes, json_string_nocheck("en"));
    json_object_set_new_nocheck(schema, "enum", codes);
    return schema;
}

static json_t *parameters(const struct route *route, const struct kind *kind)
{
    json_t *list = json_array();

    if (strstr(route->path, ":id"))
        json_array_append_new(list, parameter("id", "path", text_schema("string", NULL), is_below(route, "/accounts") ? "the account's id, decimal"
                                                                                                  : is_below(route, "/audit/samples") ? "the draw's id, decimal"
                                                                                                  : strcmp(route->path, "/pilot/:id/calendar") == 0 ? "the capability's id, decimal"
                                                                                                  : is_below(route, "/pilot") || is_below(route, "/spaces") ? "the service's id, decimal"
                                                                                                  : of_matter(route) ? "the matter's id, decimal"
                                                                                                  : of_deal(route) || of_audit(route) ? "the deal's id, decimal"
                                                                                                                              : "the record's id, decimal", NULL));
    if (names_file(route))
        json_array_append_new(list, parameter("file", "path", text_schema("string", NULL),
                                              "a paper's name with its ending, .pdf, .docx or .xlsx, as deal.paperwork lists them", "registration.pdf"));
    if (strstr(route->path, ":rule"))
        json_array_append_new(list, parameter("rule", "path", text_schema("string", NULL), "a rule's id", is_below(route, "/assess") ? "R50" : "R03"));
    if (strstr(route->path, ":code"))
        json_array_append_new(list, parameter("code", "path", text_schema("string", NULL), "an indicator's code, as its card on /indicators has it", "received_money"));
    if (strchr(route->path, '*'))
        json_array_append_new(list, parameter("tree", "path", text_schema("string", NULL),
                                              "gbt4754, ipc, division, discipline or sei", "gbt4754"));
    for (size_t i = 0; !posts(route) && i < sizeof queries / sizeof *queries; i++)
        if (takes(route, &queries[i]))
            json_array_append_new(list, parameter(queries[i].name, "query", query_schema(&queries[i]), queries[i].description,
                                                  queries[i].example));
    for (size_t i = 0; !posts(route) && strcmp(route->path, "/:kind") == 0 && i < kind->facet_count; i++)
        json_array_append_new(list, facet_parameter(&kind->fields[kind->facets[i]]));
    if (changes(route))
        json_array_append_new(list, parameter("Idempotency-Key", "header", text_schema("string", NULL),
                                              "8 to 64 ASCII characters of your own, as request_id", NULL));
    json_array_append_new(list, parameter("lang", "query", language_schema(), "the language of messages and labels", "zh"));
    return list;
}

/* --- what is sent --- */

/* Beside records, whose schemas and examples the kinds have. */
static const struct sent {
    const char *path, *schema, *example;
} sent[] = {
    {"/sign-in", "sign_in", "{\"login\": \"zhang.san\", \"password\": \"…\"}"},
    {"/match", "question", "{\"q\": \"离心泵轴承寿命要到八千小时，预算200万元\", \"k\": 3, \"column\": \"achievement\"}"},
    {"/assess/:rule", "assess_answers", "{\"staff\": \"101\", \"staff_tech\": \"11\"}"},
    {"/tender-check", "tender_text", "{\"text\": \"投标人须具有近三年内不少于三项类似项目业绩。\", \"public\": \"yes\"}"},
    {"/accounts", "account", "{\"login\": \"li.si\", \"name\": \"李四\", \"roles\": \"committee\"}"},
    {"/accounts/:id", "account_change", "{\"name\": \"李四光\"}"},
    {"/accounts/:id/disable", "step", "{}"},
    {"/accounts/:id/enable", "step", "{}"},
    {"/accounts/:id/password", "step", "{}"},
    {"/accounts/:id/roles", "account_role", "{\"role\": \"leader\"}"},
    {"/audit/samples", "audit_order", "{\"filter\": \"year=2026&flag=any\", \"method\": \"money\", \"size\": 30}"},
    {"/deals", "deal_opening", "{\"achievement\": \"4611686018427387904\"}"},
    {"/deals/:id", "deal_step", "{\"step\": \"title\", \"ver\": 1, \"mode\": \"unit\", \"holders\": [\"示例甲机械厂 100%\"], \"agreed_on\": \"2026-03-02\", "
                                "\"clear\": true}"},
    {"/inbox/read", "inbox_read", "{\"leaf\": 48213, \"do\": \"all\"}"},
    {"/registrations/:id", "deal_step", "{\"step\": \"correct\", \"ver\": 9, \"lacks\": \"缺双方资质\", \"asked_on\": \"2026-03-23\"}"},
    {"/facts", "fact_statement", "{\"name\": \"staff\", \"value\": \"80\", \"source\": \"declared\"}"},
    {"/benefits/desk", "notices", "{\"policy\": \"4611686018427387904\", \"party\": \"4611686018427387904\"}"},
    {"/:kind/:id/close", "step", "{}"},
    {"/:kind/:id/reopen", "step", "{}"},
    {"/:kind/:id/feedback", "feedback", "{\"other\": \"/achievements/4611686018427387904\", \"outcome\": \"refused\", \"reason\": \"price\", "
                                        "\"note\": \"报价高出预算一半\", \"shared\": 1}"},
    {"/:kind/:id/nda", "leave", "{\"party\": \"示例乙研究所\", \"do\": \"grant\"}"},
};

/* The box's own, from the parameters of the same question; with a file instead of the text where it comes as a form. */
json_t *question_schema(bool file)
{
    json_t *schema = text_schema("object", NULL), *properties = json_object();

    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
        if (strcmp(queries[i].path, "/match") == 0)
            json_object_set_new_nocheck(properties, queries[i].name, described(query_schema(&queries[i]),
                                                                              queries[i].description));
    if (file)
        json_object_set_new_nocheck(properties, "file", described(text_schema("string", "binary"),
                                                                  ".txt, .pdf or .docx, instead of q"));
    json_object_set_new_nocheck(schema, "properties", properties);
    json_object_set_new_nocheck(schema, "additionalProperties", json_false());
    return schema;
}

const char *change_name(const struct kind *kind, struct arena *arena)
{
    return arena_print(arena, "%s_change", kind->name);
}

/* Takes schema and example (may be NULL) over. */
static json_t *media(json_t *schema, json_t *example)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, "schema", schema);
    if (example)
        json_object_set_new_nocheck(out, "example", example);
    return out;
}

json_t *content(json_t *schema, json_t *example)
{
    json_t *types = json_object(), *out = json_object();

    json_object_set_new_nocheck(types, "application/json", media(schema, example));
    json_object_set_new_nocheck(out, "content", types);
    return out;
}

static json_t *record_body(const struct route *route, const struct kind *kind, struct arena *arena)
{
    json_t *body = content(reference("schemas", makes_record(route) ? kind->name : change_name(kind, arena), arena),
                           kind_example(kind, !makes_record(route)));

    json_object_set_new_nocheck(body, "required", json_true());
    return body;
}

/* NULL: nothing is sent. */
static json_t *request_body(const struct route *route, const struct kind *kind, struct arena *arena)
{
    json_t *body;

    if (makes_record(route) || (posts(route) && strcmp(route->path, "/:kind/:id") == 0))
        return record_body(route, kind, arena);
    if (posts(route) && of_matter(route))
        return matter_body(kind, makes(route), arena);
    for (size_t i = 0; posts(route) && i < sizeof sent / sizeof *sent; i++) {
        if (strcmp(sent[i].path, route->path) != 0)
            continue;
        body = content(reference("schemas", sent[i].schema, arena), example_json(sent[i].example));
        if (strcmp(route->path, "/match") == 0)
            json_object_set_new_nocheck(json_object_get(body, "content"), "multipart/form-data",
                                        media(question_schema(true), NULL));
        json_object_set_new_nocheck(body, "required", json_boolean(strcmp(sent[i].schema, "step") != 0));
        return body;
    }
    return NULL;
}

/* --- what is answered --- */

/* What may be answered beside success, and to which operations. */
static const struct {
    const char *status;
    bool posts, signed_in, names_record, changes; /* only to such; none: to all */
} refusals[] = {
    {"400", .posts = true},   {"401"},                 {"403", .signed_in = true}, {"404", .names_record = true},
    {"409", .changes = true}, {"413", .posts = true}, {"415", .posts = true},     {"422"},
    {"429"},                  {"503"},
};

static void refusals_add(const struct route *route, struct arena *arena, json_t *out)
{
    bool signed_in = route->who == WHO_SIGNED_IN,
         names_record = strchr(route->path + 1, ':') || strchr(route->path, '*');

    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
        if ((posts(route) || !refusals[i].posts) && (signed_in || !refusals[i].signed_in)
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

/* The document's members; what is in them: docs/pages.md, the golden documents in tests/golden/api. */
static const struct {
    const char *path, *members;
} documents[] = {
    {"/accounts", "accounts"},   {"/accounts/:id", "holder"}, {"/match", "total columns"}, {"/simulate", "simulate"}, {"/assess", "assess_list"}, {"/assess/:rule", "assess"}, {"/desk", "desk"},     {"/account", "account"},      {"/codes/*", "tree label codes"},
    {"/audit", "audit"}, {"/audit/deals/:id", "audit_deal"}, {"/audit/flags", "audit_flags"}, {"/audit/samples", "audit_samples"},
    {"/audit/samples/:id", "audit_sample"}, {"/audit/views", "audit_views"},
    {"/indicators", "indicators"}, {"/indicators/:code", "indicator"}, {"/indicators/:code/lines", "indicator_lines"},
    {"/needs-waiting", "waiting"}, {"/managers", "managers"}, {"/open-data", "open"}, {"/open-data/dictionary", "dictionary"}, {"/work-proofs", "proofs"},
    {"/pilot/demand", "pilot_demand"}, {"/pilot/:id/calendar", "pilot_calendar"}, {"/pilot/:id/report", "pilot_report"}, {"/spaces/:id", "space"},
    {"/facts", "facts"}, {"/benefits", "benefits"}, {"/benefits/desk", "landing"}, {"/rd", "rd"},
    {"/affairs", "affairs"}, {"/:matter", "matters"}, {"/:matter/:id", "matter"}, {"/deals", "deals"}, {"/deals/:id", "deal"}, {"/registrations", "registrations"}, {"/registrations/:id", "registration"},
    {"/tender-check", "tender"}, {"/affairs", "affairs"}, {"/:matter", "matters"}, {"/:matter/:id", "matter"}, {"/deals", "deals"}, {"/deals/:id", "deal"}, {"/registrations", "registrations"}, {"/registrations/:id", "registration"},
    {"/:kind", "list"},          {"/sign-out", "href"}, {"/:kind/:id", "record fits"}, {"/:kind/:id/history", "record"},
    {"/:kind/:id/feedback", "feedback"}, {"/log/proof", "proof"}, {"/inbox", "inbox"}, {"/inbox/read", "href"},
    {"/openapi.json", "openapi info servers paths components"},
};

static json_t *document_schema(const struct route *route)
{
    json_t *schema = text_schema("object", NULL), *required = json_array();
    struct slice rest = SLICE(""), one;

    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++)
        if (strcmp(documents[i].path, route->path) == 0)
            rest = slice_of(documents[i].members);
    while (rest.len && slice_cut(&rest, ' ', &one))
        json_array_append_new(required, json_stringn_nocheck(one.at, one.len));
    json_object_set_new_nocheck(schema, "required", required);
    return schema;
}

/* Bytes, whatever they are. */
static json_t *file_content(const struct route *route)
{
    static const char *const papers[] = {"application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
                             *const tables[] = {"text/csv", "application/x-ndjson", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"};
    const char *const *types = names_file(route) ? papers : tables;
    json_t *out = json_object(), *media_types = json_object();

    for (size_t i = 0; i < 3; i++)
        json_object_set_new_nocheck(media_types, types[i], media(text_schema("string", "binary"), NULL));
    json_object_set_new_nocheck(out, "content", media_types);
    json_put(out, "description", SLICE("the file"));
    return out;
}

static json_t *success(const struct route *route, struct arena *arena)
{
    const char *shared = gives_password(route) ? "first_password" : changes(route) ? "done" : strcmp(route->path, "/sign-in") == 0 ? "token" : NULL;
    json_t *out = content(shared ? reference("schemas", shared, arena) : document_schema(route), NULL);

    json_put(out, "description", makes(route) ? SLICE("made") : changes(route) ? SLICE("changed") : SLICE("the document"));
    if (makes(route))
        json_object_set_new_nocheck(out, "headers", location_header());
    return out;
}

static json_t *responses(const struct route *route, struct arena *arena)
{
    json_t *out = json_object();

    json_object_set_new_nocheck(out, makes(route) ? "201" : "200", gives_file(route) ? file_content(route) : success(route, arena));
    refusals_add(route, arena, out);
    return out;
}

/* --- who may --- */

/* One way in: each of these schemes, parted by blanks; "": none at all. */
static void way_add(json_t *ways, const char *schemes)
{
    struct slice rest = slice_of(schemes), one;
    json_t *way = json_object();

    while (rest.len && slice_cut(&rest, ' ', &one)) {
        char name[16];

        snprintf(name, sizeof name, "%.*s", (int)one.len, one.at);
        json_object_set_new_nocheck(way, name, json_array());
    }
    json_array_append_new(ways, way);
}

static json_t *security(const struct route *route)
{
    json_t *ways = json_array();

    if (route->who == WHO_ANY)
        way_add(ways, "");
    if (strcmp(route->path, "/sign-in") == 0)
        return ways;
    way_add(ways, "bearer");
    way_add(ways, route->who == WHO_SIGNED_IN && posts(route) ? "session csrf" : "session");
    return ways;
}

/* --- operations --- */

/* "post_needs_id_close": of method and path. */
static struct slice operation_id(const char *method, const char *path, struct arena *arena)
{
    struct slice made;
    struct text text;

    text_init(&text);
    text_puts(&text, method);
    for (const char *at = path; *at; at++)
        if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9'))
            text_putc(&text, *at);
        else if (text.at[text.len - 1] != '_' && at[1])
            text_putc(&text, '_');
    made = arena_copy(arena, text_slice(&text));
    text_release(&text);
    return made;
}

static json_t *operation_json(const struct route *route, const struct kind *kind, struct arena *arena)
{
    json_t *operation = json_object(), *body = request_body(route, kind, arena), *tags = json_array();

    json_put(operation, "summary", slice_of(route->summary));
    json_array_append_new(tags, json_string_nocheck(kind                             ? kind->name
                                                    : is_below(route, "/accounts") ? "account"
                                                    : of_deal(route)               ? "deal"
                                                    : of_audit(route)              ? "audit"
                                                                                   : "platform"));
    json_object_set_new_nocheck(operation, "tags", tags);
    json_object_set_new_nocheck(operation, "parameters", parameters(route, kind));
    if (body)
        json_object_set_new_nocheck(operation, "requestBody", body);
    json_object_set_new_nocheck(operation, "responses", responses(route, arena));
    json_object_set_new_nocheck(operation, "security", security(route));
    return operation;
}

static void operation_add(json_t *paths, const struct route *route, const struct kind *kind, struct arena *arena)
{
    const char *path = path_of(route, kind, arena), *method = posts(route) ? "post" : "get";
    json_t *item = json_object_get(paths, path), *operation = operation_json(route, kind, arena);

    if (!item) {
        item = json_object();
        json_object_set_new_nocheck(paths, path, item);
    }
    json_put(operation, "operationId", operation_id(method, path, arena));
    if (json_object_get(item, method)) /* the first that fits is the one that answers (route_find) */
        json_decref(operation);
    else
        json_object_set_new_nocheck(item, method, operation);
}

/* What belongs to no organisation has nobody who could give leave to see it; which kinds make pairs says work/feedback.h. */
static bool said_of(const struct route *route, const struct kind *kind)
{
    return (kind->owned || strcmp(route->path, "/:kind/:id/nda") != 0)
           && (feedback_kind(kind) || strcmp(route->path, "/:kind/:id/feedback") != 0);
}

json_t *paths_json(struct arena *arena)
{
    json_t *paths = json_object();

    for (size_t i = 0; i < route_count; i++) {
        if (!routes[i].api || !routes[i].summary)
            continue;
        if (of_matter(&routes[i])) {
            for (size_t s = 0; s < matter_sort_count; s++)
                if (!makes(&routes[i]) || matter_begins(matter_sorts[s]->kind))
                    operation_add(paths, &routes[i], matter_sorts[s]->kind, arena);
            continue;
        }
        if (!strstr(routes[i].path, ":kind")) {
            operation_add(paths, &routes[i], NULL, arena);
            continue;
        }
        for (size_t k = 0; k < KIND_COUNT; k++)
            if (said_of(&routes[i], kind_get((enum kind_id)k)))
                operation_add(paths, &routes[i], kind_get((enum kind_id)k), arena);
    }
    return paths;
}
