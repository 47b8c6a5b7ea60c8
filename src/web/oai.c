/*
 * OAI-PMH 2.0 at /oai, for repositories and portals that harvest the public achievements (docs/open-data.md,
 * http://www.openarchives.org/OAI/openarchivesprotocol.html). Whoever asks, a visitor is answered: what he may not see is not there.
 * An error of the protocol is an answer of 200; what fails here is answered like everywhere else (503 with Retry-After).
 */
#include <ctype.h>

#include "base/clock.h"
#include "base/ident.h"
#include "work/reminder.h"
#include "web/handlers.h"
#include "web/oai_int.h"
#include "web/open_data.h"
#include "web/say.h"

static bool identify(struct oai *oai, struct err *err);
static bool list_formats(struct oai *oai, struct err *err);
static bool get_record(struct oai *oai, struct err *err);

#define ARG(name) (1u << OAI_##name)
#define LIST_MAY (ARG(FROM) | ARG(UNTIL) | ARG(SET) | ARG(TOKEN))

static const struct oai_verb {
    const char *name;
    unsigned must, may; /* bits of enum oai_argument; the resumption token stands alone */
    bool (*answer)(struct oai *oai, struct err *err);
} verbs[] = {
    {"Identify", 0, 0, identify},
    {"ListMetadataFormats", 0, ARG(IDENTIFIER), list_formats},
    {"ListSets", 0, ARG(TOKEN), oai_list_sets},
    {"GetRecord", ARG(IDENTIFIER) | ARG(PREFIX), 0, get_record},
    {"ListIdentifiers", ARG(PREFIX), LIST_MAY, oai_list_identifiers},
    {"ListRecords", ARG(PREFIX), LIST_MAY, oai_list_records},
};

static const char *const arguments[OAI_ARGUMENTS] = {"identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"};

static const char *const codes[] = {
    [OAI_BAD_ARGUMENT] = "badArgument",   [OAI_BAD_TOKEN] = "badResumptionToken",   [OAI_BAD_VERB] = "badVerb",
    [OAI_NO_FORMAT] = "cannotDisseminateFormat", [OAI_NO_IDENTIFIER] = "idDoesNotExist", [OAI_NO_RECORDS] = "noRecordsMatch",
    [OAI_NO_FORMATS] = "noMetadataFormats",
};

bool oai_refuse(struct oai *oai, enum oai_error error, const char *said, struct slice detail)
{
    struct slice words = say(oai->request, said);

    oai->error = error;
    oai->said = detail.len ? slice_of(arena_print(oai->request->arena, "%.*s: %.*s", (int)words.len, words.at, (int)detail.len, detail.at)) : words;
    return true;
}

char *oai_time(int64_t second, char out[OAI_TIME])
{
    int64_t day = second / 86400, rest = second % 86400;
    int year, month, of_month;

    day_to_ymd((int32_t)day, &year, &month, &of_month);
    snprintf(out, OAI_TIME, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, of_month, (int)(rest / 3600), (int)(rest / 60 % 60),
             (int)(rest % 60));
    return out;
}

/* --- who this repository is --- */

/* One that oai-identifier.xsd takes: labels that begin with a letter, two of them at least. */
bool oai_name_fits(struct slice name)
{
    struct slice label;
    size_t labels = 0;

    if (slice_ends(name, "."))
        return false;
    while (slice_cut(&name, '.', &label)) {
        labels++;
        if (!label.len || !isalpha((unsigned char)*label.at))
            return false;
        for (size_t i = 0; i < label.len; i++)
            if (!isalnum((unsigned char)label.at[i]) && label.at[i] != '-')
                return false;
    }
    return labels > 1;
}

/* The domain that identifiers begin with: as the operator says, else the site's, else one that nobody has. */
static const char *repository_name(struct request *request)
{
    const struct open_terms *terms = &request->web->open;
    const char *site = reminder_site(request->web->city->reminder), *host = strstr(site, "://");
    struct slice name = SLICE("");

    if (terms->name)
        return terms->name;
    if (host)
        name = (struct slice){host + 3, strcspn(host + 3, ":/")};
    return oai_name_fits(name) ? arena_text(request->arena, name) : "tieqiao.localhost";
}

static void sample_put(struct oai *oai)
{
    struct text *body = &oai->body;

    text_puts(body, "<description>\n<oai-identifier xmlns=\"http://www.openarchives.org/OAI/2.0/oai-identifier\""
                    " xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai-identifier http://www.openarchives.org/OAI/2.0/oai-identifier.xsd\">\n"
                    "<scheme>oai</scheme>\n");
    xml_element(body, "repositoryIdentifier", slice_of(oai->name));
    text_puts(body, "<delimiter>:</delimiter>\n");
    xml_element(body, "sampleIdentifier", slice_of(arena_print(oai->request->arena, "oai:%s:achievement/1", oai->name)));
    text_puts(body, "</oai-identifier>\n</description>\n");
}

