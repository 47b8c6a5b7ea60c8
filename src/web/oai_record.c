/*
 * A public achievement as OAI-PMH gives it: oai_dc, which everybody must have, and tieqiao, which has every public field with its codes.
 * GET /oai/tieqiao.xsd: the schema of the latter, made of the field table.
 */
#include "base/clock.h"
#include "base/money.h"
#include "record/achievement.h"
#include "record/party.h"
#include "record/right.h"
#include "web/handlers.h"
#include "web/oai_int.h"
#include "web/open_data.h"
#include "web/say.h"

#define TIEQIAO_SPACE "urn:tieqiao:achievement:1"

/* Whoever asks, and be he signed in. */
static const struct actor visitor;

/* --- header --- */

void oai_header(struct oai *oai, const struct harvest_item *item, bool gone)
{
    struct slice rest = item->sets, set;
    struct text *body = &oai->body;
    char time[OAI_TIME];

    text_puts(body, gone ? "<header status=\"deleted\">\n" : "<header>\n");
    xml_element(body, "identifier", slice_of(arena_print(oai->request->arena, "oai:%s:achievement/%lld", oai->name, (long long)item->id)));
    xml_element(body, "datestamp", slice_of(oai_time(item->stamp / HARVEST_SECOND, time)));
    while (slice_cut(&rest, '\n', &set))
        if (set.len)
            xml_element(body, "setSpec", set);
    text_puts(body, "</header>\n");
}

/* record NULL: it is gone. */
static bool record_put_out(struct oai *oai, const struct oai_format *format, const struct harvest_item *item, const struct record *record,
                           struct err *err)
{
    struct object object;
    struct err ignored;
    bool open = record != NULL;

    if (open && !object_of(oai->request->sql, record, &visitor, &object, err))
        return false;
    open = open && may(&visitor, ACT_SEE, &object, &ignored);
    text_puts(&oai->body, "<record>\n");
    oai_header(oai, item, !open);
    if (open) {
        text_puts(&oai->body, "<metadata>\n");
        if (!format->write(oai, record, &object, item, err))
            return false;
        text_puts(&oai->body, "</metadata>\n");
    }
    text_puts(&oai->body, "</record>\n");
    return true;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct record *)a)->id, y = ((const struct record *)b)->id;

    return (x > y) - (x < y);
}

bool oai_records(struct oai *oai, const struct oai_format *format, const struct harvest_item *items, size_t count, struct err *err)
{
    struct arena *arena = oai->request->arena;
    struct record *list = arena_alloc(arena, count * sizeof *list), key;
    int64_t *ids = arena_alloc(arena, count * sizeof *ids);
    size_t asked = 0, found;

    for (size_t i = 0; i < count; i++)
        if (!items[i].gone)
            ids[asked++] = items[i].id;
    if (!record_many(oai->request->sql, &kind_achievement, ids, asked, arena, list, &found, err))
        return false;
    qsort(list, found, sizeof *list, by_id);
    for (size_t i = 0; i < count; i++) {
        key.id = items[i].id;
        if (!record_put_out(oai, format, &items[i], items[i].gone ? NULL : bsearch(&key, list, found, sizeof *list, by_id), err))
            return false;
    }
    return true;
}

/* --- what both formats need --- */

static const struct value *shown(const struct record *record, const struct object *object, size_t field)
{
#ifndef TQ_TEETH_OAI_FIELD
    if (!record_may_open(record->kind, field) || !may_see_field(&visitor, object, record, field))
        return NULL;
#endif
    return record->values[field].known ? &record->values[field] : NULL;
}

/* An item of a list, or a value, in words. */
static struct slice words(struct oai *oai, const struct field *field, struct slice item)
{
    struct value one = {.known = true, .text = item};

    return field_words(field, &one, false, oai->request->arena);
}

/* *owner NULL: there is none, or none that a visitor may know. */
static bool owner_find(struct oai *oai, const struct record *record, const struct object *object, const struct record **owner, struct err *err)
{
    *owner = NULL;
    if (!record->owner || !may_see_owner(&visitor, object, record))
        return true;
    if (oai->owner.ver == 0 || oai->owner.id != record->owner) {
        oai->owner.ver = 0;
        if (!record_get(oai->request->sql, &kind_party, record->owner, oai->request->arena, &oai->owner, err))
            return err->code == ERR_MISSING;
    }
    *owner = &oai->owner;
    return true;
}

static struct slice page_of(struct oai *oai, const struct record *record)
{
    return slice_of(arena_print(oai->request->arena, "%s/achievements/%lld", oai->site, (long long)record->id));
}

/* --- oai_dc --- */

static const struct {
    size_t field;
    const char *element;
} plain[] = {
    {ACHIEVEMENT_USES, "dc:subject"},       {ACHIEVEMENT_KEYWORDS, "dc:subject"}, {ACHIEVEMENT_INDUSTRY, "dc:subject"},
    {ACHIEVEMENT_IPC, "dc:subject"},        {ACHIEVEMENT_DISCIPLINE, "dc:subject"}, {ACHIEVEMENT_ABSTRACT, "dc:description"},
    {ACHIEVEMENT_EVIDENCE, "dc:description"}, {ACHIEVEMENT_RIGHTS, "dc:relation"}, {ACHIEVEMENT_REGION, "dc:coverage"},
};

