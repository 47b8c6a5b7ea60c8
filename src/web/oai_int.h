/*
 * What the files of OAI-PMH share; not for others. oai.c reads the request and writes the envelope, oai_list.c answers lists and keeps
 * their resumption tokens, oai_record.c writes records in both formats.
 */
#ifndef TQ_WEB_OAI_INT_H
#define TQ_WEB_OAI_INT_H

#include "web/request.h"
#include "web/xml.h"
#include "work/harvest.h"

enum oai_argument { OAI_IDENTIFIER, OAI_PREFIX, OAI_FROM, OAI_UNTIL, OAI_SET, OAI_TOKEN, OAI_ARGUMENTS };

/* The specification's own words for what is wrong (section 3.6). */
enum oai_error {
    OAI_FINE, OAI_BAD_ARGUMENT, OAI_BAD_TOKEN, OAI_BAD_VERB, OAI_NO_FORMAT, OAI_NO_IDENTIFIER, OAI_NO_RECORDS, OAI_NO_FORMATS
};

struct oai_verb;

struct oai {
    struct request *request;
    const struct oai_verb *verb;
    struct slice given[OAI_ARGUMENTS]; /* at NULL: not given */
    unsigned char key[SEAL_HASH];      /* resumption tokens are sealed with it */
    int64_t until_ms;                  /* what happened until then is told, if it is in the list */
    const char *site, *name;           /* "https://…"; the domain in identifiers */
    struct text body;                  /* what stands within the verb's element */
    struct record owner;               /* of the record before: many in a row are one organisation's; ver 0: it is none */
    enum oai_error error;
    struct slice said;                 /* of an error, for people */
};

/* Notes an error; returns true, since that is an answer too. detail: what it is about, "" for nothing. */
bool oai_refuse(struct oai *oai, enum oai_error error, const char *said, struct slice detail);

enum { OAI_TIME = 48 };
/* "2026-11-28T06:12:09Z" of a number of seconds. */
char *oai_time(int64_t second, char out[OAI_TIME]);

/* --- formats (oai_record.c) --- */

struct oai_format {
    const char *prefix, *schema, *space; /* schema: below the site where it begins with '/' */
    bool (*write)(struct oai *oai, const struct record *record, const struct object *object, const struct harvest_item *item, struct err *err);
};

extern const struct oai_format oai_formats[];
extern const size_t oai_format_count;

/* NULL: there is none. */
const struct oai_format *oai_format_find(struct slice prefix);
void oai_schema_address(struct oai *oai, const struct oai_format *format, struct text *out);

void oai_header(struct oai *oai, const struct harvest_item *item, bool gone);
/* Each with header and metadata; of what is closed by now the header alone. */
bool oai_records(struct oai *oai, const struct oai_format *format, const struct harvest_item *items, size_t count, struct err *err);

/* --- lists (oai_list.c) --- */

bool oai_list_records(struct oai *oai, struct err *err);
bool oai_list_identifiers(struct oai *oai, struct err *err);
bool oai_list_sets(struct oai *oai, struct err *err);

#endif