static bool identify(struct oai *oai, struct err *err)
{
    struct request *request = oai->request;
    const char *mail = request->web->open.mail;
    struct text *body = &oai->body;
    char time[OAI_TIME];
    int64_t stamp;

    if (!harvest_earliest(request->sql, &stamp, err))
        return false;
    xml_element(body, "repositoryName", request->web->demo ? SLICE("铁桥示例城市 · 科技成果（虚构）Tieqiao example city, invented achievements")
                                                       : SLICE("铁桥 · 科技成果 Tieqiao achievements"));
    xml_element(body, "baseURL", slice_of(arena_print(request->arena, "%s/oai", oai->site)));
    xml_element(body, "protocolVersion", SLICE("2.0"));
    xml_element(body, "adminEmail", slice_of(mail ? mail : arena_print(request->arena, "postmaster@%s", oai->name)));
    xml_element(body, "earliestDatestamp", slice_of(oai_time(stamp ? stamp / HARVEST_SECOND : request->now_ms / 1000, time)));
    xml_element(body, "deletedRecord", SLICE("persistent"));
    xml_element(body, "granularity", SLICE("YYYY-MM-DDThh:mm:ssZ"));
    sample_put(oai);
    return true;
}

/* --- one record --- */

/* "oai:NAME:achievement/ID", spelt in that one way. */
static bool identifier_read(const struct oai *oai, int64_t *id)
{
    struct slice given = oai->given[OAI_IDENTIFIER];
    const char *before = arena_print(oai->request->arena, "oai:%s:achievement/", oai->name);
    size_t len = strlen(before);

    return given.len > len && memcmp(given.at, before, len) == 0 && given.at[len] != '0'
           && ident_parse((struct slice){given.at + len, given.len - len}, id);
}

static bool item_find(struct oai *oai, struct harvest_item *item, bool *found, struct err *err)
{
    int64_t id;

    *found = false;
    if (identifier_read(oai, &id) && !harvest_find(oai->request->sql, id, oai->request->arena, item, found, err))
        return false;
    return *found || oai_refuse(oai, OAI_NO_IDENTIFIER, N_("没有这个标识符，或者它从未公开"), SLICE(""));
}

static bool get_record(struct oai *oai, struct err *err)
{
    const struct oai_format *format = oai_format_find(oai->given[OAI_PREFIX]);
    struct harvest_item item;
    bool found;

    if (!item_find(oai, &item, &found, err))
        return false;
    if (!found)
        return true;
    return format ? oai_records(oai, format, &item, 1, err)
                  : oai_refuse(oai, OAI_NO_FORMAT, N_("没有这种格式；ListMetadataFormats 列出有哪些"), oai->given[OAI_PREFIX]);
}

static void format_put(struct oai *oai, const struct oai_format *format)
{
    struct text schema;

    text_init(&schema);
    oai_schema_address(oai, format, &schema);
    text_puts(&oai->body, "<metadataFormat>\n");
    xml_element(&oai->body, "metadataPrefix", slice_of(format->prefix));
    xml_element(&oai->body, "schema", text_slice(&schema));
    xml_element(&oai->body, "metadataNamespace", slice_of(format->space));
    text_puts(&oai->body, "</metadataFormat>\n");
    text_release(&schema);
}

static bool list_formats(struct oai *oai, struct err *err)
{
    struct harvest_item item = {.gone = false};
    bool found;

    if (oai->given[OAI_IDENTIFIER].at) {
        if (!item_find(oai, &item, &found, err))
            return false;
        if (!found)
            return true;
    }
    if (item.gone)
        return oai_refuse(oai, OAI_NO_FORMATS, N_("这条记录已经不再公开，没有元数据可给"), SLICE(""));
    for (size_t i = 0; i < oai_format_count; i++)
        format_put(oai, &oai_formats[i]);
    return true;
}

/* --- the request --- */

static bool argument_read(struct oai *oai, const struct form_part *part)
{
    for (size_t i = 0; i < OAI_ARGUMENTS; i++) {
        if (!slice_is(part->name, arguments[i]) || part->file || !((oai->verb->must | oai->verb->may) >> i & 1))
            continue;
        if (oai->given[i].at)
            return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("同一个参数写了两次"), part->name) && false;
        oai->given[i] = part->value.at ? part->value : SLICE("");
        return true;
    }
    return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("这个动词没有这个参数"), part->name) && false;
}