static void dc_field(struct oai *oai, const struct field *field, const struct value *value, const char *element)
{
    struct slice rest = value->text, item;

    if (!field_is_list(field->type)) {
        xml_element(&oai->body, element, words(oai, field, value->text));
        return;
    }
    while (slice_cut(&rest, '\n', &item))
        if (item.len)
            xml_element(&oai->body, element, words(oai, field, item));
}

static bool dc_write(struct oai *oai, const struct record *record, const struct object *object, const struct harvest_item *item, struct err *err)
{
    struct text *body = &oai->body;
    const struct record *owner;
    char time[OAI_TIME];

    if (!owner_find(oai, record, object, &owner, err))
        return false;
    text_puts(body, "<oai_dc:dc xmlns:oai_dc=\"http://www.openarchives.org/OAI/2.0/oai_dc/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                    " xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/oai_dc/ http://www.openarchives.org/OAI/2.0/oai_dc.xsd\">\n");
    if (shown(record, object, ACHIEVEMENT_TITLE))
        xml_element(body, "dc:title", record->values[ACHIEVEMENT_TITLE].text);
    if (owner)
        xml_element(body, "dc:creator", owner->values[PARTY_NAME].text);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (shown(record, object, plain[i].field))
            dc_field(oai, &achievement_fields[plain[i].field], &record->values[plain[i].field], plain[i].element);
    xml_element(body, "dc:date", (struct slice){oai_time(item->stamp / HARVEST_SECOND, time), 10});
    xml_element(body, "dc:type", SLICE("科技成果"));
    xml_element(body, "dc:identifier", page_of(oai, record));
    xml_element(body, "dc:rights", open_licence(oai->request));
    text_puts(body, "</oai_dc:dc>\n");
    return true;
}

/* --- tieqiao --- */

static bool has_codes(enum field_type type)
{
    return type == FIELD_CODES || type == FIELD_CHOICE || type == FIELD_CHOICES;
}

static void right_attributes(struct text *body, struct slice line)
{
    struct right right;
    struct err ignored;

    if (!right_read(line, &right, &ignored))
        return;
    xml_attribute(body, "sort", right.sort);
    if (right.number.len)
        xml_attribute(body, "number", right.number);
    if (right.filed[0])
        xml_attribute(body, "filed", slice_of(right.filed));
    if (right.status.len)
        xml_attribute(body, "status", right.status);
}

static void field_open(struct oai *oai, const struct field *field, struct slice item)
{
    struct text *body = &oai->body;

    text_print(body, "<tq:%s", field->name);
    if (has_codes(field->type))
        xml_attribute(body, "code", item);
    if (field->type == FIELD_MONEY)
        xml_attribute(body, "currency", SLICE("CNY"));
    if (field->type == FIELD_RIGHTS)
        right_attributes(body, item);
    text_putc(body, '>');
}

static void item_write(struct oai *oai, const struct field *field, const struct value *value, struct slice item)
{
    struct text *body = &oai->body;
    char money[MONEY_TEXT];

    field_open(oai, field, item);
    if (field->type == FIELD_MONEY)
        text_puts(body, money_show_plain(value->number, money));
    else if (field_is_number(field->type))
        text_number(body, value->number);
    else
        xml_text(body, words(oai, field, item));
    text_print(body, "</tq:%s>\n", field->name);
}

static void field_write(struct oai *oai, const struct field *field, const struct value *value)
{
    struct slice rest = value->text, item;

    if (!field_is_list(field->type)) {
        item_write(oai, field, value, value->text);
        return;
    }
    while (slice_cut(&rest, '\n', &item))
        if (item.len)
            item_write(oai, field, value, item);
}

static void owner_write(struct oai *oai, const struct record *owner)
{
    static const enum party_field attributes[] = {PARTY_USCC, PARTY_SIDE, PARTY_REGION};
    struct text *body = &oai->body;

    text_puts(body, "<tq:owner");
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if (owner->values[attributes[i]].known && party_fields[attributes[i]].level == LEVEL_PUBLIC)
            xml_attribute(body, party_fields[attributes[i]].name, owner->values[attributes[i]].text);
    text_putc(body, '>');
    xml_text(body, owner->values[PARTY_NAME].text);
    text_puts(body, "</tq:owner>\n");
}

static bool tieqiao_write(struct oai *oai, const struct record *record, const struct object *object, const struct harvest_item *item,
                          struct err *err)
{
    struct text *body = &oai->body;
    const struct record *owner;

    (void)item;
    if (!owner_find(oai, record, object, &owner, err))
        return false;
    text_print(body, "<tq:achievement xmlns:tq=\"%s\" xsi:schemaLocation=\"%s ", TIEQIAO_SPACE, TIEQIAO_SPACE);
    xml_text(body, slice_of(oai->site));
    text_puts(body, "/oai/tieqiao.xsd\">\n");
    xml_element(body, "tq:id", slice_of(arena_print(oai->request->arena, "%lld", (long long)record->id)));
    xml_element(body, "tq:page", page_of(oai, record));
    if (owner)
        owner_write(oai, owner);
    for (size_t i = 0; i < record->kind->count; i++)
        if (shown(record, object, i))
            field_write(oai, &record->kind->fields[i], &record->values[i]);
    text_puts(body, "</tq:achievement>\n");
    return true;
}

/* --- the formats --- */

const struct oai_format oai_formats[] = {
    {"oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd", "http://www.openarchives.org/OAI/2.0/oai_dc/", dc_write},
    {"tieqiao", "/oai/tieqiao.xsd", TIEQIAO_SPACE, tieqiao_write},
};
const size_t oai_format_count = sizeof oai_formats / sizeof *oai_formats;

const struct oai_format *oai_format_find(struct slice prefix)
{
    for (size_t i = 0; i < oai_format_count; i++)
        if (slice_is(prefix, oai_formats[i].prefix))
            return &oai_formats[i];
    return NULL;
}

void oai_schema_address(struct oai *oai, const struct oai_format *format, struct text *out)
{
    if (*format->schema == '/')
        text_puts(out, oai->site);
    text_puts(out, format->schema);
}

/* --- the schema of tieqiao --- */

static const char *simple_type(enum field_type type)
{
    switch (type) {
    case FIELD_NUMBER:
    case FIELD_SHARE:
    case FIELD_PARTY:
    case FIELD_PERSON:
    case FIELD_ID:
        return "xs:long";
    case FIELD_MONEY:
        return "xs:decimal";
    case FIELD_DATE:
        return "xs:date";
    default:
        return "xs:string";
    }
}

static void attribute_declare(struct text *out, const char *name, bool required)
{
    text_print(out, "<xs:attribute name=\"%s\" type=\"xs:string\"%s/>\n", name, required ? " use=\"required\"" : "");
}

static void attributes_declare(struct text *out, const struct field *field)
{
    if (has_codes(field->type))
        attribute_declare(out, "code", true);
    if (field->type == FIELD_MONEY)
        attribute_declare(out, "currency", true);
    if (field->type == FIELD_RIGHTS) {
        attribute_declare(out, "sort", false);
        attribute_declare(out, "number", false);
        attribute_declare(out, "filed", false);
        attribute_declare(out, "status", false);
    }
}

static void documentation(struct text *out, const struct field *field)
{
    text_puts(out, "<xs:annotation>\n<xs:documentation xml:lang=\"zh-CN\">");
    xml_text(out, slice_of(field->label));
    if (field->hint) {
        text_puts(out, "：");
        xml_text(out, slice_of(field->hint));
    }
    text_puts(out, "</xs:documentation>\n<xs:documentation xml:lang=\"en\">");
    xml_text(out, slice_of(field->label_en));
    text_puts(out, "</xs:documentation>\n</xs:annotation>\n");
}

static void field_declare(struct text *out, const struct field *field)
{
    text_print(out, "<xs:element name=\"%s\" minOccurs=\"0\"%s>\n", field->name, field_is_list(field->type) ? " maxOccurs=\"unbounded\"" : "");
    documentation(out, field);
    text_print(out, "<xs:complexType><xs:simpleContent><xs:extension base=\"%s\">\n", simple_type(field->type));
    attributes_declare(out, field);
    text_puts(out, "</xs:extension></xs:simpleContent></xs:complexType>\n</xs:element>\n");
}

bool oai_schema_get(struct request *request, struct err *err)
{
    struct text *out = &request->exchange->reply;

    (void)err;
    request->exchange->reply_type = SLICE("text/xml; charset=utf-8");
    request->keep = "public, max-age=3600";
    text_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\""
                   " targetNamespace=\"" TIEQIAO_SPACE "\" elementFormDefault=\"qualified\">\n"
                   "<xs:element name=\"achievement\"><xs:complexType><xs:sequence>\n"
                   "<xs:element name=\"id\" type=\"xs:long\"/>\n<xs:element name=\"page\" type=\"xs:anyURI\"/>\n"
                   "<xs:element name=\"owner\" minOccurs=\"0\"><xs:complexType><xs:simpleContent><xs:extension base=\"xs:string\">\n");
    attribute_declare(out, "uscc", false);
    attribute_declare(out, "side", false);
    attribute_declare(out, "region", false);
    text_puts(out, "</xs:extension></xs:simpleContent></xs:complexType></xs:element>\n");
    for (size_t i = 0; i < kind_achievement.count; i++)
        if (record_may_open(&kind_achievement, i))
            field_declare(out, &achievement_fields[i]);
    text_puts(out, "</xs:sequence></xs:complexType></xs:element>\n</xs:schema>\n");
    return true;
}