/* What must be there is there; a token is there alone. */
static bool arguments_fit(struct oai *oai)
{
    bool token = oai->given[OAI_TOKEN].at != NULL;

    for (size_t i = 0; i < OAI_ARGUMENTS; i++) {
        if (token && i != OAI_TOKEN && oai->given[i].at)
            return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("有 resumptionToken 就不能再有别的参数"), slice_of(arguments[i])) && false;
        if (!token && (oai->verb->must >> i & 1) && !oai->given[i].len)
            return oai_refuse(oai, OAI_BAD_ARGUMENT, N_("缺少必需的参数"), slice_of(arguments[i])) && false;
    }
    return true;
}

static const struct oai_verb *verb_find(struct slice name)
{
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (slice_is(name, verbs[i].name))
            return &verbs[i];
    return NULL;
}

static bool verb_read(struct oai *oai, const struct form *form)
{
    const struct form_part *found = NULL;

    for (size_t i = 0; i < form->count; i++) {
        if (!slice_is(form->parts[i].name, "verb"))
            continue;
        if (found)
            return oai_refuse(oai, OAI_BAD_VERB, N_("verb 写了两次"), SLICE("")) && false;
        found = &form->parts[i];
    }
    if (!found)
        return oai_refuse(oai, OAI_BAD_VERB, N_("缺少 verb"), SLICE("")) && false;
    oai->verb = verb_find(found->value);
    return oai->verb
           || (oai_refuse(oai, OAI_BAD_VERB, N_("没有这个动词；可用：Identify、ListMetadataFormats、ListSets、ListIdentifiers、ListRecords、GetRecord"),
                          SLICE(""))
               && false);
}

static bool request_read(struct oai *oai)
{
    struct request *request = oai->request;
    const struct form *form = strcmp(request->exchange->method, "POST") == 0 ? &request->form : &request->query;

    if (!verb_read(oai, form))
        return false;
    for (size_t i = 0; i < form->count; i++)
        if (!slice_is(form->parts[i].name, "verb") && !argument_read(oai, &form->parts[i]))
            return false;
    return arguments_fit(oai);
}

/* --- the answer --- */

static bool bare(const struct oai *oai)
{
    return oai->error == OAI_BAD_VERB || oai->error == OAI_BAD_ARGUMENT;
}

static void envelope(struct oai *oai)
{
    struct text *out = &oai->request->exchange->reply;
    char time[OAI_TIME];

    text_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                   " xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">\n");
    xml_element(out, "responseDate", slice_of(oai_time(oai->until_ms / 1000, time)));
    text_puts(out, "<request");
    if (!bare(oai))
        xml_attribute(out, "verb", slice_of(oai->verb->name));
    for (size_t i = 0; !bare(oai) && i < OAI_ARGUMENTS; i++)
        if (oai->given[i].at)
            xml_attribute(out, arguments[i], oai->given[i]);
    text_putc(out, '>');
    xml_text(out, slice_of(oai->site));
    text_puts(out, "/oai</request>\n");
    if (oai->error) {
        text_print(out, "<error code=\"%s\">", codes[oai->error]);
        xml_text(out, oai->said);
        text_puts(out, "</error>\n");
    } else {
        text_print(out, "<%s>\n", oai->verb->name);
        text_add_slice(out, text_slice(&oai->body));
        text_print(out, "</%s>\n", oai->verb->name);
    }
    text_puts(out, "</OAI-PMH>\n");
}

static bool not_ready(struct err *err)
{
    err_set(err, ERR_BUSY, "收割用的目录正在准备");
    return err_hint(err, "第一次启动或升级之后要准备一会儿，请按 Retry-After 等候再问");
}

bool oai_any(struct request *request, struct err *err)
{
    struct oai oai = {.request = request, .site = request_site(request), .name = repository_name(request)};
    bool ready, ok;

    request_look_end(request); /* the snapshot comes after what it is known to tell */
    oai.until_ms = harvest_until(&request->web->city->harvest, request->now_ms);
    if (!request_look(request, err) || !harvest_state(request->sql, &ready, oai.key, err))
        return false;
    if (!ready)
        return not_ready(err);
    text_init(&oai.body);
    ok = !request_read(&oai) || oai.verb->answer(&oai, err);
    if (ok) {
        request->exchange->reply_type = SLICE("text/xml; charset=utf-8");
        envelope(&oai);
    }
    text_release(&oai.body);
    return ok;
}
